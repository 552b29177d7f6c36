"""Small questions of the attendance tab: minutes of who came late, and who came unannounced."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from facilitator_kit.monitoring.records import Channel, Participant, SafeContact
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.cohorts_words import channel_choices
from facilitator_kit.ui.widgets import ChoiceField, Label, TextField, column


class MinutesPopup(QFrame):
    """Asks beside a cell for how many minutes she was there; Enter takes them, Escape leaves."""

    typed = Signal(int)

    def __init__(self, look: Look, first: str, most: int, who: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        _ = look._
        self._most = most
        self._edit = QLineEdit(first)
        self._edit.setAccessibleName(_("Minutos que estuvo {who}", who=who))
        self._edit.setValidator(QIntValidator(0, 999, self))
        self._edit.setMaximumWidth(look.theme.px(110))
        self._note = Label(_("Retardo: Entrar para guardar, Esc para salir."), "small", wrap=True)
        self._too_many = _("La sesión dura {count} minutos.", count=most)
        words = Label(_("Minutos que estuvo"), "small-strong")
        words.setBuddy(self._edit)
        self.setLayout(column(look, words, self._edit, self._note, gap=6, margin=12))
        self.setFixedWidth(look.theme.px(220))
        self._edit.returnPressed.connect(self._take)

    def open_at(self, cell: QRect) -> None:
        """Show below a cell of the parent, the keyboard in the field."""
        parent = self.parentWidget()
        assert parent is not None
        self.adjustSize()
        self.move(parent.mapToGlobal(cell.bottomLeft() + QPoint(0, 4)))
        self.show()
        self._edit.setFocus()
        self._edit.setCursorPosition(len(self._edit.text()))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        minutes = int(self._edit.text() or -1)
        if not 0 <= minutes <= self._most:
            self._note.setText(self._too_many)
            self._note.set_tone("bad")
            return
        self.close()
        self.typed.emit(minutes)


class WalkInDialog(Dialog):
    """The least data of somebody who came to a session without being enrolled."""

    def __init__(self, look: Look, session: str, *, parent: QWidget) -> None:
        _ = look._
        super().__init__(
            look,
            _("Llegó sin registro"),
            text=_(
                "{session}. Basta un nombre; lo demás puede completarse otro día.", session=session
            ),
            primary=_("Inscribir y marcar presente"),
            icon="user-plus",
            parent=parent,
        )
        self.given = TextField(look, _("Nombre"), required=True, max_length=120)
        self.first = TextField(look, _("Primer apellido"), max_length=120)
        self.second = TextField(look, _("Segundo apellido"), max_length=120)
        self.channel = ChoiceField(
            look, _("Canal seguro para buscarla"), channel_choices(_), value=Channel.NONE
        )
        self.address = TextField(look, _("Número o correo"), max_length=120)
        for field in (self.given, self.first, self.second, self.channel, self.address):
            self.add(field)

    def participant(self) -> Participant:
        """Who was written down; id and code are made when she is stored."""
        contact = SafeContact(self.channel.value() or Channel.NONE, self.address.value() or "")
        return Participant(
            id="",
            code="",
            given_names=self.given.value() or "",
            first_surname=self.first.value() or "",
            second_surname=self.second.value() or "",
            contact=contact,
        )
