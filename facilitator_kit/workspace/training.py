"""Formación: each person's path in her training, and what she shows on it.

What she shows beside attending is kept as responses on her enrolment: quizzes, practice tasks,
observed facilitations. Each is one change. No participant of a course is ever listed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from facilitator_kit.curriculum.instruments import answer_problems
from facilitator_kit.curriculum.records import Instrument, Wave
from facilitator_kit.errors import InputRefused, Problem
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    Answer,
    Cohort,
    Enrolment,
    Response,
    ScheduledSession,
    SessionState,
)
from facilitator_kit.monitoring.training import quiz_answers
from facilitator_kit.workspace.casework import Case, Casework
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.followup import forget_drafts, refuse_future, survey_form
from facilitator_kit.workspace.graduation import Graduation
from facilitator_kit.workspace.training_groups import TrainingGroups, is_called
from facilitator_kit.workspace.training_path import (
    ATTEMPT,
    KEEP,
    OBSERVER,
    SESSION,
    path_of,
    row_of,
)
from facilitator_kit.workspace.training_views import (
    ObservableSession,
    TrainingGroup,
    TrainingPath,
    TrainingRow,
)

OBSERVED_WITHIN: Final = timedelta(days=45)
"""Sessions of so many days are offered as the one that was observed."""


def quiz_form(code: str) -> str:
    """The name under which a quiz half answered is kept as drafts, by enrolment."""
    return f"quiz_{code}"


@dataclass(frozen=True, slots=True)
class NewObservation:
    """An observed facilitation as it was written down.

    `session` says what was facilitated, `observer` who watched; `keep` and `attempt` are what was
    told her: what to keep doing, what to try.
    """

    enrolment_id: str
    on: date
    session: str
    observer: str
    answers: tuple[Answer, ...]
    keep: str = ""
    attempt: str = ""


class Training:
    """People in training and what is recorded on their path."""

    def __init__(
        self, desk: Desk, groups: TrainingGroups, casework: Casework, graduation: Graduation
    ) -> None:
        self._desk = desk
        self._groups = groups
        self._casework = casework
        self._graduation = graduation

    # -- who is where ----------------------------------------------------------------------------

    def people(self, cohort_id: str) -> tuple[TrainingRow, ...]:
        """The people of a group: whoever uses this workspace first, then by name."""
        return self._rows(self._groups.get(cohort_id))

    def _rows(self, group: TrainingGroup) -> tuple[TrainingRow, ...]:
        name = self._groups.user_name()
        today = self._desk.clock.today()
        cases = self._casework.of_cohorts((group.view.cohort.id,), today)
        by_enrolment = {case.enrolment.id: case for case in cases}
        candidates = self._graduation.candidates_of(cases, today)
        mine = [c.enrolment.id for c in candidates if is_called(c.participant, name)]
        # Two people of one name: nobody is guessed to be the one at the keyboard.
        own = mine[0] if len(mine) == 1 else ""
        rows = [
            row_of(
                by_enrolment[candidate.enrolment.id],
                candidate,
                group.minutes,
                mine=candidate.enrolment.id == own,
            )
            for candidate in candidates
        ]
        return tuple(sorted(rows, key=lambda row: (not row.mine, row.left)))

    def path(self, enrolment_id: str) -> TrainingPath:
        """One person's whole path as it stands today; a KitError when she is gone."""
        case = self._case(enrolment_id)
        group = self._groups.get(case.cohort.id)
        row = next(r for r in self._rows(group) if r.enrolment.id == case.enrolment.id)
        checklist = self.instrument(Wave.OBSERVATION)
        return path_of(case, row, group, checklist, self._desk.clock.today())

    def _case(self, enrolment_id: str) -> Case:
        enrolment = self._desk.store.get(Enrolment, enrolment_id)
        if enrolment is None:
            raise not_found(message("La inscripción"))
        found = self._casework.of_people((enrolment.participant_id,), self._desk.clock.today())
        for case in found:
            ids = {one.id for one in case.same_course}
            if enrolment_id in ids and self._groups.is_training(case.cohort):
                return case
        raise not_found(message("La inscripción"))

    def instrument(self, wave: Wave) -> Instrument | None:
        """The program's own form of a wave; None where the pack has none."""
        found = (one for one in self._desk.pack_in_force.instruments if one.wave is wave)
        return next(found, None)

    def sessions_to_observe(self) -> tuple[ObservableSession, ...]:
        """Course sessions of the last weeks, the latest first: what may have been observed."""
        store, today = self._desk.store, self._desk.clock.today()
        cohorts = {c.id: c for c in store.find(Cohort) if not self._groups.is_training(c)}
        held = [
            session
            for session in store.find(
                ScheduledSession, cohort_id=tuple(cohorts), state=SessionState.SCHEDULED
            )
            if today - OBSERVED_WITHIN <= session.on <= today
        ]
        held.sort(key=lambda session: (session.on, session.starts_at, session.id), reverse=True)
        return tuple(self._observable(session, cohorts[session.cohort_id]) for session in held)

    def _observable(self, session: ScheduledSession, cohort: Cohort) -> ObservableSession:
        title = self._desk.pack_of(cohort).session(session.session).title
        return ObservableSession(session, cohort, title)

    # -- what she shows --------------------------------------------------------------------------

    def record_quiz(
        self, enrolment_id: str, module: str, chosen: Sequence[int], on: date | None = None
    ) -> Response:
        """Store a quiz answered: the option chosen of each question, in their order.

        Every try is kept; the best one in time counts. What was kept of a quiz half answered is
        forgotten by the same change.
        """
        day = self._day(on)
        case = self._case(enrolment_id)
        quiz = next((m.quiz for m in case.criteria.modules if m.code == module), None)
        if quiz is None:
            raise not_found(message("El cuestionario"))
        problems = [
            Problem(
                file="",
                code="answer_missing",
                place=question.text,
                reason=message("Falta la respuesta a «{label}».", label=question.text),
                remedy=message("Elija una de las respuestas."),
            )
            for number, question in enumerate(quiz.questions)
            if number >= len(chosen) or not 0 <= chosen[number] < len(question.options)
        ]
        if problems:
            raise InputRefused(
                message("No se guardó el cuestionario: faltan respuestas."),
                message(""),
                problems,
                "invalid",
            )
        answers = quiz_answers(chosen[: len(quiz.questions)])
        response = self._response(case, Wave.QUIZ, quiz.code, case.pack.version, day, answers)
        with self._desk.change(message("Contestar «{title}»", title=quiz.title)) as tx:
            tx.put(response)
            forget_drafts(tx, quiz_form(quiz.code), enrolment_id)
        return response

    def record_task(self, enrolment_id: str, code: str, on: date | None = None) -> Response:
        """Store that a practice task was done; the first time stands, a further one adds none."""
        day = self._day(on)
        case = self._case(enrolment_id)
        tasks = {task.code: task for module in case.criteria.modules for task in module.practice}
        if code not in tasks:
            raise not_found(message("La práctica"))
        for response in case.responses:
            if response.wave is Wave.PRACTICE and response.instrument == code:
                return response
        made = self._response(case, Wave.PRACTICE, code, case.pack.version, day, ())
        with self._desk.change(message("Practicar «{title}»", title=tasks[code].title)) as tx:
            tx.put(made)
        return made

    def record_observation(self, new: NewObservation) -> Response:
        """Store an observed facilitation; InputRefused tells everything that is missing."""
        day = self._day(new.on)
        case = self._case(new.enrolment_id)
        checklist = self.instrument(Wave.OBSERVATION)
        if checklist is None:
            raise not_found(message("La lista de observación"))
        problems = answer_problems(checklist, {a.name: a.value for a in new.answers})
        problems += [
            Problem(
                file="",
                code=code,
                place=label,
                reason=message("Falta: {field}.", field=label),
                remedy=message("Escríbalo para seguir."),
            )
            for code, label, value in (
                ("blank_session", message("Sesión que facilitó"), new.session),
                ("blank_observer", message("Quién observó"), new.observer),
            )
            if not value.strip()
        ]
        if problems:
            raise InputRefused(
                message("No se guardó la observación: hay respuestas por corregir."),
                message(""),
                problems,
                "invalid",
            )
        more = (
            Answer(SESSION, new.session.strip()),
            Answer(OBSERVER, new.observer.strip()),
            Answer(KEEP, new.keep.strip()),
            Answer(ATTEMPT, new.attempt.strip()),
        )
        answers = tuple(answer for answer in (*new.answers, *more) if answer.value)
        response = self._response(
            case, Wave.OBSERVATION, checklist.code, checklist.version, day, answers
        )
        with self._desk.change(message("Anotar observación")) as tx:
            tx.put(response)
            forget_drafts(tx, survey_form(Wave.OBSERVATION), new.enrolment_id)
        return response

    def remove_observation(self, response_id: str) -> None:
        """Remove an observation that was written down by mistake."""
        with self._desk.change(message("Quitar observación")) as tx:
            tx.delete(Response, response_id)

    def _response(
        self,
        case: Case,
        wave: Wave,
        instrument: str,
        version: str,
        on: date,
        answers: tuple[Answer, ...],
    ) -> Response:
        return Response(
            self._desk.ids.new(), case.enrolment.id, wave, instrument, version, on, answers
        )

    def _day(self, on: date | None) -> date:
        day = on or self._desk.clock.today()
        refuse_future(self._desk, day)
        return day
