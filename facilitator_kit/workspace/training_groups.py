"""Groups of people in training: started with their calendar and people, joined later by others.

A person in training is a participant of a cohort whose programme is for facilitators or officials,
so that attendance, eligibility, decision and folio are those of any cohort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Final

from facilitator_kit.curriculum.records import Programme, ProgrammeKind
from facilitator_kit.errors import Problem
from facilitator_kit.i18n import Texts, message, plural_message
from facilitator_kit.monitoring.names import fold, full_name, split_full_name
from facilitator_kit.monitoring.records import (
    Centre,
    Cohort,
    Enrolment,
    Generation,
    Meeting,
    Participant,
    User,
)
from facilitator_kit.workspace.casework import Casework
from facilitator_kit.workspace.courses import (
    CoursePreview,
    Courses,
    NewCohort,
    check_new_cohort,
)
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.people import complete, free_codes, person_problems, refuse
from facilitator_kit.workspace.training_views import TrainingGroup
from facilitator_kit.workspace.views import CohortView

if TYPE_CHECKING:
    from facilitator_kit.store import Transaction

KINDS: Final = (ProgrammeKind.FACILITATORS, ProgrammeKind.OFFICIALS)
"""The kinds of programme whose cohorts are people in training."""

USUAL_MEETINGS: Final = (Meeting(1, time(16)), Meeting(3, time(16)))
"""Tuesdays and Thursdays in the afternoon, until somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class NewTraining:
    """What a new group is made from; `people` with an id are participants known already."""

    programme: str
    name: str
    centre_id: str
    starts_on: date
    meetings: tuple[Meeting, ...]
    people: tuple[Participant, ...] = ()


