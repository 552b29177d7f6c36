"""The left column of Currículo: one search over everything, the contents, or what was found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.records import Pack
from facilitator_kit.curriculum.search import Hit, SearchIndex
from facilitator_kit.curriculum.search_filters import Filters
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_entries import (
    GROUP,
    MORE,
    SESSIONS,
    SHOWN_ALONE,
    contents,
    found,
)
from facilitator_kit.ui.pages.curriculum_filters import FilterBar
from facilitator_kit.ui.pages.curriculum_list import EntryList
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    EmptyState,
    Label,
    SearchField,
    column,
    holder,
)

PAUSE_MS = 40
"""Everything is in memory: a shorter pause than where a database is asked."""


class Contents(Card):
    """What there is to read. `chosen` carries a code and the part of it that a search led to;
    `opened` the code of Enter or a double click, `clicked_on` that of a click.

    While something is typed or filtered, what was found takes the place of the contents; for that
    `index_needed` asks for the index. `seen` says whether the column is in sight.
    """

    chosen = Signal(str, str)
    opened = Signal(str)
    clicked_on = Signal(str)
    index_needed = Signal()
    seen = Signal(bool)

    def __init__(self, look: Look, filters: FilterBar, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=12, parent=parent)
        _ = self._ = look._
        self._pack: Pack | None = None
        self._index: SearchIndex | None = None
        self._view = self._searched_from = SESSIONS
        self._reading = ""
        self._programme = ""
        self._starred: frozenset[str] = frozenset()
        self._hits: dict[str, Hit] = {}
        self._most = SHOWN_ALONE
        self._asked: tuple[str, Filters] = ("", filters.filters)
        self.filters = filters
        self.search = SearchField(look, _("Buscar en todo el currículo"), pause_ms=PAUSE_MS)
        self.entries = EntryList(look, _("Contenido"))
        self.notice = column(look, gap=8)
        self.waiting = Label(_("Preparando la búsqueda…"), "muted", wrap=True)
        self.clear_filters = Button(
            look, _("Quitar los filtros"), icon="x", on_click=filters.clear_all
        )
        self._nothing = EmptyState(
            look,
            "search",
            _("Nada responde a esa búsqueda"),
            _("Pruebe con menos palabras, o con otra forma de decirlo."),
            action=self.clear_filters,
        )
        self.no_favourites = EmptyState(
            look,
            "star",
            _("Aquí estarán sus favoritas"),
            _(
                "Abra una sesión, una dinámica, una lección o una hoja y presione Ctrl+D, o "
                "«Guardar en favoritas» a la derecha."
            ),
        )
        self.add(self.search)
        self.add(holder(self.notice))
        self.add(self.waiting)
        for part in (self.entries, self._nothing, self.no_favourites):
            self.add(part, 1)
        filters.text = self.search.text
        filters.changed.connect(self.fill)
        self.search.searched.connect(lambda _text: self.fill())
        self.search.left_down.connect(self.entries.step_in)
        self.entries.chosen.connect(self._choose)
        self.entries.opened.connect(self._open)
        self.entries.clicked_on.connect(self._click)
        self._show_one(self.entries)
        self.waiting.hide()

    # -- for the page ----------------------------------------------------------------------------

    @property
    def searching(self) -> bool:
        """Whether what was found is shown, and not the contents."""
        return bool(self.search.text().strip()) or bool(self.filters.filters.on)

    @property
    def words(self) -> str:
        """What is typed, where what is read was found by it."""
        return self.search.text() if self.searching else ""

    @property
    def answered(self) -> str | None:
        """The text whose results are shown; None while the contents are, or nothing yet."""
        return self._asked[0] if self.searching and self._index is not None else None

    def set_pack(self, pack: Pack, programme: str) -> None:
        """Show the contents of another pack."""
        if pack is not self._pack:
            self._index = None
            self.filters.set_pack(pack)
        self._pack, self._programme = pack, programme
        self.fill()

    def offer(self, notice: QWidget) -> None:
        """Put a notice between the search and the contents."""
        self.notice.addWidget(notice)

    def set_index(self, index: SearchIndex) -> None:
        """From now on everything can be searched."""
        self._index = index
        self.filters.set_index(index)
        if self.searching:
            self.fill()

    def set_favourites(self, codes: frozenset[str]) -> None:
        """Show these with a star."""
        if codes != self._starred:
            self._starred = codes
            self.filters.set_favourites(codes)
            self.fill()

    def show_view(self, view: str, programme: str) -> None:
        """Show the contents of another view, or of another programme; nothing is searched."""
        self._view, self._programme = view, programme
        self._stop_searching()
        self.fill()

    def place(self, code: str, view: str, programme: str) -> None:
        """Make the entry of what is read current. While what was found is shown it may not be
        there; once the search is over, the contents that have it are shown."""
        self._reading = code
        if not self.searching and (view, programme) != (self._view, self._programme):
            self.show_view(view, programme)
        self._view, self._programme = view, programme
        self.entries.select(code)

    def neighbour(self, code: str, step: int) -> str:
        """The code of what stands so many things further on in the list; "" at its ends."""
        codes = [key for key in self.entries.leaves() if not key.startswith((GROUP, MORE))]
        if code not in codes:
            return ""
        place = codes.index(code) + step
        return codes[place] if 0 <= place < len(codes) else ""

    def fill(self) -> None:
        """Show the contents, or what answers to what is typed and chosen."""
        pack = self._pack
        if pack is None:
            return
        if not self.searching:
            self._hits = {}
            self.waiting.hide()
            self.entries.set_entries(
                contents(self._, pack, self._view, self._programme, self._starred)
            )
            self._show_one(self.entries)
            if self._reading:
                self.entries.select(self._reading)
            return
        index = self._index
        self.waiting.setVisible(index is None)
        if index is None:
            self.entries.set_entries(())
            self._show_one(self.entries)
            self.index_needed.emit()
            return
        asked = (self.search.text(), self.filters.filters)
        others = asked != self._asked
        if others:
            self._asked, self._most = asked, SHOWN_ALONE
            # The order stays while one looks through what was found.
            self._searched_from = self._view
        results = index.search(*asked)
        entries, self._hits = found(self._, results, self._searched_from, self._most, self._starred)
        self.entries.set_entries(entries, open_all=True)
        if others:
            self.entries.scrollToTop()
        if entries:
            self._show_one(self.entries)
            return
        filters = asked[1]
        none_yet = filters.codes == frozenset() and filters.on == 1 and not asked[0].strip()
        self.clear_filters.setVisible(bool(filters.on))
        self._show_one(self.no_favourites if none_yet else self._nothing)

    # -- Qt --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self.seen.emit(False)

    # -- inside ----------------------------------------------------------------------------------

    def _stop_searching(self) -> None:
        self.filters.blockSignals(True)
        self.filters.clear_all()
        self.filters.blockSignals(False)
        self.search.set_text("")

    def _show_one(self, shown: QWidget) -> None:
        for part in (self.entries, self._nothing, self.no_favourites):
            part.setVisible(part is shown)

    def _choose(self, key: str) -> None:
        if not key.startswith((GROUP, MORE)):
            hit = self._hits.get(key)
            self.chosen.emit(key, hit.part if hit is not None else "")

    def _open(self, key: str) -> None:
        if key.startswith(MORE):
            self._see_more(Kind(key.removeprefix(MORE)))
        elif key.startswith(GROUP):
            self.entries.turn(key)
        else:
            self.opened.emit(key)

    def _click(self, key: str) -> None:
        if key.startswith(MORE):
            self._see_more(Kind(key.removeprefix(MORE)))
        else:
            self.clicked_on.emit(key)

    def _see_more(self, kind: Kind) -> None:
        """Narrow the results to one kind; where they are of one kind already, show more of them."""
        if self.filters.filters.kinds != frozenset({kind}) and len(self._kinds()) > 1:
            self.filters.choose("kinds", frozenset({kind}))
        else:
            self._most += SHOWN_ALONE
            self.fill()

    def _kinds(self) -> set[Kind]:
        return {hit.item.kind for hit in self._hits.values()}
