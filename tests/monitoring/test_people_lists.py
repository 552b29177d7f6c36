"""Lists of people come in with every problem named, and go out so that they come back the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monitoring_cases import person

from facilitator_kit.i18n import Texts
from facilitator_kit.monitoring.names import split_full_name, split_surnames, tidy
from facilitator_kit.monitoring.people_columns import Column, recognise
from facilitator_kit.monitoring.people_export import (
    export_columns,
    export_csv,
    export_xlsx,
    guard,
)
from facilitator_kit.monitoring.people_import import (
    ImportProposal,
    PersonDraft,
    propose_import,
)
from facilitator_kit.monitoring.people_tables import MOST_ROWS, read_table, unguard
from facilitator_kit.monitoring.records import Channel, Participant, SafeContact, TitleForm

HEADINGS = "Código,Nombre(s),Apellido paterno,Apellido materno,Tratamiento,Canal seguro"
SPANISH = Texts("es", "MX")


def from_csv(*lines: str, encoding: str = "utf-8") -> ImportProposal:
    return propose_import(read_table("lista.csv", "\n".join(lines).encode(encoding)))


def workbook(*rows: list[object], title: str = "Lista") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- reading ---------------------------------------------------------------------------------------


def test_a_list_becomes_people() -> None:
    found = from_csv(HEADINGS, "CR-001,Xóchitl,Hernández,Muñoz,graduada,WhatsApp", ",Ana,,,,")
    assert found.is_acceptable
    first, second = found.drafts
    assert (first.code, first.given_names, first.first_surname, first.second_surname) == (
        "CR-001",
        "Xóchitl",
        "Hernández",
        "Muñoz",
    )
    assert first.contact.channel is Channel.WHATSAPP
    assert (second.row, second.code, second.title_form) == (3, "", TitleForm.FEMININE)
    assert second.participant("id", "CR-002") == Participant("id", "CR-002", "Ana")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_text_file_is_understood(encoding: str, separator: str) -> None:
    lines = [HEADINGS.replace(",", separator), separator.join(["", "Íñigo", "Núñez", "", "", ""])]
    found = from_csv(*lines, encoding=encoding)
    assert [(draft.given_names, draft.first_surname) for draft in found.drafts] == [
        ("Íñigo", "Núñez")
    ]


def test_a_declared_separator_and_lines_above_the_headings_are_passed_over() -> None:
    found = from_csv("sep=;", "Centro de ejemplo", "", "nombre;apellidos", "Ana;De la Cruz Peña")
    assert [(d.row, d.first_surname, d.second_surname) for d in found.drafts] == [
        (5, "De la Cruz", "Peña")
    ]


def test_english_headings_are_recognised() -> None:
    names = ["Code", "Given name(s)", "First surname", "Second surname", "Safe channel", "Phone"]
    assert list(recognise(names).values()) == [
        Column.CODE,
        Column.GIVEN_NAMES,
        Column.FIRST_SURNAME,
        Column.SECOND_SURNAME,
        Column.CHANNEL,
        Column.ADDRESS,
    ]


def test_a_workbook_is_read_with_numbers_as_written() -> None:
    data = workbook(["Código", "Nombre", "Teléfono", "Canal"], [14, "Ana", 3312345678.0, "sms"])
    draft = propose_import(read_table("lista.xlsx", data)).drafts[0]
    assert (draft.code, draft.contact.address) == ("14", "3312345678")


def test_a_sheet_can_be_chosen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(["Nombre"], ["Ana"])))
    book.create_sheet("Otra").append(["Nombre"])
    book["Otra"].append(["Eva"])
    out = io.BytesIO()
    book.save(out)
    table = read_table("lista.xlsx", out.getvalue(), "Otra")
    assert (table.sheets, table.sheet) == (("Lista", "Otra"), "Otra")
    assert propose_import(table).drafts[0].given_names == "Eva"


def test_columns_can_be_chosen_by_hand() -> None:
    table = read_table("lista.csv", b"a,b\nAna,Soto\n")
    refused = propose_import(table)
    assert [problem.code for problem in refused.problems] == ["no_name_column"]
    chosen = propose_import(table, mapping={0: Column.GIVEN_NAMES, 1: Column.FIRST_SURNAME})
    assert chosen.drafts[0].first_surname == "Soto"
    twice = propose_import(table, mapping={0: Column.GIVEN_NAMES, 1: Column.GIVEN_NAMES})
    assert [problem.code for problem in twice.problems] == ["column_twice"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ana", ("Ana", "", "")),
        ("Ana Soto", ("Ana", "Soto", "")),
        ("Xóchitl Hernández Muñoz", ("Xóchitl", "Hernández", "Muñoz")),
        ("María José Aguilar Núñez", ("María José", "Aguilar", "Núñez")),
        ("Itzel de la Cruz Peña", ("Itzel", "de la Cruz", "Peña")),
        ("De la Cruz Peña, Itzel", ("Itzel", "De la Cruz", "Peña")),
        ("Ana Castañeda y Ríos Soto", ("Ana", "Castañeda y Ríos", "Soto")),
        ("", ("", "", "")),
    ],
)
def test_a_full_name_is_split_as_a_proposal(text: str, parts: tuple[str, str, str]) -> None:
    assert split_full_name(text) == parts


def test_a_split_name_is_shown_to_be_looked_at() -> None:
    found = from_csv("Nombre completo", "Itzel de la Cruz Peña")
    assert found.drafts[0].split
    assert [warning.code for warning in found.warnings] == ["split_name"]
    assert "de la Cruz Peña" in str(found.warnings[0].reason)
    assert split_surnames("De la Cruz Peña") == ("De la Cruz", "Peña")


# -- problems --------------------------------------------------------------------------------------


def test_all_problems_of_all_rows_are_told_at_once_with_their_place() -> None:
    found = propose_import(
        read_table(
            "lista.csv",
            "\n".join(
                (
                    HEADINGS + ",Puede dejar mensaje",
                    "A1,,Soto,,graduada,sms,sí",
                    "A1,Ana,Soto,,doctora,paloma,quizás",
                    "a1," + "x" * 121 + ",,,,,",
                    "B2,An\x07a,,,,,",
                    "C3,Eva,,,,,",
                )
            ).encode(),
        ),
        codes_in_use=["b2"],
    )
    assert not found.is_acceptable
    assert [(problem.line, problem.code) for problem in found.problems] == [
        (2, "missing_name"),
        (3, "code_twice"),
        (3, "title_form"),
        (3, "channel"),
        (3, "yes_or_no"),
        (4, "too_long"),
        (4, "code_twice"),
        (5, "characters"),
        (5, "code_in_use"),
    ]
    assert [draft.code for draft in found.drafts] == ["C3"]
    assert {problem.file for problem in found.problems} == {"lista.csv"}
    assert str(found.problems[2].place) == "fila 3, Tratamiento"
    assert all(str(problem.remedy) for problem in found.problems)
    assert found.duplicates == ()


def test_a_formula_is_named_and_never_half_understood() -> None:
    data = workbook(["Nombre", "Apellido"], ["=A1", "Soto"], ["Ana", "Soto"])
    found = propose_import(read_table("lista.xlsx", data))
    assert [(problem.line, problem.code) for problem in found.problems] == [(2, "formula")]


def test_doubtful_national_numbers_warn_and_hinder_nothing() -> None:
    found = from_csv("Nombre,CURP,RUN", "Ana,SABC560626MDFLRN02,12.667.869-1")
    assert found.is_acceptable
    assert [warning.code for warning in found.warnings] == ["curp", "run"]


def test_a_name_of_figures_is_warned_of_and_hinders_nothing() -> None:
    found = from_csv("Nombre;Primer apellido;Segundo apellido", "12345;Soto;-", "Ana;Soto 2;")
    assert found.is_acceptable
    assert [(p.line, p.code, str(p.place)) for p in found.warnings] == [
        (2, "no_name", "fila 2, Nombre(s)"),
        (2, "no_name", "fila 2, Segundo apellido"),
        (3, "no_name", "fila 3, Primer apellido"),
    ]


@pytest.mark.parametrize("file", ["lista.xlsx", "LISTA.XLS", "lista.ods"])
def test_a_text_named_like_a_workbook_is_no_workbook_unless_it_is_a_list(file: str) -> None:
    refused = read_table(file, b"no soy una hoja\n")
    assert [problem.code for problem in refused.problems] == ["unreadable"]
    assert read_table(file, b"Nombre;Apellidos\nAna;Soto\n").problems == ()


def test_a_contact_without_a_safe_channel_is_warned_of() -> None:
    found = from_csv("Nombre,Contacto,Canal", "Ana,33 1234 5678,", "Eva,3312345678,correo")
    assert [(warning.line, warning.code) for warning in found.warnings] == [
        (2, "no_channel"),
        (3, "address"),
    ]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


GOOD = workbook(["Nombre", "Apellido"], ["Ana", "Soto"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "protected"),
        (b"PK\x03\x04 nothing", "unreadable"),
        (GOOD[: len(GOOD) // 2], "unreadable"),
        (zipped(hello=b"x"), "unreadable"),
        (zipped(bomb=b"\0" * 101_000_000), "too_big"),
        (b"x" * 20_000_001, "too_big"),
        (b"\x81\x8d\x90", "encoding"),
        (b'nombre\n"' + b"x" * 140_000, "unreadable"),
        (b"nombre\n" + b"Ana\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"nombre\n", "no_rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(data: bytes, code: str) -> None:
    found = propose_import(read_table("lista", data))
    assert [problem.code for problem in found.problems] == [code]
    assert not found.drafts


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_proposal_or_problems(data: bytes) -> None:
    found = propose_import(read_table("lista", data))
    assert found.problems or found.is_acceptable or not found.drafts


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8), st.integers(0, 60))
def test_a_damaged_workbook_gives_a_proposal_or_problems(at: int, put: bytes, cut: int) -> None:
    data = GOOD[:at] + put + GOOD[at + len(put) : len(GOOD) - cut]
    found = propose_import(read_table("lista.xlsx", data))
    assert found.problems or found.is_acceptable or not found.drafts


SHEET = "xl/worksheets/sheet1.xml"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_workbook_with_a_damaged_sheet_gives_a_proposal_or_problems(data: st.DataObject) -> None:
    """Damage inside a part, behind a right checksum, reaches the reader of sheets."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packed:
        for name in packed.namelist():
            parts[name] = packed.read(name)
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    at = data.draw(st.integers(0, len(content) - 1))
    put = data.draw(st.sampled_from((b"", b"<", b'"', b"999999999", b"-1", b"ZZZZ", b"\xff")))
    parts[name] = content[:at] + put + content[at + data.draw(st.integers(0, 12)) :]
    found = propose_import(read_table("lista.xlsx", zipped(**parts)))
    assert found.problems or found.is_acceptable or not found.drafts


