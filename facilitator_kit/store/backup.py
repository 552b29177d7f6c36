"""Backups: encrypted single files, each opened and checked before it counts; and restoring one."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from facilitator_kit.clock import Clock, Ids
from facilitator_kit.i18n import message
from facilitator_kit.paths import BACKUP_SUFFIX
from facilitator_kit.progress import Progress, Work
from facilitator_kit.store import container
from facilitator_kit.store.container import Contents
from facilitator_kit.store.disk import storage_failed, told_of
from facilitator_kit.store.engine import connect
from facilitator_kit.store.faults import storage_faults
from facilitator_kit.store.folder import new_folder
from facilitator_kit.store.header import (
    BACKUPS,
    DATABASE_FILE,
    LOCK_FILE,
    WORKSPACE_FILE,
    data_key,
    sync_folder,
    write_atomically,
    write_header,
)

EVERY: Final = timedelta(minutes=30)
"""A backup is due after so much work."""

DAILY: Final = 12
WEEKLY: Final = 10
MONTHLY: Final = 9

_NAME: Final = re.compile(r"respaldo-(\d{8}-\d{6})(?:-\d+)?\.kitbackup")
_HALF_COPIED: Final = f".respaldo-*{BACKUP_SUFFIX}.????????.new"
_MOMENT: Final = "%Y%m%d-%H%M%S"
_INDEX: Final = "index.json"
RESTORED_AT: Final = "restored_at"


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup file. `checked_at`: when it was last opened and found whole (None: not known to be).

    `changes` is the journal position it holds and `rows` how many records, as far as is known.
    """

    path: Path
    made_at: datetime
    checked_at: datetime | None
    size: int
    changes: int = 0
    rows: int = 0
    chain: str = ""


