"""Gives Python's own `import` back after PySide6 has put one of its own in its place.

PySide6 offers Qt's names in snake case to modules that ask for it by `from __feature__ import …`.
To know which modules might, its `import` reads the whole source text of every module that is loaded
afterwards, of any package, and Python keeps those texts in memory. No module here asks for it.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - what replaces `import`, so that nothing does it later


def give_back() -> None:
    """Put the `import` back that PySide6 found; does nothing where it did not replace it."""
    found = getattr(builtins, "__orig_import__", None)
    if found is not None and builtins.__import__ is getattr(builtins, "__feature_import__", None):
        builtins.__import__ = found
