"""The binder of a whole programme as one PDF: how long it takes, and that memory stays flat.

`python -m benchmarks.binders WHICH FILE` makes a binder as a process of its own (`module`, the
longest one alone; `programme`, every module with guides, handouts and lessons) and tells the
seconds from a pack that has been read to a file on the disk.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.frame import Apart, Measure, Scale, apart, contest
from benchmarks.telling import told
from facilitator_kit import paths
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.monitoring.records import Paper
from facilitator_kit.progress import finish
from facilitator_kit.workspace.books import Books, Contents, Writer, books_of_files
from facilitator_kit.workspace.printing import whole_file

MODULE: Final = "benchmarks.binders"
WHOLE: Final = "programme"


def measure(scale: Scale) -> Iterator[Measure]:
    """From a pack to a file: the whole programme beside one of its modules."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def run(which: str) -> Apart:
            return apart(MODULE, which, str(folder / f"{which}.pdf"), folder=folder)

        done = contest(["module", WHOLE], run, scale.repeats)
        name = "whole programme binder"
        yield Measure(name, done[WHOLE].figures["work"], "s")
        yield Measure(f"{name}, pages", done[WHOLE].figures["pages"], "pages")
        size = (folder / f"{WHOLE}.pdf").stat().st_size / 1e6
        yield Measure(f"{name}, size", size, "MB")
        yield Measure(
            f"{name}, memory",
            done[WHOLE].peak,
            "MiB",
            "one module",
            done[WHOLE].peak / done["module"].peak,
        )
        yield Measure("one module's binder", done["module"].figures["work"], "s")
        yield Measure("one module's binder, memory", done["module"].peak, "MiB")


def _writer(which: str, books: Books) -> Writer:
    contents = Contents()
    if which == WHOLE:
        return books.programme("SCE", contents)
    longest = max(books.pack.modules, key=lambda module: len(module.sessions))
    return books.module(longest.code, contents)


def main(which: str, file: str) -> None:
    """Make one binder and tell its figures."""
    core = pack_files_from_folder(paths.content_folder() / "core")
    books = books_of_files(core, "MX", "Instituto de ejemplo", Paper.LETTER, date(2026, 11, 28))
    started = time.perf_counter()
    with whole_file(Path(file)) as out:
        pages = finish(_writer(which, books)(out))
    told(work=time.perf_counter() - started, pages=pages)


if __name__ == "__main__":
    main(*sys.argv[1:])
