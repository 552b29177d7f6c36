"""Practising: a window of its own around a fictitious institution, in the place of the real one.

The real workspace stays open behind it, and its window hidden. What is practised reaches it by one
way only: when the person goes back, it is told whether the task was done.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit import settings as declared
from facilitator_kit.settings import Settings
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import MessageDialog
from facilitator_kit.ui.front.lock import LockCover
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.rail import mark_of
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.practice import Practice, open_practice
from facilitator_kit.workspace.training_views import PracticeAsked

FOLDER = "practice"
"""Below this user's own folders: nobody who looks for her work comes upon it."""


class PracticeSession(QObject):
    """One task being practised. `left` comes once its window is closed.

    Its pages are handed the practice workspace and nothing else: no signal of theirs reaches the
    real one, and what they remember is forgotten.
    """

    left = Signal()
    lock_asked = Signal()

    def __init__(
        self, practice: Practice, real: UiContext, bugs: BugReports, parent: QObject
    ) -> None:
        # The pages load once somebody is in: the welcome and the lock need none of them.
        from facilitator_kit.ui.pages.catalogue import page_specs
        from facilitator_kit.ui.practice import PracticeFrame, practised

        super().__init__(parent)
        self.practice = practice
        self.jobs = Jobs(self)
        own = Settings(None)
        own.set(declared.LANGUAGE, real.settings.get(declared.LANGUAGE))
        self._ctx = UiContext(
            workspace=practice.workspace,
            texts=real._,
            theme=real.theme,
            icons=real.icons,
            jobs=self.jobs,
            settings=own,
            clock=real.clock,
            parent=self,
        )
        self.window = MainWindow(
            self._ctx,
            practised(page_specs(real._)),
            mark_of(practice.workspace.institution.get()),
            history=practice.workspace,
            bugs=bugs,
        )
        self.window.setWindowTitle(real._("Práctica · Kit de Facilitación"))
        self.frame = PracticeFrame(self._ctx, practice, self.window)
        self.frame.left.connect(self.window.close)
        self.window.closing.connect(self._leave_later)
        self.window.lock_asked.connect(self.lock_asked)
        self.window.help_asked.connect(lambda page: self.window.go_to("manual", {"page": page}))
        self._ctx.leave_asked.connect(self.window.close)
        self._ctx.restore_asked.connect(lambda _backup: self._explain())
        self._stop_listening = practice.workspace.subscribe(self._ctx.notify)

    def show(self, instead_of: QWidget) -> None:
        """Show the window where the other one is."""
        self.window.setGeometry(instead_of.geometry())
        if instead_of.isMaximized():
            self.window.showMaximized()
        else:
            self.window.show()
        # As the application does: window and page in one turn would hold the screen up too long.
        self.jobs.later(self.window.show_last_page, owner=self.window)

    def end(self) -> bool:
        """Take the window down and close the workspace; whether the task was done in it."""
        self.window.closing.disconnect(self._leave_later)
        self.window.store_what_is_typed()
        self.window.close()
        self._stop_listening()
        # What was asked for is stored before the journal is read and the files are closed.
        self.jobs.close()
        done = self.practice.done()
        self.practice.workspace.close()
        self.window.deleteLater()
        self.deleteLater()
        return done

    def _leave_later(self) -> None:
        # The window is taken apart once it has closed, not while it is closing.
        QTimer.singleShot(0, self, self.left.emit)

    def _explain(self) -> None:
        _ = self._ctx._
        MessageDialog(
            self._ctx,
            _("En la práctica no se restaura nada"),
            _("Vuelva a Formación: las copias de su institución están en Copias y resguardo."),
            parent=self.window,
        ).open()


class Practising(QObject):
    """Opens practice for a main window, one task at a time, and brings the person back."""

    def __init__(
        self,
        front: Front,
        base: Path,
        sample_files: Mapping[str, bytes],
        bugs: BugReports,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._front = front
        self._base = base
        self._sample_files = sample_files
        self._bugs = bugs
        self._opening = False
        self._real: tuple[UiContext, MainWindow] | None = None
        self.session: PracticeSession | None = None

    def begin(
        self, asked: PracticeAsked, ctx: UiContext, window: MainWindow, cover: LockCover
    ) -> None:
        """Open the practice institution of today for a task; it is made where there is none."""
        if self._opening or self.session is not None:
            return
        self._opening = True
        job = ctx.jobs.start(
            open_practice(self._front, self._base, self._sample_files),
            ctx._("Preparando la práctica"),
            partial(self._show, asked, ctx, window, cover),
            owner=window,
        )
        job.ended.connect(self._opened)

    def _opened(self) -> None:
        self._opening = False

    def _show(
        self,
        asked: PracticeAsked,
        ctx: UiContext,
        window: MainWindow,
        cover: LockCover,
        workspace: Workspace,
    ) -> None:
        if cover.locked:
            # She left the computer meanwhile: nothing opens over the lock.
            workspace.close()
            return
        window.store_what_is_typed()
        session = PracticeSession(Practice(workspace, asked), ctx, self._bugs, self)
        session.left.connect(self.end)
        session.lock_asked.connect(window.lock_asked)
        self.session, self._real = session, (ctx, window)
        session.show(window)
        window.hide()

    def end(self, *, back: bool = True) -> None:
        """Close what was practised, tell the real workspace whether it was done, and go back."""
        session, real = self.session, self._real
        if session is None or real is None:
            return
        self.session = self._real = None
        asked, (ctx, window) = session.practice.asked, real
        done = session.end()
        if back:
            window.show()
            window.activateWindow()
        if not done:
            return
        training, title = ctx.workspace.training, asked.task.title
        ctx.jobs.run(
            partial(training.record_task, asked.enrolment_id, asked.task.code),
            lambda _made: ctx.announce(ctx._("Práctica hecha: {title}", title=title)),
            owner=ctx,
        )
