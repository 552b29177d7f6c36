"""The institution's own data: centres, logos, signatories, facilitators, days without sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from facilitator_kit import documents
from facilitator_kit.curriculum import public_holidays
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.records import (
    Centre,
    ClosedDay,
    Cohort,
    Facilitator,
    Institution,
    Logo,
    Signatory,
    User,
)
from facilitator_kit.workspace.desk import Desk, not_found

MAX_LOGO_BYTES = 2_000_000
_CENTRE_CODE = re.compile(r"[A-Z0-9]{2,6}")


class InstitutionOffice:
    """Reads and changes what the institution says of itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self) -> Institution:
        """The institution of this workspace."""
        return self._desk.institution

    def user(self) -> User:
        """Who acts in this workspace."""
        found = self._desk.store.get(User, self._desk.actor_id)
        return found if found is not None else User(self._desk.actor_id, "")

    def save(self, institution: Institution) -> None:
        """Store the institution's data. The sample stays a sample, and only it is one."""
        current = self.get()
        problems = _blank_problems(
            (message("Nombre"), "name", institution.name),
            (message("Ciudad"), "city", institution.city),
        )
        if institution.sample != current.sample:
            raise KitError(
                message("La institución de ejemplo no puede volverse real."),
                message("Cree una institución nueva desde la página de bienvenida."),
                "sample",
            )
        _refuse(problems)
        with self._desk.change(message("Cambiar datos de la institución")) as tx:
            tx.put(replace(institution, id=current.id))

    def set(self, **fields: object) -> None:
        """Store some of the institution's data, by field name, beside what the rest says now."""
        self.save(replace(self.get(), **fields))  # type: ignore[arg-type]  # by name

    def save_user(self, name: str, position: str) -> None:
        """Store the name and position of who acts in this workspace."""
        _refuse(_blank_problems((message("Su nombre"), "name", name)))
        with self._desk.change(message("Cambiar datos de quien trabaja aquí")) as tx:
            tx.put(replace(self.user(), name=name.strip(), position=position.strip()))

    # -- centres -----------------------------------------------------------------------------

    def centres(self, archived: bool = False) -> tuple[Centre, ...]:
        """Centres by name; archived ones only when asked for."""
        found = self._desk.store.find(Centre, order_by="name")
        return tuple(centre for centre in found if archived or not centre.archived)

    def save_centre(self, centre: Centre) -> Centre:
        """Store a centre (id "" makes a new one). Its code cannot change once people carry it."""
        problems = _blank_problems(
            (message("Nombre"), "name", centre.name), (message("Ciudad"), "city", centre.city)
        )
        if not _CENTRE_CODE.fullmatch(centre.code):
            problems.append(
                _problem(
                    message("Código"),
                    "bad_centre_code",
                    message("El código «{code}» no sirve.", code=centre.code),
                    message("Use de 2 a 6 letras mayúsculas o cifras, sin acentos."),
                )
            )
        others = self._desk.store.find(Centre, code=centre.code)
        if any(other.id != centre.id for other in others):
            problems.append(
                _problem(
                    message("Código"),
                    "centre_code_taken",
                    message("Otro centro usa ya el código «{code}».", code=centre.code),
                    message("Elija otro: con él empiezan los folios y las claves."),
                )
            )
        before = self._desk.store.get(Centre, centre.id) if centre.id else None
        used = centre.id and self._desk.store.count(Cohort, centre_id=centre.id)
        if before is not None and before.code != centre.code and used:
            problems.append(
                _problem(
                    message("Código"),
                    "centre_code_in_use",
                    message(
                        "Este centro ya tiene cohortes con el código «{code}».", code=before.code
                    ),
                    message("Deje el código como está."),
                )
            )
        _refuse(problems)
        saved = centre if centre.id else replace(centre, id=self._desk.ids.new())
        name = message("Cambiar centro") if centre.id else message("Agregar centro")
        with self._desk.change(name) as tx:
            tx.put(saved)
        return saved

    # -- logos, signatories, facilitators ------------------------------------------------------

    def logos(self) -> tuple[Logo, ...]:
        """Logos in the order in which they are printed."""
        return self._desk.store.find(Logo, order_by="position")

    def add_logo(self, name: str, data: bytes) -> Logo:
        """Keep a PNG or JPEG of at most 2 MB as the last logo; KitError says what is wrong."""
        wrong = logo_problem(name, data)
        if wrong is not None:
            raise KitError(wrong.reason, wrong.remedy, wrong.code)
        position = len(self.logos()) + 1
        logo = Logo(self._desk.ids.new(), name, position, image_type(data) or "", data)
        with self._desk.change(message("Agregar logotipo")) as tx:
            tx.put(logo)
        return logo

    def remove_logo(self, logo_id: str) -> None:
        with self._desk.change(message("Quitar logotipo")) as tx:
            tx.delete(Logo, logo_id)

    def signatories(
        self, on: date | None = None, centre_id: str | None = None
    ) -> tuple[Signatory, ...]:
        """Signatories in order; with `on`, those in office that day who sign for the centre."""
        found = self._desk.store.find(Signatory, order_by="position")
        if on is None:
            return found
        return tuple(
            person
            for person in found
            if (person.term_from is None or person.term_from <= on)
            and (person.term_to is None or on <= person.term_to)
            and person.centre_id in (None, centre_id)
        )

    def save_signatory(self, person: Signatory) -> Signatory:
        """Store a signatory (id "" makes a new one)."""
        problems = _blank_problems(
            (message("Nombre"), "name", person.name), (message("Cargo"), "title", person.title)
        )
        if person.term_from and person.term_to and person.term_to < person.term_from:
            problems.append(
                _problem(
                    message("Periodo"),
                    "term_reversed",
                    message("El periodo termina antes de empezar."),
                    message("Revise las dos fechas."),
                )
            )
        _refuse(problems)
        saved = person
        if not person.id:
            position = 1 + max((s.position for s in self.signatories()), default=0)
            saved = replace(person, id=self._desk.ids.new(), position=position)
        name = message("Cambiar firmante") if person.id else message("Agregar firmante")
        with self._desk.change(name) as tx:
            tx.put(saved)
        return saved

    def move_signatory(self, signatory_id: str, by: int) -> None:
        """Put a signatory so many places down (or, negative, up) in the order of signing."""
        found = list(self.signatories())
        place = next((n for n, person in enumerate(found) if person.id == signatory_id), None)
        if place is None:
            raise not_found(message("La persona que firma"))
        person = found.pop(place)
        found.insert(min(max(place + by, 0), len(found)), person)
        with self._desk.change(message("Ordenar firmas")) as tx:
            tx.put_all(replace(one, position=number) for number, one in enumerate(found, start=1))

    def remove_signatory(self, signatory_id: str) -> None:
        with self._desk.change(message("Quitar firmante")) as tx:
            tx.delete(Signatory, signatory_id)

    def facilitators(self, active_only: bool = True) -> tuple[Facilitator, ...]:
        """Facilitators by name."""
        found = self._desk.store.find(Facilitator, order_by="name")
        return tuple(person for person in found if person.active or not active_only)

    def save_facilitator(self, person: Facilitator) -> Facilitator:
        """Store a facilitator (id "" makes a new one)."""
        _refuse(_blank_problems((message("Nombre"), "name", person.name)))
        saved = person if person.id else replace(person, id=self._desk.ids.new())
        if person.id:
            name = message("Cambiar persona facilitadora")
        else:
            name = message("Agregar persona facilitadora")
        with self._desk.change(name) as tx:
            tx.put(saved)
        return saved

    # -- days without sessions -----------------------------------------------------------------

    def closed_days(self) -> tuple[ClosedDay, ...]:
        """The institution's own days without sessions, by date."""
        return self._desk.store.find(ClosedDay, order_by="on")

    def holidays(self, years: Iterable[int]) -> dict[date, str]:
        """The country's public holidays of those years, in order, with their names in Spanish."""
        return public_holidays(self.get().country, years)

    def add_closed_day(self, on: date, reason: str, centre_id: str | None = None) -> ClosedDay:
        day = ClosedDay(self._desk.ids.new(), on, reason, centre_id)
        with self._desk.change(message("Agregar día sin sesiones")) as tx:
            tx.put(day)
        return day

    def remove_closed_day(self, closed_day_id: str) -> None:
        with self._desk.change(message("Quitar día sin sesiones")) as tx:
            tx.delete(ClosedDay, closed_day_id)


