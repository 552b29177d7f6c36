"""The *lista de asistencia*: names in the roll's order, with boxes to mark or lines to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import (
    BOTTOM,
    Letterhead,
    Sheet,
    build_pdf,
    draw_text,
    head_height,
    story_height,
)
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import bare_table, data_table
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Mark

_LEAST_ROW: Final = 4.9 * mm
_MOST_ROW: Final = 8.5 * mm
_HEADER: Final = 24.0
"""Room for the table's head of up to two lines, in points."""
MOST_SESSIONS: Final = 8
"""More sessions than this leave no room to write; the list is then printed twice."""


class RollStyle(StrEnum):
    """Boxes for the marks, or a line for each person's signature."""

    MARKS = "marks"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class RollRow:
    """A person on the roll, under the name and code that the screen shows."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RollSession:
    """A session that the list is for; `minutes` is its length."""

    number: int
    title: str
    on: date
    starts_at: time
    minutes: int


@dataclass(frozen=True, slots=True)
class RollSheet:
    """The list. `rows` come in the roll's order; `walk_ins` empty rows follow them."""

    cohort: str
    sessions: tuple[RollSession, ...]
    rows: tuple[RollRow, ...]
    centre: str = ""
    room: str = ""
    facilitator: str = ""
    walk_ins: int = 3
    style: RollStyle = RollStyle.MARKS


def mark_keys(_: Texts) -> tuple[tuple[Mark, str, str], ...]:
    """Each mark with the key that the screen takes for it and its name, in the list's order."""
    return (
        (Mark.PRESENT, _("P"), _("Presente")),
        (Mark.LATE, _("R"), _("Retardo")),
        (Mark.EXCUSED, _("J"), _("Justificada")),
        (Mark.ABSENT, _("A"), _("Ausente")),
        (Mark.ONLINE, _("L"), _("En línea")),
    )


def roll_pdf(sheet: RollSheet, head: Letterhead, _: Texts) -> bytes:
    """The attendance list, its head repeated on every page.

    ValueError unless it has one to `MOST_SESSIONS` sessions; KitError when a logo is unreadable.
    """
    if not 1 <= len(sheet.sessions) <= MOST_SESSIONS:
        raise ValueError(len(sheet.sessions))
    look = styles.styles()
    paper = Sheet.of(head.paper)
    title = _("Lista de asistencia")
    before: list[Flowable] = [
        paragraph(title, look.title),
        paragraph(_subject(sheet, _), look.subtitle),
        _facts(sheet, paper.inner, _),
        Spacer(1, 8),
    ]
    after: list[Flowable] = [Spacer(1, 6), _closing(sheet, paper.inner, _)]
    room = paper.height - head_height(head) - BOTTOM - _HEADER
    room -= story_height(before, paper.inner) + story_height(after, paper.inner)
    # Rows as high as lets the whole list stand on one page, within what a hand needs.
    height = room / max(len(sheet.rows) + sheet.walk_ins, 1)
    table = _table(sheet, paper.inner, min(_MOST_ROW, max(_LEAST_ROW, height)), _)
    story = [*before, table, *after]
    running = sheet.cohort
    if len(sheet.sessions) == 1:
        running = " · ".join((sheet.cohort, _.date_long(sheet.sessions[0].on)))
    return build_pdf(story, head, _, title=title, running=running)


def _subject(sheet: RollSheet, _: Texts) -> str:
    if len(sheet.sessions) == 1:
        session = sheet.sessions[0]
        return _("Sesión {number} · {title}", number=session.number, title=session.title)
    return _(
        "Sesiones {first} a {last}", first=sheet.sessions[0].number, last=sheet.sessions[-1].number
    )


def _facts(sheet: RollSheet, width: float, _: Texts) -> Flowable:
    look = styles.styles()
    first = sheet.sessions[0]
    when = f"{_.weekday_date(first.on)} · {_.clock_time(first.starts_at)} · {first.minutes} min"
    place = " · ".join(part for part in (sheet.centre, sheet.room) if part)
    facts = [(_("Cohorte"), sheet.cohort)]
    if len(sheet.sessions) == 1:
        facts.append((_("Fecha y hora"), f"{when[:1].upper()}{when[1:]}"))
    facts += [(_("Lugar"), place), (_("Facilita"), sheet.facilitator)]
    facts = [fact for fact in facts if fact[1]]
    cells = [
        [paragraph(label, look.label), paragraph(value, look.strong)] for label, value in facts
    ]
    return bare_table([cells], [width / len(cells)] * len(cells), gap=8)


class _Marks(Flowable):
    """The five marks in a row of small boxes, each with its letter, to be crossed or ringed."""

    def __init__(self, letters: tuple[str, ...], width: float, height: float) -> None:
        super().__init__()
        self.letters = letters
        self.width = width
        self.height = height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        side = min(self.height, 13)
        step = self.width / len(self.letters)
        canvas.setStrokeColor(styles.MUTED)
        canvas.setLineWidth(0.6)
        canvas.setFillColor(styles.MUTED)
        for i, letter in enumerate(self.letters):
            x = i * step + (step - side) / 2
            canvas.roundRect(x, 0, side, side, 2.5)
            draw_text(canvas, x + side / 2, side / 2 - 2.9, letter, fonts.REGULAR, 8, "centre")


