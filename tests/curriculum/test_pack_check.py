"""A pack is checked whole: the good one is clean, and every way of breaking it is named.

Each case breaks the good pack (tests/packs/good) in one place and says which problem the person
must be told, in which file, and on the line that holds which text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_kit.curriculum import (
    check_pack,
    load_pack,
    pack_files_from_folder,
    read_pack,
    report_as_json,
)
from facilitator_kit.errors import InputRefused
from facilitator_kit.i18n import Texts

GOOD = pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good")

PACK = "pack.toml"
PROGRAMME = "programmes/CURSO.toml"
MODULE = "modules/A/module.toml"
LATER = "modules/B/module.toml"
SESSION = "modules/A/01-mi-gasto.md"
HANDOUT = "modules/A/handouts/A-1-A.md"
METHOD = "methods/check-in/semaforo.md"
SETTINGS = "instruments/entry/settings.csv"
SURVEY = "instruments/entry/survey.csv"
LAYOUT = "layouts/basico.toml"
LESSON = "complements/CA/01-anotar.md"
COURSE = "complements/CA/complement.toml"
QUIZ = "modules/B/quiz.md"
TASK = "modules/B/practice/B-P1.md"
CHAPTER = "process/01-para-que-sirve.md"
HANDOUT_BODY = GOOD[HANDOUT].decode().split("+++\n")[2]

QUIZ_BODY = GOOD[QUIZ].decode().split("+++\n")[2]
TASK_BODY = GOOD[TASK].decode().split("+++\n")[2]
REPEATED = (
    "Este párrafo tiene más de doce palabras y por eso no debe estar dos veces en el paquete."
)
HARD = " ".join(
    ["La institucionalización de procedimientos administrativos interdisciplinarios"] * 12
)

# What cannot be shown by changing a text of the good pack has a test of its own.
SHOWN_APART = {
    "missing_manifest",
    "missing_words",
    "missing_sheet",
    "not_utf8",
    "bad_sheet",
    "unknown_pictogram",
    "complement_without_lessons",
    "country_not_in_pack",
    # of zips and folders: test_pack_files
    "unsafe_path",
    "duplicate_file",
    "file_too_big",
    "pack_too_big",
}


@dataclass(frozen=True)
class Break:
    """Replace `old` by `new` in `file`; then `code` is found there, on the line with `at`."""

    code: str
    file: str
    old: str
    new: str
    at: str = ""


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    text = GOOD[file].decode()
    assert old in text, f"the good pack no longer holds {old!r}"
    return {**GOOD, file: text.replace(old, new, 1).encode()}


def found(files: Mapping[str, bytes]) -> list[tuple[str, str, int]]:
    return [(one.code, one.file, one.line) for one in check_pack(files).problems]


def line_of(files: Mapping[str, bytes], file: str, text: str) -> int:
    lines = files[file].decode().split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


BREAKS = [
    # pack.toml
    Break("invalid_toml", PACK, 'language = "es"', "language = es", "language = es"),
    Break("missing_key", PACK, 'licence = "CC-BY-4.0"\n', ""),
    Break("unknown_key", PACK, "licence", 'colour = "x1"\nlicence', "colour"),
    Break("wrong_type", PACK, 'version = "1.0"', "version = 1.0", "version"),
    Break("wrong_type", PACK, '["MX", "CL"]', '"MX"', "countries"),
    Break("unsupported_format", PACK, "format = 1", "format = 2", "format"),
    Break("bad_code", PACK, '"chico"', '"un paquete"', "code"),
    Break("empty_value", PACK, '"Un paquete pequeño"', '""', "title"),
    # programmes
    Break("unknown_layout", PROGRAMME, '"basico"', '"diploma"', "layout"),
    Break("unknown_module", PROGRAMME, '["A"]', '["Z"]', '["Z"]'),
    Break("duplicate_module", PROGRAMME, '["A", "B"]', '["A", "A"]', '["A", "A"]'),
    Break("order_violates_after", PROGRAMME, '["A", "B"]', '["B", "A"]', '["B", "A"]'),
    Break("level_hours_mismatch", PROGRAMME, "hours = 3", "hours = 4", "hours = 4"),
    Break("unknown_value", PROGRAMME, '"course"', '"degree"', "kind"),
    Break("unknown_value", PROGRAMME, '"entry"', '"start"', "wave"),
    Break("duplicate_code", PROGRAMME, 'code = "advanced"', 'code = "basic"'),
    Break("out_of_range", PROGRAMME, "= 80", "= 180", "module_percent"),
    Break("out_of_range", PROGRAMME, "late_minutes = 15", "late_minutes = -1", "late_minutes"),
    Break("wrong_type", PROGRAMME, "days = 45", 'days = "45"', 'days = "45"'),
    Break("deadlines_not_ascending", PROGRAMME, "days = 45", "days = -20", "days = -20"),
    Break("missing_key", PROGRAMME, "[rule]", "[regla]"),
    Break("unknown_key", PROGRAMME, "[rule]", "[regla]", "[regla]"),
    # modules
    Break("unknown_module", LATER, '["A"]', '["Q"]', "after"),
    Break("after_itself", LATER, '["A"]', '["A", "B"]', "after"),
    Break("duplicate_code", MODULE, '"A-2"', '"A-1"', 'code = "A-1"'),
    Break("missing_session_file", MODULE, "01-mi-gasto.md", "1.md", "1.md"),
    Break("unexpected_file", MODULE, 'file = "01-mi-gasto.md"\n', ""),
    Break("session_minutes_mismatch", MODULE, "minutes = 60", "minutes = 90", "minutes = 90"),
    Break("bad_code", LATER, '"B-1"', '"C-1"', "C-1"),
    Break("name_mismatch", LATER, 'code = "B"', 'code = "b"', 'code = "b"'),
    # sessions
    Break("missing_front_matter", SESSION, "+++\n", ""),
    Break("invalid_toml", SESSION, "minutes = 60", "minutes = sixty", "sixty"),
    Break("missing_key", SESSION, "evidence", "evidencia"),
    Break("unknown_key", SESSION, "evidence", "evidencia", "evidencia"),
    Break("wrong_type", SESSION, "[8, 24]", "8", "group"),
    Break("out_of_range", SESSION, "[8, 24]", "[24, 8]", "group"),
    Break("session_code_mismatch", SESSION, 'code = "A-1"', 'code = "A-9"', "A-9"),
    Break("session_title_mismatch", SESSION, "de la semana", "del mes", "del mes"),
    Break("objective_without_verb", SESSION, "Anotar los", "Los", "objective"),
    Break("missing_care_card", SESSION, "# Tarjeta de cuidado\n", "", "themes"),
    Break("missing_handout", SESSION, '["A-1-A"]', '["A-1-A", "A-1-B"]', "A-1-B"),
    Break("handout_not_referenced", SESSION, '["A-1-A"]', "[]"),
    Break("missing_section", SESSION, "# Después\n", ""),
    Break("section_order", SESSION, "# Preparar", "# Después", "# Paso a paso"),
    Break("unknown_section", SESSION, "# Después", "# Luego", "# Luego"),
    Break("duplicate_section", SESSION, "# Después", "# Preparar", "# Preparar\nAnote"),
    Break("text_before_sections", SESSION, "# Preparar", "Hola.\n# Preparar"),
    Break("empty_section", SESSION, "Anote qué voz faltó.", "", "# Después"),
    Break("block_minutes_mismatch", SESSION, "· 40 min", "· 45 min", "minutes = 60"),
    Break("bad_block_heading", SESSION, "· 40 min", "· un rato", "un rato"),
    Break("bad_block_heading", SESSION, "La puerta abierta · 10", "La puerta · 0", "· 0"),
    Break("unknown_block_kind", SESSION, "[reflexion]", "[juego]", "[juego]"),
    Break("text_before_blocks", SESSION, "# Paso a paso", "# Paso a paso\nAntes."),
    Break("missing_variant", SESSION, "## En línea", "## En el aula", "# Si algo cambia"),
    Break("missing_materials", SESSION, "| material |", "| cosas |", "# Preparar"),
    Break("material_without_quantity", SESSION, "fichas | 1", "fichas | ", "fichas"),
    Break("material_without_quantity", SESSION, "fichas | 1", "fichas | dos", "fichas"),
    Break("material_without_name", SESSION, "Sobre de fichas", "", "| grupo"),
    Break("unknown_per", SESSION, "| grupo |", "| mesa |", "| mesa"),
    Break("unknown_link", SESSION, "(A-1-A)", "(A-1-Z)", "A-1-Z"),
    # words
    Break("unknown_term", SESSION, "{{renta}}", "{{alquiler}}", "alquiler"),
    Break("unknown_term", METHOD, "un color", "{{renta}}", "{{renta}}"),
    Break("term_missing_for_country", "words/CL.toml", "gasto", "consumo"),
    Break("bad_term", "modules/A/words.toml", "$2,400", "dos | tres", "dos"),
    Break("wrong_type", "modules/A/words.toml", '"$2,400"', "2400", "2400"),
    # wording
    Break("gender_sign", SESSION, "Salude", "Salude a tod@s", "tod@s"),
    Break("gender_sign", SESSION, "Salude por su nombre.", "Salude a tod@s.", "tod@s"),
    Break("gender_sign", HANDOUT, "Escriba", "Todxs escriban", "Todxs"),
    Break("gender_sign", METHOD, "En voz alta", "Lxs demás", "Lxs"),
    Break("gender_sign", MODULE, "Cuentas de", "Cada niñx y", "niñx"),
    Break("gender_sign", PROGRAMME, "Dos módulos", "Para l@s dos", "l@s"),
    # handouts
    Break("unknown_session", HANDOUT, 'session = "A-1"', 'session = "A-7"', "session"),
    Break("unknown_value", HANDOUT, '"letter"', '"a3"', "paper"),
    Break("unknown_value", HANDOUT, '"persona"', '"mesa"', "per ="),
    Break("name_mismatch", HANDOUT, 'code = "A-1-A"', 'code = "A-1-C"', "code"),
    Break("empty_handout", HANDOUT, HANDOUT_BODY, "", "+++"),
    Break("unknown_fence", HANDOUT, "```tarjetas", "```fichas", "fichas"),
    Break("unclosed_fence", HANDOUT, "{{renta}}\n```", "{{renta}}\n", "```tarjetas"),
    Break("session_without_handout", SESSION, '["A-1-A"]', "[]", "handouts"),
    Break("hard_to_read", HANDOUT, "Escriba", HARD + "\n\nEscriba", "+++"),
    Break("unknown_value", HANDOUT, 'per = "persona"', 'per = "persona"\nreading = "x"', "reading"),
    # complements, quizzes, practice, process
    Break("unknown_complement", MODULE, '"CA"', '"CZ"', "complement"),
    Break("module_hours_mismatch", MODULE, "hours = 2", "hours = 5", "hours = 5"),
    Break("missing_key", MODULE, "hours = 2\n", ""),
    Break("name_mismatch", COURSE, 'code = "CA"', 'code = "CB"', "code"),
    Break("unknown_module", COURSE, 'module = "A"', 'module = "Q"', "module"),
    Break("missing_lesson", LESSON, 'session = "A-1"\n', ""),
    Break("lesson_mismatch", LESSON, "minutes = 12", "minutes = 20", "title"),
    Break("unknown_session", LESSON, '"A-1"', '"A-8"', "session"),
    Break("unknown_link", SESSION, 'what = "', 'lesson = "CA-9", what = "', "complement"),
    Break("missing_section", LESSON, "# Actividad\n", ""),
    Break("unknown_section", LESSON, "# Actividad", "# Tarea", "# Tarea"),
    Break("quiz_without_questions", QUIZ, QUIZ_BODY, ""),
    Break("bad_question", QUIZ, "- [x]", "- [ ]", "## ¿Quién habla"),
    Break("bad_question", LESSON, "- [ ] Al final", "- [x] Al final", "## ¿Cuándo"),
    Break("bad_option", QUIZ, "- [x]", "Una línea suelta.\n- [x]", "## ¿Quién habla"),
    Break("option_without_why", QUIZ, "  > Se pierde una voz.\n", "", "## ¿Quién habla"),
    Break("name_mismatch", QUIZ, '"B-Q"', '"B-Z"', "code"),
    Break("unknown_value", TASK, '"roll"', '"list"', "act"),
    Break("name_mismatch", TASK, '"B-P1"', '"B-P2"', "code"),
    Break("empty_section", TASK, TASK_BODY, "", ""),
    Break("unknown_value", CHAPTER, '"form"', '"poster"', "kind"),
    Break("repeated_paragraph", CHAPTER, "Nada más.", REPEATED + "\n\n" + REPEATED, REPEATED),
    Break("out_of_range", PROGRAMME, "quiz_percent = 70", "quiz_percent = 700", "quiz_percent"),
    Break("wrong_type", PROGRAMME, "practice = true", "practice = 1", "practice"),
    # methods, layouts, instruments
    Break("unknown_wave", SETTINGS, "1,entry", "1,never", "never"),
    Break("unknown_question_type", SURVEY, "text,", "sound,", "sound"),
    Break("gender_sign", SURVEY, ",Nombre", ",¿Cuántos niñ@s?", "niñ@s"),
    Break("name_mismatch", METHOD, '"check-in"', '"energy"', "family"),
    Break("missing_section", METHOD, "# Pasos\n", ""),
    Break("unknown_section", METHOD, "# Variantes", "# Otras", "# Otras"),
    Break("unknown_value", LAYOUT, 'kind = "name"', 'kind = "nombre"', "nombre"),
    Break("layout_without_name", LAYOUT, 'kind = "name"', 'kind = "rule"'),
    Break("unknown_field", LAYOUT, "{institution}", "{ministry}", "ministry"),
]


def test_the_good_pack_has_no_problem() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.code}:{case.file}:{case.new}")
def test_each_broken_rule_is_named_with_file_and_line(case: Break) -> None:
    files = changed(case.file, case.old, case.new)

    problems = found(files)

    with_code = [problem for problem in problems if problem[0] == case.code]
    assert with_code, problems
    if case.at:
        at = case.at.split("\n")[0]
        lines = [
            number
            for number, line in enumerate(files[case.file].decode().split("\n"), start=1)
            if at in line
        ]
        assert any(file == case.file and line in lines for _, file, line in with_code), with_code


def test_the_document_of_the_format_lists_the_codes_and_each_has_a_case() -> None:
    text = (Path(__file__).parents[2] / "docs" / "pack-format.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([a-z0-9_]+)`", text.partition("## What the checker says")[2]))
    assert listed == {case.code for case in BREAKS} | SHOWN_APART


def test_every_problem_says_what_to_do_in_whole_sentences() -> None:
    _ = Texts("es")
    for case in BREAKS:
        for problem in check_pack(changed(case.file, case.old, case.new)).problems:
            assert _.render(problem.reason).endswith(".")
            assert _.render(problem.remedy).endswith((".", "».", "|."))
            assert "{" not in _.render(problem.reason).replace("{{", "").replace("{ministry", "")


def test_a_file_in_another_encoding_is_named_with_the_line() -> None:
    files = {**GOOD, SESSION: GOOD[SESSION].decode().encode("latin-1")}
    assert ("not_utf8", SESSION, line_of(GOOD, SESSION, "Quién decide no")) in found(files)


def test_a_sheet_that_no_spreadsheet_wrote_is_a_problem_and_no_traceback() -> None:
    for damage in (b"\xff\xfe", b'type,name\n"' + b"x" * 200_000, b"\x00"):
        problems = found({**GOOD, SURVEY: damage})
        assert {file for _, file, _ in problems} <= {SURVEY}
    assert found({**GOOD, SURVEY: b'"' + b"x" * 200_000})[0][0] == "bad_sheet"
    assert found({**GOOD, SURVEY: b"\xff"}) == [("not_utf8", SURVEY, 0)]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    files = {
        name: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") for name, content in GOOD.items()
    }
    assert found(files) == []
    assert load_pack(files, "MX").modules == load_pack(GOOD, "MX").modules


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        (PACK, "missing_manifest"),
        ("words/CL.toml", "missing_words"),
        ("instruments/entry/choices.csv", "missing_sheet"),
        (SURVEY, "missing_sheet"),
    ],
)
def test_a_missing_file_is_named(missing: str, code: str) -> None:
    files = {name: content for name, content in GOOD.items() if name != missing}
    assert (code, missing, 0) in found(files)


def test_a_complement_without_lessons_is_named() -> None:
    files = {name: content for name, content in GOOD.items() if name != LESSON}
    assert ("complement_without_lessons", COURSE, line_of(GOOD, COURSE, "code")) in found(files)


def test_a_paragraph_is_found_again_whatever_its_spacing_case_or_mark() -> None:
    again = REPEATED.upper().replace(" de ", "\nde ")
    files = changed(CHAPTER, "Nada más.", f"> {REPEATED}")
    files[LESSON] = files[LESSON].replace(b"Anote hoy", f"- {again}\n\nAnote hoy".encode())
    repeated = [(file, line) for code, file, line in found(files) if code == "repeated_paragraph"]
    assert repeated == [(CHAPTER, line_of(files, CHAPTER, "Este párrafo"))]


def test_short_drills_table_rows_and_cards_may_stand_twice() -> None:
    twice = "| " + REPEATED + " |\n|---|\n| " + REPEATED + " |\n\nUna palabra.\n\nUna palabra."
    assert found(changed(CHAPTER, "Nada más.", twice)) == []


@pytest.mark.parametrize("stray", ["notas.txt", "modules/A/02-borrador.md", "modules/A/foto.png"])
def test_a_file_that_does_not_belong_is_named(stray: str) -> None:
    assert found({**GOOD, stray: b"x"}) == [("unexpected_file", stray, 0)]


def test_papers_about_the_pack_belong_in_it() -> None:
    papers = ("LICENCE", "modules/A/README.md", "instruments/entry/extra.csv")
    assert found({**GOOD, **dict.fromkeys(papers, b"texto")}) == []


def test_two_files_with_one_code_are_both_found_in_one_check() -> None:
    files = {**GOOD, "programmes/OTRO.toml": GOOD[PROGRAMME]}
    files[MODULE] = files[MODULE].replace(b"minutes = 60", b"minutes = 0")
    codes = {code for code, _, _ in found(files)}
    assert {"duplicate_code", "out_of_range", "level_hours_mismatch"} <= codes


@pytest.mark.parametrize(
    "words",
    [
        "Escriba a ana@correo.mx o a info@centro.gob.mx.",
        "Abra Linux o Firefox; mande un fax; el tórax y el látex; el índex.",
        "La hoja tiene 30 x 20 cm y 3x4 fichas.",
        "Karl Marx y el Bronx; https://ejemplo.org/fichx",
        "@centro es nuestra cuenta.",
    ],
)
def test_addresses_and_real_words_are_not_taken_for_gender_signs(words: str) -> None:
    assert found(changed(SESSION, "Salude por su nombre.", words)) == []


def test_pictograms_are_checked_only_against_the_names_given() -> None:
    assert check_pack(GOOD, pictograms={"home", "coins"}).problems == ()
    problems = check_pack(GOOD, pictograms={"coins"}).problems
    assert [(one.code, one.file) for one in problems] == [("unknown_pictogram", HANDOUT)]


def test_a_pack_for_one_country_only_needs_no_word_of_another() -> None:
    files = changed(PACK, '["MX", "CL"]', '["CL"]')
    del files["words/MX.toml"]
    problems = found(files)
    # The Mexican words of the module and the Mexican list are not part of such a pack.
    assert {code for code, _, _ in problems} <= {"unknown_key"}


def test_counts_and_programmes_in_the_promised_shape() -> None:
    shape = report_as_json(check_pack(GOOD), Texts("es"))
    assert json.loads(json.dumps(shape)) == {
        "problems": [],
        "counts": {
            "programmes": 1,
            "modules": 2,
            "sessions": 3,
            "sessions_complete": 1,
            "methods": 1,
            "handouts": 1,
            "instruments": 1,
            "layouts": 1,
            "complements": 1,
            "lessons": 1,
            "chapters": 1,
        },
        "programmes": [{"code": "CURSO", "sessions": 3, "sessions_complete": 1, "hours": 3}],
    }


def test_a_problem_in_json_has_file_line_code_reason_and_remedy() -> None:
    files = changed(PROGRAMME, "hours = 3", "hours = 4")
    shape = report_as_json(check_pack(files), Texts("es"))
    assert shape["problems"] == [
        {
            "file": PROGRAMME,
            "line": line_of(files, PROGRAMME, "hours = 4"),
            "code": "level_hours_mismatch",
            "reason": "El nivel dice 4 h y sus sesiones suman 3 h.",
            "remedy": "Corrija las horas, o las sesiones de sus módulos.",
        }
    ]


def test_a_broken_pack_is_not_loaded_and_all_its_problems_are_given() -> None:
    files = changed(PROGRAMME, "hours = 3", "hours = 4")
    files[MODULE] = files[MODULE].replace(b"minutes = 60", b"minutes = 90")
    with pytest.raises(InputRefused) as refused:
        load_pack(files, "MX")
    assert {one.code for one in refused.value.problems} >= {
        "level_hours_mismatch",
        "session_minutes_mismatch",
    }


def test_a_pack_is_not_loaded_for_a_country_it_has_no_words_for() -> None:
    with pytest.raises(InputRefused) as refused:
        load_pack(GOOD, "PE")
    assert "country_not_in_pack" in {one.code for one in refused.value.problems}


@settings(max_examples=150)
@given(
    file=st.sampled_from(sorted(GOOD)),
    at=st.integers(0, 3000),
    cut=st.integers(0, 40),
    put=st.binary(max_size=8) | st.sampled_from([b"\n+++\n", b"[[", b"\n# ", b'"""', b"{{", b"|"]),
)
def test_no_damage_to_a_pack_ends_in_a_traceback(file: str, at: int, cut: int, put: bytes) -> None:
    content = GOOD[file]
    at = min(at, len(content))
    files = {**GOOD, file: content[:at] + put + content[at + cut :]}
    report = check_pack(files)
    assert all(one.line >= 0 and one.code for one in report.problems)
    assert json.dumps(report_as_json(report, Texts("en")))


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), st.binary(max_size=60), max_size=4))
def test_any_bytes_at_all_are_read_as_problems(files: dict[str, bytes]) -> None:
    assert read_pack(files, "MX").problems
