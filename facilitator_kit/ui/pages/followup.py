"""The surveys and follow-up tab: who was asked, who is due, and the forms to write it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.curriculum.records import Wave
from facilitator_kit.monitoring.eligibility import EligibilityState, Line, LineKind
from facilitator_kit.monitoring.names import full_name, roll_name
from facilitator_kit.monitoring.records import FollowUpContact, Response
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.cohorts_tab import CohortTab
from facilitator_kit.ui.pages.followup_contacts import ContactList, SafeWay
from facilitator_kit.ui.pages.followup_forms import ContactForm, SurveyForm
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Column,
    EmptyState,
    Label,
    RecordModel,
    RecordTable,
    Scroll,
    Segments,
    SplitView,
    column,
    filled_anew,
)
from facilitator_kit.workspace.followup import CONTACT_FORM, survey_form
from facilitator_kit.workspace.views import AttendanceGrid, GridRow

CONTACTS: Final = "contacts"
ENTRY: Final = "entry"
EXIT: Final = "exit"
_WAVES: Final = {ENTRY: Wave.ENTRY, EXIT: Wave.EXIT}
_FORMS: Final = {
    CONTACTS: CONTACT_FORM,
    **{part: survey_form(wave) for part, wave in _WAVES.items()},
}
"""The name under which each part's drafts are kept."""


