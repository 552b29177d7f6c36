"""One door for changes: all or nothing, journalled, told to listeners, seen whole by readers."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_records import one_of_each

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, Texts, message, plural_message
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    ClosedDay,
    Decision,
    Draft,
    Enrolment,
    FolioFloor,
    Mark,
    RegisterEvent,
    RegisterLine,
    StoredPack,
    User,
)
from facilitator_kit.store import Change, Not, Origin, Range, Store

NAME = message("Marcar asistencia")


def centre(ids: Ids, code: str, city: str = "Tepic") -> Centre:
    return Centre(ids.new(), f"Centro {code}", code, city, "Nayarit")


def test_a_change_is_stored_whole(store: Store, ids: Ids) -> None:
    one, two = centre(ids, "A"), centre(ids, "B")
    with store.change(message("Dos centros"), actor="ana") as tx:
        tx.put_all([one, two])
        assert tx.find(Centre) == (one, two)
        assert store.find(Centre) == ()
    assert store.find(Centre) == (one, two)
    assert tx.done is not None
    (info,) = store.history()
    assert (info.id, info.actor, info.rows, str(info.name)) == (tx.done.id, "ana", 2, "Dos centros")


def test_a_change_that_fails_leaves_nothing(store: Store, ids: Ids) -> None:
    kept = centre(ids, "A")
    with store.change(NAME, actor="ana") as tx:
        tx.put(kept)

    def fail() -> None:
        with store.change(NAME, actor="ana") as tx:
            tx.put_all([replace(kept, name="Otro"), centre(ids, "B")])
            tx.delete(Centre, kept.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.find(Centre) == (kept,)
    assert len(store.history()) == 1
    assert store.verify_journal().ok


def test_nothing_is_written_when_nothing_differs(store: Store, ids: Ids) -> None:
    kept = centre(ids, "A")
    with store.change(NAME, actor="ana") as tx:
        tx.put(kept)
    heard: list[Change] = []
    store.subscribe(heard.append)
    with store.change(NAME, actor="ana") as tx:
        tx.put(kept)
        tx.put(replace(kept, name="Otro"))
        tx.put(kept)
        passing = centre(ids, "B")
        tx.put(passing)
        tx.delete(Centre, passing.id)
        tx.delete(Centre, "no such centre")
    assert tx.done is None
    assert heard == []
    assert len(store.history()) == 1


def test_changes_cannot_be_nested(store: Store, ids: Ids) -> None:
    def nest() -> None:
        with store.change(NAME, actor="ana") as tx:
            tx.put(centre(ids, "A"))
            with store.change(NAME, actor="ana"):
                pass

    with pytest.raises(RuntimeError):
        nest()
    assert store.find(Centre) == ()


def test_listeners_hear_what_was_touched_after_it_is_stored(store: Store, ids: Ids) -> None:
    one = centre(ids, "A")
    heard: list[tuple[Change, int]] = []
    stop = store.subscribe(lambda change: heard.append((change, store.count(Centre))))
    with store.change(NAME, actor="ana") as tx:
        tx.put(one)
        tx.put(User("u1", "Ana"))
    store.undo("ana")
    stop()
    store.redo("ana")
    assert [(change.origin, count) for change, count in heard] == [
        (Origin.DO, 1),
        (Origin.UNDO, 0),
    ]
    assert heard[0][0].touched == {Centre: frozenset({one.id}), User: frozenset({"u1"})}
    assert heard[0][0] == tx.done


def test_a_listener_may_make_a_change_of_its_own(store: Store, ids: Ids) -> None:
    def answer(change: Change) -> None:
        if Centre in change.touched:
            with store.change(message("Responder"), actor="ana") as tx:
                tx.put(User("u1", "Ana"))

    store.subscribe(answer)
    with store.change(NAME, actor="ana") as tx:
        tx.put(centre(ids, "A"))
    assert store.count(User) == 1


def test_names_of_changes_keep_their_fields_and_plurals(store: Store, ids: Ids) -> None:
    name = plural_message(
        "Marcar a {count} en {what} el {on}",
        "Marcar a {count} personas en {what} el {on}",
        3,
        what=message("M3, sesión {n}", n=2),
        on=date(2026, 11, 24),
    )
    with store.change(name, actor="ana") as tx:
        tx.put(centre(ids, "A"))
    (info,) = store.history()
    assert info.name == name
    assert Texts("es").render(info.name).startswith("Marcar a 3 personas en M3, sesión 2")


# -- what is written once and for all --------------------------------------------------------------


@pytest.mark.parametrize("record_type", [RegisterLine, RegisterEvent, FolioFloor, StoredPack])
def test_append_only_records_are_never_changed_or_removed(
    record_type: type, store: Store, ids: Ids
) -> None:
    made = one_of_each(ids)
    with store.change(NAME, actor="ana") as tx:
        tx.put_all(made.values())
    line = made[record_type]
    field = {RegisterLine: "printed_name", RegisterEvent: "reason"}.get(record_type)
    altered = replace(line, **({field: "x"} if field else {"id": line.id, **_other(line)}))
    for attempt in (lambda tx: tx.put(altered), lambda tx: tx.delete(record_type, line.id)):
        with pytest.raises(KitError) as refused, store.change(NAME, actor="ana") as tx:
            attempt(tx)
        assert refused.value.code == "append_only"
    assert store.need(record_type, line.id) == line
    with store.change(NAME, actor="ana") as tx:
        tx.put(line)  # the same again changes nothing
    assert tx.done is None


def _other(line: Any) -> dict[str, Any]:
    return {"number": 99} if isinstance(line, FolioFloor) else {"digest": "other"}


def test_a_decision_is_frozen_once_a_folio_rests_on_it(store: Store, ids: Ids) -> None:
    made = one_of_each(ids)
    held_back = (RegisterLine, RegisterEvent)
    with store.change(NAME, actor="ana") as tx:
        tx.put_all(record for kind, record in made.items() if kind not in held_back)
    decision = made[Decision]
    with store.change(NAME, actor="ana") as tx:
        tx.put(replace(decision, reason="corregida"))
    with store.change(NAME, actor="ana") as tx:
        tx.put(made[RegisterLine])
    with pytest.raises(KitError) as refused, store.change(NAME, actor="ana") as tx:
        tx.put(decision)
    assert refused.value.code == "append_only"
    assert store.need(Decision, decision.id).reason == "corregida"


# -- finding ---------------------------------------------------------------------------------------

CITIES = ["Tepic", "Cali", "Ñuble"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from(CITIES), st.booleans(), st.integers(0, 5)), max_size=8),
    wanted=st.lists(st.sampled_from([*CITIES, "Otra"])),
    low=st.none() | st.integers(0, 5),
    high=st.none() | st.integers(0, 5),
)
def test_find_answers_as_a_filter_over_all_records_would(
    rows: list[tuple[str, bool, int]],
    wanted: list[str],
    low: int | None,
    high: int | None,
    store: Store,
    ids: Ids,
) -> None:
    days = [
        ClosedDay(ids.new(), date(2026, 1, 1 + day), city, None if none else "c")
        for city, none, day in rows
    ]
    first = None if low is None else date(2026, 1, 1 + low)
    last = None if high is None else date(2026, 1, 1 + high)

    def inside(day: ClosedDay) -> bool:
        return (first is None or day.on >= first) and (last is None or day.on <= last)

    cases: list[tuple[dict[str, object], Callable[[ClosedDay], bool]]] = [
        ({}, lambda _: True),
        ({"reason": tuple(wanted)}, lambda day: day.reason in wanted),
        (
            {"reason": frozenset(wanted), "on": Range(first, last)},
            lambda day: day.reason in wanted and inside(day),
        ),
        ({"centre_id": None}, lambda day: day.centre_id is None),
        ({"centre_id": Not(None)}, lambda day: day.centre_id is not None),
        ({"centre_id": ("c", None)}, lambda _: True),
        ({"reason": Not("Cali")}, lambda day: day.reason != "Cali"),
        ({"on": tuple(day.on for day in days[:2])}, lambda day: day.on in [d.on for d in days[:2]]),
    ]

    def compare() -> None:
        with store.change(NAME, actor="ana") as tx:
            tx.put(Centre("c", "C", "C", "", ""))
            tx.put_all(days)
            for where, keeps in cases:
                expected = [day for day in days if keeps(day)]
                assert list(tx.find(ClosedDay, **where)) == sorted(expected, key=lambda d: d.id)
                assert tx.count(ClosedDay, **where) == len(expected)
                reasons = Counter(day.reason for day in expected)
                assert tx.tally(ClosedDay, "reason", **where) == reasons
                assert list(tx.iterate(ClosedDay, order_by=("reason", "-on"), **where)) == sorted(
                    expected, key=lambda d: (d.reason, -d.on.toordinal(), d.id)
                )
            assert tx.find(ClosedDay, limit=2, offset=1) == tuple(days[1:3])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        compare()


def test_a_condition_on_a_field_that_does_not_exist_is_a_bug(store: Store) -> None:
    with pytest.raises(TypeError):
        store.find(Centre, nombre="x")


def test_lists_of_any_length_can_be_looked_for(store: Store, ids: Ids) -> None:
    centres = [centre(ids, f"C{number}") for number in range(3000)]
    with store.change(NAME, actor="ana") as tx:
        tx.put_all(centres)
    assert store.find(Centre, id=tuple(c.id for c in centres)) == tuple(centres)


def test_one_roll_is_one_change(store: Store, ids: Ids) -> None:
    made = one_of_each(ids)
    with store.change(NAME, actor="ana") as tx:
        tx.put_all(made.values())
    session = made[AttendanceMark].scheduled_session_id
    enrolments = [replace(made[Enrolment], id=ids.new()) for _ in range(30)]
    marks = [AttendanceMark(ids.new(), session, e.id, Mark.PRESENT, 120) for e in enrolments]
    with store.change(message("Todas presentes"), actor="ana") as tx:
        tx.put_all([*marks, *enrolments])  # the order within a change does not matter
    assert store.count(AttendanceMark, scheduled_session_id=session, mark=Mark.PRESENT) == 30
    assert store.undoable("ana").rows == 60
    store.undo("ana")
    assert store.find(AttendanceMark) == (made[AttendanceMark],)


# -- threads -----------------------------------------------------------------------------------


def test_readers_never_see_half_a_change_and_writers_take_turns(store: Store, ids: Ids) -> None:
    drafts = [Draft(ids.new(), "form", "", f"field{n}", "0") for n in range(20)]
    with store.change(NAME, actor="ana") as tx:
        tx.put_all(drafts)
    faults: list[object] = []
    done = threading.Event()

    def write(actor: str) -> None:
        try:
            for step in range(10):
                with store.change(Message("Escribir"), actor=actor) as tx:
                    tx.put_all(replace(draft, text=f"{actor}{step}") for draft in drafts)
        except Exception as fault:
            faults.append(fault)

    def read() -> None:
        try:
            while not done.is_set():
                texts = {draft.text for draft in store.find(Draft)}
                if len(texts) != 1:
                    faults.append(texts)
                with store.snapshot() as view:
                    if view.find(Draft) != view.find(Draft):
                        faults.append("a snapshot moved")
        except Exception as fault:
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(6)]
    writers = [threading.Thread(target=write, args=(actor,)) for actor in ("ana", "eva")]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert faults == []
    assert store.verify_journal().ok
    assert len(store.history()) == 21


def test_what_was_stored_is_there_after_reopening(
    store: Store, ids: Ids, clock: FixedClock
) -> None:
    made = one_of_each(ids)
    with store.change(NAME, actor="ana") as tx:
        tx.put_all(made.values())
    store.close()
    with Store.open(store.folder, clock, ids) as again:
        for record_type, record in made.items():
            assert again.find(record_type) == (record,)
        assert again.verify_journal().ok


def test_a_closed_workspace_gives_and_takes_nothing(store: Store) -> None:
    store.close()
    with pytest.raises(RuntimeError):
        store.find(Centre)
    with pytest.raises(RuntimeError), store.change(NAME, actor="ana"):
        pass
