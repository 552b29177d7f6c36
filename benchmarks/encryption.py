"""What encryption costs: the same table, driver and work, with the store's key and without one."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, cast

from sqlcipher3 import dbapi2 as sqlcipher  # type: ignore[import-untyped]  # none in the wheel

from benchmarks.certificate_makers import people
from benchmarks.frame import Measure, Scale, versus
from facilitator_kit.store.engine import Database, connect, writing_engine

_KEY: Final = bytes(range(32))
_COMMITS: Final = 300
_QUERIES: Final = 3000


def measure(scale: Scale) -> Iterator[Measure]:
    """Inserts, commits, hot queries, and a report on a file just opened; medians of the rounds."""
    rows = scale.of(100_000, 5_000)
    works: dict[str, Callable[[Database, int], None]] = {
        "inserts": _insert,
        "commits": _commit,
        "hot queries": _query,
    }
    times: dict[str, dict[str, list[float]]] = {}
    for _round in range(scale.repeats):
        for kind, opened in (("encrypted", _encrypted), ("plain", _plain)):
            with tempfile.TemporaryDirectory() as temporary:
                path = Path(temporary) / "data.db"
                database = opened(path)
                database.execute(
                    "CREATE TABLE person (id TEXT PRIMARY KEY, code TEXT, name TEXT, foot TEXT)"
                )
                database.execute("CREATE INDEX person_by_name ON person (name)")
                for name, work in works.items():
                    _time(times, name, kind, partial(work, database, rows))
                database.close()
                _time(times, "reopened report", kind, partial(_report, opened(path)))
    for name, kinds in times.items():
        yield from versus(
            f"encryption: {name}",
            "ms",
            {
                "encrypted": statistics.median(kinds["encrypted"]) * 1000,
                "plain": statistics.median(kinds["plain"]) * 1000,
            },
        )


def _time(
    times: dict[str, dict[str, list[float]]], name: str, kind: str, work: Callable[[], None]
) -> None:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    times.setdefault(name, {}).setdefault(kind, []).append(seconds)


def _encrypted(path: Path) -> Database:
    """A connection as the store makes it."""
    if not path.exists():
        connect(path, _KEY, mode="rwc").close()
    lent = writing_engine(path, _KEY).raw_connection()
    database = cast("Database", lent.driver_connection)
    lent.detach()  # ours to keep and to close
    return database


def _plain(path: Path) -> Database:
    """A connection by the same driver with the store's settings, but no key."""
    database: Database = sqlcipher.connect(os.fspath(path), isolation_level=None)
    with tempfile.TemporaryDirectory() as temporary:
        model = _encrypted(Path(temporary) / "model.db")
        for name in ("journal_mode", "synchronous", "foreign_keys", "cache_size", "temp_store"):
            (value,) = model.execute(f"PRAGMA {name}").fetchone()
            database.execute(f"PRAGMA {name} = {value}")
        model.close()
    return database


def _insert(database: Database, rows: int) -> None:
    values = [(f"{n:032x}", p.folio, p.name, p.foot) for n, p in enumerate(people(rows))]
    database.execute("BEGIN IMMEDIATE")
    database.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", values)
    database.execute("COMMIT")


def _commit(database: Database, rows: int) -> None:
    for number in range(_COMMITS):
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "UPDATE person SET code = ? WHERE id = ?", (f"{number}", f"{number * 7 % rows:032x}")
        )
        database.execute("COMMIT")


def _query(database: Database, rows: int) -> None:
    chance = random.Random(1)
    for _number in range(_QUERIES):
        first = chance.randrange(min(rows, 2000))
        database.execute("SELECT * FROM person WHERE id = ?", (f"{first:032x}",)).fetchall()
        database.execute(
            "SELECT name, code FROM person WHERE name >= 'M' ORDER BY name LIMIT 20"
        ).fetchall()


def _report(database: Database) -> None:
    database.execute(
        "SELECT substr(name, 1, 1), count(*), sum(length(foot)) FROM person GROUP BY 1"
    ).fetchall()
    database.close()
