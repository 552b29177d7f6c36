"""Formación: a path walked by keyboard, quizzes with reasons, forms, the group, the constancia."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from training_office import (
    NOW,
    PACK,
    QUIZ_RIGHT,
    finish_training,
    make_training_office,
    open_training_office,
    row_of,
    the_group,
)

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.settings import Settings
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, ProblemsDialog
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.pages.followup import FollowUpTab
from facilitator_kit.ui.pages.graduation import GraduationPage
from facilitator_kit.ui.pages.graduation_ceremony import DONE, CeremonyDialog
from facilitator_kit.ui.pages.today_words import attention_words, matters
from facilitator_kit.ui.pages.training_forms import (
    ObservationDialog,
    ObservationForm,
    ObservationView,
    SelfAssessmentDialog,
)
from facilitator_kit.ui.pages.training_page import GROUP, TrainingPage
from facilitator_kit.ui.pages.training_quiz import QuizDialog
from facilitator_kit.ui.pages.training_start import EnrolInTrainingDialog, StartTrainingDialog
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.theme import Theme
from facilitator_kit.ui.tour import find_button, new_institution
from facilitator_kit.ui.widgets import Button, Scroll
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.training_views import NextKind

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ES = Texts("es")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training") / "office"
    make_training_office(folder)
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    kit, _clock = open_training_office(Path(shutil.copytree(made, tmp_path / "office")))
    yield kit
    kit.close()


@pytest.fixture
def clock(workspace: Workspace) -> FixedClock:
    found = workspace.desk.clock
    assert isinstance(found, FixedClock)
    return found


def context(qapp: QApplication, kit: Workspace, scale: int = 100) -> UiContext:
    theme = Theme("light", scale)
    theme.apply(qapp)
    ctx = UiContext(
        workspace=kit,
        texts=ES,
        theme=theme,
        icons=Icons(theme),
        jobs=Jobs(),
        settings=Settings(None),
        clock=kit.desk.clock,
    )
    kit.subscribe(ctx.notify)
    return ctx


@pytest.fixture
def ctx(
    qapp: QApplication, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[UiContext]:
    monkeypatch.setenv("FACILITATOR_KIT_HOME", str(tmp_path / "home"))
    found = context(qapp, workspace)
    yield found
    for widget in qapp.topLevelWidgets():
        widget.close()
    found.jobs.close()


def settle(ctx: UiContext, qtbot: QtBot) -> None:
    """Wait until nothing is going on, and what was made anew is shown."""
    qtbot.waitUntil(lambda: not ctx.jobs.running, timeout=20_000)
    qtbot.wait(30)


def shown(ctx: UiContext, qtbot: QtBot, **params: Any) -> TrainingPage:
    page = TrainingPage(ctx)
    qtbot.addWidget(page)
    ctx.changed.connect(lambda _change: page.refresh())
    page.resize(1140, 700)
    if params:
        page.open(params)
    page.refresh()
    page.show()
    settle(ctx, qtbot)
    return page


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> TrainingPage:
    return shown(ctx, qtbot)


def said(widget: QWidget) -> str:
    labels = widget.findChildren(QLabel)
    return plain(" ".join(label.text() for label in labels if label.isVisibleTo(widget)))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def top(kind: type[Any], qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=10_000)
    return QApplication.activeModalWidget()


def press(place: QWidget, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: find_button(place, words) is not None)
    button = find_button(place, words)
    assert button is not None, words
    qtbot.mouseClick(button, LEFT)


def asked(ctx: UiContext) -> list[tuple[str, dict[str, Any]]]:
    """Where pages were asked to go, as it happens."""
    found: list[tuple[str, dict[str, Any]]] = []
    ctx.navigated.connect(lambda name, params: found.append((name, params)))
    return found


# -- the path --------------------------------------------------------------------------------------


def test_her_own_path_is_shown_first(page: TrainingPage) -> None:
    names = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert names == ["Ríos, Lucía (usted)", "Díaz Soto, Norma", "Ibarra, Paz"]
    assert page.shown is not None
    assert page.shown.row.mine
    words = said(page)
    for part in (
        "La aplicación, con las manos puestas",
        "Es la sesión de hoy.",
        "4 de 8 h",
        "1 · Marco y género",
        "En curso",
        "Por venir",
        "Facilitaciones observadas",
        "0 de 2 observaciones",
        "2 cuestionarios por aprobar",
    ):
        assert part in words, part
    # No participant of a course is ever named here.
    assert "Mora" not in words


def test_the_next_step_is_one_press_of_enter(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    where = asked(ctx)
    assert page.path.next is not None
    page.path.next.setFocus()
    qtbot.keyClick(page.path.next, Key.Key_Return)
    session = ctx.workspace.calendars.of(the_group(ctx.workspace).id)[2]
    assert where == [("planeador", {"session": session.scheduled.id})]


def test_blocks_open_and_close_by_hand_and_stay_so(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    assert "Mirar qué le falta a una participante" not in said(page.path)
    press(page.path, "Ver el bloque 2", qtbot)
    settle(ctx, qtbot)
    assert "Mirar qué le falta a una participante" in said(page.path)
    page.refresh()
    settle(ctx, qtbot)
    assert "Mirar qué le falta a una participante" in said(page.path)
    press(page.path, "Cerrar el bloque 1", qtbot)
    settle(ctx, qtbot)
    # The keyboard stays where it was, on the same button made anew.
    focus = page.window().focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Ver el bloque 1"
    assert "El programa por dentro" not in said(page.path)


def test_another_person_is_a_row_away(page: TrainingPage, ctx: UiContext, qtbot: QtBot) -> None:
    page.people.setFocus()
    qtbot.keyClick(page.people.view, Key.Key_Down)
    settle(ctx, qtbot)
    assert page.shown is not None
    assert page.shown.participant.given_names == "Norma"
    # What is read again leaves her chosen, and the keyboard in the list.
    page.refresh()
    settle(ctx, qtbot)
    current = page.people.current()
    assert current is not None
    assert current.participant.given_names == "Norma"


def test_a_practice_is_asked_of_the_window(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    found: list[Any] = []
    ctx.practice_asked.connect(found.append)
    press(page.path, "Ver el bloque 2", qtbot)
    press(page.path, "Practicar: Pasar lista", qtbot)
    (one,) = found
    assert page.shown is not None
    assert (one.enrolment_id, one.task.code) == (page.shown.enrolment.id, "F34.2-P1")
    assert one.task.steps


# -- quizzes ---------------------------------------------------------------------------------------


def quiz(page: TrainingPage, qtbot: QtBot) -> QuizDialog:
    press(page.path, "Contestar el cuestionario", qtbot)
    found: QuizDialog = top(QuizDialog, qtbot)
    return found


def test_a_quiz_is_answered_by_keyboard_with_reasons_and_stored(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    dialog = quiz(page, qtbot)
    assert "Pregunta 1 de 3" in said(dialog)
    assert not dialog.primary.isEnabled()
    assert dialog.focusWidget() is dialog.options[0]
    qtbot.keyClick(dialog.focusWidget(), Key.Key_1)
    # Both her answer and the right one say why; the third says nothing.
    assert [option.verdict for option in dialog.options] == ["wrong", "right", "other"]
    words = said(dialog)
    assert "Quien ya estudia tiene otros apoyos" in words
    assert "Es a quienes se busca" in words
    assert "El empleo no es requisito" not in words
    assert dialog.options[0].accessibleName().startswith("Su respuesta")
    # A second key does not change what was answered.
    qtbot.keyClick(dialog, Key.Key_2)
    assert dialog.chosen == [0]
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    assert "Pregunta 2 de 3" in said(dialog)
    qtbot.keyClick(dialog.focusWidget(), Key.Key_1)
    assert dialog.options[0].verdict == "right"
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    # Enter on an option chooses it too.
    dialog.options[1].setFocus()
    qtbot.keyClick(dialog.options[1], Key.Key_Return)
    assert dialog.primary.text() == "Ver el resultado"
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    settle(ctx, qtbot)
    words = said(dialog)
    assert "2 de 3" in words
    assert "Todavía no" in words
    assert "La regla pide 3" in words
    assert row_of(ctx.workspace, "Lucía").quizzes_passed == 0

    # Again from the beginning, all right this time.
    press(dialog, "Intentarlo otra vez", qtbot)
    for right in QUIZ_RIGHT:
        qtbot.keyClick(dialog, Qt.Key(int(Key.Key_1) + right))
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
        settle(ctx, qtbot)
    assert "Aprobado" in said(dialog)
    assert dialog.primary.text() == "Cerrar"
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    settle(ctx, qtbot)
    assert row_of(ctx.workspace, "Lucía").quizzes_passed == 1
    assert "cuestionario 3 de 3" in said(page.path)


def test_after_a_quiz_the_keyboard_is_where_it_was_asked_for(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    name = "Contestar el cuestionario"
    button = find_button(page.path, name)
    assert button is not None
    name = button.accessibleName()
    button.setFocus()
    dialog = quiz(page, qtbot)
    for _question in QUIZ_RIGHT:
        qtbot.keyClick(dialog, Key.Key_1)
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    settle(ctx, qtbot)
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
    settle(ctx, qtbot)
    again = page.window().focusWidget()
    assert isinstance(again, Button)
    assert again.accessibleName() == name


def test_the_first_time_the_keyboard_waits_for_the_next_step(ctx: UiContext, qtbot: QtBot) -> None:
    page = TrainingPage(ctx)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    assert page.first_focus() is None
    settle(ctx, qtbot)
    assert page.path.next is not None
    assert page.path.next.hasFocus()


def test_the_next_step_is_in_sight_when_it_takes_the_keyboard(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    page.resize(1140, 400)
    settle(ctx, qtbot)
    scroll = next(one for one in page.findChildren(Scroll) if one.isAncestorOf(page.path))
    bar = scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert page.first_focus() is not None
    page.refresh()
    settle(ctx, qtbot)
    assert page.path.next is not None
    assert page.path.next.hasFocus()
    assert not page.path.next.visibleRegion().isEmpty()


def test_a_quiz_left_half_way_goes_on_where_it_was(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    dialog = quiz(page, qtbot)
    qtbot.keyClick(dialog, Key.Key_2)
    qtbot.keyClick(dialog, Key.Key_Escape)
    settle(ctx, qtbot)
    again = quiz(page, qtbot)
    assert "Pregunta 2 de 3" in said(again)
    assert again.chosen == [1]
    again.reject()
    assert row_of(ctx.workspace, "Lucía").quizzes_passed == 0


@pytest.mark.parametrize("scale", [100, 200])
def test_an_answered_quiz_is_never_cut_off(
    qapp: QApplication, workspace: Workspace, qtbot: QtBot, scale: int
) -> None:
    found = context(qapp, workspace, scale)
    try:
        page = shown(found, qtbot)
        dialog = quiz(page, qtbot)
        for number in range(3):
            qtbot.keyClick(dialog, Key.Key_1)
            qtbot.wait(20)
            assert not lacking(dialog), number
            qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
            settle(found, qtbot)
        qtbot.wait(20)
        assert not lacking(dialog)
        dialog.reject()
    finally:
        settle(found, qtbot)
        found.jobs.close()
        Theme().apply(qapp)


def lacking(window: QWidget) -> list[str]:
    """Words that have less room than they need."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible()
        and label.wordWrap()
        and label.heightForWidth(label.width()) - label.height() > 2
    ]


