"""Work off the main thread: one worker, one thing at a time, results back where widgets live."""

from __future__ import annotations

import contextlib
import queue
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QTimer, Signal

from facilitator_kit.bulk import let_go_slowly
from facilitator_kit.errors import KitError
from facilitator_kit.progress import Progress, Work

Result = TypeVar("Result")

_RESTS: Final = 2
"""Qt may fire a timer of no time more than once in a turn, where others are due as well."""

_BULK: Final = 2_000
"""So many records are let go of in some milliseconds, whoever waits for it."""


class Job(QObject):
    """A handle on one piece of work, waiting or running.

    `progressed` carries a `Progress`; `ended` comes once, after the job's own callback, whatever
    the outcome.
    """

    progressed = Signal(object)
    ended = Signal()

    def __init__(self, title: str, cancellable: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.cancellable = cancellable
        self.progress: Progress | None = None
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was asked for; work that had ended by then stays done."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the worker to close the generator after its present step. Nothing half done stays."""
        if self.cancellable:
            self._cancelled = True


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job
    function: Callable[[], Any] | None
    work: Generator[Progress, None, Any] | None
    done: Callable[[Any], object]
    failed: Callable[[KitError], None] | None
    owners: tuple[QObject, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    task: _Task
    result: Any = None
    error: Exception | None = None
    cancelled: bool = False


class _Worker(QThread):
    """Takes tasks from the queue in order, until it finds None."""

    stepped = Signal(object, object)
    finished_one = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tasks: Final[queue.SimpleQueue[_Task | None]] = queue.SimpleQueue()

    def run(self) -> None:
        while (task := self.tasks.get()) is not None:
            self.finished_one.emit(self._do(task))
            # What the callbacks hold on to must not be let go of here, one task later.
            del task

    def _do(self, task: _Task) -> _Outcome:
        try:
            if task.function is not None:
                return _Outcome(task, task.function())
            return self._step_through(task)
        except Exception as error:
            return _Outcome(task, error=error)

    def _step_through(self, task: _Task) -> _Outcome:
        work = task.work
        assert work is not None
        while not task.job.cancelled:
            try:
                step = next(work)
            except StopIteration as end:
                return _Outcome(task, end.value)
            self.stepped.emit(task.job, step)
        work.close()
        return _Outcome(task, cancelled=True)


class Jobs(QObject):
    """Runs short calls and long work on one worker thread, first come first served.

    Callbacks run on the main thread, and only while the object they belong to is alive: the object
    whose bound method they are, those a lambda holds on to, or the `owner` given. A `KitError`
    goes to `failed` where given, else to the signal `refused`; any other exception goes to `broke`.
    """

    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    refused = Signal(object)
    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = _Worker(self)
        self._worker.stepped.connect(self._on_step, Qt.ConnectionType.QueuedConnection)
        self._worker.finished_one.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._open: list[Job] = []
        self._outcomes: deque[_Outcome] = deque()
        self._rests = 0
        self._answering = QTimer(self)
        self._answering.timeout.connect(self._answer)
        self._closed = False

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended, the running one first."""
        return tuple(self._open)

    @property
    def closed(self) -> bool:
        """Whether the worker has been stopped: nothing may be asked for any more."""
        return self._closed

    def run(
        self,
        function: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[KitError], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Call `function` on the worker, then `done(result)` on the main thread."""
        job = Job("", False, self)
        self._put(_Task(job, function, None, done, failed, _owners(owner, done, failed)))
        return job

    def start(
        self,
        work: Work[Result],
        title: str,
        done: Callable[[Result], None],
        failed: Callable[[KitError], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Step through `work` on the worker, showing `title` and its progress; it can be cancelled.

        After a cancellation neither `done` nor `failed` is called; connect to `Job.ended` for that.
        """
        job = Job(title, True, self)
        self._put(_Task(job, None, work, done, failed, _owners(owner, done, failed)))
        return job

    def later(self, do: Callable[[], object], *, owner: QObject | None = None) -> Job:
        """Call `do` on the main thread, in a turn of its own, once what is there now is painted."""
        job = Job("", False, self)
        self._open.append(job)
        self.started.emit(job)
        task = _Task(job, None, None, lambda _none: do(), None, _owners(owner, do))
        self._on_finished(_Outcome(task))
        return job

    def let_go(self, records: Sequence[object]) -> None:
        """Have the worker let go of records that came in bulk, a few at a time.

        Whoever asks lets go of them before the present turn ends: only then does the worker begin,
        or it would be through first, and the last to let go would do so all at once.
        """
        if len(records) > _BULK and not self._closed:
            work = partial(let_go_slowly, list(records))
            self.later(lambda: self.run(work, lambda _none: None))

    def close(self) -> None:
        """Cancel long work, let short calls that were asked for end, and stop the worker.

        No callback runs afterwards. Calling it twice does no harm.
        """
        if self._closed:
            return
        self._closed = True
        for job in self._open:
            job.cancel()
        self._worker.tasks.put(None)
        if self._worker.isRunning():
            self._worker.wait()

    def _put(self, task: _Task) -> None:
        if self._closed:
            raise RuntimeError("work was asked for after the worker had stopped")
        self._open.append(task.job)
        self._worker.tasks.put(task)
        if not self._worker.isRunning():
            self._worker.start()
        self.started.emit(task.job)

    def _on_step(self, job: Job, step: Progress) -> None:
        if self._closed:
            return
        job.progress = step
        job.progressed.emit(step)
        self.progressed.emit(job)

    def _on_finished(self, outcome: _Outcome) -> None:
        self._outcomes.append(outcome)
        self._answering.start(0)

    def _answer(self) -> None:
        """Tell of one outcome: several in one turn would hold up what is typed meanwhile."""
        if self._rests:
            self._rests -= 1
            return
        self._rests = _RESTS
        outcome = self._outcomes.popleft()
        if not self._outcomes:
            self._answering.stop()
        if not self._closed:
            self._tell(outcome)
            # What was filled is in its place before anybody acts on it.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _tell(self, outcome: _Outcome) -> None:
        task = outcome.task
        self._open.remove(task.job)
        alive = all(shiboken6.isValid(owner) for owner in task.owners)
        try:
            if outcome.error is not None:
                self._tell_error(task, outcome.error, alive)
            elif alive and not outcome.cancelled:
                task.done(outcome.result)
        finally:
            task.job.ended.emit()
            self.ended.emit(task.job)
            task.job.deleteLater()

    def _tell_error(self, task: _Task, error: Exception, alive: bool) -> None:
        if not isinstance(error, KitError):
            self.broke.emit(error)
        elif task.failed is None:
            self.refused.emit(error)
        elif alive:
            task.failed(error)


def _owners(owner: QObject | None, *callbacks: Callable[..., object] | None) -> tuple[QObject, ...]:
    found: list[object] = [owner]
    for callback in callbacks:
        found.append(getattr(callback, "__self__", None))
        for cell in getattr(callback, "__closure__", None) or ():
            # A cell is empty while the name it stands for has not been given a value yet.
            with contextlib.suppress(ValueError):
                found.append(cell.cell_contents)
    return tuple(thing for thing in found if isinstance(thing, QObject))
