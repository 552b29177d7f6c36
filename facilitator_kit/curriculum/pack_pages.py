"""The Markdown files of a pack one at a time: which there are, what one says, its outline.

Reading a whole pack takes a while; who edits one file sees that file at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from facilitator_kit.curriculum.learning_reader import LearningReader
from facilitator_kit.curriculum.markdown_lines import outside_fences
from facilitator_kit.curriculum.pack_check import check_marks, is_content
from facilitator_kit.curriculum.pack_files import MANIFEST
from facilitator_kit.curriculum.pack_reader import (
    CHAPTER_FILE,
    HANDOUT_FILE,
    LESSON_FILE,
    METHOD_FILE,
    PRACTICE_FILE,
)
from facilitator_kit.curriculum.pack_rules import Page
from facilitator_kit.curriculum.pack_text import FRONT_MATTER, decode, front_matter
from facilitator_kit.curriculum.pack_wording import check_reading_level, check_wording
from facilitator_kit.curriculum.pack_words import PackWords
from facilitator_kit.curriculum.records import Handout
from facilitator_kit.curriculum.session_reader import PageReader, Record, Sourced
from facilitator_kit.curriculum.toml_source import Findings, read_toml
from facilitator_kit.errors import Problem


class PageKind(StrEnum):
    """What a Markdown file of a pack is."""

    SESSION = "session"
    HANDOUT = "handout"
    METHOD = "method"
    LESSON = "lesson"
    QUIZ = "quiz"
    TASK = "task"
    CHAPTER = "chapter"


_FILES: Final = (
    (PageKind.HANDOUT, HANDOUT_FILE),
    (PageKind.TASK, PRACTICE_FILE),
    (PageKind.QUIZ, re.compile(r"modules/[^/]+/quiz\.md")),
    (PageKind.METHOD, METHOD_FILE),
    (PageKind.LESSON, LESSON_FILE),
    (PageKind.CHAPTER, CHAPTER_FILE),
    (PageKind.SESSION, re.compile(r"modules/[^/]+/[^/]+\.md")),
)
_WORDS = re.compile(r"(?:modules|complements)/[^/]+/(?:words|complement)\.toml|process/words\.toml")
_HEADING = re.compile(r"(#{1,2})\s+(\S.*?)\s*#*\s*")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page of a pack as a list names it."""

    file: str
    kind: PageKind
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A heading of a text: its line (from 1), its level (0 is the data at the head), its words."""

    line: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one file says by itself; `page` is None where its data cannot be read.

    `problems` are those of this file alone: what concerns several is for the check of the whole.
    """

    page: Page | None
    problems: tuple[Problem, ...]
    outline: tuple[OutlinePart, ...]


def page_kind(file: str) -> PageKind | None:
    """What kind of page a file is; None where it is none."""
    if not is_content(file):
        return None
    return next((kind for kind, pattern in _FILES if pattern.fullmatch(file)), None)


def outline_of(text: str) -> tuple[OutlinePart, ...]:
    """The data at the head of a page, then its headings of the first two levels."""
    lines = text.split("\n")
    marks = [at for at, line in enumerate(lines) if line.rstrip() == FRONT_MATTER][:2]
    first = marks[1] + 1 if len(marks) == 2 else 0
    parts = [OutlinePart(marks[0] + 1, 0, FRONT_MATTER)] if marks else []
    for at, line in outside_fences(lines[first:]):
        found = _HEADING.fullmatch(line)
        if found is not None:
            parts.append(OutlinePart(first + at + 1, len(found[1]), found[2]))
    return tuple(parts)


class PageDesk:
    """Reads pages of one pack singly, in one country's words."""

    def __init__(self, files: Mapping[str, bytes], country: str) -> None:
        self._files = files
        self._country = country
        texts = {
            file: text
            for file in files
            if _WORDS.fullmatch(file)
            and (text := decode(files[file], file, Findings())) is not None
        }
        countries, self._care_themes = self._manifest()
        self._words = PackWords(files, texts, countries, Findings())

    def pages(self) -> tuple[PageFile, ...]:
        """Every page, by its file; one whose data cannot be read goes by its file's name."""
        found = []
        for file in sorted(self._files):
            kind = page_kind(file)
            if kind is not None:
                code, title = self._name(file)
                found.append(PageFile(file, kind, code, title))
        return tuple(found)

    def read(
        self,
        file: str,
        text: str,
        codes: Collection[str] = (),
        pictograms: Collection[str] | None = None,
    ) -> PageReading:
        """What a text would say as that file. `codes` are those that its links may lead to."""
        findings = Findings()
        page = self._page(file, text, findings)
        self._words.check({file: text}, findings)
        check_wording(file, text, findings)
        check_marks(file, text, codes, pictograms, findings)
        if isinstance(page, Handout):
            check_reading_level(file, page, findings)
        return PageReading(page, findings.sorted(), outline_of(text))

    def _page(self, file: str, text: str, findings: Findings) -> Page | None:
        pages, learning = PageReader(findings), LearningReader(findings)
        terms = self._words.terms(file, self._country)
        match page_kind(file):
            case PageKind.SESSION:
                return _record(pages.session(text, file, terms, self._care_themes))
            case PageKind.HANDOUT:
                return _record(pages.handout(text, file, terms))
            case PageKind.METHOD:
                return _record(pages.method(text, file, terms))
            case PageKind.LESSON:
                return _record(learning.lesson(text, file, terms))
            case PageKind.QUIZ:
                return _record(learning.quiz(text, file, terms))
            case PageKind.TASK:
                return _record(learning.task(text, file, terms))
            case PageKind.CHAPTER:
                return _record(learning.chapter(text, file, terms))
            case None:
                return None

    def _name(self, file: str) -> tuple[str, str]:
        silent = Findings()
        text = decode(self._files[file], file, silent)
        terms = self._words.terms(file, self._country)
        opened = front_matter(text, file, silent, terms) if text is not None else None
        name = file.rpartition("/")[2].removesuffix(".md")
        if opened is None:
            return name, name
        return opened[0].code() or name, opened[0].text("title") or name

    def _manifest(self) -> tuple[tuple[str, ...], frozenset[str]]:
        silent = Findings()
        text = decode(self._files.get(MANIFEST, b""), MANIFEST, silent)
        table = read_toml(text, MANIFEST, silent) if text is not None else None
        if table is None:
            return (), frozenset()
        return table.texts("countries"), frozenset(table.texts("care_themes", required=False))


def _record(sourced: Sourced[Record] | None) -> Record | None:
    return sourced.record if sourced is not None else None
