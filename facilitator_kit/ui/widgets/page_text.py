"""The plain editor for one page of a pack: line numbers, marks where something is wrong, outline.

Tab leaves it, as everywhere; what is typed is handed on like that of any field.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets.fields import FormField

REST_MS: Final = 1500
"""A whole page is kept after a longer rest than a short field: it is a bigger thing to store."""

_DATA, _TEXT = 1, 0


class PageTextEdit(QPlainTextEdit):
    """The editor itself. `go_to` moves to a line; `mark` says on which lines something is wrong.

    `edited` comes when the text is another: Qt's own signal also comes when only colours are.
    """

    edited = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marked: frozenset[int] = frozenset()
        self._text = ""
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._numbers = _Numbers(look, self)
        self._colours = _Colours(look, self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._show_lines)
        self.textChanged.connect(self._tell)
        self._make_room()

    def set_text(self, text: str) -> None:
        """Another text; the cursor stays on its line, since most of it will be the same."""
        line = self.line()
        self.setPlainText(text)
        self._text = self.toPlainText()
        # Whoever silences the editor meanwhile silences what makes room for the numbers.
        self._make_room()
        self.go_to(min(line, self.blockCount()))

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line, from 1, with the line well in sight."""
        block = self.document().findBlockByNumber(max(line, 1) - 1)
        cursor = QTextCursor(block if block.isValid() else self.document().lastBlock())
        self.setTextCursor(cursor)
        self.centerCursor()

    def line(self) -> int:
        """The line that the cursor is on, from 1."""
        return self.textCursor().blockNumber() + 1

    def mark(self, lines: Collection[int]) -> None:
        """Mark these lines, and no others, as having something wrong."""
        if frozenset(lines) != self._marked:
            self._marked = frozenset(lines)
            self._show_lines()
            self._numbers.update()

    @property
    def marked(self) -> frozenset[int]:
        """The lines that are marked."""
        return self._marked

    def number_width(self) -> int:
        """Pixels for the line numbers and the mark before them."""
        digits = max(len(str(self.blockCount())), 2)
        return self.fontMetrics().horizontalAdvance("0") * digits + self._look.theme.px(26)

    def lines_in_sight(self) -> list[tuple[int, QRect]]:
        """(number, place in the viewport) of each line that is shown."""
        found = []
        block: QTextBlock = self.firstVisibleBlock()
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        while block.isValid() and place.top() <= self.viewport().height():
            found.append((block.blockNumber() + 1, place.toRect()))
            block = block.next()
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        return found

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._place_numbers()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_colours"):
            self._colours.choose()
            self._make_room()
            self._show_lines()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(160), self._look.theme.px(160))

    def _tell(self) -> None:
        text = self.toPlainText()
        if text != self._text:
            self._text = text
            self.edited.emit()

    def _make_room(self) -> None:
        self.setViewportMargins(self.number_width(), 0, 0, 0)
        self._place_numbers()

    def _place_numbers(self) -> None:
        inside = self.contentsRect()
        spot = QRect(inside.left(), inside.top(), self.number_width(), inside.height())
        self._numbers.setGeometry(spot)

    def _scroll_numbers(self, area: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def _show_lines(self) -> None:
        """Colour the ground of the line with the cursor, and of those that are marked."""
        theme = self._look.theme
        shown = [self._ground(line, theme.colour("bad_soft")) for line in sorted(self._marked)]
        if self.line() not in self._marked:
            shown.append(self._ground(self.line(), theme.colour("ground")))
        self.setExtraSelections(shown)

    def _ground(self, line: int, colour: Any) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(colour)
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        return selection


class _Numbers(QWidget):
    """The strip with line numbers; a click goes to the line."""

    def __init__(self, look: Look, editor: PageTextEdit) -> None:
        super().__init__(editor)
        self._look = look
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.number_width(), 0)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        here = self._editor.line()
        for number, place in self._editor.lines_in_sight():
            wrong = number in self._editor.marked
            painter.setFont(theme.font("small-strong" if number == here or wrong else "small"))
            painter.setPen(theme.colour("bad" if wrong else "text" if number == here else "muted"))
            height = self._editor.fontMetrics().height()
            spot = QRect(0, place.top(), self.width() - px(8), height)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(spot, int(side), str(number))
            if wrong:
                # A sign as well as a colour.
                left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(spot.adjusted(px(3), 0, 0, 0), int(left), "!")

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        for number, place in self._editor.lines_in_sight():
            if place.top() <= event.position().y() <= place.bottom():
                self._editor.go_to(number)
                self._editor.setFocus()
                return


class _Colours(QSyntaxHighlighter):
    """Headings in bold, the data at the head and the marks of paper blocks quieter."""

    def __init__(self, look: Look, editor: PageTextEdit) -> None:
        super().__init__(editor.document())
        self._look = look
        self._heading, self._quiet, self._said = (QTextCharFormat() for _number in range(3))
        self.choose()

    def choose(self) -> None:
        """Take the colours of the theme as it is now."""
        theme = self._look.theme
        self._heading.setFontWeight(QFont.Weight.Bold)
        self._heading.setForeground(theme.colour("primary"))
        self._quiet.setForeground(theme.colour("muted"))
        self._said.setForeground(theme.colour("note"))
        self.rehighlight()

    def highlightBlock(self, text: str, /) -> None:
        begins = self.previousBlockState()
        mark = text.rstrip() == "+++"
        # Before the first mark there is nothing; between the two marks stands the data.
        inside = _DATA if begins == _DATA else _TEXT
        if mark and begins in (-1, _DATA):
            self.setCurrentBlockState(_DATA if begins == -1 else _TEXT)
            self.setFormat(0, len(text), self._quiet)
            return
        self.setCurrentBlockState(inside)
        if inside == _DATA:
            key, equals, _rest = text.partition("=")
            if equals:
                self.setFormat(0, len(key) + 1, self._quiet)
        elif text.startswith(("# ", "## ", "### ")):
            self.setFormat(0, len(text), self._heading)
        elif text.startswith("```"):
            self.setFormat(0, len(text), self._quiet)
        elif text.lstrip().startswith(">"):
            self.setFormat(0, len(text), self._said)


class PageTextField(FormField[str]):
    """The editor as a field: `on_commit` gets the text as typed, valid or not, after each rest."""

    def __init__(self, look: Look, label: str, **more: Any) -> None:
        self.edit = PageTextEdit(look)
        super().__init__(look, label, self.edit, show_label=False, **more)
        self._rest.setInterval(REST_MS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.edit.edited.connect(self.on_typed)

    def typed(self) -> str:
        return self.edit.toPlainText()

    def parse(self, text: str) -> str | None:
        return text

    def show_value(self, value: str | None) -> None:
        self.edit.set_text(value or "")

    def show_text(self, text: str) -> None:
        self.edit.set_text(text)
