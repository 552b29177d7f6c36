"""Databases of every released schema open, after a backup; a migration is all or nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.monitoring.records import Centre, Participant
from facilitator_kit.progress import finish
from facilitator_kit.store import Store, container, folder, migrations, upgrading
from facilitator_kit.store.engine import Database, connect
from facilitator_kit.store.journal import WRITERS
from facilitator_kit.store.migrations import MIGRATIONS, SCHEMA, migrate, schema_of
from facilitator_kit.store.tables import METADATA, TYPES

DATABASES = Path(__file__).parents[1] / "databases"


def objects(rows: list[tuple[str, str]]) -> dict[str, str]:
    """The schema's tables and indexes by name, spacing apart."""
    return {name: "".join(sql.split()) for name, sql in rows if sql is not None}


LOOK = "SELECT name, sql FROM sqlite_master"


def test_the_migrations_end_in_the_declared_tables(tmp_path: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection)
        declared = objects([tuple(row) for row in connection.exec_driver_sql(LOOK)])
    engine.dispose()
    database = connect(tmp_path / "new.db", bytes(32), mode="rwc")
    migrate(database)
    assert schema_of(database) == SCHEMA == len(MIGRATIONS)
    migrated = objects(database.execute(LOOK).fetchall())
    database.close()
    assert migrated == declared


def test_there_is_a_stored_database_for_every_released_schema() -> None:
    assert [(DATABASES / f"schema_{n + 1}" / "data.db").is_file() for n in range(SCHEMA)] == [
        True
    ] * SCHEMA


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_a_stored_database_opens_with_all_it_held(
    schema: int, tmp_path: Path, clock: FixedClock, ids: Ids
) -> None:
    shutil.copytree(DATABASES / f"schema_{schema}", tmp_path / "w")
    expected = json.loads((tmp_path / "w" / "records.json").read_text(encoding="utf-8"))
    with Store.open(tmp_path / "w", clock, ids) as store:
        for name, records in expected.items():
            found = [json.loads(WRITERS[TYPES[name]](one)) for one in store.find(TYPES[name])]
            # What a later schema has added is not compared.
            kept = [{key: row[key] for key in records[0]} for row in found]
            assert kept == records
        assert store.verify_journal().faults == ()
        assert [row.participant.code for row in store.people_page("nunez").rows] == ["CR-002"]
        store.undo("eva")
        store.undo("ana")
        assert store.count(Participant) == 1
        assert store.find(Centre)[0].name == "name"
        assert finish(store.backups.make(clock.now())).checked_at is not None


def add_table(database: Database) -> None:
    database.execute("CREATE TABLE later (id VARCHAR NOT NULL)")


def add_half_and_fail(database: Database) -> None:
    add_table(database)
    database.execute("DELETE FROM participant")
    raise ZeroDivisionError


def leave_dangling(database: Database) -> None:
    database.execute("DELETE FROM centre")


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A workspace one schema behind, as the program sees it in the tests below."""
    shutil.copytree(DATABASES / f"schema_{SCHEMA}", tmp_path / "w")
    return tmp_path / "w"


def pretend(monkeypatch: pytest.MonkeyPatch, migration: migrations.Migration) -> None:
    """Let there be one migration more."""
    for module in (upgrading, folder, container):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(upgrading, "migrate", lambda db: migrate(db, (*MIGRATIONS, migration)))


def test_an_older_database_is_backed_up_and_then_migrated(
    older: Path, clock: FixedClock, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, add_table)
    with Store.open(older, clock, ids) as store:
        (backup,) = store.backups.all()
        assert backup.checked_at is not None
        assert backup.changes == 3
        assert store.count(Participant) == 2
        database = connect(older / "data.db", store._data_key)
        assert schema_of(database) == SCHEMA + 1
        database.close()
    with Store.open(older, clock, ids) as store:
        assert len(store.backups.all()) == 1


@pytest.mark.parametrize("migration", [add_half_and_fail, leave_dangling])
def test_a_migration_that_fails_changes_nothing(
    older: Path,
    clock: FixedClock,
    ids: Ids,
    monkeypatch: pytest.MonkeyPatch,
    migration: migrations.Migration,
) -> None:
    with monkeypatch.context() as patch:
        pretend(patch, migration)
        with pytest.raises((ZeroDivisionError, AssertionError)):
            Store.open(older, clock, ids)
    with Store.open(older, clock, ids) as store:
        assert store.count(Participant) == 2
        assert store.verify_journal().ok
        database = connect(older / "data.db", store._data_key)
        assert schema_of(database) == SCHEMA
        with pytest.raises(Exception, match="no such table"):
            database.execute("SELECT * FROM later")
        database.close()


def test_a_plain_sqlite_cannot_read_the_stored_database() -> None:
    path = DATABASES / f"schema_{SCHEMA}" / "data.db"
    plain = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM participant")
    plain.close()
