"""How one cell of a table is painted: words, an icon, or a pill of state."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.theme import Role
from facilitator_kit.ui.tokens import Tone, back, front
from facilitator_kit.ui.widgets.records import AnyIndex, Cell, TableModel

_REMEMBERED: Final = 4_000
"""Texts whose width is remembered: those of a list that is searched come again and again."""


class CellPainter(QStyledItemDelegate):
    """Paints one cell: ground of the selection, icon, words or a pill, and the line below."""

    def __init__(
        self, look: Look, view: QTableView, model: TableModel[Any], row_height: int
    ) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._model = model
        self.row_height = row_height
        self._fonts: dict[str, QFont] = {}
        self._widths: dict[tuple[str, str], int] = {}
        self._scale = look.theme.scale

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex, /) -> QSize:
        del option
        return QSize(self.width(index.row(), index.column()), self._look.theme.px(self.row_height))

    def width(self, row: int, place: int) -> int:
        """The room a cell asks for, in pixels."""
        px = self._look.theme.px
        cell = self._model.cell(row, place)
        width = px(16)
        if cell.icon:
            width += px(18 + (8 if cell.text else 0))
        if cell.tone:
            return width + self._text_width("pill", cell.text) + px(18)
        return width + self._text_width(cell.style, cell.text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        theme = self._look.theme
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("primary_soft"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        self._content(painter, rect, self._model.cell(index.row(), index.column()))
        self._ring(painter, rect, index)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
        /,
    ) -> bool:
        wanted = self.width(index.row(), index.column()) if index.isValid() else 0
        if not index.data(Qt.ItemDataRole.ToolTipRole) and wanted > option.rect.width():
            QToolTip.showText(event.globalPos(), str(index.data() or ""), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _content(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        px = self._look.theme.px
        area = rect.adjusted(px(8), 0, -px(8), 0)
        text, tone = cell.text, cell.tone
        direction = self._view.layoutDirection()
        if cell.icon:
            token = front(tone) if tone else "text"
            pixmap = self._look.icons.pixmap(cell.icon, token)
            side = px(18)
            alone = QRect(area.center() - QPoint(side // 2, side // 2), QSize(side, side))
            first = QRect(area.x(), alone.y(), side, side)
            centred = not text and cell.align & Qt.AlignmentFlag.AlignHCenter
            painter.drawPixmap(
                QStyle.visualRect(direction, area, alone if centred else first), pixmap
            )
            shift = side + px(8)
            area = QStyle.visualRect(direction, area, area.adjusted(shift, 0, 0, 0))
            tone = None
        if text and tone:
            self._pill(painter, area, cell, text, tone)
        elif text:
            painter.setFont(self._font(cell.style))
            painter.setPen(self._look.theme.colour("muted" if cell.style == "muted" else "text"))
            if self._text_width(cell.style, text) > area.width():
                text = painter.fontMetrics().elidedText(
                    text, Qt.TextElideMode.ElideRight, area.width()
                )
            painter.drawText(area, int(QStyle.visualAlignment(direction, cell.align)), text)

    def _pill(self, painter: QPainter, area: QRect, cell: Cell, text: str, tone: Tone) -> None:
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font("pill"))
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + theme.px(18), area.width())
        height = theme.px(20)
        size = QSize(max(width, theme.px(30)), height)
        direction = self._view.layoutDirection()
        box = QStyle.alignedRect(direction, cell.align, size, area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(back(tone)))
        painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        painter.setPen(theme.colour(front(tone)))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - theme.px(10))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _ring(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Two pixels around the current row while the table has the keyboard."""
        if not self._view.hasFocus() or self._view.currentIndex().row() != index.row():
            return
        header = self._view.horizontalHeader()
        place = header.visualIndex(index.column())
        colour = self._look.theme.colour("primary")
        # A cell in the middle of the row draws only what is above and below it.
        painter.fillRect(rect.x(), rect.y(), rect.width(), 2, colour)
        painter.fillRect(rect.x(), rect.bottom() - 1, rect.width(), 2, colour)
        first, last = place == 0, place == header.count() - 1
        if self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            first, last = last, first
        if first:
            painter.fillRect(rect.x(), rect.y(), 2, rect.height(), colour)
        if last:
            painter.fillRect(rect.right() - 1, rect.y(), 2, rect.height(), colour)

    def _font(self, style: str) -> QFont:
        if self._scale != self._look.theme.scale:
            self._scale = self._look.theme.scale
            self._fonts.clear()
            self._widths.clear()
        found = self._fonts.get(style)
        if found is None:
            theme = self._look.theme
            role: Role = "small-strong" if style == "pill" else "body"
            found = theme.font("strong" if style == "strong" else role)
            self._fonts[style] = found
        return found

    def _text_width(self, style: str, text: str) -> int:
        font = self._font(style)  # it forgets what was measured at another text size
        found = self._widths.get((style, text))
        if found is None:
            if len(self._widths) >= _REMEMBERED:
                self._widths.clear()
            found = self._widths[style, text] = QFontMetrics(font).horizontalAdvance(text)
        return found