# -- writing, and reading back ---------------------------------------------------------------------

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="\ufffd"),
    max_size=20,
).map(tidy)
NAMES = WORDS | st.sampled_from(
    ("=1+1", "+52 33", "-x", "@you", "'=a", "''+b", "'", "_x0041_", "007")
)


@st.composite
def participants(draw: st.DrawFn) -> Participant:
    return person(
        draw(NAMES) or "Ana",
        draw(NAMES),
        draw(NAMES),
        "",
        social_name=draw(NAMES),
        title_form=draw(st.sampled_from(TitleForm)),
        contact=SafeContact(
            draw(st.sampled_from(Channel)),
            draw(NAMES),
            draw(NAMES),
            draw(st.booleans()),
            draw(NAMES),
        ),
        curp=draw(st.sampled_from(("", "SABC560626MDFLRN01"))),
        run=draw(st.sampled_from(("", "12.667.869-K"))),
    )


def same(draft: PersonDraft, who: Participant) -> bool:
    return draft.participant(who.id, who.code) == replace(who, code=draft.code or who.code)


@settings(max_examples=60, deadline=None)
@given(st.lists(participants(), min_size=1, max_size=4), st.sampled_from(("MX", "CL")))
def test_what_goes_out_comes_back_the_same(people: list[Participant], country: str) -> None:
    coded = [replace(who, code=f"CR-{number:03}") for number, who in enumerate(people, start=1)]
    columns = export_columns(with_curp=True, with_run=True)
    texts = Texts("es", country)
    for data in (export_csv(coded, texts, columns), export_xlsx(coded, texts, columns)):
        found = propose_import(read_table("lista", data))
        assert found.problems == ()
        assert len(found.drafts) == len(coded)
        assert all(same(draft, who) for draft, who in zip(found.drafts, coded, strict=True))


