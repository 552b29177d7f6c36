"""What can be printed of the curriculum, and what was chosen: told apart from the dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from facilitator_kit.curriculum.records import Pack, Session
from facilitator_kit.i18n import Texts
from facilitator_kit.progress import Work
from facilitator_kit.workspace.books import (
    PEOPLE,
    Books,
    Contents,
    HandoutRun,
    Writer,
    in_memory,
)

ALL = ""
"""Stands for all of them where one of several can be chosen."""


class PrintKind(StrEnum):
    GUIDE = "guide"
    HANDOUTS = "handouts"
    MODULE = "module"
    PROGRAMME = "programme"
    LESSON = "lesson"
    METHODS = "methods"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be printed. `which` is a code, or empty for all; `part` one of what it holds
    (a handout of a session, a route and level of a programme), or empty for all.
    """

    kind: PrintKind = PrintKind.GUIDE
    which: str = ALL
    part: str = ALL
    people: int = PEOPLE
    guides: bool = True
    handouts: bool = True
    lessons: bool = True
    repeated: bool = True
    duplex: bool = False

    @property
    def contents(self) -> Contents:
        """What goes into a binder."""
        return Contents(self.guides, self.handouts, self.lessons, self.people, self.duplex)

    def remembered(self) -> dict[str, Any]:
        """What is kept until the next time: never which session or for how many."""
        return {
            "kind": self.kind.value,
            "guides": self.guides,
            "handouts": self.handouts,
            "lessons": self.lessons,
            "repeated": self.repeated,
            "duplex": self.duplex,
        }


