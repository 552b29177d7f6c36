"""The people tab and the import wizard, and the use cases behind them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import Channel, Draft, LeavingReason, Participant
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.import_wizard import (
    COLUMNS,
    CONFIRM,
    DUPLICATES,
    FILE,
    PREVIEW,
    ImportWizard,
)
from facilitator_kit.ui.pages.people import PeopleTab
from facilitator_kit.ui.pages.people_dialogs import AddPersonDialog, LeaveDialog
from facilitator_kit.ui.pages.people_export import ExportDialog
from facilitator_kit.ui.widgets import ComboBox
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.importing import FileFormat

HEADINGS = "Nombre,Primer apellido,Segundo apellido,Contacto\n"


@pytest.fixture
def tab(qtbot: QtBot, ctx: UiContext) -> PeopleTab:
    """The people tab with the first person shown."""
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    ctx.changed.connect(lambda _change: page.refresh())
    page.refresh()
    page.resize(1130, 700)
    page.show()
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    shown = page.tab
    assert isinstance(shown, PeopleTab)
    qtbot.waitUntil(lambda: shown.card.name.isVisible())
    return shown


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[str], Path]:
    """Write a list to a file."""

    def written(rows: str) -> Path:
        path = tmp_path / "lista.csv"
        path.write_text(HEADINGS + rows, encoding="utf-8")
        return path

    return written


def cohort_id(workspace: Workspace) -> str:
    return workspace.courses.cohorts()[0].cohort.id


def count(workspace: Workspace) -> int:
    return workspace.people.page("").total


def settle(qtbot: QtBot, ctx: UiContext) -> None:
    qtbot.waitUntil(lambda: not ctx.jobs.running)


def pick(tab: PeopleTab, qtbot: QtBot, given: str) -> Participant:
    person = next(r.participant for r in tab._here_model.rows if r.participant.given_names == given)
    tab.here.select(person.id)
    qtbot.waitUntil(lambda: given in tab.card.name.text())
    return person


# -- the list and the card -------------------------------------------------------------------------


def test_the_list_is_in_the_rolls_order_and_search_minds_no_accents(
    tab: PeopleTab, qtbot: QtBot
) -> None:
    names = [row.participant.given_names for row in tab._here_model.rows]
    assert names[0] == "Ayelén", "without surnames she is listed by her name"
    qtbot.keyClicks(tab.search.edit, "zuni")
    qtbot.waitUntil(lambda: len(tab._here_model.rows) == 1)
    assert tab._here_model.rows[0].participant.given_names == "Teresa"
    qtbot.keyClicks(tab.search.edit, "qqq")
    qtbot.waitUntil(lambda: not tab._here_model.rows)


def test_everybody_is_searched_by_the_database(tab: PeopleTab, qtbot: QtBot) -> None:
    everybody = next(b for b in tab.findChildren(QAbstractButton) if "Todas" in b.text())
    qtbot.mouseClick(everybody, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab._all_model.rowCount() == 6)
    qtbot.keyClicks(tab.search.edit, "ohigg")
    qtbot.waitUntil(lambda: tab._all_model.rowCount() == 1)


def test_a_field_commits_on_its_own_and_can_be_undone(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    person = pick(tab, qtbot, "Ana")
    field = tab.card._fields["second_surname"]
    qtbot.keyClicks(field.editor, "Rios")
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workspace.people.get(person.id).participant.second_surname == "Rios")
    workspace.undo()
    qtbot.waitUntil(lambda: field.value() == "")


def test_two_fields_changed_quickly_are_both_kept(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    person = pick(tab, qtbot, "Teresa")
    for name, text in (("social_name", "Tere"), ("hours", "sabado")):
        field = tab.card._fields[name]
        field.editor.clear()
        qtbot.keyClicks(field.editor, text)
        field.commit()
    settle(qtbot, tab.ctx)
    stored = workspace.people.get(person.id).participant
    assert (stored.social_name, stored.contact.hours) == ("Tere", "sabado")


def test_a_name_taken_away_stays_a_flagged_draft(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    person = pick(tab, qtbot, "Carmen")
    field = tab.card._fields["given_names"]
    field.editor.clear()
    field.commit()
    settle(qtbot, tab.ctx)
    assert workspace.people.get(person.id).participant.given_names == "Carmen"
    assert workspace.followup.drafts("participant", person.id) == {"given_names": ""}
    qtbot.keyClicks(field.editor, "Carmela")
    field.commit()
    settle(qtbot, tab.ctx)
    assert workspace.people.get(person.id).participant.given_names == "Carmela"
    assert workspace.followup.drafts("participant", person.id) == {}


def test_a_code_that_somebody_has_is_refused_beside_the_field(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    person = pick(tab, qtbot, "Ana")
    other = next(r.participant for r in tab._here_model.rows if r.participant.id != person.id)
    field = tab.card._fields["code"]
    field.editor.selectAll()
    qtbot.keyClicks(field.editor, other.code)
    field.commit()
    settle(qtbot, tab.ctx)
    assert workspace.people.get(person.id).participant.code == person.code
    assert other.code in field.editor.accessibleDescription()


def test_the_safe_way_comes_before_the_number(tab: PeopleTab) -> None:
    at = tab.card._fields
    order = [at[name].y() for name in ("channel", "hours", "may_leave_message", "call_her")]
    assert order == sorted(order)
    assert at["address"].y() > order[-1]


def test_national_numbers_appear_only_where_switched_on(tab: PeopleTab) -> None:
    assert not tab.card._fields["curp"].isVisible()
    assert not tab.card._fields["run"].isVisible()


def test_leaving_takes_a_reason_from_the_list_and_can_be_taken_back(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    person = pick(tab, qtbot, "Ana")
    view = workspace.people.get(person.id)
    enrolment, cohort = view.enrolments[0]
    tab.card.leave(enrolment, cohort)
    dialog = tab.card.findChild(LeaveDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert dialog.isVisible(), "the reason is needed"
    dialog._reason.set_value(LeavingReason.CARE)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.people.get(person.id).enrolments[0][0].left_on is not None)
    qtbot.waitUntil(lambda: tab.card.state.text() == "Dejó el programa")

    def offered() -> bool:
        buttons = tab.card.findChildren(QAbstractButton)
        return any(b.isVisible() and b.text() == "Volvió" for b in buttons)

    qtbot.waitUntil(offered)


def test_who_has_records_is_not_removed(tab: PeopleTab, qtbot: QtBot, workspace: Workspace) -> None:
    person = pick(tab, qtbot, "Ana")
    assert not tab.card.remove_button.isVisible()
    with pytest.raises(KitError) as refused:
        workspace.people.remove(person.id)
    assert refused.value.code == "has_records"


def test_somebody_written_down_by_mistake_is_removed(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    made, _enrolment = workspace.people.add(Participant("", "", "Equivocada"), cohort_id(workspace))
    qtbot.waitUntil(lambda: len(tab._here_model.rows) == 7)
    pick(tab, qtbot, "Equivocada")
    qtbot.waitUntil(tab.card.remove_button.isVisible)
    qtbot.mouseClick(tab.card.remove_button, Qt.MouseButton.LeftButton)
    dialog = tab.card.findChild(ConfirmDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(workspace) == 6)
    assert made.code == "CR-007"


def test_a_participant_is_added_and_shown(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    tab.add_person()
    dialog = tab.findChild(AddPersonDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.given.editor, "Rosa")
    qtbot.keyClicks(dialog.first.editor, "Ibarra")
    qtbot.keyClick(dialog.first.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: count(workspace) == 7)
    qtbot.waitUntil(lambda: "Rosa Ibarra" in tab.card.name.text())


def test_who_may_be_known_already_is_asked_about_first(
    tab: PeopleTab, qtbot: QtBot, workspace: Workspace
) -> None:
    tab.add_person()
    dialog = tab.findChild(AddPersonDialog)
    assert dialog is not None
    for field, text in (
        (dialog.given, "Teresa"),
        (dialog.first, "Pena"),
        (dialog.second, "Zuniga"),
    ):
        qtbot.keyClicks(field.editor, text)
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "otra persona" in dialog.primary.text())
    assert count(workspace) == 6
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(workspace) == 7)


# -- the wizard ------------------------------------------------------------------------------------


@pytest.fixture
def wizard(tab: PeopleTab) -> ImportWizard:
    tab.import_list()
    found = tab.findChild(ImportWizard)
    assert found is not None
    return found


def go_on(qtbot: QtBot, wizard: ImportWizard, step: int) -> None:
    qtbot.waitUntil(wizard.primary.isEnabled)
    qtbot.mouseClick(wizard.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.step == step)


def test_nothing_is_stored_before_the_last_step_and_one_undo_takes_it_back(
    wizard: ImportWizard,
    qtbot: QtBot,
    workspace: Workspace,
    listed: Callable[[str], Path],
) -> None:
    assert wizard.step == FILE
    assert not wizard.primary.isEnabled()
    wizard.read(listed("Rosa,Ibarra,León,3311112222\nJulia,Nava,,\n"))
    go_on(qtbot, wizard, COLUMNS)
    assert len(wizard.columns_step.mapping()) == 4
    go_on(qtbot, wizard, PREVIEW)
    go_on(qtbot, wizard, CONFIRM)
    assert "2" in wizard.primary.text()
    assert count(workspace) == 6
    qtbot.mouseClick(wizard.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(workspace) == 8)
    rows = workspace.attendance.grid(cohort_id(workspace)).rows
    assert {"Rosa", "Julia"} <= {row.participant.given_names for row in rows}
    workspace.undo()
    assert count(workspace) == 6
    assert len(workspace.attendance.grid(cohort_id(workspace)).rows) == 6


def test_a_national_number_that_is_not_kept_here_is_shown_as_left_out(
    wizard: ImportWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "lista.csv"
    path.write_text("Nombre,RUN\nLuz,12.667.869-K\n", encoding="utf-8")
    wizard.read(path)
    go_on(qtbot, wizard, COLUMNS)
    boxes = wizard.columns_step.findChildren(ComboBox)
    assert [box.currentText() for box in boxes] == ["Nombre(s)", "No importar"]


def test_all_problems_are_shown_by_row_and_the_way_on_is_closed(
    wizard: ImportWizard,
    qtbot: QtBot,
    workspace: Workspace,
    listed: Callable[[str], Path],
) -> None:
    wizard.read(listed(f",Ibarra,,\nRosa,{'x' * 200},,\nJulia,Nava,,\n"))
    go_on(qtbot, wizard, COLUMNS)
    go_on(qtbot, wizard, PREVIEW)
    assert not wizard.primary.isEnabled()
    assert len(wizard.preview_step._problems.rows) == 2
    assert wizard.preview_step.problems.isVisible()
    assert count(workspace) == 6


def test_each_likely_duplicate_is_decided_by_a_person(
    wizard: ImportWizard,
    qtbot: QtBot,
    workspace: Workspace,
    listed: Callable[[str], Path],
) -> None:
    wizard.read(listed("Teresa,Pena,Zuniga,\nXochitl,Muñoz,Hernández,\nJulia,Nava,,\n"))
    go_on(qtbot, wizard, COLUMNS)
    go_on(qtbot, wizard, PREVIEW)
    go_on(qtbot, wizard, DUPLICATES)
    assert not wizard.primary.isEnabled()
    boxes = list(wizard.duplicates_step._choices.values())
    assert len(boxes) == 2
    for box, words in zip(boxes, ("Es la misma", "Es otra persona"), strict=True):
        button = next(b for b in box.findChildren(QAbstractButton) if b.text() == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    go_on(qtbot, wizard, CONFIRM)
    qtbot.mouseClick(wizard.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(workspace) == 8)


def test_a_list_without_names_says_so(
    wizard: ImportWizard, qtbot: QtBot, ctx: UiContext, tmp_path: Path
) -> None:
    path = tmp_path / "otra.csv"
    path.write_text("Sala,Piso\nA,1\n", encoding="utf-8")
    wizard.read(path)
    go_on(qtbot, wizard, COLUMNS)
    assert not wizard.primary.isEnabled()
    settle(qtbot, ctx)


def test_a_file_that_is_no_list_is_refused_at_the_first_step(
    wizard: ImportWizard, qtbot: QtBot, ctx: UiContext, tmp_path: Path
) -> None:
    path = tmp_path / "roto.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of a workbook")
    wizard.read(path)
    settle(qtbot, ctx)
    assert wizard.file_step._told.isVisible()
    assert not wizard.primary.isEnabled()
    wizard.read(tmp_path / "no-existe.csv")
    settle(qtbot, ctx)
    assert "no-existe.csv" in wizard.file_step._told.label.text()


# -- the use cases ---------------------------------------------------------------------------------


def test_an_undecided_duplicate_keeps_the_list_out(
    workspace: Workspace, listed: Callable[[str], Path]
) -> None:
    proposal = workspace.importing.propose(workspace.importing.read(listed("Ana,Castaneda,,\n")))
    assert proposal.duplicates
    with pytest.raises(InputRefused) as refused:
        workspace.importing.plan(proposal, {})
    assert [one.code for one in refused.value.problems] == ["undecided_duplicate"]


def test_somebody_known_is_enrolled_instead_of_written_down_twice(
    workspace: Workspace, listed: Callable[[str], Path]
) -> None:
    rows = workspace.attendance.grid(cohort_id(workspace)).rows
    ana = next(row for row in rows if row.participant.given_names == "Ana")
    proposal = workspace.importing.propose(workspace.importing.read(listed("Ana,Castaneda,,\n")))
    key = (proposal.duplicates[0].row, ana.participant.id)
    plan = workspace.importing.plan(proposal, {key: True})
    made = workspace.importing.store(plan, cohort_id(workspace))
    assert (made.added, made.enrolled, made.already) == (0, 0, 1)
    assert count(workspace) == 6


@pytest.mark.parametrize("kind", list(FileFormat))
def test_what_was_exported_comes_in_again_as_the_same_people(
    kind: FileFormat, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / f"lista.{kind.value}"
    with pytest.raises(KitError) as refused:
        workspace.importing.export(path, kind, "  ")
    assert refused.value.code == "reason_needed"
    assert not path.exists()
    assert workspace.importing.export(path, kind, "Informe a la dirección") == 6
    table = workspace.importing.read(path)
    assert len(table.rows) == 6
    proposal = workspace.importing.propose(table)
    # Their codes are taken: they are here already.
    assert {one.code for one in proposal.problems} == {"code_in_use"}
    (kept,) = workspace.desk.store.find(Draft, form="export")
    assert "Informe a la dirección" in kept.text
    assert "6" in str(workspace.desk.store.history(limit=1)[0].name)
    assert workspace.undo_name() is None or "Exportar" not in str(workspace.undo_name())


def test_the_export_asks_why_and_writes_the_file(
    tab: PeopleTab, qtbot: QtBot, tmp_path: Path
) -> None:
    tab.export_list()
    dialog = tab.findChild(ExportDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert not dialog.reason.valid()
    qtbot.keyClicks(dialog.reason.editor, "Para la direccion")
    path = tmp_path / "participantes.xlsx"
    dialog.write(str(path))
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: tab.findChild(ExportDialog) is None)


def test_contacts_survive_the_round_trip(
    workspace: Workspace, tmp_path: Path, listed: Callable[[str], Path]
) -> None:
    del listed
    path = tmp_path / "lista.csv"
    workspace.importing.export(path, FileFormat.CSV, "Prueba")
    people = {p.participant.code: p.participant for p in workspace.people.page("").rows}
    for person in people.values():
        for enrolment, _cohort in workspace.people.get(person.id).enrolments:
            for column in workspace.attendance.grid(cohort_id(workspace)).columns:
                workspace.attendance.clear(column.scheduled.id, enrolment.id, "Prueba")
        workspace.people.remove(person.id)
    proposal = workspace.importing.propose(workspace.importing.read(path))
    assert proposal.problems == ()
    plan = workspace.importing.plan(proposal, {})
    workspace.importing.store(plan, None)
    again = {p.participant.code: p.participant for p in workspace.people.page("").rows}
    assert {code: (p.given_names, p.contact) for code, p in again.items()} == {
        code: (p.given_names, p.contact) for code, p in people.items()
    }
    assert {p.contact.channel for p in again.values()} == {Channel.WHATSAPP}
