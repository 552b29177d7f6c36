"""A small institution, made once through the use cases and copied for every test.

One cohort has finished (36 sessions, five women) and two are running (three women and one). All
dates are around the morning of TODAY.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum.records import Pack, Wave
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import (
    Answer,
    Centre,
    Channel,
    Cohort,
    ContactTopic,
    Enrolment,
    Facilitator,
    FollowUpContact,
    Generation,
    Institution,
    Mark,
    Meeting,
    Participant,
    ScheduledSession,
    Signatory,
    User,
)
from facilitator_kit.store import Store
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.courses import NewCohort
from facilitator_kit.workspace.views import Candidate

TODAY = date(2026, 7, 20)
"""A Monday."""

LONG_NAME = "María de la Asunción Covarrubias-Etchegaray de los Santos Ro"
"""Sixty characters, as the longest that must fit."""

ES = Texts("es", "MX")


def morning(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour))


@dataclass
class Office:
    """An open workspace with its clock, and short ways to what the tests ask for."""

    kit: Workspace
    clock: FixedClock
    finished: Generation
    running: Generation

    def cohort(self, name: str) -> Cohort:
        return next(v.cohort for v in self.kit.courses.cohorts() if v.cohort.name == name)

    def sessions(self, name: str) -> list[ScheduledSession]:
        return [view.scheduled for view in self.kit.calendars.of(self.cohort(name).id)]

    def enrolment(self, given: str, surname: str = "") -> Enrolment:
        """The latest enrolment of who has this given name."""
        person = self.person(given, surname)
        return self.kit.desk.store.find(Enrolment, participant_id=person.id, order_by="starts_on")[
            -1
        ]

    def person(self, given: str, surname: str = "") -> Participant:
        found = self.kit.desk.store.find(Participant, given_names=given, order_by="code")
        return next(p for p in found if surname in ("", p.first_surname))

    def candidate(self, given: str) -> Candidate:
        enrolment = self.enrolment(given)
        found = self.kit.graduation.candidates((enrolment.cohort_id,))
        return next(c for c in found if c.enrolment.id == enrolment.id)

    def candidates(self) -> dict[str, Candidate]:
        """The finished cohort's women by code."""
        found = self.kit.graduation.candidates((self.cohort("Grupo matutino").id,))
        return {c.participant.code: c for c in found}

    def undone_name(self) -> str:
        name = self.kit.undo_name()
        return ES.render(name) if name is not None else ""

    def set_today(self, day: date) -> None:
        self.clock.set(morning(day))

    def answer(self, enrolment_id: str, wave: Wave, day: date) -> None:
        self.kit.followup.record_response(enrolment_id, wave, day, answers_to(self.kit, wave))

    def contact(self, enrolment_id: str, day: date) -> FollowUpContact:
        return self.kit.followup.record_contact(
            FollowUpContact("", enrolment_id, day, Channel.WHATSAPP, ContactTopic.WORK)
        )


def answers_to(kit: Workspace, wave: Wave) -> tuple[Answer, ...]:
    """An answer to every required question of a form."""
    return tuple(
        Answer(question.name, question.choices[0].name if question.choices else "1")
        for question in kit.followup.instrument(wave).questions
        if question.required
    )


