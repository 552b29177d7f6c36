"""The *libro de registro* on the screen: find a folio, see what became of it, and act on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.graduation import delivered_on
from facilitator_kit.monitoring.records import RegisterLine, RegisterState
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.pages.register_words import (
    EVENTS,
    LIST_WIDTH,
    NAME_COLUMN,
    STATE_COLUMN,
    STATES,
    register_columns,
)
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    CheckBox,
    DangerButton,
    EmptyState,
    FlowLayout,
    KeyValues,
    Label,
    Pill,
    RecordModel,
    RecordTable,
    Scroll,
    SearchField,
    SplitView,
    holder,
    row,
)
from facilitator_kit.workspace.views import FolioView


class RegisterPanel(QWidget):
    """Folios of the cohorts in scope, or of the whole register; the selected one at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._
        self._cohorts: tuple[str, ...] = ()
        self._turn = 0
        self._wanted = ""
        self._make_list()
        self.detail = Card(ctx, " ", " ")
        self._explain()
        card = Card(ctx, padding=8)
        card.add(holder(self._tools()))
        card.add(self.table, 1)
        side = Scroll(self.detail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SplitView(ctx, card, side, side_width=320))

    # -- reading -------------------------------------------------------------------------------

    def show_cohorts(self, cohort_ids: tuple[str, ...]) -> None:
        """Show the folios of these cohorts, read anew."""
        self._cohorts = cohort_ids
        self.read()

    def show_folio(self, folio: str) -> None:
        """Show one folio and select it."""
        self.search.set_text(folio)
        self._wanted = folio
        self.read()

    def read(self) -> None:
        """Read the folios again, as the search and the box say."""
        self._turn += 1
        turn, text = self._turn, self.search.text().strip()
        cohorts = None if self.everything.isChecked() else self._cohorts
        register = self.ctx.workspace.register
        self.ctx.jobs.run(
            lambda: register.folios(text, cohort_ids=cohorts), partial(self._take, turn)
        )

    def _take(self, turn: int, views: Sequence[FolioView]) -> None:
        if turn != self._turn:
            self.ctx.jobs.let_go(views)
            return
        self.model.set_rows(views)
        if self._wanted and self.table.select(self._wanted):
            self._wanted = ""
        self.table.select_first()
        found = self._.plural("{count} folio", "{count} folios", len(views))
        self.count.setText(found)
        self.pages.setEnabled(bool(views))
        self.delivery.setEnabled(any(view.state is RegisterState.CURRENT for view in views))
        self._explain()

    def chosen(self) -> tuple[FolioView, ...]:
        """The folios whose rows are selected."""
        return self.table.chosen()

    # -- the selected folio --------------------------------------------------------------------

    def _explain(self) -> None:
        chosen = self.chosen()
        self._clear_detail()
        if not chosen:
            self.detail.set_title(self._("Ningún folio elegido"))
        elif len(chosen) > 1:
            self._explain_many(chosen)
        else:
            self._explain_one(chosen[0])
        self.detail.add_stretch()

    def _clear_detail(self) -> None:
        while self.detail.body.count() > 1:
            item = self.detail.body.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _put(self, widget: QWidget) -> None:
        self.detail.add(widget)
        widget.show()

    def _explain_many(self, chosen: Sequence[FolioView]) -> None:
        _ = self._
        self.detail.set_title(
            _.plural("{count} folio elegido", "{count} folios elegidos", len(chosen))
        )
        waiting = [view for view in chosen if self._deliverable(view)]
        if waiting:
            self._put(
                Button(
                    self.ctx,
                    _("Anotar entrega ({count})", count=_.number(len(waiting))),
                    icon="signature",
                    on_click=lambda: self.deliver(waiting),
                )
            )
        else:
            self._put(Label(_("Ya están entregados o no están vigentes."), wrap=True))

    def _explain_one(self, view: FolioView) -> None:
        _, line = self._, view.line
        self.detail.set_title(line.printed_name, f"{line.folio} · {line.participant_code}")
        words, tone = STATES[view.state]
        self._put(holder(row(self.ctx, Pill(_.render(words), tone), None)))
        pairs = [
            (_("Registro"), _("libro {book}, foja {leaf}", book=line.book, leaf=line.leaf)),
            (_("Expedido"), _.date_long(line.issued_on)),
            (_("Lugar"), line.place),
            (_("Centro"), line.centre),
            (_("Cohorte"), line.cohort),
            (_("Horas"), _.hours(line.hours_minutes)),
            (_("Regla"), _("{rule}, versión {version}", rule=line.rule, version=line.rule_version)),
        ]
        if view.reissued_as:
            pairs.append((_("Lo reemplaza"), view.reissued_as))
        for event in view.events:
            said = f" · {event.reason}" if event.reason else ""
            pairs.append((_.render(EVENTS[event.kind]), f"{_.date_long(event.on)}{said}"))
        self._put(KeyValues(self.ctx, pairs))
        self._put(self._actions(view))

    def _actions(self, view: FolioView) -> QWidget:
        ctx, _, folio = self.ctx, self._, view.line.folio
        buttons: list[Button] = [
            Button(
                ctx, _("Ver certificado"), icon="award", on_click=lambda: self.certificate(folio)
            ),
            Button(ctx, _("Ver acta"), icon="scroll-text", on_click=lambda: self.acta(view)),
        ]
        if self._deliverable(view):
            buttons.append(
                Button(
                    ctx,
                    _("Anotar entrega"),
                    icon="signature",
                    on_click=lambda: self.deliver((view,)),
                )
            )
        if view.state is RegisterState.CURRENT:
            buttons += [
                Button(ctx, _("Reimprimir…"), icon="printer", on_click=lambda: self.reprint(folio)),
                Button(
                    ctx,
                    _("Cancelar y reexpedir…"),
                    icon="refresh-cw",
                    on_click=lambda: self.reissue(folio),
                ),
                DangerButton(
                    ctx, _("Cancelar folio…"), icon="ban", on_click=lambda: self.void(folio)
                ),
            ]
        flow = holder(FlowLayout(ctx, gap=8))
        inner = flow.layout()
        assert inner is not None
        for button in buttons:
            inner.addWidget(button)
        return flow

    def _deliverable(self, view: FolioView) -> bool:
        return (
            view.state is RegisterState.CURRENT and delivered_on(view.line.id, view.events) is None
        )

    # -- what can be done ----------------------------------------------------------------------

    def certificate(self, folio: str) -> None:
        """Show one certificate, made again from its line."""
        printing = self.ctx.workspace.printing
        self._pdf(
            self._("Certificado {folio}", folio=folio),
            lambda: printing.certificate(folio),
            f"{folio}.pdf",
        )

    def acta(self, view: FolioView) -> None:
        """Show the *acta* of the folio's cohort and day."""
        workspace, line = self.ctx.workspace, view.line

        def make() -> bytes:
            register = workspace.register.folios(series=line.series, year=line.year)
            together = [
                other
                for other in register
                if other.line.cohort == line.cohort
                and other.line.issued_on == line.issued_on
                and other.state is RegisterState.CURRENT
            ]
            if not together:
                raise KitError(
                    message("Ningún folio de esa cohorte y ese día está vigente."),
                    message("El acta lleva solo folios vigentes."),
                    "not_current",
                )
            return workspace.printing.actas(together)[0][1]

        self._pdf(self._("Acta de graduación"), make, "acta.pdf")

    def print_pages(self) -> None:
        """Show the register's pages of the folios in the list."""
        views, printing = self.model.rows, self.ctx.workspace.printing
        today = self.ctx.clock.today()
        self._pdf(
            self._("Libro de registro"),
            lambda: printing.register(views, today),
            "libro-registro.pdf",
        )

    def print_delivery(self) -> None:
        """Show the delivery sheet of the folios in the list that are in force."""
        printing = self.ctx.workspace.printing
        views = [view for view in self.model.rows if view.state is RegisterState.CURRENT]
        self._pdf(self._("Hoja de entrega"), lambda: printing.delivery(views), "hoja-entrega.pdf")

    def deliver(self, views: Sequence[FolioView]) -> None:
        """Note today as the day on which these were handed over against signature."""
        folios = [view.line.folio for view in views]
        register = self.ctx.workspace.register
        self.ctx.jobs.run(lambda: register.deliver(folios), self._delivered, owner=self)

    def reprint(self, folio: str) -> None:
        """Count a reprint with its reason, then show the certificate."""
        _, register = self._, self.ctx.workspace.register
        self._ask(
            _("Reimprimir el folio {folio}", folio=folio),
            _("Cada reimpresión se cuenta y queda en el registro con su motivo."),
            _("Reimprimir"),
            lambda reason: self.ctx.jobs.run(
                lambda: register.reprint(folio, reason),
                lambda _times: self.certificate(folio),
                owner=self,
            ),
        )

    def void(self, folio: str) -> None:
        """Cancel a folio with its cause."""
        _, register = self._, self.ctx.workspace.register
        self._ask(
            _("Cancelar el folio {folio}", folio=folio),
            _("No se puede deshacer: el número no se vuelve a usar y la causa queda escrita."),
            _("Cancelar el folio"),
            lambda cause: self.ctx.jobs.run(
                lambda: register.void(folio, cause),
                lambda _none: self.ctx.announce(_("Folio {folio} cancelado", folio=folio)),
                owner=self,
            ),
            danger=True,
        )

    def reissue(self, folio: str) -> None:
        """Cancel a folio and put another in its place, then show the new certificate."""
        _, graduation = self._, self.ctx.workspace.graduation
        self._ask(
            _("Cancelar y reexpedir el folio {folio}", folio=folio),
            _(
                "Se gasta un folio nuevo con los datos de hoy: corrija antes el nombre en su "
                "ficha. No se puede deshacer."
            ),
            _("Reexpedir"),
            lambda cause: self.ctx.jobs.run(
                lambda: graduation.reissue(folio, cause), self._reissued, owner=self
            ),
            danger=True,
        )

    def _delivered(self, _none: None) -> None:
        self.ctx.announce(self._("Entrega anotada"))

    def _reissued(self, line: RegisterLine) -> None:
        self._wanted = line.folio
        self.certificate(line.folio)

    def _ask(
        self,
        title: str,
        text: str,
        yes: str,
        on_yes: Callable[[str], object],
        *,
        danger: bool = False,
    ) -> None:
        dialog = ConfirmDialog(
            self.ctx,
            title,
            text,
            yes=yes,
            on_yes=on_yes,
            reason_label=self._("Causa") if danger else self._("Motivo"),
            danger=danger,
            parent=self,
        )
        # Two buttons that both say "cancel" would be a trap.
        dialog.cancel.set_text(self._("Dejarlo como está"))
        dialog.open()

    def _pdf(self, title: str, make: Callable[[], bytes], name: str) -> None:
        show_pdf(self.ctx, title, make, name, self)

    # -- building ------------------------------------------------------------------------------

    def _make_list(self) -> None:
        ctx, _ = self.ctx, self._
        self.model = RecordModel(register_columns(_), key=attrgetter("line.folio"), jobs=ctx.jobs)
        self.table = RecordTable(
            ctx,
            _("Folios"),
            self.model,
            empty=EmptyState(
                ctx,
                "library",
                _("No hay folios aquí."),
                _("Se registran al preparar la ceremonia de quienes se gradúan."),
            ),
        )
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.view.selectionModel().selectionChanged.connect(self._explain)
        self.table.activated.connect(lambda view: self.certificate(view.line.folio))
        self.table.view.resized.connect(self._place_state)
        self.table.setMinimumHeight(ctx.theme.px(220))

    def _place_state(self) -> None:
        """The state stands beside the name where the end of the row is out of sight."""
        header = self.table.view.horizontalHeader()
        fits_all = self.table.view.viewport().width() >= self.ctx.theme.px(LIST_WIDTH)
        wanted = STATE_COLUMN if fits_all else NAME_COLUMN + 1
        if header.visualIndex(STATE_COLUMN) != wanted:
            header.moveSection(header.visualIndex(STATE_COLUMN), wanted)

    def _tools(self) -> FlowLayout:
        ctx, _ = self.ctx, self._
        self.search = SearchField(ctx, _("Nombre, folio o código"), name=_("Buscar en el registro"))
        self.search.setMinimumWidth(ctx.theme.px(220))
        self.search.searched.connect(lambda _text: self.read())
        self.search.left_down.connect(self.table.setFocus)
        self.everything = CheckBox(ctx, _("Todo el registro"))
        self.everything.ticked.connect(lambda _on: self.read())
        self.count = Label("", "muted")
        self.pages = Button(
            ctx, _("Imprimir páginas"), icon="library", on_click=self.print_pages, small=True
        )
        self.delivery = Button(
            ctx, _("Hoja de entrega"), icon="signature", on_click=self.print_delivery, small=True
        )
        flow = FlowLayout(ctx, gap=12)
        for widget in (self.search, self.everything, self.count, self.pages, self.delivery):
            flow.addWidget(widget)
        return flow
