"""The attendance grid: one key a person, stored in order, shown as stored only when it is."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from facilitator_kit.clock import FixedClock
from facilitator_kit.errors import KitError, StorageFailed
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import AttendanceMark, Mark, Participant
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.pages.attendance import AttendanceTab
from facilitator_kit.ui.pages.attendance_dialogs import MinutesPopup, WalkInDialog
from facilitator_kit.ui.pages.attendance_model import CellLook
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.cohorts_words import mark_keys, warning_words
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.views import AttendanceGrid


@pytest.fixture
def roll(qtbot: QtBot, ctx: UiContext) -> AttendanceTab:
    """The attendance tab, its grid read, the keyboard in it."""
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    ctx.changed.connect(lambda _change: page.refresh())
    page.open({"tab": "attendance"})
    page.refresh()
    page.resize(1130, 700)
    page.show()
    qtbot.waitUntil(lambda: page.tab is not None)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    qtbot.waitUntil(lambda: tab.view.session >= 0)
    tab.view.setFocus()
    return tab


def grid_of(workspace: Workspace) -> AttendanceGrid:
    return workspace.attendance.grid(workspace.courses.cohorts()[0].cohort.id)


def marks_of(workspace: Workspace, session: int) -> list[str]:
    return [
        row.marks[session].mark.value if row.marks[session] else ""
        for row in grid_of(workspace).rows
    ]


def look(roll: AttendanceTab, row: int, session: int) -> CellLook:
    return roll._model.look(row, session)


def settle(qtbot: QtBot, roll: AttendanceTab) -> None:
    qtbot.waitUntil(lambda: not roll.ctx.jobs.running and not roll._pause.isActive())


def test_the_latest_session_without_a_roll_is_chosen(
    roll: AttendanceTab, workspace: Workspace, clock: FixedClock
) -> None:
    chosen = grid_of(workspace).columns[roll.view.session].scheduled
    assert chosen.on == clock.today()
    assert roll.view.row == 0


def test_six_people_take_six_keys_and_nothing_typed_fast_is_lost(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    qtbot.keyClicks(roll.view, "prjalp")
    settle(qtbot, roll)
    assert marks_of(workspace, session) == [
        "present",
        "late",
        "excused",
        "absent",
        "online",
        "present",
    ]
    assert "6 personas" in roll.pace.text()


def test_capital_letters_do_the_same(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    qtbot.keyClicks(roll.view, "PA")
    settle(qtbot, roll)
    assert marks_of(workspace, session)[:2] == ["present", "absent"]


def test_a_mark_looks_stored_only_once_it_is(
    roll: AttendanceTab,
    qtbot: QtBot,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()
    store = workspace.attendance.mark

    def slowly(*asked: object) -> AttendanceMark:
        go_on.wait(5)
        return store(*asked)

    monkeypatch.setattr(workspace.attendance, "mark", slowly)
    session = roll.view.session
    qtbot.keyClicks(roll.view, "p")
    shown = look(roll, 0, session)
    assert shown.waiting
    assert shown.key is not None
    assert marks_of(workspace, session)[0] == ""
    assert roll.view.row == 1
    go_on.set()
    qtbot.waitUntil(lambda: not look(roll, 0, session).waiting)
    assert marks_of(workspace, session)[0] == "present"


def test_a_refused_mark_is_told_once_and_its_cells_return(
    roll: AttendanceTab, qtbot: QtBot, ctx: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[KitError] = []
    ctx.failed.connect(told.append)
    full = StorageFailed(message("El disco está lleno."), message("Libere espacio."), "disk_full")
    hold = threading.Event()

    def refuse(*_asked: object) -> None:
        hold.wait(5)
        raise full

    monkeypatch.setattr(ctx.workspace.attendance, "mark", refuse)
    session = roll.view.session
    qtbot.keyClicks(roll.view, "pp")
    assert look(roll, 1, session).waiting
    hold.set()
    settle(qtbot, roll)
    assert [error.code for error in told] == ["disk_full"]
    assert look(roll, 0, session).key is None
    assert look(roll, 1, session).key is None


def test_everybody_present_and_then_the_exception(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    qtbot.keyClicks(roll.view, "t")
    settle(qtbot, roll)
    assert marks_of(workspace, session) == ["present"] * 6
    qtbot.keyClick(roll.view, Qt.Key.Key_Down)
    qtbot.keyClicks(roll.view, "a")
    settle(qtbot, roll)
    assert marks_of(workspace, session)[1] == "absent"
    workspace.undo()
    workspace.undo()
    assert marks_of(workspace, session) == [""] * 6


def test_yesterdays_roll_typed_today_takes_no_reasons(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace, clock: FixedClock
) -> None:
    pending = roll.view.session - 1
    roll.view.choose(pending)
    roll.view.choose_first_open()
    qtbot.keyClicks(roll.view, "t")
    settle(qtbot, roll)
    roll.view.choose(pending, 0)
    qtbot.keyClicks(roll.view, "a")
    settle(qtbot, roll)
    assert roll.findChild(ConfirmDialog) is None
    assert marks_of(workspace, pending)[0] == "absent"
    assert clock.today() > grid_of(workspace).columns[pending].scheduled.on


def test_correcting_an_older_roll_asks_for_the_reason_and_keeps_it(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    roll.view.choose(0, 2)
    qtbot.keyClicks(roll.view, "a")
    dialog = roll.findChild(ConfirmDialog)
    assert dialog is not None
    assert dialog.reason is not None
    assert marks_of(workspace, 0)[2] == "present"
    qtbot.keyClicks(dialog.reason.editor, "Se anoto mal")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: marks_of(workspace, 0)[2] == "absent")
    stored = grid_of(workspace).rows[2].marks[0]
    assert stored is not None
    assert stored.reason == "Se anoto mal"


def test_leaving_the_reason_empty_changes_nothing(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    roll.view.choose(0, 2)
    qtbot.keyClick(roll.view, Qt.Key.Key_Backspace)
    dialog = roll.findChild(ConfirmDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    dialog.reject()
    settle(qtbot, roll)
    assert marks_of(workspace, 0)[2] == "present"


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_a_mark_made_by_mistake_is_cleared(
    key: Qt.Key, roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    qtbot.keyClicks(roll.view, "a")
    qtbot.keyClick(roll.view, Qt.Key.Key_Up)
    qtbot.keyClick(roll.view, key)
    settle(qtbot, roll)
    assert marks_of(workspace, session) == [""] * 6


def test_digits_are_the_minutes_of_who_came_late(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    qtbot.keyClicks(roll.view, "9")
    popup = roll.view.findChild(MinutesPopup)
    assert popup is not None
    edit = popup.findChild(QLineEdit)
    assert edit is not None
    qtbot.keyClicks(edit, "99")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert popup.isVisible(), "a session has no 999 minutes"
    edit.setText("90")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(qtbot, roll)
    stored = grid_of(workspace).rows[0].marks[session]
    assert stored is not None
    assert (stored.mark, stored.minutes, stored.typed_minutes) == (Mark.LATE, 90, True)
    assert roll.view.row == 1


def test_arrows_enter_and_tab_move_and_tab_leaves_at_the_end(
    roll: AttendanceTab, qtbot: QtBot
) -> None:
    view = roll.view
    session = view.session
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.row == 2
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.session == session - 1
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert (view.row, view.session) == (5, session)
    assert view.focusNextPrevChild(True) is True
    assert view.row == 5


def test_a_session_still_to_come_takes_no_marks(
    roll: AttendanceTab, qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    said: list[str] = []
    ctx.announced.connect(said.append)
    coming = roll.view.session + 1
    roll.view.choose(coming, 0)
    qtbot.keyClicks(roll.view, "pt")
    settle(qtbot, roll)
    assert len(said) == 2
    assert marks_of(workspace, coming) == [""] * 6


def test_who_came_unannounced_is_enrolled_and_present(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    roll.walk_in()
    dialog = roll.findChild(WalkInDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.isVisible(), "a name is needed"
    qtbot.keyClicks(dialog.given.editor, "Rosa")
    qtbot.keyClick(dialog.given.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(grid_of(workspace).rows) == 7)
    rows = grid_of(workspace).rows
    rosa = next(row for row in rows if row.participant.given_names == "Rosa")
    assert rosa.participant.code == "CR-007"
    stored = rosa.marks[session]
    assert stored is not None
    assert stored.mark is Mark.PRESENT
    assert not any(rosa.expected[:session])
    qtbot.waitUntil(lambda: len(roll._model.rows) == 7)


def test_undoing_elsewhere_shows_in_the_grid(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    session = roll.view.session
    qtbot.keyClicks(roll.view, "p")
    settle(qtbot, roll)
    assert look(roll, 0, session).key is not None
    workspace.undo()
    qtbot.waitUntil(lambda: look(roll, 0, session).key is None)


def test_the_next_day_the_next_session_is_the_one_to_type(
    qtbot: QtBot, ctx: UiContext, clock: FixedClock, workspace: Workspace
) -> None:
    clock.set(datetime.fromisoformat("2026-11-26T12:00"))
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    page.open({"tab": "attendance"})
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.tab is not None)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    qtbot.waitUntil(lambda: tab.view.session >= 0)
    assert grid_of(workspace).columns[tab.view.session].scheduled.on == clock.today()


def test_twenty_four_people_and_long_names_fit_the_grid(
    qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    cohort = workspace.courses.cohorts()[0].cohort
    workspace.people.add_many(
        [Participant("", "", "María Guadalupe", f"Apellido{n:02d}" * 6) for n in range(18)],
        cohort.id,
    )
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    page.open({"tab": "attendance"})
    page.refresh()
    page.resize(1130, 700)
    page.show()
    qtbot.waitUntil(lambda: page.tab is not None)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    qtbot.waitUntil(lambda: len(tab._model.rows) == 24 and tab.view.session >= 0)
    header = tab.view.horizontalHeader()
    assert header.length() <= tab.view.viewport().width() + 1
    assert tab._model.column_of(tab.view.session) >= 0


def test_a_cohort_without_a_calendar_shows_its_people(
    qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    cohort = workspace.courses.cohorts()[0].cohort
    bare = replace(cohort, id="bare", code="CR-99", name="Sin calendario")
    person = grid_of(workspace).rows[0]
    with workspace.desk.change(message("Prueba")) as tx:
        tx.put(bare)
        tx.put(replace(person.enrolment, id="hers", cohort_id="bare"))
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    page.open({"tab": "attendance", "cohort": "bare"})
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.tab is not None)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    qtbot.waitUntil(lambda: [row.enrolment.id for row in tab._model.rows] == ["hers"])
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    qtbot.keyClicks(tab.view, "pa")
    assert tab.view.session == -1


def test_printing_shows_the_roll_of_the_chosen_session(roll: AttendanceTab, qtbot: QtBot) -> None:
    action = roll.primary_action()
    assert action is not None
    assert action.prints
    action.run()
    settle(qtbot, roll)
    viewers = [w for w in QApplication.topLevelWidgets() if isinstance(w, PdfDialog)]
    assert [w.windowTitle() for w in viewers] == ["Lista de asistencia, sesión 7"]
    viewers[0].close()


def test_an_empty_cohort_says_what_to_do(
    qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    cohort = workspace.courses.cohorts()[0].cohort
    for row in grid_of(workspace).rows:
        for column in grid_of(workspace).columns:
            workspace.attendance.clear(column.scheduled.id, row.enrolment.id, "Prueba")
        workspace.people.remove(row.participant.id)
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    page.open({"cohort": cohort.id, "tab": "attendance"})
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.tab is not None)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    qtbot.waitUntil(lambda: tab._nobody.isVisible())
    action = tab.primary_action()
    assert action is not None
    assert not action.enabled
    assert action.tip


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_mark_has_a_key_of_its_own(language: str) -> None:
    keys = [one.key for one in mark_keys(Texts(language))]
    keys.append(Texts(language)("T todas presentes")[0])
    assert len(set(keys)) == 6


def test_an_undone_roll_is_not_called_complete(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    qtbot.keyClick(roll.view, Qt.Key.Key_T)
    settle(qtbot, roll)
    assert "Lista completa" in roll.pace.text()
    workspace.undo()
    qtbot.waitUntil(lambda: marks_of(workspace, roll.view.session) == [""] * 6)
    roll.refresh()
    qtbot.waitUntil(lambda: "Lista completa" not in roll.pace.text())


def test_a_quarter_of_an_hour_late_is_no_warning_because_another_module_is_short(
    roll: AttendanceTab, qtbot: QtBot, workspace: Workspace
) -> None:
    before = warning_words(Texts("es"), grid_of(workspace).rows[0].eligibility)
    qtbot.keyClick(roll.view, Qt.Key.Key_R)
    settle(qtbot, roll)
    assert marks_of(workspace, roll.view.session)[0] == "late"
    assert warning_words(Texts("es"), grid_of(workspace).rows[0].eligibility) == before
