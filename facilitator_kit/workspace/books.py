"""What the curriculum prints: guides, handouts for a group, binders, booklets, the manual.

Nothing here needs a workspace: a pack, a letterhead and a day are enough, so that the command line
prints from the pack that came with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import BinaryIO

from facilitator_kit import documents as paper
from facilitator_kit.curriculum import load_pack, material_quantities
from facilitator_kit.curriculum.copies import HandoutCopies, handout_copies
from facilitator_kit.curriculum.learning import Lesson
from facilitator_kit.curriculum.records import (
    Handout,
    Module,
    Pack,
    Programme,
    ProgrammeKind,
    Session,
)
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import Paper
from facilitator_kit.progress import Work
from facilitator_kit.workspace.pack_finding import (
    find_chapter,
    find_complement,
    find_handout,
    find_lesson,
    find_level,
    find_method,
    find_module,
    find_programme,
    find_quiz,
    find_session,
    unknown,
)

PEOPLE = 20
"""For how many people quantities are counted where nobody says it."""

Writer = Callable[[BinaryIO], Work[int]]
"""Writes a document to a file, with progress; gives its number of pages."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a binder, for how many people, and whether leaves have two sides."""

    guides: bool = True
    handouts: bool = True
    lessons: bool = True
    people: int = PEOPLE
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class HandoutRun:
    """Handouts of one session for a group: `codes` of some of them, or empty for all.

    `repeated`: every copy is there as often as it is needed; else once, with its count.
    """

    people: int
    codes: tuple[str, ...] = ()
    repeated: bool = True
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class Books:
    """Printed matter of one pack, under one letterhead."""

    pack: Pack
    head: paper.Letterhead
    texts: Texts
    on: date

    # -- single things ---------------------------------------------------------------------------

    def guide(self, session_code: str, people: int | None = None) -> bytes:
        """A session's guide; with `people`, materials and copies are counted for them."""
        session = find_session(self.pack, session_code)
        return paper.session_guide_pdf(
            guide_sheet(self.pack, session, people), self.head, self.texts
        )

    def handout(self, code: str, copies: int | None = None) -> bytes:
        """One handout, once."""
        handout = find_handout(self.pack, code)
        sheet = paper.HandoutSheet(handout, self._about(handout), copies)
        return paper.handout_pdf(sheet, self.head, self.texts)

    def lesson(self, code: str) -> bytes:
        """One lesson, its explained answers on the last page."""
        lesson = find_lesson(self.pack, code)
        sheet = paper.LessonSheet(lesson, self._lesson_about(lesson))
        return paper.lesson_pdf(sheet, self.head, self.texts)

    def quiz(self, code: str) -> bytes:
        """The quiz of a training's module, by the quiz's code or the module's."""
        module, quiz = find_quiz(self.pack, code)
        sheet = paper.QuizSheet(quiz, f"{module.code} · {module.title}")
        return paper.quiz_pdf(sheet, self.head, self.texts)

    def method(self, code: str) -> bytes:
        """One group method."""
        return paper.method_pdf(find_method(self.pack, code), self.head, self.texts)

    def chapter(self, code: str) -> bytes:
        """One chapter or form of the manual of the process."""
        return paper.chapter_pdf(find_chapter(self.pack, code), self.head, self.texts)

    # -- for a group -----------------------------------------------------------------------------

    def copies(
        self, session_code: str, people: int, codes: Sequence[str] = ()
    ) -> tuple[HandoutCopies, ...]:
        """How many of each handout of a session a group needs, the spare ones included."""
        session = find_session(self.pack, session_code)
        wanted = tuple(codes) or session.handouts
        return tuple(
            handout_copies(session, self.pack.handout(code), people)
            for code in session.handouts
            if code in wanted
        )

    def handouts(self, session_code: str, run: HandoutRun) -> Writer:
        """The handouts of a session for a group, as one document."""
        session = find_session(self.pack, session_code)
        copies = self.copies(session_code, run.people, run.codes)
        if not copies:
            raise unknown(message("La sesión {code} no tiene hojas de trabajo.", code=session_code))
        module = self.pack.module_of(session.code)
        sheet = paper.RunSheet(
            copies,
            run.people,
            f"{module.code} · {module.title} · {session.title}",
            run.repeated,
            run.duplex,
        )
        return lambda out: paper.handout_run_pdf(sheet, self.head, self.texts, out)

    # -- whole books -----------------------------------------------------------------------------

    def module(self, code: str, contents: Contents) -> Writer:
        """A module's binder."""
        module = find_module(self.pack, code)
        _ = self.texts
        count = _.plural("{count} sesión", "{count} sesiones", len(module.sessions))
        lines = (f"{count} · {_.hours(module.minutes)}", *self._included(contents))
        return self._binder(
            _("Carpeta del módulo {code}", code=module.code),
            module.title,
            tuple(self._parts((module,), contents)),
            lines,
            contents,
        )

    def programme(self, code: str, contents: Contents, route: str = "", level: str = "") -> Writer:
        """A whole programme's binder: of one route and level, or of all of them."""
        _, programme = self.texts, find_programme(self.pack, code)
        modules, lines = self._offer(programme, route, level)
        foundations = self._foundations(programme) if contents.lessons else []
        parts = [*self._parts(modules, contents, foundations), *foundations]
        minutes = sum(module.minutes for module in modules)
        sessions = sum(len(module.sessions) for module in modules)
        count = _.plural("{count} sesión", "{count} sesiones", sessions)
        lines = (*lines, f"{count} · {_.hours(minutes)}", *self._included(contents))
        return self._binder(
            _("Carpeta del programa"), programme.title, tuple(parts), lines, contents
        )

    def complement(self, code: str, *, duplex: bool = False) -> Writer:
        """All lessons of a complement as a booklet."""
        course = find_complement(self.pack, code)
        _ = self.texts
        part = paper.BinderPart(
            course.code, course.title, about=course.about, lessons=course.lessons
        )
        count = _.plural("{count} lección", "{count} lecciones", len(course.lessons))
        return self._binder(
            _("Complemento {code}", code=course.code),
            course.title,
            (part,),
            (count,),
            Contents(duplex=duplex),
        )

    def methods(self, *, duplex: bool = False) -> Writer:
        """All group methods as a booklet by family, with its indexes."""
        sheet = paper.MethodsSheet(self.pack.methods, self.on, self._imprint(), duplex)
        return lambda out: paper.methods_pdf(sheet, self.head, self.texts, out)

    def process(self, *, duplex: bool = False) -> Writer:
        """The manual of the process, each form on a fresh page."""
        if not self.pack.process:
            raise unknown(message("Este paquete no trae el manual del proceso."))
        sheet = paper.ProcessSheet(self.pack.process, self.on, self._imprint(), duplex)
        return lambda out: paper.process_pdf(sheet, self.head, self.texts, out)

    # -- inside ----------------------------------------------------------------------------------

    def _binder(
        self,
        kind: str,
        title: str,
        parts: tuple[paper.BinderPart, ...],
        lines: tuple[str, ...],
        contents: Contents,
    ) -> Writer:
        sheet = paper.BinderSheet(
            kind=kind,
            title=title,
            parts=parts,
            people=contents.people,
            on=self.on,
            imprint=self._imprint(),
            lines=lines,
            duplex=contents.duplex,
        )
        return lambda out: paper.binder_pdf(sheet, self.head, self.texts, out)

    def _included(self, contents: Contents) -> tuple[str, ...]:
        _ = self.texts
        told = [
            _("guías") if contents.guides else "",
            _("hojas de trabajo") if contents.handouts else "",
            _("lecciones") if contents.lessons else "",
        ]
        words = " · ".join(part for part in told if part)
        return (words,) if words else ()

    def _parts(
        self,
        modules: Iterable[Module],
        contents: Contents,
        others: Iterable[paper.BinderPart] = (),
    ) -> Iterator[paper.BinderPart]:
        """Modules as parts; a lesson is printed once, and not here where it stands in `others`."""
        printed = {lesson.code for part in others for lesson in part.lessons}
        for module in modules:
            sessions = []
            for session in module.sessions:
                handouts = session.handouts if contents.handouts else ()
                lesson = self.pack.lesson_after(session) if contents.lessons else None
                if lesson is not None and lesson.code in printed:
                    lesson = None
                if lesson is not None:
                    printed.add(lesson.code)
                sessions.append(
                    paper.BinderSession(
                        session,
                        guide=contents.guides,
                        handouts=tuple(self.pack.handout(code) for code in handouts),
                        lesson=lesson,
                    )
                )
            yield paper.BinderPart(
                module.code,
                f"{module.code} · {module.title}",
                module,
                module.about,
                tuple(sessions),
                after=tuple(f"{code} {self.pack.module(code).title}" for code in module.after),
                closing=contents.lessons,
            )

    def _foundations(self, programme: Programme) -> list[paper.BinderPart]:
        """The complements that belong to no module, where the programme is a course."""
        if programme.kind is not ProgrammeKind.COURSE:
            return []
        return [
            paper.BinderPart(
                course.code,
                f"{course.code} · {course.title}",
                about=course.about,
                lessons=course.lessons,
            )
            for course in self.pack.complements
            if not course.module
        ]

    def _offer(
        self, programme: Programme, route: str, level: str
    ) -> tuple[tuple[Module, ...], tuple[str, ...]]:
        """The modules of a route and level in calendar order, and their words; all by default."""
        if not route:
            return modules_of(self.pack, programme), ()
        chosen, found = find_level(programme, route, level)
        modules = tuple(self.pack.module(code) for code in found.modules)
        return modules, (f"{chosen.title} · {found.title}",)

    def _imprint(self) -> paper.Imprint:
        pack = self.pack
        words = dict(pack.words)
        return paper.Imprint(
            pack.title,
            pack.version,
            pack.licence,
            pack.authors,
            pack.credits,
            words.get("pais", pack.country),
        )

    def _about(self, handout: Handout) -> str:
        module = self.pack.module_of(handout.session)
        return f"{module.code} · {module.title}"

    def _lesson_about(self, lesson: Lesson) -> str:
        course = next(one for one in self.pack.complements if lesson in one.lessons)
        return course.title


