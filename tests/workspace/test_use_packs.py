"""An institution changes pages of the pack: beside the original, checked whole, never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pack_versions import (
    HANDOUT,
    LESSON,
    OWN_WELCOME,
    SESSION,
    TITLE,
    WELCOME,
    edited,
    text_of,
    version,
    with_pages,
)
from small_office import Office

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_digest
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    Adaptation,
    AdoptedPack,
    Draft,
    Meeting,
    StoredPack,
)
from facilitator_kit.workspace import Front, Workspace, shelf
from facilitator_kit.workspace.courses import NewCohort
from facilitator_kit.workspace.shelf import read_beforehand

Files = Mapping[str, bytes]


CORE_SESSION = "modules/M3/02-mi-presupuesto.md"
CORE_WELCOME = "Salude y pregunte quién anotó en casa."


@pytest.fixture
def kit(small_kit: Workspace) -> Workspace:
    return small_kit


@pytest.fixture
def own_text(small_files: Files) -> str:
    return edited(small_files, SESSION, (WELCOME, OWN_WELCOME))


@pytest.fixture
def core_text(core_files: Files) -> str:
    """A text for a session of the program's own pack, which the small office teaches."""
    return edited(core_files, CORE_SESSION, (CORE_WELCOME, OWN_WELCOME))


def guide(kit: Workspace) -> str:
    return str(kit.desk.pack_in_force.session("A-1"))


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
    before = kit.printing.session_guide("A-1")
    assert OWN_WELCOME not in guide(kit)
    (page,) = kit.packs.adapt(SESSION, own_text)
    assert (page.code, page.title) == ("A-1", TITLE)
    assert OWN_WELCOME in guide(kit)
    assert kit.printing.session_guide("A-1") != before
    assert kit.desk.pack_in_force.adapted == {"A-1"}
    found = kit.packs.text(SESSION)
    assert found.adapted
    assert (found.text, found.draft) == (own_text, None)
    assert WELCOME in found.original
    assert [line.page.code for line in kit.packs.standing().lines] == ["A-1"]


def test_an_adaptation_is_undone_and_redone_by_name(kit: Workspace, own_text: str) -> None:
    kit.packs.adapt(SESSION, own_text)
    assert str(kit.undo_name()) == f"Adaptar «{TITLE}»"
    kit.undo()
    assert OWN_WELCOME not in guide(kit)
    assert not kit.packs.text(SESSION).adapted
    kit.redo()
    assert OWN_WELCOME in guide(kit)


def test_an_adaptation_outlives_the_program(
    kit: Workspace, clock: FixedClock, small_files: Files, own_text: str
) -> None:
    kit.packs.adapt(SESSION, own_text)
    kit.close()
    again = Front(clock, Ids.seeded(clock, 9), small_files).open(kit.folder)
    assert OWN_WELCOME in guide(again)
    again.close()


def test_a_running_cohort_keeps_its_version_and_a_new_one_starts_on_the_adapted(
    office: Office, core_text: str
) -> None:
    kit = office.kit
    old = office.cohort("Grupo vespertino")
    kit.packs.adapt(CORE_SESSION, core_text)
    name = opened(office)
    assert name == kit.desk.pack_in_force.version
    assert name.startswith("2026.2+1.")
    assert CORE_WELCOME in str(kit.desk.pack_of(old).session("M3-2"))
    new = office.cohort("Grupo nuevo")
    assert OWN_WELCOME in str(kit.desk.pack_of(new).session("M3-2"))
    kit.packs.restore(CORE_SESSION)
    assert OWN_WELCOME in str(kit.desk.pack_of(new).session("M3-2"))
    assert opened(office, "Grupo de después") == "2026.2"
    assert office.undone_name() == "Abrir cohorte Grupo de después"
    # The same adaptation again is the same version, and is stored once.
    kit.packs.adapt(CORE_SESSION, core_text)
    assert opened(office, "Otro grupo") == name
    assert kit.desk.store.count(StoredPack) == 2


