"""Eligibility: has she had the complete offer? Each test cites the requirements it checks.

R1   A module asks for the rule's percentage of its *programme* minutes, rounded up to a minute;
     what was scheduled or delivered does not lower it.
R2   Present and online give the whole session, late loses the rule's minutes unless typed,
     excused and absent give none.
R3   One programme session never gives more than its programme minutes, however often attended.
R4   A cancelled session is out of her calendar, its replacement is in.
R5   A recovery session is hers only with a place in it.
R6   Her calendar starts with her enrolment and ends when she leaves; moving keeps her minutes.
R7   A past session without a mark is pending: it counts as possible, not as absent.
R8   Today's session without a mark is still to come; one with a mark is settled.
R9   `until` of a module is the last day from which attending everything left suffices; None when
     typing the pending rolls is enough.
R10  A survey is fulfilled by an answer on or before its deadline; later answers do not fulfil.
R11  The n-th reached contact is due by the n-th deadline; missing ones can be made until theirs.
R12  The whole stands as its worst line; `until` is the earliest; `lacks` names what is missing.
R13  Raising a mark never lowers the state.
R14  For every `can_fulfil` some completion fulfils the rule.
R15  For a `cannot` no completion does.
R16  `until` is tight: starting on that day suffices, a day later does not.
R17  The evidence of a line adds up to what the line says, survives being stored as text, and its
     digest changes with records, not with days.
R18  The suggested recovery sessions put a module within reach again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from monitoring_cases import (
    Case,
    contact,
    day,
    enrolment,
    mark,
    module,
    response,
    rule,
    scheduled,
)

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.monitoring.attendance import RANK
from facilitator_kit.monitoring.eligibility import (
    Eligibility,
    EligibilityState,
    LineKind,
    Standing,
    eligibility,
    recovery_needs,
)
from facilitator_kit.monitoring.evidence import (
    compare_evidence,
    evidence_digest,
    evidence_json,
    read_evidence,
)
from facilitator_kit.monitoring.records import Mark, RecoveryPlace, SessionState

FULFILLED, CAN, CANNOT = EligibilityState
ORDER = {CANNOT: 0, CAN: 1, FULFILLED: 2}
M3 = module("M3", *[120] * 6)
SIX = tuple(scheduled(f"M3-{n}", n * 7) for n in range(1, 7))  # days 7, 14 … 42


def of_m3(*marks: Mark | None, **more: object) -> Case:
    """M3's six sessions, the first ones with these marks (None: no mark)."""
    made = tuple(
        mark(session, what) for session, what in zip(SIX, marks, strict=False) if what is not None
    )
    return Case(rule(), (M3,), SIX, made, **more)


P, L, E, A, O = Mark.PRESENT, Mark.LATE, Mark.EXCUSED, Mark.ABSENT, Mark.ONLINE  # noqa: E741 - one letter a mark, as on the roll


# -- modules ---------------------------------------------------------------------------------------


def test_a_module_asks_for_its_share_of_programme_minutes() -> None:
    """R1: 80 % of 720 minutes is 576: five of six sessions."""
    line = of_m3(P, P, P, P, P, A).on(60).lines[0]
    assert (line.required, line.have, line.state) == (576, 600, FULFILLED)
    assert of_m3(P, P, P, P, A, A).on(60).state is CANNOT


def test_the_share_is_rounded_up_to_a_minute() -> None:
    """R1: 80 % of 121 is 96.8, so 97 are asked for and 96 are not enough."""
    only = scheduled("X-1", 1, minutes=121)
    for typed, state in ((97, FULFILLED), (96, CANNOT)):
        case = Case(rule(), (module("X", 121),), (only,), (mark(only, L, typed),))
        assert case.on(5).state is state


def test_what_was_not_scheduled_still_counts_in_what_is_asked() -> None:
    """R1: a calendar with four of the six sessions cannot fulfil the module."""
    case = replace(of_m3(P, P, P, P), sessions=SIX[:4])
    assert (case.on(60).lines[0].required, case.on(60).state) == (576, CANNOT)


def test_a_session_outside_the_offer_gives_nothing() -> None:
    """R1: minutes of another route's module are not hers."""
    other = scheduled("M9-1", 3)
    case = of_m3(P, P, P, P).with_marks(mark(other, P))
    with_other = replace(case, sessions=(*SIX, other))
    assert with_other.on(60).minutes == case.on(60).minutes == 480


