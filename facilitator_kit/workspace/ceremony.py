"""A whole ceremony in one action: decisions, folios, and every file that is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.progress import Progress, Work
from facilitator_kit.workspace.graduation import Graduation
from facilitator_kit.workspace.printing import CeremonyFiles, Printing
from facilitator_kit.workspace.views import Candidate


@dataclass(frozen=True, slots=True)
class CeremonyPlan:
    """Who is in a ceremony, when and where it is dated, and the folder its files go to.

    The director decides, by asking for the ceremony, on those who fulfil everything and have no
    decision yet; folios are spent only for those who hold none.
    """

    people: tuple[Candidate, ...]
    issued_on: date
    place: str
    folder: Path


def hold_ceremony(
    graduation: Graduation, printing: Printing, plan: CeremonyPlan
) -> Work[CeremonyFiles]:
    """Decide, register and write; all folios are stored before any file is.

    InputRefused tells everything that keeps it from beginning, and then nothing is decided and no
    folio is spent. A woman who was refused is not decided anew. Once the folios are stored a
    cancelled or failed ceremony can be repeated: it writes the same files.
    """
    yield Progress(0, 0, message("Registrando folios"))
    wanted = set(_ids(plan.people))
    cohorts = {candidate.cohort.id for candidate in plan.people}
    # Read again: an earlier attempt may have decided and registered already.
    people = [c for c in graduation.candidates(cohorts) if c.enrolment.id in wanted]
    without = [c for c in people if c.line is None]
    if without:
        graduation.refuse_unready(without, plan.issued_on, plan.place, deciding=True)
    undecided = _ids([c for c in without if c.decision is None])
    if undecided:
        graduation.decide(undecided, DecisionKind.GRADUATES)
    folios = [c.line.folio for c in people if c.line is not None]
    if without:
        lines = graduation.issue(_ids(without), plan.issued_on, plan.place)
        folios += [line.folio for line in lines]
    return (yield from printing.ceremony_pack(folios, plan.folder))


def _ids(people: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.enrolment.id for candidate in people)
