"""Hands a finished PDF, as it is, to the system's own print service.

Nothing is drawn again in pixels: lengths stay true, and letters stay letters. On Linux and macOS
the document goes through the standard input of `lp` or `lpr`, so that no copy of it is left on the
disk. Windows prints only files, so there a file that the person saved is printed.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers that the system knows, and which of them it would take by itself ("" none)."""

    names: tuple[str, ...] = ()
    default: str = ""


def prints_bytes() -> bool:
    """Whether a document can be printed without being saved first."""
    return _program() != ""


def prints_files() -> bool:
    """Whether the system itself prints a saved file with the program that it has for PDF."""
    return sys.platform == "win32"


def print_file(path: Path) -> None:
    """Ask Windows to print a saved file; OSError when it has no program that does."""
    if sys.platform == "win32":
        os.startfile(path, "print")
    else:
        raise OSError("only Windows prints files by a verb")


class PrintService(QObject):
    """The print service of Linux and macOS (CUPS). Every call answers through a signal.

    `listed` carries `Printers`; `sent` comes when the service has taken a document, `refused` with
    what it said when it has not ("" when it said nothing).
    """

    listed = Signal(object)
    sent = Signal()
    refused = Signal(str)

    def list_printers(self) -> None:
        """Ask which printers there are."""
        process = self._process()
        script = "lpstat -e 2>/dev/null; echo; lpstat -d 2>/dev/null"
        process.finished.connect(lambda: self._listed(process))
        process.errorOccurred.connect(lambda: self.listed.emit(Printers()))
        process.start("sh", ["-c", script])

    def send(self, pdf: bytes, printer: str, copies: int, title: str) -> None:
        """Print a PDF at its true size on a printer ("" is the system's own choice)."""
        program = _program()
        process = self._process()
        process.finished.connect(lambda code: self._finished(process, code))
        process.errorOccurred.connect(lambda: self.refused.emit(process.errorString()))
        process.start(program, _arguments(program, printer, copies, title))
        process.write(pdf)
        process.closeWriteChannel()

    def _listed(self, process: QProcess) -> None:
        # A process that is stopped at the end of the program says so when it is half gone.
        if shiboken6.isValid(process):
            self.listed.emit(_printers(_said(process)))

    def _process(self) -> QProcess:
        process = QProcess(self)
        # The answers are read by this program, so they come in the language it knows.
        surroundings = QProcessEnvironment.systemEnvironment()
        surroundings.insert("LC_ALL", "C")
        process.setProcessEnvironment(surroundings)
        return process

    def _finished(self, process: QProcess, code: int) -> None:
        if not shiboken6.isValid(process):
            return
        if code == 0:
            self.sent.emit()
        else:
            said = bytes(process.readAllStandardError().data()).decode(errors="replace")
            self.refused.emit(said.strip().removeprefix("lp: ").removeprefix("lpr: "))


def _program() -> str:
    return "" if sys.platform == "win32" else shutil.which("lp") or shutil.which("lpr") or ""


def _arguments(program: str, printer: str, copies: int, title: str) -> list[str]:
    # Scaling to the sheet would spoil the margins, so it is turned off.
    true_size = ["-o", "print-scaling=none"]
    if Path(program).name == "lpr":
        place = ["-P", printer] if printer else []
        return [*place, "-#", str(copies), "-T", title, *true_size]
    place = ["-d", printer] if printer else []
    return [*place, "-n", str(copies), "-t", title, *true_size, "-"]


def _printers(said: str) -> Printers:
    names, _gap, rest = said.partition("\n\n")
    found = tuple(dict.fromkeys(line.strip() for line in names.splitlines() if line.strip()))
    default = rest.rpartition(":")[2].strip() if ":" in rest else ""
    return Printers(found, default if default in found else "")


def _said(process: QProcess) -> str:
    return bytes(process.readAllStandardOutput().data()).decode(errors="replace")
