"""The lines of Currículo's list: the contents of each view, and what a search found, in groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from facilitator_kit.curriculum.learning import Chapter, ComplementCourse, Lesson
from facilitator_kit.curriculum.records import (
    Method,
    MethodFamily,
    Module,
    Pack,
    Programme,
    Session,
)
from facilitator_kit.curriculum.search import Hit, Results
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.curriculum_list_paint import Entry
from facilitator_kit.ui.pages.curriculum_words import (
    family_words,
    kind_words,
    method_facts,
    minutes_words,
    session_state,
    span_words,
)

SESSIONS, METHODS, LESSONS, PROCESS = "sessions", "methods", "lessons", "process"
"""The views of the curriculum."""

OWN_KIND: Final = {
    SESSIONS: Kind.SESSION,
    METHODS: Kind.METHOD,
    LESSONS: Kind.LESSON,
    PROCESS: Kind.CHAPTER,
}
GROUP, MORE = "group:", "more:"
"""What the keys of lines begin with that are no things: heads of groups, and "see the rest"."""

SHOWN_OF_KIND: Final = 5
SHOWN_ALONE: Final = 60


def contents(
    _: Texts, pack: Pack, view: str, programme: str, starred: Collection[str]
) -> list[Entry]:
    """The whole contents of a view; of a programme where it is the view of sessions."""
    match view:
        case "sessions":
            chosen = pack.programme(programme)
            return [
                Entry(chosen.code, chosen.title, programme_facts(_, chosen, pack)),
                *(
                    module_entry(_, module, starred, pack.adapted)
                    for module in modules_of(pack, chosen)
                ),
            ]
        case "methods":
            families = (_family(_, pack, family, starred) for family in MethodFamily)
            return [entry for entry in families if entry is not None]
        case "lessons":
            return [_course(_, course, starred) for course in pack.complements]
        case _:
            return [_chapter(_, chapter, starred) for chapter in pack.process]


def modules_of(pack: Pack, programme: Programme) -> tuple[Module, ...]:
    """Every module of a programme once, by its latest place in the calendar of any level."""
    places: dict[str, int] = {}
    for route in programme.routes:
        for level in route.levels:
            for place, code in enumerate(level.modules):
                places[code] = max(places.get(code, 0), place)
    return tuple(pack.module(code) for code in sorted(places, key=lambda one: (places[one], one)))


def programme_facts(_: Texts, programme: Programme, pack: Pack) -> str:
    """How many modules a programme has, and its hours from the shortest level to the longest."""
    hours = sorted(
        {
            sum(pack.module(code).minutes for code in level.modules)
            for route in programme.routes
            for level in route.levels
        }
    )
    count = len(modules_of(pack, programme))
    modules = _.plural("{count} módulo", "{count} módulos", count)
    span = _.hours(hours[-1])
    if len(hours) > 1:
        span = f"{_.number(hours[0] // 60)}–{span}"
    return f"{_('Programa')} · {modules} · {span}"


def module_entry(
    _: Texts, module: Module, starred: Collection[str], adapted: Collection[str]
) -> Entry:
    """A module with its sessions."""
    children = tuple(
        session_entry(_, session, starred, session.code in adapted) for session in module.sessions
    )
    count = _.plural("{count} sesión", "{count} sesiones", len(module.sessions))
    detail = f"{module.code} · {count} · {_.hours(module.minutes)}"
    return Entry(module.code, module.title, detail, children=children)


def session_entry(_: Texts, session: Session, starred: Collection[str], adapted: bool) -> Entry:
    """A session; one that is only a title, or has the institution's own text, says so."""
    word, tone = session_state(_, session, adapted)
    detail = f"{session.code} · {minutes_words(_, session.minutes)}"
    pill = word if adapted or not session.complete else ""
    return Entry(session.code, session.title, detail, pill, tone, starred=session.code in starred)


def method_entry(_: Texts, method: Method, starred: Collection[str] = ()) -> Entry:
    """A method with how long, for how many, and with what."""
    facts = method_facts(_, method)
    return Entry(method.code, method.title, facts, starred=method.code in starred)


def lesson_entry(_: Texts, lesson: Lesson, starred: Collection[str]) -> Entry:
    """A lesson of a complement."""
    detail = f"{lesson.code} · {minutes_words(_, lesson.minutes)}"
    return Entry(lesson.code, lesson.title, detail, starred=lesson.code in starred)


