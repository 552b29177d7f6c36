"""The texts of a pack: decoded, cut into front matter and headed parts, their terms filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from facilitator_kit.curriculum.markdown_lines import outside_fences
from facilitator_kit.curriculum.toml_source import (
    Findings,
    Place,
    TomlTable,
    key_lines,
    read_values,
)
from facilitator_kit.i18n import message

TERM: Final = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
FRONT_MATTER: Final = "+++"

_HASHES = re.compile(r"(#{1,6})[ \t]")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the lines under it, up to the next of its level.

    `line` is the heading's own line; the text begins on the next.
    """

    title: str
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_empty(self) -> bool:
        return not any(line.strip() for line in self.lines)


class Terms:
    """A country's words. What is not among them stays as it is written, braces and all.

    A term written with a capital, where only the small one is known, gives its word with a capital:
    what begins a sentence or a card.
    """

    def __init__(self, *words: Mapping[str, str]) -> None:
        """The first of `words` that holds a term gives its word."""
        self._words: dict[str, str] = {}
        for mapping in reversed(words):
            self._words.update(mapping)

    def __contains__(self, term: str) -> bool:
        return self._word(term) is not None

    def fill(self, text: str) -> str:
        """The text with its terms replaced."""
        if "{{" not in text:
            return text
        return TERM.sub(lambda found: self._word(found[1]) or found[0], text)

    def _word(self, term: str) -> str | None:
        word = self._words.get(term)
        if word is None and term[:1].isupper():
            small = self._words.get(term[:1].lower() + term[1:])
            return None if small is None else small[:1].upper() + small[1:]
        return word

    def fill_values(self, value: object) -> object:
        """A TOML value with the terms of all its texts replaced; keys stay."""
        if isinstance(value, str):
            return self.fill(value)
        if isinstance(value, list):
            return [self.fill_values(one) for one in value]
        if isinstance(value, dict):
            return {key: self.fill_values(one) for key, one in value.items()}
        return value


def decode(content: bytes, file: str, findings: Findings) -> str | None:
    """The text of a file with line feeds only; None, reported, when it is not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        findings.add(
            Place(file, line),
            "not_utf8",
            message("El archivo no está en UTF-8."),
            message("Guárdelo de nuevo eligiendo la codificación UTF-8."),
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def filled_toml(
    text: str, file: str, findings: Findings, terms: Terms, first_line: int = 1
) -> TomlTable | None:
    """The root table of a TOML text with its terms replaced; None, reported, when it is none."""
    values = read_values(text, file, findings, first_line)
    if values is None:
        return None
    filled = {key: terms.fill_values(value) for key, value in values.items()}
    return TomlTable(filled, file, findings, key_lines(text, first_line))


def front_matter(
    text: str, file: str, findings: Findings, terms: Terms
) -> tuple[TomlTable, tuple[str, ...], int] | None:
    """The TOML at the head of a Markdown file, the lines below it and the number of their first.

    None, reported, when there is no front matter or it is not TOML.
    """
    lines = text.split("\n")
    ends = [at for at, line in enumerate(lines) if line.rstrip() == FRONT_MATTER]
    if len(ends) < 2 or any(line.strip() for line in lines[: ends[0]]):
        findings.add(
            Place(file, 1),
            "missing_front_matter",
            message("El archivo no empieza con sus datos entre dos líneas «+++»."),
            message(
                'Escriba los datos (clave = "valor", uno por línea) entre dos líneas que solo '
                "digan +++."
            ),
        )
        return None
    first, last = ends[0] + 1, ends[1]
    table = filled_toml("\n".join(lines[first:last]), file, findings, terms, first + 1)
    if table is None:
        return None
    return table, tuple(lines[last + 1 :]), last + 2


def split_parts(
    lines: Sequence[str], first_line: int, level: int
) -> tuple[tuple[str, ...], tuple[Part, ...]]:
    """The lines before the first heading of a level, and a part for every such heading."""
    heads: list[tuple[int, str]] = []
    for at, line in outside_fences(lines):
        found = _HASHES.match(line)
        if found and len(found[1]) == level:
            heads.append((at, line[level:].strip().rstrip("#").rstrip()))
    ends = [*(at for at, _ in heads[1:]), len(lines)][: len(heads)]
    parts = tuple(
        Part(title, first_line + at, tuple(lines[at + 1 : end]))
        for (at, title), end in zip(heads, ends, strict=True)
    )
    return tuple(lines[: heads[0][0]] if heads else lines), parts
