"""The programme that ships with the application: complete in its structure and free of problems."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from facilitator_kit.curriculum import (
    check_pack,
    load_pack,
    material_quantities,
    pack_files_from_folder,
    plan_from_session,
)
from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    plain_text,
)
from facilitator_kit.curriculum.learning import PracticeAct
from facilitator_kit.curriculum.records import MethodFamily, Pack, QuestionKind, Session, Wave

CORE = pack_files_from_folder(Path(__file__).parents[2] / "content" / "core")
ICONS = Path(__file__).parents[2] / "facilitator_kit" / "ui" / "icons"


@pytest.fixture(scope="module", params=["MX", "CL"])
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(CORE, request.param)


def texts_in(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            found.append(plain_text(block.spans))
        elif isinstance(block, ListBlock):
            for item in block.items:
                found.extend(texts_in(item))
        elif isinstance(block, Callout):
            found.extend(texts_in(block.body))
        elif isinstance(block, Table):
            found.extend(plain_text(cell) for row in (block.header, *block.rows) for cell in row)
        else:
            found.extend(cell for row in block.rows for cell in row)
    return found


def test_the_pack_has_no_problem_and_uses_only_pictograms_that_ship() -> None:
    names = {icon.stem for icon in ICONS.glob("*.svg")}
    assert names
    report = check_pack(CORE, pictograms=names)
    assert [f"{one.file}:{one.line} {one.reason}" for one in report.problems] == []


@pytest.mark.parametrize(
    ("route", "level", "sessions", "hours"),
    [
        ("employment", "advanced", 45, 90),
        ("employment", "basic", 39, 78),
        ("entrepreneurship", "advanced", 45, 90),
        ("entrepreneurship", "basic", 39, 78),
        ("return_to_study", "single", 36, 72),
    ],
)
def test_the_full_paths_have_their_sessions_and_hours(
    pack: Pack, route: str, level: str, sessions: int, hours: int
) -> None:
    offer = pack.offer("SCE", route, level)
    assert sum(len(module.sessions) for module in offer) == sessions
    assert sum(module.minutes for module in offer) == hours * 60


def test_the_trainings_have_their_hours() -> None:
    hours = {one.code: one.hours for one in check_pack(CORE).programmes}
    assert (hours["F34"], hours["F20"]) == (34, 20)


def all_sessions(pack: Pack) -> list[Session]:
    return [session for module in pack.modules for session in module.sessions]


def test_every_session_is_written_whole(pack: Pack) -> None:
    course = {"M0", "M1", "M2", "M3", "M4B", "M4A", "M5B", "M5A", "M6R", "M6F", "M7", "CG"}
    course |= {"M8.1", "M8.2", "M8.3"}
    assert sum(len(pack.module(code).sessions) for code in course) == 73
    for session in all_sessions(pack):
        assert session.complete, session.code
        assert plan_from_session(session).minutes_over == 0
        assert session.competences
        assert session.evidence
        assert session.lens
        assert session.handouts
        assert session.afterwards
        assert session.complement is not None
        assert any(block.questions for block in session.blocks), session.code
        assert all(need.count > 0 for need in material_quantities(session, 18))


def test_a_session_is_as_long_as_one_can_read_the_evening_before() -> None:
    for file, content in CORE.items():
        if re.fullmatch(r"modules/M[^/]+/[0-9]{2}-[^/]+\.md", file):
            body = content.decode().split("+++\n", 2)[2]
            words = sum(1 for word in body.split() if re.search(r"[^\W_]", word))
            assert 900 <= words <= 1600, f"{file}: {words}"


def test_the_library_of_methods_has_every_family(pack: Pack) -> None:
    families = Counter(method.family for method in pack.methods)
    assert len(pack.methods) >= 120
    assert all(families[family] >= 20 for family in MethodFamily)
    assert all(method.cautions and method.purpose and method.steps for method in pack.methods)


def test_the_complements_go_with_the_modules_and_the_foundations(pack: Pack) -> None:
    for code in ("M1", "M2", "M3", "M4B", "M4A", "M5B", "M5A"):
        course = pack.complement(pack.module(code).complement)
        assert course.module == code
        assert len(course.lessons) == len(pack.module(code).sessions)
    foundations = [course for course in pack.complements if not course.module]
    assert {course.code for course in foundations} == {"FG", "FP", "FL", "FD"}
    for course in pack.complements:
        for lesson in course.lessons:
            assert lesson.reading, lesson.code
            assert lesson.activity, lesson.code
            assert len(lesson.questions) >= 3, lesson.code


def test_the_right_answer_is_not_always_in_the_same_place(pack: Pack) -> None:
    for course in pack.complements:
        assert len({question.right for one in course.lessons for question in one.questions}) == 3


@pytest.mark.parametrize("programme", ["F34", "F20"])
def test_a_training_has_a_quiz_for_each_block_and_a_rule(pack: Pack, programme: str) -> None:
    found = pack.programme(programme)
    assert found.rule.training is not None
    for route in found.routes:
        for module in pack.offer(programme, route.code, route.levels[0].code):
            assert module.quiz is not None, module.code
            assert len(module.quiz.questions) >= 4


def test_facilitators_practise_in_the_application_and_are_observed(pack: Pack) -> None:
    acts = {task.act for module in pack.modules for task in module.practice}
    assert {PracticeAct.ROLL, PracticeAct.PLAN, PracticeAct.SURVEY, PracticeAct.CONTACT} <= acts
    waves = {instrument.wave: instrument for instrument in pack.instruments}
    rated = [q for q in waves[Wave.OBSERVATION].questions if q.kind is QuestionKind.SELECT_ONE]
    assert len(rated) == 15
    own = [q for q in waves[Wave.SELF_ASSESSMENT].questions if q.kind is QuestionKind.SELECT_ONE]
    assert len(own) == 12


def test_nobody_facilitates_alone_before_the_block_on_care(pack: Pack) -> None:
    modules = pack.programme("F34").level("facilitators", "single").modules
    assert modules.index("F34.7") < modules.index("F34.6")


def test_the_process_has_chapters_and_forms(pack: Pack) -> None:
    assert sum(not chapter.form for chapter in pack.process) >= 15
    assert sum(chapter.form for chapter in pack.process) >= 10


def test_the_specialised_lines_refer_to_modules_and_copy_none(pack: Pack) -> None:
    offers = {
        programme.code: {
            code for route in programme.routes for level in route.levels for code in level.modules
        }
        for programme in pack.programmes
    }
    assert {"M8.1", "M8.2", "M8.3"} <= offers["LIDERAZGO"]
    assert "M6F" in offers["MENTORA"]
    assert "M7" in offers["RETORNO"] & offers["SCE"]
    assert "M4B" in offers["INSERCION"] & offers["SCE"]
    assert len({module.code for module in pack.modules}) == len(pack.modules)


def test_no_mark_of_the_format_is_left_in_what_people_read(pack: Pack) -> None:
    for module in pack.modules:
        for session in module.sessions:
            prose = (
                *session.preparation,
                *(block for step in session.blocks for block in step.body),
                *(block for variant in session.variants for block in variant.body),
                *session.care_card,
                *session.afterwards,
            )
            for text in [session.title, session.objective, *texts_in(prose)]:
                assert not any(mark in text for mark in ("{{", "}}", "**", "```", "](")), text
    for handout in pack.handouts:
        for text in [handout.title, *texts_in(handout.body)]:
            assert not any(mark in text for mark in ("{{", "}}", "**", "```", "](")), text
    for course in pack.complements:
        for lesson in course.lessons:
            asked = [option.text for one in lesson.questions for option in one.options]
            why = [option.why for one in lesson.questions for option in one.options]
            for text in [*texts_in(lesson.reading), *texts_in(lesson.activity), *asked, *why]:
                assert not any(mark in text for mark in ("{{", "}}", "**", "```", "](")), text
    for chapter in pack.process:
        for text in texts_in(chapter.body):
            assert not any(mark in text for mark in ("{{", "}}", "**", "```", "](")), text


def test_every_theme_has_a_name_to_be_shown_by(pack: Pack) -> None:
    used = {theme for module in pack.modules for one in module.sessions for theme in one.themes}
    assert sorted(used - {code for code, _name in pack.themes}) == []
    assert all(pack.theme(code) == name for code, name in pack.themes)
    assert pack.theme("not-a-theme") == "not a theme"
