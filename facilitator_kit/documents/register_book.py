"""The *libro de registro* on paper: one line a folio, one page a leaf, with what became of it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.acta import kind_word
from facilitator_kit.documents.page import BOTTOM, Letterhead, Sheet, build_pdf
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import data_table
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import RegisterLine, RegisterState

_DIGEST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register line and what has happened to it since.

    `related_folio` is the folio that replaced a reissued one, or the one that this one replaces.
    """

    book: int
    leaf: int
    line: int
    folio: str
    on: date
    name: str
    code: str
    kind: str
    cohort: str
    hours_minutes: int
    rule: str
    rule_version: int
    issued_by: str
    state: RegisterState
    digest: str
    cause: str = ""
    related_folio: str = ""
    reprints: int = 0
    delivered_on: date | None = None
    series: str = ""

    @classmethod
    def of(
        cls,
        line: RegisterLine,
        state: RegisterState,
        *,
        cause: str = "",
        related_folio: str = "",
        reprints: int = 0,
        delivered_on: date | None = None,
    ) -> RegisterRow:
        """The row of a stored register line."""
        return cls(
            book=line.book,
            leaf=line.leaf,
            line=line.line,
            folio=line.folio,
            on=line.issued_on,
            name=line.printed_name,
            code=line.participant_code,
            kind=line.kind,
            cohort=line.cohort,
            hours_minutes=line.hours_minutes,
            rule=line.rule,
            rule_version=line.rule_version,
            issued_by=line.issued_by,
            state=state,
            digest=line.digest,
            cause=cause,
            related_folio=related_folio,
            reprints=reprints,
            delivered_on=delivered_on,
            series=line.series,
        )


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """Rows of the book as they stood on `as_of`."""

    rows: tuple[RegisterRow, ...]
    as_of: date
    series: str = ""
    title: str = ""


def register_pdf(sheet: RegisterSheet, head: Letterhead, _: Texts) -> bytes:
    """The register, landscape; every leaf begins a page and is named on it.

    KitError when a logo cannot be read.
    """
    look = styles.styles()
    paper = Sheet.of(head.paper, landscape=True)
    width = paper.inner
    title = _("Libro de registro")
    subtitle = sheet.title or (_("Serie {series}", series=sheet.series) if sheet.series else "")
    as_of = _("Estado al {date}", date=_.date_long(sheet.as_of))
    running = " · ".join(part for part in (subtitle, as_of) if part)
    story: list[Flowable] = [
        paragraph(sheet.title or title, look.title),
        paragraph(" · ".join(part for part in (sheet.series, as_of) if part), look.subtitle),
    ]
    if not sheet.rows:
        story.append(paragraph(_("No hay folios registrados."), look.body))
    # Each centre's series is a book of its own.
    ordered = sorted(
        sheet.rows, key=lambda row: (row.series, row.book, row.leaf, row.line, row.folio)
    )
    leaves = groupby(ordered, key=lambda row: (row.series, row.book, row.leaf))
    for i, ((series, book, leaf), rows) in enumerate(leaves):
        if i:
            story.append(PageBreak())
        name = _("Libro {book} · Foja {leaf}", book=book, leaf=leaf)
        if series:
            name = " · ".join((_("Serie {series}", series=series), name))
        room = paper.height - (62 * mm if i == 0 else 32 * mm) - BOTTOM
        story += [_fitting_table(name, list(rows), width, room, _), Spacer(1, 6)]
    story.append(paragraph(_footnote(sheet, _), look.small))
    return build_pdf(story, head, _, title=title, running=running, landscape=True)


def _footnote(sheet: RegisterSheet, _: Texts) -> str:
    counts = [
        (
            RegisterState.CURRENT,
            _.plural("{count} vigente", "{count} vigentes", _count(sheet, RegisterState.CURRENT)),
        ),
        (
            RegisterState.VOIDED,
            _.plural(
                "{count} cancelado", "{count} cancelados", _count(sheet, RegisterState.VOIDED)
            ),
        ),
        (
            RegisterState.REISSUED,
            _.plural(
                "{count} reexpedido", "{count} reexpedidos", _count(sheet, RegisterState.REISSUED)
            ),
        ),
    ]
    folios = _.plural("{count} folio", "{count} folios", len(sheet.rows))
    states = ", ".join(text for _state, text in counts)
    return _(
        "{folios}: {states}. Un folio cancelado no se vuelve a usar.", folios=folios, states=states
    )


