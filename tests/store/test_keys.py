"""The passphrase and the printed recovery key: forgiving of hands, not of wrong keys."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import PASSPHRASE

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import KitError, NotOpened, StorageFailed
from facilitator_kit.store import WORKSPACE_FILE, Store, header, keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_recovery_key_reads_back_however_it_is_typed() -> None:
    for _ in range(50):
        printed = keys.new_recovery_key()
        secret = keys.read_recovery_key(printed)
        assert len(secret) == 20
        plain = printed.replace("-", "")
        for typed in (
            printed.lower(),
            plain,
            f"  {printed.replace('-', ' – ')}\n",
            plain.replace("0", "O").replace("1", "l"),
            plain.replace("0", "o").replace("1", "I"),
        ):
            assert keys.read_recovery_key(typed) == secret


@given(place=st.integers(0, 39), letter=st.sampled_from(ALPHABET))
def test_a_mistyped_character_is_found_in_its_group(place: int, letter: str) -> None:
    plain = keys.new_recovery_key().replace("-", "")
    typed = plain[:place] + letter + plain[place + 1 :]
    if typed == plain or not _slips_through(typed, place // 5):
        return
    # One slip in thirty-two passes the check; it is another key then, and opens nothing.
    assert keys.read_recovery_key(typed) != keys.read_recovery_key(plain)


def _slips_through(typed: str, group: int) -> bool:
    with contextlib.suppress(NotOpened):
        keys.read_recovery_key(typed)
        return True
    with pytest.raises(NotOpened, match=r"El grupo {number} ") as refused:
        keys.read_recovery_key(typed)
    assert refused.value.code == "wrong_passphrase"
    assert f"grupo {group + 1} " in str(refused.value.reason)
    return False


@pytest.mark.parametrize("typed", ["", "ABC", "U" * 40, "ñ" * 40, "0" * 41])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(NotOpened) as refused:
        keys.read_recovery_key(typed)
    assert refused.value.code == "wrong_passphrase"


def test_the_passphrase_and_the_recovery_key_open(
    tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    folder = tmp_path / "w"
    store, recovery_key = Store.create(folder, PASSPHRASE, clock, ids)
    workspace = store.workspace_id
    store.close()
    decomposed = PASSPHRASE.replace("ñ", "n\u0303").replace("á", "a\u0301").replace("í", "i\u0301")
    for way in ({"passphrase": PASSPHRASE}, {"passphrase": decomposed}):
        with Store.open(folder, clock, ids, **way) as again:
            assert again.workspace_id == workspace
            assert not again.opened_by_recovery
    with Store.open(folder, clock, ids, recovery_key=recovery_key.lower()) as again:
        assert again.opened_by_recovery
        again.set_passphrase("una frase nueva")
        assert again.check_passphrase("una frase nueva")
        assert not again.check_passphrase(PASSPHRASE)
    with pytest.raises(NotOpened):
        Store.open(folder, clock, ids, passphrase=PASSPHRASE)
    with Store.open(folder, clock, ids, passphrase="una frase nueva") as again:
        another = again.new_recovery_key()
    with pytest.raises(NotOpened) as refused:
        Store.open(folder, clock, ids, recovery_key=recovery_key)
    assert refused.value.code == "wrong_passphrase"
    Store.open(folder, clock, ids, recovery_key=another).close()


def test_changing_the_passphrase_touches_no_data(real: Store) -> None:
    before = (real.folder / "data.db").read_bytes()
    real.set_passphrase("una frase nueva")
    assert (real.folder / "data.db").read_bytes() == before


def test_a_passphrase_change_that_fails_leaves_the_former_one(
    real: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (real.folder / WORKSPACE_FILE).read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(header.os, "fsync", full)
    with pytest.raises(StorageFailed) as failed:
        real.set_passphrase("una frase nueva")
    assert failed.value.code == "disk_full"
    assert (real.folder / WORKSPACE_FILE).read_bytes() == before
    assert real.check_passphrase(PASSPHRASE)
    assert sorted(path.name for path in real.folder.glob(".*")) == []


def test_a_short_passphrase_is_refused_before_anything_is_made(
    tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    with pytest.raises(KitError) as refused:
        Store.create(tmp_path / "w", "  corta ", clock, ids)
    assert refused.value.code == "passphrase_short"
    assert list(tmp_path.iterdir()) == []


def test_a_sample_never_becomes_a_real_workspace(store: Store) -> None:
    assert store.sample
    assert Store.is_sample(store.folder)
    for attempt in (lambda: store.set_passphrase("una frase nueva"), store.new_recovery_key):
        with pytest.raises(KitError) as refused:
            attempt()
        assert refused.value.code == "sample"
    kept = json.loads((store.folder / WORKSPACE_FILE).read_text())
    assert kept["sample"] is True
    assert "passphrase" not in kept


def test_no_key_and_no_passphrase_is_written_anywhere(real: Store) -> None:
    real.backups.changed()
    for path in real.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSPHRASE.encode() not in content
            assert real._data_key not in content
            assert real._data_key.hex().encode() not in content
