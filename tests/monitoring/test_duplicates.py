"""Who may be the same person is put before a person; who is plainly another is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitoring_cases import person

from facilitator_kit.monitoring.duplicates import LIKELY, find_duplicates, likeness
from facilitator_kit.monitoring.people_import import propose_import
from facilitator_kit.monitoring.people_tables import read_table
from facilitator_kit.monitoring.records import Channel, Participant, SafeContact

XOCHITL = person("Xóchitl", "Hernández", "Muñoz")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (person("XOCHITL", "HERNANDEZ", "MUNOZ"), "mismo nombre"),
        (person("Xóchitl", "Muñoz", "Hernández"), "otro orden"),
        (person("Xochilt", "Muñoz", "Hernández"), "otro orden"),
        (person("Xóchitl", "Hernández"), "falta un apellido"),
        (person("Xochilt", "Hernández", "Muñoz"), "casi igual"),
        (person("Xóchitl", "Hernandes", "Muños"), "casi igual"),
        (person("Xóchitl", "Hernánez", "Muñoz"), "casi igual"),
        (person("Xóchitl", "Hernández Muñoz"), "mismo nombre"),
        (person("José", "Hernández", "Muñoz", social_name="Xóchitl"), "mismo nombre"),
    ],
)
def test_the_same_person_written_otherwise_is_found(other: Participant, reason: str) -> None:
    found = find_duplicates([XOCHITL], [other])
    assert [match.other for match in found] == [other]
    assert found[0].likeness.score >= LIKELY
    assert any(reason in str(text) for text in found[0].likeness.reasons)


@pytest.mark.parametrize(
    "other",
    [
        person("Ana", "Hernández", "Muñoz"),
        person("Xóchitl", "Ríos", "Soto"),
        person("Itzel", "Nahuelpán", "Quispe"),
        person("Xóchitl", "", ""),
    ],
)
def test_another_person_is_left_in_peace(other: Participant) -> None:
    assert find_duplicates([XOCHITL], [other]) == ()


def test_short_names_with_a_slip_are_found() -> None:
    assert find_duplicates([person("Ana", "López")], [person("Ana", "Lópes")])
    assert find_duplicates([person("Lucía", "Garrido")], [person("Lucía", "Garido")])
    assert find_duplicates([person("Lucía", "Garrido")], [person("Lucía", "Garribo")])
    assert find_duplicates([person("Itzel")], [person("Itzel")])


def test_a_national_number_in_common_decides() -> None:
    one = person("Ana", "Soto", curp="SABC560626MDFLRN01", run="12.667.869-K")
    assert find_duplicates([one], [person("Eva", "Ríos", curp="sabc560626mdflrn01")])
    assert (
        find_duplicates([one], [person("Eva", "Ríos", run="12667869-k")])[0].likeness.score == 100
    )


def test_a_shared_number_alone_is_not_enough() -> None:
    home = SafeContact(Channel.CALL, "+52 33 1234 5678")
    same = SafeContact(Channel.WHATSAPP, "3312345678")
    ana = person("Ana", "Soto", contact=home)
    assert not find_duplicates([ana], [person("Eva", "Soto", contact=same)])
    found = find_duplicates([ana], [person("Ana", "Ríos", contact=same)])
    assert "contacto" in str(found[0].likeness.reasons[0])


def test_a_list_is_checked_against_itself_and_against_who_is_known() -> None:
    data = "Nombre,Apellidos\nXóchitl,Hernández Muñoz\nEva,Ríos\nXochitl,Hernandez Muñoz\n"
    found = propose_import(read_table("lista.csv", data.encode()), [person("Eva", "Rios")])
    assert found.is_acceptable
    assert [(item.row, item.other_row, item.score) for item in found.duplicates] == [
        (3, None, 100),
        (4, 2, 100),
    ]


WORDS = st.sampled_from(("ana", "Eva", "López", "lopes", "de la Cruz", "Núñez", "", "O'Higgins"))


@given(st.builds(person, WORDS, WORDS, WORDS), st.builds(person, WORDS, WORDS, WORDS))
def test_likeness_is_mutual_and_within_bounds(one: Participant, two: Participant) -> None:
    there, back = likeness(one, two), likeness(two, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.score == back.score
        assert LIKELY <= there.score <= 100
        assert there.reasons


def test_a_list_of_one_name_only_is_flagged_row_by_row_and_comes_to_an_end() -> None:
    data = "Nombre,Apellido\n" + "Ana,Soto\n" * 1500
    found = propose_import(read_table("lista.csv", data.encode()))
    assert {item.row for item in found.duplicates} == set(range(3, 1502))
