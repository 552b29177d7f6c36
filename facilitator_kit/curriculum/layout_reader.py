"""A certificate layout's TOML: its elements from top to bottom, and the fields of its texts."""

from __future__ import annotations

import re
from typing import Final

from facilitator_kit.curriculum.pack_text import Terms, filled_toml
from facilitator_kit.curriculum.records import CertificateLayout, LayoutElement
from facilitator_kit.curriculum.session_reader import Sourced
from facilitator_kit.curriculum.toml_source import Findings, TomlTable
from facilitator_kit.i18n import message

LAYOUT_KINDS: Final = ("constancia", "certificado", "reconocimiento", "diploma")
ELEMENT_KINDS: Final = ("frame", "logos", "text", "name", "rule", "signatures", "qr", "footer")
LAYOUT_FIELDS: Final = frozenset(
    {
        "institution",
        "centre",
        "name",
        "route",
        "programme",
        "hours",
        "period",
        "place_date",
        "folio",
        "book",
        "leaf",
        "criteria",
    }
)
WEIGHTS: Final = ("regular", "bold")
COLOURS: Final = ("text", "primary", "muted")
ORIENTATIONS: Final = ("landscape", "portrait")
HOURS: Final = ("programme", "attended")

_FIELD = re.compile(r"\{([^{}]*)\}")


def read_layout(
    text: str, file: str, findings: Findings, terms: Terms
) -> Sourced[CertificateLayout] | None:
    """The layout of a file; None, reported, when it is not TOML or has no code."""
    table = filled_toml(text, file, findings, terms)
    if table is None:
        return None
    code = table.code()
    layout = CertificateLayout(
        code,
        table.integer("version", least=1),
        table.word("kind", LAYOUT_KINDS),
        table.text("title"),
        table.word("orientation", ORIENTATIONS, default="landscape"),
        table.word("hours", HOURS),
        tuple(_element(one) for one in table.tables("elements")),
    )
    table.finish()
    if layout.elements and not any(one.kind == "name" for one in layout.elements):
        table.add(
            "elements",
            "layout_without_name",
            message("El documento no tiene dónde escribir el nombre."),
            message('Agregue un elemento con kind = "name".'),
        )
    return Sourced(layout, table) if code else None


def _element(table: TomlTable) -> LayoutElement:
    element = LayoutElement(
        table.word("kind", ELEMENT_KINDS),
        table.text("text", default=""),
        table.number("top", 0),
        table.number("size", 11),
        table.word("weight", WEIGHTS, default="regular"),
        table.word("colour", COLOURS, default="text"),
        table.number("spacing", 0),
        table.number("width", 200),
        table.number("height", 0),
    )
    table.finish()
    for name in _FIELD.findall(element.text):
        if name not in LAYOUT_FIELDS:
            table.add(
                "text",
                "unknown_field",
                message("El texto pide «{field}», que no existe.", field=name),
                message("Los campos son: {fields}.", fields=", ".join(sorted(LAYOUT_FIELDS))),
            )
    return element
