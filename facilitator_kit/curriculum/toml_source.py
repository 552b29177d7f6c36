"""TOML whose every value knows its line: typed reading that collects all problems and goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from facilitator_kit.errors import Problem
from facilitator_kit.i18n import Message, message

KeyPath: TypeAlias = tuple[str | int, ...]

CODE_PATTERN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")

_KEY = r"""[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*'"""
_KEYS = rf"(?:{_KEY})(?:\s*\.\s*(?:{_KEY}))*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]\]?")
_ASSIGNMENT = re.compile(rf"\s*({_KEYS})\s*=")
_ONE_KEY = re.compile(_KEY)
_TOKEN = re.compile(
    r"\"\"\"|'''|\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*|[\[\]{}]",
)
_FAULT_LINE = re.compile(r"at line (\d+)")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; 0 is the whole file."""

    file: str
    line: int = 0


class Findings:
    """The problems found so far, in the order they were found."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, place: Place, code: str, reason: Message, remedy: Message) -> None:
        self._problems.append(Problem(place.file, code, reason, remedy, place.line))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take in the problems that another reader found."""
        self._problems.extend(problems)

    def sorted(self) -> tuple[Problem, ...]:
        """All of them by file and line, each once."""
        unique = dict.fromkeys(self._problems)
        return tuple(sorted(unique, key=lambda problem: (problem.file, problem.line)))


class TomlTable:
    """One table of a TOML text: what it holds by type, and where every key stands.

    A key that is missing, or of another type, is reported and read as an empty value, so that the
    rest is read too. `finish` reports the keys that nobody asked for.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        file: str,
        findings: Findings,
        lines: Mapping[KeyPath, int],
        path: KeyPath = (),
    ) -> None:
        self._values = values
        self._file = file
        self._findings = findings
        self._lines = lines
        self._path = path
        self._asked: set[str] = set()

    def place(self, key: str = "") -> Place:
        """Where a key stands; the table's own line when it is not there."""
        path = (*self._path, key) if key else self._path
        while path and path not in self._lines:
            path = path[:-1]
        return Place(self._file, self._lines.get(path, 1))

    def add(self, key: str, code: str, reason: Message, remedy: Message) -> None:
        """Report a problem at the line of a key."""
        self._findings.add(self.place(key), code, reason, remedy)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """The keys that the table holds, as written."""
        return tuple(self._values)

    def plain(self, key: str) -> object:
        """A value as it is written, whatever its type; None where there is none."""
        return self._values.get(key)

    # -- values ------------------------------------------------------------------------------

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and say something."""
        value = self._take(key, default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str):
            self._wrong(key, message("un texto entre comillas"))
            return default or ""
        if default is None and not value.strip():
            self.add(
                key,
                "empty_value",
                message("«{key}» está vacío.", key=key),
                message("Escriba su contenido."),
            )
        return value.strip()

    def code(self, key: str = "code") -> str:
        """A code; empty when it is missing or is none."""
        value = self.text(key)
        if value and not CODE_PATTERN.fullmatch(value):
            self.add(
                key,
                "bad_code",
                message("«{value}» no es una clave válida.", value=value),
                message("Use letras sin acento, cifras, punto, guion y guion bajo."),
            )
            return ""
        return value

    def integer(self, key: str, default: int | None = None, least: int = 0) -> int:
        """A whole number of at least `least`."""
        value = self._take(key, default is None)
        if value is None:
            return default or 0
        if not isinstance(value, int) or isinstance(value, bool):
            self._wrong(key, message("un número entero"))
            return default or 0
        if value < least:
            self.add(
                key,
                "out_of_range",
                message("«{key}» no puede ser {value}.", key=key, value=value),
                message("Escriba {least} o un número mayor.", least=least),
            )
        return value

    def truth(self, key: str) -> bool:
        """true or false."""
        value = self._take(key, required=True)
        if isinstance(value, bool):
            return value
        if value is not None:
            self._wrong(key, message("true o false"))
        return False

    def number(self, key: str, default: float) -> float:
        """A number, whole or with decimals."""
        value = self._take(key, required=False)
        if value is None:
            return default
        if not isinstance(value, int | float) or isinstance(value, bool):
            self._wrong(key, message("un número"))
            return default
        return float(value)

    def texts(self, key: str, required: bool = True, filled: bool = False) -> tuple[str, ...]:
        """A list of texts; with `filled` it holds at least one."""
        value = self._take(key, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._wrong(key, message("una lista de textos entre corchetes"))
            return ()
        if filled and not any(one.strip() for one in value):
            self.add(
                key,
                "empty_value",
                message("«{key}» está vacío.", key=key),
                message("Escriba por lo menos un elemento."),
            )
        return tuple(value)

    def pair(self, key: str) -> tuple[int, int]:
        """Two whole numbers, the least and the most."""
        value = self._take(key, required=True)
        if value is None:
            return (0, 0)
        if (
            not isinstance(value, list)
            or len(value) != 2
            or not all(isinstance(one, int) and not isinstance(one, bool) for one in value)
        ):
            self._wrong(key, message("dos números enteros entre corchetes, como [8, 24]"))
            return (0, 0)
        if not 0 < value[0] <= value[1]:
            self.add(
                key,
                "out_of_range",
                message(
                    "En «{key}» el primero es mayor que el segundo, o no es positivo.", key=key
                ),
                message("Escriba primero el menor y después el mayor."),
            )
        return (value[0], value[1])

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """One of the words of `kind`; `default` when it is missing or none of them."""
        value = self.word(key, [one.value for one in kind])
        return kind(value) if value else default

    def word(self, key: str, words: Iterable[str], default: str | None = None) -> str:
        """One of `words`; the default, or an empty text, when it is none of them."""
        allowed = tuple(words)
        value = self.text(key, default)
        if not value or value in allowed:
            return value
        self.add(
            key,
            "unknown_value",
            message("«{value}» no es un valor de «{key}».", value=value, key=key),
            message("Use uno de estos: {words}.", words=", ".join(allowed)),
        )
        return default or ""

    def table(self, key: str, required: bool = True) -> TomlTable | None:
        """A table inside this one."""
        value = self._take(key, required)
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong(key, message("una tabla"))
            return None
        return TomlTable(value, self._file, self._findings, self._lines, (*self._path, key))

    def tables(self, key: str, required: bool = True) -> tuple[TomlTable, ...]:
        """A list of tables, as `[[key]]` writes them."""
        value = self._take(key, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._wrong(key, message("una lista de tablas, cada una con [[{key}]]", key=key))
            return ()
        return tuple(
            TomlTable(one, self._file, self._findings, self._lines, (*self._path, key, number))
            for number, one in enumerate(value)
        )

    def finish(self) -> None:
        """Report every key that the format does not know."""
        for key in self._values:
            if key not in self._asked:
                self.add(
                    key,
                    "unknown_key",
                    message("El formato no conoce «{key}».", key=key),
                    message("Revise cómo se escribe, o quítela."),
                )

    def _take(self, key: str, required: bool) -> object:
        self._asked.add(key)
        if key not in self._values and required:
            self.add(
                "",
                "missing_key",
                message("Falta «{key}».", key=key),
                message("Agregue «{key} = …».", key=key),
            )
        return self._values.get(key)

    def _wrong(self, key: str, wanted: Message) -> None:
        self.add(
            key,
            "wrong_type",
            message("«{key}» es de otro tipo.", key=key),
            message("Escriba {wanted}.", wanted=wanted),
        )


def read_toml(text: str, file: str, findings: Findings, first_line: int = 1) -> TomlTable | None:
    """The root table of a TOML text that begins at `first_line` of its file; None, with the
    problem reported, when the text is not TOML.
    """
    values = read_values(text, file, findings, first_line)
    if values is None:
        return None
    return TomlTable(values, file, findings, key_lines(text, first_line))


def read_values(
    text: str, file: str, findings: Findings, first_line: int = 1
) -> dict[str, object] | None:
    """The plain values of a TOML text; None, with the problem reported, when it is not TOML."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        found = _FAULT_LINE.search(str(fault))
        line = int(found[1]) if found else text.count("\n") + 1
        findings.add(
            Place(file, line + first_line - 1),
            "invalid_toml",
            message("Esta línea de los datos no se entiende."),
            message(
                'Escriba clave = "valor". Revise las comillas, los corchetes y que la clave no '
                "esté dos veces."
            ),
        )
        return None


