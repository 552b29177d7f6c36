"""The list of people: searched as one types and sorted, from tables derived within each change.

Nothing here is journalled and all of it can be made again. Common words are looked for along the
sorted list, which stops at the end of the page; rare ones in a full-text index, whose few finds
are then sorted. So no keystroke sorts a hundred thousand people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import (
    Connection,
    RowMapping,
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
from facilitator_kit.store.columns import Record
from facilitator_kit.store.faults import storage_faults
from facilitator_kit.store.reading import Reads, among
from facilitator_kit.store.tables import META, TABLES

Order = Literal["name", "code", "cohort", "centre"]

COUNTED: Final = 2_000
"""Finds beyond this many are not counted to the last one."""

Pair = tuple[Record | None, Record | None]
"""A record before a change and after it."""

_VERSION: Final = "1"
_VERSION_KEY: Final = "search_version"
_AT_ONCE: Final = 25_000

_SCHEMA: Final = (
    """CREATE TABLE people_index (
        person INTEGER PRIMARY KEY,
        participant_id TEXT NOT NULL UNIQUE,
        sort_name TEXT NOT NULL,
        sort_code TEXT NOT NULL,
        sort_cohort TEXT NOT NULL,
        sort_centre TEXT NOT NULL,
        enrolment_id TEXT,
        words TEXT NOT NULL)""",
    "CREATE INDEX people_by_name ON people_index (sort_name, person)",
    "CREATE INDEX people_by_code ON people_index (sort_code, person)",
    "CREATE INDEX people_by_cohort ON people_index (sort_cohort, sort_name, person)",
    "CREATE INDEX people_by_centre ON people_index (sort_centre, sort_name, person)",
    """CREATE TABLE people_place (
        person INTEGER NOT NULL,
        cohort_id TEXT NOT NULL,
        centre_id TEXT NOT NULL,
        generation_id TEXT NOT NULL,
        sort_name TEXT NOT NULL,
        PRIMARY KEY (person, cohort_id)) WITHOUT ROWID""",
    "CREATE INDEX people_in_cohort ON people_place (cohort_id, sort_name, person)",
    "CREATE INDEX people_in_centre ON people_place (centre_id, sort_name, person)",
    "CREATE INDEX people_in_generation ON people_place (generation_id, sort_name, person)",
    """CREATE VIRTUAL TABLE people_words USING fts5(
        words, content='', contentless_delete=1, detail=none, prefix='1 2 3',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
)
_OBJECTS: Final = ("people_words", "people_place", "people_index")
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
    with storage_faults():
        pool, values = "", {}
        if words and len(found := _found(connection, words)) <= COUNTED:
            pool = " AND person IN (SELECT value FROM json_each(:found))" + _in_places(places)
            values = {"found": json.dumps(found)}
        elif places and _members(connection, places) <= COUNTED:
            pool = _in_places(places) + _saying(words)
        if pool:
            values |= {**places, **_said(words)}
            everyone = _sorted(connection, pool, values, order, descending)
            people, total, exact = everyone[offset : offset + limit], len(everyone), True
        else:
            people = _along(connection, words, places, order, descending, offset, limit)
            total, exact = _total(connection, words, places, offset + len(people))
            if len(people) < limit and (people or not offset):
                total, exact = offset + len(people), True
        return PeoplePage(_rows(connection, people), total, exact)


def _found(connection: Connection, words: Collection[str]) -> list[int]:
    """Who has all those words, as far as they are worth listing."""
    query = " ".join(f'"{word}" *' for word in words)
    with storage_faults():
        return list(
            connection.execute(
                text("SELECT rowid FROM people_words WHERE people_words MATCH :query LIMIT :limit"),
                {"query": query, "limit": COUNTED + 1},
            ).scalars()
        )


