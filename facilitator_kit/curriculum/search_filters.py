"""What the results of a search are narrowed to: kind, module, theme, minutes, material and more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from facilitator_kit.curriculum.records import MethodFamily
from facilitator_kit.curriculum.search_items import Item, Kind
from facilitator_kit.curriculum.word_forms import composed, fold, folded, stem, stems, words

WITHOUT_MATERIAL: Final = "-"
"""The filter by material that asks for what needs none."""

Span: TypeAlias = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Filters:
    """What results are narrowed to; a filter that is not set lets everything pass.

    `minutes` is a range of which each end may be None: what can be done in some of these minutes
    passes. `material` are words that a thing's materials have, or `WITHOUT_MATERIAL`. `people` is
    the size of the group at hand. `codes` are the only ones allowed: favourites, for instance.
    """

    kinds: frozenset[Kind] = frozenset()
    module: str = ""
    theme: str = ""
    minutes: Span = (None, None)
    material: str = ""
    variant: str = ""
    family: MethodFamily | None = None
    people: int | None = None
    codes: frozenset[str] | None = None

    @property
    def on(self) -> int:
        """How many filters are set."""
        return sum(
            (
                bool(self.kinds),
                bool(self.module),
                bool(self.theme),
                self.minutes != (None, None),
                bool(self.material),
                bool(self.variant),
                self.family is not None,
                self.people is not None,
                self.codes is not None,
            )
        )


NO_FILTERS: Final = Filters()


class Sieve:
    """Filters made ready to be asked of many things."""

    def __init__(self, filters: Filters) -> None:
        self._filters = filters
        self._variant = folded(filters.variant)
        self._without = filters.material == WITHOUT_MATERIAL
        self._material = frozenset() if self._without else stems((filters.material,))

    def passes(self, item: Item, materials: frozenset[str]) -> bool:
        """Whether a thing passes; `materials` are the stems of the words of its materials."""
        wanted = self._filters
        if wanted.codes is not None and item.code not in wanted.codes:
            return False
        if wanted.kinds and item.kind not in wanted.kinds:
            return False
        if wanted.module and item.module != wanted.module:
            return False
        if wanted.theme and wanted.theme not in item.themes:
            return False
        if wanted.family is not None and item.family is not wanted.family:
            return False
        if not _meet(item.minutes, wanted.minutes):
            return False
        if not _meet(item.group, (wanted.people, wanted.people)):
            return False
        if self._without:
            return item.materials == ()
        if not self._material <= materials:
            return False
        return not self._variant or _has_variant(item.variants, self._variant)


def _meet(span: tuple[int, int] | None, wanted: Span) -> bool:
    """Whether some of least..most is wanted."""
    least, most = wanted
    if least is None and most is None:
        return True
    if span is None:
        return False
    return (most is None or span[0] <= most) and (least is None or span[1] >= least)


def _has_variant(variants: Iterable[str], wanted: str) -> bool:
    return any(folded(one) == wanted for one in variants)


def common_materials(items: Iterable[Item], most: int = 24) -> tuple[str, ...]:
    """What is needed most often, in one word each, alphabetically: "cinta", "papel", "tarjetas".

    The word is what a material's name begins with; of its forms the one written most often.
    """
    things: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    for item in items:
        found: dict[str, str] = {}
        for name in item.materials or ():
            if word := _head(name):
                found.setdefault(stem(fold(word)), word.lower())
        things.update(found.keys())
        for one, word in found.items():
            written.setdefault(one, Counter())[word] += 1
    often = sorted((one for one in things if things[one] > 1), key=lambda one: (-things[one], one))
    names = [max(sorted(written[one]), key=written[one].__getitem__) for one in often[:most]]
    return tuple(sorted(names, key=fold))


def _head(name: str) -> str:
    """What a material is: "Dos pliegos de papel" are "pliegos"."""
    text = composed(name)
    for word, begin, end in words(text):
        if len(word) > 2 and not word.isdigit() and word not in _COUNTING:
            return text[begin:end]
    return ""


_COUNTING: Final = frozenset(
    (
        *("un", "una", "unas", "unos", "dos", "tres", "cuatro", "cinco", "seis", "ocho", "diez"),
        *("doce", "el", "la", "los", "las", "lo", "que", "cada", "su", "sus", "otra", "otro"),
        *("mismo", "algo", "media", "medio", "cuarto", "par", "juego", "varias", "varios"),
    )
)
