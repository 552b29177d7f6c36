"""One answer of a question: a large button whose words may take several lines."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Token
from facilitator_kit.ui.widgets.labels import IconLabel, Label, restyle
from facilitator_kit.ui.widgets.layouts import column, row

Verdict: TypeAlias = Literal["", "right", "wrong", "other"]
"""How an option looks once the question is answered; "other" was neither chosen nor right."""

_LOOKS: Final[dict[Verdict, tuple[Token, Token, str]]] = {
    "": ("surface", "control_line", ""),
    "right": ("good_soft", "good", "circle-check"),
    "wrong": ("bad_soft", "bad", "circle-x"),
    "other": ("surface", "line", ""),
}


class OptionButton(QAbstractButton):
    """An option with its number; a click, Space or Enter chooses it.

    `judge` shows whether it is right, and why; it can no longer be chosen then.
    """

    def __init__(self, look: Look, number: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = text
        self._verdict: Verdict = ""
        px = look.theme.px
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{number}. {text}")
        key = Label(str(number))
        key.setProperty("kind", "key")
        self._words = Label(text, wrap=True)
        self._why = Label("", "muted", wrap=True)
        self._why.hide()
        self._mark = IconLabel(look, "")
        self._mark.hide()
        line = row(look, key, column(look, self._words, self._why, gap=6), self._mark, gap=12)
        line.setStretch(1, 1)
        for part in (key, self._mark):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(14), px(10), px(14), px(10))
        whole.addLayout(line)
        for part in (key, self._words, self._why, self._mark):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def verdict(self) -> Verdict:
        """What is shown of it."""
        return self._verdict

    def judge(self, verdict: Verdict, why: str, said: str) -> None:
        """Show whether it is right, with the reason and the word for it, and let nobody choose."""
        self._verdict = verdict
        _ground, edge, icon = _LOOKS[verdict]
        self._mark.set_icon(icon, edge)
        self._mark.setVisible(bool(icon))
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._words.setProperty("role", "muted" if verdict == "other" else "strong")
        restyle(self._words)
        self.setAccessibleName(". ".join(part for part in (said, self._text, why) if part))
        # Not disabled: what is right must not look greyed out.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unsetCursor()
        self.updateGeometry()
        self.update()

    @property
    def judged(self) -> bool:
        """Whether the question is answered."""
        return bool(self._verdict)

    def hitButton(self, pos: QPoint, /) -> bool:
        return not self.judged and super().hitButton(pos)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else -1

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            enter
            and not self.judged
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        del event
        theme = self._look.theme
        ground, edge, _icon = _LOOKS[self._verdict]
        if self.underMouse() and not self.judged:
            ground = "ground"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = 2.0 if focused or self._verdict in ("right", "wrong") else 1.0
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour("primary" if focused else edge), width))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
