"""Dialogs about one participant: add, change cohort, change path, leave, enrol."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.duplicates import Match
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.records import (
    Channel,
    Enrolment,
    LeavingReason,
    Participant,
    SafeContact,
    TitleForm,
)
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import Dialog, ProblemsDialog
from facilitator_kit.ui.pages.cohorts_words import (
    channel_choices,
    cohort_words,
    leaving_choices,
    title_choices,
)
from facilitator_kit.ui.widgets import (
    CheckField,
    ChoiceField,
    DateField,
    Label,
    TextField,
    Well,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import CohortView


class AddPersonDialog(Dialog):
    """A new participant of a cohort; who may be known already is shown before she is stored.

    `made` carries the stored participant and enrolment.
    """

    made = Signal(object)

    def __init__(self, ctx: UiContext, cohort: CohortView, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Agregar participante"),
            text=_("Se inscribe en {cohort}. El código se asigna solo.", cohort=cohort.cohort.name),
            primary=_("Inscribir"),
            icon="user-plus",
            width=620,
            parent=parent,
        )
        self._ctx = ctx
        self._cohort = cohort
        self._looked_at: Participant | None = None
        today = ctx.clock.today()
        institution = ctx.workspace.institution.get()
        self.given = TextField(ctx, _("Nombre"), required=True, max_length=120)
        self.social = TextField(ctx, _("Nombre social"), max_length=120)
        self.first = TextField(ctx, _("Primer apellido"), max_length=120)
        self.second = TextField(ctx, _("Segundo apellido"), max_length=120)
        self.title_form = ChoiceField(
            ctx,
            _("Cómo quiere que diga su documento"),
            title_choices(_),
            value=TitleForm.FEMININE,
        )
        self.starts = DateField(
            ctx,
            _("Su calendario empieza el"),
            today=today,
            value=max(today, cohort.cohort.starts_on),
            low=cohort.cohort.starts_on,
            required=True,
        )
        self.channel = ChoiceField(ctx, _("Canal seguro"), channel_choices(_), value=Channel.NONE)
        self.hours = TextField(
            ctx, _("Horario seguro"), placeholder=_("lunes a viernes, 10 a 13 h"), max_length=120
        )
        self.call_her = TextField(ctx, _("Nombre a usar si contesta otra persona"), max_length=120)
        self.address = TextField(ctx, _("Número o correo"), max_length=120)
        self.message = CheckField(ctx, _("Se puede dejar mensaje"))
        self.curp = TextField(ctx, _("CURP"), max_length=24)
        self.run = TextField(ctx, _("RUN"), max_length=24)
        self.curp.setVisible(institution.uses_curp)
        self.run.setVisible(institution.uses_run)
        names = self._grid(
            (self.given, self.social), (self.first, self.second), (self.title_form, self.starts)
        )
        contact = self._grid((self.channel, self.hours), (self.call_her, self.address))
        self._alike = column(ctx, gap=8)
        self.add(names)
        self.add(Label(_("Contacto seguro"), "card-title"))
        self.add(contact)
        self.add(self.message)
        self.add(row(ctx, self.curp, self.run, gap=16))
        self.add(self._alike)

    def _grid(self, *lines: tuple[QWidget, QWidget]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.look.theme.px(16))
        grid.setVerticalSpacing(self.look.theme.px(10))
        for line, pair in enumerate(lines):
            for place, widget in enumerate(pair):
                grid.addWidget(widget, line, place)
                grid.setColumnStretch(place, 1)
        return holder(grid)

    def participant(self) -> Participant:
        """What was typed, without id and code."""
        return Participant(
            id="",
            code="",
            given_names=self.given.value() or "",
            first_surname=self.first.value() or "",
            second_surname=self.second.value() or "",
            social_name=self.social.value() or "",
            title_form=self.title_form.value() or TitleForm.FEMININE,
            contact=SafeContact(
                channel=self.channel.value() or Channel.NONE,
                address=self.address.value() or "",
                hours=self.hours.value() or "",
                may_leave_message=bool(self.message.value()),
                call_her=self.call_her.value() or "",
            ),
            curp=self.curp.value() or "",
            run=self.run.value() or "",
        )

    def accept(self) -> None:
        person = self.participant()
        self.primary.setEnabled(False)
        if person == self._looked_at:
            self._store(person)
            return
        importing = self._ctx.workspace.importing
        self._ctx.jobs.run(
            lambda: importing.likely(person),
            lambda found: self._on_likely(person, found),
            self._refused,
            owner=self,
        )

    def _on_likely(self, person: Participant, found: tuple[Match, ...]) -> None:
        self._looked_at = person
        if not found:
            self._store(person)
            return
        _ = self._
        for match in found[:3]:
            if match.other is None:
                continue
            reasons = " ".join(_.render(reason) for reason in match.likeness.reasons)
            words = _(
                "Se parece a {name} ({code}). {reasons}",
                name=roll_name(match.other),
                code=match.other.code,
                reasons=reasons,
            )
            self._alike.addWidget(Well(self.look, words, "attention", icon="users"))
        self.primary.set_text(_("Es otra persona: inscribir"))
        self.primary.setEnabled(True)
        self.resize(self.sizeHint())

    def _store(self, person: Participant) -> None:
        people, cohort_id = self._ctx.workspace.people, self._cohort.cohort.id
        starts = self.starts.value()
        self._ctx.jobs.run(
            lambda: people.add(person, cohort_id, starts), self._stored, self._refused, owner=self
        )

    def _stored(self, made: tuple[Participant, Enrolment]) -> None:
        self.made.emit(made)
        super().accept()

    def _refused(self, error: KitError) -> None:
        self.primary.setEnabled(True)
        if isinstance(error, InputRefused):
            ProblemsDialog(
                self.look,
                self._("No se inscribió"),
                self._.render(error.reason),
                error.problems,
                parent=self,
            ).open()
            return
        self._ctx.show_error(error)


class TransferDialog(Dialog):
    """To which cohort she moves, and from which day on."""

    def __init__(
        self, ctx: UiContext, cohort: CohortView, among: Sequence[CohortView], *, parent: QWidget
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Cambiar de cohorte"),
            text=_("Conserva sus horas. El día del cambio ya es de la cohorte nueva."),
            primary=_("Cambiar"),
            icon="shuffle",
            parent=parent,
        )
        same = [
            one
            for one in among
            if one.cohort.programme == cohort.cohort.programme
            and one.cohort.id != cohort.cohort.id
            and not one.cohort.closed
        ]
        self._cohort = ChoiceField(
            ctx,
            _("Cohorte nueva"),
            [(one.cohort.id, f"{cohort_words(_, one)} · {one.centre.name}") for one in same],
            required=True,
        )
        today = ctx.clock.today()
        self._on = DateField(ctx, _("Desde el"), today=today, value=today, required=True)
        self.add(self._cohort)
        self.add(self._on)

    def values(self) -> tuple[str, date]:
        """The cohort's id and the day."""
        on = self._on.value()
        assert on is not None
        return str(self._cohort.value()), on


