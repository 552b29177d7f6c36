"""Paragraphs that are measured before they are drawn, and links within them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from facilitator_kit.curriculum.blocks import Span, Spans
from facilitator_kit.documents import fonts
from facilitator_kit.documents.styles import markup, spans_markup


class Text(Paragraph):
    """A paragraph that breaks its lines once for each width."""

    _broken: float | None = None

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        if self._broken != available or not hasattr(self, "blPara"):
            super().wrap(available, height)
            self._broken = available
        return self.width, self.height


_UNIT: Final = re.compile(r"(?<=\d) (?=(?:min|h|m|cm|mm|km|g|kg|l|ml|%)(?!\w))")
_TELEPHONE: Final = re.compile(r"(?<!\d)(\d{2,4}) (?=\d{2,4}(?!\d))")
_LAST_NUMBER: Final = re.compile(r"(?<=\w) (?=\d{1,2}$)")


def together(text: str) -> str:
    """The text with no-break spaces where a line should not end: before a unit, within a telephone
    number, before a number that is the last word («Más de 24»)."""
    text = _UNIT.sub("\u00a0", text)
    text = _TELEPHONE.sub("\\1\u00a0", text)
    return _LAST_NUMBER.sub("\u00a0", text)


def paragraph(text: str, style: ParagraphStyle) -> Text:
    """Plain text as a paragraph in `style`."""
    text = together(text)
    pieces = fonts.runs(text, style.fontName)
    if len(pieces) == 1 and pieces[0][0] == style.fontName:
        return _made([(text, style.fontName, False, False)], style)
    return Text(markup(text, style.fontName), style)


def prose_text(spans: Spans, style: ParagraphStyle, links: Collection[str]) -> Text:
    """Spans as a paragraph in `style`, with their weights and slants.

    What points to one of `links`, codes of what the same file holds, becomes a link.
    """
    pieces = []
    spans = tuple(replace(span, text=together(span.text)) for span in spans)
    for span in spans:
        font = fonts.BOLD if span.bold else fonts.ITALIC if span.italic else style.fontName
        plain = span.link not in links and "\n" not in span.text
        # The parser is asked where a slant has to fit into a heavier line, or a letter is missing.
        fits = not span.italic or style.fontName == fonts.REGULAR
        if not (plain and fits) or fonts.runs(span.text, font) != [(font, span.text)]:
            return _parsed(spans, style, links)
        pieces.append((span.text, font, span.bold, span.italic and not span.bold))
    return _made(pieces, style) if pieces else _parsed(spans, style, links)


def _made(pieces: Sequence[tuple[str, str, bool, bool]], style: ParagraphStyle) -> Text:
    """The paragraph that ReportLab's parser would make of these pieces, without parsing them."""
    frags = [
        ParaFrag(
            text=text,
            fontName=font,
            fontSize=style.fontSize,
            textColor=style.textColor,
            bold=int(bold),
            italic=int(italic),
            rise=0,
            greek=0,
            link=[],
            us_lines=[],
        )
        for text, font, bold, italic in pieces
    ]
    made: Any = Text("", style, frags=frags)  # the stubs ask for another kind of fragment
    assert isinstance(made, Text)
    return made


def _parsed(spans: Sequence[Span], style: ParagraphStyle, links: Collection[str]) -> Text:
    return Text(
        "".join(
            f'<a href="#{span.link}">{spans_markup((span,))}</a>'
            if span.link in links
            else spans_markup((span,))
            for span in spans
        ),
        style,
    )
