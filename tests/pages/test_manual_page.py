"""The manual: F1 opens the chapter of a page, links lead on, English has its own page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator_kit import paths
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.manual_page import CHAPTER_OF, INDEX, ManualPage, read_manual

MANUAL = Path(paths.content_folder() / "manual")


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> ManualPage:
    page = ManualPage(ctx)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    return page


def test_it_opens_on_its_contents(page: ManualPage) -> None:
    assert "Manual del Kit de Facilitación" in page.reader.toPlainText()
    assert page.entries.current() == INDEX
    assert len(page.entries.listed()) == len(list(MANUAL.glob("*.md")))


def test_every_page_has_its_chapter(page: ManualPage) -> None:
    for key, file in CHAPTER_OF.items():
        page.open({"page": key})
        assert page.entries.current() == file
        assert (MANUAL / file).is_file()


def test_an_unknown_page_opens_the_contents(page: ManualPage) -> None:
    page.open({"page": "planeador"})
    page.open({"page": "no-such"})
    assert page.entries.current() == INDEX


def test_links_lead_from_chapter_to_chapter(page: ManualPage) -> None:
    page.open({"page": "planeador"})
    page.reader.linked.emit("09-teclado.md")
    assert page.entries.current() == "09-teclado.md"
    assert "Teclado" in page.reader.toPlainText()


def test_a_chapter_is_chosen_by_keyboard(page: ManualPage) -> None:
    page.entries.setFocus()
    QTest.keyClick(page.entries, Qt.Key.Key_Down)
    assert "Primeros pasos" in page.reader.toPlainText()
    QTest.keyClick(page.entries, Qt.Key.Key_Return)
    assert page.reader.hasFocus()


def test_the_manual_is_searched(qtbot: QtBot, page: ManualPage) -> None:
    page.search.set_text("recuperacion")
    qtbot.waitUntil(lambda: 0 < len(page.entries.listed()) < len(CHAPTER_OF))
    page.search.set_text("xyzzy")
    qtbot.waitUntil(page.entries.isHidden)


def test_english_shows_its_own_page(
    qtbot: QtBot, ctx: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctx, "_", Texts("en"))
    page = ManualPage(ctx)
    qtbot.addWidget(page)
    page.open({"page": "planeador"})
    page.refresh()
    qtbot.waitUntil(lambda: "Facilitation Kit" in page.reader.toPlainText())
    assert page.entries.listed() == (INDEX,)


def test_every_link_of_the_manual_leads_to_a_chapter() -> None:
    for folder in (MANUAL, MANUAL / "en"):
        chapters = read_manual(folder)
        files = {chapter.file for chapter in chapters}
        for chapter in chapters:
            text = (folder / chapter.file).read_text(encoding="utf-8")
            assert set(re.findall(r"\]\(([^)#]+)", text)) <= files, chapter.file
