"""The Currículo page: find what is taught, read it, prepare it and print it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit import settings
from facilitator_kit.curriculum.learning import Chapter, Lesson
from facilitator_kit.curriculum.records import Handout, Method, Module, Pack, Session, Titled
from facilitator_kit.curriculum.search import SearchIndex
from facilitator_kit.ui.columns import Columns, PageScroll
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.adapt_words import adapt_action
from facilitator_kit.ui.pages.curriculum_contents import Contents
from facilitator_kit.ui.pages.curriculum_entries import SESSIONS
from facilitator_kit.ui.pages.curriculum_filters import FilterBar
from facilitator_kit.ui.pages.curriculum_guide import Guide
from facilitator_kit.ui.pages.curriculum_news import NewsNotice, news_parts
from facilitator_kit.ui.pages.curriculum_opened import Opened, opened
from facilitator_kit.ui.pages.curriculum_prepare import PreparePanel, Shown, can_be_favourite
from facilitator_kit.ui.pages.curriculum_print import CurriculumPrintDialog
from facilitator_kit.ui.pages.curriculum_shelf import Shelf, entry_code, view_of
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import ComboBox, Segments, column, holder
from facilitator_kit.workspace.library import PackUpdate

LIST, GUIDE, PREPARE = "list", "guide", "prepare"

_SOON_MS: Final = 400
"""After this rest the index is built, so that it is there before anybody types."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the page reads at once."""

    pack: Pack
    favourites: frozenset[str]


