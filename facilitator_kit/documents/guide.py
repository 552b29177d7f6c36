"""A session's guide and its handouts as printed pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

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
from facilitator_kit.curriculum.records import Handout, Material, Module, Per, Session, SessionBlock
from facilitator_kit.documents import fonts, pictogram, styles
from facilitator_kit.documents.agenda import AgendaMaterial, kind_look
from facilitator_kit.documents.page import BOTTOM, Letterhead, Sheet, build_pdf, story_height
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import Panel, bare_table, data_table
from facilitator_kit.i18n import Texts

_HANDOUT_SCALES: Final = (1.1, 1.04, 0.98, 0.92)
"""A handout is set somewhat smaller when that keeps it on one page."""
_CUT: Final = 12 * mm


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """A session to print; `materials` are counted for a group, else its own table is printed."""

    session: Session
    module: Module
    materials: tuple[AgendaMaterial, ...] = ()


@dataclass(frozen=True, slots=True)
class HandoutSheet:
    """A handout to print; `copies` tells how many a group needs, in the foot of the page."""

    handout: Handout
    module: str = ""
    copies: int | None = None


def session_guide_pdf(sheet: GuideSheet, head: Letterhead, _: Texts) -> bytes:
    """The whole guide of a session, for the person who facilitates it.

    KitError when a logo cannot be read.
    """
    return _Guide(sheet, Sheet.of(head.paper).inner, _).pdf(head)


class _Guide:
    def __init__(self, sheet: GuideSheet, width: float, _: Texts) -> None:
        self._ = _
        self.session = sheet.session
        self.sheet = sheet
        self.width = width
        self.look = styles.styles()

    def pdf(self, head: Letterhead) -> bytes:
        _, session, module = self._, self.session, self.sheet.module
        number = next((i for i, s in enumerate(module.sessions, 1) if s.code == session.code), 0)
        place = f"{module.code} · {module.title}"
        if number:
            place += " · " + _(
                "sesión {number} de {count}", number=number, count=len(module.sessions)
            )
        story: list[Flowable] = [
            paragraph(session.title, self.look.title),
            paragraph(place, self.look.subtitle),
            *self._facts(),
            *self._preparation(),
            *self._steps(),
            *self._variants(),
            *self._care(),
            *self._afterwards(),
        ]
        return build_pdf(
            story, head, _, title=_("Guía de sesión"), running=f"{session.code} · {session.title}"
        )

    def _heading(self, text: str) -> list[Flowable]:
        heading = self.look.heading.clone("guide-heading", keepWithNext=0)
        return [CondPageBreak(35 * mm), paragraph(text, heading)]

    def _facts(self) -> list[Flowable]:
        _, session, look = self._, self.session, self.look
        size = _("{least} a {most} participantes", least=session.group[0], most=session.group[1])
        facts = [(_("Duración"), f"{session.minutes} min · {size}")]
        if session.objective:
            aim = session.objective[:1].lower() + session.objective[1:]
            facts.append(
                (_("Al terminar"), _("Cada participante puede: {objective}", objective=aim))
            )
        if session.evidence:
            facts.append((_("Evidencia"), session.evidence))
        if session.lens:
            facts.append((_("Mirada de género"), session.lens))
        if session.competences:
            facts.append((_("Competencias"), " · ".join(session.competences)))
        rows = [[paragraph(label, look.label), paragraph(text, look.cell)] for label, text in facts]
        table = bare_table(
            rows,
            [30 * mm, self.width - 30 * mm - 14],
            extra=[("BOTTOMPADDING", (0, 0), (-1, -1), 3)],
        )
        return [Panel([table], self.width, ground=styles.PRIMARY_SOFT), Spacer(1, 4)]

    def _preparation(self) -> list[Flowable]:
        _, session, look = self._, self.session, self.look
        if not (session.materials or session.preparation or self.sheet.materials):
            return []
        story = self._heading(_("Preparar"))
        if self.sheet.materials:
            pairs = [(_.number(m.quantity), m.name) for m in self.sheet.materials]
        else:
            pairs = [(self._quantity(m), m.name) for m in session.materials]
        if pairs:
            rows: list[list[Any]] = [
                [paragraph(_("Material"), look.column), paragraph(_("Cantidad"), look.column_right)]
            ]
            rows += [[paragraph(n, look.cell), paragraph(q, look.figure)] for q, n in pairs]
            story += [data_table(rows, [self.width - 62 * mm, 62 * mm]), Spacer(1, 8)]
        return story + prose(session.preparation, look, self.width, _)

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
        story = self._heading(self._("Paso a paso"))
        start = 0
        for block in self.session.blocks:
            story += self._step(block, start)
            start += block.minutes
        return story

    def _step(self, block: SessionBlock, start: int) -> list[Flowable]:
        _, look = self._, self.look
        word, icon, strong, soft = kind_look(block.kind, _)
        clock = f"{start // 60}:{start % 60:02}"
        title = block.title or word
        small = word if not title.casefold().startswith(word.casefold()) else ""
        name = f"<b>{markup(title, fonts.BOLD)}</b>"
        if small:
            name += (
                f' <font color="#{styles.MUTED.hexval()[2:]}" size="8.5">· {markup(small)}</font>'
            )
        cells: list[Any] = [
            paragraph(clock, look.figure_strong),
            _Glyph(icon, strong, soft),
            Paragraph(name, look.strong),
            paragraph(f"{block.minutes} min", look.figure_strong),
        ]
        heading = bare_table(
            [cells],
            [11 * mm, 11 * mm, self.width - 44 * mm, 22 * mm],
            extra=[
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (2, 0), (2, 0), 3),
                ("LINEABOVE", (0, 0), (-1, 0), 0.5, styles.LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ],
        )
        return [CondPageBreak(26 * mm), heading, *prose(block.body, look, self.width, _)]

    def _variants(self) -> list[Flowable]:
        if not self.session.variants:
            return []
        story = self._heading(self._("Si algo cambia"))
        for section in self.session.variants:
            story.append(paragraph(section.title, self.look.subheading))
            story += prose(section.body, self.look, self.width, self._)
        return story

    def _care(self) -> list[Flowable]:
        if not self.session.care_card:
            return []
        _ = self._
        heading = self.look.subheading.clone("care", textColor=styles.ATTENTION, spaceBefore=0)
        content: list[Flowable] = [
            paragraph(_("Tarjeta de cuidado"), heading),
            *prose(self.session.care_card, self.look, self.width - 30, _),
        ]
        return [
            Spacer(1, 8),
            CondPageBreak(40 * mm),
            _care_panel(content, self.width),
            Spacer(1, 4),
        ]

    def _afterwards(self) -> list[Flowable]:
        _, session = self._, self.session
        story: list[Flowable] = []
        if session.afterwards or session.complement:
            story = self._heading(_("Después"))
            story += prose(session.afterwards, self.look, self.width, _)
        if session.complement and not _tells(session.afterwards, session.complement.title):
            line = _(
                "Complemento: «{title}» ({minutes} min). {what}",
                title=session.complement.title,
                minutes=session.complement.minutes,
                what=session.complement.what,
            )
            story.append(paragraph(line, self.look.body))
        if session.references:
            story += [
                paragraph(_("Referencias"), self.look.subheading),
                *[paragraph(text, self.look.small) for text in session.references],
            ]
        return story


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


def _care_panel(content: list[Flowable], width: float) -> Flowable:
    """A soft box that can break over pages: one row for each piece, not one cell for all."""
    return bare_table(
        [[piece] for piece in content],
        [width],
        extra=[
            ("BACKGROUND", (0, 0), (-1, -1), styles.ATTENTION_SOFT),
            ("LINEBEFORE", (0, 0), (0, -1), 3, styles.ATTENTION),
            ("LEFTPADDING", (0, 0), (-1, -1), 12),
            ("RIGHTPADDING", (0, 0), (-1, -1), 10),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("TOPPADDING", (0, 0), (-1, 0), 8),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 8),
        ],
    )


class _Glyph(Flowable):
    """A block's icon on its soft square."""

    def __init__(self, icon: str, strong: Any, soft: Any) -> None:
        super().__init__()
        self.icon, self.strong, self.soft = icon, strong, soft

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 20, 20

    def draw(self) -> None:
        self.canv.setFillColor(self.soft)
        self.canv.roundRect(4, 0, 20, 20, 4, stroke=0, fill=1)
        pictogram.draw_icon(self.canv, self.icon, 7.7, 3.7, 12.6, self.strong, 1.9)