@given(st.text(max_size=12))
def test_guarding_a_cell_can_be_undone(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@"))


def test_no_exported_cell_is_run_by_a_spreadsheet() -> None:
    who = person("=HYPERLINK(1)", "+1", "@a", contact=SafeContact(Channel.CALL, "+52 33 1234 5678"))
    text = export_csv([who], SPANISH).decode("utf-8-sig")
    assert "'=HYPERLINK(1),'+1,'@a" in text
    assert ",'+52 33 1234 5678," in text
    sheet = openpyxl.load_workbook(io.BytesIO(export_xlsx([who], SPANISH))).active
    assert sheet is not None
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "inlineStr"}
    assert sheet["B2"].value == "=HYPERLINK(1)"


def test_national_numbers_go_out_only_where_they_are_switched_on() -> None:
    who = person("Ana", curp="SABC560626MDFLRN01", run="12.667.869-K")
    text = export_csv([who], SPANISH).decode("utf-8-sig")
    assert "SABC" not in text
    assert "RUN" not in text
    assert "SABC" in export_csv([who], SPANISH, export_columns(with_curp=True)).decode("utf-8-sig")


def test_equal_people_give_equal_files() -> None:
    people = [person("Ana", "Soto"), person("Eva", "Ríos", code="CR-002")]
    assert export_xlsx(people, SPANISH) == export_xlsx(people, SPANISH)
    with zipfile.ZipFile(io.BytesIO(export_xlsx(people, SPANISH))) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
        assert b"dcterms:modified" not in packed.read("docProps/core.xml")
