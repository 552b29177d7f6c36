"""Dialogs around packs: which page to adapt, and whether to believe who signed one."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.pack_pages import PageKind
from facilitator_kit.curriculum.signed_pack import fingerprint
from facilitator_kit.monitoring.names import fold
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.adapt_words import ADAPT, REVIEW, kind_words
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.widgets import EmptyState, KeyValues, SearchField, Well
from facilitator_kit.workspace.pack_review import Offer

_IN_SIGHT: Final = 60
"""Pages listed at once; the hundreds below them follow while those are looked at."""


class ChoosePageDialog(Dialog):
    """Every page of the pack, found by title, kind or code."""

    def __init__(self, ctx: UiContext, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Adaptar un texto"),
            text=_("Sesiones, hojas, dinámicas, lecciones y capítulos del proceso."),
            primary=_("Abrir"),
            icon="pencil",
            width=620,
            parent=parent,
        )
        self._ctx = ctx
        self._pages: list[tuple[str, Entry]] = []
        """What is searched of each page, and its line in the list."""
        self._shown: list[Entry] = []
        self.search = SearchField(ctx, _("Buscar título o clave"))
        self.search.searched.connect(lambda _text: self._fill())
        self.entries = EntryList(ctx, _("Textos del paquete"))
        self.entries.setMinimumHeight(ctx.theme.px(320))
        self.entries.opened.connect(lambda _file: self.submit())
        self.entries.currentItemChanged.connect(lambda *_items: self._enable())
        self.search.left_down.connect(self.entries.step_in)
        self._nothing = EmptyState(
            ctx, "search", _("No hay ninguno así"), _("Pruebe con una sola palabra.")
        )
        self._nothing.setMinimumHeight(ctx.theme.px(320))
        self._nothing.hide()
        self.add(self.search)
        self.add(self.entries, 1)
        self.add(self._nothing, 1)
        self._enable()
        ctx.jobs.run(self._read, self._show, owner=self)

    def submit(self) -> None:
        file = self.entries.current()
        if file:
            self.accept()
            self._ctx.navigate(ADAPT, file=file)

    def _read(self) -> list[tuple[str, Entry]]:
        _ = self._
        kinds = list(PageKind)
        pages = []
        for line in sorted(
            self._ctx.workspace.packs.lines(), key=lambda one: kinds.index(one.page.kind)
        ):
            page = line.page
            detail = f"{kind_words(_, page.kind)} · {page.code}"
            pill = _("adaptada") if line.adapted else ""
            entry = Entry(page.file, page.title, detail, pill, "note")
            pages.append((fold(f"{page.title} {detail}"), entry))
        return pages

    def _show(self, pages: list[tuple[str, Entry]]) -> None:
        self._pages = pages
        self._fill()
        self.search.setFocus()

    def _fill(self) -> None:
        wanted, kept = fold(self.search.text()), self.entries.current()
        entries = [entry for searched, entry in self._pages if wanted in searched]
        self._shown = entries
        self.entries.set_entries(entries[:_IN_SIGHT])
        self.entries.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self._enable()
        self._ctx.jobs.later(partial(self._fill_below, entries, kept), owner=self)

    def _fill_below(self, entries: list[Entry], kept: str) -> None:
        if entries is not self._shown:
            return
        self.entries.add_entries(entries[_IN_SIGHT:])
        if kept and not self.entries.current():
            self.entries.select(kept)
            self._enable()

    def _enable(self) -> None:
        self.primary.setEnabled(bool(self.entries.current()))


class TrustDialog(Dialog):
    """Who signed a pack that came in, and whether to believe it from now on."""

    def __init__(self, ctx: UiContext, offer: Offer, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("¿Confiar en esta firma?"),
            text=_(
                "El paquete está completo y nadie lo cambió desde que se firmó. Falta saber si "
                "quien lo firma es quien dice: llámele y compare la huella, grupo por grupo."
            ),
            primary=_("Confiar y revisar el paquete"),
            icon="signature",
            width=620,
            parent=parent,
        )
        self._ctx = ctx
        self._offer = offer
        pairs = [
            (_("Firmado por"), offer.signer),
            (_("Huella de la firma"), fingerprint(offer.signer_key)),
            (_("Paquete"), f"{offer.pack.title} · {offer.pack.version}"),
        ]
        if offer.signed_on is not None:
            pairs.append((_("Firmado el"), _.date_long(offer.signed_on)))
        self.add(KeyValues(ctx, pairs))
        if offer.namesake:
            words = _(
                "Aquí ya se conoce a alguien con ese nombre y otra huella. Si no le avisaron de un "
                "cambio de firma, no confíe en esta."
            )
            self.add(Well(ctx, words, "bad", icon="triangle-alert"))

    def accept(self) -> None:
        exchange = self._ctx.workspace.pack_exchange
        self.primary.setEnabled(False)
        self._ctx.jobs.run(partial(exchange.trust, self._offer), self._trusted, owner=self)

    def _trusted(self, offer: Offer) -> None:
        super().accept()
        self._ctx.navigate(REVIEW, offer=offer)
