"""Turns a list that people bring into proposed participants, with every problem named by its row.

Nothing is stored here: the proposal is shown, reviewed, and stored by whoever asked for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from facilitator_kit.errors import Problem
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.duplicates import Match, find_duplicates
from facilitator_kit.monitoring.names import split_full_name, split_surnames, tidy
from facilitator_kit.monitoring.national_ids import curp_warning, run_warning, tidy_curp, tidy_run
from facilitator_kit.monitoring.people_columns import (
    Column,
    channel_of,
    heading,
    recognise,
    title_form_of,
    yes_or_no,
)
from facilitator_kit.monitoring.people_tables import Table, TableRow
from facilitator_kit.monitoring.records import Channel, Participant, SafeContact, TitleForm

MOST_CHARACTERS: Final = 120
"""The longest text that a field of a person takes."""

_NAMING: Final = frozenset((Column.GIVEN_NAMES, Column.FULL_NAME))
_NAMES: Final = (
    Column.GIVEN_NAMES,
    Column.FIRST_SURNAME,
    Column.SECOND_SURNAME,
    Column.SURNAMES,
    Column.FULL_NAME,
    Column.SOCIAL_NAME,
)
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A row as a person: all of a participant but her id. `code` may be empty: give her one.

    `split` says that the names were cut from one cell, and should be looked at.
    """

    row: int
    code: str
    given_names: str
    first_surname: str
    second_surname: str
    social_name: str
    title_form: TitleForm
    contact: SafeContact
    curp: str
    run: str
    split: bool

    def participant(self, key: str, code: str) -> Participant:
        """The record, under a new id and her code."""
        return Participant(
            key,
            code,
            self.given_names,
            self.first_surname,
            self.second_surname,
            self.social_name,
            self.title_form,
            self.contact,
            self.curp,
            self.run,
        )


