"""Lessons of complements and quizzes on paper: large text, and the answers on a page of their own.

The explained answers stand last and on a fresh page, so that they can be kept back, or turned over
when she has answered.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportlab.platypus import Flowable

from facilitator_kit.curriculum.learning import Lesson, Quiz, QuizQuestion
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.fences import TickBox
from facilitator_kit.documents.furniture import Furniture, letter_book
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import PageEnd, Running, largest, measure
from facilitator_kit.documents.pieces import Inset, Label
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.styles import Styles, markup
from facilitator_kit.documents.text import Text, paragraph
from facilitator_kit.i18n import Texts

_SCALES: Final = (1.18, 1.12, 1.06, 1.0)
"""The largest of these that needs no further page is taken."""
_LETTERS: Final = "abcdefgh"


@dataclass(frozen=True, slots=True)
class LessonSheet:
    """A lesson to print; `about` says what it belongs to."""

    lesson: Lesson
    about: str = ""


@dataclass(frozen=True, slots=True)
class QuizSheet:
    """A quiz to print; `about` says which block of which training it closes."""

    quiz: Quiz
    about: str = ""


def lesson_pdf(sheet: LessonSheet, head: Letterhead, _: Texts) -> bytes:
    """The lesson, its questions, and the explained answers on the last page.

    KitError when a logo cannot be read.
    """
    furniture = Furniture.of(head, _, title=_("Lección"), full_head=False)
    story = lesson_story(sheet, furniture.width, furniture.room, _)
    running = f"{sheet.lesson.title} · {sheet.lesson.code}"
    return _document(story, furniture, running, _)


def quiz_pdf(sheet: QuizSheet, head: Letterhead, _: Texts) -> bytes:
    """The questions of a training's block, and the explained answers on the last page.

    KitError when a logo cannot be read.
    """
    furniture = Furniture.of(head, _, title=_("Cuestionario"), full_head=False)
    story = quiz_story(sheet, furniture.width, furniture.room, _)
    return _document(story, furniture, f"{sheet.quiz.title} · {sheet.quiz.code}", _)


def _document(story: list[Flowable], furniture: Furniture, running: str, _: Texts) -> bytes:
    out = io.BytesIO()
    book = letter_book(out, furniture, _, story)
    book.add(story, running=Running(piece=running))
    book.close()
    return out.getvalue()


def lesson_story(
    sheet: LessonSheet,
    width: float,
    room: float,
    _: Texts,
    links: Collection[str] = frozenset(),
) -> list[Flowable]:
    """The lesson's pages as a run of pieces, in the largest size that takes no further page."""
    return _roomy(
        lambda scale: _Lesson(sheet, width, styles.styles(scale), _, links).story(), width, room
    )


def quiz_story(sheet: QuizSheet, width: float, room: float, _: Texts) -> list[Flowable]:
    """The quiz's pages as a run of pieces, in the largest size that takes no further page."""
    return _roomy(lambda scale: _quiz(sheet, width, styles.styles(scale), _), width, room)


def _roomy(make: Callable[[float], list[Flowable]], width: float, room: float) -> list[Flowable]:
    """The story in the largest size that takes no more pages than the smallest does."""
    stories = cache(make)

    def pages(scale: float) -> int:
        return measure(stories(scale), width, room).pages

    fewest = pages(_SCALES[-1])
    return stories(largest(_SCALES, lambda scale: pages(scale) <= fewest))


