"""What a newer pack brings and who signed it, in words to be read before it is adopted."""

from __future__ import annotations

from collections.abc import Sequence

from facilitator_kit.curriculum.blocks import Block, Heading, ListBlock, Paragraph, Span
from facilitator_kit.curriculum.pack_pages import PageKind
from facilitator_kit.curriculum.signed_pack import fingerprint
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.adapt_words import kind_words
from facilitator_kit.ui.prose import Lead, Muted, Part
from facilitator_kit.workspace.pack_review import News, NewsKind, Offer, Review


def news_parts(_: Texts, review: Review) -> tuple[Part, ...]:
    """What the pack brings, by kind; the titles of what was added, changed and taken away."""
    offer = review.offer
    parts: list[Part] = [
        Lead(offer.pack.title, _("Versión {version}", version=offer.pack.version)),
        Muted(_signed_by(_, offer)),
    ]
    heads = {
        NewsKind.ADDED: _("Nuevo"),
        NewsKind.CHANGED: _("Cambia"),
        NewsKind.REMOVED: _("Ya no está"),
    }
    for kind, head in heads.items():
        found = [one for one in review.news if one.kind is kind]
        if found:
            parts.append(Heading(1, (Span(f"{head} · {_.number(len(found))}"),)))
            parts += _by_kind(_, found)
    if review.others:
        words = _.plural(
            "Cambia también {count} archivo de programas, módulos, palabras, formularios o "
            "certificados.",
            "Cambian también {count} archivos de programas, módulos, palabras, formularios o "
            "certificados.",
            review.others,
        )
        parts.append(Paragraph((Span(words),)))
    if not review.news and not review.others:
        parts.append(Paragraph((Span(_("No trae cambios en los textos.")),)))
    parts.append(
        Paragraph(
            (Span(_("Las cohortes que ya empezaron conservan la versión con que empezaron.")),)
        )
    )
    return tuple(parts)


def _by_kind(_: Texts, news: Sequence[News]) -> list[Block]:
    blocks: list[Block] = []
    for kind in PageKind:
        of_kind = [one.page for one in news if one.page.kind is kind]
        if of_kind:
            blocks.append(Heading(2, (Span(kind_words(_, kind)),)))
            blocks.append(
                ListBlock(
                    tuple(
                        (Paragraph((Span(f"{one.title} ", bold=True), Span(one.code))),)
                        for one in of_kind
                    )
                )
            )
    return blocks


def _signed_by(_: Texts, offer: Offer) -> str:
    if not offer.signer_key:
        return _("Viene con esta versión del programa.")
    mark = fingerprint(offer.signer_key)
    words = _("Firmado por {name}. Huella: {fingerprint}.", name=offer.signer, fingerprint=mark)
    if offer.known_as and offer.known_as != offer.signer:
        known = _("Aquí se conoce esa firma como {name}.", name=offer.known_as)
        return f"{words} {known}"
    return words
