"""Time and identity, handed in so that every output can be made again, byte for byte."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the rest of the program may know of time (local, without zone)."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """The computer's own clock, in local time."""

    def now(self) -> datetime:
        return datetime.now()  # noqa: DTZ005 - an office works in its own local time

    def today(self) -> date:
        return self.now().date()


class FixedClock:
    """A clock that stands, or steps by `step` at each look: for the demo, the sample and tests."""

    def __init__(self, moment: datetime, step: timedelta = timedelta()) -> None:
        self._moment = moment
        self._step = step

    def now(self) -> datetime:
        moment = self._moment
        self._moment += self._step
        return moment

    def today(self) -> date:
        return self._moment.date()

    def set(self, moment: datetime) -> None:
        """Move the clock: the sample institution lives through a year in a second."""
        self._moment = moment


class Ids:
    """UUIDv7 identifiers (RFC 9562 §5.7) as 32 hexadecimal digits, increasing within one maker.

    Rows made on two computers never collide; a seeded `bits` makes the same ids again.
    """

    def __init__(self, clock: Clock, bits: Callable[[int], int] = secrets.randbits) -> None:
        self._clock = clock
        self._bits = bits
        self._last = 0

    @classmethod
    def seeded(cls, clock: Clock, seed: int) -> Ids:
        return cls(clock, random.Random(seed).getrandbits)

    def new(self) -> str:
        """The next identifier, 32 lower-case hexadecimal digits."""
        milliseconds = int(self._clock.now().timestamp() * 1000) & ((1 << 48) - 1)
        # The 12 bits after the version count up within a millisecond, so that order is kept.
        stamp = max((milliseconds << 12) | self._bits(8), self._last + 1)
        self._last = stamp
        value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62
        return f"{value | self._bits(62):032x}"
