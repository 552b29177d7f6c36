"""Unlocking: the passphrase of a workspace, or its recovery key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.ui.front.middle import in_the_middle
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import (
    Card,
    Label,
    LinkButton,
    PrimaryButton,
    TextField,
    row,
)


class UnlockPane(QWidget):
    """Asks for a passphrase or, before a window is open, a recovery key.

    `unlock_asked(passphrase, recovery_key)`: one of the two is empty.
    """

    unlock_asked = Signal(str, str)
    left = Signal()

    def __init__(
        self,
        look: Look,
        *,
        can_leave: bool,
        sample: bool = False,
        place: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ = look._
        _ = look._
        self._sample = sample
        self._by_key = False
        title = _("Abrir {name}", name=place) if place else _("Kit bloqueado")
        card = Card(look, title)
        self._words = Label(
            _("El centro de ejemplo no lleva contraseña.")
            if sample
            else _("Escriba la contraseña de este espacio de trabajo."),
            wrap=True,
        )
        card.add(self._words)
        self.passphrase = TextField(look, _("Contraseña"), secret=True)
        self.recovery = TextField(
            look,
            _("Clave de recuperación"),
            hint=_("Está en la hoja impresa. No importan mayúsculas ni espacios."),
        )
        self.recovery.hide()
        card.add(self.passphrase)
        card.add(self.recovery)
        self.button = PrimaryButton(look, _("Abrir"), icon="log-in", on_click=self._ask)
        self._other = LinkButton(look, _("Usar la clave de recuperación"), on_click=self._switch)
        back = LinkButton(look, _("Volver"), on_click=self.left.emit)
        if not can_leave:
            self._other.hide()
            back.hide()
        card.add(row(look, self.button, self._other, None, back))
        if sample:
            self.passphrase.hide()
            self._other.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(in_the_middle(look, card, 520, centred=True))
        for field in (self.passphrase, self.recovery):
            field.entered.connect(self._ask)

    def first_focus(self) -> QWidget:
        if self._sample:
            return self.button
        return (self.recovery if self._by_key else self.passphrase).editor

    def refuse(self, error: KitError) -> None:
        """Show why it did not open; what was typed may be corrected."""
        field = self.recovery if self._by_key else self.passphrase
        field.set_error(error.text(self._))
        self.button.setEnabled(True)
        field.editor.setFocus()
        if isinstance(field.editor, QLineEdit):
            field.editor.selectAll()

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        if self._by_key:
            self.unlock_asked.emit("", self.recovery.typed())
        else:
            self.unlock_asked.emit(self.passphrase.typed(), "")

    def _switch(self) -> None:
        self._by_key = not self._by_key
        self.passphrase.setVisible(not self._by_key)
        self.recovery.setVisible(self._by_key)
        self._words.setText(
            self._("Escriba la clave de recuperación de este espacio de trabajo.")
            if self._by_key
            else self._("Escriba la contraseña de este espacio de trabajo.")
        )
        self._other.set_text(
            self._("Usar la contraseña")
            if self._by_key
            else self._("Usar la clave de recuperación")
        )
        self.first_focus().setFocus()
