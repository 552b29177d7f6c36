"""From the launch of a process to something a person can use: the window, a command, the demo."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.frame import ROOT, Measure, Scale, absent, apart, versus

PEERS: Final = {"KeePassXC": "keepassxc", "Gramps": "gramps"}
_KIT: Final = (sys.executable, "-P", "-m", "facilitator_kit")


def measure(scale: Scale) -> Iterator[Measure]:
    """Warm starts: the median of several, after one that is not counted."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        apart("benchmarks.office_jobs", "build", "office", "24", folder=folder)
        for name, workspace in (("welcome", []), ("locked", ["office"])):
            seconds = [
                apart(
                    "benchmarks.screen_jobs", "start", str(time.time()), *workspace, folder=folder
                ).figures["seconds"]
                for _round in range(1 + scale.repeats)
            ]
            yield Measure(
                f"start to usable window: {name}", statistics.median(seconds[1:]) * 1000, "ms"
            )
        yield from _beside_peers(folder, scale)
        yield Measure("start of a command", _command(folder, scale, "--help") * 1000, "ms")
        demo = _command(folder, Scale(quick=True), "demo", "--out", "demo", "--json")
        yield Measure("demo, everything", demo, "s")


def _command(folder: Path, scale: Scale, *arguments: str) -> float:
    times = []
    for _round in range(1 + scale.repeats):
        shutil.rmtree(folder / "demo", ignore_errors=True)
        started = time.perf_counter()
        subprocess.run(
            [*_KIT, *arguments],
            cwd=folder,
            env=_environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


def _environment(folder: Path) -> Mapping[str, str]:
    home = os.fspath(folder / "home")
    return {**os.environ, "FACILITATOR_KIT_HOME": home, "PYTHONPATH": os.fspath(ROOT)}


def _beside_peers(folder: Path, scale: Scale) -> Iterator[Measure]:
    """Until a window is seen on one and the same X screen: the one yardstick for all of them."""
    found = {name: program for name, program in PEERS.items() if shutil.which(program)}
    name = "launch to visible window"
    tools = sys.platform.startswith("linux") and all(map(shutil.which, ("Xvfb", "xdotool")))
    if not tools:
        yield absent(name, "Xvfb and xdotool")
    elif found:
        commands: dict[str, Sequence[str]] = {"kit": _KIT}
        commands |= {peer: [program] for peer, program in found.items()}
        with _screen(folder) as environment:
            times: dict[str, list[float]] = {peer: [] for peer in commands}
            for _round in range(1 + scale.repeats):
                for peer, command in commands.items():
                    times[peer].append(_seen(command, environment))
        yield from versus(
            name, "s", {peer: statistics.median(seconds[1:]) for peer, seconds in times.items()}
        )
    for peer in (peer for peer in PEERS if peer not in found):
        yield absent(name, peer)


@contextmanager
def _screen(folder: Path) -> Iterator[Mapping[str, str]]:
    """An X screen of its own, and the settings that lead a program to it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-noreset", "-screen", "0", "1366x768x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        home = {"HOME": os.fspath(folder / "x"), "QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        (folder / "x").mkdir(exist_ok=True)
        yield {**_environment(folder), **home}
    finally:
        server.terminate()
        server.wait()


def _seen(command: Sequence[str], environment: Mapping[str, str]) -> float:
    started = time.perf_counter()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    # Asked again and again: xdotool's own `--sync` looks only every half second.
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(program.pid)]
    try:
        while time.perf_counter() - started < 60:
            found = subprocess.run(search, env=environment, capture_output=True, check=False)
            if found.stdout.strip():
                return time.perf_counter() - started
        raise TimeoutError(command[0])
    finally:
        program.terminate()
        program.wait()
