"""Prepares a ceremony in three steps: day and place, names as printed, folder; then one action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.paths import UserFolders
from facilitator_kit.progress import Progress
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, error_dialog
from facilitator_kit.ui.jobs import Job
from facilitator_kit.ui.pages.graduation_names import NamesStep
from facilitator_kit.ui.pages.graduation_when import WhenStep
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Bar,
    Button,
    DateField,
    EvidenceLine,
    Label,
    NumberField,
    Rows,
    TextField,
    Well,
    breakable,
    clear,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.ceremony import CeremonyPlan, hold_ceremony
from facilitator_kit.workspace.printing import CeremonyFiles
from facilitator_kit.workspace.views import Candidate

WHEN, NAMES, WHERE, RUNNING, DONE = range(5)


class CeremonyDialog(Dialog):
    """Opened for the women who can be handed a certificate."""

    def __init__(
        self, ctx: UiContext, people: tuple[Candidate, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            ctx,
            ctx._("Preparar ceremonia"),
            primary=ctx._("Siguiente"),
            icon="award",
            width=860,
            parent=parent,
        )
        self._ctx = ctx
        self._job: Job | None = None
        self._files: CeremonyFiles | None = None
        self._blocked: dict[str, NumberField] = {}
        self.back = Button(ctx, self._("Atrás"), icon="chevron-left", on_click=self._go_back)
        self.add_button(self.back)
        self.step = Label("", "muted")
        self.add(self.step)
        self.steps = QStackedWidget()
        self.when = WhenStep(ctx, people)
        self.when.changed.connect(self._update)
        self.names = NamesStep(ctx)
        self.names.changed.connect(self._update)
        self.names.table.activated.connect(self._go_on)
        for part in (self.when, self.names, self._where(), self._running(), self._done()):
            self.steps.addWidget(part)
        self.add(self.steps, 1)
        self.steps.setMinimumHeight(ctx.theme.px(430))
        self._go(WHEN)

    # -- steps ----------------------------------------------------------------------------------

    def submit(self) -> None:
        """Go on to the next step, or do what the last one says."""
        place = self.steps.currentIndex()
        if place == WHEN:
            if not self.when.asks() or self._valid(self.when.on, self.when.place):
                self.names.show_people(self.when.people(), self.when.day())
                self._go(NAMES)
        elif place == NAMES:
            self._ask_last_folios()
        elif place == WHERE:
            self._begin()
        elif place == DONE:
            self.show_certificates()

    def _go_on(self, _line: object) -> None:
        """Enter in the list of names does what the primary button says."""
        if self.primary.isEnabled():
            self.submit()

    def _go(self, place: int) -> None:
        _ = self._
        self.steps.setCurrentIndex(place)
        self.back.setVisible(place in (NAMES, WHERE))
        if place <= WHERE:
            self.step.setText(_("Paso {step} de 3", step=place + 1))
        self.step.setVisible(place <= WHERE)
        self.cancel.set_text(_("Cerrar") if place == DONE else _("Cancelar"))
        self.cancel.setVisible(place != RUNNING)
        self.primary.setVisible(place != RUNNING)
        self._update()
        first = self.when if self.when.asks() else self.primary
        focus = {WHEN: first, NAMES: self.names, WHERE: self.primary, DONE: self.primary}
        if place in focus:
            focus[place].setFocus()

    def _update(self) -> None:
        _ = self._
        place = self.steps.currentIndex()
        if place == WHERE:
            new = sum(c.line is None for c in self.names.going())
            self.primary.set_text(
                _("Registrar y preparar") if new else _("Preparar los documentos")
            )
            self._tell_what(new)
        else:
            self.primary.set_text(_("Ver certificados") if place == DONE else _("Siguiente"))
        self.primary.setEnabled(
            bool(self.when.people())
            if place == WHEN
            else self.names.ready()
            if place == NAMES
            else True
        )

    def _go_back(self) -> None:
        self._go(self.steps.currentIndex() - 1)

    def _valid(self, *fields: DateField | TextField | NumberField) -> bool:
        wrong = [field for field in fields if not field.valid()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    # -- folios after a restore --------------------------------------------------------------------

    def _ask_last_folios(self) -> None:
        register = self._ctx.workspace.register
        year = self.when.day().year
        series = {c.centre.code for c in self.names.going() if c.line is None}
        self._ctx.jobs.run(
            lambda: tuple(s for s in register.folios_blocked(year) if s in series),
            self._show_blocked,
            owner=self,
        )

    def _show_blocked(self, blocked: tuple[str, ...]) -> None:
        _, ctx = self._, self._ctx
        clear(self._floors)
        self._blocked = {}
        if blocked:
            self._floors.addWidget(
                Well(
                    ctx,
                    _(
                        "Este espacio de trabajo se restauró de una copia. Escriba el último "
                        "folio impreso de cada serie, para no repetir ninguno; 0 si no hay."
                    ),
                    "attention",
                    icon="triangle-alert",
                )
            )
        for series in blocked:
            field = NumberField(
                ctx,
                _("Último folio impreso de la serie {series}", series=series),
                low=0,
                high=9_999_999,
                required=True,
            )
            self._blocked[series] = field
            self._floors.addWidget(field)
        self._go(WHERE)
        if blocked:
            self._blocked[blocked[0]].setFocus()

    # -- folder ----------------------------------------------------------------------------------

    def _where(self) -> QWidget:
        ctx, _ = self._ctx, self._
        self.folder = self._usual_folder()
        self.folder_label = Label(breakable(self.folder), "strong", wrap=True)
        choose = Button(
            ctx, _("Elegir otra carpeta…"), icon="folder-open", on_click=self._choose_folder
        )
        self._floors = QVBoxLayout()
        self._floors.setSpacing(ctx.theme.px(12))
        self.what = Label("", wrap=True)
        return holder(
            column(
                ctx,
                self._floors,
                Label(_("Los documentos se escriben en:"), "muted"),
                self.folder_label,
                row(ctx, choose, None),
                self.what,
                Well(
                    ctx,
                    _("Los archivos llevan nombres de personas: guárdelos en un lugar seguro."),
                    icon="lock",
                ),
                None,
                gap=16,
            )
        )

    def _usual_folder(self) -> Path:
        """A new folder among this user's documents; its name says only the day."""
        documents = UserFolders.of_user().documents
        stem = self._("ceremonia-{day}", day=f"{self._ctx.clock.today():%Y-%m-%d}")
        folder, number = documents / stem, 1
        while folder.exists():
            number += 1
            folder = documents / f"{stem}-{number}"
        return folder

    def _choose_folder(self) -> None:
        near = next((one for one in self.folder.parents if one.is_dir()), Path.home())
        dialog = QFileDialog(self, self._("Carpeta de la ceremonia"), str(near))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(self.use_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_folder(self, chosen: str) -> None:
        """Write into this folder instead."""
        self.folder = Path(chosen)
        self.folder_label.setText(breakable(Path(chosen)))

    def _tell_what(self, new: int) -> None:
        _ = self._
        count = len(self.names.going())
        parts = [
            _.plural("{count} certificado", "{count} certificados", count),
            _("actas por cohorte, páginas del registro y hoja de entrega"),
        ]
        text = ", ".join(parts) + "."
        if new:
            text += " " + _.plural(
                "Se registra {count} folio; un folio registrado no se deshace, se cancela.",
                "Se registran {count} folios; un folio registrado no se deshace, se cancela.",
                new,
            )
        self.what.setText(text)

    # -- at work ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not self._valid(*self._blocked.values()):
            return
        workspace = self._ctx.workspace
        on = self.when.day()
        floors = {series: int(field.value() or 0) for series, field in self._blocked.items()}
        plan = CeremonyPlan(self.names.going(), on, self.when.place.value() or "", self.folder)
        if floors:

            def declare() -> None:
                for series, number in floors.items():
                    workspace.register.declare_last_folio(series, on.year, number)

            self._ctx.jobs.run(declare, lambda _none: self._run(plan), self._explain, owner=self)
        else:
            self._run(plan)

    def _run(self, plan: CeremonyPlan) -> None:
        workspace = self._ctx.workspace
        self._blocked = {}
        self._go(RUNNING)
        self._job = self._ctx.jobs.start(
            hold_ceremony(workspace.graduation, workspace.printing, plan),
            self._("Preparar ceremonia"),
            self._show_done,
            self._explain,
            owner=self,
        )
        self._job.progressed.connect(self._show_progress)
        self._job.ended.connect(self._on_ended)

    def _running(self) -> QWidget:
        ctx, _ = self._ctx, self._
        self.doing = Label(_("Registrando folios"), "card-title", wrap=True)
        self.bar = Bar(ctx, _("Avance"))
        self.stop = Button(ctx, _("Detener"), icon="x", on_click=self._stop)
        return holder(
            column(ctx, None, self.doing, self.bar, row(ctx, self.stop, None), None, gap=16)
        )

    def _show_progress(self, step: Progress) -> None:
        what = self._.render(step.what)
        if step.total:
            what = f"{what} ({self._.number(step.done)}/{self._.number(step.total)})"
        self.doing.setText(what)
        self.bar.set(step.done, step.total)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_ended(self) -> None:
        self._job = None
        if self.steps.currentIndex() == RUNNING:
            self._ctx.announce(
                self._("Se detuvo. Los folios registrados siguen; prepare la ceremonia otra vez.")
            )
            super().reject()

    def _explain(self, error: KitError) -> None:
        self._go(WHERE)
        error_dialog(self._ctx, error, self).open()

    def reject(self) -> None:
        """Escape while the work goes on stops the work, and does not hide it."""
        if self.steps.currentIndex() == RUNNING:
            self._stop()
        else:
            super().reject()

    # -- what was written --------------------------------------------------------------------------

    def _done(self) -> QWidget:
        ctx, _ = self._ctx, self._
        self.written = Rows()
        folder = Button(ctx, _("Abrir carpeta"), icon="folder-open", on_click=self._open_folder)
        return holder(
            column(
                ctx,
                Label(_("La ceremonia está lista"), "card-title"),
                self.written,
                row(ctx, folder, None),
                None,
                gap=16,
            )
        )

    def _show_done(self, files: CeremonyFiles) -> None:
        _ = self._
        self._files = files
        singles, actas = len(files.certificate_files), len(files.actas)
        lines = (
            (
                _.plural("{count} certificado", "{count} certificados", singles),
                _("Todos en un archivo para imprimir, y uno por persona con su folio."),
            ),
            (
                _.plural("{count} acta", "{count} actas", actas),
                _("Una por cohorte."),
            ),
            (_("Páginas del libro de registro"), files.register.name),
            (_("Hoja de entrega con firmas"), files.delivery.name),
        )
        self.written.set_rows(
            [
                EvidenceLine(self._ctx, "circle-check", title, detail, tone="good")
                for title, detail in lines
            ]
        )
        self._go(DONE)

    def show_certificates(self) -> None:
        """Show the certificates that were written, all in one document."""
        self._show_file(self._("Certificados"), lambda files: files.certificates)

    def _show_file(self, title: str, which: Callable[[CeremonyFiles], Path]) -> None:
        if self._files is not None:
            path = which(self._files)
            show_pdf(self._ctx, title, path.read_bytes, path.name, self)

    def _open_folder(self) -> None:
        if self._files is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._files.folder)))
