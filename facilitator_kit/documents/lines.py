"""Breaking text into lines of several weights, and names into lines that read well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.documents import fonts
from facilitator_kit.documents.page import draw_text

Word = tuple[str, str]
"""A piece of text without spaces and the typeface it is set in; an empty piece ends a word."""

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
# A line of a name never ends with one of these: they belong to what follows.
_PARTICLES: Final = frozenset(
    (
        "da",
        "das",
        "de",
        "del",
        "della",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "la",
        "las",
        "le",
        "los",
    )
) | {"los", "mac", "san", "santa", "van", "von", "y"}


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces of text in their typefaces, and the width of the whole in points."""

    pieces: tuple[Word, ...]
    width: float


def styled_words(text: str, font: str, bold: str = fonts.BOLD) -> list[list[Word]]:
    """Words of `text`, each a list of pieces, with `**…**` set in `bold`."""
    words: list[list[Word]] = [[]]
    for i, part in enumerate(_BOLD.split(text)):
        face = bold if i % 2 else font
        for j, piece in enumerate(re.split(r"[ \n]+", part)):
            if j:
                words.append([])
            if piece:
                words[-1].append((face, piece))
    return [word for word in words if word]


def wrap(words: list[list[Word]], size: float, width: float) -> list[Line]:
    """The words in as few lines as fit `width`, the lines as even as that number allows."""
    if not words:
        return []
    widths = [sum(fonts.text_width(text, face, size) for face, text in word) for word in words]
    gap = fonts.text_width(" ", words[0][0][0], size)
    count = len(_greedy(widths, gap, width))
    low, high = max(min(max(widths), width), 1.0), width
    while count > 1 and high - low > 1:
        middle = (low + high) / 2
        if len(_greedy(widths, gap, middle)) == count:
            high = middle
        else:
            low = middle
    lines = []
    for first, after in _greedy(widths, gap, high):
        pieces: list[Word] = []
        for word in words[first:after]:
            if pieces:
                # The space belongs to the weight on both its sides, or to the plain one.
                face = word[0][0] if pieces[-1][0] == word[0][0] else words[0][0][0]
                pieces.append((face, " "))
            pieces += word
        total = sum(fonts.text_width(text, face, size) for face, text in pieces)
        lines.append(Line(tuple(_joined(pieces)), total))
    return lines


def _joined(pieces: list[Word]) -> list[Word]:
    """Neighbours of one typeface made one piece, so that the text is drawn and found whole."""
    result: list[Word] = []
    for face, text in pieces:
        if result and result[-1][0] == face:
            result[-1] = (face, result[-1][1] + text)
        else:
            result.append((face, text))
    return result


def _greedy(widths: list[float], gap: float, width: float) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    first, used = 0, 0.0
    for i, word in enumerate(widths):
        if i > first and used + gap + word > width:
            lines.append((first, i))
            first, used = i, word
        else:
            used += word if i == first else gap + word
    return [*lines, (first, len(widths))]


def draw_centred(
    canvas: Canvas, lines: list[Line], centre: float, baseline: float, size: float, leading: float
) -> None:
    """The lines one under another around `centre`, the first with its baseline at `baseline`."""
    for line in lines:
        x = centre - line.width / 2
        for face, text in line.pieces:
            draw_text(canvas, x, baseline, text, face, size)
            x += fonts.text_width(text, face, size)
        baseline -= leading


@dataclass(frozen=True, slots=True)
class NameFit:
    """A name as it will stand: in one or two lines, at a size in points."""

    lines: tuple[str, ...]
    size: float


def fit_name(name: str, font: str, size: float, width: float, height: float) -> NameFit:
    """The name at `size` or smaller in `width` × `height` points, never cut.

    It shrinks to seven tenths; then it breaks in two where the lines come out most even without a
    particle (de, la, van…) at a line's end; only then does it shrink further.
    """
    natural = fonts.text_width(name, font, size) or 1
    single = min(size, size * width / natural)
    least = size * 0.7
    words = name.split()
    if single >= least or len(words) < 2:
        return NameFit((name,), single)
    breaks = [i for i in range(1, len(words)) if words[i - 1].casefold() not in _PARTICLES] or list(
        range(1, len(words))
    )

    def wider(i: int) -> float:
        return max(
            fonts.text_width(" ".join(words[:i]), font, size),
            fonts.text_width(" ".join(words[i:]), font, size),
        )

    best = min(breaks, key=wider)
    double = min(size, size * width / wider(best), height / (2 * NAME_LEADING))
    if double <= single:
        return NameFit((name,), single)
    return NameFit((" ".join(words[:best]), " ".join(words[best:])), double)


NAME_LEADING: Final = 1.12
