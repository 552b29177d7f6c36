"""Ajustes: the institution's own data, and who works in this workspace."""

from __future__ import annotations

from functools import partial
from typing import Any

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.looks_words import language_choices
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.paper_words import country_choices, paper_choices
from facilitator_kit.ui.widgets import (
    Card,
    ChoiceField,
    FormField,
    KeyValues,
    TextField,
    Well,
)

_FORM = "institution"


class InstitutionSection(Section):
    """Every field stores itself; the sample's names are shown and cannot be changed."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        sample = ctx.workspace.sample
        self.fields: dict[str, FormField[Any]] = {}
        self._drafts: set[str] = set()
        self.setMaximumWidth(ctx.theme.px(760))
        names = Card(ctx, _("Institución"), _("Así se llama en pantalla y en cada documento."))
        self._facts = KeyValues(ctx, [])
        if sample:
            names.add(
                Well(
                    ctx,
                    _(
                        "Esta es la institución de EJEMPLO: sus nombres no se cambian y todo lo "
                        "que imprime lleva la palabra EJEMPLO. La suya se crea desde la página "
                        "de bienvenida."
                    ),
                    "attention",
                    icon="info",
                )
            )
        else:
            for name, label, needed in (
                ("name", _("Nombre de la institución"), True),
                ("short_name", _("Nombre corto"), True),
                ("programme_name", _("Nombre del programa"), False),
                ("city", _("Ciudad"), True),
                ("state", _("Estado o región"), False),
            ):
                names.add(self._field(name, label, needed))
        names.add(self._facts)
        self.body.addWidget(names)
        paper = Card(ctx, _("Documentos"))
        for field, label, choices in (
            ("paper", _("Papel"), paper_choices(_)),
            ("language", _("Idioma de los documentos"), language_choices()),
        ):
            choice = ChoiceField(
                ctx, label, choices, on_commit=partial(self._keep, field), required=True
            )
            self.fields[field] = choice
            paper.add(choice)
        self.body.addWidget(paper)
        if not sample:
            self.body.addWidget(self._user_card())
        self.body.addStretch(1)
        self._read_drafts()

    def _field(self, name: str, label: str, needed: bool) -> TextField:
        field = TextField(
            self.ctx,
            label,
            required=needed,
            max_length=160,
            on_commit=partial(self._keep, name),
            on_draft=partial(self._keep_draft, name),
        )
        self.fields[name] = field
        return field

    def _user_card(self) -> Card:
        _ = self._
        card = Card(self.ctx, _("Quién trabaja aquí"), _("Su nombre queda en cada cambio."))
        self.user_name = TextField(
            self.ctx, _("Su nombre"), required=True, on_commit=self._keep_user
        )
        self.user_position = TextField(self.ctx, _("Su cargo"), on_commit=self._keep_user)
        card.add(self.user_name)
        card.add(self.user_position)
        return card

    def refresh(self) -> None:
        _ = self._
        office = self.ctx.workspace.institution
        institution = office.get()
        for name, field in self.fields.items():
            if name not in self._drafts:
                field.set_value(getattr(institution, name))
        country = dict(country_choices(_)).get(institution.country, institution.country)
        pairs = [(_("País"), country)]
        if self.ctx.workspace.sample:
            pairs = [
                (_("Nombre de la institución"), institution.name),
                (_("Nombre corto"), institution.short_name),
                (_("Nombre del programa"), institution.programme_name),
                (_("Ciudad"), f"{institution.city}, {institution.state}"),
                *pairs,
            ]
        self._facts.set_pairs(pairs)
        if not self.ctx.workspace.sample:
            user = office.user()
            self.user_name.set_value(user.name)
            self.user_position.set_value(user.position)

    def _read_drafts(self) -> None:
        for name, text in self.ctx.workspace.followup.drafts(_FORM, "").items():
            if name in self.fields:
                self.fields[name].set_draft(text)
                self._drafts.add(name)
        self.refresh()

    def _keep(self, name: str, value: object) -> None:
        workspace = self.ctx.workspace
        self._drafts.discard(name)

        def write() -> None:
            workspace.institution.set(**{name: value})
            workspace.followup.keep_draft(_FORM, "", name, None)

        self.store(write, self.fields[name])

    def _keep_draft(self, name: str, text: str) -> None:
        self._drafts.add(name)
        keep = self.ctx.workspace.followup.keep_draft
        self.store(partial(keep, _FORM, "", name, text), self.fields[name])

    def _keep_user(self, _value: object) -> None:
        name, position = self.user_name.value(), self.user_position.value()
        if name:
            save = self.ctx.workspace.institution.save_user
            self.store(partial(save, name, position or ""), self.user_name)
