"""A full, failing or damaged disk: said in words, with nothing half stored."""

from __future__ import annotations

import errno
import random
import shutil
from pathlib import Path

import pytest

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import NotOpened, StorageFailed
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Centre, Draft, Logo
from facilitator_kit.progress import finish
from facilitator_kit.store import Store, restore
from facilitator_kit.store.engine import connect
from facilitator_kit.store.faults import storage_faults


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
    assert list((store.folder / "backups").iterdir()) == []
    good = finish(store.backups.make(clock.now()))
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
