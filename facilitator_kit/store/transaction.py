"""One change while it is being made: what it writes, and the images it leaves in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.store.columns import Record, fields
from facilitator_kit.store.journal import WRITERS, Change, Image
from facilitator_kit.store.reading import Reads, among
from facilitator_kit.store.tables import APPEND_ONLY, REFERENCES, TABLES

R = TypeVar("R", bound=Record)

_FREEZING: Final = tuple(reference for reference in REFERENCES if reference.freezes)


class Transaction(Reads):
    """The writing side of `with store.change(…) as tx:`; its reads see what it has written.

    `done` is the change once it is stored, or None when nothing differed.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.done: Change | None = None
        self._before: dict[tuple[type, str], Record | None] = {}
        self._after: dict[tuple[type, str], Record | None] = {}

    # -- writing ---------------------------------------------------------------------------------

    def put(self, record: Record) -> None:
        """Store a record, new or changed."""
        self.put_all((record,))

    def put_all(self, records: Iterable[Record]) -> None:
        """Store records of any types, new or changed; of two with one id the later stands.

        Raises `KitError` (append_only) if one that is written once and for all would change.
        """
        for record_type, found in _by_type(records).items():
            present: dict[str, Record] = self._present(record_type, found)
            self._insert(
                record_type, [record for id_, record in found.items() if id_ not in present]
            )
            self._update(
                record_type,
                present,
                [r for id_, r in found.items() if id_ in present and present[id_] != r],
            )

    def add(self, record: Record) -> None:
        """Store a record that is new for certain."""
        self.add_all((record,))

    def add_all(self, records: Iterable[Record]) -> None:
        """Store records that are new for certain: nothing is looked up first."""
        for record_type, found in _by_type(records).items():
            self._insert(record_type, list(found.values()))

    def delete(self, record_type: type[Record], record_id: str) -> None:
        """Remove a record; nothing happens where there is none."""
        self.delete_all(record_type, (record_id,))

    def delete_all(self, record_type: type[Record], record_ids: Iterable[str]) -> None:
        """Remove records. Raises `KitError` (append_only) as `put_all` does."""
        present = self._present(record_type, dict.fromkeys(record_ids))
        if not present:
            return
        self._refuse_frozen(record_type, present)
        table = TABLES[record_type]
        self._connection.execute(delete(table).where(among(table.c.id, tuple(present))))
        for record_id, before in present.items():
            self._note(record_type, record_id, before, None)

    # -- the journal's view ----------------------------------------------------------------------

    def images(self) -> tuple[Image, ...]:
        """What has changed until now, one image for each record, those that differ only."""
        found: list[Image] = []
        for (record_type, record_id), after in self._after.items():
            before = self._before[record_type, record_id]
            if before != after:
                write = WRITERS[record_type]
                found.append(
                    Image(
                        record_type,
                        record_id,
                        None if before is None else write(before),
                        None if after is None else write(after),
                    )
                )
        return tuple(found)

    def pairs(self) -> Iterable[tuple[Record | None, Record | None]]:
        """Each touched record before the change and now."""
        return ((self._before[key], after) for key, after in self._after.items())

    def final(self) -> bool:
        """Whether it wrote something that is written once and for all."""
        return any(record_type in APPEND_ONLY for record_type, _ in self._after)

    # -- parts -----------------------------------------------------------------------------------

    def _present(self, record_type: type[R], record_ids: Mapping[str, object]) -> dict[str, R]:
        table = TABLES[record_type]
        ids = tuple(record_ids)
        condition = table.c.id == ids[0] if len(ids) == 1 else among(table.c.id, ids)
        rows = self._connection.execute(select(table).where(condition)).fetchall()
        return {record.id: record for record in (record_type(*row) for row in rows)}

    def _insert(self, record_type: type, records: list[Record]) -> None:
        if not records:
            return
        names = [field.name for field in fields(record_type)]
        values = [{name: getattr(record, name) for name in names} for record in records]
        self._connection.execute(insert(TABLES[record_type]), values)
        for record in records:
            self._note(record_type, record.id, None, record)

    def _update(
        self, record_type: type, present: Mapping[str, Record], records: list[Record]
    ) -> None:
        if not records:
            return
        self._refuse_frozen(record_type, [record.id for record in records])
        table = TABLES[record_type]
        names = [field.name for field in fields(record_type) if field.name != "id"]
        statement = (
            update(table)
            .where(table.c.id == bindparam("of_id"))
            .values({name: bindparam(f"new_{name}") for name in names})
        )
        values = [
            {"of_id": record.id, **{f"new_{name}": getattr(record, name) for name in names}}
            for record in records
        ]
        self._connection.execute(statement, values)
        for record in records:
            self._note(record_type, record.id, present[record.id], record)

    def _note(
        self, record_type: type, record_id: str, before: Record | None, after: Record | None
    ) -> None:
        key = (record_type, record_id)
        self._before.setdefault(key, before)
        self._after[key] = after

    def _refuse_frozen(self, record_type: type, record_ids: Iterable[str]) -> None:
        if record_type in APPEND_ONLY:
            raise _append_only()
        for reference in _FREEZING:
            if reference.target is record_type:
                table = TABLES[reference.source]
                found = self._connection.execute(
                    select(table.c.id)
                    .where(among(table.c[reference.field], tuple(record_ids)))
                    .limit(1)
                ).first()
                if found is not None:
                    raise _append_only()


def _by_type(records: Iterable[Record]) -> dict[type, dict[str, Record]]:
    found: dict[type, dict[str, Record]] = {}
    for record in records:
        found.setdefault(type(record), {})[record.id] = record
    return found


def _append_only() -> KitError:
    return KitError(
        message("Lo que ya está asentado en el libro de registro no se cambia ni se borra."),
        message("Cancele el folio con su causa y, si hace falta, vuelva a expedirlo."),
        "append_only",
    )
