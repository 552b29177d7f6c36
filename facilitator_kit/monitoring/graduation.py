"""The register (*libro de registro*): folios, their place in the book, their state, their digest.

Also the proof list of a ceremony, read by a person before any folio is spent. Rules: domain.md §8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Final, NamedTuple

from facilitator_kit.curriculum.records import CertificateLayout, Module
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.evidence import digest_of
from facilitator_kit.monitoring.names import fold, full_name
from facilitator_kit.monitoring.records import (
    Decision,
    FolioFloor,
    Participant,
    RegisterEvent,
    RegisterEventKind,
    RegisterLine,
    RegisterState,
    TitleForm,
)

LINES_A_LEAF: Final = 25
LEAVES_A_BOOK: Final = 100

_SERIES: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,18}[A-Za-z0-9])?")


# -- folios ----------------------------------------------------------------------------------------


class SeriesRefused(KitError):  # noqa: N818 - it is an answer, not a defect
    """A series that cannot be part of a file's name on every system."""


def folio_text(series: str, year: int, number: int) -> str:
    """ "CR-2026-0007": series, year, number of four digits or more; safe in a file's name.

    Raises SeriesRefused for a series with other than plain letters, figures, - and _.
    """
    if not _SERIES.fullmatch(series):
        raise SeriesRefused(
            message("La serie «{series}» no puede formar parte de un folio.", series=series),
            message("Use de 1 a 20 letras sin acento, cifras, guion o guion bajo."),
            "series",
        )
    return f"{series}-{year:04d}-{number:04d}"


class RegisterPlace(NamedTuple):
    """Where a number is written: book, leaf in the book and line on the leaf, all from 1."""

    book: int
    leaf: int
    line: int


def register_place(
    number: int, lines_a_leaf: int = LINES_A_LEAF, leaves_a_book: int = LEAVES_A_BOOK
) -> RegisterPlace:
    """The place of the `number`-th line (from 1) of a series and year."""
    leaves, line = divmod(number - 1, lines_a_leaf)
    book, leaf = divmod(leaves, leaves_a_book)
    return RegisterPlace(book + 1, leaf + 1, line + 1)


def next_number(
    lines: Iterable[RegisterLine], floors: Iterable[FolioFloor], series: str, year: int
) -> int:
    """The next number of a series and year, above every stored line and every declared floor.

    Voided numbers stay spent: no number is ever used again, not even after restoring a backup.
    """
    spent = [line.number for line in lines if (line.series, line.year) == (series, year)]
    printed = [floor.number for floor in floors if (floor.series, floor.year) == (series, year)]
    return max([0, *spent, *printed]) + 1


# -- state -----------------------------------------------------------------------------------------


def register_states(
    lines: Iterable[RegisterLine], events: Iterable[RegisterEvent]
) -> dict[str, RegisterState]:
    """The state of each line, by its id.

    A voided line is `reissued` when another line says that it stands in for it (`reissue_of`, the
    id of the voided one), else `voided`; reprints and delivery change nothing.
    """
    known = list(lines)
    voided = {event.register_line_id for event in events if event.kind is RegisterEventKind.VOIDED}
    reissued = {line.reissue_of for line in known if line.reissue_of is not None}
    states = {}
    for line in known:
        if line.id not in voided:
            states[line.id] = RegisterState.CURRENT
        elif line.id in reissued:
            states[line.id] = RegisterState.REISSUED
        else:
            states[line.id] = RegisterState.VOIDED
    return states


def current_lines(
    lines: Iterable[RegisterLine], events: Iterable[RegisterEvent]
) -> tuple[RegisterLine, ...]:
    """The lines in force: their holders are the graduates."""
    known = list(lines)
    states = register_states(known, events)
    return tuple(line for line in known if states[line.id] is RegisterState.CURRENT)


def reprints(line_id: str, events: Iterable[RegisterEvent]) -> int:
    """How often a folio has been printed again."""
    return sum(
        event.register_line_id == line_id and event.kind is RegisterEventKind.REPRINTED
        for event in events
    )


