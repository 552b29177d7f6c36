"""Form fields: label above, hint or error below; what is typed is never lost.

A field that is left, or rests for a moment, hands what was typed to `on_commit(value)` when it is
valid and to `on_draft(text)` when it is not, so that the page stores the one as a value and the
other as a flagged draft.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from facilitator_kit.i18n import Message
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets.editing import leaves_undo
from facilitator_kit.ui.widgets.labels import Label, restyle

Value = TypeVar("Value")

REST_MS: Final = 700
"""After this rest in typing, what is there is handed on, so that a power cut loses little."""


# Without slots: in Python 3.11 a frozen generic with slots cannot be made as `FieldState[str](…)`.
@dataclass(frozen=True)
class FieldState(Generic[Value]):
    """What a field holds: a value, or a draft with the reason why it is none.

    `value` is the last valid one (None: empty); `draft` is the text as typed where `problem` says
    something, else "".
    """

    value: Value | None
    draft: str = ""
    problem: str = ""

    @property
    def valid(self) -> bool:
        return not self.problem


class Invalid(Exception):  # noqa: N818 - it is an answer to what was typed
    """Raised by a field's `parse` or `check`: what is typed cannot be taken, and why."""

    def __init__(self, reason: Message | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


class FormField(QWidget, Generic[Value]):
    """Base of the fields. `changed` carries a `FieldState` after each commit or draft.

    `required` refuses an empty field; `check(value)` may raise `Invalid`.
    """

    changed = Signal(object)

    def __init__(
        self,
        look: Look,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        check: Callable[[Value], object] | None = None,
        on_commit: Callable[[Value | None], object] | None = None,
        on_draft: Callable[[str], object] | None = None,
        show_label: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ = look._
        self._required = required
        self._hint = hint
        self._check = check
        self._on_commit = on_commit
        self._on_draft = on_draft
        self._told: tuple[bool, Any] | None = None
        self._state: FieldState[Value] = FieldState(None)
        self.editor = editor
        self._name = label
        words = self._("{label} (necesario)", label=label) if required else label
        editor.setAccessibleName(words)
        self._label = Label(words, "small-strong", wrap=True)
        self._label.setBuddy(editor)
        if not (show_label and label):
            self._label.hide()
        self._note: Label | None = None
        self._said = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(4))
        layout.addWidget(self._label)
        layout.addWidget(editor)
        if hint:
            self._say(hint, None)
        self.setFocusProxy(editor)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.commit)
        editor.installEventFilter(self)

    # -- what kinds of field differ in ------------------------------------------------------

    def typed(self) -> str:
        """What stands in the field, as text."""
        raise NotImplementedError

    def parse(self, text: str) -> Value | None:
        """The value of a text, None for an empty one; raises `Invalid`."""
        raise NotImplementedError

    def show_value(self, value: Value | None) -> None:
        """Write a value into the editor."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Write a draft into the editor as it was typed."""
        raise NotImplementedError

    def missing(self) -> str:
        """What to do about an empty field that is required."""
        return self._("Escriba este dato: es necesario.")

    # -- for pages ----------------------------------------------------------------------------

    def state(self) -> FieldState[Value]:
        """What the field holds now, including what has been typed since the last commit."""
        self._read()
        return self._state

    def value(self) -> Value | None:
        """The value, None where the field is empty or not valid."""
        state = self.state()
        return state.value if state.valid else None

    def valid(self) -> bool:
        """Whether the field could be stored as it is; shows the reason where not."""
        self._read()
        self._show_problem()
        return self._state.valid

    def set_value(self, value: Value | None) -> None:
        """Show a stored value. Nobody is told; a field being typed in is left alone."""
        if self._rest.isActive():
            return
        self._write(lambda: self.show_value(value))
        self._state = FieldState(value)
        self._told = (True, value)
        self.set_error("")

    def set_draft(self, text: str) -> None:
        """Show a stored draft, flagged with what is wrong with it."""
        self._write(lambda: self.show_text(text))
        self._read()
        self._told = (False, text)
        self._show_problem()

    def set_error(self, reason: str) -> None:
        """Show a reason from elsewhere ("this code is taken"), or none."""
        if reason == self._said:
            return
        self._said = reason
        self._say(reason or self._hint, "bad" if reason else None)
        self.editor.setProperty("invalid", bool(reason))
        restyle(self.editor)

    def commit(self) -> bool:
        """Hand on what is typed, now; True where it was a valid value."""
        self._rest.stop()
        self._read()
        self._show_problem()
        state = self._state
        told = (state.valid, state.value if state.valid else state.draft)
        if told != self._told:
            self._told = told
            if state.valid and self._on_commit is not None:
                self._on_commit(state.value)
            elif not state.valid and self._on_draft is not None:
                self._on_draft(state.draft)
            self.changed.emit(state)
        return state.valid

    # -- inside -------------------------------------------------------------------------------

    def on_typed(self) -> None:
        """To be called by a kind of field whenever its editor was typed in."""
        self._rest.start()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self.editor and leaves_undo(self.editor, event):
            event.ignore()
            return True
        if (
            watched is self.editor
            and event.type() is QEvent.Type.FocusOut
            and (self._rest.isActive())
        ):
            self.commit()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: Any, /) -> None:
        # A page that is left, or a window that closes, takes nothing typed with it.
        if self._rest.isActive():
            self.commit()
        super().hideEvent(event)

    def _say(self, words: str, tone: Tone | None) -> None:
        """Below the field; most fields never have anything to say there."""
        if self._note is None:
            self._note = Label("", "small", wrap=True)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.addWidget(self._note)
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._note.set_tone(tone)
        self.editor.setAccessibleDescription(words)

    def _write(self, show: Callable[[], None]) -> None:
        self.editor.blockSignals(True)
        show()
        self.editor.blockSignals(False)
        self._rest.stop()

    def _read(self) -> None:
        text = self.typed()
        try:
            value = self.parse(text)
            if value is None or value == "":
                if self._required:
                    raise Invalid(self.missing())
            elif self._check is not None:
                self._check(value)
        except Invalid as no:
            reason = self._.render(no.reason) if isinstance(no.reason, Message) else no.reason
            self._state = FieldState(self._state.value, text, reason)
        else:
            self._state = FieldState(value)

    def _show_problem(self) -> None:
        self.set_error(self._state.problem)


