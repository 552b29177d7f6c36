"""Ajustes: colours, text size and language of the screens, and when they lock."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from PySide6.QtWidgets import QWidget

from facilitator_kit import settings as declared
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.looks_words import language_choices, scale_choices, theme_choices
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Chips,
    EvidenceLine,
    Label,
    NumberField,
    Pill,
    PrimaryButton,
    column,
    row,
)


class LooksSection(Section):
    """Everything here belongs to this computer, not to the institution."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.setMaximumWidth(ctx.theme.px(760))
        _, settings = self._, ctx.settings
        self.theme = Chips(ctx, _("Colores"), theme_choices(_), value=settings.get(declared.THEME))
        self.theme.chosen.connect(self._take_theme)
        self.scale = Chips(
            ctx, _("Tamaño del texto"), scale_choices(_), value=settings.get(declared.TEXT_SCALE)
        )
        self.scale.chosen.connect(self._take_scale)
        self.language = Chips(
            ctx, _("Idioma"), language_choices(), value=settings.get(declared.LANGUAGE)
        )
        self.language.chosen.connect(self._take_language)
        self._choices = {"theme": self.theme, "scale": self.scale, "language": self.language}
        card = Card(ctx, _("Apariencia"), _("Se guarda en este equipo y se ve enseguida."))
        for label, choice in (
            (_("Colores"), self.theme),
            (_("Tamaño del texto"), self.scale),
            (_("Idioma de las pantallas"), self.language),
        ):
            card.add(column(ctx, Label(label, "small-strong"), choice, gap=6))
        self.body.addWidget(card)
        self.body.addWidget(self._preview())
        lock = Card(ctx, _("Bloqueo"))
        self.minutes = NumberField(
            ctx,
            _("Minutos sin uso antes de bloquear"),
            value=settings.get(declared.LOCK_MINUTES),
            low=0,
            high=120,
            required=True,
            on_commit=self._take_minutes,
            hint=_("0 no bloquea nunca. Ctrl+L bloquea de inmediato."),
        )
        lock.add(self.minutes)
        if ctx.workspace.sample:
            lock.add(
                Label(
                    _("El centro de ejemplo no lleva contraseña: no se bloquea por sí solo."),
                    "muted",
                    wrap=True,
                )
            )
        self.body.addWidget(lock)
        self.body.addStretch(1)

    def place(self) -> str:
        return next((name for name, one in self._choices.items() if self._has_keyboard(one)), "")

    def part_at(self, place: str) -> QWidget | None:
        return self._choices.get(place)

    def _has_keyboard(self, choice: Chips) -> bool:
        # PySide's stubs promise a widget; Qt answers None where nothing has the keyboard.
        focus = cast("QWidget | None", self.window().focusWidget())
        return focus is not None and choice.isAncestorOf(focus)

    def _preview(self) -> Card:
        ctx, _ = self.ctx, self._
        card = Card(ctx, _("Así se ve"))
        card.add(
            row(
                ctx,
                Pill(_("Cumple"), "good"),
                Pill(_("Puede cumplir"), "attention"),
                Pill(_("Ya no alcanza"), "bad"),
                Pill(_("Encuesta"), "note"),
                None,
            )
        )
        detail = _("12 de 12 h")
        card.add(EvidenceLine(ctx, "circle-check", _("Educación financiera"), detail, tone="good"))
        press = PrimaryButton(ctx, _("Acción principal"), icon="check")
        other = Button(ctx, _("Otra acción"))
        card.add(row(ctx, press, other, None))
        return card

    def _take_theme(self, name: str) -> None:
        self.ctx.settings.set(declared.THEME, name)
        self.ctx.theme.choose(name)

    def _take_scale(self, percent: int) -> None:
        self.ctx.settings.set(declared.TEXT_SCALE, percent)
        self.ctx.theme.choose(scale=percent)
        self.ctx.rebuild_asked.emit()

    def _take_language(self, code: str) -> None:
        self.ctx.settings.set(declared.LANGUAGE, code)
        self.ctx.rebuild_asked.emit()

    def _take_minutes(self, minutes: Decimal | None) -> None:
        if minutes is not None:
            self.ctx.settings.set(declared.LOCK_MINUTES, int(minutes))
            self.ctx.lock_minutes_set.emit()
