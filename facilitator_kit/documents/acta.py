"""The *acta de graduación* of a cohort: a formal record, dates and numbers in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import Letterhead, Sheet, build_pdf
from facilitator_kit.documents.roll import SignatureLine, name_cell
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import bare_table, data_table
from facilitator_kit.documents.words import (
    spelled_date,
    spelled_persons,
    spelled_time,
    title_of,
)
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import CertificateSigner, TitleForm

_PADDINGS: Final = (3.0, 2.4, 3.5, 4.0, 4.5, 5.0)
"""Rows are set closer or wider until part of the list stands on the page that is signed."""


@dataclass(frozen=True, slots=True)
class ActaLine:
    """A person who graduates, as on her certificate; `minutes` are those that it prints."""

    folio: str
    name: str
    code: str
    title_form: TitleForm = TitleForm.FEMININE
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ActaSheet:
    """Everything the acta prints. `kind` is the paper that was issued: reconocimiento, diploma…

    A constancia graduates nobody: its acta says who attended, and for how many hours each.

    `place` is "Guadalajara, Jalisco"; `venue` the room or building; `at` the hour it began.
    """

    number: str
    place: str
    on: date
    centre: str
    cohort: str
    programme: str
    route_text: str
    hours_minutes: int
    rule: str
    rule_version: int
    lines: tuple[ActaLine, ...]
    signers: tuple[CertificateSigner, ...] = ()
    kind: str = "reconocimiento"
    rule_title: str = ""
    at: time | None = None
    venue: str = ""


def kind_word(kind: str, _: Texts) -> str:
    """The name of a paper in this language; a kind of an institution's own is left as it is."""
    words = {
        "constancia": _("constancia"),
        "certificado": _("certificado"),
        "reconocimiento": _("reconocimiento"),
        "diploma": _("diploma"),
    }
    return words.get(kind, kind)


def acta_pdf(sheet: ActaSheet, head: Letterhead, _: Texts) -> bytes:
    """The acta, on as many pages as its list takes; the list's head repeats on each.

    KitError when a logo cannot be read.
    """
    result = b""
    for padding in _PADDINGS:
        end, closing = _PageMark(), _PageMark()
        made = _acta_pdf(sheet, head, padding, end, closing, _)
        if end.page == closing.page:
            return made
        result = result or made
    return result


class _PageMark(Flowable):
    """Takes no room and remembers the page that it came to stand on."""

    page = 0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.page = self.canv.getPageNumber()


def _acta_pdf(
    sheet: ActaSheet,
    head: Letterhead,
    padding: float,
    end: _PageMark,
    closing: _PageMark,
    _: Texts,
) -> bytes:
    look = styles.styles()
    width = Sheet.of(head.paper).inner
    title = _("Acta de constancias") if _of_attendance(sheet) else _("Acta de graduación")
    clause = look.clause.clone("clause-justified", alignment=TA_JUSTIFY)
    heading = look.title.clone("acta-title", alignment=1, fontSize=17, leading=21, spaceAfter=1)
    number = look.centre.clone("acta-number", textColor=styles.MUTED, spaceAfter=11)
    story: list[Flowable] = [
        Spacer(1, 3),
        paragraph(title.upper(), heading),
        paragraph(_("Acta número {number}", number=sheet.number), number),
        Paragraph(_opening(sheet, head, _), clause),
        Paragraph(_ground(sheet, _), clause),
    ]
    if sheet.lines:
        story += [_list(sheet, width, padding, _)]
    story += [end, Spacer(1, 10)]
    last: list[Flowable] = [closing, Paragraph(_closing(sheet, _), clause), Spacer(1, 4)]
    story.append(KeepTogether(last + signature_rows(sheet.signers, width)))
    running = " · ".join((sheet.number, sheet.cohort))
    return build_pdf(story, head, _, title=title, running=running)


def _of_attendance(sheet: ActaSheet) -> bool:
    return sheet.kind == "constancia"


def _opening(sheet: ActaSheet, head: Letterhead, _: Texts) -> str:
    day = spelled_date(sheet.on, _)
    venue = sheet.venue or sheet.centre
    if sheet.at is None:
        when = _("siendo el día {day}", day=day)
    else:
        when = _("siendo las {time} del día {day}", time=spelled_time(sheet.at, _), day=day)
        if sheet.at.hour == 1:
            when = _("siendo la {time} del día {day}", time=spelled_time(sheet.at, _), day=day)
    if _of_attendance(sheet):
        return markup(
            _(
                "En la ciudad de {place}, {when}, en la sede «{venue}», {institution} hace constar "
                "quiénes asistieron al programa {programme}, en el grupo {cohort}.",
                place=sheet.place,
                when=when,
                venue=venue,
                institution=head.institution,
                cohort=sheet.cohort,
                programme=sheet.programme,
            )
        )
    return markup(
        _(
            "En la ciudad de {place}, {when}, en la sede «{venue}», {institution} hace constar "
            "la graduación de la cohorte {cohort} del programa {programme}.",
            place=sheet.place,
            when=when,
            venue=venue,
            institution=head.institution,
            cohort=sheet.cohort,
            programme=sheet.programme,
        )
    )


