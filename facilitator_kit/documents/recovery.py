"""The recovery key on paper: what opens a workspace when its passphrase is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.page import Letterhead, Sheet, build_pdf
from facilitator_kit.documents.roll import SignatureLine
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import Panel, bare_table
from facilitator_kit.i18n import Texts


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """`key` is printed as given, in its own groups; `workspace` is the name people know it by."""

    key: str
    workspace: str
    on: date


def recovery_key_pdf(sheet: RecoverySheet, head: Letterhead, _: Texts) -> bytes:
    """The sheet that is kept under lock. KitError when a logo cannot be read."""
    look = styles.styles()
    width = Sheet.of(head.paper).inner
    title = _("Clave de recuperación")
    size = 20.0
    words = sheet.key.split() or [""]
    groups = [words[i : i + 4] for i in range(0, len(words), 4)]
    while size > 9 and any(
        fonts.text_width("   ".join(group), fonts.TABULAR_BOLD, size) > width - 30
        for group in groups
    ):
        size -= 0.5
    key = look.centre.clone(
        "key", fontName=fonts.TABULAR_BOLD, fontSize=size, leading=size * 1.6, splitLongWords=1
    )
    lines = "<br/>".join(
        "&nbsp;&nbsp; ".join(markup(word, fonts.TABULAR_BOLD) for word in group) for group in groups
    )
    steps = (
        _("Guarde esta hoja bajo llave, lejos de la computadora y de sus copias de seguridad."),
        _(
            "Quien tenga esta hoja y el archivo puede abrir todos los expedientes: no la "
            "fotografíe ni la envíe por mensaje."
        ),
        _(
            "Si pierde la frase de acceso, elija «Abrir con la clave de recuperación» y escríbala "
            "tal como está aquí; los espacios y los guiones no importan."
        ),
        _(
            "Si pierde las dos, la frase y esta hoja, nadie podrá abrir los datos: tampoco quien "
            "hizo el programa."
        ),
        _("Al cambiar la clave de recuperación, destruya esta hoja e imprima la nueva."),
    )
    story: list[Flowable] = [
        paragraph(title, look.title),
        paragraph(f"{sheet.workspace} · {_.date_long(sheet.on)}", look.subtitle),
        Panel([Paragraph(lines, key)], width, ground=styles.PRIMARY_SOFT, padding=16),
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
