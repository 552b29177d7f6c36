"""Words as a search compares them: without case or accents, and by the stem of a Spanish word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

# A letter or a figure, and then also the signs that some scripts write their vowels with.
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f])*"
)
_SHORTEST_STEM: Final = 3
_ENDINGS: Final = (
    *("iendo", "yendo", "ieron", "aron", "eron", "aban", "ando"),
    *(verb + object_ for verb in ("ar", "er", "ir") for object_ in ("lo", "la", "l", "s")),
    *("aba", "ado", "ada", "ido", "ida", "an", "en", "ar", "er", "ir", "a", "o"),
)
"""Endings of verbs and of gender, the longest first, as they are once a plural's is taken off."""


def composed(text: str) -> str:
    """The text with each accented letter as one sign (NFC): places in it are those of `words`."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Every word of a composed text, folded, with where it begins and ends."""
    for found in _WORD.finditer(text):
        yield fold(found[0]), found.start(), found.end()


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without case and accents: "Niña" gives "nina", and so does "nina"."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold()).casefold()
    # "¼" falls into two figures and a stroke, "⑴" into a figure in brackets: words have neither.
    signs = "".join(_WORD.findall(apart))
    return "".join(sign for sign in signs if not "\u0300" <= sign <= "\u036f")


def folded(text: str) -> str:
    """The words of a text, folded, one space apart."""
    return " ".join(word for word, _begin, _end in words(composed(text)))


def stems(texts: Iterable[str]) -> frozenset[str]:
    """The stems of all words of some texts."""
    return frozenset(stem(word) for text in texts for word, _b, _e in words(composed(text)))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What the forms of a folded Spanish word have in common: "ahorros" and "ahorrando" give
    "ahorr". A word and its plural always have the same stem, and a word of three letters is its
    own; words that only join others stand for themselves.
    """
    base = _singular(word)
    if base in _KEPT:
        return f"={base}"
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST_STEM:
            base = base.removesuffix(ending)
            break
    # "pens(ar)" and "pens(e)", "cambi(ar)" and "cambi(o)", "comi(ó)" and "com(er)".
    while len(base) > _SHORTEST_STEM and base[-1] in "is":
        base = base[:-1]
    return f"{base[:-1]}c" if base.endswith("z") else base


def _singular(word: str) -> str:
    """A word without its plural, as often as there is one to take off; a last "e" goes with it,
    since "clases" does not say whether it is one of "clase" or of "clas"."""
    while True:
        shorter = word
        for ending in ("es", "s", "e"):
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
                shorter = word.removesuffix(ending)
                break
        if shorter == word:
            return word
        word = shorter


_JOINING: Final = """
algo alguna alguno ante antes aquel aquella aquello aunque bajo cada casi como con contra cual
cuando cuanta cuanto cuya cuyo del desde donde durante ella ello entre era esa ese eso esta este
esto fue hacia hasta hay las los mas menos misma mismo mucha mucho muy nada ningun ninguna nos otra
otro para pero poca poco por porque que quien sea segun ser sin sino sobre sola solo son sus tan
tanta tanto toda todo tras una uno usted
"""
_KEPT: Final = frozenset(_singular(word) for word in _JOINING.split())
