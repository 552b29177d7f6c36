"""What an institution keeps: its centres, people, courses, marks, decisions and register lines.

Every record is frozen and has an `id` of 32 hexadecimal digits (UUIDv7). The store keeps one table
for each class here, with one column for each field; so a field may be a str, int, bool, date, time,
datetime, StrEnum, bytes, None of these, or a tuple or record of such (kept as JSON).
Codes of programme, route, level, module and session refer to a pack (code and version).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from facilitator_kit.curriculum.records import Wave

# -- the institution ---------------------------------------------------------------------------


class Paper(StrEnum):
    """Paper sizes; the three `oficio` are 216 mm wide and 330, 340 or 356 mm long."""

    LETTER = "letter"
    OFICIO_330 = "oficio_330"
    OFICIO_340 = "oficio_340"
    OFICIO_356 = "oficio_356"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Institution:
    """The one institution of a workspace. `sample` is set by the sample maker only, for ever.

    `country` is "MX" or "CL". `uses_curp` and `uses_run` switch national numbers on.
    """

    id: str
    name: str
    short_name: str
    country: str
    city: str
    state: str
    paper: Paper = Paper.LETTER
    language: str = "es"
    sample: bool = False
    uses_curp: bool = False
    uses_run: bool = False
    programme_name: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """`code` ("CR") begins its participants' codes and its folios; unique in the workspace."""

    id: str
    name: str
    code: str
    city: str
    state: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Logo:
    """An image (PNG or JPEG) printed at the head of documents, in `position` order."""

    id: str
    name: str
    position: int
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. `centre_id` None: signs for every centre. Term of office: both days included."""

    id: str
    name: str
    title: str
    position: int
    centre_id: str | None = None
    term_from: date | None = None
    term_to: date | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A named person of this workspace: the actor of changes."""

    id: str
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Facilitator:
    id: str
    name: str
    centre_id: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day without sessions beside the public holidays; `centre_id` None: everywhere."""

    id: str
    on: date
    reason: str
    centre_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoredPack:
    """One pack version in use, whole: `content` is its zip. Never changed, never removed in use."""

    id: str
    code: str
    version: str
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AdoptedPack:
    """The pack version that new cohorts start from, since `adopted_on`; the latest one stands.

    `signer` and `signer_key` say who signed the file it came in; empty where it came with the
    program.
    """

    id: str
    stored_pack_id: str
    adopted_on: date
    signer: str = ""
    signer_key: str = ""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A file of the adopted pack as the institution has changed it.

    `base` is that file's text in the pack version `base_version`, from which `text` was made: the
    two and a newer pack's text are what a three-way merge needs.
    """

    id: str
    pack_code: str
    file: str
    base_version: str
    base: str
    text: str


@dataclass(frozen=True, slots=True)
class PackSigner:
    """Whose signed packs are known here, by `public_key` (hexadecimal).

    The institution's own signer holds the `private_key` too.
    """

    id: str
    name: str
    public_key: str
    private_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Favourite:
    """Something of the pack that a user wants at hand: `code` of a session, method or lesson."""

    id: str
    user_id: str
    code: str


# -- people ------------------------------------------------------------------------------------


class TitleForm(StrEnum):
    """How she wishes to be titled on paper: graduada, graduado, persona graduada."""

    FEMININE = "feminine"
    MASCULINE = "masculine"
    NEUTRAL = "neutral"


class Channel(StrEnum):
    """The safe way to reach her."""

    WHATSAPP = "whatsapp"
    CALL = "call"
    SMS = "sms"
    EMAIL = "email"
    IN_PERSON = "in_person"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How she may be reached without risk.

    `address` is a number or mail, `call_her` the name to use when someone else may answer.
    """

    channel: Channel = Channel.NONE
    address: str = ""
    hours: str = ""
    may_leave_message: bool = False
    call_her: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A woman. `code` ("CR-014") stands for her on instruments; `social_name` replaces given names.

    Names are kept as she writes them; any surname may be missing.
    """

    id: str
    code: str
    given_names: str
    first_surname: str = ""
    second_surname: str = ""
    social_name: str = ""
    title_form: TitleForm = TitleForm.FEMININE
    contact: SafeContact = SafeContact()
    curp: str = ""
    run: str = ""