class EnrolDialog(Dialog):
    """In which other cohort she is enrolled, and from which day on."""

    def __init__(
        self,
        ctx: UiContext,
        hers: Collection[str],
        among: Sequence[CohortView],
        *,
        parent: QWidget,
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Inscribir en otra cohorte"),
            text=_("Para otro programa. Dentro del mismo, use «Cambiar de cohorte»."),
            primary=_("Inscribir"),
            icon="plus",
            parent=parent,
        )
        others = [one for one in among if one.cohort.id not in hers]
        self._cohort = ChoiceField(
            ctx,
            _("Cohorte"),
            [(one.cohort.id, f"{cohort_words(_, one)} · {one.centre.name}") for one in others],
            required=True,
        )
        today = ctx.clock.today()
        self._on = DateField(
            ctx, _("Su calendario empieza el"), today=today, value=today, required=True
        )
        self.add(self._cohort)
        self.add(self._on)

    def values(self) -> tuple[str, date]:
        """The cohort's id and the day."""
        on = self._on.value()
        assert on is not None
        return str(self._cohort.value()), on


class PathDialog(Dialog):
    """The route and level that she follows, which may differ from her cohort's."""

    def __init__(
        self, ctx: UiContext, enrolment: Enrolment, cohort: CohortView, *, parent: QWidget
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Ruta y nivel"),
            text=_("Lo que le falta para graduarse se cuenta con los suyos."),
            primary=_("Guardar"),
            icon="map",
            parent=parent,
        )
        pack = ctx.workspace.desk.pack_of(cohort.cohort)
        self._programme = pack.programme(cohort.cohort.programme)
        self._route = ChoiceField(
            ctx,
            _("Ruta"),
            [(one.code, one.title) for one in self._programme.routes],
            value=enrolment.route,
            required=True,
        )
        self._level = ChoiceField(ctx, _("Nivel"), (), required=True)
        self._fill(enrolment.level)
        self._route.changed.connect(lambda _state: self._fill(""))
        self.add(self._route)
        self.add(self._level)

    def values(self) -> tuple[str, str]:
        """Route and level."""
        return str(self._route.value()), str(self._level.value())

    def _fill(self, chosen: str) -> None:
        levels = self._programme.route(str(self._route.value())).levels
        self._level.set_choices([(one.code, one.title) for one in levels])
        codes = [one.code for one in levels]
        self._level.set_value(chosen if chosen in codes else codes[0])


class LeaveDialog(Dialog):
    """Since when she no longer comes, and why, from a list."""

    def __init__(self, ctx: UiContext, enrolment: Enrolment, *, parent: QWidget) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            _("Dejó el programa"),
            text=_("Su asistencia queda guardada. Si vuelve, se retoma donde estaba."),
            primary=_("Anotar"),
            icon="log-out",
            parent=parent,
        )
        today = ctx.clock.today()
        self._on = DateField(
            ctx,
            _("Último día"),
            today=today,
            value=max(today, enrolment.starts_on),
            low=enrolment.starts_on,
            required=True,
        )
        self._reason = ChoiceField(ctx, _("Motivo"), leaving_choices(_), required=True)
        self.add(self._on)
        self.add(self._reason)

    def values(self) -> tuple[date, LeavingReason]:
        """The day and the reason."""
        on = self._on.value()
        assert on is not None
        return on, self._reason.value() or LeavingReason.UNKNOWN
