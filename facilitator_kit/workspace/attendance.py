"""Taking attendance: a mark or a whole roll at once; corrections keep their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.attendance import minutes_for, on_roll, roll_order, tally
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Cohort,
    Draft,
    Enrolment,
    Mark,
    Participant,
    RecoveryPlace,
    ScheduledSession,
    SessionState,
)
from facilitator_kit.workspace.calendars import Calendars
from facilitator_kit.workspace.casework import Case, Casework
from facilitator_kit.workspace.courses import Courses
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.people import complete, person_problems, refuse
from facilitator_kit.workspace.views import AttendanceGrid, GridColumn, GridRow

REMOVED_MARK = "removed_mark"
"""The form under which the reason of a removed mark is kept, by the mark's id."""


class Attendance:
    """The attendance grid and the marks in it."""

    def __init__(
        self, desk: Desk, courses: Courses, calendars: Calendars, casework: Casework
    ) -> None:
        self._desk = desk
        self._courses = courses
        self._calendars = calendars
        self._casework = casework

    def grid(self, cohort_id: str) -> AttendanceGrid:
        """A cohort's whole grid: sessions in date order, people in the roll's order.

        Women of other cohorts are in it if they have a place in a recovery session held here.
        """
        today = self._desk.clock.today()
        cohort = self._courses.cohort(cohort_id)
        pack = self._desk.pack_of(cohort.cohort)
        views = [
            view
            for view in self._calendars.of(cohort_id)
            if view.scheduled.state is SessionState.SCHEDULED
        ]
        columns = tuple(
            GridColumn(v.scheduled, pack.session(v.scheduled.session).title, v.status)
            for v in views
        )
        sessions = tuple(view.scheduled for view in views)
        places: dict[str, set[str]] = defaultdict(set)
        for place in self._desk.store.find(
            RecoveryPlace, scheduled_session_id=tuple(s.id for s in sessions)
        ):
            places[place.scheduled_session_id].add(place.enrolment_id)
        members = self._desk.store.find(Enrolment, cohort_id=cohort_id)
        guests = set().union(*places.values()) - {enrolment.id for enrolment in members}
        enrolments = (*members, *self._desk.store.find(Enrolment, id=tuple(guests)))
        marks = {
            (mark.scheduled_session_id, mark.enrolment_id): mark
            for mark in self._desk.store.find(
                AttendanceMark, scheduled_session_id=tuple(s.id for s in sessions)
            )
        }
        cases: dict[str, Case] = {}
        people = tuple({enrolment.participant_id for enrolment in enrolments})
        for case in self._casework.of_people(people, today):
            for enrolment in case.enrolments:
                cases[enrolment.id] = case
        people_by_id = {case.participant.id: case.participant for case in cases.values()}
        rows = []
        for enrolment in roll_order(enrolments, people_by_id):
            hers = tuple(marks.get((s.id, enrolment.id)) for s in sessions)
            sums = tally(zip(sessions, hers, strict=True), today)
            rows.append(
                GridRow(
                    participant=cases[enrolment.id].participant,
                    enrolment=enrolment,
                    marks=hers,
                    expected=tuple(on_roll(enrolment, s, places[s.id]) for s in sessions),
                    attended_minutes=sums.attended,
                    delivered_minutes=sums.delivered,
                    percent=half_up_percent(sums.attended, sums.delivered),
                    eligibility=cases[enrolment.id].eligibility,
                )
            )
        return AttendanceGrid(cohort, columns, tuple(rows))

    def mark(
        self,
        scheduled_id: str,
        enrolment_id: str,
        mark: Mark,
        minutes: int | None = None,
        reason: str = "",
    ) -> AttendanceMark:
        """Store one mark. `minutes` typed by hand stand; changing an older mark takes a reason.

        While a roll is being typed its slips are not corrections: a mark first made today may
        still be changed without a reason, whatever the day of the session.
        """
        session, late_minutes = self._session_and_lateness(scheduled_id)
        self._refuse_future(session)
        stored = self._stored(scheduled_id, enrolment_id)
        if stored is None:
            self._refuse_stranger(session, enrolment_id)
        made = AttendanceMark(
            id=stored.id if stored else self._desk.ids.new(),
            scheduled_session_id=scheduled_id,
            enrolment_id=enrolment_id,
            mark=mark,
            minutes=minutes_for(mark, session.minutes, late_minutes, minutes),
            typed_minutes=minutes is not None,
            reason=reason.strip(),
        )
        if stored is None:
            name = message("Marcar asistencia")
        else:
            if _same(stored, made) and not made.reason:
                return stored  # the same key again: its earlier reason stays
            self._refuse_silent_correction(stored, made, session)
            name = message("Corregir asistencia")
        with self._desk.change(name) as tx:
            tx.put(made)
        return made

    def needs_reason(
        self, scheduled_id: str, enrolment_id: str, mark: Mark | None, minutes: int | None = None
    ) -> bool:
        """Whether this corrects a roll typed on an earlier day, and so takes a reason.

        `mark` None stands for removing the mark.
        """
        session, late_minutes = self._session_and_lateness(scheduled_id)
        stored = self._stored(scheduled_id, enrolment_id)
        if stored is None or not self._is_older(stored, session):
            return False
        if mark is None or stored.mark is not mark:
            return True
        return stored.minutes != minutes_for(mark, session.minutes, late_minutes, minutes)

    def _is_older(self, stored: AttendanceMark, session: ScheduledSession) -> bool:
        """Whether a mark belongs to an earlier day's session and was not first made today."""
        today = self._desk.clock.today()
        if session.on >= today:
            return False
        made = self._desk.store.changes_of(AttendanceMark, stored.id)
        return not made or made[0].info.at.date() < today

    def mark_all_present(self, scheduled_id: str) -> int:
        """Mark present everybody expected who has no mark yet, as one change; how many it was."""
        session, late_minutes = self._session_and_lateness(scheduled_id)
        self._refuse_future(session)
        grid = self.grid(session.cohort_id)
        column = next(i for i, c in enumerate(grid.columns) if c.scheduled.id == scheduled_id)
        missing = [
            row.enrolment.id
            for row in grid.rows
            if row.expected[column] and row.marks[column] is None
        ]
        minutes = minutes_for(Mark.PRESENT, session.minutes, late_minutes)
        with self._desk.change(message("Marcar todas presentes")) as tx:
            tx.put_all(
                AttendanceMark(
                    self._desk.ids.new(), scheduled_id, enrolment_id, Mark.PRESENT, minutes
                )
                for enrolment_id in missing
            )
        return len(missing)

    def clear(self, scheduled_id: str, enrolment_id: str, reason: str = "") -> None:
        """Remove a mark that was made by mistake: she is pending again.

        Removing an older mark takes a reason, which the same change keeps by the mark's id.
        """
        stored = self._stored(scheduled_id, enrolment_id)
        if stored is None:
            return
        session, _late = self._session_and_lateness(scheduled_id)
        if self._is_older(stored, session) and not reason.strip():
            raise _reason_needed()
        with self._desk.change(message("Borrar marca de asistencia")) as tx:
            tx.delete(AttendanceMark, stored.id)
            if reason.strip():
                # Not in the change's name: a reason may name somebody, and names stay for ever.
                tx.put(
                    Draft(self._desk.ids.new(), REMOVED_MARK, stored.id, "reason", reason.strip())
                )

    def mark_roll(
        self,
        scheduled_id: str,
        marks: Collection[tuple[str, Mark, int | None]],
        reason: str = "",
    ) -> None:
        """Store a whole roll as one change: enrolment, mark, and minutes where typed.

        Marks that differ from those of an earlier day's roll take a reason, as in `mark`.
        """
        session, late_minutes = self._session_and_lateness(scheduled_id)
        self._refuse_future(session)
        with self._desk.change(message("Capturar lista")) as tx:
            stored = {
                mark.enrolment_id: mark
                for mark in tx.find(AttendanceMark, scheduled_session_id=scheduled_id)
            }
            fresh: list[AttendanceMark] = []
            for enrolment_id, mark, minutes in marks:
                before = stored.get(enrolment_id)
                made = AttendanceMark(
                    id=before.id if before else self._desk.ids.new(),
                    scheduled_session_id=scheduled_id,
                    enrolment_id=enrolment_id,
                    mark=mark,
                    minutes=minutes_for(mark, session.minutes, late_minutes, minutes),
                    typed_minutes=minutes is not None,
                    reason=reason.strip() if before else "",
                )
                if before is None:
                    fresh.append(made)
                elif not _same(before, made):
                    self._refuse_silent_correction(before, made, session)
                    tx.put(made)
            tx.add_all(fresh)

    def walk_in(self, scheduled_id: str, participant: Participant) -> Enrolment:
        """Enrol on the spot, with the least data, somebody who came to a session, and mark her.

        An empty id or code is made.
        """
        session, late_minutes = self._session_and_lateness(scheduled_id)
        self._refuse_future(session)
        view = self._courses.cohort(session.cohort_id)
        cohort = view.cohort
        participant = complete(self._desk, participant, view.centre.code)
        refuse(person_problems(self._desk, participant))
        with self._desk.change(message("Inscribir a quien llegó sin registro")) as tx:
            enrolment = Enrolment(
                id=self._desk.ids.new(),
                participant_id=participant.id,
                cohort_id=cohort.id,
                enrolled_on=session.on,
                starts_on=session.on,
                route=cohort.route,
                level=cohort.level,
            )
            tx.put(participant)
            tx.put(enrolment)
            if session.recovery:
                tx.put(RecoveryPlace(self._desk.ids.new(), session.id, enrolment.id))
            tx.put(
                AttendanceMark(
                    id=self._desk.ids.new(),
                    scheduled_session_id=scheduled_id,
                    enrolment_id=enrolment.id,
                    mark=Mark.PRESENT,
                    minutes=minutes_for(Mark.PRESENT, session.minutes, late_minutes),
                )
            )
        return enrolment

    def _session_and_lateness(self, scheduled_id: str) -> tuple[ScheduledSession, int]:
        session = self._desk.store.get(ScheduledSession, scheduled_id)
        if session is None:
            raise not_found(message("La sesión"))
        cohort = self._desk.store.get(Cohort, session.cohort_id)
        if cohort is None:
            raise not_found(message("La cohorte"))
        rule = self._desk.pack_of(cohort).programme(cohort.programme).rule
        return session, rule.late_minutes

    def _stored(self, scheduled_id: str, enrolment_id: str) -> AttendanceMark | None:
        found = self._desk.store.find(
            AttendanceMark, scheduled_session_id=scheduled_id, enrolment_id=enrolment_id
        )
        return found[0] if found else None

    def _refuse_stranger(self, session: ScheduledSession, enrolment_id: str) -> None:
        """A first mark is for a woman of the cohort, or one with a place in a recovery session."""
        enrolment = self._desk.store.get(Enrolment, enrolment_id)
        if enrolment is None:
            raise not_found(message("La inscripción"))
        if session.recovery:
            known = self._desk.store.count(
                RecoveryPlace, scheduled_session_id=session.id, enrolment_id=enrolment_id
            )
        else:
            known = enrolment.cohort_id == session.cohort_id
        if not known:
            raise KitError(
                message("No está en la lista de la sesión {number}.", number=session.number),
                message("Inscríbala en la cohorte, o asígnele la sesión de recuperación."),
                "not_on_roll",
            )

    def _refuse_future(self, session: ScheduledSession) -> None:
        if session.state is SessionState.CANCELLED:
            raise KitError(
                message("La sesión {number} está cancelada.", number=session.number),
                message("Marque la asistencia en su reposición."),
                "cancelled",
            )
        if session.on > self._desk.clock.today():
            raise KitError(
                message("La sesión {number} todavía no se imparte.", number=session.number),
                message("Marque la asistencia el día de la sesión o después."),
                "future_session",
            )

    def _refuse_silent_correction(
        self, stored: AttendanceMark, made: AttendanceMark, session: ScheduledSession
    ) -> None:
        if not made.reason and self._is_older(stored, session):
            raise _reason_needed()


def _same(stored: AttendanceMark, made: AttendanceMark) -> bool:
    """Whether two marks of one place say the same of her."""
    return (stored.mark, stored.minutes) == (made.mark, made.minutes)


def _reason_needed() -> KitError:
    return KitError(
        message("Corregir una lista de otro día pide un motivo."),
        message("Escriba por qué cambia la marca."),
        "reason_needed",
    )


def half_up_percent(part: int, whole: int) -> int | None:
    """`part` of `whole` in percent, rounded half up (domain.md §7); None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
