"""Loads the main window's modules while a passphrase is being typed, a few at each idle moment.

Widgets belong to the main thread, so their modules are loaded there, in pieces that no typing is
held up by. Whoever is quicker than this loads what is left when the main window is made.

Qt's own classes come last. PySide makes a class when it is first asked for, and many at once when
Qt hands it something of unknown kind: that would hold up the first page that shows a list.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal

PARTS: Final = (
    "widgets.choices",
    "widgets.typed_fields",
    "widgets.tables",
    "window",
    "front.lock",
    "idle",
    "pdf_view",
    "prose",
    "pages.today_page",
    "pages.backups_page",
    "pages.cohorts_calendar",
    "pages.cohorts_page",
    "pages.curriculum_page",
    "pages.graduation",
    "pages.planner_page",
    "pages.catalogue",
    "pages.commands",
    ".practising",
)
"""Within `ui` (with a dot, beside it); in this order, so that each brings few others with it."""

_CLASSES: Final = tuple((qt, name) for qt in (QtCore, QtGui, QtWidgets) for name in dir(qt))
_AT_ONCE: Final = 12
"""Classes, so that it takes a millisecond or two."""


class Ahead(QObject):
    """Loads one part of the screens whenever there is nothing else to do, from `start` on.

    `done` comes when all of them are there.
    """

    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left = list(reversed(PARTS))
        """What is not loaded yet, the next one last."""
        self._classes = list(_CLASSES)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._load_some)

    def start(self) -> None:
        """Begin loading."""
        self._idle.start(0)

    @property
    def through(self) -> bool:
        """Whether everything is there, Qt's classes too."""
        return not self.left and not self._classes

    def finish(self) -> None:
        """Load at once what is left of the screens."""
        while self.left:
            self._load_one()

    def _load_some(self) -> None:
        if self.left:
            self._load_one()
            return
        for qt, name in self._classes[-_AT_ONCE:]:
            getattr(qt, name)
        del self._classes[-_AT_ONCE:]
        if not self._classes:
            self._idle.stop()

    def _load_one(self) -> None:
        import_module(f".{self.left.pop()}", "facilitator_kit.ui")
        if not self.left:
            self.done.emit()
