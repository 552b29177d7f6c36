"""The right side of Planeador: the chosen block, its groups, its care, and what to bring."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from facilitator_kit.curriculum import PlanBlock, group_sizes, source_block
from facilitator_kit.curriculum.blocks import Block
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_prepare import material_line
from facilitator_kit.ui.pages.curriculum_words import minutes_words
from facilitator_kit.ui.pages.planner_words import GROUPED, METHOD_SOURCE
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    FlowLayout,
    IconButton,
    Label,
    LinkButton,
    Pill,
    Rows,
    Scroll,
    clear,
    column,
    filled_anew,
    holder,
    row,
)
from facilitator_kit.workspace.views import AgendaView


@dataclass(frozen=True, slots=True)
class BlockKeys:
    """What can be done with the chosen block; each is called without arguments."""

    up: Callable[[], object]
    down: Callable[[], object]
    less: Callable[[], object]
    more: Callable[[], object]
    lock: Callable[[], object]
    edit: Callable[[], object]
    remove: Callable[[], object]


class BlockPanel(Card):
    """Explains one block of an agenda. `linked` carries the code of a followed link."""

    linked = Signal(str)

    def __init__(self, ctx: UiContext, keys: BlockKeys, parent: QWidget | None = None) -> None:
        super().__init__(ctx, ctx._("Bloque"), parent=parent)
        self._ctx = ctx
        self._ = ctx._
        self._agenda: AgendaView | None = None
        self._pack: Pack | None = None
        self._present: tuple[str, ...] = ()
        self._row = -1
        self._shown: object = None
        self._turn = 0
        self._long = False
        self._care_long = False
        self._pills = FlowLayout(ctx, gap=6)
        self._tools = self._make_tools(keys)
        self._place = self._inside = column(ctx, gap=6)
        inner = column(ctx, gap=0)
        inner.addLayout(self._place)
        inner.addStretch(1)
        self.add(holder(self._pills))
        self.add(self._tools)
        self.add(Scroll(inner), 1)

    def show_block(
        self, agenda: AgendaView | None, pack: Pack | None, present: Sequence[str], row: int
    ) -> None:
        """Explain the block in this row; `present` are the names of who came, when known."""
        self._agenda, self._pack, self._present = agenda, pack, tuple(present)
        if row != self._row:
            self._long = False
        self._row = row
        shown = (agenda, self._present, row, self._long, self._ctx.theme.scale)
        if shown != self._shown:
            # Everything the page reads again comes here: the same again leaves all as it is.
            self._shown = shown
            self._draw()

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Small groups of who came, by name, as they are shown; empty while nobody is known."""
        agenda = self._agenda
        if agenda is None or not self._present:
            return ()
        names = list(self._present)
        if self._turn:
            self._shuffler().shuffle(names)
        made = []
        for size in group_sizes(len(names), agenda.view.session.group_of):
            made.append(tuple(names[:size]))
            names = names[size:]
        return tuple(made)

    def form_again(self) -> None:
        """Put people together anew."""
        self._turn += 1
        self._draw()

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _block(self) -> PlanBlock | None:
        if self._agenda is None or not 0 <= self._row < len(self._agenda.plan.blocks):
            return None
        return self._agenda.plan.blocks[self._row]

    def _shuffler(self) -> random.Random:
        """The same session and turn always give the same groups."""
        assert self._agenda is not None
        return random.Random(f"{self._agenda.view.scheduled.id}:{self._turn}")

    def _make_tools(self, keys: BlockKeys) -> QWidget:
        _ = self._
        tools = FlowLayout(self._ctx, gap=2)
        self._lock = IconButton(self._ctx, "lock", _("Fijar la hora (L)"), small=True)
        self._lock.clicked.connect(keys.lock)
        for icon, name, run in (
            ("arrow-up", _("Subir (Alt+↑)"), keys.up),
            ("arrow-down", _("Bajar (Alt+↓)"), keys.down),
            ("minus", _("Cinco minutos menos (−)"), keys.less),
            ("plus", _("Cinco minutos más (+)"), keys.more),
        ):
            tools.addWidget(IconButton(self._ctx, icon, name, on_click=run, small=True))
        tools.addWidget(self._lock)
        for icon, name, run in (
            ("pencil", _("Cambiar (Entrar)"), keys.edit),
            ("trash-2", _("Quitar (Supr)"), keys.remove),
        ):
            tools.addWidget(IconButton(self._ctx, icon, name, on_click=run, small=True))
        return holder(tools)

    def _draw(self) -> None:
        focus = QApplication.focusWidget()
        held = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        with filled_anew(self._place) as self._inside:
            self._fill()
        if held:
            # The button that was pressed has been made anew: it keeps the keyboard.
            for button in self.findChildren(Button, held):
                if not button.isHidden():
                    button.setFocus()

    def _fill(self) -> None:
        clear(self._pills)
        agenda, block, _ = self._agenda, self._block, self._
        self._tools.setVisible(block is not None)
        if agenda is None:
            self.set_title(_("Bloque"))
            return
        if block is not None:
            self.set_title(block.title)
            fixed = block.fixed_start is not None
            self._lock.set_name(_("Soltar la hora (L)") if fixed else _("Fijar la hora (L)"))
            self._pills.addWidget(Pill(minutes_words(_, block.minutes), "note"))
            if block.kind in GROUPED:
                count = len(self._sizes(agenda))
                self._pills.addWidget(
                    Pill(_.plural("{count} grupo", "{count} grupos", count), "neutral")
                )
            self._questions(agenda, block)
            if block.note:
                self._head(_("Nota"))
                self._inside.addWidget(Label(block.note, wrap=True))
            self._how(agenda, block)
            if block.kind in GROUPED:
                self._show_groups(agenda)
        else:
            self.set_title(agenda.view.session.title)
            words = _("Cuando la agenda tenga bloques, aquí verá el que elija.")
            self._inside.addWidget(Label(words, "muted", wrap=True))
        self._care(agenda)
        self._materials(agenda)
        if agenda.view.session.variants:
            self._head(_("Variantes"))
            names = " · ".join(one.title for one in agenda.view.session.variants)
            self._inside.addWidget(Label(names, wrap=True))

    def _head(self, text: str) -> None:
        label = Label(text, "muted", wrap=True)
        label.setContentsMargins(0, self._ctx.theme.px(10), 0, 0)
        self._inside.addWidget(label)

    def _questions(self, agenda: AgendaView, block: PlanBlock) -> None:
        source = source_block(agenda.view.session, block)
        written = source.questions if source is not None else ()
        questions = tuple(dict.fromkeys(q for q in (block.question, *written) if q))
        if not questions:
            return
        self._head(self._("Pregunta guía") if len(questions) == 1 else self._("Preguntas guía"))
        for question in questions:
            self._inside.addWidget(Label(question, "strong", wrap=True))

    def _how(self, agenda: AgendaView, block: PlanBlock) -> None:
        body = self._text_of(agenda, block)
        if not body:
            return
        self._head(self._("Cómo se hace"))
        self._fold(body, self._long, self._turn_long, self._("Cómo se hace"))

    def _text_of(self, agenda: AgendaView, block: PlanBlock) -> tuple[Block, ...]:
        """What the pack says of this block, or of the method that it came from."""
        source = source_block(agenda.view.session, block)
        if source is not None:
            return source.body
        if self._pack is not None and block.source.startswith(METHOD_SOURCE):
            code = block.source.removeprefix(METHOD_SOURCE)
            return next((m.steps for m in self._pack.methods if m.code == code), ())
        return ()

    def _fold(
        self, body: tuple[Block, ...], long: bool, turn: Callable[[], object], name: str
    ) -> None:
        prose = Prose(self._ctx, name, body if long else body[:1], fit=True)
        prose.linked.connect(self.linked)
        self._inside.addWidget(prose)
        if len(body) > 1:
            self._inside.addWidget(self._more(long, turn, name))

    def _more(self, long: bool, turn: Callable[[], object], name: str) -> LinkButton:
        words = self._("Leer menos") if long else self._("Leer todo")
        button = LinkButton(self._ctx, words, name=f"{words}: {name}", on_click=turn)
        button.setObjectName(f"more {name}")
        return button

    def _turn_long(self) -> None:
        self._long = not self._long
        self._draw()

    def _turn_care(self) -> None:
        self._care_long = not self._care_long
        self._draw()

    def _sizes(self, agenda: AgendaView) -> tuple[int, ...]:
        if not self._present:
            return agenda.groups
        return group_sizes(len(self._present), agenda.view.session.group_of)

    def _show_groups(self, agenda: AgendaView) -> None:
        _ = self._
        sizes = list(self._sizes(agenda))
        if self._present:
            count = len(self._present)
            words = _.plural(
                "Grupos con la {count} que asistió", "Grupos con las {count} que asistieron", count
            )
        else:
            if self._turn:
                self._shuffler().shuffle(sizes)
            count = sum(sizes)
            words = _.plural(
                "Grupos con la {count} que se espera", "Grupos con las {count} esperadas", count
            )
        self._head(words)
        pills = FlowLayout(self._ctx, gap=6)
        for number, size in enumerate(sizes, start=1):
            text = _("G{number} · {size}", number=_.number(number), size=_.number(size))
            pills.addWidget(Pill(text, "primary"))
        self._inside.addWidget(holder(pills))
        for number, names in enumerate(self.groups(), start=1):
            text = _("G{number}: {names}", number=_.number(number), names="; ".join(names))
            self._inside.addWidget(Label(text, wrap=True))
        again = Button(
            self._ctx, _("Volver a formar"), icon="shuffle", small=True, on_click=self.form_again
        )
        again.setObjectName("form again")
        self._inside.addLayout(row(self._ctx, again, None))

    def _care(self, agenda: AgendaView) -> None:
        card = agenda.view.session.care_card
        if not card:
            return
        self._head(self._("Tarjeta de cuidado"))
        well = QFrame()
        well.setProperty("kind", "well")
        well.setProperty("tone", "attention")
        shown = card if self._care_long else card[:1]
        prose = Prose(self._ctx, self._("Tarjeta de cuidado"), shown, fit=True)
        prose.linked.connect(self.linked)
        inside = column(self._ctx, prose, gap=4, margin=12)
        if len(card) > 1:
            inside.addWidget(
                self._more(self._care_long, self._turn_care, self._("Tarjeta de cuidado"))
            )
        well.setLayout(inside)
        self._inside.addWidget(well)

    def _materials(self, agenda: AgendaView) -> None:
        _ = self._
        if not agenda.materials:
            return
        people = agenda.view.expected or agenda.view.session.group[1]
        self._head(_.plural("Materiales para {count}", "Materiales para {count}", people))
        lines = [
            material_line(self._ctx, _.number(need.count), need.name) for need in agenda.materials
        ]
        self._inside.addWidget(Rows(lines))
