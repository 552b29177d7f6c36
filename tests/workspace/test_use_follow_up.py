"""Surveys, contacts and drafts on plain forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from small_office import TODAY, Office, answers_to

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import (
    Answer,
    Channel,
    ContactTopic,
    FollowUpContact,
    LeavingReason,
)
from facilitator_kit.workspace import Front


def test_an_exit_survey_in_time_lets_her_graduate_and_removing_it_does_not(office: Office) -> None:
    carmen = office.enrolment("Carmen")
    due = office.kit.followup.surveys_due((carmen.cohort_id,), TODAY)
    assert [(d.participant.given_names, d.wave) for d in due] == [("Carmen", Wave.EXIT)]
    office.answer(carmen.id, Wave.EXIT, TODAY)
    assert office.candidate("Carmen").eligibility.state == "fulfilled"
    assert office.kit.followup.surveys_due((carmen.cohort_id,), TODAY) == ()
    response = office.kit.followup.responses(carmen.id)[-1]
    office.kit.followup.remove_response(response.id)
    assert office.candidate("Carmen").eligibility.lacks == ("survey_exit",)
    office.kit.undo()
    assert office.candidate("Carmen").eligibility.state == "fulfilled"


def test_a_second_answer_of_a_wave_replaces_the_first(office: Office) -> None:
    ana = office.enrolment("Ana")
    before = [r for r in office.kit.followup.responses(ana.id) if r.wave is Wave.EXIT]
    office.answer(ana.id, Wave.EXIT, TODAY)
    after = [r for r in office.kit.followup.responses(ana.id) if r.wave is Wave.EXIT]
    assert len(before) == len(after) == 1
    assert after[0].answered_on == TODAY


def test_a_form_tells_all_that_is_wrong_and_stores_nothing(office: Office) -> None:
    carmen = office.enrolment("Carmen")
    required = [q for q in office.kit.followup.instrument(Wave.EXIT).questions if q.required]
    wrong = (Answer(required[0].name, "nada de esto"), Answer("sin_pregunta", "1"))
    with pytest.raises(InputRefused) as refused:
        office.kit.followup.record_response(carmen.id, Wave.EXIT, TODAY, wrong)
    codes = [problem.code for problem in refused.value.problems]
    assert codes.count("answer_missing") == len(required) - 1
    assert "unknown_question" in codes
    assert len(codes) == len(required) + 1
    assert [r.wave for r in office.kit.followup.responses(carmen.id)] == [Wave.ENTRY]


def test_nothing_is_dated_in_the_future(office: Office) -> None:
    carmen = office.enrolment("Carmen")
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(KitError) as refused:
        office.answer(carmen.id, Wave.EXIT, tomorrow)
    assert refused.value.code == "future_date"
    with pytest.raises(KitError) as refused:
        office.contact(carmen.id, tomorrow)
    assert refused.value.code == "future_date"
    assert len(office.kit.followup.contacts(carmen.id)) == 3


def test_a_wave_without_a_form_is_told(office: Office) -> None:
    with pytest.raises(KitError) as refused:
        office.kit.followup.instrument(Wave.P12)
    assert refused.value.code == "not_found"


def test_contacts_due_go_down_as_they_are_made(office: Office) -> None:
    rosa = office.enrolment("Rosa")

    def made() -> int:
        due = office.kit.followup.contacts_due((rosa.cohort_id,), TODAY)
        return next(d.made for d in due if d.enrolment.id == rosa.id)

    assert made() == 0
    office.contact(rosa.id, TODAY)
    assert made() == 1
    missed = FollowUpContact("", rosa.id, TODAY, Channel.CALL, ContactTopic.WORK, reached=False)
    office.kit.followup.record_contact(missed)
    assert made() == 1  # nobody answered: it does not count


def test_a_contact_is_corrected_in_place(office: Office) -> None:
    first = office.kit.followup.contacts(office.enrolment("Rosa").id)
    assert first == ()
    contact = office.contact(office.enrolment("Rosa").id, TODAY)
    office.kit.followup.record_contact(replace(contact, agreement="Trae su credencial"))
    found = office.kit.followup.contacts(contact.enrolment_id)
    assert [c.agreement for c in found] == ["Trae su credencial"]
    with pytest.raises(KitError):
        office.kit.followup.record_contact(replace(contact, next_on=TODAY - timedelta(days=1)))
    office.kit.followup.remove_contact(contact.id)
    assert office.kit.followup.contacts(contact.enrolment_id) == ()


def test_who_left_is_due_for_nothing(office: Office) -> None:
    carmen = office.enrolment("Carmen")
    office.kit.people.leave(carmen.id, TODAY, LeavingReason.WORK)
    assert office.kit.followup.surveys_due((carmen.cohort_id,), TODAY) == ()


def test_what_was_typed_and_is_not_valid_survives_closing(office: Office, front: Front) -> None:
    carmen = office.enrolment("Carmen")
    office.kit.followup.keep_draft("survey_exit", carmen.id, "care_hours", "cuarenta")
    office.kit.close()
    again = office.kit = front.open(office.kit.folder)
    assert again.followup.drafts("survey_exit", carmen.id) == {"care_hours": "cuarenta"}
    again.followup.keep_draft("survey_exit", carmen.id, "care_hours", "cuarenta y")
    assert again.followup.drafts("survey_exit", carmen.id) == {"care_hours": "cuarenta y"}
    # A draft is no record, and what it was typed for is stored without it.
    assert [r.wave for r in again.followup.responses(carmen.id)] == [Wave.ENTRY]
    again.followup.record_response(carmen.id, Wave.EXIT, TODAY, answers_to(again, Wave.EXIT))
    assert again.followup.drafts("survey_exit", carmen.id) == {}


def test_typing_a_draft_is_not_what_undo_takes_back(office: Office) -> None:
    carmen = office.enrolment("Carmen")
    contact = office.contact(carmen.id, TODAY)
    office.kit.followup.keep_draft("person", carmen.participant_id, "curp", "BO")
    assert office.undone_name() == "Anotar seguimiento"
    office.kit.undo()
    assert contact.id not in {c.id for c in office.kit.followup.contacts(carmen.id)}
    assert office.kit.followup.drafts("person", carmen.participant_id) == {"curp": "BO"}
    office.kit.followup.keep_draft("person", carmen.participant_id, "curp", None)
    assert office.kit.followup.drafts("person", carmen.participant_id) == {}
