"""Contents and indexes: titles, dotted leaders and page numbers, each line a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import draw_text
from facilitator_kit.documents.paging import Place, copyfit
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.text import paragraph
from facilitator_kit.i18n import Texts

CONTENTS: Final = "contents"
"""The name of the contents page's place."""
_NUMBERS: Final = 11 * mm
"""What is kept free at the right for page numbers; titles wrap before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents page: `name` is the place it leads to, "" when it leads nowhere.

    `level` 0 is a part, 1 what it holds, 2 what belongs to that.
    """

    name: str
    title: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    font: str
    size: float
    leading: float
    indent: float
    before: float

    def scaled(self, scale: float) -> _Look:
        """The same letters, so much closer."""
        return replace(self, leading=self.leading * scale, before=self.before * scale)


_LOOKS: Final = (
    _Look(fonts.BOLD, 10.6, 14, 0, 9),
    _Look(fonts.REGULAR, 10, 13.6, 6 * mm, 3),
    _Look(fonts.REGULAR, 8.6, 11.6, 12 * mm, 0.5),
)
_INDEX: Final = _Look(fonts.REGULAR, 8.8, 11.8, 0, 0)
_CLOSER: Final = (1.0, 0.97, 0.94, 0.91, 0.88)
_GAP: Final = 8 * mm


class ContentsLine(Flowable):
    """One entry with its page; None leaves the number out, as where a title is not written yet.

    Its height depends on the title alone: numbers can be filled in later.
    """

    def __init__(self, entry: Entry, page: int | None, look: _Look | None = None) -> None:
        super().__init__()
        self.entry = entry
        self.page = page
        self.look = look or _LOOKS[entry.level]
        self.spaceBefore = self.look.before
        self.keepWithNext = int(entry.level == 0)
        self.lines: list[str] = []
        self.width = self.height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        look = self.look
        room = width - look.indent - _NUMBERS
        self.lines = wrapped(self.entry.title, look.font, look.size, room)
        self.width, self.height = width, look.leading * len(self.lines)
        return width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        look = self.look
        base = self.height - look.size
        canvas.setFillColor(styles.TEXT if self.entry.level < 2 else styles.MUTED)
        for line in self.lines:
            draw_text(canvas, look.indent, base, line, look.font, look.size)
            base -= look.leading
        base += look.leading
        if self.page is None:
            return
        font = fonts.TABULAR_BOLD if look.font == fonts.BOLD else fonts.TABULAR
        number = str(self.page)
        draw_text(canvas, self.width, base, number, font, look.size, "right")
        start = look.indent + fonts.text_width(self.lines[-1], look.font, look.size) + 4
        end = self.width - fonts.text_width(number, font, look.size) - 4
        canvas.saveState()
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.8)
        canvas.setLineCap(1)
        canvas.setDash(0.1, 3.4)
        # Dots stand on one grid down the page, whatever the length of the titles.
        first = start + (-start) % 3.5
        if end > first + 7:
            canvas.line(first, base + 0.8, end, base + 0.8)
        canvas.restoreState()
        if self.entry.name:
            canvas.linkRect("", self.entry.name, (0, 0, self.width, self.height), relative=1)


def contents_story(
    entries: Sequence[Entry], pages: Mapping[str, int] | None, width: float, room: float, _: Texts
) -> list[Flowable]:
    """A whole contents page. Without `pages` it takes the same room, with number 0.

    Where its last page would hold a few lines only, all lines move closer.
    """
    place = () if pages is None else (Place(CONTENTS),)

    def story(scale: float) -> list[Flowable]:
        title = paragraph(_("Contenido"), styles.styles().title)
        return [*place, title, *contents(entries, pages, scale)]

    return copyfit(story, _CLOSER, width, room)


def contents(
    entries: Iterable[Entry], pages: Mapping[str, int] | None, scale: float = 1
) -> list[Flowable]:
    """The lines of a contents page. Without `pages` they take the same room, with number 0."""
    return [
        ContentsLine(
            entry,
            None if not entry.name else 0 if pages is None else pages[entry.name],
            _LOOKS[entry.level].scaled(scale),
        )
        for entry in entries
    ]


def index_columns(
    entries: Sequence[Entry], pages: Mapping[str, int] | None, width: float
) -> list[Flowable]:
    """Small entries in two columns, read from top to bottom; without `pages` with number 0."""
    if not entries:
        return []
    lines = [
        ContentsLine(entry, 0 if pages is None else pages[entry.name], _INDEX) for entry in entries
    ]
    return [Inset(IndexColumns(lines, width), before=1, after=6)]


class IndexColumns(Flowable):
    """Lines in two columns of about the same height; over a page they go on, again in two."""

    def __init__(self, lines: Sequence[ContentsLine], width: float) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self.width = width
        self.each = (width - _GAP) / 2
        self.heights = [line.wrap(self.each, 0)[1] for line in self.lines]
        self.height = 0.0
        self.first = 0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As high as the first column, which is never the lower one by more than a line."""
        whole, upper, count = sum(self.heights), 0.0, 0
        while upper < whole - upper:
            upper += self.heights[count]
            count += 1
        self.first, self.height = count, upper
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Both columns filled here, where each has at least two lines."""
        first = self._held(0, height)
        here = first + self._held(first, height)
        if first < 2 or here == len(self.lines):
            return []
        upper = _Filled(self.lines[:here], self.width, first)
        return [upper, IndexColumns(self.lines[here:], self.width)]

    def _held(self, start: int, height: float) -> int:
        count, used = 0, 0.0
        for one in self.heights[start:]:
            used += one
            if used > height:
                break
            count += 1
        return count

    def draw(self) -> None:
        for left, start, end in (
            (0.0, 0, self.first),
            (self.each + _GAP, self.first, len(self.lines)),
        ):
            y = self.height
            for line, height in zip(self.lines[start:end], self.heights[start:end], strict=True):
                y -= height
                line.wrap(self.each, 0)
                line.drawOn(self.canv, left, y)


class _Filled(IndexColumns):
    """Columns that fill what is left of a page: the first one holds so many lines."""

    def __init__(self, lines: Sequence[ContentsLine], width: float, first: int) -> None:
        super().__init__(lines, width)
        self.first = first

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        columns = (self.heights[: self.first], self.heights[self.first :])
        self.height = max(sum(column) for column in columns)
        return self.width, self.height


def wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    """The text in lines of at most `width` points, broken between words where that is possible."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and fonts.text_width(longer, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]
