"""The whole application on folders of its own, driven as a person drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from at_the_computer import Person
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import Settings
from facilitator_kit.ui.theme import Theme


@pytest.fixture
def person(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    home = tmp_path / "home"
    folders = UserFolders(home / "config", home / "state", home / "logs", home / "documents")
    person = Person(qapp, qtbot, folders)
    yield person
    for app in person.apps:
        app.shut()
    Theme().apply(qapp)


@pytest.fixture
def with_sample(person: Person, copy_sample: Callable[[Path], Path]) -> Person:
    """Somebody who opened the sample before."""
    copy_sample(person.sample_folder)
    person.folders.prepare()
    Settings(person.folders.config).remember_workspace(person.sample_folder)
    return person
