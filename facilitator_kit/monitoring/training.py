"""What a person in training shows beside attending: quizzes, practice, facilitations observed.

They are lines of her eligibility like any other: fulfilled, still possible until the deadline, or
not. Everything she shows is a response on her enrolment; none is ever lost by trying again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from facilitator_kit.curriculum.learning import Quiz
from facilitator_kit.curriculum.records import Module, TrainingRequirement, Wave
from facilitator_kit.monitoring.records import Answer, Response
from facilitator_kit.monitoring.standing import (
    EligibilityState,
    Line,
    LineKind,
    Standing,
    TrainingEvidence,
)

PRACTICE: Final = "practice"
OBSERVATIONS: Final = "observations"
"""The codes of the two lines, and what `lacks` calls them."""


def quiz_code(module: str) -> str:
    """The code of the line of a module's quiz: `quiz_F34.1`."""
    return f"quiz_{module}"


def quiz_answers(chosen: Iterable[int]) -> tuple[Answer, ...]:
    """The options chosen, question by question, as a response keeps them."""
    return tuple(Answer(str(number), str(option)) for number, option in enumerate(chosen, start=1))


def right_answers(quiz: Quiz, answers: Iterable[Answer]) -> int:
    """How many questions are answered rightly; what is no answer to one of them counts for none."""
    given = {answer.name: answer.value for answer in answers}
    return sum(
        given.get(str(number)) == str(question.right)
        for number, question in enumerate(quiz.questions, start=1)
    )


def points_asked(quiz: Quiz, percent: int) -> int:
    """The right answers that pass: `percent` of the questions, rounded up."""
    return -(-len(quiz.questions) * percent // 100)


def training_lines(
    asked: TrainingRequirement,
    modules: Sequence[Module],
    responses: Iterable[Response],
    deadline: date,
    on: date,
) -> list[Line]:
    """The lines of a training on the day `on`; `responses` are hers, of any wave.

    One line for the quiz of each module that has one, one for all practice tasks of the modules,
    one for the observed facilitations; what is not asked for has none. Everything counts up to the
    `deadline`, that day included: of a quiz the best try, of a task the first.
    """
    answered = sorted(responses, key=lambda response: (response.answered_on, response.id))
    lines = []
    if asked.quiz_percent:
        lines += [
            _quiz_line(module.code, module.quiz, asked.quiz_percent, answered, deadline, on)
            for module in modules
            if module.quiz is not None
        ]
    tasks = {task.code for module in modules for task in module.practice}
    if asked.practice and tasks:
        lines.append(_practice_line(tasks, answered, deadline, on))
    if asked.observations:
        lines.append(_observations_line(asked.observations, answered, deadline, on))
    return lines


def counting(line: Line) -> tuple[TrainingEvidence, ...]:
    """The evidence that gives a training's line what it has: nothing late, no try that adds none.

    A further try that is no better, or one more observation than asked for, changes nothing here.
    """
    timely = [item for item in line.training if item.standing is Standing.COUNTED]
    match line.kind:
        case LineKind.QUIZ:
            return tuple(sorted(timely, key=lambda item: (-item.points, item.on))[:1])
        case LineKind.PRACTICE:
            first: dict[str, TrainingEvidence] = {}
            for item in timely:
                first.setdefault(item.item, item)
            return tuple(first.values())
        case _:
            return tuple(timely[: line.required])


def path_percent(lines: Sequence[Line]) -> int:
    """How much of what a rule asks for is reached, each line counting the same.

    Rounded down, so that 100 says that everything is there.
    """
    if not lines:
        return 0
    reached = (
        Fraction(min(line.have, line.required), line.required) if line.required else Fraction(1)
        for line in lines
    )
    return int(100 * sum(reached, start=Fraction(0)) / len(lines))


def _quiz_line(
    module: str, quiz: Quiz, percent: int, answered: list[Response], deadline: date, on: date
) -> Line:
    evidence = [
        _evidence(response, right_answers(quiz, response.answers), deadline)
        for response in answered
        if response.wave is Wave.QUIZ and response.instrument == quiz.code
    ]
    best = max((item.points for item in evidence if item.standing is Standing.COUNTED), default=0)
    required, most = points_asked(quiz, percent), len(quiz.questions)
    return _line(LineKind.QUIZ, quiz_code(module), required, best, most, evidence, deadline, on)


def _practice_line(tasks: set[str], answered: list[Response], deadline: date, on: date) -> Line:
    evidence = [
        _evidence(response, 1, deadline)
        for response in answered
        if response.wave is Wave.PRACTICE and response.instrument in tasks
    ]
    done = len({item.item for item in evidence if item.standing is Standing.COUNTED})
    most = len(tasks)
    return _line(LineKind.PRACTICE, PRACTICE, most, done, most, evidence, deadline, on)


def _observations_line(required: int, answered: list[Response], deadline: date, on: date) -> Line:
    evidence = [
        _evidence(response, 1, deadline)
        for response in answered
        if response.wave is Wave.OBSERVATION
    ]
    made = sum(item.standing is Standing.COUNTED for item in evidence)
    have = min(made, required)
    kind = LineKind.OBSERVATIONS
    return _line(kind, OBSERVATIONS, required, have, required, evidence, deadline, on)


def _evidence(response: Response, points: int, deadline: date) -> TrainingEvidence:
    timely = response.answered_on <= deadline
    return TrainingEvidence(
        response.id,
        response.answered_on,
        response.instrument,
        points,
        Standing.COUNTED if timely else Standing.LATE,
    )


def _line(
    kind: LineKind,
    code: str,
    required: int,
    have: int,
    most: int,
    evidence: list[TrainingEvidence],
    deadline: date,
    on: date,
) -> Line:
    """A line that can be fulfilled on any day up to the deadline, whatever was shown before."""
    possible = most if on <= deadline else have
    if have >= required:
        state = EligibilityState.FULFILLED
    elif possible >= required:
        state = EligibilityState.CAN_FULFIL
    else:
        state = EligibilityState.CANNOT
    until = deadline if state is EligibilityState.CAN_FULFIL else None
    return Line(
        kind, code, state, required, have, possible, until, deadline, training=tuple(evidence)
    )
