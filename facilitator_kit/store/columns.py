"""Records as columns and as JSON: each field's type says how it is kept, once for all tables."""

from __future__ import annotations

import base64
import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, Protocol

from sqlalchemy import Boolean, Date, DateTime, Integer, LargeBinary, String, Time
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class Record(Protocol):
    """What every stored record has."""

    @property
    def id(self) -> str: ...


class Named(TypeDecorator[StrEnum]):
    """A `StrEnum` as its value; an unknown value in the file is an error, never a guess."""

    impl = String
    cache_ok = True

    def __init__(self, names: type[StrEnum]) -> None:
        super().__init__()
        self.names = names
        self._members = {member.value: member for member in names}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy calls it so
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy calls it so
        return None if value is None else self._members[value]


class Nested(TypeDecorator[object]):
    """A record, or a tuple of records, as JSON text."""

    impl = String
    cache_ok = True

    def __init__(self, kind: object) -> None:
        super().__init__()
        self.kind = kind
        self._read = reader(kind)

    def process_bind_param(self, value: object, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy calls it so
        return to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002 - SQLAlchemy calls it so
        assert value is not None
        return self._read(json.loads(value))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type: `kind` is its type without `None`."""

    name: str
    kind: object
    nullable: bool

    def column_type(self) -> TypeEngine[Any]:
        """The column's type in the database."""
        if isinstance(self.kind, type):
            plain = _PLAIN.get(self.kind)
            if plain is not None:
                return plain()
            if issubclass(self.kind, StrEnum):
                return Named(self.kind)
        return Nested(self.kind)


_PLAIN: Final[Mapping[type, Callable[[], TypeEngine[Any]]]] = {
    str: String,
    int: Integer,
    bool: Boolean,
    date: Date,
    time: Time,
    datetime: DateTime,
    bytes: LargeBinary,
}


@functools.cache
def fields(record_type: type) -> tuple[Field, ...]:
    """The fields of a record type, in their order."""
    hints = typing.get_type_hints(record_type)
    return tuple(
        Field(field.name, *_without_none(hints[field.name]))
        for field in dataclasses.fields(record_type)
    )


def _without_none(hint: object) -> tuple[object, bool]:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType]
        if len(kinds) != 1:
            raise TypeError(f"a field has one type, or one type and None: {hint}")
        return kinds[0], True
    return hint, False


# -- JSON ----------------------------------------------------------------------------------------


def to_json(value: object) -> str:
    """A record, or part of one, as JSON text that is always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def image_writer(record_type: type) -> Callable[[Record], str]:
    """A function that gives a record's image: all its fields by name, as JSON text."""
    names = tuple(field.name for field in fields(record_type))
    values = attrgetter(*names)
    encode = json.JSONEncoder(
        ensure_ascii=False, separators=(",", ":"), default=_plain, check_circular=False
    ).encode

    def write(record: Record) -> str:
        return encode(dict(zip(names, values(record), strict=True)))

    return write


def image_reader(record_type: type) -> Callable[[str], Any]:
    """A function that gives back the record of an image.

    Fields that the type no longer has are passed over; those it has since won take their default.
    """
    read = reader(record_type)
    return lambda image: read(json.loads(image))


def reader(kind: object) -> Callable[[Any], Any]:
    """A function that gives back what `to_json` wrote of a value of that type."""
    if isinstance(kind, type):
        if kind in (str, int, bool):
            return _same
        if issubclass(kind, StrEnum):
            return kind
        if kind in (date, time, datetime):
            parse: Callable[[str], Any] = kind.fromisoformat
            return parse
        if kind is bytes:
            return base64.b64decode
        if dataclasses.is_dataclass(kind):
            return _record_reader(kind)
    if typing.get_origin(kind) is tuple:
        item, ellipsis = typing.get_args(kind)
        if ellipsis is Ellipsis:
            read_item = reader(item)
            return lambda values: tuple(read_item(value) for value in values)
    raise TypeError(f"no column can keep {kind}")


def _record_reader(kind: type) -> Callable[[dict[str, Any]], Any]:
    readers = {
        field.name: _maybe(reader(field.kind)) if field.nullable else reader(field.kind)
        for field in fields(kind)
    }

    def read(values: dict[str, Any]) -> Any:
        return kind(
            **{name: readers[name](value) for name, value in values.items() if name in readers}
        )

    return read


def _maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _same(value: Any) -> Any:
    return value


def _plain(value: object) -> object:
    if isinstance(value, (date, time, datetime)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"no column can keep {type(value)}")
