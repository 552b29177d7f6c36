"""The search-and-command field: Ctrl+K, some letters, Enter — to any page, person or action."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets.choices import SearchField
from facilitator_kit.ui.widgets.labels import Label
from facilitator_kit.ui.widgets.records import AnyIndex

SHOWN: Final = 12
_ENTRY: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One thing to go to or to do; `words` are further words it is found by."""

    title: str
    detail: str
    icon: str
    run: Callable[[], object]
    words: str = ""


Provider: TypeAlias = Callable[[str], Sequence[CommandEntry]]
"""Gives the entries that may fit what was typed. A provider may give more than fit: they are
filtered again, except those it marks as found by putting the typed text into `words`."""


def plain(text: str) -> str:
    """Lower case without accents: "Núñez" and "nunez" are the same."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def rank(entry: CommandEntry, typed: str) -> int | None:
    """How well an entry fits (0 best); None where some typed word is nowhere in it."""
    words = plain(typed).split()
    title = plain(entry.title)
    whole = f"{title} {plain(entry.detail)} {plain(entry.words)}"
    if not all(word in whole for word in words):
        return None
    if not words or title.startswith(words[0]):
        return 0
    if all(any(part.startswith(word) for part in title.split()) for word in words):
        return 1
    return 2 if all(word in title for word in words) else 3


class CommandField(SearchField):
    """The field in the header with its list of what fits, best first.

    `left` comes when it no longer has the keyboard.
    """

    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            look._("Buscar o hacer…"),
            name=look._("Buscar o hacer (Ctrl K)"),
            pause_ms=60,
            parent=parent,
        )
        self._providers: list[Provider] = []
        self._entries: list[CommandEntry] = []
        self._before: QWidget | None = None
        key = Label(look._("Ctrl K"))
        key.setProperty("kind", "key")
        key.setProperty("role", None)
        key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._key = key
        self.inner.addWidget(key)
        self._popup = _Popup(look, self)
        self._popup.list.itemClicked.connect(self._run_item)
        self.searched.connect(self._search)
        self.edit.textChanged.connect(lambda text: self._key.setVisible(not text))

    def add_provider(self, provider: Provider) -> None:
        """Ask this one too, after those before it."""
        self._providers.append(provider)

    def remove_provider(self, provider: Provider) -> None:
        """Ask it no longer."""
        self._providers.remove(provider)

    def start(self) -> None:
        """Take the keyboard and offer what there is."""
        self.show()
        if not self.edit.hasFocus():
            self._before = self.window().focusWidget()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self._search(self.text())

    def look_again(self) -> None:
        """Ask the providers again, if the list is open: one of them has more to give."""
        if self._popup.isVisible():
            self._search(self.text(), keep_row=True)

    def entries(self) -> Sequence[CommandEntry]:
        """What the list shows now, best first."""
        return tuple(self._entries)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
            if self._popup.isVisible() and int(key) in steps:
                self._popup.move_by(steps[int(key)])
                return True
            if key == Qt.Key.Key_Down:
                self._search(self.text())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._search(self.text(), keep_row=True)
                self._run_item(self._popup.list.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self._popup.hide()
                if self.text():
                    self.edit.clear()
                else:
                    self._give_back()
                return True
        if event.type() is QEvent.Type.FocusOut:
            # A click into the list takes the focus for a moment; look again when that is done.
            QTimer.singleShot(0, self, self._hide_if_left)
        return super().eventFilter(watched, event)

    def _give_back(self) -> None:
        """Give the keyboard back to where it was when the field took it."""
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()
        else:
            self.edit.clearFocus()

    def _hide_if_left(self) -> None:
        if not self.edit.hasFocus():
            self._popup.hide()
            self.left.emit()

    def _search(self, typed: str, *, keep_row: bool = False) -> None:
        if not self.edit.hasFocus():
            return
        found: list[tuple[int, int, CommandEntry]] = []
        for provider in self._providers:
            for entry in provider(typed):
                how = rank(entry, typed)
                if how is not None:
                    found.append((how, len(found), entry))
        found.sort(key=lambda one: one[:2])
        chosen = self._popup.list.currentRow() if keep_row else 0
        self._entries = [entry for _how, _place, entry in found[:SHOWN]]
        self._popup.offer(self._entries, chosen)

    def _run_item(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry = item.data(_ENTRY)
        self._popup.hide()
        self.edit.clear()
        self.edit.clearFocus()
        if isinstance(entry, CommandEntry):
            entry.run()


class _Popup(QFrame):
    """The list below the field: it never takes the keyboard, so that typing goes on."""

    def __init__(self, look: Look, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.ToolTip)
        self._look = look
        self._field = field
        self.setProperty("kind", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = QListWidget()
        self.list.setMinimumHeight(0)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(look._("Lo que se encontró"))
        self.list.setItemDelegate(_EntryPainter(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = Label(look._("Nada con esas palabras"), "muted")
        self._nothing.setMargin(look.theme.px(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        layout.addWidget(self._nothing)

    def offer(self, entries: Sequence[CommandEntry], chosen: int) -> None:
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(entry.title)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {entry.detail}")
            self.list.addItem(item)
        self.list.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        if entries:
            self.list.setCurrentRow(min(max(chosen, 0), len(entries) - 1))
        self._place(len(entries))
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        count = self.list.count()
        if count:
            self.list.setCurrentRow((self.list.currentRow() + step) % count)

    def _place(self, count: int) -> None:
        px = self._look.theme.px
        field = self._field
        window = field.window()
        width = min(max(field.width(), px(420)), window.width() - px(32))
        height = min(px(44) * max(count, 1) + 10, window.height() * 3 // 4)
        corner = field.mapToGlobal(QPoint(0, field.height() + 4))
        right = window.mapToGlobal(QPoint(window.width() - px(16), 0)).x()
        corner.setX(min(corner.x(), right - width))
        self.setGeometry(QRect(corner, QSize(width, height)))


class _EntryPainter(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex, /) -> QSize:
        del option, index
        return QSize(self._look.theme.px(200), self._look.theme.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        entry = index.data(_ENTRY)
        if not isinstance(entry, CommandEntry):
            return
        theme = self._look.theme
        px = theme.px
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("primary_soft"))
            painter.drawRoundedRect(rect, px(6), px(6))
        direction = option.direction
        side = px(18)
        spot = QRect(rect.x() + px(12), rect.center().y() - side // 2, side, side)
        icon = self._look.icons.pixmap(entry.icon, "primary" if chosen else "text")
        painter.drawPixmap(QStyle.visualRect(direction, rect, spot), icon)
        words = rect.adjusted(px(42), px(4), -px(12), -px(4))
        upper = QRect(words.x(), words.y(), words.width(), words.height() // 2)
        lower = upper.translated(0, words.height() // 2)
        for text, area, role, token in (
            (entry.title, upper if entry.detail else words, "strong", "text"),
            (entry.detail, lower, "small", "muted"),
        ):
            painter.setFont(theme.font("strong" if role == "strong" else "small"))
            painter.setPen(theme.colour("text" if token == "text" else "muted"))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, area.width()
            )
            place = QStyle.visualRect(direction, rect, area)
            side_flag = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(QStyle.visualAlignment(direction, side_flag)), shown)
        painter.restore()
