"""The cover of a printed book, and its last page: who made it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.contents import wrapped
from facilitator_kit.documents.furniture import BoundFurniture
from facilitator_kit.documents.page import Letterhead, draw_logos, draw_text, fitted, logo_reader
from facilitator_kit.documents.paging import Book, Running
from facilitator_kit.documents.styles import Styles
from facilitator_kit.documents.text import paragraph
from facilitator_kit.i18n import Texts

_TITLE: Final = 34.0
_LEAST_TITLE: Final = 20.0


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What a cover says. `kind` stands over the title, `lines` below it, `foot` at the bottom."""

    kind: str
    title: str
    lines: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where a book comes from: the pack's title, version, licence, authors and credits.

    `country` is the name of the country in whose words it speaks.
    """

    pack: str
    version: str
    licence: str
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    country: str = ""


class Cover(Flowable):
    """The whole first page: logos and institution, the title, where and when it was printed.

    KitError when a logo cannot be read.
    """

    def __init__(self, sheet: CoverSheet, head: Letterhead, height: float) -> None:
        super().__init__()
        self.sheet, self.head = sheet, head
        self.logos = [logo_reader(data) for data in head.logos]
        self.width, self.height = 0.0, height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        sheet, head, width = self.sheet, self.head, self.width
        if self.logos:
            tall = 18 * mm
            draw_logos(canvas, self.logos, width, self.height, height=tall, gap=7 * mm)
        y = self.height - (34 * mm if self.logos else 12 * mm)
        canvas.setFillColor(styles.PRIMARY)
        for line in wrapped(head.institution, fonts.BOLD, 14, width):
            draw_text(canvas, 0, y, line, fonts.BOLD, 14)
            y -= 18
        if head.programme:
            canvas.setFillColor(styles.MUTED)
            draw_text(
                canvas, 0, y, fitted(head.programme, fonts.REGULAR, 11, width), fonts.REGULAR, 11
            )
        y = self.height * 0.6
        canvas.setFillColor(styles.PRIMARY)
        canvas.rect(0, y, 26 * mm, 3, stroke=0, fill=1)
        y -= 26
        draw_text(canvas, 0, y, sheet.kind, fonts.SEMIBOLD, 13)
        size = _TITLE
        while size > _LEAST_TITLE and len(wrapped(sheet.title, fonts.BOLD, size, width)) > 3:
            size -= 2
        y -= size * 1.25
        canvas.setFillColor(styles.TEXT)
        for line in wrapped(sheet.title, fonts.BOLD, size, width):
            draw_text(canvas, 0, y, line, fonts.BOLD, size)
            y -= size * 1.16
        y -= 2
        canvas.setFillColor(styles.MUTED)
        for text in sheet.lines:
            for line in wrapped(text, fonts.REGULAR, 12.5, width):
                draw_text(canvas, 0, y, line, fonts.REGULAR, 12.5)
                y -= 18
        y = 4 + 13 * (len(sheet.foot) - 1)
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(0, y + 20, width, y + 20)
        for text in sheet.foot:
            draw_text(canvas, 0, y, fitted(text, fonts.REGULAR, 9.5, width), fonts.REGULAR, 9.5)
            y -= 13


def credits_story(imprint: Imprint, look: Styles, _: Texts) -> list[Flowable]:
    """Who made it, under which licence, and what is owed to others."""
    told = [
        _("{title}, versión {version}.", title=imprint.pack, version=imprint.version),
        _("Licencia: {licence}.", licence=imprint.licence),
        _("Autoría: {authors}.", authors=", ".join(imprint.authors)) if imprint.authors else "",
        *imprint.credits,
        _("Letra: Atkinson Hyperlegible Next (OFL 1.1). Iconos: Lucide (ISC)."),
    ]
    return [
        paragraph(_("Créditos"), look.title),
        *(paragraph(text, look.body) for text in told if text),
    ]


def add_cover(
    book: Book, sheet: CoverSheet, furniture: BoundFurniture, imprint: Imprint, on: date
) -> None:
    """The first page of a book, with the pack's version and the day at its foot.

    KitError when a logo cannot be read.
    """
    _ = furniture.texts
    foot = (
        _("{title}, versión {version}", title=imprint.pack, version=imprint.version),
        _(
            "Palabras y precios de {country} · impreso el {date}",
            country=imprint.country,
            date=_.date_long(on),
        ),
    )
    cover = Cover(replace(sheet, foot=foot), furniture.head, furniture.room)
    book.add([cover], running=Running(quiet=True))
    book.turn_right()
