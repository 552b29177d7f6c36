"""Ajustes: fields store themselves, lists take additions, the sample keeps its names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit import settings as declared
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.monitoring.records import Paper, Signatory
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.settings_centres import CentreDialog, FacilitatorDialog
from facilitator_kit.ui.pages.settings_data import DataSection
from facilitator_kit.ui.pages.settings_days import ClosedDayDialog, ClosedDaysSection
from facilitator_kit.ui.pages.settings_institution import InstitutionSection
from facilitator_kit.ui.pages.settings_looks import LooksSection
from facilitator_kit.ui.pages.settings_page import SettingsPage
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.pages.settings_signing import SignatoryDialog, SigningSection
from facilitator_kit.ui.tour import find_button, new_institution
from facilitator_kit.ui.widgets import FormField
from facilitator_kit.workspace import Front, Workspace

STARTED = datetime.fromisoformat("2026-11-01T08:00")
LEFT = Qt.MouseButton.LeftButton
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)
"""A PNG of one point."""


@pytest.fixture(scope="session")
def real_template(tmp_path_factory: pytest.TempPathFactory, core_files: dict[str, bytes]) -> Path:
    """An institution of somebody's own, made once."""
    clock = FixedClock(STARTED)
    folder = tmp_path_factory.mktemp("real") / "workspace"
    Front(clock, Ids.seeded(clock, 3), core_files).create(
        folder, new_institution()
    ).workspace.close()
    return folder


@pytest.fixture
def own(
    tmp_path: Path, real_template: Path, clock: FixedClock, core_files: dict[str, bytes]
) -> Iterator[Workspace]:
    folder = Path(shutil.copytree(real_template, tmp_path / "own"))
    front = Front(clock, Ids.seeded(clock, 4), core_files)
    opened = front.open(folder, new_institution().passphrase)
    yield opened
    opened.close()


@pytest.fixture
def page(ctx: UiContext, own: Workspace, qtbot: QtBot) -> SettingsPage:
    """The page on an institution of one's own."""
    ctx.workspace = own
    return shown(ctx, qtbot)


def shown(ctx: UiContext, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(ctx)
    qtbot.addWidget(page)
    page.resize(1130, 700)
    page.show()
    page.refresh()
    settle(ctx, qtbot)
    return page


def settle(ctx: UiContext, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not ctx.jobs.running)


def section(page: SettingsPage, key: str) -> Section:
    page.show_section(key)
    return page.section


def type_over(qtbot: QtBot, field: FormField[str], text: str) -> None:
    field.editor.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(field.editor, text)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)


# -- the institution ------------------------------------------------------------------------------


