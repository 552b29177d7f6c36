"""A form field for a few short choices, all in sight side by side: one press answers it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets.buttons import ToggleButton
from facilitator_kit.ui.widgets.choices import Choices
from facilitator_kit.ui.widgets.fields import FormField
from facilitator_kit.ui.widgets.layouts import FlowLayout

MOST = 5
"""So many choices are taken in at a glance; more belong into a list."""

WIDEST = 100
"""Letters that all choices together may have."""


def fits_picks(choices: Choices) -> bool:
    """Whether choices are few and short enough to be shown side by side."""
    return len(choices) <= MOST and sum(len(words) for _value, words in choices) <= WIDEST


class PickField(FormField[Any]):
    """One of a few values; at first none. Arrow keys go from one to the next, Space takes one; a
    figure takes the one whose words begin with it or, where none does, the one of that place.
    """

    def __init__(self, look: Look, label: str, choices: Choices, **more: Any) -> None:
        self._choices = tuple(choices)
        self._group = QButtonGroup()
        self._group.setExclusive(True)
        editor = QWidget()
        line = FlowLayout(look, editor, gap=6)
        self.picks: list[ToggleButton] = []
        for place, (_value, words) in enumerate(self._choices):
            pick = ToggleButton(look, words, kind="pick", name=f"{label}: {words}")
            self._group.addButton(pick, place)
            self.picks.append(pick)
            line.addWidget(pick)
        super().__init__(look, label, editor, **more)
        self._group.setParent(self)
        self._group.idClicked.connect(self._take)
        if self.picks:
            editor.setFocusProxy(self.picks[0])

    def typed(self) -> str:
        return str(self._value() or "")

    def parse(self, text: str) -> Any:
        del text
        return self._value()

    def show_value(self, value: Any) -> None:
        values = [one for one, _words in self._choices]
        self._group.setExclusive(False)
        for one, pick in zip(values, self.picks, strict=True):
            pick.setChecked(one == value)
        self._group.setExclusive(True)
        self._keep_focus()

    def show_text(self, text: str) -> None:
        self.show_value(text)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        place = self._place_of(event.text())
        if place is None:
            super().keyPressEvent(event)
            return
        self.picks[place].setFocus()
        self.picks[place].click()

    def _place_of(self, figure: str) -> int | None:
        if figure not in tuple("0123456789"):
            return None
        firsts = [words[:1] for _value, words in self._choices]
        if any(first.isdigit() for first in firsts):
            return firsts.index(figure) if figure in firsts else None
        place = int(figure) - 1
        return place if 0 <= place < len(firsts) else None

    def _value(self) -> Any:
        place = self._group.checkedId()
        return self._choices[place][0] if 0 <= place < len(self._choices) else None

    def _take(self, _place: int) -> None:
        self._keep_focus()
        self.commit()

    def _keep_focus(self) -> None:
        """Who gives it the keyboard finds it on what is chosen."""
        place = max(self._group.checkedId(), 0)
        if self.picks:
            self.editor.setFocusProxy(self.picks[place])
