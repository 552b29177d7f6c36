"""Somebody at the computer, who drives the whole application."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from facilitator_kit.app import App
from facilitator_kit.clock import Clock, FixedClock
from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import Settings
from facilitator_kit.ui.front.front_window import KIT_FOLDER, SAMPLE_FOLDER
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace.demo import REFERENCE_DATE

MORNING = datetime.combine(REFERENCE_DATE, time(8))


class Person:
    """Somebody at the computer: starts the program, waits for what is shown."""

    def __init__(self, qt: QApplication, qtbot: QtBot, folders: UserFolders) -> None:
        self.qtbot = qtbot
        self.folders = folders
        self.clock: Clock = FixedClock(MORNING)
        self._qt = qt
        self.apps: list[App] = []

    @property
    def sample_folder(self) -> Path:
        """Where the program keeps the sample it makes."""
        return self.folders.documents / KIT_FOLDER / SAMPLE_FOLDER

    def start(self) -> App:
        """Start the program, as after a double click."""
        self.folders.prepare()
        app = App(self._qt, Settings(self.folders.config), self.folders, self.clock)
        self.apps.append(app)
        app.begin()
        return app

    def opened(self, app: App, timeout: int = 60_000) -> MainWindow:
        """The main window, once it is there and quiet."""
        self.qtbot.waitUntil(lambda: app.window is not None, timeout=timeout)
        window = app.window
        assert window is not None
        self.settle(app)
        return window

    def settle(self, app: App) -> None:
        """Wait until no work is going on."""
        self.qtbot.waitUntil(lambda: not app.jobs.running, timeout=20_000)

    def close(self, app: App) -> None:
        """Close the main window and wait until the program has ended."""
        window = app.window
        assert window is not None
        with self.qtbot.waitSignal(app.ended, timeout=20_000):
            window.close()

    def dialog(self) -> QDialog:
        """The dialog in front, once one is open."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found
