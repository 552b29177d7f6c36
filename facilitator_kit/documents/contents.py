"""Contents and indexes: titles, dotted leaders and page numbers, each line a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import draw_text
from facilitator_kit.documents.paging import Place, keep_whole
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.tables import bare_table
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


_LOOKS: Final = (
    _Look(fonts.BOLD, 10.6, 14, 0, 9),
    _Look(fonts.REGULAR, 10, 13.6, 6 * mm, 3),
    _Look(fonts.REGULAR, 8.6, 11.6, 12 * mm, 0.5),
)
_INDEX: Final = _Look(fonts.REGULAR, 8.8, 11.8, 0, 0)


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
    entries: Iterable[Entry], pages: Mapping[str, int] | None, _: Texts
) -> list[Flowable]:
    """A whole contents page. Without `pages` it takes the same room, with number 0."""
    title = paragraph(_("Contenido"), styles.styles().title)
    return [*(() if pages is None else (Place(CONTENTS),)), title, *contents(entries, pages)]


def contents(entries: Iterable[Entry], pages: Mapping[str, int] | None) -> list[Flowable]:
    """The lines of a contents page. Without `pages` they take the same room, with number 0."""
    return [
        ContentsLine(
            entry,
            None if not entry.name else 0 if pages is None else pages[entry.name],
        )
        for entry in entries
    ]


def index_columns(
    entries: Sequence[Entry],
    pages: Mapping[str, int] | None,
    width: float,
    *,
    columns: int = 2,
) -> list[Flowable]:
    """Small entries in columns, read from top to bottom; without `pages` with number 0."""
    if not entries:
        return []
    gap = 8 * mm
    each = (width - gap * (columns - 1)) / columns
    lines = [
        ContentsLine(entry, 0 if pages is None else pages[entry.name], _INDEX) for entry in entries
    ]
    high = -(-len(lines) // columns)
    rows: list[list[Any]] = [
        [lines[at] if (at := row + high * column) < len(lines) else "" for column in range(columns)]
        for row in range(high)
    ]
    widths = [each + gap] * (columns - 1) + [each]
    table = bare_table(rows, widths, extra=[("RIGHTPADDING", (0, 0), (-2, -1), gap)])
    return [Inset(keep_whole(table), before=1, after=6)]


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
