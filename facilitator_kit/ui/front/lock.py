"""Locking an open window: everything is hidden until the passphrase is typed again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.front.unlock import UnlockPane


class _LockWindow(QMainWindow):
    """Only the passphrase; closing it closes nothing that is hidden behind."""

    def closeEvent(self, event: QCloseEvent, /) -> None:
        event.ignore()


class LockCover(QObject):
    """Hides a main window and its dialogs behind a lock, and brings them back as they were."""

    def __init__(self, ctx: UiContext, window: QMainWindow) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        self._cover: _LockWindow | None = None
        self._hidden: list[QWidget] = []

    @property
    def locked(self) -> bool:
        """Whether the window is hidden now."""
        return self._cover is not None

    def lock(self) -> None:
        """Hide everything at once; what was typed stays where it was typed."""
        if self._cover is not None:
            return
        cover = _LockWindow()
        cover.setWindowTitle(self._ctx._("Kit de Facilitación"))
        pane = UnlockPane(self._ctx, can_leave=False, sample=self._ctx.workspace.sample)
        pane.unlock_asked.connect(partial(self._check, pane))
        cover.setCentralWidget(pane)
        cover.setGeometry(self._window.geometry())
        self._cover = cover
        self._hidden = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        cover.show()
        for widget in self._hidden:
            widget.hide()
        pane.first_focus().setFocus()

    def _check(self, pane: UnlockPane, passphrase: str, _recovery_key: str) -> None:
        workspace = self._ctx.workspace

        def done(opens: bool) -> None:
            if opens:
                self._unlock()
            else:
                pane.refuse(
                    KitError(
                        message("Esa contraseña no abre este espacio de trabajo."),
                        message("Escríbala otra vez; cuide mayúsculas y acentos."),
                        "wrong_passphrase",
                    )
                )

        self._ctx.jobs.run(partial(workspace.check_passphrase, passphrase), done, owner=pane)

    def _unlock(self) -> None:
        cover, self._cover = self._cover, None
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            widget.show()
        if cover is not None:
            cover.hide()
            cover.deleteLater()
