"""What the tabs of the Cohortes page share: a cohort, a refresh, actions for the header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageAction
from facilitator_kit.workspace.views import CohortView


class CohortTab(QWidget):
    """Base of the tabs. `show_cohort` comes before the first `refresh`.

    `actions_changed` asks the page for another header; `cohort_asked` for another cohort.
    """

    actions_changed = Signal()
    cohort_asked = Signal(str)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._
        self.cohort: CohortView | None = None

    def title(self) -> str:
        """The page's title while this tab is shown."""
        raise NotImplementedError

    def show_cohort(self, cohort: CohortView) -> None:
        """Take up a cohort, or the same one read again; `refresh` follows."""
        changed = self.cohort is None or self.cohort.cohort.id != cohort.cohort.id
        self.cohort = cohort
        if changed:
            self.cohort_changed()

    def cohort_changed(self) -> None:
        """Forget what belonged to the cohort shown before."""

    def refresh(self) -> None:
        """Read again what is shown."""

    def open(self, params: Mapping[str, Any]) -> None:
        """What the page was asked to show, where it is about this tab."""

    def primary_action(self) -> PageAction | None:
        """The one thing most people come to this tab for."""
        return None

    def secondary_actions(self) -> Sequence[PageAction]:
        """At most three more."""
        return ()

    def first_focus(self) -> QWidget | None:
        """The control that should have the keyboard when the tab is shown."""
        return None
