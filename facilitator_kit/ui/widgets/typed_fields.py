"""Form fields for numbers, dates, times, choices and yes-or-no."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets.buttons import IconButton
from facilitator_kit.ui.widgets.choices import CheckBox, Choices, ComboBox
from facilitator_kit.ui.widgets.fields import FormField, Invalid


class NumberField(FormField[Decimal]):
    """A number between `low` and `high` with at most `decimals` places; a thousands mark is read.

    Up and Down change it by one.
    """

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        value: Decimal | int | None = None,
        low: int | None = None,
        high: int | None = None,
        decimals: int = 0,
        width: int = 120,
        **more: Any,
    ) -> None:
        self._low, self._high, self._decimals = low, high, decimals
        self._edit = QLineEdit()
        self._edit.setMaximumWidth(look.theme.px(width))
        super().__init__(look, label, self._edit, **more)
        self.set_value(None if value is None else Decimal(value))
        self._edit.textEdited.connect(self.on_typed)
        self._edit.returnPressed.connect(self.commit)

    def typed(self) -> str:
        return self._edit.text()

    def parse(self, text: str) -> Decimal | None:
        text = text.strip()
        if not text:
            return None
        chile = self._.locale.territory == "CL"
        plain = re.sub(r"[\s\u00a0]", "", text)
        plain = plain.replace(".", "").replace(",", ".") if chile else plain.replace(",", "")
        try:
            number = Decimal(plain)
        except InvalidOperation:
            raise Invalid(self._("Escriba un número.")) from None
        if not number.is_finite() or number != round(number, self._decimals):
            raise Invalid(self._("Escriba un número con {count} decimales.", count=self._decimals))
        if self._low is not None and number < self._low:
            raise Invalid(self._("El menor posible es {low}.", low=self._.number(self._low)))
        if self._high is not None and number > self._high:
            raise Invalid(self._("El mayor posible es {high}.", high=self._.number(self._high)))
        return number

    def show_value(self, value: Decimal | None) -> None:
        if value is None:
            self._edit.clear()
            return
        whole = value == value.to_integral_value()
        self._edit.setText(self._.number(value, 0 if whole else self._decimals))

    def show_text(self, text: str) -> None:
        self._edit.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self._edit and event.type() is QEvent.Type.KeyPress:
            step = {int(Qt.Key.Key_Up): 1, int(Qt.Key.Key_Down): -1}.get(_key(event), 0)
            if step:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        start = self.value()
        number = Decimal(self._low or 0) if start is None else start + by
        if self._low is not None:
            number = max(number, Decimal(self._low))
        if self._high is not None:
            number = min(number, Decimal(self._high))
        self.show_value(number)
        self.on_typed()


class DateField(FormField[date]):
    """A day, typed as day/month/year or taken from a calendar (Alt+Down).

    "3/11/2026", "3-11-26" and "3 11" (of the year of `today`) are understood.
    """

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        today: date,
        value: date | None = None,
        low: date | None = None,
        high: date | None = None,
        **more: Any,
    ) -> None:
        self._today, self._low, self._high = today, low, high
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(look._("dd/mm/aaaa"))
        self._edit.setMaximumWidth(look.theme.px(160))
        super().__init__(look, label, self._edit, **more)
        button = IconButton(
            look, "calendar", look._("Elegir en el calendario: {label}", label=label)
        )
        button.clicked.connect(self.open_calendar)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        line = QHBoxLayout()
        line.setSpacing(look.theme.px(4))
        layout.insertLayout(layout.indexOf(self._edit), line)
        layout.removeWidget(self._edit)
        line.addWidget(self._edit)
        line.addWidget(button)
        line.addStretch(1)
        self.set_value(value)
        self._edit.textEdited.connect(self.on_typed)
        self._edit.returnPressed.connect(self.commit)

    def typed(self) -> str:
        return self._edit.text()

    def parse(self, text: str) -> date | None:
        text = text.strip()
        if not text:
            return None
        parts = re.fullmatch(r"(\d{1,2})\D+(\d{1,2})(?:\D+(\d{2}|\d{4}))?", text)
        whole = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
        try:
            if whole:
                found = date(*(int(part) for part in whole.groups()))
            elif parts:
                day, month, year = (int(part) if part else 0 for part in parts.groups())
                found = date(_full_year(year, self._today), month, day)
            else:
                raise Invalid(self._("Escriba la fecha como día/mes/año: 24/11/2026."))
        except ValueError:
            raise Invalid(self._("Esa fecha no existe en el calendario.")) from None
        if self._low is not None and found < self._low:
            raise Invalid(
                self._("La fecha más temprana es {day}.", day=self._.date_long(self._low))
            )
        if self._high is not None and found > self._high:
            raise Invalid(self._("La fecha más tardía es {day}.", day=self._.date_long(self._high)))
        return found

    def show_value(self, value: date | None) -> None:
        self._edit.setText(f"{value:%d/%m/%Y}" if value is not None else "")

    def show_text(self, text: str) -> None:
        self._edit.setText(text)

    def open_calendar(self) -> None:
        """Show the month of the date beside the field; a day taken there is stored at once."""
        popup = _CalendarPopup(self._look, self.value() or self._today, self)
        if self._low is not None:
            popup.calendar.setMinimumDate(_qdate(self._low))
        if self._high is not None:
            popup.calendar.setMaximumDate(_qdate(self._high))
        popup.calendar.activated.connect(lambda day: self._take(popup, day))
        popup.calendar.clicked.connect(lambda day: self._take(popup, day))
        popup.move(self._edit.mapToGlobal(QPoint(0, self._edit.height() + 4)))
        popup.show()
        popup.calendar.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if (
            watched is self._edit
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def _take(self, popup: QWidget, day: QDate) -> None:
        self.show_value(date(day.year(), day.month(), day.day()))
        popup.close()
        self.commit()


class TimeField(FormField[time]):
    """A time of day, 24 hours: "10:05", "1005" and "10" are understood."""

    def __init__(
        self, look: Look, label: str, *, value: time | None = None, width: int = 96, **more: Any
    ) -> None:
        self._edit = QLineEdit()
        self._edit.setPlaceholderText("00:00")
        self._edit.setMaximumWidth(look.theme.px(width))
        super().__init__(look, label, self._edit, **more)
        self.set_value(value)
        self._edit.textEdited.connect(self.on_typed)
        self._edit.returnPressed.connect(self.commit)

    def typed(self) -> str:
        return self._edit.text()

    def parse(self, text: str) -> time | None:
        text = text.strip().lower().removesuffix("h").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?", text)
        if not found:
            raise Invalid(self._("Escriba la hora como 10:05."))
        try:
            return time(int(found[1]), int(found[2] or 0))
        except ValueError:
            raise Invalid(self._("Esa hora no existe: van de 00:00 a 23:59.")) from None

    def show_value(self, value: time | None) -> None:
        self._edit.setText(f"{value:%H:%M}" if value is not None else "")

    def show_text(self, text: str) -> None:
        self._edit.setText(text)


class ChoiceField(FormField[Any]):
    """One of several values with words; `choices` are pairs (value, words).

    Without a value nothing is chosen and `placeholder` is shown.
    """

    def __init__(
        self,
        look: Look,
        label: str,
        choices: Choices,
        *,
        value: Any = None,
        placeholder: str = "",
        **more: Any,
    ) -> None:
        self._combo = ComboBox(look, label, choices)
        self._combo.setPlaceholderText(placeholder or look._("Elija…"))
        super().__init__(look, label, self._combo, **more)
        self.set_value(value)
        self._combo.chosen.connect(self.commit)

    def set_choices(self, choices: Choices) -> None:
        """Other values; the one chosen stays where it is among them."""
        self._combo.set_choices(choices, self._combo.value())

    def missing(self) -> str:
        return self._("Elija una opción: es necesario.")

    def typed(self) -> str:
        return self._combo.currentText()

    def parse(self, text: str) -> Any:
        del text
        return self._combo.value()

    def show_value(self, value: Any) -> None:
        self._combo.set_value(value)

    def show_text(self, text: str) -> None:
        self._combo.setCurrentIndex(self._combo.findText(text))


class CheckField(FormField[bool]):
    """Yes or no: a box with words beside it. With `required` it must be ticked."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        value: bool = False,
        on_commit: Callable[[bool | None], object] | None = None,
        **more: Any,
    ) -> None:
        self._box = CheckBox(look, label, checked=value)
        more.setdefault("show_label", False)
        super().__init__(look, label, self._box, on_commit=on_commit, **more)
        self.set_value(value)
        self._box.ticked.connect(self.commit)

    def missing(self) -> str:
        return self._("Marque la casilla: es necesario.")

    def typed(self) -> str:
        return ""

    def parse(self, text: str) -> bool | None:
        del text
        return self._box.isChecked() or (None if self._required else False)

    def show_value(self, value: bool | None) -> None:
        self._box.setChecked(bool(value))

    def show_text(self, text: str) -> None:
        del text


class _CalendarPopup(QFrame):
    def __init__(self, look: Look, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(look._("Calendario"))
        self.calendar.setLocale(QLocale(str(look._.locale)))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        quiet = QTextCharFormat()
        quiet.setForeground(look.theme.colour("muted"))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, quiet)
        ways = {
            "qt_calendar_prevmonth": ("chevron-left", look._("Mes anterior")),
            "qt_calendar_nextmonth": ("chevron-right", look._("Mes siguiente")),
        }
        for part, (icon, words) in ways.items():
            button = self.calendar.findChild(QToolButton, part)
            if button is not None:
                button.setIcon(look.icons.icon(icon))
                button.setAccessibleName(words)
                button.setToolTip(words)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(_qdate(day))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.calendar)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _key(event: QEvent) -> int:
    return event.key() if isinstance(event, QKeyEvent) else 0


def _full_year(year: int, today: date) -> int:
    if year == 0:
        return today.year
    if year < 100:
        # Two digits: dates of birth are past, so nothing lies more than 20 years ahead.
        century = today.year // 100 * 100
        return century + year if century + year <= today.year + 20 else century - 100 + year
    return year
