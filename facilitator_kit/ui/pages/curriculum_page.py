"""The Currículo page: find a session, read its guide, prepare it and print it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.curriculum.records import Module, Pack, Programme, Session
from facilitator_kit.monitoring.names import fold
from facilitator_kit.ui.columns import Columns, PageScroll
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.adapt_words import adapt_action
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.pages.curriculum_methods import MethodsView
from facilitator_kit.ui.pages.curriculum_prepare import PreparePanel
from facilitator_kit.ui.pages.curriculum_reading import (
    flagged,
    handout_parts,
    module_parts,
    session_parts,
)
from facilitator_kit.ui.pages.curriculum_words import minutes_words, session_state
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.prose import Part, Prose
from facilitator_kit.ui.widgets import (
    Card,
    ComboBox,
    EmptyState,
    SearchField,
    Segments,
)

SESSIONS: Final = "sessions"
METHODS: Final = "methods"

LIST, GUIDE, PREPARE = "list", "guide", "prepare"


class CurriculumPage(Page):
    """The pack that came with the program, to read: sessions by module, and methods."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._pack: Pack | None = None
        self._code = ""
        self._handout = ""
        self.programmes = ComboBox(ctx, _("Programa"), context=True)
        self.programmes.chosen.connect(lambda _code: self._choose_programme())
        self.views = Segments(
            ctx, _("Qué ver"), ((SESSIONS, _("Sesiones")), (METHODS, _("Dinámicas")))
        )
        self.views.chosen.connect(self.show_view)
        self.search = SearchField(ctx, _("Buscar título o tema"))
        self.search.searched.connect(lambda _text: self._fill())
        self.entries = EntryList(ctx, _("Módulos y sesiones"))
        self.entries.chosen.connect(self.show_code)
        self.entries.opened.connect(self._open_reading)
        self.entries.clicked_on.connect(lambda _code: self._show_guide_alone())
        self.search.left_down.connect(self.entries.step_in)
        self.reader = Prose(ctx, _("Guía de la sesión"), margin=18)
        self.reader.linked.connect(self.follow)
        self.prepare = PreparePanel(ctx)
        self.prepare.handout_asked.connect(self.follow)
        self.methods = MethodsView(ctx)
        self.methods.shown.connect(self.header_changed)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lay_out())
        self._stack.addWidget(self.methods)
        scroll = PageScroll(ctx, (self.views, self.columns.choice), self._stack)
        scroll.follow(self.entries)
        scroll.follow(self.methods.finder.entries)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _lay_out(self) -> Columns:
        ctx, _ = self.ctx, self._
        self._list_card = Card(ctx, padding=12)
        self._list_card.add(self.search)
        self._list_card.add(self.entries, 1)
        self._nothing = EmptyState(
            ctx, "search", _("No hay ninguna así"), _("Pruebe con una sola palabra.")
        )
        self._list_card.add(self._nothing, 1)
        guide = Card(ctx, padding=2)
        guide.add(self.reader, 1)
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (
                Column(LIST, _("Lista"), self._list_card),
                Column(GUIDE, _("Guía"), guide),
                Column(PREPARE, _("Para preparar"), self.prepare),
            ),
            widths=(264, 400, 296),
            main=GUIDE,
            choice_elsewhere=True,
        )
        return self.columns

    # -- the window's questions ------------------------------------------------------------------

    def title(self) -> str:
        return self._("Currículo")

    def context_widget(self) -> QWidget | None:
        return self.programmes if self.views.value() == SESSIONS else None

    def primary_action(self) -> PageAction | None:
        _ = self._
        if self.views.value() != SESSIONS:
            return None
        session = self.session
        tip = ""
        if session is None:
            tip = _("Elija una sesión.")
        elif not session.complete:
            tip = _("Esta sesión todavía no está escrita.")
        return PageAction(
            _("Imprimir guía"),
            self.print_guide,
            icon="printer",
            enabled=not tip,
            tip=tip,
            prints=True,
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        return (adapt_action(self.ctx, self._shown_code()),)

    def refresh(self) -> None:
        pack = self.ctx.workspace.desk.pack_in_force
        if pack is self._pack:
            return
        self._pack = pack
        self.methods.set_pack(pack)
        self.programmes.set_choices([(one.code, one.title) for one in pack.programmes])
        wanted = self._code
        self._fill()
        self.show_code(wanted if wanted and self._known(wanted) else self._first())
        self.header_changed.emit()

    def open(self, params: Mapping[str, Any]) -> None:
        if params.get("method"):
            self.refresh()
            self.show_view(METHODS)
            self.methods.show_method(str(params["method"]))
            return
        handout = str(params.get("handout") or "")
        if handout:
            self.refresh()
            self.show_view(SESSIONS)
            self.follow(handout)
            return
        code = str(params.get("session") or params.get("module") or "")
        if code:
            self.show_view(SESSIONS)
            self.search.set_text("")
            self._code = code
            if self._pack is not None and self._known(code):
                self.show_code(code)
                self.columns.show_part(GUIDE)

    def state(self) -> dict[str, Any]:
        return {"view": self.views.value(), "code": self._code}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._code = str(state.get("code") or "")
        if state.get("view") == METHODS:
            self.show_view(METHODS)

    def first_focus(self) -> QWidget | None:
        return self.search if self.views.value() == SESSIONS else self.methods.finder.search

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The session that is read; None while it is a module."""
        if self._pack is None:
            return None
        for module in self._pack.modules:
            for session in module.sessions:
                if session.code == self._code:
                    return session
        return None

    def show_view(self, view: str) -> None:
        """Show sessions or methods."""
        self.views.set_value(view)
        self._stack.setCurrentIndex(1 if view == METHODS else 0)
        self.header_changed.emit()

    def show_code(self, code: str) -> None:
        """Read the session or the module with this code."""
        pack = self._pack
        if pack is None or not self._known(code):
            return
        self._code, self._handout = code, ""
        if not self.entries.select(code):
            self._go_to_programme_of(code)
            self.entries.select(code)
        session = self.session
        if session is not None:
            parts = session_parts(self._, session, pack.module_of(code))
            self._read(flagged(self._, parts, code in pack.adapted))
        else:
            self._read(module_parts(self._, pack.module(code), pack))
        self.prepare.show_session(pack, session)
        self.header_changed.emit()

    def follow(self, code: str) -> None:
        """Show what a link of the pack names: a handout, a session, a module or a method."""
        pack = self._pack
        if pack is None:
            return
        if self._known(code):
            self.show_code(code)
        elif any(handout.code == code for handout in pack.handouts):
            handout = pack.handout(code)
            if handout.session != self._code:
                self.show_code(handout.session)
            self._handout = code
            parts = handout_parts(self._, handout, pack.session(handout.session))
            self._read(flagged(self._, parts, code in pack.adapted))
            self.columns.show_part(GUIDE)
            self.header_changed.emit()
        elif any(method.code == code for method in pack.methods):
            self.show_view(METHODS)
            self.methods.show_method(code)

    def _shown_code(self) -> str:
        """The code of what is read, where it is a page that can be adapted."""
        if self.views.value() == METHODS:
            return self.methods.code
        session = self.session
        return self._handout or (session.code if session is not None and session.complete else "")

    def print_guide(self) -> None:
        """Show the guide of the session as it will be printed."""
        session = self.session
        if session is None or not session.complete:
            return
        make = partial(self.ctx.workspace.printing.session_guide, session.code)
        title = self._("Guía: {title}", title=session.title)
        show_pdf(self.ctx, title, make, f"guia-{session.code}.pdf", self)

    def _read(self, parts: tuple[Part, ...]) -> None:
        if parts != self.reader.parts:
            self.reader.show_parts(parts)

    def _show_guide_alone(self) -> None:
        if self.columns.fits == 1:
            self.columns.show_part(GUIDE)

    def _open_reading(self, _code: str) -> None:
        self.columns.show_part(GUIDE)
        self.reader.setFocus()

    # -- the list --------------------------------------------------------------------------------

    def _choose_programme(self) -> None:
        self.search.set_text("")
        self._fill()
        self.show_code(self._first())

    def _fill(self) -> None:
        """The modules of the programme; while searching, what is found in all of them."""
        pack = self._pack
        if pack is None:
            return
        wanted = fold(self.search.text())
        if wanted:
            entries = [
                _module_entry(self._, module, found, pack.adapted)
                for module in pack.modules
                if (found := _found(module, wanted))
            ]
        else:
            programme = pack.programme(self.programmes.value())
            entries = [
                _module_entry(self._, module, module.sessions, pack.adapted)
                for module in _modules_of(pack, programme)
            ]
        self.entries.set_entries(entries, open_all=bool(wanted))
        self.entries.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        if self._code:
            self.entries.select(self._code)

    def _first(self) -> str:
        """The first session that is written, in the programme shown; or else its first module."""
        pack = self._pack
        if pack is None:
            return ""
        modules = _modules_of(pack, pack.programme(self.programmes.value()))
        written = [s.code for module in modules for s in module.sessions if s.complete]
        return next(iter((*written, *(module.code for module in modules))), "")

    def _go_to_programme_of(self, code: str) -> None:
        """Show the programme in whose list a session or a module stands, without a search."""
        pack = self._pack
        if pack is None:
            return
        module = code if any(m.code == code for m in pack.modules) else pack.module_of(code).code
        now = self.programmes.value()
        for programme in sorted(pack.programmes, key=lambda one: one.code != now):
            if any(one.code == module for one in _modules_of(pack, programme)):
                self.programmes.set_value(programme.code)
                break
        self.search.set_text("")
        self._fill()

    def _known(self, code: str) -> bool:
        pack = self._pack
        return pack is not None and any(
            module.code == code or any(session.code == code for session in module.sessions)
            for module in pack.modules
        )


def _modules_of(pack: Pack, programme: Programme) -> tuple[Module, ...]:
    """Every module of a programme once, by its latest place in the calendar of any level."""
    places: dict[str, int] = {}
    for route in programme.routes:
        for level in route.levels:
            for place, code in enumerate(level.modules):
                places[code] = max(places.get(code, 0), place)
    return tuple(pack.module(code) for code in sorted(places, key=lambda one: (places[one], one)))


def _found(module: Module, wanted: str) -> tuple[Session, ...]:
    """The sessions in which what was typed occurs; all of them where the module's title has it."""
    if wanted in fold(f"{module.code} {module.title}"):
        return module.sessions
    return tuple(
        session
        for session in module.sessions
        if wanted
        in fold(" ".join((session.code, session.title, session.objective, *session.themes)))
    )


def _module_entry(
    _: Any, module: Module, sessions: Sequence[Session], adapted: Collection[str]
) -> Entry:
    children = []
    for session in sessions:
        word, tone = session_state(_, session, session.code in adapted)
        detail = f"{session.code} · {minutes_words(_, session.minutes)}"
        children.append(Entry(session.code, session.title, detail, word, tone))
    count = _.plural("{count} sesión", "{count} sesiones", len(module.sessions))
    detail = f"{module.code} · {count} · {_.hours(module.minutes)}"
    return Entry(module.code, module.title, detail, children=tuple(children))
