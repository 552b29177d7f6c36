"""How figures are put in words: never a percentage without its base, none on fewer than ten."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from facilitator_kit.i18n import Message, Texts, message
from facilitator_kit.monitoring.indicators import LEAST_N, FrameworkResult, FrameworkStatus
from facilitator_kit.monitoring.records import (
    ComputedFigure,
    FigureSource,
    FrameworkRow,
    TargetType,
)
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import Column
from facilitator_kit.workspace.figures import GroupFigure

STATUS: Final[dict[FrameworkStatus, tuple[Message, Tone]]] = {
    FrameworkStatus.PARTIAL: (message("Parcial"), "attention"),
    FrameworkStatus.MET: (message("Lograda"), "good"),
    FrameworkStatus.EXCEEDED: (message("Rebasada"), "good"),
    FrameworkStatus.NO_TARGET: (message("Sin meta"), "neutral"),
}

SOURCES: Final[dict[FigureSource, Message]] = {
    FigureSource.COMPUTED: message("Calculada de los registros"),
    FigureSource.ENTERED: message("Escrita con su fuente"),
}

TARGETS: Final[dict[TargetType, Message]] = {
    TargetType.INCREMENTAL: message("Incremental: se suma a la línea base"),
    TargetType.CUMULATIVE: message("Acumulada: incluye la línea base"),
}

COMPUTED: Final[dict[ComputedFigure, Message]] = {
    ComputedFigure.GRADUATES: message("Graduadas con folio vigente"),
    ComputedFigure.TRAINED: message("Formadas: al menos una sesión"),
    ComputedFigure.PEER_MENTORS: message("Mentoras entre pares formadas"),
    ComputedFigure.EXIT_SURVEYS: message("Encuestas de salida contestadas"),
    ComputedFigure.CENTRES: message("Centros con cohortes"),
}

STATES: Final[dict[str, Message]] = {
    "can_fulfil": message("Todavía pueden cumplir"),
    "cannot": message("Ya no alcanzan"),
    "left": message("Dejaron el programa"),
    "refused": message("Se decidió que no"),
    "fulfilled": message("Cumplen y esperan folio"),
}


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A row of the results framework with its result."""

    row: FrameworkRow
    result: FrameworkResult


def share(part: int, whole: int, people: int) -> Decimal | None:
    """`part` in percent of `whole`, or None where fewer than ten people stand behind it."""
    if not whole or people < LEAST_N:
        return None
    return Decimal(100 * part) / whole


def completion_base(group: GroupFigure) -> int:
    """Whom completion is counted on: the enrolled without those who moved to another intake."""
    return group.enrolled - group.transfers


def completion_text(group: GroupFigure, _: Texts) -> str:
    """ "55 de 63 · 87.3 %"."""
    base = completion_base(group)
    counts = _("{part} de {whole}", part=_.number(group.graduates), whole=_.number(base))
    found = share(group.graduates, base, base)
    return counts if found is None else f"{counts} · {_.percent(found, 1)}"


def attendance_text(group: GroupFigure, _: Texts) -> str:
    """ "88.1 % (n = 63)", or hours attended of hours given where fewer than ten attended."""
    found = share(group.attended_minutes, group.delivered_minutes, group.trained)
    if found is None:
        return _(
            "{part} de {whole}",
            part=_.hours(group.attended_minutes),
            whole=_.hours(group.delivered_minutes),
        )
    return _("{percent} (n = {n})", percent=_.percent(found, 1), n=_.number(group.trained))


def group_columns(_: Texts) -> tuple[Column[GroupFigure], ...]:
    """The columns of centres and cohorts."""
    return (
        Column[GroupFigure](
            _("Centro o cohorte"),
            lambda g: g.name,
            style="strong",
            width=200,
            stretch=True,
            tip=lambda g: g.name,
            sort=lambda g: g.name,
        ),
        Column[GroupFigure](
            _("Inscritas"), lambda g: _.number(g.enrolled), align="right", sort=lambda g: g.enrolled
        ),
        Column[GroupFigure](
            _("Formadas"), lambda g: _.number(g.trained), align="right", sort=lambda g: g.trained
        ),
        Column[GroupFigure](
            _("Graduadas"),
            lambda g: _.number(g.graduates),
            align="right",
            sort=lambda g: g.graduates,
        ),
        Column[GroupFigure](_("Conclusión"), lambda g: completion_text(g, _), align="right"),
        Column[GroupFigure](_("Asistencia"), lambda g: attendance_text(g, _), align="right"),
    )


def framework_columns(_: Texts) -> tuple[Column[ResultLine], ...]:
    """The columns of the results framework."""

    def count(value: int | None) -> str:
        return "–" if value is None else _.number(value)

    def target_type(line: ResultLine) -> str:
        if line.result.target is None:
            return ""
        if line.result.target_type is TargetType.INCREMENTAL:
            return _("incremental")
        return _("acumulada")

    def progress(line: ResultLine) -> str:
        found = line.result.progress_percent
        return "–" if found is None else _.percent(found)

    def source(line: ResultLine) -> str:
        if line.result.source is FigureSource.COMPUTED:
            return _("Calculada")
        return _("Escrita")

    return (
        Column[ResultLine](
            _("Indicador"),
            lambda line: line.result.text,
            style="strong",
            width=260,
            stretch=True,
            tip=lambda line: line.result.text,
        ),
        Column[ResultLine](_("Línea base"), lambda x: count(x.result.baseline), align="right"),
        Column[ResultLine](_("Meta"), lambda x: count(x.result.target), align="right"),
        Column[ResultLine](_("Tipo"), target_type, style="muted"),
        Column[ResultLine](_("Logrado"), lambda x: count(x.result.achieved), align="right"),
        Column[ResultLine](_("Avance"), progress, align="right"),
        Column[ResultLine](
            _("Estado"),
            lambda x: _.render(STATUS[x.result.status][0]),
            tone=lambda x: STATUS[x.result.status][1],
        ),
        Column[ResultLine](
            _("Fuente"),
            source,
            style="muted",
            tip=lambda x: x.result.source_note or _.render(SOURCES[x.result.source]),
        ),
    )
