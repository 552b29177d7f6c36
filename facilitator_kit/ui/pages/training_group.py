"""A whole group in training at a glance: one row a person, for whoever trains them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.training_steps import hours_of, standing_pill
from facilitator_kit.ui.widgets import Card, Column, RecordModel, RecordTable
from facilitator_kit.workspace.training_views import TrainingRow


def columns(_: Texts) -> tuple[Column[TrainingRow], ...]:
    """The columns of the group's table."""
    return (
        Column[TrainingRow](
            _("Nombre"),
            lambda one: name_of(_, one),
            style="strong",
            stretch=True,
            width=200,
            tip=lambda one: roll_name(one.participant),
            sort=lambda one: roll_name(one.participant).casefold(),
        ),
        Column[TrainingRow](
            _("Horas"), lambda one: hours_of(_, one), align="right", sort=lambda one: one.minutes
        ),
        Column[TrainingRow](
            _("Avance"),
            lambda one: _.percent(one.percent),
            align="right",
            sort=lambda one: one.percent,
        ),
        Column[TrainingRow](
            _("Cuestionarios"),
            lambda one: _counted(_, one.quizzes_passed, one.quizzes_asked),
            align="right",
            sort=lambda one: one.quizzes_passed,
        ),
        Column[TrainingRow](
            _("Prácticas"),
            lambda one: _counted(_, one.tasks_done, one.tasks_asked),
            align="right",
            sort=lambda one: one.tasks_done,
        ),
        Column[TrainingRow](
            _("Observaciones"),
            lambda one: _counted(_, one.observed, one.observations_asked),
            align="right",
            sort=lambda one: one.observed,
        ),
        Column[TrainingRow](
            _("Autoevaluación"),
            lambda one: "" if one.self_assessed is None else _yes(_, one.self_assessed),
            tone=lambda one: "good" if one.self_assessed else "neutral",
        ),
        Column[TrainingRow](
            _("Situación"),
            lambda one: standing_pill(_, one)[0],
            tone=lambda one: standing_pill(_, one)[1],
        ),
    )


def name_of(_: Texts, one: TrainingRow) -> str:
    """Her name as lists show it, and whether she is the one at the keyboard."""
    name = roll_name(one.participant)
    return _("{name} (usted)", name=name) if one.mine else name


def _counted(_: Texts, have: int, asked: int) -> str:
    return f"{_.number(have)}/{_.number(asked)}" if asked else ""


def _yes(_: Texts, answered: bool) -> str:
    return _("Contestada") if answered else _("Pendiente")


class GroupView(QWidget):
    """The table; `opened(enrolment id)` comes when a person's path is asked for."""

    opened = Signal(str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RecordModel[TrainingRow](columns(ctx._), key=lambda one: one.enrolment.id)
        self.table = RecordTable(ctx, ctx._("Personas en formación"), self.model)
        self.table.activated.connect(lambda one: self.opened.emit(one.enrolment.id))
        self.table.setMinimumHeight(ctx.theme.px(220))
        card = Card(ctx, padding=8)
        card.add(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_rows(self, rows: tuple[TrainingRow, ...]) -> None:
        """Show the people of a group."""
        self.model.set_rows(rows)
        self.table.select_first()
