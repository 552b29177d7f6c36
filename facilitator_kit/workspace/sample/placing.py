"""Puts a sample institution into its folder: whole, or not at all; an old one only if unused."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from facilitator_kit.errors import KitError, StorageFailed
from facilitator_kit.i18n import message
from facilitator_kit.progress import Work
from facilitator_kit.workspace.front import Front
from facilitator_kit.workspace.sample.maker import make_sample

IN_USE = "in_use"


def place_sample(
    front: Front, folder: Path, sample_files: Mapping[str, bytes], *, again: bool = False
) -> Work[Path]:
    """Make the sample of today in `folder`; with `again` in place of the one that is there.

    It is made beside its place and put there when whole: a sample half made is never opened.
    Raises KitError (in_use) where another window has the old one open, StorageFailed where nothing
    can be written.
    """
    making = folder.with_name(f"{folder.name}.nuevo")
    if again:
        refuse_in_use(front, folder)
    try:
        shutil.rmtree(making, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        today = front.clock.today()
        made = yield from make_sample(making, today, front.core_files, sample_files)
        made.workspace.close()
        if again:
            shutil.rmtree(folder)
        making.rename(folder)
    except OSError as fault:
        raise StorageFailed(
            message("No se pudo escribir el centro de ejemplo en {folder}.", folder=folder),
            message("Revise que haya espacio en el disco y permiso para escribir ahí."),
            "not_writable",
        ) from fault
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def refuse_in_use(front: Front, folder: Path) -> None:
    """Refuse where another window has a sample open; a spoilt one may be made again."""
    try:
        front.open(folder).close()
    except KitError as error:
        if error.code == IN_USE:
            raise
