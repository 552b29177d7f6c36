"""The list of people: the same answers as looking at everybody, however one searches and sorts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_records import one_of_each

from facilitator_kit.clock import Ids
from facilitator_kit.i18n import message
from facilitator_kit.monitoring import names
from facilitator_kit.monitoring.records import (
    Centre,
    Cohort,
    Enrolment,
    Generation,
    Participant,
)
from facilitator_kit.store import PeoplePage, Store, people_search

GIVEN = ["María José", "Xóchitl", "Ana", "Zoë", "Ñusta", "Noemí"]
FAMILY = ["de la Cruz", "Hernández", "Muñoz", "Núñez-O’Higgins", "Zúñiga", "Álvarez", ""]


def listed(page: PeoplePage) -> list[str]:
    return [row.participant.code for row in page.rows]


@pytest.fixture
def places(store: Store, ids: Ids) -> list[Cohort]:
    """Two centres and two generations, with a cohort of each in each."""
    centres = [Centre(ids.new(), f"Centro {c}", c, "", "") for c in "AB"]
    generations = [
        Generation(ids.new(), f"Generación {y}", date(y, 1, 1), date(y, 12, 1))
        for y in (2025, 2026)
    ]
    model = one_of_each(ids)[Cohort]
    cohorts = [
        replace(
            model,
            id=ids.new(),
            generation_id=generation.id,
            centre_id=centre.id,
            code=f"{centre.code}{generation.starts_on.year}",
            name=f"Grupo {centre.code} {generation.starts_on.year}",
            starts_on=generation.starts_on,
            facilitator_id=None,
        )
        for generation in generations
        for centre in centres
    ]
    with store.change(message("Preparar"), actor="ana") as tx:
        tx.put_all([*centres, *generations, *cohorts])
    return cohorts


def enrol(ids: Ids, person: Participant, cohort: Cohort) -> Enrolment:
    return Enrolment(ids.new(), person.id, cohort.id, cohort.starts_on, cohort.starts_on, "r", "b")


@pytest.fixture
def people(store: Store, ids: Ids, places: list[Cohort]) -> list[tuple[Participant, list[Cohort]]]:
    """Sixty people, some in no cohort, some in several."""
    chance = random.Random(7)
    found = []
    for number in range(60):
        person = Participant(
            ids.new(),
            f"CR-{number * 7 % 60}",
            chance.choice(GIVEN),
            chance.choice(FAMILY),
            chance.choice(FAMILY),
            social_name=chance.choice(["", "", "Luz"]),
        )
        found.append((person, sorted(chance.sample(places, chance.randrange(3)), key=_start)))
    with store.change(message("Importar"), actor="ana") as tx:
        tx.put_all(person for person, _ in found)
        tx.put_all(enrol(ids, person, cohort) for person, cohorts in found for cohort in cohorts)
    return found


def _start(cohort: Cohort) -> tuple[date, str]:
    return cohort.starts_on, cohort.id


@pytest.mark.parametrize("counted", [people_search.COUNTED, 3])
def test_every_search_answers_as_looking_at_everybody_would(
    store: Store,
    people: list[tuple[Participant, list[Cohort]]],
    monkeypatch: pytest.MonkeyPatch,
    counted: int,
) -> None:
    monkeypatch.setattr(people_search, "COUNTED", counted)  # so that few people are many
    chance = random.Random(counted)
    cohort_of = {cohort.id: cohort for _, cohorts in people for cohort in cohorts}
    for _ in range(300):
        typed = chance.choice(
            ["", "a", "n", "mar", "maria jo", "NÚÑEZ", "cruz de", "cr-1", "luz x"]
        )
        cohort = chance.choice(list(cohort_of.values()))
        where = chance.choice(
            [
                {},
                {"cohort_id": cohort.id},
                {"centre_id": cohort.centre_id},
                {"generation_id": cohort.generation_id},
                {"centre_id": cohort.centre_id, "generation_id": cohort.generation_id},
            ]
        )
        words = names.fold(typed).split()
        expected = [
            person
            for person, cohorts in people
            if all(
                any(word.startswith(w) for word in names.search_text(person).split()) for w in words
            )
            and (
                not where
                or any(
                    all(
                        value == (c.id if key == "cohort_id" else getattr(c, key))
                        for key, value in where.items()
                    )
                    for c in cohorts
                )
            )
        ]
        descending = chance.choice([False, True])
        order = chance.choice(["name", "code"])
        page = store.people_page(typed, order=order, descending=descending, **where)
        if order == "code":
            expected.sort(key=lambda p: int(p.code.removeprefix("CR-")), reverse=descending)
            assert listed(page) == [person.code for person in expected]
        else:
            expected.sort(key=names.sort_key, reverse=descending)
            assert [names.sort_key(row.participant) for row in page.rows] == [
                names.sort_key(person) for person in expected
            ]
            assert sorted(listed(page)) == sorted(person.code for person in expected)
        assert (page.total, page.exact) == (len(expected), True)
        start = chance.randrange(8)
        part = store.people_page(
            typed, order=order, descending=descending, offset=start, limit=5, **where
        )
        assert part.rows == page.rows[start : start + 5]
        if part.exact:
            assert part.total == len(expected)


def test_a_row_shows_where_she_is_now(
    store: Store, people: list[tuple[Participant, list[Cohort]]]
) -> None:
    rows = {row.participant.id: row for row in store.people_page().rows}
    for person, cohorts in people:
        row = rows[person.id]
        assert row.participant == person
        if cohorts:
            assert row.cohort_name in {c.name for c in cohorts if c.starts_on == _last(cohorts)}
            assert row.centre_name == store.need(Centre, row.centre_id).name
            assert row.enrolment.participant_id == person.id
        else:
            assert (row.enrolment, row.cohort_name, row.centre_name) == (None, "", "")


def _last(cohorts: list[Cohort]) -> date:
    return max(cohort.starts_on for cohort in cohorts)


def test_a_transfer_shows_the_new_cohort_and_keeps_her_findable_in_the_old(
    store: Store, ids: Ids, places: list[Cohort]
) -> None:
    person = Participant(ids.new(), "CR-1", "Ana")
    old = enrol(ids, person, places[0])
    with store.change(message("Inscribir"), actor="ana") as tx:
        tx.put_all([person, old])
    new = enrol(ids, person, places[1])
    with store.change(message("Trasladar"), actor="ana") as tx:
        tx.put_all([replace(old, left_on=new.starts_on, transferred_to=new.id), new])
    (row,) = store.people_page("ana").rows
    assert (row.enrolment, row.cohort_name) == (new, places[1].name)
    for cohort in places[:2]:
        assert listed(store.people_page(cohort_id=cohort.id)) == ["CR-1"]
    store.undo("ana")
    (row,) = store.people_page("ana").rows
    assert row.cohort_name == places[0].name
    assert store.people_page(cohort_id=places[1].id).rows == ()


def test_the_list_follows_every_change(store: Store, ids: Ids, places: list[Cohort]) -> None:
    person = Participant(ids.new(), "CR-1", "Ana", "Ruiz")
    with store.change(message("Inscribir"), actor="ana") as tx:
        tx.put_all([person, enrol(ids, person, places[0])])
    with store.change(message("Corregir"), actor="ana") as tx:
        tx.put(replace(person, first_surname="Solís"))
        tx.put(replace(places[0], name="Grupo nuevo"))
    assert store.people_page("ruiz").total == 0
    (row,) = store.people_page("solis").rows
    assert row.cohort_name == "Grupo nuevo"
    store.undo("ana")
    assert store.people_page("ruiz").rows[0].cohort_name == places[0].name
    store.undo("ana")
    assert store.people_page("ruiz") == PeoplePage((), 0, True)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=12))
def test_anything_can_be_typed(store: Store, typed: str) -> None:
    assert store.people_page(typed).total == 0 or not names.fold(typed)


def test_a_rebuilt_list_is_the_same(
    store: Store, people: list[tuple[Participant, list[Cohort]]]
) -> None:
    before = store.people_page(order="cohort")
    assert len(before.rows) == len(people)
    store.rebuild_search()
    assert store.people_page(order="cohort") == before
    assert store.verify_journal().ok


def test_many_finds_are_counted_to_a_thousand_or_so(
    store: Store, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_search, "COUNTED", 20)
    with store.change(message("Importar"), actor="ana") as tx:
        tx.put_all(Participant(ids.new(), f"CR-{n}", "Ana") for n in range(50))
    page = store.people_page("ana", limit=10)
    assert (len(page.rows), page.total, page.exact) == (10, 20, False)
    assert store.people_page("ana", offset=45, limit=10).total == 50
    assert (store.people_page(limit=10).total, store.people_page(limit=10).exact) == (50, True)
