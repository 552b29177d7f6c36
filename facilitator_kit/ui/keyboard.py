"""Gives a page the keyboard once there is something that can take it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.page import Page
from facilitator_kit.ui.reading_order import tab_stops

_WALKING: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Keyboard(QObject):
    """A page is shown before the worker has read what is on it: its first place comes later."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._page: Page | None = None
        jobs.ended.connect(self._give)

    def owe(self, page: Page) -> None:
        """Give it to the page's first place, now or as soon as that is in sight.

        Where the page has none by the time that all is read, what Tab comes to first gets it.
        Whoever goes elsewhere meanwhile, by Tab or mouse, is left there.
        """
        self._page = page
        _application().installEventFilter(self)
        self._give()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        walked = isinstance(event, QKeyEvent) and event.key() in _WALKING
        if walked or event.type() is QEvent.Type.MouseButtonPress:
            self._forget()
        return super().eventFilter(watched, event)

    def _give(self) -> None:
        if self._page is None:
            return
        place = self._place(self._page)
        if place is not None:
            place.setFocus()
        if place is not None or not self._jobs.running:
            self._forget()

    def _place(self, page: Page) -> QWidget | None:
        first = page.first_focus()
        if first is not None and first.isVisible() and first.isEnabled():
            return first
        return None if self._jobs.running else next(iter(tab_stops(page)), None)

    def _forget(self) -> None:
        self._page = None
        _application().removeEventFilter(self)


def _application() -> QCoreApplication:
    found = QCoreApplication.instance()
    assert found is not None
    return found
