"""Search over everything of a pack, as one types: an inverted index kept in memory.

What is looked for is one or several words, all of them to be found; the last may be only begun.
Accents, case, plurals and the endings of verbs are forgiven; words in quotes must stand together.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from facilitator_kit.curriculum.records import Pack
from facilitator_kit.curriculum.search_filters import NO_FILTERS, Filters, Sieve
from facilitator_kit.curriculum.search_items import Item, Kind, Passage, Weight, pack_items
from facilitator_kit.curriculum.word_forms import composed, folded, stem, stems, words

_EXACT, _BEGUN, _SAME_STEM = 10, 8, 5
"""How much a word that was found counts: as typed, as begun, or as another form of it."""
_TOGETHER: Final = 3
_IN_TITLE, _TITLE_BEGINS, _TITLE_IS, _CODE_IS = 60, 60, 120, 600
_SHORTEST_BEGINNING: Final = 2
"""A single letter begins too many words to say anything: it is looked for in titles only."""
_KEPT_WORDS: Final = 64
"""So many words are kept as they were found: all but the last are the same while one types."""
_EXCERPT: Final = 96
_BEFORE: Final = 24

_QUOTED = re.compile(r"[\"“”«»]")

Marks = tuple[tuple[int, int], ...]
"""Where the words looked for stand in a text: (begin, end) of each."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, ready to be shown.

    `part` is where in it the words stand, `part_title` the heading of that part. `excerpt` is the
    text around them, or what the thing is for where they stand in its title.
    """

    item: Item
    part: str
    part_title: str
    title_marks: Marks
    excerpt: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class _Sought:
    """One word that is looked for: the words of the pack that answer to it, each with how well,
    how much it is worth in each thing, and the passages it stands in."""

    found: Mapping[str, int]
    worth: Mapping[int, int]
    passages: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Query:
    """What is looked for: its words, all words of the pack that answer, each thing's score."""

    sought: tuple[_Sought, ...]
    found: frozenset[str]
    scores: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, best first. Excerpts are made for those that are asked for."""

    index: SearchIndex = field(repr=False)
    query: _Query = field(repr=False)
    numbers: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that was found, best first."""
        return tuple(self.index.items[number] for number in self.numbers)

    def by_kind(self) -> dict[Kind, tuple[int, ...]]:
        """The places in `numbers` of each kind that was found, best first."""
        found: dict[Kind, list[int]] = {}
        for place, number in enumerate(self.numbers):
            found.setdefault(self.index.kinds[number], []).append(place)
        return {kind: tuple(found[kind]) for kind in Kind if kind in found}

    def hits(self, places: Iterable[int] | None = None) -> tuple[Hit, ...]:
        """The results at these places, or all of them, with what is shown of them."""
        count = len(self.numbers)
        wanted = range(count) if places is None else (one for one in places if one < count)
        return tuple(self.index.hit(self.numbers[place], self.query) for place in wanted)


