"""One person's training read from her case: the path block by block, and what comes next.

Plain functions from records to what is shown; the day is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from facilitator_kit.curriculum.learning import PracticeTask
from facilitator_kit.curriculum.records import Instrument, Module, Question, QuestionKind, Wave
from facilitator_kit.monitoring.eligibility import (
    Eligibility,
    EligibilityState,
    Line,
    LineKind,
    SessionEvidence,
    Standing,
)
from facilitator_kit.monitoring.records import Response
from facilitator_kit.monitoring.training import path_percent, quiz_code, right_answers
from facilitator_kit.workspace.casework import Case
from facilitator_kit.workspace.training_views import (
    BlockStep,
    NextKind,
    NextStep,
    Observation,
    QuizStep,
    SessionStep,
    TaskStep,
    TrainingGroup,
    TrainingPath,
    TrainingRow,
)
from facilitator_kit.workspace.views import Candidate

SESSION: Final = "observed_session"
OBSERVER: Final = "observed_by"
KEEP: Final = "feedback_keep"
ATTEMPT: Final = "feedback_try"
"""What an observation keeps beside the checklist's own questions."""

SOON: Final = timedelta(days=1)
"""A session this near comes before anything else."""

URGENT: Final = timedelta(days=7)
"""What can be done for so long at most comes before the order of the path."""

CLOSING: Final = timedelta(days=14)
"""So long before her last session the self-assessment is worth answering."""


def row_of(case: Case, candidate: Candidate, whole_minutes: int, *, mine: bool) -> TrainingRow:
    """One line of a group: what she has of what is asked of her."""
    result = case.eligibility
    quizzes = result.of_kind(LineKind.QUIZ)
    practice = _only(result, LineKind.PRACTICE)
    observed = _only(result, LineKind.OBSERVATIONS)
    self_line = self_assessment_line(result)
    return TrainingRow(
        participant=case.participant,
        enrolment=case.enrolment,
        minutes=result.minutes,
        whole_minutes=whole_minutes,
        percent=path_percent(result.lines),
        quizzes_passed=sum(line.state is EligibilityState.FULFILLED for line in quizzes),
        quizzes_asked=len(quizzes),
        tasks_done=practice.have if practice is not None else 0,
        tasks_asked=practice.required if practice is not None else 0,
        observed=observed.have if observed is not None else 0,
        observations_asked=observed.required if observed is not None else 0,
        self_assessed=None if self_line is None else bool(self_line.have),
        candidate=candidate,
        mine=mine,
    )


def path_of(
    case: Case,
    row: TrainingRow,
    group: TrainingGroup,
    checklist: Instrument | None,
    today: date,
) -> TrainingPath:
    """Everything that her page shows, as it stands on a day."""
    lines = {line.code: line for line in case.eligibility.lines}
    blocks = tuple(_block(case, module, lines) for module in case.criteria.modules)
    observations = tuple(
        read_observation(response, checklist)
        for response in sorted(case.responses, key=lambda r: (r.answered_on, r.id))
        if response.wave is Wave.OBSERVATION
    )
    assessed = [r for r in case.responses if r.wave is Wave.SELF_ASSESSMENT]
    return TrainingPath(
        row=row,
        group=group,
        blocks=blocks,
        observations=observations,
        self_assessment=max(assessed, key=lambda r: r.answered_on, default=None),
        next=next_step(row, blocks, today),
    )


def _block(case: Case, module: Module, lines: dict[str, Line]) -> BlockStep:
    line = lines[module.code]
    sessions = tuple(
        SessionStep(case.pack.session(evidence.session), evidence) for evidence in line.sessions
    )
    return BlockStep(
        module=module,
        line=line,
        sessions=sessions,
        quiz=_quiz(case, module, lines.get(quiz_code(module.code))),
        tasks=tuple(_task(case, task) for task in module.practice),
    )


def _quiz(case: Case, module: Module, line: Line | None) -> QuizStep | None:
    quiz = module.quiz
    if quiz is None:
        return None
    tries = [r for r in case.responses if r.wave is Wave.QUIZ and r.instrument == quiz.code]
    return QuizStep(
        module=module.code,
        quiz=quiz,
        line=line,
        tries=len(tries),
        best=max((right_answers(quiz, r.answers) for r in tries), default=0),
        last_on=max((r.answered_on for r in tries), default=None),
    )


def _task(case: Case, task: PracticeTask) -> TaskStep:
    done = [
        response.answered_on
        for response in case.responses
        if response.wave is Wave.PRACTICE and response.instrument == task.code
    ]
    line = _only(case.eligibility, LineKind.PRACTICE)
    counted = line is None or any(
        item.item == task.code and item.standing is Standing.COUNTED for item in line.training
    )
    return TaskStep(task, min(done, default=None), counted)


# -- observations ----------------------------------------------------------------------------------


def own_feedback(checklist: Instrument) -> bool:
    """Whether the checklist has open questions of its own, so that none need be added to it."""
    return any(question.kind is QuestionKind.TEXT for question in checklist.questions)


