"""A course's dates: sessions laid over a week's meeting times, holidays left out, moved by hand.

A calendar is a tuple of `CourseDate`, in the order of the clock. Functions give a new one and never
change the one they get; a date's `number` stays with its session when it moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from facilitator_kit.curriculum.records import Module, Session
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message

COUNTRIES_WITH_HOLIDAYS = ("MX", "CL")
SATURDAY = 5
LONGEST_COURSE = timedelta(days=4 * 366)


@dataclass(frozen=True, slots=True, order=True)
class MeetingTime:
    """One meeting of the week. `weekday` counts from Monday, 0, to Sunday, 6."""

    weekday: int
    starts_at: time


@dataclass(frozen=True, slots=True)
class CourseDate:
    """When one session is held. `number` counts the course's sessions from 1."""

    number: int
    module_code: str
    session_code: str
    on: date
    starts_at: time
    minutes: int

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.on, self.starts_at)

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def ends_at(self) -> time:
        return self.ends.time()


@dataclass(frozen=True, slots=True)
class OrderProblem:
    """A session that stands before something that should come first; it may be left so."""

    number: int
    session_code: str
    must_follow: str
    reason: Message


# -- laying a course out ---------------------------------------------------------------------


def course_calendar(
    offer: Iterable[Module],
    starts_on: date,
    pattern: Collection[MeetingTime],
    holidays: Collection[date] = (),
    until: date | None = None,
) -> tuple[CourseDate, ...]:
    """The sessions of the offer's modules, in order, one at each meeting from `starts_on` on.

    Holidays are skipped, and so is a meeting that would begin before the session held just before
    it has ended. Unwritten sessions are dated like all others.

    Raises:
        KitError: there is no meeting time, a weekday is none, the course does not end by `until`,
            or holidays leave no free meeting within four years.
    """
    sessions = [(module, session) for module in offer for session in module.sessions]
    meetings = _free_meetings(datetime.combine(starts_on, time()), pattern, holidays)
    dates: list[CourseDate] = []
    for number, (module, session) in enumerate(sessions, start=1):
        placed = _place(number, module, session, meetings, dates[-1].ends if dates else None)
        if until is not None and placed.on > until:
            raise KitError(
                message(
                    "El curso no termina antes de la fecha límite: caben {fit} de {all} sesiones.",
                    fit=len(dates),
                    all=len(sessions),
                ),
                message("Elija otra fecha límite, o agregue un día de reunión por semana."),
                "course_too_long",
            )
        dates.append(placed)
    return tuple(dates)


def _place(
    number: int,
    module: Module,
    session: Session,
    meetings: Iterator[datetime],
    not_before: datetime | None,
) -> CourseDate:
    start = next(meeting for meeting in meetings if not_before is None or meeting >= not_before)
    return CourseDate(
        number, module.code, session.code, start.date(), start.time(), session.minutes
    )


def _free_meetings(
    not_before: datetime, pattern: Collection[MeetingTime], holidays: Collection[date]
) -> Iterator[datetime]:
    """Meeting after meeting from that moment on; KitError once none was found for years."""
    week = sorted(set(pattern))
    if not week:
        raise KitError(
            message("No hay ningún día de reunión."),
            message("Elija por lo menos un día de la semana y su hora."),
            "no_meeting_time",
        )
    if any(not 0 <= meeting.weekday <= 6 for meeting in week):
        raise KitError(
            message("Un día de reunión no es un día de la semana."),
            message("Elija días de lunes a domingo."),
            "bad_weekday",
        )
    return _meetings(not_before, week, frozenset(holidays))


def _meetings(
    not_before: datetime, week: Collection[MeetingTime], closed: frozenset[date]
) -> Iterator[datetime]:
    day = not_before.date()
    last_found = day
    while day - last_found <= LONGEST_COURSE and day < date.max:
        if day not in closed:
            for meeting in week:
                start = datetime.combine(day, meeting.starts_at)
                if meeting.weekday == day.weekday() and start >= not_before:
                    last_found = day
                    yield start
        day += timedelta(days=1)
    raise KitError(
        message("No queda ningún día libre para reunirse: todos están cerrados."),
        message("Quite días cerrados del calendario del centro, o elija otros días."),
        "no_free_meeting",
    )


# -- holidays --------------------------------------------------------------------------------


def public_holidays(country: str, years: Iterable[int]) -> dict[date, str]:
    """The country's public holidays ("MX", "CL") with their names in Spanish, in order.

    A centre's own closed days are not in it: they are the caller's to add.

    Raises:
        KitError: no holidays are known for that country.
    """
    # Loading the holidays of the world takes as long as opening a page: only when they are asked.
    import holidays

    if country not in COUNTRIES_WITH_HOLIDAYS:
        raise KitError(
            message("No conocemos los feriados de «{country}».", country=country),
            message("Escriba a mano los días cerrados del centro."),
            "unknown_country",
        )
    found = holidays.country_holidays(country, years=sorted(set(years)), language="es")
    return {day: found[day] for day in sorted(found)}


# -- moving dates ----------------------------------------------------------------------------


def move_date(
    dates: Iterable[CourseDate], number: int, on: date, starts_at: time | None = None
) -> tuple[CourseDate, ...]:
    """The calendar with one session on another day (and hour); all the others stay.

    Holidays are not looked at: who moves a date by hand knows that the centre is open.

    Raises:
        KitError: it would overlap another session.
        KeyError: no session has that number.
    """
    kept = tuple(dates)
    found = date_numbered(kept, number)
    moved = replace(found, on=on, starts_at=starts_at or found.starts_at)
    for other in kept:
        if other.number != number and overlap(moved, other):
            raise KitError(
                message(
                    "A esa hora ya está la sesión {number} ({code}).",
                    number=other.number,
                    code=other.session_code,
                ),
                message("Elija otra hora u otro día, o mueva primero esa sesión."),
                "dates_overlap",
            )
    return _in_order(moved if one.number == number else one for one in kept)


