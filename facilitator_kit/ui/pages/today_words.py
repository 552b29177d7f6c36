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
    training: bool = False

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
    gathered: dict[tuple[AttentionKind, str], list[Attention]] = {}
    for item in attention:
        # A group in training has a page of its own; that of a generation shows its courses.
        whole = item.kind in _BY_GENERATION and not item.training
        key = (item.kind, item.cohort.generation_id if whole else item.cohort.id)
        gathered.setdefault(key, []).append(item)
    return [
        Matter(
            kind,
            sum(item.count for item in items),
            tuple(item.cohort for item in items),
            min((item.until for item in items if item.until is not None), default=None),
            items[0].scheduled_session_id,
            items[0].training,
        )
        for (kind, _place), items in gathered.items()
    ]


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
    if item.training and item.kind is not AttentionKind.PENDING_ROLL:
        return _in_training(item, _, until)
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


def _in_training(item: Matter, _: Texts, until: str) -> AttentionWords:
    """A line about people in training: it leads to their own page."""
    count = item.count
    people = _.plural("{count} persona en formación", "{count} personas en formación", count)
    target = ("formacion", {"cohort": item.cohorts[0].id})
    if item.kind is AttentionKind.CANNOT:
        return AttentionWords(
            _("Ya no alcanza"),
            "bad",
            people,
            _.plural("no puede cumplir lo que falta", "no pueden cumplir lo que falta", count),
            _("Ver qué falta"),
            target,
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
            target,
        )
    if item.kind is AttentionKind.READY:
        return AttentionWords(
            _("Listas"),
            "good",
            people,
            _.plural("cumple todo para su constancia", "cumplen todo para su constancia", count),
            _("Revisar"),
            target,
        )
    return AttentionWords(
        _("Formación"),
        "note",
        people,
        _.plural(
            "con pendientes antes del {until}",
            "con pendientes; el primero vence el {until}",
            count,
            until=until,
        ),
        _("Abrir"),
        target,
    )