def read_observation(response: Response, checklist: Instrument | None) -> Observation:
    """An observation in words; a question that the checklist no longer has keeps its name."""
    answers = {answer.name: answer.value for answer in response.answers}
    extra = {name: answers.pop(name, "") for name in (SESSION, OBSERVER, KEEP, ATTEMPT)}
    questions = {q.name: q for q in checklist.questions} if checklist is not None else {}
    items, notes = [], []
    for name, value in answers.items():
        question = questions.get(name)
        label = question.label if question is not None else name
        if question is not None and question.choices:
            items.append((label, _choice(question, value)))
        else:
            notes.append((label, value))
    return Observation(
        response=response,
        session=extra[SESSION],
        observer=extra[OBSERVER],
        keep=extra[KEEP],
        attempt=extra[ATTEMPT],
        items=tuple(items),
        notes=tuple(notes),
    )


def _choice(question: Question, value: str) -> str:
    labels = {choice.name: choice.label for choice in question.choices}
    return " · ".join(labels.get(part, part) for part in value.split())


# -- what comes next -------------------------------------------------------------------------------


def next_step(row: TrainingRow, blocks: Sequence[BlockStep], today: date) -> NextStep:
    """The one thing to do next.

    A session of today or tomorrow comes first; then what is left for a week at most; then, in the
    order of the path, the practice of a block that has begun and the quiz of one whose sessions are
    over; an observation once half of the programme's minutes are hers; the self-assessment near the
    end; else the next session.
    """
    if row.line is not None:
        return NextStep(NextKind.DONE, row.line.folio, on=row.line.issued_on)
    if row.ready:
        return NextStep(NextKind.CERTIFY)
    coming = _coming(blocks)
    if coming is not None and coming.evidence.on <= today + SOON:
        return _session(coming)
    steps = list(_steps(row, blocks, coming, today))
    soon = [step for step in steps if step.until is not None and step.until <= today + URGENT]
    if steps:
        return min(soon, key=_until) if soon else steps[0]
    if coming is not None:
        return _session(coming)
    pending = _first(blocks, Standing.PENDING)
    if pending is not None:
        return NextStep(
            NextKind.ROLL,
            pending.evidence.scheduled_session_id,
            pending.session.title,
            on=pending.evidence.on,
        )
    return NextStep(NextKind.LOST)


def _steps(
    row: TrainingRow, blocks: Sequence[BlockStep], coming: SessionStep | None, today: date
) -> Iterator[NextStep]:
    """What can be done now besides sessions, in the order of the path."""
    result = row.eligibility
    todo = _todo_in_blocks(blocks, result)
    if todo is not None:
        yield todo
    observed = _only(result, LineKind.OBSERVATIONS)
    half = 2 * row.minutes >= row.whole_minutes or coming is None
    if observed is not None and observed.state is EligibilityState.CAN_FULFIL and half:
        yield NextStep(NextKind.OBSERVATION, until=observed.until)
    closing = coming is None or result.ends_on <= today + CLOSING
    assessed = self_assessment_line(result)
    if assessed is not None and assessed.state is EligibilityState.CAN_FULFIL and closing:
        yield NextStep(NextKind.SELF_ASSESSMENT, until=assessed.until)


def _until(step: NextStep) -> date:
    return step.until or date.max


def _session(step: SessionStep) -> NextStep:
    evidence = step.evidence
    return NextStep(
        NextKind.SESSION, evidence.scheduled_session_id, step.session.title, on=evidence.on
    )


def _todo_in_blocks(blocks: Iterable[BlockStep], result: Eligibility) -> NextStep | None:
    practice = _only(result, LineKind.PRACTICE)
    in_time = practice is not None and practice.state is EligibilityState.CAN_FULFIL
    until = practice.until if practice is not None else None
    for block in blocks:
        standings = [step.evidence.standing for step in block.sessions]
        begun = any(standing is not Standing.OPEN for standing in standings)
        over = Standing.OPEN not in standings
        code, title = block.module.code, block.module.title
        for task in block.tasks:
            if begun and in_time and task.done_on is None:
                return NextStep(NextKind.TASK, task.task.code, task.task.title, title, until=until)
        line = block.quiz.line if block.quiz is not None else None
        if block.quiz is None or line is None or not over:
            continue
        if line.state is EligibilityState.CAN_FULFIL:
            return NextStep(NextKind.QUIZ, code, block.quiz.quiz.title, title, until=line.until)
    return None


def _coming(blocks: Iterable[BlockStep]) -> SessionStep | None:
    """The next session, the nearest one."""
    open_ = [
        step
        for block in blocks
        for step in block.sessions
        if step.evidence.standing is Standing.OPEN
    ]
    return min(open_, key=_day, default=None)


def _first(blocks: Iterable[BlockStep], standing: Standing) -> SessionStep | None:
    found = [
        step for block in blocks for step in block.sessions if step.evidence.standing is standing
    ]
    return min(found, key=_day, default=None)


def _day(step: SessionStep) -> date:
    evidence: SessionEvidence = step.evidence
    return evidence.on


def _only(result: Eligibility, kind: LineKind) -> Line | None:
    return next(iter(result.of_kind(kind)), None)


def self_assessment_line(result: Eligibility) -> Line | None:
    """The line of the self-assessment, where the rule asks for one."""
    code = f"survey_{Wave.SELF_ASSESSMENT.value}"
    return next((line for line in result.lines if line.code == code), None)
