"""Packages whose public names load the module that defines them when first asked for (PEP 562).

Every start waits for what it imports. A package that gathers many modules makes all of them be
loaded by whoever wants one; with `late` a window that only asks for a passphrase is there before
the database, and a command does not wait for what it does not do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def late(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a package, given each of its modules with the public names in it."""
    home = {name: module for module, names in homes.items() for name in names}

    def load(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home[name]}"), name)
        setattr(sys.modules[package], name, value)  # asked for once
        return value

    return load
