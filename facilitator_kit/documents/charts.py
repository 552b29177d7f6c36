"""Simple bars as vectors, each with its figure in words: no legend to look up, no colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import draw_text, fitted


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `part` of `whole`, with the words printed behind it."""

    label: str
    part: float
    whole: float
    words: str


class Bars(Flowable):
    """Horizontal bars, one under another, all on one scale: the whole in grey, the part over it."""

    def __init__(self, bars: Sequence[Bar], width: float, colour: Color = styles.PRIMARY) -> None:
        super().__init__()
        self.bars = tuple(bars)
        self.width = width
        self.colour = colour
        self.step = 8 * mm
        self.height = self.step * len(self.bars)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        labels = 58 * mm
        words = 44 * mm
        room = self.width - labels - words - 4 * mm
        longest = max([1.0, *(bar.whole for bar in self.bars)])
        for i, bar in enumerate(self.bars):
            y = self.height - (i + 1) * self.step + 2.6 * mm
            canvas.setFillColor(styles.TEXT)
            label = fitted(bar.label, fonts.REGULAR, 9, labels - 2 * mm)
            draw_text(canvas, 0, y, label, fonts.REGULAR, 9)
            whole = room * bar.whole / longest
            canvas.setFillColor(styles.PRIMARY_SOFT)
            canvas.rect(labels, y - 1.6, max(whole, 0.5), 9.5, stroke=0, fill=1)
            canvas.setFillColor(self.colour)
            part = room * min(bar.part, bar.whole) / longest
            if part > 0:
                canvas.rect(labels, y - 1.6, part, 9.5, stroke=0, fill=1)
            canvas.setFillColor(styles.TEXT)
            x = labels + room + 3 * mm
            draw_text(
                canvas, x, y, fitted(bar.words, fonts.SEMIBOLD, 8.8, words), fonts.SEMIBOLD, 8.8
            )
