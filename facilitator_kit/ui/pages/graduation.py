"""Graduación: who can graduate and what each woman still lacks, decisions, ceremony, register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from facilitator_kit.monitoring.records import Decision, DecisionKind
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.graduation_ceremony import CeremonyDialog
from facilitator_kit.ui.pages.graduation_decide import ask_all, ask_reason
from facilitator_kit.ui.pages.graduation_reason import TRAINING, ReasonPanel
from facilitator_kit.ui.pages.graduation_scope import Chosen, Reading, Scope, read
from facilitator_kit.ui.pages.graduation_standing import StandingTiles
from facilitator_kit.ui.pages.graduation_words import (
    LIST_WIDTH,
    NAME_COLUMN,
    Filter,
    Situation,
    columns,
    situation,
)
from facilitator_kit.ui.pages.register import RegisterPanel
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Chips,
    ComboBox,
    EmptyState,
    PageBody,
    RecordModel,
    RecordTable,
    Scroll,
    Segments,
    SplitView,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import Candidate, Reasons

PEOPLE, REGISTER = "people", "register"


class GraduationPage(Page):
    """The list on the left, the reason on the right; the register behind the second tab."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._scope: Scope | None = None
        self._reading: Reading | None = None
        self._wanted_person = ""
        self._turn = 0
        self._chosen, self._choosing = Chosen.of(()), 0
        self._offered = -1
        self._offered_filters: list[tuple[Filter, str]] = []
        self.chooser = ComboBox(ctx, self._("Generación o cohorte"), context=True)
        self.chooser.fit_choice(340)
        self.chooser.chosen.connect(self._choose_scope)
        self._make_list()
        self._lay_out()

    # -- page ----------------------------------------------------------------------------------

    def title(self) -> str:
        return self._("Graduación")

    def context_widget(self) -> QWidget | None:
        return self.chooser

    def primary_action(self) -> PageAction | None:
        count = len(self._for_ceremony())
        return PageAction(
            self._("Preparar ceremonia ({count})", count=self._.number(count)),
            self.prepare_ceremony,
            icon="award",
            enabled=count > 0,
            tip="" if count else self._("Nadie cumple todavía todo lo que pide la regla."),
        )

    def first_focus(self) -> QWidget | None:
        return self.table

    def open(self, params: Mapping[str, Any]) -> None:
        if params.get("cohort"):
            self._scope = Scope("", str(params["cohort"]))
        elif params.get("generation"):
            self._scope = Scope(str(params["generation"]))
        if params.get("person"):
            self._wanted_person = str(params["person"])
            self._show_tab(PEOPLE)
            self.chips.set_value(Filter.ALL)
        if params.get("tab") in (PEOPLE, REGISTER):
            self._show_tab(str(params["tab"]))

    def state(self) -> dict[str, Any]:
        scope = self._scope
        return {
            "generation": scope.generation_id if scope else "",
            "cohort": scope.cohort_id if scope else "",
            "tab": str(self.tabs.value()),
            "filter": str(self.chips.value()),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        generation, cohort = str(state.get("generation", "")), str(state.get("cohort", ""))
        if generation or cohort:
            self._scope = Scope(generation, cohort)
        self._show_tab(str(state.get("tab", PEOPLE)))
        if state.get("filter") in list(Filter):
            self.chips.set_value(Filter(state["filter"]))

    def refresh(self) -> None:
        self._turn += 1
        turn, scope, workspace, _ = self._turn, self._scope, self.ctx.workspace, self._
        self.ctx.jobs.run(lambda: read(workspace, scope, _), partial(self._take, turn), owner=self)

    # -- reading -------------------------------------------------------------------------------

    def _take(self, turn: int, reading: Reading) -> None:
        if turn != self._turn:
            self.ctx.jobs.let_go(reading.parts[Filter.ALL])
            return
        if self._reading is not None:
            self.ctx.jobs.let_go(self._reading.parts[Filter.ALL])
        self._reading = reading
        self._scope = reading.scope
        self.chooser.set_choices(reading.choices, reading.scope)
        self.chooser.setVisible(reading.scope is not None)
        if reading.scope is None:
            self.stack.setCurrentWidget(self.empty)
            self.tabs.hide()
            self.all_button.hide()
        else:
            self.tabs.show()
            self._show_tab(str(self.tabs.value()))
            self._show_rows()
            self.ctx.jobs.later(partial(self._show_beside, turn, reading), owner=self)
        self.header_changed.emit()

    def _show_beside(self, turn: int, reading: Reading) -> None:
        if turn == self._turn:
            self.tiles.show_standings(reading.standings)
            self.register.show_cohorts(reading.cohort_ids)

    def _choose_scope(self, scope: Scope) -> None:
        self._scope = scope
        self.refresh()

    def _show_rows(self) -> None:
        reading = self._reading
        if reading is None:
            return
        words = {
            Filter.ALL: self._("Todas"),
            Filter.READY: self._("Listas"),
            Filter.CAN: self._("Pueden"),
            Filter.CANNOT: self._("Ya no alcanzan"),
            Filter.DECIDED: self._("Decididas"),
            Filter.GRADUATED: self._("Graduadas"),
        }
        offered = [
            (one, f"{words[one]} {self._.number(len(reading.parts[one]))}") for one in Filter
        ]
        if offered != self._offered_filters:
            # Made anew only where a count has changed, so that the keyboard stays on a chip.
            self._offered_filters = offered
            self.chips.set_choices(offered, self.chips.value())
        self.model.set_rows(reading.parts[Filter(self.chips.value())])
        self._set_empty(bool(reading.parts[Filter.ALL]))
        ready = len(reading.parts[Filter.READY])
        self.all_button.setVisible(ready > 0)
        self.all_button.set_text(
            self._("Decidir todas las que cumplen ({count})", count=self._.number(ready))
        )
        if self._wanted_person and self.table.select(self._wanted_person):
            self._wanted_person = ""
        self.table.select_first()
        self._explain()

    def _set_empty(self, someone: bool) -> None:
        _ = self._
        if self.model.rows:
            return
        if someone:
            action = Button(self.ctx, _("Ver todas"), on_click=partial(self._filter, Filter.ALL))
            self.table.set_empty(
                EmptyState(self.ctx, "users", _("Nadie está en esta situación."), action=action)
            )
        else:
            action = Button(
                self.ctx,
                _("Inscribir participantes"),
                icon="user-plus",
                on_click=partial(self.ctx.navigate, "cohortes", tab="people"),
            )
            self.table.set_empty(
                EmptyState(
                    self.ctx,
                    "users",
                    _("Aquí no hay participantes todavía."),
                    _("Cuando las inscriba, verá qué le falta a cada una para graduarse."),
                    action=action,
                )
            )

    def _filter(self, wanted: Filter) -> None:
        self.chips.set_value(wanted)
        self._show_rows()

    # -- the reason ----------------------------------------------------------------------------

    def chosen(self) -> tuple[Candidate, ...]:
        """The candidates whose rows are selected."""
        return self.table.chosen()

    def _explain(self) -> None:
        self._choosing += 1
        people, take = self.chosen(), partial(self._take_chosen, self._choosing)
        if len(people) > 1:
            self.ctx.jobs.run(partial(Chosen.of, people), take, owner=self)
        else:
            take(Chosen.of(people))

    def _take_chosen(self, turn: int, chosen: Chosen) -> None:
        if turn != self._choosing:
            return
        self._chosen = chosen
        if len(chosen.people) > 1:
            self.reason.show_many(chosen)
        elif not chosen.people:
            self.reason.show_nobody()
        else:
            candidate, graduation = chosen.people[0], self.ctx.workspace.graduation
            self.ctx.jobs.run(
                lambda: graduation.reasons(candidate.enrolment.id),
                partial(self._show_reasons, candidate),
                # She may have been taken out meanwhile; the list is read again then.
                lambda _error: None,
                owner=self,
            )
        count = len(self._for_ceremony())
        if count != self._offered:
            self._offered = count
            self.header_changed.emit()

    def _show_reasons(self, candidate: Candidate, reasons: Reasons) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and chosen[0].enrolment.id == candidate.enrolment.id:
            self.reason.show_one(chosen[0], reasons)

    # -- decisions -----------------------------------------------------------------------------

    def decide(self, kind: DecisionKind) -> None:
        """Decide on those selected whom it can be about; without folio, that is.

        An exception or a refusal asks for its reason first. To graduate is for those who fulfil
        the rule, an exception for those who do not.
        """
        chosen = self._chosen.suiting[kind]
        if not chosen:
            return
        if kind is DecisionKind.GRADUATES:
            self._store(chosen, kind, "")
            return
        ask_reason(self.ctx, kind, chosen, lambda reason: self._store(chosen, kind, reason), self)

    def decide_all(self) -> None:
        """Graduate everybody in scope who fulfils the rule and has no decision yet."""
        ready = self._ready()
        if not ready:
            return
        ask_all(self.ctx, ready, lambda: self._store(ready, DecisionKind.GRADUATES, ""), self)

    def _store(self, people: Sequence[Candidate], kind: DecisionKind, reason: str) -> None:
        graduation = self.ctx.workspace.graduation
        ids = tuple(candidate.enrolment.id for candidate in people)
        self.ctx.jobs.run(lambda: graduation.decide(ids, kind, reason), self._decided, owner=self)

    def _decided(self, made: Sequence[Decision]) -> None:
        self.ctx.announce(
            self._.plural("{count} decisión guardada", "{count} decisiones guardadas", len(made))
        )
        self.table.setFocus()

    def _ready(self) -> tuple[Candidate, ...]:
        return self._reading.parts[Filter.READY] if self._reading is not None else ()

    # -- the ceremony --------------------------------------------------------------------------

    def _for_ceremony(self) -> tuple[Candidate, ...]:
        """Of the women selected, where there are several, or else of everybody in scope."""
        if len(self._chosen.people) > 1:
            return self._chosen.for_ceremony
        return self._reading.for_ceremony if self._reading is not None else ()

    def prepare_ceremony(self) -> None:
        """Begin the ceremony of those selected, or of everybody who can have a certificate."""
        people = self._for_ceremony()
        if people:
            CeremonyDialog(self.ctx, people, parent=self).open()

    def _show_certificate(self, folio: str) -> None:
        printing = self.ctx.workspace.printing
        show_pdf(
            self.ctx,
            self._("Certificado {folio}", folio=folio),
            lambda: printing.certificate(folio),
            f"{folio}.pdf",
            self,
        )

    def _show_folio(self, folio: str) -> None:
        self._show_tab(REGISTER)
        self.register.show_folio(folio)

    def _go_mend(self, tab: str) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and tab == TRAINING:
            self.ctx.navigate("formacion", person=chosen[0].enrolment.id)
        elif len(chosen) == 1:
            self.ctx.navigate(
                "cohortes",
                cohort=chosen[0].cohort.id,
                tab=tab,
                person=chosen[0].participant.id,
            )

    # -- building ------------------------------------------------------------------------------

    def _make_list(self) -> None:
        ctx, _ = self.ctx, self._
        self.model = RecordModel(columns(_), key=attrgetter("enrolment.id"), jobs=ctx.jobs)
        self.table = RecordTable(ctx, _("Participantes y su situación"), self.model)
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.view.selectionModel().selectionChanged.connect(self._explain)
        self.table.activated.connect(self._open)
        self.table.view.resized.connect(self._place_situation)
        self.table.setMinimumHeight(ctx.theme.px(220))
        self.chips = Chips(ctx, _("Ver"), [(one, one.value) for one in Filter], value=Filter.ALL)
        self.chips.chosen.connect(self._filter)
        self.tiles = StandingTiles(ctx)
        self.reason = ReasonPanel(ctx)
        self.reason.decided.connect(self.decide)
        self.reason.asked.connect(self._go_mend)
        self.reason.certificate.connect(self._show_certificate)
        self.reason.register.connect(self._show_folio)
        self.register = RegisterPanel(ctx)
        self.tabs = Segments(
            ctx,
            _("Parte de la página"),
            [(PEOPLE, _("Participantes")), (REGISTER, _("Libro de registro"))],
        )
        self.tabs.chosen.connect(self._show_tab)
        self.all_button = Button(ctx, " ", icon="list-checks", on_click=self.decide_all, small=True)
        self.all_button.hide()
        self.nothing = EmptyState(
            ctx,
            "graduation-cap",
            _("Todavía no hay generaciones."),
            _("Abra una cohorte: aquí verá quién cumple, quién puede cumplir y qué le falta."),
            action=Button(
                ctx, _("Ir a Cohortes"), icon="users", on_click=lambda: ctx.navigate("cohortes")
            ),
        )

    def _lay_out(self) -> None:
        ctx = self.ctx
        card = Card(ctx, padding=8)
        card.add(holder(row(ctx, self.chips, margin=4)))
        card.add(self.table, 1)
        left = column(ctx, self.tiles, card, gap=16)
        left.setStretch(1, 1)
        side = Scroll(self.reason)
        self.people = SplitView(
            ctx, holder(left), side, side_width=296, main_width=540, main_height=480
        )
        self.stack = QStackedWidget()
        self.empty = Scroll(self.nothing)
        for part in (self.people, self.register, self.empty):
            self.stack.addWidget(part)
        body = PageBody(ctx, self)
        head = row(ctx, self.tabs, self.all_button, gap=12)
        head.setStretch(0, 1)
        body.addLayout(head)
        body.addWidget(self.stack, 1)

    def _place_situation(self) -> None:
        """Her situation ends the row; where that would be out of sight, it follows the name."""
        header = self.table.view.horizontalHeader()
        last = len(self.model.columns) - 1
        fits_all = self.table.view.viewport().width() >= self.ctx.theme.px(LIST_WIDTH)
        wanted = last if fits_all else NAME_COLUMN + 1
        if header.visualIndex(last) != wanted:
            header.moveSection(header.visualIndex(last), wanted)

    def _show_tab(self, tab: str) -> None:
        self.tabs.set_value(tab)
        self.stack.setCurrentWidget(self.register if tab == REGISTER else self.people)

    def _open(self, candidate: Candidate) -> None:
        """Enter on a row: her certificate, or the place where what lacks can be mended."""
        if candidate.line is not None:
            self._show_certificate(candidate.line.folio)
        elif situation(candidate) in (Situation.CAN, Situation.CANNOT):
            self._go_mend("followup")
