"""Every page, dialog and empty state: named for screen readers, never clipped, in any language.

1. No interactive widget lacks an accessible name.
2. No words are cut off at 150 and 200 % text, nor in a language much longer than Spanish; nor the
   titles of lists.
3. Every page opens in Spanish, in English, in the pseudo-language and from right to left.
4. All this holds for Formación with every kind of step that a pack may have.
5. Nothing but windows and dialogs ever stands on the screen by itself: a part that is shown before
   it has its place flashes there for a moment, and costs the time of a window.
"""

from __future__ import annotations

import re
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from training_office import PACK

from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.i18n import Texts
from facilitator_kit.paths import content_folder
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.pages.attendance_view import DateHeader
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tour import Shown, Studio, Tour
from facilitator_kit.ui.widgets import Label

_FIELDS = re.compile(r"(\{[^{}]*\})")
_VOWELS = re.compile(r"([aeiouáéíóú])", re.IGNORECASE)


class PseudoTexts(Texts):
    """Spanish with every vowel doubled: as long as the longest languages, and still readable."""

    def __call__(self, text: str, **values: object) -> str:
        return super().__call__(_longer(text), **values)

    def plural(self, singular: str, plural: str, count: int, **values: object) -> str:
        return super().plural(_longer(singular), _longer(plural), count, **values)


def _longer(text: str) -> str:
    parts = _FIELDS.split(text)
    return "".join(part if part.startswith("{") else _VOWELS.sub(r"\1\1", part) for part in parts)


@pytest.fixture(scope="module")
def studio(
    tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, sample_template: Path
) -> Studio:
    del qapp
    folder = tmp_path_factory.mktemp("studio")
    return Studio(folder, Path(shutil.copytree(sample_template, folder / "sample")))


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Callable[[Texts, int], Shown]]:
    """Makes what a tour runs on, and puts the application back as it was."""

    def made(texts: Texts, scale: int) -> Shown:
        theme = Theme("light", scale)
        theme.apply(qapp)
        return Shown(texts, theme, Icons(theme))

    yield made
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    Theme().apply(qapp)


def test_spanish_has_a_name_for_everything_in_its_place(
    studio: Studio, look: Callable[[Texts, int], Shown], qapp: QApplication
) -> None:
    visited: list[str] = []
    nameless: list[str] = []

    def visit(name: str, shown: QWidget) -> None:
        visited.append(name)
        nameless.extend(f"{name}: {one}" for one in _nameless(shown))

    for left in qapp.topLevelWidgets():
        left.hide()  # what another test left open is none of this one's windows
    strays = Strays()
    qapp.installEventFilter(strays)
    Tour(studio, look(Texts("es"), 100), visit).run()
    qapp.removeEventFilter(strays)
    assert not nameless, "\n".join(nameless)
    assert not strays.seen, "\n".join(strays.seen)
    assert {"bienvenida", "bloqueado", "hoy", "vacio-cohortes", "hoy-agenda"} <= set(visited)
    assert len(visited) == len(set(visited))


def test_the_pseudo_language_is_never_cut_off(
    studio: Studio, look: Callable[[Texts, int], Shown]
) -> None:
    cut = _cut_off_on_the_way(studio, look(PseudoTexts("es"), 100))
    assert not cut, "\n".join(cut)


@pytest.mark.parametrize("scale", [150, 200])
def test_nothing_is_cut_off_in_large_text(
    studio: Studio, look: Callable[[Texts, int], Shown], scale: int
) -> None:
    cut = _cut_off_on_the_way(studio, look(Texts("es"), scale))
    assert not cut, "\n".join(cut)


def test_every_page_opens_in_english_from_right_to_left(
    studio: Studio, look: Callable[[Texts, int], Shown], qapp: QApplication
) -> None:
    visited: list[str] = []
    shown = look(Texts("en"), 100)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def visit(name: str, widget: QWidget) -> None:
        visited.append(name)
        assert widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
        assert not widget.grab().isNull()

    Tour(studio, shown, visit).run(dialogs=False)
    assert len(visited) > 20


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Studio:
    """The program's pack, with a training of the tests' own that has all there may be."""
    del qapp
    core = {
        file: content
        for file, content in pack_files_from_folder(content_folder() / "core").items()
        if not file.startswith(("modules/F", "programmes/F"))
    }
    own = ("modules/F34", "programmes/F34", "instruments/observation", "instruments/self")
    core |= {file: content for file, content in PACK.items() if file.startswith(own)}
    return Studio(tmp_path_factory.mktemp("trained"), core=core)


