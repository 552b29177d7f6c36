"""What every section of Ajustes is, and the field that stores itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.widgets import FormField


class Section(QWidget):
    """A section of the settings page; `body` is where its cards stand.

    `action_changed` comes when there is another thing to do.
    """

    action_changed = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(ctx.theme.px(16))

    def action(self) -> PageAction | None:
        """The one thing to do here, for the page's header."""
        return None

    def place(self) -> str:
        """What here has the keyboard, where it has to be found again in a window built anew."""
        return ""

    def part_at(self, place: str) -> QWidget | None:
        """What `place` spoke of."""
        del place
        return None

    def refresh(self) -> None:
        """Read again what is shown."""

    def store(
        self,
        write: Callable[[], object],
        field: FormField[Any] | None = None,
        done: Callable[[], object] | None = None,
    ) -> None:
        """Write on the worker; a refusal is shown at the field where there is one."""

        def stored(_result: object) -> None:
            if done is not None:
                done()

        self.ctx.jobs.run(write, stored, partial(self._refused, field), owner=self)

    def _refused(self, field: FormField[Any] | None, error: KitError) -> None:
        if field is None:
            self.ctx.show_error(error)
            return
        reasons = (
            [f"{self._.render(p.reason)} {self._.render(p.remedy)}" for p in error.problems]
            if isinstance(error, InputRefused)
            else [error.text(self._)]
        )
        field.set_error(" ".join(reasons))
