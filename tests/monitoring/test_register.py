"""The register: numbers never reused, lines that prove themselves, a proof list read first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monitoring_cases import day, module, person

from facilitator_kit.curriculum.records import CertificateLayout
from facilitator_kit.monitoring.graduation import (
    SeriesRefused,
    certificate_minutes,
    current_lines,
    delivered_on,
    folio_text,
    is_intact,
    is_replaceable,
    line_digest,
    next_number,
    proof,
    register_place,
    register_states,
    reprints,
    sealed,
    standing_decisions,
)
from facilitator_kit.monitoring.records import (
    CertificateSigner,
    Decision,
    DecisionKind,
    FolioFloor,
    Paper,
    RegisterEvent,
    RegisterEventKind,
    RegisterLine,
    RegisterState,
    TitleForm,
)


def line(number: int, series: str = "CR", year: int = 2026, **more: object) -> RegisterLine:
    place = register_place(number)
    made = RegisterLine(
        id=f"{series}{year}{number}",
        folio=folio_text(series, year, number),
        series=series,
        year=year,
        number=number,
        book=place.book,
        leaf=place.leaf,
        line=place.line,
        kind="reconocimiento",
        participant_id="p",
        enrolment_id="e",
        decision_id="d",
        printed_name="Xóchitl Hernández Muñoz",
        participant_code="CR-014",
        title_form=TitleForm.FEMININE,
        institution="Instituto",
        centre="Centro",
        cohort="C1",
        programme="SCE",
        route_text="Ruta de empleo",
        hours_minutes=5400,
        starts_on=day(0),
        ends_on=day(60),
        issued_on=day(70),
        place="Guadalajara, Jalisco",
        rule="SCE 2022-2",
        rule_version=3,
        pack_code="core",
        pack_version="2026.1",
        layout="reconocimiento",
        layout_version=1,
        paper=Paper.LETTER,
        language="es",
        signers=(CertificateSigner("Ana Ríos", "Directora"),),
        issued_by="u",
        sample=True,
        digest="",
    )
    return replace(made, **more)


def event(line_id: str, kind: RegisterEventKind, on: int = 80) -> RegisterEvent:
    return RegisterEvent(f"{line_id}{kind}{on}", line_id, kind, day(on), "u", "causa")


@given(
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,18}[A-Za-z0-9])?", fullmatch=True),
    st.integers(2000, 2100),
    st.integers(1, 99999),
)
def test_a_folio_can_be_a_file_name_anywhere(series: str, year: int, number: int) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+-\d{4}-\d{4,}", folio_text(series, year, number))


@pytest.mark.parametrize("series", ["", "../x", "Ñ", "A B", "-A", "A" * 21, "A\n"])
def test_a_series_that_no_file_name_takes_is_refused(series: str) -> None:
    with pytest.raises(SeriesRefused):
        folio_text(series, 2026, 1)


def test_folios_have_four_digits() -> None:
    assert folio_text("CR", 2026, 7) == "CR-2026-0007"


@pytest.mark.parametrize(
    ("number", "place"),
    [(1, (1, 1, 1)), (25, (1, 1, 25)), (26, (1, 2, 1)), (2500, (1, 100, 25)), (2501, (2, 1, 1))],
)
def test_where_a_number_is_written(number: int, place: tuple[int, int, int]) -> None:
    assert register_place(number) == place
    assert register_place(4, lines_a_leaf=1, leaves_a_book=3) == (2, 1, 1)


def test_numbers_go_on_above_lines_and_floors_of_their_series_and_year() -> None:
    lines = [line(3), line(1), line(9, "CJ"), line(8, year=2025)]
    assert next_number(lines, [], "CR", 2026) == 4
    assert next_number([], [], "CR", 2026) == 1
    floor = FolioFloor("f", "CR", 2026, 20, datetime(2026, 5, 1, tzinfo=UTC), "u")
    assert next_number(lines, [floor], "CR", 2026) == 21
    assert next_number(lines, [floor], "CJ", 2026) == 10


def test_the_state_of_a_line_follows_from_its_events() -> None:
    first, second, third = line(1), line(2), line(3, reissue_of="CR20261")
    events = [
        event(first.id, RegisterEventKind.VOIDED),
        event(second.id, RegisterEventKind.VOIDED),
        event(third.id, RegisterEventKind.REPRINTED),
        event(third.id, RegisterEventKind.REPRINTED, 81),
        event(third.id, RegisterEventKind.DELIVERED, 83),
        event(third.id, RegisterEventKind.DELIVERED, 82),
    ]
    lines = (first, second, third)
    assert register_states(lines, events) == {
        first.id: RegisterState.REISSUED,
        second.id: RegisterState.VOIDED,
        third.id: RegisterState.CURRENT,
    }
    assert current_lines(lines, events) == (third,)
    assert reprints(third.id, events) == 2
    assert delivered_on(third.id, events) == day(82)
    assert delivered_on(first.id, events) is None


def test_a_line_shows_any_change_after_it_was_sealed() -> None:
    stored = sealed(line(1))
    assert is_intact(stored)
    assert len(stored.digest) == 64
    for changed in (
        replace(stored, printed_name="Xóchitl Hernández Munoz"),
        replace(stored, issued_on=date(2026, 1, 1)),
        replace(stored, title_form=TitleForm.NEUTRAL),
        replace(stored, signers=(CertificateSigner("Otra", "Directora"),)),
        replace(stored, reissue_of="x"),
    ):
        assert not is_intact(changed)
    assert line_digest(stored) == line_digest(line(1))


def decision(key: str, on: int) -> Decision:
    return Decision(key, "e", DecisionKind.GRADUATES, day(on), "u", "R", 1, "", "{}", "")


def test_the_latest_decision_stands_and_one_under_a_folio_stays() -> None:
    early, late = decision("a", 1), decision("b", 2)
    assert standing_decisions([late, early]) == {"e": late}
    assert standing_decisions([decision("a", 1), decision("b", 1)])["e"].id == "b"
    assert is_replaceable(late, [line(1, decision_id="a")])
    assert not is_replaceable(early, [line(1, decision_id="a")])


def test_hours_printed_are_the_programmes_or_hers() -> None:
    layout = CertificateLayout("l", 1, "reconocimiento", "t", "landscape", "programme", ())
    offer = (module("A", 120, 120), module("B", 60))
    assert certificate_minutes(layout, offer, 200) == 300
    assert certificate_minutes(replace(layout, hours="attended"), offer, 200) == 200


def test_the_proof_list_names_homonyms_by_code() -> None:
    people = [
        person("Ana", "López", code="CR-001"),
        person("ANA", "LOPEZ", code="CR-002"),
        person("Eva", "Ríos", code="CR-003"),
    ]
    lines = proof(people)
    assert [item.homonyms for item in lines] == [("CR-002",), ("CR-001",), ()]
    assert "CR-002" in str(lines[0].warnings[0])
    assert len(lines[1].warnings) == 2  # and all in capitals
    assert lines[2].warnings == lines[2].problems == ()
    assert [item.printed_name for item in lines] == ["Ana López", "ANA LOPEZ", "Eva Ríos"]


def test_the_proof_list_stops_who_is_twice_nameless_or_has_a_folio() -> None:
    ana = person("Ana", "López")
    twice = proof([ana, ana])
    assert all("2" in str(item.problems[0]) for item in twice)
    assert twice[0].homonyms == ()
    assert proof([person("  ")])[0].problems
    held = proof([ana], {ana.id: "CR-2026-0001"})
    assert "CR-2026-0001" in str(held[0].problems[0])
