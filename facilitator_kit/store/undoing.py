"""Taking a change back, or making it again: only where nothing has come to rest on it since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, select

from facilitator_kit.errors import NotUndone
from facilitator_kit.i18n import Message, message
from facilitator_kit.store import journal
from facilitator_kit.store.columns import Record
from facilitator_kit.store.journal import READERS, WRITERS, Image
from facilitator_kit.store.reading import among
from facilitator_kit.store.tables import APPEND_ONLY, REFERENCES, TABLES, Reference
from facilitator_kit.store.transaction import Transaction

_ANEW: Final = message("Corríjalo con un cambio nuevo.")


def take_back(connection: Connection, tx: Transaction, images: Sequence[Image], at: int) -> None:
    """Write in `tx` the rows as they were before a change that came into force `at` a position.

    Raises `NotUndone`: erased, changed_since, referred_to.
    """
    turned = [
        Image(image.record_type, image.row_id, image.after, image.before, image.erased)
        for image in reversed(images)
    ]
    _check_as_left(tx, turned)
    _check_folios(connection, turned, at)
    _apply(tx, turned)
    _check_nothing_dangles(connection, turned)


def make_again(connection: Connection, tx: Transaction, images: Sequence[Image]) -> None:
    """Write in `tx` the rows as a change left them. Raises `NotUndone` as `take_back` does."""
    _check_as_left(tx, images)
    _check_folios(connection, images, None)
    _apply(tx, images)
    _check_nothing_dangles(connection, images)


def nothing_to_take_back() -> NotUndone:
    return NotUndone(message("No hay nada que deshacer."), Message(""), "nothing")


def nothing_to_make_again() -> NotUndone:
    return NotUndone(message("No hay nada que rehacer."), Message(""), "nothing")


def _check_as_left(tx: Transaction, images: Sequence[Image]) -> None:
    """Every record is now as the image says that it was before."""
    for record_type, found in _by_type(images).items():
        write = WRITERS[record_type]
        records: tuple[Record, ...] = tx.find(record_type, id=tuple(i.row_id for i in found))
        present = {record.id: record for record in records}
        for image in found:
            if image.erased:
                raise NotUndone(
                    message("Los datos de ese cambio se borraron a petición de la persona."),
                    _ANEW,
                    "erased",
                )
            now = present.get(image.row_id)
            if (None if now is None else write(now)) != image.before:
                raise NotUndone(
                    message("Lo que tocó ese cambio se ha modificado después."),
                    _ANEW,
                    "changed_since",
                )


def _check_folios(connection: Connection, images: Sequence[Image], at: int | None) -> None:
    """No folio refers to what would go, and none written after `at` to what would change."""
    for record_type, found in _by_type(images).items():
        for reference in REFERENCES:
            if reference.target is not record_type or reference.source not in APPEND_ONLY:
                continue
            gone = [image.row_id for image in found if image.after is None]
            kept = [image.row_id for image in found if image.after is not None]
            if _referring(connection, reference, gone) or (
                at is not None
                and journal.inserted_after(
                    connection, reference.source, _referring(connection, reference, kept), at
                )
            ):
                raise NotUndone(
                    message("Ya se expidió un folio que se apoya en ese cambio."),
                    message("Los folios no se deshacen: cancele el folio con su causa."),
                    "referred_to",
                )


def _check_nothing_dangles(connection: Connection, images: Sequence[Image]) -> None:
    """Now that they are gone, nothing refers to the rows that went."""
    for record_type, found in _by_type(images).items():
        gone = [image.row_id for image in found if image.after is None]
        for reference in REFERENCES:
            if reference.target is record_type and _referring(connection, reference, gone):
                raise NotUndone(
                    message("Otros datos capturados después dependen de ese cambio."),
                    _ANEW,
                    "referred_to",
                )


def _referring(connection: Connection, reference: Reference, ids: Sequence[str]) -> list[str]:
    if not ids:
        return []
    table = TABLES[reference.source]
    return list(
        connection.execute(select(table.c.id).where(among(table.c[reference.field], ids))).scalars()
    )


def _apply(tx: Transaction, images: Sequence[Image]) -> None:
    put: list[Record] = []
    for record_type, found in _by_type(images).items():
        read = READERS[record_type]
        tx.delete_all(record_type, [image.row_id for image in found if image.after is None])
        put.extend(read(image.after) for image in found if image.after is not None)
    tx.put_all(put)


def _by_type(images: Iterable[Image]) -> dict[type, list[Image]]:
    found: dict[type, list[Image]] = {}
    for image in images:
        found.setdefault(image.record_type, []).append(image)
    return found
