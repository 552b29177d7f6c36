"""The locks: everything pinned and hashed, no index named, and one licence policy for all of it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer import notices
from installer.environment import RUN_LOCK, TEST_LOCK, UV_LOCK

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [RUN_LOCK, TEST_LOCK, UV_LOCK]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[ ]", name)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_part_is_pinned_and_hashed(lock: Path) -> None:
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    entries = [entry for entry in entries if re.match(r"[A-Za-z0-9]", entry)]
    assert entries
    unsafe = [
        entry.splitlines()[0]
        for entry in entries
        if not re.match(r"[\w.-]+==\S+", entry)
        or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]
    assert unsafe == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_a_host_or_an_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert re.findall(r"\S*(?:://|--index|--extra|--find-links|-i ).*", text) == []


def test_what_is_tested_is_what_is_run() -> None:
    run, test = notices.locked(RUN_LOCK), notices.locked(TEST_LOCK)
    assert {name: test.get(name) for name in run} == run


def test_the_locks_hold_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = set(map(plain, project["project"]["dependencies"]))
    assert asked <= set(map(plain, notices.locked(RUN_LOCK)))
    tools = set(map(plain, project["dependency-groups"]["dev"]))
    assert tools <= set(map(plain, notices.locked(TEST_LOCK)))


@pytest.mark.parametrize("name", sorted(notices.locked(RUN_LOCK)))
def test_the_licence_of_every_part_lets_the_kit_be_given_to_anyone(name: str) -> None:
    assert notices.licence_of(name, distribution(name)) in notices.ALLOWED


def test_a_licence_read_by_hand_belongs_to_a_part_that_is_still_used() -> None:
    assert {*notices.READ, *notices.INSIDE} <= set(notices.locked(RUN_LOCK))


def test_the_third_party_notices_are_those_of_the_lock() -> None:
    """Written again by `python -m installer.notices`."""
    assert notices.OUTPUT.read_text(encoding="utf-8") == notices.render()


def test_fonts_and_icons_come_with_their_licences() -> None:
    with_licence = {Path(name).parent for name, _text in notices.bundled()}
    fonts = {
        path.relative_to(ROOT).parent
        for path in (ROOT / "facilitator_kit").rglob("*")
        if path.suffix in (".ttf", ".otf", ".svg")
    }
    assert fonts
    assert fonts <= with_licence
