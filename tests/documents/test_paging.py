"""Filling pages: nothing is lost, nothing stands outside, no heading ends a page."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.blocks import Fence, ListBlock, Paragraph, Span
from facilitator_kit.documents import styles
from facilitator_kit.documents.paging import (
    Extent,
    PageEnd,
    Place,
    Placed,
    copyfit,
    fill,
    keep_whole,
    measure,
)
from facilitator_kit.documents.pieces import Inset, Rule
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.tables import data_table
from facilitator_kit.documents.text import Text, paragraph
from facilitator_kit.i18n import Texts

WIDTH, ROOM = 400.0, 500.0
LOOK = styles.styles()
WORDS = "una palabra tras otra hasta que el renglón se acaba y empieza el siguiente "


def text(words: int) -> Text:
    return paragraph(" ".join((WORDS * (words // 13 + 1)).split()[:words]), LOOK.body)


def heading() -> Text:
    return paragraph("Un título", LOOK.heading)


def table(rows: int) -> Inset:
    cells = [[paragraph(f"{row}", LOOK.cell), ""] for row in range(rows)]
    return Inset(data_table(cells, [WIDTH / 2] * 2, head_rows=1), before=3, after=5)


PIECES = st.lists(
    st.one_of(
        st.integers(1, 400).map(text),
        st.just(0).map(lambda _none: heading()),
        st.integers(2, 60).map(table),
        st.integers(1, 120).map(lambda words: Inset(text(words), 20, top=4, bottom=4)),
        st.integers(1, 6).map(lambda rows: keep_whole(table(rows + 1))),
        st.just(0).map(lambda _none: PageEnd()),
        st.just(0).map(lambda _none: PageEnd(least=120)),
    ),
    max_size=25,
)


def pages_of(story: Sequence[Flowable]) -> list[list[Placed]]:
    rest = deque(story)
    pages = []
    while rest:
        placed = fill(rest, WIDTH, ROOM)
        if not placed:
            break
        pages.append(placed)
    return pages


def words_of(piece: Flowable) -> str:
    if isinstance(piece, Inset):
        return words_of(piece.inner)
    if isinstance(piece, Text):
        return " ".join(" ".join(getattr(f, "words", None) or [f.text]) for f in _pieces_of(piece))
    return ""


def _pieces_of(piece: Text) -> list[Any]:
    return [frag for frag in piece.frags if hasattr(frag, "words") or hasattr(frag, "text")]


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_every_word_is_placed_once_in_order(story: list[Flowable]) -> None:
    expected = " ".join(" ".join(words_of(piece).split()) for piece in story if words_of(piece))
    placed = [one.piece for page in pages_of(story) for one in page]
    found = " ".join(" ".join(words_of(piece).split()) for piece in placed if words_of(piece))
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_nothing_stands_below_the_column_or_on_what_is_above(story: list[Flowable]) -> None:
    for page in pages_of(story):
        bottom = 0.0
        for one in page:
            assert one.down >= bottom - 0.01
            bottom = one.down + one.height
        assert bottom <= ROOM + 0.02


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_no_heading_ends_a_page_and_no_line_stands_alone(story: list[Flowable]) -> None:
    pages = pages_of(story)
    for number, page in enumerate(pages, 1):
        last = page[-1].piece
        follows = number < len(pages)
        after = pages[number][0].piece if follows else None
        if follows and isinstance(last, Text) and last.style.name == "heading":
            # Only where the pack asks for a fresh page right below it.
            place = next(at for at, piece in enumerate(story) if piece is last)
            assert isinstance(story[place + 1], PageEnd)
        for one, inner in ((last, last), (after, after)):
            if isinstance(inner, Text) and one not in story:
                # It was parted: two lines on either side at least.
                inner.wrap(WIDTH, ROOM)
                assert inner.height >= 2 * inner.style.leading - 0.1


@settings(max_examples=40, deadline=None)
@given(PIECES)
def test_measuring_changes_nothing(story: list[Flowable]) -> None:
    extent = measure(story, WIDTH, ROOM)
    assert extent == measure(story, WIDTH, ROOM)
    assert extent.pages == len(pages_of(story))


def test_a_piece_too_tall_for_any_page_is_drawn_smaller() -> None:
    tall = Inset(text(20), top=700)
    (page,) = pages_of([tall])
    assert page[0].height <= ROOM


def test_headings_in_a_row_wait_for_the_first_two_lines() -> None:
    filler = [text(1) for _line in range(23)]  # leaves room for the headings, and for one line
    story = [*filler, heading(), heading(), text(200)]
    first, second, *_rest = pages_of(story)
    assert len(first) == len(filler)
    assert second[0].piece is story[len(filler)]


@pytest.mark.parametrize(
    "following", [Fence("table", 4, (("Qué", "Cuánto"),)), Fence("lines", 3, (("Mi plan",),))]
)
def test_what_says_how_to_fill_a_table_stands_on_its_page(following: Fence) -> None:
    asked = Paragraph((Span("Anote sus tres gastos de la semana."),))
    for words in range(200, 420, 4):
        story = [text(words), *prose([asked, following], LOOK, WIDTH, Texts("es"), air=1)]
        pages = pages_of(story)
        (page,) = (page for page in pages if any("Anote" in words_of(p.piece) for p in page))
        assert "Anote" not in words_of(page[-1].piece)


def test_what_announces_a_list_does_not_end_a_page() -> None:
    announced = Paragraph((Span("Sirve cualquiera de estas:"),))
    items = tuple((Paragraph((Span(f"La número {number}."),)),) for number in range(4))
    listed = ListBlock(ordered=False, items=items)
    for words in range(300, 460, 4):
        pages = pages_of([text(words), *prose([announced, listed], LOOK, WIDTH, Texts("es"))])
        assert all("estas:" not in words_of(page[-1].piece) for page in pages)


def test_a_rule_between_parts_is_left_out_at_the_top_of_a_page() -> None:
    pages = pages_of([text(300), PageEnd(), Rule(), text(10)])
    assert [type(one.piece) for one in pages[-1]] == [Text]


def test_a_place_stays_with_the_heading_it_marks() -> None:
    filler = [text(1) for _line in range(24)]
    mark = Place("here")
    first, second = pages_of([*filler, mark, heading(), text(100)])
    assert all(one.piece is not mark for one in first)
    assert second[0].piece is mark


def test_a_page_with_a_few_lines_is_saved_where_a_smaller_size_does_it() -> None:
    def make(scale: float) -> list[Flowable]:
        return [paragraph("un renglón", styles.styles(scale).body) for _line in range(28)]

    assert measure(make(1.0), WIDTH, ROOM).pages == 2
    assert measure(copyfit(make, (1.0, 0.9), WIDTH, ROOM), WIDTH, ROOM).pages == 1
    # Where it saves nothing, the first size stays.
    assert copyfit(make, (1.0, 0.99), WIDTH, ROOM)[0].getSpaceAfter() == 5


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_story_takes_no_page(count: int) -> None:
    assert measure([PageEnd()] * count, WIDTH, ROOM) == Extent(0, 0.0)
