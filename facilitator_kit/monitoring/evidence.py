"""The evidence of an eligibility as text: kept with a decision, read again, compared later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from facilitator_kit.i18n import Message, message, plural_message
from facilitator_kit.monitoring.eligibility import Eligibility
from facilitator_kit.monitoring.records import Mark
from facilitator_kit.monitoring.standing import (
    ContactEvidence,
    EligibilityState,
    Line,
    LineKind,
    ResponseEvidence,
    SessionEvidence,
    Standing,
    TrainingEvidence,
)
from facilitator_kit.monitoring.training import counting

_FORMAT: Final = 1
_OF_TRAINING: Final = frozenset({LineKind.QUIZ, LineKind.PRACTICE, LineKind.OBSERVATIONS})


def canonical(value: object) -> str:
    """JSON in one way only: sorted keys, no spaces, no escapes; so equal values digest equally."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: object) -> str:
    """SHA-256 of the canonical JSON of a value, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def evidence_json(result: Eligibility) -> str:
    """The whole answer as JSON text, as it is frozen with a decision."""
    return canonical(
        {
            "format": _FORMAT,
            "rule": result.rule,
            "rule_version": result.rule_version,
            "on": result.on.isoformat(),
            "starts_on": result.starts_on.isoformat(),
            "ends_on": result.ends_on.isoformat(),
            "state": result.state.value,
            "until": _text(result.until),
            "lines": [_line(line) for line in result.lines],
        }
    )


def read_evidence(text: str) -> Eligibility:
    """The answer that `evidence_json` wrote. Raises ValueError, KeyError or TypeError on others."""
    raw = json.loads(text)
    if raw["format"] != _FORMAT:
        raise ValueError(raw["format"])
    return Eligibility(
        raw["rule"],
        raw["rule_version"],
        date.fromisoformat(raw["on"]),
        date.fromisoformat(raw["starts_on"]),
        date.fromisoformat(raw["ends_on"]),
        EligibilityState(raw["state"]),
        _date(raw["until"]),
        tuple(_read_line(line) for line in raw["lines"]),
    )


def evidence_digest(result: Eligibility) -> str:
    """A digest of the facts that a decision rests on.

    It covers the rule, the marks and minutes, the answers and the contacts, and of a training what
    counts; neither the day nor what depends on it only (open, pending, until), nor sessions without
    a mark, so that time passing changes nothing and a corrected record does.
    """
    return digest_of(_facts(result))


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """How today's records differ from those that a decision rested on."""

    before: EligibilityState
    now: EligibilityState
    differences: tuple[Message, ...]

    @property
    def changed(self) -> bool:
        """Whether any fact differs; the decision stands either way and is shown as flagged."""
        return bool(self.differences)


def compare_evidence(frozen: str, today: Eligibility) -> EvidenceChange:
    """Compare the evidence frozen with a decision (`evidence_json`) with today's answer."""
    before = read_evidence(frozen)
    old, new = _facts(before), _facts(today)
    differences: list[Message] = []
    if old["rule"] != new["rule"]:
        differences.append(message("La regla de graduación es otra versión."))
    then, now = _by_code(before), _by_code(today)
    for code in dict.fromkeys((*then, *now)):
        was, is_ = then.get(code), now.get(code)
        if was is None or is_ is None:
            differences.append(message("La oferta cambió: {code}.", code=code))
        elif _line_facts(was) != _line_facts(is_):
            differences.append(_difference(was, is_))
    return EvidenceChange(before.state, today.state, tuple(differences))


def _by_code(result: Eligibility) -> dict[str, Line]:
    return {line.code: line for line in result.lines}


