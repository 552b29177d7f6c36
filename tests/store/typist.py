"""A process to be killed while it works: run by test_kill, which says what to do on its input.

For each line of JSON it makes a fresh child, which does the work and writes one line for whatever
it has been told is stored; "child <pid>" and "end" frame what the child writes.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from pathlib import Path

from facilitator_kit.clock import Ids, SystemClock
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import AttendanceMark, Draft, Mark
from facilitator_kit.progress import finish
from facilitator_kit.store import Store, restore

CLOCK = SystemClock()


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def mark(folder: Path, first: int, marks: list[list[str]]) -> None:
    """Type attendance, one change a mark, from number `first` on, until killed."""
    with Store.open(folder, CLOCK, Ids(CLOCK)) as store:
        for number in itertools.count(first):
            mark_id, session, enrolment = marks[number % len(marks)]
            with store.change(message("Marcar asistencia"), actor="ana") as tx:
                tx.put(AttendanceMark(mark_id, session, enrolment, Mark.PRESENT, number))
                tx.put(Draft("last", "roll", "", "number", str(number)))
            say(str(number))


def passphrase(folder: Path, current: str) -> None:
    """Change the passphrase again and again, until killed."""
    with Store.open(folder, CLOCK, Ids(CLOCK), passphrase=current) as store:
        for number in itertools.count():
            say(f"to frase de acceso {number}")
            store.set_passphrase(f"frase de acceso {number}")
            say(f"is frase de acceso {number}")


def backup(folder: Path) -> None:
    """Make backups, until killed."""
    with Store.open(folder, CLOCK, Ids(CLOCK)) as store:
        while True:
            say(finish(store.backups.make(CLOCK.now())).path.name)


def restoring(source: Path, target: Path) -> None:
    """Restore a backup into new places, until killed."""
    for number in itertools.count():
        say(finish(restore(source, target / str(number), CLOCK, Ids(CLOCK))).name)


def work(order: dict[str, object]) -> None:
    """Do what the order says."""
    folder = Path(str(order["folder"]))
    match order["do"]:
        case "mark":
            mark(folder, int(str(order["first"])), order["marks"])
        case "passphrase":
            passphrase(folder, str(order["current"]))
        case "backup":
            backup(folder)
        case "restore":
            restoring(Path(str(order["source"])), folder)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(json.loads(line))
            finally:
                os._exit(1)
        say(f"child {child}")
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
