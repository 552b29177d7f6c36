"""Every record that can be written is read back equal, from its table and from the journal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_records import any_record, one_of_each

from facilitator_kit.clock import Ids, SystemClock
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import RECORD_TYPES, Decision
from facilitator_kit.store import Store
from facilitator_kit.store.columns import image_reader, image_writer
from facilitator_kit.store.tables import APPEND_ONLY

EACH = one_of_each(Ids(SystemClock()))


class EnoughError(Exception):
    """Raised in a change whose writing need not last."""


@pytest.fixture(scope="module")
def populated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("round") / "workspace"
    store = Store.create_sample(folder, SystemClock(), Ids(SystemClock()))
    with store.change(message("Preparar"), actor="ana") as tx:
        tx.put_all(EACH.values())
    yield store
    store.close()


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda kind: kind.__name__)
def test_a_stored_record_is_read_back_equal(record_type: type, populated: Store) -> None:
    stored = EACH[record_type]
    assert populated.need(record_type, stored.id) == stored
    assert populated.find(record_type) == (stored,)
    (found,) = populated.changes_of(record_type, stored.id)
    assert (found.before, found.after) == (None, stored)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_record_is_read_back_equal(data: st.DataObject, populated: Store) -> None:
    record_type = data.draw(st.sampled_from(RECORD_TYPES))
    record = data.draw(any_record(record_type, EACH))
    assert image_reader(record_type)(image_writer(record_type)(record)) == record
    with contextlib.suppress(EnoughError), populated.change(message("Probar"), actor="ana") as tx:
        if record_type not in {*APPEND_ONLY, Decision}:
            tx.delete(record_type, EACH[record_type].id)  # what is unique may be the same
        tx.add(record)
        assert tx.get(record_type, record.id) == record
        raise EnoughError
    assert populated.get(record_type, record.id) is None
