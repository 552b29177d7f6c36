"""Makes the sample institution, dated around a reference day, through the public use cases."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from facilitator_kit import store
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.curriculum import MeetingTime, course_calendar, public_holidays
from facilitator_kit.curriculum.records import Wave
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.eligibility import EligibilityState
from facilitator_kit.monitoring.records import (
    Answer,
    Barrier,
    Centre,
    Channel,
    Cohort,
    ComputedFigure,
    ContactTopic,
    DecisionKind,
    Enrolment,
    EnteredFigure,
    Facilitator,
    FigureSource,
    FollowUpContact,
    FrameworkRow,
    Generation,
    Institution,
    LeavingReason,
    Mark,
    Meeting,
    Participant,
    ScheduledSession,
    Signatory,
    TargetType,
    User,
)
from facilitator_kit.progress import Progress, Work
from facilitator_kit.workspace.courses import NewCohort
from facilitator_kit.workspace.opening import Workspace
from facilitator_kit.workspace.sample.cast import Cast
from facilitator_kit.workspace.sample.stories import GRADUATES_ALSO, MOVES, NOT_GRADUATING, Story
from facilitator_kit.workspace.sample.trainees import train

SEED = 20241017
ENDED_BEFORE = timedelta(days=38)
"""The finished generation's last session: late enough that some deadlines are still open."""

PLACE = "Guadalajara, Jalisco"


@dataclass(frozen=True, slots=True)
class SampleMade:
    """The open sample workspace and its two generations."""

    workspace: Workspace
    finished: Generation
    running: Generation


@dataclass(frozen=True, slots=True)
class _Group:
    """A cohort to be: `size` women, of whom `mentors` also train as peer mentors."""

    centre: str
    name: str
    route: str
    level: str
    size: int
    weekdays: tuple[int, ...]
    at: time
    room: str


_FINISHED = (
    _Group(
        "CR",
        "Emprendimiento matutino",
        "entrepreneurship",
        "advanced",
        25,
        (0, 2, 4),
        time(10),
        "Aula 1",
    ),
    _Group("CR", "Empleo vespertino", "employment", "advanced", 20, (0, 2, 4), time(16), "Aula 1"),
    _Group(
        "CR", "Retorno a estudios", "return_to_study", "single", 18, (1, 3, 5), time(10), "Aula 2"
    ),
    _Group(
        "CV",
        "Emprendimiento",
        "entrepreneurship",
        "advanced",
        18,
        (1, 3, 5),
        time(9, 30),
        "Salón de usos múltiples",
    ),
    _Group("CV", "Empleo", "employment", "advanced", 15, (0, 2, 4), time(17), "Biblioteca"),
    _Group(
        "CB", "Emprendimiento", "entrepreneurship", "advanced", 15, (0, 2, 4), time(10), "Salón 3"
    ),
    _Group("CB", "Empleo básico", "employment", "basic", 8, (1, 3, 5), time(16), "Salón 3"),
)

_MENTORS = (
    ("CR", "Mentoras 1", 16),
    ("CR", "Mentoras 2", 14),
    ("CV", "Mentoras", 16),
    ("CB", "Mentoras", 11),
)

_CENTRES = (
    ("CR", "Centro de Reunión (ejemplo)", "Guadalajara"),
    ("CV", "Centro del Valle (ejemplo)", "Guadalajara"),
    ("CB", "Centro de la Barranca (ejemplo)", "Tlajomulco de Zúñiga"),
)


def make_sample(
    folder: Path,
    today: date,
    core_files: Mapping[str, bytes],
    sample_files: Mapping[str, bytes],
    seed: int = SEED,
) -> Work[SampleMade]:
    """Make the sample in a new `folder`, as it stands on the morning of `today`.

    The same day and seed make the same institution. Everything is written through the use cases
    that a person would use, on the days on which she would have used them.
    """
    maker = _Maker(folder, today, core_files, sample_files, seed)
    return (yield from maker.make())


