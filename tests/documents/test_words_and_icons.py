"""Numbers and dates in words; icons as vectors."""

from __future__ import annotations

from datetime import date

import pytest

from facilitator_kit import paths
from facilitator_kit.documents import (
    period_text,
    place_date,
    spelled_date,
    spelled_number,
    title_of,
)
from facilitator_kit.documents.pictogram import path_steps, steps_of
from facilitator_kit.documents.words import spelled_persons
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import TitleForm

ES, EN = Texts("es"), Texts("en")


@pytest.mark.parametrize(
    ("number", "spanish", "english"),
    [
        (0, "cero", "zero"),
        (16, "dieciséis", "sixteen"),
        (22, "veintidós", "twenty-two"),
        (31, "treinta y uno", "thirty-one"),
        (100, "cien", "one hundred"),
        (119, "ciento diecinueve", "one hundred and nineteen"),
        (500, "quinientos", "five hundred"),
        (1000, "mil", "one thousand"),
        (2024, "dos mil veinticuatro", "two thousand and twenty-four"),
        (21031, "veintiún mil treinta y uno", "twenty-one thousand and thirty-one"),
    ],
)
def test_numbers_in_words(number: int, spanish: str, english: str) -> None:
    assert spelled_number(number, ES) == spanish
    assert spelled_number(number, EN) == english


@pytest.mark.parametrize("texts", [ES, EN])
def test_no_two_numbers_sound_alike(texts: Texts) -> None:
    assert len({spelled_number(n, texts) for n in range(30_000)}) == 30_000


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "una"),
        (21, "veintiuna"),
        (91, "noventa y una"),
        (200, "doscientas"),
        (555, "quinientas cincuenta y cinco"),
        (24, "veinticuatro"),
    ],
)
def test_people_are_counted_in_the_feminine(number: int, words: str) -> None:
    assert spelled_persons(number, ES) == words


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_numbers_out_of_reach_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        spelled_number(number, ES)


def test_dates_in_words() -> None:
    assert spelled_date(date(2024, 10, 17), ES) == "diecisiete de octubre de dos mil veinticuatro"
    assert spelled_date(date(2026, 3, 1), ES) == "primero de marzo de dos mil veintiséis"
    english = "twenty-first of October, two thousand and twenty-four"
    assert spelled_date(date(2024, 10, 21), EN) == english
    ordinals = {
        day: spelled_date(date(2024, 10, day), EN).split(" ")[0]
        for day in (2, 3, 5, 8, 9, 12, 20, 30)
    }
    assert ordinals == {
        2: "second",
        3: "third",
        5: "fifth",
        8: "eighth",
        9: "ninth",
        12: "twelfth",
        20: "twentieth",
        30: "thirtieth",
    }


def test_place_period_and_title() -> None:
    day = date(2024, 10, 17)
    assert (
        place_date("Guadalajara, Jalisco", day, ES)
        == "Guadalajara, Jalisco, a 17 de octubre de 2024"
    )
    assert place_date("", day, ES) == "17 de octubre de 2024"
    assert (
        period_text(date(2025, 12, 4), date(2026, 9, 4), ES)
        == "del 4 de diciembre de 2025 al 4 de septiembre de 2026"
    )
    assert [title_of(form, ES) for form in TitleForm] == [
        "graduada",
        "graduado",
        "persona graduada",
    ]


@pytest.mark.parametrize("icon", sorted(path.stem for path in paths.ICONS.glob("*.svg")))
def test_every_icon_is_drawn_inside_its_square(icon: str) -> None:
    steps = steps_of(icon)
    assert steps[0][0] == "M"
    for _command, values in steps:
        assert all(-0.5 <= value <= 24.5 for value in values)


def test_an_arc_ends_where_it_says_and_keeps_its_radius() -> None:
    steps = path_steps("M2 12a10 10 0 0 1 10-10")
    assert steps[-1][1][-2:] == pytest.approx((12, 2))
    (_move, (_command, curve)) = steps
    middle = [
        (start + 3 * one + 3 * two + end) / 8
        for start, one, two, end in zip((2, 12), curve[:2], curve[2:4], curve[4:], strict=True)
    ]
    assert ((middle[0] - 12) ** 2 + (middle[1] - 12) ** 2) ** 0.5 == pytest.approx(10, abs=0.01)


def test_relative_and_short_commands_join_up() -> None:
    steps = path_steps("M1 1h2v2H1zm4 0l1 1q1 0 1 1t1 1s1 1 2 2")
    assert [command for command, _values in steps] == list("MLLLZMLCCC")
    assert steps[5][1] == (5, 1)
    assert steps[-1][1][-2:] == (10, 6)
