"""Practising: a fictitious institution of its own, and what its journal shows was done."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from training_office import make_training_office, open_training_office, row_of, the_group

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import plan_from_session
from facilitator_kit.curriculum.learning import PracticeAct, PracticeTask
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import (
    Answer,
    Channel,
    ContactTopic,
    DecisionKind,
    FollowUpContact,
    Mark,
    Participant,
)
from facilitator_kit.progress import finish
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.practice import Practice, open_practice
from facilitator_kit.workspace.training_views import PracticeAsked


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "office"
    make_training_office(folder)
    return folder


@pytest.fixture
def kit(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Stands for the practice workspace: small, and with a course to practise on."""
    opened, _clock = open_training_office(Path(shutil.copytree(made, tmp_path / "office")))
    yield opened
    opened.close()


def practising(kit: Workspace, act: PracticeAct) -> Practice:
    return Practice(kit, PracticeAsked("real", PracticeTask("T", "Tarea", 5, act, ())))


def course(kit: Workspace) -> str:
    return next(v.cohort.id for v in kit.courses.cohorts() if v.cohort.programme == "CURSO")


def enrol(kit: Workspace) -> None:
    kit.people.add(Participant("", "", "Eva"), course(kit))


def move(kit: Workspace) -> None:
    session = kit.calendars.of(the_group(kit).id)[3].scheduled
    kit.calendars.move(session.id, session.on + timedelta(days=1), session.starts_at)


def cancel(kit: Workspace) -> None:
    kit.calendars.cancel(kit.calendars.of(the_group(kit).id)[3].scheduled.id, "Feriado")


def plan(kit: Workspace) -> None:
    view = kit.calendars.of(course(kit))[0]
    kit.agendas.save(view.scheduled.id, plan_from_session(view.session))


def roll(kit: Workspace) -> None:
    session = kit.calendars.of(the_group(kit).id)[2].scheduled
    kit.attendance.mark(session.id, row_of(kit, "Paz").enrolment.id, Mark.PRESENT)


def survey(kit: Workspace) -> None:
    hers = row_of(kit, "Paz").enrolment.id
    answers = tuple(Answer(name, "3") for name in ("plan", "listen", "care"))
    kit.followup.record_response(hers, Wave.SELF_ASSESSMENT, date(2026, 11, 9), answers)


def contact(kit: Workspace) -> None:
    hers = row_of(kit, "Paz").enrolment.id
    kit.followup.record_contact(
        FollowUpContact("", hers, date(2026, 11, 9), Channel.CALL, ContactTopic.WORK)
    )


def recovery(kit: Workspace) -> None:
    hers = row_of(kit, "Paz").enrolment.id
    kit.calendars.add_recovery(the_group(kit).id, "F34.1-2", date(2026, 11, 20), time(9), (hers,))


def decide(kit: Workspace) -> None:
    hers = row_of(kit, "Paz").enrolment.id
    kit.graduation.decide([hers], DecisionKind.EXCEPTION, "Se recuperó en otra sede")


def certify(kit: Workspace) -> None:
    decide(kit)
    hers = row_of(kit, "Paz").enrolment.id
    kit.graduation.issue([hers], date(2026, 11, 10), "Guadalajara")


