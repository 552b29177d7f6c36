"""Complements, the process and what is new, in an updated pack that has them.

1. A lesson is read, done and answered by keyboard alone, and every answer is explained.
2. Nothing of what is answered is stored.
3. The same lesson can be handed over on the whole screen, where nothing else is to be seen.
4. An update says what it brought, once; it can be sent away, and read again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit import settings
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_entries import LESSONS, PROCESS
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage
from facilitator_kit.ui.pages.lesson_reader import END, LessonDialog, LessonReader
from facilitator_kit.workspace import Front, Workspace

Key = Qt.Key

LESSON = """+++
code = "CZ-1"
title = "Un mes, tres montones"
minutes = 12
session = "M3-2"
+++
# Para leer
Chela anota tres gastos cada noche.
# Actividad
Anote usted los de hoy.
# Preguntas
## ¿Cuándo conviene anotar?
Chela llega cansada.
- [ ] Cada mes
  > Para entonces ya no se recuerda.
- [x] El mismo día
  > Así no se olvida nada.
- [ ] Cuando sobre tiempo
  > Casi nunca sobra.
## ¿Quién puede ver la libreta?
- [x] Solo ella
  > Es suya.
- [ ] Toda la casa
  > Solo si ella quiere.
"""
FILES = {
    "complements/CZ/complement.toml": 'code = "CZ"\ntitle = "Cuentas"\nabout = "Para ella."\n',
    "complements/CZ/01-anotar.md": LESSON,
    "complements/CZ/02-guardar.md": LESSON.replace("CZ-1", "CZ-2")
    .replace("Un mes, tres montones", "Guardar de a poco")
    .replace('session = "M3-2"\n', ""),
    "process/01-abrir.md": '+++\ncode = "PZ-1"\ntitle = "Abrir un grupo"\nkind = "chapter"\n+++\n'
    "# Antes\nElija el salón.\n# Después\nAvise las fechas.\n",
    "process/02-salon.md": '+++\ncode = "PZ-2"\ntitle = "Solicitud de salón"\nkind = "form"\n+++\n'
    "```renglones 2\nLugar\n```\n",
}


@pytest.fixture
def workspace(
    tmp_path: Path, workspace_template: Path, clock: FixedClock, core_files: dict[str, bytes]
) -> Iterator[Workspace]:
    """A workspace that began with the core pack, opened by a program that brings a newer one."""
    folder = tmp_path / "workspace"
    shutil.copytree(workspace_template, folder)
    manifest = core_files["pack.toml"].replace(b'version = "2026.2"', b'version = "2026.3"')
    files = {**core_files, "pack.toml": manifest}
    files |= {name: text.encode() for name, text in FILES.items()}
    opened = Front(clock, Ids.seeded(clock, 11), files).open(folder)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> CurriculumPage:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.open({"lesson": "CZ-1"})
    page.refresh()
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.guide.reading_lesson, timeout=20_000)
    return page


def press(reader: QWidget, *keys: Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        inside = focused is not None and reader.isAncestorOf(focused)
        QTest.keyClick(focused if focused is not None and inside else reader, key)


def go_through(reader: LessonReader) -> None:
    """Read and answer a lesson: the first question wrongly, the second one well."""
    reader.focus_widget().setFocus()
    assert "Chela anota" in reader.prose.toPlainText()
    press(reader, Key.Key_Return)
    assert "Anote usted" in reader.prose.toPlainText()
    press(reader, Key.Key_Return)
    question = reader.question
    assert question is not None
    press(reader, Key.Key_Return)
    assert not question.explained, "nothing is explained before something is chosen"
    press(reader, Key.Key_5)
    assert question.answer is None, "there are three options"
    press(reader, Key.Key_1, Key.Key_Return)
    assert question.explained
    assert list(question.words) == [
        "Para entonces ya no se recuerda.",
        "Así no se olvida nada.",
        "Casi nunca sobra.",
    ]
    assert question.options[1].accessibleDescription() == "La mejor respuesta"
    press(reader, Key.Key_2)
    assert question.answer == 0, "what was answered is not answered again"
    press(reader, Key.Key_Return)
    second = reader.question
    assert second is not None
    assert second is not question
    press(reader, Key.Key_1, Key.Key_Return, Key.Key_Return)
    assert reader.step == END


def test_a_lesson_is_read_done_and_answered_by_keyboard(
    page: CurriculumPage, workspace: Workspace
) -> None:
    before = workspace.history(3)
    reader = page.guide.lesson
    go_through(reader)
    result = " ".join(
        label.text() for label in reader.findChildren(QWidget) if hasattr(label, "text")
    )
    assert "Contestó 2 preguntas; en 1 eligió la mejor respuesta." in result
    assert workspace.history(3) == before
    press(reader, Key.Key_Space)
    assert reader.step == "reading"
    reader.go_to("question-0")
    assert reader.question is not None
    assert reader.question.answer is None, "whoever comes next begins anew"


def test_the_outline_of_a_lesson_follows_and_leads(qtbot: QtBot, page: CurriculumPage) -> None:
    reader, outline = page.guide.lesson, page.guide.outline
    qtbot.waitUntil(lambda: not page.ctx.jobs.running)
    assert [part.words for part in outline.parts] == ["Para leer", "Actividad", "Preguntas"]
    outline.chosen.emit("question-0")
    assert reader.step == "question-0"
    reader.go_back()
    assert outline.current == "activity"


def test_a_lesson_is_handed_over_alone_on_the_screen(qtbot: QtBot, page: CurriculumPage) -> None:
    QTest.keyClick(page, Key.Key_F11)
    dialog = page.window().findChild(LessonDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.isFullScreen()
    assert dialog.windowTitle() == "Un mes, tres montones"
    go_through(dialog.reader)
    QTest.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: page.window().findChild(LessonDialog) is None)


def test_a_session_leads_to_its_lesson_and_back(qtbot: QtBot, page: CurriculumPage) -> None:
    qtbot.waitUntil(lambda: "Mi presupuesto, mi decisión" in page.prepare.words())
    page.prepare.asked.emit("M3-2")
    assert page.session is not None
    page.prepare.asked.emit("CZ-1")
    assert page.views.value() == LESSONS
    assert page.entries.current() == "CZ-1"


def test_a_lesson_is_found_by_what_its_quiz_says(qtbot: QtBot, page: CurriculumPage) -> None:
    page.search.set_text("sobre tiempo")
    qtbot.waitUntil(lambda: "group:lesson" in page.entries.listed(), timeout=20_000)
    page.entries.chosen.emit("CZ-2")
    assert page.guide.lesson.lesson is not None
    assert page.guide.lesson.lesson.code == "CZ-2"
    assert page.guide.lesson.step == "question-0"


def test_the_process_is_read_chapter_by_chapter_and_form(
    qtbot: QtBot, page: CurriculumPage
) -> None:
    page.show_view(PROCESS)
    assert {"PZ-1", "PZ-2"} <= set(page.entries.listed())
    page.reader.linked.emit("PZ-1")
    assert "Elija el salón." in page.reader.toPlainText()
    qtbot.waitUntil(lambda: not page.ctx.jobs.running)
    assert [part.words for part in page.guide.outline.parts] == ["Antes", "Después"]
    page.reader.linked.emit("PZ-2")
    assert "Formato para llenar" in page.reader.toPlainText()
    assert page.prepare.star.isVisible()


def test_a_complement_lists_its_lessons(page: CurriculumPage) -> None:
    page.show_code("CZ")
    assert "Guardar de a poco" in page.reader.toPlainText()
    page.reader.linked.emit("CZ-2")
    assert page.guide.reading_lesson


# -- what is new -----------------------------------------------------------------------------------


def test_an_update_is_told_read_and_sent_away(
    qtbot: QtBot, ctx: UiContext, page: CurriculumPage
) -> None:
    qtbot.waitUntil(page.notice.isVisible, timeout=20_000)
    page.notice.see.click()
    text = page.reader.toPlainText()
    assert "De la versión 2026.2 a la 2026.3" in text
    for words in ("Se agregó", "Lecciones", "Un mes, tres montones", "Solicitud de salón"):
        assert words in text
    page.reader.linked.emit("PZ-2")
    assert "Formato para llenar" in page.reader.toPlainText()
    page.notice.dismiss.click()
    assert not page.notice.isVisible()
    assert ctx.settings.get(settings.NEWS_SEEN) == ctx.workspace.library.pack.version
    again = CurriculumPage(ctx)
    qtbot.addWidget(again)
    again.refresh()
    again.show()
    qtbot.waitUntil(lambda: bool(again.secondary_actions()), timeout=20_000)
    assert again.notice.isHidden()
    qtbot.waitUntil(lambda: again.secondary_actions()[0].text == "Novedades", timeout=20_000)
    again.secondary_actions()[0].run()
    assert "Novedades" in again.reader.toPlainText()
