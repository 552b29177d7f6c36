"""What Formación is shown: groups, one person's path block by block, what comes next for her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facilitator_kit.curriculum.learning import PracticeTask, Quiz
from facilitator_kit.curriculum.records import Module, Programme, Session
from facilitator_kit.monitoring.eligibility import (
    Eligibility,
    EligibilityState,
    Line,
    LineKind,
    SessionEvidence,
    Standing,
)
from facilitator_kit.monitoring.records import (
    Cohort,
    Decision,
    Enrolment,
    Participant,
    RegisterLine,
    Response,
    ScheduledSession,
)
from facilitator_kit.workspace.views import Candidate, CohortView


@dataclass(frozen=True, slots=True)
class TrainingGroup:
    """A cohort of a training programme. `minutes` are the programme's own, "34 h"."""

    view: CohortView
    programme: Programme
    minutes: int


@dataclass(frozen=True, slots=True)
class SessionStep:
    """A session of her calendar, with what her mark gives."""

    session: Session
    evidence: SessionEvidence


@dataclass(frozen=True, slots=True)
class QuizStep:
    """The quiz of a block. `line` None: the rule does not ask for it, but it can be taken."""

    module: str
    quiz: Quiz
    line: Line | None
    tries: int
    best: int
    last_on: date | None

    @property
    def passed(self) -> bool:
        """Enough right answers, in time."""
        return self.line is not None and self.line.state is EligibilityState.FULFILLED


@dataclass(frozen=True, slots=True)
class TaskStep:
    """A practice task; `done_on` None while it is not done.

    `counts`: it was done by the deadline, or the rule asks for no practice.
    """

    task: PracticeTask
    done_on: date | None
    counts: bool


class BlockState(StrEnum):
    """How a block of the path stands: `done` has all that the rule asks of it."""

    DONE = "done"
    UNDER_WAY = "under_way"
    AHEAD = "ahead"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class BlockStep:
    """A module of the training: its sessions, its quiz and its practice."""

    module: Module
    line: Line
    sessions: tuple[SessionStep, ...]
    quiz: QuizStep | None
    tasks: tuple[TaskStep, ...]

    @property
    def state(self) -> BlockState:
        """Lost where something it asks for can no longer be reached."""
        quiz_line = self.quiz.line if self.quiz is not None else None
        states = [line.state for line in (self.line, quiz_line) if line is not None]
        if EligibilityState.CANNOT in states:
            return BlockState.LOST
        tasks = all(task.counts for task in self.tasks)
        if tasks and set(states) == {EligibilityState.FULFILLED}:
            return BlockState.DONE
        begun = any(step.evidence.standing is not Standing.OPEN for step in self.sessions)
        answered = self.quiz is not None and self.quiz.tries > 0
        if begun or answered or any(task.done_on is not None for task in self.tasks):
            return BlockState.UNDER_WAY
        return BlockState.AHEAD


@dataclass(frozen=True, slots=True)
class Observation:
    """An observed facilitation, read: what was seen, item by item, and what was said of it.

    `session` and `observer` as they were written; `keep` and `attempt` the two lines of feedback;
    `items` the labels of the checklist with that of the choice; `notes` its own open questions.
    """

    response: Response
    session: str
    observer: str
    keep: str
    attempt: str
    items: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def tally(self) -> tuple[tuple[str, int], ...]:
        """How often each choice was taken, in the order in which they first come."""
        counted: dict[str, int] = {}
        for _label, choice in self.items:
            counted[choice] = counted.get(choice, 0) + 1
        return tuple(counted.items())


class NextKind(StrEnum):
    """The one thing to do next. `roll`: her mark in a past session is still to be typed."""

    SESSION = "session"
    ROLL = "roll"
    TASK = "task"
    QUIZ = "quiz"
    OBSERVATION = "observation"
    SELF_ASSESSMENT = "self_assessment"
    CERTIFY = "certify"
    DONE = "done"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next: `code` is of a scheduled session, a module with a quiz, or a task.

    `title` names it, `until` is the last day on which it counts, `on` when a session is.
    """

    kind: NextKind
    code: str = ""
    title: str = ""
    module: str = ""
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """Somebody in training, as one line of her group. `minutes` are those that count."""

    participant: Participant
    enrolment: Enrolment
    minutes: int
    whole_minutes: int
    percent: int
    quizzes_passed: int
    quizzes_asked: int
    tasks_done: int
    tasks_asked: int
    observed: int
    observations_asked: int
    self_assessed: bool | None
    candidate: Candidate
    mine: bool

    @property
    def eligibility(self) -> Eligibility:
        return self.candidate.eligibility

    @property
    def line(self) -> RegisterLine | None:
        """Her current folio."""
        return self.candidate.line

    @property
    def left(self) -> bool:
        return self.candidate.left

    @property
    def ready(self) -> bool:
        """Her constancia can be decided on or issued."""
        if self.line is not None or self.left:
            return False
        undecided = self.candidate.decision is None
        fulfilled = self.eligibility.state is EligibilityState.FULFILLED
        return self.candidate.graduates or (undecided and fulfilled)


@dataclass(frozen=True, slots=True)
class TrainingPath:
    """One person's whole path on a day."""

    row: TrainingRow
    group: TrainingGroup
    blocks: tuple[BlockStep, ...]
    observations: tuple[Observation, ...]
    self_assessment: Response | None
    next: NextStep

    @property
    def participant(self) -> Participant:
        return self.row.participant

    @property
    def enrolment(self) -> Enrolment:
        return self.row.enrolment

    @property
    def eligibility(self) -> Eligibility:
        return self.row.eligibility

    @property
    def decision(self) -> Decision | None:
        return self.row.candidate.decision

    def lacking(self) -> tuple[Line, ...]:
        """The lines that are not fulfilled, the nearest deadline first."""
        open_ = [
            line for line in self.eligibility.lines if line.state is not EligibilityState.FULFILLED
        ]
        return tuple(sorted(open_, key=lambda line: (line.until or date.max, line.kind, line.code)))

    def observations_line(self) -> Line | None:
        """The line of the observed facilitations, where the rule asks for any."""
        return next(iter(self.eligibility.of_kind(LineKind.OBSERVATIONS)), None)


@dataclass(frozen=True, slots=True)
class ObservableSession:
    """A course session that may have been the observed one."""

    scheduled: ScheduledSession
    cohort: Cohort
    title: str


@dataclass(frozen=True, slots=True)
class PracticeAsked:
    """A task that somebody is about to do in the practice workspace."""

    enrolment_id: str
    task: PracticeTask
