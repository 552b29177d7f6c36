"""How many copies of each handout a group needs, the spare ones of the materials list included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from facilitator_kit.curriculum.agenda import group_sizes
from facilitator_kit.curriculum.records import Handout, Material, Per, Session


@dataclass(frozen=True, slots=True)
class HandoutCopies:
    """So many copies of a handout, `spare` of them beyond what the group uses."""

    handout: Handout
    count: int
    spare: int


@dataclass(frozen=True, slots=True)
class Provision:
    """One material of several sessions: `most` that a single one of them needs, and `total`.

    `sessions` are the codes of those that need it, in order. What lasts (scissors, a box) is
    bought for the largest session; what is used up, for all of them.
    """

    name: str
    most: int
    total: int
    sessions: tuple[str, ...]


def handout_copies(session: Session, handout: Handout, people: int) -> HandoutCopies:
    """Copies for so many people: as the row of the materials list that names it counts them.

    A row names a handout by its code («M3-2-A») or by the end of it («2-A»). Where no row does, or
    where it counts by something else than the handout itself, the handout's own `per` holds.
    """
    row = material_of(session, handout)
    groups = len(group_sizes(people, session.group_of))
    times = {Per.PERSON: max(people, 0), Per.GROUP: groups, Per.ROOM: 1}[handout.per]
    if row is None:
        return HandoutCopies(handout, times, 0)
    used = times * max(row.quantity, 1) if row.per is handout.per else times
    return HandoutCopies(handout, used + row.extra, row.extra)


def material_of(session: Session, handout: Handout) -> Material | None:
    """The row of the session's materials that names the handout; of several, the likeliest."""
    short = handout.code.removeprefix(f"{session.code.rpartition('-')[0]}-")
    names = "|".join(re.escape(code) for code in (handout.code, short))
    named = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
    rows = [material for material in session.materials if named.search(material.name)]
    return max(
        rows, key=lambda row: (row.per is handout.per, handout.title in row.name), default=None
    )


def provisions(sessions: Iterable[Session], people: int) -> tuple[Provision, ...]:
    """What sessions need together for so many people, in the order in which it is first needed.

    Rows that name a handout are left out: those are printed, and counted on their own.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    names: dict[str, str] = {}
    for session in sessions:
        groups = len(group_sizes(people, session.group_of))
        times = {Per.PERSON: max(people, 0), Per.GROUP: groups, Per.ROOM: 1}
        for material in session.materials:
            if _names_a_handout(session, material):
                continue
            key = " ".join(material.name.casefold().split())
            names.setdefault(key, material.name)
            count = material.quantity * times[material.per] + material.extra
            found.setdefault(key, []).append((session.code, count))
    return tuple(
        Provision(
            names[key],
            max(count for _code, count in needs),
            sum(count for _code, count in needs),
            tuple(dict.fromkeys(code for code, _count in needs)),
        )
        for key, needs in found.items()
    )


def _names_a_handout(session: Session, material: Material) -> bool:
    module, _dash, number = session.code.rpartition("-")
    named = rf"(?<![\w-])(?:{re.escape(module)}-)?{re.escape(number)}-[A-Z](?![\w-])"
    return re.search(named, material.name) is not None
