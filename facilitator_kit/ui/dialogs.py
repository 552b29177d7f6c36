"""Dialogs: a title, a body that scrolls where it must, one primary button, Escape to leave.

A dialog is opened with `open()` (it never starts an event loop of its own) and tells how it ended
through its signals or the callback it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from facilitator_kit.errors import InputRefused, KitError, Problem
from facilitator_kit.ui.bugs import BugReport
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.keyboard import HeldKeys
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.reading_order import go_on, tab_stops
from facilitator_kit.ui.tokens import Token
from facilitator_kit.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from facilitator_kit.ui.widgets.fields import FormField, MultilineField
from facilitator_kit.ui.widgets.labels import IconLabel, Label
from facilitator_kit.ui.widgets.layouts import Scroll, column, natural_height, row
from facilitator_kit.ui.widgets.records import Column, RecordModel
from facilitator_kit.ui.widgets.tables import RecordTable

Result = TypeVar("Result")


class Dialog(QDialog):
    """Base of all dialogs. Add to `body`; the primary button runs `submit`.

    Ctrl+Enter always submits, Enter does so from a one-line field, Escape leaves. `width` is in
    design pixels; the dialog never grows beyond the screen, its body scrolls instead.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        *,
        primary: str,
        text: str = "",
        cancel: str | None = None,
        icon: str = "",
        token: Token = "primary",
        danger: bool = False,
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if parent is None:
            look.theme.dress(self)
        self.look = look
        self._ = look._
        self._width = width
        px = look.theme.px
        # The title may name a person: it stands in the dialog, not in every task bar.
        self.setWindowTitle(look._("Kit de Facilitación"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.body: QVBoxLayout = column(look, gap=16)
        head = Label(title, "page-title", wrap=True)
        top = (
            row(look, IconLabel(look, icon, token, size=24), head, gap=12)
            if icon
            else row(look, head)
        )
        top.setStretch(top.count() - 1, 1)
        if text:
            self.body.addWidget(Label(text, wrap=True))
        kind = DangerButton if danger else PrimaryButton
        self.primary = kind(look, primary, on_click=self.submit)
        self.cancel = Button(look, cancel or look._("Cancelar"), on_click=self.reject)
        if cancel == "":
            self.cancel.hide()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.primary)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(20), px(24), px(20))
        whole.setSpacing(px(16))
        whole.addLayout(top)
        self._top = top
        inner = column(look, gap=0, margin=2)
        inner.addLayout(self.body)
        self._scroll = Scroll(inner)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(self.buttons)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or a layout below what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)

    def add_button(self, button: QWidget) -> None:
        """Another button, at the other end of the row."""
        self.buttons.insertWidget(0, button)

    def submit(self) -> None:
        """What the primary button does: check every field, and accept where all are valid."""
        fields: list[FormField[object]] = [
            field for field in self.findChildren(FormField) if field.isVisibleTo(self)
        ]
        wrong = [field for field in fields if not field.valid()]
        if wrong:
            wrong[0].setFocus()
            self.make_room_for(wrong[0])
            return
        self.accept()

    def make_room_for(self, part: QWidget) -> None:
        """Grow, and scroll where that is not enough, so that what a part now says is seen."""

        def make_room() -> None:
            self.resize(self.size().expandedTo(self.sizeHint()))
            self._scroll.ensureWidgetVisible(part)

        # What is wrong stands below the fields: there is room for it once it is laid out.
        QTimer.singleShot(0, self, make_room)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            focus = self.focusWidget()
            if self.primary.isEnabled() and (
                control or not isinstance(focus, QPlainTextEdit | Button)
            ):
                self.submit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        room = self._room()
        width = min(px(self._width), room.width())
        inside = width - px(48)
        # A scroll area never asks for room; its content does, at this width.
        heights = natural_height(self._top, inside) + self._scroll.content_height(inside)
        height = heights + self.buttons.sizeHint().height() + px(20 + 20 + 16 + 16) + 4
        return QSize(width, min(height, room.height()))

    def showEvent(self, event: QShowEvent, /) -> None:
        self.resize(self.sizeHint())
        super().showEvent(event)
        self._give_keyboard()

    def focusNextPrevChild(self, onward: bool, /) -> bool:
        return go_on(self, onward)

    def _give_keyboard(self) -> None:
        """Typing can begin at once: the keyboard is in the first field."""
        inside = tab_stops(self._scroll)
        if inside and isinstance(inside[0].parentWidget(), FormField):
            inside[0].setFocus()
        elif self.cancel.isVisibleTo(self) and isinstance(self.primary, DangerButton):
            self.cancel.setFocus()
        elif inside and not self.primary.isEnabled():
            inside[0].setFocus()
        else:
            self.primary.setFocus()

    def _room(self) -> QSize:
        size = self.screen().availableSize()
        return QSize(size.width() - 32, size.height() - 64)


def read_then_ask(
    jobs: Jobs, read: Callable[[], Result], make: Callable[[Result], Dialog], owner: QWidget
) -> None:
    """Read what a dialog offers on the worker, then make and open it; asked twice, once."""

    def answered(found: Result) -> None:
        if QApplication.activeModalWidget() is None:
            open_in_turns(jobs, make(found))

    jobs.run(read, answered, owner=owner)


