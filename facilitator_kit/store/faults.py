"""The border with disk and database: known faults become `KitError`s here, the rest escapes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from facilitator_kit.store.disk import (
    DAMAGED,
    FULL,
    LOCKED,
    READ_ONLY,
    UNREADABLE,
    disk_faults,
    storage_failed,
)
from facilitator_kit.store.engine import DatabaseFault

# Primary result codes of https://www.sqlite.org/rescode.html
_RESULT_CODES: Final = {
    3: READ_ONLY,
    5: LOCKED,
    6: LOCKED,
    8: READ_ONLY,
    10: UNREADABLE,
    11: DAMAGED,
    13: FULL,
    14: UNREADABLE,
    26: DAMAGED,
}

# Copying a database tells its fault in words alone (sqlite3_errstr), without a code.
_RESULT_WORDS: Final = {
    "attempt to write a readonly database": READ_ONLY,
    "database is locked": LOCKED,
    "disk I/O error": UNREADABLE,
    "database disk image is malformed": DAMAGED,
    "database or disk is full": FULL,
    "unable to open database file": UNREADABLE,
}


@contextmanager
def storage_faults() -> Iterator[None]:
    """Raise `StorageFailed` for a fault of disk or database file that a person can act on.

    Its codes: disk_full, read_only, locked, damaged, unreadable. Anything else passes unchanged.
    """
    with database_faults(), disk_faults():
        yield


@contextmanager
def database_faults() -> Iterator[None]:
    """The same for what the database raises alone: for blocks in which others' code runs too."""
    try:
        yield
    except (DBAPIError, DatabaseFault) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        code = int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF
        known = _RESULT_CODES.get(code) or _RESULT_WORDS.get(str(cause))
        if known is None:
            raise
        raise storage_failed(known) from fault
