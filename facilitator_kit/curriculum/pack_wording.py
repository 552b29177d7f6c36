"""How a pack's texts are worded: read aloud by anybody, never said twice, easy on a handout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from facilitator_kit.curriculum.markdown_lines import QUOTE_MARK, outside_fences
from facilitator_kit.curriculum.pack_text import FRONT_MATTER
from facilitator_kit.curriculum.readability import LEVELS, read_aloud, score
from facilitator_kit.curriculum.records import Handout
from facilitator_kit.curriculum.toml_source import Findings, Place
from facilitator_kit.i18n import message

FEWEST_WORDS_REPEATED: Final = 12
"""Shorter paragraphs may stand in two places: a drill, a heading's answer, a name."""

# tod@s, l@s, niñ@: the sign where a vowel belongs, and not an address such as ana@correo.mx.
_AT_AS_VOWEL = re.compile(r"(?<![\w.@-])[^\W\d_]+@s?(?![\w@-]|\.\w)")
# todxs, lxs, amigx: an x after a consonant at a word's end, and not an address such as gob.mx.
_X_AS_VOWEL = re.compile(
    r"(?<![\w./-])[^\W\d_]*[bcdfghjklmnñpqrstvwyz]x(?:s|(?<=[^\W\d_]{3}))(?![\w-])", re.IGNORECASE
)
_TRUE_X = frozenset({"marx", "bronx", "larynx", "sphinx", "unix"})
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}\.)\s+")
_WORD = re.compile(r"\w+")


def check_wording(file: str, text: str, findings: Findings) -> None:
    """Report the words that nobody can read aloud."""
    for number, line in enumerate(text.split("\n"), start=1):
        for word in _gendered_signs(line):
            findings.add(
                Place(file, number),
                "gender_sign",
                message("«{word}» no se puede leer en voz alta.", word=word),
                message("Nombre a las personas: participantes, personas, todas y todos."),
            )


def _gendered_signs(line: str) -> Iterator[str]:
    if "@" in line:
        for found in _AT_AS_VOWEL.finditer(line):
            yield found[0]
    if "x" in line or "X" in line:
        for found in _X_AS_VOWEL.finditer(line):
            if found[0].casefold() not in _TRUE_X:
                yield found[0]


def check_repeats(texts: Mapping[str, str], findings: Findings) -> None:
    """Report each paragraph or list item that stands in these Markdown files a second time."""
    first: dict[str, Place] = {}
    for file, text in texts.items():
        for number, paragraph in _paragraphs(text):
            words = _WORD.findall(paragraph.casefold())
            if len(words) < FEWEST_WORDS_REPEATED:
                continue
            place = Place(file, number)
            earlier = first.setdefault(" ".join(words), place)
            if earlier != place:
                findings.add(
                    place,
                    "repeated_paragraph",
                    message(
                        "Este párrafo ya está en {file}, línea {line}.",
                        file=earlier.file,
                        line=earlier.line,
                    ),
                    message("Escríbalo de otro modo, o deje uno solo y enlace a él."),
                )


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """(line number, text) of each paragraph and list item outside front matter and fences."""
    lines = text.split("\n")
    marks = [at for at, line in enumerate(lines) if line.rstrip() == FRONT_MATTER][:2]
    start = marks[1] + 1 if len(marks) == 2 else 0
    first = 0
    held: list[str] = []
    before = start - 1
    for at, line in outside_fences(lines[start:]):
        at += start
        plain = QUOTE_MARK.sub("", line, count=1)
        ends = not plain.strip() or plain.lstrip().startswith(("#", "|")) or at != before + 1
        before = at
        if held and (ends or _ITEM.match(plain)):
            yield first + 1, " ".join(held)
            held = []
        if plain.strip() and not plain.lstrip().startswith(("#", "|")):
            if not held:
                first = at
            held.append(_ITEM.sub("", plain, count=1))
    if held:
        yield first + 1, " ".join(held)


def check_reading_level(file: str, handout: Handout, findings: Findings) -> None:
    """Report a handout that reads harder than the level it declares."""
    found = score(read_aloud(handout.body))
    least = LEVELS[handout.reading]
    if found is not None and found < least:
        findings.add(
            Place(file, 1),
            "hard_to_read",
            message(
                "La hoja «{code}» se lee con dificultad: {score} puntos, y su nivel pide {least}.",
                code=handout.code,
                score=round(found),
                least=least,
            ),
            message("Use frases cortas y palabras de todos los días, o declare «reading»."),
        )
