"""Pictures of everything there is to see, in both languages, all themes and two text sizes."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from facilitator_kit.i18n import LANGUAGES, Texts
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tokens import THEMES
from facilitator_kit.ui.tour import Shown, Studio, Tour


def take_screenshots(qt: QApplication, out: Path, only: str) -> int:
    """Write a PNG of everything whose name holds `only` into `out`; the exit status, 0.

    Names say language, theme, text size, page and state: `es-light-100-hoy.png`.
    """
    out.mkdir(parents=True, exist_ok=True)
    qt.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        studio = Studio(Path(folder))
        for language in LANGUAGES:
            for theme_name in THEMES:
                for scale in (100, 200):
                    prefix = f"{language}-{theme_name}-{scale}-"
                    theme = Theme(theme_name, scale)
                    theme.apply(qt)
                    shown = Shown(Texts(language), theme, Icons(theme))
                    visit = partial(_save, out, prefix)
                    Tour(studio, shown, visit, only, prefix).run(
                        front=scale == 100, dialogs=scale == 100
                    )
    return 0


def _save(out: Path, prefix: str, name: str, widget: QWidget) -> None:
    widget.grab().save(str(out / f"{prefix}{name}.png"))
