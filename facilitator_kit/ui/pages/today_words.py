"""The words, the colour and the way to go for each thing that asks for attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.records import Cohort
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.workspace.views import Attention, AttentionKind

_BY_GENERATION = (AttentionKind.CANNOT, AttentionKind.AT_RISK, AttentionKind.READY)
"""Kinds whose page shows a whole generation, so that its cohorts need only one line."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the list: `count` things of one kind in one cohort, or in several."""

    kind: AttentionKind
    count: int
    cohorts: tuple[Cohort, ...]
    until: date | None
    scheduled_session_id: str | None

    @property
    def generation_id(self) -> str:
        return self.cohorts[0].generation_id

    def place(self, generations: Mapping[str, str], _: Texts) -> str:
        """Where: the cohort, or the generation with how many of its cohorts."""
        if len(self.cohorts) == 1:
            return self.cohorts[0].name
        cohorts = _.plural("{count} cohorte", "{count} cohortes", len(self.cohorts))
        return f"{generations.get(self.generation_id, '')} · {cohorts}"


def matters(attention: Iterable[Attention]) -> list[Matter]:
    """The lines of the list in the same order, those of one generation gathered where they may."""
    found: dict[tuple[AttentionKind, str], Matter] = {}
    for item in attention:
        whole = item.kind in _BY_GENERATION
        key = (item.kind, item.cohort.generation_id if whole else item.cohort.id)
        before = found.get(key)
        if before is None:
            found[key] = Matter(
                item.kind, item.count, (item.cohort,), item.until, item.scheduled_session_id
            )
            continue
        days = [day for day in (before.until, item.until) if day is not None]
        found[key] = Matter(
            item.kind,
            before.count + item.count,
            (*before.cohorts, item.cohort),
            min(days, default=None),
            before.scheduled_session_id,
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class AttentionWords:
    """A line of the attention list: pill, sentence, button, and the page it leads to."""

    pill: str
    tone: Tone
    strong: str
    text: str
    action: str
    target: tuple[str, dict[str, str]]


def attention_words(item: Matter, _: Texts) -> AttentionWords:
    """How one line of the list is told."""
    count, cohort = item.count, {"cohort": item.cohorts[0].id}
    people_of = cohort if len(item.cohorts) == 1 else {"generation": item.generation_id}
    until = _.date_short(item.until) if item.until is not None else ""
    people = _.plural("{count} participante", "{count} participantes", count)
    if item.kind is AttentionKind.CANNOT:
        return AttentionWords(
            _("Ya no alcanza"),
            "bad",
            people,
            _.plural("no puede cumplir lo que falta", "no pueden cumplir lo que falta", count),
            _("Ver qué falta"),
            ("graduacion", people_of),
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
            ("graduacion", people_of),
        )
    if item.kind is AttentionKind.DRAFTS:
        return AttentionWords(
            _("Borrador"),
            "attention",
            _.plural("{count} formulario", "{count} formularios", count),
            _("sin terminar"),
            _("Terminar"),
            ("cohortes", {**cohort, "tab": "followup", "unfinished": "1"}),
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
        ("graduacion", people_of),
    )
