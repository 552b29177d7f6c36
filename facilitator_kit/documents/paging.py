"""Fills pages with flowables: headings stay with what follows, nothing short is left alone.

Platypus' own templates know the number of a page only when it is drawn, and move a heading with
the whole paragraph below it. Here a column is filled first and drawn afterwards, so that pages can
be counted, reserved (a contents page whose numbers come later) and checked.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

from facilitator_kit.documents.book_canvas import BookCanvas

_SLACK: Final = 0.01
_FEW: Final = 0.35
"""Up to this share of a page, its lines look lost on it."""
_LARGE: Final = 0.42
"""A piece that is to stay whole may leave this share of a page empty, and no more."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of a page stands, in points from the paper's lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.bottom + self.height


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the distance of its upper edge from the top of the column."""

    piece: Flowable
    down: float
    height: float


class _Mark(Flowable):
    """Something that takes no room."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        """Nothing: it tells the page filler something."""


class PageEnd(_Mark):
    """What follows begins on a fresh page; with `least`, only where fewer points are left."""

    def __init__(self, least: float = math.inf) -> None:
        super().__init__()
        self.least = least


class Place(_Mark):
    """A spot that links and contents find by its name, at the upper edge of the next piece."""

    def __init__(self, name: str, title: str = "", level: int = 0) -> None:
        super().__init__()
        self.name, self.title, self.level = name, title, level
        self.keepWithNext = 1


def keep_whole(piece: Flowable) -> Flowable:
    """The piece, which is not to be split where that leaves no large gap."""
    setattr(piece, "_whole", True)  # noqa: B010 - it is ours, the stubs do not know it
    return piece


def fill(story: deque[Flowable], width: float, room: float) -> list[Placed]:
    """Take from the story what fits in a column, where a piece is too long its first part.

    Whatever must not be parted (`keepWithNext`) begins the next page together. Something that does
    not even fit in an empty column is drawn smaller.
    """
    placed: list[Placed] = []
    used = after = 0.0
    empty = True
    while story:
        piece = story[0]
        if isinstance(piece, PageEnd):
            story.popleft()
            if not empty and room - used < piece.least:
                return placed
            continue
        if empty and getattr(piece, "parting", False):
            story.popleft()
            continue
        before = 0.0 if empty else max(piece.getSpaceBefore() - after, 0.0)
        left = room - used - before
        height = _height(piece, width, left)
        if height <= left + _SLACK:
            if not empty and _keeps(piece) and not _begins(story, 0, width, room - used, room):
                return placed
            story.popleft()
            placed.append(Placed(piece, used + before, height))
            if not isinstance(piece, Place):
                after = piece.getSpaceAfter()
                used += before + height + after
                empty = False
            continue
        parts = _parts(piece, width, left, whole=not empty and height < room * _LARGE)
        if len(parts) > 1:
            story.popleft()
            story.extendleft(reversed(parts[1:]))
            placed.append(Placed(parts[0], used + before, _height(parts[0], width, left)))
            return placed
        if not empty:
            return placed
        story.popleft()
        shrunk: Any = KeepInFrame(width, room, [piece], mode="shrink")
        placed.append(Placed(shrunk, 0.0, min(_height(shrunk, width, room), room)))
        return placed
    return placed


def _height(piece: Any, width: float, room: float) -> float:
    return float(piece.wrapOn(None, width, max(room, 1.0))[1])


def _keeps(piece: Any) -> bool:
    return bool(piece.getKeepWithNext())


def _parts(piece: Any, width: float, room: float, *, whole: bool) -> Sequence[Flowable]:
    if room <= 0 or (whole and getattr(piece, "_whole", False)):
        return ()
    parts: Sequence[Flowable] = piece.splitOn(None, width, room)
    return parts


def _begins(story: deque[Flowable], at: int, width: float, room: float, page: float) -> bool:
    """Can the piece at `at`, with what it must keep to itself, begin in the `room` of a `page`?"""
    piece = story[at]
    left = room - piece.getSpaceBefore()
    height = _height(piece, width, left)
    if height > left + _SLACK:
        whole = height < page * _LARGE
        return not _keeps(piece) and len(_parts(piece, width, left, whole=whole)) > 1
    if not _keeps(piece) or at + 1 >= len(story):
        return True
    return _begins(story, at + 1, width, left - height - piece.getSpaceAfter(), page)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many pages a story takes, and how much of the last one it fills, from 0 to 1."""

    pages: int
    last: float


def measure(
    story: Iterable[Flowable], width: float, room: float, first: float | None = None
) -> Extent:
    """The pages that a story takes in columns of `room` points, the first one of `first`."""
    rest = deque(story)
    pages, last, height = 0, 0.0, room if first is None else first
    while rest:
        placed = fill(rest, width, height)
        if not placed:
            break
        pages += 1
        last = (placed[-1].down + placed[-1].height) / height
        height = room
    return Extent(pages, last)


