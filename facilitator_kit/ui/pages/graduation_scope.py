"""Which women the page is about: a generation or one cohort, read again on the worker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from facilitator_kit.curriculum.records import ProgrammeKind
from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.eligibility import EligibilityState
from facilitator_kit.monitoring.records import DecisionKind, Generation
from facilitator_kit.ui.pages.graduation_words import (
    Filter,
    Situation,
    fits,
    situation,
    suits,
    urgency,
)
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.views import Candidate, CohortView

LEAST_FOR_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Scope:
    """A generation, or one cohort of it where `cohort_id` says which."""

    generation_id: str
    cohort_id: str = ""


@dataclass(frozen=True, slots=True)
class Standings:
    """The four figures at the head; those who left without a folio are told apart."""

    enrolled: int
    fulfilled: int
    can: int
    cannot: int
    left: int
    excepted: int

    @classmethod
    def of(cls, candidates: Iterable[Candidate]) -> Standings:
        """Count everybody once."""
        counted: Counter[str] = Counter()
        for candidate in candidates:
            counted["enrolled"] += 1
            state = candidate.eligibility.state
            if situation(candidate) is Situation.LEFT:
                counted["left"] += 1
            elif state is EligibilityState.FULFILLED:
                counted["fulfilled"] += 1
            elif state is EligibilityState.CAN_FULFIL:
                counted["can"] += 1
            else:
                counted["cannot"] += 1
                counted["excepted"] += candidate.graduates
        names = ("enrolled", "fulfilled", "can", "cannot", "left", "excepted")
        return cls(*(counted[name] for name in names))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page shows, as it was stored at one moment. `scope` None: there is no generation.

    `choices` are what can be read instead, with their names. `parts` are the women in the order of
    the list, the most urgent first, for each filter.
    """

    scope: Scope | None
    choices: tuple[tuple[Scope, str], ...]
    cohort_ids: tuple[str, ...]
    parts: Mapping[Filter, tuple[Candidate, ...]]
    for_ceremony: tuple[Candidate, ...]
    standings: Standings


@dataclass(frozen=True, slots=True)
class Chosen:
    """The women selected in the list, and what can be done for all of them at once.

    `fulfilled` of them fulfil the rule, `free` have no folio yet; `suiting` are those among the
    latter whom a decision can be about.
    """

    people: tuple[Candidate, ...]
    fulfilled: int
    free: int
    suiting: Mapping[DecisionKind, tuple[Candidate, ...]]
    for_ceremony: tuple[Candidate, ...]

    @classmethod
    def of(cls, people: tuple[Candidate, ...]) -> Chosen:
        """Look at everybody selected."""
        free = [one for one in people if one.line is None]
        return cls(
            people,
            sum(one.eligibility.state is EligibilityState.FULFILLED for one in people),
            len(free),
            {kind: tuple(one for one in free if suits(one, kind)) for kind in DecisionKind},
            for_ceremony(people),
        )


def read(workspace: Workspace, wanted: Scope | None, _: Texts) -> Reading:
    """Read a scope; one that is gone, or none, becomes the generation that ended last.

    A generation stands for its course cohorts; trainings of mentors are chosen one by one.
    """
    generations = workspace.courses.generations()
    cohorts = workspace.courses.cohorts()
    scope = _valid(wanted, generations, cohorts) or _usual(workspace, generations)
    if scope is None:
        return _reading(None, (), (), [])
    courses = {p.code for p in workspace.courses.programmes(ProgrammeKind.COURSE)}
    chosen = tuple(
        view
        for view in cohorts
        if view.generation.id == scope.generation_id
        and (
            view.cohort.id == scope.cohort_id
            if scope.cohort_id
            else view.cohort.programme in courses
        )
    )
    candidates = workspace.graduation.candidates([view.cohort.id for view in chosen])
    return _reading(scope, chosen, candidates, _choices(generations, cohorts, _))


def _choices(
    generations: Iterable[Generation], cohorts: Iterable[CohortView], _: Texts
) -> list[tuple[Scope, str]]:
    """What the chooser offers: each generation, and its cohorts below it."""
    within: dict[str, list[tuple[Scope, str]]] = defaultdict(list)
    for view in cohorts:
        generation = view.generation
        name = _(
            "{generation} · {centre} · {cohort}",
            generation=generation.name,
            centre=view.centre.code,
            cohort=view.cohort.name,
        )
        within[generation.id].append((Scope(generation.id, view.cohort.id), name))
    offered: list[tuple[Scope, str]] = []
    for generation in generations:
        offered += [(Scope(generation.id), generation.name), *within[generation.id]]
    return offered


def for_ceremony(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Those who can be handed a certificate: decided, registered, or fulfilling everything."""
    wanted = (Situation.READY, Situation.DECIDED, Situation.GRADUATED)
    return tuple(c for c in candidates if situation(c) in wanted)


def _reading(
    scope: Scope | None,
    chosen: Sequence[CohortView],
    candidates: Sequence[Candidate],
    choices: Sequence[tuple[Scope, str]],
) -> Reading:
    # Put together from few groups, each in the order given: one sort of everybody would keep the
    # screen waiting for as long as it takes.
    groups = defaultdict(list)
    for candidate in candidates:
        groups[urgency(candidate)].append(candidate)
    listed = [candidate for rank in sorted(groups) for candidate in groups[rank]]
    parts = {wanted: tuple(c for c in listed if fits(c, wanted)) for wanted in Filter}
    return Reading(
        scope,
        tuple(choices),
        tuple(view.cohort.id for view in chosen),
        parts,
        for_ceremony(candidates),
        Standings.of(candidates),
    )


def _valid(
    wanted: Scope | None, generations: Iterable[Generation], cohorts: Iterable[CohortView]
) -> Scope | None:
    if wanted is None:
        return None
    for view in cohorts:
        if wanted.cohort_id and view.cohort.id == wanted.cohort_id:
            return Scope(view.generation.id, view.cohort.id)
    if any(generation.id == wanted.generation_id for generation in generations):
        return Scope(wanted.generation_id)
    return None


def _usual(workspace: Workspace, generations: tuple[Generation, ...]) -> Scope | None:
    today = workspace.desk.clock.today()
    ended = [generation for generation in generations if generation.ends_on <= today]
    found = max(ended, key=lambda g: g.ends_on) if ended else next(iter(generations), None)
    return Scope(found.id) if found is not None else None