class TrainingGroups:
    """The cohorts of training programmes; none of a course is ever among them."""

    def __init__(self, desk: Desk, courses: Courses, casework: Casework) -> None:
        self._desk = desk
        self._courses = courses
        self._casework = casework

    # -- which there are ---------------------------------------------------------------------------

    def programmes(self) -> tuple[Programme, ...]:
        """The trainings that a new group can follow, those of facilitators first."""
        found = (p for p in self._desk.pack_in_force.programmes if p.kind in KINDS)
        return tuple(sorted(found, key=lambda programme: KINDS.index(programme.kind)))

    def is_training(self, cohort: Cohort) -> bool:
        """Whether a cohort is a group in training."""
        return self._desk.pack_of(cohort).programme(cohort.programme).kind in KINDS

    def all(self) -> tuple[TrainingGroup, ...]:
        """The groups, those under way first, then the latest."""
        found = [self._of(v) for v in self._courses.cohorts() if self.is_training(v.cohort)]
        return tuple(
            sorted(
                found,
                key=lambda group: (
                    group.view.cohort.closed or group.view.next_session is None,
                    -group.view.cohort.starts_on.toordinal(),
                    group.view.cohort.name,
                ),
            )
        )

    def get(self, cohort_id: str) -> TrainingGroup:
        """One group; a KitError when it is gone."""
        return self._of(self._courses.cohort(cohort_id))

    def _of(self, view: CohortView) -> TrainingGroup:
        programme = self._desk.pack_of(view.cohort).programme(view.cohort.programme)
        return TrainingGroup(view, programme, 60 * view.level.hours)

    # -- starting one ------------------------------------------------------------------------------

    def proposal(self, programme: str) -> NewTraining:
        """A group with what is usual: the first centre, two afternoons a week from next week on."""
        today = self._desk.clock.today()
        route = self._desk.pack_in_force.programme(programme).routes[0]
        centres = [c for c in self._desk.store.find(Centre, order_by="name") if not c.archived]
        return NewTraining(
            programme=programme,
            name=f"{route.title} {today.year}",
            centre_id=centres[0].id if centres else "",
            starts_on=today + timedelta(days=7 - today.weekday()),
            meetings=USUAL_MEETINGS,
        )

    def preview(self, new: NewTraining) -> CoursePreview:
        """The calendar that a new group would get; nothing is stored."""
        return self._courses.preview(self._cohort(new))

    def start(self, new: NewTraining) -> Cohort:
        """Open a group with its calendar and its people, as one change.

        It joins the generation that is under way on its first day, or has one made for it.
        InputRefused tells everything that keeps it from being made.
        """
        cohort = self._cohort(new)
        check_new_cohort(cohort)
        people = self._completed(new.people, new.centre_id)
        refuse(self._people_problems(people, new.programme))
        pack = self._desk.keep_pack_in_force()
        with self._desk.change(message("Iniciar la formación {name}", name=new.name)) as tx:
            generation = self._generation(tx, cohort)
            made = self._courses.put_cohort(tx, replace(cohort, generation_id=generation.id), pack)
            tx.put_all(people)
            tx.put_all(self._enrolment(person, made, made.starts_on) for person in people)
        return made

    def _cohort(self, new: NewTraining) -> NewCohort:
        route = self._desk.pack_in_force.programme(new.programme).routes[0]
        return NewCohort(
            generation_id="",
            centre_id=new.centre_id,
            name=new.name,
            programme=new.programme,
            route=route.code,
            level=route.levels[0].code,
            starts_on=new.starts_on,
            meetings=new.meetings,
        )

    def _generation(self, tx: Transaction, cohort: NewCohort) -> Generation:
        """The intake under way when the group starts, the latest; a new one where there is none."""
        running = [
            generation
            for generation in tx.find(Generation)
            if generation.starts_on <= cohort.starts_on <= generation.ends_on
        ]
        if running:
            return max(running, key=lambda generation: (generation.starts_on, generation.id))
        institution = self._desk.institution
        texts = Texts(institution.language, institution.country)
        made = Generation(
            id=self._desk.ids.new(),
            name=texts("Formación {year}", year=cohort.starts_on.year),
            starts_on=cohort.starts_on,
            ends_on=self._courses.preview(cohort).last,
        )
        tx.put(made)
        return made

    # -- joining one -------------------------------------------------------------------------------

    def enrol(
        self, cohort_id: str, people: Sequence[Participant], starts_on: date | None = None
    ) -> tuple[Enrolment, ...]:
        """Enrol more people in a group, as one change; those with an id are known already.

        They start with the group, or today where it has begun, unless another day is given.
        """
        view = self._courses.cohort(cohort_id)
        completed = self._completed(people, view.centre.id)
        today = self._desk.clock.today()
        refuse(self._people_problems(completed, view.cohort.programme))
        first = starts_on or max(view.cohort.starts_on, today)
        made = tuple(self._enrolment(person, view.cohort, first) for person in completed)
        name = plural_message(
            "Inscribir a {count} persona en la formación",
            "Inscribir a {count} personas en la formación",
            len(made),
        )
        with self._desk.change(name) as tx:
            tx.put_all(completed)
            tx.put_all(made)
        return made

    def myself(self) -> Participant:
        """Whoever uses this workspace, to be enrolled: known already, or with her name cut up."""
        name = self.user_name()
        ids = [group.view.cohort.id for group in self.all()]
        cases = self._casework.of_cohorts(ids, self._desk.clock.today())
        known = {c.participant.id: c.participant for c in cases if is_called(c.participant, name)}
        if len(known) == 1:
            return next(iter(known.values()))
        return Participant("", "", *split_full_name(name))

    def user_name(self) -> str:
        """The name of whoever uses this workspace."""
        user = self._desk.store.get(User, self._desk.actor_id)
        return user.name if user is not None else ""

    def _completed(self, people: Sequence[Participant], centre_id: str) -> list[Participant]:
        """New people with id and code; those known already as they are stored."""
        store = self._desk.store
        centre = store.get(Centre, centre_id)
        codes = free_codes(store, centre.code if centre is not None else "P")
        found = []
        for person in people:
            known = store.get(Participant, person.id) if person.id else None
            if known is None:
                code = person.code.strip() or next(codes)
                known = complete(self._desk, replace(person, code=code), "")
            found.append(known)
        return found

    def _people_problems(self, people: Sequence[Participant], programme: str) -> list[Problem]:
        """What is wrong with each of them; who follows the programme already is named with where.

        By name, for whoever is typed again gets no second training by mistake.
        """
        running = [c for c in self._desk.store.find(Cohort, programme=programme) if not c.closed]
        ids = [cohort.id for cohort in running]
        where = {
            fold(full_name(case.participant)): case.cohort.name
            for case in self._casework.of_cohorts(ids, self._desk.clock.today())
            if case.enrolment.left_on is None
        }
        problems = []
        for person in people:
            problems += person_problems(self._desk, person)
            group = where.get(fold(full_name(person)))
            if group is not None:
                problems.append(
                    Problem(
                        file="",
                        code="already_enrolled",
                        place=full_name(person),
                        reason=message("Ya está inscrita en {cohort}.", cohort=group),
                        remedy=message("Búsquela en ese grupo, o muévala desde Cohortes."),
                    )
                )
        return problems

    def _enrolment(self, person: Participant, cohort: Cohort, starts_on: date) -> Enrolment:
        return Enrolment(
            id=self._desk.ids.new(),
            participant_id=person.id,
            cohort_id=cohort.id,
            enrolled_on=min(self._desk.clock.today(), starts_on),
            starts_on=starts_on,
            route=cohort.route,
            level=cohort.level,
        )


def is_called(person: Participant, name: str) -> bool:
    """Whether all the words of a name are among hers: "Julia Ríos" is "Julia Ríos Peña"."""
    words = set(fold(name).split())
    return bool(words) and words <= set(fold(full_name(person)).split())
