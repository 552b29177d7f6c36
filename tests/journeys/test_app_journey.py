"""From a fresh start to what each woman lacks; and all the ways in and out of a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3
from at_the_computer import Person
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from facilitator_kit.app import App
from facilitator_kit.clock import Ids
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.monitoring.records import Mark, Participant
from facilitator_kit.paths import content_folder
from facilitator_kit.store.backup import Backups
from facilitator_kit.ui.dialogs import Dialog, MessageDialog
from facilitator_kit.ui.front.restore import RestoreDialog
from facilitator_kit.ui.pages.attendance import AttendanceTab
from facilitator_kit.ui.pages.backups_page import BackupsPage
from facilitator_kit.ui.pages.backups_secrets import PassphraseDialog
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.graduation import GraduationPage
from facilitator_kit.ui.pages.settings_looks import LooksSection
from facilitator_kit.ui.pages.settings_page import SettingsPage
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.tour import PASSPHRASE, find_button, new_institution
from facilitator_kit.ui.widgets import Label
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace import Front, Opened

LEFT = Qt.MouseButton.LeftButton


def press(person: Person, place: QWidget, words: str) -> None:
    """Click the button with these words, once it is there."""
    person.qtbot.waitUntil(lambda: find_button(place, words) is not None)
    button = find_button(place, words)
    assert button is not None
    person.qtbot.mouseClick(button, LEFT)


def in_front(person: Person, window: QWidget) -> None:
    window.activateWindow()
    person.qtbot.waitUntil(window.isActiveWindow)


def key(person: Person, window: QWidget, key: Qt.Key, *, alt: bool = False) -> None:
    modifier = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    in_front(person, window)
    person.qtbot.keyClick(window.focusWidget() or window, key, modifier)


@pytest.fixture
def real(person: Person) -> Opened:
    """An institution of somebody's own, made before and closed again."""
    made = door(person).create(person.folders.documents / "mi centro", new_institution())
    made.workspace.close()
    person.folders.prepare()
    return made


def door(person: Person) -> Front:
    core = pack_files_from_folder(content_folder() / "core")
    return Front(person.clock, Ids(person.clock), core)


def unlocked(person: Person, app: App, folder: Path, passphrase: str = PASSPHRASE) -> MainWindow:
    front = app.front_window
    assert front is not None
    front.ask_to_open(folder)
    pane = front.unlock
    assert pane is not None
    person.qtbot.keyClicks(pane.passphrase.editor, passphrase)
    person.qtbot.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    return person.opened(app)


def test_a_new_user_comes_from_nothing_to_what_each_woman_lacks(person: Person) -> None:
    app = person.start()
    front = app.front_window
    assert front is not None
    assert front.welcome is not None
    assert front.focusWidget() is front.welcome.sample

    # Enter alone makes the sample and opens it.
    key(person, front, Qt.Key.Key_Return)
    window = person.opened(app)
    assert window.page_key == "hoy"
    workspace = app.workspace
    assert workspace is not None

    # Tomorrow's session, and its agenda on paper.
    press(person, window, "Imprimir agenda")
    viewer = person.dialog()
    assert isinstance(viewer, PdfDialog)
    person.qtbot.waitUntil(lambda: viewer.ready)
    assert viewer.document.pageCount() == 1
    person.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    press(person, window, "Abrir la sesión")
    person.settle(app)
    assert window.page_key == "planeador"

    # The roll of the last session held, typed with one key a person.
    running = next(
        v for v in workspace.courses.cohorts() if v.next_session and v.sessions_held < v.sessions
    )
    window.show_page("cohortes", {"cohort": running.cohort.id, "tab": "attendance"})
    page = window.page
    assert isinstance(page, CohortsPage)
    person.qtbot.waitUntil(lambda: page.tab is not None)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    person.qtbot.waitUntil(lambda: tab.view.session >= 0)
    session = tab.view.session
    before = workspace.attendance.grid(running.cohort.id).rows
    expected = [place for place, row in enumerate(before) if row.expected[session]]
    assert expected
    assert all(before[place].marks[session] is None for place in expected)
    tab.view.setFocus()
    person.qtbot.keyClicks(tab.view, "p" * (len(expected) - 1) + "a")
    person.settle(app)
    after = workspace.attendance.grid(running.cohort.id).rows
    marks = [mark.mark for place in expected if (mark := after[place].marks[session])]
    assert marks == [Mark.PRESENT] * (len(expected) - 1) + [Mark.ABSENT]

    # What each of them still lacks.
    shown = [v.key for v in _entries(window)]
    key_of_page = Qt.Key(int(Qt.Key.Key_1) + shown.index("graduacion"))
    key(person, window, key_of_page, alt=True)
    person.settle(app)
    graduation = window.page
    assert isinstance(graduation, GraduationPage)
    person.settle(app)
    window.show_page("graduacion", {"cohort": running.cohort.id})
    person.qtbot.waitUntil(lambda: graduation.table.model.rowCount() == len(before))
    person.close(app)
    assert _backups(person.sample_folder)