class SearchIndex:
    """Everything of one pack, by its words. Built once; what it answers never depends on order."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: tuple[Item, ...] = tuple(items)
        self._passages: list[Passage] = []
        self._owner = array("l")
        self._first = array("l")
        self._standing: dict[str, array[int]] = {}
        self._worth: dict[str, dict[int, int]] = {}
        for number, item in enumerate(self.items):
            self._first.append(len(self._passages))
            for passage in item.passages:
                self._take_in(number, passage)
        self._first.append(len(self._passages))
        self._weights = array("l", (int(passage.weight) for passage in self._passages))
        self.kinds = tuple(item.kind for item in self.items)
        self._words = sorted(self._standing)
        self._title_words = sorted(
            word for word in self._words if max(self._worth[word].values()) == Weight.TITLE
        )
        self._forms: dict[str, list[str]] = {}
        for word in self._words:
            self._forms.setdefault(stem(word), []).append(word)
        self._materials = tuple(stems(item.materials or ()) for item in self.items)
        self._titles = tuple(folded(item.title) for item in self.items)
        self._codes = tuple(folded(item.code) for item in self.items)
        self._seek = lru_cache(maxsize=_KEPT_WORDS)(self._sought)
        kinds = list(Kind)
        self._rank = tuple(
            kinds.index(item.kind) * len(self.items) + number
            for number, item in enumerate(self.items)
        )
        self._asked: tuple[str, _Query] | None = None

    def _take_in(self, number: int, passage: Passage) -> None:
        place = len(self._passages)
        self._passages.append(passage)
        self._owner.append(number)
        weight = int(passage.weight)
        for word in {word for word, _begin, _end in words(passage.text)}:
            standing = self._standing.get(word)
            if standing is None:
                self._standing[word] = standing = array("l")
                self._worth[word] = {}
            standing.append(place)
            worth = self._worth[word]
            if worth.get(number, 0) < weight:
                worth[number] = weight

    def search(self, text: str, filters: Filters = NO_FILTERS) -> Results:
        """What answers to a text and passes the filters; everything that passes, where it is blank.

        Results are ordered by how well they answer, those that answer equally by kind and then as
        they stand in the pack.
        """
        query = self._query(text)
        scores, rank, most = query.scores, self._rank, len(Kind) * len(self.items)
        numbers = sorted(
            self._passing(query, filters), key=lambda one: rank[one] - scores[one] * most
        )
        return Results(self, query, tuple(numbers))

    def count(self, text: str, filters: Filters) -> int:
        """How many things a search would find."""
        return sum(1 for _one in self._passing(self._query(text), filters))

    # -- finding ---------------------------------------------------------------------------------

    def _query(self, text: str) -> _Query:
        """What the words of a text are found in; kept, since filters change while it stands."""
        if self._asked is not None and self._asked[0] == text:
            return self._asked[1]
        typed, phrases = _parsed(text)
        sought = tuple(
            self._seek(word, begun=place == len(typed) - 1) for place, word in enumerate(typed)
        )
        scores = self._scores(sought)
        for phrase in phrases:
            scores = {
                number: score for number, score in scores.items() if self._has(number, phrase)
            }
        self._raise_titles(scores, typed)
        found = frozenset[str]().union(*(one.found for one in sought))
        query = _Query(sought, found, scores)
        self._asked = text, query
        return query

    def _sought(self, word: str, begun: bool) -> _Sought:
        found = dict.fromkeys(self._forms.get(stem(word), ()), _SAME_STEM)
        alone = begun and len(word) < _SHORTEST_BEGINNING
        if begun:
            known = self._title_words if alone else self._words
            found |= dict.fromkeys(_beginning_with(word, known), _BEGUN)
        if word in self._standing:
            found[word] = _EXACT
        worth: dict[int, int] = {}
        for other, factor in found.items():
            for number, weight in self._worth[other].items():
                if alone and weight < Weight.TITLE and other != word:
                    continue
                if weight * factor > worth.get(number, 0):
                    worth[number] = weight * factor
        places = frozenset[int]().union(*(self._standing[other] for other in found))
        return _Sought(found, worth, places)

    def _scores(self, sought: Sequence[_Sought]) -> dict[int, int]:
        """Every thing that has all words, and how well: by the best place of each word, and more
        where they stand together."""
        if not sought:
            return dict.fromkeys(range(len(self.items)), 0)
        first, *others = sorted((one.worth for one in sought), key=len)
        scores = {
            number: worth + sum(other[number] for other in others)
            for number, worth in first.items()
            if all(number in other for other in others)
        }
        if others:
            together: dict[int, int] = {}
            for place in frozenset.intersection(*(one.passages for one in sought)):
                number = self._owner[place]
                weight = self._weights[place]
                if weight > together.get(number, 0):
                    together[number] = weight
            for number, weight in together.items():
                if number in scores:
                    scores[number] += weight * _TOGETHER * len(sought)
        return scores

    def _raise_titles(self, scores: dict[int, int], typed: Sequence[str]) -> None:
        """More for what is called as typed."""
        if not typed:
            return
        whole = " ".join(typed)
        for number in scores:
            title = self._titles[number]
            if title == whole:
                scores[number] += _TITLE_IS
            elif title.startswith(whole):
                scores[number] += _TITLE_BEGINS
            elif f" {whole}" in f" {title}":
                scores[number] += _IN_TITLE
            if self._codes[number] == whole:
                scores[number] += _CODE_IS

    def _has(self, number: int, phrase: tuple[tuple[str, ...], bool]) -> bool:
        """Whether a thing has these words one after another; the last may be begun."""
        wanted, open_ended = phrase
        text = f" {' '.join(wanted)}{'' if open_ended else ' '}"
        return any(
            text in f" {folded(self._passages[place].text)} "
            for place in range(self._first[number], self._first[number + 1])
        )

    def _passing(self, query: _Query, filters: Filters) -> Iterator[int]:
        if not filters.on:
            return iter(query.scores)
        sieve = Sieve(filters)
        items, materials = self.items, self._materials
        return (one for one in query.scores if sieve.passes(items[one], materials[one]))

    # -- showing -----------------------------------------------------------------------------------

    def hit(self, number: int, query: _Query) -> Hit:
        """A result with the best of its passages."""
        item = self.items[number]
        title_marks = _marks(item.title, query.found)
        place = self._best_passage(number, query)
        if place is None or self._passages[place].weight is Weight.TITLE:
            marks = _marks(item.summary, query.found)
            return Hit(item, "", "", title_marks, *_excerpt(item.summary, marks))
        passage = self._passages[place]
        marks = _marks(passage.text, query.found)
        return Hit(item, passage.part, passage.title, title_marks, *_excerpt(passage.text, marks))

    def _best_passage(self, number: int, query: _Query) -> int | None:
        """The passage that has the most of the words, at the best place; the first of such."""
        wanted = [one.passages for one in query.sought]
        best: int | None = None
        best_count = best_weight = 0
        for place in range(self._first[number], self._first[number + 1]):
            count = 0
            for passages in wanted:
                count += place in passages
            if count < best_count or not count:
                continue
            weight = self._weights[place]
            if count > best_count or weight > best_weight:
                best, best_count, best_weight = place, count, weight
                if count == len(wanted) and weight == Weight.TITLE:
                    break
        return best


def build_index(pack: Pack) -> SearchIndex:
    """The index of everything in a pack."""
    return SearchIndex(pack_items(pack))


def marks_in(text: str, looked_for: str) -> Marks:
    """Where the words of a search stand in a text that it led to."""
    typed, _phrases = _parsed(looked_for)
    stems = {stem(word) for word in typed}
    last = typed[-1] if typed and len(typed[-1]) >= _SHORTEST_BEGINNING else None
    return tuple(
        (begin, end)
        for word, begin, end in words(text)
        if stem(word) in stems or (last is not None and word.startswith(last))
    )


# -- words ---------------------------------------------------------------------------------------


def _beginning_with(letters: str, known: Sequence[str]) -> Iterator[str]:
    for place in range(bisect_left(known, letters), len(known)):
        if not known[place].startswith(letters):
            break
        yield known[place]


def _parsed(text: str) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], bool], ...]]:
    """The words of what was typed; and those in quotes, each with whether the quote is open yet."""
    text = composed(text)
    parts = _QUOTED.split(text)
    phrases = tuple(
        (inside, place == len(parts) - 1)
        for place, part in enumerate(parts)
        if place % 2 and (inside := tuple(word for word, _b, _e in words(part)))
    )
    return tuple(word for word, _begin, _end in words(text)), phrases


def _marks(text: str, found: frozenset[str]) -> Marks:
    return tuple((begin, end) for word, begin, end in words(text) if word in found)


def _excerpt(text: str, marks: Marks) -> tuple[str, Marks]:
    """So much of a text as is shown, around its first mark, with the marks where they are in it."""
    if len(text) <= _EXCERPT:
        return text, marks
    first = marks[0][0] if marks else 0
    begin = 0 if first <= _BEFORE else text.rfind(" ", 0, first - _BEFORE) + 1
    end = len(text)
    if end - begin > _EXCERPT:
        end = max(text.rfind(" ", begin, begin + _EXCERPT), marks[0][1] if marks else 0)
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    return (
        f"{before}{text[begin:end].strip()}{after}",
        tuple((b + shift, e + shift) for b, e in marks if begin <= b and e <= end),
    )
