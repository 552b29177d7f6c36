"""«Imprimir…» of Currículo: one dialog for everything that the curriculum prints."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from facilitator_kit import settings as declared
from facilitator_kit.curriculum.copies import handout_copies
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.print_choices import ALL, Choice, Offer, PrintKind
from facilitator_kit.ui.pdf_view import show_long_pdf, show_pdf
from facilitator_kit.ui.widgets import (
    CheckField,
    ChoiceField,
    Label,
    NumberField,
    column,
    holder,
)

MOST_PEOPLE: Final = 99
_COUNTED: Final = (
    PrintKind.GUIDE,
    PrintKind.HANDOUTS,
    PrintKind.MODULE,
    PrintKind.PROGRAMME,
)
_BINDERS: Final = (PrintKind.MODULE, PrintKind.PROGRAMME)


class CurriculumPrintDialog(Dialog):
    """Asks what to print and how; the document is then shown, and printed or saved from there.

    `context` are the codes of what is on the screen (see `Offer.started`).
    """

    def __init__(
        self, ctx: UiContext, pack: Pack, context: Mapping[str, str], parent: QWidget
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Imprimir"),
            text=_("Elija qué imprimir: lo verá antes de imprimirlo o guardarlo."),
            primary=_("Ver e imprimir"),
            icon="printer",
            width=560,
            parent=parent,
        )
        self._ctx = ctx
        self._pack = pack
        self._context = dict(context)
        self._offer = Offer(pack, _)
        self._typed = False
        kept: dict[str, Any] = ctx.settings.get(declared.PRINT_CHOICES)
        start = self._offer.started(context, kept)
        self.kind = ChoiceField(
            ctx, _("Qué"), self._offer.kinds(), value=start.kind, on_commit=self._on_kind
        )
        self.which = ChoiceField(ctx, _("Cuál"), (), on_commit=self._on_which)
        self.sheets = ChoiceField(ctx, _("Hojas"), (), on_commit=lambda _value: self._count())
        self.route = ChoiceField(ctx, _("Ruta y nivel"), (), on_commit=lambda _value: self._count())
        self.people = NumberField(
            ctx,
            _("Personas"),
            value=start.people,
            low=1,
            high=MOST_PEOPLE,
            required=True,
            on_commit=self._on_people,
        )
        self._from_calendar = Label("", "small", wrap=True)
        self.guides = CheckField(ctx, _("Guías de sesión"), value=start.guides)
        self.handouts = CheckField(ctx, _("Hojas de trabajo"), value=start.handouts)
        self.lessons = CheckField(ctx, _("Lecciones y cuestionarios"), value=start.lessons)
        self._included = holder(
            column(
                ctx,
                Label(_("Qué lleva"), "small-strong"),
                self.guides,
                self.handouts,
                self.lessons,
                gap=6,
            )
        )
        self.repeated = ChoiceField(
            ctx,
            _("Copias"),
            (
                (True, _("Cada copia, lista para imprimir")),
                (False, _("Una vez, con «× n» para quien saca copias")),
            ),
            value=start.repeated,
            on_commit=lambda _value: self._count(),
        )
        self.duplex = CheckField(
            ctx,
            _("Por las dos caras"),
            value=start.duplex,
            hint=_("Cada guía, hoja y lección empieza en una hoja de papel nueva."),
        )
        self._summary = Label("", "muted", wrap=True)
        people = holder(column(ctx, self.people, self._from_calendar, gap=4))
        self._people = people
        for item in (
            *(self.kind, self.which, self.sheets, self.route, people, self._included),
            *(self.repeated, self.duplex, self._summary),
        ):
            self.add(item)
        for box in (self.guides, self.handouts, self.lessons):
            box.changed.connect(lambda _state: self._count())
        self._show_kind(start.which)

    # -- what is chosen --------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        """Everything as it is chosen now."""
        value = self.people.value()
        kind = self.kind.value() or PrintKind.GUIDE
        part = {PrintKind.HANDOUTS: self.sheets, PrintKind.PROGRAMME: self.route}.get(kind)
        return Choice(
            kind,
            self.which.value() or ALL,
            (part.value() or ALL) if part is not None else ALL,
            int(value) if value is not None else 1,
            guides=bool(self.guides.value()),
            handouts=bool(self.handouts.value()),
            lessons=bool(self.lessons.value()),
            repeated=self.repeated.value() is not False,
            duplex=bool(self.duplex.value()),
        )

    def summary(self) -> str:
        """What will be printed, in a line."""
        return self._summary.text()

    def accept(self) -> None:
        choice = self.choice
        self._ctx.settings.set(declared.PRINT_CHOICES, choice.remembered())
        printing = self._ctx.workspace.printing
        made = self._offer.printed(choice, lambda: printing.books)
        parent = self.parentWidget()
        super().accept()
        if made.now is not None:
            show_pdf(self._ctx, made.title, made.now, made.file, parent)
        elif made.work is not None:
            show_long_pdf(self._ctx, made.title, made.work(), made.file, parent)

    # -- inside ----------------------------------------------------------------------------------

    def _on_kind(self, kind: Any) -> None:
        self._show_kind(self._offer.first(kind, self._context))

    def _show_kind(self, which: str) -> None:
        kind = self.choice.kind
        self.which.set_choices(self._offer.which(kind))
        self.which.set_value(which)
        self._people.setVisible(kind in _COUNTED)
        self._included.setVisible(kind in _BINDERS)
        self.repeated.setVisible(kind is PrintKind.HANDOUTS)
        self._show_parts()

    def _on_which(self, _code: Any) -> None:
        self._show_parts()

    def _show_parts(self) -> None:
        kind, which = self.choice.kind, self.choice.which
        for own, field in (
            (PrintKind.HANDOUTS, self.sheets),
            (PrintKind.PROGRAMME, self.route),
        ):
            parts = self._offer.parts(kind, which) if kind is own else []
            field.set_choices(parts)
            field.set_value(ALL)
            field.setVisible(len(parts) > 1)
        single = kind is PrintKind.GUIDE or (
            kind in (PrintKind.METHODS, PrintKind.PROCESS) and which != ALL
        )
        whole = kind is not PrintKind.LESSON or any(
            one.code == which for one in self._pack.complements
        )
        self.duplex.setVisible(not single and whole)
        self._ask_people()
        self._count()

    def _ask_people(self) -> None:
        """Count for those expected the next time, unless a number was typed."""
        choice = self.choice
        if choice.kind not in _COUNTED or self._typed:
            return
        self._show_people(None)
        codes = self._offer.sessions(choice)
        self._ctx.jobs.run(
            lambda: self._ctx.workspace.papers.people_next(codes), self._show_people, owner=self
        )

    def _show_people(self, expected: int | None) -> None:
        _ = self._
        if self._typed:
            return
        people = expected or self._offer.full_group(self.choice)
        self.people.set_value(Decimal(min(people, MOST_PEOPLE)))
        self._from_calendar.setText(
            _("Las que se esperan en la próxima sesión.")
            if expected
            else _("Un grupo completo: no hay una próxima sesión en el calendario.")
        )
        self._count()

    def _on_people(self, _value: Any) -> None:
        self._typed = True
        self._from_calendar.setText("")
        self._count()

    def _count(self) -> None:
        _, choice = self._, self.choice
        text = ""
        if choice.kind is PrintKind.HANDOUTS and choice.which:
            session = self._pack.session(choice.which)
            wanted = (choice.part,) if choice.part else session.handouts
            copies = [
                handout_copies(session, self._pack.handout(code), choice.people) for code in wanted
            ]
            told = " · ".join(f"{one.handout.code}: {_.number(one.count)}" for one in copies)
            spare = sum(one.spare for one in copies)
            words = _.plural("{count} de repuesto", "{count} de repuesto", spare)
            text = _("Copias: {copies}", copies=told) + (f" ({words})" if spare else "")
        nothing = choice.kind in _BINDERS and not (
            choice.guides or choice.handouts or choice.lessons
        )
        if nothing:
            text = _("Elija al menos una cosa que lleve la carpeta.")
        self.primary.setEnabled(not nothing)
        self._summary.setText(text)
        self._summary.setVisible(bool(text))
        if self.isVisible():
            # What is asked for differs by kind: there is room for it once it is laid out.
            QTimer.singleShot(0, self, lambda: self.resize(self.sizeHint()))

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.kind.setFocus()
