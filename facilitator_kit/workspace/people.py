"""Participants: finding them, writing them down, enrolling, moving, leaving, importing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from facilitator_kit import store as stores
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import Message, message, plural_message
from facilitator_kit.monitoring.eligibility import Eligibility
from facilitator_kit.monitoring.national_ids import curp_warning, run_warning
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    Cohort,
    Decision,
    Draft,
    Enrolment,
    FollowUpContact,
    LeavingReason,
    Participant,
    RecoveryPlace,
    RegisterLine,
    Response,
)
from facilitator_kit.workspace.casework import Casework
from facilitator_kit.workspace.courses import Courses
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.views import PersonView

if TYPE_CHECKING:
    from facilitator_kit.store import PeoplePage, Store

MAX_NAME = 120
PeopleOrder = Literal["name", "code", "cohort", "centre"]


class People:
    """Participants and their enrolments."""

    def __init__(self, desk: Desk, courses: Courses, casework: Casework) -> None:
        self._desk = desk
        self._courses = courses
        self._casework = casework

    # -- finding -------------------------------------------------------------------------------

    def page(
        self,
        text: str = "",
        *,
        centre_id: str | None = None,
        cohort_id: str | None = None,
        generation_id: str | None = None,
        order: PeopleOrder = "name",
        descending: bool = False,
        offset: int = 0,
        limit: int = 200,
    ) -> PeoplePage:
        """One page of the people list, sorted and searched by the database."""
        return self._desk.store.people_page(
            text,
            centre_id=centre_id,
            cohort_id=cohort_id,
            generation_id=generation_id,
            order=order,
            descending=descending,
            offset=offset,
            limit=limit,
        )

    def get(self, participant_id: str) -> PersonView:
        """One woman with everything recorded for her; a KitError when she is gone."""
        person = self._desk.store.get(Participant, participant_id)
        if person is None:
            raise not_found(message("La participante"))
        store = self._desk.store
        enrolments = store.find(Enrolment, participant_id=participant_id, order_by="starts_on")
        ids = tuple(enrolment.id for enrolment in enrolments)
        cases = self._casework.of_people((participant_id,), self._desk.clock.today())
        standing: Eligibility | None = None
        if cases:
            # What she follows now, or followed last, is what the page explains.
            standing = max(
                cases, key=lambda c: (c.enrolment.left_on is None, c.enrolment.starts_on)
            ).eligibility
        return PersonView(
            participant=person,
            enrolments=tuple((e, self._courses.cohort(e.cohort_id)) for e in enrolments),
            responses=store.find(Response, enrolment_id=ids, order_by="answered_on"),
            contacts=store.find(FollowUpContact, enrolment_id=ids, order_by="on"),
            lines=store.find(RegisterLine, participant_id=participant_id),
            eligibility=standing,
        )

    # -- writing down ----------------------------------------------------------------------------

    def next_code(self, centre_id: str) -> str:
        """The next free code of a centre: "CR-014"."""
        centre = self._desk.store.get(Centre, centre_id)
        if centre is None:
            raise not_found(message("El centro"))
        return next(free_codes(self._desk.store, centre.code))

    def save(self, person: Participant) -> None:
        """Change a participant's data; a KitError with every problem when they cannot stand."""
        before = self._desk.store.get(Participant, person.id)
        if before is None:
            raise not_found(message("La participante"))
        refuse(self.problems(person))
        institution = self._desk.institution
        # A national number that is not asked for is neither taken nor, if it was once, lost.
        kept = replace(
            person,
            curp=person.curp if institution.uses_curp else before.curp,
            run=person.run if institution.uses_run else before.run,
        )
        with self._desk.change(message("Cambiar datos de participante")) as tx:
            tx.put(tidied(kept))

    def add(
        self, person: Participant, cohort_id: str, starts_on: date | None = None
    ) -> tuple[Participant, Enrolment]:
        """Write down a new participant (id and code "" are made) and enrol her in a cohort."""
        view = self._courses.cohort(cohort_id)
        new = complete(self._desk, person, view.centre.code)
        refuse(self.problems(new))
        enrolment = self._enrolment(new.id, view.cohort, starts_on)
        with self._desk.change(message("Inscribir participante")) as tx:
            tx.put(new)
            tx.put(enrolment)
        return new, enrolment

    def _enrolment(
        self,
        participant_id: str,
        cohort: Cohort,
        starts_on: date | None,
        route: str = "",
        level: str = "",
    ) -> Enrolment:
        first = starts_on or cohort.starts_on
        return Enrolment(
            id=self._desk.ids.new(),
            participant_id=participant_id,
            cohort_id=cohort.id,
            enrolled_on=min(self._desk.clock.today(), first),
            starts_on=first,
            route=route or cohort.route,
            level=level or cohort.level,
        )

    def problems(self, person: Participant) -> list[Problem]:
        """What keeps a participant from being stored."""
        return person_problems(self._desk, person)

    def warnings(self, person: Participant) -> list[Message]:
        """What looks mistaken but does not keep her from being stored: a national number."""
        institution = self._desk.institution
        found = []
        if institution.uses_curp and person.curp:
            found.append(curp_warning(person.curp))
        if institution.uses_run and person.run:
            found.append(run_warning(person.run))
        return [warning for warning in found if warning is not None]

    def remove(self, participant_id: str) -> None:
        """Remove somebody written down by mistake: only while nothing was recorded for her."""
        store = self._desk.store
        enrolments = store.find(Enrolment, participant_id=participant_id)
        ids = tuple(enrolment.id for enrolment in enrolments)
        recorded = (
            store.count(AttendanceMark, enrolment_id=ids)
            or store.count(Response, enrolment_id=ids)
            or store.count(FollowUpContact, enrolment_id=ids)
            or store.count(Decision, enrolment_id=ids)
            or store.count(RegisterLine, participant_id=participant_id)
        )
        if recorded:
            raise KitError(
                message("Ya tiene asistencia, encuestas o seguimiento anotados."),
                message("Si dejó el programa, use «Dejó el programa»."),
                "has_records",
            )
        with self._desk.change(message("Quitar participante")) as tx:
            for place in tx.find(RecoveryPlace, enrolment_id=ids):
                tx.delete(RecoveryPlace, place.id)
            for draft in tx.find(Draft, record_id=(participant_id, *ids)):
                tx.delete(Draft, draft.id)
            tx.delete_all(Enrolment, ids)
            tx.delete(Participant, participant_id)

    # -- enrolments ------------------------------------------------------------------------------

    def enrol(
        self,
        participant_id: str,
        cohort_id: str,
        starts_on: date | None = None,
        route: str = "",
        level: str = "",
    ) -> Enrolment:
        """Enrol an existing participant in one more cohort (of another programme, mostly)."""
        cohort = self._courses.cohort(cohort_id).cohort
        its = self._already_in(cohort, (participant_id,)).get(participant_id)
        if its is not None:
            raise _already_enrolled(its)
        enrolment = self._enrolment(participant_id, cohort, starts_on, route, level)
        with self._desk.change(message("Inscribir en {cohort}", cohort=cohort.name)) as tx:
            tx.put(enrolment)
        return enrolment

    def _already_in(self, cohort: Cohort, participant_ids: Collection[str]) -> dict[str, Cohort]:
        """Who of them follows the cohort's programme already, and in which cohort."""
        store = self._desk.store
        running = {
            other.id: other
            for other in store.find(Cohort, programme=cohort.programme)
            if not other.closed or other.id == cohort.id
        }
        return {
            enrolment.participant_id: running[enrolment.cohort_id]
            for enrolment in store.find(
                Enrolment, participant_id=tuple(participant_ids), left_on=None
            )
            if enrolment.cohort_id in running
        }

    def enrol_many(
        self, participant_ids: Collection[str], cohort_id: str, starts_on: date | None = None
    ) -> tuple[Enrolment, ...]:
        """Enrol several in a cohort as one change; none if one is in such a course already."""
        cohort = self._courses.cohort(cohort_id).cohort
        for its in self._already_in(cohort, participant_ids).values():
            raise _already_enrolled(its)
        made = tuple(self._enrolment(person, cohort, starts_on) for person in participant_ids)
        with self._desk.change(message("Inscribir en {cohort}", cohort=cohort.name)) as tx:
            tx.put_all(made)
        return made

    def transfer(
        self, enrolment_id: str, cohort_id: str, on: date, route: str = "", level: str = ""
    ) -> Enrolment:
        """Move a woman to another cohort from a day on; she keeps her minutes.

        She follows the new cohort's route and level unless others are named.
        """
        before = self._open_enrolment(enrolment_id)
        cohort = self._courses.cohort(cohort_id).cohort
        if cohort.id == before.cohort_id:
            raise KitError(
                message("Ya está en {cohort}.", cohort=cohort.name),
                message("Elija otra cohorte."),
                "same_cohort",
            )
        if cohort.programme != self._courses.cohort(before.cohort_id).cohort.programme:
            raise KitError(
                message("{cohort} sigue otro programa.", cohort=cohort.name),
                message("Inscríbala en él: cada programa lleva su propia inscripción."),
                "other_programme",
            )
        if on < before.starts_on:
            raise KitError(
                message("La fecha del cambio es anterior a su inicio."),
                message("Elija una fecha posterior."),
                "invalid",
            )
        after = replace(
            self._enrolment(before.participant_id, cohort, on, route, level), enrolled_on=on
        )
        with self._desk.change(message("Cambiar de cohorte")) as tx:
            tx.put(after)
            tx.put(replace(before, left_on=on, transferred_to=after.id))
        return after

    def leave(self, enrolment_id: str, on: date, reason: LeavingReason) -> None:
        """Note that a woman left the programme, and why."""
        before = self._open_enrolment(enrolment_id)
        if on < before.starts_on:
            raise KitError(
                message("La fecha en que lo dejó es anterior a su inicio."),
                message("Elija una fecha posterior."),
                "invalid",
            )
        with self._desk.change(message("Anotar que dejó el programa")) as tx:
            tx.put(replace(before, left_on=on, leaving_reason=reason))

    def come_back(self, enrolment_id: str) -> None:
        """She came back: leaving is taken away again."""
        found = self._desk.store.get(Enrolment, enrolment_id)
        if found is None or found.transferred_to is not None:
            raise not_found(message("La inscripción"))
        cohort = self._courses.cohort(found.cohort_id).cohort
        its = self._already_in(cohort, (found.participant_id,)).get(found.participant_id)
        if its is not None:
            raise _already_enrolled(its)
        with self._desk.change(message("Anotar que volvió")) as tx:
            tx.put(replace(found, left_on=None, leaving_reason=None))

    def change_path(self, enrolment_id: str, route: str, level: str) -> None:
        """Change the route and level that she follows."""
        found = self._open_enrolment(enrolment_id)
        cohort = self._courses.cohort(found.cohort_id).cohort
        self._desk.pack_of(cohort).programme(cohort.programme).level(route, level)
        with self._desk.change(message("Cambiar ruta o nivel")) as tx:
            tx.put(replace(found, route=route, level=level))

    def _open_enrolment(self, enrolment_id: str) -> Enrolment:
        found = self._desk.store.get(Enrolment, enrolment_id)
        if found is None:
            raise not_found(message("La inscripción"))
        if found.left_on is not None:
            raise KitError(
                message("Esta inscripción ya está cerrada."),
                message("Abra la inscripción vigente."),
                "enrolment_closed",
            )
        return found

    # -- several at once -------------------------------------------------------------------------

    def add_many(
        self,
        people: Sequence[Participant],
        cohort_id: str | None,
        starts_on: date | None = None,
        *,
        also_enrol: Collection[str] = (),
    ) -> int:
        """Store many new participants as one change (codes "" are made); how many it was.

        `also_enrol` are participants known already, enrolled in the cohort by the same change.
        """
        cohort = self._courses.cohort(cohort_id).cohort if cohort_id else None
        given = {person.code.strip() for person in people}
        codes = free_codes(self._desk.store, self._prefix(cohort))
        free = (code for code in codes if code not in given)
        new = [
            complete(self._desk, replace(person, code=person.code.strip() or next(free)), "")
            for person in people
        ]
        name = plural_message(
            "Importar {count} participante",
            "Importar {count} participantes",
            len(new) + len(also_enrol),
        )
        with self._desk.change(name) as tx:
            tx.put_all(new)
            if cohort is not None:
                everybody = (*(person.id for person in new), *also_enrol)
                tx.put_all(self._enrolment(one, cohort, starts_on) for one in everybody)
        return len(new)

    def _prefix(self, cohort: Cohort | None) -> str:
        if cohort is None:
            return "P"
        centre = self._desk.store.get(Centre, cohort.centre_id)
        return centre.code if centre is not None else "P"


