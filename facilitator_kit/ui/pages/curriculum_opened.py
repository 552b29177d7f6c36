"""What is shown of whatever was chosen: what it is called, its prose, and its outline."""

from __future__ import annotations

from dataclasses import dataclass

from facilitator_kit.curriculum.learning import Chapter, ComplementCourse
from facilitator_kit.curriculum.records import (
    Handout,
    Method,
    Module,
    Pack,
    Programme,
    Session,
    Titled,
)
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.curriculum_outline import (
    OutlinePart,
    chapter_outline,
    method_outline,
    session_outline,
)
from facilitator_kit.ui.pages.curriculum_reading import (
    chapter_parts,
    complement_parts,
    flagged,
    handout_parts,
    method_parts,
    module_parts,
    neighbours_part,
    programme_parts,
    session_parts,
)
from facilitator_kit.ui.prose import Part

Around = tuple[Titled | None, Titled | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """`name` is what screen readers call it."""

    name: str
    parts: tuple[Part, ...]
    outline: tuple[OutlinePart, ...] = ()


def opened(_: Texts, thing: Titled, pack: Pack, around: Around) -> Opened:
    """What is read of a thing; `around` are those before and after it, to go on to.

    Lessons are no prose: `LessonReader` shows them.
    """
    match thing:
        case Session():
            parts = session_parts(_, thing, pack.module_of(thing.code))
            name, outline = _("Guía de la sesión"), session_outline(_, thing)
        case Module():
            return Opened(_("El módulo"), module_parts(_, thing, pack))
        case Programme():
            return Opened(_("El programa"), programme_parts(_, thing, pack))
        case Handout():
            parts = handout_parts(_, thing, pack.session(thing.session))
            return Opened(_("La hoja de trabajo"), flagged(_, parts, thing.code in pack.adapted))
        case Method():
            parts = method_parts(_, thing)
            name, outline = _("La dinámica elegida"), method_outline(_, thing)
        case ComplementCourse():
            return Opened(_("El complemento"), complement_parts(_, thing))
        case Chapter():
            parts = chapter_parts(_, thing)
            name, outline = _("Manual del proceso"), chapter_outline(thing)
        case _:
            raise TypeError(f"nothing is known of how to show a {type(thing).__name__}")
    parts = flagged(_, parts, thing.code in pack.adapted)
    return Opened(name, (*parts, *neighbours_part(_, *around)), outline)
