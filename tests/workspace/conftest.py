"""The small office that most tests of the use cases work in, and the demo, run once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pack_versions import small_pack
from small_office import TODAY, Office, copy_office, make_office, morning

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Institution, User
from facilitator_kit.paths import content_folder
from facilitator_kit.progress import finish
from facilitator_kit.store import Store
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.demo import run_demo


@pytest.fixture(scope="session")
def core_files() -> Mapping[str, bytes]:
    return pack_files_from_folder(content_folder() / "core")


@pytest.fixture(scope="session")
def sample_files() -> Mapping[str, bytes]:
    return pack_files_from_folder(content_folder() / "sample")


@pytest.fixture(scope="session")
def core_pack(core_files: Mapping[str, bytes]) -> Pack:
    return load_pack(core_files, "MX")


@pytest.fixture(scope="session")
def made_office(tmp_path_factory: pytest.TempPathFactory, core_files: Mapping[str, bytes]) -> Path:
    folder = tmp_path_factory.mktemp("made") / "office"
    make_office(folder, core_files)
    return folder


@pytest.fixture
def office(
    made_office: Path, tmp_path: Path, core_files: Mapping[str, bytes], core_pack: Pack
) -> Iterator[Office]:
    """A copy of the small office, for one test to change."""
    found = copy_office(made_office, tmp_path / "office", core_files, core_pack)
    yield found
    found.kit.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(morning(TODAY), timedelta(milliseconds=1))


@pytest.fixture(scope="session")
def small_files() -> Mapping[str, bytes]:
    """A pack that is read in a moment: see `pack_versions`."""
    return small_pack()


@pytest.fixture
def small_kit(
    tmp_path: Path, clock: FixedClock, small_files: Mapping[str, bytes]
) -> Iterator[Workspace]:
    """A workspace of the small pack, without cohorts."""
    kit = open_small(tmp_path / "small", clock, small_files)
    yield kit
    kit.close()


@pytest.fixture
def other_kit(
    tmp_path: Path, clock: FixedClock, small_files: Mapping[str, bytes]
) -> Iterator[Workspace]:
    """Another institution with the same pack."""
    kit = open_small(tmp_path / "other", clock, small_files)
    yield kit
    kit.close()


def open_small(folder: Path, clock: FixedClock, files: Mapping[str, bytes]) -> Workspace:
    ids = Ids.seeded(clock, 6)
    store = Store.create_sample(folder, clock, ids)
    user = User(ids.new(), "Dirección")
    with store.change(message("Crear"), actor=user.id, undoable=False) as tx:
        tx.put(user)
        tx.put(Institution(ids.new(), "Secretaría", "Centro", "MX", "Tala", "Jalisco", sample=True))
    return Workspace(store, clock, ids, user.id, files)


@pytest.fixture
def front(clock: FixedClock, core_files: Mapping[str, bytes]) -> Front:
    return Front(clock, Ids.seeded(clock, 3), core_files)


@dataclass(frozen=True)
class Demo:
    """What one run of the demo wrote and said."""

    folder: Path
    said: dict[str, Any]


@pytest.fixture(scope="session")
def demo(
    tmp_path_factory: pytest.TempPathFactory,
    core_files: Mapping[str, bytes],
    sample_files: Mapping[str, bytes],
) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "out"
    return Demo(folder, finish(run_demo(folder, core_files, sample_files)).as_json())
