"""Tab goes as one reads, whenever a part of the window was made.

Parts that are made again later (a form, the header's buttons) keep their place; what Tab comes to
is scrolled into sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from stand_in_history import Changes

from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.page import Page, PageAction, PageSpec
from facilitator_kit.ui.rail import InstitutionMark
from facilitator_kit.ui.widgets import ComboBox, Scroll, Segments, TextField, clear
from facilitator_kit.ui.window import MainWindow


class Cards(Page):
    """A list, and beside it a form that is made anew for every choice."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.context = ComboBox(ctx, "Cohorte", [(1, "Generación 2026-A")], context=True)
        self.inside = QVBoxLayout()
        self.below = self._line("Debajo")
        whole = QVBoxLayout(self)
        whole.addWidget(self._line("Arriba"))
        whole.addWidget(Scroll(self.inside), 1)
        whole.addWidget(self.below)
        self.make_form(("Uno",))

    def make_form(self, names: tuple[str, ...]) -> None:
        clear(self.inside)
        for name in names:
            self.inside.addWidget(self._line(name))

    def _line(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        return edit

    def title(self) -> str:
        return "Fichas"

    def context_widget(self) -> QWidget | None:
        return self.context

    def primary_action(self) -> PageAction | None:
        return PageAction("Agregar", lambda: None)


@pytest.fixture
def window(qtbot: QtBot, ctx: UiContext, changes: Changes, tmp_path: Path) -> Iterator[MainWindow]:
    mark = InstitutionMark("CR", "Centro de Reunión", "Guadalajara", sample=False)
    specs = (PageSpec("fichas", "Fichas", "sun", Cards),)
    window = MainWindow(ctx, specs, mark, history=changes, bugs=BugReports(tmp_path, ctx.clock))
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.show_page("fichas")
    yield window
    shiboken6.delete(window)
    qtbot.wait(10)


@pytest.fixture
def tabs(qtbot: QtBot) -> Callable[..., list[str]]:
    """The names of what Tab comes to, one after another."""

    def pressed(window: QWidget, count: int, *, back: bool = False) -> list[str]:
        names = []
        for _once in range(count):
            focus = window.focusWidget() or window
            qtbot.keyClick(focus, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
            now = window.focusWidget()
            names.append(now.accessibleName() if now is not None else "")
        return names

    return pressed


def test_tab_goes_from_the_header_through_the_page_to_the_rail(
    window: MainWindow, tabs: Callable[..., list[str]]
) -> None:
    page = window.page
    assert isinstance(page, Cards)
    page.context.setFocus()
    read = ["Agregar", "Arriba", "Uno", "Debajo"]
    seen = [name for name in tabs(window, 8) if name in (*read, "Cohorte", "Fichas")]
    assert seen[:5] == [*read, "Fichas"]


def test_a_form_made_anew_keeps_its_place(
    window: MainWindow, tabs: Callable[..., list[str]], qtbot: QtBot
) -> None:
    page = window.page
    assert isinstance(page, Cards)
    page.make_form(("Dos", "Tres"))
    page.header_changed.emit()
    qtbot.wait(20)
    page.below.setFocus()
    assert tabs(window, 3, back=True) == ["Tres", "Dos", "Arriba"]
    assert tabs(window, 3) == ["Dos", "Tres", "Debajo"]


def test_what_tab_comes_to_is_in_sight(
    window: MainWindow, tabs: Callable[..., list[str]], qtbot: QtBot
) -> None:
    page = window.page
    assert isinstance(page, Cards)
    page.make_form(tuple(f"Campo {number}" for number in range(60)))
    qtbot.wait(20)
    page.below.setFocus()
    tabs(window, 1, back=True)
    last = window.focusWidget()
    assert last is not None
    assert last.accessibleName() == "Campo 59"
    assert last.visibleRegion().boundingRect() == QRect(QPoint(0, 0), last.size())


def test_a_dialog_part_made_anew_keeps_its_place(
    qtbot: QtBot, ctx: UiContext, tabs: Callable[..., list[str]]
) -> None:
    dialog = Dialog(ctx, "Dos campos", primary="Seguir")
    inside = QVBoxLayout()
    first, last = TextField(ctx, "Primero"), TextField(ctx, "Último")
    dialog.add(inside)
    inside.addWidget(first)
    dialog.add(last)
    dialog.open()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    clear(inside)
    inside.addWidget(TextField(ctx, "Otro primero"))
    qtbot.wait(20)
    dialog.primary.setFocus()
    assert tabs(dialog, 3) == ["Otro primero", "Último", "Cancelar"]
    dialog.reject()


def test_tab_comes_back_to_the_segment_that_is_on(
    ctx: UiContext, tabs: Callable[..., list[str]]
) -> None:
    dialog = Dialog(ctx, "Vistas", primary="Seguir")
    dialog.add(Segments(ctx, "Vista", ((1, "Una"), (2, "Otra"), (3, "Más"))))
    dialog.add(TextField(ctx, "Nota"))
    dialog.open()
    dialog.findChildren(TextField)[0].setFocus()
    assert tabs(dialog, 2, back=True) == ["Vista: Una", "Seguir"]
    dialog.reject()


def test_when_what_has_the_keyboard_goes_it_stays_near(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, Cards)
    page.below.setEnabled(False)
    page.make_form(("Uno", "Dos"))
    qtbot.wait(20)
    for edit in page.findChildren(QLineEdit):
        if edit.accessibleName() == "Dos":
            edit.setFocus()
    page.make_form(())
    assert window.focusWidget().accessibleName() == "Arriba"
    page.make_form(("Tres", "Cuatro"))
    qtbot.wait(20)
    (three,) = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Tres"]
    three.setFocus()
    three.setEnabled(False)
    assert window.focusWidget().accessibleName() == "Cuatro"
