"""An X screen whose picture can be read at any moment: one yardstick for programs of any kind."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

SIZE: Final = (1366, 768)
TYPED: Final = "abcdefgh"

_LOOK_EVERY: Final = 0.002
"""Seconds between two looks: a program of others does not tell when it has painted."""
_QUIET: Final = 1.0
"""Seconds without change after which a program is taken to be ready."""
_PATIENCE: Final = 60.0
_LARGE: Final = SIZE[0] * SIZE[1] // 200
"""Pixels: a smaller change is a cursor that blinks."""
_WIDE: Final = 40
"""Pixels: letters that were typed are wider than a cursor."""
_HEADER: Final = struct.Struct(">25I")


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from the launch to the first pixel of a window and to the last large change of the
    picture; and from typing some letters to seeing them (0 where nothing was typed)."""

    window: float
    painted: float
    answered: float


def can_watch() -> bool:
    """Whether this machine has what `x_screen` and `launch` need."""
    return sys.platform.startswith("linux") and all(map(shutil.which, ("Xvfb", "xdotool")))


class XScreen:
    """A screen of the size of an old office laptop's, without a window manager."""

    def __init__(self, display: str, file: Path) -> None:
        self.display = display
        with file.open("rb") as framebuffer:
            self._file = mmap.mmap(framebuffer.fileno(), 0, prot=mmap.PROT_READ)
        # The file is an X window dump: its header, the colours, then the lines of the picture.
        header = _HEADER.unpack(self._file[: _HEADER.size])
        self._start, self._line = header[0] + header[19] * 12, header[12]

    def changed(self, since: bytes) -> bool:
        """Whether the picture is another one by now."""
        return self._file[self._start : self._start + len(since)] != since

    def picture(self) -> bytes:
        """What is on the screen."""
        return self._file[self._start : self._start + self._line * SIZE[1]]

    def difference(self, one: bytes, other: bytes) -> tuple[int, int]:
        """Width and height of the part in which two pictures differ."""
        box = ImageChops.difference(self._image(one), self._image(other)).getbbox()
        return (0, 0) if box is None else (box[2] - box[0], box[3] - box[1])

    def _image(self, picture: bytes) -> Image.Image:
        return Image.frombuffer("RGB", SIZE, picture, "raw", "BGRX", self._line, 1)

    def close(self) -> None:
        self._file.close()


@contextmanager
def x_screen(folder: Path) -> Iterator[XScreen]:
    """A screen for as long as it is needed; its files go into `folder`."""
    reading, writing = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-noreset", "-screen", "0", size]
    command += ["-fbdir", os.fspath(folder)]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            screen = XScreen(f":{told.readline().strip()}", folder / "Xvfb_screen0")
        yield screen
        screen.close()
    finally:
        server.terminate()
        server.wait()


def launch(
    screen: XScreen, command: Sequence[str], environment: Mapping[str, str], typed: bool
) -> Seen:
    """Start a program, watch the screen until it is at rest, type if asked, and end the program.

    Raises TimeoutError when no window comes, or what is typed is not seen.
    """
    environment = {**environment, "DISPLAY": screen.display}
    last = _at_rest(screen)
    window = painted = 0.0
    started = time.perf_counter()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not painted or time.perf_counter() - started < painted + _QUIET:
            now = time.perf_counter() - started
            if now > _PATIENCE:
                raise TimeoutError(command[0])
            if screen.changed(last):
                before, last = last, screen.picture()
                width, height = screen.difference(before, last)
                window = window or now
                painted = now if width * height >= _LARGE else painted
            time.sleep(_LOOK_EVERY)
        answered = _type(screen, program.pid, environment) if typed else 0.0
        return Seen(window, painted, answered)
    finally:
        program.terminate()
        program.wait()


def _at_rest(screen: XScreen) -> bytes:
    """The picture, once what the last program left behind is gone."""
    picture = screen.picture()
    time.sleep(_QUIET / 4)
    while screen.changed(picture):
        picture = screen.picture()
        time.sleep(_QUIET / 4)
    return picture


def _type(screen: XScreen, program: int, environment: Mapping[str, str]) -> float:
    """Without a window manager nobody gives a window the keyboard: that is done here first."""

    def xdotool(*words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    windows = xdotool("search", "--onlyvisible", "--pid", str(program)).split()
    xdotool("windowfocus", "--sync", windows[-1])
    time.sleep(_QUIET / 2)
    before = screen.picture()
    started = time.perf_counter()
    xdotool("type", "--delay", "0", TYPED)
    while screen.difference(before, screen.picture())[0] < _WIDE:
        if time.perf_counter() - started > _PATIENCE:
            raise TimeoutError("typing")
        time.sleep(_LOOK_EVERY)
    return time.perf_counter() - started
