"""`workspace.json`: what must be known of a workspace before its database can be opened."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from facilitator_kit.errors import NotOpened
from facilitator_kit.i18n import message
from facilitator_kit.store import keys
from facilitator_kit.store.disk import disk_faults
from facilitator_kit.store.keys import Argon2idParameters

WORKSPACE_FILE: Final = "workspace.json"
DATABASE_FILE: Final = "data.db"
LOCK_FILE: Final = "lock"
BACKUPS: Final = "backups"

FORMAT: Final = 1
_KIND: Final = "facilitator-kit-workspace"
_LARGEST: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class PassphraseLock:
    """The data key wrapped for the passphrase."""

    salt: bytes
    wrapped: bytes
    argon2id: Argon2idParameters


@dataclass(frozen=True, slots=True)
class RecoveryLock:
    """The data key wrapped for the printed recovery key."""

    salt: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The parts of `workspace.json`.

    A sample workspace has `open_key` and no locks, for ever; a real one has both locks.
    """

    workspace_id: str
    copy_id: str
    passphrase: PassphraseLock | None = None
    recovery: RecoveryLock | None = None
    open_key: bytes | None = None

    @property
    def sample(self) -> bool:
        return self.open_key is not None


def sample_header(workspace_id: str, copy_id: str, data_key: bytes) -> Header:
    """The header of a sample: fictitious people, nothing to protect."""
    return Header(workspace_id, copy_id, open_key=data_key)


def locked_header(
    workspace_id: str, copy_id: str, data_key: bytes, passphrase: str, recovery_key: str
) -> Header:
    """The header of a real workspace."""
    header = Header(workspace_id, copy_id)
    return with_recovery_key(with_passphrase(header, data_key, passphrase), data_key, recovery_key)


def with_passphrase(header: Header, data_key: bytes, passphrase: str) -> Header:
    """The same workspace under another passphrase: 40 bytes wrapped anew, no data touched."""
    parameters = Argon2idParameters()
    salt = keys.new_salt()
    wrapped = keys.wrap(keys.passphrase_key(passphrase, salt, parameters), data_key)
    return replace(header, passphrase=PassphraseLock(salt, wrapped, parameters))


def with_recovery_key(header: Header, data_key: bytes, recovery_key: str) -> Header:
    """The same workspace with another printed recovery key; the former one no longer opens it."""
    salt = keys.new_salt()
    secret = keys.read_recovery_key(recovery_key)
    wrapped = keys.wrap(keys.recovery_wrapping_key(secret, salt), data_key)
    return replace(header, recovery=RecoveryLock(salt, wrapped))


def data_key(header: Header, passphrase: str | None, recovery_key: str | None) -> bytes:
    """The data key, by whichever way in was given.

    Raises `NotOpened` (wrong_passphrase) when that way does not open it.
    """
    if header.open_key is not None:
        return header.open_key
    found = None
    if recovery_key is not None and header.recovery is not None:
        secret = keys.read_recovery_key(recovery_key)
        found = keys.unwrap(
            keys.recovery_wrapping_key(secret, header.recovery.salt), header.recovery.wrapped
        )
        if found is None:
            raise NotOpened(
                message("Esa clave de recuperación no es la de este espacio de trabajo."),
                message("Use la hoja que se imprimió al crearlo, o la última que se generó."),
                "wrong_passphrase",
            )
    elif passphrase is not None and header.passphrase is not None:
        lock = header.passphrase
        found = keys.unwrap(keys.passphrase_key(passphrase, lock.salt, lock.argon2id), lock.wrapped)
    if found is None:
        raise NotOpened(
            message("La contraseña no es correcta."),
            message(
                "Revise mayúsculas y acentos; si la olvidó, abra con la clave de recuperación."
            ),
            "wrong_passphrase",
        )
    return found


# -- file ----------------------------------------------------------------------------------------


def read_header(folder: Path) -> Header:
    """The header of the workspace in `folder`.

    Raises `NotOpened`: missing, empty, foreign, damaged or newer_version. Changes nothing.
    """
    path = folder / WORKSPACE_FILE
    if not folder.is_dir():
        raise _missing(folder)
    if not path.is_file():
        if any(folder.iterdir()):
            raise foreign(folder)
        raise NotOpened(
            message("La carpeta {folder} está vacía.", folder=folder.name),
            message("Elija la carpeta de un espacio de trabajo o cree uno nuevo."),
            "empty",
        )
    with disk_faults():
        if path.stat().st_size > _LARGEST:
            raise foreign(folder)
        content = path.read_bytes()
    return parse_header(content, folder.name)


