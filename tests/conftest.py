"""What all tests share: no display and no home of the user, and one sample institution."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.paths import HOME_VARIABLE, content_folder
from facilitator_kit.progress import finish
from facilitator_kit.workspace.demo import REFERENCE_DATE
from facilitator_kit.workspace.sample import make_sample

# The screen of an old office laptop. (Windows' paths have a colon, which Qt would stumble over.)
SCREEN = Path(__file__).with_name("laptop_screen.json")
PLATFORM = "offscreen" if os.name == "nt" else f"offscreen:configfile={SCREEN}"
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = PLATFORM
# No test reads or writes what the person who runs it keeps in the program.
os.environ[HOME_VARIABLE] = tempfile.mkdtemp(prefix="kit-home-")


@pytest.fixture(autouse=True)
def garbage_on_the_main_thread() -> Iterator[None]:
    """As in the application (ui/collecting.py): no widget is taken apart on the worker's thread."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample institution as it stands on the reference date: never to be opened, only copied.

    Test processes that run side by side share one.
    """
    alone = os.environ.get("PYTEST_XDIST_WORKER") is None
    base = tmp_path_factory.getbasetemp()
    shared = base if alone else base.parent
    folder = shared / "sample-template"
    with FileLock(shared / "sample-template.lock"):
        if not folder.is_dir():
            content = content_folder()
            core = pack_files_from_folder(content / "core")
            files = pack_files_from_folder(content / "sample")
            making = shared / "sample-making"
            finish(make_sample(making, REFERENCE_DATE, core, files)).workspace.close()
            making.rename(folder)
    return folder


@pytest.fixture
def copy_sample(sample_template: Path) -> Callable[[Path], Path]:
    """Puts a sample of its own into a folder that does not exist yet, and gives that folder."""

    def copied(folder: Path) -> Path:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copytree(sample_template, folder))

    return copied
