"""The workspace folder: made whole or not at all, opened by one at a time, refused untouched."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from facilitator_kit.errors import NotOpened
from facilitator_kit.i18n import message
from facilitator_kit.store.disk import told_of
from facilitator_kit.store.engine import DatabaseFault, connect, is_plain
from facilitator_kit.store.faults import storage_faults
from facilitator_kit.store.header import (
    BACKUPS,
    DATABASE_FILE,
    LOCK_FILE,
    WORKSPACE_FILE,
    Header,
    damaged,
    newer,
    sync_folder,
    write_header,
)
from facilitator_kit.store.migrations import SCHEMA, migrate, schema_of


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder`, which takes its name when the block has ended well.

    Raises `NotOpened` (exists) if there is something at that place, `StorageFailed` if it cannot be
    written there. After a fault, or a crash, nothing stands at that place; what a crash leaves
    beside it goes the next time.
    """
    with told_of(folder.parent), _made_whole(folder) as place:
        yield place


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    _refuse_occupied(folder)
    temporary = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.new")
    with storage_faults():
        folder.parent.mkdir(parents=True, exist_ok=True)
        for leftover in folder.parent.glob(f".{glob.escape(folder.name)}.????????.new"):
            shutil.rmtree(leftover, ignore_errors=True)
        temporary.mkdir()
    try:
        with storage_faults():
            yield temporary
            sync_folder(temporary)
            _refuse_occupied(folder)
            if folder.is_dir():
                folder.rmdir()
            temporary.rename(folder)
            sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def fill_new(folder: Path, header: Header, data_key: bytes) -> None:
    """Make an empty workspace in an empty folder."""
    database = connect(folder / DATABASE_FILE, data_key, mode="rwc")
    try:
        migrate(database)
        database.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?)",
            [("workspace", header.workspace_id), ("sample", str(int(header.sample)))],
        )
        database.execute("PRAGMA journal_mode = WAL")
    finally:
        database.close()
    (folder / BACKUPS).mkdir()
    (folder / LOCK_FILE).touch()
    write_header(folder, header)


def acquire(folder: Path) -> BaseFileLock:
    """The operating system's lock on the workspace. Raises `NotOpened`: in_use, not_writable."""
    lock = FileLock(folder / LOCK_FILE, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise NotOpened(
            message("Este espacio de trabajo ya está abierto en otra ventana."),
            message("Use esa ventana, o ciérrela y vuelva a intentarlo."),
            "in_use",
        ) from None
    except OSError as fault:
        raise not_writable(folder) from fault
    return lock


def check_database(folder: Path, header: Header, data_key: bytes) -> int:
    """The schema of the database, read without leaving a trace.

    Raises `NotOpened`: missing, empty, unencrypted, damaged, newer_version, not_writable.
    """
    path = folder / DATABASE_FILE
    if not path.is_file():
        raise NotOpened(
            message("Falta el archivo «{file}» en {folder}.", file=path.name, folder=folder.name),
            message("Restaure la última copia comprobada en una carpeta nueva."),
            "missing",
        )
    if not path.stat().st_size:
        raise NotOpened(
            message("El archivo {file} está vacío.", file=path.name),
            message("Restaure la última copia en una carpeta nueva."),
            "empty",
        )
    with storage_faults():
        if is_plain(path):
            raise NotOpened(
                message(
                    "El archivo {file} no está cifrado: no es el de este programa.", file=path.name
                ),
                message("Restaure la última copia comprobada en una carpeta nueva."),
                "unencrypted",
            )
    schema = _look(path, header, data_key, folder.name)
    if schema > SCHEMA:
        raise newer(folder.name)
    if not os.access(folder, os.W_OK) or not os.access(path, os.W_OK):
        raise not_writable(folder)
    return schema


def _look(path: Path, header: Header, data_key: bytes, name: str) -> int:
    log, shared = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    # After a crash the database is whole only together with its write-ahead log, and reading that
    # takes a shared-memory file, which goes again. Otherwise nothing but the file is looked at.
    crashed = log.is_file() and log.stat().st_size > 0
    had_shared = shared.exists()
    database = connect(path, data_key, mode="ro", immutable=not crashed)
    try:
        schema = schema_of(database)
        found = dict(database.execute("SELECT key, value FROM meta").fetchall())
    except DatabaseFault as fault:
        raise damaged(name) from fault
    finally:
        database.close()
        if crashed and not had_shared:
            shared.unlink(missing_ok=True)
    if found.get("workspace") != header.workspace_id or found.get("sample") != str(
        int(header.sample)
    ):
        raise damaged(name)
    return schema


def not_writable(folder: Path) -> NotOpened:
    """The folder can be read at most."""
    return NotOpened(
        message("No hay permiso para escribir en {folder}.", folder=folder.name),
        message("Revise los permisos o copie la carpeta a un lugar donde pueda escribir."),
        "not_writable",
    )


def _refuse_occupied(folder: Path) -> None:
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken or (folder / WORKSPACE_FILE).exists():
        raise NotOpened(
            message("Ya hay algo en {folder}.", folder=folder.name),
            message("Elija una carpeta nueva o vacía."),
            "exists",
        )
