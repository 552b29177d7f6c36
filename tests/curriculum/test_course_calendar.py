"""A course laid over a week, its holidays left out, and what happens when a date moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.curriculum import (
    CourseDate,
    MeetingTime,
    course_calendar,
    move_date,
    order_problems,
    overlapping,
    propose_replacement,
    public_holidays,
    shift_from,
)
from facilitator_kit.curriculum.records import Module, Session
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts

MONDAY = date(2026, 1, 5)
MORNINGS = (MeetingTime(1, time(10)), MeetingTime(3, time(10)))


def module(code: str, sessions: int, after: tuple[str, ...] = (), minutes: int = 120) -> Module:
    return Module(
        code,
        f"Módulo {code}",
        "",
        "",
        after,
        "",
        tuple(Session(f"{code}-{n}", f"Sesión {n}", minutes) for n in range(1, sessions + 1)),
    )


OFFER = (module("M0", 2), module("M1", 3, ("M0",)))

MEETINGS = st.sets(
    st.builds(
        MeetingTime,
        st.integers(0, 6),
        st.times(time(7), time(20)).map(lambda one: time(one.hour, one.minute)),
    ),
    min_size=1,
    max_size=4,
)
OFFERS = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from([60, 90, 120, 240])), min_size=1, max_size=4
).map(lambda sizes: tuple(module(f"M{n}", *one[:1], minutes=one[1]) for n, one in enumerate(sizes)))
STARTS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CLOSED = st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=12)


def on(dates: Sequence[CourseDate]) -> list[str]:
    return [f"{one.on:%d/%m}" for one in dates]


def test_sessions_take_the_meetings_of_the_week_in_order() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    assert on(dates) == ["06/01", "08/01", "13/01", "15/01", "20/01"]
    assert [one.number for one in dates] == [1, 2, 3, 4, 5]
    assert [one.session_code for one in dates] == ["M0-1", "M0-2", "M1-1", "M1-2", "M1-3"]
    assert [one.module_code for one in dates] == ["M0", "M0", "M1", "M1", "M1"]
    assert {(one.starts_at, one.ends_at) for one in dates} == {(time(10), time(12))}


def test_the_first_day_itself_counts() -> None:
    assert course_calendar(OFFER, date(2026, 1, 6), MORNINGS)[0].on == date(2026, 1, 6)


def test_holidays_are_skipped() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS, {date(2026, 1, 8), date(2026, 1, 13)})
    assert on(dates) == ["06/01", "15/01", "20/01", "22/01", "27/01"]


def test_two_meetings_on_one_day_that_would_overlap_are_not_both_used() -> None:
    pattern = (MeetingTime(1, time(10)), MeetingTime(1, time(11)), MeetingTime(1, time(12)))
    dates = course_calendar((module("M0", 3),), MONDAY, pattern)
    assert [(one.on.day, one.starts_at.hour) for one in dates] == [(6, 10), (6, 12), (13, 10)]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [((), "no_meeting_time"), ((MeetingTime(7, time(10)),), "bad_weekday")],
)
def test_a_week_without_meetings_is_refused(pattern: tuple[MeetingTime, ...], code: str) -> None:
    with pytest.raises(KitError) as refused:
        course_calendar(OFFER, MONDAY, pattern)
    assert refused.value.code == code


def test_a_course_that_does_not_fit_says_how_much_of_it_fits() -> None:
    with pytest.raises(KitError) as refused:
        course_calendar(OFFER, MONDAY, MORNINGS, until=date(2026, 1, 16))
    assert "caben 4 de 5 sesiones" in refused.value.text(Texts("es"))
    assert len(course_calendar(OFFER, MONDAY, MORNINGS, until=date(2026, 1, 20))) == 5


def test_a_centre_that_never_opens_is_refused_and_not_searched_for_ever() -> None:
    closed = {MONDAY + timedelta(days=day) for day in range(5 * 366)}
    with pytest.raises(KitError) as refused:
        course_calendar(OFFER, MONDAY, MORNINGS, closed)
    assert refused.value.code == "no_free_meeting"


def test_an_offer_without_sessions_is_an_empty_calendar() -> None:
    assert course_calendar((), MONDAY, MORNINGS) == ()


@given(OFFERS, STARTS, MEETINGS, CLOSED)
def test_every_session_is_held_once_in_order_on_open_days(
    offer: tuple[Module, ...], starts_on: date, pattern: set[MeetingTime], closed: set[date]
) -> None:
    dates = course_calendar(offer, starts_on, pattern, closed)
    assert [one.session_code for one in dates] == [s.code for m in offer for s in m.sessions]
    assert overlapping(dates) == ()
    assert all(one.on >= starts_on and one.on not in closed for one in dates)
    assert all(MeetingTime(one.on.weekday(), one.starts_at) in pattern for one in dates)
    assert [one.starts for one in dates] == sorted(one.starts for one in dates)
    assert order_problems(dates, offer) == ()


# -- holidays --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("MX", date(2024, 9, 16), "Independencia"),
        ("MX", date(2026, 2, 2), "Constitución"),
        ("CL", date(2025, 9, 18), "Independencia"),
        ("CL", date(2026, 5, 21), "Glorias Navales"),
    ],
)
def test_public_holidays_have_their_names(country: str, day: date, name: str) -> None:
    found = public_holidays(country, [day.year])
    assert name in found[day]
    assert list(found) == sorted(found)
    assert {one.year for one in found} == {day.year}


def test_a_country_without_known_holidays_is_refused() -> None:
    with pytest.raises(KitError) as refused:
        public_holidays("XX", [2026])
    assert refused.value.code == "unknown_country"


# -- moving dates ----------------------------------------------------------------------------


def test_one_date_moves_and_the_rest_stays() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    moved = move_date(dates, 2, date(2026, 1, 9), time(16))
    assert on(moved) == ["06/01", "09/01", "13/01", "15/01", "20/01"]
    assert (moved[1].number, moved[1].starts_at) == (2, time(16))
    assert moved[0] == dates[0]
    assert moved[2:] == dates[2:]


def test_a_date_moved_past_others_keeps_its_number_and_the_clock_orders_the_calendar() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    moved = move_date(dates, 1, date(2026, 1, 16))
    assert [one.number for one in moved] == [2, 3, 4, 1, 5]
    assert [(one.session_code, one.must_follow) for one in order_problems(moved, OFFER)] == [
        ("M0-2", "M0-1"),
        ("M1-1", "M0"),
        ("M1-2", "M0"),
    ]


def test_a_date_does_not_move_onto_another() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    with pytest.raises(KitError) as refused:
        move_date(dates, 1, dates[2].on, time(11))
    assert "sesión 3 (M1-1)" in refused.value.text(Texts("es"))
    assert move_date(dates, 1, dates[2].on, time(12))[1].number in (1, 3)


def test_the_rest_can_follow_a_moved_date() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    shifted = shift_from(dates, 3, date(2026, 2, 2), MORNINGS, {date(2026, 2, 5)})
    assert on(shifted) == ["06/01", "08/01", "03/02", "10/02", "12/02"]
    assert [one.number for one in shifted] == [1, 2, 3, 4, 5]


def test_a_cancelled_session_is_proposed_the_next_meeting_that_nothing_takes() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    proposed = propose_replacement(dates, 5, MORNINGS, {date(2026, 1, 22)})
    assert (proposed.session_code, proposed.on) == ("M1-3", date(2026, 1, 27))
    wider = (*MORNINGS, MeetingTime(4, time(9)))
    assert propose_replacement(dates, 2, wider).on == date(2026, 1, 9)
    later = propose_replacement(dates, 2, wider, not_before=date(2026, 1, 10))
    assert later.on == date(2026, 1, 16)


def test_a_full_calendar_is_proposed_another_working_day_before_the_close() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    proposed = propose_replacement(dates, 2, MORNINGS)
    assert (proposed.session_code, proposed.on) == ("M0-2", date(2026, 1, 9))
    assert proposed.starts_at == dates[1].starts_at
    assert propose_replacement(dates, 2, MORNINGS, {date(2026, 1, 9)}).on == date(2026, 1, 12)
    assert propose_replacement(dates, 2, MORNINGS, not_before=date(2026, 1, 16)).on == date(
        2026, 1, 16
    )
    # Nothing is free before the close any more: the first meeting after it.
    assert propose_replacement(dates, 2, MORNINGS, not_before=date(2026, 1, 20)).on == date(
        2026, 1, 22
    )


@given(OFFERS, STARTS, MEETINGS, CLOSED, st.data())
def test_a_replacement_never_overlaps_nor_stands_on_a_closed_day(
    offer: tuple[Module, ...],
    starts_on: date,
    pattern: set[MeetingTime],
    closed: set[date],
    data: st.DataObject,
) -> None:
    dates = course_calendar(offer, starts_on, pattern, closed)
    cancelled = data.draw(st.sampled_from(dates))
    proposed = propose_replacement(dates, cancelled.number, pattern, closed)
    others = [one for one in dates if one.number != cancelled.number]
    assert proposed.starts >= cancelled.ends
    assert proposed.on not in closed
    assert overlapping([*others, proposed]) == ()


@given(OFFERS, STARTS, MEETINGS, st.integers(0, 60), st.data())
def test_shifting_keeps_the_past_the_order_and_the_sessions(
    offer: tuple[Module, ...],
    starts_on: date,
    pattern: set[MeetingTime],
    days: int,
    data: st.DataObject,
) -> None:
    dates = course_calendar(offer, starts_on, pattern)
    at = data.draw(st.integers(0, len(dates) - 1))
    target = dates[at].on + timedelta(days=days)
    shifted = shift_from(dates, dates[at].number, target, pattern)
    assert shifted[:at] == dates[:at]
    assert [one.session_code for one in shifted] == [one.session_code for one in dates]
    assert all(one.on >= target for one in shifted[at:])
    assert overlapping(shifted) == ()


def test_a_number_that_is_not_in_the_calendar_is_a_bug() -> None:
    dates = course_calendar(OFFER, MONDAY, MORNINGS)
    with pytest.raises(KeyError):
        move_date(dates, 9, MONDAY)


def test_a_session_past_midnight_ends_the_next_day() -> None:
    late = CourseDate(1, "M0", "M0-1", MONDAY, time(23), 120)
    assert late.ends == datetime(2026, 1, 6, 1)  # noqa: DTZ001 - an office's own local time
    assert late.ends_at == time(1)
