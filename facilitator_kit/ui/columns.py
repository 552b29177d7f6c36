"""Three columns side by side: a list, what is worked on, and what belongs to it.

Where there is no room for three, two are shown, and where there is none for two, one: then small
buttons above say which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import Segments


@dataclass(frozen=True, slots=True)
class Part:
    """One column: its key, its words for the buttons, and what it shows."""

    key: str
    words: str
    widget: QWidget


class Columns(QWidget):
    """`left`, `middle` and `right`; the middle takes spare room and is the last to go.

    Widths are in design pixels. `beside` is the key of the column shown beside the middle while
    there is room for two.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        parts: tuple[Part, Part, Part],
        *,
        widths: tuple[int, int, int] = (228, 360, 300),
        beside: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._parts = parts
        self._widths = widths
        self._beside = beside or parts[0].key
        self._shown = parts[1].key
        self._fits = 0
        self._offered: tuple[str, ...] = ()
        self._placed = (0, 0)
        self.choice = Segments(look, name, ())
        self.choice.chosen.connect(self.show_part)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(look.theme.px(16))
        for place, part in enumerate(parts):
            self._splitter.addWidget(part.widget)
            self._splitter.setStretchFactor(place, 1 if place == 1 else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(8))
        layout.addWidget(self.choice)
        layout.addWidget(self._splitter, 1)

    @property
    def fits(self) -> int:
        """How many columns are shown: 1, 2 or 3."""
        return self._fits

    def show_part(self, key: str) -> None:
        """See to it that a column is shown, whatever the room."""
        middle = self._parts[1].key
        if key != middle:
            self._beside = key
        self._shown = key
        self._show()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        px = self._look.theme.px
        left, middle, right = self._widths
        gap = 16
        if self.width() >= px(left + middle + right + 2 * gap):
            fits = 3
        elif self.width() >= px(middle + max(left, right) + gap):
            fits = 2
        else:
            fits = 1
        if (fits, px(100)) != self._placed:
            self._placed = (fits, px(100))
            self._fits = fits
            self._show()
            self._share()

    def _show(self) -> None:
        middle = self._parts[1].key
        if self._fits == 3:
            visible = {part.key for part in self._parts}
        elif self._fits == 2:
            visible = {middle, self._beside}
        else:
            visible = {self._shown}
        choices: Sequence[Part] = [
            part for part in self._parts if self._fits == 1 or part.key != middle
        ]
        self.choice.setVisible(self._fits < 3)
        # Replacing buttons takes the keyboard from them: only when they are others.
        wanted = tuple(part.key for part in choices)
        if self._offered != wanted:
            self._offered = wanted
            self.choice.set_choices([(part.key, part.words) for part in choices])
        self.choice.set_value(self._beside if self._fits == 2 else self._shown)
        for part in self._parts:
            part.widget.setVisible(part.key in visible)

    def _share(self) -> None:
        px = self._look.theme.px
        left, _middle, right = self._widths
        spare = max(self.width() - px(left + right + 32), px(self._widths[1]))
        self._splitter.setSizes([px(left), spare, px(right)])
