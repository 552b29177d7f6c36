"""The steps of a path in words: what comes next, how a block stands, what a session gave."""

from __future__ import annotations

from dataclasses import dataclass

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.eligibility import (
    EligibilityState,
    SessionEvidence,
    Standing,
)
from facilitator_kit.monitoring.records import Mark
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.workspace.training_views import (
    BlockState,
    BlockStep,
    NextKind,
    QuizStep,
    TrainingPath,
    TrainingRow,
)

BLOCK_ICONS: dict[BlockState, tuple[str, Tone]] = {
    BlockState.DONE: ("circle-check", "good"),
    BlockState.UNDER_WAY: ("circle-dot", "primary"),
    BlockState.AHEAD: ("circle", "neutral"),
    BlockState.LOST: ("circle-x", "bad"),
}


def block_words(_: Texts, block: BlockStep) -> tuple[str, Tone]:
    """How a block stands, as a pill."""
    match block.state:
        case BlockState.DONE:
            return _("Hecho"), "good"
        case BlockState.UNDER_WAY:
            return _("En curso"), "primary"
        case BlockState.AHEAD:
            return _("Por venir"), "neutral"
        case BlockState.LOST:
            return _("Ya no alcanza"), "bad"


def block_summary(_: Texts, block: BlockStep) -> str:
    """One line about a block: hours, quiz, practice."""
    parts = [
        _(
            "{have} de {whole}",
            have=_.hours(block.line.have),
            whole=_.hours(block.module.minutes),
        )
    ]
    coming = [
        step.evidence.on for step in block.sessions if step.evidence.standing is Standing.OPEN
    ]
    if coming and block.state is BlockState.AHEAD:
        parts.append(_("empieza el {day}", day=_.date_short(min(coming))))
    if block.quiz is not None:
        parts.append(quiz_words(_, block.quiz)[0])
    if block.tasks:
        done = sum(task.done_on is not None for task in block.tasks)
        parts.append(
            _.plural(
                "{done} de {count} práctica",
                "{done} de {count} prácticas",
                len(block.tasks),
                done=_.number(done),
            )
        )
    return " · ".join(parts)


def quiz_words(_: Texts, quiz: QuizStep) -> tuple[str, Tone]:
    """How a quiz stands."""
    if not quiz.tries:
        return _("cuestionario sin contestar"), "neutral"
    result = _(
        "cuestionario {best} de {whole}",
        best=_.number(quiz.best),
        whole=_.number(len(quiz.quiz.questions)),
    )
    if quiz.passed or quiz.line is None:
        return result, "good"
    return result, "attention"


def session_words(_: Texts, evidence: SessionEvidence) -> tuple[str, str, Tone]:
    """A session's icon, what it gave or when it is, and its tone."""
    day = _.date_short(evidence.on)
    if evidence.standing is Standing.OPEN:
        return "circle", _.weekday_date(evidence.on), "neutral"
    if evidence.standing is Standing.PENDING:
        return "circle-alert", _("{day} · falta la lista", day=day), "attention"
    if evidence.mark is Mark.ABSENT:
        return "circle-x", _("{day} · faltó", day=day), "bad"
    if evidence.mark is Mark.EXCUSED:
        return "circle-minus", _("{day} · falta justificada", day=day), "attention"
    hours = _.hours(evidence.credited)
    if evidence.mark is Mark.LATE:
        return "circle-check", _("{day} · llegó tarde, {hours}", day=day, hours=hours), "attention"
    return "circle-check", _("{day} · asistió, {hours}", day=day, hours=hours), "good"


@dataclass(frozen=True, slots=True)
class NextWords:
    """What comes next: its title, a sentence about it, and the button that begins it."""

    title: str
    text: str
    action: str
    icon: str


def next_words(_: Texts, path: TrainingPath) -> NextWords:
    """What comes next on a path, in words."""
    step = path.next
    day = _.weekday_date(step.on) if step.on is not None else ""
    until = (
        _("Cuenta hasta el {date}.", date=_.date_long(step.until)) if step.until is not None else ""
    )
    match step.kind:
        case NextKind.SESSION:
            return NextWords(
                step.title,
                _session_day(_, path, day),
                _("Abrir la guía"),
                "presentation",
            )
        case NextKind.ROLL:
            return NextWords(
                step.title,
                _("Falta pasar su lista del {day}.", day=day),
                _("Pasar lista"),
                "list-checks",
            )
        case NextKind.TASK:
            return NextWords(
                step.title,
                _(
                    "Práctica del bloque «{block}», con datos ficticios. {until}",
                    block=step.module,
                    until=until,
                ),
                _("Practicar"),
                "laptop",
            )
        case NextKind.QUIZ:
            return NextWords(
                step.title,
                _("Cuestionario del bloque «{block}». {until}", block=step.module, until=until),
                _("Contestar el cuestionario"),
                "clipboard-check",
            )
        case NextKind.OBSERVATION:
            return NextWords(
                _("Facilitación observada"),
                _(
                    "Lleva {have} de {required}. Pida a alguien con experiencia que le observe "
                    "al facilitar, y anoten aquí lo que vio. {until}",
                    have=path.row.observed,
                    required=path.row.observations_asked,
                    until=until,
                ),
                _("Anotar una observación"),
                "eye",
            )
        case NextKind.SELF_ASSESSMENT:
            return NextWords(
                _("Autoevaluación"),
                _("Es para usted: nadie la califica. {until}", until=until),
                _("Contestar la autoevaluación"),
                "clipboard-pen",
            )
        case NextKind.CERTIFY:
            return NextWords(
                _("Todo listo para su constancia"),
                _("Cumple lo que pide la regla: falta decidirlo y registrar el folio."),
                _("Preparar la constancia"),
                "award",
            )
        case NextKind.DONE:
            return NextWords(
                _("Constancia {folio}", folio=step.code),
                _("Se emitió el {date}.", date=_.date_long(step.on)) if step.on else "",
                _("Ver la constancia"),
                "award",
            )
        case NextKind.LOST:
            return NextWords(
                _("Ya no alcanza a cumplir la regla"),
                _(
                    "Algo de lo que pide ya no puede reunirse. La dirección puede programar una "
                    "recuperación o decidir una excepción."
                ),
                _("Ver qué se puede hacer"),
                "scale",
            )


def _session_day(_: Texts, path: TrainingPath, day: str) -> str:
    days = (path.next.on - path.eligibility.on).days if path.next.on is not None else 2
    if days <= 0:
        return _("Es la sesión de hoy.")
    if days == 1:
        return _("Es la sesión de mañana.")
    return _("Es la próxima sesión: {day}.", day=day)


def standing_pill(_: Texts, row: TrainingRow) -> tuple[str, Tone]:
    """Where somebody in training stands, as a pill."""
    if row.line is not None:
        return _("Constancia {folio}", folio=row.line.folio), "primary"
    if row.left:
        return _("Dejó la formación"), "neutral"
    if row.ready:
        return _("Puede recibir su constancia"), "good"
    match row.eligibility.state:
        case EligibilityState.CANNOT:
            return _("Ya no alcanza"), "bad"
        case _:
            return _("Va a tiempo"), "note"


def hours_of(_: Texts, row: TrainingRow) -> str:
    """ "18 de 34 h"."""
    return _(
        "{have} de {whole}",
        have=_.number(row.minutes / 60, 0 if row.minutes % 60 == 0 else 1),
        whole=_.hours(row.whole_minutes),
    )
