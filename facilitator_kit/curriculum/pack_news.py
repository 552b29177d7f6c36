"""What is new in a pack beside an earlier version of it: added, changed and gone, by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from facilitator_kit.curriculum.records import Pack, Titled
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.curriculum.word_forms import folded


class Novelty(StrEnum):
    """What became of a thing, in the order in which people are told."""

    ADDED = "added"
    WRITTEN = "written"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that differs. `was` is its earlier title or code, where that is another.

    A session that had only a title and now has its guide is `WRITTEN`. What was only given another
    code is `CHANGED`.
    """

    novelty: Novelty
    kind: Kind
    code: str
    title: str
    was: str = ""


def pack_news(before: Pack, now: Pack) -> tuple[News, ...]:
    """Everything that differs between two versions, kind by kind, in the order of the packs.

    Programmes, modules (without their sessions), sessions, handouts, methods, lessons and chapters
    are compared by all they say, both packs in the same country's words.
    """
    found: list[News] = []
    for kind in Kind:
        found += _compared(kind, _things(before, kind), _things(now, kind))
    return tuple(found)


def _compared(kind: Kind, before: Sequence[Titled], now: Sequence[Titled]) -> Iterator[News]:
    old = {thing.code: thing for thing in before}
    codes = {thing.code for thing in now}
    # What has a code of its own no longer, by what it was called: it may have got another code.
    left = {folded(thing.title): thing for thing in before if thing.code not in codes}
    for thing in now:
        earlier = old.get(thing.code)
        if earlier is None:
            moved = left.pop(folded(thing.title), None)
            if moved is None:
                yield News(Novelty.ADDED, kind, thing.code, thing.title)
            else:
                yield News(Novelty.CHANGED, kind, thing.code, thing.title, moved.code)
        elif earlier != thing:
            was = earlier.title if earlier.title != thing.title else ""
            yield News(_how(earlier, thing), kind, thing.code, thing.title, was)
    gone = {thing.code for thing in left.values()}
    for thing in before:
        if thing.code in gone:
            yield News(Novelty.GONE, kind, thing.code, thing.title)


def _how(before: Titled, now: Titled) -> Novelty:
    written = not getattr(before, "complete", True) and getattr(now, "complete", True)
    return Novelty.WRITTEN if written else Novelty.CHANGED


def _things(pack: Pack, kind: Kind) -> tuple[Titled, ...]:
    found: Iterable[Titled]
    match kind:
        case Kind.PROGRAMME:
            found = pack.programmes
        case Kind.MODULE:
            found = (replace(module, sessions=()) for module in pack.modules)
        case Kind.SESSION:
            found = (session for module in pack.modules for session in module.sessions)
        case Kind.HANDOUT:
            found = pack.handouts
        case Kind.METHOD:
            found = pack.methods
        case Kind.LESSON:
            found = (lesson for course in pack.complements for lesson in course.lessons)
        case Kind.CHAPTER:
            found = pack.process
    return tuple(found)
