"""From a path in Formación to practice and back: what is practised touches nothing real."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from at_the_computer import Person
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from training_office import make_training_office, row_of

from facilitator_kit import settings as declared
from facilitator_kit.app import App
from facilitator_kit.practising import FOLDER, PracticeSession
from facilitator_kit.settings import Settings
from facilitator_kit.ui.pages.attendance import AttendanceTab
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.training_page import TrainingPage
from facilitator_kit.ui.tour import find_button
from facilitator_kit.ui.widgets import Button
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace.demo import REFERENCE_DATE


@pytest.fixture
def trainee(person: Person, copy_sample: Callable[[Path], Path]) -> Person:
    """Somebody in training, with today's practice institution made already."""
    office = person.folders.documents / "mi centro"
    person.folders.prepare()
    make_training_office(office)
    Settings(person.folders.config).remember_workspace(office)
    copy_sample(person.folders.state / FOLDER / REFERENCE_DATE.isoformat())
    return person


def formation(trainee: Person) -> tuple[App, MainWindow, TrainingPage]:
    app = trainee.start()
    window = trainee.opened(app)
    window.show_page("formacion")
    page = window.page
    assert isinstance(page, TrainingPage)
    trainee.qtbot.waitUntil(lambda: page.shown is not None)
    return app, window, page


def practising(trainee: Person, app: App, page: TrainingPage, task: str) -> PracticeSession:
    """Press the button of a task on the path, and wait for the practice window."""
    for block in page.shown.blocks if page.shown is not None else ():
        page.path._opened.add(block.module.code)
    page.path._draw()
    button = next(
        b
        for b in page.path.findChildren(Button)
        if b.accessibleName().startswith("Practicar:") and task in b.accessibleName()
    )
    trainee.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    trainee.qtbot.waitUntil(lambda: app.practising.session is not None, timeout=60_000)
    session = app.practising.session
    assert session is not None
    trainee.qtbot.waitUntil(lambda: not session.jobs.running, timeout=20_000)
    return session


def back(trainee: Person, app: App, session: PracticeSession) -> None:
    trainee.qtbot.mouseClick(session.frame.back, Qt.MouseButton.LeftButton)
    trainee.qtbot.waitUntil(lambda: app.practising.session is None, timeout=20_000)
    trainee.settle(app)


def test_a_roll_practised_is_noted_on_her_path(trainee: Person) -> None:
    app, window, page = formation(trainee)
    assert app.workspace is not None
    real = app.workspace.desk.store
    before = real.position
    session = practising(trainee, app, page, "Pasar lista")
    practice = session.window
    assert practice.isVisible()
    assert not window.isVisible()
    assert session.practice.workspace.folder != app.workspace.folder
    said = {label.text() for label in practice.findChildren(QLabel) if label.isVisible()}
    assert {"Práctica: nada de esto es real", "EJEMPLO", "Pasar lista de la última sesión"} <= said
    assert "formacion" not in practice._specs
    assert not session.frame.done

    # The roll that the fictitious group lacks, one key a person.
    kit = session.practice.workspace
    cohort = next(
        v
        for v in kit.courses.cohorts()
        if any(s.status == "pending" for s in kit.calendars.of(v.cohort.id)) and v.next_session
    )
    practice.show_page("cohortes", {"cohort": cohort.cohort.id, "tab": "attendance"})
    cohorts = practice.page
    assert isinstance(cohorts, CohortsPage)
    trainee.qtbot.waitUntil(lambda: cohorts.tab is not None)
    tab = cohorts.tab
    assert isinstance(tab, AttendanceTab)
    trainee.qtbot.waitUntil(lambda: tab.view.session >= 0)
    tab.view.setFocus()
    trainee.qtbot.keyClicks(tab.view, "p")
    trainee.qtbot.waitUntil(lambda: session.frame.done, timeout=10_000)
    assert session.frame.state.text() == "Hecha"
    assert real.position == before

    back(trainee, app, session)
    assert window.isVisible()
    assert real.position == before + 1
    assert row_of(app.workspace, "Lucía").tasks_done == 1
    # What was looked at while practising is not what this window remembers.
    assert app._settings.get(declared.LAST_PAGE) == "formacion"
    assert app._settings.get(declared.LAST_WORKSPACE) == str(app.workspace.folder)
    trainee.close(app)


def test_leaving_without_doing_it_notes_nothing(trainee: Person) -> None:
    app, window, page = formation(trainee)
    assert app.workspace is not None
    before = app.workspace.desk.store.position
    session = practising(trainee, app, page, "Pasar lista")
    session.window.close()
    trainee.qtbot.waitUntil(lambda: app.practising.session is None)
    trainee.settle(app)
    assert window.isVisible()
    assert app.workspace.desk.store.position == before
    # Again on the same day: the same fictitious institution, and the task is still to be done.
    again = practising(trainee, app, page, "Pasar lista")
    assert not again.frame.done
    back(trainee, app, again)
    trainee.close(app)


def test_a_task_without_trace_is_ticked_by_hand(trainee: Person) -> None:
    app, _window, page = formation(trainee)
    assert app.workspace is not None
    session = practising(trainee, app, page, "Mirar qué le falta")
    assert session.frame.told.isVisible()
    trainee.qtbot.keyClick(session.frame.told, Qt.Key.Key_Space)
    assert session.frame.done
    back(trainee, app, session)
    assert row_of(app.workspace, "Lucía").tasks_done == 1
    trainee.close(app)


def test_closing_the_program_while_practising_closes_both(trainee: Person) -> None:
    app, window, page = formation(trainee)
    session = practising(trainee, app, page, "Pasar lista")
    folder = session.practice.workspace.folder
    with trainee.qtbot.waitSignal(app.ended, timeout=20_000):
        window.close()
    assert app.practising.session is None
    # Both are closed: another start opens them again.
    again = trainee.start()
    trainee.opened(again)
    assert folder.is_dir()
    trainee.close(again)


def test_the_lock_hides_practice_too_and_brings_it_back(trainee: Person) -> None:
    app, window, page = formation(trainee)
    session = practising(trainee, app, page, "Pasar lista")
    cover = app.cover
    assert cover is not None
    session.window.lock_asked.emit()
    assert cover.locked
    assert not session.window.isVisible()
    pane = cover.pane
    assert pane is not None
    pane.button.click()
    trainee.qtbot.waitUntil(lambda: not cover.locked)
    assert session.window.isVisible()
    assert not window.isVisible()
    back(trainee, app, session)
    assert window.isVisible()
    trainee.close(app)


def test_in_practice_there_is_no_way_to_another_workspace(trainee: Person) -> None:
    app, window, page = formation(trainee)
    session = practising(trainee, app, page, "Pasar lista")
    session.window.show_page("resguardo")
    trainee.qtbot.waitUntil(lambda: find_button(session.window, "Cerrar y abrir otro") is not None)
    button = find_button(session.window, "Cerrar y abrir otro")
    assert button is not None
    trainee.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    trainee.qtbot.waitUntil(lambda: app.practising.session is None, timeout=20_000)
    assert window.isVisible()
    assert app.front_window is None
    trainee.close(app)