def _difference(was: Line, is_: Line) -> Message:
    """What changed in one line, in words."""
    match was.kind:
        case LineKind.MODULE:
            old = {item.scheduled_session_id: item for item in was.sessions if item.mark}
            new = {item.scheduled_session_id: item for item in is_.sessions if item.mark}
            count = sum(
                1
                for key in {**old, **new}
                if key not in old
                or key not in new
                or (old[key].mark, old[key].credited) != (new[key].mark, new[key].credited)
            )
            if count:
                return plural_message(
                    "{code}: {count} asistencia cambió; de {before} a {now} minutos.",
                    "{code}: {count} asistencias cambiaron; de {before} a {now} minutos.",
                    count,
                    code=was.code,
                    before=was.have,
                    now=is_.have,
                )
            return message("{code}: cambió lo que la regla pide.", code=was.code)
        case LineKind.SURVEY:
            return message("Una encuesta cambió: {code}.", code=was.code)
        case LineKind.CONTACTS:
            return message(
                "El seguimiento cambió: de {before} a {now} contactos a tiempo.",
                before=was.have,
                now=is_.have,
            )
        case LineKind.QUIZ:
            return message(
                "Un cuestionario cambió ({code}): de {before} a {now} aciertos.",
                code=was.code,
                before=was.have,
                now=is_.have,
            )
        case LineKind.PRACTICE:
            return message(
                "La práctica cambió: de {before} a {now} tareas hechas.",
                before=was.have,
                now=is_.have,
            )
        case LineKind.OBSERVATIONS:
            return message(
                "Las observaciones cambiaron: de {before} a {now} hechas a tiempo.",
                before=was.have,
                now=is_.have,
            )


def _facts(result: Eligibility) -> dict[str, Any]:
    return {
        "rule": [result.rule, result.rule_version],
        "lines": [_line_facts(line) for line in result.lines],
    }


def _line_facts(line: Line) -> dict[str, Any]:
    # The key is there for lines of a training only: what was frozen before there were any holds.
    training = [[item.response_id, item.on.isoformat(), item.points] for item in counting(line)]
    return {
        **({"training": training} if line.kind in _OF_TRAINING else {}),
        "code": line.code,
        "required": line.required,
        "have": line.have,
        "sessions": [
            [item.scheduled_session_id, item.mark.value, item.credited]
            for item in sorted(line.sessions)
            if item.mark is not None
        ]
        if line.kind is LineKind.MODULE
        else [],
        "responses": [[item.response_id, item.on.isoformat()] for item in line.responses],
        "contacts": [[item.contact_id, _text(item.on)] for item in line.contacts if item.on],
    }


def _line(line: Line) -> dict[str, Any]:
    training = [
        {
            "id": item.response_id,
            "on": item.on.isoformat(),
            "item": item.item,
            "points": item.points,
            "standing": item.standing.value,
        }
        for item in line.training
    ]
    return {
        **({"training": training} if line.kind in _OF_TRAINING else {}),
        "kind": line.kind.value,
        "code": line.code,
        "state": line.state.value,
        "required": line.required,
        "have": line.have,
        "possible": line.possible,
        "until": _text(line.until),
        "deadline": _text(line.deadline),
        "sessions": [
            {
                "id": item.scheduled_session_id,
                "session": item.session,
                "on": item.on.isoformat(),
                "mark": item.mark.value if item.mark else None,
                "standing": item.standing.value,
                "credited": item.credited,
                "could_add": item.could_add,
                "recovery": item.recovery,
            }
            for item in line.sessions
        ],
        "responses": [
            {"id": item.response_id, "on": item.on.isoformat(), "standing": item.standing.value}
            for item in line.responses
        ],
        "contacts": [
            {
                "id": item.contact_id,
                "on": _text(item.on),
                "deadline": _text(item.deadline),
                "standing": item.standing.value,
            }
            for item in line.contacts
        ],
    }


def _read_line(raw: Mapping[str, Any]) -> Line:
    return Line(
        LineKind(raw["kind"]),
        raw["code"],
        EligibilityState(raw["state"]),
        raw["required"],
        raw["have"],
        raw["possible"],
        _date(raw["until"]),
        _date(raw["deadline"]),
        tuple(
            SessionEvidence(
                item["id"],
                item["session"],
                date.fromisoformat(item["on"]),
                Mark(item["mark"]) if item["mark"] else None,
                Standing(item["standing"]),
                item["credited"],
                item["could_add"],
                item["recovery"],
            )
            for item in raw["sessions"]
        ),
        tuple(
            ResponseEvidence(item["id"], date.fromisoformat(item["on"]), Standing(item["standing"]))
            for item in raw["responses"]
        ),
        tuple(
            ContactEvidence(
                item["id"], _date(item["on"]), _date(item["deadline"]), Standing(item["standing"])
            )
            for item in raw["contacts"]
        ),
        tuple(
            TrainingEvidence(
                item["id"],
                date.fromisoformat(item["on"]),
                item["item"],
                item["points"],
                Standing(item["standing"]),
            )
            for item in raw.get("training", ())
        ),
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
