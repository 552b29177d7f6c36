"""The proof list of a ceremony: names as they will be printed, read before any folio is spent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import (
    Button,
    CheckBox,
    Column,
    Label,
    RecordModel,
    RecordTable,
    Well,
    row,
)
from facilitator_kit.ui.widgets.records import AnyIndex
from facilitator_kit.workspace.views import Candidate, ProofLine

LONG_NAME = 45
"""Letters from which a name is worth a look: it is printed smaller."""

_ROW = 48


class _LargeNames(QStyledItemDelegate):
    """Paints names in large letters, so that a wrong accent is seen; long ones on two lines."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, /) -> None:
        theme = self._look.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("primary_soft"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        text = str(index.data() or "")
        painter.setFont(theme.font("page-title"))
        if painter.fontMetrics().horizontalAdvance(text) > area.width():
            painter.setFont(theme.font("card-title"))
        painter.setPen(theme.colour("text"))
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(side | Qt.TextFlag.TextWordWrap), text)
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            painter.setPen(QPen(theme.colour("primary"), 2))
            ring = rect.adjusted(1, 1, 0, 0)
            painter.drawPolyline(
                [ring.topRight(), ring.topLeft(), ring.bottomLeft(), ring.bottomRight()]
            )
        painter.restore()


class NamesStep(QWidget):
    """Shows the names and what needs a look. `changed` comes when it is or is not `ready`."""

    changed = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ = ctx._
        self._on = ctx.clock.today()
        self._lines: tuple[ProofLine, ...] = ()
        _ = self._
        self.model = RecordModel(self._columns(), key=lambda line: line.candidate.enrolment.id)
        self.table = RecordTable(ctx, _("Nombres como se imprimen"), self.model, row_height=_ROW)
        self._large = _LargeNames(ctx, self.table.view)
        self.table.view.setItemDelegateForColumn(0, self._large)
        self.table.setMinimumHeight(ctx.theme.px(240))
        self.told = Label("", wrap=True)
        self.print_button = Button(
            ctx, _("Imprimir lista de prueba"), icon="printer", on_click=self.print_proof
        )
        self.missing = Well(ctx, " ", "bad", icon="triangle-alert")
        self.leave_out = CheckBox(ctx, _("Dejar esos nombres fuera de esta ceremonia"))
        self.leave_out.ticked.connect(self._left_out)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(ctx.theme.px(12))
        head = row(ctx, self.told, self.print_button, gap=12)
        head.setStretch(0, 1)
        whole.addLayout(head)
        whole.addWidget(self.missing)
        whole.addWidget(self.leave_out)
        whole.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_people(self, people: tuple[Candidate, ...], on: date) -> None:
        """Make the list of these women, for a ceremony of that day."""
        self._on = on
        graduation = self._ctx.workspace.graduation
        self._ctx.jobs.run(lambda: graduation.proof(people), self._take)

    def ready(self) -> bool:
        """Whether every name that needs a folio can be printed, and there is one at all."""
        return bool(self.going()) and (self.leave_out.isChecked() or not self._unprintable())

    def going(self) -> tuple[Candidate, ...]:
        """Those who are in the ceremony, names that cannot be printed left out."""
        out = {line.candidate.enrolment.id for line in self._unprintable()}
        return tuple(
            line.candidate for line in self._lines if line.candidate.enrolment.id not in out
        )

    def print_proof(self) -> None:
        """Show the list as a document, to be read by more eyes."""
        printing, lines, on = self._ctx.workspace.printing, self._lines, self._on
        show_pdf(
            self._ctx,
            self._("Lista de prueba"),
            lambda: printing.proof(lines, on),
            "lista-de-prueba.pdf",
            self,
        )

    def _take(self, lines: tuple[ProofLine, ...]) -> None:
        _ = self._
        # What needs a look comes first; the rest keeps its order.
        self._lines = lines
        self.model.set_rows(sorted(lines, key=lambda line: not self._remark(line)))
        self.table.select_first()
        doubtful = sum(bool(self._remark(line)) for line in lines)
        told = _.plural(
            "{count} nombre, letra por letra.", "{count} nombres, letra por letra.", len(lines)
        )
        if doubtful:
            told += " " + _.plural(
                "{count} pide una segunda mirada.", "{count} piden una segunda mirada.", doubtful
            )
        self.told.setText(told)
        wrong = self._unprintable()
        self.missing.setVisible(bool(wrong))
        self.leave_out.setVisible(bool(wrong))
        if wrong:
            self.missing.label.setText(
                _(
                    "La letra del certificado no tiene estos signos: {signs}. Corrija el nombre "
                    "en la ficha de la participante.",
                    signs=" ".join(sorted({sign for line in wrong for sign in line.missing})),
                )
            )
        self.changed.emit()

    def _left_out(self) -> None:
        self.changed.emit()

    def _unprintable(self) -> list[ProofLine]:
        return [line for line in self._lines if line.missing and line.candidate.line is None]

    def _columns(self) -> tuple[Column[ProofLine], ...]:
        _ = self._
        return (
            Column[ProofLine](
                _("Nombre como se imprime"),
                lambda line: line.printed_name,
                style="strong",
                width=440,
                stretch=True,
                tip=lambda line: line.printed_name,
            ),
            Column[ProofLine](
                _("Código"), lambda line: line.candidate.participant.code, style="muted"
            ),
            Column[ProofLine](
                _("Revisar"), self._remark, tone=self._tone, tip=self._remark, width=220
            ),
        )

    def _remark(self, line: ProofLine) -> str:
        _ = self._
        if line.missing:
            return _("La tipografía no tiene: {signs}", signs=" ".join(line.missing))
        if line.homonyms:
            return _("Homónima de {codes}", codes=", ".join(line.homonyms))
        if line.warnings:
            return _.render(line.warnings[0])
        if len(line.printed_name) > LONG_NAME:
            return _("Nombre largo: {count} letras", count=len(line.printed_name))
        return ""

    def _tone(self, line: ProofLine) -> Tone | None:
        return "bad" if line.missing else "attention"