@pytest.mark.parametrize(
    ("texts", "scale"), [(Texts("es"), 100), (Texts("es"), 200), (PseudoTexts("es"), 100)]
)
def test_a_training_with_every_kind_of_step(
    trained: Studio, look: Callable[[Texts, int], Shown], texts: Texts, scale: int
) -> None:
    visited: list[str] = []
    faults: list[str] = []

    def visit(name: str, shown: QWidget) -> None:
        visited.append(name)
        faults.extend(f"{name}: {one}" for one in (*_nameless(shown), *_cut_off(shown)))

    shown = look(texts, scale)
    for only in ("formacion", "practica"):
        Tour(trained, shown, visit, only).run(front=False)
    assert not faults, "\n".join(faults)
    steps = {"cuestionario", "observacion", "observacion-leida", "autoevaluacion", "formularios"}
    assert {f"formacion-{step}" for step in steps} | {"practica"} <= set(visited)


# -- what is looked for -------------------------------------------------------------------------


class Strays(QObject):
    """Notes every part that is shown as a window of its own, and the line that showed it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(  # noqa: N802 - Qt's name
        self, watched: QObject, event: QEvent, /
    ) -> bool:
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() is Qt.WindowType.Window
            and not isinstance(watched, QMainWindow)
        ):
            caller = traceback.extract_stack(limit=2)[0]
            place = f"{Path(caller.filename).name}:{caller.lineno}"
            self.seen.append(f"{type(watched).__name__} shown by {place}")
        return False


def _cut_off_on_the_way(studio: Studio, shown: Shown) -> list[str]:
    found: list[str] = []

    def visit(name: str, widget: QWidget) -> None:
        found.extend(f"{name}: {one}" for one in _cut_off(widget))

    Tour(studio, shown, visit).run()
    return found


def _nameless(window: QWidget) -> list[str]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QTextEdit)
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, kinds):
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus and not isinstance(
            widget, QAbstractButton
        ):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name) if face is not None else ""
        if not name.strip():
            found.append(_where(widget))
    return found


def _cut_off(window: QWidget) -> list[str]:
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel):
            lacking = _label_lacks(widget)
        elif isinstance(widget, QHeaderView):
            found.extend(_titles_cut(widget))
            continue
        elif isinstance(widget, QPushButton | QCheckBox) and widget.text():
            lacking = widget.sizeHint().width() - widget.width()
        else:
            continue
        lacking = max(lacking, _sticks_out(widget))
        if lacking > 2:
            words = widget.text()
            found.append(f"«{words[:60]}» lacks {lacking} px in {_where(widget)}")
    return found


def _titles_cut(header: QHeaderView) -> list[str]:
    """The titles of a list's columns that have less room than their words."""
    model = header.model()
    if header.orientation() == Qt.Orientation.Vertical or model is None:
        return []
    if isinstance(header, DateHeader):
        return []  # It paints days and months itself, on two lines.
    found = []
    for place in range(header.count()):
        words = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        lacking = header.fontMetrics().horizontalAdvance(words) - header.sectionSize(place)
        if lacking > 0 and not header.isSectionHidden(place):
            found.append(f"title «{words}» lacks {lacking} px in {_where(header)}")
    return found


def _sticks_out(widget: QWidget) -> int:
    """The pixels by which a widget goes beyond the sides of what it scrolls in, or of its window.

    What is above or below can be scrolled to; sideways nobody looks.
    """
    frame: QWidget = widget.window()
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QAbstractItemView):
            return 0
        if isinstance(parent, QAbstractScrollArea):
            frame = parent.viewport()
            break
        parent = parent.parentWidget()
    left = widget.mapTo(frame, QPoint(0, 0)).x()
    return max(-left, left + widget.width() - frame.width())


def _label_lacks(label: QLabel) -> int:
    """The pixels that a label's words lack in width or, wrapped, in height."""
    if not label.text() or (isinstance(label, Label) and label.elides):
        return 0
    if label.wordWrap():
        return label.heightForWidth(label.width()) - label.height()
    return label.sizeHint().width() - label.width()


def _where(widget: QWidget) -> str:
    names = []
    parent: QWidget | None = widget
    while parent is not None and len(names) < 5:
        if type(parent) is not QWidget:
            names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)
