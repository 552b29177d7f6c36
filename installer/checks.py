"""All the checks of the house, one after the other; the end says which of them failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from installer.texts import ROOT, Texts, say

IMPORT_LINTER = "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"


def checks(extra: list[str]) -> dict[str, list[str]]:
    """Each check's name and the arguments that Python runs it with; `extra` goes to pytest."""
    parallel = any(
        item.startswith(("-n", "--numprocesses")) or "no:xdist" in item for item in extra
    )
    return {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy --strict": ["-m", "mypy", "--strict", "facilitator_kit", "installer", "benchmarks"],
        "import-linter": ["-c", IMPORT_LINTER],
        "pytest": ["-m", "pytest", *([] if parallel else ["-n", "auto"]), *extra],
    }


def main(extra: list[str]) -> int:
    """Runs the checks. Status 1 when any of them fails."""
    _ = Texts()
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    failed = []
    times = {}
    for name, arguments in checks(extra).items():
        say(f"\n=== {name} ===")
        started = time.monotonic()
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False)
        times[name] = time.monotonic() - started
        if done.returncode != 0:
            failed.append(name)
    good, bad, heading = _("bien"), _("FALLA"), _("Resumen")
    say(f"\n=== {heading} ===")
    for name, seconds in times.items():
        say(f"{bad if name in failed else good:<8}{name:<16}{seconds:6.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
