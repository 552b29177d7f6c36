"""The tables: one for each record type, and the journal's; what is unique and what refers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from facilitator_kit.monitoring.records import (
    RECORD_TYPES,
    Adaptation,
    AdoptedPack,
    AttendanceMark,
    Centre,
    ClosedDay,
    Cohort,
    Decision,
    Draft,
    Enrolment,
    EnteredFigure,
    Facilitator,
    Favourite,
    FolioFloor,
    FollowUpContact,
    FrameworkRow,
    Generation,
    PackSigner,
    Participant,
    RecoveryPlace,
    RegisterEvent,
    RegisterLine,
    Response,
    ScheduledSession,
    Signatory,
    StoredPack,
    StoredPlan,
    User,
)
from facilitator_kit.store.columns import fields

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

APPEND_ONLY: Final = frozenset((RegisterLine, RegisterEvent, FolioFloor, StoredPack))
"""Rows written once: never changed, never removed, never undone."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`source.field` holds the id of a `target`.

    With `freezes`, a target that is referred to may no longer be changed or removed.
    """

    source: type
    field: str
    target: type
    freezes: bool = False


REFERENCES: Final = (
    Reference(Signatory, "centre_id", Centre),
    Reference(Facilitator, "centre_id", Centre),
    Reference(ClosedDay, "centre_id", Centre),
    Reference(AdoptedPack, "stored_pack_id", StoredPack),
    Reference(Favourite, "user_id", User),
    Reference(Cohort, "generation_id", Generation),
    Reference(Cohort, "centre_id", Centre),
    Reference(Cohort, "facilitator_id", Facilitator),
    Reference(Enrolment, "participant_id", Participant),
    Reference(Enrolment, "cohort_id", Cohort),
    Reference(Enrolment, "transferred_to", Enrolment),
    Reference(ScheduledSession, "cohort_id", Cohort),
    Reference(ScheduledSession, "facilitator_id", Facilitator),
    Reference(ScheduledSession, "replaces", ScheduledSession),
    Reference(RecoveryPlace, "scheduled_session_id", ScheduledSession),
    Reference(RecoveryPlace, "enrolment_id", Enrolment),
    Reference(StoredPlan, "scheduled_session_id", ScheduledSession),
    Reference(AttendanceMark, "scheduled_session_id", ScheduledSession),
    Reference(AttendanceMark, "enrolment_id", Enrolment),
    Reference(Response, "enrolment_id", Enrolment),
    Reference(FollowUpContact, "enrolment_id", Enrolment),
    Reference(Decision, "enrolment_id", Enrolment),
    Reference(RegisterLine, "participant_id", Participant),
    Reference(RegisterLine, "enrolment_id", Enrolment),
    Reference(RegisterLine, "decision_id", Decision, freezes=True),
    Reference(RegisterLine, "reissue_of", RegisterLine),
    Reference(RegisterEvent, "register_line_id", RegisterLine),
    Reference(FrameworkRow, "generation_id", Generation),
    Reference(EnteredFigure, "generation_id", Generation),
)

_UNIQUE: Final[tuple[tuple[type, tuple[str, ...]], ...]] = (
    (Centre, ("code",)),
    (Participant, ("code",)),
    (StoredPack, ("code", "version")),
    (Adaptation, ("pack_code", "file")),
    (PackSigner, ("public_key",)),
    (Favourite, ("user_id", "code")),
    (RecoveryPlace, ("scheduled_session_id", "enrolment_id")),
    (StoredPlan, ("scheduled_session_id",)),
    (AttendanceMark, ("scheduled_session_id", "enrolment_id")),
    (Draft, ("form", "record_id", "field")),
    (RegisterLine, ("folio",)),
    (RegisterLine, ("series", "year", "number")),
)

_INDEXED: Final[tuple[tuple[type, str], ...]] = (
    (ScheduledSession, "on"),
    (FollowUpContact, "on"),
    (RegisterLine, "issued_on"),
)


def table_name(record_type: type) -> str:
    """`ScheduledSession` is kept in `scheduled_session`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", record_type.__name__).lower()


def _table(record_type: type) -> Table:
    references = {r.field: r for r in REFERENCES if r.source is record_type}
    unique = [names for owner, names in _UNIQUE if owner is record_type]
    columns: list[Column[object]] = []
    for field in fields(record_type):
        reference = references.get(field.name)
        target = (
            [
                # Checked at the end of a change, whose rows may come in any order.
                ForeignKey(
                    f"{table_name(reference.target)}.id", deferrable=True, initially="DEFERRED"
                )
            ]
            if reference is not None
            else []
        )
        columns.append(
            Column(
                field.name,
                field.column_type(),
                *target,
                primary_key=field.name == "id",
                nullable=field.nullable,
            )
        )
    # Kept in the order of ids, which is that of creation; but large values would make such a tree
    # slow to search, so tables with files in them are kept in the ordinary way.
    holds_files = any(field.kind is bytes for field in fields(record_type))
    table = Table(
        table_name(record_type),
        METADATA,
        *columns,
        *(UniqueConstraint(*names) for names in unique),
        sqlite_with_rowid=holds_files,
    )
    led = {names[0] for names in unique}
    for name in [*references, *(name for owner, name in _INDEXED if owner is record_type)]:
        if name not in led:
            Index(None, table.c[name])
    return table


TABLES: Final[Mapping[type, Table]] = {kind: _table(kind) for kind in RECORD_TYPES}
TYPES: Final[Mapping[str, type]] = {table.name: kind for kind, table in TABLES.items()}

CHANGES: Final = Table(
    "change",
    METADATA,
    # The order in this copy of the data; `counter` is the order in the copy that made the change.
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("copy_id", String, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("actor", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("origin", String, nullable=False),
    Column("subject", String, nullable=True),
    Column("final", Boolean, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("salt", String, nullable=True),
    Column("name_digest", String, nullable=False),
    Column("rows_digest", String, nullable=False),
    Column("chain", String, nullable=False),
    # Whether it is in force is read from the undo and redo changes about it; this only finds it.
    Column("undone_by", String, nullable=True),
    UniqueConstraint("copy_id", "counter"),
)

IMAGES: Final = Table(
    "row_image",
    METADATA,
    Column("position", Integer, ForeignKey("change.position"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("table_name", String, nullable=False),
    Column("row_id", String, nullable=False),
    Column("before", String, nullable=True),
    Column("after", String, nullable=True),
    # Random, and erased with the images: the digest alone cannot be used to guess them.
    Column("salt", String, nullable=True),
    Column("digest", String, nullable=False),
    sqlite_with_rowid=False,
)
Index(None, IMAGES.c.row_id)

META: Final = Table(
    "meta",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
