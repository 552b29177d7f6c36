"""The change journal: who changed which rows, when, what they held before and after, in a chain.

Every change has a row in `change` and one row in `row_image` for each record it touched. A digest
of each pair of images enters the digest of its change, and that the chain; the images themselves
can be erased without breaking it, because a random salt is erased with them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, insert, select, update

from facilitator_kit.clock import Ids
from facilitator_kit.i18n import Message
from facilitator_kit.store.change_names import dump_name, load_name
from facilitator_kit.store.columns import Record, image_reader, image_writer
from facilitator_kit.store.tables import CHANGES, IMAGES, TABLES, TYPES, table_name

_SALT_BYTES: Final = 16
START: Final = "0" * 64


class Origin(StrEnum):
    """How a change came about."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is stored, as told to those who listen. `touched`: ids by record type."""

    id: str
    name: Message
    actor: str
    at: datetime
    origin: Origin
    touched: Mapping[type, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """A line of the journal. `rows` records were touched; `undone`: no longer in force.

    `undoable` is False for changes that are final by their nature; whether another one can be
    undone now is known by trying.
    """

    id: str
    position: int
    name: Message
    actor: str
    at: datetime
    origin: Origin
    undoable: bool
    undone: bool
    rows: int


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one change did to one record; None: it was not there. `erased`: no longer known."""

    info: ChangeInfo
    before: Record | None
    after: Record | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Image:
    """A record's images in one change, as kept."""

    record_type: type
    row_id: str
    before: str | None
    after: str | None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written of a change."""

    name: Message
    actor: str
    at: datetime
    origin: Origin = Origin.DO
    subject: str | None = None
    final: bool = False


WRITERS: Final = {kind: image_writer(kind) for kind in TABLES}
READERS: Final = {kind: image_reader(kind) for kind in TABLES}


# -- writing -------------------------------------------------------------------------------------


def append(
    connection: Connection, copy_id: str, ids: Ids, entry: Entry, images: Sequence[Image]
) -> Change:
    """Write a change at the end of the journal; its rows have been written already."""
    position, chain = head(connection)
    counter = connection.execute(
        select(CHANGES.c.counter)
        .where(CHANGES.c.copy_id == copy_id)
        .order_by(CHANGES.c.counter.desc())
        .limit(1)
    ).scalar()
    salts = secrets.token_bytes(_SALT_BYTES * len(images)).hex()
    width = _SALT_BYTES * 2
    rows: list[dict[str, object]] = []
    digests = hashlib.sha256()
    touched: dict[type, set[str]] = {}
    for number, image in enumerate(images):
        name = table_name(image.record_type)
        salt = salts[number * width : (number + 1) * width]
        digest = digest_of(salt, name, image.row_id, image.before, image.after)
        digests.update(digest.encode())
        rows.append(
            {
                "position": position + 1,
                "number": number,
                "table_name": name,
                "row_id": image.row_id,
                "before": image.before,
                "after": image.after,
                "salt": salt,
                "digest": digest,
            }
        )
        touched.setdefault(image.record_type, set()).add(image.row_id)
    text = dump_name(entry.name)
    salt = secrets.token_hex(_SALT_BYTES)
    values: dict[str, Any] = {
        "position": position + 1,
        "id": ids.new(),
        "copy_id": copy_id,
        "counter": (counter or 0) + 1,
        "actor": entry.actor,
        "at": entry.at,
        "origin": entry.origin.value,
        "subject": entry.subject,
        "final": entry.final,
        "rows": len(rows),
        "name": text,
        "salt": salt,
        "name_digest": digest_of(salt, text),
        "rows_digest": digests.hexdigest(),
    }
    values["chain"] = link(chain, values)
    connection.execute(insert(CHANGES), values)
    connection.execute(insert(IMAGES), rows)
    return Change(
        values["id"],
        entry.name,
        entry.actor,
        entry.at,
        entry.origin,
        {kind: frozenset(found) for kind, found in touched.items()},
    )


def mark(connection: Connection, change_id: str, undone_by: str | None) -> None:
    """Note on a change which undo took it back (None: it is in force again)."""
    connection.execute(update(CHANGES).where(CHANGES.c.id == change_id).values(undone_by=undone_by))


def erase(connection: Connection, record_type: type, row_id: str) -> int:
    """Erase every image of a record, and what the names of those changes said; how many images."""
    of_row = and_(IMAGES.c.table_name == table_name(record_type), IMAGES.c.row_id == row_id)
    positions = connection.execute(select(IMAGES.c.position).where(of_row)).scalars().all()
    connection.execute(update(IMAGES).where(of_row).values(before=None, after=None, salt=None))
    for row in connection.execute(
        select(CHANGES.c.position, CHANGES.c.name).where(CHANGES.c.position.in_(positions))
    ).all():
        name = load_name(row.name)
        if not name.values:
            continue
        blank = Message(
            name.text, tuple((key, "…") for key, _ in name.values), name.plural, name.count
        )
        connection.execute(
            update(CHANGES)
            .where(CHANGES.c.position == row.position)
            .values(name=dump_name(blank), salt=None)
        )
    return len(positions)


# -- reading -------------------------------------------------------------------------------------


def head(connection: Connection) -> tuple[int, str]:
    """The last position and its link of the chain; (0, zeros) while nothing was changed."""
    row = connection.execute(
        select(CHANGES.c.position, CHANGES.c.chain).order_by(CHANGES.c.position.desc()).limit(1)
    ).one_or_none()
    return (0, START) if row is None else (row.position, row.chain)


def undo_candidate(connection: Connection, actor: str | None) -> ChangeInfo | None:
    """The latest change in force that can be taken back by its nature."""
    return _one(
        connection,
        [CHANGES.c.origin == Origin.DO, CHANGES.c.undone_by.is_(None), ~CHANGES.c.final],
        actor,
        CHANGES.c.position.desc(),
    )


def redo_candidate(connection: Connection, actor: str | None) -> ChangeInfo | None:
    """The change undone last, unless something was done since."""
    undo = CHANGES.alias("undo")
    later = CHANGES.alias("later")
    done_since = [later.c.origin == Origin.DO, later.c.position > undo.c.position]
    if actor is not None:
        done_since.append(later.c.actor == actor)
    conditions = [
        CHANGES.c.origin == Origin.DO,
        exists().where(undo.c.id == CHANGES.c.undone_by, ~exists().where(*done_since)),
    ]
    return _one(connection, conditions, actor, CHANGES.c.position)


def last_applied(connection: Connection, change_id: str) -> int:
    """The position at which a change came into force for the last time (itself or its redo)."""
    found = connection.execute(
        select(CHANGES.c.position)
        .where(
            (CHANGES.c.id == change_id)
            | ((CHANGES.c.subject == change_id) & (CHANGES.c.origin == Origin.REDO))
        )
        .order_by(CHANGES.c.position.desc())
        .limit(1)
    ).scalar_one()
    return int(found)


def history(
    connection: Connection,
    limit: int,
    before: int | None,
    record_type: type | None,
    row_id: str | None,
    without: type | None = None,
) -> tuple[ChangeInfo, ...]:
    """Lines of the journal, newest first, before a position, about a table or a record.

    A change that touched nothing but `without` is left out.
    """
    statement = select(CHANGES)
    if without is not None:
        other = IMAGES.c.table_name != table_name(without)
        statement = statement.where(exists().where(IMAGES.c.position == CHANGES.c.position, other))
    if before is not None:
        statement = statement.where(CHANGES.c.position < before)
    if record_type is not None or row_id is not None:
        about = [IMAGES.c.position == CHANGES.c.position]
        if record_type is not None:
            about.append(IMAGES.c.table_name == table_name(record_type))
        if row_id is not None:
            about.append(IMAGES.c.row_id == row_id)
        statement = statement.where(exists().where(*about))
    statement = statement.order_by(CHANGES.c.position.desc()).limit(limit)
    return tuple(_info(row) for row in connection.execute(statement).all())


def images_of(connection: Connection, position: int) -> tuple[Image, ...]:
    """What a change did, in its order."""
    rows = connection.execute(
        select(IMAGES).where(IMAGES.c.position == position).order_by(IMAGES.c.number)
    ).all()
    return tuple(_image(row) for row in rows)


def changes_of(connection: Connection, record_type: type, row_id: str) -> tuple[RowChange, ...]:
    """What every change did to one record, oldest first."""
    rows = connection.execute(
        select(IMAGES)
        .where(IMAGES.c.table_name == table_name(record_type), IMAGES.c.row_id == row_id)
        .order_by(IMAGES.c.position)
    ).all()
    return _row_changes(connection, record_type, rows)


def changes_after(
    connection: Connection, record_type: type, position: int
) -> tuple[RowChange, ...]:
    """What the changes later than `position` did to the records of one type, oldest first."""
    rows = connection.execute(
        select(IMAGES)
        .where(IMAGES.c.table_name == table_name(record_type), IMAGES.c.position > position)
        .order_by(IMAGES.c.position, IMAGES.c.number)
    ).all()
    return _row_changes(connection, record_type, rows)


def inserted_after(
    connection: Connection, record_type: type, row_ids: Iterable[str], position: int
) -> bool:
    """Whether any of these records was written by a change later than `position`."""
    found = connection.execute(
        select(IMAGES.c.row_id)
        .where(
            IMAGES.c.table_name == table_name(record_type),
            IMAGES.c.row_id.in_(list(row_ids)),
            IMAGES.c.position > position,
        )
        .limit(1)
    ).first()
    return found is not None


# -- parts ---------------------------------------------------------------------------------------


def _one(
    connection: Connection,
    conditions: list[ColumnElement[bool]],
    actor: str | None,
    order: Any,
) -> ChangeInfo | None:
    if actor is not None:
        conditions.append(CHANGES.c.actor == actor)
    row = connection.execute(
        select(CHANGES).where(*conditions).order_by(order).limit(1)
    ).one_or_none()
    return None if row is None else _info(row)


def _row_changes(
    connection: Connection, record_type: type, rows: Sequence[Row[Any]]
) -> tuple[RowChange, ...]:
    infos = {
        row.position: _info(row)
        for row in connection.execute(
            select(CHANGES).where(CHANGES.c.position.in_({row.position for row in rows}))
        ).all()
    }
    read = READERS[record_type]
    return tuple(
        RowChange(
            infos[row.position],
            None if row.before is None else read(row.before),
            None if row.after is None else read(row.after),
            row.salt is None,
        )
        for row in rows
    )


def _info(row: Row[Any]) -> ChangeInfo:
    return ChangeInfo(
        row.id,
        row.position,
        load_name(row.name),
        row.actor,
        row.at,
        Origin(row.origin),
        undoable=not row.final and row.origin == Origin.DO,
        undone=row.undone_by is not None,
        rows=row.rows,
    )


def _image(row: Row[Any]) -> Image:
    return Image(TYPES[row.table_name], row.row_id, row.before, row.after, row.salt is None)


def digest_of(*parts: str | None) -> str:
    """SHA-256 over the parts, each with its length, so that no two lists of parts look alike."""
    text = "".join("-;" if part is None else f"{len(part)};{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def link(chain: str, change: Mapping[Any, Any]) -> str:
    """The link of a change: over the one before it, and all of the change that never varies."""
    return digest_of(
        chain,
        str(change["position"]),
        change["id"],
        change["copy_id"],
        str(change["counter"]),
        change["actor"],
        change["at"].isoformat(),
        change["origin"],
        change["subject"],
        str(int(change["final"])),
        str(change["rows"]),
        change["name_digest"],
        change["rows_digest"],
    )
