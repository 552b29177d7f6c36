"""A form on paper: an instrument's questions with boxes to tick and lines to write on, on one page.

For whoever watches a facilitation with a pen in hand, or answers where there is no computer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from facilitator_kit.curriculum.instruments import is_heading
from facilitator_kit.curriculum.records import Choice, Instrument, Question, QuestionKind
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.fences import TickBox, WritingLines
from facilitator_kit.documents.page import (
    BOTTOM,
    Letterhead,
    Sheet,
    build_pdf,
    head_height,
    story_height,
)
from facilitator_kit.documents.styles import Styles, markup, paragraph
from facilitator_kit.documents.tables import bare_table, data_table
from facilitator_kit.i18n import Texts

_SCALES: Final = (1.05, 1.0, 0.94, 0.88, 0.82)
"""The form is set somewhat smaller when that keeps it on one page."""

_BOX: Final = 10
_FIELD: Final = 13 * mm


@dataclass(frozen=True, slots=True)
class ChecklistSheet:
    """A form to fill by hand: its blanks at the head, its questions, its open lines at the foot."""

    instrument: Instrument
    fields: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


def checklist_pdf(sheet: ChecklistSheet, head: Letterhead, _: Texts) -> bytes:
    """The form, on one page wherever it fits. KitError when a logo cannot be read."""
    paper = Sheet.of(head.paper)
    room = paper.height - head_height(head) - BOTTOM
    story = _story(sheet, paper.inner, _SCALES[-1], _)
    for scale in _SCALES:
        candidate = _story(sheet, paper.inner, scale, _)
        if story_height(candidate, paper.inner) <= room:
            story = candidate
            break
    running = _("versión {version}", version=sheet.instrument.version)
    return build_pdf(story, head, _, title=sheet.instrument.title, running=running)


def _story(sheet: ChecklistSheet, width: float, scale: float, _: Texts) -> list[Flowable]:
    look = styles.styles(scale)
    story: list[Flowable] = [paragraph(sheet.instrument.title, look.title)]
    if sheet.fields:
        story += [_fields(sheet.fields, width, look), Spacer(1, 4 * scale)]
    number = 0
    for choices, questions in _parts(sheet.instrument.questions):
        if choices:
            story += [_grid(questions, choices, number, width, look), Spacer(1, 5 * scale)]
            number += sum(question.kind is not QuestionKind.NOTE for question in questions)
        elif questions[0].kind is QuestionKind.NOTE:
            role = look.subheading if is_heading(questions[0]) else look.body
            story.append(paragraph(questions[0].label, role))
        else:
            number += 1
            story += _open(questions[0], number, width, look)
    for label in sheet.closing:
        story += _lines(label, 2, width, look)
    return story


def _parts(
    questions: Sequence[Question],
) -> Iterator[tuple[tuple[Choice, ...], list[Question]]]:
    """What stands together: items with one list of choices, and headings among them, to a grid.

    All else stands on its own, without choices.
    """
    grid: list[Question] = []
    choices: tuple[Choice, ...] = ()
    waiting: list[Question] = []
    for question in questions:
        if is_heading(question):
            waiting.append(question)
            continue
        same = question.kind is QuestionKind.SELECT_ONE and question.choices == choices
        if grid and not same:
            yield choices, grid
            grid = []
        if question.kind is QuestionKind.SELECT_ONE:
            choices = question.choices
            grid += [*waiting, question]
        else:
            for heading in waiting:
                yield (), [heading]
            yield (), [question]
        waiting = []
    if grid:
        yield choices, grid
    for heading in waiting:
        yield (), [heading]


def _fields(labels: Sequence[str], width: float, look: Styles) -> Flowable:
    """Blanks to write in, two beside each other."""
    gap = 6 * mm
    each = (width - gap) / 2
    rows: list[list[Any]] = []
    for place in range(0, len(labels), 2):
        pair = labels[place : place + 2]
        cells: list[Any] = [_Blank(label, each, look) for label in pair]
        rows.append([*cells, ""] if len(pair) == 1 else cells)
    return bare_table(rows, [each + gap, each])


class _Blank(Flowable):
    """A line to write on, its label below it."""

    def __init__(self, label: str, width: float, look: Styles) -> None:
        super().__init__()
        self.width = width
        self._label = paragraph(label, look.small)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, _FIELD

    def draw(self) -> None:
        canvas: Canvas = self.canv
        height = self._label.wrap(self.width, _FIELD)[1]
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.6)
        canvas.line(0, height + 1, self.width, height + 1)
        self._label.drawOn(canvas, 0, 0)


def _grid(
    questions: Sequence[Question],
    choices: Sequence[Choice],
    before: int,
    width: float,
    look: Styles,
) -> Flowable:
    """Items below each other, a column of boxes for each choice."""
    font, size = look.column_centre.fontName, look.column_centre.fontSize
    longest = max((_word_width(choice.label, font, size) for choice in choices), default=0)
    each = min(max(longest + 10, 11 * mm), 0.5 * width / max(len(choices), 1))
    first = width - each * len(choices) - 8 * mm
    head: list[Any] = ["", "", *[paragraph(c.label, look.column_centre) for c in choices]]
    rows: list[list[Any]] = [head]
    extra: list[tuple[Any, ...]] = []
    number = before
    for question in questions:
        place = len(rows)
        if question.kind is QuestionKind.NOTE:
            rows.append([paragraph(question.label, look.strong), *[""] * (len(choices) + 1)])
            extra += [
                ("SPAN", (0, place), (-1, place)),
                ("BACKGROUND", (0, place), (-1, place), styles.GROUND),
            ]
            continue
        number += 1
        boxes = [_Centred(TickBox(_BOX * look.scale), each) for _choice in choices]
        rows.append([paragraph(str(number), look.figure), _label(question, look), *boxes])
    return data_table(
        rows, [8 * mm, first, *[each] * len(choices)], padding=2.6 * look.scale, extra=extra
    )


def _word_width(text: str, font: str, size: float) -> float:
    """The width of the longest word: a column must not be narrower."""
    return max((fonts.text_width(word, font, size) for word in text.split()), default=0.0)


class _Centred(Flowable):
    """A flowable in the middle of a cell that is `width` wide, its paddings taken off."""

    def __init__(self, inner: TickBox, width: float) -> None:
        super().__init__()
        self._inner = inner
        self.width = width - 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self._inner.wrap(width, height)[1]

    def draw(self) -> None:
        self._inner.drawOn(self.canv, (self.width - self._inner.size) / 2, 0)


def _label(question: Question, look: Styles) -> Paragraph:
    text = markup(question.label)
    if question.hint:
        muted = styles.MUTED.hexval()[2:]
        small = look.small.fontSize
        text += f'<br/><font color="#{muted}" size="{small}">{markup(question.hint)}</font>'
    return Paragraph(text, look.cell)


def _open(question: Question, number: int, width: float, look: Styles) -> list[Flowable]:
    """A question that is written, or that takes several choices."""
    label = f"{number}. {question.label}"
    if question.choices:
        return [paragraph(label, look.strong), *_boxes(question.choices, width, look)]
    count = 2 if question.kind is QuestionKind.TEXT else 1
    return _lines(label, count, width, look, question.hint)


def _boxes(choices: Sequence[Choice], width: float, look: Styles) -> Iterator[Flowable]:
    rows = [[TickBox(_BOX * look.scale), paragraph(choice.label, look.body)] for choice in choices]
    yield bare_table(rows, [20, width - 20])
    yield Spacer(1, 4)


def _lines(label: str, count: int, width: float, look: Styles, hint: str = "") -> list[Flowable]:
    return [
        Spacer(1, 4 * look.scale),
        paragraph(label, look.strong),
        *([paragraph(hint, look.small)] if hint else []),
        WritingLines(width, count),
        Spacer(1, 3),
    ]
