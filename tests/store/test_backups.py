"""Backups that are proved to open, thinned with age, and restored into a new place."""

from __future__ import annotations

import errno
import random
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import PASSPHRASE, one_of_each

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import NotOpened, StorageFailed
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import Centre, Draft, FolioFloor
from facilitator_kit.progress import finish
from facilitator_kit.store import Store, restore
from facilitator_kit.store.backup import keep

NOW = datetime(2026, 11, 24, 12, 0, 5)  # noqa: DTZ001 - local time


def write(store: Store, text: str = "uno") -> None:
    with store.change(message("Escribir"), actor="ana") as tx:
        tx.put(Draft("d", "f", "", "a", text))


def test_a_backup_is_opened_and_checked(store: Store) -> None:
    assert store.backups.all() == ()
    assert store.backups.last_checked() is None
    write(store)
    made = finish(store.backups.make(NOW))
    assert (made.made_at, made.checked_at, made.changes, made.rows) == (NOW, NOW, 1, 1)
    assert made.path.name == "respaldo-20261124-120005.kitbackup"
    assert store.backups.all() == (made,)
    assert store.backups.last_checked() == made
    later = NOW + timedelta(days=1)
    assert finish(store.backups.verify(made.path, later)).checked_at == later
    assert store.backups.last_checked().checked_at == later
    assert {path.name for path in (store.folder / "backups").iterdir()} == {
        made.path.name,
        "index.json",
    }


def test_when_a_backup_is_due(store: Store, clock: FixedClock) -> None:
    start = clock.now()
    half = timedelta(minutes=30)
    assert not store.backups.changed()
    assert not store.backups.due(start + 2 * half)
    write(store)
    assert store.backups.changed()
    assert not store.backups.due(start + half / 2)
    assert store.backups.due(start + half)
    finish(store.backups.make(start + half))
    assert not store.backups.changed()
    assert not store.backups.due(start + 9 * half)
    write(store, "dos")
    assert not store.backups.due(start + 1.5 * half)
    assert store.backups.due(start + 2 * half)


def test_a_cancelled_backup_leaves_nothing(store: Store) -> None:
    write(store)
    for steps in (1, 2, 3):
        work = store.backups.make(NOW)
        for _ in range(steps):
            next(work)
        work.close()
        assert list((store.folder / "backups").iterdir()) == []
    leftover = store.folder / "backups" / ".new-crash"
    leftover.mkdir()
    (leftover / "data.db").write_bytes(b"half")
    finish(store.backups.make(NOW))
    assert not leftover.exists()


def test_two_backups_in_one_second_both_stay_until_thinned(store: Store) -> None:
    write(store)
    one, two = finish(store.backups.make(NOW)), finish(store.backups.make(NOW))
    assert one.path != two.path
    assert {info.path for info in store.backups.all()} == {one.path, two.path}


def test_backups_are_thinned_as_they_are_made(store: Store) -> None:
    write(store)
    for hour in range(3):
        finish(store.backups.make(NOW + timedelta(hours=hour)))
    assert [info.made_at for info in store.backups.all()] == [NOW + timedelta(hours=2)]
    stranger = store.folder / "backups" / "carta.txt"
    stranger.write_text("no es un respaldo")
    finish(store.backups.make(NOW + timedelta(days=1)))
    assert len(store.backups.all()) == 2
    assert stranger.exists()


MOMENTS = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001 - local time
    max_size=80,
)


@given(moments=MOMENTS)
def test_thinning_keeps_12_days_10_weeks_and_9_months(moments: list[datetime]) -> None:
    kept = keep(moments)
    assert kept <= set(moments)
    assert len(kept) <= 12 + 10 + 9
    if moments:
        assert max(moments) in kept
    for period, many in (
        (lambda m: m.date(), 12),
        (lambda m: m.isocalendar()[:2], 10),
        (lambda m: (m.year, m.month), 9),
    ):
        latest = sorted({period(m) for m in moments}, reverse=True)[:many]
        assert {max(m for m in moments if period(m) == p) for p in latest} <= kept
    assert keep(kept) == kept


