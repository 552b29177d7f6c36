"""One workspace, open: reads from any thread, changes through one door, undo and redo by name."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from filelock import BaseFileLock
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from facilitator_kit.clock import Clock, Ids
from facilitator_kit.errors import KitError, NotOpened, NotUndone
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.records import FolioFloor
from facilitator_kit.store import folder as folders
from facilitator_kit.store import header as headers
from facilitator_kit.store import journal, journal_check, keys, people_index, people_search, undoing
from facilitator_kit.store.backup import RESTORED_AT, Backups
from facilitator_kit.store.columns import Record
from facilitator_kit.store.engine import reading_engine, writing_engine
from facilitator_kit.store.faults import database_faults
from facilitator_kit.store.header import DATABASE_FILE, LOCK_FILE, Header
from facilitator_kit.store.journal import (
    Change,
    ChangeInfo,
    Entry,
    Origin,
    RowChange,
)
from facilitator_kit.store.journal_check import JournalReport
from facilitator_kit.store.people_search import Order, PeoplePage
from facilitator_kit.store.reading import Range, Reads
from facilitator_kit.store.tables import META
from facilitator_kit.store.transaction import Transaction
from facilitator_kit.store.upgrading import bring_up_to_date

R = TypeVar("R", bound=Record)


class Store:
    """A workspace folder opened by this process alone, until `close`.

    Reads take a moment's snapshot and never wait for a change; changes wait for one another.
    """

    def __init__(
        self,
        folder: Path,
        header: Header,
        data_key: bytes,
        lock: BaseFileLock,
        clock: Clock,
        ids: Ids,
        opened_by_recovery: bool = False,
    ) -> None:
        self.folder = folder
        self.opened_by_recovery = opened_by_recovery
        self.backups = Backups(folder, data_key, clock)
        self._header = header
        self._data_key = data_key
        self._lock = lock
        self._clock = clock
        self._ids = ids
        self._door = threading.RLock()
        self._changing = False
        self._closed = False
        self._listeners: list[Callable[[Change], None]] = []
        self._writing = writing_engine(folder / DATABASE_FILE, data_key)
        self._reading = reading_engine(folder / DATABASE_FILE, data_key)

    # -- making, opening, closing ----------------------------------------------------------------

    @classmethod
    def create(cls, folder: Path, passphrase: str, clock: Clock, ids: Ids) -> tuple[Store, str]:
        """A new workspace in a new or empty folder, open, and its recovery key to be printed.

        Raises `NotOpened` (exists), `KitError` (passphrase_short), `StorageFailed`.
        """
        keys.check_new_passphrase(passphrase)
        recovery_key = keys.new_recovery_key()
        data_key = keys.new_data_key()
        header = headers.locked_header(ids.new(), ids.new(), data_key, passphrase, recovery_key)
        return cls._create(folder, header, data_key, clock, ids), recovery_key

    @classmethod
    def create_sample(cls, folder: Path, clock: Clock, ids: Ids) -> Store:
        """A new sample workspace, open: without passphrase, and a sample for ever."""
        data_key = keys.new_data_key()
        header = headers.sample_header(ids.new(), ids.new(), data_key)
        return cls._create(folder, header, data_key, clock, ids)

    @classmethod
    def _create(
        cls, folder: Path, header: Header, data_key: bytes, clock: Clock, ids: Ids
    ) -> Store:
        with folders.new_folder(folder) as place:
            folders.fill_new(place, header, data_key)
        return cls._opened(folder, header, data_key, folders.acquire(folder), clock, ids, False)

    @classmethod
    def open(
        cls,
        folder: Path,
        clock: Clock,
        ids: Ids,
        *,
        passphrase: str | None = None,
        recovery_key: str | None = None,
    ) -> Store:
        """The workspace in `folder`, open; a sample needs neither passphrase nor recovery key.

        An older database is brought up to date after a verified backup. Raises `NotOpened` with the
        folder as it was found, `StorageFailed` if the backup could not be made.
        """
        header = headers.read_header(folder)
        if not (folder / LOCK_FILE).exists():
            # A folder that will be refused is left without even a lock in it.
            key = headers.data_key(header, passphrase, recovery_key)
            folders.check_database(folder, header, key)
        lock = folders.acquire(folder)
        try:
            header = headers.read_header(folder)
            data_key = headers.data_key(header, passphrase, recovery_key)
            folders.check_database(folder, header, data_key)
            return cls._opened(folder, header, data_key, lock, clock, ids, recovery_key is not None)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(
        cls,
        folder: Path,
        header: Header,
        data_key: bytes,
        lock: BaseFileLock,
        clock: Clock,
        ids: Ids,
        by_recovery: bool,
    ) -> Store:
        bring_up_to_date(folder, data_key, clock)
        store = cls(folder, header, data_key, lock, clock, ids, by_recovery)
        try:
            with database_faults(), store._writing.begin() as connection:
                people_index.prepare(connection)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """End: the write-ahead log goes into the database, and the lock is let go."""
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._reading.dispose()
            self._writing.dispose()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- the workspace itself --------------------------------------------------------------------

    @staticmethod
    def is_sample(folder: Path) -> bool:
        """Whether the workspace in `folder` opens without a passphrase. Raises `NotOpened`."""
        return headers.read_header(folder).sample

    @property
    def workspace_id(self) -> str:
        return self._header.workspace_id

    @property
    def copy_id(self) -> str:
        """This copy of the data: it differs after a restore."""
        return self._header.copy_id

    @property
    def sample(self) -> bool:
        return self._header.sample

    def check_passphrase(self, passphrase: str) -> bool:
        """Whether it is this workspace's passphrase: for the lock page. Takes about 0.2 s."""
        if self.sample:
            return True
        try:
            headers.data_key(self._header, passphrase, None)
        except NotOpened:
            return False
        return True

    def set_passphrase(self, passphrase: str) -> None:
        """Change the passphrase; earlier backups keep the one they were made under.

        Raises `KitError`: passphrase_short, sample. After a crash the former one or this holds.
        """
        self._refuse_sample()
        keys.check_new_passphrase(passphrase)
        with self._door:
            header = headers.with_passphrase(self._header, self._data_key, passphrase)
            headers.write_header(self.folder, header)
            self._header = header

    def new_recovery_key(self) -> str:
        """Another recovery key, to be printed; the former one no longer opens the workspace."""
        self._refuse_sample()
        recovery_key = keys.new_recovery_key()
        with self._door:
            header = headers.with_recovery_key(self._header, self._data_key, recovery_key)
            headers.write_header(self.folder, header)
            self._header = header
        return recovery_key

    @property
    def restored_at(self) -> datetime | None:
        """When this workspace was restored from a backup, if it was."""
        with self._read() as connection:
            found = connection.execute(
                select(META.c.value).where(META.c.key == RESTORED_AT)
            ).scalar()
        return None if found is None else datetime.fromisoformat(found)

    def folios_blocked(self, series: str, year: int) -> bool:
        """Whether the last printed folio of that series and year must be asked for first.

        After a restore the register may lack folios that were printed: none is issued until a
        `FolioFloor` for them has been stored since.
        """
        restored = self.restored_at
        if restored is None or year > restored.year:
            return False
        return not self.count(FolioFloor, series=series, year=year, declared_at=Range(low=restored))

    # -- reads -----------------------------------------------------------------------------------

    @contextmanager
    def snapshot(self) -> Iterator[Reads]:
        """Several reads at one moment, whatever is being written meanwhile."""
        with self._read() as connection:
            yield Reads(connection)

    def get(self, record_type: type[R], record_id: str, /) -> R | None:
        """The record with that id, or None."""
        with self.snapshot() as view:
            return view.get(record_type, record_id)

    def need(self, record_type: type[R], record_id: str, /) -> R:
        """The record with that id. Raises `LookupError` where there is none: that is a bug."""
        with self.snapshot() as view:
            return view.need(record_type, record_id)

    def find(
        self,
        record_type: type[R],
        /,
        *,
        order_by: str | Iterable[str] = (),
        limit: int | None = None,
        offset: int = 0,
        **where: object,
    ) -> tuple[R, ...]:
        """The records that fulfil every condition: see `Reads.find`."""
        with self.snapshot() as view:
            return view.find(record_type, order_by=order_by, limit=limit, offset=offset, **where)

    def count(self, record_type: type[Record], /, **where: object) -> int:
        """How many records fulfil every condition."""
        with self.snapshot() as view:
            return view.count(record_type, **where)

    def tally(self, record_type: type[Record], field: str, /, **where: object) -> Counter[Any]:
        """How many records fulfil every condition, by the value of a field."""
        with self.snapshot() as view:
            return view.tally(record_type, field, **where)

    def iterate(
        self, record_type: type[R], /, *, order_by: str | Iterable[str] = (), **where: object
    ) -> Iterator[R]:
        """The same records as `find`, without holding all of them at once."""
        with self.snapshot() as view:
            yield from view.iterate(record_type, order_by=order_by, **where)

    def people_page(
        self,
        text: str = "",
        *,
        centre_id: str | None = None,
        cohort_id: str | None = None,
        generation_id: str | None = None,
        order: Order = "name",
        descending: bool = False,
        offset: int = 0,
        limit: int = 200,
    ) -> PeoplePage:
        """A page of people whose names or code begin with the words in `text`, in their order.

        With a centre, cohort or generation: those who are or were enrolled there.
        """
        places = {
            column: value
            for column, value in (
                ("cohort_id", cohort_id),
                ("centre_id", centre_id),
                ("generation_id", generation_id),
            )
            if value is not None
        }
        with self._read() as connection:
            return people_search.people_page(
                connection, text, places, order, descending, offset, limit
            )

    def rebuild_search(self) -> None:
        """Make the list of people again from the records."""
        with self._write() as connection:
            people_index.rebuild(connection)

    # -- changes ---------------------------------------------------------------------------------

    @contextmanager
    def change(self, name: Message, *, actor: str, undoable: bool = True) -> Iterator[Transaction]:
        """One change, named for undo and the journal, made by the user with id `actor`.

        It is stored whole when the block ends, and not at all if anything is raised. When nothing
        differs nothing is written. `undoable` False: it cannot be taken back, as when setting up.
        """
        with self._making(Entry(name, actor, self._clock.now(), final=not undoable)) as (tx, _):
            yield tx

    def undoable(self, actor: str | None = None) -> ChangeInfo | None:
        """The change that `undo` would take back: the latest of this actor (None: of anyone)."""
        with self._read() as connection:
            return journal.undo_candidate(connection, actor)

    def redoable(self, actor: str | None = None) -> ChangeInfo | None:
        """The change that `redo` would make again: gone as soon as something else is done."""
        with self._read() as connection:
            return journal.redo_candidate(connection, actor)

    def undo(self, actor: str) -> Change:
        """Take back the actor's latest change.

        Raises `NotUndone`: nothing, changed_since, referred_to, erased.
        """
        with self._door:
            info = self.undoable(actor)
            if info is None:
                raise undoing.nothing_to_take_back()
            entry = Entry(info.name, actor, self._clock.now(), Origin.UNDO, info.id)
            with _conflicts(), self._making(entry) as (tx, connection):
                at = journal.last_applied(connection, info.id)
                undoing.take_back(connection, tx, journal.images_of(connection, info.position), at)
            return _stored(tx)

    def redo(self, actor: str) -> Change:
        """Make the change taken back last again. Raises `NotUndone` like `undo`."""
        with self._door:
            info = self.redoable(actor)
            if info is None:
                raise undoing.nothing_to_make_again()
            entry = Entry(info.name, actor, self._clock.now(), Origin.REDO, info.id)
            with _conflicts(), self._making(entry) as (tx, connection):
                undoing.make_again(connection, tx, journal.images_of(connection, info.position))
            return _stored(tx)

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Have `listener` called after each change, on the thread that made it; gives its end."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # -- the journal -----------------------------------------------------------------------------

    def history(
        self,
        limit: int = 100,
        before: int | None = None,
        record_type: type[Record] | None = None,
        row_id: str | None = None,
        without: type[Record] | None = None,
    ) -> tuple[ChangeInfo, ...]:
        """Lines of the journal, newest first: before a position, about a type or one record.

        A change that touched nothing but records of the type `without` is left out.
        """
        with self._read() as connection:
            return journal.history(connection, limit, before, record_type, row_id, without)

    def changes_of(self, record_type: type[Record], record_id: str) -> tuple[RowChange, ...]:
        """What every change did to one record, oldest first."""
        with self._read() as connection:
            return journal.changes_of(connection, record_type, record_id)

    @property
    def position(self) -> int:
        """The journal's last position: what is done from now on comes after it."""
        with self._read() as connection:
            return journal.head(connection)[0]

    def changes_after(self, record_type: type[Record], position: int) -> tuple[RowChange, ...]:
        """What was done to records of one type after a position of the journal, oldest first."""
        with self._read() as connection:
            return journal.changes_after(connection, record_type, position)

    def erase_images(self, record_type: type[Record], record_id: str) -> int:
        """Erase what the journal remembers of a record's content; how many images there were.

        Who changed it and when stays, and the chain still verifies; those changes cannot be undone.
        """
        with self._write() as connection:
            return journal.erase(connection, record_type, record_id)

    def verify_journal(self, since: int = 0) -> JournalReport:
        """Recompute the chain from a position on; from 0, compare the records with it as well."""
        with self._read() as connection:
            return journal_check.verify(connection, since)

    # -- parts -----------------------------------------------------------------------------------

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        if self._closed:
            raise RuntimeError("the workspace is closed")
        with database_faults(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._door:
            if self._closed:
                raise RuntimeError("the workspace is closed")
            if self._changing:
                raise RuntimeError("a change cannot be made within another")
            self._changing = True
            try:
                with database_faults(), self._writing.begin() as connection:
                    yield connection
            finally:
                self._changing = False

    @contextmanager
    def _making(self, entry: Entry) -> Iterator[tuple[Transaction, Connection]]:
        with self._write() as connection:
            tx = Transaction(connection)
            yield tx, connection
            images = tx.images()
            if not images:
                return
            people_index.follow(connection, tx.pairs())
            entry = replace(entry, final=entry.final or tx.final())
            done = journal.append(connection, self.copy_id, self._ids, entry, images)
            if entry.subject is not None:
                undone_by = done.id if entry.origin is Origin.UNDO else None
                journal.mark(connection, entry.subject, undone_by)
        tx.done = done
        for listener in tuple(self._listeners):
            listener(done)

    def _refuse_sample(self) -> None:
        if self.sample:
            raise KitError(
                message("El centro de ejemplo no lleva contraseña."),
                message("Cree un espacio de trabajo propio para datos reales."),
                "sample",
            )


@contextmanager
def _conflicts() -> Iterator[None]:
    """An undo that would break a rule of the tables is refused like any other conflict."""
    try:
        yield
    except IntegrityError as fault:
        raise NotUndone(
            message("Otros datos capturados después chocan con ese cambio."),
            message("Corríjalo con un cambio nuevo."),
            "changed_since",
        ) from fault


def _stored(tx: Transaction) -> Change:
    if tx.done is None:
        raise AssertionError("a change that is kept touched something, so its undo does too")
    return tx.done
