"""How the lines of a training are put in words, wherever lines are: quizzes, practice, observed."""

from __future__ import annotations

from typing import Final

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.eligibility import EligibilityState, Line, LineKind, Standing
from facilitator_kit.monitoring.training import counting

OF_TRAINING: Final = frozenset({LineKind.QUIZ, LineKind.PRACTICE, LineKind.OBSERVATIONS})

SELF_ASSESSMENT: Final = f"survey_{Wave.SELF_ASSESSMENT.value}"
"""The code of the survey that only a training asks for."""


def is_of_training(line: Line) -> bool:
    """Whether only a training asks for such a line."""
    return line.kind in OF_TRAINING or line.code == SELF_ASSESSMENT


def module_of(line: Line) -> str:
    """The code of the module that a quiz's line belongs to."""
    return line.code.removeprefix("quiz_")


def training_lack(line: Line, _: Texts) -> str:
    """What a line of a training lacks, short: "Falta el cuestionario de F34.1"."""
    match line.kind:
        case LineKind.QUIZ:
            return _("Falta el cuestionario de {module}", module=module_of(line))
        case LineKind.PRACTICE:
            return _.plural("Falta {count} práctica", "Faltan {count} prácticas", line.missing)
        case _:
            return _.plural(
                "Falta {count} observación", "Faltan {count} observaciones", line.missing
            )


def training_title(line: Line, _: Texts, module_title: str) -> str:
    """What a line of a training asks for."""
    match line.kind:
        case LineKind.QUIZ:
            return _("Cuestionario: {module}", module=module_title)
        case LineKind.PRACTICE:
            return _("Prácticas en la aplicación")
        case _:
            return _("Facilitaciones observadas")


def training_have(line: Line, _: Texts) -> str:
    """What she has of it: "7 de 10 aciertos (pide 7)", "2 de 5 prácticas"."""
    have, required = _.number(line.have), _.number(line.required)
    match line.kind:
        case LineKind.QUIZ:
            if not line.training:
                return _.plural(
                    "Sin contestar; pide {count} acierto",
                    "Sin contestar; pide {count} aciertos",
                    line.required,
                )
            return _(
                "Mejor intento: {have} aciertos; pide {required}", have=have, required=required
            )
        case LineKind.PRACTICE:
            return _("{have} de {required} prácticas hechas", have=have, required=required)
        case _:
            return _("{have} de {required} observaciones", have=have, required=required)


def training_evidence(line: Line, _: Texts, module_title: str) -> tuple[str, str]:
    """A line of a training as evidence: its title, and what is there, when, and until when."""
    title = training_title(line, _, module_title)
    parts = [training_have(line, _)]
    days = dict.fromkeys(_.date_short(item.on) for item in counting(line))
    if days and line.kind is not LineKind.PRACTICE:
        parts.append(", ".join(days))
    if line.state is EligibilityState.CAN_FULFIL and line.until is not None:
        parts.append(_("hasta el {date}", date=_.date_long(line.until)))
    elif line.state is EligibilityState.CANNOT and line.deadline is not None:
        parts.append(_("el plazo era el {date}", date=_.date_long(line.deadline)))
        late = sum(item.standing is Standing.LATE for item in line.training)
        if late:
            parts.append(_.plural("{count} fuera de plazo", "{count} fuera de plazo", late))
    return title, " · ".join(parts)
