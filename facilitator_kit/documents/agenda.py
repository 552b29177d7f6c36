"""The agenda of one session on one page: what happens when, with what, and what to take care of."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from facilitator_kit.curriculum.blocks import Block
from facilitator_kit.curriculum.records import BlockKind
from facilitator_kit.documents import fonts, pictogram, styles
from facilitator_kit.documents.page import (
    BOTTOM,
    SIDE,
    Letterhead,
    Sheet,
    draw_foot,
    draw_head,
    draw_sample_mark,
    draw_text,
    head_height,
    logo_reader,
    new_canvas,
)
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.styles import Styles, markup, paragraph
from facilitator_kit.documents.tables import Panel
from facilitator_kit.i18n import Texts

_SCALES: Final = tuple(1.08 - 0.03 * step for step in range(13))
_NOTES: Final = 24 * mm
"""Least height of the space for notes; the page is made smaller before it is given up."""


_NOTE_LINES: Final = 10


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One block of the agenda. `fixed` blocks keep their hour whatever happens before them."""

    starts_at: time
    minutes: int
    kind: BlockKind
    title: str
    question: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class AgendaMaterial:
    """So many pieces of something, already counted for the group."""

    quantity: int
    name: str


@dataclass(frozen=True, slots=True)
class AgendaSheet:
    """Everything the agenda prints. `groups` are the sizes of the small groups."""

    number: int
    title: str
    module: str
    cohort: str
    on: date
    starts_at: time
    minutes: int
    lines: tuple[AgendaLine, ...]
    centre: str = ""
    room: str = ""
    facilitator: str = ""
    people: int = 0
    groups: tuple[int, ...] = ()
    objective: str = ""
    materials: tuple[AgendaMaterial, ...] = ()
    care: tuple[Block, ...] = ()
    variants: tuple[str, ...] = ()


def kind_look(kind: BlockKind, _: Texts) -> tuple[str, str, Color, Color]:
    """A block's kind in a word, its icon, its strong colour and its soft one."""
    looks = {
        BlockKind.WELCOME: (_("Bienvenida"), "hand", styles.PRIMARY, styles.PRIMARY_SOFT),
        BlockKind.CHECK_IN: (_("Check-in"), "smile", styles.PRIMARY, styles.PRIMARY_SOFT),
        BlockKind.EXPERIENCE: (_("Vivencia"), "puzzle", styles.NOTE, styles.NOTE_SOFT),
        BlockKind.REFLECTION: (_("Reflexión"), "users", styles.NOTE, styles.NOTE_SOFT),
        BlockKind.BREAK: (_("Descanso"), "coffee", styles.MUTED, styles.GROUND),
        BlockKind.CONCEPT: (_("Conceptos"), "lightbulb", styles.ATTENTION, styles.ATTENTION_SOFT),
        BlockKind.APPLICATION: (_("Aplicación"), "pencil", styles.GOOD, styles.GOOD_SOFT),
        BlockKind.CHECK_OUT: (_("Check-out"), "flag", styles.PRIMARY, styles.PRIMARY_SOFT),
        BlockKind.TALK: (_("Charla"), "mic", styles.ATTENTION, styles.ATTENTION_SOFT),
        BlockKind.PRACTICE: (_("Práctica"), "hammer", styles.GOOD, styles.GOOD_SOFT),
    }
    return looks[kind]