def make_office(folder: Path, core_files: Mapping[str, bytes]) -> None:
    """Make the institution in `folder` and close it."""
    clock = FixedClock(morning(date(2026, 4, 1)), timedelta(milliseconds=1))
    ids = Ids.seeded(clock, 1)
    store = Store.create_sample(folder, clock, ids)
    user = User(ids.new(), "Dirección", "Directora")
    with store.change(message("Crear la institución"), actor=user.id, undoable=False) as tx:
        tx.put(user)
        tx.put(
            Institution(
                ids.new(), "Secretaría", "Centro", "MX", "Guadalajara", "Jalisco", sample=True
            )
        )
    kit = Workspace(store, clock, ids, user.id, core_files)
    roble = kit.institution.save_centre(Centre("", "Roble", "CR", "Guadalajara", "Jalisco"))
    valle = kit.institution.save_centre(Centre("", "Valle", "CV", "Tala", "Jalisco"))
    kit.institution.save_signatory(Signatory("", "Mtra. Nora Sol", "Titular", 0))
    who = kit.institution.save_facilitator(Facilitator("", "Julia Ríos", roble.id))
    kit.institution.add_closed_day(date(2026, 5, 6), "Fiesta del barrio")

    spring = kit.courses.save_generation(
        Generation("", "Generación 2026-A", date(2026, 4, 13), date(2026, 7, 10))
    )
    autumn = kit.courses.save_generation(
        Generation("", "Generación 2026-B", date(2026, 7, 6), date(2026, 12, 11))
    )

    def opened(generation: Generation, centre: Centre, name: str, days: Iterable[int]) -> Cohort:
        finished = generation is spring
        return kit.courses.open_cohort(
            NewCohort(
                generation_id=generation.id,
                centre_id=centre.id,
                name=name,
                programme="SCE",
                route="return_to_study" if finished else "employment",
                level="single" if finished else "basic",
                starts_on=generation.starts_on,
                meetings=tuple(Meeting(day, time(10)) for day in days),
                room="Aula 1",
                facilitator_id=who.id,
            )
        )

    matutino = opened(spring, roble, "Grupo matutino", (0, 2, 4))
    vespertino = opened(autumn, roble, "Grupo vespertino", (1, 3))
    del_valle = opened(autumn, valle, "Grupo del valle", (1, 3))
    people = {
        matutino: (
            ("Ana", "López", "Díaz"),
            ("Ana", "López", "Díaz"),
            (*LONG_NAME.rsplit(" ", 5)[:1], " ".join(LONG_NAME.rsplit(" ", 5)[1:]), ""),
            ("Carmen", "Ruiz", ""),
            ("Inés", "Mora", "Paz"),
        ),
        vespertino: (("Rosa", "Peña", ""), ("Xóchitl", "Ávila", ""), ("Zoila", "Nuño", "")),
        del_valle: (("Tere", "Cruz", ""),),
    }
    clock.set(morning(TODAY, 8))
    for cohort, names in people.items():
        hers = [kit.people.add(Participant("", "", *name), cohort.id)[1] for name in names]
        calendar = [view.scheduled for view in kit.calendars.of(cohort.id)]
        held = [session for session in calendar if session.on < TODAY]
        # The last roll of the running cohort of one centre is still to be typed.
        for session in held[:-1] if cohort is vespertino else held:
            absent = session.session in ("M1-2", "M1-5", "M1-8")
            kit.attendance.mark_roll(
                session.id,
                [
                    (e.id, Mark.ABSENT if name[0] == "Inés" and absent else Mark.PRESENT, None)
                    for e, name in zip(hers, names, strict=True)
                ],
            )
        for enrolment, name in zip(hers, names, strict=True):
            first, last = held[0].on, held[-1].on
            kit.followup.record_response(
                enrolment.id, Wave.ENTRY, first, answers_to(kit, Wave.ENTRY)
            )
            if cohort is not matutino:
                continue
            for day in (first, first + (last - first) / 2, last):
                kit.followup.record_contact(
                    FollowUpContact("", enrolment.id, day, Channel.CALL, ContactTopic.STUDY)
                )
            if name[0] != "Carmen":
                kit.followup.record_response(
                    enrolment.id, Wave.EXIT, last, answers_to(kit, Wave.EXIT)
                )
    kit.close()


def copy_office(made: Path, folder: Path, core_files: Mapping[str, bytes], pack: Pack) -> Office:
    """A copy of what `make_office` made, open, on the morning of TODAY.

    `pack` is what the files say: reading them takes longer than most tests.
    """
    shutil.copytree(made, folder)
    clock = FixedClock(morning(TODAY), timedelta(milliseconds=1))
    front = Front(clock, Ids.seeded(clock, 2), core_files)
    kit = front.open(folder)
    kit.desk.shelf.remember(pack)
    running, finished = kit.courses.generations()
    return Office(kit, clock, finished, running)


def renamed(person: Participant, given: str) -> Participant:
    return replace(person, given_names=given)
