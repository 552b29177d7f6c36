"""Copies of handouts and materials of a whole module: counted as the sessions' lists say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.curriculum import (
    group_sizes,
    load_pack,
    material_quantities,
    pack_files_from_folder,
)
from facilitator_kit.curriculum.copies import handout_copies, material_of, provisions
from facilitator_kit.curriculum.records import Handout, Material, Pack, Per, Session
from facilitator_kit.paths import content_folder


def session(*materials: Material, code: str = "M3-2") -> Session:
    return Session(code, "Mi presupuesto", 120, complete=True, materials=materials)


def handout(code: str = "M3-2-A", per: Per = Per.PERSON) -> Handout:
    return Handout(code, "Mi mes", code.rpartition("-")[0], "letter", per, ())


@pytest.fixture(scope="module")
def core() -> Pack:
    return load_pack(pack_files_from_folder(content_folder() / "core"), "MX")


def test_the_spare_ones_of_the_materials_are_copied_too() -> None:
    one = session(Material("Hoja 2-A «Mi mes»", 1, Per.PERSON, 3))
    copies = handout_copies(one, handout(), 20)
    assert (copies.count, copies.spare) == (23, 3)


def test_several_for_each_group_are_as_many() -> None:
    one = session(Material("Tarjetas M3-2-A, recortadas", 2, Per.GROUP, 1))
    assert handout_copies(one, handout(per=Per.GROUP), 18).count == 2 * 5 + 1


def test_without_a_row_there_is_one_for_whom_it_is_meant() -> None:
    for per, count in ((Per.PERSON, 18), (Per.GROUP, 5), (Per.ROOM, 1)):
        copies = handout_copies(session(), handout(per=per), 18)
        assert (copies.count, copies.spare) == (count, 0)


def test_a_row_counted_otherwise_does_not_change_for_whom_it_is_meant() -> None:
    one = session(Material("Sobres con la hoja 2-A", 1, Per.PERSON, 2))
    assert handout_copies(one, handout(per=Per.GROUP), 8).count == 2 + 2


def test_a_code_within_another_code_is_not_meant() -> None:
    one = session(Material("Hoja 12-A", 1, Per.PERSON, 9), Material("Hoja 2-AB", 1, Per.PERSON, 9))
    assert material_of(one, handout()) is None


def test_of_two_rows_the_one_with_the_title_counts() -> None:
    one = session(
        Material("Pliego con la tabla de 2-A, en grande", 1, Per.PERSON, 1),
        Material("Hoja 2-A «Mi mes»", 1, Per.PERSON, 4),
    )
    assert handout_copies(one, handout(), 10).spare == 4


@given(st.integers(1, 60), st.integers(1, 3), st.integers(0, 5), st.sampled_from(list(Per)))
def test_copies_are_what_the_row_of_materials_counts(
    people: int, quantity: int, extra: int, per: Per
) -> None:
    one = session(Material("Hoja 2-A", quantity, per, extra))
    (need,) = material_quantities(one, people)
    assert handout_copies(one, handout(per=per), people).count == need.count


def test_every_handout_of_the_core_pack_is_named_by_its_materials(core: Pack) -> None:
    found = [
        material_of(core.session(one.session), one) is not None
        for one in core.handouts
        if core.session(one.session).complete
    ]
    assert found
    assert all(found)


# -- a whole module ------------------------------------------------------------------------------


def test_what_lasts_and_what_is_used_up() -> None:
    first = session(Material("Plumones gruesos", 2, Per.GROUP, 1), code="M3-1")
    second = session(
        Material("plumones  gruesos", 1, Per.GROUP), Material("Sobre", 1, Per.PERSON), code="M3-2"
    )
    markers, envelopes = provisions((first, second), 16)
    assert (markers.name, markers.most, markers.total) == ("Plumones gruesos", 9, 13)
    assert markers.sessions == ("M3-1", "M3-2")
    assert (envelopes.most, envelopes.total, envelopes.sessions) == (16, 16, ("M3-2",))


def test_handouts_are_not_bought() -> None:
    one = session(
        Material("Hoja 2-A «Mi mes»", 1, Per.PERSON),
        Material("Fichas M3-2-B", 1, Per.GROUP),
        Material("Hoja blanca", 1, Per.PERSON),
    )
    assert [need.name for need in provisions((one,), 10)] == ["Hoja blanca"]


@given(st.integers(1, 40), st.integers(1, 40))
def test_more_people_never_need_less(few: int, more: int) -> None:
    one = session(Material("Lápiz", 1, Per.PERSON, 2), Material("Tijeras", 1, Per.GROUP, 1))
    again = replace(one, code="M3-3")
    small, large = sorted((few, more))
    for less, much in zip(
        provisions((one, again), small), provisions((one, again), large), strict=True
    ):
        assert less.most <= much.most
        assert less.total <= much.total
        assert less.most <= less.total
    assert len(group_sizes(large, 4)) >= len(group_sizes(small, 4))
