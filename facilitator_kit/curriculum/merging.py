"""Three versions of a text merged by lines: what only one side changed, and where both did.

The algorithm is that of diff3 (S. Khanna, K. Kunal, B. Pierce, A Formal Investigation of Diff3,
2007): lines that both sides kept divide the three texts into chunks, and a chunk is in conflict
when both sides changed it, each in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, TypeAlias

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
MOST_TOKENS: Final = 6_000
"""Longer stretches are not compared word by word: it would take too long to be worth it."""

Lines: TypeAlias = tuple[str, ...]


class Origin(StrEnum):
    """Who wrote lines that nobody disputes."""

    NOBODY = "nobody"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Agreed:
    """Lines of the merged text; `origin` says which side changed them, if any."""

    lines: Lines
    origin: Origin


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both sides changed in different ways: what it was, and what each made of it."""

    base: Lines
    ours: Lines
    theirs: Lines

    @property
    def proposal(self) -> Lines | None:
        """Both changes at once, where they touch different words of it; else None."""
        return _merged_words(self)


Piece: TypeAlias = Agreed | Conflict


@dataclass(frozen=True, slots=True)
class Merge:
    """The pieces of a merged text, from top to bottom."""

    pieces: tuple[Piece, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person has to decide, in the order of the text."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    def text(self, decided: Sequence[Lines] = ()) -> str:
        """The merged text, with the lines decided upon for each conflict in turn.

        Raises `ValueError` unless there are as many decisions as conflicts.
        """
        if len(decided) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts, {len(decided)} decisions")
        choices = iter(decided)
        lines: list[str] = []
        for piece in self.pieces:
            lines += piece.lines if isinstance(piece, Agreed) else next(choices)
        return "\n".join(lines)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """What `ours` and `theirs` each made of `base`, in one text.

    A side that changed nothing gives way; a change that both made alike is made once; changes with
    an untouched line between them are both made.
    """
    return Merge(tuple(_merged(*(text.split("\n") for text in (base, ours, theirs)))))


def _merged(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Piece]:
    at = (0, 0, 0)
    held: list[str] = []
    for start, our_start, their_start, length in _kept_by_both(base, ours, theirs):
        piece = _piece(base[at[0] : start], ours[at[1] : our_start], theirs[at[2] : their_start])
        if piece is not None:
            if held:
                yield Agreed(tuple(held), Origin.NOBODY)
                held = []
            yield piece
        held += base[start : start + length]
        at = (start + length, our_start + length, their_start + length)
    if held:
        yield Agreed(tuple(held), Origin.NOBODY)


def _piece(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Piece | None:
    """What becomes of one chunk; None where all three are empty."""
    if not (base or ours or theirs):
        return None
    if ours == theirs:
        return Agreed(tuple(ours), Origin.BOTH)
    if theirs == base:
        return Agreed(tuple(ours), Origin.OURS)
    if ours == base:
        return Agreed(tuple(theirs), Origin.THEIRS)
    return Conflict(tuple(base), tuple(ours), tuple(theirs))


def _kept_by_both(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """(place in base, in ours, in theirs, length) of what both sides kept; an empty one ends."""
    one, other = matches(base, ours), matches(base, theirs)
    i = j = 0
    while i < len(one) and j < len(other):
        start, our_start, length = one[i]
        begin, their_start, size = other[j]
        first = max(start, begin)
        last = min(start + length, begin + size)
        if first < last:
            yield first, our_start + first - start, their_start + first - begin, last - first
        if start + length < begin + size:
            i += 1
        else:
            j += 1
    yield len(base), len(ours), len(theirs), 0


def matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """(place in one, place in other, length) of the stretches that stand in both, in order."""
    # What begins and ends alike is most of a text: only the middle needs to be searched.
    shortest = min(len(one), len(other))
    head = 0
    while head < shortest and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shortest - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    middle = SequenceMatcher(
        str.isspace, one[head : len(one) - tail], other[head : len(other) - tail], autojunk=False
    )
    found = [(0, 0, head)] if head else []
    found += [(head + a, head + b, size) for a, b, size in middle.get_matching_blocks() if size]
    if tail:
        found.append((len(one) - tail, len(other) - tail, tail))
    return found


def words_of(text: str) -> list[str]:
    """A text cut into words, spaces and signs; joined they are the text again."""
    return _TOKEN.findall(text)


def _merged_words(conflict: Conflict) -> Lines | None:
    texts = ["\n".join(lines) for lines in (conflict.base, conflict.ours, conflict.theirs)]
    if not all(texts) or sum(map(len, texts)) > MOST_TOKENS * 4:
        return None
    pieces = tuple(_merged(*(words_of(text) for text in texts)))
    if any(isinstance(piece, Conflict) for piece in pieces):
        return None
    agreed = [piece.lines for piece in pieces if isinstance(piece, Agreed)]
    return tuple("".join(token for lines in agreed for token in lines).split("\n"))
