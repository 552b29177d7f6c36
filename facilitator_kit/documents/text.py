"""Paragraphs that are measured before they are drawn."""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from facilitator_kit.documents.styles import markup


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
