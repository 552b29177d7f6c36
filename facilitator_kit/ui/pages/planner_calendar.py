"""«Calendario»: the whole course of a cohort, month by month, with the state of each session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.i18n import Texts
from facilitator_kit.ui.columns import Columns
from facilitator_kit.ui.columns import Part as Pane
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.cohorts_words import status_words
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Column,
    KeyValues,
    Label,
    LinkButton,
    Pill,
    ProgressRow,
    RecordModel,
    RecordTable,
    Scroll,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import SessionStatus, SessionView


class CourseCalendar(QWidget):
    """The sessions of one cohort. `session_asked` carries the id of the one to be planned."""

    session_asked = Signal(str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ = ctx._
        _ = ctx._
        self._firsts: frozenset[str] = frozenset()
        self._model = RecordModel[SessionView](
            (
                Column(_("Mes"), self._month, style="muted"),
                Column(_("Fecha"), lambda view: _.weekday_short(view.scheduled.on)),
                Column(_("Hora"), lambda view: _.clock_time(view.scheduled.starts_at)),
                Column(_("N.º"), lambda view: _.number(view.scheduled.number), align="right"),
                Column(_("Sesión"), lambda view: view.session.title, stretch=True),
                Column(
                    _("Estado"),
                    lambda view: _state(_, view),
                    tone=lambda view: status_words(_, view.status)[1],
                ),
            ),
            key=lambda view: view.scheduled.id,
        )
        self.table = RecordTable[SessionView](ctx, _("Calendario de la cohorte"), self._model)
        self.table.selected.connect(self._explain)
        self.table.activated.connect(lambda view: self.session_asked.emit(view.scheduled.id))
        left = Card(ctx, padding=8)
        left.add(self.table, 1)
        self._progress = ProgressRow(ctx, _("Avance del programa"), "", 0, 1)
        self._title = Label("", "card-title", wrap=True)
        self._state_pill = Pill("")
        self._facts = KeyValues(ctx)
        self._objective = Label("", wrap=True)
        plan = Button(ctx, _("Abrir la agenda"), icon="calendar-clock", on_click=self._ask)
        change = LinkButton(ctx, _("Cambiar en Cohortes"), on_click=self._go_to_cohorts)
        inside = column(
            ctx,
            self._progress,
            self._title,
            row(ctx, self._state_pill, None),
            self._facts,
            self._objective,
            row(ctx, plan, None),
            change,
            None,
        )
        right = Card(ctx)
        right.add(Scroll(holder(inside)), 1)
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (Pane("list", _("Calendario"), left), Pane("reason", _("Sesión"), right)),
            widths=(540, 300),
            main="list",
        )
        layout = column(ctx, gap=0)
        layout.addWidget(self.columns)
        self.setLayout(layout)

    def show_sessions(self, views: Sequence[SessionView], current: str) -> None:
        """Show a cohort's calendar; the session `current` is chosen unless another one is."""
        firsts: dict[tuple[int, int], str] = {}
        for view in views:
            firsts.setdefault((view.scheduled.on.year, view.scheduled.on.month), view.scheduled.id)
        self._firsts = frozenset(firsts.values())
        self._model.set_rows(views)
        held = sum(view.status is SessionStatus.HELD for view in views)
        counted = sum(view.status is not SessionStatus.CANCELLED for view in views)
        words = self._("{done} de {all} sesiones", done=held, all=counted)
        self._progress.set(words, held, max(counted, 1))
        if self.table.current() is None or not self.table.view.selectionModel().hasSelection():
            self.table.select(current)
        self._explain(self.table.current())

    def choose(self, scheduled_id: str) -> None:
        """Make one session current."""
        self.table.select(scheduled_id)

    # -- inside ----------------------------------------------------------------------------------

    def _month(self, view: SessionView) -> str:
        """The month beside its first session only."""
        if view.scheduled.id not in self._firsts:
            return ""
        return self._.date_short(view.scheduled.on).split()[-1].capitalize()

    def _explain(self, view: SessionView | None) -> None:
        if view is None:
            return
        _ = self._
        number = _.number(view.scheduled.number)
        self._title.setText(_("Sesión {number} · {title}", number=number, title=view.session.title))
        self._state_pill.set(_state(_, view), status_words(_, view.status)[1])
        at = f"{_.clock_time(view.scheduled.starts_at)}–{_.clock_time(view.ends_at)}"
        pairs = [
            (_("Fecha"), _.weekday_date(view.scheduled.on)),
            (_("Hora"), at),
            (_("Módulo"), f"{view.module.code} · {view.module.title}"),
            (_("Lugar"), view.scheduled.room),
            (_("Facilita"), view.facilitator.name if view.facilitator is not None else ""),
            (_("Motivo"), view.scheduled.cancel_reason),
        ]
        self._facts.set_pairs([(name, value) for name, value in pairs if value])
        self._objective.setText(view.session.objective)

    def _ask(self) -> None:
        view = self.table.current()
        if view is not None:
            self.session_asked.emit(view.scheduled.id)

    def _go_to_cohorts(self) -> None:
        view = self.table.current()
        if view is not None:
            self._ctx.navigate(
                "cohortes", cohort=view.cohort.id, tab="calendar", session=view.scheduled.id
            )


def _state(_: Texts, view: SessionView) -> str:
    word = status_words(_, view.status)[0]
    return _("{state} · recuperación", state=word) if view.scheduled.recovery else word