# -- courses -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Generation:
    """An intake that starts and ends together in several centres: "Generación 2026-A"."""

    id: str
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A weekly meeting: `weekday` 0 is Monday."""

    weekday: int
    starts_at: time


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group that studies one route and level together, on the pack version it started with."""

    id: str
    generation_id: str
    centre_id: str
    code: str
    name: str
    pack_code: str
    pack_version: str
    programme: str
    route: str
    level: str
    starts_on: date
    meetings: tuple[Meeting, ...]
    room: str = ""
    facilitator_id: str | None = None
    closed: bool = False


class LeavingReason(StrEnum):
    """Why she left, from a list that asks nothing that could harm her."""

    WORK = "work"
    CARE = "care"
    HEALTH = "health"
    MOVED = "moved"
    DISTANCE = "distance"
    SCHEDULE = "schedule"
    STUDY = "study"
    NOT_FOR_HER = "not_for_her"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A woman in a cohort from `starts_on` (her calendar's first day) on.

    `route` and `level` are hers, and may differ from the cohort's. A transfer closes one enrolment
    (`left_on`, `transferred_to`: the new enrolment) and opens another; leaving has a reason.
    """

    id: str
    participant_id: str
    cohort_id: str
    enrolled_on: date
    starts_on: date
    route: str
    level: str
    left_on: date | None = None
    leaving_reason: LeavingReason | None = None
    transferred_to: str | None = None


class SessionState(StrEnum):
    """A cancelled session leaves the calendar; whether one was held shows in its marks."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ScheduledSession:
    """A session of a cohort's calendar, `minutes` long.

    `number` counts within the cohort from 1. `replaces` names the cancelled session it stands for;
    `recovery` sessions count only for those assigned to them (`RecoveryPlace`).
    """

    id: str
    cohort_id: str
    number: int
    module: str
    session: str
    on: date
    starts_at: time
    minutes: int
    state: SessionState = SessionState.SCHEDULED
    room: str = ""
    facilitator_id: str | None = None
    replaces: str | None = None
    recovery: bool = False
    cancel_reason: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryPlace:
    """A woman's place in a recovery session."""

    id: str
    scheduled_session_id: str
    enrolment_id: str


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """An agenda changed for one scheduled session: `blocks` is `SessionPlan` as JSON text."""

    id: str
    scheduled_session_id: str
    blocks: str


# -- attendance, surveys, follow-up ---------------------------------------------------------------


class Mark(StrEnum):
    """Absent < excused < late < present = online (domain.md §5)."""

    ABSENT = "absent"
    EXCUSED = "excused"
    LATE = "late"
    PRESENT = "present"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class AttendanceMark:
    """One woman at one session. `minutes` is what counts, computed unless `typed_minutes`.

    `reason` is the reason of the latest correction, empty while the mark stands as first made.
    """

    id: str
    scheduled_session_id: str
    enrolment_id: str
    mark: Mark
    minutes: int
    typed_minutes: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question: its XLSForm name, and the value as text (choices joined by spaces)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Response:
    """An answered instrument. `answers` are XLSForm name and value, so every form will fit."""

    id: str
    enrolment_id: str
    wave: Wave
    instrument: str
    instrument_version: str
    answered_on: date
    answers: tuple[Answer, ...] = ()


class ContactTopic(StrEnum):
    """What a follow-up contact was about; a list, never a narrative."""

    ATTENDANCE = "attendance"
    LEARNING = "learning"
    WORK = "work"
    BUSINESS = "business"
    STUDY = "study"
    CARE = "care"
    PAPERWORK = "paperwork"
    WELLBEING = "wellbeing"
    GRADUATION = "graduation"
    OTHER = "other"


class Barrier(StrEnum):
    """What stands in her way, from a list that asks nothing that could harm her."""

    NONE = "none"
    CARE = "care"
    TRANSPORT = "transport"
    WORK = "work"
    MONEY = "money"
    HEALTH = "health"
    CONNECTION = "connection"
    CONFIDENCE = "confidence"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FollowUpContact:
    """An individual follow-up contact. Only one with `reached` counts for graduation."""

    id: str
    enrolment_id: str
    on: date
    channel: Channel
    topic: ContactTopic
    reached: bool = True
    barrier: Barrier = Barrier.NONE
    agreement: str = ""
    next_on: date | None = None
    referral_offered: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a field and is not valid yet; shown as such, never a record.

    `form` names the form, `record_id` the record it would change (or "" for a new one).
    """

    id: str
    form: str
    record_id: str
    field: str
    text: str


# -- graduation --------------------------------------------------------------------------------


class DecisionKind(StrEnum):
    """`exception` graduates a woman who does not fulfil the rule; `refused` one who might."""

    GRADUATES = "graduates"
    EXCEPTION = "exception"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decision:
    """The director's decision on one enrolment; `evidence` is frozen with it, as JSON text.

    The latest decision on an enrolment stands; one that a folio rests on can no longer be replaced.
    """

    id: str
    enrolment_id: str
    kind: DecisionKind
    decided_on: date
    decided_by: str
    rule: str
    rule_version: int
    reason: str
    evidence: str
    evidence_digest: str


@dataclass(frozen=True, slots=True)
class CertificateSigner:
    """A signatory as printed."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of the *libro de registro*, written once and never changed or removed.

    It holds everything its certificate prints, so that the file can be made again at any time.
    `folio` is "<series>-<year>-<number, 4 digits>" and safe in a file name. Its state follows from
    the `RegisterEvent`s about it.
    """

    id: str
    folio: str
    series: str
    year: int
    number: int
    book: int
    leaf: int
    line: int
    kind: str
    participant_id: str
    enrolment_id: str
    decision_id: str
    printed_name: str
    participant_code: str
    title_form: TitleForm
    institution: str
    centre: str
    cohort: str
    programme: str
    route_text: str
    hours_minutes: int
    starts_on: date
    ends_on: date
    issued_on: date
    place: str
    rule: str
    rule_version: int
    pack_code: str
    pack_version: str
    layout: str
    layout_version: int
    paper: Paper
    language: str
    signers: tuple[CertificateSigner, ...]
    issued_by: str
    sample: bool
    digest: str
    reissue_of: str | None = None


class RegisterEventKind(StrEnum):
    """What can happen to an issued folio."""

    VOIDED = "voided"
    REPRINTED = "reprinted"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class RegisterEvent:
    """Something that happened to a folio: voided with its cause, reprinted, delivered."""

    id: str
    register_line_id: str
    kind: RegisterEventKind
    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class FolioFloor:
    """The last folio known to be printed, asked for after a restore: numbers go on above it."""

    id: str
    series: str
    year: int
    number: int
    declared_at: datetime
    declared_by: str


class RegisterState(StrEnum):
    """Vigente, cancelado, reexpedido."""

    CURRENT = "current"
    VOIDED = "voided"
    REISSUED = "reissued"


# -- figures -----------------------------------------------------------------------------------


class TargetType(StrEnum):
    """Incremental: on top of the baseline, and `achieved` is the increment too."""

    INCREMENTAL = "incremental"
    CUMULATIVE = "cumulative"


class FigureSource(StrEnum):
    COMPUTED = "computed"
    ENTERED = "entered"


class ComputedFigure(StrEnum):
    """What a results-framework row may be computed from."""

    GRADUATES = "graduates"
    TRAINED = "trained"
    PEER_MENTORS = "peer_mentors"
    EXIT_SURVEYS = "exit_surveys"
    CENTRES = "centres"


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A row of the results framework of one generation.

    Entered rows carry `achieved` and where it comes from (`source_note`); computed rows carry
    `computed` and take their figure from the records at the reference date.
    """

    id: str
    generation_id: str
    position: int
    indicator: str
    text: str
    target_type: TargetType
    source: FigureSource
    unit: str = ""
    baseline: int | None = None
    target: int | None = None
    achieved: int | None = None
    computed: ComputedFigure | None = None
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """A figure that no record here can give, with its definition and source."""

    id: str
    generation_id: str
    key: str
    text: str
    value: int
    definition: str
    source_note: str
    reported_on: date


RECORD_TYPES: tuple[type, ...] = (
    Institution,
    Centre,
    Logo,
    Signatory,
    User,
    Facilitator,
    ClosedDay,
    StoredPack,
    AdoptedPack,
    Adaptation,
    PackSigner,
    Favourite,
    Participant,
    Generation,
    Cohort,
    Enrolment,
    ScheduledSession,
    RecoveryPlace,
    StoredPlan,
    AttendanceMark,
    Response,
    FollowUpContact,
    Draft,
    Decision,
    RegisterLine,
    RegisterEvent,
    FolioFloor,
    FrameworkRow,
    EnteredFigure,
)
