"""The list of people: searched as one types and sorted, from tables derived within each change.

Nothing here is journalled and all of it can be made again. Common words are looked for along the
sorted list, which stops at the end of the page; rare ones in a full-text index, whose few finds
are then sorted. So no keystroke sorts a hundred thousand people.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    column,
    func,
    select,
    table,
    text,
)

from facilitator_kit.monitoring import names
from facilitator_kit.monitoring.records import Centre, Cohort, Enrolment, Participant
from facilitator_kit.store.tables import TABLES

Order = Literal["name", "code", "cohort", "centre"]

COUNTED: Final = 2_000
"""Finds beyond this many are not counted to the last one."""

_ALL: Final = -1
"""As a limit: none (https://www.sqlite.org/lang_select.html#limitoffset)."""

_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("sort_name", "person"),
    "code": ("sort_code", "person"),
    "cohort": ("sort_cohort", "sort_name", "person"),
    "centre": ("sort_centre", "sort_name", "person"),
}


_NAMED: Final = 5
_PARTICIPANT: Final = len(TABLES[Participant].c)


def _behind() -> Select[Any]:
    """The records behind the people numbered in the list `people`."""
    participants, enrolments = TABLES[Participant], TABLES[Enrolment]
    cohorts, centres = TABLES[Cohort], TABLES[Centre]
    index = table(
        "people_index", column("person"), column("participant_id"), column("enrolment_id")
    )
    listed = func.json_each(bindparam("people")).table_valued("value")
    return (
        select(
            index.c.person,
            cohorts.c.name,
            cohorts.c.code,
            centres.c.name,
            centres.c.id,
            *participants.c,
            *enrolments.c,
        )
        .select_from(listed)
        .join(index, index.c.person == listed.c.value)
        .join(participants, participants.c.id == index.c.participant_id)
        .outerjoin(enrolments, enrolments.c.id == index.c.enrolment_id)
        .outerjoin(cohorts, cohorts.c.id == enrolments.c.cohort_id)
        .outerjoin(centres, centres.c.id == cohorts.c.centre_id)
    )


_BEHIND: Final = _behind()