@pytest.mark.parametrize(
    ("what", "typed", "minutes"),
    [(P, None, 120), (O, None, 120), (L, None, 105), (L, 40, 40), (E, None, 0), (A, None, 0)],
)
def test_minutes_of_each_mark(what: Mark, typed: int | None, minutes: int) -> None:
    """R2."""
    case = Case(rule(), (M3,), SIX, (mark(SIX[0], what, typed),))
    assert case.on(10).lines[0].have == minutes


def test_who_was_not_there_gets_nothing_whatever_minutes_a_record_carries() -> None:
    """R2."""
    stale = replace(mark(SIX[0], E), minutes=120)
    assert Case(rule(), (M3,), SIX, (stale,)).on(10).lines[0].have == 0


def test_the_same_session_twice_does_not_count_twice() -> None:
    """R3: late and then recovered gives 120, not 225."""
    again = scheduled("M3-1", 50, recovery=True)
    case = Case(
        rule(),
        (M3,),
        (*SIX, again),
        (mark(SIX[0], L), mark(again, P)),
        places=(RecoveryPlace("x", again.id, "e"),),
    )
    line = case.on(60).lines[0]
    assert line.have == 120
    assert [item.credited for item in line.sessions if item.mark] == [105, 15]


def test_a_longer_session_gives_no_more_than_the_programme() -> None:
    """R3."""
    long = scheduled("M3-1", 1, minutes=180)
    assert Case(rule(), (M3,), (long,), (mark(long, P),)).on(5).lines[0].have == 120


def test_a_cancelled_session_is_out_and_its_replacement_in() -> None:
    """R4: with the sixth cancelled only five are left; a replacement gives the sixth back."""
    cancelled = replace(SIX[5], state=SessionState.CANCELLED)
    without = replace(of_m3(P, P, P, P, A), sessions=(*SIX[:5], cancelled))
    assert without.on(40).state is CANNOT
    replacement = scheduled("M3-6", 49, replaces=cancelled.id)
    with_it = replace(without, sessions=(*SIX[:5], cancelled, replacement))
    assert (with_it.on(40).state, with_it.on(40).until) == (CAN, day(49))
    assert with_it.calendar.ends_on == day(49)


def test_a_recovery_session_is_hers_only_with_a_place() -> None:
    """R5."""
    again = scheduled("M3-5", 50, recovery=True)
    case = replace(of_m3(P, P, P, P, A, A), sessions=(*SIX, again))
    assert case.on(45).state is CANNOT
    assert case.calendar.ends_on == day(42)
    assigned = replace(case, places=(RecoveryPlace("x", again.id, "e"),))
    assert (assigned.on(45).state, assigned.on(45).until) == (CAN, day(50))
    other = replace(case, places=(RecoveryPlace("x", again.id, "another"),))
    assert other.on(45).state is CANNOT


def test_late_enrolment_starts_her_calendar() -> None:
    """R6: two sessions before her start make it impossible, unless they are recovered."""
    late = enrolment(start=15)
    case = replace(of_m3(), enrolments=(late,))
    assert (case.on(16).state, len(case.calendar.sessions)) == (CANNOT, 4)
    again = scheduled("M3-1", 50, recovery=True)
    saved = replace(case, sessions=(*SIX, again), places=(RecoveryPlace("x", again.id, late.id),))
    assert (saved.on(16).state, saved.on(16).until) == (CAN, day(21))


def test_moving_keeps_her_minutes_and_takes_the_new_calendar() -> None:
    """R6: three sessions in one cohort and two in the next fulfil the module."""
    second = tuple(scheduled(f"M3-{n}", n * 7 + 3, cohort_id="d", id=f"d{n}") for n in range(1, 7))
    before = enrolment("e", left_on=day(24), transferred_to="f")
    after = enrolment("f", "d", 24)
    marks = [mark(session, P) for session in SIX[:3]]
    marks += [mark(session, P, enrolment_id="f") for session in second[3:5]]
    case = Case(rule(), (M3,), (*SIX, *second), tuple(marks), enrolments=(before, after))
    held = [(slot.session.session, slot.enrolment_id) for slot in case.calendar.slots]
    assert held == [
        ("M3-1", "e"),
        ("M3-2", "e"),
        ("M3-3", "e"),
        ("M3-3", "f"),
        ("M3-4", "f"),
        ("M3-5", "f"),
        ("M3-6", "f"),
    ]
    assert case.on(41).state is FULFILLED


