"""Generations, cohorts and their calendars: who meets when, for which session, with whom."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count

from facilitator_kit.curriculum import (
    CourseDate,
    MeetingTime,
    SessionPlan,
    cascade,
    course_calendar,
    group_sizes,
    material_quantities,
    order_problems,
    overlapping,
    plan_from_dict,
    plan_from_session,
    plan_to_dict,
    propose_replacement,
    public_holidays,
    shift_from,
)
from facilitator_kit.curriculum.records import Pack, Programme, ProgrammeKind
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.attendance import on_roll
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    ClosedDay,
    Cohort,
    Enrolment,
    Facilitator,
    Generation,
    Meeting,
    RecoveryPlace,
    ScheduledSession,
    SessionState,
    StoredPlan,
)
from facilitator_kit.store import Range
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.views import (
    AgendaView,
    CohortView,
    SessionStatus,
    SessionView,
)


@dataclass(frozen=True, slots=True)
class NewCohort:
    """What a new cohort is made from."""

    generation_id: str
    centre_id: str
    name: str
    programme: str
    route: str
    level: str
    starts_on: date
    meetings: tuple[Meeting, ...]
    room: str = ""
    facilitator_id: str | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class CoursePreview:
    """The calendar that a new cohort would get. `skipped` are meeting days that are closed."""

    sessions: int
    minutes: int
    first: date
    last: date
    skipped: tuple[tuple[date, str], ...]


class Courses:
    """Generations, cohorts, calendars and agendas."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- generations and cohorts ---------------------------------------------------------------

    def generations(self) -> tuple[Generation, ...]:
        """Generations, the latest first."""
        return tuple(reversed(self._desk.store.find(Generation, order_by="starts_on")))

    def save_generation(self, generation: Generation) -> Generation:
        """Store a generation (id "" makes a new one)."""
        if not generation.name.strip():
            raise KitError(
                message("La generación necesita un nombre."),
                message("Escriba, por ejemplo, «Generación 2026-B»."),
                "invalid",
            )
        if generation.ends_on < generation.starts_on:
            raise KitError(
                message("La generación termina antes de empezar."),
                message("Revise las dos fechas."),
                "invalid",
            )
        saved = generation if generation.id else replace(generation, id=self._desk.ids.new())
        name = message("Cambiar generación") if generation.id else message("Agregar generación")
        with self._desk.change(name) as tx:
            tx.put(saved)
        return saved

    def programmes(self, kind: ProgrammeKind | None = None) -> tuple[Programme, ...]:
        """The programmes that a new cohort can follow, from the program's own pack."""
        found = self._desk.core_pack.programmes
        return tuple(p for p in found if kind is None or p.kind is kind)

    def cohorts(
        self, generation_id: str | None = None, centre_id: str | None = None
    ) -> tuple[CohortView, ...]:
        """Cohorts by centre and name, with the figures of their list lines."""
        found = self._desk.store.find(Cohort, order_by="name")
        return self._cohort_views(
            [
                cohort
                for cohort in found
                if generation_id in (None, cohort.generation_id)
                and centre_id in (None, cohort.centre_id)
            ]
        )

    def cohort(self, cohort_id: str) -> CohortView:
        """One cohort; a KitError when it is gone."""
        found = self._desk.store.get(Cohort, cohort_id)
        if found is None:
            raise not_found(message("La cohorte"))
        return self._cohort_views((found,))[0]

    def _cohort_views(self, cohorts: Collection[Cohort]) -> tuple[CohortView, ...]:
        store = self._desk.store
        ids = tuple(cohort.id for cohort in cohorts)
        centres = {centre.id: centre for centre in store.find(Centre)}
        generations = {generation.id: generation for generation in store.find(Generation)}
        facilitators = {person.id: person for person in store.find(Facilitator)}
        people = Counter(
            enrolment.cohort_id
            for enrolment in store.find(Enrolment, cohort_id=ids)
            if enrolment.left_on is None
        )
        calendars: dict[str, list[ScheduledSession]] = defaultdict(list)
        for scheduled in store.find(ScheduledSession, cohort_id=ids):
            if scheduled.state is SessionState.SCHEDULED and not scheduled.recovery:
                calendars[scheduled.cohort_id].append(scheduled)
        today = self._desk.clock.today()
        views = []
        for cohort in cohorts:
            programme = self._desk.pack_of(cohort).programme(cohort.programme)
            calendar = sorted(calendars[cohort.id], key=_moment)
            past = [s for s in calendar if s.on < today]
            coming = [s for s in calendar if s.on >= today]
            views.append(
                CohortView(
                    cohort=cohort,
                    centre=centres[cohort.centre_id],
                    generation=generations[cohort.generation_id],
                    route=programme.route(cohort.route),
                    level=programme.level(cohort.route, cohort.level),
                    facilitator=facilitators.get(cohort.facilitator_id or ""),
                    people=people[cohort.id],
                    sessions=len(calendar),
                    sessions_held=len(past),
                    next_session=coming[0] if coming else None,
                    last_session=past[-1] if past else None,
                )
            )
        return tuple(sorted(views, key=lambda v: (v.centre.name, v.cohort.name)))

    def days_without_sessions(self, centre_id: str, years: Iterable[int]) -> dict[date, str]:
        """Public holidays of the country and the closed days that hold for a centre."""
        days = dict(public_holidays(self._desk.institution.country, tuple(years)))
        for closed in self._desk.store.find(ClosedDay):
            if closed.centre_id in (None, centre_id):
                days[closed.on] = closed.reason
        return days

    def open_cohort(self, new: NewCohort) -> Cohort:
        """Make a cohort and its whole calendar from its route, weekdays, hours and holidays."""
        _check_new_cohort(new)
        with self._desk.change(message("Abrir cohorte {name}", name=new.name)) as tx:
            pack = self._desk.keep_core_pack(tx)
            cohort = Cohort(
                id=self._desk.ids.new(),
                generation_id=new.generation_id,
                centre_id=new.centre_id,
                code=self._free_file_code(new),
                name=new.name.strip(),
                pack_code=pack.code,
                pack_version=pack.version,
                programme=new.programme,
                route=new.route,
                level=new.level,
                starts_on=new.starts_on,
                meetings=new.meetings,
                room=new.room.strip(),
                facilitator_id=new.facilitator_id,
            )
            tx.put(cohort)
            tx.put_all(self._calendar_for(cohort, pack))
        return cohort

    def _free_file_code(self, new: NewCohort) -> str:
        """A code that no other cohort of the centre has: files are named by it."""
        wanted = file_code(new.code or new.name)
        taken = {c.code for c in self._desk.store.find(Cohort, centre_id=new.centre_id)}
        codes = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
        return next(code for code in codes if code not in taken)

    def preview(self, new: NewCohort) -> CoursePreview:
        """The calendar that `open_cohort` would make; nothing is stored."""
        pattern = tuple(MeetingTime(m.weekday, m.starts_at) for m in new.meetings)
        years = range(new.starts_on.year, new.starts_on.year + 4)
        closed = self.days_without_sessions(new.centre_id, years)
        offer = self._desk.core_pack.offer(new.programme, new.route, new.level)
        dates = course_calendar(offer, new.starts_on, pattern, closed)
        if not dates:
            raise KitError(
                message("Ese nivel no tiene ninguna sesión."),
                message("Elija otra ruta u otro nivel."),
                "no_sessions",
            )
        weekdays = {meeting.weekday for meeting in pattern}
        return CoursePreview(
            sessions=len(dates),
            minutes=sum(one.minutes for one in dates),
            first=dates[0].on,
            last=dates[-1].on,
            skipped=tuple(
                (day, name)
                for day, name in sorted(closed.items())
                if new.starts_on <= day <= dates[-1].on and day.weekday() in weekdays
            ),
        )

    def hints(self, cohort_id: str) -> dict[str, tuple[Message, ...]]:
        """What looks mistaken in a cohort's calendar, by scheduled session: nothing forbids it.

        A session before what should come first, on a closed day, or at the time of another.
        """
        cohort = self.cohort(cohort_id).cohort
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
        closed = self.days_without_sessions(cohort.centre_id, sorted(years)) if years else {}
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

    def _calendar_for(self, cohort: Cohort, pack: Pack) -> list[ScheduledSession]:
        offer = pack.offer(cohort.programme, cohort.route, cohort.level)
        years = range(cohort.starts_on.year, cohort.starts_on.year + 4)
        days = course_calendar(
            offer,
            cohort.starts_on,
            _pattern(cohort),
            self.days_without_sessions(cohort.centre_id, years),
        )
        return [
            ScheduledSession(
                id=self._desk.ids.new(),
                cohort_id=cohort.id,
                number=day.number,
                module=day.module_code,
                session=day.session_code,
                on=day.on,
                starts_at=day.starts_at,
                minutes=day.minutes,
                room=cohort.room,
                facilitator_id=cohort.facilitator_id,
            )
            for day in days
        ]

    def save_cohort(self, cohort: Cohort) -> None:
        """Change a cohort's name, room, facilitator or state; its course stays as it is."""
        before = self._desk.store.get(Cohort, cohort.id)
        if before is None:
            raise not_found(message("La cohorte"))
        kept = replace(
            before,
            name=cohort.name.strip() or before.name,
            room=cohort.room,
            facilitator_id=cohort.facilitator_id,
            closed=cohort.closed,
        )
        today = self._desk.clock.today()
        with self._desk.change(message("Cambiar cohorte")) as tx:
            tx.put(kept)
            for session in tx.find(ScheduledSession, cohort_id=cohort.id):
                unchanged = (session.room, session.facilitator_id) == (
                    before.room,
                    before.facilitator_id,
                )
                # What was changed by hand for one session stays as it was set.
                if session.on >= today and unchanged:
                    tx.put(replace(session, room=kept.room, facilitator_id=kept.facilitator_id))

    # -- the calendar --------------------------------------------------------------------------

    def calendar(self, cohort_id: str) -> tuple[SessionView, ...]:
        """The cohort's sessions in date order, cancelled and recovery ones among them."""
        return self._session_views(self._desk.store.find(ScheduledSession, cohort_id=cohort_id))

    def session(self, scheduled_id: str) -> SessionView:
        """One scheduled session; a KitError when it is gone."""
        return self._session_views((self._scheduled(scheduled_id),))[0]

    def sessions_between(self, first: date, last: date) -> tuple[SessionView, ...]:
        """Sessions of every cohort from `first` to `last`, both included; no cancelled ones."""
        found = self._desk.store.find(ScheduledSession, on=Range(first, last))
        return self._session_views([s for s in found if s.state is SessionState.SCHEDULED])

    def pending_rolls(self, cohort_ids: Collection[str]) -> tuple[SessionView, ...]:
        """The past sessions of these cohorts whose roll is not whole, by date."""
        found = self._desk.store.find(
            ScheduledSession,
            cohort_id=tuple(cohort_ids),
            state=SessionState.SCHEDULED,
            on=Range(None, self._desk.clock.today()),
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
        for session in sorted(sessions, key=_moment):
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
        cohort = self.cohort(moved.cohort_id).cohort
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
        first = min(movable, key=_moment)
        # What stands before the first of them keeps its date, and its hour is not taken again.
        before = [s for s in calendar if s.id != moved.id and _moment(s) < _moment(first)]
        laid_out = shift_from(
            [_course_date(s) for s in (*before, *movable)],
            first.number,
            moved.on + timedelta(days=1),
            _pattern(cohort),
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
        return self.days_without_sessions(cohort.centre_id, range(day.year, day.year + 4))

    def proposed_date(self, scheduled_id: str) -> tuple[date, time]:
        """The next meeting that nothing takes, for the session that replaces this one."""
        session = self._scheduled(scheduled_id)
        cohort = self.cohort(session.cohort_id).cohort
        dates = [_course_date(s) for s in self._course(cohort.id) if s.id != session.id]
        today = self._desk.clock.today()
        proposed = propose_replacement(
            [*dates, _course_date(session)],
            session.number,
            _pattern(cohort),
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
        cohort = self.cohort(cohort_id).cohort
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

    # -- the agenda ----------------------------------------------------------------------------

    def agenda(self, scheduled_id: str) -> AgendaView:
        """The session's agenda: as written in the pack, or as changed for this date."""
        view = self.session(scheduled_id)
        stored = self._desk.store.find(StoredPlan, scheduled_session_id=scheduled_id)
        plan = plan_from_session(view.session)
        if stored:
            plan = plan_from_dict(json.loads(stored[0].blocks))
        people = view.expected or view.session.group[1]
        return AgendaView(
            view=view,
            plan=plan,
            timed=cascade(plan.blocks, view.scheduled.starts_at),
            total_minutes=sum(block.minutes for block in plan.blocks),
            target_minutes=view.scheduled.minutes,
            changed=bool(stored),
            materials=material_quantities(view.session, people),
            groups=group_sizes(people, view.session.group_of),
        )

    def save_plan(self, scheduled_id: str, plan: SessionPlan) -> None:
        """Keep a changed agenda for one scheduled session."""
        self._scheduled(scheduled_id)
        stored = self._desk.store.find(StoredPlan, scheduled_session_id=scheduled_id)
        plan_id = stored[0].id if stored else self._desk.ids.new()
        with self._desk.change(message("Cambiar agenda")) as tx:
            blocks = json.dumps(plan_to_dict(plan), ensure_ascii=False)
            tx.put(StoredPlan(plan_id, scheduled_id, blocks))

    def reset_plan(self, scheduled_id: str) -> None:
        """Go back to the agenda as the pack has it."""
        with self._desk.change(message("Volver a la agenda original")) as tx:
            for stored in tx.find(StoredPlan, scheduled_session_id=scheduled_id):
                tx.delete(StoredPlan, stored.id)


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


def file_code(name: str) -> str:
    """A name made safe for a file name: "Grupo Ñandú 1" becomes "grupo-nandu-1"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split()) or "cohorte"


def _pattern(cohort: Cohort) -> tuple[MeetingTime, ...]:
    return tuple(MeetingTime(m.weekday, m.starts_at) for m in cohort.meetings)


def _course_date(session: ScheduledSession) -> CourseDate:
    return CourseDate(
        session.number,
        session.module,
        session.session,
        session.on,
        session.starts_at,
        session.minutes,
    )


def _moment(session: ScheduledSession) -> datetime:
    return datetime.combine(session.on, session.starts_at)


def _check_new_cohort(new: NewCohort) -> None:
    problems = []
    if not new.name.strip():
        problems.append(
            Problem(
                file="",
                code="blank_name",
                place=message("Nombre"),
                reason=message("La cohorte necesita un nombre."),
                remedy=message("Escriba, por ejemplo, «Grupo matutino»."),
            )
        )
    if not new.meetings:
        problems.append(
            Problem(
                file="",
                code="no_meetings",
                place=message("Días"),
                reason=message("No hay ningún día de reunión."),
                remedy=message("Elija al menos un día de la semana y su hora."),
            )
        )
    if problems:
        raise InputRefused(
            message("No se abrió la cohorte: hay datos por corregir."),
            message(""),
            problems,
            "invalid",
        )
