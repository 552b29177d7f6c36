"""Hoy: the next session, and one line for each matter, the most urgent first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Cohort
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.today_page import TodayPage
from facilitator_kit.ui.pages.today_words import Matter, attention_words, matters
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.tour import find_button
from facilitator_kit.ui.widgets import Label, Scroll
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.views import Attention, AttentionKind

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(ctx: UiContext, qtbot: QtBot) -> TodayPage:
    page = TodayPage(ctx)
    qtbot.addWidget(page)
    page.resize(1130, 700)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    return page


@pytest.fixture
def went(ctx: UiContext) -> list[tuple[str, dict[str, object]]]:
    """Where the page sent the person."""
    places: list[tuple[str, dict[str, object]]] = []
    ctx.navigated.connect(lambda key, params: places.append((key, params)))
    return places


def cohort(number: int, generation: str) -> Cohort:
    return Cohort(
        f"c{number}",
        generation,
        "centre",
        "C",
        f"Grupo {number}",
        "core",
        "1",
        "SCE",
        "E",
        "B",
        date(2026, 3, 1),
        (),
    )


def test_the_title_says_the_day(page: TodayPage) -> None:
    assert page.title() == "Hoy, martes 24 de noviembre"


def test_the_next_session_opens_in_the_planner(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, went: list[tuple[str, dict[str, object]]]
) -> None:
    coming = workspace.today.view().next_session
    assert coming is not None
    button = find_button(page, "Abrir la sesión")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    assert went == [("planeador", {"session": coming.scheduled.id})]


def test_the_roll_of_the_next_session_is_shown_as_a_document(page: TodayPage, qtbot: QtBot) -> None:
    button = find_button(page, "Imprimir lista")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, PdfDialog)
    qtbot.waitUntil(lambda: viewer.ready)
    viewer.reject()


def test_a_missing_roll_leads_to_its_session(
    page: TodayPage, workspace: Workspace, qtbot: QtBot, went: list[tuple[str, dict[str, object]]]
) -> None:
    pending = [
        item for item in workspace.today.view().attention if item.kind is AttentionKind.PENDING_ROLL
    ]
    button = find_button(page, "Capturar")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    ((key, params),) = went
    assert key == "cohortes"
    assert params["session"] == pending[0].scheduled_session_id
    assert params["tab"] == "attendance"


def test_an_empty_list_says_that_all_is_well_and_offers_the_cohorts(
    ctx: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = ctx.workspace.today
    nothing = replace(today.view(), next_session=None, attention=(), running=None, week=())
    monkeypatch.setattr(today, "view", lambda: nothing)
    page = TodayPage(ctx)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: find_button(page, "Ir a Cohortes") is not None)
    assert find_button(page, "Abrir la sesión") is None


def test_cohorts_of_one_generation_share_a_line_where_their_page_shows_them_together() -> None:
    found = matters(
        [
            Attention(AttentionKind.CANNOT, 2, cohort(1, "g"), "", None),
            Attention(AttentionKind.CANNOT, 1, cohort(2, "g"), "", None),
            Attention(AttentionKind.CANNOT, 4, cohort(3, "h"), "", None),
            Attention(AttentionKind.AT_RISK, 1, cohort(1, "g"), "", date(2026, 12, 9)),
            Attention(AttentionKind.AT_RISK, 1, cohort(2, "g"), "", date(2026, 12, 2)),
            Attention(AttentionKind.CONTACTS, 1, cohort(1, "g"), "", date(2026, 12, 2)),
            Attention(AttentionKind.CONTACTS, 1, cohort(2, "g"), "", date(2026, 12, 2)),
        ]
    )
    assert [(one.kind.value, one.count, len(one.cohorts)) for one in found] == [
        ("cannot", 3, 2),
        ("cannot", 4, 1),
        ("at_risk", 2, 2),
        ("contacts", 1, 1),
        ("contacts", 1, 1),
    ]
    assert found[2].until == date(2026, 12, 2)
    _ = Texts("es")
    assert found[0].place({"g": "Generación 2026-A"}, _) == "Generación 2026-A · 2 cohortes"
    assert attention_words(found[0], _).target == ("graduacion", {"generation": "g"})
    assert attention_words(found[1], _).target == ("graduacion", {"cohort": "c3"})


@pytest.mark.parametrize("kind", list(AttentionKind))
def test_every_kind_has_its_words_in_one_and_in_many(kind: AttentionKind) -> None:
    _ = Texts("es")
    for count in (1, 5):
        item = Matter(kind, count, (cohort(1, "g"),), date(2026, 12, 2), "s")
        words = attention_words(item, _)
        assert str(count) in words.strong
        assert words.pill
        assert words.action
        assert words.target[0] in ("graduacion", "cohortes")


def test_the_main_action_has_the_keyboard_and_keeps_it_when_the_page_is_read_again(
    page: TodayPage, ctx: UiContext, qtbot: QtBot
) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    page.first_focus()
    for _again in range(2):
        page.refresh()
        qtbot.waitUntil(lambda: not ctx.jobs.running)
        qtbot.waitUntil(lambda: page.focusWidget() is find_button(page, "Abrir la sesión"))


def test_the_card_says_where_and_for_how_many(page: TodayPage) -> None:
    label = next(one for one in page.findChildren(Label) if "participantes esperadas" in one.text())
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())


def test_a_session_of_a_group_without_anybody_offers_to_enrol(
    ctx: UiContext,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    went: list[tuple[str, dict[str, object]]],
) -> None:
    today = ctx.workspace.today
    view = today.view()
    assert view.next_session is not None
    empty = replace(view.next_session, expected=0)
    monkeypatch.setattr(today, "view", lambda: replace(view, next_session=empty))
    page = TodayPage(ctx)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: find_button(page, "Inscribir participantes") is not None)
    assert any("Todavía sin participantes" in one.text() for one in page.findChildren(Label))
    assert find_button(page, "Imprimir lista") is None
    button = find_button(page, "Inscribir participantes")
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert went == [("cohortes", {"cohort": empty.cohort.id, "tab": "people"})]


def test_the_week_is_never_squeezed_in_a_low_window(page: TodayPage, qtbot: QtBot) -> None:
    page.resize(1130, 420)
    qtbot.wait(20)
    times = [one for one in page.findChildren(Label) if one.text() in ("10:00", "16:00", "17:00")]
    assert times
    for label in times:
        assert label.height() >= label.fontMetrics().height()


def test_nothing_is_cut_at_the_side_at_any_width(page: TodayPage, qtbot: QtBot) -> None:
    cut = []
    for width in range(600, 1140, 45):
        page.resize(width, 700)
        qtbot.wait(20)
        bars = [one.horizontalScrollBar() for one in page.findChildren(Scroll)]
        cut.extend(width for bar in bars if bar.maximum())
    assert not cut
