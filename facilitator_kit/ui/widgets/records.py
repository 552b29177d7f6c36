"""Table models over frozen records: a whole list, or pages of a list of any length."""

from __future__ import annotations

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from heapq import merge
from itertools import count
from operator import eq, indexOf
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.tokens import Tone

Record = TypeVar("Record")
AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()

PAGE: Final = 64
"""Rows fetched at a time: three screens full, so that a keystroke pays for what is seen."""
_PAGES_KEPT: Final = 40

LONG: Final = 2_000
"""Records that are sorted in some milliseconds, whoever waits for it."""

_SIDES: Final = {
    "left": Qt.AlignmentFlag.AlignLeading,
    "right": Qt.AlignmentFlag.AlignTrailing,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


# Without slots: in Python 3.11 a frozen generic with slots cannot be made as `Column[Row](…)`.
@dataclass(frozen=True)
class Column(Generic[Record]):
    """One column: its title and what each record shows in it.

    `tone` makes the text a pill (no pill where it gives None or the text is empty); `icon` puts an
    icon before it. `width` is in design pixels; 0 fits what is shown. `stretch` gives the column
    the room that is left. `sort` gives what a whole list is sorted by; `key` names the order for a
    paged list; without either a click on the title does nothing.
    """

    title: str
    text: Callable[[Record], str]
    align: Literal["left", "right", "center"] = "left"
    style: Literal["normal", "strong", "muted"] = "normal"
    tone: Callable[[Record], Tone | None] | None = None
    icon: Callable[[Record], str | None] | None = None
    tip: Callable[[Record], str] | None = None
    width: int = 0
    stretch: bool = False
    sort: Callable[[Record], Any] | None = None
    key: str = ""

    @property
    def sortable(self) -> bool:
        """Whether a click on the title orders the list."""
        return self.sort is not None or bool(self.key)


class Cell(NamedTuple):
    """What one cell shows: words in a style, or as a pill where there is a tone; an icon first."""

    text: str
    style: str
    align: Qt.AlignmentFlag
    tone: Tone | None = None
    icon: str | None = None


class TableModel(QAbstractTableModel, Generic[Record]):
    """What `RecordTable` shows. Use `RecordModel` or `PagedModel`."""

    def __init__(self, columns: Sequence[Column[Record]]) -> None:
        super().__init__()
        self.columns: Final = tuple(columns)
        self.sorted_by: tuple[int, bool] | None = None
        self._sides = tuple(_SIDES[c.align] | Qt.AlignmentFlag.AlignVCenter for c in self.columns)

    @abstractmethod
    def record(self, row: int) -> Record | None:
        """The record of a row; None where there is none, or it has not been read yet."""

    def records(self, first: int, last: int) -> Sequence[Record]:
        """The records of the rows from `first` to `last`, without those that are not read yet."""
        found = (self.record(row) for row in range(first, last + 1))
        return [record for record in found if record is not None]

    def find(self, identity: object) -> int:
        """The row of the record with this identity, -1 where it is not (or not known)."""
        del identity
        return -1

    def identity(self, record: Record) -> object:
        """What stays the same when a record is read again."""
        return record

    def cell(self, row: int, place: int) -> Cell:
        """All that is painted of one cell, asked for once: each question through Qt costs more."""
        column = self.columns[place]
        record = self.record(row)
        if record is None:
            return Cell("…", column.style, self._sides[place])
        return Cell(
            column.text(record),
            column.style,
            self._sides[place],
            column.tone(record) if column.tone is not None else None,
            column.icon(record) if column.icon is not None else None,
        )

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._sides[index.column()]
        record = self.record(index.row())
        if record is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(record) or None if column.tip is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(record)}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._sides[section]
        return None


