"""Certificates from a pack's layout: one page a person, a thousand in a second."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import BinaryIO, Final

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.curriculum.records import CertificateLayout, LayoutElement
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.lines import (
    NAME_LEADING,
    draw_centred,
    fit_name,
    styled_words,
    wrap,
)
from facilitator_kit.documents.page import (
    SIZES,
    draw_text,
    draw_wash,
    logo_reader,
    new_canvas,
    sample_label,
)
from facilitator_kit.documents.streamed import StreamedCanvas
from facilitator_kit.documents.words import period_text, place_date, title_of
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import (
    CertificateSigner,
    Paper,
    RegisterLine,
    TitleForm,
)
from facilitator_kit.progress import Progress, Work, finish

_BASE: Final = (215.9, 279.4)
"""Letter, upright, in millimetres: what layouts are written for."""
_FRAME: Final = 9.0
_QR: Final = 35.0
_SIDE: Final = 25.0
_FIELD: Final = re.compile(r"\{(\w+)\}")
_PERSONAL: Final = ("{name}", "{folio}", "{book}", "{leaf}", "{graduate}")
_PROGRESS_EVERY: Final = 25
_HERS: Final = frozenset(
    ("name", "folio", "book", "leaf", "title_form", "reprint", "replaces"),
)
"""The fields of a sheet that differ from one person to the next."""


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """Everything one certificate prints. `hours_minutes` are the hours, in minutes.

    `reprint` counts copies after the first; `replaces` is the folio that this one stands for.
    """

    layout: CertificateLayout
    paper: Paper
    name: str
    institution: str
    centre: str
    programme: str
    route_text: str
    hours_minutes: int
    starts_on: date
    ends_on: date
    issued_on: date
    place: str
    folio: str
    book: int
    leaf: int
    rule: str
    rule_version: int
    signers: tuple[CertificateSigner, ...] = ()
    title_form: TitleForm = TitleForm.FEMININE
    sample: bool = False
    reprint: int = 0
    voided: bool = False
    replaces: str = ""

    @classmethod
    def of(
        cls,
        line: RegisterLine,
        layout: CertificateLayout,
        *,
        reprint: int = 0,
        voided: bool = False,
        replaces: str = "",
    ) -> CertificateSheet:
        """The certificate that a register line stands for."""
        return cls(
            layout=layout,
            paper=line.paper,
            name=line.printed_name,
            institution=line.institution,
            centre=line.centre,
            programme=line.programme,
            route_text=line.route_text,
            hours_minutes=line.hours_minutes,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            issued_on=line.issued_on,
            place=line.place,
            folio=line.folio,
            book=line.book,
            leaf=line.leaf,
            rule=line.rule,
            rule_version=line.rule_version,
            signers=line.signers,
            title_form=line.title_form,
            sample=line.sample,
            reprint=reprint,
            voided=voided,
            replaces=replaces,
        )


_COMMON: Final = attrgetter(*(f.name for f in fields(CertificateSheet) if f.name not in _HERS))
"""What the certificates of one form share."""


def certificate_pdf(sheet: CertificateSheet, logos: Sequence[bytes], _: Texts) -> bytes:
    """One certificate. KitError when a logo cannot be read."""
    out = io.BytesIO()
    finish(certificates_pdf([sheet], logos, out, _))
    return out.getvalue()


def certificates_pdf(
    sheets: Sequence[CertificateSheet], logos: Sequence[bytes], out: BinaryIO, _: Texts
) -> Work[int]:
    """Write all certificates to `out` as one print-ready PDF, one page each; gives their number.

    Each page goes to `out` as it is finished, so what a cancelled run leaves there is no PDF yet.
    What certificates share is drawn once, as a form that each page refers to: this keeps a thousand
    pages small and quick.
    ValueError when there are no sheets; KitError when a logo cannot be read.
    """
    if not sheets:
        raise ValueError("no certificates")
    readers = [logo_reader(data) for data in logos]
    title = _("Certificados")
    canvas = new_canvas(out, _page_size(sheets[0]), title, _, StreamedCanvas)
    drawings: dict[tuple[object, ...], tuple[str, _Drawing]] = {}
    shared: tuple[object, ...] = ()
    for done, sheet in enumerate(sheets):
        if done % _PROGRESS_EVERY == 0:
            yield Progress(done, len(sheets), message("Preparar los certificados"))
        if shared != _COMMON(sheet):  # those of one ceremony mostly follow each other
            shared = _COMMON(sheet)
            if shared not in drawings:
                drawings[shared] = (f"certificate-{len(drawings) + 1}", _Drawing(sheet, _))
                _draw_form(canvas, *drawings[shared], readers)
            form, drawing = drawings[shared]
            canvas.setPageSize((drawing.width, drawing.height))
        canvas.doForm(form)
        drawing.draw_person(canvas, sheet)
        canvas.showPage()
    yield Progress(len(sheets), len(sheets), message("Escribir los certificados"))
    canvas.save()
    return len(sheets)


def _draw_form(
    canvas: Canvas, form: str, drawing: _Drawing, readers: Sequence[ImageReader]
) -> None:
    size = (drawing.width, drawing.height)
    canvas.setPageSize(size)
    canvas.beginForm(form, 0, 0, *size)
    drawing.draw_common(canvas, readers)
    canvas.endForm()


def _page_size(sheet: CertificateSheet) -> tuple[float, float]:
    width, height = SIZES[sheet.paper]
    return (height, width) if sheet.layout.orientation == "landscape" else (width, height)


def _hours(minutes: int, _: Texts) -> str:
    exact = Decimal(minutes) / 60
    return _.number(exact, 0 if exact == exact.to_integral_value() else 1)


_COLOURS: Final[dict[str, Color]] = {
    "text": styles.TEXT,
    "primary": styles.PRIMARY,
    "muted": styles.MUTED,
}


class _Drawing:
    """A layout on one paper, for all certificates that share everything but the person."""

    def __init__(self, sheet: CertificateSheet, _: Texts) -> None:
        self._ = _
        self.layout = sheet.layout
        self.width, self.height = _page_size(sheet)
        base = _BASE[::-1] if sheet.layout.orientation == "landscape" else _BASE
        self.across = self.width / base[0]
        self.down = self.height / base[1]
        # Type grows and shrinks with the tighter direction, so that nothing comes too close.
        self.type_scale = min(self.across, self.down) / mm
        self.centre = self.width / 2
        self.sheet = sheet
        elements = sheet.layout.elements
        self.common = [e for e in elements if not self._personal(e)]
        self.personal = [e for e in elements if self._personal(e)]
        self.last_footer = next((e for e in reversed(elements) if e.kind == "footer"), None)

    @staticmethod
    def _personal(element: LayoutElement) -> bool:
        if element.kind in ("name", "footer"):
            return True
        return element.kind == "text" and any(field in element.text for field in _PERSONAL)

    # -- what is drawn ---------------------------------------------------------------------------

    def draw_common(self, canvas: Canvas, readers: Sequence[ImageReader]) -> None:
        """What all of them share, the marks first so that they lie under the text."""
        if self.sheet.sample:
            draw_wash(canvas, self.width, self.height, self._("EJEMPLO"), styles.SAMPLE_WASH)
        if self.sheet.voided:
            draw_wash(canvas, self.width, self.height, self._("CANCELADO"), styles.BAD_SOFT)
        draw: dict[str, Callable[[Canvas, LayoutElement], None]] = {
            "frame": self._draw_frame,
            "text": lambda c, e: self._draw_text(c, e, self.sheet),
            "rule": self._draw_rule,
            "signatures": self._draw_signatures,
            "logos": lambda c, e: self._draw_logos(c, e, readers),
        }
        for element in self.common:
            if (
                element.kind in draw
            ):  # the place of the QR stays empty until certificates are signed
                draw[element.kind](canvas, element)
        if self.sheet.sample:
            self._draw_sample_label(canvas)

    def draw_person(self, canvas: Canvas, sheet: CertificateSheet) -> None:
        """What is this person's own: the name, and texts with her folio in them."""
        footed = False
        for element in self.personal:
            if element.kind == "name":
                self._draw_name(canvas, element, sheet.name)
            elif element is self.last_footer:
                self._draw_text(canvas, element, sheet, self._remarks(sheet))
                footed = True
            else:
                self._draw_text(canvas, element, sheet)
        remarks = self._remarks(sheet)
        if remarks and not footed:
            canvas.setFillColor(styles.MUTED)
            y = (_FRAME + 5) * mm
            draw_text(canvas, self.centre, y, " · ".join(remarks), fonts.REGULAR, 8, "centre")

    def _remarks(self, sheet: CertificateSheet) -> tuple[str, ...]:
        remarks = []
        if sheet.replaces:
            remarks.append(self._("Sustituye al folio {folio}", folio=sheet.replaces))
        if sheet.reprint:
            remarks.append(self._("Reimpresión {number}", number=sheet.reprint))
        if sheet.voided:
            remarks.append(self._("Folio cancelado: esta copia no es válida"))
        return tuple(remarks)

    # -- measures --------------------------------------------------------------------------------

    def _y(self, top: float) -> float:
        return self.height - top * self.down

    def _size(self, element: LayoutElement) -> float:
        return element.size * self.type_scale

    def _room(self, element: LayoutElement) -> float:
        """Points from the element's top to the next thing below it, or to the frame."""
        edge = self.height / self.down - _FRAME - 3
        below = [
            other.top
            for other in self.layout.elements
            if other.top > element.top and other.kind not in ("frame", "qr", "logos")
        ]
        return (min([*below, edge]) - element.top) * self.down

    @cached_property
    def _shared_words(self) -> dict[str, str]:
        """What fields of texts stand for on all of them."""
        sheet, _ = self.sheet, self._
        return {
            "institution": sheet.institution,
            "centre": sheet.centre,
            "route": sheet.route_text,
            "programme": sheet.programme,
            "hours": _hours(sheet.hours_minutes, _),
            "period": period_text(sheet.starts_on, sheet.ends_on, _),
            "place_date": place_date(sheet.place, sheet.issued_on, _),
            "criteria": _(
                "«{rule}» versión {version}", rule=sheet.rule, version=sheet.rule_version
            ),
        }

    def _filled(self, text: str, sheet: CertificateSheet) -> str:
        words = {
            **self._shared_words,
            "name": sheet.name,
            "folio": sheet.folio,
            "book": str(sheet.book),
            "leaf": str(sheet.leaf),
            "graduate": title_of(sheet.title_form, self._),
        }
        return _FIELD.sub(lambda match: words.get(match[1], match[0]), text)

    # -- elements --------------------------------------------------------------------------------

    def _draw_frame(self, canvas: Canvas, element: LayoutElement) -> None:
        inset = (element.top or _FRAME) * mm
        canvas.setStrokeColor(_COLOURS.get(element.colour, styles.PRIMARY))
        canvas.setLineWidth(1)
        canvas.rect(inset, inset, self.width - 2 * inset, self.height - 2 * inset)
        inset += 1.6 * mm
        canvas.setStrokeColor(styles.FRAME_INNER)
        canvas.setLineWidth(0.5)
        canvas.rect(inset, inset, self.width - 2 * inset, self.height - 2 * inset)

    def _draw_rule(self, canvas: Canvas, element: LayoutElement) -> None:
        half = element.width * self.across / 2
        canvas.setStrokeColor(_COLOURS.get(element.colour, styles.TEXT))
        canvas.setLineWidth(0.7)
        y = self._y(element.top)
        canvas.line(self.centre - half, y, self.centre + half, y)

    def _draw_logos(
        self, canvas: Canvas, element: LayoutElement, readers: Sequence[ImageReader]
    ) -> None:
        if not readers:
            return
        height = (element.height or 13) * self.down
        gap = 12 * mm
        sizes = []
        for reader in readers:
            pixels, rows = reader.getSize()
            sizes.append((pixels * height / rows, height))
        room = element.width * self.across - gap * (len(sizes) - 1)
        shrink = min(1.0, room / sum(width for width, _height in sizes))
        sizes = [(width * shrink, tall * shrink) for width, tall in sizes]
        x = self.centre - (sum(width for width, _h in sizes) + gap * (len(sizes) - 1)) / 2
        middle = self._y(element.top) - height / 2
        for reader, (width, tall) in zip(readers, sizes, strict=True):
            canvas.drawImage(reader, x, middle - tall / 2, width, tall)
            x += width + gap

    def _draw_text(
        self,
        canvas: Canvas,
        element: LayoutElement,
        sheet: CertificateSheet,
        remarks: tuple[str, ...] = (),
    ) -> None:
        text = " · ".join((self._filled(element.text, sheet), *remarks))
        font = fonts.BOLD if element.weight == "bold" else fonts.REGULAR
        size = self._size(element)
        width = element.width * self.across
        canvas.setFillColor(_COLOURS.get(element.colour, styles.TEXT))
        top = self._y(element.top)
        if element.spacing:
            spacing = element.spacing * self.type_scale
            natural = fonts.text_width(text, font, size, spacing)
            shrink = min(1.0, width / natural) if natural else 1.0
            size, spacing = size * shrink, spacing * shrink
            draw_text(
                canvas, self.centre, top - fonts.ASCENT * size, text, font, size, "centre", spacing
            )
            return
        natural = fonts.text_width(text, font, size) if "**" not in text else width + 1
        if natural <= width:
            baseline = top - fonts.ASCENT * size
            draw_text(canvas, self.centre, baseline, text, font, size, "centre", width=natural)
            return
        words = styled_words(text, font)
        room = self._room(element)
        lines, factor = wrap(words, size, width), 1.55
        # First the lines move together, then the type shrinks: down to two thirds, no further.
        least = size * 0.66
        while lines and size > least:
            factor = min(1.55, max(1.2, room / (size * len(lines))))
            fits_down = size * factor * len(lines) <= room * 1.001
            if fits_down and max(line.width for line in lines) <= width + 0.01:
                break
            size *= 0.97
            lines = wrap(words, size, width)
        draw_centred(canvas, lines, self.centre, top - fonts.ASCENT * size, size, size * factor)

    def _draw_name(self, canvas: Canvas, element: LayoutElement, name: str) -> None:
        size = self._size(element)
        room = self._room(element) - 2 * mm
        font = fonts.BOLD if element.weight == "bold" else fonts.REGULAR
        fit = fit_name(name, font, size, element.width * self.across, room)
        canvas.setFillColor(_COLOURS.get(element.colour, styles.TEXT))
        top = self._y(element.top)
        if len(fit.lines) == 1:
            baseline = top - fonts.ASCENT * size
        else:
            block = fit.size * NAME_LEADING * 2
            baseline = top - (room - block) / 2 - fonts.ASCENT * fit.size
        for line in fit.lines:
            draw_text(canvas, self.centre, baseline, line, font, fit.size, "centre")
            baseline -= fit.size * NAME_LEADING

    def _draw_signatures(self, canvas: Canvas, element: LayoutElement) -> None:
        signers = self.sheet.signers[:4]
        if not signers:
            return
        left, right = _SIDE * mm, self.width - _SIDE * mm
        qr = next((e for e in self.layout.elements if e.kind == "qr"), None)
        if qr is not None and qr.top < element.top + 25 and element.top < qr.top + _QR:
            right -= _QR * mm + 6 * mm
        count = len(signers)
        gap = (14 if count < 3 else 8) * mm
        each = min(66 * mm, (element.width * self.across - gap * (count - 1)) / count)
        if count > 2:
            each = min(60 * mm, (right - left - gap * (count - 1)) / count)
        block = each * count + gap * (count - 1)
        # Centred on the page when that keeps clear of the QR's place; else centred in what is left.
        x = self.centre - block / 2
        if x + block > right or x < left:
            x = (left + right - block) / 2
        for signer in signers:
            self._draw_signer(canvas, signer, x, each, self._y(element.top), self._size(element))
            x += each + gap

    def _draw_signer(
        self,
        canvas: Canvas,
        signer: CertificateSigner,
        x: float,
        width: float,
        y: float,
        size: float,
    ) -> None:
        canvas.setStrokeColor(styles.TEXT)
        canvas.setLineWidth(0.8)
        canvas.line(x, y, x + width, y)
        canvas.setFillColor(styles.TEXT)
        y -= size * 1.45
        for text, font in ((signer.name, fonts.BOLD), (signer.title, fonts.REGULAR)):
            type_size = size
            lines = wrap(styled_words(text, font), type_size, width)
            while type_size > size * 0.7 and (
                len(lines) > 2 or any(line.width > width for line in lines)
            ):
                type_size *= 0.96
                lines = wrap(styled_words(text, font), type_size, width)
            draw_centred(canvas, lines, x + width / 2, y, type_size, type_size * 1.25)
            y -= type_size * 1.25 * len(lines) + size * 0.1

    # -- marks -----------------------------------------------------------------------------------

    def _draw_sample_label(self, canvas: Canvas) -> None:
        """The mark in words, set into the frame's upper line."""
        label = sample_label(self._)
        half = fonts.text_width(label, fonts.SEMIBOLD, 8) / 2 + 8
        y = self.height - (_FRAME + 0.8) * mm
        canvas.setFillColor(styles.PAPER)
        canvas.rect(self.centre - half, y - 5, 2 * half, 10, stroke=0, fill=1)
        canvas.setFillColor(styles.ATTENTION)
        draw_text(canvas, self.centre, y - 2.7, label, fonts.SEMIBOLD, 8, "centre")
