"""The one place where the application's objects are built and joined.

The first window asks for a passphrase, and nothing that it does not need is loaded before it is
seen: the database and the main window's parts load while somebody is typing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from facilitator_kit import settings as declared
from facilitator_kit.clock import Clock, Ids, SystemClock
from facilitator_kit.curriculum import PackFolder
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts
from facilitator_kit.paths import UserFolders, content_folder
from facilitator_kit.settings import Settings
from facilitator_kit.ui.ahead import Ahead
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.collecting import MainThreadCollector
from facilitator_kit.ui.front.front_window import FrontWindow
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.qt_words import QtWords
from facilitator_kit.ui.theme import Theme, load_fonts
from facilitator_kit.workspace import Front

if TYPE_CHECKING:
    from facilitator_kit.practising import Practising
    from facilitator_kit.ui.context import UiContext
    from facilitator_kit.ui.front.lock import LockCover
    from facilitator_kit.ui.window import MainWindow
    from facilitator_kit.workspace import Workspace

BACKUP_CHECK_MS = 60_000
_TURN = 0.0001


@dataclass(frozen=True, slots=True)
class _Look:
    """Theme, icons and words, for windows that have no workspace yet."""

    theme: Theme
    icons: Icons
    _: Texts


class App(QObject):
    """Builds windows around a workspace, and takes them down again.

    One at a time: the front window until a workspace is open, then the main window. Another
    language or text size builds the window anew. `ended` comes when the last one is closed.
    """

    ended = Signal()

    def __init__(
        self, qt: QApplication, settings: Settings, folders: UserFolders, clock: Clock
    ) -> None:
        super().__init__(qt)
        self._qt = qt
        self._settings = settings
        self._folders = folders
        self._clock = clock
        content = content_folder()
        self._front = Front(clock, Ids(clock), PackFolder(content / "core"))
        self._sample_files = PackFolder(content / "sample")
        self.theme = Theme(settings.get(declared.THEME), settings.get(declared.TEXT_SCALE), self)
        self.theme.apply(qt)
        self._icons = Icons(self.theme)
        self._bugs = BugReports(folders.logs, clock)
        self._jobs = Jobs(self)
        """The worker of the window in front; each workspace gets its own."""
        self._ctx: UiContext | None = None
        self._leaving = False
        self._to_restore: Path | None = None
        self.front_window: FrontWindow | None = None
        self.workspace: Workspace | None = None
        self.window: MainWindow | None = None
        self.cover: LockCover | None = None
        self.practising: Practising | None = None
        self._backups = QTimer(self)
        self._backups.setInterval(BACKUP_CHECK_MS)
        self._backups.timeout.connect(self._back_up_if_due)
        self._collector = MainThreadCollector(self)
        self.ahead = Ahead(self)
        self.ahead.done.connect(self._collector.set_aside)
        qt.setQuitOnLastWindowClosed(False)

    @property
    def jobs(self) -> Jobs:
        """The worker of the window in front."""
        return self._jobs

    # -- before a workspace is open -----------------------------------------------------------

    def begin(self) -> FrontWindow:
        """Show the front window; it opens the workspace of last time where it can."""
        front = self._show_front()
        front.painted.connect(self._load_ahead)
        front.begin()
        return front

    def _load_ahead(self) -> None:
        """Load what an open workspace needs while a passphrase is being typed."""
        texts = Texts(self._settings.get(declared.LANGUAGE))
        self._jobs.run(self._front.load, lambda _opener: self.ahead.start())
        self._jobs.run(texts.get_ready, lambda _ready: None)
        self._jobs.run(self._icons.read, lambda _read: None)
        country = self._settings.get(declared.LAST_COUNTRY)
        if country:
            read = partial(self._front.read_curriculum, country)
            # A curriculum is many objects, all of which stay.
            self._jobs.run(read, lambda _read: self._collector.set_aside())

    def _show_front(self) -> FrontWindow:
        language = self._settings.get(declared.LANGUAGE)
        speak_qt(self._qt, language)
        front = FrontWindow(
            _Look(self.theme, self._icons, Texts(language)),
            self._jobs,
            self._front,
            self._settings,
            self._folders,
            self._sample_files,
            self._bugs,
        )
        front.opened.connect(self.open)
        front.closed.connect(self._quit_if_nothing_open)
        front.rebuild_asked.connect(self._rebuild_front)
        self.front_window = front
        front.show()
        return front

    def _rebuild_front(self) -> None:
        """The welcome page again, in the language or size just chosen."""
        place = self.front_window.geometry() if self.front_window is not None else None
        self._drop_front()
        front = self._show_front()
        if place is not None:
            front.setGeometry(place)
        front.show_welcome()
        front.focus_looks()

    def _drop_front(self) -> None:
        if self.front_window is not None:
            self.front_window.closed.disconnect(self._quit_if_nothing_open)
            self.front_window.close()
            self.front_window.deleteLater()
            self.front_window = None

    def _quit_if_nothing_open(self) -> None:
        if self.window is None:
            self.end()

    # -- an open workspace --------------------------------------------------------------------

    def open(self, workspace: Workspace) -> MainWindow:
        """Show the main window of a workspace that is open now."""
        self.ahead.finish()
        self.workspace = workspace
        self._settings.remember_workspace(workspace.folder)
        window = self._build(workspace)
        window.show()
        self._drop_front()
        # The page comes after the window is seen: together they would hold the screen up too long.
        self._jobs.later(window.show_last_page, owner=window)
        self._backups.start()
        if workspace.needs_new_passphrase and self._ctx is not None:
            from facilitator_kit.ui.pages.backups_secrets import PassphraseDialog

            dialog = PassphraseDialog(self._ctx, forgotten=True, parent=window)
            dialog.rejected.connect(self._leave)
            dialog.open()
        return window

    def _build(self, workspace: Workspace) -> MainWindow:
        # Loaded once somebody is in: the welcome and the lock need none of them.
        from facilitator_kit.practising import FOLDER, Practising
        from facilitator_kit.ui.context import UiContext
        from facilitator_kit.ui.front.lock import LockCover
        from facilitator_kit.ui.idle import IdleWatch
        from facilitator_kit.ui.pages.catalogue import page_specs
        from facilitator_kit.ui.pages.commands import PeopleAndSessions
        from facilitator_kit.ui.rail import mark_of
        from facilitator_kit.ui.window import MainWindow

        practising = self.practising
        if practising is None:
            practising = self.practising = Practising(
                self._front, self._folders.state / FOLDER, self._sample_files, self._bugs, self
            )
        institution = workspace.institution.get()
        self._settings.set(declared.LAST_COUNTRY, institution.country)
        texts = Texts(self._settings.get(declared.LANGUAGE), institution.country)
        speak_qt(self._qt, texts.language)
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
        window = MainWindow(
            ctx, page_specs(texts), mark_of(institution), history=workspace, bugs=self._bugs
        )
        window.before_close = self._may_close
        stop_listening = workspace.subscribe(ctx.notify)
        window.closing.connect(stop_listening)
        window.closing.connect(self._closed)
        window.destroyed.connect(ctx.deleteLater)
        ctx.changed.connect(
            lambda _change: window.rail.set_mark(mark_of(workspace.institution.get()))
        )
        entries = PeopleAndSessions(ctx, window.commands.look_again)
        window.commands.add_provider(entries.places)
        window.commands.add_provider(entries.people)
        window.commands.add_provider(entries.sessions)
        cover = LockCover(ctx, window)
        window.lock_asked.connect(cover.lock)
        cover.close_asked.connect(window.close)
        if not workspace.sample:
            idle = IdleWatch(self._settings.get(declared.LOCK_MINUTES), window)
            idle.idle.connect(cover.lock)
            ctx.lock_minutes_set.connect(
                lambda: idle.set_minutes(self._settings.get(declared.LOCK_MINUTES))
            )
        window.help_asked.connect(lambda page: window.go_to("manual", {"page": page}))
        ctx.rebuild_asked.connect(self._rebuild)
        ctx.leave_asked.connect(self._leave)
        ctx.restore_asked.connect(self._restore)
        ctx.practice_asked.connect(lambda asked: practising.begin(asked, ctx, window, cover))
        self._ctx = ctx
        self.window, self.cover = window, cover
        return window

    def _rebuild(self) -> None:
        """Build the window anew in the language or size just chosen, on the same page."""
        old, workspace = self.window, self.workspace
        if old is None or workspace is None:
            return
        old.store_what_is_typed()
        old.remember()
        old.closing.disconnect(self._closed)
        old.before_close = None
        window = self._build(workspace)
        window.show()
        window.show_last_page()
        old.close()
        old.deleteLater()

    # -- closing ------------------------------------------------------------------------------

    def _may_close(self) -> bool:
        """Whether nothing is left to do; else it is done first, and the window closes then."""
        window, workspace, ctx = self.window, self.workspace, self._ctx
        if window is None or workspace is None or ctx is None:
            return True
        self._end_practice()
        window.store_what_is_typed()
        window.before_close = None
        if not self._jobs.running and not _unsaved(workspace):
            return True
        for part in (window.rail, window.header, window.stack):
            part.setEnabled(False)
        # One worker, first come first served: every write comes before the backup. A backup that
        # cannot be made (a full disk) is told, and one that is cancelled is not; neither keeps
        # anybody from closing: all is stored.
        refused: list[KitError] = []
        job = self._jobs.start(
            workspace.back_up_what_changed(),
            ctx._("Última copia antes de cerrar"),
            lambda _made: None,
            refused.append,
        )
        job.ended.connect(lambda: self._close_now(window, refused))
        return False

    def _close_now(self, window: MainWindow, refused: list[KitError]) -> None:
        """Close after the last backup; where it was refused, once that has been read."""
        ctx = self._ctx
        if not refused or ctx is None:
            window.close()
            return
        from facilitator_kit.ui.dialogs import MessageDialog

        _ = ctx._
        dialog = MessageDialog(
            ctx,
            _("No se pudo hacer la copia de cierre"),
            refused[0].text(_),
            icon="circle-alert",
            parent=window,
        )
        dialog.finished.connect(lambda _code: window.close())
        dialog.open()

    def _end_practice(self) -> None:
        if self.practising is not None:
            self.practising.end(back=False)

    def _leave(self) -> None:
        """Close this workspace and go back to the welcome page."""
        self._leaving = True
        if self.window is not None:
            self.window.close()

    def _restore(self, backup: Path) -> None:
        """Close this workspace, and ask where that backup is to be restored."""
        self._to_restore = backup
        self._leave()

    def _closed(self) -> None:
        """The main window is closed: close the workspace, and quit or show the welcome page."""
        self._backups.stop()
        window, self.window, self.cover, self._ctx = self.window, None, None, None
        workspace, self.workspace = self.workspace, None
        if window is not None:
            window.hide()
            window.deleteLater()
        try:
            # What was asked for is stored before the files are closed.
            self._jobs.close()
            if workspace is not None:
                workspace.close()
        finally:
            if not self._leaving:
                self.ended.emit()
        if not self._leaving:
            return
        self._leaving = False
        self._jobs.deleteLater()
        self._jobs = Jobs(self)
        front = self._show_front()
        front.show_welcome()
        backup, self._to_restore = self._to_restore, None
        if backup is not None:
            front.restore(backup)

    def _back_up_if_due(self) -> None:
        if self.workspace is not None and self._ctx is not None and self.workspace.backup_due():
            title = self._ctx._("Haciendo una copia")
            self._jobs.start(self.workspace.back_up(), title, lambda _made: None, owner=self._ctx)

    def end(self) -> None:
        """Stop the worker and leave."""
        self._jobs.close()
        self.ended.emit()

    def shut(self) -> None:
        """Take everything down at once, whatever is open: what was asked for is stored, no more."""
        self._drop_front()
        self._end_practice()
        if self.window is not None:
            self.window.before_close = None
            self.window.close()
        self.end()
        self._collector.stop()
        self.deleteLater()

    def report(
        self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Keep a report of a bug that no job caught, and say so once (a `sys.excepthook`)."""
        del trace
        shown = self.window if self.window is not None else self.front_window
        if isinstance(error, Exception) and shown is not None:
            shown.show_error(error)
        else:
            self._bugs.keep(error)


