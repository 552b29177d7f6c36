"""Cohorts and their calendars: laid out over free days, moved, cancelled, replaced, recovered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from small_office import TODAY, Office

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import Mark, Meeting, ScheduledSession, SessionState
from facilitator_kit.workspace.courses import NewCohort
from facilitator_kit.workspace.views import SessionStatus


def new_cohort(office: Office, **changed: object) -> NewCohort:
    like = office.cohort("Grupo vespertino")
    made = NewCohort(
        generation_id=like.generation_id,
        centre_id=like.centre_id,
        name="Grupo nuevo",
        programme="SCE",
        route="employment",
        level="basic",
        starts_on=date(2026, 8, 31),
        meetings=(Meeting(0, time(10)), Meeting(2, time(16))),
    )
    return replace(made, **changed)


def dates(office: Office, name: str) -> list[date]:
    return [session.on for session in office.sessions(name)]


def test_a_course_is_laid_out_over_its_weekdays_without_holidays_and_closed_days(
    office: Office,
) -> None:
    # 1 May and 16 September are holidays in Mexico; 6 May is a day that the institution closed.
    days = dates(office, "Grupo matutino")
    assert days[0] == date(2026, 4, 13)
    assert len(days) == len(set(days)) == 36
    assert {day.weekday() for day in days} == {0, 2, 4}
    assert not {date(2026, 5, 1), date(2026, 5, 6)} & set(days)
    assert date(2026, 5, 4) in days


def test_a_preview_shows_the_calendar_that_opening_makes(office: Office) -> None:
    new = new_cohort(office)
    seen = office.kit.courses.preview(new)
    cohort = office.kit.courses.open_cohort(new)
    made = [view.scheduled for view in office.kit.calendars.of(cohort.id)]
    assert (seen.sessions, seen.first, seen.last) == (len(made), made[0].on, made[-1].on)
    assert seen.minutes == sum(session.minutes for session in made) == 78 * 60
    assert date(2026, 9, 16) in [day for day, _name in seen.skipped]
    assert date(2026, 9, 16) not in [session.on for session in made]
    assert {s.starts_at for s in made if s.on.weekday() == 2} == {time(16)}


def test_a_day_closed_for_one_centre_does_not_close_another(office: Office) -> None:
    valle = office.cohort("Grupo del valle").centre_id
    office.kit.institution.add_closed_day(date(2026, 8, 31), "Fumigación", valle)
    here = office.kit.courses.preview(new_cohort(office))
    there = office.kit.courses.preview(new_cohort(office, centre_id=valle))
    assert here.first == date(2026, 8, 31)
    assert there.first == date(2026, 9, 2)


def test_a_cohort_without_name_or_days_is_told_both(office: Office) -> None:
    with pytest.raises(InputRefused) as refused:
        office.kit.courses.open_cohort(new_cohort(office, name=" ", meetings=()))
    assert {problem.code for problem in refused.value.problems} == {"blank_name", "no_meetings"}
    assert len(office.kit.courses.cohorts()) == 3


def test_cohorts_of_one_name_get_file_codes_of_their_own(office: Office) -> None:
    first = office.kit.courses.open_cohort(new_cohort(office, name="Grupo Ñandú"))
    again = office.kit.courses.open_cohort(new_cohort(office, name="Grupo ñandu"))
    third = office.kit.courses.open_cohort(new_cohort(office, name="x", code="../Grupo Ñandú"))
    assert [c.code for c in (first, again, third)] == [
        "grupo-nandu",
        "grupo-nandu-2",
        "grupo-nandu-3",
    ]


def test_opening_a_cohort_is_one_change_to_undo(office: Office) -> None:
    office.kit.courses.open_cohort(new_cohort(office))
    assert office.undone_name() == "Abrir cohorte Grupo nuevo"
    office.kit.undo()
    assert [v.cohort.name for v in office.kit.courses.cohorts()] == [
        "Grupo matutino",
        "Grupo vespertino",
        "Grupo del valle",
    ]


def coming(office: Office) -> ScheduledSession:
    return next(s for s in office.sessions("Grupo vespertino") if s.on > TODAY)


def test_moving_one_session_leaves_the_others(office: Office) -> None:
    session = coming(office)
    before = {s.id: s.on for s in office.sessions("Grupo vespertino")}
    office.kit.calendars.move(session.id, session.on + timedelta(days=1), time(12))
    after = {s.id: s.on for s in office.sessions("Grupo vespertino")}
    assert {key for key in before if before[key] != after[key]} == {session.id}
    assert office.kit.calendars.session(session.id).scheduled.starts_at == time(12)


def test_moving_with_those_that_follow_keeps_order_and_free_days(office: Office) -> None:
    session = coming(office)
    before = dates(office, "Grupo vespertino")
    office.kit.calendars.move(session.id, session.on + timedelta(days=7), time(10), True)
    moved = office.sessions("Grupo vespertino")
    assert [s.number for s in moved] == sorted(s.number for s in moved)
    assert len({s.on for s in moved}) == len(before)
    assert {s.on.weekday() for s in moved} == {1, 3}
    assert [s.on for s in moved if s.on < TODAY] == [day for day in before if day < TODAY]
    assert moved[-1].on > before[-1]
    office.kit.undo()
    assert dates(office, "Grupo vespertino") == before


def test_those_that_follow_make_room_for_a_session_moved_beyond_them(office: Office) -> None:
    session = coming(office)
    number = session.number
    office.kit.calendars.move(session.id, session.on + timedelta(days=3), time(10), True)
    by_number = {s.number: s.on for s in office.sessions("Grupo vespertino")}
    assert by_number[number] == date(2026, 7, 24)  # a Friday, as asked
    assert by_number[number + 1] == date(2026, 7, 28)
    assert by_number[number + 2] == date(2026, 7, 30)


def test_a_session_with_attendance_is_neither_moved_nor_cancelled(office: Office) -> None:
    held = office.sessions("Grupo vespertino")[0]
    for doing in (
        lambda: office.kit.calendars.cancel(held.id, "Lluvia"),
        lambda: office.kit.calendars.move(held.id, TODAY, time(9)),
    ):
        with pytest.raises(KitError) as refused:
            doing()
        assert refused.value.code == "has_marks"
    assert office.kit.calendars.session(held.id).scheduled == held


def test_a_cancelled_session_leaves_the_calendar_and_its_replacement_enters_it(
    office: Office,
) -> None:
    session = coming(office)
    office.kit.calendars.cancel(session.id, "Sin luz")
    view = office.kit.calendars.session(session.id)
    assert view.status is SessionStatus.CANCELLED
    assert view.scheduled.cancel_reason == "Sin luz"
    vespertino = office.cohort("Grupo vespertino").id
    assert office.kit.courses.cohort(vespertino).sessions == 38
    on, at = office.kit.calendars.proposed_date(session.id)
    assert on not in dates(office, "Grupo vespertino")
    fresh = office.kit.calendars.replace_cancelled(session.id, on, at)
    assert (fresh.replaces, fresh.session, fresh.state) == (
        session.id,
        session.session,
        SessionState.SCHEDULED,
    )
    assert office.kit.courses.cohort(vespertino).sessions == 39
    with pytest.raises(KitError) as refused:
        office.kit.calendars.replace_cancelled(session.id, on, at)
    assert refused.value.code == "already_replaced"


def test_a_session_that_stands_is_not_replaced(office: Office) -> None:
    with pytest.raises(KitError) as refused:
        office.kit.calendars.replace_cancelled(coming(office).id, TODAY, time(9))
    assert refused.value.code == "not_cancelled"


def test_a_recovered_session_gives_back_what_she_lacked(office: Office) -> None:
    ines = office.enrolment("Inés")
    assert office.candidate("Inés").eligibility.lacks == ("M1",)
    recovery = office.kit.calendars.add_recovery(
        ines.cohort_id, "M1-2", TODAY, time(12), (ines.id,)
    )
    assert office.candidate("Inés").eligibility.state == "can_fulfil"
    office.kit.attendance.mark(recovery.id, ines.id, Mark.PRESENT)
    assert office.candidate("Inés").eligibility.state == "fulfilled"
    rosa = office.enrolment("Rosa")
    assert recovery.id not in {s.id for s in office.sessions("Grupo vespertino")}
    assert office.kit.people.get(rosa.participant_id).eligibility is not None


def test_a_recovery_session_in_another_cohort_has_its_guest_on_its_roll(office: Office) -> None:
    ines = office.enrolment("Inés")
    there = office.cohort("Grupo vespertino").id
    recovery = office.kit.calendars.add_recovery(there, "M1-2", TODAY, time(12), (ines.id,))
    grid = office.kit.attendance.grid(there)
    column = [c.scheduled.id for c in grid.columns].index(recovery.id)
    expected = [row.participant.given_names for row in grid.rows if row.expected[column]]
    assert expected == ["Inés"]
    assert "Inés" not in [row.participant.given_names for row in grid.members]
    assert office.kit.attendance.mark_all_present(recovery.id) == 1
    assert office.kit.calendars.session(recovery.id).status is SessionStatus.HELD
    assert office.candidate("Inés").eligibility.state == "fulfilled"


def test_who_was_to_recover_a_cancelled_session_recovers_its_replacement(office: Office) -> None:
    ines = office.enrolment("Inés")
    recovery = office.kit.calendars.add_recovery(
        ines.cohort_id, "M1-2", TODAY + timedelta(days=1), time(12), (ines.id,)
    )
    office.kit.calendars.cancel(recovery.id, "")
    assert office.candidate("Inés").eligibility.state == "cannot"
    fresh = office.kit.calendars.replace_cancelled(recovery.id, TODAY + timedelta(days=2), time(12))
    assert office.kit.calendars.session(fresh.id).expected == 1
    assert office.candidate("Inés").eligibility.state == "can_fulfil"


def test_a_recovery_session_needs_somebody(office: Office) -> None:
    cohort = office.cohort("Grupo vespertino").id
    with pytest.raises(KitError):
        office.kit.calendars.add_recovery(cohort, "M1-2", TODAY, time(12), ())
    assert office.kit.courses.cohort(cohort).sessions == 39


def test_a_changed_agenda_is_kept_for_its_date_only_and_can_go_back(office: Office) -> None:
    # Sessions of M3 are written; those of other modules are titles until they are.
    session = next(s for s in office.sessions("Grupo vespertino") if s.session == "M3-2")
    written = office.kit.agendas.of(session.id)
    assert not written.changed
    first = written.plan.blocks[0]
    longer = replace(first, minutes=first.minutes + 7, title="Bienvenida larga")
    plan = replace(written.plan, blocks=(longer, *written.plan.blocks[1:]))
    office.kit.agendas.save(session.id, plan)
    kept = office.kit.agendas.of(session.id)
    assert kept.changed
    assert kept.plan.blocks[0].title == "Bienvenida larga"
    assert kept.total_minutes == written.total_minutes + 7
    other = next(s for s in office.sessions("Grupo del valle") if s.session == session.session)
    assert not office.kit.agendas.of(other.id).changed
    office.kit.agendas.reset(session.id)
    assert office.kit.agendas.of(session.id) == written


def test_a_new_room_reaches_the_sessions_to_come_that_were_not_set_by_hand(office: Office) -> None:
    session = coming(office)
    office.kit.calendars.put_in_charge(session.id, None, "Patio")
    cohort = office.cohort("Grupo vespertino")
    office.kit.courses.save_cohort(replace(cohort, room="Aula 9"))
    rooms = {s.on: s.room for s in office.sessions("Grupo vespertino")}
    assert rooms.pop(session.on) == "Patio"
    assert {room for day, room in rooms.items() if day < TODAY} == {"Aula 1"}
    assert {room for day, room in rooms.items() if day >= TODAY} == {"Aula 9"}


def test_today_opens_although_a_closed_cohort_still_has_sessions(office: Office) -> None:
    for name in ("Grupo vespertino", "Grupo del valle"):
        office.kit.courses.save_cohort(replace(office.cohort(name), closed=True))
    view = office.kit.today.view()
    assert view.next_session is None
    assert view.week == ()


def test_today_tells_the_next_session_of_a_group_that_nobody_is_enrolled_in_yet(
    office: Office,
) -> None:
    with_women = office.kit.today.view().next_session
    new = office.kit.courses.open_cohort(new_cohort(office, starts_on=TODAY))
    assert office.kit.today.view().next_session == with_women
    for name in ("Grupo vespertino", "Grupo del valle"):
        office.kit.courses.save_cohort(replace(office.cohort(name), closed=True))
    coming = office.kit.today.view().next_session
    assert coming is not None
    assert coming.cohort.id == new.id
    assert coming.expected == 0


def test_today_tells_the_next_session_and_the_roll_that_waits(office: Office) -> None:
    view = office.kit.today.view()
    assert view.next_session is not None
    assert view.next_session.scheduled.on == TODAY + timedelta(days=1)
    waiting = [a for a in view.attention if a.kind == "pending_roll"]
    assert [(a.cohort.name, a.count) for a in waiting] == [("Grupo vespertino", 1)]
    ready = [a for a in view.attention if a.kind == "ready"]
    assert [(a.cohort.name, a.count) for a in ready] == [("Grupo matutino", 3)]
