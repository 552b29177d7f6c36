"""The fenced blocks of handouts, made for a pencil: lines, boxes to tick, cards, tables to fill."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from facilitator_kit.curriculum.blocks import Fence
from facilitator_kit.documents import fonts, pictogram, styles
from facilitator_kit.documents.styles import Styles, markup
from facilitator_kit.documents.tables import bare_table, data_table

_LINE_GAP = 9 * mm
_CARD_HEIGHT = 38 * mm


class WritingLines(Flowable):
    """Ruled lines to write on, nine millimetres apart."""

    def __init__(self, width: float, count: int) -> None:
        super().__init__()
        self.width = width
        self.count = count
        self.height = count * _LINE_GAP

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.4)
        for i in range(self.count):
            canvas.line(0, i * _LINE_GAP + 1, self.width, i * _LINE_GAP + 1)


class TickBox(Flowable):
    """An empty square."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self.size = size

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.size, self.size

    def draw(self) -> None:
        self.canv.setStrokeColor(styles.TEXT)
        self.canv.setLineWidth(0.9)
        self.canv.roundRect(0, -1.5, self.size, self.size, 1.5)


class Card(Flowable):
    """One card to cut out: a pictogram over its text and its small text."""

    def __init__(self, width: float, icon: str, text: str, small: str, look: Styles) -> None:
        super().__init__()
        self.width = width
        self.height = 0.0
        self.icon = icon if pictogram.exists(icon) else ""
        centred = look.centre
        room = width - 8 * mm
        self._text = Paragraph(f"<b>{markup(text, fonts.BOLD)}</b>", centred)
        self._small = Paragraph(markup(small), centred) if small else None
        self._heights = [p.wrap(room, 1000)[1] if p else 0 for p in (self._text, self._small)]
        ink = sum(self._heights) + (25 * mm if self.icon else 10 * mm)
        self.height = max(_CARD_HEIGHT * look.scale, ink)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.6)
        canvas.setDash(3, 3)
        canvas.rect(0, 0, self.width, self.height)
        canvas.restoreState()
        size = 15 * mm if self.icon else 0
        gap = 3 * mm if self.icon else 0
        block = size + gap + sum(self._heights) + (2 if self._small else 0)
        y = self.height - (self.height - block) / 2
        if self.icon:
            x = (self.width - size) / 2
            pictogram.draw_icon(canvas, self.icon, x, y - size, size, styles.TEXT, 1.6)
        y -= size + gap + self._heights[0]
        self._text.drawOn(canvas, 4 * mm, y)
        if self._small:
            self._small.drawOn(canvas, 4 * mm, y - 2 - self._heights[1])


def fence(block: Fence, look: Styles, width: float) -> list[Flowable]:
    """A fenced block `width` points wide; its rows as the pack format says."""
    if block.kind == "lines":
        return _lines(block, look, width)
    if block.kind == "boxes":
        return _boxes(block, look, width)
    if block.kind == "cards":
        return _cards(block, look, width)
    return _fill_in(block, look, width)


def _lines(block: Fence, look: Styles, width: float) -> list[Flowable]:
    count = max(block.count, 1)
    result: list[Flowable] = []
    for row in block.rows:
        label = Paragraph(markup(" ".join(row)), look.body)
        lines = WritingLines(width, min(count, 8))
        together = [("NOSPLIT", (0, 0), (0, 1))]
        result += [bare_table([[label], [lines]], [width], extra=together), Spacer(1, 10)]
    return result or [WritingLines(width, count), Spacer(1, 8)]


def _boxes(block: Fence, look: Styles, width: float) -> list[Flowable]:
    rows = [
        [TickBox(11), Paragraph(markup(" · ".join(row)), look.body)] for row in block.rows if row
    ]
    if not rows:
        return []
    return [
        bare_table(rows, [20, width - 20], extra=[("BOTTOMPADDING", (0, 0), (-1, -1), 3)]),
        Spacer(1, 7),
    ]


def _cards(block: Fence, look: Styles, width: float) -> list[Flowable]:
    across = max(block.count, 1)
    each = width / across
    cards = [_card(row, each, look) for row in block.rows]
    tallest = max((card.height for card in cards), default=0)
    for card in cards:
        card.height = tallest
    rows: list[list[Any]] = [list(cards[i : i + across]) for i in range(0, len(cards), across)]
    if not rows:
        return []
    rows[-1] += [""] * (across - len(rows[-1]))
    return [Spacer(1, 4), bare_table(rows, [each] * across), Spacer(1, 8)]


def _card(row: tuple[str, ...], width: float, look: Styles) -> Card:
    icon, text, small = (*row, "", "", "")[:3]
    return Card(width, icon, text, small, look)


def _fill_in(block: Fence, look: Styles, width: float) -> list[Flowable]:
    header, *given = block.rows or ((),)
    columns = max(len(header), 1)
    rows: list[list[Any]] = [[Paragraph(markup(c), look.column) for c in header] or [""]]
    for row in given:
        cells: list[Any] = [Paragraph(markup(c), look.cell) for c in row[:columns]]
        rows.append(cells + [""] * (columns - len(cells)))
    rows += [[""] * columns for _empty in range(max(block.count, 0))]
    heights: list[float | None] = [None, *[9 * mm] * (len(rows) - 1)]
    lengths = [max(len(c), 8) for c in header] or [1]
    widths = [width * length / sum(lengths) for length in lengths]
    grid = [
        ("INNERGRID", (0, 1), (-1, -1), 0.4, styles.LINE),
        ("BOX", (0, 0), (-1, -1), 0.6, styles.MUTED),
    ]
    return [
        Spacer(1, 2),
        data_table(rows, widths, extra=grid, row_heights=heights),
        Spacer(1, 8),
    ]
