"""Words and tones for what cohorts are made of: marks, sessions, standing, channels, topics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.eligibility import Eligibility, EligibilityState, Line, LineKind
from facilitator_kit.monitoring.records import (
    Barrier,
    Channel,
    ContactTopic,
    LeavingReason,
    Mark,
    TitleForm,
)
from facilitator_kit.ui.pages.training_words import training_have, training_title
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets.choices import Choices
from facilitator_kit.workspace.views import CohortView, SessionStatus

ONE_SESSION = 120
"""Minutes: who can miss less than this is told so (the warning that Hoy gives too)."""


@dataclass(frozen=True, slots=True)
class MarkKey:
    """A mark with the key that makes it, its word and its tone."""

    mark: Mark
    key: str
    word: str
    tone: Tone

    @property
    def legend(self) -> str:
        """Key and word together: "P presente"."""
        return f"{self.key} {self.word}"


def mark_keys(_: Texts) -> tuple[MarkKey, ...]:
    """The marks in the legend's order. The first letter of each text is its key."""
    texts: tuple[tuple[Mark, str, Tone], ...] = (
        (Mark.PRESENT, _("P presente"), "good"),
        (Mark.LATE, _("R retardo"), "attention"),
        (Mark.EXCUSED, _("J justificada"), "note"),
        (Mark.ABSENT, _("A ausente"), "bad"),
        (Mark.ONLINE, _("L en línea"), "good"),
    )
    return tuple(MarkKey(mark, text[0], text[1:].strip(), tone) for mark, text, tone in texts)


def status_words(_: Texts, status: SessionStatus) -> tuple[str, Tone]:
    """A session's state as a pill."""
    match status:
        case SessionStatus.UPCOMING:
            return _("Por venir"), "neutral"
        case SessionStatus.TODAY:
            return _("Hoy"), "primary"
        case SessionStatus.HELD:
            return _("Realizada"), "good"
        case SessionStatus.PENDING:
            return _("Falta la lista"), "attention"
        case SessionStatus.CANCELLED:
            return _("Cancelada"), "bad"


def standing_words(_: Texts, standing: Eligibility) -> tuple[str, Tone]:
    """Where she stands before graduation, as a pill."""
    match standing.state:
        case EligibilityState.FULFILLED:
            return _("Cumple"), "good"
        case EligibilityState.CAN_FULFIL if standing.until is not None:
            day = _.date_near(standing.until, standing.on)
            return _("Puede cumplir hasta el {day}", day=day), "attention"
        case EligibilityState.CAN_FULFIL:
            return _("Puede cumplir"), "attention"
        case EligibilityState.CANNOT:
            return _("Ya no alcanza"), "bad"


def warning_words(_: Texts, standing: Eligibility) -> tuple[str, Tone] | None:
    """The warning beside her attendance; None while there is nothing to warn of."""
    modules = [
        line
        for line in standing.of_kind(LineKind.MODULE)
        if line.state is EligibilityState.CAN_FULFIL
    ]
    if any(line.state is EligibilityState.CANNOT for line in standing.of_kind(LineKind.MODULE)):
        return _("ya no alcanza"), "bad"
    # A short module leaves little room by its nature; what warns is where she has lost minutes.
    touched = [line for line in modules if _has_lost(line) or line.possible <= line.required]
    slack = min((line.possible - line.required for line in touched), default=ONE_SESSION + 1)
    if slack <= 0:
        return _("no puede faltar"), "attention"
    if slack <= ONE_SESSION:
        spare = _("{count} min", count=slack) if slack < 60 else _.hours(slack)
        return _("puede faltar {hours}", hours=spare), "attention"
    return None


def _has_lost(line: Line) -> bool:
    """Whether minutes of a module are already gone: a short module alone is no reason to warn."""
    return any(
        evidence.mark is not None and evidence.mark in (Mark.ABSENT, Mark.EXCUSED, Mark.LATE)
        for evidence in line.sessions
    )


def survey_title(_: Texts, line: Line) -> str:
    """The survey that a line asks for, as a title."""
    wave = line.code.removeprefix("survey_")
    if wave == Wave.ENTRY:
        return _("Encuesta de entrada")
    if wave == Wave.SELF_ASSESSMENT:
        return _("Autoevaluación")
    return _("Encuesta de salida")


