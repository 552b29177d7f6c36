"""The calendar tab: a cohort's sessions in date order, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.i18n import Message
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog, Dialog, open_in_turns, read_then_ask
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.cohorts_calendar_dialogs import (
    InChargeDialog,
    MoveDialog,
    RecoveryDialog,
    ReplaceDialog,
    RollsDialog,
)
from facilitator_kit.ui.pages.cohorts_new import NewCohortDialog
from facilitator_kit.ui.pages.cohorts_tab import CohortTab
from facilitator_kit.ui.pages.cohorts_words import status_words
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Column,
    EmptyState,
    FlowLayout,
    KeyValues,
    Label,
    Pill,
    RecordModel,
    RecordTable,
    Scroll,
    SplitView,
    Well,
    filled_anew,
    holder,
    row,
)
from facilitator_kit.workspace.views import SessionStatus, SessionView

Hints = Mapping[str, tuple[Message, ...]]


class CalendarTab(CohortTab):
    """Sessions at the left, the chosen one with its actions at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._hints: Hints = {}
        self._fresh_cohort = True
        self._wanted = ""
        columns = (
            Column[SessionView](
                _("Núm."), lambda one: _.number(one.scheduled.number), align="right", style="muted"
            ),
            Column[SessionView](_("Fecha"), self._day, style="strong"),
            Column[SessionView](_("Hora"), lambda one: _.clock_time(one.scheduled.starts_at)),
            Column[SessionView](
                _("Módulo"),
                lambda one: one.module.code,
                style="muted",
                tip=lambda one: one.module.title,
            ),
            Column[SessionView](
                _("Sesión"),
                lambda one: one.session.title,
                stretch=True,
                icon=self._warning_icon,
                tip=self._tip,
            ),
            Column[SessionView](
                _("Facilita"),
                lambda one: one.facilitator.name if one.facilitator else "",
                style="muted",
                width=120,
                tip=lambda one: one.facilitator.name if one.facilitator else "",
            ),
            Column[SessionView](
                _("Estado"),
                lambda one: self._status(one)[0],
                tone=lambda one: self._status(one)[1],
            ),
        )
        self._model = RecordModel(columns, key=lambda one: one.scheduled.id)
        self.table = RecordTable(ctx, _("Sesiones de la cohorte"), self._model)
        self._read_once = False
        self._to_show = False
        self.table.selected.connect(self._on_selected)
        self.table.activated.connect(lambda one: self._plan(one))
        listed = Card(ctx, padding=8)
        listed.add(self.table, 1)
        self._side = QVBoxLayout()
        self._side.setSpacing(ctx.theme.px(12))
        self._side.setContentsMargins(0, 0, 0, 0)
        card = Card(ctx)
        card.add(Scroll(self._side), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SplitView(ctx, listed, card, side_width=300))

    # -- the page's questions --------------------------------------------------------------------

    def title(self) -> str:
        return self._("Calendario")

    def cohort_changed(self) -> None:
        self._fresh_cohort = True

    def open(self, params: Mapping[str, Any]) -> None:
        self._wanted = str(params.get("session") or "")

    def refresh(self) -> None:
        """Read the calendar again on the worker."""
        if self.cohort is None:
            return
        cohort_id = self.cohort.cohort.id
        calendars = self.ctx.workspace.calendars

        def read() -> tuple[str, tuple[SessionView, ...], Hints]:
            return cohort_id, calendars.of(cohort_id), calendars.hints(cohort_id)

        self.ctx.jobs.run(read, lambda found: self._take(*found), owner=self)

    def primary_action(self) -> PageAction | None:
        listed = bool(self._model.rows)
        return PageAction(
            self._("Imprimir listas"),
            self.print_rolls,
            icon="printer",
            enabled=listed,
            tip="" if listed else self._("No hay ninguna sesión que imprimir."),
            prints=True,
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        return (
            PageAction(self._("Agregar recuperación"), self.add_recovery, icon="calendar-plus"),
            PageAction(self._("Nueva cohorte"), self.new_cohort, icon="plus"),
        )

    def first_focus(self) -> QWidget | None:
        return self.table

    # -- showing -----------------------------------------------------------------------------------

    def _take(self, cohort_id: str, sessions: tuple[SessionView, ...], hints: Hints) -> None:
        if self.cohort is None or self.cohort.cohort.id != cohort_id:
            return
        self._hints = hints
        if not self._read_once:
            # Only what was read can be said to be empty.
            self._read_once = True
            self.table.set_empty(self._no_sessions())
        self._model.set_rows(sessions)
        wanted, self._wanted = self._wanted, ""
        if wanted and self.table.select(wanted):
            self._fresh_cohort = False
        elif self._fresh_cohort and sessions:
            self._fresh_cohort = False
            today = self.ctx.clock.today()
            coming = [one for one in sessions if one.scheduled.on >= today]
            chosen = coming[0] if coming else sessions[-1]
            self.table.select(chosen.scheduled.id)
        self._on_selected()
        self.actions_changed.emit()

    def _no_sessions(self) -> QWidget:
        _ = self._
        return EmptyState(
            self.ctx,
            "calendar-days",
            _("Esta cohorte no tiene sesiones"),
            _("Abra una cohorte con días y horas, y su calendario se hace solo."),
            action=Button(self.ctx, _("Nueva cohorte"), icon="plus", on_click=self.new_cohort),
        )

    def _day(self, one: SessionView) -> str:
        day = one.scheduled.on
        words = f"{self._.weekday_short(day).split()[0]} {self._.date_short(day)}"
        same_year = day.year == self.ctx.clock.today().year
        return words if same_year else f"{words} {day.year}"

    def _status(self, one: SessionView) -> tuple[str, Any]:
        words, tone = status_words(self._, one.status)
        if one.scheduled.recovery and one.status is SessionStatus.UPCOMING:
            return self._("Recuperación"), "note"
        return words, tone

    def _warning_icon(self, one: SessionView) -> str | None:
        return "triangle-alert" if one.scheduled.id in self._hints else None

    def _tip(self, one: SessionView) -> str:
        reasons = self._hints.get(one.scheduled.id, ())
        return " ".join([one.session.title, *(self._.render(reason) for reason in reasons)])

    def _on_selected(self) -> None:
        # Told several times of one reading, and of every row that somebody passes by.
        if not self._to_show:
            self._to_show = True
            self.ctx.jobs.later(self._show, owner=self)

    def _show(self) -> None:
        self._to_show = False
        one = self.table.current()
        with filled_anew(self._side) as side:
            if one is None:
                side.addWidget(Label(self._("Elija una sesión de la lista."), "muted", wrap=True))
                side.addStretch(1)
                return
            ctx, _ = self.ctx, self._
            scheduled = one.scheduled
            heading = Label(
                _("Sesión {number}: {title}", number=scheduled.number, title=one.session.title),
                "card-title",
                wrap=True,
            )
            side.addWidget(heading)
            words, tone = self._status(one)
            side.addLayout(row(ctx, Pill(words, tone), None))
            for reason in self._hints.get(scheduled.id, ()):
                side.addWidget(Well(ctx, _.render(reason), "attention", icon="triangle-alert"))
            if scheduled.cancel_reason:
                side.addWidget(
                    Well(ctx, _("Motivo: {reason}", reason=scheduled.cancel_reason), "bad")
                )
            pairs = [
                (_("Cuándo"), f"{_.weekday_date(scheduled.on)} {scheduled.on.year}"),
                (
                    _("Hora"),
                    _(
                        "de {start} a {end}",
                        start=_.clock_time(scheduled.starts_at),
                        end=_.clock_time(one.ends_at),
                    ),
                ),
                (_("Módulo"), f"{one.module.code} · {one.module.title}"),
                (_("Sala"), scheduled.room or _("Sin sala")),
                (_("Facilita"), one.facilitator.name if one.facilitator else _("Sin asignar")),
                (_("Lista"), _("{marked} de {expected}", marked=one.marked, expected=one.expected)),
            ]
            side.addWidget(KeyValues(ctx, pairs))
            actions = FlowLayout(ctx, gap=8)
            for button in self._actions(one):
                actions.addWidget(button)
            side.addWidget(holder(actions))
            side.addStretch(1)

    def _actions(self, one: SessionView) -> list[Button]:
        ctx, _ = self.ctx, self._
        cancelled = one.status is SessionStatus.CANCELLED
        buttons: list[tuple[str, str, Any]] = []
        if cancelled:
            buttons.append((_("Reponer"), "rotate-ccw", self.replace_session))
        else:
            if one.scheduled.on <= ctx.clock.today():
                buttons.append((_("Tomar asistencia"), "clipboard-check", self._attendance))
            buttons.append((_("Abrir en el planeador"), "calendar-clock", self._plan))
            if not one.marked:
                buttons.append((_("Mover"), "calendar", self.move_session))
                buttons.append((_("Cancelar la sesión"), "calendar-x", self.cancel_session))
            buttons.append((_("Quién facilita y dónde"), "user", self.put_in_charge))
            buttons.append((_("Imprimir lista"), "printer", self._print_one))
        return [
            Button(ctx, text, icon=icon, on_click=partial(run, one), small=True)
            for text, icon, run in buttons
        ]

    # -- actions -------------------------------------------------------------------------------

    def _attendance(self, one: SessionView) -> None:
        self.ctx.navigate(
            "cohortes", cohort=one.cohort.id, tab="attendance", session=one.scheduled.id
        )

    def _plan(self, one: SessionView) -> None:
        self.ctx.navigate("planeador", session=one.scheduled.id)

    def _run(self, function: Any, said: str) -> None:
        self.ctx.jobs.run(function, lambda _made: self._after(said), owner=self)

    def _after(self, said: str) -> None:
        self.ctx.announce(said)
        self.refresh()

    def move_session(self, one: SessionView) -> None:
        """Ask for another day and hour, for this session or for all that follow too."""
        dialog = MoveDialog(self.ctx, one, parent=self)
        calendars = self.ctx.workspace.calendars

        def store() -> None:
            on, at, following = dialog.values()
            self._run(
                lambda: calendars.move(one.scheduled.id, on, at, following),
                self._("La sesión se movió al {day}.", day=self._.date_long(on)),
            )

        dialog.accepted.connect(store)
        dialog.open()

    def cancel_session(self, one: SessionView) -> None:
        """Take it out of the calendar, with a reason."""
        _ = self._
        calendars = self.ctx.workspace.calendars
        dialog = ConfirmDialog(
            self.ctx,
            _("Cancelar la sesión {number}", number=one.scheduled.number),
            _("Sale del calendario y deja de contar. Después puede reponerla en otra fecha."),
            yes=_("Cancelar la sesión"),
            on_yes=lambda reason: self._run(
                lambda: calendars.cancel(one.scheduled.id, reason), _("La sesión quedó cancelada.")
            ),
            reason_label=_("Motivo"),
            danger=True,
            parent=self,
        )
        # Two buttons that both say "cancel" would be a trap.
        dialog.cancel.set_text(_("Dejarla como está"))
        dialog.open()

    def replace_session(self, one: SessionView) -> None:
        """Ask when the cancelled session is held instead; the next free meeting is proposed."""
        calendars = self.ctx.workspace.calendars
        read_then_ask(
            self.ctx.jobs,
            lambda: calendars.proposed_date(one.scheduled.id),
            lambda found: self._replacement_dialog(one, *found),
            self,
        )

    def _replacement_dialog(self, one: SessionView, on: Any, at: Any) -> Dialog:
        dialog = ReplaceDialog(self.ctx, one, on, at, parent=self)
        calendars = self.ctx.workspace.calendars

        def store() -> None:
            day, hour = dialog.values()
            self._run(
                lambda: calendars.replace_cancelled(one.scheduled.id, day, hour),
                self._("La sesión se repone el {day}.", day=self._.date_long(day)),
            )

        dialog.accepted.connect(store)
        return dialog

    def put_in_charge(self, one: SessionView) -> None:
        """Ask who facilitates it and where."""
        dialog = InChargeDialog(self.ctx, one, parent=self)
        calendars = self.ctx.workspace.calendars

        def store() -> None:
            person, room = dialog.values()
            self._run(
                lambda: calendars.put_in_charge(one.scheduled.id, person, room),
                self._("Guardado."),
            )

        dialog.accepted.connect(store)
        dialog.open()

    def add_recovery(self) -> None:
        """Ask which session is given again, when, and for whom."""
        if self.cohort is None:
            return
        cohort_id = self.cohort.cohort.id
        attendance = self.ctx.workspace.attendance
        read_then_ask(
            self.ctx.jobs, lambda: attendance.grid(cohort_id), self._recovery_dialog, self
        )

    def _recovery_dialog(self, grid: Any) -> Dialog:
        dialog = RecoveryDialog(self.ctx, grid, parent=self)
        calendars = self.ctx.workspace.calendars

        def store() -> None:
            code, on, at, people = dialog.values()
            self._run(
                lambda: calendars.add_recovery(grid.cohort.cohort.id, code, on, at, people),
                self._("La recuperación quedó en el calendario."),
            )

        dialog.accepted.connect(store)
        return dialog

    def new_cohort(self) -> None:
        """Ask for what a new cohort needs, and show it."""
        dialog = NewCohortDialog(self.ctx, parent=self)
        dialog.made.connect(self.cohort_asked)
        open_in_turns(self.ctx.jobs, dialog)

    def print_rolls(self) -> None:
        """Ask which sessions' rolls to print, up to eight on a sheet."""
        sessions = [one for one in self._model.rows if one.status is not SessionStatus.CANCELLED]
        if not sessions:
            return
        dialog = RollsDialog(self.ctx, sessions, parent=self)
        dialog.accepted.connect(lambda: self._print(*dialog.values()))
        open_in_turns(self.ctx.jobs, dialog)

    def _print_one(self, one: SessionView) -> None:
        self._print((one.scheduled.id,), signatures=False)

    def _print(self, ids: tuple[str, ...], signatures: bool) -> None:
        printing = self.ctx.workspace.printing
        show_pdf(
            self.ctx,
            self._("Lista de asistencia"),
            lambda: printing.roll(ids, signatures),
            self._("lista-asistencia.pdf"),
        )
