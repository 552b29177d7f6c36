"""Currículo: a session is found, read, counted for a group and printed, by keyboard alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator_kit.curriculum import parse_markdown
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_page import METHODS, SESSIONS, CurriculumPage
from facilitator_kit.ui.pages.curriculum_reading import module_parts, session_parts
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.tokens import LIGHT
from facilitator_kit.workspace import Workspace

SESSION = "M3-2"
TITLE = "Mi presupuesto, mi decisión"
Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> CurriculumPage:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.open({"session": SESSION})
    page.refresh()
    page.show()
    return page


def written(page: CurriculumPage) -> str:
    return page.reader.toPlainText()


# -- prose ---------------------------------------------------------------------------------------


def test_prose_shows_everything_a_pack_can_say(qtbot: QtBot, ctx: UiContext) -> None:
    prose = Prose(
        ctx,
        "Prueba",
        parse_markdown(
            "Uno **fuerte** y <b>texto</b>.\n\n> Diga: «hola»\n\n> Cuide: despacio\n\n"
            "1. primero\n2. segundo\n\n| a | b |\n|---|---|\n| x | y |\n\n"
            "```casillas\nSé cuánto debo\n```\n```tarjetas 2\nhome | Renta | $10\n```\n"
            "```tabla 6\nFecha | Cuánto\n```\n```renglones 2\n¿Qué guardo?\n```\n"
        ),
    )
    qtbot.addWidget(prose)
    text = prose.toPlainText()
    said = ("fuerte y <b>texto</b>.", "Diga", "«hola»", "Cuide", "segundo", "y", "Sé cuánto debo")
    for words in (*said, "Renta", "$10", "Fecha", "y 2 renglones más en papel", "¿Qué guardo?"):
        assert words in text
    assert prose.accessibleName() == "Prueba"


def test_prose_follows_the_theme_and_the_text_size(qtbot: QtBot, ctx: UiContext) -> None:
    prose = Prose(ctx, "Prueba", parse_markdown("Una frase para leer."), fit=True)
    qtbot.addWidget(prose)
    prose.show()
    height = prose.heightForWidth(120)
    light = prose.document().begin().begin().fragment().charFormat().foreground().color()
    try:
        ctx.theme.choose("dark", 200)
        dark = prose.document().begin().begin().fragment().charFormat().foreground().color()
        assert light == QColor(LIGHT.text)
        assert dark == ctx.theme.colour("text") != light
        assert prose.heightForWidth(120) > 1.5 * height
    finally:
        ctx.theme.choose("light", 100)


def test_a_link_in_prose_is_followed_by_keyboard(qtbot: QtBot, ctx: UiContext) -> None:
    prose = Prose(ctx, "Prueba", parse_markdown("Use [la hoja](M3-2-A) y ya."))
    qtbot.addWidget(prose)
    prose.show()
    prose.setFocus()
    QTest.keyClick(prose, Key.Key_Tab)
    with qtbot.waitSignal(prose.linked) as followed:
        QTest.keyClick(prose, Key.Key_Return)
    assert followed.args == ["M3-2-A"]


# -- reading a session -----------------------------------------------------------------------------


def test_the_guide_of_a_session_is_read_whole(page: CurriculumPage, workspace: Workspace) -> None:
    session = workspace.desk.core_pack.session(SESSION)
    text = written(page)
    assert TITLE in text
    assert "Al terminar, cada participante puede" in text
    for block in session.blocks:
        assert block.title in text
    for variant in session.variants:
        assert variant.title in text
    assert "Tarjeta de cuidado" in text
    assert "0:20 · Vivencia" in text
    assert page.entries.current() == SESSION


def test_searching_forgives_accents_and_looks_into_objectives(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    page.search.set_text("MI DECISION")
    qtbot.waitUntil(lambda: page.entries.keys() == ("M3", SESSION))
    page.search.set_text("xyzzy")
    qtbot.waitUntil(page.entries.isHidden)
    page.search.clear()
    assert "M1" in page.entries.keys()  # noqa: SIM118 - `keys` is the list's own method


def test_a_found_session_is_opened_with_the_arrows(qtbot: QtBot, page: CurriculumPage) -> None:
    page.show_code("M1")
    page.search.setFocus()
    QTest.keyClicks(page.search.edit, "presupuesto, mi")
    qtbot.waitUntil(lambda: page.entries.keys() == ("M3", SESSION))
    QTest.keyClick(page.search.edit, Key.Key_Down)
    QTest.keyClick(page.entries, Key.Key_Down)
    QTest.keyClick(page.entries, Key.Key_Down)
    assert TITLE in written(page)
    QTest.keyClick(page.entries, Key.Key_Return)
    assert page.reader.hasFocus()


def test_a_module_lists_its_sessions_as_links(page: CurriculumPage, workspace: Workspace) -> None:
    page.show_code("M3")
    module = workspace.desk.core_pack.module("M3")
    text = written(page)
    assert module.about in text
    assert "12 h" in text
    for session in module.sessions:
        assert session.title in text
    action = page.primary_action()
    assert action is not None
    assert not action.enabled
    page.reader.linked.emit(SESSION)
    assert TITLE in written(page)


def test_modules_stand_in_the_order_of_the_calendar(page: CurriculumPage) -> None:
    modules = [key for key in page.entries.keys() if "-" not in key]  # noqa: SIM118 - no dict
    assert modules[:4] == ["M0", "M1", "M2", "M3"]
    assert modules[-1] == "CG"


def test_a_session_of_another_programme_changes_the_programme(
    page: CurriculumPage, workspace: Workspace
) -> None:
    other = next(one for one in workspace.desk.core_pack.programmes if one.code != "SCE")
    module = other.routes[0].levels[0].modules[0]
    page.open({"module": module})
    assert page.programmes.value() == other.code
    assert page.entries.current() == module


def test_a_session_that_is_only_a_title_says_so(workspace: Workspace) -> None:
    pack = workspace.desk.core_pack
    module = pack.module("M3")
    bare = replace(pack.session(SESSION), complete=False, blocks=(), objective="")
    words = str(session_parts(Texts("es"), bare, module))
    assert "todavía no está escrita" in words
    assert "Paso a paso" not in words
    listed = replace(module, sessions=(bare,))
    assert "solo título" in str(module_parts(Texts("es"), listed, pack))


# -- preparing and printing ------------------------------------------------------------------------


def test_materials_and_copies_follow_the_number_of_people(
    qtbot: QtBot, page: CurriculumPage, workspace: Workspace
) -> None:
    people = page.prepare.people
    people.editor.selectAll()
    QTest.keyClicks(people.editor, "24")
    QTest.keyClick(people.editor, Key.Key_Return)
    qtbot.waitUntil(lambda: "6 grupos: 4 · 4 · 4 · 4 · 4 · 4" in page.prepare.words())
    words = page.prepare.words()
    assert "27" in words  # «Mi mes»: one for each, and three more
    assert any("24 copias" in one for one in words)
    assert any("6 copias" in one for one in words)
    QTest.keyClick(people.editor, Key.Key_Up)
    people.commit()
    qtbot.waitUntil(lambda: any("25 copias" in one for one in page.prepare.words()))
    complement = workspace.desk.core_pack.session(SESSION).complement
    assert complement is not None
    assert complement.what in page.prepare.words()


def test_the_guide_and_a_handout_are_shown_for_printing(
    qtbot: QtBot, page: CurriculumPage, workspace: Workspace
) -> None:
    action = page.primary_action()
    assert action is not None
    assert action.enabled
    assert action.prints
    action.run()
    guide = page.findChild(PdfDialog)
    assert guide is not None
    qtbot.waitUntil(lambda: guide.ready, timeout=10_000)
    guide.reject()
    page.prepare.print_handout(workspace.desk.core_pack.handout("M3-2-A"))
    qtbot.waitUntil(lambda: any(one.ready for one in page.findChildren(PdfDialog)), timeout=10_000)


def test_a_handout_is_opened_by_its_code(qtbot: QtBot, ctx: UiContext) -> None:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.open({"handout": "M3-2-A"})
    assert f"Volver a «{TITLE}»" in written(page)
    assert page.entries.current() == SESSION


def test_a_handout_is_read_and_left_again(page: CurriculumPage) -> None:
    page.prepare.handout_asked.emit("M3-2-A")
    assert f"Volver a «{TITLE}»" in written(page)
    assert "Mi mes" in written(page)
    page.reader.linked.emit(SESSION)
    assert "Paso a paso" in written(page)


# -- methods ---------------------------------------------------------------------------------------


def test_methods_are_found_by_family_word_and_length(qtbot: QtBot, page: CurriculumPage) -> None:
    page.show_view(METHODS)
    assert page.primary_action() is None
    finder = page.methods.finder
    every = finder.entries.keys()
    finder.families.chosen.emit(finder.families.value())
    finder.search.set_text("ovillo")
    qtbot.waitUntil(lambda: finder.entries.keys() == ("hilo-que-une",))
    finder.entries.step_in()
    assert "El hilo que nos une" in page.methods.reader.toPlainText()
    finder.search.set_text("nada así")
    qtbot.waitUntil(finder.entries.isHidden)
    finder.show_all()
    assert finder.entries.keys() == every
    finder.longest.set_value(5)
    finder.longest.chosen.emit(5)
    assert 0 < len(finder.entries.keys()) < len(every)


def test_a_method_is_opened_by_its_code(page: CurriculumPage) -> None:
    page.open({"method": "la-pecera"})
    assert page.views.value() == METHODS
    text = page.methods.reader.toPlainText()
    assert "La pecera" in text
    assert "Pasos" in text
    page.open({"session": SESSION})
    assert page.views.value() == SESSIONS


def test_in_a_narrow_window_a_click_in_the_list_opens_the_guide(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    page.resize(420, 640)
    columns = page.columns
    assert columns.fits == 1
    columns.show_part("list")
    assert not page.reader.isVisible()
    item = page.entries.currentItem()
    assert item is not None
    viewport = page.entries.viewport()
    qtbot.waitUntil(lambda: viewport.width() > 200)
    page.entries.scrollToItem(item)
    place = page.entries.visualItemRect(item).center()
    assert viewport.rect().contains(place)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert page.reader.isVisible()


def test_what_was_read_is_remembered(qtbot: QtBot, ctx: UiContext, page: CurriculumPage) -> None:
    page.show_code("M3-4")
    again = CurriculumPage(ctx)
    qtbot.addWidget(again)
    again.restore(page.state())
    again.refresh()
    assert again.entries.current() == "M3-4"
