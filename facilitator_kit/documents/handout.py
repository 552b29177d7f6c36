"""Handouts as printed pages: large where there is room, with air to write in."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.records import Handout
from facilitator_kit.documents import pictogram, styles
from facilitator_kit.documents.furniture import Furniture, letter_book
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import Running, copyfit, fill, largest, measure
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.text import paragraph
from facilitator_kit.i18n import Texts

_SCALES: Final = (1.3, 1.22, 1.15, 1.08, 1.0, 0.94, 0.88)
"""The largest of these that keeps a handout on one page is taken."""
_LOOSE: Final = (1.08, 1.0, 0.94)
"""A handout of several pages is set in the first of these, unless a smaller one saves a page."""
_AIRS: Final = (1.3, 1.15, 1.0)
_CUT: Final = 12 * mm


@dataclass(frozen=True, slots=True)
class HandoutSheet:
    """A handout to print; `copies` tells how many a group needs, in the foot of the page."""

    handout: Handout
    module: str = ""
    copies: int | None = None


def handout_pdf(sheet: HandoutSheet, head: Letterhead, _: Texts) -> bytes:
    """A handout to be copied: quiet head, wide lines; a "half" handout stands twice on its page.

    KitError when a logo cannot be read.
    """
    handout = sheet.handout
    furniture = Furniture.of(head, _, title=handout.title, full_head=False)
    story = fitted_handout(sheet, furniture.width, furniture.room, _)
    foot = handout.code
    if sheet.copies is not None:
        foot += " · " + _.plural("{count} copia", "{count} copias", sheet.copies)
    out = io.BytesIO()
    book = letter_book(out, furniture, _, story)
    book.add(story, running=Running(piece=f"{handout.title} · {handout.code}", foot=foot))
    book.close()
    return out.getvalue()


def fitted_handout(
    sheet: HandoutSheet,
    width: float,
    room: float,
    _: Texts,
    links: Collection[str] = frozenset(),
) -> list[Flowable]:
    """The handout at the largest size that keeps it on one page, else at a common size.

    What is left of the page then gives air to what is written in.
    """
    twice = sheet.handout.paper == "half"
    each = (room - _CUT) / 2 if twice else room

    @cache
    def story(scale: float, air: float = 1) -> list[Flowable]:
        return _handout_story(sheet, width, scale, air, _, links)

    def fits(scale: float, air: float = 1) -> bool:
        return measure(story(scale, air), width, each).pages <= 1

    if not fits(_SCALES[-1]):
        if twice:
            # Too long for half a page: it has a whole one, and is not set small in vain.
            whole = replace(sheet, handout=replace(sheet.handout, paper="letter"))
            return fitted_handout(whole, width, room, _, links)
        return copyfit(story, _LOOSE, width, each)
    scale = largest(_SCALES, fits)
    air = largest(_AIRS, lambda air: fits(scale, air))
    if twice:
        again = _handout_story(sheet, width, scale, air, _, links)
        halves = [_Half(copy, width, each) for copy in (story(scale, air), again)]
        return [halves[0], CutLine(width), halves[1]]
    return story(scale, air)


class _Half(Flowable):
    """Half a page: pieces from its top down, which are known to fit."""

    def __init__(self, pieces: Sequence[Flowable], width: float, height: float) -> None:
        super().__init__()
        self.placed = fill(deque(pieces), width, height)
        self.width, self.height = width, height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        for one in self.placed:
            piece: Any = one.piece
            piece.wrapOn(None, self.width, self.height)
            piece.drawOn(self.canv, 0, self.height - one.down - one.height)


def _handout_story(
    sheet: HandoutSheet, width: float, scale: float, air: float, _: Texts, links: Collection[str]
) -> list[Flowable]:
    look = styles.styles(scale)
    handout = sheet.handout
    about = " · ".join(part for part in (sheet.module, handout.code) if part)
    small = look.small.clone("about-handout", fontSize=8.5, leading=11, spaceAfter=7)
    return [
        paragraph(handout.title, look.title),
        paragraph(about, small),
        *prose(handout.body, look, width, _, links=links, air=air),
    ]


class CutLine(Flowable):
    """A dashed line across the page with a pair of scissors."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width = width

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, _CUT

    def draw(self) -> None:
        canvas = self.canv
        y = 7 * mm
        pictogram.draw_icon(canvas, "scissors", 0, y - 6, 12, styles.MUTED, 1.6)
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.6)
        canvas.setDash(3, 3)
        canvas.line(16, y, self.width, y)
        canvas.setDash()
