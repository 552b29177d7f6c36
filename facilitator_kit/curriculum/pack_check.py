"""The checker of a pack: all problems of its files, and what it holds, in numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from facilitator_kit.curriculum.markdown_lines import fence_mark, split_bars
from facilitator_kit.curriculum.pack_reader import read_pack
from facilitator_kit.curriculum.pack_rules import hours_of
from facilitator_kit.curriculum.pack_text import decode
from facilitator_kit.curriculum.pack_wording import (
    check_reading_level,
    check_repeats,
    check_wording,
)
from facilitator_kit.curriculum.records import Pack, Programme
from facilitator_kit.curriculum.toml_source import CODE_PATTERN, Findings, Place
from facilitator_kit.errors import Problem
from facilitator_kit.i18n import Texts, message

SHEETS: Final = ("survey.csv", "choices.csv", "settings.csv")

_EXPECTED = (
    re.compile(r"pack\.toml"),
    re.compile(r"(?:programmes|layouts|words)/[^/]+\.toml"),
    re.compile(r"modules/[^/]+/(?:module|words)\.toml"),
    re.compile(r"modules/[^/]+/(?:handouts|practice)/[^/]+\.md"),
    re.compile(r"modules/[^/]+/quiz\.md"),
    re.compile(r"complements/[^/]+/(?:complement|words)\.toml"),
    re.compile(r"complements/[^/]+/[0-9]{2}-[^/]+\.md"),
    re.compile(r"process/(?:words\.toml|[0-9]{2}-[^/]+\.md)"),
    re.compile(r"methods/[^/]+/[^/]+\.md"),
    re.compile(r"instruments/[^/]+/[^/]+\.csv"),
)
_SESSION_FILE = re.compile(r"modules/([^/]+)/([^/]+\.md)")
_PAPERS_ABOUT = re.compile(r"(?:README|LICENCE|LICENSE|NOTICE|CHANGELOG)(?:\.\w+)?", re.IGNORECASE)
_LINK = re.compile(r"\]\(([^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class PackCounts:
    """How many of each thing; `sessions` are distinct, `sessions_complete` are written out."""

    programmes: int = 0
    modules: int = 0
    sessions: int = 0
    sessions_complete: int = 0
    methods: int = 0
    handouts: int = 0
    instruments: int = 0
    layouts: int = 0
    complements: int = 0
    lessons: int = 0
    chapters: int = 0


@dataclass(frozen=True, slots=True)
class ProgrammeCounts:
    """A programme in numbers: the distinct sessions over all its routes, and their hours."""

    code: str
    sessions: int
    sessions_complete: int
    hours: int | float


@dataclass(frozen=True, slots=True)
class PackReport:
    """Everything wrong with a pack, by file and line, and what was found in it.

    `pack` is fit for use where there are no problems.
    """

    problems: tuple[Problem, ...]
    counts: PackCounts
    programmes: tuple[ProgrammeCounts, ...]
    pack: Pack | None = None


def check_pack(
    files: Mapping[str, bytes], pictograms: Collection[str] | None = None, country: str = ""
) -> PackReport:
    """All problems of a pack, for every country it names, and its counts.

    Never raises for what a file holds. With `pictograms` the cards' pictures must be among those
    names. With `country` it must have that country's words, and `pack` is in them.
    """
    reading = read_pack(files, country)
    findings = Findings()
    texts = dict(_texts(files, findings))
    _check_expected(files, texts, findings)
    _check_instruments(files, findings)
    for file, text in texts.items():
        check_wording(file, text, findings)
    prose = {file: text for file, text in texts.items() if file.endswith(".md")}
    check_repeats({file: prose[file] for file in prose if is_content(file)}, findings)
    if reading.pack is not None:
        file_of = {PurePosixPath(file).stem: file for file in prose if "/handouts/" in file}
        for handout in reading.pack.handouts:
            check_reading_level(file_of.get(handout.code, ""), handout, findings)
        codes = codes_of(reading.pack)
        for file, text in texts.items():
            if file.endswith(".md") and is_content(file):
                check_marks(file, text, codes, pictograms, findings)
    problems = _merged(reading.problems, findings.sorted())
    if reading.pack is None:
        return PackReport(problems, PackCounts(instruments=len(_instruments(files))), ())
    return PackReport(
        problems,
        _counts(reading.pack, files),
        tuple(_programme_counts(one, reading.pack) for one in reading.pack.programmes),
        reading.pack,
    )


def report_as_json(report: PackReport, _: Texts) -> dict[str, object]:
    """The report as plain values for JSON, its reasons and remedies in one language."""
    counts = report.counts
    return {
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "code": problem.code,
                "reason": _.render(problem.reason),
                "remedy": _.render(problem.remedy),
            }
            for problem in report.problems
        ],
        "counts": {
            "programmes": counts.programmes,
            "modules": counts.modules,
            "sessions": counts.sessions,
            "sessions_complete": counts.sessions_complete,
            "methods": counts.methods,
            "handouts": counts.handouts,
            "instruments": counts.instruments,
            "layouts": counts.layouts,
            "complements": counts.complements,
            "lessons": counts.lessons,
            "chapters": counts.chapters,
        },
        "programmes": [
            {
                "code": programme.code,
                "sessions": programme.sessions,
                "sessions_complete": programme.sessions_complete,
                "hours": programme.hours,
            }
            for programme in report.programmes
        ],
    }


def _merged(one: tuple[Problem, ...], other: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Both lists by file and line, without the faults that both came upon."""
    return tuple(
        sorted(dict.fromkeys((*one, *other)), key=lambda problem: (problem.file, problem.line))
    )


