"""Figures add up, say their base, and give no percentage without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest
from monitoring_cases import day, enrolment, mark, scheduled
from test_register import event, line

from facilitator_kit.monitoring.indicators import (
    Figure,
    FrameworkStatus,
    Intake,
    figures,
    framework,
    half_up,
    percentage,
)
from facilitator_kit.monitoring.records import (
    Cohort,
    ComputedFigure,
    FigureSource,
    FrameworkRow,
    Mark,
    Meeting,
    RegisterEventKind,
    TargetType,
)


def cohort(key: str, centre: str) -> Cohort:
    meetings = (Meeting(0, time(10)),)
    return Cohort(
        key, "g", centre, key, key, "core", "1", "SCE", "route", "level", day(0), meetings
    )


NORTH, SOUTH = cohort("c", "north"), cohort("d", "south")
SESSIONS = (
    scheduled("M3-1", 7),
    scheduled("M3-2", 14),
    scheduled("M3-1", 7, cohort_id="d", id="d1"),
    scheduled("M3-2", 14, cohort_id="d", id="d2"),
)


def of(who: str, key: str, cohort_id: str, **more: object) -> object:
    return replace(enrolment(key, cohort_id), participant_id=who, **more)


def intake() -> Intake:
    """Ana and Eva in the north, Luz in the south; Sol moved from north to south."""
    enrolments = (
        of("ana", "e1", "c"),
        of("eva", "e2", "c"),
        of("luz", "e3", "d"),
        of("sol", "e4", "c", left_on=day(10), transferred_to="e5"),
        of("sol", "e5", "d", starts_on=day(10)),
        of("stranger", "e9", "elsewhere"),
    )
    marks = (
        mark(SESSIONS[0], Mark.PRESENT, enrolment_id="e1"),
        mark(SESSIONS[1], Mark.LATE, enrolment_id="e1"),
        mark(SESSIONS[0], Mark.EXCUSED, enrolment_id="e2"),
        mark(SESSIONS[2], Mark.ONLINE, enrolment_id="e3"),
        mark(SESSIONS[3], Mark.ABSENT, enrolment_id="e3"),
        mark(SESSIONS[0], Mark.PRESENT, enrolment_id="e4"),
    )
    lines = (
        line(1, participant_id="ana", enrolment_id="e1"),
        line(2, participant_id="sol", enrolment_id="e5"),
        line(3, participant_id="stranger", enrolment_id="e9"),
    )
    return Intake((NORTH, SOUTH), enrolments, SESSIONS, marks, (), lines)


def test_people_count_once_at_their_latest_centre() -> None:
    found = figures(intake(), day(90))
    assert found.enrolled.total == Figure(4)
    assert found.enrolled.by_centre == {"north": Figure(2), "south": Figure(2)}
    assert found.trained.total == Figure(3)  # Eva was excused only
    assert found.trained.by_centre == {"north": Figure(1), "south": Figure(2)}
    assert found.trained.by_cohort == {"c": Figure(1), "d": Figure(2)}


def test_graduates_hold_a_folio_in_force_of_this_intake() -> None:
    whole = intake()
    assert figures(whole, day(90)).graduates.total == Figure(2)
    assert figures(whole, day(69)).graduates.total == Figure(0)
    voided = replace(whole, events=(event(whole.lines[0].id, RegisterEventKind.VOIDED, 80),))
    assert figures(voided, day(90)).graduates.by_centre == {"north": Figure(0), "south": Figure(1)}
    assert figures(voided, day(79)).graduates.total == Figure(2)


def test_completion_is_of_those_who_did_not_move_away() -> None:
    whole = intake()
    assert figures(whole, day(90)).completion.total == Figure(2, 4)
    assert figures(whole, day(90)).completion.by_cohort == {"c": Figure(1, 2), "d": Figure(1, 2)}
    north = replace(whole, cohorts=(NORTH,))
    assert figures(north, day(90)).completion.total == Figure(1, 2)  # Sol left this intake


def test_attendance_is_of_the_minutes_delivered_to_her() -> None:
    found = figures(intake(), day(90)).attendance
    assert found.by_cohort["c"] == Figure(120 + 105 + 0 + 120, 4 * 120, missing=1, base=3)
    assert found.by_centre["south"] == Figure(120, 240, missing=1, base=1)
    assert found.total == Figure(465, 720, missing=2, base=4)
    assert found.total.is_count_only


def test_what_is_to_come_is_neither_delivered_nor_missing() -> None:
    found = figures(intake(), day(7)).attendance.total
    assert (found.numerator, found.denominator, found.missing) == (360, 480, 0)


def test_a_small_base_gives_counts_only() -> None:
    assert Figure(9, 9).percent() is None
    assert Figure(9, 10).percent() == 90
    assert Figure(5).percent() is None
    assert Figure(1000, 4000, base=9).percent() is None
    assert Figure(1000, 4000, base=10).percent() == 25


@pytest.mark.parametrize("base", [0, None])
def test_a_percentage_without_base_is_refused(base: int | None) -> None:
    with pytest.raises(ValueError, match="base"):
        percentage(3, base)


def test_halves_are_rounded_up() -> None:
    assert half_up(Decimal("2.5")) == 3
    assert percentage(1, 8, 1) == Decimal("12.5")
    assert percentage(1, 16, 1) == Decimal("6.3")
    assert percentage(55, 63) == 87


def row(position: int, target: int | None, achieved: int | None, **more: object) -> FrameworkRow:
    made = FrameworkRow(
        f"r{position}",
        "g",
        position,
        f"I{position}",
        "Texto",
        TargetType.INCREMENTAL,
        FigureSource.ENTERED,
        baseline=1,
        target=target,
        achieved=achieved,
        source_note="informe",
    )
    return replace(made, **more)


@pytest.mark.parametrize(
    ("target", "achieved", "progress", "status"),
    [
        (1, 2, 200, FrameworkStatus.EXCEEDED),
        (70, 91, 130, FrameworkStatus.EXCEEDED),
        (100, 91, 91, FrameworkStatus.PARTIAL),
        (36, 40, Decimal("111.1"), FrameworkStatus.EXCEEDED),
        (6, 6, 100, FrameworkStatus.MET),
        (None, 91, None, FrameworkStatus.NO_TARGET),
        (100, None, None, FrameworkStatus.PARTIAL),
        (0, 0, None, FrameworkStatus.MET),
    ],
)
def test_progress_and_status_of_a_row(
    target: int | None,
    achieved: int | None,
    progress: Decimal | int | None,
    status: FrameworkStatus,
) -> None:
    result = framework([row(1, target, achieved)], {})[0]
    assert (result.progress_percent, result.status) == (progress, status)
    assert isinstance(result.progress_percent, int) == isinstance(progress, int)


def test_computed_rows_take_their_figure_from_records_and_entered_rows_never_do() -> None:
    rows = [
        row(2, 100, 7),
        row(1, 70, None, source=FigureSource.COMPUTED, computed=ComputedFigure.GRADUATES),
    ]
    results = framework(rows, {ComputedFigure.GRADUATES: 91})
    assert [(item.indicator, item.achieved) for item in results] == [("I1", 91), ("I2", 7)]
    assert [item.source for item in results] == [FigureSource.COMPUTED, FigureSource.ENTERED]
