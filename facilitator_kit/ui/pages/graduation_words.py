"""How a candidate's situation is put in words, in what order it comes, and which filter it fits."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import Message, Texts, message
from facilitator_kit.monitoring.eligibility import EligibilityState, Line, LineKind
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.ui.pages.training_words import OF_TRAINING, training_lack
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import Column
from facilitator_kit.workspace.views import Candidate

WAVES: Final[dict[Wave, Message]] = {
    Wave.ENTRY: message("encuesta de entrada"),
    Wave.EXIT: message("encuesta de salida"),
    Wave.P6: message("encuesta de 6 meses"),
    Wave.P12: message("encuesta de 12 meses"),
    Wave.OBSERVATION: message("observación de una sesión"),
    Wave.SELF_ASSESSMENT: message("autoevaluación"),
    Wave.QUIZ: message("cuestionario"),
    Wave.PRACTICE: message("práctica"),
}

DECISIONS: Final[dict[DecisionKind, Message]] = {
    DecisionKind.GRADUATES: message("Se gradúa"),
    DecisionKind.EXCEPTION: message("Se gradúa por excepción"),
    DecisionKind.REFUSED: message("No se gradúa"),
}

NAME_COLUMN: Final = 1
LIST_WIDTH: Final = 730
"""Design pixels at which all columns of the list are in sight."""


class Situation(StrEnum):
    """Where a woman stands between the rule, the decision and the register."""

    CAN = "can"
    READY = "ready"
    DECIDED = "decided"
    CANNOT = "cannot"
    GRADUATED = "graduated"
    REFUSED = "refused"
    LEFT = "left"


class Filter(StrEnum):
    """Which part of the list is shown."""

    ALL = "all"
    READY = "ready"
    CAN = "can"
    CANNOT = "cannot"
    DECIDED = "decided"
    GRADUATED = "graduated"


def situation(candidate: Candidate) -> Situation:
    """The one thing that is true of her now: a folio, else a decision, else the rule's answer."""
    if candidate.line is not None:
        return Situation.GRADUATED
    if candidate.decision is not None:
        return Situation.DECIDED if candidate.graduates else Situation.REFUSED
    if candidate.left:
        return Situation.LEFT
    match candidate.eligibility.state:
        case EligibilityState.FULFILLED:
            return Situation.READY
        case EligibilityState.CAN_FULFIL:
            return Situation.CAN
        case EligibilityState.CANNOT:
            return Situation.CANNOT


_RANK: Final = {one: rank for rank, one in enumerate(Situation)}


def urgency(candidate: Candidate) -> tuple[int, bool, date]:
    """What the list is ordered by: what can still be mended first, by its deadline."""
    found = situation(candidate)
    until = candidate.eligibility.until if found is Situation.CAN else None
    return _RANK[found], not candidate.evidence_changed, until or date.max


def fits(candidate: Candidate, wanted: Filter) -> bool:
    """Whether she belongs to that part of the list."""
    found = situation(candidate)
    match wanted:
        case Filter.ALL:
            return True
        case Filter.READY:
            return found is Situation.READY
        case Filter.CAN:
            return found is Situation.CAN
        case Filter.CANNOT:
            return found is Situation.CANNOT
        case Filter.DECIDED:
            return found in (Situation.DECIDED, Situation.REFUSED)
        case Filter.GRADUATED:
            return found is Situation.GRADUATED


def suits(candidate: Candidate, kind: DecisionKind) -> bool:
    """Whether that decision can be taken on her, and is not the one that stands."""
    if candidate.decision is not None and candidate.decision.kind is kind:
        return False
    fulfilled = candidate.eligibility.state is EligibilityState.FULFILLED
    return kind is DecisionKind.REFUSED or fulfilled is (kind is DecisionKind.GRADUATES)


def situation_tone(candidate: Candidate) -> Tone:
    """The colour of her pill."""
    if candidate.evidence_changed and candidate.line is None:
        return "attention"
    tones: dict[Situation, Tone] = {
        Situation.CAN: "attention",
        Situation.READY: "good",
        Situation.DECIDED: "note",
        Situation.CANNOT: "bad",
        Situation.GRADUATED: "primary",
        Situation.REFUSED: "neutral",
        Situation.LEFT: "neutral",
    }
    return tones[situation(candidate)]