def books_of_files(
    files: Mapping[str, bytes], country: str, institution: str, paper_size: Paper, on: date
) -> Books:
    """Printed matter of a pack that no workspace holds; KitError when the pack has problems.

    Without an `institution` the first programme's title stands at the head of the pages.
    """
    pack = load_pack(files, country)
    title = pack.programmes[0].title if pack.programmes else pack.title
    head = paper.Letterhead(institution or title, title if institution else "", paper=paper_size)
    return Books(pack, head, Texts(pack.language, country), on)


def guide_sheet(pack: Pack, session: Session, people: int | None) -> paper.GuideSheet:
    """A session's guide to print, counted for so many people where they are known."""
    materials: tuple[paper.AgendaMaterial, ...] = ()
    handouts: tuple[tuple[str, str, int | None], ...] = ()
    if people is not None:
        needs = material_quantities(session, people)
        materials = tuple(paper.AgendaMaterial(need.count, need.name) for need in needs)
        known = {handout.code: handout for handout in pack.handouts}
        handouts = tuple(
            (code, known[code].title, handout_copies(session, known[code], people).count)
            for code in session.handouts
            if code in known
        )
    module = pack.module_of(session.code)
    return paper.GuideSheet(session, module, materials, handouts)


def modules_of(pack: Pack, programme: Programme) -> tuple[Module, ...]:
    """Every module of a programme once, by its latest place in the calendar of any level."""
    places: dict[str, int] = {}
    for route in programme.routes:
        for level in route.levels:
            for place, code in enumerate(level.modules):
                places[code] = max(places.get(code, 0), place)
    return tuple(pack.module(code) for code in sorted(places, key=lambda one: (places[one], one)))


def in_memory(make: Callable[[], Writer]) -> Work[bytes]:
    """The document as bytes, for the screen; `make` is called where the work is done."""
    out = BytesIO()
    yield from make()(out)
    return out.getvalue()
