"""Practising: a fictitious institution in a folder of its own, and whether a task was done in it.

Nothing leads from it to the real workspace but one answer: the task was done, or it was not. That
answer is read from the practice journal, and stored by whoever opened it when the person returns.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from facilitator_kit import store as stores
from facilitator_kit.curriculum.learning import PracticeAct
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Decision,
    Enrolment,
    FollowUpContact,
    RecoveryPlace,
    RegisterLine,
    Response,
    ScheduledSession,
    StoredPlan,
)
from facilitator_kit.progress import Work
from facilitator_kit.workspace.front import Front
from facilitator_kit.workspace.opening import Workspace
from facilitator_kit.workspace.sample.placing import IN_USE, place_sample, refuse_in_use
from facilitator_kit.workspace.training_views import PracticeAsked

if TYPE_CHECKING:
    from facilitator_kit.store import RowChange

Shows = Callable[[Any, Any], bool]
"""Whether a record as it was and as it is (None: not there) shows that an act was done."""


def _made(before: object, after: object) -> bool:
    return before is None and after is not None


def _kept(_before: object, after: object) -> bool:
    return after is not None


def _rescheduled(before: ScheduledSession | None, after: ScheduledSession | None) -> bool:
    """Moved or cancelled; neither a new session nor another room."""
    if before is None or after is None:
        return False
    return (before.on, before.starts_at, before.state) != (after.on, after.starts_at, after.state)


_SHOWN_BY: Final[Mapping[PracticeAct, tuple[type, Shows]]] = {
    PracticeAct.ENROL: (Enrolment, _made),
    PracticeAct.CALENDAR: (ScheduledSession, _rescheduled),
    PracticeAct.PLAN: (StoredPlan, _kept),
    PracticeAct.ROLL: (AttendanceMark, _kept),
    PracticeAct.SURVEY: (Response, _kept),
    PracticeAct.CONTACT: (FollowUpContact, _kept),
    PracticeAct.RECOVERY: (RecoveryPlace, _made),
    PracticeAct.DECIDE: (Decision, _made),
    PracticeAct.CERTIFY: (RegisterLine, _made),
}
"""What an act leaves in the journal. `told` leaves nothing: the person says so."""


class Practice:
    """A practice workspace that is open for one task, from this moment of its journal on."""

    def __init__(self, workspace: Workspace, asked: PracticeAsked) -> None:
        self.workspace = workspace
        self.asked = asked
        self.told = False
        """She says that she did it: what counts for a task that leaves no trace."""
        self._since = workspace.desk.store.position

    @property
    def must_be_told(self) -> bool:
        """The task leaves no trace: she says herself that it is done."""
        return self.asked.task.act is PracticeAct.TOLD

    def done(self) -> bool:
        """Whether the journal holds what the task asks for since it began, and it is in force."""
        if self.must_be_told:
            return self.told
        record_type, shows = _SHOWN_BY[self.asked.task.act]
        found = self.workspace.desk.store.changes_after(record_type, self._since)
        return any(_in_force(change) and shows(change.before, change.after) for change in found)


def _in_force(change: RowChange) -> bool:
    return change.info.origin is stores.Origin.DO and not change.info.undone


def open_practice(front: Front, base: Path, sample_files: Mapping[str, bytes]) -> Work[Workspace]:
    """Open the practice institution of today below `base`, made first where there is none.

    It is another one each day, so that its dates fit; those of days before are thrown away. Raises
    KitError (in_use) where another window practises already.
    """
    today = front.clock.today()
    _forget_other_days(front, base, today)
    folder = base / today.isoformat()
    if folder.is_dir():
        try:
            return front.open(folder)
        except KitError as error:
            if error.code == IN_USE:
                raise
            yield from place_sample(front, folder, sample_files, again=True)
    else:
        yield from place_sample(front, folder, sample_files)
    return front.open(folder)


def _forget_other_days(front: Front, base: Path, today: date) -> None:
    """Only folders named by a day are touched, and none that is open in another window."""
    for folder in base.glob("????-??-??") if base.is_dir() else ():
        if folder.name == today.isoformat() or not _is_day(folder.name):
            continue
        with suppress(KitError):
            refuse_in_use(front, folder)
            shutil.rmtree(folder, ignore_errors=True)


def _is_day(name: str) -> bool:
    try:
        date.fromisoformat(name)
    except ValueError:
        return False
    return True
