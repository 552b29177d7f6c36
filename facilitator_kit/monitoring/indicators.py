"""Figures that say what they are made of: numerator, denominator, what is missing.

Definitions: domain.md §7; the results framework, domain.md §2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from facilitator_kit.monitoring.attendance import ATTENDED, her_calendar
from facilitator_kit.monitoring.graduation import current_lines
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Cohort,
    ComputedFigure,
    Enrolment,
    FigureSource,
    FrameworkRow,
    RecoveryPlace,
    RegisterEvent,
    RegisterLine,
    ScheduledSession,
    TargetType,
)

LEAST_N: Final = 10
"""Below this base a figure is given as counts, without a percentage."""


def half_up(value: Decimal, decimals: int = 0) -> Decimal:
    """The value rounded half up."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, or a share of a base.

    `denominator` None: a count, of which no percentage exists. `missing` says how many of what the
    base is made of have no data: past sessions without a mark, for attendance.
    """

    numerator: int
    denominator: int | None = None
    missing: int = 0
    base: int | None = None

    @property
    def n(self) -> int | None:
        """How many people or things the share is of; `base` where the denominator is minutes."""
        return self.denominator if self.base is None else self.base

    @property
    def is_count_only(self) -> bool:
        """Whether it is shown without a percentage: no base, or fewer than ten in it."""
        return not self.denominator or self.n is None or self.n < LEAST_N

    def percent(self, decimals: int = 0) -> Decimal | None:
        """The percentage, half up; None when only counts may be shown."""
        if self.is_count_only:
            return None
        return percentage(self.numerator, self.denominator, decimals)


def percentage(numerator: int, denominator: int | None, decimals: int = 0) -> Decimal:
    """`numerator` in percent of `denominator`, half up. Raises ValueError without a base."""
    if not denominator:
        raise ValueError("a percentage needs its base")
    return half_up(Decimal(numerator) * 100 / Decimal(denominator), decimals)


@dataclass(frozen=True, slots=True)
class Split:
    """One indicator in all, and by the ids of centre and cohort."""

    total: Figure
    by_centre: Mapping[str, Figure]
    by_cohort: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a set of cohorts on a day.

    Each woman counts once, at the centre and cohort of her latest enrolment; her minutes count
    where they were given.
    """

    on: date
    enrolled: Split
    trained: Split
    graduates: Split
    attendance: Split
    completion: Split


@dataclass(frozen=True, slots=True)
class Intake:
    """The records that figures are made from; what is not of these cohorts is left aside.

    To get the figures of a generation give its cohorts (of one programme, if it has several). Give
    all their sessions, places, marks and register lines with their events.
    """

    cohorts: tuple[Cohort, ...]
    enrolments: tuple[Enrolment, ...]
    sessions: tuple[ScheduledSession, ...]
    marks: tuple[AttendanceMark, ...]
    places: tuple[RecoveryPlace, ...] = ()
    lines: tuple[RegisterLine, ...] = ()
    events: tuple[RegisterEvent, ...] = ()


