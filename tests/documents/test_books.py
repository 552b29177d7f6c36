"""Binders, booklets and runs: true numbers, outlines and links that resolve, right-hand pages."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import document_samples as samples
import pytest
from book_samples import BINDER, BOOKS, LESSON, LOOSE, METHODS, RUN, RUNS, book
from pdf_reading import Page, read_description, read_links, read_outline, read_pages, text_in

from facilitator_kit import documents
from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.documents import Letterhead
from facilitator_kit.documents.furniture import Furniture
from facilitator_kit.documents.guide import MARGIN, GuideSheet, fitted_guide
from facilitator_kit.documents.paging import Place, fill
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Paper
from facilitator_kit.paths import content_folder

MM = 72 / 25.4
GOLDEN = Path(__file__).parents[1] / "golden" / "documents"
_ = Texts("es")
HEAD = samples.HEAD
REAL = Letterhead("Instituto de las Mujeres", "Segunda Oportunidad", samples.LOGOS)

EVERY = {**BOOKS, **RUNS, **LOOSE}
every_document = pytest.mark.parametrize("name", EVERY)
every_book = pytest.mark.parametrize("name", BOOKS)


@every_document
def test_text_is_as_agreed(name: str) -> None:
    """Set UPDATE_GOLDEN=1 to accept new texts, then read what changed."""
    pages = read_pages(EVERY[name](REAL, _))
    text = "\n\f\n".join(page.text.strip() for page in pages) + "\n"
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@every_document
def test_same_bytes_twice(name: str) -> None:
    assert EVERY[name](HEAD, _) == EVERY[name](HEAD, _)


def test_same_bytes_in_another_process() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "import test_books as t\n"
        "for name, make in t.EVERY.items():\n"
        "    print(hashlib.sha256(make(t.HEAD, t._)).hexdigest())\n"
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
    here = "".join(hashlib.sha256(m(HEAD, _)).hexdigest() + "\n" for m in EVERY.values())
    assert digests == {here}


@every_document
@pytest.mark.parametrize("paper", Paper)
def test_nothing_stands_outside_the_margins(name: str, paper: Paper) -> None:
    for language in ("es", "en"):
        for page in read_pages(EVERY[name](replace(HEAD, paper=paper), Texts(language))):
            for letter, box in page.letters:
                if letter.isspace():
                    continue
                assert box.left >= 8 * MM - 0.5, letter
                assert box.right <= page.width - 8 * MM + 0.5, letter
                assert box.bottom >= 8 * MM - 0.5, letter
                assert box.top <= page.height - 8 * MM + 0.5, letter


@every_document
def test_sample_is_marked_on_every_page_and_only_then(name: str) -> None:
    for page in read_pages(EVERY[name](HEAD, _)):
        assert "EJEMPLO · personas e instituciones ficticias" in page.text
    for page in read_pages(EVERY[name](REAL, _)):
        assert "EJEMPLO" not in page.text


@pytest.mark.parametrize("name", LOOSE)
def test_a_loose_page_says_which_of_how_many(name: str) -> None:
    pages = read_pages(LOOSE[name](HEAD, _))
    for number, page in enumerate(pages, 1):
        assert f"{number} de {len(pages)}" in page.text


@every_document
def test_the_file_describes_itself(name: str) -> None:
    told = read_description(EVERY[name](HEAD, _))
    assert told["Title"]
    assert told["Author"] == "Kit de Facilitación"


@every_document
def test_a_logo_that_is_no_image_is_refused(name: str) -> None:
    if name in ("run", "run_once", "lesson", "quiz", "form"):
        assert EVERY[name](replace(HEAD, logos=(b"GIF89a",)), _)  # it prints no logo
        return
    with pytest.raises(KitError) as fault:
        EVERY[name](replace(HEAD, logos=(b"GIF89a",)), _)
    assert fault.value.code == "bad_logo"


@every_document
def test_every_typeface_is_in_the_file(name: str) -> None:
    data = EVERY[name](HEAD, _)
    assert b"/FontFile2" in data
    assert b"/Helvetica" not in data


# -- books ---------------------------------------------------------------------------------------


def numbered(page: Page) -> int | None:
    """The number printed at the foot of a book's page."""
    foot = [(letter, box) for letter, box in page.letters if box.top < 14 * MM and letter.isdigit()]
    large = [letter for letter, box in foot if box.top - box.bottom > 6]
    return int("".join(large)) if large else None


@every_book
def test_pages_are_numbered_through(name: str) -> None:
    pages = read_pages(BOOKS[name](REAL, _))
    told = [numbered(page) for page in pages]
    assert told[0] is None  # a cover says what it is without a number
    for place, (number, page) in enumerate(zip(told, pages, strict=True), 1):
        assert number == (place if page.text.strip() and place > 1 else None)


