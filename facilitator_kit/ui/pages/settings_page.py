"""Ajustes: the institution, its centres, signatures, people, days; packs; appearance; data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.settings_centres import CentresSection, FacilitatorsSection
from facilitator_kit.ui.pages.settings_data import DataSection
from facilitator_kit.ui.pages.settings_days import ClosedDaysSection
from facilitator_kit.ui.pages.settings_institution import InstitutionSection
from facilitator_kit.ui.pages.settings_looks import LooksSection
from facilitator_kit.ui.pages.settings_packs import PacksSection
from facilitator_kit.ui.pages.settings_section import Section
from facilitator_kit.ui.pages.settings_signing import SigningSection
from facilitator_kit.ui.widgets import (
    Card,
    Chips,
    PageBody,
    Scroll,
    ToggleButton,
    column,
    holder,
)

_LIST = 224
_FOLD_BELOW = 760


class SettingsPage(Page):
    """The sections stand in a list at the left, or above where it is narrow."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._factories: dict[str, tuple[str, str, Callable[[UiContext], Section]]] = {
            "institution": (_("Institución"), "building-2", InstitutionSection),
            "centres": (_("Centros"), "map-pin", CentresSection),
            "signing": (_("Firmas y logotipos"), "signature", SigningSection),
            "facilitators": (_("Personas facilitadoras"), "users", FacilitatorsSection),
            "days": (_("Días sin sesiones"), "calendar-x", ClosedDaysSection),
            "packs": (_("Paquetes"), "package", PacksSection),
            "looks": (_("Apariencia"), "palette", LooksSection),
            "data": (_("Datos y cambios"), "history", DataSection),
        }
        self._made: dict[str, Section] = {}
        self._holders: dict[str, QWidget] = {}
        self._key = "institution"
        self._place_before = ""
        self._stack = QStackedWidget()
        self.chips = Chips(
            ctx, _("Sección"), [(key, words) for key, (words, *_rest) in self._factories.items()]
        )
        self.chips.chosen.connect(self.show_section)
        self.list = self._list()
        body = PageBody(ctx, self)
        body.addWidget(self.chips)
        whole = QHBoxLayout()
        whole.setSpacing(ctx.theme.px(16))
        whole.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._stack, 1)
        body.addLayout(whole, 1)
        self._place()

    def _list(self) -> Card:
        px = self.ctx.theme.px
        card = Card(self.ctx, padding=10)
        card.setMinimumWidth(px(_LIST))
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        card.setAccessibleName(self._("Secciones"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, ToggleButton] = {}
        entries = column(self.ctx, gap=2)
        for key, (words, icon, _factory) in self._factories.items():
            button = ToggleButton(self.ctx, words, kind="rail", icon=icon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on=False, k=key: self.show_section(k))
            self._group.addButton(button)
            self._buttons[key] = button
            entries.addWidget(button)
        card.add(entries)
        return card

    # -- the page --------------------------------------------------------------------------------

    def title(self) -> str:
        return self._("Ajustes")

    def primary_action(self) -> PageAction | None:
        return self.section.action()

    def refresh(self) -> None:
        self._bring()
        self.section.refresh()

    def open(self, params: Mapping[str, Any]) -> None:
        key = params.get("section")
        if key in self._factories:
            self._key = str(key)

    def state(self) -> dict[str, Any]:
        return {"section": self._key, "place": self.section.place()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.open(state)
        self._place_before = str(state.get("place") or "")

    def first_focus(self) -> QWidget | None:
        # Text size and language build the window anew: one goes on choosing where one was.
        before, self._place_before = self.section.part_at(self._place_before), ""
        if before is not None:
            return before
        return self._buttons[self._key] if self.list.isVisibleTo(self) else self.chips

    # -- sections --------------------------------------------------------------------------------

    @property
    def section(self) -> Section:
        """The section that is shown, made now if need be."""
        key = self._key
        if key not in self._made:
            self._made[key] = self._factories[key][2](self.ctx)
            self._made[key].action_changed.connect(self.header_changed)
        return self._made[key]

    @property
    def sections(self) -> tuple[str, ...]:
        """The keys of all sections, in their order."""
        return tuple(self._factories)

    def show_section(self, key: str) -> None:
        """Show a section and read it anew."""
        self._key = key
        self.refresh()
        self.header_changed.emit()

    def _bring(self) -> None:
        key = self._key
        if key not in self._holders:
            self._holders[key] = Scroll(holder(column(self.ctx, self.section)))
            self._stack.addWidget(self._holders[key])
        self._stack.setCurrentWidget(self._holders[key])
        self._buttons[key].setChecked(True)
        self.chips.set_value(key)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        wide = self.width() >= self.ctx.theme.px(_FOLD_BELOW)
        self.list.setVisible(wide)
        self.chips.setVisible(not wide)
