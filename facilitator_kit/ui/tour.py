"""Walks through every page, dialog and empty state, to take pictures of them or to examine them.

What is visited is a table (`STATES`): a page, what it is asked to show, and the buttons pressed to
come to a dialog. A button that is no longer there ends the tour, so the table stays true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from facilitator_kit import settings as declared
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_files_from_folder, parse_markdown
from facilitator_kit.curriculum.learning import PracticeAct, PracticeTask
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import LANGUAGES, Texts
from facilitator_kit.monitoring.records import Paper
from facilitator_kit.paths import UserFolders, content_folder
from facilitator_kit.progress import finish
from facilitator_kit.settings import Settings
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.front.front_window import FrontWindow
from facilitator_kit.ui.front.lock import LockCover
from facilitator_kit.ui.front.wizard_flow import ASKED, Answers
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.pages.catalogue import page_specs
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.practice import PracticeFrame, practised
from facilitator_kit.ui.rail import InstitutionMark
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tour_states import EMPTY_STATES, STATES, State
from facilitator_kit.ui.widgets import Button
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace import Front, NewInstitution, Workspace
from facilitator_kit.workspace.demo import REFERENCE_DATE
from facilitator_kit.workspace.practice import Practice
from facilitator_kit.workspace.sample import make_sample
from facilitator_kit.workspace.training_views import PracticeAsked

Visit = Callable[[str, QWidget], None]
"""Called with the name of what is shown and the window or dialog that shows it."""

WINDOW: Final = (1366, 768)
FRONT: Final = (
    *("bienvenida", "restaurar", "abrir", "abrir-rechazada"),
    *(f"asistente-{number + 1}" for number in range(len(ASKED) + 1)),
    "asistente-rechazado",
)
"""What there is to see before a workspace is open."""

ADAPTED: Final = "modules/M3/02-mi-presupuesto.md"
"""The page that the empty institution has its own text of."""

PASSPHRASE: Final = "cuatro palabras sin importancia"
PRACTICE: Final = "practica"
_TASK: Final = PracticeTask(
    "P",
    "Pasar lista de la última sesión",
    10,
    PracticeAct.ROLL,
    parse_markdown("1. Abra **Cohortes**.\n2. Marque a cada participante."),
)
_FOLDED_FROM: Final = 150
"""Text size in percent from which pages of several columns show one at a time."""

_TICK_MS: Final = 15
_QUIET_TICKS: Final = 3
_PATIENCE_TICKS: Final = 2000
_DRAWN_AFTER: Final = 4
"""Times of quiet after which the pages of a document are drawn."""


class Studio:
    """A sample institution and an empty one, in a folder that may be thrown away afterwards."""

    def __init__(
        self,
        folder: Path,
        sample: Path | None = None,
        core: Mapping[str, bytes] | None = None,
    ) -> None:
        """Make both; `sample` is a sample made before on `REFERENCE_DATE`, to save the time.

        `core` are the files of another pack than the program's own.
        """
        self.folder = folder
        self.clock = FixedClock(datetime.combine(REFERENCE_DATE, time(8)))
        content = content_folder()
        core = core if core is not None else pack_files_from_folder(content / "core")
        self.sample_files = pack_files_from_folder(content / "sample")
        self.front = Front(self.clock, Ids.seeded(self.clock, 7), core)
        self.folders = UserFolders(
            folder / "config", folder / "state", folder / "logs", folder / "documents"
        )
        self.folders.prepare()
        self.sample = sample or folder / "sample"
        if sample is None:
            made = finish(make_sample(self.sample, REFERENCE_DATE, core, self.sample_files))
            made.workspace.close()
        self.empty = folder / "empty"
        self._make_empty(core)
        self._count = 0

    def _make_empty(self, core: Mapping[str, bytes]) -> None:
        """The empty institution: made by an earlier version of the program, one page adapted.

        The page ends in one sentence in that version's pack, in another as adapted, and in a third
        in the pack of this program: somebody has to decide.
        """
        kept = core[ADAPTED].decode("utf-8").rstrip("\n").rpartition("\n")[0]
        manifest = re.sub(rb"(?m)^version = .*$", b'version = "2025.1"', core["pack.toml"])
        page = f"{kept}\nAnote qué voz no se oyó hoy.\n".encode()
        earlier = Front(
            self.clock,
            Ids.seeded(self.clock, 8),
            {**core, "pack.toml": manifest, ADAPTED: page},
        )
        workspace = earlier.create(self.empty, new_institution()).workspace
        workspace.packs.adapt(ADAPTED, f"{kept}\nAnote qué voz no se oyó en nuestro centro.\n")
        workspace.close()

    def new_folder(self) -> Path:
        """A folder that does not exist yet."""
        self._count += 1
        return self.folder / f"new-{self._count}"


def new_institution() -> NewInstitution:
    """The institution of the empty states: fictitious, like everything shown."""
    return NewInstitution(
        name="Instituto de las Mujeres de Ejemplo",
        short_name="Instituto de Ejemplo",
        country="MX",
        city="Guadalajara",
        state="Jalisco",
        centre_name="Centro Reforma",
        centre_code="CR",
        user_name="Persona de Ejemplo",
        user_position="Coordinación",
        passphrase=PASSPHRASE,
        passphrase_again=PASSPHRASE,
    )


@dataclass(slots=True)
class Shown:
    """What a tour runs on: one language, one theme, one text size."""

    texts: Texts
    theme: Theme
    icons: Icons
    faults: list[Exception] = field(default_factory=list)

    @property
    def _(self) -> Texts:
        return self.texts


class Tour(QObject):
    """One walk through everything, in one language, theme and text size."""

    def __init__(
        self, studio: Studio, shown: Shown, visit: Visit, only: str = "", prefix: str = ""
    ) -> None:
        """Everything is visited whose name, after the prefix, holds `only`."""
        super().__init__()
        self._prefix = prefix
        self._studio = studio
        self._shown = shown
        self._visit = visit
        self._only = only
        self._jobs: Jobs | None = None
        self._loop = QEventLoop(self)
        self._quiet = 0
        self._ticks = 0
        self._fault: BaseException | None = None
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def run(self, *, front: bool = True, dialogs: bool = True) -> None:
        """Visit the front window's pages (`front`), then the main window's, with their dialogs.

        Raises whatever went wrong on the way, the first fault first.
        """
        self._steps = self._all(front, dialogs)
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        if isinstance(self._steps, Generator):
            self._steps.close()
        if self._fault is not None:
            raise self._fault

    # -- pace ------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Take the next step once nothing has been going on for a moment."""
        busy = self._jobs is not None and bool(self._jobs.running)
        self._quiet = 0 if busy else self._quiet + 1
        self._ticks += 1
        if self._ticks > _PATIENCE_TICKS:
            self._fault = TimeoutError("work in the background does not end")
            self._loop.quit()
        if self._quiet < _QUIET_TICKS:
            return
        self._quiet = self._ticks = 0
        try:
            if self._shown.faults:
                raise self._shown.faults[0]
            next(self._steps)
        except StopIteration:
            self._loop.quit()
        except BaseException as fault:
            self._fault = fault
            self._loop.quit()

    def _new_jobs(self) -> Jobs:
        self._jobs = Jobs(self)
        self._jobs.broke.connect(self._shown.faults.append)
        return self._jobs

    def _end_jobs(self) -> None:
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    def _wanted(self, name: str) -> bool:
        return self._only in self._prefix + name

    # -- the way ---------------------------------------------------------------------------------

    def _all(self, front: bool, dialogs: bool) -> Iterator[None]:
        if front:
            yield from self._front_pages()
        yield from self._pages(self._studio.sample, "", STATES, dialogs)
        yield from self._pages(self._studio.empty, PASSPHRASE, EMPTY_STATES, dialogs)

    def _front_pages(self) -> Iterator[None]:
        if not any(self._wanted(name) for name in FRONT):
            return
        studio = self._studio
        settings = self._settings()
        settings.remember_workspace(studio.empty)
        window = FrontWindow(
            self._shown,
            self._new_jobs(),
            studio.front,
            settings,
            studio.folders,
            studio.sample_files,
            BugReports(studio.folders.logs, studio.clock),
        )
        try:
            window.resize(*WINDOW)
            window.show()
            window.show_welcome()
            yield
            self._see("bienvenida", window)
            window.restore(studio.empty / "backups" / "copia")
            yield
            yield from self._see_dialog("restaurar")
            window.ask_to_open(studio.empty)
            yield
            self._see("abrir", window)
            unlock = window.unlock
            assert unlock is not None  # the pane was asked for just now
            unlock.passphrase.set_draft("otra cosa")
            unlock.button.click()
            yield
            self._see("abrir-rechazada", window)
            window.show_wizard(_answers(studio.new_folder()))
            wizard = window.wizard
            assert wizard is not None
            for number in range(len(ASKED) + 1):
                yield
                self._see(f"asistente-{number + 1}", window)
                if number < len(ASKED):
                    wizard.go_on()
            window.show_wizard(Answers())
            wizard = window.wizard
            assert wizard is not None
            wizard.go_on()
            yield
            self._see("asistente-rechazado", window)
        finally:
            window.close()
            self._end_jobs()
            window.deleteLater()

    def _pages(
        self, folder: Path, passphrase: str, states: Mapping[str, tuple[State, ...]], dialogs: bool
    ) -> Iterator[None]:
        wanted = {
            key: [
                state
                for state in of_page
                if self._wanted(state.file_name(key))
                and (dialogs or not state.press)
                and (self._shown.theme.scale < _FOLDED_FROM or not state.wide)
            ]
            for key, of_page in states.items()
        }
        practises = not passphrase and self._wanted(PRACTICE)
        if not any(wanted.values()) and not practises:
            return
        workspace = self._studio.front.open(folder, passphrase)
        there = _what_there_is(workspace)
        window, ctx = self._window(workspace)
        try:
            window.show()
            for key, of_page in wanted.items():
                for state in of_page:
                    if state.needs and state.needs not in there:
                        continue
                    window.go_to(key, dict(state.params))
                    yield
                    yield from self._state(window, key, state)
            if passphrase and dialogs and self._wanted("bloqueado"):
                yield from self._locked(window, ctx)
            if practises:
                yield from self._practising(workspace)
        finally:
            window.close()
            self._end_jobs()
            window.deleteLater()
            ctx.deleteLater()
            workspace.close()
        yield

    def _state(self, window: MainWindow, key: str, state: State) -> Iterator[None]:
        name = state.file_name(key)
        for text in state.press:
            self._press(name, window, text)
            yield
        if not state.press or state.on_page:
            window.toast.hide()
            self._see(name, window)
        elif _top_dialog() is None:
            raise LookupError(f"{name}: «{state.press[-1]}» opened no dialog")
        else:
            yield from self._see_dialog(name)

    def _press(self, name: str, window: MainWindow, text: str) -> None:
        """Press a button of the dialog in front, or do an action of the page."""
        start = self._shown.texts(text)
        dialog, page = _top_dialog(), window.page
        if dialog is None and page is not None:
            primary = page.primary_action()
            # Where room is short, actions are folded into a menu.
            for action in (*([primary] if primary else []), *page.secondary_actions()):
                if action.text.startswith(start) and action.enabled:
                    action.run()
                    return
        button = find_button(dialog or window, start)
        if button is None:
            raise LookupError(f"{name}: no button «{text}» to press")
        button.click()

    def _locked(self, window: MainWindow, ctx: UiContext) -> Iterator[None]:
        cover = LockCover(ctx, window)
        cover.lock()
        yield
        if cover.cover is not None and cover.pane is not None:
            self._see("bloqueado", cover.cover)
            cover.pane.passphrase.set_draft(PASSPHRASE)
            cover.pane.button.click()
        yield

    def _practising(self, workspace: Workspace) -> Iterator[None]:
        """What stands around the pages while somebody practises a task."""
        tasks = [
            task for module in workspace.desk.pack_in_force.modules for task in module.practice
        ]
        task = tasks[0] if tasks else _TASK
        window, ctx = self._window(workspace, self._jobs, practice=True)
        PracticeFrame(ctx, Practice(workspace, PracticeAsked("", task)), window)
        try:
            window.show()
            yield
            window.show_page("hoy")
            yield
            self._see(PRACTICE, window)
        finally:
            window.close()
            window.deleteLater()
            ctx.deleteLater()

    # -- pieces ----------------------------------------------------------------------------------

    def _settings(self) -> Settings:
        settings = Settings(None)
        settings.set(declared.TEXT_SCALE, self._shown.theme.scale)
        settings.set(declared.THEME, self._shown.theme.name)
        if self._shown.texts.language in LANGUAGES:
            settings.set(declared.LANGUAGE, self._shown.texts.language)
        return settings

    def _window(
        self, workspace: Workspace, jobs: Jobs | None = None, *, practice: bool = False
    ) -> tuple[MainWindow, UiContext]:
        studio, shown = self._studio, self._shown
        ctx = UiContext(
            workspace=workspace,
            texts=shown.texts,
            theme=shown.theme,
            icons=shown.icons,
            jobs=jobs or self._new_jobs(),
            settings=self._settings(),
            clock=studio.clock,
        )
        ctx.failed.connect(self._failed)
        institution = workspace.institution.get()
        mark = InstitutionMark(
            institution.short_name[:2].upper(),
            institution.short_name,
            institution.city,
            institution.sample,
        )
        bugs = BugReports(studio.folders.logs, studio.clock)
        specs = page_specs(shown.texts)
        specs = practised(specs) if practice else specs
        window = MainWindow(ctx, specs, mark, history=workspace, bugs=bugs)
        window.resize(*WINDOW)
        return window, ctx

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KitError):
            self._shown.faults.append(AssertionError(error.text(Texts("es"))))

    def _see(self, name: str, widget: QWidget) -> None:
        if self._wanted(name):
            self._visit(name, widget)

    def _see_dialog(self, name: str) -> Iterator[None]:
        """Visit the dialog in front, then close it and those behind it."""
        dialog = _top_dialog()
        if isinstance(dialog, PdfDialog):
            # Qt draws a document's pages on a thread of its own, and does not say when it is done.
            for _wait in range(_DRAWN_AFTER):
                yield
        if dialog is not None:
            self._see(name, dialog)
        while (dialog := _top_dialog()) is not None:
            dialog.reject()
            if dialog.isVisible():
                dialog.close()
            yield


