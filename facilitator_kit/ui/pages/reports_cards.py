"""The last two cards of Informes: figures entered with their source, and who has not graduated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.monitoring.records import EnteredFigure, LeavingReason
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.reports_words import STATES
from facilitator_kit.ui.widgets import (
    ActionRow,
    Button,
    Card,
    IconButton,
    Label,
    ProgressRow,
    Rows,
    column,
    filled_anew,
    holder,
    row,
)
from facilitator_kit.workspace.printing import LEAVING


class EnteredCard(Card):
    """Figures that no record gives.

    `wanted` asks for a new one; `changed` and `removed` carry the one to edit or to take away.
    """

    wanted = Signal()
    changed = Signal(object)
    removed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        _ = look._
        add = Button(look, _("Anotar cifra…"), icon="plus", small=True)
        super().__init__(
            look,
            _("Cifras escritas"),
            _("Lo que ningún registro da, con su fuente"),
            actions=[add],
            parent=parent,
        )
        self._ = _
        add.clicked.connect(self.wanted)
        self._rows = Rows()
        self.add(self._rows)
        self.add_stretch()

    def show_figures(self, entered: Sequence[EnteredFigure]) -> None:
        """Show these."""
        rows: list[QWidget] = [self._row(figure) for figure in entered]
        if not rows:
            rows.append(Label(self._("Aún no hay cifras escritas."), "muted", wrap=True))
        self._rows.set_rows(rows)

    def _row(self, figure: EnteredFigure) -> ActionRow:
        _ = self._
        return ActionRow(
            self._look,
            figure.text,
            strong=_.number(figure.value),
            detail=_(
                "{source}, {date}",
                source=figure.source_note,
                date=_.date_medium(figure.reported_on),
            ),
            action=holder(
                row(
                    self._look,
                    IconButton(
                        self._look,
                        "pencil",
                        _("Cambiar la cifra: {what}", what=figure.text),
                        on_click=partial(self.changed.emit, figure),
                    ),
                    IconButton(
                        self._look,
                        "trash-2",
                        _("Quitar la cifra: {what}", what=figure.text),
                        on_click=partial(self.removed.emit, figure),
                    ),
                    gap=0,
                )
            ),
        )


class ReasonsCard(Card):
    """Counts of those without a folio: how they stand, and why those who left did so."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look._("Quienes no se han graduado"), " ", parent=parent)
        self._ = look._
        self._lines = column(look, gap=12)
        self.add(self._lines)

    def show_counts(
        self, counted: Mapping[str, int], leaving: Sequence[tuple[LeavingReason, int]]
    ) -> None:
        """Show how many stand how, by `NotGraduating.state`, and how many left for which reason."""
        _ = self._
        everybody = sum(counted.values())
        self.set_title(
            _("Quienes no se han graduado"),
            _.plural("{count} persona", "{count} personas", everybody),
        )
        left = sum(count for _reason, count in leaving)
        with filled_anew(self._lines) as lines:
            for state, words in STATES.items():
                if counted.get(state):
                    lines.addWidget(self._line(_.render(words), counted[state], everybody))
            if left:
                lines.addWidget(Label(_("Por qué dejaron el programa"), "strong", wrap=True))
                for reason, count in leaving:
                    lines.addWidget(self._line(_.render(LEAVING[reason]), count, left))
            if not everybody:
                lines.addWidget(Label(_("Todas se graduaron."), "muted", wrap=True))
            lines.addStretch(1)

    def _line(self, words: str, count: int, total: int) -> ProgressRow:
        return ProgressRow(self._look, words, self._.number(count), count, total, tone="note")
