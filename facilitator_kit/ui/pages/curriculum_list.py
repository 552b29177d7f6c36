"""The list at the left of Currículo and Planeador: titles with a second line, in groups or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Tone, back, front

_ENTRY: Final = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: `key` tells it apart, `detail` and a pill stand below its title.

    With `children` it is the head of a group, which opens and closes.
    """

    key: str
    title: str
    detail: str = ""
    pill: str = ""
    tone: Tone = "neutral"
    children: tuple[Entry, ...] = ()

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        return ". ".join(part for part in (self.title, self.detail, self.pill) if part)


class EntryList(QTreeWidget):
    """Entries to choose from. `chosen` carries the key that a person moved to, `opened` the key of
    Enter or a double click, `clicked_on` that of a click on an entry that is no group. With `mime`
    an entry can be dragged elsewhere as that kind of thing.
    """

    chosen = Signal(str)
    clicked_on = Signal(str)
    opened = Signal(str)

    def __init__(
        self, look: Look, name: str, *, mime: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._mime = mime
        self._filling = False
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_EntryPainter(look, self))
        self.setDragEnabled(bool(mime))
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_click)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(_entry(item).key))

    def set_entries(self, entries: Sequence[Entry], *, open_all: bool = False) -> None:
        """Show these; what was current and what was open stays so where it is still there."""
        kept = self.current()
        opened = {e.key for item, e in self._all() if item.isExpanded() and e.children}
        self._filling = True
        self.clear()
        for entry in entries:
            item = _item(entry)
            self.addTopLevelItem(item)
            for child in entry.children:
                item.addChild(_item(child))
            item.setExpanded(open_all or entry.key in opened)
        self._filling = False
        if kept:
            self.select(kept)

    def current(self) -> str:
        """The key of the current entry; "" while there is none."""
        item = self.currentItem()
        return _entry(item).key if item is not None else ""

    def keys(self) -> tuple[str, ...]:
        """The keys of all entries, from top to bottom."""
        return tuple(entry.key for _item, entry in self._all())

    def select(self, key: str) -> bool:
        """Make an entry current without telling anybody; False where it is not in the list."""
        for item, entry in self._all():
            if entry.key == key:
                parent = item.parent()
                self._filling = True
                if parent is not None:
                    parent.setExpanded(True)
                self.setCurrentItem(item)
                self._filling = False
                self.scrollToItem(item)
                return True
        return False

    def step_in(self) -> None:
        """Give the list the keyboard, on its current entry or the first one."""
        self.setFocus()
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            self.setCurrentItem(first)

    # -- Qt --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current():
                self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        place = event.position().toPoint()
        item = self.itemAt(place)
        super().mousePressEvent(event)
        if item is not None and _entry(item).children:
            on_arrow = place.x() < self._look.theme.px(26)
            item.setExpanded(not item.isExpanded() if on_arrow else True)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        # Titles wrap, so heights follow the width.
        self.scheduleDelayedItemsLayout()

    def mimeTypes(self) -> list[str]:
        return [self._mime] if self._mime else []

    def mimeData(self, items: Sequence[QTreeWidgetItem], /) -> QMimeData:
        data = QMimeData()
        if items and self._mime:
            data.setData(self._mime, QByteArray(_entry(items[0]).key.encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(120), self._look.theme.px(120))

    # -- inside ----------------------------------------------------------------------------------

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(_entry(item).key)

    def _on_click(self, item: QTreeWidgetItem) -> None:
        if not _entry(item).children:
            self.clicked_on.emit(_entry(item).key)

    def _all(self) -> Iterator[tuple[QTreeWidgetItem, Entry]]:
        walk = QTreeWidgetItemIterator(self)
        while (item := walk.value()) is not None:
            yield item, _entry(item)
            walk += 1


def _item(entry: Entry) -> QTreeWidgetItem:
    item = QTreeWidgetItem([entry.title])
    item.setData(0, _ENTRY, entry)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, entry.spoken)
    flags = item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled
    item.setFlags(flags)
    return item


def _entry(item: QTreeWidgetItem) -> Entry:
    entry = item.data(0, _ENTRY)
    assert isinstance(entry, Entry)
    return entry


