"""The agenda of one session at work: methods at the left, blocks, and the chosen one explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum import (
    PlanBlock,
    SessionPlan,
    add_block,
    cascade,
    change_block,
    fix_start,
    move_block,
    remove_block,
    set_minutes,
)
from facilitator_kit.curriculum.agenda import LONGEST_BLOCK
from facilitator_kit.errors import KitError
from facilitator_kit.ui.columns import Columns
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_methods import METHOD_MIME, MethodFinder
from facilitator_kit.ui.pages.planner_agenda import BIG_STEP, AgendaList
from facilitator_kit.ui.pages.planner_detail import BlockKeys, BlockPanel
from facilitator_kit.ui.pages.planner_dialogs import BlockDialog
from facilitator_kit.ui.pages.planner_words import block_of, common_anatomy, total_words
from facilitator_kit.ui.widgets import (
    Bar,
    Button,
    Card,
    EmptyState,
    Label,
    Pill,
    PrimaryButton,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import AgendaView

METHODS, BLOCKS, DETAIL = "methods", "blocks", "detail"


class AgendaEditor(QWidget):
    """Every change is shown and stored at once, in the order in which it was made.

    `touched` comes when an agenda becomes a changed one, `read_again` when what is stored is not
    what is shown.
    """

    touched = Signal()
    read_again = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._
        self._agenda: AgendaView | None = None
        self._present: tuple[str, ...] = ()
        self._row = 0
        self._storing = 0
        whole = column(ctx, gap=0)
        whole.addWidget(self._lay_out())
        self.setLayout(whole)

    @property
    def agenda(self) -> AgendaView | None:
        """The agenda as shown: what is stored, and what is being stored."""
        return self._agenda

    @property
    def plan(self) -> SessionPlan | None:
        """The plan of the agenda shown."""
        return self._agenda.plan if self._agenda is not None else None

    @property
    def verdict(self) -> str:
        """What is thought of the total: whether minutes are missing or too many."""
        return self._verdict.text()

    def show_agenda(self, agenda: AgendaView, present: Sequence[str]) -> None:
        """Show what was read, unless later changes are still on their way to the store."""
        shown = self._agenda
        if shown is None or shown.view.scheduled.id != agenda.view.scheduled.id:
            self._row = 0
        elif self._storing:
            return
        self._agenda, self._present = agenda, tuple(present)
        self._show_plan()
        pack = self.ctx.workspace.library.pack
        self.ctx.jobs.later(lambda: self.finder.set_pack(pack), owner=self)

    # -- building --------------------------------------------------------------------------------

    def _lay_out(self) -> Columns:
        ctx, _ = self.ctx, self._
        self.finder = MethodFinder(ctx, mime=METHOD_MIME)
        self.finder.entries.opened.connect(self.insert_method)
        self.insert = Button(
            ctx, _("Insertar en la agenda"), icon="plus", small=True, on_click=self._insert_chosen
        )
        left = Card(ctx, _("Dinámicas"), padding=14)
        left.add(self.finder, 1)
        left.add(self.insert)
        self.blocks = AgendaList(ctx)
        self.blocks.row_chosen.connect(self._choose_row)
        self.blocks.moved.connect(self.move_to)
        self.blocks.method_dropped.connect(self.insert_method)
        self.blocks.minutes_asked.connect(self.add_minutes)
        self.blocks.remove_asked.connect(self.remove)
        self.blocks.edit_asked.connect(self.edit)
        self.blocks.lock_asked.connect(self.turn_lock)
        self.blocks.add_asked.connect(lambda _row: self.add())
        self._total = Label("", "strong")
        self._bar = Bar(ctx, _("Minutos planeados"))
        self._verdict = Pill("")
        self._more = Button(
            ctx, _("Agregar bloque"), icon="plus", small=True, on_click=self.add, tip="Ins"
        )
        totals = row(ctx, self._total, self._bar, self._verdict, gap=10)
        totals.setStretch(1, 1)
        self._empty = EmptyState(
            ctx,
            "calendar-clock",
            _("Esta sesión todavía no tiene agenda"),
            _(
                "Empiece con la estructura común, de bienvenida a check-out, o inserte dinámicas "
                "una por una."
            ),
            action=PrimaryButton(
                ctx,
                _("Empezar con la estructura común"),
                icon="plus",
                on_click=self.start_from_anatomy,
            ),
        )
        middle = column(ctx, totals, gap=8)
        middle.addWidget(self.blocks, 1)
        middle.addWidget(self._empty, 1)
        middle.addLayout(row(ctx, self._more, None))
        self.detail = BlockPanel(
            ctx,
            BlockKeys(
                up=lambda: self._here(lambda at: self.move_to(at, at - 1)),
                down=lambda: self._here(lambda at: self.move_to(at, at + 1)),
                less=lambda: self._here(lambda at: self.add_minutes(at, -BIG_STEP)),
                more=lambda: self._here(lambda at: self.add_minutes(at, BIG_STEP)),
                lock=lambda: self._here(self.turn_lock),
                edit=lambda: self._here(self.edit),
                remove=lambda: self._here(self.remove),
            ),
        )
        self.detail.linked.connect(lambda code: ctx.navigate("curriculo", session=code))
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (
                Column(METHODS, _("Dinámicas"), left),
                Column(BLOCKS, _("Bloques"), holder(middle)),
                Column(DETAIL, _("Detalle"), self.detail),
            ),
            widths=(228, 400, 296),
            main=BLOCKS,
            beside=DETAIL,
            choice_elsewhere=True,
        )
        return self.columns

    # -- showing ---------------------------------------------------------------------------------

    def _show_plan(self) -> None:
        agenda = self._agenda
        if agenda is None:
            return
        self._row = min(max(self._row, 0), max(len(agenda.plan.blocks) - 1, 0))
        total = agenda.plan.total_minutes
        figure, verdict, tone = total_words(self._, total, agenda.target_minutes)
        self._total.setText(figure)
        self._bar.set(total, agenda.target_minutes, tone)
        self._verdict.set(verdict, tone)
        self.blocks.setVisible(bool(agenda.timed))
        self._more.setVisible(bool(agenda.timed))
        self._empty.setVisible(not agenda.timed)
        self.blocks.show_blocks(agenda.timed, self._row)
        self._explain()

    def _choose_row(self, row: int) -> None:
        if row != self._row:
            self._row = row
            self._explain()

    def _explain(self) -> None:
        pack = self.ctx.workspace.desk.pack_in_force
        row = self._row if self._agenda is not None and self._agenda.timed else -1
        self.detail.show_block(self._agenda, pack, self._present, row)

    # -- changing --------------------------------------------------------------------------------

    def move_to(self, row: int, to: int) -> None:
        """Put a block in another place; it stays the chosen one."""
        plan = self.plan
        if plan is not None and 0 <= to < len(plan.blocks):
            self._keep(move_block(plan, row, to), to)

    def add_minutes(self, row: int, more: int) -> None:
        """Make a block longer or shorter, within what a block can last."""
        plan = self.plan
        if plan is None:
            return
        now = plan.blocks[row].minutes
        minutes = min(max(now + more, 1), LONGEST_BLOCK)
        # From one minute, five more are five: times stay round.
        if more > 1 and now == 1:
            minutes = more
        if minutes != now:
            self._keep(set_minutes(plan, row, minutes), row)

    def remove(self, row: int) -> None:
        """Take a block out; undoing brings it back."""
        plan = self.plan
        if plan is not None:
            title = plan.blocks[row].title
            self._keep(remove_block(plan, row), row)
            self.ctx.announce(self._("Se quitó «{title}»", title=title))

    def turn_lock(self, row: int) -> None:
        """Fix a block at the time it has now, or let it go."""
        agenda = self._agenda
        if agenda is None:
            return
        timed = agenda.timed[row]
        fixed = timed.start if timed.block.fixed_start is None else None
        self._keep(fix_start(agenda.plan, row, fixed), row)

    def edit(self, row: int) -> None:
        """Ask for everything a block says."""
        plan = self.plan
        if plan is not None:
            block = plan.blocks[row]
            BlockDialog(self.ctx, block, partial(self._changed, row), self).open()

    def add(self) -> None:
        """Ask for a block of one's own and put it after the chosen one."""
        if self.plan is not None:
            BlockDialog(self.ctx, None, self._insert, self).open()

    def insert_method(self, code: str, at: int | None = None) -> None:
        """Put a method into the agenda: at a place, or after the chosen block."""
        method = self.finder.method_of(code)
        if method is not None and self.plan is not None:
            self._insert(block_of(method), at)
            self.ctx.announce(self._("Se insertó «{title}»", title=method.title))

    def start_from_anatomy(self) -> None:
        """Begin an empty agenda with the common parts of a session."""
        plan = self.plan
        if plan is not None and not plan.blocks:
            self._keep(replace(plan, blocks=common_anatomy(self._)), 0)
            self.blocks.setFocus()

    def _here(self, do: Callable[[int], object]) -> None:
        """Do something with the chosen block, if there is one."""
        if self.plan is not None and 0 <= self._row < len(self.plan.blocks):
            do(self._row)

    def _insert_chosen(self) -> None:
        code = self.finder.entries.current()
        if code:
            self.insert_method(code)
        else:
            self.finder.entries.step_in()

    def _insert(self, block: PlanBlock, at: int | None = None) -> None:
        plan = self.plan
        if plan is None:
            return
        place = at if at is not None else (self._row + 1 if plan.blocks else 0)
        self._keep(add_block(plan, min(place, len(plan.blocks)), block), place)

    def _changed(self, row: int, block: PlanBlock) -> None:
        plan = self.plan
        if plan is not None and row < len(plan.blocks) and plan.blocks[row] != block:
            self._keep(change_block(plan, row, block), row)

    def _keep(self, plan: SessionPlan, row: int) -> None:
        """Show a changed agenda and store it, after whatever is being stored already."""
        agenda = self._agenda
        if agenda is None:
            return
        scheduled_id = agenda.view.scheduled.id
        self._row = row
        self._agenda = replace(
            agenda,
            plan=plan,
            timed=cascade(plan.blocks, agenda.view.scheduled.starts_at),
            total_minutes=plan.total_minutes,
            changed=True,
        )
        self._show_plan()
        if not agenda.changed:
            self.touched.emit()
        self._storing += 1
        agendas = self.ctx.workspace.agendas
        self.ctx.jobs.run(
            lambda: agendas.save(scheduled_id, plan),
            self._stored,
            self._not_stored,
            owner=self,
        )

    def _stored(self, _nothing: object) -> None:
        self._storing -= 1

    def _not_stored(self, error: KitError) -> None:
        """Show what is stored again, and why the change is not."""
        self._storing -= 1
        self.ctx.show_error(error)
        self.read_again.emit()
