"""An office of a hundred thousand people: unlocking, finding, marking, all encrypted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.frame import Measure, Scale, apart


def measure(scale: Scale) -> Iterator[Measure]:
    """Figures on one office: what is read and written, and its list on the screen."""
    people = scale.of(100_000, 2_000)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def job(name: str, number: int) -> Mapping[str, float]:
            done = apart("benchmarks.office_jobs", name, "office", str(number), folder=folder)
            return done.figures

        built = job("build", people)["seconds"]
        yield Measure(f"office of {people}: made through the journal", built, "s")
        size = (folder / "office" / "data.db").stat().st_size / 2**20
        yield Measure(f"office of {people}: size", size, "MiB")
        yield Measure("unlock", job("unlock", scale.of(5, 2))["unlock"], "ms")
        found = job("search", scale.of(3, 1))
        yield Measure(f"people, {people}: first page read", found["first"], "ms")
        yield Measure(f"people, {people}: a letter more, median", found["median"], "ms")
        yield Measure(f"people, {people}: a letter more, p95", found["p95"], "ms")
        painted = apart(
            "benchmarks.screen_jobs", "people", "office", str(scale.of(3, 1)), folder=folder
        ).figures
        yield Measure(f"people, {people}: list painted", painted["first"], "ms")
        yield Measure(f"people, {people}: a letter more painted, median", painted["median"], "ms")
        yield Measure(f"people, {people}: a letter more painted, p95", painted["p95"], "ms")
        yield Measure(f"people, {people}: a letter more painted, longest", painted["longest"], "ms")
        yield Measure(f"people, {people}: screen held up, longest", painted["blocked"], "ms")
        for page, held_up in apart(
            "benchmarks.screen_jobs", "pages", "office", folder=folder
        ).figures.items():
            yield Measure(f"office of {people}, {page}: screen held up, longest", held_up, "ms")
        marked = job("marks", scale.of(10, 2))
        yield Measure("attendance: a mark stored, median", marked["median"], "ms")
        yield Measure("attendance: a mark stored, p95", marked["p95"], "ms")
        yield Measure("attendance: a whole roll of 24 stored", marked["roll"], "ms")
        yield Measure("attendance: the whole grid read", marked["grid"], "ms")
