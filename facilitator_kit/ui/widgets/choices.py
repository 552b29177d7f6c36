"""Choosing: drop-down lists, check boxes, segments, chips and the search field."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Token
from facilitator_kit.ui.widgets.buttons import IconButton, ToggleButton
from facilitator_kit.ui.widgets.editing import leaves_undo
from facilitator_kit.ui.widgets.labels import IconLabel, restyle
from facilitator_kit.ui.widgets.layouts import FlowLayout

Choices = Sequence[tuple[Any, str]]
"""Values with the words for them."""

_MANY: Final = 200
"""More choices are not measured one by one: the list is as wide as the longest by their letters."""
_MEASURED: Final = 16
_MOST_LETTERS: Final = 40

_FIXED: Final = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class ComboBox(QComboBox):
    """A drop-down list of values with words. `chosen` carries the value a person took.

    `context` draws it as the header's "which cohort" list.
    """

    chosen = Signal(object)
    _most = 0
    """The most that its width follows the chosen words; 0: every choice has room."""

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Choices = (),
        *,
        value: Any = None,
        context: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._choices: list[tuple[Any, str]] = []
        self._values: list[Any] = []
        self._context = context
        self.setAccessibleName(name)
        # Qt's own delegate for such lists does not heed the style sheet.
        self.setItemDelegate(QStyledItemDelegate(self))
        listed = self.view()
        if isinstance(listed, QListView):
            listed.setUniformItemSizes(True)  # thousands of cohorts are not measured one by one
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(4)
        if context:
            self.setProperty("kind", "context")
        self.activated.connect(lambda place: self.chosen.emit(self._values[place]))
        self.set_choices(choices, value)

    def set_choices(self, choices: Choices, value: Any = None) -> None:
        """Other values; `value`, or else the one chosen before, is chosen where it is there."""
        wanted = value if value is not None else self.value()
        if list(choices) != self._choices:
            self._choices = list(choices)
            self._values = [one for one, _words in choices]
            self.blockSignals(True)
            self.clear()
            self.addItems([words for _one, words in choices])
            self.blockSignals(False)
            if len(choices) > _MANY and not self._most:
                self.setSizeAdjustPolicy(_FIXED)
                self.setMinimumContentsLength(_MOST_LETTERS)
        self.set_value(wanted)

    def value(self) -> Any:
        """The chosen value; None where there is none."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose without telling anybody; nothing is chosen where the value is not there."""
        place = self._values.index(value) if value in self._values else -1
        if place < 0 and self._context and self._values:
            place = 0  # A header always shows something.
        self.setCurrentIndex(place)
        self.setToolTip(self.currentText())
        if self._most:
            self._fit()  # the first of new choices is current already, and tells nobody

    def fit_choice(self, most: int) -> None:
        """Be as wide as the chosen words from now on, up to `most` design pixels.

        The widest choice must not take the room of what is beside it: its tip and list are whole.
        """
        self._most = most
        self.setSizeAdjustPolicy(_FIXED)
        self.currentTextChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        px = self._look.theme.px
        metrics = self.fontMetrics()
        asked = min(metrics.horizontalAdvance(self.currentText()), px(self._most))
        # Layouts read the size hint, which Qt counts in capital X.
        self.setMinimumContentsLength(asked // max(1, metrics.horizontalAdvance("X")) + 3)

    def showPopup(self) -> None:
        listed = self.view()
        bar = listed.verticalScrollBar().sizeHint().width()
        room = bar if self.count() > self.maxVisibleItems() else 0
        # Without the style sheet, when it was made, it would have shown no bar; and its padding
        # does not count for Qt.
        listed.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        listed.setMinimumWidth(self._widest() + self._look.theme.px(10) + room)
        super().showPopup()

    def _widest(self) -> int:
        if len(self._choices) <= _MANY:
            return self.view().sizeHintForColumn(0)
        rows = nlargest(_MEASURED, range(self.count()), key=lambda row: len(self._choices[row][1]))
        hints = (self.view().sizeHintForIndex(self.model().index(row, 0)) for row in rows)
        return max(hint.width() for hint in hints)

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._most:
            self._fit()

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        # Scrolling a page must not change an answer under the pointer.
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self._look.theme.px(120)), hint.height())

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        side = self._look.theme.px(16)
        token: Token = "text" if self.isEnabled() else "muted"
        edge = self._look.theme.px(10)
        spot = QRect(self.width() - side - edge, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.drawPixmap(
            QStyle.visualRect(self.layoutDirection(), self.rect(), spot),
            self._look.icons.pixmap("chevron-down", token, 16),
        )


class CheckBox(QCheckBox):
    """A box with words beside it. `ticked` carries what a person chose."""

    ticked = Signal(bool)

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        checked: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._look = look
        self.setAccessibleName(name or text)
        self.setChecked(checked)
        self.clicked.connect(self.ticked)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Ctrl+Enter is for the dialog around it.
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        option = QStyleOptionButton()
        self.initStyleOption(option)
        spot = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(spot).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        painter.setBrush(theme.colour("primary" if on else "surface"))
        edge: Token = "primary" if on or self.hasFocus() else "control_line"
        painter.setPen(QPen(theme.colour(edge), 1.5))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if on:
            mark = self._look.icons.pixmap("check", "on_primary", 14)
            side = theme.px(14)
            painter.drawPixmap(spot.center() - QPoint(side // 2 - 1, side // 2 - 1), mark)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class _OneOf(QWidget):
    """Toggle buttons of which one is on; arrow keys move between them."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, name: str, choices: Choices, value: Any, kind: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kind = kind
        self._values: list[Any] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._choose)
        self.setAccessibleName(name)
        self._name = name
        self._make_layout()
        self.set_choices(choices, value)

    def _make_layout(self) -> None:
        raise NotImplementedError

    def _choose(self, place: int) -> None:
        self.setFocusProxy(self._group.button(place))
        self.chosen.emit(self._values[place])

    def set_choices(self, choices: Choices, value: Any = None) -> None:
        """Other choices; the first is on unless `value`, or the one chosen before, is there."""
        wanted = value if value is not None else self.value()
        layout = self.layout()
        assert layout is not None
        for button in self._group.buttons():
            self._group.removeButton(button)
            layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._values = [one for one, _words in choices]
        for place, (_one, words) in enumerate(choices):
            button = ToggleButton(self._look, words, kind=self._kind, name=f"{self._name}: {words}")
            self._group.addButton(button, place)
            layout.addWidget(button)
        self.set_value(wanted if wanted in self._values else next(iter(self._values), None))

    def value(self) -> Any:
        """The value that is on; None where there are no choices."""
        place = self._group.checkedId()
        return self._values[place] if 0 <= place < len(self._values) else None

    def clear_value(self) -> None:
        """Turn every value off: nothing is chosen yet."""
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_value(self, value: Any) -> None:
        """Turn a value on without telling anybody."""
        if value in self._values:
            button = self._group.button(self._values.index(value))
            if button is not None:
                button.setChecked(True)
                # Who gives it the keyboard finds it on what is chosen.
                self.setFocusProxy(button)


class Segments(_OneOf):
    """A few views of one page side by side, as tabs: `chosen` carries the value."""

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Choices,
        *,
        value: Any = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, name, choices, value, "segment", parent)

    def _make_layout(self) -> None:
        FlowLayout(self._look, self, gap=4)


class Chips(_OneOf):
    """Small filters, on as many lines as they need: `chosen` carries the value."""

    def __init__(
        self,
        look: Look,
        name: str,
        choices: Choices,
        *,
        value: Any = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, name, choices, value, "chip", parent)

    def _make_layout(self) -> None:
        FlowLayout(self._look, self, gap=6)


class SearchField(QFrame):
    """A field that searches while one types: `searched` carries the text after a short pause.

    Down leaves it for what was found; Escape empties it.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(
        self,
        look: Look,
        placeholder: str,
        *,
        name: str = "",
        pause_ms: int = 120,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "search")
        px = look.theme.px
        self.edit = QLineEdit()
        self.edit.setProperty("kind", "bare")
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name or placeholder)
        self.edit.installEventFilter(self)
        self._clear = IconButton(
            look, "x", look._("Borrar la búsqueda"), on_click=self.clear, small=True
        )
        self._clear.setVisible(False)
        self.inner = QHBoxLayout(self)
        self.inner.setContentsMargins(px(10), px(2), px(6), px(2))
        self.inner.setSpacing(px(8))
        self.inner.addWidget(IconLabel(look, "search"))
        self.inner.addWidget(self.edit, 1)
        self.inner.addWidget(self._clear)
        self.setFocusProxy(self.edit)
        self.setMinimumHeight(px(36))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.edit.textChanged.connect(self._on_text)

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Type for the person."""
        self.edit.setText(text)

    def clear(self) -> None:
        """Empty it and search for nothing at once."""
        self.edit.clear()
        self._pause.stop()
        self.searched.emit("")

    def eventFilter(self, watched: Any, event: QEvent, /) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", kind is QEvent.Type.FocusIn)
            restyle(self)
        if watched is self.edit and leaves_undo(self.edit, event):
            event.ignore()
            return True
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.left_down.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()
