"""Informes: figures with their base, the results framework, entered figures, the PDF."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from graduation_case import make_case, opened, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from facilitator_kit.monitoring.records import (
    ComputedFigure,
    FigureSource,
    FrameworkRow,
    TargetType,
)
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.pages.reports import ReportsPage
from facilitator_kit.ui.pages.reports_rows import EnteredFigureDialog, FrameworkRowDialog, key_of
from facilitator_kit.ui.pages.reports_words import share
from facilitator_kit.ui.pdf_view import PdfDialog
from facilitator_kit.ui.widgets import Button, IconButton


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case") / "workspace"
    make_case(folder)
    return folder


@pytest.fixture
def ctx(case: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[UiContext]:
    folder = tmp_path / "workspace"
    shutil.copytree(case, folder)
    with opened(folder, qtbot) as found:
        yield found


@pytest.fixture
def page(ctx: UiContext, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(ctx)
    qtbot.addWidget(made)
    ctx.changed.connect(lambda _change: made.refresh())
    made.resize(1150, 700)
    made.show()
    made.refresh()
    settle(ctx, qtbot)
    return made


def said(widget: QWidget) -> str:
    labels = widget.findChildren(QLabel)
    return " ".join(label.text() for label in labels).replace("\xa0", " ")


def rows(page: ReportsPage) -> list[list[str]]:
    model = page.results
    return [
        [str(model.index(row, column).data()) for column in range(len(model.columns))]
        for row in range(model.rowCount())
    ]


def add_row(page: ReportsPage, ctx: UiContext, qtbot: QtBot, target: int) -> None:
    generation = ctx.workspace.courses.generations()[0]
    row = FrameworkRow(
        "",
        generation.id,
        0,
        "trained",
        "Participantes formadas",
        TargetType.CUMULATIVE,
        FigureSource.COMPUTED,
        computed=ComputedFigure.TRAINED,
        target=target,
    )
    ctx.workspace.figures.save_row(row)
    settle(ctx, qtbot)
    page.framework.select_first()


def test_fewer_than_ten_are_counted_without_a_percentage(page: ReportsPage) -> None:
    tiles = " ".join(tile.accessibleName() for tile in page.tiles)
    assert "6 formadas de 6 inscritas" in tiles
    assert "0 de 6 concluyeron" in tiles
    assert "%" not in tiles
    line = [str(page.grouped.index(0, n).data()) for n in range(6)]
    assert line[:5] == ["Centro de Reunión", "6", "6", "0", "0 de 6"]


def test_a_share_needs_ten_people_behind_it() -> None:
    assert share(9, 9, 9) is None
    assert share(9, 10, 10) == 90
    assert share(0, 0, 0) is None


def test_cohorts_are_one_press_away(page: ReportsPage, qtbot: QtBot) -> None:
    button = next(b for b in page.by.findChildren(Button) if b.text() == "Por cohorte")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.grouped.index(0, 0).data() == "Centro de Reunión · Empleo"


def test_those_not_graduated_are_counted_by_reason(page: ReportsPage) -> None:
    text = said(page.reasons)
    for words in ("6 personas", "Todavía pueden cumplir", "Dejaron el programa", "Trabajo"):
        assert words in text


@pytest.mark.parametrize(
    ("target", "progress", "status"),
    [(12, "50 %", "Parcial"), (6, "100 %", "Lograda"), (4, "150 %", "Rebasada")],
)
def test_a_computed_row_follows_the_records(
    page: ReportsPage, ctx: UiContext, qtbot: QtBot, target: int, progress: str, status: str
) -> None:
    add_row(page, ctx, qtbot, target)
    shown = rows(page)[0]
    assert shown[0] == "Participantes formadas"
    assert shown[4:7] == ["6", progress.replace(" ", "\xa0"), status]


def test_a_row_is_entered_with_its_source_or_not_at_all(
    page: ReportsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    dialog = page.findChildren(FrameworkRowDialog)[0]
    dialog.text.show_text("Centros de aprendizaje nuevos")
    dialog.source.set_value(FigureSource.ENTERED)
    dialog._show_source()
    dialog.achieved.show_text("2")
    dialog.target.show_text("1")
    dialog.submit()
    assert dialog.isVisible()
    assert rows(page) == []
    dialog.note.show_text("Acta de apertura, mayo")
    dialog.submit()
    settle(ctx, qtbot)
    shown = rows(page)[0]
    assert shown[0] == "Centros de aprendizaje nuevos"
    assert shown[5:] == ["200\xa0%", "Rebasada", "Escrita"]
    assert ctx.workspace.figures.rows(page._generation)[0].source_note == "Acta de apertura, mayo"


def test_a_row_is_changed_with_enter_and_removed_after_asking(
    page: ReportsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    add_row(page, ctx, qtbot, 12)
    qtbot.keyClick(page.framework.view, Qt.Key.Key_Return)
    dialog = page.findChildren(FrameworkRowDialog)[0]
    dialog.target.show_text("6")
    dialog.submit()
    settle(ctx, qtbot)
    assert rows(page)[0][6] == "Lograda"
    qtbot.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    page.findChildren(ConfirmDialog)[0].submit()
    settle(ctx, qtbot)
    assert rows(page) == []


def test_an_entered_figure_shows_where_it_comes_from(
    page: ReportsPage, ctx: UiContext, qtbot: QtBot
) -> None:
    page.add_figure()
    dialog = page.findChildren(EnteredFigureDialog)[0]
    dialog.text.show_text("Personas oficiales formadas")
    dialog.value.show_text("40")
    dialog.definition.show_text("Con 16 horas o más")
    dialog.note.show_text("Listas de la capacitación")
    dialog.submit()
    settle(ctx, qtbot)
    text = said(page.entered)
    assert "40" in text
    assert "Listas de la capacitación" in text
    remove = next(
        button
        for button in page.entered.findChildren(IconButton)
        if button.accessibleName() == "Quitar la cifra: Personas oficiales formadas"
    )
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    settle(ctx, qtbot)
    assert "Listas de la capacitación" not in said(page.entered)
    assert str(ctx.workspace.undo_name()) == "Quitar cifra"


def test_a_key_is_made_of_plain_letters() -> None:
    assert key_of("Personas oficiales — año 2") == "personas_oficiales_ano_2"


def test_the_report_opens_as_a_document(page: ReportsPage, ctx: UiContext, qtbot: QtBot) -> None:
    action = page.primary_action()
    assert action is not None
    assert action.prints
    action.run()
    settle(ctx, qtbot)
    assert page.findChildren(PdfDialog)[0].document.pageCount() >= 1
