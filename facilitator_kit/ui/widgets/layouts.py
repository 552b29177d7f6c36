"""Ways of putting widgets beside and below each other, at any text size and reading direction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.ui.look import Look

Item: TypeAlias = QWidget | QLayout | None
"""What `row` and `column` take; None is the place where spare room goes."""


def row(look: Look, *items: Item, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    """Items side by side, centred on one line; `gap` and `margin` in design pixels."""
    layout = QHBoxLayout()
    _fill(look, layout, items, gap, margin)
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget = item.widget() if item is not None else None
        if widget is not None and not widget.hasHeightForWidth():
            layout.setAlignment(widget, Qt.AlignmentFlag.AlignVCenter)
    return layout


def column(look: Look, *items: Item, gap: int = 12, margin: int = 0) -> QVBoxLayout:
    """Items below each other; `gap` and `margin` in design pixels."""
    layout = QVBoxLayout()
    _fill(look, layout, items, gap, margin)
    return layout


def holder(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """A plain widget around a layout, where a widget is asked for."""
    widget = QWidget(parent)
    layout.setContentsMargins(layout.contentsMargins())
    widget.setLayout(layout)
    return widget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets, before filling it again."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


@contextmanager
def filled_anew(layout: QBoxLayout) -> Iterator[QVBoxLayout]:
    """A column that takes the place of all that is in a layout, once it is filled.

    Put in one by one, each widget would be shown on its own, and the whole window laid out again.
    """
    clear(layout)
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(layout.spacing())
    yield inside
    layout.addWidget(holder(inside))


def _fill(look: Look, layout: QBoxLayout, items: tuple[Item, ...], gap: int, margin: int) -> None:
    edge = look.theme.px(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    layout.setSpacing(look.theme.px(gap))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


class FlowLayout(QLayout):
    """Widgets one after another, on as many lines as they need: chips, pills, small buttons."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._gap = look.theme.px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        # Qt asks many times for each time that something has changed.
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        edges = self.contentsMargins()
        area = rect.adjusted(edges.left(), edges.top(), -edges.right(), -edges.bottom())
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(area.width(), 1), 1 << 20))
            if lines[-1] and used + size.width() > area.width():
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self._gap
        y = area.y()
        for line in lines:
            height = max((size.height() for _item, size in line), default=0)
            x = area.x()
            for item, size in line:
                if move:
                    place = QRect(QPoint(x, y + (height - size.height()) // 2), size)
                    item.setGeometry(QStyle.visualRect(direction, area, place))
                x += size.width() + self._gap
            y += height + self._gap if height else 0
        bottom = y - self._gap if y > area.y() else y
        return bottom - rect.y() + edges.bottom()


def flow(look: Look, *items: QWidget, gap: int = 8) -> FlowLayout:
    """Widgets one after another that go to the next line where there is no room."""
    layout = FlowLayout(look, gap=gap)
    for item in items:
        layout.addWidget(item)
    return layout


class Scroll(QScrollArea):
    """A widget that scrolls when there is not room for it; sideways only as a last resort."""

    def __init__(self, content: QWidget | QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if isinstance(content, QWidget):
            inner = QVBoxLayout()
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(content)
            content = inner
        widget = _Scrolled(content)
        self._content = widget
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # What is behind shows through: a card keeps its own ground, a plain widget has none; Qt's
        # own viewport would have one.
        self.setViewport(QWidget())
        self.setWidget(widget)
        widget.setAutoFillBackground(False)

    def content_height(self, width: int) -> int:
        """The height at which nothing would need to scroll, at this width."""
        sideways = self._content.minimumSizeHint().width() > width
        bar = self.horizontalScrollBar().sizeHint().height() if sideways else 0
        return natural_height(self._content, width) + bar

    def content_width(self) -> int:
        """The width at which nothing would need to scroll sideways."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self._content.minimumSizeHint().width() + bar

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 48)


class _Scrolled(QWidget):
    """What scrolls. Its least height is that of its lines at the width there is, not the least."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint

    def hasHeightForWidth(self) -> bool:
        layout = self.layout()
        return layout is not None and layout.hasHeightForWidth()


def natural_height(part: QWidget | QLayout, width: int) -> int:
    """The height a widget or a layout asks for at a width, its lines wrapped."""
    if isinstance(part, Scroll):
        return part.content_height(width)
    if part.hasHeightForWidth():
        return part.heightForWidth(width)
    return part.sizeHint().height()


class _Splitter(QSplitter):
    """Side by side it takes the height it gets; one above the other it asks for what they need."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(hint.width(), 0)
        parts = [self.widget(place) for place in range(self.count())]
        needed = sum(part.minimumHeight() for part in parts if part is not None)
        return QSize(hint.width(), needed + self.handleWidth())


class SplitView(Scroll):
    """The list on the left and the reason on the right; one above the other where it is narrow.

    Sizes are in design pixels. Side by side the person may move the border, and `main` has at least
    `main_width` (if not given, somewhat more than the side); one above the other, both are as high
    as they need and scroll together (`main` at least `main_height`).
    """

    def __init__(
        self,
        look: Look,
        main: QWidget,
        side: QWidget,
        *,
        side_width: int = 320,
        main_width: int = 0,
        main_height: int = 300,
        parent: QWidget | None = None,
    ) -> None:
        self._look = look
        self._main, self._side = main, side
        self._side_width, self._main_height = side_width, main_height
        self._least_across = side_width + (main_width or side_width + 120)
        self._placed: tuple[Qt.Orientation, int] | None = None
        self._splitter = _Splitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(main)
        self._splitter.addWidget(side)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(look.theme.px(16))
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        super().__init__(self._splitter, parent)
        # What is filled in later asks for another height than what was there at first.
        self._watched = [
            part._content if isinstance(part, Scroll) else part for part in (main, side)
        ]
        for part in self._watched:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and watched in self._watched:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        px = self._look.theme.px
        across = self.width() >= px(self._least_across)
        way = Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical
        if not across:
            width = self.width() - self.verticalScrollBar().sizeHint().width()
            least = px(self._main_height)
            self._main.setMinimumHeight(max(natural_height(self._main, width), least))
            self._side.setMinimumHeight(natural_height(self._side, width))
            self._side.setMinimumWidth(0)
        elif isinstance(self._side, Scroll):
            # A button with long words may ask for more than the side has at first.
            self._side.setMinimumWidth(min(self._side.content_width(), self.width() // 2))
        if self._placed == (way, px(100)):
            return
        self._placed = (way, px(100))
        self._splitter.setOrientation(way)
        if across:
            self._main.setMinimumHeight(0)
            self._side.setMinimumHeight(0)
            side = px(self._side_width)
            self._splitter.setSizes([max(self.width() - side, side), side])


class PageBody(QVBoxLayout):
    """The layout of a page below the header: margins of the design, cards 16 apart."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        px = look.theme.px
        self.setContentsMargins(px(24), 0, px(24), px(20))
        self.setSpacing(px(16))


def spread(widget: QWidget) -> QWidget:
    """Let a widget take all the room there is."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return widget
