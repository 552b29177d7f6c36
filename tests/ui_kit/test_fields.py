"""Form fields: what is typed is kept, valid or not; values are understood as people write them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facilitator_kit.i18n import Texts, message
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.widgets import (
    CheckField,
    ChoiceField,
    ComboBox,
    DateField,
    Invalid,
    MultilineField,
    NumberField,
    PickField,
    TextField,
    TimeField,
)

TODAY = date(2026, 11, 23)


def show(qtbot: QtBot, *fields: QWidget) -> QWidget:
    window = QWidget()
    layout = QVBoxLayout(window)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def line(field: QWidget) -> QLineEdit:
    return field.findChildren(QLineEdit)[0]


def test_leaving_a_field_stores_its_value_once(qtbot: QtBot, ctx: UiContext) -> None:
    stored: list[str | None] = []
    name = TextField(ctx, "Nombre", on_commit=stored.append)
    other = TextField(ctx, "Apellido")
    _window = show(qtbot, name, other)
    name.setFocus()
    qtbot.keyClicks(line(name), " Rosa ")
    other.setFocus()
    name.setFocus()
    other.setFocus()
    assert stored == ["Rosa"]


def test_a_rest_in_typing_stores_too(qtbot: QtBot, ctx: UiContext) -> None:
    stored: list[str | None] = []
    note = MultilineField(ctx, "Nota", on_commit=stored.append)
    _window = show(qtbot, note)
    note.setFocus()
    qtbot.keyClicks(note.findChildren(QPlainTextEdit)[0], "Llamar")
    qtbot.waitUntil(lambda: stored == ["Llamar"], timeout=3000)


def test_a_page_that_is_left_takes_nothing_typed_with_it(qtbot: QtBot, ctx: UiContext) -> None:
    stored: list[str | None] = []
    name = TextField(ctx, "Nombre", on_commit=stored.append)
    window = show(qtbot, name)
    name.setFocus()
    qtbot.keyClicks(line(name), "Rosa")
    window.hide()
    assert stored == ["Rosa"]


def test_an_invalid_value_is_kept_as_a_flagged_draft(qtbot: QtBot, ctx: UiContext) -> None:
    stored: list[date | None] = []
    drafts: list[str] = []
    field = DateField(ctx, "Ingreso", today=TODAY, on_commit=stored.append, on_draft=drafts.append)
    _window = show(qtbot, field)
    field.setFocus()
    qtbot.keyClicks(line(field), "31/02/2026")
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert stored == []
    assert drafts == ["31/02/2026"]
    assert line(field).text() == "31/02/2026"
    assert line(field).property("invalid") is True
    assert "no existe" in line(field).accessibleDescription()
    assert field.value() is None
    line(field).clear()
    qtbot.keyClicks(line(field), "28/02/2026")
    qtbot.keyClick(line(field), Qt.Key.Key_Return)
    assert stored == [date(2026, 2, 28)]
    assert line(field).property("invalid") is False


def test_a_stored_draft_comes_back_flagged(qtbot: QtBot, ctx: UiContext) -> None:
    field = NumberField(ctx, "Edad", low=15, high=99)
    _window = show(qtbot, field)
    field.set_draft("7")
    state = field.state()
    assert not state.valid
    assert state.draft == "7"
    assert "15" in state.problem


def test_a_value_from_elsewhere_never_overwrites_what_is_being_typed(
    qtbot: QtBot, ctx: UiContext
) -> None:
    field = TextField(ctx, "Nombre", value="Rosa")
    _window = show(qtbot, field)
    field.setFocus()
    line(field).end(False)
    qtbot.keyClicks(line(field), " Elena")
    field.set_value("Rosa")
    assert line(field).text() == "Rosa Elena"
    assert field.commit()
    field.set_value("Rosa M.")
    assert line(field).text() == "Rosa M."


def test_a_necessary_field_says_so_and_refuses_to_be_empty(qtbot: QtBot, ctx: UiContext) -> None:
    field = TextField(ctx, "Nombre", required=True)
    _window = show(qtbot, field)
    assert line(field).accessibleName() == "Nombre (necesario)"
    assert not field.valid()
    field.set_value("Rosa")
    assert field.valid()


def test_a_check_of_the_page_may_refuse_with_its_own_reason(qtbot: QtBot, ctx: UiContext) -> None:
    def taken(code: str) -> None:
        if code == "CR":
            raise Invalid(message("El código {code} ya existe.", code=code))

    field = TextField(ctx, "Código", check=taken)
    _window = show(qtbot, field)
    field.set_draft("CR")
    assert field.state().problem == "El código CR ya existe."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3/11/2026", date(2026, 11, 3)),
        ("03-11-26", date(2026, 11, 3)),
        ("3 11", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("5/4/85", date(1985, 4, 5)),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(
    qtbot: QtBot, ctx: UiContext, text: str, found: date | None
) -> None:
    field = DateField(ctx, "Fecha", today=TODAY)
    qtbot.addWidget(field)
    assert field.parse(text) == found


def test_the_calendar_speaks_the_language_of_the_screen(qtbot: QtBot, ctx: UiContext) -> None:
    field = DateField(ctx, "Fecha", today=TODAY)
    qtbot.addWidget(field)
    field.show()
    field.open_calendar()
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    names = [button.text() for button in calendar.findChildren(QToolButton)]
    assert "noviembre" in names
    spoken = [button.accessibleName() for button in calendar.findChildren(QToolButton)]
    assert {"Mes anterior", "Mes siguiente"} <= set(spoken)
    calendar.window().close()
    qtbot.wait(10)


@pytest.mark.parametrize("text", ["mañana", "32/1/2026", "1/13/2026", "29/2/2026", "1/1/1", "//"])
def test_what_is_no_date_is_refused(qtbot: QtBot, ctx: UiContext, text: str) -> None:
    field = DateField(ctx, "Fecha", today=TODAY)
    qtbot.addWidget(field)
    with pytest.raises(Invalid):
        field.parse(text)


def test_a_date_outside_its_bounds_is_refused(qtbot: QtBot, ctx: UiContext) -> None:
    field = DateField(ctx, "Fecha", today=TODAY, low=date(2026, 1, 1), high=TODAY)
    qtbot.addWidget(field)
    assert field.parse("23/11/2026") == TODAY
    for text in ("31/12/2025", "24/11/2026"):
        with pytest.raises(Invalid):
            field.parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("10:05", time(10, 5)), ("1005", time(10, 5)), ("9", time(9)), ("9 h", time(9))],
)
def test_times_are_read_as_people_write_them(
    qtbot: QtBot, ctx: UiContext, text: str, found: time
) -> None:
    field = TimeField(ctx, "Hora")
    qtbot.addWidget(field)
    assert field.parse(text) == found


@pytest.mark.parametrize("text", ["25:00", "10:61", "tarde", "1:2:3"])
def test_what_is_no_time_is_refused(qtbot: QtBot, ctx: UiContext, text: str) -> None:
    field = TimeField(ctx, "Hora")
    qtbot.addWidget(field)
    with pytest.raises(Invalid):
        field.parse(text)


def test_numbers_follow_the_country(qtbot: QtBot, ctx: UiContext) -> None:
    mexico = NumberField(ctx, "Monto", decimals=2)
    qtbot.addWidget(mexico)
    assert mexico.parse("1,600.50") == Decimal("1600.50")
    ctx._ = Texts("es", "CL")
    chile = NumberField(ctx, "Monto", decimals=2)
    qtbot.addWidget(chile)
    assert chile.parse("1.600,50") == Decimal("1600.50")
    for text in ("1600,505", "mil", "NaN", "Infinity", "--1"):
        with pytest.raises(Invalid):
            chile.parse(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_shown_is_read_as_the_same_number(number: Decimal) -> None:
    for country in ("MX", "CL"):
        texts = Texts("es", country)
        shown = texts.number(number, 2)
        plain = (
            shown.replace(".", "").replace(",", ".")
            if country == "CL"
            else (shown.replace(",", ""))
        )
        assert Decimal(plain) == number


def test_arrow_keys_step_a_number_within_its_bounds(qtbot: QtBot, ctx: UiContext) -> None:
    field = NumberField(ctx, "Minutos", value=1, low=0, high=2)
    _window = show(qtbot, field)
    field.setFocus()
    for _turn in range(3):
        qtbot.keyClick(line(field), Qt.Key.Key_Up)
    assert field.value() == 2
    for _turn in range(4):
        qtbot.keyClick(line(field), Qt.Key.Key_Down)
    assert field.value() == 0


def test_a_choice_is_stored_when_taken_by_keyboard(qtbot: QtBot, ctx: UiContext) -> None:
    stored: list[object] = []
    field = ChoiceField(
        ctx, "Ruta", [("a", "Empleo"), ("b", "Estudio")], required=True, on_commit=stored.append
    )
    _window = show(qtbot, field)
    assert field.value() is None
    assert not field.valid()
    field.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    qtbot.keyClick(field.editor, Qt.Key.Key_Down)
    assert stored == ["a", "b"]
    field.set_choices([("b", "Estudio"), ("c", "Otra")])
    assert field.value() == "b"


@pytest.mark.parametrize("scale", [100, 200])
def test_every_choice_of_a_short_list_is_in_sight(qtbot: QtBot, ctx: UiContext, scale: int) -> None:
    ctx.theme.choose(scale=scale)
    box = ComboBox(ctx, "Colores", [(one, one) for one in ("Claro", "Oscuro", "Alto contraste")])
    window = show(qtbot, box)
    ctx.theme.dress(window)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    listed = box.view()
    last = listed.visualRect(box.model().index(2, 0))
    assert listed.isVisible()
    assert listed.viewport().rect().contains(last)
    assert last.height() >= ctx.theme.px(30)
    assert not listed.verticalScrollBar().isVisible()
    listed.window().close()


def test_a_list_with_more_choices_than_are_in_sight_shows_it(qtbot: QtBot, ctx: UiContext) -> None:
    box = ComboBox(ctx, "Cohorte", [(number, f"Cohorte {number}") for number in range(30)])
    window = show(qtbot, box)
    ctx.theme.dress(window)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    listed = box.view()
    assert listed.verticalScrollBar().isVisible()
    room = listed.viewport().width()
    assert room >= listed.sizeHintForColumn(0)
    listed.window().close()


def test_a_box_is_ticked_by_keyboard(qtbot: QtBot, ctx: UiContext) -> None:
    stored: list[bool | None] = []
    field = CheckField(ctx, "Aceptó", on_commit=stored.append)
    _window = show(qtbot, field)
    field.setFocus()
    qtbot.keyClick(field.editor, Qt.Key.Key_Space)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert stored == [True, False]


@pytest.mark.parametrize(
    ("words", "key", "chosen"),
    [
        (("1 · Todavía no", "2 · Con ayuda", "3 · Por mi cuenta"), Qt.Key.Key_2, "b"),
        (("0 · Nunca", "1 · A veces", "2 · Siempre"), Qt.Key.Key_1, "b"),
        (("Sí", "No", "No se observó"), Qt.Key.Key_3, "c"),
        (("Sí", "No", "No se observó"), Qt.Key.Key_4, None),
    ],
)
def test_a_figure_picks_the_answer_that_begins_with_it_or_the_one_of_that_place(
    qtbot: QtBot, ctx: UiContext, words: tuple[str, ...], key: Qt.Key, chosen: str | None
) -> None:
    field = PickField(ctx, "Pregunta", tuple(zip("abc", words, strict=True)))
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field.picks[0], key)
    assert field.value() == chosen


def test_a_list_as_wide_as_its_choice_widens_for_the_first_of_new_choices(
    qtbot: QtBot, ctx: UiContext
) -> None:
    box = ComboBox(ctx, "Generación", context=True)
    box.fit_choice(340)
    box.set_choices([(1, "Generación 2026-Ñ del Valle")], 1)
    _window = show(qtbot, box)
    words = box.fontMetrics().horizontalAdvance(box.currentText())
    assert box.sizeHint().width() >= words


def test_the_longest_of_very_many_choices_is_seen_whole(qtbot: QtBot, ctx: UiContext) -> None:
    choices = [(number, f"Cohorte {number}") for number in range(400)]
    longest = "Cohorte 231 (terminada) · Centro de Reunión y Capacitación del Norte"
    choices[231] = (231, longest)
    combo = ComboBox(ctx, "Cohorte", choices)
    qtbot.addWidget(combo)
    ctx.theme.dress(combo)
    combo.show()
    combo.showPopup()
    listed = combo.view()
    assert listed.viewport().width() >= listed.sizeHintForColumn(0)
    assert combo.width() < listed.sizeHintForColumn(0), "the field itself takes no such room"
    combo.hidePopup()
