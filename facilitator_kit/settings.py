"""What the program remembers of this computer's user between two starts: declared once, typed.

Settings hold no personal data: folders, sizes and choices only. They live in one JSON file,
replaced whole at each change, so that a crash leaves the old one or the new one. A value that
cannot be read falls back to its default; a setting this version does not know is kept untouched.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final, Generic, TypeVar, cast

FILE_NAME: Final = "settings.json"
RECENT_LIMIT: Final = 8

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One declared setting. `accepts` says whether a stored value may be used as it is."""

    name: str
    default: Value
    doc: str
    accepts: Callable[[object], bool]


def _one_of(*choices: str) -> Callable[[object], bool]:
    return lambda value: value in choices


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_state(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(state, dict) for key, state in value.items()
    )


LANGUAGE: Final = Setting(
    "language", "es", "Language of the screens: es or en.", _one_of("es", "en")
)
THEME: Final = Setting(
    "theme",
    "light",
    "Colours of the screens: light, dark or contrast (high contrast).",
    _one_of("light", "dark", "contrast"),
)
TEXT_SCALE: Final = Setting(
    "text_scale", 100, "Size of the text in percent, 100 to 200.", _whole(100, 200)
)
LAST_WORKSPACE: Final = Setting(
    "last_workspace", "", "Folder of the workspace opened last; empty if none.", _is_text
)
LAST_COUNTRY: Final = Setting(
    "last_country",
    "",
    "Country of the institution opened last, whose words the curriculum is read in beforehand.",
    _is_text,
)
RECENT_WORKSPACES: Final[Setting[list[str]]] = Setting(
    "recent_workspaces",
    [],
    "Folders of the workspaces opened before, the newest first, at most eight.",
    _is_text_list,
)
WINDOW_GEOMETRY: Final = Setting(
    "window_geometry",
    "",
    "Place and size of the window, as Qt saves it, in base64.",
    _is_text,
)
LAST_PAGE: Final = Setting("last_page", "", "Key of the page shown last.", _is_text)
PAGE_STATES: Final[Setting[dict[str, dict[str, Any]]]] = Setting(
    "page_states",
    {},
    "What each page was showing (identifiers, tabs and columns; never names or typed text).",
    _is_state,
)
PRINT_CHOICES: Final[Setting[dict[str, Any]]] = Setting(
    "print_choices",
    {},
    "What was chosen last when the curriculum was printed (kinds, parts, sides; no names).",
    lambda value: isinstance(value, dict),
)
LOCK_MINUTES: Final = Setting(
    "lock_minutes",
    10,
    "Minutes without use after which the window locks itself, 0 (never) to 120.",
    _whole(0, 120),
)
NEWS_SEEN: Final = Setting(
    "news_seen",
    "",
    "Version of the pack whose news were seen and sent away; empty if none.",
    _is_text,
)

ALL: Final[tuple[Setting[Any], ...]] = (
    LANGUAGE,
    THEME,
    TEXT_SCALE,
    LAST_WORKSPACE,
    LAST_COUNTRY,
    RECENT_WORKSPACES,
    WINDOW_GEOMETRY,
    LAST_PAGE,
    PAGE_STATES,
    PRINT_CHOICES,
    LOCK_MINUTES,
    NEWS_SEEN,
)


class Settings:
    """The settings of one user, kept in `folder`. `Settings(None)` forgets them at the end.

    With `apart` the file is written on another thread, so that a slow disk keeps nobody waiting;
    the program does not end before it is.
    """

    def __init__(self, folder: Path | None, *, apart: bool = False) -> None:
        self._file = None if folder is None else folder / FILE_NAME
        self._apart = apart
        self._writing = Lock()
        self._latest = self._written = ""
        self._values: dict[str, Any] = self._read()

    def get(self, setting: Setting[Value]) -> Value:
        """The stored value, or the default where none is stored or it cannot be used."""
        value = self._values.get(setting.name, setting.default)
        if not setting.accepts(value):
            value = setting.default
        # A copy: a list or dict handed out must not change what is stored, or the default.
        return cast("Value", json.loads(json.dumps(value)))

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Keep `value` from now on.

        Raises ValueError when the setting does not accept it. A file that cannot be written is
        not worth stopping anybody's work: the value then holds until the program ends.
        """
        if not setting.accepts(value):
            raise ValueError(f"{setting.name} does not accept this value")
        if setting.name in self._values and self._values[setting.name] == value:
            return
        self._values[setting.name] = json.loads(json.dumps(value))
        self._write()

    def remember_workspace(self, folder: Path) -> None:
        """Put `folder` first among the recent workspaces and make it the last one opened."""
        place = str(folder)
        recent = [place, *(old for old in self.get(RECENT_WORKSPACES) if old != place)]
        self.set(RECENT_WORKSPACES, recent[:RECENT_LIMIT])
        self.set(LAST_WORKSPACE, place)

    def forget_workspace(self, folder: Path) -> None:
        """Take `folder` out of the recent workspaces: it was moved or deleted."""
        place = str(folder)
        self.set(RECENT_WORKSPACES, [old for old in self.get(RECENT_WORKSPACES) if old != place])
        if self.get(LAST_WORKSPACE) == place:
            self.set(LAST_WORKSPACE, "")

    def _read(self) -> dict[str, Any]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(found) if isinstance(found, Mapping) else {}

    def finish(self) -> None:
        """Return once everything that was set is written."""
        with self._writing:
            if self._file is not None and self._latest != self._written:
                self._written = self._latest
                _replace(self._file, self._written)

    def _write(self) -> None:
        self._latest = json.dumps(self._values, ensure_ascii=False, indent=2, sort_keys=True)
        if self._apart:
            # Python waits for such a thread before it ends.
            Thread(target=self.finish).start()
        else:
            self.finish()


def _replace(file: Path, text: str) -> None:
    new = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
