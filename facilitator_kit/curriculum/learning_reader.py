"""Lessons, quizzes, practice tasks and chapters of the process, read from their Markdown files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from facilitator_kit.curriculum.blocks import Block
from facilitator_kit.curriculum.learning import (
    Chapter,
    Lesson,
    PracticeAct,
    PracticeTask,
    Quiz,
    QuizOption,
    QuizQuestion,
)
from facilitator_kit.curriculum.markdown import MarkdownReader
from facilitator_kit.curriculum.pack_text import Part, Terms, front_matter, split_parts
from facilitator_kit.curriculum.session_reader import Sourced
from facilitator_kit.curriculum.toml_source import Findings, Place, TomlTable
from facilitator_kit.i18n import message

READING: Final = "Para leer"
ACTIVITY: Final = "Actividad"
QUESTIONS: Final = "Preguntas"
LESSON_PARTS: Final = (READING, ACTIVITY, QUESTIONS)
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 5

_OPTION = re.compile(r"- \[([ xX])\] +(\S.*)")
_WHY = re.compile(r"\s+> ?(.*)")

_Opened = tuple[TomlTable, tuple[str, ...], int]


class LearningReader:
    """Reads these files of one pack in one country's words, reporting into `findings`."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._markdown = MarkdownReader()

    def lesson(self, text: str, file: str, terms: Terms) -> Sourced[Lesson] | None:
        """The lesson of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table, lines, first_line = opened
        parts = self._lesson_parts(lines, first_line, file)
        asked = parts.get(QUESTIONS)
        lesson = Lesson(
            table.code(),
            table.text("title"),
            table.integer("minutes", least=1),
            table.text("session", default=""),
            self._prose(parts.get(READING), terms),
            self._prose(parts.get(ACTIVITY), terms),
            self._questions(asked.lines, asked.line + 1, file, terms) if asked else (),
        )
        table.finish()
        return Sourced(lesson, table) if lesson.code else None

    def quiz(self, text: str, file: str, terms: Terms) -> Sourced[Quiz] | None:
        """The quiz of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table, lines, first_line = opened
        questions = self._questions(lines, first_line, file, terms)
        quiz = Quiz(table.code(), table.text("title"), questions)
        table.finish()
        return Sourced(quiz, table) if quiz.code else None

    def task(self, text: str, file: str, terms: Terms) -> Sourced[PracticeTask] | None:
        """The practice task of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table = opened[0]
        task = PracticeTask(
            table.code(),
            table.text("title"),
            table.integer("minutes", least=1),
            table.choice("act", PracticeAct, PracticeAct.TOLD),
            self._body(opened, file, terms),
        )
        table.finish()
        return Sourced(task, table) if task.code else None

    def chapter(self, text: str, file: str, terms: Terms) -> Sourced[Chapter] | None:
        """The chapter of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table = opened[0]
        kind = table.word("kind", ("chapter", "form"), "chapter")
        chapter = Chapter(
            table.code(), table.text("title"), kind == "form", self._body(opened, file, terms)
        )
        table.finish()
        return Sourced(chapter, table) if chapter.code else None

    def _body(self, opened: _Opened, file: str, terms: Terms) -> tuple[Block, ...]:
        """Everything below the front matter; reported when there is nothing."""
        _, lines, first_line = opened
        body = self._markdown.blocks(terms.fill("\n".join(lines)))
        if not body:
            self._findings.add(
                Place(file, first_line - 1),
                "empty_section",
                message("El archivo no tiene contenido."),
                message("Escriba su contenido debajo de sus datos."),
            )
        return body

    def _prose(self, part: Part | None, terms: Terms) -> tuple[Block, ...]:
        return self._markdown.blocks(terms.fill(part.text)) if part is not None else ()

    def _lesson_parts(self, lines: Sequence[str], first_line: int, file: str) -> dict[str, Part]:
        _, parts = split_parts(lines, first_line, 1)
        found: dict[str, Part] = {}
        for part in parts:
            if part.title not in LESSON_PARTS:
                self._findings.add(
                    Place(file, part.line),
                    "unknown_section",
                    message("«# {title}» no es una parte de una lección.", title=part.title),
                    message("Las partes son: {titles}.", titles=", ".join(LESSON_PARTS)),
                )
            elif part.is_empty:
                self._findings.add(
                    Place(file, part.line),
                    "empty_section",
                    message("«{title}» no tiene contenido.", title=part.title),
                    message("Escriba su contenido, o quite el título si no es obligatorio."),
                )
            found.setdefault(part.title, part)
        for title in LESSON_PARTS:
            if title not in found:
                self._findings.add(
                    Place(file),
                    "missing_section",
                    message("Falta la parte «# {title}».", title=title),
                    message("Agréguela con su contenido."),
                )
        return found

    # -- questions ---------------------------------------------------------------------------

    def _questions(
        self, lines: Sequence[str], first_line: int, file: str, terms: Terms
    ) -> tuple[QuizQuestion, ...]:
        _, parts = split_parts(lines, first_line, 2)
        questions = tuple(
            question
            for part in parts
            if (question := self._question(part, file, terms)) is not None
        )
        if not parts:
            self._findings.add(
                Place(file, first_line),
                "quiz_without_questions",
                message("No hay ninguna pregunta."),
                message("Escriba cada una así: ## ¿…?, y debajo sus opciones con - [ ] y - [x]."),
            )
        return questions

    def _question(self, part: Part, file: str, terms: Terms) -> QuizQuestion | None:
        place = Place(file, part.line)
        case: list[str] = []
        options: list[QuizOption] = []
        for line in part.lines:
            choice, reason = _OPTION.fullmatch(line.rstrip()), _WHY.fullmatch(line)
            if choice is not None:
                options.append(QuizOption(terms.fill(choice[2]), choice[1] != " ", ""))
            elif reason is not None and options:
                said = f"{options[-1].why} {terms.fill(reason[1]).strip()}".strip()
                options[-1] = replace(options[-1], why=said)
            elif not options:
                case.append(line)
            elif line.strip():
                self._findings.add(
                    place,
                    "bad_option",
                    message("Hay texto entre las opciones de «{title}».", title=part.title),
                    message("Cada opción es un renglón, y debajo va su explicación con «  > »."),
                )
                return None
        right = sum(option.right for option in options)
        if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS or right != 1:
            self._findings.add(
                place,
                "bad_question",
                message(
                    "«{title}» tiene {count} opciones, {right} correctas.",
                    title=part.title,
                    count=len(options),
                    right=right,
                ),
                message(
                    "Escriba de {least} a {most} opciones y marque una sola con [x].",
                    least=FEWEST_OPTIONS,
                    most=MOST_OPTIONS,
                ),
            )
            return None
        for option in options:
            if not option.why:
                self._findings.add(
                    place,
                    "option_without_why",
                    message("La opción «{option}» no dice por qué.", option=option.text),
                    message("Escriba debajo su explicación, con «  > »."),
                )
        body = self._markdown.blocks(terms.fill("\n".join(case)))
        return QuizQuestion(terms.fill(part.title), tuple(options), body)