def _count(sheet: RegisterSheet, state: RegisterState) -> int:
    return sum(row.state is state for row in sheet.rows)


def _fitting_table(
    name: str, rows: list[RegisterRow], width: float, room: float, _: Texts
) -> Flowable:
    """The leaf's table, set smaller where that keeps the leaf on one page."""
    ruler = Canvas(io.BytesIO())
    for scale in (1.0, 0.94, 0.88):
        table = _table(name, rows, width, scale, _)
        if table.wrapOn(ruler, width, room)[1] <= room:
            return table
    return _table(name, rows, width, 1.0, _)


def _table(name: str, rows: list[RegisterRow], width: float, scale: float, _: Texts) -> Flowable:
    look = styles.styles(scale)
    size = 7.8 * scale
    small = look.cell_small.clone("register-cell", fontSize=size, leading=size * 1.25)
    # Shares of the width; the name and the state take what wider paper gives.
    shares = [
        ("N.º", 9.0),
        (_("Folio"), 27.0),
        (_("Fecha"), 21.0),
        (_("Nombre y código"), 53.0),
        (_("Tipo y cohorte"), 29.0),
        (_("Horas"), 14.0),
        (_("Criterios"), 20.0),
        (_("Emitió"), 24.0),
        (_("Estado"), 42.0),
        (_("Huella"), 23.0),
    ]
    total = sum(share for _label, share in shares)
    widths = [width * share / total for _label, share in shares]
    leaf = look.heading.clone("leaf", fontSize=11, leading=14, spaceBefore=0, spaceAfter=0)
    table: list[list[Any]] = [
        [paragraph(name, leaf), *[""] * (len(shares) - 1)],
        [
            paragraph(label, look.column_right if i == 5 else look.column)
            for i, (label, _share) in enumerate(shares)
        ],
    ]
    figure = look.figure.clone("register-figure", fontSize=size, leading=size * 1.25)
    folio = small.clone("register-folio", fontName=fonts.TABULAR_BOLD)
    digest = small.clone(
        "register-digest", fontName=fonts.TABULAR, fontSize=size * 0.9, textColor=styles.MUTED
    )
    for row in rows:
        name = f"<b>{markup(row.name, fonts.BOLD)}</b><br/>{markup(row.code)}"
        kind = f"{markup(_title(kind_word(row.kind, _)))}<br/>{markup(row.cohort)}"
        rule = _("«{rule}» v.\u00a0{version}", rule=row.rule, version=row.rule_version)
        table.append(
            [
                paragraph(str(row.line), figure),
                paragraph(row.folio, folio),
                paragraph(_.date_medium(row.on), small),
                Paragraph(name, small),
                Paragraph(kind, small),
                paragraph(_.hours(row.hours_minutes), figure),
                paragraph(rule, small),
                paragraph(row.issued_by, small),
                Paragraph(_state(row, _), small),
                paragraph(row.digest[:_DIGEST_SHOWN], digest),
            ]
        )
    tight: list[tuple[Any, ...]] = [
        ("SPAN", (0, 0), (-1, 0)),
        ("BACKGROUND", (0, 0), (-1, 0), styles.PAPER),
    ]
    tight += [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    return data_table(table, widths, padding=2 * scale, extra=tight, head_rows=2)


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def _state(row: RegisterRow, _: Texts) -> str:
    looks = {
        RegisterState.CURRENT: (_("Vigente"), styles.GOOD),
        RegisterState.VOIDED: (_("Cancelado"), styles.BAD),
        RegisterState.REISSUED: (_("Reexpedido"), styles.ATTENTION),
    }
    word, colour = looks[row.state]
    first = f'<font color="#{colour.hexval()[2:]}"><b>{markup(word, fonts.BOLD)}</b></font>'
    notes: list[str] = []
    if row.cause:
        notes.append(row.cause)
    if row.related_folio:
        if row.state is RegisterState.CURRENT:
            notes.append(_("sustituye a {folio}", folio=row.related_folio))
        else:
            notes.append(_("lo sustituye {folio}", folio=row.related_folio))
    if row.reprints:
        notes.append(_.plural("{count} reimpresión", "{count} reimpresiones", row.reprints))
    if row.delivered_on:
        notes.append(_("entregado el {date}", date=_.date_medium(row.delivered_on)))
    return " · ".join([first, *(markup(note) for note in notes)])
