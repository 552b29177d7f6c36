"""Plain forms: an instrument's questions, and one follow-up contact. What is typed is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.curriculum.instruments import is_heading
from facilitator_kit.curriculum.records import Instrument, Question, QuestionKind
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import (
    Answer,
    Barrier,
    Channel,
    ContactTopic,
    FollowUpContact,
    Response,
)
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ProblemsDialog
from facilitator_kit.ui.pages.cohorts_words import barrier_choices, channel_choices, topic_choices
from facilitator_kit.ui.reading_order import bring_into_sight
from facilitator_kit.ui.theme import Role
from facilitator_kit.ui.widgets import (
    CheckField,
    ChoiceField,
    DateField,
    FormField,
    Label,
    LinkButton,
    MultilineField,
    NumberField,
    PickField,
    Pill,
    PrimaryButton,
    TextField,
    fits_picks,
    flow,
    row,
)
from facilitator_kit.workspace.followup import CONTACT_FORM, survey_form

DAY = "answered_on"


class KeptForm(QWidget):
    """A form whose every field is kept as a draft until the whole is stored.

    `stored(words)` comes once it is, `discarded()` once what was typed is thrown away. `form` and
    `record_id` name the drafts.
    """

    stored = Signal(str)
    discarded = Signal()

    def __init__(
        self, ctx: UiContext, form: str, record_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._
        self._form = form
        self._record_id = record_id
        self._taking = False
        self._storing = False
        self._untouched: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self._kept: set[str] = set()
        self.fields: dict[str, FormField[Any]] = {}
        self.draft_pill = Pill(self._("Borrador: sin guardar"), "attention")
        self.discard = LinkButton(
            ctx,
            self._("Descartar"),
            name=self._("Descartar lo escrito sin guardar"),
            on_click=self._discard,
        )
        self._show_kept()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(ctx.theme.px(12))

    def start(self) -> None:
        """Give the keyboard to the first field."""
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()

    def keeping(self, name: str) -> dict[str, Any]:
        """The two callbacks that keep a field's text as a draft."""
        return {
            "on_commit": lambda value: self._keep(name, text_of(value)),
            "on_draft": lambda text: self._keep(name, text),
        }

    def take_drafts(self, drafts: Mapping[str, str]) -> None:
        """Show what was typed before and not stored."""
        self._taking = True
        for name, text in drafts.items():
            field = self.fields.get(name)
            if field is None or field.typed() != self._untouched.get(name, field.typed()):
                continue  # typed in since: the newer text stays
            if isinstance(field, CheckField):
                field.set_value(bool(text))
            elif isinstance(field, ChoiceField):
                field.set_value(self.choice_of(name, text))
            else:
                field.set_draft(text)
        self._taking = False
        self._kept.update(drafts)
        self._show_kept()

    def note_untouched(self) -> None:
        """From here on, what differs in a field was typed by the person."""
        self._untouched = {name: field.typed() for name, field in self.fields.items()}
        self._given = {name: text_of(field.value()) for name, field in self.fields.items()}

    def choice_of(self, name: str, text: str) -> Any:
        """The value of a choice field from its draft."""
        del name
        return text

    def valid(self) -> bool:
        """Check every field; the keyboard goes to the first that is wrong."""
        wrong = [field for field in self.fields.values() if not field.valid()]
        if wrong:
            wrong[0].setFocus()
            # What is wrong now stands below the fields: first that is laid out.
            QTimer.singleShot(0, wrong[0], lambda: bring_into_sight(wrong[0]))
        return not wrong

    def run(self, function: Callable[[], object], said: str) -> None:
        """Store on the worker, then tell. What is stored is no longer kept as a draft."""
        self._storing = True
        self.ctx.jobs.run(function, lambda _made: self.stored.emit(said), self._refused, owner=self)

    def _keep(self, name: str, text: str) -> None:
        if self._taking or self._storing:
            return
        # What is taken back by hand is no draft: the field is as it was given.
        kept = text if text != self._given.get(name) else None
        if kept is None:
            self._kept.discard(name)
        else:
            self._kept.add(name)
        self._show_kept()
        followup = self.ctx.workspace.followup
        self.ctx.jobs.run(
            lambda: followup.keep_draft(self._form, self._record_id, name, kept),
            lambda _none: None,
            owner=self.ctx.jobs,
        )

    def _show_kept(self) -> None:
        self.draft_pill.setVisible(bool(self._kept))
        self.discard.setVisible(bool(self._kept))

    def _discard(self) -> None:
        # Nothing typed is handed on any more: what still waits to be is thrown away as well.
        self._storing = True
        followup = self.ctx.workspace.followup
        self.ctx.jobs.run(
            lambda: followup.discard_drafts(self._form, self._record_id),
            lambda _none: self.discarded.emit(),
            owner=self,
        )

    def _refused(self, error: KitError) -> None:
        self._storing = False
        if isinstance(error, InputRefused):
            ProblemsDialog(
                self.ctx,
                self._("No se guardó"),
                self._.render(error.reason),
                error.problems,
                parent=self,
            ).open()
            return
        self.ctx.show_error(error)


