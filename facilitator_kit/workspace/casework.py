"""Gathers what was recorded for many women at once, and weighs it by their programme's rule."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from operator import attrgetter
from typing import Final, Protocol, TypeVar

from facilitator_kit.bulk import one_by_one
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.monitoring.attendance import HerCalendar, Tally, her_calendar, her_tally
from facilitator_kit.monitoring.eligibility import Criteria, Eligibility, criteria, eligibility
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Cohort,
    Enrolment,
    FollowUpContact,
    Participant,
    RecoveryPlace,
    Response,
    ScheduledSession,
)
from facilitator_kit.workspace.desk import Desk

AT_ONCE: Final = 500
"""Women whose records are read together, or somewhat more: cohorts are not parted."""


@dataclass(frozen=True, slots=True)
class Case:
    """One woman in one programme: her enrolments in it, latest last, and what they hold."""

    participant: Participant
    enrolments: tuple[Enrolment, ...]
    cohort: Cohort
    pack: Pack
    criteria: Criteria
    calendar: HerCalendar
    marks: tuple[AttendanceMark, ...]
    responses: tuple[Response, ...]
    contacts: tuple[FollowUpContact, ...]
    eligibility: Eligibility

    @property
    def enrolment(self) -> Enrolment:
        """Her latest enrolment in the programme."""
        return self.enrolments[-1]

    @property
    def same_course(self) -> tuple[Enrolment, ...]:
        """Her latest enrolment and those she was moved from: one course, one certificate."""
        found = [self.enrolment]
        for earlier in reversed(self.enrolments[:-1]):
            if earlier.transferred_to == found[-1].id:
                found.append(earlier)
        return tuple(found)

    def tally(self, on: date) -> Tally:
        """What her marks add up to, over every cohort of the programme."""
        return her_tally(self.calendar, self.marks, on)


class Casework:
    """Cases by cohort or person; everything needed is read in a handful of queries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_cohorts(self, cohort_ids: Collection[str], on: date) -> tuple[Case, ...]:
        """The women whose latest enrolment in their programme is in one of the cohorts."""
        return tuple(chain.from_iterable(self.by_groups(cohort_ids, on)))

    def by_groups(self, cohort_ids: Collection[str], on: date) -> Iterator[tuple[Case, ...]]:
        """The same, some whole cohorts at a time, for whoever does not need everybody at once.

        All that is known of 100,000 women fills the memory of an old laptop, and the interface
        stands still for as long as it takes to let go of it.
        """
        people: set[str] = set()
        cohorts: set[str] = set()
        present = deque(
            self._desk.store.find(Enrolment, cohort_id=tuple(cohort_ids), order_by="cohort_id")
        )
        for cohort_id, enrolments in groupby(one_by_one(present), attrgetter("cohort_id")):
            cohorts.add(cohort_id)
            people.update(enrolment.participant_id for enrolment in enrolments)
            if len(people) >= AT_ONCE:
                yield self._of_group(people, cohorts, on)
                people, cohorts = set(), set()
        if people:
            yield self._of_group(people, cohorts, on)

    def _of_group(self, people: Set[str], cohorts: Set[str], on: date) -> tuple[Case, ...]:
        return tuple(case for case in self._cases(tuple(people), on) if case.cohort.id in cohorts)

    def of_people(self, participant_ids: Collection[str], on: date) -> tuple[Case, ...]:
        """Every case of these women, one for each programme they are enrolled in."""
        return self._cases(tuple(participant_ids), on)

    def _cases(self, people: tuple[str, ...], on: date) -> tuple[Case, ...]:
        store = self._desk.store
        participants = {p.id: p for p in store.find(Participant, id=people)}
        enrolments = store.find(Enrolment, participant_id=people)
        cohorts = {
            cohort.id: cohort
            for cohort in store.find(Cohort, id=tuple({e.cohort_id for e in enrolments}))
        }
        enrolment_ids = tuple(enrolment.id for enrolment in enrolments)
        all_places = store.find(RecoveryPlace, enrolment_id=enrolment_ids)
        places = _by_enrolment(all_places)
        calendars: dict[str, list[ScheduledSession]] = defaultdict(list)
        for session in store.find(ScheduledSession, cohort_id=tuple(cohorts)):
            calendars[session.cohort_id].append(session)
        placed = {
            session.id: session
            for session in store.find(
                ScheduledSession, id=tuple({place.scheduled_session_id for place in all_places})
            )
        }
        marks = _by_enrolment(store.find(AttendanceMark, enrolment_id=enrolment_ids))
        responses = _by_enrolment(store.find(Response, enrolment_id=enrolment_ids))
        contacts = _by_enrolment(store.find(FollowUpContact, enrolment_id=enrolment_ids))

        grouped: dict[tuple[str, str], list[Enrolment]] = defaultdict(list)
        for enrolment in enrolments:
            key = (enrolment.participant_id, cohorts[enrolment.cohort_id].programme)
            grouped[key].append(enrolment)
        prepared: dict[tuple[str, str, str, str], Criteria] = {}
        cases = []
        for (participant_id, programme), hers in grouped.items():
            hers.sort(key=lambda e: (e.starts_on, e.enrolled_on, e.id))
            latest = hers[-1]
            cohort = cohorts[latest.cohort_id]
            pack = self._desk.pack_of(cohort)
            her_marks = tuple(mark for e in hers for mark in marks[e.id])
            her_places = [place for e in hers for place in places[e.id]]
            calendar = her_calendar(
                hers,
                _calendars_for(hers, her_places, calendars, placed),
                her_places,
                {(mark.scheduled_session_id, mark.enrolment_id) for mark in her_marks},
            )
            offer = (pack.digest, programme, latest.route, latest.level)
            if offer not in prepared:
                prepared[offer] = criteria(
                    pack.programme(programme).rule,
                    pack.offer(programme, latest.route, latest.level),
                )
            her_responses = tuple(response for e in hers for response in responses[e.id])
            her_contacts = tuple(contact for e in hers for contact in contacts[e.id])
            cases.append(
                Case(
                    participant=participants[participant_id],
                    enrolments=tuple(hers),
                    cohort=cohort,
                    pack=pack,
                    criteria=prepared[offer],
                    calendar=calendar,
                    marks=her_marks,
                    responses=her_responses,
                    contacts=her_contacts,
                    eligibility=eligibility(
                        prepared[offer], calendar, her_marks, her_responses, her_contacts, on
                    ),
                )
            )
        return tuple(cases)


def _calendars_for(
    enrolments: Iterable[Enrolment],
    places: Iterable[RecoveryPlace],
    calendars: Mapping[str, list[ScheduledSession]],
    placed: Mapping[str, ScheduledSession],
) -> dict[str, list[ScheduledSession]]:
    """Her cohorts' calendars, and the recovery sessions she has a place in elsewhere."""
    hers = {enrolment.cohort_id: calendars[enrolment.cohort_id] for enrolment in enrolments}
    for place in places:
        session = placed[place.scheduled_session_id]
        if session.cohort_id not in hers:
            hers[session.cohort_id] = [session]
    return hers


class _OfEnrolment(Protocol):
    @property
    def enrolment_id(self) -> str: ...


_Row = TypeVar("_Row", bound=_OfEnrolment)


def _by_enrolment(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    grouped: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        grouped[row.enrolment_id].append(row)
    return grouped
