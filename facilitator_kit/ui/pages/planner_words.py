"""Words of Planeador: how the total stands, what a lock does, sessions in the chooser."""

from __future__ import annotations

from facilitator_kit.curriculum import PlanBlock, TimedBlock
from facilitator_kit.curriculum.markdown import questions_in
from facilitator_kit.curriculum.records import BlockKind, Method, MethodFamily
from facilitator_kit.i18n import Texts
from facilitator_kit.ui.pages.curriculum_words import kind_look, minutes_words
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.workspace.views import SessionView

METHOD_SOURCE = "method:"

_ANATOMY: tuple[tuple[BlockKind, int], ...] = (
    (BlockKind.WELCOME, 10),
    (BlockKind.CHECK_IN, 10),
    (BlockKind.EXPERIENCE, 25),
    (BlockKind.REFLECTION, 20),
    (BlockKind.BREAK, 10),
    (BlockKind.CONCEPT, 20),
    (BlockKind.APPLICATION, 20),
    (BlockKind.CHECK_OUT, 5),
)
"""The common anatomy of a session of 120 minutes."""

_KIND_OF: dict[MethodFamily, BlockKind] = {
    MethodFamily.CHECK_IN: BlockKind.CHECK_IN,
    MethodFamily.ENERGY: BlockKind.PRACTICE,
    MethodFamily.GROUPING: BlockKind.PRACTICE,
    MethodFamily.DIALOGUE: BlockKind.REFLECTION,
    MethodFamily.SYNTHESIS: BlockKind.REFLECTION,
    MethodFamily.CLOSING: BlockKind.CHECK_OUT,
}

GROUPED = frozenset(
    {BlockKind.EXPERIENCE, BlockKind.REFLECTION, BlockKind.APPLICATION, BlockKind.PRACTICE}
)
"""Kinds of block that are mostly done in small groups."""


def common_anatomy(_: Texts) -> tuple[PlanBlock, ...]:
    """Eight blocks to start from, 120 minutes together, named by their kind."""
    return tuple(PlanBlock(kind, kind_look(_, kind)[0], minutes) for kind, minutes in _ANATOMY)


def block_of(method: Method) -> PlanBlock:
    """A method as a block of an agenda, as short as it can be done."""
    questions = questions_in(method.steps)
    return PlanBlock(
        _KIND_OF[method.family],
        method.title,
        method.minutes[0],
        note=method.purpose,
        question=questions[0] if questions else "",
        source=f"{METHOD_SOURCE}{method.code}",
    )


def total_words(_: Texts, total: int, target: int) -> tuple[str, str, Tone]:
    """How many minutes are planned of how many, and what to think of it, as a pill."""
    figure = _("{total} de {target} min", total=_.number(total), target=_.number(target))
    if total > target:
        over = _.plural("Sobra {count} min", "Sobran {count} min", total - target)
        return figure, over, "attention"
    if total < target:
        missing = _.plural("Falta {count} min", "Faltan {count} min", target - total)
        return figure, missing, "attention"
    return figure, _("Cumple el módulo"), "good"


def gap_words(_: Texts, timed: TimedBlock) -> tuple[str, Tone]:
    """What a lock leaves free before it, or what it cuts; empty where it fits."""
    if timed.gap_minutes:
        return _("Hueco de {minutes} min", minutes=_.number(timed.gap_minutes)), "note"
    if timed.overlap_minutes:
        minutes = _.number(timed.overlap_minutes)
        return _("Se superpone {minutes} min", minutes=minutes), "bad"
    return "", "neutral"


def under_title(_: Texts, timed: TimedBlock) -> str:
    """The second line of a block: its lock, then its question or its note."""
    block = timed.block
    parts = []
    if block.fixed_start is not None:
        parts.append(_("Fijo a las {time}", time=_.clock_time(block.fixed_start)))
    parts.append(block.question or block.note)
    return " · ".join(part for part in parts if part)


def spoken_block(_: Texts, timed: TimedBlock) -> str:
    """A whole row for whoever listens."""
    parts = (
        _.clock_time(timed.start),
        timed.block.title,
        minutes_words(_, timed.block.minutes),
        under_title(_, timed),
        gap_words(_, timed)[0],
    )
    return ". ".join(part for part in parts if part)


def session_choice(_: Texts, view: SessionView) -> str:
    """A session in the header's list: its day and hour; the title beside it says which."""
    scheduled = view.scheduled
    day = _.weekday_short(scheduled.on).capitalize()
    month = _.date_short(scheduled.on).split()[-1]
    at = _.clock_time(scheduled.starts_at)
    words = f"{day} {month} · {at}"
    if scheduled.recovery:
        return _("{when} · recuperación", when=words)
    return words
