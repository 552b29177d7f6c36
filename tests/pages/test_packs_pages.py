"""Ajustes, Paquetes, and the review of a newer pack: who signed it, what it brings, what stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import load_pack
from facilitator_kit.curriculum.signed_pack import new_private_key, open_signed_pack, sign_pack
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.adapt_words import ADAPT, REVIEW
from facilitator_kit.ui.pages.pack_choosing import ChoosePageDialog, TrustDialog
from facilitator_kit.ui.pages.pack_review_conflict import WholeTextDialog
from facilitator_kit.ui.pages.pack_review_page import NEWS, PackReviewPage
from facilitator_kit.ui.pages.settings_packs import PacksSection
from facilitator_kit.ui.pages.settings_page import SettingsPage
from facilitator_kit.ui.tour import find_button
from facilitator_kit.ui.widgets import Button, Label, Pill
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.pack_review import Offer, Pick

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
KEY = bytes(range(32))
SESSION = "modules/M3/02-mi-presupuesto.md"
METHOD = "methods/check-in/hilo-que-une.md"
WELCOME = "Salude y pregunte quién anotó en casa."
OWN = "Salude por su nombre y pregunte quién anotó en casa."
NEW = "Dé la bienvenida y pregunte quién anotó en casa."
Files = dict[str, bytes]


@pytest.fixture
def newer(core_files: Files) -> Files:
    """The next version: one session changed, one method gone."""
    manifest = core_files["pack.toml"].replace(b'"2026.2"', b'"2026.3"')
    session = core_files[SESSION].replace(WELCOME.encode(), NEW.encode())
    changed = {**core_files, "pack.toml": manifest, SESSION: session}
    del changed[METHOD]
    return changed


@pytest.fixture
def adapted(workspace: Workspace, core_files: Files) -> Workspace:
    """The workspace with the session and the method adapted."""
    session = core_files[SESSION].decode().replace(WELCOME, OWN)
    workspace.packs.adapt(SESSION, session)
    workspace.packs.adapt(METHOD, core_files[METHOD].decode() + "\nY se despiden.\n")
    return workspace


@pytest.fixture
def asked(ctx: UiContext) -> list[tuple[str, dict[str, object]]]:
    found: list[tuple[str, dict[str, object]]] = []
    ctx.navigated.connect(lambda key, params: found.append((key, params)))
    return found


def settle(ctx: UiContext, qtbot: QtBot) -> None:
    """Wait until nothing is going on, and what came of it is laid out."""
    QTest.qWait(60)
    qtbot.waitUntil(lambda: not ctx.jobs.running, timeout=10_000)
    QTest.qWait(60)


def packs_section(ctx: UiContext, qtbot: QtBot) -> PacksSection:
    page = SettingsPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.show()
    page.show_section("packs")
    settle(ctx, qtbot)
    ctx.changed.connect(lambda _change: page.refresh())
    assert isinstance(page.section, PacksSection)
    return page.section


def review_page(ctx: UiContext, qtbot: QtBot, files: Files) -> PackReviewPage:
    page = PackReviewPage(ctx)
    qtbot.addWidget(page)
    page.resize(1140, 700)
    page.open({"offer": Offer(load_pack(files, "MX"), files)})
    page.show()
    page.refresh()
    settle(ctx, qtbot)
    ctx.changed.connect(lambda _change: page.refresh())
    return page


def words(widget: PacksSection | PackReviewPage | QDialog) -> list[str]:
    shown = [label for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    pills = [pill for pill in widget.findChildren(Pill) if pill.isVisibleTo(widget)]
    return [one.text() for one in (*shown, *pills)]


def named(section: PacksSection, name: str) -> Button:
    return next(one for one in section.findChildren(Button) if one.accessibleName() == name)


def dialog(qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def adopt(page: PackReviewPage) -> PageAction:
    action = page.primary_action()
    assert action is not None
    return action


def pills(page: PackReviewPage) -> dict[str, str]:
    return {entry.key: entry.pill for _item, entry in page.entries._all()}


# -- Ajustes ---------------------------------------------------------------------------------------


def test_the_pack_in_force_and_what_was_adapted_are_shown(
    ctx: UiContext, qtbot: QtBot, adapted: Workspace, asked: list[tuple[str, dict[str, object]]]
) -> None:
    adapted.packs.keep_draft("methods/dialogue/la-pecera.md", "a medias")
    section = packs_section(ctx, qtbot)
    shown = words(section)
    assert "2026.2 · 2 textos adaptados" in shown
    assert "Vino con el programa" in shown
    assert shown.count("Adaptada") == 2
    assert "Borrador sin guardar" in shown
    button = named(section, "Abrir «Mi presupuesto, mi decisión»")
    qtbot.mouseClick(button, LEFT)
    assert asked == [(ADAPT, {"file": SESSION})]


def test_a_text_to_adapt_is_found_by_its_words(
    ctx: UiContext, qtbot: QtBot, asked: list[tuple[str, dict[str, object]]]
) -> None:
    section = packs_section(ctx, qtbot)
    section.choose_page()
    chooser = dialog(qtbot)
    assert isinstance(chooser, ChoosePageDialog)
    settle(ctx, qtbot)
    assert not chooser.primary.isEnabled()
    QTest.keyClicks(chooser.search.edit, "hilo que nos")
    qtbot.waitUntil(lambda: chooser.entries.listed() == (METHOD,))
    QTest.keyClick(chooser.search.edit, Key.Key_Down)
    QTest.keyClick(chooser.entries, Key.Key_Return)
    assert asked == [(ADAPT, {"file": METHOD})]


def test_an_export_is_signed_by_the_institution_whose_mark_is_shown(
    ctx: UiContext, qtbot: QtBot, adapted: Workspace, tmp_path: Path
) -> None:
    section = packs_section(ctx, qtbot)
    section.export_to(tmp_path / "propio.kitpack")
    settle(ctx, qtbot)
    found = open_signed_pack((tmp_path / "propio.kitpack").read_bytes())
    assert found.signer == "Instituto de ejemplo"
    assert found.version == adapted.desk.pack_in_force.version
    assert "Esta institución" in words(section)


def test_a_pack_that_comes_in_is_believed_only_after_asking(
    ctx: UiContext,
    qtbot: QtBot,
    adapted: Workspace,
    newer: Files,
    tmp_path: Path,
    asked: list[tuple[str, dict[str, object]]],
) -> None:
    path = tmp_path / "nuevo.kitpack"
    path.write_bytes(sign_pack(newer, "Equipo central", KEY, ctx.clock.today()))
    section = packs_section(ctx, qtbot)
    section.import_from(path)
    trust = dialog(qtbot)
    assert isinstance(trust, TrustDialog)
    assert "Equipo central" in words(trust)
    assert any(len(one.split()) == 8 for one in words(trust))
    trust.reject()
    assert adapted.pack_exchange.signers() == ()
    assert asked == []
    section.import_from(path)
    again = dialog(qtbot)
    assert isinstance(again, TrustDialog)
    QTest.keyClick(again.primary, Key.Key_Return)
    settle(ctx, qtbot)
    assert [key for key, _params in asked] == [REVIEW]
    assert "Equipo central" in words(section)
    section.import_from(path)
    settle(ctx, qtbot)
    assert [key for key, _params in asked] == [REVIEW, REVIEW]
    false = tmp_path / "falso.kitpack"
    false.write_bytes(sign_pack(newer, "Equipo central", new_private_key(), ctx.clock.today()))
    section.import_from(false)
    warned = dialog(qtbot)
    assert any("otra huella" in one for one in words(warned))
    warned.reject()
    named(section, "Dejar de confiar en la firma de Equipo central").click()
    settle(ctx, qtbot)
    assert adapted.pack_exchange.signers() == ()


def test_a_wrong_file_is_refused_with_its_reason_and_a_faulty_pack_with_its_list(
    ctx: UiContext, qtbot: QtBot, newer: Files, tmp_path: Path
) -> None:
    section = packs_section(ctx, qtbot)
    refusals: list[Exception] = []
    ctx.failed.connect(refusals.append)
    path = tmp_path / "x.kitpack"
    path.write_bytes(b"hola")
    section.import_from(path)
    settle(ctx, qtbot)
    faulty = {**newer, SESSION: b"roto"}
    path.write_bytes(sign_pack(faulty, "Equipo central", KEY, ctx.clock.today()))
    section.import_from(path)
    settle(ctx, qtbot)
    codes = [getattr(one, "code", "") for one in refusals]
    assert codes == ["foreign", "pack_refused"]


def test_a_text_without_a_page_can_be_copied_or_given_up(
    ctx: UiContext, qtbot: QtBot, adapted: Workspace, newer: Files
) -> None:
    page = review_page(ctx, qtbot, newer)
    page.merged._decide_all(Pick.OURS)
    adopt(page).run()
    settle(ctx, qtbot)
    section = packs_section(ctx, qtbot)
    assert METHOD in words(section)
    copy = find_button(section, "Copiar el texto")
    assert copy is not None
    copy.click()
    assert "Y se despiden." in QApplication.clipboard().text()
    section._ask_to_discard(METHOD)
    sure = dialog(qtbot)
    assert isinstance(sure, ConfirmDialog)
    sure.primary.click()
    settle(ctx, qtbot)
    assert adapted.packs.standing().homeless == ()


# -- the review ------------------------------------------------------------------------------------


def test_a_newer_pack_is_reviewed_decided_by_keyboard_and_adopted(
    ctx: UiContext, qtbot: QtBot, adapted: Workspace, newer: Files
) -> None:
    page = review_page(ctx, qtbot, newer)
    assert page.title() == "De la versión 2026.2 a la 2026.3"
    assert pills(page) == {NEWS: "", SESSION: "1 por decidir", METHOD: "Ya no está en el paquete"}
    assert page.entries.current() == SESSION
    assert not adopt(page).enabled
    assert adopt(page).tip == "Falta decidir 1 texto."
    text = " ".join(words(page))
    assert "Su texto" in text
    (card,) = page.merged.cards
    sides = [prose.toPlainText() for prose in card.findChildren(type(page.news))]
    assert "+por su nombre " in sides[0]
    assert "−Salude+Dé la bienvenida" in sides[1]
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page.entries, Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is card.choice.focusProxy()
    assert focus is not None
    # Nothing is chosen yet: an arrow only moves, the space bar chooses.
    QTest.keyClick(focus, Key.Key_Right)
    there = QApplication.focusWidget()
    assert there is not None
    QTest.keyClick(there, Key.Key_Space)
    settle(ctx, qtbot)
    assert card.choice.value() is Pick.THEIRS
    assert pills(page)[SESSION] == "Decidida"
    assert adopt(page).enabled
    adopt(page).run()
    settle(ctx, qtbot)
    assert adapted.desk.pack_in_force.version == "2026.3"
    assert NEW in str(adapted.desk.pack_in_force.session("M3-2"))
    assert page.review is None


def test_what_a_pack_brings_is_read_first_when_there_is_nothing_to_decide(
    ctx: UiContext, qtbot: QtBot, workspace: Workspace, newer: Files
) -> None:
    page = review_page(ctx, qtbot, newer)
    assert page.entries.current() == NEWS
    text = page.news.toPlainText()
    assert "Cambia · 1" in text
    assert "Mi presupuesto, mi decisión" in text
    assert "Ya no está · 1" in text
    adopt(page).run()
    settle(ctx, qtbot)
    assert workspace.desk.pack_in_force.version == "2026.3"


def test_a_text_written_by_hand_is_kept_and_used(
    ctx: UiContext, qtbot: QtBot, adapted: Workspace, newer: Files
) -> None:
    page = review_page(ctx, qtbot, newer)
    (card,) = page.merged.cards
    card.choice.set_value(Pick.HAND)
    card.choice.chosen.emit(Pick.HAND)
    assert card.hand.isVisible()
    assert "Dé la bienvenida por su nombre" in (card.hand.value() or "")
    card.hand.editor.selectAll()
    QTest.keyClicks(card.hand.editor, "  Reciba a cada persona en la puerta.")
    card.hand.commit()
    settle(ctx, qtbot)
    again = review_page(ctx, qtbot, newer)
    assert pills(again)[SESSION] == "Decidida"
    assert again.merged.cards[0].hand.value() == "  Reciba a cada persona en la puerta."
    adopt(again).run()
    settle(ctx, qtbot)
    assert "Reciba a cada persona en la puerta." in adapted.packs.text(SESSION).text


def test_texts_that_do_not_fit_are_shown_and_mended_whole(
    ctx: UiContext, qtbot: QtBot, adapted: Workspace, newer: Files
) -> None:
    page = review_page(ctx, qtbot, newer)
    (card,) = page.merged.cards
    card.choice.set_value(Pick.HAND)
    card.choice.chosen.emit(Pick.HAND)
    card.hand.editor.setPlainText("Salude a tod@s.")
    card.hand.commit()
    settle(ctx, qtbot)
    refusals: list[Exception] = []
    ctx.failed.connect(refusals.append)
    adopt(page).run()
    settle(ctx, qtbot)
    assert [getattr(one, "code", "") for one in refusals] == ["merge_refused"]
    assert pills(page)[SESSION] == "Por corregir"
    assert adapted.desk.pack_in_force.version.startswith("2026.2+")
    merged = page._page(SESSION)
    assert merged is not None
    page.edit_whole(merged)
    whole = dialog(qtbot)
    assert isinstance(whole, WholeTextDialog)
    settle(ctx, qtbot)
    text = whole.editor.text()
    assert whole.editor.field.edit.marked
    whole.editor.field.edit.selectAll()
    whole.editor.field.edit.insertPlainText(text.replace("tod@s", "todas las personas"))
    QTest.keyClick(whole, Key.Key_Escape)
    sure = dialog(qtbot)
    assert isinstance(sure, ConfirmDialog)
    sure.reject()
    QTest.keyClick(whole, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(ctx, qtbot)
    adopt(page).run()
    settle(ctx, qtbot)
    assert "Salude a todas las personas." in adapted.packs.text(SESSION).text


def test_what_is_typed_and_not_saved_comes_before_adopting(
    ctx: UiContext,
    qtbot: QtBot,
    workspace: Workspace,
    newer: Files,
    asked: list[tuple[str, dict[str, object]]],
) -> None:
    workspace.packs.keep_draft(SESSION, "a medias")
    page = review_page(ctx, qtbot, newer)
    assert not adopt(page).enabled
    assert any("sin guardar" in one for one in words(page))
    button = find_button(page, "Abrir")
    assert button is not None
    button.click()
    assert asked == [(ADAPT, {"file": SESSION})]
    workspace.packs.keep_draft(SESSION, None)
    settle(ctx, qtbot)
    assert adopt(page).enabled


def test_an_undo_of_the_adoption_offers_the_pack_no_more_until_it_is_asked_for(
    ctx: UiContext, qtbot: QtBot, workspace: Workspace, newer: Files
) -> None:
    page = review_page(ctx, qtbot, newer)
    adopt(page).run()
    settle(ctx, qtbot)
    workspace.undo()
    settle(ctx, qtbot)
    assert workspace.desk.pack_in_force.version == "2026.2"
    assert page.review is None
    assert page.primary_action() is None


def test_the_programs_newer_pack_is_announced_in_ajustes(
    ctx: UiContext,
    qtbot: QtBot,
    workspace: Workspace,
    clock: FixedClock,
    newer: Files,
    asked: list[tuple[str, dict[str, object]]],
) -> None:
    workspace.packs.keep_draft(SESSION, "lo que se escribe es sobre esta versión")
    workspace.packs.keep_draft(SESSION, None)
    workspace.close()
    later = Front(clock, Ids.seeded(clock, 12), newer).open(workspace.folder)
    ctx.workspace = later
    section = packs_section(ctx, qtbot)
    assert any("Hay una versión nueva del paquete: 2026.3." in one for one in words(section))
    action = section.action()
    assert action is not None
    assert action.text == "Revisar la versión 2026.3"
    action.run()
    assert asked == [(REVIEW, {"source": "program"})]
    page = PackReviewPage(ctx)
    qtbot.addWidget(page)
    page.open({"source": "program"})
    page.show()
    page.refresh()
    settle(ctx, qtbot)
    assert "Viene con esta versión del programa." in page.news.toPlainText()
    adopt(page).run()
    settle(ctx, qtbot)
    assert later.desk.pack_in_force.version == "2026.3"
    section.refresh()
    settle(ctx, qtbot)
    assert not any("versión nueva" in one for one in words(section))
    later.close()
