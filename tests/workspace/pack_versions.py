"""A small pack for the tests, and other versions of it, made by changing texts in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from facilitator_kit.curriculum import pack_files_from_folder

SESSION = "modules/A/01-mi-gasto.md"
HANDOUT = "modules/A/handouts/A-1-A.md"
METHOD = "methods/check-in/semaforo.md"
LESSON = "complements/CA/01-anotar.md"
TITLE = "Mi gasto de la semana"

WELCOME = "Salude por su nombre."
OWN_WELCOME = "Salude por su nombre y pregunte quién anotó en casa."
THEIR_WELCOME = "Dé la bienvenida por su nombre."
EVE = "Recorte las fichas la víspera."
OWN_EVE = "Recorte las fichas la víspera, con los precios de nuestro mercado."


def small_pack() -> dict[str, bytes]:
    """The pack of tests/packs/good, as version 2026.1."""
    return version(pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good"), "2026.1")


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
    line = re.compile(r'(?m)^version = ".*"$')
    manifest = line.sub(f'version = "{name}"', text_of(files, "pack.toml"), count=1)
    return {**files, "pack.toml": manifest.encode()}


def with_pages(files: Mapping[str, bytes], pages: Mapping[str, str]) -> dict[str, bytes]:
    return {**files, **{file: text.encode() for file, text in pages.items()}}
