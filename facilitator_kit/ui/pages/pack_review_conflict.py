"""One adapted page merged with a newer pack: what both changed, side by side, to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.differences import word_runs
from facilitator_kit.curriculum.merging import Conflict
from facilitator_kit.errors import Problem
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog, Dialog
from facilitator_kit.ui.pages.adapt_editor import PageEditor
from facilitator_kit.ui.pages.adapt_words import kind_words, run_parts
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Label,
    MultilineField,
    Pill,
    Segments,
    Well,
    column,
    filled_anew,
    flow,
    holder,
    row,
)
from facilitator_kit.workspace.pack_review import Decision, MergedPage, MergeState, Offer, Pick


def merge_state(ctx: UiContext, page: MergedPage, decision: Decision) -> tuple[str, Tone]:
    """What is to be done about a page, as a pill."""
    _ = ctx._
    if page.state is MergeState.GONE:
        return _("Ya no está en el paquete"), "attention"
    if page.state is MergeState.INCLUDED:
        return _("Ya viene incluida"), "neutral"
    if page.state is MergeState.CLEAN:
        return (_("Texto corregido"), "good") if decision.whole else (_("Se une sola"), "good")
    if decision.text(page) is not None:
        return _("Decidida"), "good"
    picks = decision.picks or (None,) * len(page.merge.conflicts)
    left = sum(one is None for one in picks)
    return _.plural("{count} por decidir", "{count} por decidir", left), "bad"


class ConflictCard(Card):
    """A place that both changed. `decided(pick)` when the person has chosen or written."""

    decided = Signal(object)

    def __init__(
        self,
        ctx: UiContext,
        conflict: Conflict,
        pick: tuple[Pick, str] | None,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        _ = ctx._
        super().__init__(ctx, title, padding=14, parent=parent)
        self._ctx = ctx
        self._conflict = conflict
        sides = row(ctx, gap=16)
        for words, lines in (
            (_("Su texto"), conflict.ours),
            (_("El texto nuevo"), conflict.theirs),
        ):
            sides.addWidget(self._side(words, conflict.base, lines), 1)
        self.add(sides)
        self.choice = Segments(
            ctx,
            _("Qué texto queda en {place}", place=title),
            (
                (Pick.OURS, _("Dejar su texto")),
                (Pick.THEIRS, _("Tomar el nuevo")),
                (Pick.HAND, _("Escribirlo a mano")),
            ),
        )
        self.choice.chosen.connect(self._choose)
        self.add(self.choice)
        text = pick[1] if pick is not None and pick[0] is Pick.HAND else self._proposal()
        self.hand = _HandField(
            ctx,
            _("El texto que queda"),
            value=text,
            lines=5,
            hint=_("Los dos cambios a la vez, si tocan palabras distintas; corríjalo a su gusto."),
            on_commit=lambda typed: self.decided.emit((Pick.HAND, typed or "")),
        )
        self.add(self.hand)
        if pick is None:
            self.choice.clear_value()
        else:
            self.choice.set_value(pick[0])
        self.hand.setVisible(pick is not None and pick[0] is Pick.HAND)

    def _side(self, words: str, base: Sequence[str], lines: Sequence[str]) -> QWidget:
        ctx, _ = self._ctx, self._ctx._
        parts = run_parts(word_runs("\n".join(base), "\n".join(lines)))
        shown: QWidget = Prose(ctx, words, parts, fit=True)
        if not lines:
            shown = Label(_("(se quitó)"), "muted", wrap=True)
        side = column(ctx, Label(words, "small-strong"), shown, gap=4)
        side.addStretch(1)
        return holder(side)

    def _proposal(self) -> str:
        return "\n".join(self._conflict.proposal or self._conflict.ours)

    def _choose(self, pick: Pick) -> None:
        self.hand.setVisible(pick is Pick.HAND)
        if pick is Pick.HAND:
            self.hand.setFocus()
            self.decided.emit((pick, self.hand.value() or ""))
        else:
            self.decided.emit((pick, ""))


class _HandField(MultilineField):
    """What is written by hand is taken as it stands: spaces at its edges are part of the text."""

    def parse(self, text: str) -> str | None:
        return text


class MergedPageView(QWidget):
    """Everything about one page. `decided(page, decision)`, `whole_asked(page)`."""

    decided = Signal(object, object)
    whole_asked = Signal(object)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._ = ctx._
        self._page: MergedPage | None = None
        self._decision = Decision()
        self.cards: list[ConflictCard] = []
        self._place = self._inside = column(ctx, gap=12)
        self.setLayout(self._place)

    def show_page(
        self, page: MergedPage, decision: Decision, problems: Sequence[Problem] = ()
    ) -> None:
        """Show a page as it was decided so far, and what is wrong with it as decided."""
        self._page, self._decision = page, decision
        self.cards = []
        with filled_anew(self._place) as self._inside:
            self._fill(page, decision, problems)

    def _fill(self, page: MergedPage, decision: Decision, problems: Sequence[Problem]) -> None:
        ctx, _ = self._ctx, self._
        kind = f"{kind_words(_, page.page.kind)} · {page.page.code}"
        head = column(
            ctx, Label(page.page.title, "card-title", wrap=True), Label(kind, "muted"), gap=2
        )
        self.pill = Pill(*merge_state(ctx, page, decision))
        line = row(ctx, head, self.pill, gap=12)
        line.setStretch(0, 1)
        self._inside.addLayout(line)
        self._inside.addWidget(Label(self._meaning(page), wrap=True))
        if problems:
            words = _.plural(
                "Unido así hay {count} cosa por corregir en el texto.",
                "Unido así hay {count} cosas por corregir en el texto.",
                len(problems),
            )
            self._inside.addWidget(Well(ctx, words, "bad", icon="triangle-alert"))
        if page.state in (MergeState.CLEAN, MergeState.CONFLICT):
            self._inside.addWidget(self._ways(page))
        if decision.whole is not None:
            self._inside.addWidget(
                Well(ctx, _("El texto entero se escribió a mano."), "note", icon="pencil")
            )
        elif page.merge.conflicts:
            self._add_conflicts(page, decision)
        self._inside.addStretch(1)

    def _ways(self, page: MergedPage) -> QWidget:
        ctx, _ = self._ctx, self._
        buttons: list[QWidget] = [
            Button(
                ctx,
                _("Ver y corregir el texto entero…"),
                icon="pencil",
                small=True,
                on_click=partial(self.whole_asked.emit, page),
            )
        ]
        if len(page.merge.conflicts) > 1:
            buttons += [
                Button(
                    ctx,
                    _("Dejar su texto en todas"),
                    small=True,
                    on_click=partial(self._decide_all, Pick.OURS),
                ),
                Button(
                    ctx,
                    _("Tomar el nuevo en todas"),
                    small=True,
                    on_click=partial(self._decide_all, Pick.THEIRS),
                ),
            ]
        if self._decision.whole is not None:
            buttons.append(
                Button(
                    ctx,
                    _("Volver a unir"),
                    icon="rotate-ccw",
                    small=True,
                    on_click=lambda: self._take(Decision()),
                )
            )
        return holder(flow(ctx, *buttons))

    def _add_conflicts(self, page: MergedPage, decision: Decision) -> None:
        count = len(page.merge.conflicts)
        picks = decision.picks or (None,) * count
        for number, conflict in enumerate(page.merge.conflicts):
            title = self._("Diferencia {number} de {count}", number=number + 1, count=count)
            card = ConflictCard(self._ctx, conflict, picks[number], title)
            card.decided.connect(partial(self._pick, number))
            self.cards.append(card)
            self._inside.addWidget(card)

    def _meaning(self, page: MergedPage) -> str:
        _ = self._
        if page.state is MergeState.GONE:
            return _(
                "La versión nueva no trae esta página. Su texto queda guardado en Ajustes, "
                "Paquetes, y las cohortes que ya empezaron la conservan."
            )
        if page.state is MergeState.INCLUDED:
            return _("La versión nueva dice lo mismo que su adaptación: ya no hace falta.")
        if page.state is MergeState.CLEAN:
            return _("Los cambios de la versión nueva y los suyos están en lugares distintos.")
        return _(
            "En estos lugares cambió usted y cambió la versión nueva. Decida qué texto queda; "
            "lo demás se une solo."
        )

    def _pick(self, number: int, pick: tuple[Pick, str]) -> None:
        page = self._page
        if page is None:
            return
        picks = list(self._decision.picks or (None,) * len(page.merge.conflicts))
        picks[number] = pick
        self._decision = Decision(tuple(picks))
        self.pill.set(*merge_state(self._ctx, page, self._decision))
        self.decided.emit(page, self._decision)

    def _decide_all(self, pick: Pick) -> None:
        page = self._page
        if page is not None:
            self._take(Decision(tuple((pick, "") for _one in page.merge.conflicts)))

    def _take(self, decision: Decision) -> None:
        page = self._page
        if page is not None:
            self.show_page(page, decision)
            self.decided.emit(page, decision)


class WholeTextDialog(Dialog):
    """The whole text of a merged page, to be read and corrected. `written(text)` on the button."""

    written = Signal(str)

    def __init__(
        self,
        ctx: UiContext,
        offer: Offer,
        page: MergedPage,
        text: str,
        problems: Sequence[Problem],
        *,
        parent: QWidget,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Texto unido: {title}", title=page.page.title),
            primary=_("Usar este texto"),
            icon="pencil",
            width=1180,
            parent=parent,
        )
        read = partial(ctx.workspace.pack_updates.read, offer)
        self.editor = PageEditor(ctx, read, lambda: offer.pack)
        self.editor.setMinimumHeight(ctx.theme.px(440))
        self.add(self.editor.choice)
        self.add(self.editor, 1)
        self._first = text
        self.editor.show_page(page.page, text)
        if problems:
            self.editor.show_refusal(problems)

    def reject(self) -> None:
        _ = self._
        if self.editor.text() == self._first:
            super().reject()
            return
        ConfirmDialog(
            self.look,
            _("¿Descartar lo que escribió?"),
            _("El texto vuelve a ser el de antes de abrir esta ventana."),
            yes=_("Descartar"),
            on_yes=lambda _reason: self._give_up(),
            danger=True,
            parent=self,
        ).open()

    def _give_up(self) -> None:
        super().reject()

    def submit(self) -> None:
        self.accept()
        self.written.emit(self.editor.text())
