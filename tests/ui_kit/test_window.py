"""The window: pages made when needed, one header, keys that work everywhere, nothing forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from stand_in_history import Changes

from facilitator_kit import settings
from facilitator_kit.clock import FixedClock
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.i18n import message
from facilitator_kit.progress import Progress, Work
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.command_field import CommandEntry, plain, rank
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import (
    BugDialog,
    ConfirmDialog,
    Dialog,
    ProblemsDialog,
    open_in_turns,
    read_then_ask,
)
from facilitator_kit.ui.idle import IdleWatch
from facilitator_kit.ui.page import Page, PageAction, PageSpec
from facilitator_kit.ui.pages.catalogue import page_specs
from facilitator_kit.ui.rail import Rail
from facilitator_kit.ui.widgets import Button, ComboBox, TextField
from facilitator_kit.ui.window import InstitutionMark, MainWindow


class Notes(Page):
    """A page that notes what the window asks of it."""

    made: list[str] = []  # noqa: RUF012 - one list for all pages, emptied for each test

    def __init__(self, ctx: UiContext, name: str) -> None:
        super().__init__(ctx)
        self.name = name
        self.log: list[str] = []
        self.ran: list[str] = []
        self.kept: dict[str, Any] = {"tab": name}
        self.made.append(name)
        self.edit = QLineEdit()
        self.edit.setAccessibleName("Nota")
        self.context = ComboBox(ctx, "Cohorte", [(1, "Generación 2026-A · Empleo")], context=True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.edit)

    def title(self) -> str:
        return f"Página {self.name}"

    def context_widget(self) -> QWidget | None:
        return self.context if self.name == "dos" else None

    def primary_action(self) -> PageAction | None:
        return PageAction("Imprimir", lambda: self.ran.append("print"), "printer", prints=True)

    def secondary_actions(self) -> tuple[PageAction, ...]:
        return (
            PageAction("Añadir", lambda: self.ran.append("add"), "plus", shortcut="Ctrl+N"),
            PageAction("Cerrar", lambda: self.ran.append("no"), enabled=False, tip="Falta algo"),
        )

    def refresh(self) -> None:
        self.log.append("refresh")

    def open(self, params: Mapping[str, Any]) -> None:
        self.log.append(f"open {dict(params)}")

    def state(self) -> dict[str, Any]:
        return self.kept

    def restore(self, state: Mapping[str, Any]) -> None:
        self.log.append(f"restore {dict(state)}")


class Slow(Notes):
    """A page whose field is there once the worker has read it."""

    def refresh(self) -> None:
        self.edit.hide()
        self.ctx.jobs.run(lambda: self.release.wait(5), lambda _read: self.edit.show(), owner=self)

    release = threading.Event()

    def first_focus(self) -> QWidget | None:
        return self.edit

    @classmethod
    def named(cls, ctx: UiContext) -> Slow:
        return cls(ctx, "uno")


def factory(name: str) -> Callable[[UiContext], Page]:
    return lambda ctx: Notes(ctx, name)


SPECS = (
    PageSpec("uno", "Hoy", "sun", factory("uno")),
    PageSpec("dos", "Graduación", "graduation-cap", factory("dos")),
    PageSpec("tres", "Ajustes", "settings", factory("tres"), bottom=True),
)


def make_window(
    ctx: UiContext, changes: Changes, folder: Path, specs: Sequence[PageSpec] = SPECS
) -> MainWindow:
    clock = FixedClock(datetime.fromisoformat("2026-11-23T09:00"))
    mark = InstitutionMark("CR", "Centro de Reunión", "Guadalajara", sample=True)
    return MainWindow(ctx, specs, mark, history=changes, bugs=BugReports(folder, clock))


@pytest.fixture
def window(qtbot: QtBot, ctx: UiContext, changes: Changes, tmp_path: Path) -> Iterator[MainWindow]:
    Notes.made.clear()
    window = make_window(ctx, changes, tmp_path)
    window.show()
    # The disappearing of the window before may take the keyboard away once more.
    qtbot.wait(40)
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    # Gone before the next one comes, which would lose the keyboard to its disappearing.
    shiboken6.delete(window)
    qtbot.wait(10)
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    ctx.theme.choose("light", 100)


def notes(window: MainWindow) -> Notes:
    page = window.page
    assert isinstance(page, Notes)
    return page


def dialog(window: MainWindow, kind: type[Dialog] = Dialog) -> Dialog:
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_page_is_made_when_it_is_first_shown_and_then_kept(window: MainWindow) -> None:
    window.show_page("uno")
    assert Notes.made == ["uno"]
    window.show_page("dos")
    window.show_page("uno")
    assert Notes.made == ["uno", "dos"]
    assert notes(window).log == ["refresh"]


def test_the_window_never_names_anybody(window: MainWindow) -> None:
    window.show_page("dos")
    assert window.windowTitle() == "Kit de Facilitación"


def arrive(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Wait for a page that was asked for: it is made in one turn and shown in the next."""
    qtbot.waitUntil(lambda: window.page_key == key)


