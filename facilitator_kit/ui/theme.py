"""How everything looks: the colours, sizes and fonts of three themes at any text size.

The light values are those of the design; the dark and high-contrast themes give the same tokens
other values. No colour is written anywhere else in the program's screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from facilitator_kit import paths
from facilitator_kit.ui.stylesheet import stylesheet
from facilitator_kit.ui.tokens import THEMES, Token, Tokens

FAMILIES: Final = ("Atkinson Hyperlegible Next", "Noto Sans")

Role: TypeAlias = Literal[
    "body", "strong", "muted", "small", "small-strong", "card-title", "page-title", "figure"
]

_SIZES: Final[dict[str, tuple[int, int]]] = {
    # role: (pixels at 100 %, weight)
    "body": (14, 400),
    "strong": (14, 700),
    "muted": (14, 400),
    "small": (12, 400),
    "small-strong": (12, 600),
    "card-title": (15, 700),
    "page-title": (22, 700),
    "figure": (26, 700),
}


@dataclass(frozen=True, slots=True)
class FontFace:
    """Pixel size at 100 % and weight of one role."""

    pixels: int
    weight: int


FACES: Final = {role: FontFace(pixels, weight) for role, (pixels, weight) in _SIZES.items()}


class Theme(QObject):
    """The one source of colours, fonts and lengths. `changed` comes after a new look is applied.

    Widgets that paint themselves read it while painting; widgets that keep icons make them again
    when they get `QEvent.StyleChange`, which every widget gets when the look changes.
    """

    changed = Signal()

    def __init__(
        self, name: str = "light", scale: int = 100, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name if name in THEMES else "light"
        self._scale = min(max(scale, 100), 200)
        self._applied = False
        self._sheet = ""

    @property
    def name(self) -> str:
        """light, dark or contrast."""
        return self._name

    @property
    def scale(self) -> int:
        """Text size in percent, 100 to 200."""
        return self._scale

    @property
    def tokens(self) -> Tokens:
        """The colours of the present theme."""
        return THEMES[self._name]

    def px(self, length: float) -> int:
        """A length of the design (pixels at 100 %) in pixels at the present text size."""
        return round(length * self._scale / 100)

    def colour(self, token: Token) -> QColor:
        """The colour of a token in the present theme."""
        return QColor(self.tokens.value(token))

    def font(self, role: Role = "body", *, italic: bool = False) -> QFont:
        """The font of a role at the present text size, with digits of equal width."""
        face = FACES[role]
        font = QFont(list(FAMILIES))
        font.setPixelSize(self.px(face.pixels))
        font.setWeight(QFont.Weight(face.weight))
        font.setItalic(italic)
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
        return font

    def choose(self, name: str | None = None, scale: int | None = None) -> None:
        """Take another theme or text size and show it at once, if `apply` was called before."""
        if name is not None and name in THEMES:
            self._name = name
        if scale is not None:
            self._scale = min(max(scale, 100), 200)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.apply(app)

    def apply(self, app: QApplication) -> None:
        """Give the application this look: fonts, palette, and its windows their style sheet."""
        if FAMILIES[0] not in QFontDatabase.families():
            load_fonts()
        if not self._applied:
            app.setStyle(QStyleFactory.create("Fusion"))
            self._applied = True
        app.setPalette(self.palette())
        app.setFont(self.font())
        self._sheet = stylesheet(self.tokens, self._scale)
        for window in app.topLevelWidgets():
            if window.styleSheet():
                self.dress(window)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give a window this look, and everything in it and that it opens; `apply` does it again.

        The style sheet is each window's and not the application's: that would look at every widget
        anew whenever it, or something that holds it, is put into something else, and a page that is
        built from its smallest parts up would take four times as long.
        """
        window.setStyleSheet(self._sheet or stylesheet(self.tokens, self._scale))

    def palette(self) -> QPalette:
        """The tokens as a palette, for what Qt paints without the style sheet."""
        tokens = self.tokens
        palette = QPalette()
        role = QPalette.ColorRole
        for where, value in (
            (role.Window, tokens.ground),
            (role.WindowText, tokens.text),
            (role.Base, tokens.surface),
            (role.AlternateBase, tokens.ground),
            (role.ToolTipBase, tokens.text),
            (role.ToolTipText, tokens.surface),
            (role.PlaceholderText, tokens.muted),
            (role.Text, tokens.text),
            (role.Button, tokens.surface),
            (role.ButtonText, tokens.text),
            (role.Highlight, tokens.primary),
            (role.HighlightedText, tokens.on_primary),
            (role.Link, tokens.primary),
            (role.LinkVisited, tokens.primary),
            (role.Accent, tokens.primary),
        ):
            palette.setColor(where, QColor(value))
        for where in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.muted))
        return palette


def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt and give their family names."""
    found: list[str] = []
    for file in sorted(paths.FONTS.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        found.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(found))
