"""The border with disk and database: known faults become `KitError`s here, the rest escapes."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from facilitator_kit.errors import StorageFailed
from facilitator_kit.i18n import Message, message
from facilitator_kit.store.engine import DatabaseFault

_FULL: Final = "disk_full"
_READ_ONLY: Final = "read_only"
_LOCKED: Final = "locked"
_DAMAGED: Final = "damaged"
_UNREADABLE: Final = "unreadable"

# Primary result codes of https://www.sqlite.org/rescode.html
_RESULT_CODES: Final = {
    3: _READ_ONLY,
    5: _LOCKED,
    6: _LOCKED,
    8: _READ_ONLY,
    10: _UNREADABLE,
    11: _DAMAGED,
    13: _FULL,
    14: _UNREADABLE,
    26: _DAMAGED,
}
_SYSTEM_CODES: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EIO: _UNREADABLE,
    errno.ENODEV: _UNREADABLE,
    errno.ENXIO: _UNREADABLE,
    errno.ENOENT: _UNREADABLE,
    errno.ENOTDIR: _UNREADABLE,
}


@contextmanager
def storage_faults() -> Iterator[None]:
    """Raise `StorageFailed` for a fault of disk or database file that a person can act on.

    Its codes: disk_full, read_only, locked, damaged, unreadable. Anything else passes unchanged.
    """
    with database_faults():
        try:
            yield
        except OSError as fault:
            known = _SYSTEM_CODES.get(fault.errno or 0)
            if known is None:
                raise
            raise storage_failed(known) from fault


@contextmanager
def database_faults() -> Iterator[None]:
    """The same for what the database raises alone: for blocks in which others' code runs too."""
    try:
        yield
    except (DBAPIError, DatabaseFault) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        known = _RESULT_CODES.get(int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF)
        if known is None:
            raise
        raise storage_failed(known) from fault


def storage_failed(code: str) -> StorageFailed:
    """The fault with that code, in words."""
    reason, remedy = _words(code)
    return StorageFailed(reason, remedy, code)


def _words(code: str) -> tuple[Message, Message]:
    if code == _FULL:
        return (
            message("El disco está lleno: no se guardó este cambio."),
            message("Libere espacio y vuelva a intentarlo; lo anterior está a salvo."),
        )
    if code == _READ_ONLY:
        return (
            message("No hay permiso para escribir en esta carpeta: no se guardó este cambio."),
            message("Revise los permisos de la carpeta o si la memoria está protegida."),
        )
    if code == _LOCKED:
        return (
            message("Otro programa está usando el archivo de datos: no se guardó este cambio."),
            message(
                "Cierre el otro programa, por ejemplo una copia en la nube, e intente otra vez."
            ),
        )
    if code == _DAMAGED:
        return (
            message("El archivo de datos está dañado."),
            message("Restaure la última copia comprobada en una carpeta nueva."),
        )
    return (
        message("No se pudo leer o escribir en el disco."),
        message("Revise que el disco o la memoria siga conectada y vuelva a intentarlo."),
    )
