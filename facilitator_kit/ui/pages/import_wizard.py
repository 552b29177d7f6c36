"""The wizard that brings people in from a file: nothing is stored until the last step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.people_columns import Column as Field
from facilitator_kit.monitoring.people_import import ImportProposal
from facilitator_kit.monitoring.people_tables import Table
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.cohorts_words import people_count
from facilitator_kit.ui.pages.import_wizard_steps import (
    ColumnsStep,
    ConfirmStep,
    DuplicatesStep,
    FileStep,
    PreviewStep,
)
from facilitator_kit.ui.widgets import Button, Label
from facilitator_kit.workspace.importing import Imported, ImportPlan
from facilitator_kit.workspace.views import CohortView

FILE: Final = 0
COLUMNS: Final = 1
PREVIEW: Final = 2
DUPLICATES: Final = 3
CONFIRM: Final = 4


class ImportWizard(Dialog):
    """File, columns, preview with all problems, likely duplicates, confirmation.

    `stored(words)` comes after the one change that stores everything.
    """

    stored = Signal(str)

    def __init__(self, ctx: UiContext, cohort: CohortView | None, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(ctx, _("Importar lista"), primary=_("Siguiente"), width=900, parent=parent)
        self._ctx = ctx
        self._cohort = cohort
        self._table: Table | None = None
        self._path: Path | None = None
        self.proposal: ImportProposal | None = None
        self._plan: ImportPlan | None = None
        self.step_label = Label("", "muted")
        self.back = Button(ctx, _("Atrás"), icon="arrow-left", on_click=self.go_back)
        self.add_button(self.back)
        self.file_step = FileStep(ctx, cohort)
        self.file_step.asked.connect(self.choose_file)
        self.file_step.sheet_chosen.connect(self._read_sheet)
        self.columns_step = ColumnsStep(ctx)
        self.columns_step.changed.connect(self._show_step)
        self.preview_step = PreviewStep(ctx)
        self.duplicates_step = DuplicatesStep(ctx)
        self.duplicates_step.changed.connect(self._show_step)
        self.confirm_step = ConfirmStep(ctx)
        self.steps = QStackedWidget()
        for step in (
            self.file_step,
            self.columns_step,
            self.preview_step,
            self.duplicates_step,
            self.confirm_step,
        ):
            self.steps.addWidget(step)
        self.steps.setMinimumHeight(ctx.theme.px(340))
        self.add(self.step_label)
        self.add(self.steps, 1)
        self._show_step()

    # -- the file --------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for the file."""
        _ = self._
        chooser = QFileDialog(self, _("Elegir la lista"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([_("Listas (*.xlsx *.csv *.txt)"), _("Todos los archivos (*)")])
        chooser.fileSelected.connect(lambda name: self.read(Path(name)))
        chooser.open()

    def read(self, path: Path, sheet: str | None = None) -> None:
        """Read a file's list on the worker and show its columns."""
        self._path = path
        importing = self._ctx.workspace.importing
        self._ctx.jobs.run(
            lambda: importing.read(path, sheet), self._on_read, self._on_unreadable, owner=self
        )

    def _read_sheet(self, sheet: str) -> None:
        if self._path is not None:
            self.read(self._path, sheet)

    def _on_unreadable(self, error: KitError) -> None:
        self._table = None
        self.file_step.show_error(error.text(self._))
        self._show_step()

    def _on_read(self, table: Table) -> None:
        self.file_step.show_table(table)
        self._table = None if table.problems else table
        if self._table is not None:
            self.columns_step.show_table(table)
        self._show_step()

    # -- going on --------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """Which step is shown."""
        return self.steps.currentIndex()

    def submit(self) -> None:
        """What the primary button does at each step."""
        if self.step == FILE:
            self._go(COLUMNS)
        elif self.step == COLUMNS:
            self._propose()
        elif self.step == PREVIEW:
            proposal = self.proposal
            self._go(DUPLICATES if proposal is not None and proposal.duplicates else CONFIRM)
        elif self.step == DUPLICATES:
            self._go(CONFIRM)
        else:
            self._store()

    def go_back(self) -> None:
        """To the step before."""
        before = self.step - 1
        if before == DUPLICATES and not (self.proposal and self.proposal.duplicates):
            before = PREVIEW
        self._go(max(FILE, before))

    def _propose(self) -> None:
        table, mapping = self._table, self.columns_step.mapping()
        if table is None:
            return
        importing = self._ctx.workspace.importing
        self.primary.setEnabled(False)
        self._ctx.jobs.run(lambda: importing.propose(table, mapping), self._on_proposal, owner=self)

    def _on_proposal(self, proposal: ImportProposal) -> None:
        self.proposal = proposal
        self.preview_step.show_proposal(proposal)
        self.duplicates_step.show_proposal(proposal)
        self._go(PREVIEW)

    def _go(self, step: int) -> None:
        if step == CONFIRM and not self._make_plan():
            return
        self.steps.setCurrentIndex(step)
        self._show_step()
        shown = self.steps.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _make_plan(self) -> bool:
        if self.proposal is None:
            return False
        try:
            self._plan = self._ctx.workspace.importing.plan(
                self.proposal, self.duplicates_step.decisions()
            )
        except KitError as error:
            self._ctx.show_error(error)
            return False
        self.confirm_step.show_plan(self._plan, self.file_step.cohort())
        return True

    def _show_step(self) -> None:
        _ = self._
        step = self.step
        names = (
            _("Archivo"),
            _("Columnas"),
            _("Vista previa"),
            _("Posibles repetidas"),
            _("Confirmar"),
        )
        self.step_label.setText(
            _("Paso {step} de {all}: {name}", step=step + 1, all=len(names), name=names[step])
        )
        self.back.setVisible(step > FILE)
        words, usable = _("Siguiente"), True
        if step == FILE:
            usable = self._table is not None
        elif step == COLUMNS:
            usable = bool(
                {Field.GIVEN_NAMES, Field.FULL_NAME} & set(self.columns_step.mapping().values())
            )
        elif step == PREVIEW:
            usable = self.proposal is not None and self.proposal.is_acceptable
        elif step == DUPLICATES:
            usable = self.duplicates_step.all_decided()
        elif self._plan is not None:
            count = len(self._plan.new) + len(self._plan.known)
            words = _.plural("Importar {count} persona", "Importar {count} personas", count)
            usable = count > 0
        self.primary.set_text(words)
        self.primary.setEnabled(usable)

    # -- storing ---------------------------------------------------------------------------------

    def _store(self) -> None:
        plan = self._plan
        if plan is None:
            return
        cohort, starts_on = self.file_step.cohort(), self.file_step.starts_on()
        importing = self._ctx.workspace.importing
        self.primary.setEnabled(False)
        self._ctx.jobs.run(
            lambda: importing.store(plan, cohort.cohort.id if cohort else None, starts_on),
            self._on_stored,
            self._on_refused,
            owner=self,
        )

    def _on_stored(self, made: Imported) -> None:
        words = self._("Se agregaron {people}.", people=people_count(self._, made.added))
        self.stored.emit(self._("{words} Ctrl+Z lo deshace.", words=words))
        self.accept()

    def _on_refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        self._ctx.show_error(error)
