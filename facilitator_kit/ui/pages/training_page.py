"""Formación: a person's own path in her training, and for the trainer her whole group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import Participant
from facilitator_kit.ui.columns import Columns, PageScroll
from facilitator_kit.ui.columns import Part as ColumnPart
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, read_then_ask
from facilitator_kit.ui.page import Page, PageAction
from facilitator_kit.ui.pages.planner_dialogs import Sheet, SheetsDialog
from facilitator_kit.ui.pages.training_actions import PathActions
from facilitator_kit.ui.pages.training_group import GroupView, name_of
from facilitator_kit.ui.pages.training_path import PathView
from facilitator_kit.ui.pages.training_side import PathSide
from facilitator_kit.ui.pages.training_start import EnrolInTrainingDialog, StartTrainingDialog
from facilitator_kit.ui.reading_order import give_keyboard
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Column,
    ComboBox,
    EmptyState,
    PrimaryButton,
    RecordModel,
    RecordTable,
    Scroll,
    Segments,
    row,
)
from facilitator_kit.workspace.training_views import TrainingGroup, TrainingPath, TrainingRow

PATH: Final = "path"
GROUP: Final = "group"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page shows, read at one moment. Without `group` there is none yet."""

    groups: tuple[TrainingGroup, ...]
    group: TrainingGroup | None = None
    rows: tuple[TrainingRow, ...] = ()
    path: TrainingPath | None = None


