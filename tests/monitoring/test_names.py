"""Names as printed, listed, sorted, searched; the person decides how she is called."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitoring_cases import person

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import (
    fold,
    full_name,
    initials,
    roll_name,
    search_text,
    sort_key,
    titled,
)
from facilitator_kit.monitoring.records import Participant, TitleForm

SORTED = (
    person("Ana", "Aguilar"),
    person("Zoe", "Aguilar"),
    person("Ana", "Aguilar", "Núñez"),
    person("María José", "Aguilar", "Núñez"),
    person("Itzel"),  # no surname: by her given names
    person("Ana", "López"),
    person("Ana", "Lópezgil"),
    person("Eva", "Nunez"),
    person("Eva", "Núnez"),
    person("Ana", "Nunzio"),
    person("Ana", "Nuñez"),  # ñ after every n
    person("Ana", "Núñez"),
    person("Ana", "Ñandú"),
    person("Carmen", "O'Higgins", "López"),
    person("Carmen", "O’Higgins", "Pérez"),
    person("Ana", "Peña-Ríos"),
)


def test_lists_follow_the_spanish_alphabet() -> None:
    mixed = [*SORTED[1::2], *SORTED[::2]]
    assert sorted(mixed, key=sort_key) == list(SORTED)


def test_particles_belong_to_the_surname() -> None:
    names = [
        person("Itzel", "De la Cruz"),
        person("Ana", "Castañeda y Ríos"),
        person("Eva", "Díaz"),
    ]
    assert [roll_name(p) for p in sorted(names, key=sort_key)] == [
        "Castañeda y Ríos, Ana",
        "De la Cruz, Itzel",
        "Díaz, Eva",
    ]


def test_a_database_sorts_by_the_key_as_we_do() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("create table people (key text, name text)")
    rows = [(sort_key(p), full_name(p)) for p in reversed(SORTED)]
    database.executemany("insert into people values (?, ?)", rows)
    found = [row[0] for row in database.execute("select name from people order by key")]
    database.close()
    assert found == [full_name(p) for p in SORTED]


@pytest.mark.parametrize(
    ("who", "printed", "listed", "short"),
    [
        (
            person("Xóchitl", "Hernández", "Muñoz"),
            "Xóchitl Hernández Muñoz",
            "Hernández Muñoz, Xóchitl",
            "XH",
        ),
        (person("Itzel"), "Itzel", "Itzel", "I"),
        (person("Ana", "", "Ríos"), "Ana Ríos", "Ríos, Ana", "AR"),
        (
            person("Pedro", "Soto", social_name="Luz Marina"),
            "Luz Marina Soto",
            "Soto, Luz Marina",
            "LS",
        ),
        (person("Sofía", "de la Cruz"), "Sofía de la Cruz", "de la Cruz, Sofía", "SC"),
        (
            person("Lucía", "Echeverría-Toro"),
            "Lucía Echeverría-Toro",
            "Echeverría-Toro, Lucía",
            "LE",
        ),
        (
            person(" María  del Pilar ", "Ñanco", " Güemes"),
            "María del Pilar Ñanco Güemes",
            "Ñanco Güemes, María del Pilar",
            "MÑ",
        ),
    ],
)
def test_names_on_paper(who: Participant, printed: str, listed: str, short: str) -> None:
    assert full_name(who) == printed
    assert roll_name(who) == listed
    assert initials(who) == short


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Núñez-O’Higgins", "nunez ohiggins"),
        ("  GÜEMES  Peña ", "guemes pena"),
        ("D'Angelo", "dangelo"),
        ("CR-014", "cr 014"),
        ("Straße", "strasse"),
        ("Łucja Bjørn", "lucja bjorn"),
        ("n\u0303", "n"),
        ("मीरा", "मीरा"),
    ],
)
def test_searching_sees_letters_only(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_woman_is_found_by_code_given_social_and_family_name() -> None:
    found = search_text(person("Pedro", "Núñez", "Ríos", "CR-014", social_name="Luz"))
    assert found.split() == ["cr", "014", "pedro", "luz", "nunez", "rios"]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_name_can_be_shown(given_names: str, first: str, second: str) -> None:
    who = person(given_names, first, second)
    assert "  " not in full_name(who)
    assert full_name(who) == full_name(who).strip()
    assert bool(full_name(who)) == bool(f"{given_names}{first}{second}".strip())
    assert fold(full_name(who)) in search_text(who)
    assert sort_key(who) == sort_key(person(given_names, first, second, "CR-999"))


def test_each_person_chooses_her_title() -> None:
    _ = Texts("es")
    assert [_.render(titled(form)) for form in TitleForm] == [
        "graduada",
        "graduado",
        "persona graduada",
    ]
