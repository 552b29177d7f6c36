"""`./kit`, from outside: its verbs, and an environment that is made once, whole, by one start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from installer import __main__ as kit
from installer import checks, libraries, system
from installer.environment import uv_settings
from installer.texts import Texts

ROOT = Path(__file__).resolve().parents[2]
SHELLS = [shell for shell in ("dash", "bash", "sh") if shutil.which(shell)]
ECHO = "import json, os, sys\nprint(json.dumps([sys.argv[1:], os.getcwd()]))\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A fresh copy of the kit in a folder with a space and an ñ, whose locks ask for nothing.

    The tools that fetch parts are replaced by ones that only take note, so no network is needed.
    """
    folder = tmp_path / "señal de prueba" / "kit"
    (folder / "facilitator_kit").mkdir(parents=True)
    (folder / "facilitator_kit" / "__init__.py").touch()
    (folder / "facilitator_kit" / "__main__.py").write_text(ECHO, encoding="utf-8")
    shutil.copytree(ROOT / "installer", folder / "installer")
    shutil.copy(ROOT / "kit", folder)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (folder / lock).write_text(f"# {lock}\n", encoding="utf-8")
    tools = folder / ".venv" / "kit" / "tools"
    subprocess.run([base_python(), "-m", "venv", "--without-pip", tools], check=True)
    package = next((tools / "lib").glob("python*")) / "site-packages" / "pip"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").touch()
    uv = tools / "bin" / "uv"
    uv.write_text('#!/bin/sh\n[ "$1" = --version ] || { sleep 0.3; echo "$@" >> "$0.log"; }\n')
    uv.chmod(0o755)
    return folder


def base_python() -> str:
    return str(getattr(sys, "_base_executable", sys.executable))


