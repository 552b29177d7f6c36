"""The page Currículo on the whole programme, off screen, in a process of its own.

`python -m benchmarks.reader_job FOLDER REPEATS` opens an office and tells its figures. A letter
counts from when the search field lets it through until what was found is painted.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks import office
from benchmarks.curriculum import TYPED
from benchmarks.frame import percentile
from benchmarks.telling import told
from facilitator_kit.clock import SystemClock
from facilitator_kit.i18n import Texts
from facilitator_kit.settings import Settings
from facilitator_kit.ui.collecting import MainThreadCollector
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage
from facilitator_kit.ui.theme import Theme, load_fonts


def reader(folder: Path, repeats: int) -> None:
    """Every session opened, and words typed letter by letter."""
    qt = QApplication(sys.argv[:1])
    load_fonts()
    theme = Theme()
    theme.apply(qt)
    workspace = office.front().open(folder, office.PASSPHRASE)
    jobs = Jobs()
    ctx = UiContext(
        workspace=workspace,
        texts=Texts(),
        theme=theme,
        icons=Icons(theme),
        jobs=jobs,
        settings=Settings(None),
        clock=SystemClock(),
    )
    collector = MainThreadCollector(qt)  # as in the application
    page = CurriculumPage(ctx)
    page.resize(1158, 704)
    page.show()
    page.refresh()
    page.filters.index_needed.emit()
    while workspace.library.ready_index is None or jobs.running:
        # There is no application's loop here: the jobs' answers come through Qt's queue.
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    collector.set_aside()

    def milliseconds(do: Callable[[], object]) -> float:
        """Until everything that was asked for is laid out and painted."""
        started = time.perf_counter()
        do()
        qt.processEvents()  # lays out and paints
        return (time.perf_counter() - started) * 1000

    sessions = [one.code for module in workspace.library.pack.modules for one in module.sessions]
    opened = [
        milliseconds(lambda code=code: page.show_code(code))  # type: ignore[misc]  # bound now
        for _round in range(repeats)
        for code in sessions
    ]
    typed = []
    for _round in range(repeats):
        for words in TYPED:
            for length in range(1, len(words) + 1):
                page.search.edit.blockSignals(True)
                page.search.set_text(words[:length])
                typed.append(milliseconds(page.contents.fill))
    told(
        opened_median=statistics.median(opened),
        opened_p95=percentile(opened, 95),
        opened_most=max(opened),
        typed_median=statistics.median(typed),
        typed_p95=percentile(typed, 95),
    )
    page.close()
    jobs.close()
    workspace.close()


if __name__ == "__main__":
    reader(Path(sys.argv[1]), int(sys.argv[2]))
