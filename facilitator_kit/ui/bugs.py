"""Bug reports without personal data: where the program failed, never with what values."""

from __future__ import annotations

import platform
import traceback
from dataclasses import dataclass
from pathlib import Path

from PySide6 import __version__ as qt_version

from facilitator_kit import __version__
from facilitator_kit.clock import Clock

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class BugReport:
    """A report and the file it was kept in; `file` is None when the disk refused it."""

    text: str
    file: Path | None


class BugReports:
    """Writes one file for each bug into the log folder."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def keep(self, error: BaseException) -> BugReport:
        """Describe `error`, keep the description, and give both."""
        moment = self._clock.now()
        text = f"{moment:%Y-%m-%d %H:%M:%S}\n{describe(error)}"
        file = self._folder / f"bug-{moment:%Y%m%d-%H%M%S-%f}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError:
            return BugReport(text, None)
        return BugReport(text, file)


def describe(error: BaseException) -> str:
    """Versions, and the type and file:line trace of `error` and its causes.

    Messages, values and local variables are left out: they may hold a person's data. Of files
    outside the program only the last part of the name is given, since folders may bear names.
    """
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [
        f"facilitator_kit {__version__}",
        f"Python {platform.python_version()}, PySide6 {qt_version}, {system}",
    ]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        kind = type(link)
        lines.append("" if link is error else "because of")
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        lines.extend(
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        )
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines) + "\n"


def _short(name: str) -> str:
    file = Path(name)
    if file.is_relative_to(_PACKAGE):
        return file.relative_to(_PACKAGE.parent).as_posix()
    return file.name
