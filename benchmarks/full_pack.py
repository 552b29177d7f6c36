"""A pack as large as the whole programme will be, filled up from the words of the core pack.

What the core pack has stays as it is; what it lacks of `SIZES` is made of its own sentences with
their words exchanged, so that words are as common and as rare as they are in real texts.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Final

from facilitator_kit import paths
from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Span,
    Spans,
    Table,
)
from facilitator_kit.curriculum.learning import (
    Chapter,
    ComplementCourse,
    Lesson,
    QuizOption,
    QuizQuestion,
)
from facilitator_kit.curriculum.records import Method, Pack, Section, Session


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each thing a pack has."""

    sessions: int
    handouts: int
    methods: int
    lessons: int
    chapters: int


SIZES: Final = Sizes(sessions=108, handouts=200, methods=125, lessons=66, chapters=20)


def core_pack() -> Pack:
    """The pack that comes with the program, in the words of Mexico."""
    return load_pack(pack_files_from_folder(paths.content_folder() / "core"), "MX")


def full_pack(core: Pack, sizes: Sizes = SIZES) -> Pack:
    """The core pack filled up to these sizes; the same one at every call."""
    maker = _Maker(core)
    modules = []
    missing = sizes.sessions - sum(len(module.sessions) for module in core.modules)
    for module in core.modules:
        sessions = [
            session if session.complete else maker.session(session.code, session.title)
            for session in module.sessions
        ]
        while missing > 0 and len(sessions) < 12:
            code = f"{module.code}-{len(sessions) + 1}"
            sessions.append(maker.session(code, maker.title()))
            missing -= 1
        modules.append(replace(module, sessions=tuple(sessions)))
    codes = [session.code for module in modules for session in module.sessions]
    handouts = list(core.handouts)
    for number in range(sizes.handouts - len(handouts)):
        old = core.handouts[number % len(core.handouts)]
        home = codes[number % len(codes)]
        code = f"{home}-X{number}"
        body = maker.blocks(old.body)
        handouts.append(replace(old, code=code, title=maker.title(), session=home, body=body))
    methods = [*core.methods, *maker.methods(sizes.methods - len(core.methods))]
    lessons = [maker.lesson(number, codes[number]) for number in range(sizes.lessons)]
    written = [lesson for course in core.complements for lesson in course.lessons]
    course = ComplementCourse("CX", maker.title(), "", "", tuple(lessons[len(written) :]))
    chapters = [maker.chapter(number) for number in range(sizes.chapters - len(core.process))]
    return replace(
        core,
        modules=tuple(modules),
        handouts=tuple(handouts),
        methods=tuple(methods),
        complements=(*core.complements, course),
        process=(*core.process, *chapters),
        digest=f"{core.digest}-full",
    )


class _Maker:
    def __init__(self, core: Pack) -> None:
        self._chance = random.Random(1)
        self._sessions = [s for module in core.modules for s in module.sessions if s.complete]
        self._methods = core.methods
        self._models = cycle(self._sessions)
        self._words = [
            word
            for session in self._sessions
            for block in session.blocks
            for piece in _texts(block.body)
            for word in piece.split()
        ]

    def title(self) -> str:
        return self._text("una dos tres cuatro").capitalize()

    def session(self, code: str, title: str) -> Session:
        model = next(self._models)
        return replace(
            model,
            code=code,
            title=title,
            objective=self._text(model.objective),
            preparation=self.blocks(model.preparation),
            blocks=tuple(
                replace(block, title=self.title(), body=self.blocks(block.body))
                for block in model.blocks
            ),
            variants=tuple(Section(v.title, self.blocks(v.body)) for v in model.variants),
            care_card=self.blocks(model.care_card),
            afterwards=self.blocks(model.afterwards),
            handouts=(),
        )

    def methods(self, count: int) -> Iterable[Method]:
        for number, model in enumerate(islice(cycle(self._methods), max(count, 0))):
            yield replace(
                model,
                code=f"{model.code}-{number}",
                title=self.title(),
                purpose=self._text(model.purpose),
                steps=self.blocks(model.steps),
                variants=self.blocks(model.variants),
            )

    def lesson(self, number: int, session: str) -> Lesson:
        model = next(self._models)
        body = self.blocks(model.blocks[3].body)
        question = QuizQuestion(
            self._text("cuál de estas es la mejor respuesta"),
            tuple(
                QuizOption(self.title(), right, self._text("porque así lo explica la lección"))
                for right in (True, False, False)
            ),
        )
        return Lesson(
            f"CX-{number + 1}", self.title(), 12, session, body, body[:3], (question,) * 3
        )

    def chapter(self, number: int) -> Chapter:
        body = [block for _n in range(3) for block in self.blocks(next(self._models).care_card)]
        return Chapter(f"PX-{number + 1}", self.title(), number % 3 == 0, tuple(body))

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Heading(level, spans):
                return Heading(level, self._spans(spans))
            case Paragraph(spans):
                return Paragraph(self._spans(spans))
            case ListBlock(items, ordered, start):
                return ListBlock(tuple(self.blocks(item) for item in items), ordered, start)
            case Table(header, rows):
                return Table(
                    tuple(self._spans(cell) for cell in header),
                    tuple(tuple(self._spans(cell) for cell in row) for row in rows),
                )
            case Callout(kind, body):
                return Callout(kind, self.blocks(body))
            case Fence():
                return block

    def _spans(self, spans: Spans) -> Spans:
        return tuple(Span(self._text(span.text), span.bold, span.italic) for span in spans)

    def _text(self, like: str) -> str:
        return " ".join(self._chance.choices(self._words, k=max(len(like.split()), 1)))


def _texts(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        match block:
            case Paragraph(spans):
                yield "".join(span.text for span in spans)
            case Callout(_, body):
                yield from _texts(body)
            case ListBlock(items):
                for item in items:
                    yield from _texts(item)
