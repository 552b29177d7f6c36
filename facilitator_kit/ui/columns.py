"""Columns side by side: a list, what is worked on, and perhaps what belongs to it.

Where there is no room for all, one less is shown: then small buttons above say which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import FlowLayout, PageBody, Scroll, Segments, column, holder

LEAST_HEIGHT: Final = 340
"""Design pixels of height below which columns no longer shrink: then the page scrolls."""


@dataclass(frozen=True, slots=True)
class Part:
    """One column: its key, its words for the buttons, and what it shows."""

    key: str
    words: str
    widget: QWidget


class Columns(QWidget):
    """Two or three parts. The one whose key is `main` takes spare room and is the last to go.

    `widths` are in design pixels, one for each part. `beside` is the key of the part shown beside
    the main one while there is room for two of three. The buttons are `choice`; with
    `choice_elsewhere` the page puts them where it likes.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        parts: Sequence[Part],
        *,
        widths: Sequence[int],
        main: str,
        beside: str = "",
        choice_elsewhere: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._parts = tuple(parts)
        self._widths = tuple(widths)
        keys = [part.key for part in self._parts]
        self._main = keys.index(main)
        self._beside = beside or next(key for key in keys if key != main)
        self._shown = main
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
            self._splitter.setStretchFactor(place, 1 if place == self._main else 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(8))
        if not choice_elsewhere:
            layout.addWidget(self.choice)
        layout.addWidget(self._splitter, 1)

    @property
    def fits(self) -> int:
        """How many columns are shown."""
        return self._fits

    @property
    def folded(self) -> bool:
        """Whether some part is out of sight, so that the buttons are needed."""
        return self._fits < len(self._parts)

    def show_part(self, key: str) -> None:
        """See to it that a column is shown, whatever the room."""
        if key != self._parts[self._main].key:
            self._beside = key
        self._shown = key
        self._show()

    def hasHeightForWidth(self) -> bool:
        return False  # Each part scrolls for itself.

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.theme.px(LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._look.theme.px(LEAST_HEIGHT))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        px = self._look.theme.px
        others = [width for place, width in enumerate(self._widths) if place != self._main]
        whole = sum(self._widths) + 16 * (len(self._widths) - 1)
        if self.width() >= px(whole):
            fits = len(self._parts)
        elif len(others) > 1 and self.width() >= px(self._widths[self._main] + max(others) + 16):
            fits = 2
        else:
            fits = 1
        if (fits, px(100)) != self._placed:
            self._placed = (fits, px(100))
            self._fits = fits
            self._show()
            self._share()

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.choice.setVisible(self.folded)

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self.choice.hide()

    def _show(self) -> None:
        main = self._parts[self._main].key
        if not self.folded:
            visible = {part.key for part in self._parts}
        elif self._fits == 2:
            visible = {main, self._beside}
        else:
            visible = {self._shown}
        choices: Sequence[Part] = [
            part for part in self._parts if self._fits == 1 or part.key != main
        ]
        self.choice.setVisible(self.folded)
        # Replacing buttons takes the keyboard from them: only when they are others.
        wanted = tuple(part.key for part in choices)
        if self._offered != wanted:
            self._offered = wanted
            self.choice.set_choices([(part.key, part.words) for part in choices])
        self.choice.set_value(self._beside if self._fits == 2 else self._shown)
        for part in self._parts:
            part.widget.setVisible(part.key in visible)

    def _share(self) -> None:
        """Every part its width, the main one what is left."""
        px = self._look.theme.px
        sizes = [px(width) for width in self._widths]
        spare = self.width() - sum(sizes) - px(16) * (len(sizes) - 1)
        sizes[self._main] += max(spare, 0)
        self._splitter.setSizes(sizes)


class PageScroll(Scroll):
    """The body of a page with columns: a line of choices, the columns, scrolling where it must.

    `strip` stands above `content`; it goes onto as many lines as it needs.
    """

    def __init__(
        self,
        look: Look,
        strip: Sequence[QWidget],
        content: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        body = PageBody(look)
        body.setSpacing(look.theme.px(10))
        flow = FlowLayout(look, gap=12)
        for widget in strip:
            flow.addWidget(_OneLine(look, widget) if isinstance(widget, Segments) else widget)
        self.strip = holder(flow)
        if not strip:
            self.strip.hide()
        body.addWidget(self.strip)
        body.addWidget(content, 1)
        super().__init__(body, parent)

    def follow(self, view: QAbstractItemView) -> None:
        """Keep the current row of a list in sight, also where the whole page scrolls."""

        def show() -> None:
            index = view.currentIndex()
            inside = self.widget()
            if index.isValid() and inside is not None and view.hasFocus():
                rect = view.visualRect(index)
                centre = view.viewport().mapTo(inside, rect.center())
                half = QPoint(0, rect.height())
                for spot in (centre - half, centre + half):
                    self.ensureVisible(centre.x(), spot.y(), 0, 8)

        # After the list has scrolled by itself.
        later = QTimer(self)
        later.setSingleShot(True)
        later.setInterval(0)
        later.timeout.connect(show)
        view.selectionModel().currentChanged.connect(lambda *_rows: later.start())


class _OneLine(QWidget):
    """Segments that ask for room for all of them side by side."""

    def __init__(self, look: Look, choices: Segments) -> None:
        super().__init__()
        self._look = look
        self._choices = choices
        self.setLayout(column(look, choices, gap=0))

    def sizeHint(self) -> QSize:
        layout = self._choices.layout()
        items = [layout.itemAt(place) for place in range(layout.count())] if layout else []
        widths = [item.sizeHint().width() for item in items if item is not None]
        if self._choices.isHidden():
            return QSize(0, 0)
        gaps = self._look.theme.px(4) * max(len(widths) - 1, 0)
        width = sum(widths) + gaps
        return QSize(width, self._choices.heightForWidth(width))
