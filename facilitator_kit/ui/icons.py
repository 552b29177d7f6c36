"""The bundled Lucide icons, drawn sharp at any size in a colour of the present theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from facilitator_kit import paths
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tokens import Token

SIZE: Final = 18
"""Pixels of an icon at 100 % text size."""

_DIRECTIONAL: Final = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "undo-2",
        "redo-2",
        "log-in",
        "log-out",
        "external-link",
        "play",
    }
)


class Icons:
    """Icons by name: `icons.icon("printer")`. An unknown name raises KeyError at once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, int, bool], QPixmap] = {}
        self._icons: dict[tuple[object, ...], QIcon] = {}

    @staticmethod
    def names() -> tuple[str, ...]:
        """Every bundled icon, in alphabetical order."""
        return tuple(sorted(file.stem for file in paths.ICONS.glob("*.svg")))

    def read(self) -> None:
        """Read every bundled icon now, so that nobody waits for it; on any thread."""
        for name in self.names():
            self._source(name)

    def pixmap(
        self, name: str, token: Token = "text", size: int = SIZE, ratio: float | None = None
    ) -> QPixmap:
        """The icon in the token's colour; `size` in design pixels, scaled with the text.

        `ratio` is the screen's device pixel ratio; the application's own when not given.
        """
        pixels = self._theme.px(size)
        ratio = ratio or _ratio()
        mirrored = name in _DIRECTIONAL and QGuiApplication.isRightToLeft()
        colour = self._theme.tokens.value(token)
        key = (name, colour, pixels, round(ratio * 100), mirrored)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._draw(name, colour, pixels, ratio)
            if mirrored:
                found = found.transformed(QTransform.fromScale(-1, 1))
            self._pixmaps[key] = found
        return found

    def icon(self, name: str, token: Token = "text", size: int = SIZE, gap: int = 0) -> QIcon:
        """The icon for a button or a menu, muted where the control is disabled.

        `gap` is room between it and the words that follow, in design pixels.
        """
        theme, screen = self._theme, _ratio()
        rtl = QGuiApplication.isRightToLeft()
        key = (name, token, theme.name, theme.scale, size, gap, screen, rtl)
        icon = self._icons.get(key)
        if icon is None:
            icon = self._icons[key] = QIcon()
            for ratio in {1.0, screen}:
                for mode, colour in ((QIcon.Mode.Normal, token), (QIcon.Mode.Disabled, "muted")):
                    icon.addPixmap(self._spaced(self.pixmap(name, colour, size, ratio), gap), mode)
        return icon

    def size(self, size: int = SIZE, gap: int = 0) -> QSize:
        """The size to give a button's icon, in pixels at the present text size."""
        pixels = self._theme.px(size)
        return QSize(pixels + self._theme.px(gap), pixels)

    def _spaced(self, pixmap: QPixmap, gap: int) -> QPixmap:
        """The icon with room on the side where words follow."""
        if not gap:
            return pixmap
        ratio = pixmap.devicePixelRatio()
        room = round(self._theme.px(gap) * ratio)
        wide = QPixmap(pixmap.width() + room, pixmap.height())
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(
            QPointF(room / ratio if QGuiApplication.isRightToLeft() else 0, 0), pixmap
        )
        painter.end()
        return wide

    def _draw(self, name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
        source = self._source(name).replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(source.encode()))
        pixmap = QPixmap(QSize(round(pixels * ratio), round(pixels * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            file = paths.ICONS / f"{name}.svg"
            if not file.is_file():
                raise KeyError(name)
            self._sources[name] = file.read_text(encoding="utf-8")
        return self._sources[name]


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
