"""The middle of Currículo: the outline, and below it a guide to read or a lesson to follow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from facilitator_kit.curriculum.learning import Lesson
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_opened import Opened
from facilitator_kit.ui.pages.curriculum_outline import OutlineBar, OutlinePart, lesson_outline
from facilitator_kit.ui.pages.lesson_reader import LessonDialog, LessonReader
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.widgets import Card, IconButton, column, holder


class Guide(Card):
    """Shows one thing at a time. `linked` carries the code behind a followed link."""

    linked = Signal(str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, padding=2, parent=parent)
        _ = self._ = ctx._
        self._ctx = ctx
        self._offered: tuple[OutlinePart, ...] = ()
        self._part = ""
        self.outline = OutlineBar(ctx)
        self.outline.chosen.connect(self.jump)
        px = ctx.theme.px
        above = column(ctx, self.outline, gap=0)
        above.setContentsMargins(px(12), px(8), px(12), 0)
        self._above = holder(above)
        self.prose = Prose(ctx, _("Guía de la sesión"), margin=18)
        self.prose.linked.connect(self.linked)
        self.prose.reached.connect(self.outline.set_current)
        self.lesson = LessonReader(ctx)
        self.lesson.prose.linked.connect(self.linked)
        self.lesson.stepped.connect(self.outline.set_current)
        self.alone = IconButton(
            ctx,
            "presentation",
            _("Pantalla completa para participantes (F11)"),
            on_click=self.open_alone,
        )
        self.lesson.tools.addWidget(self.alone)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.prose)
        self._stack.addWidget(self.lesson)
        self.body.setSpacing(0)
        self.add(self._above)
        self.add(self._stack, 1)

    @property
    def reading_lesson(self) -> bool:
        """Whether a lesson is shown."""
        return self._stack.currentWidget() is self.lesson

    def show_opened(self, shown: Opened) -> None:
        """Show prose from its beginning, with its outline; what is shown already stays."""
        self.prose.setAccessibleName(shown.name)
        if shown.parts != self.prose.parts:
            self.prose.show_parts(shown.parts)
        self._stack.setCurrentWidget(self.prose)
        self._offer(shown.outline)

    def show_lesson(self, lesson: Lesson) -> None:
        """Show a lesson from its beginning, or where it was left."""
        self.lesson.show_lesson(lesson)
        self._stack.setCurrentWidget(self.lesson)
        self._offer(lesson_outline(self._, lesson))

    def jump(self, part: str, looked_for: str = "") -> None:
        """Go to a part of what is shown; with words, mark them and go to the first of them."""
        if self.reading_lesson:
            self.lesson.go_to(part)
            self.lesson.prose.mark(looked_for)
            return
        self._part = part
        self.prose.mark(looked_for)
        self.prose.jump(part)
        self.outline.set_current(part)

    def step_in(self) -> None:
        """Give what is read the keyboard."""
        shown = self.lesson if self.reading_lesson else self.prose
        (shown.focus_widget() if isinstance(shown, LessonReader) else shown).setFocus()

    def open_alone(self) -> None:
        """Open the lesson on the whole screen, for a participant."""
        lesson = self.lesson.lesson
        if self.reading_lesson and lesson is not None:
            LessonDialog(self._ctx, lesson, self.window()).fill_screen()

    def _offer(self, outline: Sequence[OutlinePart]) -> None:
        self._offered = tuple(outline)
        self._part = self.prose.reading_at
        self._above.setVisible(bool(outline))
        # After the text is painted: together they would hold the screen up too long.
        self._ctx.jobs.later(self._show_outline, owner=self)

    def _show_outline(self) -> None:
        if self._offered != self.outline.parts:
            self.outline.set_parts(self._offered)
        self.outline.set_current(self.lesson.step if self.reading_lesson else self._part)
