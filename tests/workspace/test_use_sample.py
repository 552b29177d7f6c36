"""The sample institution: the published figures and a course under way, whatever the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.progress import finish
from facilitator_kit.workspace.sample import make_sample
from facilitator_kit.workspace.views import SessionStatus


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),  # a holiday, with the course before it cut by the end of the year
        date(2028, 2, 29),
        date(2026, 9, 15),  # the eve of a holiday, itself a day of class
    ],
    ids=str,
)
def test_the_sample_is_the_same_on_any_day(
    day: date, tmp_path: Path, core_files: Mapping[str, bytes], sample_files: Mapping[str, bytes]
) -> None:
    made = finish(make_sample(tmp_path / "sample", day, core_files, sample_files))
    kit = made.workspace
    try:
        seen = kit.figures.of(made.finished.id)
        assert (seen.total.enrolled, seen.total.trained, seen.total.graduates) == (119, 119, 91)
        assert {(g.trained, g.graduates) for g in seen.by_centre} == {(63, 55), (33, 22), (23, 14)}
        assert len(seen.not_graduating) == 28
        assert seen.peer_mentors == 57
        # Whoever does not graduate lacks something true, unless she was refused.
        assert all(n.lacks or n.state == "refused" for n in seen.not_graduating)
        states = {n.state for n in seen.not_graduating}
        assert states == {"can_fulfil", "cannot", "left", "refused"}
        lacks = {n.lacks for n in seen.not_graduating}
        assert len(lacks) >= 12

        today = kit.today.view()
        assert today.next_session is not None
        assert today.next_session.scheduled.on > day
        assert today.next_session.module.code == "M3"
        assert today.next_session.cohort.generation_id == made.running.id
        assert {a.kind.value for a in today.attention} >= {"pending_roll", "at_risk", "cannot"}
        running = [v.cohort.id for v in kit.courses.cohorts(made.running.id)]
        (waiting,) = kit.calendars.pending_rolls(running)
        assert waiting.scheduled.on < day
        assert waiting.status is SessionStatus.PENDING
        for view in kit.courses.cohorts():
            assert kit.calendars.hints(view.cohort.id) == {}

        views = kit.register.folios()
        assert len(views) == 91
        assert {v.line.issued_on for v in views} == {day - timedelta(days=10)}
        decisions = [
            c.decision
            for v in kit.courses.cohorts(made.finished.id)
            for c in kit.graduation.candidates((v.cohort.id,))
            if c.decision
        ]
        assert {d.kind for d in decisions} == set(DecisionKind)
        assert kit.sample
        assert kit.institution.get().sample
    finally:
        kit.close()