def copyfit(
    make: Callable[[float], list[Flowable]],
    scales: Sequence[float],
    width: float,
    room: float,
    first: float | None = None,
) -> list[Flowable]:
    """The story at the first of the scales, or at a smaller one where that saves a page.

    It is tried only while the last page is hardly filled: a few lines alone look lost.
    """
    usual, *smaller = scales
    story = make(usual)
    extent = measure(story, width, room, first)
    if extent.pages < 2 or extent.last > _FEW:
        return story
    # A text takes less room by the square of its size: sizes that cannot do are not tried.
    share = extent.last / (extent.pages - 1 + extent.last)
    for scale in smaller:
        if (scale / usual) ** 2 > 1 - 0.6 * share:
            continue
        tighter = make(scale)
        if measure(tighter, width, room, first).pages < extent.pages:
            return tighter
    return story


def largest(sizes: Sequence[float], fits: Callable[[float], bool]) -> float:
    """The first of descending sizes that fits; the last one, where no other does."""
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high) // 2
        if fits(sizes[middle]):
            high = middle
        else:
            low = middle + 1
    return sizes[high]


@dataclass(frozen=True, slots=True)
class Running:
    """What the head of a page says: of the part it stands in, and of the piece."""

    part: str = ""
    piece: str = ""
    foot: str = ""
    margin: float = 0
    """What the text of the page leaves free at its left for hung words, in points."""
    quiet: bool = False
    """Nothing is said at all: a cover, a blank page."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its number from 1, and whether it lies at the right of an open book."""

    number: int
    right: bool
    running: Running
    first: bool = False


@dataclass(frozen=True, slots=True)
class Reserved:
    """Pages kept free for something that is drawn later."""

    number: int
    count: int
    running: Running


@dataclass(slots=True)
class Book:
    """Pages in order, drawn on one canvas as they fill.

    `column` tells where the text of a page stands and `furnish` draws what stands around it.
    `duplex`: leaves are printed on both sides, so that `fresh(right=True)` may leave one blank.
    """

    canvas: BookCanvas
    column: Callable[[Leaf], Column]
    furnish: Callable[[Canvas, Leaf], None]
    duplex: bool = False
    running: Running = field(default_factory=Running)
    places: dict[str, int] = field(default_factory=dict)
    number: int = 0
    """Pages so far, the reserved ones counted."""
    _late: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, story: Iterable[Flowable], *, running: Running | None = None) -> None:
        """Draw the story from the top of a fresh page."""
        if running is not None:
            self.running = running
        rest = deque(story)
        first = True
        while rest:
            leaf = self._leaf(self.number + 1, first)
            column = self.column(leaf)
            placed = fill(rest, column.width, column.height)
            if not placed:
                return
            self.number += 1
            self._draw(leaf, column, placed)
            first = False

    def turn_right(self) -> None:
        """With two sides to a leaf, leave a blank page where the next one would lie at the left."""
        if self.duplex and self.number % 2:
            self.blank()

    def blank(self) -> None:
        """An empty page, numbered and unmarked."""
        self.number += 1
        self.furnish(self.canvas, replace(self._leaf(self.number, True), running=_BLANK))
        self.canvas.showPage()

    def reserve(self, story: Iterable[Flowable], *, running: Running) -> Reserved:
        """Keep free as many pages as the story takes; its final form comes with `put`."""
        column = self.column(self._leaf(self.number + 1, True, running))
        count = measure(story, column.width, column.height).pages
        kept = Reserved(self.number + 1, count, running)
        self.number += count
        return kept

    def put(self, kept: Reserved, story: Iterable[Flowable]) -> None:
        """Draw what pages were kept for. ValueError when it takes more or fewer of them."""
        start = self.canvas.page_count + 1
        rest = deque(story)
        for place in range(kept.count):
            leaf = self._leaf(kept.number + place, place == 0, kept.running)
            column = self.column(leaf)
            self._draw(leaf, column, fill(rest, column.width, column.height))
        if rest:
            raise ValueError("the reserved pages do not hold what was put on them")
        self._late.append((start, kept.count, kept.number))

    def close(self) -> None:
        """Put the pages in their order and write the file."""
        drawn = self._late
        order = list(range(1, self.canvas.page_count + 1))
        for start, count, _at in drawn:
            for page in range(start, start + count):
                order.remove(page)
        for start, count, at in sorted(drawn, key=lambda one: one[2]):
            order[at - 1 : at - 1] = range(start, start + count)
        self.canvas.order_pages(order)
        self.canvas.close()

    def _leaf(self, number: int, first: bool, running: Running | None = None) -> Leaf:
        right = not self.duplex or number % 2 == 1
        return Leaf(number, right, self.running if running is None else running, first)

    def _draw(self, leaf: Leaf, column: Column, placed: Sequence[Placed]) -> None:
        self.furnish(self.canvas, leaf)
        for one in placed:
            top = column.top - one.down
            if isinstance(one.piece, Place):
                self.places[one.piece.name] = leaf.number
                self.canvas.mark(one.piece.name, one.piece.title, one.piece.level, top)
                continue
            one.piece.drawOn(self.canvas, column.left, top - one.height)
        self.canvas.showPage()


_BLANK: Final = Running(quiet=True)
