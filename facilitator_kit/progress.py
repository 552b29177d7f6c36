"""Long work as a generator: it yields `Progress` and returns its result.

The screens run it on one worker and close it to cancel; the command line draws a bar. Tidying goes
into `finally`, so that a cancelled job leaves nothing half done.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from facilitator_kit.i18n import Message

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps (total 0: not known), and what is being done."""

    done: int
    total: int
    what: Message


Work = Generator[Progress, None, Result]


def finish(work: Work[Result], report: Callable[[Progress], None] | None = None) -> Result:
    """Run `work` to its end and give its result; each step is handed to `report`."""
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
        if report is not None:
            report(step)
