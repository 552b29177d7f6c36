"""How a text differs from another, line by line and within a line word by word, to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from facilitator_kit.curriculum.merging import MOST_TOKENS, matches, words_of

_CONTEXT: Final = 1
"""Unchanged lines shown before and after a change, so that one sees where it is."""
_ALIKE: Final = 0.4
"""The share of words in common from which two lines are one line that was changed."""
_MOST_PAIRS: Final = 4_000


class Mark(StrEnum):
    """Whether words stand in both texts, only in the new one, or only in the old one."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another under one mark."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line with what was taken out of it and put into it.

    `old` and `new` are its numbers in the two texts, 0 where it is not in one of them.
    """

    old: int
    new: int
    runs: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        """Whether it differs at all: its neighbours are shown too."""
        return any(run.mark is not Mark.SAME for run in self.runs) or not (self.old and self.new)


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many lines are the same in both texts, and are left out; `under`: the last heading there.

    A heading is a Markdown line that begins with a hash.
    """

    lines: int
    under: str = ""


Difference: TypeAlias = LineDifference | Skipped


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """What makes `new` of `old`, with the written lines next to every change; empty if nothing."""
    before, after = old.split("\n"), new.split("\n")
    every = list(_lines(before, after))
    near = {
        place + step
        for place, line in enumerate(every)
        if line.changed
        for step in range(-_CONTEXT, _CONTEXT + 1)
    }
    found: list[Difference] = []
    skipped: list[str] = []
    for place, line in enumerate(every):
        text = "".join(run.text for run in line.runs)
        if place in near and (line.changed or text.strip()):
            if skipped:
                found.append(_skipped(skipped))
                skipped = []
            found.append(line)
        else:
            skipped.append(text)
    if skipped and found:
        found.append(_skipped(skipped))
    return tuple(found)


def _skipped(lines: Sequence[str]) -> Skipped:
    headings = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    return Skipped(len(lines), headings[-1] if headings else "")


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """One text made of both, its words marked as kept, removed or added.

    Of two that have little in common, one is removed whole and the other added.
    """
    before, after = words_of(old), words_of(new)
    if len(before) + len(after) > MOST_TOKENS or not _alike(before, after):
        return tuple(
            Run(mark, text) for mark, text in ((Mark.REMOVED, old), (Mark.ADDED, new)) if text
        )
    runs: list[Run] = []

    def add(mark: Mark, tokens: Sequence[str]) -> None:
        if tokens:
            text = "".join(tokens)
            if runs and runs[-1].mark is mark:
                text = runs.pop().text + text
            runs.append(Run(mark, text))

    at, to = 0, 0
    for start, begin, length in [*matches(before, after), (len(before), len(after), 0)]:
        add(Mark.REMOVED, before[at:start])
        add(Mark.ADDED, after[to:begin])
        add(Mark.SAME, before[start : start + length])
        at, to = start + length, begin + length
    return tuple(runs)


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[LineDifference]:
    at, to = 0, 0
    for start, begin, length in [*matches(before, after), (len(before), len(after), 0)]:
        yield from _changed(before[at:start], after[to:begin], at, to)
        for step in range(length):
            line = before[start + step]
            yield LineDifference(start + step + 1, begin + step + 1, (Run(Mark.SAME, line),))
        at, to = start + length, begin + length


def _changed(
    before: Sequence[str], after: Sequence[str], at: int, to: int
) -> Iterator[LineDifference]:
    """A stretch that was replaced: lines that are alike are one, the others came or went."""
    done = 0
    for number, line in enumerate(before, start=1):
        partner = _partner(line, after, done, len(before) * len(after))
        if partner is None:
            yield LineDifference(at + number, 0, _whole(Mark.REMOVED, line))
            continue
        for place in range(done, partner):
            yield LineDifference(0, to + place + 1, _whole(Mark.ADDED, after[place]))
        yield LineDifference(at + number, to + partner + 1, word_runs(line, after[partner]))
        done = partner + 1
    for place in range(done, len(after)):
        yield LineDifference(0, to + place + 1, _whole(Mark.ADDED, after[place]))


def _whole(mark: Mark, line: str) -> tuple[Run, ...]:
    return (Run(mark, line),) if line else ()


def _partner(line: str, after: Sequence[str], first: int, pairs: int) -> int | None:
    """The place of the first line that is much like this one."""
    words = words_of(line)
    if pairs > _MOST_PAIRS:
        return None
    for place in range(first, len(after)):
        if _alike(words, words_of(after[place])):
            return place
    return None


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether so many words are common to both that one is the other, changed."""
    words, others = ({word.casefold() for word in some if word.strip()} for some in (one, other))
    if not words or not others:
        return words == others
    return len(words & others) >= _ALIKE * max(len(words), len(others))