def _table(sheet: RollSheet, width: float, height: float, _: Texts) -> Flowable:
    look = styles.styles()
    letters = tuple(letter for _mark, letter, _name in mark_keys(_))
    one = len(sheet.sessions) == 1
    signing = sheet.style is RollStyle.SIGNATURES
    fixed = [8 * mm, 20 * mm]
    last: list[float]
    if one and signing:
        last, labels = [62 * mm], [_("Firma")]
    elif one:
        last, labels = [42 * mm, 26 * mm], [_("Marca"), _("Observación")]
    else:
        room = (width - sum(fixed) - 62 * mm) / len(sheet.sessions)
        each = min(max(room, 12 * mm), 26 * mm)
        last = [each] * len(sheet.sessions)
        labels = [f"{s.number}\n{_.date_short(s.on)}" for s in sheet.sessions]
    widths = [*fixed, width - sum(fixed) - sum(last), *last]
    header: list[Any] = [paragraph("N.º", look.column), paragraph(_("Código"), look.column)]
    header.append(paragraph(_("Nombre"), look.column))
    for label in labels:
        lines = "<br/>".join(markup(part, fonts.SEMIBOLD) for part in label.split("\n"))
        header.append(Paragraph(lines, look.column_centre))
    rows: list[list[Any]] = [header]
    people: list[RollRow | None] = [*sheet.rows, *[None] * sheet.walk_ins]
    for number, row in enumerate(people, 1):
        cells: list[Any] = [
            paragraph(str(number), look.figure),
            paragraph(row.code if row else "", look.cell_small),
            name_cell(row.name, widths[2] - 8, height) if row else "",
        ]
        if one and not signing:
            cells += [_Marks(letters, last[0] - 8, min(height - 4, 13)), ""]
        else:
            cells += [""] * len(last)
        rows.append(cells)
    extra: list[tuple[Any, ...]] = []
    if not one or signing:
        extra.append(("LINEBEFORE", (3, 1), (-1, -1), 0.4, styles.LINE))
    return data_table(
        rows, widths, padding=1, extra=extra, row_heights=[None, *[height] * (len(rows) - 1)]
    )


def name_cell(name: str, width: float, height: float) -> Paragraph:
    """A name on one line, set smaller where it is long; on two lines where that reads better."""
    look = styles.styles()
    for size in (9.5, 9, 8.5, 8, 7.5):
        lines = 1 if fonts.text_width(name, fonts.REGULAR, size) <= width else 2
        if lines == 1 or 2.3 * size <= height - 2:
            style = look.cell.clone(f"name-{size}", fontSize=size, leading=size * 1.15)
            cell = paragraph(name, style)
            if cell.wrap(width, 1000)[1] <= lines * style.leading + 0.1:
                return cell
    size = min(7.2, (height - 2) / 2.2)
    return paragraph(name, look.cell.clone("name-small", fontSize=size, leading=size * 1.08))


def _legend(_: Texts, *, blanks: bool) -> Paragraph:
    """What each letter means, with a blank to write its total on."""
    parts = [
        f'<font name="{fonts.BOLD}">{markup(letter, fonts.BOLD)}</font> {markup(name)}'
        + (" ____" if blanks else "")
        for _mark, letter, name in mark_keys(_)
    ]
    return Paragraph(" &nbsp; ".join(parts), styles.styles().small)


def _closing(sheet: RollSheet, width: float, _: Texts) -> Flowable:
    """Totals to fill in, and the line on which the facilitator signs."""
    look = styles.styles()
    totals = [
        paragraph(
            _.plural(
                "{count} persona en la lista", "{count} personas en la lista", len(sheet.rows)
            ),
            look.strong,
        ),
        Spacer(1, 4),
    ]
    if sheet.style is RollStyle.MARKS:
        totals.append(_legend(_, blanks=len(sheet.sessions) == 1))
    signature = SignatureLine(sheet.facilitator, _("Firma de quien facilita"), 66 * mm)
    return bare_table([[totals, signature]], [width - 66 * mm, 66 * mm])


class SignatureLine(Flowable):
    """Room to sign, the line, and under it who signs and as what; it never breaks a name."""

    def __init__(self, name: str, title: str, width: float, room: float = 12 * mm) -> None:
        super().__init__()
        self.width = width
        self.room = room
        look = styles.styles()
        self._texts = []
        if name:
            bold = look.centre.clone("signer", fontName=fonts.SEMIBOLD, fontSize=9, leading=11.5)
            self._texts.append(paragraph(name, bold))
        if title:
            plain = look.centre.clone(
                "signer-title", fontSize=8.5, leading=11, textColor=styles.MUTED
            )
            self._texts.append(paragraph(title, plain))
        self.height = room + 4 + sum(text.wrap(width, 1000)[1] for text in self._texts)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        y = self.height - self.room
        canvas.setStrokeColor(styles.TEXT)
        canvas.setLineWidth(0.7)
        canvas.line(0, y, self.width, y)
        y -= 3
        for text in self._texts:
            y -= text.wrap(self.width, 1000)[1]
            text.drawOn(canvas, 0, y)
