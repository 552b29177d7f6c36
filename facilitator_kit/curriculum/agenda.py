"""A session's plan: blocks in order, their minutes, and the clock times that follow from them.

Everything here is arithmetic on frozen records. A block with a fixed start is a lock: it begins at
its time whatever stands before it, and what does not fit shows as a gap or as an overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from facilitator_kit.curriculum.records import BlockKind, Material, Per, Session, SessionBlock
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message

DAY_MINUTES = 24 * 60
LONGEST_BLOCK = 8 * 60


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """One step of a plan. `source` is where it came from: "M3-2#3" is the fourth block of session
    M3-2, "method:hilo-que-une" a method, and empty a block added by hand.
    """

    kind: BlockKind
    title: str
    minutes: int
    note: str = ""
    question: str = ""
    fixed_start: time | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """The plan of one session: `target_minutes` is what the programme gives it."""

    session_code: str
    title: str
    target_minutes: int
    blocks: tuple[PlanBlock, ...]

    @property
    def total_minutes(self) -> int:
        """The blocks' minutes together; breaks count, gaps before locks do not."""
        return sum(block.minutes for block in self.blocks)

    @property
    def minutes_over(self) -> int:
        """How far the total passes the target; negative while minutes are left to plan."""
        return self.total_minutes - self.target_minutes


@dataclass(frozen=True, slots=True)
class TimedBlock:
    """A block on the clock. Only a lock has `gap_minutes` (free before it) or `overlap_minutes`
    (what precedes runs on past its start); both are counted against the end of what precedes it,
    or against the beginning of the session.
    """

    block: PlanBlock
    start: time
    end: time
    gap_minutes: int = 0
    overlap_minutes: int = 0


@dataclass(frozen=True, slots=True)
class MaterialNeed:
    """How many pieces to bring, and how that number came about."""

    name: str
    count: int
    how: Message


# -- making and changing plans ---------------------------------------------------------------


def plan_from_session(session: Session) -> SessionPlan:
    """The plan that the pack proposes; without blocks while the session is only a title."""
    blocks = tuple(
        PlanBlock(
            block.kind,
            block.title,
            block.minutes,
            question=block.questions[0] if block.questions else "",
            source=f"{session.code}#{number}",
        )
        for number, block in enumerate(session.blocks)
    )
    return SessionPlan(session.code, session.title, session.minutes, blocks)


def source_block(session: Session, block: PlanBlock) -> SessionBlock | None:
    """The session's own block that a plan's block came from; None when it came from elsewhere."""
    code, _, number = block.source.rpartition("#")
    if code != session.code or not number.isdecimal() or int(number) >= len(session.blocks):
        return None
    return session.blocks[int(number)]


def add_block(plan: SessionPlan, index: int, block: PlanBlock) -> SessionPlan:
    """The plan with `block` standing at `index` (0 to the number of blocks)."""
    checked_minutes(block.minutes)
    blocks = list(plan.blocks)
    blocks.insert(_within(index, len(blocks)), block)
    return replace(plan, blocks=tuple(blocks))


def remove_block(plan: SessionPlan, index: int) -> SessionPlan:
    """The plan without the block at `index`."""
    blocks = list(plan.blocks)
    del blocks[_within(index, len(blocks) - 1)]
    return replace(plan, blocks=tuple(blocks))


def move_block(plan: SessionPlan, index: int, to: int) -> SessionPlan:
    """The plan with the block at `index` standing at `to` once it has been taken out."""
    blocks = list(plan.blocks)
    moved = blocks.pop(_within(index, len(blocks) - 1))
    blocks.insert(_within(to, len(blocks)), moved)
    return replace(plan, blocks=tuple(blocks))


def change_block(plan: SessionPlan, index: int, block: PlanBlock) -> SessionPlan:
    """The plan with `block` in place of the one at `index`: another title, note or question."""
    checked_minutes(block.minutes)
    blocks = list(plan.blocks)
    blocks[_within(index, len(blocks) - 1)] = block
    return replace(plan, blocks=tuple(blocks))


def set_minutes(plan: SessionPlan, index: int, minutes: int) -> SessionPlan:
    """The plan with another length for one block.

    Raises:
        KitError: the minutes are not between 1 and 480.
    """
    block = plan.blocks[_within(index, len(plan.blocks) - 1)]
    return change_block(plan, index, replace(block, minutes=checked_minutes(minutes)))


def fix_start(plan: SessionPlan, index: int, start: time | None) -> SessionPlan:
    """The plan with the block locked to a time of day, or free again with None."""
    block = plan.blocks[_within(index, len(plan.blocks) - 1)]
    return change_block(plan, index, replace(block, fixed_start=start))


def checked_minutes(minutes: int) -> int:
    """`minutes`, when a block can last that long.

    Raises:
        KitError: they are not between 1 and 480.
    """
    if not 1 <= minutes <= LONGEST_BLOCK:
        raise KitError(
            message("Un bloque no puede durar {minutes} minutos.", minutes=minutes),
            message("Escriba entre 1 y {most} minutos.", most=LONGEST_BLOCK),
            "block_minutes",
        )
    return minutes


def _within(index: int, last: int) -> int:
    if not 0 <= index <= last:
        raise IndexError(index)
    return index


