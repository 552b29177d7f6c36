"""The main window: the rail, the header, one page at a time, and the keys that work everywhere."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit import settings
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.command_field import CommandEntry, CommandField
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import BugDialog, error_dialog
from facilitator_kit.ui.header import Header
from facilitator_kit.ui.keyboard import Keyboard
from facilitator_kit.ui.page import Page, PageAction, PageSpec
from facilitator_kit.ui.rail import WIDE, InstitutionMark, Rail
from facilitator_kit.ui.reading_order import go_on
from facilitator_kit.ui.widgets.feedback import BusyBar, Toast
from facilitator_kit.ui.widgets.fields import FormField

FIRST_SIZE = (1366, 768)
"""Width and height of the window when it is opened for the first time."""

FRAME = 40
"""Pixels left for the frame that the system draws around the window."""

FOLD_BELOW = 960
"""Design pixels of window width under which the rail folds to icons."""


class History(Protocol):
    """The journal as the window needs it; `Workspace` is one."""

    def undo_name(self) -> Message | None: ...

    def redo_name(self) -> Message | None: ...

    def undo(self) -> object: ...

    def redo(self) -> object: ...


class _Pages(QStackedWidget):
    """The pages scroll within the window; none of them makes the window larger."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class MainWindow(QMainWindow):
    """Shows the pages of `pages`, each made when it is first needed.

    `lock_asked` comes from the rail, Ctrl+L or `UiContext.lock`; `help_asked` carries the key of
    the page on which F1 was pressed; `closing` comes when the window is about to close.
    `resized` carries its width. `before_close`, where set, may refuse by answering False.
    """

    lock_asked = Signal()
    help_asked = Signal(str)
    closing = Signal()
    resized = Signal(int)

    def __init__(
        self,
        ctx: UiContext,
        pages: Sequence[PageSpec],
        institution: InstitutionMark,
        *,
        history: History,
        bugs: BugReports,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ctx.theme.dress(self)
        self._ctx = ctx
        self._ = ctx._
        self._history = history
        self._bugs = bugs
        self._specs = {spec.key: spec for spec in pages}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._key = ""
        self._going = ""
        """The page that was asked for last."""
        self._keyboard = Keyboard(ctx.jobs, self)
        self._undo_what: Message | None = None
        self._redo_what: Message | None = None
        self._action_keys: list[QShortcut] = []
        self._beside: QWidget | None = None
        self.before_close: Callable[[], bool] | None = None
        # Never a name of a person or an institution: the title is seen in every task bar.
        self.setWindowTitle(self._("Kit de Facilitación"))
        self.rail = Rail(ctx, institution, pages)
        self.header = Header(ctx)
        self.stack = _Pages()
        self.busy = BusyBar(ctx, ctx.jobs)
        self.toast = Toast(ctx, self._lay_out())
        self._connect()
        self._make_keys()
        self.commands.add_provider(self._page_entries)
        self.commands.add_provider(self._action_entries)
        self.setMinimumSize(640, 480)
        self._restore_geometry()
        self.fold_rail()
        self._read_history()

    # -- for the application -----------------------------------------------------------------

    @property
    def commands(self) -> CommandField:
        """The command field, to add providers of people and sessions to."""
        return self.header.commands

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._key)

    @property
    def page_key(self) -> str:
        """The key of the page that is shown."""
        return self._key

    def show_page(self, key: str, params: Mapping[str, Any] | None = None) -> Page | None:
        """Show a page, made now if need be; None where there is no such page."""
        spec = self._specs.get(key)
        if spec is None:
            return None
        page = self._pages.get(key) or self._make(spec)
        self._dress(page)
        if params:
            page.open(params)
            self._stale.add(key)
        self._key = self._going = key
        if key in self._stale:
            self._stale.discard(key)
            self._refresh(page)
        self.stack.setCurrentWidget(page)
        self.rail.set_current(key)
        self._show_header()
        self._keyboard.owe(page)
        if not spec.hidden:
            # Whoever asked for help comes back to the work, not to the help.
            self._ctx.settings.set(settings.LAST_PAGE, key)
        return page

    def go_to(self, key: str, params: Mapping[str, Any] | None = None) -> None:
        """Show a page as a person asks for it: one that must be made is shown two turns later.

        To make, dress and show it in one turn would hold the screen up too long. What is typed in
        between goes nowhere.
        """
        spec = self._specs.get(key)
        self._going = key
        if spec is None or key in self._pages:
            self.show_page(key, params)
            return
        self.rail.set_current(key)
        page = self._make(spec)
        if page.first_focus() is not None and self.focusWidget() is not None:
            self.focusWidget().clearFocus()
        self._ctx.jobs.later(partial(self._dress, page), owner=self)
        self._ctx.jobs.later(partial(self._arrive, key, params), owner=self)

    def _dress(self, page: Page) -> None:
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)

    def _arrive(self, key: str, params: Mapping[str, Any] | None) -> None:
        if self._going == key:
            self.show_page(key, params)

    def show_last_page(self) -> Page | None:
        """Show the page of last time, or the first one."""
        last = self._ctx.settings.get(settings.LAST_PAGE)
        return self.show_page(last if last in self._specs else next(iter(self._specs)))

    def refresh_all(self) -> None:
        """Read the shown page again now, and every other one when it is next shown."""
        self._stale.update(self._pages)
        if self._key:
            self._stale.discard(self._key)
            self._refresh(self._pages[self._key])
            self._show_header()
        self._read_history()

    def show_error(self, error: Exception) -> None:
        """A `KitError` is explained; anything else is reported as a bug, once, and kept."""
        if isinstance(error, KitError):
            dialog = error_dialog(self._ctx, error, self)
        else:
            dialog = BugDialog(self._ctx, self._bugs.keep(error), parent=self)
        dialog.open()

    def remember(self) -> None:
        """Store the window's place and every page's state."""
        kept = self._ctx.settings.get(settings.PAGE_STATES)
        kept.update({key: page.state() for key, page in self._pages.items()})
        self._ctx.settings.set(settings.PAGE_STATES, kept)
        place = bytes(self.saveGeometry().data())
        self._ctx.settings.set(settings.WINDOW_GEOMETRY, base64.b64encode(place).decode())

    def store_what_is_typed(self) -> None:
        """Hand on what stands in a field and was not handed on yet."""
        for field in self.findChildren(FormField):
            if field.isVisible():
                field.commit()

    def undo(self) -> None:
        """Take back the last change, on whatever page it was made."""
        what = self._undo_what
        if what is not None:
            said = self._("Se deshizo: {what}", what=what)
            self._ctx.jobs.run(self._history.undo, lambda _change: self._told(said), owner=self)

    def redo(self) -> None:
        """Bring back what was undone last."""
        what = self._redo_what
        if what is not None:
            said = self._("Se rehízo: {what}", what=what)
            self._ctx.jobs.run(self._history.redo, lambda _change: self._told(said), owner=self)

    # -- Qt ----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if self._rail_is_to_fold() != self.rail.folded:
            self.fold_rail()
        self.resized.emit(self.width())

    def closeEvent(self, event: QCloseEvent, /) -> None:
        stays = False
        try:
            stays = self.before_close is not None and not self.before_close()
            if stays:
                event.ignore()
                return
            self.remember()
        finally:
            # Whatever is amiss: Qt hides the window, and a workspace that nobody sees must not
            # stay open behind it, locked against the next start.
            if not stays:
                self.closing.emit()
        super().closeEvent(event)

    def focusNextPrevChild(self, onward: bool, /) -> bool:
        return go_on(self, onward)

    # -- building ----------------------------------------------------------------------------

    def _lay_out(self) -> QWidget:
        ground = QWidget()
        ground.setProperty("kind", "ground")
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.stack, 1)
        right.addWidget(self.busy)
        self._across = QHBoxLayout()
        self._across.setSpacing(0)
        self._across.addWidget(self.rail)
        self._across.addLayout(right, 1)
        self._whole = QVBoxLayout(ground)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(self._across, 1)
        self.setCentralWidget(ground)
        return ground

    def put_around(self, above: QWidget, beside: QWidget) -> None:
        """Keep something above and something beside all pages, whichever is shown."""
        self._whole.insertWidget(0, above)
        self._across.addWidget(beside)
        self._beside = beside

    def fold_rail(self) -> None:
        """Show the rail's icons alone where its words would take the room that the page needs."""
        self.rail.set_folded(self._rail_is_to_fold())

    def _rail_is_to_fold(self) -> bool:
        beside = self._beside
        kept = FOLD_BELOW
        if beside is not None and not beside.isHidden():
            kept += WIDE + beside.width()
        return self.width() * 100 / self._ctx.theme.scale < kept

    def _connect(self) -> None:
        ctx = self._ctx
        self.rail.chosen.connect(self.go_to)
        self.rail.lock_asked.connect(self.lock_asked)
        self.header.undo_asked.connect(self.undo)
        self.commands.left.connect(self._on_commands_left)
        ctx.navigated.connect(self.go_to)
        ctx.announced.connect(self.toast.show_text)
        ctx.failed.connect(self.show_error)
        ctx.lock_asked.connect(self.lock_asked)
        ctx.changed.connect(self._on_changed)
        ctx.theme.changed.connect(self._on_theme)

    def _make_keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.header.start_commands),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+L", self.lock_asked.emit),
            ("Ctrl+P", self._print),
            ("F1", lambda: self.help_asked.emit(self._key)),
        ]
        shown = [spec.key for spec in self._specs.values() if not spec.hidden]
        for number, key in enumerate(shown[:9], start=1):
            keys.append((f"Alt+{number}", partial(self.go_to, key)))
        for combination, run in keys:
            shortcut = QShortcut(QKeySequence(combination), self)
            shortcut.activated.connect(run)

    def _make(self, spec: PageSpec) -> Page:
        page = spec.factory(self._ctx)
        self._pages[spec.key] = page
        self._stale.add(spec.key)
        page.setAccessibleName(spec.title)
        page.header_changed.connect(partial(self._on_header, spec.key))
        remembered = self._ctx.settings.get(settings.PAGE_STATES).get(spec.key)
        if remembered:
            page.restore(remembered)
        return page

    # -- what happens ------------------------------------------------------------------------

    def _on_header(self, key: str) -> None:
        if key == self._key:
            self._show_header()

    def _on_commands_left(self) -> None:
        self.header.end_commands()
        if self._going != self._key:
            return  # a page is on its way, and takes the keyboard
        focus = self.page.first_focus() if self.page is not None else None
        if self.focusWidget() is None and focus is not None:
            # A dialog may be open by now: when it closes, the keyboard is in the page again.
            focus.setFocus()

    def _show_header(self) -> None:
        page = self.page
        if page is None:
            return
        primary, secondary = page.primary_action(), tuple(page.secondary_actions())
        self.header.show_page(page.title(), page.context_widget(), primary, secondary)
        for old in self._action_keys:
            old.setEnabled(False)
            old.deleteLater()
        self._action_keys = []
        for action in (*secondary, *((primary,) if primary else ())):
            if action.shortcut and action.enabled:
                key = QShortcut(QKeySequence(action.shortcut), self)
                key.activated.connect(action.run)
                self._action_keys.append(key)

    def _refresh(self, page: Page) -> None:
        try:
            page.refresh()
        except KitError as refusal:
            # The page stays as it was; the person learns why.
            self.show_error(refusal)

    def _on_changed(self, _change: object) -> None:
        self.refresh_all()

    def _on_theme(self) -> None:
        self.fold_rail()
        if self._key:
            self._show_header()

    def _read_history(self) -> None:
        history = self._history

        def read() -> tuple[Message | None, Message | None]:
            return history.undo_name(), history.redo_name()

        self._ctx.jobs.run(read, self._show_history, owner=self)

    def _show_history(self, names: tuple[Message | None, Message | None]) -> None:
        self._undo_what, self._redo_what = names
        self.header.set_undo(self._undo_name)

    @property
    def _undo_name(self) -> str:
        what = self._undo_what
        return self._("Deshacer: {what}", what=what) if what is not None else ""

    @property
    def _redo_name(self) -> str:
        what = self._redo_what
        return self._("Rehacer: {what}", what=what) if what is not None else ""

    def _told(self, said: str) -> None:
        self._ctx.announce(said)
        self._read_history()

    def _actions(self) -> tuple[PageAction, ...]:
        page = self.page
        if page is None:
            return ()
        primary = page.primary_action()
        return (*((primary,) if primary else ()), *page.secondary_actions())

    def _print(self) -> None:
        for action in self._actions():
            if action.prints and action.enabled:
                action.run()
                return

    def _page_entries(self, _typed: str) -> list[CommandEntry]:
        _ = self._
        return [
            CommandEntry(spec.title, _("Página"), spec.icon, partial(self.go_to, spec.key))
            for spec in self._specs.values()
            if not spec.hidden
        ]

    def _action_entries(self, _typed: str) -> list[CommandEntry]:
        _ = self._
        entries = [
            CommandEntry(action.text, _("Acción de esta página"), action.icon or "play", action.run)
            for action in self._actions()
            if action.enabled
        ]
        if self._undo_name:
            entries.append(CommandEntry(self._undo_name, "Ctrl+Z", "undo-2", self.undo))
        if self._redo_name:
            entries.append(CommandEntry(self._redo_name, "Ctrl+Y", "redo-2", self.redo))
        entries.append(CommandEntry(_("Bloquear"), "Ctrl+L", "lock", self.lock_asked.emit))
        return entries

    def _restore_geometry(self) -> None:
        kept = self._ctx.settings.get(settings.WINDOW_GEOMETRY)
        if kept:
            try:
                place = base64.b64decode(kept, validate=True)
            except ValueError:
                place = b""
            if self.restoreGeometry(QByteArray(place)):
                return
        # The frame comes on top: on a small screen the foot of the rail would be below its edge.
        room = self.screen().availableSize() - QSize(0, FRAME)
        self.resize(QSize(*FIRST_SIZE).boundedTo(room))


__all__ = ["FOLD_BELOW", "WIDE", "History", "InstitutionMark", "MainWindow"]
