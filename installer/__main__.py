"""The verbs of `kit`: set up what is missing, then hand over to the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from installer import environment, libraries
from installer.texts import Texts, say

VERBS = ("run", "test", "demo", "bench", "screenshots")
WITH_QT = ("run", "test", "bench", "screenshots")
WITH_TEST_TOOLS = ("test", "bench")
MODULES = {"test": "installer.checks", "bench": "benchmarks"}


def main(arguments: list[str]) -> int:
    """Runs a verb. Status: the program's own; 1 when it could not be set up, 2 on wrong usage."""
    _ = Texts()
    verb, *rest = arguments or [""]
    if verb in ("help", "--help", "-h"):
        print(usage(_))
        return 0
    if verb not in VERBS:
        if verb:
            say(_("Orden desconocida: «{verb}».", verb=verb))
        say(usage(_))
        return 2
    if verb == "run" and not rest and not has_display(sys.platform, os.environ):
        say(_("No hay pantalla: se hace la demostración en {folder}.", folder="demo-output"))
        verb, rest = "demo", ["--out", "demo-output"]
    try:
        python = environment.ensure(verb in WITH_TEST_TOOLS, _)
        if verb in WITH_QT:
            _ensure_libraries(verb, _)
    except (environment.NotSetUp, libraries.LibrariesMissing) as fault:
        say(str(fault))
        return 1
    module = MODULES.get(verb, "facilitator_kit")
    inner = rest if verb in ("run", *MODULES) else [verb, *rest]
    command = [os.fspath(python), "-P", "-m", module, *inner]
    if verb == "screenshots" and not has_display(sys.platform, os.environ):
        command = _on_a_screen_of_its_own(command, _)
    return hand_over(command)


def usage(_: Texts) -> str:
    """What `kit` can do."""
    lines = (
        ("run", _("prepara lo que falte y abre la aplicación (sin pantalla: la demostración)")),
        ("test", _("estilo, tipos, arquitectura y todas las pruebas")),
        ("demo --out DIR", _("el trabajo completo sin pantalla: escribe los PDF en DIR")),
        ("bench [--json] [--quick]", _("las mediciones")),
        ("screenshots --out DIR", _("una imagen de cada página")),
        ("help", _("esta ayuda")),
    )
    name = "kit" if environment.WINDOWS else "./kit"
    return "\n".join(f"{name} {verb:<26}{text}" for verb, text in lines)


def has_display(system: str, settings: Mapping[str, str]) -> bool:
    """Whether a window can be shown; a Qt platform that the user chose counts as one."""
    if not system.startswith("linux"):
        return True
    return any(settings.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _on_a_screen_of_its_own(command: list[str], _: Texts) -> list[str]:
    """For pictures where there is no display: Xvfb's screen, or else Qt's own drawing."""
    screen = shutil.which("xvfb-run")
    if screen is not None:
        return [screen, "-a", "-s", "-screen 0 1920x1200x24", *command]
    say(_("No hay pantalla ni Xvfb: Qt dibuja en memoria, y las letras pueden verse distintas."))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return command


def hand_over(command: list[str]) -> NoReturn:
    """Becomes the program, so that signals and the terminal are its own."""
    if environment.WINDOWS:  # where exec returns to the shell at once
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def _ensure_libraries(verb: str, _: Texts) -> None:
    stamp: Path = environment.OWN / "libraries.stamp"
    if stamp.exists():
        return
    shown = verb in ("run", "screenshots")
    x11 = shown and not any(map(os.environ.get, ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
    if libraries.ensure(x11, _):
        with suppress(OSError):  # a copy that nobody may write to is looked at each time
            stamp.touch()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
