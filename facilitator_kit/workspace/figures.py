"""Figures of a generation: trained, graduated, attendance, completion; the results framework."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from facilitator_kit.bulk import let_go_slowly
from facilitator_kit.curriculum.records import ProgrammeKind, Wave
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring import indicators as monitoring
from facilitator_kit.monitoring.indicators import (
    Figure,
    FrameworkResult,
    Intake,
    Split,
    figures,
    framework,
)
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    Cohort,
    ComputedFigure,
    DecisionKind,
    Enrolment,
    EnteredFigure,
    FigureSource,
    FrameworkRow,
    Generation,
    LeavingReason,
    RecoveryPlace,
    RegisterEvent,
    RegisterLine,
    ScheduledSession,
)
from facilitator_kit.workspace.casework import Case, Casework
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.graduation import Graduation
from facilitator_kit.workspace.views import Candidate


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One line of figures. `enrolled` are people, each once at her latest cohort.

    `transfers` moved to another intake and are left out of completion.
    """

    name: str
    enrolled: int
    trained: int
    graduates: int
    transfers: int
    attended_minutes: int
    delivered_minutes: int


@dataclass(frozen=True, slots=True)
class NotGraduating:
    """A woman without a folio: `state` is can_fulfil, cannot, left, refused or fulfilled."""

    candidate: Candidate
    state: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GenerationFigures:
    """Everything that the report of one generation says, at a reference date."""

    generation: Generation
    on: date
    total: GroupFigure
    by_centre: tuple[GroupFigure, ...]
    by_cohort: tuple[GroupFigure, ...]
    leaving: tuple[tuple[LeavingReason, int], ...]
    not_graduating: tuple[NotGraduating, ...]
    peer_mentors: int
    framework: tuple[FrameworkResult, ...]
    entered: tuple[EnteredFigure, ...]


