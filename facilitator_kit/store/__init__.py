"""The store: an encrypted workspace folder, its records, its journal of changes and its backups."""

from typing import TYPE_CHECKING

from facilitator_kit.late import late

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
    __getattr__ = late(
        __name__,
        {
            "backup": ("BackupInfo", "restore"),
            "header": ("WORKSPACE_FILE",),
            "journal": ("Change", "ChangeInfo", "Origin", "RowChange"),
            "journal_check": ("JournalReport",),
            "people_search": ("PeoplePage", "PersonRow"),
            "reading": ("Not", "Range", "Reads"),
            "store": ("Store",),
            "transaction": ("Transaction",),
        },
    )

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
