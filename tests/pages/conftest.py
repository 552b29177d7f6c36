"""A small workspace made through use cases, and what a page needs to be shown on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from facilitator_kit import paths
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.curriculum.records import ProgrammeKind
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import (
    Centre,
    Channel,
    Facilitator,
    Generation,
    Institution,
    Mark,
    Meeting,
    Participant,
    SafeContact,
    User,
)
from facilitator_kit.settings import Settings
from facilitator_kit.store import Store
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.theme import Theme
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.courses import NewCohort

STARTED = datetime.fromisoformat("2026-11-01T08:00")
NOW = datetime.fromisoformat("2026-11-24T09:00")
"""A Tuesday: the cohort meets on Tuesdays and Thursdays, and has a session today."""

LONG_NAME = "María de los Ángeles Guadalupe del Carmen"
LONG_SURNAMES = ("Fernández de Córdoba y Ruiz", "Ibargüengoitia Echeverría")

PEOPLE = (
    ("Xóchitl", "Hernández", "Muñoz"),
    ("Ana", "Castañeda", ""),
    (LONG_NAME, *LONG_SURNAMES),
    ("Ayelén", "", ""),
    ("Carmen", "López", "O’Higgins"),
    ("Teresa", "Peña", "Zúñiga"),
)
"""Six people: one with a name of more than 60 letters, one without surnames."""


@pytest.fixture(scope="session")
def core_files() -> dict[str, bytes]:
    return pack_files_from_folder(paths.content_folder() / "core")


@pytest.fixture(scope="session")
def workspace_template(
    tmp_path_factory: pytest.TempPathFactory, core_files: dict[str, bytes]
) -> Path:
    """A folder with one cohort of six, made once: every test works on a copy."""
    folder = tmp_path_factory.mktemp("template") / "workspace"
    clock = FixedClock(STARTED)
    ids = Ids.seeded(clock, 7)
    with Store.create_sample(folder, clock, ids) as store:
        user = User(ids.new(), "Lucía Ríos", "Directora")
        centre = Centre(ids.new(), "Centro de Reunión", "CR", "Guadalajara", "Jalisco")
        with store.change(message("Crear la institución"), actor=user.id, undoable=False) as tx:
            tx.put(user)
            tx.put(
                Institution(
                    ids.new(),
                    "Instituto de ejemplo",
                    "IE",
                    "MX",
                    "Guadalajara",
                    "Jalisco",
                    sample=True,
                )
            )
            tx.put(centre)
        workspace = Workspace(store, clock, ids, user.id, core_files)
        _fill(workspace, clock, centre.id)
    return folder


def _fill(workspace: Workspace, clock: FixedClock, centre_id: str) -> None:
    facilitator = workspace.institution.save_facilitator(Facilitator("", "Norma Díaz", centre_id))
    generation = workspace.courses.save_generation(
        Generation("", "Generación 2026-B", date(2026, 11, 3), date(2027, 4, 30))
    )
    (programme,) = workspace.courses.programmes(ProgrammeKind.COURSE)
    route = programme.routes[0]
    cohort = workspace.courses.open_cohort(
        NewCohort(
            generation_id=generation.id,
            centre_id=centre_id,
            name="Grupo matutino",
            programme=programme.code,
            route=route.code,
            level=route.levels[0].code,
            starts_on=date(2026, 11, 3),
            meetings=(Meeting(1, time(10)), Meeting(3, time(10))),
            room="Aula 2",
            facilitator_id=facilitator.id,
        )
    )
    enrolments = []
    for given, first, second in PEOPLE:
        contact = SafeContact(Channel.WHATSAPP, "33 1234 5678", "lunes, 10 a 13 h", False, "Lupita")
        person = Participant("", "", given, first, second, contact=contact)
        enrolments.append(workspace.people.add(person, cohort.id)[1])
    # Every roll but the last one before today and today's own is typed, each on its day.
    held = [v for v in workspace.calendars.of(cohort.id) if v.scheduled.on < NOW.date()]
    for view in held[:-1]:
        clock.set(datetime.combine(view.scheduled.on, time(13)))
        workspace.attendance.mark_roll(
            view.scheduled.id, [(enrolment.id, Mark.PRESENT, None) for enrolment in enrolments]
        )


@pytest.fixture
def clock() -> FixedClock:
    """The day on which the tests happen; `set` moves it."""
    return FixedClock(NOW)


@pytest.fixture
def workspace(
    tmp_path: Path, workspace_template: Path, clock: FixedClock, core_files: dict[str, bytes]
) -> Iterator[Workspace]:
    """A workspace with one generation, one cohort of six people, and rolls typed so far."""
    folder = tmp_path / "workspace"
    shutil.copytree(workspace_template, folder)
    opened = Front(clock, Ids.seeded(clock, 11), core_files).open(folder)
    yield opened
    opened.close()


@pytest.fixture
def ctx(qapp: QApplication, workspace: Workspace, clock: FixedClock) -> Iterator[UiContext]:
    """What a page is handed, in Spanish and the light theme."""
    theme = Theme()
    theme.apply(qapp)
    jobs = Jobs()
    context = UiContext(
        workspace=workspace,
        texts=Texts("es"),
        theme=theme,
        icons=Icons(theme),
        jobs=jobs,
        settings=Settings(None),
        clock=clock,
    )
    stop = workspace.subscribe(context.notify)
    yield context
    # As the application does: windows close first, so that what was typed is still handed on.
    for widget in qapp.topLevelWidgets():
        widget.close()
    stop()
    jobs.close()
    # A test that chose another size leaves none of it to the next.
    theme.choose(scale=100)
