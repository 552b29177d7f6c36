"""The fenced blocks of handouts, made for a pencil: lines, boxes to tick, cards, tables to fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

from facilitator_kit.curriculum.blocks import Fence
from facilitator_kit.documents import fonts, pictogram, styles
from facilitator_kit.documents.paging import keep_whole
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.styles import Styles, markup
from facilitator_kit.documents.tables import bare_table, data_table, shared_widths
from facilitator_kit.documents.text import Text

_LINE_GAP: Final = 9 * mm
_ROW: Final = 9 * mm
_CARD_HEIGHT: Final = 38 * mm
_DASH: Final = 3.0


class WritingLines(Flowable):
    """Ruled lines to write on, `gap` points apart; they may go on over the page."""

    def __init__(self, width: float, count: int, gap: float = _LINE_GAP) -> None:
        super().__init__()
        self.width = width
        self.count = count
        self.gap = gap
        self.height = count * gap

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """At least two lines stay here, and two go on."""
        here = min(int(height // self.gap), self.count - 2)
        if here < 2:
            return []
        return [WritingLines(self.width, count, self.gap) for count in (here, self.count - here)]

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.5)
        for i in range(self.count):
            canvas.line(0, i * self.gap + 1, self.width, i * self.gap + 1)


class TickBox(Flowable):
    """An empty square."""

    @staticmethod
    def drop(font_size: float, size: float) -> float:
        """How far below the top of a line it begins, so that it stands amid the line's capitals."""
        return max(0.65 * font_size - size / 2, 0)

    def __init__(self, size: float) -> None:
        super().__init__()
        self.size = size

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.size, self.size

    def draw(self) -> None:
        self.canv.setStrokeColor(styles.TEXT)
        self.canv.setLineWidth(0.9)
        self.canv.roundRect(0, 0, self.size, self.size, 1.5)


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
        self._draw_cuts(canvas)
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

    def _draw_cuts(self, canvas: Any) -> None:
        """The edges, dashed as the paper lies: those that two cards share fall on each other."""
        # Rounded: a PDF knows no numbers like 3e-14.
        x, y = (round(one % (2 * _DASH), 2) for one in canvas.absolutePosition(0, 0))
        right, top = self.width, self.height
        canvas.setDash([_DASH, _DASH], x)
        canvas.line(0, 0, right, 0)
        canvas.line(0, top, right, top)
        canvas.setDash([_DASH, _DASH], y)
        canvas.line(0, 0, 0, top)
        canvas.line(right, 0, right, top)


def fence(block: Fence, look: Styles, width: float, air: float = 1) -> list[Flowable]:
    """A fenced block `width` points wide; its rows as the pack format says.

    Lines, rows and cards are `air` times as high as they must be.
    """
    if block.kind == "lines":
        return _lines(block, look, width, air)
    if block.kind == "boxes":
        return _boxes(block, look)
    if block.kind == "cards":
        return _cards(block, look, width, air)
    return _fill_in(block, look, width, air)


def _lines(block: Fence, look: Styles, width: float, air: float) -> list[Flowable]:
    count = max(block.count, 1)
    gap = _LINE_GAP * air
    result: list[Flowable] = []
    label_style = look.body.clone("label-of-lines", spaceAfter=0, keepWithNext=1)
    for row in block.rows:
        result.append(Text(markup(" ".join(row)), label_style))
        result.append(Inset(WritingLines(width, count, gap), after=9 * look.scale))
    return result or [Inset(WritingLines(width, count, gap), after=8)]


def _boxes(block: Fence, look: Styles) -> list[Flowable]:
    indent = 20 * look.scale
    size = 11 * look.scale
    result: list[Flowable] = [
        Inset(
            Text(markup(" · ".join(row)), look.item),
            indent,
            hang=TickBox(size),
            hang_width=size,
            hang_drop=TickBox.drop(look.item.fontSize, size),
            after=4.5 * look.scale,
        )
        for row in block.rows
        if row
    ]
    for piece in (*result[:1], *result[-2:-1]):
        piece.keepWithNext = 1
    if result:
        result[-1].spaceAfter = 9 * look.scale
        result[-1].keepWithNext = 0
    return result


def _cards(block: Fence, look: Styles, width: float, air: float) -> list[Flowable]:
    across = max(block.count, 1)
    each = width / across
    cards = [_card(row, each, look) for row in block.rows]
    tallest = max((card.height for card in cards), default=0) * air
    for card in cards:
        card.height = tallest
    rows: list[list[Any]] = [list(cards[i : i + across]) for i in range(0, len(cards), across)]
    if not rows:
        return []
    rows[-1] += [""] * (across - len(rows[-1]))
    return [Inset(bare_table(rows, [each] * across), before=5, after=9)]


