"""Packs between two institutions: exported signed, opened, believed or refused, merged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
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
    WELCOME,
    edited,
    text_of,
    version,
    with_pages,
)
from small_office import Office, copy_office

from facilitator_kit.curriculum import pack_files_to_zip
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.curriculum.signed_pack import new_private_key, open_signed_pack, sign_pack
from facilitator_kit.errors import InputRefused, KitError, NotOpened
from facilitator_kit.monitoring.records import PackSigner
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.pack_review import Decision, MergeState, Pick

Files = Mapping[str, bytes]
KEY = bytes(range(32))
DAY = date(2026, 7, 20)


@pytest.fixture
def other(
    made_office: Path, tmp_path: Path, core_files: Files, core_pack: Pack
) -> Iterator[Office]:
    """Another institution, as the first was made."""
    found = copy_office(made_office, tmp_path / "other", core_files, core_pack)
    yield found
    found.kit.close()


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
    office: Office, core_files: Files, tmp_path: Path
) -> None:
    kit = office.kit
    kit.packs.adapt(SESSION, edited(core_files, SESSION, (WELCOME, OWN_WELCOME)))
    path = exported(kit, tmp_path)
    assert path.name == f"core-{kit.desk.pack_in_force.version}.kitpack"
    found = open_signed_pack(path.read_bytes())
    assert (found.signer, found.version) == ("Secretaría", kit.desk.pack_in_force.version)
    assert OWN_WELCOME in text_of(found.files, SESSION)
    (line,) = kit.pack_exchange.signers()
    assert line.own
    assert line.signer.public_key == found.public_key
    assert kit.pack_exchange.export() == path.read_bytes()


def test_the_key_is_made_once_and_no_undo_takes_it(office: Office) -> None:
    kit = office.kit
    before = office.undone_name()
    key = kit.pack_exchange.own_signer()
    assert office.undone_name() == before
    institution = kit.institution.get()
    assert kit.pack_exchange.own_signer() == key
    kit.pack_exchange.forget(key.id)
    assert kit.pack_exchange.own_signer().public_key == key.public_key
    assert institution.name == key.name


# -- in --------------------------------------------------------------------------------------------


def test_two_centres_change_one_session_and_a_newer_pack_changes_it_too(
    office: Office, other: Office, core_files: Files, tmp_path: Path
) -> None:
    """One centre's version goes to the other, is merged there, and then with what comes later."""
    kit, second = office.kit, other.kit
    kit.packs.adapt(SESSION, edited(core_files, SESSION, (WELCOME, OWN_WELCOME)))
    second.packs.adapt(SESSION, edited(core_files, SESSION, (EVE, OWN_EVE)))

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
    assert second.desk.pack_in_force.adapted == {"M3-2"}

    theirs = edited(core_files, SESSION, (WELCOME, "Dé la bienvenida y pregunte quién anotó."))
    newer = signed(version(with_pages(core_files, {SESSION: theirs}), "2026.3"), tmp_path)
    later = second.pack_exchange.trust(second.pack_exchange.open(newer))
    review = second.pack_updates.review(later)
    (page,) = review.pages
    text = page.merge.text([conflict.theirs for conflict in page.merge.conflicts])
    assert OWN_EVE in text
    picks = tuple((Pick.THEIRS, "") for _one in page.merge.conflicts)
    second.pack_updates.adopt(review, {SESSION: Decision(picks)})
    assert OWN_EVE in str(second.desk.pack_in_force.session("M3-2"))
    assert "Dé la bienvenida" in str(second.desk.pack_in_force.session("M3-2"))


def test_a_known_signer_is_not_asked_about_and_a_namesake_is_pointed_out(
    office: Office, core_files: Files, tmp_path: Path
) -> None:
    exchange = office.kit.pack_exchange
    offer = exchange.open(signed(version(core_files, "2026.3"), tmp_path))
    assert (offer.signer, offer.known_as, offer.namesake) == ("Equipo central", "", False)
    exchange.trust(offer)
    assert office.undone_name() == "Confiar en la firma de Equipo central"
    again = exchange.open(signed(version(core_files, "2026.3"), tmp_path, "Equipo Central 2"))
    assert again.trusted
    assert again.known_as == "Equipo central"
    path = tmp_path / "falso.kitpack"
    path.write_bytes(
        sign_pack(version(core_files, "2026.3"), "equipo CENTRAL", new_private_key(), DAY)
    )
    false = exchange.open(path)
    assert false.namesake
    assert not false.trusted
    (line,) = exchange.signers()
    exchange.forget(line.signer.id)
    assert exchange.signers() == ()
    assert not exchange.open(signed(version(core_files, "2026.3"), tmp_path)).trusted


def test_ones_own_export_is_already_in_use(
    office: Office, core_files: Files, tmp_path: Path
) -> None:
    kit = office.kit
    kit.packs.adapt(SESSION, edited(core_files, SESSION, (WELCOME, OWN_WELCOME)))
    with pytest.raises(KitError) as refused:
        kit.pack_exchange.open(exported(kit, tmp_path))
    assert refused.value.code == "in_use"


def test_every_wrong_file_is_refused_in_its_own_words_and_changes_nothing(
    office: Office, core_files: Files, tmp_path: Path
) -> None:
    kit = office.kit
    good = sign_pack(version(core_files, "2026.3"), "Equipo central", KEY, DAY)
    faulty = with_pages(version(core_files, "2026.3"), {SESSION: "roto", "pack/otro.md": "sobra"})
    older = version(core_files, "2025.1")
    same = with_pages(core_files, {METHOD: text_of(core_files, METHOD) + "\nMás.\n"})
    chile = {
        **core_files,
        "pack.toml": edited(
            core_files, "pack.toml", ('"2026.2"', '"2026.3"'), ('["MX", "CL"]', '["CL"]')
        ).encode(),
    }
    wrong: dict[str, bytes] = {
        "empty": b"",
        "foreign": b"hola",
        "unsigned": pack_files_to_zip(core_files),
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


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_altered_file_is_refused_and_nothing_is_stored(
    office: Office, core_files: Files, tmp_path: Path, data: st.DataObject
) -> None:
    good = sign_pack(version(core_files, "2026.3"), "Equipo central", KEY, DAY)
    altered = bytearray(good[: data.draw(st.integers(0, len(good)))])
    if len(altered) == len(good) or (altered and data.draw(st.booleans())):
        bit = data.draw(st.integers(0, len(altered) * 8 - 1))
        altered[bit // 8] ^= 1 << bit % 8
    before = last_change(office.kit)
    path = tmp_path / "alterado.kitpack"
    path.write_bytes(bytes(altered))
    with pytest.raises(KitError):
        office.kit.pack_exchange.open(path)
    assert last_change(office.kit) == before
