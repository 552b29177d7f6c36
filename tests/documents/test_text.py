"""Paragraphs made without parsing are those that ReportLab's parser would make."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.curriculum.blocks import Span
from facilitator_kit.documents import styles
from facilitator_kit.documents.styles import markup, spans_markup
from facilitator_kit.documents.text import Text, paragraph, prose_text, together

LOOK = styles.styles()
LETTERS = st.text(
    st.sampled_from("abc ñÑáü ¿?«»—–\"' 0123456789 $%·"), min_size=1, max_size=120
).filter(lambda text: bool(text.strip()))
SPANS = st.lists(
    st.builds(Span, LETTERS, st.booleans(), st.booleans()), min_size=1, max_size=6
).map(tuple)


def drawn(text: Text) -> list[str]:
    canvas: Any = Canvas(io.BytesIO())
    _width, height = text.wrapOn(canvas, 220, 1000)
    text.drawOn(canvas, 10, 900 - height)
    return list(canvas._code)


@settings(max_examples=80, deadline=None)
@given(LETTERS, st.sampled_from([LOOK.body, LOOK.heading, LOOK.figure, LOOK.cell]))
def test_plain_text(text: str, style: Any) -> None:
    text = " ".join(text.split())
    parsed = Text(markup(together(text), style.fontName), style)
    assert drawn(paragraph(text, style)) == drawn(parsed)


@settings(max_examples=80, deadline=None)
@given(SPANS, st.sampled_from([LOOK.body, LOOK.heading, LOOK.cell]))
def test_spans_with_weights_and_slants(spans: tuple[Span, ...], style: Any) -> None:
    # As Markdown gives them: no two runs of one style beside each other.
    spans = tuple(
        Span("".join(" ".join(one.text.split()) + " " for one in run), *style)
        for style, run in groupby(spans, key=lambda one: (one.bold, one.italic))
    )
    # The parser drops a space at the very end, where it is not seen.
    spans = (*spans[:-1], replace(spans[-1], text=spans[-1].text.rstrip()))
    kept = [replace(span, text=together(span.text)) for span in spans]
    assert drawn(prose_text(spans, style, ())) == drawn(Text(spans_markup(kept), style))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Seis 6 min de 10 minutos", "Seis 6_min de 10 minutos"),
        ("Línea: 800 911 2000, todo el día", "Línea: 800_911_2000, todo el día"),
        ("Más de 24", "Más de_24"),
        ("Son 24 mujeres y 3 grupos", "Son 24 mujeres y 3 grupos"),
    ],
)
def test_a_line_does_not_end_within_a_measure_or_a_number(text: str, kept: str) -> None:
    assert together(text) == kept.replace("_", "\u00a0")


def test_signs_of_markup_are_letters() -> None:
    """The parser takes them one by one; the same letters stand in the same places."""
    text = "5 < 7 & 7 > 5; <b>no</b> &amp;"
    (piece,) = paragraph(text, LOOK.body).frags
    assert getattr(piece, "text", "") == text
    parsed: Any = Text(markup(text), LOOK.body).frags
    assert "".join(frag.text for frag in parsed) == text


def test_a_letter_that_the_typeface_lacks_is_still_printed() -> None:
    pieces: Any = prose_text((Span("Hindi: हिन्दी"),), LOOK.body, ()).frags
    assert len({piece.fontName for piece in pieces}) == 2


def test_only_what_is_in_the_book_becomes_a_link() -> None:
    span = Span("la hoja", link="M3-2-A")
    linked: Any = prose_text((span,), LOOK.body, {"M3-2-A"}).frags
    plain: Any = prose_text((span,), LOOK.body, {"M3-2-B"}).frags
    assert linked[0].link
    assert not plain[0].link
