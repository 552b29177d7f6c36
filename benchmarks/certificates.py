"""A thousand certificates as one PDF: the kit, typst, fpdf2, and LibreOffice where it is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.certificate_makers import MAKERS
from benchmarks.frame import Apart, Measure, Scale, absent, apart, contest, versus

MODULE = "benchmarks.certificate_makers"


def measure(scale: Scale) -> Iterator[Measure]:
    """From a list of people to the file on the disk, with the same words on every page."""
    count = scale.of(1000, 100)
    name = f"certificates: {count}"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def run(maker: str) -> Apart:
            return apart(MODULE, maker, str(count), str(folder / f"{maker}.pdf"), folder=folder)

        makers = [maker for maker in MAKERS if maker != "libreoffice" or _office()]
        done = contest(makers, run, scale.repeats)
        yield from versus(name, "s", {maker: done[maker].figures["work"] for maker in makers})
        if not _office():
            yield absent(name, "LibreOffice")
        yield from versus(
            f"{name}, whole process", "s", {maker: done[maker].seconds for maker in makers}
        )
        sizes = {maker: (folder / f"{maker}.pdf").stat().st_size / 1e6 for maker in makers}
        yield from versus(f"{name}, size", "MB", sizes)
        yield from versus(f"{name}, memory", "MiB", {maker: done[maker].peak for maker in makers})
        many = apart(MODULE, "kit", str(3 * count), str(folder / "many.pdf"), folder=folder)
        yield Measure(f"certificates: {3 * count}, memory", many.peak, "MiB")


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")
