"""A pack with some of its pages as an institution has rewritten them, under a version of its own.

The original stays whole beside it: what is kept are the texts that differ, laid over the files of
the pack they were made from.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Final

from facilitator_kit.curriculum.pack_files import MANIFEST, pack_digest
from facilitator_kit.curriculum.pack_pages import PageKind, page_kind
from facilitator_kit.curriculum.pack_text import Terms, decode, front_matter
from facilitator_kit.curriculum.toml_source import (
    Findings,
    KeyPath,
    key_lines,
    last_line_of,
    read_toml,
)
from facilitator_kit.errors import Problem
from facilitator_kit.i18n import message

OWN: Final = "+"
"""In a version, what stands before it is the original's and what follows is the institution's."""
_MARK_LENGTH: Final = 6

_FIXED: Final = {
    PageKind.SESSION: ("minutes",),
    PageKind.HANDOUT: ("session",),
    PageKind.LESSON: ("session",),
    PageKind.METHOD: ("family",),
}

_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ud800-\udfff]")


def clean_text(typed: str) -> str:
    """What was typed or pasted, as it is kept: line feeds only, one at the end, no control signs.

    Tabs, emoji and everything else that a person sees stay as they are.
    """
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", typed)
    text = _UNWRITABLE.sub("", text)
    return text.rstrip("\n") + "\n" if text.strip() else ""


def fixed_problems(file: str, original: str, text: str) -> tuple[Problem, ...]:
    """What a text changes that ties the page to the rest of the pack, and so may not be changed.

    That is its code; a session's minutes too, since the hours of the programme rest on them; the
    session of a handout or a lesson; the family of a method.
    """
    kind, silent = page_kind(file), Findings()
    before = front_matter(original, file, silent, Terms())
    after = front_matter(text, file, silent, Terms())
    if kind is None or before is None or after is None:
        return ()
    found = Findings()
    for key in ("code", *_FIXED.get(kind, ())):
        was, now = (table.plain(key) for table in (before[0], after[0]))
        if was is not None and now != was:
            written = json.dumps(was, ensure_ascii=False)
            found.add(
                after[0].place(key),
                "fixed_value",
                message("«{key}» no se cambia al adaptar: el programa cuenta con él.", key=key),
                message("Escriba de nuevo {key} = {value}.", key=key, value=written),
            )
    return found.sorted()


def overlay(base: Mapping[str, bytes], texts: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a pack with these pages in place of its own.

    A title changed in a session's file is changed in its module.toml with it. pack.toml names the
    changed files and gets a version of its own: "2026.1+2.f3a9c1" is 2026.1 with two files changed,
    and the same changes always give the same name. Without any change it is the pack itself.
    """
    changed = {
        file: text.encode("utf-8")
        for file, text in texts.items()
        if file in base and base[file] != text.encode("utf-8")
    }
    files = {**base, **changed}
    if not changed:
        return files
    for file in changed:
        if page_kind(file) is PageKind.SESSION:
            _carry_title(files, file)
    files[MANIFEST] = _named(files, sorted(changed)).encode("utf-8")
    return files


def identity_of(files: Mapping[str, bytes]) -> tuple[str, str]:
    """The code and the version that a pack's pack.toml gives; empty where it gives none."""
    silent = Findings()
    table = read_toml(decode(files.get(MANIFEST, b""), MANIFEST, silent) or "", MANIFEST, silent)
    return (table.code(), table.text("version")) if table is not None else ("", "")


def original_version(version: str) -> str:
    """The version that a pack was first published as: "2026.1+2.f3a9c1" gives "2026.1"."""
    return version.partition(OWN)[0]


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Orders published versions as people count: 2026.9 before 2026.10, 2026.1 before 2026.1.1."""
    return tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part.casefold())
        for part in _PART.findall(original_version(version))
    )


def _named(files: Mapping[str, bytes], changed: list[str]) -> str:
    """The text of pack.toml that says which version this is and what was changed in it."""
    text = text_of(files, MANIFEST)
    manifest = tomllib.loads(text)
    earlier = manifest.get("adaptations", [])
    every = sorted({*changed, *(one for one in earlier if isinstance(one, str))})
    mark = pack_digest(files)[:_MARK_LENGTH]
    version = f"{original_version(str(manifest['version']))}{OWN}{len(every)}.{mark}"
    lines = json.dumps(every, ensure_ascii=False)
    if "adaptations" in manifest:
        text = _with_value(text, ("adaptations",), lines)
        return _with_value(text, ("version",), json.dumps(version))
    return _with_value(text, ("version",), f"{json.dumps(version)}\nadaptations = {lines}")


def _carry_title(files: dict[str, bytes], file: str) -> None:
    """Give a session's row in module.toml the title that its own file has now."""
    silent = Findings()
    opened = front_matter(text_of(files, file), file, silent, Terms())
    folder, _, name = file.rpartition("/")
    module = f"{folder}/module.toml"
    if opened is None or module not in files:
        return
    title, text = opened[0].text("title"), text_of(files, module)
    rows = tomllib.loads(text).get("sessions", [])
    for number, row in enumerate(rows):
        if row.get("file") == name and row.get("title") != title and title:
            written = json.dumps(title, ensure_ascii=False)
            files[module] = _with_value(text, ("sessions", number, "title"), written).encode()


def _with_value(text: str, path: KeyPath, value: str) -> str:
    """A TOML text with another value for a key; as it was where the key has no line of its own."""
    line = key_lines(text).get(path)
    if line is None:
        return text
    lines = text.split("\n")
    lines[line - 1 : last_line_of(text, line)] = [f"{path[-1]} = {value}"]
    return "\n".join(lines)


def text_of(files: Mapping[str, bytes], file: str) -> str:
    """The text of a file with line feeds only; empty where it is no text."""
    return decode(files[file], file, Findings()) or ""