def image_type(data: bytes) -> str | None:
    """ "image/png" or "image/jpeg" by the first bytes; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return None


def logo_problem(name: str, data: bytes) -> Problem | None:
    """Why an image cannot be a logo; None when it can be printed.

    It is unpacked here, so that a file cut short is refused now and not on the day of the ceremony.
    """
    if image_type(data) is None:
        code = "not_an_image"
        reason = message("«{name}» no es una imagen PNG ni JPEG.", name=name)
        remedy = message("Guarde el logotipo como PNG o JPEG y elíjalo otra vez.")
    elif len(data) > MAX_LOGO_BYTES:
        code = "image_too_large"
        reason = message("La imagen «{name}» pesa más de 2 MB.", name=name)
        remedy = message("Redúzcala: 1,000 puntos de ancho bastan para imprimir.")
    else:
        try:
            documents.logo_reader(data)
        except KitError:
            code = "image_damaged"
            reason = message("La imagen «{name}» está dañada o tiene demasiados puntos.", name=name)
            remedy = message("Ábrala en otro programa, guárdela de nuevo y elíjala otra vez.")
        else:
            return None
    return Problem(file=name, code=code, reason=reason, remedy=remedy, place=message("Logotipos"))


def _problem(place: Message, code: str, reason: Message, remedy: Message) -> Problem:
    return Problem(file="", code=code, reason=reason, remedy=remedy, place=place)


def _blank_problems(*fields: tuple[Message, str, str]) -> list[Problem]:
    return [
        _problem(
            label,
            f"blank_{name}",
            message("Falta: {field}.", field=label),
            message("Escríbalo para guardar."),
        )
        for label, name, value in fields
        if not value.strip()
    ]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InputRefused(
            message("No se guardó: hay datos por corregir."), message(""), problems, "invalid"
        )
