"""The rail at the side: whose kit this is, the pages, and at the foot safekeeping and the lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from facilitator_kit.monitoring.records import Institution
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.page import PageSpec
from facilitator_kit.ui.widgets.buttons import ToggleButton
from facilitator_kit.ui.widgets.labels import Badge, Label, Pill, restyle
from facilitator_kit.ui.widgets.layouts import Scroll, column, row

WIDE = 208
NARROW = 72


@dataclass(frozen=True, slots=True)
class InstitutionMark:
    """What stands at the head of the rail: two letters, a name and, below it, a place."""

    badge: str
    name: str
    place: str = ""
    sample: bool = False


def mark_of(institution: Institution) -> InstitutionMark:
    """What the head of the rail says of an institution."""
    return InstitutionMark(
        badge=_badge(institution.short_name),
        name=institution.short_name,
        place=institution.city,
        sample=institution.sample,
    )


def _badge(name: str) -> str:
    """Two letters or figures that stand for a name: "Centro de ejemplo" → "CE"."""
    words = [word for word in name.split() if word[:1].isupper() or word[:1].isdigit()]
    letters = "".join(word[0] for word in words[:2]) or name[:2]
    return letters.upper() if len(letters) > 1 else name[:2].upper()


class Rail(QFrame):
    """`chosen` carries a page's key. Up and Down move along it, Enter and Space choose."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(
        self,
        look: Look,
        mark: InstitutionMark,
        pages: Sequence[PageSpec],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._folded = False
        self.setProperty("kind", "rail")
        self.setAccessibleName(look._("Páginas"))
        px = look.theme.px
        self._badge = Badge(look, mark.badge)
        self._name = Label("", "strong", wrap=True)
        self._place = Label("", "small", wrap=True)
        self._sample = Pill(look._("EJEMPLO"), "attention")
        self._sample_short = Label(look._("EJEMPLO"), "small-strong", elide=True, tone="attention")
        self._sample_short.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = QWidget()
        words = column(look, self._name, self._place, gap=0)
        words.addLayout(row(look, self._sample, None))
        self._words.setLayout(words)
        self._buttons: dict[str, ToggleButton] = {}
        self._order: list[ToggleButton] = []
        self._texts: dict[ToggleButton, str] = {}
        layout = QVBoxLayout()
        layout.setContentsMargins(px(12), px(20), px(12), px(12))
        layout.setSpacing(px(2))
        head = row(look, self._badge, self._words, gap=10)
        self._head = head
        layout.addLayout(head)
        layout.addWidget(self._sample_short)
        self._below_head = QSpacerItem(0, px(16))
        layout.addSpacerItem(self._below_head)
        for spec in pages:
            if not spec.bottom and not spec.hidden:
                layout.addWidget(self._entry(spec.title, spec.icon, spec.key))
        layout.addStretch(1)
        for spec in pages:
            if spec.bottom and not spec.hidden:
                layout.addWidget(self._entry(spec.title, spec.icon, spec.key))
        layout.addWidget(self._entry(look._("Bloquear"), "lock", ""))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._entries = layout
        scroll = Scroll(layout)
        # There is no room for a bar: the wheel and the keyboard bring every entry into view.
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(scroll)
        self.set_mark(mark)

    @property
    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._folded

    def set_mark(self, mark: InstitutionMark) -> None:
        """Another institution or centre at the head."""
        self._mark = mark
        self._badge.setText(mark.badge)
        self._badge.setToolTip(mark.name)
        self._badge.setAccessibleName(mark.name)
        self._name.setText(mark.name)
        self._place.setText(mark.place)
        self._place.setVisible(bool(mark.place))
        self._sample.setVisible(mark.sample)
        self._sample_short.setVisible(mark.sample and self._folded)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_folded(self, folded: bool) -> None:
        """Show icons alone, with their words as tool tips; or both."""
        self._folded = folded
        px = self._look.theme.px
        self._words.setVisible(not folded)
        self._sample_short.setVisible(self._mark.sample and folded)
        for button, text in self._texts.items():
            button.setProperty("small", folded)
            button.set_text("" if folded else text, text)
            button.setToolTip(text if folded else "")
            restyle(button)
        side = px(6 if folded else 12)
        # A language with longer words gets the room they need.
        longest = max(button.sizeHint().width() for button in self._order) + 2 * side
        if folded:
            longest = self._sample_short.sizeHint().width() + 2 * side if self._mark.sample else 0
        self.setFixedWidth(max(px(NARROW if folded else WIDE), longest) + 1)
        # In large text every entry is to be in sight, of the lock above all.
        edge = px(6) if folded else px(12)
        self._entries.setContentsMargins(side, edge if folded else px(20), side, edge)
        self._entries.setSpacing(0 if folded else px(2))
        self._below_head.changeSize(0, px(4 if folded else 16))
        self._head.setContentsMargins(0 if folded else px(8), 0, 0, 0)
        centre = Qt.AlignmentFlag.AlignHCenter if folded else Qt.AlignmentFlag.AlignVCenter
        self._head.setAlignment(self._badge, centre)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(int(event.key()), 0)
        focus = self.focusWidget()
        if step and isinstance(focus, ToggleButton) and focus in self._order:
            place = (self._order.index(focus) + step) % len(self._order)
            self._order[place].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _entry(self, text: str, icon: str, key: str) -> ToggleButton:
        button = ToggleButton(self._look, text, kind="rail", icon=icon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._order.append(button)
        self._texts[button] = text
        if key:
            self._buttons[key] = button
            button.clicked.connect(lambda: self._choose(key))
        else:
            button.setCheckable(False)
            button.clicked.connect(self.lock_asked)
        return button

    def _choose(self, key: str) -> None:
        # A click toggles the button; which one is marked is for the window to say.
        self._buttons[key].setChecked(True)
        self.chosen.emit(key)
