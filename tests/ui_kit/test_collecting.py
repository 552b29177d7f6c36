"""Garbage that holds widgets is collected on the main thread, whoever asks for memory."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit.ui import collecting
from facilitator_kit.ui.collecting import MOST, MainThreadCollector
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
    collector: MainThreadCollector, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So much is set aside until the person is elsewhere.
    monkeypatch.setattr(collecting, "somebody_is_here", lambda: False)
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


def test_what_comes_in_bulk_is_searched_once_the_person_is_elsewhere(
    collector: MainThreadCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = True
    monkeypatch.setattr(collecting, "somebody_is_here", lambda: here)
    freed: list[bool] = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed.append(True))
    bulk = [knot, *([number] for number in range(MOST))]
    collector.collect_if_due()
    bulk.clear()
    del knot
    for _beat in range(400):
        collector.collect_if_due()
    assert not freed
    here = False
    for _beat in range(20):
        collector.collect_if_due()
    assert freed


def test_python_searches_again_afterwards(qapp: QApplication) -> None:
    collector = MainThreadCollector(qapp)
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
