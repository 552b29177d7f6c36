"""What of a pack is searched: every thing with its facts, and its text cut into short passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    plain_text,
)
from facilitator_kit.curriculum.learning import Chapter, Lesson, QuizQuestion
from facilitator_kit.curriculum.records import (
    Handout,
    Method,
    MethodFamily,
    Module,
    Pack,
    Programme,
    Session,
)
from facilitator_kit.curriculum.word_forms import composed


class Kind(StrEnum):
    """What is found; in the order in which equal results are listed."""

    SESSION = "session"
    MODULE = "module"
    HANDOUT = "handout"
    METHOD = "method"
    LESSON = "lesson"
    CHAPTER = "chapter"
    PROGRAMME = "programme"


class Weight(IntEnum):
    """How much a word counts by where it stands."""

    TITLE = 12
    OBJECTIVE = 7
    HEADING = 5
    QUESTION = 4
    BODY = 2


# Parts of what is read: where a result leads to, and what the outline of a guide jumps between.
TOP: Final = ""
PREPARE: Final = "prepare"
CARE: Final = "care"
AFTER: Final = "after"
REFERENCES: Final = "references"
MATERIALS: Final = "materials"
CAUTIONS: Final = "cautions"
STEPS: Final = "steps"
VARIANTS: Final = "variants"
READING: Final = "reading"
ACTIVITY: Final = "activity"


def numbered(part: str, number: int) -> str:
    """The part of a thing that has several such: "block-0", "variant-2", "question-1"."""
    return f"{part}-{number}"


BLOCK, VARIANT, QUESTION, HEADING = "block", "variant", "question", "heading"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, list item, cell or callout. `part` is where it stands, `title` its heading."""

    part: str
    title: str
    weight: Weight
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be found.

    `place` are the titles of what it belongs to, from outside in; `summary` says in one sentence
    what it is for. `minutes` and `group` are (least, most), None where it has none.
    """

    kind: Kind
    code: str
    title: str
    place: tuple[str, ...]
    summary: str
    module: str = ""
    themes: tuple[str, ...] = ()
    minutes: tuple[int, int] | None = None
    group: tuple[int, int] | None = None
    family: MethodFamily | None = None
    materials: tuple[str, ...] | None = None
    variants: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


_NOTHING: Final = frozenset({"", "ninguno", "nada", "sin material"})

_FAMILY_WORDS: Final = {
    MethodFamily.CHECK_IN: "check-in llegada",
    MethodFamily.ENERGY: "energía activación",
    MethodFamily.GROUPING: "formar grupos",
    MethodFamily.DIALOGUE: "diálogo",
    MethodFamily.SYNTHESIS: "síntesis",
    MethodFamily.CLOSING: "cierre",
}
"""What a family is found by, beside being a filter."""


def needed_materials(method: Method) -> tuple[str, ...]:
    """What a method needs, without the ways in which packs say that it needs nothing."""
    return tuple(name for name in method.materials if name.strip().casefold() not in _NOTHING)


def pack_items(pack: Pack) -> Iterator[Item]:
    """Everything of a pack that can be found, in the order of the pack."""
    themes = dict(pack.themes)
    sessions = {session.code: session for module in pack.modules for session in module.sessions}
    for programme in pack.programmes:
        yield _programme(programme)
    for module in pack.modules:
        yield _module(module)
        for session in module.sessions:
            yield _session(session, module, themes)
    for handout in pack.handouts:
        yield _handout(handout, sessions[handout.session], pack.module_of(handout.session))
    for method in pack.methods:
        yield _method(method)
    for course in pack.complements:
        for lesson in course.lessons:
            yield _lesson(lesson, course.title, course.module, sessions.get(lesson.session))
    for chapter in pack.process:
        yield _chapter(chapter)


def _programme(programme: Programme) -> Item:
    passages = [*_titled(programme.code, programme.title), *_said(programme.summary)]
    for route in programme.routes:
        passages += _said(route.title, Weight.HEADING)
        passages += _said(route.summary)
        for level in route.levels:
            passages += _said(level.title, Weight.HEADING)
    return Item(
        Kind.PROGRAMME,
        programme.code,
        programme.title,
        (),
        programme.summary,
        passages=tuple(passages),
    )


def _module(module: Module) -> Item:
    passages = [
        *_titled(module.code, module.title),
        *_said(module.about, Weight.OBJECTIVE),
        *_said(module.lens),
    ]
    return Item(
        Kind.MODULE,
        module.code,
        module.title,
        (),
        module.about,
        module.code,
        minutes=(module.minutes, module.minutes),
        passages=tuple(passages),
    )


def _session(session: Session, module: Module, themes: Mapping[str, str]) -> Item:
    names = tuple(material.name for material in session.materials)
    passages = [
        *_titled(session.code, session.title),
        *_said(session.objective, Weight.OBJECTIVE),
        *(one for theme in session.themes for one in _said(themes.get(theme, theme))),
        *(one for text in session.competences for one in _said(text)),
        *_said(session.evidence),
        *_said(session.lens),
        *(one for name in names for one in _said(name, part=PREPARE)),
        *_prose(session.preparation, PREPARE),
    ]
    for number, block in enumerate(session.blocks):
        part = numbered(BLOCK, number)
        passages += _said(block.title, Weight.HEADING, part, block.title)
        passages += _prose(block.body, part, block.title)
    for number, variant in enumerate(session.variants):
        part = numbered(VARIANT, number)
        passages += _said(variant.title, Weight.HEADING, part, variant.title)
        passages += _prose(variant.body, part, variant.title)
    passages += _prose(session.care_card, CARE)
    if session.complement is not None:
        passages += _said(f"{session.complement.title}. {session.complement.what}", part=AFTER)
    passages += _prose(session.afterwards, AFTER)
    passages += [one for text in session.references for one in _said(text, part=REFERENCES)]
    return Item(
        Kind.SESSION,
        session.code,
        session.title,
        (module.title,),
        session.objective,
        module.code,
        session.themes,
        (session.minutes, session.minutes),
        session.group if session.complete else None,
        materials=names if session.complete else None,
        variants=tuple(variant.title for variant in session.variants),
        passages=tuple(passages),
    )


def _handout(handout: Handout, session: Session, module: Module) -> Item:
    passages = [*_titled(handout.code, handout.title), *_prose(handout.body, TOP)]
    return Item(
        Kind.HANDOUT,
        handout.code,
        handout.title,
        (module.title, session.title),
        "",
        module.code,
        session.themes,
        passages=tuple(passages),
    )


def _method(method: Method) -> Item:
    materials = needed_materials(method)
    passages = [
        *_titled("", method.title),
        *_said(method.purpose, Weight.OBJECTIVE),
        *_said(_FAMILY_WORDS[method.family]),
        *(one for text in materials for one in _said(text, part=MATERIALS)),
        *(one for text in method.cautions for one in _said(text, part=CAUTIONS)),
        *_prose(method.steps, STEPS),
        *_prose(method.variants, VARIANTS),
    ]
    return Item(
        Kind.METHOD,
        method.code,
        method.title,
        (),
        method.purpose,
        minutes=method.minutes,
        group=method.group,
        family=method.family,
        materials=materials,
        variants=tuple(_bold_beginnings(method.variants)),
        passages=tuple(passages),
    )


def _lesson(lesson: Lesson, course: str, module: str, session: Session | None) -> Item:
    passages = [
        *_titled(lesson.code, lesson.title),
        *_prose(lesson.reading, READING),
        *_prose(lesson.activity, ACTIVITY),
    ]
    for number, question in enumerate(lesson.questions):
        passages += _asked(question, numbered(QUESTION, number))
    place = (course,) if session is None else (course, session.title)
    return Item(
        Kind.LESSON,
        lesson.code,
        lesson.title,
        place,
        "",
        module,
        session.themes if session is not None else (),
        (lesson.minutes, lesson.minutes),
        passages=tuple(passages),
    )


def _asked(question: QuizQuestion, part: str) -> Iterator[Passage]:
    yield from _said(question.text, Weight.QUESTION, part)
    yield from _prose(question.body, part)
    for option in question.options:
        yield from _said(option.text, part=part)
        yield from _said(option.why, part=part)


def _chapter(chapter: Chapter) -> Item:
    passages = [*_titled(chapter.code, chapter.title)]
    part, title, number = TOP, "", 0
    for block in chapter.body:
        if isinstance(block, Heading) and block.level == 1:
            part, title = numbered(HEADING, number), plain_text(block.spans)
            number += 1
        passages += _prose((block,), part, title)
    return Item(Kind.CHAPTER, chapter.code, chapter.title, (), "", passages=tuple(passages))


# -- passages ------------------------------------------------------------------------------------


def _titled(code: str, title: str) -> Iterator[Passage]:
    yield from _said(title, Weight.TITLE)
    yield from _said(code, Weight.TITLE)


def _said(
    text: str, weight: Weight = Weight.BODY, part: str = TOP, title: str = ""
) -> Iterator[Passage]:
    if text.strip():
        yield Passage(part, title, weight, composed(text))


def _prose(blocks: Iterable[Block], part: str, title: str = "") -> Iterator[Passage]:
    for text, weight in _pieces(blocks):
        yield from _said(text, weight, part, title)


def _pieces(blocks: Iterable[Block], asking: bool = False) -> Iterator[tuple[str, Weight]]:
    """Every piece of prose that stands by itself, and whether it is a heading or a question."""
    plain = Weight.QUESTION if asking else Weight.BODY
    for block in blocks:
        match block:
            case Heading(_, spans):
                yield plain_text(spans), Weight.HEADING
            case Paragraph(spans):
                yield plain_text(spans), plain
            case ListBlock(items, ordered):
                for item in items:
                    for text, weight in _pieces(item, asking):
                        asks = ordered and "¿" in text
                        yield text, max(weight, Weight.QUESTION) if asks else weight
            case Table(header, rows):
                for line in (header, *rows):
                    yield " · ".join(plain_text(cell) for cell in line), plain
            case Callout(kind, body):
                yield from _pieces(body, kind == "ask")
            case Fence(kind, _, lines):
                for cells in lines:
                    yield " · ".join(cells[1:] if kind == "cards" else cells), plain


def _bold_beginnings(blocks: Iterable[Block]) -> Iterator[str]:
    """What a list's items are called: "**En línea:** …" is the variant «En línea»."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                first = item[0] if item else None
                if isinstance(first, Paragraph) and first.spans and first.spans[0].bold:
                    yield first.spans[0].text.strip().rstrip(":.").strip()
