"""Planeador: an agenda planned by keyboard, stored at once, printed, and brought back by undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator_kit.curriculum import SessionPlan, fix_start
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Enrolment, Mark
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_methods import METHOD_MIME
from facilitator_kit.ui.pages.planner_agenda import BLOCK_MIME
from facilitator_kit.ui.pages.planner_dialogs import BlockDialog, ChargeDialog, SheetsDialog
from facilitator_kit.ui.pages.planner_page import AGENDA, CALENDAR, PlannerPage
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.views import SessionView

SESSION = "M3-2"
Key = Qt.Key


@pytest.fixture
def session(workspace: Workspace) -> SessionView:
    """«Mi presupuesto, mi decisión» in the cohort's calendar, some weeks from now."""
    (cohort,) = workspace.courses.cohorts()
    views = workspace.calendars.of(cohort.cohort.id)
    return next(view for view in views if view.session.code == SESSION)


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext, session: SessionView) -> PlannerPage:
    """The page on that session, read again after every change as the window does."""
    page = PlannerPage(ctx)
    qtbot.addWidget(page)
    ctx.changed.connect(lambda _change: page.refresh())
    page.resize(1140, 700)
    page.open({"session": session.scheduled.id})
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.view is not None and not ctx.jobs.running)
    page.editor.blocks.setFocus()
    return page


@pytest.fixture
def stored(workspace: Workspace, session: SessionView) -> Callable[[], SessionPlan]:
    """Reads the plan that is stored."""
    return lambda: workspace.agendas.of(session.scheduled.id).plan


def press(page: PlannerPage, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        QTest.keyClick(
            page.editor.blocks, key, Qt.KeyboardModifier.NoModifier if held is None else held
        )


def titles(plan: SessionPlan | None) -> list[str]:
    assert plan is not None
    return [block.title for block in plan.blocks]


def test_it_opens_on_the_session_of_today(qtbot: QtBot, ctx: UiContext) -> None:
    page = PlannerPage(ctx)
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: page.view is not None)
    assert page.view is not None
    assert page.view.scheduled.on == ctx.clock.today()
    assert page.view.session.title in page.title()


def test_the_agenda_of_the_pack_fills_the_session(page: PlannerPage) -> None:
    assert page.plan is not None
    assert page.editor.blocks.blocks.rowCount() == len(page.plan.blocks) == 8
    assert page.editor.verdict == "Cumple el módulo"
    assert not page.secondary_actions()
    assert page.state() == {"view": AGENDA}


def test_minutes_cascade_from_the_keyboard_and_are_stored(
    qtbot: QtBot, page: PlannerPage, stored: Callable[[], SessionPlan]
) -> None:
    before = page.editor.agenda
    assert before is not None
    press(page, Key.Key_Plus, Key.Key_Plus)
    press(page, Key.Key_Minus, held=Qt.KeyboardModifier.ShiftModifier)
    after = page.editor.agenda
    assert after is not None
    assert after.plan.blocks[0].minutes == before.plan.blocks[0].minutes + 9
    first, second = after.timed[0], after.timed[1]
    assert second.start == first.end
    assert page.editor.verdict == "Sobran 9 min"
    qtbot.waitUntil(lambda: stored() == after.plan)
    press(page, *[Key.Key_Minus] * 4)
    assert page.editor.verdict == "Faltan 9 min"


