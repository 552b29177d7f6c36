"""The language chosen in the program is still the language after it is started again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from facilitator_kit import app, cli


def test_starting_without_an_option_keeps_the_language_chosen_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str | None] = []

    def run(language: str | None) -> int:
        asked.append(language)
        return 0

    monkeypatch.setattr(app, "run_app", run)
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert cli.main([]) == 0
    assert cli.main(["--language", "en"]) == 0
    assert asked == [None, "en"]


def test_the_titles_of_windows_name_the_program_in_one_language(qapp: QApplication) -> None:
    app.speak_qt(qapp, "en")
    assert qapp.applicationDisplayName() == "Facilitation Kit"
    app.speak_qt(qapp, "es")
    assert qapp.applicationDisplayName() == "Kit de Facilitación"