def figures(intake: Intake, on: date) -> Figures:
    """Trained, graduates, attendance and completion on a day.

    Trained: people with at least one session attended. Graduates: holders of a current folio.
    Attendance: minutes attended / minutes of the marked sessions of her calendar; past sessions
    without a mark are `missing`. Completion: graduates / enrolled in the intake, those who moved
    out of it left out.
    """
    centre_of = {cohort.id: cohort.centre_id for cohort in intake.cohorts}
    own = [e for e in intake.enrolments if e.cohort_id in centre_of and e.enrolled_on <= on]
    by_person: dict[str, list[Enrolment]] = {}
    for enrolment in own:
        by_person.setdefault(enrolment.participant_id, []).append(enrolment)
    for entries in by_person.values():
        entries.sort(key=lambda e: (e.starts_on, e.enrolled_on, e.id))
    latest = {person: entries[-1].cohort_id for person, entries in by_person.items()}
    stayed = {
        person
        for person, entries in by_person.items()
        if any(entry.transferred_to is None for entry in entries)
    }
    ids = {enrolment.id for enrolment in own}
    in_force = current_lines(intake.lines, (event for event in intake.events if event.on <= on))
    holders = {
        line.participant_id
        for line in in_force
        if line.enrolment_id in ids and line.issued_on <= on
    }
    attendance = _Attendance()
    trained = {
        person
        for person, minutes in _by_person(intake, by_person, on)
        if attendance.add(person, minutes)
    }
    return Figures(
        on,
        enrolled=_people(centre_of, latest, by_person),
        trained=_people(centre_of, latest, trained),
        graduates=_people(centre_of, latest, holders),
        attendance=attendance.split(centre_of),
        completion=_share(centre_of, latest, holders & stayed, stayed),
    )


# -- counting people -------------------------------------------------------------------------------


def _people(
    centre_of: Mapping[str, str], latest: Mapping[str, str], people: Iterable[str]
) -> Split:
    """How many people, each at her latest cohort and its centre; zeros are given too."""
    cohorts = dict.fromkeys(centre_of, 0)
    centres = dict.fromkeys(centre_of.values(), 0)
    total = 0
    for person in people:
        cohort = latest[person]
        total += 1
        cohorts[cohort] += 1
        centres[centre_of[cohort]] += 1
    return Split(
        Figure(total),
        {key: Figure(count) for key, count in centres.items()},
        {key: Figure(count) for key, count in cohorts.items()},
    )


def _share(
    centre_of: Mapping[str, str], latest: Mapping[str, str], some: Iterable[str], of: Iterable[str]
) -> Split:
    """How many of a base of people, each at her latest cohort and its centre."""
    top, base = _people(centre_of, latest, some), _people(centre_of, latest, of)
    return Split(
        Figure(top.total.numerator, base.total.numerator),
        {
            key: Figure(top.by_centre[key].numerator, figure.numerator)
            for key, figure in base.by_centre.items()
        },
        {
            key: Figure(top.by_cohort[key].numerator, figure.numerator)
            for key, figure in base.by_cohort.items()
        },
    )


# -- counting minutes ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Attended:
    """One past session of a woman's calendar; `minutes` None without a mark."""

    cohort_id: str
    delivered: int
    minutes: int | None
    there: bool


def _by_person(
    intake: Intake, by_person: Mapping[str, list[Enrolment]], on: date
) -> Iterable[tuple[str, list[_Attended]]]:
    """Each woman with the sessions of her calendar until `on`."""
    sessions: dict[str, list[ScheduledSession]] = {}
    for session in intake.sessions:
        sessions.setdefault(session.cohort_id, []).append(session)
    marks: dict[str, dict[str, AttendanceMark]] = {}
    for mark in intake.marks:
        marks.setdefault(mark.enrolment_id, {})[mark.scheduled_session_id] = mark
    places: dict[str, list[RecoveryPlace]] = {}
    for place in intake.places:
        places.setdefault(place.enrolment_id, []).append(place)
    for person, entries in by_person.items():
        cohort_of = {entry.id: entry.cohort_id for entry in entries}
        marked = {(key, entry.id) for entry in entries for key in marks.get(entry.id, ())}
        calendar = her_calendar(
            entries,
            sessions,
            [place for entry in entries for place in places.get(entry.id, ())],
            marked,
        )
        found = []
        for session, enrolment_id in calendar.slots:
            given = marks.get(enrolment_id, {}).get(session.id)
            if session.on > on or (session.on == on and given is None):
                continue
            there = given is not None and given.mark in ATTENDED
            minutes = min(given.minutes, session.minutes) if given is not None and there else 0
            found.append(
                _Attended(
                    cohort_of[enrolment_id],
                    session.minutes,
                    None if given is None else minutes,
                    there,
                )
            )
        yield person, found