def line_words(_: Texts, line: Line, module_title: str, on: date) -> tuple[str, str]:
    """A requirement and its detail on a day: what it is, what she has of it and until when."""
    match line.kind:
        case LineKind.MODULE:
            title = module_title
            detail = _(
                "{have} de {required} necesarias",
                have=_.hours(line.have),
                required=_.hours(line.required),
            )
        case LineKind.SURVEY:
            title = survey_title(_, line)
            detail = _("Contestada") if line.have else _("Sin contestar")
        case LineKind.CONTACTS:
            title = _("Seguimiento individual")
            detail = _(
                "{have} de {required} contactos",
                have=_.number(line.have),
                required=_.number(line.required),
            )
        case LineKind.QUIZ | LineKind.PRACTICE | LineKind.OBSERVATIONS:
            title, detail = training_title(line, _, module_title), training_have(line, _)
    if line.state is EligibilityState.CAN_FULFIL and line.until is not None:
        detail = _("{what} · hasta el {day}", what=detail, day=_.date_near(line.until, on))
    return title, detail


LINE_ICONS: dict[EligibilityState, tuple[str, Tone]] = {
    EligibilityState.FULFILLED: ("circle-check", "good"),
    EligibilityState.CAN_FULFIL: ("circle-alert", "attention"),
    EligibilityState.CANNOT: ("circle-x", "bad"),
}


def cohort_words(_: Texts, view: CohortView) -> str:
    """A cohort in the chooser: generation, centre code and name, and whether it has ended."""
    name = _("{generation} · {cohort}", generation=view.generation.name, cohort=view.cohort.name)
    return name if is_running(view) else _("{cohort} (terminada)", cohort=name)


def is_running(view: CohortView) -> bool:
    """Whether sessions of this cohort are still to come."""
    return not view.cohort.closed and (view.next_session is not None or view.sessions == 0)


def people_count(_: Texts, count: int) -> str:
    """ "11 personas"."""
    return _.plural("{count} persona", "{count} personas", count)


def channel_choices(_: Texts) -> Choices:
    """The safe ways to reach somebody, in words."""
    return (
        (Channel.NONE, _("Ninguno")),
        (Channel.WHATSAPP, _("WhatsApp")),
        (Channel.CALL, _("Llamada")),
        (Channel.SMS, _("Mensaje de texto")),
        (Channel.EMAIL, _("Correo")),
        (Channel.IN_PERSON, _("En persona")),
    )


def title_choices(_: Texts) -> Choices:
    """How she wishes to be titled on paper."""
    return (
        (TitleForm.FEMININE, _("Graduada")),
        (TitleForm.MASCULINE, _("Graduado")),
        (TitleForm.NEUTRAL, _("Persona graduada")),
    )


def leaving_choices(_: Texts) -> Choices:
    """Why somebody left, from a list that asks nothing that could harm her."""
    return (
        (LeavingReason.WORK, _("Trabajo")),
        (LeavingReason.CARE, _("Cuidados")),
        (LeavingReason.HEALTH, _("Salud")),
        (LeavingReason.MOVED, _("Cambio de domicilio")),
        (LeavingReason.DISTANCE, _("Distancia o transporte")),
        (LeavingReason.SCHEDULE, _("Horario")),
        (LeavingReason.STUDY, _("Estudios")),
        (LeavingReason.NOT_FOR_HER, _("No era lo que buscaba")),
        (LeavingReason.OTHER, _("Otro motivo")),
        (LeavingReason.UNKNOWN, _("Sin dato")),
    )


def topic_choices(_: Texts) -> Choices:
    """What a follow-up contact was about."""
    return (
        (ContactTopic.ATTENDANCE, _("Asistencia")),
        (ContactTopic.LEARNING, _("Aprendizaje")),
        (ContactTopic.WORK, _("Empleo")),
        (ContactTopic.BUSINESS, _("Negocio")),
        (ContactTopic.STUDY, _("Estudios")),
        (ContactTopic.CARE, _("Cuidados")),
        (ContactTopic.PAPERWORK, _("Trámites")),
        (ContactTopic.WELLBEING, _("Bienestar")),
        (ContactTopic.GRADUATION, _("Graduación")),
        (ContactTopic.OTHER, _("Otro tema")),
    )


def barrier_choices(_: Texts) -> Choices:
    """What stands in her way, from a list that asks nothing that could harm her."""
    return (
        (Barrier.NONE, _("Ninguna")),
        (Barrier.CARE, _("Cuidados")),
        (Barrier.TRANSPORT, _("Transporte")),
        (Barrier.WORK, _("Trabajo")),
        (Barrier.MONEY, _("Dinero")),
        (Barrier.HEALTH, _("Salud")),
        (Barrier.CONNECTION, _("Conexión o equipo")),
        (Barrier.CONFIDENCE, _("Confianza")),
        (Barrier.OTHER, _("Otra")),
    )


def word_of(choices: Choices, value: object) -> str:
    """The words of one value of a list of choices; "" where it is not among them."""
    return next((words for one, words in choices if one == value), "")
