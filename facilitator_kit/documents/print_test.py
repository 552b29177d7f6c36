"""A test page: does this printer print this paper whole and at its true size?"""

from __future__ import annotations

import io
from typing import Final

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import (
    BOTTOM,
    EDGE,
    SIDE,
    Letterhead,
    Sheet,
    draw_foot,
    draw_sample_mark,
    draw_text,
    new_canvas,
)
from facilitator_kit.documents.styles import paragraph
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Paper

_RULER: Final = 100
"""Length of the rulers in millimetres."""


def paper_name(paper: Paper, _: Texts) -> str:
    """The paper's name with its measures: "Oficio (216 × 340 mm)"."""
    names = {
        Paper.LETTER: _("Carta (216 × 279 mm)"),
        Paper.OFICIO_330: _("Oficio (216 × 330 mm)"),
        Paper.OFICIO_340: _("Oficio (216 × 340 mm)"),
        Paper.OFICIO_356: _("Oficio (216 × 356 mm)"),
        Paper.A4: _("A4 (210 × 297 mm)"),
    }
    return names[paper]


def print_test_pdf(head: Letterhead, _: Texts) -> bytes:
    """One page with frames at known distances, two rulers, and tints and letters to judge by."""
    out = io.BytesIO()
    sheet = Sheet.of(head.paper)
    title = _("Hoja de prueba de impresión")
    canvas = new_canvas(out, (sheet.width, sheet.height), title, _)
    if head.sample:
        draw_sample_mark(canvas, sheet.width, sheet.height, _)
    _draw_frames(canvas, sheet, _)
    look = styles.styles()
    y = sheet.height - 34 * mm
    name = paper_name(head.paper, _)
    for text, style in (
        (title, look.title),
        (f"{head.institution} · {name}", look.subtitle),
        (
            _(
                "Imprima esta hoja «a tamaño real» o «al 100 %», sin ajustar a la página. Deben "
                "verse las cuatro orillas de los dos marcos, y cada regla debe medir 100 "
                "milímetros exactos. Si falta una orilla o la regla mide otra cosa, revise el "
                "tamaño de papel elegido en la impresora."
            ),
            look.body,
        ),
    ):
        flowable = paragraph(text, style)
        height = flowable.wrap(sheet.inner - 12 * mm, 1000)[1]
        flowable.drawOn(canvas, SIDE + 6 * mm, y - height)
        y -= height + style.spaceAfter
    y -= 14 * mm
    _draw_ruler(canvas, SIDE, y, upright=False)
    _draw_ruler(canvas, SIDE, y - 118 * mm, upright=True)
    _draw_samples(canvas, SIDE + 32 * mm, y - 26 * mm, _)
    draw_foot(canvas, sheet, title, name, _("{page} de {pages}", page=1, pages=1))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_frames(canvas: Canvas, sheet: Sheet, _: Texts) -> None:
    canvas.setStrokeColor(styles.MUTED)
    canvas.setLineWidth(0.5)
    canvas.rect(EDGE, EDGE, sheet.width - 2 * EDGE, sheet.height - 2 * EDGE)
    canvas.setStrokeColor(styles.PRIMARY)
    canvas.rect(SIDE, BOTTOM, sheet.inner, sheet.height - BOTTOM - 22 * mm)
    canvas.setFillColor(styles.MUTED)
    label = _("Marco exterior: {mm} mm de la orilla", mm=round(EDGE / mm))
    draw_text(canvas, EDGE + 4 * mm, sheet.height - EDGE - 9 * mm, label, fonts.REGULAR, 8)
    label = _("Marco interior: margen lateral de {mm} mm", mm=round(SIDE / mm))
    draw_text(canvas, sheet.width - SIDE, sheet.height - 20 * mm, label, fonts.REGULAR, 8, "right")


def _draw_ruler(canvas: Canvas, x: float, y: float, *, upright: bool) -> None:
    """A ruler of a hundred millimetres whose zero is at (x, y), inset from the frame."""
    canvas.saveState()
    canvas.translate(x + 8 * mm, y)
    canvas.setStrokeColor(styles.TEXT)
    canvas.setFillColor(styles.TEXT)
    canvas.setLineWidth(0.5)
    for step in range(_RULER + 1):
        tick = (4 if step % 10 == 0 else 3 if step % 5 == 0 else 1.8) * mm
        place = step * mm
        if upright:
            canvas.line(0, place, tick, place)
        else:
            canvas.line(place, 0, place, -tick)
        if step % 10 == 0:
            if upright:
                draw_text(canvas, 5 * mm, place - 2.4, str(step), fonts.TABULAR, 7)
            else:
                draw_text(canvas, place, -7 * mm, str(step), fonts.TABULAR, 7, "centre")
    end = _RULER * mm
    canvas.line(0, 0, 0 if upright else end, end if upright else 0)
    label_x, label_y = (13 * mm, end / 2) if upright else (end + 4 * mm, -3)
    draw_text(canvas, label_x, label_y, f"{_RULER} mm", fonts.SEMIBOLD, 8)
    canvas.restoreState()


def _draw_samples(canvas: Canvas, x: float, y: float, _: Texts) -> None:
    """Letters of falling size and the tints in use."""
    x += 8 * mm
    canvas.setFillColor(styles.TEXT)
    for size in (24, 14, 10, 8, 7):
        y -= size * 1.5
        text = "¿Ñandú o pingüino?" if size > 20 else "Ñandú, pingüino, acción. 0123456789"
        draw_text(canvas, x, y, text, fonts.REGULAR, size)
    y -= 18 * mm
    tints = (
        styles.PRIMARY,
        styles.GOOD,
        styles.ATTENTION,
        styles.NOTE,
        styles.PRIMARY_SOFT,
        styles.GOOD_SOFT,
        styles.ATTENTION_SOFT,
        styles.NOTE_SOFT,
    )
    canvas.setStrokeColor(styles.LINE)
    for i, tint in enumerate(tints):
        canvas.setFillColor(tint)
        canvas.roundRect(x + i * 13 * mm, y, 11 * mm, 11 * mm, 4, stroke=1, fill=1)
    canvas.setFillColor(styles.MUTED)
    caption = _("Los ocho cuadros deben distinguirse del papel.")
    draw_text(canvas, x, y - 5 * mm, caption, fonts.REGULAR, 8)
