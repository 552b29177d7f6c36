"""Copias y resguardo: made, checked, copied; passphrase and recovery key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.backups_page import BackupsPage
from facilitator_kit.ui.pages.backups_secrets import PassphraseDialog, RecoveryKeyDialog
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.tour import find_button, new_institution
from facilitator_kit.ui.widgets import Label
from facilitator_kit.workspace import Front, Opened

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(ctx: UiContext, qtbot: QtBot) -> BackupsPage:
    return shown(ctx, qtbot)


def shown(ctx: UiContext, qtbot: QtBot) -> BackupsPage:
    page = BackupsPage(ctx)
    qtbot.addWidget(page)
    page.resize(1130, 700)
    page.show()
    page.refresh()
    settle(ctx, qtbot)
    return page


def settle(ctx: UiContext, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not ctx.jobs.running)


def press(page: BackupsPage | Dialog, words: str, qtbot: QtBot) -> None:
    button = find_button(page, words)
    assert button is not None
    qtbot.mouseClick(button, LEFT)


@pytest.fixture
def real(
    ctx: UiContext, tmp_path: Path, clock: FixedClock, core_files: dict[str, bytes]
) -> Iterator[Opened]:
    """A workspace with a passphrase, in place of the sample."""
    front = Front(clock, Ids.seeded(clock, 5), core_files)
    made = front.create(tmp_path / "real", new_institution())
    ctx.workspace = made.workspace
    yield made
    made.workspace.close()


def test_with_no_backup_the_first_one_is_offered_made_and_shown_as_checked(
    page: BackupsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    assert find_button(page, "Comprobar otra vez") is None
    press(page, "Hacer la primera copia", qtbot)
    settle(ctx, qtbot)
    (made,) = ctx.workspace.backups()
    assert made.checked_at is not None
    said = [label.text() for label in page.findChildren(Label)]
    assert "Su última copia se abrió y comprobó el 24 nov 2026, 09:00." in said
    assert find_button(page, "Comprobar otra vez") is not None


def test_a_backup_is_checked_again_and_copied_elsewhere(
    page: BackupsPage, ctx: UiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    ctx.announced.connect(told.append)
    press(page, "Hacer la primera copia", qtbot)
    settle(ctx, qtbot)
    press(page, "Comprobar otra vez", qtbot)
    settle(ctx, qtbot)
    stick = tmp_path / "usb"
    stick.mkdir()
    copy_to(page, stick, qtbot)
    settle(ctx, qtbot)
    assert len(list(stick.iterdir())) == 1
    assert told == [
        "La copia se hizo, se abrió y se comprobó.",
        "La copia abre y está completa.",
        f"Copiada a {stick}",
    ]


def copy_to(page: BackupsPage, folder: Path, qtbot: QtBot) -> None:
    """Choose a folder in the system's dialog."""
    press(page, "Copiar a USB…", qtbot)
    chooser = page.findChildren(QFileDialog)[-1]
    chooser.fileSelected.emit(str(folder))
    chooser.reject()


def test_what_is_copied_next_is_the_backup_just_made(
    page: BackupsPage, ctx: UiContext, qtbot: QtBot, tmp_path: Path, clock: FixedClock
) -> None:
    press(page, "Hacer la primera copia", qtbot)
    settle(ctx, qtbot)
    clock.set(clock.now() + timedelta(days=1))
    action = page.primary_action()
    assert action is not None
    action.run()
    settle(ctx, qtbot)
    newest = ctx.workspace.backups()[0]
    assert len(ctx.workspace.backups()) == 2
    copy_to(page, tmp_path, qtbot)
    settle(ctx, qtbot)
    assert [file.name for file in tmp_path.glob("*.kitbackup")] == [newest.path.name]


def test_restoring_asks_first_and_hands_on_the_backup(
    page: BackupsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    press(page, "Hacer la primera copia", qtbot)
    settle(ctx, qtbot)
    press(page, "Restaurar…", qtbot)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, Dialog)
    with qtbot.waitSignal(ctx.restore_asked) as told:
        press(asked, "Cerrar y restaurar", qtbot)
    assert told.args == [ctx.workspace.backups()[0].path]


def test_the_sample_offers_no_passphrase(page: BackupsPage) -> None:
    assert find_button(page, "Cambiar contraseña…") is None


def test_two_different_passphrases_are_refused_at_their_field_and_equal_ones_hold(
    real: Opened, ctx: UiContext, qtbot: QtBot
) -> None:
    page = shown(ctx, qtbot)
    press(page, "Cambiar contraseña…", qtbot)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PassphraseDialog)
    assert dialog.now is not None
    assert dialog.focusWidget() is dialog.now.editor
    qtbot.keyClicks(dialog.now.editor, "otra cosa")
    qtbot.keyClicks(dialog.first.editor, "cuatro palabras nuevas")
    qtbot.keyClicks(dialog.again.editor, "cuatro palabras viejas")
    qtbot.keyClick(dialog.again.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert "no es correcta" in dialog.now.editor.accessibleDescription()
    assert real.workspace.check_passphrase(new_institution().passphrase)
    dialog.now.set_draft(new_institution().passphrase)
    qtbot.keyClick(dialog.again.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert "no son iguales" in dialog.again.editor.accessibleDescription()
    dialog.again.set_draft("cuatro palabras nuevas")
    qtbot.keyClick(dialog.again.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert real.workspace.check_passphrase("cuatro palabras nuevas")
    assert not real.workspace.check_passphrase(new_institution().passphrase)


def test_a_new_recovery_key_is_shown_to_be_printed(
    real: Opened, ctx: UiContext, qtbot: QtBot
) -> None:
    del real
    page = shown(ctx, qtbot)
    press(page, "Hacer otra clave…", qtbot)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, RecoveryKeyDialog)
    assert asked.now is not None
    qtbot.keyClicks(asked.now.editor, new_institution().passphrase)
    qtbot.keyClick(asked.now.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PdfDialog))
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, PdfDialog)
    qtbot.waitUntil(lambda: viewer.ready)
    assert viewer.document.pageCount() == 1
    viewer.reject()
