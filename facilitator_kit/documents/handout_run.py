"""Handouts for a group: each as often as it is needed, or once with its count for the copier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.copies import HandoutCopies
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.book_canvas import BookCanvas
from facilitator_kit.documents.furniture import Furniture
from facilitator_kit.documents.handout import HandoutSheet, fitted_handout
from facilitator_kit.documents.page import SIDE, Letterhead, Sheet, draw_text
from facilitator_kit.documents.paging import Book, Leaf, Running, measure
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.tables import data_table
from facilitator_kit.documents.text import paragraph
from facilitator_kit.i18n import Texts, message
from facilitator_kit.progress import Progress, Work

_NUMBER: Final = 13.0


@dataclass(frozen=True, slots=True)
class RunSheet:
    """The handouts of a session (or several) for `people`.

    `repeated`: every copy is a page of its own; else each stands once with «× n» at its head, after
    a slip that lists them for whoever makes the copies. `about` is what they are for.
    """

    copies: tuple[HandoutCopies, ...]
    people: int
    about: str
    repeated: bool = True
    duplex: bool = False


def handout_run_pdf(sheet: RunSheet, head: Letterhead, _: Texts, out: BinaryIO) -> Work[int]:
    """Write the run to `out`, with progress by copies; gives its number of pages."""
    return _Run(sheet, head, _, out).work()


class _Run:
    def __init__(self, sheet: RunSheet, head: Letterhead, _: Texts, out: BinaryIO) -> None:
        self.sheet, self.head, self._ = sheet, head, _
        self.furniture = Furniture.of(head, _, title=_("Hojas de trabajo"), full_head=False)
        paper = Sheet.of(head.paper)
        canvas = BookCanvas(out, (paper.width, paper.height), self.furniture.title, _)
        self.book = Book(canvas, self.furniture.column, self._draw, sheet.duplex)
        self.mark = ""
        self.first = self.total = 0

    def work(self) -> Work[int]:
        """The whole run."""
        _, book, sheet = self._, self.book, self.sheet
        what = message("Componiendo páginas")
        done, steps = 0, sum(one.count if sheet.repeated else 1 for one in sheet.copies) + 1
        yield Progress(done, steps, what)
        stories = [self._story(one) for one in sheet.copies]
        pages = [
            measure(story, self.furniture.width, self.furniture.room).pages for story in stories
        ]
        if not sheet.repeated:
            self._begin(1)
            book.add(self._slip(pages), running=Running(piece=_("Pedido de copias")))
        for one, story, count in zip(sheet.copies, stories, pages, strict=True):
            times = self._times(one) if sheet.repeated else 1
            for _copy in range(times):
                book.turn_right()
                self._begin(count)
                self.mark = "" if sheet.repeated else f"× {_.number(self._times(one))}"
                handout = one.handout
                running = Running(piece=f"{handout.title} · {handout.code}", foot=handout.code)
                book.add(story, running=running)
                self.mark = ""
                done += 1
                yield Progress(min(done, steps - 1), steps, what)
        book.close()
        yield Progress(steps, steps, message("Listo"))
        return book.number

    def _begin(self, total: int) -> None:
        self.first, self.total = self.book.number, total

    def _times(self, one: HandoutCopies) -> int:
        """Sheets to print: two copies of a half stand on one."""
        return -(-one.count // 2) if one.handout.paper == "half" else one.count

    def _story(self, one: HandoutCopies) -> list[Flowable]:
        sheet = HandoutSheet(one.handout, self.sheet.about)
        return fitted_handout(sheet, self.furniture.width, self.furniture.room, self._)

    def _draw(self, canvas: Canvas, leaf: Leaf) -> None:
        within = Leaf(leaf.number - self.first, leaf.right, leaf.running, leaf.first)
        counted = Furniture(
            self.head, self._, self.furniture.title, full_head=False, total=self.total
        )
        counted.draw(canvas, within)
        if self.mark:
            # In the margin above the running head: it is cut off by no copier's edge.
            canvas.setFillColor(styles.TEXT)
            paper = self.furniture.sheet
            y = paper.height - 11.5 * mm
            draw_text(
                canvas, paper.width - SIDE, y, self.mark, fonts.TABULAR_BOLD, _NUMBER, "right"
            )

    def _slip(self, pages: Sequence[int]) -> list[Flowable]:
        """What to copy, how often: for whoever stands at the copier."""
        _, sheet, look = self._, self.sheet, styles.styles(1.1)
        width = self.furniture.width
        rows: list[list[Any]] = [
            [
                paragraph(_("Hoja"), look.column),
                paragraph(_("Título"), look.column),
                paragraph(_("Páginas"), look.column_right),
                paragraph(_("Copias"), look.column_right),
                paragraph(_("Hojas de papel"), look.column_right),
            ]
        ]
        whole = 0
        for one, count in zip(sheet.copies, pages, strict=True):
            leaves = -(-count // 2) if sheet.duplex else count
            leaves *= self._times(one)
            whole += leaves
            title = one.handout.title
            if one.handout.paper == "half":
                title = _("{title} (dos por hoja: se corta)", title=title)
            rows.append(
                [
                    paragraph(one.handout.code, look.cell),
                    paragraph(title, look.cell),
                    paragraph(_.number(count), look.figure),
                    paragraph(_.number(one.count), look.figure_strong),
                    paragraph(_.number(leaves), look.figure),
                ]
            )
        widths = [24 * mm, width - 84 * mm, 17 * mm, 17 * mm, 26 * mm]
        spare = sum(one.spare for one in sheet.copies)
        told = _.plural("Para {count} persona.", "Para {count} personas.", sheet.people)
        if spare:
            told += " " + _.plural(
                "{count} copia es de repuesto.", "{count} copias son de repuesto.", spare
            )
        total = _.plural(
            "{count} hoja de papel en total.", "{count} hojas de papel en total.", whole
        )
        return [
            paragraph(_("Pedido de copias"), look.title),
            paragraph(sheet.about, look.subtitle),
            paragraph(told, look.body),
            Inset(data_table(rows, widths), before=6, after=8),
            paragraph(total, look.strong),
        ]