class TextField(FormField[str]):
    """One line of text; spaces around it are taken away. An empty field is "" (never None).

    `entered` comes after Enter, once what was typed is committed.
    """

    entered = Signal()

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        max_length: int = 0,
        secret: bool = False,
        **more: Any,
    ) -> None:
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(placeholder)
        if max_length:
            self._edit.setMaxLength(max_length)
        if secret:
            self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(look, label, self._edit, **more)
        self.set_value(value)
        self._edit.textEdited.connect(self.on_typed)
        self._edit.returnPressed.connect(self.commit)
        self._edit.returnPressed.connect(self.entered)

    def typed(self) -> str:
        return self._edit.text()

    def parse(self, text: str) -> str | None:
        return text.strip()

    def show_value(self, value: str | None) -> None:
        self._edit.setText(value or "")

    def show_text(self, text: str) -> None:
        self._edit.setText(text)


class MultilineField(FormField[str]):
    """Several lines of text; `lines` is the height shown. Tab leaves it."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        value: str = "",
        placeholder: str = "",
        lines: int = 3,
        **more: Any,
    ) -> None:
        self._edit = QPlainTextEdit()
        self._edit.setPlaceholderText(placeholder)
        self._edit.setTabChangesFocus(True)
        super().__init__(look, label, self._edit, **more)
        self._edit.setFixedHeight(look.theme.px(20 * lines + 18))
        self.set_value(value)
        self._edit.textChanged.connect(self.on_typed)

    def typed(self) -> str:
        return self._edit.toPlainText()

    def parse(self, text: str) -> str | None:
        return text.strip()

    def show_value(self, value: str | None) -> None:
        self._edit.setPlainText(value or "")

    def show_text(self, text: str) -> None:
        self._edit.setPlainText(text)
