"""Instruments: XLSForm sheets (survey, choices, settings) read as questions for a plain form.

Only what a form without skip logic needs is read; the sheets are the standard's own, so that the
same folder can be taken to any XLSForm tool.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from facilitator_kit.curriculum.records import Choice, Instrument, Question, QuestionKind, Wave
from facilitator_kit.errors import Problem
from facilitator_kit.i18n import message


def read_instruments(files: Mapping[str, bytes]) -> tuple[tuple[Instrument, ...], list[Problem]]:
    """The instruments of a pack's files, and every problem in their sheets."""
    folders = sorted(
        {
            str(PurePosixPath(path).parent)
            for path in files
            if path.startswith("instruments/") and path.endswith("/survey.csv")
        }
    )
    instruments: list[Instrument] = []
    problems: list[Problem] = []
    for folder in folders:
        found, wrong = _read_instrument(files, folder)
        problems += wrong
        if found is not None and not wrong:
            instruments.append(found)
    return tuple(instruments), problems


LONGEST_HEADING = 40
"""Letters up to which a note is the heading of what follows, not something to be read."""


def is_heading(question: Question) -> bool:
    """Whether a note names a group of questions: one short line."""
    return question.kind is QuestionKind.NOTE and len(question.label) <= LONGEST_HEADING


def answer_problems(instrument: Instrument, answers: Mapping[str, str]) -> list[Problem]:
    """What is wrong with the answers given to an instrument; empty when they can be stored."""
    problems = []
    for question in instrument.questions:
        value = answers.get(question.name, "").strip()
        if question.kind is QuestionKind.NOTE:
            continue
        if not value:
            if question.required:
                problems.append(
                    Problem(
                        file=instrument.code,
                        code="answer_missing",
                        place=question.label,
                        reason=message("Falta la respuesta a «{label}».", label=question.label),
                        remedy=message("Elija o escriba una respuesta para guardar."),
                    )
                )
            continue
        problems += _value_problems(question, value)
    known = {question.name for question in instrument.questions}
    problems += [
        Problem(
            file=instrument.code,
            code="unknown_question",
            place=name,
            reason=message("El formulario no tiene la pregunta «{name}».", name=name),
            remedy=message("Use la versión del formulario que corresponde."),
        )
        for name in answers
        if name not in known
    ]
    return problems


def _value_problems(question: Question, value: str) -> list[Problem]:
    chosen = {
        QuestionKind.SELECT_ONE: {value},
        QuestionKind.SELECT_MULTIPLE: set(value.split()),
    }.get(question.kind, set())
    if chosen - {choice.name for choice in question.choices}:
        return [
            Problem(
                file="",
                code="unknown_choice",
                place=question.label,
                reason=message("La respuesta a «{label}» no existe.", label=question.label),
                remedy=message("Elija de entre las respuestas."),
            )
        ]
    if question.kind is QuestionKind.INTEGER:
        digits = value.removeprefix("-")
        number = int(value) if digits.isdecimal() and len(digits) <= 12 else None
        too_low = number is not None and question.least is not None and number < question.least
        too_high = number is not None and question.most is not None and number > question.most
        if number is None or too_low or too_high:
            return [
                Problem(
                    file="",
                    code="bad_number",
                    place=question.label,
                    reason=message("«{value}» no es una cantidad posible aquí.", value=value),
                    remedy=message(
                        "Escriba un número entero de {least} a {most}.",
                        least="0" if question.least is None else str(question.least),
                        most="…" if question.most is None else str(question.most),
                    ),
                )
            ]
    return []


def _read_instrument(
    files: Mapping[str, bytes], folder: str
) -> tuple[Instrument | None, list[Problem]]:
    problems: list[Problem] = []
    survey = _rows(files, f"{folder}/survey.csv", problems)
    choices = _rows(files, f"{folder}/choices.csv", problems)
    settings = _rows(files, f"{folder}/settings.csv", problems)
    if problems or not settings:
        return None, problems
    head = settings[0][1]
    try:
        wave = Wave(head.get("wave", ""))
    except ValueError:
        problems.append(
            _sheet_problem(
                f"{folder}/settings.csv", 2, "unknown_wave", f"wave = {head.get('wave', '')}"
            )
        )
        return None, problems
    lists: dict[str, list[Choice]] = {}
    for _line, row in choices:
        lists.setdefault(row.get("list_name", ""), []).append(
            Choice(row.get("name", ""), row.get("label", ""))
        )
    questions = []
    for line, row in survey:
        kind, _space, list_name = row.get("type", "").partition(" ")
        if kind not in QuestionKind.__members__.values() or (list_name and list_name not in lists):
            problems.append(
                _sheet_problem(
                    f"{folder}/survey.csv", line, "unknown_question_type", row.get("type", "")
                )
            )
            continue
        questions.append(
            Question(
                name=row.get("name", ""),
                label=row.get("label", ""),
                kind=QuestionKind(kind),
                hint=row.get("hint", ""),
                required=row.get("required", "").lower() in {"yes", "true"},
                choices=tuple(lists.get(list_name, ())),
                least=_bound(row.get("constraint", ""), ">="),
                most=_bound(row.get("constraint", ""), "<="),
            )
        )
    return (
        Instrument(
            code=head.get("form_id", ""),
            title=head.get("form_title", ""),
            version=head.get("version", ""),
            wave=wave,
            questions=tuple(questions),
        ),
        problems,
    )


def _rows(
    files: Mapping[str, bytes], path: str, problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    """The sheet's rows with their line numbers."""
    try:
        text = files[path].decode("utf-8-sig")
    except KeyError:
        problems.append(_sheet_problem(path, 0, "missing_sheet", path))
        return []
    except UnicodeDecodeError:
        problems.append(_sheet_problem(path, 0, "not_utf8", path))
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        return [
            (number, {key: (value or "").strip() for key, value in row.items() if key})
            for number, row in enumerate(reader, start=2)
            if any(row.values())
        ]
    except csv.Error:
        problems.append(_sheet_problem(path, reader.line_num, "bad_sheet", path))
        return []


def _bound(constraint: str, sign: str) -> int | None:
    """The number after `. >=` or `. <=` in a constraint such as ". >= 0 and . <= 120"."""
    for part in constraint.split(" and "):
        _dot, found, number = part.partition(sign)
        if found and re.fullmatch(r"-?[0-9]{1,12}", number.strip()):
            return int(number)
    return None


def _sheet_problem(path: str, line: int, code: str, what: str) -> Problem:
    return Problem(
        file=path,
        line=line,
        code=code,
        reason=message("El formulario no se entiende aquí: {what}.", what=what),
        remedy=message("Corrija la hoja según el estándar XLSForm."),
    )