def test_what_is_wrong_is_told_whole_and_kept_as_a_draft(
    kit: Workspace, small_files: Files, own_text: str
) -> None:
    kit.packs.adapt(SESSION, own_text)
    wrong = edited(
        small_files,
        SESSION,
        (WELCOME, "Salude a tod@s con {{nada}}."),
        ("# Después", "# Al final"),
        ("puerta abierta · 10 min", "puerta abierta · 15 min"),
    )
    with pytest.raises(InputRefused) as refused:
        kit.packs.adapt(SESSION, wrong)
    problems = refused.value.problems
    assert {
        "gender_sign",
        "unknown_term",
        "missing_section",
        "unknown_section",
        "block_minutes_mismatch",
    } <= {one.code for one in problems}
    assert {one.file for one in problems} == {SESSION}
    assert all(one.line for one in problems if one.code != "missing_section")
    assert OWN_WELCOME in guide(kit)
    kept = kit.packs.text(SESSION)
    assert (kept.draft, kept.text) == (wrong, own_text)
    assert [line.draft for line in kit.packs.standing().lines] == [True]
    kit.packs.keep_draft(SESSION, None)
    assert kit.packs.text(SESSION).draft is None


def test_a_text_without_its_data_is_refused_not_broken(kit: Workspace, small_files: Files) -> None:
    for text in ("", "   \n", "Solo texto.\n", text_of(small_files, SESSION).replace("+++", "", 1)):
        with pytest.raises(InputRefused) as refused:
            kit.packs.adapt(SESSION, text)
        assert "missing_front_matter" in {one.code for one in refused.value.problems}


def test_pasted_line_ends_and_tabs_do_no_harm(kit: Workspace, own_text: str) -> None:
    text = own_text.replace("Salude por su nombre", "Salude\tpor su nombre 🙂")
    kit.packs.adapt(SESSION, text.replace("\n", "\r\n") + "\r\n\r\n")
    assert kit.packs.text(SESSION).text == text
    assert "nombre 🙂" in guide(kit)


def test_typing_the_original_again_leaves_no_adaptation(
    kit: Workspace, own_text: str, small_files: Files
) -> None:
    kit.packs.adapt(SESSION, own_text)
    kit.packs.adapt(SESSION, text_of(small_files, SESSION).replace("\n", "\r\n"))
    assert kit.packs.standing().lines == ()
    assert kit.desk.pack_in_force.version == "2026.1"


def test_a_new_title_is_carried_to_the_module(kit: Workspace, small_files: Files) -> None:
    title = "Nuestro gasto 🙂"
    text = edited(
        small_files, SESSION, ('title = "Mi {{gasto}} de la semana"', f'title = "{title}"')
    )
    kit.packs.adapt(SESSION, text)
    pack = kit.desk.pack_in_force
    assert pack.session("A-1").title == pack.module("A").sessions[0].title == title
    assert kit.packs.page_of("A-1").title == title


def test_the_programmes_hours_are_not_the_institutions_to_change(
    kit: Workspace, small_files: Files
) -> None:
    text = edited(
        small_files,
        SESSION,
        ("minutes = 60", "minutes = 65"),
        ("puerta abierta · 10 min", "puerta abierta · 15 min"),
    )
    with pytest.raises(InputRefused) as refused:
        kit.packs.adapt(SESSION, text)
    (problem,) = refused.value.problems
    assert (problem.file, problem.code, problem.line) == (SESSION, "fixed_value", 4)
    assert "minutes = 60" in str(problem.remedy)
    assert kit.packs.read(SESSION, text).problems == (problem,)


def test_every_kind_of_page_can_be_adapted(kit: Workspace) -> None:
    for line in kit.packs.lines():
        file = line.page.file
        text = kit.packs.text(file).original
        kit.packs.adapt(file, text.replace(". ", ". \n").rstrip("\n") + " ")
    assert all(line.adapted for line in kit.packs.lines())
    assert len(kit.packs.lines()) == 7
    assert kit.printing.handout("A-1-A")
    assert kit.desk.pack_in_force.version.startswith("2026.1+7.")


