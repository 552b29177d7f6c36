"""Cards, tiles, empty states and rows that carry their action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Token, Tone
from facilitator_kit.ui.widgets.buttons import Button
from facilitator_kit.ui.widgets.labels import IconLabel, Label, Line, Pill, Sentence, restyle
from facilitator_kit.ui.widgets.layouts import column, filled_anew, flow, row

_ACTIONS_BELOW_FROM: Final = 150
"""Text size in percent from which several actions of a card stand below its title."""


class Card(QFrame):
    """A white box with a title. Add to it with `add`.

    `actions` stand at the right of the title; several of them below it in large text.
    """

    def __init__(
        self,
        look: Look,
        title: str = "",
        subtitle: str = "",
        *,
        actions: Sequence[QWidget] = (),
        padding: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("kind", "card")
        px = look.theme.px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(padding), px(padding - 2), px(padding), px(padding))
        self.body.setSpacing(px(12))
        self.title = Label(title, "card-title", wrap=True)
        self.subtitle = Label(subtitle, "muted", wrap=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        words = column(look, self.title, self.subtitle, gap=2)
        self.head.addLayout(words, 1)
        # In large text several of them would make the card wider than the window.
        below = len(actions) > 1 and look.theme.scale >= _ACTIONS_BELOW_FROM
        for action in () if below else actions:
            self.head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
        for label in (self.title, self.subtitle):
            if not label.text():
                label.hide()
        if title or subtitle or actions:
            self.body.addLayout(self.head)
        if below:
            self.body.addLayout(flow(look, *actions))
        self.setAccessibleName(title)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or a layout below what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)

    def add_stretch(self) -> None:
        """Let spare room be here."""
        self.body.addStretch(1)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Other words at the head (the card must have been made with a title or subtitle)."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def set_selected(self, selected: bool) -> None:
        """Draw a border in the primary colour around it, or no longer."""
        self.setProperty("selected", selected)
        restyle(self)


class StatTile(QFrame):
    """One figure with what it counts and, beside it, what to think of it."""

    def __init__(
        self,
        look: Look,
        value: str,
        label: str,
        *,
        pill: str = "",
        tone: Tone = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._value = Label(value, "figure")
        self._label = Label(label, "muted", wrap=True)
        self._pill = Pill(pill, tone)
        top = row(look, self._value, self._pill, None, gap=10)
        layout = column(look, top, self._label, gap=0, margin=16)
        layout.setContentsMargins(*(look.theme.px(n) for n in (16, 10, 16, 12)))
        self.setLayout(layout)
        self.set(value, label, pill=pill, tone=tone)

    def set(self, value: str, label: str, *, pill: str = "", tone: Tone = "neutral") -> None:
        """Another figure."""
        self._value.setText(value)
        self._label.setText(label)
        self._pill.set(pill, tone)
        self._pill.setVisible(bool(pill))
        self.setAccessibleName(" ".join(part for part in (value, label, pill) if part))


class EmptyState(QWidget):
    """What an empty page or list says: what belongs here, and the button that begins it."""

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        text: str = "",
        *,
        action: Button | None = None,
        token: Token = "primary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setSpacing(look.theme.px(12))
        layout.addStretch(1)
        layout.addWidget(IconLabel(look, icon, token, size=40), 0, centre)
        for words, role in ((title, "card-title"), (text, "muted")):
            if words:
                label = Label(words, "card-title" if role == "card-title" else "muted", wrap=True)
                label.setAlignment(centre)
                label.setMaximumWidth(look.theme.px(460))
                holder = QHBoxLayout()
                holder.addStretch(1)
                holder.addWidget(label, 1000)
                holder.addStretch(1)
                layout.addLayout(holder)
        if action is not None:
            layout.addWidget(action, 0, centre)
        layout.addStretch(1)


class ActionRow(QWidget):
    """One matter that asks for a decision: its kind, what it is, where, and its button.

    `strong` is the beginning of the sentence that `text` ends: «**2 participantes** no pueden…».
    """

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        pill: str = "",
        tone: Tone = "neutral",
        strong: str = "",
        detail: str = "",
        action: QWidget | None = None,
        pill_width: int = 104,
        action_width: int = 116,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = look.theme.px
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(8), px(8), px(8), px(8))
        layout.setSpacing(px(12))
        if pill:
            cell = QWidget()
            cell.setLayout(row(look, Pill(pill, tone), None))
            cell.setMinimumWidth(px(pill_width))
            layout.addWidget(cell)
        words = Sentence(strong, text) if strong else Label(text, wrap=True)
        shares = [(words, 3)]
        if detail:
            shares.append((Label(detail, "muted", wrap=True), 2))
        for label, share in shares:
            # Shares of the row, whatever the words: so that the rows of a list line up.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            label.setMinimumWidth(px(90))
            layout.addWidget(label, share)
        if action is not None:
            cell = QWidget()
            box = row(look, None, action)
            cell.setLayout(box)
            cell.setMinimumWidth(px(action_width))
            layout.addWidget(cell)
        self.setAccessibleName(" ".join(part for part in (pill, strong, text, detail) if part))


class Rows(QWidget):
    """Widgets below each other with thin lines between them; `set_rows` shows others."""

    def __init__(self, rows: Sequence[QWidget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these instead; the old ones are deleted."""
        with filled_anew(self._layout) as inside:
            for index, widget in enumerate(rows):
                if index:
                    inside.addWidget(Line())
                inside.addWidget(widget)