def test_a_mark_on_the_day_of_moving_is_kept() -> None:
    """R6: the day belongs to the new cohort, except for a session she was marked in."""
    before = enrolment("e", left_on=day(21), transferred_to="f")
    moved = replace(of_m3(P, P, P), enrolments=(before, enrolment("f", "d", 21)))
    assert moved.on(60).minutes == 360
    unmarked = replace(of_m3(P, P), enrolments=moved.enrolments)
    assert unmarked.calendar.ends_on == day(14)


def test_leaving_ends_her_calendar_after_that_day() -> None:
    """R6."""
    left = replace(of_m3(P, P), enrolments=(enrolment(left_on=day(14)),))
    assert left.calendar.ends_on == day(14)
    assert left.on(15).state is CANNOT


def test_a_past_session_without_roll_is_pending_not_absent() -> None:
    """R7, R9: typing the roll is all it takes, so there is no day to name."""
    result = of_m3(P, P, P, P, None, A).on(60)
    assert (result.state, result.until) == (CAN, None)
    assert [item.standing for item in result.lines[0].sessions if item.mark is None] == [
        Standing.PENDING
    ]


def test_a_session_of_today_is_still_to_come_until_it_is_marked() -> None:
    """R8."""
    waiting = of_m3(P, P, P, P, A, None).on(42)
    assert (waiting.state, waiting.until) == (CAN, day(42))
    assert waiting.lines[0].sessions[-1].standing is Standing.OPEN
    assert of_m3(P, P, P, P, A, A).on(42).state is CANNOT


@pytest.mark.parametrize(
    ("marks", "until"),
    [((P, P, P), 35), ((P, P), 28), ((P, P, P, P), 42), ((A, P, P), 28), ((A,), 14)],
)
def test_until_is_the_last_day_from_which_all_that_is_left_suffices(
    marks: tuple[Mark, ...], until: int
) -> None:
    """R9: with three attended, two more are needed, so the fifth session's day is the last."""
    result = of_m3(*marks).on(len(marks) * 7 + 1)
    assert (result.state, result.until) == (CAN, day(until))


# -- surveys and follow-up -------------------------------------------------------------------------


def surveyed(*responses: tuple[Wave, int]) -> Case:
    made = tuple(response(wave, on) for wave, on in responses)
    case = of_m3(P, P, P, P, P, P)
    return replace(case, rule=rule(entry=10, exit_=8), responses=made)


def test_an_answer_by_the_deadline_fulfils_a_survey() -> None:
    """R10: entry is due on day 10 of her calendar, exit on day 42 + 8; both days included."""
    assert surveyed((Wave.ENTRY, 10), (Wave.EXIT, 50)).on(80).state is FULFILLED


def test_an_unanswered_survey_can_be_answered_until_its_deadline() -> None:
    """R10, R12."""
    case = surveyed((Wave.ENTRY, 0))
    assert (case.on(50).state, case.on(50).until) == (CAN, day(50))
    assert case.on(50).lacks == ("survey_exit",)
    assert case.on(51).state is CANNOT


def test_a_late_answer_does_not_fulfil_and_is_shown_as_late() -> None:
    """R10."""
    result = surveyed((Wave.ENTRY, 11), (Wave.EXIT, 43)).on(60)
    assert (result.state, result.lacks) == (CANNOT, ("survey_entry",))
    entry = result.of_kind(LineKind.SURVEY)[0]
    assert [item.standing for item in entry.responses] == [Standing.LATE]
    assert entry.deadline == day(10)


def followed(*days: int) -> Case:
    case = of_m3(P, P, P, P, P, P)
    contacts = tuple(contact(on, f"k{index}") for index, on in enumerate(days))
    return replace(case, rule=rule(contacts=(-30, 0, 10)), contacts=contacts)  # days 12, 42, 52


