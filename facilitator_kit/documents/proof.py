"""The proof list: every name large, as it will be printed, before a folio is spent on it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.fences import TickBox
from facilitator_kit.documents.page import Letterhead, Sheet, build_pdf
from facilitator_kit.documents.roll import SignatureLine
from facilitator_kit.documents.styles import markup, paragraph
from facilitator_kit.documents.tables import bare_table, data_table
from facilitator_kit.i18n import Texts

LONG_NAME: Final = 60
"""Longer names still fit, but in small type: they are worth a second look."""


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A name as it will be printed; `notes` are further things to check, already in words."""

    name: str
    code: str
    cohort: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofSheet:
    """The names to be checked on `on`, in the order of the ceremony."""

    rows: tuple[ProofRow, ...]
    on: date
    centre: str = ""
    cohort: str = ""


def proof_warnings(rows: Sequence[ProofRow], _: Texts) -> tuple[tuple[str, ...], ...]:
    """What deserves a look beside each name, in the order of `rows`.

    Characters that cannot be printed are named; names that differ by accents, case or spaces
    only are told apart by code.
    """
    keys = [_without_accents(row.name) for row in rows]
    times = Counter(keys)
    result = []
    for row, key in zip(rows, keys, strict=True):
        found: list[str] = []
        missing = fonts.missing_characters(row.name)
        if missing:
            named = ", ".join(f"«{c}» (U+{ord(c):04X})" for c in missing)
            found.append(
                _.plural(
                    "No se puede imprimir el carácter {named}",
                    "No se pueden imprimir los caracteres {named}",
                    len(missing),
                    named=named,
                )
            )
        if times[key] > 1:
            others = [
                r.code for r, k in zip(rows, keys, strict=True) if k == key and r.code != row.code
            ]
            found.append(
                _("Homónima de {codes}: distinga por el código", codes=", ".join(others))
                if others
                else _("Aparece dos veces en la lista")
            )
        if not row.name.strip():
            found.append(_("Falta el nombre"))
        elif len(row.name) > LONG_NAME:
            found.append(_("Nombre muy largo: se imprimirá en letra más pequeña"))
        elif row.name != " ".join(row.name.split()):
            found.append(_("Hay espacios de más"))
        elif row.name in (row.name.upper(), row.name.lower()) and len(row.name) > 2:
            found.append(_("Revise mayúsculas y minúsculas"))
        result.append((*found, *row.notes))
    return tuple(result)


def _without_accents(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def proof_pdf(sheet: ProofSheet, head: Letterhead, _: Texts) -> bytes:
    """The list of names with a box to tick beside each, and what to look at.

    KitError when a logo cannot be read.
    """
    look = styles.styles()
    width = Sheet.of(head.paper).inner
    title = _("Prueba de nombres")
    warnings = proof_warnings(sheet.rows, _)
    about = " · ".join(
        part
        for part in (
            sheet.centre,
            sheet.cohort,
            _.plural("{count} nombre", "{count} nombres", len(sheet.rows)),
            _.date_long(sheet.on),
        )
        if part
    )
    count = sum(bool(found) for found in warnings)
    advice = (
        _.plural(
            "{count} nombre pide una segunda mirada.",
            "{count} nombres piden una segunda mirada.",
            count,
        )
        if count
        else _("Ningún nombre tiene avisos.")
    )
    story: list[Flowable] = [
        paragraph(title, look.title),
        paragraph(about, look.subtitle),
        paragraph(
            _(
                "Así se imprimirá cada nombre. Compárelo letra por letra con el documento que la "
                "persona eligió; corrija antes de aprobar: un folio gastado no se vuelve a usar."
            ),
            look.body,
        ),
        paragraph(advice, look.strong),
        Spacer(1, 8),
        _table(sheet, warnings, width, _),
        Spacer(1, 10),
        bare_table(
            [["", SignatureLine("", _("Nombre y firma de quien revisó"), 70 * mm, 14 * mm)]],
            [width - 70 * mm, 70 * mm],
        ),
    ]
    return build_pdf(story, head, _, title=title, running=sheet.cohort or sheet.centre)


def _table(
    sheet: ProofSheet, warnings: tuple[tuple[str, ...], ...], width: float, _: Texts
) -> Flowable:
    look = styles.styles()
    widths = [9 * mm, 0.0, 30 * mm, 17 * mm, 16 * mm]
    widths[1] = width - sum(widths)
    labels = ("N.º", _("Nombre"), _("Código y cohorte"), _("Letras"), _("Correcto"))
    rows: list[list[Any]] = [
        [
            paragraph(label, look.column_right if i == 3 else look.column)
            for i, label in enumerate(labels)
        ]
    ]
    name_style = look.strong.clone("proof-name", fontName=fonts.BOLD, fontSize=14, leading=17.5)
    warning = look.cell_small.clone(
        "proof-warning", textColor=styles.ATTENTION, fontName=fonts.SEMIBOLD
    )
    tinted: list[tuple[Any, ...]] = []
    for number, (row, found) in enumerate(zip(sheet.rows, warnings, strict=True), 1):
        cell: list[Any] = [paragraph(row.name, name_style)]
        cell += [paragraph(text, warning) for text in found]
        if found:
            tinted.append(("BACKGROUND", (0, number), (-1, number), styles.ATTENTION_SOFT))
        code = f"<b>{markup(row.code, fonts.BOLD)}</b>"
        if row.cohort:
            code += f"<br/>{markup(row.cohort)}"
        rows.append(
            [
                paragraph(str(number), look.figure),
                cell,
                Paragraph(code, look.cell_small),
                paragraph(str(len(row.name)), look.figure),
                TickBox(13),
            ]
        )
    return data_table(rows, widths, padding=4, extra=tinted)
