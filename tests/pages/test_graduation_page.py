"""Graduación: urgency, reasons, decisions, the ceremony and the register, by keyboard and mouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from graduation_case import (
    CANNOT,
    HOMONYM,
    LEFT,
    MISPRINT,
    NO_EXIT,
    READY,
    make_case,
    opened,
    settle,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit.monitoring.records import DecisionKind, RegisterState
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.pages.graduation import GraduationPage
from facilitator_kit.ui.pages.graduation_ceremony import CeremonyDialog
from facilitator_kit.ui.pages.graduation_words import Filter
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.widgets import Button


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case") / "workspace"
    make_case(folder)
    return folder


@pytest.fixture
def ctx(
    case: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[UiContext]:
    monkeypatch.setenv("FACILITATOR_KIT_HOME", str(tmp_path / "home"))
    folder = tmp_path / "workspace"
    shutil.copytree(case, folder)
    with opened(folder, qtbot) as found:
        yield found


@pytest.fixture
def page(ctx: UiContext, qtbot: QtBot) -> GraduationPage:
    made = GraduationPage(ctx)
    qtbot.addWidget(made)
    ctx.changed.connect(lambda _change: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    settle(ctx, qtbot)
    return made


def listed(page: GraduationPage) -> list[str]:
    return [candidate.participant.code for candidate in page.model.rows]


def pill(page: GraduationPage, code: str) -> str:
    row = listed(page).index(code)
    last = len(page.model.columns) - 1
    return str(page.model.index(row, last).data())


def choose(page: GraduationPage, ctx: UiContext, qtbot: QtBot, *codes: str) -> None:
    first, *others = [listed(page).index(code) for code in codes]
    # Not by `selectRow`, which asks whether a control key is down: one test may leave it so.
    selection = page.table.view.selectionModel()
    flags = selection.SelectionFlag
    selection.setCurrentIndex(page.model.index(first, 0), flags.ClearAndSelect | flags.Rows)
    for row in others:
        selection.select(page.model.index(row, 0), flags.Select | flags.Rows)
    settle(ctx, qtbot)


def said(widget: QWidget) -> str:
    return " ".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def press(widget: QWidget, words: str, qtbot: QtBot) -> None:
    def found() -> list[Button]:
        return [
            b for b in widget.findChildren(Button) if b.text() == words and b.isVisibleTo(widget)
        ]

    qtbot.waitUntil(lambda: bool(found()))
    button = found()[0]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)


def give_reason(page: GraduationPage, reason: str) -> None:
    dialog = page.findChildren(ConfirmDialog)[-1]
    assert dialog.reason is not None
    dialog.reason.show_text(reason)
    dialog.submit()


def decide_all(page: GraduationPage, ctx: UiContext, qtbot: QtBot) -> None:
    press(page, "Decidir todas las que cumplen (3)", qtbot)
    page.findChildren(ConfirmDialog)[-1].submit()
    settle(ctx, qtbot)


# -- the list ----------------------------------------------------------------------------------


def test_what_can_still_be_mended_comes_first_and_what_is_over_last(page: GraduationPage) -> None:
    assert listed(page)[0] == NO_EXIT
    assert listed(page)[-2:] == [CANNOT, LEFT]


def test_each_pill_names_the_situation(page: GraduationPage) -> None:
    assert pill(page, NO_EXIT) == "Falta encuesta de salida"
    assert pill(page, READY) == "Cumple"
    assert pill(page, CANNOT) == "Ya no alcanza"
    assert pill(page, LEFT) == "Dejó el programa"


def test_the_four_figures_count_everybody_once(page: GraduationPage) -> None:
    names = [tile.accessibleName() for tile in page.tiles.tiles]
    assert names[0] == "6 inscritas 1 salió"
    # Fewer than ten: counts, no percentage.
    assert names[1] == "3 cumplen todo"
    assert names[2] == "1 puede cumplir a tiempo"
    assert names[3] == "1 ya no alcanza avisar"


def test_a_filter_shows_only_its_part(page: GraduationPage, ctx: UiContext, qtbot: QtBot) -> None:
    chip = next(
        b for b in page.chips.findChildren(QAbstractButton) if b.text().startswith("Listas")
    )
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle(ctx, qtbot)
    assert set(listed(page)) == {READY, HOMONYM, MISPRINT}
    assert page.chips.value() is Filter.READY


def test_an_empty_filter_offers_to_see_everybody(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    page._filter(Filter.GRADUATED)
    settle(ctx, qtbot)
    assert listed(page) == []
    press(page.table, "Ver todas", qtbot)
    assert len(listed(page)) == 6


def test_selecting_with_the_keyboard_explains_the_woman(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    page.table.setFocus()
    view: QTableView = page.table.view
    qtbot.keyClick(view, Qt.Key.Key_Home)
    settle(ctx, qtbot)
    text = said(page.reason)
    assert "Núñez O’Higgins, Carla" in text
    assert "Puede cumplir hasta el" in text
    assert "Falta encuesta de salida" in text
    assert "Regla «SCE 2022-2» versión 3" in text
    assert "20 h de 20 h" in text.replace("\xa0", " ")


def test_what_lacks_leads_to_where_it_is_mended(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, NO_EXIT)
    with qtbot.waitSignal(ctx.navigated) as caught:
        press(page.reason, "Capturar encuesta", qtbot)
    where, params = caught.args
    assert where == "cohortes"
    assert params["tab"] == "followup"
    assert params["person"] == page.chosen()[0].participant.id


def test_a_missed_module_names_hours_and_the_sessions_to_recover(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, CANNOT)
    text = said(page.reason)
    assert "faltan" in text
    assert "se recupera con las sesiones" in text


# -- decisions ---------------------------------------------------------------------------------


def test_graduating_one_is_one_press_and_can_be_undone(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, READY)
    press(page.reason, "Graduar", qtbot)
    settle(ctx, qtbot)
    assert pill(page, READY) == "Decidida, sin folio"
    ctx.jobs.run(ctx.workspace.undo, lambda _change: None)
    settle(ctx, qtbot)
    assert pill(page, READY) == "Cumple"


def test_an_exception_asks_for_its_reason_and_shows_it(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, CANNOT)
    press(page.reason, "Excepción…", qtbot)
    dialog = page.findChildren(ConfirmDialog)[-1]
    dialog.submit()
    assert dialog.isVisible(), "without a reason nothing is decided"
    give_reason(page, "Hospitalizada; lo acordó el comité")
    settle(ctx, qtbot)
    assert pill(page, CANNOT) == "Excepción, sin folio"
    assert "Hospitalizada; lo acordó el comité" in said(page.reason)


def test_several_selected_are_refused_together_with_one_reason(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, READY, HOMONYM)
    assert "2 participantes elegidas" in said(page.reason)
    press(page.reason, "No graduar… (2)", qtbot)
    give_reason(page, "Así lo pidieron")
    settle(ctx, qtbot)
    assert pill(page, READY) == pill(page, HOMONYM) == "No se gradúa"


def test_a_mixed_selection_graduates_only_those_who_fulfil(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, READY, CANNOT)
    press(page.reason, "Graduar (1)", qtbot)
    settle(ctx, qtbot)
    assert pill(page, READY) == "Decidida, sin folio"
    assert pill(page, CANNOT) == "Ya no alcanza"


def test_deciding_all_takes_only_those_who_fulfil(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    decide_all(page, ctx, qtbot)
    assert {code for code in listed(page) if "Decidida" in pill(page, code)} == {
        READY,
        HOMONYM,
        MISPRINT,
    }
    assert not page.all_button.isVisible()


# -- the ceremony ------------------------------------------------------------------------------


def begin(page: GraduationPage, ctx: UiContext, qtbot: QtBot) -> CeremonyDialog:
    action = page.primary_action()
    assert action is not None
    action.run()
    dialog = page.findChildren(CeremonyDialog)[-1]
    settle(ctx, qtbot)
    return dialog


def test_a_first_certificate_is_six_key_presses_away(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(page, ctx, qtbot, READY, HOMONYM)
    dialog = begin(page, ctx, qtbot)
    assert "2 folios nuevos" in said(dialog)
    qtbot.keyClick(dialog.when.on.editor, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert "Homónima de CR-002" in str(dialog.names.model.index(0, 2).data())
    qtbot.keyClick(dialog.names.table.view, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    assert dialog.primary.text() == "Registrar y preparar"
    qtbot.keyClick(dialog.primary, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.primary.text() == "Ver certificados", timeout=20_000)
    settle(ctx, qtbot)
    assert "2 certificados" in said(dialog)
    qtbot.keyClick(dialog.primary, Qt.Key.Key_Return)
    settle(ctx, qtbot)
    viewer = dialog.findChildren(PdfDialog)[0]
    assert viewer.document.pageCount() == 2
    written = sorted(str(path.relative_to(dialog.folder)) for path in dialog.folder.rglob("*.pdf"))
    assert written == [
        "acta-cr-empleo.pdf",
        "certificados.pdf",
        "certificados/CR-2026-0001.pdf",
        "certificados/CR-2026-0002.pdf",
        "hoja-entrega.pdf",
        "libro-registro.pdf",
    ]
    assert dialog.folder.is_relative_to(tmp_path / "home")
    assert pill(page, READY).startswith("Folio CR-2026-000")


def test_a_name_that_cannot_be_printed_stops_the_ceremony_or_is_left_out(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    dialog = begin(page, ctx, qtbot)
    dialog.submit()
    settle(ctx, qtbot)
    assert not dialog.primary.isEnabled()
    assert "明" in dialog.names.missing.label.text()
    qtbot.keyClick(dialog.names.leave_out, Qt.Key.Key_Space)
    assert dialog.primary.isEnabled()
    assert {c.participant.code for c in dialog.names.going()} == {READY, HOMONYM}


def test_going_without_a_place_is_refused_beside_the_field(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    dialog = begin(page, ctx, qtbot)
    assert dialog.when.place.value() == "Zapopan, Jalisco"
    dialog.when.place.show_text("")
    dialog.submit()
    assert "necesario" in said(dialog.when.place)
    assert dialog.step.text() == "Paso 1 de 3"


def test_a_ceremony_can_be_held_again_without_new_folios(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    choose(page, ctx, qtbot, READY, HOMONYM)
    for _round in range(2):
        dialog = begin(page, ctx, qtbot)
        dialog.submit()
        settle(ctx, qtbot)
        dialog.submit()
        settle(ctx, qtbot)
        dialog.submit()
        qtbot.waitUntil(lambda d=dialog: d.primary.text() == "Ver certificados", timeout=20_000)
        dialog.reject()
        settle(ctx, qtbot)
        choose(page, ctx, qtbot, READY, HOMONYM)
    assert len(ctx.workspace.register.folios()) == 2


def test_after_a_restore_the_last_printed_folio_is_asked_for(
    page: GraduationPage, ctx: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = {"CR"}
    register = ctx.workspace.register
    monkeypatch.setattr(type(register), "folios_blocked", lambda _self, _year: tuple(blocked))
    declared: list[tuple[str, int, int]] = []

    def declare(_self: object, series: str, year: int, number: int) -> None:
        declared.append((series, year, number))
        blocked.clear()

    monkeypatch.setattr(type(register), "declare_last_folio", declare)
    choose(page, ctx, qtbot, READY, HOMONYM)
    dialog = begin(page, ctx, qtbot)
    dialog.submit()
    settle(ctx, qtbot)
    dialog.submit()
    settle(ctx, qtbot)
    dialog.submit()
    assert declared == [], "an empty number is refused beside its field"
    field = dialog._blocked["CR"]
    field.show_text("40")
    dialog.submit()
    settle(ctx, qtbot)
    assert declared == [("CR", 2026, 40)]


# -- the register ------------------------------------------------------------------------------


@pytest.fixture
def registered(page: GraduationPage, ctx: UiContext, qtbot: QtBot) -> GraduationPage:
    graduation = ctx.workspace.graduation
    ids = tuple(c.enrolment.id for c in page.model.rows if c.participant.code in (READY, HOMONYM))
    graduation.decide(ids, DecisionKind.GRADUATES)
    graduation.issue(ids, ctx.clock.today(), "Zapopan, Jalisco")
    settle(ctx, qtbot)
    page._show_tab("register")
    return page


def test_the_register_is_searched_by_name_folio_and_code(
    registered: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    register = registered.register
    assert len(register.model.rows) == 2
    edit = register.search.findChildren(QLineEdit)[0]
    for typed, found in (("0002", 1), ("ruiz pena", 2), ("cr-001", 1), ("nadie", 0)):
        edit.clear()
        qtbot.keyClicks(edit, typed)
        qtbot.waitUntil(lambda n=found: len(register.model.rows) == n)
        settle(ctx, qtbot)


def test_reprinting_counts_and_shows_the_certificate(
    registered: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    register = registered.register
    press(register.detail, "Reimprimir…", qtbot)
    dialog = register.findChildren(ConfirmDialog)[-1]
    assert dialog.reason is not None
    dialog.reason.show_text("Se mojó")
    dialog.submit()
    settle(ctx, qtbot)
    assert register.model.rows[0].reprints == 1
    assert register.findChildren(PdfDialog)
    assert "Se mojó" in said(register.detail)


def test_cancelling_and_reissuing_spends_a_new_number(
    registered: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    register = registered.register
    press(register.detail, "Cancelar y reexpedir…", qtbot)
    dialog = register.findChildren(ConfirmDialog)[-1]
    assert dialog.reason is not None
    dialog.reason.show_text("Apellido mal escrito")
    dialog.submit()
    settle(ctx, qtbot)
    states = {view.line.folio: view.state for view in register.model.rows}
    assert states["CR-2026-0001"] is RegisterState.REISSUED
    assert states["CR-2026-0003"] is RegisterState.CURRENT


def test_delivery_is_noted_for_several_at_once(
    registered: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    register = registered.register
    register.table.view.selectAll()
    press(register.detail, "Anotar entrega (2)", qtbot)
    settle(ctx, qtbot)
    deliveries = [register.model.index(row, 5).data() for row in range(2)]
    assert "–" not in deliveries


def test_register_pages_acta_and_delivery_sheet_are_shown(
    registered: GraduationPage, ctx: UiContext, qtbot: QtBot
) -> None:
    register = registered.register
    press(register, "Imprimir páginas", qtbot)
    press(register, "Hoja de entrega", qtbot)
    press(register.detail, "Ver acta", qtbot)
    settle(ctx, qtbot)
    viewers = register.findChildren(PdfDialog)
    assert len(viewers) == 3
    assert all(viewer.document.pageCount() >= 1 for viewer in viewers)


# -- everybody ---------------------------------------------------------------------------------


def test_every_control_has_a_name(page: GraduationPage, ctx: UiContext, qtbot: QtBot) -> None:
    page._show_tab("register")
    settle(ctx, qtbot)
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit | QTableView) and widget.isVisible():
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget


def test_the_page_remembers_no_names(page: GraduationPage) -> None:
    kept = page.state()
    assert set(kept) == {"generation", "cohort", "tab", "filter"}
    other = GraduationPage(page.ctx)
    other.restore(kept)
    assert other.state() == kept
    other.deleteLater()


def test_at_large_text_the_list_keeps_some_rows(page: GraduationPage, qtbot: QtBot) -> None:
    # What is left of a laptop's screen at 150 % text, in the design's pixels.
    page.resize(830, 440)
    view = page.table.view
    qtbot.waitUntil(lambda: view.viewport().height() >= 7 * view.rowHeight(0))
