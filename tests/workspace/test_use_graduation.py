"""Decisions and folios: who may graduate, and that no number is spent in vain or spent twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from small_office import LONG_NAME, TODAY, Office, renamed

from facilitator_kit.errors import InputRefused, KitError, NotUndone
from facilitator_kit.monitoring.graduation import is_intact
from facilitator_kit.monitoring.records import DecisionKind, Mark, RegisterState, Signatory
from facilitator_kit.progress import finish
from facilitator_kit.workspace import Front

PLACE = "Guadalajara, Jalisco"


def fulfilled(office: Office) -> list[str]:
    """The enrolments of the three who fulfil everything, by their codes."""
    return [
        c.enrolment.id
        for code, c in sorted(office.candidates().items())
        if c.eligibility.state == "fulfilled"
    ]


def graduated(office: Office) -> list[str]:
    """Decide and issue for the three; their folios."""
    ids = fulfilled(office)
    office.kit.graduation.decide(ids, DecisionKind.GRADUATES)
    return [line.folio for line in office.kit.graduation.issue(ids, TODAY, PLACE)]


def problems_of(doing: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(InputRefused) as refused:
        doing()
    return sorted((str(p.place), p.code) for p in refused.value.problems)


# -- decisions -----------------------------------------------------------------------------------


def test_those_who_do_not_fulfil_are_all_named_and_nothing_is_decided(office: Office) -> None:
    everyone = [c.enrolment.id for c in office.candidates().values()]
    assert problems_of(lambda: office.kit.graduation.decide(everyone, DecisionKind.GRADUATES)) == [
        ("Carmen Ruiz", "not_fulfilled"),
        ("Inés Mora Paz", "not_fulfilled"),
    ]
    assert all(c.decision is None for c in office.candidates().values())


@pytest.mark.parametrize("kind", [DecisionKind.EXCEPTION, DecisionKind.REFUSED])
def test_an_exception_and_a_refusal_carry_their_reason(office: Office, kind: DecisionKind) -> None:
    ids = [office.enrolment("Carmen").id, office.enrolment("Inés").id]
    assert problems_of(lambda: office.kit.graduation.decide(ids, kind, "  ")) == [
        ("Carmen Ruiz", "reason_needed"),
        ("Inés Mora Paz", "reason_needed"),
    ]
    office.kit.graduation.decide(ids, kind, "  Consta en acta ")
    found = [office.candidate("Carmen"), office.candidate("Inés")]
    assert {c.decision.reason for c in found if c.decision} == {"Consta en acta"}
    assert {c.graduates for c in found} == {kind is DecisionKind.EXCEPTION}


def test_a_decision_says_who_when_and_by_which_rule(office: Office) -> None:
    (made,) = office.kit.graduation.decide(fulfilled(office)[:1], DecisionKind.GRADUATES)
    assert (made.decided_on, made.rule, made.rule_version) == (TODAY, "SCE 2022-2", 3)
    assert office.kit.institution.user().id == made.decided_by
    assert office.undone_name() == "Decidir la graduación de 1 participante"
    office.kit.undo()
    assert all(c.decision is None for c in office.candidates().values())


def test_a_later_correction_flags_the_decision_and_withdraws_nothing(office: Office) -> None:
    graduated(office)
    assert not any(c.evidence_changed for c in office.candidates().values())
    office.set_today(TODAY + timedelta(days=30))
    assert not any(c.evidence_changed for c in office.candidates().values())
    first = next(s for s in office.sessions("Grupo matutino") if s.session == "CG-1")
    corrected = office.candidates()["CR-001"]
    office.kit.attendance.mark(
        first.id, corrected.enrolment.id, Mark.ABSENT, reason="No asistió: era su homónima"
    )
    after = office.candidates()
    assert {code for code, c in after.items() if c.evidence_changed} == {"CR-001"}
    assert after["CR-001"].eligibility.state == "cannot"
    assert after["CR-001"].decision == corrected.decision
    assert after["CR-001"].line == corrected.line
    assert office.kit.figures.of(office.finished.id).total.graduates == 3


def test_the_last_decision_stands_until_a_folio_rests_on_it(office: Office) -> None:
    one = fulfilled(office)[0]
    office.kit.graduation.decide((one,), DecisionKind.REFUSED, "Pidió esperar")
    office.kit.graduation.decide((one,), DecisionKind.GRADUATES)
    assert office.candidates()["CR-001"].graduates
    office.kit.graduation.issue((one,), TODAY, PLACE)
    assert problems_of(
        lambda: office.kit.graduation.decide((one,), DecisionKind.REFUSED, "Tarde")
    ) == [("Ana López Díaz", "has_folio")]


def test_reasons_name_the_session_that_would_close_the_gap(office: Office) -> None:
    reasons = office.kit.graduation.reasons(office.enrolment("Inés").id)
    (need,) = reasons.needs
    assert (need.module, need.missing) == ("M1", 120)
    assert [lacked.session for lacked in need.lacked] == ["M1-2", "M1-5", "M1-8"]
    assert len(need.suggested) == 1


# -- issuing -------------------------------------------------------------------------------------


def test_folios_follow_one_another_and_carry_all_that_is_printed(office: Office) -> None:
    assert graduated(office) == ["CR-2026-0001", "CR-2026-0002", "CR-2026-0003"]
    views = office.kit.register.folios()
    assert [v.line.printed_name for v in views] == ["Ana López Díaz", "Ana López Díaz", LONG_NAME]
    line = views[0].line
    assert (line.centre, line.cohort, line.place) == ("Roble", "Grupo matutino", PLACE)
    assert line.hours_minutes == 72 * 60
    assert (line.starts_on, line.ends_on) == (date(2026, 4, 13), line.ends_on)
    assert [signer.name for signer in line.signers] == ["Mtra. Nora Sol"]
    assert line.sample
    assert line.issued_by == "Dirección"
    assert all(is_intact(view.line) for view in views)
    assert (line.book, line.leaf, line.line) == (1, 1, 1)


def test_no_certificate_names_an_end_that_is_still_to_come(office: Office) -> None:
    ines = office.enrolment("Inés")
    office.kit.calendars.add_recovery(
        ines.cohort_id, "M1-1", TODAY + timedelta(days=9), time(10), (ines.id,)
    )
    office.kit.graduation.decide((ines.id,), DecisionKind.EXCEPTION, "La recupera después")
    (line,) = office.kit.graduation.issue((ines.id,), TODAY, PLACE)
    assert line.ends_on == TODAY


def test_homonyms_are_pointed_out_and_issued_apart(office: Office) -> None:
    found = office.kit.graduation.proof(office.candidates().values())
    homonyms = {x.candidate.participant.code: x.homonyms for x in found}
    assert homonyms["CR-001"] == ("CR-002",)
    assert homonyms["CR-002"] == ("CR-001",)
    assert homonyms["CR-004"] == ()
    graduated(office)
    lines = [office.candidates()[code].line for code in ("CR-001", "CR-002")]
    assert len({line.folio for line in lines if line}) == 2
    assert [line.participant_code for line in lines if line] == ["CR-001", "CR-002"]


def test_everything_that_keeps_folios_from_being_spent_is_told_at_once(office: Office) -> None:
    ids = fulfilled(office)
    office.kit.graduation.decide(ids[:2], DecisionKind.GRADUATES)
    office.kit.graduation.issue(ids[:1], TODAY, PLACE)
    second = office.candidates()["CR-002"].participant
    office.kit.people.save(renamed(second, "Li 漢"))
    (signer,) = office.kit.institution.signatories()
    office.kit.institution.save_signatory(replace(signer, term_to=TODAY - timedelta(days=1)))
    told = problems_of(lambda: office.kit.graduation.issue(ids, TODAY, "  "))
    assert [code for _place, code in told].count("blank_place") == 1
    assert [(place, code) for place, code in told if code != "blank_place"] == [
        ("Ana López Díaz", "has_folio"),
        ("Li 漢 López Díaz", "missing_characters"),
        (LONG_NAME, "not_decided"),
        ("Roble", "no_signatory"),
    ]
    assert [v.line.folio for v in office.kit.register.folios()] == ["CR-2026-0001"]


def test_nobody_is_given_two_folios_by_being_named_twice(office: Office) -> None:
    one = fulfilled(office)[0]
    office.kit.graduation.decide((one, one), DecisionKind.GRADUATES)
    assert len(office.kit.graduation.issue((one, one), TODAY, PLACE)) == 1


def test_each_centre_and_year_counts_by_itself(office: Office) -> None:
    ids = fulfilled(office)
    tere = office.enrolment("Tere").id
    office.kit.graduation.decide(ids, DecisionKind.GRADUATES)
    office.kit.graduation.decide((tere,), DecisionKind.EXCEPTION, "Acreditó por examen")
    next_year = date(2027, 1, 15)
    folios = [
        office.kit.graduation.issue(which, on, PLACE)[0].folio
        for which, on in (
            (ids[:1], TODAY),
            ((tere,), TODAY),
            (ids[1:2], next_year),
            (ids[2:], TODAY),
        )
    ]
    assert folios == ["CR-2026-0001", "CV-2026-0001", "CR-2027-0001", "CR-2026-0002"]


def test_an_issued_folio_is_not_undone(office: Office) -> None:
    graduated(office)
    assert office.undone_name() == "Decidir la graduación de 3 participantes"
    with pytest.raises(NotUndone) as refused:
        office.kit.undo()
    assert refused.value.code == "referred_to"
    assert len(office.kit.register.folios()) == 3
    assert office.candidates()["CR-001"].graduates


def test_who_moves_after_her_folio_holds_that_one_and_gets_no_other(office: Office) -> None:
    ids = fulfilled(office)
    graduated(office)
    new = office.kit.people.transfer(ids[0], office.cohort("Grupo del valle").id, TODAY)
    found = office.kit.graduation.candidates((new.cohort_id,))
    hers = next(c for c in found if c.enrolment.id == new.id)
    assert hers.line is not None
    assert hers.line.folio == "CR-2026-0001"
    assert problems_of(lambda: office.kit.graduation.issue((new.id,), TODAY, PLACE)) == [
        ("Ana López Díaz", "has_folio")
    ]


# -- afterwards ----------------------------------------------------------------------------------


def test_a_voided_folio_stays_with_its_cause_and_its_number_is_gone(office: Office) -> None:
    folios = graduated(office)
    with pytest.raises(KitError):
        office.kit.register.void(folios[2], "  ")
    office.kit.register.void(folios[2], "Se imprimió sin su decisión")
    view = office.kit.register.folio(folios[2])
    assert view.state is RegisterState.VOIDED
    assert [event.reason for event in view.events] == ["Se imprimió sin su decisión"]
    assert office.candidates()["CR-003"].line is None
    assert office.kit.figures.of(office.finished.id).total.graduates == 2
    with pytest.raises(KitError) as refused:
        office.kit.register.void(folios[2], "Otra vez")
    assert refused.value.code == "not_current"
    (again,) = office.kit.graduation.issue((fulfilled(office)[2],), TODAY, PLACE)
    assert again.folio == "CR-2026-0004"


def test_a_misspelt_name_is_mended_by_reissuing(office: Office) -> None:
    folios = graduated(office)
    person = office.candidates()["CR-001"].participant
    office.kit.people.save(replace(person, first_surname="Lópes"))
    assert office.kit.register.folio(folios[0]).line.printed_name == "Ana López Díaz"
    fresh = office.kit.graduation.reissue(folios[0], "Apellido mal escrito")
    assert (fresh.folio, fresh.printed_name) == ("CR-2026-0004", "Ana Lópes Díaz")
    old = office.kit.register.folio(folios[0])
    assert (old.state, old.reissued_as) == (RegisterState.REISSUED, fresh.folio)
    current = office.candidates()["CR-001"].line
    assert current == fresh
    assert office.kit.figures.of(office.finished.id).total.graduates == 3
    with pytest.raises(KitError) as refused:
        office.kit.graduation.reissue(folios[0], "Otra vez")
    assert refused.value.code == "not_current"


def test_a_reissue_with_an_unprintable_name_leaves_the_old_folio_standing(office: Office) -> None:
    folios = graduated(office)
    office.kit.people.save(renamed(office.candidates()["CR-001"].participant, "漢"))
    with pytest.raises(InputRefused):
        office.kit.graduation.reissue(folios[0], "Nombre mal escrito")
    assert office.kit.register.folio(folios[0]).state is RegisterState.CURRENT


def test_reprints_are_counted_with_their_reason(office: Office) -> None:
    folios = graduated(office)
    with pytest.raises(KitError):
        office.kit.register.reprint(folios[0], "")
    assert office.kit.register.reprint(folios[0], "Se manchó") == 1
    assert office.kit.register.reprint(folios[0], "Se perdió") == 2
    assert office.kit.register.folio(folios[0]).reprints == 2
    assert office.kit.register.folio(folios[1]).reprints == 0
    with pytest.raises(KitError) as refused:
        office.kit.register.reprint("CR-2026-0099", "Se perdió")
    assert refused.value.code == "no_such_folio"


def test_delivery_is_noted_once(office: Office) -> None:
    folios = graduated(office)
    office.kit.register.deliver(folios[:2])
    office.kit.register.deliver(folios)
    kinds = [[e.kind for e in v.events] for v in office.kit.register.folios()]
    assert kinds == [["delivered"]] * 3


def test_the_register_is_searched_by_part_of_name_folio_and_code(office: Office) -> None:
    graduated(office)
    for text, found in (
        ("lopez", 2),
        ("diaz ana", 2),
        ("ASUNCIÓN", 1),
        ("-0003", 1),
        ("cr-002", 1),
        ("zz", 0),
    ):
        assert len(office.kit.register.folios(text)) == found
    assert len(office.kit.register.folios(series="CV")) == 0
    assert len(office.kit.register.folios(year=2026, series="CR")) == 3


# -- after a restore -----------------------------------------------------------------------------


def test_after_a_restore_the_last_printed_folio_is_asked_for(
    office: Office, front: Front, tmp_path: Path
) -> None:
    office.kit.graduation.decide(fulfilled(office), DecisionKind.GRADUATES)
    ids = fulfilled(office)
    backup = finish(office.kit.back_up())
    # Two folios are spent and printed after the backup, then the disk is lost.
    lost = [line.folio for line in office.kit.graduation.issue(ids[:2], TODAY, PLACE)]
    assert lost == ["CR-2026-0001", "CR-2026-0002"]
    office.kit.close()
    folder = finish(front.restore(backup.path, tmp_path / "again"))
    office.kit = front.open(folder)
    assert office.kit.register.folios() == ()
    assert office.kit.register.folios_blocked(2026) == ("CR", "CV")
    assert problems_of(lambda: office.kit.graduation.issue(ids, TODAY, PLACE)) == [
        ("CR", "folios_blocked")
    ]
    with pytest.raises(KitError):
        office.kit.register.declare_last_folio("CR", 2026, -1)
    office.kit.register.declare_last_folio("CR", 2026, 2)
    assert office.kit.register.folios_blocked(2026) == ("CV",)
    lines = office.kit.graduation.issue(ids, TODAY, PLACE)
    assert [line.folio for line in lines] == ["CR-2026-0003", "CR-2026-0004", "CR-2026-0005"]


def test_a_signatory_of_another_centre_does_not_sign_here(office: Office) -> None:
    (signer,) = office.kit.institution.signatories()
    valle = next(c for c in office.kit.institution.centres() if c.code == "CV")
    office.kit.institution.save_signatory(replace(signer, centre_id=valle.id))
    office.kit.graduation.decide(fulfilled(office), DecisionKind.GRADUATES)
    assert problems_of(lambda: office.kit.graduation.issue(fulfilled(office), TODAY, PLACE)) == [
        ("Roble", "no_signatory")
    ]
    roble = next(c for c in office.kit.institution.centres() if c.code == "CR")
    office.kit.institution.save_signatory(Signatory("", "Lic. Eva Paz", "Directora", 0, roble.id))
    (line, *_rest) = office.kit.graduation.issue(fulfilled(office), TODAY, PLACE)
    assert [s.name for s in line.signers] == ["Lic. Eva Paz"]
