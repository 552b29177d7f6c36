"""The English catalogue: finds the program's texts, keeps the .po in step, compiles the .mo.

`python -m installer.catalogue` does all three and names what still lacks a translation.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import re
import string
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from facilitator_kit import __version__
from installer.texts import ROOT

PO: Final = ROOT / "facilitator_kit" / "locale" / "en" / "LC_MESSAGES" / "facilitator_kit.po"
MO: Final = PO.with_suffix(".mo")
SOURCES: Final = ("facilitator_kit", "installer")
KEYWORDS: Final = {"_": 1, "message": 1, "plural": 2, "plural_message": 2}
"""What makes a text, and how many of its first arguments are texts."""


def extract() -> Catalog:
    """Every text of the program, with where it stands."""
    found = Catalog(fuzzy=False)
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            for text, line in texts_in(path.read_text(encoding="utf-8")):
                found.add(text, locations=[(path.relative_to(ROOT).as_posix(), line)])
    return found


def texts_in(source: str) -> Iterator[tuple[str | tuple[str, str], int]]:
    """The texts in a module's source, and their lines; a pair where one has a plural.

    Read from the syntax tree, since Babel's own reader loses a plural that has a call beside it,
    and whatever stands inside an f-string.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        texts = [
            argument.value
            for argument in node.args[: KEYWORDS.get(name, 0)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if len(texts) == KEYWORDS.get(name) and texts[0]:
            yield (texts[0] if len(texts) == 1 else (texts[0], texts[1])), node.lineno


def read(path: Path = PO) -> Catalog:
    """The catalogue as it is stored; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale="en", domain="facilitator_kit", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="facilitator_kit")


def updated(stored: Catalog, found: Catalog) -> Catalog:
    """The found texts with the stored translations, and nothing that the program no longer says."""
    catalogue = Catalog(
        locale="en",
        domain="facilitator_kit",
        project="Kit de Facilitación",
        version=__version__,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
        creation_date=stored.creation_date if len(stored) else None,
        revision_date=stored.revision_date if len(stored) else datetime.now(UTC),
        header_comment="# English texts of Kit de Facilitación.",
    )
    for text in sorted(filter(lambda m: m.id, found), key=_ids):
        known = stored.get(_ids(text)[0], text.context)
        # Files without lines: a catalogue should change when texts do, not when code moves.
        files = sorted({(file, 0) for file, _line in text.locations})
        catalogue.add(
            text.id,
            known.string if known and _ids(known) == _ids(text) else None,
            locations=files,
            flags=known.flags if known else (),
            context=text.context,
        )
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the .po file's bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as the .mo file's bytes; untranslated texts are left out."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def faults(catalogue: Catalog) -> list[str]:
    """What a reader of English would trip over: texts untranslated, or with other fields."""
    found = []
    for entry in filter(lambda m: m.id, catalogue):
        originals, translations = _ids(entry), _strings(entry)
        if not translations or not all(translations) or entry.fuzzy:
            found.append(f"not translated: {originals[0]!r}")
            continue
        allowed = set().union(*map(fields, originals))
        if len(originals) > 1:
            allowed.add("count")
            if len(translations) != len(originals):
                found.append(f"plural forms missing: {originals[0]!r}")
        needed = fields(originals[-1]) if len(originals) == 1 else set()
        found += [
            f"other fields: {originals[0]!r} → {translation!r}"
            for translation in translations
            if not needed <= fields(translation) <= allowed
        ]
    return found


def fields(text: str) -> set[str]:
    """The names of a text's `{fields}`."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return {f"unbalanced braces in {text!r}"}
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in parts if name}


def forms(text: str | Sequence[str]) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def _ids(entry: Message) -> tuple[str, ...]:
    return forms(entry.id)


def _strings(entry: Message) -> tuple[str, ...]:
    if isinstance(entry.string, list | tuple):
        return tuple(entry.string)
    return (entry.string,) if entry.string else ()


def todo(catalogue: Catalog) -> dict[str, str | list[str]]:
    """What lacks English, to be filled in: a text with its translation, or two for a plural."""
    found: dict[str, str | list[str]] = {}
    for entry in filter(lambda m: m.id, catalogue):
        if not all(_strings(entry)) or not _strings(entry) or entry.fuzzy:
            found[_ids(entry)[0]] = ["", ""] if len(_ids(entry)) > 1 else ""
    return found


def fill(catalogue: Catalog, translations: Mapping[str, str | Sequence[str]]) -> None:
    """Puts translations in, by text (a plural by its singular). KeyError: there is no such text."""
    for text, translation in translations.items():
        entry = catalogue.get(text)
        if entry is None:
            raise KeyError(text)
        if translation and all(forms(translation)):
            entry.string = translation if isinstance(translation, str) else tuple(translation)
            entry.flags.discard("fuzzy")


def main(arguments: list[str]) -> int:
    """Brings the catalogue up to date. Status 1: `--check` found something to do."""
    parser = argparse.ArgumentParser(prog="python -m installer.catalogue", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("--todo", action="store_true", help="print what lacks English, as JSON")
    parser.add_argument("--fill", type=Path, action="append", default=[], help="such a JSON file")
    options = parser.parse_args(arguments)
    catalogue = updated(read(), extract())
    for path in options.fill:
        fill(catalogue, json.loads(path.read_text(encoding="utf-8")))
    if options.todo:
        print(json.dumps(todo(catalogue), ensure_ascii=False, indent=1))
        return 0
    po, mo = po_bytes(catalogue), mo_bytes(catalogue)
    wrong = faults(catalogue)
    print(*wrong, sep="\n", file=sys.stderr)
    if options.check:
        current = PO.exists() and PO.read_bytes() == po and MO.exists() and MO.read_bytes() == mo
        return 0 if current and not wrong else 1
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po)
    MO.write_bytes(mo)
    print(f"{len(catalogue)} texts, {len(wrong)} faults", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
