"""Buttons: one obvious primary, plain ones, icons with a name, and links."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from facilitator_kit.ui.icons import SIZE
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Token


class Button(QPushButton):
    """A plain button with words and, if it helps, an icon.

    `name` is what screen readers say when the words alone are not enough ("Ver" in a row needs
    "Ver a Rosa Ibáñez"). `on_click` is called without arguments. Space and Enter press it.
    """

    kind: ClassVar[str] = "secondary"
    token: ClassVar[Token] = "text"
    icon_size: ClassVar[int] = SIZE

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        name: str = "",
        tip: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        # An ampersand is a letter here, not a mark for a shortcut.
        super().__init__(text.replace("&", "&&"), parent)
        self._look = look
        self._icon = icon
        self.setProperty("kind", self.kind)
        if small:
            self.setProperty("small", True)
        self.setAccessibleName(name or text)
        self.setToolTip(tip)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if on_click is not None:
            self.clicked.connect(lambda: on_click())
        self._draw()

    def set_text(self, text: str, name: str = "") -> None:
        """Other words, and another accessible name with them."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(name or text)
        self._draw()

    def set_icon(self, icon: str) -> None:
        """Another icon; empty for none."""
        self._icon = icon
        self._draw()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._draw()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Ctrl+Enter is for the dialog around it.
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.click()
            return
        super().keyPressEvent(event)

    def _draw(self) -> None:
        if self._icon:
            size = self.icon_size
            gap = size * 8 // SIZE if self.text() else 0
            icons = self._look.icons
            self.setIcon(icons.icon(self._icon, self._shown_token(), size, gap=gap))
            self.setIconSize(icons.size(size, gap=gap))

    def _shown_token(self) -> Token:
        return self.token


class PrimaryButton(Button):
    """The one action a page or dialog is for. Its focus ring is inside, on its own colour."""

    kind = "primary"
    token = "on_primary"

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            theme = self._look.theme
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("on_primary"), 2))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(4, 4, -4, -4), theme.px(5), theme.px(5)
            )


class DangerButton(Button):
    """An action that takes something away."""

    kind = "danger"
    token = "bad"


class LinkButton(Button):
    """An action that reads like a sentence."""

    kind = "link"
    token = "primary"


class TagButton(Button):
    """A word that leads to everything it stands for: a theme, for instance."""

    kind = "tag"


class IconButton(Button):
    """An icon alone: `name` is its tool tip and what screen readers say."""

    kind = "icon"

    def __init__(
        self,
        look: Look,
        icon: str,
        name: str,
        *,
        on_click: Callable[[], object] | None = None,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            "",
            icon=icon,
            on_click=on_click,
            name=name,
            tip=name,
            small=small,
            parent=parent,
        )

    def set_name(self, name: str) -> None:
        """Another name and tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)


class ToggleButton(Button):
    """A button that stays pressed: rail entries, chips and segments are made of it."""

    kind = "chip"

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        kind: str = "chip",
        icon: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, text, icon=icon, name=name, parent=parent)
        self.setProperty("kind", kind)
        self.setCheckable(True)
        self.toggled.connect(self._draw)

    def _shown_token(self) -> Token:
        return "primary" if self.isChecked() else "text"