def _entries(window: MainWindow) -> list[object]:
    return [spec for spec in window._specs.values() if not spec.hidden]


def _backups(folder: Path) -> list[Path]:
    return [file for file in (folder / "backups").iterdir() if file.is_file()]


def test_the_workspace_of_last_time_opens_by_itself(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    assert window.page_key == "hoy"
    window.show_page("informes")
    with_sample.close(app)
    again = with_sample.start()
    assert with_sample.opened(again).page_key == "informes"


def test_a_second_start_on_the_same_workspace_is_refused_politely(with_sample: Person) -> None:
    first = with_sample.start()
    with_sample.opened(first)
    second = with_sample.start()
    dialog = with_sample.dialog()
    assert isinstance(dialog, MessageDialog)
    assert "ya está abierto" in dialog.accessibleDescription()
    dialog.accept()
    assert second.window is None
    assert second.front_window is not None
    assert second.front_window.welcome is not None


def test_closing_stores_what_was_typed_and_makes_a_checked_backup(
    person: Person, real: Opened
) -> None:
    folder = real.workspace.folder
    app = person.start()
    window = unlocked(person, app, folder)
    window.show_page("ajustes", {"section": "institution"})
    page = window.page
    assert isinstance(page, SettingsPage)
    field = page.section.fields["name"]
    field.editor.selectAll()
    person.qtbot.keyClicks(field.editor, "Secretaria de las Mujeres")
    person.close(app)
    workspace = door(person).open(folder, PASSPHRASE)
    assert workspace.institution.get().name == "Secretaria de las Mujeres"
    assert workspace.last_backup() is not None
    assert not workspace.unsaved_in_backup()
    workspace.close()


def test_a_full_disk_on_closing_is_told_and_everything_closes(
    person: Person, real: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = real.workspace.folder
    app = person.start()
    window = unlocked(person, app, folder)
    ended: list[bool] = []
    app.ended.connect(lambda: ended.append(True))

    def full(*_args: object) -> None:
        raise sqlcipher3.dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr(Backups, "_copy", full)
    window.close()
    dialog = person.dialog()
    assert isinstance(dialog, MessageDialog)
    assert any("No hay espacio" in label.text() for label in dialog.findChildren(Label))
    assert not ended
    press(person, dialog, "Entendido")
    person.qtbot.waitUntil(lambda: bool(ended))
    assert list((folder / "backups").iterdir()) == []
    door(person).open(folder, PASSPHRASE).close()


def test_a_wrong_passphrase_is_told_at_its_field(person: Person, real: Opened) -> None:
    app = person.start()
    front = app.front_window
    assert front is not None
    front.ask_to_open(real.workspace.folder)
    pane = front.unlock
    assert pane is not None
    person.qtbot.keyClicks(pane.passphrase.editor, "otra cosa")
    person.qtbot.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    person.settle(app)
    assert app.window is None
    assert "no es correcta" in pane.passphrase.editor.accessibleDescription()
    person.qtbot.keyClicks(pane.passphrase.editor, PASSPHRASE)
    person.qtbot.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    person.opened(app)


def test_the_recovery_key_opens_and_a_new_passphrase_comes_first(
    person: Person, real: Opened
) -> None:
    app = person.start()
    front = app.front_window
    assert front is not None
    front.ask_to_open(real.workspace.folder)
    pane = front.unlock
    assert pane is not None
    press(person, pane, "Usar la clave de recuperación")
    words = [label.text() for label in pane.findChildren(Label)]
    assert "Escriba la clave de recuperación de este espacio de trabajo." in words
    person.qtbot.keyClicks(pane.recovery.editor, real.recovery_key.lower())
    person.qtbot.keyClick(pane.recovery.editor, Qt.Key.Key_Return)
    person.opened(app)
    dialog = person.dialog()
    assert isinstance(dialog, PassphraseDialog)
    person.qtbot.keyClicks(dialog.first.editor, "una frase muy nueva")
    person.qtbot.keyClicks(dialog.again.editor, "una frase muy nueva")
    press(person, dialog, "Cambiar")
    person.settle(app)
    person.close(app)
    door(person).open(real.workspace.folder, "una frase muy nueva").close()


def test_the_lock_hides_windows_and_dialogs_until_the_passphrase(
    person: Person, real: Opened
) -> None:
    app = person.start()
    window = unlocked(person, app, real.workspace.folder)
    window.show_page("ajustes", {"section": "centres"})
    press(person, window, "Agregar centro")
    dialog = person.dialog()
    assert isinstance(dialog, Dialog)
    cover = app.cover
    assert cover is not None
    window.lock_asked.emit()
    assert not window.isVisible()
    assert not dialog.isVisible()
    late = MessageDialog(dialog.look, "Tarde", "Nadie debe verlo", parent=window)
    late.open()
    assert not late.isVisible()
    pane = cover.pane
    assert pane is not None
    person.qtbot.keyClicks(pane.passphrase.editor, "otra cosa")
    person.qtbot.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    person.settle(app)
    assert cover.locked
    pane.passphrase.set_draft(PASSPHRASE)
    person.qtbot.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    person.qtbot.waitUntil(lambda: not cover.locked)
    assert window.isVisible()
    assert dialog.isVisible()
    assert late.isVisible()
    late.accept()
    dialog.reject()


def test_another_language_rebuilds_the_window_on_the_same_page(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    window.show_page("ajustes", {"section": "looks"})
    page = window.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, LooksSection)
    press(with_sample, section.language, "English")
    with_sample.qtbot.waitUntil(lambda: app.window is not window)
    rebuilt = with_sample.opened(app)
    assert rebuilt.page_key == "ajustes"
    assert isinstance(rebuilt.page, SettingsPage)
    assert isinstance(rebuilt.page.section, LooksSection)
    assert rebuilt.page.title() != "Ajustes"
    with_sample.close(app)


def test_one_can_close_a_workspace_and_open_another(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    window.show_page("resguardo")
    press(with_sample, window, "Cerrar y abrir otro")
    with_sample.qtbot.waitUntil(lambda: app.front_window is not None, timeout=20_000)
    front = app.front_window
    assert front is not None
    assert front.welcome is not None
    press(with_sample, front, "Abrir el centro de ejemplo")
    with_sample.opened(app)


def test_a_backup_is_restored_into_a_new_place_and_opens(person: Person, real: Opened) -> None:
    folder = real.workspace.folder
    app = person.start()
    window = unlocked(person, app, folder)
    window.show_page("resguardo")
    press(person, window, "Hacer copia ahora")
    page = window.page
    assert isinstance(page, BackupsPage)
    person.settle(app)
    press(person, window, "Restaurar…")
    press(person, person.dialog(), "Cerrar y restaurar")
    person.qtbot.waitUntil(
        lambda: isinstance(QApplication.activeModalWidget(), RestoreDialog), timeout=20_000
    )
    dialog = person.dialog()
    assert isinstance(dialog, RestoreDialog)
    # A refusal is below everything that was asked, and seen all the same.
    person.qtbot.keyClicks(dialog.secret.editor, "otra cosa")
    press(person, dialog, "Restaurar")
    person.qtbot.waitUntil(lambda: bool(dialog._refusal.label.text()), timeout=20_000)
    person.qtbot.waitUntil(lambda: not dialog._refusal.visibleRegion().isEmpty())
    person.qtbot.waitUntil(
        lambda: dialog._refusal.visibleRegion().boundingRect() == dialog._refusal.rect()
    )
    dialog.secret.editor.selectAll()
    person.qtbot.keyClicks(dialog.secret.editor, PASSPHRASE)
    press(person, dialog, "Restaurar")
    person.qtbot.waitUntil(
        lambda: app.front_window is not None and app.front_window.unlock is not None
    )
    assert app.front_window is not None
    pane = app.front_window.unlock
    assert pane is not None
    person.qtbot.keyClicks(pane.passphrase.editor, PASSPHRASE)
    person.qtbot.keyClick(pane.passphrase.editor, Qt.Key.Key_Return)
    person.opened(app)
    assert app.workspace is not None
    assert app.workspace.folder != folder
    assert app.workspace.graduation is not None


def test_the_command_field_finds_people_and_sessions(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    workspace = app.workspace
    assert workspace is not None
    someone = workspace.desk.store.find(Participant, order_by="code", limit=1)[0]
    person, code = with_sample, someone.code
    in_front(person, window)
    window.header.start_commands()
    person.qtbot.keyClicks(window.commands.edit, code)
    person.qtbot.keyClick(window.commands.edit, Qt.Key.Key_Return)
    person.qtbot.waitUntil(lambda: window.page_key == "cohortes")


def test_the_text_size_is_kept_for_the_next_start(with_sample: Person) -> None:
    app = with_sample.start()
    window = with_sample.opened(app)
    window.show_page("ajustes", {"section": "looks"})
    page = window.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, LooksSection)
    press(with_sample, section.scale, "150")
    with_sample.qtbot.waitUntil(lambda: app.window is not window)
    with_sample.opened(app)
    with_sample.close(app)
    assert with_sample.start().theme.scale == 150
