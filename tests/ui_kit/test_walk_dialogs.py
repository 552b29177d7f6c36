"""What somebody who uses only the keyboard needs from every dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.widgets import Button, CheckField, Segments, TextField

CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, dialog: Dialog) -> Dialog:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_control_enter_submits_from_a_check_box_and_from_a_button(
    qtbot: QtBot, ctx: UiContext
) -> None:
    check, button = CheckField(ctx, "Sí"), Button(ctx, "Otro")
    for whole, part in ((check, check.editor), (button, button)):
        dialog = Dialog(ctx, "Título", primary="Hecho")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.add(whole)
        shown(qtbot, dialog)
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Return, CONTROL)
        assert dialog.result() == Dialog.DialogCode.Accepted


def test_what_is_wrong_is_seen_as_soon_as_it_is_said(qtbot: QtBot, ctx: UiContext) -> None:
    dialog = Dialog(ctx, "Título", primary="Hecho")
    fields = [TextField(ctx, f"Dato {number}", required=True) for number in range(3)]
    for field in fields:
        dialog.add(field)
    shown(qtbot, dialog)
    before = dialog.height()
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.height() > before)


def test_a_dialog_that_cannot_go_on_yet_starts_at_its_first_control(
    qtbot: QtBot, ctx: UiContext
) -> None:
    dialog = Dialog(ctx, "Título", primary="Siguiente")
    choose = Button(ctx, "Elegir archivo…")
    dialog.add(choose)
    dialog.primary.setEnabled(False)
    shown(qtbot, dialog)
    assert dialog.focusWidget() is choose


def test_a_row_of_choices_takes_the_keyboard_on_what_is_chosen(
    qtbot: QtBot, ctx: UiContext
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    choices = Segments(ctx, "Pares", [(1, "Una"), (2, "Otra")], value=2, parent=window)
    window.show()
    choices.setFocus()
    focus = window.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Pares: Otra"


def test_a_title_that_names_somebody_is_in_no_task_bar(qtbot: QtBot, ctx: UiContext) -> None:
    dialog = shown(qtbot, Dialog(ctx, "Graduar a Xóchitl Hernández", primary="Graduar"))
    assert dialog.windowTitle() == "Kit de Facilitación"
    face = QAccessible.queryAccessibleInterface(dialog)
    assert face.text(QAccessible.Text.Name) == "Graduar a Xóchitl Hernández"
