"""Calendars of cohorts: their sessions moved, cancelled, replaced, recovered, put in charge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, time, timedelta

from facilitator_kit import store
from facilitator_kit.curriculum import (
    CourseDate,
    order_problems,
    overlapping,
    propose_replacement,
    shift_from,
)
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.attendance import on_roll
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    Cohort,
    Enrolment,
    Facilitator,
    RecoveryPlace,
    ScheduledSession,
    SessionState,
)
from facilitator_kit.workspace.courses import Courses, meeting_times, moment
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.views import (
    SessionStatus,
    SessionView,
)


class Calendars:
    """The scheduled sessions of cohorts."""

    def __init__(self, desk: Desk, courses: Courses) -> None:
        self._desk = desk
        self._courses = courses

    def of(self, cohort_id: str) -> tuple[SessionView, ...]:
        """The cohort's sessions in date order, cancelled and recovery ones among them."""
        return self._session_views(self._desk.store.find(ScheduledSession, cohort_id=cohort_id))

    def session(self, scheduled_id: str) -> SessionView:
        """One scheduled session; a KitError when it is gone."""
        return self._session_views((self._scheduled(scheduled_id),))[0]

    def between(self, first: date, last: date) -> tuple[SessionView, ...]:
        """Sessions of every cohort from `first` to `last`, both included; no cancelled ones."""
        found = self._desk.store.find(ScheduledSession, on=store.Range(first, last))
        return self._session_views([s for s in found if s.state is SessionState.SCHEDULED])

    def pending_rolls(self, cohort_ids: Collection[str]) -> tuple[SessionView, ...]:
        """The past sessions of these cohorts whose roll is not whole, by date."""
        found = self._desk.store.find(
            ScheduledSession,
            cohort_id=tuple(cohort_ids),
            state=SessionState.SCHEDULED,
            on=store.Range(None, self._desk.clock.today()),
        )
        views = self._session_views(found)
        return tuple(view for view in views if view.status is SessionStatus.PENDING)

    def _scheduled(self, scheduled_id: str) -> ScheduledSession:
        found = self._desk.store.get(ScheduledSession, scheduled_id)
        if found is None:
            raise not_found(message("La sesión"))
        return found

    def _session_views(self, sessions: Collection[ScheduledSession]) -> tuple[SessionView, ...]:
        store = self._desk.store
        today = self._desk.clock.today()
        cohort_ids = tuple({session.cohort_id for session in sessions})
        cohorts = {cohort.id: cohort for cohort in store.find(Cohort, id=cohort_ids)}
        centres = {centre.id: centre for centre in store.find(Centre)}
        facilitators = {person.id: person for person in store.find(Facilitator)}
        enrolments: dict[str, list[Enrolment]] = defaultdict(list)
        for enrolment in store.find(Enrolment, cohort_id=cohort_ids):
            enrolments[enrolment.cohort_id].append(enrolment)
        ids = tuple(session.id for session in sessions)
        marked: dict[str, set[str]] = defaultdict(set)
        for mark in store.find(AttendanceMark, scheduled_session_id=ids):
            marked[mark.scheduled_session_id].add(mark.enrolment_id)
        places: dict[str, set[str]] = defaultdict(set)
        for place in store.find(RecoveryPlace, scheduled_session_id=ids):
            places[place.scheduled_session_id].add(place.enrolment_id)
        views = []
        for session in sorted(sessions, key=moment):
            cohort = cohorts[session.cohort_id]
            pack = self._desk.pack_of(cohort)
            if session.recovery:
                expected = places[session.id]
            else:
                expected = {e.id for e in enrolments[cohort.id] if on_roll(e, session)}
            # Marks of women who are no longer expected must not stand in for those that lack one.
            there = len(expected & marked[session.id])
            views.append(
                SessionView(
                    scheduled=session,
                    cohort=cohort,
                    centre=centres[cohort.centre_id],
                    module=pack.module(session.module),
                    session=pack.session(session.session),
                    facilitator=facilitators.get(session.facilitator_id or ""),
                    status=session_status(session, today, there, len(expected)),
                    expected=len(expected),
                    marked=there,
                )
            )
        return tuple(views)

    def move(
        self, scheduled_id: str, on: date, starts_at: time, shift_following: bool = False
    ) -> None:
        """Move a session by hand; with `shift_following`, later ones move by as many meetings."""
        session = self._scheduled(scheduled_id)
        self._refuse_if_marked(session, message("mover"))
        moved = replace(session, on=on, starts_at=starts_at)
        with self._desk.change(message("Mover sesión {number}", number=session.number)) as tx:
            tx.put(moved)
            if shift_following:
                tx.put_all(self._shifted(moved))

    def _shifted(self, moved: ScheduledSession) -> list[ScheduledSession]:
        """The sessions after `moved` whose roll is not taken, at the next meetings in order."""
        cohort = self._courses.cohort(moved.cohort_id).cohort
        calendar = self._course(cohort.id)
        marked = {
            mark.scheduled_session_id
            for mark in self._desk.store.find(
                AttendanceMark, scheduled_session_id=tuple(s.id for s in calendar)
            )
        }
        movable = [s for s in calendar if s.number > moved.number and s.id not in marked]
        if not movable:
            return []
        first = min(movable, key=moment)
        # What stands before the first of them keeps its date, and its hour is not taken again.
        before = [s for s in calendar if s.id != moved.id and moment(s) < moment(first)]
        laid_out = shift_from(
            [_course_date(s) for s in (*before, *movable)],
            first.number,
            moved.on + timedelta(days=1),
            meeting_times(cohort),
            self._closed_after(cohort, moved.on),
        )
        placed = {day.number: day for day in laid_out}
        return [
            replace(s, on=placed[s.number].on, starts_at=placed[s.number].starts_at)
            for s in movable
        ]

    def _course(self, cohort_id: str) -> list[ScheduledSession]:
        """The cohort's own calendar, by number: neither cancelled nor recovery sessions."""
        found = self._desk.store.find(ScheduledSession, cohort_id=cohort_id, order_by="number")
        return [s for s in found if s.state is SessionState.SCHEDULED and not s.recovery]

    def _closed_after(self, cohort: Cohort, day: date) -> dict[date, str]:
        return self._courses.days_without_sessions(cohort.centre_id, range(day.year, day.year + 4))

    def proposed_date(self, scheduled_id: str) -> tuple[date, time]:
        """The next meeting that nothing takes, for the session that replaces this one."""
        session = self._scheduled(scheduled_id)
        cohort = self._courses.cohort(session.cohort_id).cohort
        dates = [_course_date(s) for s in self._course(cohort.id) if s.id != session.id]
        today = self._desk.clock.today()
        proposed = propose_replacement(
            [*dates, _course_date(session)],
            session.number,
            meeting_times(cohort),
            self._closed_after(cohort, today),
            max(today, session.on),
        )
        return proposed.on, proposed.starts_at

    def cancel(self, scheduled_id: str, reason: str) -> None:
        """Take a session out of the calendar. Not when its roll was taken."""
        session = self._scheduled(scheduled_id)
        self._refuse_if_marked(session, message("cancelar"))
        with self._desk.change(message("Cancelar sesión {number}", number=session.number)) as tx:
            tx.put(replace(session, state=SessionState.CANCELLED, cancel_reason=reason.strip()))

    def replace_cancelled(self, scheduled_id: str, on: date, starts_at: time) -> ScheduledSession:
        """Put a new session in the place of a cancelled one."""
        cancelled = self._scheduled(scheduled_id)
        if cancelled.state is not SessionState.CANCELLED:
            raise KitError(
                message("La sesión {number} no está cancelada.", number=cancelled.number),
                message("Cancélela primero, o muévala de fecha."),
                "not_cancelled",
            )
        if self._desk.store.count(ScheduledSession, replaces=cancelled.id):
            raise KitError(
                message("La sesión {number} ya tiene reposición.", number=cancelled.number),
                message("Mueva la reposición a la fecha que necesita."),
                "already_replaced",
            )
        replacement = replace(
            cancelled,
            id=self._desk.ids.new(),
            on=on,
            starts_at=starts_at,
            state=SessionState.SCHEDULED,
            replaces=cancelled.id,
            cancel_reason="",
        )
        with self._desk.change(message("Reponer sesión {number}", number=cancelled.number)) as tx:
            tx.put(replacement)
            # Whoever was to recover the cancelled session recovers this one.
            tx.put_all(
                RecoveryPlace(self._desk.ids.new(), replacement.id, place.enrolment_id)
                for place in tx.find(RecoveryPlace, scheduled_session_id=cancelled.id)
            )
        return replacement

    def add_recovery(
        self,
        cohort_id: str,
        session_code: str,
        on: date,
        starts_at: time,
        enrolment_ids: Collection[str],
        minutes: int | None = None,
    ) -> ScheduledSession:
        """A recovery session of one programme session, for the women assigned to it."""
        if not enrolment_ids:
            raise KitError(
                message("La sesión de recuperación no tiene a nadie asignada."),
                message("Elija al menos a una participante."),
                "invalid",
            )
        cohort = self._courses.cohort(cohort_id).cohort
        pack = self._desk.pack_of(cohort)
        numbers = [s.number for s in self._desk.store.find(ScheduledSession, cohort_id=cohort_id)]
        recovery = ScheduledSession(
            id=self._desk.ids.new(),
            cohort_id=cohort_id,
            number=1 + max(numbers, default=0),
            module=pack.module_of(session_code).code,
            session=session_code,
            on=on,
            starts_at=starts_at,
            minutes=minutes or pack.session(session_code).minutes,
            room=cohort.room,
            facilitator_id=cohort.facilitator_id,
            recovery=True,
        )
        with self._desk.change(message("Agregar sesión de recuperación")) as tx:
            tx.put(recovery)
            tx.put_all(
                RecoveryPlace(self._desk.ids.new(), recovery.id, enrolment_id)
                for enrolment_id in enrolment_ids
            )
        return recovery

    def put_in_charge(
        self, scheduled_id: str, facilitator_id: str | None, room: str | None = None
    ) -> None:
        """Name who facilitates one session, and where."""
        session = self._scheduled(scheduled_id)
        with self._desk.change(message("Cambiar quién facilita")) as tx:
            tx.put(
                replace(
                    session,
                    facilitator_id=facilitator_id,
                    room=session.room if room is None else room,
                )
            )

    def _refuse_if_marked(self, session: ScheduledSession, doing: object) -> None:
        if self._desk.store.count(AttendanceMark, scheduled_session_id=session.id):
            raise KitError(
                message(
                    "No se puede {doing} la sesión {number}: ya tiene asistencia.",
                    doing=doing,
                    number=session.number,
                ),
                message("Borre antes sus marcas, o agregue otra sesión."),
                "has_marks",
            )

    def hints(self, cohort_id: str) -> dict[str, tuple[Message, ...]]:
        """What looks mistaken in a cohort's calendar, by scheduled session: nothing forbids it.

        A session before what should come first, on a closed day, or at the time of another.
        """
        cohort = self._courses.cohort(cohort_id).cohort
        course = self._course(cohort_id)
        by_number = {session.number: session for session in course}
        dates = [_course_date(session) for session in course]
        found: dict[str, list[Message]] = defaultdict(list)
        pack = self._desk.pack_of(cohort)
        for problem in order_problems(
            dates, pack.offer(cohort.programme, cohort.route, cohort.level)
        ):
            found[by_number[problem.number].id].append(problem.reason)
        years = {session.on.year for session in course}
        closed = (
            self._courses.days_without_sessions(cohort.centre_id, sorted(years)) if years else {}
        )
        for session in course:
            if session.on in closed:
                found[session.id].append(
                    message("Ese día está cerrado: {reason}.", reason=closed[session.on])
                )
        for one, other in overlapping(dates):
            found[by_number[other.number].id].append(
                message("A esa hora también está la sesión {number}.", number=one.number)
            )
        return {session_id: tuple(reasons) for session_id, reasons in found.items()}


def session_status(
    session: ScheduledSession, today: date, marked: int, expected: int
) -> SessionStatus:
    """A past session without a whole roll is pending, not held (domain.md §5)."""
    if session.state is SessionState.CANCELLED:
        return SessionStatus.CANCELLED
    if marked and marked >= expected:
        return SessionStatus.HELD
    if session.on == today:
        return SessionStatus.TODAY
    if session.on > today:
        return SessionStatus.UPCOMING
    return SessionStatus.PENDING if expected else SessionStatus.HELD


def _course_date(session: ScheduledSession) -> CourseDate:
    return CourseDate(
        session.number,
        session.module,
        session.session,
        session.on,
        session.starts_at,
        session.minutes,
    )