def _family(_: Texts, pack: Pack, family: MethodFamily, starred: Collection[str]) -> Entry | None:
    methods = [method for method in pack.methods if method.family is family]
    if not methods:
        return None
    count = _.plural("{count} dinámica", "{count} dinámicas", len(methods))
    children = tuple(method_entry(_, method, starred) for method in methods)
    return Entry(f"{GROUP}{family}", family_words(_, family), count, children=children)


def _course(_: Texts, course: ComplementCourse, starred: Collection[str]) -> Entry:
    count = _.plural("{count} lección", "{count} lecciones", len(course.lessons))
    detail = f"{course.code} · {count} · {minutes_words(_, course.minutes)}"
    children = tuple(lesson_entry(_, lesson, starred) for lesson in course.lessons)
    return Entry(course.code, course.title, detail, children=children)


def _chapter(_: Texts, chapter: Chapter, starred: Collection[str]) -> Entry:
    pill = _("formato") if chapter.form else ""
    star = chapter.code in starred
    return Entry(chapter.code, chapter.title, chapter.code, pill, "note", starred=star)


# -- what was found ------------------------------------------------------------------------------


def found(
    _: Texts, results: Results, view: str, most: int, starred: Collection[str]
) -> tuple[list[Entry], dict[str, Hit]]:
    """What a search found, kind by kind, that of the view first; and each result by its code.

    Of each kind a few are shown, and a line that leads to the rest; of a single kind `most`.
    """
    by_kind = results.by_kind()
    own = OWN_KIND[view]
    entries: list[Entry] = []
    hits: dict[str, Hit] = {}
    for kind in sorted(by_kind, key=lambda one: one is not own):
        places = by_kind[kind]
        shown = most if len(by_kind) == 1 else SHOWN_OF_KIND
        children = []
        for hit in results.hits(places[:shown]):
            hits.setdefault(hit.item.code, hit)
            children.append(hit_entry(_, hit, starred))
        if len(places) > shown:
            words = _more(_, kind, len(places))
            children.append(Entry(f"{MORE}{kind}", words, quiet=True))
        head = kind_words(_, kind)
        count = _.plural("{count} resultado", "{count} resultados", len(places))
        entries.append(Entry(f"{GROUP}{kind}", head, count, children=tuple(children)))
    return entries, hits


def _more(_: Texts, kind: Kind, count: int) -> str:
    return _("Ver más de {kind} ({count})", kind=kind_words(_, kind).lower(), count=_.number(count))


def hit_entry(_: Texts, hit: Hit, starred: Collection[str]) -> Entry:
    """One thing that was found, with the words looked for marked."""
    item = hit.item
    return Entry(
        item.code,
        item.title,
        _facts(_, hit),
        excerpt="" if hit.excerpt == hit.part_title else hit.excerpt,
        marks=hit.marks,
        title_marks=hit.title_marks,
        starred=item.code in starred,
    )


def _facts(_: Texts, hit: Hit) -> str:
    """The second line of a result: where in what it belongs to, or how long and with what."""
    item = hit.item
    if item.kind is Kind.METHOD and item.minutes is not None and item.group is not None:
        materials = ", ".join(item.materials or ()) or _("sin material")
        minutes = _("{minutes} min", minutes=span_words(_, *item.minutes))
        people = _("{people} personas", people=span_words(_, *item.group))
        return f"{minutes} · {people} · {materials}"
    parts = [item.code]
    if hit.part_title:
        parts.append(hit.part_title)
    elif item.place:
        parts.append(item.place[-1])
    elif item.kind is Kind.MODULE and item.minutes is not None:
        parts.append(_.hours(item.minutes[0]))
    return " · ".join(parts)


def reading_order(pack: Pack, view: str, programme: str) -> tuple[str, ...]:
    """The codes of everything that is read in a view, in the order of its contents."""
    match view:
        case "sessions":
            chosen = pack.programme(programme)
            modules = modules_of(pack, chosen)
            return (
                chosen.code,
                *(session.code for module in modules for session in module.sessions),
            )
        case "methods":
            families = list(MethodFamily)
            ordered = sorted(pack.methods, key=lambda one: families.index(one.family))
            return tuple(method.code for method in ordered)
        case "lessons":
            return tuple(one.code for course in pack.complements for one in course.lessons)
        case _:
            return tuple(chapter.code for chapter in pack.process)