@every_book
def test_every_line_of_the_contents_leads_where_it_says(name: str) -> None:
    data = BOOKS[name](REAL, _)
    pages = read_pages(data)
    checked = 0
    for link in read_links(data):
        line = text_in(pages[link.page - 1], link.box)
        found = re.fullmatch(r"(.*?)[\s.]*(\d+)\s*", line, re.DOTALL)
        if found is None:
            continue  # a link in a sentence
        title, number = " ".join(found[1].split()), int(found[2])
        assert link.target == number, line
        if title.startswith(("Índices", "Créditos", "M3 ·", "FG ·")):
            continue  # set in other words on its page
        name_ = (title.partition(" · ")[2] or title).rpartition(": ")[2]
        assert name_ in " ".join(pages[number - 1].text.split()), line
        checked += 1
    assert checked >= 2


@every_book
def test_the_outline_leads_to_the_page_that_holds_the_title(name: str) -> None:
    data = BOOKS[name](REAL, _)
    pages = read_pages(data)
    outline = read_outline(data)
    assert outline[0][:2] == (0, "Contenido")
    assert len(outline) >= 4
    for level, title, number in outline:
        assert 1 <= number <= len(pages)
        if title == "Créditos":
            continue
        shown = title.partition(" · ")[2] or title
        under = [t for v, t, n in outline if v == level + 1 and n == number]
        text = " ".join(pages[number - 1].text.split())
        assert shown in text or under, title


def test_what_is_in_the_binder_stands_in_its_order() -> None:
    titles = [(level, title) for level, title, _page in read_outline(BOOKS["binder"](REAL, _))]
    assert titles == [
        (0, "Contenido"),
        (0, "M3 · Educación financiera"),
        (1, "M3-2 · Mi presupuesto, mi decisión"),
        (2, "M3-2-A · Mi mes"),
        (2, "CM3-2 · Ahorrar sin que se note"),
        (1, "M3-3 · Guardar"),
        (2, "M3-3-A · Mi meta"),
        (1, "M3-Q · Lo que hay que saber"),
        (1, "M3-P1 · Pasar lista"),
        (0, "FG · Género en lo cotidiano"),
        (1, "FG-1 · Lo que nos enseñaron"),
        (0, "Créditos"),
    ]


def test_without_guides_a_session_leads_to_its_first_handout() -> None:
    outline = read_outline(BOOKS["binder_handouts"](REAL, _))
    places = {title: page for _level, title, page in outline}
    assert places["M3-2 · Mi presupuesto, mi decisión"] == places["M3-2-A · Mi mes"]
    assert "M3-4 · Por escribir" not in places


def test_a_session_that_is_not_written_is_named_without_a_page() -> None:
    contents = read_pages(BOOKS["binder"](REAL, _))[1].text
    assert "M3-4 · Por escribir (todavía no está escrita)" in contents


def test_printed_on_both_sides_everything_begins_at_the_right() -> None:
    data = BOOKS["binder_duplex"](REAL, _)
    pages = read_pages(data)
    for _level, title, number in read_outline(data):
        assert number % 2 == 1, title
    assert any(not page.text.strip() for page in pages)
    assert pages[-1].text.strip()


def test_numbers_stand_in_the_outer_corner() -> None:
    pages = read_pages(BOOKS["binder_duplex"](REAL, _))
    for place, page in enumerate(pages, 1):
        digits = [
            box
            for x, box in page.letters
            if box.top < 14 * MM and x.isdigit() and box.top - box.bottom > 6
        ]
        for box in digits:
            assert (box.left > page.width / 2) == (place % 2 == 1)


def test_a_link_in_a_guide_leads_to_what_it_names() -> None:
    data = BOOKS["binder"](REAL, _)
    pages = read_pages(data)
    found = [
        link.target
        for link in read_links(data)
        if "la sesión anterior" in " ".join(text_in(pages[link.page - 1], link.box).split())
    ]
    assert found
    assert "Mi presupuesto, mi decisión" in pages[found[0] - 1].text


def test_materials_are_counted_for_the_group() -> None:
    opener = read_pages(BOOKS["binder"](REAL, _))[2].text
    assert "Materiales para 18 personas" in opener
    assert re.search(r"Sobre\s+2, 3\s+5\s+10", opener)  # five groups, in two sessions
    assert re.search(r"M3-2-A Mi mes\s+20", opener)  # eighteen and two to spare


def test_the_last_page_says_who_made_it_and_speaks_of_no_codes() -> None:
    last = read_pages(BOOKS["binder"](REAL, _))[-1].text
    assert "Créditos" in last
    assert "CC-BY-4.0" in last
    assert "autobus" not in last