@pytest.mark.parametrize(
    ("contacts", "on", "state", "until"),
    [
        ((12, 42, 52), 90, FULFILLED, None),
        ((1, 2, 3), 90, FULFILLED, None),
        ((), 12, CAN, 12),
        ((), 13, CANNOT, None),
        ((12,), 13, CAN, 42),
        ((12,), 43, CANNOT, None),
        ((5, 13), 50, CAN, 52),
        ((5, 43), 50, CANNOT, None),
        ((13, 14, 15), 50, CANNOT, None),
        ((3, 4), 53, CANNOT, None),
    ],
)
def test_contacts_are_due_one_by_one(
    contacts: tuple[int, ...], on: int, state: EligibilityState, until: int | None
) -> None:
    """R11."""
    result = followed(*contacts).on(on)
    assert result.state is state
    assert result.until == (None if until is None else day(until))


def test_only_contacts_that_reached_her_count() -> None:
    """R11."""
    case = followed(5, 20)
    tried = replace(case, contacts=(*case.contacts, contact(40, "t", reached=False)))
    line = tried.on(45).of_kind(LineKind.CONTACTS)[0]
    assert (line.code, line.have, line.required, line.until) == ("follow_up", 2, 3, day(52))


def test_each_deadline_and_each_contact_is_in_the_evidence() -> None:
    """R11, R17: the first deadline was missed, the contact meets the second."""
    line = followed(20).on(50).of_kind(LineKind.CONTACTS)[0]
    assert [(item.on, item.deadline, item.standing) for item in line.contacts] == [
        (day(20), day(42), Standing.COUNTED),
        (None, day(12), Standing.OVERDUE),
        (None, day(52), Standing.OPEN),
    ]


# -- the whole -------------------------------------------------------------------------------------


def test_the_worst_line_holds_and_everything_missing_is_named() -> None:
    """R12."""
    case = replace(
        of_m3(A, P, P, P), rule=rule(entry=5, exit_=8, contacts=(0, 10)), contacts=(contact(3),)
    )
    result = case.on(40)
    assert result.state is CANNOT
    assert result.until is None
    assert result.lacks == ("M3", "survey_entry", "survey_exit", "follow_up")
    answered = replace(case, responses=(response(Wave.ENTRY, 4),)).on(30)
    assert answered.state is CAN
    assert answered.until == day(35)  # the fifth session, before survey and contact


def test_a_rule_without_surveys_and_contacts_has_lines_for_modules_only() -> None:
    """R12."""
    result = of_m3(P).on(8)
    assert [line.kind for line in result.lines] == [LineKind.MODULE]


def test_recovery_sessions_are_suggested_for_what_is_out_of_reach() -> None:
    """R18: 480 of 576 minutes are reachable: one session closes the gap."""
    case = of_m3(P, A, P, E)
    need = recovery_needs(case.prepared, case.on(30))[0]
    assert (need.missing, need.out_of_reach, need.suggested) == (336, 96, ("M3-2",))
    assert [(lack.session, lack.planned_on) for lack in need.lacked] == [
        ("M3-2", None),
        ("M3-4", None),
        ("M3-5", day(35)),
        ("M3-6", day(42)),
    ]