@given(st.integers(0, 10_000))
def test_thinning_day_after_day_keeps_months_of_history(seed: int) -> None:
    chance = random.Random(seed)
    kept: frozenset[datetime] = frozenset()
    day = datetime(2025, 1, 1)  # noqa: DTZ001 - local time
    for _ in range(300):
        day += timedelta(days=1)
        kept = keep(kept | {day + timedelta(hours=chance.randrange(24))})
    months = {(m.year, m.month) for m in kept}
    assert len(months) == 9
    assert len(kept) <= 31


# -- damage ----------------------------------------------------------------------------------------


def test_one_flipped_bit_anywhere_in_a_backup_is_detected(store: Store) -> None:
    write(store)
    made = finish(store.backups.make(NOW))
    whole = made.path.read_bytes()
    chance = random.Random(3)
    places = [*range(120), *range(len(whole) - 300, len(whole))]
    places += [chance.randrange(len(whole)) for _ in range(80)]
    for place in places:
        content = bytearray(whole)
        content[place] ^= 1 << chance.randrange(8)
        made.path.write_bytes(content)
        with pytest.raises(NotOpened) as refused:
            finish(store.backups.verify(made.path, NOW))
        assert refused.value.code in {"damaged", "foreign"}
    made.path.write_bytes(whole)
    finish(store.backups.verify(made.path, NOW))


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"PK\x03\x04", "foreign"), (b"x" * 5000, "foreign")],
)
def test_what_is_no_backup_is_refused(
    store: Store, tmp_path: Path, clock: FixedClock, ids: Ids, content: bytes, code: str
) -> None:
    path = tmp_path / "something.kitbackup"
    path.write_bytes(content)
    for attempt in (store.backups.verify(path, NOW), restore(path, tmp_path / "new", clock, ids)):
        with pytest.raises(NotOpened) as refused:
            finish(attempt)
        assert refused.value.code == code
    assert path.read_bytes() == content
    assert not (tmp_path / "new").exists()


def test_a_backup_cut_short_is_refused(store: Store) -> None:
    write(store)
    made = finish(store.backups.make(NOW))
    made.path.write_bytes(made.path.read_bytes()[:-5000])
    with pytest.raises(NotOpened) as refused:
        finish(store.backups.verify(made.path, NOW))
    assert refused.value.code == "damaged"


def test_a_missing_backup_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotOpened) as refused:
        finish(store.backups.verify(tmp_path / "none.kitbackup", NOW))
    assert refused.value.code == "missing"


# -- restoring -------------------------------------------------------------------------------------


