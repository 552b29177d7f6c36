"""Records that come in bulk, and are let go of a little at a time.

To let go of a hundred thousand records at once takes a quarter of a second, in which Python gives
no other thread its turn: a person who types on the screen meanwhile would notice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, Final, TypeVar

Record = TypeVar("Record")

_A_FEW: Final = 200


def let_go_slowly(records: list[Any]) -> None:
    """Empty a list a few records at a time; whoever else holds them has let go of them before."""
    while records:
        del records[-_A_FEW:]


def one_by_one(records: deque[Record]) -> Iterator[Record]:
    """Each record from the first to the last, which is then no longer in the queue."""
    while records:
        yield records.popleft()
