"""Prose from a pack as flowables: headings, paragraphs, lists, tables and set-apart quotations.

Everything comes as one flat run of pieces, each of which may end a page: a list is its items, a
box its paragraphs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    plain_text,
)
from facilitator_kit.documents import fonts
from facilitator_kit.documents.fences import fence, pencil_table, pencil_widths
from facilitator_kit.documents.paging import keep_whole
from facilitator_kit.documents.pieces import (
    Inset,
    Label,
    boxed,
    bulleted,
    callout_look,
    edge_painter,
)
from facilitator_kit.documents.styles import Styles
from facilitator_kit.documents.tables import data_table, shared_widths
from facilitator_kit.documents.text import prose_text
from facilitator_kit.i18n import Texts

_SHORT_PARAGRAPH: Final = 240
"""Letters up to which a paragraph is taken along to the table or the lines that it introduces."""
_PLAIN: Final = "note"
_SHORT_BOX: Final = 420
"""Letters up to which the paragraphs of a box stay on one page."""
_SHORT_TABLE: Final = 7
"""Rows up to which a table is rather moved to the next page than parted."""


def prose(
    blocks: Sequence[Block],
    look: Styles,
    width: float,
    _: Texts,
    *,
    margin: float = 0,
    links: Collection[str] = frozenset(),
    air: float = 0,
    below: bool = False,
) -> list[Flowable]:
    """The blocks in order, `width` points wide.

    With `air` the page is written on: tables with empty cells have lines around them, and what is
    written in is `air` times as high as it must be. `below` a heading of their own, the blocks'
    headings are small ones. With a `margin` of so many points at the left of the column, the words
    over quotations stand in it. What points to one of `links` becomes a link.
    """
    return _Setter(look, width, _, margin, links, air, below).set(blocks)


class _Setter:
    """Sets blocks in one look, one width and one language."""

    def __init__(
        self,
        look: Styles,
        width: float,
        _: Texts,
        margin: float,
        links: Collection[str],
        air: float,
        below: bool,
    ) -> None:
        self.look, self.width, self._ = look, width, _
        self.margin, self.links, self.air, self.below = margin, links, air, below

    def set(self, blocks: Sequence[Block], body: ParagraphStyle | None = None) -> list[Flowable]:
        """The blocks in order; paragraphs in the style `body`."""
        result: list[Flowable] = []
        at = 0
        for kind, run in groupby(blocks, _kind):
            group = list(run)
            if kind:
                result += self._callout(kind, [one for one in group if isinstance(one, Callout)])
            else:
                for place, block in enumerate(group, start=at + 1):
                    pieces = self._block(block, body or self.look.body)
                    if pieces and place < len(blocks) and _leads_to(block, blocks[place]):
                        pieces[-1].keepWithNext = 1
                    result += pieces
            at += len(group)
        return result

    def _narrower(self, by: float) -> _Setter:
        return _Setter(self.look, self.width - by, self._, 0, self.links, self.air, self.below)

    def _block(self, block: Block, body: ParagraphStyle) -> list[Flowable]:
        look = self.look
        match block:
            case Heading(level, spans):
                large = level == 1 and not self.below
                style = look.heading if large else look.subheading
                return [prose_text(spans, style, self.links)]
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Fence():
                return fence(block, look, self.width, self.air or 1)
            case Paragraph(spans):
                return [prose_text(spans, body, self.links)]
            case _:
                return []

    def _list(self, block: ListBlock) -> list[Flowable]:
        look = self.look
        widest = len(str(block.start + len(block.items) - 1)) if block.ordered else 1
        indent = (12 + 5.5 * (widest - 1 if block.ordered else 0)) * look.scale
        inner = self._narrower(indent)
        result: list[Flowable] = []
        last = len(block.items) - 1
        for place, item in enumerate(block.items):
            mark = f"{block.start + place}." if block.ordered else "•"
            pieces = inner.set(item, look.item)
            # The first item and the last one are not left alone on a page.
            together = place == 0 < last or place == last - 1
            for at, piece in enumerate(pieces):
                keep = True if together and at == len(pieces) - 1 else None
                if at == 0:
                    size = look.item.fontSize
                    result.append(bulleted(piece, mark, indent=indent, size=size, keep=keep))
                else:
                    result.append(Inset(piece, indent, keep=keep))
        if result:
            result[-1].spaceAfter = 6 * look.scale
        return result

    def _table(self, block: Table) -> list[Flowable]:
        look = self.look
        rows = [[prose_text(c, look.cell, self.links) for c in row] for row in block.rows]
        heads = 1 if block.header else 0
        if heads:
            style = look.column
            if self.air:
                style = look.cell.clone("written-head", fontName=fonts.SEMIBOLD)
            rows.insert(0, [prose_text(c, style, self.links) for c in block.header])
        if not rows:
            return []
        texts = [[plain_text(c) for c in row] for row in block.rows]
        blank = bool(self.air) and any(not text.strip() for row in texts for text in row)
        if blank:
            header = tuple(plain_text(c) for c in block.header)
            widths = pencil_widths(header, [tuple(row) for row in texts], self.width, look)
            table = pencil_table(rows, widths, heads, self.air)
        else:
            widths = _column_widths(block, look, self.width)
            table = data_table(rows, widths, head_rows=heads)
        if len(rows) <= _SHORT_TABLE:
            keep_whole(table)
        return [Inset(table, before=3 * look.scale, after=8 * look.scale)]

    def _callout(self, kind: str, group: Sequence[Callout]) -> list[Flowable]:
        """Quotations of one kind in a row as one box, their word once."""
        look = self.look
        seen = callout_look(kind, self._)
        scale = look.scale
        left, right = 12 * scale, 8 * scale
        inner = self._narrower(left + right)
        pieces: list[Flowable] = []
        for block in group:
            style = look.spoken if kind in ("say", "ask") else look.item
            pieces += inner.set(_capitalised(block.body), style)
        size = 8.4 * scale
        label = Label(
            seen.word, size=size, colour=seen.strong, icon=seen.icon, right=bool(self.margin)
        )
        if self.margin:
            box = boxed(
                pieces,
                edge_painter(seen),
                left=left,
                right=right,
                hang=label,
                hang_at=-self.margin,
                hang_width=self.margin - 5,
                hang_drop=look.spoken.fontSize - size,
            )
            if sum(_letters(block.body) for block in group) <= _SHORT_BOX:
                for piece in box[:-1]:
                    piece.keepWithNext = 1
            return box
        if kind == _PLAIN:
            # A sign, a message, what somebody says: the bar says that it is quoted.
            return boxed(pieces, edge_painter(seen), left=left, right=right)
        label.keepWithNext = 1
        return boxed([label, *pieces], edge_painter(seen), left=left, right=right, between=2)


def _leads_to(block: Block, following: Block) -> bool:
    """Whether a paragraph is lost without what follows: it announces it, or says how to fill it."""
    if not isinstance(block, Paragraph):
        return False
    text = plain_text(block.spans).rstrip()
    return text.endswith(":") or (
        isinstance(following, Fence | Table) and len(text) <= _SHORT_PARAGRAPH
    )


def _kind(block: Block) -> str:
    return block.kind if isinstance(block, Callout) else ""


def _letters(blocks: Sequence[Block]) -> int:
    count = 0
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            count += len(plain_text(block.spans))
        elif isinstance(block, ListBlock):
            count += sum(_letters(item) for item in block.items)
        else:
            count += _SHORT_BOX  # a table or lines: long enough
    return count


def _capitalised(blocks: Sequence[Block]) -> Sequence[Block]:
    """What followed «Cuide:» in the same line begins a line of its own."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].spans:
        return blocks
    first, *rest = blocks[0].spans
    text = first.text[:1].upper() + first.text[1:]
    spans = (type(first)(text, first.bold, first.italic, first.link), *rest)
    return (Paragraph(spans), *blocks[1:])


def _column_widths(block: Table, look: Styles, width: float) -> list[float]:
    lines = [*([block.header] if block.header else []), *block.rows]
    texts = [[plain_text(cell) for cell in line] for line in lines]
    return shared_widths(texts, width, look.cell)
