"""Participants and enrolments: codes, homonyms, moving, leaving, removing; several at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from small_office import ES, TODAY, Office

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import (
    Channel,
    DecisionKind,
    LeavingReason,
    Mark,
    Meeting,
    Participant,
    SafeContact,
    TitleForm,
)
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.courses import NewCohort
from facilitator_kit.workspace.importing import FileFormat, duplicate_key
from facilitator_kit.workspace.opening import NewInstitution

CURP = "BOXW310820HNERXN09"


def add(office: Office, name: str = "Lucía", **more: str) -> Participant:
    cohort = office.cohort("Grupo vespertino").id
    return office.kit.people.add(Participant("", "", name, **more), cohort)[0]


def test_codes_count_up_within_the_centre_and_are_never_given_twice(office: Office) -> None:
    first, second = add(office, "Lucía"), add(office, "Lucía")
    assert (first.code, second.code) == ("CR-009", "CR-010")
    office.kit.people.remove(first.id)
    assert add(office).code == "CR-011"
    assert add(office).code == "CR-012"


def test_a_code_somebody_has_is_refused(office: Office) -> None:
    with pytest.raises(InputRefused) as refused:
        office.kit.people.add(
            Participant("", " CR-001 ", "Lucía"), office.cohort("Grupo vespertino").id
        )
    assert [p.code for p in refused.value.problems] == ["code_taken"]
    rosa = office.person("Rosa")
    for code, problem in (("CR-001", "code_taken"), ("", "blank_code"), (" ", "blank_code")):
        with pytest.raises(InputRefused) as refused:
            office.kit.people.save(replace(rosa, code=code))
        assert [p.code for p in refused.value.problems] == [problem]
    assert office.person("Rosa") == rosa


def test_all_problems_of_a_person_are_told_at_once_and_nothing_is_stored(office: Office) -> None:
    long = "a" * 121
    with pytest.raises(InputRefused) as refused:
        office.kit.people.add(
            Participant("", "CR-001", " ", long, long, long), office.cohort("Grupo vespertino").id
        )
    assert sorted(p.code for p in refused.value.problems) == [
        "blank_given_names",
        "code_taken",
        "name_too_long",
        "name_too_long",
        "name_too_long",
    ]
    assert office.kit.people.page().total == 9


def test_homonyms_stay_two_women_with_codes_of_their_own(office: Office) -> None:
    rows = office.kit.people.page("ana lopez").rows
    assert [row.participant.code for row in rows] == ["CR-001", "CR-002"]
    found = office.kit.importing.likely(Participant("", "", "Ana", "Lopez", "Diaz"))
    assert {match.other.code for match in found if match.other} == {"CR-001", "CR-002"}


def test_blanks_around_a_name_go_and_nothing_else_of_it(office: Office) -> None:
    made = add(office, "  María   de  la Luz ", first_surname=" O'Farrill-de  León ")
    assert (made.given_names, made.first_surname) == ("María de la Luz", "O'Farrill-de León")


def test_national_numbers_are_kept_only_where_they_are_switched_on(office: Office) -> None:
    assert add(office, "Lucía", curp=CURP, run="12.667.869-K").curp == ""
    assert office.person("Lucía").run == ""
    rosa = office.person("Rosa")
    office.kit.people.save(replace(rosa, curp=CURP))
    assert office.person("Rosa").curp == ""
    office.kit.institution.save(replace(office.kit.institution.get(), uses_curp=True))
    office.kit.people.save(replace(rosa, curp=CURP.lower(), run="12.667.869-K"))
    assert (office.person("Rosa").curp, office.person("Rosa").run) == (CURP, "")
    # Switched off again, a change of name neither shows nor loses what was once taken.
    office.kit.institution.save(replace(office.kit.institution.get(), uses_curp=False))
    office.kit.people.save(replace(rosa, first_surname="Prado", curp=""))
    assert (office.person("Rosa").first_surname, office.person("Rosa").curp) == ("Prado", CURP)


def test_numbers_of_a_list_are_dropped_too(office: Office) -> None:
    cohort = office.cohort("Grupo vespertino").id
    office.kit.people.add_many([Participant("", "", "Lucía", curp=CURP)], cohort)
    assert office.person("Lucía").curp == ""


def test_a_bad_number_warns_and_does_not_block(office: Office) -> None:
    office.kit.institution.save(replace(office.kit.institution.get(), uses_curp=True))
    wrong = replace(office.person("Rosa"), curp="BOXW310820HNERXN00")
    assert len(office.kit.people.warnings(wrong)) == 1
    assert office.kit.people.problems(wrong) == []
    assert office.kit.people.warnings(replace(wrong, curp=CURP)) == []


def test_who_moves_keeps_her_minutes_and_counts_once_at_the_latest_centre(office: Office) -> None:
    rosa = office.enrolment("Rosa")
    before = office.kit.figures.of(office.running.id)
    minutes = next(
        c for c in office.kit.graduation.candidates((rosa.cohort_id,)) if c.enrolment.id == rosa.id
    ).minutes_attended
    assert minutes == 3 * 120
    valle = office.cohort("Grupo del valle")
    office.kit.people.transfer(rosa.id, valle.id, TODAY)
    moved = next(
        c
        for c in office.kit.graduation.candidates((valle.id,))
        if c.participant == office.person("Rosa")
    )
    assert moved.minutes_attended == minutes
    assert not moved.left
    assert rosa.participant_id not in {
        c.participant.id for c in office.kit.graduation.candidates((rosa.cohort_id,))
    }
    after = office.kit.figures.of(office.running.id)
    assert (after.total.enrolled, after.total.trained) == (before.total.enrolled, 4)
    assert {g.name: (g.enrolled, g.trained) for g in after.by_centre} == {
        "Roble": (2, 2),
        "Valle": (2, 2),
    }
    page = office.kit.people.page("Rosa").rows
    assert [row.centre_name for row in page] == ["Valle"]
    assert office.undone_name() == "Cambiar de cohorte"
    office.kit.undo()
    assert office.kit.figures.of(office.running.id) == before


def test_moves_that_cannot_be(office: Office) -> None:
    rosa = office.enrolment("Rosa")
    valle = office.cohort("Grupo del valle").id
    mentors = office.kit.courses.open_cohort(
        NewCohort(
            office.running.id,
            office.cohort("Grupo del valle").centre_id,
            "Mentoras",
            "MENTORA",
            "peer_mentor",
            "single",
            date(2026, 8, 1),
            (Meeting(5, time(10)),),
        )
    )
    for cohort, on, code in (
        (rosa.cohort_id, TODAY, "same_cohort"),
        (mentors.id, TODAY, "other_programme"),
        (valle, rosa.starts_on - timedelta(days=1), "invalid"),
    ):
        with pytest.raises(KitError) as refused:
            office.kit.people.transfer(rosa.id, cohort, on)
        assert refused.value.code == code
    assert office.enrolment("Rosa") == rosa


def test_leaving_has_a_reason_and_coming_back_takes_it_away(office: Office) -> None:
    rosa = office.enrolment("Rosa")
    office.kit.people.leave(rosa.id, TODAY, LeavingReason.CARE)
    left = office.enrolment("Rosa")
    assert (left.left_on, left.leaving_reason) == (TODAY, LeavingReason.CARE)
    assert office.kit.figures.of(office.running.id).leaving == ((LeavingReason.CARE, 1),)
    states = {
        n.candidate.participant.given_names: n.state
        for n in office.kit.figures.of(office.running.id).not_graduating
    }
    assert states["Rosa"] == "left"
    with pytest.raises(KitError) as refused:
        office.kit.people.leave(rosa.id, TODAY, LeavingReason.WORK)
    assert refused.value.code == "enrolment_closed"
    office.kit.people.come_back(rosa.id)
    assert office.enrolment("Rosa") == rosa


def test_nobody_leaves_before_she_began(office: Office) -> None:
    rosa = office.enrolment("Rosa")
    with pytest.raises(KitError):
        office.kit.people.leave(rosa.id, rosa.starts_on - timedelta(days=1), LeavingReason.WORK)
    assert office.enrolment("Rosa").left_on is None


def test_nobody_is_twice_in_a_programme_at_one_time(office: Office) -> None:
    rosa = office.enrolment("Rosa")
    valle = office.cohort("Grupo del valle").id
    for doing in (
        lambda: office.kit.people.enrol(rosa.participant_id, valle),
        lambda: office.kit.people.enrol_many((rosa.participant_id,), valle),
    ):
        with pytest.raises(KitError) as refused:
            doing()
        assert refused.value.code == "already_enrolled"
    office.kit.people.leave(rosa.id, TODAY, LeavingReason.MOVED)
    office.kit.people.enrol(rosa.participant_id, valle, TODAY)
    with pytest.raises(KitError) as refused:
        office.kit.people.come_back(rosa.id)
    assert refused.value.code == "already_enrolled"


def test_only_who_has_no_record_can_be_removed(office: Office) -> None:
    new = add(office)
    office.kit.followup.keep_draft("person", new.id, "curp", "BO")
    recovery = office.kit.calendars.add_recovery(
        office.cohort("Grupo vespertino").id,
        "M1-1",
        TODAY + timedelta(days=4),
        time(12),
        (office.enrolment("Lucía").id,),
    )
    office.kit.people.remove(new.id)
    assert office.kit.people.page("Lucía").total == 0
    assert office.kit.calendars.session(recovery.id).expected == 0
    assert office.kit.followup.drafts("person", new.id) == {}
    office.kit.undo()
    assert office.kit.people.page("Lucía").total == 1


def test_who_has_a_record_stays(office: Office) -> None:
    decided = add(office)
    office.kit.graduation.decide(
        (office.enrolment("Lucía").id,), DecisionKind.REFUSED, "Falta su documento"
    )
    for person in (decided, office.person("Rosa")):
        with pytest.raises(KitError) as refused:
            office.kit.people.remove(person.id)
        assert refused.value.code == "has_records"
    assert office.kit.people.page().total == 10


def test_her_page_tells_what_was_recorded_for_her(office: Office) -> None:
    seen = office.kit.people.get(office.person("Inés").id)
    assert [view.cohort.name for _e, view in seen.enrolments] == ["Grupo matutino"]
    assert (len(seen.responses), len(seen.contacts)) == (2, 3)
    assert seen.eligibility is not None
    assert seen.eligibility.lacks == ("M1",)


def test_another_level_asks_for_other_modules(office: Office) -> None:
    rosa = office.enrolment("Rosa")
    office.kit.people.change_path(rosa.id, "employment", "advanced")
    lacks = office.kit.people.get(rosa.participant_id).eligibility
    assert lacks is not None
    assert "M4A" in lacks.lacks
    # Her cohort's calendar has no session of it.
    assert lacks.state == "cannot"
    office.kit.undo()
    assert office.kit.people.get(rosa.participant_id).eligibility.state == "can_fulfil"


def test_a_list_is_one_change(office: Office) -> None:
    cohort = office.cohort("Grupo vespertino").id
    people = [
        Participant("", code, "Nueva", surname)
        for code, surname in (("", "Uno"), ("CR-010", "Dos"), ("", "Tres"))
    ]
    assert office.kit.people.add_many(people, cohort) == 3
    codes = {
        p.first_surname: p.code for p in (office.person("Nueva", s) for s in ("Uno", "Dos", "Tres"))
    }
    assert codes == {"Uno": "CR-009", "Dos": "CR-010", "Tres": "CR-011"}
    assert office.kit.courses.cohort(cohort).people == 6
    assert office.undone_name() == "Importar 3 participantes"
    office.kit.undo()
    assert office.kit.people.page("Nueva").total == 0


def test_no_change_is_named_after_a_person(office: Office) -> None:
    new = add(office, "Etelvina", first_surname="Zurbarán")
    enrolment = office.enrolment("Etelvina")
    session = office.sessions("Grupo vespertino")[3]
    office.kit.attendance.mark(session.id, enrolment.id, Mark.PRESENT)
    office.kit.people.save(replace(new, social_name="Etel"))
    office.contact(enrolment.id, TODAY)
    office.kit.people.transfer(enrolment.id, office.cohort("Grupo del valle").id, TODAY)
    told = " ".join(str(info.name) for info in office.kit.desk.store.history(limit=1000))
    for word in ("Etelvina", "Zurbarán", "Etel", "Ana", "López", "Inés"):
        assert word not in told


def test_taking_a_list_out_asks_why_and_keeps_it_out_of_the_changes_name(
    office: Office, tmp_path: Path
) -> None:
    target = tmp_path / "lista.csv"
    cohort = office.cohort("Grupo vespertino").id
    with pytest.raises(KitError) as refused:
        office.kit.importing.export(target, FileFormat.CSV, "  ", cohort)
    assert refused.value.code == "reason_needed"
    assert not target.exists()
    reason = "La pide Julia Ríos"
    assert office.kit.importing.export(target, FileFormat.CSV, reason, cohort) == 3
    text = target.read_text(encoding="utf-8-sig")
    assert "Xóchitl" in text
    assert "CURP" not in text
    last = office.kit.desk.store.history(limit=1)[0]
    assert ES.render(last.name) == "Exportar 3 personas"
    (kept,) = office.kit.followup.drafts("export", cohort).values()
    assert reason in kept


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_a_list_taken_out_comes_into_another_workspace_as_it_was(
    office: Office, front: Front, tmp_path: Path, file_format: FileFormat
) -> None:
    rosa = office.person("Rosa")
    contact = SafeContact(Channel.WHATSAPP, "33 5550 0001", "después de las 17 h", True, "Lupita")
    office.kit.people.save(
        replace(rosa, contact=contact, social_name="Ro", title_form=TitleForm.NEUTRAL)
    )
    target = tmp_path / f"lista.{file_format.value}"
    office.kit.importing.export(target, file_format, "Cambio de equipo")
    secret = "cuatro palabras bien largas"
    new = NewInstitution(
        name="Otro instituto",
        short_name="",
        country="MX",
        city="Tala",
        state="Jalisco",
        centre_name="Sur",
        centre_code="CS",
        user_name="Eva",
        user_position="",
        passphrase=secret,
        passphrase_again=secret,
    )
    other = front.create(tmp_path / "otro", new).workspace
    try:
        proposal = other.importing.propose(other.importing.read(target))
        assert proposal.problems == ()
        # The two homonyms are shown for review, and are two women.
        same = {
            duplicate_key(likely.row, likely.other_row, likely.other): False
            for likely in proposal.duplicates
        }
        assert len(same) == 1
        assert other.people.page().total == 0
        imported = other.importing.store(other.importing.plan(proposal, same), None)
        assert imported.added == 9

        def told(office: Workspace) -> set[Participant]:
            return {replace(r.participant, id="") for r in office.people.page().rows}

        assert told(other) == told(office.kit)
        other.undo()
        assert other.people.page().total == 0
    finally:
        other.close()
