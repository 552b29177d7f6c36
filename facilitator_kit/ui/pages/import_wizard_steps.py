"""The steps of the import wizard: each shows one thing and says what was chosen there."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from facilitator_kit.errors import Problem
from facilitator_kit.monitoring.names import roll_name
from facilitator_kit.monitoring.people_columns import Column as Field
from facilitator_kit.monitoring.people_columns import heading, recognise
from facilitator_kit.monitoring.people_import import ImportProposal, Likely, PersonDraft
from facilitator_kit.monitoring.people_tables import Table
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.cohorts_words import people_count
from facilitator_kit.ui.widgets import (
    Button,
    CheckBox,
    ChoiceField,
    Column,
    ComboBox,
    DateField,
    IconLabel,
    Label,
    RecordModel,
    RecordTable,
    Scroll,
    Segments,
    Well,
    clear,
    column,
    holder,
    row,
)
from facilitator_kit.workspace.importing import ImportPlan, duplicate_key
from facilitator_kit.workspace.views import CohortView


class FileStep(QWidget):
    """Which file, which sheet of it, and into which cohort. `asked` opens the file chooser."""

    asked = Signal()
    sheet_chosen = Signal(str)

    def __init__(self, ctx: UiContext, cohort: CohortView | None) -> None:
        super().__init__()
        self._ctx = ctx
        self._ = _ = ctx._
        self._cohort = cohort
        self.choose = Button(
            ctx, _("Elegir archivo…"), icon="folder-open", on_click=self.asked.emit
        )
        self._file = Label("", "strong", wrap=True)
        self._told = Well(ctx, "", "bad", icon="circle-x")
        self._told.setVisible(False)
        self.sheet = ChoiceField(ctx, _("Hoja"), ())
        self.sheet.changed.connect(lambda _state: self.sheet_chosen.emit(self.sheet.value() or ""))
        self.sheet.setVisible(False)
        today = ctx.clock.today()
        name = cohort.cohort.name if cohort is not None else ""
        self.into = CheckBox(ctx, _("Inscribir en {cohort}", cohort=name), checked=True)
        start = max(today, cohort.cohort.starts_on) if cohort is not None else today
        if cohort is not None and cohort.sessions_held == 0:
            start = cohort.cohort.starts_on
        self.starts = DateField(
            ctx, _("Su calendario empieza el"), today=today, value=start, required=True
        )
        self.into.toggled.connect(self.starts.setVisible)
        if cohort is None:
            self.into.hide()
            self.starts.hide()
        text = _(
            "Una fila por persona y una fila de encabezados: nombre, apellidos, código, contacto… "
            "Se aceptan Excel (.xlsx) y CSV. Nada se guarda hasta el último paso."
        )
        line = row(ctx, self.choose, self._file, gap=12)
        line.setStretch(1, 1)
        self.setLayout(
            column(
                ctx,
                Label(text, wrap=True),
                line,
                self._told,
                self.sheet,
                self.into,
                self.starts,
                None,
                gap=14,
            )
        )
        self.setFocusProxy(self.choose)

    def cohort(self) -> CohortView | None:
        """The cohort that they are enrolled in, if any."""
        return self._cohort if self.into.isChecked() else None

    def starts_on(self) -> date | None:
        """From which day on."""
        return self.starts.value() if self.cohort() is not None else None

    def show_error(self, words: str) -> None:
        """The file was not read."""
        self._file.setText("")
        self._told.label.setText(words)
        self._told.setVisible(True)

    def show_table(self, table: Table) -> None:
        """What was read, or why not."""
        _ = self._
        rows = _.plural("{count} fila", "{count} filas", len(table.rows))
        self._file.setText(_("{file}: {rows}", file=table.file, rows=rows))
        self._told.setVisible(bool(table.problems))
        self._told.label.setText(
            "\n".join(f"{_.render(p.reason)} {_.render(p.remedy)}" for p in table.problems)
        )
        self.sheet.setVisible(len(table.sheets) > 1)
        self.sheet.set_choices([(name, name) for name in table.sheets])
        self.sheet.set_value(table.sheet)


class ColumnsStep(QWidget):
    """What each column of the file holds; known headings are chosen already."""

    changed = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self._ctx = ctx
        self._ = ctx._
        self._boxes: dict[int, ComboBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(ctx.theme.px(16))
        self._grid.setVerticalSpacing(ctx.theme.px(8))
        self._grid.setColumnStretch(1, 1)
        text = self._("Revise qué trae cada columna. Hace falta el nombre; lo demás es opcional.")
        inner = column(ctx, self._grid, None)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Label(text, wrap=True))
        whole.addWidget(Scroll(inner), 1)

    def mapping(self) -> dict[int, Field]:
        """The fields chosen, by the column's position."""
        return {place: box.value() for place, box in self._boxes.items() if box.value()}

    def show_table(self, table: Table) -> None:
        """Show the headings with a first value of each."""
        _ = self._
        clear(self._grid)
        self._boxes = {}
        institution = self._ctx.workspace.institution.get()
        left_out = set()
        if not institution.uses_curp:
            left_out.add(Field.CURP)
        if not institution.uses_run:
            left_out.add(Field.RUN)
        found = recognise(table.headings)
        known = {place: one for place, one in found.items() if one not in left_out}
        choices: list[tuple[Any, str]] = [("", _("No importar"))]
        choices += [(one, _.render(heading(one))) for one in Field if one not in left_out]
        for words, place in ((_("En el archivo"), 0), (_("Por ejemplo"), 1), (_("Es"), 2)):
            self._grid.addWidget(Label(words, "small-strong"), 0, place)
        width = max((len(table.headings), *(len(one.cells) for one in table.rows[:50])))
        for place in range(width):
            title = table.headings[place] if place < len(table.headings) else ""
            title = title or _("Columna {number}", number=place + 1)
            values = (one.cells[place] for one in table.rows if place < len(one.cells))
            first = next((value for value in values if value), "")
            box = ComboBox(
                self._ctx,
                _("Qué trae la columna {title}", title=title),
                choices,
                value=known.get(place, ""),
            )
            box.chosen.connect(lambda _value: self.changed.emit())
            self._boxes[place] = box
            self._grid.addWidget(Label(title, "strong", elide=True), place + 1, 0)
            self._grid.addWidget(Label(first, "muted", elide=True), place + 1, 1)
            self._grid.addWidget(box, place + 1, 2)
        self._grid.setColumnStretch(0, 1)
        if self._boxes:
            self.setFocusProxy(self._boxes[0])


