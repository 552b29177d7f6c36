"""Undo and redo by name: back to the start and forth again, and never over what came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_records import one_of_each

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import NotUndone
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    AttendanceMark,
    Centre,
    ClosedDay,
    Cohort,
    Decision,
    Draft,
    Enrolment,
    Mark,
    Participant,
    RegisterEvent,
    RegisterLine,
    SafeContact,
)
from facilitator_kit.store import Origin, Reads, Store

ANA, EVA = "ana", "eva"
FIRST = date(2026, 5, 1)


def put(store: Store, name: str, *records: object, actor: str = ANA) -> None:
    with store.change(message(name), actor=actor) as tx:
        tx.put_all(records)


def name_of(info: object) -> str | None:
    return None if info is None else str(info.name)


def everything(view: Reads | Store) -> dict[str, object]:
    return {kind.__name__: view.find(kind) for kind in (Centre, Draft)}


def test_undo_and_redo_go_back_and_forth_by_name(store: Store, ids: Ids) -> None:
    one = Centre(ids.new(), "Uno", "U", "", "")
    put(store, "Crear", one)
    put(store, "Renombrar", replace(one, name="Dos"))
    assert name_of(store.undoable(ANA)) == "Renombrar"
    change = store.undo(ANA)
    assert (str(change.name), change.origin) == ("Renombrar", Origin.UNDO)
    assert store.need(Centre, one.id).name == "Uno"
    assert (name_of(store.undoable(ANA)), name_of(store.redoable(ANA))) == ("Crear", "Renombrar")
    store.undo(ANA)
    assert store.find(Centre) == ()
    assert (store.undoable(ANA), name_of(store.redoable(ANA))) == (None, "Crear")
    store.redo(ANA)
    store.redo(ANA)
    assert store.need(Centre, one.id).name == "Dos"
    assert store.redoable(ANA) is None
    assert [info.origin for info in store.history()] == [
        Origin.REDO,
        Origin.REDO,
        Origin.UNDO,
        Origin.UNDO,
        Origin.DO,
        Origin.DO,
    ]
    assert store.verify_journal().ok


def test_undo_and_redo_outlive_the_session(store: Store, ids: Ids, clock: FixedClock) -> None:
    one = Centre(ids.new(), "Uno", "U", "", "")
    put(store, "Crear", one)
    put(store, "Renombrar", replace(one, name="Dos"))
    store.undo(ANA)
    store.close()
    with Store.open(store.folder, clock, ids) as again:
        assert name_of(again.undoable(ANA)) == "Crear"
        again.redo(ANA)
        assert again.need(Centre, one.id).name == "Dos"


def test_a_new_change_clears_what_could_be_redone(store: Store, ids: Ids) -> None:
    put(store, "Crear", Centre(ids.new(), "Uno", "U", "", ""))
    store.undo(ANA)
    put(store, "Crear otro", Centre(ids.new(), "Dos", "D", "", ""))
    assert store.redoable(ANA) is None
    store.undo(ANA)
    assert name_of(store.redoable(ANA)) == "Crear otro"


def test_nothing_to_undo_or_redo_is_said(store: Store) -> None:
    for attempt in (store.undo, store.redo):
        with pytest.raises(NotUndone) as refused:
            attempt(ANA)
        assert refused.value.code == "nothing"


def test_each_actor_undoes_her_own_changes(store: Store, ids: Ids) -> None:
    put(store, "De Ana", Draft(ids.new(), "f", "", "a", "1"), actor=ANA)
    put(store, "De Eva", Draft(ids.new(), "f", "", "b", "1"), actor=EVA)
    assert name_of(store.undoable(ANA)) == "De Ana"
    assert name_of(store.undoable(EVA)) == "De Eva"
    assert name_of(store.undoable()) == "De Eva"
    store.undo(ANA)
    assert [draft.field for draft in store.find(Draft)] == ["b"]


def test_an_undo_is_refused_when_a_row_has_changed_since(store: Store, ids: Ids) -> None:
    one = Centre(ids.new(), "Uno", "U", "", "")
    put(store, "Crear", one, actor=EVA)
    put(store, "Renombrar", replace(one, name="Dos"), actor=ANA)
    put(store, "Renombrar", replace(one, name="Tres"), actor=EVA)
    with pytest.raises(NotUndone) as refused:
        store.undo(ANA)
    assert refused.value.code == "changed_since"
    assert store.need(Centre, one.id).name == "Tres"
    assert store.verify_journal().ok


def test_an_undo_is_refused_when_other_rows_rest_on_it(store: Store, ids: Ids) -> None:
    one = Centre(ids.new(), "Uno", "U", "", "")
    put(store, "Crear", one, actor=ANA)
    put(store, "Cerrar", ClosedDay(ids.new(), FIRST, "Fiesta", one.id), actor=EVA)
    with pytest.raises(NotUndone) as refused:
        store.undo(ANA)
    assert refused.value.code == "referred_to"
    store.undo(EVA)
    store.undo(ANA)
    assert store.find(Centre) == ()


def test_an_undo_that_would_break_uniqueness_is_refused(store: Store, ids: Ids) -> None:
    one, two = Centre(ids.new(), "Uno", "U", "", ""), Centre(ids.new(), "Dos", "U", "", "")
    put(store, "Crear", one, actor=EVA)
    with store.change(message("Borrar"), actor=ANA) as tx:
        tx.delete(Centre, one.id)
    put(store, "Crear", two, actor=EVA)
    with pytest.raises(NotUndone):
        store.undo(ANA)
    assert store.find(Centre) == (two,)


def test_changes_that_are_final_are_passed_over(store: Store, ids: Ids) -> None:
    put(store, "Antes", Draft(ids.new(), "f", "", "a", "1"))
    with store.change(message("Preparar"), actor=ANA, undoable=False) as tx:
        tx.put(Centre(ids.new(), "Uno", "U", "", ""))
    assert name_of(store.undoable(ANA)) == "Antes"


# -- folios ----------------------------------------------------------------------------------------


@pytest.fixture
def graduated(store: Store, ids: Ids) -> dict[type, object]:
    """A woman with a decision; then, in another change, her folio."""
    made = one_of_each(ids)
    later = (Decision, RegisterLine, RegisterEvent)
    put(store, "Preparar", *(r for kind, r in made.items() if kind not in later), actor=EVA)
    put(store, "Decidir", made[Decision])
    return made


def test_a_folio_is_never_undone(store: Store, graduated: dict[type, object]) -> None:
    put(store, "Expedir", graduated[RegisterLine], actor=EVA)
    put(store, "Entregar", graduated[RegisterEvent], actor=EVA)
    assert name_of(store.undoable(EVA)) is None  # what went before holds a stored pack
    assert name_of(store.undoable(ANA)) == "Decidir"


def test_what_a_folio_rests_on_is_not_undone(store: Store, graduated: dict[type, object]) -> None:
    put(store, "Expedir", graduated[RegisterLine], actor=EVA)
    with pytest.raises(NotUndone) as refused:
        store.undo(ANA)
    assert refused.value.code == "referred_to"
    assert store.find(Decision) == (graduated[Decision],)


def test_an_earlier_edit_of_her_record_is_not_undone_under_a_folio(
    store: Store, graduated: dict[type, object]
) -> None:
    person = graduated[Participant]
    put(store, "Corregir nombre", replace(person, given_names="Ana María"))
    put(store, "Expedir", graduated[RegisterLine], actor=EVA)
    with pytest.raises(NotUndone) as refused:
        store.undo(ANA)
    assert refused.value.code == "referred_to"


def test_an_edit_made_after_the_folio_can_be_undone(
    store: Store, graduated: dict[type, object]
) -> None:
    person = graduated[Participant]
    put(store, "Expedir", graduated[RegisterLine], actor=EVA)
    put(store, "Cambiar contacto", replace(person, contact=SafeContact(address="33 1234")))
    store.undo(ANA)
    assert store.find(Participant) == (person,)


def test_undo_of_an_enrolment_is_refused_once_it_has_marks(store: Store, ids: Ids) -> None:
    made = one_of_each(ids)
    put(store, "Preparar", *made.values(), actor=EVA)
    walk_in = replace(made[Enrolment], id=ids.new())
    session = made[AttendanceMark].scheduled_session_id
    put(store, "Inscribir", walk_in, actor=ANA)
    mark = AttendanceMark(ids.new(), session, walk_in.id, Mark.LATE, 105)
    put(store, "Marcar", mark, actor=EVA)
    with pytest.raises(NotUndone):
        store.undo(ANA)
    store.undo(EVA)
    store.undo(ANA)
    assert store.find(Enrolment) == (made[Enrolment],)
    assert store.find(Cohort) == (made[Cohort],)


# -- any sequence ----------------------------------------------------------------------------------

STEP = st.lists(
    st.tuples(st.sampled_from(["put", "delete"]), st.integers(0, 4), st.integers(0, 9)),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=1, max_size=6), back=st.integers(0, 6))
def test_any_sequence_is_undone_to_the_start_and_redone_to_the_end(
    steps: list[list[tuple[str, int, int]]], back: int, store: Store
) -> None:
    actor = str(len(store.history(limit=100_000)))
    states = [everything(store)]
    for step in steps:
        with store.change(message("Paso"), actor=actor) as tx:
            for action, which, value in step:
                if action == "put":
                    tx.put(Draft(f"draft{which}", "f", "", str(which), str(value)))
                    tx.put(Centre(f"centre{which}", str(value), f"C{which}", "", ""))
                else:
                    tx.delete(Draft, f"draft{which}")
        if tx.done is not None:
            states.append(everything(store))
    for _ in range(min(back, len(states) - 1)):
        store.undo(actor)
    for _ in range(min(back, len(states) - 1)):
        store.redo(actor)
    assert everything(store) == states[-1]
    for state in reversed(states[:-1]):
        store.undo(actor)
        assert everything(store) == state
    assert store.undoable(actor) is None
    for state in states[1:]:
        store.redo(actor)
        assert everything(store) == state
    assert store.redoable(actor) is None
    report = store.verify_journal()
    assert report.faults == ()
