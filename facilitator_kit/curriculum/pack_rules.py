"""The rules that hold between the files of a pack: references, order, hours, words, codes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from facilitator_kit.curriculum.pack_text import TERM, Terms
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
from facilitator_kit.curriculum.toml_source import Findings, Place
from facilitator_kit.i18n import Message, message

_MODULE_FILE = re.compile(r"modules/([^/]+)/")


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


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Record = TypeVar("_Record", bound=_Coded)


def check_between_files(draft: PackDraft) -> None:
    """Report all that is wrong between records that are each right by themselves."""
    _unique(draft.programmes)
    _unique(draft.modules)
    _unique(draft.session_rows)
    _unique(draft.handouts)
    _unique(draft.methods)
    _unique(draft.layouts)
    _check_programmes(draft)
    _check_levels(draft)
    _check_modules(draft)
    _check_handouts(draft)


def check_terms(
    texts: Mapping[str, str], words: Mapping[str, Mapping[str, Terms]], findings: Findings
) -> None:
    """Report each term that a country of the pack lacks.

    `texts` are the pack's files; `words` gives, by country and then by module code ("" for the
    pack's own), the terms that a file of that module may use.
    """
    for file, text in texts.items():
        if "{{" not in text:
            continue
        module = _MODULE_FILE.match(file)
        known = {
            country: by_module.get(module[1] if module else "", by_module[""])
            for country, by_module in words.items()
        }
        for number, line in enumerate(text.split("\n"), start=1):
            for found in TERM.finditer(line):
                lacking = [country for country in known if found[1] not in known[country]]
                if lacking:
                    _report_term(findings, Place(file, number), found[1], lacking, len(known))


def _report_term(
    findings: Findings, place: Place, term: str, lacking: list[str], countries: int
) -> None:
    if len(lacking) == countries:
        findings.add(
            place,
            "unknown_term",
            message("El término «{term}» no está en ninguna lista de palabras.", term=term),
            message("Agréguelo a words.toml del módulo o a la lista de cada país."),
        )
    else:
        findings.add(
            place,
            "term_missing_for_country",
            message(
                "El término «{term}» falta para {countries}.",
                term=term,
                countries=", ".join(lacking),
            ),
            message("Agréguelo también a la lista de ese país."),
        )


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


def _check_handouts(draft: PackDraft) -> None:
    sessions = {row.record.code for row in draft.session_rows}
    listed = {page.record.code: page.record.handouts for page in draft.session_pages}
    handouts = {handout.record.code for handout in draft.handouts}
    for page in draft.session_pages:
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
