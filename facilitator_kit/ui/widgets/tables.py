"""The one table of the program: rows of records, pills of state, everything by keyboard."""

from __future__ import annotations

from typing import Generic

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyle,
    QTableView,
    QWidget,
)

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets.cells import CellPainter
from facilitator_kit.ui.widgets.menus import Menu
from facilitator_kit.ui.widgets.records import PagedModel, Record, RecordModel, TableModel

_SAMPLED = 60


class _Header(QHeaderView):
    """Column titles; the one the list is ordered by carries an arrow."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(look.theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int, /) -> None:
        super().paintSection(painter, rect, section)
        model = self.model()
        if not isinstance(model, TableModel) or model.sorted_by is None:
            return
        column, descending = model.sorted_by
        if column != section:
            return
        name = "chevron-down" if descending else "chevron-up"
        pixmap = self._look.icons.pixmap(name, "muted", 12)
        side = self._look.theme.px(12)
        spot = QRect(rect.right() - side + 2, rect.center().y() - side // 2 + 1, side, side)
        painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), rect, spot), pixmap)


class _View(QTableView):
    """Rows are chosen whole; Enter opens one, Tab leaves the table, the menu key orders it."""

    entered_row = Signal()
    resized = Signal()
    entered = Signal()

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # Ctrl+Enter is for the dialog around it.
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered_row.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class RecordTable(QWidget, Generic[Record]):
    """A list of records. `name` is what screen readers call it.

    `selected` carries the record of the current row, or None; `activated` the record that Enter
    or a double click opens. A current record stays current when the model reads again, as long as
    it is still there. `empty` is shown while there are no rows.
    """

    selected = Signal(object)
    activated = Signal(object)

    def __init__(
        self,
        look: Look,
        name: str,
        model: RecordModel[Record] | PagedModel[Record],
        *,
        empty: QWidget | None = None,
        row_height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._kept: tuple[object, int] | None = None
        self.model = model
        model.setParent(self)
        self.view = _View(self)
        self.view.setAccessibleName(name)
        self._painter = CellPainter(look, self.view, model, row_height)
        self._set_up_view()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._empty: QWidget | None = None
        if empty is not None:
            self.set_empty(empty)
        self.setFocusProxy(self.view)
        self._connect()
        self._show_rows()

    def current(self) -> Record | None:
        """The record of the current row."""
        index = self.view.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def chosen(self) -> tuple[Record, ...]:
        """The records of all selected rows, from top to bottom."""
        # By ranges: of a hundred thousand rows chosen at once, an index each would take seconds.
        selection = self.view.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        found: list[Record] = []
        below = 0
        for first, last in sorted((one.top(), one.bottom()) for one in ranges):
            found += self.model.records(max(first, below), last)
            below = max(last + 1, below)
        return tuple(found)

    def select(self, identity: object) -> bool:
        """Make the record with this identity current; False where it is not in the list."""
        return self._go(self.model.find(identity))

    def select_first(self) -> bool:
        """Make the first row current, if there is one and none is current yet."""
        if self.view.selectionModel().hasSelection():
            return True
        return self._go(max(self.view.currentIndex().row(), 0))

    def set_empty(self, empty: QWidget) -> None:
        """What to show while there are no rows."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = empty
        self._stack.addWidget(empty)
        self._show_rows()

    def order_by(self, column: int | None, *, descending: bool = False) -> None:
        """Order by a column, as a click on its title does."""
        self.model.order_by(column, descending=descending)

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_stack"):
            self._fit()

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(self._painter)
        header = _Header(self._look, view)
        view.setHorizontalHeader(header)
        # Of its own, and empty: to paint a title Qt asks of every row whether its cell is selected,
        # and of a hundred thousand selected ones that takes more than a second.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        view, model = self.view, self.model
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.doubleClicked.connect(self._activate)
        view.entered_row.connect(self._activate)
        view.resized.connect(self._fit)
        # Qt makes a cell current when the keyboard arrives, but selects nothing.
        view.entered.connect(self.select_first)
        view.customContextMenuRequested.connect(self._offer_orders)
        view.horizontalHeader().sectionClicked.connect(self._turn_order)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._take_up)
        model.dataChanged.connect(self._on_data)

    def _go(self, row: int) -> bool:
        if not 0 <= row < self.model.rowCount():
            return False
        index = self.model.index(row, self._key_column())
        self.view.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        across = self.view.horizontalScrollBar().value()
        self.view.scrollTo(index)
        self.view.horizontalScrollBar().setValue(across)
        return True

    def _key_column(self) -> int:
        """The column that typing searches in: the strong one, where names are."""
        for place, column in enumerate(self.model.columns):
            if column.style == "strong":
                return place
        return 0

    def _activate(self) -> None:
        record = self.current()
        if record is not None:
            self.activated.emit(record)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.view.viewport().update()
        self.selected.emit(self.model.record(current.row()) if current.isValid() else None)

    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        self._fit()
        row = self.view.currentIndex().row()
        if first.row() <= row <= last.row():
            self.selected.emit(self.model.record(row))

    def _keep(self) -> None:
        record = self.current()
        scrolled = self.view.verticalScrollBar().value()
        self._kept = (self.model.identity(record), scrolled) if record is not None else None

    def _take_up(self) -> None:
        self._show_rows()
        kept, self._kept = self._kept, None
        if kept is None:
            return
        identity, scrolled = kept
        if self.select(identity):
            self.view.verticalScrollBar().setValue(scrolled)
            # A row that has moved away in the list is followed: nobody looks for the keyboard.
            place = self.view.visualRect(self.view.currentIndex())
            if not self.view.viewport().rect().contains(place.center()):
                self._go(self.view.currentIndex().row())
        else:
            self.selected.emit(None)

    def _show_rows(self) -> None:
        if self._empty is not None and self.model.rowCount() == 0:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self.view)
        self._fit()

    def _fit(self) -> None:
        """Give every column what it needs, and what is left to those that stretch."""
        px = self._look.theme.px
        view, header = self.view, self.view.horizontalHeader()
        view.verticalHeader().setDefaultSectionSize(px(self._painter.row_height))
        widths = [self._wanted(place) for place in range(len(self.model.columns))]
        stretch = [place for place, column in enumerate(self.model.columns) if column.stretch]
        spare = view.viewport().width() - sum(widths)
        if spare > 0:
            takers = stretch or ([len(widths) - 1] if widths else [])
            for place in takers:
                widths[place] += spare // len(takers)
        elif stretch:
            # Long texts give way first, down to a width that still says something; names never.
            for place in stretch:
                named = self.model.columns[place].style == "strong"
                title = header.sectionSizeFromContents(place).width()
                least = widths[place] if named else min(widths[place], max(px(160), title))
                given = min(widths[place] - least, -spare)
                widths[place] -= given
                spare += given
        for place, width in enumerate(widths):
            header.resizeSection(place, width)

    def _wanted(self, place: int) -> int:
        column = self.model.columns[place]
        header = self.view.horizontalHeader().sectionSizeFromContents(place).width()
        if column.width:
            # In another language the title may be longer than what stands below it.
            return max(self._look.theme.px(column.width), header)
        rows = range(min(self.model.rowCount(), _SAMPLED))
        cells = (self._painter.width(row, place) for row in rows)
        return max(header, max(cells, default=0)) + self._look.theme.px(4)

    def _turn_order(self, column: int) -> None:
        if not self.model.columns[column].sortable:
            return
        if self.model.sorted_by == (column, False):
            self.model.order_by(column, descending=True)
        elif self.model.sorted_by == (column, True):
            self.model.order_by(None)
        else:
            self.model.order_by(column)

    def _offer_orders(self, place: QPoint) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self.model.columns):
            if column.sortable:
                action = menu.addAction(self._look._("Ordenar por {column}", column=column.title))
                action.triggered.connect(lambda _on=False, n=number: self._turn_order(n))
        if not menu.isEmpty():
            menu.popup(self.view.viewport().mapToGlobal(place))
