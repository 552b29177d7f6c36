"""Prose from a pack as flowables: headings, paragraphs, lists, tables and set-apart quotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, ListFlowable, ListItem, Paragraph, Spacer

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Table,
    plain_text,
)
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.fences import fence
from facilitator_kit.documents.styles import Styles, spans_markup
from facilitator_kit.documents.tables import Panel, data_table
from facilitator_kit.i18n import Texts


def prose(blocks: Sequence[Block], look: Styles, width: float, _: Texts) -> list[Flowable]:
    """The blocks in order, `width` points wide."""
    result: list[Flowable] = []
    for block in blocks:
        result += _block(block, look, width, _)
    return result


def _block(block: Block, look: Styles, width: float, _: Texts) -> list[Flowable]:
    match block:
        case Heading(level, spans):
            return [Paragraph(spans_markup(spans), look.heading if level == 1 else look.subheading)]
        case ListBlock():
            return [_list(block, look, width, _), Spacer(1, 4 * look.scale)]
        case Table():
            return [Spacer(1, 2), _table(block, look, width), Spacer(1, 6 * look.scale)]
        case Callout():
            return [callout(block, look, width, _), Spacer(1, 5 * look.scale)]
        case Fence():
            return fence(block, look, width)
        case _:
            return [Paragraph(spans_markup(block.spans), look.body)]


def _list(block: ListBlock, look: Styles, width: float, _: Texts) -> ListFlowable:
    indent = 15 * look.scale
    items: list[Any] = [
        ListItem(prose(item, look, width - indent, _), leftIndent=indent) for item in block.items
    ]
    return ListFlowable(
        items,
        bulletType="1" if block.ordered else "bullet",
        start=block.start if block.ordered else "•",
        bulletFormat="%s." if block.ordered else None,
        bulletFontName=fonts.SEMIBOLD,
        bulletFontSize=look.body.fontSize,
        bulletColor=styles.PRIMARY,
        leftIndent=indent,
    )


def _table(block: Table, look: Styles, width: float) -> Flowable:
    rows = [[Paragraph(spans_markup(c), look.cell) for c in row] for row in block.rows]
    if block.header:
        rows.insert(0, [Paragraph(spans_markup(c), look.column) for c in block.header])
    if not rows:
        return Spacer(1, 0)
    return data_table(rows, column_widths(block, width), head_rows=1 if block.header else 0)


def column_widths(block: Table, width: float) -> list[float]:
    """Shares of `width` by the length of what stands in each column, none too narrow to read."""
    lines = [*([block.header] if block.header else []), *block.rows]
    count = max(len(line) for line in lines)
    lengths = [
        max([8, *(min(len(plain_text(line[i])), 60) for line in lines if i < len(line))])
        for i in range(count)
    ]
    total = sum(lengths)
    return [width * length / total for length in lengths]


def callout_look(kind: str, _: Texts) -> tuple[str, Color, Color]:
    """The word over a set-apart quotation, its strong colour and its soft one."""
    looks = {
        "say": (_("Diga"), styles.PRIMARY, styles.PRIMARY_SOFT),
        "ask": (_("Pregunte"), styles.NOTE, styles.NOTE_SOFT),
        "care": (_("Cuide"), styles.ATTENTION, styles.ATTENTION_SOFT),
    }
    return looks.get(kind, (_("Nota"), styles.MUTED, styles.GROUND))


def callout(block: Callout, look: Styles, width: float, _: Texts) -> Flowable:
    """A quotation in a soft box, its kind in a word and a colour."""
    word, strong, soft = callout_look(block.kind, _)
    label = Paragraph(
        f'<font color="#{strong.hexval()[2:]}">{styles.markup(word, fonts.SEMIBOLD)}</font>',
        look.label,
    )
    content = [label, *prose(block.body, look, width - 22, _)]
    return Panel(content, width, ground=soft, bar=strong, padding=6 * look.scale)
