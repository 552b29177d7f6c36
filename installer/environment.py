"""Makes `.venv` from the hashed locks: once, whole or not at all, and repaired when interrupted."""

from __future__ import annotations

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from installer import system
from installer.texts import ROOT, Texts, say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

VENV: Final = ROOT / ".venv"
OWN: Final = VENV / "kit"
WINDOWS: Final = os.name == "nt"
RUN_LOCK: Final = ROOT / "requirements.lock"
TEST_LOCK: Final = ROOT / "requirements-dev.lock"
UV_LOCK: Final = ROOT / "installer" / "uv.lock.txt"
OLDEST_GLIBC: Final = (2, 34)  # what the wheel of PySide6 6.12 asks for


class NotSetUp(Exception):  # noqa: N818 - an answer for the person at the keyboard
    """The environment could not be made. The text says why, and what to do."""


def program(folder: Path, name: str) -> Path:
    """Where an environment keeps that program."""
    return folder / "Scripts" / f"{name}.exe" if WINDOWS else folder / "bin" / name


def python() -> Path:
    """The Python of the finished environment."""
    return program(VENV, "python")


def is_ready(tests: bool) -> bool:
    """Whether the environment is whole and belongs to these locks, with the tools of the tests."""
    return _stamped("run", RUN_LOCK) and (not tests or _stamped("test", TEST_LOCK))


def ensure(tests: bool, _: Texts) -> Path:
    """The environment's Python, after making or mending the environment if that was needed.

    Several starts at once wait for one another. Raises NotSetUp.
    """
    if is_ready(tests):
        return python()
    _refuse_old_system(_)
    try:
        OWN.mkdir(parents=True, exist_ok=True)
        with (OWN / "lock").open("a+b") as lock:
            _wait_for(lock, _)
            if not is_ready(tests):
                _SetUp(lock, _).make(tests)
    except OSError as fault:
        raise NotSetUp(
            _(
                "No se puede escribir en {folder} ({reason}). Copie la carpeta del kit a un lugar "
                "suyo, con espacio libre, e inténtelo ahí.",
                folder=ROOT,
                reason=fault.strerror or fault,
            )
        ) from fault
    return python()


class _SetUp:
    """One making of the environment, by the one start that holds the lock."""

    def __init__(self, lock: IO[bytes], texts: Texts) -> None:
        self._lock = lock
        self._ = texts

    def make(self, tests: bool) -> None:
        unfinished = OWN / "unfinished"
        if unfinished.exists() or not self._runs(python(), "-c", ""):
            _clear()
        unfinished.touch()
        _stamp("run").unlink(missing_ok=True)
        _stamp("test").unlink(missing_ok=True)
        say(self._("Preparando el kit: la primera vez puede tardar unos minutos."))
        if not python().exists():
            self._call([_base(), "-m", "venv", "--without-pip", os.fspath(VENV)])
        self._install(TEST_LOCK if tests else RUN_LOCK, exactly=tests)
        self._call(
            [os.fspath(python()), "-m", "compileall", "-q", os.fspath(ROOT / "facilitator_kit")]
        )
        _write_command()
        _stamp("run").write_text(_fingerprint(RUN_LOCK), encoding="utf-8")
        if tests:
            _stamp("test").write_text(_fingerprint(TEST_LOCK), encoding="utf-8")
        unfinished.unlink()
        say(self._("Listo."))

    def _install(self, lock: Path, exactly: bool) -> None:
        """Brings in what the lock names, by uv; by pip where uv cannot work with this machine.

        `exactly` also takes away what the lock does not name: no test may pass by a leftover.
        """
        pip = self._pip()
        quiet = ["--quiet", "--quiet", "--no-input", "--disable-pip-version-check"]
        install = ["install", *quiet, "--retries", "1", "--require-hashes", "-r"]
        uv = program(OWN / "tools", "uv")
        if not self._runs(uv, "--version"):
            self._call([*pip, *install, os.fspath(UV_LOCK)])
        target = ["--python", os.fspath(python())]
        if uv.exists():
            command = [os.fspath(uv), "pip", *(["sync"] if exactly else ["install", "-r"])]
            # All indexes are asked, as pip does; the hashes make that safe.
            command += [os.fspath(lock), "--require-hashes", *target]
            command += ["--index-strategy", "unsafe-best-match"]
            # Compiled once here, or the first start of every page would pay for it.
            command += ["--compile-bytecode"]
            if self._call(command, uv_settings(_pip_settings(pip), os.environ)) == 0:
                return
        if self._call([*pip, *target, *install, os.fspath(lock)]) != 0:
            raise NotSetUp(
                self._(
                    "No se pudieron traer las piezas del kit (la razón está arriba). La primera "
                    "vez hace falta internet, o un índice al que esta computadora llegue; después, "
                    "nunca más. Revise la conexión y vuelva a intentar."
                )
            )

    def _pip(self) -> list[str]:
        """The command of a pip of our own, apart from the environment that it fills."""
        tools = OWN / "tools"
        if not self._runs(program(tools, "python"), "-c", "import pip") and not self._tools(tools):
            package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            if system.may_install():  # some systems keep half of venv in a package of its own
                system.install([package])
            if not self._tools(tools):
                raise NotSetUp(
                    self._(
                        "A este Python le falta el módulo «venv» completo. Instálelo y vuelva a "
                        "intentar:\n    {command}",
                        command=f"sudo apt-get install {package}",
                    )
                )
        return [os.fspath(program(tools, "python")), "-m", "pip"]

    def _tools(self, folder: Path) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return self._runs(Path(_base()), "-m", "venv", os.fspath(folder))

    def _runs(self, path: Path, *arguments: str) -> bool:
        return path.exists() and self._call([os.fspath(path), *arguments], quietly=True) == 0

    def _call(
        self, command: list[str], settings: Mapping[str, str] | None = None, quietly: bool = False
    ) -> int:
        """Runs a tool. It inherits the lock: a killed start leaves no unguarded installer."""
        environment = {**os.environ, **(settings or {})}
        environment.pop("PYTHONPATH", None)
        output = subprocess.DEVNULL if quietly else sys.stderr
        try:
            return subprocess.run(
                command,
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=() if WINDOWS else (self._lock.fileno(),),
                check=False,
            ).returncode
        except OSError:
            return 127


