"""`kill -9` at any moment: what was acknowledged is there, whole, and nothing is there by half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_records import one_of_each

from facilitator_kit.clock import Ids, SystemClock
from facilitator_kit.errors import NotOpened
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Draft,
    Enrolment,
    Mark,
    ScheduledSession,
)
from facilitator_kit.progress import finish
from facilitator_kit.store import Store

ROUNDS = 200
SESSIONS, WOMEN = 12, 15

CLOCK = SystemClock()


class Typist:
    """The process that is killed, over and over."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("typist.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

    def killed(self, order: dict[str, object], lines: int, delay: float) -> list[str]:
        """What it wrote, killed `delay` seconds after the first `lines` lines."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        written: list[str] = []
        child = 0
        while not child or len(written) < lines:
            line = self._line()
            assert line != "end", "it ended by itself"
            if line.startswith("child "):
                child = int(line.removeprefix("child "))
            else:
                written.append(line)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        while (line := self._line()) != "end":
            written.append(line)
        return written

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process is gone"
        return line.rstrip("\n")

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


@pytest.fixture(scope="module")
def typist() -> Iterator[Typist]:
    process = Typist()
    yield process
    process.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with a course and its women."""
    ids = Ids(CLOCK)
    with Store.create_sample(tmp_path / "w", CLOCK, ids) as store:
        made = one_of_each(ids)
        made.pop(AttendanceMark)
        with store.change(message("Preparar"), actor="ana") as tx:
            tx.put_all(made.values())
            tx.put_all(replace(made[ScheduledSession], id=ids.new()) for _ in range(SESSIONS - 1))
            tx.put_all(replace(made[Enrolment], id=ids.new()) for _ in range(WOMEN - 1))
    return tmp_path / "w"


def test_typing_attendance(typist: Typist, folder: Path) -> None:
    chance = random.Random(11)
    with Store.open(folder, CLOCK, Ids(CLOCK)) as store:
        marks = [
            [f"{session.id}{woman.id}", session.id, woman.id]
            for session in store.find(ScheduledSession)
            for woman in store.find(Enrolment)
        ]
        position = store.history(limit=1)[0].position
    stored, acknowledged_in_all = -1, 0
    for number in range(ROUNDS):
        order = {"do": "mark", "folder": str(folder), "first": stored + 1, "marks": marks}
        acknowledged = typist.killed(order, chance.randrange(12), chance.random() * 0.01)
        acknowledged_in_all += len(acknowledged)
        last = int(acknowledged[-1]) if acknowledged else stored
        with Store.open(folder, CLOCK, Ids(CLOCK)) as store:
            draft = store.get(Draft, "last")
            stored = -1 if draft is None else int(draft.text)
            # The change that was being stored when it was killed may be there, or not.
            assert last <= stored <= last + 1
            expected = {
                marks[n % len(marks)][0]: n
                for n in range(max(0, stored - len(marks) + 1), stored + 1)
            }
            found = store.find(AttendanceMark)
            assert {mark.id: mark.minutes for mark in found} == expected
            assert {mark.mark for mark in found} <= {Mark.PRESENT}
            report = store.verify_journal(0 if number % 40 == 39 else position)
            assert report.faults == ()
            position = store.history(limit=1)[0].position
            assert position == stored + 2
    assert acknowledged_in_all > ROUNDS


def test_changing_the_passphrase(typist: Typist, tmp_path: Path) -> None:
    chance = random.Random(5)
    current = "frase de acceso inicial"
    folder = tmp_path / "w"
    store, recovery_key = Store.create(folder, current, CLOCK, Ids(CLOCK))
    store.close()
    for _ in range(6):
        order = {"do": "passphrase", "folder": str(folder), "current": current}
        lines = typist.killed(order, chance.randrange(1, 4), chance.random() * 0.25)
        kept = [line.removeprefix("is ") for line in lines if line.startswith("is ")]
        tried = [*(line.removeprefix("to ") for line in lines if line.startswith("to "))]
        candidates = [(kept or [current])[-1]]
        if lines[-1].startswith("to "):
            candidates.append(tried[-1])
        current = next(phrase for phrase in candidates if _opens(folder, phrase))
    Store.open(folder, CLOCK, Ids(CLOCK), recovery_key=recovery_key).close()


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        Store.open(folder, CLOCK, Ids(CLOCK), passphrase=passphrase).close()
    except NotOpened as refused:
        if refused.code != "wrong_passphrase":
            raise
        return False
    return True


def test_backing_up(typist: Typist, folder: Path) -> None:
    chance = random.Random(6)
    for _ in range(15):
        order = {"do": "backup", "folder": str(folder)}
        made = typist.killed(order, chance.randrange(3), chance.random() * 0.05)
        with Store.open(folder, CLOCK, Ids(CLOCK)) as store:
            assert store.verify_journal().ok
            backups = store.backups.all()
            assert set(made[-1:]) <= {info.path.name for info in backups}
            for info in backups:
                finish(store.backups.verify(info.path, CLOCK.now()))


def test_restoring(typist: Typist, folder: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    with Store.open(folder, CLOCK, Ids(CLOCK)) as store:
        backup = finish(store.backups.make(CLOCK.now()))
    for number in range(15):
        target = tmp_path / f"restored{number}"
        target.mkdir()
        order = {"do": "restore", "folder": str(target), "source": str(backup.path)}
        made = typist.killed(order, chance.randrange(3), chance.random() * 0.04)
        places = {path.name for path in target.iterdir() if not path.name.startswith(".")}
        assert set(made) <= places
        for name in places:
            with Store.open(target / name, CLOCK, Ids(CLOCK)) as store:
                assert store.verify_journal().ok
                assert store.restored_at is not None
