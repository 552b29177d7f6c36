"""The main job without a display: the sample centre planned, graduated, printed and reported."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from facilitator_kit.i18n import message
from facilitator_kit.progress import Progress, Work
from facilitator_kit.workspace.figures import GenerationFigures
from facilitator_kit.workspace.printing import CeremonyFiles, refuse_unwritable, write_whole
from facilitator_kit.workspace.sample import SampleMade, make_sample

REFERENCE_DATE = date(2026, 11, 23)
"""The demo's day unless another is asked for, so that two runs give the same bytes."""


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What the demo wrote into its folder, and the figures it printed."""

    folder: Path
    agenda: Path
    roll: Path
    ceremony: CeremonyFiles
    report: Path
    figures: GenerationFigures

    def as_json(self) -> dict[str, Any]:
        """The figures and files in the shape that machines read; paths relative to the folder."""
        figures = self.figures
        return {
            "participants": figures.total.trained,
            "graduates": figures.total.graduates,
            "centres": [
                {"name": group.name, "trained": group.trained, "graduates": group.graduates}
                for group in figures.by_centre
            ],
            "not_graduating": [
                {
                    "code": row.candidate.participant.code,
                    "state": row.state,
                    "lacks": list(row.lacks),
                }
                for row in figures.not_graduating
            ],
            "framework": [
                {
                    "indicator": row.indicator,
                    "baseline": row.baseline,
                    "target": row.target,
                    "target_type": row.target_type.value,
                    "achieved": row.achieved,
                    "progress_percent": _number(row.progress_percent),
                    "status": row.status.value,
                    "source": row.source.value,
                }
                for row in figures.framework
            ],
            "files": {
                "agenda": self._relative(self.agenda),
                "roll": self._relative(self.roll),
                "certificates": self._relative(self.ceremony.certificates),
                "certificate_files": [
                    self._relative(path) for path in self.ceremony.certificate_files
                ],
                "actas": [self._relative(path) for path in self.ceremony.actas],
                "register": self._relative(self.ceremony.register),
                "delivery": self._relative(self.ceremony.delivery),
                "report": self._relative(self.report),
            },
        }

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def run_demo(
    folder: Path,
    core_files: Mapping[str, bytes],
    sample_files: Mapping[str, bytes],
    on: date = REFERENCE_DATE,
) -> Work[DemoMade]:
    """Make the sample institution in a temporary place and write its documents into `folder`.

    Raises StorageFailed at once when nothing can be written there.
    """
    refuse_unwritable(folder)
    with tempfile.TemporaryDirectory(prefix="facilitator-kit-") as temporary:
        made = yield from make_sample(Path(temporary) / "sample", on, core_files, sample_files)
        try:
            return (yield from _write(made, folder, on))
        finally:
            made.workspace.close()


def _write(made: SampleMade, folder: Path, on: date) -> Work[DemoMade]:
    workspace = made.workspace
    yield Progress(0, 0, message("Escribiendo documentos"))
    coming = workspace.calendars.between(on + timedelta(days=1), on + timedelta(days=30))
    scheduled_id = next(
        view.scheduled.id
        for view in coming
        if view.cohort.generation_id == made.running.id
        and not view.scheduled.recovery
        and not workspace.training_groups.is_training(view.cohort)
    )
    printing = workspace.printing
    agenda = write_whole(folder / "agenda.pdf", printing.agenda(scheduled_id))
    roll = write_whole(folder / "lista-asistencia.pdf", printing.roll((scheduled_id,)))
    cohorts = [view.cohort.id for view in workspace.courses.cohorts(made.finished.id)]
    folios = [view.line.folio for view in workspace.register.folios(cohort_ids=cohorts)]
    ceremony = yield from printing.ceremony_pack(folios, folder)
    report = write_whole(folder / "informe.pdf", printing.report(made.finished.id, on))
    figures = workspace.figures.of(made.finished.id, on)
    return DemoMade(folder, agenda, roll, ceremony, report, figures)


def _number(value: object) -> int | float | None:
    if value is None or isinstance(value, int):
        return value
    return float(str(value))
