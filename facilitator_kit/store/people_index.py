"""The tables behind the list of people: derived within each change, never journalled."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select, text

from facilitator_kit.monitoring import names
from facilitator_kit.monitoring.records import Centre, Cohort, Enrolment, Participant
from facilitator_kit.store.columns import Record
from facilitator_kit.store.reading import Reads, among
from facilitator_kit.store.tables import META, TABLES

Pair = tuple[Record | None, Record | None]
"""A record before a change and after it."""

_VERSION: Final = "2"
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
    """CREATE INDEX people_in_centre
        ON people_place (centre_id, sort_name, person, generation_id)""",
    """CREATE INDEX people_in_generation
        ON people_place (generation_id, sort_name, person, centre_id)""",
    # A list for each length of a beginning: without it, four letters of a common name would bring
    # together everyone of that name before the first is found.
    """CREATE VIRTUAL TABLE people_words USING fts5(
        words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6 7 8',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
)
_OBJECTS: Final = ("people_words", "people_place", "people_index")


def prepare(connection: Connection) -> None:
    """Make the tables if they are not there, or not of this version, and fill them."""
    found = connection.execute(select(META.c.value).where(META.c.key == _VERSION_KEY)).scalar()
    if found != _VERSION:
        rebuild(connection)


def rebuild(connection: Connection) -> None:
    """Make the tables again from the records."""
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
