"""Her calendar, the minutes that a mark gives, and what rolls add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.names import sort_key
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Enrolment,
    Mark,
    Participant,
    RecoveryPlace,
    ScheduledSession,
    SessionState,
)

RANK: Final[Mapping[Mark, int]] = {
    Mark.ABSENT: 0,
    Mark.EXCUSED: 1,
    Mark.LATE: 2,
    Mark.PRESENT: 3,
    Mark.ONLINE: 3,
}
"""The order of marks (domain.md §5): a higher rank never counts less."""

ATTENDED: Final = frozenset((Mark.LATE, Mark.PRESENT, Mark.ONLINE))
"""Marks of who was there, in the room or on line."""


class TypedMinutesRefused(KitError):  # noqa: N818 - it is an answer, not a defect
    """Minutes typed by hand that do not fit in the session."""


def minutes_for(mark: Mark, minutes: int, late_minutes: int, typed: int | None = None) -> int:
    """The minutes that a mark gives at a session of `minutes`.

    Absent and excused give none, late loses `late_minutes` of the rule, present and online give
    all; for who was there, `typed` minutes hold instead. Raises TypedMinutesRefused when `typed`
    is negative or more than the session has.
    """
    if mark not in ATTENDED:
        return 0
    if typed is not None:
        if not 0 <= typed <= minutes:
            raise TypedMinutesRefused(
                message(
                    "La sesión dura {minutes} minutos y se escribió {typed}.",
                    minutes=minutes,
                    typed=typed,
                ),
                message("Escriba un número entre 0 y {minutes}.", minutes=minutes),
                "typed_minutes",
            )
        return typed
    return max(0, minutes - late_minutes) if mark is Mark.LATE else minutes


# -- her calendar ---------------------------------------------------------------------------------


class Slot(NamedTuple):
    """A session of one woman's calendar, and the enrolment that its mark belongs to."""

    session: ScheduledSession
    enrolment_id: str


