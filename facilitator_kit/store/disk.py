"""The border with the disk: known faults of files become `KitError`s here, the rest escapes."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from facilitator_kit.errors import StorageFailed
from facilitator_kit.i18n import Message, message

FULL: Final = "disk_full"
READ_ONLY: Final = "read_only"
LOCKED: Final = "locked"
DAMAGED: Final = "damaged"
UNREADABLE: Final = "unreadable"

_SYSTEM_CODES: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: UNREADABLE,
    errno.ENODEV: UNREADABLE,
    errno.ENXIO: UNREADABLE,
    errno.ENOENT: UNREADABLE,
    errno.ENOTDIR: UNREADABLE,
}


@contextmanager
def disk_faults() -> Iterator[None]:
    """Raise `StorageFailed` for a fault of the disk that a person can act on.

    Its codes: disk_full, read_only, unreadable. Anything else passes unchanged.
    """
    try:
        yield
    except OSError as fault:
        known = _SYSTEM_CODES.get(fault.errno or 0)
        if known is None:
            raise
        raise storage_failed(known) from fault


@contextmanager
def told_of(place: Path) -> Iterator[None]:
    """Say of a whole file, full or protected where it was to go, which place that is.

    The usual words speak of a change that was not stored, and here there was none.
    """
    try:
        yield
    except StorageFailed as fault:
        if fault.code == FULL:
            reason = message("No hay espacio en {folder}: ahí no quedó nada.", folder=str(place))
            remedy = message("Libere espacio o elija otro lugar; sus datos están a salvo.")
        elif fault.code == READ_ONLY:
            reason = message("No se puede escribir en {folder}.", folder=str(place))
            remedy = message(
                "Revise si la memoria está protegida o elija otro lugar; sus datos están a salvo."
            )
        else:
            raise
        raise StorageFailed(reason, remedy, fault.code) from fault


def storage_failed(code: str) -> StorageFailed:
    """The fault with that code, in words."""
    reason, remedy = _words(code)
    return StorageFailed(reason, remedy, code)


def _words(code: str) -> tuple[Message, Message]:
    if code == FULL:
        return (
            message("El disco está lleno: no se guardó este cambio."),
            message("Libere espacio y vuelva a intentarlo; lo anterior está a salvo."),
        )
    if code == READ_ONLY:
        return (
            message("No hay permiso para escribir en esta carpeta: no se guardó este cambio."),
            message("Revise los permisos de la carpeta o si la memoria está protegida."),
        )
    if code == LOCKED:
        return (
            message("Otro programa está usando el archivo de datos: no se guardó este cambio."),
            message(
                "Cierre el otro programa, por ejemplo una copia en la nube, e intente otra vez."
            ),
        )
    if code == DAMAGED:
        return (
            message("El archivo de datos está dañado."),
            message("Restaure la última copia comprobada en una carpeta nueva."),
        )
    return (
        message("No se pudo leer o escribir en el disco."),
        message("Revise que el disco o la memoria siga conectada y vuelva a intentarlo."),
    )