def test_a_name_is_stored_once_it_is_typed(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    fields = section(page, "institution")
    assert isinstance(fields, InstitutionSection)
    type_over(qtbot, fields.fields["short_name"], "Inmujeres")
    settle(ctx, qtbot)
    assert own.institution.get().short_name == "Inmujeres"
    assert own.institution.get().name == new_institution().name


def test_a_name_taken_away_stays_as_a_draft_and_the_stored_one_holds(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    fields = section(page, "institution")
    assert isinstance(fields, InstitutionSection)
    field = fields.fields["city"]
    type_over(qtbot, field, "")
    settle(ctx, qtbot)
    page.refresh()
    assert field.typed() == ""
    assert field.editor.accessibleDescription() != ""
    assert own.institution.get().city == "Guadalajara"
    again = shown(ctx, qtbot)
    fields = section(again, "institution")
    assert isinstance(fields, InstitutionSection)
    assert fields.fields["city"].typed() == ""
    type_over(qtbot, fields.fields["city"], "Zapopan")
    settle(ctx, qtbot)
    assert own.institution.get().city == "Zapopan"
    assert own.followup.drafts("institution", "") == {}


def test_the_paper_is_stored_when_chosen(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    fields = section(page, "institution")
    assert isinstance(fields, InstitutionSection)
    combo = fields.fields["paper"].editor
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_End)
    settle(ctx, qtbot)
    assert own.institution.get().paper is Paper.A4


def test_the_sample_shows_its_names_and_has_no_field_for_them(ctx: UiContext, qtbot: QtBot) -> None:
    fields = section(shown(ctx, qtbot), "institution")
    assert isinstance(fields, InstitutionSection)
    assert set(fields.fields) == {"paper", "language"}


def test_who_works_here_is_stored(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    fields = section(page, "institution")
    assert isinstance(fields, InstitutionSection)
    type_over(qtbot, fields.user_position, "Directora")
    settle(ctx, qtbot)
    assert own.institution.user().position == "Directora"


# -- lists ----------------------------------------------------------------------------------------


def test_a_centre_is_added_and_a_code_that_is_taken_is_told_at_its_field(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    section(page, "centres")
    action = page.primary_action()
    assert action is not None
    action.run()
    dialog = page.section.findChild(CentreDialog)
    assert isinstance(dialog, CentreDialog)
    qtbot.keyClicks(dialog.name.editor, "Centro del Valle")
    qtbot.keyClicks(dialog.code.editor, "cr")
    qtbot.keyClick(dialog.code.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert "CR" in dialog.code.editor.accessibleDescription()
    type_over(qtbot, dialog.code, "cv")
    settle(ctx, qtbot)
    assert {centre.code for centre in own.institution.centres()} == {"CV", "CR"}


def test_an_archived_centre_is_offered_no_more(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    dialog = CentreDialog(ctx, own.institution.centres()[0], parent=page)
    dialog.open()
    qtbot.keyClick(dialog.archived.editor, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.primary, LEFT)
    settle(ctx, qtbot)
    assert own.institution.centres() == ()
    assert len(own.institution.centres(archived=True)) == 1


def test_somebody_who_facilitates_is_added(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    section(page, "facilitators")
    dialog = FacilitatorDialog(ctx, None, parent=page)
    dialog.open()
    qtbot.keyClicks(dialog.name.editor, "Norma Diaz")
    qtbot.keyClick(dialog.name.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert [one.name for one in own.institution.facilitators()] == ["Norma Diaz"]


def test_signatories_sign_in_the_order_that_the_arrows_give_them(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    for name in ("Ana", "Berta", "Celia"):
        own.institution.save_signatory(Signatory("", name, "Titular", 0))
    signing = section(page, "signing")
    qtbot.waitUntil(lambda: find_button(signing, "Firmar antes: Celia") is not None)
    button = find_button(signing, "Firmar antes: Celia")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    settle(ctx, qtbot)
    assert [one.name for one in own.institution.signatories()] == ["Ana", "Celia", "Berta"]
    assert find_button(signing, "Firmar antes: Ana") is None


def test_a_term_that_ends_before_it_begins_is_refused(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    dialog = SignatoryDialog(ctx, None, parent=page)
    dialog.open()
    qtbot.keyClicks(dialog.name.editor, "Ana Rios")
    qtbot.keyClicks(dialog.position.editor, "Titular")
    qtbot.keyClicks(dialog.term_from.editor, "1/3/2026")
    qtbot.keyClicks(dialog.term_to.editor, "1/2/2026")
    qtbot.mouseClick(dialog.primary, LEFT)
    settle(ctx, qtbot)
    assert dialog.isVisible()
    assert own.institution.signatories() == ()
    for widget in QApplication.topLevelWidgets():
        if widget.isModal():
            widget.close()


def test_a_logo_is_kept_and_something_else_refused(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    signing = section(page, "signing")
    assert isinstance(signing, SigningSection)
    told: list[str] = []
    ctx.failed.connect(lambda error: told.append(error.code))
    picture, letter = tmp_path / "logo.png", tmp_path / "carta.png"
    picture.write_bytes(PIXEL)
    letter.write_bytes(b"Estimada")
    signing.add_logo(picture)
    signing.add_logo(letter)
    signing.add_logo(tmp_path / "falta.png")
    settle(ctx, qtbot)
    assert [logo.name for logo in own.institution.logos()] == ["logo.png"]
    assert told == ["not_an_image", "not_readable"]


def test_a_day_without_sessions_is_added_and_taken_away(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    days = section(page, "days")
    assert isinstance(days, ClosedDaysSection)
    dialog = ClosedDayDialog(ctx, parent=page)
    dialog.open()
    qtbot.keyClicks(dialog.on.editor, "12/10/2026")
    qtbot.keyClicks(dialog.reason.editor, "Aniversario")
    qtbot.keyClick(dialog.reason.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert [day.on for day in own.institution.closed_days()] == [date(2026, 10, 12)]
    days.refresh()
    days.table.select_first()
    button = find_button(days, "Quitar")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    settle(ctx, qtbot)
    assert own.institution.closed_days() == ()


# -- looks and data -------------------------------------------------------------------------------


def test_colours_are_seen_at_once_and_kept(
    page: SettingsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    looks = section(page, "looks")
    assert isinstance(looks, LooksSection)
    button = find_button(looks.theme, "Oscuro")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    assert ctx.theme.name == "dark"
    assert ctx.settings.get(declared.THEME) == "dark"


def test_another_lock_time_is_kept_and_told(
    page: SettingsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    looks = section(page, "looks")
    assert isinstance(looks, LooksSection)
    with qtbot.waitSignal(ctx.lock_minutes_set):
        type_over(qtbot, looks.minutes, "25")
    assert ctx.settings.get(declared.LOCK_MINUTES) == 25
    type_over(qtbot, looks.minutes, "500")
    assert ctx.settings.get(declared.LOCK_MINUTES) == 25


def test_the_national_number_is_off_until_it_is_switched_on(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    data = section(page, "data")
    assert isinstance(data, DataSection)
    assert not own.institution.get().uses_curp
    qtbot.keyClick(data.switch.editor, Qt.Key.Key_Space)
    settle(ctx, qtbot)
    assert own.institution.get().uses_curp


def test_the_changes_tell_what_was_done_by_whom_and_what_was_undone(
    page: SettingsPage, ctx: UiContext, own: Workspace, qtbot: QtBot
) -> None:
    own.institution.save(replace(own.institution.get(), city="Zapopan"))
    own.undo()
    data = section(page, "data")
    assert isinstance(data, DataSection)
    settle(ctx, qtbot)
    model = data.table.model
    lines = [
        [str(model.index(row, column).data()) for column in (1, 2)]
        for row in range(model.rowCount())
    ]
    who = new_institution().user_name
    assert lines[0] == ["Deshacer: Cambiar datos de la institución", who]
    assert lines[1] == ["Cambiar datos de la institución (deshecho)", who]


def test_the_section_is_remembered(page: SettingsPage, ctx: UiContext, qtbot: QtBot) -> None:
    page.show_section("days")
    other = SettingsPage(ctx)
    qtbot.addWidget(other)
    other.restore(page.state())
    assert isinstance(other.section, ClosedDaysSection)
    other.restore({"section": "no longer there"})
    assert isinstance(other.section, ClosedDaysSection)


def test_the_list_of_sections_goes_above_where_it_is_narrow(
    page: SettingsPage, qtbot: QtBot
) -> None:
    assert page.list.isVisible()
    assert not page.chips.isVisible()
    page.resize(620, 500)
    qtbot.waitUntil(page.chips.isVisible)
    assert not page.list.isVisible()


def test_in_a_window_built_anew_the_keyboard_is_at_the_choice_that_was_made(
    page: SettingsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    page.show_section("looks")
    looks = page.section
    assert isinstance(looks, LooksSection)
    looks.scale.setFocus()
    again = SettingsPage(ctx)
    qtbot.addWidget(again)
    again.restore(page.state())
    made = again.section
    assert isinstance(made, LooksSection)
    assert again.first_focus() is made.scale
    # Whoever comes back later finds the list of sections again.
    assert again.first_focus() is not made.scale
