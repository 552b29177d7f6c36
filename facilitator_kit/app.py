"""The one place where the application's objects are built and joined."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from facilitator_kit import settings as declared
from facilitator_kit.clock import Clock, Ids, SystemClock
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.i18n import Texts
from facilitator_kit.paths import UserFolders, content_folder
from facilitator_kit.settings import Settings
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.front.front_window import FrontWindow
from facilitator_kit.ui.front.lock import LockCover
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.idle import IdleWatch
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.pages.catalogue import page_specs
from facilitator_kit.ui.pages.commands import PeopleAndSessions
from facilitator_kit.ui.rail import InstitutionMark
from facilitator_kit.ui.screenshots import take_screenshots
from facilitator_kit.ui.theme import Theme, load_fonts
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace import Front, Workspace

BACKUP_CHECK_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Look:
    """Theme, icons and words, for windows that have no workspace yet."""

    theme: Theme
    icons: Icons
    _: Texts


class App(QObject):
    """Builds windows around a workspace, and takes them down again.

    One at a time: the front window until a workspace is open, then the main window. A change of
    language builds the main window anew.
    """

    def __init__(
        self, qt: QApplication, settings: Settings, folders: UserFolders, clock: Clock
    ) -> None:
        super().__init__(qt)
        self._qt = qt
        self._settings = settings
        self._folders = folders
        self._clock = clock
        content = content_folder()
        self._front = Front(clock, Ids(clock), pack_files_from_folder(content / "core"))
        self._sample_files = pack_files_from_folder(content / "sample")
        self.theme = Theme(settings.get(declared.THEME), settings.get(declared.TEXT_SCALE), self)
        self.theme.apply(qt)
        self._icons = Icons(self.theme)
        self._bugs = BugReports(folders.logs, clock)
        self._jobs = Jobs(self)
        """The worker of the window in front; each workspace gets its own."""
        self._look = _Look(self.theme, self._icons, Texts(settings.get(declared.LANGUAGE)))
        self._front_window: FrontWindow | None = None
        self.workspace: Workspace | None = None
        self.window: MainWindow | None = None
        self._backups = QTimer(self)
        self._backups.setInterval(BACKUP_CHECK_MS)
        self._backups.timeout.connect(self._back_up_if_due)
        qt.setQuitOnLastWindowClosed(False)

    # -- before a workspace is open -----------------------------------------------------------

    def begin(self) -> FrontWindow:
        """Show the front window; it opens the workspace of last time where it can."""
        front = self._show_front()
        front.begin()
        return front

    def _show_front(self) -> FrontWindow:
        front = FrontWindow(
            self._look,
            self._jobs,
            self._front,
            self._settings,
            self._folders,
            self._sample_files,
            self._bugs,
        )
        front.opened.connect(self.open)
        front.closed.connect(self._quit_if_nothing_open)
        self._front_window = front
        front.show()
        return front

    def _quit_if_nothing_open(self) -> None:
        if self.window is None:
            self.end()

    # -- an open workspace --------------------------------------------------------------------

    def open(self, workspace: Workspace) -> MainWindow:
        """Show the main window of a workspace that is open now."""
        self.workspace = workspace
        self._settings.remember_workspace(workspace.folder)
        window = self._build(workspace)
        if self._front_window is not None:
            self._front_window.close()
            self._front_window.deleteLater()
            self._front_window = None
        window.show()
        window.show_last_page()
        self._backups.start()
        return window

    def _build(self, workspace: Workspace) -> MainWindow:
        institution = workspace.institution.get()
        texts = Texts(self._settings.get(declared.LANGUAGE), institution.country)
        self._look = replace(self._look, _=texts)
        ctx = UiContext(
            workspace=workspace,
            texts=texts,
            theme=self.theme,
            icons=self._icons,
            jobs=self._jobs,
            settings=self._settings,
            clock=self._clock,
            parent=self,
        )
        mark = InstitutionMark(
            badge=_badge(institution.short_name),
            name=institution.short_name,
            place=institution.city,
            sample=institution.sample,
        )
        window = MainWindow(ctx, page_specs(texts), mark, history=workspace, bugs=self._bugs)
        stop_listening = workspace.subscribe(ctx.notify)
        window.closing.connect(stop_listening)
        window.closing.connect(self._close_workspace)
        entries = PeopleAndSessions(ctx)
        window.commands.add_provider(entries.people)
        window.commands.add_provider(entries.sessions)
        cover = LockCover(ctx, window)
        window.lock_asked.connect(cover.lock)
        idle = IdleWatch(self._settings.get(declared.LOCK_MINUTES), window)
        if not workspace.sample:
            idle.idle.connect(cover.lock)
        window.help_asked.connect(lambda page: window.show_page("manual", {"page": page}))
        ctx.rebuild_asked.connect(self._rebuild)
        ctx.leave_asked.connect(self._leave)
        self.window = window
        return window

    def _rebuild(self) -> None:
        """Build the window anew in the language just chosen, on the same page."""
        old, workspace = self.window, self.workspace
        if old is None or workspace is None:
            return
        old.remember()
        old.closing.disconnect(self._close_workspace)
        window = self._build(workspace)
        window.show()
        window.show_last_page()
        old.close()
        old.deleteLater()

    def _leave(self) -> None:
        """Close this workspace and go back to the welcome page."""
        if self.window is not None:
            self.window.closing.disconnect(self._close_workspace)
            self.window.close()
            self.window.deleteLater()
        self._close_workspace(quitting=False)
        self._jobs = Jobs(self)
        self._show_front().show_welcome()

    def _close_workspace(self, quitting: bool = True) -> None:
        self._backups.stop()
        workspace, self.workspace, self.window = self.workspace, None, None
        if workspace is not None:
            # What was asked for is stored before the files are closed.
            self._jobs.close()
            workspace.back_up_and_close()
        if quitting:
            self.end()

    def _back_up_if_due(self) -> None:
        if self.workspace is not None and self.workspace.backup_due():
            title = self._look._("Copia de respaldo")
            self._jobs.start(self.workspace.back_up(), title, lambda _made: None, owner=self)

    def end(self) -> None:
        """Stop the worker and leave."""
        self._jobs.close()
        self._qt.quit()


def _badge(name: str) -> str:
    """Two letters or figures that stand for a name: "Centro de ejemplo" → "CE"."""
    words = [word for word in name.split() if word[:1].isupper() or word[:1].isdigit()]
    letters = "".join(word[0] for word in words[:2]) or name[:2]
    return letters.upper() if len(letters) > 1 else name[:2].upper()


def make_qt(language: str) -> QApplication:
    """The Qt application with the bundled fonts and Qt's own words in the language."""
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(sys.argv[:1])
    qt.setApplicationName("facilitator-kit")
    qt.setApplicationDisplayName("Kit de Facilitación")
    qt.setDesktopFileName("facilitator-kit")
    load_fonts()
    translator = QTranslator(qt)
    translations = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", translations):
        qt.installTranslator(translator)
    return qt


def run_app(language: str | None = None) -> int:
    """Open the application; the exit status once its last window is closed."""
    folders = UserFolders.of_user()
    folders.prepare()
    settings = Settings(folders.config)
    if language is not None:
        settings.set(declared.LANGUAGE, language)
    qt = make_qt(settings.get(declared.LANGUAGE))
    app = App(qt, settings, folders, SystemClock())
    app.begin()
    return qt.exec()


def run_screenshots(out: Path, only: str) -> int:
    """Write a picture of every page, dialog and empty state into `out`."""
    qt = make_qt("es")
    return take_screenshots(qt, out, only)
