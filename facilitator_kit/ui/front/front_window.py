"""The window before a workspace is open: welcome, unlocking, the wizard, making the sample.

Every start shows it first, so what its pages and dialogs need is loaded by each when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit import settings as declared
from facilitator_kit.errors import KitError
from facilitator_kit.paths import UserFolders
from facilitator_kit.progress import Work
from facilitator_kit.settings import Settings
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import BusyBar
from facilitator_kit.workspace import Front

if TYPE_CHECKING:
    from facilitator_kit.ui.front.unlock import UnlockPane
    from facilitator_kit.ui.front.welcome import WelcomePane
    from facilitator_kit.ui.front.wizard import SetupWizard
    from facilitator_kit.ui.front.wizard_flow import Answers
    from facilitator_kit.workspace import Workspace

KIT_FOLDER = "Kit de Facilitación"
SAMPLE_FOLDER = "Centro de ejemplo"
WRONG_KEY = "wrong_passphrase"


class _Panes(QStackedWidget):
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class FrontWindow(QMainWindow):
    """`opened` carries the open `Workspace`; whoever listens shows the main window.

    `rebuild_asked` comes when another language or text size was chosen on the welcome page, and
    `painted` once, when the window has been seen for the first time.
    """

    opened = Signal(object)
    closed = Signal()
    rebuild_asked = Signal()
    painted = Signal()

    def __init__(
        self,
        look: Look,
        jobs: Jobs,
        front: Front,
        settings: Settings,
        folders: UserFolders,
        sample_files: Mapping[str, bytes],
        bugs: BugReports,
    ) -> None:
        super().__init__()
        look.theme.dress(self)
        self._look = look
        self._ = look._
        self._jobs = jobs
        self._front = front
        self.settings = settings
        self._folders = folders
        self._sample_files = sample_files
        self._bugs = bugs
        self._answers: Answers | None = None
        self._seen = False
        self.welcome: WelcomePane | None = None
        """The welcome page, while it is shown."""
        self.unlock: UnlockPane | None = None
        """The page that asks for a passphrase, while it is shown."""
        self.wizard: SetupWizard | None = None
        """The wizard, while it is shown."""
        self.setWindowTitle(self._("Kit de Facilitación"))
        self.setMinimumSize(640, 480)
        self.resize(1100, 720)
        self._panes = _Panes()
        ground = QWidget()
        ground.setProperty("kind", "ground")
        whole = QVBoxLayout(ground)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._panes, 1)
        whole.addWidget(BusyBar(look, jobs))
        self.setCentralWidget(ground)
        jobs.refused.connect(self.show_error)
        jobs.broke.connect(self.show_error)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            # Not yet on the screen: the parts are painted after the whole.
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent, /) -> None:
        super().closeEvent(event)
        if self.wizard is not None:
            self.wizard.give_up()
        self.closed.emit()

    # -- what is shown ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the workspace of last time, or welcome whoever is new."""
        last = self.settings.get(declared.LAST_WORKSPACE)
        folder = Path(last) if last else None
        if folder is not None and folder.is_dir():
            self.ask_to_open(folder)
        else:
            self.show_welcome()

    def show_welcome(self) -> None:
        """The welcome page."""
        from facilitator_kit.ui.front.welcome import WelcomePane

        recent = [Path(text) for text in self.settings.get(declared.RECENT_WORKSPACES)]
        pane = WelcomePane(
            self._look,
            [folder for folder in recent if folder.is_dir()],
            self._sample_folder.is_dir(),
            self.settings,
        )
        pane.sample_asked.connect(self._open_sample)
        pane.new_sample_asked.connect(self._confirm_new_sample)
        pane.create_asked.connect(lambda: self.show_wizard())
        pane.open_asked.connect(self._choose_folder)
        pane.restore_asked.connect(lambda: self.restore())
        pane.recent_asked.connect(self.ask_to_open)
        pane.rebuild_asked.connect(self.rebuild_asked)
        self._show(pane)
        self.welcome = pane
        pane.first_focus().setFocus()

    def focus_looks(self) -> None:
        """Give the keyboard back to the choice of language and size."""
        if self.welcome is not None:
            self.welcome.looks.setFocus()

    def show_wizard(self, answers: Answers | None = None) -> None:
        """The first-run wizard, for an institution of one's own."""
        self._front.load()
        from facilitator_kit.ui.front.wizard import SetupWizard

        wizard = SetupWizard(
            self._look, self._jobs, self._front, self._folders, answers or self._answers
        )
        wizard.left.connect(self.show_welcome)
        wizard.finished.connect(self.opened)
        self._show(wizard)
        self.wizard = wizard
        wizard.first_focus().setFocus()

    def ask_to_open(self, folder: Path) -> None:
        """Open at once what needs no passphrase; ask for it otherwise."""
        try:
            sample = self._front.is_sample(folder)
        except KitError as error:
            self._welcome_with(error)
            return
        if sample:
            self._jobs.run(
                partial(self._front.open, folder), self._open, self._welcome_with, owner=self
            )
            return
        from facilitator_kit.ui.front.unlock import UnlockPane

        pane = UnlockPane(self._look, can_leave=True, place=folder.name)
        pane.left.connect(self.show_welcome)

        def refused(error: KitError) -> None:
            if error.code == WRONG_KEY:
                pane.refuse(error)
            else:
                self._welcome_with(error)

        pane.unlock_asked.connect(
            lambda passphrase, key: self._jobs.run(
                partial(self._front.open, folder, passphrase, key), self._open, refused, owner=pane
            )
        )
        self._show(pane)
        self.unlock = pane
        pane.first_focus().setFocus()

    def _open(self, workspace: Workspace) -> None:
        self.opened.emit(workspace)

    def show_error(self, error: Exception) -> None:
        """A `KitError` is explained; anything else is reported as a bug, once, and kept."""
        if not self.isVisible():
            return  # the main window listens too, and is the one in front
        from facilitator_kit.ui.dialogs import BugDialog, error_dialog

        if isinstance(error, KitError):
            error_dialog(self._look, error, self).open()
        else:
            BugDialog(self._look, self._bugs.keep(error), parent=self).open()

    def _show(self, pane: QWidget) -> None:
        old = self._panes.currentWidget()
        if self.wizard is not None:
            # Whoever comes back finds what was typed, but for the passphrase.
            self._answers = replace(self.wizard.answers, passphrase="", passphrase_again="")
            self.wizard.give_up()
        self.welcome = self.unlock = self.wizard = None
        self._panes.addWidget(pane)
        self._panes.setCurrentWidget(pane)
        if old is not None:
            self._panes.removeWidget(old)
            old.deleteLater()

    def _welcome_with(self, error: KitError) -> None:
        self.show_welcome()
        self.show_error(error)

    # -- the sample ------------------------------------------------------------------------------

    @property
    def _sample_folder(self) -> Path:
        return self._folders.documents / KIT_FOLDER / SAMPLE_FOLDER

    def _open_sample(self) -> None:
        folder = self._sample_folder
        if folder.is_dir():
            self.ask_to_open(folder)
            return
        self._start_sample(self._place_sample(folder))

    def _place_sample(self, folder: Path, *, again: bool = False) -> Work[Path]:
        # On the worker: living the sample's year loads all the use cases.
        self._front.load()
        from facilitator_kit.workspace.sample import place_sample

        return (yield from place_sample(self._front, folder, self._sample_files, again=again))

    def _start_sample(self, work: Work[Path]) -> None:
        pane = self._panes.currentWidget()
        if pane is not None:
            pane.setEnabled(False)
        job = self._jobs.start(
            work, self._("Preparando el centro de ejemplo"), self.ask_to_open, owner=self
        )
        if pane is not None:
            job.ended.connect(partial(pane.setEnabled, True))

    def _confirm_new_sample(self) -> None:
        from facilitator_kit.ui.dialogs import ConfirmDialog

        ConfirmDialog(
            self._look,
            self._("¿Hacer de nuevo el centro de ejemplo?"),
            self._("Lo que se haya practicado en él se borra. Los demás espacios no se tocan."),
            yes=self._("Hacerlo de nuevo"),
            on_yes=lambda _reason: self._remake_sample(),
            parent=self,
        ).open()

    def _remake_sample(self) -> None:
        folder = self._sample_folder
        # Only a folder that says of itself that it is a sample is ever replaced.
        try:
            again = self._front.is_sample(folder)
        except KitError as error:
            self.show_error(error)
            return
        self._start_sample(self._place_sample(folder, again=again))

    # -- folders -----------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self._("Carpeta del espacio de trabajo"), str(self._folders.documents)
        )
        if chosen:
            self.ask_to_open(Path(chosen))

    def restore(self, backup: Path | None = None) -> None:
        """Ask where a backup is to be restored, and open what comes of it."""
        self._front.load()
        from facilitator_kit.ui.front.restore import RestoreDialog

        dialog = RestoreDialog(
            self._look, self._jobs, self._front, self._folders, backup=backup, parent=self
        )
        dialog.restored.connect(self.ask_to_open)
        dialog.open()
