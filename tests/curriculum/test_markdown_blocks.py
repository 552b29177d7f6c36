"""Markdown as authors write it becomes blocks that screens and paper draw, whatever they type."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_kit.curriculum import parse_markdown, parse_spans
from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Span,
    Table,
    plain_text,
)
from facilitator_kit.curriculum.markdown import questions_in
from facilitator_kit.curriculum.markdown_lines import outside_fences

MARKS = (
    "- ",
    "1. ",
    "  ",
    "    ",
    "> ",
    "`",
    "```",
    "~~~",
    "|",
    "|---|",
    "\n",
    "\n\n",
    "#",
    "### ",
)
SIGNS = ("**", "*", "_", "[", "](", "\\", "<b>", "&amp;", "!", "\x00", "\x02", "\x03", "\t", "\r")
WORDS = ("Diga: ", "renglones 4\n", "tarjetas 999", "[a](M3-1)", "«¿x?»", "99999999999. ", "html")
PIECES = st.sampled_from(MARKS + SIGNS + WORDS)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=30).map("".join)


def texts_in(blocks: Iterable[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            found.append(plain_text(block.spans))
        elif isinstance(block, ListBlock):
            for item in block.items:
                found.extend(texts_in(item))
        elif isinstance(block, Callout):
            found.extend(texts_in(block.body))
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                found.extend(plain_text(cell) for cell in row)
        else:
            found.extend(cell for row in block.rows for cell in row)
    return found


def test_emphasis_and_links_become_spans() -> None:
    assert parse_spans("Lea **bien** la *hoja* [2-A](M3-2-A).") == (
        Span("Lea "),
        Span("bien", bold=True),
        Span(" la "),
        Span("hoja", italic=True),
        Span(" "),
        Span("2-A", link="M3-2-A"),
        Span("."),
    )


def test_an_address_is_written_out_because_paper_has_no_links() -> None:
    (block,) = parse_markdown("Vea [el portal](https://ejemplo.org/a).")
    assert isinstance(block, Paragraph)
    assert plain_text(block.spans) == "Vea el portal (https://ejemplo.org/a)."
    assert all(not span.link for span in block.spans)


@pytest.mark.parametrize(
    "text", ["a < b & c > d", "<b>no</b> es HTML", "&amp; queda", "#1 de la fila", "5 * 3 = 15"]
)
def test_what_is_not_markdown_stays_as_typed(text: str) -> None:
    assert texts_in(parse_markdown(text)) == [text]


def test_lines_of_a_quotation_are_set_apart_by_their_first_word() -> None:
    blocks = parse_markdown(
        "> Diga: «Hola,\n> ¿qué tal?»\n> Pregunte: ¿Quién decide?\n> cuide: no pida el relato\n\n"
        "> Una nota suelta"
    )
    assert [
        (block.kind, texts_in(block.body)) for block in blocks if isinstance(block, Callout)
    ] == [
        ("say", ["«Hola, ¿qué tal?»"]),
        ("ask", ["¿Quién decide?"]),
        ("care", ["no pida el relato"]),
        ("note", ["Una nota suelta"]),
    ]


def test_two_quotations_in_a_row_stay_two() -> None:
    blocks = parse_markdown("> Diga: uno\n\n> Diga: dos")
    assert [texts_in([block]) for block in blocks] == [["uno"], ["dos"]]


def test_a_callout_holds_lists_and_paragraphs() -> None:
    (callout,) = parse_markdown("> Diga: esto\n>\n> - uno\n> - dos")
    assert isinstance(callout, Callout)
    assert [type(block) for block in callout.body] == [Paragraph, ListBlock]


def test_lists_nest_with_two_spaces_and_need_no_blank_line() -> None:
    paragraph, bullets = parse_markdown("Lleve:\n- agua\n  - fría\n  - con fruta\n- pan")
    assert isinstance(paragraph, Paragraph)
    assert isinstance(bullets, ListBlock)
    assert len(bullets.items) == 2
    inner = bullets.items[0][1]
    assert isinstance(inner, ListBlock)
    assert [texts_in(item) for item in inner.items] == [["fría"], ["con fruta"]]


def test_a_numbered_list_counts_from_its_first_number() -> None:
    first, _, second = parse_markdown("1. uno\n2. dos\n\n> Diga: pausa\n\n3. tres")
    assert isinstance(first, ListBlock)
    assert isinstance(second, ListBlock)
    assert (first.ordered, first.start, len(first.items)) == (True, 1, 2)
    assert (second.ordered, second.start) == (True, 3)


def test_a_year_at_the_start_of_a_line_is_no_list() -> None:
    assert texts_in(parse_markdown("Empezó en\n2024. Sigue.")) == ["Empezó en 2024. Sigue."]


def test_a_table_right_under_a_paragraph_is_a_table_with_even_rows() -> None:
    _, table = parse_markdown("Vea:\n| a | b |\n|---|---|\n| 1 | **2** |\n| 3 |")
    assert isinstance(table, Table)
    assert [plain_text(cell) for cell in table.header] == ["a", "b"]
    assert table.rows == (((Span("1"),), (Span("2", bold=True),)), ((Span("3"),), ()))


def test_headings_count_from_one_in_their_piece() -> None:
    blocks = parse_markdown("### Alto\n\ntexto\n\n#### Bajo")
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2]


@pytest.mark.parametrize(
    ("word", "kind", "count"),
    [
        ("renglones 4", "lines", 4),
        ("casillas", "boxes", 0),
        ("tarjetas 3", "cards", 3),
        ("tabla 8", "table", 8),
        ("Tabla", "table", 6),
        ("renglones", "lines", 1),
        ("renglones 999", "lines", 60),
    ],
)
def test_fences_for_paper(word: str, kind: str, count: int) -> None:
    assert parse_markdown(f"```{word}\nuno | dos\n\ntres\n```") == (
        Fence(kind, count, (("uno", "dos"), ("tres",))),
    )


def test_a_bar_after_a_backslash_is_text() -> None:
    assert parse_markdown("```casillas\nsí \\| no\n```") == (Fence("boxes", 0, (("sí | no",),)),)


def test_questions_are_what_is_asked_and_what_is_numbered() -> None:
    blocks = parse_markdown(
        "¿Esto no?\n\n1. ¿Quién paga? ¿Y quién decide?\n2. Anote\n\n- ¿Tampoco?\n\n"
        "> Pregunte: «¿Desde cuándo?»\n\n> Diga: ¿Ni esto?"
    )
    assert questions_in(blocks) == ("¿Quién paga? ¿Y quién decide?", "¿Desde cuándo?")


def test_a_heading_inside_a_fence_is_not_a_heading() -> None:
    lines = ["# uno", "```tabla 2", "# no", "```", "# dos"]
    assert list(outside_fences(lines)) == [(0, "# uno"), (4, "# dos")]


@settings(max_examples=400)
@given(TEXTS)
def test_no_text_ends_in_a_traceback(text: str) -> None:
    blocks = parse_markdown(text)
    assert hash(blocks) == hash(parse_markdown(text))
    assert all("\n" not in one and one == one.strip() for one in texts_in(blocks) if one)
    parse_spans(text)
    questions_in(blocks)


@settings(max_examples=200)
@given(st.lists(st.from_regex(r"[a-zñáé¿?«», ]{1,30}", fullmatch=True), min_size=1, max_size=6))
def test_no_word_of_plain_prose_is_lost(lines: list[str]) -> None:
    for joined in ("\n".join(lines), "- " + "\n- ".join(lines), "> " + "\n> ".join(lines)):
        shown = " ".join(texts_in(parse_markdown(joined)))
        assert shown.split() == " ".join(lines).split()


@pytest.mark.parametrize(
    "text",
    ["> " * 2000 + "x", "- " * 2000 + "x", "*" * 5000, "[" * 1000, "**a" * 2000, "a" + "`" * 4000],
)
def test_absurd_nesting_is_shown_as_text(text: str) -> None:
    assert parse_markdown(text)


@settings(max_examples=300)
@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_prose_reads_the_same_beside_marked_prose(text: str) -> None:
    # A paragraph with emphasis before it sends the same text the long way round.
    beside = parse_markdown("Una *marca*.\n\n" + text.lstrip())
    alone = parse_markdown(text.lstrip())
    headings = [block for block in (*alone, *beside) if isinstance(block, Heading)]
    assert headings or beside[1:] == alone