# -- the clock -------------------------------------------------------------------------------


def cascade(blocks: Iterable[PlanBlock], starts_at: time) -> tuple[TimedBlock, ...]:
    """Each block with its start and end: one after another from `starts_at`, locks at their time.

    A plan may run past midnight; a lock is then read as the nearest time of that name.
    """
    timed: list[TimedBlock] = []
    now = starts_at.hour * 60 + starts_at.minute
    for block in blocks:
        gap = overlap = 0
        if block.fixed_start is not None:
            fixed = _nearest(block.fixed_start.hour * 60 + block.fixed_start.minute, now)
            gap, overlap = max(fixed - now, 0), max(now - fixed, 0)
            now = fixed
        end = now + block.minutes
        timed.append(TimedBlock(block, _clock(now), _clock(end), gap, overlap))
        now = end
    return tuple(timed)


def ends_at(blocks: Sequence[PlanBlock], starts_at: time) -> time:
    """When the last block ends; the beginning itself when there is none."""
    timed = cascade(blocks, starts_at)
    return timed[-1].end if timed else starts_at


def _nearest(minute_of_day: int, now: int) -> int:
    """The moment with that minute of day that is at most twelve hours away from `now`."""
    away = (minute_of_day - now + DAY_MINUTES // 2) % DAY_MINUTES - DAY_MINUTES // 2
    return now + away


def _clock(minutes: int) -> time:
    hours, minute = divmod(minutes % DAY_MINUTES, 60)
    return time(hours, minute)


# -- groups and materials --------------------------------------------------------------------


def group_sizes(people: int, group_of: int) -> tuple[int, ...]:
    """The sizes of the small groups, largest first: as many as hold everybody with no group over
    `group_of`, and no two sizes further apart than one. 18 in groups of 4: 4, 4, 4, 3, 3.
    """
    if people <= 0:
        return ()
    groups = -(-people // max(group_of, 1))
    least, more = divmod(people, groups)
    return (least + 1,) * more + (least,) * (groups - more)


def material_quantities(session: Session, people: int) -> tuple[MaterialNeed, ...]:
    """What to bring for so many people, in the order of the session's table."""
    groups = len(group_sizes(people, session.group_of))
    return tuple(_need(material, max(people, 0), groups) for material in session.materials)


def _need(material: Material, people: int, groups: int) -> MaterialNeed:
    times = {Per.PERSON: people, Per.GROUP: groups, Per.ROOM: 1}[material.per]
    count = material.quantity * times + material.extra
    return MaterialNeed(material.name, count, _how(material))


def _how(material: Material) -> Message:
    quantity, extra = material.quantity, material.extra
    if material.per is Per.PERSON:
        if extra:
            return message("{quantity} por persona + {extra}", quantity=quantity, extra=extra)
        return message("{quantity} por persona", quantity=quantity)
    if material.per is Per.GROUP:
        if extra:
            return message("{quantity} por grupo + {extra}", quantity=quantity, extra=extra)
        return message("{quantity} por grupo", quantity=quantity)
    if extra:
        return message("{quantity} para la sala + {extra}", quantity=quantity, extra=extra)
    return message("{quantity} para la sala", quantity=quantity)


# -- keeping a plan --------------------------------------------------------------------------


def plan_to_dict(plan: SessionPlan) -> dict[str, object]:
    """The plan as plain values that JSON keeps; `plan_from_dict` gives the same plan again."""
    return {
        "session_code": plan.session_code,
        "title": plan.title,
        "target_minutes": plan.target_minutes,
        "blocks": [
            {
                "kind": block.kind.value,
                "title": block.title,
                "minutes": block.minutes,
                "note": block.note,
                "question": block.question,
                "fixed_start": f"{block.fixed_start:%H:%M}" if block.fixed_start else None,
                "source": block.source,
            }
            for block in plan.blocks
        ],
    }


def plan_from_dict(values: Mapping[str, object]) -> SessionPlan:
    """The plan that `plan_to_dict` wrote.

    Raises:
        KitError: the values are not a plan.
    """
    try:
        blocks = values["blocks"]
        if not isinstance(blocks, list):
            raise TypeError(blocks)
        return SessionPlan(
            _text(values, "session_code"),
            _text(values, "title"),
            _number(values, "target_minutes"),
            tuple(_block_from_dict(block) for block in blocks),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise KitError(
            message("El plan guardado de esta sesión no se puede leer."),
            message("Vuelva a empezar desde la propuesta del paquete."),
            "plan_unreadable",
        ) from fault


def _block_from_dict(values: object) -> PlanBlock:
    if not isinstance(values, dict):
        raise TypeError(values)
    fixed = values["fixed_start"]
    return PlanBlock(
        BlockKind(_text(values, "kind")),
        _text(values, "title"),
        _number(values, "minutes"),
        _text(values, "note"),
        _text(values, "question"),
        None if fixed is None else time.fromisoformat(_text(values, "fixed_start")),
        _text(values, "source"),
    )


def _text(values: Mapping[str, object], key: str) -> str:
    value = values[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def _number(values: Mapping[str, object], key: str) -> int:
    value = values[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(key)
    return value
