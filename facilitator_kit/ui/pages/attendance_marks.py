"""Marks on their way to the store: typed at any speed, stored in order, shown for what they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import AttendanceMark, Mark
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.workspace.attendance import Attendance

Cell: TypeAlias = tuple[str, str]
"""Scheduled session and enrolment."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mark asked for (None: take it away) and not stored yet. `turn` counts what was asked."""

    turn: int
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A mark that was stored since the grid was last read (None: taken away)."""

    turn: int
    mark: AttendanceMark | None


class MarkQueue(QObject):
    """Hands marks to the worker in the order they were typed.

    `changed(cells)` asks for those cells to be painted again, `refused(error)` tells of the first
    refusal of a burst, `settled()` comes when nothing is waiting any more.
    """

    changed = Signal(object)
    refused = Signal(object)
    settled = Signal()

    def __init__(self, attendance: Attendance, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._attendance = attendance
        self._jobs = jobs
        self._turn = 0
        self._open = 0
        self._told = False
        self._waiting: dict[Cell, Waiting] = {}
        self._stored: dict[Cell, Stored] = {}

    @property
    def turn(self) -> int:
        """How many changes were asked for so far; see `forget`."""
        return self._turn

    @property
    def busy(self) -> bool:
        """Whether something is not stored yet."""
        return self._open > 0

    def waiting(self, cell: Cell) -> Waiting | None:
        """What was typed in a cell and is not stored yet."""
        return self._waiting.get(cell)

    def stored(self, cell: Cell) -> Stored | None:
        """What was stored in a cell since the grid was read."""
        return self._stored.get(cell)

    def forget(self, turn: int) -> None:
        """A grid was read after `turn` changes: what they stored is in it."""
        self._stored = {cell: one for cell, one in self._stored.items() if one.turn > turn}

    def clear(self) -> None:
        """Another cohort is shown; what is waiting is stored all the same."""
        self._waiting.clear()
        self._stored.clear()

    def put(self, cell: Cell, mark: Mark, minutes: int | None = None, reason: str = "") -> None:
        """Store a mark after everything that was asked for before."""
        attendance = self._attendance

        def store() -> AttendanceMark | None:
            return attendance.mark(*cell, mark, minutes, reason)

        self._ask((cell,), mark, store)

    def take_away(self, cell: Cell, reason: str = "") -> None:
        """Remove a mark after everything that was asked for before."""
        attendance = self._attendance

        def store() -> AttendanceMark | None:
            attendance.clear(*cell, reason)
            return None

        self._ask((cell,), None, store)

    def all_present(self, scheduled_id: str, cells: tuple[Cell, ...]) -> None:
        """Mark present whoever has no mark yet: `cells`, as the grid knows them."""
        attendance = self._attendance

        def store() -> None:
            attendance.mark_all_present(scheduled_id)

        self._ask(cells, Mark.PRESENT, store)

    def _ask(
        self,
        cells: tuple[Cell, ...],
        mark: Mark | None,
        store: Callable[[], AttendanceMark | None],
    ) -> None:
        self._turn += 1
        self._open += 1
        turn = self._turn
        for cell in cells:
            self._waiting[cell] = Waiting(turn, mark)
        self.changed.emit(cells)
        job = self._jobs.run(
            store,
            lambda made: self._keep(turn, cells, mark, made),
            self._refuse,
            owner=self,
        )
        # Whatever the outcome, even a bug: a cell never stays in waiting.
        job.ended.connect(lambda: self._end(turn, cells))

    def _keep(
        self,
        turn: int,
        cells: tuple[Cell, ...],
        mark: Mark | None,
        made: AttendanceMark | None,
    ) -> None:
        for cell in cells:
            known = made
            if known is None and mark is not None:
                # A whole roll stored at once: minutes and ids come with the next reading.
                known = AttendanceMark("", *cell, mark, 0)
            self._stored[cell] = Stored(turn, known)

    def _refuse(self, error: KitError) -> None:
        if not self._told:
            self._told = True
            self.refused.emit(error)

    def _end(self, turn: int, cells: tuple[Cell, ...]) -> None:
        self._open -= 1
        for cell in cells:
            last = self._waiting.get(cell)
            if last is not None and last.turn == turn:
                del self._waiting[cell]
        self.changed.emit(cells)
        if not self._open:
            self._told = False
            self.settled.emit()
