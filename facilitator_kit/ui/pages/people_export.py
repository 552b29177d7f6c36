"""The dialog that writes a list of people to a file, with the reason for taking it out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.cohorts_words import people_count
from facilitator_kit.ui.widgets import Label, MultilineField, Segments, Well
from facilitator_kit.workspace.importing import FileFormat
from facilitator_kit.workspace.views import CohortView


class ExportDialog(Dialog):
    """Which people, in which format, and why; then where the file goes."""

    def __init__(self, ctx: UiContext, cohort: CohortView | None, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Exportar lista"),
            primary=_("Elegir dónde guardarla"),
            icon="download",
            width=520,
            parent=parent,
        )
        self._ctx = ctx
        self._cohort = cohort
        scopes = [("", _("Todas las personas"))]
        if cohort is not None:
            scopes.insert(0, (cohort.cohort.id, _("Esta cohorte")))
        self.scope = Segments(ctx, _("De quiénes"), scopes)
        self.kind = Segments(
            ctx, _("Formato"), ((FileFormat.XLSX, _("Excel (.xlsx)")), (FileFormat.CSV, _("CSV")))
        )
        self.reason = MultilineField(
            ctx,
            _("Para qué se necesita y quién la verá"),
            required=True,
            lines=2,
            hint=_("Queda en la bitácora con su nombre y la fecha."),
        )
        self.add(
            Well(
                ctx,
                _("El archivo lleva nombres y contactos sin cifrar: guárdelo en un lugar seguro."),
                "attention",
                icon="triangle-alert",
            )
        )
        self.add(Label(_("De quiénes"), "small-strong"))
        self.add(self.scope)
        self.add(Label(_("Formato"), "small-strong"))
        self.add(self.kind)
        self.add(self.reason)

    def accept(self) -> None:
        _ = self._
        kind: FileFormat = self.kind.value()
        name = _("participantes.{ending}", ending=kind.value)
        chooser = QFileDialog(self, _("Guardar la lista"), name)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(kind.value)
        chooser.setNameFilters([f"*.{kind.value}"])
        chooser.fileSelected.connect(self.write)
        chooser.open()

    def write(self, file: str) -> None:
        """Write the list to this file."""
        importing = self._ctx.workspace.importing
        path, kind, reason = Path(file), self.kind.value(), self.reason.value() or ""
        cohort_id = self.scope.value() or None
        self.primary.setEnabled(False)
        self._ctx.jobs.run(
            lambda: importing.export(path, kind, reason, cohort_id),
            lambda count: self._written(path.name, count),
            self._refused,
            owner=self,
        )

    def _written(self, name: str, count: int) -> None:
        people = people_count(self._, count)
        self._ctx.announce(self._("Se guardó {name} con {people}.", name=name, people=people))
        super().accept()

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        self._ctx.show_error(error)
