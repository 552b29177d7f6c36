"""The filters of Currículo: one small menu for each, what is on in its colour, all off at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from facilitator_kit.curriculum.records import MethodFamily, Pack
from facilitator_kit.curriculum.search import SearchIndex
from facilitator_kit.curriculum.search_filters import (
    NO_FILTERS,
    WITHOUT_MATERIAL,
    Filters,
    Span,
    common_materials,
)
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.curriculum.word_forms import folded
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_words import family_words, kind_words, range_words
from facilitator_kit.ui.tokens import Token
from facilitator_kit.ui.widgets import Button, FlowLayout, LinkButton, Menu, ToggleButton, restyle

Option: TypeAlias = tuple[Any, str]

_RANGES: Final[tuple[Span, ...]] = (
    *((None, 5), (5, 10), (10, 15), (15, 30), (30, 60), (60, 120), (120, None)),
)
_GROUPS: Final = (4, 6, 8, 10, 12, 15, 20, 24, 30, 40)
_FEWEST_OF_A_VARIANT: Final = 2
"""A variant that only one session has is found by searching, not by a filter."""


@dataclass(frozen=True, slots=True)
class _Dimension:
    """One thing to filter by: the field of `Filters`, its blank, its words and its options."""

    field: str
    words: str
    options: Callable[[], Sequence[Option]]

    def value(self, filters: Filters) -> Any:
        return getattr(filters, self.field)

    def is_on(self, filters: Filters) -> bool:
        return bool(self.value(filters) != getattr(NO_FILTERS, self.field))

    def set(self, filters: Filters, value: Any) -> Filters:
        return replace(filters, **{self.field: value})

    def clear(self, filters: Filters) -> Filters:
        return self.set(filters, getattr(NO_FILTERS, self.field))


class FilterBar(QWidget):
    """Menus for everything that results can be narrowed by. `changed` comes after each choice.

    Each menu offers what leaves something, with how much; `fields` are those offered, all without.
    Counting takes the index: `index_needed` asks for it.
    """

    changed = Signal()
    index_needed = Signal()

    def __init__(
        self, look: Look, *, fields: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ = look._
        self._pack: Pack | None = None
        self._index: SearchIndex | None = None
        self._materials: tuple[str, ...] = ()
        self._waiting: _Dimension | None = None
        self._filters = NO_FILTERS
        self._favourites: frozenset[str] = frozenset()
        self.text: Callable[[], str] = lambda: ""
        self._dimensions = [one for one in self._all() if not fields or one.field in fields]
        flow = FlowLayout(look, self, gap=6)
        self.menus: dict[str, _FilterMenu] = {}
        for dimension in self._dimensions:
            menu = _FilterMenu(look, dimension.words)
            menu.clicked.connect(partial(self._open, dimension))
            self.menus[dimension.field] = menu
            flow.addWidget(menu)
        _ = self._
        self.starred = ToggleButton(look, _("Favoritas"), icon="star")
        if fields:
            self.starred.hide()
        self.starred.clicked.connect(self._star)
        self.clear = LinkButton(look, "", on_click=self.clear_all)
        flow.addWidget(self.starred)
        flow.addWidget(self.clear)
        self.setAccessibleName(_("Filtros"))
        self._show()

    # -- for the page ----------------------------------------------------------------------------

    @property
    def filters(self) -> Filters:
        """What is chosen."""
        if not self.starred.isChecked():
            return self._filters
        return replace(self._filters, codes=self._favourites)

    def set_pack(self, pack: Pack) -> None:
        """Offer what this pack has, once its index is there too."""
        self._pack, self._index = pack, None
        self._show()

    def set_index(self, index: SearchIndex) -> None:
        """Count in this index."""
        self._index = index
        self._materials = common_materials(index.items)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._open(waiting)

    def set_favourites(self, codes: frozenset[str]) -> None:
        """What passes as a favourite."""
        self._favourites = codes

    def choose(self, field: str, value: Any) -> None:
        """Set one filter by the name of its field, and say so."""
        self._take(replace(self._filters, **{field: value}))

    def clear_all(self) -> None:
        """Take every filter off, and say so."""
        had_keyboard = self.clear.hasFocus()
        self.starred.setChecked(False)
        self._take(NO_FILTERS)
        if had_keyboard:
            next(iter(self.menus.values())).setFocus()

    def options(self, field: str) -> list[tuple[Any, str, int]]:
        """What a menu offers now: values, words, and how many things each would leave."""
        dimension = next(one for one in self._dimensions if one.field == field)
        if self._index is None:
            return []
        counted = [
            (value, words, self._index.count(self.text(), dimension.set(self.filters, value)))
            for value, words in dimension.options()
        ]
        now = dimension.value(self._filters)
        return [one for one in counted if one[2] or one[0] == now]

    # -- inside ----------------------------------------------------------------------------------

    def _take(self, filters: Filters) -> None:
        self._filters = filters
        self._show()
        self.changed.emit()

    def _star(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        _ = self._
        for dimension in self._dimensions:
            on = dimension.is_on(self._filters)
            words = self._words(dimension) if on else dimension.words
            name = f"{dimension.words}: {words}" if on else dimension.words
            self.menus[dimension.field].show_choice(words, name, on)
        self.starred.set_icon("star-filled" if self.starred.isChecked() else "star")
        count = self.filters.on
        self.clear.set_text(
            _.plural("Quitar el filtro", "Quitar los {count} filtros", count) if count else ""
        )
        self.clear.setVisible(bool(count))

    def _words(self, dimension: _Dimension) -> str:
        now = dimension.value(self._filters)
        return next((words for value, words in dimension.options() if value == now), str(now))

    def _open(self, dimension: _Dimension) -> None:
        if self._index is None:
            self._waiting = dimension
            self.index_needed.emit()
            return
        button = self.menus[dimension.field]
        menu = Menu(self)
        now = dimension.value(self._filters)
        for value, words, count in self.options(dimension.field):
            text = f"{words}   {self._.number(count)}".replace("&", "&&")
            action = menu.addAction(text)
            if value == now:
                action.setIcon(self._look.icons.icon("check", "primary"))
            action.triggered.connect(
                lambda _on=False, value=value: self._take(dimension.set(self._filters, value))
            )
        if dimension.is_on(self._filters):
            menu.addSeparator()
            off = menu.addAction(self._("Quitar este filtro"))
            off.triggered.connect(lambda: self._take(dimension.clear(self._filters)))
        if menu.isEmpty():
            menu.addAction(self._("Nada que elegir aquí")).setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    # -- what can be chosen ------------------------------------------------------------------------

    def _all(self) -> list[_Dimension]:
        _ = self._
        return [
            _Dimension("kinds", _("Tipo"), self._kinds),
            _Dimension("module", _("Módulo"), self._modules),
            _Dimension("theme", _("Tema"), self._themes),
            _Dimension("family", _("Familia"), self._families),
            _Dimension("minutes", _("Minutos"), self._minutes),
            _Dimension("people", _("Personas"), self._people),
            _Dimension("material", _("Material"), self._material),
            _Dimension("variant", _("Variante"), self._variants),
        ]

    def _kinds(self) -> list[Option]:
        return [(frozenset({kind}), kind_words(self._, kind)) for kind in Kind]

    def _modules(self) -> list[Option]:
        modules = self._pack.modules if self._pack is not None else ()
        return [(module.code, f"{module.code} · {module.title}") for module in modules]

    def _themes(self) -> list[Option]:
        pack = self._pack
        if pack is None:
            return []
        used = {theme for module in pack.modules for one in module.sessions for theme in one.themes}
        named = [(theme, _capital(pack.theme(theme))) for theme in used]
        return sorted(named, key=lambda one: folded(one[1]))

    def _families(self) -> list[Option]:
        return [(family, family_words(self._, family)) for family in MethodFamily]

    def _minutes(self) -> list[Option]:
        return [(span, range_words(self._, span)) for span in _RANGES]

    def _people(self) -> list[Option]:
        _ = self._
        return [(n, _("{count} personas", count=_.number(n))) for n in _GROUPS]

    def _material(self) -> list[Option]:
        without = (WITHOUT_MATERIAL, self._("Sin material"))
        return [without, *((name, _capital(name)) for name in self._materials)]

    def _variants(self) -> list[Option]:
        counts: dict[str, int] = {}
        for item in self._index.items if self._index is not None else ():
            for title in item.variants:
                counts[title] = counts.get(title, 0) + 1
        often = [title for title, count in counts.items() if count >= _FEWEST_OF_A_VARIANT]
        return [(title, title) for title in sorted(often, key=lambda one: (-counts[one], one))]


class _FilterMenu(Button):
    """A button that opens a menu; it shows what is chosen there. Down opens it too."""

    kind = "filter"

    def show_choice(self, words: str, name: str, on: bool) -> None:
        self.setProperty("on", on)
        self.set_text(words, name)
        self.setToolTip(name if on else "")
        restyle(self)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        px = self._look.theme.px
        side = px(12)
        spot = QRect(self.width() - side - px(8), (self.height() - side) // 2, side, side)
        token: Token = "primary" if self.property("on") else "muted"
        painter = QPainter(self)
        painter.drawPixmap(
            QStyle.visualRect(self.layoutDirection(), self.rect(), spot),
            self._look.icons.pixmap("chevron-down", token, 12),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
