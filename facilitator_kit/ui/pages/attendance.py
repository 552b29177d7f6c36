"""The attendance tab: the roll typed from the keyboard, stored mark by mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import Enrolment, Mark
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.attendance_dialogs import MinutesPopup, WalkInDialog
from facilitator_kit.ui.pages.attendance_marks import Cell, MarkQueue
from facilitator_kit.ui.pages.attendance_model import GridModel
from facilitator_kit.ui.pages.attendance_view import AttendanceView
from facilitator_kit.ui.pages.cohorts_tab import CohortTab
from facilitator_kit.ui.pages.cohorts_words import mark_keys, people_count
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    EmptyState,
    FlowLayout,
    IconButton,
    Label,
    Pill,
    holder,
    row,
)
from facilitator_kit.workspace.views import AttendanceGrid, SessionStatus

PAUSE_MS = 250
"""After this pause in typing the grid is read again: shares and warnings follow."""

LEGEND_FROM = 340
"""Design pixels of height from which there is room for the legend of the keys."""


class AttendanceTab(CohortTab):
    """One row a woman in the order of the printed roll, one column a session."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._queue = MarkQueue(ctx.workspace.attendance, ctx.jobs, self)
        self._model = GridModel(ctx._, self._queue)
        self.view = AttendanceView(ctx, self._model)
        self._wanted_session = ""
        self._reading = False
        self._stale = False
        self._typing = QElapsedTimer()
        self._typed_in = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self._build()
        self._queue.refused.connect(self._on_refused)
        self._queue.changed.connect(lambda _cells: self._show_state())
        self._queue.settled.connect(self._on_settled)
        self.view.marked.connect(self._on_marked)
        self.view.cleared.connect(self._on_cleared)
        self.view.digit.connect(self._on_digit)
        self.view.all_asked.connect(lambda _session: self.mark_all())
        self.view.session_chosen.connect(lambda _session: self._on_session())
        self.view.window_changed.connect(self._show_state)

    def _build(self) -> None:
        ctx, _ = self.ctx, self._
        self.session_label = Label("", "card-title", elide=True)
        self._range = Label("", "muted", elide=True)
        self._earlier = IconButton(
            ctx, "chevron-left", _("Sesiones anteriores"), on_click=lambda: self.view.turn_page(-1)
        )
        self._later = IconButton(
            ctx, "chevron-right", _("Sesiones siguientes"), on_click=lambda: self.view.turn_page(1)
        )
        self.all_button = Button(
            ctx, _("Todas presentes"), icon="check", on_click=self.mark_all, tip=_("Tecla T")
        )
        head = row(
            ctx,
            self.session_label,
            self._range,
            self._earlier,
            self._later,
            self.all_button,
            gap=8,
        )
        # The range has its room as long as there is any; the session's name takes what it leaves.
        self._range.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        head.setStretch(0, 1)
        keys = FlowLayout(ctx, gap=8)
        for one in mark_keys(_):
            keys.addWidget(Pill(one.legend, one.tone))
        keys.addWidget(Pill(_("T todas presentes"), "neutral"))
        self._how = _("una tecla por persona, y pasa a la siguiente · el orden de la lista impresa")
        self.pace = Label(self._how, "muted", wrap=True)
        foot = row(ctx, holder(keys), self.pace, gap=12)
        foot.setStretch(0, 5)
        foot.setStretch(1, 4)
        card = Card(ctx, padding=12)
        card.add(head)
        card.add(self.view, 1)
        self._foot = holder(foot)
        card.add(self._foot)
        self.view.setToolTip(" · ".join(one.legend for one in mark_keys(_)))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(card)
        self._nobody = EmptyState(
            ctx,
            "users",
            _("Esta cohorte todavía no tiene a nadie"),
            _("Agregue participantes o importe su lista; la asistencia aparece sola."),
            action=Button(
                ctx,
                _("Agregar participantes"),
                icon="user-plus",
                on_click=lambda: ctx.navigate("cohortes", tab="people"),
            ),
        )
        no_sessions = EmptyState(
            ctx,
            "calendar-days",
            _("Esta cohorte no tiene sesiones en su calendario"),
            _("La asistencia se toma por sesión."),
        )
        for empty in (self._nobody, no_sessions):
            framed = Card(ctx)
            framed.add(empty, 1)
            self._stack.addWidget(framed)

    # -- the page's questions ------------------------------------------------------------------

    def title(self) -> str:
        return self._("Asistencia")

    def cohort_changed(self) -> None:
        self._queue.clear()
        self._typed_in = -1
        self.pace.setText(self._how)

    def open(self, params: Mapping[str, Any]) -> None:
        session = params.get("session")
        if session:
            self._wanted_session = str(session)

    def refresh(self) -> None:
        """Read the grid again, at once where another cohort was asked for, else after a pause."""
        known = self._model.grid
        if known is None or self.cohort is None or known.cohort.cohort.id != self.cohort.cohort.id:
            self._pause.stop()
            self._read()
        else:
            if self._wanted_session:
                self._choose_session()
            self._pause.start()

    def primary_action(self) -> PageAction | None:
        usable = bool(self._model.rows) and self.view.session >= 0
        return PageAction(
            self._("Imprimir lista"),
            self.print_roll,
            icon="printer",
            enabled=usable,
            tip="" if usable else self._("No hay ninguna sesión que imprimir."),
            prints=True,
        )

    def first_focus(self) -> QWidget | None:
        return self.view

    def secondary_actions(self) -> Sequence[PageAction]:
        return (
            PageAction(
                self._("Llegó sin registro"),
                self.walk_in,
                icon="user-plus",
                enabled=self._session_is_open(),
                tip=self._("Se abre el día de la sesión."),
                shortcut="Ctrl+N",
            ),
        )

    def _session_is_open(self) -> bool:
        """Whether the chosen session's day has come."""
        columns, session = self._model.columns, self.view.session
        if not 0 <= session < len(columns):
            return False
        return columns[session].scheduled.on <= self.ctx.clock.today()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        # Where there is little room the people come first; the keys are in the grid's tip.
        self._foot.setVisible(self.height() >= self.ctx.theme.px(LEGEND_FROM))

    def hideEvent(self, event: QHideEvent, /) -> None:
        self._stale = self._stale or self._pause.isActive()
        self._pause.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        if self._stale:
            self._pause.start()

    # -- reading -------------------------------------------------------------------------------

    def _read(self) -> None:
        if self.cohort is None:
            return
        if self._reading or self._queue.busy:
            self._stale = True
            return
        self._reading, self._stale = True, False
        cohort_id, turn = self.cohort.cohort.id, self._queue.turn
        attendance = self.ctx.workspace.attendance
        job = self.ctx.jobs.run(
            lambda: attendance.grid(cohort_id), lambda grid: self._show(grid, turn), owner=self
        )
        job.ended.connect(self._on_read)

    def _on_read(self) -> None:
        self._reading = False
        if self._stale and self.isVisible():
            self._pause.start()

    def _on_settled(self) -> None:
        if self._stale and self.isVisible():
            self._pause.start()

    def _show(self, grid: AttendanceGrid, turn: int) -> None:
        if self.cohort is None or grid.cohort.cohort.id != self.cohort.cohort.id:
            self._stale = True
            return
        old = self._model.grid
        other = old is None or old.cohort.cohort.id != grid.cohort.cohort.id
        keep = self._kept_session() if not other else ""
        self._model.set_grid(grid)
        self._queue.forget(turn)
        self._stack.setCurrentIndex(0 if grid.rows and grid.columns else 1 if grid.columns else 2)
        if other:
            # Fits the sessions anew; the chosen one comes into view afterwards.
            self._model.set_window(0, 0, with_code=True)
        self.view.fit()
        if self._wanted_session or other:
            self._choose_session()
        elif keep:
            self._go_to(keep)
        self._show_state()
        self.actions_changed.emit()

    def _kept_session(self) -> str:
        columns, session = self._model.columns, self.view.session
        return columns[session].scheduled.id if 0 <= session < len(columns) else ""

    def _go_to(self, scheduled_id: str) -> bool:
        for place, column in enumerate(self._model.columns):
            if column.scheduled.id == scheduled_id:
                self.view.choose(place)
                return True
        return False

    def _choose_session(self) -> None:
        """The session asked for, or the latest whose roll is not whole, or the last one held."""
        wanted, self._wanted_session = self._wanted_session, ""
        if not (wanted and self._go_to(wanted)):
            today = self.ctx.clock.today()
            past = [i for i, c in enumerate(self._model.columns) if c.scheduled.on <= today]
            still = [i for i in past if self._model.status(i) is not SessionStatus.HELD]
            self.view.choose((still or past or [0])[-1])
        self.view.choose_first_open()

    # -- typing --------------------------------------------------------------------------------

    def _on_marked(self, row: int, session: int, mark: Mark, minutes: int | None = None) -> None:
        if not self._may_type(row, session):
            return
        cell = self._model.cell(row, session)
        if self._queue.waiting(cell) is None and self._asks_reason(
            cell, row, session, mark, minutes
        ):
            self._ask_reason(row, lambda reason: self._put(cell, session, mark, minutes, reason))
            return
        self._put(cell, session, mark, minutes)

    def _put(
        self, cell: Cell, session: int, mark: Mark, minutes: int | None, reason: str = ""
    ) -> None:
        self._start_pace(session)
        self._queue.put(cell, mark, minutes, reason)
        more = self.view.advance()
        self._tell_pace(session, at_end=not more)

    def _on_cleared(self, row: int, session: int) -> None:
        if not self._may_type(row, session) or self._model.mark_of(row, session) is None:
            return
        cell = self._model.cell(row, session)
        if self._queue.waiting(cell) is None and self._asks_reason(cell, row, session, None, None):
            self._ask_reason(row, lambda reason: self._queue.take_away(cell, reason))
            return
        self._queue.take_away(cell)

    def _on_digit(self, row: int, session: int, digit: str) -> None:
        if not self._may_type(row, session):
            return
        popup = MinutesPopup(
            self.ctx,
            digit,
            self._model.columns[session].scheduled.minutes,
            roll_name(self._model.rows[row].participant),
            self.view,
        )
        popup.typed.connect(lambda minutes: self._on_marked(row, session, Mark.LATE, minutes))
        popup.open_at(self.view.cell_rect())

    def mark_all(self) -> None:
        """Mark present everybody who has no mark yet in the chosen session."""
        session = self.view.session
        if session < 0 or not self._may_type(None, session):
            return
        cells = self._model.unmarked(session)
        if cells:
            self._start_pace(session)
            self._queue.all_present(self._model.columns[session].scheduled.id, cells)
            self._tell_pace(session, at_end=True)
        self.view.setFocus()

    def _may_type(self, row: int | None, session: int) -> bool:
        """Whether a mark can stand here; tells why not without a dialog to dismiss."""
        if self._model.columns[session].scheduled.on > self.ctx.clock.today():
            self.ctx.announce(self._("Esa sesión todavía no se imparte: la lista se abre ese día."))
            return False
        if row is not None and not self._model.expected(row, session):
            self.ctx.announce(self._("No estaba inscrita el día de esa sesión."))
            return False
        return True

    def _asks_reason(
        self, cell: Cell, row: int, session: int, mark: Mark | None, minutes: int | None
    ) -> bool:
        if self._queue.stored(cell) is not None or self._model.rows[row].marks[session] is None:
            return False
        try:
            return self.ctx.workspace.attendance.needs_reason(*cell, mark, minutes)
        except KitError:
            return False  # storing it will say what is wrong

    def _ask_reason(self, row: int, agreed: Any) -> None:
        _ = self._
        dialog = ConfirmDialog(
            self.ctx,
            _("Corregir una lista de otro día"),
            _(
                "La marca de {name} ya estaba guardada. El motivo queda con ella.",
                name=roll_name(self._model.rows[row].participant),
            ),
            yes=_("Corregir"),
            on_yes=agreed,
            reason_label=_("Motivo de la corrección"),
            parent=self,
        )
        dialog.finished.connect(lambda _code: self.view.setFocus())
        dialog.open()

    def _on_refused(self, error: KitError) -> None:
        self.ctx.show_error(error)

    # -- words around the grid -------------------------------------------------------------------

    def _on_session(self) -> None:
        self._typed_in = -1
        self.pace.setText(self._how)
        self._show_state()
        self.actions_changed.emit()

    def _show_state(self) -> None:
        model, _ = self._model, self._
        session = self.view.session
        if not 0 <= session < len(model.columns):
            self.session_label.setText("")
            self.all_button.setEnabled(False)
            return
        self.session_label.setText(model.session_words(session))
        self.all_button.setEnabled(self._session_is_open() and bool(model.unmarked(session)))
        if model.unmarked(session):
            # Undone or cleared: it is not complete any more.
            self.pace.setText(self._how)
        total, last = len(model.columns), min(model.first + model.count, len(model.columns))
        self._range.setText(
            _("Sesiones {first} a {last} de {total}", first=model.first + 1, last=last, total=total)
        )
        self._earlier.setEnabled(model.first > 0)
        self._later.setEnabled(last < total)

    def _start_pace(self, session: int) -> None:
        if self._typed_in != session:
            self._typed_in = session
            self._typing.start()

    def _tell_pace(self, session: int, *, at_end: bool) -> None:
        if not at_end or self._model.unmarked(session):
            return
        people = sum(
            self._model.mark_of(place, session) is not None
            for place in range(len(self._model.rows))
        )
        words = self._(
            "{seconds} s para {people}",
            seconds=self._.number(max(1, round(self._typing.elapsed() / 1000))),
            people=people_count(self._, people),
        )
        self.pace.setText(self._("Lista completa · {pace}", pace=words))

    # -- actions -------------------------------------------------------------------------------

    def print_roll(self) -> None:
        """Show the roll of the chosen session, ready to print."""
        session = self.view.session
        if session < 0:
            return
        scheduled = self._model.columns[session].scheduled
        printing = self.ctx.workspace.printing
        show_pdf(
            self.ctx,
            self._("Lista de asistencia, sesión {number}", number=scheduled.number),
            lambda: printing.roll((scheduled.id,)),
            self._("lista-asistencia-{number}.pdf", number=f"{scheduled.number:02d}"),
        )

    def walk_in(self) -> None:
        """Ask for the least data of somebody who came without being enrolled."""
        session = self.view.session
        if session < 0 or self.cohort is None:
            return
        scheduled = self._model.columns[session].scheduled
        dialog = WalkInDialog(self.ctx, self._model.session_words(session), parent=self)
        attendance = self.ctx.workspace.attendance

        def store() -> None:
            person = dialog.participant()
            self.ctx.jobs.run(
                lambda: attendance.walk_in(scheduled.id, person), self._on_walk_in, owner=self
            )

        dialog.accepted.connect(store)
        dialog.finished.connect(lambda _code: self.view.setFocus())
        dialog.open()

    def _on_walk_in(self, enrolment: Enrolment) -> None:
        del enrolment
        self.ctx.announce(self._("Quedó inscrita y presente en esta sesión."))
        self._read()
