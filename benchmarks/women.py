"""Eligibility of a hundred thousand women, by the rule and the offer of the core pack."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from datetime import time as clock_time
from typing import Final

from benchmarks.frame import Measure, Scale
from facilitator_kit import paths
from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.curriculum.records import Module, Wave
from facilitator_kit.monitoring.attendance import HerCalendar
from facilitator_kit.monitoring.eligibility import criteria, eligibility
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Channel,
    ContactTopic,
    FollowUpContact,
    Mark,
    Response,
    ScheduledSession,
)

_DIFFERENT: Final = 1000
_START: Final = date(2026, 3, 2)
_ON: Final = date(2026, 7, 20)

Records = tuple[tuple[AttendanceMark, ...], tuple[Response, ...], tuple[FollowUpContact, ...]]


def measure(scale: Scale) -> Iterator[Measure]:
    """In the middle of a course: some sessions held, some to come. Records are at hand already."""
    women = scale.of(100_000, 2_000)
    pack = load_pack(pack_files_from_folder(paths.content_folder() / "core"), "MX")
    programme = next(programme for programme in pack.programmes if programme.code == "SCE")
    offer = pack.offer("SCE", "employment", "advanced")
    prepared = criteria(programme.rule, offer)
    calendar = _calendar(offer)
    made = [_woman(number, calendar) for number in range(_DIFFERENT)]
    for evidence in (False, True):
        started = time.perf_counter()
        for number in range(women):
            marks, responses, contacts = made[number % _DIFFERENT]
            eligibility(prepared, calendar, marks, responses, contacts, _ON, evidence)
        seconds = time.perf_counter() - started
        told = "with evidence" if evidence else "state and what is lacking"
        yield Measure(f"eligibility of {women}: {told}", seconds, "s")


def _calendar(offer: tuple[Module, ...]) -> HerCalendar:
    """Two sessions a week in the order of the offer."""
    sessions = tuple(
        ScheduledSession(
            id=f"s{number}",
            cohort_id="c",
            number=number + 1,
            module=module.code,
            session=session.code,
            on=_START + timedelta(days=number // 2 * 7 + number % 2 * 2),
            starts_at=clock_time(10),
            minutes=session.minutes,
        )
        for number, (module, session) in enumerate(
            (module, session) for module in offer for session in module.sessions
        )
    )
    return HerCalendar(_START, sessions[-1].on, sessions, ("e",) * len(sessions))


def _woman(seed: int, calendar: HerCalendar) -> Records:
    """One woman's records: of a thousand different ones, the same at every run."""
    chance = random.Random(seed)
    attends = chance.uniform(0.5, 1.0)
    marks = tuple(
        AttendanceMark(f"m{session.id}", session.id, "e", mark, minutes)
        for session in calendar.sessions
        if session.on < _ON
        for mark, minutes in [
            (Mark.PRESENT, session.minutes)
            if chance.random() < attends
            else chance.choice([(Mark.LATE, session.minutes - 15), (Mark.ABSENT, 0)])
        ]
    )
    responses: tuple[Response, ...] = ()
    if chance.random() < 0.9:
        responses = (Response("r", "e", Wave.ENTRY, "entry", "1", _START),)
    contacts = tuple(
        FollowUpContact(f"f{n}", "e", _START + timedelta(days=30 * n), Channel.CALL, topic)
        for n, topic in enumerate([ContactTopic.ATTENDANCE] * chance.randrange(4))
    )
    return marks, responses, contacts
