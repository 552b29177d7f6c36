"""What cannot be opened is refused with its reason, and left byte for byte as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_records import PASSPHRASE

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import NotOpened, StorageFailed
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import User
from facilitator_kit.store import WORKSPACE_FILE, Store, header
from facilitator_kit.store.engine import connect
from facilitator_kit.store.migrations import SCHEMA

DATABASE = "data.db"


@pytest.fixture
def closed(real: Store) -> Path:
    """A workspace that was used and closed."""
    with real.change(message("Crear"), actor="u") as tx:
        tx.put(User("u", "Ana"))
    real.close()
    return real.folder


def seen(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder, and what it holds."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refused(folder: Path, clock: FixedClock, ids: Ids, passphrase: str = PASSPHRASE) -> str:
    before = seen(folder.parent)
    with pytest.raises(NotOpened) as fault:
        Store.open(folder, clock, ids, passphrase=passphrase)
    assert seen(folder.parent) == before
    texts = fault.value.text(Texts("es"))
    assert "{" not in texts
    assert str(folder.parent) not in texts
    return fault.value.code


def test_the_untouched_workspace_opens(closed: Path, clock: FixedClock, ids: Ids) -> None:
    with Store.open(closed, clock, ids, passphrase=PASSPHRASE) as store:
        assert store.count(User) == 1


@pytest.mark.parametrize("typed", ["otra frase cualquiera", "", PASSPHRASE.upper()])
def test_a_wrong_passphrase(closed: Path, clock: FixedClock, ids: Ids, typed: str) -> None:
    assert refused(closed, clock, ids, typed) == "wrong_passphrase"


def test_no_passphrase_at_all(closed: Path, clock: FixedClock, ids: Ids) -> None:
    with pytest.raises(NotOpened) as fault:
        Store.open(closed, clock, ids)
    assert fault.value.code == "wrong_passphrase"


def test_a_missing_folder_is_not_made(tmp_path: Path, clock: FixedClock, ids: Ids) -> None:
    assert refused(tmp_path / "nothing", clock, ids) == "missing"
    assert not (tmp_path / "nothing").exists()


def test_an_empty_folder(tmp_path: Path, clock: FixedClock, ids: Ids) -> None:
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty", clock, ids) == "empty"


def test_a_folder_of_something_else(tmp_path: Path, clock: FixedClock, ids: Ids) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"\xff\xd8")
    assert refused(tmp_path / "photos", clock, ids) == "foreign"


SPOILINGS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "empty header": ("empty", lambda f: (f / WORKSPACE_FILE).write_bytes(b"")),
    "header of something else": ("foreign", lambda f: (f / WORKSPACE_FILE).write_text("{}")),
    "header cut short": (
        "damaged",
        lambda f: (f / WORKSPACE_FILE).write_bytes((f / WORKSPACE_FILE).read_bytes()[:-40]),
    ),
    "header edited": (
        "damaged",
        lambda f: (f / WORKSPACE_FILE).write_text(
            (f / WORKSPACE_FILE).read_text().replace('"sample": false', '"sample": true')
        ),
    ),
    "header of a later version": (
        "newer_version",
        lambda f: (f / WORKSPACE_FILE).write_text(
            (f / WORKSPACE_FILE).read_text().replace('"format": 1', '"format": 2')
        ),
    ),
    "huge header": ("foreign", lambda f: (f / WORKSPACE_FILE).write_bytes(b" " * 100_000)),
    "no database": ("missing", lambda f: (f / DATABASE).unlink()),
    "a folder for a database": (
        "missing",
        lambda f: ((f / DATABASE).unlink(), (f / DATABASE).mkdir()),
    ),
    "empty database": ("empty", lambda f: (f / DATABASE).write_bytes(b"")),
    "unencrypted database": ("unencrypted", lambda f: _plain(f / DATABASE)),
    "noise for a database": ("damaged", lambda f: (f / DATABASE).write_bytes(os.urandom(8192))),
    "first page damaged": ("damaged", lambda f: _flip(f / DATABASE, 1000)),
    "database cut short": (
        "damaged",
        lambda f: (f / DATABASE).write_bytes((f / DATABASE).read_bytes()[:3000]),
    ),
}


@pytest.mark.parametrize("spoiling", SPOILINGS)
def test_spoilt_workspaces(closed: Path, clock: FixedClock, ids: Ids, spoiling: str) -> None:
    code, spoil = SPOILINGS[spoiling]
    spoil(closed)
    assert refused(closed, clock, ids) == code


def test_the_database_of_another_workspace(
    closed: Path, tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    other, _ = Store.create(tmp_path / "other", PASSPHRASE, clock, ids)
    other.close()
    shutil.copy(other.folder / DATABASE, closed / DATABASE)
    assert refused(closed, clock, ids) == "damaged"


def test_a_newer_schema(closed: Path, clock: FixedClock, ids: Ids) -> None:
    key = header.data_key(header.read_header(closed), PASSPHRASE, None)
    database = connect(closed / DATABASE, key)
    database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    assert refused(closed, clock, ids) == "newer_version"


def test_a_sample_flag_cannot_be_forged_with_the_key(
    closed: Path, clock: FixedClock, ids: Ids
) -> None:
    real = header.read_header(closed)
    key = header.data_key(real, PASSPHRASE, None)
    header.write_header(closed, replace(real, passphrase=None, recovery=None, open_key=key))
    assert refused(closed, clock, ids) == "damaged"


def test_a_second_opener_is_refused_politely(real: Store, clock: FixedClock, ids: Ids) -> None:
    assert refused(real.folder, clock, ids) == "in_use"
    code = (
        "import sys; from pathlib import Path\n"
        "from facilitator_kit.clock import Ids, SystemClock\n"
        "from facilitator_kit.errors import NotOpened\n"
        "from facilitator_kit.store import Store\n"
        "try: Store.open(Path(sys.argv[1]), SystemClock(), Ids(SystemClock()), passphrase='x')\n"
        "except NotOpened as refused: print(refused.code)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(real.folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ran.stdout.strip() == "in_use"
    assert ran.stderr == ""
    real.close()
    Store.open(real.folder, clock, ids, passphrase=PASSPHRASE).close()


def test_nothing_is_made_over_something(closed: Path, clock: FixedClock, ids: Ids) -> None:
    before = seen(closed.parent)
    for make in (
        lambda: Store.create(closed, PASSPHRASE, clock, ids),
        lambda: Store.create_sample(closed, clock, ids),
        lambda: Store.create_sample(closed / DATABASE, clock, ids),
    ):
        with pytest.raises(NotOpened) as fault:
            make()
        assert fault.value.code == "exists"
    assert seen(closed.parent) == before


def test_a_workspace_is_made_in_an_empty_folder(
    tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    (tmp_path / "here").mkdir()
    with Store.create_sample(tmp_path / "here", clock, ids) as store:
        assert store.count(User) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_place_that_cannot_be_written_is_said(clock: FixedClock, ids: Ids) -> None:
    with pytest.raises(StorageFailed):
        Store.create_sample(Path(os.devnull) / "kit" / "w", clock, ids)


def test_making_that_fails_leaves_nothing(
    tmp_path: Path, clock: FixedClock, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(header.os, "fsync", full)
    with pytest.raises(StorageFailed):
        Store.create_sample(tmp_path / "w", clock, ids)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_key_says_nothing_on_the_terminal(
    closed: Path, clock: FixedClock, ids: Ids, capfd: pytest.CaptureFixture[str]
) -> None:
    _flip(closed / DATABASE, 2000)
    assert refused(closed, clock, ids) == "damaged"
    assert capfd.readouterr() == ("", "")


def _plain(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (a)")
    database.commit()
    database.close()


def _flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
