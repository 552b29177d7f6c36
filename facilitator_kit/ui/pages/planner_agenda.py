"""The agenda itself: blocks with cascading times, changed by keyboard or by dragging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from facilitator_kit.curriculum import TimedBlock
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_methods import METHOD_MIME
from facilitator_kit.ui.pages.curriculum_words import kind_look
from facilitator_kit.ui.pages.planner_words import gap_words, spoken_block, under_title
from facilitator_kit.ui.tokens import back, front

BLOCK_MIME: Final = "application/x-facilitator-kit-block"
BIG_STEP: Final = 5
"""Minutes that + and − add or take; with Shift, one."""

_TIMED: Final = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class AgendaModel(QAbstractListModel):
    """The blocks on the clock. Dropping one tells where it was dropped and changes nothing."""

    moved = Signal(int, int)
    method_dropped = Signal(str, int)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ = texts
        self._blocks: tuple[TimedBlock, ...] = ()

    def set_blocks(self, blocks: Sequence[TimedBlock]) -> None:
        """Show these blocks; where there are as many as before, the current row stays."""
        same = len(blocks) == len(self._blocks)
        if not same:
            self.beginResetModel()
        self._blocks = tuple(blocks)
        if not same:
            self.endResetModel()
        elif blocks:
            self.dataChanged.emit(self.index(0), self.index(len(blocks) - 1))

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._blocks)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._blocks):
            return None
        timed = self._blocks[index.row()]
        if role == _TIMED:
            return timed
        if role == Qt.ItemDataRole.DisplayRole:
            return timed.block.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_block(self._, timed)
        if role == Qt.ItemDataRole.ToolTipRole:
            return under_title(self._, timed) or None
        return None

    def flags(self, index: AnyIndex, /) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [BLOCK_MIME, METHOD_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex], /) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(BLOCK_MIME, QByteArray(str(indexes[0].row()).encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: AnyIndex,
        /,
    ) -> bool:
        del action, column
        at = row if row >= 0 else (parent.row() if parent.isValid() else len(self._blocks))
        if data.hasFormat(BLOCK_MIME):
            start = int(bytes(data.data(BLOCK_MIME).data()).decode())
            to = at - 1 if at > start else at
            if to != start:
                self.moved.emit(start, to)
        elif data.hasFormat(METHOD_MIME):
            self.method_dropped.emit(bytes(data.data(METHOD_MIME).data()).decode(), at)
        # False: the view must not take the dragged row out by itself.
        return False


class AgendaList(QListView):
    """The list of blocks. Its signals carry the row that a key or a drop was meant for.

    Up and Down choose, Alt+Up and Alt+Down move, + and − change the minutes (by one with Shift),
    Delete takes out, F2 or Enter edits, L fixes the start, Insert adds a block.
    """

    row_chosen = Signal(int)
    moved = Signal(int, int)
    method_dropped = Signal(str, int)
    minutes_asked = Signal(int, int)
    remove_asked = Signal(int)
    edit_asked = Signal(int)
    lock_asked = Signal(int)
    add_asked = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.blocks = AgendaModel(look._, self)
        self.setModel(self.blocks)
        self.setItemDelegate(_BlockPainter(look, self))
        self.setAccessibleName(look._("Agenda de la sesión"))
        self.setAccessibleDescription(
            look._(
                "Flechas: elegir. Alt y flechas: mover. Más y menos: minutos. Entrar: cambiar. "
                "L: fijar la hora. Suprimir: quitar."
            )
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDragDropOverwriteMode(False)
        self.blocks.moved.connect(self.moved)
        self.blocks.method_dropped.connect(self.method_dropped)
        self.doubleClicked.connect(lambda index: self.edit_asked.emit(index.row()))
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def row(self) -> int:
        """The current row; −1 while there is none."""
        return self.currentIndex().row()

    def show_blocks(self, blocks: Sequence[TimedBlock], row: int) -> None:
        """Show these blocks with this row current, told once if it is another one."""
        self.blocks.set_blocks(blocks)
        if blocks:
            index = self.blocks.index(min(max(row, 0), len(blocks) - 1))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if not self._do(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(420), self._look.theme.px(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(200), self._look.theme.px(160))

    def _do(self, event: QKeyEvent) -> bool:
        """Whether a key meant something of this list, which is then done."""
        key, held = Qt.Key(event.key()), event.modifiers()
        row = self.row
        if key == Qt.Key.Key_Insert:
            self.add_asked.emit(row)
            return True
        if row < 0:
            return False
        step = 1 if held & Qt.KeyboardModifier.ShiftModifier else BIG_STEP
        if held & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = row + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= to < self.blocks.rowCount():
                self.moved.emit(row, to)
        # With Shift the plus key gives another sign on some keyboards, and the other way round.
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Asterisk):
            self.minutes_asked.emit(row, step)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.minutes_asked.emit(row, -step)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit(row)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit(row)
        elif key == Qt.Key.Key_L and not held:
            self.lock_asked.emit(row)
        else:
            return False
        return True

    def _on_current(self, index: QModelIndex) -> None:
        self.viewport().update()
        if index.isValid():
            self.row_chosen.emit(index.row())


class _BlockPainter(QStyledItemDelegate):
    """Paints one block: its time at the left, and a small card with all the rest."""

    def __init__(self, look: Look, view: AgendaList) -> None:
        super().__init__(view)
        self._look = look
        self._ = look._
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex, /) -> QSize:
        del option
        px = self._look.theme.px
        width = self._view.viewport().width()
        card = QRect(px(62), 0, max(width - px(64), px(120)), 0)
        words = self._words(_timed(index), card)
        lines = self._title_height(_timed(index), words.width())
        return QSize(px(200), px(6) + max(px(58), lines + px(38)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        theme, px = self._look.theme, self._look.theme.px
        timed = _timed(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        card = rect.adjusted(px(62), px(3), -px(2), -px(3))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._time(painter, rect, timed)
        shown = QRectF(self._turned(rect, card))
        focused = selected and self._view.hasFocus()
        painter.setBrush(theme.colour("primary_soft" if focused else "surface"))
        painter.setPen(QPen(theme.colour("primary" if selected else "line"), 2 if selected else 1))
        edge = 1 if selected else 0.5
        painter.drawRoundedRect(shown.adjusted(edge, edge, -edge, -edge), px(10), px(10))
        self._pictures(painter, rect, card, timed)
        self._minutes(painter, rect, card, timed)
        words = self._words(timed, card)
        self._title(painter, rect, words, timed)
        painter.restore()

    def _time(self, painter: QPainter, rect: QRect, timed: TimedBlock) -> None:
        theme, px = self._look.theme, self._look.theme.px
        fixed = timed.block.fixed_start is not None
        spot = QRect(rect.x(), rect.y() + px(12), px(52), px(20))
        painter.setFont(theme.font("strong" if fixed else "body"))
        painter.setPen(theme.colour("text" if fixed else "muted"))
        side = QStyle.visualAlignment(self._view.layoutDirection(), Qt.AlignmentFlag.AlignRight)
        painter.drawText(self._turned(rect, spot), int(side), self._.clock_time(timed.start))
        if fixed:
            lock = QRect(spot.right() - px(14), spot.bottom() + px(2), px(14), px(14))
            picture = self._look.icons.pixmap("lock", "primary", 14)
            painter.drawPixmap(self._turned(rect, lock), picture)

    def _pictures(self, painter: QPainter, rect: QRect, card: QRect, timed: TimedBlock) -> None:
        theme, px = self._look.theme, self._look.theme.px
        grip = QRect(card.x() + px(12), card.center().y() - px(9), px(18), px(18))
        painter.drawPixmap(
            self._turned(rect, grip), self._look.icons.pixmap("grip-vertical", "muted")
        )
        _word, icon, tone = kind_look(self._, timed.block.kind)
        box = QRect(card.x() + px(42), card.center().y() - px(15), px(30), px(30))
        box = self._turned(rect, box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(back(tone)))
        painter.drawRoundedRect(QRectF(box), px(8), px(8))
        inside = box.adjusted(px(6), px(6), -px(6), -px(6))
        painter.drawPixmap(inside, self._look.icons.pixmap(icon, front(tone)))

    def _minutes(self, painter: QPainter, rect: QRect, card: QRect, timed: TimedBlock) -> None:
        theme, px = self._look.theme, self._look.theme.px
        unit = self._("min")
        units = QFontMetrics(theme.font())
        width = units.horizontalAdvance(unit)
        right = card.right() - px(14)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("muted"))
        spot = QRect(right - width, card.y(), width, card.height())
        painter.drawText(self._turned(rect, spot), middle, unit)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        number = QRect(right - width - px(6) - px(40), card.y(), px(40), card.height())
        painter.drawText(self._turned(rect, number), middle, self._.number(timed.block.minutes))
        words, tone = gap_words(self._, timed)
        if words:
            font = theme.font("small-strong")
            pill = self._pill_place(timed, card)
            painter.setFont(font)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(back(tone)))
            shown = self._turned(rect, pill)
            painter.drawRoundedRect(QRectF(shown), pill.height() / 2, pill.height() / 2)
            painter.setPen(theme.colour(front(tone)))
            painter.drawText(shown, int(Qt.AlignmentFlag.AlignCenter), words)

    def _pill_place(self, timed: TimedBlock, card: QRect) -> QRect:
        px = self._look.theme.px
        words, _tone = gap_words(self._, timed)
        metrics = QFontMetrics(self._look.theme.font("small-strong"))
        width = metrics.horizontalAdvance(words) + px(18)
        right = card.right() - px(90)
        return QRect(right - width, card.center().y() - px(10), width, px(20))

    def _words(self, timed: TimedBlock, card: QRect) -> QRect:
        """Where title and second line stand within the card."""
        px = self._look.theme.px
        left = card.x() + px(84)
        right = card.right() - px(84)
        if gap_words(self._, timed)[0]:
            right = self._pill_place(timed, card).x() - px(8)
        return QRect(left, card.y() + px(9), max(right - left, px(60)), card.height() - px(18))

    def _title_height(self, timed: TimedBlock, width: int) -> int:
        metrics = QFontMetrics(self._look.theme.font("strong"))
        wrap = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRect(0, 0, width, 10_000), wrap, timed.block.title).height()

    def _title(self, painter: QPainter, rect: QRect, words: QRect, timed: TimedBlock) -> None:
        theme = self._look.theme
        second = under_title(self._, timed)
        height = self._title_height(timed, words.width())
        small = QFontMetrics(theme.font())
        whole = height + (small.height() + theme.px(1) if second else 0)
        top = words.y() + max((words.height() - whole) // 2, 0)
        side = int(
            QStyle.visualAlignment(self._view.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        )
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text"))
        title = QRect(words.x(), top, words.width(), height)
        painter.drawText(
            self._turned(rect, title), side | int(Qt.TextFlag.TextWordWrap), timed.block.title
        )
        if second:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("muted"))
            line = QRect(words.x(), top + height + theme.px(1), words.width(), small.height())
            shown = small.elidedText(second, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(self._turned(rect, line), side, shown)

    def _turned(self, row: QRect, spot: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), row, spot)


def _timed(index: AnyIndex) -> TimedBlock:
    timed = index.data(_TIMED)
    assert isinstance(timed, TimedBlock)
    return timed