# -- properties ------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> tuple[Case, int]:
    """A woman in a small course, and a day to look at it from."""
    lengths = st.lists(st.sampled_from((60, 90, 120)), min_size=1, max_size=4)
    offer = tuple(module(code, *draw(lengths)) for code in ("A", "B")[: draw(st.integers(1, 2))])
    sessions = []
    places = []
    for part in offer:
        for session in part.sessions:
            for turn in range(draw(st.sampled_from((1, 1, 1, 1, 1, 2, 2, 0)))):
                recovery = turn > 0 or draw(st.integers(0, 9)) == 9
                made = scheduled(
                    session.code,
                    draw(st.integers(0, 30)),
                    draw(st.sampled_from((session.minutes, session.minutes, 45, 150))),
                    recovery=recovery,
                    state=draw(
                        st.sampled_from([SessionState.SCHEDULED] * 5 + [SessionState.CANCELLED])
                    ),
                )
                made = replace(made, id=f"{made.id}/{turn}")
                sessions.append(made)
                if recovery and draw(st.sampled_from((True, True, False))):
                    places.append(RecoveryPlace(f"p{made.id}", made.id, "e"))
    on = draw(st.integers(-2, 40))
    marks = []
    for session in sessions:
        chance = (P, P, P, O, L, E, A, None) if session.on <= day(on) else (None,) * 9 + (E,)
        what = draw(st.sampled_from(chance))
        if what is not None:
            typed = draw(st.none() | st.integers(0, session.minutes)) if what is L else None
            marks.append(mark(session, what, typed))
    small = st.none() | st.integers(0, 40)
    case = Case(
        rule(
            draw(st.sampled_from((50, 60, 80, 100))),
            draw(small),
            draw(small),
            tuple(sorted(draw(st.lists(st.integers(-10, 30), max_size=3)))),
        ),
        offer,
        tuple(sessions),
        tuple(marks),
        tuple(
            response(wave, draw(st.integers(0, 50)))
            for wave in draw(st.sampled_from(((), (Wave.ENTRY,), (Wave.ENTRY, Wave.EXIT))))
        ),
        tuple(
            contact(when, f"k{index}")
            for index, when in enumerate(draw(st.lists(st.integers(0, 50), max_size=4)))
        ),
        tuple(places),
        (enrolment(start=draw(st.sampled_from((0, 0, 0, 4)))),),
    )
    known = max([on, *((item.on - day(0)).days for item in case.contacts)])
    known = max([known, *((item.answered_on - day(0)).days for item in case.responses)])
    return case, draw(st.sampled_from((on, known)))


def completed(case: Case, on: int, start: date) -> Eligibility:
    """What she gets when pending rolls say present, and from `start` on she does everything."""
    own = {item.scheduled_session_id for item in case.marks}
    added = [
        mark(session, P if session.on < day(on) or session.on >= start else A)
        for session in case.calendar.sessions
        if session.id not in own
    ]
    when = (start - day(0)).days
    answers = [response(wave, when) for wave in (Wave.ENTRY, Wave.EXIT)]
    contacts = [contact(when, f"new{index}") for index in range(len(case.rule.contacts))]
    done = replace(
        case,
        marks=(*case.marks, *added),
        responses=(*case.responses, *answers),
        contacts=(*case.contacts, *contacts),
    )
    return done.on(500)


@settings(max_examples=400)
@given(cases(), st.data())
def test_raising_a_mark_never_lowers_her_state(
    given_case: tuple[Case, int], data: st.DataObject
) -> None:
    """R13."""
    case, on = given_case
    assume(case.marks)
    index = data.draw(st.integers(0, len(case.marks) - 1))
    old = case.marks[index]
    session = next(item for item in case.sessions if item.id == old.scheduled_session_id)
    higher = [what for what in Mark if RANK[what] >= RANK[old.mark] and what is not L]
    raised = mark(session, data.draw(st.sampled_from(higher)) if higher else P)
    marks = (*case.marks[:index], raised, *case.marks[index + 1 :])
    before, after = case.on(on), replace(case, marks=marks).on(on)
    assert ORDER[after.state] >= ORDER[before.state]


@settings(max_examples=400)
@given(cases())
def test_a_completion_exists_exactly_while_she_can_fulfil(given_case: tuple[Case, int]) -> None:
    """R14, R15: doing everything from today on is the best there is."""
    case, on = given_case
    best = completed(case, on, day(on))
    assert (best.state is FULFILLED) == (case.on(on).state is not CANNOT)


@settings(max_examples=300)
@given(cases(), st.data())
def test_no_completion_fulfils_what_cannot_be(
    given_case: tuple[Case, int], data: st.DataObject
) -> None:
    """R15: whatever is marked, answered or talked about from today on."""
    case, on = given_case
    assume(case.on(on).state is CANNOT)
    own = {item.scheduled_session_id for item in case.marks}
    added = tuple(
        mark(session, data.draw(st.sampled_from((P, P, L, A))))
        for session in case.calendar.sessions
        if session.id not in own
    )
    later = st.integers(on, on + 30)
    done = replace(
        case,
        marks=(*case.marks, *added),
        responses=(
            *case.responses,
            *(response(wave, data.draw(later)) for wave in (Wave.ENTRY, Wave.EXIT)),
        ),
        contacts=(
            *case.contacts,
            *(contact(data.draw(later), f"n{index}") for index in range(3)),
        ),
    )
    assert done.on(on + 100).state is CANNOT


