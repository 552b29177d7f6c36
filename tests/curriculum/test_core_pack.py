"""The programme that ships with the application: complete in its structure and free of problems."""

from __future__ import annotations

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
from facilitator_kit.curriculum.records import Pack

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


def test_financial_education_is_written_out_whole(pack: Pack) -> None:
    sessions = pack.module("M3").sessions
    assert len(sessions) == 6
    for session in sessions:
        assert session.complete
        assert plan_from_session(session).minutes_over == 0
        assert session.handouts
        assert session.care_card
        assert session.references
        assert session.complement is not None
        assert any(block.questions for block in session.blocks)
        assert all(need.count > 0 for need in material_quantities(session, 18))


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


def test_every_theme_has_a_name_to_be_shown_by(pack: Pack) -> None:
    used = {theme for module in pack.modules for one in module.sessions for theme in one.themes}
    assert sorted(used - {code for code, _name in pack.themes}) == []
    assert all(pack.theme(code) == name for code, name in pack.themes)
    assert pack.theme("not-a-theme") == "not a theme"
