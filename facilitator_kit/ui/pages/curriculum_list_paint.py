"""How an entry of the list of Currículo is painted: title, detail, pill, excerpt, star."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from facilitator_kit.curriculum.search import Marks
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.theme import Role
from facilitator_kit.ui.tokens import Token, Tone, back, front

AnyIndex = QModelIndex | QPersistentModelIndex

_EXCERPT_LINES: Final = 2
_BOLD_WIDENS: Final = 1.06


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: `key` tells it apart, `detail` and a pill stand below its title.

    With `children` it is the head of a group, which opens and closes. What a search found has an
    `excerpt`, in which the words looked for are marked, as in the title. A `quiet` entry is no
    thing itself but leads to more of them.
    """

    key: str
    title: str
    detail: str = ""
    pill: str = ""
    tone: Tone = "neutral"
    children: tuple[Entry, ...] = ()
    excerpt: str = ""
    marks: Marks = ()
    title_marks: Marks = ()
    starred: bool = False
    quiet: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        parts = (self.title, self.detail, self.pill, self.excerpt)
        return ". ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of an entry stand, from the top left of its row."""

    title: QRect
    detail: QRect
    pill: QRect
    excerpt: QRect
    bottom: int


class EntryPainter(QStyledItemDelegate):
    """Paints an entry: its arrow, its title on as many lines as needed, and what stands below."""

    def __init__(self, look: Look, view: QTreeView, entry_of: Callable[[AnyIndex], Entry]) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._entry_of = entry_of
        self._fonts: dict[Role, tuple[QFont, QFontMetrics]] = {}
        self._placed: dict[int, _Places] = {}
        self._placed_for = (0, 0)
        self._widths: dict[tuple[Role, str], int] = {}
        """Of words on one line; Qt lays a list out again once it is known to scroll."""

    def forget(self) -> None:
        """Other entries are shown from now on."""
        self._placed.clear()
        self._widths.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex, /) -> QSize:
        del option
        px = self._look.theme.px
        places = self._places(self._entry_of(index), index.parent().isValid())
        return QSize(px(120), places.bottom + px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        theme = self._look.theme
        entry = self._entry_of(index)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        inside = index.parent().isValid()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("primary_soft"))
            painter.drawRoundedRect(QRectF(rect), theme.px(8), theme.px(8))
        elif not entry.children:
            edge = theme.px(26 if inside else 10)
            rule = rect.adjusted(edge, rect.height() - 1, -theme.px(8), 0)
            painter.fillRect(self._turned(rect, rule), theme.colour("line"))
        places = self._places(entry, inside)
        self._arrow(painter, entry, index, rect, places)
        title_token: Token = "primary" if selected or entry.quiet else "text"
        at = rect.topLeft()
        title = self._turned(rect, places.title.translated(at))
        role: Role = "small-strong" if entry.quiet else "strong"
        self._text(painter, title, entry.title, entry.title_marks, role, title_token)
        detail = self._turned(rect, places.detail.translated(at))
        self._text(painter, detail, entry.detail, (), "small", "muted")
        excerpt = self._turned(rect, places.excerpt.translated(at))
        self._text(painter, excerpt, entry.excerpt, entry.marks, "small", "muted")
        if entry.pill:
            self._pill(painter, self._turned(rect, places.pill.translated(at)), entry)
        if entry.starred:
            self._star(painter, rect, places)
        if selected and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("primary"), 2))
            ring = QRectF(rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, theme.px(8), theme.px(8))
        painter.restore()

    # -- places ----------------------------------------------------------------------------------

    def _places(self, entry: Entry, inside: bool) -> _Places:
        """Where the parts stand; kept, since Qt asks for every row again and again."""
        now = (self._view.viewport().width(), self._look.theme.scale)
        if now != self._placed_for:
            if now[1] != self._placed_for[1]:
                self._fonts.clear()
                self._widths.clear()
            self._placed_for = now
            self._placed.clear()
        found = self._placed.get(id(entry))
        if found is None:
            found = self._placed[id(entry)] = self._place(entry, inside, now[0])
        return found

    def _place(self, entry: Entry, inside: bool, whole: int) -> _Places:
        px = self._look.theme.px
        left = px(26 if entry.children or inside else 10)
        width = max(whole - px(10) - left, px(60))
        room = width - (px(22) if entry.starred else 0)
        title_role: Role = "small-strong" if entry.quiet else "strong"
        title = QRect(left, px(8), room, self._height(title_role, entry.title, room))
        small = self._metrics("small")
        height = self._height("small", entry.detail, width) if entry.detail else 0
        detail = QRect(left, title.bottom() + px(2), width, height)
        pill = QRect(left, detail.bottom(), 0, 0)
        if entry.pill:
            pill_width = self._width("small-strong", entry.pill) + px(14)
            beside = self._width("small", entry.detail) + px(8) if entry.detail else 0
            pill_height = px(18)
            if beside + pill_width <= width:
                middle = detail.y() + (max(height, pill_height) - pill_height) // 2
                pill = QRect(left + beside, middle, pill_width, pill_height)
            else:
                pill = QRect(left, detail.bottom() + px(3), min(pill_width, width), pill_height)
        below = max(title.bottom(), detail.bottom(), pill.bottom())
        excerpt = QRect(left, below, width, 0)
        if entry.excerpt:
            wide = self._width("small", entry.excerpt) * _BOLD_WIDENS > width
            lines = _EXCERPT_LINES if wide else 1
            excerpt = QRect(left, below + px(3), width, small.lineSpacing() * lines)
        return _Places(title, detail, pill, excerpt, max(below, excerpt.bottom()))

    def _height(self, role: Role, text: str, width: int) -> int:
        """Of a text on as many lines as it needs; most need one, and are measured fast."""
        metrics = self._metrics(role)
        if self._width(role, text) <= width:
            return metrics.height()
        wrap = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRect(0, 0, width, 10_000), wrap, text).height()

    def _width(self, role: Role, text: str) -> int:
        found = self._widths.get((role, text))
        if found is None:
            found = self._widths[role, text] = self._metrics(role).horizontalAdvance(text)
        return found

    def _font(self, role: Role) -> QFont:
        return self._measured(role)[0]

    def _metrics(self, role: Role) -> QFontMetrics:
        return self._measured(role)[1]

    def _measured(self, role: Role) -> tuple[QFont, QFontMetrics]:
        found = self._fonts.get(role)
        if found is None:
            font = self._look.theme.font(role)
            found = self._fonts[role] = (font, QFontMetrics(font))
        return found

    # -- painting --------------------------------------------------------------------------------

    def _text(
        self, painter: QPainter, spot: QRect, text: str, marks: Marks, role: Role, token: Token
    ) -> None:
        if not text or not spot.height():
            return
        painter.setPen(self._look.theme.colour(token))
        if not marks:
            painter.setFont(self._font(role))
            painter.drawText(spot, int(Qt.TextFlag.TextWordWrap) | self._side(), text)
            return
        layout, end = self._laid_out(spot, text, marks, role)
        if end < len(text):
            shorter = f"{text[: max(end - 2, 0)].rstrip()}…"
            kept = tuple((begin, end) for begin, end in marks if end < len(shorter))
            layout, end = self._laid_out(spot, shorter, kept, role)
        layout.draw(painter, QPointF(spot.topLeft()))

    def _laid_out(
        self, spot: QRect, text: str, marks: Marks, role: Role
    ) -> tuple[QTextLayout, int]:
        """The text on as many lines as there is room for, and how much of it that is."""
        layout = QTextLayout(text, self._font(role))
        option = QTextOption(Qt.AlignmentFlag(self._side()))
        option.setTextDirection(self._view.layoutDirection())
        layout.setTextOption(option)
        layout.setFormats([self._marked(begin, end, role) for begin, end in marks])
        layout.beginLayout()
        y, end = 0.0, 0
        while y + self._metrics(role).lineSpacing() <= spot.height() + 2:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(spot.width())
            line.setPosition(QPointF(0, y))
            y += line.height()
            end = line.textStart() + line.textLength()
        layout.endLayout()
        return layout, end

    def _marked(self, begin: int, end: int, role: Role) -> QTextLayout.FormatRange:
        """What was looked for: bold and in the text's own colour; underlined where all is bold."""
        style = QTextCharFormat()
        if role == "strong":
            style.setFontUnderline(True)
        else:
            style.setFontWeight(QFont.Weight.Bold)
            style.setForeground(self._look.theme.colour("text"))
        mark = QTextLayout.FormatRange()
        mark.start, mark.length, mark.format = begin, end - begin, style
        return mark

    def _arrow(
        self, painter: QPainter, entry: Entry, index: AnyIndex, rect: QRect, places: _Places
    ) -> None:
        if not entry.children:
            return
        theme = self._look.theme
        open_ = self._view.isExpanded(self._view.model().index(index.row(), 0, index.parent()))
        side = theme.px(14)
        first_line = self._metrics("strong").height()
        top = rect.y() + places.title.y() + (first_line - side) // 2
        spot = self._turned(rect, QRect(QPoint(rect.x() + theme.px(6), top), QSize(side, side)))
        name = "chevron-down" if open_ else "chevron-right"
        painter.drawPixmap(spot, self._look.icons.pixmap(name, "muted", 14))

    def _star(self, painter: QPainter, rect: QRect, places: _Places) -> None:
        px = self._look.theme.px
        side = px(14)
        top = rect.y() + places.title.y() + (self._metrics("strong").height() - side) // 2
        spot = QRect(rect.right() - px(10) - side, top, side, side)
        star = self._look.icons.pixmap("star-filled", "attention", 14)
        painter.drawPixmap(self._turned(rect, spot), star)

    def _pill(self, painter: QPainter, spot: QRect, entry: Entry) -> None:
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(back(entry.tone)))
        painter.drawRoundedRect(QRectF(spot), spot.height() / 2, spot.height() / 2)
        painter.setFont(self._font("small-strong"))
        painter.setPen(theme.colour(front(entry.tone)))
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), entry.pill)

    def _turned(self, row: QRect, spot: QRect) -> QRect:
        return QStyle.visualRect(self._view.layoutDirection(), row, spot)

    def _side(self) -> int:
        return int(
            QStyle.visualAlignment(self._view.layoutDirection(), Qt.AlignmentFlag.AlignLeading)
        )
