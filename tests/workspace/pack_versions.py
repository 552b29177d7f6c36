"""Other versions of the program's pack for the tests, made by changing texts in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

SESSION = "modules/M3/02-mi-presupuesto.md"
HANDOUT = "modules/M3/handouts/M3-2-A.md"
METHOD = "methods/check-in/hilo-que-une.md"

WELCOME = "Salude y pregunte quién anotó en casa."
OWN_WELCOME = "Salude por su nombre y pregunte quién anotó en casa."
EVE = "Llene la bolsa con doce objetos que no pinchen ni se rompan"
OWN_EVE = "Llene la bolsa con doce objetos de nuestro barrio que no pinchen"


def text_of(files: Mapping[str, bytes], file: str) -> str:
    return files[file].decode()


def edited(files: Mapping[str, bytes], file: str, *changes: tuple[str, str]) -> str:
    """The text of a file with each `old` replaced once by its `new`."""
    text = text_of(files, file)
    for old, new in changes:
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    return text


def version(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """The pack under another version name."""
    manifest = re.sub(r"(?m)^version = .*$", f'version = "{name}"', text_of(files, "pack.toml"))
    return {**files, "pack.toml": manifest.encode()}


def with_pages(files: Mapping[str, bytes], pages: Mapping[str, str]) -> dict[str, bytes]:
    return {**files, **{file: text.encode() for file, text in pages.items()}}
