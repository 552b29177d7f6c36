"""One question of a quiz on screen: its options, large, and why each is or is not the best."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLabel,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.curriculum.learning import QuizQuestion
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.theme import FACES, Role
from facilitator_kit.ui.tokens import Token, Tone, back, front
from facilitator_kit.ui.widgets import Pill, Scroll, column, row

BEST, NOT_BEST = "circle-check", "circle-dot"


def large(look: Look, zoom: float, role: Role = "body") -> QFont:
    """A font of the theme, so much larger than the rest of the screen."""
    font = look.theme.font(role)
    font.setPixelSize(look.theme.px(FACES[role].pixels * zoom))
    return font


class LargeLabel(QLabel):
    """Words to be read by somebody who is not used to screens."""

    def __init__(
        self, look: Look, text: str, zoom: float, role: Role = "body", tone: Tone | None = None
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if tone is not None:
            self.setProperty("tone", tone)
        self._look, self._zoom, self._role = look, zoom, role
        self.setFont(large(look, zoom, role))

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_role"):
            self.setFont(large(self._look, self._zoom, self._role))


class AnswerButton(QAbstractButton):
    """One option: its number and its words, on as many lines as they need.

    `verdict` is the tone it is shown in once the answers are explained, None before.
    """

    def __init__(self, look: Look, number: int, text: str, zoom: float) -> None:
        super().__init__()
        self._look = look
        self._number = number
        self._zoom = zoom
        self._words = text
        self._verdict: Tone | None = None
        self._icon = ""
        self.setText(text)
        self.setAccessibleName(f"{look._.number(number)}. {text}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def explain(self, tone: Tone | None, icon: str, name: str) -> None:
        """Show what it turned out to be; `name` is what a screen reader says of it."""
        self._verdict, self._icon = tone, icon
        self.setAccessibleDescription(name)
        self.setEnabled(tone is None and not icon)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        px = self._px
        metrics = QFontMetrics(large(self._look, self._zoom))
        room = QRect(0, 0, max(width - px(46 + 34), px(60)), 100_000)
        words = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._words)
        return max(words.height() + px(20), px(44))

    def sizeHint(self) -> QSize:
        width = self._px(300)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        del event
        theme, px = self._look.theme, self._px
        on = self.isChecked()
        tone: Tone = self._verdict or ("primary" if on else "neutral")
        edge: Token = front(tone) if self._verdict or on else "control_line"
        ground: Token = back(tone) if self._verdict or on else "surface"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = 2 if on or self._verdict or self.hasFocus() else 1
        painter.setPen(QPen(theme.colour("primary" if self.hasFocus() else edge), thick))
        painter.setBrush(theme.colour(ground))
        whole = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(whole, theme.px(8), theme.px(8))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(3, 3, -3, -3), theme.px(6), theme.px(6))
        painter.setPen(theme.colour("text"))
        painter.setFont(large(self._look, self._zoom, "strong"))
        number = QRect(px(10), 0, px(28), self.height())
        self._draw(painter, number, Qt.AlignmentFlag.AlignCenter, self._look._.number(self._number))
        painter.setFont(large(self._look, self._zoom))
        words = QRect(px(46), 0, self.width() - px(46 + 34), self.height())
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._draw(painter, words, side, self._words)
        if self._icon:
            size = round(18 * self._zoom)
            side_px = theme.px(size)
            spot = QRect(
                self.width() - px(8) - side_px, (self.height() - side_px) // 2, side_px, side_px
            )
            pixmap = self._look.icons.pixmap(self._icon, front(tone), size)
            painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self.rect(), spot), pixmap)

    def _draw(self, painter: QPainter, spot: QRect, side: Qt.AlignmentFlag, text: str) -> None:
        turned = QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
        flags = int(QStyle.visualAlignment(self.layoutDirection(), side))
        painter.drawText(turned, flags | int(Qt.TextFlag.TextWordWrap), text)

    def _px(self, length: float) -> int:
        return self._look.theme.px(length * self._zoom)


class QuestionView(Scroll):
    """A question with its options. Nothing of what is chosen is kept.

    `chosen` carries the option's place when one is chosen, by mouse, arrows or `choose`.
    """

    chosen = Signal(int)

    def __init__(
        self, look: Look, question: QuizQuestion, zoom: float, parent: QWidget | None = None
    ) -> None:
        self._look = look
        self._ = look._
        self.question = question
        self._explained = False
        body = column(look, gap=10, margin=18)
        body.addWidget(LargeLabel(look, question.text, zoom * 1.15, "strong"))
        if question.body:
            case = Prose(look, look._("El caso"), question.body, fit=True, zoom=zoom)
            body.addWidget(case)
        self._group = QButtonGroup()
        self.options: list[AnswerButton] = []
        self._whys: list[QWidget] = []
        for place, option in enumerate(question.options):
            button = AnswerButton(look, place + 1, option.text, zoom)
            self._group.addButton(button, place)
            self.options.append(button)
            body.addWidget(button)
            body.addWidget(self._why(place, zoom))
        body.addStretch(1)
        super().__init__(body, parent)
        self._group.setParent(self)
        self._group.idClicked.connect(self.chosen)
        self.setFocusProxy(self.options[0])

    def _why(self, place: int, zoom: float) -> QWidget:
        option = self.question.options[place]
        words = self._("La mejor respuesta") if option.right else self._("No es la mejor")
        pill = Pill(words, "good" if option.right else "attention")
        inside = QVBoxLayout()
        edge = self._look.theme.px
        inside.setContentsMargins(edge(46), 0, edge(12), edge(8))
        inside.setSpacing(edge(4))
        inside.addLayout(row(self._look, pill, None))
        inside.addWidget(LargeLabel(self._look, option.why, zoom))
        why = QWidget()
        why.setLayout(inside)
        why.hide()
        self._whys.append(why)
        return why

    @property
    def answer(self) -> int | None:
        """The place of the chosen option; None while none is."""
        place = self._group.checkedId()
        return place if place >= 0 else None

    @property
    def explained(self) -> bool:
        """Whether the answers have been explained."""
        return self._explained

    @property
    def words(self) -> Sequence[str]:
        """The explanations that are shown."""
        return [
            option.why
            for option, why in zip(self.question.options, self._whys, strict=True)
            if why.isVisibleTo(self)
        ]

    def choose(self, place: int) -> bool:
        """Choose an option by its place; False where there is none such, or it is too late."""
        if self._explained or not 0 <= place < len(self.options):
            return False
        self.options[place].setChecked(True)
        self.options[place].setFocus()
        self.chosen.emit(place)
        return True

    def explain(self) -> bool:
        """Show which option is best and why each is or is not; True where the best was chosen."""
        chosen = self.answer
        self._explained = True
        for place, (button, option) in enumerate(
            zip(self.options, self.question.options, strict=True)
        ):
            if option.right:
                button.explain("good", BEST, self._("La mejor respuesta"))
            elif place == chosen:
                button.explain("attention", NOT_BEST, self._("No es la mejor"))
            else:
                button.explain(None, NOT_BEST, self._("No es la mejor"))
            self._whys[place].show()
        return chosen is not None and self.question.options[chosen].right
