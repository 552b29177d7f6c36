"""Ink on paper: the palette, the paragraph styles and the marking-up of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT

from facilitator_kit.curriculum.blocks import Spans
from facilitator_kit.documents import fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

TEXT: Final = HexColor(0x231C2B)
MUTED: Final = HexColor(0x645B6E)
LINE: Final = HexColor(0xD8D0C8)
GROUND: Final = HexColor(0xF7F5F2)
PRIMARY: Final = HexColor(0x5A2A6E)
PRIMARY_SOFT: Final = HexColor(0xF1E8F5)
GOOD: Final = HexColor(0x1F6B4A)
GOOD_SOFT: Final = HexColor(0xE3F1EA)
ATTENTION: Final = HexColor(0x8A5300)
ATTENTION_SOFT: Final = HexColor(0xFBF0DC)
BAD: Final = HexColor(0xA3211B)
BAD_SOFT: Final = HexColor(0xFAE6E4)
NOTE: Final = HexColor(0x1C5B88)
NOTE_SOFT: Final = HexColor(0xE4EFF7)
FRAME_INNER: Final = HexColor(0xB9A3C4)
PAPER: Final = white
SAMPLE_WASH: Final = HexColor(0xF4EFF6)


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document at one scale (1 is ten-point text)."""

    body: ParagraphStyle
    small: ParagraphStyle
    label: ParagraphStyle
    strong: ParagraphStyle
    title: ParagraphStyle
    subtitle: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    figure: ParagraphStyle
    figure_strong: ParagraphStyle
    column: ParagraphStyle
    column_right: ParagraphStyle
    column_centre: ParagraphStyle
    cell: ParagraphStyle
    cell_small: ParagraphStyle
    centre: ParagraphStyle
    clause: ParagraphStyle
    kicker: ParagraphStyle
    lead: ParagraphStyle
    section: ParagraphStyle
    step: ParagraphStyle
    clock: ParagraphStyle
    hang: ParagraphStyle
    spoken: ParagraphStyle
    item: ParagraphStyle
    scale: float


@cache
def styles(scale: float = 1.0) -> Styles:
    """The styles with every size and distance multiplied by `scale`."""
    from reportlab.lib.styles import ParagraphStyle  # certificates, which are many, need none

    fonts.register()

    def style(
        name: str,
        size: float,
        leading: float,
        font: str = fonts.REGULAR,
        colour: Color = TEXT,
        alignment: Literal[0, 1, 2] = TA_LEFT,
        before: float = 0,
        after: float = 0,
        keep: bool = False,
    ) -> ParagraphStyle:
        return ParagraphStyle(
            name,
            fontName=font,
            fontSize=size * scale,
            leading=leading * scale,
            textColor=colour,
            alignment=alignment,
            spaceBefore=before * scale,
            spaceAfter=after * scale,
            keepWithNext=int(keep),
            allowWidows=0,
            allowOrphans=0,
            splitLongWords=1,
        )

    return Styles(
        body=style("body", 10, 14.2, after=5),
        small=style("small", 8.5, 11.6, colour=MUTED),
        label=style("label", 8, 10.5, fonts.SEMIBOLD, MUTED),
        strong=style("strong", 10, 13.5, fonts.SEMIBOLD),
        title=style("title", 20, 24, fonts.BOLD, after=3),
        subtitle=style("subtitle", 11, 15, colour=MUTED, after=8),
        heading=style("heading", 13, 17, fonts.BOLD, PRIMARY, before=11, after=5, keep=True),
        subheading=style("subheading", 10.8, 14.5, fonts.BOLD, before=8, after=3, keep=True),
        figure=style("figure", 9, 12, fonts.TABULAR, alignment=TA_RIGHT),
        figure_strong=style("figure_strong", 9, 12, fonts.TABULAR_BOLD, alignment=TA_RIGHT),
        column=style("column", 7.8, 10, fonts.SEMIBOLD, MUTED),
        column_right=style("column_right", 7.8, 10, fonts.SEMIBOLD, MUTED, TA_RIGHT),
        column_centre=style("column_centre", 7.8, 10, fonts.SEMIBOLD, MUTED, TA_CENTER),
        cell=style("cell", 9.2, 12.2),
        cell_small=style("cell_small", 8, 10.4),
        centre=style("centre", 10, 14, alignment=TA_CENTER),
        clause=style("clause", 11, 17, after=9),
        kicker=style("kicker", 9, 12, fonts.SEMIBOLD, PRIMARY, after=3, keep=True),
        lead=style("lead", 11.6, 16.4, before=3, after=7),
        section=style("section", 14.5, 19, fonts.BOLD, PRIMARY, before=15, after=4, keep=True),
        step=style("step", 11.4, 15, fonts.BOLD, after=1.5, keep=True),
        clock=style("clock", 11.4, 15, fonts.TABULAR_BOLD),
        hang=style("hang", 8.4, 11, fonts.SEMIBOLD, MUTED),
        spoken=style("spoken", 10.4, 14.8),
        item=style("item", 10, 14.2, after=2.5),
        scale=scale,
    )


def markup(text: str, font: str = fonts.REGULAR) -> str:
    """`text` safe inside a `Paragraph`, the fallback typeface named where it is needed."""
    pieces = fonts.runs(text, font)
    if len(pieces) == 1 and pieces[0][0] == font:
        return _safe(text)
    return "".join(
        _safe(piece) if face == font else f'<font name="{face}">{_safe(piece)}</font>'
        for face, piece in pieces
    )


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def spans_markup(spans: Spans) -> str:
    """The spans with their weights and slants, safe inside a `Paragraph`."""
    parts: list[str] = []
    for span in spans:
        font = fonts.BOLD if span.bold else fonts.ITALIC if span.italic else fonts.REGULAR
        piece = markup(span.text, font).replace("\n", "<br/>")
        if span.bold:
            piece = f"<b>{piece}</b>"
        elif span.italic:
            piece = f"<i>{piece}</i>"
        parts.append(piece)
    return "".join(parts)


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """Plain text as a paragraph in `style`."""
    from reportlab.platypus import Paragraph  # see `styles`

    return Paragraph(markup(text, style.fontName), style)
