"""An institution changes pages of the pack: beside the original, checked whole, never lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pack_versions import (
    HANDOUT,
    OWN_WELCOME,
    SESSION,
    WELCOME,
    edited,
    text_of,
    version,
    with_pages,
)
from small_office import Office

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    Adaptation,
    AdoptedPack,
    Draft,
    Institution,
    Meeting,
    StoredPack,
)
from facilitator_kit.store import Store
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.courses import NewCohort

Files = Mapping[str, bytes]


@pytest.fixture
def kit(office: Office) -> Workspace:
    return office.kit


@pytest.fixture
def own_text(core_files: Files) -> str:
    return edited(core_files, SESSION, (WELCOME, OWN_WELCOME))


def guide(kit: Workspace) -> str:
    return str(kit.desk.pack_in_force.session("M3-2"))


def opened(office: Office, name: str = "Grupo nuevo") -> str:
    before = office.cohort("Grupo vespertino")
    return office.kit.courses.open_cohort(
        NewCohort(
            generation_id=office.running.id,
            centre_id=before.centre_id,
            name=name,
            programme="SCE",
            route="employment",
            level="basic",
            starts_on=office.running.starts_on,
            meetings=(Meeting(1, before.meetings[0].starts_at),),
        )
    ).pack_version


# -- adapting --------------------------------------------------------------------------------------


def test_an_adapted_session_is_read_printed_and_told_apart(kit: Workspace, own_text: str) -> None:
    before = kit.printing.session_guide("M3-2")
    assert OWN_WELCOME not in guide(kit)
    (page,) = kit.packs.adapt(SESSION, own_text)
    assert (page.code, page.title) == ("M3-2", "Mi presupuesto, mi decisión")
    assert OWN_WELCOME in guide(kit)
    assert kit.printing.session_guide("M3-2") != before
    assert kit.desk.pack_in_force.adapted == {"M3-2"}
    found = kit.packs.text(SESSION)
    assert found.adapted
    assert (found.text, found.draft) == (own_text, None)
    assert WELCOME in found.original
    assert [line.page.code for line in kit.packs.standing().lines] == ["M3-2"]


def test_an_adaptation_is_undone_and_redone_by_name(office: Office, own_text: str) -> None:
    kit = office.kit
    kit.packs.adapt(SESSION, own_text)
    assert office.undone_name() == "Adaptar «Mi presupuesto, mi decisión»"
    kit.undo()
    assert OWN_WELCOME not in guide(kit)
    assert not kit.packs.text(SESSION).adapted
    kit.redo()
    assert OWN_WELCOME in guide(kit)


def test_an_adaptation_outlives_the_program(office: Office, front: Front, own_text: str) -> None:
    office.kit.packs.adapt(SESSION, own_text)
    office.kit.close()
    again = front.open(office.kit.folder)
    assert OWN_WELCOME in guide(again)
    again.close()


def test_a_running_cohort_keeps_its_version_and_a_new_one_starts_on_the_adapted(
    office: Office, own_text: str
) -> None:
    kit = office.kit
    old = office.cohort("Grupo vespertino")
    kit.packs.adapt(SESSION, own_text)
    name = opened(office)
    assert name == kit.desk.pack_in_force.version
    assert name.startswith("2026.2+1.")
    assert WELCOME in str(kit.desk.pack_of(old).session("M3-2"))
    assert OWN_WELCOME in str(kit.desk.pack_of(office.cohort("Grupo nuevo")).session("M3-2"))
    kit.packs.restore(SESSION)
    assert OWN_WELCOME in str(kit.desk.pack_of(office.cohort("Grupo nuevo")).session("M3-2"))
    assert opened(office, "Grupo de después") == "2026.2"
    assert office.undone_name() == "Abrir cohorte Grupo de después"


def test_the_same_adaptation_again_is_the_same_version(office: Office, own_text: str) -> None:
    kit = office.kit
    kit.packs.adapt(SESSION, own_text)
    first = opened(office)
    kit.packs.restore(SESSION)
    kit.packs.adapt(SESSION, own_text)
    assert opened(office, "Otro grupo") == first
    assert kit.desk.store.count(StoredPack) == 2


def test_what_is_wrong_is_told_whole_and_kept_as_a_draft(
    kit: Workspace, core_files: Files, own_text: str
) -> None:
    kit.packs.adapt(SESSION, own_text)
    wrong = edited(
        core_files,
        SESSION,
        (WELCOME, "Salude a tod@s con {{nada}}."),
        ("# Después", "# Al final"),
        ("¿Qué encontraron en su semana? · 10 min", "¿Qué encontraron en su semana? · 15 min"),
    )
    with pytest.raises(InputRefused) as refused:
        kit.packs.adapt(SESSION, wrong)
    problems = refused.value.problems
    assert {
        "gender_sign", "unknown_term", "missing_section", "unknown_section",
        "block_minutes_mismatch",
    } <= {one.code for one in problems}  # fmt: skip
    assert {one.file for one in problems} == {SESSION}
    assert all(one.line for one in problems if one.code != "missing_section")
    assert OWN_WELCOME in guide(kit)
    kept = kit.packs.text(SESSION)
    assert (kept.draft, kept.text) == (wrong, own_text)
    assert [line.draft for line in kit.packs.standing().lines] == [True]
    kit.packs.keep_draft(SESSION, None)
    assert kit.packs.text(SESSION).draft is None


def test_a_text_without_its_data_is_refused_not_broken(kit: Workspace, core_files: Files) -> None:
    for text in ("", "   \n", "Solo texto.\n", text_of(core_files, SESSION).replace("+++", "", 1)):
        with pytest.raises(InputRefused) as refused:
            kit.packs.adapt(SESSION, text)
        assert "missing_front_matter" in {one.code for one in refused.value.problems}


def test_pasted_line_ends_and_tabs_do_no_harm(kit: Workspace, own_text: str) -> None:
    text = own_text.replace("Salude por su nombre", "Salude\tpor su nombre 🙂")
    kit.packs.adapt(SESSION, text.replace("\n", "\r\n") + "\r\n\r\n")
    assert kit.packs.text(SESSION).text == text
    assert "nombre 🙂" in guide(kit)


def test_typing_the_original_again_leaves_no_adaptation(
    kit: Workspace, own_text: str, core_files: Files
) -> None:
    kit.packs.adapt(SESSION, own_text)
    kit.packs.adapt(SESSION, text_of(core_files, SESSION).replace("\n", "\r\n"))
    assert kit.packs.standing().lines == ()
    assert kit.desk.pack_in_force.version == "2026.2"


def test_a_new_title_is_carried_to_the_module(kit: Workspace, core_files: Files) -> None:
    title = "Nuestro presupuesto 🙂"
    text = edited(
        core_files, SESSION, ('title = "Mi presupuesto, mi decisión"', f'title = "{title}"')
    )
    kit.packs.adapt(SESSION, text)
    pack = kit.desk.pack_in_force
    assert pack.session("M3-2").title == pack.module("M3").sessions[1].title == title
    assert kit.packs.page_of("M3-2").title == title


def test_the_programmes_hours_are_not_the_institutions_to_change(
    kit: Workspace, core_files: Files
) -> None:
    text = edited(
        core_files,
        SESSION,
        ("minutes = 120", "minutes = 125"),
        ("¿Qué encontraron en su semana? · 10 min", "¿Qué encontraron en su semana? · 15 min"),
    )
    with pytest.raises(InputRefused) as refused:
        kit.packs.adapt(SESSION, text)
    (problem,) = refused.value.problems
    assert (problem.file, problem.code, problem.line) == (SESSION, "fixed_value", 4)
    assert "minutes = 120" in str(problem.remedy)
    assert kit.packs.read(SESSION, text).problems == (problem,)


def test_every_kind_of_page_can_be_adapted(kit: Workspace, core_files: Files) -> None:
    text = edited(core_files, HANDOUT, ("Con lápiz: se corrige.", "Con lápiz y goma."))
    kit.packs.adapt(HANDOUT, text)
    assert "Con lápiz y goma." in str(kit.desk.pack_in_force.handout("M3-2-A"))
    assert kit.printing.handout("M3-2-A")
    method = kit.packs.page_of("la-pecera").file
    kit.packs.adapt(method, kit.packs.text(method).original + "\nY se despiden.\n")
    assert {line.page.code for line in kit.packs.lines() if line.adapted} == {"M3-2-A", "la-pecera"}


def test_what_is_not_a_page_of_the_pack_cannot_be_adapted(kit: Workspace) -> None:
    for file in ("modules/M3/module.toml", "README.md", "modules/M3/99-nada.md", "../x.md"):
        with pytest.raises(KitError):
            kit.packs.adapt(file, "+++\n+++\n")
    with pytest.raises(KitError):
        kit.packs.page_of("M99-1")


# -- pages that must agree -------------------------------------------------------------------------


LESSON = "complements/CA/01-anotar.md"
GROUP = "modules/A/01-mi-gasto.md"


@pytest.fixture
def small_pack_kit(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    """A workspace of the small test pack, which has a lesson that a session announces."""
    good = pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good")
    ids = Ids.seeded(clock, 6)
    store = Store.create_sample(tmp_path / "small", clock, ids)
    with store.change(message("Crear"), actor="ana", undoable=False) as tx:
        tx.put(Institution(ids.new(), "Secretaría", "Centro", "MX", "Tala", "Jalisco", sample=True))
    kit = Workspace(store, clock, ids, "ana", good)
    yield kit
    kit.close()


def test_two_pages_that_only_agree_together_are_stored_together(
    small_pack_kit: Workspace,
) -> None:
    kit = small_pack_kit
    lesson = kit.packs.text(LESSON).original.replace('"Anotar"', '"Anotar cada día"')
    with pytest.raises(InputRefused) as refused:
        kit.packs.adapt(LESSON, lesson)
    assert "lesson_mismatch" in {one.code for one in refused.value.problems}
    session = kit.packs.text(GROUP).original.replace(
        'title = "Anotar"', 'title = "Anotar cada día"'
    )
    stored = kit.packs.adapt(GROUP, session)
    assert {page.code for page in stored} == {"A-1", "CA-1"}
    assert kit.desk.pack_in_force.lesson("CA-1").title == "Anotar cada día"
    assert kit.packs.waiting() == ()
    # Neither can go back without the other.
    gone = kit.packs.restore(LESSON)
    assert {page.code for page in gone} == {"A-1", "CA-1"}
    assert kit.desk.pack_in_force.version == "1.0"
    kit.undo()
    assert kit.desk.pack_in_force.lesson("CA-1").title == "Anotar cada día"


# -- drafts ----------------------------------------------------------------------------------------


def test_drafts_leave_no_copies_in_the_journal(kit: Workspace, own_text: str) -> None:
    for number in range(5):
        kit.packs.keep_draft(SESSION, f"{own_text}\n{number}\n")
    assert kit.packs.text(SESSION).draft == f"{own_text}\n4\n"
    (change, *_more) = kit.desk.store.history(1)
    assert kit.desk.store.verify_journal().faults == ()
    (draft,) = kit.desk.store.find(Draft, form="adaptation")
    assert all(one.erased for one in kit.desk.store.changes_of(Draft, draft.id))
    assert not change.undoable


def test_a_draft_like_what_is_stored_is_none(kit: Workspace, own_text: str) -> None:
    kit.packs.adapt(SESSION, own_text)
    kit.packs.keep_draft(SESSION, own_text.replace("\n", "\r\n"))
    assert kit.packs.text(SESSION).draft is None
    assert kit.packs.waiting() == ()


def test_a_later_program_does_not_change_what_is_adapted_or_being_typed(
    office: Office, core_files: Files
) -> None:
    office.kit.packs.keep_draft(HANDOUT, "algo")
    office.kit.close()
    later = version(
        with_pages(core_files, {HANDOUT: text_of(core_files, HANDOUT) + "\n"}), "2026.3"
    )
    again = Front(office.clock, Ids.seeded(office.clock, 9), later).open(office.kit.folder)
    assert again.desk.pack_in_force.version == "2026.2"
    assert again.packs.standing().newer == "2026.3"
    assert again.packs.text(HANDOUT).draft == "algo"
    again.close()


def test_without_adaptations_a_later_program_brings_its_pack(
    office: Office, core_files: Files
) -> None:
    office.kit.close()
    later = version(core_files, "2026.3")
    again = Front(office.clock, Ids.seeded(office.clock, 9), later).open(office.kit.folder)
    assert again.desk.pack_in_force.version == "2026.3"
    assert again.packs.standing().newer == ""
    assert again.desk.store.count(AdoptedPack) == 0
    again.close()


# -- adaptations that no longer fit ----------------------------------------------------------------


def test_adaptations_that_cannot_be_used_leave_the_original_in_force(
    kit: Workspace, own_text: str
) -> None:
    """As when a later program reads packs more strictly: nothing is lost and nothing fails."""
    kit.packs.adapt(SESSION, own_text)
    (stored,) = kit.desk.store.find(Adaptation)
    with kit.desk.change(message("Romper")) as tx:
        tx.put(replace(stored, text="+++\nroto"))
    assert WELCOME in guide(kit)
    standing = kit.packs.standing()
    assert standing.refusal is not None
    assert [line.page.file for line in standing.lines] == [SESSION]
    assert kit.packs.text(SESSION).text == "+++\nroto"
    kit.packs.adapt(SESSION, own_text)
    assert kit.packs.standing().refusal is None
    assert OWN_WELCOME in guide(kit)


# -- reading one page ------------------------------------------------------------------------------


def test_one_page_is_read_without_the_rest(kit: Workspace, own_text: str) -> None:
    reading = kit.packs.read(SESSION, own_text.replace("# Después", "# Al final"))
    assert OWN_WELCOME in str(reading.page)
    assert {one.code for one in reading.problems} == {"missing_section", "unknown_section"}
    assert reading.outline[0].line == 1
    assert kit.packs.text(SESSION).draft is None


def test_a_file_of_two_thousand_lines_is_read(kit: Workspace, own_text: str) -> None:
    long = own_text + "\n".join(f"Renglón {number} con 🙂 y\ttab." for number in range(2000))
    assert kit.packs.read(SESSION, long).problems == ()
    assert kit.packs.adapt(SESSION, long)
    assert "Renglón 1999" in guide(kit)
