"""A newer pack before it is adopted: what it brings, and how it merges with what was adapted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.curriculum.pack_pages import PageFile
from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.ui.columns import Columns, PageScroll
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.adapt_words import ADAPT, kind_words
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.pages.pack_review_conflict import (
    MergedPageView,
    WholeTextDialog,
    merge_state,
)
from facilitator_kit.ui.pages.pack_review_words import news_parts
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    EmptyState,
    Label,
    Rows,
    Scroll,
    Well,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.pack_review import (
    Decision,
    MergedPage,
    MergeState,
    Offer,
    Review,
)

NEWS: Final = "news"
"""The entry of the list that is no page: what the pack brings."""

LIST, SHOWN = "list", "shown"


class PackReviewPage(Page):
    """Adapted pages at the left, the one that is decided at the right; nothing changes until the
    primary action adopts the pack, in one change.
    """

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._offer: Offer | None = None
        self._from_program = False
        self._review: Review | None = None
        self._decisions: dict[str, Decision] = {}
        self._problems: tuple[Problem, ...] = ()
        self._adopting = False
        self.entries = EntryList(ctx, _("Lo que cambia"))
        self.entries.chosen.connect(self.show_entry)
        self.entries.opened.connect(self._step_over)
        self.entries.clicked_on.connect(lambda _key: self._show_alone())
        self.news = Prose(ctx, _("Qué trae la versión nueva"), margin=18)
        self.merged = MergedPageView(ctx)
        self.merged.decided.connect(self._decided)
        self.merged.whole_asked.connect(self.edit_whole)
        self._waiting = Rows()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lay_out())
        self._nothing = EmptyState(
            ctx,
            "package",
            _("No hay ningún paquete por revisar"),
            _("Los paquetes se importan en Ajustes, Paquetes."),
            action=Button(ctx, _("Ir a Paquetes"), on_click=self.leave),
        )
        self._stack.addWidget(self._nothing)
        self._stack.setCurrentWidget(self._nothing)
        scroll = PageScroll(ctx, (self.columns.choice,), self._stack)
        scroll.follow(self.entries)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _lay_out(self) -> Columns:
        ctx, _ = self.ctx, self._
        left = Card(ctx, padding=12)
        left.add(self._waiting)
        left.add(self.entries, 1)
        self._right = QStackedWidget()
        news = Card(ctx, padding=2)
        news.add(self.news, 1)
        self._right.addWidget(news)
        self._right.addWidget(Scroll(holder(column(ctx, self.merged, gap=0))))
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (Column(LIST, _("Lo que cambia"), left), Column(SHOWN, _("Detalle"), self._right)),
            widths=(330, 560),
            main=SHOWN,
            choice_elsewhere=True,
        )
        return self.columns

    # -- the window's questions ------------------------------------------------------------------

    def title(self) -> str:
        review = self._review
        if review is None:
            return self._("Revisar paquete")
        return self._(
            "De la versión {old} a la {new}", old=review.version, new=review.offer.pack.version
        )

    def primary_action(self) -> PageAction | None:
        _, review = self._, self._review
        if review is None:
            return None
        left = self._undecided()
        tip = ""
        if self._adopting:
            tip = _("Se está comprobando el paquete entero.")
        elif review.waiting:
            tip = _("Guarde o deseche primero lo que está escrito sin guardar.")
        elif left:
            tip = _.plural(
                "Falta decidir {count} texto.", "Faltan {count} textos por decidir.", len(left)
            )
        return PageAction(
            _("Adoptar la versión {version}", version=review.offer.pack.version),
            self.adopt,
            icon="check",
            enabled=not tip,
            tip=tip,
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        return (PageAction(self._("Cerrar"), self.leave, icon="x"),)

    def open(self, params: Mapping[str, Any]) -> None:
        offer = params.get("offer")
        if isinstance(offer, Offer):
            self._begin(offer, from_program=False)
        elif params.get("source") == "program":
            self._begin(None, from_program=True)

    def _begin(self, offer: Offer | None, *, from_program: bool) -> None:
        self._offer, self._from_program = offer, from_program
        self._review, self._problems = None, ()
        self._decisions = {}
        self._stack.setCurrentWidget(self._nothing)

    def refresh(self) -> None:
        offer, updates = self._offer, self.ctx.workspace.pack_updates
        if self._adopting or (offer is None and not self._from_program):
            return

        def read() -> tuple[Review, dict[str, Decision]]:
            review = updates.review(offer if offer is not None else updates.from_program())
            return review, updates.decisions(review)

        self.ctx.jobs.run(read, self._show, self._not_offered, owner=self)

    def first_focus(self) -> QWidget | None:
        return self.entries if self._review is not None else None

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def review(self) -> Review | None:
        """What is looked at."""
        return self._review

    def _show(self, read: tuple[Review, dict[str, Decision]]) -> None:
        before, (self._review, kept) = self._review, read
        review = self._review
        if before is None or before.pages != review.pages:
            self._decisions = kept
            self._problems = ()
        self._stack.setCurrentIndex(0)
        self.news.show_parts(news_parts(self._, review))
        self._show_waiting(review.waiting)
        current = self.entries.current()
        self._show_entries()
        if before is None:
            first = next(
                (p.page.file for p in review.pages if p.state is MergeState.CONFLICT), NEWS
            )
            self.show_entry(first)
            if self.isVisible():
                self.entries.setFocus()
        elif before.pages != review.pages:
            self.show_entry(current or NEWS)
        self.header_changed.emit()

    def _not_offered(self, error: KitError) -> None:
        """The pack is no longer one that could follow: it was adopted, or another one was."""
        shown = self._review is not None or self._adopting
        self._begin(None, from_program=False)
        self.header_changed.emit()
        if not shown:
            self.ctx.show_error(error)

    def _show_entries(self) -> None:
        _, review = self._, self._review
        if review is None:
            return
        news = _.plural("{count} cambio", "{count} cambios", len(review.news))
        entries = [Entry(NEWS, _("Qué trae de nuevo"), news)]
        for page in review.pages:
            words, tone = merge_state(self.ctx, page, self._decision(page))
            detail = f"{kind_words(_, page.page.kind)} · {page.page.code}"
            if any(one.file == page.page.file for one in self._problems):
                words, tone = _("Por corregir"), "bad"
            entries.append(Entry(page.page.file, page.page.title, detail, words, tone))
        self.entries.set_entries(entries)

    def _show_waiting(self, waiting: Sequence[PageFile]) -> None:
        ctx, _ = self.ctx, self._
        rows: list[QWidget] = []
        if waiting:
            words = _("Antes de adoptar, guarde o deseche lo que está escrito sin guardar:")
            rows.append(Well(ctx, words, "attention", icon="pencil"))
        for page in waiting:
            opened = Button(
                ctx,
                _("Abrir"),
                name=_("Abrir «{title}»", title=page.title),
                small=True,
                on_click=partial(ctx.navigate, ADAPT, file=page.file),
            )
            line = row(ctx, Label(page.title, wrap=True), opened)
            line.setStretch(0, 1)
            line.setContentsMargins(0, ctx.theme.px(6), 0, ctx.theme.px(6))
            rows.append(holder(line))
        self._waiting.set_rows(rows)
        self._waiting.setVisible(bool(rows))

    def show_entry(self, key: str) -> None:
        """Show what the pack brings, or one adapted page."""
        self.entries.select(key)
        page = self._page(key)
        self._right.setCurrentIndex(0 if page is None else 1)
        if page is not None:
            own = [one for one in self._problems if one.file == page.page.file]
            self.merged.show_page(page, self._decision(page), own)

    def _page(self, file: str) -> MergedPage | None:
        pages = self._review.pages if self._review is not None else ()
        return next((page for page in pages if page.page.file == file), None)

    def _decision(self, page: MergedPage) -> Decision:
        return self._decisions.get(page.page.file, Decision())

    def _undecided(self) -> list[MergedPage]:
        pages = self._review.pages if self._review is not None else ()
        return [
            page
            for page in pages
            if page.state is MergeState.CONFLICT and self._decision(page).text(page) is None
        ]

    def _show_alone(self) -> None:
        if self.columns.fits == 1:
            self.columns.show_part(SHOWN)

    def _step_over(self, key: str) -> None:
        """From the list to what it shows: the first thing to decide, or what there is to read."""
        self.columns.show_part(SHOWN)
        if key != NEWS and self.merged.cards:
            self.merged.cards[0].choice.setFocus()
        elif key == NEWS:
            self.news.setFocus()

    # -- deciding --------------------------------------------------------------------------------

    def _decided(self, page: MergedPage, decision: Decision) -> None:
        review = self._review
        if review is None:
            return
        self._decisions[page.page.file] = decision
        self._problems = tuple(one for one in self._problems if one.file != page.page.file)
        self._show_entries()
        self.header_changed.emit()
        updates = self.ctx.workspace.pack_updates
        keep = partial(updates.keep_decision, review, page, decision)
        self.ctx.jobs.run(keep, lambda _done: None, owner=self)

    def edit_whole(self, page: MergedPage) -> None:
        """Open the whole merged text of a page."""
        review = self._review
        if review is None:
            return
        decision = self._decision(page)
        text = decision.text(page)
        if text is None:
            # Undecided places stand with the institution's own words meanwhile.
            text = page.merge.text([conflict.ours for conflict in page.merge.conflicts])
        problems = [one for one in self._problems if one.file == page.page.file]
        dialog = WholeTextDialog(self.ctx, review.offer, page, text, problems, parent=self)
        dialog.written.connect(partial(self._write_whole, page))
        dialog.open()

    def _write_whole(self, page: MergedPage, text: str) -> None:
        decision = Decision(whole=text)
        self._decided(page, decision)
        self.merged.show_page(page, decision)

    def adopt(self) -> None:
        """Adopt the pack with everything as decided, once the whole of it was checked."""
        review = self._review
        if review is None or self._adopting:
            return
        self._adopting = True
        self.header_changed.emit()
        updates, decisions = self.ctx.workspace.pack_updates, dict(self._decisions)
        self.ctx.jobs.run(
            partial(updates.adopt, review, decisions), self._adopted, self._not_adopted, owner=self
        )

    def _adopted(self, _pack: object) -> None:
        review = self._review
        self._adopting = False
        self._begin(None, from_program=False)
        self.header_changed.emit()
        if review is not None:
            version = review.offer.pack.version
            words = self._(
                "La versión {version} está en vigor para las cohortes nuevas.", version=version
            )
            self.ctx.announce(words)
        self.leave()

    def _not_adopted(self, error: KitError) -> None:
        self._adopting = False
        if isinstance(error, InputRefused):
            self._problems = error.problems
            self._show_entries()
            wrong = {one.file for one in error.problems}
            pages = self._review.pages if self._review is not None else ()
            first = next((p.page.file for p in pages if p.page.file in wrong), None)
            if first is not None:
                self.show_entry(first)
        self.header_changed.emit()
        self.ctx.show_error(error)
        self.refresh()

    def leave(self) -> None:
        """Go back to the packs in Ajustes."""
        self.ctx.navigate("ajustes", section="packs")