def situation_text(candidate: Candidate, _: Texts) -> str:
    """Her pill: what she is, or the first thing that she lacks."""
    found = situation(candidate)
    if candidate.line is not None:
        return _("Folio {folio}", folio=candidate.line.folio)
    if candidate.evidence_changed:
        return _("Cambió la evidencia")
    if found is Situation.CAN:
        return lacking_text(candidate, _)
    words = {
        Situation.READY: _("Cumple"),
        Situation.DECIDED: (
            _("Excepción, sin folio")
            if candidate.decision is not None and candidate.decision.kind is DecisionKind.EXCEPTION
            else _("Decidida, sin folio")
        ),
        Situation.CANNOT: _("Ya no alcanza"),
        Situation.REFUSED: _("No se gradúa"),
        Situation.LEFT: _("Dejó el programa"),
    }
    return words[found]


def lacking_text(candidate: Candidate, _: Texts) -> str:
    """The first thing that she lacks, and how many more there are."""
    lacking = [
        line for line in candidate.eligibility.lines if line.state is not EligibilityState.FULFILLED
    ]
    if not lacking:
        return ""
    first = min(lacking, key=lambda line: line.until or date.max)
    text = line_lack(first, _)
    more = len(lacking) - 1
    if not more:
        return text
    return _("{what} +{more}", what=text, more=more)


def line_lack(line: Line, _: Texts) -> str:
    """What one requirement lacks: "Faltan 2 h de M4A"."""
    if line.kind is LineKind.MODULE:
        hours = _.hours(line.missing)
        if line.missing <= 60:
            return _("Falta {hours} de {module}", hours=hours, module=line.code)
        return _("Faltan {hours} de {module}", hours=hours, module=line.code)
    if line.kind is LineKind.SURVEY:
        return _("Falta {survey}", survey=wave_text(line, _))
    if line.kind in OF_TRAINING:
        return training_lack(line, _)
    return _.plural("Falta {count} contacto", "Faltan {count} contactos", line.missing)


def wave_text(line: Line, _: Texts) -> str:
    """The survey that a line asks for, in words."""
    return _.render(WAVES[Wave(line.code.removeprefix("survey_"))])


def state_text(candidate: Candidate, _: Texts) -> str:
    """The pill beside her name: until when it can still be mended."""
    found = situation(candidate)
    if found is not Situation.CAN:
        return situation_text(candidate, _)
    until = candidate.eligibility.until
    if until is None:
        return _("Puede cumplir: faltan listas por capturar")
    date = _.date_near(until, candidate.eligibility.on)
    return _("Puede cumplir hasta el {date}", date=date)


def first_up(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def columns(_: Texts) -> tuple[Column[Candidate], ...]:
    """The columns of the list."""
    return (
        Column[Candidate](
            _("Código"),
            lambda c: c.participant.code,
            style="muted",
            sort=lambda c: c.participant.code,
        ),
        Column[Candidate](
            _("Nombre"),
            lambda c: roll_name(c.participant),
            style="strong",
            width=190,
            stretch=True,
            tip=lambda c: " · ".join((roll_name(c.participant), c.centre.name, c.cohort.name)),
            sort=lambda c: roll_name(c.participant).casefold(),
        ),
        Column[Candidate](
            _("Horas"),
            lambda c: _.number(c.eligibility.minutes / 60),
            align="right",
            width=56,
            sort=lambda c: c.eligibility.minutes,
        ),
        Column[Candidate](
            _("Módulos"),
            lambda c: f"{c.modules_fulfilled}/{c.modules_asked}",
            align="right",
            width=70,
            sort=lambda c: c.modules_fulfilled,
        ),
        Column[Candidate](
            _("Encuestas"),
            lambda c: f"{c.surveys_fulfilled}/{c.surveys_asked}",
            align="right",
            width=82,
            sort=lambda c: c.surveys_fulfilled,
        ),
        Column[Candidate](
            _("Contactos"),
            lambda c: _.number(c.contacts_made),
            align="right",
            width=82,
            sort=lambda c: c.contacts_made,
        ),
        Column[Candidate](
            _("Situación"),
            lambda c: situation_text(c, _),
            tone=situation_tone,
            tip=lambda c: state_text(c, _),
            sort=urgency,
        ),
    )