class TrainingPage(Page):
    """People at the left, one's path in the middle, what is lacking at the right; or the group."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._reading = Reading(())
        self._cohort = ""
        self._person = ""
        self._turn = 0
        self._taking = False
        self._asked_focus = False
        self.chooser = ComboBox(ctx, _("Grupo"), context=True)
        self.chooser.chosen.connect(self.choose_group)
        self.chooser.fit_choice(340)
        self.views = Segments(
            ctx, _("Qué ver"), ((PATH, _("Una persona")), (GROUP, _("Todo el grupo")))
        )
        self.views.chosen.connect(self.show_view)
        self.model = RecordModel[TrainingRow](
            (
                Column[TrainingRow](
                    _("Persona"),
                    lambda one: name_of(_, one),
                    style="strong",
                    stretch=True,
                    width=120,
                    tip=lambda one: name_of(_, one),
                ),
                Column[TrainingRow](_("Avance"), lambda one: _.percent(one.percent), align="right"),
            ),
            key=lambda one: one.enrolment.id,
        )
        self.people = RecordTable(ctx, _("Personas en formación"), self.model)
        self.people.selected.connect(self._on_selected)
        self.people.setMinimumHeight(ctx.theme.px(160))
        self.path = PathView(ctx)
        self.side = PathSide(ctx)
        self.group = GroupView(ctx)
        self.doing = PathActions(ctx, self)
        self._connect()
        self._empty = Card(ctx)
        self._nobody = Card(ctx)
        self._stack = QStackedWidget()
        self._lay_out()

    def _connect(self) -> None:
        path, side, do = self.path, self.side, self.doing
        path.went_on.connect(self._with_path(do.go_on))
        path.session_asked.connect(
            lambda scheduled_id: self.ctx.navigate("planeador", session=scheduled_id)
        )
        path.quiz_asked.connect(self._with_path_and(do.ask_quiz))
        path.task_asked.connect(self._with_path_and(do.practise))
        path.observing_asked.connect(self._with_path(do.observe))
        path.observation_asked.connect(self._with_path_and(do.show_observation))
        path.assessment_asked.connect(self._with_path(do.assess))
        side.decision_asked.connect(self._with_path(do.decide))
        side.constancia_asked.connect(self._with_path(do.show_constancia))
        self.group.opened.connect(self.open_path)

    def _lay_out(self) -> None:
        ctx, _ = self.ctx, self._
        self._empty.add(
            EmptyState(
                ctx,
                "school",
                _("Todavía no hay nadie en formación"),
                _(
                    "Aquí se forman las personas facilitadoras: sesiones, cuestionarios, práctica "
                    "con datos ficticios, observaciones y, al final, una constancia con folio."
                ),
                action=PrimaryButton(
                    ctx, _("Empezar una formación"), icon="plus", on_click=self.start
                ),
            ),
            1,
        )
        self._nobody.add(
            EmptyState(
                ctx,
                "user-plus",
                _("En este grupo no hay nadie"),
                _("Inscriba a quien se forma: también puede ser usted."),
                action=PrimaryButton(
                    ctx, _("Inscribir personas"), icon="user-plus", on_click=self.enrol
                ),
            ),
            1,
        )
        listed = Card(ctx, padding=8)
        listed.add(self.people, 1)
        join = Button(
            ctx, _("Inscribir personas"), icon="user-plus", on_click=self.enrol, small=True
        )
        listed.add(row(ctx, join, None, margin=4))
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (
                ColumnPart("people", _("Personas"), listed),
                ColumnPart("path", _("Ruta"), Scroll(self.path)),
                ColumnPart("side", _("Qué falta"), Scroll(self.side)),
            ),
            widths=(250, 430, 300),
            main="path",
            beside="side",
            choice_elsewhere=True,
        )
        for part in (self.columns, self.group, self._nobody, self._empty):
            self._stack.addWidget(part)
        self._body = PageScroll(ctx, (self.views, self.columns.choice), self._stack)
        self._body.follow(self.people.view)
        self._body.follow(self.group.table.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)

    # -- the window's questions ------------------------------------------------------------------

    def title(self) -> str:
        return self._("Formación")

    def context_widget(self) -> QWidget | None:
        return self.chooser if self._reading.group is not None else None

    def primary_action(self) -> PageAction | None:
        ready = sum(one.ready for one in self._reading.rows)
        if self.views.value() != GROUP or not ready:
            return None
        return PageAction(
            self._("Preparar constancias ({count})", count=self._.number(ready)),
            self._decide_group,
            icon="award",
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        _ = self._
        if not self.ctx.workspace.training_groups.programmes():
            return ()
        start = PageAction(_("Nueva formación"), self.start, icon="plus")
        if self._reading.group is None:
            return (start,)
        found = [
            PageAction(_("Inscribir personas"), self.enrol, icon="user-plus", shortcut="Ctrl+N"),
            start,
        ]
        if self._sheets():
            found.append(
                PageAction(_("Imprimir formularios"), self.print, icon="printer", prints=True)
            )
        return tuple(found)

    def first_focus(self) -> QWidget | None:
        if self.views.value() == GROUP:
            return self.group.table
        # What is read on arrival makes the button anew: the keyboard goes to the one that comes.
        self._asked_focus = True
        return self.path.next

    def open(self, params: Mapping[str, Any]) -> None:
        if params.get("person"):
            self._person, self._cohort = str(params["person"]), ""
            self.views.set_value(PATH)
        if params.get("cohort"):
            self._cohort = str(params["cohort"])
            self._person = ""
        if params.get("view") in (PATH, GROUP):
            self.views.set_value(str(params["view"]))

    def state(self) -> dict[str, Any]:
        return {"cohort": self._cohort, "person": self._person, "view": self.views.value()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._cohort = str(state.get("cohort") or "")
        self._person = str(state.get("person") or "")
        if state.get("view") in (PATH, GROUP):
            self.views.set_value(str(state["view"]))

    def refresh(self) -> None:
        self._turn += 1
        turn, cohort, person = self._turn, self._cohort, self._person
        self.ctx.jobs.run(lambda: self._read(cohort, person), partial(self._take, turn), owner=self)

    # -- reading ---------------------------------------------------------------------------------

    @property
    def shown(self) -> TrainingPath | None:
        """The path that is shown."""
        return self.path.path

    def _read(self, cohort: str, person: str) -> Reading:
        """Everything shown; what is gone gives way to the first group and its first person."""
        workspace = self.ctx.workspace
        groups = workspace.training_groups.all()
        if person:
            try:
                path = workspace.training.path(person)
            except KitError:
                path = None  # Undone meanwhile.
            if path is not None and cohort in ("", path.group.view.cohort.id):
                rows = workspace.training.people(path.group.view.cohort.id)
                return Reading(groups, path.group, rows, path)
        group = next((one for one in groups if one.view.cohort.id == cohort), None)
        group = group or next(iter(groups), None)
        if group is None:
            return Reading(groups)
        rows = workspace.training.people(group.view.cohort.id)
        if not rows:
            return Reading(groups, group)
        return Reading(groups, group, rows, workspace.training.path(rows[0].enrolment.id))

    def _take(self, turn: int, reading: Reading) -> None:
        if turn != self._turn:
            return
        self._reading = reading
        group, path = reading.group, reading.path
        self._cohort = group.view.cohort.id if group is not None else ""
        self._person = path.enrolment.id if path is not None else ""
        self.chooser.set_choices(
            [(one.view.cohort.id, self._group_words(one)) for one in reading.groups], self._cohort
        )
        self._taking = True
        self.model.set_rows(reading.rows)
        self.people.select(self._person)
        self._taking = False
        self.group.show_rows(reading.rows)
        self.show_view(str(self.views.value()))
        self.ctx.jobs.later(partial(self._show_path, turn), owner=self)
        self.ctx.jobs.later(partial(self._show_beside, turn), owner=self)

    def _show_path(self, turn: int) -> None:
        if turn != self._turn:
            return
        # PySide's stubs promise a widget; Qt answers None where nothing has the keyboard.
        focus = cast("QWidget | None", self.window().focusWidget())
        held = focus is not None and self.path.isAncestorOf(focus)
        before = focus.accessibleName() if focus is not None and held else ""
        self.path.show_path(self._reading.path)
        if held or self._asked_focus:
            # Once all of the path is there.
            wanted = before if held and not self._asked_focus else ""
            self.ctx.jobs.later(partial(self._give_keyboard, wanted), owner=self)
        self._asked_focus = False

    def _give_keyboard(self, before: str) -> None:
        """What has just been used has been made anew; where it is gone, one goes on."""
        target = (self.path.button(before) if before else None) or self.path.next
        if target is not None:
            give_keyboard(target)

    def _show_beside(self, turn: int) -> None:
        if turn == self._turn:
            self.side.show_path(self._reading.path)

    def _group_words(self, group: TrainingGroup) -> str:
        people = self._.plural("{count} persona", "{count} personas", group.view.people)
        return self._("{name} · {people}", name=group.view.cohort.name, people=people)

    def show_view(self, view: str) -> None:
        """Show one person's path or the whole group."""
        self.views.set_value(view)
        there = self._reading.group is not None and bool(self._reading.rows)
        self._body.strip.setVisible(there)
        if self._reading.group is None:
            self._stack.setCurrentWidget(self._empty)
        elif not there:
            self._stack.setCurrentWidget(self._nobody)
        else:
            self._stack.setCurrentWidget(self.group if view == GROUP else self.columns)
        self.header_changed.emit()

    def choose_group(self, cohort_id: str) -> None:
        """Show another group."""
        self._cohort, self._person = cohort_id, ""
        self.refresh()

    def open_path(self, enrolment_id: str) -> None:
        """Show one person's path."""
        self._person = enrolment_id
        self.views.set_value(PATH)
        self.columns.show_part("path")
        self._asked_focus = True
        self.refresh()

    def _on_selected(self, one: TrainingRow | None) -> None:
        if one is not None and not self._taking and one.enrolment.id != self._person:
            self._person = one.enrolment.id
            self.refresh()

    # -- going on --------------------------------------------------------------------------------

    def _with_path(self, act: Callable[[TrainingPath], None]) -> Callable[[], None]:
        """What a button without anything to say does for whoever is shown."""

        def run() -> None:
            if self.shown is not None:
                act(self.shown)

        return run

    def _with_path_and(self, act: Callable[[TrainingPath, Any], None]) -> Callable[[Any], None]:
        def run(what: Any) -> None:
            if self.shown is not None:
                act(self.shown, what)

        return run

    def _decide_group(self) -> None:
        self.ctx.navigate("graduacion", cohort=self._cohort)

    # -- groups and people -----------------------------------------------------------------------

    def start(self) -> None:
        """Ask for what a new group needs, and show it once it is there."""

        def make(myself: Participant) -> Dialog:
            dialog = StartTrainingDialog(self.ctx, myself, parent=self)
            dialog.made.connect(self.choose_group)
            return dialog

        read_then_ask(self.ctx.jobs, self.ctx.workspace.training_groups.myself, make, self)

    def enrol(self) -> None:
        """Ask for people to enrol in the group that is shown."""
        group = self._reading.group
        if group is None:
            return
        mine = any(one.mine and not one.left for one in self._reading.rows)

        def make(myself: Participant) -> Dialog:
            dialog = EnrolInTrainingDialog(
                self.ctx, group, myself, offer_myself=not mine, parent=self
            )
            dialog.made.connect(self.open_path)
            return dialog

        read_then_ask(self.ctx.jobs, self.ctx.workspace.training_groups.myself, make, self)

    def print(self) -> None:
        """Ask which form is wanted on paper."""
        SheetsDialog(self.ctx, self._sheets(), self).open()

    def _sheets(self) -> tuple[Sheet, ...]:
        _, workspace = self._, self.ctx.workspace
        offered = (
            (Wave.OBSERVATION, _("Para quien mira una facilitación, con lápiz")),
            (Wave.SELF_ASSESSMENT, _("Para contestar a mano")),
        )
        found = []
        for wave, detail in offered:
            instrument = workspace.training.instrument(wave)
            if instrument is not None:
                make = partial(workspace.printing.form, wave)
                found.append(
                    Sheet(wave.value, instrument.title, detail, make, f"{instrument.code}.pdf")
                )
        return tuple(found)
