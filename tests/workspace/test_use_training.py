"""Formación: groups, paths, what is shown on them, and the constancia at the end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from training_office import (
    QUIZ_RIGHT,
    TODAY,
    USER,
    finish_training,
    make_training_office,
    open_training_office,
    row_of,
    seen,
    the_group,
)

from facilitator_kit.clock import FixedClock
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.monitoring.records import (
    ComputedFigure,
    DecisionKind,
    Enrolment,
    FigureSource,
    FrameworkRow,
    Generation,
    Mark,
    Meeting,
    Participant,
    Response,
    TargetType,
)
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.training import quiz_form
from facilitator_kit.workspace.training_groups import NewTraining
from facilitator_kit.workspace.training_views import BlockState, NextKind
from facilitator_kit.workspace.views import AttentionKind

ES = Texts("es", "MX")


@dataclass
class Kit:
    """The open office and its clock."""

    kit: Workspace
    clock: FixedClock

    def said(self) -> str:
        name = self.kit.undo_name()
        return ES.render(name) if name is not None else ""

    def at(self, day: date) -> None:
        self.clock.set(datetime.combine(day, time(9)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training") / "office"
    make_training_office(folder)
    return folder


@pytest.fixture
def at(made: Path, tmp_path: Path) -> Iterator[Kit]:
    folder = Path(shutil.copytree(made, tmp_path / "office"))
    kit, clock = open_training_office(folder)
    yield Kit(kit, clock)
    kit.close()


# -- groups ----------------------------------------------------------------------------------------


def test_a_group_is_started_with_calendar_and_people_as_one_change(at: Kit) -> None:
    kit = at.kit
    closed = replace(the_group(kit), closed=True)
    kit.courses.save_cohort(closed)
    before = kit.desk.store.count(Enrolment)
    hers = row_of(kit, "Lucía").participant.id
    new = kit.training_groups.proposal("F34")
    assert (new.name, new.starts_on) == ("Personas facilitadoras 2026", date(2026, 11, 16))
    people = (kit.training_groups.myself(), Participant("", "", "Eva", "Luna"))
    made = kit.training_groups.start(
        NewTraining("F34", "Grupo dos", new.centre_id, new.starts_on, new.meetings, people)
    )
    assert at.said() == "Iniciar la formación Grupo dos"
    assert [v.scheduled.session for v in kit.calendars.of(made.id)] == [
        "F34.1-1",
        "F34.1-2",
        "F34.2-1",
        "F34.3-1",
    ]
    rows = kit.training.people(made.id)
    assert [full_name(row.participant) for row in rows] == [USER, "Eva Luna"]
    # The user was in training already: she is the same person.
    assert rows[0].participant.id == hers
    assert rows[1].participant.code == "CR-007"
    kit.undo()
    assert kit.desk.store.count(Enrolment) == before
    assert len(kit.training_groups.all()) == 1


def test_it_joins_the_generation_under_way_or_has_one_made(at: Kit) -> None:
    kit = at.kit
    generations = kit.courses.generations()
    assert the_group(kit).generation_id == generations[0].id
    new = kit.training_groups.proposal("F34")
    later = NewTraining("F34", "Otro año", new.centre_id, date(2027, 6, 1), new.meetings)
    made = kit.training_groups.start(later)
    generation = kit.desk.store.get(Generation, made.generation_id)
    assert generation is not None
    last = kit.calendars.of(made.id)[-1].scheduled.on
    assert (generation.name, generation.ends_on) == ("Formación 2027", last)


def test_a_group_that_cannot_be_made_says_everything_and_makes_nothing(at: Kit) -> None:
    kit = at.kit
    new = kit.training_groups.proposal("F34")
    with pytest.raises(InputRefused) as refused:
        kit.training_groups.start(NewTraining("F34", " ", new.centre_id, new.starts_on, ()))
    assert [p.code for p in refused.value.problems] == ["blank_name", "no_meetings"]
    nameless = (Participant("", "", ""), Participant("", "", " "))
    with pytest.raises(InputRefused) as refused:
        kit.training_groups.start(
            NewTraining("F34", "Grupo", new.centre_id, new.starts_on, new.meetings, nameless)
        )
    assert [p.code for p in refused.value.problems] == ["blank_given_names"] * 2
    assert len(kit.training_groups.all()) == 1


def test_somebody_joins_from_today_on_and_nobody_twice(at: Kit) -> None:
    kit, group = at.kit, the_group(at.kit)
    (made,) = kit.training_groups.enrol(group.id, [Participant("", "", "Eva", "Luna")])
    assert made.starts_on == TODAY
    assert at.said() == "Inscribir a 1 persona en la formación"
    with pytest.raises(InputRefused) as refused:
        kit.training_groups.enrol(
            group.id, [Participant("", "", "eva", "LUNA"), Participant("", "", "")]
        )
    assert {p.code for p in refused.value.problems} == {"already_enrolled", "blank_given_names"}
    with pytest.raises(InputRefused) as refused:
        kit.training_groups.start(
            replace(kit.training_groups.proposal("F34"), people=(kit.training_groups.myself(),))
        )
    assert [p.code for p in refused.value.problems] == ["already_enrolled"]
    kit.undo()
    assert len(kit.training.people(group.id)) == 3


def test_only_people_in_training_are_ever_listed(at: Kit) -> None:
    kit = at.kit
    names = {
        full_name(row.participant)
        for group in kit.training_groups.all()
        for row in kit.training.people(group.view.cohort.id)
    }
    assert names == {USER, "Norma Díaz Soto", "Paz Ibarra"}
    participant = kit.desk.store.find(Participant, given_names="Inés")[0]
    (enrolment,) = kit.desk.store.find(Enrolment, participant_id=participant.id)
    with pytest.raises(KitError):
        kit.training.path(enrolment.id)
    with pytest.raises(KitError):
        kit.training.record_task(enrolment.id, "F34.2-P1")


def test_whoever_uses_the_workspace_comes_first(at: Kit) -> None:
    rows = at.kit.training.people(the_group(at.kit).id)
    assert [(row.participant.given_names, row.mine) for row in rows] == [
        ("Lucía", True),
        ("Norma", False),
        ("Paz", False),
    ]
    at.kit.institution.save_user("Otra Persona", "")
    rows = at.kit.training.people(the_group(at.kit).id)
    assert [row.participant.given_names for row in rows] == ["Norma", "Paz", "Lucía"]


# -- the path --------------------------------------------------------------------------------------


def test_a_path_tells_each_block(at: Kit) -> None:
    path = at.kit.training.path(row_of(at.kit, "Lucía").enrolment.id)
    assert (path.row.minutes, path.row.whole_minutes) == (240, 480)
    assert [block.state for block in path.blocks] == [
        BlockState.UNDER_WAY,
        BlockState.AHEAD,
        BlockState.AHEAD,
    ]
    first = path.blocks[0]
    assert [step.session.title for step in first.sessions] == [
        "El programa por dentro",
        "Género en el aula",
    ]
    assert [step.evidence.mark for step in first.sessions] == [Mark.PRESENT, Mark.PRESENT]
    assert first.quiz is not None
    assert (first.quiz.tries, first.quiz.passed) == (0, False)
    assert [task.task.code for task in path.blocks[1].tasks] == ["F34.2-P1", "F34.2-P2"]
    assert [line.code for line in path.lacking()][:2] == ["F34.2", "F34.3"]
    assert path.row.percent == 100 * 1 // 8


def test_what_comes_next_follows_the_path(at: Kit) -> None:
    """Today's session; then quiz, practice, observation; the self-assessment; the decision."""
    kit = at.kit
    group, hers = the_group(kit), row_of(kit, "Lucía").enrolment.id

    def then() -> tuple[NextKind, str]:
        step = kit.training.path(hers).next
        return step.kind, step.code

    views = kit.calendars.of(group.id)
    assert then() == (NextKind.SESSION, views[2].scheduled.id)
    everybody = [row.enrolment.id for row in kit.training.people(group.id)]
    kit.attendance.mark_roll(views[2].scheduled.id, [(e, Mark.PRESENT, None) for e in everybody])
    assert then() == (NextKind.QUIZ, "F34.1")
    kit.training.record_quiz(hers, "F34.1", (0, 0, 0))
    assert then() == (NextKind.QUIZ, "F34.1")
    kit.training.record_quiz(hers, "F34.1", QUIZ_RIGHT)
    assert then() == (NextKind.TASK, "F34.2-P1")
    kit.training.record_task(hers, "F34.2-P1")
    kit.training.record_task(hers, "F34.2-P2")
    assert then() == (NextKind.QUIZ, "F34.2")
    kit.training.record_quiz(hers, "F34.2", (0,))
    assert then() == (NextKind.OBSERVATION, "")
    for _time in range(2):
        kit.training.record_observation(seen(TODAY, hers))
    assert then() == (NextKind.SELF_ASSESSMENT, "")
    at.at(TODAY + timedelta(days=1))
    assert then() == (NextKind.SESSION, views[3].scheduled.id)
    at.at(TODAY + timedelta(days=6))
    assert then() == (NextKind.TASK, "F34.3-P1")
    finish_training(kit, at.clock, "Lucía")
    assert then() == (NextKind.CERTIFY, "")


