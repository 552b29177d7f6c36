"""Ajustes: what is asked of people, and the journal of changes."""

from __future__ import annotations

from functools import partial

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.widgets import (
    Card,
    CheckField,
    Column,
    EmptyState,
    Label,
    RecordModel,
    RecordTable,
)
from facilitator_kit.workspace.views import ChangeView

_LIMIT = 100


class DataSection(Section):
    """What is asked of people, and what was changed here, by whom and when."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        card = Card(ctx, _("Claves nacionales"))
        card.add(
            Label(
                _(
                    "Cada mujer lleva ya un código propio que basta para todo lo que el kit hace. "
                    "Una clave nacional permite reconocerla fuera de aquí: actívela solo si una "
                    "norma lo pide, y diga a cada participante para qué se anota."
                ),
                wrap=True,
            )
        )
        mexico = ctx.workspace.institution.get().country == "MX"
        self._field = "uses_curp" if mexico else "uses_run"
        self.switch = CheckField(
            ctx,
            _("Anotar la CURP de las participantes")
            if mexico
            else _("Anotar el RUN de las participantes"),
            on_commit=self._switch,
            hint=_("Al desactivarla, lo ya anotado no se borra: deja de mostrarse."),
        )
        card.add(self.switch)
        self.body.addWidget(card)
        self.body.addWidget(self._changes_card(), 1)

    def _changes_card(self) -> Card:
        ctx, _ = self.ctx, self._
        card = Card(
            ctx,
            _("Cambios"),
            _("Los últimos cien: qué se hizo, cuándo y quién. Ninguno se borra de esta lista."),
        )
        self._model = RecordModel(
            [
                Column[ChangeView](_("Cuándo"), lambda c: _.moment(c.at), style="muted"),
                Column[ChangeView](_("Qué"), self._what, style="strong", stretch=True),
                Column[ChangeView](_("Quién"), lambda c: c.actor_name, stretch=True),
                Column[ChangeView](_("Registros"), lambda c: _.number(c.records), align="right"),
            ],
            key=lambda change: change.id,
        )
        empty = EmptyState(ctx, "history", _("Todavía no hay cambios"))
        self.table = RecordTable(ctx, _("Cambios"), self._model, empty=empty)
        self.table.setMinimumHeight(ctx.theme.px(260))
        card.add(self.table, 1)
        return card

    def _what(self, change: ChangeView) -> str:
        if change.undoing:
            return self._("Deshacer: {what}", what=change.name)
        if change.redoing:
            return self._("Rehacer: {what}", what=change.name)
        if change.undone:
            return self._("{what} (deshecho)", what=change.name)
        return self._.render(change.name)

    def refresh(self) -> None:
        institution = self.ctx.workspace.institution.get()
        self.switch.set_value(bool(getattr(institution, self._field)))
        history = partial(self.ctx.workspace.history, _LIMIT)
        self.ctx.jobs.run(history, self._show, owner=self)

    def _show(self, changes: tuple[ChangeView, ...]) -> None:
        self._model.set_rows(changes)

    def _switch(self, value: bool | None) -> None:
        office = self.ctx.workspace.institution
        self.store(partial(office.set, **{self._field: bool(value)}), self.switch)
