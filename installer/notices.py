"""THIRD-PARTY-NOTICES.md: whose work the kit stands on, and under which licences.

`python -m installer.notices` writes it again from the runtime lock, from what the installed parts
say of themselves, and from the licence files that lie beside bundled fonts and icons.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final

from installer.texts import ROOT

OUTPUT: Final = ROOT / "THIRD-PARTY-NOTICES.md"
LOCK: Final = ROOT / "requirements.lock"

# Licences that allow this application to be given to any institution, for any use.
ALLOWED: Final = frozenset(
    {
        "Apache-2.0",
        "Apache-2.0 OR BSD-3-Clause",
        "BSD-3-Clause",
        "ISC",
        "LGPL-3.0-only",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "OFL-1.1",
        "PSF-2.0",
        "Zlib",
    }
)
# What a part's metadata leaves unsaid or says in its own words, read from its licence file; and
# which licence is taken where a part offers several.
READ: Final = {
    "pyside6-essentials": "LGPL-3.0-only",
    "pyside6-pdf": "LGPL-3.0-only",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "rl-accel": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib",
    "uharfbuzz": "Apache-2.0",
}
INSIDE: Final = {
    "pyside6-essentials": "Qt 6 and its third-party code; dynamically linked, may be replaced.",
    "pyside6-pdf": "Qt PDF and PDFium (BSD-3-Clause); dynamically linked, may be replaced.",
    "sqlcipher3": "SQLCipher (BSD-3-Clause, Zetetic LLC), SQLite (public domain), "
    "OpenSSL (Apache-2.0).",
    "uharfbuzz": "HarfBuzz (MIT).",
    "cryptography": "OpenSSL (Apache-2.0).",
}
LICENCE_FILE: Final = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)[^/]*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing made by others: its version, its licence (SPDX) and the texts it comes with."""

    name: str
    version: str
    licence: str
    inside: str
    texts: tuple[str, ...]


def locked(lock: Path = LOCK) -> dict[str, str]:
    """Names and versions of a lock file."""
    found = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==([^\s;]+)", lock.read_text(encoding="utf-8"))
    return dict(found)


def licence_of(name: str, part: Distribution) -> str:
    """The part's licence as an SPDX expression."""
    said = [*part.metadata.get_all("License-Expression", []), *part.metadata.get_all("License", [])]
    return READ.get(name) or (said[0] if said else "")


def parts() -> Iterator[Part]:
    """Every part of the runtime lock, by name. PackageNotFoundError: one is not installed."""
    for name, version in sorted(locked().items()):
        part = distribution(name)
        yield Part(name, version, licence_of(name, part), INSIDE.get(name, ""), _texts_of(part))


def bundled() -> Iterator[tuple[str, str]]:
    """Names and texts of the licence files beside the program's own fonts and icons."""
    for path in sorted((ROOT / "facilitator_kit").rglob("*")):
        if re.match(r"(OFL|LICENSE)[^/]*\.txt$", path.name):
            yield path.relative_to(ROOT).as_posix(), _clean(path.read_text(encoding="utf-8"))


def render() -> str:
    """The whole document."""
    everything = list(parts())
    lines = [
        "# Third-party notices",
        "",
        "Kit de Facilitación is licensed under Apache-2.0 (code, `LICENSE`) and CC-BY-4.0",
        "(content, `LICENSES/CC-BY-4.0.txt`). It stands on the parts below, each under its own",
        "licence. This file is written by `python -m installer.notices`; do not edit it.",
        "",
        "| part | version | licence | holds |",
        "|---|---|---|---|",
        *(f"| {p.name} | {p.version} | {p.licence} | {p.inside} |" for p in everything),
        "",
        "Qt and PySide6 are used under LGPL-3.0-only (`LICENSES/LGPL-3.0-only.txt`, which builds",
        "on `LICENSES/GPL-3.0-only.txt`), unmodified, as shared libraries that a user may replace",
        "in `.venv`. Their source is published by The Qt Company.",
        "",
        "## Fonts and icons in this repository",
    ]
    for name, text in bundled():
        lines += ["", f"### {name}", "", "```text", text, "```"]
    lines += ["", "## Texts of the parts' licences"]
    written: dict[str, str] = {}
    for part in everything:
        lines += ["", f"### {part.name}"]
        if not part.texts:
            lines += ["", f"{part.licence}; see `LICENSES/`."]
        for text in part.texts:
            if text in written:
                lines += ["", f"The same text as under {written[text]}."]
            else:
                written[text] = part.name
                lines += ["", "```text", text, "```"]
    return "\n".join(lines) + "\n"


def _texts_of(part: Distribution) -> tuple[str, ...]:
    """The licence files in a part's metadata folder, in a fixed order."""
    files = [file for file in part.files or [] if ".dist-info/" in file.as_posix()]
    named = sorted(file.as_posix() for file in files if LICENCE_FILE.search(file.as_posix()))
    texts = (Path(str(part.locate_file(name))).read_text(encoding="utf-8") for name in named)
    return tuple(map(_clean, texts))


def _clean(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\f", "\n").split("\n")]
    return "\n".join(lines).strip("\n").replace("```", "'''")


def main() -> int:
    """Writes the document."""
    OUTPUT.write_text(render(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
