"""What is measured on a large office, each job in a process of its own.

`python -m benchmarks.office_jobs JOB FOLDER NUMBER` does a job and tells its figures.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import office
from benchmarks.frame import milliseconds, percentile
from benchmarks.telling import told
from facilitator_kit.monitoring.records import Cohort, Enrolment, Mark, ScheduledSession
from facilitator_kit.workspace import Workspace

TYPED: Final = ("maria", "munoz", "her", "xochitl mu", "o'gorman", "cr-0042", "guemes nu", "zzz")


def build(folder: Path, people: int) -> None:
    """Makes the office."""
    started = time.perf_counter()
    office.build(folder, people)
    told(seconds=time.perf_counter() - started)


def unlock(folder: Path, repeats: int) -> None:
    """From the passphrase to an open workspace, and the first read of it."""
    door = office.front()

    def once() -> None:
        workspace = door.open(folder, office.PASSPHRASE)
        workspace.people.page(limit=1)
        workspace.close()

    told(unlock=statistics.median(milliseconds(once, repeats)))


def search(folder: Path, repeats: int) -> None:
    """The list's first page, and its pages as words are typed letter by letter."""
    workspace = office.front().open(folder, office.PASSPHRASE)
    first = milliseconds(workspace.people.page, 1)[0]
    times = []
    for _round in range(repeats):
        for words in TYPED:
            for length in range(1, len(words) + 1):
                typed = words[:length]
                times += milliseconds(partial(workspace.people.page, typed), 1)
    told(first=first, median=statistics.median(times), p95=percentile(times, 95))
    workspace.close()


def marks(folder: Path, rolls: int) -> None:
    """Attendance typed one mark at a time, each stored before the next; and whole rolls."""
    workspace = office.front().open(folder, office.PASSPHRASE)
    cohort, sessions, enrolments = _class(workspace)
    single = []
    for session in sessions[:rolls]:
        for enrolment in enrolments:
            mark = partial(workspace.attendance.mark, session.id, enrolment.id, Mark.PRESENT)
            single += milliseconds(mark, 1)
    whole = [
        milliseconds(partial(workspace.attendance.mark_all_present, session.id), 1)[0]
        for session in sessions[rolls : 2 * rolls]
    ]
    grid = milliseconds(lambda: workspace.attendance.grid(cohort.id), 3)
    told(
        median=statistics.median(single),
        p95=percentile(single, 95),
        roll=statistics.median(whole),
        grid=statistics.median(grid),
    )
    workspace.close()


def _class(workspace: Workspace) -> tuple[Cohort, list[ScheduledSession], list[Enrolment]]:
    """The cohort with a calendar, its sessions already held and its women."""
    store = workspace.desk.store
    cohort = store.find(Cohort, order_by="id", limit=1)[0]
    today: date = office.TODAY
    sessions = [s for s in store.find(ScheduledSession, cohort_id=cohort.id) if s.on < today]
    return cohort, sessions, list(store.find(Enrolment, cohort_id=cohort.id))


JOBS: Final = {"build": build, "unlock": unlock, "search": search, "marks": marks}

if __name__ == "__main__":
    JOBS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
