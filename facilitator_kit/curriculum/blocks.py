"""Prose as a small tree: what screens and paper both draw, made once from Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `link` is a code of the pack ("M3-2-A") or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1 within the piece of prose it stands in."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    spans: Spans


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items are blocks themselves; `ordered` lists count from `start`."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """`header` may be empty; every row has as many cells as the widest."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A quotation set apart. `kind`: say, ask, care or note."""

    kind: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Fence:
    """A block for paper. `kind`: lines, boxes, cards or table; `count` as the format says.

    Each row of `rows` is one line of the fence, split at its bars.
    """

    kind: str
    count: int
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Callout | Fence


def plain_text(spans: Spans) -> str:
    """The spans without their styles."""
    return "".join(span.text for span in spans)
