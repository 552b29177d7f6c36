"""A session's guide as printed pages: the clock in the margin, the steps beside it.

The page has two edges. At the left one stand the clock and short words that name what is beside
them; at the other the text, in a measure that can be read aloud. Three kinds of quotation are told
apart by word, icon and edge, so that they still are on a photocopy.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Heading,
    ListBlock,
    plain_text,
)
from facilitator_kit.curriculum.blocks import (
    Paragraph as Prose,
)
from facilitator_kit.curriculum.records import Material, Module, Per, Session, SessionBlock
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.agenda import AgendaMaterial, kind_look
from facilitator_kit.documents.fences import TickBox
from facilitator_kit.documents.furniture import Furniture, letter_book
from facilitator_kit.documents.guide_pieces import Clock, MarginIcon, Timeline
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import PageEnd, Running, copyfit
from facilitator_kit.documents.pieces import (
    CalloutLook,
    Inset,
    Label,
    Rule,
    Stack,
    boxed,
    edge_painter,
)
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.styles import markup
from facilitator_kit.documents.tables import data_table
from facilitator_kit.documents.text import Text, paragraph
from facilitator_kit.i18n import Texts

MARGIN: Final = 31 * mm
"""From the left edge to the text."""
_GAP: Final = 4.5 * mm
_SCALES: Final = (1.0, 0.975, 0.95, 0.925)
"""A guide is set a little smaller where that saves a page that is hardly filled."""


_CARE_GAP: Final = 95 * mm
"""What may be left empty before a care card, so that it is not parted."""


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """A session to print. `materials` are counted for a group, else its own table is printed.

    `handouts` are (code, title, copies or None); `starts_at` makes the margin show the hour.
    """

    session: Session
    module: Module
    materials: tuple[AgendaMaterial, ...] = ()
    handouts: tuple[tuple[str, str, int | None], ...] = ()
    starts_at: time | None = None


def session_guide_pdf(sheet: GuideSheet, head: Letterhead, _: Texts) -> bytes:
    """The whole guide of a session, for the person who facilitates it.

    KitError when a logo cannot be read.
    """
    session = sheet.session
    furniture = Furniture.of(head, _, margin=MARGIN, title=_("Guía de sesión"))
    story = fitted_guide(sheet, furniture.width, furniture.room, furniture.first_room, _)
    out = io.BytesIO()
    running = Running(place_of(sheet, _), f"{session.code} · {session.title}")
    book = letter_book(out, furniture, _, story)
    book.add(story, running=running)
    book.close()
    return out.getvalue()


def place_of(sheet: GuideSheet, _: Texts) -> str:
    """The module, and which of its sessions this is."""
    module = sheet.module
    codes = [session.code for session in module.sessions]
    place = f"{module.code} · {module.title}"
    if sheet.session.code in codes:
        number = codes.index(sheet.session.code) + 1
        place += " · " + _("sesión {number} de {count}", number=number, count=len(codes))
    return place


def fitted_guide(
    sheet: GuideSheet,
    width: float,
    room: float,
    first: float,
    _: Texts,
    *,
    links: Collection[str] = frozenset(),
) -> list[Flowable]:
    """The guide at the scale that leaves no nearly empty page behind."""
    return copyfit(
        lambda scale: guide_story(sheet, width, _, scale=scale, links=links),
        _SCALES,
        width,
        room,
        first,
    )


def guide_story(
    sheet: GuideSheet,
    width: float,
    _: Texts,
    *,
    scale: float = 1,
    links: Collection[str] = frozenset(),
) -> list[Flowable]:
    """The guide as a run of pieces, `width` points wide beside the margin."""
    return _Guide(sheet, width, _, scale, links).story()


class _Guide:
    def __init__(
        self, sheet: GuideSheet, width: float, _: Texts, scale: float, links: Collection[str]
    ) -> None:
        self._ = _
        self.session = sheet.session
        self.sheet = sheet
        self.width = width
        self.look = styles.styles(scale)
        self.links = links

    def story(self) -> list[Flowable]:
        """Everything in order."""
        return [
            *self._opening(),
            *self._preparation(),
            *self._steps(),
            *self._variants(),
            *self._care(),
            *self._afterwards(),
        ]

    # -- pieces ----------------------------------------------------------------------------------

    def _prose(self, blocks: Sequence[Block], margin: float = MARGIN) -> list[Flowable]:
        return prose(
            blocks, self.look, self.width, self._, margin=margin, links=self.links, below=True
        )

    def _out(self, piece: Flowable, **options: Any) -> Inset:
        """A piece that begins at the page's left edge."""
        return Inset(piece, -MARGIN, **options)

    def _section(self, title: str) -> list[Flowable]:
        return section(title, self.look)

    def _hung(self, label: str, piece: Flowable, **options: Any) -> Inset:
        """A piece with a word in the margin beside its first line."""
        look = self.look
        word = paragraph(label, look.hang)
        size = getattr(getattr(piece, "style", None), "fontSize", look.cell.fontSize)
        return Inset(
            piece,
            hang=word,
            hang_at=-MARGIN,
            hang_width=MARGIN - _GAP,
            hang_drop=max(size - look.hang.fontSize, 0),
            **options,
        )

    # -- parts -----------------------------------------------------------------------------------

    def _opening(self) -> list[Flowable]:
        _, session, look = self._, self.session, self.look
        story: list[Flowable] = [
            self._out(paragraph(place_of(self.sheet, _), look.kicker), keep=True),
            self._out(paragraph(session.title, look.title), keep=True),
        ]
        size = _("{least} a {most} participantes", least=session.group[0], most=session.group[1])
        groups = _("grupos de {count}", count=session.group_of)
        facts = f"{session.minutes} min · {size} · {groups}"
        story.append(self._out(paragraph(facts, look.small), after=9 * look.scale))
        if session.objective:
            aim = session.objective[:1].lower() + session.objective[1:]
            text = _("Cada participante puede: {objective}", objective=aim)
            story.append(self._hung(_("Al terminar"), paragraph(text, look.lead)))
        told = [(_("Evidencia"), session.evidence), (_("Mirada de género"), session.lens)]
        style = look.cell.clone("guide-fact", spaceAfter=4 * look.scale)
        story += [self._hung(label, paragraph(text, style)) for label, text in told if text]
        for place, text in enumerate(session.competences):
            piece = paragraph(text, style.clone("competence", spaceAfter=1.5 * look.scale))
            story.append(self._hung(_("Competencias"), piece) if place == 0 else Inset(piece))
        if session.blocks:
            story.append(self._out(Timeline(session.blocks, _, look.scale), before=10, after=2))
        return story

    def _preparation(self) -> list[Flowable]:
        _, session, look = self._, self.session, self.look
        handouts = self.sheet.handouts
        if not (session.materials or session.preparation or self.sheet.materials or handouts):
            return []
        story = self._section(_("Preparar"))
        if self.sheet.materials:
            pairs = [(_.number(m.quantity), m.name) for m in self.sheet.materials]
        else:
            pairs = [(self._quantity(m), m.name) for m in session.materials]
        if pairs:
            rows: list[list[Any]] = [
                [
                    "",
                    paragraph(_("Material"), look.column),
                    paragraph(_("Cantidad"), look.column_right),
                ]
            ]
            rows += [
                [TickBox(8.5), paragraph(name, look.cell), paragraph(count, look.figure)]
                for count, name in pairs
            ]
            counts = 22 * mm if self.sheet.materials else 46 * mm
            widths = [7 * mm, self.width - 7 * mm - counts, counts]
            table = data_table(rows, widths, padding=2.6)
            story.append(Inset(table, after=8 * look.scale))
        if handouts:
            story += self._handouts(handouts)
        return story + self._prose(session.preparation)

    def _handouts(self, handouts: Sequence[tuple[str, str, int | None]]) -> list[Flowable]:
        _, look = self._, self.look
        story: list[Flowable] = []
        style = look.cell.clone("guide-handout", spaceAfter=2 * look.scale)
        for place, (code, title, copies) in enumerate(handouts):
            name = markup(f"{code} · {title}")
            if code in self.links:
                name = f'<a href="#{code}">{name}</a>'
            if copies is not None:
                count = _.plural("{count} copia", "{count} copias", copies)
                name += f' <font color="#{styles.MUTED.hexval()[2:]}">· {markup(count)}</font>'
            piece = Text(name, style)
            story.append(self._hung(_("Hojas"), piece) if place == 0 else Inset(piece))
        story[-1].spaceAfter = 8 * look.scale
        return story

    def _quantity(self, material: Material) -> str:
        _ = self._
        per = {
            Per.PERSON: _("por persona"),
            Per.GROUP: _("por grupo de {size}", size=self.session.group_of),
            Per.ROOM: _("en la sala"),
        }[material.per]
        extra = f" + {material.extra}" if material.extra else ""
        return f"{material.quantity} {per}{extra}"

    def _steps(self) -> list[Flowable]:
        if not self.session.blocks:
            return []
        story = self._section(self._("Paso a paso"))
        start = 0
        for place, block in enumerate(self.session.blocks):
            story += self._step(block, start, first=place == 0)
            start += block.minutes
        return story

    def _clock(self, minutes: int) -> str:
        begin = self.sheet.starts_at
        if begin is None:
            return f"{minutes // 60}:{minutes % 60:02}"
        now = begin.hour * 60 + begin.minute + minutes
        return f"{now // 60 % 24:02}:{now % 60:02}"

    def _step(self, block: SessionBlock, start: int, *, first: bool) -> list[Flowable]:
        _, look = self._, self.look
        word, icon, strong, _soft = kind_look(block.kind, _)
        title = block.title or word
        name = markup(title, fonts.BOLD)
        if not title.casefold().startswith(word.casefold()):
            muted = f'color="#{styles.MUTED.hexval()[2:]}" size="{8.6 * look.scale}"'
            name += f' <font name="{fonts.REGULAR}" {muted}>· {markup(word)}</font>'
        clock = Stack(
            [
                paragraph(self._clock(start), look.clock),
                Label(f"{block.minutes} min", size=8.8 * look.scale, icon="", font=fonts.REGULAR),
            ]
        )
        # A quotation right below has a word of its own in the margin.
        crowded = not block.body or isinstance(block.body[0], Callout)
        heading = Inset(
            Text(name, look.step),
            hang=Clock(clock, icon, strong, look.scale, whole=crowded),
            hang_at=-MARGIN,
            hang_width=MARGIN - _GAP,
            keep=True,
        )
        body = self._prose(block.body)
        rule = Rule(left=MARGIN, before=0 if first else 9, after=5, keep=True)
        return [*(() if first else (rule,)), heading, *body]

    def _variants(self) -> list[Flowable]:
        look = self.look
        if not self.session.variants:
            return []
        story = self._section(self._("Si algo cambia"))
        for section_ in self.session.variants:
            pieces = self._prose(section_.body, margin=0)
            title = paragraph(section_.title, look.hang.clone("variant", textColor=styles.TEXT))
            for place, piece in enumerate(pieces):
                last = place == len(pieces) - 1
                after = 7 * look.scale if last else None
                if place == 0:
                    hung = Inset(
                        piece,
                        hang=title,
                        hang_at=-MARGIN,
                        hang_width=MARGIN - _GAP,
                        hang_drop=max(look.body.fontSize - look.hang.fontSize, 0),
                        after=after,
                    )
                    story.append(hung)
                else:
                    story.append(Inset(piece, after=after))
        return story

    def _care(self) -> list[Flowable]:
        if not self.session.care_card:
            return []
        _, look = self._, self.look
        card = CalloutLook(
            _("Tarjeta de cuidado"),
            "life-buoy",
            styles.ATTENTION,
            styles.ATTENTION_SOFT,
            "box",
        )
        heading = look.subheading.clone("care", textColor=styles.ATTENTION, spaceBefore=0)
        inside = prose(self.session.care_card, look, self.width - 28, _, links=self.links)
        pieces: list[Flowable] = [paragraph(_("Tarjeta de cuidado"), heading), *inside]
        icon = MarginIcon("life-buoy", styles.ATTENTION, 17 * look.scale)
        box = boxed(
            pieces,
            edge_painter(card),
            left=14,
            right=14,
            pad=10,
            between=0,
            hang=icon,
            hang_at=-MARGIN,
            hang_width=MARGIN - _GAP,
            before=14,
            after=8,
        )
        # It is looked for in a hurry: it stands on one page where that leaves no large gap.
        untyped: list[Any] = box
        tall = sum(float(piece.wrapOn(None, self.width, 10_000)[1]) for piece in untyped)
        return [PageEnd(least=min(tall + 14, _CARE_GAP)), *box]

    def _afterwards(self) -> list[Flowable]:
        _, session, look = self._, self.session, self.look
        story: list[Flowable] = []
        if session.afterwards or session.complement:
            story = self._section(_("Después"))
            story += self._prose(session.afterwards)
        if session.complement and not _tells(session.afterwards, session.complement.title):
            line = _(
                "Complemento: «{title}» ({minutes} min). {what}",
                title=session.complement.title,
                minutes=session.complement.minutes,
                what=session.complement.what,
            )
            story.append(paragraph(line, look.body))
        for place, text in enumerate(session.references):
            piece = paragraph(text, look.small.clone("reference", spaceAfter=1.5))
            keep = place == 0 < len(session.references) - 1
            story.append(
                self._hung(_("Referencias"), piece, before=9, keep=keep)
                if place == 0
                else Inset(piece)
            )
        return story


def section(title: str, look: styles.Styles, margin: float = MARGIN) -> list[Flowable]:
    """A heading from the page's edge, under a line that a reader leafing through finds."""
    before = look.section.spaceBefore
    style = look.section.clone("under-rule", spaceBefore=0)
    return [
        Rule(left=margin, colour=styles.PRIMARY, weight=1.1, before=before, after=4, keep=True),
        Inset(paragraph(title, style), -margin, keep=True),
    ]


def _tells(blocks: Sequence[Block], title: str) -> bool:
    """Does the prose name that title already?"""
    for block in blocks:
        match block:
            case Prose(spans) | Heading(_, spans):
                found = title in plain_text(spans)
            case ListBlock():
                found = any(_tells(item, title) for item in block.items)
            case Callout():
                found = _tells(block.body, title)
            case _:
                found = False
        if found:
            return True
    return False
