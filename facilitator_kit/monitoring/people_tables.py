"""Reads a list that people bring, XLSX or CSV, as plain rows of text; any bytes are survived."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from facilitator_kit.errors import Problem
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.people_columns import recognise

MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 100_000_000
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 100
MOST_CHARACTERS: Final = 2_000
"""Of one cell: more than any field takes, and enough to say that it is too long."""

_HEADING_WITHIN: Final = 10
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOK_NAMES: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its number in the file (from 1). `formulas` are positions of formula cells."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it was read: its headings and its rows that are not empty.

    With `problems` the file could not be read whole, and `rows` is empty. `sheets` names all the
    sheets of a workbook, `sheet` the one that was read.
    """

    file: str
    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...] = ()


def read_table(file: str, data: bytes, sheet: str | None = None) -> Table:
    """The list in a file's bytes: a workbook's `sheet` (the first by default) or a CSV text.

    The heading row is the first of the first ten with a known heading, else the first row that is
    not empty. Never raises: what is wrong with the file is in `problems`.
    """
    if len(data) > MOST_BYTES:
        return _refused(
            file,
            "too_big",
            message("El archivo pesa más de {most} MB.", most=MOST_BYTES // 1_000_000),
            message("Divida la lista en varios archivos."),
        )
    if data.startswith(_OLE):
        return _refused(
            file,
            "protected",
            message("El archivo está protegido con contraseña o es de un formato antiguo (.xls)."),
            message("Ábralo, quite la contraseña y guárdelo como libro de Excel (.xlsx) o CSV."),
        )
    if data.startswith(b"PK"):
        return _workbook(file, data, sheet)
    table = _text(file, data)
    if file.lower().endswith(_BOOK_NAMES) and not recognise(table.headings):
        # Named like a workbook and no list either: what its bytes say as a text helps nobody.
        return _damaged(file)
    return table


def unguard(text: str) -> str:
    """Take off the apostrophe that keeps a cell from being run as a formula (see `guard`)."""
    return text[1:] if _GUARDED.match(text) else text


def _refused(file: str, code: str, reason: Message, remedy: Message) -> Table:
    return Table(file, "", (), (), (), (Problem(file, code, reason, remedy),))


def _table(file: str, sheet: str, sheets: Sequence[str], rows: Iterable[TableRow]) -> Table:
    """Find the headings, keep what follows; refuse a list that is empty or too long."""
    first: list[TableRow] = []
    kept: list[TableRow] = []
    for row in rows:
        if not any(row.cells) and not row.formulas:
            continue
        if len(first) < _HEADING_WITHIN:
            first.append(row)
        kept.append(row)
        if len(kept) > MOST_ROWS:
            return _refused(
                file,
                "too_many_rows",
                message("La lista tiene más de {most} filas.", most=MOST_ROWS),
                message("Divida la lista en varios archivos."),
            )
    if not kept:
        return _refused(
            file,
            "empty",
            message("El archivo no tiene ninguna fila."),
            message("Elija otro archivo u otra hoja."),
        )
    at = next((index for index, row in enumerate(first) if recognise(row.cells)), 0)
    return Table(file, sheet, tuple(sheets), kept[at].cells, tuple(kept[at + 1 :]))


# -- workbooks -------------------------------------------------------------------------------------


def _damaged(file: str) -> Table:
    return _refused(
        file,
        "unreadable",
        message("El archivo está dañado o no es un libro de Excel (.xlsx)."),
        message("Ábralo en su programa de hojas de cálculo y guárdelo de nuevo como .xlsx o CSV."),
    )


def _workbook(file: str, data: bytes, sheet: str | None) -> Table:
    # Loaded when a book is read: it is large, and no window should wait for it.
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if unpacked > MOST_UNPACKED:
            return _refused(
                file,
                "too_big",
                message("El libro ocupa demasiado al abrirse."),
                message("Copie la lista sola a un libro nuevo."),
            )
        with warnings.catch_warnings():
            # The library warns of extensions that it leaves out; none of them holds a cell's text.
            warnings.simplefilter("ignore")
            # Formulas are read as such, so that they are named instead of half understood.
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            try:
                names = [page.title for page in book.worksheets]
                if not names:
                    return _damaged(file)
                chosen = sheet if sheet in names else names[0]
                return _table(file, chosen, names, _sheet_rows(book[chosen]))
            finally:
                book.close()
    except Exception:
        # A broken workbook fails in the library in every way there is (KeyError, ParseError,
        # BadZipFile, …). Whatever it is, the file is at fault, and the person can act on it.
        return _damaged(file)


def _sheet_rows(page: object) -> Iterator[TableRow]:
    """The rows of a worksheet as text; what lies beyond the limits is not looked at."""
    page.reset_dimensions()  # type: ignore[attr-defined] # the stubs miss read-only sheets
    rows = page.iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS)  # type: ignore[attr-defined] # as above
    for number, cells in enumerate(rows, start=1):
        width = len(cells)
        while width and cells[width - 1].value is None:
            width -= 1
        texts = []
        formulas = set()
        for position, cell in enumerate(cells[:width]):
            if cell.data_type == "f":
                formulas.add(position)
                texts.append("")
            else:
                texts.append(unguard(_cell_text(cell.value)))
        yield TableRow(number, tuple(texts), frozenset(formulas))


def _cell_text(value: object) -> str:
    """A cell's value as a person sees it: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()[: MOST_CHARACTERS + 1]


# -- CSV -------------------------------------------------------------------------------------------


def _text(file: str, data: bytes) -> Table:
    text = _decoded(data)
    if text is None:
        return _refused(
            file,
            "encoding",
            message("El archivo no es un texto CSV legible."),
            message("Guárdelo de nuevo como «CSV UTF-8» o como libro de Excel (.xlsx)."),
        )
    declared = re.match(r"sep=([;,\t])\r?\n", text)
    skipped = 0
    if declared:
        text, skipped = text[declared.end() :], 1
    delimiter = declared[1] if declared else _delimiter(text)
    try:
        return _table(file, "", (), _csv_rows(text, delimiter, skipped))
    except csv.Error:
        return _refused(
            file,
            "unreadable",
            message("El archivo CSV está dañado: una celda no termina."),
            message("Ábralo en su programa de hojas de cálculo y guárdelo de nuevo."),
        )


def _decoded(data: bytes) -> str | None:
    """UTF-8, with or without mark, UTF-16 with mark, or the Windows code page of the West."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    """The separator with which most headings are known; failing that, with most columns."""

    def fit(delimiter: str) -> tuple[int, int]:
        known = columns = 0
        try:
            for index, row in enumerate(_csv_rows(text, delimiter, 0)):
                known = max(known, len(recognise(row.cells)))
                columns = max(columns, len(row.cells))
                if index >= _HEADING_WITHIN:
                    break
        except csv.Error:
            return (0, 0)
        return known, columns

    return max((";", ",", "\t"), key=fit)


def _csv_rows(text: str, delimiter: str, skipped: int) -> Iterator[TableRow]:
    """The rows, numbered by the line of the file that each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1 + skipped
    for row in reader:
        cells = tuple(unguard(cell.strip()[: MOST_CHARACTERS + 1]) for cell in row[:MOST_COLUMNS])
        yield TableRow(begins, cells)
        begins = reader.line_num + 1 + skipped
