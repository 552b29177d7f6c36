"""What pages are set from besides paragraphs: things hung in the margin, boxes, rules, tick boxes.

A box is not one flowable but a run of them, each of which draws its own stretch of the ground and
of the bar: so it breaks over a page wherever a paragraph may.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from facilitator_kit.documents import fonts, pictogram, styles
from facilitator_kit.documents.page import draw_text
from facilitator_kit.i18n import Texts

_SEAM: Final = 0.5
"""Stretches of one box overlap by so much, or a screen shows a pale line between them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a box that one of its pieces draws."""

    left: float
    width: float
    height: float
    first: bool
    last: bool


Painter = Callable[[Canvas, Stretch], None]


class Inset(Flowable):
    """A flowable moved in by `left` and `right` (negative: out), with air above and below.

    `hang` stands beside its first line, `hang_at` points from the column's left edge (negative: in
    the margin). `paint` draws what lies behind; after a split it is told which stretch it draws.
    """

    def __init__(
        self,
        inner: Flowable,
        left: float = 0,
        right: float = 0,
        *,
        top: float = 0,
        bottom: float = 0,
        hang: Flowable | None = None,
        hang_at: float = 0,
        hang_width: float = 0,
        hang_drop: float = 0,
        paint: Painter | None = None,
        first: bool = True,
        last: bool = True,
        before: float | None = None,
        after: float | None = None,
        keep: bool | None = None,
    ) -> None:
        super().__init__()
        own: Any = inner
        self.inner = own
        self.left, self.right, self.top, self.bottom = left, right, top, bottom
        self.hang: Any = hang
        self.hang_at, self.hang_width, self.hang_drop = hang_at, hang_width, hang_drop
        self.paint = paint
        self.first, self.last = first, last
        self.spaceBefore = self.inner.getSpaceBefore() if before is None else before
        self.spaceAfter = self.inner.getSpaceAfter() if after is None else after
        self.keepWithNext = int(own.getKeepWithNext() if keep is None else keep)
        if getattr(inner, "_whole", False):
            self._whole = True
        self.height = self.width = 0.0
        self._inner_height = self._hang_height = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        room = max(height - self.top - self.bottom, 1)
        self._inner_height = self.inner.wrapOn(None, width - self.left - self.right, room)[1]
        if self.hang is not None:
            self._hang_height = self.hang.wrapOn(None, self.hang_width, room)[1] + self.hang_drop
        content = max(self._inner_height, self._hang_height)
        self.height = content + self.top + self.bottom
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        if self._hang_height > height - self.top:
            return []
        parts = self.inner.splitOn(None, width - self.left - self.right, height - self.top)
        count = len(parts)
        return [self._part(part, at == 0, at == count - 1) for at, part in enumerate(parts)]

    def _part(self, inner: Flowable, first: bool, last: bool) -> Inset:
        return Inset(
            inner,
            self.left,
            self.right,
            top=self.top if first else 0,
            bottom=self.bottom if last else 0,
            hang=self.hang if first else None,
            hang_at=self.hang_at,
            hang_width=self.hang_width,
            hang_drop=self.hang_drop,
            paint=self.paint,
            first=self.first and first,
            last=self.last and last,
            before=self.spaceBefore if first else 0,
            after=self.spaceAfter if last else 0,
            keep=bool(self.keepWithNext) and last,
        )

    def draw(self) -> None:
        canvas: Any = self.canv
        if self.paint is not None:
            width = self.width - self.left - self.right
            self.paint(canvas, Stretch(self.left, width, self.height, self.first, self.last))
        top = self.height - self.top
        self.inner.drawOn(canvas, self.left, top - self._inner_height)
        if self.hang is not None:
            self.hang.drawOn(canvas, self.hang_at, top - self._hang_height)


class Label(Flowable):
    """A short line with an optional icon before it, set at the left or at the right of its width.

    Its baseline lies `size` below its top, as a paragraph's first one does.
    """

    def __init__(
        self,
        text: str,
        *,
        font: str = fonts.SEMIBOLD,
        size: float = 8.4,
        colour: Color = styles.MUTED,
        icon: str = "",
        right: bool = False,
        leading: float | None = None,
    ) -> None:
        super().__init__()
        self.text, self.font, self.size, self.colour = text, font, size, colour
        self.icon, self.right = icon, right
        self.leading = leading or size * 1.3
        self.width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.leading

    def draw(self) -> None:
        canvas: Canvas = self.canv
        icon = self.size * 1.35 if self.icon else 0
        gap = self.size * 0.4 if self.icon and self.text else 0
        whole = fonts.text_width(self.text, self.font, self.size) + icon + gap
        x = self.width - whole if self.right else 0
        base = self.leading - self.size
        if self.icon:
            y = base - self.size * 0.3
            pictogram.draw_icon(canvas, self.icon, x, y, icon, self.colour, 2.1)
        canvas.setFillColor(self.colour)
        draw_text(canvas, x + icon + gap, base, self.text, self.font, self.size)


class Stack(Flowable):
    """Flowables below each other as one that is never split."""

    def __init__(self, pieces: Sequence[Flowable]) -> None:
        super().__init__()
        self.pieces: list[Any] = list(pieces)
        self.width = self.height = 0.0
        self._heights: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._heights = [float(p.wrapOn(None, width, height)[1]) for p in self.pieces]
        gaps = sum(
            max(one.getSpaceAfter(), two.getSpaceBefore())
            for one, two in zip(self.pieces, self.pieces[1:], strict=False)
        )
        self.width, self.height = width, sum(self._heights) + gaps
        return width, self.height

    def draw(self) -> None:
        y, gap = self.height, 0.0
        for piece, height in zip(self.pieces, self._heights, strict=True):
            y -= height + max(gap, piece.getSpaceBefore() if y < self.height else 0)
            piece.drawOn(self.canv, 0, y)
            gap = piece.getSpaceAfter()


class Rule(Flowable):
    """A line across the column, out to `left` beyond it; at the top of a page it is left out."""

    parting = True

    def __init__(
        self,
        *,
        left: float = 0,
        colour: Color = styles.LINE,
        weight: float = 0.6,
        before: float = 0,
        after: float = 0,
        keep: bool = False,
    ) -> None:
        super().__init__()
        self.left, self.colour, self.weight = left, colour, weight
        self.spaceBefore, self.spaceAfter = before, after
        self.keepWithNext = int(keep)
        self.width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.weight

    def draw(self) -> None:
        self.canv.setStrokeColor(self.colour)
        self.canv.setLineWidth(self.weight)
        self.canv.line(-self.left, self.weight / 2, self.width, self.weight / 2)


# -- set apart ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalloutLook:
    """How a set-apart quotation looks: told apart by word, icon and edge, also without colour."""

    word: str
    icon: str
    strong: Color
    soft: Color
    edge: str


def callout_look(kind: str, _: Texts) -> CalloutLook:
    """The look of what is to be said, asked or taken care of; of a plain note otherwise."""
    looks = {
        "say": CalloutLook(_("Diga"), "message-circle", styles.PRIMARY, styles.PRIMARY_SOFT, "bar"),
        "ask": CalloutLook(
            _("Pregunte"), "circle-question-mark", styles.NOTE, styles.NOTE_SOFT, "double"
        ),
        "care": CalloutLook(
            _("Cuide"), "hand-heart", styles.ATTENTION, styles.ATTENTION_SOFT, "box"
        ),
    }
    return looks.get(kind, CalloutLook(_("Nota"), "info", styles.MUTED, styles.GROUND, "thin"))


def edge_painter(look: CalloutLook) -> Painter:
    """Ground and edge of a quotation: a thick bar, a double one, a frame or a thin one."""

    def paint(canvas: Canvas, at: Stretch) -> None:
        top = at.height if at.first else at.height + _SEAM
        right = at.left + at.width
        canvas.setFillColor(look.soft)
        canvas.rect(at.left, 0, at.width, top, stroke=0, fill=1)
        canvas.setFillColor(look.strong)
        canvas.setStrokeColor(look.strong)
        if look.edge == "box":
            canvas.setLineWidth(0.9)
            canvas.line(at.left, 0, at.left, top)
            canvas.line(right, 0, right, top)
            if at.first:
                canvas.line(at.left - 0.45, top, right + 0.45, top)
            if at.last:
                canvas.line(at.left - 0.45, 0, right + 0.45, 0)
            return
        bars = {"bar": ((0, 3),), "double": ((0, 1.1), (2.2, 1.1)), "thin": ((0, 1),)}
        for x, width in bars[look.edge]:
            canvas.rect(at.left + x, 0, width, top, stroke=0, fill=1)

    return paint


def boxed(
    pieces: Sequence[Flowable],
    paint: Painter,
    *,
    left: float = 11,
    right: float = 8,
    pad: float = 5,
    between: float = 3,
    hang: Flowable | None = None,
    hang_at: float = 0,
    hang_width: float = 0,
    hang_drop: float = 0,
    before: float = 3,
    after: float = 7,
) -> list[Flowable]:
    """The pieces as one box that may break between them and inside them."""
    count = len(pieces)

    def behind(canvas: Canvas, at: Stretch) -> None:
        whole = Stretch(at.left - left, at.width + left + right, at.height, at.first, at.last)
        paint(canvas, whole)

    result: list[Flowable] = []
    # Half of each gap on either side: where the box breaks there, its ground shows below the text.
    gaps = [max(piece.getSpaceBefore(), between) / 2 for piece in pieces[1:]]
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == count - 1
        result.append(
            Inset(
                piece,
                left,
                right,
                top=pad if first else gaps[place - 1],
                bottom=pad if last else gaps[place],
                hang=hang if first else None,
                hang_at=hang_at,
                hang_width=hang_width,
                hang_drop=hang_drop,
                paint=behind,
                first=first,
                last=last,
                before=before if first else 0,
                after=after if last else 0,
            )
        )
    return result


def bulleted(
    inner: Flowable, mark: str, *, indent: float, size: float, keep: bool | None = None
) -> Inset:
    """The first piece of a list's item, its bullet or number at its left."""
    hang = Label(mark, size=size, colour=styles.PRIMARY)
    drop = _first_size(inner) - size
    return Inset(
        inner,
        indent,
        hang=hang,
        hang_width=indent,
        hang_drop=max(drop, 0),
        keep=keep,
    )


def _first_size(piece: Flowable) -> float:
    if isinstance(piece, Paragraph):
        return float(piece.style.fontSize)
    return 10
