"""Packs between two institutions: exported signed, opened, believed or refused, merged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pack_versions import (
    EVE,
    METHOD,
    OWN_EVE,
    OWN_WELCOME,
    SESSION,
    THEIR_WELCOME,
    WELCOME,
    edited,
    text_of,
    version,
    with_pages,
)

from facilitator_kit.curriculum import pack_files_to_zip
from facilitator_kit.curriculum.signed_pack import new_private_key, open_signed_pack, sign_pack
from facilitator_kit.errors import InputRefused, KitError, NotOpened
from facilitator_kit.monitoring.records import PackSigner
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.pack_review import Decision, MergeState, Pick

Files = Mapping[str, bytes]
KEY = bytes(range(32))
DAY = date(2026, 7, 20)


@pytest.fixture
def kit(small_kit: Workspace) -> Workspace:
    return small_kit


@pytest.fixture
def undone_name(kit: Workspace) -> Callable[[], str]:
    return lambda: str(kit.undo_name() or "")


def exported(kit: Workspace, folder: Path) -> Path:
    path = folder / kit.pack_exchange.suggested_name()
    path.write_bytes(kit.pack_exchange.export())
    return path


def signed(files: Files, folder: Path, signer: str = "Equipo central") -> Path:
    path = folder / "paquete.kitpack"
    path.write_bytes(sign_pack(files, signer, KEY, DAY))
    return path


def resigned(content: bytes, name: bytes) -> bytes:
    """A signed file under another name, its zip made right again and its signature left."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(b"Equipo central", name))
    return target.getvalue()


def last_change(kit: Workspace) -> str:
    return kit.desk.store.history(1)[0].id


# -- out -------------------------------------------------------------------------------------------


def test_an_export_is_the_pack_in_force_under_the_institutions_name(
    kit: Workspace, small_files: Files, tmp_path: Path
) -> None:
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, OWN_WELCOME)))
    path = exported(kit, tmp_path)
    assert path.name == f"chico-{kit.desk.pack_in_force.version}.kitpack"
    found = open_signed_pack(path.read_bytes())
    assert (found.signer, found.version) == ("Secretaría", kit.desk.pack_in_force.version)
    assert OWN_WELCOME in text_of(found.files, SESSION)
    (line,) = kit.pack_exchange.signers()
    assert line.own
    assert line.signer.public_key == found.public_key
    assert kit.pack_exchange.export() == path.read_bytes()


def test_the_key_is_made_once_and_no_undo_takes_it(
    kit: Workspace, undone_name: Callable[[], str]
) -> None:
    before = undone_name()
    key = kit.pack_exchange.own_signer()
    assert undone_name() == before
    institution = kit.institution.get()
    assert kit.pack_exchange.own_signer() == key
    kit.pack_exchange.forget(key.id)
    assert kit.pack_exchange.own_signer().public_key == key.public_key
    assert institution.name == key.name


# -- in --------------------------------------------------------------------------------------------


def test_two_centres_change_one_session_and_a_newer_pack_changes_it_too(
    kit: Workspace, other_kit: Workspace, small_files: Files, tmp_path: Path
) -> None:
    """One centre's version goes to the other, is merged there, and then with what comes later."""
    second = other_kit
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, OWN_WELCOME)))
    second.packs.adapt(SESSION, edited(small_files, SESSION, (EVE, OWN_EVE)))

    offer = second.pack_exchange.open(exported(kit, tmp_path))
    assert not offer.trusted
    review = second.pack_updates.review(offer)
    with pytest.raises(KitError) as refused:
        second.pack_updates.adopt(review, {})
    assert refused.value.code == "untrusted"
    offer = second.pack_exchange.trust(offer)
    review = second.pack_updates.review(offer)
    assert [one.state for one in review.pages] == [MergeState.CLEAN]
    second.pack_updates.adopt(review, {})
    both = second.packs.text(SESSION).text
    assert OWN_WELCOME in both
    assert OWN_EVE in both
    standing = second.packs.standing()
    assert standing.adopted is not None
    assert standing.adopted.signer == "Secretaría"
    assert standing.version == kit.desk.pack_in_force.version
    assert second.desk.pack_in_force.adapted == {"A-1"}

    theirs = edited(small_files, SESSION, (WELCOME, THEIR_WELCOME))
    newer = signed(version(with_pages(small_files, {SESSION: theirs}), "2026.2"), tmp_path)
    later = second.pack_exchange.trust(second.pack_exchange.open(newer))
    review = second.pack_updates.review(later)
    (page,) = review.pages
    text = page.merge.text([conflict.theirs for conflict in page.merge.conflicts])
    assert OWN_EVE in text
    picks = tuple((Pick.THEIRS, "") for _one in page.merge.conflicts)
    second.pack_updates.adopt(review, {SESSION: Decision(picks)})
    assert OWN_EVE in str(second.desk.pack_in_force.session("A-1"))
    assert THEIR_WELCOME in str(second.desk.pack_in_force.session("A-1"))


