"""A fictitious office as large as a state's, made by the public use cases where they are quick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from benchmarks.certificate_makers import people as named_people
from facilitator_kit import paths
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Cohort, Enrolment, Generation, Meeting, Participant
from facilitator_kit.workspace import Front, NewInstitution, Workspace
from facilitator_kit.workspace.courses import NewCohort

PASSPHRASE: Final = "cuatro palabras para medir"
TODAY: Final = date(2026, 10, 17)
CLASS: Final = 24
_AT_ONCE: Final = 5000


def front() -> Front:
    """The door to workspaces, on a fixed day and with ids that can be made again."""
    clock = FixedClock(datetime.combine(TODAY, time(9)), timedelta(seconds=1))
    core = pack_files_from_folder(paths.content_folder() / "core")
    return Front(clock, Ids.seeded(clock, 1), core)


def build(folder: Path, people: int) -> None:
    """A workspace with so many people, in cohorts of 24; the first one has a whole calendar."""
    workspace = (
        front()
        .create(
            folder,
            NewInstitution(
                name="Secretaría de Igualdad (ejemplo)",
                short_name="Secretaría",
                country="MX",
                city="Guadalajara",
                state="Jalisco",
                centre_name="Centro de Reunión (ejemplo)",
                centre_code="CR",
                user_name="Persona de prueba",
                user_position="Dirección",
                passphrase=PASSPHRASE,
                passphrase_again=PASSPHRASE,
            ),
        )
        .workspace
    )
    try:
        _fill(workspace, people)
    finally:
        workspace.close()


def _fill(workspace: Workspace, people: int) -> None:
    desk = workspace.desk
    centre = workspace.institution.centres()[0]
    generation = workspace.courses.save_generation(
        Generation("", "Generación 2026-B", date(2026, 3, 2), date(2026, 12, 18))
    )
    first = workspace.courses.open_cohort(
        NewCohort(
            generation_id=generation.id,
            centre_id=centre.id,
            name="Cohorte 1",
            programme="SCE",
            route="employment",
            level="advanced",
            starts_on=date(2026, 3, 2),
            meetings=(Meeting(0, time(10)), Meeting(2, time(10))),
        )
    )
    made = list(_people(workspace, people, first))
    for start in range(0, len(made), _AT_ONCE):
        with desk.change(message("Traer personas")) as tx:
            for records in made[start : start + _AT_ONCE]:
                tx.put_all(records)


def _people(
    workspace: Workspace, count: int, first: Cohort
) -> Iterator[tuple[Participant | Enrolment | Cohort, ...]]:
    ids = workspace.desk.ids
    cohort = first
    for number, person in enumerate(named_people(count)):
        extra: tuple[Cohort, ...] = ()
        if number and number % CLASS == 0:
            name = f"Cohorte {number // CLASS + 1}"
            cohort = Cohort(
                id=ids.new(),
                generation_id=first.generation_id,
                centre_id=first.centre_id,
                code=f"CR-{number // CLASS + 1}",
                name=name,
                pack_code=first.pack_code,
                pack_version=first.pack_version,
                programme=first.programme,
                route=first.route,
                level=first.level,
                starts_on=first.starts_on,
                meetings=first.meetings,
            )
            extra = (cohort,)
        given, surnames = person.name.split(" ", 1)
        participant = Participant(ids.new(), f"CR-{number + 1:06}", given, surnames)
        enrolment = Enrolment(
            id=ids.new(),
            participant_id=participant.id,
            cohort_id=cohort.id,
            enrolled_on=first.starts_on,
            starts_on=first.starts_on,
            route=first.route,
            level=first.level,
        )
        yield (*extra, participant, enrolment)
