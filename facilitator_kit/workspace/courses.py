"""Generations, cohorts and their calendars: who meets when, for which session, with whom."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING

from facilitator_kit.curriculum import (
    MeetingTime,
    course_calendar,
    public_holidays,
)
from facilitator_kit.curriculum.records import Pack, Programme, ProgrammeKind
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    Centre,
    ClosedDay,
    Cohort,
    Enrolment,
    Facilitator,
    Generation,
    Meeting,
    ScheduledSession,
    SessionState,
)
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.views import (
    CohortView,
)

if TYPE_CHECKING:
    from facilitator_kit.store import Transaction


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
        """The programmes that a new cohort can follow, from the pack in force."""
        found = self._desk.pack_in_force.programmes
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
        people = store.tally(Enrolment, "cohort_id", cohort_id=ids, left_on=None)
        calendars: dict[str, list[ScheduledSession]] = defaultdict(list)
        for scheduled in store.find(ScheduledSession, cohort_id=ids):
            if scheduled.state is SessionState.SCHEDULED and not scheduled.recovery:
                calendars[scheduled.cohort_id].append(scheduled)
        today = self._desk.clock.today()
        views = []
        for cohort in cohorts:
            programme = self._desk.pack_of(cohort).programme(cohort.programme)
            calendar = sorted(calendars[cohort.id], key=moment)
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
        check_new_cohort(new)
        pack = self._desk.keep_pack_in_force()
        with self._desk.change(message("Abrir cohorte {name}", name=new.name)) as tx:
            return self.put_cohort(tx, new, pack)

    def put_cohort(self, tx: Transaction, new: NewCohort, pack: Pack) -> Cohort:
        """The same within a change that is being made, on a pack that the workspace keeps."""
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
        offer = self._desk.pack_in_force.offer(new.programme, new.route, new.level)
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

    def _calendar_for(self, cohort: Cohort, pack: Pack) -> list[ScheduledSession]:
        offer = pack.offer(cohort.programme, cohort.route, cohort.level)
        years = range(cohort.starts_on.year, cohort.starts_on.year + 4)
        days = course_calendar(
            offer,
            cohort.starts_on,
            meeting_times(cohort),
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
        with self._desk.change(message("Cambiar datos de la cohorte")) as tx:
            tx.put(kept)
            for session in tx.find(ScheduledSession, cohort_id=cohort.id):
                unchanged = (session.room, session.facilitator_id) == (
                    before.room,
                    before.facilitator_id,
                )
                # What was changed by hand for one session stays as it was set.
                if session.on >= today and unchanged:
                    tx.put(replace(session, room=kept.room, facilitator_id=kept.facilitator_id))


def file_code(name: str) -> str:
    """A name made safe for a file name: "Grupo Ñandú 1" becomes "grupo-nandu-1"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split()) or "cohorte"


def meeting_times(cohort: Cohort) -> tuple[MeetingTime, ...]:
    """The cohort's weekly meetings, as a course calendar is made from."""
    return tuple(MeetingTime(m.weekday, m.starts_at) for m in cohort.meetings)


def moment(session: ScheduledSession) -> datetime:
    """When a session begins."""
    return datetime.combine(session.on, session.starts_at)


def check_new_cohort(new: NewCohort) -> None:
    """Raise InputRefused with everything that keeps a cohort from being opened."""
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
