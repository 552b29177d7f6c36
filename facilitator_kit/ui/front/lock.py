"""Locking an open window: everything is hidden until the passphrase is typed again."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.front.unlock import UnlockPane


class _LockWindow(QMainWindow):
    """Only the passphrase. Closing it asks for the program to close: everything is stored."""

    close_asked = Signal()

    def closeEvent(self, event: QCloseEvent, /) -> None:
        event.ignore()
        self.close_asked.emit()


class LockCover(QObject):
    """Hides a main window and its dialogs behind a lock, and brings them back as they were.

    `close_asked`: the lock was closed as one closes a window.
    """

    close_asked = Signal()

    def __init__(self, ctx: UiContext, window: QMainWindow) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._window = window
        self._hidden: list[QWidget] = []
        self.cover: _LockWindow | None = None
        self.pane: UnlockPane | None = None

    @property
    def locked(self) -> bool:
        """Whether the window is hidden now."""
        return self.cover is not None

    def lock(self) -> None:
        """Hide everything at once; what was typed stays where it was typed."""
        if self.cover is not None:
            return
        cover = _LockWindow()
        self._ctx.theme.dress(cover)
        cover.setWindowTitle(self._ctx._("Kit de Facilitación"))
        cover.close_asked.connect(self._close)
        pane = UnlockPane(self._ctx, can_leave=False, sample=self._ctx.workspace.sample)
        pane.unlock_asked.connect(partial(self._check, pane))
        cover.setCentralWidget(pane)
        cover.setGeometry(self._window.geometry())
        self.cover, self.pane = cover, pane
        for popup in iter(QApplication.activePopupWidget, None):
            popup.close()
        if self._window.isMaximized():
            cover.showMaximized()
        else:
            cover.show()
        # The latest dialog first, so that none is left without what it belongs to.
        for widget in reversed(QApplication.topLevelWidgets()):
            if widget is not cover and widget.isVisible():
                self._hide(widget)
        qt = QApplication.instance()
        if qt is not None:
            qt.installEventFilter(self)
        pane.first_focus().setFocus()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        # Only while locked: a dialog that work in the background opens must not show itself.
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self.cover
        ):
            self._hide(watched)
        return super().eventFilter(watched, event)

    def _hide(self, widget: QWidget) -> None:
        kind = widget.windowFlags() & Qt.WindowType.WindowType_Mask
        if kind not in (Qt.WindowType.ToolTip, Qt.WindowType.Popup):
            self._hidden.append(widget)
        widget.hide()

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
        cover = self._lift()
        hidden, self._hidden = self._hidden, []
        for widget in reversed(hidden):
            if shiboken6.isValid(widget):
                widget.show()
        self._window.activateWindow()
        if cover is not None:
            cover.hide()
            cover.deleteLater()

    def _close(self) -> None:
        cover = self._lift()
        if cover is not None:
            cover.hide()
            cover.deleteLater()
        self.close_asked.emit()

    def _lift(self) -> _LockWindow | None:
        qt = QApplication.instance()
        if qt is not None:
            qt.removeEventFilter(self)
        cover, self.cover, self.pane = self.cover, None, None
        return cover
