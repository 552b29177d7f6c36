"""Bringing an older database up to the current schema, once a backup of it has been proved."""

from __future__ import annotations

from pathlib import Path

from facilitator_kit.clock import Clock
from facilitator_kit.progress import finish
from facilitator_kit.store import header as headers
from facilitator_kit.store.backup import Backups
from facilitator_kit.store.engine import connect
from facilitator_kit.store.faults import database_faults
from facilitator_kit.store.header import DATABASE_FILE
from facilitator_kit.store.migrations import SCHEMA, migrate, schema_of


def bring_up_to_date(folder: Path, data_key: bytes, clock: Clock) -> None:
    """Apply the migrations that the database in `folder` lacks, if any, after a verified backup.

    Raises `NotOpened` (newer_version), `StorageFailed`.
    """
    path = folder / DATABASE_FILE
    database = connect(path, data_key)
    try:
        with database_faults():
            schema = schema_of(database)
        if schema == SCHEMA:
            return
        if schema > SCHEMA:
            raise headers.newer(folder.name)
        finish(Backups(folder, data_key, clock).make(clock.now()))
        with database_faults():
            migrate(database)
    finally:
        database.close()
