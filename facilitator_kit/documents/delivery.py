"""The *hoja de entrega*: who received her certificate, signed for, by centre and cohort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.acta import kind_word
from facilitator_kit.documents.page import Letterhead, Sheet, build_pdf
from facilitator_kit.documents.roll import SignatureLine, name_cell
from facilitator_kit.documents.styles import paragraph
from facilitator_kit.documents.tables import bare_table, data_table
from facilitator_kit.documents.words import place_date
from facilitator_kit.i18n import Texts


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A person who receives her certificate."""

    folio: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class DeliveryGroup:
    """The people of one cohort, in the order in which they are called."""

    centre: str
    cohort: str
    rows: tuple[DeliveryRow, ...]


@dataclass(frozen=True, slots=True)
class DeliverySheet:
    """`on` is the day of the ceremony; without it a line is left to write it on."""

    place: str
    groups: tuple[DeliveryGroup, ...]
    on: date | None = None
    kind: str = "reconocimiento"


def delivery_pdf(sheet: DeliverySheet, head: Letterhead, _: Texts) -> bytes:
    """One list for each cohort, each on a page of its own, with a line to sign for each person.

    KitError when a logo cannot be read.
    """
    look = styles.styles()
    width = Sheet.of(head.paper).inner
    title = _("Hoja de entrega")
    when = (
        place_date(sheet.place, sheet.on, _)
        if sheet.on
        else _("{place}, a ____ de ______________ de ______", place=sheet.place)
    )
    story: list[Flowable] = []
    if not sheet.groups:
        story = [
            paragraph(title, look.title),
            paragraph(when, look.subtitle),
            paragraph(_("No hay documentos por entregar."), look.body),
        ]
    for i, group in enumerate(sheet.groups):
        if i:
            story.append(PageBreak())
        name = " · ".join(part for part in (group.centre, group.cohort) if part)
        count = _.plural(
            "{count} documento por entregar: {kind}",
            "{count} documentos por entregar: {kind}",
            len(group.rows),
            kind=kind_word(sheet.kind, _),
        )
        story += [
            paragraph(title, look.title),
            paragraph(name, look.strong),
            paragraph(f"{when} · {count}", look.subtitle),
            _table(group, width, _),
            Spacer(1, 8),
            paragraph(
                _("Con su firma, cada persona confirma que recibió el documento original."),
                look.small,
            ),
            Spacer(1, 8),
            bare_table(
                [["", SignatureLine("", _("Nombre y firma de quien entrega"), 70 * mm, 14 * mm)]],
                [width - 70 * mm, 70 * mm],
            ),
        ]
    return build_pdf(story, head, _, title=title, running=when if sheet.on else "")


def _table(group: DeliveryGroup, width: float, _: Texts) -> Flowable:
    look = styles.styles()
    widths = [8 * mm, 30 * mm, 0.0, 19 * mm, 54 * mm]
    widths[2] = width - sum(widths)
    labels = ("N.º", _("Folio"), _("Nombre"), _("Código"), _("Recibí (firma)"))
    rows: list[list[Any]] = [[paragraph(label, look.column) for label in labels]]
    # Room to sign, and a cohort of 24 on one page.
    height = (11 if len(group.rows) <= 14 else 8) * mm
    folio = look.cell.clone("delivery-folio", fontName=fonts.TABULAR)
    for number, row in enumerate(group.rows, 1):
        rows.append(
            [
                paragraph(str(number), look.figure),
                paragraph(row.folio, folio),
                name_cell(row.name, widths[2] - 8, height),
                paragraph(row.code, look.cell_small),
                "",
            ]
        )
    return data_table(
        rows,
        widths,
        padding=1,
        row_heights=[None, *[height] * len(group.rows)],
        extra=[("LINEBEFORE", (4, 1), (4, -1), 0.4, styles.LINE)] if group.rows else [],
    )
