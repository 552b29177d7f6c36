"""The list at the left of Currículo and Planeador: titles with a second line, in groups or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_list_paint import AnyIndex, Entry, EntryPainter

__all__ = ["Entry", "EntryList"]

_ENTRY: Final = Qt.ItemDataRole.UserRole + 1


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
        self._painter = EntryPainter(look, self, _entry_of)
        self.setItemDelegate(self._painter)
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
        self._painter.forget()
        for entry, item in self._add(entries):
            if entry.children:
                item.addChildren([_item(child) for child in entry.children])
                item.setExpanded(open_all or entry.key in opened)
        self._filling = False
        if kept:
            self.select(kept)

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Show these as well, below those that are there; without what is grouped under them."""
        self._add(entries)

    def current(self) -> str:
        """The key of the current entry; "" while there is none."""
        item = self.currentItem()
        return _entry(item).key if item is not None else ""

    def listed(self) -> tuple[str, ...]:
        """The keys of all entries, from top to bottom."""
        return tuple(entry.key for _item, entry in self._all())

    def leaves(self) -> tuple[str, ...]:
        """The keys of all entries that are no groups, from top to bottom."""
        return tuple(entry.key for _item, entry in self._all() if not entry.children)

    def turn(self, key: str) -> None:
        """Open a group that is closed, close one that is open."""
        for item, entry in self._all():
            if entry.key == key:
                item.setExpanded(not item.isExpanded())

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
                if parent is not None and parent.indexOfChild(item) == 0:
                    self.scrollToItem(parent)
                self.scrollToItem(item)
                return True
        return False

    def step_in(self) -> None:
        """Give the list the keyboard, on its current entry or the first one, which in an open group
        is not its head."""
        first = self.topLevelItem(0)
        if self.currentItem() is None and first is not None:
            inside = first.child(0) if first.isExpanded() else None
            self.setCurrentItem(inside or first)
            # The head tells what the first one is.
            self.scrollToTop()
        # Only now: given the keyboard without a current entry, Qt takes the first, not selected.
        self.setFocus()

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
        current, before = self.currentItem(), event.oldSize().height()
        in_sight = current is not None and 0 < self.visualItemRect(current).bottom() <= before
        super().resizeEvent(event)
        # Titles wrap, so heights follow the width.
        self.scheduleDelayedItemsLayout()
        if current is not None and in_sight and event.size().height() < before:
            self.scrollToItem(current)

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

    def _add(self, entries: Sequence[Entry]) -> list[tuple[Entry, QTreeWidgetItem]]:
        items = [_item(entry) for entry in entries]
        self.addTopLevelItems(items)
        return list(zip(entries, items, strict=True))

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


def _entry_of(index: AnyIndex) -> Entry:
    entry = index.data(_ENTRY)
    assert isinstance(entry, Entry)
    return entry
