"""The dialogs that give a workspace another passphrase or another recovery key.

Both open everything for ever after, so that whoever only passes by an open window makes neither:
the passphrase of now is asked for first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import message
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, error_dialog
from facilitator_kit.ui.widgets import TextField

Result = TypeVar("Result")
_WRONG = "wrong_passphrase"


class _SecretDialog(Dialog):
    """Asks for the passphrase of now, and does on the worker what it protects."""

    def __init__(
        self,
        ctx: UiContext,
        title: str,
        *,
        text: str,
        primary: str,
        cancel: str | None = None,
        asks: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            ctx, title, text=text, primary=primary, cancel=cancel, icon="key-round", parent=parent
        )
        self.ctx = ctx
        self.now: TextField | None = None
        if asks:
            self.now = TextField(ctx, self._("Contraseña de ahora"), secret=True, required=True)
            self.add(self.now)

    def protect(self, doing: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do it where the passphrase of now is right; else say so at its field."""
        if not self.primary.isEnabled() or (self.now is not None and not self.now.valid()):
            return
        self.primary.setEnabled(False)
        workspace = self.ctx.workspace
        typed = self.now.typed() if self.now is not None else None

        def checked() -> Result:
            if typed is not None and not workspace.check_passphrase(typed):
                raise KitError(message("La contraseña no es correcta."), message(""), _WRONG)
            return doing()

        self.ctx.jobs.run(checked, done, self._refused, owner=self)

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        if error.code == _WRONG and self.now is not None:
            self.now.set_error(self._.render(error.reason))
            self.now.setFocus()
            self.make_room_for(self.now)
        else:
            self.refused(error)

    def refused(self, error: KitError) -> None:
        """It was the right passphrase, and something else was in the way."""
        error_dialog(self.ctx, error, self).open()


class PassphraseDialog(_SecretDialog):
    """A new passphrase, typed twice. Nothing is encrypted again: it takes a moment.

    `forgotten`: the workspace was opened with its recovery key, so that this comes first.
    """

    def __init__(
        self, ctx: UiContext, *, forgotten: bool = False, parent: QWidget | None = None
    ) -> None:
        _ = ctx._
        advice = _("Cuatro palabras que recuerde sirven mejor que una palabra con signos.")
        opened = _("Abrió con la clave de recuperación: ponga ahora una contraseña nueva.")
        super().__init__(
            ctx,
            _("Contraseña nueva") if forgotten else _("Cambiar contraseña"),
            text=f"{opened} {advice}" if forgotten else advice,
            primary=_("Cambiar"),
            cancel=_("Cerrar el espacio de trabajo") if forgotten else None,
            asks=not forgotten,
            parent=parent,
        )
        self.first = TextField(ctx, _("Contraseña nueva"), secret=True, required=True)
        self.again = TextField(ctx, _("Repetir contraseña"), secret=True, required=True)
        self.add(self.first)
        self.add(self.again)

    def submit(self) -> None:
        first, again = self.first.typed(), self.again.typed()
        self.protect(
            partial(self.ctx.workspace.set_passphrase, first, again), lambda _none: self._done()
        )

    def _done(self) -> None:
        self.ctx.announce(self._("La contraseña cambió."))
        self.accept()

    def refused(self, error: KitError) -> None:
        if not isinstance(error, InputRefused):
            super().refused(error)
            return
        for field in (self.first, self.again):
            field.set_error("")
        for problem in reversed(error.problems):
            text = f"{self._.render(problem.reason)} {self._.render(problem.remedy)}"
            wrong = self.first if problem.code == "passphrase_short" else self.again
            wrong.set_error(text)
            wrong.setFocus()
            self.make_room_for(wrong)


class RecoveryKeyDialog(_SecretDialog):
    """Makes another recovery key and hands it to `show`, once: it is to be printed."""

    def __init__(
        self, ctx: UiContext, show: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("¿Hacer otra clave de recuperación?"),
            text=_("La hoja impresa antes deja de servir. Imprima la nueva y guárdela en sobre."),
            primary=_("Hacer clave nueva"),
            parent=parent,
        )
        self._show = show

    def submit(self) -> None:
        self.protect(self.ctx.workspace.new_recovery_key, self._made)

    def _made(self, key: str) -> None:
        self.accept()
        self._show(key)
