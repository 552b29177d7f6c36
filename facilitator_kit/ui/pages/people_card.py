"""One participant in full: where she stands, her enrolments, her data, how to reach her."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.eligibility import (
    Eligibility,
    EligibilityState,
    Line,
    LineKind,
    Standing,
)
from facilitator_kit.monitoring.names import full_name
from facilitator_kit.monitoring.records import Enrolment, Participant, SafeContact
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import ConfirmDialog, Dialog, read_then_ask
from facilitator_kit.ui.pages.cohorts_words import (
    LINE_ICONS,
    channel_choices,
    leaving_choices,
    line_words,
    standing_words,
    title_choices,
    word_of,
)
from facilitator_kit.ui.pages.people_dialogs import (
    EnrolDialog,
    LeaveDialog,
    PathDialog,
    TransferDialog,
)
from facilitator_kit.ui.pages.training_words import module_of
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    CheckField,
    ChoiceField,
    EvidenceLine,
    FlowLayout,
    FormField,
    Label,
    Pill,
    Rows,
    Scroll,
    TextField,
    Well,
    clear,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.views import CohortView, PersonView

FORM = "participant"
_CONTACT = frozenset(field.name for field in fields(SafeContact))


class PersonCard(Card):
    """Shows one person; fields commit on their own. `gone` comes when she was removed."""

    gone = Signal()

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, padding=16, parent=parent)
        self.ctx = ctx
        self._ = ctx._
        self._id = ""
        self._view: PersonView | None = None
        self._person: Participant | None = None
        self._drafted: set[str] = set()
        self._reasons: dict[str, str] = {}
        self.name = Label("", "card-title", wrap=True)
        self.code = Label("", "muted")
        self.state = Pill("")
        self._lines = Rows()
        self._enrolments = QVBoxLayout()
        self._enrolments.setSpacing(ctx.theme.px(14))
        self._warnings = column(ctx, gap=6)
        self._fields = self._make_fields()
        self._empty = Label(
            self._("Elija a una persona de la lista para ver sus datos."), "muted", wrap=True
        )
        self._whole = holder(self._lay_out())
        inner = column(ctx, self._empty, self._whole, None, gap=0)
        self.add(Scroll(inner), 1)
        self._show_nobody()

    # -- building ------------------------------------------------------------------------------

    def _make_fields(self) -> dict[str, FormField[Any]]:
        ctx, _ = self.ctx, self._

        def more(name: str) -> dict[str, Any]:
            return {
                "on_commit": partial(self._on_commit, name),
                "on_draft": partial(self._on_draft, name),
            }

        return {
            "given_names": TextField(
                ctx, _("Nombre"), required=True, max_length=120, **more("given_names")
            ),
            "first_surname": TextField(
                ctx, _("Primer apellido"), max_length=120, **more("first_surname")
            ),
            "second_surname": TextField(
                ctx, _("Segundo apellido"), max_length=120, **more("second_surname")
            ),
            "social_name": TextField(
                ctx,
                _("Nombre social"),
                max_length=120,
                hint=_("Si lo tiene, se usa en lugar del nombre."),
                **more("social_name"),
            ),
            "title_form": ChoiceField(
                ctx, _("Cómo quiere que diga su documento"), title_choices(_), **more("title_form")
            ),
            "code": TextField(ctx, _("Código"), required=True, max_length=20, **more("code")),
            "channel": ChoiceField(ctx, _("Canal seguro"), channel_choices(_), **more("channel")),
            "hours": TextField(
                ctx,
                _("Horario seguro"),
                placeholder=_("lunes a viernes, 10 a 13 h"),
                max_length=120,
                **more("hours"),
            ),
            "may_leave_message": CheckField(
                ctx, _("Se puede dejar mensaje"), **more("may_leave_message")
            ),
            "call_her": TextField(
                ctx,
                _("Nombre a usar si contesta otra persona"),
                max_length=120,
                **more("call_her"),
            ),
            "address": TextField(ctx, _("Número o correo"), max_length=120, **more("address")),
            "curp": TextField(ctx, _("CURP"), max_length=24, **more("curp")),
            "run": TextField(ctx, _("RUN"), max_length=24, **more("run")),
        }

    def _lay_out(self) -> QVBoxLayout:
        ctx, _ = self.ctx, self._
        at = self._fields
        self.remove_button = Button(
            ctx, _("Quitar a la participante"), icon="trash-2", on_click=self.remove, small=True
        )
        self.enrol_button = Button(
            ctx, _("Inscribir en otra cohorte"), icon="plus", on_click=self.enrol, small=True
        )
        more = FlowLayout(ctx, gap=8)
        more.addWidget(self.enrol_button)
        more.addWidget(self.remove_button)
        contact = column(
            ctx,
            Label(_("Contacto seguro"), "card-title"),
            at["channel"],
            at["hours"],
            at["may_leave_message"],
            at["call_her"],
            # The number comes last: how she may be reached is read before it.
            at["address"],
            gap=10,
        )
        data = column(
            ctx,
            Label(_("Datos"), "card-title"),
            *(at[name] for name in ("given_names", "first_surname", "second_surname")),
            *(at[name] for name in ("social_name", "title_form", "code", "curp", "run")),
            self._warnings,
            gap=10,
        )
        return column(
            ctx,
            column(ctx, self.name, self.code, gap=2),
            row(ctx, self.state, None),
            self._lines,
            self._enrolments,
            contact,
            data,
            holder(more),
            gap=16,
        )

    # -- showing -------------------------------------------------------------------------------

    def show_person(self, person_id: str) -> None:
        """Show somebody else; "" shows nobody."""
        if person_id == self._id:
            return
        for field in self._fields.values():
            field.commit()  # what was being typed belongs to the person shown so far
        self._id = person_id
        self._person = None
        self._reasons.clear()
        if not person_id:
            self._show_nobody()
            return
        self.refresh()

    def refresh(self) -> None:
        """Read the shown person again."""
        if not self._id:
            return
        person_id = self._id
        workspace = self.ctx.workspace

        def read() -> tuple[PersonView, dict[str, str]]:
            return workspace.people.get(person_id), workspace.followup.drafts(FORM, person_id)

        self.ctx.jobs.run(
            read,
            lambda found: self._show(person_id, *found),
            lambda error: self._on_gone(person_id, error),
            owner=self,
        )

    def _on_gone(self, person_id: str, error: KitError) -> None:
        if person_id != self._id:
            return
        if error.code != "not_found":
            self.ctx.show_error(error)
            return
        self._id = ""
        self._show_nobody()
        self.gone.emit()

    def _show_nobody(self) -> None:
        self._view = self._person = None
        self._whole.setVisible(False)
        self._empty.setVisible(True)

    def _show(self, person_id: str, view: PersonView, drafts: dict[str, str]) -> None:
        if person_id != self._id:
            return
        _ = self._
        self._view = view
        self._person = view.participant
        self._empty.setVisible(False)
        self._whole.setVisible(True)
        self.name.setText(full_name(view.participant))
        self.code.setText(view.participant.code)
        self._show_standing(view)
        clear(self._enrolments)
        for enrolment, cohort in reversed(view.enrolments):
            self._enrolments.addWidget(self._enrolment(enrolment, cohort))
        self._drafted = set(drafts)
        person = view.participant
        for name, field in self._fields.items():
            source = person.contact if name in _CONTACT else person
            field.set_value(getattr(source, name))
            if name in drafts:
                self._show_draft(name, drafts[name])
        institution = self.ctx.workspace.institution.get()
        self._fields["curp"].setVisible(institution.uses_curp)
        self._fields["run"].setVisible(institution.uses_run)
        self._show_warnings(person)
        self.remove_button.setVisible(not self._has_records(view))

    def _show_draft(self, name: str, text: str) -> None:
        """What was typed and not stored, with the reason why it is not."""
        field = self._fields[name]
        field.set_draft(text)
        if field.state().valid:
            waiting = self._("Borrador: todavía no está guardado.")
            field.set_error(self._reasons.get(name, waiting))

    def _show_standing(self, view: PersonView) -> None:
        _ = self._
        standing = view.eligibility
        self.state.setVisible(standing is not None)
        self._lines.setVisible(standing is not None)
        if standing is None:
            return
        if any(e.left_on is None for e, _cohort in view.enrolments):
            self.state.set(*standing_words(_, standing))
        else:
            self.state.set(_("Dejó el programa"), "neutral")
        titles = self._module_titles(view)
        widgets = []
        ahead = [line for line in standing.lines if _is_ahead(line)]
        for line in standing.lines:
            if line.state is EligibilityState.FULFILLED or line in ahead:
                continue
            icon, tone = LINE_ICONS[line.state]
            code = module_of(line)
            title, detail = line_words(_, line, titles.get(code, code), standing.on)
            widgets.append(EvidenceLine(self.ctx, icon, title, detail, tone=tone))
        if ahead:
            words = _.plural("{count} módulo por cursar", "{count} módulos por cursar", len(ahead))
            listed = " · ".join(titles.get(line.code, line.code) for line in ahead)
            widgets.append(EvidenceLine(self.ctx, "circle", words, listed))
        done = _fulfilled(standing)
        if done:
            words = _.plural("{count} requisito cumplido", "{count} requisitos cumplidos", done)
            widgets.append(EvidenceLine(self.ctx, "circle-check", words, tone="good"))
        self._lines.set_rows(widgets)

    def _module_titles(self, view: PersonView) -> dict[str, str]:
        titles: dict[str, str] = {}
        for _enrolment, cohort in view.enrolments:
            pack = self.ctx.workspace.desk.pack_of(cohort.cohort)
            for module in pack.modules:
                titles[module.code] = module.title
        return titles

    def _enrolment(self, enrolment: Enrolment, cohort: CohortView) -> QWidget:
        ctx, _ = self.ctx, self._
        pack = ctx.workspace.desk.pack_of(cohort.cohort)
        programme = pack.programme(cohort.cohort.programme)
        hers = programme.level(enrolment.route, enrolment.level)
        path = f"{programme.route(enrolment.route).title} · {hers.title}"
        lines = [
            Label(f"{cohort.generation.name} · {cohort.cohort.name}", "strong", wrap=True),
            Label(path, "muted", wrap=True),
            Label(self._since(enrolment), "muted", wrap=True),
        ]
        buttons = FlowLayout(ctx, gap=6)
        for text, icon, run in self._enrolment_actions(enrolment):
            buttons.addWidget(
                Button(
                    ctx,
                    text,
                    icon=icon,
                    on_click=partial(run, enrolment, cohort),
                    small=True,
                    name=f"{text}: {cohort.cohort.name}",
                )
            )
        return holder(column(ctx, *lines, holder(buttons), gap=4))

    def _since(self, enrolment: Enrolment) -> str:
        _ = self._
        since = _("Desde el {day}", day=_.date_long(enrolment.starts_on))
        if enrolment.left_on is None:
            return since
        day = _.date_long(enrolment.left_on)
        if enrolment.transferred_to:
            return _("{since} · se cambió el {day}", since=since, day=day)
        reason = word_of(leaving_choices(_), enrolment.leaving_reason).lower()
        return _("{since} · dejó el {day}: {reason}", since=since, day=day, reason=reason)

    def _enrolment_actions(self, enrolment: Enrolment) -> list[tuple[str, str, Any]]:
        _ = self._
        if enrolment.left_on is None:
            return [
                (_("Cambiar de cohorte"), "shuffle", self.transfer),
                (_("Ruta y nivel"), "map", self.change_path),
                (_("Dejó el programa"), "log-out", self.leave),
            ]
        if enrolment.transferred_to is None:
            return [(_("Volvió"), "log-in", self.come_back)]
        return []

    def _has_records(self, view: PersonView) -> bool:
        if view.responses or view.contacts or view.lines:
            return True
        if view.eligibility is None:
            return False
        return any(
            evidence.mark is not None
            for line in view.eligibility.of_kind(LineKind.MODULE)
            for evidence in line.sessions
        )

    def _show_warnings(self, person: Participant) -> None:
        clear(self._warnings)
        for warning in self.ctx.workspace.people.warnings(person):
            words = self._.render(warning)
            self._warnings.addWidget(Well(self.ctx, words, "attention", icon="triangle-alert"))

    # -- fields --------------------------------------------------------------------------------

    def _on_commit(self, name: str, value: Any) -> None:
        person = self._person
        if person is None:
            return
        if value is None:
            value = ""
        if name in _CONTACT:
            changed = replace(person, contact=replace(person.contact, **{name: value}))
        else:
            changed = replace(person, **{name: value})
        if changed == person and name not in self._drafted:
            return
        # The next field's change is made on top of this one, stored or still on its way.
        self._person = changed
        workspace, drafted = self.ctx.workspace, name in self._drafted
        self._drafted.discard(name)

        def store() -> None:
            workspace.people.save(changed)
            if drafted:
                workspace.followup.keep_draft(FORM, changed.id, name, None)

        self.ctx.jobs.run(
            store,
            lambda _none: self._show_warnings(changed),
            lambda error: self._on_refused(name, str(value), error),
            owner=self,
        )

    def _on_draft(self, name: str, text: str) -> None:
        person = self._person
        if person is None:
            return
        self._drafted.add(name)
        followup = self.ctx.workspace.followup
        self.ctx.jobs.run(
            lambda: followup.keep_draft(FORM, person.id, name, text),
            lambda _none: None,
            owner=self,
        )

    def _on_refused(self, name: str, typed: str, error: KitError) -> None:
        if self._view is not None:
            self._person = self._view.participant
        if isinstance(error, InputRefused) and error.problems:
            problem = error.problems[0]
            reason = f"{self._.render(problem.reason)} {self._.render(problem.remedy)}"
            self._reasons[name] = reason
            self._on_draft(name, typed)
            self._fields[name].set_error(reason)
            return
        self.ctx.show_error(error)
        self.refresh()

    # -- actions -------------------------------------------------------------------------------

    def _run(self, function: Callable[[], object], said: str) -> None:
        self.ctx.jobs.run(function, lambda _made: self._after(said), owner=self)

    def _after(self, said: str) -> None:
        self.ctx.announce(said)
        self.refresh()

    def transfer(self, enrolment: Enrolment, cohort: CohortView) -> None:
        """Move her to another cohort; she keeps her minutes."""
        make = partial(self._transfer_dialog, enrolment, cohort)
        read_then_ask(self.ctx.jobs, self.ctx.workspace.courses.cohorts, make, self)

    def _transfer_dialog(
        self, enrolment: Enrolment, cohort: CohortView, among: Sequence[CohortView]
    ) -> Dialog:
        dialog = TransferDialog(self.ctx, cohort, among, parent=self)
        people = self.ctx.workspace.people

        def store() -> None:
            other, on = dialog.values()
            self._run(
                lambda: people.transfer(enrolment.id, other, on),
                self._("Cambió de cohorte; conserva sus horas."),
            )

        dialog.accepted.connect(store)
        return dialog

    def change_path(self, enrolment: Enrolment, cohort: CohortView) -> None:
        """Change the route and level that she follows."""
        dialog = PathDialog(self.ctx, enrolment, cohort, parent=self)
        people = self.ctx.workspace.people

        def store() -> None:
            route, level = dialog.values()
            self._run(
                lambda: people.change_path(enrolment.id, route, level),
                self._("Ruta y nivel guardados."),
            )

        dialog.accepted.connect(store)
        dialog.open()

    def leave(self, enrolment: Enrolment, cohort: CohortView) -> None:
        """Note that she left the programme, with a reason from the list."""
        del cohort
        dialog = LeaveDialog(self.ctx, enrolment, parent=self)
        people = self.ctx.workspace.people

        def store() -> None:
            on, reason = dialog.values()
            self._run(
                lambda: people.leave(enrolment.id, on, reason),
                self._("Anotado. Si vuelve, use «Volvió»."),
            )

        dialog.accepted.connect(store)
        dialog.open()

    def come_back(self, enrolment: Enrolment, cohort: CohortView) -> None:
        """She came back: leaving is taken away again."""
        del cohort
        people = self.ctx.workspace.people
        self._run(lambda: people.come_back(enrolment.id), self._("Anotado: volvió."))

    def enrol(self) -> None:
        """Enrol her in one more cohort."""
        if self._view is not None:
            make = partial(self._enrolment_dialog, self._view)
            read_then_ask(self.ctx.jobs, self.ctx.workspace.courses.cohorts, make, self)

    def _enrolment_dialog(self, view: PersonView, among: Sequence[CohortView]) -> Dialog:
        person_id = view.participant.id
        mine = {cohort.cohort.id for _enrolment, cohort in view.enrolments}
        dialog = EnrolDialog(self.ctx, mine, among, parent=self)
        people = self.ctx.workspace.people

        def store() -> None:
            cohort_id, on = dialog.values()
            self._run(lambda: people.enrol(person_id, cohort_id, on), self._("Quedó inscrita."))

        dialog.accepted.connect(store)
        return dialog

    def remove(self) -> None:
        """Remove somebody written down by mistake."""
        if self._view is None:
            return
        _ = self._
        person = self._view.participant
        people = self.ctx.workspace.people
        ConfirmDialog(
            self.ctx,
            _("Quitar a {name}", name=full_name(person)),
            _("Solo se puede mientras no tenga nada anotado. Puede deshacerse."),
            yes=_("Quitar"),
            on_yes=lambda _reason: self._run(lambda: people.remove(person.id), _("Se quitó.")),
            danger=True,
            parent=self,
        ).open()


def _is_ahead(line: Line) -> bool:
    """Whether a module has not begun for her, so that nothing of it is lost yet."""
    return (
        line.kind is LineKind.MODULE
        and line.state is EligibilityState.CAN_FULFIL
        and all(one.standing is Standing.OPEN for one in line.sessions)
    )


def _fulfilled(standing: Eligibility) -> int:
    return sum(line.state is EligibilityState.FULFILLED for line in standing.lines)
