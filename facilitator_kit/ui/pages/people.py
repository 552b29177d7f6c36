"""The people tab: this cohort's participants or everybody's, and one of them in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator_kit.monitoring.names import fold, roll_name, search_text
from facilitator_kit.monitoring.records import Enrolment, Participant
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.dialogs import open_in_turns
from facilitator_kit.ui.page import PageAction
from facilitator_kit.ui.pages.cohorts_new import NewCohortDialog
from facilitator_kit.ui.pages.cohorts_tab import CohortTab
from facilitator_kit.ui.pages.cohorts_words import people_count, standing_words, warning_words
from facilitator_kit.ui.pages.import_wizard import ImportWizard
from facilitator_kit.ui.pages.people_card import PersonCard
from facilitator_kit.ui.pages.people_dialogs import AddPersonDialog
from facilitator_kit.ui.pages.people_export import ExportDialog
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import (
    Button,
    Card,
    Column,
    EmptyState,
    Label,
    PagedModel,
    RecordModel,
    RecordTable,
    Request,
    SearchField,
    Segments,
    SplitView,
    row,
)
from facilitator_kit.ui.widgets.records import PAGE
from facilitator_kit.workspace.people import People, PeopleOrder
from facilitator_kit.workspace.people_list import PersonRow
from facilitator_kit.workspace.views import AttendanceGrid, GridRow

HERE: Final = "here"
ALL: Final = "all"


class _Finder:
    """Searches everybody, page by page; the first page is read once for count and rows."""

    def __init__(self, people: People) -> None:
        self._people = people
        self.text = ""
        self.total = 0
        self.exact = True
        self._first: tuple[str, Sequence[PersonRow]] = ("", ())

    def count(self) -> int:
        """How many rows there are to scroll through."""
        text = self.text
        page = self._people.page(text, limit=PAGE)
        self.total, self.exact = page.total, page.exact
        self._first = (text, page.rows)
        return page.total

    def fetch(self, request: Request) -> Sequence[PersonRow]:
        """One page of rows."""
        text = self.text
        plain = not request.offset and not request.descending and request.key in ("", "name")
        if plain and self._first[0] == text:
            return self._first[1]
        return self._people.page(
            text,
            order=cast("PeopleOrder", request.key or "name"),
            descending=request.descending,
            offset=request.offset,
            limit=request.limit,
        ).rows


class PeopleTab(CohortTab):
    """The list at the left, the chosen participant at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._rows: tuple[GridRow, ...] = ()
        self._wanted = ""
        self._read_cohort = ""
        self.scope = Segments(
            ctx, _("De quiénes"), ((HERE, _("Esta cohorte")), (ALL, _("Todas las personas")))
        )
        self.scope.chosen.connect(lambda _value: self._show_scope())
        self.search = SearchField(
            ctx, _("Buscar por nombre o código"), name=_("Buscar participantes"), pause_ms=0
        )
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self._to_list)
        self.count = Label("", "muted")
        self.card = PersonCard(ctx)
        self.card.gone.connect(lambda: self._select_first())
        self._make_tables()
        self._lists = QStackedWidget()
        self._lists.addWidget(self.here)
        self._lists.addWidget(self.everybody)
        listed = Card(ctx, padding=8)
        listed.add(self.search)
        under = row(ctx, self.scope, self.count, gap=12)
        under.setStretch(0, 1)
        listed.add(under)
        listed.add(self._lists, 1)
        self.card.setMinimumHeight(ctx.theme.px(200))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SplitView(ctx, listed, self.card, side_width=380))

    def _make_tables(self) -> None:
        ctx, _ = self.ctx, self._
        self._here_model = RecordModel[GridRow](
            (
                Column[GridRow](
                    _("Código"),
                    lambda one: one.participant.code,
                    style="muted",
                    sort=lambda one: one.participant.code,
                ),
                Column[GridRow](
                    _("Nombre"),
                    lambda one: roll_name(one.participant),
                    style="strong",
                    stretch=True,
                    tip=lambda one: roll_name(one.participant),
                ),
                Column[GridRow](
                    _("Asistencia"),
                    lambda one: "" if one.percent is None else _.percent(one.percent),
                    align="right",
                    sort=lambda one: -1 if one.percent is None else one.percent,
                ),
                Column[GridRow](
                    _("Situación"),
                    lambda one: self._situation(one)[0],
                    tone=lambda one: self._situation(one)[1],
                ),
            ),
            key=lambda one: one.participant.id,
        )
        self.here = RecordTable(ctx, _("Participantes de la cohorte"), self._here_model)
        self._shown_empty = ""
        self.here.selected.connect(self._on_here)
        self._finder = _Finder(ctx.workspace.people)
        self._all_model = PagedModel[PersonRow](
            (
                Column[PersonRow](
                    _("Código"), lambda one: one.participant.code, style="muted", key="code"
                ),
                Column[PersonRow](
                    _("Nombre"),
                    lambda one: roll_name(one.participant),
                    style="strong",
                    stretch=True,
                    width=240,
                    tip=lambda one: roll_name(one.participant),
                    key="name",
                ),
                Column[PersonRow](
                    _("Cohorte"), lambda one: one.cohort_name, width=170, key="cohort"
                ),
                Column[PersonRow](
                    _("Centro"),
                    lambda one: one.centre_name,
                    style="muted",
                    width=130,
                    tip=lambda one: one.centre_name,
                    key="centre",
                ),
            ),
            count=self._finder.count,
            fetch=self._finder.fetch,
            key=lambda one: one.participant.id,
            jobs=ctx.jobs,
        )
        self.everybody = RecordTable(
            ctx, _("Todas las participantes"), self._all_model, empty=self._not_found()
        )
        self.everybody.selected.connect(self._on_all)
        self._all_model.modelReset.connect(self._show_count)

    def _say_empty(self, why: str) -> None:
        """What an empty list of this cohort says: nobody is in it, or nobody was found."""
        if why != self._shown_empty:
            self._shown_empty = why
            self.here.set_empty(self._nobody() if why == "nobody" else self._not_found())

    def _not_found(self) -> QWidget:
        _ = self._
        return EmptyState(
            self.ctx,
            "search",
            _("Nadie con esas palabras"),
            _("Busque por nombre, apellido o código; los acentos no importan."),
        )

    def _nobody(self) -> QWidget:
        ctx, _ = self.ctx, self._
        return EmptyState(
            ctx,
            "user-plus",
            _("Esta cohorte todavía no tiene a nadie"),
            _("Agregue a la primera participante, o traiga la lista que ya tiene en Excel o CSV."),
            action=Button(ctx, _("Importar lista"), icon="upload", on_click=self.import_list),
        )

    # -- the page's questions --------------------------------------------------------------------

    def title(self) -> str:
        return self._("Cohortes")

    def cohort_changed(self) -> None:
        self._read_cohort = ""

    def open(self, params: Mapping[str, Any]) -> None:
        self._wanted = str(params.get("person") or "")

    def refresh(self) -> None:
        """Read the cohort's people again on the worker, and the shown person."""
        if self.cohort is None:
            return
        cohort_id = self.cohort.cohort.id
        attendance = self.ctx.workspace.attendance
        self.ctx.jobs.run(lambda: attendance.grid(cohort_id), self._take, owner=self)
        if self.scope.value() == ALL:
            self._all_model.reload()
        self.card.refresh()

    def primary_action(self) -> PageAction | None:
        return PageAction(
            self._("Agregar participante"), self.add_person, icon="user-plus", shortcut="Ctrl+N"
        )

    def secondary_actions(self) -> Sequence[PageAction]:
        return (
            PageAction(self._("Importar lista"), self.import_list, icon="upload"),
            PageAction(self._("Exportar lista"), self.export_list, icon="download"),
            PageAction(self._("Nueva cohorte"), self.new_cohort, icon="plus"),
        )

    def first_focus(self) -> QWidget | None:
        return self.search

    # -- lists -------------------------------------------------------------------------------------

    def _take(self, grid: AttendanceGrid) -> None:
        if self.cohort is None or grid.cohort.cohort.id != self.cohort.cohort.id:
            return
        other = self._read_cohort != grid.cohort.cohort.id
        self._read_cohort = grid.cohort.cohort.id
        self._rows = grid.members
        self._filter()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._show_wanted(wanted)
        elif other and self.scope.value() == HERE:
            if not self.here.select_first():
                self.card.show_person("")
            elif self._rows:
                self._on_here(self.here.current())

    def _show_wanted(self, person_id: str) -> None:
        if not self.here.select(person_id):
            # She is elsewhere: show her all the same, beside this cohort's list.
            self.here.view.clearSelection()
        else:
            self.scope.set_value(HERE)
            self._lists.setCurrentWidget(self.here)
        self.card.show_person(person_id)

    def _show_scope(self) -> None:
        everybody = self.scope.value() == ALL
        self._lists.setCurrentWidget(self.everybody if everybody else self.here)
        self._search(self.search.text())

    def _search(self, text: str) -> None:
        if self.scope.value() == ALL:
            self._finder.text = text
            self._all_model.reload()
        else:
            self._filter()

    def _filter(self) -> None:
        words = fold(self.search.text()).split()
        rows = [
            one
            for one in self._rows
            if all(
                any(part.startswith(word) for part in search_text(one.participant).split())
                for word in words
            )
        ]
        self._say_empty("nobody" if not self._rows else "not_found")
        self._here_model.set_rows(rows)
        self._show_count()

    def _show_count(self) -> None:
        if self.scope.value() == ALL:
            words = people_count(self._, self._finder.total)
            self.count.setText(
                words if self._finder.exact else self._("más de {people}", people=words)
            )
        else:
            self.count.setText(people_count(self._, len(self._here_model.rows)))

    def _situation(self, one: GridRow) -> tuple[str, Tone]:
        _ = self._
        if one.enrolment.left_on is not None:
            if one.enrolment.transferred_to:
                return _("Se cambió"), "neutral"
            return _("Dejó el programa"), "neutral"
        words, tone = standing_words(_, one.eligibility)
        if tone != "attention":
            return words, tone
        warning = warning_words(_, one.eligibility)
        if warning is not None:
            return warning[0][:1].upper() + warning[0][1:], warning[1]
        return _("En camino"), "neutral"

    def _to_list(self) -> None:
        table = self._lists.currentWidget()
        if isinstance(table, RecordTable):
            table.setFocus()
            table.select_first()

    def _select_first(self) -> None:
        self.card.show_person("")

    def _on_here(self, one: GridRow | None) -> None:
        if one is not None and self.scope.value() == HERE:
            self.card.show_person(one.participant.id)

    def _on_all(self, one: PersonRow | None) -> None:
        if one is not None and self.scope.value() == ALL:
            self.card.show_person(one.participant.id)

    # -- actions -------------------------------------------------------------------------------

    def add_person(self) -> None:
        """Ask for a new participant of this cohort."""
        if self.cohort is None:
            return
        dialog = AddPersonDialog(self.ctx, self.cohort, parent=self)
        dialog.made.connect(self._on_added)
        open_in_turns(self.ctx.jobs, dialog)

    def _on_added(self, made: tuple[Participant, Enrolment]) -> None:
        self._wanted = made[0].id
        self.ctx.announce(self._("Inscrita con el código {code}.", code=made[0].code))
        self.refresh()

    def import_list(self) -> None:
        """Bring people from a file, with everything shown before it is stored."""
        wizard = ImportWizard(self.ctx, self.cohort, parent=self)
        wizard.stored.connect(self._on_imported)
        open_in_turns(self.ctx.jobs, wizard)

    def _on_imported(self, words: str) -> None:
        self.ctx.announce(words)
        self.refresh()

    def export_list(self) -> None:
        """Write the list to a file, with the reason for it."""
        ExportDialog(self.ctx, self.cohort, parent=self).open()

    def new_cohort(self) -> None:
        """Ask for what a new cohort needs, and show it."""
        dialog = NewCohortDialog(self.ctx, parent=self)
        dialog.made.connect(self.cohort_asked)
        open_in_turns(self.ctx.jobs, dialog)
