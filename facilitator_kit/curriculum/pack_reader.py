"""A pack's files read into one `Pack`, in the words of one country, with all problems found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from facilitator_kit.curriculum.instruments import read_instruments
from facilitator_kit.curriculum.layout_reader import read_layout
from facilitator_kit.curriculum.learning import ComplementCourse, PracticeTask, Quiz
from facilitator_kit.curriculum.learning_reader import LearningReader
from facilitator_kit.curriculum.pack_files import MANIFEST, pack_digest
from facilitator_kit.curriculum.pack_rules import (
    PackDraft,
    adapted_codes,
    check_between_files,
    hours_of,
)
from facilitator_kit.curriculum.pack_text import Terms, decode, filled_toml
from facilitator_kit.curriculum.pack_words import PackWords
from facilitator_kit.curriculum.programme_reader import read_programme
from facilitator_kit.curriculum.records import (
    Instrument,
    Module,
    Pack,
    Programme,
    ProgrammeKind,
    Session,
)
from facilitator_kit.curriculum.session_reader import PageReader, Sourced
from facilitator_kit.curriculum.toml_source import Findings, Place, TomlTable, read_toml
from facilitator_kit.errors import InputRefused, Problem
from facilitator_kit.i18n import message

FORMAT: Final = 1

_PROGRAMME = re.compile(r"programmes/[^/]+\.toml")
_MODULE = re.compile(r"modules/([^/]+)/module\.toml")
HANDOUT_FILE = re.compile(r"modules/([^/]+)/handouts/([^/]+)\.md")
METHOD_FILE = re.compile(r"methods/([^/]+)/([^/]+)\.md")
_LAYOUT = re.compile(r"layouts/[^/]+\.toml")
_COMPLEMENT = re.compile(r"complements/([^/]+)/complement\.toml")
LESSON_FILE = re.compile(r"complements/([^/]+)/[0-9]{2}-[^/]+\.md")
PRACTICE_FILE = re.compile(r"modules/([^/]+)/practice/([^/]+)\.md")
CHAPTER_FILE = re.compile(r"process/[0-9]{2}-[^/]+\.md")
_TEXT = re.compile(
    r"pack\.toml|(?:programmes|layouts)/[^/]+\.toml|(?:modules|methods|complements|process)/.+"
)


@dataclass(frozen=True, slots=True)
class PackReading:
    """What could be read of a pack, and all that is wrong with it.

    `pack` is None when its pack.toml cannot be read, or asks for another format; with problems it
    may lack what they name, so only a reading without any is fit for use.
    """

    pack: Pack | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Manifest:
    code: str
    version: str
    title: str
    language: str
    countries: tuple[str, ...]
    licence: str
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    care_themes: frozenset[str]
    adaptations: frozenset[str]
    themes: tuple[tuple[str, str], ...]


def load_pack(files: Mapping[str, bytes], country: str) -> Pack:
    """The pack in that country's words.

    Raises:
        InputRefused: something is wrong with it; all problems are named.
    """
    reading = read_pack(files, country)
    if reading.pack is None or reading.problems:
        raise InputRefused(
            message("El paquete no se puede usar."),
            message("Corrija lo que sigue y vuelva a intentarlo."),
            reading.problems,
            "pack_refused",
        )
    return reading.pack


def read_pack(files: Mapping[str, bytes], country: str = "") -> PackReading:
    """The pack in that country's words ("MX"; the pack's first country without one), and
    everything wrong with its format.

    Never raises for what a file holds. The rules that concern a text's wording and files that do
    not belong are left to `check_pack`.
    """
    findings = Findings()
    pack = _Reader(files, country, findings).pack()
    return PackReading(pack, findings.sorted())


class _Reader:
    def __init__(self, files: Mapping[str, bytes], country: str, findings: Findings) -> None:
        self._files = files
        self._country = country
        self._findings = findings
        self._pages = PageReader(findings)
        self._draft = PackDraft()
        self._learning = LearningReader(findings)
        self._texts: dict[str, str] = {}
        self._words = PackWords({}, {}, (), findings)

    def pack(self) -> Pack | None:
        manifest = self._manifest()
        if manifest is None:
            return None
        for file in sorted(self._files):
            if _TEXT.fullmatch(file) and file.endswith((".toml", ".md")):
                text = decode(self._files[file], file, self._findings)
                if text is not None:
                    self._texts[file] = text
        self._words = PackWords(self._files, self._texts, manifest.countries, self._findings)
        self._read_parts(manifest)
        check_between_files(self._draft)
        self._words.check(self._texts)
        return self._assembled(manifest)

    # -- the manifest -------------------------------------------------------------------------

    def _manifest(self) -> _Manifest | None:
        if MANIFEST not in self._files:
            self._findings.add(
                Place(MANIFEST),
                "missing_manifest",
                message("Falta pack.toml."),
                message("Elija la carpeta que contiene pack.toml."),
            )
            return None
        text = decode(self._files[MANIFEST], MANIFEST, self._findings)
        table = None if text is None else read_toml(text, MANIFEST, self._findings)
        if table is None:
            return None
        number = table.integer("format")
        if number != FORMAT:
            if "format" in table:
                table.add(
                    "format",
                    "unsupported_format",
                    message("El paquete usa el formato {number}.", number=number),
                    message(
                        "Esta versión del programa lee el formato {known}: actualícela.",
                        known=FORMAT,
                    ),
                )
            return None
        manifest = _Manifest(
            table.code(),
            table.text("version"),
            table.text("title"),
            table.text("language"),
            table.texts("countries", filled=True),
            table.text("licence"),
            table.texts("authors", filled=True),
            table.texts("credits", required=False),
            frozenset(table.texts("care_themes", required=False)),
            frozenset(table.texts("adaptations", required=False)),
            _theme_names(table.table("themes", required=False)),
        )
        table.finish()
        if manifest.countries and not self._country:
            self._country = manifest.countries[0]
        elif manifest.countries and self._country not in manifest.countries:
            table.add(
                "countries",
                "country_not_in_pack",
                message("El paquete no tiene las palabras de «{country}».", country=self._country),
                message("Elija uno de estos países: {all}.", all=", ".join(manifest.countries)),
            )
        return manifest

    def _terms(self, file: str) -> Terms:
        return self._words.terms(file, self._country)

    # -- everything else ---------------------------------------------------------------------

    def _read_parts(self, manifest: _Manifest) -> None:
        for file, text in self._texts.items():
            terms = self._terms(file)
            if _PROGRAMME.fullmatch(file):
                read_programme(text, file, self._findings, terms, self._draft)
            elif _LAYOUT.fullmatch(file):
                layout = read_layout(text, file, self._findings, terms)
                if layout is not None:
                    self._draft.layouts.append(layout)
            elif found := _MODULE.fullmatch(file):
                self._read_module(found[1], text, file, manifest.care_themes)
            elif found := HANDOUT_FILE.fullmatch(file):
                handout = self._pages.handout(text, file, terms)
                if handout is not None:
                    self._check_name(handout.record.code, found[2], handout.table)
                    self._draft.handouts.append(handout)
            elif found := METHOD_FILE.fullmatch(file):
                method = self._pages.method(text, file, terms)
                if method is not None:
                    self._check_name(method.record.code, found[2], method.table)
                    self._check_family(method.record.family, found[1], method.table)
                    self._draft.methods.append(method)
            elif found := _COMPLEMENT.fullmatch(file):
                self._read_complement(found[1], text, file)
            elif CHAPTER_FILE.fullmatch(file):
                chapter = self._learning.chapter(text, file, terms)
                if chapter is not None:
                    self._draft.process.append(chapter)

    def _read_complement(self, folder: str, text: str, file: str) -> None:
        table = filled_toml(text, file, self._findings, self._terms(file))
        if table is None:
            return
        code = table.code()
        if code:
            self._check_name(code, folder, table)
        lessons = [
            lesson
            for page, inside in self._texts.items()
            if (found := LESSON_FILE.fullmatch(page)) is not None
            and found[1] == folder
            and (lesson := self._learning.lesson(inside, page, self._terms(page))) is not None
        ]
        course = ComplementCourse(
            code,
            table.text("title"),
            table.text("about"),
            table.text("module", default=""),
            tuple(lesson.record for lesson in lessons),
        )
        if not lessons:
            table.add(
                "code",
                "complement_without_lessons",
                message("El complemento «{code}» no tiene lecciones.", code=code),
                message("Agregue por lo menos una, como 01-titulo.md."),
            )
        table.finish()
        self._draft.lessons.extend(lessons)
        if code:
            self._draft.complements.append(Sourced(course, table))

    def _module_learning(
        self, folder: str, module: str
    ) -> tuple[Quiz | None, tuple[PracticeTask, ...]]:
        """The quiz and the practice tasks that stand in a module's folder."""
        quiz: Quiz | None = None
        tasks: list[PracticeTask] = []
        for file, text in self._texts.items():
            if file == f"modules/{folder}/quiz.md":
                read = self._learning.quiz(text, file, self._terms(file))
                if read is not None:
                    self._check_name(read.record.code, f"{module}-Q", read.table)
                    self._draft.quizzes.append(read)
                    quiz = read.record
            elif (found := PRACTICE_FILE.fullmatch(file)) is not None and found[1] == folder:
                task = self._learning.task(text, file, self._terms(file))
                if task is not None:
                    self._check_name(task.record.code, found[2], task.table)
                    self._draft.tasks.append(task)
                    tasks.append(task.record)
        return quiz, tuple(tasks)

    def _read_module(self, folder: str, text: str, file: str, care_themes: frozenset[str]) -> None:
        terms = self._terms(file)
        table = filled_toml(text, file, self._findings, terms)
        if table is None:
            return
        code = table.code()
        if code:
            self._check_name(code, folder, table)
        sessions = tuple(
            session
            for row in table.tables("sessions")
            if (session := self._read_row(row, code, folder, terms, care_themes)) is not None
        )
        module = Module(
            code,
            table.text("title"),
            table.text("about"),
            table.text("lens"),
            table.texts("after", required=False),
            table.text("complement", default=""),
            sessions,
            *self._module_learning(folder, code),
        )
        self._check_hours(module, table)
        table.finish()
        if code:
            self._draft.modules.append(Sourced(module, table))

    def _check_hours(self, module: Module, table: TomlTable) -> None:
        hours = table.integer("hours", least=1)
        if hours and hours * 60 != module.minutes:
            table.add(
                "hours",
                "module_hours_mismatch",
                message(
                    "El módulo dice {hours} h y sus sesiones suman {sum} h.",
                    hours=hours,
                    sum=hours_of(module.minutes),
                ),
                message("Corrija las horas, o los minutos de sus sesiones."),
            )

    def _read_row(
        self,
        row: TomlTable,
        module: str,
        folder: str,
        terms: Terms,
        care_themes: frozenset[str],
    ) -> Session | None:
        title_only = Session(row.code(), row.text("title"), row.integer("minutes", least=1))
        name = row.text("file", default="")
        row.finish()
        if not title_only.code:
            return None
        if module and not title_only.code.startswith(f"{module}-"):
            row.add(
                "code",
                "bad_code",
                message(
                    "La sesión «{code}» no es del módulo «{module}».",
                    code=title_only.code,
                    module=module,
                ),
                message(
                    "Su clave es la del módulo, un guion y su número: {example}.",
                    example=f"{module}-1",
                ),
            )
        self._draft.session_rows.append(Sourced(title_only, row))
        if not name:
            return title_only
        file = f"modules/{folder}/{name}"
        if file not in self._files:
            row.add(
                "file",
                "missing_session_file",
                message("No existe el archivo «{file}».", file=file),
                message("Corrija su nombre, o quite «file» mientras la sesión no esté escrita."),
            )
            return title_only
        if file not in self._texts:
            return title_only
        page = self._pages.session(self._texts[file], file, terms, care_themes)
        if page is None:
            return title_only
        self._draft.session_pages.append(page)
        self._check_agrees(title_only, page, row)
        return page.record

    def _check_agrees(self, title_only: Session, page: Sourced[Session], row: TomlTable) -> None:
        written = page.record
        if written.code != title_only.code:
            page.table.add(
                "code",
                "session_code_mismatch",
                message(
                    "El archivo dice «{code}» y module.toml dice «{other}».",
                    code=written.code,
                    other=title_only.code,
                ),
                message("Escriba la misma clave en los dos."),
            )
        if written.title != title_only.title:
            page.table.add(
                "title",
                "session_title_mismatch",
                message("El título no es el de module.toml: «{other}».", other=title_only.title),
                message("Escriba el mismo título en los dos."),
            )
        if written.minutes != title_only.minutes:
            row.add(
                "minutes",
                "session_minutes_mismatch",
                message(
                    "Aquí dice {minutes} minutos y el archivo de la sesión dice {other}.",
                    minutes=title_only.minutes,
                    other=written.minutes,
                ),
                message("Escriba los mismos minutos en los dos."),
            )

    def _check_name(self, code: str, name: str, table: TomlTable) -> None:
        if code != name:
            table.add(
                "code",
                "name_mismatch",
                message(
                    "La clave «{code}» no es el nombre «{name}» con que se guardó.",
                    code=code,
                    name=name,
                ),
                message("Use el mismo nombre en los dos."),
            )

    def _check_family(self, family: str, folder: str, table: TomlTable) -> None:
        if family != folder:
            table.add(
                "family",
                "name_mismatch",
                message(
                    "La familia «{family}» no es la carpeta «{name}».", family=family, name=folder
                ),
                message("Use el mismo nombre en los dos."),
            )

    def _instruments(self) -> tuple[Instrument, ...]:
        instruments, problems = read_instruments(self._files)
        self._findings.extend(problems)
        return instruments

    def _assembled(self, manifest: _Manifest) -> Pack:
        draft = self._draft
        return Pack(
            manifest.code,
            manifest.version,
            manifest.title,
            manifest.language,
            manifest.countries,
            manifest.licence,
            manifest.authors,
            manifest.credits,
            self._country,
            tuple(sorted((one.record for one in draft.programmes), key=_programme_order)),
            tuple(one.record for one in draft.modules),
            tuple(one.record for one in draft.handouts),
            tuple(one.record for one in draft.methods),
            tuple(one.record for one in draft.layouts),
            tuple(sorted(self._words.of_country(self._country).items())),
            pack_digest(self._files),
            self._instruments(),
            tuple(one.record for one in draft.complements),
            tuple(one.record for one in draft.process),
            adapted_codes(draft, manifest.adaptations),
            manifest.themes,
        )


def _theme_names(table: TomlTable | None) -> tuple[tuple[str, str], ...]:
    if table is None:
        return ()
    codes = table.names()
    return tuple((code, table.text(code)) for code in codes)


def _programme_order(programme: Programme) -> tuple[int, str]:
    """The course for participants first, then mentoring, leadership and those for who teaches."""
    return list(ProgrammeKind).index(programme.kind), programme.code
