"""Minutes of a mark, the order of a roll, and what rolls add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitoring_cases import Case, day, enrolment, mark, module, person, rule, scheduled

from facilitator_kit.monitoring.attendance import (
    RANK,
    Tally,
    TypedMinutesRefused,
    cohort_tally,
    her_tally,
    minutes_for,
    on_roll,
    pending_sessions,
    roll_order,
    session_tally,
)
from facilitator_kit.monitoring.records import Mark, RecoveryPlace, SessionState

SESSIONS = tuple(scheduled(f"M3-{n}", n * 7) for n in range(1, 4))


@given(st.sampled_from(Mark), st.sampled_from(Mark), st.integers(1, 300), st.integers(0, 60))
def test_a_higher_mark_never_gives_less(one: Mark, two: Mark, minutes: int, late: int) -> None:
    if RANK[one] <= RANK[two]:
        assert minutes_for(one, minutes, late) <= minutes_for(two, minutes, late)


def test_being_late_never_costs_more_than_the_session() -> None:
    assert minutes_for(Mark.LATE, 10, 15) == 0
    assert minutes_for(Mark.LATE, 120, 15) == 105


def test_typed_minutes_hold_for_who_was_there_only() -> None:
    assert minutes_for(Mark.LATE, 120, 15, 60) == 60
    assert minutes_for(Mark.PRESENT, 120, 15, 90) == 90
    assert minutes_for(Mark.EXCUSED, 120, 15, 60) == 0


@pytest.mark.parametrize("typed", [-1, 121])
def test_typed_minutes_that_do_not_fit_are_refused_with_a_remedy(typed: int) -> None:
    with pytest.raises(TypedMinutesRefused) as refused:
        minutes_for(Mark.LATE, 120, 15, typed)
    assert str(typed) in str(refused.value.reason)
    assert "120" in str(refused.value.remedy)


def test_the_roll_is_in_the_order_of_names() -> None:
    people = {
        "a": person("Ana", "Núñez", code="CR-003"),
        "b": person("Ana", "Nuno", code="CR-002"),
        "c": person("Ana", "Nuno", code="CR-001"),
    }
    entries = [replace(enrolment(key), participant_id=key) for key in people]
    assert [entry.id for entry in roll_order(entries, people)] == ["c", "b", "a"]


def test_who_is_on_the_roll_of_a_session() -> None:
    session = SESSIONS[1]  # day 14
    assert on_roll(enrolment(start=14), session)
    assert not on_roll(enrolment(start=15), session)
    assert not on_roll(enrolment(cohort="other"), session)
    assert on_roll(enrolment(left_on=day(14)), session)
    assert not on_roll(enrolment(left_on=day(13)), session)
    assert not on_roll(enrolment(left_on=day(14), transferred_to="new"), session)
    again = scheduled("M3-1", 30, recovery=True)
    assert not on_roll(enrolment(), again)
    assert on_roll(enrolment(), again, {"e"})


def test_what_her_marks_add_up_to() -> None:
    case = Case(rule(), (module("M3", 120),), SESSIONS, (mark(SESSIONS[0], Mark.LATE),))
    assert her_tally(case.calendar, case.marks, day(20)) == Tally(
        late=1, pending=1, remaining=1, attended=105, delivered=120
    )


def test_a_cohort_is_the_sum_of_its_women() -> None:
    case = Case(rule(), (), SESSIONS, (mark(SESSIONS[0], Mark.PRESENT),))
    other = replace(case, marks=(mark(SESSIONS[0], Mark.ABSENT), mark(SESSIONS[1], Mark.ONLINE)))
    total = cohort_tally(((one.calendar, one.marks) for one in (case, other)), day(20))
    assert (total.there, total.marked, total.absent, total.pending) == (2, 3, 1, 1)
    assert (total.attended, total.delivered) == (240, 360)


def test_what_a_session_adds_up_to() -> None:
    session = SESSIONS[0]
    entries = [enrolment("e"), enrolment("f"), enrolment("g", start=20)]
    marks = [mark(session, Mark.EXCUSED), mark(SESSIONS[1], Mark.PRESENT)]
    found = session_tally(session, entries, marks, day(8))
    assert (found.excused, found.pending, found.present) == (1, 1, 0)


def test_rolls_still_to_be_typed() -> None:
    entries = [enrolment("e"), enrolment("f")]
    cancelled = scheduled("M3-4", 10, state=SessionState.CANCELLED)
    again = scheduled("M3-5", 11, recovery=True)
    marks = [mark(SESSIONS[0], Mark.PRESENT), mark(SESSIONS[0], Mark.ABSENT, enrolment_id="f")]
    sessions = (*SESSIONS, cancelled, again)
    assert pending_sessions(sessions, entries, marks, day(21)) == (SESSIONS[1],)
    places = [RecoveryPlace("x", again.id, "f")]
    assert pending_sessions(sessions, entries, marks, day(21), places) == (again, SESSIONS[1])
    half = marks[:1]
    assert pending_sessions(sessions, entries, half, day(8)) == (SESSIONS[0],)