class _EntryPainter(QStyledItemDelegate):
    """Paints an entry: its arrow, its title on as many lines as needed, its detail and pill."""

    def __init__(self, look: Look, view: EntryList) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex, /) -> QSize:
        del option
        px = self._look.theme.px
        entry = _entry_of(index)
        width = self._view.viewport().width()
        title, detail, pill = self._places(entry, index, QRect(0, 0, width, 0))
        bottom = max(title.bottom(), detail.bottom(), pill.bottom())
        return QSize(px(120), bottom + px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        theme = self._look.theme
        entry = _entry_of(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("primary_soft"))
            painter.drawRoundedRect(QRectF(rect), theme.px(8), theme.px(8))
        elif not entry.children:
            edge = theme.px(26 if index.parent().isValid() else 10)
            rule = rect.adjusted(edge, rect.height() - 1, -theme.px(8), 0)
            painter.fillRect(self._turned(rect, rule), theme.colour("line"))
        title, detail, pill = self._places(entry, index, rect)
        self._arrow(painter, entry, index, rect, title)
        painter.setFont(self._title_font())
        painter.setPen(theme.colour("primary" if selected else "text"))
        wrap = Qt.TextFlag.TextWordWrap
        painter.drawText(self._turned(rect, title), int(wrap) | self._side(), entry.title)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        painter.drawText(self._turned(rect, detail), int(wrap) | self._side(), entry.detail)
        if entry.pill:
            self._pill(painter, self._turned(rect, pill), entry)
        if selected and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("primary"), 2))
            ring = QRectF(rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, theme.px(8), theme.px(8))
        painter.restore()

    def _places(self, entry: Entry, index: AnyIndex, rect: QRect) -> tuple[QRect, QRect, QRect]:
        """Where title, detail and pill stand in a row of this place and width."""
        px = self._look.theme.px
        in_group = bool(entry.children) or index.parent().isValid()
        left = rect.x() + px(26 if in_group else 10)
        width = max(rect.right() - px(10) - left, px(60))
        wrap = int(Qt.TextFlag.TextWordWrap)
        metrics = QFontMetrics(self._title_font())
        title = metrics.boundingRect(QRect(0, 0, width, 10_000), wrap, entry.title)
        top = rect.y() + px(8)
        title = QRect(left, top, width, title.height())
        small = QFontMetrics(self._look.theme.font("small"))
        pills = QFontMetrics(self._look.theme.font("small-strong"))
        pill_width = pills.horizontalAdvance(entry.pill) + px(14) if entry.pill else 0
        lines = small.boundingRect(QRect(0, 0, width, 10_000), wrap, entry.detail)
        height = lines.height() if entry.detail else 0
        detail = QRect(left, title.bottom() + px(2), width, height)
        pill = QRect(left, detail.bottom(), 0, 0)
        if entry.pill:
            beside = small.horizontalAdvance(entry.detail) + px(8)
            pill_height = px(18)
            if beside + pill_width <= width:
                middle = detail.y() + (height - pill_height) // 2
                pill = QRect(left + beside, middle, pill_width, pill_height)
            else:
                pill = QRect(left, detail.bottom() + px(3), min(pill_width, width), pill_height)
        return title, detail, pill

    def _arrow(
        self, painter: QPainter, entry: Entry, index: AnyIndex, rect: QRect, title: QRect
    ) -> None:
        if not entry.children:
            return
        theme = self._look.theme
        open_ = self._view.isExpanded(self._view.model().index(index.row(), 0, index.parent()))
        side = theme.px(14)
        first_line = QFontMetrics(self._title_font()).height()
        at = QPoint(rect.x() + theme.px(6), title.y() + (first_line - side) // 2)
        spot = self._turned(rect, QRect(at, QSize(side, side)))
        name = "chevron-down" if open_ else "chevron-right"
        painter.drawPixmap(spot, self._look.icons.pixmap(name, "muted", 14))

    def _pill(self, painter: QPainter, spot: QRect, entry: Entry) -> None:
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(back(entry.tone)))
        painter.drawRoundedRect(QRectF(spot), spot.height() / 2, spot.height() / 2)
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour(front(entry.tone)))
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), entry.pill)

    def _title_font(self) -> QFont:
        return self._look.theme.font("strong")

    def _turned(self, row: QRect, spot: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), row, spot)

    def _side(self) -> int:
        return int(
            QStyle.visualAlignment(self._view.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        )


def _entry_of(index: AnyIndex) -> Entry:
    entry = index.data(_ENTRY)
    assert isinstance(entry, Entry)
    return entry
