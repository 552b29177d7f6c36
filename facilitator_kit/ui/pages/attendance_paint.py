"""How the attendance grid looks: pills of marks, words, warnings, and the days above them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from facilitator_kit.monitoring.records import Mark
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.attendance_model import (
    CODE,
    PERCENT,
    WARNING,
    AnyIndex,
    CellLook,
    GridModel,
)
from facilitator_kit.ui.theme import Role
from facilitator_kit.ui.tokens import Tone, back, front


class Chooser(QTableView):
    """A grid in which one row and one session are current; -1 is no session."""

    row: int = 0
    session: int = -1


class CellPainter(QStyledItemDelegate):
    """Paints pills and words; a mark on its way is an outline until it is stored."""

    def __init__(self, look: Look, view: Chooser) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        model = index.model()
        assert isinstance(model, GridModel)
        rect: QRect = option.rect
        theme = self._look.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._view.row and self._view.hasFocus():
            painter.fillRect(rect, theme.colour("primary_soft"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        section = model.section(index.column())
        if isinstance(section, int):
            current = index.row() == self._view.row and section == self._view.session
            self._session(painter, rect, index.data(GridModel.LOOK), current=current)
        elif section == WARNING:
            self._warning(painter, rect, str(index.data() or ""), index.data(GridModel.TONE))
        else:
            self._words(painter, rect, section, str(index.data() or ""))
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, section: str, text: str) -> None:
        theme = self._look.theme
        role: Role = "body" if section == CODE else "strong"
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour("muted" if section == CODE else "text"))
        area = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        side = (
            Qt.AlignmentFlag.AlignTrailing if section == PERCENT else Qt.AlignmentFlag.AlignLeading
        )
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def _session(self, painter: QPainter, rect: QRect, look: CellLook, *, current: bool) -> None:
        theme = self._look.theme
        width, height = theme.px(30), theme.px(20)
        centre = QRectF(rect).center()
        pill = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
        if look.key is not None:
            tone = look.key.tone
            if look.waiting:
                pen = QPen(theme.colour(front(tone)), theme.px(1), Qt.PenStyle.DashLine)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(back(tone)))
            painter.drawRoundedRect(pill, height / 2, height / 2)
            self._sign(painter, pill, look)
        elif look.waiting:
            painter.setPen(QPen(theme.colour("muted"), theme.px(1), Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill, height / 2, height / 2)
        elif not look.expected:
            painter.setPen(QPen(theme.colour("line"), theme.px(2)))
            half = theme.px(5)
            painter.drawLine(centre - QPointF(half, 0), centre + QPointF(half, 0))
        if current:
            focused = self._view.hasFocus()
            painter.setPen(
                QPen(theme.colour("primary" if focused else "control_line"), theme.px(2))
            )
            if look.key is None and focused:
                painter.setBrush(theme.colour("surface"))
            else:
                painter.setBrush(Qt.BrushStyle.NoBrush)
            grown = pill.adjusted(-theme.px(4), -theme.px(3), theme.px(4), theme.px(3))
            painter.drawRoundedRect(grown, grown.height() / 2, grown.height() / 2)

    def _sign(self, painter: QPainter, pill: QRectF, look: CellLook) -> None:
        """A dot for who was there, else the key's letter, or the minutes typed by hand."""
        theme = self._look.theme
        assert look.key is not None
        colour = theme.colour(front(look.key.tone))
        if look.key.mark is Mark.PRESENT and look.minutes is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            radius = theme.px(3)
            painter.drawEllipse(pill.center(), radius, radius)
            return
        painter.setFont(theme.font("small-strong"))
        painter.setPen(colour)
        sign = look.key.key if look.minutes is None else str(look.minutes)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), sign)

    def _warning(self, painter: QPainter, rect: QRect, text: str, tone: Tone | None) -> None:
        if not text:
            return
        theme = self._look.theme
        painter.setFont(theme.font("small-strong"))
        metrics = painter.fontMetrics()
        height = theme.px(20)
        room = rect.width() - theme.px(12)
        width = min(metrics.horizontalAdvance(text) + theme.px(18), room)
        left = rect.left() + theme.px(8)
        if self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = rect.right() - theme.px(8) - width
        box = QRect(QPoint(left, rect.center().y() - height // 2), QSize(width, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(back(tone or "neutral")))
        painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        painter.setPen(theme.colour(front(tone or "neutral")))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - theme.px(10))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)


class DateHeader(QHeaderView):
    """The days of the sessions; the chosen one is written in the primary colour."""

    def __init__(self, look: Look, view: Chooser) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look = look
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._look.theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int, /) -> None:
        model = self.model()
        if not isinstance(model, GridModel):
            return
        theme = self._look.theme
        what = model.section(section)
        session = isinstance(what, int)
        chosen = session and what == self._view.session
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.colour("primary" if chosen else "muted"))
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        area = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        side = Qt.AlignmentFlag.AlignLeading
        if session:
            area, side = rect, Qt.AlignmentFlag.AlignHCenter
        elif what == PERCENT:
            side = Qt.AlignmentFlag.AlignTrailing
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        if chosen:
            painter.fillRect(
                QRect(rect.left() + theme.px(8), rect.bottom() - 1, rect.width() - theme.px(16), 2),
                theme.colour("primary"),
            )
        painter.restore()
