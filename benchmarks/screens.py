"""Every page and dialog of the sample institution: how long its making keeps the screen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.frame import Measure, Scale, apart


def measure(_scale: Scale) -> Iterator[Measure]:
    """Figures on the first showing of every state that the screenshots show."""
    with tempfile.TemporaryDirectory() as temporary:
        shown = apart("benchmarks.screens_job", folder=Path(temporary)).figures
    states = f"{shown['states']:.0f} pages and dialogs"
    yield Measure(f"{states} shown first: screen held up, p95", shown["p95"], "ms")
    yield Measure(f"{states} shown first: screen held up, longest", shown["longest"], "ms")
    yield Measure(f"{states} shown first: longer than 50 ms", shown["over_50"], "")
