"""The attendance grid as a table: one row a woman, a window of sessions, share and warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import Mark
from facilitator_kit.ui.pages.attendance_marks import Cell, MarkQueue
from facilitator_kit.ui.pages.cohorts_words import MarkKey, mark_keys, status_words, warning_words
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.workspace.views import AttendanceGrid, GridColumn, GridRow, SessionStatus

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()

CODE: Final = "code"
NAME: Final = "name"
PERCENT: Final = "percent"
WARNING: Final = "warning"


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a session's cell shows: the key of its mark, whether stored, or that it is not hers."""

    key: MarkKey | None
    waiting: bool = False
    minutes: int | None = None
    expected: bool = True


class GridModel(QAbstractTableModel):
    """Shows `grid` with what `queue` knows beyond it; `first` and `count` choose the sessions."""

    LOOK: Final = Qt.ItemDataRole.UserRole + 1
    TONE: Final = Qt.ItemDataRole.UserRole + 2

    def __init__(self, _: Texts, queue: MarkQueue) -> None:
        super().__init__()
        self._ = _
        self._queue = queue
        self._keys = {one.mark: one for one in mark_keys(_)}
        self.grid: AttendanceGrid | None = None
        self.first = 0
        self.count = 0
        self.with_code = True
        self.chosen = -1
        self._sections: tuple[str | int, ...] = ()
        queue.changed.connect(self._on_cells)

    # -- what is shown -----------------------------------------------------------------------

    def set_grid(self, grid: AttendanceGrid) -> None:
        """Show a grid read anew; selection stays with whoever asks for the same shape again."""
        old = self.grid
        same = (
            old is not None
            and [r.enrolment.id for r in old.rows] == [r.enrolment.id for r in grid.rows]
            and [c.scheduled.id for c in old.columns] == [c.scheduled.id for c in grid.columns]
        )
        if same:
            self.grid = grid
            self.repaint_all()
            return
        self.beginResetModel()
        self.grid = grid
        self._lay_out()
        self.endResetModel()

    def set_window(self, first: int, count: int, *, with_code: bool) -> None:
        """Show `count` sessions from `first` on."""
        if (first, count, with_code) == (self.first, self.count, self.with_code):
            return
        self.beginResetModel()
        self.first, self.count, self.with_code = first, count, with_code
        self._lay_out()
        self.endResetModel()

    def repaint_all(self) -> None:
        """Everything may look different now."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """All the sessions of the grid."""
        return self.grid.columns if self.grid is not None else ()

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """Everybody on the roll, in its order."""
        return self.grid.rows if self.grid is not None else ()

    def section(self, column: int) -> str | int:
        """What a column of the table is: a name, or the place of a session in the grid."""
        return self._sections[column]

    def column_of(self, session: int) -> int:
        """The table's column that shows a session, -1 while it is not in view."""
        return self._sections.index(session) if session in self._sections else -1

    def cell(self, row: int, session: int) -> Cell:
        """The scheduled session and enrolment of a cell."""
        return self.columns[session].scheduled.id, self.rows[row].enrolment.id

    def mark_of(self, row: int, session: int) -> Mark | None:
        """The mark as a person sees it: what was typed last, stored or not."""
        return self.mark_in(self.cell(row, session), row, session)

    def mark_in(self, cell: Cell, row: int, session: int) -> Mark | None:
        waiting = self._queue.waiting(cell)
        if waiting is not None:
            return waiting.mark
        stored = self._queue.stored(cell)
        known = stored.mark if stored is not None else self.rows[row].marks[session]
        return known.mark if known is not None else None

    def expected(self, row: int, session: int) -> bool:
        """Whether she is on the roll of a session, or has a mark in it all the same."""
        line = self.rows[row]
        return line.expected[session] or line.marks[session] is not None

    def unmarked(self, session: int) -> tuple[Cell, ...]:
        """Everybody expected at a session who has no mark yet."""
        return tuple(
            self.cell(row, session)
            for row in range(len(self.rows))
            if self.rows[row].expected[session] and self.mark_of(row, session) is None
        )

    def look(self, row: int, session: int) -> CellLook:
        """How a session's cell looks now."""
        cell = self.cell(row, session)
        line = self.rows[row]
        waiting = self._queue.waiting(cell)
        if waiting is not None:
            key = self._keys[waiting.mark] if waiting.mark is not None else None
            return CellLook(key, waiting=True)
        stored = self._queue.stored(cell)
        known = stored.mark if stored is not None else line.marks[session]
        if known is None:
            return CellLook(None, expected=line.expected[session])
        minutes = known.minutes if known.typed_minutes else None
        return CellLook(self._keys[known.mark], minutes=minutes)

    # -- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._sections)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        section = self._sections[index.column()]
        row = self.rows[index.row()]
        if isinstance(section, int):
            return self._session_data(index.row(), section, role)
        if role == self.TONE and section == WARNING:
            return self.tone(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(section, row)
        if role == Qt.ItemDataRole.ToolTipRole and section == NAME:
            return roll_name(row.participant)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._sections):
            return None
        _ = self._
        what = self._sections[section]
        if isinstance(what, int):
            if role == Qt.ItemDataRole.DisplayRole:
                return _.date_short(self.columns[what].scheduled.on)
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.session_words(what)
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return {
                CODE: _("Código"),
                NAME: _("Nombre"),
                PERCENT: _("Asistencia"),
                WARNING: _("Aviso"),
            }[what]
        return None

    def session_words(self, session: int) -> str:
        """A session in words: "Sesión 14 · martes 24 de noviembre · Presupuesto · Hoy"."""
        one = self.columns[session]
        kind = self._("Recuperación") if one.scheduled.recovery else ""
        parts = (
            self._("Sesión {number}", number=one.scheduled.number),
            self._.weekday_date(one.scheduled.on),
            one.title,
            kind,
            status_words(self._, self.status(session))[0],
        )
        return " · ".join(part for part in parts if part)

    def status(self, session: int) -> SessionStatus:
        """A session's state with what was typed since the grid was read."""
        known = self.columns[session].status
        if known in (SessionStatus.PENDING, SessionStatus.TODAY) and not self.unmarked(session):
            marked = any(self.mark_of(row, session) for row in range(len(self.rows)))
            return SessionStatus.HELD if marked else known
        return known

    # -- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        last = min(self.first + self.count, len(self.columns))
        shown = range(min(self.first, last), last)
        ends: tuple[str, ...] = (PERCENT, WARNING)
        begins = (CODE, NAME) if self.with_code else (NAME,)
        self._sections = (*begins, *shown, *ends) if self.grid is not None else ()

    def _session_data(self, row: int, session: int, role: int) -> Any:
        if role == self.LOOK:
            return self.look(row, session)
        if role == Qt.ItemDataRole.DisplayRole:
            found = self.look(row, session)
            return found.key.word if found.key is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, session)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._spoken(row, session)
        return None

    def _spoken(self, row: int, session: int) -> str:
        look = self.look(row, session)
        if not look.expected and look.key is None:
            word = self._("no le toca")
        elif look.key is None:
            word = self._("sin marca")
        elif look.waiting:
            word = self._("{mark}, guardando", mark=look.key.word)
        elif look.minutes is not None:
            word = self._("{mark}, {count} minutos", mark=look.key.word, count=look.minutes)
        else:
            word = look.key.word
        person = self.rows[row]
        known = person.marks[session]
        reason = known.reason if known is not None else ""
        day = self._.date_short(self.columns[session].scheduled.on)
        text = f"{roll_name(person.participant)}, {day}: {word}"
        return self._("{what}. Corregida: {reason}", what=text, reason=reason) if reason else text

    def _text(self, section: str, row: GridRow) -> str:
        if section == CODE:
            return row.participant.code
        if section == NAME:
            return roll_name(row.participant)
        if section == PERCENT:
            return "" if row.percent is None else self._.percent(row.percent)
        if row.enrolment.left_on is not None:
            return self._("se cambió") if row.enrolment.transferred_to else self._("dejó")
        warning = warning_words(self._, row.eligibility)
        return warning[0] if warning is not None else ""

    def tone(self, row: GridRow) -> Tone:
        """The tone of the warning beside a woman."""
        if row.enrolment.left_on is not None:
            return "neutral"
        warning = warning_words(self._, row.eligibility)
        return warning[1] if warning is not None else "neutral"

    def _on_cells(self, cells: tuple[Cell, ...]) -> None:
        wanted = set(cells)
        for row in range(len(self.rows)):
            for column, section in enumerate(self._sections):
                if isinstance(section, int) and self.cell(row, section) in wanted:
                    index = self.index(row, column)
                    self.dataChanged.emit(index, index)
