"""A whole ceremony in one action: decisions, folios, and every file that is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import DecisionKind, RegisterState
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

    InputRefused tells everything that keeps it from beginning, and then no folio is spent. Once
    the folios are stored a cancelled or failed ceremony can be repeated: it writes the same files.
    """
    yield Progress(0, 0, message("Registrando folios"))
    everyone = _ids(plan.people)
    # Read again: an earlier attempt may have decided and registered already.
    known = graduation.candidates({c.cohort.id for c in plan.people})
    people = [c for c in known if c.enrolment.id in set(everyone)]
    undecided = _ids([c for c in people if c.line is None and not c.graduates])
    if undecided:
        graduation.decide(undecided, DecisionKind.GRADUATES)
    without = _ids([c for c in people if c.line is None])
    if without:
        graduation.issue(without, plan.issued_on, plan.place)
    folios = [
        view.line.folio
        for view in graduation.folios(enrolment_ids=everyone)
        if view.state is RegisterState.CURRENT
    ]
    return (yield from printing.ceremony_pack(folios, plan.folder))


def _ids(people: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.enrolment.id for candidate in people)
