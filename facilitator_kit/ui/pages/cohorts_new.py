"""Dialogs that make a generation and a cohort, with the dates its calendar will have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from facilitator_kit.curriculum.records import ProgrammeKind
from facilitator_kit.errors import KitError
from facilitator_kit.monitoring.records import Cohort, Generation, Meeting
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.pages.cohorts_week import WeekDays
from facilitator_kit.ui.pages.course_preview import CoursePreviewNote
from facilitator_kit.ui.widgets import Button, ChoiceField, DateField, TextField, row
from facilitator_kit.workspace.courses import CoursePreview, NewCohort


class NewGenerationDialog(Dialog):
    """Asks for a generation's name and dates; `made` carries the stored one."""

    made = Signal(object)

    def __init__(self, ctx: UiContext, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Nueva generación"),
            text=_("Un ingreso que empieza y termina junto, en uno o varios centros."),
            primary=_("Crear generación"),
            icon="calendar-plus",
            parent=parent,
        )
        self._ctx = ctx
        today = ctx.clock.today()
        self.name = TextField(
            ctx, _("Nombre"), placeholder=_("Generación 2026-B"), required=True, max_length=80
        )
        self.starts = DateField(ctx, _("Empieza"), today=today, value=today, required=True)
        self.ends = DateField(ctx, _("Termina"), today=today, required=True)
        for field in (self.name, self.starts, self.ends):
            self.add(field)

    def accept(self) -> None:
        starts, ends = self.starts.value(), self.ends.value()
        if starts is None or ends is None:
            return
        if ends < starts:
            self.ends.set_error(self._("Termina antes de empezar: revise las dos fechas."))
            self.make_room_for(self.ends)
            return
        new = Generation("", self.name.value() or "", starts, ends)
        courses = self._ctx.workspace.courses
        self.primary.setEnabled(False)
        self._ctx.jobs.run(
            lambda: courses.save_generation(new), self._stored, self._refused, owner=self
        )

    def _stored(self, generation: Generation) -> None:
        self.made.emit(generation)
        super().accept()

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        self._ctx.show_error(error)


