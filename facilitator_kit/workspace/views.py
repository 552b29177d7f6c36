"""What screens and commands are shown: records joined, with the figures that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path

from facilitator_kit.curriculum.agenda import MaterialNeed, SessionPlan, TimedBlock
from facilitator_kit.curriculum.records import GraduationRule, Level, Module, Route, Session, Wave
from facilitator_kit.i18n import Message
from facilitator_kit.monitoring.eligibility import Eligibility, RecoveryNeed
from facilitator_kit.monitoring.graduation import reprints
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    Cohort,
    Decision,
    Enrolment,
    Facilitator,
    FollowUpContact,
    Generation,
    Participant,
    RegisterEvent,
    RegisterLine,
    RegisterState,
    Response,
    ScheduledSession,
)


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort with what its list line shows. `people` counts who is enrolled and has not left."""

    cohort: Cohort
    centre: Centre
    generation: Generation
    route: Route
    level: Level
    facilitator: Facilitator | None
    people: int
    sessions: int
    sessions_held: int
    next_session: ScheduledSession | None
    last_session: ScheduledSession | None


class SessionStatus(StrEnum):
    """A session as its date and its roll make it."""

    UPCOMING = "upcoming"
    TODAY = "today"
    HELD = "held"
    PENDING = "pending"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SessionView:
    """A scheduled session with its titles; `expected` people, `marked` of whom have a mark."""

    scheduled: ScheduledSession
    cohort: Cohort
    centre: Centre
    module: Module
    session: Session
    facilitator: Facilitator | None
    status: SessionStatus
    expected: int
    marked: int

    @property
    def ends_at(self) -> time:
        """When it ends, by the clock."""
        minutes = self.scheduled.starts_at.hour * 60 + self.scheduled.starts_at.minute
        minutes += self.scheduled.minutes
        return time(minutes // 60 % 24, minutes % 60)


def people_of(view: SessionView) -> int:
    """For how many people a session is prepared: those expected, a full group while nobody is."""
    return view.expected or view.session.group[1]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A session's agenda with cascading times, and what to bring for the people expected."""

    view: SessionView
    plan: SessionPlan
    timed: tuple[TimedBlock, ...]
    total_minutes: int
    target_minutes: int
    changed: bool
    materials: tuple[MaterialNeed, ...]
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One session of the attendance grid."""

    scheduled: ScheduledSession
    title: str
    status: SessionStatus


@dataclass(frozen=True, slots=True)
class GridRow:
    """One woman of the roll, in its order.

    `marks` follows the grid's columns (None: no mark yet); `expected` says where she is expected
    at all. `percent` is minutes attended of minutes delivered to her so far (None: none yet).
    """

    participant: Participant
    enrolment: Enrolment
    marks: tuple[AttendanceMark | None, ...]
    expected: tuple[bool, ...]
    attended_minutes: int
    delivered_minutes: int
    percent: int | None
    eligibility: Eligibility


@dataclass(frozen=True, slots=True)
class AttendanceGrid:
    """A cohort's attendance: `columns` in date order, `rows` in the roll's order."""

    cohort: CohortView
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]

    @property
    def members(self) -> tuple[GridRow, ...]:
        """The rows of the cohort's own women, without those who only recover a session here."""
        own = self.cohort.cohort.id
        return tuple(row for row in self.rows if row.enrolment.cohort_id == own)


@dataclass(frozen=True, slots=True)
class PersonView:
    """One woman, whole: each of her enrolments, and what was recorded for her."""

    participant: Participant
    enrolments: tuple[tuple[Enrolment, CohortView], ...]
    responses: tuple[Response, ...]
    contacts: tuple[FollowUpContact, ...]
    lines: tuple[RegisterLine, ...]
    eligibility: Eligibility | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One woman before graduation, by her latest enrolment in the programme.

    `line` is her current folio if she has one. `evidence_changed`: what her decision rested on
    has since been corrected.
    """

    participant: Participant
    enrolment: Enrolment
    cohort: Cohort
    centre: Centre
    eligibility: Eligibility
    decision: Decision | None
    line: RegisterLine | None
    minutes_attended: int
    modules_fulfilled: int
    modules_asked: int
    surveys_fulfilled: int
    surveys_asked: int
    contacts_made: int
    contacts_asked: int
    evidence_changed: bool

    @property
    def left(self) -> bool:
        """She left the programme (a transfer is not leaving)."""
        return self.enrolment.left_on is not None

    @property
    def graduates(self) -> bool:
        """The decision lets her graduate."""
        return self.decision is not None and self.decision.kind in ("graduates", "exception")


@dataclass(frozen=True, slots=True)
class Reasons:
    """What explains a candidate: her rule, the modules of her offer, and what each gap asks for."""

    rule: GraduationRule
    modules: tuple[Module, ...]
    needs: tuple[RecoveryNeed, ...]


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A name as it will be printed, to be read before any folio is spent.

    `missing` are the characters that the fonts lack, `homonyms` the codes of others in the list
    with the same name, `warnings` what to look at twice.
    """

    candidate: Candidate
    printed_name: str
    missing: str
    homonyms: tuple[str, ...]
    warnings: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class FolioView:
    """A register line with what happened to it since."""

    line: RegisterLine
    state: RegisterState
    events: tuple[RegisterEvent, ...]
    reissued_as: str | None

    @property
    def reprints(self) -> int:
        """How often it was printed again."""
        return reprints(self.line.id, self.events)


@dataclass(frozen=True, slots=True)
class ContactDue:
    """A follow-up contact that is due, by her safe channel and hours."""

    participant: Participant
    enrolment: Enrolment
    cohort: Cohort
    made: int
    asked: int
    due_on: date


@dataclass(frozen=True, slots=True)
class SurveyDue:
    """A survey not answered yet, and until when it counts."""

    participant: Participant
    enrolment: Enrolment
    cohort: Cohort
    wave: Wave
    due_on: date


class AttentionKind(StrEnum):
    """What asks for a decision today, the most urgent first."""

    CANNOT = "cannot"
    PENDING_ROLL = "pending_roll"
    AT_RISK = "at_risk"
    DRAFTS = "drafts"
    CONTACTS = "contacts"
    SURVEYS = "surveys"
    TRAINING = "training"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Attention:
    """`count` things of one kind in one cohort; `until` is the day by which to act.

    `training`: the cohort is a group of people in training.
    """

    kind: AttentionKind
    count: int
    cohort: Cohort
    detail: str
    until: date | None
    scheduled_session_id: str | None = None
    training: bool = False


@dataclass(frozen=True, slots=True)
class TodayView:
    """The opening page of one day."""

    on: date
    next_session: SessionView | None
    next_agenda: AgendaView | None
    attention: tuple[Attention, ...]
    running: CohortView | None
    attendance_percent: int | None
    week: tuple[SessionView, ...]
    last_backup: datetime | None


@dataclass(frozen=True, slots=True)
class BackupView:
    """A backup: `checked_at` is when it was last opened and found whole; `size` in bytes."""

    path: Path
    made_at: datetime
    checked_at: datetime | None
    size: int
    changes: int


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A line of the journal: what was done, by whom, when, to how many `records`.

    `undoing`, `redoing`: it took back, or made again, an earlier change of that name. `undone`: it
    no longer holds.
    """

    id: str
    name: Message
    actor_name: str
    at: datetime
    records: int
    undoing: bool
    redoing: bool
    undone: bool
