"""Records of every type for the store's tests, made from the types themselves."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum

from hypothesis import strategies as st

from facilitator_kit.clock import Ids
from facilitator_kit.monitoring.records import RECORD_TYPES
from facilitator_kit.store.columns import Field, Record, fields
from facilitator_kit.store.tables import REFERENCES

PASSPHRASE = "mañana será otro día"

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def one_of_each(ids: Ids) -> dict[type, Record]:
    """A small workspace: one record of each type, referring to one another as they must."""
    made: dict[type, Record] = {}
    for record_type in RECORD_TYPES:
        referring = {r.field: r.target for r in REFERENCES if r.source is record_type}
        values: dict[str, object] = {}
        for field in fields(record_type):
            if field.name == "id":
                values["id"] = ids.new()
            elif field.name in referring:
                target = made.get(referring[field.name])
                values[field.name] = None if target is None else target.id
            elif not field.nullable:
                values[field.name] = plain_value(field.kind, field.name)
        made[record_type] = record_type(**values)
    return made


def plain_value(kind: object, name: str) -> object:
    """Some value of that type."""
    if typing.get_origin(kind) is tuple:
        return (plain_value(typing.get_args(kind)[0], name),)
    assert isinstance(kind, type)
    if issubclass(kind, StrEnum):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind):
        return kind(**{f.name: plain_value(f.kind, f.name) for f in fields(kind)})
    plain = {
        str: name,
        int: 1,
        bool: False,
        date: date(2026, 11, 24),
        time: time(10, 5),
        datetime: datetime(2026, 11, 24, 10, 5, 30),  # noqa: DTZ001 - local time
        bytes: b"\x00\xffbytes",
    }
    return plain[kind]


def any_record(record_type: type, among: Mapping[type, Record]) -> st.SearchStrategy[Record]:
    """Any record of a type; what refers to others refers to those in `among`."""
    referring = {r.field: r.target for r in REFERENCES if r.source is record_type}
    values = {}
    for field in fields(record_type):
        if field.name == "id":
            values["id"] = st.uuids().map(lambda found: found.hex)
        elif field.name in referring:
            known = st.just(among[referring[field.name]].id)
            values[field.name] = st.none() | known if field.nullable else known
        else:
            values[field.name] = any_value(field)
    return st.builds(record_type, **values)


def any_value(field: Field) -> st.SearchStrategy[object]:
    """Any value of a field."""
    found = _any_of(field.kind)
    return st.none() | found if field.nullable else found


def _any_of(kind: object) -> st.SearchStrategy[object]:
    if typing.get_origin(kind) is tuple:
        return st.lists(_any_of(typing.get_args(kind)[0]), max_size=3).map(tuple)
    assert isinstance(kind, type)
    if issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    if dataclasses.is_dataclass(kind):
        return st.builds(kind, **{f.name: any_value(f) for f in fields(kind)})
    plain: dict[type, st.SearchStrategy[object]] = {
        str: TEXT,
        int: st.integers(-(2**53), 2**53),
        bool: st.booleans(),
        date: st.dates(),
        time: st.times(),
        datetime: st.datetimes(),
        bytes: st.binary(max_size=60),
    }
    return plain[kind]
