"""The Cohortes page: people, attendance, calendar, surveys and follow-up of one cohort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import open_in_turns
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.attendance import AttendanceTab
from facilitator_kit.ui.pages.cohorts_calendar import CalendarTab
from facilitator_kit.ui.pages.cohorts_new import NewCohortDialog
from facilitator_kit.ui.pages.cohorts_tab import CohortTab
from facilitator_kit.ui.pages.cohorts_words import cohort_words, is_running
from facilitator_kit.ui.pages.followup import FollowUpTab
from facilitator_kit.ui.pages.people import PeopleTab
from facilitator_kit.ui.widgets import (
    Card,
    ComboBox,
    EmptyState,
    PageBody,
    PrimaryButton,
    Segments,
)
from facilitator_kit.workspace.views import CohortView

PEOPLE: Final = "people"
ATTENDANCE: Final = "attendance"
CALENDAR: Final = "calendar"
FOLLOW_UP: Final = "followup"

REST_MS: Final = 300


@dataclass(frozen=True, slots=True)
class _Reading:
    """Every cohort by its id, and what the chooser offers."""

    cohorts: Mapping[str, CohortView]
    choices: Sequence[tuple[str, str]]


class CohortsPage(Page):
    """One cohort at a time, chosen in the header; four tabs about it."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._cohorts: Mapping[str, CohortView] = {}
        self._was_read = False
        self._wanted = ""
        self._key = PEOPLE
        self.chooser = ComboBox(ctx, _("Cohorte"), context=True)
        self.chooser.chosen.connect(self._choose)
        self.chooser.fit_choice(340)
        self.tabs = Segments(
            ctx,
            _("Qué ver de la cohorte"),
            (
                (PEOPLE, _("Personas")),
                (ATTENDANCE, _("Asistencia")),
                (CALENDAR, _("Calendario")),
                (FOLLOW_UP, _("Encuestas y seguimiento")),
            ),
        )
        self.tabs.chosen.connect(self._go_to)
        self._made: dict[str, CohortTab] = {}
        self._fresh: set[str] = set()
        self._asked: Mapping[str, Any] = {}
        """What the tab is to show, once it is there."""
        self._stack = QStackedWidget()
        self._empty = Card(ctx)
        self._empty.add(
            EmptyState(
                ctx,
                "users",
                _("Todavía no hay ninguna cohorte"),
                _("Ábrala con su ruta, sus días y sus horas: el calendario se hace solo."),
                action=PrimaryButton(
                    ctx, _("Nueva cohorte"), icon="plus", on_click=self.new_cohort
                ),
            ),
            1,
        )
        self._blank = QWidget()
        """Shown until it is known whether there are any."""
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._empty)
        body = PageBody(ctx, self)
        body.setSpacing(ctx.theme.px(10))
        body.addWidget(self.tabs)
        body.addWidget(self._stack, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read_now)

    # -- the window's questions ----------------------------------------------------------------

    def title(self) -> str:
        tab = self.tab
        return tab.title() if tab is not None else self._("Cohortes")

    def context_widget(self) -> QWidget | None:
        return self.chooser if self._cohorts else None

    def primary_action(self) -> PageAction | None:
        tab = self.tab
        return tab.primary_action() if tab is not None else None

    def secondary_actions(self) -> Sequence[PageAction]:
        tab = self.tab
        return tab.secondary_actions() if tab is not None else ()

    def open(self, params: Mapping[str, Any]) -> None:
        cohort = params.get("cohort")
        session = params.get("session")
        if session and not cohort:
            cohort = self.ctx.workspace.calendars.session(str(session)).cohort.id
        if cohort:
            self._wanted = str(cohort)
        key = params.get("tab") or (ATTENDANCE if session else None)
        if not key and params.get("person"):
            key = PEOPLE
        if key in (PEOPLE, ATTENDANCE, CALENDAR, FOLLOW_UP):
            self._key = key
        self._asked = params

    def refresh(self) -> None:
        """Read the cohorts, at once the first time and after a short rest in what follows."""
        if not self._cohorts or self._wanted:
            self._read_now()
        else:
            # Every mark typed asks for this: a burst of them is read once.
            self._rest.start()
            self._fresh.clear()
            tab = self.tab
            if tab is not None and self._stack.currentWidget() is tab:
                self._fresh.add(self._key)
                self._hand_on(tab)
                tab.refresh()
            else:
                self._arrive()

    def state(self) -> dict[str, Any]:
        return {"tab": self._key, "cohort": self.chooser.value() or ""}

    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("tab") in (PEOPLE, ATTENDANCE, CALENDAR, FOLLOW_UP):
            self._key = str(state["tab"])
        self._wanted = str(state.get("cohort") or "")

    def first_focus(self) -> QWidget | None:
        return self.tab.first_focus() if self.tab is not None else None

    # -- tabs ----------------------------------------------------------------------------------

    @property
    def tab(self) -> CohortTab | None:
        """The tab that is shown; None while there are no cohorts."""
        return self._made.get(self._key) if self._cohorts else None

    def show_tab(self, key: str) -> None:
        """Show one of the tabs, read again where something has changed since."""
        self._key = key
        self.tabs.set_value(key)
        cohort = self._chosen()
        if cohort is None:
            self._stack.setCurrentWidget(self._empty if self._was_read else self._blank)
        else:
            tab = self._dressed(key)
            self._stack.setCurrentWidget(tab)
            self._hand_on(tab)
            tab.show_cohort(cohort)
            if key not in self._fresh:
                self._fresh.add(key)
                tab.refresh()
        self.header_changed.emit()

    def _go_to(self, key: str) -> None:
        self._key = key
        self._arrive()

    def _arrive(self) -> None:
        """Show the tab of the key; a new one is made, dressed and shown in three turns."""
        if self._key in self._made:
            self.show_tab(self._key)
            return
        # As the window does with a page.
        later = partial(self.ctx.jobs.later, owner=self)
        later(lambda: self._tab(self._key))
        later(lambda: self._dressed(self._key))
        later(lambda: self.show_tab(self._key))

    def _hand_on(self, tab: CohortTab) -> None:
        asked, self._asked = self._asked, {}
        if asked:
            tab.open(asked)

    def _tab(self, key: str) -> CohortTab:
        found = self._made.get(key)
        if found is None:
            kinds: dict[str, type[CohortTab]] = {
                PEOPLE: PeopleTab,
                ATTENDANCE: AttendanceTab,
                CALENDAR: CalendarTab,
                FOLLOW_UP: FollowUpTab,
            }
            found = kinds[key](self.ctx)
            self._made[key] = found
            found.actions_changed.connect(self._on_actions)
            found.cohort_asked.connect(self._choose)
        return found

    def _dressed(self, key: str) -> CohortTab:
        tab = self._tab(key)
        if self._stack.indexOf(tab) < 0:
            self._stack.addWidget(tab)
        return tab

    def _on_actions(self) -> None:
        if self.sender() is self.tab:
            self.header_changed.emit()

    # -- cohorts -------------------------------------------------------------------------------

    def new_cohort(self) -> None:
        """Ask for what a new cohort needs, and show it once it is stored."""
        dialog = NewCohortDialog(self.ctx, parent=self)
        dialog.made.connect(self._choose)
        open_in_turns(self.ctx.jobs, dialog)

    def _read_now(self) -> None:
        self.ctx.jobs.run(self._read, partial(self._take, self._wanted), owner=self)

    def _read(self) -> _Reading:
        """All cohorts: running ones first, then the latest generation."""
        courses = self.ctx.workspace.courses
        newest = {generation.id: place for place, generation in enumerate(courses.generations())}
        cohorts = sorted(
            courses.cohorts(),
            key=lambda one: (
                not is_running(one),
                newest.get(one.generation.id, 0),
                one.centre.name,
                one.cohort.name,
            ),
        )
        choices = [(one.cohort.id, cohort_words(self._, one)) for one in cohorts]
        return _Reading({one.cohort.id: one for one in cohorts}, choices)

    def _take(self, wanted: str, reading: _Reading) -> None:
        before = self.chooser.value()
        self._was_read = True
        self._cohorts, choices = reading.cohorts, reading.choices
        if self._wanted == wanted:
            self._wanted = ""  # what was asked for since then is being read
        if not choices:
            self.tabs.setVisible(False)
            self.show_tab(self._key)
            return
        self.tabs.setVisible(True)
        known = (one for one in (wanted, before) if one in self._cohorts)
        value = next(known, choices[0][0])
        self.chooser.set_choices(choices, value)
        if wanted or value != before:
            self._fresh.clear()
        self._arrive()

    def _choose(self, cohort_id: str) -> None:
        self._wanted = cohort_id
        self._fresh.clear()
        if cohort_id in self._cohorts:
            self.chooser.set_value(cohort_id)
            self._wanted = ""
            self.show_tab(self._key)
        else:
            self.refresh()

    def hideEvent(self, event: QHideEvent, /) -> None:
        # A hidden page is refreshed when it is next shown.
        self._rest.stop()
        super().hideEvent(event)

    def _chosen(self) -> CohortView | None:
        return self._cohorts.get(str(self.chooser.value() or ""))
