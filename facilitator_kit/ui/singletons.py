"""Keeps None, True and False alive under a PySide6 that hands them out without counting.

PySide6 6.12's wheels are built as if these objects were immortal, which they are only from Python
3.12 on (PEP 683). In Python 3.10 and 3.11 each Qt call that returns nothing takes one reference
from None; after some thousand calls Python aborts with "deallocating None". Giving each of them
more references than a program could ever use up is what later Pythons do, and harms nothing.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

ENOUGH: Final = 1 << (40 if sys.maxsize > 2**32 else 28)


def keep_alive() -> None:
    """Give the singletons references to spare; does nothing where Python does so by itself."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for singleton in (None, True, False, NotImplemented, Ellipsis):
        # The count is the first field of every object (PEP 384, `PyObject.ob_refcnt`).
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < ENOUGH:
            count.value += ENOUGH