def test_a_known_signer_is_not_asked_about_and_a_namesake_is_pointed_out(
    kit: Workspace, undone_name: Callable[[], str], small_files: Files, tmp_path: Path
) -> None:
    exchange = kit.pack_exchange
    offer = exchange.open(signed(version(small_files, "2026.2"), tmp_path))
    assert (offer.signer, offer.known_as, offer.namesake) == ("Equipo central", "", False)
    exchange.trust(offer)
    assert undone_name() == "Confiar en la firma de Equipo central"
    again = exchange.open(signed(version(small_files, "2026.2"), tmp_path, "Equipo Central 2"))
    assert again.trusted
    assert again.known_as == "Equipo central"
    path = tmp_path / "falso.kitpack"
    path.write_bytes(
        sign_pack(version(small_files, "2026.3"), "equipo CENTRAL", new_private_key(), DAY)
    )
    false = exchange.open(path)
    assert false.namesake
    assert not false.trusted
    (line,) = exchange.signers()
    exchange.forget(line.signer.id)
    assert exchange.signers() == ()
    assert not exchange.open(signed(version(small_files, "2026.2"), tmp_path)).trusted


def test_ones_own_export_is_already_in_use(
    kit: Workspace, small_files: Files, tmp_path: Path
) -> None:
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, OWN_WELCOME)))
    with pytest.raises(KitError) as refused:
        kit.pack_exchange.open(exported(kit, tmp_path))
    assert refused.value.code == "in_use"


def test_every_wrong_file_is_refused_in_its_own_words_and_changes_nothing(
    kit: Workspace, small_files: Files, tmp_path: Path
) -> None:
    good = sign_pack(version(small_files, "2026.2"), "Equipo central", KEY, DAY)
    faulty = with_pages(version(small_files, "2026.2"), {SESSION: "roto", "pack/otro.md": "sobra"})
    older = version(small_files, "2025.1")
    same = with_pages(small_files, {METHOD: text_of(small_files, METHOD) + "\nMás.\n"})
    chile = {
        **small_files,
        "pack.toml": edited(
            small_files, "pack.toml", ('"2026.1"', '"2026.2"'), ('["MX", "CL"]', '["CL"]')
        ).encode(),
    }
    wrong: dict[str, bytes] = {
        "empty": b"",
        "foreign": b"hola",
        "unsigned": pack_files_to_zip(small_files),
        "damaged": good[:-100],
        "bad_signature": resigned(good, b"Equipo vecinal"),
        "older": sign_pack(older, "Equipo central", KEY, DAY),
        "same_version": sign_pack(same, "Equipo central", KEY, DAY),
        "pack_refused": sign_pack(faulty, "Equipo central", KEY, DAY),
    }
    before, words = last_change(kit), set()
    for code, content in wrong.items():
        path = tmp_path / f"{code}.kitpack"
        path.write_bytes(content)
        with pytest.raises(KitError) as refused:
            kit.pack_exchange.open(path)
        assert refused.value.code == code
        words.add(str(refused.value.reason))
    assert len(words) == len(wrong)
    assert last_change(kit) == before
    assert kit.desk.store.count(PackSigner) == 0
    with pytest.raises(InputRefused) as whole:
        kit.pack_exchange.open(tmp_path / "pack_refused.kitpack")
    assert {one.file for one in whole.value.problems} >= {SESSION, "pack/otro.md"}
    with pytest.raises(InputRefused) as foreign:
        kit.pack_exchange.open(signed(chile, tmp_path))
    assert "country_not_in_pack" in {one.code for one in foreign.value.problems}
    with pytest.raises(NotOpened) as missing:
        kit.pack_exchange.open(tmp_path / "no.kitpack")
    assert missing.value.code == "missing"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_an_altered_file_is_refused_and_nothing_is_stored(
    kit: Workspace, small_files: Files, tmp_path: Path, cut: int, flip: int, whole: bool
) -> None:
    good = sign_pack(version(small_files, "2026.2"), "Equipo central", KEY, DAY)
    altered = bytearray(good if whole else good[: cut % len(good)])
    if altered:
        bit = flip % (len(altered) * 8)
        altered[bit // 8] ^= 1 << bit % 8
    before = last_change(kit)
    path = tmp_path / "alterado.kitpack"
    path.write_bytes(bytes(altered))
    with pytest.raises(KitError):
        kit.pack_exchange.open(path)
    assert last_change(kit) == before
