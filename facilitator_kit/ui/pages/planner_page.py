"""The Planeador page: the agenda of one session of one cohort, and the cohort's calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.curriculum import SessionPlan
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import Facilitator, Mark, SessionState
from facilitator_kit.ui.columns import PageScroll
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.cohorts_words import cohort_words, is_running, status_words
from facilitator_kit.ui.pages.planner_calendar import CourseCalendar
from facilitator_kit.ui.pages.planner_dialogs import ChargeDialog, SheetsDialog, sheets_of
from facilitator_kit.ui.pages.planner_editor import AgendaEditor
from facilitator_kit.ui.pages.planner_words import session_choice
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    ComboBox,
    EmptyState,
    LinkButton,
    Pill,
    PrimaryButton,
    Segments,
)
from facilitator_kit.workspace.views import AgendaView, CohortView, SessionView

AGENDA: Final = "agenda"
CALENDAR: Final = "calendar"

_CAME: Final = frozenset({Mark.PRESENT, Mark.LATE, Mark.ONLINE})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page reads at once: cohorts to choose from, one calendar, one agenda."""

    cohorts: tuple[tuple[str, str], ...]
    cohort_id: str
    sessions: tuple[SessionView, ...]
    agenda: AgendaView | None
    present: tuple[str, ...]
    facilitators: tuple[Facilitator, ...]


