"""What stands around the text of a page: head, running head, foot, number; and where the text is.

A loose document (a guide, a handout) says «2 de 5», so that a lost sheet is missed. A book numbers
its pages through, in the outer corner, and says at the head which part and which piece this is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.book_canvas import BookCanvas
from facilitator_kit.documents.page import (
    BOTTOM,
    SIDE,
    Letterhead,
    Sheet,
    draw_foot,
    draw_head,
    draw_running_head,
    draw_sample_mark,
    draw_text,
    fitted,
    head_height,
    logo_reader,
)
from facilitator_kit.documents.paging import Book, Column, Leaf, Running, measure
from facilitator_kit.i18n import Texts

TOP: Final = 22 * mm
_BINDING: Final = 3 * mm
"""How far a bound page moves away from its holes."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """The pages of one document. `margin` is kept free at the left of the text for hung words.

    `total` is printed beside each number; without it the document is a book. `full_head`: the
    first page has the institution's head and logos.
    """

    head: Letterhead
    texts: Texts
    title: str
    margin: float = 0
    full_head: bool = True
    total: int | None = None
    duplex: bool = False
    logos: tuple[ImageReader, ...] = ()

    @classmethod
    def of(
        cls, head: Letterhead, _: Texts, *, title: str, margin: float = 0, full_head: bool = True
    ) -> Furniture:
        """The pages of a loose document; KitError when a logo cannot be read."""
        logos = tuple(logo_reader(data) for data in head.logos) if full_head else ()
        return cls(head, _, title, margin, full_head, logos=logos)

    @property
    def sheet(self) -> Sheet:
        return Sheet.of(self.head.paper)

    @property
    def width(self) -> float:
        """The measure of the text, in points."""
        return self.sheet.inner - self.margin

    @property
    def room(self) -> float:
        """The height of a page's text."""
        return self.sheet.height - TOP - BOTTOM

    @property
    def first_room(self) -> float:
        """The height of the first page's text."""
        return self.sheet.height - self._first_top - BOTTOM

    @property
    def _first_top(self) -> float:
        return head_height(self.head) if self.full_head else TOP

    def column(self, leaf: Leaf) -> Column:
        """Where the text of that page stands."""
        top = self._first_top if leaf.first else TOP
        return Column(SIDE + self.margin, BOTTOM, self.width, self.sheet.height - top - BOTTOM)

    def draw(self, canvas: Canvas, leaf: Leaf) -> None:
        """Everything around the text of a loose document's page."""
        sheet, _ = self.sheet, self.texts
        if self.head.sample:
            draw_sample_mark(canvas, sheet.width, sheet.height, _)
        if leaf.running.quiet:
            return
        if leaf.first and self.full_head:
            draw_head(canvas, sheet, self.head, self.logos)
        else:
            title = leaf.running.piece or self.title
            draw_running_head(canvas, sheet, self.head.institution, title, "")
        number = _("{page} de {pages}", page=leaf.number, pages=self.total or leaf.number)
        draw_foot(canvas, sheet, self.title, leaf.running.foot or leaf.running.piece, number)


def letter_book(
    out: BinaryIO,
    furniture: Furniture,
    _: Texts,
    story: Sequence[Flowable],
) -> Book:
    """A loose document's pages on `out`, which know how many they are."""
    extent = measure(story, furniture.width, furniture.room, furniture.first_room)
    counted = replace(furniture, total=extent.pages)
    sheet = furniture.sheet
    canvas = BookCanvas(out, (sheet.width, sheet.height), furniture.title, _)
    return Book(canvas, counted.column, counted.draw)


@dataclass(frozen=True, slots=True)
class BoundFurniture:
    """The pages of a book: numbered through, with running heads, moved away from the binding."""

    head: Letterhead
    texts: Texts
    title: str
    duplex: bool = False

    @property
    def sheet(self) -> Sheet:
        return Sheet.of(self.head.paper)

    def width(self, margin: float = 0) -> float:
        """The measure of a text with so much margin for hung words."""
        return self.sheet.inner - margin

    @property
    def room(self) -> float:
        """The height of a page's text."""
        return self.sheet.height - TOP - BOTTOM

    def _shift(self, leaf: Leaf) -> float:
        return _BINDING if leaf.right else -_BINDING

    def column(self, leaf: Leaf) -> Column:
        """Where the text of that page stands."""
        left = SIDE + leaf.running.margin + self._shift(leaf)
        return Column(left, BOTTOM, self.width(leaf.running.margin), self.room)

    def draw(self, canvas: Canvas, leaf: Leaf) -> None:
        """The running head, the number in the outer corner, the mark of a sample."""
        sheet, running = self.sheet, leaf.running
        if self.head.sample:
            draw_sample_mark(canvas, sheet.width, sheet.height, self.texts)
        if running.quiet:
            return
        left = SIDE + self._shift(leaf)
        right = left + sheet.inner
        half = sheet.inner / 2 - 3 * mm
        outer, inner = (right, left) if leaf.right else (left, right)
        out_side, in_side = ("right", "left") if leaf.right else ("left", "right")
        canvas.setFillColor(styles.MUTED)
        y = sheet.height - 15 * mm
        whole = not running.part or not running.piece
        room = sheet.inner if whole else half
        part = fitted(running.part, fonts.SEMIBOLD, 8, room)
        piece = fitted(running.piece, fonts.REGULAR, 8, room)
        draw_text(canvas, inner, y, part, fonts.SEMIBOLD, 8, in_side)
        draw_text(canvas, outer, y, piece, fonts.REGULAR, 8, out_side)
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(left, y - 5, right, y - 5)
        y = 10.5 * mm
        names = dict.fromkeys(name for name in (self.head.institution, self.title) if name)
        foot = running.foot or " · ".join(names)
        foot = fitted(foot, fonts.REGULAR, 7.5, sheet.inner - 25 * mm)
        draw_text(canvas, inner, y, foot, fonts.REGULAR, 7.5, in_side)
        canvas.setFillColor(styles.TEXT)
        draw_text(canvas, outer, y, str(leaf.number), fonts.TABULAR_BOLD, 10, out_side)


def bound_book(out: BinaryIO, furniture: BoundFurniture) -> Book:
    """A book's pages on `out`."""
    sheet = furniture.sheet
    size = (sheet.width, sheet.height)
    canvas = BookCanvas(out, size, furniture.title, furniture.texts)
    running = Running(part=furniture.title)
    return Book(canvas, furniture.column, furniture.draw, furniture.duplex, running)
