"""Ajustes: who signs, the logos at the head of documents, and the printer's test sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from facilitator_kit.errors import StorageFailed
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Logo, Signatory
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.settings_centres import EVERYWHERE, RecordDialog, centre_choices
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    ChoiceField,
    DateField,
    EmptyState,
    IconButton,
    Label,
    Rows,
    TextField,
    column,
    holder,
    row,
)

_LOGO_HEIGHT = 56


class SignatoryDialog(RecordDialog):
    """Adds someone who signs, or changes her position and term of office."""

    def __init__(self, ctx: UiContext, person: Signatory | None, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar firmante") if person is None else _("Cambiar firmante"),
            text=_("Así se imprimen el nombre y el cargo al pie de certificados y actas."),
            primary=_("Agregar") if person is None else _("Guardar cambios"),
            icon="signature",
            parent=parent,
        )
        self._person = person or Signatory("", "", "", 0)
        shown, today = self._person, ctx.clock.today()
        self.name = TextField(
            ctx, _("Nombre y título"), value=shown.name, required=True, max_length=120
        )
        self.position = TextField(ctx, _("Cargo"), value=shown.title, required=True, max_length=120)
        self.centre = ChoiceField(
            ctx, _("Firma por"), centre_choices(ctx), value=shown.centre_id or EVERYWHERE
        )
        self.term_from = DateField(ctx, _("En el cargo desde"), today=today, value=shown.term_from)
        self.term_to = DateField(
            ctx,
            _("Hasta"),
            today=today,
            value=shown.term_to,
            hint=_("Fuera de esas fechas no se le propone. Pueden quedar vacías."),
        )
        for field in (self.name, self.position, self.centre, self.term_from, self.term_to):
            self.add(field)
        self.fields = {"blank_name": self.name, "blank_title": self.position}

    def write(self) -> Callable[[], object]:
        person = replace(
            self._person,
            name=self.name.value() or "",
            title=self.position.value() or "",
            centre_id=self.centre.value() or None,
            term_from=self.term_from.value(),
            term_to=self.term_to.value(),
        )
        return lambda: self.ctx.workspace.institution.save_signatory(person)


class SigningSection(Section):
    """Signatories in the order in which they sign, and logos in the order of printing."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        _ = self._
        self._centres: dict[str, str] = {}
        signers = Card(
            ctx,
            _("Firmas"),
            _("En el orden en que firman. Cada documento toma a quienes están en el cargo."),
        )
        self._signers = Rows()
        self._no_signers = EmptyState(
            ctx,
            "signature",
            _("Nadie firma todavía"),
            _("Sin firmas, los certificados se imprimen con las líneas en blanco."),
            action=Button(ctx, _("Agregar firmante"), icon="plus", on_click=self.add),
        )
        signers.add(self._signers)
        signers.add(self._no_signers)
        self.body.addWidget(signers)
        logos = Card(
            ctx,
            _("Logotipos"),
            _("PNG o JPEG de 2 MB a lo más. Se imprimen a la cabeza de cada documento."),
            actions=[Button(ctx, _("Agregar logotipo…"), icon="image", on_click=self._choose_logo)],
        )
        self._logos = Rows()
        self._no_logos = Label(_("Ningún logotipo todavía."), "muted")
        logos.add(self._logos)
        logos.add(self._no_logos)
        self.body.addWidget(logos)
        test = Card(
            ctx,
            _("Prueba de impresión"),
            _("Una hoja con reglas: dice si la impresora respeta el tamaño y los márgenes."),
        )
        test.add(
            row(
                ctx,
                Button(
                    ctx, _("Hoja de prueba de impresión"), icon="printer", on_click=self.print_test
                ),
                None,
            )
        )
        self.body.addWidget(test)
        self.body.addStretch(1)

    def action(self) -> PageAction | None:
        return PageAction(self._("Agregar firmante"), self.add, icon="plus", shortcut="Ctrl+N")

    def add(self) -> None:
        """Ask for another signatory."""
        SignatoryDialog(self.ctx, None, parent=self).open()

    def refresh(self) -> None:
        office = self.ctx.workspace.institution
        self._centres = {centre.id: centre.name for centre in office.centres(archived=True)}
        people, logos = office.signatories(), office.logos()
        self._signers.set_rows(
            [self._signer_row(person, place, len(people)) for place, person in enumerate(people)]
        )
        self._signers.setVisible(bool(people))
        self._no_signers.setVisible(not people)
        self._logos.set_rows([self._logo_row(logo) for logo in logos])
        self._no_logos.setVisible(not logos)

    def print_test(self) -> None:
        """Show the sheet that tests a printer."""
        make = self.ctx.workspace.printing.print_test
        show_pdf(self.ctx, self._("Hoja de prueba de impresión"), make, "prueba.pdf", parent=self)

    # -- rows ------------------------------------------------------------------------------------

    def _signer_row(self, person: Signatory, place: int, count: int) -> QWidget:
        _, ctx = self._, self.ctx
        office = ctx.workspace.institution
        words = column(
            ctx,
            Label(person.name, "strong", wrap=True),
            Label(person.title, wrap=True),
            Label(self._where_and_when(person), "muted", wrap=True),
            gap=2,
        )
        up = IconButton(
            ctx,
            "arrow-up",
            _("Firmar antes: {name}", name=person.name),
            on_click=lambda: self.store(partial(office.move_signatory, person.id, -1)),
        )
        down = IconButton(
            ctx,
            "arrow-down",
            _("Firmar después: {name}", name=person.name),
            on_click=lambda: self.store(partial(office.move_signatory, person.id, 1)),
        )
        up.setEnabled(place > 0)
        down.setEnabled(place < count - 1)
        change = IconButton(
            ctx,
            "pencil",
            _("Cambiar a {name}", name=person.name),
            on_click=lambda: SignatoryDialog(ctx, person, parent=self).open(),
        )
        remove = IconButton(
            ctx,
            "trash-2",
            _("Quitar a {name}", name=person.name),
            on_click=lambda: self.store(partial(office.remove_signatory, person.id)),
        )
        line = row(ctx, words, up, down, change, remove, gap=4)
        line.setStretch(0, 1)
        line.setContentsMargins(0, ctx.theme.px(8), 0, ctx.theme.px(8))
        return holder(line)

    def _where_and_when(self, person: Signatory) -> str:
        _ = self._
        parts = [self._centres.get(person.centre_id or "", _("Todos los centros"))]
        if person.term_from is not None:
            parts.append(_("desde el {day}", day=_.date_medium(person.term_from)))
        if person.term_to is not None:
            parts.append(_("hasta el {day}", day=_.date_medium(person.term_to)))
        return " · ".join(parts)

    def _logo_row(self, logo: Logo) -> QWidget:
        ctx = self.ctx
        picture = QLabel()
        picture.setAccessibleName(self._("Logotipo {name}", name=logo.name))
        pixels = QPixmap()
        pixels.loadFromData(logo.data)
        side = ctx.theme.px(_LOGO_HEIGHT)
        if not pixels.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            picture.setPixmap(pixels.scaled(side * 3, side, keep, smooth))
        remove = IconButton(
            ctx,
            "trash-2",
            self._("Quitar {name}", name=logo.name),
            on_click=lambda: self.store(partial(ctx.workspace.institution.remove_logo, logo.id)),
        )
        line = row(ctx, picture, Label(logo.name, "muted", elide=True), remove, gap=12)
        line.setStretch(1, 1)
        line.setContentsMargins(0, ctx.theme.px(8), 0, ctx.theme.px(8))
        return holder(line)

    # -- logos -----------------------------------------------------------------------------------

    def _choose_logo(self) -> None:
        dialog = QFileDialog(
            self, self._("Elegir logotipo"), "", self._("Imágenes") + " (*.png *.jpg *.jpeg)"
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.add_logo(Path(chosen)))
        dialog.open()

    def add_logo(self, file: Path) -> None:
        """Keep an image as the last logo."""
        office = self.ctx.workspace.institution

        def write() -> Logo:
            try:
                data = file.read_bytes()
            except OSError as fault:
                raise StorageFailed(
                    message("No se pudo leer «{name}».", name=file.name),
                    message("Revise que el archivo siga ahí y ábralo otra vez."),
                    "not_readable",
                ) from fault
            return office.add_logo(file.name, data)

        self.store(write)
