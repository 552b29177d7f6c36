"""The recovery key on paper: what opens a workspace when its passphrase is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import Letterhead, Sheet, build_pdf
from facilitator_kit.documents.roll import SignatureLine
from facilitator_kit.documents.styles import paragraph
from facilitator_kit.documents.tables import Panel, bare_table
from facilitator_kit.i18n import Texts

_ACROSS: Final = 4


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """`key` in groups divided by hyphens or blanks; `workspace` as people know it."""

    key: str
    workspace: str
    on: date


def recovery_key_pdf(sheet: RecoverySheet, head: Letterhead, _: Texts) -> bytes:
    """The sheet that is kept under lock. KitError when a logo cannot be read."""
    look = styles.styles()
    width = Sheet.of(head.paper).inner
    title = _("Clave de recuperación")
    steps = (
        _("Guarde esta hoja bajo llave, lejos de este equipo y de sus copias."),
        _(
            "Quien tenga esta hoja y el archivo puede abrir todos los expedientes: no la "
            "fotografíe ni la envíe por mensaje."
        ),
        _(
            "Si pierde la contraseña, elija «Usar la clave de recuperación» y escríbala "
            "grupo por grupo, en su orden; los espacios y los guiones no importan."
        ),
        _(
            "Si pierde las dos, la contraseña y esta hoja, nadie podrá abrir los datos: tampoco "
            "quien hizo el programa."
        ),
        _("Al cambiar la clave de recuperación, destruya esta hoja e imprima la nueva."),
    )
    story: list[Flowable] = [
        paragraph(title, look.title),
        paragraph(f"{sheet.workspace} · {_.date_long(sheet.on)}", look.subtitle),
        Panel([_groups(sheet.key, width - 28)], width, ground=styles.PRIMARY_SOFT, padding=14),
        Spacer(1, 14),
        *[
            paragraph(f"{i}. {text}", look.body.clone("step", leftIndent=14, firstLineIndent=-14))
            for i, text in enumerate(steps, 1)
        ],
        Spacer(1, 12 * mm),
        bare_table(
            [
                [
                    SignatureLine("", _("Quien resguarda: nombre y firma"), 76 * mm),
                    SignatureLine("", _("Lugar en que se guarda"), 76 * mm),
                ]
            ],
            [width - 76 * mm, 76 * mm],
        ),
    ]
    return build_pdf(story, head, _, title=title, running=sheet.workspace)


def _groups(key: str, width: float) -> Flowable:
    """The key's groups, four to a line and numbered: a mistyped group is named by its number."""
    look = styles.styles()
    groups = [group for group in re.split(r"[-\s]+", key) if group]
    each = width / _ACROSS
    size = 22.0
    while size > 8 and any(
        fonts.text_width(group, fonts.TABULAR_BOLD, size) > each - 6 for group in groups
    ):
        size -= 0.5
    big = look.centre.clone(
        "key", fontName=fonts.TABULAR_BOLD, fontSize=size, leading=size * 1.2, alignment=0
    )
    cells: list[list[Flowable]] = [
        [paragraph(str(number), look.label), paragraph(group, big)]
        for number, group in enumerate(groups, 1)
    ]
    rows: list[list[Any]] = [
        list(cells[i : i + _ACROSS]) for i in range(0, len(cells), _ACROSS)
    ] or [[""]]
    rows[-1] += [""] * (_ACROSS - len(rows[-1]))
    return bare_table(rows, [each] * _ACROSS, extra=[("BOTTOMPADDING", (0, 0), (-1, -1), 6)])
