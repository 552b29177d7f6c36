"""Collects Python's garbage on the main thread alone, and in pieces that nobody notices.

Python looks for unreachable cycles on whichever thread happens to ask for memory. A cycle that
holds a widget and is found on the worker would take that widget apart on the wrong thread, which
ends the program. So the automatic search is turned off, and a timer searches instead: often, so
that each search has little to look at, and never through what was loaded at the start and stays.

What comes in bulk (all women of an office, read at once) would take longer to search than a person
should wait. It is set aside, and searched once the person has turned to another program.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_EVERY_MS: Final = 200
_WHOLE: Final = 300
"""Beats between two searches of everything: a minute."""
_AWAY: Final = 10
"""Beats after which somebody has turned to another program: two seconds."""
MOST: Final = 30_000
"""Things searched at once, at most: 3 to 20 ms."""


class MainThreadCollector(QObject):
    """Takes the search over from Python until `stop`; to be made on the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._beats = 0
        self._away = 0
        self._grown = [0, 0, 0]
        """At most so many things are in each of Python's generations."""
        self._owed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        """Search as deep as Python itself would by now, through everything once a minute at most.

        Python searches everything only once there is a quarter more than last time.
        """
        self._beats += 1
        self._away = 0 if somebody_is_here() else self._away + 1
        if self._owed and self._away >= _AWAY:
            self._search_all()
            return
        self._grown[0] = gc.get_count()[0]
        for generation in (2, 1, 0):
            if generation == 2 and self._beats < _WHOLE:
                continue
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                self._search(generation)
                return

    def set_aside(self) -> None:
        """Leave what is there now out of every later search: modules and classes, which stay.

        A search through them holds the interface up for longer than a person notices.
        """
        gc.freeze()
        self._grown = [0, 0, 0]

    def stop(self) -> None:
        """Leave the search to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _search(self, generation: int) -> None:
        """Search a generation and those younger; set all aside where that is too much."""
        looked_at = sum(self._grown[: generation + 1])
        if looked_at > MOST:
            self.set_aside()
            self._owed = True
            return
        gc.collect(generation)
        self._grown[: generation + 1] = [0] * (generation + 1)
        if generation < 2:
            self._grown[generation + 1] += looked_at
        else:
            self._grown[2] = len(gc.get_objects(generation=2))
            self._beats = 0

    def _search_all(self) -> None:
        """Search what was set aside, too: nobody is there to wait for it."""
        gc.unfreeze()
        gc.collect()
        self.set_aside()
        self._owed = False


def somebody_is_here() -> bool:
    """Whether the person looks at this program, not at another one."""
    return QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
