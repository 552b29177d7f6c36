"""The manual of the process as a book: chapters with contents, each form on a fresh page."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import BinaryIO, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.blocks import Heading, plain_text
from facilitator_kit.curriculum.learning import Chapter
from facilitator_kit.curriculum.records import Handout, Per
from facilitator_kit.documents import styles
from facilitator_kit.documents.contents import CONTENTS, Entry, contents_story
from facilitator_kit.documents.cover import (
    CoverSheet,
    Imprint,
    add_cover,
    credits_story,
)
from facilitator_kit.documents.furniture import (
    BoundFurniture,
    Furniture,
    bound_book,
    letter_book,
)
from facilitator_kit.documents.handout import HandoutSheet, fitted_handout, handout_pdf
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import Place, Running, copyfit
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.styles import Styles
from facilitator_kit.documents.text import paragraph
from facilitator_kit.i18n import Texts, message
from facilitator_kit.progress import Progress, Work

_SIDE: Final = 31 * mm
_SCALES: Final = (1.04, 1.0, 0.97, 0.94)


@dataclass(frozen=True, slots=True)
class ProcessSheet:
    """The manual of the process, as of the day `on`."""

    chapters: tuple[Chapter, ...]
    on: date
    imprint: Imprint
    duplex: bool = False


def process_pdf(sheet: ProcessSheet, head: Letterhead, _: Texts, out: BinaryIO) -> Work[int]:
    """Write the manual to `out`, with progress by chapters; gives its number of pages."""
    return _Manual(sheet, head, _, out).work()


def chapter_pdf(chapter: Chapter, head: Letterhead, _: Texts) -> bytes:
    """One chapter, or one form to fill, as a loose document; KitError when a logo is unreadable."""
    title = _("Manual del proceso")
    if chapter.form:
        return handout_pdf(_form_sheet(chapter, title), head, _)
    furniture = Furniture.of(head, _, title=title, margin=_SIDE)
    story = copyfit(
        lambda scale: _chapter_story(chapter, furniture.width, styles.styles(scale), _),
        _SCALES,
        furniture.width,
        furniture.room,
        furniture.first_room,
    )
    out = io.BytesIO()
    book = letter_book(out, furniture, _, story)
    book.add(story, running=Running(piece=f"{chapter.code} · {chapter.title}"))
    book.close()
    return out.getvalue()


def _form_sheet(chapter: Chapter, about: str) -> HandoutSheet:
    """A form of the process, to be printed as a handout is."""
    page = Handout(
        chapter.code, chapter.title, "", "letter", Per.ROOM, chapter.body, reading="medium"
    )
    return HandoutSheet(page, about)


class _Manual:
    def __init__(self, sheet: ProcessSheet, head: Letterhead, _: Texts, out: BinaryIO) -> None:
        self.sheet, self.head, self._ = sheet, head, _
        self.title = _("Manual del proceso")
        self.furniture = BoundFurniture(head, _, self.title, sheet.duplex)
        self.book = bound_book(out, self.furniture)
        self.look = styles.styles()
        self.links = frozenset(chapter.code for chapter in sheet.chapters)

    def work(self) -> Work[int]:
        """The whole book."""
        _, book, sheet = self._, self.book, self.sheet
        what = message("Componiendo páginas")
        steps = len(sheet.chapters) + 1
        yield Progress(0, steps, what)
        forms = sum(chapter.form for chapter in sheet.chapters)
        lines = (
            _.plural("{count} capítulo", "{count} capítulos", len(sheet.chapters) - forms),
            _.plural("{count} formato para llenar", "{count} formatos para llenar", forms),
        )
        cover = CoverSheet(_("Manual"), self.title, lines)
        add_cover(book, cover, self.furniture, sheet.imprint, sheet.on)
        book.canvas.promise(CONTENTS, _("Contenido"))
        kept = book.reserve(self._contents(None), running=Running(piece=_("Contenido")))
        for done, chapter in enumerate(sheet.chapters, 1):
            self._chapter(chapter)
            yield Progress(done, steps, what)
        self._back()
        book.put(kept, self._contents(book.places))
        book.close()
        yield Progress(steps, steps, message("Listo"))
        return book.number

    def _contents(self, pages: Mapping[str, int] | None) -> list[Flowable]:
        return contents_story(
            self._entries(), pages, self.furniture.width(), self.furniture.room, self._
        )

    def _entries(self) -> list[Entry]:
        entries = []
        for chapter in self.sheet.chapters:
            title = f"{chapter.code} · {chapter.title}"
            entries.append(Entry(chapter.code, title, 1 if chapter.form else 0))
            if not chapter.form:
                entries += [
                    Entry(f"{chapter.code}-{place}", plain_text(block.spans), 2)
                    for place, block in enumerate(chapter.body)
                    if isinstance(block, Heading) and block.level == 1
                ]
        return [*entries, Entry("back", self._("Créditos"))]

    def _chapter(self, chapter: Chapter) -> None:
        _, book = self._, self.book
        name = f"{chapter.code} · {chapter.title}"
        book.turn_right()
        if chapter.form:
            sheet = _form_sheet(chapter, self.title)
            width, room = self.furniture.width(), self.furniture.room
            story = fitted_handout(sheet, width, room, _, self.links)
            marks: list[Flowable] = [Place(chapter.code, name, 0)]
            book.add([*marks, *story], running=Running(self.title, name))
            return
        width = self.furniture.width(_SIDE)
        story = copyfit(
            lambda scale: _chapter_story(
                chapter, width, styles.styles(scale), _, links=self.links, marked=True
            ),
            _SCALES,
            width,
            self.furniture.room,
        )
        marks = [Place(chapter.code, name, 0)]
        book.add([*marks, *story], running=Running(self.title, name, margin=_SIDE))

    def _back(self) -> None:
        _, look = self._, self.look
        story: list[Flowable] = [
            Place("back", _("Créditos")),
            *credits_story(self.sheet.imprint, look, _),
        ]
        self.book.turn_right()
        self.book.add(story, running=Running(piece=_("Créditos")))


def _chapter_story(
    chapter: Chapter,
    width: float,
    look: Styles,
    _: Texts,
    *,
    links: Collection[str] = frozenset(),
    marked: bool = False,
) -> list[Flowable]:
    """The chapter's title and prose; `marked` puts a place at each of its headings."""
    title = look.title.clone(
        "chapter", fontSize=24 * look.scale, leading=29 * look.scale, spaceAfter=10
    )
    story: list[Flowable] = [
        Inset(paragraph(chapter.code, look.kicker), -_SIDE, keep=True),
        Inset(paragraph(chapter.title, title), -_SIDE, keep=True),
    ]
    cuts = [
        place
        for place, block in enumerate(chapter.body)
        if isinstance(block, Heading) and block.level == 1
    ]
    for start, end in pairwise([0, *cuts, len(chapter.body)]):
        if marked and start in cuts:
            story.append(Place(f"{chapter.code}-{start}"))
        blocks = chapter.body[start:end]
        story += prose(blocks, look, width, _, margin=_SIDE, links=links)
    return story
