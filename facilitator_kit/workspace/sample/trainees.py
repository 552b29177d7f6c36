"""The sample's group in training: three people at different points, through the public use cases.

What the pack asks of them decides what they show: quizzes, tasks and observations that it does not
have are not made up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from facilitator_kit.clock import FixedClock
from facilitator_kit.curriculum.learning import Quiz
from facilitator_kit.curriculum.records import Instrument, QuestionKind, Wave
from facilitator_kit.monitoring.records import (
    Answer,
    Centre,
    Cohort,
    Mark,
    Meeting,
    Participant,
    ScheduledSession,
)
from facilitator_kit.workspace.opening import Workspace
from facilitator_kit.workspace.training import NewObservation
from facilitator_kit.workspace.training_groups import NewTraining

BEGAN_BEFORE = timedelta(weeks=5)

FEEDBACK = (
    "Esperó las respuestas sin adelantarse: hablaron cuatro que no habían hablado.",
    "Avisar cinco minutos antes de cerrar cada bloque.",
)
"""What to keep and what to try: in the checklist's own questions, or else beside it."""

Plan = Callable[[date, int, Callable[[], object]], None]
"""Has something happen on a day, at an hour."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """How one of them fares: sessions that she was late for or missed, by number; blocks whose
    quiz she fails at first; how many blocks' quizzes and tasks she has got through; observations.
    """

    late: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    fails_first: tuple[int, ...] = ()
    blocks: int = 99
    observed: int = 0


STORIES = (
    Trainee(observed=1),
    Trainee(late=(5,), fails_first=(0,), blocks=1),
    Trainee(missed=(4,), blocks=0),
)


def train(
    kit: Workspace,
    clock: FixedClock,
    plan: Plan,
    centre: Centre,
    names: Sequence[Participant],
    weekdays: Sequence[int],
    today: date,
) -> Cohort | None:
    """Start the group some weeks ago and plan what happens to it; None where no training exists."""
    groups = kit.training_groups
    programmes = groups.programmes()
    if not programmes:
        return None
    starts_on = today - BEGAN_BEFORE
    clock.set(datetime.combine(starts_on - timedelta(days=6), time(10)))
    proposal = groups.proposal(programmes[0].code)
    group = groups.start(
        NewTraining(
            programme=proposal.programme,
            name=proposal.name,
            centre_id=centre.id,
            starts_on=starts_on,
            meetings=tuple(Meeting(day, time(12, 30)) for day in weekdays),
            people=tuple(names),
        )
    )
    rows = {row.participant.given_names: row for row in kit.training.people(group.id)}
    hers = [rows[person.given_names].enrolment.id for person in names]
    calendar = [view.scheduled for view in kit.calendars.of(group.id)]
    held = [session for session in calendar if session.on < today]
    for session in held:
        marks = [
            (enrolment_id, _mark(story, session.number), None)
            for enrolment_id, story in zip(hers, STORIES, strict=False)
        ]
        plan(session.on, 16, partial(kit.attendance.mark_roll, session.id, marks))
    for enrolment_id, story in zip(hers, STORIES, strict=False):
        _show(kit, plan, group, enrolment_id, story, held)
        for number in story.missed:
            missed = calendar[number - 1]
            if missed.on < today:
                _recover(kit, plan, group, enrolment_id, missed, today)
    return group


def _mark(story: Trainee, number: int) -> Mark:
    if number in story.missed:
        return Mark.ABSENT
    return Mark.LATE if number in story.late else Mark.PRESENT


def _show(
    kit: Workspace,
    plan: Plan,
    group: Cohort,
    enrolment_id: str,
    story: Trainee,
    held: list[ScheduledSession],
) -> None:
    """Plan the quizzes, tasks and observations of one of them."""
    training, pack = kit.training, kit.desk.pack_of(group)
    over = {session.session for session in held}
    modules = [
        module
        for module in pack.offer(group.programme, group.route, group.level)
        if all(session.code in over for session in module.sessions)
    ]
    last = {session.module: session.on for session in held}
    for place, module in enumerate(modules[: story.blocks]):
        day = last[module.code]
        for task in module.practice:
            plan(day, 17, partial(training.record_task, enrolment_id, task.code))
        if module.quiz is None:
            continue
        tries = [_answers(module.quiz, wrong=place % 2)]
        if place in story.fails_first:
            tries.insert(0, _answers(module.quiz, wrong=len(module.quiz.questions)))
        for hour, answers in enumerate(tries, start=18):
            plan(day, hour, partial(training.record_quiz, enrolment_id, module.code, answers))
    checklist = training.instrument(Wave.OBSERVATION)
    if checklist is not None and held:
        for _time in range(story.observed):
            plan(held[-1].on, 20, partial(_observe, kit, enrolment_id, checklist))


def _answers(quiz: Quiz, *, wrong: int) -> tuple[int, ...]:
    """The right options, the first ones of them missed."""
    return tuple(
        (question.right + 1) % len(question.options) if number < wrong else question.right
        for number, question in enumerate(quiz.questions)
    )


def _observe(kit: Workspace, enrolment_id: str, checklist: Instrument) -> None:
    found = kit.training.sessions_to_observe()
    observers = kit.institution.facilitators()
    feedback = list(FEEDBACK)
    answers = []
    for place, question in enumerate(checklist.questions):
        if question.choices:
            choice = question.choices[place % 3 % len(question.choices)]
            answers.append(Answer(question.name, choice.name))
        elif question.kind is QuestionKind.INTEGER:
            answers.append(Answer(question.name, str(question.least or 1)))
        elif question.kind is QuestionKind.TEXT and feedback:
            answers.append(Answer(question.name, feedback.pop(0)))
    title = found[0].title if found else "Mi presupuesto, mi decisión"
    kit.training.record_observation(
        NewObservation(
            enrolment_id=enrolment_id,
            on=kit.desk.clock.today(),
            session=title,
            observer=observers[0].name if observers else "Persona observadora (ejemplo)",
            answers=tuple(answers),
            keep=FEEDBACK[0] if feedback else "",
            attempt=FEEDBACK[1] if feedback else "",
        )
    )


def _recover(
    kit: Workspace,
    plan: Plan,
    group: Cohort,
    enrolment_id: str,
    missed: ScheduledSession,
    today: date,
) -> None:
    """What she missed is given again, in the week that comes."""
    day = today + timedelta(days=6)

    add = kit.calendars.add_recovery
    plan(
        today - timedelta(days=2),
        10,
        partial(add, group.id, missed.session, day, time(9), (enrolment_id,)),
    )
