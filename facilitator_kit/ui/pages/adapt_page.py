"""Adaptar: a text of the pack in a plain editor, its preview beside it, the original kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.curriculum.adapting import clean_text
from facilitator_kit.curriculum.differences import Difference, differences
from facilitator_kit.curriculum.pack_pages import PageKind
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.ui.columns import PageScroll
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.adapt_editor import PageEditor
from facilitator_kit.ui.pages.adapt_words import difference_parts, kind_words
from facilitator_kit.ui.prose import Muted, Prose
from facilitator_kit.ui.widgets import Card, EmptyState, Pill, Segments
from facilitator_kit.workspace.packs import PageText

TEXT, CHANGES = "text", "changes"

_READERS: Final = {
    PageKind.SESSION: "session",
    PageKind.HANDOUT: "handout",
    PageKind.METHOD: "method",
    PageKind.LESSON: "lesson",
    PageKind.QUIZ: "quiz",
    PageKind.TASK: "task",
    PageKind.CHAPTER: "chapter",
}
"""What Currículo is asked to open for each kind of page."""


class AdaptPage(Page):
    """The editor with its preview, or how the text differs from the original.

    What is typed is kept as a draft all the time; it becomes the institution's version when it is
    saved, which asks that the whole pack still holds together.
    """

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _, workspace = self._, ctx.workspace
        self._asked: dict[str, str] = {}
        self._page: PageText | None = None
        self._said: tuple[object, ...] = ()
        self._saving = False
        self.views = Segments(
            ctx,
            _("Qué ver"),
            ((TEXT, _("Editar")), (CHANGES, _("Diferencias con el original"))),
        )
        self.views.chosen.connect(self.show_view)
        self.state_pill = Pill("", "neutral")
        self.editor = PageEditor(ctx, workspace.packs.read, lambda: workspace.desk.pack_in_force)
        self.editor.rested.connect(self._keep_draft)
        self.editor.settled.connect(self._show_state)
        self.changes = Prose(ctx, _("Diferencias con el original"), margin=18)
        changed = Card(ctx, padding=2)
        changed.add(self.changes, 1)
        self._nothing = EmptyState(
            ctx,
            "pencil",
            _("Aquí se adaptan los textos del paquete"),
            _("En Currículo, abra una sesión, una hoja o una dinámica y elija «Adaptar…»."),
        )
        self._stack = QStackedWidget()
        for part in (self.editor, changed, self._nothing):
            self._stack.addWidget(part)
        scroll = PageScroll(ctx, (self.views, self.state_pill, self.editor.choice), self._stack)
        scroll.follow(self.editor.parts)
        scroll.follow(self.editor.problems)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._show_nothing()

    # -- the window's questions ------------------------------------------------------------------

    def title(self) -> str:
        if self._page is None:
            return self._("Adaptar")
        return self._("Adaptar: {title}", title=self._page.page.title)

    def primary_action(self) -> PageAction | None:
        _ = self._
        if self._page is None:
            return PageAction(_("Ir a Currículo"), self.leave, icon="book-open")
        tip = ""
        if self._saving:
            tip = _("Se está comprobando el paquete entero.")
        elif not self._differs():
            tip = _("No hay nada escrito sin guardar.")
        return PageAction(
            _("Guardar adaptación"),
            self.save,
            icon="check",
            enabled=not tip,
            tip=tip,
            shortcut="Ctrl+S",
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        _, page = self._, self._page
        if page is None:
            return ()
        unsaved = self._differs()
        return (
            PageAction(
                _("Desechar lo no guardado"),
                self.ask_to_discard,
                icon="undo-2",
                enabled=unsaved,
                tip="" if unsaved else _("No hay nada escrito sin guardar."),
            ),
            PageAction(
                _("Volver al original"),
                self.ask_to_restore,
                icon="rotate-ccw",
                enabled=page.adapted,
                tip="" if page.adapted else _("Este texto es el original."),
            ),
            PageAction(_("Cerrar"), self.leave, icon="x"),
        )

    def open(self, params: Mapping[str, Any]) -> None:
        asked = {key: str(params[key]) for key in ("code", "file") if params.get(key)}
        if asked and asked != self._asked:
            self.editor.commit()
            self._asked = asked
            self._show_nothing()

    def refresh(self) -> None:
        if not self._asked:
            return
        packs, asked = self.ctx.workspace.packs, self._asked

        def load() -> PageText:
            file = asked.get("file") or packs.page_of(asked["code"]).file
            return packs.text(file)

        self.ctx.jobs.run(load, partial(self._loaded, asked), self._not_there, owner=self)

    def state(self) -> dict[str, Any]:
        return dict(self._asked)

    def restore(self, state: Mapping[str, Any]) -> None:
        self._asked = {key: str(state[key]) for key in ("code", "file") if state.get(key)}

    def first_focus(self) -> QWidget | None:
        return self.editor.field.edit if self._page is not None else None

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def page(self) -> PageText | None:
        """The page that is edited, as it is stored."""
        return self._page

    def show_view(self, view: str) -> None:
        """Show the text with its preview, or how it differs from the original."""
        self.views.set_value(view)
        if self._page is not None:
            self._stack.setCurrentIndex(1 if view == CHANGES else 0)
        if view == CHANGES:
            self._compare()

    def _loaded(self, asked: Mapping[str, str], page: PageText) -> None:
        if asked != self._asked:
            return
        before, self._page = self._page, page
        known = page.text if page.draft is None else page.draft
        typing = self.editor.text()
        if before is None or before.page.file != page.page.file:
            self.editor.show_page(page.page, known)
            self._stack.setCurrentIndex(0)
            self.views.set_value(TEXT)
            if self.isVisible():
                self.editor.field.edit.setFocus()
        elif typing in (before.text, before.draft) and clean_text(typing) != clean_text(known):
            # Stored elsewhere, by an undo for instance; what is typed meanwhile would stay.
            self.editor.set_text(known)
        else:
            self.editor.read_now()
        self._show_state()
        if self.views.value() == CHANGES:
            self._compare()

    def _not_there(self, _error: KitError) -> None:
        """The page is in the pack no longer: undone, or another version was adopted."""
        self._asked = {}
        self._show_nothing()

    def _show_nothing(self) -> None:
        self._page = None
        self._stack.setCurrentWidget(self._nothing)
        self.views.set_value(TEXT)
        self._show_state()

    def _show_state(self) -> None:
        _, page = self._, self._page
        self.views.setVisible(page is not None)
        self.state_pill.setVisible(page is not None)
        if page is not None:
            if self._differs():
                self.state_pill.set(_("Borrador sin guardar"), "attention")
            elif page.adapted:
                self.state_pill.set(_("Adaptada"), "note")
            else:
                words = kind_words(_, page.page.kind)
                self.state_pill.set(
                    _("{kind} · original {version}", kind=words, version=page.version), "neutral"
                )
        said = (page.page, page.adapted, self._differs(), self._saving) if page else ()
        if said != self._said:
            # New buttons in the header are for a new state only.
            self._said = said
            self.header_changed.emit()

    def _differs(self) -> bool:
        """Whether what is typed is not what is stored."""
        page = self._page
        return page is not None and clean_text(self.editor.text()) != clean_text(page.text)

    def _compare(self) -> None:
        page = self._page
        if page is not None:
            make = partial(differences, page.original, clean_text(self.editor.text()))
            self.ctx.jobs.run(make, self._show_differences, owner=self)

    def _show_differences(self, found: tuple[Difference, ...]) -> None:
        parts = difference_parts(self._, found)
        parts = parts or (Muted(self._("El texto es igual al original.")),)
        if parts != self.changes.parts:
            self.changes.show_parts(parts, keep_place=True)

    # -- doing -----------------------------------------------------------------------------------

    def _keep_draft(self, text: str) -> None:
        page = self._page
        if page is None:
            return
        kept = text if self._differs() else None
        packs, file = self.ctx.workspace.packs, page.page.file
        self.ctx.jobs.run(
            partial(packs.keep_draft, file, kept), lambda _done: self._show_state(), owner=self
        )

    def save(self) -> None:
        """Make what is typed the institution's version, if the whole pack holds together."""
        page = self._page
        if page is None or self._saving:
            return
        self._saving = True
        # What is typed is a draft first: nothing is lost, whatever becomes of it.
        self.editor.commit()
        self._show_state()
        packs, text = self.ctx.workspace.packs, self.editor.text()

        def adapt() -> tuple[str, ...]:
            return tuple(one.title for one in packs.adapt(page.page.file, text))

        self.ctx.jobs.run(adapt, self._saved, self._not_saved, owner=self)

    def _saved(self, titles: tuple[str, ...]) -> None:
        _ = self._
        self._saving = False
        if len(titles) > 1:
            words = _("Se guardaron juntas: {titles}.", titles=", ".join(titles))
        else:
            words = _("Adaptación guardada. Las cohortes nuevas la llevarán.")
        self.ctx.announce(words)
        self._show_state()

    def _not_saved(self, error: KitError) -> None:
        self._saving = False
        self._show_state()
        if not isinstance(error, InputRefused):
            self.ctx.show_error(error)
            return
        self.show_view(TEXT)
        self.editor.show_refusal(error.problems)

    def ask_to_discard(self) -> None:
        """Ask before what is typed and not saved is given up."""
        _ = self._
        ConfirmDialog(
            self.ctx,
            _("¿Desechar lo que no se ha guardado?"),
            _("El texto vuelve a ser el que está en uso. Lo desechado no se puede recuperar."),
            yes=_("Desechar"),
            on_yes=lambda _reason: self._discard(),
            danger=True,
            parent=self,
        ).open()

    def _discard(self) -> None:
        page = self._page
        if page is not None:
            self.editor.set_text(page.text)
            packs = self.ctx.workspace.packs
            forget = partial(packs.keep_draft, page.page.file, None)
            self.ctx.jobs.run(forget, lambda _done: self.refresh(), owner=self)

    def ask_to_restore(self) -> None:
        """Ask before the institution's version gives way to the original."""
        _ = self._
        ConfirmDialog(
            self.ctx,
            _("¿Volver al original?"),
            _(
                "Las cohortes nuevas llevarán el texto del paquete; las que ya empezaron conservan "
                "el suyo. Ctrl+Z lo deshace."
            ),
            yes=_("Volver al original"),
            on_yes=lambda _reason: self._restore(),
            parent=self,
        ).open()

    def _restore(self) -> None:
        page = self._page
        if page is not None:
            restore = partial(self.ctx.workspace.packs.restore, page.page.file)
            self.ctx.jobs.run(restore, self._restored, self._not_saved, owner=self)

    def _restored(self, _pages: object) -> None:
        page = self._page
        if page is not None:
            self.editor.set_text(page.original)
        self.refresh()

    def leave(self) -> None:
        """Go back to where the page is read."""
        page = self._page
        if page is None:
            self.ctx.navigate("curriculo")
            return
        self.editor.commit()
        self.ctx.navigate("curriculo", **{_READERS[page.page.kind]: page.page.code})
