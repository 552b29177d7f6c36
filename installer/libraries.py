"""The system libraries that Qt needs on Linux: what is missing, and what brings it."""

from __future__ import annotations

import ctypes
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Final

from installer import system
from installer.texts import Texts, say

# Without these Qt does not even load; the Debian package that holds each.
CORE: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# These are for windows under X11.
SCREEN: Final = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# Elsewhere whole families are named: their packages do not match the libraries one by one.
_XCB: Final = "xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil"
OTHERS: Final = {
    "dnf": "dnf install libglvnd-egl libglvnd-glx fontconfig dbus-libs glib2 libxkbcommon-x11 "
    f"libxcb {_XCB}",
    "zypper": "zypper install libEGL1 libGL1 libfontconfig1 libdbus-1-3 libglib-2_0-0 "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-randr0 libxcb-xinerama0 libxcb-xkb1",
    "pacman": f"pacman -S --needed libglvnd fontconfig dbus glib2 libxkbcommon-x11 libxcb {_XCB}",
}


class LibrariesMissing(Exception):  # noqa: N818 - an answer for the person at the keyboard
    """Qt cannot start without libraries that we may not install. The text gives the command."""


def ensure(x11: bool, _: Texts) -> bool:
    """Whether every library is there, after installing what is missing where that is allowed.

    With `x11` windows will be shown there, so that its libraries are indispensable as well.
    Raises LibrariesMissing when an indispensable one is still missing; says so of the others.
    """
    absent = missing()
    if absent and system.may_install():
        say(_("Instalando bibliotecas del sistema: {names}", names=", ".join(absent)))
        system.install(_packages(absent))
        absent = missing()
    if not absent:
        return True
    text = _(
        "Faltan bibliotecas del sistema: {names}. Instálelas con esta orden y vuelva a intentar:"
        "\n    {command}",
        names=", ".join(absent),
        command=f"sudo {install_command(absent, lambda name: shutil.which(name) is not None)}",
    )
    if x11 or any(name in CORE for name in absent):
        raise LibrariesMissing(text)
    say(text)
    return False


def missing() -> list[str]:
    """The files of the libraries that this system cannot load; none outside Linux."""
    if not sys.platform.startswith("linux"):
        return []
    return [name for name in {**CORE, **SCREEN} if not _loads(name)]


def install_command(absent: Iterable[str], has: Callable[[str], bool]) -> str:
    """What an administrator types to bring those libraries, given which programs the system has."""
    if not has("apt-get"):
        for manager, command in OTHERS.items():
            if has(manager):
                return command
    return " ".join([*system.APT, *_packages(absent)])


def _packages(absent: Iterable[str]) -> list[str]:
    return [{**CORE, **SCREEN}[name] for name in absent]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
