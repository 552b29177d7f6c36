"""The finder of Planeador: short group methods by family, found by everything they say."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.records import Method, MethodFamily, Pack
from facilitator_kit.curriculum.search import SearchIndex
from facilitator_kit.curriculum.search_filters import Filters
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_entries import hit_entry, method_entry
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.pages.curriculum_words import family_words
from facilitator_kit.ui.widgets import Chips, EmptyState, SearchField, column

METHOD_MIME: Final = "application/x-facilitator-kit-method"
_METHODS: Final = Filters(kinds=frozenset({Kind.METHOD}))


class MethodFinder(QWidget):
    """Search, family chips with counts, and the methods found.

    `entries.chosen` and `entries.opened` carry a method's code. With `mime` they can be dragged.
    """

    def __init__(self, ctx: UiContext, *, mime: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = ctx._
        self._ctx = ctx
        self._ = _
        self._pack: Pack | None = None
        self._index: SearchIndex | None = None
        self._offered: list[tuple[MethodFamily | None, str]] = []
        self.search = SearchField(ctx, _("Buscar dinámica"), pause_ms=40)
        self.families = Chips(ctx, _("Familia"), ())
        self.entries = EntryList(ctx, _("Dinámicas"), mime=mime)
        layout = column(ctx, self.search, self.families, gap=10)
        layout.addWidget(self.entries, 1)
        self._nothing = EmptyState(
            ctx, "search", _("No hay ninguna así"), _("Pruebe otra palabra u otra familia.")
        )
        layout.addWidget(self._nothing, 1)
        self.setLayout(layout)
        self.search.searched.connect(lambda _text: self._search())
        self.search.left_down.connect(self.entries.step_in)
        self.families.chosen.connect(lambda _family: self._show())

    def set_pack(self, pack: Pack) -> None:
        """Offer the methods of a pack."""
        if pack is not self._pack:
            self._pack, self._index = pack, None
            self._show()

    def method_of(self, code: str) -> Method | None:
        """The method with that code among those offered."""
        methods = self._pack.methods if self._pack is not None else ()
        return next((method for method in methods if method.code == code), None)

    def _search(self) -> None:
        if self._index is None:
            library = self._ctx.workspace.library
            self._ctx.jobs.run(library.index, self._take_index, owner=self)
        else:
            self._show()

    def _take_index(self, index: SearchIndex) -> None:
        self._index = index
        self._show()

    def _found(self) -> list[tuple[MethodFamily | None, Entry]]:
        """Everything that answers to what is typed, with its family."""
        pack, index = self._pack, self._index
        if index is not None and self.search.text().strip():
            results = index.search(self.search.text(), _METHODS)
            return [(hit.item.family, hit_entry(self._, hit, ())) for hit in results.hits()]
        methods = pack.methods if pack is not None else ()
        return [(method.family, method_entry(self._, method)) for method in methods]

    def _show(self) -> None:
        found = self._found()
        choices: list[tuple[MethodFamily | None, str]] = [
            (None, f"{self._('Todas')} {self._.number(len(found))}")
        ]
        for family in MethodFamily:
            count = sum(one is family for one, _entry in found)
            words = f"{family_words(self._, family)} {self._.number(count)}"
            choices.append((family, words))
        chosen = self.families.value()
        if choices != self._offered:
            # Only when they are others: new buttons would take the keyboard from the pressed one.
            self._offered = choices
            self.families.set_choices(choices, chosen)
        entries = [entry for family, entry in found if chosen is None or family is chosen]
        self.entries.set_entries(entries)
        self.entries.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
