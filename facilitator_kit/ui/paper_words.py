"""The paper sizes and countries in words, for every form that asks for them."""

from __future__ import annotations

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Paper


def paper_choices(_: Texts) -> list[tuple[Paper, str]]:
    """Paper sizes with their measures."""
    return [
        (Paper.LETTER, _("Carta (216 × 279 mm)")),
        (Paper.OFICIO_330, _("Oficio corto (216 × 330 mm)")),
        (Paper.OFICIO_340, _("Oficio mediano (216 × 340 mm)")),
        (Paper.OFICIO_356, _("Oficio largo (216 × 356 mm)")),
        (Paper.A4, _("A4 (210 × 297 mm)")),
    ]


def country_choices(_: Texts) -> list[tuple[str, str]]:
    """Countries whose words, holidays and numbers the kit knows."""
    return [("MX", _("México")), ("CL", _("Chile"))]
