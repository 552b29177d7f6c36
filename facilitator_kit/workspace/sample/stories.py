"""How each woman of the sample's finished generation fares: 91 graduate, 28 each lack something."""

from __future__ import annotations

from dataclasses import dataclass, field

from facilitator_kit.monitoring.records import LeavingReason, Mark


@dataclass(frozen=True, slots=True)
class Story:
    """What happens to one woman, apart from a few ordinary absences.

    `missed`: sessions by code with the mark she has there. `leaves_after`: session number and
    reason. `contacts`: how many are made. `entry_on`: "start", "late" (after the deadline) or "".
    `recovers`: sessions given again to her, "past" or "ahead" of the reference day. `unmarked`:
    sessions whose mark was never typed. `joins_at`: session number of a late enrolment.
    `moves_at`: she goes on in the centre's other cohort from that session number.
    """

    missed: dict[str, Mark] = field(default_factory=dict)
    leaves_after: tuple[int, LeavingReason] | None = None
    contacts: int = 3
    entry_on: str = "start"
    exit_answered: bool = True
    recovers: tuple[tuple[str, str], ...] = ()
    unmarked: tuple[str, ...] = ()
    joins_at: int = 0
    refused: str = ""
    exception: str = ""
    moves_at: int = 0

    @property
    def particular(self) -> bool:
        """Something happens to her marks, so chance adds no absences of its own."""
        return bool(self.missed or self.recovers or self.unmarked or self.moves_at)


def _absent(*sessions: str) -> dict[str, Mark]:
    return dict.fromkeys(sessions, Mark.ABSENT)


MOVES = Story(moves_at=9)
"""She begins in one cohort of her centre and goes on in another; she graduates there."""

GRADUATES_ALSO: dict[str, tuple[Story, ...]] = {
    # Those who graduate in some other way than the plain one.
    "CR": (
        Story(
            contacts=2, exception="Tercer contacto hecho en persona y sin anotar: consta en acta."
        ),
        Story(missed=_absent("M3-5", "M3-6"), recovers=(("M3-5", "past"),)),
    ),
    "CV": (Story(missed={"M1-4": Mark.LATE, "M2-2": Mark.LATE, "M2-6": Mark.ONLINE}),),
    "CB": (Story(missed={"M1-2": Mark.EXCUSED, "M1-9": Mark.EXCUSED, "M2-3": Mark.ONLINE}),),
}

NOT_GRADUATING: dict[str, tuple[Story, ...]] = {
    "CR": (
        Story(missed=_absent("M1-2", "M1-5", "M1-8")),
        Story(leaves_after=(12, LeavingReason.CARE), contacts=1, exit_answered=False),
        Story(exit_answered=False),
        Story(contacts=2),
        Story(entry_on=""),
        Story(refused="Pidió que su reconocimiento espere a la próxima ceremonia."),
        Story(missed=_absent("M6R-2", "M6R-3"), recovers=(("M6R-2", "ahead"), ("M6R-3", "ahead"))),
        Story(leaves_after=(27, LeavingReason.WORK), contacts=2, exit_answered=False),
    ),
    "CV": (
        Story(missed=_absent("M2-1", "M2-4", "M2-7", "M2-9")),
        Story(missed=_absent("M3-1", "M3-4")),
        Story(leaves_after=(6, LeavingReason.HEALTH), contacts=0, exit_answered=False),
        Story(leaves_after=(20, LeavingReason.MOVED), contacts=1, exit_answered=False),
        Story(contacts=1, exit_answered=False),
        Story(exit_answered=False),
        Story(missed=_absent("M1-1", "M1-6", "M1-10"), entry_on=""),
        Story(joins_at=9),
        Story(unmarked=("M3-2", "M3-3")),
        Story(entry_on="late"),
        Story(refused="Su expediente tiene dos nombres distintos; se gradúa cuando se aclare."),
    ),
    "CB": (
        Story(missed=_absent("CG-1")),
        Story(leaves_after=(15, LeavingReason.DISTANCE), contacts=1, exit_answered=False),
        Story(contacts=0),
        Story(missed=_absent("M6R-1", "M6R-4")),
        Story(leaves_after=(31, LeavingReason.SCHEDULE), contacts=2, exit_answered=False),
        Story(missed=_absent("CG-1"), recovers=(("CG-1", "ahead"),)),
        Story(missed=dict.fromkeys(("M2-2", "M2-5", "M2-8"), Mark.EXCUSED)),
        Story(exit_answered=False, contacts=2),
        Story(
            leaves_after=(3, LeavingReason.UNKNOWN), contacts=0, exit_answered=False, entry_on=""
        ),
    ),
}
