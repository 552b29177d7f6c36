"""Copias y resguardo: backups made, checked, copied and restored; passphrase and recovery key."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.backups_secrets import PassphraseDialog, RecoveryKeyDialog
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Column,
    EmptyState,
    IconLabel,
    Label,
    PageBody,
    RecordModel,
    RecordTable,
    Scroll,
    SplitView,
    breakable,
    column,
    flow,
    row,
)
from facilitator_kit.workspace.views import BackupView


class BackupsPage(Page):
    """Shows how safe the work is, and how to get it back."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._wanted: Path | None = None
        self._icon = IconLabel(ctx, "shield-check", "good", size=24)
        self._words = Label("", "card-title", wrap=True)
        state = row(ctx, self._icon, self._words, gap=12)
        state.setStretch(1, 1)
        self._model = RecordModel(
            [
                Column[BackupView](_("Hecha"), lambda b: _.moment(b.made_at), style="strong"),
                Column[BackupView](
                    _("Abierta y comprobada"),
                    lambda b: _.moment(b.checked_at) if b.checked_at else _("sin comprobar"),
                    tone=lambda b: "good" if b.checked_at else "attention",
                    stretch=True,
                ),
                Column[BackupView](_("Cambios"), lambda b: _.number(b.changes), align="right"),
                Column[BackupView](
                    _("Tamaño"), lambda b: f"{_.number(b.size / 1e6, 1)}\u00a0MB", align="right"
                ),
            ],
            key=lambda b: b.path,
        )
        self._table = RecordTable(
            ctx,
            _("Copias guardadas"),
            self._model,
            empty=EmptyState(
                ctx,
                "hard-drive",
                _("Todavía no hay copias"),
                _("Se hace una cada 30 minutos de trabajo y al cerrar. También puede hacerla ya."),
                action=Button(
                    ctx, _("Hacer la primera copia"), icon="shield-check", on_click=self._make
                ),
            ),
        )
        self._table.selected.connect(lambda _record: self._enable())
        self._check = Button(ctx, _("Comprobar otra vez"), icon="refresh-cw", on_click=self._verify)
        self._copy = Button(ctx, _("Copiar a USB…"), icon="usb", on_click=self._copy_out)
        self._back = Button(ctx, _("Restaurar…"), icon="rotate-ccw", on_click=self._restore)
        card = Card(ctx, _("Copias"))
        card.add(state)
        card.add(self._table, 1)
        card.add(flow(ctx, self._copy, self._check, self._back))
        side = Scroll(column(ctx, self._keys_card(), self._place_card(), None, gap=16))
        side.setMinimumWidth(ctx.theme.px(270))
        body = PageBody(ctx, self)
        body.addWidget(SplitView(ctx, card, side, side_width=340))
        self._enable()

    def _keys_card(self) -> Card:
        ctx, _ = self.ctx, self._
        card = Card(ctx, _("Contraseña y clave de recuperación"))
        if ctx.workspace.sample:
            card.add(
                Label(
                    _("El centro de ejemplo no lleva contraseña ni puede volverse real."), wrap=True
                )
            )
            return card
        card.add(
            Label(
                _(
                    "Sin la contraseña ni la clave de recuperación nadie puede abrir los datos, "
                    "tampoco quienes hicieron el programa."
                ),
                "muted",
                wrap=True,
            )
        )
        card.add(
            row(
                ctx,
                Button(ctx, _("Cambiar contraseña…"), icon="key-round", on_click=self._passphrase),
                None,
            )
        )
        card.add(
            row(
                ctx,
                Button(
                    ctx,
                    _("Hacer otra clave…"),
                    icon="printer",
                    on_click=self._recovery_key,
                ),
                None,
            )
        )
        return card

    def _place_card(self) -> Card:
        ctx, _ = self.ctx, self._
        card = Card(ctx, _("Dónde está todo"))
        place = Label(breakable(ctx.workspace.folder), wrap=True)
        card.add(place)
        card.add(
            Label(
                _(
                    "Todo el espacio de trabajo es esa carpeta. Lleve una copia fuera del edificio "
                    "cada semana."
                ),
                "muted",
                wrap=True,
            )
        )
        card.add(
            row(
                ctx,
                Button(
                    ctx,
                    _("Cerrar y abrir otro"),
                    icon="log-out",
                    on_click=ctx.leave_asked.emit,
                ),
                None,
            )
        )
        return card

    # -- the page --------------------------------------------------------------------------------

    def title(self) -> str:
        return self._("Copias y resguardo")

    def primary_action(self) -> PageAction | None:
        return PageAction(self._("Hacer copia ahora"), self._make, icon="shield-check")

    def refresh(self) -> None:
        self.ctx.jobs.run(self.ctx.workspace.backup_views, self._show, owner=self)

    def first_focus(self) -> QWidget | None:
        return self._table.view

    def _show(self, backups: tuple[BackupView, ...]) -> None:
        self._model.set_rows(backups)
        checked = [b.checked_at for b in backups if b.checked_at is not None]
        if checked:
            self._icon.set_icon("shield-check", "good")
            self._words.setText(
                self._(
                    "Su última copia se abrió y comprobó el {moment}.",
                    moment=self._.moment(max(checked)),
                )
            )
        else:
            self._icon.set_icon("triangle-alert", "attention")
            self._words.setText(self._("Todavía no hay ninguna copia comprobada."))
        if self._wanted is not None and self._table.select(self._wanted):
            self._wanted = None
        if self._table.current() is None:
            self._table.select_first()
        self._enable()

    def _enable(self) -> None:
        chosen = self._table.current() is not None
        for button in (self._check, self._copy, self._back):
            button.setEnabled(chosen)

    # -- what it does ----------------------------------------------------------------------------

    def _make(self) -> None:
        self.ctx.jobs.start(
            self.ctx.workspace.back_up(),
            self._("Haciendo una copia"),
            lambda made: self._made(made.path),
            owner=self,
        )

    def _made(self, path: Path) -> None:
        # What is copied or restored next is the one just made.
        self._wanted = path
        self._said(self._("La copia se hizo, se abrió y se comprobó."))

    def _said(self, text: str) -> None:
        self.ctx.announce(text)
        self.refresh()

    def _chosen(self) -> Path:
        record = self._table.current()
        assert record is not None  # the buttons are enabled with a row chosen only
        return record.path

    def _verify(self) -> None:
        self.ctx.jobs.start(
            self.ctx.workspace.verify_backup(self._chosen()),
            self._("Comprobando la copia"),
            lambda _info: self._said(self._("La copia abre y está completa.")),
            owner=self,
        )

    def _copy_out(self) -> None:
        backup = self._chosen()
        dialog = QFileDialog(self, self._("Copiar la copia a…"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda folder: self._copy_to(backup, Path(folder)))
        dialog.open()

    def _copy_to(self, backup: Path, folder: Path) -> None:
        self.ctx.jobs.run(
            partial(self.ctx.workspace.copy_backup, backup, folder),
            lambda path: self.ctx.announce(self._("Copiada a {folder}", folder=str(path.parent))),
            owner=self,
        )

    def _restore(self) -> None:
        backup = self._chosen()
        ConfirmDialog(
            self.ctx,
            self._("¿Restaurar esta copia?"),
            self._(
                "Se abre en una carpeta nueva y se comprueba; este espacio de trabajo no cambia. "
                "Primero se cierra lo que está abierto, que queda guardado."
            ),
            yes=self._("Cerrar y restaurar"),
            on_yes=lambda _reason: self.ctx.restore_asked.emit(backup),
            parent=self,
        ).open()

    def _passphrase(self) -> None:
        PassphraseDialog(self.ctx, parent=self).open()

    def _recovery_key(self) -> None:
        RecoveryKeyDialog(self.ctx, self._show_key, parent=self).open()

    def _show_key(self, key: str) -> None:
        today = self.ctx.clock.today()
        make = partial(self.ctx.workspace.printing.recovery_sheet, key, today)
        show_pdf(self.ctx, self._("Clave de recuperación"), make, "clave.pdf", parent=self)
