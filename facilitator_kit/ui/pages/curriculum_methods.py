"""«Dinámicas»: the library of short group methods, by family, with a search that forgives."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.records import Method, MethodFamily, Pack
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import fold
from facilitator_kit.ui.columns import Columns
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.pages.curriculum_reading import flagged, method_parts
from facilitator_kit.ui.pages.curriculum_words import family_words, method_facts
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.widgets import (
    Card,
    Chips,
    ComboBox,
    EmptyState,
    SearchField,
    column,
)

METHOD_MIME = "application/x-facilitator-kit-method"
_ANY = 0


class MethodFinder(QWidget):
    """Search, family chips with counts, and the methods found; shared with Planeador.

    `entries.chosen` and `entries.opened` carry a method's code.
    """

    def __init__(
        self, ctx: UiContext, *, mime: str = "", limits: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = ctx._
        self._ = _
        self._methods: tuple[Method, ...] = ()
        self._offered: list[tuple[MethodFamily | None, str]] = []
        self.search = SearchField(ctx, _("Buscar dinámica"))
        self.families = Chips(ctx, _("Familia"), ())
        self.longest = ComboBox(
            ctx,
            _("Duración"),
            (
                (_ANY, _("Cualquier duración")),
                *((n, _("Hasta {count} minutos", count=n)) for n in (5, 10, 15, 20)),
            ),
            value=_ANY,
        )
        self.longest.setVisible(limits)
        self.entries = EntryList(ctx, _("Dinámicas"), mime=mime)
        layout = column(ctx, self.search, self.families, self.longest, gap=10)
        layout.addWidget(self.entries, 1)
        self._nothing = EmptyState(
            ctx, "search", _("No hay ninguna así"), _("Pruebe otra palabra u otra familia.")
        )
        layout.addWidget(self._nothing, 1)
        self.setLayout(layout)
        self.search.searched.connect(lambda _text: self._show())
        self.search.left_down.connect(self.entries.step_in)
        self.families.chosen.connect(lambda _family: self._show())
        self.longest.chosen.connect(lambda _minutes: self._show())

    def set_methods(self, methods: Sequence[Method]) -> None:
        """Offer these methods."""
        if tuple(methods) == self._methods:
            return
        self._methods = tuple(methods)
        self._show()

    def method_of(self, code: str) -> Method | None:
        """The method with that code among those offered."""
        return next((method for method in self._methods if method.code == code), None)

    def show_all(self) -> None:
        """Take every filter off."""
        self.search.set_text("")
        self.families.set_value(None)
        self.longest.set_value(_ANY)
        self._show()

    def _show(self) -> None:
        wanted = fold(self.search.text())
        longest = self.longest.value()
        found = [
            method
            for method in self._methods
            if wanted in _searched(self._, method)
            and (longest in (None, _ANY) or method.minutes[0] <= longest)
        ]
        choices: list[tuple[MethodFamily | None, str]] = [
            (None, f"{self._('Todas')} {self._.number(len(found))}")
        ]
        for family in MethodFamily:
            count = sum(method.family is family for method in found)
            words = f"{family_words(self._, family)} {self._.number(count)}"
            choices.append((family, words))
        chosen = self.families.value()
        if choices != self._offered:
            # Only when they are others: new buttons would take the keyboard from the pressed one.
            self._offered = choices
            self.families.set_choices(choices, chosen)
        entries = [
            Entry(method.code, method.title, method_facts(self._, method))
            for method in found
            if chosen is None or method.family is chosen
        ]
        self.entries.set_entries(entries)
        self.entries.setVisible(bool(entries))
        self._nothing.setVisible(not entries)


class MethodsView(QWidget):
    """The finder at the left and the chosen method at the right; `shown` when another is."""

    shown = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = ctx._
        self._ = _
        self.code = ""
        """The code of the method that is shown."""
        self._adapted: Collection[str] = ()
        self.finder = MethodFinder(ctx, limits=True)
        left = Card(ctx, padding=12)
        left.add(self.finder, 1)
        self.reader = Prose(ctx, _("La dinámica elegida"), margin=18)
        right = Card(ctx, padding=2)
        right.add(self.reader, 1)
        self.finder.entries.chosen.connect(self.show_method)
        self.finder.entries.opened.connect(self._open_reading)
        self.finder.entries.clicked_on.connect(lambda _code: self._show_alone())
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (Column("list", _("Lista"), left), Column("method", _("Dinámica"), right)),
            widths=(340, 400),
            main="method",
        )
        layout = column(ctx, gap=0)
        layout.addWidget(self.columns)
        self.setLayout(layout)

    def set_pack(self, pack: Pack) -> None:
        """Offer the methods of a pack; the first one is shown until another is chosen."""
        self._adapted = pack.adapted
        self.finder.set_methods(pack.methods)
        keys = self.finder.entries.keys()
        if keys:
            self.show_method(self.finder.entries.current() or keys[0])

    def show_method(self, code: str) -> None:
        """Show one method."""
        method = self.finder.method_of(code)
        if method is None:
            return
        if not self.finder.entries.select(code):
            self.finder.show_all()
            self.finder.entries.select(code)
        parts = flagged(self._, method_parts(self._, method), code in self._adapted)
        if parts != self.reader.parts:
            self.reader.show_parts(parts)
        self.code = code
        self.shown.emit()

    def _show_alone(self) -> None:
        if self.columns.fits == 1:
            self.columns.show_part("method")

    def _open_reading(self, _code: str) -> None:
        self.columns.show_part("method")
        self.reader.setFocus()


def _searched(_: Texts, method: Method) -> str:
    return fold(
        " ".join((method.title, method.purpose, *method.materials, family_words(_, method.family)))
    )
