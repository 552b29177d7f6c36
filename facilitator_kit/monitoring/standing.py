"""Where she stands before a rule: states, lines of requirements, and the evidence of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from facilitator_kit.monitoring.records import Mark

FOLLOW_UP: Final = "follow_up"
"""The code of the follow-up line, and what `lacks` calls it."""


class EligibilityState(StrEnum):
    """Where she stands before the rule."""

    FULFILLED = "fulfilled"
    CAN_FULFIL = "can_fulfil"
    CANNOT = "cannot"


class LineKind(StrEnum):
    MODULE = "module"
    SURVEY = "survey"
    CONTACTS = "contacts"
    QUIZ = "quiz"
    PRACTICE = "practice"
    OBSERVATIONS = "observations"


class Standing(StrEnum):
    """How a piece of evidence stands.

    `counted`: it is a record, and counts as far as its minutes say. `pending`: a past session
    whose roll is not typed. `open`: still to come, or still in time. `late`: after its deadline.
    `overdue`: nothing came and the deadline is over.
    """

    COUNTED = "counted"
    PENDING = "pending"
    OPEN = "open"
    LATE = "late"
    OVERDUE = "overdue"


class SessionEvidence(NamedTuple):
    """A session of her calendar and what it gives to its module.

    `credited` are the minutes that count now; `could_add` those that it can still give, when it is
    pending or open. Both leave out what the same programme session has given her already.
    A named tuple because millions are made at a time.
    """

    scheduled_session_id: str
    session: str
    on: date
    mark: Mark | None
    standing: Standing
    credited: int
    could_add: int
    recovery: bool


class ResponseEvidence(NamedTuple):
    """An answered survey: `counted` in time, `late` after the deadline (it does not fulfil)."""

    response_id: str
    on: date
    standing: Standing


class ContactEvidence(NamedTuple):
    """A contact and the deadline that it meets; one of the two may be missing.

    A deadline without contact is `open` or `overdue`. A contact without deadline is `late` when a
    deadline had passed before it, and `counted` when it simply is one more than asked for.
    """

    contact_id: str | None
    on: date | None
    deadline: date | None
    standing: Standing


class TrainingEvidence(NamedTuple):
    """A quiz answered, a task done or a facilitation observed: `counted` in time, or `late`.

    `item` is the code of the quiz, the task or the checklist; `points` are the right answers of a
    quiz, and 1 for the others.
    """

    response_id: str
    on: date
    item: str
    points: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. Minutes for a module, 0 or 1 for a survey, a number for the contacts.

    Of a training: right answers for a quiz, tasks done, facilitations observed.

    `have` is reached now, `possible` the most that can be reached; `until` the last day from which
    doing everything left suffices (None: nothing is left to do, nothing can be done, or typing the
    pending rolls is all it takes). `deadline` is the survey's, the training's, the last contact's.
    """

    kind: LineKind
    code: str
    state: EligibilityState
    required: int
    have: int
    possible: int
    until: date | None
    deadline: date | None = None
    sessions: tuple[SessionEvidence, ...] = ()
    responses: tuple[ResponseEvidence, ...] = ()
    contacts: tuple[ContactEvidence, ...] = ()
    training: tuple[TrainingEvidence, ...] = ()

    @property
    def missing(self) -> int:
        """What she still lacks, never less than 0."""
        return max(0, self.required - self.have)
