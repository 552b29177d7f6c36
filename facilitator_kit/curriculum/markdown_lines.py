"""Markdown line by line: fences, quotations, and prose made ready for the library to parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

CALLOUT_WORDS: Final = {"diga": "say", "pregunte": "ask", "cuide": "care"}
FENCE_WORDS: Final = {
    "renglones": "lines",
    "casillas": "boxes",
    "tarjetas": "cards",
    "tabla": "table",
}
FENCE_DEFAULTS: Final = {"lines": 1, "boxes": 0, "cards": 2, "table": 6}
MOST_FENCE_COUNT: Final = 60

_FENCE_MARK = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$")
QUOTE_MARK = re.compile(r"^ {0,3}> ?")
_CALLOUT = re.compile(r"\s*[*_]{0,2}(diga|pregunte|cuide)[*_]{0,2}:[*_]{0,2}\s*", re.IGNORECASE)
_MARKER = re.compile(r"^( *)([-*+]|\d{1,9}\.) +(?=\S)")
_TABLE_RULE = re.compile(r"^ {0,3}\|?[ :]*-+[-| :]*$")
_HEADING = re.compile(r"^#{1,6}\s")
_BARE_HASHES = re.compile(r"^(#+)(?=[^#\s])")
_BAR = re.compile(r"(?<!\\)\|")
_ITEM_INDENT: Final = 4


@dataclass(frozen=True, slots=True)
class FenceMark:
    """The opening line of a fence: `kind` is empty when its word means nothing to us."""

    kind: str
    count: int
    info: str


def split_bars(line: str) -> tuple[str, ...]:
    """The cells of one line of a table or of a fence; a bar after a backslash is text."""
    row = line.strip()
    row = row[1:] if row.startswith("|") else row
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(row))


def fence_mark(line: str) -> FenceMark | None:
    """What a line that opens (or closes) a fence says; None for any other line."""
    found = _FENCE_MARK.match(line)
    if found is None or (found[1][0] == "`" and "`" in found[2]):
        return None
    word, _, rest = found[2].partition(" ")
    kind = FENCE_WORDS.get(word.lower(), "")
    count = FENCE_DEFAULTS.get(kind, 0)
    if re.fullmatch(r"[0-9]{1,3}", rest.strip()):
        count = min(int(rest), MOST_FENCE_COUNT)
    return FenceMark(kind, count, found[2])


def outside_fences(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(index, line) of every line that no fence holds; the fences' own marks are left out too."""
    at = 0
    while at < len(lines):
        if fence_mark(lines[at]) is not None:
            at, _ = fenced(lines, at)
        else:
            yield at, lines[at]
            at += 1


def fenced(lines: Sequence[str], at: int) -> tuple[int, list[str]]:
    """Where the fence that opens at `at` ends, and the lines it holds; unclosed, it holds all."""
    opening = _FENCE_MARK.match(lines[at])
    fence = opening[1] if opening else "```"
    body: list[str] = []
    for index in range(at + 1, len(lines)):
        mark = _FENCE_MARK.match(lines[index])
        if mark and mark[1].startswith(fence) and not mark[2]:
            return index + 1, body
        body.append(lines[index])
    return len(lines), body


def quoted(lines: Sequence[str], at: int) -> tuple[int, list[str]]:
    """The lines of one quotation without their marks; a wrapped line may lack its own."""
    quoted: list[str] = []
    while at < len(lines):
        line = lines[at]
        if QUOTE_MARK.match(line):
            inner = QUOTE_MARK.sub("", line, count=1)
            if quoted and _CALLOUT.match(inner):
                break
            quoted.append(inner)
        elif not (line.strip() and quoted[-1].strip()) or _begins_block(line):
            break
        else:
            quoted.append(line)
        at += 1
    return at, quoted


def _begins_block(line: str) -> bool:
    return bool(
        _MARKER.match(line)
        or _HEADING.match(line)
        or fence_mark(line) is not None
        or line.lstrip().startswith("|")
    )


def callout_kind(text: str) -> tuple[str, str]:
    """The kind that the first word of a quotation gives it, and the text without that word."""
    found = _CALLOUT.match(text)
    if found is None:
        return "note", text
    return CALLOUT_WORDS[found[1].lower()], text[found.end() :]


def prepared(lines: Sequence[str]) -> Iterator[str]:
    """The lines as the library wants them: blank lines before lists and tables, items by fours.

    Authors nest with two or three spaces and leave no blank line before a list; both mean what
    they look like.
    """
    open_items: list[int] = []
    previous = ""
    for index, line in enumerate(lines):
        text = _BARE_HASHES.sub(r"\\\1", line)
        indent = len(text) - len(text.lstrip(" "))
        marker = _MARKER.match(text)
        if marker and not (not open_items and indent >= _ITEM_INDENT):
            if not open_items and previous.strip() and not _may_interrupt(marker[2]):
                yield text
            else:
                while open_items and indent <= open_items[-1] + 1:
                    open_items.pop()
                if previous.strip():
                    yield ""
                yield " " * (_ITEM_INDENT * len(open_items)) + text.lstrip(" ")
                open_items.append(indent)
        elif not text.strip():
            yield ""
        elif open_items and indent == 0 and not previous.strip():
            open_items.clear()
            yield text
        elif open_items and indent > 0:
            depth = sum(1 for item in open_items if item < indent)
            yield " " * (_ITEM_INDENT * depth) + text.lstrip(" ")
        else:
            if _begins_table(lines, index) and previous.strip():
                yield ""
            yield text.lstrip(" ")
        previous = line


def _may_interrupt(mark: str) -> bool:
    """Whether a list may begin with this mark right under a paragraph ("2024." may not)."""
    return mark in {"-", "*", "+", "1."}


def _begins_table(lines: Sequence[str], index: int) -> bool:
    return (
        "|" in lines[index]
        and index + 1 < len(lines)
        and "|" in lines[index + 1]
        and _TABLE_RULE.match(lines[index + 1]) is not None
    )
