"""The rules of the house that no other tool checks, read from the source itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator_kit.i18n import LANGUAGES, Texts, message

ROOT = Path(__file__).resolve().parents[2]
OURS = ("facilitator_kit", "installer", "benchmarks", "tests")
MADE = {"__pycache__", "demo-output", "screenshots-output", "dist", "build"}
COLOURS_LIVE_IN = {
    "facilitator_kit/ui/tokens.py",
    "facilitator_kit/ui/theme.py",
    "facilitator_kit/documents/styles.py",
}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


def text_files() -> Iterator[tuple[str, str]]:
    """Every text of the project, as a fresh copy would hold it: name and content."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = parts[0].startswith(".") and parts[0] not in (".ci", ".gitignore")
        if hidden or MADE & set(parts) or not path.is_file():
            continue
        try:
            yield "/".join(parts), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def imported(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node, name.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            for name in node.names:
                yield node, f"{node.module}.{name.name}"


def test_the_command_line_starts_without_qt() -> None:
    code = (
        "import sys, facilitator_kit.cli\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_nothing_reaches_for_the_network() -> None:
    forbidden = {
        "socket",
        "socketserver",
        "ssl",
        "asyncio",
        "ftplib",
        "smtplib",
        "urllib.request",
        "http.client",
        "http.server",
        "xmlrpc",
        "requests",
        "httpx",
        "aiohttp",
        "urllib3",
        "PySide6.QtNetwork",
        "PySide6.QtWebSockets",
    }
    found = [
        f"{place(path, node)} {name}"
        for path in python_files("facilitator_kit")
        for node, name in imported(tree_of(path))
        if name in forbidden or name.split(".")[0] in forbidden
    ]
    assert found == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "misc"}
    found = [path for path in python_files(*OURS) if drawers & {path.stem, path.parent.name}]
    assert found == []


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in python_files("facilitator_kit", "installer", "benchmarks")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_colours_are_written_in_one_place_only() -> None:
    colour = re.compile(r"(?<![\w&])#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}|[0-9A-Fa-f]{3})\b|\brgba?\(")
    found = [
        f"{place(path, node)} {node.value[:40]!r}"
        for path in python_files("facilitator_kit")
        if path.relative_to(ROOT).as_posix() not in COLOURS_LIVE_IN
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if colour.search(node.value)
    ]
    assert found == []


def test_the_event_loop_is_never_pumped_nor_put_to_sleep() -> None:
    found = [
        place(path, node)
        for path in python_files("facilitator_kit")
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Attribute) and node.attr == "processEvents")
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep"))
    ]
    assert found == []


def test_what_is_taught_comes_from_the_pack_in_force() -> None:
    """The program's own pack is unadapted: who reads it shows what the institution has changed."""
    found = [
        place(path, node)
        for path in python_files("facilitator_kit")
        if path.name != "desk.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "core_pack"
    ]
    assert found == []


def test_every_text_can_be_found_by_a_translator() -> None:
    """A text made at run time is in no catalogue, and would be shown in Spanish to everyone."""
    literal = {"_": 1, "message": 1, "plural": 2, "plural_message": 2}
    found = []
    for path in python_files("facilitator_kit", "installer"):
        if path.name in ("i18n.py", "texts.py"):
            continue
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            found += [
                f"{place(path, node)} {ast.unparse(node)[:70]}"
                for argument in node.args[: literal.get(name, 0)]
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
            ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_text_stays_empty_though_gettext_answers_it_with_its_header(language: str) -> None:
    assert Texts(language).render(message("")) == ""


def test_a_silenced_checker_is_told_why() -> None:
    marks = re.compile(r"#\s*(?:type:\s*ignore|noqa)(?P<code>\S*[^#\n-]*)(?P<reason>.*)")
    found = []
    for path in python_files("facilitator_kit", "installer", "benchmarks"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = marks.search(line)
            if mark and not re.search(r"[\w]{3}", mark["reason"]):
                found.append(f"{path.relative_to(ROOT).as_posix()}:{number}")
    assert found == []


# What the hosts of package indexes are called, whichever they are.
INDEX_HOST = r"\b(?:pypi|(?:files|registry|deb|index|mirrors?)\.[\w-]+)\.(?:org|net|com|io)\b"
OWN_PLACE = r"(?<![\w.])/(?:root|work|tmp)/"


@pytest.mark.parametrize("trace", [INDEX_HOST, OWN_PLACE])
def test_no_file_names_a_registry_or_a_place_of_one_machine(trace: str) -> None:
    """A copy of the project works anywhere, with whatever index the machine has set."""
    word = re.compile(trace)
    assert [name for name, text in text_files() if word.search(text)] == []


def test_the_search_for_hosts_and_places_finds_them() -> None:
    for name in (("pypi", "org"), ("files", "host", "org"), ("registry", "host", "net")):
        assert re.search(INDEX_HOST, f"https://{'.'.join(name)}/simple")
    for place in ("root", "work", "tmp"):
        assert re.search(OWN_PLACE, f"cd /{place}/kit")