def agenda_pdf(sheet: AgendaSheet, head: Letterhead, _: Texts) -> bytes:
    """The agenda on exactly one page: it is set smaller until it fits.

    KitError when a logo cannot be read.
    """
    out = io.BytesIO()
    title = _("Agenda de sesión")
    paper = Sheet.of(head.paper)
    canvas = new_canvas(out, (paper.width, paper.height), title, _)
    if head.sample:
        draw_sample_mark(canvas, paper.width, paper.height, _)
    draw_head(canvas, paper, head, [logo_reader(data) for data in head.logos])
    _Agenda(sheet, paper, paper.height - head_height(head), _).draw(canvas)
    running = " · ".join(part for part in (sheet.cohort, _.date_long(sheet.on)) if part)
    draw_foot(canvas, paper, title, running, _("{page} de {pages}", page=1, pages=1))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Agenda:
    """The page below the head, drawn at the largest scale at which everything fits."""

    def __init__(self, sheet: AgendaSheet, paper: Sheet, top: float, _: Texts) -> None:
        self._ = _
        self.sheet = sheet
        self.paper = paper
        self.top = top

    def draw(self, canvas: Canvas) -> None:
        room = self.top - BOTTOM
        look = styles.styles(1.0)
        for scale in _SCALES:
            look = styles.styles(round(scale, 2))
            needed = self._height(look)
            if needed + _NOTES * scale <= room:
                break
        needed = self._height(look)
        # A session with twenty blocks is smaller still, but whole.
        shrink = min(1.0, room / needed)
        canvas.saveState()
        canvas.translate(SIDE + (1 - shrink) * self.paper.inner / 2, self.top)
        canvas.scale(shrink, shrink)
        y = self._draw_heading(canvas, look, 0)
        bottom = self._draw_columns(canvas, look, y)
        canvas.restoreState()
        left = room + bottom * shrink
        if left > 14 * mm:
            self._draw_notes(canvas, look, self.top + bottom * shrink - 5 * mm)

    def _height(self, look: Styles) -> float:
        heading = sum(f.wrap(self.paper.inner, 1000)[1] for f in self._heading(look))
        return heading + self._facts_height(look) + 10 + max(self._column_heights(look))

    # -- heading ---------------------------------------------------------------------------------

    def _heading(self, look: Styles) -> list[Paragraph]:
        sheet, _ = self.sheet, self._
        number = _("Sesión {number}", number=sheet.number)
        return [
            Paragraph(
                f'<font color="#{styles.PRIMARY.hexval()[2:]}">{markup(number, fonts.BOLD)}</font>'
                f" · {markup(sheet.title, fonts.BOLD)}",
                look.title,
            ),
            paragraph(sheet.module, look.subtitle),
        ]

    def _facts(self) -> list[tuple[str, str]]:
        sheet, _ = self.sheet, self._
        end = (
            datetime.combine(sheet.on, sheet.starts_at) + timedelta(minutes=sheet.minutes)
        ).time()
        hours = f"{_.clock_time(sheet.starts_at)}–{_.clock_time(end)}"
        people = (
            _.plural("{count} participante", "{count} participantes", sheet.people)
            if sheet.people
            else ""
        )
        cohort = " · ".join(part for part in (sheet.cohort, people) if part)
        place = " · ".join(part for part in (sheet.centre, sheet.room) if part)
        weekday = _.weekday_date(sheet.on)
        facts = [
            (_("Fecha"), f"{weekday[:1].upper()}{weekday[1:]}"),
            (_("Horario"), f"{hours} · {sheet.minutes} min"),
            (_("Cohorte"), cohort),
            (_("Lugar"), place),
            (_("Facilita"), sheet.facilitator),
        ]
        return [fact for fact in facts if fact[1]]

    def _fact_rows(self, look: Styles) -> tuple[list[list[tuple[Paragraph, Paragraph]]], float]:
        facts = self._facts()
        across = 3
        width = (self.paper.inner - 16) / across - 8
        rows: list[list[tuple[Paragraph, Paragraph]]] = []
        height = 0.0
        for i in range(0, len(facts), across):
            row = []
            tallest = 0.0
            for label, value in facts[i : i + across]:
                pair = (paragraph(label, look.label), paragraph(value, look.strong))
                tallest = max(tallest, sum(p.wrap(width, 1000)[1] for p in pair))
                row.append(pair)
            rows.append(row)
            height += tallest + 5 * look.scale
        return rows, height

    def _facts_height(self, look: Styles) -> float:
        return self._fact_rows(look)[1] + 11 * look.scale

    def _draw_heading(self, canvas: Canvas, look: Styles, y: float) -> float:
        for flowable in self._heading(look):
            height = flowable.wrap(self.paper.inner, 1000)[1]
            flowable.drawOn(canvas, 0, y - height)
            y -= height + (2 if flowable.style is look.title else 0)
        y -= 4
        rows, _height = self._fact_rows(look)
        height = self._facts_height(look)
        canvas.setFillColor(styles.PRIMARY_SOFT)
        canvas.roundRect(0, y - height, self.paper.inner, height, 6, stroke=0, fill=1)
        inner = (self.paper.inner - 16) / 3
        line_top = y - 8 * look.scale
        for row in rows:
            tallest = 0.0
            for i, pair in enumerate(row):
                top = line_top
                for flowable in pair:
                    tall = flowable.wrap(inner - 8, 1000)[1]
                    flowable.drawOn(canvas, 10 + i * inner, top - tall)
                    top -= tall
                tallest = max(tallest, line_top - top)
            line_top -= tallest + 5 * look.scale
        return y - height - 10

    # -- the two columns -------------------------------------------------------------------------

    def _widths(self) -> tuple[float, float]:
        gap = 7 * mm
        side = self.paper.inner * 0.335 if self._has_side() else -gap
        return self.paper.inner - side - gap, side

    def _has_side(self) -> bool:
        sheet = self.sheet
        return bool(
            sheet.objective or sheet.materials or sheet.care or sheet.variants or sheet.groups
        )

    def _column_heights(self, look: Styles) -> tuple[float, float]:
        main, side = self._widths()
        left = sum(self._line_height(line, look, main) for line in self.sheet.lines)
        right = sum(_tall(f, side) for f in self._side(look, side)) if side > 0 else 0
        return left, right

    def _draw_columns(self, canvas: Canvas, look: Styles, top: float) -> float:
        main, side = self._widths()
        y = top
        for i, line in enumerate(self.sheet.lines):
            y = self._draw_line(canvas, line, look, main, y, last=i + 1 == len(self.sheet.lines))
        lowest = y
        if side > 0:
            y = top
            for flowable in self._side(look, side):
                height = _tall(flowable, side)
                flowable.drawOn(canvas, self.paper.inner - side, y - height)
                y -= height
            lowest = min(lowest, y)
        return lowest

    def _line_texts(self, line: AgendaLine, look: Styles) -> list[Paragraph]:
        _ = self._
        word = kind_look(line.kind, _)[0]
        title = line.title or word
        texts = [paragraph(title, look.strong)]
        small = [] if title.casefold().startswith(word.casefold()) else [word]
        if line.fixed:
            small.append(_("hora fija"))
        note = " · ".join(small)
        if line.question:
            note = f"{note} · {line.question}" if note else line.question
        if note:
            texts.append(paragraph(note, look.small))
        return texts

    def _text_width(self, main: float, look: Styles) -> float:
        return main - (34 + 26 + 44) * look.scale

    def _line_height(self, line: AgendaLine, look: Styles, main: float) -> float:
        width = self._text_width(main, look)
        texts = sum(t.wrap(width, 1000)[1] for t in self._line_texts(line, look))
        return max(texts, 20 * look.scale) + 9 * look.scale

    def _draw_line(
        self, canvas: Canvas, line: AgendaLine, look: Styles, main: float, top: float, *, last: bool
    ) -> float:
        scale = look.scale
        height = self._line_height(line, look, main)
        middle = top - height / 2
        _word, icon, strong, soft = kind_look(line.kind, self._)
        canvas.setFillColor(styles.TEXT)
        clock = self._.clock_time(line.starts_at)
        draw_text(canvas, 0, middle - 3.2 * scale, clock, fonts.TABULAR_BOLD, 9.5 * scale)
        box = 20 * scale
        x = 34 * scale
        canvas.setFillColor(soft)
        canvas.roundRect(x, middle - box / 2, box, box, 4 * scale, stroke=0, fill=1)
        glyph = 12.5 * scale
        offset = (box - glyph) / 2
        pictogram.draw_icon(canvas, icon, x + offset, middle - glyph / 2, glyph, strong, 1.9)
        x += 26 * scale
        width = self._text_width(main, look)
        texts = self._line_texts(line, look)
        heights = [t.wrap(width, 1000)[1] for t in texts]
        y = middle + sum(heights) / 2
        for text, tall in zip(texts, heights, strict=True):
            text.drawOn(canvas, x, y - tall)
            y -= tall
        canvas.setFillColor(styles.TEXT)
        unit = fonts.text_width(" min", fonts.REGULAR, 8 * scale)
        baseline = middle - 3.2 * scale
        minutes = str(line.minutes)
        draw_text(canvas, main - unit, baseline, minutes, fonts.TABULAR_BOLD, 10 * scale, "right")
        canvas.setFillColor(styles.MUTED)
        draw_text(canvas, main, baseline, " min", fonts.REGULAR, 8 * scale, "right")
        if not last:
            canvas.setStrokeColor(styles.LINE)
            canvas.setLineWidth(0.5)
            canvas.line(34 * scale, top - height, main, top - height)
        return top - height

    def _side(self, look: Styles, width: float) -> list[Flowable]:
        sheet, _ = self.sheet, self._
        parts: list[Flowable] = []
        gap = 7 * look.scale

        def section(label: str, content: list[Flowable]) -> None:
            under = Spacer(1, 1.5 * look.scale)
            parts.extend([paragraph(label, look.label), under, *content, Spacer(1, gap)])

        if sheet.objective:
            aim = _("Cada participante puede: {objective}", objective=_lowered(sheet.objective))
            section(_("Al terminar"), [paragraph(aim, look.cell)])
        if sheet.groups:
            section(_("Grupos"), [paragraph(_group_text(sheet.groups, _), look.cell)])
        if sheet.materials:
            rows: list[Flowable] = [
                Paragraph(
                    f'<font name="{fonts.TABULAR_BOLD}">{_.number(item.quantity)}</font> '
                    f"{markup(item.name)}",
                    look.cell,
                )
                for item in sheet.materials
            ]
            section(_("Materiales"), rows)
        if sheet.care:
            heading = Paragraph(
                f'<font color="#{styles.ATTENTION.hexval()[2:]}">'
                f"{markup(_('Tarjeta de cuidado'), fonts.SEMIBOLD)}</font>",
                look.label,
            )
            text = prose(sheet.care, _compact(look), width - 16, _)
            parts.append(
                Panel(
                    [heading, *text],
                    width,
                    ground=styles.ATTENTION_SOFT,
                    padding=7 * look.scale,
                )
            )
            parts.append(Spacer(1, gap))
        if sheet.variants:
            section(_("Si algo cambia"), [paragraph(" · ".join(sheet.variants), look.cell)])
        return parts

    def _draw_notes(self, canvas: Canvas, look: Styles, top: float) -> None:
        canvas.setFillColor(styles.MUTED)
        draw_text(canvas, SIDE, top - 8, self._("Notas"), fonts.SEMIBOLD, 8 * look.scale)
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.5)
        y = top - 8 - 8 * mm
        lines = 0
        while y >= BOTTOM - 1 and lines < _NOTE_LINES:
            lines += 1
            canvas.line(SIDE, y, self.paper.width - SIDE, y)
            y -= 8 * mm


def _tall(flowable: Flowable, width: float) -> float:
    height = flowable.wrap(width, 10000)[1]
    return float(height) + (flowable.getSpaceAfter() if isinstance(flowable, Paragraph) else 0)


def _compact(look: Styles) -> Styles:
    """Prose as small as a table's cells."""
    return styles.styles(round(look.scale * 0.86, 3))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _group_text(groups: tuple[int, ...], _: Texts) -> str:
    """How many groups of which size: "3 grupos de 4 · 2 grupos de 3"."""
    sizes = sorted(set(groups), reverse=True)
    return " · ".join(
        _.plural(
            "{count} grupo de {size}", "{count} grupos de {size}", groups.count(size), size=size
        )
        for size in sizes
    )