class NewCohortDialog(Dialog):
    """Asks for everything a cohort needs and shows the calendar it gives; `made` carries its id."""

    made = Signal(str)

    def __init__(self, ctx: UiContext, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Nueva cohorte"),
            text=_("El calendario se hace solo, con los días, las horas y los feriados."),
            primary=_("Abrir cohorte"),
            icon="users",
            width=680,
            parent=parent,
        )
        self._ctx = ctx
        # What participants follow comes first; the transfers to staff after it.
        order = list(ProgrammeKind)
        self._programmes = sorted(
            ctx.workspace.courses.programmes(), key=lambda one: order.index(one.kind)
        )
        today = ctx.clock.today()
        self.generation = ChoiceField(ctx, _("Generación"), (), required=True)
        add = Button(ctx, _("Nueva generación"), icon="plus", on_click=self.new_generation)
        centres = ctx.workspace.institution.centres()
        self.centre = ChoiceField(
            ctx,
            _("Centro"),
            [(one.id, one.name) for one in centres],
            value=centres[0].id if centres else None,
            required=True,
        )
        self.name = TextField(
            ctx, _("Nombre"), placeholder=_("Grupo matutino"), required=True, max_length=80
        )
        programmes = [(one.code, one.title) for one in self._programmes]
        self.programme = ChoiceField(
            ctx,
            _("Programa"),
            programmes,
            value=programmes[0][0] if programmes else None,
            required=True,
        )
        self.route = ChoiceField(ctx, _("Ruta"), (), required=True)
        self.level = ChoiceField(ctx, _("Nivel"), (), required=True)
        self.starts = DateField(ctx, _("Empieza el"), today=today, value=today, required=True)
        self.room = TextField(ctx, _("Sala"), max_length=80)
        people = ctx.workspace.institution.facilitators()
        self.facilitator = ChoiceField(
            ctx,
            _("Persona facilitadora"),
            [("", _("Sin asignar")), *((one.id, one.name) for one in people)],
            value="",
        )
        self.preview = CoursePreviewNote(ctx, self._look_ahead)
        self.week = WeekDays(ctx)
        grid = QGridLayout()
        grid.setHorizontalSpacing(ctx.theme.px(16))
        grid.setVerticalSpacing(ctx.theme.px(12))
        pairs: tuple[tuple[QWidget, QWidget], ...] = (
            (self.centre, self.name),
            (self.programme, self.starts),
            (self.route, self.level),
            (self.room, self.facilitator),
        )
        for line, (left, right) in enumerate(pairs):
            # One of the two may say below it what is wrong; the other stays beside it.
            grid.addWidget(left, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, line, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        top = row(ctx, self.generation, add, gap=12)
        top.setStretch(0, 1)
        top.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        self.add(top)
        self.add(grid)
        self.add(self.week)
        self.add(self.preview)
        self.programme.changed.connect(lambda _state: self._fill_routes())
        self.route.changed.connect(lambda _state: self._fill_levels())
        for field in (self.level, self.starts, self.centre):
            field.changed.connect(lambda _state: self.preview.ask_soon())
        self.week.changed.connect(self.preview.ask_soon)
        self._fill_generations()
        self._fill_routes()
        self.preview.ask()

    # -- choices -------------------------------------------------------------------------------

    def new_generation(self) -> None:
        """Ask for a generation and take it."""
        dialog = NewGenerationDialog(self._ctx, parent=self)
        dialog.made.connect(lambda generation: self._fill_generations(generation.id))
        dialog.open()

    def meetings(self) -> tuple[Meeting, ...]:
        """The weekdays ticked, each with its hour."""
        return self.week.meetings()

    def _fill_generations(self, chosen: str = "") -> None:
        found = self._ctx.workspace.courses.generations()
        self.generation.set_choices([(one.id, one.name) for one in found])
        if found:
            self.generation.set_value(chosen or found[0].id)

    def _fill_routes(self) -> None:
        code = self.programme.value()
        found = next((one for one in self._programmes if one.code == code), None)
        routes = found.routes if found is not None else ()
        self.route.set_choices([(one.code, one.title) for one in routes])
        self.route.set_value(routes[0].code if routes else None)
        self.route.setVisible(len(routes) > 1)
        self._fill_levels()

    def _fill_levels(self) -> None:
        code = self.programme.value()
        found = next((one for one in self._programmes if one.code == code), None)
        chosen = self.route.value()
        levels = next((r.levels for r in found.routes if r.code == chosen), ()) if found else ()
        self.level.set_choices([(one.code, one.title) for one in levels])
        self.level.set_value(levels[0].code if levels else None)
        self.level.setVisible(len(levels) > 1)
        self.preview.ask_soon()

    # -- preview -------------------------------------------------------------------------------

    def cohort(self) -> NewCohort | None:
        """What is asked for; None while something needed is missing."""
        values = (
            self.generation.value(),
            self.centre.value(),
            self.programme.value(),
            self.route.value(),
            self.level.value(),
            self.starts.value(),
        )
        if any(value is None for value in values):
            return None
        generation, centre, programme, route, level, starts = values
        return NewCohort(
            generation_id=str(generation),
            centre_id=str(centre),
            name=self.name.value() or "",
            programme=str(programme),
            route=str(route),
            level=str(level),
            starts_on=starts if isinstance(starts, date) else self._ctx.clock.today(),
            meetings=self.meetings(),
            room=self.room.value() or "",
            facilitator_id=self.facilitator.value() or None,
        )

    def _look_ahead(self) -> Callable[[], CoursePreview] | None:
        new = self.cohort()
        if new is None or not new.meetings:
            return None
        return partial(self._ctx.workspace.courses.preview, new)

    def accept(self) -> None:
        new = self.cohort()
        if new is None:
            return
        courses = self._ctx.workspace.courses
        self.primary.setEnabled(False)
        self._ctx.jobs.run(
            lambda: courses.open_cohort(new), self._stored, self._refused, owner=self
        )

    def _stored(self, cohort: Cohort) -> None:
        self.made.emit(cohort.id)
        super().accept()

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        self._ctx.show_error(error)
