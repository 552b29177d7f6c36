"""The database's released schemas, in order; opening an older one brings it up to the last.

A migration is written once and never edited after its release: it must do the same whatever the
records have become since. Each runs in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from facilitator_kit.store.engine import Database
from facilitator_kit.store.migrations import m0001_initial, m0002_packs

Migration = Callable[[Database], None]

MIGRATIONS: Final[tuple[Migration, ...]] = (m0001_initial.apply, m0002_packs.apply)

SCHEMA: Final = len(MIGRATIONS)


def schema_of(connection: Database) -> int:
    """The number of the schema that the database has; 0 while it has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Database, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Apply the migrations that this database lacks."""
    # Tables may be rebuilt under new names; references are checked again at the end of each.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for number in range(schema_of(connection), len(migrations)):
            connection.execute("BEGIN IMMEDIATE")
            try:
                migrations[number](connection)
                dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
                if dangling:
                    raise AssertionError(f"migration {number + 1} left references to nothing")
                connection.execute(f"PRAGMA user_version = {number + 1}")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