def parse_header(content: bytes, name: str) -> Header:
    """The header written in `content`; `name` is how the person knows the place."""
    if not content.strip():
        raise NotOpened(
            message("El archivo {file} está vacío.", file=WORKSPACE_FILE),
            message("Restaure la última copia en una carpeta nueva."),
            "empty",
        )
    try:
        found: Any = json.loads(content)
    except ValueError:
        raise damaged(name) from None
    if not isinstance(found, dict) or found.get("kind") != _KIND:
        raise foreign(Path(name))
    version = found.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise newer(name)
    digest = found.pop("digest", None)
    if digest != _digest(found):
        raise damaged(name)
    try:
        return _header(found)
    except (KeyError, TypeError, ValueError):
        raise damaged(name) from None


def dump_header(header: Header) -> bytes:
    """`workspace.json` as it is written, with a digest that betrays any later change."""
    content: dict[str, object] = {
        "kind": _KIND,
        "format": FORMAT,
        "workspace": header.workspace_id,
        "copy": header.copy_id,
        "sample": header.sample,
    }
    if header.open_key is not None:
        content["data_key"] = header.open_key.hex()
    if header.passphrase is not None:
        content["passphrase"] = {
            "argon2id": asdict(header.passphrase.argon2id),
            "salt": header.passphrase.salt.hex(),
            "wrapped_key": header.passphrase.wrapped.hex(),
        }
    if header.recovery is not None:
        content["recovery"] = {
            "salt": header.recovery.salt.hex(),
            "wrapped_key": header.recovery.wrapped.hex(),
        }
    content["digest"] = _digest(content)
    return (json.dumps(content, indent=2) + "\n").encode()


def write_header(folder: Path, header: Header) -> None:
    """Replace `workspace.json` at once: after a crash it is the former one or this, never half."""
    write_atomically(folder / WORKSPACE_FILE, dump_header(header))


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a small file whole, durably. Raises `StorageFailed`, leaving the former one."""
    temporary = path.with_name(f".{path.name}.new")
    with disk_faults():
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(content: dict[str, object]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _header(found: dict[str, Any]) -> Header:
    header = Header(str(found["workspace"]), str(found["copy"]))
    if found["sample"]:
        key = bytes.fromhex(found["data_key"])
        if len(key) != keys.KEY_BYTES:
            raise ValueError
        return replace(header, open_key=key)
    passphrase = found["passphrase"]
    parameters = Argon2idParameters(**passphrase["argon2id"])
    # A forged file must not make us spend all the memory there is.
    if not (
        8 * parameters.lanes <= parameters.memory_kib <= 1024 * 1024
        and 1 <= parameters.iterations <= 20
        and 1 <= parameters.lanes <= 16
    ):
        raise ValueError
    return replace(
        header,
        passphrase=PassphraseLock(
            bytes.fromhex(passphrase["salt"]), bytes.fromhex(passphrase["wrapped_key"]), parameters
        ),
        recovery=RecoveryLock(
            bytes.fromhex(found["recovery"]["salt"]),
            bytes.fromhex(found["recovery"]["wrapped_key"]),
        ),
    )


# -- refusals ------------------------------------------------------------------------------------


def _missing(folder: Path) -> NotOpened:
    return NotOpened(
        message("No se encuentra la carpeta {folder}.", folder=folder.name),
        message("Revise que el disco o la memoria esté conectada, o elija otra carpeta."),
        "missing",
    )


def foreign(folder: Path) -> NotOpened:
    """Something is there, and it is not ours."""
    return NotOpened(
        message("{folder} no es un espacio de trabajo de este programa.", folder=folder.name),
        message("Elija la carpeta que contiene «{file}».", file=WORKSPACE_FILE),
        "foreign",
    )


def damaged(name: str) -> NotOpened:
    """Ours, and spoilt."""
    return NotOpened(
        message("Los datos de {name} están dañados y no se abrieron.", name=name),
        message("Restaure la última copia comprobada en una carpeta nueva."),
        "damaged",
    )


def newer(name: str) -> NotOpened:
    """Written by a later version of the program."""
    return NotOpened(
        message("{name} se guardó con una versión más nueva del programa.", name=name),
        message("Instale la versión más nueva para abrirlo."),
        "newer_version",
    )
