"""A pack as bytes: read from a folder or one zip file, written to a zip, told apart by its digest.

Everywhere else a pack is a mapping from relative path ("modules/M3/module.toml") to content, so
that a folder on disk, a zip on a stick and a row of the workspace are read in the same way.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from facilitator_kit.errors import InputRefused, NotOpened, Problem
from facilitator_kit.i18n import message

MOST_FILES: Final = 10_000
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_FILE_BYTES: Final = 8 * 1024 * 1024
MANIFEST: Final = "pack.toml"

_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_DIGEST_MARK = b"facilitator-kit sha256 "
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack_files_from_folder(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, by its path in it; what an operating system left is passed over.

    Raises:
        NotOpened: there is no such folder, or it cannot be read.
        InputRefused: a file is too big, there are too many, or one leads out of the folder.
    """
    if not folder.is_dir():
        raise NotOpened(
            message("No existe la carpeta «{folder}».", folder=str(folder)),
            message("Revise la ruta: debe ser la carpeta que contiene pack.toml."),
            "missing",
        )
    files: dict[str, bytes] = {}
    limits = _Limits()
    try:
        for path in _files_under(folder):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                limits.problems.append(_unsafe(name))
            elif limits.accept(name, path.stat().st_size):
                files[name] = path.read_bytes()
    except OSError as fault:
        raise NotOpened(
            message("No se pudo leer la carpeta «{folder}».", folder=str(folder)),
            message("Revise que tenga permiso de lectura y que el disco siga conectado."),
            "damaged",
        ) from fault
    limits.refuse()
    return files


class PackFolder(Mapping[str, bytes]):
    """The files of a pack's folder, read (by `pack_files_from_folder`) when one is first asked for.

    For a pack that a program brings along and may never need.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, bytes] | None = None

    def __getitem__(self, name: str) -> bytes:
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    @property
    def _files(self) -> dict[str, bytes]:
        if self._read is None:
            self._read = pack_files_from_folder(self._folder)
        return self._read


def pack_files_from_zip(content: bytes) -> dict[str, bytes]:
    """Every file of a zipped pack; a single folder around everything is taken off.

    Raises:
        NotOpened: it is not a zip file, it is damaged or it is locked with a password.
        InputRefused: a path leads out of the pack or stands there twice, or something is too big.
    """
    limits = _Limits()
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            comment = archive.comment
            for entry in archive.infolist():
                name = entry.filename
                if entry.is_dir() or _left_by_system(name):
                    continue
                if not _safe(name):
                    limits.problems.append(_unsafe(name))
                elif name in files:
                    limits.problems.append(_twice(name))
                elif limits.accept(name, entry.file_size):
                    with archive.open(entry) as stream:
                        # The size written in the zip may lie: no more than that much is unpacked.
                        files[name] = stream.read(entry.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as fault:
        raise _damaged() from fault
    except (RuntimeError, NotImplementedError) as fault:
        # What zipfile raises for a password, and for a compression that it does not know.
        raise NotOpened(
            message("El archivo del paquete está protegido o comprimido de otra forma."),
            message("Pida el paquete en un zip común, sin contraseña."),
            "foreign",
        ) from fault
    limits.refuse()
    if comment.startswith(_DIGEST_MARK) and comment != _DIGEST_MARK + pack_digest(files).encode():
        raise _damaged()
    return _unwrapped(files)


def pack_files_to_zip(files: Mapping[str, bytes]) -> bytes:
    """One zip file with everything; the same files always give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
        # A zip guards its contents, not its names: the digest in its comment guards both.
        archive.comment = _DIGEST_MARK + pack_digest(files).encode()
    return target.getvalue()


def pack_digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 (64 hexadecimal digits) over paths and contents in the order of the paths."""
    digest = hashlib.sha256()
    for name in sorted(files):
        path = name.encode("utf-8", "surrogatepass")
        for part in (path, files[name]):
            # The length first, so that no two packs can run together into the same bytes.
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


class _Limits:
    """Counts what is taken in, and keeps the problems until everything has been looked at."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._files = 0
        self._bytes = 0

    def accept(self, name: str, size: int) -> bool:
        self._files += 1
        self._bytes += size
        if size > MOST_FILE_BYTES:
            self.problems.append(_too_big(name))
        return size <= MOST_FILE_BYTES and self._files <= MOST_FILES and self._bytes <= MOST_BYTES

    def refuse(self) -> None:
        if self._files > MOST_FILES or self._bytes > MOST_BYTES:
            self.problems.append(
                Problem(
                    "",
                    "pack_too_big",
                    message("El paquete tiene demasiados archivos o pesa demasiado."),
                    message(
                        "Un paquete tiene hasta {files} archivos y {megabytes} MB.",
                        files=MOST_FILES,
                        megabytes=MOST_BYTES // 1024 // 1024,
                    ),
                )
            )
        if self.problems:
            raise InputRefused(
                message("El paquete no se abrió."),
                message("Corrija lo que sigue y vuelva a intentarlo."),
                self.problems,
                "pack_refused",
            )


def _files_under(folder: Path) -> Iterable[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _left_by_system(name))
        for name in sorted([*names, *(one for one in folders if (Path(root) / one).is_symlink())]):
            if not _left_by_system(name):
                yield Path(root) / name


def _left_by_system(name: str) -> bool:
    return any(
        part.casefold() in _LEFT_BY_SYSTEMS or (part.startswith(".") and part.strip("."))
        for part in PurePosixPath(name).parts
    )


def _safe(name: str) -> bool:
    """Whether a path of a zip stays inside the folder it would be unpacked in, on any system."""
    if any(sign in name for sign in "\\:\0"):
        return False
    return not any(part in ("", ".", "..") for part in name.split("/"))


def _unwrapped(files: dict[str, bytes]) -> dict[str, bytes]:
    tops = {name.split("/", 1)[0] for name in files}
    if MANIFEST in files or len(tops) != 1:
        return files
    prefix = tops.pop() + "/"
    if prefix + MANIFEST not in files:
        return files
    return {name.removeprefix(prefix): content for name, content in files.items()}


def _unsafe(name: str) -> Problem:
    return Problem(
        name,
        "unsafe_path",
        message("La ruta «{name}» sale de la carpeta del paquete.", name=name),
        message("Un paquete solo tiene archivos dentro de su carpeta, sin accesos directos."),
    )


def _twice(name: str) -> Problem:
    return Problem(
        name,
        "duplicate_file",
        message("El archivo «{name}» está dos veces en el zip.", name=name),
        message("Vuelva a hacer el zip a partir de la carpeta."),
    )


def _too_big(name: str) -> Problem:
    return Problem(
        name,
        "file_too_big",
        message("El archivo «{name}» es demasiado grande.", name=name),
        message("Un archivo pesa hasta {megabytes} MB.", megabytes=MOST_FILE_BYTES // 1024 // 1024),
    )


def _damaged() -> NotOpened:
    return NotOpened(
        message("El archivo no es un paquete, o llegó dañado."),
        message("Vuelva a copiarlo desde su origen: debe ser un archivo zip."),
        "damaged",
    )
