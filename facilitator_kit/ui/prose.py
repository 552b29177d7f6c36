"""Prose of packs and of the manual on screen: a quiet page to read, by keyboard too.

`Prose` shows what `curriculum.blocks` holds, in the colours and sizes of the theme, and says which
link was followed. `Lead`, `Muted` and `Step` are the few things that a page adds around prose.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextBrowser, QTextEdit, QWidget

from facilitator_kit.curriculum.blocks import Block
from facilitator_kit.curriculum.search import Marks, marks_in
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.prose_html import (
    Anchor,
    Flag,
    Lead,
    Marked,
    Muted,
    Part,
    ProseHtml,
    Step,
    picture,
)
from facilitator_kit.ui.theme import FACES
from facilitator_kit.ui.widgets.labels import restyle

__all__ = ["Anchor", "Flag", "Lead", "Marked", "Muted", "Part", "Prose", "Step"]

_SCROLLING: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)

Parts: TypeAlias = Sequence[Part] | Sequence[Block]


class Prose(QTextBrowser):
    """Blocks to read. `linked` carries the code, or the file name, behind a followed link.

    It scrolls by itself; with `fit` it is as high as its text and whatever holds it scrolls.
    `name` is what screen readers call it. Tab goes from link to link, Enter follows one. `zoom`
    makes its text so much larger than the rest of the screen. `reached` carries the name of the
    anchor that one is reading at, whenever scrolling makes it another.
    """

    linked = Signal(str)
    reached = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        parts: Parts = (),
        *,
        fit: bool = False,
        margin: int = 0,
        zoom: float = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._parts: tuple[Part, ...] = ()
        self._fit = fit
        self._margin = margin
        self._zoom = zoom
        self._looked_for = ""
        self._anchors: dict[str, int] | None = None
        self._at = ""
        self._measure = QTextDocument(self)
        self._heights: dict[int, int] = {}
        self.setAccessibleName(name)
        self.setProperty("kind", "bare")
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.anchorClicked.connect(lambda url: self.linked.emit(url.toString()))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_where())
        self.show_parts(parts)

    def show_parts(self, parts: Parts, *, keep_place: bool = False) -> None:
        """Show something else, from its beginning, or where one was reading."""
        place = self.verticalScrollBar().value() if keep_place else 0
        self._parts = tuple(parts)
        self._looked_for = ""
        self.setExtraSelections([])
        self._draw()
        self.verticalScrollBar().setValue(place)
        self._at = ""

    def reveal(self, words: str) -> bool:
        """Bring the first place with these words to the top; False where they do not occur."""
        found = self.document().find(words)
        if found.isNull():
            return False
        top = self.cursorRect(found).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - self._look.theme.px(24))
        return True

    def mark(self, looked_for: str) -> None:
        """Mark the words of a search in what is shown; nothing is marked for a blank one."""
        self._looked_for = looked_for
        self.setExtraSelections([self._selection(begin, end) for begin, end in self._marks()])

    def jump(self, name: str) -> None:
        """Bring an anchor to the top, or the first marked words after it into sight.

        Without such an anchor it is the beginning that is shown.
        """
        anchors = self._places()
        start = anchors.get(name, 0)
        bar = self.verticalScrollBar()
        bar.setValue(self._height_of(start) - self._look.theme.px(4) if start else 0)
        end = min((place for place in anchors.values() if place > start), default=1 << 30)
        first = next((begin for begin, _end in self._marks() if start <= begin < end), None)
        if first is not None:
            below = self._height_of(first) - bar.value()
            room = self.viewport().height()
            if below > room * 2 // 3:
                bar.setValue(self._height_of(first) - room // 3)
        self._tell_where()

    @property
    def reading_at(self) -> str:
        """The name of the anchor that one is reading at; empty before the first."""
        top = self.verticalScrollBar().value() + self._look.theme.px(24)
        found = ""
        for name, place in self._places().items():
            if self._height_of(place) > top:
                break
            found = name
        return found

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is shown."""
        return self._parts

    # -- Qt --------------------------------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str, /) -> Any:
        found = picture(self._look, name.toString() if isinstance(name, QUrl) else name)
        return found if found is not None else super().loadResource(kind, name)

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_heights"):
            scrolled = self.verticalScrollBar().value()
            self._draw()
            self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if self._fit and Qt.Key(event.key()) in _SCROLLING:
            event.ignore()  # Whatever holds it scrolls.
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int, /) -> None:
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.theme.colour("primary"), 2))
            edge = QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(edge, self._look.theme.px(8), self._look.theme.px(8))

    def hasHeightForWidth(self) -> bool:
        return self._fit

    def heightForWidth(self, width: int, /) -> int:
        if width not in self._heights:
            self._measure.setTextWidth(max(width, 1))
            self._heights[width] = round(self._measure.size().height()) + 1
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = self._look.theme.px(260)
        return QSize(width, self.heightForWidth(width) if self._fit else self._look.theme.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(120), self._look.theme.px(20 if self._fit else 120))

    # -- inside ----------------------------------------------------------------------------------

    def _tell_where(self) -> None:
        at = self.reading_at
        if at != self._at:
            self._at = at
            self.reached.emit(at)

    def _places(self) -> dict[str, int]:
        """Where in the text each anchor stands, from top to bottom."""
        if self._anchors is None:
            self._anchors = {}
            block = self.document().begin()
            while block.isValid():
                for name in block.charFormat().anchorNames() or _anchor_names(block):
                    self._anchors[name] = block.position()
                block = block.next()
        return self._anchors

    def _height_of(self, position: int) -> int:
        block = self.document().findBlock(position)
        return round(self.document().documentLayout().blockBoundingRect(block).top())

    def _marks(self) -> Marks:
        """Where the words looked for stand, counted as Qt counts: some signs are two to it."""
        if not self._looked_for:
            return ()
        text = self.toPlainText()
        wide = [place for place, sign in enumerate(text) if sign > "\uffff"]
        return tuple(
            (begin + bisect_left(wide, begin), end + bisect_left(wide, end))
            for begin, end in marks_in(text, self._looked_for)
        )

    def _selection(self, begin: int, end: int) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(self._look.theme.colour("attention_soft"))
        style.setForeground(self._look.theme.colour("attention"))
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, style
        return selection

    def _draw(self) -> None:
        theme = self._look.theme
        html = ProseHtml(self._look, self._zoom).of(self._parts)
        self._heights.clear()
        self._anchors = None
        documents = [self.document()] if not self._fit else [self.document(), self._measure]
        for document in documents:
            font = theme.font()
            font.setPixelSize(theme.px(FACES["body"].pixels * self._zoom))
            document.setDefaultFont(font)
            document.setDocumentMargin(theme.px(self._margin) if self._margin else 0)
            document.setIndentWidth(theme.px(22 * self._zoom))
            # A text that is changed while Qt lays it out bit by bit loses lines: first all changes.
            document.setLayoutEnabled(False)
            document.setHtml(html)
            _keep_heading_sizes(document)
            document.setLayoutEnabled(True)
        # Else it stands at the end, and the end is what comes into sight.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if self._fit:
            self.updateGeometry()
        if self._looked_for:
            self.mark(self._looked_for)
        restyle(self.viewport())


def _anchor_names(block: QTextBlock) -> list[str]:
    """The names of the anchors that a block of text begins with."""
    run = block.begin()
    return [] if run.atEnd() else run.fragment().charFormat().anchorNames()


def _keep_heading_sizes(document: QTextDocument) -> None:
    """Undo what Qt adds to the size of every heading: the theme's sizes hold."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            run = block.begin()
            while not run.atEnd():
                fragment = run.fragment()
                style = fragment.charFormat()
                style.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                end = fragment.position() + fragment.length()
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(style)
                run += 1
        block = block.next()
