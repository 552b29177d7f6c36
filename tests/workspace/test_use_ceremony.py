"""The ceremony pack: one action from decisions to files, which can be made again."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from small_office import LONG_NAME, TODAY, Office

from facilitator_kit.errors import InputRefused, StorageFailed
from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.progress import finish
from facilitator_kit.workspace.ceremony import CeremonyPlan, hold_ceremony
from facilitator_kit.workspace.printing import CeremonyFiles
from facilitator_kit.workspace.views import Candidate

PLACE = "Guadalajara, Jalisco"


def plan(office: Office, folder: Path, *people: Candidate) -> CeremonyPlan:
    ready = [c for c in office.candidates().values() if c.eligibility.state == "fulfilled"]
    return CeremonyPlan(tuple(people or ready), TODAY, PLACE, folder)


def hold(office: Office, asked: CeremonyPlan) -> CeremonyFiles:
    return finish(hold_ceremony(office.kit.graduation, office.kit.printing, asked))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_one_action_decides_registers_and_writes_everything(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "ceremonia"
    made = hold(office, plan(office, folder))
    assert set(contents(folder)) == {
        "certificados.pdf",
        "certificados/CR-2026-0001.pdf",
        "certificados/CR-2026-0002.pdf",
        "certificados/CR-2026-0003.pdf",
        "acta-cr-grupo-matutino.pdf",
        "libro-registro.pdf",
        "hoja-entrega.pdf",
    }
    assert made.certificates == folder / "certificados.pdf"
    pages = text_of(made.certificates.read_bytes())
    assert len(pages) == 3
    # Homonyms hold folios of their own; sixty characters are there in full; a sample says so.
    for page, name, folio in zip(
        pages,
        (LONG_NAME, "Ana López Díaz", "Ana López Díaz"),
        ("CR-2026-0001", "CR-2026-0002", "CR-2026-0003"),
        strict=True,
    ):
        flat = " ".join(page.split())
        assert name in flat
        assert folio in flat
        assert "EJEMPLO" in flat
    for other in (made.register, made.delivery, *made.actas):
        found = " ".join(" ".join(text_of(other.read_bytes())).split())
        assert all(f"CR-2026-000{n}" in found for n in (1, 2, 3))
        assert "EJEMPLO" in found


def test_files_made_again_are_the_same_byte_for_byte(office: Office, tmp_path: Path) -> None:
    asked = plan(office, tmp_path / "uno")
    hold(office, asked)
    again = CeremonyPlan(asked.people, TODAY, PLACE, tmp_path / "dos")
    hold(office, again)
    assert contents(tmp_path / "uno") == contents(tmp_path / "dos")
    assert len(office.kit.register.folios()) == 3
    one = office.kit.printing.certificate("CR-2026-0002")
    assert one == contents(tmp_path / "uno")["certificados/CR-2026-0002.pdf"]


def test_a_ceremony_stopped_half_way_leaves_whole_files_and_can_be_repeated(
    office: Office, tmp_path: Path
) -> None:
    asked = plan(office, tmp_path / "uno")
    work = hold_ceremony(office.kit.graduation, office.kit.printing, asked)
    for step in work:
        if step.done == 5:  # two files of one person each are written
            break
    work.close()
    half = contents(tmp_path / "uno")
    assert 1 < len(half) < 7
    hold(office, CeremonyPlan(asked.people, TODAY, PLACE, tmp_path / "dos"))
    whole = contents(tmp_path / "dos")
    assert half == {name: whole[name] for name in half}
    assert len(office.kit.register.folios()) == 3


def test_a_ceremony_stopped_among_its_certificates_leaves_no_piece_of_them(
    office: Office, tmp_path: Path
) -> None:
    work = hold_ceremony(office.kit.graduation, office.kit.printing, plan(office, tmp_path / "uno"))
    seen = set()
    for step in work:
        seen = set(contents(tmp_path / "uno")) if (tmp_path / "uno").exists() else set()
        if step.what.text == "Preparando certificados" and seen:
            break
    work.close()
    assert seen == {".certificados.pdf.part"}
    assert contents(tmp_path / "uno") == {}


def test_what_keeps_a_ceremony_from_beginning_is_told_before_anything_is_decided(
    office: Office, tmp_path: Path
) -> None:
    found = office.candidates()
    office.kit.graduation.decide(
        (found["CR-001"].enrolment.id,), DecisionKind.REFUSED, "Pidió esperar"
    )
    (signer,) = office.kit.institution.signatories()
    office.kit.institution.remove_signatory(signer.id)
    with pytest.raises(InputRefused) as refused:
        hold(office, plan(office, tmp_path / "uno", *found.values()))
    assert sorted((str(p.place), p.code) for p in refused.value.problems) == [
        ("Ana López Díaz", "not_decided"),
        ("Carmen Ruiz", "not_fulfilled"),
        ("Inés Mora Paz", "not_fulfilled"),
        ("Roble", "no_signatory"),
    ]
    assert office.candidates()["CR-002"].decision is None
    assert not (tmp_path / "uno").exists()
    assert office.kit.register.folios() == ()


def test_an_exception_is_in_the_ceremony(office: Office, tmp_path: Path) -> None:
    office.kit.graduation.decide(
        (office.enrolment("Carmen").id,), DecisionKind.EXCEPTION, "Contestó en papel"
    )
    hold(office, plan(office, tmp_path / "uno", office.candidate("Carmen")))
    assert [v.line.printed_name for v in office.kit.register.folios()] == ["Carmen Ruiz"]


def test_a_folder_that_cannot_be_written_is_told_and_folios_stay_for_another(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "ocupado").write_text("un archivo")
    asked = plan(office, tmp_path / "ocupado" / "dentro")
    with pytest.raises(StorageFailed):
        hold(office, asked)
    assert (tmp_path / "ocupado").read_text() == "un archivo"
    hold(office, CeremonyPlan(asked.people, TODAY, PLACE, tmp_path / "uno"))
    assert len(office.kit.register.folios()) == 3
    assert len(contents(tmp_path / "uno")) == 7


def test_a_counted_reprint_and_a_voided_folio_show_on_paper(office: Office, tmp_path: Path) -> None:
    hold(office, plan(office, tmp_path / "uno"))
    first = office.kit.printing.certificate("CR-2026-0001")
    office.kit.register.reprint("CR-2026-0001", "Se manchó")
    office.kit.register.void("CR-2026-0002", "Cancelado a petición")
    reprinted = " ".join(text_of(office.kit.printing.certificate("CR-2026-0001")))
    assert office.kit.printing.certificate("CR-2026-0001") != first
    assert "eimpresión" in reprinted
    views = office.kit.register.folios()
    register = " ".join(" ".join(text_of(office.kit.printing.register(views, TODAY))).split())
    assert "Cancelado a petición" in register


def test_cohorts_of_one_name_write_actas_of_their_own(office: Office, tmp_path: Path) -> None:
    tere = office.enrolment("Tere")
    office.kit.graduation.decide((tere.id,), DecisionKind.EXCEPTION, "Por examen")
    people = (*plan(office, tmp_path).people, office.candidate("Tere"))
    made = hold(office, CeremonyPlan(people, TODAY, PLACE, tmp_path / "uno"))
    assert [path.name for path in made.actas] == [
        "acta-cr-grupo-matutino.pdf",
        "acta-cv-grupo-del-valle.pdf",
    ]


def test_agenda_roll_and_report_are_pages_of_the_sample(office: Office) -> None:
    session = office.sessions("Grupo vespertino")[3]
    printing = office.kit.printing
    for pdf in (
        printing.agenda(session.id),
        printing.roll((session.id,)),
        printing.report(office.finished.id),
    ):
        assert all("EJEMPLO" in page for page in text_of(pdf))
    roll = text_of(printing.roll((session.id,)))[0]
    for code in ("CR-006", "CR-007", "CR-008"):
        assert code in roll
    assert "CR-001" not in roll
