"""Files that are there whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from facilitator_kit.errors import StorageFailed
from facilitator_kit.i18n import message


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes its place when the block ends well.

    Where the block is left by an error, or closed before its end, nothing stays. StorageFailed
    when the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            with suppress(OSError):  # what stood in the way of writing may stand in the way of this
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailed(
            message("No se pudo escribir {file}.", file=path.name),
            message("Revise que haya espacio y permiso en la carpeta, o elija otra."),
            "not_writable",
        ) from error
