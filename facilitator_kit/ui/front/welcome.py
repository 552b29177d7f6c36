"""The welcome page: the sample centre one click away, one's own institution, an existing folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit import settings as declared
from facilitator_kit.settings import Settings
from facilitator_kit.ui.front.middle import in_the_middle
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.looks_words import language_choices, scale_choices, theme_choices
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    ComboBox,
    FlowLayout,
    IconLabel,
    Label,
    LinkButton,
    PrimaryButton,
    column,
    holder,
    row,
)


class WelcomePane(QWidget):
    """What to begin with. Each way in is a signal; the window does the rest.

    `rebuild_asked` comes after another language or text size was stored in the settings.
    """

    sample_asked = Signal()
    new_sample_asked = Signal()
    create_asked = Signal()
    open_asked = Signal()
    restore_asked = Signal()
    recent_asked = Signal(Path)
    rebuild_asked = Signal()

    def __init__(
        self,
        look: Look,
        recent: Sequence[Path],
        has_sample: bool,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._settings = settings
        _ = self._ = look._
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
        sample_ways = FlowLayout(look, gap=8)
        sample_ways.addWidget(self.sample)
        sample_ways.addWidget(again)
        sample.add(holder(sample_ways))
        own = Card(
            look,
            _("Mi institución"),
            _("Cree el espacio de trabajo de su institución, o abra uno que ya existe."),
        )
        ways = FlowLayout(look, gap=8)
        for button in (
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
        ):
            ways.addWidget(button)
        own.add(holder(ways))
        parts: list[QWidget] = [title, lead, sample, own]
        if recent:
            before = Card(look, _("Abiertos antes"))
            for folder in recent:
                link = LinkButton(
                    look,
                    folder.name,
                    name=_("Abrir {name}", name=folder.name),
                    on_click=partial(self.recent_asked.emit, folder),
                    tip=str(folder),
                )
                before.add(row(look, link, Label(str(folder.parent), "muted", elide=True)))
            parts.append(before)
        parts.append(self._looks_row())
        inside = column(look, *parts, gap=16)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(in_the_middle(look, holder(inside), 760))

    def _looks_row(self) -> QWidget:
        _, look, settings = self._, self._look, self._settings
        language, theme, scale = declared.LANGUAGE, declared.THEME, declared.TEXT_SCALE
        self.looks = ComboBox(look, _("Idioma"), language_choices(), value=settings.get(language))
        themes = ComboBox(look, _("Colores"), theme_choices(_), value=settings.get(theme))
        scales = ComboBox(look, _("Tamaño del texto"), scale_choices(_), value=settings.get(scale))

        def take_theme(name: str) -> None:
            settings.set(theme, name)
            look.theme.choose(name)

        def take_scale(percent: int) -> None:
            settings.set(scale, percent)
            look.theme.choose(scale=percent)
            self.rebuild_asked.emit()

        def take_language(code: str) -> None:
            settings.set(language, code)
            self.rebuild_asked.emit()

        self.looks.chosen.connect(take_language)
        themes.chosen.connect(take_theme)
        scales.chosen.connect(take_scale)
        line = FlowLayout(look, gap=16)
        for icon, box in (("languages", self.looks), ("palette", themes), ("type", scales)):
            line.addWidget(holder(row(look, IconLabel(look, icon, "muted"), box)))
        return holder(line)

    def first_focus(self) -> QWidget:
        """Enter alone opens the sample."""
        return self.sample
