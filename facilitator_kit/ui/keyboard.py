"""Gives a page or a dialog the keyboard once there is something that can take it."""

from __future__ import annotations

from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.page import Page
from facilitator_kit.ui.reading_order import tab_stops

_WALKING: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class Keyboard(QObject):
    """A page is shown before the worker has read what is on it: its first place comes later."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._page: Page | None = None
        self._watched: QWindow | None = None
        jobs.ended.connect(self._give)

    def owe(self, page: Page) -> None:
        """Give it to the page's first place, now or as soon as that is in sight.

        Where the page has none by the time that all is read, what Tab comes to first gets it.
        Whoever goes elsewhere meanwhile, by Tab or mouse, is left there.
        """
        self._page = page
        # Of the window that the system knows: only what a person does comes through it.
        self._watch(page.window().windowHandle())
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
        self._watch(None)

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)


class HeldKeys(QObject):
    """Keeps the keys that are pressed while a dialog is on its way, and hands them on to it."""

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._keys: list[QKeyEvent] = []
        parent = dialog.parentWidget()
        self._watched = parent.window().windowHandle() if parent is not None else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in _KEYS:
            self._keys.append(event.clone())
            return True
        return super().eventFilter(watched, event)

    def hand_on(self) -> None:
        """Give the dialog what was kept, in the order it came, and keep nothing any more."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        to = self._dialog.windowHandle()
        for key in self._keys:
            if to is not None:
                QCoreApplication.postEvent(to, key)
        self._keys.clear()