@pytest.fixture
def slow(qtbot: QtBot, ctx: UiContext, changes: Changes, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a page that is still being read."""
    Slow.release.clear()
    window = make_window(ctx, changes, tmp_path, (PageSpec("uno", "Hoy", "sun", Slow.named),))
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_page("uno")
    yield window
    Slow.release.set()
    shiboken6.delete(window)


def test_a_page_takes_the_keyboard_once_it_is_read(qtbot: QtBot, slow: MainWindow) -> None:
    field = notes(slow).edit
    assert slow.focusWidget() is not field
    Slow.release.set()
    qtbot.waitUntil(lambda: slow.focusWidget() is field)


def test_whoever_has_gone_elsewhere_meanwhile_is_left_there(
    qtbot: QtBot, ctx: UiContext, slow: MainWindow
) -> None:
    entry = slow.rail.findChildren(QPushButton)[0]
    place = slow.header.title.mapTo(slow, slow.header.title.rect().center())
    QTest.mouseClick(slow.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    entry.setFocus()
    Slow.release.set()
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    assert notes(slow).edit.isVisible()
    assert slow.focusWidget() is entry


def test_the_keyboard_reaches_every_page(qtbot: QtBot, window: MainWindow) -> None:
    for number, key in enumerate(("uno", "dos", "tres"), start=1):
        qtbot.keyClick(window, str(number), Qt.KeyboardModifier.AltModifier)
        arrive(qtbot, window, key)


def test_the_rail_is_walked_with_the_arrows(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("uno")
    entries = window.rail.findChildren(QPushButton)
    entries[0].setFocus()
    qtbot.keyClick(entries[0], Qt.Key.Key_Down)
    focus = window.focusWidget()
    assert focus is entries[1]
    qtbot.keyClick(entries[1], Qt.Key.Key_Return)
    arrive(qtbot, window, "dos")
    assert entries[1].isChecked()
    assert not entries[0].isChecked()


def test_a_page_is_asked_for_with_parameters(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    ctx.navigate("dos", cohort="c1")
    arrive(qtbot, window, "dos")
    assert notes(window).log == ["open {'cohort': 'c1'}", "refresh"]
    assert window.show_page("no-such-page") is None
    assert window.page_key == "dos"


def test_of_pages_asked_for_one_after_the_other_the_last_is_shown(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    window.show_page("uno")
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, "1", Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    assert window.page_key == "uno"


def test_a_change_refreshes_what_is_seen_now_and_the_rest_when_seen(
    ctx: UiContext, window: MainWindow
) -> None:
    first = window.show_page("uno")
    window.show_page("dos")
    assert isinstance(first, Notes)
    ctx.notify("cambio")
    assert notes(window).log == ["refresh", "refresh"]
    assert first.log == ["refresh"]
    window.show_page("uno")
    assert first.log == ["refresh", "refresh"]


def test_the_header_shows_what_the_page_says(window: MainWindow) -> None:
    window.show_page("dos")
    assert window.header.title.text() == "Página dos"
    assert notes(window).context.isVisible()
    window.show_page("uno")
    assert window.header.title.text() == "Página uno"
    assert not window.header.findChildren(QComboBox) or all(
        not combo.isVisible() for combo in window.header.findChildren(QComboBox)
    )


def test_actions_run_by_key_and_a_disabled_one_does_not(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("uno")
    qtbot.keyClick(window, "p", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, "n", Qt.KeyboardModifier.ControlModifier)
    assert notes(window).ran == ["print", "add"]
    closed = [b for b in window.header.findChildren(Button) if b.text() == "Cerrar"]
    assert not closed[-1].isEnabled()
    assert closed[-1].toolTip() == "Falta algo"


def test_undo_and_redo_by_name_and_key(qtbot: QtBot, window: MainWindow, changes: Changes) -> None:
    window.show_page("uno")
    qtbot.waitUntil(lambda: window.header.undo.isVisible())
    assert window.header.undo.accessibleName() == "Deshacer: marcar asistencia"
    qtbot.keyClick(window, "z", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: changes.calls == ["undo"])
    qtbot.waitUntil(lambda: not window.header.undo.isVisible())
    assert window.toast.isVisible()
    assert window.toast.accessibleName() == "Se deshizo: marcar asistencia"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, "z", both)
    qtbot.waitUntil(lambda: changes.calls == ["undo", "redo"])


def test_ctrl_z_in_a_field_takes_back_typing_first_then_the_last_change(
    qtbot: QtBot, ctx: UiContext, window: MainWindow, changes: Changes
) -> None:
    window.show_page("uno")
    field = TextField(ctx, "Nombre")
    layout = notes(window).layout()
    assert layout is not None
    layout.addWidget(field)
    qtbot.waitUntil(lambda: window.header.undo.isVisible())
    field.setFocus()
    qtbot.keyClicks(field.editor, "a")
    qtbot.keyClick(field.editor, "z", Qt.KeyboardModifier.ControlModifier)
    assert field.typed() == ""
    assert changes.calls == []
    qtbot.keyClick(field.editor, "z", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: changes.calls == ["undo"])


def test_lock_and_help_are_asked_for(qtbot: QtBot, ctx: UiContext, window: MainWindow) -> None:
    window.show_page("dos")
    with qtbot.waitSignal(window.lock_asked):
        qtbot.keyClick(window, "l", Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.lock_asked):
        ctx.lock()
    with qtbot.waitSignal(window.help_asked) as asked:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    assert asked.args == ["dos"]


def test_the_next_start_finds_the_page_and_its_state(
    qtbot: QtBot, ctx: UiContext, window: MainWindow, changes: Changes, tmp_path: Path
) -> None:
    window.show_page("dos")
    window.close()
    assert ctx.settings.get(settings.WINDOW_GEOMETRY)
    again = make_window(ctx, changes, tmp_path)
    qtbot.addWidget(again)
    again.show_last_page()
    assert again.page_key == "dos"
    assert notes(again).log == ["restore {'tab': 'dos'}", "refresh"]


def test_a_fault_on_closing_still_lets_go_of_what_is_open(window: MainWindow) -> None:
    def fail() -> bool:
        raise OSError

    told: list[bool] = []
    window.closing.connect(lambda: told.append(True))
    window.before_close = fail
    with pytest.raises(OSError):  # noqa: PT011 - as it was raised
        window.close()
    assert told == [True]


def test_closing_can_be_refused(window: MainWindow) -> None:
    window.before_close = lambda: False
    assert not window.close()
    window.before_close = lambda: True
    assert window.close()


def test_a_refusal_is_explained_with_all_its_problems(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    window.show_page("uno")
    problem = Problem(
        "personas.xlsx", "date", message("Esa fecha no existe."), message("Corríjala."), 4
    )
    ctx.show_error(InputRefused(message("No se importó nada."), message("Corrija."), [problem] * 3))
    shown = dialog(window, ProblemsDialog)
    assert isinstance(shown, ProblemsDialog)
    shown.copy()
    assert (
        QApplication.clipboard().text().splitlines()
        == ["personas.xlsx · fila 4 · Esa fecha no existe. · Corríjala."] * 3
    )
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_a_bug_is_shown_once_and_kept_without_values(
    qtbot: QtBot, ctx: UiContext, window: MainWindow, tmp_path: Path
) -> None:
    window.show_page("uno")

    def fail() -> None:
        raise ValueError("Xóchitl Hernández")

    ctx.jobs.run(fail, lambda _none: None)
    qtbot.waitUntil(lambda: bool(window.findChildren(BugDialog)))
    kept = list(tmp_path.glob("bug-*.txt"))
    assert len(kept) == 1
    assert "Xóchitl" not in kept[0].read_text(encoding="utf-8")


def test_long_work_is_seen_and_cancelled(qtbot: QtBot, ctx: UiContext, window: MainWindow) -> None:
    window.show_page("uno")
    closed: list[bool] = []

    def work() -> Work[None]:
        try:
            step = 0
            while True:
                step += 1
                yield Progress(step, 0, message("certificados"))
        finally:
            closed.append(True)

    ctx.jobs.start(work(), "Hacer certificados", lambda _none: None)
    qtbot.waitUntil(lambda: window.busy.isVisible(), timeout=3000)
    cancel = window.busy.findChildren(Button)[0]
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: closed == [True])
    qtbot.waitUntil(lambda: not window.busy.isVisible())


# -- the command field ------------------------------------------------------------------------


def test_ctrl_k_some_letters_and_enter_go_anywhere(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("uno")
    qtbot.keyClick(window, "k", Qt.KeyboardModifier.ControlModifier)
    field = window.commands
    assert window.focusWidget() is field.edit
    qtbot.keyClicks(field.edit, "GRADUACION")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    arrive(qtbot, window, "dos")
    assert field.text() == ""


def test_escape_gives_the_keyboard_back_to_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("uno")
    before = window.rail.findChildren(QPushButton)[1]
    before.setFocus()
    field = window.commands
    qtbot.keyClick(window, "k", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field.edit, "im")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert (field.text(), window.focusWidget()) == ("", field.edit)
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert window.focusWidget() is before


def test_actions_of_the_page_and_people_are_found_too(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("uno")
    gone_to: list[str] = []
    window.commands.add_provider(
        lambda _typed: [
            CommandEntry("Núñez, Ana", "CR-014", "user", lambda: gone_to.append("ana")),
            CommandEntry("Peña, Zoila", "CR-015", "user", lambda: gone_to.append("zoila")),
        ]
    )
    field = window.commands
    field.start()
    qtbot.keyClicks(field.edit, "imprimir")
    qtbot.waitUntil(lambda: [one.title for one in field.entries()] == ["Imprimir"])
    field.edit.clear()
    qtbot.keyClicks(field.edit, "pena")
    qtbot.waitUntil(lambda: [one.title for one in field.entries()] == ["Peña, Zoila"])
    field.edit.clear()
    qtbot.keyClicks(field.edit, "cr-01")
    qtbot.waitUntil(lambda: len(field.entries()) == 2)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert gone_to == ["zoila"]


def test_better_fits_come_first() -> None:
    def entry(title: str, detail: str = "") -> CommandEntry:
        return CommandEntry(title, detail, "user", lambda: None)

    assert rank(entry("Graduación"), "gra") == 0
    assert rank(entry("Preparar graduación"), "gra") == 1
    assert rank(entry("Integrar"), "gra") == 2
    assert rank(entry("Ana", "Graduada"), "gra") == 3
    assert rank(entry("Ana"), "gra") is None
    assert plain("Ñandú Güemes") == "nandu guemes"


# -- dialogs ----------------------------------------------------------------------------------


def test_a_reason_is_demanded_before_anything_is_done(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    reasons: list[str] = []
    asked = ConfirmDialog(
        ctx,
        "Anular el folio 2026-0040",
        "No se vuelve a usar.",
        yes="Anular",
        on_yes=reasons.append,
        reason_label="Motivo",
        danger=True,
        parent=window,
    )
    asked.open()
    assert asked.reason is not None
    with qtbot.waitActive(asked):
        asked.activateWindow()
    qtbot.keyClick(asked.primary, Qt.Key.Key_Return)
    assert asked.isVisible()
    assert reasons == []
    qtbot.keyClicks(asked.reason.editor, "Nombre mal escrito")
    qtbot.keyClick(asked.reason.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert reasons == ["Nombre mal escrito"]


@pytest.mark.parametrize("scale", [100, 200])
def test_a_dialog_fits_the_screen_and_escape_leaves_it(
    qtbot: QtBot, ctx: UiContext, window: MainWindow, scale: int
) -> None:
    ctx.theme.choose(scale=scale)
    asked = Dialog(ctx, "Datos de la participante", primary="Guardar", parent=window)
    for number in range(12):
        asked.add(TextField(ctx, f"Dato {number}", hint="Una explicación que ayuda a escribirlo"))
    asked.open()
    room = asked.screen().availableGeometry()
    assert asked.width() <= room.width()
    assert asked.height() <= room.height()
    assert asked.primary.isVisible()
    assert asked.rect().contains(asked.primary.geometry())
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.isVisible()


def test_a_button_pressed_twice_asks_once(qtbot: QtBot, ctx: UiContext, window: MainWindow) -> None:
    def make(text: str) -> Dialog:
        return Dialog(ctx, text, primary="Guardar", parent=window)

    read = partial("Cohorte {}".format, "nueva")
    button = Button(ctx, "Cambiar", on_click=lambda: read_then_ask(ctx.jobs, read, make, window))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    assert dialog(window).accessibleName() == "Cohorte nueva"
    qtbot.keyClick(dialog(window), Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_what_is_typed_before_a_large_dialog_is_there_is_typed_into_it(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    window.show_page("uno")
    asked = Dialog(ctx, "Nueva", primary="Crear", parent=window)
    name = TextField(ctx, "Nombre")
    asked.add(name)
    with qtbot.waitActive(window):
        window.activateWindow()
    notes(window).edit.setFocus()
    before = notes(window).edit.text()
    open_in_turns(ctx.jobs, asked)
    for letter in "ana":
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(window.windowHandle(), key)
    assert not asked.isVisible()
    qtbot.waitUntil(lambda: name.value() == "ana")
    assert notes(window).edit.text() == before
    QTest.keyClick(asked.windowHandle(), Qt.Key.Key_Escape)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z)
    assert notes(window).edit.text() == f"{before}z", "the page has its keys again"


def test_enter_in_a_field_submits_and_the_first_wrong_field_gets_the_keyboard(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    asked = Dialog(ctx, "Nueva", primary="Crear", parent=window)
    first = TextField(ctx, "Nombre", required=True)
    second = TextField(ctx, "Código", required=True)
    asked.add(first)
    asked.add(second)
    done: list[bool] = []
    asked.accepted.connect(lambda: done.append(True))
    with qtbot.waitActive(asked):
        asked.open()
        asked.activateWindow()
    assert asked.focusWidget() is first.editor
    qtbot.keyClicks(first.editor, "Rosa")
    qtbot.keyClick(first.editor, Qt.Key.Key_Return)
    assert done == []
    assert asked.focusWidget() is second.editor
    qtbot.keyClicks(second.editor, "CR")
    qtbot.keyClick(second.editor, Qt.Key.Key_Return)
    assert done == [True]


# -- for everybody ----------------------------------------------------------------------------


def test_every_control_of_the_window_has_a_name(window: MainWindow) -> None:
    window.show_page("dos")
    nameless = []
    for widget in window.findChildren(QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isVisible():
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face.text(QAccessible.Text.Name):
            nameless.append(widget)
    assert nameless == []


def test_tab_goes_through_the_whole_window(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("uno")
    seen: list[QWidget | None] = []
    notes(window).edit.setFocus()
    for _turn in range(40):
        focus = QApplication.focusWidget()
        if focus in seen:
            break
        seen.append(focus)
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    wanted = [notes(window).edit, window.commands.edit, *window.rail.findChildren(QPushButton)]
    assert [one for one in wanted if one not in seen] == []


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("width", [800, 1024, 1366])
def test_the_header_never_cuts_anything(
    qtbot: QtBot, ctx: UiContext, window: MainWindow, scale: int, width: int
) -> None:
    ctx.theme.choose(scale=scale)
    window.resize(width, 700)
    window.show_page("dos")
    header = window.header

    def nothing_is_cut() -> None:
        for widget in header.findChildren(QWidget):
            if widget.isVisible() and widget.parentWidget() is header:
                assert header.rect().contains(widget.geometry()), widget
        for button in header.findChildren(Button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width()

    # The height of a folded header comes with a later turn of the event loop.
    qtbot.waitUntil(nothing_is_cut)


def test_the_command_field_has_room_even_in_large_text(
    qtbot: QtBot, ctx: UiContext, window: MainWindow
) -> None:
    ctx.theme.choose(scale=200)
    window.resize(1366, 768)
    window.show_page("dos")
    assert window.header.open_commands.isVisible()
    qtbot.keyClick(window, "k", Qt.KeyboardModifier.ControlModifier)
    field = window.commands
    assert field.isVisible()
    assert field.edit.hasFocus()
    qtbot.wait(20)
    beside = [
        one
        for one in window.header.children()
        if isinstance(one, QWidget) and one.isVisible() and one is not field
    ]
    assert [one for one in beside if one.geometry().intersects(field.geometry())] == []
    notes(window).edit.setFocus()
    qtbot.waitUntil(lambda: window.header.open_commands.isVisible())
    assert not field.isVisible()


@pytest.mark.parametrize("words", ["Hoy, domingo 29 de noviembre", "Sesión 25 · Una meta, " * 2])
@pytest.mark.parametrize("width", [700, 1366])
def test_what_one_types_to_find_fits_beside_a_long_title(
    qtbot: QtBot, ctx: UiContext, window: MainWindow, words: str, width: int
) -> None:
    ctx.theme.choose(scale=200)
    window.resize(width, 768)
    page = window.show_page("uno")
    assert page is not None
    page.title = lambda: words  # type: ignore[method-assign]  # stands in
    page.header_changed.emit()
    qtbot.keyClick(window, "k", Qt.KeyboardModifier.ControlModifier)
    header, field = window.header, window.commands
    qtbot.wait(20)
    assert header.rect().contains(field.geometry())
    assert field.width() >= ctx.theme.px(150)
    title = header.title
    if title.isVisible() and not title.wordWrap():
        assert title.width() >= title.fontMetrics().horizontalAdvance(words)
    notes(window).edit.setFocus()
    qtbot.waitUntil(header.open_commands.isVisible)
    assert title.isVisible()


def test_a_page_that_cannot_be_read_says_why(window: MainWindow) -> None:
    page = window.show_page("uno")
    assert isinstance(page, Notes)

    def refuse() -> None:
        raise KitError(message("El disco no responde."), message("Conéctelo."))

    page.refresh = refuse
    window.refresh_all()
    words = [getattr(one, "text", str)() for one in dialog(window).findChildren(QWidget)]
    assert "El disco no responde. Conéctelo." in words


def test_the_rail_folds_when_narrow_or_the_text_is_large(
    ctx: UiContext, window: MainWindow
) -> None:
    window.resize(1366, 768)
    assert not window.rail.folded
    window.resize(900, 700)
    assert window.rail.folded
    entry = window.rail.findChildren(QPushButton)[0]
    assert entry.text() == ""
    assert entry.toolTip() == "Hoy"
    assert entry.accessibleName() == "Hoy"
    window.resize(1366, 768)
    ctx.theme.choose(scale=200)
    assert window.rail.folded


def test_in_the_largest_text_every_entry_of_the_rail_is_in_sight(
    qtbot: QtBot, ctx: UiContext
) -> None:
    ctx.theme.choose(scale=200)
    mark = InstitutionMark("CE", "Centro de ejemplo", "Guadalajara", sample=True)
    rail = Rail(ctx, mark, page_specs(ctx._))
    qtbot.addWidget(rail)
    ctx.theme.dress(rail)
    rail.set_folded(True)
    rail.setFixedHeight(768 - 60)  # without the bars of the window and of the system
    rail.show()
    entries = rail.findChildren(QPushButton)
    assert len(entries) == 10
    for entry in entries:
        assert entry.visibleRegion().boundingRect() == entry.rect()


def test_from_right_to_left_the_rail_is_on_the_right(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("dos")
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.wait(10)
    assert window.rail.x() > window.stack.mapTo(window, window.stack.rect().topLeft()).x()
    assert window.header.title.x() > window.header.commands.x()


def test_the_sample_is_marked_at_every_size(window: MainWindow) -> None:
    for width in (1366, 800):
        window.resize(width, 700)
        marks = [one for one in window.rail.findChildren(QWidget) if one.isVisible()]
        assert any(getattr(one, "text", str)() == "EJEMPLO" for one in marks)


def test_nobody_there_is_noticed(qtbot: QtBot, window: MainWindow) -> None:
    watch = IdleWatch(10, window)
    assert watch._timer.remainingTime() > 9 * 60_000
    watch._timer.start(30)
    with qtbot.waitSignal(watch.idle, timeout=2000):
        pass
    watch.set_minutes(0)
    assert not watch._timer.isActive()


def test_a_kit_error_says_what_to_do(ctx: UiContext, window: MainWindow) -> None:
    window.show_page("uno")
    ctx.show_error(KitError(message("El disco está lleno."), message("Libere espacio.")))
    words = [getattr(one, "text", str)() for one in dialog(window).findChildren(QWidget)]
    assert "El disco está lleno. Libere espacio." in words


def test_the_first_window_leaves_room_for_its_frame_on_the_screen(window: MainWindow) -> None:
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() < room.height()


def test_a_hidden_page_is_not_the_page_to_come_back_to(
    qtbot: QtBot, ctx: UiContext, changes: Changes, tmp_path: Path
) -> None:
    clock = FixedClock(datetime.fromisoformat("2026-11-23T09:00"))
    specs = (*SPECS, PageSpec("ayuda", "Manual", "life-buoy", factory("ayuda"), hidden=True))
    mark = InstitutionMark("CR", "Centro de Reunión")
    window = MainWindow(ctx, specs, mark, history=changes, bugs=BugReports(tmp_path, clock))
    qtbot.addWidget(window)
    window.show_page("dos")
    window.show_page("ayuda")
    assert ctx.settings.get(settings.LAST_PAGE) == "dos"
