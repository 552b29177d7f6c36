"""Work off the main thread: results, refusals, bugs, cancelling, and pages that are gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit.clock import FixedClock
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.progress import Progress, Work
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.jobs import Jobs


def counting(steps: int, log: list[str], wait: threading.Event | None = None) -> Work[int]:
    try:
        for step in range(steps):
            yield Progress(step, steps, message("paso"))
            if wait is not None:
                wait.wait(5)
        return steps
    finally:
        log.append(threading.current_thread().name)


def test_a_call_runs_elsewhere_and_answers_here(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[str, str]] = []
    main = threading.current_thread().name

    def done(worker: str) -> None:
        seen.append((worker, threading.current_thread().name))

    jobs.run(lambda: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert here == main
    assert worker != main


def test_calls_are_answered_in_order(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[int] = []
    for number in range(20):
        jobs.run(lambda number=number: number, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))
    assert jobs.running == ()


def test_a_refusal_reaches_its_handler_or_everybody(qtbot: QtBot, jobs: Jobs) -> None:
    refusal = KitError(message("El disco está lleno."), message("Libere espacio."))
    handled: list[KitError] = []
    shown: list[object] = []
    jobs.refused.connect(shown.append)

    def refuse() -> None:
        raise refusal

    jobs.run(refuse, lambda _none: None, handled.append)
    jobs.run(refuse, lambda _none: None)
    qtbot.waitUntil(lambda: bool(handled) and bool(shown))
    assert handled == [refusal]
    assert shown == [refusal]


def test_a_bug_is_told_and_the_worker_goes_on(qtbot: QtBot, jobs: Jobs) -> None:
    broken: list[object] = []
    answers: list[int] = []
    jobs.broke.connect(broken.append)
    jobs.run(lambda: 1 // 0, answers.append)
    jobs.run(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])
    assert [type(error) for error in broken] == [ZeroDivisionError]


def test_long_work_tells_its_progress_and_its_result(qtbot: QtBot, jobs: Jobs) -> None:
    log: list[str] = []
    results: list[int] = []
    steps: list[int] = []
    job = jobs.start(counting(3, log), "Contar", results.append)
    job.progressed.connect(lambda step: steps.append(step.done))
    qtbot.waitUntil(lambda: bool(results))
    assert results == [3]
    assert steps == [0, 1, 2]


def test_cancelling_closes_the_generator_on_the_worker(qtbot: QtBot, jobs: Jobs) -> None:
    log: list[str] = []
    results: list[int] = []
    go_on = threading.Event()
    job = jobs.start(counting(1000, log, go_on), "Contar", results.append)
    with qtbot.waitSignal(job.ended):
        qtbot.waitUntil(lambda: job.progress is not None)
        job.cancel()
        go_on.set()
    assert results == []
    assert len(log) == 1
    assert log[0] != threading.current_thread().name


def test_work_cancelled_before_its_turn_never_begins(qtbot: QtBot, jobs: Jobs) -> None:
    go_on = threading.Event()
    results: list[int] = []
    log: list[str] = []
    jobs.run(lambda: go_on.wait(5), lambda _answer: None)
    job = jobs.start(counting(3, log), "Contar", results.append)
    with qtbot.waitSignal(job.ended):
        job.cancel()
        go_on.set()
    assert results == []
    assert log == []


class Receiver(QWidget):
    """A page whose answers may come after it is gone."""

    answers: list[int] = []  # noqa: RUF012 - shared on purpose: the object itself is deleted

    def take(self, answer: int) -> None:
        self.answers.append(answer)


def bound(page: Receiver) -> Callable[[int], None]:
    return page.take


def captured(page: Receiver) -> Callable[[int], None]:
    return lambda answer: page.take(answer)


@pytest.mark.parametrize("callback", [bound, captured])
def test_the_answer_to_a_page_that_is_gone_is_dropped(
    qtbot: QtBot, jobs: Jobs, callback: Callable[[Receiver], Callable[[int], None]]
) -> None:
    Receiver.answers.clear()
    page = Receiver()
    go_on = threading.Event()
    later: list[bool] = []
    jobs.run(lambda: int(go_on.wait(5)), callback(page))
    jobs.run(lambda: True, later.append)
    shiboken6.delete(page)
    go_on.set()
    qtbot.waitUntil(lambda: later == [True])
    assert Receiver.answers == []


def test_an_owner_can_be_named(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    answers: list[int] = []
    later: list[bool] = []
    go_on = threading.Event()
    jobs.run(lambda: int(go_on.wait(5)), answers.append, owner=owner)
    jobs.run(lambda: True, later.append)
    shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: later == [True])
    assert answers == []


def test_what_came_in_bulk_is_let_go_of_on_the_worker(qtbot: QtBot, jobs: Jobs) -> None:
    """All at once, a hundred thousand records hold up everybody for a quarter of a second."""
    gone_in: list[bool] = []

    class Record:
        def __del__(self) -> None:
            gone_in.append(QThread.currentThread() is jobs.thread())

    records = [Record() for _number in range(3_000)]
    jobs.let_go(records)
    records.clear()
    qtbot.waitUntil(lambda: not jobs.running)
    assert gone_in == [False] * 3_000


def test_closing_finishes_what_was_asked_and_says_nothing_more(qtbot: QtBot) -> None:
    jobs = Jobs()
    stored: list[int] = []
    told: list[None] = []
    log: list[str] = []
    jobs.run(lambda: stored.append(1), told.append)
    jobs.start(counting(10**9, log), "Contar", lambda _n: None)
    jobs.run(lambda: stored.append(2), told.append)
    jobs.close()
    jobs.close()
    qtbot.wait(10)
    assert stored == [1, 2]
    assert told == []
    with pytest.raises(RuntimeError):
        jobs.run(lambda: 1, lambda _n: None)


def test_a_bug_report_says_where_but_never_what(tmp_path: Path) -> None:
    def fail(name: str) -> None:
        try:
            raise ValueError(f"no such person: {name}")
        except ValueError as cause:
            raise RuntimeError(name) from cause

    reports = BugReports(tmp_path / "logs", FixedClock(datetime.fromisoformat("2026-11-23T09:00")))
    with pytest.raises(RuntimeError) as caught:
        fail("Xóchitl Hernández")
    report = reports.keep(caught.value)
    assert report.file is not None
    text = report.file.read_text(encoding="utf-8")
    assert text == report.text
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "test_jobs.py:" in text
    assert "Xóchitl" not in text
    assert str(tmp_path) not in text