def key_lines(text: str, first_line: int = 1) -> dict[KeyPath, int]:
    """The line of every key and table header; keys inside inline tables share their line."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    reading = _Reading()
    for number, line in enumerate(text.split("\n"), start=first_line):
        if reading.inside:
            reading.advance(line)
            continue
        header = _HEADER.match(line)
        assignment = _ASSIGNMENT.match(line)
        if header:
            table = _table_path(_keys(header[2]), header[1] == "[[", counts)
            lines.setdefault(table, number)
            lines.setdefault(table[:-1], number)
        elif assignment:
            path = (*table, *_keys(assignment[1]))
            lines.setdefault(path, number)
            reading.advance(line[assignment.end() :])
    return lines


def last_line_of(text: str, line: int) -> int:
    """The line on which the value ends that is assigned from `line` on (both count from 1)."""
    lines = text.split("\n")
    assigned = _ASSIGNMENT.match(lines[line - 1])
    if assigned is None:
        return line
    reading = _Reading()
    reading.advance(lines[line - 1][assigned.end() :])
    while reading.inside and line < len(lines):
        reading.advance(lines[line])
        line += 1
    return line


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _ONE_KEY.findall(dotted))


def _table_path(keys: tuple[str, ...], array: bool, counts: dict[KeyPath, int]) -> KeyPath:
    path: KeyPath = ()
    for at, key in enumerate(keys):
        path = (*path, key)
        last = at == len(keys) - 1
        if last and array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


class _Reading:
    """Whether the next line is still inside a value that takes several lines."""

    def __init__(self) -> None:
        self._quotes = ""
        self._depth = 0

    @property
    def inside(self) -> bool:
        return bool(self._quotes) or self._depth > 0

    def advance(self, line: str) -> None:
        at = 0
        while True:
            if self._quotes:
                end = line.find(self._quotes, at)
                if end < 0:
                    return
                at, self._quotes = end + 3, ""
            token = _TOKEN.search(line, at)
            if token is None:
                return
            at = token.end()
            if token[0] in ('"""', "'''"):
                self._quotes = token[0]
            elif token[0] in "[{":
                self._depth += 1
            elif token[0] in "]}":
                self._depth = max(self._depth - 1, 0)