def delivered_on(line_id: str, events: Iterable[RegisterEvent]) -> date | None:
    """The day she signed for it, the first one if there are several; None when not yet."""
    days = [
        event.on
        for event in events
        if event.register_line_id == line_id and event.kind is RegisterEventKind.DELIVERED
    ]
    return min(days, default=None)


def standing_decisions(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that stands on each enrolment, by its id: the latest one."""
    found: dict[str, Decision] = {}
    for decision in sorted(decisions, key=lambda decision: (decision.decided_on, decision.id)):
        found[decision.enrolment_id] = decision
    return found


def is_replaceable(decision: Decision, lines: Iterable[RegisterLine]) -> bool:
    """Whether another decision may take its place: no folio rests on it."""
    return all(line.decision_id != decision.id for line in lines)


# -- what a line says ------------------------------------------------------------------------------


def line_digest(line: RegisterLine) -> str:
    """SHA-256 (64 hexadecimal digits) of all that a line says, its own digest left out."""
    said = {
        field.name: _plain(getattr(line, field.name))
        for field in fields(line)
        if field.name != "digest"
    }
    return digest_of(said)


def sealed(line: RegisterLine) -> RegisterLine:
    """The same line with its digest."""
    return replace(line, digest=line_digest(line))


def is_intact(line: RegisterLine) -> bool:
    """Whether a stored line still says what it said when it was sealed."""
    return line.digest == line_digest(line)


def certificate_minutes(layout: CertificateLayout, offer: Sequence[Module], attended: int) -> int:
    """The minutes that a certificate prints: of the programme, or those she `attended`."""
    if layout.hours == "attended":
        return attended
    return sum(module.minutes for module in offer)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


# -- proof list ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A name as it will be printed, for a person to read before a folio is spent.

    `homonyms` are the codes of others in the list with the same name; `warnings` say what to look
    at twice; `problems` must be mended first.
    """

    participant_id: str
    code: str
    printed_name: str
    title_form: TitleForm
    homonyms: tuple[str, ...]
    warnings: tuple[Message, ...]
    problems: tuple[Message, ...]


def proof(
    people: Iterable[Participant], holders: Mapping[str, str] | None = None
) -> tuple[ProofLine, ...]:
    """The proof list of a ceremony, in the order given.

    `holders` are current folios by participant id: who has one needs no second. Characters that
    the certificate's font lacks are named by the documents.
    """
    listed = list(people)
    codes_by_name: dict[str, list[str]] = {}
    times: dict[str, int] = {}
    for person in listed:
        times[person.id] = times.get(person.id, 0) + 1
        codes = codes_by_name.setdefault(fold(full_name(person)), [])
        if person.code not in codes:
            codes.append(person.code)
    return tuple(
        _proof_line(
            person,
            tuple(code for code in codes_by_name[fold(full_name(person))] if code != person.code),
            times[person.id],
            (holders or {}).get(person.id),
        )
        for person in listed
    )


def _proof_line(
    person: Participant, homonyms: tuple[str, ...], times: int, folio: str | None
) -> ProofLine:
    name = full_name(person)
    problems: list[Message] = []
    warnings: list[Message] = []
    if not name:
        problems.append(message("No tiene nombre."))
    if times > 1:
        problems.append(message("Está {times} veces en la lista.", times=times))
    if folio is not None:
        problems.append(message("Ya tiene el folio vigente {folio}.", folio=folio))
    if homonyms:
        warnings.append(
            message("Se llama igual que {codes}: revise el código.", codes=", ".join(homonyms))
        )
    letters = [word for word in name.split() if word.isalpha() and len(word) > 1]
    if letters and all(word.isupper() for word in letters):
        warnings.append(message("El nombre está todo en mayúsculas."))
    elif letters and all(word.islower() for word in letters):
        warnings.append(message("El nombre está todo en minúsculas."))
    return ProofLine(
        person.id,
        person.code,
        name,
        person.title_form,
        homonyms,
        tuple(warnings),
        tuple(problems),
    )
