"""What is measured on the screens, off screen, each job in a process of its own.

`python -m benchmarks.screen_jobs JOB ARGUMENTS` does a job and tells its figures.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks import office
from benchmarks.frame import percentile, told
from benchmarks.office_jobs import TYPED
from facilitator_kit import settings
from facilitator_kit.app import run_app
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import Settings
from facilitator_kit.store import PersonRow
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.theme import Theme, load_fonts
from facilitator_kit.ui.widgets import Column, PagedModel, RecordTable, Request


class _Painted(QObject):
    """Remembers when a widget of a visible window was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.at = time.time()
        return False


class _Heartbeat(QObject):
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


@dataclass(frozen=True, slots=True)
class _Look:
    theme: Theme
    icons: Icons
    _: Texts


def start(launched: str, workspace: str = "") -> None:
    """From the launch of the process to a painted window that has nothing left to do.

    With a workspace, it is the one of last time, so the window is its lock page.
    """
    if workspace:
        folders = UserFolders.of_user()
        folders.prepare()
        Settings(folders.config).set(settings.LAST_WORKSPACE, str(Path(workspace).absolute()))
    painted = _Painted()
    usable = 0.0

    def exec_until_usable(*_arguments: object) -> int:
        """Qt's own loop, left as soon as it is idle after a visible window was painted."""
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        qt.installEventFilter(painted)
        idle = QTimer()

        def look() -> None:
            nonlocal usable
            if painted.at and any(window.isVisible() for window in qt.topLevelWidgets()):
                usable = time.time()
                qt.exit()

        idle.timeout.connect(look)  # a timer of 0 ms fires when the queue is empty
        idle.start(0)
        return real_exec()

    real_exec = QApplication.exec
    QApplication.exec = exec_until_usable  # type: ignore[method-assign]  # to look into the loop
    run_app()
    told(seconds=usable - float(launched))


def people(folder: str, repeats: str) -> None:
    """The list of people of a large office: shown first, then searched letter by letter.

    From the call to the painted rows, reading on the worker included; the pause that the search
    field makes while a person is typing is not. `blocked` is the longest that Qt's thread was
    kept from its queue meanwhile.
    """
    qt = QApplication(sys.argv[:1])
    load_fonts()
    theme = Theme()
    theme.apply(qt)
    workspace = office.front().open(Path(folder), office.PASSPHRASE)
    jobs = Jobs()
    typed = ""
    page = workspace.people.page(limit=1)

    def count() -> int:
        """As the page of the application does: the first rows come with their number."""
        nonlocal page
        page = workspace.people.page(typed)
        return page.total

    def fetch(asked: Request) -> Sequence[PersonRow]:
        if asked.offset == 0:
            return page.rows
        return workspace.people.page(typed, offset=asked.offset, limit=asked.limit).rows

    model: PagedModel[PersonRow] = PagedModel(
        [
            Column("Nombre", lambda row: full_name(row.participant), stretch=True, key="name"),
            Column("Código", lambda row: row.participant.code, width=120, key="code"),
            Column("Cohorte", lambda row: row.cohort_name, width=200, key="cohort"),
            Column("Centro", lambda row: row.centre_name, width=260, key="centre"),
        ],
        count=count,
        fetch=fetch,
        key=lambda row: row.participant.id,
        jobs=jobs,
    )
    table = RecordTable(_Look(theme, Icons(theme), Texts()), "Participantes", model)
    table.resize(1158, 640)
    painted = _Painted()
    table.view.viewport().installEventFilter(painted)
    table.show()
    qt.processEvents()

    beat = _Heartbeat()

    def shown() -> float:
        """Milliseconds from asking until the rows that came are painted."""
        read = 0.0

        def arrived() -> None:
            nonlocal read
            read = time.time()

        model.modelReset.connect(arrived)
        started = time.time()
        model.reload()
        while not 0 < read < painted.at:
            qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if read and painted.at <= read:
                table.view.viewport().update()
        model.modelReset.disconnect(arrived)
        return (painted.at - started) * 1000

    first = shown()
    beat.longest = 0.0
    times = []
    for _round in range(int(repeats)):
        for words in TYPED:
            for length in range(1, len(words) + 1):
                typed = words[:length]
                times.append(shown())
    told(
        first=first,
        median=statistics.median(times),
        p95=percentile(times, 95),
        blocked=beat.longest * 1000,
    )
    jobs.close()
    workspace.close()


JOBS: Final[dict[str, Callable[..., None]]] = {"start": start, "people": people}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
