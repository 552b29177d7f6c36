"""What a page of the main window is, and what it tells the window's header."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class PageAction:
    """A button of the header, also offered by the command field.

    A disabled action shows `tip` as the reason. `prints` gives it Ctrl+P; `shortcut` any other
    key, as in "Ctrl+N".
    """

    text: str
    run: Callable[[], None]
    icon: str = ""
    enabled: bool = True
    tip: str = ""
    shortcut: str = ""
    prints: bool = False


class Page(QWidget):
    """Base of every page. It is made when it is first shown and then kept.

    Emit `header_changed` whenever the title, the context widget or an action has changed.
    """

    header_changed = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._

    def title(self) -> str:
        """The words at the top left, already in the screen's language."""
        raise NotImplementedError

    def context_widget(self) -> QWidget | None:
        """Which cohort, which session: one widget beside the title, the same at every call."""
        return None

    def primary_action(self) -> PageAction | None:
        """The one thing most people come to this page for."""
        return None

    def secondary_actions(self) -> Sequence[PageAction]:
        """At most three more; they fold into a menu where room is short."""
        return ()

    def refresh(self) -> None:
        """Read again what is shown. Called at first show and, while visible, after each change.

        A hidden page is refreshed when it is next shown. Selection and scrolling should stay.
        """

    def open(self, params: Mapping[str, Any]) -> None:
        """Show what `UiContext.navigate(page, **params)` asked for; called before `refresh`."""

    def state(self) -> dict[str, Any]:
        """What to remember until the next start, as JSON: identifiers and tabs, no names."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a remembered state; anything in it may be out of date. Called before `open`."""

    def first_focus(self) -> QWidget | None:
        """The control that should have the keyboard when the page is shown."""
        return None


@dataclass(frozen=True, slots=True)
class PageSpec:
    """How the window comes to a page: its key, its entry in the rail, and how it is made.

    `bottom` puts the entry at the foot of the rail; `hidden` leaves it out of the rail.
    """

    key: str
    title: str
    icon: str
    factory: Callable[[UiContext], Page]
    bottom: bool = False
    hidden: bool = False
