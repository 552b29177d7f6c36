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
from pathlib import Path
from typing import Final

from benchmarks.frame import ROOT, Measure, Scale, absent, apart, surroundings, versus
from benchmarks.office import PASSPHRASE
from benchmarks.x_screen import Seen, can_watch, launch, x_screen
from installer.environment import is_ready

PEERS: Final = {"KeePassXC": "keepassxc", "Gramps": "gramps"}
_KIT: Final = (sys.executable, "-P", "-m", "facilitator_kit")
_ROUNDS: Final = 7
"""A start is short, and a busy moment shows in it."""


def measure(scale: Scale) -> Iterator[Measure]:
    """Warm starts: the median of several, after one that is not counted."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        apart("benchmarks.office_jobs", "build", "office", "24", folder=folder)
        for name, workspace in (("welcome", []), ("locked", ["office"])):
            seconds = [
                apart(
                    "benchmarks.start_jobs", "start", str(time.time()), *workspace, folder=folder
                ).figures["seconds"]
                for _round in range(1 + scale.repeats)
            ]
            yield Measure(
                f"start to usable window: {name}", statistics.median(seconds[1:]) * 1000, "ms"
            )
        opened = [
            apart("benchmarks.start_jobs", "unlock", "office", PASSPHRASE, folder=folder).figures
            for _round in range(scale.repeats)
        ]
        name = "unlock: Enter to main window painted"
        yield Measure(name, statistics.median(one["seconds"] for one in opened) * 1000, "ms")
        longest = max(one["blocked"] for one in opened) * 1000
        yield Measure("unlock: screen held up, longest", longest, "ms")
        yield from _beside_peers(folder, 1 if scale.quick else _ROUNDS)
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
            env=surroundings(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


def _beside_peers(folder: Path, rounds: int) -> Iterator[Measure]:
    """On one and the same X screen: the pixels say when there is a window, and when it is whole.

    The kit shows the lock of the workspace of last time, KeePassXC the lock of a database, as both
    do on every day but the first; the letters typed then prove that they take a passphrase. Gramps
    shows its empty dashboard (it has no lock). "kit run" is the same through `./kit run`.
    """
    found = {name: program for name, program in PEERS.items() if shutil.which(program)}
    name = "launch to window painted"
    if not can_watch():
        yield absent(name, "Xvfb and xdotool")
        return
    home = folder / "x"
    home.mkdir()
    (folder / "screen").mkdir()
    environment = {**surroundings(folder), "HOME": os.fspath(home), "QT_QPA_PLATFORM": "xcb"}
    commands: dict[str, Sequence[str]] = {"kit": _KIT}
    if is_ready(tests=False):
        commands["kit run"] = [os.fspath(ROOT / "kit"), "run"]
    commands |= {peer: [program] for peer, program in found.items()}
    if "KeePassXC" in found:
        commands["KeePassXC"] = [found["KeePassXC"], _locked_database(folder, environment)]
    seen: dict[str, list[Seen]] = {peer: [] for peer in commands}
    with x_screen(folder / "screen") as screen:
        for _round in range(1 + rounds):
            for peer, command in commands.items():
                seen[peer].append(launch(screen, command, environment, typed=peer != "Gramps"))
    middle = {
        peer: Seen(
            statistics.median(one.window for one in rounds[1:]),
            statistics.median(one.painted for one in rounds[1:]),
            statistics.median(one.answered for one in rounds[1:]),
        )
        for peer, rounds in seen.items()
    }
    through_kit = middle.pop("kit run", None)
    yield from versus(name, "s", {peer: one.painted for peer, one in middle.items()})
    if through_kit is not None:
        yield Measure(f"{name}: kit run", through_kit.painted, "s")
    first_pixels = {peer: one.window for peer, one in middle.items()}
    yield from versus("launch to first pixels", "s", first_pixels)
    answers = {peer: one.answered * 1000 for peer, one in middle.items() if one.answered}
    yield from versus("then letters typed to seen", "ms", answers)
    for peer in (peer for peer in PEERS if peer not in found):
        yield absent(name, peer)


def _locked_database(folder: Path, environment: Mapping[str, str]) -> str:
    """A database for KeePassXC to ask the passphrase of."""
    path = os.fspath(folder / "locked.kdbx")
    subprocess.run(
        ["keepassxc-cli", "db-create", "-p", path],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        input=f"{PASSPHRASE}\n{PASSPHRASE}\n",
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return path
