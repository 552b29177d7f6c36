"""A session's plan on the clock, its materials for the group that comes, its way to the store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.curriculum import (
    PlanBlock,
    SessionPlan,
    add_block,
    cascade,
    change_block,
    ends_at,
    fix_start,
    group_sizes,
    material_quantities,
    move_block,
    plan_from_dict,
    plan_from_session,
    plan_to_dict,
    remove_block,
    set_minutes,
    source_block,
)
from facilitator_kit.curriculum.records import BlockKind, Material, Per, Session, SessionBlock
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts

SESSION = Session(
    "M3-2",
    "Mi presupuesto",
    120,
    complete=True,
    group_of=4,
    materials=(
        Material("Hoja 2-A", 1, Per.PERSON, 2),
        Material("Plumones", 2, Per.GROUP),
        Material("Rotafolio", 3, Per.ROOM),
    ),
    blocks=(
        SessionBlock(BlockKind.WELCOME, "Bienvenida", 10),
        SessionBlock(BlockKind.EXPERIENCE, "El sobre", 35, (), ("¿Qué sacaron?", "¿Quién?")),
        SessionBlock(BlockKind.BREAK, "Descanso", 10),
        SessionBlock(BlockKind.CHECK_OUT, "Una palabra", 65),
    ),
)

MINUTES = st.integers(1, 90)
TIMES = st.times().map(lambda one: time(one.hour, one.minute))
BLOCKS = st.builds(
    PlanBlock,
    kind=st.sampled_from(BlockKind),
    title=st.text(max_size=20),
    minutes=MINUTES,
    note=st.text(max_size=10),
    question=st.text(max_size=10),
    fixed_start=st.none() | TIMES,
    source=st.sampled_from(["", "M3-2#1", "method:semaforo"]),
)
FREE_BLOCKS = BLOCKS.map(lambda block: replace(block, fixed_start=None))
PLANS = st.builds(
    SessionPlan,
    st.just("M3-2"),
    st.text(max_size=9),
    MINUTES,
    st.lists(BLOCKS, min_size=1).map(tuple),
)


def minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def test_the_plan_of_a_session_has_its_blocks_times_and_first_questions() -> None:
    plan = plan_from_session(SESSION)
    assert plan.total_minutes == plan.target_minutes == 120
    assert [f"{one.start:%H:%M}" for one in cascade(plan.blocks, time(10))] == [
        "10:00",
        "10:10",
        "10:45",
        "10:55",
    ]
    assert ends_at(plan.blocks, time(10)) == time(12)
    assert plan.blocks[1].question == "¿Qué sacaron?"


def test_a_block_leads_back_to_the_session_it_came_from() -> None:
    plan = move_block(plan_from_session(SESSION), 3, 0)
    assert source_block(SESSION, plan.blocks[0]) == SESSION.blocks[3]
    assert source_block(SESSION, replace(plan.blocks[0], source="method:semaforo")) is None
    assert source_block(SESSION, replace(plan.blocks[0], source="M3-2#9")) is None
    assert source_block(replace(SESSION, code="M3-1"), plan.blocks[0]) is None


def test_a_session_without_blocks_gives_an_empty_plan() -> None:
    plan = plan_from_session(Session("M1-1", "Por escribir", 120))
    assert (plan.blocks, plan.minutes_over) == ((), -120)
    assert ends_at(plan.blocks, time(9, 30)) == time(9, 30)


@pytest.mark.parametrize(
    ("lock", "gap", "overlap", "end"),
    [
        (time(10, 45), 0, 0, time(12)),
        (time(11), 15, 0, time(12, 15)),
        (time(10, 30), 0, 15, time(11, 45)),
    ],
)
def test_a_lock_shows_a_gap_or_an_overlap_and_the_rest_follows(
    lock: time, gap: int, overlap: int, end: time
) -> None:
    plan = fix_start(plan_from_session(SESSION), 2, lock)
    timed = cascade(plan.blocks, time(10))
    assert (timed[2].start, timed[2].gap_minutes, timed[2].overlap_minutes) == (lock, gap, overlap)
    assert timed[3].start == timed[2].end
    assert timed[3].end == end


def test_a_plan_may_run_past_midnight() -> None:
    blocks = [PlanBlock(BlockKind.TALK, "Charla", 40), PlanBlock(BlockKind.TALK, "Otra", 40)]
    timed = cascade([blocks[0], replace(blocks[1], fixed_start=time(0, 5))], time(23, 30))
    assert [(one.start, one.end) for one in timed] == [
        (time(23, 30), time(0, 10)),
        (time(0, 5), time(0, 45)),
    ]
    assert timed[1].overlap_minutes == 5


@given(st.lists(FREE_BLOCKS), TIMES)
def test_free_blocks_follow_one_another_without_gap(blocks: list[PlanBlock], start: time) -> None:
    timed = cascade(blocks, start)
    assert [one.block for one in timed] == blocks
    for before, after in pairwise(timed):
        assert before.end == after.start
    assert all(one.gap_minutes == one.overlap_minutes == 0 for one in timed)
    total = sum(block.minutes for block in blocks)
    assert minute_of(ends_at(blocks, start)) == (minute_of(start) + total) % 1440


@given(st.lists(BLOCKS), TIMES)
def test_every_start_is_explained_by_what_precedes_it(blocks: list[PlanBlock], start: time) -> None:
    end = minute_of(start)
    for one in cascade(blocks, start):
        assert minute_of(one.start) == (end + one.gap_minutes - one.overlap_minutes) % 1440
        assert one.block.fixed_start in (None, one.start)
        assert one.gap_minutes == 0 or one.overlap_minutes == 0
        assert (minute_of(one.end) - minute_of(one.start)) % 1440 == one.block.minutes
        end = minute_of(one.end)


@given(PLANS, st.data())
def test_moving_keeps_every_block_and_the_total(plan: SessionPlan, data: st.DataObject) -> None:
    positions = st.integers(0, len(plan.blocks) - 1)
    index, to = data.draw(positions), data.draw(positions)
    moved = move_block(plan, index, to)
    assert moved.total_minutes == plan.total_minutes
    assert moved.blocks[to] == plan.blocks[index]
    assert move_block(moved, to, index) == plan


@given(PLANS, BLOCKS, st.data())
def test_adding_and_removing_undo_each_other(
    plan: SessionPlan, block: PlanBlock, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(plan.blocks)))
    added = add_block(plan, index, block)
    assert added.total_minutes == plan.total_minutes + block.minutes
    assert added.blocks[index] == block
    assert remove_block(added, index) == plan


@given(PLANS, MINUTES, st.data())
def test_other_minutes_change_the_total_by_the_difference(
    plan: SessionPlan, minutes: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(plan.blocks) - 1))
    changed = set_minutes(plan, index, minutes)
    difference = minutes - plan.blocks[index].minutes
    assert changed.total_minutes == plan.total_minutes + difference
    assert changed.minutes_over == plan.minutes_over + difference


@pytest.mark.parametrize("minutes", [0, -5, 481])
def test_impossible_minutes_are_refused_with_what_to_write(minutes: int) -> None:
    plan = plan_from_session(SESSION)
    with pytest.raises(KitError) as refused:
        set_minutes(plan, 0, minutes)
    assert "entre 1 y 480" in refused.value.text(Texts("es"))
    with pytest.raises(KitError):
        add_block(plan, 0, PlanBlock(BlockKind.TALK, "Charla", minutes))
    with pytest.raises(KitError):
        change_block(plan, 0, PlanBlock(BlockKind.TALK, "Charla", minutes))


@pytest.mark.parametrize("index", [-1, 4])
def test_a_block_that_is_not_there_is_a_bug(index: int) -> None:
    with pytest.raises(IndexError):
        remove_block(plan_from_session(SESSION), index)


@given(PLANS)
def test_a_plan_comes_back_from_json_as_it_was(plan: SessionPlan) -> None:
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


@pytest.mark.parametrize(
    "damage",
    [
        {"blocks": None},
        {"blocks": [1]},
        {"blocks": [{}]},
        {"title": 3},
        {"target_minutes": "120"},
        {"target_minutes": True},
    ],
)
def test_a_damaged_plan_is_refused_with_a_way_out(damage: dict[str, object]) -> None:
    values = {**plan_to_dict(plan_from_session(SESSION)), **damage}
    with pytest.raises(KitError) as refused:
        plan_from_dict(values)
    assert refused.value.code == "plan_unreadable"


@given(st.integers(0, 200), st.integers(1, 12))
def test_groups_hold_everybody_evenly(people: int, group_of: int) -> None:
    sizes = group_sizes(people, group_of)
    assert sum(sizes) == people
    assert len(sizes) == -(-people // group_of)
    assert all(0 < size <= group_of for size in sizes)
    assert not sizes or sizes[0] - sizes[-1] <= 1
    assert list(sizes) == sorted(sizes, reverse=True)


def test_eighteen_in_groups_of_four() -> None:
    assert group_sizes(18, 4) == (4, 4, 4, 3, 3)


@pytest.mark.parametrize(
    ("people", "counts"), [(18, [20, 10, 3]), (1, [3, 2, 3]), (24, [26, 12, 3]), (0, [2, 0, 3])]
)
def test_materials_follow_the_size_of_the_group(people: int, counts: list[int]) -> None:
    assert [need.count for need in material_quantities(SESSION, people)] == counts


def test_materials_say_how_they_were_counted() -> None:
    _ = Texts("es")
    assert [_.render(need.how) for need in material_quantities(SESSION, 18)] == [
        "1 por persona + 2",
        "2 por grupo",
        "3 para la sala",
    ]
