"""Small courses and people for the tests of monitoring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from facilitator_kit.curriculum.records import (
    Anchor,
    Deadline,
    GraduationRule,
    Module,
    Session,
    SurveyRequirement,
    Wave,
)
from facilitator_kit.monitoring.attendance import HerCalendar, her_calendar, minutes_for
from facilitator_kit.monitoring.eligibility import Criteria, Eligibility, criteria, eligibility
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Channel,
    ContactTopic,
    Enrolment,
    FollowUpContact,
    Mark,
    Participant,
    RecoveryPlace,
    Response,
    ScheduledSession,
)

FIRST = date(2026, 3, 2)
LATE_MINUTES = 15


def day(number: int) -> date:
    """Day `number` of the course, counted from 0."""
    return FIRST + timedelta(days=number)


def module(code: str, *minutes: int) -> Module:
    sessions = tuple(
        Session(f"{code}-{number}", f"Sesión {number}", length)
        for number, length in enumerate(minutes, start=1)
    )
    return Module(code, code, "", "", (), "", sessions)


def rule(
    percent: int = 80,
    entry: int | None = None,
    exit_: int | None = None,
    contacts: tuple[int, ...] = (),
) -> GraduationRule:
    """A rule; `entry` counts days from her start, `exit_` and `contacts` from her end."""
    surveys = []
    if entry is not None:
        surveys.append(SurveyRequirement(Wave.ENTRY, Deadline(Anchor.START, entry)))
    if exit_ is not None:
        surveys.append(SurveyRequirement(Wave.EXIT, Deadline(Anchor.END, exit_)))
    deadlines = tuple(Deadline(Anchor.END, days) for days in contacts)
    return GraduationRule("R", 1, "Regla", percent, LATE_MINUTES, tuple(surveys), deadlines)


def scheduled(session: str, on: int, minutes: int = 120, **more: object) -> ScheduledSession:
    """A session of cohort "c" on day `on`; its id says what and when."""
    made = ScheduledSession(
        f"{session}@{on}", "c", on + 1, session.split("-")[0], session, day(on), time(10), minutes
    )
    return replace(made, **more)


def enrolment(key: str = "e", cohort: str = "c", start: int = 0, **more: object) -> Enrolment:
    made = Enrolment(key, "p", cohort, day(start), day(start), "route", "level")
    return replace(made, **more)


def mark(
    session: ScheduledSession, what: Mark, typed: int | None = None, enrolment_id: str = "e"
) -> AttendanceMark:
    minutes = minutes_for(what, session.minutes, LATE_MINUTES, typed)
    return AttendanceMark(
        f"m-{session.id}", session.id, enrolment_id, what, minutes, typed is not None
    )


def response(wave: Wave, on: int) -> Response:
    return Response(f"r-{wave.value}-{on}", "e", wave, "form", "1", day(on))


def contact(on: int, key: str = "k", reached: bool = True) -> FollowUpContact:
    return FollowUpContact(
        f"{key}-{on}", "e", day(on), Channel.CALL, ContactTopic.LEARNING, reached
    )


def person(
    given: str, first: str = "", second: str = "", code: str = "CR-001", **more: object
) -> Participant:
    return replace(Participant(f"id-{code}", code, given, first, second), **more)


@dataclass(frozen=True)
class Case:
    """Everything that one woman's eligibility is read from."""

    rule: GraduationRule
    offer: tuple[Module, ...]
    sessions: tuple[ScheduledSession, ...]
    marks: tuple[AttendanceMark, ...] = ()
    responses: tuple[Response, ...] = ()
    contacts: tuple[FollowUpContact, ...] = ()
    places: tuple[RecoveryPlace, ...] = ()
    enrolments: tuple[Enrolment, ...] = (enrolment(),)

    @property
    def prepared(self) -> Criteria:
        return criteria(self.rule, self.offer)

    @property
    def calendar(self) -> HerCalendar:
        by_cohort: dict[str, list[ScheduledSession]] = {}
        for session in self.sessions:
            by_cohort.setdefault(session.cohort_id, []).append(session)
        marked = {(mark.scheduled_session_id, mark.enrolment_id) for mark in self.marks}
        return her_calendar(self.enrolments, by_cohort, self.places, marked)

    def on(self, number: int) -> Eligibility:
        """Her eligibility on day `number`."""
        return self.at(day(number))

    def at(self, when: date) -> Eligibility:
        return eligibility(
            self.prepared, self.calendar, self.marks, self.responses, self.contacts, when
        )

    def with_marks(self, *marks: AttendanceMark) -> Case:
        return replace(self, marks=(*self.marks, *marks))
