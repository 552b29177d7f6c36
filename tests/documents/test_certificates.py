"""Certificates: every name whole and legible on every paper, a thousand of them small."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from datetime import date

import document_samples as samples
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reading import Box, read_pages

from facilitator_kit.documents import CertificateSheet, certificate_pdf, certificates_pdf
from facilitator_kit.documents.fonts import BOLD, REGULAR, text_width
from facilitator_kit.documents.lines import fit_name, styled_words, wrap
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import CertificateSigner, Paper, RegisterLine, TitleForm
from facilitator_kit.progress import finish

MM = 72 / 25.4
ES = Texts("es")
PLAIN = replace(samples.CERTIFICATE, sample=False)


def all_pages(sheets: list[CertificateSheet]):
    out = io.BytesIO()
    assert finish(certificates_pdf(sheets, samples.LOGOS, out, ES)) == len(sheets)
    return read_pages(out.getvalue())


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize(
    "name", [*samples.NAMES, samples.WIDE_NAME, "M" * 60, "A" * 30 + " " + "B" * 29]
)
@pytest.mark.parametrize("signers", [1, 2, 3, 4])
def test_every_name_stands_whole_inside_the_frame_and_touches_nothing(
    paper: Paper, name: str, signers: int
) -> None:
    sheet = replace(PLAIN, paper=paper, name=name, signers=samples.SIGNERS[:signers])
    (page,) = all_pages([sheet])
    assert "".join(name.split()) in "".join(page.text.split())
    frame = 10.6 * MM
    for letter, box in page.letters:
        if not letter.isspace():
            assert frame < box.left, letter
            assert box.right < page.width - frame, letter
            assert frame < box.bottom, letter
            assert box.top < page.height - frame, letter
    for one, other in itertools.combinations(page.lines(), 2):
        assert not one.meets(other)


@pytest.mark.parametrize("paper", Paper)
def test_long_texts_touch_nothing(paper: Paper) -> None:
    sheet = replace(
        PLAIN,
        paper=paper,
        name=samples.WIDE_NAME,
        institution="La Secretaría de Igualdad Sustantiva entre Mujeres y Hombres de Jalisco",
        centre="el Centro Regional de Empoderamiento y Autonomía de Tlajomulco de Zúñiga",
        route_text="Ruta de emprendimiento y autoempleo, niveles básico y avanzado, con mentoría "
        "entre pares y acompañamiento para volver a estudiar",
        signers=samples.SIGNERS,
        reprint=2,
        replaces="CR-2026-0007",
    )
    (page,) = all_pages([sheet])
    for one, other in itertools.combinations(page.lines(), 2):
        assert not one.meets(other)
    assert "Reimpresión 2" in page.text
    assert "Sustituye al folio CR-2026-0007" in page.text


def test_the_place_of_the_qr_stays_empty() -> None:
    for count in range(1, 5):
        sheet = replace(PLAIN, signers=samples.SIGNERS[:count])
        (page,) = all_pages([sheet])
        qr = Box(
            page.width - 60 * MM,
            page.height - 183 * MM,
            page.width - 25 * MM,
            page.height - 148 * MM,
        )
        assert not [
            letter for letter, box in page.letters if not letter.isspace() and box.meets(qr)
        ]


def test_homonyms_and_long_names_get_certificates_of_their_own() -> None:
    people = [*("María José Núñez",) * 2, *(f"{samples.LONG_NAME[:-1]}{c}" for c in "aeiouy")]
    sheets = [replace(PLAIN, name=name, folio=f"CR-2026-{i:04}") for i, name in enumerate(people)]
    pages = all_pages(sheets)
    assert len({page.text for page in pages}) == len(people)
    for page, sheet in zip(pages, sheets, strict=True):
        assert sheet.folio in page.text
        assert sheet.name in " ".join(page.text.split())


def test_one_and_many_say_the_same() -> None:
    many = all_pages([PLAIN, replace(PLAIN, name="Ana", folio="CR-2026-0041", leaf=5)])
    one = read_pages(certificate_pdf(PLAIN, samples.LOGOS, ES))
    assert many[0].text == one[0].text
    assert "CR-2026-0041 · Libro 1, foja 5" in many[1].text


def test_mixed_papers_and_signers_in_one_file() -> None:
    sheets = [
        PLAIN,
        replace(PLAIN, paper=Paper.OFICIO_340, signers=samples.SIGNERS[2:3]),
        replace(PLAIN, sample=True),
        replace(PLAIN, voided=True),
    ]
    pages = all_pages(sheets)
    assert [round(page.width / MM) for page in pages] == [279, 340, 279, 279]
    assert "Dra. María" in " ".join(pages[1].text.split())
    assert "EJEMPLO" in pages[2].text
    assert "CANCELADO" in pages[3].text
    assert "EJEMPLO" not in pages[0].text


def test_facts_in_words() -> None:
    text = " ".join(all_pages([PLAIN])[0].text.split())
    assert "con una duración de 90 horas, del 4 de marzo al 4 de septiembre de 2026." in text
    assert "Guadalajara, Jalisco, a 17 de octubre de 2026" in text
    assert "«SCE 2022-2» versión 3" in text


def test_half_hours_are_written_and_nothing_is_rounded_away() -> None:
    assert "1.5 horas" in all_pages([replace(PLAIN, hours_minutes=90)])[0].text.replace("\n", " ")


def test_a_register_line_prints_what_it_holds() -> None:
    line = RegisterLine(
        id="0" * 32,
        folio="CR-2026-0040",
        series="CR",
        year=2026,
        number=40,
        book=1,
        leaf=4,
        line=2,
        kind="reconocimiento",
        participant_id="1" * 32,
        enrolment_id="2" * 32,
        decision_id="3" * 32,
        printed_name=PLAIN.name,
        participant_code="CR-040",
        title_form=TitleForm.NEUTRAL,
        institution=PLAIN.institution,
        centre=PLAIN.centre,
        cohort="CR-2026-A",
        programme=PLAIN.programme,
        route_text=PLAIN.route_text,
        hours_minutes=5400,
        starts_on=PLAIN.starts_on,
        ends_on=PLAIN.ends_on,
        issued_on=PLAIN.issued_on,
        place=PLAIN.place,
        rule=PLAIN.rule,
        rule_version=3,
        pack_code="core",
        pack_version="1",
        layout="reconocimiento",
        layout_version=1,
        paper=Paper.LETTER,
        language="es",
        signers=PLAIN.signers,
        issued_by="Directora",
        sample=False,
        digest="ab",
    )
    sheet = CertificateSheet.of(line, samples.LAYOUT)
    assert sheet == replace(PLAIN, title_form=TitleForm.NEUTRAL)


@pytest.mark.parametrize(
    ("form", "word"),
    [
        (TitleForm.FEMININE, "se titula graduada:"),
        (TitleForm.MASCULINE, "se titula graduado:"),
        (TitleForm.NEUTRAL, "se titula persona graduada:"),
    ],
)
def test_title_form_is_hers(form: TitleForm, word: str) -> None:
    elements = tuple(
        replace(e, text="se titula {graduate}:") if e.text == "a" else e
        for e in samples.LAYOUT.elements
    )
    sheet = replace(PLAIN, layout=replace(samples.LAYOUT, elements=elements), title_form=form)
    assert word in all_pages([PLAIN, sheet])[1].text


def test_a_thousand_are_small() -> None:
    sheets = [
        replace(PLAIN, name=f"{samples.NAMES[i % 8]} {i}", folio=f"CR-2026-{i:04}")
        for i in range(1000)
    ]
    out = io.BytesIO()
    steps = list(certificates_pdf(sheets, samples.LOGOS, out, ES))
    assert len(out.getvalue()) < 2_000_000
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total == 1000


def test_pages_are_written_as_they_are_finished() -> None:
    out = io.BytesIO()
    written = []
    for _step in certificates_pdf([PLAIN] * 200, samples.LOGOS, out, ES):
        written.append(len(out.getvalue()))
    assert written[1] > written[0]
    assert written == sorted(written)
    # What pages share comes last and is all that is left then, however many there are.
    assert len(out.getvalue()) - written[-1] < 60_000


def test_a_cancelled_run_leaves_no_document() -> None:
    out = io.BytesIO()
    work = certificates_pdf([PLAIN] * 60, (), out, ES)
    next(work)
    next(work)
    work.close()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(out.getvalue())


def test_the_table_of_places_is_true_and_every_typeface_goes_along() -> None:
    out = io.BytesIO()
    papers = [replace(PLAIN, paper=paper, name=f"Ana {paper}") for paper in Paper] * 3
    finish(certificates_pdf([*papers, replace(PLAIN, sample=True)], samples.LOGOS, out, ES))
    pdf = out.getvalue()
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    head, count, free, *lines = pdf[start:].split(b"\n")[:-1]
    assert (head, free) == (b"xref", b"0000000000 65535 f ")
    places = [int(line[:10]) for line in lines[: lines.index(b"trailer")]]
    assert count == b"0 %d" % (len(places) + 1)
    for number, place in enumerate(places, start=1):
        assert pdf[place:].startswith(b"%d 0 obj\n" % number)
    assert pdf.count(b"/Type /Page ") == len(papers) + 1
    typefaces = re.findall(rb"/Type /Font\b", pdf)
    assert len(typefaces) == pdf.count(b"/FontFile2") > 1


def test_portrait_layouts_fit_too() -> None:
    layout = replace(
        samples.LAYOUT,
        orientation="portrait",
        elements=tuple(
            replace(e, width=min(e.width, 160)) for e in samples.LAYOUT.elements if e.kind != "qr"
        ),
    )
    (page,) = all_pages([replace(PLAIN, layout=layout, name=samples.LONG_NAME)])
    assert page.height > page.width
    for one, other in itertools.combinations(page.lines(), 2):
        assert not one.meets(other)


def test_without_sessions_between_the_period_is_one_day() -> None:
    sheet = replace(PLAIN, starts_on=date(2026, 3, 4), ends_on=date(2026, 3, 4))
    assert "el 4 de marzo de 2026" in " ".join(all_pages([sheet])[0].text.split())


def test_signatures_without_position_or_with_none() -> None:
    assert all_pages([replace(PLAIN, signers=())])
    assert all_pages([replace(PLAIN, signers=(CertificateSigner("Solo Nombre", ""),))])


words = st.text("aáéiñoMW'’-", min_size=1, max_size=14)


@given(st.lists(words, min_size=1, max_size=9), st.floats(150, 900), st.floats(10, 40))
def test_a_fitted_name_is_whole_and_inside(parts: list[str], width: float, size: float) -> None:
    name = " ".join(parts)
    fit = fit_name(name, BOLD, size, width, 3 * size)
    assert " ".join(fit.lines) == name
    assert len(fit.lines) <= 2
    assert fit.size <= size
    assert all(text_width(line, BOLD, fit.size) <= width * 1.001 for line in fit.lines)


@given(st.lists(words, min_size=1, max_size=30), st.floats(60, 600))
def test_wrapped_words_are_all_there_and_inside(parts: list[str], width: float) -> None:
    lines = wrap(styled_words(" ".join(parts), REGULAR), 10, width)
    assert " ".join("".join(text for _face, text in line.pieces) for line in lines) == " ".join(
        parts
    )
    for line in lines:
        single = len("".join(text for _face, text in line.pieces).split()) == 1
        assert line.width <= width + 0.01 or single


def test_no_line_of_a_name_ends_with_a_particle() -> None:
    fit = fit_name("María del Carmen Hernández de la Peñalba y de los Santos", BOLD, 30, 400, 100)
    assert len(fit.lines) == 2
    assert fit.lines[0].split()[-1] not in {"de", "del", "la", "los", "y"}
