"""Where things of a pack stand: by code, by view and programme, and what comes before and after."""

from __future__ import annotations

from facilitator_kit.curriculum.learning import Chapter, ComplementCourse, Lesson
from facilitator_kit.curriculum.records import Handout, Method, Pack, Programme, Titled
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.curriculum_entries import (
    LESSONS,
    METHODS,
    PROCESS,
    SESSIONS,
    modules_of,
    reading_order,
)


class Shelf:
    """One pack, to be looked things up in."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._things = {thing.code: thing for thing in pack.titled()}
        self._orders: dict[tuple[str, str], tuple[str, ...]] = {}

    def __contains__(self, code: str) -> bool:
        return code in self._things

    def find(self, code: str) -> Titled | None:
        """What has this code; None when nothing has."""
        return self._things.get(code)

    def views(self, _: Texts) -> list[tuple[str, str]]:
        """The views that have something in them, with their words."""
        pack = self.pack
        choices = (
            (SESSIONS, _("Sesiones"), True),
            (METHODS, _("Dinámicas"), bool(pack.methods)),
            (LESSONS, _("Complementos"), bool(pack.complements)),
            (PROCESS, _("Proceso"), bool(pack.process)),
        )
        return [(view, words) for view, words, there in choices if there]

    def programme_of(self, code: str, now: str) -> str:
        """The programme in whose contents a session or a module stands: the present one, where it
        is there; it stays where none has it."""
        for programme in sorted(self.pack.programmes, key=lambda one: one.code != now):
            modules = modules_of(self.pack, programme)
            codes = {session.code for module in modules for session in module.sessions}
            if code in codes | {module.code for module in modules} | {programme.code}:
                return programme.code
        return now

    def first(self, view: str, programme: str) -> str:
        """What a view begins with: in a programme the first session that is written."""
        codes = self._order(view, programme)
        for code in codes:
            thing = self._things[code]
            if not isinstance(thing, Programme) and getattr(thing, "complete", True):
                return code
        return next(iter(codes), "")

    def neighbours(self, thing: Titled, programme: str) -> tuple[Titled | None, Titled | None]:
        """What stands before and after a thing in the contents of its view."""
        order = self._order(view_of(thing), programme)
        if thing.code not in order:
            return None, None
        place = order.index(thing.code)
        before = self._things[order[place - 1]] if place else None
        after = self._things[order[place + 1]] if place + 1 < len(order) else None
        return before, after

    def _order(self, view: str, programme: str) -> tuple[str, ...]:
        found = self._orders.get((view, programme))
        if found is None:
            found = self._orders[view, programme] = reading_order(self.pack, view, programme)
        return found


def view_of(thing: Titled) -> str:
    """The view in whose contents a thing stands."""
    match thing:
        case Method():
            return METHODS
        case Lesson() | ComplementCourse():
            return LESSONS
        case Chapter():
            return PROCESS
        case _:
            return SESSIONS


def entry_code(thing: Titled) -> str:
    """The code of the entry that stands for a thing in the contents: a handout's is its session."""
    return thing.session if isinstance(thing, Handout) else thing.code
