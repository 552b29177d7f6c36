"""A small finished cohort, made through the use cases: one woman for each situation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import pack_files_from_folder
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import (
    Answer,
    Centre,
    Channel,
    Cohort,
    ContactTopic,
    Enrolment,
    FollowUpContact,
    Generation,
    Institution,
    LeavingReason,
    Mark,
    Meeting,
    Participant,
    Signatory,
    User,
)
from facilitator_kit.paths import content_folder
from facilitator_kit.settings import Settings
from facilitator_kit.store import Store
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.theme import Theme
from facilitator_kit.workspace import Front, Workspace
from facilitator_kit.workspace.courses import NewCohort

STARTS = date(2026, 6, 1)
CODES = ("CR-001", "CR-002", "CR-003", "CR-004", "CR-005", "CR-006")
READY, HOMONYM, NO_EXIT, CANNOT, LEFT, MISPRINT = CODES

_NAMES = (
    ("Ana", "Ruiz", "Peña"),
    ("Ana", "Ruiz", "Peña"),
    ("Carla", "Núñez", "O’Higgins"),
    ("Dora", "Ibáñez", ""),
    ("Eva", "León", "Ríos"),
    ("Ming 明", "Wu", ""),
)


def make_case(folder: Path) -> None:
    """Write the workspace into a new folder."""
    clock = FixedClock(datetime.combine(STARTS - timedelta(days=7), time(9)))
    ids = Ids.seeded(clock, 7)
    user = User(ids.new(), "Directora de prueba", "Directora")
    store = Store.create_sample(folder, clock, ids)
    core = pack_files_from_folder(content_folder() / "core")
    kit = Workspace(store, clock, ids, user.id, core)
    with store.change(message("Crear la institución"), actor=user.id, undoable=False) as tx:
        tx.put(user)
        tx.put(
            Institution(
                id=ids.new(),
                name="Secretaría de Igualdad (ejemplo)",
                short_name="Centro de ejemplo",
                country="MX",
                city="Guadalajara",
                state="Jalisco",
                sample=True,
            )
        )
    centre = kit.institution.save_centre(
        Centre("", "Centro de Reunión", "CR", "Zapopan", "Jalisco")
    )
    kit.institution.save_signatory(Signatory("", "Mtra. Firma", "Titular", 0))
    generation = kit.courses.save_generation(
        Generation("", "Generación 2026-A", STARTS, STARTS + timedelta(days=90))
    )
    cohort = kit.courses.open_cohort(
        NewCohort(
            generation.id,
            centre.id,
            "Empleo",
            "SCE",
            "employment",
            "basic",
            STARTS,
            tuple(Meeting(weekday, time(10)) for weekday in range(5)),
        )
    )
    people = [
        kit.people.add(Participant("", code, given, first, second), cohort.id)[1]
        for code, (given, first, second) in zip(CODES, _NAMES, strict=True)
    ]
    _live_through(kit, clock, cohort, people)
    kit.close()


def _live_through(
    kit: Workspace, clock: FixedClock, cohort: Cohort, people: list[Enrolment]
) -> None:
    """Rolls, surveys and contacts as each woman's story has them."""
    sessions = [view.scheduled for view in kit.calendars.of(cohort.id)]
    last = sessions[-1].on
    clock.set(datetime.combine(last, time(20)))
    absent = people[CODES.index(CANNOT)].id
    missed = {sessions[number].id for number in range(12)}
    gone = people[CODES.index(LEFT)]
    for session in sessions:
        kit.attendance.mark_roll(
            session.id,
            [
                (
                    woman.id,
                    Mark.ABSENT if woman.id == absent and session.id in missed else Mark.PRESENT,
                    None,
                )
                for woman in people
                if woman.id != gone.id or session.on <= STARTS
            ],
        )
    days = [STARTS + timedelta(days=n) for n in (8, 20, 30)]
    for woman in people:
        kit.followup.record_response(woman.id, Wave.ENTRY, STARTS, _answers(kit, Wave.ENTRY))
        if woman.id != people[CODES.index(NO_EXIT)].id:
            kit.followup.record_response(woman.id, Wave.EXIT, last, _answers(kit, Wave.EXIT))
        for day in days:
            kit.followup.record_contact(
                FollowUpContact("", woman.id, day, Channel.CALL, ContactTopic.LEARNING)
            )
    kit.people.leave(gone.id, STARTS, LeavingReason.WORK)


def _answers(kit: Workspace, wave: Wave) -> tuple[Answer, ...]:
    answers = []
    for question in kit.followup.instrument(wave).questions:
        if question.required:
            value = question.choices[0].name if question.choices else str(question.least or 0)
            answers.append(Answer(question.name, value))
    return tuple(answers)


@contextmanager
def opened(folder: Path, qtbot: QtBot) -> Iterator[UiContext]:
    """A context over the workspace, three days after its last session."""
    app_theme = Theme()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app_theme.apply(app)
    last = FixedClock(datetime(2026, 8, 1, 9))  # noqa: DTZ001 - local
    core = pack_files_from_folder(content_folder() / "core")
    workspace = Front(last, Ids(last), core).open(folder)
    cohort = workspace.courses.cohorts()[0].cohort
    end = max(view.scheduled.on for view in workspace.calendars.of(cohort.id))
    last.set(datetime.combine(end + timedelta(days=3), time(9)))
    jobs = Jobs()
    ctx = UiContext(
        workspace=workspace,
        texts=Texts("es"),
        theme=app_theme,
        icons=Icons(app_theme),
        jobs=jobs,
        settings=Settings(None),
        clock=last,
    )
    workspace.subscribe(ctx.notify)
    try:
        yield ctx
    finally:
        settle(ctx, qtbot)
        jobs.close()
        workspace.close()


def settle(ctx: UiContext, qtbot: QtBot) -> None:
    """Wait until the worker has done everything that was asked of it."""
    qtbot.waitUntil(lambda: not ctx.jobs.running, timeout=20_000)
