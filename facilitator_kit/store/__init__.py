"""The store: an encrypted workspace folder, its records, its journal of changes and its backups.

A module, and SQLAlchemy with it, is loaded when its name is first asked for: a window that only
asks for a passphrase is there before the database is needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitator_kit.store.backup import BackupInfo, restore
    from facilitator_kit.store.header import WORKSPACE_FILE
    from facilitator_kit.store.journal import Change, ChangeInfo, Origin, RowChange
    from facilitator_kit.store.journal_check import JournalReport
    from facilitator_kit.store.people_search import PeoplePage, PersonRow
    from facilitator_kit.store.reading import Not, Range, Reads
    from facilitator_kit.store.store import Store
    from facilitator_kit.store.transaction import Transaction
else:
    _HOMES = {
        "BackupInfo": "backup",
        "Change": "journal",
        "ChangeInfo": "journal",
        "JournalReport": "journal_check",
        "Not": "reading",
        "Origin": "journal",
        "PeoplePage": "people_search",
        "PersonRow": "people_search",
        "Range": "reading",
        "Reads": "reading",
        "RowChange": "journal",
        "Store": "store",
        "Transaction": "transaction",
        "WORKSPACE_FILE": "header",
        "restore": "backup",
    }

    def __getattr__(name):
        """The public name from the module that defines it (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "WORKSPACE_FILE",
    "BackupInfo",
    "Change",
    "ChangeInfo",
    "JournalReport",
    "Not",
    "Origin",
    "PeoplePage",
    "PersonRow",
    "Range",
    "Reads",
    "RowChange",
    "Store",
    "Transaction",
    "restore",
]
