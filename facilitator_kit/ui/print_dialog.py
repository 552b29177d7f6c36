"""Asks for the printer and the number of copies."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.printing import Printers, PrintService
from facilitator_kit.ui.widgets import ChoiceField, NumberField


class PrintDialog(Dialog):
    """Asks for the printer and the number of copies; `chosen` carries both."""

    chosen = Signal(str, int)

    def __init__(self, ctx: Look, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Imprimir"),
            text=_("Se imprime a tamaño real, con la impresora que elija."),
            primary=_("Imprimir"),
            icon="printer",
            parent=parent,
        )
        usual = ("", _("La impresora habitual del equipo"))
        self._usual = usual
        self.printer = ChoiceField(ctx, _("Impresora"), [usual], value="")
        self.copies = NumberField(ctx, _("Copias"), value=1, low=1, high=99, required=True)
        self.add(self.printer)
        self.add(self.copies)
        self.accepted.connect(self._choose)
        # It outlives this dialog where that is closed before the answer comes.
        service = PrintService(QCoreApplication.instance())
        service.listed.connect(self._show)
        service.listed.connect(service.deleteLater)
        service.list_printers()

    def _show(self, printers: Printers) -> None:
        if printers.names:
            choices = [(name, name) for name in printers.names]
            if not printers.default:
                choices.insert(0, self._usual)
            self.printer.set_choices(choices)
            self.printer.set_value(printers.default)

    def _choose(self) -> None:
        self.chosen.emit(self.printer.value() or "", int(self.copies.value() or 1))
