"""The small dialogs of Planeador: one block, who facilitates and where, what to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum import PlanBlock
from facilitator_kit.curriculum.agenda import LONGEST_BLOCK
from facilitator_kit.curriculum.copies import handout_copies
from facilitator_kit.curriculum.records import BlockKind, Pack
from facilitator_kit.monitoring.records import Facilitator
from facilitator_kit.progress import Work
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.pages.curriculum_words import kind_choices
from facilitator_kit.ui.pdf_view import show_long_pdf, show_pdf
from facilitator_kit.ui.widgets import (
    ChoiceField,
    MultilineField,
    NumberField,
    TextField,
    TimeField,
    row,
)
from facilitator_kit.workspace.courses import file_code
from facilitator_kit.workspace.views import AgendaView, SessionView


class BlockDialog(Dialog):
    """Asks for everything a block says; `on_done(block)` gets it once it is whole."""

    def __init__(
        self,
        ctx: UiContext,
        block: PlanBlock | None,
        on_done: Callable[[PlanBlock], object],
        parent: QWidget,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar bloque") if block is None else _("Cambiar bloque"),
            primary=_("Agregar") if block is None else _("Listo"),
            icon="pencil",
            parent=parent,
        )
        self._block = block or PlanBlock(BlockKind.PRACTICE, "", 10)
        self._on_done = on_done
        self.block_title = TextField(
            ctx, _("Título"), value=self._block.title, required=True, max_length=120
        )
        self.minutes = NumberField(
            ctx, _("Minutos"), value=self._block.minutes, low=1, high=LONGEST_BLOCK, required=True
        )
        self.fixed = TimeField(
            ctx,
            _("Hora fija"),
            value=self._block.fixed_start,
            hint=_("Vacía: empieza cuando termina el anterior."),
        )
        self.kind = ChoiceField(ctx, _("Momento"), kind_choices(_), value=self._block.kind)
        self.question = MultilineField(ctx, _("Pregunta guía"), value=self._block.question, lines=2)
        self.note = MultilineField(ctx, _("Nota"), value=self._block.note, lines=2)
        self.add(self.block_title)
        both = row(ctx, self.minutes, self.fixed, gap=16)
        for field in (self.minutes, self.fixed):
            both.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        both.setStretch(1, 1)
        self.add(both)
        self.add(self.kind)
        self.add(self.question)
        self.add(self.note)

    def accept(self) -> None:
        minutes, kind = self.minutes.value(), self.kind.value()
        assert minutes is not None  # submit() has checked every field
        fixed: time | None = self.fixed.value()
        self._on_done(
            replace(
                self._block,
                title=self.block_title.value() or self._block.title,
                minutes=int(minutes),
                fixed_start=fixed,
                kind=kind if kind is not None else self._block.kind,
                question=self.question.value() or "",
                note=self.note.value() or "",
            )
        )
        super().accept()


class ChargeDialog(Dialog):
    """Asks who facilitates one session and in which room; `on_done(facilitator_id, room)`."""

    def __init__(
        self,
        ctx: UiContext,
        view: SessionView,
        facilitators: Sequence[Facilitator],
        on_done: Callable[[str | None, str], object],
        parent: QWidget,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Quién facilita y dónde"),
            text=_("Vale solo para esta sesión."),
            primary=_("Listo"),
            icon="user-check",
            parent=parent,
        )
        self._on_done = on_done
        choices = [("", _("Sin asignar")), *((one.id, one.name) for one in facilitators)]
        now = view.scheduled.facilitator_id or ""
        if view.facilitator is not None and now not in [value for value, _words in choices]:
            choices.append((now, view.facilitator.name))
        self.facilitator = ChoiceField(ctx, _("Persona facilitadora"), choices, value=now)
        self.room = TextField(ctx, _("Lugar"), value=view.scheduled.room, max_length=80)
        self.add(self.facilitator)
        self.add(self.room)

    def accept(self) -> None:
        self._on_done(self.facilitator.value() or None, self.room.value() or "")
        super().accept()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something to print: its words, what it is for, its file's name, and how it is made: at once,
    or with progress (`work`)."""

    key: str
    title: str
    detail: str
    make: Callable[[], bytes] | None
    file: str
    work: Callable[[], Work[bytes]] | None = None


