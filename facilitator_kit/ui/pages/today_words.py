"""The words, the colour and the way to go for each thing that asks for attention."""

from __future__ import annotations

from dataclasses import dataclass

from facilitator_kit.i18n import Texts
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.workspace.views import Attention, AttentionKind


@dataclass(frozen=True, slots=True)
class AttentionWords:
    """A line of the attention list: pill, sentence, button, and the page it leads to."""

    pill: str
    tone: Tone
    strong: str
    text: str
    action: str
    target: tuple[str, dict[str, str]]


def attention_words(item: Attention, _: Texts) -> AttentionWords:
    """How one thing that asks for attention is told."""
    count, cohort = item.count, {"cohort": item.cohort.id}
    until = _.date_short(item.until) if item.until is not None else ""
    people = _.plural("{count} participante", "{count} participantes", count)
    if item.kind is AttentionKind.CANNOT:
        return AttentionWords(
            _("Ya no alcanza"),
            "bad",
            people,
            _.plural("no puede cumplir lo que falta", "no pueden cumplir lo que falta", count),
            _("Ver qué falta"),
            ("graduacion", cohort),
        )
    if item.kind is AttentionKind.PENDING_ROLL:
        return AttentionWords(
            _("Lista pendiente"),
            "attention",
            _.plural("{count} sesión", "{count} sesiones", count),
            _.plural("sin su lista completa", "sin su lista completa", count),
            _("Capturar"),
            (
                "cohortes",
                {**cohort, "tab": "attendance", "session": item.scheduled_session_id or ""},
            ),
        )
    if item.kind is AttentionKind.AT_RISK:
        return AttentionWords(
            _("En riesgo"),
            "attention",
            people,
            _.plural(
                "ya no puede faltar; la fecha más cercana es el {until}",
                "ya no pueden faltar; la fecha más cercana es el {until}",
                count,
                until=until,
            ),
            _("Ver"),
            ("graduacion", cohort),
        )
    if item.kind is AttentionKind.CONTACTS:
        return AttentionWords(
            _("Contactar"),
            "note",
            people,
            _.plural(
                "con contactos por hacer antes del {until}",
                "con contactos por hacer; el primero vence el {until}",
                count,
                until=until,
            ),
            _("Abrir lista"),
            ("cohortes", {**cohort, "tab": "followup"}),
        )
    if item.kind is AttentionKind.SURVEYS:
        return AttentionWords(
            _("Encuesta"),
            "note",
            _.plural("{count} encuesta", "{count} encuestas", count),
            _.plural(
                "por contestar antes del {until}",
                "por contestar; la primera vence el {until}",
                count,
                until=until,
            ),
            _("Abrir lista"),
            ("cohortes", {**cohort, "tab": "followup"}),
        )
    return AttentionWords(
        _("Listas"),
        "good",
        people,
        _.plural("cumple todo para graduarse", "cumplen todo para graduarse", count),
        _("Revisar"),
        ("graduacion", cohort),
    )
