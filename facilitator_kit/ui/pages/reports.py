"""Informes: what a generation achieved, from the records, and its results framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from facilitator_kit.bulk import let_go_slowly
from facilitator_kit.monitoring.records import (
    EnteredFigure,
    FigureSource,
    FrameworkRow,
    Generation,
    TargetType,
)
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.graduation_tiles import Beside, Tiles
from facilitator_kit.ui.pages.reports_cards import EnteredCard, ReasonsCard
from facilitator_kit.ui.pages.reports_rows import EnteredFigureDialog, FrameworkRowDialog
from facilitator_kit.ui.pages.reports_words import (
    ResultLine,
    completion_base,
    completion_text,
    framework_columns,
    group_columns,
    share,
)
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    ComboBox,
    EmptyState,
    Label,
    PageBody,
    ProgressRow,
    RecordModel,
    RecordTable,
    Scroll,
    Segments,
    StatTile,
    column,
    filled_anew,
    holder,
    row,
)
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.figures import GenerationFigures, GroupFigure

CENTRES, COHORTS = "centres", "cohorts"

_MOST: Final = 30
"""Groups shown as bars, and rows of a list that are seen without scrolling within it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of one generation as they were stored at one moment; None without any.

    `standing` counts those without a folio by their state; who they are is not kept.
    """

    generations: tuple[Generation, ...]
    figures: GenerationFigures | None
    rows: tuple[FrameworkRow, ...]
    standing: Mapping[str, int]


class ReportsPage(Page):
    """Figures at the head, groups with bars, the results framework, entered figures, reasons."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._generation = ""
        self._figures: GenerationFigures | None = None
        self._turn = 0
        self.chooser = ComboBox(ctx, self._("Generación"), context=True)
        self.chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.chooser.setMinimumContentsLength(20)
        self.chooser.chosen.connect(self._choose)
        self._make_parts()
        self._lay_out()

    # -- page ----------------------------------------------------------------------------------

    def title(self) -> str:
        return self._("Informes")

    def context_widget(self) -> QWidget | None:
        return self.chooser

    def primary_action(self) -> PageAction | None:
        there = self._figures is not None
        return PageAction(
            self._("Informe en PDF"),
            self.show_report,
            icon="file-text",
            enabled=there,
            tip="" if there else self._("Primero hace falta una generación."),
            prints=True,
        )

    def first_focus(self) -> QWidget | None:
        return self.groups

    def open(self, params: Mapping[str, Any]) -> None:
        if params.get("generation"):
            self._generation = str(params["generation"])

    def state(self) -> dict[str, Any]:
        return {"generation": self._generation, "groups": str(self.by.value())}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._generation = str(state.get("generation", ""))
        self.by.set_value(str(state.get("groups", CENTRES)))

    def refresh(self) -> None:
        self._turn += 1
        turn, wanted, workspace = self._turn, self._generation, self.ctx.workspace
        self.ctx.jobs.run(lambda: read(workspace, wanted), partial(self._take, turn), owner=self)

    def show_report(self) -> None:
        """Show the report of the generation as a document."""
        figures = self._figures
        if figures is not None:
            printing, generation = self.ctx.workspace.printing, figures.generation.id
            show_pdf(
                self.ctx,
                self._("Informe · {generation}", generation=figures.generation.name),
                lambda: printing.report(generation),
                "informe.pdf",
                self,
            )

    # -- reading -------------------------------------------------------------------------------

    def _take(self, turn: int, reading: Reading) -> None:
        if turn != self._turn:
            return
        self._figures = reading.figures
        self.chooser.set_choices(
            [(one.id, one.name) for one in reading.generations],
            reading.figures.generation.id if reading.figures is not None else None,
        )
        self.chooser.setVisible(reading.figures is not None)
        if reading.figures is None:
            self.stack.setCurrentWidget(self.empty)
        else:
            self._generation = reading.figures.generation.id
            self.stack.setCurrentWidget(self.all)
            self._show_tiles(reading.figures.total)
            self._show_groups()
            self.ctx.jobs.later(partial(self._show_results, turn, reading), owner=self)
        self.header_changed.emit()

    def _choose(self, generation_id: str) -> None:
        self._generation = generation_id
        self.refresh()

    def _show_results(self, turn: int, reading: Reading) -> None:
        figures = reading.figures
        if turn != self._turn or figures is None:
            return
        lines = [
            ResultLine(one, result)
            for one, result in zip(reading.rows, figures.framework, strict=True)
        ]
        self.results.set_rows(lines)
        self._fit(self.framework, len(lines))
        self._choose_row(self.framework.current())
        self.entered.show_figures(figures.entered)
        self.reasons.show_counts(reading.standing, figures.leaving)

    def _show_tiles(self, total: GroupFigure) -> None:
        _ = self._
        base = completion_base(total)
        completed = share(total.graduates, base, base)
        attended = share(total.attended_minutes, total.delivered_minutes, total.trained)
        self.tiles[0].set(
            _.number(total.trained),
            _("formadas de {n} inscritas", n=_.number(total.enrolled)),
        )
        self.tiles[1].set(_.number(total.graduates), _("graduadas con folio vigente"))
        self.tiles[2].set(
            _.percent(attended, 1) if attended is not None else _.hours(total.attended_minutes),
            _("asistencia, n = {n} personas", n=_.number(total.trained))
            if attended is not None
            else _("de {whole} de asistencia", whole=_.hours(total.delivered_minutes)),
        )
        self.tiles[3].set(
            _.percent(completed, 1) if completed is not None else _.number(total.graduates),
            _(
                "conclusión: {part} de {whole}",
                part=_.number(total.graduates),
                whole=_.number(base),
            )
            if completed is not None
            else _("de {whole} concluyeron", whole=_.number(base)),
        )

    def _show_groups(self) -> None:
        figures = self._figures
        if figures is None:
            return
        groups = figures.by_centre if self.by.value() == CENTRES else figures.by_cohort
        self.grouped.set_rows(groups)
        self._fit(self.groups, len(groups))
        self.ctx.jobs.later(partial(self._show_bars, groups), owner=self)

    def _show_bars(self, groups: Sequence[GroupFigure]) -> None:
        with filled_anew(self.bars) as bars:
            for group in groups[:_MOST]:
                bars.addWidget(
                    ProgressRow(
                        self.ctx,
                        group.name,
                        completion_text(group, self._),
                        group.graduates,
                        completion_base(group),
                        tone="good",
                    )
                )
            if len(groups) > _MOST:
                words = self._(
                    "Aquí se ven {count}; en la lista están todos los grupos.",
                    count=self._.number(_MOST),
                )
                bars.addWidget(Label(words, "muted", wrap=True))
            bars.addStretch(1)

    def _fit(self, table: RecordTable[Any], rows: int) -> None:
        """Give a table the height of its rows: the page scrolls, and only a long list within it."""
        px = self.ctx.theme.px
        table.setFixedHeight(px(36) * (min(max(rows, 3), _MOST) + 1) + px(24))

    # -- rows and figures ------------------------------------------------------------------------

    def add_row(self) -> None:
        """Ask for a new row of the results framework."""
        if self._figures is not None:
            blank = FrameworkRow(
                id="",
                generation_id=self._figures.generation.id,
                position=0,
                indicator="",
                text="",
                target_type=TargetType.INCREMENTAL,
                source=FigureSource.COMPUTED,
            )
            FrameworkRowDialog(self.ctx, blank, self._save_row, self).open()

    def edit_row(self, line: ResultLine | None = None) -> None:
        """Change the selected row."""
        chosen = line or self.framework.current()
        if chosen is not None:
            FrameworkRowDialog(self.ctx, chosen.row, self._save_row, self).open()

    def remove_row(self) -> None:
        """Take the selected row out, after asking."""
        chosen = self.framework.current()
        if chosen is None:
            return
        figures, _ = self.ctx.workspace.figures, self._
        ConfirmDialog(
            self.ctx,
            _("Quitar la fila"),
            chosen.row.text,
            yes=_("Quitar"),
            on_yes=lambda _reason: self.ctx.jobs.run(
                lambda: figures.remove_row(chosen.row.id),
                lambda _none: self.ctx.announce(_("Fila quitada")),
                owner=self,
            ),
            danger=True,
            parent=self,
        ).open()

    def _save_row(self, wanted: FrameworkRow) -> None:
        figures = self.ctx.workspace.figures
        self.ctx.jobs.run(lambda: figures.save_row(wanted), self._row_saved, owner=self)

    def _row_saved(self, saved: FrameworkRow) -> None:
        self.framework.select(saved.id)
        self.ctx.announce(self._("Fila guardada"))

    def add_figure(self) -> None:
        """Ask for a new entered figure."""
        if self._figures is not None:
            self.edit_figure(
                EnteredFigure(
                    id="",
                    generation_id=self._figures.generation.id,
                    key="",
                    text="",
                    value=0,
                    definition="",
                    source_note="",
                    reported_on=self.ctx.clock.today(),
                )
            )

    def edit_figure(self, figure: EnteredFigure) -> None:
        """Change an entered figure."""
        today = self.ctx.clock.today()
        EnteredFigureDialog(self.ctx, figure, self._save_figure, today, self).open()

    def remove_figure(self, figure: EnteredFigure) -> None:
        """Take an entered figure away; it can be undone."""
        figures = self.ctx.workspace.figures
        self.ctx.jobs.run(
            lambda: figures.remove_entered(figure.id),
            lambda _none: self.ctx.announce(self._("Cifra quitada")),
            owner=self,
        )

    def _save_figure(self, wanted: EnteredFigure) -> None:
        figures = self.ctx.workspace.figures
        self.ctx.jobs.run(
            lambda: figures.save_entered(wanted),
            lambda _saved: self.ctx.announce(self._("Cifra guardada")),
            owner=self,
        )

    def _choose_row(self, line: ResultLine | None) -> None:
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(line is not None)

    # -- building ------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        ctx, _ = self.ctx, self._
        self.tiles = tuple(StatTile(ctx, "–", " ") for _number in range(4))
        self.by = Segments(
            ctx, _("Agrupar"), [(CENTRES, _("Por centro")), (COHORTS, _("Por cohorte"))]
        )
        self.by.chosen.connect(lambda _value: self._show_groups())
        self.grouped = RecordModel(group_columns(_), key=lambda group: group.name)
        self.groups = RecordTable(ctx, _("Cifras por centro o cohorte"), self.grouped)
        self.bars = column(ctx, gap=12)
        self.results = RecordModel(framework_columns(_), key=lambda line: line.row.id)
        self.framework = RecordTable(
            ctx,
            _("Marco de resultados"),
            self.results,
            empty=EmptyState(
                ctx,
                "target",
                _("Aún no hay filas de resultados."),
                action=Button(ctx, _("Agregar la primera"), icon="plus", on_click=self.add_row),
            ),
        )
        self.framework.selected.connect(self._choose_row)
        self.framework.activated.connect(self.edit_row)
        self.edit_button = Button(
            ctx,
            _("Cambiar…"),
            icon="pencil",
            on_click=self.edit_row,
            small=True,
            name=_("Cambiar la fila elegida"),
        )
        self.remove_button = Button(
            ctx,
            _("Quitar"),
            icon="trash-2",
            on_click=self.remove_row,
            small=True,
            name=_("Quitar la fila elegida"),
        )
        self.add_button = Button(
            ctx, _("Agregar fila…"), icon="plus", on_click=self.add_row, small=True
        )
        self.entered = EnteredCard(ctx)
        self.entered.wanted.connect(self.add_figure)
        self.entered.changed.connect(self.edit_figure)
        self.entered.removed.connect(self.remove_figure)
        self.reasons = ReasonsCard(ctx)

    def _lay_out(self) -> None:
        ctx, _ = self.ctx, self._
        groups = Card(ctx, padding=8)
        groups.add(holder(row(ctx, self.by, margin=4)))
        groups.add(self.groups)
        groups.add_stretch()
        bars = Card(
            ctx, _("Graduadas de las inscritas"), _("Sin quienes pasaron a otra generación")
        )
        bars.add(self.bars)
        results = Card(
            ctx,
            _("Marco de resultados"),
            _("Avance = logrado / meta. Lo calculado y lo escrito nunca se mezclan."),
            actions=[self.add_button, self.edit_button, self.remove_button],
        )
        results.add(self.framework)
        self.all = Scroll(
            column(
                ctx,
                Tiles(ctx, self.tiles, least=180),
                Beside(ctx, groups, bars),
                results,
                Beside(ctx, self.entered, self.reasons),
                gap=16,
            )
        )
        self.empty = Scroll(
            EmptyState(
                ctx,
                "chart-column",
                _("Todavía no hay nada que informar."),
                _("Cuando haya una generación con cohortes, sus cifras salen solas de aquí."),
                action=Button(
                    ctx, _("Ir a Cohortes"), icon="users", on_click=lambda: ctx.navigate("cohortes")
                ),
            )
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.all)
        self.stack.addWidget(self.empty)
        PageBody(ctx, self).addWidget(self.stack, 1)


def read(workspace: Workspace, wanted: str) -> Reading:
    """Read a generation; one that is gone, or none, becomes the one that ended last."""
    generations = workspace.courses.generations()
    today = workspace.desk.clock.today()
    chosen = next((one for one in generations if one.id == wanted), None)
    if chosen is None:
        ended = [one for one in generations if one.ends_on <= today]
        chosen = max(ended, key=lambda one: one.ends_on) if ended else next(iter(generations), None)
    if chosen is None:
        return Reading((), None, (), {})
    figures = workspace.figures.of(chosen.id)
    rows = sorted(workspace.figures.rows(chosen.id), key=lambda one: (one.position, one.id))
    others = list(figures.not_graduating)
    figures = replace(figures, not_graduating=())
    standing = Counter(one.state for one in others)
    let_go_slowly(others)
    return Reading(generations, figures, tuple(rows), standing)