@dataclass(slots=True)
class _Attendance:
    """Minutes attended and delivered by cohort, as they are added up."""

    attended: dict[str, int] = field(default_factory=dict)
    delivered: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=dict)

    def add(self, person: str, sessions: Iterable[_Attended]) -> bool:
        """Add one woman's sessions; whether she was at one of them."""
        there = False
        for session in sessions:
            key = session.cohort_id
            if session.minutes is None:
                self.missing[key] = self.missing.get(key, 0) + 1
                continue
            self.attended[key] = self.attended.get(key, 0) + session.minutes
            self.delivered[key] = self.delivered.get(key, 0) + session.delivered
            self.people.setdefault(key, set()).add(person)
            there = there or session.there
        return there

    def split(self, centre_of: Mapping[str, str]) -> Split:
        """The sums of each cohort, each centre and all."""
        cohorts_of: dict[str, list[str]] = {}
        for cohort, centre in centre_of.items():
            cohorts_of.setdefault(centre, []).append(cohort)
        return Split(
            self._sum(centre_of),
            {centre: self._sum(cohorts) for centre, cohorts in cohorts_of.items()},
            {cohort: self._sum((cohort,)) for cohort in centre_of},
        )

    def _sum(self, cohorts: Iterable[str]) -> Figure:
        keys = list(cohorts)
        people: set[str] = set().union(*(self.people.get(key, set()) for key in keys))
        return Figure(
            sum(self.attended.get(key, 0) for key in keys),
            sum(self.delivered.get(key, 0) for key in keys),
            sum(self.missing.get(key, 0) for key in keys),
            len(people),
        )


# -- results framework -----------------------------------------------------------------------------


class FrameworkStatus(StrEnum):
    """Parcial, lograda, rebasada, or without a target."""

    PARTIAL = "partial"
    MET = "met"
    EXCEEDED = "exceeded"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """A row of the results framework with its progress.

    With an incremental target, `target` and `achieved` are both on top of the baseline; with a
    cumulative one both include it. `progress_percent` is `achieved` in percent of `target`: whole
    as an int, else a Decimal of one decimal; None without target or without a figure.
    """

    indicator: str
    text: str
    unit: str
    baseline: int | None
    target: int | None
    target_type: TargetType
    achieved: int | None
    progress_percent: Decimal | int | None
    status: FrameworkStatus
    source: FigureSource
    source_note: str


def framework(
    rows: Iterable[FrameworkRow], computed: Mapping[ComputedFigure, int]
) -> tuple[FrameworkResult, ...]:
    """The results framework in its order; rows that are computed take their figure from `computed`.

    An entered row keeps the figure reported with its source: the two are never mixed. Raises
    KeyError when `computed` lacks a figure that a row asks for.
    """
    return tuple(
        _framework_result(row, computed)
        for row in sorted(rows, key=lambda row: (row.position, row.id))
    )


def _framework_result(row: FrameworkRow, computed: Mapping[ComputedFigure, int]) -> FrameworkResult:
    achieved = row.achieved
    if row.source is FigureSource.COMPUTED and row.computed is not None:
        achieved = computed[row.computed]
    progress: Decimal | int | None = None
    if row.target and achieved is not None:
        exact = percentage(achieved, row.target, 1)
        progress = int(exact) if exact == exact.to_integral_value() else exact
    if row.target is None:
        status = FrameworkStatus.NO_TARGET
    elif achieved is None or achieved < row.target:
        status = FrameworkStatus.PARTIAL
    else:
        status = FrameworkStatus.MET if achieved == row.target else FrameworkStatus.EXCEEDED
    return FrameworkResult(
        row.indicator,
        row.text,
        row.unit,
        row.baseline,
        row.target,
        row.target_type,
        achieved,
        progress,
        status,
        row.source,
        row.source_note,
    )