class CurriculumPage(Page):
    """Contents at the left, what is read in the middle, what to prepare at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._shelf: Shelf | None = None
        self._shown: Titled | None = None
        self._wanted = ("", "", "")
        self._wanted_view = ""
        self._starred: frozenset[str] = frozenset()
        self._last: dict[str, str] = {}
        self._trail: list[str] = []
        self._update: PackUpdate | None = None
        self._reading_news = False
        self._index_asked = False
        self.programmes = ComboBox(ctx, _("Programa"), context=True)
        self.programmes.chosen.connect(lambda _code: self._choose_programme())
        self.views = Segments(ctx, _("Qué ver"), ((SESSIONS, _("Sesiones")),))
        self.views.chosen.connect(self.show_view)
        self.filters = FilterBar(ctx)
        self.filters.index_needed.connect(self._ask_for_index)
        self.contents = Contents(ctx, self.filters)
        self.contents.chosen.connect(self._read_chosen)
        self.contents.opened.connect(self._open_reading)
        self.contents.clicked_on.connect(lambda _code: self._show_guide_alone())
        self.contents.index_needed.connect(self._ask_for_index)
        self.contents.seen.connect(self.filters.setVisible)
        self.notice = NewsNotice(ctx, self.show_news, self.dismiss_news)
        self.notice.hide()
        self.contents.offer(self.notice)
        self.search, self.entries = self.contents.search, self.contents.entries
        self.guide = Guide(ctx)
        self.guide.linked.connect(self.follow)
        self.reader = self.guide.prose
        self.prepare = PreparePanel(ctx)
        self.prepare.asked.connect(self.follow)
        self.prepare.theme_asked.connect(self._look_for_theme)
        self.prepare.star_asked.connect(self._keep)
        self.prepare.alone_asked.connect(self.guide.open_alone)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask_for_index)
        self._make_keys()

    def _lay_out(self) -> None:
        ctx, _ = self.ctx, self._
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (
                Column(LIST, _("Lista"), self.contents),
                Column(GUIDE, _("Guía"), self.guide),
                Column(PREPARE, _("Para preparar"), self.prepare),
            ),
            widths=(288, 400, 284),
            main=GUIDE,
            choice_elsewhere=True,
        )
        below = column(ctx, self.filters, gap=10)
        below.addWidget(self.columns, 1)
        scroll = PageScroll(ctx, (self.views, self.columns.choice), holder(below))
        scroll.follow(self.entries)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _make_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+F", self._find),
            ("Ctrl+D", self._turn_star),
            ("Ctrl+G", self._go_to_outline),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("Ctrl+PgUp", lambda: self._step(-1)),
            ("Alt+Left", self.go_back),
            ("F11", self.guide.open_alone),
        )
        for combination, run in keys:
            QShortcut(QKeySequence(combination), self).activated.connect(run)

    # -- the window's questions ------------------------------------------------------------------

    def title(self) -> str:
        return self._("Currículo")

    def context_widget(self) -> QWidget | None:
        return self.programmes if self.views.value() == SESSIONS else None

    def primary_action(self) -> PageAction | None:
        _ = self._
        if isinstance(self._shown, Handout):
            run: Callable[[], None] = partial(self.prepare.print_handout, self._shown)
            return PageAction(_("Imprimir hoja"), run, icon="printer", prints=True)
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
        adapt = adapt_action(self.ctx, self._adaptable())
        words = self._("Imprimir…")
        more = PageAction(words, self.print_any, icon="printer", shortcut="Ctrl+Shift+P")
        if self._update is None:
            return (more, adapt)
        return (PageAction(self._("Novedades"), self.show_news, icon="gift"), more, adapt)

    def _adaptable(self) -> str:
        """The code of what is read, where it is a text that can be adapted."""
        shown = self._shown
        if isinstance(shown, Session):
            return shown.code if shown.complete else ""
        return shown.code if isinstance(shown, Handout | Method | Lesson | Chapter) else ""

    def refresh(self) -> None:
        self.ctx.jobs.run(self._read, self._take, owner=self)

    def open(self, params: Mapping[str, Any]) -> None:
        """Show `session`, `module`, `method` or any other `code`, at its `part`, `words` marked;
        or a `view`, or the `news`."""
        codes = (
            params.get(name)
            for name in ("code", "session", "module", "method", "lesson", "handout")
        )
        code = next((str(one) for one in codes if one), "")
        if code:
            self._wanted = (code, str(params.get("part") or ""), str(params.get("words") or ""))
            self._show_wanted()
        elif params.get("view"):
            self.show_view(str(params["view"]))
        elif params.get("news"):
            self.show_news()

    def state(self) -> dict[str, Any]:
        code = self._shown.code if self._shown is not None else self._wanted[0]
        return {"code": code}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._wanted = (str(state.get("code") or ""), "", "")

    def first_focus(self) -> QWidget | None:
        return self.search

    # -- Qt --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        if not self._index_asked:
            self._soon.start()

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self._soon.stop()

    # -- reading ---------------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        """The session that is read; None while it is something else."""
        return self._shown if isinstance(self._shown, Session) else None

    def _read(self) -> _Reading:
        library = self.ctx.workspace.library
        return _Reading(library.pack, library.favourites())

    def _take(self, reading: _Reading) -> None:
        self._starred = reading.favourites
        if self._shelf is None or reading.pack is not self._shelf.pack:
            self._take_pack(reading.pack)
        self.contents.set_favourites(self._starred)
        self._show_belongings()

    def _take_pack(self, pack: Pack) -> None:
        shelf = self._shelf = Shelf(pack)
        self._index_asked = False
        self.programmes.set_choices([(one.code, one.title) for one in pack.programmes])
        self.views.set_choices(shelf.views(self._))
        self.contents.set_pack(pack, self.programmes.value())
        if self._shown is not None and not self._wanted[0]:
            self._wanted = (self._shown.code, "", "")
        self._shown = None
        self.ctx.jobs.later(self._show_something)
        self.header_changed.emit()
        if self.isVisible():
            self._soon.start()
        self.ctx.jobs.run(self.ctx.workspace.library.update, self._take_update, owner=self)

    def _show_something(self) -> None:
        """Show what was asked for before there was a pack, or what the view begins with."""
        if self._shown is not None:
            return
        typed = self.search.text()
        if not self._show_wanted() and not self._reading_news:
            self._list_view(self._wanted_view or str(self.views.value()))
            # The list first: with what is read beside it, it would hold the screen up too long.
            self.ctx.jobs.later(self._begin_reading, owner=self)
        # Whoever did not wait for the pack is still looking for what was typed.
        self.search.set_text(typed)

    def _ask_for_index(self) -> None:
        """Have the index built on the worker, once for each pack."""
        if not self._index_asked and self._shelf is not None:
            self._index_asked = True
            self.ctx.jobs.run(self.ctx.workspace.library.index, self._take_index, owner=self)

    def _take_index(self, index: SearchIndex) -> None:
        self.contents.set_index(index)

    # -- what is shown ---------------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        """Show the contents of a view, and what was read there last."""
        if self._shelf is None:
            self._wanted_view = view
            return
        self._list_view(view)
        self._show_first()

    def _list_view(self, view: str) -> None:
        self.views.set_value(view)
        self.contents.show_view(str(self.views.value()), str(self.programmes.value()))

    def _begin_reading(self) -> None:
        if self._shown is None and not self._reading_news:
            self._show_first()

    def _show_first(self) -> None:
        """What was read last in this view, or what it begins with."""
        view, programme = str(self.views.value()), str(self.programmes.value())
        if self._shelf is not None:
            self.show_code(self._last.get(view) or self._shelf.first(view, programme))
        self.header_changed.emit()

    def show_code(self, code: str, part: str = "", words: str = "") -> None:
        """Read what has this code, at one of its parts, with the words of a search marked."""
        shelf = self._shelf
        thing = shelf.find(code) if shelf is not None else None
        if shelf is None or thing is None:
            return
        if self._trail[-1:] != [code]:
            self._trail = [*self._trail[-50:], code]
        self._shown, self._reading_news = thing, False
        self._last[view_of(thing)] = code
        self._place(thing, shelf)
        if isinstance(thing, Lesson):
            self.guide.show_lesson(thing)
        else:
            around = shelf.neighbours(thing, self.programmes.value())
            self.guide.show_opened(opened(self._, thing, shelf.pack, around))
        self.guide.jump(part, words)
        self._show_belongings()
        self.header_changed.emit()

    def follow(self, code: str) -> None:
        """Show what a link of the pack names."""
        if self._shelf is not None and code in self._shelf:
            self.show_code(code)
            self.columns.show_part(GUIDE)

    def go_back(self) -> None:
        """What was read before this."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.show_code(self._trail.pop())

    def print_guide(self) -> None:
        """Show the guide of the session as it will be printed."""
        session = self.session
        if session is None or not session.complete:
            return
        make = partial(self.ctx.workspace.printing.session_guide, session.code)
        title = self._("Guía: {title}", title=session.title)
        show_pdf(self.ctx, title, make, f"guia-{session.code}.pdf", self)

    def print_any(self) -> None:
        """Ask what of the curriculum is to be printed: a guide, handouts, a binder, a booklet."""
        shelf, shown = self._shelf, self._shown
        if shelf is None:
            return
        context = {"programme": str(self.programmes.value() or "")}
        match shown:
            case Session():
                context |= {"session": shown.code, "module": shelf.pack.module_of(shown.code).code}
            case Handout():
                module = shelf.pack.module_of(shown.session)
                context |= {"session": shown.session, "module": module.code}
            case Module():
                context["module"] = shown.code
            case Lesson():
                context["lesson"] = shown.code
            case Method():
                context["method"] = shown.code
            case Chapter():
                context["chapter"] = shown.code
        CurriculumPrintDialog(self.ctx, shelf.pack, context, self).open()

    def _show_wanted(self) -> bool:
        """Show what was asked for before the pack was read; False where there is none such."""
        code, part, words = self._wanted
        shelf = self._shelf
        thing = shelf.find(code) if shelf is not None else None
        if thing is None:
            return False
        self._wanted = ("", "", "")
        self.contents.show_view(view_of(thing), self.programmes.value())
        self.show_code(code, part, words)
        self.columns.show_part(GUIDE)
        return True

    def _show_belongings(self) -> None:
        if self._shelf is not None:
            shown = self._shown if isinstance(self._shown, Shown) else None
            self.prepare.show_thing(self._shelf.pack, shown, self._starred)

    def _place(self, thing: Titled, shelf: Shelf) -> None:
        """Make its entry current, in the view and the programme that have it."""
        view, code = view_of(thing), entry_code(thing)
        self.views.set_value(view)
        if view == SESSIONS:
            self.programmes.set_value(shelf.programme_of(code, self.programmes.value()))
        if self.contents.searching and self.entries.select(thing.code):
            code = thing.code
        self.contents.place(code, view, self.programmes.value())

    # -- what a person does ----------------------------------------------------------------------

    def _choose_programme(self) -> None:
        self._last.pop(SESSIONS, None)
        self.show_view(SESSIONS)

    def _read_chosen(self, code: str, part: str) -> None:
        self.show_code(code, part, self.contents.words)

    def _show_guide_alone(self) -> None:
        if self.columns.fits == 1:
            self.columns.show_part(GUIDE)

    def _open_reading(self, _code: str) -> None:
        self.columns.show_part(GUIDE)
        self.guide.step_in()

    def _find(self) -> None:
        if not self.search.isVisible():
            self.columns.show_part(LIST)
        self.search.setFocus()
        self.search.edit.selectAll()

    def _go_to_outline(self) -> None:
        if self.guide.outline.parts:
            self.columns.show_part(GUIDE)
            self.guide.outline.setFocus()

    def _step(self, step: int) -> None:
        """The next or the one before, in what was found or in the contents."""
        thing, shelf = self._shown, self._shelf
        if thing is None or shelf is None:
            return
        code = self.contents.neighbour(thing.code, step)
        before, after = shelf.neighbours(thing, self.programmes.value())
        beside = after if step > 0 else before
        self.show_code(code or (beside.code if beside is not None else ""))

    def _look_for_theme(self, theme: str) -> None:
        self.search.set_text("")
        self.filters.choose("theme", theme)
        self.columns.show_part(LIST)

    def _turn_star(self) -> None:
        shown = self._shown
        if shown is not None and can_be_favourite(shown):
            self._keep(shown.code, shown.code not in self._starred)

    def _keep(self, code: str, on: bool) -> None:
        library = self.ctx.workspace.library
        self.ctx.jobs.run(lambda: library.set_favourite(code, on), lambda _none: None, owner=self)

    # -- what is new -----------------------------------------------------------------------------

    def show_news(self) -> None:
        """Read what the pack in use has that the one before it had not."""
        self._reading_news, self._shown = True, None
        self._show_news()
        self._show_belongings()
        self.columns.show_part(GUIDE)
        self.header_changed.emit()

    def _show_news(self) -> None:
        self.guide.show_opened(Opened(self._("Novedades"), news_parts(self._, self._update)))

    def dismiss_news(self) -> None:
        """Say no more of these news."""
        if self._update is not None:
            self.ctx.settings.set(settings.NEWS_SEEN, self._update.now)
        self.notice.hide()
        self.search.setFocus()

    def _take_update(self, update: PackUpdate | None) -> None:
        self._update = update
        if update is not None:
            self.notice.show_update(update)
            seen = self.ctx.settings.get(settings.NEWS_SEEN)
            self.notice.setVisible(seen != update.now)
            self.header_changed.emit()
        if self._reading_news:
            self._show_news()