def open_in_turns(jobs: Jobs, dialog: Dialog) -> None:
    """Open a large dialog that was just made: laid out in one turn, shown in another.

    All at once, its many fields would hold the screen up too long. What is typed meanwhile is for
    the dialog. Where another one is open by then, this one is not opened.
    """
    held = HeldKeys(dialog)

    def show() -> None:
        if QApplication.activeModalWidget() is None:
            dialog.open()
        else:
            dialog.deleteLater()
        held.hand_on()

    jobs.later(dialog.sizeHint, owner=dialog)
    jobs.later(show, owner=dialog)


class ConfirmDialog(Dialog):
    """Asks before something is done; with `reason_label` the reason is asked for and handed on.

    `on_yes(reason)` is called once the person agreed; without a reason field it gets "".
    """

    def __init__(
        self,
        look: Look,
        title: str,
        text: str,
        *,
        yes: str,
        on_yes: Callable[[str], object],
        reason_label: str = "",
        reason_required: bool = True,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, title, text=text, primary=yes, danger=danger, parent=parent)
        self.reason: MultilineField | None = None
        if reason_label:
            self.reason = MultilineField(look, reason_label, required=reason_required)
            self.add(self.reason)
        self._on_yes = on_yes
        self.accepted.connect(self._agree)

    def _agree(self) -> None:
        self._on_yes((self.reason.value() or "") if self.reason is not None else "")


class MessageDialog(Dialog):
    """Says one thing and waits until it has been read."""

    def __init__(
        self,
        look: Look,
        title: str,
        text: str,
        *,
        icon: str = "info",
        token: Token = "note",
        width: int = 480,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look,
            title,
            text=text,
            primary=look._("Entendido"),
            cancel="",
            icon=icon,
            token=token,
            width=width,
            parent=parent,
        )


class ProblemsDialog(MessageDialog):
    """Why something was refused, with every problem: where it is, what is wrong, what to do."""

    def __init__(
        self,
        look: Look,
        title: str,
        text: str,
        problems: Sequence[Problem],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            look, title, text, icon="triangle-alert", token="bad", width=820, parent=parent
        )
        _ = look._
        self._problems = tuple(problems)
        columns = (
            Column[Problem](_("Dónde"), self._where, style="strong"),
            Column[Problem](
                _("Qué pasa"),
                lambda one: _.render(one.reason),
                stretch=True,
                tip=lambda one: _.render(one.reason),
            ),
            Column[Problem](
                _("Qué hacer"),
                lambda one: _.render(one.remedy),
                style="muted",
                stretch=True,
                tip=lambda one: _.render(one.remedy),
            ),
        )
        table = RecordTable(look, _("Problemas encontrados"), RecordModel(columns, problems))
        table.setMinimumHeight(look.theme.px(min(36 * (len(problems) + 1) + 24, 320)))
        self.add(Label(_.plural("{count} problema", "{count} problemas", len(problems)), "strong"))
        self.add(table, 1)
        self.add_button(Button(look, _("Copiar la lista"), icon="copy", on_click=self.copy))

    def copy(self) -> None:
        """Put the list on the clipboard, one problem a line."""
        _ = self._
        lines = (
            " · ".join((self._where(one), _.render(one.reason), _.render(one.remedy)))
            for one in self._problems
        )
        QApplication.clipboard().setText("\n".join(lines))

    def _where(self, one: Problem) -> str:
        place = one.place if isinstance(one.place, str) else self._.render(one.place)
        line = self._("fila {line}", line=one.line) if one.line and not place else ""
        return " · ".join(part for part in (one.file, place, line) if part)


class BugDialog(MessageDialog):
    """Says once that the program failed, and where the report without personal data lies."""

    def __init__(self, look: Look, report: BugReport, *, parent: QWidget | None = None) -> None:
        _ = look._
        where = (
            _("El informe quedó guardado en: {file}", file=report.file)
            if report.file is not None
            else _("El informe no se pudo guardar; puede copiarlo desde aquí.")
        )
        super().__init__(
            look,
            _("Algo falló en el programa"),
            _(
                "Lo que ya estaba guardado sigue guardado. Puede continuar; si vuelve a pasar, "
                "entregue este informe a quien da soporte. No contiene datos de personas."
            ),
            icon="triangle-alert",
            token="attention",
            width=640,
            parent=parent,
        )
        self.add(Label(where, "muted", wrap=True))
        shown = QPlainTextEdit(report.text)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Informe del fallo"))
        shown.setTabChangesFocus(True)
        shown.setMinimumHeight(look.theme.px(180))
        self.add(shown, 1)


def error_dialog(look: Look, error: KitError, parent: QWidget | None = None) -> Dialog:
    """The dialog that fits a refusal: with its list where it has one."""
    _ = look._
    if isinstance(error, InputRefused) and error.problems:
        return ProblemsDialog(
            look,
            _.render(error.reason),
            _.render(error.remedy),
            error.problems,
            parent=parent,
        )
    return MessageDialog(
        look,
        _("No se pudo hacer"),
        error.text(_),
        icon="circle-alert",
        token="attention",
        parent=parent,
    )
