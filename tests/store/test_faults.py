"""A full, failing or damaged disk: said in words, with nothing half stored."""

from __future__ import annotations

import errno
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import NotOpened, StorageFailed
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import Centre, Draft, Logo
from facilitator_kit.progress import finish
from facilitator_kit.store import Store, restore
from facilitator_kit.store.engine import DatabaseFault, connect
from facilitator_kit.store.faults import storage_faults
from facilitator_kit.store.header import dump_header, read_header


def limit_pages(store: Store, more: int) -> None:
    """Let the database grow by so many pages only, as on a disk that is nearly full."""
    with store._writing.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


def test_a_full_disk_stores_nothing_of_the_change_and_all_before_it(store: Store, ids: Ids) -> None:
    limit_pages(store, 40)
    stored: list[Draft] = []

    def write_on() -> None:
        for number in range(1000):
            drafts = [
                Draft(ids.new(), "f", str(number), str(field), "x" * 500) for field in range(20)
            ]
            with store.change(message("Escribir"), actor="ana") as tx:
                tx.put_all(drafts)
            stored.extend(drafts)

    with pytest.raises(StorageFailed) as failed:
        write_on()
    assert len(stored) > 20
    assert failed.value.code == "disk_full"
    assert store.find(Draft) == tuple(stored)
    assert store.verify_journal().ok
    limit_pages(store, 1_000_000)
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put(Centre(ids.new(), "Centro", "C", "", ""))
    assert store.verify_journal().ok


def test_a_full_disk_while_backing_up_leaves_no_backup(
    store: Store, clock: FixedClock, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put(Centre(ids.new(), "Centro", "C", "", ""))

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        with pytest.raises(StorageFailed) as failed:
            finish(store.backups.make(clock.now()))
    assert failed.value.code == "disk_full"
    # No change was lost: what is said is the place that is full.
    assert str(store.folder / "backups") in failed.value.text(Texts("es"))
    assert list((store.folder / "backups").iterdir()) == []
    good = finish(store.backups.make(clock.now()))
    stick = store.folder.parent / "usb"
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        with pytest.raises(StorageFailed) as failed:
            store.backups.copy_to(good.path, stick)
    assert str(stick) in failed.value.text(Texts("es"))
    assert list(stick.iterdir()) == []
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        with pytest.raises(StorageFailed):
            finish(restore(good.path, store.folder.parent / "again", clock, ids))
        with pytest.raises(StorageFailed):
            store.backups.copy_to(good.path, store.folder.parent / "usb")
    assert not (store.folder.parent / "again").exists()
    assert list((store.folder.parent / "usb").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "unreadable"),
    ],
)
def test_faults_of_the_system_are_said(number: int, code: str) -> None:
    with pytest.raises(StorageFailed) as failed, storage_faults():
        raise OSError(number, "as the system says it")
    assert failed.value.code == code


def test_what_is_a_bug_escapes() -> None:
    with pytest.raises(OSError, match="surely a bug"), storage_faults():
        raise OSError(errno.EINVAL, "surely a bug")


def test_a_fault_of_the_callers_own_files_is_not_the_stores(store: Store) -> None:
    def read_within_a_change() -> None:
        with store.change(message("Escribir"), actor="ana"):
            (store.folder / "no such file").read_bytes()

    with pytest.raises(FileNotFoundError):
        read_within_a_change()


def test_a_database_that_is_being_written_by_another_program_is_said(
    store: Store, ids: Ids
) -> None:
    with store._writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = connect(store.folder / "data.db", store._data_key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageFailed) as failed:
        _put(store, ids)
    other.execute("ROLLBACK")
    other.close()
    assert failed.value.code == "locked"
    _put(store, ids)
    assert store.count(Centre) == 1


def _put(store: Store, ids: Ids) -> None:
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put(Centre(ids.new(), "Centro", "C", "", ""))