def test_what_runs_out_within_a_week_comes_before_the_order_of_the_path(at: Kit) -> None:
    """The self-assessment counts for thirty days; the quiz and all else for sixty."""
    kit = at.kit
    hers = row_of(kit, "Norma").enrolment.id
    views = kit.calendars.of(the_group(kit).id)
    until = views[-1].scheduled.on + timedelta(days=30)
    at.at(until - timedelta(days=8))
    for view in views[2:]:
        kit.attendance.mark_roll(view.scheduled.id, [(hers, Mark.PRESENT, None)])
    assert kit.training.path(hers).next.kind is NextKind.QUIZ
    for day in (until - timedelta(days=7), until):
        at.at(day)
        step = kit.training.path(hers).next
        assert (step.kind, step.until) == (NextKind.SELF_ASSESSMENT, until)


def test_a_roll_not_typed_is_what_comes_next_when_nothing_else_does(at: Kit) -> None:
    kit, clock = at.kit, at.clock
    group = the_group(kit)
    hers = finish_training(kit, clock, "Lucía")
    last = kit.calendars.of(group.id)[-1].scheduled
    kit.attendance.clear(last.id, hers, "Se marcó por error")
    step = kit.training.path(hers).next
    assert (step.kind, step.code) == (NextKind.ROLL, last.id)


