"""«Imprimir…»: what to print is chosen by keyboard, counted, shown, and remembered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from facilitator_kit import settings as declared
from facilitator_kit.curriculum.copies import handout_copies
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.i18n import Texts, message
from facilitator_kit.progress import Progress, Work, finish
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_entries import METHODS
from facilitator_kit.ui.pages.curriculum_page import CurriculumPage
from facilitator_kit.ui.pages.curriculum_print import CurriculumPrintDialog
from facilitator_kit.ui.pages.print_choices import ALL, Choice, Offer, PrintKind
from facilitator_kit.ui.pages.today_page import TodayPage
from facilitator_kit.ui.pdf_view import PdfDialog, show_long_pdf
from facilitator_kit.ui.tour import find_button
from facilitator_kit.ui.widgets import Bar
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.books import Books

SESSION = "M3-2"
Key = Qt.Key
Opener = Callable[[], CurriculumPrintDialog]


@pytest.fixture
def page(qtbot: QtBot, ctx: UiContext) -> CurriculumPage:
    page = CurriculumPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.open({"session": SESSION})
    page.refresh()
    page.show()
    qtbot.waitUntil(lambda: page.session is not None, timeout=20_000)
    return page


@pytest.fixture
def asked(qtbot: QtBot, page: CurriculumPage, ctx: UiContext) -> Opener:
    def ask() -> CurriculumPrintDialog:
        qtbot.waitUntil(lambda: page.entries.listed() != (), timeout=20_000)
        (action,) = (one for one in page.secondary_actions() if one.text == "Imprimir…")
        action.run()
        dialogs = [d for d in page.findChildren(CurriculumPrintDialog) if d.isVisible()]
        qtbot.waitUntil(lambda: not ctx.jobs.running)
        return dialogs[-1]

    return ask


def take(dialog: CurriculumPrintDialog, kind: PrintKind) -> None:
    """Choose a kind with the arrow keys."""
    combo = dialog.kind.editor
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    QTest.keyClick(combo, Key.Key_Home)
    for _step in range(combo.count()):
        if dialog.choice.kind is kind:
            break
        QTest.keyClick(combo, Key.Key_Down)
    assert dialog.choice.kind is kind


def shown(qtbot: QtBot, page: CurriculumPage) -> PdfDialog:
    qtbot.waitUntil(lambda: page.findChild(PdfDialog) is not None)
    pdf = page.findChild(PdfDialog)
    assert pdf is not None
    qtbot.waitUntil(lambda: pdf.ready, timeout=20_000)
    return pdf


def test_it_begins_on_what_is_being_read(asked: Opener, workspace: Workspace) -> None:
    dialog = asked()
    assert dialog.choice.kind is PrintKind.GUIDE
    assert dialog.choice.which == SESSION
    # Six people are enrolled, and the session is in their calendar.
    assert dialog.choice.people == workspace.papers.people_next((SESSION,)) == 6


def test_enter_shows_the_guide(qtbot: QtBot, page: CurriculumPage, asked: Opener) -> None:
    dialog = asked()
    QTest.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown(qtbot, page).document.pageCount() >= 3


def test_handouts_are_counted_for_the_group_that_is_typed(
    qtbot: QtBot, page: CurriculumPage, asked: Opener, workspace: Workspace
) -> None:
    dialog = asked()
    take(dialog, PrintKind.HANDOUTS)
    editor = dialog.people.editor
    editor.setFocus()
    editor.selectAll()  # type: ignore[attr-defined]  # a line edit
    QTest.keyClicks(editor, "3")
    QTest.keyClick(editor, Key.Key_Tab)
    pack = workspace.desk.core_pack
    session = pack.session(SESSION)
    copies = [handout_copies(session, pack.handout(code), 3) for code in session.handouts]
    for one in copies:
        assert f"{one.handout.code}: {one.count}" in dialog.summary()
    dialog.submit()
    pages = shown(qtbot, page).document.pageCount()
    assert pages >= sum(one.count for one in copies if one.handout.paper == "letter")


def test_what_was_typed_is_not_counted_again(qtbot: QtBot, asked: Opener, ctx: UiContext) -> None:
    dialog = asked()
    dialog.people.set_draft("11")
    dialog.people.commit()
    take(dialog, PrintKind.MODULE)
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    assert dialog.choice.people == 11


def test_a_binder_holds_at_least_one_thing(asked: Opener) -> None:
    dialog = asked()
    take(dialog, PrintKind.MODULE)
    assert dialog.choice.which == "M3"
    for box in (dialog.guides, dialog.handouts, dialog.lessons):
        box.editor.setFocus()
        QTest.keyClick(box.editor, Key.Key_Space)
    assert not dialog.primary.isEnabled()
    assert "al menos una cosa" in dialog.summary()
    QTest.keyClick(dialog.handouts.editor, Key.Key_Space)
    assert dialog.primary.isEnabled()
    assert dialog.choice.contents.handouts
    assert not dialog.choice.contents.guides


def test_the_choice_is_remembered_but_not_what_or_for_how_many(
    qtbot: QtBot, page: CurriculumPage, asked: Opener, ctx: UiContext
) -> None:
    dialog = asked()
    take(dialog, PrintKind.HANDOUTS)
    dialog.repeated.set_value(False)
    dialog.duplex.editor.setFocus()
    QTest.keyClick(dialog.duplex.editor, Key.Key_Space)
    dialog.submit()
    shown(qtbot, page).reject()
    kept = ctx.settings.get(declared.PRINT_CHOICES)
    assert kept["kind"] == "handouts"
    assert set(kept) == {"kind", "guides", "handouts", "lessons", "repeated", "duplex"}
    again = asked()
    assert again.choice.kind is PrintKind.HANDOUTS
    assert not again.choice.repeated
    assert again.choice.duplex


def test_a_setting_that_cannot_be_used_counts_for_nothing(asked: Opener, ctx: UiContext) -> None:
    ctx.settings.set(declared.PRINT_CHOICES, {"kind": "poster", "guides": 7, "people": "x"})
    choice = asked().choice
    assert choice.kind is PrintKind.GUIDE
    assert choice.guides


def test_every_kind_shows_only_what_it_asks_for(asked: Opener) -> None:
    dialog = asked()
    visible = {
        "people": lambda: dialog.people.isVisible(),
        "sheets": lambda: dialog.sheets.isVisible(),
        "route": lambda: dialog.route.isVisible(),
        "guides": lambda: dialog.guides.isVisible(),
        "repeated": lambda: dialog.repeated.isVisible(),
        "duplex": lambda: dialog.duplex.isVisible(),
    }
    expected = {
        PrintKind.GUIDE: {"people"},
        PrintKind.HANDOUTS: {"people", "sheets", "repeated", "duplex"},
        PrintKind.MODULE: {"people", "guides", "duplex"},
        PrintKind.PROGRAMME: {"people", "route", "guides", "duplex"},
        PrintKind.METHODS: {"duplex"},
    }
    for kind, names in expected.items():
        take(dialog, kind)
        assert {name for name, seen in visible.items() if seen()} == names, kind


def test_a_method_is_printed_from_where_it_is_read(
    qtbot: QtBot, page: CurriculumPage, asked: Opener
) -> None:
    page.show_view(METHODS)
    page.show_code("hilo-que-une")
    dialog = asked()
    assert (dialog.choice.kind, dialog.choice.which) == (PrintKind.METHODS, "hilo-que-une")
    dialog.submit()
    assert shown(qtbot, page).document.pageCount() == 1


def test_escape_prints_nothing(page: CurriculumPage, asked: Opener, ctx: UiContext) -> None:
    dialog = asked()
    QTest.keyClick(dialog, Key.Key_Escape)
    assert page.findChild(PdfDialog) is None
    assert ctx.settings.get(declared.PRINT_CHOICES) == {}


# -- what is offered -----------------------------------------------------------------------------


@pytest.fixture
def pack(workspace: Workspace) -> Pack:
    return workspace.desk.core_pack


@pytest.mark.parametrize("language", ["es", "en"])
def test_everything_that_is_offered_can_be_made(
    workspace: Workspace, pack: Pack, language: str
) -> None:
    offer = Offer(pack, Texts(language))

    def books() -> Books:
        return workspace.printing.books

    for kind, words in offer.kinds():
        assert words
        which = offer.which(kind)
        parts = offer.parts(kind, which[-1][0]) or [(ALL, "")]
        choice = Choice(kind, which[-1][0], parts[-1][0], people=2)
        made = offer.printed(choice, books)
        assert made.title
        assert made.file.endswith(".pdf")
        pdf = made.now() if made.now is not None else b""
        if made.work is not None:
            pdf = finish(made.work())
        assert pdf.startswith(b"%PDF-")


def test_an_unwritten_session_is_not_offered(pack: Pack) -> None:
    offer = Offer(pack, Texts("es"))
    codes = {code for code, _words in offer.which(PrintKind.GUIDE)}
    for module in pack.modules:
        for session in module.sessions:
            assert (session.code in codes) == session.complete


# -- beside the dialog ---------------------------------------------------------------------------


def test_the_handouts_of_the_next_session_are_one_press_away(
    qtbot: QtBot, ctx: UiContext, workspace: Workspace
) -> None:
    page = TodayPage(ctx)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    coming = workspace.today.view().next_session
    assert coming is not None
    assert coming.session.handouts
    qtbot.waitUntil(lambda: find_button(page, "Imprimir hojas") is not None)
    button = find_button(page, "Imprimir hojas")
    assert button is not None
    QTest.keyClick(button, Key.Key_Space)
    qtbot.waitUntil(lambda: page.findChild(PdfDialog) is not None)
    pdf = page.findChild(PdfDialog)
    assert pdf is not None
    qtbot.waitUntil(lambda: pdf.ready, timeout=20_000)
    assert pdf.document.pageCount() >= len(coming.session.handouts)


def test_closing_the_viewer_stops_the_work(qtbot: QtBot, ctx: UiContext) -> None:
    ended: list[str] = []

    def work() -> Work[bytes]:
        try:
            for step in range(10_000):
                yield Progress(step, 10_000, message("Componiendo páginas"))
        finally:
            ended.append("tidied")
        return b""

    dialog = show_long_pdf(ctx, "Carpeta", work(), "carpeta.pdf")
    qtbot.addWidget(dialog, before_close_func=lambda _widget: None)
    qtbot.waitUntil(lambda: dialog.findChildren(Bar)[0].isVisible())
    QTest.keyClick(dialog, Key.Key_Escape)
    qtbot.waitUntil(lambda: not ctx.jobs.running)
    assert ended == ["tidied"]
