"""Finding what a pack holds by its code, or saying which codes there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from facilitator_kit.curriculum.learning import Chapter, ComplementCourse, Lesson, Quiz
from facilitator_kit.curriculum.records import (
    Handout,
    Level,
    Method,
    Module,
    Pack,
    Programme,
    Route,
    Session,
)
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Found = TypeVar("_Found", bound=_Coded)


def unknown(reason: Message, known: Iterable[str] = ()) -> KitError:
    """Something is asked for by a code that the pack does not hold; `known` are those it has."""
    codes = ", ".join(known)
    remedy = (
        message("Las claves que hay: {codes}.", codes=codes)
        if codes
        else message("Busque la clave en Currículo.")
    )
    return KitError(reason, remedy, "not_found")


def find_session(pack: Pack, code: str) -> Session:
    """A session that is written; KitError otherwise, as with everything here."""
    sessions = (session for module in pack.modules for session in module.sessions)
    found = _find(sessions, code, message("No hay ninguna sesión «{code}».", code=code))
    if not found.complete:
        raise unknown(message("La sesión {code} todavía no está escrita.", code=code))
    return found


def find_module(pack: Pack, code: str) -> Module:
    """A module."""
    reason = message("No hay ningún módulo «{code}».", code=code)
    return _find(pack.modules, code, reason, tell=True)


def find_programme(pack: Pack, code: str) -> Programme:
    """A programme."""
    reason = message("No hay ningún programa «{code}».", code=code)
    return _find(pack.programmes, code, reason, tell=True)


def find_level(programme: Programme, route: str, level: str) -> tuple[Route, Level]:
    """A route of a programme and one of its levels, the highest where none is named."""
    reason = message("El programa no tiene la ruta «{route}».", route=route)
    chosen = _find(programme.routes, route, reason, tell=True)
    wanted = level or chosen.levels[-1].code
    reason = message("La ruta no tiene el nivel «{level}».", level=wanted)
    return chosen, _find(chosen.levels, wanted, reason, tell=True)


def find_handout(pack: Pack, code: str) -> Handout:
    """A handout."""
    return _find(
        pack.handouts, code, message("No hay ninguna hoja de trabajo «{code}».", code=code)
    )


def find_complement(pack: Pack, code: str) -> ComplementCourse:
    """A complement."""
    reason = message("No hay ningún complemento «{code}».", code=code)
    return _find(pack.complements, code, reason, tell=True)


def find_lesson(pack: Pack, code: str) -> Lesson:
    """A lesson, of whichever complement."""
    lessons = (lesson for course in pack.complements for lesson in course.lessons)
    return _find(lessons, code, message("No hay ninguna lección «{code}».", code=code))


def find_quiz(pack: Pack, code: str) -> tuple[Module, Quiz]:
    """A training's module and its quiz, by the code of either."""
    for module in pack.modules:
        if module.quiz is not None and code in (module.code, module.quiz.code):
            return module, module.quiz
    raise unknown(message("No hay ningún cuestionario «{code}».", code=code))


def find_method(pack: Pack, code: str) -> Method:
    """A group method."""
    return _find(pack.methods, code, message("No hay ninguna dinámica «{code}».", code=code))


def find_chapter(pack: Pack, code: str) -> Chapter:
    """A chapter or a form of the manual of the process."""
    reason = message("El manual del proceso no tiene «{code}».", code=code)
    return _find(pack.process, code, reason, tell=True)


def _find(items: Iterable[_Found], code: str, reason: Message, *, tell: bool = False) -> _Found:
    known = tuple(items)
    for item in known:
        if item.code == code:
            return item
    raise unknown(reason, (item.code for item in known) if tell else ())
