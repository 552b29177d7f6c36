"""The Cohortes page: its cohort, its tabs, its calendar and its follow-up forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit.clock import FixedClock
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import Barrier, ContactTopic, Mark
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.attendance import AttendanceTab
from facilitator_kit.ui.pages.cohorts_calendar import CalendarTab
from facilitator_kit.ui.pages.cohorts_calendar_dialogs import (
    MoveDialog,
    RecoveryDialog,
    ReplaceDialog,
    RollsDialog,
)
from facilitator_kit.ui.pages.cohorts_new import NewCohortDialog, NewGenerationDialog
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.followup import FollowUpTab
from facilitator_kit.ui.pages.followup_forms import ContactForm, SurveyForm
from facilitator_kit.ui.theme import Theme
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.views import SessionStatus

Show = Callable[..., CohortsPage]


@pytest.fixture
def show(qtbot: QtBot, ctx: UiContext) -> Show:
    """Open the page as the window does."""

    def opened(**params: object) -> CohortsPage:
        page = CohortsPage(ctx)
        qtbot.addWidget(page)
        ctx.changed.connect(lambda _change: page.refresh())
        page.open(params)
        page.refresh()
        page.resize(1130, 700)
        page.show()
        qtbot.waitExposed(page)
        qtbot.waitUntil(lambda: not ctx.jobs.running)
        return page

    return opened


def calendar_of(qtbot: QtBot, page: CohortsPage) -> CalendarTab:
    tab = page.tab
    assert isinstance(tab, CalendarTab)
    qtbot.waitUntil(lambda: tab.table.current() is not None)
    return tab


def followup_of(qtbot: QtBot, page: CohortsPage) -> FollowUpTab:
    tab = page.tab
    assert isinstance(tab, FollowUpTab)
    qtbot.waitUntil(lambda: tab.form is not None)
    return tab


def close_refresh(qtbot: QtBot, ctx: UiContext) -> None:
    qtbot.waitUntil(lambda: not ctx.jobs.running)


def test_the_running_cohort_is_shown_first_and_named_in_the_header(show: Show) -> None:
    page = show()
    chooser = page.context_widget()
    assert isinstance(chooser, QComboBox)
    assert chooser.currentText() == "Generación 2026-B · Grupo matutino"
    action = page.primary_action()
    assert action is not None
    assert action.text == "Agregar participante"


def test_each_tab_brings_its_own_title_and_primary_action(show: Show, qtbot: QtBot) -> None:
    page = show()
    seen = {}
    for key in ("people", "attendance", "calendar", "followup"):
        page.open({"tab": key})
        page.refresh()
        close_refresh(qtbot, page.ctx)
        action = page.primary_action()
        assert action is not None
        seen[page.title()] = action.text
        assert len(page.secondary_actions()) <= 3
    assert seen == {
        "Cohortes": "Agregar participante",
        "Asistencia": "Imprimir lista",
        "Calendario": "Imprimir listas",
        "Seguimiento": "Anotar contacto",
    }


def test_the_tab_and_cohort_are_remembered_without_names(
    show: Show, ctx: UiContext, qtbot: QtBot
) -> None:
    page = show(tab="calendar")
    state = page.state()
    assert state["tab"] == "calendar"
    assert "Grupo" not in str(state)
    again = CohortsPage(ctx)
    again.restore(state)
    again.refresh()
    qtbot.waitUntil(lambda: again.title() == "Calendario")
    again.deleteLater()


def test_an_institution_without_cohorts_is_offered_the_first_one(
    qtbot: QtBot, ctx: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctx.workspace.courses, "cohorts", lambda *_a, **_k: ())
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    button = next(b for b in page.findChildren(QAbstractButton) if "Nueva cohorte" in b.text())
    qtbot.waitUntil(button.isVisible)
    assert page.primary_action() is None


# -- new cohort ----------------------------------------------------------------------------------


def test_a_new_cohort_shows_its_dates_before_it_is_opened(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    page = show()
    page.new_cohort()
    dialog = page.findChild(NewCohortDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.name.editor, "Grupo vespertino")
    dialog.week.days[0][0].click()
    qtbot.waitUntil(lambda: "sesiones" in dialog.preview.label.text())
    assert "noviembre de 2026" in dialog.preview.label.text()
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(workspace.courses.cohorts()) == 2)
    qtbot.waitUntil(lambda: "vespertino" in page.chooser.currentText())
    made = next(v for v in workspace.courses.cohorts() if v.cohort.name == "Grupo vespertino")
    assert made.next_session is not None
    assert made.next_session.on.weekday() == 0


def test_a_cohort_without_days_is_refused_and_nothing_is_stored(
    show: Show, qtbot: QtBot, ctx: UiContext
) -> None:
    page = show()
    told: list[KitError] = []
    ctx.failed.connect(told.append)
    page.new_cohort()
    dialog = page.findChild(NewCohortDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.name.editor, "Sin dias")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "invalid"
    assert len(ctx.workspace.courses.cohorts()) == 1
    assert dialog.isVisible()
    dialog.reject()


def test_a_generation_that_ends_before_it_starts_stays_in_the_dialog(
    show: Show, qtbot: QtBot, ctx: UiContext
) -> None:
    page = show()
    dialog = NewGenerationDialog(ctx, parent=page)
    dialog.open()
    qtbot.keyClicks(dialog.name.editor, "Ingreso 2027-A")
    qtbot.keyClicks(dialog.ends.editor, "01/01/2026")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert len(ctx.workspace.courses.generations()) == 1
    dialog.reject()


# -- the calendar --------------------------------------------------------------------------------


def test_the_calendar_opens_on_the_next_session(show: Show, qtbot: QtBot) -> None:
    tab = calendar_of(qtbot, show(tab="calendar"))
    current = tab.table.current()
    assert current is not None
    assert current.scheduled.on == date(2026, 11, 24)
    assert current.status is SessionStatus.TODAY


def test_moving_a_session_with_those_that_follow(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    tab = calendar_of(qtbot, show(tab="calendar"))
    current = tab.table.current()
    assert current is not None
    before = workspace.calendars.of(current.cohort.id)
    tab.move_session(current)
    dialog = tab.findChild(MoveDialog)
    assert dialog is not None
    dialog._on.editor.selectAll()
    qtbot.keyClicks(dialog._on.editor, "26/11/2026")
    dialog.following.editor.click()
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: workspace.calendars.session(current.scheduled.id).scheduled.on == date(2026, 11, 26)
    )
    after = {v.scheduled.id: v.scheduled for v in workspace.calendars.of(current.cohort.id)}
    for view in before:
        if view.scheduled.number > current.scheduled.number:
            assert after[view.scheduled.id].on > view.scheduled.on


def test_a_cancelled_session_is_put_back_at_the_next_free_meeting(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    tab = calendar_of(qtbot, show(tab="calendar"))
    current = tab.table.current()
    assert current is not None
    scheduled_id = current.scheduled.id
    workspace.calendars.cancel(scheduled_id, "Llovió")

    def cancelled() -> bool:
        shown = tab.table.current()
        return shown is not None and shown.status is SessionStatus.CANCELLED

    qtbot.waitUntil(cancelled)
    shown = tab.table.current()
    assert shown is not None
    assert [b.text() for b in tab._actions(shown)] == ["Reponer"]
    tab.replace_session(shown)
    qtbot.waitUntil(lambda: tab.findChild(ReplaceDialog) is not None)
    dialog = tab.findChild(ReplaceDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    def replaced() -> bool:
        return any(
            v.scheduled.replaces == scheduled_id for v in workspace.calendars.of(current.cohort.id)
        )

    qtbot.waitUntil(replaced)


def test_a_session_with_marks_can_be_neither_moved_nor_cancelled(show: Show, qtbot: QtBot) -> None:
    tab = calendar_of(qtbot, show(tab="calendar"))
    held = next(v for v in tab._model.rows if v.status is SessionStatus.HELD)
    words = [button.text() for button in tab._actions(held)]
    assert "Mover" not in words
    assert "Cancelar la sesión" not in words
    assert "Tomar asistencia" in words


def test_recovery_proposes_those_who_missed_the_session(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    tab = calendar_of(qtbot, show(tab="calendar"))
    cohort_id = tab._model.rows[0].cohort.id
    grid = workspace.attendance.grid(cohort_id)
    first = grid.columns[0].scheduled
    missing = grid.rows[1].enrolment.id
    workspace.attendance.mark(first.id, missing, Mark.ABSENT, reason="Error de captura")
    tab.add_recovery()
    qtbot.waitUntil(lambda: tab.findChild(RecoveryDialog) is not None)
    dialog = tab.findChild(RecoveryDialog)
    assert dialog is not None
    code, _on, _at, people = dialog.values()
    assert (code, people) == (first.session, (missing,))
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(v.scheduled.recovery for v in workspace.calendars.of(cohort_id)))


def test_a_holiday_in_the_calendar_is_hinted(workspace: Workspace) -> None:
    view = workspace.courses.cohorts()[0]
    coming = workspace.calendars.of(view.cohort.id)[-1]
    workspace.calendars.move(coming.scheduled.id, date(2027, 5, 1), time(10))
    hints = workspace.calendars.hints(view.cohort.id)
    assert "cerrado" in str(hints[coming.scheduled.id][0])


def test_more_than_eight_rolls_on_a_sheet_are_refused(show: Show, qtbot: QtBot) -> None:
    tab = calendar_of(qtbot, show(tab="calendar"))
    tab.print_rolls()
    close_refresh(qtbot, tab.ctx)
    dialog = tab.findChild(RollsDialog)
    assert dialog is not None
    for _session, box in dialog._boxes[:12]:
        box.setChecked(True)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    dialog.reject()


# -- surveys and follow-up -------------------------------------------------------------------------


def test_a_contact_is_written_down_from_the_form(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    tab = followup_of(qtbot, show(tab="followup"))
    one = tab.table.current()
    assert one is not None
    form = tab.form
    assert isinstance(form, ContactForm)
    form.fields["topic"].set_value(ContactTopic.LEARNING)
    qtbot.keyClicks(form.fields["agreement"].editor, "Trae su cuaderno")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(workspace.followup.contacts(one.enrolment.id)) == 1)
    (stored,) = workspace.followup.contacts(one.enrolment.id)
    assert (stored.on, stored.reached, stored.agreement) == (
        date(2026, 11, 24),
        True,
        "Trae su cuaderno",
    )
    assert stored.barrier is Barrier.NONE
    close_refresh(qtbot, tab.ctx)
    assert workspace.followup.drafts("contact", one.enrolment.id) == {}


def test_what_was_typed_in_a_form_is_there_again_after_leaving_it(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    page = show(tab="followup")
    tab = followup_of(qtbot, page)
    one = tab.table.current()
    assert one is not None
    assert isinstance(tab.form, ContactForm)
    qtbot.keyClicks(tab.form.fields["agreement"].editor, "Llamar el lunes")
    page.open({"tab": "people"})
    page.refresh()
    qtbot.waitUntil(lambda: bool(workspace.followup.drafts("contact", one.enrolment.id)))
    assert workspace.undo_name() is None or str(workspace.undo_name()) != "Borrador"
    tab._show_part()
    form = tab.form

    def is_back() -> bool:
        return form.fields["agreement"].value() == "Llamar el lunes"

    qtbot.waitUntil(is_back)
    assert workspace.followup.contacts(one.enrolment.id) == ()


def test_an_entry_survey_asks_what_is_needed_and_is_stored(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    tab = followup_of(qtbot, show(tab="followup"))
    one = tab.table.current()
    assert one is not None
    tab._choose_part("entry")
    form = tab.form
    assert isinstance(form, SurveyForm)
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert workspace.followup.responses(one.enrolment.id) == ()
    instrument = workspace.followup.instrument(Wave.ENTRY)
    for question in instrument.questions:
        if question.required:
            form.fields[question.name].set_value(question.choices[0].name)
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(workspace.followup.responses(one.enrolment.id)) == 1)
    qtbot.waitUntil(
        lambda: (
            "Contestada" in tab._survey(tab._model.rows[-1], "survey_entry")[0]
            or any(
                r.enrolment.id == one.enrolment.id
                and tab._survey(r, "survey_entry")[0] == "Contestada"
                for r in tab._model.rows
            )
        )
    )


# -- for everybody -------------------------------------------------------------------------------


TABS = ("people", "attendance", "calendar", "followup")


def test_every_control_has_a_name(show: Show, qtbot: QtBot) -> None:
    page = show()
    for tab in TABS:
        page.show_tab(tab)
        close_refresh(qtbot, page.ctx)
        controls = [
            widget
            for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
            for widget in page.findChildren(kind)
            if isinstance(widget, QWidget) and widget.isVisible()
        ]
        assert controls
        for control in controls:
            spoken = QAccessible.queryAccessibleInterface(control)
            assert spoken.text(QAccessible.Text.Name), control


def test_a_narrow_page_with_large_text_still_fits(show: Show, qtbot: QtBot, ctx: UiContext) -> None:
    theme = ctx.theme
    assert isinstance(theme, Theme)
    theme.choose(scale=200)
    page = show()
    page.resize(760, 640)
    for tab in TABS:
        page.show_tab(tab)
        close_refresh(qtbot, ctx)
        assert page.minimumSizeHint().width() <= 760, tab
    theme.choose(scale=100)


def test_a_session_of_another_day_is_found_by_its_id(
    show: Show, qtbot: QtBot, workspace: Workspace, clock: FixedClock
) -> None:
    clock.set(datetime.fromisoformat("2026-11-25T09:00"))
    cohort = workspace.courses.cohorts()[0].cohort
    wanted = workspace.calendars.of(cohort.id)[2].scheduled.id
    page = show(session=wanted)
    tab = page.tab
    assert tab is not None
    assert page.title() == "Asistencia"
    assert isinstance(tab, AttendanceTab)
    qtbot.waitUntil(lambda: tab.view.session == 2)
