"""Figures: nothing is retyped between a mark and the report, and generations stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from small_office import TODAY, Office

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.indicators import FrameworkResult
from facilitator_kit.monitoring.records import (
    ComputedFigure,
    DecisionKind,
    EnteredFigure,
    FigureSource,
    FrameworkRow,
    Mark,
    Participant,
    TargetType,
)
from facilitator_kit.workspace.figures import GenerationFigures


def figures(office: Office) -> GenerationFigures:
    return office.kit.figures.of(office.finished.id)


def graduate(office: Office) -> None:
    ids = [
        c.enrolment.id for c in office.candidates().values() if c.eligibility.state == "fulfilled"
    ]
    office.kit.graduation.decide(ids, DecisionKind.GRADUATES)
    office.kit.graduation.issue(ids, TODAY, "Guadalajara")


def row(office: Office, computed: ComputedFigure, **more: object) -> FrameworkRow:
    made = FrameworkRow(
        "",
        office.finished.id,
        0,
        computed.value,
        f"Fila {computed.value}",
        TargetType.INCREMENTAL,
        FigureSource.COMPUTED,
        computed=computed,
        **more,
    )
    return office.kit.figures.save_row(made)


def test_a_generation_is_counted_by_itself(office: Office) -> None:
    first = figures(office)
    assert (first.total.enrolled, first.total.trained, first.total.graduates) == (5, 5, 0)
    second = office.kit.figures.of(office.running.id)
    assert (second.total.enrolled, second.total.trained) == (4, 4)
    assert {(g.name, g.trained) for g in second.by_centre} == {("Roble", 3), ("Valle", 1)}
    session = office.sessions("Grupo vespertino")[3]
    office.kit.attendance.mark_all_present(session.id)
    office.kit.people.add(Participant("", "", "Lucía"), office.cohort("Grupo vespertino").id)
    assert figures(office) == first
    assert office.kit.figures.of(office.running.id).total.enrolled == 5


def test_one_mark_moves_hours_attendance_and_who_can_graduate(office: Office) -> None:
    office.set_today(TODAY + timedelta(days=1))
    before = figures(office)
    closing = next(s for s in office.sessions("Grupo matutino") if s.session == "CG-1")
    office.kit.attendance.mark(
        closing.id, office.candidates()["CR-001"].enrolment.id, Mark.ABSENT, reason="No estuvo"
    )
    after = figures(office)
    assert after.total.attended_minutes == before.total.attended_minutes - closing.minutes
    assert after.total.delivered_minutes == before.total.delivered_minutes
    lacks = {n.candidate.participant.code: n.lacks for n in after.not_graduating}
    assert lacks["CR-001"] == ("CG",)
    assert lacks["CR-002"] == ()
    office.kit.undo()
    assert figures(office) == before


def test_graduates_are_those_who_hold_a_folio(office: Office) -> None:
    graduate(office)
    seen = figures(office)
    assert seen.total.graduates == 3
    assert [(n.candidate.participant.code, n.state, n.lacks) for n in seen.not_graduating] == [
        ("CR-004", "can_fulfil", ("survey_exit",)),
        ("CR-005", "cannot", ("M1",)),
    ]
    office.kit.graduation.decide(
        (office.enrolment("Carmen").id,), DecisionKind.REFUSED, "Pidió esperar"
    )
    assert figures(office).not_graduating[0].state == "refused"


def test_who_never_came_is_enrolled_and_not_trained(office: Office) -> None:
    cohort = office.cohort("Grupo vespertino").id
    office.kit.people.add(Participant("", "", "Lucía"), cohort)
    total = office.kit.figures.of(office.running.id).total
    assert (total.enrolled, total.trained) == (5, 4)


def test_a_computed_row_follows_the_records(office: Office) -> None:
    row(office, ComputedFigure.GRADUATES, baseline=100, target=3)
    row(office, ComputedFigure.TRAINED, target=10)
    row(office, ComputedFigure.EXIT_SURVEYS)

    def told() -> list[tuple[int | None, str, str]]:
        return [
            (r.achieved, str(r.progress_percent), r.status.value) for r in figures(office).framework
        ]

    assert told() == [(0, "0", "partial"), (5, "50", "partial"), (4, "None", "no_target")]
    office.answer(office.enrolment("Carmen").id, Wave.EXIT, TODAY)
    graduate(office)
    assert told() == [
        (4, "133.3", "exceeded"),
        (5, "50", "partial"),
        (5, "None", "no_target"),
    ]
    office.kit.register.void("CR-2026-0001", "Prueba")
    assert told()[0] == (3, "100", "met")


def test_rows_keep_their_order_and_say_where_entered_figures_come_from(office: Office) -> None:
    saved = row(office, ComputedFigure.TRAINED)
    entered = FrameworkRow(
        "",
        office.finished.id,
        0,
        "centres",
        "Centros",
        TargetType.CUMULATIVE,
        FigureSource.ENTERED,
        target=1,
        achieved=2,
    )
    with pytest.raises(KitError) as refused:
        office.kit.figures.save_row(entered)
    assert refused.value.code == "source_needed"
    office.kit.figures.save_row(replace(entered, source_note="Convenio"))
    found: tuple[FrameworkResult, ...] = figures(office).framework
    assert [(r.indicator, r.source.value, r.achieved) for r in found] == [
        ("trained", "computed", 5),
        ("centres", "entered", 2),
    ]
    assert found[1].status.value == "exceeded"
    office.kit.figures.remove_row(saved.id)
    assert [r.indicator for r in figures(office).framework] == ["centres"]


def test_an_entered_figure_has_definition_and_source(office: Office) -> None:
    figure = EnteredFigure("", office.finished.id, "k", "Personas", 40, "", "", TODAY)
    with pytest.raises(KitError) as refused:
        office.kit.figures.save_entered(figure)
    assert refused.value.code == "source_needed"
    assert figures(office).entered == ()


def test_a_generation_that_is_gone_is_told(office: Office) -> None:
    with pytest.raises(KitError) as refused:
        office.kit.figures.of("0" * 32)
    assert refused.value.code == "not_found"
