"""What is studied alone: lessons with quizzes, practice tasks, chapters of the process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from facilitator_kit.curriculum.blocks import Block


@dataclass(frozen=True, slots=True)
class QuizOption:
    """One answer that can be chosen. `why` explains it once the question has been answered."""

    text: str
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A question with two to five options, one of them right. `body` is the case it speaks of."""

    text: str
    options: tuple[QuizOption, ...]
    body: tuple[Block, ...] = ()

    @property
    def right(self) -> int:
        """The index of the right option."""
        return next(number for number, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions on one block of a training; `code` is its module's with "-Q"."""

    code: str
    title: str
    questions: tuple[QuizQuestion, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An asynchronous lesson of `minutes`; `session` is the session it continues, or empty."""

    code: str
    title: str
    minutes: int
    session: str
    reading: tuple[Block, ...]
    activity: tuple[Block, ...]
    questions: tuple[QuizQuestion, ...]


@dataclass(frozen=True, slots=True)
class ComplementCourse:
    """Lessons on one subject, in order; `module` is the module it belongs to, or empty."""

    code: str
    title: str
    about: str
    module: str
    lessons: tuple[Lesson, ...]

    @property
    def minutes(self) -> int:
        """Minutes of her own time, over all lessons."""
        return sum(lesson.minutes for lesson in self.lessons)


class PracticeAct(StrEnum):
    """What shows in the practice workspace that a task was done; `told`: she says so herself."""

    ENROL = "enrol"
    CALENDAR = "calendar"
    PLAN = "plan"
    ROLL = "roll"
    SURVEY = "survey"
    CONTACT = "contact"
    RECOVERY = "recovery"
    DECIDE = "decide"
    CERTIFY = "certify"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class PracticeTask:
    """Something to do in the application on a fictitious cohort; `act` shows that it was done."""

    code: str
    title: str
    minutes: int
    act: PracticeAct
    steps: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the manual of the process; a `form` is a page to fill, on its own sheet."""

    code: str
    title: str
    form: bool
    body: tuple[Block, ...]
