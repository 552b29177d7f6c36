"""Names of changes as the journal keeps them: a `Message` as JSON, to be read in any language."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from facilitator_kit.i18n import Message


def dump_name(name: Message) -> str:
    """The name of a change, as the journal keeps it."""
    return json.dumps(_message_parts(name), ensure_ascii=False, separators=(",", ":"))


def _message_parts(name: Message) -> dict[str, object]:
    parts: dict[str, object] = {"text": name.text}
    if name.values:
        parts["values"] = [[key, _value_part(value)] for key, value in name.values]
    if name.plural is not None:
        parts["plural"] = name.plural
        parts["count"] = name.count
    return parts


def _value_part(value: object) -> object:
    if isinstance(value, Message):
        return {"message": _message_parts(value)}
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    return str(value)


def load_name(text: str) -> Message:
    """The name of a change, as it was given."""
    return _message(json.loads(text))


def _message(parts: dict[str, Any]) -> Message:
    values = tuple((key, _value(value)) for key, value in parts.get("values", ()))
    return Message(parts["text"], values, parts.get("plural"), parts.get("count", 0))


def _value(value: Any) -> object:
    if isinstance(value, dict):
        if "message" in value:
            return _message(value["message"])
        return date.fromisoformat(value["date"])
    return value
