"""The welcome page: the sample centre one click away, one's own institution, an existing folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Label,
    LinkButton,
    PrimaryButton,
    Scroll,
    column,
    row,
)


class WelcomePane(QWidget):
    """What to begin with. Each way in is a signal; the window does the rest."""

    sample_asked = Signal()
    new_sample_asked = Signal()
    create_asked = Signal()
    open_asked = Signal()
    restore_asked = Signal()
    recent_asked = Signal(Path)

    def __init__(
        self, look: Look, recent: Sequence[Path], has_sample: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = look._
        title = Label(_("Kit de Facilitación"), "page-title")
        lead = Label(
            _(
                "Planear la sesión de mañana, tomar asistencia, acompañar y graduar. "
                "Todo queda en este equipo: no usa internet."
            ),
            wrap=True,
        )
        sample = Card(
            look,
            _("Conocer el kit con un centro de ejemplo"),
            _("Personas y centros inventados, con una generación que terminó y otra en curso."),
        )
        self.sample = PrimaryButton(
            look, _("Abrir el centro de ejemplo"), icon="play", on_click=self.sample_asked.emit
        )
        again = LinkButton(
            look, _("Hacerlo de nuevo, con fechas de hoy"), on_click=self.new_sample_asked.emit
        )
        again.setVisible(has_sample)
        sample.add(row(look, self.sample, again, None))
        own = Card(
            look,
            _("Mi institución"),
            _("Cree el espacio de trabajo de su institución, o abra uno que ya existe."),
        )
        own.add(
            row(
                look,
                Button(
                    look,
                    _("Crear mi institución"),
                    icon="building-2",
                    on_click=self.create_asked.emit,
                ),
                Button(
                    look, _("Abrir una carpeta…"), icon="folder-open", on_click=self.open_asked.emit
                ),
                Button(
                    look,
                    _("Restaurar una copia…"),
                    icon="rotate-ccw",
                    on_click=self.restore_asked.emit,
                ),
                None,
            )
        )
        parts: list[QWidget] = [title, lead, sample, own]
        if recent:
            before = Card(look, _("Abiertos antes"))
            for folder in recent:
                link = LinkButton(look, folder.name, name=_("Abrir {name}", name=folder.name))
                link.setToolTip(str(folder))
                link.clicked.connect(lambda _checked=False, f=folder: self.recent_asked.emit(f))
                before.add(row(look, link, None))
            parts.append(before)
        inside = column(look, *parts, gap=16)
        inside.addStretch(1)
        middle = QWidget()
        middle.setLayout(inside)
        middle.setMaximumWidth(look.theme.px(760))
        layout = column(look, margin=32)
        layout.addWidget(middle)
        layout.setAlignment(middle, Qt.AlignmentFlag.AlignHCenter)
        middle.setMinimumWidth(min(look.theme.px(520), 620))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(layout))

    def first_focus(self) -> QWidget:
        """Enter alone opens the sample."""
        return self.sample
