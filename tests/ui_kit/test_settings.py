"""Settings: typed, kept whole, all of them documented; and the folders they live in."""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Event

import pytest

from facilitator_kit import settings
from facilitator_kit.paths import FONTS, HOME_VARIABLE, ICONS, UserFolders, content_folder
from facilitator_kit.settings import Settings

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.mark.parametrize("setting", settings.ALL, ids=lambda one: one.name)
def test_every_setting_is_documented_with_its_default(setting: settings.Setting[object]) -> None:
    default = json.dumps(setting.default)
    line = f"| `{setting.name}` | `{default}` | {setting.doc} |"
    assert line in DOCUMENT.read_text(encoding="utf-8").splitlines()


def test_no_documented_setting_is_unknown() -> None:
    rows = [
        line.split("`")[1]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert rows == [setting.name for setting in settings.ALL]


@pytest.mark.parametrize("setting", settings.ALL, ids=lambda one: one.name)
def test_every_default_is_acceptable(setting: settings.Setting[object]) -> None:
    assert setting.accepts(setting.default)


def test_a_setting_lives_until_the_next_start(tmp_path: Path) -> None:
    Settings(tmp_path).set(settings.TEXT_SCALE, 150)
    assert Settings(tmp_path).get(settings.TEXT_SCALE) == 150


def test_a_value_out_of_range_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    kept = Settings(tmp_path)
    with pytest.raises(ValueError, match="text_scale"):
        kept.set(settings.TEXT_SCALE, 300)
    assert kept.get(settings.TEXT_SCALE) == 100


@pytest.mark.parametrize("text", ["", "{", "[]", '{"theme": 7, "text_scale": true}'])
def test_a_damaged_file_gives_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / settings.FILE_NAME).write_text(text)
    kept = Settings(tmp_path)
    assert kept.get(settings.THEME) == "light"
    assert kept.get(settings.TEXT_SCALE) == 100


def test_a_setting_of_a_newer_version_survives(tmp_path: Path) -> None:
    file = tmp_path / settings.FILE_NAME
    file.write_text('{"from_the_future": 1}')
    Settings(tmp_path).set(settings.THEME, "dark")
    assert json.loads(file.read_text()) == {"from_the_future": 1, "theme": "dark"}


def test_what_is_handed_out_cannot_change_what_is_kept(tmp_path: Path) -> None:
    kept = Settings(tmp_path)
    kept.get(settings.PAGE_STATES)["hoy"] = {"tab": 1}
    kept.get(settings.RECENT_WORKSPACES).append("x")
    assert kept.get(settings.PAGE_STATES) == {}
    assert kept.get(settings.RECENT_WORKSPACES) == []


def test_recent_workspaces_are_few_newest_first_and_once_each(tmp_path: Path) -> None:
    kept = Settings(tmp_path)
    for number in [*range(10), 5]:
        kept.remember_workspace(Path(f"/w{number}"))
    assert kept.get(settings.RECENT_WORKSPACES) == [
        str(Path(f"/w{number}")) for number in (5, 9, 8, 7, 6, 4, 3, 2)
    ]
    kept.forget_workspace(Path("/w5"))
    assert kept.get(settings.LAST_WORKSPACE) == ""
    assert str(Path("/w5")) not in kept.get(settings.RECENT_WORKSPACES)


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    kept = Settings(blocked / "below")
    kept.set(settings.THEME, "dark")
    assert kept.get(settings.THEME) == "dark"


def test_a_portable_home_holds_every_folder(tmp_path: Path) -> None:
    folders = UserFolders.of_user({HOME_VARIABLE: str(tmp_path / "home")})
    folders.prepare()
    for folder in (folders.config, folders.state, folders.logs, folders.documents):
        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path / "home")


def test_the_users_own_folders_are_used_without_the_variable() -> None:
    folders = UserFolders.of_user({})
    assert "facilitator-kit" in str(folders.config)
    assert "facilitator-kit" in str(folders.logs)


def test_what_is_bundled_is_where_it_is_looked_for() -> None:
    assert (FONTS / "AtkinsonHyperlegibleNext-Regular.ttf").is_file()
    assert (FONTS / "OFL-AtkinsonHyperlegibleNext.txt").is_file()
    assert (FONTS / "OFL-NotoSans.txt").is_file()
    assert (ICONS / "printer.svg").is_file()
    assert (ICONS / "LICENSE-lucide.txt").is_file()
    assert content_folder().name == "content"


def test_a_slow_disk_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    awake = Event()
    sync = os.fsync

    def slow(number: int) -> None:
        assert awake.wait(timeout=20)
        sync(number)

    monkeypatch.setattr(os, "fsync", slow)
    kept = Settings(tmp_path, apart=True)
    kept.set(settings.THEME, "dark")
    kept.set(settings.TEXT_SCALE, 150)
    assert kept.get(settings.TEXT_SCALE) == 150
    assert Settings(tmp_path).get(settings.THEME) == settings.THEME.default, "it is not there yet"
    awake.set()
    kept.finish()
    found = Settings(tmp_path)
    assert (found.get(settings.THEME), found.get(settings.TEXT_SCALE)) == ("dark", 150)
