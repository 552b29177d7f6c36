"""«Novedades»: what an updated pack brought, as a notice that can be sent away, and to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from facilitator_kit.curriculum.blocks import Heading, ListBlock, Paragraph, Span
from facilitator_kit.curriculum.pack_news import News, Novelty
from facilitator_kit.curriculum.search_items import Kind
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.curriculum_words import kind_words
from facilitator_kit.ui.prose import Lead, Muted, Part
from facilitator_kit.ui.widgets import Button, IconButton, Label, column, row
from facilitator_kit.workspace.library import PackUpdate


def news_parts(_: Texts, update: PackUpdate | None) -> tuple[Part, ...]:
    """Everything that is new, by what became of it and by kind; links lead to what is there."""
    if update is None:
        return (
            Lead(_("Novedades"), _("Currículo")),
            Paragraph(
                (
                    Span(
                        _(
                            "No hay otra versión con qué comparar. Cuando llegue un paquete nuevo, "
                            "aquí dirá qué se agregó, qué cambió y qué se quitó."
                        )
                    ),
                )
            ),
        )
    versions = _("De la versión {before} a la {now}", before=update.before, now=update.now)
    parts: list[Part] = [Lead(_("Novedades"), versions), Muted(summary(_, update))]
    for novelty in Novelty:
        news = [one for one in update.news if one.novelty is novelty]
        if not news:
            continue
        parts.append(Heading(1, (Span(_novelty_words(_, novelty)),)))
        for kind in Kind:
            of_kind = [one for one in news if one.kind is kind]
            if of_kind:
                parts.append(Heading(2, (Span(kind_words(_, kind)),)))
                parts.append(ListBlock(tuple((_line(_, one),) for one in of_kind)))
    return tuple(parts)


def summary(_: Texts, update: PackUpdate) -> str:
    """How much is new, in one line."""
    counts = Counter(one.novelty for one in update.news)
    added, written, changed, gone = (counts[novelty] for novelty in Novelty)
    lines = {
        Novelty.ADDED: _.plural("{count} texto nuevo", "{count} textos nuevos", added),
        Novelty.WRITTEN: _.plural("{count} ya tiene guía", "{count} ya tienen guía", written),
        Novelty.CHANGED: _.plural("{count} texto cambiado", "{count} textos cambiados", changed),
        Novelty.GONE: _.plural("{count} texto retirado", "{count} textos retirados", gone),
    }
    return " · ".join(words for novelty, words in lines.items() if counts[novelty])


def _novelty_words(_: Texts, novelty: Novelty) -> str:
    words: dict[Novelty, str] = {
        Novelty.ADDED: _("Se agregó"),
        Novelty.WRITTEN: _("Ya tiene guía"),
        Novelty.CHANGED: _("Cambió"),
        Novelty.GONE: _("Se quitó"),
    }
    return words[novelty]


def _line(_: Texts, one: News) -> Paragraph:
    link = one.code if one.novelty is not Novelty.GONE else ""
    spans = [Span(one.title, link=link)]
    if one.was:
        spans.append(Span(f" · {_('antes: {was}', was=one.was)}"))
    return Paragraph(tuple(spans))


class NewsNotice(QFrame):
    """One line that says that there is something new, with a button to see it and one to be rid
    of it."""

    def __init__(
        self,
        look: Look,
        see: Callable[[], object],
        dismiss: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = self._ = look._
        self._words = Label("", wrap=True)
        self.see = Button(look, _("Ver novedades"), icon="gift", small=True, on_click=see)
        self.dismiss = IconButton(
            look, "x", _("Descartar el aviso de novedades"), on_click=dismiss, small=True
        )
        self.setProperty("kind", "well")
        self.setProperty("tone", "note")
        buttons = row(look, self.see, None, self.dismiss)
        self.setLayout(column(look, self._words, buttons, gap=6, margin=10))

    def show_update(self, update: PackUpdate) -> None:
        """Say what is new."""
        _ = self._
        head = _("El paquete {version} trae novedades", version=update.now)
        self._words.setText(f"{head}: {summary(_, update)}.")