def _card(row: tuple[str, ...], width: float, look: Styles) -> Card:
    icon, text, small = (*row, "", "", "")[:3]
    return Card(width, icon, text, small, look)


def _fill_in(block: Fence, look: Styles, width: float, air: float) -> list[Flowable]:
    header, *given = block.rows or ((),)
    columns = max(len(header), 1)
    head = look.cell.clone("fill-head", fontName=fonts.SEMIBOLD)
    rows: list[list[Any]] = [[Text(markup(c, fonts.SEMIBOLD), head) for c in header] or [""]]
    for row in given:
        cells: list[Any] = [Text(markup(c), look.cell) for c in row[:columns]]
        rows.append(cells + [""] * (columns - len(cells)))
    rows += [[""] * columns for _empty in range(max(block.count, 0))]
    table = pencil_table(rows, pencil_widths(header, given, width, look), 1, air)
    if len(rows) <= _SHORT:
        keep_whole(table)
    return [Inset(table, before=3, after=9)]


def pencil_table(
    rows: Sequence[Sequence[Any]], widths: Sequence[float], heads: int, air: float
) -> Table:
    """A table to write in: a line around every cell, no row lower than a hand needs."""
    heights: list[float | None] = [None] * heads
    for row in rows[heads:]:
        tall = [
            cell.wrap(share - 8, 1000)[1] if isinstance(cell, Text) else 0
            for cell, share in zip(row, widths, strict=False)
        ]
        heights.append(max(_ROW * air, max(tall, default=0) + 7))
    grid = [
        ("INNERGRID", (0, heads), (-1, -1), 0.5, styles.MUTED),
        ("BOX", (0, 0), (-1, -1), 0.8, styles.MUTED),
    ]
    return data_table(rows, widths, head_rows=heads, extra=grid, row_heights=heights)


_BLANK: Final = 17 * mm
"""The least width of a column that a person ticks or writes in."""
_BOARD: Final = 3
"""Columns from which a table whose heads are only numbered or lettered is a board."""
_SHORT: Final = 9
"""Rows up to which a table to fill is rather moved to the next page than parted."""


def _is_board(header: Sequence[str]) -> bool:
    """«| A | B | C», «Fila | Columna 1 | Columna 2 | Columna 3»."""
    heads = [head.rpartition(" ") for head in header[1:]]
    alike = len({before for before, _gap, _mark in heads}) == 1
    return len(heads) >= _BOARD and alike and all(0 < len(mark) <= 2 for *_, mark in heads)


def pencil_widths(
    header: Sequence[str], given: Sequence[Sequence[str]], width: float, look: Styles
) -> list[float]:
    """Widths of columns: what is filled already takes what it needs, the rest is to write in."""
    columns = max([1, len(header), *(len(row) for row in given)])
    texts = [header or ("",), *given]
    natural = shared_widths(texts, width, look.cell)
    if _is_board(header):
        # Its squares are alike, whatever stands in them; what names the rows is no square.
        if not any(row[0].strip() for row in given if row):
            return [width / columns] * columns
        first = max(text_room(row[0], look) for row in texts if row)
        return [first] + [(width - first) / (columns - 1)] * (columns - 1)
    if not given:
        # Nothing tells how much is written in which: a long heading does not mean a long answer.
        even = width / columns
        longest = max(
            (text_room(word, look) for head in header for word in head.split()), default=0
        )
        return [even] * columns if longest <= even else natural
    blank = [
        place
        for place in range(columns)
        if not any(row[place].strip() for row in given if place < len(row))
    ]
    filled = [place for place in range(columns) if place not in blank]
    if not blank or not filled:
        return natural
    shown = [
        max(text_room(row[place], look) for row in texts if place < len(row)) for place in filled
    ]
    heads = [text_room(header[place], look) if place < len(header) else 0 for place in blank]
    least = max(_BLANK, *heads)
    room = width - least * len(blank)
    if room < _BLANK * len(filled):
        return natural
    if sum(shown) > room:
        whole = shared_widths(
            [[row[place] if place < len(row) else "" for place in filled] for row in texts],
            room,
            look.cell,
        )
    else:
        whole = shown
    rest = (width - sum(whole)) / len(blank)
    result = [rest] * columns
    for place, share in zip(filled, whole, strict=True):
        result[place] = share
    return result


def text_room(text: str, look: Styles) -> float:
    """The width of a cell that holds the text in one line."""
    return fonts.text_width(text, fonts.SEMIBOLD, look.cell.fontSize) + 11
