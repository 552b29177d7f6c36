"""Ajustes: the centres, and the people who facilitate in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import Centre, Facilitator
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, error_dialog
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    CheckField,
    ChoiceField,
    Column,
    EmptyState,
    RecordModel,
    RecordTable,
    TextField,
    row,
)

EVERYWHERE = ""
"""Stands for "every centre" where a centre may be chosen."""


class RecordDialog(Dialog):
    """A dialog that stores one record: refusals stand at their fields, the rest below the title.

    `fields` names the field of each problem by the problem's code.
    """

    def __init__(
        self,
        ctx: UiContext,
        title: str,
        *,
        primary: str,
        icon: str,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, title, text=text, primary=primary, icon=icon, parent=parent)
        self.ctx = ctx
        self.fields: dict[str, TextField] = {}

    def write(self) -> Callable[[], object]:
        """What stores the record, to be called on the worker."""
        raise NotImplementedError

    def accept(self) -> None:
        self.primary.setEnabled(False)
        self.ctx.jobs.run(self.write(), self._stored, self._refused, owner=self)

    def _stored(self, _record: object) -> None:
        super().accept()

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        problems = error.problems if isinstance(error, InputRefused) else ()
        shown = False
        for problem in reversed(problems):
            field = self.fields.get(problem.code)
            if field is not None:
                text = f"{self._.render(problem.reason)} {self._.render(problem.remedy)}"
                field.set_error(text)
                field.setFocus()
                self.make_room_for(field)
                shown = True
        if not shown:
            error_dialog(self.ctx, error, self).open()


class CentreDialog(RecordDialog):
    """Adds a centre, or changes one; an archived centre keeps its cohorts and takes no new ones."""

    def __init__(self, ctx: UiContext, centre: Centre | None, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar centro") if centre is None else _("Cambiar centro"),
            primary=_("Agregar") if centre is None else _("Guardar cambios"),
            icon="building-2",
            parent=parent,
        )
        institution = ctx.workspace.institution.get()
        self._centre = centre or Centre("", "", "", institution.city, institution.state)
        shown = self._centre
        self.name = TextField(
            ctx, _("Nombre del centro"), value=shown.name, required=True, max_length=120
        )
        self.code = TextField(
            ctx,
            _("Código del centro"),
            value=shown.code,
            required=True,
            max_length=6,
            hint=_("De 2 a 6 letras mayúsculas. Con él empiezan claves y folios: CR-014."),
        )
        self.city = TextField(ctx, _("Ciudad"), value=shown.city, required=True)
        self.state_name = TextField(ctx, _("Estado o región"), value=shown.state)
        self.archived = CheckField(
            ctx,
            _("Archivado"),
            value=shown.archived,
            hint=_("Ya no se ofrece para cohortes nuevas; lo que tuvo se conserva."),
        )
        self.archived.setVisible(centre is not None)
        for field in (self.name, self.code, self.city, self.state_name, self.archived):
            self.add(field)
        self.fields = {
            "blank_name": self.name,
            "blank_city": self.city,
            "bad_centre_code": self.code,
            "centre_code_taken": self.code,
            "centre_code_in_use": self.code,
        }

    def write(self) -> Callable[[], object]:
        centre = replace(
            self._centre,
            name=self.name.value() or "",
            code=(self.code.value() or "").upper(),
            city=self.city.value() or "",
            state=self.state_name.value() or "",
            archived=bool(self.archived.value()),
        )
        return lambda: self.ctx.workspace.institution.save_centre(centre)


class CentresSection(Section):
    """The list of centres."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        self.model = RecordModel(
            [
                Column[Centre](_("Código"), lambda c: c.code, style="muted"),
                Column[Centre](_("Centro"), lambda c: c.name, style="strong", stretch=True),
                Column[Centre](_("Ciudad"), lambda c: c.city, stretch=True),
                Column[Centre](
                    _("Situación"),
                    lambda c: _("Archivado") if c.archived else _("En uso"),
                    tone=lambda c: "neutral" if c.archived else "good",
                ),
            ],
            key=lambda centre: centre.id,
        )
        self.table = RecordTable(ctx, _("Centros"), self.model)
        self.table.setMinimumHeight(ctx.theme.px(240))
        self.table.activated.connect(self._change)
        self.table.selected.connect(lambda _record: self._enable())
        self._button = Button(
            ctx,
            _("Cambiar…"),
            icon="pencil",
            name=_("Cambiar el centro elegido"),
            on_click=lambda: self._change(self.table.current()),
        )
        card = Card(ctx, _("Centros"), _("Cada uno con su código, que va en claves y folios."))
        card.add(self.table, 1)
        card.add(row(ctx, self._button, None))
        self.body.addWidget(card, 1)

    def action(self) -> PageAction | None:
        return PageAction(self._("Agregar centro"), self.add, icon="plus", shortcut="Ctrl+N")

    def add(self) -> None:
        """Ask for a new centre."""
        CentreDialog(self.ctx, None, parent=self).open()

    def refresh(self) -> None:
        self.model.set_rows(self.ctx.workspace.institution.centres(archived=True))
        self._enable()

    def _enable(self) -> None:
        self._button.setEnabled(self.table.current() is not None)

    def _change(self, centre: Centre | None) -> None:
        if centre is not None:
            CentreDialog(self.ctx, centre, parent=self).open()