@dataclass(frozen=True, slots=True)
class HerCalendar:
    """All her sessions by date, cancelled ones left out; `ends_on` is the last one's day.

    `starts_on` is her first enrolment's start. Without any session `ends_on` is `starts_on`.
    `enrolment_ids` runs beside `sessions`: the enrolment that each one's mark belongs to.
    """

    starts_on: date
    ends_on: date
    sessions: tuple[ScheduledSession, ...]
    enrolment_ids: tuple[str, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Each session with its enrolment."""
        return tuple(map(Slot, self.sessions, self.enrolment_ids))


def her_calendar(
    enrolments: Sequence[Enrolment],
    sessions_by_cohort: Mapping[str, Iterable[ScheduledSession]],
    places: Iterable[RecoveryPlace] = (),
    marked: Collection[tuple[str, str]] = frozenset(),
) -> HerCalendar:
    """The calendar of one woman in one programme (domain.md §5, "All scheduled sessions").

    `enrolments` are hers in that programme, the latest last, and at least one. From each she has
    her cohort's sessions from its `starts_on` until `left_on`: the last day is included when she
    left, and when she moved to another cohort only if she has a mark there (`marked` holds session
    and enrolment ids), for on that day her new calendar begins. Recovery sessions are hers only
    with a place, wherever they are held. Cancelled sessions are out, their replacements in.
    """
    owners: dict[str, str] = {}
    found: list[ScheduledSession] = []
    for enrolment in enrolments:
        first, own = enrolment.starts_on, enrolment.id
        held = [
            session
            for session in sessions_by_cohort.get(enrolment.cohort_id, ())
            if session.on >= first
            and not session.recovery
            and session.state is SessionState.SCHEDULED
        ]
        if enrolment.left_on is not None:
            held = [
                session
                for session in held
                if on_roll(enrolment, session) or _marked_on_moving(enrolment, session, marked)
            ]
        if owners:
            held = [session for session in held if session.id not in owners]
        if len(enrolments) > 1:
            owners.update((session.id, own) for session in held)
        found += held
    wanted = {place.scheduled_session_id: place.enrolment_id for place in places}
    if wanted:
        by_id = {enrolment.id: enrolment for enrolment in enrolments}
        for sessions in sessions_by_cohort.values():
            for session in sessions:
                owner = by_id.get(wanted.get(session.id, ""))
                if owner is not None and _recovers(owner, session):
                    owners[session.id] = owner.id
                    found.append(session)
    found.sort(key=_WHEN)
    starts_on = min(enrolment.starts_on for enrolment in enrolments)
    own = enrolments[-1].id
    return HerCalendar(
        starts_on,
        found[-1].on if found else starts_on,
        tuple(found),
        tuple(owners.get(session.id, own) for session in found) if owners else (own,) * len(found),
    )


_WHEN: Final = attrgetter("on", "starts_at", "number", "id")


def _marked_on_moving(
    enrolment: Enrolment, session: ScheduledSession, marked: Collection[tuple[str, str]]
) -> bool:
    """Whether she moved on the session's day, after having been marked in it."""
    return session.on == enrolment.left_on and (session.id, enrolment.id) in marked


def _recovers(enrolment: Enrolment, session: ScheduledSession) -> bool:
    """Whether her place in a session stands: not cancelled, and not after she left for good."""
    if not session.recovery or session.state is SessionState.CANCELLED:
        return False
    left_on = enrolment.left_on if enrolment.transferred_to is None else None
    return left_on is None or session.on <= left_on


def marks_by_session(marks: Iterable[AttendanceMark]) -> dict[str, AttendanceMark]:
    """Her marks by session; where one session has two of hers, the one with more minutes."""
    given = marks if isinstance(marks, Sequence) else list(marks)
    found = {mark.scheduled_session_id: mark for mark in given}
    if len(found) < len(given):
        for mark in sorted(given, key=lambda mark: (mark.minutes, RANK[mark.mark])):
            found[mark.scheduled_session_id] = mark
    return found


# -- rolls and what they add up to ----------------------------------------------------------------


def on_roll(enrolment: Enrolment, session: ScheduledSession, places: Collection[str] = ()) -> bool:
    """Whether she is on the roll of a session of her cohort, or of a recovery session.

    `places` are the ids of the enrolments with a place in this recovery session.
    """
    if session.recovery:
        return enrolment.id in places
    if enrolment.cohort_id != session.cohort_id or session.on < enrolment.starts_on:
        return False
    if enrolment.left_on is None:
        return True
    if enrolment.transferred_to is not None:
        return session.on < enrolment.left_on
    return session.on <= enrolment.left_on


def roll_order(
    enrolments: Iterable[Enrolment], participants: Mapping[str, Participant]
) -> tuple[Enrolment, ...]:
    """The enrolments in the order of the printed roll and of the grid: by name, then by code."""
    keyed = []
    for enrolment in enrolments:
        person = participants[enrolment.participant_id]
        keyed.append(((sort_key(person), person.code, enrolment.id), enrolment))
    return tuple(enrolment for _, enrolment in sorted(keyed, key=itemgetter(0)))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a set of marks adds up to.

    `delivered` counts the minutes of the marked sessions and `attended` those that count for her;
    `pending` are past sessions without a mark, `remaining` those to come (today's included).
    """

    present: int = 0
    online: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0
    pending: int = 0
    remaining: int = 0
    attended: int = 0
    delivered: int = 0

    @property
    def marked(self) -> int:
        """How many marks there are."""
        return self.present + self.online + self.late + self.excused + self.absent

    @property
    def there(self) -> int:
        """How many marks of someone who was there."""
        return self.present + self.online + self.late

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.present + other.present,
            self.online + other.online,
            self.late + other.late,
            self.excused + other.excused,
            self.absent + other.absent,
            self.pending + other.pending,
            self.remaining + other.remaining,
            self.attended + other.attended,
            self.delivered + other.delivered,
        )


def tally(slots: Iterable[tuple[ScheduledSession, AttendanceMark | None]], on: date) -> Tally:
    """The sum over sessions and their mark (None: none yet), seen on a day."""
    counts = dict.fromkeys(Mark, 0)
    pending = remaining = attended = delivered = 0
    for session, mark in slots:
        if mark is not None:
            counts[mark.mark] += 1
            delivered += session.minutes
            if mark.mark in ATTENDED:
                attended += min(mark.minutes, session.minutes)
        elif session.on < on:
            pending += 1
        else:
            remaining += 1
    return Tally(
        present=counts[Mark.PRESENT],
        online=counts[Mark.ONLINE],
        late=counts[Mark.LATE],
        excused=counts[Mark.EXCUSED],
        absent=counts[Mark.ABSENT],
        pending=pending,
        remaining=remaining,
        attended=attended,
        delivered=delivered,
    )


def her_tally(calendar: HerCalendar, marks: Iterable[AttendanceMark], on: date) -> Tally:
    """What one woman's marks add up to over her calendar."""
    found = marks_by_session(marks)
    return tally(((session, found.get(session.id)) for session in calendar.sessions), on)


def session_tally(
    session: ScheduledSession,
    enrolments: Iterable[Enrolment],
    marks: Iterable[AttendanceMark],
    on: date,
    places: Collection[str] = (),
) -> Tally:
    """What one session's roll adds up to, over everyone on it."""
    found = {mark.enrolment_id: mark for mark in marks if mark.scheduled_session_id == session.id}
    return tally(
        (
            (session, found.get(enrolment.id))
            for enrolment in enrolments
            if enrolment.id in found or on_roll(enrolment, session, places)
        ),
        on,
    )


def cohort_tally(
    calendars: Iterable[tuple[HerCalendar, Iterable[AttendanceMark]]], on: date
) -> Tally:
    """The sum of the tallies of a cohort's women, each with her calendar and marks."""
    total = Tally()
    for calendar, marks in calendars:
        total += her_tally(calendar, marks, on)
    return total


def pending_sessions(
    sessions: Iterable[ScheduledSession],
    enrolments: Sequence[Enrolment],
    marks: Iterable[AttendanceMark],
    on: date,
    places: Iterable[RecoveryPlace] = (),
) -> tuple[ScheduledSession, ...]:
    """The past sessions whose roll lacks at least one mark, by date: rolls still to be typed."""
    marked = {(mark.scheduled_session_id, mark.enrolment_id) for mark in marks}
    placed: dict[str, set[str]] = {}
    for place in places:
        placed.setdefault(place.scheduled_session_id, set()).add(place.enrolment_id)
    found = [
        session
        for session in sessions
        if session.on < on
        and session.state is SessionState.SCHEDULED
        and any(
            on_roll(enrolment, session, placed.get(session.id, ()))
            and (session.id, enrolment.id) not in marked
            for enrolment in enrolments
        )
    ]
    return tuple(sorted(found, key=lambda session: (session.on, session.starts_at, session.id)))