def test_a_flipped_bit_in_the_database_is_never_read_as_data(
    store: Store, ids: Ids, clock: FixedClock
) -> None:
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put(Logo(ids.new(), "logo", 1, "image/png", bytes(range(256)) * 200))
        tx.put_all(Centre(ids.new(), f"Centro {n}", f"C{n}", "", "") for n in range(200))
    store.close()
    path = store.folder / "data.db"
    whole = path.read_bytes()
    chance = random.Random(1)
    detected = 0
    for _ in range(300):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        database = connect(path, store._data_key, mode="ro", immutable=True)
        try:
            faults = database.execute("PRAGMA cipher_integrity_check").fetchall()
        finally:
            database.close()
        detected += bool(faults)
    assert detected == 300
    path.write_bytes(whole)
    with Store.open(store.folder, clock, ids) as again:
        assert again.count(Centre) == 200


def test_a_damaged_page_is_said_when_it_is_read(store: Store, ids: Ids, clock: FixedClock) -> None:
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put_all(Centre(ids.new(), f"Centro {n}", f"C{n}", "", "") for n in range(2000))
    store.close()
    path = store.folder / "data.db"
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises((StorageFailed, NotOpened)) as failed:
        _read_all(store.folder, clock, ids)
    assert failed.value.code == "damaged"


def _read_all(folder: Path, clock: FixedClock, ids: Ids) -> None:
    with Store.open(folder, clock, ids) as store:
        store.find(Centre)


# -- a torn write-ahead log ------------------------------------------------------------------------


def crashed_copy(store: Store, place: Path) -> Path:
    """The workspace as a crash would leave it: its last changes in the write-ahead log only."""
    shutil.copytree(store.folder, place)
    (place / "data.db-shm").unlink()
    return place


def test_a_torn_log_leaves_an_exact_prefix_of_the_changes(
    store: Store, ids: Ids, clock: FixedClock, tmp_path: Path
) -> None:
    for number in range(12):
        with store.change(message("Escribir"), actor="ana") as tx:
            tx.put_all(Draft(f"d{n}", "f", "", str(n), str(number)) for n in range(5))
    whole = (store.folder / "data.db-wal").read_bytes()
    chance = random.Random(9)
    seen = set()
    for round_number in range(60):
        place = crashed_copy(store, tmp_path / f"crash{round_number}")
        log = bytearray(whole)
        if round_number % 2:
            del log[chance.randrange(len(log)) :]
        else:
            log[chance.randrange(len(log))] ^= 1 << chance.randrange(8)
        (place / "data.db-wal").write_bytes(log)
        with Store.open(place, clock, ids) as again:
            drafts = again.find(Draft)
            history = again.history()
            assert again.verify_journal().ok
        shutil.rmtree(place)
        assert len(drafts) == (5 if history else 0)
        assert {draft.text for draft in drafts} == ({str(len(history) - 1)} if history else set())
        seen.add(len(history))
    assert len(seen) > 4


def test_a_page_torn_by_a_crash_is_mended_from_the_log(
    store: Store, ids: Ids, clock: FixedClock, tmp_path: Path
) -> None:
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put_all(Draft(ids.new(), "f", str(n), "x", "y" * 900) for n in range(100))
    place = crashed_copy(store, tmp_path / "crash")
    content = bytearray((place / "data.db").read_bytes())
    content[1000:3000] = bytes(2000)  # the first page, half written
    (place / "data.db").write_bytes(content)
    with Store.open(place, clock, ids) as again:
        assert again.count(Draft) == 100
        assert again.verify_journal().ok


def test_a_crashed_workspace_is_refused_untouched_too(
    store: Store, ids: Ids, clock: FixedClock, tmp_path: Path
) -> None:
    _put(store, ids)
    place = crashed_copy(store, tmp_path / "crash")
    found = read_header(place)
    (place / "workspace.json").write_bytes(dump_header(replace(found, workspace_id="another")))
    before = {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
    with pytest.raises(NotOpened) as refused:
        Store.open(place, clock, ids)
    assert refused.value.code == "damaged"
    assert {p.name: p.read_bytes() for p in place.iterdir() if p.is_file()} == before


@pytest.mark.parametrize(
    ("words", "code"),
    [("database or disk is full", "disk_full"), ("disk I/O error", "unreadable")],
)
def test_a_fault_that_the_database_tells_in_words_alone_is_known(words: str, code: str) -> None:
    with pytest.raises(StorageFailed) as failed, storage_faults():
        raise DatabaseFault(words)
    assert failed.value.code == code