def test_after_the_deadline_a_try_is_kept_and_said_not_to_count(
    page: TrainingPage, ctx: UiContext, clock: FixedClock, qtbot: QtBot
) -> None:
    clock.set(clock.now().replace(year=2027, month=3))
    page.refresh()
    settle(ctx, qtbot)
    press(page.path, "Contestar el cuestionario", qtbot)
    dialog = top(QuizDialog, qtbot)
    for right in QUIZ_RIGHT:
        qtbot.keyClick(dialog, Qt.Key(int(Key.Key_1) + right))
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Return)
        settle(ctx, qtbot)
    assert "ya no cuenta" in said(dialog)
    dialog.reject()
    assert row_of(ctx.workspace, "Lucía").quizzes_passed == 0


# -- forms -----------------------------------------------------------------------------------------


def test_an_observation_is_written_down_by_keyboard(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    press(page.path, "Anotar observación", qtbot)
    dialog: ObservationDialog = top(ObservationDialog, qtbot)
    form = dialog.form
    assert isinstance(form, ObservationForm)
    # Nobody watches herself: the observer is asked for.
    assert form.fields["observed_by"].value() in (None, "")
    dialog.submit()
    assert dialog.isVisible()
    assert dialog.focusWidget() is form.fields["observed_session"].editor
    qtbot.keyClicks(dialog.focusWidget(), "Mi gasto")
    qtbot.keyClicks(form.fields["observed_by"].editor, "Norma Diaz")
    for name in ("agenda", "questions", "voices", "time"):
        first = form.fields[name].picks[0]
        first.setFocus()
        qtbot.keyClick(first, Key.Key_Space)
    last = form.fields["time"].picks[3]
    last.setFocus()
    qtbot.keyClick(last, Key.Key_Return)
    qtbot.keyClicks(form.fields["feedback_keep"].editor, "Escucha sin prisa")
    qtbot.keyClick(
        form.fields["feedback_keep"].editor, Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(ctx, qtbot)
    assert QApplication.activeModalWidget() is None
    assert page.shown is not None
    (found,) = page.shown.observations
    assert (found.session, found.observer, found.keep) == (
        "Mi gasto",
        "Norma Diaz",
        "Escucha sin prisa",
    )
    assert found.items[-1][1] == "No se observó"
    assert ctx.workspace.followup.drafts("survey_observation", page.shown.enrolment.id) == {}
    assert "1 de 2 observaciones" in said(page.path)

    # It can be read again, and taken away.
    press(page.path, "Ver la observación", qtbot)
    view: ObservationView = top(ObservationView, qtbot)
    assert "Escucha sin prisa" in said(view)
    press(view, "Quitar observación…", qtbot)
    press(top(Dialog, qtbot), "Quitar", qtbot)
    settle(ctx, qtbot)
    assert page.shown.observations == ()


def test_what_was_typed_in_an_observation_is_kept(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    press(page.path, "Anotar observación", qtbot)
    dialog: ObservationDialog = top(ObservationDialog, qtbot)
    form = dialog.form
    # The observed session is taken from those held lately.
    form._recent.editor.setCurrentIndex(0)
    form._recent.editor.activated.emit(0)
    assert form.fields["observed_session"].value().startswith("Mi plan · Grupo matutino")
    pick = form.fields["questions"].picks[1]
    qtbot.mouseClick(pick, LEFT)
    qtbot.keyClicks(form.fields["feedback_try"].editor, "Cerrar a tiempo")
    dialog.reject()
    settle(ctx, qtbot)
    press(page.path, "Anotar observación", qtbot)
    again = top(ObservationDialog, qtbot).form
    assert again.fields["observed_session"].value().startswith("Mi plan")
    assert again.fields["questions"].value() == "part"
    assert again.fields["feedback_try"].value() == "Cerrar a tiempo"
    QApplication.activeModalWidget().close()


def test_the_self_assessment_is_answered_and_corrected(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    press(page.path, "Autoevaluación: contestar", qtbot)
    dialog: SelfAssessmentDialog = top(SelfAssessmentDialog, qtbot)
    for name, place in (("plan", 2), ("listen", 1), ("care", 3)):
        pick = dialog.form.fields[name].picks[place]
        qtbot.mouseClick(pick, LEFT)
    dialog.submit()
    settle(ctx, qtbot)
    assert row_of(ctx.workspace, "Lucía").self_assessed
    assert "Contestada el 10 de noviembre de 2026" in said(page.path)
    press(page.path, "Autoevaluación: contestar", qtbot)
    again: SelfAssessmentDialog = top(SelfAssessmentDialog, qtbot)
    assert again.form.fields["listen"].value() == "2"
    qtbot.mouseClick(again.form.fields["listen"].picks[3], LEFT)
    again.submit()
    settle(ctx, qtbot)
    hers = row_of(ctx.workspace, "Lucía").enrolment.id
    (response,) = ctx.workspace.followup.responses(hers)
    assert response.wave is Wave.SELF_ASSESSMENT
    assert {a.name: a.value for a in response.answers}["listen"] == "4"


def test_forms_are_printed(page: TrainingPage, qtbot: QtBot) -> None:
    (action,) = [a for a in page.secondary_actions() if a.prints]
    action.run()
    qtbot.keyClick(top(Dialog, qtbot), Key.Key_Return)
    viewer: PdfDialog = top(PdfDialog, qtbot)
    qtbot.waitUntil(lambda: viewer.ready, timeout=10_000)
    assert viewer.document.pageCount() == 1


# -- groups ----------------------------------------------------------------------------------------


def test_the_group_is_one_row_a_person_and_enter_opens_her_path(
    ctx: UiContext, qtbot: QtBot
) -> None:
    page = shown(ctx, qtbot, view=GROUP)
    table = page.group.table
    rows = [
        [plain(str(table.model.index(row, column).data())) for column in range(8)]
        for row in range(table.model.rowCount())
    ]
    assert rows[1] == [
        "Díaz Soto, Norma",
        "4 de 8 h",
        "12 %",
        "0/2",
        "0/3",
        "0/2",
        "Pendiente",
        "Va a tiempo",
    ]
    assert rows[2][-1] == "Ya no alcanza"
    table.setFocus()
    table.select(row_of(ctx.workspace, "Paz").enrolment.id)
    qtbot.keyClick(table.view, Key.Key_Return)
    settle(ctx, qtbot)
    assert page.shown is not None
    assert page.shown.participant.given_names == "Paz"
    assert page.views.value() != GROUP


def test_people_join_a_group(page: TrainingPage, ctx: UiContext, qtbot: QtBot) -> None:
    page.enrol()
    dialog: EnrolInTrainingDialog = top(EnrolInTrainingDialog, qtbot)
    assert not dialog.people.myself.isVisible()
    dialog.submit()
    assert dialog.isVisible()  # no name yet
    others = dialog.people.others.editor
    qtbot.keyClicks(others, "Eva Luna")
    qtbot.keyClick(others, Key.Key_Return)
    qtbot.keyClicks(others, "Iris Sol")
    dialog.submit()
    settle(ctx, qtbot)
    settle(ctx, qtbot)
    assert page.shown is not None
    assert page.shown.participant.first_surname == "Luna"
    assert page.model.rowCount() == 5
    page.enrol()
    again: EnrolInTrainingDialog = top(EnrolInTrainingDialog, qtbot)
    qtbot.keyClicks(again.people.others.editor, "Iris Sol")
    again.submit()
    problems: ProblemsDialog = top(ProblemsDialog, qtbot)
    problems.accept()
    assert again.isVisible()
    again.reject()
    assert page.model.rowCount() == 5


def test_somebody_whose_enrolment_was_taken_back_gives_way_to_the_first(
    page: TrainingPage, ctx: UiContext, qtbot: QtBot
) -> None:
    page.enrol()
    dialog: EnrolInTrainingDialog = top(EnrolInTrainingDialog, qtbot)
    qtbot.keyClicks(dialog.people.others.editor, "Eva Luna")
    dialog.submit()
    settle(ctx, qtbot)
    settle(ctx, qtbot)
    assert page.shown is not None
    assert page.shown.participant.given_names == "Eva"
    ctx.workspace.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    settle(ctx, qtbot)
    assert page.shown is not None
    assert page.shown.participant.given_names == "Lucía"


def test_a_first_group_is_started_from_the_empty_page(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    clock = FixedClock(NOW)
    front = Front(clock, Ids.seeded(clock, 2), PACK)
    kit = front.create(tmp_path / "new", new_institution()).workspace
    ctx = context(qapp, kit)
    try:
        page = shown(ctx, qtbot)
        press(page, "Empezar una formación", qtbot)
        dialog: StartTrainingDialog = top(StartTrainingDialog, qtbot)
        settle(ctx, qtbot)
        assert "4 sesiones" in dialog.preview.label.text()
        assert dialog.people.myself.isChecked()
        # Everything is answered: one key starts it.
        qtbot.keyClick(dialog.primary, Key.Key_Return)
        settle(ctx, qtbot)
        settle(ctx, qtbot)
        assert page.shown is not None
        assert page.shown.row.mine
        assert page.shown.next.kind is NextKind.SESSION
        assert kit.courses.generations()[0].name == "Formación 2026"
        kit.undo()
        settle(ctx, qtbot)
        settle(ctx, qtbot)
        assert page.shown is None
        assert "Todavía no hay nadie en formación" in said(page)
    finally:
        for widget in qapp.topLevelWidgets():
            widget.close()
        settle(ctx, qtbot)
        ctx.jobs.close()
        kit.close()


# -- the constancia --------------------------------------------------------------------------------


def test_a_ready_person_leads_to_graduation_and_to_her_constancia(
    page: TrainingPage, ctx: UiContext, clock: FixedClock, qtbot: QtBot, tmp_path: Path
) -> None:
    hers = finish_training(ctx.workspace, clock, "Lucía")
    settle(ctx, qtbot)
    settle(ctx, qtbot)
    assert "Todo listo para su constancia" in said(page.path)
    where = asked(ctx)
    assert page.path.next is not None
    qtbot.mouseClick(page.path.next, LEFT)
    cohort = the_group(ctx.workspace).id
    assert where == [("graduacion", {"cohort": cohort, "person": hers})]
    page.show_view(GROUP)
    action = page.primary_action()
    assert action is not None
    assert action.text == "Preparar constancias (1)"

    graduation = GraduationPage(ctx)
    qtbot.addWidget(graduation)
    ctx.changed.connect(lambda _change: graduation.refresh())
    graduation.resize(1150, 700)
    graduation.open(where[0][1])
    graduation.refresh()
    graduation.show()
    settle(ctx, qtbot)
    settle(ctx, qtbot)
    words = said(graduation.reason)
    assert "Cuestionario: Marco y género" in words
    assert "Facilitaciones observadas" in words
    assert "Prácticas en la aplicación" in words
    graduation.prepare_ceremony()
    ceremony: CeremonyDialog = top(CeremonyDialog, qtbot)
    ceremony.use_folder(str(tmp_path / "entrega"))
    for _step in range(2):
        ceremony.submit()
        settle(ctx, qtbot)
    ceremony.submit()
    qtbot.waitUntil(lambda: ceremony.steps.currentIndex() == DONE, timeout=30_000)
    ceremony.reject()
    settle(ctx, qtbot)
    row = row_of(ctx.workspace, "Lucía")
    assert row.line is not None
    assert row.line.kind == "constancia"
    assert sorted(f.name for f in (tmp_path / "entrega").iterdir()) == [
        "acta-cr-personas-facilitadoras-2026.pdf",
        "certificados",
        "certificados.pdf",
        "hoja-entrega.pdf",
        "libro-registro.pdf",
    ]
    page.refresh()
    settle(ctx, qtbot)
    page.show_view("path")
    assert f"Constancia {row.line.folio}" in said(page.path)
    press(page.side, "Ver la constancia", qtbot)
    viewer: PdfDialog = top(PdfDialog, qtbot)
    qtbot.waitUntil(lambda: viewer.ready, timeout=10_000)
    viewer.reject()


def test_what_a_training_lacks_is_named_in_graduation(ctx: UiContext, qtbot: QtBot) -> None:
    graduation = GraduationPage(ctx)
    qtbot.addWidget(graduation)
    graduation.open(
        {
            "cohort": the_group(ctx.workspace).id,
            "person": row_of(ctx.workspace, "Norma").enrolment.id,
        }
    )
    graduation.resize(1150, 700)
    graduation.refresh()
    graduation.show()
    settle(ctx, qtbot)
    settle(ctx, qtbot)
    words = said(graduation.reason)
    assert "Sin contestar; pide 3 aciertos · hasta el 11 de enero de 2027" in words
    assert "Falta autoevaluación" in words
    where = asked(ctx)
    press(graduation.reason, "Abrir su formación", qtbot)
    assert where == [("formacion", {"person": row_of(ctx.workspace, "Norma").enrolment.id})]
    assert find_button(graduation.reason, "Capturar encuesta") is None


def test_in_cohorts_the_forms_of_a_training_are_pointed_to(ctx: UiContext, qtbot: QtBot) -> None:
    tab = FollowUpTab(ctx)
    qtbot.addWidget(tab)
    groups = {view.cohort.programme: view for view in ctx.workspace.courses.cohorts()}
    tab.show_cohort(groups["F34"])
    tab.refresh()
    tab.show()
    settle(ctx, qtbot)
    where = asked(ctx)
    assert tab.first_focus() is tab.open_training
    assert tab.primary_action() is None
    press(tab, "Abrir Formación", qtbot)
    assert where == [("formacion", {"cohort": groups["F34"].cohort.id})]
    tab.show_cohort(groups["CURSO"])
    tab.refresh()
    settle(ctx, qtbot)
    assert tab.table.isVisible()
    assert not tab.open_training.isVisible()


def test_today_speaks_of_people_in_training_and_leads_to_their_page(
    ctx: UiContext, clock: FixedClock
) -> None:
    kit = ctx.workspace
    hers = finish_training(kit, clock, "Lucía")
    kit.graduation.decide([hers], DecisionKind.GRADUATES)
    clock.set(clock.now().replace(month=12, day=1))
    told = [
        (words.pill, words.strong, words.text, words.target)
        for item in matters(kit.today.view().attention)
        if item.training
        for words in (attention_words(item, ES),)
    ]
    target = ("formacion", {"cohort": the_group(kit).id})
    assert told == [
        ("Ya no alcanza", "1 persona en formación", "no puede cumplir lo que falta", target),
        (
            "Formación",
            "2 personas en formación",
            "con pendientes; el primero vence el 12 dic",
            target,
        ),
        ("Listas", "1 persona en formación", "cumple todo para su constancia", target),
    ]


def test_every_button_has_a_name(page: TrainingPage) -> None:
    assert all(button.accessibleName() for button in page.findChildren(Button))
