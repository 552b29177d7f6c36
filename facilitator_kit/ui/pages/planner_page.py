"""The Planeador page: the agenda of one session of one cohort, and the cohort's calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from facilitator_kit.curriculum import (
    PlanBlock,
    SessionPlan,
    add_block,
    cascade,
    change_block,
    fix_start,
    move_block,
    remove_block,
    set_minutes,
)
from facilitator_kit.curriculum.agenda import LONGEST_BLOCK
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import Facilitator, Mark, SessionState
from facilitator_kit.ui.columns import Columns
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.cohorts_words import cohort_words, is_running, status_words
from facilitator_kit.ui.pages.curriculum_methods import METHOD_MIME, MethodFinder
from facilitator_kit.ui.pages.planner_agenda import BIG_STEP, AgendaList
from facilitator_kit.ui.pages.planner_calendar import CourseCalendar
from facilitator_kit.ui.pages.planner_detail import BlockKeys, BlockPanel
from facilitator_kit.ui.pages.planner_dialogs import (
    BlockDialog,
    ChargeDialog,
    SheetsDialog,
    sheets_of,
)
from facilitator_kit.ui.pages.planner_words import (
    block_of,
    common_anatomy,
    session_choice,
    total_words,
)
from facilitator_kit.ui.widgets import (
    Bar,
    Button,
    Card,
    ComboBox,
    EmptyState,
    FlowLayout,
    Label,
    LinkButton,
    PageBody,
    Pill,
    PrimaryButton,
    Segments,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import AgendaView, CohortView, SessionView

AGENDA: Final = "agenda"
CALENDAR: Final = "calendar"
METHODS, BLOCKS, DETAIL = "methods", "blocks", "detail"

_CAME: Final = frozenset({Mark.PRESENT, Mark.LATE, Mark.ONLINE})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page reads at once: cohorts to choose from, one calendar, one agenda."""

    cohorts: tuple[CohortView, ...]
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
        self._agenda: AgendaView | None = None
        self._wanted = ""
        self._wanted_cohort = ""
        self._row = 0
        self._storing = 0
        self.sessions = ComboBox(ctx, _("Sesión"), context=True)
        self.sessions.chosen.connect(self.choose_session)
        self.cohorts = ComboBox(ctx, _("Cohorte"))
        self.cohorts.setProperty("kind", "context")
        self.cohorts.setMaximumWidth(ctx.theme.px(300))
        self.cohorts.chosen.connect(self.choose_cohort)
        self.views = Segments(
            ctx, _("Qué ver"), ((AGENDA, _("Agenda")), (CALENDAR, _("Calendario")))
        )
        self.views.chosen.connect(self.show_view)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lay_out())
        self.calendar = CourseCalendar(ctx)
        self.calendar.session_asked.connect(self._plan_from_calendar)
        self._stack.addWidget(self.calendar)
        self._no_cohort = self._nothing_to_plan()
        self._stack.addWidget(self._no_cohort)
        body = PageBody(ctx, self)
        body.setSpacing(ctx.theme.px(10))
        self._top = self._top_row()
        body.addWidget(self._top)
        body.addWidget(self._stack, 1)

    # -- building --------------------------------------------------------------------------------

    def _top_row(self) -> QWidget:
        ctx, _ = self.ctx, self._
        self.charge = Button(
            ctx, _("Quién facilita"), icon="user-check", small=True, on_click=self.ask_charge
        )
        self._status = Pill("")
        self.roll = LinkButton(ctx, _("Tomar asistencia"), on_click=self._take_roll)
        right = FlowLayout(ctx, gap=8)
        for widget in (self.columns.choice, self._status, self.charge, self.roll):
            right.addWidget(widget)
        line = row(ctx, self.views, self.cohorts, holder(right), gap=12)
        line.setStretch(0, 3)
        line.setStretch(1, 4)
        line.setStretch(2, 6)
        return holder(line)

    def _lay_out(self) -> Columns:
        ctx, _ = self.ctx, self._
        self.finder = MethodFinder(ctx, mime=METHOD_MIME)
        self.finder.entries.opened.connect(self.insert_method)
        self.insert = Button(
            ctx, _("Insertar en la agenda"), icon="plus", small=True, on_click=self._insert_chosen
        )
        left = Card(ctx, _("Dinámicas"), padding=14)
        left.add(self.finder, 1)
        left.add(self.insert)
        self.agenda = AgendaList(ctx)
        self.agenda.row_chosen.connect(self._choose_row)
        self.agenda.moved.connect(self.move)
        self.agenda.method_dropped.connect(self.insert_method)
        self.agenda.minutes_asked.connect(self.add_minutes)
        self.agenda.remove_asked.connect(self.remove)
        self.agenda.edit_asked.connect(self.edit)
        self.agenda.lock_asked.connect(self.turn_lock)
        self.agenda.add_asked.connect(lambda _row: self.add())
        self._total = Label("", "strong")
        self._bar = Bar(ctx, _("Minutos planeados"))
        self._verdict = Pill("")
        self._more = Button(
            ctx, _("Agregar bloque"), icon="plus", small=True, on_click=self.add, tip="Ins"
        )
        totals = row(ctx, self._total, self._bar, self._verdict, gap=10)
        totals.setStretch(1, 1)
        self._empty = EmptyState(
            ctx,
            "calendar-clock",
            _("Esta sesión todavía no tiene agenda"),
            _(
                "El paquete solo trae su título. Empiece con la estructura común, de bienvenida "
                "a check-out, o inserte dinámicas."
            ),
            action=PrimaryButton(
                ctx,
                _("Empezar con la estructura común"),
                icon="plus",
                on_click=self.start_from_anatomy,
            ),
        )
        middle = column(ctx, totals, gap=8)
        middle.addWidget(self.agenda, 1)
        middle.addWidget(self._empty, 1)
        middle.addLayout(row(ctx, self._more, None))
        self.detail = BlockPanel(
            ctx,
            BlockKeys(
                up=lambda: self._here(lambda at: self.move(at, at - 1)),
                down=lambda: self._here(lambda at: self.move(at, at + 1)),
                less=lambda: self._here(lambda at: self.add_minutes(at, -BIG_STEP)),
                more=lambda: self._here(lambda at: self.add_minutes(at, BIG_STEP)),
                lock=lambda: self._here(self.turn_lock),
                edit=lambda: self._here(self.edit),
                remove=lambda: self._here(self.remove),
            ),
        )
        self.detail.linked.connect(lambda code: ctx.navigate("curriculo", session=code))
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (
                Column(METHODS, _("Dinámicas"), left),
                Column(BLOCKS, _("Agenda"), holder(middle)),
                Column(DETAIL, _("Bloque"), self.detail),
            ),
            widths=(228, 400, 296),
            main=BLOCKS,
            beside=DETAIL,
            choice_elsewhere=True,
        )
        return self.columns

    def _nothing_to_plan(self) -> Card:
        ctx, _ = self.ctx, self._
        card = Card(ctx)
        card.add(
            EmptyState(
                ctx,
                "calendar-plus",
                _("No hay sesiones que planear"),
                _("Abra una cohorte: su calendario se hace solo, con los días que elija."),
                action=PrimaryButton(
                    ctx,
                    _("Ir a Cohortes"),
                    icon="users",
                    on_click=partial(ctx.navigate, "cohortes"),
                ),
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
        if self._agenda is None or not self._agenda.changed or self.views.value() != AGENDA:
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
        return self.agenda if self.views.value() == AGENDA else self.calendar.table

    # -- reading ---------------------------------------------------------------------------------

    @property
    def view(self) -> SessionView | None:
        """The session that is planned; None while there is none."""
        return self._agenda.view if self._agenda is not None else None

    @property
    def plan(self) -> SessionPlan | None:
        """Its agenda as shown: what is stored, and what is being stored."""
        return self._agenda.plan if self._agenda is not None else None

    def _read(self, wanted: str, cohort_id: str) -> Reading:
        """Everything shown, read on the worker. What is gone gives way to the next session."""
        workspace = self.ctx.workspace
        courses = workspace.courses
        cohorts = courses.cohorts()
        shown = tuple(view for view in cohorts if is_running(view)) or cohorts
        session: SessionView | None = None
        if wanted and not cohort_id:
            try:
                session = courses.session(wanted)
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
        sessions = courses.calendar(cohort_id) if cohort_id else ()
        if session is None:
            session = self._next(sessions)
        agenda = courses.agenda(session.scheduled.id) if session is not None else None
        present = self._present(session) if session is not None and session.marked else ()
        return Reading(
            shown, cohort_id, sessions, agenda, present, workspace.institution.facilitators()
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
        self._reading = reading
        self._wanted_cohort = ""
        choices = [(one.cohort.id, cohort_words(self._, one)) for one in reading.cohorts]
        self.cohorts.set_choices(choices, reading.cohort_id)
        self.cohorts.setVisible(len(choices) > 1)
        agenda = reading.agenda
        if agenda is None:
            self._agenda = None
            self._top.setVisible(False)
            self._stack.setCurrentWidget(self._no_cohort)
            self.header_changed.emit()
            return
        self._top.setVisible(True)
        scheduled_id = agenda.view.scheduled.id
        other = self.view is None or self.view.scheduled.id != scheduled_id
        if other:
            self._row = 0
        elif self._storing:
            # Later changes are still on their way to the store: what is shown is newer.
            return
        self._wanted = ""
        self._agenda = agenda
        listed = [
            view
            for view in reading.sessions
            if view.scheduled.state is SessionState.SCHEDULED or view.scheduled.id == scheduled_id
        ]
        self.sessions.set_choices(
            [(view.scheduled.id, session_choice(self._, view)) for view in listed], scheduled_id
        )
        self.finder.set_methods(self.ctx.workspace.desk.core_pack.methods)
        self.calendar.show_sessions(reading.sessions, scheduled_id)
        if other:
            self.calendar.choose(scheduled_id)
        self._show_top(agenda.view)
        self._show_plan()
        self.show_view(self.views.value())

    # -- showing ---------------------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        """Show the agenda of the session or the calendar of its cohort."""
        self.views.set_value(view)
        if self._reading is None or self._agenda is not None:
            self._stack.setCurrentIndex(1 if view == CALENDAR else 0)
        for widget in (self._status, self.charge, self.roll) if hasattr(self, "roll") else ():
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
        self.agenda.setFocus()

    def _show_top(self, view: SessionView) -> None:
        _ = self._
        words, tone = status_words(_, view.status)
        self._status.set(words, tone)
        who = view.facilitator.name if view.facilitator is not None else ""
        parts = [part for part in (who, view.scheduled.room) if part]
        text = " · ".join(parts) or _("Quién facilita y dónde")
        self.charge.set_text(text, _("Quién facilita y dónde: {what}", what=text))

    def _show_plan(self) -> None:
        agenda = self._agenda
        if agenda is None:
            return
        self._row = min(max(self._row, 0), max(len(agenda.plan.blocks) - 1, 0))
        total = agenda.plan.total_minutes
        figure, verdict, tone = total_words(self._, total, agenda.target_minutes)
        self._total.setText(figure)
        self._bar.set(total, agenda.target_minutes, tone)
        self._verdict.set(verdict, tone)
        self.agenda.setVisible(bool(agenda.timed))
        self._more.setVisible(bool(agenda.timed))
        self._empty.setVisible(not agenda.timed)
        self.agenda.show_blocks(agenda.timed, self._row)
        self._explain()

    def _choose_row(self, row: int) -> None:
        if row != self._row:
            self._row = row
            self._explain()

    def _explain(self) -> None:
        present = self._reading.present if self._reading is not None else ()
        pack = self.ctx.workspace.desk.core_pack
        row = self._row if self._agenda is not None and self._agenda.timed else -1
        self.detail.show_block(self._agenda, pack, present, row)

    # -- changing --------------------------------------------------------------------------------

    def move(self, row: int, to: int) -> None:
        """Put a block in another place; it stays the chosen one."""
        plan = self.plan
        if plan is not None and 0 <= to < len(plan.blocks):
            self._keep(move_block(plan, row, to), to)

    def add_minutes(self, row: int, more: int) -> None:
        """Make a block longer or shorter, within what a block can last."""
        plan = self.plan
        if plan is None:
            return
        now = plan.blocks[row].minutes
        minutes = min(max(now + more, 1), LONGEST_BLOCK)
        # From one minute, five more are five: times stay round.
        if more > 1 and now == 1:
            minutes = more
        if minutes != now:
            self._keep(set_minutes(plan, row, minutes), row)

    def remove(self, row: int) -> None:
        """Take a block out; undoing brings it back."""
        plan = self.plan
        if plan is not None:
            title = plan.blocks[row].title
            self._keep(remove_block(plan, row), row)
            self.ctx.announce(self._("Se quitó «{title}»", title=title))

    def turn_lock(self, row: int) -> None:
        """Fix a block at the time it has now, or let it go."""
        agenda = self._agenda
        if agenda is None:
            return
        timed = agenda.timed[row]
        fixed = timed.start if timed.block.fixed_start is None else None
        self._keep(fix_start(agenda.plan, row, fixed), row)

    def edit(self, row: int) -> None:
        """Ask for everything a block says."""
        plan = self.plan
        if plan is not None:
            block = plan.blocks[row]
            BlockDialog(self.ctx, block, partial(self._changed, row), self).open()

    def add(self) -> None:
        """Ask for a block of one's own and put it after the chosen one."""
        if self.plan is not None:
            BlockDialog(self.ctx, None, self._insert, self).open()

    def insert_method(self, code: str, at: int | None = None) -> None:
        """Put a method into the agenda: at a place, or after the chosen block."""
        method = self.finder.find(code)
        if method is not None and self.plan is not None:
            self._insert(block_of(method), at)
            self.ctx.announce(self._("Se insertó «{title}»", title=method.title))

    def start_from_anatomy(self) -> None:
        """Begin an empty agenda with the common parts of a session."""
        plan = self.plan
        if plan is not None and not plan.blocks:
            self._keep(replace(plan, blocks=common_anatomy(self._)), 0)
            self.agenda.setFocus()

    def go_back_to_original(self) -> None:
        """Forget what was changed for this date."""
        view = self.view
        if view is not None:
            scheduled_id = view.scheduled.id
            courses = self.ctx.workspace.courses
            self.ctx.jobs.run(
                lambda: courses.reset_plan(scheduled_id), lambda _done: None, owner=self
            )

    def _here(self, do: Callable[[int], object]) -> None:
        """Do something with the chosen block, if there is one."""
        if self.plan is not None and 0 <= self._row < len(self.plan.blocks):
            do(self._row)

    def _insert_chosen(self) -> None:
        code = self.finder.entries.current()
        if code:
            self.insert_method(code)
        else:
            self.finder.entries.step_in()

    def _insert(self, block: PlanBlock, at: int | None = None) -> None:
        plan = self.plan
        if plan is None:
            return
        place = at if at is not None else (self._row + 1 if plan.blocks else 0)
        self._keep(add_block(plan, min(place, len(plan.blocks)), block), place)

    def _changed(self, row: int, block: PlanBlock) -> None:
        plan = self.plan
        if plan is not None and row < len(plan.blocks) and plan.blocks[row] != block:
            self._keep(change_block(plan, row, block), row)

    def _keep(self, plan: SessionPlan, row: int) -> None:
        """Show a changed agenda and store it, after whatever is being stored already."""
        agenda = self._agenda
        if agenda is None:
            return
        scheduled_id = agenda.view.scheduled.id
        self._row = row
        self._agenda = replace(
            agenda,
            plan=plan,
            timed=cascade(plan.blocks, agenda.view.scheduled.starts_at),
            total_minutes=plan.total_minutes,
            changed=True,
        )
        self._show_plan()
        if not agenda.changed:
            self.header_changed.emit()
        self._storing += 1
        courses = self.ctx.workspace.courses
        self.ctx.jobs.run(
            lambda: courses.save_plan(scheduled_id, plan),
            self._stored,
            self._not_stored,
            owner=self,
        )

    def _stored(self, _nothing: object) -> None:
        self._storing -= 1

    def _not_stored(self, error: KitError) -> None:
        """Show what is stored again, and why the change is not."""
        self._storing -= 1
        self.ctx.show_error(error)
        self.refresh()

    # -- around the agenda -----------------------------------------------------------------------

    def print(self) -> None:
        """Ask which sheet of the session is wanted."""
        if self._agenda is not None:
            sheets = sheets_of(self.ctx, self._agenda, self.ctx.workspace.desk.core_pack)
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
        courses = self.ctx.workspace.courses
        self.ctx.jobs.run(
            lambda: courses.put_in_charge(scheduled.id, facilitator_id, room),
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
