"""What the command field finds in the workspace: people, sessions, and places within a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from facilitator_kit.curriculum.search import SearchIndex
from facilitator_kit.monitoring.names import fold, roll_name
from facilitator_kit.ui.command_field import CommandEntry
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.pages.cohorts_page import ATTENDANCE, CALENDAR, FOLLOW_UP, PEOPLE
from facilitator_kit.ui.pages.curriculum_words import kind_word
from facilitator_kit.ui.pages.graduation import REGISTER
from facilitator_kit.ui.pages.training_page import GROUP as TRAINING_GROUP

MOST = 6
"""Entries of each kind: the list stays short enough to read at a glance."""


class PeopleAndSessions:
    """Providers for the command field. `found_more` is called when there is more to be found than
    what they gave before: the index of the curriculum has been built.
    """

    def __init__(self, ctx: UiContext, found_more: Callable[[], object] = lambda: None) -> None:
        self._ctx = ctx
        self._found_more = found_more
        self._ = ctx._
        self._building = False

    def people(self, typed: str) -> list[CommandEntry]:
        """Participants whose name or code begins like what was typed."""
        if len(typed.strip()) < 2:
            return []
        page = self._ctx.workspace.people.page(typed, limit=MOST)
        return [
            CommandEntry(
                roll_name(found.participant),
                " · ".join(part for part in (found.participant.code, found.cohort_name) if part),
                "user",
                partial(
                    self._ctx.navigate,
                    "cohortes",
                    tab="people",
                    person=found.participant.id,
                    **(
                        {"cohort": found.enrolment.cohort_id} if found.enrolment is not None else {}
                    ),
                ),
                words=typed,
            )
            for found in page.rows
        ]

    def places(self, typed: str) -> list[CommandEntry]:
        """What is done inside a page, found without knowing which page that is."""
        if not typed.strip():
            return []
        _ = self._
        known: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
            (_("Asistencia"), _("Cohortes"), "list-checks", "cohortes", {"tab": ATTENDANCE}),
            (_("Participantes"), _("Cohortes"), "users", "cohortes", {"tab": PEOPLE}),
            (_("Calendario"), _("Cohortes"), "calendar-clock", "cohortes", {"tab": CALENDAR}),
            (
                _("Encuestas y seguimiento"),
                _("Cohortes"),
                "clipboard-list",
                "cohortes",
                {"tab": FOLLOW_UP},
            ),
            (_("Libro de registro"), _("Graduación"), "book-open", "graduacion", {"tab": REGISTER}),
            (
                _("Grupo en formación"),
                _("Formación"),
                "school",
                "formacion",
                {"view": TRAINING_GROUP},
            ),
            (_("Manual"), "F1", "life-buoy", "manual", {}),
        )
        return [
            *(
                CommandEntry(title, detail, icon, partial(self._ctx.navigate, page, **params))
                for title, detail, icon, page, params in known
            ),
            *self._settings(),
        ]

    def _settings(self) -> Iterator[CommandEntry]:
        """The sections of Ajustes, by the words a person has for what is in them."""
        _ = self._
        known = (
            (
                "looks",
                "palette",
                _("Apariencia"),
                _("tema colores oscuro contraste idioma letra tamaño"),
            ),
            ("signing", "signature", _("Firmas y logotipos"), _("firmantes cargos logos")),
            ("days", "calendar-x", _("Días sin sesiones"), _("feriados vacaciones descansos")),
            ("centres", "map-pin", _("Centros"), _("sedes direcciones")),
            ("facilitators", "users", _("Personas facilitadoras"), _("equipo facilitadora")),
            ("packs", "package", _("Paquetes"), _("versiones adaptar exportar importar")),
            ("institution", "building-2", _("Institución"), _("papel nombre documentos")),
            ("data", "history", _("Datos y cambios"), _("historial curp")),
        )
        for key, icon, title, words in known:
            go = partial(self._ctx.navigate, "ajustes", section=key)
            yield CommandEntry(title, _("Ajustes"), icon, go, words=words)

    def sessions(self, typed: str) -> list[CommandEntry]:
        """Sessions of the next and the past weeks by title, and whatever the curriculum has."""
        wanted = fold(typed)
        if len(wanted) < 2:
            return []
        _, workspace = self._, self._ctx.workspace
        today = self._ctx.clock.today()
        near = workspace.calendars.between(today - timedelta(days=14), today + timedelta(days=21))
        entries = [
            CommandEntry(
                view.session.title,
                f"{_.weekday_short(view.scheduled.on)} · {view.cohort.name}",
                "calendar-clock",
                partial(self._ctx.navigate, "planeador", session=view.scheduled.id),
                words=typed,
            )
            for view in near
            if wanted in fold(view.session.title)
        ][:MOST]
        return [*entries, *self._of_the_curriculum(typed)]

    def _of_the_curriculum(self, typed: str) -> list[CommandEntry]:
        """Whatever of the curriculum answers to what is typed, by all it says; the first time the
        index is still being built, and only titles are looked through."""
        library = self._ctx.workspace.library
        index = library.ready_index
        if index is None:
            if not self._building:
                self._building = True
                self._ctx.jobs.run(library.index, self._take_index, owner=self._ctx)
            wanted = fold(typed)
            titles = [one for one in library.pack.titled() if wanted in fold(one.title)]
            return [self._reading(one.code, one.title, one.code, typed) for one in titles[:MOST]]
        return [
            self._reading(
                hit.item.code,
                hit.item.title,
                " · ".join(
                    part
                    for part in (kind_word(self._, hit.item.kind), hit.part_title or hit.excerpt)
                    if part
                ),
                typed,
                hit.part,
            )
            for hit in index.search(typed).hits(range(MOST))
        ]

    def _take_index(self, _index: SearchIndex) -> None:
        self._building = False
        self._found_more()

    def _reading(
        self, code: str, title: str, detail: str, typed: str, part: str = ""
    ) -> CommandEntry:
        run = partial(self._ctx.navigate, "curriculo", code=code, part=part, words=typed)
        return CommandEntry(title, detail, "book-open", run, words=typed)
