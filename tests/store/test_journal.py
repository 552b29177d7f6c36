"""The journal: what it tells of a record, that it shows any tampering, and that it can forget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from facilitator_kit.clock import Ids
from facilitator_kit.errors import NotUndone
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Centre, Draft, Participant
from facilitator_kit.store import Store
from facilitator_kit.store.engine import connect


@pytest.fixture
def person(store: Store, ids: Ids) -> Participant:
    """A woman who was entered, corrected, and seen beside a centre."""
    first = Participant(ids.new(), "CR-001", "Xochitl", "Hernandez")
    second = replace(first, given_names="Xóchitl", first_surname="Hernández")
    with store.change(message("Registrar a {name}", name="Xochitl Hernandez"), actor="ana") as tx:
        tx.put(first)
        tx.put(Centre("c", "Centro", "C", "", ""))
    with store.change(message("Corregir a {name}", name="Xóchitl Hernández"), actor="eva") as tx:
        tx.put(second)
    with store.change(message("Abrir otro centro"), actor="eva") as tx:
        tx.put(Centre("d", "Otro", "D", "", ""))
    return second


def test_what_happened_to_one_record(store: Store, person: Participant) -> None:
    made, corrected = store.changes_of(Participant, person.id)
    assert (made.info.actor, made.before, made.after.given_names) == ("ana", None, "Xochitl")
    assert (corrected.info.actor, corrected.before, corrected.after) == ("eva", made.after, person)
    assert not made.erased


@pytest.mark.usefixtures("person")
def test_history_is_newest_first_in_pages_and_by_subject(store: Store) -> None:
    names = [info.name.text for info in store.history()]
    assert names == ["Abrir otro centro", "Corregir a {name}", "Registrar a {name}"]
    (newest,) = store.history(limit=1)
    assert [i.name.text for i in store.history(before=newest.position)] == names[1:]
    assert [i.name.text for i in store.history(record_type=Participant)] == names[1:]
    assert [i.name.text for i in store.history(record_type=Centre)] == [names[0], names[2]]
    assert [i.name.text for i in store.history(record_type=Centre, row_id="d")] == names[:1]


def test_an_untouched_journal_verifies(store: Store, person: Participant) -> None:
    report = store.verify_journal()
    assert (report.ok, report.changes, report.rows, report.erased) == (True, 3, 4, 0)
    assert store.verify_journal(since=2).changes == 1
    assert person in store.find(Participant)


TAMPERINGS = [
    "UPDATE participant SET given_names = 'Otra'",
    "DELETE FROM participant",
    "UPDATE row_image SET after = replace(after, 'Xóchitl', 'Otra') WHERE number = 0",
    "UPDATE row_image SET row_id = 'other' WHERE position = 3",
    "DELETE FROM row_image WHERE position = 2",
    "UPDATE \"change\" SET actor = 'otra' WHERE position = 1",
    "UPDATE \"change\" SET name = replace(name, 'Abrir', 'Cerrar') WHERE position = 3",
    "UPDATE \"change\" SET at = '2020-01-01 00:00:00.000000' WHERE position = 2",
    'DELETE FROM "change" WHERE position = 2',
    """INSERT INTO participant
    SELECT 'new', 'X-1', given_names, '', '', '', title_form, contact, '', '' FROM participant""",
]


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_tampering_behind_the_journals_back_shows(
    store: Store, person: Participant, statement: str
) -> None:
    assert store.find(Participant) == (person,)
    database = connect(store.folder / "data.db", store._data_key)
    database.execute(statement)
    database.close()
    assert not store.verify_journal().ok


def test_her_images_can_be_erased_and_the_chain_holds(store: Store, person: Participant) -> None:
    assert store.erase_images(Participant, person.id) == 2
    database = connect(store.folder / "data.db", store._data_key)
    kept = str(database.execute("SELECT * FROM row_image").fetchall())
    kept += str(database.execute('SELECT * FROM "change"').fetchall())
    database.close()
    for word in ("Xochitl", "Xóchitl", "Hernandez", "Hernández", "CR-001"):
        assert word not in kept
    report = store.verify_journal()
    assert (report.ok, report.erased) == (True, 2)
    made, corrected = store.changes_of(Participant, person.id)
    assert (made.erased, made.after, corrected.before) == (True, None, None)
    assert [info.actor for info in store.history()] == ["eva", "eva", "ana"]
    assert str(store.history()[1].name) == "Corregir a …"
    store.undo("eva")
    with pytest.raises(NotUndone) as refused:
        store.undo("eva")
    assert refused.value.code == "erased"
    assert store.find(Participant) == (person,)


def test_the_journal_goes_on_after_an_erasure(store: Store, person: Participant) -> None:
    store.erase_images(Participant, person.id)
    with store.change(message("Corregir"), actor="eva") as tx:
        tx.put(replace(person, given_names="Citlali"))
    assert store.verify_journal().ok
    store.undo("eva")
    assert store.find(Participant) == (person,)
    assert store.verify_journal().ok


def test_equal_rows_leave_different_digests(store: Store) -> None:
    """So that nobody can tell from a digest what an erased row held."""
    for number in range(2):
        with store.change(message("Escribir"), actor="ana") as tx:
            tx.put(Draft("d", "f", "", "a", "igual"))
        with store.change(message("Borrar"), actor="ana") as tx:
            tx.delete(Draft, "d")
        assert store.count(Draft) == 0, number
    database = connect(store.folder / "data.db", store._data_key)
    digests = [row[0] for row in database.execute("SELECT digest FROM row_image")]
    database.close()
    assert len(set(digests)) == 4
