"""An institution's pages laid over a pack: titles, versions, clean text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.curriculum import check_pack, load_pack, pack_files_from_folder
from facilitator_kit.curriculum.adapting import (
    clean_text,
    fixed_problems,
    original_version,
    overlay,
    version_order,
)
from facilitator_kit.curriculum.learning import Chapter, Lesson, PracticeTask, Quiz
from facilitator_kit.curriculum.pack_check import codes_of
from facilitator_kit.curriculum.pack_pages import PageDesk, PageKind, outline_of, page_kind
from facilitator_kit.curriculum.records import Handout, Method, Session

GOOD = pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good")
SESSION = "modules/A/01-mi-gasto.md"
HANDOUT = "modules/A/handouts/A-1-A.md"
LESSON = "complements/CA/01-anotar.md"
PAGES = {
    SESSION: (PageKind.SESSION, Session),
    HANDOUT: (PageKind.HANDOUT, Handout),
    "methods/check-in/semaforo.md": (PageKind.METHOD, Method),
    LESSON: (PageKind.LESSON, Lesson),
    "modules/B/quiz.md": (PageKind.QUIZ, Quiz),
    "modules/B/practice/B-P1.md": (PageKind.TASK, PracticeTask),
    "process/01-para-que-sirve.md": (PageKind.CHAPTER, Chapter),
}


def text_of(file: str) -> str:
    return GOOD[file].decode()


def changed(file: str, old: str, new: str) -> str:
    assert old in text_of(file)
    return text_of(file).replace(old, new)


# -- the overlay -----------------------------------------------------------------------------------


def test_without_a_change_it_is_the_pack_itself() -> None:
    assert overlay(GOOD, {}) == GOOD
    assert overlay(GOOD, {SESSION: text_of(SESSION)}) == GOOD


def test_a_changed_page_gives_the_pack_a_version_that_tells_what_it_is() -> None:
    text = changed(SESSION, "Salude por su nombre.", "Salude a cada persona por su nombre.")
    files = overlay(GOOD, {SESSION: text})
    pack = load_pack(files, "MX")
    assert check_pack(files).problems == ()
    assert original_version(pack.version) == load_pack(GOOD, "MX").version == "1.0"
    assert pack.version.startswith("1.0+1.")
    assert pack.adapted == {"A-1"}
    assert overlay(GOOD, {SESSION: text}) == files
    both = load_pack(overlay(GOOD, {SESSION: text, HANDOUT: text_of(HANDOUT) + "\nY más.\n"}), "MX")
    assert both.version.startswith("1.0+2.")
    assert both.adapted == {"A-1", "A-1-A"}


def test_an_adapted_pack_is_adapted_again_and_still_names_its_original() -> None:
    first = overlay(GOOD, {SESSION: changed(SESSION, "Salude por", "Salude a todas por")})
    second = overlay(first, {HANDOUT: text_of(HANDOUT) + "\nY más.\n"})
    pack = load_pack(second, "MX")
    assert pack.version.startswith("1.0+2.")
    assert pack.adapted == {"A-1", "A-1-A"}
    assert check_pack(second).problems == ()


def test_a_new_title_of_a_session_reaches_its_module() -> None:
    title = 'Mi {{gasto}}: "día" a día 🙂'
    text = changed(SESSION, '"Mi {{gasto}} de la semana"', '"""Mi {{gasto}}: "día" a día 🙂"""')
    pack = load_pack(overlay(GOOD, {SESSION: text}), "CL")
    filled = pack.session("A-1").title
    assert filled.endswith(title.partition("}}")[2])
    assert pack.module("A").sessions[0].title == filled
    assert check_pack(overlay(GOOD, {SESSION: text})).problems == ()


def test_other_disagreements_are_left_for_the_checker_to_name() -> None:
    text = changed(SESSION, "minutes = 60", "minutes = 90")
    codes = {one.code for one in check_pack(overlay(GOOD, {SESSION: text})).problems}
    assert {"session_minutes_mismatch", "block_minutes_mismatch"} <= codes


def test_a_page_that_the_pack_does_not_have_is_not_added() -> None:
    assert overlay(GOOD, {"modules/Z/01-nada.md": "x"}) == GOOD


@given(st.text(max_size=200))
def test_any_text_at_all_is_checked_and_never_breaks_the_checker(typed: str) -> None:
    files = overlay(GOOD, {SESSION: clean_text(typed)})
    report = check_pack(files)
    if files != GOOD:
        assert SESSION in {problem.file for problem in report.problems}


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (SESSION, 'code = "A-1"', 'code = "A-2"', 2),
        (SESSION, "minutes = 60", "minutes = 61", 4),
        (SESSION, "minutes = 60\n", "", 1),
        (HANDOUT, 'session = "A-1"', 'session = "B-1"', 4),
        (LESSON, 'session = "A-1"\n', "", 1),
        ("methods/check-in/semaforo.md", 'family = "check-in"', 'family = "energy"', 4),
    ],
)
def test_what_ties_a_page_to_the_pack_may_not_be_changed(
    file: str, old: str, new: str, line: int
) -> None:
    found = fixed_problems(file, text_of(file), changed(file, old, new))
    assert [(one.code, one.file, one.line) for one in found] == [("fixed_value", file, line)]
    assert fixed_problems(file, text_of(file), text_of(file) + "más\n") == ()
    assert fixed_problems(file, text_of(file), "sin datos") == ()


# -- versions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2026.1", "2026.2"),
        ("2026.9", "2026.10"),
        ("2026.1", "2026.1.1"),
        ("2025.12", "2026.1"),
        ("2026.1+3.abcdef", "2026.2"),
    ],
)
def test_versions_are_ordered_as_people_count(older: str, newer: str) -> None:
    assert version_order(older) < version_order(newer)


def test_what_an_institution_changed_does_not_make_a_version_later() -> None:
    assert version_order("2026.1+9.abcdef") == version_order("2026.1")


# -- text ------------------------------------------------------------------------------------------


def test_pasted_text_is_made_clean() -> None:
    assert clean_text("\ufeffuno\r\ndos\rtres\u2028cuatro\x00\x07\ttab 🙂\ud800\n\n\n") == (
        "uno\ndos\ntres\ncuatro\ttab 🙂\n"
    )
    assert clean_text(" \r\n ") == ""


@given(st.text(st.characters(codec=None), max_size=80))
def test_clean_text_can_be_stored_and_stays_clean(typed: str) -> None:
    text = clean_text(typed)
    assert text.encode("utf-8").decode("utf-8-sig") == text
    assert clean_text(text) == text


# -- pages -----------------------------------------------------------------------------------------


def test_every_page_is_known_by_its_place_code_and_title() -> None:
    pages = {page.file: page for page in PageDesk(GOOD, "CL").pages()}
    assert {file: page.kind for file, page in pages.items()} == {
        file: kind for file, (kind, _record) in PAGES.items()
    }
    pack = load_pack(GOOD, "CL")
    assert pages[SESSION].title == pack.session("A-1").title
    assert {page.code for page in pages.values()} == {
        "A-1",
        "A-1-A",
        "semaforo",
        "CA-1",
        "B-Q",
        "B-P1",
        "P-1",
    }
    assert page_kind("README.md") is None
    assert page_kind("modules/A/README.md") is None
    assert page_kind("pack.toml") is None


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("country", ["MX", "CL"])
def test_one_page_read_by_itself_says_what_the_whole_pack_says(file: str, country: str) -> None:
    pack = load_pack(GOOD, country)
    reading = PageDesk(GOOD, country).read(file, text_of(file), codes_of(pack))
    assert isinstance(reading.page, PAGES[file][1])
    assert reading.problems == ()
    known = [
        *(session for module in pack.modules for session in module.sessions),
        *pack.handouts,
        *pack.methods,
        *(lesson for course in pack.complements for lesson in course.lessons),
        *(module.quiz for module in pack.modules),
        *(task for module in pack.modules for task in module.practice),
        *pack.process,
    ]
    assert reading.page in known


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (SESSION, "60", "61", "block_minutes_mismatch"),
        (SESSION, "{{renta}}", "{{rentas}}", "unknown_term"),
        (SESSION, "(A-1-A)", "(A-1-Z)", "unknown_link"),
        (SESSION, "Cada quien", "Tod@s", "gender_sign"),
        (SESSION, "+++\n", "", "missing_front_matter"),
        (SESSION, "# Después", "# Despues", "unknown_section"),
        (LESSON, "- [x]", "- [ ]", "bad_question"),
    ],
)
def test_the_problems_of_one_page_are_found_with_their_line(
    file: str, old: str, new: str, code: str
) -> None:
    text = changed(file, old, new)
    alone = PageDesk(GOOD, "MX").read(file, text, codes_of(load_pack(GOOD, "MX")))
    assert code in {problem.code for problem in alone.problems}
    whole = check_pack({**GOOD, file: text.encode()})
    assert set(alone.problems) <= set(whole.problems)


@given(st.text(max_size=120))
def test_reading_one_page_never_fails(typed: str) -> None:
    desk = PageDesk(GOOD, "MX")
    for file in PAGES:
        desk.read(file, clean_text(typed))


def test_the_outline_names_the_parts_and_their_lines() -> None:
    text = text_of(SESSION)
    parts = outline_of(text)
    assert (parts[0].level, parts[0].line) == (0, 1)
    assert [part.title for part in parts if part.level == 1] == [
        "Preparar",
        "Paso a paso",
        "Si algo cambia",
        "Tarjeta de cuidado",
        "Después",
    ]
    lines = text.split("\n")
    assert all(part.title in lines[part.line - 1] for part in parts)
    assert outline_of("```casillas\n# no\n```\nsin datos\n# sí") == (outline_of("\n\n\n\n# sí")[0],)