class _Maker:
    def __init__(
        self,
        folder: Path,
        today: date,
        core_files: Mapping[str, bytes],
        sample_files: Mapping[str, bytes],
        seed: int,
    ) -> None:
        self._today = today
        self._files = sample_files
        self._chance = random.Random(seed)
        self._clock = FixedClock(datetime.combine(today - timedelta(days=200), time(9)))
        self._ids = Ids.seeded(self._clock, seed)
        self._cast = Cast(sample_files, self._chance)
        self._framework = tomllib.loads(sample_files["framework.toml"].decode())
        self._store = store.Store.create_sample(folder, self._clock, self._ids)
        self._user = User(self._ids.new(), "Dirección del centro (ejemplo)", "Directora")
        self._kit = Workspace(self._store, self._clock, self._ids, self._user.id, core_files)
        self._centres: dict[str, Centre] = {}
        self._facilitators: dict[str, Facilitator] = {}
        self._stories: dict[str, Story] = {}
        self._moved: list[Enrolment] = []
        self._holidays = public_holidays("MX", range(today.year - 3, today.year + 5))
        self._events: list[tuple[datetime, int, Callable[[], object]]] = []

    def make(self) -> Work[SampleMade]:
        """Set the institution up, then let its days pass in order."""
        try:
            yield Progress(0, 0, message("Preparando la institución de ejemplo"))
            self._set_up()
            finished, graduates_to_be = self._finished_generation()
            running = self._running_generation()
            self._mentors(finished, graduates_to_be)
            self._trainees()
            self._events.sort(key=lambda event: event[:2])
            for done, (moment, _order, happen) in enumerate(self._events):
                self._clock.set(moment)
                happen()
                if done % 20 == 0:
                    yield Progress(
                        done, len(self._events), message("Preparando la institución de ejemplo")
                    )
            self._clock.set(datetime.combine(self._today, time(8)))
        except BaseException:
            self._store.close()
            raise
        return SampleMade(self._kit, finished, running)

    def _at(self, day: date, hour: int, happen: Callable[[], object]) -> None:
        moment = datetime.combine(day, time(hour))
        self._events.append((moment, len(self._events), happen))

    # -- the institution -------------------------------------------------------------------------

    def _set_up(self) -> None:
        name = message("Crear la institución")
        with self._store.change(name, actor=self._user.id, undoable=False) as tx:
            tx.put(self._user)
            tx.put(
                Institution(
                    id=self._ids.new(),
                    name="Secretaría de Igualdad (ejemplo)",
                    short_name="Centro de ejemplo",
                    country="MX",
                    city="Guadalajara",
                    state="Jalisco",
                    sample=True,
                    programme_name="Segunda Oportunidad",
                )
            )
        office = self._kit.institution
        for file in sorted(name for name in self._files if name.startswith("logo-")):
            office.add_logo(file, self._files[file])
        for code, centre_name, city in _CENTRES:
            centre = office.save_centre(Centre("", centre_name, code, city, "Jalisco"))
            self._centres[code] = centre
        office.save_signatory(
            Signatory("", "Mtra. Nombre Apellido (ejemplo)", "Titular de la Secretaría", 0)
        )
        for code, centre in self._centres.items():
            office.save_signatory(
                Signatory(
                    "",
                    f"Lcda. Firma de {code} (ejemplo)",
                    "Directora del centro",
                    0,
                    centre_id=centre.id,
                )
            )
        for code, person in zip(("CR", "CR2", "CV", "CB"), self._cast.facilitators, strict=True):
            self._facilitators[code] = office.save_facilitator(
                Facilitator("", person, self._centres[code[:2]].id)
            )

    def _open(self, generation: Generation, group: _Group, starts_on: date) -> Cohort:
        return self._kit.courses.open_cohort(
            NewCohort(
                generation_id=generation.id,
                centre_id=self._centres[group.centre].id,
                name=group.name,
                programme="SCE",
                route=group.route,
                level=group.level,
                starts_on=starts_on,
                meetings=tuple(Meeting(day, group.at) for day in group.weekdays),
                room=group.room,
                facilitator_id=self._facilitators[group.centre].id,
            )
        )

    def _days(self, group: _Group, starts_on: date) -> list[tuple[date, str]]:
        """The dates and sessions that a group would have, were it to start on a day."""
        offer = self._kit.desk.pack_in_force.offer("SCE", group.route, group.level)
        pattern = tuple(MeetingTime(day, group.at) for day in group.weekdays)
        days = course_calendar(offer, starts_on, pattern, self._holidays)
        return [(day.on, day.session_code) for day in days]

    # -- the finished generation -----------------------------------------------------------------

    def _finished_generation(self) -> tuple[Generation, dict[str, list[Enrolment]]]:
        last = self._today - ENDED_BEFORE
        starts = [self._start_to_end_by(group, last) for group in _FINISHED]
        self._clock.set(datetime.combine(min(starts) - timedelta(days=12), time(9)))
        generation = self._kit.courses.save_generation(
            Generation("", f"Generación {last.year}-A", min(starts), last)
        )
        self._framework_rows(generation)
        plain: dict[str, list[Enrolment]] = {code: [] for code in self._centres}
        stories = {
            code: list(_spread(NOT_GRADUATING[code], GRADUATES_ALSO[code], size))
            for code, size in (("CR", 63), ("CV", 33), ("CB", 23))
        }
        people = {
            code: self._people(tales, self._particular_names() if code == "CR" else [])
            for code, tales in stories.items()
        }
        opened: list[Cohort] = []
        for group, starts_on in zip(_FINISHED, starts, strict=True):
            cohort = self._open(generation, group, starts_on)
            hers = [people[group.centre].pop() for _ in range(group.size)]
            tales = [stories[group.centre].pop() for _ in range(group.size)]
            if not opened:
                tales[tales.index(Story())] = MOVES
            enrolments = self._enrol(cohort, hers, tales)
            for enrolment, story in zip(enrolments, tales, strict=True):
                self._stories[enrolment.id] = story
                if story in NOT_GRADUATING[group.centre]:
                    continue
                plain[group.centre].append(enrolment)
            self._course(cohort, enrolments)
            opened.append(cohort)
        self._move(opened[0], opened[1])
        self._at(self._today - timedelta(days=12), 11, lambda: self._decide(generation))
        self._at(self._today - timedelta(days=10), 12, lambda: self._issue(generation))
        return generation, plain

    def _move(self, before: Cohort, after: Cohort) -> None:
        """Plan the day on which a woman moves from one cohort to another."""
        calendar = self._kit.calendars.of(before.id)
        for enrolment in self._store.find(Enrolment, cohort_id=before.id):
            number = self._stories[enrolment.id].moves_at
            if number:
                day = calendar[number - 1].scheduled.on

                def transfer(e: Enrolment = enrolment, on: date = day) -> None:
                    self._moved.append(self._kit.people.transfer(e.id, after.id, on))

                self._at(day, 8, transfer)

    def _start_to_end_by(self, group: _Group, last: date) -> date:
        """The latest Monday on which the group can start to end by `last`."""
        start = last - timedelta(days=last.weekday() + 70)
        while self._days(group, start)[-1][0] > last:
            start -= timedelta(days=7)
        return start

    def _particular_names(self) -> list[Participant]:
        return [self._cast.reachable(p) for p in (*self._cast.special, *self._cast.homonyms)]

    def _people(self, tales: list[Story], particular: list[Participant]) -> list[Participant]:
        """Somebody for each story; particular names graduate, so that they are printed."""
        return [
            particular.pop() if particular and tale == Story() else self._cast.draw()
            for tale in tales
        ]

    def _enrol(
        self, cohort: Cohort, people: list[Participant], tales: list[Story]
    ) -> list[Enrolment]:
        """Enrol all in one change; who joins late starts with her first session."""
        desk = self._kit.desk
        named = [replace(person, id=self._ids.new()) for person in people]
        self._kit.people.add_many(named, cohort.id)
        found = {e.participant_id: e for e in desk.store.find(Enrolment, cohort_id=cohort.id)}
        enrolments = [found[person.id] for person in named]
        calendar = self._kit.calendars.of(cohort.id)
        for index, story in enumerate(tales):
            if story.joins_at:
                first = calendar[story.joins_at - 1].scheduled.on
                late = replace(enrolments[index], starts_on=first, enrolled_on=first)
                with desk.change(message("Inscripción tardía")) as tx:
                    tx.put(late)
                enrolments[index] = late
        return enrolments

    # -- what happens in a course ----------------------------------------------------------------

    def _course(
        self, cohort: Cohort, enrolments: list[Enrolment], last_roll_waits: bool = False
    ) -> None:
        """Plan every roll, survey, contact and leaving of a cohort up to the reference day."""
        calendar = [view.scheduled for view in self._kit.calendars.of(cohort.id)]
        held = [s for s in calendar if s.on < self._today]
        ordinary = {
            e.id: {} if self._stories[e.id].particular else self._ordinary_absences(cohort)
            for e in enrolments
        }
        for session in held[:-1] if last_roll_waits else held:
            rows: list[tuple[str, Mark, int | None]] = []
            for enrolment in enrolments:
                story = self._stories[enrolment.id]
                gone = story.leaves_after is not None and session.number > story.leaves_after[0]
                early = session.on < enrolment.starts_on
                moved = story.moves_at and session.number >= story.moves_at
                if gone or early or moved or session.session in story.unmarked:
                    continue
                mark = story.missed.get(session.session) or ordinary[enrolment.id].get(
                    session.session, Mark.PRESENT
                )
                rows.append((enrolment.id, mark, None))
            self._at(
                session.on,
                session.starts_at.hour + 3,
                partial(self._take_roll, session, tuple(rows)),
            )
        first, last = held[0].on, calendar[-1].on
        for enrolment in enrolments:
            story = self._stories[enrolment.id]
            self._surveys(enrolment, story, first, last)
            self._contacts(enrolment, story, first, last)
            if story.leaves_after is not None:
                number, reason = story.leaves_after
                self._at(
                    calendar[number].on,
                    9,
                    partial(self._kit.people.leave, enrolment.id, calendar[number - 1].on, reason),
                )
            for index, (code, when) in enumerate(story.recovers):
                self._recovery(cohort, enrolment, code, when, last, index)

    def _take_roll(
        self, session: ScheduledSession, rows: tuple[tuple[str, Mark, int | None], ...]
    ) -> None:
        """Type a roll; who moved here in the meantime is on it too."""
        arrived = [
            (enrolment.id, Mark.PRESENT, None)
            for enrolment in self._moved
            if enrolment.cohort_id == session.cohort_id and enrolment.starts_on <= session.on
        ]
        self._kit.attendance.mark_roll(session.id, (*rows, *arrived))

    def _ordinary_absences(self, cohort: Cohort) -> dict[str, Mark]:
        """What life brings: few enough that every module is still fulfilled."""
        marks: dict[str, Mark] = {}
        pack = self._kit.desk.pack_of(cohort)
        for module in pack.offer(cohort.programme, cohort.route, cohort.level):
            codes = [session.code for session in module.sessions]
            # 80 % allows one absence in six sessions, two in ten, none in four or fewer.
            allowed = {6: 1, 10: 2}.get(len(codes), 0)
            for code in self._chance.sample(codes, self._chance.randint(0, allowed)):
                if self._chance.random() < 0.6:
                    marks[code] = self._chance.choice((Mark.ABSENT, Mark.EXCUSED))
            late = self._chance.choice(codes)
            # One lateness beside all the absences allowed would break the 80 %.
            spared = allowed > 0 and len(marks.keys() & set(codes)) == allowed
            if len(codes) > 1 and late not in marks and not spared and self._chance.random() < 0.25:
                marks[late] = Mark.LATE if len(codes) >= 6 else Mark.ONLINE
        return marks

    def _surveys(self, enrolment: Enrolment, story: Story, first: date, last: date) -> None:
        day = max(first, enrolment.starts_on)
        if story.entry_on == "late":
            day = last + timedelta(days=33)
        if story.entry_on and day < self._today:
            self._at(day, 18, lambda: self._answer(enrolment, Wave.ENTRY, day))
        leaves = story.leaves_after is not None
        if story.exit_answered and not leaves and last < self._today:
            self._at(last, 19, lambda: self._answer(enrolment, Wave.EXIT, last))

    def _answer(self, enrolment: Enrolment, wave: Wave, day: date) -> None:
        """Answer every required question, and most of the others."""
        answers = []
        for question in self._kit.followup.instrument(wave).questions:
            if not (question.required or self._chance.random() < 0.7):
                continue
            if question.choices:
                names = [choice.name for choice in question.choices]
                answers.append(Answer(question.name, self._chance.choice(names)))
            elif question.kind == "integer":
                least = question.least or 0
                most = min(question.most or 10, least + 40)
                answers.append(Answer(question.name, str(self._chance.randint(least, most))))
        self._kit.followup.record_response(enrolment.id, wave, day, tuple(answers))

    def _contacts(self, enrolment: Enrolment, story: Story, first: date, last: date) -> None:
        length = (last - first).days
        for number in range(story.contacts):
            day = first + timedelta(
                days=length * (2 * number + 1) // 6 + self._chance.randint(0, 4)
            )
            if day >= self._today:
                continue
            contact = FollowUpContact(
                id="",
                enrolment_id=enrolment.id,
                on=day,
                channel=self._chance.choice((Channel.WHATSAPP, Channel.CALL, Channel.IN_PERSON)),
                topic=self._chance.choice(list(ContactTopic)),
                barrier=self._chance.choice(list(Barrier)),
            )
            self._at(day, 13, partial(self._kit.followup.record_contact, contact))

    def _recovery(
        self, cohort: Cohort, enrolment: Enrolment, code: str, when: str, last: date, index: int
    ) -> None:
        ahead = when == "ahead"
        day = self._today + timedelta(days=5 + 2 * index) if ahead else last + timedelta(days=1)

        def add() -> None:
            recovery = self._kit.calendars.add_recovery(
                cohort.id, code, day, time(12), (enrolment.id,)
            )
            if not ahead:
                self._clock.set(datetime.combine(day, time(15)))
                self._kit.attendance.mark(recovery.id, enrolment.id, Mark.PRESENT)

        self._at(self._today - timedelta(days=3) if ahead else day, 10, add)

    # -- graduation ------------------------------------------------------------------------------

    def _course_cohorts(self, generation: Generation) -> list[str]:
        views = self._kit.courses.cohorts(generation.id)
        return [view.cohort.id for view in views if view.cohort.programme == "SCE"]

    def _decide(self, generation: Generation) -> None:
        graduation = self._kit.graduation
        found = graduation.candidates(self._course_cohorts(generation))
        fulfilled = []
        for candidate in found:
            story = self._stories.get(candidate.enrolment.id, Story())  # who moved has none here
            if story.refused:
                graduation.decide((candidate.enrolment.id,), DecisionKind.REFUSED, story.refused)
            elif story.exception:
                graduation.decide(
                    (candidate.enrolment.id,), DecisionKind.EXCEPTION, story.exception
                )
            elif candidate.eligibility.state is EligibilityState.FULFILLED and not candidate.left:
                fulfilled.append(candidate.enrolment.id)
        graduation.decide(fulfilled, DecisionKind.GRADUATES)

    def _issue(self, generation: Generation) -> None:
        graduation = self._kit.graduation
        found = graduation.candidates(self._course_cohorts(generation))
        lines = graduation.issue(
            [c.enrolment.id for c in found if c.graduates], self._clock.today(), PLACE
        )
        self._kit.register.deliver(line.folio for line in lines[: len(lines) * 4 // 5])

    def _framework_rows(self, generation: Generation) -> None:
        source = self._framework["source"]
        for row in self._framework["rows"]:
            computed = row.get("computed")
            self._kit.figures.save_row(
                FrameworkRow(
                    id="",
                    generation_id=generation.id,
                    position=0,
                    indicator=row["indicator"],
                    text=row["text"],
                    target_type=TargetType(row["target_type"]),
                    source=FigureSource.COMPUTED if computed else FigureSource.ENTERED,
                    baseline=row.get("baseline"),
                    target=row.get("target"),
                    achieved=row.get("achieved"),
                    computed=ComputedFigure(computed) if computed else None,
                    source_note="" if computed else source,
                )
            )
        for figure in self._framework["entered"]:
            self._kit.figures.save_entered(
                EnteredFigure(
                    id="",
                    generation_id=generation.id,
                    key=figure["key"],
                    text=figure["text"],
                    value=figure["value"],
                    definition=figure["definition"],
                    source_note=source,
                    reported_on=generation.ends_on,
                )
            )

    # -- peer mentors ----------------------------------------------------------------------------

    def _mentors(self, generation: Generation, graduates: dict[str, list[Enrolment]]) -> None:
        """Four Saturdays after the course, for 57 of those who concluded it."""
        start = self._today - ENDED_BEFORE + timedelta(days=1)
        self._at(start, 8, lambda: self._open_mentor_cohorts(generation, graduates, start))
        self._at(
            self._today - timedelta(days=4), 12, lambda: self._hold_mentor_sessions(generation)
        )

    def _open_mentor_cohorts(
        self, generation: Generation, graduates: dict[str, list[Enrolment]], start: date
    ) -> None:
        waiting = {code: list(enrolments) for code, enrolments in graduates.items()}
        for code, name, size in _MENTORS:
            cohort = self._kit.courses.open_cohort(
                NewCohort(
                    generation_id=generation.id,
                    centre_id=self._centres[code].id,
                    name=name,
                    programme="MENTORA",
                    route="peer_mentor",
                    level="single",
                    starts_on=start,
                    meetings=(Meeting(5, time(10)), Meeting(2, time(18))),
                    room="Aula 1",
                    facilitator_id=self._facilitators[code].id,
                )
            )
            chosen = [waiting[code].pop() for _ in range(size)]
            self._kit.people.enrol_many([e.participant_id for e in chosen], cohort.id)

    def _hold_mentor_sessions(self, generation: Generation) -> None:
        for view in self._kit.courses.cohorts(generation.id):
            if view.cohort.programme != "MENTORA":
                continue
            enrolments = self._store.find(Enrolment, cohort_id=view.cohort.id)
            for session in self._kit.calendars.of(view.cohort.id):
                self._kit.attendance.mark_roll(
                    session.scheduled.id, [(e.id, Mark.PRESENT, None) for e in enrolments]
                )
            self._kit.courses.save_cohort(replace(view.cohort, closed=True))

    # -- people in training ----------------------------------------------------------------------

    def _trainees(self) -> None:
        """A group of facilitators in training, after the morning workshops of its centre."""
        weekdays = self._weekdays()[:2]
        centre = self._centres["CR"]
        train(self._kit, self._clock, self._at, centre, self._cast.trainees, weekdays, self._today)

    # -- the running generation ------------------------------------------------------------------

    def _running_generation(self) -> Generation:
        next_day = self._next_working_day()
        weekdays = self._weekdays()
        groups = (
            _Group(
                "CR",
                "Grupo matutino",
                "entrepreneurship",
                "advanced",
                18,
                weekdays,
                time(10),
                "Aula 2",
            ),
            _Group(
                "CR", "Grupo vespertino", "employment", "advanced", 14, weekdays, time(16), "Aula 2"
            ),
            _Group(
                "CV",
                "Grupo de la tarde",
                "employment",
                "advanced",
                12,
                weekdays,
                time(17),
                "Biblioteca",
            ),
        )
        starts = [
            self._start_for(group, code, next_day)
            for group, code in zip(groups, ("M3-3", "M3-2", "M3-4"), strict=True)
        ]
        self._clock.set(datetime.combine(min(starts) - timedelta(days=9), time(9)))
        end = max(self._days(g, s)[-1][0] for g, s in zip(groups, starts, strict=True))
        generation = self._kit.courses.save_generation(
            Generation("", f"Generación {min(starts).year}-B", min(starts), end)
        )
        for group, starts_on in zip(groups, starts, strict=True):
            cohort = self._open(generation, group, starts_on)
            people = [self._cast.draw() for _ in range(group.size)]
            stories = [Story() for _ in people]
            stories[1] = Story(missed=dict.fromkeys(("M1-3", "M1-7"), Mark.ABSENT), contacts=1)
            stories[4] = Story(missed=dict.fromkeys(("M2-1", "M2-5", "M2-8"), Mark.ABSENT))
            stories[7] = Story(leaves_after=(10, LeavingReason.SCHEDULE), contacts=1)
            stories[9] = Story(entry_on="", contacts=0)
            enrolments = self._enrol(cohort, people, stories)
            for enrolment, story in zip(enrolments, stories, strict=True):
                self._stories[enrolment.id] = story
            self._course(cohort, enrolments, last_roll_waits=group is groups[0])
        return generation

    def _weekdays(self) -> tuple[int, ...]:
        """Nobody meets on the reference day itself: the next session is one still to prepare."""
        days = _weekdays(self._next_working_day())
        return tuple(day for day in days if day != self._today.weekday())

    def _next_working_day(self) -> date:
        """Tomorrow, or the first day after it on which workshops are held."""
        day = self._today + timedelta(days=1)
        while day.weekday() == 6 or day in self._holidays:
            day += timedelta(days=1)
        return day

    def _start_for(self, group: _Group, session: str, on: date) -> date:
        """The latest start with which the group has `session` on its first meeting from `on` on."""
        start = on - timedelta(days=30)
        while True:
            days = self._days(group, start)
            coming = next(code for day, code in days if day >= on)
            if coming == session:
                return start
            start -= timedelta(days=1)


def _weekdays(first: date) -> tuple[int, ...]:
    """Three days of the week with a day between, one of them `first`'s; never a Sunday."""
    return (0, 2, 4) if first.weekday() in (0, 2, 4) else (1, 3, 5)


def _spread(
    not_graduating: Iterable[Story], graduates_also: Iterable[Story], size: int
) -> Iterable[Story]:
    """`size` stories, the particular ones evenly among the plain ones."""
    special = [*not_graduating, *graduates_also]
    plain = [Story()] * (size - len(special))
    step = max(1, size // max(1, len(special)))
    woven: list[Story] = []
    while special or plain:
        if plain and (len(woven) % step or not special):
            woven.append(plain.pop())
        elif special:
            woven.append(special.pop())
        else:
            woven.append(plain.pop())
    return woven