class SheetsDialog(Dialog):
    """Asks which paper of a session is wanted, and shows it; the agenda is chosen at first."""

    def __init__(self, ctx: UiContext, sheets: Sequence[Sheet], parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Imprimir"),
            text=_("Elija una hoja: la verá antes de imprimirla."),
            primary=_("Ver e imprimir"),
            icon="printer",
            width=560,
            parent=parent,
        )
        self._ctx = ctx
        self._sheets = {sheet.key: sheet for sheet in sheets}
        self.sheets = EntryList(ctx, _("Hojas de la sesión"))
        self.sheets.set_entries([Entry(one.key, one.title, one.detail) for one in sheets])
        self.sheets.setMinimumHeight(ctx.theme.px(min(54 * len(sheets), 420)))
        self.sheets.opened.connect(lambda _key: self.submit())
        self.sheets.select(sheets[0].key)
        self.add(self.sheets, 1)

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.sheets.setFocus()

    def accept(self) -> None:
        sheet = self._sheets.get(self.sheets.current())
        parent = self.parentWidget()
        super().accept()
        if sheet is None:
            return
        if sheet.work is not None:
            show_long_pdf(self._ctx, sheet.title, sheet.work(), sheet.file, parent)
        elif sheet.make is not None:
            show_pdf(self._ctx, sheet.title, sheet.make, sheet.file, parent)


def sheets_of(ctx: UiContext, agenda: AgendaView, pack: Pack) -> tuple[Sheet, ...]:
    """Everything that can be printed for one scheduled session, counted for who is expected."""
    _, printing = ctx._, ctx.workspace.printing
    view = agenda.view
    scheduled, session = view.scheduled, view.session
    tail = f"{file_code(view.cohort.name)}-{scheduled.on.isoformat()}.pdf"
    people = view.expected or session.group[1]
    sheets = []
    if agenda.plan.blocks:
        sheets.append(
            Sheet(
                "agenda",
                _("Agenda"),
                _("Horas, preguntas y materiales en una página"),
                partial(printing.agenda, scheduled.id),
                f"agenda-{tail}",
            )
        )
    sheets += [
        Sheet(
            "roll",
            _("Lista de asistencia"),
            _("Para marcar, en el orden de la captura"),
            partial(printing.roll, (scheduled.id,)),
            f"lista-{tail}",
        ),
        Sheet(
            "signatures",
            _("Lista con firmas"),
            _("Para firmar al llegar"),
            partial(printing.roll, (scheduled.id,), signatures=True),
            f"lista-firmas-{tail}",
        ),
    ]
    if session.complete:
        count = _.plural("{count} participante", "{count} participantes", people)
        sheets.append(
            Sheet(
                "guide",
                _("Guía de la sesión"),
                _("Paso a paso, con materiales para {people}", people=count),
                partial(printing.guide, scheduled.id),
                f"guia-{session.code}.pdf",
            )
        )
    known = {handout.code: handout for handout in pack.handouts}
    handouts = [known[code] for code in session.handouts if code in known]
    if handouts:
        every = sum(handout_copies(session, handout, people).count for handout in handouts)
        sheets.append(
            Sheet(
                "handouts",
                _("Todas las hojas de trabajo"),
                _.plural(
                    "{count} copia en un documento, con las de repuesto",
                    "{count} copias en un documento, con las de repuesto",
                    every,
                ),
                None,
                f"hojas-{tail}",
                work=partial(ctx.workspace.papers.handouts, scheduled.id, repeated=True),
            )
        )
    for handout in handouts:
        copies = handout_copies(session, handout, people).count
        sheets.append(
            Sheet(
                handout.code,
                handout.title,
                _.plural(
                    "Hoja de trabajo · {count} copia", "Hoja de trabajo · {count} copias", copies
                ),
                partial(printing.handout, handout.code, copies),
                f"hoja-{handout.code}.pdf",
            )
        )
    return tuple(sheets)
