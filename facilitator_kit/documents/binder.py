"""A module's binder, or a whole programme's: cover, contents, guides, handouts, lessons, words.

The book is written session by session to a file: what is drawn is let go of, so memory does not
grow with the number of sessions. Contents and openers are measured first, kept free, and drawn at
the end with the numbers that are then known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.copies import handout_copies, provisions
from facilitator_kit.curriculum.learning import Lesson
from facilitator_kit.curriculum.records import Handout, Module, Session
from facilitator_kit.documents import styles
from facilitator_kit.documents.contents import Entry, contents
from facilitator_kit.documents.cover import (
    Cover,
    CoverSheet,
    Imprint,
    credits_story,
    version_lines,
    words_story,
)
from facilitator_kit.documents.fences import TickBox
from facilitator_kit.documents.furniture import BoundFurniture, bound_book
from facilitator_kit.documents.guide import (
    MARGIN,
    GuideSheet,
    fitted_guide,
    place_of,
    section,
)
from facilitator_kit.documents.handout import HandoutSheet, fitted_handout
from facilitator_kit.documents.lesson import (
    LessonSheet,
    QuizSheet,
    lesson_story,
    quiz_story,
)
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import Book, Place, Reserved, Running
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.practice import practice_story
from facilitator_kit.documents.styles import markup
from facilitator_kit.documents.tables import data_table
from facilitator_kit.documents.text import Text, paragraph
from facilitator_kit.i18n import Texts, message
from facilitator_kit.progress import Progress, Work

CONTENTS: Final = "contents"
_WORDS: Final = "words"
_COVER: Final = Running(quiet=True)


@dataclass(frozen=True, slots=True)
class BinderSession:
    """A session with what is printed after its guide. `guide` False leaves the guide out."""

    session: Session
    guide: bool = True
    handouts: tuple[Handout, ...] = ()
    lesson: Lesson | None = None

    @property
    def printed(self) -> bool:
        """Is there anything to print?"""
        return bool(self._first)

    @property
    def _first(self) -> str:
        """The code of the first thing that is printed."""
        if self.guide and self.session.complete:
            return self.session.code
        if self.handouts:
            return self.handouts[0].code
        return self.lesson.code if self.lesson is not None else ""


@dataclass(frozen=True, slots=True)
class BinderPart:
    """A module, or with `module` None lessons that belong to none, under `title`.

    `code` is the module's or the complement's.

    `closing`: the module's quiz and practice tasks are printed too.
    """

    code: str
    title: str
    module: Module | None = None
    about: str = ""
    sessions: tuple[BinderSession, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    after: tuple[str, ...] = ()
    closing: bool = False

    @property
    def place(self) -> str:
        """The name of its opener in the book."""
        return f"part-{self.code}"


@dataclass(frozen=True, slots=True)
class BinderSheet:
    """A binder to print for groups of `people`, as of the day `on`."""

    kind: str
    title: str
    parts: tuple[BinderPart, ...]
    people: int
    on: date
    imprint: Imprint
    lines: tuple[str, ...] = ()
    duplex: bool = False


def binder_pdf(sheet: BinderSheet, head: Letterhead, _: Texts, out: BinaryIO) -> Work[int]:
    """Write the binder to `out`, with progress by sessions; gives its number of pages.

    KitError when a logo cannot be read. Whoever stops in between has to throw the file away.
    """
    return _Binder(sheet, head, _, out).work()


class _Binder:
    def __init__(self, sheet: BinderSheet, head: Letterhead, _: Texts, out: BinaryIO) -> None:
        self.sheet, self.head, self._ = sheet, head, _
        self.furniture = BoundFurniture(head, _, sheet.title, sheet.duplex)
        self.book: Book = bound_book(out, self.furniture)
        self.look = styles.styles()
        self.entries = tuple(self._entries())
        self.links = frozenset(entry.name for entry in self.entries if entry.name)
        self.width = self.furniture.width()
        self.room = self.furniture.room

    def work(self) -> Work[int]:
        """The whole book; see `binder_pdf`."""
        _, book, sheet = self._, self.book, self.sheet
        what = message("Componiendo páginas")
        steps = sum(len(part.sessions) + len(part.lessons) + 1 for part in sheet.parts) + 1
        done = 0
        yield Progress(done, steps, what)
        foot = version_lines(sheet.imprint, _.date_long(sheet.on), sheet.imprint.country, _)
        cover = CoverSheet(sheet.kind, sheet.title, sheet.lines, tuple(foot))
        book.add([Cover(cover, self.head, self.room)], running=_COVER)
        book.turn_right()
        book.canvas.promise(CONTENTS, _("Contenido"))
        kept = book.reserve(self._contents(final=False), running=Running(piece=_("Contenido")))
        openers: list[tuple[BinderPart, Reserved]] = []
        for part in sheet.parts:
            openers.append((part, self._open(part)))
            done += 1
            yield Progress(done, steps, what)
            for session in part.sessions:
                self._session(part, session)
                done += 1
                yield Progress(done, steps, what)
            for lesson in part.lessons:
                self._lesson(part, lesson, level=1)
                done += 1
                yield Progress(done, steps, what)
            self._close(part)
        self._back()
        for part, place in openers:
            book.put(place, self._opener(part, final=True))
        book.put(kept, self._contents(final=True))
        book.close()
        yield Progress(steps, steps, message("Listo"))
        return book.number

    # -- what the book holds ---------------------------------------------------------------------

    def _entries(self) -> Iterator[Entry]:
        _ = self._
        for part in self.sheet.parts:
            yield Entry(part.place, part.title)
            for one in part.sessions:
                session = one.session
                title = f"{session.code} · {session.title}"
                if one.guide and session.complete:
                    yield Entry(session.code, title, 1)
                elif one.printed:
                    yield Entry("", title, 1)
                else:
                    yield Entry("", _("{title} (todavía no está escrita)", title=title), 1)
                for handout in one.handouts:
                    yield Entry(handout.code, f"{handout.code} · {handout.title}", 2)
                if one.lesson is not None:
                    yield self._lesson_entry(one.lesson, 2)
            for lesson in part.lessons:
                yield self._lesson_entry(lesson, 1)
            if part.closing and part.module is not None:
                if part.module.quiz is not None:
                    quiz = part.module.quiz
                    yield Entry(quiz.code, f"{quiz.code} · {quiz.title}", 1)
                for task in part.module.practice:
                    yield Entry(task.code, f"{task.code} · {task.title}", 1)
        yield Entry(_WORDS, _("Palabras y créditos"))

    def _lesson_entry(self, lesson: Lesson, level: int) -> Entry:
        title = self._("{code} · Lección: {title}", code=lesson.code, title=lesson.title)
        return Entry(lesson.code, title, level)

    def _contents(self, *, final: bool) -> list[Flowable]:
        story: list[Flowable] = [
            *((Place(CONTENTS),) if final else ()),
            paragraph(self._("Contenido"), self.look.title),
        ]
        return [*story, *contents(self.entries, self.book.places if final else None)]

    # -- parts -----------------------------------------------------------------------------------

    def _open(self, part: BinderPart) -> Reserved:
        book = self.book
        book.turn_right()
        book.canvas.promise(part.place, part.title)
        running = Running(part.title, "", margin=MARGIN)
        return book.reserve(self._opener(part, final=False), running=running)

    def _opener(self, part: BinderPart, *, final: bool) -> list[Flowable]:
        _, look = self._, self.look
        width = self.furniture.width(MARGIN)
        title = look.title.clone("part-title", fontSize=28, leading=33, spaceAfter=6)
        kind = _("Módulo") if part.module is not None else _("Complemento")
        name = part.title.removeprefix(f"{part.code} · ")
        kicker = f"{kind} {part.code}"
        story: list[Flowable] = [
            *((Place(part.place),) if final else ()),
            Inset(paragraph(kicker, look.kicker), -MARGIN, top=26 * mm, keep=True),
            Inset(paragraph(name, title), -MARGIN),
        ]
        module = part.module
        if module is not None:
            count = _.plural("{count} sesión", "{count} sesiones", len(module.sessions))
            facts = f"{count} · {_.hours(module.minutes)}"
            if part.after:
                facts += " · " + _("va después de {modules}", modules=", ".join(part.after))
            story.append(Inset(paragraph(facts, look.small), -MARGIN, after=12))
        if part.about:
            story.append(Inset(paragraph(part.about, look.lead), after=8))
        if module is not None and module.lens:
            story.append(
                Inset(
                    paragraph(module.lens, look.body),
                    hang=paragraph(_("Mirada de género"), look.hang),
                    hang_at=-MARGIN,
                    hang_width=MARGIN - 4.5 * mm,
                    hang_drop=1.5,
                )
            )
        own = [entry for entry in self._own_entries(part) if entry.level == 1]
        if own:
            story += section(_("En esta parte"), look)
            story += contents(own, self.book.places if final else None)
        if part.sessions and any(one.guide for one in part.sessions):
            story += self._materials(part, width)
        if any(one.handouts for one in part.sessions):
            story += self._copies(part, width)
        return story

    def _own_entries(self, part: BinderPart) -> list[Entry]:
        names = [entry.name for entry in self.entries]
        start = names.index(part.place) + 1
        own = []
        for entry in self.entries[start:]:
            if entry.level == 0:
                break
            own.append(entry)
        return own

    def _materials(self, part: BinderPart, width: float) -> list[Flowable]:
        _, look, people = self._, self.look, self.sheet.people
        needs = provisions((one.session for one in part.sessions), people)
        if not needs:
            return []
        ordered = sorted(needs, key=lambda need: -min(len(need.sessions), 2))
        head: list[Any] = [
            "",
            paragraph(_("Material"), look.column),
            paragraph(_("Sesiones"), look.column),
            paragraph(_("La que más pide"), look.column_right),
            paragraph(_("Todo el módulo"), look.column_right),
        ]
        rows: list[list[Any]] = [head]
        rows += [
            [
                TickBox(8.5),
                paragraph(need.name, look.cell),
                paragraph(_numbers(need.sessions), look.cell_small),
                paragraph(_.number(need.most), look.figure),
                paragraph(_.number(need.total), look.figure),
            ]
            for need in ordered
        ]
        note = _(
            "Lo que dura (tijeras, cajas, plumones) se consigue para la sesión que más pide; lo "
            "que se gasta, para todo el módulo. Las hojas de trabajo van aparte."
        )
        widths = [7 * mm, width - 83 * mm, 28 * mm, 24 * mm, 24 * mm]
        return [
            *section(_("Materiales para {people} personas", people=_.number(people)), look),
            paragraph(note, look.small.clone("materials-note", spaceAfter=6)),
            Inset(data_table(rows, widths, padding=2.4), after=8),
        ]

    def _copies(self, part: BinderPart, width: float) -> list[Flowable]:
        """How many of each handout to copy, in two columns."""
        _, look, people = self._, self.look, self.sheet.people
        muted = styles.MUTED.hexval()[2:]
        cells = []
        for one in part.sessions:
            for handout in one.handouts:
                copies = handout_copies(one.session, handout, people)
                name = (
                    f'{markup(handout.code)} <font color="#{muted}">{markup(handout.title)}</font>'
                )
                figure = paragraph(_.number(copies.count), look.figure)
                cells.append((Text(name, look.cell_small), figure))
        high = -(-len(cells) // 2)
        rows: list[list[Any]] = []
        for row in range(high):
            other = cells[row + high] if row + high < len(cells) else ("", "")
            rows.append([*cells[row], "", *other])
        half = (width - 8 * mm) / 2
        widths = [half - 11 * mm, 11 * mm, 8 * mm, half - 11 * mm, 11 * mm]
        extra = [("LINEBELOW", (2, 0), (2, -1), 0.6, styles.PAPER)]
        table = data_table(rows, widths, head_rows=0, padding=2.2, extra=extra)
        title = _("Copias para {people} personas", people=_.number(people))
        return [*section(title, look), Inset(table, after=8)]

    # -- what parts hold -------------------------------------------------------------------------

    def _session(self, part: BinderPart, one: BinderSession) -> None:
        _, book, session = self._, self.book, one.session
        name = f"{session.code} · {session.title}"
        if one.printed and not (one.guide and session.complete):
            # The outline needs the session between its part and its handouts.
            first = one.handouts[0].code if one.handouts else one.lesson.code if one.lesson else ""
            book.canvas.promise(f"under-{first}", name, 1)
        if one.guide and session.complete and part.module is not None:
            book.turn_right()
            width = self.furniture.width(MARGIN)
            handouts = tuple((h.code, h.title, None) for h in one.handouts)
            sheet = GuideSheet(session, part.module, handouts=handouts)
            story = fitted_guide(sheet, width, self.room, self.room, _, links=self.links)
            foot = place_of(sheet, _)
            running = Running(part.title, name, margin=MARGIN, foot=foot)
            book.add([Place(session.code, name, 1), *story], running=running)
        for place, handout in enumerate(one.handouts):
            book.turn_right()
            story = fitted_handout(
                HandoutSheet(handout, part.title), self.width, self.room, _, self.links
            )
            title = f"{handout.code} · {handout.title}"
            marks = [Place(handout.code, title, 2)]
            if place == 0 and f"under-{handout.code}" in self._promised(one):
                marks.insert(0, Place(f"under-{handout.code}"))
            book.add([*marks, *story], running=Running(part.title, title))
        if one.lesson is not None:
            self._lesson(part, one.lesson, level=2, one=one)

    def _promised(self, one: BinderSession) -> str:
        """The name under which a session without its guide stands in the outline."""
        if one.guide and one.session.complete:
            return ""
        if one.handouts:
            return f"under-{one.handouts[0].code}"
        return f"under-{one.lesson.code}" if one.lesson is not None else ""

    def _lesson(
        self, part: BinderPart, lesson: Lesson, *, level: int, one: BinderSession | None = None
    ) -> None:
        _, book = self._, self.book
        book.turn_right()
        about = part.title
        story = lesson_story(LessonSheet(lesson, about), self.width, self.room, _, self.links)
        title = f"{lesson.code} · {lesson.title}"
        marks = [Place(lesson.code, title, level)]
        if one is not None and self._promised(one) == f"under-{lesson.code}":
            marks.insert(0, Place(f"under-{lesson.code}"))
        book.add([*marks, *story], running=Running(part.title, title))

    def _close(self, part: BinderPart) -> None:
        """The quiz and the practice tasks of a training's block."""
        _, book, module = self._, self.book, part.module
        if module is None or not part.closing:
            return
        if module.quiz is not None:
            book.turn_right()
            quiz = module.quiz
            title = f"{quiz.code} · {quiz.title}"
            story = quiz_story(QuizSheet(quiz, part.title), self.width, self.room, _)
            book.add([Place(quiz.code, title, 1), *story], running=Running(part.title, title))
        for task in module.practice:
            book.turn_right()
            title = f"{task.code} · {task.title}"
            story = practice_story(task, part.title, self.width, _)
            book.add([Place(task.code, title, 1), *story], running=Running(part.title, title))

    def _back(self) -> None:
        _, look = self._, self.look
        words = words_story(self.sheet.imprint, look, self.width, _)
        story: list[Flowable] = [
            Place(_WORDS, _("Palabras y créditos")),
            *words,
            *credits_story(self.sheet.imprint, look, _),
        ]
        self.book.turn_right()
        self.book.add(story, running=Running(piece=_("Palabras y créditos")))


def _numbers(codes: tuple[str, ...]) -> str:
    """The sessions' numbers within their module: «1, 2, 5»."""
    return ", ".join(code.rpartition("-")[2] for code in codes)