class PlannerPage(Page):
    """Every change is stored at once, in order; undoing brings the agenda before it back."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._reading: Reading | None = None
        self._wanted = ""
        self._wanted_cohort = ""
        self.sessions = ComboBox(ctx, _("Sesión"), context=True)
        self.sessions.chosen.connect(self.choose_session)
        self.cohorts = ComboBox(ctx, _("Cohorte"))
        self.cohorts.setProperty("kind", "context")
        self.cohorts.fit_choice(340)
        self.cohorts.chosen.connect(self.choose_cohort)
        self.views = Segments(
            ctx, _("Qué ver"), ((AGENDA, _("Agenda")), (CALENDAR, _("Calendario")))
        )
        self.views.chosen.connect(self.show_view)
        self.charge = Button(
            ctx, _("Quién facilita"), icon="user-check", small=True, on_click=self.ask_charge
        )
        self._status = Pill("")
        self.roll = LinkButton(ctx, _("Tomar asistencia"), on_click=self._take_roll)
        self.editor = AgendaEditor(ctx)
        self.editor.touched.connect(self.header_changed)
        self.editor.read_again.connect(self.refresh)
        self.calendar = CourseCalendar(ctx)
        self.calendar.session_asked.connect(self._plan_from_calendar)
        self._no_cohort = self._nothing_to_plan()
        self._stack = QStackedWidget()
        for shown in (self.editor, self.calendar, self._no_cohort):
            self._stack.addWidget(shown)
        strip = (
            self.views,
            self.cohorts,
            self._status,
            self.charge,
            self.roll,
            self.editor.columns.choice,
        )
        self._body = PageScroll(ctx, strip, self._stack)
        self._body.follow(self.editor.blocks)
        self._body.follow(self.calendar.table.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)

    def _nothing_to_plan(self) -> Card:
        ctx, _ = self.ctx, self._
        card = Card(ctx)
        self.begin_in_cohorts = PrimaryButton(
            ctx, _("Ir a Cohortes"), icon="users", on_click=partial(ctx.navigate, "cohortes")
        )
        card.add(
            EmptyState(
                ctx,
                "calendar-plus",
                _("No hay sesiones que planear"),
                _("Abra una cohorte: su calendario se hace solo, con los días que elija."),
                action=self.begin_in_cohorts,
            ),
            1,
        )
        return card

    # -- the window's questions ------------------------------------------------------------------

    def title(self) -> str:
        view = self.view
        if view is None:
            return self._("Planeador")
        number = self._.number(view.scheduled.number)
        return self._("Sesión {number} · {title}", number=number, title=view.session.title)

    def context_widget(self) -> QWidget | None:
        return self.sessions if self.view is not None else None

    def primary_action(self) -> PageAction | None:
        if self.view is None:
            return None
        return PageAction(self._("Imprimir"), self.print, icon="printer", prints=True)

    def secondary_actions(self) -> Sequence[PageAction]:
        agenda = self.editor.agenda
        if agenda is None or not agenda.changed or self.views.value() != AGENDA:
            return ()
        words = self._("Volver a la agenda original")
        return (PageAction(words, self.go_back_to_original, icon="rotate-ccw"),)

    def refresh(self) -> None:
        wanted = self._wanted or (self.view.scheduled.id if self.view else "")
        cohort = self._wanted_cohort
        self.ctx.jobs.run(lambda: self._read(wanted, cohort), self._take, owner=self)

    def open(self, params: Mapping[str, Any]) -> None:
        if params.get("session"):
            self._wanted, self._wanted_cohort = str(params["session"]), ""
            self.show_view(AGENDA)

    def state(self) -> dict[str, Any]:
        return {"view": self.views.value()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.show_view(str(state.get("view") or AGENDA))

    def first_focus(self) -> QWidget | None:
        return self.editor.blocks if self.views.value() == AGENDA else self.calendar.table

    # -- reading ---------------------------------------------------------------------------------

    @property
    def view(self) -> SessionView | None:
        """The session that is planned; None while there is none."""
        agenda = self.editor.agenda
        return agenda.view if agenda is not None and self._reading is not None else None

    @property
    def plan(self) -> SessionPlan | None:
        """Its agenda as shown."""
        return self.editor.plan

    def _read(self, wanted: str, cohort_id: str) -> Reading:
        """Everything shown, read on the worker. What is gone gives way to the next session."""
        workspace = self.ctx.workspace
        courses = workspace.courses
        cohorts = courses.cohorts()
        shown = tuple(view for view in cohorts if is_running(view)) or cohorts
        session: SessionView | None = None
        if wanted and not cohort_id:
            try:
                session = workspace.calendars.session(wanted)
            except KitError:
                session = None  # Undone meanwhile.
        if session is not None:
            cohort_id = session.cohort.id
        elif not cohort_id:
            coming = [view for view in shown if view.next_session is not None]
            coming.sort(key=lambda view: _moment(view))
            cohort_id = coming[0].cohort.id if coming else (shown[0].cohort.id if shown else "")
        if cohort_id and all(view.cohort.id != cohort_id for view in shown):
            shown = (*shown, *(view for view in cohorts if view.cohort.id == cohort_id))
        sessions = workspace.calendars.of(cohort_id) if cohort_id else ()
        if session is None:
            session = self._next(sessions)
        agenda = workspace.agendas.of(session.scheduled.id) if session is not None else None
        present = self._present(session) if session is not None and session.marked else ()
        choices = tuple((one.cohort.id, cohort_words(self._, one)) for one in shown)
        return Reading(
            choices, cohort_id, sessions, agenda, present, workspace.institution.facilitators()
        )

    def _next(self, sessions: Sequence[SessionView]) -> SessionView | None:
        """The first session from today on; the last one where the course is over."""
        today = self.ctx.clock.today()
        held = [s for s in sessions if s.scheduled.state is SessionState.SCHEDULED]
        coming = [view for view in held if view.scheduled.on >= today]
        return coming[0] if coming else (held[-1] if held else None)

    def _present(self, session: SessionView) -> tuple[str, ...]:
        """The names of who came, in the order of the roll."""
        grid = self.ctx.workspace.attendance.grid(session.cohort.id)
        ids = [column.scheduled.id for column in grid.columns]
        if session.scheduled.id not in ids:
            return ()
        place = ids.index(session.scheduled.id)
        came = []
        for line in grid.rows:
            mark = line.marks[place]
            if mark is not None and mark.mark in _CAME:
                came.append(roll_name(line.participant))
        return tuple(came)

    def _take(self, reading: Reading) -> None:
        self._wanted_cohort = ""
        self.cohorts.set_choices(reading.cohorts, reading.cohort_id)
        self.cohorts.setVisible(len(reading.cohorts) > 1)
        agenda = reading.agenda
        if agenda is None:
            self._reading = None
            self._body.strip.setVisible(False)
            self._stack.setCurrentWidget(self._no_cohort)
            self.header_changed.emit()
            return
        self._body.strip.setVisible(True)
        scheduled_id = agenda.view.scheduled.id
        before = self.view
        other = before is None or before.scheduled.id != scheduled_id
        self._wanted = ""
        self._reading = reading
        listed = [
            view
            for view in reading.sessions
            if view.scheduled.state is SessionState.SCHEDULED or view.scheduled.id == scheduled_id
        ]
        self.sessions.set_choices(
            [(view.scheduled.id, session_choice(self._, view)) for view in listed], scheduled_id
        )
        self.editor.show_agenda(agenda, reading.present)
        self._show_top(agenda.view)
        self.show_view(self.views.value())
        self.ctx.jobs.later(lambda: self._show_calendar(reading, scheduled_id, other), owner=self)

    def _show_calendar(self, reading: Reading, scheduled_id: str, other: bool) -> None:
        if reading is self._reading:
            self.calendar.show_sessions(reading.sessions, scheduled_id)
            if other:
                self.calendar.choose(scheduled_id)

    # -- showing ---------------------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        """Show the agenda of the session or the calendar of its cohort."""
        self.views.set_value(view)
        self._stack.setCurrentWidget(self.calendar if view == CALENDAR else self.editor)
        for widget in (self._status, self.charge, self.roll):
            widget.setVisible(view == AGENDA)
        self.header_changed.emit()

    def choose_session(self, scheduled_id: str) -> None:
        """Plan another session."""
        self._wanted, self._wanted_cohort = scheduled_id, ""
        self.refresh()

    def choose_cohort(self, cohort_id: str) -> None:
        """Plan another cohort's next session."""
        self._wanted, self._wanted_cohort = "", cohort_id
        self.refresh()

    def _plan_from_calendar(self, scheduled_id: str) -> None:
        self.show_view(AGENDA)
        self.choose_session(scheduled_id)
        self.editor.blocks.setFocus()

    def _show_top(self, view: SessionView) -> None:
        _ = self._
        words, tone = status_words(_, view.status)
        self._status.set(words, tone)
        who = view.facilitator.name if view.facilitator is not None else ""
        parts = [part for part in (who, view.scheduled.room) if part]
        text = " · ".join(parts) or _("Quién facilita y dónde")
        self.charge.set_text(text, _("Quién facilita y dónde: {what}", what=text))

    def go_back_to_original(self) -> None:
        """Forget what was changed for this date."""
        view = self.view
        if view is not None:
            scheduled_id = view.scheduled.id
            agendas = self.ctx.workspace.agendas
            self.ctx.jobs.run(lambda: agendas.reset(scheduled_id), lambda _done: None, owner=self)

    # -- around the agenda -----------------------------------------------------------------------

    def print(self) -> None:
        """Ask which sheet of the session is wanted."""
        agenda = self.editor.agenda
        if agenda is not None:
            sheets = sheets_of(self.ctx, agenda, self.ctx.workspace.desk.pack_in_force)
            SheetsDialog(self.ctx, sheets, self).open()

    def ask_charge(self) -> None:
        """Ask who facilitates this session, and where."""
        if self.view is not None and self._reading is not None:
            people = self._reading.facilitators
            ChargeDialog(self.ctx, self.view, people, self._put_in_charge, self).open()

    def _put_in_charge(self, facilitator_id: str | None, room: str) -> None:
        view = self.view
        if view is None:
            return
        scheduled = view.scheduled
        if (facilitator_id, room) == (scheduled.facilitator_id, scheduled.room):
            return
        calendars = self.ctx.workspace.calendars
        self.ctx.jobs.run(
            lambda: calendars.put_in_charge(scheduled.id, facilitator_id, room),
            lambda _done: None,
            owner=self,
        )

    def _take_roll(self) -> None:
        if self.view is not None:
            self.ctx.navigate(
                "cohortes",
                cohort=self.view.cohort.id,
                tab="attendance",
                session=self.view.scheduled.id,
            )


def _moment(view: CohortView) -> tuple[object, object]:
    coming = view.next_session
    assert coming is not None
    return coming.on, coming.starts_at
