"""A small institution with a course and a group in training, on the pack of tests/packs/training.

The group has four sessions (3, 5, 10 and 12 November 2026) and three people; the first two rolls
are typed. On NOW, the morning of the 10th, the third session is today.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.monitoring.records import (
    Answer,
    Centre,
    Cohort,
    Generation,
    Institution,
    Mark,
    Meeting,
    Participant,
    Signatory,
    User,
)
from facilitator_kit.store import Store
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.courses import NewCohort
from facilitator_kit.workspace.training import NewObservation
from facilitator_kit.workspace.training_groups import NewTraining
from facilitator_kit.workspace.training_views import TrainingRow

PACK = pack_files_from_folder(Path(__file__).parent / "packs" / "training")
STARTED = datetime.fromisoformat("2026-10-26T09:00")
NOW = datetime.fromisoformat("2026-11-10T08:00")
TODAY = NOW.date()
USER = "Lucía Ríos"
QUIZ_RIGHT = (1, 0, 1)
"""The right options of the first block's quiz."""


def make_training_office(folder: Path) -> None:
    """Make the institution in `folder` and close it."""
    clock = FixedClock(STARTED, timedelta(milliseconds=1))
    ids = Ids.seeded(clock, 5)
    store = Store.create_sample(folder, clock, ids)
    user = User(ids.new(), USER, "Formadora")
    with store.change(message("Crear la institución"), actor=user.id, undoable=False) as tx:
        tx.put(user)
        tx.put(
            Institution(ids.new(), "Instituto", "IE", "MX", "Guadalajara", "Jalisco", sample=True)
        )
    kit = Workspace(store, clock, ids, user.id, PACK)
    centre = kit.institution.save_centre(Centre("", "Roble", "CR", "Guadalajara", "Jalisco"))
    kit.institution.save_signatory(Signatory("", "Mtra. Nora Sol", "Titular", 0))
    generation = kit.courses.save_generation(
        Generation("", "Generación 2026-B", date(2026, 11, 2), date(2027, 3, 26))
    )
    course = kit.courses.open_cohort(
        NewCohort(
            generation.id,
            centre.id,
            "Grupo matutino",
            "CURSO",
            "employment",
            "single",
            date(2026, 11, 4),
            (Meeting(2, time(10)), Meeting(4, time(10))),
        )
    )
    hers = [
        kit.people.add(Participant("", "", given, "Mora", "Paz"), course.id)[1]
        for given in ("Inés", "Rosa", "Tere")
    ]
    group = kit.training_groups.start(
        NewTraining(
            "F34",
            "Personas facilitadoras 2026",
            centre.id,
            date(2026, 11, 3),
            (Meeting(1, time(16)), Meeting(3, time(16))),
            (
                kit.training_groups.myself(),
                Participant("", "", "Norma", "Díaz", "Soto"),
                Participant("", "", "Paz", "Ibarra"),
            ),
        )
    )
    rows = {full_name(row.participant): row.enrolment.id for row in kit.training.people(group.id)}
    for view in kit.calendars.of(course.id):
        clock.set(datetime.combine(view.scheduled.on, time(13)))
        kit.attendance.mark_roll(view.scheduled.id, [(e.id, Mark.PRESENT, None) for e in hers])
    for view in kit.calendars.of(group.id)[:2]:
        clock.set(datetime.combine(view.scheduled.on, time(19)))
        second = view.scheduled.number == 2
        kit.attendance.mark_roll(
            view.scheduled.id,
            [
                (rows[USER], Mark.PRESENT, None),
                (rows["Norma Díaz Soto"], Mark.PRESENT, None),
                (rows["Paz Ibarra"], Mark.ABSENT if second else Mark.PRESENT, None),
            ],
        )
    kit.close()


def open_training_office(folder: Path) -> tuple[Workspace, FixedClock]:
    """What was made in a folder, open on the morning of NOW."""
    clock = FixedClock(NOW, timedelta(milliseconds=1))
    return Front(clock, Ids.seeded(clock, 6), PACK).open(folder), clock


def the_group(kit: Workspace) -> Cohort:
    """The group in training."""
    return kit.training_groups.all()[0].view.cohort


def row_of(kit: Workspace, given: str) -> TrainingRow:
    """One person's line of the group, by her given name."""
    rows = kit.training.people(the_group(kit).id)
    return next(row for row in rows if row.participant.given_names == given)


def seen(on: date, enrolment_id: str, *, session: str = "Mi gasto") -> NewObservation:
    """An observation with every item of the checklist."""
    names = ("agenda", "questions", "voices", "time")
    choices = ("yes", "part", "yes", "not_observed")
    return NewObservation(
        enrolment_id,
        on,
        session,
        "Norma Díaz",
        tuple(Answer(name, choice) for name, choice in zip(names, choices, strict=True)),
        "La escucha",
        "Cerrar a tiempo",
    )


def finish_training(kit: Workspace, clock: FixedClock, given: str) -> str:
    """Let one person do everything that the rule asks for; her enrolment.

    It is then the day after the last session.
    """
    group = the_group(kit)
    hers = row_of(kit, given).enrolment.id
    everybody = [row.enrolment.id for row in kit.training.people(group.id)]
    views = kit.calendars.of(group.id)
    for view in views[2:]:
        clock.set(datetime.combine(view.scheduled.on, time(19)))
        kit.attendance.mark_roll(view.scheduled.id, [(e, Mark.PRESENT, None) for e in everybody])
    last = views[-1].scheduled.on
    clock.set(datetime.combine(last + timedelta(days=1), time(9)))
    kit.training.record_quiz(hers, "F34.1", QUIZ_RIGHT)
    kit.training.record_quiz(hers, "F34.2", (0,))
    for code in ("F34.2-P1", "F34.2-P2", "F34.3-P1"):
        kit.training.record_task(hers, code)
    for day in (last, last):
        kit.training.record_observation(seen(day, hers))
    answers = tuple(Answer(name, "3") for name in ("plan", "listen", "care"))
    kit.followup.record_response(hers, Wave.SELF_ASSESSMENT, last, answers)
    return hers