def handout_pdf(sheet: HandoutSheet, head: Letterhead, _: Texts) -> bytes:
    """A handout to be copied: quiet head, wide lines; a "half" handout stands twice on its page.

    KitError when a logo cannot be read.
    """
    paper = Sheet.of(head.paper)
    handout = sheet.handout
    twice = handout.paper == "half"
    room = paper.height - 22 * mm - BOTTOM
    if twice:
        room = (room - _CUT) / 2
    story = _handout_story(sheet, paper.inner, _HANDOUT_SCALES[0], _)
    for scale in _HANDOUT_SCALES:
        candidate = _handout_story(sheet, paper.inner, scale, _)
        needed = story_height(candidate, paper.inner)
        if needed <= room:
            story = candidate
            if twice:
                again = _handout_story(sheet, paper.inner, scale, _)
                story += [Spacer(1, room - needed), CutLine(paper.inner), *again]
            break
    running = handout.code
    if sheet.copies is not None:
        copies = _.plural("{count} copia", "{count} copias", sheet.copies)
        running = f"{handout.code} · {copies}"
    return build_pdf(story, head, _, title=handout.title, running=running, full_head=False)


def _handout_story(sheet: HandoutSheet, width: float, scale: float, _: Texts) -> list[Flowable]:
    look = styles.styles(scale)
    handout = sheet.handout
    about = " · ".join(part for part in (sheet.module, handout.session, handout.code) if part)
    return [
        paragraph(handout.title, look.title),
        paragraph(about, look.small),
        Spacer(1, 8),
        *prose(handout.body, look, width, _),
    ]


class CutLine(Flowable):
    """A dashed line across the page with a pair of scissors."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width = width

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, _CUT

    def draw(self) -> None:
        canvas = self.canv
        y = 7 * mm
        pictogram.draw_icon(canvas, "scissors", 0, y - 6, 12, styles.MUTED, 1.6)
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.6)
        canvas.setDash(3, 3)
        canvas.line(16, y, self.width, y)
        canvas.setDash()
