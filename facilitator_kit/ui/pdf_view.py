"""Shows a PDF inside the program, and from there prints it, saves it or hands it on.

The document lives in memory until the person saves it: nothing personal is left in temporary files.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QPointF,
    QSize,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDesktopServices, QKeySequence, QPalette, QShortcut, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.paths import UserFolders
from facilitator_kit.progress import Progress, Work
from facilitator_kit.ui.dialogs import Dialog, MessageDialog, error_dialog
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.print_dialog import PrintDialog
from facilitator_kit.ui.printing import (
    PrintService,
    print_file,
    prints_bytes,
    prints_files,
)
from facilitator_kit.ui.widgets import (
    Bar,
    Button,
    FlowLayout,
    IconButton,
    Label,
    PrimaryButton,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.printing import write_whole

_STEP: Final = 1.25
_POINTS_AN_INCH: Final = 72


class PdfContext(Look, Protocol):
    """What the viewer needs; a page hands on its `UiContext`, which is one."""

    @property
    def jobs(self) -> Jobs: ...

    def announce(self, text: str) -> None: ...

    def show_error(self, error: KitError) -> None: ...


def show_pdf(
    ctx: PdfContext,
    title: str,
    make: Callable[[], bytes],
    suggested_name: str,
    parent: QWidget | None = None,
) -> PdfDialog:
    """Open a viewer at once and fill it when `make()`, run on the worker, has given the PDF.

    `suggested_name` is the file name proposed for saving ("agenda.pdf"); it must hold no personal
    data. A KitError of `make` closes the viewer and is explained.
    """
    dialog = PdfDialog(ctx, title, suggested_name, parent)
    dialog.open()
    ctx.jobs.run(make, dialog.show_bytes, dialog.fail)
    return dialog


def show_long_pdf(
    ctx: PdfContext,
    title: str,
    work: Work[bytes],
    suggested_name: str,
    parent: QWidget | None = None,
) -> PdfDialog:
    """The same for a document that takes a while: its progress is shown, closing cancels it."""
    dialog = PdfDialog(ctx, title, suggested_name, parent)
    dialog.open()
    job = ctx.jobs.start(work, title, dialog.show_bytes, dialog.fail)
    job.progressed.connect(dialog.show_step)
    dialog.rejected.connect(job.cancel)
    return dialog


class PdfDialog(QDialog):
    """All pages below each other, as wide as the window; Escape closes it."""

    def __init__(
        self, ctx: PdfContext, title: str, suggested_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if parent is None:
            ctx.theme.dress(self)
        self._ctx = ctx
        self._ = ctx._
        self._title = title
        self._name = suggested_name
        self._pdf = b""
        self._saved: Path | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        # With a bar that comes and goes, a page about as high as the view would be fitted to one
        # width and then the other, for ever.
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setAccessibleName(title)
        ground = self.view.palette()
        ground.setColor(QPalette.ColorRole.Dark, ctx.theme.colour("track"))
        self.view.setPalette(ground)
        self.view.pageNavigator().currentPageChanged.connect(self._show_place)
        self._lay_out(title)
        self._keys()
        self._enable(False)

    # -- filling -------------------------------------------------------------------------------

    def show_bytes(self, pdf: bytes) -> None:
        """Show a document."""
        self._pdf = pdf
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._stack.setCurrentWidget(self.view)
        self._enable(True)
        self._show_place()
        self.view.setFocus()

    def show_step(self, step: Progress) -> None:
        """How far the document has come."""
        self._how_far.setVisible(True)
        self._how_far.set(step.done, step.total)

    def fail(self, error: KitError) -> None:
        """The document could not be made: say why, and close."""
        self.reject()
        self._ctx.show_error(error)

    @property
    def ready(self) -> bool:
        """Whether a document is shown."""
        return bool(self._pdf)

    # -- moving --------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Go so many pages on (or, negative, back)."""
        navigator = self.view.pageNavigator()
        page = min(max(navigator.currentPage() + by, 0), self.document.pageCount() - 1)
        navigator.jump(page, QPointF(), navigator.currentZoom())

    def zoom(self, times: float) -> None:
        """Show it larger or smaller."""
        factor = self._factor() * times
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(factor, 0.2), 6))

    def fit(self) -> None:
        """Make a page as wide as the window again."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _factor(self) -> float:
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom:
            return self.view.zoomFactor()
        page = max(self.view.pageNavigator().currentPage(), 0)
        width = self.document.pagePointSize(page).width() or 1
        inches = width / _POINTS_AN_INCH
        return self.view.viewport().width() / (inches * self.screen().logicalDotsPerInch())

    def _show_place(self) -> None:
        _ = self._
        count = self.document.pageCount()
        page = min(self.view.pageNavigator().currentPage() + 1, count)
        self._place.setText(_("Página {page} de {count}", page=page, count=_.number(count)))
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < count)

    # -- saving --------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask for a place and write the file there, whole or not at all."""
        self._ask_where(lambda path: self._say(self._("Se guardó {file}", file=path.name)))

    def open_elsewhere(self) -> None:
        """Open the saved file with the system's own program; it is saved first where it is not."""
        self._with_file(self._open_file)

    def _with_file(self, then: Callable[[Path], object]) -> None:
        if self._saved is not None and self._saved.exists():
            then(self._saved)
        else:
            self._ask_where(then)

    def _ask_where(self, then: Callable[[Path], object]) -> None:
        _ = self._
        folder = self._saved.parent if self._saved else UserFolders.of_user().documents
        folder = folder if folder.is_dir() else Path.home()
        dialog = QFileDialog(self, _("Guardar como"), str(folder), _("Documento PDF (*.pdf)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self._name)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen), then))
        dialog.open()

    def save_to(self, path: Path, then: Callable[[Path], object]) -> None:
        """Write the file at `path`, then go on with it."""
        pdf = self._pdf
        self._ctx.jobs.run(
            lambda: write_whole(path, pdf), partial(self._kept, then), self._explain, owner=self
        )

    def _kept(self, then: Callable[[Path], object], path: Path) -> None:
        self._saved = path
        then(path)

    def _open_file(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tell(
                self._("Este equipo no tiene un programa que abra archivos PDF."),
                self._("El archivo quedó guardado: {file}", file=str(path)),
            )

    def _explain(self, error: KitError) -> None:
        error_dialog(self._ctx, error, self).open()

    # -- printing ------------------------------------------------------------------------------

    def print(self) -> None:
        """Print at true size, in whatever way this computer can."""
        if prints_bytes():
            dialog = PrintDialog(self._ctx, self)
            dialog.chosen.connect(self._send)
            dialog.open()
        elif prints_files():
            self._with_file(self._print_file)
        else:
            self._cannot_print()

    def _send(self, printer: str, copies: int) -> None:
        # It belongs to the worker, so that closing this window does not stop the printing.
        service = PrintService(self._ctx.jobs)
        service.sent.connect(self._sent)
        service.refused.connect(self._refused)
        for ended in (service.sent, service.refused):
            ended.connect(service.deleteLater)
        # The title is seen in the printer's queue by everybody: it names no person.
        service.send(self._pdf, printer, copies, self._name.removesuffix(".pdf"))

    def _sent(self) -> None:
        self._say(self._("Se envió a la impresora"))

    def _refused(self, said: str) -> None:
        advice = self._("Revise que esté encendida y conectada, o guarde el archivo.")
        self._tell(
            self._("La impresora no recibió el documento."),
            " ".join(part for part in (said, advice) if part),
        )

    def _print_file(self, path: Path) -> None:
        try:
            print_file(path)
        except OSError:
            self._cannot_print()
        else:
            self._say(self._("Se envió a la impresora"))

    def _cannot_print(self) -> None:
        _ = self._
        dialog = Dialog(
            self._ctx,
            _("Este equipo no permite imprimir desde aquí"),
            text=_(
                "No se encontró el servicio de impresión del sistema. Guarde el archivo y ábralo "
                "con otro programa para imprimirlo a tamaño real (100 %)."
            ),
            primary=_("Guardar y abrir"),
            icon="printer",
            token="attention",
            parent=self,
        )
        dialog.accepted.connect(self.open_elsewhere)
        dialog.open()

    def _tell(self, title: str, text: str) -> None:
        MessageDialog(
            self._ctx, title, text, icon="circle-alert", token="attention", parent=self
        ).open()

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.show()
        self._ctx.announce(text)

    # -- building ------------------------------------------------------------------------------

    def _lay_out(self, title: str) -> None:
        _, ctx = self._, self._ctx
        px = ctx.theme.px
        self._place = Label("", "muted")
        self._note = Label("", "small-strong", wrap=True, tone="good")
        self._note.hide()
        self._back = IconButton(
            ctx, "chevron-up", _("Página anterior"), on_click=lambda: self.turn(-1)
        )
        self._on = IconButton(
            ctx, "chevron-down", _("Página siguiente"), on_click=lambda: self.turn(1)
        )
        smaller = IconButton(ctx, "minus", _("Más pequeño"), on_click=lambda: self.zoom(1 / _STEP))
        larger = IconButton(ctx, "plus", _("Más grande"), on_click=lambda: self.zoom(_STEP))
        fit = Button(ctx, _("Ajustar al ancho"), on_click=self.fit, small=True)
        self.print_button = PrimaryButton(
            ctx, _("Imprimir"), icon="printer", on_click=self.print, tip="Ctrl+P"
        )
        self.save_button = Button(
            ctx, _("Guardar como…"), icon="download", on_click=self.save, tip="Ctrl+S"
        )
        self.open_button = Button(
            ctx, _("Abrir con otro programa"), icon="external-link", on_click=self.open_elsewhere
        )
        close = Button(ctx, _("Cerrar"), on_click=self.reject)
        self._needing: tuple[Button, ...] = (
            *(smaller, larger, fit),
            *(self.print_button, self.save_button, self.open_button),
        )
        tools = holder(FlowLayout(ctx, gap=8))
        inner = tools.layout()
        assert inner is not None
        moving = row(ctx, self._back, self._on, self._place, smaller, larger, fit, gap=4)
        inner.addWidget(holder(moving))
        for button in (self.open_button, self.save_button, self.print_button):
            inner.addWidget(button)
        self._how_far = Bar(ctx, _("Preparando el documento…"))
        self._how_far.setFixedWidth(px(260))
        self._how_far.hide()
        words = Label(_("Preparando el documento…"), "muted")
        waiting = holder(column(ctx, None, words, self._how_far, None))
        waiting_layout = waiting.layout()
        assert waiting_layout is not None
        waiting_layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        pages = QWidget()
        self._stack = QStackedLayout(pages)
        self._stack.addWidget(waiting)
        self._stack.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(16), px(20), px(16))
        whole.setSpacing(px(12))
        head = row(ctx, Label(title, "card-title", wrap=True), close)
        head.setStretch(0, 1)
        whole.addLayout(head)
        whole.addWidget(tools)
        whole.addWidget(self._note)
        whole.addWidget(pages, 1)

    def _keys(self) -> None:
        for keys, run in (
            ("Ctrl+P", self.print),
            ("Ctrl+S", self.save),
            ("Ctrl++", lambda: self.zoom(_STEP)),
            ("Ctrl+=", lambda: self.zoom(_STEP)),
            ("Ctrl+-", lambda: self.zoom(1 / _STEP)),
            ("Ctrl+0", self.fit),
            ("Ctrl+PgDown", lambda: self.turn(1)),
            ("Ctrl+PgUp", lambda: self.turn(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._when_ready, run))

    def _when_ready(self, run: Callable[[], object]) -> None:
        if self.ready:
            run()

    def _enable(self, on: bool) -> None:
        for button in self._needing:
            button.setEnabled(on)
        if not on:
            self._back.setEnabled(False)
            self._on.setEnabled(False)

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(
            min(self._ctx.theme.px(980), room.width() - 32),
            min(self._ctx.theme.px(860), room.height() - 64),
        )

    def showEvent(self, event: QShowEvent, /) -> None:
        self.resize(self.sizeHint())
        super().showEvent(event)
