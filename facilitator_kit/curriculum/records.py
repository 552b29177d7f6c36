"""What a pack holds, as frozen records: programmes, modules, sessions, methods, layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from facilitator_kit.curriculum.blocks import Block
from facilitator_kit.curriculum.learning import (
    Chapter,
    ComplementCourse,
    Lesson,
    PracticeTask,
    Quiz,
)


class BlockKind(StrEnum):
    """The part that a block plays in a session; values are the words used in a session's file."""

    WELCOME = "bienvenida"
    CHECK_IN = "check-in"
    EXPERIENCE = "vivencia"
    REFLECTION = "reflexion"
    BREAK = "descanso"
    CONCEPT = "concepto"
    APPLICATION = "aplicacion"
    CHECK_OUT = "check-out"
    TALK = "charla"
    PRACTICE = "practica"


class Per(StrEnum):
    """What a quantity of material is counted by; values are the words of a session's table."""

    PERSON = "persona"
    GROUP = "grupo"
    ROOM = "sala"


@dataclass(frozen=True, slots=True)
class Material:
    """`quantity` pieces per person, group or room, and `extra` more to spare."""

    name: str
    quantity: int
    per: Per
    extra: int = 0


@dataclass(frozen=True, slots=True)
class SessionBlock:
    """One step of a session. `questions` are the guiding questions found in its body."""

    kind: BlockKind
    title: str
    minutes: int
    body: tuple[Block, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled piece of prose: a variant, for instance."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Complement:
    """What a session leaves for her own time, `minutes` long; `lesson` is the lesson's code.

    A module with its own complement has a lesson for every session; others may point to one of a
    foundational complement, or only say what to do.
    """

    title: str
    minutes: int
    what: str
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a module. `complete` is False while only its title is written.

    `minutes` is its programme length; the blocks' minutes add up to it. `group` is the smallest
    and the largest group it was written for.
    """

    code: str
    title: str
    minutes: int
    complete: bool = False
    group: tuple[int, int] = (8, 24)
    group_of: int = 4
    objective: str = ""
    competences: tuple[str, ...] = ()
    evidence: str = ""
    lens: str = ""
    themes: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    preparation: tuple[Block, ...] = ()
    blocks: tuple[SessionBlock, ...] = ()
    variants: tuple[Section, ...] = ()
    care_card: tuple[Block, ...] = ()
    afterwards: tuple[Block, ...] = ()
    handouts: tuple[str, ...] = ()
    complement: Complement | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handout:
    """A printable page. `paper` is "letter" or "half"; `per` tells how many to print.

    `reading` is the level it is written for: "easy" or "medium" (readability.py).
    """

    code: str
    title: str
    session: str
    paper: str
    per: Per
    body: tuple[Block, ...]
    reading: str = "easy"


@dataclass(frozen=True, slots=True)
class Module:
    """Sessions on one subject. `after` names the modules that come before it in a calendar.

    `complement` is the code of the complement to study beside it, or empty. A training's module
    may end with a quiz and ask for practice tasks.
    """

    code: str
    title: str
    about: str
    lens: str
    after: tuple[str, ...]
    complement: str
    sessions: tuple[Session, ...]
    quiz: Quiz | None = None
    practice: tuple[PracticeTask, ...] = ()

    @property
    def minutes(self) -> int:
        """The module's programme minutes."""
        return sum(session.minutes for session in self.sessions)


class MethodFamily(StrEnum):
    CHECK_IN = "check-in"
    ENERGY = "energy"
    GROUPING = "grouping"
    DIALOGUE = "dialogue"
    SYNTHESIS = "synthesis"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Method:
    """A short group method; `minutes` and `group` are (least, most)."""

    code: str
    title: str
    family: MethodFamily
    purpose: str
    minutes: tuple[int, int]
    group: tuple[int, int]
    materials: tuple[str, ...]
    cautions: tuple[str, ...]
    steps: tuple[Block, ...]
    variants: tuple[Block, ...]


class Wave(StrEnum):
    """When an instrument is answered; p6 and p12 are months after graduation.

    The last four belong to a training: an observed facilitation, the self-assessment, the quiz of
    a block and a practice task done.
    """

    ENTRY = "entry"
    EXIT = "exit"
    P6 = "p6"
    P12 = "p12"
    OBSERVATION = "observation"
    SELF_ASSESSMENT = "self_assessment"
    QUIZ = "quiz"
    PRACTICE = "practice"


class Anchor(StrEnum):
    """The day a deadline is counted from: the first or the last day of her calendar."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`days` after (or, negative, before) the anchor."""

    anchor: Anchor
    days: int


@dataclass(frozen=True, slots=True)
class SurveyRequirement:
    wave: Wave
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class TrainingRequirement:
    """What a person in training shows beside attending, by the deadline.

    `quiz_percent` right answers in the quiz of every module that has one (0: none is asked for);
    every practice task where `practice`; and that many observed facilitations.
    """

    quiz_percent: int
    practice: bool
    observations: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class GraduationRule:
    """When a woman has had the complete offer (domain.md §5), as data of the programme.

    `module_percent` of each module's programme minutes; each survey by its deadline; as many
    follow-up contacts as `contacts` has deadlines (ascending), the n-th by the n-th deadline; what
    a training asks for besides, if it is one.
    """

    code: str
    version: int
    title: str
    module_percent: int
    late_minutes: int
    surveys: tuple[SurveyRequirement, ...]
    contacts: tuple[Deadline, ...]
    training: TrainingRequirement | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a route: the modules in the order of the calendar, and their hours."""

    code: str
    title: str
    certificate_text: str
    modules: tuple[str, ...]
    hours: int


@dataclass(frozen=True, slots=True)
class Route:
    code: str
    title: str
    summary: str
    levels: tuple[Level, ...]


class ProgrammeKind(StrEnum):
    COURSE = "course"
    MENTORING = "mentoring"
    LEADERSHIP = "leadership"
    LINE = "line"
    FACILITATORS = "facilitators"
    OFFICIALS = "officials"


@dataclass(frozen=True, slots=True)
class Programme:
    code: str
    title: str
    kind: ProgrammeKind
    layout: str
    summary: str
    routes: tuple[Route, ...]
    rule: GraduationRule

    def level(self, route: str, level: str) -> Level:
        """The level of that route; KeyError when the programme has none such."""
        for candidate in self.routes:
            if candidate.code == route:
                for found in candidate.levels:
                    if found.code == level:
                        return found
        raise KeyError((route, level))

    def route(self, code: str) -> Route:
        """The route with that code; KeyError when the programme has none such."""
        for candidate in self.routes:
            if candidate.code == code:
                return candidate
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class LayoutElement:
    """One element of a certificate; lengths in millimetres on Letter in landscape, from the top.

    `kind`: frame, logos, text, name, rule, signatures, qr or footer.
    """

    kind: str
    text: str = ""
    top: float = 0
    size: float = 11
    weight: str = "regular"
    colour: str = "text"
    spacing: float = 0
    width: float = 200
    height: float = 0


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """`hours` says which hours are printed: "programme" or "attended"."""

    code: str
    version: int
    kind: str
    title: str
    orientation: str
    hours: str
    elements: tuple[LayoutElement, ...]


class QuestionKind(StrEnum):
    """The XLSForm types that a plain form shows; `note` is read, not answered."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    INTEGER = "integer"
    TEXT = "text"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a question: the name that is stored, and its label."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the survey sheet. `least` and `most` bound an integer (None: no bound)."""

    name: str
    label: str
    kind: QuestionKind
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A form: `code` and `version` are its XLSForm id and version."""

    code: str
    title: str
    version: str
    wave: Wave
    questions: tuple[Question, ...]


class Titled(Protocol):
    """Whatever of a pack is called something and found by its code."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything one pack version holds, its terms already in one country's words.

    `adapted` are the codes of what an institution has changed of the version it began from.
    `themes` are the names of the themes that its sessions touch, by their codes.
    """

    code: str
    version: str
    title: str
    language: str
    countries: tuple[str, ...]
    licence: str
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    country: str
    programmes: tuple[Programme, ...]
    modules: tuple[Module, ...]
    handouts: tuple[Handout, ...]
    methods: tuple[Method, ...]
    layouts: tuple[CertificateLayout, ...]
    words: tuple[tuple[str, str], ...]
    digest: str
    instruments: tuple[Instrument, ...] = ()
    complements: tuple[ComplementCourse, ...] = ()
    process: tuple[Chapter, ...] = ()
    adapted: frozenset[str] = frozenset()
    themes: tuple[tuple[str, str], ...] = ()

    def programme(self, code: str) -> Programme:
        """The programme with that code; KeyError when there is none."""
        return next_of(self.programmes, code)

    def module(self, code: str) -> Module:
        """The module with that code; KeyError when there is none."""
        return next_of(self.modules, code)

    def handout(self, code: str) -> Handout:
        """The handout with that code; KeyError when there is none."""
        return next_of(self.handouts, code)

    def method(self, code: str) -> Method:
        """The method with that code; KeyError when there is none."""
        return next_of(self.methods, code)

    def layout(self, code: str) -> CertificateLayout:
        """The certificate layout with that code; KeyError when there is none."""
        return next_of(self.layouts, code)

    def complement(self, code: str) -> ComplementCourse:
        """The complement with that code; KeyError when there is none."""
        return next_of(self.complements, code)

    def lesson(self, code: str) -> Lesson:
        """The lesson with that code, from whichever complement; KeyError when there is none."""
        return next_of((one for course in self.complements for one in course.lessons), code)

    def lesson_after(self, session: Session) -> Lesson | None:
        """The lesson that continues a session or that it points to; None when there is none."""
        pointed = session.complement.lesson if session.complement is not None else ""
        for course in self.complements:
            for lesson in course.lessons:
                if lesson.session == session.code or lesson.code == pointed:
                    return lesson
        return None

    def complement_of(self, lesson_code: str) -> ComplementCourse:
        """The complement that holds a lesson; KeyError when none does."""
        for course in self.complements:
            if any(lesson.code == lesson_code for lesson in course.lessons):
                return course
        raise KeyError(lesson_code)

    def chapter(self, code: str) -> Chapter:
        """The chapter of the process with that code; KeyError when there is none."""
        return next_of(self.process, code)

    def theme(self, code: str) -> str:
        """What a theme is called; its code in words where it has no name."""
        return next((name for one, name in self.themes if one == code), code.replace("-", " "))

    def session(self, code: str) -> Session:
        """The session with that code, from whichever module; KeyError when there is none."""
        return next_of((s for module in self.modules for s in module.sessions), code)

    def module_of(self, session_code: str) -> Module:
        """The module that holds a session; KeyError when none does."""
        for module in self.modules:
            if any(session.code == session_code for session in module.sessions):
                return module
        raise KeyError(session_code)

    def titled(self) -> Iterator[Titled]:
        """Everything that has a title and can be read by its code, without its parts."""
        yield from self.programmes
        for module in self.modules:
            yield module
            yield from module.sessions
        yield from self.handouts
        yield from self.methods
        for course in self.complements:
            yield course
            yield from course.lessons
        yield from self.process

    def offer(self, programme: str, route: str, level: str) -> tuple[Module, ...]:
        """The modules of a route and level, in calendar order."""
        return tuple(self.module(c) for c in self.programme(programme).level(route, level).modules)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Found = TypeVar("_Found", bound=_Coded)


def next_of(items: Iterable[_Found], code: str) -> _Found:
    """The item with that code; KeyError when there is none."""
    for item in items:
        if item.code == code:
            return item
    raise KeyError(code)
