"""Currículo: what is taught is found, read, kept at hand, counted and printed, by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from facilitator_kit.curriculum.records import MethodFamily
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_entries import METHODS, SESSIONS
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage
from facilitator_kit.ui.pages.curriculum_reading import module_parts, session_parts
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.workspace import Workspace

SESSION = "M3-2"
TITLE = "Mi presupuesto, mi decisión"
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> CurriculumPage:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.open({"session": SESSION})
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.session is not None, timeout=20_000)
    # As the window does.
    ctx.changed.connect(lambda _change: page.refresh())
    return page


def written(page: CurriculumPage) -> str:
    return page.reader.toPlainText()


def typed(qtbot: QtBot, page: CurriculumPage, text: str) -> None:
    """Search, and wait until the index is built and answers."""
    page.search.setFocus()
    page.search.edit.selectAll()
    QTest.keyClicks(page.search.edit, text)
    qtbot.waitUntil(lambda: page.contents.answered == text, timeout=20_000)


def press(page: CurriculumPage, key: Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifiers)


# -- reading ---------------------------------------------------------------------------------------


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


def test_the_outline_jumps_to_each_part_and_follows_the_reading(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    qtbot.waitUntil(lambda: not page.ctx.jobs.running)
    outline = page.guide.outline
    names = [part.name for part in outline.parts]
    assert "Preparar" in names
    assert any(name == "0:20 · Vivencia: La silla que decide · 30 min" for name in names)
    assert names[-3:] == ["Si algo cambia", "Tarjeta de cuidado", "Después"]
    page.activateWindow()
    page.search.setFocus()
    press(page, Key.Key_G)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert outline.isAncestorOf(focused)
    QTest.keyClick(focused, Key.Key_Right)
    assert outline.current == "prepare"
    assert page.reader.reading_at == "prepare"
    page.reader.jump("variant-1")
    qtbot.waitUntil(lambda: outline.current == "variants")


def test_the_next_session_and_the_one_before_are_a_key_away(page: CurriculumPage) -> None:
    page.activateWindow()
    page.reader.setFocus()
    press(page, Key.Key_PageDown)
    assert page.entries.current() == "M3-3"
    press(page, Key.Key_PageUp)
    press(page, Key.Key_PageUp)
    assert page.entries.current() == "M3-1"
    press(page, Key.Key_PageUp)
    assert page.entries.current() == "M2-10"
    press(page, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.entries.current() == "M3-1"


def test_a_guide_ends_with_the_way_to_the_next(page: CurriculumPage) -> None:
    text = written(page)
    assert "Anterior: ¿A dónde se va mi dinero?" in text
    page.reader.linked.emit("M3-3")
    assert page.session is not None
    assert page.session.code == "M3-3"


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


def test_a_programme_tells_its_routes_and_leads_to_its_modules(page: CurriculumPage) -> None:
    page.show_code("SCE")
    text = written(page)
    for words in ("Retorno a estudios", "Nivel único · 72 h", "Básico y avanzado · 90 h"):
        assert words in text
    page.reader.linked.emit("M7")
    assert page.entries.current() == "M7"


def test_modules_stand_in_the_order_of_the_calendar(page: CurriculumPage) -> None:
    modules = [key for key in page.entries.listed() if "-" not in key]
    assert modules[:5] == ["SCE", "M0", "M1", "M2", "M3"]
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


def test_what_was_read_is_remembered(qtbot: QtBot, ctx: UiContext, page: CurriculumPage) -> None:
    page.show_code("M3-4")
    again = CurriculumPage(ctx)
    qtbot.addWidget(again)
    again.restore(page.state())
    again.refresh()
    qtbot.waitUntil(lambda: again.entries.current() == "M3-4", timeout=10_000)


# -- searching -------------------------------------------------------------------------------------


def test_what_is_typed_while_the_pack_is_read_is_searched_for_then(
    qtbot: QtBot, ctx: UiContext
) -> None:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    QTest.keyClicks(page.search.edit, "ahorro")
    qtbot.waitUntil(lambda: page.session is not None, timeout=20_000)
    assert page.search.text() == "ahorro"
    qtbot.waitUntil(lambda: page.contents.answered == "ahorro", timeout=20_000)
    assert page.entries.listed()[0] == "group:session"


def test_everything_is_searched_and_accents_and_plurals_are_forgiven(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    typed(qtbot, page, "MI PRESUPUESTOS decision")
    keys = page.entries.listed()
    assert keys[:2] == ("group:session", SESSION)
    typed(qtbot, page, "presupuestos")
    assert {"group:session", "group:handout"} <= set(page.entries.listed())
    typed(qtbot, page, "xyzzy")
    assert page.entries.isHidden()
    page.search.clear()
    qtbot.waitUntil(lambda: "M1" in page.entries.listed())


def test_a_found_session_is_opened_with_the_arrows_where_the_words_are(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    page.show_code("M1")
    typed(qtbot, page, "silla que decide")
    QTest.keyClick(page.search.edit, Key.Key_Down)
    while page.session is None or page.session.code != SESSION:
        QTest.keyClick(page.entries, Key.Key_Down)
    qtbot.waitUntil(lambda: not page.ctx.jobs.running)
    assert page.guide.outline.current == "block-2"
    selections = page.reader.extraSelections()
    marked = {selection.cursor.selectedText().lower() for selection in selections}
    assert {"silla", "que", "decide"} <= marked
    QTest.keyClick(page.entries, Key.Key_Return)
    assert page.reader.hasFocus()


def test_down_from_the_search_reads_the_first_thing_found(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    page.show_code("M1")
    typed(qtbot, page, "silla que decide")
    QTest.keyClick(page.search.edit, Key.Key_Down)
    assert page.entries.hasFocus()
    first = page.entries.leaves()[0]
    assert page.entries.current() == first
    (shown,) = page.entries.selectedItems()
    assert shown is page.entries.currentItem(), "what has the keyboard is seen to have it"
    assert page.session is not None
    assert page.session.code == first


def test_the_entry_that_is_read_stays_in_sight_in_a_lower_list(page: CurriculumPage) -> None:
    page.show_code("M3-2")
    page.resize(1140, 480)
    entries = page.entries
    row = entries.visualItemRect(entries.currentItem())
    assert row.top() >= 0
    assert row.bottom() <= entries.viewport().height()


def test_the_contents_come_back_where_one_is_reading(qtbot: QtBot, page: CurriculumPage) -> None:
    typed(qtbot, page, "circulo")
    first = page.entries.listed()
    page.entries.chosen.emit("la-pecera")
    page.contents.fill()
    assert page.entries.listed() == first, "looking through what was found does not reorder it"
    assert page.views.value() == METHODS
    QTest.keyClick(page.search.edit, Key.Key_Escape)
    assert page.entries.current() == "la-pecera"
    assert "group:dialogue" in page.entries.listed()


def test_more_of_a_kind_is_a_key_away(qtbot: QtBot, page: CurriculumPage) -> None:
    typed(qtbot, page, "grupo")
    more = f"more:{Kind.SESSION}"
    assert more in page.entries.listed()
    page.entries.select(more)
    QTest.keyClick(page.entries, Key.Key_Return)
    assert page.filters.filters.kinds == {Kind.SESSION}
    shown = [key for key in page.entries.leaves() if not key.startswith("more:")]
    assert len(shown) > 20


def test_while_the_index_is_built_the_page_says_so(qtbot: QtBot, page: CurriculumPage) -> None:
    page.search.set_text("ahorro")
    page.contents.fill()
    assert not page.contents.waiting.isHidden()
    qtbot.waitUntil(page.contents.waiting.isHidden, timeout=20_000)
    assert "M3-3" in page.entries.listed()


# -- filters and favourites ------------------------------------------------------------------------


def test_filters_narrow_show_what_is_on_and_are_cleared_at_once(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    typed(qtbot, page, "grupo")
    page.search.clear()
    bar = page.filters
    assert bar.clear.isHidden()
    bar.choose("family", MethodFamily.ENERGY)
    bar.choose("minutes", (5, 10))
    assert bar.menus["family"].text() == "Energía"
    assert bar.menus["minutes"].accessibleName() == "Minutos: 5 a 10 min"
    assert bar.clear.text() == "Quitar los 2 filtros"
    methods = [page._shelf.find(key) for key in page.entries.leaves()] if page._shelf else []
    assert methods
    assert all(getattr(one, "family", None) is MethodFamily.ENERGY for one in methods)
    bar.clear.click()
    assert bar.clear.isHidden()
    assert "M1" in page.entries.listed()


def test_a_menu_offers_only_what_leaves_something(qtbot: QtBot, page: CurriculumPage) -> None:
    typed(qtbot, page, "presupuesto")
    for field in page.filters.menus:
        for value, words, count in page.filters.options(field):
            assert count > 0, (field, value, words)
    themes = {words for _value, words, _count in page.filters.options("theme")}
    assert "Deudas" in themes
    page.filters.choose("theme", "debt")
    page.filters.choose("module", "M0")
    kept = {value for value, _words, _count in page.filters.options("theme")}
    assert "debt" in kept


@pytest.mark.parametrize("chosen_with", [Key.Key_Return, Key.Key_Space])
def test_a_filter_is_chosen_from_its_menu_by_keyboard(
    qtbot: QtBot, page: CurriculumPage, chosen_with: Key
) -> None:
    typed(qtbot, page, "presupuesto")
    page.filters.menus["module"].setFocus()
    QTest.keyClick(page.filters.menus["module"], Key.Key_Down)
    menu = page.filters.findChild(QMenu)
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, chosen_with)
    assert page.filters.filters.module != ""


def test_a_menu_waits_for_the_index(qtbot: QtBot, page: CurriculumPage) -> None:
    page.filters.menus["theme"].click()
    assert page.filters.findChild(QMenu) is None
    qtbot.waitUntil(lambda: page.filters.findChild(QMenu) is not None, timeout=20_000)


def test_nothing_found_says_what_to_do(qtbot: QtBot, page: CurriculumPage) -> None:
    typed(qtbot, page, "presupuesto")
    page.filters.choose("family", MethodFamily.CLOSING)
    typed(qtbot, page, "xyzzy")
    assert page.entries.isHidden()
    clear = page.contents.clear_filters
    assert clear.isVisible()
    clear.click()
    assert not clear.isVisible()
    assert page.filters.filters.on == 0


def test_a_favourite_is_kept_and_undone_by_keyboard(
    qtbot: QtBot, page: CurriculumPage, workspace: Workspace
) -> None:
    page.activateWindow()
    page.reader.setFocus()
    assert page.prepare.star.text() == "Guardar en favoritas"
    press(page, Key.Key_D)
    qtbot.waitUntil(lambda: page.prepare.star.text() == "Quitar de favoritas")
    name = workspace.undo_name()
    assert name is not None
    assert Texts("es").render(name) == f"Guardar «{TITLE}» en favoritas"
    page.filters.starred.click()
    qtbot.waitUntil(lambda: page.entries.leaves() == (SESSION,), timeout=20_000)
    workspace.undo()
    qtbot.waitUntil(lambda: page.entries.isHidden())
    assert page.contents.no_favourites.isVisible()
    assert page.prepare.star.text() == "Guardar en favoritas"


def test_a_handout_and_a_method_can_be_favourites_a_module_cannot(
    page: CurriculumPage,
) -> None:
    for code, offered in (("M3-2-A", True), ("la-pecera", True), ("M3", False), ("SCE", False)):
        page.show_code(code)
        assert page.prepare.star.isVisible() is offered, code


def test_a_theme_leads_to_everything_about_it(qtbot: QtBot, page: CurriculumPage) -> None:
    page.prepare.theme_asked.emit("debt")
    qtbot.waitUntil(lambda: "group:session" in page.entries.listed(), timeout=20_000)
    assert page.filters.menus["theme"].text() == "Deudas"


# -- preparing and printing ------------------------------------------------------------------------


def test_it_counts_for_who_is_expected_until_a_number_is_typed(
    qtbot: QtBot, page: CurriculumPage, workspace: Workspace
) -> None:
    coming = {
        code: workspace.papers.people_next((code,))
        for module in workspace.library.pack.modules
        for code in (one.code for one in module.sessions if one.complete)
    }
    code, expected = next((code, count) for code, count in coming.items() if count)
    nobody = next(code for code, count in coming.items() if not count)
    page.show_code(code)
    qtbot.waitUntil(lambda: page.prepare.people_count() == expected)
    page.show_code(nobody)
    full = workspace.library.pack.session(nobody).group[1]
    qtbot.waitUntil(lambda: page.prepare.people_count() == full)
    QTest.keyClick(page.prepare.people.editor, Key.Key_Up)
    page.prepare.people.commit()
    qtbot.waitUntil(lambda: page.prepare.people_count() == full + 1)
    page.show_code(code)
    qtbot.wait(50)
    assert page.prepare.people_count() == full + 1


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
    assert any("27 copias" in one for one in words)  # as many as the materials say, spare ones too
    assert any("7 copias" in one for one in words)
    QTest.keyClick(people.editor, Key.Key_Up)
    people.commit()
    qtbot.waitUntil(lambda: any("28 copias" in one for one in page.prepare.words()))
    complement = workspace.desk.core_pack.session(SESSION).complement
    assert complement is not None
    assert complement.what in page.prepare.words()


def test_the_guide_and_a_handout_are_shown_for_printing(qtbot: QtBot, page: CurriculumPage) -> None:
    action = page.primary_action()
    assert action is not None
    assert action.enabled
    assert action.prints
    action.run()
    guide = page.findChild(PdfDialog)
    assert guide is not None
    qtbot.waitUntil(lambda: guide.ready, timeout=10_000)
    guide.reject()
    page.show_code("M3-2-A")
    action = page.primary_action()
    assert action is not None
    assert action.text == "Imprimir hoja"
    action.run()
    qtbot.waitUntil(lambda: any(one.ready for one in page.findChildren(PdfDialog)), timeout=10_000)


def test_a_handout_is_opened_by_its_code(qtbot: QtBot, ctx: UiContext) -> None:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.open({"handout": "M3-2-A"})
    page.refresh()
    qtbot.waitUntil(lambda: written(page) != "", timeout=20_000)
    assert f"Volver a «{TITLE}»" in written(page)
    assert page.entries.current() == SESSION


def test_a_handout_is_read_and_left_again(page: CurriculumPage) -> None:
    page.prepare.asked.emit("M3-2-A")
    assert f"Volver a «{TITLE}»" in written(page)
    assert "Mi mes" in written(page)
    page.reader.linked.emit(SESSION)
    assert "Paso a paso" in written(page)


# -- methods ---------------------------------------------------------------------------------------


def test_methods_stand_by_family_and_are_read(page: CurriculumPage) -> None:
    page.show_view(METHODS)
    assert page.primary_action() is None
    assert "Pasos" in written(page)
    groups = [key for key in page.entries.listed() if key.startswith("group:")]
    assert groups == [f"group:{family}" for family in MethodFamily]
    page.entries.select(groups[-1])
    QTest.keyClick(page.entries, Key.Key_Return)
    assert "Pasos" in written(page)
    page.show_view(SESSIONS)
    assert page.session is not None


def test_a_method_is_opened_by_its_code(qtbot: QtBot, page: CurriculumPage) -> None:
    page.open({"method": "la-pecera"})
    assert page.views.value() == METHODS
    text = written(page)
    assert "La pecera" in text
    assert "Pasos" in text
    qtbot.waitUntil(lambda: not page.ctx.jobs.running)
    assert [part.name for part in page.guide.outline.parts][-2:] == ["Pasos", "Variantes"]
    page.open({"session": SESSION})
    assert page.views.value() == SESSIONS


def test_in_a_narrow_window_a_click_in_the_list_opens_the_guide(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    page.resize(420, 640)
    columns = page.columns
    assert columns.fits == 1
    assert not page.filters.isVisible()
    columns.show_part("list")
    assert page.filters.isVisible()
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
    page.activateWindow()
    press(page, Key.Key_F)
    assert page.search.isVisible()
    assert page.search.edit.hasFocus()
