"""Prose of packs and of the manual on screen: a quiet page to read, by keyboard too.

`Prose` shows what `curriculum.blocks` holds, in the colours and sizes of the theme, and says which
link was followed. `Lead`, `Muted` and `Step` are the few things that a page adds around prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QTextBrowser, QWidget

from facilitator_kit.curriculum.blocks import Block
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.prose_html import (
    Flag,
    Lead,
    Marked,
    Muted,
    Part,
    ProseHtml,
    Step,
    picture,
)
from facilitator_kit.ui.widgets.labels import restyle

__all__ = ["Flag", "Lead", "Marked", "Muted", "Part", "Prose", "Step"]

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
    `name` is what screen readers call it. Tab goes from link to link, Enter follows one.
    """

    linked = Signal(str)

    def __init__(
        self,
        look: Look,
        name: str,
        parts: Parts = (),
        *,
        fit: bool = False,
        margin: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._parts: tuple[Part, ...] = ()
        self._fit = fit
        self._margin = margin
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
        self.show_parts(parts)

    def show_parts(self, parts: Parts, *, keep_place: bool = False) -> None:
        """Show something else, from its beginning, or where one was reading."""
        place = self.verticalScrollBar().value() if keep_place else 0
        self._parts = tuple(parts)
        self._draw()
        self.verticalScrollBar().setValue(place)

    def reveal(self, words: str) -> bool:
        """Bring the first place with these words to the top; False where they do not occur."""
        found = self.document().find(words)
        if found.isNull():
            return False
        top = self.cursorRect(found).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - self._look.theme.px(24))
        return True

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

    def _draw(self) -> None:
        theme = self._look.theme
        html = ProseHtml(self._look).of(self._parts)
        self._heights.clear()
        documents = [self.document()] if not self._fit else [self.document(), self._measure]
        for document in documents:
            document.setDefaultFont(theme.font())
            document.setDocumentMargin(theme.px(self._margin) if self._margin else 0)
            document.setIndentWidth(theme.px(22))
        self.setHtml(html)
        if self._fit:
            self._measure.setHtml(html)
            self.updateGeometry()
        for document in documents:
            _keep_heading_sizes(document)
        restyle(self.viewport())


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