class _Lesson:
    def __init__(
        self,
        sheet: LessonSheet,
        width: float,
        look: Styles,
        _: Texts,
        links: Collection[str],
    ) -> None:
        self.sheet, self.width, self.look, self._, self.links = sheet, width, look, _, links

    def story(self) -> list[Flowable]:
        """Reading, activity, questions; then, on a fresh page, the answers."""
        _, look, lesson = self._, self.look, self.sheet.lesson
        minutes = _("{count} min", count=lesson.minutes)
        about = " · ".join(part for part in (self.sheet.about, lesson.code, minutes) if part)
        story: list[Flowable] = [
            paragraph(lesson.title, look.title),
            paragraph(about, look.small.clone("about-lesson", spaceAfter=4)),
            paragraph(_("Para leer"), look.heading),
            *prose(lesson.reading, look, self.width, _, links=self.links),
            paragraph(_("Actividad"), look.heading),
            *prose(lesson.activity, look, self.width, _, links=self.links),
        ]
        if lesson.questions:
            story.append(paragraph(_("Preguntas"), look.heading))
            story += questions(lesson.questions, look, self.width, _)
            story += answers(lesson.title, lesson.questions, look, _)
        return story


def _quiz(sheet: QuizSheet, width: float, look: Styles, _: Texts) -> list[Flowable]:
    quiz = sheet.quiz
    about = " · ".join(part for part in (sheet.about, quiz.code) if part)
    return [
        paragraph(_("Cuestionario"), look.kicker),
        paragraph(quiz.title, look.title),
        paragraph(about, look.small.clone("about-quiz", spaceAfter=8)),
        *questions(quiz.questions, look, width, _),
        *answers(quiz.title, quiz.questions, look, _),
    ]


def questions(
    asked: Sequence[QuizQuestion], look: Styles, width: float, _: Texts
) -> list[Flowable]:
    """Numbered questions with a box before each option; none is parted from its options."""
    story: list[Flowable] = []
    asking = look.strong.clone(
        "question", spaceBefore=8 * look.scale, spaceAfter=3.5 * look.scale, keepWithNext=1
    )
    option_style = look.item.clone("option", spaceAfter=3.5 * look.scale)
    indent = 18 * look.scale
    for number, question in enumerate(asked, 1):
        story.append(_numbered(f"{number}.", paragraph(question.text, asking), look))
        case = prose(question.body, look, width - indent, _)
        story += [Inset(piece, indent, keep=True) for piece in case]
        last = len(question.options) - 1
        for place, option in enumerate(question.options):
            text = f"{_LETTERS[place]}) {option.text}"
            size = 10 * look.scale
            story.append(
                Inset(
                    paragraph(text, option_style),
                    indent + 17 * look.scale,
                    hang=TickBox(size),
                    hang_at=indent,
                    hang_width=size,
                    hang_drop=TickBox.drop(option_style.fontSize, size),
                    keep=place < last,
                )
            )
    return story


def answers(title: str, asked: Sequence[QuizQuestion], look: Styles, _: Texts) -> list[Flowable]:
    """The explained answers, from the top of a fresh page."""
    story: list[Flowable] = [
        PageEnd(),
        paragraph(_("Respuestas explicadas"), look.title),
        paragraph(title, look.subtitle),
    ]
    asking = look.strong.clone("answered", spaceBefore=9 * look.scale, keepWithNext=1)
    indent = 18 * look.scale
    inner = look.item.clone("why", spaceAfter=4 * look.scale)
    for number, question in enumerate(asked, 1):
        story.append(_numbered(f"{number}.", paragraph(question.text, asking), look))
        for place, option in enumerate(question.options):
            letter = markup(f"{_LETTERS[place]}) {option.text}", fonts.SEMIBOLD)
            text = f'<font name="{fonts.SEMIBOLD}">{letter}</font><br/>{markup(option.why)}'
            mark = Label(
                "",
                icon="check" if option.right else "",
                size=10.5 * look.scale,
                colour=styles.GOOD,
            )
            story.append(
                Inset(
                    Text(text, inner),
                    indent + 17 * look.scale,
                    hang=mark,
                    hang_at=indent,
                    hang_width=16 * look.scale,
                    keep=place < len(question.options) - 1,
                )
            )
    return story


def _numbered(mark: str, piece: Flowable, look: Styles) -> Inset:
    size = look.strong.fontSize
    label = Label(mark, font=fonts.BOLD, size=size, colour=styles.PRIMARY)
    return Inset(piece, 18 * look.scale, hang=label, hang_width=17 * look.scale, keep=True)