def _already_enrolled(cohort: Cohort) -> KitError:
    return KitError(
        message("Ya está inscrita en {cohort}.", cohort=cohort.name),
        message("Use «Cambiar de cohorte» para moverla."),
        "already_enrolled",
    )


def person_problems(desk: Desk, person: Participant) -> list[Problem]:
    """What keeps a participant from being stored."""
    problems = []
    if not person.given_names.strip():
        problems.append(
            _problem(
                message("Nombre"),
                "blank_given_names",
                message("Falta el nombre."),
                message("Escriba al menos un nombre."),
            )
        )
    for label, value in (
        (message("Nombre"), person.given_names),
        (message("Primer apellido"), person.first_surname),
        (message("Segundo apellido"), person.second_surname),
        (message("Nombre social"), person.social_name),
    ):
        if len(value) > MAX_NAME:
            problems.append(
                _problem(
                    label,
                    "name_too_long",
                    message("Tiene {count} letras.", count=len(value)),
                    message("Escriba {most} o menos.", most=MAX_NAME),
                )
            )
    others = desk.store.find(Participant, code=person.code.strip())
    if not person.code.strip():
        problems.append(
            _problem(
                message("Código"),
                "blank_code",
                message("Falta el código."),
                message("Use el siguiente código libre."),
            )
        )
    elif any(other.id != person.id for other in others):
        problems.append(
            _problem(
                message("Código"),
                "code_taken",
                message("Otra participante tiene el código {code}.", code=person.code),
                message("Use el siguiente código libre."),
            )
        )
    return problems


