"""Who can graduate, the director's decisions, and folios spent, voided, reissued and reprinted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from facilitator_kit import documents
from facilitator_kit.curriculum.records import Programme, ProgrammeKind
from facilitator_kit.errors import InputRefused, Problem
from facilitator_kit.i18n import message, plural_message
from facilitator_kit.monitoring.eligibility import EligibilityState, LineKind, recovery_needs
from facilitator_kit.monitoring.evidence import evidence_digest, evidence_json
from facilitator_kit.monitoring.graduation import (
    certificate_minutes,
    folio_text,
    next_number,
    proof,
    register_place,
    sealed,
    standing_decisions,
)
from facilitator_kit.monitoring.names import full_name, sort_key
from facilitator_kit.monitoring.records import (
    Centre,
    CertificateSigner,
    Decision,
    DecisionKind,
    Enrolment,
    FolioFloor,
    RegisterEvent,
    RegisterEventKind,
    RegisterLine,
    RegisterState,
    Signatory,
    User,
)
from facilitator_kit.workspace.casework import Case, Casework
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.register import Register, refuse_blank
from facilitator_kit.workspace.views import Candidate, ProofLine, Reasons


class Graduation:
    """Eligibility, decisions and the register."""

    def __init__(self, desk: Desk, casework: Casework, register: Register) -> None:
        self._desk = desk
        self._register = register
        self._casework = casework

    # -- who can graduate ------------------------------------------------------------------------

    def candidates(
        self, cohort_ids: Collection[str], on: date | None = None
    ) -> tuple[Candidate, ...]:
        """The women of these cohorts, by centre, cohort and name, with all that counts for them."""
        day = on or self._desk.clock.today()
        groups = self._casework.by_groups(cohort_ids, day)
        return _in_order(chain.from_iterable(self._weighed(cases, day) for cases in groups))

    def candidates_of(self, cases: Collection[Case], on: date) -> tuple[Candidate, ...]:
        """The same for cases gathered already, as they stand on the day `on`."""
        return _in_order(self._weighed(cases, on))

    def _weighed(self, cases: Collection[Case], on: date) -> Iterator[Candidate]:
        moved = {e.id: case.enrolment.id for case in cases for e in case.same_course}
        decisions = self._standing_decisions(moved)
        current = {moved[line.enrolment_id]: line for line in self._current_lines(tuple(moved))}
        centres = {centre.id: centre for centre in self._desk.store.find(Centre)}
        for case in cases:
            yield _candidate(
                case,
                centres[case.cohort.centre_id],
                decisions.get(case.enrolment.id),
                current.get(case.enrolment.id),
                on,
            )

    def _current_lines(self, enrolment_ids: Collection[str]) -> list[RegisterLine]:
        """The lines of these enrolments that are neither voided nor reissued."""
        return [
            view.line
            for view in self._register.folios(enrolment_ids=enrolment_ids)
            if view.state is RegisterState.CURRENT
        ]

    def _standing_decisions(self, moved: Mapping[str, str]) -> dict[str, Decision]:
        """The latest decision of each course, by its latest enrolment (the values of `moved`)."""
        found = self._desk.store.find(Decision, enrolment_id=tuple(moved))
        standing = standing_decisions(replace(d, enrolment_id=moved[d.enrolment_id]) for d in found)
        by_id = {decision.id: decision for decision in found}
        return {key: by_id[decision.id] for key, decision in standing.items()}

    def reasons(self, enrolment_id: str, on: date | None = None) -> Reasons:
        """Why one woman stands where she stands: rule, modules, and what would close each gap."""
        case = self._cases_of((enrolment_id,), on or self._desk.clock.today())[0]
        return Reasons(
            case.criteria.rule,
            case.criteria.modules,
            recovery_needs(case.criteria, case.eligibility),
        )

    # -- decisions -------------------------------------------------------------------------------

    def decide(
        self,
        enrolment_ids: Sequence[str],
        kind: DecisionKind,
        reason: str = "",
        on: date | None = None,
    ) -> tuple[Decision, ...]:
        """Store the director's decision for each, with the evidence as it stands that day.

        Without a reason only those who fulfil the rule can be graduated. All problems are told at
        once, and then nothing is stored.
        """
        day = on or self._desk.clock.today()
        cases = self._cases_of(tuple(dict.fromkeys(enrolment_ids)), day)
        problems = []
        courses = {e.id: case.enrolment.id for case in cases for e in case.same_course}
        holders = {courses[line.enrolment_id] for line in self._current_lines(tuple(courses))}
        for case in cases:
            name = full_name(case.participant)
            fulfilled = case.eligibility.state is EligibilityState.FULFILLED
            if case.enrolment.id in holders:
                problems.append(
                    Problem(
                        file="",
                        code="has_folio",
                        place=name,
                        reason=message("Ya tiene folio vigente."),
                        remedy=message("Cancele el folio antes de cambiar la decisión."),
                    )
                )
            elif kind is DecisionKind.GRADUATES and not fulfilled:
                problems.append(_not_fulfilled(name))
            elif kind is not DecisionKind.GRADUATES and not reason.strip():
                problems.append(
                    Problem(
                        file="",
                        code="reason_needed",
                        place=name,
                        reason=message("Falta el motivo."),
                        remedy=message("Una excepción o una negativa llevan su motivo escrito."),
                    )
                )
        if problems:
            raise InputRefused(
                message("No se guardó ninguna decisión."), message(""), problems, "undecided"
            )
        made = tuple(
            Decision(
                id=self._desk.ids.new(),
                enrolment_id=case.enrolment.id,
                kind=kind,
                decided_on=day,
                decided_by=self._desk.actor_id,
                rule=case.eligibility.rule,
                rule_version=case.eligibility.rule_version,
                reason=reason.strip(),
                evidence=evidence_json(case.eligibility),
                evidence_digest=evidence_digest(case.eligibility),
            )
            for case in cases
        )
        title = plural_message(
            "Decidir la graduación de {count} participante",
            "Decidir la graduación de {count} participantes",
            len(made),
        )
        with self._desk.change(title) as tx:
            tx.put_all(made)
        return made

    def _cases_of(self, enrolment_ids: Sequence[str], on: date) -> list[Case]:
        wanted = set(enrolment_ids)
        people = tuple(
            {e.participant_id for e in self._desk.store.find(Enrolment, id=tuple(wanted))}
        )
        found = {
            enrolment.id: case
            for case in self._casework.of_people(people, on)
            for enrolment in case.same_course
            if enrolment.id in wanted
        }
        if len(found) < len(wanted):
            raise not_found(message("Una inscripción"))
        return [found[enrolment_id] for enrolment_id in enrolment_ids]

    # -- the proof list --------------------------------------------------------------------------

    def proof(self, candidates: Iterable[Candidate]) -> tuple[ProofLine, ...]:
        """Names as they will be printed, with what needs a look, before any folio is spent."""
        chosen = list(candidates)
        return tuple(
            ProofLine(
                candidate=candidate,
                printed_name=line.printed_name,
                missing="".join(documents.missing_characters(line.printed_name)),
                homonyms=line.homonyms,
                warnings=line.warnings,
            )
            for candidate, line in zip(
                chosen, proof(candidate.participant for candidate in chosen), strict=True
            )
        )

    # -- issuing ---------------------------------------------------------------------------------

    def issue(
        self, enrolment_ids: Sequence[str], issued_on: date, place: str
    ) -> tuple[RegisterLine, ...]:
        """Spend one folio for each, all lines in one change, before any file is written.

        Every woman needs a decision that graduates her and must hold no current folio; the names
        must be printable. All problems are told at once, and then no number is spent.
        """
        candidates = self._chosen(tuple(dict.fromkeys(enrolment_ids)))
        self.refuse_unready(candidates, issued_on, place)
        lines: list[RegisterLine] = []
        name = plural_message(
            "Registrar {count} folio", "Registrar {count} folios", len(candidates)
        )
        with self._desk.change(name) as tx:
            numbers: dict[str, int] = {}
            for candidate in candidates:
                series = candidate.centre.code
                if series not in numbers:
                    numbers[series] = self._next_number(series, issued_on.year)
                lines.append(self._line(candidate, issued_on, place, numbers[series]))
                numbers[series] += 1
            tx.add_all(lines)
        return tuple(lines)

    def _chosen(self, enrolment_ids: Sequence[str]) -> list[Candidate]:
        cases = self._cases_of(enrolment_ids, self._desk.clock.today())
        cohorts = {case.cohort.id for case in cases}
        by_id = {c.enrolment.id: c for c in self.candidates(cohorts)}
        return [by_id[case.enrolment.id] for case in cases]

    def _next_number(self, series: str, year: int) -> int:
        return next_number(
            self._desk.store.find(RegisterLine, series=series, year=year),
            self._desk.store.find(FolioFloor, series=series, year=year),
            series,
            year,
        )

    def refuse_unready(
        self,
        candidates: Sequence[Candidate],
        issued_on: date,
        place: str,
        *,
        deciding: bool = False,
    ) -> None:
        """Raise InputRefused with everything that keeps folios from being spent on these women.

        With `deciding` those who fulfil the rule and have no decision yet are about to get it.
        """
        problems = []
        if not place.strip():
            problems.append(
                Problem(
                    file="",
                    code="blank_place",
                    place=message("Lugar"),
                    reason=message("Falta el lugar que se imprime con la fecha."),
                    remedy=message("Escriba la ciudad y el estado."),
                )
            )
        blocked = set(self._register.folios_blocked(issued_on.year))
        for series in sorted(blocked & {c.centre.code for c in candidates}):
            problems.append(
                Problem(
                    file="",
                    code="folios_blocked",
                    place=series,
                    reason=message("Este espacio de trabajo se restauró de una copia."),
                    remedy=message(
                        "Declare el último folio impreso de la serie {series}.", series=series
                    ),
                )
            )
        for line in self.proof(candidates):
            candidate = line.candidate
            undecided = deciding and candidate.decision is None
            fulfilled = candidate.eligibility.state is EligibilityState.FULFILLED
            if undecided and not fulfilled:
                problems.append(_not_fulfilled(line.printed_name))
            elif not undecided and not candidate.graduates:
                problems.append(
                    Problem(
                        file="",
                        code="not_decided",
                        place=line.printed_name,
                        reason=message("No tiene una decisión que la gradúe."),
                        remedy=message("Decida primero en la lista."),
                    )
                )
            if candidate.line is not None:
                problems.append(
                    Problem(
                        file="",
                        code="has_folio",
                        place=line.printed_name,
                        reason=message("Ya tiene el folio {folio}.", folio=candidate.line.folio),
                        remedy=message("Reimprima ese folio, o cancélelo y reexpídalo."),
                    )
                )
            if line.missing:
                problems.append(
                    Problem(
                        file="",
                        code="missing_characters",
                        place=line.printed_name,
                        reason=message(
                            "La tipografía no tiene estos signos: {signs}", signs=line.missing
                        ),
                        remedy=message("Corrija el nombre en la ficha de la participante."),
                    )
                )
        for centre in {c.centre.id: c.centre for c in candidates}.values():
            if not self._signers(centre.id, issued_on):
                problems.append(
                    Problem(
                        file="",
                        code="no_signatory",
                        place=centre.name,
                        reason=message("Nadie firma en esa fecha."),
                        remedy=message("Agregue en Ajustes a quien firma, con su periodo."),
                    )
                )
        if problems:
            raise InputRefused(
                message("No se gastó ningún folio."), message(""), problems, "not_ready"
            )

    def _signers(self, centre_id: str, on: date) -> tuple[CertificateSigner, ...]:
        return tuple(
            CertificateSigner(person.name, person.title)
            for person in self._desk.store.find(Signatory, order_by="position")
            if person.centre_id in (None, centre_id)
            and (person.term_from is None or person.term_from <= on)
            and (person.term_to is None or on <= person.term_to)
        )

    def _line(self, candidate: Candidate, issued_on: date, place: str, number: int) -> RegisterLine:
        desk, cohort, decision = self._desk, candidate.cohort, candidate.decision
        assert decision is not None  # _refuse_unready saw to it
        institution = desk.institution
        pack = desk.pack_of(cohort)
        programme = pack.programme(cohort.programme)
        enrolment = candidate.enrolment
        level = programme.level(enrolment.route, enrolment.level)
        layout = pack.layout(programme.layout)
        where = register_place(number)
        year = issued_on.year
        line = RegisterLine(
            id=desk.ids.new(),
            folio=folio_text(candidate.centre.code, year, number),
            series=candidate.centre.code,
            year=year,
            number=number,
            book=where.book,
            leaf=where.leaf,
            line=where.line,
            kind=layout.kind,
            participant_id=candidate.participant.id,
            enrolment_id=enrolment.id,
            decision_id=decision.id,
            printed_name=full_name(candidate.participant),
            participant_code=candidate.participant.code,
            title_form=candidate.participant.title_form,
            institution=institution.name,
            centre=candidate.centre.name,
            cohort=cohort.name,
            programme=self._programme_name(programme),
            route_text=level.certificate_text,
            hours_minutes=certificate_minutes(
                layout,
                pack.offer(cohort.programme, enrolment.route, enrolment.level),
                candidate.minutes_attended,
            ),
            starts_on=candidate.eligibility.starts_on,
            # A date still to come (a recovery that an exception does not wait for) is no end.
            ends_on=min(candidate.eligibility.ends_on, issued_on),
            issued_on=issued_on,
            place=place.strip(),
            rule=decision.rule,
            rule_version=decision.rule_version,
            pack_code=pack.code,
            pack_version=pack.version,
            layout=layout.code,
            layout_version=layout.version,
            paper=institution.paper,
            language=institution.language,
            signers=self._signers(candidate.centre.id, issued_on),
            issued_by=self._issuer(),
            sample=institution.sample,
            digest="",
        )
        return sealed(line)

    def _issuer(self) -> str:
        """Who writes the line, by name: the register says it for ever."""
        user = self._desk.store.get(User, self._desk.actor_id)
        return user.name if user is not None else ""

    def _programme_name(self, programme: Programme) -> str:
        """The institution may have its own name for the course; other programmes keep theirs."""
        own = self._desk.institution.programme_name
        return own if own and programme.kind is ProgrammeKind.COURSE else programme.title

    def reissue(
        self, folio: str, cause: str, on: date | None = None, place: str | None = None
    ) -> RegisterLine:
        """Void a folio and put another in its place, with the data as they are now."""
        view = self._register.current(folio)
        refuse_blank(cause)
        day = on or self._desk.clock.today()
        old = view.line
        candidate = self._chosen((old.enrolment_id,))[0]
        where = old.place if place is None else place
        self.refuse_unready([replace(candidate, line=None)], day, where)
        number = self._next_number(old.series, day.year)
        fresh = sealed(
            replace(
                self._line(candidate, day, where, number),
                reissue_of=old.id,
            )
        )
        with self._desk.change(message("Reexpedir el folio {folio}", folio=folio)) as tx:
            tx.add(
                RegisterEvent(
                    self._desk.ids.new(),
                    old.id,
                    RegisterEventKind.VOIDED,
                    day,
                    self._desk.actor_id,
                    cause.strip(),
                )
            )
            tx.add(fresh)
        return fresh


def _not_fulfilled(name: str) -> Problem:
    return Problem(
        file="",
        code="not_fulfilled",
        place=name,
        reason=message("No cumple todo lo que pide la regla."),
        remedy=message("Complete lo que falta, o dé una excepción con su motivo."),
    )


def _in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """By centre, cohort and name; cohort by cohort, as one sort of everybody holds others up."""
    cohorts = defaultdict(list)
    for candidate in candidates:
        cohorts[candidate.centre.name, candidate.cohort.name].append(candidate)
    return tuple(
        candidate
        for place in sorted(cohorts)
        for candidate in sorted(cohorts[place], key=lambda c: sort_key(c.participant))
    )


def _candidate(
    case: Case, centre: Centre, decision: Decision | None, line: RegisterLine | None, on: date
) -> Candidate:
    result = case.eligibility
    fulfilled = EligibilityState.FULFILLED
    modules, surveys = result.of_kind(LineKind.MODULE), result.of_kind(LineKind.SURVEY)
    contacts = result.of_kind(LineKind.CONTACTS)
    return Candidate(
        participant=case.participant,
        enrolment=case.enrolment,
        cohort=case.cohort,
        centre=centre,
        eligibility=result,
        decision=decision,
        line=line,
        minutes_attended=case.tally(on).attended,
        modules_fulfilled=sum(m.state is fulfilled for m in modules),
        modules_asked=len(modules),
        surveys_fulfilled=sum(s.state is fulfilled for s in surveys),
        surveys_asked=len(surveys),
        contacts_made=sum(c.have for c in contacts),
        contacts_asked=sum(c.required for c in contacts),
        evidence_changed=(
            decision is not None and decision.evidence_digest != evidence_digest(result)
        ),
    )