def test_half_a_copy_left_on_a_stick_goes_with_the_next_one(real: Store, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    backup = finish(real.backups.make(NOW))
    half = stick / f".{backup.path.name}.0123abcd.new"
    half.write_bytes(b"half")
    others = [stick / "fotos.zip", stick / ".otra.kitbackup.0123abcd.new"]
    for other in others:
        other.write_bytes(b"hers")
    copied = real.backups.copy_to(backup.path, stick)
    assert sorted(stick.iterdir()) == sorted([*others, copied])


def test_a_protected_stick_is_refused_in_words(
    real: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = finish(real.backups.make(NOW))
    stick = tmp_path / "usb"

    def protected(*_args: object, **_more: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patch:
        # Nothing can be written there, nor taken away.
        patch.setattr(shutil, "copyfileobj", protected)
        patch.setattr(Path, "unlink", protected)
        with pytest.raises(StorageFailed) as failed:
            real.backups.copy_to(backup.path, stick)
    assert failed.value.code == "read_only"
    assert str(stick) in failed.value.text(Texts("es"))


def test_restoring_into_a_new_place(
    real: Store, tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    made = one_of_each(ids)
    with real.change(message("Preparar"), actor="ana") as tx:
        tx.put_all(made.values())
    with real.change(message("Renombrar"), actor="ana") as tx:
        tx.put(replace(made[Centre], name="Renombrado"))
    backup = finish(real.backups.make(NOW))
    with real.change(message("Después"), actor="ana") as tx:
        tx.put(Draft("d", "f", "", "b", "no está en el respaldo"))
    copied = real.backups.copy_to(backup.path, tmp_path / "usb")
    assert copied.read_bytes() == backup.path.read_bytes()

    with pytest.raises(NotOpened) as refused:
        finish(restore(copied, tmp_path / "new", clock, ids, passphrase="otra frase"))
    assert refused.value.code == "wrong_passphrase"
    assert not (tmp_path / "new").exists()
    with pytest.raises(NotOpened) as refused:
        finish(restore(copied, real.folder, clock, ids, passphrase=PASSPHRASE))
    assert refused.value.code == "exists"

    work = restore(copied, tmp_path / "new", clock, ids, passphrase=PASSPHRASE)
    next(work)
    next(work)
    work.close()
    assert {path.name for path in tmp_path.iterdir()} == {"real", "usb"}

    clock.set(NOW)
    folder = finish(restore(copied, tmp_path / "new", clock, ids, passphrase=PASSPHRASE))
    with Store.open(folder, clock, ids, passphrase=PASSPHRASE) as again:
        assert again.workspace_id == real.workspace_id
        assert again.copy_id != real.copy_id
        assert again.need(Centre, made[Centre].id).name == "Renombrado"
        for record_type in set(made) - {Centre}:
            assert again.find(record_type) == (made[record_type],)
        assert again.verify_journal().ok
        assert str(again.undoable("ana").name) == "Renombrar"
        again.undo("ana")
        assert again.find(Centre) == (made[Centre],)
        assert again.verify_journal().ok


def test_restoring_with_the_recovery_key(tmp_path: Path, clock: FixedClock, ids: Ids) -> None:
    store, recovery_key = Store.create(tmp_path / "w", PASSPHRASE, clock, ids)
    with store:
        write(store)
        backup = finish(store.backups.make(NOW))
        store.set_passphrase("una frase nueva")
    folder = finish(restore(backup.path, tmp_path / "new", clock, ids, recovery_key=recovery_key))
    with Store.open(folder, clock, ids, passphrase=PASSPHRASE) as again:
        assert again.count(Draft) == 1


def test_no_folio_after_a_restore_until_the_last_printed_one_is_declared(
    store: Store, tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    old = FolioFloor(ids.new(), "CR", 2026, 3, clock.now(), "ana")
    with store.change(message("Declarar"), actor="ana") as tx:
        tx.put(old)
    assert store.restored_at is None
    assert not store.folios_blocked("CR", 2026)
    backup = finish(store.backups.make(NOW))
    clock.set(NOW)
    folder = finish(restore(backup.path, tmp_path / "new", clock, ids))
    with Store.open(folder, clock, ids) as again:
        assert again.restored_at.date() == date(2026, 11, 24)
        assert again.folios_blocked("CR", 2026)
        assert again.folios_blocked("CR", 2025)
        assert not again.folios_blocked("CR", 2027)
        with again.change(message("Declarar"), actor="ana") as tx:
            tx.put(FolioFloor(ids.new(), "CR", 2026, 93, clock.now(), "ana"))
        assert not again.folios_blocked("CR", 2026)
        assert again.folios_blocked("TL", 2026)


def test_a_backup_made_while_others_write_is_one_moment(store: Store) -> None:
    write(store)
    work = store.backups.make(NOW)
    next(work)
    next(work)  # the copy is made
    write(store, "después")
    made = finish(work)
    assert made.changes == 1
    assert store.backups.changed()


def test_a_backup_can_be_verified_while_another_is_made(store: Store) -> None:
    write(store)
    first = finish(store.backups.make(NOW))
    making = store.backups.make(NOW + timedelta(days=1))
    next(making)
    assert finish(store.backups.verify(first.path, NOW)).rows == 1
    assert finish(making).rows == 1
    assert len(store.backups.all()) == 2


def test_a_backup_holds_no_readable_data(real: Store) -> None:
    with real.change(message("Registrar a {name}", name="MARCAPERSONAL"), actor="ana") as tx:
        tx.put(Draft("d", "f", "", "a", "MARCAPERSONAL"))
    finish(real.backups.make(NOW))
    for path in real.folder.rglob("*"):
        assert not path.is_file() or b"MARCAPERSONAL" not in path.read_bytes(), path.name