def refuse(problems: list[Problem]) -> None:
    """Raise with every problem there is."""
    if problems:
        raise InputRefused(
            message("No se guardó: hay datos por corregir."), message(""), problems, "invalid"
        )


def complete(desk: Desk, person: Participant, prefix: str) -> Participant:
    """A new participant as she is stored: with id and code, without numbers that are not asked."""
    institution = desk.institution
    return tidied(
        replace(
            person,
            id=person.id or desk.ids.new(),
            code=person.code.strip() or next(free_codes(desk.store, prefix)),
            curp=person.curp if institution.uses_curp else "",
            run=person.run if institution.uses_run else "",
        )
    )


def free_codes(store: Store, prefix: str) -> Iterator[str]:
    """Codes that nobody has, "CR-014" for the prefix "CR", counting up from how many there are."""
    number = store.count(Participant, code=stores.Range(f"{prefix}-", f"{prefix}-~"))
    while True:
        number += 1
        code = f"{prefix}-{number:03d}"
        if not store.count(Participant, code=code):
            yield code


def tidied(person: Participant) -> Participant:
    """Blanks at the ends and doubled inside go; nothing else of a name is touched."""
    return replace(
        person,
        code=person.code.strip(),
        given_names=" ".join(person.given_names.split()),
        first_surname=" ".join(person.first_surname.split()),
        second_surname=" ".join(person.second_surname.split()),
        social_name=" ".join(person.social_name.split()),
        curp=person.curp.strip().upper(),
        run=person.run.strip().upper(),
    )


def _problem(place: Message, code: str, reason: Message, remedy: Message) -> Problem:
    return Problem(file="", code=code, reason=reason, remedy=remedy, place=place)