# One row, not thousands: most of what a keystroke finds is too much to list, and is only counted.
_FOUND: Final = text(
    "SELECT count(*), CASE WHEN count(*) <= :counted THEN json_group_array(rowid) END FROM"
    " (SELECT rowid FROM people_words WHERE people_words MATCH :query LIMIT :limit)"
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A woman in the list, with the enrolment that began last and where it is."""

    participant: Participant
    enrolment: Enrolment | None
    cohort_name: str
    cohort_code: str
    centre_name: str
    centre_id: str | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the list. Unless `exact`, there are `total` people at least."""

    rows: tuple[PersonRow, ...]
    total: int
    exact: bool


# -- the page ------------------------------------------------------------------------------------


def people_page(
    connection: Connection,
    typed: str,
    places: Mapping[str, str],
    order: Order,
    descending: bool,
    offset: int,
    limit: int,
) -> PeoplePage:
    """One page of the people whose words begin with what was typed, in `places` by column."""
    words = names.fold(typed).split()
    pool, values = "", {}
    count, found = _found(connection, words) if words else (COUNTED + 1, "")
    if count <= COUNTED:
        pool = " AND person IN (SELECT value FROM json_each(:found))" + _in_places(places)
        values = {"found": found}
    elif places and _members(connection, places) <= COUNTED:
        pool = _in_places(places) + _saying(words)
    if pool:
        values |= {**places, **_said(words)}
        exact = True
        if places:  # only the whole list says how many there are
            everyone = _sorted(connection, pool, values, order, descending, 0, _ALL)
            people, total = everyone[offset : offset + limit], len(everyone)
        else:
            people = _sorted(connection, pool, values, order, descending, offset, limit)
            total = count
    else:
        people = _along(connection, words, places, order, descending, offset, limit)
        total, exact = _total(connection, words, places, offset + len(people))
        if len(people) < limit and (people or not offset):
            total, exact = offset + len(people), True
    return PeoplePage(_rows(connection, people), total, exact)


def _found(connection: Connection, words: Collection[str]) -> tuple[int, str]:
    """How many have all those words and, as one list in JSON, who: so far as is worth counting."""
    query = " ".join(f'"{word}" *' for word in words)
    count, found = connection.execute(
        _FOUND, {"query": query, "limit": COUNTED + 1, "counted": COUNTED}
    ).one()
    return count, found


def _sorted(
    connection: Connection,
    pool: str,
    values: Mapping[str, str],
    order: Order,
    descending: bool,
    offset: int,
    limit: int,
) -> list[int]:
    """A page of a small pool, in order. The sign keeps SQLite from walking a whole index."""
    turn = " DESC" if descending else ""
    ordering = ", ".join(f"+{column}{turn}" for column in _ORDERS[order])
    return list(
        connection.execute(
            text(
                f"SELECT person FROM people_index WHERE 1{pool} ORDER BY {ordering}"
                " LIMIT :limit OFFSET :offset"
            ),
            {**values, "offset": offset, "limit": limit},
        ).scalars()
    )


def _along(
    connection: Connection,
    words: Collection[str],
    places: Mapping[str, str],
    order: Order,
    descending: bool,
    offset: int,
    limit: int,
) -> list[int]:
    """A page of many people, read along an index in their order until it is full."""
    turn = " DESC" if descending else ""
    if places and order == "name":
        # She may have been in two cohorts of one place: grouping along the index is free.
        conditions = " AND ".join(f"place.{column} = :{column}" for column in places)
        spoken = " CROSS JOIN people_index AS one ON one.person = place.person" if words else ""
        statement = (
            f"SELECT place.person FROM people_place AS place{spoken}"
            f" WHERE {conditions}{_saying(words)}"
            " GROUP BY place.sort_name, place.person"
            f" ORDER BY place.sort_name{turn}, place.person{turn}"
        )
    else:
        ordering = ", ".join(f"{column}{turn}" for column in _ORDERS[order])
        inside = ""
        if places:
            # The sign makes it look her up, not walk everyone who is in that place.
            conditions = "".join(f" AND +place.{column} = :{column}" for column in places)
            inside = (
                " AND EXISTS (SELECT 1 FROM people_place AS place"
                f" WHERE place.person = people_index.person{conditions})"
            )
        statement = (
            f"SELECT person FROM people_index WHERE 1{_saying(words)}{inside} ORDER BY {ordering}"
        )
    values = {**places, **_said(words), "offset": offset, "limit": limit}
    return list(
        connection.execute(text(f"{statement} LIMIT :limit OFFSET :offset"), values).scalars()
    )


def _saying(words: Collection[str]) -> str:
    return "".join(f" AND words LIKE :word{number}" for number in range(len(words)))


def _said(words: Collection[str]) -> dict[str, str]:
    return {f"word{number}": f"% {word}%" for number, word in enumerate(words)}


def _members(connection: Connection, places: Mapping[str, str]) -> int:
    conditions = " AND ".join(f"{column} = :{column}" for column in places)
    grouped = f"SELECT 1 FROM people_place WHERE {conditions} GROUP BY sort_name, person"
    statement = text(f"SELECT count(*) FROM ({grouped})")
    return int(connection.execute(statement, dict(places)).scalar_one())


def _total(
    connection: Connection, words: Collection[str], places: Mapping[str, str], seen: int
) -> tuple[int, bool]:
    """How many there are; with words, only that there are more than are worth counting."""
    if words:
        return max(COUNTED, seen), False
    if places:
        return _members(connection, places), True
    return int(connection.execute(text("SELECT count(*) FROM people_index")).scalar_one()), True


def _in_places(places: Mapping[str, str]) -> str:
    if not places:
        return ""
    conditions = " AND ".join(f"{column} = :{column}" for column in places)
    return f" AND person IN (SELECT person FROM people_place WHERE {conditions})"


def _rows(connection: Connection, people: list[int]) -> tuple[PersonRow, ...]:
    """The records behind a page, in its order."""
    if not people:
        return ()
    found: dict[int, PersonRow] = {}
    for row in connection.execute(_BEHIND, {"people": json.dumps(people)}).all():
        person, cohort_name, cohort_code, centre_name, centre_id = row[:_NAMED]
        enrolment = None if centre_id is None else Enrolment(*row[_NAMED + _PARTICIPANT :])
        found[person] = PersonRow(
            Participant(*row[_NAMED : _NAMED + _PARTICIPANT]),
            enrolment,
            cohort_name or "",
            cohort_code or "",
            centre_name or "",
            centre_id,
        )
    return tuple(found[person] for person in people)
