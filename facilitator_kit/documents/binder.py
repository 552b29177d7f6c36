"""A module's binder, or a whole programme's: cover, contents, guides, handouts, lessons, words.

The book is written session by session to a file: what is drawn is let go of, so memory does not
grow with the number of sessions. Contents and openers are measured first, kept free, and drawn at
the end with the numbers that are then known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from reportlab.platypus import Flowable

from facilitator_kit.curriculum.learning import Lesson
from facilitator_kit.documents import styles
from facilitator_kit.documents.contents import CONTENTS, Entry, contents_story
from facilitator_kit.documents.cover import (
    CoverSheet,
    Imprint,
    add_cover,
    credits_story,
)
from facilitator_kit.documents.furniture import BoundFurniture, bound_book
from facilitator_kit.documents.guide import MARGIN, GuideSheet, fitted_guide, place_of
from facilitator_kit.documents.handout import HandoutSheet, fitted_handout
from facilitator_kit.documents.lesson import LessonSheet, QuizSheet, lesson_story, quiz_story
from facilitator_kit.documents.opener import BinderPart, BinderSession, opener_story
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import Place, Reserved, Running
from facilitator_kit.documents.practice import practice_story
from facilitator_kit.i18n import Texts, message
from facilitator_kit.progress import Progress, Work

_CREDITS: Final = "credits"


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
        self.book = bound_book(out, self.furniture)
        self.look = styles.styles()
        # A handout of several sessions stands behind each; links to it lead to the first.
        self.first_with = {
            handout.code: one.session.code
            for part in reversed(sheet.parts)
            for one in reversed(part.sessions)
            for handout in one.handouts
        }
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
        cover = CoverSheet(sheet.kind, sheet.title, sheet.lines)
        add_cover(book, cover, self.furniture, sheet.imprint, sheet.on)
        book.canvas.promise(CONTENTS, _("Contenido"))
        kept = book.reserve(self._contents(None), running=Running(piece=_("Contenido")))
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
                self._lesson(part, lesson, 1)
                done += 1
                yield Progress(done, steps, what)
            self._close(part)
        self._back()
        for part, place in openers:
            book.put(place, self._opener(part, final=True))
        book.put(kept, self._contents(book.places))
        book.close()
        yield Progress(steps, steps, message("Listo"))
        return book.number

    # -- what the book holds ---------------------------------------------------------------------

    def _contents(self, pages: Mapping[str, int] | None) -> list[Flowable]:
        return contents_story(self.entries, pages, self.width, self.room, self._)

    def _entries(self) -> Iterator[Entry]:
        _ = self._
        for part in self.sheet.parts:
            yield Entry(part.place, part.title)
            for one in part.sessions:
                session = one.session
                title = f"{session.code} · {session.title}"
                if one.guided:
                    yield Entry(session.code, title, 1)
                elif one.first:
                    yield Entry("", title, 1)
                else:
                    yield Entry("", _("{title} (todavía no está escrita)", title=title), 1)
                for handout in one.handouts:
                    name = self._place_of(handout.code, one)
                    yield Entry(name, f"{handout.code} · {handout.title}", 2)
                if one.lesson is not None:
                    yield self._lesson_entry(one.lesson, 2)
            for lesson in part.lessons:
                yield self._lesson_entry(lesson, 1)
            if part.closing and part.module is not None:
                if part.module.quiz is not None:
                    quiz = part.module.quiz
                    title = _("{code} · Cuestionario: {title}", code=quiz.code, title=quiz.title)
                    yield Entry(quiz.code, title, 1)
                for task in part.module.practice:
                    yield Entry(task.code, f"{task.code} · {task.title}", 1)
        yield Entry(_CREDITS, _("Créditos"))

    def _place_of(self, code: str, one: BinderSession) -> str:
        """The name of the place where a handout or a lesson of a session stands."""
        first = self.first_with.get(code, one.session.code)
        return code if first == one.session.code else f"{code} {one.session.code}"

    def _lesson_entry(self, lesson: Lesson, level: int) -> Entry:
        title = self._("{code} · Lección: {title}", code=lesson.code, title=lesson.title)
        return Entry(lesson.code, title, level)

    # -- parts -----------------------------------------------------------------------------------

    def _open(self, part: BinderPart) -> Reserved:
        book = self.book
        book.turn_right()
        book.canvas.promise(part.place, part.title)
        running = Running(part.title, "", margin=MARGIN)
        return book.reserve(self._opener(part, final=False), running=running)

    def _opener(self, part: BinderPart, *, final: bool) -> list[Flowable]:
        own = [entry for entry in self._own_entries(part) if entry.level == 1]
        places = self.book.places if final else None
        width = self.furniture.width(MARGIN)
        people = self.sheet.people
        story = opener_story(part, own, places, people, width, self.room, self._)
        return [Place(part.place), *story] if final else story

    def _own_entries(self, part: BinderPart) -> list[Entry]:
        names = [entry.name for entry in self.entries]
        start = names.index(part.place) + 1
        own = []
        for entry in self.entries[start:]:
            if entry.level == 0:
                break
            own.append(entry)
        return own

    # -- what parts hold -------------------------------------------------------------------------

    def _session(self, part: BinderPart, one: BinderSession) -> None:
        """A session's guide, its handouts and its lesson, each from the top of a page."""
        _, session = self._, one.session
        name = f"{session.code} · {session.title}"
        if one.guided and part.module is not None:
            width = self.furniture.width(MARGIN)
            handouts = tuple((h.code, h.title, None) for h in one.handouts)
            sheet = GuideSheet(session, part.module, handouts=handouts)
            story = fitted_guide(sheet, width, self.room, self.room, _, links=self.links)
            running = Running(part.title, name, place_of(sheet, _), MARGIN)
            self._add([Place(session.code, name, 1)], story, running)
        elif one.first:
            # The outline needs the session between its part and what is printed of it.
            self.book.canvas.promise(_under(one), name, 1)
        for handout in one.handouts:
            sheet_ = HandoutSheet(handout, part.title)
            story = fitted_handout(sheet_, self.width, self.room, _, self.links)
            self._piece(part, handout.code, handout.title, 2, story, one)
        if one.lesson is not None:
            self._lesson(part, one.lesson, 2, one)

    def _lesson(
        self, part: BinderPart, lesson: Lesson, level: int, one: BinderSession | None = None
    ) -> None:
        sheet = LessonSheet(lesson, part.title)
        story = lesson_story(sheet, self.width, self.room, self._, self.links)
        self._piece(part, lesson.code, lesson.title, level, story, one)

    def _close(self, part: BinderPart) -> None:
        """The quiz and the practice tasks of a training's block."""
        module = part.module
        if module is None or not part.closing:
            return
        if module.quiz is not None:
            quiz = module.quiz
            sheet = QuizSheet(quiz, part.title)
            story = quiz_story(sheet, self.width, self.room, self._)
            self._piece(part, quiz.code, quiz.title, 1, story)
        for task in module.practice:
            story = practice_story(task, part.title, self.width, self._)
            self._piece(part, task.code, task.title, 1, story)

    def _piece(
        self,
        part: BinderPart,
        code: str,
        title: str,
        level: int,
        story: list[Flowable],
        one: BinderSession | None = None,
    ) -> None:
        """Anything but a guide. The first thing of a session without its guide marks both."""
        name = f"{code} · {title}"
        marks = [Place(code if one is None else self._place_of(code, one), name, level)]
        if one is not None and not one.guided and one.first == code:
            marks.insert(0, Place(_under(one)))
        self._add(marks, story, Running(part.title, name))

    def _add(self, marks: list[Place], story: list[Flowable], running: Running) -> None:
        self.book.turn_right()
        self.book.add([*marks, *story], running=running)

    def _back(self) -> None:
        _, look = self._, self.look
        title = _("Créditos")
        story: list[Flowable] = [
            *credits_story(self.sheet.imprint, look, _),
        ]
        self._add([Place(_CREDITS, title)], story, Running(piece=title))


def _under(one: BinderSession) -> str:
    """The name under which a session without its guide stands in the outline."""
    return f"under-{one.first}"