ACTS: dict[PracticeAct, tuple[Callable[[Workspace], None], ...]] = {
    PracticeAct.ENROL: (enrol,),
    PracticeAct.CALENDAR: (move, cancel),
    PracticeAct.PLAN: (plan,),
    PracticeAct.ROLL: (roll,),
    PracticeAct.SURVEY: (survey,),
    PracticeAct.CONTACT: (contact,),
    PracticeAct.RECOVERY: (recovery,),
    PracticeAct.DECIDE: (decide,),
    PracticeAct.CERTIFY: (certify,),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_each_act_is_seen_and_no_other_stands_for_it(kit: Workspace, act: PracticeAct) -> None:
    for do in ACTS[act]:
        practice = practising(kit, act)
        others = [practising(kit, other) for other in ACTS if other is not act]
        assert not practice.done()
        do(kit)
        assert practice.done()
        also = [one.asked.task.act for one in others if one.done()]
        # Nobody has a folio who was not decided on.
        assert also == ([PracticeAct.DECIDE] if act is PracticeAct.CERTIFY else [])


def test_what_was_done_before_the_task_began_does_not_count(kit: Workspace) -> None:
    roll(kit)
    assert not practising(kit, PracticeAct.ROLL).done()


def test_an_act_taken_back_is_not_done_and_done_again_when_brought_back(kit: Workspace) -> None:
    practice = practising(kit, PracticeAct.CONTACT)
    contact(kit)
    kit.undo()
    assert not practice.done()
    kit.redo()
    assert practice.done()


def test_another_room_or_a_recovery_moves_no_session(kit: Workspace) -> None:
    practice = practising(kit, PracticeAct.CALENDAR)
    kit.calendars.put_in_charge(kit.calendars.of(the_group(kit).id)[3].scheduled.id, None, "Aula 9")
    recovery(kit)
    assert not practice.done()


def test_removing_a_mark_is_no_roll(kit: Workspace) -> None:
    session = kit.calendars.of(the_group(kit).id)[1].scheduled
    practice = practising(kit, PracticeAct.ROLL)
    kit.attendance.clear(session.id, row_of(kit, "Paz").enrolment.id, "Se marcó por error")
    assert not practice.done()


def test_a_task_without_trace_is_done_when_she_says_so(kit: Workspace) -> None:
    practice = practising(kit, PracticeAct.TOLD)
    roll(kit)
    assert practice.must_be_told
    assert not practice.done()
    practice.told = True
    assert practice.done()
    other = practising(kit, PracticeAct.ROLL)
    other.told = True
    assert not other.done()


# -- the folder ------------------------------------------------------------------------------------


@pytest.fixture
def front(core_files: Mapping[str, bytes], sample_template: Path) -> Front:
    del sample_template
    clock = FixedClock(datetime(2026, 11, 23, 8), timedelta(milliseconds=1))  # noqa: DTZ001 - local
    return Front(clock, Ids.seeded(clock, 9), core_files)


def test_practising_again_on_the_same_day_goes_on_where_it_was(
    front: Front, tmp_path: Path, copy_sample: Callable[[Path], Path]
) -> None:
    base = tmp_path / "practice"
    copy_sample(base / "2026-11-23")
    first = finish(open_practice(front, base, {}))
    assert first.sample
    first.institution.set(short_name="Practicado")
    with pytest.raises(KitError) as refused:
        finish(open_practice(front, base, {}))
    assert refused.value.code == "in_use"
    first.close()
    again = finish(open_practice(front, base, {}))
    assert again.institution.get().short_name == "Practicado"
    again.close()


def test_another_day_begins_anew_and_forgets_the_days_before(
    front: Front,
    tmp_path: Path,
    copy_sample: Callable[[Path], Path],
    sample_files: Mapping[str, bytes],
) -> None:
    base = tmp_path / "practice"
    copy_sample(base / "2026-11-20")
    (base / "notas").mkdir()
    (base / "2026-99-99").mkdir()
    kit = finish(open_practice(front, base, sample_files))
    try:
        assert kit.folder == base / "2026-11-23"
        assert {one.name for one in base.iterdir()} == {"2026-11-23", "notas", "2026-99-99"}
        assert kit.sample
        assert kit.today.view().next_session is not None
    finally:
        kit.close()


def test_a_spoilt_practice_is_made_again(
    front: Front, tmp_path: Path, sample_files: Mapping[str, bytes]
) -> None:
    base = tmp_path / "practice"
    (base / "2026-11-23").mkdir(parents=True)
    (base / "2026-11-23" / "algo").write_text("roto")
    work = open_practice(front, base, sample_files)
    steps = iter(work)
    assert next(steps).what.text == "Preparando la institución de ejemplo"
    work.close()
    # Given up half-way: what stood there stands there, and nothing half made is beside it.
    assert {one.name for one in base.iterdir()} == {"2026-11-23"}
    assert (base / "2026-11-23" / "algo").exists()


def test_the_people_of_a_training_are_recorded_where_they_belong(
    kit: Workspace, tmp_path: Path, made: Path
) -> None:
    """What is practised changes nothing in the real workspace but one answer."""
    real, _clock = open_training_office(Path(shutil.copytree(made, tmp_path / "real")))
    try:
        hers = row_of(real, "Lucía").enrolment.id
        before = real.desk.store.position
        task = PracticeTask("F34.2-P1", "Pasar lista", 10, PracticeAct.ROLL, ())
        practice = Practice(kit, PracticeAsked(hers, task))
        for acts in ACTS.values():
            for act in acts[:1]:
                act(kit)
        assert real.desk.store.position == before
        assert practice.done()
        made_response = real.training.record_task(hers, practice.asked.task.code)
        assert replace(made_response, id="").wave is Wave.PRACTICE
        assert real.desk.store.position == before + 1
    finally:
        real.close()
