"""What a page is handed: everything it may use, and the few signals it may send or hear."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from facilitator_kit.clock import Clock
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts
from facilitator_kit.settings import Settings
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.theme import Theme

if TYPE_CHECKING:
    from facilitator_kit.workspace import Workspace


class UiContext(QObject):
    """Built once for an opened workspace; its parts never change afterwards.

    Signals: `changed(change)` after anything was stored, undone or redone; `navigated(page,
    params)`, `announced(text)`, `failed(error)` and `lock_asked()` are what the window listens to.
    `rebuild_asked()` (another language or text size), `leave_asked()` (another workspace),
    `restore_asked(backup)`, `lock_minutes_set()` and `practice_asked(PracticeAsked)` go to whoever
    built the window.
    """

    changed = Signal(object)
    navigated = Signal(str, object)
    announced = Signal(str)
    failed = Signal(object)
    lock_asked = Signal()
    rebuild_asked = Signal()
    leave_asked = Signal()
    restore_asked = Signal(Path)
    lock_minutes_set = Signal()
    practice_asked = Signal(object)
    _stored = Signal(object)

    def __init__(
        self,
        *,
        workspace: Workspace,
        texts: Texts,
        theme: Theme,
        icons: Icons,
        jobs: Jobs,
        settings: Settings,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._ = texts
        self.theme = theme
        self.icons = icons
        self.jobs = jobs
        self.settings = settings
        self.clock = clock
        jobs.refused.connect(self.failed)
        jobs.broke.connect(self.failed)
        self._stored.connect(self._tell)

    def navigate(self, page: str, **params: Any) -> None:
        """Show the page with this key and hand it `params` (see `Page.open`)."""
        self.navigated.emit(page, params)

    def announce(self, text: str) -> None:
        """Say that something was done: a short note at the foot, read by screen readers too."""
        self.announced.emit(text)

    def show_error(self, error: KitError) -> None:
        """Tell the person what happened and what to do, with all problems where there are any."""
        self.failed.emit(error)

    def notify(self, change: object) -> None:
        """Tell every page that something was stored. May be called from any thread."""
        self._stored.emit(change)

    def _tell(self, change: object) -> None:
        # What the worker stored last may be told of after the window closed: nobody reads again.
        if not self.jobs.closed:
            self.changed.emit(change)

    def lock(self) -> None:
        """Ask for the lock screen."""
        self.lock_asked.emit()