def _sorted(
    connection: Connection, pool: str, values: Mapping[str, str], order: Order, descending: bool
) -> list[int]:
    """Everyone in a small pool, in order. The sign keeps SQLite from walking a whole index."""
    turn = " DESC" if descending else ""
    ordering = ", ".join(f"+{column}{turn}" for column in _ORDERS[order])
    return list(
        connection.execute(
            text(f"SELECT person FROM people_index WHERE 1{pool} ORDER BY {ordering}"), values
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
        statement = (
            "SELECT place.person FROM people_place AS place CROSS JOIN people_index AS one"
            f" ON one.person = place.person WHERE {conditions}{_saying(words)}"
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
    statement = f"SELECT count(DISTINCT person) FROM people_place WHERE {conditions}"
    return int(connection.execute(text(statement), dict(places)).scalar_one())


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


# -- keeping it ----------------------------------------------------------------------------------


def prepare(connection: Connection) -> None:
    """Make the tables if they are not there, or not of this version, and fill them."""
    found = connection.execute(select(META.c.value).where(META.c.key == _VERSION_KEY)).scalar()
    if found != _VERSION:
        rebuild(connection)


def rebuild(connection: Connection) -> None:
    """Make the tables again from the records."""
    with storage_faults():
        for name in _OBJECTS:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        for statement in _SCHEMA:
            connection.exec_driver_sql(statement)
        connection.execute(
            text("INSERT OR REPLACE INTO meta (key, value) VALUES (:key, :value)"),
            {"key": _VERSION_KEY, "value": _VERSION},
        )
        ids = connection.execute(select(TABLES[Participant].c.id)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        _index(connection, ids[start : start + _AT_ONCE])


def follow(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Bring the tables up to what a change did: each record before it and after it."""
    people: set[str] = set()
    cohorts: set[str] = set()
    centres: set[str] = set()
    for before, after in pairs:
        match after or before:
            case Participant(id=participant_id):
                people.add(participant_id)
            case Enrolment():
                people.update(e.participant_id for e in (before, after) if isinstance(e, Enrolment))
            case Cohort(id=cohort_id) if before is not None:
                cohorts.add(cohort_id)
            case Centre(id=centre_id) if before is not None:
                centres.add(centre_id)
    people.update(_people_in(connection, cohorts, centres))
    ids = sorted(people)
    for start in range(0, len(ids), _AT_ONCE):
        _index(connection, ids[start : start + _AT_ONCE])


def _people_in(
    connection: Connection, cohort_ids: Collection[str], centre_ids: Collection[str]
) -> Iterable[str]:
    if not cohort_ids and not centre_ids:
        return ()
    enrolments, cohorts = TABLES[Enrolment], TABLES[Cohort]
    with storage_faults():
        return (
            connection.execute(
                select(enrolments.c.participant_id)
                .join(cohorts, cohorts.c.id == enrolments.c.cohort_id)
                .where(among(cohorts.c.id, cohort_ids) | among(cohorts.c.centre_id, centre_ids))
            )
            .scalars()
            .all()
        )


def _index(connection: Connection, ids: Collection[str]) -> None:
    with storage_faults():
        known = {
            row.participant_id: row.person
            for row in connection.execute(
                text(
                    "SELECT participant_id, person FROM people_index"
                    " WHERE participant_id IN (SELECT value FROM json_each(:ids))"
                ),
                {"ids": json.dumps(list(ids))},
            ).all()
        }
        _remove(connection, known.values())
        reads = Reads(connection)
        enrolled = _enrolments(connection, ids)
        next_person = connection.execute(
            text("SELECT coalesce(max(person), 0) + 1 FROM people_index")
        ).scalar_one()
        next_person = max([next_person, *(person + 1 for person in known.values())])
        index: list[tuple[object, ...]] = []
        placed: list[tuple[object, ...]] = []
        words: list[tuple[object, ...]] = []
        # In the order of their names, so that many are written side by side.
        named = sorted((names.sort_key(p), p.id, p) for p in reads.find(Participant, id=tuple(ids)))
        for sort_name, _, participant in named:
            person = known.get(participant.id)
            if person is None:
                person, next_person = next_person, next_person + 1
            spoken = names.search_text(participant)
            mine = enrolled.get(participant.id, [])
            current = mine[0] if mine else None
            index.append(
                (
                    person,
                    participant.id,
                    sort_name,
                    _code_key(participant.code),
                    # People without a cohort come last.
                    names.fold(current["cohort_name"]) if current else "~",
                    names.fold(current["centre_name"]) if current else "~",
                    current["id"] if current else None,
                    f" {spoken}",
                )
            )
            words.append((person, spoken))
            placed.extend(
                {
                    row["cohort_id"]: (
                        person,
                        row["cohort_id"],
                        row["centre_id"],
                        row["generation_id"],
                        sort_name,
                    )
                    for row in mine
                }.values()
            )
        _insert(connection, "INSERT INTO people_index VALUES (?,?,?,?,?,?,?,?)", index)
        _insert(connection, "INSERT INTO people_place VALUES (?,?,?,?,?)", placed)
        _insert(connection, "INSERT INTO people_words (rowid, words) VALUES (?,?)", words)


def _code_key(code: str) -> str:
    """Codes in the order of their numbers: CR-99 before CR-100."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), code)


def _remove(connection: Connection, people: Iterable[int]) -> None:
    gone = [(person,) for person in people]
    _insert(connection, "DELETE FROM people_words WHERE rowid = ?", gone)
    _insert(connection, "DELETE FROM people_place WHERE person = ?", gone)
    _insert(connection, "DELETE FROM people_index WHERE person = ?", gone)


def _insert(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)


def _enrolments(connection: Connection, ids: Collection[str]) -> dict[str, list[RowMapping]]:
    """Each woman's enrolments with their places, the one that began last first."""
    enrolments, cohorts, centres = TABLES[Enrolment], TABLES[Cohort], TABLES[Centre]
    rows = connection.execute(
        select(
            enrolments.c.id,
            enrolments.c.participant_id,
            enrolments.c.cohort_id,
            cohorts.c.centre_id,
            cohorts.c.generation_id,
            cohorts.c.name.label("cohort_name"),
            centres.c.name.label("centre_name"),
        )
        .join(cohorts, cohorts.c.id == enrolments.c.cohort_id)
        .join(centres, centres.c.id == cohorts.c.centre_id)
        .where(among(enrolments.c.participant_id, ids))
        .order_by(
            enrolments.c.starts_on.desc(),
            enrolments.c.transferred_to.is_not(None),
            enrolments.c.id.desc(),
        )
    ).mappings()
    found: dict[str, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row["participant_id"], []).append(row)
    return found