class PreviewStep(QWidget):
    """Everybody who would be added, or every problem that keeps the list out."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self._ctx = ctx
        self._ = _ = ctx._
        self._said = Label("", "strong", wrap=True)
        self._what = Label("", "muted", wrap=True)
        self._people = RecordModel[PersonDraft](
            (
                Column[PersonDraft](
                    _("Fila"), lambda one: _.number(one.row), align="right", style="muted"
                ),
                Column[PersonDraft](_("Código"), lambda one: one.code or _("se asigna")),
                Column[PersonDraft](
                    _("Nombre"), lambda one: one.social_name or one.given_names, style="strong"
                ),
                Column[PersonDraft](_("Primer apellido"), lambda one: one.first_surname),
                Column[PersonDraft](
                    _("Segundo apellido"), lambda one: one.second_surname, stretch=True
                ),
                Column[PersonDraft](
                    _("Revisar"),
                    lambda one: _("nombre separado") if one.split else "",
                    tone=lambda one: "attention" if one.split else None,
                ),
            ),
            key=lambda one: one.row,
        )
        self.people = RecordTable(ctx, _("Personas de la lista"), self._people)
        self._problems = RecordModel[Problem](
            (
                Column[Problem](_("Dónde"), self._where, style="strong"),
                Column[Problem](
                    _("Qué pasa"),
                    lambda one: _.render(one.reason),
                    stretch=True,
                    tip=lambda one: _.render(one.reason),
                ),
                Column[Problem](
                    _("Qué hacer"),
                    lambda one: _.render(one.remedy),
                    style="muted",
                    stretch=True,
                    tip=lambda one: _.render(one.remedy),
                ),
            )
        )
        self.problems = RecordTable(ctx, _("Problemas de la lista"), self._problems)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._said)
        whole.addWidget(self._what)
        self.people.setMinimumHeight(ctx.theme.px(110))
        self.problems.setMinimumHeight(ctx.theme.px(110))
        whole.addWidget(self.people, 2)
        whole.addWidget(self.problems, 1)

    def show_proposal(self, proposal: ImportProposal) -> None:
        """Show what a list came to."""
        _ = self._
        told = (*proposal.problems, *proposal.warnings)
        self._problems.set_rows(told)
        self._people.set_rows(proposal.drafts)
        self.problems.setVisible(bool(told))
        # A list with problems is not stored: what matters are the problems.
        self.people.setVisible(not proposal.problems)
        if proposal.problems:
            count = len(proposal.problems)
            self._said.setText(
                _.plural("{count} problema por corregir", "{count} problemas por corregir", count)
            )
            self._what.setText(
                _("No se guarda nada. Corrija el archivo, vuelva atrás y elíjalo de nuevo.")
            )
        else:
            self._said.setText(people_count(_, len(proposal.drafts)))
            warned = len(proposal.warnings)
            self._what.setText(
                _.plural(
                    "{count} aviso que no impide importar.",
                    "{count} avisos que no impiden importar.",
                    warned,
                )
                if warned
                else _("Ningún problema.")
            )
        self.setFocusProxy(self.problems if proposal.problems else self.people)

    def _where(self, one: Problem) -> str:
        _ = self._
        place = one.place if isinstance(one.place, str) else _.render(one.place)
        if one.line and place and str(one.line) not in place:
            return _("fila {row} · {place}", row=one.line, place=place)
        return place or (_("fila {row}", row=one.line) if one.line else one.file)


class DuplicatesStep(QWidget):
    """Who may be known already: each pair is decided by a person."""

    changed = Signal()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self._ctx = ctx
        self._ = _ = ctx._
        self._choices: dict[tuple[int, str], Segments] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(ctx.theme.px(14))
        text = _("Estas personas se parecen. Diga de cada par si es la misma o es otra.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Label(text, wrap=True))
        whole.addWidget(Scroll(self._list), 1)

    def decisions(self) -> dict[tuple[int, str], bool]:
        """Same person or not, for each pair decided."""
        return {
            key: bool(box.value()) for key, box in self._choices.items() if box.value() is not None
        }

    def all_decided(self) -> bool:
        """Whether no pair is left open."""
        return len(self.decisions()) == len(self._choices)

    def show_proposal(self, proposal: ImportProposal) -> None:
        """Show the pairs of a proposal."""
        clear(self._list)
        self._choices = {}
        drafts = {draft.row: draft for draft in proposal.drafts}
        for likely in proposal.duplicates:
            self._list.addWidget(self._pair(likely, drafts))
        self._list.addStretch(1)
        if self._choices:
            self.setFocusProxy(next(iter(self._choices.values())))

    def _pair(self, likely: Likely, drafts: dict[int, PersonDraft]) -> QWidget:
        ctx, _ = self._ctx, self._
        mine = roll_name(drafts[likely.row].participant("", ""))
        if likely.other is not None:
            other = _(
                "{name} ({code}), ya registrada",
                name=roll_name(likely.other),
                code=likely.other.code,
            )
        else:
            assert likely.other_row is not None
            name = roll_name(drafts[likely.other_row].participant("", ""))
            other = _("{name}, fila {row}", name=name, row=likely.other_row)
        title = _("{name}, fila {row}", name=mine, row=likely.row)
        box = Segments(
            ctx,
            _("{one} y {other}", one=title, other=other),
            ((None, _("Sin decidir")), (True, _("Es la misma")), (False, _("Es otra persona"))),
        )
        box.chosen.connect(lambda _value: self.changed.emit())
        self._choices[duplicate_key(likely.row, likely.other_row, likely.other)] = box
        reasons = " ".join(_.render(reason) for reason in likely.reasons)
        words = column(
            ctx,
            Label(title, "strong", wrap=True),
            Label(_("se parece a {other}", other=other), wrap=True),
            Label(reasons, "muted", wrap=True),
            box,
            gap=4,
        )
        line = row(ctx, IconLabel(ctx, "users", "attention"), words, gap=12)
        line.setStretch(1, 1)
        return holder(line)


class ConfirmStep(QWidget):
    """What will be stored, in one sentence each."""

    def __init__(self, ctx: UiContext) -> None:
        super().__init__()
        self._ctx = ctx
        self._ = ctx._
        self._lines = QVBoxLayout()
        self._lines.setSpacing(ctx.theme.px(10))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._lines)
        whole.addStretch(1)

    def show_plan(self, plan: ImportPlan, cohort: CohortView | None) -> None:
        """Say what a plan does."""
        ctx, _ = self._ctx, self._
        clear(self._lines)
        said = [_("Se agregan {people}.", people=people_count(_, len(plan.new)))]
        if plan.known:
            known = people_count(_, len(plan.known))
            said.append(_("Ya estaban registradas y no se duplican: {people}.", people=known))
        if plan.repeated:
            rows = ", ".join(_.number(one) for one in sorted(plan.repeated))
            said.append(_("Filas repetidas que se omiten: {rows}.", rows=rows))
        if cohort is not None:
            said.append(_("Quedan inscritas en {cohort}.", cohort=cohort.cohort.name))
        for words in said:
            self._lines.addWidget(Label(words, wrap=True))
        self._lines.addWidget(
            Well(ctx, _("Se guarda todo junto: un solo Deshacer lo quita."), icon="undo-2")
        )
