"""The outline above what is read: its parts in a row, each block with its minutes, to jump to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from facilitator_kit.curriculum.learning import Chapter, Lesson
from facilitator_kit.curriculum.records import Method, Session
from facilitator_kit.curriculum.search_items import (
    ACTIVITY,
    AFTER,
    BLOCK,
    CARE,
    CAUTIONS,
    HEADING,
    MATERIALS,
    PREPARE,
    QUESTION,
    READING,
    STEPS,
    TOP,
    VARIANT,
    VARIANTS,
    numbered,
)
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_reading import headings_of
from facilitator_kit.ui.pages.curriculum_words import kind_look, minutes_words
from facilitator_kit.ui.widgets import FlowLayout, ToggleButton

MOST_HEADINGS = 8
"""A chapter with more headings has an outline of its own to read: its table of contents."""

_USUAL = 12
"""So many parts a session's guide has: their buttons are there before it is opened."""


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part to jump to: what stands on its button, and the whole of it as name and tool tip.

    `also` are parts within it, which have no button.
    """

    part: str
    words: str
    name: str
    icon: str = ""
    also: tuple[str, ...] = ()


class _Jump(ToggleButton):
    """A small button of the outline."""

    icon_size = 15

    def show_part(self, part: OutlinePart) -> None:
        self._icon = part.icon
        self.set_text(part.words, part.name)
        self.setToolTip(part.name)


class OutlineBar(QWidget):
    """The parts of what is read; the one that is being read is pressed. `chosen` carries a part.

    Tab comes to the pressed one, the arrows go from one to the next.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._parts: tuple[OutlinePart, ...] = ()
        self._buttons: list[_Jump] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._parts[place].part))
        self._flow = FlowLayout(look, self, gap=2)
        self.setAccessibleName(look._("En esta guía"))
        self._make_buttons(_USUAL)

    @property
    def parts(self) -> tuple[OutlinePart, ...]:
        """The parts that are offered."""
        return self._parts

    @property
    def current(self) -> str:
        """The part that is being read."""
        place = self._group.checkedId()
        return self._parts[place].part if 0 <= place < len(self._parts) else TOP

    def set_parts(self, parts: Sequence[OutlinePart]) -> None:
        """Offer other parts, the first of them current; none hides the bar."""
        before, self._parts = self._parts, tuple(parts)
        self._make_buttons(len(parts))
        for place, part in enumerate(parts):
            # Sessions resemble each other: most buttons stay as they are.
            if part not in before[place : place + 1]:
                self._buttons[place].show_part(part)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(parts))
        if parts:
            self._press(0)
        self.setVisible(bool(parts))

    def set_current(self, part: str) -> None:
        """Press the button of what is being read, without telling anybody."""
        for place, one in enumerate(self._parts):
            if part == one.part or part in one.also:
                self._press(place)
                return

    def _make_buttons(self, needed: int) -> None:
        for place in range(len(self._buttons), needed):
            button = _Jump(self._look, "", kind="outline")
            button.hide()
            self._group.addButton(button, place)
            self._flow.addWidget(button)
            self._buttons.append(button)

    def _press(self, place: int) -> None:
        button = self._buttons[place]
        button.setChecked(True)
        # Who gives it the keyboard finds it on what is being read.
        self.setFocusProxy(button)


def session_outline(_: Texts, session: Session) -> tuple[OutlinePart, ...]:
    """The parts of a session's guide, its blocks by the minute they begin at."""
    if not session.complete:
        return ()
    parts = [OutlinePart(TOP, "", _("Objetivo y competencias"), "target")]
    if session.preparation:
        words = _("Preparar")
        parts.append(OutlinePart(PREPARE, words, words, "clipboard-list"))
    minute = 0
    for number, block in enumerate(session.blocks):
        word, icon, _tone = kind_look(_, block.kind)
        when = f"{minute // 60}:{minute % 60:02}"
        name = f"{when} · {word}: {block.title} · {minutes_words(_, block.minutes)}"
        part = numbered(BLOCK, number)
        parts.append(OutlinePart(part, f"{_.number(block.minutes)}′", name, icon))
        minute += block.minutes
    if session.variants:
        within = tuple(numbered(VARIANT, number) for number in range(len(session.variants)))
        words = _("Variantes")
        parts.append(OutlinePart(VARIANTS, words, _("Si algo cambia"), "shuffle", within))
    if session.care_card:
        parts.append(OutlinePart(CARE, _("Cuidado"), _("Tarjeta de cuidado"), "hand-heart"))
    if session.afterwards:
        words = _("Después")
        parts.append(OutlinePart(AFTER, words, words, "moon"))
    return tuple(parts)


def method_outline(_: Texts, method: Method) -> tuple[OutlinePart, ...]:
    """The parts of a method."""
    parts = [
        (MATERIALS, _("Materiales"), "package", bool(method.materials)),
        (CAUTIONS, _("Qué cuidar"), "hand-heart", bool(method.cautions)),
        (STEPS, _("Pasos"), "list-checks", True),
        (VARIANTS, _("Variantes"), "shuffle", bool(method.variants)),
    ]
    return tuple(
        OutlinePart(part, words, words, icon) for part, words, icon, there in parts if there
    )


def lesson_outline(_: Texts, lesson: Lesson) -> tuple[OutlinePart, ...]:
    """The parts of a lesson; its questions are one of them."""
    parts = [
        OutlinePart(READING, _("Para leer"), _("Para leer"), "book-open"),
        OutlinePart(ACTIVITY, _("Actividad"), _("Actividad"), "pencil"),
    ]
    if lesson.questions:
        first, *others = (numbered(QUESTION, number) for number in range(len(lesson.questions)))
        words = _("Preguntas")
        parts.append(OutlinePart(first, words, words, "circle-question-mark", tuple(others)))
    return tuple(parts)


def chapter_outline(chapter: Chapter) -> tuple[OutlinePart, ...]:
    """The headings of a chapter, where they are few enough to choose from."""
    headings = headings_of(chapter)
    if not 2 <= len(headings) <= MOST_HEADINGS:
        return ()
    return tuple(
        OutlinePart(numbered(HEADING, number), words, words)
        for number, words in enumerate(headings)
    )
