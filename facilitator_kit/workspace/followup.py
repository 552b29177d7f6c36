"""Surveys answered and follow-up contacts made, on plain forms, and who is due for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from facilitator_kit.curriculum.instruments import answer_problems
from facilitator_kit.curriculum.records import Instrument, Wave
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.eligibility import EligibilityState, LineKind
from facilitator_kit.monitoring.records import (
    Answer,
    Draft,
    Enrolment,
    FollowUpContact,
    Response,
)
from facilitator_kit.workspace.casework import Casework
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.drafts import Drafts
from facilitator_kit.workspace.views import ContactDue, SurveyDue

if TYPE_CHECKING:
    from facilitator_kit.store import Transaction

CONTACT_FORM = "contact"


def survey_form(wave: Wave) -> str:
    """The name under which drafts of a wave's form are kept, by enrolment."""
    return f"survey_{wave.value}"


def forget_drafts(tx: Transaction, form: str, record_id: str) -> None:
    """Within a change, forget what was typed in a form: it is stored now."""
    for draft in tx.find(Draft, form=form, record_id=record_id):
        tx.delete(Draft, draft.id)


class FollowUp:
    """Responses, contacts, what is due, and the drafts of fields not yet valid."""

    def __init__(self, desk: Desk, casework: Casework) -> None:
        self._desk = desk
        self._casework = casework
        self._drafts = Drafts(desk)

    # -- surveys -------------------------------------------------------------------------------

    def instrument(self, wave: Wave) -> Instrument:
        """The form of a wave, from the pack in force; a KitError when there is none."""
        for instrument in self._desk.pack_in_force.instruments:
            if instrument.wave is wave:
                return instrument
        raise not_found(message("El formulario"))

    def responses(self, enrolment_id: str) -> tuple[Response, ...]:
        """Her answered forms, by date."""
        return self._desk.store.find(Response, enrolment_id=enrolment_id, order_by="answered_on")

    def record_response(
        self, enrolment_id: str, wave: Wave, answered_on: date, answers: tuple[Answer, ...]
    ) -> Response:
        """Store an answered form; a second one of the same wave replaces the first.

        What was kept as drafts of this form is forgotten by the same change.
        """
        refuse_future(self._desk, answered_on)
        instrument = self.instrument(wave)
        problems = answer_problems(instrument, {a.name: a.value for a in answers})
        if problems:
            raise InputRefused(
                message("No se guardó la encuesta: hay respuestas por corregir."),
                message(""),
                problems,
                "invalid",
            )
        self._enrolment(enrolment_id)
        earlier = self._desk.store.find(Response, enrolment_id=enrolment_id, wave=wave)
        response = Response(
            id=earlier[0].id if earlier else self._desk.ids.new(),
            enrolment_id=enrolment_id,
            wave=wave,
            instrument=instrument.code,
            instrument_version=instrument.version,
            answered_on=answered_on,
            answers=tuple(a for a in answers if a.value),
        )
        with self._desk.change(message("Guardar encuesta")) as tx:
            tx.put(response)
            forget_drafts(tx, survey_form(wave), enrolment_id)
        return response

    def remove_response(self, response_id: str) -> None:
        with self._desk.change(message("Quitar encuesta")) as tx:
            tx.delete(Response, response_id)

    # -- follow-up contacts ----------------------------------------------------------------------

    def contacts(self, enrolment_id: str) -> tuple[FollowUpContact, ...]:
        """Her follow-up contacts, by date."""
        return self._desk.store.find(FollowUpContact, enrolment_id=enrolment_id, order_by="on")

    def record_contact(self, contact: FollowUpContact) -> FollowUpContact:
        """Store a follow-up contact (id "" makes a new one); its form's drafts are forgotten."""
        refuse_future(self._desk, contact.on)
        if contact.next_on is not None and contact.next_on < contact.on:
            raise KitError(
                message("El próximo contacto es anterior a este."),
                message("Revise las dos fechas."),
                "invalid",
            )
        self._enrolment(contact.enrolment_id)
        saved = contact if contact.id else replace(contact, id=self._desk.ids.new())
        name = message("Cambiar seguimiento") if contact.id else message("Anotar seguimiento")
        with self._desk.change(name) as tx:
            tx.put(saved)
            forget_drafts(tx, CONTACT_FORM, contact.enrolment_id)
        return saved

    def remove_contact(self, contact_id: str) -> None:
        with self._desk.change(message("Quitar seguimiento")) as tx:
            tx.delete(FollowUpContact, contact_id)

    # -- what is due -----------------------------------------------------------------------------

    def contacts_due(self, cohort_ids: tuple[str, ...], on: date) -> tuple[ContactDue, ...]:
        """Women whose contacts can still be completed, the nearest deadline first."""
        due = []
        for case in self._casework.of_cohorts(cohort_ids, on):
            if case.enrolment.left_on is not None:
                continue
            for line in case.eligibility.lines:
                if line.kind is LineKind.CONTACTS and line.state is EligibilityState.CAN_FULFIL:
                    assert line.until is not None  # a contact always has a deadline
                    due.append(
                        ContactDue(
                            case.participant,
                            case.enrolment,
                            case.cohort,
                            line.have,
                            line.required,
                            line.until,
                        )
                    )
        return tuple(sorted(due, key=lambda d: (d.due_on, d.made, d.participant.code)))

    def surveys_due(self, cohort_ids: tuple[str, ...], on: date) -> tuple[SurveyDue, ...]:
        """Surveys that can still be answered in time, the nearest deadline first."""
        due = []
        for case in self._casework.of_cohorts(cohort_ids, on):
            if case.enrolment.left_on is not None:
                continue
            for line in case.eligibility.lines:
                if line.kind is LineKind.SURVEY and line.state is EligibilityState.CAN_FULFIL:
                    assert line.until is not None  # a survey always has a deadline
                    wave = Wave(line.code.removeprefix("survey_"))
                    due.append(
                        SurveyDue(case.participant, case.enrolment, case.cohort, wave, line.until)
                    )
        return tuple(sorted(due, key=lambda d: (d.due_on, d.wave, d.participant.code)))

    # -- drafts ----------------------------------------------------------------------------------

    def drafts(self, form: str, record_id: str) -> dict[str, str]:
        """What was typed in a form's fields and is not valid yet, by field."""
        return self._drafts.of(form, record_id)

    def unfinished(self, enrolment_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """Which surveys and contacts of these women are half typed: the forms, by enrolment."""
        forms = (CONTACT_FORM, *(survey_form(wave) for wave in Wave))
        found: dict[str, set[str]] = {}
        for draft in self._desk.store.find(Draft, form=forms, record_id=tuple(enrolment_ids)):
            found.setdefault(draft.record_id, set()).add(draft.form)
        return {enrolment_id: frozenset(forms) for enrolment_id, forms in found.items()}

    def discard_drafts(self, form: str, record_id: str) -> None:
        """Throw away what was typed in a form and never stored."""
        # Not to be undone by name, as what was typed is not.
        with self._desk.store.change(
            message("Borrador"), actor=self._desk.actor_id, undoable=False
        ) as tx:
            forget_drafts(tx, form, record_id)

    def keep_draft(self, form: str, record_id: str, field: str, text: str | None) -> None:
        """Keep what was typed in one field, flagged; None (the field is valid now) forgets it."""
        self._drafts.keep(form, record_id, field, text)

    # --------------------------------------------------------------------------------------------

    def _enrolment(self, enrolment_id: str) -> Enrolment:
        found = self._desk.store.get(Enrolment, enrolment_id)
        if found is None:
            raise not_found(message("La inscripción"))
        return found


def refuse_future(desk: Desk, day: date) -> None:
    """Raise a KitError for a day that has not come yet."""
    if day > desk.clock.today():
        raise KitError(
            message("La fecha todavía no llega."),
            message("Escriba la fecha de hoy o una anterior."),
            "future_date",
        )