class SurveyForm(KeptForm):
    """An instrument's questions one below the other, for one woman; `day` words its date.

    With `picks` a few short choices stand side by side instead of in a list.
    """

    def __init__(
        self,
        ctx: UiContext,
        enrolment_id: str,
        instrument: Instrument,
        parent: QWidget | None = None,
        *,
        day: str = "",
        picks: bool = False,
    ) -> None:
        super().__init__(ctx, survey_form(instrument.wave), enrolment_id, parent)
        _ = self._
        self.instrument = instrument
        self._picks = picks
        self._enrolment_id = enrolment_id
        self.response: Response | None = None
        today = ctx.clock.today()
        self.state = Pill("")
        self.state.setVisible(False)
        self.heading = Label(instrument.title, "card-title", wrap=True)
        self.body.addWidget(self.heading)
        self.body.addLayout(flow(ctx, self.state, self.draft_pill, self.discard))
        self._add(
            DAY,
            DateField(
                ctx,
                day or _("Contestada el"),
                today=today,
                value=today,
                high=today,
                required=True,
                **self.keeping(DAY),
            ),
        )
        for question in instrument.questions:
            if question.kind is QuestionKind.NOTE:
                heads = picks and is_heading(question)
                role: Role = "card-title" if heads else "muted"
                self.body.addWidget(Label(question.label, role, wrap=True))
            else:
                self._add_question(question)
        self.note_untouched()
        self.save = PrimaryButton(ctx, _("Guardar encuesta"), icon="check", on_click=self.store)
        self.body.addLayout(row(ctx, self.save, None))

    def take_response(self, response: Response | None) -> None:
        """Fill in what was answered before, to look at or to correct."""
        if response is None:
            return
        answered = self._.date_short(response.answered_on)
        self.response = response
        self.state.set(self._("Contestada el {day}", day=answered), "good")
        self.state.setVisible(True)
        self.save.set_text(self._("Guardar cambios"))
        self.fields[DAY].set_value(response.answered_on)
        answers = {answer.name: answer.value for answer in response.answers}
        self._taking = True
        for question in self.instrument.questions:
            self._show_answer(question, answers.get(question.name, ""))
        self._taking = False
        self.note_untouched()

    def answers(self) -> tuple[Answer, ...]:
        """What is answered now, by the questions' own names."""
        found = []
        for question in self.instrument.questions:
            if question.kind is QuestionKind.NOTE:
                continue
            if question.kind is QuestionKind.SELECT_MULTIPLE:
                ticked = [
                    choice.name
                    for choice in question.choices
                    if self.fields[_part(question, choice.name)].value()
                ]
                value = " ".join(ticked)
            else:
                value = text_of(self.fields[question.name].value())
            found.append(Answer(question.name, value))
        return tuple(found)

    def store(self) -> None:
        """Store the answered form, or say what is missing."""
        if not self.valid():
            return
        on, answers = self.fields[DAY].value() or self.ctx.clock.today(), self.answers()
        followup, wave = self.ctx.workspace.followup, self.instrument.wave
        self.run(
            lambda: followup.record_response(self._enrolment_id, wave, on, answers),
            self._("Encuesta guardada."),
        )

    def _add(self, name: str, field: FormField[Any]) -> None:
        self.fields[name] = field
        self.body.addWidget(field)

    def _add_question(self, question: Question) -> None:
        ctx, _ = self.ctx, self._
        more: dict[str, Any] = {
            "required": question.required,
            "hint": question.hint,
            **self.keeping(question.name),
        }
        if question.kind is QuestionKind.SELECT_ONE:
            choices = [(choice.name, choice.label) for choice in question.choices]
            if not question.required:
                choices.insert(0, ("", _("Sin respuesta")))
            side_by_side = self._picks and fits_picks(choices)
            kind = PickField if side_by_side else ChoiceField
            field: FormField[Any] = kind(ctx, question.label, choices, **more)
        elif question.kind is QuestionKind.INTEGER:
            field = NumberField(ctx, question.label, low=question.least, high=question.most, **more)
        elif question.kind is QuestionKind.SELECT_MULTIPLE:
            self.body.addWidget(Label(question.label, "small-strong", wrap=True))
            if question.hint:
                self.body.addWidget(Label(question.hint, "small", wrap=True))
            for choice in question.choices:
                name = _part(question, choice.name)
                box = CheckField(ctx, choice.label, **self.keeping(name))
                # Heard alone, an answer says nothing without its question.
                box.editor.setAccessibleName(f"{question.label} {choice.label}")
                self._add(name, box)
            return
        else:
            field = MultilineField(ctx, question.label, lines=2, **more)
        self._add(question.name, field)

    def _show_answer(self, question: Question, value: str) -> None:
        if question.kind is QuestionKind.NOTE:
            return
        if question.kind is QuestionKind.SELECT_MULTIPLE:
            for choice in question.choices:
                name = _part(question, choice.name)
                self.fields[name].set_value(choice.name in value.split())
        elif question.kind is QuestionKind.INTEGER:
            self.fields[question.name].set_value(Decimal(value) if value else None)
        else:
            self.fields[question.name].set_value(value or None)


