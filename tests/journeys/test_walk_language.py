"""The language chosen in the program is still the language after it is started again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QTreeView
from pytestqt.qtbot import QtBot

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


ENGLISH = {
    "Look in",
    "Files of",
    "File",
    "Folder",
    "Open",
    "Save",
    "Cancel",
    "Name",
    "Size",
    "Type",
}


@pytest.mark.parametrize("mode", list(QFileDialog.AcceptMode))
def test_qts_file_dialog_speaks_spanish_through_and_through(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, mode: QFileDialog.AcceptMode
) -> None:
    (tmp_path / "carpeta").mkdir()
    (tmp_path / "lista.csv").write_text("a")
    app.speak_qt(qapp, "es")
    dialog = QFileDialog(None, "Elegir", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.findChild(QTreeView)
    assert table is not None
    model = table.model()
    qtbot.waitUntil(lambda: model.rowCount(table.rootIndex()) == 2)
    said = [one.text() for one in dialog.findChildren(QLabel)]
    said += [one.text() for one in dialog.findChildren(QAbstractButton)]
    said += [one.accessibleDescription() for one in dialog.findChildren(QAbstractButton)]
    said += [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(4)]
    said += [str(model.index(row, 2, table.rootIndex()).data()) for row in range(2)]
    plain = {text.replace("&", "").rstrip(":") for text in said if text}
    assert {"Buscar en", "Nombre del archivo", "Tipo de archivo", "Carpeta", "Cancelar"} <= plain
    assert "Ir a la carpeta de arriba" in plain
    assert not {text for text in plain if text.split(" File")[0] in ENGLISH}


def test_english_stays_english(qapp: QApplication, qtbot: QtBot) -> None:
    app.speak_qt(qapp, "en")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    said = {one.text().replace("&", "") for one in dialog.findChildren(QLabel)}
    assert {"Look in:", "File name:", "Files of type:"} <= said
    app.speak_qt(qapp, "es")
