"""Words on the screen: labels by role, pills of state, lines of evidence, figures."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.theme import Role
from facilitator_kit.ui.tokens import Token, Tone, front
from facilitator_kit.ui.widgets.layouts import row


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties have changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has not looked yet
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Label(QLabel):
    """Plain text in one of the theme's roles; never interpreted as markup.

    With `wrap` it takes as many lines as it needs. With `elide` it is cut with … where there is
    no room, and the whole text becomes its tool tip. `tone` colours it.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        *,
        wrap: bool = False,
        elide: bool = False,
        tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._elide = elide
        if tone is not None:
            self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        elif elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def elides(self) -> bool:
        """Whether it is cut with … where there is no room."""
        return self._elide

    def set_tone(self, tone: Tone | None) -> None:
        """Colour it anew; None is the plain text colour."""
        self.setProperty("tone", tone)
        restyle(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return (
            QSize(self.fontMetrics().horizontalAdvance("…") * 3, hint.height())
            if (self._elide)
            else hint
        )

    def paintEvent(self, event: QPaintEvent, /) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        area = self.contentsRect()
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, side, shown)


class Sentence(QLabel):
    """A sentence that begins in bold: «**2 participantes** no pueden llegar…»; it may wrap."""

    def __init__(self, strong: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.set(strong, text)

    def set(self, strong: str, text: str) -> None:
        """Another sentence."""
        self.setText(f"<b>{html.escape(strong)}</b> {html.escape(text)}")
        self.setAccessibleName(f"{strong} {text}")


class IconLabel(QLabel):
    """An icon that only accompanies words; `name` is said where it stands alone."""

    def __init__(
        self,
        look: Look,
        icon: str,
        token: Token = "text",
        *,
        size: int = 18,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = icon
        self._token: Token = token
        self._size = size
        self.setAccessibleName(name)
        self._draw()

    def set_icon(self, icon: str, token: Token = "text") -> None:
        """Show another icon or colour."""
        self._icon, self._token = icon, token
        self._draw()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        pixmap = (
            self._look.icons.pixmap(self._icon, self._token, self._size)
            if (self._icon)
            else QPixmap()
        )
        self.setPixmap(pixmap)
        self.setFixedSize(self._look.icons.size(self._size))


class Pill(QLabel):
    """A state in words and colour: `Pill("Cumple", "good")`."""

    def __init__(self, text: str, tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "pill")
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def set(self, text: str, tone: Tone) -> None:
        """Another state."""
        self.setText(text)
        self.setProperty("tone", tone)
        restyle(self)


class Line(QFrame):
    """A thin line between two things, where space is not enough."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")


class EvidenceLine(QWidget):
    """An icon with a title and a muted detail below it: one line of a reason.

    `strong` marks the lines that still ask for something.
    """

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        detail: str = "",
        *,
        tone: Tone = "neutral",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = look.theme.px
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Label(title, "strong" if strong else "body", wrap=True))
        if detail:
            words.addWidget(Label(detail, "muted", wrap=True))
        mark = IconLabel(look, icon, front(tone))
        layout = row(look, mark, words, gap=16)
        layout.setAlignment(mark, Qt.AlignmentFlag.AlignVCenter)
        layout.setStretch(1, 1)
        layout.setContentsMargins(px(8), px(8), px(8), px(8))
        self.setLayout(layout)
        self.setAccessibleName(". ".join(part for part in (title, detail) if part))


class KeyValues(QWidget):
    """Names at the left, values at the right, one pair a line."""

    def __init__(
        self, look: Look, pairs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        px = look.theme.px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(1, 1)
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these pairs instead."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for line, (name, value) in enumerate(pairs):
            key = Label(name, "muted", wrap=True)
            shown = Label(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(key, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignTop)


class Well(QFrame):
    """A softly coloured box for a notice that belongs to a place: `tone` says of what kind."""

    def __init__(
        self,
        look: Look,
        text: str,
        tone: Tone = "note",
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.setProperty("tone", tone)
        self.label = Label(text, wrap=True)
        items = [IconLabel(look, icon, front(tone)), self.label] if icon else [self.label]
        layout = row(look, *items, gap=12, margin=12)
        layout.setStretch(len(items) - 1, 1)
        self.setLayout(layout)


class Badge(QLabel):
    """Two or three letters on a coloured square: the institution's mark in the rail."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setProperty("kind", "badge")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._size()

    def _size(self) -> None:
        side = self._look.theme.px(32)
        self.setFixedSize(side, side)


def breakable(path: Path) -> str:
    """A path that a label may break after each folder: one long word would widen the window."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")