def test_who_can_no_longer_fulfil_is_told_so(at: Kit) -> None:
    kit = at.kit
    hers = finish_training(kit, at.clock, "Lucía")
    other = row_of(kit, "Paz")
    at.at(date(2027, 3, 1))
    assert kit.training.path(other.enrolment.id).next.kind is NextKind.LOST
    assert kit.training.path(hers).next.kind is NextKind.CERTIFY
    states = [block.state for block in kit.training.path(other.enrolment.id).blocks]
    assert states == [BlockState.LOST, BlockState.LOST, BlockState.UNDER_WAY]


# -- what is recorded ------------------------------------------------------------------------------


def test_a_quiz_is_one_change_and_takes_its_drafts_with_it(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    kit.followup.keep_draft(quiz_form("F34.1-Q"), hers, "1", "1")
    made = kit.training.record_quiz(hers, "F34.1", QUIZ_RIGHT)
    assert (made.wave, made.instrument, made.instrument_version) == (Wave.QUIZ, "F34.1-Q", "1.0")
    assert [(a.name, a.value) for a in made.answers] == [("1", "1"), ("2", "0"), ("3", "1")]
    assert kit.followup.drafts(quiz_form("F34.1-Q"), hers) == {}
    assert at.said() == "Contestar «Lo que sostiene el marco»"
    assert row_of(kit, "Lucía").quizzes_passed == 1
    kit.undo()
    assert row_of(kit, "Lucía").quizzes_passed == 0
    assert kit.followup.drafts(quiz_form("F34.1-Q"), hers) == {"1": "1"}
    kit.redo()
    assert row_of(kit, "Lucía").quizzes_passed == 1


def test_every_try_is_kept_and_the_best_counts(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    for chosen in ((1, 1, 1), QUIZ_RIGHT, (0, 0, 0)):
        kit.training.record_quiz(hers, "F34.1", chosen)
    quiz = kit.training.path(hers).blocks[0].quiz
    assert quiz is not None
    assert (quiz.tries, quiz.best, quiz.passed) == (3, 3, True)


def test_a_quiz_with_answers_missing_is_refused_with_each_of_them(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    with pytest.raises(InputRefused) as refused:
        kit.training.record_quiz(hers, "F34.1", (1, 9))
    assert len(refused.value.problems) == 2
    for module in ("F34.3", "A"):
        with pytest.raises(KitError):
            kit.training.record_quiz(hers, module, (0,))
    assert not kit.desk.store.count(Response, wave=Wave.QUIZ)


def test_a_task_is_done_once(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    first = kit.training.record_task(hers, "F34.2-P1", TODAY - timedelta(days=1))
    assert at.said() == "Practicar «Pasar lista de la última sesión»"
    assert kit.training.record_task(hers, "F34.2-P1") == first
    assert row_of(kit, "Lucía").tasks_done == 1
    with pytest.raises(KitError):
        kit.training.record_task(hers, "F34.2-P9")


def test_an_observation_is_read_back_in_words(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    made = kit.training.record_observation(seen(TODAY, hers))
    (found,) = kit.training.path(hers).observations
    assert found.response == made
    assert (found.session, found.observer) == ("Mi gasto", "Norma Díaz")
    assert (found.keep, found.attempt) == ("La escucha", "Cerrar a tiempo")
    assert found.items[1][1] == "En parte"
    assert found.tally == (("Se logró", 2), ("En parte", 1), ("No se observó", 1))
    assert at.said() == "Anotar observación"
    kit.training.remove_observation(made.id)
    assert kit.training.path(hers).observations == ()
    kit.undo()
    assert row_of(kit, "Lucía").observed == 1


def test_an_observation_says_everything_it_lacks(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    whole = seen(TODAY, hers)
    bare = type(whole)(hers, TODAY, " ", "", whole.answers[:2])
    with pytest.raises(InputRefused) as refused:
        kit.training.record_observation(bare)
    codes = [p.code for p in refused.value.problems]
    assert codes == ["answer_missing", "answer_missing", "blank_session", "blank_observer"]
    with pytest.raises(KitError):
        kit.training.record_observation(seen(TODAY + timedelta(days=1), hers))
    assert not kit.desk.store.count(Response)


def test_sessions_to_observe_are_those_of_courses_held_lately(at: Kit) -> None:
    found = at.kit.training.sessions_to_observe()
    assert [(one.title, one.cohort.name) for one in found] == [
        ("Mi plan", "Grupo matutino"),
        ("Mi gasto", "Grupo matutino"),
    ]
    at.at(date(2027, 2, 1))
    assert at.kit.training.sessions_to_observe() == ()


# -- the group and the constancia ------------------------------------------------------------------


def test_the_group_shows_how_far_each_one_is(at: Kit) -> None:
    kit = at.kit
    hers = row_of(kit, "Lucía").enrolment.id
    kit.training.record_quiz(hers, "F34.1", QUIZ_RIGHT)
    kit.training.record_task(hers, "F34.2-P2")
    kit.training.record_observation(seen(TODAY, hers))
    row = row_of(kit, "Lucía")
    assert (row.minutes, row.whole_minutes) == (240, 480)
    assert (row.quizzes_passed, row.quizzes_asked) == (1, 2)
    assert (row.tasks_done, row.tasks_asked) == (1, 3)
    assert (row.observed, row.observations_asked) == (1, 2)
    assert row.self_assessed is False
    # Two of eight lines whole, a third of the practice, half of the observations.
    assert row.percent == int(100 * (2 + 1 / 3 + 1 / 2) / 8)
    assert not row.ready
    paz = row_of(kit, "Paz")
    assert (paz.minutes, paz.percent) == (120, int(100 * (120 / 192) / 8))


def test_a_constancia_with_folio_ends_the_path(at: Kit) -> None:
    kit, clock = at.kit, at.clock
    hers = finish_training(kit, clock, "Lucía")
    assert row_of(kit, "Lucía").ready
    assert row_of(kit, "Lucía").percent == 100
    kit.graduation.decide([hers], DecisionKind.GRADUATES)
    assert row_of(kit, "Lucía").ready
    (line,) = kit.graduation.issue([hers], clock.today(), "Guadalajara, Jalisco")
    assert (line.kind, line.programme, line.hours_minutes) == (
        "constancia",
        "Formación de facilitadoras",
        480,
    )
    path = kit.training.path(hers)
    assert (path.next.kind, path.next.code) == (NextKind.DONE, line.folio)
    assert path.row.line == line
    assert not path.row.ready
    assert kit.printing.certificate(line.folio).startswith(b"%PDF-")
    with pytest.raises(InputRefused):
        kit.graduation.decide([row_of(kit, "Paz").enrolment.id], DecisionKind.GRADUATES)


def test_attended_hours_are_printed_not_the_programmes(at: Kit) -> None:
    kit, clock = at.kit, at.clock
    finish_training(kit, clock, "Lucía")
    hers = row_of(kit, "Paz").enrolment.id
    kit.graduation.decide([hers], DecisionKind.EXCEPTION, "Recuperó en otra sede")
    (line,) = kit.graduation.issue([hers], clock.today(), "Guadalajara")
    assert line.hours_minutes == 360


def test_figures_of_a_course_do_not_count_people_in_training(at: Kit) -> None:
    kit, clock = at.kit, at.clock
    hers = finish_training(kit, clock, "Lucía")
    kit.graduation.decide([hers], DecisionKind.GRADUATES)
    kit.graduation.issue([hers], clock.today(), "Guadalajara")
    generation = kit.courses.generations()[0]
    for position, computed in enumerate(ComputedFigure):
        kit.figures.save_row(
            FrameworkRow(
                "",
                generation.id,
                position,
                computed.value,
                computed.value,
                TargetType.CUMULATIVE,
                FigureSource.COMPUTED,
                computed=computed,
            )
        )
    found = kit.figures.of(generation.id)
    assert (found.total.enrolled, found.total.trained, found.total.graduates) == (3, 3, 0)
    assert [group.name for group in found.by_cohort] == ["Roble · Grupo matutino"]
    assert {n.candidate.participant.first_surname for n in found.not_graduating} == {"Mora"}
    computed = {row.indicator: row.achieved for row in found.framework}
    assert computed == {
        "graduates": 0,
        "trained": 3,
        "peer_mentors": 0,
        "exit_surveys": 0,
        "centres": 1,
    }
    assert kit.printing.report(generation.id).startswith(b"%PDF-")


def test_meetings_of_the_proposal_give_a_calendar(at: Kit) -> None:
    kit = at.kit
    new = kit.training_groups.proposal("F34")
    seen_now = kit.training_groups.preview(new)
    assert (seen_now.sessions, seen_now.minutes) == (4, 480)
    assert new.meetings == (Meeting(1, time(16)), Meeting(3, time(16)))


# -- Hoy -------------------------------------------------------------------------------------------


def test_hoy_counts_people_and_not_their_blocks(at: Kit) -> None:
    """Two blocks allow no absence: it is two people who cannot miss, each of them once."""
    found = [one for one in at.kit.today.view().attention if one.training]
    risks = [(one.count, one.until) for one in found if one.kind is AttentionKind.AT_RISK]
    assert risks == [(2, TODAY)]
