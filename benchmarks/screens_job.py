"""Every page and dialog of the application, off screen, in a process of its own.

`python -m benchmarks.screens_job` walks through the tour of the screens once and tells how long
Qt's thread was kept from its queue on the way to each: made, filled, laid out and painted for the
first time, the texts of the sample institution in it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from benchmarks.frame import percentile
from benchmarks.telling import told
from benchmarks.watching import Heartbeat
from facilitator_kit.app import make_qt
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.ahead import Ahead
from facilitator_kit.ui.collecting import MainThreadCollector
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tour import Shown, Studio, Tour

_OPENED: Final = frozenset({"bienvenida", "hoy", "vacio-hoy"})
"""The first of each window: the tour opens the workspace and makes the window in the same turn,
which the application does not. `start_jobs` measures those."""


def screens(folder: Path) -> None:
    """All states of the tour, in Spanish, in the light theme, at 100 %."""
    # Off screen, Qt says at each dialog what that place cannot do.
    qInstallMessageHandler(lambda *_said: None)
    qt = make_qt("es")
    qt.setQuitOnLastWindowClosed(False)
    collector = MainThreadCollector(qt)  # as in the application
    studio = Studio(folder)
    texts = Texts("es")
    # What the application does while a passphrase is typed.
    texts.get_ready()
    ahead = Ahead(qt)
    ahead.start()
    while not ahead.through:
        qt.processEvents()  # it loads from Qt's queue, and no loop is turning yet
    collector.set_aside()
    theme = Theme()
    theme.apply(qt)
    beat = Heartbeat()
    held: dict[str, float] = {}

    def visit(name: str, _shown: QWidget) -> None:
        held[name] = beat.longest * 1000
        beat.longest = 0.0

    Tour(studio, Shown(texts, theme, Icons(theme)), visit).run()
    times = [time for name, time in held.items() if name not in _OPENED]
    told(
        states=len(times),
        p95=percentile(times, 95),
        longest=max(times),
        over_50=sum(time > 50 for time in times),
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        screens(Path(temporary))
