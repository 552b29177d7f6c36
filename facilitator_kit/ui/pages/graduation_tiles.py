"""Tiles and cards side by side that go below each other where there is less room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import StatTile


class Tiles(QWidget):
    """Tiles of equal width side by side, in as many columns as fit `least` design pixels each."""

    def __init__(
        self,
        look: Look,
        tiles: Sequence[StatTile],
        *,
        least: int = 150,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tiles = tuple(tiles)
        self._least = least
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.theme.px(12))
        self._place(len(self._tiles))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        px = self._look.theme.px
        fitting = (self.width() + px(12)) // px(self._least + 12)
        count = len(self._tiles)
        columns = next((n for n in (count, 2, 1) if n <= max(fitting, 1)), 1)
        if columns != self._columns:
            self._place(columns)
        super().resizeEvent(event)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, number // columns, number % columns)
        for place in range(len(self._tiles)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)


class Beside(QWidget):
    """A wide card and one of `side` design pixels beside it, both as tall as they need to be.

    Below a width that leaves the first one `least` design pixels they stand below each other.
    """

    def __init__(
        self,
        look: Look,
        main: QWidget,
        other: QWidget,
        *,
        side: int = 320,
        least: int = 520,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._side = side
        self._least = least
        self._other = other
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(look.theme.px(16))
        self._box.addWidget(main, 1)
        self._box.addWidget(other)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        px = self._look.theme.px
        beside = self.width() >= px(self._side + self._least + 16)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        self._other.setMinimumWidth(px(self._side) if beside else 0)
        self._other.setMaximumWidth(px(self._side) if beside else (1 << 24) - 1)
        super().resizeEvent(event)
