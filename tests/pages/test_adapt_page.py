"""Adaptar: a text is typed, seen as it will be read, kept at every step, saved and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.adapt_page import CHANGES, TEXT, AdaptPage
from facilitator_kit.ui.pages.curriculum_entries import METHODS
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage
from facilitator_kit.ui.widgets.page_text import PageTextEdit
from facilitator_kit.workspace import Workspace

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SESSION = "modules/M3/02-mi-presupuesto.md"
WELCOME = "Salude y pregunte quién anotó en casa."


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> AdaptPage:
    page = AdaptPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.open({"code": "M3-2"})
    page.show()
    page.refresh()
    settle(ctx, qtbot)
    ctx.changed.connect(lambda _change: page.refresh())
    return page


@pytest.fixture
def editor(page: AdaptPage) -> PageTextEdit:
    return page.editor.field.edit


def settle(ctx: UiContext, qtbot: QtBot) -> None:
    """Wait for the rests in typing, and for all that comes of them."""
    QTest.qWait(300)
    qtbot.waitUntil(lambda: not ctx.jobs.running)


def put(editor: PageTextEdit, old: str, new: str) -> None:
    """Type `new` in place of `old`."""
    cursor = editor.document().find(old)
    assert not cursor.isNull()
    editor.setTextCursor(cursor)
    if new.isascii():
        QTest.keyClicks(editor, new)
    else:
        # The test keyboard knows no other letters; they come from an input method, or pasted.
        editor.insertPlainText(new)


def action(page: AdaptPage | CurriculumPage, words: str) -> PageAction:
    primary = page.primary_action()
    every = (*((primary,) if primary else ()), *page.secondary_actions())
    return next(one for one in every if one.text.startswith(words))


def confirm(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ConfirmDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ConfirmDialog)
    dialog.primary.click()


# -- typing ----------------------------------------------------------------------------------------


def test_the_preview_follows_what_is_typed(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot
) -> None:
    assert "Salude y pregunte" in page.editor.preview.toPlainText()
    assert not action(page, "Guardar").enabled
    put(editor, "Salude y pregunte", "Salude por su nombre 🙂 y pregunte")
    settle(ctx, qtbot)
    assert "Salude por su nombre 🙂 y" in page.editor.preview.toPlainText()
    assert page.state_pill.text() == "Borrador sin guardar"
    assert action(page, "Guardar").enabled


def test_the_parts_of_the_text_lead_to_their_line(page: AdaptPage, editor: PageTextEdit) -> None:
    parts = page.editor.parts
    parts.step_in()
    QTest.keyClick(parts, Key.Key_End)
    QTest.keyClick(parts, Key.Key_Return)
    assert editor.hasFocus() or page.editor.field.focusProxy() is editor
    line = editor.document().findBlockByNumber(editor.line() - 1).text()
    assert line.startswith("# Después")
    assert page.editor.preview.toPlainText()


def test_what_is_wrong_is_listed_marked_and_one_key_away(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot
) -> None:
    put(editor, "Agradezca también a quien", "Agradezca a tod@s y a quien")
    wrong = editor.line()
    settle(ctx, qtbot)
    assert editor.marked == {wrong}
    problems = page.editor.problems
    assert problems.isVisible()
    assert "1 cosa por corregir" in page.editor.verdict.text()
    editor.go_to(1)
    problems.step_in()
    QTest.keyClick(problems, Key.Key_Return)
    assert editor.line() == wrong
    put(editor, "tod@s", "todas")
    settle(ctx, qtbot)
    assert editor.marked == frozenset()
    assert not problems.isVisible()


def test_tab_leaves_the_editor_and_pasted_tabs_stay(editor: PageTextEdit) -> None:
    editor.setFocus()
    before = editor.toPlainText()
    QTest.keyClick(editor, Key.Key_Tab)
    assert editor.toPlainText() == before
    QApplication.clipboard().setText("uno\r\n\tdos\r\n")
    editor.go_to(49)
    editor.paste()
    assert "\r" not in editor.toPlainText()
    assert "uno\n\tdos\n" in editor.toPlainText()


def test_a_text_without_its_data_says_so_and_keeps_the_last_preview(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot
) -> None:
    editor.selectAll()
    QTest.keyClick(editor, Key.Key_Delete)
    settle(ctx, qtbot)
    assert "no se entienden" in page.editor.preview.toPlainText()
    assert "Mi presupuesto" in page.editor.preview.toPlainText()
    page.save()
    settle(ctx, qtbot)
    assert "No se guardó" in page.editor.verdict.text()
    assert editor.toPlainText() == ""
    assert page.page is not None
    assert page.page.draft == ""


def test_a_long_text_is_edited_like_any_other(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    more = "\n".join(f"Renglón {number}." for number in range(2000))
    QApplication.clipboard().setText(more.replace("\n", "\r\n"))
    editor.go_to(editor.blockCount())
    editor.paste()
    settle(ctx, qtbot)
    assert editor.blockCount() > 2000
    assert "Renglón 1999." in page.editor.preview.toPlainText()
    page.save()
    settle(ctx, qtbot)
    assert workspace.packs.text(SESSION).text.endswith("Renglón 1999.\n")


# -- keeping ---------------------------------------------------------------------------------------


def test_what_is_typed_is_there_again_after_leaving(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    put(editor, "Salude y pregunte", "Salude a medias")
    page.hide()
    settle(ctx, qtbot)
    draft = workspace.packs.text(SESSION).draft
    assert draft is not None
    assert "Salude a medias" in draft
    assert workspace.packs.text(SESSION).text.count(WELCOME) == 1
    again = AdaptPage(ctx)
    qtbot.addWidget(again)
    again.restore(page.state())
    again.show()
    again.refresh()
    settle(ctx, qtbot)
    assert "Salude a medias" in again.editor.text()
    assert again.state_pill.text() == "Borrador sin guardar"


def test_typing_what_was_there_leaves_no_draft(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    put(editor, WELCOME, "x")
    page.editor.commit()
    settle(ctx, qtbot)
    assert workspace.packs.text(SESSION).draft is not None
    QTest.keyClick(editor, Key.Key_Backspace)
    editor.insertPlainText(WELCOME)
    page.editor.commit()
    settle(ctx, qtbot)
    assert workspace.packs.text(SESSION).draft is None
    assert not action(page, "Guardar").enabled


def test_what_is_not_saved_can_be_given_up(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    put(editor, WELCOME, "otra cosa")
    page.editor.commit()
    settle(ctx, qtbot)
    action(page, "Desechar").run()
    confirm(qtbot)
    settle(ctx, qtbot)
    assert WELCOME in editor.toPlainText()
    assert workspace.packs.text(SESSION).draft is None


# -- saving ----------------------------------------------------------------------------------------


def test_saving_makes_it_the_institutions_version(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    put(editor, WELCOME, "Salude por su nombre.")
    action(page, "Guardar").run()
    settle(ctx, qtbot)
    assert workspace.desk.pack_in_force.adapted == {"M3-2"}
    assert page.state_pill.text() == "Adaptada"
    assert not action(page, "Guardar").enabled
    workspace.undo()
    settle(ctx, qtbot)
    assert WELCOME in editor.toPlainText()
    assert page.state_pill.text() == "Sesión · original 2026.2"


def test_a_refusal_lists_everything_and_loses_nothing(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    put(editor, "minutes = 120", "minutes = 125")
    put(editor, WELCOME, "Salude a tod@s.")
    action(page, "Guardar").run()
    settle(ctx, qtbot)
    assert workspace.desk.pack_in_force.adapted == frozenset()
    words = [entry.title for _item, entry in page.editor.problems._all()]
    assert any("no se cambia al adaptar" in one for one in words)
    assert any("tod@s" in one for one in words)
    assert "No se guardó" in page.editor.problems.accessibleName()
    assert "Salude a tod@s." in editor.toPlainText()
    # Read again without a change, it still says why.
    page.refresh()
    settle(ctx, qtbot)
    assert "No se guardó" in page.editor.verdict.text()


def test_going_back_to_the_original(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    put(editor, WELCOME, "Salude por su nombre.")
    page.save()
    settle(ctx, qtbot)
    action(page, "Volver al original").run()
    confirm(qtbot)
    settle(ctx, qtbot)
    assert WELCOME in editor.toPlainText()
    assert workspace.packs.standing().lines == ()
    assert not action(page, "Volver al original").enabled


def test_differences_are_told_by_sign_and_colour(
    page: AdaptPage, editor: PageTextEdit, ctx: UiContext, qtbot: QtBot
) -> None:
    page.show_view(CHANGES)
    settle(ctx, qtbot)
    assert "igual al original" in page.changes.toPlainText()
    page.show_view(TEXT)
    put(editor, "Tres personas cuentan", "Dos personas cuentan")
    page.show_view(CHANGES)
    settle(ctx, qtbot)
    text = page.changes.toPlainText()
    assert "−Tres+Dos personas cuentan" in text
    assert "¿Qué encontraron en su semana?" in text
    out = page.changes.document().find("Tres").charFormat()
    came = page.changes.document().find("Dos").charFormat()
    assert out.fontStrikeOut()
    assert came.fontUnderline()
    assert out.foreground().color() == ctx.theme.colour("bad")
    assert came.foreground().color() == ctx.theme.colour("good")


def test_a_page_that_is_no_more_leaves_the_way_to_curriculo(ctx: UiContext, qtbot: QtBot) -> None:
    page = AdaptPage(ctx)
    qtbot.addWidget(page)
    page.restore({"code": "M99-1"})
    page.show()
    page.refresh()
    settle(ctx, qtbot)
    assert page.page is None
    asked: list[str] = []
    ctx.navigated.connect(lambda key, _params: asked.append(key))
    action(page, "Ir a Currículo").run()
    assert asked == ["curriculo"]


# -- from where it is read -------------------------------------------------------------------------


def test_what_is_read_leads_to_its_text_and_shows_that_it_is_adapted(
    ctx: UiContext, qtbot: QtBot, workspace: Workspace
) -> None:
    reader = CurriculumPage(ctx)
    qtbot.addWidget(reader)
    reader.open({"session": "M3-2"})
    reader.refresh()
    settle(ctx, qtbot)
    asked: list[tuple[str, dict[str, str]]] = []
    ctx.navigated.connect(lambda key, params: asked.append((key, params)))
    action(reader, "Adaptar").run()
    reader.follow("M3-2-A")
    action(reader, "Adaptar").run()
    reader.show_code("M3")
    assert not action(reader, "Adaptar").enabled
    reader.show_view(METHODS)
    reader.show_code("la-pecera")
    action(reader, "Adaptar").run()
    assert [params["code"] for _key, params in asked] == ["M3-2", "M3-2-A", "la-pecera"]
    workspace.packs.adapt(SESSION, workspace.packs.text(SESSION).original + "\nY más.\n")
    reader.refresh()
    settle(ctx, qtbot)
    reader.open({"session": "M3-2"})
    assert "Adaptada" in reader.reader.toPlainText()
    assert any(
        entry.key == "M3-2" and entry.pill == "adaptada" for _item, entry in reader.entries._all()
    )


def test_the_usual_key_saves_the_adaptation(page: AdaptPage) -> None:
    assert action(page, "Guardar").shortcut == "Ctrl+S"
