"""Tables: honest models, selection that stays, everything by keyboard, pages of long lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import (
    Column,
    EmptyState,
    PagedModel,
    RecordModel,
    RecordTable,
    Request,
)
from facilitator_kit.ui.widgets.records import AnyIndex


@dataclass(frozen=True, slots=True)
class Person:
    code: str
    name: str
    hours: int
    state: str = "Cumple"


PEOPLE = (
    Person("CR-022", "Castañeda y Ríos, Ana", 88),
    Person("CR-014", "Aguilar Núñez, María José", 90),
    Person("CR-040", "Hernández Muñoz, Xóchitl", 9, "Faltan 2 h"),
)


def tone(person: Person) -> Tone:
    return "good" if person.state == "Cumple" else "attention"


COLUMNS = (
    Column[Person]("Código", lambda one: one.code, style="muted", key="code"),
    Column[Person]("Nombre", lambda one: one.name, style="strong", stretch=True),
    Column[Person](
        "Horas", lambda one: str(one.hours), align="right", sort=lambda one: one.hours, key="hours"
    ),
    Column[Person]("Situación", lambda one: one.state, tone=tone),
)


def people_model() -> RecordModel[Person]:
    return RecordModel(COLUMNS, PEOPLE, key=lambda one: one.code)


@pytest.fixture
def table(qtbot: QtBot, ctx: UiContext) -> RecordTable[Person]:
    table: RecordTable[Person] = RecordTable(ctx, "Participantes", people_model())
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    return table


def shown(model: RecordModel[Person] | PagedModel[Person], column: int = 0) -> list[str]:
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_whole_list_is_an_honest_model(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    del qtbot
    model = people_model()
    qtmodeltester.check(model)
    model.set_rows(PEOPLE[:1])
    model.order_by(2)
    qtmodeltester.check(model)


def test_a_paged_list_is_an_honest_model(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    del qtbot
    model = many(450)
    model.reload()
    qtmodeltester.check(model)


def many(total: int, asked: list[Request] | None = None, jobs: Jobs | None = None) -> PagedModel:
    def fetch(request: Request) -> Sequence[Person]:
        if asked is not None:
            asked.append(request)
        numbers = range(total)
        ordered = sorted(numbers, reverse=request.descending)
        chosen = ordered[request.offset : request.offset + request.limit]
        return [Person(f"P{number:06}", f"Persona {number}", number) for number in chosen]

    return PagedModel(
        COLUMNS, count=lambda: total, fetch=fetch, key=lambda one: one.code, jobs=jobs
    )


def test_a_long_list_reads_only_what_is_looked_at(qtbot: QtBot, ctx: UiContext) -> None:
    asked: list[Request] = []
    model = many(100_000, asked)
    table: RecordTable[Person] = RecordTable(ctx, "Personas", model)
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    model.reload()
    qtbot.wait(20)
    assert model.rowCount() == 100_000
    assert {request.offset for request in asked} == {0}
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.wait(20)
    assert table.current() == Person("P099999", "Persona 99999", 99_999)
    assert len({request.offset for request in asked}) <= 3


def test_a_long_list_is_ordered_where_it_is_stored(qtbot: QtBot, ctx: UiContext) -> None:
    asked: list[Request] = []
    model = many(1000, asked)
    table: RecordTable[Person] = RecordTable(ctx, "Personas", model)
    qtbot.addWidget(table)
    model.reload()
    table.order_by(2, descending=True)
    assert (asked[-1].offset, asked[-1].key, asked[-1].descending) == (0, "hours", True)
    assert model.record(0) == Person("P000999", "Persona 999", 999)


def test_a_long_list_read_on_the_worker_fills_in(qtbot: QtBot, jobs: Jobs) -> None:
    model = many(1000, jobs=jobs)
    model.reload()
    assert model.rowCount() == 0
    qtbot.waitUntil(lambda: model.rowCount() == 1000)
    with qtbot.waitSignal(model.dataChanged):
        assert model.index(700, 0).data() == "…"
    assert model.index(700, 0).data() == "P000700"


def test_an_answer_for_an_old_order_is_not_taken(qtbot: QtBot, jobs: Jobs) -> None:
    model = many(1000, jobs=jobs)
    model.reload()
    model.order_by(2, descending=True)
    qtbot.waitUntil(lambda: model.rowCount() == 1000 and not jobs.running)
    assert model.index(0, 0).data() == "P000999"


def test_arrow_keys_select_and_enter_opens(qtbot: QtBot, table: RecordTable[Person]) -> None:
    selected: list[Person | None] = []
    opened: list[Person] = []
    table.selected.connect(selected.append)
    table.activated.connect(opened.append)
    table.select_first()
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert selected[-1] == PEOPLE[1]
    assert opened == [PEOPLE[1]]


def test_typing_a_name_finds_it(qtbot: QtBot, table: RecordTable[Person]) -> None:
    table.select_first()
    qtbot.keyClicks(table.view, "her")
    assert table.current() == PEOPLE[2]


def test_tab_leaves_the_table(qtbot: QtBot, ctx: UiContext) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    table: RecordTable[Person] = RecordTable(ctx, "Participantes", people_model(), parent=window)
    other = QWidget(window)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Tab)
    assert window.focusWidget() is other


def test_what_is_selected_stays_when_the_list_is_read_again(table: RecordTable[Person]) -> None:
    table.select("CR-040")
    selected: list[Person | None] = []
    table.selected.connect(selected.append)
    assert isinstance(table.model, RecordModel)
    better = Person("CR-040", "Hernández Muñoz, Xóchitl", 90)
    table.model.set_rows([better, Person("CR-099", "Nueva, Persona", 1), *PEOPLE[:2]])
    assert table.current() == better
    assert selected[-1] == better
    table.model.set_rows(PEOPLE[:2])
    assert table.current() is None
    assert selected[-1] is None


def test_the_same_rows_with_another_mark_are_told_without_losing_place(
    table: RecordTable[Person],
) -> None:
    table.select("CR-014")
    resets: list[None] = []
    table.model.modelReset.connect(lambda: resets.append(None))
    assert isinstance(table.model, RecordModel)
    table.model.set_rows([PEOPLE[0], Person("CR-014", PEOPLE[1].name, 91), PEOPLE[2]])
    assert resets == []
    current = table.current()
    assert current is not None
    assert current.hours == 91


def test_a_click_on_a_title_orders_by_value_and_a_third_brings_the_order_back(
    qtbot: QtBot, table: RecordTable[Person]
) -> None:
    header = table.view.horizontalHeader()
    place = header.sectionViewportPosition(2) + header.sectionSize(2) // 2

    def click() -> list[str]:
        qtbot.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, header.height() // 2)
        )
        assert isinstance(table.model, RecordModel)
        return shown(table.model, 2)

    assert click() == ["9", "88", "90"]
    assert click() == ["90", "88", "9"]
    assert click() == ["88", "90", "9"]


def test_an_empty_list_says_what_to_do(qtbot: QtBot, ctx: UiContext) -> None:
    empty = EmptyState(ctx, "users", "Aún no hay participantes")
    model = RecordModel(COLUMNS, (), key=lambda one: one.code)
    table: RecordTable[Person] = RecordTable(ctx, "Participantes", model, empty=empty)
    qtbot.addWidget(table)
    table.show()
    assert empty.isVisible()
    model.set_rows(PEOPLE)
    assert table.view.isVisible()
    assert not empty.isVisible()


def test_state_is_painted_as_a_pill_in_its_tone(ctx: UiContext, table: RecordTable[Person]) -> None:
    image: QImage = table.view.viewport().grab().toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }
    assert ctx.theme.colour("good_soft").name() in colours
    assert ctx.theme.colour("attention_soft").name() in colours


def test_figures_stand_at_the_right_and_cells_can_be_heard(table: RecordTable[Person]) -> None:
    cell = table.model.index(0, 2)
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Horas: 88"


@pytest.mark.parametrize("width", [300, 700, 1400])
def test_names_are_never_cut(ctx: UiContext, table: RecordTable[Person], width: int) -> None:
    table.resize(width, 300)
    longest = max(
        QFontMetrics(ctx.theme.font("strong")).horizontalAdvance(one.name) for one in PEOPLE
    )
    assert table.view.columnWidth(1) >= longest


def test_a_row_that_moves_away_in_the_list_is_followed(qtbot: QtBot, ctx: UiContext) -> None:
    people = [Person(f"CR-{number:03}", f"Persona {number}", 90) for number in range(80)]
    model = RecordModel(COLUMNS, people, key=lambda one: one.code)
    table = RecordTable(ctx, "Participantes", model)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.select("CR-002")
    model.set_rows([*people[:2], *people[3:], people[2]])
    place = table.view.visualRect(table.view.currentIndex())
    assert model.record(table.view.currentIndex().row()) == people[2]
    assert table.view.viewport().rect().contains(place.center())


def long_model(jobs: Jobs) -> tuple[RecordModel[Person], list[Person]]:
    people = [
        Person(f"CR-{number:05}", f"Apellido {number % 97}", number % 13) for number in range(5_000)
    ]
    return RecordModel(COLUMNS, people, key=lambda one: one.code, jobs=jobs), people


@pytest.mark.parametrize("descending", [False, True])
def test_a_long_list_is_put_in_order_on_the_worker_as_a_short_one_is(
    qtbot: QtBot, jobs: Jobs, descending: bool
) -> None:
    model, people = long_model(jobs)
    model.order_by(2, descending=descending)
    assert list(model.rows) == people, "it is shown as it was until the worker is through"
    qtbot.waitUntil(lambda: not jobs.running)
    assert list(model.rows) == sorted(people, key=lambda one: one.hours, reverse=descending)
    model.order_by(None)
    qtbot.waitUntil(lambda: not jobs.running)
    assert list(model.rows) == people


def test_only_the_last_order_asked_for_is_taken(qtbot: QtBot, jobs: Jobs) -> None:
    model, people = long_model(jobs)
    model.order_by(2)
    model.order_by(None)
    model.order_by(2, descending=True)
    qtbot.waitUntil(lambda: not jobs.running)
    assert list(model.rows) == sorted(people, key=lambda one: one.hours, reverse=True)


def test_a_long_list_read_again_keeps_what_is_selected(
    qtbot: QtBot, ctx: UiContext, jobs: Jobs
) -> None:
    model, people = long_model(jobs)
    table = RecordTable(ctx, "Personas", model)
    qtbot.addWidget(table)
    table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.view.selectAll()
    model.set_rows([replace(one, state="Se fue") for one in people])
    qtbot.waitUntil(lambda: not jobs.running)
    assert len(table.chosen()) == 5_000
    assert {one.state for one in table.chosen()} == {"Se fue"}


def test_the_selected_records_come_from_top_to_bottom(
    qtbot: QtBot, table: RecordTable[Person]
) -> None:
    table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.select("CR-040")
    qtbot.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert [one.code for one in table.chosen()] == ["CR-014", "CR-040"]
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen() == PEOPLE
    table.view.clearSelection()
    assert table.chosen() == ()


def test_the_titles_are_painted_without_asking_every_selected_row(
    qtbot: QtBot, ctx: UiContext
) -> None:
    asked: list[int] = []

    class Counting(RecordModel[Person]):
        def flags(self, index: AnyIndex, /) -> Qt.ItemFlag:
            asked.append(index.row())
            return super().flags(index)

    many = [Person(f"CR-{number:05}", "Apellido", 9) for number in range(5_000)]
    table = RecordTable(ctx, "Personas", Counting(COLUMNS, many, key=lambda one: one.code))
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.view.selectAll()
    asked.clear()
    table.view.horizontalHeader().grab()
    assert len(asked) < 100
