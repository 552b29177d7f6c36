"""Whether a woman has had the complete offer: fulfilled, still possible and until when, or not.

The rule is domain.md §5, "When has she had the complete offer?", with its numbers from the pack.
Every answer carries the evidence of each of its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from facilitator_kit.curriculum.records import Anchor, Deadline, GraduationRule, Module, Wave
from facilitator_kit.monitoring.attendance import ATTENDED, HerCalendar, marks_by_session
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    FollowUpContact,
    Response,
    ScheduledSession,
)
from facilitator_kit.monitoring.standing import (
    FOLLOW_UP,
    ContactEvidence,
    EligibilityState,
    Line,
    LineKind,
    ResponseEvidence,
    SessionEvidence,
    Standing,
    TrainingEvidence,
)
from facilitator_kit.monitoring.training import training_lines

__all__ = [
    "FOLLOW_UP",
    "ContactEvidence",
    "Criteria",
    "Eligibility",
    "EligibilityState",
    "LackedSession",
    "Line",
    "LineKind",
    "RecoveryNeed",
    "ResponseEvidence",
    "SessionEvidence",
    "Standing",
    "TrainingEvidence",
    "criteria",
    "eligibility",
    "recovery_needs",
]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Where she stands on a day by one version of a rule, with the evidence of every line."""

    rule: str
    rule_version: int
    on: date
    starts_on: date
    ends_on: date
    state: EligibilityState
    until: date | None
    lines: tuple[Line, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Codes of the lines not fulfilled: modules, `survey_entry`, `survey_exit`, `follow_up`.

        Of a training also `quiz_<module>`, `practice`, `observations`.
        """
        return tuple(
            line.code for line in self.lines if line.state is not EligibilityState.FULFILLED
        )

    @property
    def minutes(self) -> int:
        """The programme minutes that count for her now, over all modules."""
        return sum(line.have for line in self.lines if line.kind is LineKind.MODULE)

    def of_kind(self, kind: LineKind) -> tuple[Line, ...]:
        """The lines of one kind, in order."""
        return tuple(line for line in self.lines if line.kind is kind)


class _Place(NamedTuple):
    """Where a programme session counts: its number in the offer, its module's, its minutes."""

    number: int
    module: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Criteria:
    """A rule and an offer, prepared once for all the women that they hold for."""

    rule: GraduationRule
    modules: tuple[Module, ...]
    required: tuple[int, ...]
    places: dict[str, _Place]


def criteria(rule: GraduationRule, offer: Sequence[Module]) -> Criteria:
    """Prepare a rule and an offer (the modules of her route and level, in calendar order).

    A module asks for `module_percent` of its programme minutes, rounded up to a whole minute.
    """
    places: dict[str, _Place] = {}
    for index, module in enumerate(offer):
        for session in module.sessions:
            places[session.code] = _Place(len(places), index, session.minutes)
    required = tuple(-(-module.minutes * rule.module_percent // 100) for module in offer)
    return Criteria(rule, tuple(offer), required, places)


def eligibility(
    prepared: Criteria,
    calendar: HerCalendar,
    marks: Iterable[AttendanceMark],
    responses: Iterable[Response],
    contacts: Iterable[FollowUpContact],
    on: date,
    with_evidence: bool = True,
) -> Eligibility:
    """Where one woman stands on the day `on`.

    `marks`, `responses` and `contacts` are hers, from any of her enrolments in this programme.
    A session of today without a mark is still to come; a past one without a mark is pending and
    can still be typed. No existing mark is ever thought away; a recovery session may add to it.
    For long lists, `with_evidence` False leaves the marked sessions out of the module lines; such
    an answer is not to be frozen with a decision.
    """
    lines = _module_lines(prepared, calendar.sessions, marks, on, with_evidence)
    rule = prepared.rule
    answered = list(responses)
    for survey in rule.surveys:
        deadline = _day(survey.deadline, calendar)
        lines.append(_survey_line(survey.wave, deadline, answered, on))
    if rule.contacts:
        deadlines = sorted(_day(deadline, calendar) for deadline in rule.contacts)
        lines.append(_contacts_line(deadlines, contacts, on))
    if rule.training is not None:
        deadline = _day(rule.training.deadline, calendar)
        lines += training_lines(rule.training, prepared.modules, answered, deadline, on)
    state = EligibilityState.FULFILLED
    until: date | None = None
    for line in lines:
        if line.state is EligibilityState.CANNOT:
            state = EligibilityState.CANNOT
        elif line.state is EligibilityState.CAN_FULFIL:
            if state is EligibilityState.FULFILLED:
                state = EligibilityState.CAN_FULFIL
            if line.until is not None and (until is None or line.until < until):
                until = line.until
    return Eligibility(
        rule.code,
        rule.version,
        on,
        calendar.starts_on,
        calendar.ends_on,
        state,
        until if state is EligibilityState.CAN_FULFIL else None,
        tuple(lines),
    )


# -- modules --------------------------------------------------------------------------------------


def _module_lines(
    prepared: Criteria,
    sessions: Iterable[ScheduledSession],
    marks: Iterable[AttendanceMark],
    on: date,
    with_evidence: bool,
) -> list[Line]:
    """One line a module. Marked sessions are credited first; what is left is what can be added."""
    place_of = prepared.places.get
    mark_of = marks_by_session(marks).get
    credited = [0] * len(prepared.places)
    modules = prepared.modules
    have = [0] * len(modules)
    evidence: list[list[SessionEvidence]] = [[] for _ in modules]
    unmarked: list[list[ScheduledSession]] = [[] for _ in modules]
    for session in sessions:
        code = session.session
        place = place_of(code)
        if place is None:
            continue
        number, module, limit = place
        found = mark_of(session.id)
        if found is None:
            unmarked[module].append(session)
            continue
        mark = found.mark
        minutes = found.minutes if mark in ATTENDED else 0
        if minutes:
            already = credited[number]
            if minutes > limit - already:
                minutes = limit - already
            credited[number] = already + minutes
            have[module] += minutes
        if with_evidence:
            evidence[module].append(
                SessionEvidence(
                    session.id,
                    code,
                    session.on,
                    mark,
                    Standing.COUNTED,
                    minutes,
                    0,
                    session.recovery,
                )
            )
    return [
        _module_line(prepared, index, have[index], credited, evidence[index], unmarked[index], on)
        for index in range(len(modules))
    ]


def _module_line(
    prepared: Criteria,
    module: int,
    have: int,
    credited: list[int],
    evidence: list[SessionEvidence],
    unmarked: list[ScheduledSession],
    on: date,
) -> Line:
    """The line of one module from what is marked (`have`, `evidence`) and what is not.

    Pending rolls first, then sessions to come from the last to the first: the day on which the
    requirement is reached is the last one from which attending everything left suffices.
    """
    code, required = prepared.modules[module].code, prepared.required[module]
    possible = have
    until: date | None = None
    if unmarked:
        pending = [session for session in unmarked if session.on < on]
        to_come = [session for session in unmarked if session.on >= on]
        for session in (*pending, *reversed(to_come)):
            number, _, limit = prepared.places[session.session]
            could_add = min(session.minutes, limit - credited[number])
            credited[number] += could_add
            is_open = session.on >= on
            if is_open and possible < required <= possible + could_add:
                until = session.on
            possible += could_add
            evidence.append(
                SessionEvidence(
                    session.id,
                    session.session,
                    session.on,
                    None,
                    Standing.OPEN if is_open else Standing.PENDING,
                    0,
                    could_add,
                    session.recovery,
                )
            )
        evidence.sort(key=itemgetter(2))
    if have >= required:
        state = EligibilityState.FULFILLED
    elif possible >= required:
        state = EligibilityState.CAN_FULFIL
    else:
        state = EligibilityState.CANNOT
    if state is not EligibilityState.CAN_FULFIL:
        until = None
    return Line(
        LineKind.MODULE, code, state, required, have, possible, until, None, tuple(evidence)
    )


# -- surveys and follow-up ------------------------------------------------------------------------


def _day(deadline: Deadline, calendar: HerCalendar) -> date:
    """The last day, included, on which a requirement can be met."""
    anchor = calendar.starts_on if deadline.anchor is Anchor.START else calendar.ends_on
    return anchor + timedelta(days=deadline.days)


def _survey_line(wave: Wave, deadline: date, responses: Iterable[Response], on: date) -> Line:
    """A survey is fulfilled by an answer in time; a late answer is shown and does not count."""
    answers = sorted(
        (response.answered_on, response.id) for response in responses if response.wave is wave
    )
    evidence = tuple(
        ResponseEvidence(key, day, Standing.COUNTED if day <= deadline else Standing.LATE)
        for day, key in answers
    )
    code = f"survey_{wave.value}"
    if answers and answers[0][0] <= deadline:
        state, have, possible = EligibilityState.FULFILLED, 1, 1
    elif on <= deadline:
        state, have, possible = EligibilityState.CAN_FULFIL, 0, 1
    else:
        state, have, possible = EligibilityState.CANNOT, 0, 0
    until = deadline if state is EligibilityState.CAN_FULFIL else None
    return Line(
        LineKind.SURVEY, code, state, 1, have, possible, until, deadline, responses=evidence
    )


def _contacts_line(
    deadlines: Sequence[date], contacts: Iterable[FollowUpContact], on: date
) -> Line:
    """Each contact, by date, takes the earliest deadline still free that it is in time for.

    No other assignment meets more deadlines, so what is free afterwards is what is missing.
    """
    reached = sorted((contact.on, contact.id) for contact in contacts if contact.reached)
    evidence: list[ContactEvidence] = []
    free = list(deadlines)
    for day, key in reached:
        met = next((deadline for deadline in free if deadline >= day), None)
        if met is not None:
            free.remove(met)
            evidence.append(ContactEvidence(key, day, met, Standing.COUNTED))
        else:
            standing = Standing.LATE if free else Standing.COUNTED
            evidence.append(ContactEvidence(key, day, None, standing))
    evidence.extend(
        ContactEvidence(None, None, day, Standing.OPEN if day >= on else Standing.OVERDUE)
        for day in free
    )
    required, have = len(deadlines), len(deadlines) - len(free)
    possible = have + sum(day >= on for day in free)
    if not free:
        state = EligibilityState.FULFILLED
    elif possible == required:
        state = EligibilityState.CAN_FULFIL
    else:
        state = EligibilityState.CANNOT
    until = free[0] if state is EligibilityState.CAN_FULFIL else None
    return Line(
        LineKind.CONTACTS,
        FOLLOW_UP,
        state,
        required,
        have,
        possible,
        until,
        deadlines[-1],
        contacts=tuple(evidence),
    )


# -- what would close a gap ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LackedSession:
    """A programme session that she lacks `minutes` of; `planned_on` when her calendar has it."""

    session: str
    minutes: int
    planned_on: date | None


@dataclass(frozen=True, slots=True)
class RecoveryNeed:
    """What a module not yet fulfilled lacks.

    `missing` minutes to what is required, of which `out_of_reach` are in no session of her
    calendar. `lacked` are the programme sessions she lacks, in programme order; `suggested` the
    fewest of those not planned that put the requirement within reach again (none when it is).
    """

    module: str
    missing: int
    out_of_reach: int
    lacked: tuple[LackedSession, ...]
    suggested: tuple[str, ...]


def recovery_needs(prepared: Criteria, result: Eligibility) -> tuple[RecoveryNeed, ...]:
    """For each module that is not fulfilled, the sessions that would close the gap."""
    needs = []
    by_code = {module.code: module for module in prepared.modules}
    for line in result.lines:
        if line.kind is not LineKind.MODULE or line.state is EligibilityState.FULFILLED:
            continue
        credited: dict[str, int] = {}
        planned: dict[str, tuple[int, date | None]] = {}
        for item in line.sessions:
            credited[item.session] = credited.get(item.session, 0) + item.credited
            if item.standing in (Standing.PENDING, Standing.OPEN):
                could, day = planned.get(item.session, (0, item.on))
                planned[item.session] = could + item.could_add, day
        lacked, gaps = [], []
        for session in by_code[line.code].sessions:
            short = session.minutes - credited.get(session.code, 0)
            could, day = planned.get(session.code, (0, None))
            if short > 0:
                lacked.append(LackedSession(session.code, short, day))
            if short - could > 0:
                gaps.append((short - could, session.code))
        out_of_reach = max(0, line.required - line.possible)
        suggested: list[str] = []
        left = out_of_reach
        for minutes, code in sorted(gaps, key=lambda gap: -gap[0]):
            if left <= 0:
                break
            suggested.append(code)
            left -= minutes
        order = [session.code for session in by_code[line.code].sessions]
        needs.append(
            RecoveryNeed(
                line.code,
                line.missing,
                out_of_reach,
                tuple(lacked),
                tuple(sorted(suggested, key=order.index)),
            )
        )
    return tuple(needs)