class RecordModel(TableModel[Record]):
    """A whole list of records. `key` gives a record's identity.

    The order of `set_rows` is kept until a title with `sort` is clicked; clicking it a third time
    brings the given order back. With `jobs` a list of more than `LONG` records is put in order, and
    compared with what is shown, on the worker, and shown once it is.
    """

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        rows: Sequence[Record] = (),
        *,
        key: Callable[[Record], object] | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        super().__init__(columns)
        self._key: Callable[[Record], object] = key or super().identity
        self._jobs = jobs
        self._turn = 0
        self._places: dict[object, int] = {}
        """The rows of a list put in order on the worker, by identity; others are searched."""
        self._given: tuple[Record, ...] = tuple(rows)
        self._shown: tuple[Record, ...] = self._given

    @property
    def rows(self) -> tuple[Record, ...]:
        """The records in the order shown."""
        return self._shown

    def set_rows(self, rows: Sequence[Record]) -> None:
        """Show these records instead; the chosen order is kept."""
        self._given = tuple(rows)
        self._put_in_order()

    def _show(self, found: _Ordered[Record]) -> None:
        before, new = self._shown, found.records
        self._places = found.places
        if found.same:
            # The same people in the same places: selection and scrolling stay as they are.
            self._shown = new
            if new:
                last = self.index(len(new) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._shown = new
            self.endResetModel()
        if self._jobs is not None and before is not new:
            self._jobs.let_go(before)

    def records(self, first: int, last: int) -> Sequence[Record]:
        return self._shown[max(first, 0) : last + 1]

    def record(self, row: int) -> Record | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def identity(self, record: Record) -> object:
        return self._key(record)

    def find(self, identity: object) -> int:
        if self._places:
            return self._places.get(identity, -1)
        with suppress(ValueError):
            return indexOf(map(self._key, self._shown), identity)
        return -1

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def order_by(self, column: int | None, *, descending: bool = False) -> None:
        """Sort by a column that has `sort`; None brings back the order given."""
        self.sorted_by = None if column is None else (column, descending)
        self._put_in_order()

    def _put_in_order(self) -> None:
        self._turn += 1
        turn, given, shown = self._turn, self._given, self._shown
        column, descending = self.sorted_by or (0, False)
        sort = self.columns[column].sort if self.sorted_by is not None else None

        def order() -> _Ordered[Record]:
            new = given if sort is None else _sorted_in_parts(given, sort, descending)
            return _Ordered(new, self._are_same(new, shown), {})

        def order_many() -> _Ordered[Record]:
            found = order()
            for part in _in_parts(found.records):
                keys = map(self._key, part)
                found.places.update(zip(keys, count(len(found.places)), strict=False))
            return found

        def show(found: _Ordered[Record]) -> None:
            if turn == self._turn:
                self._show(found)

        other_rows = sort is None and len(given) != len(shown)
        if self._jobs is None or len(given) <= LONG or other_rows:
            show(order())
        else:
            self._jobs.run(order_many, show, owner=self)

    def _are_same(self, new: Sequence[Record], shown: Sequence[Record]) -> bool:
        return len(new) == len(shown) and all(
            all(map(eq, map(self._key, some), map(self._key, others)))
            for some, others in zip(_in_parts(new), _in_parts(shown), strict=True)
        )


# Without slots, like `Column`.
@dataclass(frozen=True)
class _Ordered(Generic[Record]):
    """Records in their order; whether they are the ones shown by now; where each of many is."""

    records: tuple[Record, ...]
    same: bool
    places: dict[object, int]


def _in_parts(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    return (records[begin : begin + LONG] for begin in range(0, len(records), LONG))


def _sorted_in_parts(
    records: Sequence[Record], sort: Callable[[Record], Any], descending: bool
) -> tuple[Record, ...]:
    """As `sorted`, which never gives the interpreter away: the screen would have to wait for it."""
    in_order = [sorted(part, key=sort, reverse=descending) for part in _in_parts(records)]
    return tuple(merge(*in_order, key=sort, reverse=descending))


@dataclass(frozen=True, slots=True)
class Request:
    """Which rows a paged list asks for: `key` is a column's key ("" for the natural order)."""

    offset: int
    limit: int
    key: str = ""
    descending: bool = False


class PagedModel(TableModel[Record]):
    """A list of any length: rows are read `PAGE` at a time, as they come into view.

    `count()` gives the number of rows and `fetch(request)` at most `request.limit` of them. With
    `jobs` both run on the worker and rows show … until they arrive; without, they are called
    where they are needed. Call `reload` at the start and whenever the list may have changed.
    """

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        *,
        count: Callable[[], int],
        fetch: Callable[[Request], Sequence[Record]],
        key: Callable[[Record], object] | None = None,
        jobs: Jobs | None = None,
    ) -> None:
        super().__init__(columns)
        self._count = count
        self._fetch = fetch
        self._key = key
        self._jobs = jobs
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Record]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0

    def reload(self) -> None:
        """Read the number of rows and, as they come into view, the rows again."""
        self._turn += 1
        turn = self._turn
        if self._jobs is None:
            self._begin(turn, self._count(), self._fetch(self._request(0)))
            return

        def read() -> tuple[int, Sequence[Record]]:
            return self._count(), self._fetch(self._request(0))

        self._jobs.run(read, lambda found: self._begin(turn, *found), owner=self)

    def record(self, row: int) -> Record | None:
        if not 0 <= row < self._total:
            return None
        page, place = divmod(row, PAGE)
        found = self._pages.get(page)
        if found is None:
            self._ask(page)
            found = self._pages.get(page)
        else:
            self._pages.move_to_end(page)
        return found[place] if found is not None and place < len(found) else None

    def identity(self, record: Record) -> object:
        return self._key(record) if self._key is not None else record

    def find(self, identity: object) -> int:
        for page, rows in self._pages.items():
            for place, record in enumerate(rows):
                if self.identity(record) == identity:
                    return page * PAGE + place
        return -1

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def order_by(self, column: int | None, *, descending: bool = False) -> None:
        """Order by a column that has `key`; None brings back the natural order."""
        self.sorted_by = None if column is None else (column, descending)
        self.reload()

    def _request(self, page: int) -> Request:
        if self.sorted_by is None:
            return Request(page * PAGE, PAGE)
        column, descending = self.sorted_by
        return Request(page * PAGE, PAGE, self.columns[column].key, descending)

    def _begin(self, turn: int, total: int, first: Sequence[Record]) -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self._total = total
        self._pages.clear()
        self._asked.clear()
        self._pages[0] = first
        self.endResetModel()

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        request = self._request(page)
        if self._jobs is None:
            self._keep(page, self._fetch(request))
            return
        self._asked.add(page)
        turn = self._turn
        fetch = self._fetch
        self._jobs.run(
            lambda: fetch(request), lambda rows: self._arrive(turn, page, rows), owner=self
        )

    def _arrive(self, turn: int, page: int, rows: Sequence[Record]) -> None:
        if turn != self._turn:
            return
        self._asked.discard(page)
        self._keep(page, rows)
        if rows:
            first = self.index(page * PAGE, 0)
            last = self.index(min(page * PAGE + len(rows), self._total) - 1, len(self.columns) - 1)
            self.dataChanged.emit(first, last)

    def _keep(self, page: int, rows: Sequence[Record]) -> None:
        self._pages[page] = rows
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