def _answers(folder: Path) -> Answers:
    new = new_institution()
    return Answers(
        name=new.name,
        short_name=new.short_name,
        city=new.city,
        state=new.state,
        centre_name=new.centre_name,
        centre_code=new.centre_code,
        paper=Paper.LETTER,
        signatories=(("Mtra. Nombre Apellido", "Titular"),),
        user_name=new.user_name,
        user_position=new.user_position,
        passphrase=PASSPHRASE,
        passphrase_again=PASSPHRASE,
        folder=folder,
    )


def _what_there_is(workspace: Workspace) -> set[str]:
    """What a state may need of the pack: waves of its forms, "quiz", and fields that hold some."""
    pack = workspace.desk.pack_in_force
    found = {instrument.wave.value for instrument in pack.instruments}
    found |= {part for part in ("complements", "process") if getattr(pack, part)}
    if any(module.quiz is not None for module in pack.modules):
        found.add("quiz")
    return found


def find_button(place: QWidget, start: str) -> Button | None:
    """The first visible button whose words, or else name, begin so, and which can be pressed."""
    pressable = [b for b in place.findChildren(Button) if b.isVisible() and b.isEnabled()]
    for button in pressable:
        if button.text().replace("&&", "&").startswith(start):
            return button
    return next((b for b in pressable if b.accessibleName().startswith(start)), None)


def _top_dialog() -> QDialog | None:
    active = QApplication.activeModalWidget()
    if isinstance(active, QDialog):
        return active
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return shown[-1] if shown else None