class FollowUpTab(CohortTab):
    """Women by what is due first at the left; one woman's contacts and surveys at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._wanted = ""
        self._to_finish = False
        self._shown = ("", "")
        self._half_typed: dict[str, frozenset[str]] = {}
        self._model = RecordModel[GridRow](
            (
                Column[GridRow](_("Código"), lambda one: one.participant.code, style="muted"),
                Column[GridRow](
                    _("Nombre"),
                    lambda one: roll_name(one.participant),
                    style="strong",
                    stretch=True,
                    tip=lambda one: roll_name(one.participant),
                ),
                Column[GridRow](
                    _("Entrada"),
                    lambda one: self._survey(one, "survey_entry")[0],
                    tone=lambda one: self._survey(one, "survey_entry")[1],
                ),
                Column[GridRow](
                    _("Salida"),
                    lambda one: self._survey(one, "survey_exit")[0],
                    tone=lambda one: self._survey(one, "survey_exit")[1],
                ),
                Column[GridRow](
                    _("Contactos"),
                    self._contacts,
                    align="right",
                    tone=lambda one: "attention" if self._typed(one, CONTACT_FORM) else None,
                ),
                Column[GridRow](_("Antes del"), self._next, align="right"),
            ),
            key=lambda one: one.enrolment.id,
        )
        self.table = RecordTable(ctx, _("Encuestas y seguimiento de la cohorte"), self._model)
        self._read_once = False
        self.table.selected.connect(self._on_selected)
        self.table.activated.connect(lambda _one: self.new_contact())
        self.part = Segments(
            ctx,
            _("Qué anotar"),
            ((CONTACTS, _("Contactos")), (ENTRY, _("Entrada")), (EXIT, _("Salida"))),
        )
        self.part.chosen.connect(lambda _value: self._show_part())
        self.name = Label("", "card-title", wrap=True)
        self.contacts: ContactList | None = None
        self.form: ContactForm | SurveyForm | None = None
        self._inside = QVBoxLayout()
        self._inside.setSpacing(ctx.theme.px(12))
        self._inside.setContentsMargins(0, 0, 0, 0)
        listed = Card(ctx, padding=8)
        listed.add(self.table, 1)
        side = Card(ctx, padding=16)
        side.add(column(ctx, self.name, self.part, gap=8))
        self._scroll = Scroll(self._inside)
        side.add(self._scroll, 1)
        side.setMinimumHeight(ctx.theme.px(200))
        self._parts = SplitView(ctx, listed, side, side_width=336)
        self._elsewhere = self._in_training()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._parts)
        whole.addWidget(self._elsewhere)

    def _in_training(self) -> Card:
        """What stands here for people in training: what they show is on a page of its own."""
        ctx, _ = self.ctx, self._
        self.open_training = Button(
            ctx, _("Abrir Formación"), icon="school", on_click=self._go_to_training
        )
        card = Card(ctx)
        card.add(
            EmptyState(
                ctx,
                "school",
                _("Esta cohorte es una formación"),
                _(
                    "Sus cuestionarios, prácticas, observaciones y autoevaluaciones están en "
                    "Formación, en la ruta de cada persona."
                ),
                action=self.open_training,
            ),
            1,
        )
        card.hide()
        return card

    def cohort_changed(self) -> None:
        self._parts.setVisible(not self._is_training)
        self._elsewhere.setVisible(self._is_training)

    @property
    def _is_training(self) -> bool:
        cohort = self.cohort
        groups = self.ctx.workspace.training_groups
        return cohort is not None and groups.is_training(cohort.cohort)

    def _go_to_training(self) -> None:
        if self.cohort is not None:
            self.ctx.navigate("formacion", cohort=self.cohort.cohort.id)

    # -- the page's questions --------------------------------------------------------------------

    def title(self) -> str:
        return self._("Seguimiento")

    def open(self, params: Mapping[str, Any]) -> None:
        self._wanted = str(params.get("person") or "")
        self._to_finish = bool(params.get("unfinished"))

    def refresh(self) -> None:
        """Read who is due again on the worker, and the shown woman's contacts."""
        if self.cohort is None or self._is_training:
            self.actions_changed.emit()
            return
        cohort_id = self.cohort.cohort.id
        attendance, followup = self.ctx.workspace.attendance, self.ctx.workspace.followup

        def read() -> tuple[AttendanceGrid, dict[str, frozenset[str]]]:
            grid = attendance.grid(cohort_id)
            return grid, followup.unfinished([one.enrolment.id for one in grid.members])

        self.ctx.jobs.run(read, lambda found: self._take(*found), owner=self)

    def primary_action(self) -> PageAction | None:
        if self._is_training:
            return None
        usable = self.table.current() is not None
        return PageAction(
            self._("Anotar contacto"),
            self.new_contact,
            icon="message-circle-heart",
            enabled=usable,
            tip="" if usable else self._("Elija primero a una participante."),
            shortcut="Ctrl+N",
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        if self._is_training:
            return ()
        usable = self.table.current() is not None
        return (
            PageAction(
                self._("Encuesta de entrada"),
                lambda: self._choose_part(ENTRY),
                icon="clipboard-pen",
                enabled=usable,
            ),
            PageAction(
                self._("Encuesta de salida"),
                lambda: self._choose_part(EXIT),
                icon="clipboard-check",
                enabled=usable,
            ),
        )

    def first_focus(self) -> QWidget | None:
        return self.open_training if self._is_training else self.table

    # -- the list ----------------------------------------------------------------------------------

    def _take(self, grid: AttendanceGrid, half_typed: dict[str, frozenset[str]]) -> None:
        if self.cohort is None or grid.cohort.cohort.id != self.cohort.cohort.id:
            return
        self._half_typed = half_typed
        if not self._read_once:
            # Only what was read can be said to be empty.
            self._read_once = True
            self.table.set_empty(self._nobody())
        staying = [one for one in grid.members if one.enrolment.left_on is None]
        rows = sorted(staying, key=lambda one: _due(one) or date.max)
        self._model.set_rows(rows)
        if self._to_finish:
            self._wanted = self._first_unfinished(rows)
        wanted, self._wanted = self._wanted, ""
        for one in rows:
            if wanted in (one.participant.id, one.enrolment.id):
                self.table.select(one.enrolment.id)
        self.table.select_first()
        if self._shown != self._chosen():
            self._on_selected()
        elif self.contacts is not None:
            self._read_contacts()
        elif isinstance(self.form, SurveyForm):
            self._read_again(self.form)
        self.actions_changed.emit()

    def _first_unfinished(self, rows: Sequence[GridRow]) -> str:
        """Who has a form half typed, with that form shown; "" where nobody has."""
        self._to_finish = False
        for one in rows:
            for part, form in _FORMS.items():
                if self._typed(one, form):
                    self.part.set_value(part)
                    return one.enrolment.id
        return ""

    def _nobody(self) -> QWidget:
        ctx, _ = self.ctx, self._
        return EmptyState(
            ctx,
            "message-circle-heart",
            _("Todavía no hay a quién dar seguimiento"),
            _("Cuando la cohorte tenga participantes, aquí verá qué falta y hasta cuándo."),
            action=Button(
                ctx,
                _("Agregar participantes"),
                icon="user-plus",
                on_click=lambda: ctx.navigate("cohortes", tab="people"),
            ),
        )

    def _typed(self, one: GridRow, form: str) -> bool:
        """Whether a form of hers was typed in and not stored."""
        return form in self._half_typed.get(one.enrolment.id, ())

    def _survey(self, one: GridRow, code: str) -> tuple[str, Tone | None]:
        _ = self._
        if self._typed(one, code):
            return _("Borrador"), "attention"
        line = _line(one, code)
        if line is None:
            return "", None
        if line.have:
            return _("Contestada"), "good"
        if line.state is EligibilityState.CANNOT:
            return _("Fuera de plazo"), "bad"
        if line.until is not None:
            day = _.date_near(line.until, one.eligibility.on)
            return _("Hasta {day}", day=day), "attention"
        return _("Sin contestar"), "neutral"

    def _contacts(self, one: GridRow) -> str:
        if self._typed(one, CONTACT_FORM):
            return self._("Borrador")
        line = _line(one, "follow_up")
        if line is None:
            return ""
        return self._("{made} de {asked}", made=line.have, asked=line.required)

    def _next(self, one: GridRow) -> str:
        due = _due(one)
        return self._.date_near(due, one.eligibility.on) if due is not None else ""

    # -- one woman -----------------------------------------------------------------------------

    def new_contact(self) -> None:
        """Show the contact form with the keyboard in it."""
        self._choose_part(CONTACTS)

    def _choose_part(self, part: str) -> None:
        self.part.set_value(part)
        self._show_part()
        if self.form is not None:
            self.form.start()

    def _chosen(self) -> tuple[str, str]:
        """Whose part is to be shown, and which."""
        one = self.table.current()
        return (one.enrolment.id if one is not None else "", str(self.part.value()))

    def _on_selected(self) -> None:
        # A form is made in a turn of its own; whoever goes on down the list passes it by.
        self.ctx.jobs.later(self._follow, owner=self)

    def _follow(self) -> None:
        if self._shown != self._chosen():
            self._show_part()
            self.actions_changed.emit()

    def _show_part(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)
        one = self.table.current()
        part = str(self.part.value())
        self._shown = self._chosen()
        with filled_anew(self._inside) as inside:
            self.form = self.contacts = None
            self.part.setVisible(one is not None)
            if one is None:
                self.name.setText("")
                inside.addWidget(
                    Label(self._("Elija a una participante de la lista."), "muted", wrap=True)
                )
                inside.addStretch(1)
                return
            self.name.setText(full_name(one.participant))
            if part == CONTACTS:
                inside.addWidget(SafeWay(self.ctx, one.participant.contact))
                self.contacts = ContactList(self.ctx)
                self.contacts.removed.connect(self._remove_contact)
                form: ContactForm | SurveyForm = ContactForm(
                    self.ctx, one.enrolment.id, one.participant.contact.channel
                )
                inside.addWidget(self.contacts)
                self._read_contacts()
            else:
                wave = _WAVES[part]
                instrument = self.ctx.workspace.followup.instrument(wave)
                form = SurveyForm(self.ctx, one.enrolment.id, instrument)
                self._read_response(form.take_response, one.enrolment.id, wave, form)
            form.stored.connect(self._on_stored)
            form.discarded.connect(self._on_discarded)
            self.form = form
            inside.addWidget(form)
            inside.addStretch(1)
            self._read_drafts(form, one.enrolment.id, part)

    def _read_drafts(self, form: ContactForm | SurveyForm, enrolment_id: str, part: str) -> None:
        followup = self.ctx.workspace.followup
        self.ctx.jobs.run(
            lambda: followup.drafts(_FORMS[part], enrolment_id), form.take_drafts, owner=form
        )

    def _read_response(
        self,
        take: Callable[[Response | None], None],
        enrolment_id: str,
        wave: Wave,
        form: SurveyForm,
    ) -> None:
        followup = self.ctx.workspace.followup

        def read() -> Response | None:
            found = [one for one in followup.responses(enrolment_id) if one.wave is wave]
            return found[-1] if found else None

        self.ctx.jobs.run(read, take, owner=form)

    def _read_again(self, form: SurveyForm) -> None:
        """A survey that was undone, or redone, is shown as it is stored now."""
        one, wave = self.table.current(), _WAVES.get(str(self.part.value()))
        if one is None or wave is None:
            return

        def show(found: Response | None) -> None:
            if self.form is form and found != form.response:
                self._show_part()

        self._read_response(show, one.enrolment.id, wave, form)

    def _read_contacts(self) -> None:
        one, listed = self.table.current(), self.contacts
        if one is None or listed is None:
            return
        followup, enrolment_id = self.ctx.workspace.followup, one.enrolment.id
        self.ctx.jobs.run(
            lambda: followup.contacts(enrolment_id), listed.show_contacts, owner=listed
        )

    def _on_stored(self, said: str) -> None:
        self.ctx.announce(said)
        # The next woman is one arrow key away; and what is taken down has the keyboard no more, or
        # it would wander into the new form and scroll it.
        self.table.setFocus()
        self._show_part()
        self.refresh()

    def _on_discarded(self) -> None:
        self._show_part()
        self.refresh()

    def _remove_contact(self, contact: FollowUpContact) -> None:
        followup = self.ctx.workspace.followup
        self.ctx.jobs.run(
            lambda: followup.remove_contact(contact.id),
            lambda _none: self._on_removed(),
            owner=self,
        )

    def _on_removed(self) -> None:
        self.ctx.announce(self._("Se quitó el contacto. Ctrl+Z lo devuelve."))
        self.refresh()


def _line(one: GridRow, code: str) -> Line | None:
    return next((line for line in one.eligibility.lines if line.code == code), None)


def _due(one: GridRow) -> date | None:
    """The nearest day by which a survey or contact of hers is due."""
    days = [
        line.until
        for line in one.eligibility.lines
        if line.kind is not LineKind.MODULE
        and line.state is EligibilityState.CAN_FULFIL
        and line.until is not None
    ]
    return min(days, default=None)
