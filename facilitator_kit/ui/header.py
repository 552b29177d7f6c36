"""The header of every page: title, context, the command field, and the page's actions.

Where room is short it folds in steps: undo to its icon, further actions into a menu, the command
field to its icon, the context below the title, and at last the title onto several lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from facilitator_kit.ui.command_field import CommandField
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.widgets.buttons import Button, IconButton, PrimaryButton
from facilitator_kit.ui.widgets.labels import Label
from facilitator_kit.ui.widgets.layouts import holder, row
from facilitator_kit.ui.widgets.menus import Menu

_FIELD = 300
_LEAST_FIELD = 180
_STEPS = 5


class Header(QWidget):
    """Shows what a page says of itself. `undo_asked` comes from its undo button."""

    undo_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        px = look.theme.px
        self._primary: PageAction | None = None
        self._secondary: tuple[PageAction, ...] = ()
        self._context: QWidget | None = None
        self._step = -1
        self._typing = False
        self._undo_name = ""
        self.title = Label("", "page-title")
        self.commands = CommandField(look)
        self.open_commands = IconButton(look, "search", look._("Buscar o hacer (Ctrl K)"))
        self.open_commands.clicked.connect(self.start_commands)
        self.undo = Button(look, look._("Deshacer"), icon="undo-2")
        self.undo.clicked.connect(self.undo_asked)
        self.undo.hide()
        self.more = IconButton(look, "ellipsis", look._("Más acciones"))
        self.more.clicked.connect(self._open_menu)
        self._first = QHBoxLayout()
        self._first.setSpacing(px(16))
        self._second = QHBoxLayout()
        self._row = QWidget()
        self._first.addWidget(self.title)
        self._first.addStretch(1)
        self._first.addWidget(self.commands)
        self._first.addWidget(self.open_commands)
        self._first.addWidget(self.undo)
        self._first.addWidget(self.more)
        self._first.addWidget(self._row)
        self._made: list[tuple[Button, bool]] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(10), px(24), px(10))
        whole.setSpacing(px(8))
        whole.addLayout(self._first)
        whole.addLayout(self._second)
        self._scale()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_page(
        self,
        title: str,
        context: QWidget | None,
        primary: PageAction | None,
        secondary: Sequence[PageAction],
    ) -> None:
        """Show another title, context and actions."""
        self.title.setText(title)
        self._take_context(context)
        old = self._faces()
        self._primary, self._secondary = primary, tuple(secondary)
        if self._faces() != old:
            self._make_buttons()
        self._fold()

    def _faces(self) -> list[tuple[object, ...]]:
        """What its buttons show; each does what the action at its place does by then."""
        return [
            (one.text, one.icon, one.enabled, one.tip, one.shortcut, one.prints, is_primary)
            for one, is_primary in self._actions()
        ]

    def _actions(self) -> list[tuple[PageAction, bool]]:
        actions = [(action, False) for action in self._secondary]
        return [*actions, (self._primary, True)] if self._primary is not None else actions

    def _make_buttons(self) -> None:
        focused = self._focused_action()
        self._made = []
        # Made apart and put in as one: shown one by one, each would have the page laid out again.
        line = row(self._look, gap=8)
        for place, (action, is_primary) in enumerate(self._actions()):
            button = self._button(action, place, PrimaryButton if is_primary else Button)
            self._made.append((button, is_primary))
            line.addWidget(button)
        before, self._row = self._row, holder(line)
        # As high as its buttons, so that the field beside it is no higher.
        self._row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._first.removeWidget(before)
        self._second.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._first.addWidget(self._row)
        for button, _is_primary in self._made:
            if button.text() == focused:
                button.setFocus()
        self._step = -1

    def set_undo(self, name: str) -> None:
        """What undoing would take back ("Deshacer: …"); empty when there is nothing."""
        self._undo_name = name
        self.undo.setToolTip(name)
        self.undo.setAccessibleName(name or self._look._("Deshacer"))
        self._step = -1
        self._fold()

    def start_commands(self) -> None:
        """Open the command field, at whatever size there is room for."""
        self._typing = True
        self._step = -1
        self._fold()
        self.commands.start()

    def end_commands(self) -> None:
        """Fold the command field again where it had no room."""
        self._typing = False
        self._step = -1
        self._fold()

    def changeEvent(self, event: QEvent, /) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_made"):
            self._scale()
            self._step = -1

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._fold()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self._look.theme.px(64)))

    def minimumSizeHint(self) -> QSize:
        # It folds rather than ask for room across; the height of its lines it must have.
        return QSize(self._look.theme.px(240), self.sizeHint().height())

    def _scale(self) -> None:
        self.commands.setFixedWidth(self._look.theme.px(_FIELD))
        self.commands.setMinimumHeight(self._look.theme.px(36))

    def _take_context(self, context: QWidget | None) -> None:
        if context is self._context:
            return
        if self._context is not None:
            self._first.removeWidget(self._context)
            self._second.removeWidget(self._context)
            self._context.hide()
        self._context = context
        if context is not None:
            context.setParent(self)
            context.show()
            self._step = -1

    def _fold(self) -> None:
        room = self.width() - 2 * self._look.theme.px(24)
        step = next((n for n in range(_STEPS) if self._needs(n) <= room), _STEPS)
        # Where the field has no room of its own, what one types takes that of the buttons.
        crowded = self._typing and step >= 3
        self._make_room(room, crowded=crowded)
        if step == self._step:
            return
        self._step = step
        self.undo.set_text(self._look._("Deshacer") if step < 1 else "", self.undo.accessibleName())
        self.undo.setVisible(bool(self._undo_name) and not crowded)
        self.more.setVisible(step >= 2 and bool(self._secondary) and not crowded)
        for button, is_primary in self._made:
            button.setVisible((is_primary or step < 2) and not crowded)
        self.commands.setVisible(step < 3 or crowded)
        self.open_commands.setVisible(step >= 3 and not crowded)
        if self._context is not None:
            self._first.removeWidget(self._context)
            self._second.removeWidget(self._context)
            if step < 4 and not crowded:
                self._first.insertWidget(1, self._context)
            else:
                self._second.addWidget(self._context)
        self.title.setWordWrap(step >= _STEPS)
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding if step >= _STEPS else QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Preferred,
        )
        # A new policy forgets that wrapped words ask for height.
        policy.setHeightForWidth(step >= _STEPS)
        self.title.setSizePolicy(policy)
        self._first.setStretch(0, 1000 if step >= _STEPS else 0)
        # At last the actions, too, go below the title.
        self._first.removeWidget(self._row)
        self._second.removeWidget(self._row)
        line = self._second if step >= _STEPS else self._first
        line.addWidget(self._row, 0, Qt.AlignmentFlag.AlignRight)
        self._row.setVisible(any(not button.isHidden() for button, _is_primary in self._made))

    def _make_room(self, room: int, *, crowded: bool) -> None:
        """Let the field be as wide as there is room for; that of the title, too, if need be."""
        px = self._look.theme.px
        beside = room - self._title_width() if crowded else room
        self.title.setVisible(beside >= px(_LEAST_FIELD))
        self.commands.setFixedWidth(min(px(_FIELD), beside if beside >= px(_LEAST_FIELD) else room))

    def _title_width(self) -> int:
        # Before it is first shown it does not know its font yet.
        self.title.ensurePolished()
        words = self.title.fontMetrics().horizontalAdvance(self.title.text())
        return words + self._look.theme.px(16)

    def _needs(self, step: int) -> int:
        """The width that everything asks for, folded this far."""
        px = self._look.theme.px
        gap = px(16)
        needed = self._title_width()
        if self._context is not None and step < 4:
            needed += self._context.sizeHint().width() + gap
        needed += (px(_FIELD) if step < 3 else px(40)) + gap
        if self._undo_name:
            needed += px(116 if step < 1 else 46) + gap
        for button, is_primary in self._made:
            if is_primary or step < 2:
                needed += button.sizeHint().width() + px(8)
        if step >= 2 and self._secondary:
            needed += px(40) + gap
        return needed + gap

    def _button(self, action: PageAction, place: int, kind: type[Button]) -> Button:
        tip = action.tip
        if action.shortcut or action.prints:
            keys = action.shortcut or "Ctrl+P"
            tip = f"{tip} ({keys})" if tip else keys
        button = kind(
            self._look,
            action.text,
            icon=action.icon,
            on_click=lambda: self._actions()[place][0].run(),
            tip=tip,
        )
        button.setEnabled(action.enabled)
        return button

    def _focused_action(self) -> str:
        return next((button.text() for button, _one in self._made if button.hasFocus()), "")

    def _open_menu(self) -> None:
        menu = Menu(self)
        for action in self._secondary:
            icon = self._look.icons.icon(action.icon) if action.icon else None
            entry = menu.addAction(action.text)
            if icon is not None:
                entry.setIcon(icon)
            entry.setEnabled(action.enabled)
            entry.triggered.connect(lambda _on=False, run=action.run: run())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))