def _unsaved(workspace: Workspace) -> bool:
    """Whether something is in no backup yet; also where a failing disk does not say."""
    try:
        return workspace.unsaved_in_backup()
    except KitError:
        return True


def make_qt(language: str) -> QApplication:
    """The Qt application with the bundled fonts and Qt's own words in the language."""
    # While the worker computes, each handler of the screen may wait this long for its turn, and a
    # letter typed takes a dozen of them. Python's own 5 ms would be felt.
    sys.setswitchinterval(_TURN)
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(sys.argv[:1])
    qt.setApplicationName("facilitator-kit")
    qt.setDesktopFileName("facilitator-kit")
    load_fonts()
    speak_qt(qt, language)
    return qt


def speak_qt(qt: QApplication, language: str) -> None:
    """Have Qt's own words (file dialogs, the menus of fields) and the titles in the language."""
    _ = Texts(language)
    qt.setApplicationDisplayName(_("Kit de Facilitación"))
    for old in qt.findChildren(QtWords):
        qt.removeTranslator(old)
        old.deleteLater()
    qt.installTranslator(QtWords(_, qt))
    QLocale.setDefault(QLocale(_.locale_name))


def run_app(language: str | None = None) -> int:
    """Open the application; the exit status once its last window is closed."""
    folders = UserFolders.of_user()
    folders.prepare()
    settings = Settings(folders.config, apart=True)
    if language is not None:
        settings.set(declared.LANGUAGE, language)
    qt = make_qt(settings.get(declared.LANGUAGE))
    app = App(qt, settings, folders, SystemClock())
    app.ended.connect(qt.quit)
    sys.excepthook = app.report
    app.begin()
    return qt.exec()


def run_screenshots(out: Path, only: str) -> int:
    """Write a picture of every page, dialog and empty state into `out`."""
    qt = make_qt("es")
    # Needed here only.
    from facilitator_kit.ui.screenshots import take_screenshots

    return take_screenshots(qt, out, only)
