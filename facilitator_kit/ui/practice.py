"""What stands around every page while somebody practises: the banner, and the steps of her task."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from facilitator_kit.ui.command_field import CommandEntry
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageSpec
from facilitator_kit.ui.prose import Prose
from facilitator_kit.ui.widgets import (
    Button,
    CheckBox,
    IconLabel,
    Label,
    Pill,
    ToggleButton,
    column,
    row,
)
from facilitator_kit.ui.window import MainWindow
from facilitator_kit.workspace.practice import Practice

STRIP = 300
WIDE_FROM = 1150
"""Design pixels of window width from which the steps are shown without being asked for."""

_NOT_PRACTISED = frozenset({"formacion", "ajustes"})
"""Pages that are about the real workspace, or about this computer."""


class PracticeFrame(QObject):
    """The banner above every page and the strip beside it; `left` comes from its one button."""

    left = Signal()

    def __init__(self, ctx: UiContext, practice: Practice, window: MainWindow) -> None:
        super().__init__(window)
        self._ctx = ctx
        self._ = ctx._
        self._practice = practice
        self._window = window
        self._done = False
        self._by_hand = False
        self.banner = self._make_banner()
        self.strip = self._make_strip()
        window.put_around(self.banner, self.strip)
        window.commands.add_provider(self._entries)
        window.resized.connect(self._fit)
        ctx.changed.connect(lambda _change: self.look_again())
        self._fit(window.width())
        self._show_state()

    def _make_banner(self) -> QFrame:
        ctx, _ = self._ctx, self._
        banner = QFrame()
        banner.setProperty("kind", "practice")
        banner.setAccessibleName(_("Práctica: nada de esto es real"))
        self.steps_button = ToggleButton(ctx, _("Pasos de la tarea"), kind="pick", icon="list")
        self.steps_button.clicked.connect(self._on_toggle)
        self.back = Button(ctx, _("Volver a Formación"), icon="arrow-left", on_click=self.left.emit)
        title = Label(_("Práctica: nada de esto es real"), "card-title", wrap=True)
        about = Label(_("Personas e institución ficticias, en una carpeta aparte."), wrap=True)
        line = row(
            ctx,
            IconLabel(ctx, "puzzle", "attention", size=24),
            column(ctx, title, about, gap=0),
            self.steps_button,
            self.back,
            gap=12,
        )
        line.setStretch(1, 1)
        px = ctx.theme.px
        line.setContentsMargins(px(20), px(8), px(20), px(8))
        banner.setLayout(line)
        return banner

    def _make_strip(self) -> QFrame:
        ctx, _, task = self._ctx, self._, self._practice.asked.task
        strip = QFrame()
        strip.setProperty("kind", "strip")
        strip.setAccessibleName(_("Pasos de la tarea"))
        self.state = Pill("", "neutral")
        self.told = CheckBox(ctx, _("Ya la hice"))
        self.told.ticked.connect(self._on_told)
        self.told.setVisible(self._practice.must_be_told)
        self.note = Label("", "small", wrap=True)
        minutes = _("{minutes} min", minutes=_.number(task.minutes))
        steps = Prose(ctx, _("Pasos de la tarea"), task.steps)
        head = column(
            ctx,
            Label(_("Su tarea"), "small-strong"),
            Label(task.title, "card-title", wrap=True),
            row(ctx, self.state, Label(minutes, "muted"), None),
            gap=6,
        )
        layout = QVBoxLayout(strip)
        px = ctx.theme.px
        layout.setContentsMargins(px(16), px(14), px(16), px(14))
        layout.setSpacing(px(10))
        layout.addLayout(head)
        layout.addWidget(steps, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.note)
        strip.setFixedWidth(px(STRIP))
        return strip

    # -- the task --------------------------------------------------------------------------------

    @property
    def done(self) -> bool:
        """Whether the task is done, as it was last seen."""
        return self._done

    def look_again(self) -> None:
        """Read the practice journal again, on the worker."""
        self._ctx.jobs.run(self._practice.done, self._take, owner=self)

    def _take(self, done: bool) -> None:
        new = done and not self._done
        self._done = done
        self._show_state()
        if new:
            self._ctx.announce(self._("Tarea hecha. Puede volver a Formación cuando quiera."))

    def _on_told(self, told: bool) -> None:
        self._practice.told = told
        self._take(told)

    def _show_state(self) -> None:
        _ = self._
        if self._done:
            self.state.set(_("Hecha"), "good")
            self.note.setText(_("Queda anotada en su ruta al volver."))
        elif self._practice.must_be_told:
            self.state.set(_("Por hacer"), "neutral")
            self.note.setText(_("Cuando la termine, márquela: esta tarea no deja huella."))
        else:
            self.state.set(_("Por hacer"), "neutral")
            self.note.setText(_("Se marca sola cuando la haga aquí."))

    # -- room ------------------------------------------------------------------------------------

    def _on_toggle(self) -> None:
        self._by_hand = True
        self._show_strip(self.steps_button.isChecked())

    def _fit(self, width: int) -> None:
        if not self._by_hand:
            self._show_strip(width >= self._ctx.theme.px(WIDE_FROM))

    def _show_strip(self, shown: bool) -> None:
        self.strip.setVisible(shown)
        self.steps_button.setChecked(shown)
        self._window.fold_rail()

    def _entries(self, _typed: str) -> Sequence[CommandEntry]:
        return [
            CommandEntry(
                self._("Volver a Formación"), self._("Práctica"), "arrow-left", self.left.emit
            )
        ]


def practised(specs: Sequence[PageSpec]) -> tuple[PageSpec, ...]:
    """The pages that there are while practising."""
    return tuple(spec for spec in specs if spec.key not in _NOT_PRACTISED)
