"""What came in bulk is let go of a little at a time, so that others have their turns."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable

from facilitator_kit.bulk import let_go_slowly, one_by_one


class Record:
    """Tells when it is let go of."""

    def __init__(self, tell: Callable[[], object]) -> None:
        self._tell = tell

    def __del__(self) -> None:
        self._tell()


def test_records_go_a_few_at_a_time() -> None:
    records: list[Record] = []
    left: list[int] = []
    records += [Record(lambda: left.append(len(records))) for _number in range(5_000)]
    let_go_slowly(records)
    assert len(left) == 5_000
    assert max(Counter(left).values()) <= 200, "no more than these went at once"


def test_what_is_taken_one_by_one_is_kept_by_nobody() -> None:
    gone: list[None] = []
    queue = deque(Record(lambda: gone.append(None)) for _number in range(3))
    counted = []
    for record in one_by_one(queue):
        del record
        counted.append(len(gone))
    assert counted == [1, 2, 3]
