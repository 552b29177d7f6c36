"""The system's own packages: whether we may install them, and doing it (apt only)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

APT: Final = ("apt-get", "install", "-y", "--no-install-recommends")


def may_install() -> bool:
    """Whether packages can be installed without asking anyone for a password."""
    if shutil.which("apt-get") is None:
        return False
    return os.geteuid() == 0 or (
        shutil.which("sudo") is not None
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )


def install(packages: Iterable[str]) -> None:
    """Tries to; whether it helped is seen by looking again at what was missing."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    for command in (["apt-get", "-q", "update"], [*APT, "-q", *packages]):
        subprocess.run([*apt, *command], stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
