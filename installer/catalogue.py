"""The English catalogue: finds the program's texts, keeps the .po in step, compiles the .mo.

`python -m installer.catalogue` does all three and prints what still lacks a translation;
`--check` changes nothing and says with its exit status whether there was anything to do.
"""

from __future__ import annotations

import io
import re
import string
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from facilitator_kit import __version__
from installer.texts import ROOT

PO: Final = ROOT / "facilitator_kit" / "locale" / "en" / "LC_MESSAGES" / "facilitator_kit.po"
MO: Final = PO.with_suffix(".mo")
SOURCES: Final = ("facilitator_kit", "installer")
KEYWORDS: Final = {"_": None, "message": None, "plural": (1, 2), "plural_message": (1, 2)}


def extract() -> Catalog:
    """Every text of the program, with where it stands."""
    found = Catalog(fuzzy=False)
    for source in SOURCES:
        for file, line, text, comments, context in extract_from_dir(
            ROOT / source, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(
                text,
                locations=[(f"{source}/{Path(file).as_posix()}", line)],
                auto_comments=comments,
                context=context,
            )
    return found


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


def main(arguments: list[str]) -> int:
    """Brings the catalogue up to date, or with `--check` only says whether it is."""
    stored = read()
    catalogue = updated(stored, extract())
    po, mo = po_bytes(catalogue), mo_bytes(catalogue)
    wrong = faults(catalogue)
    for fault in wrong:
        print(fault, file=sys.stderr)
    if "--check" in arguments:
        current = PO.exists() and PO.read_bytes() == po and MO.exists() and MO.read_bytes() == mo
        return 0 if current and not wrong else 1
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po)
    MO.write_bytes(mo)
    total = len(catalogue)
    print(f"{total} texts, {len(wrong)} faults", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
