"""Undo and redo over everything a person may do: step by step, the records are as they were."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest
from small_office import ES, TODAY, Office

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import (
    RECORD_TYPES,
    AttendanceMark,
    Centre,
    DecisionKind,
    Enrolment,
    LeavingReason,
    Mark,
    Participant,
    ScheduledSession,
)

STEPS = 30


def everything(office: Office) -> dict[type, frozenset[object]]:
    store = office.kit.desk.store
    return {kind: frozenset(store.find(kind)) for kind in RECORD_TYPES}


class Walk:
    """Somebody who does one thing after another, at random."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.chance = random.Random(seed)

    def any_enrolment(self) -> Enrolment:
        return self.chance.choice(self.office.kit.desk.store.find(Enrolment))

    def any_session(self) -> ScheduledSession:
        return self.chance.choice(self.office.kit.desk.store.find(ScheduledSession))

    def any_cohort(self) -> str:
        names = ("Grupo matutino", "Grupo vespertino", "Grupo del valle")
        return self.office.cohort(self.chance.choice(names)).id

    def doings(self) -> list[Callable[[], object]]:
        kit, chance, office = self.office.kit, self.chance, self.office
        day = TODAY + timedelta(days=chance.randint(-20, 40))
        name = f"Nueva {chance.randint(0, 999)}"
        return [
            lambda: kit.attendance.mark(
                self.any_session().id,
                self.any_enrolment().id,
                chance.choice(list(Mark)),
                reason=chance.choice(("", "Corrección")),
            ),
            lambda: kit.attendance.mark_all_present(self.any_session().id),
            lambda: kit.attendance.walk_in(self.any_session().id, Participant("", "", name)),
            lambda: self._clear(),
            lambda: kit.people.add(Participant("", "", name), self.any_cohort(), day),
            lambda: kit.people.transfer(self.any_enrolment().id, self.any_cohort(), day),
            lambda: kit.people.leave(self.any_enrolment().id, day, LeavingReason.WORK),
            lambda: kit.people.come_back(self.any_enrolment().id),
            lambda: kit.people.remove(self.any_enrolment().participant_id),
            lambda: kit.people.save(
                replace(chance.choice(kit.desk.store.find(Participant)), first_surname=name)
            ),
            lambda: kit.calendars.move(self.any_session().id, day, time(11), chance.random() < 0.5),
            lambda: kit.calendars.cancel(self.any_session().id, "Lluvia"),
            lambda: kit.calendars.replace_cancelled(self.any_session().id, day, time(18)),
            lambda: kit.calendars.add_recovery(
                self.any_cohort(), "M1-2", day, time(19), {self.any_enrolment().id}
            ),
            lambda: office.answer(self.any_enrolment().id, Wave.EXIT, min(day, TODAY)),
            lambda: office.contact(self.any_enrolment().id, min(day, TODAY)),
            lambda: kit.graduation.decide(
                (self.any_enrolment().id,), chance.choice(list(DecisionKind)), "Motivo"
            ),
            lambda: kit.institution.save_centre(
                replace(chance.choice(kit.desk.store.find(Centre)), name=name)
            ),
            lambda: kit.institution.add_closed_day(day, name),
        ]

    def _clear(self) -> None:
        mark = self.chance.choice(self.office.kit.desk.store.find(AttendanceMark))
        self.office.kit.attendance.clear(mark.scheduled_session_id, mark.enrolment_id, "Error")


@pytest.mark.parametrize("seed", range(2))
def test_whatever_was_done_is_undone_and_redone_step_by_step(office: Office, seed: int) -> None:
    walk = Walk(office, seed)
    seen = [everything(office)]
    names: list[str] = []
    tries = 0
    while len(names) < STEPS:
        tries += 1
        assert tries < 40 * STEPS
        try:
            walk.chance.choice(walk.doings())()
        except KitError:
            assert everything(office) == seen[-1]  # what is refused changes nothing
            continue
        now = everything(office)
        if now != seen[-1]:
            seen.append(now)
            names.append(office.undone_name())
    graduates = office.kit.figures.of(office.running.id)
    for step in range(STEPS, 0, -1):
        assert office.undone_name() == names[step - 1]
        office.kit.undo()
        assert everything(office) == seen[step - 1]
    for step in range(1, STEPS + 1):
        name = office.kit.redo_name()
        assert name is not None
        assert ES.render(name) == names[step - 1]
        office.kit.redo()
        assert everything(office) == seen[step]
    assert office.kit.redo_name() is None
    assert office.kit.figures.of(office.running.id) == graduates
    office.kit.today.view()
    assert office.kit.verify_journal().ok
