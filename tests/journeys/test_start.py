"""What a start waits for: no more than the window that asks for a passphrase needs."""

from __future__ import annotations

import builtins
import importlib
import json
import linecache
import os
import subprocess
import sys
from importlib.util import resolve_name
from pathlib import Path

import pytest
from at_the_computer import Person

from facilitator_kit.store.header import locked_header, write_header
from facilitator_kit.store.keys import new_recovery_key
from facilitator_kit.ui.ahead import PARTS

ROOT = Path(__file__).resolve().parents[2]

LATER = (
    "babel",
    "cryptography",
    "facilitator_kit.curriculum.pack_reader",
    "facilitator_kit.documents",
    "facilitator_kit.monitoring",
    "facilitator_kit.ui.dialogs",
    "facilitator_kit.ui.pages",
    "facilitator_kit.ui.window",
    "facilitator_kit.workspace.opening",
    "markdown",
    "openpyxl",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
)
"""What takes longer to load than a window takes to appear."""

LOCKED = """
from facilitator_kit.app import App, make_qt
from facilitator_kit.clock import SystemClock
from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import LAST_WORKSPACE, Settings

folders = UserFolders.of_user()
folders.prepare()
settings = Settings(folders.config)
settings.set(LAST_WORKSPACE, sys.argv[1])
app = App(make_qt("es"), settings, folders, SystemClock())
front = app.begin()
assert front.unlock is not None and front.isVisible()
print(json.dumps(sorted(sys.modules)))
"""


def modules(code: str, home: Path, *arguments: str) -> list[str]:
    """The names that a Python of its own prints last."""
    environment = {**os.environ, "FACILITATOR_KIT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import json, sys\n{code}", *arguments],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def belongs(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def test_a_passphrase_is_asked_for_before_database_and_pages_are_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "mi centro"
    folder.mkdir()
    write_header(folder, locked_header("w", "c", bytes(32), "cuatro palabras", new_recovery_key()))
    loaded = modules(LOCKED, tmp_path, str(folder))
    assert [name for name in loaded if belongs(name, LATER)] == []


@pytest.mark.parametrize("words", [["--help"], ["pack", "check", "--help"]])
def test_a_command_loads_nothing_that_it_does_not_do(tmp_path: Path, words: list[str]) -> None:
    code = (
        "from facilitator_kit.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    print(json.dumps(sorted(sys.modules)))"
    )
    loaded = modules(code, tmp_path, *words)
    assert [name for name in loaded if belongs(name, (*LATER, "PySide6", "holidays"))] == []


def test_the_main_windows_parts_are_loaded_while_a_passphrase_is_typed(person: Person) -> None:
    app = person.start()
    person.qtbot.waitUntil(lambda: not app.jobs.running and not app.ahead.left, timeout=20_000)
    names = {resolve_name(f".{part}", "facilitator_kit.ui") for part in PARTS}
    assert names <= set(sys.modules)
    assert "facilitator_kit.workspace.opening" in sys.modules


def test_python_does_not_read_the_source_of_what_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PySide6 would, and keep it in memory: see ui/plain_imports.py."""
    source = tmp_path / "imported_after_qt.py"
    source.write_text("WORDS = 'PySide6'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    import imported_after_qt

    assert imported_after_qt.WORDS == "PySide6"
    assert str(source) not in linecache.cache
    assert builtins.__import__ is not getattr(builtins, "__feature_import__", None)
