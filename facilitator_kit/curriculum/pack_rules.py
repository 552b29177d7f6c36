"""The rules that hold between the files of a pack: references, order, hours, words, codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, TypeVar

from facilitator_kit.curriculum.learning import (
    Chapter,
    ComplementCourse,
    Lesson,
    PracticeTask,
    Quiz,
)
from facilitator_kit.curriculum.records import (
    CertificateLayout,
    Handout,
    Level,
    Method,
    Module,
    Programme,
    Session,
)
from facilitator_kit.curriculum.session_reader import Sourced
from facilitator_kit.i18n import Message, message

Page: TypeAlias = Session | Handout | Method | Lesson | Quiz | PracticeTask | Chapter
"""What one Markdown file of a pack holds."""


@dataclass(slots=True)
class PackDraft:
    """What was read of a pack so far, every record beside the table it came from."""

    programmes: list[Sourced[Programme]] = field(default_factory=list)
    levels: list[Sourced[Level]] = field(default_factory=list)
    modules: list[Sourced[Module]] = field(default_factory=list)
    session_rows: list[Sourced[Session]] = field(default_factory=list)
    session_pages: list[Sourced[Session]] = field(default_factory=list)
    handouts: list[Sourced[Handout]] = field(default_factory=list)
    methods: list[Sourced[Method]] = field(default_factory=list)
    layouts: list[Sourced[CertificateLayout]] = field(default_factory=list)
    complements: list[Sourced[ComplementCourse]] = field(default_factory=list)
    lessons: list[Sourced[Lesson]] = field(default_factory=list)
    quizzes: list[Sourced[Quiz]] = field(default_factory=list)
    tasks: list[Sourced[PracticeTask]] = field(default_factory=list)
    process: list[Sourced[Chapter]] = field(default_factory=list)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Record = TypeVar("_Record", bound=_Coded)


def adapted_codes(draft: PackDraft, files: Collection[str]) -> frozenset[str]:
    """The codes of the pages that stand in these files."""
    return frozenset(
        (
            *_codes_in(draft.session_pages, files),
            *_codes_in(draft.handouts, files),
            *_codes_in(draft.methods, files),
            *_codes_in(draft.lessons, files),
            *_codes_in(draft.quizzes, files),
            *_codes_in(draft.tasks, files),
            *_codes_in(draft.process, files),
        )
    )


def _codes_in(items: Iterable[Sourced[_Record]], files: Collection[str]) -> Iterator[str]:
    return (item.record.code for item in items if item.table.place().file in files)


def check_between_files(draft: PackDraft) -> None:
    """Report all that is wrong between records that are each right by themselves."""
    _unique(draft.programmes)
    _unique(draft.modules)
    _unique(draft.session_rows)
    _unique(draft.handouts)
    _unique(draft.methods)
    _unique(draft.layouts)
    _unique(draft.complements)
    _unique(draft.lessons)
    _unique(draft.quizzes)
    _unique(draft.tasks)
    _unique(draft.process)
    _check_programmes(draft)
    _check_levels(draft)
    _check_modules(draft)
    _check_handouts(draft)
    _check_lessons(draft)


def _unique(items: Iterable[Sourced[_Record]]) -> None:
    seen: set[str] = set()
    for item in items:
        code = item.record.code
        if code in seen:
            item.table.add("code", "duplicate_code", *duplicate_code(code))
        seen.add(code)


def _check_programmes(draft: PackDraft) -> None:
    layouts = {layout.record.code for layout in draft.layouts}
    for programme in draft.programmes:
        layout = programme.record.layout
        if layout and layout not in layouts:
            programme.table.add(
                "layout",
                "unknown_layout",
                message("No hay un documento «{code}» en layouts.", code=layout),
                message("Corrija la clave, o agregue layouts/{code}.toml.", code=layout),
            )


def _check_levels(draft: PackDraft) -> None:
    modules = {module.record.code: module.record for module in draft.modules}
    for level in draft.levels:
        codes = level.record.modules
        unknown = [code for code in codes if code not in modules]
        for code in unknown:
            level.table.add("modules", "unknown_module", *_unknown_module(code))
        for code in _repeated(codes):
            level.table.add(
                "modules",
                "duplicate_module",
                message("El módulo «{code}» está dos veces en el nivel.", code=code),
                message("Déjelo una sola vez."),
            )
        for code, earlier in _out_of_order(codes, modules):
            level.table.add(
                "modules",
                "order_violates_after",
                message("«{code}» está antes que «{earlier}».", code=code, earlier=earlier),
                message(
                    "Ponga «{earlier}» primero, o quítelo de «after» en {code}.",
                    earlier=earlier,
                    code=code,
                ),
            )
        minutes = sum(modules[code].minutes for code in codes if code in modules)
        if not unknown and minutes != level.record.hours * 60:
            level.table.add(
                "hours",
                "level_hours_mismatch",
                message(
                    "El nivel dice {hours} h y sus sesiones suman {sum} h.",
                    hours=level.record.hours,
                    sum=hours_of(minutes),
                ),
                message("Corrija las horas, o las sesiones de sus módulos."),
            )


def hours_of(minutes: int) -> int | float:
    """Hours, whole where they are whole, else to two decimals."""
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 2)


def _repeated(codes: Collection[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield code
        seen.add(code)


def _out_of_order(
    codes: Collection[str], modules: Mapping[str, Module]
) -> Iterator[tuple[str, str]]:
    passed: set[str] = set()
    for code in codes:
        if code in modules:
            for earlier in modules[code].after:
                if earlier in codes and earlier not in passed and earlier != code:
                    yield code, earlier
        passed.add(code)


def _check_modules(draft: PackDraft) -> None:
    modules = {module.record.code for module in draft.modules}
    for module in draft.modules:
        for code in module.record.after:
            if code not in modules:
                module.table.add("after", "unknown_module", *_unknown_module(code))
            elif code == module.record.code:
                module.table.add(
                    "after",
                    "after_itself",
                    message("El módulo «{code}» dice que va después de sí mismo.", code=code),
                    message("Quítelo de «after»."),
                )
        complement = module.record.complement
        if complement and complement not in {one.record.code for one in draft.complements}:
            module.table.add(
                "complement",
                "unknown_complement",
                message("No hay un complemento «{code}».", code=complement),
                message("Corrija la clave, o quítela mientras no esté escrito."),
            )


def _check_handouts(draft: PackDraft) -> None:
    sessions = {row.record.code for row in draft.session_rows}
    listed = {page.record.code: page.record.handouts for page in draft.session_pages}
    handouts = {handout.record.code for handout in draft.handouts}
    for page in draft.session_pages:
        if not page.record.handouts:
            page.table.add(
                "handouts",
                "session_without_handout",
                message("La sesión no tiene ninguna hoja para imprimir."),
                message("Agregue por lo menos una en handouts."),
            )
        for code in page.record.handouts:
            if code not in handouts:
                page.table.add(
                    "handouts",
                    "missing_handout",
                    message("No hay una hoja «{code}».", code=code),
                    message("Agregue handouts/{code}.md, o quítela de la lista.", code=code),
                )
    for handout in draft.handouts:
        code, session = handout.record.code, handout.record.session
        if session and session not in sessions:
            handout.table.add(
                "session",
                "unknown_session",
                message("No hay una sesión «{code}».", code=session),
                message("Corrija la clave de la sesión."),
            )
        elif code not in listed.get(session, ()):
            handout.table.add(
                "session",
                "handout_not_referenced",
                message(
                    "La sesión «{session}» no nombra la hoja «{code}».", session=session, code=code
                ),
                message("Agréguela a «handouts» de esa sesión, o quite el archivo."),
            )


def _check_lessons(draft: PackDraft) -> None:
    """Lessons and sessions name each other, and the sessions of a complement's module have one."""
    pages = {page.record.code: page.record for page in draft.session_pages}
    rows = {row.record.code for row in draft.session_rows}
    lessons = {lesson.record.code for lesson in draft.lessons}
    continued = {lesson.record.session for lesson in draft.lessons}
    modules = {module.record.code: module.record for module in draft.modules}
    for lesson in draft.lessons:
        code = lesson.record.session
        if code and code not in rows:
            lesson.table.add(
                "session",
                "unknown_session",
                message("No hay una sesión «{code}».", code=code),
                message("Corrija la clave de la sesión."),
            )
        elif code in pages and _differs(lesson.record, pages[code]):
            lesson.table.add(
                "title",
                "lesson_mismatch",
                message("La sesión «{code}» anuncia otra lección.", code=code),
                message("Escriba el mismo título y los mismos minutos en las dos."),
            )
    for page in draft.session_pages:
        pointed = page.record.complement.lesson if page.record.complement is not None else ""
        if pointed and pointed not in lessons:
            page.table.add(
                "complement",
                "unknown_link",
                message("El enlace lleva a «{code}», que no existe.", code=pointed),
                message("Use la clave de una lección de los complementos."),
            )
    for course in draft.complements:
        code = course.record.module
        if code and code not in modules:
            course.table.add("module", "unknown_module", *_unknown_module(code))
        for session in modules[code].sessions if code in modules else ():
            if session.complete and session.code not in continued:
                course.table.add(
                    "module",
                    "missing_lesson",
                    message("La sesión «{code}» no tiene lección.", code=session.code),
                    message("Escriba una con «session» y la clave de esa sesión."),
                )


def _differs(lesson: Lesson, session: Session) -> bool:
    complement = session.complement
    return complement is None or (complement.title, complement.minutes) != (
        lesson.title,
        lesson.minutes,
    )


def duplicate_code(code: str) -> tuple[Message, Message]:
    """Reason and remedy for a code that stands for two things."""
    return (
        message("La clave «{code}» ya está en uso.", code=code),
        message("Dé a cada uno su propia clave."),
    )


def _unknown_module(code: str) -> tuple[Message, Message]:
    return (
        message("No hay un módulo «{code}».", code=code),
        message("Corrija la clave, o agregue modules/{code}/module.toml.", code=code),
    )
