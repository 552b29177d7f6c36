"""Dialogs of Informes: a row of the results framework, and a figure entered with its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from facilitator_kit.monitoring.names import fold
from facilitator_kit.monitoring.records import (
    ComputedFigure,
    EnteredFigure,
    FigureSource,
    FrameworkRow,
    TargetType,
)
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.reports_words import COMPUTED, SOURCES, TARGETS
from facilitator_kit.ui.widgets import (
    ChoiceField,
    DateField,
    MultilineField,
    NumberField,
    TextField,
    row,
)

_MOST = 999_999_999


class FrameworkRowDialog(Dialog):
    """Asks for a row; `on_row(row)` gets it when it can be stored."""

    def __init__(
        self,
        ctx: UiContext,
        shown: FrameworkRow,
        on_row: Callable[[FrameworkRow], object],
        parent: QWidget | None = None,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Cambiar fila de resultados") if shown.id else _("Agregar fila de resultados"),
            primary=_("Guardar fila"),
            width=620,
            parent=parent,
        )
        self._row = shown
        self._on_row = on_row
        self.text = MultilineField(ctx, _("Qué mide"), value=shown.text, lines=2, required=True)
        self.source = ChoiceField(
            ctx,
            _("De dónde sale"),
            [(one, _.render(words)) for one, words in SOURCES.items()],
            value=shown.source,
            required=True,
        )
        self.computed = ChoiceField(
            ctx,
            _("Qué se calcula"),
            [(one, _.render(words)) for one, words in COMPUTED.items()],
            value=shown.computed or ComputedFigure.GRADUATES,
            required=True,
        )
        self.achieved = NumberField(
            ctx, _("Logrado"), value=shown.achieved, low=0, high=_MOST, required=True
        )
        self.note = TextField(
            ctx,
            _("Fuente"),
            value=shown.source_note,
            hint=_("Un documento, una lista, una fecha."),
            required=True,
        )
        self.baseline = NumberField(ctx, _("Línea base"), value=shown.baseline, low=0, high=_MOST)
        self.target = NumberField(ctx, _("Meta"), value=shown.target, low=0, high=_MOST)
        self.target_type = ChoiceField(
            ctx,
            _("Tipo de meta"),
            [(one, _.render(words)) for one, words in TARGETS.items()],
            value=shown.target_type,
            required=True,
        )
        self.unit = TextField(ctx, _("Unidad"), value=shown.unit, placeholder=_("personas"))
        for item in (
            self.text,
            self.source,
            self.computed,
            self.achieved,
            self.note,
            row(ctx, self.baseline, self.target, None, gap=16),
            self.target_type,
            self.unit,
        ):
            self.add(item)
        self.source.changed.connect(lambda _state: self._show_source())
        self.accepted.connect(self._hand_on)
        self._show_source()

    def _show_source(self) -> None:
        entered = self.source.value() is FigureSource.ENTERED
        self.computed.setVisible(not entered)
        self.achieved.setVisible(entered)
        self.note.setVisible(entered)

    def _hand_on(self) -> None:
        entered = self.source.value() is FigureSource.ENTERED
        text = self.text.value() or ""
        self._on_row(
            replace(
                self._row,
                text=text,
                indicator=self._row.indicator or key_of(text),
                source=FigureSource.ENTERED if entered else FigureSource.COMPUTED,
                computed=None if entered else self.computed.value(),
                achieved=_whole(self.achieved) if entered else None,
                source_note=(self.note.value() or "") if entered else "",
                baseline=_whole(self.baseline),
                target=_whole(self.target),
                target_type=self.target_type.value() or TargetType.INCREMENTAL,
                unit=self.unit.value() or "",
            )
        )


class EnteredFigureDialog(Dialog):
    """Asks for a figure that no record here can give; `on_figure(figure)` gets it."""

    def __init__(
        self,
        ctx: UiContext,
        shown: EnteredFigure,
        on_figure: Callable[[EnteredFigure], object],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Cambiar cifra") if shown.id else _("Anotar una cifra"),
            text=_("Para lo que ningún registro de aquí puede dar; se muestra siempre aparte."),
            primary=_("Guardar cifra"),
            width=560,
            parent=parent,
        )
        self._figure = shown
        self._on_figure = on_figure
        self.text = TextField(ctx, _("Qué es"), value=shown.text, required=True)
        self.value = NumberField(
            ctx,
            _("Cifra"),
            value=shown.value if shown.id else None,
            low=0,
            high=_MOST,
            required=True,
        )
        self.definition = MultilineField(
            ctx, _("Qué cuenta"), value=shown.definition, lines=2, required=True
        )
        self.note = TextField(
            ctx,
            _("Fuente"),
            value=shown.source_note,
            hint=_("Un documento, una lista, una fecha."),
            required=True,
        )
        self.on = DateField(
            ctx,
            _("Fecha del dato"),
            today=today,
            value=shown.reported_on,
            high=today,
            required=True,
        )
        for field in (self.text, self.value, self.definition, self.note, self.on):
            self.add(field)
        self.accepted.connect(self._hand_on)

    def _hand_on(self) -> None:
        text = self.text.value() or ""
        self._on_figure(
            replace(
                self._figure,
                text=text,
                key=self._figure.key or key_of(text),
                value=_whole(self.value) or 0,
                definition=self.definition.value() or "",
                source_note=self.note.value() or "",
                reported_on=self.on.value() or self._figure.reported_on,
            )
        )


def key_of(text: str) -> str:
    """A short key for a figure that a person named: "Personas oficiales" → "personas_oficiales"."""
    return fold(text)[:40].strip().replace(" ", "_")


def _whole(field: NumberField) -> int | None:
    value = field.value()
    return None if value is None else int(value)
