"""How easily a Spanish text reads: the Szigriszt-Pazos score and the levels asked of handouts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    plain_text,
)

LEVELS: Final = {"easy": 65, "medium": 55}
"""The least score of each level, from the bands of the INFLESZ scale (Barrio-Cantalejo 2008)."""
FEWEST_WORDS: Final = 60
"""A text shorter than this has no score: one long word would decide it."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…:;]+(?=\s|$)")
_STRONG: Final = "aeoáéó"
_WEAK: Final = "iuü"
_STRESSED_WEAK: Final = "íú"


def score(lines: Iterable[str]) -> float | None:
    """206.835 − 62.3 · syllables/words − words/sentences; each line ends a sentence.

    The higher the easier; None when there are fewer than `FEWEST_WORDS` words. Source: F. Szigriszt
    Pazos, Sistemas predictivos de legibilidad del mensaje escrito, 1993.
    """
    words = syllables = sentences = 0
    for line in lines:
        for sentence in _SENTENCE_END.split(line):
            found = _WORD.findall(sentence)
            words += len(found)
            syllables += sum(syllable_count(word) for word in found)
            sentences += bool(found)
    if words < FEWEST_WORDS:
        return None
    return 206.835 - 62.3 * syllables / words - words / sentences


def syllable_count(word: str) -> int:
    """The syllables of a Spanish word, at least 1: vowels, less those that join in one."""
    letters = unicodedata.normalize("NFC", word.casefold())
    letters = re.sub(r"(?<=[gq])u(?=[eiéí])", "", letters)
    letters = re.sub(r"y$|y(?=[^aeiouáéíóúü])", "i", letters)
    count = 0
    before = ""
    for letter in letters:
        strong = letter in _STRONG
        if strong or letter in _WEAK or letter in _STRESSED_WEAK:
            joins = before and (
                (strong and before in _WEAK)
                or (letter in _WEAK and (before in _STRONG or before in _WEAK))
            )
            count += not joins
            before = letter
        elif letter != "h":
            before = ""
    return max(count, 1)


def read_aloud(blocks: Iterable[Block]) -> Iterable[str]:
    """What a reader meets on a page, one line for each piece: prose, items, cells, cards."""
    for block in blocks:
        match block:
            case Heading(_, spans) | Paragraph(spans):
                yield plain_text(spans)
            case ListBlock(items):
                for item in items:
                    yield from read_aloud(item)
            case Callout(_, body):
                yield from read_aloud(body)
            case Table(header, rows):
                for row in (header, *rows):
                    yield from (plain_text(cell) for cell in row)
            case Fence(kind, _, rows):
                for cells in rows:
                    yield from cells[1:] if kind == "cards" else cells
