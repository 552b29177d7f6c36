"""Attendance: marks, rolls, corrections that keep their reason, and undoing them by name."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from small_office import ES, TODAY, Office

from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.attendance import TypedMinutesRefused
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    LeavingReason,
    Mark,
    Participant,
    ScheduledSession,
)
from facilitator_kit.workspace.views import GridRow, SessionStatus

GROUP = "Grupo vespertino"


def waiting(office: Office) -> ScheduledSession:
    """The past session whose roll is not typed."""
    return [s for s in office.sessions(GROUP) if s.on < TODAY][-1]


def row(office: Office, given: str, group: str = GROUP) -> GridRow:
    grid = office.kit.attendance.grid(office.cohort(group).id)
    return next(r for r in grid.rows if r.participant.given_names == given)


def mark_of(office: Office, session: ScheduledSession, given: str) -> AttendanceMark | None:
    grid = office.kit.attendance.grid(session.cohort_id)
    column = [c.scheduled.id for c in grid.columns].index(session.id)
    return row(office, given, office.kit.courses.cohort(session.cohort_id).cohort.name).marks[
        column
    ]


def test_a_mark_moves_her_minutes_and_undo_takes_them_back(office: Office) -> None:
    before = row(office, "Rosa")
    office.kit.attendance.mark(waiting(office).id, before.enrolment.id, Mark.LATE)
    assert row(office, "Rosa").attended_minutes == before.attended_minutes + 105
    assert office.undone_name() == "Marcar asistencia"
    office.kit.undo()
    assert row(office, "Rosa") == before
    assert ES.render(office.kit.redo_name()) == "Marcar asistencia"
    office.kit.redo()
    assert row(office, "Rosa").attended_minutes == before.attended_minutes + 105


def test_all_present_and_then_the_exceptions(office: Office) -> None:
    session = waiting(office)
    rosa = office.enrolment("Rosa").id
    office.kit.attendance.mark(session.id, rosa, Mark.EXCUSED)
    assert office.kit.attendance.mark_all_present(session.id) == 2
    office.kit.attendance.mark(session.id, office.enrolment("Zoila").id, Mark.ABSENT)
    marks = {name: mark_of(office, session, name) for name in ("Rosa", "Xóchitl", "Zoila")}
    assert {name: m.mark for name, m in marks.items() if m} == {
        "Rosa": Mark.EXCUSED,
        "Xóchitl": Mark.PRESENT,
        "Zoila": Mark.ABSENT,
    }
    assert office.kit.calendars.session(session.id).status is SessionStatus.HELD
    office.kit.undo()
    assert office.undone_name() == "Marcar todas presentes"
    office.kit.undo()
    assert mark_of(office, session, "Zoila") is None
    assert mark_of(office, session, "Rosa") is not None


def test_a_roll_is_pending_until_every_woman_expected_has_a_mark(office: Office) -> None:
    session = waiting(office)
    assert office.kit.calendars.session(session.id).status is SessionStatus.PENDING
    for given in ("Rosa", "Zoila"):
        office.kit.attendance.mark(session.id, office.enrolment(given).id, Mark.PRESENT)
    seen = office.kit.calendars.session(session.id)
    assert (seen.status, seen.marked, seen.expected) == (SessionStatus.PENDING, 2, 3)


def test_the_mark_of_who_left_does_not_stand_in_for_one_that_is_missing(office: Office) -> None:
    session = waiting(office)
    for given in ("Rosa", "Zoila"):
        office.kit.attendance.mark(session.id, office.enrolment(given).id, Mark.PRESENT)
    # Rosa turns out to have left before: Xóchitl's mark is still missing.
    leaving = session.on - timedelta(days=1)
    office.kit.people.leave(office.enrolment("Rosa").id, leaving, LeavingReason.WORK)
    seen = office.kit.calendars.session(session.id)
    assert (seen.status, seen.marked, seen.expected) == (SessionStatus.PENDING, 1, 2)


def test_a_session_to_come_takes_no_mark(office: Office) -> None:
    session = next(s for s in office.sessions(GROUP) if s.on > TODAY)
    enrolment = office.enrolment("Rosa").id
    for marking in (
        lambda: office.kit.attendance.mark(session.id, enrolment, Mark.PRESENT),
        lambda: office.kit.attendance.mark_all_present(session.id),
        lambda: office.kit.attendance.mark_roll(session.id, [(enrolment, Mark.PRESENT, None)]),
        lambda: office.kit.attendance.walk_in(session.id, Participant("", "", "Nueva")),
    ):
        with pytest.raises(KitError) as refused:
            marking()
        assert refused.value.code == "future_session"
    assert mark_of(office, session, "Rosa") is None


def test_a_cancelled_session_takes_no_mark(office: Office) -> None:
    session = waiting(office)
    office.kit.calendars.cancel(session.id, "Sin agua")
    with pytest.raises(KitError) as refused:
        office.kit.attendance.mark_all_present(session.id)
    assert refused.value.code == "cancelled"


def test_a_slip_while_the_roll_is_typed_needs_no_reason(office: Office) -> None:
    session, rosa = waiting(office), office.enrolment("Rosa").id
    office.kit.attendance.mark(session.id, rosa, Mark.ABSENT)
    assert not office.kit.attendance.needs_reason(session.id, rosa, Mark.PRESENT)
    office.kit.attendance.mark(session.id, rosa, Mark.PRESENT)
    office.kit.attendance.clear(session.id, rosa)
    assert mark_of(office, session, "Rosa") is None


def test_correcting_an_earlier_day_asks_for_a_reason_and_keeps_it(office: Office) -> None:
    office.set_today(TODAY + timedelta(days=1))
    session, rosa = office.sessions(GROUP)[0], office.enrolment("Rosa").id
    assert office.kit.attendance.needs_reason(session.id, rosa, Mark.LATE)
    with pytest.raises(KitError) as refused:
        office.kit.attendance.mark(session.id, rosa, Mark.LATE, reason="  ")
    assert refused.value.code == "reason_needed"
    office.kit.attendance.mark(session.id, rosa, Mark.LATE, reason="Llegó a las 10:15")
    kept = mark_of(office, session, "Rosa")
    assert kept is not None
    assert (kept.mark, kept.minutes, kept.reason) == (Mark.LATE, 105, "Llegó a las 10:15")
    assert office.undone_name() == "Corregir asistencia"
    # The same key again says nothing new, and takes nothing away.
    office.kit.attendance.mark(session.id, rosa, Mark.LATE)
    assert mark_of(office, session, "Rosa") == kept


def test_a_roll_typed_again_corrects_nothing_in_silence(office: Office) -> None:
    office.set_today(TODAY + timedelta(days=1))
    session = office.sessions(GROUP)[0]
    rosa, zoila = office.enrolment("Rosa").id, office.enrolment("Zoila").id
    roll = [(rosa, Mark.PRESENT, None), (zoila, Mark.ABSENT, None)]
    with pytest.raises(KitError) as refused:
        office.kit.attendance.mark_roll(session.id, roll)
    assert refused.value.code == "reason_needed"
    before = mark_of(office, session, "Zoila")
    assert before is not None
    assert before.mark is Mark.PRESENT
    office.kit.attendance.mark_roll(session.id, roll, "La lista en papel decía otra cosa")
    after = mark_of(office, session, "Zoila")
    assert after is not None
    assert (after.mark, after.reason) == (Mark.ABSENT, "La lista en papel decía otra cosa")
    untouched = mark_of(office, session, "Rosa")
    assert untouched is not None
    assert untouched.reason == ""


def test_removing_an_older_mark_asks_why_and_the_change_is_named_without_it(
    office: Office,
) -> None:
    office.set_today(TODAY + timedelta(days=1))
    session, rosa = office.sessions(GROUP)[0], office.enrolment("Rosa").id
    with pytest.raises(KitError) as refused:
        office.kit.attendance.clear(session.id, rosa)
    assert refused.value.code == "reason_needed"
    stored = mark_of(office, session, "Rosa")
    assert stored is not None
    office.kit.attendance.clear(session.id, rosa, "Era de Rosa Peña Gil")
    assert mark_of(office, session, "Rosa") is None
    assert office.undone_name() == "Borrar marca de asistencia"
    assert office.kit.followup.drafts("removed_mark", stored.id) == {
        "reason": "Era de Rosa Peña Gil"
    }
    office.kit.undo()
    assert mark_of(office, session, "Rosa") == stored


def test_typed_minutes_stand_and_must_fit_the_session(office: Office) -> None:
    session, rosa = waiting(office), office.enrolment("Rosa").id
    made = office.kit.attendance.mark(session.id, rosa, Mark.LATE, minutes=40)
    assert (made.minutes, made.typed_minutes) == (40, True)
    for typed in (-1, session.minutes + 1):
        with pytest.raises(TypedMinutesRefused):
            office.kit.attendance.mark(session.id, rosa, Mark.LATE, minutes=typed)
    assert mark_of(office, session, "Rosa") == made


def test_a_walk_in_is_enrolled_marked_and_starts_that_day(office: Office) -> None:
    session = waiting(office)
    enrolment = office.kit.attendance.walk_in(
        session.id, Participant("", "", "  Lucía ", "Sosa", curp="BOXW310820HNERXN09")
    )
    person = office.person("Lucía")
    assert person.code == "CR-009"
    assert person.curp == ""  # the institution does not ask for it
    assert enrolment.starts_on == session.on
    seen = row(office, "Lucía")
    assert (seen.attended_minutes, seen.percent) == (120, 100)
    assert sum(seen.expected) == len([s for s in office.sessions(GROUP) if s.on >= session.on])
    office.kit.undo()
    assert office.kit.people.page("Lucía").total == 0


def test_a_walk_in_without_a_name_or_with_a_taken_code_is_refused(office: Office) -> None:
    session = waiting(office)
    with pytest.raises(KitError):
        office.kit.attendance.walk_in(session.id, Participant("", "", " "))
    with pytest.raises(KitError):
        office.kit.attendance.walk_in(session.id, Participant("", "CR-001", "Lucía"))
    assert office.kit.people.page("Lucía").total == 0


def test_who_enrols_late_is_not_expected_before(office: Office) -> None:
    sessions = office.sessions(GROUP)
    _person, enrolment = office.kit.people.add(
        Participant("", "", "Alma"), office.cohort(GROUP).id, sessions[2].on
    )
    seen = row(office, "Alma")
    assert seen.expected[:3] == (False, False, True)
    assert enrolment.starts_on == sessions[2].on
    assert (seen.attended_minutes, seen.delivered_minutes) == (0, 0)


def test_one_mark_changes_hours_and_eligibility_and_undo_brings_both_back(office: Office) -> None:
    office.set_today(TODAY + timedelta(days=1))
    before = office.candidate("Carmen")
    session = next(s for s in office.sessions("Grupo matutino") if s.session == "CG-1")
    office.kit.attendance.mark(
        session.id, before.enrolment.id, Mark.ABSENT, reason="No estuvo: firmó por otra"
    )
    after = office.candidate("Carmen")
    assert after.minutes_attended == before.minutes_attended - 120
    assert after.eligibility.state == "cannot"
    assert after.eligibility.lacks == ("CG", "survey_exit")
    office.kit.undo()
    assert office.candidate("Carmen") == before


def test_an_enrolment_that_is_gone_is_a_fault_that_can_be_told(office: Office) -> None:
    with pytest.raises(KitError) as refused:
        office.kit.attendance.mark(waiting(office).id, "0" * 32, Mark.PRESENT)
    assert refused.value.code == "not_found"


def test_nobody_is_marked_where_she_is_on_no_roll(office: Office) -> None:
    tere = office.enrolment("Tere")
    recovery = office.kit.calendars.add_recovery(
        tere.cohort_id, "M1-1", TODAY, time(12), (tere.id,)
    )
    for session in (waiting(office), recovery):
        with pytest.raises(KitError) as refused:
            office.kit.attendance.mark(session.id, office.enrolment("Ana").id, Mark.PRESENT)
        assert refused.value.code == "not_on_roll"
    office.kit.attendance.mark(recovery.id, tere.id, Mark.PRESENT)
