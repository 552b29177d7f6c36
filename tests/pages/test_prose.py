"""Prose on screen: everything a pack can say, links by keyboard, places to jump to, marks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator_kit.curriculum import parse_markdown
from facilitator_kit.curriculum.blocks import Paragraph, Span
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_reading import session_parts
from facilitator_kit.ui.prose import Anchor, Lead, Part, Prose
from facilitator_kit.ui.tokens import LIGHT

Key = Qt.Key


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
    ctx.theme.dress(prose)
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


def long_text() -> tuple[Part, ...]:
    """Three parts of many lines; the word that is looked for stands at the end of the second."""
    parts: list[Part] = [Lead("Título")]
    for name in ("una", "dos", "tres"):
        parts.append(Anchor(name))
        parts += [Paragraph((Span(f"Renglón de la parte {name}."),))] * 30
        parts.append(Paragraph((Span(f"El final 😀 es un níspero {name}."),)))
    return tuple(parts)


def shown(qtbot: QtBot, ctx: UiContext) -> Prose:
    prose = Prose(ctx, "Prueba", long_text())
    qtbot.addWidget(prose)
    prose.resize(400, 300)
    prose.show()
    return prose


def test_no_line_of_a_long_text_is_lost(qtbot: QtBot, ctx: UiContext) -> None:
    """Qt lays long texts out bit by bit; changing headings meanwhile left paragraphs empty."""
    pack = ctx.workspace.library.pack
    prose = Prose(ctx, "Prueba")
    qtbot.addWidget(prose)
    prose.resize(480, 600)
    prose.show()
    for code in ("M3-2", "M1-5"):
        prose.show_parts(session_parts(ctx._, pack.session(code), pack.module_of(code)))
        qtbot.wait(60)
        lost = []
        block = prose.document().begin()
        while block.isValid():
            if block.text().strip() and not block.layout().lineCount():
                lost.append(block.text())
            block = block.next()
        assert lost == []


def test_an_anchor_is_jumped_to_and_told_when_reached(qtbot: QtBot, ctx: UiContext) -> None:
    prose = shown(qtbot, ctx)
    assert prose.reading_at == ""
    with qtbot.waitSignal(prose.reached) as reached:
        prose.jump("dos")
    assert reached.args == ["dos"]
    at = prose.verticalScrollBar().value()
    assert at > 0
    with qtbot.waitSignal(prose.reached) as reached:
        QTest.keyClick(prose, Key.Key_End)
    assert reached.args == ["tres"]
    prose.jump("")
    assert prose.verticalScrollBar().value() == 0
    prose.jump("no hay")
    assert prose.verticalScrollBar().value() == 0


def test_the_words_of_a_search_are_marked_and_brought_into_sight(
    qtbot: QtBot, ctx: UiContext
) -> None:
    prose = shown(qtbot, ctx)
    prose.mark("NISPEROS")
    marked = [selection.cursor.selectedText() for selection in prose.extraSelections()]
    assert marked == ["níspero"] * 3
    prose.jump("dos")
    selections = prose.extraSelections()
    place = prose.cursorRect(selections[1].cursor).center()
    assert prose.viewport().rect().contains(place)
    prose.show_parts(long_text())
    assert prose.extraSelections() == []


def test_marks_stay_when_the_theme_changes(qtbot: QtBot, ctx: UiContext) -> None:
    prose = shown(qtbot, ctx)
    prose.mark("níspero")
    try:
        ctx.theme.choose("dark", 150)
        assert len(prose.extraSelections()) == 3
    finally:
        ctx.theme.choose("light", 100)


def test_larger_text_takes_more_room(qtbot: QtBot, ctx: UiContext) -> None:
    small = Prose(ctx, "Prueba", long_text(), fit=True)
    large = Prose(ctx, "Prueba", long_text(), fit=True, zoom=1.5)
    qtbot.addWidget(small)
    qtbot.addWidget(large)
    assert large.heightForWidth(400) > small.heightForWidth(400) * 1.3