def _wait_for(lock: IO[bytes], _: Texts) -> None:
    """Takes the operating system's lock, which falls with the process that holds it."""
    if _taken(lock):
        return
    say(_("Otra ventana está preparando el kit; se espera a que termine."))
    while not _taken(lock):
        time.sleep(0.2)


def _taken(lock: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _pip_settings(pip: list[str]) -> dict[str, str]:
    """The machine's settings for pip, from its files and the environment, by name."""
    listed = subprocess.run(
        [*pip, "config", "list"], capture_output=True, text=True, check=False, encoding="utf-8"
    ).stdout
    settings: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):  # later ones win, as in pip
        for line in listed.splitlines():
            name, equals, value = line.partition("=")
            if equals and name.startswith(section):
                settings[name.removeprefix(section)] = " ".join(shlex.split(value))
    return settings


def uv_settings(pip: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """pip's settings in uv's words, since uv reads none of them. What `environment` says, stays."""
    names = {
        "index-url": ("UV_DEFAULT_INDEX", " "),
        "extra-index-url": ("UV_INDEX", " "),
        "find-links": ("UV_FIND_LINKS", ","),
        "no-index": ("UV_NO_INDEX", " "),
        "trusted-host": ("UV_INSECURE_HOST", " "),
        "default-timeout": ("UV_HTTP_TIMEOUT", " "),
        "timeout": ("UV_HTTP_TIMEOUT", " "),
        "cert": ("SSL_CERT_FILE", " "),
        "proxy": ("ALL_PROXY", " "),
    }
    settings = {
        name: separator.join(pip[setting].split())
        for setting, (name, separator) in names.items()
        if pip.get(setting) and name not in environment
    }
    if settings.get("UV_NO_INDEX", "true").lower() not in ("1", "true", "yes", "on"):
        del settings["UV_NO_INDEX"]
    return settings


def _write_command() -> None:
    """The `facilitator-kit` command; it holds no path, so that the folder may be moved."""
    if WINDOWS:
        text = '@set "PYTHONPATH=%~dp0..\\.."\r\n@"%~dp0python.exe" -P -m facilitator_kit %*\r\n'
        (VENV / "Scripts" / "facilitator-kit.cmd").write_text(text, encoding="ascii", newline="")
        return
    command = VENV / "bin" / "facilitator-kit"
    command.write_text(
        "#!/bin/sh\n"
        'bin=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd -P) || exit 1\n'
        'PYTHONPATH=$bin/../.. exec "$bin/python" -P -m facilitator_kit "$@"\n',
        encoding="ascii",
    )
    command.chmod(0o755)


def _refuse_old_system(_: Texts) -> None:
    name, version = platform.libc_ver()
    if name == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < OLDEST_GLIBC:
        raise NotSetUp(
            _(
                "Este Linux tiene glibc {found} y la aplicación necesita {needed} o posterior "
                "(Debian 12, Ubuntu 22.04, Fedora 35 o más nuevos).",
                found=version,
                needed=".".join(map(str, OLDEST_GLIBC)),
            )
        )


def _stamp(name: str) -> Path:
    return OWN / f"{name}.stamp"


def _stamped(name: str, lock: Path) -> bool:
    try:
        return _stamp(name).read_text(encoding="utf-8") == _fingerprint(lock) and python().exists()
    except OSError:
        return False


def _fingerprint(lock: Path) -> str:
    """The lock and the Python that this start runs on: a stamp by another Python is no good."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{sys.implementation.cache_tag} {digest}\n"


def _base() -> str:
    """The Python underneath, which outlives the environment that may be cleared."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _clear() -> None:
    """Takes the environment away, but for our own folder (it holds the lock and the tools)."""
    for path in VENV.iterdir():
        if path.is_dir() and not path.is_symlink() and path != OWN:
            shutil.rmtree(path)
        elif path != OWN:
            path.unlink()
