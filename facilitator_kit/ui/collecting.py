"""Collects Python's garbage on the main thread alone.

Python looks for unreachable cycles on whichever thread happens to ask for memory. A cycle that
holds a widget and is found on the worker would take that widget apart on the wrong thread, which
ends the program. So the automatic search is turned off, and a timer searches instead.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 1000


class MainThreadCollector(QObject):
    """Takes the search over from Python until `stop`; to be made on the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def collect_if_due(self) -> None:
        """Search as deep as Python itself would by now."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave the search to Python again."""
        self._timer.stop()
        gc.enable()
