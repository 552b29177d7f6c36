"""Checking the journal: the chain, every image, and that the records are as it left them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from facilitator_kit.store.journal import START, WRITERS, digest_of, link
from facilitator_kit.store.tables import CHANGES, IMAGES, TABLES


@dataclass(frozen=True, slots=True)
class JournalReport:
    """What a check of the journal found: counts, and in `faults` what does not agree."""

    changes: int
    rows: int
    erased: int
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def verify(connection: Connection, since: int = 0) -> JournalReport:
    """Recompute the chain after `since`; with 0 also compare every record with its last image."""
    faults: list[str] = []
    chain = START
    if since:
        chain = connection.execute(
            select(CHANGES.c.chain).where(CHANGES.c.position == since)
        ).scalar_one()
    images = iter(
        connection.execute(
            select(IMAGES)
            .where(IMAGES.c.position > since)
            .order_by(IMAGES.c.position, IMAGES.c.number)
        )
    )
    image = next(images, None)
    changes = rows = erased = 0
    expected = since + 1
    latest: dict[tuple[str, str], str | None] = {}
    blank: set[tuple[str, str]] = set()
    for change in connection.execute(
        select(CHANGES).where(CHANGES.c.position > since).order_by(CHANGES.c.position)
    ).all():
        changes += 1
        if change.position != expected:
            faults.append(f"change {expected} is missing")
        expected = change.position + 1
        digests = hashlib.sha256()
        counted = 0
        while image is not None and image.position <= change.position:
            counted += 1
            digests.update(image.digest.encode())
            key = (image.table_name, image.row_id)
            if image.salt is None:
                erased += 1
                blank.add(key)
            else:
                found = digest_of(image.salt, *key, image.before, image.after)
                if found != image.digest:
                    faults.append(f"image {image.position}/{image.number} was altered")
                if not since and key not in blank and latest.get(key) != image.before:
                    faults.append(f"image {image.position}/{image.number} does not follow")
                latest[key] = image.after
                blank.discard(key)
            image = next(images, None)
        rows += counted
        if counted != change.rows or digests.hexdigest() != change.rows_digest:
            faults.append(f"the rows of change {change.position} were altered")
        if change.salt is not None and digest_of(change.salt, change.name) != change.name_digest:
            faults.append(f"the name of change {change.position} was altered")
        if link(chain, change._mapping) != change.chain:
            faults.append(f"the chain breaks at change {change.position}")
        chain = change.chain
    if image is not None:
        faults.append("images belong to no change")
    if not since:
        faults.extend(_compare(connection, latest, blank))
    return JournalReport(changes, rows, erased, tuple(faults))


def _compare(
    connection: Connection, latest: dict[tuple[str, str], str | None], blank: set[tuple[str, str]]
) -> Iterable[str]:
    for record_type, table in TABLES.items():
        write = WRITERS[record_type]
        present: set[tuple[str, str]] = set()
        for row in connection.execute(select(table)):
            record = record_type(*row)
            key = (table.name, record.id)
            present.add(key)
            if key not in blank and latest.get(key) != write(record):
                yield f"{table.name} {record.id} is not as the journal left it"
        for key, after in latest.items():
            if (
                key[0] == table.name
                and after is not None
                and key not in present
                and key not in blank
            ):
                yield f"{table.name} {key[1]} is missing"
