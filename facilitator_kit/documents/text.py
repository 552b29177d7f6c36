"""Paragraphs that are measured before they are drawn, and links within them."""

from __future__ import annotations

from collections.abc import Collection

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from facilitator_kit.curriculum.blocks import Spans
from facilitator_kit.documents.styles import markup, spans_markup


class Text(Paragraph):
    """A paragraph that breaks its lines once for each width."""

    _broken: float | None = None

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        if self._broken != available or not hasattr(self, "blPara"):
            super().wrap(available, height)
            self._broken = available
        return self.width, self.height


def paragraph(text: str, style: ParagraphStyle) -> Text:
    """Plain text as a paragraph in `style`."""
    return Text(markup(text, style.fontName), style)


def linked_markup(spans: Spans, links: Collection[str]) -> str:
    """The spans as `spans_markup` gives them; what points to one of `links`, codes of what the same
    file holds, becomes a link.
    """
    return "".join(
        f'<a href="#{span.link}">{spans_markup((span,))}</a>'
        if span.link in links
        else spans_markup((span,))
        for span in spans
    )
