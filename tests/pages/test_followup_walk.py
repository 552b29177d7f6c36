"""Surveys and contacts by keyboard alone: what is left half done is found again, and finished.

1. A form left half done says so in the list, on Hoy, and can be thrown away.
2. Storing gives the keyboard back to the list; a refusal shows its field.
3. Undoing a stored survey empties its form again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.cohorts_page import CohortsPage
from facilitator_kit.ui.pages.followup import FollowUpTab
from facilitator_kit.ui.pages.followup_forms import ContactForm, SurveyForm
from facilitator_kit.ui.pages.today_words import attention_words, matters
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.followup import CONTACT_FORM
from facilitator_kit.workspace.views import AttentionKind

Tab = Callable[[], FollowUpTab]


def settle(qtbot: QtBot, ctx: UiContext) -> None:
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    qtbot.wait(20)


@pytest.fixture
def tab(qtbot: QtBot, ctx: UiContext) -> Tab:
    """Open the tab as the window does."""

    def opened() -> FollowUpTab:
        page = CohortsPage(ctx)
        qtbot.addWidget(page)
        ctx.changed.connect(lambda _change: page.refresh())
        page.open({"tab": "followup"})
        page.refresh()
        page.resize(1130, 700)
        page.show()
        qtbot.waitExposed(page)
        settle(qtbot, ctx)
        found = page.tab
        assert isinstance(found, FollowUpTab)
        qtbot.waitUntil(lambda: found.form is not None)
        settle(qtbot, ctx)
        page.activateWindow()
        return found

    return opened


def cells(tab: FollowUpTab, row: int = 0) -> list[str]:
    model = tab._model
    return [str(model.index(row, place).data() or "") for place in range(model.columnCount())]


def in_sight(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == QRect(QPoint(0, 0), widget.size())


def survey(tab: FollowUpTab, qtbot: QtBot, ctx: UiContext) -> SurveyForm:
    tab._choose_part("entry")
    settle(qtbot, ctx)
    assert isinstance(tab.form, SurveyForm)
    return tab.form


def answer(form: SurveyForm, workspace: Workspace) -> None:
    for question in workspace.followup.instrument(Wave.ENTRY).questions:
        if question.required:
            form.fields[question.name].set_value(question.choices[0].name)


def test_a_survey_left_half_done_is_found_again(
    tab: Tab, qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    shown = tab()
    shown.table.view.selectRow(2)
    settle(qtbot, ctx)
    form = survey(shown, qtbot, ctx)
    whose = shown.table.current()
    assert whose is not None
    qtbot.keyClicks(form.fields["age"].editor, "treinta")
    form.fields["age"].commit()
    settle(qtbot, ctx)

    (matter,) = [
        one for one in matters(workspace.today.view().attention) if one.kind is AttentionKind.DRAFTS
    ]
    words = attention_words(matter, ctx._)
    assert (words.strong, words.text) == ("1 formulario", "sin terminar")
    # As after a restart: another page on the same workspace.
    page = CohortsPage(ctx)
    qtbot.addWidget(page)
    assert words.target[0] == "cohortes"
    page.open(words.target[1])
    page.refresh()
    page.show()
    settle(qtbot, ctx)
    again = page.tab
    assert isinstance(again, FollowUpTab)
    found = again.table.current()
    assert found is not None
    assert found.enrolment.id == whose.enrolment.id
    assert cells(again, again._model.rows.index(found))[2] == "Borrador"
    assert isinstance(again.form, SurveyForm)
    assert again.form.fields["age"].typed() == "treinta"
    assert not again.form.fields["age"].valid()


def test_a_contact_left_half_done_is_told_and_can_be_thrown_away(
    tab: Tab, qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    shown = tab()
    form = shown.form
    assert isinstance(form, ContactForm)
    assert not form.discard.isVisible()
    qtbot.keyClicks(form.fields["agreement"].editor, "Llamar")
    form.fields["agreement"].commit()
    settle(qtbot, ctx)
    assert cells(shown)[4] == "Borrador"
    assert form.discard.isVisible()
    form.discard.setFocus()
    qtbot.keyClick(form.discard, Qt.Key.Key_Space)
    settle(qtbot, ctx)
    assert cells(shown)[4] != "Borrador"
    assert shown.form is not None
    assert shown.form.fields["agreement"].value() == ""
    one = shown.table.current()
    assert one is not None
    assert workspace.followup.drafts(CONTACT_FORM, one.enrolment.id) == {}


def test_what_is_taken_back_by_hand_is_no_draft(
    tab: Tab, qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    form = tab().form
    assert isinstance(form, ContactForm)
    editor = form.fields["agreement"].editor
    qtbot.keyClicks(editor, "Ll")
    form.fields["agreement"].commit()
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    form.fields["agreement"].commit()
    settle(qtbot, ctx)
    assert not form.draft_pill.isVisible()
    assert AttentionKind.DRAFTS not in {one.kind for one in workspace.today.view().attention}


def test_storing_gives_the_keyboard_back_to_the_list(
    tab: Tab, qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    shown = tab()
    form = survey(shown, qtbot, ctx)
    answer(form, workspace)
    form.save.setFocus()
    qtbot.keyClick(form.save, Qt.Key.Key_Space)
    settle(qtbot, ctx)
    assert shown.window().focusWidget() is shown.table.view
    assert isinstance(shown.form, SurveyForm)
    assert in_sight(shown.form.state)


def test_an_answer_of_several_is_heard_with_its_question(
    tab: Tab, qtbot: QtBot, ctx: UiContext
) -> None:
    form = survey(tab(), qtbot, ctx)
    boxes = [field for name, field in form.fields.items() if name.startswith("interests/")]
    assert all("¿Qué le gustaría lograr" in box.editor.accessibleName() for box in boxes)


def test_a_refusal_shows_the_field_it_is_about(tab: Tab, qtbot: QtBot, ctx: UiContext) -> None:
    shown = tab()
    form = survey(shown, qtbot, ctx)
    form.save.setFocus()
    qtbot.keyClick(form.save, Qt.Key.Key_Space)
    settle(qtbot, ctx)
    focus = shown.window().focusWidget()
    assert focus is not None
    assert focus.property("invalid")
    assert focus.accessibleDescription() == "Elija una opción: es necesario."
    assert in_sight(focus)


def test_undoing_a_stored_survey_empties_its_form(
    tab: Tab, qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    shown = tab()
    form = survey(shown, qtbot, ctx)
    answer(form, workspace)
    form.store()
    settle(qtbot, ctx)
    assert isinstance(shown.form, SurveyForm)
    assert shown.form.state.isVisible()
    workspace.undo()
    settle(qtbot, ctx)
    assert isinstance(shown.form, SurveyForm)
    assert not shown.form.state.isVisible()
    required = next(
        q.name for q in workspace.followup.instrument(Wave.ENTRY).questions if q.required
    )
    assert shown.form.fields[required].value() is None
    workspace.redo()
    settle(qtbot, ctx)
    assert shown.form.state.isVisible()
    assert shown.form.fields[required].value()
