"""Reading records: by id, by the values of their fields, in order; all at one moment."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select

from facilitator_kit.store.columns import Record
from facilitator_kit.store.tables import TABLES

R = TypeVar("R", bound=Record)

_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Range:
    """A condition: from `low` to `high`, both included; None leaves that end open."""

    low: Any = None
    high: Any = None


@dataclass(frozen=True, slots=True)
class Not:
    """A condition: anything but this value (which may be None)."""

    value: Any


class Reads:
    """Reads at one moment of the data, for as long as its connection's transaction lasts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, record_type: type[R], record_id: str, /) -> R | None:
        """The record with that id, or None."""
        table = TABLES[record_type]
        row = self._connection.execute(select(table).where(table.c.id == record_id)).one_or_none()
        return None if row is None else record_type(*row)

    def need(self, record_type: type[R], record_id: str, /) -> R:
        """The record with that id. Raises `LookupError` where there is none: that is a bug."""
        found = self.get(record_type, record_id)
        if found is None:
            raise LookupError(f"no {record_type.__name__} {record_id}")
        return found

    def find(
        self,
        record_type: type[R],
        /,
        *,
        order_by: str | Iterable[str] = (),
        limit: int | None = None,
        offset: int = 0,
        **where: object,
    ) -> tuple[R, ...]:
        """The records whose fields fulfil every condition.

        A condition is a value (equal; None: empty), a tuple, list or set (any of these), a `Range`
        or a `Not`. `order_by` names fields, "-" before one turns it round; then, always, the id.
        """
        statement = _selection(record_type, order_by, where)
        if limit is not None or offset:
            statement = statement.limit(-1 if limit is None else limit).offset(offset)
        return tuple(record_type(*row) for row in self._connection.execute(statement).fetchall())

    def count(self, record_type: type[Record], /, **where: object) -> int:
        """How many records fulfil every condition (as in `find`)."""
        table = TABLES[record_type]
        statement = select(func.count()).select_from(table).where(*_conditions(record_type, where))
        return int(self._connection.execute(statement).scalar_one())

    def tally(self, record_type: type[Record], field: str, /, **where: object) -> Counter[Any]:
        """How many records fulfil every condition, by the value of a field."""
        table = TABLES[record_type]
        statement = (
            select(table.c[field], func.count())
            .where(*_conditions(record_type, where))
            .group_by(table.c[field])
        )
        return Counter({row[0]: row[1] for row in self._connection.execute(statement)})

    def iterate(
        self,
        record_type: type[R],
        /,
        *,
        order_by: str | Iterable[str] = (),
        **where: object,
    ) -> Iterator[R]:
        """The same records as `find`, without holding all of them at once."""
        statement = _selection(record_type, order_by, where)
        rows = self._connection.execution_options(yield_per=_AT_ONCE).execute(statement)
        for row in rows:
            yield record_type(*row)


def among(column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """`column` is one of `values`, of which there may be any number: they travel as one text."""
    listed = [_listed(value) for value in values]
    texts = func.json_each(json.dumps(listed)).table_valued("value")
    return column.in_(select(texts.c.value))


def _selection(
    record_type: type[Record], order_by: str | Iterable[str], where: dict[str, object]
) -> Select[Any]:
    table = TABLES[record_type]
    names = (order_by,) if isinstance(order_by, str) else tuple(order_by)
    order: list[ColumnElement[Any]] = []
    for name in names:
        column = table.c[name.removeprefix("-")]
        order.append(column.desc() if name.startswith("-") else column)
    if "id" not in names and "-id" not in names:
        order.append(table.c.id)
    return select(table).where(*_conditions(record_type, where)).order_by(*order)


def _conditions(record_type: type, where: dict[str, object]) -> list[ColumnElement[bool]]:
    table = TABLES[record_type]
    conditions: list[ColumnElement[bool]] = []
    for name, wanted in where.items():
        if name not in table.c:
            raise TypeError(f"{record_type.__name__} has no field {name}")
        conditions.extend(_condition(table.c[name], wanted))
    return conditions


def _condition(column: ColumnElement[Any], wanted: object) -> list[ColumnElement[bool]]:
    if isinstance(wanted, Range):
        ends = []
        if wanted.low is not None:
            ends.append(column >= wanted.low)
        if wanted.high is not None:
            ends.append(column <= wanted.high)
        return ends
    if isinstance(wanted, Not):
        if wanted.value is None:
            return [column.is_not(None)]
        return [column.is_distinct_from(wanted.value)]
    if isinstance(wanted, (tuple, list, set, frozenset)):
        if any(value is None for value in wanted):
            rest = [value for value in wanted if value is not None]
            return [column.is_(None) | among(column, rest)]
        return [among(column, wanted)]
    if wanted is None:
        return [column.is_(None)]
    return [column == wanted]


def _listed(value: Any) -> Any:
    """A value as the database keeps it, for the types that conditions by list are made of."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        raise TypeError("moments are found by Range, not by list")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, int)):
        return value
    raise TypeError(f"no list of {type(value).__name__} can be looked for")
