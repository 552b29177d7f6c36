"""A clock, identifiers and open workspaces for the store's tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from made_records import PASSPHRASE

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.store import Store


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 24, 9, 0), timedelta(milliseconds=1))  # noqa: DTZ001 - local


@pytest.fixture
def ids(clock: FixedClock) -> Ids:
    return Ids.seeded(clock, 1)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock, ids: Ids) -> Iterator[Store]:
    """An empty sample workspace: it opens at once."""
    with Store.create_sample(tmp_path / "sample", clock, ids) as found:
        yield found


@pytest.fixture
def real(tmp_path: Path, clock: FixedClock, ids: Ids) -> Iterator[Store]:
    """An empty workspace with a passphrase."""
    found, _ = Store.create(tmp_path / "real", PASSPHRASE, clock, ids)
    with found:
        yield found