def test_a_handout_of_two_sessions_stands_behind_each_with_its_own_page() -> None:
    (part, *_others) = BINDER.parts
    one, other, *_rest = part.sessions
    both = replace(part, sessions=(one, replace(other, handouts=one.handouts)))
    data = book(documents.binder_pdf, replace(BINDER, parts=(both,)))(REAL, _)
    (code,) = {handout.code for handout in one.handouts}
    pages = read_pages(data)
    stands = [n for n, page in enumerate(pages, 1) if f"{code} ·" in page.text.split("\n")[0]]
    named = re.findall(rf"{code} · .*?(\d+)\n", pages[1].text + "\n")
    assert [int(number) for number in named] == stands
    assert len(stands) == 2


def test_who_stops_in_between_gets_no_pages_number() -> None:
    """The work yields between sessions and can be closed at any step."""
    for stop in range(4):
        out = io.BytesIO()
        work = documents.binder_pdf(BINDER, REAL, _, out)
        for _step in range(stop + 1):
            next(work)
        work.close()
        assert b"startxref" not in out.getvalue()


# -- booklets and runs ---------------------------------------------------------------------------


def test_methods_are_looked_up_by_minutes_group_and_material() -> None:
    pages = read_pages(BOOKS["methods"](REAL, _))
    text = " ".join(page.text for page in pages)
    for words in (
        "Hasta 10 minutos",
        "Más de 20 minutos",
        "Desde 6 personas",
        "Sin material",
        "Bola de estambre: Dinámica 2",
    ):
        assert words in text


def test_each_form_of_the_process_stands_on_a_page_of_its_own() -> None:
    data = BOOKS["process"](REAL, _)
    pages = read_pages(data)
    places = {title: page for _level, title, page in read_outline(data)}
    form = pages[places["P-F1 · Acta de entrega"] - 1]
    assert "Quién entrega" in form.text
    assert "Un programa depende" not in form.text


def sides(data: bytes) -> Iterator[str]:
    for page in read_pages(data):
        yield page.text


def test_a_run_holds_each_handout_as_often_as_it_is_needed() -> None:
    texts = list(sides(RUNS["run"](REAL, _)))
    # Three people and two to spare; of the half page, which has no row, three: two sheets.
    assert sum("M3-2-A" in text for text in texts) == 5
    assert sum("M3-3-A" in text for text in texts) == 2
    assert len(texts) == 7


def test_printed_once_a_handout_says_how_often_it_is_copied() -> None:
    texts = list(sides(RUNS["run_once"](REAL, _)))
    assert len(texts) == 3
    slip, first, second = texts
    assert "Pedido de copias" in slip
    assert "2 copias son de repuesto" in slip
    assert "7 hojas de papel en total" in slip
    assert "× 5" in first
    assert "× 2" in second


def test_a_run_for_both_sides_gives_each_copy_its_own_sheet() -> None:
    texts = list(sides(book(documents.handout_run_pdf, replace(RUN, duplex=True))(REAL, _)))
    assert [bool(text.strip()) for text in texts] == [True, False] * 6 + [True]


def test_the_answers_of_a_lesson_stand_on_a_page_of_their_own() -> None:
    texts = list(sides(LOOSE["lesson"](REAL, _)))
    assert all(option.why not in texts[0] for q in LESSON.questions for option in q.options)
    assert "Respuestas explicadas" in texts[-1]
    assert "Sin eso no se llega al mes." in texts[-1]


# -- the pack that comes with the program --------------------------------------------------------


@pytest.mark.parametrize("country", ["MX", "CL"])
@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4, Paper.OFICIO_340])
def test_no_heading_of_any_guide_ends_a_page(country: str, paper: Paper) -> None:
    pack = load_pack(pack_files_from_folder(content_folder() / "core"), country)
    furniture = Furniture.of(replace(REAL, logos=(), paper=paper), _, title="", margin=MARGIN)
    for module in pack.modules:
        for session in module.sessions:
            if not session.complete:
                continue
            width, room = furniture.width, furniture.room
            story = fitted_guide(GuideSheet(session, module), width, room, furniture.first_room, _)
            rest = deque(story)
            height = furniture.first_room
            while rest:
                placed = fill(rest, width, height)
                height = room
                last = placed[-1].piece
                assert isinstance(last, Place) or not rest or not last.getKeepWithNext()


def test_methods_of_a_booklet_are_marked_once_each() -> None:
    outline = read_outline(BOOKS["methods"](REAL, _))
    titles = [title for level, title, _page in outline if level == 1]
    assert sorted(titles) == sorted(method.title for method in METHODS.methods)
