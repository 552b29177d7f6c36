"""The set-up's own texts: the program's catalogue, read before the program can run."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


class Texts:
    """One language, taken from the machine: English where it asks for English, else Spanish.

    It reads the same catalogue as `facilitator_kit.i18n.Texts`, which needs parts that are not
    installed yet when the set-up speaks.
    """

    def __init__(self, language: str | None = None) -> None:
        if language is None:
            wanted = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
            language = "en" if wanted.startswith("en") else "es"
        self._catalogue = gettext.translation(
            "facilitator_kit", ROOT / "facilitator_kit" / "locale", [language], fallback=True
        )

    def __call__(self, text: str, **values: object) -> str:
        """The text in this language, its `{fields}` filled from `values`."""
        found = self._catalogue.gettext(text)
        return found.format(**values) if values else found


def say(text: str) -> None:
    """One line to the person, on standard error: standard output belongs to the program."""
    print(text, file=sys.stderr, flush=True)
