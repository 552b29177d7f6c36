"""The opening page: the next session, what asks for attention, the week, the last backup."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from facilitator_kit.monitoring.attendance import Tally
from facilitator_kit.monitoring.eligibility import EligibilityState, Line, LineKind
from facilitator_kit.workspace.agendas import Agendas
from facilitator_kit.workspace.attendance import half_up_percent
from facilitator_kit.workspace.calendars import Calendars
from facilitator_kit.workspace.casework import Casework
from facilitator_kit.workspace.courses import Courses
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.followup import FollowUp
from facilitator_kit.workspace.graduation import Graduation
from facilitator_kit.workspace.training_groups import TrainingGroups
from facilitator_kit.workspace.views import (
    Attention,
    AttentionKind,
    Candidate,
    CohortView,
    SessionStatus,
    SessionView,
    TodayView,
)

SOON = timedelta(days=21)
"""A deadline nearer than this asks for attention now."""

AHEAD = timedelta(days=60)
"""How far ahead the next session is looked for."""


class Today:
    """Builds the opening page for a day."""

    def __init__(
        self,
        desk: Desk,
        courses: Courses,
        calendars: Calendars,
        agendas: Agendas,
        casework: Casework,
        followup: FollowUp,
        graduation: Graduation,
        training: TrainingGroups,
    ) -> None:
        self._desk = desk
        self._courses = courses
        self._calendars = calendars
        self._agendas = agendas
        self._casework = casework
        self._followup = followup
        self._graduation = graduation
        self._training = training

    def view(self) -> TodayView:
        """The opening page of today, by the desk's clock."""
        on = self._desk.clock.today()
        cohorts = [view for view in self._courses.cohorts() if not view.cohort.closed]
        open_ids = {view.cohort.id for view in cohorts}
        coming = [
            session
            for session in self._calendars.between(on, on + AHEAD)
            if session.cohort.id in open_ids
        ]
        unheld = [s for s in coming if s.status is not SessionStatus.HELD]
        # A group that nobody has been enrolled in waits behind those where somebody is expected.
        next_session = next((s for s in unheld if s.expected), next(iter(unheld), None))
        running: CohortView | None = None
        percent: int | None = None
        if next_session is not None:
            running = next(v for v in cohorts if v.cohort.id == next_session.cohort.id)
            group = self._casework.of_cohorts([running.cohort.id], on)
            sums = sum((case.tally(on) for case in group), start=Tally())
            percent = half_up_percent(sums.attended, sums.delivered)
        checked = self._desk.store.backups.last_checked()
        return TodayView(
            on=on,
            next_session=next_session,
            next_agenda=(self._agendas.of(next_session.scheduled.id) if next_session else None),
            attention=self._attention(cohorts, on),
            running=running,
            attendance_percent=percent,
            week=tuple(s for s in coming if s.scheduled.on <= on + timedelta(days=7)),
            last_backup=checked.checked_at if checked else None,
        )

    def _attention(self, cohorts: list[CohortView], on: date) -> tuple[Attention, ...]:
        views = {view.cohort.id: view for view in cohorts}
        pending: dict[str, list[SessionView]] = defaultdict(list)
        for session in self._calendars.pending_rolls(list(views)):
            pending[session.cohort.id].append(session)
        found: list[Attention] = []
        empty = dict(views)
        for cases in self._casework.by_groups(list(views), on):
            people: dict[str, list[Candidate]] = defaultdict(list)
            for candidate in self._graduation.candidates_of(cases, on):
                people[candidate.cohort.id].append(candidate)
            half_typed = self._followup.unfinished([case.enrolment.id for case in cases])
            for key, candidates in people.items():
                del empty[key]
                found += self._of_cohort(views[key], candidates, pending[key], on)
                drafts = sum(len(half_typed.get(c.enrolment.id, ())) for c in candidates)
                if drafts:
                    cohort = views[key].cohort
                    found.append(Attention(AttentionKind.DRAFTS, drafts, cohort, "", None))
        for key, view in empty.items():
            found += self._of_cohort(view, [], pending[key], on)
        order = list(AttentionKind)
        place = {key: number for number, key in enumerate(views)}
        return tuple(
            sorted(
                found,
                key=lambda a: (
                    order.index(a.kind),
                    a.until or date.max,
                    a.cohort.name,
                    place[a.cohort.id],
                ),
            )
        )

    def _of_cohort(
        self,
        view: CohortView,
        candidates: list[Candidate],
        pending: list[SessionView],
        on: date,
    ) -> list[Attention]:
        found: list[Attention] = []
        training = self._training.is_training(view.cohort)

        def note(
            kind: AttentionKind, count: int, until: date | None, session: SessionView | None = None
        ) -> None:
            if count:
                detail = session.session.title if session else ""
                scheduled_id = session.scheduled.id if session else None
                found.append(
                    Attention(kind, count, view.cohort, detail, until, scheduled_id, training)
                )

        states = [c.eligibility for c in candidates if c.decision is None and not c.left]
        note(AttentionKind.CANNOT, sum(s.state is EligibilityState.CANNOT for s in states), None)
        if pending:
            note(AttentionKind.PENDING_ROLL, len(pending), None, pending[0])
        soon = on + SOON
        risks = [
            min(days)
            for state in states
            if state.state is EligibilityState.CAN_FULFIL
            and (
                days := [
                    day for line in state.of_kind(LineKind.MODULE) if (day := _risk(line, soon))
                ]
            )
        ]
        note(AttentionKind.AT_RISK, len(risks), min(risks, default=None))
        if training:
            waiting = [
                min(days)
                for state in states
                if (days := [d for line in state.lines if (d := _due(line)) and d <= soon])
            ]
            note(AttentionKind.TRAINING, len(waiting), min(waiting, default=None))
        asked = (
            (LineKind.CONTACTS, AttentionKind.CONTACTS),
            (LineKind.SURVEY, AttentionKind.SURVEYS),
        )
        for kind, attention in () if training else asked:
            due = [
                line.until
                for state in states
                for line in state.of_kind(kind)
                if line.state is EligibilityState.CAN_FULFIL and line.until and line.until <= soon
            ]
            note(attention, len(due), min(due, default=None))
        ready = sum(
            c.graduates
            or (c.decision is None and c.eligibility.state is EligibilityState.FULFILLED)
            for c in candidates
            if c.line is None and not c.left
        )
        note(AttentionKind.READY, ready, None)
        return found


def _risk(line: Line, soon: date) -> date | None:
    """The day from which a module that allows no more absences can be lost, if that is soon."""
    can = line.state is EligibilityState.CAN_FULFIL
    # She can miss less than one more session.
    near = line.possible - line.required < 120
    return line.until if can and near and line.until and line.until <= soon else None


def _due(line: Line) -> date | None:
    """Until when something beside attending can still be shown."""
    waits = line.kind is not LineKind.MODULE and line.state is EligibilityState.CAN_FULFIL
    return line.until if waits else None
