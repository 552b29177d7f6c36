"""What only a guide is set from: the clock of a step, the session at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.records import SessionBlock
from facilitator_kit.documents import fonts, pictogram, styles
from facilitator_kit.documents.agenda import kind_look
from facilitator_kit.documents.page import draw_text
from facilitator_kit.i18n import Texts


class Clock(Flowable):
    """When a step begins and how long it takes, its icon at the margin's right.

    The minutes stand beside the first line below the title, unless `whole` keeps it free of them.
    """

    def __init__(
        self, words: Flowable, icon: str, colour: Any, scale: float, *, whole: bool
    ) -> None:
        super().__init__()
        self.words: Any = words
        self.icon, self.colour, self.whole = icon, colour, whole
        self.size = 13 * scale
        self.line = 15 * scale
        self.width = self.height = 0.0
        self._tall = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self._tall = self.words.wrapOn(None, width, height)[1]
        self.height = self._tall if self.whole else self.line
        return width, self.height

    def draw(self) -> None:
        self.words.drawOn(self.canv, 0, self.height - self._tall)
        x, y = self.width - self.size, self.height - self.line + 1
        pictogram.draw_icon(self.canv, self.icon, x, y, self.size, self.colour, 1.9)


class MarginIcon(Flowable):
    """An icon at the right end of the margin."""

    def __init__(self, name: str, colour: Any, size: float) -> None:
        super().__init__()
        self.name, self.colour, self.size = name, colour, size
        self.width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.size

    def draw(self) -> None:
        x = self.width - self.size
        pictogram.draw_icon(self.canv, self.name, x, 0, self.size, self.colour, 1.8)


class Timeline(Flowable):
    """The session at a glance: its blocks as wide as they are long."""

    def __init__(self, blocks: Sequence[SessionBlock], _: Texts, scale: float) -> None:
        super().__init__()
        self.blocks = blocks
        self._ = _
        self.scale = scale
        self.width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, 33 * self.scale

    def draw(self) -> None:
        canvas: Canvas = self.canv
        whole = sum(block.minutes for block in self.blocks) or 1
        tall, foot = 21 * self.scale, 12 * self.scale
        x = 0.0
        for block in self.blocks:
            width = self.width * block.minutes / whole
            _word, icon, strong, soft = kind_look(block.kind, self._)
            canvas.setFillColor(soft)
            canvas.setStrokeColor(strong)
            canvas.setLineWidth(0.7)
            canvas.roundRect(x + 0.8, foot, width - 1.6, tall, 3, stroke=1, fill=1)
            size = min(12 * self.scale, width - 4)
            if size > 4:
                left = x + (width - size) / 2
                y = foot + (tall - size) / 2
                pictogram.draw_icon(canvas, icon, left, y, size, strong, 1.9)
            canvas.setFillColor(styles.MUTED)
            text = f"{block.minutes}"
            draw_text(canvas, x + width / 2, 1.5, text, fonts.TABULAR, 7.6 * self.scale, "centre")
            x += width
