"""Two people change one text: what both did stands in the merge, and no line is ever lost.

1. A side that changed nothing gives way to the other.
2. What both changed alike is made once, without asking.
3. Changes with an untouched line between them are both made.
4. A conflict holds every line of both sides that the other side did not have.
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_kit.curriculum.differences import (
    LineDifference,
    Mark,
    Skipped,
    differences,
    word_runs,
)
from facilitator_kit.curriculum.merging import Agreed, Conflict, Origin, merge, words_of

LINE = st.sampled_from(["", "uno", "dos", "tres", "# Preparar", "uno dos", "\t", "🙂", " "])
TEXT = st.lists(LINE, max_size=12).map("\n".join)
PROSE = st.text(st.sampled_from("ab ñ,.\n🙂"), max_size=60)


@given(TEXT, TEXT)
def test_a_side_that_changed_nothing_gives_way(base: str, changed: str) -> None:
    for found in (merge(base, base, changed), merge(base, changed, base)):
        assert found.conflicts == ()
        assert found.text() == changed


@given(TEXT, TEXT)
def test_what_both_changed_alike_is_made_once(base: str, changed: str) -> None:
    found = merge(base, changed, changed)
    assert found.conflicts == ()
    assert found.text() == changed


@given(st.data())
def test_changes_apart_are_both_made(data: st.DataObject) -> None:
    count = data.draw(st.integers(3, 14))
    base = [f"renglón {number}" for number in range(count)]
    ours, theirs = list(base), list(base)
    free = data.draw(st.lists(st.integers(0, count - 1), unique=True, min_size=2))
    written: list[str] = []
    taken: set[int] = set()
    for turn, place in enumerate(free):
        if {place - 1, place, place + 1} & taken:
            continue
        taken.add(place)
        side = (ours, theirs)[turn % 2]
        new = data.draw(st.sampled_from([f"nuevo {turn}", f"a {turn}\nb {turn}"]))
        written.append(new)
        side[place] = new
    found = merge("\n".join(base), "\n".join(ours), "\n".join(theirs))
    assert found.conflicts == ()
    text = found.text()
    assert all(new in text for new in written)
    kept = [line for place, line in enumerate(base) if place not in taken]
    assert [line for line in text.split("\n") if line in base] == kept


@given(TEXT, TEXT, TEXT)
@settings(max_examples=400)
def test_no_line_of_either_side_is_lost(base: str, ours: str, theirs: str) -> None:
    found = merge(base, ours, theirs)
    mine = found.text([conflict.ours for conflict in found.conflicts]).split("\n")
    new = found.text([conflict.theirs for conflict in found.conflicts]).split("\n")
    held = [*mine, *new]
    was = base.split("\n")
    for line in (*ours.split("\n"), *theirs.split("\n")):
        assert line in held or line in was
    for side in (ours, theirs):
        for line in side.split("\n"):
            if line not in was:
                assert line in held
    # Whoever decides everything for one side, where nothing else was changed, has that side.
    if all(isinstance(p, Conflict) or p.origin is not Origin.THEIRS for p in found.pieces):
        assert "\n".join(mine) == ours
    if all(isinstance(p, Conflict) or p.origin is not Origin.OURS for p in found.pieces):
        assert "\n".join(new) == theirs


@given(TEXT, TEXT, TEXT)
def test_the_sides_can_be_swapped(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert [(c.ours, c.theirs) for c in one.conflicts] == [
        (c.theirs, c.ours) for c in other.conflicts
    ]


def test_a_conflict_says_what_it_was_and_what_each_made_of_it() -> None:
    found = merge("a\nb\nc", "a\nB\nc", "a\nbb\nc")
    assert found.pieces == (
        Agreed(("a",), Origin.NOBODY),
        Conflict(("b",), ("B",), ("bb",)),
        Agreed(("c",), Origin.NOBODY),
    )
    assert found.text([("B", "bb")]) == "a\nB\nbb\nc"
    with pytest.raises(ValueError, match="1 conflicts, 0 decisions"):
        found.text()


def test_a_conflict_over_different_words_of_a_paragraph_proposes_both() -> None:
    (conflict,) = merge(
        "Salude y pregunte quién anotó en casa.",
        "Salude y pregunte quién anotó en su casa.",
        "Dé la bienvenida y pregunte quién anotó en casa.",
    ).conflicts
    assert conflict.proposal == ("Dé la bienvenida y pregunte quién anotó en su casa.",)
    (conflict,) = merge("tres sobres", "dos sobres", "cuatro sobres").conflicts
    assert conflict.proposal is None


def test_a_line_taken_out_by_one_and_changed_by_the_other_is_asked_about() -> None:
    (conflict,) = merge("a\nb\nc", "a\nc", "a\nb2\nc").conflicts
    assert (conflict.ours, conflict.theirs) == ((), ("b2",))
    assert conflict.proposal is None


# -- differences -----------------------------------------------------------------------------------


def side(found: tuple[object, ...], old: bool) -> list[str]:
    gone = Mark.ADDED if old else Mark.REMOVED
    return [
        "".join(run.text for run in line.runs if run.mark is not gone)
        for line in found
        if isinstance(line, LineDifference) and (line.old if old else line.new)
    ]


@given(PROSE, PROSE)
def test_marked_words_hold_both_texts(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(run.text for run in runs if run.mark is not Mark.ADDED) == old
    assert "".join(run.text for run in runs if run.mark is not Mark.REMOVED) == new
    assert all(one.mark is not other.mark for one, other in itertools.pairwise(runs))
    assert "".join(words_of(old)) == old


@given(TEXT, TEXT)
@settings(max_examples=300)
def test_shown_differences_hold_every_change_in_order(old: str, new: str) -> None:
    found = differences(old, new)
    assert (found == ()) == (old == new)
    for text, is_old in ((old, True), (new, False)):
        lines = iter(text.split("\n"))
        shown = [
            one for one in found if isinstance(one, Skipped) or (one.old if is_old else one.new)
        ]
        words = iter(side(found, is_old))
        for one in shown:
            if isinstance(one, Skipped):
                for _number in range(one.lines):
                    next(lines)
            else:
                assert next(lines) == next(words)
        assert list(lines) == [] or found == ()


def test_a_changed_word_is_marked_within_its_line() -> None:
    found = differences(
        "uno\nReparta tres sobres.\ndos\ntres", "uno\nReparta dos sobres.\ndos\ntres"
    )
    changed = next(one for one in found if isinstance(one, LineDifference) and one.changed)
    assert (changed.old, changed.new) == (2, 2)
    assert [(run.mark, run.text) for run in changed.runs] == [
        (Mark.SAME, "Reparta "),
        (Mark.REMOVED, "tres"),
        (Mark.ADDED, "dos"),
        (Mark.SAME, " sobres."),
    ]
    assert found[-1] == Skipped(1)
    far = differences("# Uno\n\n## Dos\n\na\n\nb", "# Uno\n\n## Dos\n\na\n\nc")
    assert far[0] == Skipped(6, "Dos")


def test_a_very_long_line_is_compared_whole() -> None:
    old = "palabra " * 9000
    assert [run.mark for run in word_runs(old, old + "más")] == [Mark.REMOVED, Mark.ADDED]