def _ground(sheet: ActaSheet, _: Texts) -> str:
    count = len(sheet.lines)
    rule = _("«{rule}» versión {version}", rule=sheet.rule, version=sheet.rule_version)
    if sheet.rule_title:
        rule = f"{rule} ({sheet.rule_title})"
    if not count:
        return markup(
            _(
                "Revisados los expedientes conforme a los criterios {rule}, ninguna persona de "
                "esta cohorte se gradúa en esta fecha.",
                rule=rule,
            )
        )
    if _of_attendance(sheet):
        return markup(
            _.plural(
                "Revisados los expedientes conforme a los criterios {rule}, se otorga constancia "
                "de asistencia a {words} ({count}) persona, con las horas y el folio que se "
                "asientan a continuación:",
                "Revisados los expedientes conforme a los criterios {rule}, se otorga constancia "
                "de asistencia a {words} ({count}) personas, con las horas y los folios que se "
                "asientan a continuación:",
                count,
                rule=rule,
                words=spelled_persons(count, _),
            )
        )
    text = _.plural(
        "Revisados los expedientes conforme a los criterios {rule}, se declara graduada a {words} "
        "({count}) persona, que concluyó la {route}, con una duración de {hours}, y a quien se "
        "otorga {kind} con el folio que se asienta a continuación:",
        "Revisados los expedientes conforme a los criterios {rule}, se declara graduadas a {words} "
        "({count}) personas, que concluyeron la {route}, con una duración de {hours}, y a quienes "
        "se otorga {kind} con los folios que se asientan a continuación:",
        count,
        rule=rule,
        words=spelled_persons(count, _),
        route=_lower_first(sheet.route_text),
        hours=_.hours(sheet.hours_minutes).replace("\u00a0h", " ") + _("horas"),
        kind=kind_word(sheet.kind, _),
    )
    return markup(text)


def _lower_first(text: str) -> str:
    """ "Ruta de empleo" inside a sentence; names that begin with two capitals are left alone."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _list(sheet: ActaSheet, width: float, padding: float, _: Texts) -> Flowable:
    look = styles.styles()
    widths = [9 * mm, 31 * mm, 0, 22 * mm, 30 * mm]
    widths[2] = width - sum(widths)
    hours = _of_attendance(sheet)
    last = _("Horas") if hours else _("Se gradúa como")
    rows: list[list[Any]] = [
        [
            paragraph(text, look.column)
            for text in ("N.º", _("Folio"), _("Nombre"), _("Código"), last)
        ]
    ]
    for number, line in enumerate(sheet.lines, 1):
        rows.append(
            [
                paragraph(str(number), look.figure),
                paragraph(line.folio, look.cell.clone("folio", fontName=fonts.TABULAR)),
                name_cell(line.name, widths[2] - 8, 20),
                paragraph(line.code, look.cell_small),
                paragraph(
                    _.hours(line.minutes) if hours else title_of(line.title_form, _),
                    look.cell_small,
                ),
            ]
        )
    return data_table(rows, widths, padding=padding)


def _closing(sheet: ActaSheet, _: Texts) -> str:
    if not sheet.lines:
        return markup(_("Leída la presente acta, la firman quienes en ella intervinieron."))
    text = _.plural(
        "El folio anterior consta en el libro de registro. Leída la presente acta, y enteradas las "
        "personas que en ella intervinieron de su contenido y alcance, la firman al pie para "
        "constancia.",
        "Los {count} folios anteriores constan en el libro de registro. Leída la presente acta, y "
        "enteradas las personas que en ella intervinieron de su contenido y alcance, la firman al "
        "calce para constancia.",
        len(sheet.lines),
    )
    return markup(text)


def signature_rows(signers: tuple[CertificateSigner, ...], width: float) -> list[Flowable]:
    """Lines to sign on, two beside each other, with names and positions."""
    result: list[Flowable] = []
    each = 72 * mm
    for i in range(0, len(signers), 2):
        pair = [SignatureLine(s.name, s.title, each, 17 * mm) for s in signers[i : i + 2]]
        side = (width - each * len(pair)) / (len(pair) + 1)
        columns: list[float] = [side]
        cells: list[Any] = [""]
        for line in pair:
            columns += [each, side]
            cells += [line, ""]
        result.append(bare_table([cells], columns))
    return result
