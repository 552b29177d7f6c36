"""Writes people as XLSX or CSV under the headings that the import reads, so that they come back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.people_columns import (
    CHANNEL_WORDS,
    NO,
    TITLE_WORDS,
    YES,
    Column,
    heading,
)
from facilitator_kit.monitoring.records import Participant

_RUNS: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATED: Final = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def export_columns(with_curp: bool = False, with_run: bool = False) -> tuple[Column, ...]:
    """The columns of an export, in order; national numbers only where they are switched on."""
    left_out = {Column.SURNAMES, Column.FULL_NAME}
    if not with_curp:
        left_out.add(Column.CURP)
    if not with_run:
        left_out.add(Column.RUN)
    return tuple(column for column in Column if column not in left_out)


def export_csv(
    people: Iterable[Participant], texts: Texts, columns: Sequence[Column] | None = None
) -> bytes:
    """The people as CSV in UTF-8 with mark, separated as the country's spreadsheets expect.

    A cell that a spreadsheet would run as a formula begins with an apostrophe, which the import
    takes off again.
    """
    chosen = columns or export_columns()
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if texts.country == "CL" else ",")
    writer.writerow([texts.render(heading(column)) for column in chosen])
    for person in people:
        writer.writerow([guard(_text(person, column, texts)) for column in chosen])
    return out.getvalue().encode("utf-8-sig")


def export_xlsx(
    people: Iterable[Participant], texts: Texts, columns: Sequence[Column] | None = None
) -> bytes:
    """The people as a workbook of one sheet; every cell is a text, so none is run as a formula.

    Equal people give equal bytes: no date is written into the file.
    """
    chosen = columns or export_columns()
    # Loaded when a book is written: it is large, and no window should wait for it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts("Personas"))
    sheet.freeze_panes = "A2"
    for position, column in enumerate(chosen):
        sheet.column_dimensions[chr(ord("A") + position)].width = (
            24 if column is not Column.CODE else 12
        )
    titles = []
    for column in chosen:
        cell = WriteOnlyCell(sheet, texts.render(heading(column)))
        cell.font = Font(bold=True)
        titles.append(cell)
    sheet.append(titles)
    for person in people:
        cells = []
        for column in chosen:
            text = _NOT_IN_XML.sub("", _text(person, column, texts))
            cell = WriteOnlyCell(sheet, f"'{text}" if _GUARDED.match(text) else text)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return _undated(packed.getvalue())


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; reading takes one off again."""
    return f"'{text}" if _RUNS.match(text) else text


def _text(person: Participant, column: Column, texts: Texts) -> str:
    """What a person's cell says."""
    match column:
        case Column.CODE:
            return person.code
        case Column.GIVEN_NAMES:
            return person.given_names
        case Column.FIRST_SURNAME:
            return person.first_surname
        case Column.SECOND_SURNAME:
            return person.second_surname
        case Column.SURNAMES:
            return f"{person.first_surname} {person.second_surname}".strip()
        case Column.FULL_NAME:
            return f"{person.given_names} {person.first_surname} {person.second_surname}".strip()
        case Column.SOCIAL_NAME:
            return person.social_name
        case Column.TITLE_FORM:
            return texts.render(TITLE_WORDS[person.title_form])
        case Column.CHANNEL:
            return texts.render(CHANNEL_WORDS[person.contact.channel])
        case Column.ADDRESS:
            return person.contact.address
        case Column.HOURS:
            return person.contact.hours
        case Column.MAY_LEAVE_MESSAGE:
            return texts.render(YES if person.contact.may_leave_message else NO)
        case Column.CALL_HER:
            return person.contact.call_her
        case Column.CURP:
            return person.curp
        case Column.RUN:
            return person.run


def _undated(packed: bytes) -> bytes:
    """The workbook again without the moment it was made at, inside its parts and of them."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _DATED.sub(b"", content)
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
