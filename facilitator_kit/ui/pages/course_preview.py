"""What a course's calendar will be, said in a line while its days are being chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.widgets import Well
from facilitator_kit.workspace.courses import CoursePreview

_SOON_MS = 150
_NAMED_DAYS = 4


class CoursePreviewNote(Well):
    """`look_ahead` gives what works the calendar out, or None while no day is chosen."""

    def __init__(
        self, ctx: UiContext, look_ahead: Callable[[], Callable[[], CoursePreview] | None]
    ) -> None:
        super().__init__(ctx, "", "note", icon="calendar-days")
        self.setMinimumHeight(ctx.theme.px(60))
        self._ctx = ctx
        self._look_ahead = look_ahead
        self._turn = 0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SOON_MS)
        self._wait.timeout.connect(self.ask)

    def ask_soon(self) -> None:
        """Ask once the person has stopped changing things for a moment."""
        self._wait.start()

    def ask(self) -> None:
        """Work the calendar out again, and say it."""
        _ = self._ctx._
        work_out = self._look_ahead()
        if work_out is None:
            self.label.setText(_("Elija al menos un día de la semana y su hora."))
            return
        self.label.setText(_("Calculando el calendario…"))
        self._turn += 1
        turn = self._turn
        self._ctx.jobs.run(
            work_out,
            lambda found: self._show(turn, found),
            lambda error: self.label.setText(error.text(_)),
            owner=self,
        )

    def _show(self, turn: int, found: CoursePreview) -> None:
        if turn != self._turn:
            return
        _ = self._ctx._
        words = _(
            "{sessions}, {hours}: del {first} al {last}.",
            sessions=_.plural("{count} sesión", "{count} sesiones", found.sessions),
            hours=_.hours(found.minutes),
            first=_.date_long(found.first),
            last=_.date_long(found.last),
        )
        if found.skipped:
            named = found.skipped[:_NAMED_DAYS]
            days = ", ".join(f"{_.date_short(day)} ({name})" for day, name in named)
            more = len(found.skipped) - len(named)
            if more > 0:
                days = _("{days} y {count} más", days=days, count=more)
            words = _("{words} Sin sesión: {days}.", words=words, days=days)
        self.label.setText(words)
