"""How one cell of a table is painted: words, an icon, or a pill of state."""

from __future__ import annotations

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
from facilitator_kit.ui.widgets.records import AnyIndex, TableModel


class CellPainter(QStyledItemDelegate):
    """Paints one cell: ground of the selection, icon, words or a pill, and the line below."""

    def __init__(self, look: Look, view: QTableView, row_height: int) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self.row_height = row_height
        self._fonts: dict[str, QFont] = {}
        self._scale = look.theme.scale

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex, /) -> QSize:
        del option
        return QSize(self.width(index), self._look.theme.px(self.row_height))

    def width(self, index: AnyIndex) -> int:
        """The room a cell asks for, in pixels."""
        px = self._look.theme.px
        width = px(16)
        text = str(index.data() or "")
        if index.data(TableModel.ICON):
            width += px(18 + (8 if text else 0))
        if index.data(TableModel.TONE):
            return width + self._metrics("pill").horizontalAdvance(text) + px(18)
        return width + self._metrics(self._style(index)).horizontalAdvance(text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        theme = self._look.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("primary_soft"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        self._content(painter, rect, index)
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
        if not index.data(Qt.ItemDataRole.ToolTipRole) and self.width(index) > option.rect.width():
            QToolTip.showText(event.globalPos(), str(index.data() or ""), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _content(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        px = self._look.theme.px
        area = rect.adjusted(px(8), 0, -px(8), 0)
        tone: Tone | None = index.data(TableModel.TONE)
        icon = index.data(TableModel.ICON)
        text = str(index.data() or "")
        direction = self._view.layoutDirection()
        if icon:
            token = front(tone) if tone else "text"
            pixmap = self._look.icons.pixmap(str(icon), token)
            side = px(18)
            alone = QRect(area.center() - QPoint(side // 2, side // 2), QSize(side, side))
            first = QRect(area.x(), alone.y(), side, side)
            centred = not text and self._align(index) & Qt.AlignmentFlag.AlignHCenter
            painter.drawPixmap(
                QStyle.visualRect(direction, area, alone if centred else first), pixmap
            )
            shift = side + px(8)
            area = QStyle.visualRect(direction, area, area.adjusted(shift, 0, 0, 0))
            tone = None
        if text and tone:
            self._pill(painter, area, index, text, tone)
        elif text:
            style = self._style(index)
            painter.setFont(self._font(style))
            painter.setPen(self._look.theme.colour("muted" if style == "muted" else "text"))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, area.width()
            )
            painter.drawText(
                area, int(QStyle.visualAlignment(direction, self._align(index))), shown
            )

    def _pill(self, painter: QPainter, area: QRect, index: AnyIndex, text: str, tone: Tone) -> None:
        theme = self._look.theme
        painter.setFont(self._font("pill"))
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(text) + theme.px(18), area.width())
        height = theme.px(20)
        size = QSize(max(width, theme.px(30)), height)
        direction = self._view.layoutDirection()
        box = QStyle.alignedRect(direction, self._align(index), size, area)
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

    def _style(self, index: AnyIndex) -> str:
        model = index.model()
        return model.columns[index.column()].style if isinstance(model, TableModel) else "normal"

    def _font(self, style: str) -> QFont:
        if self._scale != self._look.theme.scale:
            self._scale = self._look.theme.scale
            self._fonts.clear()
        found = self._fonts.get(style)
        if found is None:
            theme = self._look.theme
            role: Role = "small-strong" if style == "pill" else "body"
            found = theme.font("strong" if style == "strong" else role)
            self._fonts[style] = found
        return found

    def _metrics(self, style: str) -> QFontMetrics:
        return QFontMetrics(self._font(style))

    def _align(self, index: AnyIndex) -> Qt.AlignmentFlag:
        found = index.data(Qt.ItemDataRole.TextAlignmentRole)
        return found if isinstance(found, Qt.AlignmentFlag) else Qt.AlignmentFlag.AlignLeading
