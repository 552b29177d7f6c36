"""Agenda, roll, acta, register, delivery, proof and report: what a reader must find in them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import time
from typing import Any

import document_samples as samples
import pytest
from pdf_reading import read_pages
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit import documents
from facilitator_kit.documents import ProofRow, RollRow, missing_characters, proof_warnings, styles
from facilitator_kit.documents.fences import Card, pencil_widths
from facilitator_kit.documents.report import ratio_text
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Paper

ES = Texts("es")


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.text for page in read_pages(data)).split())


# -- agenda --------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("times", [1, 2, 4])
def test_an_agenda_is_always_one_page_and_whole(paper: Paper, times: int) -> None:
    sheet = replace(
        samples.AGENDA, lines=samples.AGENDA.lines * times, care=samples.AGENDA.care * times
    )
    data = documents.agenda_pdf(sheet, replace(samples.HEAD, paper=paper), ES)
    assert len(read_pages(data)) == 1
    text = text_of(data)
    assert text.count("El sobre de los gastos") == times
    assert text.count("No es su culpa") == times


def test_an_agenda_says_hours_groups_and_quantities() -> None:
    text = text_of(documents.agenda_pdf(samples.AGENDA, samples.HEAD, ES))
    for found in ("10:00–12:00 · 120 min", "18 participantes", "3 grupos de 4 · 2 grupos de 3"):
        assert found in text
    assert "20 Hoja 2-A «Mi mes»" in text


def test_an_agenda_with_nothing_but_blocks_has_room_for_notes() -> None:
    bare = replace(
        samples.AGENDA, care=(), materials=(), variants=(), groups=(), objective="", people=0
    )
    text = text_of(documents.agenda_pdf(bare, samples.HEAD, ES))
    assert "Notas" in text
    assert "Materiales" not in text


# -- roll ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 24, 30])
def test_a_roll_of_up_to_thirty_is_one_page_in_its_order(count: int) -> None:
    rows = tuple(RollRow(f"CR-{i:03}", name) for i, name in enumerate(samples.names(count), 1))
    pages = read_pages(documents.roll_pdf(replace(samples.ROLL, rows=rows), samples.HEAD, ES))
    assert len(pages) == 1
    places = [pages[0].text.index(row.code) for row in rows]
    assert places == sorted(places)


def test_a_long_roll_repeats_its_head() -> None:
    rows = tuple(RollRow(f"CR-{i:03}", name) for i, name in enumerate(samples.names(70), 1))
    pages = read_pages(documents.roll_pdf(replace(samples.ROLL, rows=rows), samples.HEAD, ES))
    assert len(pages) == 2
    assert all("Código" in page.text for page in pages)


def test_a_roll_for_several_sessions_has_a_column_for_each() -> None:
    first = samples.ROLL.sessions[0]
    sessions = tuple(replace(first, number=14 + i) for i in range(8))
    text = text_of(documents.roll_pdf(replace(samples.ROLL, sessions=sessions), samples.HEAD, ES))
    assert "Sesiones 14 a 21" in text
    with pytest.raises(ValueError, match="9"):
        documents.roll_pdf(replace(samples.ROLL, sessions=(*sessions, first)), samples.HEAD, ES)


# -- acta ----------------------------------------------------------------------------------------


def test_the_acta_writes_date_hour_and_number_in_words() -> None:
    text = text_of(documents.acta_pdf(samples.ACTA, samples.HEAD, ES))
    assert (
        "En la ciudad de Guadalajara, Jalisco, siendo las once horas con treinta minutos del día "
        "diecisiete de octubre de dos mil veinticuatro" in text
    )
    assert "se declara graduadas a veinticuatro (24) personas" in text
    assert "Los 24 folios anteriores" in text


def test_the_acta_of_one_speaks_of_one() -> None:
    one = replace(samples.ACTA, lines=samples.ACTA.lines[:1], at=None)
    text = text_of(documents.acta_pdf(one, samples.HEAD, ES))
    assert "se declara graduada a una (1) persona, que concluyó" in text
    assert "El folio anterior consta" in text
    assert "siendo el día diecisiete" in text


def test_the_acta_at_one_o_clock_and_of_nobody() -> None:
    none = replace(samples.ACTA, lines=(), at=time(1))
    text = text_of(documents.acta_pdf(none, samples.HEAD, ES))
    assert "siendo la una hora del día" in text
    assert "ninguna persona de esta cohorte se gradúa" in text


def test_a_long_acta_repeats_its_head_and_ends_with_signatures() -> None:
    lines = tuple(replace(samples.ACTA.lines[0], folio=f"CR-2026-{i:04}") for i in range(60))
    pages = read_pages(documents.acta_pdf(replace(samples.ACTA, lines=lines), samples.HEAD, ES))
    assert len(pages) >= 2
    assert all("Folio" in page.text for page in pages)
    assert "Titular de la Secretaría" in pages[-1].text


def test_the_acta_of_constancias_graduates_nobody_and_gives_each_ones_hours() -> None:
    text = text_of(documents.acta_pdf(samples.CONSTANCIAS, samples.HEAD, ES))
    assert "ACTA DE CONSTANCIAS" in text
    assert "se otorga constancia de asistencia a cuatro (4) personas" in text
    assert "gradúa" not in text
    for hours in ("34 h", "33 h", "32 h", "31 h"):
        assert hours in text.replace("\u00a0", " ")
    one = replace(samples.CONSTANCIAS, lines=samples.CONSTANCIAS.lines[:1])
    assert "a una (1) persona, con las horas y el folio" in text_of(
        documents.acta_pdf(one, samples.HEAD, ES)
    )


# -- checklists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", Paper)
def test_a_checklist_of_fifteen_items_is_one_page_with_a_box_for_each_choice(
    paper: Paper,
) -> None:
    (page,) = read_pages(
        documents.checklist_pdf(samples.CHECKLIST, replace(samples.HEAD, paper=paper), ES)
    )
    words = " ".join(page.text.split())
    for found in ("Quién observó", "No se observó", "15", "Qué intentar la próxima vez", "Tiempos"):
        assert found in words
    # Items are numbered on, also after the grid of boxes.
    assert "17. Cuántas personas asistieron" in words


def test_a_checklist_too_long_for_a_page_goes_on_with_its_head() -> None:
    instrument = samples.CHECKLIST.instrument
    long = replace(instrument, questions=instrument.questions[2:17] * 4)
    pages = read_pages(
        documents.checklist_pdf(replace(samples.CHECKLIST, instrument=long), samples.HEAD, ES)
    )
    assert len(pages) > 1
    assert "No se" in pages[1].text


# -- register and delivery -----------------------------------------------------------------------


def test_the_register_gives_each_leaf_a_page_and_each_folio_its_state() -> None:
    pages = read_pages(documents.register_pdf(samples.REGISTER, samples.HEAD, ES))
    assert len(pages) == 2
    assert "Libro 1 · Foja 1" in pages[0].text
    assert "Libro 1 · Foja 2" in pages[1].text
    text = " ".join(" ".join(page.text for page in pages).split())
    for found in (
        "Reexpedido · nombre mal escrito · lo sustituye CR-2026-0003",
        "sustituye a CR-2026-0002",
        "Cancelado · emitido por error",
        "2 reimpresiones",
        "5 folios: 3 vigentes, 1 cancelado, 1 reexpedido.",
    ):
        assert found in text


def test_an_empty_register_says_so() -> None:
    empty = replace(samples.REGISTER, rows=())
    assert "No hay folios registrados" in text_of(documents.register_pdf(empty, samples.HEAD, ES))


def test_delivery_has_a_page_for_each_cohort() -> None:
    pages = read_pages(documents.delivery_pdf(samples.DELIVERY, samples.HEAD, ES))
    assert "CJ-2026-A" in pages[-1].text
    assert "1 documento por entregar" in pages[-1].text
    empty = text_of(documents.delivery_pdf(replace(samples.DELIVERY, groups=()), samples.HEAD, ES))
    assert "No hay documentos por entregar" in empty


# -- proof ---------------------------------------------------------------------------------------


def test_missing_characters_are_named_once_each() -> None:
    assert missing_characters("Ñandú Güendolina O’Farrill Łucja ə") == ()
    assert missing_characters("漢 字 漢") == ("漢", "字")


def test_proof_warnings_tell_what_to_look_at() -> None:
    rows = (
        ProofRow("María José Núñez", "A-1"),
        ProofRow("Maria  Jose Nunez", "A-2"),
        ProofRow("Lucía 漢", "A-3"),
        ProofRow("Ana", "A-4", notes=("Cambió de apellido",)),
        ProofRow("", "A-5"),
        ProofRow("ANA LUZ", "A-6"),
        ProofRow(samples.LONG_NAME, "A-7"),
    )
    first, second, third, fourth, fifth, sixth, seventh = proof_warnings(rows, ES)
    assert first == ("Homónima de A-2: distinga por el código",)
    assert second == ("Homónima de A-1: distinga por el código", "Hay espacios de más")
    assert third == ("No se puede imprimir el carácter «漢» (U+6F22)",)
    assert fourth == ("Cambió de apellido",)
    assert fifth == ("Falta el nombre",)
    assert sixth == ("Revise mayúsculas y minúsculas",)
    assert seventh == ("Nombre muy largo: se imprimirá en letra más pequeña",)


def test_a_name_in_a_foreign_script_shows_its_gap_on_paper() -> None:
    text = text_of(documents.proof_pdf(samples.PROOF, samples.HEAD, ES))
    assert "U+6F22" in text
    assert "Lucía \ufffd Pérez" in text


# -- report --------------------------------------------------------------------------------------


def test_the_report_gives_every_percentage_its_base() -> None:
    text = text_of(documents.report_pdf(samples.REPORT, samples.HEAD, ES))
    for found in ("55 de 65 · 84.6\u00a0%", "84 de 107", "entre 1 y 4", "sin definición publicada"):
        assert found.replace("\u00a0", " ") in text.replace("\u00a0", " ")
    for found in ("Rebasada", "Parcial", "Sin meta", "incremental", "acumulada", "Escrita"):
        assert found in text


def test_no_percentage_on_fewer_than_ten() -> None:
    assert ratio_text(7, 9, ES) == "7 de 9"
    assert ratio_text(7, 10, ES) == "7 de 10 · 70.0\u00a0%"
    assert ratio_text(0, 0, ES) == "0 de 0"


def test_a_report_without_anything_entered_still_prints() -> None:
    bare = replace(
        samples.REPORT, by_centre=(), by_cohort=(), framework=(), reasons=(), entered=(), notes=()
    )
    assert "Notas y definiciones" in text_of(documents.report_pdf(bare, samples.HEAD, ES))


# -- guide and handouts --------------------------------------------------------------------------


def test_the_guide_sets_quotations_apart_and_counts_time() -> None:
    text = text_of(documents.session_guide_pdf(samples.GUIDE, samples.HEAD, ES))
    for found in ("Diga", "Pregunte", "Cuide", "0:00", "0:10", "1 por persona + 2", "Ahorrar sin"):
        assert found in text


def test_a_half_sheet_handout_stands_twice_on_its_page() -> None:
    half = replace(
        samples.HANDOUT,
        handout=replace(
            samples.HANDOUT.handout, paper="half", body=samples.prose("Doble la hoja.")
        ),
    )
    pages = read_pages(documents.handout_pdf(half, samples.HEAD, ES))
    assert len(pages) == 1
    assert pages[0].text.count("Doble la hoja.") == 2


def test_a_half_sheet_that_is_too_long_has_a_whole_page() -> None:
    long = samples.prose(*(f"Pregunta {number}: escriba con calma." for number in range(24)))
    half = replace(samples.HANDOUT.handout, paper="half", body=long)
    letter = replace(half, paper="letter")
    pages, whole = (
        read_pages(documents.handout_pdf(replace(samples.HANDOUT, handout=one), samples.HEAD, ES))
        for one in (half, letter)
    )
    assert [page.text for page in pages] == [page.text for page in whole]


def test_cards_beside_each_other_share_their_cut_line() -> None:
    """Where two dashed edges lie on each other, dash falls on dash."""
    dashes = []
    for left in (72.0, 72.0 + 100.1, 72.0 + 3e-15):
        canvas: Any = Canvas(io.BytesIO())
        card = Card(100.1, "", "Renta", "", styles.styles())
        card.drawOn(canvas, left, 500.3)
        dashes.append([code for code in canvas._code if code.endswith(" d")])
    phases = [float(code.split("]")[1].split()[0]) for code, *_more in dashes]
    assert [round((72 + step) % 6, 2) for step in (0, 100.1, 0)] == phases
    assert not any("e" in code for codes in dashes for code in codes)


def test_the_squares_of_a_board_are_alike() -> None:
    look = styles.styles()
    header = ("Fila", "Columna A", "Columna B", "Columna C")
    rows = [("1", "ENTRADA", "", "pared"), ("2", "", "", "")]
    first, *squares = pencil_widths(header, rows, 400, look)
    assert len({round(one, 3) for one in squares}) == 1
    assert first < squares[0]
    assert first + sum(squares) == pytest.approx(400)
    assert pencil_widths(("A", "B", "C", "D"), (), 400, look) == [100.0] * 4
