"""How every benchmark measures: repeated, one process a contender, and told with its spread."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. With `peer`, `ratio` is ours divided by the peer's: below 1, we are ahead.

    A `value` of None with the unit "absent" says that a peer is not on this machine.
    """

    name: str
    value: float | None
    unit: str
    peer: str | None = None
    ratio: float | None = None

    def as_json(self) -> dict[str, object]:
        """The figure for a machine; `peer` and `ratio` only where there is a peer."""
        figure: dict[str, object] = {"name": self.name, "value": self.value, "unit": self.unit}
        if self.peer is not None and self.ratio is not None:
            figure |= {"peer": self.peer, "ratio": round(self.ratio, 3)}
        return figure


@dataclass(frozen=True, slots=True)
class Scale:
    """How much work a run does: `quick` is for seeing that everything still runs."""

    quick: bool

    @property
    def repeats(self) -> int:
        return 1 if self.quick else 3

    def of(self, full: int, quick: int) -> int:
        """The size to use."""
        return quick if self.quick else full


@dataclass(frozen=True, slots=True)
class Apart:
    """What a process of its own took: seconds of its work, and its largest memory in MiB."""

    seconds: float
    peak: float
    figures: Mapping[str, float]


def absent(name: str, peer: str) -> Measure:
    """A peer that this machine lacks; `kit` never installs one."""
    return Measure(f"{name}: {peer}", None, "absent")


def versus(name: str, unit: str, values: Mapping[str, float]) -> Iterator[Measure]:
    """The first value, ours, and then each peer's with the ratio of ours to it."""
    ours, *_ = values.values()
    for number, (peer, value) in enumerate(values.items()):
        if number == 0:
            yield Measure(name, value, unit)
        else:
            yield Measure(f"{name}: {peer}", value, unit, peer, ours / value)


def milliseconds(work: Callable[[], object], repeats: int) -> list[float]:
    """How long each of so many calls took."""
    times = []
    for _round in range(repeats):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return times


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def apart(module: str, *arguments: str, folder: Path) -> Apart:
    """Runs `python -m module arguments` in a fresh process, which ends by calling `told`.

    The time is from the start of the process to its end: nothing is warmed up beforehand. Qt
    draws off screen.
    """
    environment = {**surroundings(folder), "QT_QPA_PLATFORM": "offscreen"}
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-P", "-m", module, *arguments],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    seconds = time.perf_counter() - started
    told_figures = json.loads(done.stdout.splitlines()[-1])
    return Apart(seconds, told_figures.pop("peak"), told_figures)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a process that is measured: the user's own folders are left alone.

    Python keeps what it compiles, as the set-up of the kit does for everyone: a machine that tells
    it not to would have every start compile the source anew.
    """
    environment = {
        **os.environ,
        "FACILITATOR_KIT_HOME": os.fspath(folder / "home"),
        "PYTHONPATH": os.fspath(ROOT),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def contest(
    contenders: Sequence[str], run: Callable[[str], Apart], repeats: int
) -> dict[str, Apart]:
    """The median round of each contender. They take turns, so that a busy moment hits them all."""
    rounds: dict[str, list[Apart]] = {name: [] for name in contenders}
    for _round in range(repeats):
        for name in contenders:
            rounds[name].append(run(name))
    return {
        name: Apart(
            statistics.median(one.seconds for one in done),
            max(one.peak for one in done),
            {k: statistics.median(one.figures[k] for one in done) for k in done[0].figures},
        )
        for name, done in rounds.items()
    }


def table(measures: Sequence[Measure]) -> Iterator[str]:
    """The figures for a person, a line each."""
    width = max((len(measure.name) for measure in measures), default=0)
    for measure in measures:
        value = "–" if measure.value is None else f"{measure.value:,.{_decimals(measure.value)}f}"
        peer = f"{measure.ratio:8.2f} × {measure.peer}" if measure.ratio is not None else ""
        yield f"{measure.name:<{width}}  {value:>12} {measure.unit:<8}{peer}".rstrip()


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