def start(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELLS[0], str(folder / "kit"), *arguments],
        cwd=folder.parent,
        env={
            "PATH": f"{Path(base_python()).parent}:/usr/bin:/bin",
            "HOME": str(folder),
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def fetched(folder: Path) -> list[str]:
    log = folder / ".venv" / "kit" / "tools" / "bin" / "uv.log"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_plain_shell(shell: str) -> None:
    subprocess.run([shell, "-n", ROOT / "kit"], check=True)


def test_the_scripts_may_be_run() -> None:
    assert os.access(ROOT / "kit", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_help_needs_no_environment(copy: Path) -> None:
    answer = start(copy, "help")
    assert answer.returncode == 0
    assert all(verb in answer.stdout for verb in kit.VERBS)
    assert fetched(copy) == []


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_wrong_usage_is_status_2_and_says_what_there_is(copy: Path, arguments: list[str]) -> None:
    answer = start(copy, *arguments)
    assert answer.returncode == 2
    assert "./kit demo" in answer.stderr
    assert fetched(copy) == []


def test_the_program_gets_its_words_and_the_folder_she_stands_in(copy: Path) -> None:
    answer = start(copy, "demo", "--out", "mi carpeta")
    assert answer.stdout == f'[["demo", "--out", "mi carpeta"], {ascii_json(copy.parent)}]\n'


def ascii_json(path: Path) -> str:
    return '"' + str(path).encode("unicode_escape").decode().replace("\\xf1", "\\u00f1") + '"'


def test_a_second_start_sets_up_nothing(copy: Path) -> None:
    start(copy, "demo")
    second = start(copy, "demo")
    assert second.stderr == ""
    assert len(fetched(copy)) == 1


def test_parts_are_asked_for_by_hash(copy: Path) -> None:
    start(copy, "demo")
    assert "--require-hashes" in fetched(copy)[0]


def test_two_starts_at_once_make_one_environment(copy: Path) -> None:
    command = [SHELLS[0], str(copy / "kit"), "demo"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all('["demo"]' in answer for answer in answers)
    assert len(fetched(copy)) == 1


def test_an_interrupted_set_up_is_made_anew(copy: Path) -> None:
    start(copy, "demo")
    (copy / ".venv" / "kit" / "run.stamp").unlink()
    (copy / ".venv" / "kit" / "unfinished").touch()
    remains = copy / ".venv" / "lib" / "half-written"
    remains.touch()
    assert start(copy, "demo").returncode == 0
    assert not remains.exists()
    assert len(fetched(copy)) == 2


def test_a_new_lock_is_followed(copy: Path) -> None:
    start(copy, "demo")
    (copy / "requirements.lock").write_text("# newer\n", encoding="utf-8")
    start(copy, "demo")
    assert len(fetched(copy)) == 2


def test_an_environment_whose_python_is_gone_is_mended(copy: Path) -> None:
    start(copy, "demo")
    python = copy / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(copy / "nowhere")
    assert start(copy, "demo").returncode == 0


def test_the_folder_may_be_moved(copy: Path) -> None:
    start(copy, "demo")
    moved = copy.rename(copy.with_name("otra parte"))
    assert start(moved, "demo").stderr == ""
    command = subprocess.run(
        [moved / ".venv" / "bin" / "facilitator-kit", "pack"],
        cwd=moved.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert command.stdout.startswith('[["pack"]')


def test_parts_that_cannot_be_fetched_are_told_with_what_to_do(copy: Path) -> None:
    tools = copy / ".venv" / "kit" / "tools"
    (tools / "bin" / "uv").write_text('#!/bin/sh\n[ "$1" = --version ]\n')
    pip = next((tools / "lib").glob("python*")) / "site-packages" / "pip" / "__main__.py"
    pip.write_text("raise SystemExit('no route to the index')\n", encoding="utf-8")
    answer = start(copy, "demo")
    assert answer.returncode == 1
    assert "no route to the index" in answer.stderr
    assert "Revise la conexión" in answer.stderr
    assert answer.stdout == ""


def test_without_a_screen_run_becomes_the_demonstration(copy: Path) -> None:
    answer = start(copy, "run")
    assert answer.stdout.startswith('[["demo", "--out", "demo-output"]')
    assert "No hay pantalla" in answer.stderr


def test_without_a_screen_pictures_are_taken_on_one_of_their_own(copy: Path) -> None:
    tools = copy / "tools"
    tools.mkdir()
    screen = tools / "xvfb-run"
    screen.write_text('#!/bin/sh\necho "xvfb-run $*"\n', encoding="utf-8")
    screen.chmod(0o755)
    path = f"{tools}:{Path(base_python()).parent}:/usr/bin:/bin"
    answer = start(copy, "screenshots", "--out", "x", PATH=path)
    assert answer.stdout.startswith("xvfb-run -a")
    assert "screenshots --out x" in answer.stdout
    shown = start(copy, "screenshots", "--out", "x", PATH=path, DISPLAY=":7")
    assert shown.stdout.startswith('[["screenshots", "--out", "x"]')


@pytest.mark.parametrize(
    ("system", "settings", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_recognised(system: str, settings: dict[str, str], shown: bool) -> None:
    assert kit.has_display(system, settings) is shown


def test_uv_follows_the_settings_that_the_machine_has_for_pip() -> None:
    pip = {
        "index-url": "https://mirror.example/simple",
        "extra-index-url": "https://a.example/simple\nhttps://b.example/simple",
        "find-links": "/wheels /more",
        "cert": "/etc/own.pem",
        "no-index": "false",
    }
    assert uv_settings(pip, {"SSL_CERT_FILE": "/already.pem"}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
    }


@pytest.mark.parametrize(
    ("managers", "command"),
    [
        (["apt-get"], "apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"),
        (["dnf"], libraries.OTHERS["dnf"]),
        (["pacman"], libraries.OTHERS["pacman"]),
        ([], "apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"),
    ],
)
def test_missing_libraries_come_with_the_command_of_the_system(
    managers: list[str], command: str
) -> None:
    absent = ["libEGL.so.1", "libxcb-cursor.so.0"]
    assert libraries.install_command(absent, managers.__contains__) == command


@pytest.mark.parametrize(
    ("absent", "x11", "refused"),
    [
        (["libEGL.so.1"], False, True),
        (["libxcb-cursor.so.0"], True, True),
        (["libxcb-cursor.so.0"], False, False),
    ],
)
def test_only_indispensable_libraries_stop_a_start(
    absent: list[str],
    x11: bool,
    refused: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(libraries, "missing", lambda: absent)
    monkeypatch.setattr(system, "may_install", lambda: False)
    if refused:
        with pytest.raises(libraries.LibrariesMissing, match=r"sudo .*install"):
            libraries.ensure(x11, Texts("es"))
    else:
        assert libraries.ensure(x11, Texts("es")) is False
        assert "sudo" in capsys.readouterr().err


def test_missing_libraries_are_installed_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absent = ["libEGL.so.1", "libxcb-cursor.so.0"]
    installed: list[str] = []

    def install(packages: Iterable[str]) -> None:
        installed.extend(packages)
        absent.clear()

    monkeypatch.setattr(libraries, "missing", lambda: list(absent))
    monkeypatch.setattr(system, "may_install", lambda: True)
    monkeypatch.setattr(system, "install", install)
    assert libraries.ensure(True, Texts("es")) is True
    assert installed == ["libegl1", "libxcb-cursor0"]


def test_the_checks_are_run_to_the_end_and_the_failed_one_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    fake = {"first": ["-c", "raise SystemExit(3)"], "second": ["-c", "print('ran')"]}
    monkeypatch.setattr(checks, "checks", lambda _extra: fake)
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    assert checks.main([]) == 1
    out, err = capfd.readouterr()
    assert "ran" in out
    summary = err.split("===")[-1].splitlines()
    assert [line.split()[:2] for line in summary if line] == [
        ["FALLA", "first"],
        ["bien", "second"],
    ]


def test_more_words_go_to_pytest() -> None:
    assert checks.checks(["-k", "name"])["pytest"] == ["-m", "pytest", "-n", "auto", "-k", "name"]
    assert checks.checks(["-n0"])["pytest"] == ["-m", "pytest", "-n0"]
