"""Ajustes: the institution's own days without sessions, beside the public holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from facilitator_kit.monitoring.records import ClosedDay
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.settings_centres import EVERYWHERE, RecordDialog, centre_choices
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    Column,
    DateField,
    EmptyState,
    RecordModel,
    RecordTable,
    TextField,
    row,
)


class ClosedDayDialog(RecordDialog):
    """Adds a day without sessions."""

    def __init__(self, ctx: UiContext, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar día sin sesiones"),
            text=_("Los calendarios que se hagan desde ahora lo dejan libre."),
            primary=_("Agregar"),
            icon="calendar-x",
            parent=parent,
        )
        self.on = DateField(ctx, _("Día"), today=ctx.clock.today(), required=True)
        self.reason = TextField(
            ctx,
            _("Motivo"),
            required=True,
            max_length=120,
            placeholder=_("Aniversario del municipio"),
        )
        self.centre = ChoiceField(ctx, _("Dónde"), centre_choices(ctx), value=EVERYWHERE)
        for field in (self.on, self.reason, self.centre):
            self.add(field)

    def write(self) -> Callable[[], object]:
        on, reason = self.on.value(), self.reason.value() or ""
        assert on is not None  # the field is required
        centre_id = self.centre.value() or None
        add = self.ctx.workspace.institution.add_closed_day
        return partial(add, on, reason, centre_id)


class ClosedDaysSection(Section):
    """The institution's own days at the top, the country's holidays of two years below."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        self._centres: dict[str, str] = {}
        self.model = RecordModel(
            [
                Column[ClosedDay](_("Día"), lambda d: _.date_medium(d.on), style="strong"),
                Column[ClosedDay](_("Motivo"), lambda d: d.reason, stretch=True),
                Column[ClosedDay](
                    _("Dónde"),
                    lambda d: self._centres.get(d.centre_id or "", _("Todos los centros")),
                    stretch=True,
                ),
            ],
            key=lambda day: day.id,
        )
        empty = EmptyState(
            ctx,
            "calendar-x",
            _("Ningún día propio sin sesiones"),
            _("Los feriados del país ya se respetan. Agregue aquí los de su institución."),
            action=Button(ctx, _("Agregar día sin sesiones"), icon="plus", on_click=self.add),
        )
        self.table = RecordTable(ctx, _("Días sin sesiones"), self.model, empty=empty)
        self.table.setMinimumHeight(ctx.theme.px(220))
        self.table.selected.connect(lambda _record: self._enable())
        self._button = Button(
            ctx,
            _("Quitar"),
            icon="trash-2",
            name=_("Quitar el día elegido"),
            on_click=self._remove,
        )
        own = Card(ctx, _("Días sin sesiones"), _("Los propios de su institución."))
        own.add(self.table, 1)
        own.add(row(ctx, self._button, None))
        self.body.addWidget(own, 1)
        self._holidays = RecordModel(
            [
                Column[tuple[date, str]](_("Día"), lambda h: _.date_medium(h[0]), style="strong"),
                Column[tuple[date, str]](
                    _("Cae en"), lambda h: _.weekday_name(h[0].weekday()), style="muted"
                ),
                Column[tuple[date, str]](_("Feriado"), lambda h: h[1], stretch=True),
            ],
            key=lambda holiday: holiday[0],
        )
        year = ctx.clock.today().year
        public = Card(
            ctx,
            _("Feriados del país"),
            _(
                "{year} y {next_year}. Los calendarios los dejan libres.",
                year=year,
                next_year=year + 1,
            ),
        )
        holidays = RecordTable(ctx, _("Feriados del país"), self._holidays)
        holidays.setMinimumHeight(ctx.theme.px(220))
        public.add(holidays, 1)
        self.body.addWidget(public, 1)
        # The table of the world's holidays takes a moment to load: once, on the worker.
        office = ctx.workspace.institution
        ctx.jobs.run(
            lambda: tuple(office.holidays((year, year + 1)).items()),
            self._holidays.set_rows,
            owner=self,
        )

    def action(self) -> PageAction | None:
        text = self._("Agregar día sin sesiones")
        return PageAction(text, self.add, icon="plus", shortcut="Ctrl+N")

    def add(self) -> None:
        """Ask for another day."""
        ClosedDayDialog(self.ctx, parent=self).open()

    def refresh(self) -> None:
        office = self.ctx.workspace.institution
        self._centres = {centre.id: centre.name for centre in office.centres(archived=True)}
        self.model.set_rows(office.closed_days())
        self._enable()

    def _enable(self) -> None:
        self._button.setEnabled(self.table.current() is not None)

    def _remove(self) -> None:
        day = self.table.current()
        if day is not None:
            self.store(partial(self.ctx.workspace.institution.remove_closed_day, day.id))