def shift_from(
    dates: Iterable[CourseDate],
    number: int,
    on: date,
    pattern: Collection[MeetingTime],
    holidays: Collection[date] = (),
) -> tuple[CourseDate, ...]:
    """The calendar with that session, and all that stand after it, laid out anew from `on`.

    What stands before keeps its date; the rest keeps its order, and no two sessions overlap.

    Raises:
        KitError: as `course_calendar`.
        KeyError: no session has that number.
    """
    in_order = _in_order(dates)
    at = in_order.index(date_numbered(in_order, number))
    kept, rest = in_order[:at], in_order[at:]
    meetings = _free_meetings(datetime.combine(on, time()), pattern, holidays)
    placed = list(kept)
    free_from: datetime | None = None
    for one in rest:
        for start in meetings:
            again = replace(one, on=start.date(), starts_at=start.time())
            if (free_from is None or start >= free_from) and not _collides(again, kept):
                break
        placed.append(again)
        free_from = again.ends
    return _in_order(placed)


def propose_replacement(
    dates: Iterable[CourseDate],
    number: int,
    pattern: Collection[MeetingTime],
    holidays: Collection[date] = (),
    not_before: date | None = None,
) -> CourseDate:
    """A date for the session that replaces a cancelled one: the next meeting that nothing takes.

    It is looked for after the cancelled session (and not before `not_before`); the rest of the
    calendar stays. In a full calendar that meeting would come after the course has closed: then
    another working day before the close is proposed, at the cancelled hour, where there is one.
    The cancelled date itself is never proposed again.

    Raises:
        KitError: there is no meeting time, or no free meeting within four years.
        KeyError: no session has that number.
    """
    kept = tuple(dates)
    cancelled = date_numbered(kept, number)
    others = [one for one in kept if one.number != number]
    after = cancelled.ends
    if not_before is not None:
        after = max(after, datetime.combine(not_before, time()))
    for start in _free_meetings(after, pattern, holidays):
        proposed = replace(cancelled, on=start.date(), starts_at=start.time())
        if not _collides(proposed, others):
            break
    closes = max((one.on for one in others), default=proposed.on)
    if proposed.on <= closes:
        return proposed
    taken = {one.on for one in others} | {cancelled.on, *holidays}
    for days in range((closes - after.date()).days):
        day = after.date() + timedelta(days=days)
        between = replace(cancelled, on=day)
        if day.weekday() < SATURDAY and day not in taken and between.starts >= after:
            return between
    return proposed


def date_numbered(dates: Iterable[CourseDate], number: int) -> CourseDate:
    """The date of the session with that number; KeyError when there is none."""
    for one in dates:
        if one.number == number:
            return one
    raise KeyError(number)


def overlap(one: CourseDate, other: CourseDate) -> bool:
    """Whether two sessions are held at the same time, even for a minute."""
    return one.starts < other.ends and other.starts < one.ends


def overlapping(dates: Iterable[CourseDate]) -> tuple[tuple[CourseDate, CourseDate], ...]:
    """The pairs of neighbours in the calendar that are held at the same time."""
    return tuple((one, other) for one, other in pairwise(_in_order(dates)) if overlap(one, other))


def _collides(one: CourseDate, others: Iterable[CourseDate]) -> bool:
    return any(overlap(one, other) for other in others)


def _in_order(dates: Iterable[CourseDate]) -> tuple[CourseDate, ...]:
    return tuple(sorted(dates, key=lambda one: (one.starts, one.number)))


# -- order -----------------------------------------------------------------------------------


def order_problems(
    dates: Iterable[CourseDate], offer: Iterable[Module]
) -> tuple[OrderProblem, ...]:
    """The sessions that stand too early: before a module that theirs comes after, or before an
    earlier session of their own module. The order advises; it never voids attendance.
    """
    in_order = _in_order(dates)
    modules = {module.code: module for module in offer}
    last_start: dict[str, datetime] = {}
    for one in in_order:
        last_start[one.module_code] = one.starts
    problems: list[OrderProblem] = []
    for one in in_order:
        module = modules.get(one.module_code)
        if module is None:
            continue
        for earlier in module.after:
            if earlier in last_start and last_start[earlier] > one.starts:
                title = modules[earlier].title if earlier in modules else earlier
                problems.append(_before_module(one, earlier, title))
        problems.extend(_within_module(one, module, in_order))
    return tuple(problems)


def _before_module(one: CourseDate, earlier: str, title: str) -> OrderProblem:
    reason = message(
        "La sesión {number} está antes de que termine el módulo «{module}».",
        number=one.number,
        module=title,
    )
    return OrderProblem(one.number, one.session_code, earlier, reason)


def _within_module(
    one: CourseDate, module: Module, in_order: Collection[CourseDate]
) -> Iterator[OrderProblem]:
    place = {session.code: number for number, session in enumerate(module.sessions)}
    mine = place.get(one.session_code)
    if mine is None:
        return
    for other in in_order:
        theirs = place.get(other.session_code)
        if theirs is not None and theirs < mine and other.starts > one.starts:
            yield OrderProblem(
                one.number,
                one.session_code,
                other.session_code,
                message(
                    "La sesión {number} está antes que la sesión {other}, del mismo módulo.",
                    number=one.number,
                    other=other.number,
                ),
            )
            return
