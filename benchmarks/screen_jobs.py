"""What is measured on the application's screens, off screen, each job in a process of its own.

`python -m benchmarks.screen_jobs JOB ARGUMENTS` does a job and tells its figures.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from benchmarks import office
from benchmarks.frame import percentile
from benchmarks.office_jobs import TYPED
from benchmarks.telling import told
from benchmarks.watching import Heartbeat, Painted
from facilitator_kit.app import App, make_qt
from facilitator_kit.clock import SystemClock
from facilitator_kit.i18n import Texts
from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import Settings
from facilitator_kit.ui.collecting import somebody_is_here
from facilitator_kit.ui.pages.catalogue import page_specs
from facilitator_kit.ui.pages.cohorts_new import NewCohortDialog
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.graduation import GraduationPage
from facilitator_kit.ui.pages.people import ALL, PeopleTab
from facilitator_kit.ui.pages.reports import ReportsPage
from facilitator_kit.ui.widgets import EmptyState
from facilitator_kit.ui.window import MainWindow

_CALM_MS: Final = 300
"""In which a page that nobody touches comes to rest."""


class _Everybody:
    """The list of all people on its page in the main window, and a person who types."""

    def __init__(self, qt: QApplication, app: App) -> None:
        self._qt = qt
        self._app = app
        window = app.window
        assert window is not None
        window.resize(1366, 768)
        window.show_page("cohortes", {"tab": "people"})
        self.rest()
        page = window.page
        assert isinstance(page, CohortsPage)
        tab = page.tab
        assert isinstance(tab, PeopleTab)
        self._tab = tab
        self._list = tab.everybody
        self._read = 0.0
        self._painted = Painted()
        self._list.model.modelReset.connect(self._arrived)
        self._list.view.viewport().installEventFilter(self._painted)
        (self._nobody,) = self._list.findChildren(EmptyState)
        self._nobody.installEventFilter(self._painted)

    def _arrived(self) -> None:
        self._read = time.time()

    def shown(self, act: Callable[[], None]) -> float:
        """Milliseconds from an act to what it asked for, painted: rows, or that there are none."""
        self._read = 0.0
        nobody = self._nobody.isVisible()
        started = time.time()
        act()
        while not 0 < self._read < self._painted.at:
            # What is waited for arrives through Qt's queue, and no other loop is turning.
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self._read and nobody and self._nobody.isVisible():
                return (self._read - started) * 1000  # it says so already: nothing is painted
        return (self._painted.at - started) * 1000

    def everybody(self) -> None:
        """Choose the list of all people."""
        *_here, everyone = self._tab.scope.findChildren(QPushButton)
        everyone.click()
        assert self._tab.scope.value() == ALL

    def letter(self, letter: str) -> None:
        """One key, as it comes from the keyboard."""
        QTest.keyClicks(self._tab.search.edit, letter)

    def nothing(self) -> None:
        """Empty the field, and let the whole list come back."""
        QTest.keyClick(self._tab.search.edit, Qt.Key.Key_Escape)

    def rest(self) -> None:
        """Let everything that was begun come to its end."""
        QTest.qWait(_CALM_MS)
        while self._app.jobs.running:
            QTest.qWait(_CALM_MS)


def people(folder: str, repeats: str) -> None:
    """The list of people of a large office: shown first, then searched letter by letter.

    From the key to the painted rows: field, search on the worker, list, count. `blocked` is the
    longest that Qt's thread was kept from its queue meanwhile.
    """
    folders = UserFolders.of_user()
    folders.prepare()
    qt = make_qt("es")
    app = App(qt, Settings(folders.config, apart=True), folders, SystemClock())
    app.open(office.front().open(Path(folder), office.PASSPHRASE))
    everybody = _Everybody(qt, app)
    first = everybody.shown(everybody.everybody)
    everybody.rest()
    beat = Heartbeat()
    times = []
    for _round in range(int(repeats)):
        for words in TYPED:
            for letter in words:
                times.append(everybody.shown(partial(everybody.letter, letter)))
            everybody.nothing()
            everybody.rest()
    told(
        first=first,
        median=statistics.median(times),
        p95=percentile(times, 95),
        longest=max(times),
        blocked=beat.longest * 1000,
    )
    app.shut()


def pages(folder: str) -> None:
    """Every page of a large office, chosen in the rail one after another, each until it is filled;
    then what is done there with everybody at once.

    Told by the page's title, or by what is done: how long Qt's thread was kept from its queue at
    most, in milliseconds.
    """
    folders = UserFolders.of_user()
    folders.prepare()
    qt = make_qt("es")
    app = App(qt, Settings(folders.config, apart=True), folders, SystemClock())
    app.begin()
    _come_to_rest(app)  # as it does while a passphrase is typed
    app.open(office.front().open(Path(folder), office.PASSPHRASE))
    _come_to_rest(app)
    window = app.window
    assert window is not None
    window.resize(1366, 768)
    window.activateWindow()
    _come_to_rest(app)
    # While nobody looks the program does what would keep a person waiting.
    assert somebody_is_here()
    beat = Heartbeat()
    held: dict[str, float] = {}

    def watch(name: str, act: Callable[[], object]) -> None:
        beat.longest = 0.0
        # From the loop, as a key or a click comes.
        QTimer.singleShot(0, act)
        _come_to_rest(app)
        held[name] = max(held.get(name, 0.0), beat.longest * 1000)

    for page in page_specs(Texts()):
        if not page.hidden:
            watch(page.title, partial(window.go_to, page.key))
    for name, act in _with_everybody(window):
        watch(name, act)
    told(**held)
    app.shut()


def _with_everybody(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done with all people or cohorts at once; each is asked for once the last is done."""
    yield "ordered", partial(window.go_to, "graduacion")
    graduation = window.page
    assert isinstance(graduation, GraduationPage)
    table = graduation.table
    for place, column in enumerate(graduation.model.columns):
        if column.sortable:
            yield "ordered", partial(table.order_by, place)
            yield "ordered", partial(table.order_by, place, descending=True)
    yield "ordered", partial(table.order_by, None)
    key_a = partial(QTest.keyClick, table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    yield "all selected", key_a
    yield "read again", window.refresh_all
    yield "by cohort", partial(window.go_to, "informes")
    reports = window.page
    assert isinstance(reports, ReportsPage)
    (_centres, by_cohort) = reports.by.findChildren(QPushButton)
    yield "by cohort", by_cohort.click
    yield "new cohort", partial(window.go_to, "cohortes")
    cohorts = window.page
    assert isinstance(cohorts, CohortsPage)
    yield "new cohort", cohorts.new_cohort
    opened = QApplication.activeModalWidget()
    assert isinstance(opened, NewCohortDialog)
    yield "new cohort", opened.reject


def _come_to_rest(app: App) -> None:
    # In a loop of Qt's own: QTest.qWait would keep Python from the worker.
    loop = QEventLoop()
    while True:
        QTimer.singleShot(_CALM_MS, loop.quit)
        loop.exec()
        if not app.ahead.left and not app.jobs.running:
            return


JOBS: Final[dict[str, Callable[..., None]]] = {"people": people, "pages": pages}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
