"""How a process that is measured tells its figures, with next to nothing loaded for that."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def told(**figures: float) -> None:
    """The last word of a process run by `apart`: its figures and its largest memory in MiB."""
    print(json.dumps({**figures, "peak": max(_own_peak(), _peak_of_others())}))


def _own_peak() -> float:
    """The largest memory of this process so far.

    On Linux `ru_maxrss` is no measure of it: a process begins with what its parent had.
    """
    if sys.platform == "win32":
        import psutil  # only where the standard library cannot tell

        return float(psutil.Process().memory_info().peak_wset) / 2**20
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="ascii").splitlines()
        (peak,) = (line for line in lines if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    import resource  # it exists on POSIX systems only

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def _peak_of_others() -> float:
    """The largest memory of a program that this process has run to its end (LibreOffice)."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 2**20