class ContactForm(KeptForm):
    """One follow-up contact: from lists, with no free narrative beyond the agreement."""

    def __init__(
        self,
        ctx: UiContext,
        enrolment_id: str,
        channel: Channel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, CONTACT_FORM, enrolment_id, parent)
        _ = self._
        self._enrolment_id = enrolment_id
        today = ctx.clock.today()
        usual = channel if channel is not Channel.NONE else Channel.IN_PERSON
        channels = [pair for pair in channel_choices(_) if pair[0] is not Channel.NONE]
        self.fields = {
            "on": DateField(
                ctx,
                _("Fecha del contacto"),
                today=today,
                value=today,
                high=today,
                required=True,
                **self.keeping("on"),
            ),
            "channel": ChoiceField(
                ctx,
                _("Por qué canal"),
                channels,
                value=usual,
                required=True,
                **self.keeping("channel"),
            ),
            "topic": ChoiceField(
                ctx, _("Tema"), topic_choices(_), required=True, **self.keeping("topic")
            ),
            "reached": CheckField(ctx, _("Respondió"), value=True, **self.keeping("reached")),
            "barrier": ChoiceField(
                ctx,
                _("Qué se lo dificulta"),
                barrier_choices(_),
                value=Barrier.NONE,
                **self.keeping("barrier"),
            ),
            "agreement": TextField(
                ctx,
                _("Acuerdo"),
                max_length=120,
                hint=_("Una frase sobre lo acordado. No escriba asuntos privados."),
                **self.keeping("agreement"),
            ),
            "next_on": DateField(
                ctx, _("Próximo contacto"), today=today, low=today, **self.keeping("next_on")
            ),
            "referral_offered": CheckField(
                ctx, _("Se le ofreció derivación"), **self.keeping("referral_offered")
            ),
        }
        self.body.addWidget(Label(_("Nuevo contacto"), "card-title"))
        self.body.addLayout(flow(ctx, self.draft_pill, self.discard))
        for field in self.fields.values():
            self.body.addWidget(field)
        self.note_untouched()
        self.save = PrimaryButton(ctx, _("Guardar contacto"), icon="check", on_click=self.store)
        self.body.addLayout(row(ctx, self.save, None))

    def start(self) -> None:
        self.fields["topic"].setFocus()

    def choice_of(self, name: str, text: str) -> Any:
        kinds: dict[str, type[Channel] | type[ContactTopic] | type[Barrier]] = {
            "channel": Channel,
            "topic": ContactTopic,
            "barrier": Barrier,
        }
        return next((one for one in kinds[name] if one.value == text), None)

    def store(self) -> None:
        """Store the contact, or say what is missing."""
        if not self.valid():
            return
        at: dict[str, Any] = {name: field.value() for name, field in self.fields.items()}
        contact = FollowUpContact(
            id="",
            enrolment_id=self._enrolment_id,
            on=at["on"],
            channel=at["channel"],
            topic=at["topic"],
            reached=bool(at["reached"]),
            barrier=at["barrier"] or Barrier.NONE,
            agreement=at["agreement"] or "",
            next_on=at["next_on"],
            referral_offered=bool(at["referral_offered"]),
        )
        followup = self.ctx.workspace.followup
        self.run(lambda: followup.record_contact(contact), self._("Contacto anotado."))


def text_of(value: Any) -> str:
    """A field's value as a draft's text; a yes is "1"."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _part(question: Question, choice: str) -> str:
    """The field of one choice of a question that takes several."""
    return f"{question.name}/{choice}"
