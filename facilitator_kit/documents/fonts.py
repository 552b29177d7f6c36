"""The bundled typefaces on paper: registered once, with a fallback for what the first one lacks.

A typeface is read from its file when something is first measured or set in it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from facilitator_kit import paths

REGULAR: Final = "Kit"
BOLD: Final = "Kit-Bold"
ITALIC: Final = "Kit-Italic"
SEMIBOLD: Final = "Kit-SemiBold"
TABULAR: Final = "Kit-Tabular"
TABULAR_BOLD: Final = "Kit-Tabular-Bold"
FALLBACK: Final = "Kit-Fallback"
FALLBACK_BOLD: Final = "Kit-Fallback-Bold"

_FILES: Final = {
    REGULAR: "AtkinsonHyperlegibleNext-Regular.ttf",
    BOLD: "AtkinsonHyperlegibleNext-Bold.ttf",
    ITALIC: "AtkinsonHyperlegibleNext-Italic.ttf",
    SEMIBOLD: "AtkinsonHyperlegibleNext-SemiBold.ttf",
    FALLBACK: "NotoSans-Regular.ttf",
    FALLBACK_BOLD: "NotoSans-Bold.ttf",
}
_TABULAR: Final = {TABULAR: REGULAR, TABULAR_BOLD: BOLD}
_FALLBACK_OF: Final = {
    REGULAR: FALLBACK,
    ITALIC: FALLBACK,
    TABULAR: FALLBACK,
    BOLD: FALLBACK_BOLD,
    SEMIBOLD: FALLBACK_BOLD,
    TABULAR_BOLD: FALLBACK_BOLD,
}
ASCENT: Final = 0.95
"""Height of the line's top over the baseline, in em; fixed so that layouts can count on it."""
# Characters that leave no ink need no glyph.
UNKNOWN: Final = "\ufffd"
"""Stands where a character cannot be printed, so that its absence is seen."""
_SILENT: Final = frozenset("\n\t\u00a0\u00ad\u200b\u2009\u202f")


class _Typeface(TTFont):
    """A typeface of ReportLab's that turns most texts into their codes at once."""

    def splitString(  # noqa: N802 - ReportLab's name
        self, text: str, doc: object, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """(subset, codes); letter by letter only where one is new to the document."""
        own: Any = self
        known = own.state.get(doc)
        if known is not None and known.assignments.keys() >= set(map(ord, text)):
            try:
                return [(0, text.translate(known.assignments).encode("latin-1"))] if text else []
            except UnicodeEncodeError:
                pass  # more than 256 different letters: one of them is in another subset
        return list(super().splitString(text, doc, encoding))


@cache
def ready(name: str) -> None:
    """Make one typeface known to ReportLab; costs time once in a process, nothing afterwards."""
    if name in _TABULAR:
        pdfmetrics.registerFont(_with_tabular_digits(name, _FILES[_TABULAR[name]]))
    else:
        pdfmetrics.registerFont(_Typeface(name, str(paths.FONTS / _FILES[name])))


@cache
def register() -> None:
    """Make all the typefaces known to ReportLab, for paragraphs, which name any of them."""
    for name in (*_FILES, *_TABULAR):
        ready(name)
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD
    )
    pdfmetrics.registerFontFamily(
        TABULAR, normal=TABULAR, bold=TABULAR_BOLD, italic=TABULAR, boldItalic=TABULAR_BOLD
    )
    pdfmetrics.registerFontFamily(
        FALLBACK, normal=FALLBACK, bold=FALLBACK_BOLD, italic=FALLBACK, boldItalic=FALLBACK_BOLD
    )


def _with_tabular_digits(name: str, file: str) -> TTFont:
    """The typeface with digits of one width, so that figures in a column stand under each other.

    ReportLab knows no OpenType features; HarfBuzz tells which glyphs `tnum` chooses.
    """
    import uharfbuzz  # type: ignore[import-untyped]  # no types; only figures in columns need it

    path = paths.FONTS / file
    font = _Typeface(name, str(path))
    ours: Any = font.face
    # Subsets of one file are told apart by this name inside the PDF.
    ours.name = ours.name + b"-Tabular"
    face = uharfbuzz.Face(path.read_bytes())
    shaper = uharfbuzz.Font(face)
    for digit in "0123456789":
        buffer = uharfbuzz.Buffer()
        buffer.add_str(digit)
        buffer.guess_segment_properties()
        uharfbuzz.shape(shaper, buffer, {"tnum": True})
        ours.charToGlyph[ord(digit)] = buffer.glyph_infos[0].codepoint
        ours.charWidths[ord(digit)] = buffer.glyph_positions[0].x_advance * 1000 / face.upem
    return font


@cache
def _characters(font: str) -> frozenset[str]:
    ready(font)
    known: Any = pdfmetrics.getFont(font)  # the stubs give it no face
    return frozenset(map(chr, known.face.charToGlyph))


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of `text` that no bundled typeface can print, each once, in their order."""
    known = _characters(BOLD) | _characters(FALLBACK_BOLD)
    found = (c for c in text if c not in _SILENT and c not in known)
    return tuple(dict.fromkeys(found))


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """`text` cut into (typeface, piece), with the fallback where `font` lacks a character."""
    own = _characters(font)
    if own.issuperset(text):
        return [(font, text)]
    other = _FALLBACK_OF.get(font, FALLBACK)
    result: list[tuple[str, str]] = []
    for c in text:
        chosen = font if c in own or c in _SILENT else other
        if chosen == other and c not in _characters(other):
            c = UNKNOWN
        if result and result[-1][0] == chosen:
            result[-1] = (chosen, result[-1][1] + c)
        else:
            result.append((chosen, c))
    return result


def text_width(text: str, font: str, size: float, spacing: float = 0) -> float:
    """Width in points as drawn by `page.draw_text`, with `spacing` points between characters."""
    width = sum(pdfmetrics.stringWidth(piece, face, size) for face, piece in runs(text, font))
    return width + spacing * max(len(text) - 1, 0)
