"""A backup file: an uncompressed zip of `workspace.json` and `data.db`, sealed with its own digest.

The database in it is encrypted; the seal is the zip's comment, so that any altered byte is seen.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from facilitator_kit.errors import NotOpened
from facilitator_kit.i18n import message
from facilitator_kit.store.engine import Database, DatabaseFault, connect
from facilitator_kit.store.faults import storage_faults
from facilitator_kit.store.header import (
    DATABASE_FILE,
    WORKSPACE_FILE,
    Header,
    damaged,
    newer,
    parse_header,
)
from facilitator_kit.store.migrations import SCHEMA, schema_of

_SEAL: Final = b"sha256:"
_DIGITS: Final = 64
_CHUNK: Final = 1 << 20
_LARGEST_HEADER: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, counted: two copies with equal contents hold the same."""

    changes: int
    chain: str
    rows: int
    tables: tuple[tuple[str, int], ...]


def pack(target: Path, header: bytes, database: Path) -> None:
    """Write a sealed backup file, durably."""
    with storage_faults(), target.open("x+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(WORKSPACE_FILE), header)
            with (
                database.open("rb") as source,
                archive.open(zipfile.ZipInfo(DATABASE_FILE), "w", force_zip64=True) as entry,
            ):
                shutil.copyfileobj(source, entry, _CHUNK)
            archive.comment = _SEAL + b"0" * _DIGITS
        size = file.tell()
        seal = _digest_of(file, size - _DIGITS)
        file.seek(size - _DIGITS)
        file.write(seal.encode())
        file.flush()
        os.fsync(file.fileno())


def check_seal(path: Path) -> None:
    """Raise `NotOpened` (missing, empty, foreign, damaged) unless the file is as it was written."""
    if not path.is_file():
        raise NotOpened(
            message("No se encuentra la copia {file}.", file=path.name),
            message("Revise que el disco o la memoria esté conectada."),
            "missing",
        )
    with storage_faults(), path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            raise NotOpened(
                message("La copia {file} está vacía.", file=path.name),
                message("Elija otra copia."),
                "empty",
            )
        ending = len(_SEAL) + _DIGITS
        file.seek(max(0, size - ending))
        seal = file.read()
        if size < ending or not seal.startswith(_SEAL):
            file.seek(0)
            ours = file.read(512).find(WORKSPACE_FILE.encode()) >= 0
            raise spoilt(path) if ours else _foreign(path)
        if _digest_of(file, size - _DIGITS).encode() != seal[len(_SEAL) :]:
            raise spoilt(path)


def read_header(path: Path) -> tuple[Header, bytes]:
    """The header in a backup file, and as it is written there. Raises `NotOpened`."""
    try:
        with storage_faults(), zipfile.ZipFile(path) as archive:
            if archive.getinfo(WORKSPACE_FILE).file_size > _LARGEST_HEADER:
                raise _foreign(path)
            content = archive.read(WORKSPACE_FILE)
            archive.getinfo(DATABASE_FILE)
    except (zipfile.BadZipFile, KeyError) as fault:
        raise _foreign(path) from fault
    return parse_header(content, path.name), content


def unpack(path: Path, target: Path) -> None:
    """Write the database of a backup file to `target`, durably. Raises `NotOpened` (damaged)."""
    try:
        with (
            storage_faults(),
            zipfile.ZipFile(path) as archive,
            archive.open(DATABASE_FILE) as source,
            target.open("xb") as file,
        ):
            shutil.copyfileobj(source, file, _CHUNK)
            file.flush()
            os.fsync(file.fileno())
    except (zipfile.BadZipFile, KeyError, EOFError) as fault:
        raise spoilt(path) from fault


def examine(database: Path, data_key: bytes, name: str) -> Contents:
    """Open a database that stands alone, check every page and reference, and count what it holds.

    Raises `NotOpened` (damaged, newer_version), naming it `name`.
    """
    connection = connect(database, data_key, mode="ro", immutable=True)
    try:
        if schema_of(connection) > SCHEMA:
            raise newer(name)
        faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        faults += [
            row for row in connection.execute("PRAGMA integrity_check").fetchall() if row != ("ok",)
        ]
        faults += connection.execute("PRAGMA foreign_key_check").fetchall()
        if faults:
            raise damaged(name)
        return contents(connection)
    except DatabaseFault as fault:
        raise damaged(name) from fault
    finally:
        connection.close()


def head(connection: Database) -> tuple[int, str]:
    """The last change that a database holds, and its link of the chain."""
    last = connection.execute(
        'SELECT position, chain FROM "change" ORDER BY position DESC LIMIT 1'
    ).fetchone()
    return last or (0, "")


def contents(connection: Database) -> Contents:
    """What the database holds, seen in one transaction of `connection`."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT LIKE 'people%' AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
    ]
    tables = tuple(
        (name, int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]))
        for name in names
    )
    position, chain = head(connection)
    kept_apart = ("change", "row_image", "meta")
    rows = sum(count for name, count in tables if name not in kept_apart)
    return Contents(position, chain, rows, tables)


def spoilt(path: Path) -> NotOpened:
    """The backup was altered, or is not whole."""
    return NotOpened(
        message("La copia {file} está dañada o incompleta.", file=path.name),
        message("Elija otra copia; el espacio de trabajo no se ha tocado."),
        "damaged",
    )


def _foreign(path: Path) -> NotOpened:
    return NotOpened(
        message("{file} no es una copia de este programa.", file=path.name),
        message("Elija un archivo de la carpeta de copias."),
        "foreign",
    )


def _digest_of(file: BinaryIO, length: int) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while length and (chunk := file.read(min(_CHUNK, length))):
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest()
