"""The days of the week on which a group meets, each with its hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.monitoring.records import Meeting
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import CheckBox, FlowLayout, Label, TimeField, column, holder

USUAL_START = time(10)


class WeekDays(QWidget):
    """Seven boxes with an hour below each; `changed` comes when another day or hour is chosen."""

    changed = Signal()

    def __init__(
        self, look: Look, meetings: Sequence[Meeting] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = look._
        starts = {meeting.weekday: meeting.starts_at for meeting in meetings}
        self.days: list[tuple[CheckBox, TimeField]] = []
        days = FlowLayout(look, gap=12)
        for weekday in range(7):
            name = _.weekday_name(weekday)
            box = CheckBox(look, name.capitalize(), checked=weekday in starts)
            at = TimeField(
                look,
                _("Hora del {day}", day=name),
                value=starts.get(weekday, USUAL_START),
                show_label=False,
            )
            at.setEnabled(weekday in starts)
            box.toggled.connect(at.setEnabled)
            box.toggled.connect(lambda _on: self.changed.emit())
            at.changed.connect(lambda _state: self.changed.emit())
            days.addWidget(holder(column(look, box, at, gap=4)))
            self.days.append((box, at))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(6))
        layout.addWidget(Label(_("Días y horas"), "small-strong"))
        layout.addWidget(holder(days))

    def meetings(self) -> tuple[Meeting, ...]:
        """The weekdays ticked, each with its hour."""
        return tuple(
            Meeting(weekday, at.value() or USUAL_START)
            for weekday, (box, at) in enumerate(self.days)
            if box.isChecked()
        )
