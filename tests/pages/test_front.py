"""The front window: welcome, the wizard from the first question to the recovery key, the sample."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from facilitator_kit import settings as declared
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.i18n import Texts
from facilitator_kit.paths import UserFolders
from facilitator_kit.settings import Settings
from facilitator_kit.ui.bugs import BugReports
from facilitator_kit.ui.dialogs import Dialog, MessageDialog
from facilitator_kit.ui.front.front_window import KIT_FOLDER, SAMPLE_FOLDER, FrontWindow
from facilitator_kit.ui.front.wizard import SetupWizard
from facilitator_kit.ui.front.wizard_flow import Answers, Step, code_for
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tour import PASSPHRASE, Shown, find_button
from facilitator_kit.ui.widgets import breakable
from facilitator_kit.workspace import Front, Workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folders(tmp_path: Path) -> UserFolders:
    made = UserFolders(
        tmp_path / "config", tmp_path / "state", tmp_path / "logs", tmp_path / "documents"
    )
    made.prepare()
    return made


@pytest.fixture
def door(clock: FixedClock, core_files: dict[str, bytes]) -> Front:
    return Front(clock, Ids.seeded(clock, 21), core_files)


@pytest.fixture
def opened() -> list[Workspace]:
    """The workspaces that the window handed on."""
    return []


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def window(
    qapp: QApplication,
    qtbot: QtBot,
    folders: UserFolders,
    door: Front,
    jobs: Jobs,
    clock: FixedClock,
    opened: list[Workspace],
) -> Iterator[FrontWindow]:
    theme = Theme()
    theme.apply(qapp)
    look = Shown(Texts("es"), theme, Icons(theme))
    bugs = BugReports(folders.logs, clock)
    window = FrontWindow(look, jobs, door, Settings(None), folders, {}, bugs)
    window.opened.connect(opened.append)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    yield window
    window.close()
    for workspace in opened:
        workspace.close()


def settle(jobs: Jobs, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)


def press(window: FrontWindow | Dialog | SetupWizard, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: find_button(window, words) is not None)
    button = find_button(window, words)
    assert button is not None
    qtbot.mouseClick(button, LEFT)


def wizard_of(window: FrontWindow) -> SetupWizard:
    wizard = window.wizard
    assert wizard is not None
    return wizard


def write(wizard: SetupWizard, qtbot: QtBot, **texts: str) -> None:
    for name, text in texts.items():
        editor = wizard.field(name).editor
        editor.setFocus()
        qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(editor, text)


def test_an_institution_is_made_from_the_first_question_to_the_recovery_key(
    window: FrontWindow,
    jobs: Jobs,
    qtbot: QtBot,
    opened: list[Workspace],
    door: Front,
) -> None:
    press(window, "Crear mi institución", qtbot)
    wizard = wizard_of(window)
    write(wizard, qtbot, name="Secretaria de las Mujeres", city="Guadalajara")
    press(wizard, "Seguir", qtbot)
    write(wizard, qtbot, centre_name="Centro Reforma Norte")
    # The code is proposed while the name is typed.
    qtbot.waitUntil(lambda: wizard.field("centre_code").typed() == "CRN")
    press(wizard, "Seguir", qtbot)
    assert wizard.step is Step.PRINTING
    press(wizard, "Seguir", qtbot)
    write(wizard, qtbot, user_name="Lucia Rios", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
    press(wizard, "Crear la institución", qtbot)
    settle(jobs, qtbot)
    assert wizard.step is Step.RECOVERY

    # Its sheet can be printed before anything else; going on asks whether it was.
    press(wizard, "Imprimir la hoja…", qtbot)
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, PdfDialog)
    qtbot.waitUntil(lambda: viewer.ready)
    viewer.reject()
    press(wizard, "Empezar", qtbot)
    assert opened == []
    qtbot.keyClick(wizard.kept.editor, Qt.Key.Key_Space)
    press(wizard, "Empezar", qtbot)
    (workspace,) = opened
    institution = workspace.institution.get()
    assert institution.name == "Secretaria de las Mujeres"
    assert [centre.code for centre in workspace.institution.centres()] == ["CRN"]
    assert workspace.institution.user().name == "Lucia Rios"
    folder = workspace.folder
    assert folder.name == "Secretaria de las Mujeres"
    workspace.close()
    door.open(folder, PASSPHRASE).close()


def test_a_step_with_gaps_names_every_one_and_stays(window: FrontWindow, qtbot: QtBot) -> None:
    window.show_wizard()
    wizard = wizard_of(window)
    press(wizard, "Seguir", qtbot)
    assert wizard.step is Step.INSTITUTION
    wrong = [
        name
        for name in ("name", "short_name", "city", "state")
        if "Falta" in wizard.field(name).editor.accessibleDescription()
    ]
    assert wrong == ["name", "city"]


def test_going_back_keeps_what_was_typed(window: FrontWindow, qtbot: QtBot) -> None:
    window.show_wizard()
    wizard = wizard_of(window)
    write(wizard, qtbot, name="Instituto", city="Leon")
    press(wizard, "Seguir", qtbot)
    write(wizard, qtbot, centre_name="Centro Uno")
    press(wizard, "Atrás", qtbot)
    assert wizard.field("name").typed() == "Instituto"
    press(wizard, "Seguir", qtbot)
    assert wizard.field("centre_name").typed() == "Centro Uno"


def test_a_logo_that_cannot_be_printed_is_refused_at_once_and_one_kept_can_be_taken_away(
    window: FrontWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(name="Instituto", city="Leon", centre_name="Uno", centre_code="UN")
    window.show_wizard(answers)
    wizard = wizard_of(window)
    for _step in range(2):
        press(wizard, "Seguir", qtbot)
    image = io.BytesIO()
    Image.frombytes("RGB", (60, 30), random.Random(1).randbytes(5_400)).save(image, "PNG")
    whole = image.getvalue()
    files = {
        "carta.png": (b"Estimada", "no es una imagen"),
        "enorme.png": (whole + bytes(2_000_000), "2 MB"),
        "cortada.png": (whole[:2_000], "dañada"),
        "logo.png": (whole, ""),
        "otro.png": (whole, ""),
    }
    for name, (data, reason) in files.items():
        (tmp_path / name).write_bytes(data)
        chosen = (str(tmp_path / name), "")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, c=chosen: c)
        press(wizard, "Agregar logotipo…", qtbot)
        assert reason in wizard.logos.note.text()
        assert wizard.logos.note.isVisible() is bool(reason)
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "no-hay.png"), "")
    )
    press(wizard, "Agregar logotipo…", qtbot)
    assert "No se pudo leer" in wizard.logos.note.text()
    assert [name for name, _data in wizard.answers.logos] == ["logo.png", "otro.png"]
    qtbot.waitUntil(lambda: find_button(wizard, "Quitar otro.png") is not None)
    qtbot.keyClick(wizard.logos.add, Qt.Key.Key_Tab)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is find_button(wizard, "Quitar otro.png")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert [name for name, _data in wizard.answers.logos] == ["logo.png"]
    press(wizard, "Seguir", qtbot)
    assert wizard.step is Step.PROTECTION


def test_half_a_signature_is_pointed_out_and_none_is_no_fault(
    window: FrontWindow, qtbot: QtBot
) -> None:
    window.show_wizard(Answers(name="Instituto", city="Leon", centre_name="Uno", centre_code="UN"))
    wizard = wizard_of(window)
    for _step in range(2):
        press(wizard, "Seguir", qtbot)
    write(wizard, qtbot, signer_1="Nora Sol", title_2="Directora")
    press(wizard, "Seguir", qtbot)
    assert wizard.step is Step.PRINTING
    assert "cargo" in wizard.field("title_1").editor.accessibleDescription()
    assert "nombre" in wizard.field("signer_2").editor.accessibleDescription()
    write(wizard, qtbot, title_1="Titular")
    wizard.field("title_2").editor.setFocus()
    qtbot.keyClick(
        wizard.field("title_2").editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.keyClick(wizard.field("title_2").editor, Qt.Key.Key_Delete)
    press(wizard, "Seguir", qtbot)
    assert wizard.step is Step.PROTECTION
    assert wizard.answers.signatories == (("Nora Sol", "Titular"), ("", ""))


def test_two_passphrases_that_differ_make_nothing(
    window: FrontWindow, folders: UserFolders, qtbot: QtBot, opened: list[Workspace]
) -> None:
    answers = Answers(
        name="Instituto", city="Leon", centre_name="Uno", centre_code="UN", user_name="Ana"
    )
    window.show_wizard(answers)
    wizard = wizard_of(window)
    for _step in range(3):
        press(wizard, "Seguir", qtbot)
    write(wizard, qtbot, passphrase="corta", passphrase_again="otra")
    press(wizard, "Crear la institución", qtbot)
    assert "muy corta" in wizard.field("passphrase").editor.accessibleDescription()
    assert "iguales" in wizard.field("passphrase_again").editor.accessibleDescription()
    assert wizard.step is Step.PROTECTION
    assert opened == []
    assert not any((folders.documents / KIT_FOLDER).glob("*"))


def test_a_folder_that_is_no_workspace_is_refused_and_left_alone(
    window: FrontWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "fotos"
    folder.mkdir()
    (folder / "playa.txt").write_text("arena", encoding="utf-8")
    window.ask_to_open(folder)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MessageDialog)
    dialog.accept()
    assert window.welcome is not None
    assert [file.name for file in folder.iterdir()] == ["playa.txt"]


def test_the_sample_is_opened_without_questions_where_it_was_made_before(
    window: FrontWindow,
    folders: UserFolders,
    workspace_template: Path,
    jobs: Jobs,
    qtbot: QtBot,
    opened: list[Workspace],
) -> None:
    place = folders.documents / KIT_FOLDER / SAMPLE_FOLDER
    shutil.copytree(workspace_template, place)
    press(window, "Abrir el centro de ejemplo", qtbot)
    settle(jobs, qtbot)
    assert [workspace.folder for workspace in opened] == [place]


def test_a_sample_in_use_is_not_made_again(
    window: FrontWindow,
    folders: UserFolders,
    door: Front,
    workspace_template: Path,
    jobs: Jobs,
    qtbot: QtBot,
) -> None:
    place = folders.documents / KIT_FOLDER / SAMPLE_FOLDER
    shutil.copytree(workspace_template, place)
    window.show_welcome()
    in_use = door.open(place)
    press(window, "Hacerlo de nuevo, con fechas de hoy", qtbot)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, Dialog)
    press(asked, "Hacerlo de nuevo", qtbot)
    settle(jobs, qtbot)
    refusal = QApplication.activeModalWidget()
    assert isinstance(refusal, MessageDialog)
    refusal.accept()
    assert in_use.courses.cohorts()
    in_use.close()


def test_a_sample_that_is_cancelled_leaves_nothing(
    window: FrontWindow, folders: UserFolders, jobs: Jobs, qtbot: QtBot
) -> None:
    press(window, "Abrir el centro de ejemplo", qtbot)
    qtbot.waitUntil(lambda: bool(jobs.running))
    for job in jobs.running:
        job.cancel()
    settle(jobs, qtbot)
    place = folders.documents / KIT_FOLDER
    assert not place.exists() or not any(place.iterdir())
    modal = QApplication.activeModalWidget()
    if modal is not None:
        modal.close()


def test_language_colours_and_size_are_chosen_on_the_welcome_page(
    window: FrontWindow, qtbot: QtBot
) -> None:
    welcome = window.welcome
    assert welcome is not None
    with qtbot.waitSignal(window.rebuild_asked):
        welcome.looks.setFocus()
        qtbot.keyClick(welcome.looks, Qt.Key.Key_Down)
    assert window.settings.get(declared.LANGUAGE) == "en"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Centro Reforma", "CR"),
        ("Centro de Justicia para las Mujeres del Norte", "CJMN"),
        ("Ágora", "AGO"),
        ("", ""),
    ],
)
def test_a_code_is_proposed_from_the_words_of_a_name(name: str, code: str) -> None:
    assert code_for(name) == code


def test_enter_in_a_field_goes_on_and_tab_comes_to_going_on_first(
    window: FrontWindow, qtbot: QtBot
) -> None:
    window.show_wizard()
    wizard = wizard_of(window)
    with qtbot.waitActive(window):
        window.activateWindow()
    last = wizard.field("programme_name").editor
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Tab)
    assert window.focusWidget() is wizard.next
    write(wizard, qtbot, name="Instituto", city="Leon")
    qtbot.keyClick(wizard.field("city").editor, Qt.Key.Key_Return)
    assert wizard.step is Step.CENTRE


def test_leaving_the_wizard_and_coming_back_loses_nothing_but_the_passphrase(
    window: FrontWindow, qtbot: QtBot
) -> None:
    window.show_wizard()
    write(wizard_of(window), qtbot, name="Instituto", city="Leon")
    press(wizard_of(window), "Volver al inicio", qtbot)
    window.show_wizard()
    wizard = wizard_of(window)
    assert wizard.field("name").typed() == "Instituto"
    assert wizard.field("city").typed() == "Leon"


def test_the_folder_can_be_chosen_and_a_full_one_gets_a_folder_inside(
    window: FrontWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "memoria"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    window.show_wizard(Answers(name="Instituto", city="Leon", centre_name="Uno", centre_code="UN"))
    wizard = wizard_of(window)
    for _step in range(3):
        press(wizard, "Seguir", qtbot)
    press(wizard, "Elegir otra carpeta…", qtbot)
    assert wizard.answers.folder == stick
    (stick / "tarea.txt").write_text("x")
    press(wizard, "Elegir otra carpeta…", qtbot)
    assert wizard.answers.folder == stick / "Instituto"
    assert breakable(stick / "Instituto") in wizard.place.label.text()
