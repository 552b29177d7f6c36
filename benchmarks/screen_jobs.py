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

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks import office
from benchmarks.frame import percentile, told
from benchmarks.office_jobs import TYPED
from benchmarks.watching import Heartbeat, Painted
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.store import PersonRow
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.theme import Theme, load_fonts
from facilitator_kit.ui.widgets import Column, PagedModel, RecordTable, Request


@dataclass(frozen=True, slots=True)
class _Look:
    theme: Theme
    icons: Icons
    _: Texts


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
    painted = Painted()
    table.view.viewport().installEventFilter(painted)
    table.show()
    qt.processEvents()

    beat = Heartbeat()

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


JOBS: Final[dict[str, Callable[..., None]]] = {"people": people}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