class Backups:
    """The backups of one open workspace."""

    def __init__(self, workspace: Path, data_key: bytes, clock: Clock) -> None:
        self._workspace = workspace
        self._folder = workspace / BACKUPS
        self._data_key = data_key
        self._opened_at = clock.now()
        self._scratches: set[Path] = set()

    def make(self, now: datetime) -> Work[BackupInfo]:
        """Make a backup, open it, compare it with the workspace, and thin the older ones.

        Changes may go on meanwhile; the backup holds one moment. Raises `StorageFailed`, leaving
        nothing half written.
        """
        with told_of(self._folder), self._scratch() as scratch:
            yield Progress(0, 3, message("Copiando los datos"))
            copy = scratch / DATABASE_FILE
            with storage_faults():
                expected = self._copy(copy)
                header = (self._workspace / WORKSPACE_FILE).read_bytes()
            yield Progress(1, 3, message("Escribiendo la copia"))
            packed = scratch / "packed"
            container.pack(packed, header, copy)
            copy.unlink()
            yield Progress(2, 3, message("Abriendo y comprobando la copia"))
            if self._opened(packed, scratch) != expected:
                raise storage_failed("damaged")
            path = self._free_name(now)
            with storage_faults():
                packed.rename(path)
                sync_folder(self._folder)
        info = BackupInfo(
            path,
            now.replace(microsecond=0),
            now,
            path.stat().st_size,
            expected.changes,
            expected.rows,
            expected.chain,
        )
        self._record(info)
        self._thin()
        yield Progress(3, 3, message("Copia comprobada"))
        return info

    def verify(self, path: Path, now: datetime) -> Work[BackupInfo]:
        """Open a backup of this workspace and check all of it; it is noted as checked `now`.

        Raises `NotOpened`: missing, empty, foreign, damaged, newer_version.
        """
        yield Progress(0, 2, message("Comprobando el sello de la copia"))
        container.check_seal(path)
        container.read_header(path)
        yield Progress(1, 2, message("Abriendo y comprobando la copia"))
        with self._scratch() as scratch:
            found = self._opened(path, scratch)
        made_at = _made_at(path) or now
        info = BackupInfo(
            path, made_at, now, path.stat().st_size, found.changes, found.rows, found.chain
        )
        if path.parent == self._folder:
            self._record(info)
        yield Progress(2, 2, message("Copia comprobada"))
        return info

    def all(self) -> tuple[BackupInfo, ...]:
        """The backups in the workspace's own folder, newest first."""
        known = self._index()
        found = []
        if not self._folder.is_dir():
            return ()
        for path in self._folder.iterdir():
            made_at = _made_at(path)
            if made_at is None:
                continue
            entry = known.get(path.name, {})
            checked = entry.get("checked_at")
            found.append(
                BackupInfo(
                    path,
                    made_at,
                    None if checked is None else datetime.fromisoformat(checked),
                    path.stat().st_size,
                    entry.get("changes", 0),
                    entry.get("rows", 0),
                    entry.get("chain", ""),
                )
            )
        return tuple(sorted(found, key=lambda info: (info.made_at, info.path.name), reverse=True))

    def last_checked(self) -> BackupInfo | None:
        """The newest backup that was opened and found whole."""
        return next((info for info in self.all() if info.checked_at is not None), None)

    def changed(self) -> bool:
        """Whether something was changed since the last checked backup."""
        connection = connect(self._workspace / DATABASE_FILE, self._data_key)
        try:
            with storage_faults():
                position, chain = container.head(connection)
        finally:
            connection.close()
        last = self.last_checked()
        return position > 0 and (last is None or last.chain != chain)

    def due(self, now: datetime) -> bool:
        """Whether there have been 30 minutes of work since the last checked backup."""
        last = self.last_checked()
        since = self._opened_at if last is None else max(self._opened_at, last.made_at)
        return not since <= now < since + EVERY and self.changed()

    def copy_to(self, path: Path, folder: Path) -> Path:
        """Copy a backup to another place, such as a USB stick, and check the copy; where it is.

        Raises `StorageFailed` or `NotOpened`, with nothing left there.
        """
        with told_of(folder):
            return self._copied(path, folder)

    def _copied(self, path: Path, folder: Path) -> Path:
        target = _free(folder / path.name)
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
        try:
            with storage_faults():
                folder.mkdir(parents=True, exist_ok=True)
                self._sweep(folder)
                self._scratches.add(temporary)
                with path.open("rb") as source, temporary.open("xb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
                    file.flush()
                    os.fsync(file.fileno())
            container.check_seal(temporary)
            with storage_faults():
                temporary.rename(target)
                sync_folder(folder)
        except BaseException:
            # A protected stick, or one that was pulled out, refuses this too.
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        finally:
            self._scratches.discard(temporary)
        return target

    # -- parts -----------------------------------------------------------------------------------

    def _sweep(self, folder: Path) -> None:
        """Take away what a crash, or a stick pulled out, left of copies: hidden, it fills it up."""
        for leftover in set(folder.glob(_HALF_COPIED)) - self._scratches:
            leftover.unlink(missing_ok=True)

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """A folder for what is not finished, beside the backups; leftovers of a crash go too."""
        with storage_faults():
            self._folder.mkdir(exist_ok=True)
            for leftover in set(self._folder.glob(".new-*")) - self._scratches:
                shutil.rmtree(leftover, ignore_errors=True)
            scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        self._scratches.add(scratch)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            self._scratches.discard(scratch)

    def _copy(self, target: Path) -> Contents:
        """Copy one moment of the database to `target`, as a file that stands alone."""
        source = connect(self._workspace / DATABASE_FILE, self._data_key)
        try:
            copy = connect(target, self._data_key, mode="rwc")
            try:
                source.execute("BEGIN")
                found = container.contents(source)
                source.backup(copy)
                source.execute("ROLLBACK")
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
        finally:
            source.close()
        return found

    def _opened(self, packed: Path, scratch: Path) -> Contents:
        """What is in a backup file, found by opening it as a restore would."""
        container.check_seal(packed)
        database = scratch / "opened.db"
        container.unpack(packed, database)
        try:
            return container.examine(database, self._data_key, packed.name)
        finally:
            database.unlink()

    def _free_name(self, now: datetime) -> Path:
        return _free(self._folder / f"respaldo-{now.strftime(_MOMENT)}{BACKUP_SUFFIX}")

    def _index(self) -> dict[str, Any]:
        try:
            found = json.loads((self._folder / _INDEX).read_bytes())
        except (OSError, ValueError):
            # Only what was noted about them is lost: they can be checked again.
            return {}
        return found if isinstance(found, dict) else {}

    def _record(self, info: BackupInfo) -> None:
        index = self._index()
        index[info.path.name] = {
            "checked_at": None if info.checked_at is None else info.checked_at.isoformat(),
            "changes": info.changes,
            "rows": info.rows,
            "chain": info.chain,
        }
        self._write_index(index)

    def _write_index(self, index: Mapping[str, Any]) -> None:
        present = {name: entry for name, entry in index.items() if (self._folder / name).is_file()}
        write_atomically(self._folder / _INDEX, (json.dumps(present, indent=1) + "\n").encode())

    def _thin(self) -> None:
        infos = self.all()
        kept = keep(info.made_at for info in infos if info.checked_at is not None)
        with storage_faults():
            for info in infos:
                if info.checked_at is not None and info.made_at not in kept:
                    info.path.unlink(missing_ok=True)
        self._write_index(self._index())


def keep(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Which backups stay: the last of each of the latest 12 days, 10 weeks and 9 months."""
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    for many, period in (
        (DAILY, lambda moment: moment.date()),
        (WEEKLY, lambda moment: moment.isocalendar()[:2]),
        (MONTHLY, lambda moment: (moment.year, moment.month)),
    ):
        last_of: dict[object, datetime] = {}
        for moment in newest_first:
            last_of.setdefault(period(moment), moment)
        kept.update(list(last_of.values())[:many])
    return frozenset(kept)


def restore(
    path: Path,
    new: Path,
    clock: Clock,
    ids: Ids,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
) -> Work[Path]:
    """Make a workspace in the new or empty folder `new` from a backup file; gives that folder.

    The passphrase or recovery key is that of when the backup was made. The restored workspace is a
    copy of its own and issues no folio until the last printed one is declared. Raises `NotOpened`
    or `StorageFailed`, leaving nothing at `new`.
    """
    yield Progress(0, 3, message("Comprobando el sello de la copia"))
    container.check_seal(path)
    header, _ = container.read_header(path)
    key = data_key(header, passphrase, recovery_key)
    with new_folder(new) as place:
        yield Progress(1, 3, message("Escribiendo los datos"))
        database = place / DATABASE_FILE
        container.unpack(path, database)
        yield Progress(2, 3, message("Comprobando los datos restaurados"))
        container.examine(database, key, path.name)
        connection = connect(database, key)
        try:
            found = connection.execute("SELECT value FROM meta WHERE key = 'workspace'").fetchone()
            if found is None or found[0] != header.workspace_id:
                raise container.spoilt(path)
            connection.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                (RESTORED_AT, clock.now().isoformat()),
            )
        finally:
            connection.close()
        (place / BACKUPS).mkdir()
        (place / LOCK_FILE).touch()
        write_header(place, replace(header, copy_id=ids.new()))
    yield Progress(3, 3, message("Respaldo restaurado"))
    return new


def _made_at(path: Path) -> datetime | None:
    found = _NAME.fullmatch(path.name)
    return None if found is None else datetime.strptime(found[1], _MOMENT)  # noqa: DTZ007 - local


def _free(path: Path) -> Path:
    """`path`, or the same with a number if something is there."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