class Figures:
    """Figures computed from records, and rows entered with their source."""

    def __init__(self, desk: Desk, casework: Casework, graduation: Graduation) -> None:
        self._desk = desk
        self._casework = casework
        self._graduation = graduation

    def of(self, generation_id: str, on: date | None = None) -> GenerationFigures:
        """The figures of one generation at a day (today when None)."""
        day = on or self._desk.clock.today()
        generation = self._desk.store.get(Generation, generation_id)
        if generation is None:
            raise not_found(message("La generación"))
        cohorts = self._desk.store.find(Cohort, generation_id=generation_id, order_by="name")
        courses = tuple(c for c in cohorts if self._kind(c) is ProgrammeKind.COURSE)
        ids = tuple(cohort.id for cohort in courses)
        candidates: list[Candidate] = []
        exit_surveys = 0
        for cases in self._casework.by_groups(ids, day):
            candidates += self._graduation.candidates_of(cases, day)
            exit_surveys += _exit_surveys(cases, day)
        intake = self._intake(courses)
        counted = figures(intake, day)
        kept = [*intake.enrolments, *intake.sessions, *intake.marks, *intake.lines]
        del intake
        let_go_slowly(kept)
        centres = {
            centre.id: centre
            for centre in self._desk.store.find(Centre, id=tuple({c.centre_id for c in courses}))
        }
        total = _group(generation.name, counted)
        by_centre = [
            _group(centre.name, counted, attrgetter("by_centre"), centre.id)
            for centre in centres.values()
        ]
        by_cohort = [
            _group(
                f"{centres[cohort.centre_id].name} · {cohort.name}",
                counted,
                attrgetter("by_cohort"),
                cohort.id,
            )
            for cohort in sorted(courses, key=lambda c: (c.centre_id, c.name))
        ]
        mentors = self._peer_mentors([c for c in cohorts if self._kind(c) is _MENTORING], day)
        computed = {
            ComputedFigure.GRADUATES: total.graduates,
            ComputedFigure.TRAINED: total.trained,
            ComputedFigure.PEER_MENTORS: mentors,
            ComputedFigure.EXIT_SURVEYS: exit_surveys,
            ComputedFigure.CENTRES: len(by_centre),
        }
        reasons: dict[LeavingReason, int] = defaultdict(int)
        for candidate in candidates:
            if candidate.enrolment.leaving_reason is not None:
                reasons[candidate.enrolment.leaving_reason] += 1
        return GenerationFigures(
            generation=generation,
            on=day,
            total=total,
            by_centre=tuple(by_centre),
            by_cohort=tuple(by_cohort),
            leaving=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
            not_graduating=_not_graduating(candidates),
            peer_mentors=mentors,
            framework=framework(self.rows(generation_id), computed),
            entered=self.entered(generation_id),
        )

    def _kind(self, cohort: Cohort) -> ProgrammeKind:
        return self._desk.pack_of(cohort).programme(cohort.programme).kind

    def _intake(self, cohorts: tuple[Cohort, ...]) -> Intake:
        """The records that the figures of these cohorts are made from."""
        find = self._desk.store.find
        ids = tuple(cohort.id for cohort in cohorts)
        enrolments = find(Enrolment, cohort_id=ids)
        sessions = find(ScheduledSession, cohort_id=ids)
        hers = tuple(enrolment.id for enrolment in enrolments)
        lines = find(RegisterLine, enrolment_id=hers)
        return Intake(
            cohorts=cohorts,
            enrolments=enrolments,
            sessions=sessions,
            marks=find(AttendanceMark, enrolment_id=hers),
            places=find(RecoveryPlace, enrolment_id=hers),
            lines=lines,
            events=find(RegisterEvent, register_line_id=tuple(line.id for line in lines)),
        )

    def _peer_mentors(self, cohorts: Iterable[Cohort], on: date) -> int:
        """Women who attended the peer mentors' training, and fulfil its rule."""
        cases = self._casework.of_cohorts([cohort.id for cohort in cohorts], on)
        return len({c.participant.id for c in cases if c.eligibility.state == "fulfilled"})

    # -- rows of the results framework ------------------------------------------------------------

    def rows(self, generation_id: str) -> tuple[FrameworkRow, ...]:
        """The rows of a generation's results framework, in order."""
        return self._desk.store.find(FrameworkRow, generation_id=generation_id, order_by="position")

    def save_row(self, row: FrameworkRow) -> FrameworkRow:
        """Store a row (id "" makes a new one, last). An entered one says where it comes from."""
        if not row.text.strip():
            raise KitError(
                message("La fila no dice qué mide."), message("Escriba el indicador."), "invalid"
            )
        if row.source is FigureSource.ENTERED and not row.source_note.strip():
            raise KitError(
                message("Falta de dónde sale la cifra."),
                message("Escriba la fuente: un documento, una lista, una fecha."),
                "source_needed",
            )
        if row.source is FigureSource.COMPUTED and row.computed is None:
            raise KitError(
                message("Falta qué se calcula."),
                message("Elija la cifra que sale de los registros."),
                "invalid",
            )
        saved = row
        if not row.id:
            position = 1 + max((r.position for r in self.rows(row.generation_id)), default=0)
            saved = replace(row, id=self._desk.ids.new(), position=position)
        name = (
            message("Cambiar fila de resultados")
            if row.id
            else message("Agregar fila de resultados")
        )
        with self._desk.change(name) as tx:
            tx.put(saved)
        return saved

    def remove_row(self, row_id: str) -> None:
        with self._desk.change(message("Quitar fila de resultados")) as tx:
            tx.delete(FrameworkRow, row_id)

    def entered(self, generation_id: str) -> tuple[EnteredFigure, ...]:
        """Figures entered with their definition and source."""
        return self._desk.store.find(EnteredFigure, generation_id=generation_id, order_by="key")

    def save_entered(self, figure: EnteredFigure) -> EnteredFigure:
        """Store an entered figure (id "" makes a new one)."""
        if not figure.source_note.strip() or not figure.definition.strip():
            raise KitError(
                message("Una cifra escrita lleva su definición y su fuente."),
                message("Escriba qué cuenta y de dónde sale."),
                "source_needed",
            )
        saved = figure if figure.id else replace(figure, id=self._desk.ids.new())
        with self._desk.change(message("Anotar cifra")) as tx:
            tx.put(saved)
        return saved

    def remove_entered(self, figure_id: str) -> None:
        with self._desk.change(message("Quitar cifra")) as tx:
            tx.delete(EnteredFigure, figure_id)


_MENTORING = ProgrammeKind.MENTORING


def _group(
    name: str,
    counted: monitoring.Figures,
    parts: Callable[[Split], Mapping[str, Figure]] | None = None,
    key: str = "",
) -> GroupFigure:
    """One line of figures: the total, or the part with that key."""

    def part(split: Split) -> Figure:
        return split.total if parts is None else parts(split)[key]

    enrolled = part(counted.enrolled).numerator
    attendance = part(counted.attendance)
    return GroupFigure(
        name=name,
        enrolled=enrolled,
        trained=part(counted.trained).numerator,
        graduates=part(counted.graduates).numerator,
        transfers=enrolled - (part(counted.completion).denominator or 0),
        attended_minutes=attendance.numerator,
        delivered_minutes=attendance.denominator or 0,
    )


def _exit_surveys(cases: Iterable[Case], on: date) -> int:
    """How many women have answered the exit survey."""
    return sum(
        any(r.wave is Wave.EXIT and r.answered_on <= on for r in case.responses) for case in cases
    )


def _not_graduating(candidates: Iterable[Candidate]) -> tuple[NotGraduating, ...]:
    found = []
    for candidate in candidates:
        if candidate.line is not None:
            continue
        decision = candidate.decision
        if decision is not None and decision.kind is DecisionKind.REFUSED:
            state = "refused"
        elif candidate.left:
            state = "left"
        else:
            state = candidate.eligibility.state.value
        found.append(NotGraduating(candidate, state, candidate.eligibility.lacks))
    return tuple(sorted(found, key=lambda n: n.candidate.participant.code))
