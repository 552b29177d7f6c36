"""Loads the main window's modules while a passphrase is being typed, a few at each idle moment.

Widgets belong to the main thread, so their modules are loaded there, in pieces that no typing is
held up by. Whoever is quicker than this loads what is left when the main window is made.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

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


class Ahead(QObject):
    """Loads one part of the screens whenever there is nothing else to do, from `start` on.

    `done` comes when all of them are there.
    """

    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left = list(reversed(PARTS))
        """What is not loaded yet, the next one last."""
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._load_one)

    def start(self) -> None:
        """Begin loading."""
        if self.left:
            self._idle.start(0)

    def finish(self) -> None:
        """Load at once what is left."""
        while self.left:
            self._load_one()

    def _load_one(self) -> None:
        import_module(f".{self.left.pop()}", "facilitator_kit.ui")
        if not self.left:
            self._idle.stop()
            self.done.emit()
