"""All documents: same bytes twice, inside their margins, numbered, marked, and word for word."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import document_samples as samples
import pytest
from pdf_reading import read_description, read_pages, read_text

from facilitator_kit import documents
from facilitator_kit.documents import Letterhead
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Paper

MM = 72 / 25.4
GOLDEN = Path(__file__).parents[1] / "golden" / "documents"

Maker = Callable[[Letterhead, Texts], bytes]
MAKERS: dict[str, Maker] = {
    "agenda": lambda head, _: documents.agenda_pdf(samples.AGENDA, head, _),
    "roll": lambda head, _: documents.roll_pdf(samples.ROLL, head, _),
    "signatures": lambda head, _: documents.roll_pdf(
        replace(samples.ROLL, style=documents.RollStyle.SIGNATURES), head, _
    ),
    "acta": lambda head, _: documents.acta_pdf(samples.ACTA, head, _),
    "acta_constancias": lambda head, _: documents.acta_pdf(samples.CONSTANCIAS, head, _),
    "checklist": lambda head, _: documents.checklist_pdf(samples.CHECKLIST, head, _),
    "register": lambda head, _: documents.register_pdf(samples.REGISTER, head, _),
    "delivery": lambda head, _: documents.delivery_pdf(samples.DELIVERY, head, _),
    "proof": lambda head, _: documents.proof_pdf(samples.PROOF, head, _),
    "report": lambda head, _: documents.report_pdf(samples.REPORT, head, _),
    "guide": lambda head, _: documents.session_guide_pdf(samples.GUIDE, head, _),
    "handout": lambda head, _: documents.handout_pdf(samples.HANDOUT, head, _),
    "print_test": documents.print_test_pdf,
    "recovery": lambda head, _: documents.recovery_key_pdf(samples.RECOVERY, head, _),
    "certificate": lambda head, _: documents.certificate_pdf(
        replace(samples.CERTIFICATE, paper=head.paper, sample=head.sample), head.logos, _
    ),
}
every_document = pytest.mark.parametrize("name", MAKERS)


@every_document
def test_text_is_as_agreed(name: str) -> None:
    """Set UPDATE_GOLDEN=1 to accept new texts, then read what changed."""
    text = read_text(MAKERS[name](samples.HEAD, Texts("es")))
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@every_document
def test_same_bytes_twice(name: str) -> None:
    make = MAKERS[name]
    assert make(samples.HEAD, Texts("es")) == make(samples.HEAD, Texts("es"))


def test_same_bytes_in_another_process() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "import test_documents as t\n"
        "for name in t.MAKERS:\n"
        "    data = t.MAKERS[name](t.samples.HEAD, t.Texts('es'))\n"
        "    print(hashlib.sha256(data).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@every_document
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", ["es", "en"])
def test_nothing_stands_outside_the_margins(name: str, paper: Paper, language: str) -> None:
    head = replace(samples.HEAD, paper=paper)
    for page in read_pages(MAKERS[name](head, Texts(language))):
        for letter, box in page.letters:
            if letter.isspace():
                continue
            assert box.left >= 8 * MM - 0.5, letter
            assert box.right <= page.width - 8 * MM + 0.5, letter
            assert box.bottom >= 8 * MM - 0.5, letter
            assert box.top <= page.height - 8 * MM + 0.5, letter


@every_document
def test_paper_is_the_one_asked_for(name: str) -> None:
    sizes = {
        Paper.LETTER: (215.9, 279.4),
        Paper.OFICIO_330: (216, 330),
        Paper.OFICIO_340: (216, 340),
        Paper.OFICIO_356: (216, 356),
        Paper.A4: (210, 297),
    }
    for paper, size in sizes.items():
        pages = read_pages(MAKERS[name](replace(samples.HEAD, paper=paper), Texts("es")))
        for page in pages:
            measures = sorted((page.width / MM, page.height / MM))
            assert measures == pytest.approx(size, abs=0.1)


@every_document
def test_sample_is_marked_on_every_page_and_only_then(name: str) -> None:
    for page in read_pages(MAKERS[name](samples.HEAD, Texts("es"))):
        assert "EJEMPLO · personas e instituciones ficticias" in page.text
    real = Letterhead("Secretaría de Igualdad", "Segunda Oportunidad", samples.LOGOS)
    for page in read_pages(MAKERS[name](real, Texts("es"))):
        assert "EJEMPLO" not in page.text


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "certificate"])
def test_every_page_says_which_of_how_many(name: str) -> None:
    pages = read_pages(MAKERS[name](samples.HEAD, Texts("es")))
    for number, page in enumerate(pages, 1):
        assert f"{number} de {len(pages)}" in page.text


@every_document
def test_file_describes_itself_without_names(name: str) -> None:
    data = MAKERS[name](samples.HEAD, Texts("es"))
    told = read_description(data)
    assert told["Title"]
    for secret in ("Hern", "Iturbide", "Lorena", "CR-0"):
        assert secret not in str(told)


@every_document
def test_works_without_logos(name: str) -> None:
    assert read_pages(MAKERS[name](replace(samples.HEAD, logos=(), programme=""), Texts("es")))


def test_a_logo_that_is_no_image_is_refused_with_a_remedy() -> None:
    head = replace(samples.HEAD, logos=(b"GIF89a nothing",))
    with pytest.raises(KitError) as fault:
        documents.agenda_pdf(samples.AGENDA, head, Texts("es"))
    assert fault.value.code == "bad_logo"


def test_a_very_long_institution_name_stays_on_the_page() -> None:
    name = "Secretaría de Igualdad Sustantiva entre Mujeres y Hombres del Estado de Jalisco " * 2
    page = read_pages(
        documents.acta_pdf(samples.ACTA, replace(samples.HEAD, institution=name), Texts("es"))
    )[0]
    assert max(box.right for _letter, box in page.letters) <= page.width - 8 * MM
