"""Reading and searching the whole programme."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.frame import Measure, Scale, apart, percentile
from facilitator_kit import paths
from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.curriculum.search import build_index

TYPED: Final = (
    *("presupuesto", "quien decide", "deudas", "niñas", "reunion", "hoja de trabajo", "M3-2"),
    *("violencia economica", "check-in", "acuerdo del grupo", "tarjetas de papel", "zzz"),
    *("la silla que decide", "ahorrando", "en parejas", "sin conexion", "celular", "carta"),
)
_SHOWN: Final = 5


def measure(scale: Scale) -> Iterator[Measure]:
    """The index of the whole pack, a keystroke in it, and the reader on every session."""
    pack = load_pack(pack_files_from_folder(paths.content_folder() / "core"), "MX")
    built = []
    for _round in range(scale.repeats):
        started = time.perf_counter()
        index = build_index(pack)
        built.append(time.perf_counter() - started)
    things = len(index.items)
    yield Measure(f"curriculum, {things}: index built", statistics.median(built), "s")
    times = []
    for _round in range(scale.repeats):
        for words in TYPED:
            for length in range(1, len(words) + 1):
                started = time.perf_counter()
                results = index.search(words[:length])
                for places in results.by_kind().values():
                    results.hits(places[:_SHOWN])
                times.append((time.perf_counter() - started) * 1000)
    yield Measure(f"curriculum, {things}: a letter more, median", statistics.median(times), "ms")
    yield Measure(f"curriculum, {things}: a letter more, p95", percentile(times, 95), "ms")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        apart("benchmarks.office_jobs", "build", "office", "24", folder=folder)
        rounds = str(scale.repeats)
        shown = apart("benchmarks.reader_job", "office", rounds, folder=folder).figures
    for name, figure in (
        ("a letter more painted, median", "typed_median"),
        ("a letter more painted, p95", "typed_p95"),
        ("a session opened and painted, median", "opened_median"),
        ("a session opened and painted, p95", "opened_p95"),
        ("a session opened and painted, longest", "opened_most"),
    ):
        yield Measure(f"curriculum, {things}: {name}", shown[figure], "ms")
