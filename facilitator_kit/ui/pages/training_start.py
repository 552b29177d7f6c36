"""Starting a group in training, and enrolling people in one: in one step, with usual answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.names import split_full_name
from facilitator_kit.monitoring.records import Cohort, Enrolment, Participant
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, error_dialog
from facilitator_kit.ui.pages.cohorts_week import WeekDays
from facilitator_kit.ui.pages.course_preview import CoursePreviewNote
from facilitator_kit.ui.widgets import (
    CheckBox,
    ChoiceField,
    DateField,
    Label,
    MultilineField,
    TextField,
)
from facilitator_kit.workspace.courses import CoursePreview
from facilitator_kit.workspace.training_groups import NewTraining
from facilitator_kit.workspace.training_views import TrainingGroup


class PeopleToTrain(QWidget):
    """Who is to be trained: oneself, and others by name, one a line."""

    def __init__(
        self,
        ctx: UiContext,
        myself: Participant,
        *,
        offer_myself: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = ctx._
        self._myself = myself
        name = ctx.workspace.training_groups.user_name()
        # Whoever is in training already, by her id, is not enrolled again by mistake.
        new = not self._myself.id
        self.myself = CheckBox(ctx, _("Yo: {name}", name=name), checked=new)
        if not (offer_myself and name):
            self.myself.hide()
        self.others = MultilineField(
            ctx,
            _("Otras personas") if offer_myself else _("Personas"),
            lines=3,
            placeholder=_("Norma Díaz Soto"),
            hint=_("Nombre y apellidos, una persona por línea. Después puede corregirlos."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(ctx.theme.px(8))
        layout.addWidget(Label(_("Quién se forma"), "small-strong"))
        layout.addWidget(self.myself)
        layout.addWidget(self.others)

    def people(self) -> tuple[Participant, ...]:
        """Everybody asked for; whoever is known already with her id."""
        lines = [line.strip() for line in (self.others.value() or "").splitlines()]
        others = [Participant("", "", *split_full_name(line)) for line in lines if line]
        mine = [self._myself] if self.myself.isVisibleTo(self) and self.myself.isChecked() else []
        return (*mine, *others)


class _StoringDialog(Dialog):
    """A dialog whose primary button stores on the worker; it stays open where that is refused."""

    def __init__(
        self, ctx: UiContext, title: str, text: str, primary: str, parent: QWidget
    ) -> None:
        super().__init__(
            ctx, title, text=text, primary=primary, icon="school", width=720, parent=parent
        )
        self._ctx = ctx

    def store(self, function: Callable[[], object], done: Callable[[object], None]) -> None:
        """Store, then `done(result)` and close."""
        self.primary.setEnabled(False)

        def stored(result: object) -> None:
            done(result)
            Dialog.accept(self)

        self._ctx.jobs.run(function, stored, self._refused, owner=self)

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        error_dialog(self._ctx, error, self).open()


class StartTrainingDialog(_StoringDialog):
    """Asks for what a group needs, all of it answered already; `made` carries its id."""

    made = Signal(str)

    def __init__(self, ctx: UiContext, myself: Participant, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Nueva formación"),
            _("Revise y empiece: el calendario se hace solo, con los días y los feriados."),
            _("Empezar"),
            parent,
        )
        groups = ctx.workspace.training_groups
        self._programmes = groups.programmes()
        self._proposal = groups.proposal(self._programmes[0].code)
        self._named = self._proposal.name
        today = ctx.clock.today()
        self.programme = ChoiceField(
            ctx,
            _("Programa"),
            [(one.code, one.title) for one in self._programmes],
            value=self._proposal.programme,
            required=True,
        )
        self.name = TextField(
            ctx, _("Nombre del grupo"), value=self._proposal.name, required=True, max_length=80
        )
        centres = ctx.workspace.institution.centres()
        self.centre = ChoiceField(
            ctx,
            _("Centro"),
            [(one.id, one.name) for one in centres],
            value=self._proposal.centre_id,
            required=True,
        )
        if len(centres) < 2:
            self.centre.hide()
        self.starts = DateField(
            ctx, _("Empieza el"), today=today, value=self._proposal.starts_on, required=True
        )
        self.week = WeekDays(ctx, self._proposal.meetings)
        self.people = PeopleToTrain(ctx, myself, offer_myself=True)
        self.preview = CoursePreviewNote(ctx, self._look_ahead)
        grid = QGridLayout()
        grid.setHorizontalSpacing(ctx.theme.px(16))
        grid.setVerticalSpacing(ctx.theme.px(12))
        fields = ((self.programme, self.name), (self.starts, self.centre))
        for line, pair in enumerate(fields):
            for column, field in enumerate(pair):
                grid.addWidget(field, line, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.add(grid)
        self.add(self.people)
        self.add(self.week)
        self.add(self.preview)
        self.programme.changed.connect(lambda _state: self._on_programme())
        for field in (self.starts, self.centre):
            field.changed.connect(lambda _state: self.preview.ask_soon())
        self.week.changed.connect(self.preview.ask_soon)
        self.preview.ask()

    def training(self) -> NewTraining:
        """What is asked for."""
        starts: date = self.starts.value() or self._proposal.starts_on
        return replace(
            self._proposal,
            programme=str(self.programme.value()),
            name=self.name.value() or "",
            centre_id=str(self.centre.value() or self._proposal.centre_id),
            starts_on=starts,
            meetings=self.week.meetings(),
            people=self.people.people(),
        )

    def accept(self) -> None:
        groups, new = self._ctx.workspace.training_groups, self.training()

        def done(made: object) -> None:
            if isinstance(made, Cohort):
                self.made.emit(made.id)

        self.store(lambda: groups.start(new), done)

    def _on_programme(self) -> None:
        """Another programme is proposed by its own name, unless one was typed."""
        code = str(self.programme.value())
        proposal = self._ctx.workspace.training_groups.proposal(code)
        if self.name.value() in ("", self._named):
            self.name.set_value(proposal.name)
        self._named = proposal.name
        self.preview.ask_soon()

    def _look_ahead(self) -> Callable[[], CoursePreview] | None:
        new = self.training()
        return partial(self._ctx.workspace.training_groups.preview, new) if new.meetings else None


class EnrolInTrainingDialog(_StoringDialog):
    """Enrols more people in a group, from a day on; `made` carries the first one's enrolment."""

    made = Signal(str)

    def __init__(
        self,
        ctx: UiContext,
        group: TrainingGroup,
        myself: Participant,
        *,
        offer_myself: bool,
        parent: QWidget,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Inscribir en la formación"),
            group.view.cohort.name,
            _("Inscribir"),
            parent,
        )
        self._group = group
        today = ctx.clock.today()
        first = group.view.cohort.starts_on
        self.people = PeopleToTrain(ctx, myself, offer_myself=offer_myself)
        self.starts = DateField(
            ctx,
            _("Desde el"),
            today=today,
            value=max(first, today),
            low=first,
            required=True,
            hint=_(
                "Solo se le piden las sesiones desde ese día. Si ya asistió a las anteriores, "
                "ponga la fecha en que empezó el grupo."
            ),
        )
        self.add(self.people)
        self.add(self.starts)

    def accept(self) -> None:
        people = self.people.people()
        if not people:
            self.people.others.set_error(self._("Escriba al menos un nombre."))
            self.people.others.setFocus()
            return
        groups, cohort_id = self._ctx.workspace.training_groups, self._group.view.cohort.id
        starts = self.starts.value()

        def done(made: object) -> None:
            if isinstance(made, tuple) and made and isinstance(made[0], Enrolment):
                self.made.emit(made[0].id)

        self.store(lambda: groups.enrol(cohort_id, people, starts), done)