class FacilitatorDialog(RecordDialog):
    """Adds someone who facilitates, or changes what is kept of her."""

    def __init__(self, ctx: UiContext, person: Facilitator | None, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar persona facilitadora") if person is None else _("Persona facilitadora"),
            primary=_("Agregar") if person is None else _("Guardar cambios"),
            icon="user",
            parent=parent,
        )
        self._person = person or Facilitator("", "")
        self.name = TextField(
            ctx, _("Nombre completo"), value=self._person.name, required=True, max_length=120
        )
        self.centre = ChoiceField(
            ctx,
            _("Centro"),
            centre_choices(ctx),
            value=self._person.centre_id or EVERYWHERE,
        )
        self.active = CheckField(
            ctx,
            _("Facilita actualmente"),
            value=self._person.active,
            hint=_("Sin marcar, ya no se ofrece para sesiones nuevas; las dadas se conservan."),
        )
        self.active.setVisible(person is not None)
        for field in (self.name, self.centre, self.active):
            self.add(field)
        self.fields = {"blank_name": self.name}

    def write(self) -> Callable[[], object]:
        person = replace(
            self._person,
            name=self.name.value() or "",
            centre_id=self.centre.value() or None,
            active=bool(self.active.value()),
        )
        return lambda: self.ctx.workspace.institution.save_facilitator(person)


class FacilitatorsSection(Section):
    """The list of people who facilitate."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        self._centres: dict[str, str] = {}
        self.model = RecordModel(
            [
                Column[Facilitator](_("Nombre"), lambda p: p.name, style="strong", stretch=True),
                Column[Facilitator](
                    _("Centro"),
                    lambda p: self._centres.get(p.centre_id or "", _("Todos los centros")),
                    stretch=True,
                ),
                Column[Facilitator](
                    _("Situación"),
                    lambda p: _("Facilita") if p.active else _("Ya no facilita"),
                    tone=lambda p: "good" if p.active else "neutral",
                ),
            ],
            key=lambda person: person.id,
        )
        empty = EmptyState(
            ctx,
            "users",
            _("Todavía no hay personas facilitadoras"),
            _("Agregue a quien imparte las sesiones, para anotar quién da cada una."),
            action=Button(ctx, _("Agregar persona facilitadora"), icon="plus", on_click=self.add),
        )
        self.table = RecordTable(ctx, _("Personas facilitadoras"), self.model, empty=empty)
        self.table.setMinimumHeight(ctx.theme.px(240))
        self.table.activated.connect(self._change)
        self.table.selected.connect(lambda _record: self._enable())
        self._button = Button(
            ctx,
            _("Cambiar…"),
            icon="pencil",
            name=_("Cambiar la persona elegida"),
            on_click=lambda: self._change(self.table.current()),
        )
        card = Card(ctx, _("Personas facilitadoras"))
        card.add(self.table, 1)
        card.add(row(ctx, self._button, None))
        self.body.addWidget(card, 1)

    def action(self) -> PageAction | None:
        text = self._("Agregar persona facilitadora")
        return PageAction(text, self.add, icon="plus", shortcut="Ctrl+N")

    def add(self) -> None:
        """Ask for somebody new."""
        FacilitatorDialog(self.ctx, None, parent=self).open()

    def refresh(self) -> None:
        office = self.ctx.workspace.institution
        self._centres = {centre.id: centre.name for centre in office.centres(archived=True)}
        self.model.set_rows(office.facilitators(active_only=False))
        self._enable()

    def _enable(self) -> None:
        self._button.setEnabled(self.table.current() is not None)

    def _change(self, person: Facilitator | None) -> None:
        if person is not None:
            FacilitatorDialog(self.ctx, person, parent=self).open()


def centre_choices(ctx: UiContext) -> list[tuple[str, str]]:
    """Every centre in use by its id, after "Todos los centros"."""
    centres = ctx.workspace.institution.centres()
    return [
        (EVERYWHERE, ctx._("Todos los centros")),
        *((centre.id, centre.name) for centre in centres),
    ]
