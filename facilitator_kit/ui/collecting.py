"""Collects Python's garbage on the main thread alone, and in pieces that nobody notices.

Python looks for unreachable cycles on whichever thread happens to ask for memory. A cycle that
holds a widget and is found on the worker would take that widget apart on the wrong thread, which
ends the program. So the automatic search is turned off, and a timer searches instead: often, so
that each search has little to look at, and never through what was loaded at the start and stays.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 200
_WHOLE: Final = 300
"""Beats between two searches of everything: a minute."""


class MainThreadCollector(QObject):
    """Takes the search over from Python until `stop`; to be made on the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        """Search as deep as Python itself would by now, through everything once a minute at most.

        Python searches everything only once there is a quarter more than last time.
        """
        self._beats += 1
        for generation in (2, 1, 0):
            if generation == 2 and self._beats < _WHOLE:
                continue
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                self._beats = 0 if generation == 2 else self._beats
                return

    def set_aside(self) -> None:
        """Leave what is there now out of every later search: modules and classes, which stay.

        A search through them holds the interface up for longer than a person notices.
        """
        gc.freeze()

    def stop(self) -> None:
        """Leave the search to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
