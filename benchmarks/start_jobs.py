"""What is measured of the application's first minute, off screen, each job in a process of its own.

`python -m benchmarks.start_jobs JOB ARGUMENTS` does a job and tells its figures. It loads the
application and nothing else before the end of what is measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.telling import told
from benchmarks.watching import Heartbeat, Painted
from facilitator_kit import settings
from facilitator_kit.app import App, make_qt
from facilitator_kit.clock import SystemClock
from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import Settings

_CALM: Final = 0.25
"""Seconds without painting after which a window is whole."""


def start(launched: str, workspace: str = "") -> None:
    """From the launch of the process to a painted window that has nothing left to do.

    With a workspace, it is the one of last time, so the window is its lock page.
    """
    qt, app = _application(workspace)
    painted = Painted()
    qt.installEventFilter(painted)
    usable = 0.0
    front = app.begin()

    def look() -> None:
        nonlocal usable
        if painted.at and front.isVisible():
            usable = time.time()
            qt.exit()

    idle = QTimer()
    idle.timeout.connect(look)  # a timer of 0 ms fires when the queue is empty
    idle.start(0)
    qt.exec()
    told(seconds=usable - float(launched))
    app.shut()


def unlock(workspace: str, passphrase: str) -> None:
    """From the Enter after a passphrase to the main window whole, its first page read and painted.

    Nobody types a passphrase faster than the program loads what it still needs, so that is waited
    for. `blocked` is the longest that Qt's thread was kept from its queue after the Enter.
    """
    from PySide6.QtTest import QTest  # Only here, and not part of what a start waits for.

    qt, app = _application(workspace)
    painted, beat = Painted(), Heartbeat()
    # From the start on: the filter meets each kind of widget for the first time then, not after.
    qt.installEventFilter(painted)
    front = app.begin()
    entered = busy = 0.0

    def enter() -> None:
        nonlocal entered
        if entered or app.jobs.running or app.ahead.left or front.unlock is None:
            return
        editor = front.unlock.passphrase.editor
        QTest.keyClicks(editor, passphrase)
        beat.longest = 0.0
        entered = time.time()
        QTest.keyClick(editor, Qt.Key.Key_Return)

    def look() -> None:
        nonlocal busy
        if not entered:
            enter()
        elif app.window is None or app.jobs.running:
            busy = time.time()
        elif time.time() - max(painted.at, busy) > _CALM:
            # What the last job brought is painted, too.
            qt.exit()

    looking = QTimer()
    looking.timeout.connect(look)
    looking.start(5)
    qt.exec()
    told(seconds=painted.at - entered, blocked=beat.longest)
    app.shut()


def _application(workspace: str) -> tuple[QApplication, App]:
    """The application of a user whose last workspace this is; of a new user, without one."""
    folders = UserFolders.of_user()
    folders.prepare()
    kept = Settings(folders.config)
    if workspace:
        kept.set(settings.LAST_WORKSPACE, str(Path(workspace).absolute()))
    qt = make_qt(kept.get(settings.LANGUAGE))
    return qt, App(qt, kept, folders, SystemClock())


JOBS: Final[dict[str, Callable[..., None]]] = {"start": start, "unlock": unlock}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
