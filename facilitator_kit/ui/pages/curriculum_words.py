"""Words, pictures and tones for what the curriculum is made of: blocks, families, quantities."""

from __future__ import annotations

from functools import lru_cache

from facilitator_kit.curriculum.records import BlockKind, Method, MethodFamily, Per, Session
from facilitator_kit.curriculum.search_filters import Span
from facilitator_kit.curriculum.search_items import Kind, needed_materials
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.tokens import Tone


def kind_look(_: Texts, kind: BlockKind) -> tuple[str, str, Tone]:
    """A kind of block: its word, its icon and its tone."""
    looks: dict[BlockKind, tuple[str, str, Tone]] = {
        BlockKind.WELCOME: (_("Bienvenida"), "hand", "primary"),
        BlockKind.CHECK_IN: (_("Check-in"), "smile", "primary"),
        BlockKind.EXPERIENCE: (_("Vivencia"), "puzzle", "note"),
        BlockKind.REFLECTION: (_("Reflexión"), "users", "note"),
        BlockKind.BREAK: (_("Descanso"), "coffee", "neutral"),
        BlockKind.CONCEPT: (_("Conceptos"), "lightbulb", "attention"),
        BlockKind.APPLICATION: (_("Aplicación"), "pencil", "good"),
        BlockKind.CHECK_OUT: (_("Check-out"), "flag", "primary"),
        BlockKind.TALK: (_("Charla"), "mic", "attention"),
        BlockKind.PRACTICE: (_("Práctica"), "hammer", "good"),
    }
    return looks[kind]


def kind_choices(_: Texts) -> list[tuple[BlockKind, str]]:
    """Every kind of block with its word."""
    return [(kind, kind_look(_, kind)[0]) for kind in BlockKind]


def family_words(_: Texts, family: MethodFamily) -> str:
    """A family of methods, in a word short enough for a filter."""
    words: dict[MethodFamily, str] = {
        MethodFamily.CHECK_IN: _("Check-in"),
        MethodFamily.ENERGY: _("Energía"),
        MethodFamily.GROUPING: _("Grupos"),
        MethodFamily.DIALOGUE: _("Diálogo"),
        MethodFamily.SYNTHESIS: _("Síntesis"),
        MethodFamily.CLOSING: _("Cierre"),
    }
    return words[family]


def kind_words(_: Texts, kind: Kind) -> str:
    """What a kind of result is called, as the head of a group."""
    words: dict[Kind, str] = {
        Kind.SESSION: _("Sesiones"),
        Kind.MODULE: _("Módulos"),
        Kind.HANDOUT: _("Hojas de trabajo"),
        Kind.METHOD: _("Dinámicas"),
        Kind.LESSON: _("Lecciones"),
        Kind.CHAPTER: _("Proceso"),
        Kind.PROGRAMME: _("Programas"),
    }
    return words[kind]


def kind_word(_: Texts, kind: Kind) -> str:
    """What one result of a kind is."""
    words: dict[Kind, str] = {
        Kind.SESSION: _("Sesión"),
        Kind.MODULE: _("Módulo"),
        Kind.HANDOUT: _("Hoja de trabajo"),
        Kind.METHOD: _("Dinámica"),
        Kind.LESSON: _("Lección"),
        Kind.CHAPTER: _("Proceso"),
        Kind.PROGRAMME: _("Programa"),
    }
    return words[kind]


def range_words(_: Texts, span: Span) -> str:
    """A range of minutes, open at one end or at none: "5 a 10 min"."""
    least, most = span
    if least is None:
        return _("hasta {most} min", most=_.number(most or 0))
    if most is None:
        return _("más de {least} min", least=_.number(least))
    return _("{least} a {most} min", least=_.number(least), most=_.number(most))


# Kept: a list says many of them, and to write a number as a country does takes its time.
@lru_cache(maxsize=1024)
def span_words(_: Texts, least: int, most: int) -> str:
    """ "10–15", or "10" where both are the same."""
    return _.number(least) if least == most else f"{_.number(least)}–{_.number(most)}"


@lru_cache(maxsize=1024)
def minutes_words(_: Texts, minutes: int) -> str:
    """ "20 min"."""
    return _("{count} min", count=_.number(minutes))


def method_facts(_: Texts, method: Method) -> str:
    """A method's second line: how long, for how many, with what."""
    return _(
        "{minutes} min · {people} personas · {materials}",
        minutes=span_words(_, *method.minutes),
        people=span_words(_, *method.group),
        materials=materials_words(_, method),
    )


def materials_words(_: Texts, method: Method) -> str:
    """What a method needs, in one line."""
    needed = needed_materials(method)
    return ", ".join(needed) if needed else _("sin material")


def session_state(_: Texts, session: Session, adapted: bool = False) -> tuple[str, Tone]:
    """Whether a session is written, or has the institution's own text, as a pill."""
    if adapted:
        return (_("adaptada"), "note")
    return (_("completa"), "good") if session.complete else (_("solo título"), "neutral")


def copies_words(_: Texts, per: Per) -> str:
    """Whom a handout is for."""
    words: dict[Per, str] = {
        Per.PERSON: _("una por persona"),
        Per.GROUP: _("una por grupo"),
        Per.ROOM: _("una para la sala"),
    }
    return words[per]
