"""The forms of a training: an observed facilitation, the self-assessment, and one read again."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from facilitator_kit.curriculum.records import Instrument
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.monitoring.records import Response
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog, Dialog
from facilitator_kit.ui.pages.followup_forms import DAY, SurveyForm, text_of
from facilitator_kit.ui.pdf_view import show_pdf
from facilitator_kit.ui.widgets import (
    Button,
    ChoiceField,
    DangerButton,
    FormField,
    KeyValues,
    Label,
    MultilineField,
    Pill,
    TextField,
    flow,
    holder,
)
from facilitator_kit.workspace.training import NewObservation
from facilitator_kit.workspace.training_path import ATTEMPT, KEEP, OBSERVER, SESSION, own_feedback
from facilitator_kit.workspace.training_views import ObservableSession, Observation, TrainingPath


class ObservationForm(SurveyForm):
    """The checklist with what stands around it: what was facilitated, who watched, what was said.

    `sessions` are those that may have been the observed one; another can be written.
    """

    def __init__(
        self,
        ctx: UiContext,
        enrolment_id: str,
        checklist: Instrument,
        sessions: tuple[ObservableSession, ...],
        observer: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            ctx, enrolment_id, checklist, parent, day=ctx._("Observada el"), picks=True
        )
        _ = self._
        self._session = TextField(
            ctx,
            _("Sesión que facilitó"),
            max_length=160,
            required=True,
            placeholder=_("Título, grupo y fecha"),
            **self.keeping(SESSION),
        )
        self._recent = ChoiceField(
            ctx,
            _("Tomarla de las últimas sesiones"),
            [(self._words(one), self._words(one)) for one in sessions],
            on_commit=self._take_session,
        )
        if not sessions:
            self._recent.hide()
        self._observer = TextField(
            ctx,
            _("Quién observó"),
            value=observer,
            max_length=120,
            required=True,
            **self.keeping(OBSERVER),
        )
        around: dict[str, FormField[Any]] = {SESSION: self._session, OBSERVER: self._observer}
        place = self.body.indexOf(self.fields[DAY]) + 1
        for number, field in enumerate((self._session, self._recent, self._observer)):
            self.body.insertWidget(place + number, field)
        after: dict[str, FormField[Any]] = {}
        if not own_feedback(checklist):
            after = {
                KEEP: MultilineField(
                    ctx,
                    _("Qué conservar"),
                    lines=2,
                    hint=_("Lo que hizo bien y conviene repetir, con un ejemplo."),
                    **self.keeping(KEEP),
                ),
                ATTEMPT: MultilineField(
                    ctx,
                    _("Qué intentar la próxima vez"),
                    lines=2,
                    hint=_("Una sola cosa, concreta."),
                    **self.keeping(ATTEMPT),
                ),
            }
            foot = self.body.count() - 1
            for number, field in enumerate(after.values()):
                self.body.insertWidget(foot + number, field)
        first = {DAY: self.fields.pop(DAY)}
        self.fields = {**first, **around, **self.fields, **after}
        self.note_untouched()
        self.save.set_text(_("Guardar observación"))

    def store(self) -> None:
        """Store the observation, or say what is missing."""
        if not self.valid():
            return
        at = {name: text_of(field.value()) for name, field in self.fields.items()}
        new = NewObservation(
            enrolment_id=self._enrolment_id,
            on=self.fields[DAY].value() or self.ctx.clock.today(),
            session=at[SESSION],
            observer=at[OBSERVER],
            answers=self.answers(),
            keep=at.get(KEEP, ""),
            attempt=at.get(ATTEMPT, ""),
        )
        training = self.ctx.workspace.training
        self.run(partial(training.record_observation, new), self._("Observación guardada."))

    def _words(self, one: ObservableSession) -> str:
        return self._(
            "{title} · {cohort} · {day}",
            title=one.title,
            cohort=one.cohort.name,
            day=self._.date_short(one.scheduled.on),
        )

    def _take_session(self, chosen: Any) -> None:
        if chosen:
            self._session.set_value(str(chosen))
            self._keep(SESSION, str(chosen))


class _FormDialog(Dialog):
    """A form of questions in a dialog of its own; it closes once the form is stored."""

    def __init__(
        self,
        ctx: UiContext,
        path: TrainingPath,
        form: SurveyForm,
        title: str,
        primary: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            ctx,
            title,
            text=full_name(path.participant),
            primary=primary,
            icon="clipboard-pen",
            width=760,
            parent=parent,
        )
        self._ctx = ctx
        self.form = form
        form.heading.hide()
        form.save.hide()
        form.stored.connect(self._stored)
        self.add(form)
        self.print = Button(ctx, self._("Imprimir la hoja"), icon="printer", on_click=self._print)
        self.add_button(self.print)

    def submit(self) -> None:
        """Store what is answered; the keyboard goes to what is missing."""
        if self.form.valid():
            self.form.store()
            return
        wrong = self.focusWidget()
        if wrong is not None:
            self.make_room_for(wrong)

    def _stored(self, said: str) -> None:
        self._ctx.announce(said)
        self.accept()

    def _print(self) -> None:
        form = self.form
        printing = self._ctx.workspace.printing
        make = partial(printing.form, form.instrument.wave)
        show_pdf(self._ctx, form.instrument.title, make, f"{form.instrument.code}.pdf", self)


class ObservationDialog(_FormDialog):
    """Writes down an observed facilitation."""

    def __init__(
        self,
        ctx: UiContext,
        path: TrainingPath,
        checklist: Instrument,
        sessions: tuple[ObservableSession, ...],
        observer: str,
        parent: QWidget | None = None,
    ) -> None:
        form = ObservationForm(ctx, path.enrolment.id, checklist, sessions, observer)
        super().__init__(ctx, path, form, checklist.title, ctx._("Guardar observación"), parent)


class SelfAssessmentDialog(_FormDialog):
    """Answers the self-assessment, or corrects what was answered."""

    def __init__(
        self,
        ctx: UiContext,
        path: TrainingPath,
        instrument: Instrument,
        answered: Response | None,
        parent: QWidget | None = None,
    ) -> None:
        form = SurveyForm(ctx, path.enrolment.id, instrument, picks=True)
        super().__init__(ctx, path, form, instrument.title, ctx._("Guardar"), parent)
        form.take_response(answered)


class ObservationView(Dialog):
    """An observation read again: what was seen and what was said of it."""

    def __init__(
        self, ctx: UiContext, path: TrainingPath, found: Observation, parent: QWidget | None = None
    ) -> None:
        _ = ctx._
        super().__init__(
            ctx,
            found.session or _("Facilitación observada"),
            text=_(
                "{name} · {day} · observó {observer}",
                name=full_name(path.participant),
                day=_.date_long(found.response.answered_on),
                observer=found.observer,
            ),
            primary=_("Cerrar"),
            cancel="",
            icon="eye",
            width=640,
            parent=parent,
        )
        self._ctx = ctx
        self._found = found
        said = [(_("Qué conservar"), found.keep), (_("Qué intentar"), found.attempt)]
        pairs = [(name, text) for name, text in (*said, *found.notes) if text]
        if pairs:
            self.add(KeyValues(ctx, pairs))
        pills = [
            Pill(_("{choice}: {count}", choice=choice, count=count))
            for choice, count in found.tally
        ]
        self.add(holder(flow(ctx, *pills)))
        self.add(Label(_("Punto por punto"), "card-title"))
        self.add(KeyValues(ctx, [(label, choice) for label, choice in found.items]))
        self.add_button(
            DangerButton(ctx, _("Quitar observación…"), icon="trash-2", on_click=self._remove)
        )

    def _remove(self) -> None:
        _, training = self._, self._ctx.workspace.training

        def gone(_reason: str) -> None:
            self._ctx.jobs.run(
                partial(training.remove_observation, self._found.response.id),
                lambda _none: self._ctx.announce(_("Se quitó. Ctrl+Z la devuelve.")),
                owner=self._ctx,
            )
            self.accept()

        ConfirmDialog(
            self._ctx,
            _("¿Quitar esta observación?"),
            _("Deja de contar para su formación. Puede deshacerse."),
            yes=_("Quitar"),
            on_yes=gone,
            danger=True,
            parent=self,
        ).open()