def test_what_is_not_a_page_of_the_pack_cannot_be_adapted(kit: Workspace) -> None:
    for file in ("modules/A/module.toml", "README.md", "modules/A/99-nada.md", "../x.md"):
        with pytest.raises(KitError):
            kit.packs.adapt(file, "+++\n+++\n")
    with pytest.raises(KitError):
        kit.packs.page_of("M99-1")


# -- pages that must agree -------------------------------------------------------------------------


def test_two_pages_that_only_agree_together_are_stored_together(
    kit: Workspace,
) -> None:
    lesson = kit.packs.text(LESSON).original.replace('"Anotar"', '"Anotar cada día"')
    with pytest.raises(InputRefused) as refused:
        kit.packs.adapt(LESSON, lesson)
    assert "lesson_mismatch" in {one.code for one in refused.value.problems}
    session = kit.packs.text(SESSION).original.replace(
        'title = "Anotar"', 'title = "Anotar cada día"'
    )
    stored = kit.packs.adapt(SESSION, session)
    assert {page.code for page in stored} == {"A-1", "CA-1"}
    assert kit.desk.pack_in_force.lesson("CA-1").title == "Anotar cada día"
    assert kit.packs.waiting() == ()
    # Neither can go back without the other.
    gone = kit.packs.restore(LESSON)
    assert {page.code for page in gone} == {"A-1", "CA-1"}
    assert kit.desk.pack_in_force.version == "2026.1"
    kit.undo()
    assert kit.desk.pack_in_force.lesson("CA-1").title == "Anotar cada día"


# -- drafts ----------------------------------------------------------------------------------------


def test_drafts_leave_no_copies_in_the_journal(kit: Workspace, own_text: str) -> None:
    long = own_text * 3
    for number in range(5):
        kit.packs.keep_draft(SESSION, f"{long}\n{number}\n")
    assert kit.packs.text(SESSION).draft == f"{long}\n4\n"
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


def later(kit: Workspace, clock: FixedClock, files: Files) -> Workspace:
    """The same workspace opened by a later program, whose pack these files are."""
    kit.close()
    return Front(clock, Ids.seeded(clock, 9), files).open(kit.folder)


def test_a_later_program_does_not_change_what_is_adapted_or_being_typed(
    kit: Workspace, clock: FixedClock, small_files: Files
) -> None:
    kit.packs.keep_draft(HANDOUT, "algo")
    more = with_pages(small_files, {HANDOUT: text_of(small_files, HANDOUT) + "\nMás.\n"})
    again = later(kit, clock, version(more, "2026.2"))
    assert again.desk.pack_in_force.version == "2026.1"
    assert again.packs.standing().newer == "2026.2"
    assert again.packs.text(HANDOUT).draft == "algo"
    again.close()


def test_without_adaptations_a_later_program_brings_its_pack(
    kit: Workspace, clock: FixedClock, small_files: Files
) -> None:
    again = later(kit, clock, version(small_files, "2026.2"))
    assert again.desk.pack_in_force.version == "2026.2"
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


def test_what_was_read_while_nobody_waited_is_not_read_again(
    kit: Workspace, small_files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**small_files, "README.md": "Leído antes de abrir.".encode()}
    country = kit.institution.get().country
    read_beforehand(files, country)
    monkeypatch.setattr(shelf, "load_pack", lambda *_asked: pytest.fail("read again"))
    assert kit.desk.shelf.read(files).digest == pack_digest(files)


def test_a_pack_that_cannot_be_read_says_so_only_when_it_is_needed(
    kit: Workspace, small_files: Files
) -> None:
    files = {**small_files, "pack.toml": b"format = 9"}
    read_beforehand(files, "MX")
    with pytest.raises(InputRefused):
        kit.desk.shelf.read(files)
