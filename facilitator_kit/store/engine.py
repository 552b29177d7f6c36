"""Connections to the encrypted database: keyed before anything else, and never made by accident."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import sqlite  # noqa: F401 - or the first connection would wait for it
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher  # type: ignore[import-untyped]  # none in the wheel

READERS: Final = 4
BUSY_MILLISECONDS: Final = 5_000
READING_CACHE_KIB: Final = 32 * 1024
WRITING_CACHE_KIB: Final = 96 * 1024
"""At most, and only while a change is that large."""

Database = sqlite3.Connection
"""A connection: SQLCipher's has the interface of the standard library's, which has types."""

DatabaseFault: Final[type[sqlite3.Error]] = sqlcipher.Error
"""What SQLCipher raises: not a descendant of the standard library's, but of the same shape."""

_SQLITE_HEADER: Final = b"SQLite format 3\x00"


def connect(path: Path, key: bytes, mode: str = "rw", immutable: bool = False) -> Database:
    """A connection in autocommit with the 32-byte `key` given.

    `mode` is "rw" or "ro" (the file must exist) or "rwc" (it may be made). `immutable` reads the
    file alone, without its write-ahead log, and leaves no file beside it.
    """
    uri = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    connection: Database = sqlcipher.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False
    )
    # SQLCipher writes its faults to the terminal as well as raising them: once is enough.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    return connection


def is_plain(path: Path) -> bool:
    """Whether the file is an SQLite database that nobody encrypted."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE_HEADER)) == _SQLITE_HEADER


def writing_engine(path: Path, key: bytes) -> Engine:
    """An engine of one connection, whose transactions take the write lock when they begin."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return _engine(lambda: _ready(connect(path, key), WRITING_CACHE_KIB), begin, size=1)


def reading_engine(path: Path, key: bytes) -> Engine:
    """An engine whose connections cannot write; each transaction sees one moment."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    def make() -> Database:
        connection = _ready(connect(path, key), READING_CACHE_KIB)
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(make, begin, size=READERS)


def _ready(connection: Database, cache_kib: int) -> Database:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    return connection


def _engine(make: Callable[[], Database], begin: Callable[[Connection], None], size: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=make,
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0 if size == 1 else size * 2,
        pool_reset_on_return="rollback",
    )
    event.listen(engine, "begin", begin)
    return engine