@dataclass(frozen=True, slots=True)
class Likely:
    """A row that may be someone known: a participant, or the person of another row."""

    row: int
    other_row: int | None
    other: Participant | None
    score: int
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class ImportProposal:
    """What would be stored. With any problem nothing may be: the list is mended and read again.

    `drafts` are the rows without problems; `warnings` hinder nothing; `duplicates` are for a
    person to review, and are looked for only when there are no problems.
    """

    file: str
    mapping: Mapping[int, Column]
    drafts: tuple[PersonDraft, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    duplicates: tuple[Likely, ...]

    @property
    def is_acceptable(self) -> bool:
        """Whether it may be stored: no problems, and at least one person."""
        return not self.problems and bool(self.drafts)


def propose_import(
    table: Table,
    existing: Iterable[Participant] = (),
    mapping: Mapping[int, Column] | None = None,
    codes_in_use: Iterable[str] = (),
) -> ImportProposal:
    """Read a table as people.

    `mapping` says what the columns hold, by position (recognised from the headings by default).
    `existing` are the people already known, looked at for likely duplicates; `codes_in_use` are
    all codes already given. All problems of all rows are told at once.
    """
    columns = recognise(table.headings) if mapping is None else dict(mapping)
    problems = list(table.problems) or _mapping_problems(table, columns)
    if problems:
        return ImportProposal(table.file, columns, (), tuple(problems), (), ())
    reader = _Reader(table.file, columns, {code.casefold() for code in codes_in_use})
    drafts = tuple(draft for row in table.rows if (draft := reader.read(row)) is not None)
    duplicates: tuple[Likely, ...] = ()
    if not reader.problems:
        duplicates = tuple(_likely(match, drafts) for match in find_duplicates(drafts, existing))
    return ImportProposal(
        table.file, columns, drafts, tuple(reader.problems), tuple(reader.warnings), duplicates
    )


def _likely(match: Match, drafts: tuple[PersonDraft, ...]) -> Likely:
    return Likely(
        drafts[match.index].row,
        None if match.other_index is None else drafts[match.other_index].row,
        match.other,
        match.likeness.score,
        match.likeness.reasons,
    )


def _mapping_problems(table: Table, columns: Mapping[int, Column]) -> list[Problem]:
    """What keeps the columns from making people: no name, one thing twice, no rows."""
    problems = []
    if not _NAMING & set(columns.values()):
        problems.append(
            Problem(
                table.file,
                "no_name_column",
                message("Ninguna columna tiene el nombre de las personas."),
                message("Indique cuál es la columna «Nombre(s)» o «Nombre completo»."),
            )
        )
    for column in dict.fromkeys(columns.values()):
        if list(columns.values()).count(column) > 1:
            problems.append(
                Problem(
                    table.file,
                    "column_twice",
                    message("Dos columnas se leen como «{column}».", column=heading(column)),
                    message("Deje una sola."),
                )
            )
    if not table.rows:
        problems.append(
            Problem(
                table.file,
                "no_rows",
                message("La lista no tiene personas debajo de sus encabezados."),
                message("Elija otro archivo u otra hoja."),
            )
        )
    return problems


class _Reader:
    """Reads rows one after the other, and keeps what it finds wrong."""

    def __init__(self, file: str, columns: Mapping[int, Column], codes: set[str]) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._file = file
        self._columns = columns
        self._codes = codes
        self._rows_by_code: dict[str, int] = {}

    def read(self, row: TableRow) -> PersonDraft | None:
        """The person of a row; None when the row has problems or nothing in its columns."""
        before = len(self.problems)
        cells = self._cells(row)
        if not any(cells.values()) and len(self.problems) == before:
            return None
        given, first, second, split = _names(cells)
        if not given and not cells.get(Column.SOCIAL_NAME) and before == len(self.problems):
            column = Column.GIVEN_NAMES
            if column not in self._columns.values():
                column = Column.FULL_NAME
            self._problem(
                row.number,
                column,
                "missing_name",
                message("Falta el nombre."),
                message("Escríbalo, o quite la fila."),
            )
        self._doubt_names(row.number, cells)
        self._check_code(row.number, cells.get(Column.CODE, ""))
        title_form = title_form_of(cells.get(Column.TITLE_FORM, ""))
        if title_form is None:
            self._problem(
                row.number,
                Column.TITLE_FORM,
                "title_form",
                message("«{word}» no es un tratamiento conocido.", word=cells[Column.TITLE_FORM]),
                message("Escriba graduada, graduado o persona graduada."),
            )
        contact = self._contact(row.number, cells)
        curp, run = tidy_curp(cells.get(Column.CURP, "")), tidy_run(cells.get(Column.RUN, ""))
        self._warn(row.number, Column.CURP, "curp", curp_warning(curp))
        self._warn(row.number, Column.RUN, "run", run_warning(run))
        if split:
            self._warn(
                row.number,
                Column.FULL_NAME if cells.get(Column.FULL_NAME) else Column.SURNAMES,
                "split_name",
                message(
                    "Se separó en «{given}» y «{surnames}».",
                    given=given,
                    surnames=tidy(f"{first} {second}"),
                ),
            )
        if len(self.problems) > before or title_form is None or contact is None:
            return None
        return PersonDraft(
            row.number,
            cells.get(Column.CODE, ""),
            given,
            first,
            second,
            cells.get(Column.SOCIAL_NAME, ""),
            title_form,
            contact,
            curp,
            run,
            split,
        )

    def _cells(self, row: TableRow) -> dict[Column, str]:
        """The cells that were mapped, tidied; a cell at fault is named and left empty."""
        cells: dict[Column, str] = {}
        for position, column in self._columns.items():
            text = tidy(row.cells[position]) if position < len(row.cells) else ""
            if position in row.formulas:
                self._problem(
                    row.number,
                    column,
                    "formula",
                    message("La celda tiene una fórmula, no un texto."),
                    message("Copie la columna y péguela como valores."),
                )
                text = ""
            elif len(text) > MOST_CHARACTERS:
                self._problem(
                    row.number,
                    column,
                    "too_long",
                    message("El texto pasa de {most} caracteres.", most=MOST_CHARACTERS),
                    message("Acórtelo."),
                )
                text = ""
            elif not _printable(text):
                self._problem(
                    row.number,
                    column,
                    "characters",
                    message("El texto tiene caracteres que no se pueden leer."),
                    message("Escríbalo de nuevo."),
                )
                text = ""
            cells[column] = text
        return cells

    def _doubt_names(self, number: int, cells: Mapping[Column, str]) -> None:
        """A name is printed on a certificate: one of figures is likely some other column's."""
        for column in _NAMES:
            name = cells.get(column, "")
            lettered = any(character.isalpha() for character in name)
            if name and (not lettered or any(character.isdigit() for character in name)):
                reason = message("«{name}» no parece un nombre.", name=name)
                self._warn(number, column, "no_name", reason)

    def _check_code(self, number: int, code: str) -> None:
        """A code is used once, in the file and in the workspace."""
        key = code.casefold()
        if not code:
            return
        if key in self._rows_by_code:
            self._problem(
                number,
                Column.CODE,
                "code_twice",
                message(
                    "El código {code} ya está en la fila {row}.",
                    code=code,
                    row=self._rows_by_code[key],
                ),
                message("Deje un código distinto para cada persona, o la celda vacía."),
            )
        elif key in self._codes:
            self._problem(
                number,
                Column.CODE,
                "code_in_use",
                message("El código {code} ya es de otra persona.", code=code),
                message("Escriba otro, o deje la celda vacía para que se le asigne uno."),
            )
        else:
            self._rows_by_code[key] = number

    def _contact(self, number: int, cells: Mapping[Column, str]) -> SafeContact | None:
        channel = channel_of(cells.get(Column.CHANNEL, ""))
        may_leave = yes_or_no(cells.get(Column.MAY_LEAVE_MESSAGE, ""))
        address = cells.get(Column.ADDRESS, "")
        if channel is None:
            self._problem(
                number,
                Column.CHANNEL,
                "channel",
                message("«{word}» no es un canal conocido.", word=cells[Column.CHANNEL]),
                message(
                    "Escriba WhatsApp, llamada, mensaje de texto, correo, en persona o ninguno."
                ),
            )
        elif channel is Channel.EMAIL and address and "@" not in address:
            self._warn(
                number,
                Column.ADDRESS,
                "address",
                message("El canal es correo y el contacto no tiene arroba."),
            )
        elif channel is Channel.NONE and address:
            self._warn(
                number,
                Column.CHANNEL,
                "no_channel",
                message("Hay un contacto sin canal seguro: no se usará mientras falte."),
            )
        if may_leave is None:
            self._problem(
                number,
                Column.MAY_LEAVE_MESSAGE,
                "yes_or_no",
                message("«{word}» no es sí ni no.", word=cells[Column.MAY_LEAVE_MESSAGE]),
                message("Escriba sí o no."),
            )
        if channel is None or may_leave is None:
            return None
        return SafeContact(
            channel,
            address,
            cells.get(Column.HOURS, ""),
            may_leave,
            cells.get(Column.CALL_HER, ""),
        )

    def _problem(
        self, number: int, column: Column, code: str, reason: Message, remedy: Message
    ) -> None:
        self.problems.append(self._at(number, column, code, reason, remedy))

    def _warn(self, number: int, column: Column, code: str, reason: Message | None) -> None:
        if reason is not None:
            remedy = message("Revíselo; se puede guardar así.")
            self.warnings.append(self._at(number, column, code, reason, remedy))

    def _at(
        self, number: int, column: Column, code: str, reason: Message, remedy: Message
    ) -> Problem:
        place = message("fila {row}, {column}", row=number, column=heading(column))
        return Problem(self._file, code, reason, remedy, number, place)


# -- names in one cell -----------------------------------------------------------------------------


def _names(cells: Mapping[Column, str]) -> tuple[str, str, str, bool]:
    """Given names, first and second surname, and whether any was cut from a longer cell.

    Columns of their own hold; the full name and the joint surnames fill only what has none.
    """
    given = cells.get(Column.GIVEN_NAMES, "")
    first, second = cells.get(Column.FIRST_SURNAME, ""), cells.get(Column.SECOND_SURNAME, "")
    split = False
    if not first and not second and cells.get(Column.SURNAMES):
        first, second = split_surnames(cells[Column.SURNAMES])
        split = bool(second)
    if not given and cells.get(Column.FULL_NAME):
        whole = cells[Column.FULL_NAME]
        if first or second:
            family = tidy(f"{first} {second}")
            if whole.casefold().endswith(f" {family}".casefold()):
                whole = whole[: -len(family)].strip()
            given = whole
        else:
            given, first, second = split_full_name(whole)
            split = bool(first)
    return given, first, second, split


def _printable(text: str) -> bool:
    """Whether every character can be kept and shown: no controls, no turned text, no leftovers."""
    if text.isprintable():
        return "\ufffd" not in text
    return not any(
        character in _TURNING or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
        for character in text
    )
