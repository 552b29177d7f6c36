"""Eyes on Qt's event loop: when something was painted, and how long the loop was held up."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget


class Painted(QObject):
    """Remembers when a widget was last painted (`time.time()`); an event filter."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.at = time.time()
        return False


class Heartbeat(QObject):
    """Beats every millisecond on the interface thread; `longest` is the longest wait, in s."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now = time.time()
        self.longest, self._last = max(self.longest, now - self._last), now
