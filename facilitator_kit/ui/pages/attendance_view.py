"""The attendance grid on the screen: painted by hand, typed with one key a person."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.attendance_model import (
    CODE,
    NAME,
    PERCENT,
    WARNING,
    GridModel,
)
from facilitator_kit.ui.pages.attendance_paint import CellPainter, Chooser, DateHeader
from facilitator_kit.ui.pages.cohorts_words import mark_keys

ROW: Final = 36
SESSION: Final = 62
LEAST_NAME: Final = 170
MOST_NAME: Final = 240


class AttendanceView(Chooser):
    """Keys make marks; `marked`, `cleared`, `digit` and `all_asked` tell what was asked for.

    The arrows, Enter and Tab move; the current cell is always a session's. `row` and `session`
    are places in the model's grid. `session_chosen` carries the session of the current cell.
    """

    marked = Signal(int, int, object)
    cleared = Signal(int, int)
    digit = Signal(int, int, str)
    all_asked = Signal(int)
    session_chosen = Signal(int)
    window_changed = Signal()

    def __init__(self, look: Look, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._grid = model
        model.setParent(self)
        self._keys = {one.key.upper(): one.mark for one in mark_keys(look._)}
        self._all_key = look._("T todas presentes")[0].upper()
        self.row = 0
        self.session = -1
        self.setModel(model)
        self.setItemDelegate(CellPainter(look, self))
        self.setHorizontalHeader(DateHeader(look, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setAccessibleName(look._("Asistencia: una tecla por persona"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().sectionClicked.connect(self._on_header)
        model.modelReset.connect(self._take_up)
        self._fit_rows()

    # -- for the page ------------------------------------------------------------------------

    def choose(self, session: int, row: int | None = None) -> None:
        """Make a session (and a row) current and bring it into view."""
        if not 0 <= session < len(self._grid.columns):
            return
        if row is not None:
            self.row = row
        changed = session != self.session
        self.session = session
        self._grid.chosen = session
        if self._grid.column_of(session) < 0:
            self._show_window(session)
        self._take_up()
        self.horizontalHeader().viewport().update()
        if changed:
            self.session_chosen.emit(session)

    def choose_first_open(self) -> None:
        """Go to the first person of the current session who has no mark yet."""
        if self.session < 0:
            return  # a cohort without a calendar
        rows = range(len(self._grid.rows))
        expected = [row for row in rows if self._grid.expected(row, self.session)]
        still = [row for row in expected if self._grid.mark_of(row, self.session) is None]
        self.choose(self.session, next(iter(still or expected), 0))

    def advance(self, by: int = 1) -> bool:
        """Go to the next person expected at this session; False at the end of the list."""
        row = self.row + by
        while 0 <= row < len(self._grid.rows):
            if self._grid.expected(row, self.session):
                self.choose(self.session, row)
                return True
            row += by
        return False

    def turn_page(self, by: int) -> None:
        """Show the sessions before or after those in view."""
        count = max(1, self._grid.count)
        last = max(0, len(self._grid.columns) - count)
        first = min(max(0, self._grid.first + by * count), last)
        if first == self._grid.first:
            return
        self._grid.set_window(first, count, with_code=self._grid.with_code)
        inside = min(max(self.session, first), first + count - 1)
        self._fit()
        self.window_changed.emit()
        self.choose(inside)

    def cell_rect(self) -> QRect:
        """Where the current cell is, in the view's coordinates."""
        rect = self.visualRect(self.currentIndex())
        return rect.translated(self.viewport().pos())

    # -- keys --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        control = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if self.session < 0 or not self._grid.rows:
            super().keyPressEvent(event)
            return
        if not control and self._type(event.text().upper()):
            return
        key = event.key()
        back_down = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        across = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not control:
            self.cleared.emit(self.row, self.session)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.advance(-1 if back_down else 1)
        elif key == Qt.Key.Key_Down:
            self.advance()
        elif key == Qt.Key.Key_Up:
            self.advance(-1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = across if key == Qt.Key.Key_Right else -across
            if control:
                self.turn_page(step)
            else:
                self.choose(min(max(0, self.session + step), len(self._grid.columns) - 1))
        elif key == Qt.Key.Key_Home:
            self.choose(self.session, 0)
        elif key == Qt.Key.Key_End:
            self.choose(self.session, len(self._grid.rows) - 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
            row = self.row + (step if key == Qt.Key.Key_PageDown else -step)
            self.choose(self.session, min(max(0, row), len(self._grid.rows) - 1))
        else:
            event.ignore()

    def focusNextPrevChild(self, onward: bool, /) -> bool:
        """Tab goes along the people and leaves the grid at its ends."""
        if self.session >= 0 and self._grid.rows and self.advance(1 if onward else -1):
            return True
        return super().focusNextPrevChild(onward)

    def _type(self, text: str) -> bool:
        if len(text) != 1:
            return False
        if text in self._keys:
            self.marked.emit(self.row, self.session, self._keys[text])
        elif text == self._all_key:
            self.all_asked.emit(self.session)
        elif text.isdecimal() and text.isascii():
            self.digit.emit(self.row, self.session, text)
        else:
            return False
        return True

    # -- mouse -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        index = self.indexAt(event.position().toPoint())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if index.isValid():
            section = self._grid.section(index.column())
            session = section if isinstance(section, int) else self.session
            self.choose(session, index.row())

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        event.accept()

    def _on_header(self, column: int) -> None:
        section = self._grid.section(column)
        if isinstance(section, int):
            self.choose(section)
            self.choose_first_open()
            self.setFocus()

    # -- sizes -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._fit_rows()
            self.fit()

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def fit(self) -> None:
        """As many sessions as there is room for, with the current one in view."""
        if self._grid.grid is None:
            return
        count, with_code = self._room()
        first = self._grid.first
        if count != self._grid.count or with_code != self._grid.with_code:
            session = self.session
            if session >= 0 and not first <= session < first + count:
                first = session - count + 1
            last = max(0, len(self._grid.columns) - count)
            self._grid.set_window(min(max(0, first), last), count, with_code=with_code)
            self.window_changed.emit()
        self._fit()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.theme.px(ROW))

    def _room(self) -> tuple[int, bool]:
        """How many sessions fit, and whether the codes do."""
        px = self._look.theme.px
        fixed = self._widths()
        name = max(px(LEAST_NAME), min(fixed[NAME], px(MOST_NAME)))
        spare = self.viewport().width() - fixed[PERCENT] - fixed[WARNING] - name
        with_code = spare - fixed[CODE] >= 3 * px(SESSION)
        if with_code:
            spare -= fixed[CODE]
        count = max(1, spare // px(SESSION))
        return min(count, max(1, len(self._grid.columns))), with_code

    def _widths(self) -> dict[str, int]:
        """What the columns beside the sessions ask for."""
        px = self._look.theme.px
        small = QFontMetrics(self._look.theme.font("small-strong"))
        strong = QFontMetrics(self._look.theme.font("strong"))
        body = QFontMetrics(self._look.theme.font("body"))
        grid, _ = self._grid, self._look._
        codes = max((body.horizontalAdvance(r.participant.code) for r in grid.rows), default=0)
        names = max(
            (strong.horizontalAdvance(self._name(r)) for r in range(len(grid.rows))), default=0
        )
        widest = max(
            (
                _("ya no alcanza"),
                _("no puede faltar"),
                _("puede faltar {hours}", hours=_("{count} min", count=55)),
            ),
            key=small.horizontalAdvance,
        )
        return {
            CODE: max(codes, small.horizontalAdvance(_("Código"))) + px(24),
            NAME: names + px(24),
            PERCENT: small.horizontalAdvance(_("Asistencia")) + px(20),
            WARNING: small.horizontalAdvance(widest) + px(34),
        }

    def _name(self, row: int) -> str:
        index = self._grid.index(row, 1 if self._grid.with_code else 0)
        return str(index.data() or "")

    def _fit(self) -> None:
        px = self._look.theme.px
        fixed = self._widths()
        header = self.horizontalHeader()
        sessions = [
            c for c in range(self._grid.columnCount()) if isinstance(self._grid.section(c), int)
        ]
        width = self.viewport().width()
        taken = fixed[PERCENT] + fixed[WARNING] + (fixed[CODE] if self._grid.with_code else 0)
        taken += len(sessions) * px(SESSION)
        spare = max(width - taken, px(60))
        # A long name gives way; a short one leaves its room to the end of the row.
        name = min(spare, max(fixed[NAME], px(LEAST_NAME)))
        for column in range(self._grid.columnCount()):
            section = self._grid.section(column)
            if isinstance(section, int):
                header.resizeSection(column, px(SESSION))
            elif section == NAME:
                header.resizeSection(column, name)
            elif section == WARNING:
                header.resizeSection(column, max(fixed[WARNING], fixed[WARNING] + spare - name))
            else:
                header.resizeSection(column, fixed[section])

    def _show_window(self, session: int) -> None:
        count, with_code = self._room()
        last = max(0, len(self._grid.columns) - count)
        # The chosen session is the last in view when one comes from before, the first otherwise.
        first = session if session < self._grid.first else session - count + 1
        self._grid.set_window(min(max(0, first), last), count, with_code=with_code)
        self._fit()
        self.window_changed.emit()

    def _take_up(self) -> None:
        self.row = min(self.row, max(0, len(self._grid.rows) - 1))
        if self.session >= len(self._grid.columns):
            self.session = len(self._grid.columns) - 1
        column = self._grid.column_of(self.session)
        index = self._grid.index(self.row, column) if column >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(240), px(ROW * 4))
