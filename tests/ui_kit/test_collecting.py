"""Garbage that holds widgets is collected on the main thread, whoever asks for memory."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit.ui.collecting import MainThreadCollector
from facilitator_kit.ui.jobs import Jobs


class Knot:
    """Something that only a search for cycles can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[MainThreadCollector]:
    collector = MainThreadCollector(qapp)
    yield collector
    collector.stop()


def test_work_on_the_worker_never_takes_apart_what_the_main_thread_dropped(
    collector: MainThreadCollector, jobs: Jobs, qtbot: QtBot
) -> None:
    freed_by: list[threading.Thread] = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed_by.append(threading.current_thread()))
    del knot
    kept: list[list[list[int]]] = []

    def work() -> None:
        kept.extend([[number]] for number in range(200_000))

    jobs.run(work, lambda _none: None)
    qtbot.waitUntil(lambda: not jobs.running)
    assert freed_by == []
    for _generation in range(40):
        kept.extend([[number]] for number in range(2_000))
        collector.collect_if_due()
    qtbot.waitUntil(lambda: freed_by != [])
    assert freed_by == [threading.main_thread()]


def test_python_searches_again_afterwards(qapp: QApplication) -> None:
    collector = MainThreadCollector(qapp)
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
