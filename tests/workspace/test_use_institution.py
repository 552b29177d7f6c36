"""The institution's own data: what is refused, and that refusing changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_office import TODAY, Office

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import Centre, Facilitator, Signatory


def test_a_centre_with_everything_wrong_is_told_all_of_it(office: Office) -> None:
    with pytest.raises(InputRefused) as refused:
        office.kit.institution.save_centre(Centre("", " ", "ñ", "", "Jalisco"))
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"blank_name", "blank_city", "bad_centre_code"}
    assert len(office.kit.institution.centres()) == 2


@pytest.mark.parametrize("code", ["cr", "C", "CRCRCRC", "C-R", "C R", "CÑ", ""])
def test_a_centre_code_is_two_to_six_plain_capitals(office: Office, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        office.kit.institution.save_centre(Centre("", "Otro", code, "Tala", "Jalisco"))
    assert [problem.code for problem in refused.value.problems] == ["bad_centre_code"]


def test_two_centres_never_share_the_code_that_begins_their_folios(office: Office) -> None:
    with pytest.raises(InputRefused) as refused:
        office.kit.institution.save_centre(Centre("", "Otro", "CR", "Tala", "Jalisco"))
    assert [problem.code for problem in refused.value.problems] == ["centre_code_taken"]


def test_a_centre_with_cohorts_keeps_its_code_but_may_change_its_name(office: Office) -> None:
    roble = next(c for c in office.kit.institution.centres() if c.code == "CR")
    with pytest.raises(InputRefused) as refused:
        office.kit.institution.save_centre(replace(roble, code="RB"))
    assert [problem.code for problem in refused.value.problems] == ["centre_code_in_use"]
    office.kit.institution.save_centre(replace(roble, name="Roble alto"))
    assert office.kit.courses.cohort(office.cohort("Grupo matutino").id).centre.name == "Roble alto"


def test_an_archived_centre_is_shown_only_when_asked_for(office: Office) -> None:
    new = office.kit.institution.save_centre(Centre("", "Fresno", "CF", "Tala", "Jalisco"))
    office.kit.institution.save_centre(replace(new, archived=True))
    assert "Fresno" not in [c.name for c in office.kit.institution.centres()]
    assert "Fresno" in [c.name for c in office.kit.institution.centres(archived=True)]


def test_signatories_sign_in_their_term_and_for_their_centre(office: Office) -> None:
    save, ask = office.kit.institution.save_signatory, office.kit.institution.signatories
    roble, valle = office.kit.institution.centres()
    save(Signatory("", "De antes", "Titular", 0, term_to=date(2026, 7, 19)))
    save(Signatory("", "De hoy", "Titular", 0, term_from=TODAY, term_to=TODAY))
    save(Signatory("", "Del Valle", "Directora", 0, centre_id=valle.id))
    names = [person.name for person in ask(TODAY, roble.id)]
    assert names == ["Mtra. Nora Sol", "De hoy"]
    assert [person.name for person in ask(TODAY, valle.id)] == [*names, "Del Valle"]
    assert [p.name for p in ask(date(2026, 7, 19), roble.id)] == ["Mtra. Nora Sol", "De antes"]


def test_a_signatory_whose_term_ends_before_it_begins_is_refused(office: Office) -> None:
    with pytest.raises(InputRefused) as refused:
        office.kit.institution.save_signatory(
            Signatory("", "", "", 0, term_from=TODAY, term_to=date(2026, 1, 1))
        )
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"blank_name", "blank_title", "term_reversed"}
    assert len(office.kit.institution.signatories()) == 1


def test_a_logo_is_an_image_of_two_megabytes_at_most(office: Office) -> None:
    with pytest.raises(KitError) as refused:
        office.kit.institution.add_logo("logo.svg", b"<svg/>")
    assert refused.value.code == "not_an_image"
    with pytest.raises(KitError) as refused:
        office.kit.institution.add_logo("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000_000))
    assert refused.value.code == "image_too_large"
    with pytest.raises(KitError) as refused:
        office.kit.institution.add_logo("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000))
    assert refused.value.code == "image_damaged"
    assert office.kit.institution.logos() == ()


def test_what_the_institution_says_of_itself_is_read_anew_after_it_changed(office: Office) -> None:
    before = office.kit.institution.get()
    office.kit.institution.save(replace(before, name="Instituto", country="CL"))
    assert office.kit.institution.get().name == "Instituto"
    assert office.kit.printing.texts().country == "CL"
    office.kit.undo()
    assert office.kit.institution.get() == before
    assert office.kit.printing.texts().country == "MX"


def test_a_facilitator_without_a_name_is_refused(office: Office) -> None:
    with pytest.raises(InputRefused):
        office.kit.institution.save_facilitator(Facilitator("", "  "))
    assert [person.name for person in office.kit.institution.facilitators()] == ["Julia Ríos"]