@dataclass(frozen=True, slots=True)
class Printed:
    """A document to show: its title, its file's name, and either way of making it."""

    title: str
    file: str
    now: Callable[[], bytes] | None = None
    work: Callable[[], Work[bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a pack offers to print, in the words of the screen."""

    pack: Pack
    texts: Texts

    def kinds(self) -> list[tuple[PrintKind, str]]:
        """The kinds of which the pack holds at least one."""
        _ = self.texts
        words = [
            (PrintKind.GUIDE, _("Guía de una sesión")),
            (PrintKind.HANDOUTS, _("Hojas de una sesión, para un grupo")),
            (PrintKind.MODULE, _("Carpeta de un módulo")),
            (PrintKind.PROGRAMME, _("Programa completo")),
            (PrintKind.LESSON, _("Lecciones de un complemento")),
            (PrintKind.METHODS, _("Dinámicas")),
            (PrintKind.PROCESS, _("Manual del proceso")),
        ]
        return [(kind, word) for kind, word in words if self.which(kind)]

    def which(self, kind: PrintKind) -> list[tuple[str, str]]:
        """What there is of a kind: codes with words, the empty code for all of them."""
        _, pack = self.texts, self.pack
        if kind is PrintKind.GUIDE:
            return [(s.code, f"{s.code} · {s.title}") for s in self._complete()]
        if kind is PrintKind.HANDOUTS:
            return [(s.code, f"{s.code} · {s.title}") for s in self._complete() if s.handouts]
        if kind is PrintKind.MODULE:
            return [
                (m.code, f"{m.code} · {m.title}")
                for m in pack.modules
                if any(s.complete for s in m.sessions)
            ]
        if kind is PrintKind.PROGRAMME:
            return [(p.code, p.title) for p in pack.programmes]
        if kind is PrintKind.LESSON:
            found = []
            for course in pack.complements:
                whole = _("{title} (todas)", title=f"{course.code} · {course.title}")
                found.append((course.code, whole))
                found += [(one.code, f"{one.code} · {one.title}") for one in course.lessons]
            return found
        if kind is PrintKind.METHODS:
            if not pack.methods:
                return []
            ordered = sorted(pack.methods, key=lambda one: one.title)
            return [(ALL, _("Todas, en un cuadernillo")), *((m.code, m.title) for m in ordered)]
        if not pack.process:
            return []
        chapters = [(c.code, f"{c.code} · {c.title}") for c in pack.process]
        return [(ALL, _("Todo, con sus formatos")), *chapters]

    def parts(self, kind: PrintKind, which: str) -> list[tuple[str, str]]:
        """What can be chosen within one: a handout of a session, a route of a programme."""
        _ = self.texts
        if kind is PrintKind.HANDOUTS:
            session = self._session(which)
            if session is None:
                return []
            known = {handout.code: handout for handout in self.pack.handouts}
            sheets = [known[code] for code in session.handouts if code in known]
            whole = _.plural("La única", "Todas ({count})", len(sheets))
            return [(ALL, whole), *((one.code, f"{one.code} · {one.title}") for one in sheets)]
        if kind is PrintKind.PROGRAMME:
            programme = next((p for p in self.pack.programmes if p.code == which), None)
            if programme is None:
                return []
            levels = [
                (f"{route.code}/{level.code}", f"{route.title} · {level.title}")
                for route in programme.routes
                for level in route.levels
            ]
            return [(ALL, _("Todas las rutas y niveles")), *levels] if len(levels) > 1 else []
        return []

    def started(self, context: Mapping[str, str], remembered: Mapping[str, object]) -> Choice:
        """Where the dialog begins: on what is being read, as it was chosen the last time.

        `context` may hold the codes of the `session`, `module`, `programme`, `lesson`, `method` or
        `chapter` on the screen.
        """
        kinds = [kind for kind, _words in self.kinds()]
        wanted = str(remembered.get("kind", PrintKind.GUIDE))
        kind = next((one for one in kinds if one == wanted), kinds[0])
        for key, own in (
            ("lesson", PrintKind.LESSON),
            ("method", PrintKind.METHODS),
            ("chapter", PrintKind.PROCESS),
        ):
            if context.get(key) and own in kinds:
                kind = own
        choice = Choice(
            kind,
            repeated=remembered.get("repeated") is not False,
            duplex=remembered.get("duplex") is True,
            guides=remembered.get("guides") is not False,
            handouts=remembered.get("handouts") is not False,
            lessons=remembered.get("lessons") is not False,
        )
        return replace(choice, which=self.first(kind, context))

    def first(self, kind: PrintKind, context: Mapping[str, str]) -> str:
        """What of a kind is on the screen, else the first there is."""
        keys = {
            PrintKind.GUIDE: "session",
            PrintKind.HANDOUTS: "session",
            PrintKind.MODULE: "module",
            PrintKind.PROGRAMME: "programme",
            PrintKind.LESSON: "lesson",
            PrintKind.METHODS: "method",
            PrintKind.PROCESS: "chapter",
        }
        codes = [code for code, _words in self.which(kind)]
        wanted = context.get(keys[kind], "")
        return wanted if wanted in codes else codes[0]

    def sessions(self, choice: Choice) -> tuple[str, ...]:
        """The sessions for which people come, where that matters."""
        if choice.kind in (PrintKind.GUIDE, PrintKind.HANDOUTS):
            return (choice.which,)
        if choice.kind is PrintKind.MODULE:
            return tuple(s.code for s in self.pack.module(choice.which).sessions)
        if choice.kind is PrintKind.PROGRAMME:
            return tuple(s.code for s in self._complete())
        return ()

    def full_group(self, choice: Choice) -> int:
        """The largest group that what is chosen was written for."""
        sizes = [self.pack.session(code).group[1] for code in self.sessions(choice)]
        return min(sizes, default=PEOPLE)

    def printed(self, choice: Choice, books: Callable[[], Books]) -> Printed:
        """The document that was chosen; `books` is called where the document is made."""
        words = dict(self.which(choice.kind)).get(choice.which, "")
        which, contents, duplex = choice.which, choice.contents, choice.duplex
        match choice.kind:
            case PrintKind.GUIDE:
                return Printed(
                    self.texts("Guía: {title}", title=words),
                    f"guia-{which}.pdf",
                    now=lambda: books().guide(which, choice.people),
                )
            case PrintKind.HANDOUTS:
                codes = (choice.part,) if choice.part else ()
                run = HandoutRun(choice.people, codes, choice.repeated, duplex)
                return _long(words, f"hojas-{which}.pdf", lambda: books().handouts(which, run))
            case PrintKind.MODULE:
                return _long(words, f"carpeta-{which}.pdf", lambda: books().module(which, contents))
            case PrintKind.PROGRAMME:
                route, _slash, level = choice.part.partition("/")
                return _long(
                    words,
                    f"programa-{which}.pdf",
                    lambda: books().programme(which, contents, route, level),
                )
            case PrintKind.LESSON:
                if any(course.code == which for course in self.pack.complements):
                    return _long(
                        words,
                        f"lecciones-{which}.pdf",
                        lambda: books().complement(which, duplex=duplex),
                    )
                return Printed(words, f"leccion-{which}.pdf", now=lambda: books().lesson(which))
            case PrintKind.METHODS:
                if which:
                    file = f"dinamica-{which}.pdf"
                    return Printed(words, file, now=lambda: books().method(which))
                title = self.texts("Dinámicas")
                return _long(title, "dinamicas.pdf", lambda: books().methods(duplex=duplex))
            case PrintKind.PROCESS:
                if which:
                    file = f"proceso-{which}.pdf"
                    return Printed(words, file, now=lambda: books().chapter(which))
                title = self.texts("Manual del proceso")
                file = "manual-del-proceso.pdf"
                return _long(title, file, lambda: books().process(duplex=duplex))

    def _complete(self) -> list[Session]:
        return [s for module in self.pack.modules for s in module.sessions if s.complete]

    def _session(self, code: str) -> Session | None:
        return next((s for s in self._complete() if s.code == code), None)


def _long(title: str, file: str, make: Callable[[], Writer]) -> Printed:
    return Printed(title, file, work=lambda: in_memory(make))
