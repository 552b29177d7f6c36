"""The parts of a text, its editor and its preview side by side; what is wrong with it, by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.pack_pages import OutlinePart, PageFile, PageReading
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.errors import Problem
from facilitator_kit.ui.columns import Columns
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.adapt_words import (
    heading_words,
    line_of,
    outline_entries,
    page_parts,
    problem_entries,
)
from facilitator_kit.ui.pages.curriculum_list import EntryList
from facilitator_kit.ui.prose import Muted, Part, Prose
from facilitator_kit.ui.widgets import Card, Label, PageTextField

PARTS, EDITOR, PREVIEW = "parts", "editor", "preview"

_PAUSE_MS: Final = 250
"""After this rest the preview follows what is typed."""


class PageEditor(Columns):
    """Edits one page. `read(file, text)` says what a text would say, and is called on the worker.

    `rested(text)` comes when the person rests or leaves; `settled` when the preview shows what is
    typed. `pack` is what the page is a part of.
    """

    rested = Signal(str)
    settled = Signal()

    def __init__(
        self,
        ctx: UiContext,
        read: Callable[[str, str], PageReading],
        pack: Callable[[], Pack],
        parent: QWidget | None = None,
    ) -> None:
        _ = ctx._
        self._ctx = ctx
        self._ = _
        self._read_page = read
        self._pack = pack
        self._page: PageFile | None = None
        self._outline: tuple[OutlinePart, ...] = ()
        self._refused: tuple[str, tuple[Problem, ...]] = ("", ())
        """A text that was not stored, and why: more than its own reading says."""
        self._previewed: tuple[Part, ...] = ()
        self._at = 0
        self._reading = False
        self.parts = EntryList(ctx, _("Partes del texto"))
        self.field = PageTextField(
            ctx, _("Texto que se adapta"), on_commit=lambda text: self.rested.emit(text or "")
        )
        self.verdict = Label("", "small", wrap=True)
        self.problems = EntryList(ctx, _("Lo que hay que corregir"))
        self.problems.hide()
        self.preview = Prose(ctx, _("Vista previa"), margin=18)
        left, middle, right = (Card(ctx, padding=padding) for padding in (12, 12, 2))
        left.add(self.parts, 1)
        middle.add(self.field, 1)
        middle.add(self.verdict)
        middle.add(self.problems)
        right.add(self.preview, 1)
        super().__init__(
            ctx,
            _("Parte que se ve"),
            (
                Column(PARTS, _("Partes"), left),
                Column(EDITOR, _("Texto"), middle),
                Column(PREVIEW, _("Vista previa"), right),
            ),
            widths=(196, 440, 380),
            main=EDITOR,
            beside=PREVIEW,
            choice_elsewhere=True,
            parent=parent,
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read_now)
        self.parts.chosen.connect(self._go_to)
        self.parts.opened.connect(self._go_to_and_type)
        self.problems.chosen.connect(self._go_to)
        self.problems.opened.connect(self._go_to_and_type)
        self.field.edit.edited.connect(self._typed)
        self.field.edit.cursorPositionChanged.connect(self._follow_cursor)

    # -- for whoever shows it --------------------------------------------------------------------

    def show_page(self, page: PageFile, text: str) -> None:
        """Begin with a page and a text of it."""
        self._page, self._at = page, 0
        self._previewed = ()
        self._refused = ("", ())
        self.field.set_value(text)
        self.field.edit.go_to(1)
        self.preview.show_parts(())
        self.read_now()

    def set_text(self, text: str) -> None:
        """Another text of the same page, from elsewhere."""
        self.field.set_value(text)
        self.read_now()

    def text(self) -> str:
        """What stands in the editor."""
        return self.field.typed()

    def commit(self) -> None:
        """Hand on what is typed, now."""
        self.field.commit()

    def show_refusal(self, problems: Sequence[Problem]) -> None:
        """Say why the text was not stored, and put the keyboard where that is read."""
        self._refused = (self.text(), tuple(problems))
        self.show_part(EDITOR)
        self._show_problems(problems, refused=True)
        self.problems.step_in()

    def read_now(self) -> None:
        """Read what is typed, one reading at a time: the newest text is read last."""
        page = self._page
        if page is None or not self.isVisible():
            return
        if self._reading:
            self._pause.start()
            return
        self._reading = True
        text = self.text()
        self._ctx.jobs.run(
            partial(self._read_page, page.file, text),
            partial(self._show_reading, page, text),
            owner=self,
        )

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.read_now()

    def hideEvent(self, event: QHideEvent, /) -> None:
        self._pause.stop()
        super().hideEvent(event)

    # -- what is shown ---------------------------------------------------------------------------

    def _typed(self) -> None:
        if self._page is not None and self.isVisible():
            self._pause.start()

    def _show_reading(self, page: PageFile, text: str, reading: PageReading) -> None:
        self._reading = False
        if page != self._page:
            return
        if reading.outline != self._outline:
            self._outline = reading.outline
            self.parts.set_entries(outline_entries(self._, reading.outline), open_all=True)
        refused_text, refused = self._refused
        if text == refused_text and refused:
            self._show_problems(refused, refused=True)
        else:
            self._show_problems(reading.problems)
        if reading.page is not None:
            self._previewed = page_parts(self._, reading.page, page.code, self._pack())
            parts = self._previewed
        else:
            old = Muted(self._("Así se veía antes: los datos del principio no se entienden."))
            parts = (old, *self._previewed)
        if parts != self.preview.parts:
            self.preview.show_parts(parts, keep_place=True)
        if text == self.text():
            self.settled.emit()

    def _show_problems(self, problems: Sequence[Problem], *, refused: bool = False) -> None:
        _ = self._
        file = self._page.file if self._page is not None else ""
        self.field.edit.mark({one.line for one in problems if one.file == file and one.line})
        self.problems.set_entries(problem_entries(_, problems, file))
        self.problems.setVisible(bool(problems))
        self.problems.setFixedHeight(self._ctx.theme.px(min(150, 64 * len(problems) + 8)))
        if refused:
            words = _.plural(
                "No se guardó: hay {count} cosa por corregir. Lo escrito queda como borrador.",
                "No se guardó: hay {count} cosas por corregir. Lo escrito queda como borrador.",
                len(problems),
            )
        elif problems:
            words = _.plural(
                "{count} cosa por corregir", "{count} cosas por corregir", len(problems)
            )
        else:
            words = _("Nada que corregir en este texto.")
        self.verdict.setText(words)
        self.verdict.set_tone("bad" if problems else None)
        # Who comes to the list hears what it is about.
        self.problems.setAccessibleName(words)

    # -- moving about ----------------------------------------------------------------------------

    def _go_to(self, key: str) -> None:
        if line_of(key):
            self.field.edit.go_to(line_of(key))

    def _go_to_and_type(self, key: str) -> None:
        self._go_to(key)
        self.show_part(EDITOR)
        self.field.edit.setFocus()

    def _follow_cursor(self) -> None:
        """Keep the parts and the preview at the part that is being written."""
        line = self.field.edit.line()
        part = next((one for one in reversed(self._outline) if one.line <= line), None)
        if part is None or part.line == self._at:
            return
        self._at = part.line
        if not self.parts.hasFocus():
            self.parts.select(str(part.line))
        if part.level:
            self.preview.reveal(heading_words(part.title)[0])