def _texts(files: Mapping[str, bytes], findings: Findings) -> Iterator[tuple[str, str]]:
    for file in sorted(files):
        if file.endswith((".toml", ".md", ".csv")):
            # A sheet in another encoding has been named by who reads the instruments.
            sheet = PurePosixPath(file).name in SHEETS
            text = decode(files[file], file, Findings() if sheet else findings)
            if text is not None:
                yield file, text


def is_content(file: str) -> bool:
    """Whether a file is part of the pack's content, not a paper about the pack."""
    return not _PAPERS_ABOUT.fullmatch(PurePosixPath(file).name)


# -- files -----------------------------------------------------------------------------------


def _check_expected(
    files: Mapping[str, bytes], texts: Mapping[str, str], findings: Findings
) -> None:
    for file in sorted(files):
        if not is_content(file) or any(pattern.fullmatch(file) for pattern in _EXPECTED):
            continue
        session = _SESSION_FILE.fullmatch(file)
        listed = texts.get(f"modules/{session[1]}/module.toml", "") if session else ""
        if session and f'"{session[2]}"' in listed.replace("'", '"'):
            continue
        findings.add(
            Place(file),
            "unexpected_file",
            message("«{file}» no es parte del paquete.", file=file),
            message("Nómbrelo donde corresponde, muévalo a su carpeta o quítelo."),
        )


def _instruments(files: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {file.split("/")[1] for file in files if re.fullmatch(r"instruments/[^/]+/.+", file)}
        )
    )


def _check_instruments(files: Mapping[str, bytes], findings: Findings) -> None:
    """Report the folders without a survey: the sheets of all others are read with the pack."""
    for code in _instruments(files):
        file = f"instruments/{code}/survey.csv"
        if file not in files:
            findings.add(
                Place(file),
                "missing_sheet",
                message("Al instrumento «{code}» le falta la hoja survey.csv.", code=code),
                message("Agregue las tres hojas del estándar XLSForm, o quite la carpeta."),
            )


# -- wording ---------------------------------------------------------------------------------


def check_marks(
    file: str,
    text: str,
    codes: Collection[str],
    pictograms: Collection[str] | None,
    findings: Findings,
) -> None:
    """Report the links and the blocks for paper in a Markdown file that mean nothing.

    `codes` are those that a link may lead to.
    """
    _check_links(file, text, codes, findings)
    _check_fences(file, text, pictograms, findings)


def _check_links(file: str, text: str, codes: Collection[str], findings: Findings) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _LINK.finditer(line):
            if CODE_PATTERN.fullmatch(found[1]) and found[1] not in codes:
                findings.add(
                    Place(file, number),
                    "unknown_link",
                    message("El enlace lleva a «{code}», que no existe.", code=found[1]),
                    message("Use la clave de una sesión, hoja, módulo, dinámica o lección."),
                )


def _check_fences(
    file: str, text: str, pictograms: Collection[str] | None, findings: Findings
) -> None:
    kind = ""
    opened = 0
    for number, line in enumerate(text.split("\n"), start=1):
        mark = fence_mark(line)
        if mark is not None and opened and not mark.info:
            opened = 0
        elif mark is not None and not opened:
            kind, opened = mark.kind, number
            if not kind:
                findings.add(
                    Place(file, number),
                    "unknown_fence",
                    message("«{word}» no es un recuadro para papel.", word=mark.info),
                    message("Use renglones, casillas, tarjetas o tabla."),
                )
        elif opened and kind == "cards" and pictograms is not None and line.strip():
            name = split_bars(line)[0]
            if name and name not in pictograms:
                findings.add(
                    Place(file, number),
                    "unknown_pictogram",
                    message("El dibujo «{name}» no viene con el programa.", name=name),
                    message("Elija otro, o deje el lugar vacío antes de la primera barra."),
                )
    if opened:
        findings.add(
            Place(file, opened),
            "unclosed_fence",
            message("Este recuadro no se cierra."),
            message("Agregue una línea con ``` donde termina."),
        )


# -- counts ----------------------------------------------------------------------------------


def codes_of(pack: Pack) -> frozenset[str]:
    """The codes that a link in the pack may lead to."""
    return frozenset(
        [
            *(module.code for module in pack.modules),
            *(session.code for module in pack.modules for session in module.sessions),
            *(handout.code for handout in pack.handouts),
            *(method.code for method in pack.methods),
            *(course.code for course in pack.complements),
            *(lesson.code for course in pack.complements for lesson in course.lessons),
            *(chapter.code for chapter in pack.process),
            *(task.code for module in pack.modules for task in module.practice),
        ]
    )


def _counts(pack: Pack, files: Mapping[str, bytes]) -> PackCounts:
    sessions = {session.code: session for module in pack.modules for session in module.sessions}
    return PackCounts(
        len(pack.programmes),
        len(pack.modules),
        len(sessions),
        sum(session.complete for session in sessions.values()),
        len(pack.methods),
        len(pack.handouts),
        len(_instruments(files)),
        len(pack.layouts),
        len(pack.complements),
        sum(len(course.lessons) for course in pack.complements),
        len(pack.process),
    )


def _programme_counts(programme: Programme, pack: Pack) -> ProgrammeCounts:
    codes = {code for route in programme.routes for level in route.levels for code in level.modules}
    sessions = {
        session.code: session
        for module in pack.modules
        if module.code in codes
        for session in module.sessions
    }
    return ProgrammeCounts(
        programme.code,
        len(sessions),
        sum(session.complete for session in sessions.values()),
        hours_of(sum(session.minutes for session in sessions.values())),
    )