@settings(max_examples=400)
@given(cases())
def test_until_is_tight(given_case: tuple[Case, int]) -> None:
    """R16, R9."""
    case, on = given_case
    result = case.on(on)
    if result.state is not CAN:
        assert result.until is None
    elif result.until is None:
        assert completed(case, on, day(400)).state is FULFILLED
    else:
        assert result.until >= day(on)
        assert completed(case, on, result.until).state is FULFILLED
        assert completed(case, on, result.until + timedelta(days=1)).state is CANNOT


@settings(max_examples=200)
@given(cases())
def test_evidence_adds_up_and_survives_storage(given_case: tuple[Case, int]) -> None:
    """R17."""
    case, on = given_case
    result = case.on(on)
    for line in result.of_kind(LineKind.MODULE):
        assert line.have == sum(item.credited for item in line.sessions)
        assert line.possible == line.have + sum(item.could_add for item in line.sessions)
        assert all(one.on <= other.on for one, other in pairwise(line.sessions))
    stored = evidence_json(result)
    assert read_evidence(stored) == result
    assert evidence_digest(read_evidence(stored)) == evidence_digest(result)
    later = case.on(on + 20)
    assert evidence_digest(later) == evidence_digest(result)
    assert not compare_evidence(stored, later).changed


@settings(max_examples=200)
@given(cases())
def test_an_answer_without_evidence_is_the_same_answer(given_case: tuple[Case, int]) -> None:
    """R17: long lists leave the marked sessions out, and nothing else changes."""
    case, on = given_case
    full = case.on(on)
    lean = eligibility(
        case.prepared, case.calendar, case.marks, case.responses, case.contacts, day(on), False
    )
    assert lean == replace(
        full,
        lines=tuple(
            replace(line, sessions=tuple(item for item in line.sessions if item.mark is None))
            for line in full.lines
        ),
    )


def test_a_corrected_mark_is_seen_against_the_frozen_evidence() -> None:
    """R17."""
    decided = of_m3(P, P, P, P, P, P)
    frozen = evidence_json(decided.on(60))
    corrected = of_m3(P, P, P, P, A, A).on(70)
    change = compare_evidence(frozen, corrected)
    assert (change.before, change.now) == (FULFILLED, CANNOT)
    assert [str(text) for text in change.differences] == [
        "M3: 2 asistencias cambiaron; de 720 a 480 minutos."
    ]
    assert evidence_digest(corrected) != evidence_digest(decided.on(60))


def test_other_rules_offers_answers_and_contacts_are_seen_too() -> None:
    """R17."""
    decided = replace(
        of_m3(P, P, P, P, P),
        rule=rule(exit_=8, contacts=(0,)),
        responses=(response(Wave.EXIT, 43),),
        contacts=(contact(3),),
    )
    frozen = evidence_json(decided.on(60))
    later = replace(
        decided,
        rule=replace(decided.rule, version=2),
        offer=(M3, module("CG", 120)),
        responses=(),
        contacts=(),
    )
    assert [str(text) for text in compare_evidence(frozen, later.on(60)).differences] == [
        "La regla de graduación es otra versión.",
        "Una encuesta cambió: survey_exit.",
        "El seguimiento cambió: de 1 a 0 contactos a tiempo.",
        "La oferta cambió: CG.",
    ]


@settings(max_examples=200)
@given(cases())
def test_suggested_recovery_puts_a_module_within_reach(given_case: tuple[Case, int]) -> None:
    """R18."""
    case, on = given_case
    for need in recovery_needs(case.prepared, case.on(on)):
        extra = []
        for index, code in enumerate(need.suggested):
            part = next(item for item in case.offer if item.code == need.module)
            minutes = next(item.minutes for item in part.sessions if item.code == code)
            extra.append(
                replace(scheduled(code, on + 1, minutes, recovery=True), id=f"extra{index}")
            )
        helped = replace(
            case,
            sessions=(*case.sessions, *extra),
            places=(*case.places, *(RecoveryPlace(s.id, s.id, "e") for s in extra)),
        )
        line = next(line for line in helped.on(on).lines if line.code == need.module)
        assert line.state is CAN