def test_moving_keeps_the_block_chosen(
    qtbot: QtBot, page: PlannerPage, stored: Callable[[], SessionPlan]
) -> None:
    before = titles(page.plan)
    press(page, Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
    assert titles(page.plan) == [before[1], before[0], *before[2:]]
    assert page.editor.blocks.row == 1
    press(page, Key.Key_Up, Key.Key_Up, held=Qt.KeyboardModifier.AltModifier)
    assert titles(page.plan) == before
    qtbot.waitUntil(lambda: titles(stored()) == before)


def test_a_removed_block_comes_back_with_undo(
    qtbot: QtBot,
    page: PlannerPage,
    ctx: UiContext,
    workspace: Workspace,
    stored: Callable[[], SessionPlan],
) -> None:
    before = titles(page.plan)
    press(page, Key.Key_Down, Key.Key_Delete)
    assert titles(page.plan) == [before[0], *before[2:]]
    qtbot.waitUntil(lambda: titles(stored()) == titles(page.plan))
    undo = workspace.undo_name()
    assert undo is not None
    assert ctx._.render(undo) == "Cambiar agenda"
    ctx.jobs.run(workspace.undo, lambda _change: None, owner=page)
    qtbot.waitUntil(lambda: titles(page.plan) == before)


def test_a_lock_stays_at_its_hour_and_says_what_does_not_fit(page: PlannerPage) -> None:
    agenda = page.editor.agenda
    assert agenda is not None
    start = agenda.timed[4].start
    press(page, *[Key.Key_Down] * 4, Key.Key_L)
    press(page, Key.Key_Up, Key.Key_Plus)
    agenda = page.editor.agenda
    assert agenda is not None
    assert agenda.timed[4].start == start
    assert agenda.timed[4].overlap_minutes == 5
    spoken = page.editor.blocks.blocks.index(4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Se superpone 5 min" in spoken
    assert "Fijo a las" in spoken
    press(page, Key.Key_Down, Key.Key_L)
    agenda = page.editor.agenda
    assert agenda is not None
    assert agenda.plan.blocks[4].fixed_start is None


def test_a_stored_lock_shows_its_gap(
    qtbot: QtBot,
    page: PlannerPage,
    workspace: Workspace,
    session: SessionView,
    stored: Callable[[], SessionPlan],
) -> None:
    late = fix_start(stored(), 1, time(10, 30))
    workspace.agendas.save(session.scheduled.id, late)
    qtbot.waitUntil(lambda: page.plan == late)
    spoken = page.editor.blocks.blocks.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Hueco de 20 min" in spoken


def test_enter_in_the_list_of_methods_inserts_after_the_chosen_block(
    qtbot: QtBot, page: PlannerPage, stored: Callable[[], SessionPlan]
) -> None:
    finder = page.editor.finder
    finder.search.set_text("pecera")
    qtbot.waitUntil(lambda: finder.entries.listed() == ("la-pecera",))
    finder.entries.step_in()
    QTest.keyClick(finder.entries, Key.Key_Return)
    plan = page.plan
    assert plan is not None
    assert plan.blocks[1].source == "method:la-pecera"
    assert page.editor.blocks.row == 1
    qtbot.waitUntil(lambda: stored() == plan)


def test_blocks_and_methods_can_be_dropped_between_others(page: PlannerPage) -> None:
    before = titles(page.plan)
    blocks = page.editor.blocks.blocks
    dragged = blocks.mimeData([blocks.index(0)])
    assert dragged.hasFormat(BLOCK_MIME)
    copy = Qt.DropAction.CopyAction
    blocks.dropMimeData(dragged, copy, 3, 0, QModelIndex())
    assert titles(page.plan) == [before[1], before[2], before[0], *before[3:]]
    method = QMimeData()
    method.setData(METHOD_MIME, QByteArray(b"la-pecera"))
    blocks.dropMimeData(method, copy, -1, -1, QModelIndex())
    assert page.plan is not None
    assert page.plan.blocks[-1].source == "method:la-pecera"


def test_a_block_is_changed_in_its_dialog(
    qtbot: QtBot, page: PlannerPage, stored: Callable[[], SessionPlan]
) -> None:
    press(page, Key.Key_F2)
    dialog = page.findChild(BlockDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.block_title.editor, "Bienvenida con canto")
    dialog.minutes.editor.setFocus()
    QTest.keyClicks(dialog.minutes.editor, "x")
    QTest.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    QTest.keyClick(dialog.minutes.editor, Key.Key_Backspace)
    dialog.fixed.set_value(time(10, 5))
    QTest.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    plan = page.plan
    assert plan is not None
    assert plan.blocks[0].title == "Bienvenida con canto"
    assert plan.blocks[0].fixed_start == time(10, 5)
    qtbot.waitUntil(lambda: stored() == plan)


def test_a_block_of_ones_own_is_added_after_the_chosen_one(page: PlannerPage) -> None:
    press(page, Key.Key_Insert)
    dialog = page.findChild(BlockDialog)
    assert dialog is not None
    QTest.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()  # It needs a title.
    QTest.keyClicks(dialog.block_title.editor, "Foto del grupo")
    QTest.keyClick(dialog.block_title.editor, Key.Key_Return)
    assert titles(page.plan)[1] == "Foto del grupo"


def test_an_empty_agenda_starts_from_the_common_anatomy(
    qtbot: QtBot,
    page: PlannerPage,
    workspace: Workspace,
    session: SessionView,
    stored: Callable[[], SessionPlan],
) -> None:
    workspace.agendas.save(session.scheduled.id, replace(stored(), blocks=()))
    qtbot.waitUntil(lambda: titles(page.plan) == [])
    assert page.editor.blocks.isHidden()
    page.editor.start_from_anatomy()
    assert page.plan is not None
    assert [block.minutes for block in page.plan.blocks] == [10, 10, 25, 20, 10, 20, 20, 5]
    assert page.editor.verdict == "Cumple el módulo"


def test_going_back_to_the_original_agenda(
    qtbot: QtBot, page: PlannerPage, stored: Callable[[], SessionPlan]
) -> None:
    before = page.plan
    press(page, Key.Key_Plus)
    (back,) = page.secondary_actions()
    assert back.text == "Volver a la agenda original"
    back.run()
    qtbot.waitUntil(lambda: page.plan == before == stored())
    assert not page.secondary_actions()


def test_a_change_that_cannot_be_stored_is_not_left_on_the_screen(
    qtbot: QtBot, page: PlannerPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page.plan

    def refuse(*_args: object) -> None:
        raise KitError(message("El disco está lleno."), message("Libere espacio."), "disk_full")

    monkeypatch.setattr(workspace.agendas, "save", refuse)
    with qtbot.waitSignal(page.ctx.failed):
        press(page, Key.Key_Plus)
    qtbot.waitUntil(lambda: page.plan == before)


def test_groups_are_made_of_who_came_and_can_be_formed_again(
    qtbot: QtBot, page: PlannerPage, workspace: Workspace, ctx: UiContext
) -> None:
    (cohort,) = workspace.courses.cohorts()
    today = next(
        view
        for view in workspace.calendars.of(cohort.cohort.id)
        if view.scheduled.on == ctx.clock.today()
    )
    people = workspace.desk.store.find(Enrolment, cohort_id=cohort.cohort.id)
    marks = [Mark.PRESENT] * 5 + [Mark.ABSENT]
    workspace.attendance.mark_roll(
        today.scheduled.id,
        [(person.id, mark, None) for person, mark in zip(people, marks, strict=True)],
    )
    page.choose_session(today.scheduled.id)
    qtbot.waitUntil(lambda: page.view is not None and page.view.marked == 6)
    detail = page.editor.detail
    before = detail.groups()
    assert [len(group) for group in before] == [3, 2]
    detail.form_again()
    after = detail.groups()
    assert sorted(sum(after, ())) == sorted(sum(before, ()))
    assert after != before


def test_every_sheet_of_the_session_can_be_seen_and_printed(
    qtbot: QtBot, page: PlannerPage
) -> None:
    action = page.primary_action()
    assert action is not None
    assert action.prints
    action.run()
    dialog = page.findChild(SheetsDialog)
    assert dialog is not None
    keys = dialog.sheets.listed()
    assert keys[:4] == ("agenda", "roll", "signatures", "guide")
    assert "M3-2-A" in keys
    QTest.keyClick(dialog.sheets, Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(PdfDialog) is not None)
    pdf = page.findChild(PdfDialog)
    assert pdf is not None
    qtbot.waitUntil(lambda: pdf.ready, timeout=10_000)


def test_who_facilitates_and_where_is_set_for_one_session(
    qtbot: QtBot, page: PlannerPage, workspace: Workspace, session: SessionView
) -> None:
    page.ask_charge()
    dialog = page.findChild(ChargeDialog)
    assert dialog is not None
    dialog.room.editor.selectAll()
    QTest.keyClicks(dialog.room.editor, "Patio")
    QTest.keyClick(dialog.room.editor, Key.Key_Return)
    qtbot.waitUntil(
        lambda: workspace.calendars.session(session.scheduled.id).scheduled.room == "Patio"
    )
    qtbot.waitUntil(lambda: "Patio" in page.charge.text())


def test_the_calendar_opens_the_agenda_of_a_session(qtbot: QtBot, page: PlannerPage) -> None:
    page.show_view(CALENDAR)
    table = page.calendar.table
    current = table.current()
    assert current is not None
    assert current.session.code == SESSION
    table.view.setFocus()
    QTest.keyClick(table.view, Key.Key_Down)
    chosen = table.current()
    assert chosen is not None
    QTest.keyClick(table.view, Key.Key_Return)
    qtbot.waitUntil(lambda: page.view is not None and page.view.scheduled.id == chosen.scheduled.id)
    assert page.views.value() == AGENDA


def test_without_a_cohort_it_says_where_to_open_one(
    qtbot: QtBot, ctx: UiContext, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.courses, "cohorts", lambda *_args: ())
    page = PlannerPage(ctx)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.header_changed):
        page.refresh()
    assert page.title() == "Planeador"
    assert page.primary_action() is None
    with qtbot.waitSignal(ctx.navigated) as gone:
        page.begin_in_cohorts.click()
    assert gone.args is not None
    assert gone.args[0] == "cohortes"


def test_in_a_narrow_window_one_part_is_shown_at_a_time(page: PlannerPage) -> None:
    columns = page.editor.columns
    assert columns.fits == 3
    page.resize(460, 600)
    assert columns.fits == 1
    assert page.editor.blocks.isVisible()
    columns.show_part("detail")
    assert page.editor.detail.isVisible()
    assert not page.editor.blocks.isVisible()
