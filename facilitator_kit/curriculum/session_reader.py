"""The Markdown files of a pack — sessions, handouts, methods — read into records.

All that one file can be wrong in by itself is found here; what concerns several files together is
in pack_rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from facilitator_kit.curriculum.blocks import Block, plain_text
from facilitator_kit.curriculum.markdown import MarkdownReader, questions_in
from facilitator_kit.curriculum.markdown_lines import split_bars
from facilitator_kit.curriculum.pack_text import Part, Terms, front_matter, split_parts
from facilitator_kit.curriculum.readability import LEVELS
from facilitator_kit.curriculum.records import (
    BlockKind,
    Complement,
    Handout,
    Material,
    Method,
    MethodFamily,
    Per,
    Section,
    Session,
    SessionBlock,
)
from facilitator_kit.curriculum.toml_source import Findings, Place, TomlTable
from facilitator_kit.i18n import message

PREPARE: Final = "Preparar"
STEPS: Final = "Paso a paso"
CHANGES: Final = "Si algo cambia"
CARE: Final = "Tarjeta de cuidado"
AFTER: Final = "Después"
SECTIONS: Final = (PREPARE, STEPS, CHANGES, CARE, AFTER)
VARIANTS: Final = ("Sin conexión", "Baja lectoescritura", "Con niñas y niños", "En línea")
PAPERS: Final = ("letter", "half")

_BLOCK_KIND = re.compile(r"\[([^\]]*)\]")
_BLOCK_MINUTES = re.compile(r"([0-9]{1,3}) ?min\.?")
_INFINITIVE = re.compile(r"\w*(?:ar|er|ir|ír)(?:se|me|te|nos|lo|la|los|las|le|les)?", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,4}")
_PER_WORDS = tuple(per.value for per in Per)
_KIND_WORDS = tuple(kind.value for kind in BlockKind)

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Record]):
    """A record with the table it was read from, so that a rule can name the line it broke on."""

    record: Record
    table: TomlTable


class PageReader:
    """Reads the Markdown files of one pack in one country's words, reporting into `findings`."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._markdown = MarkdownReader()

    # -- sessions ----------------------------------------------------------------------------

    def session(
        self, text: str, file: str, terms: Terms, care_themes: frozenset[str]
    ) -> Sourced[Session] | None:
        """The session of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table, lines, first_line = opened
        code = table.code()
        sections = self._sections(lines, first_line, file)
        themes = table.texts("themes")
        materials, preparation = self._preparation(sections.get(PREPARE), file, terms)
        session = Session(
            code,
            table.text("title"),
            table.integer("minutes", least=1),
            complete=True,
            group=table.pair("group"),
            group_of=table.integer("group_of", default=4, least=1),
            objective=self._objective(table),
            competences=table.texts("competences", filled=True),
            evidence=table.text("evidence"),
            lens=table.text("lens"),
            themes=themes,
            materials=materials,
            preparation=preparation,
            blocks=self._steps(sections.get(STEPS), file, terms),
            variants=self._variants(sections.get(CHANGES), file, terms),
            care_card=self._prose(sections.get(CARE), terms),
            afterwards=self._prose(sections.get(AFTER), terms),
            handouts=table.texts("handouts"),
            complement=_complement(table),
            references=table.texts("references"),
        )
        table.finish()
        _check_minutes(session, table)
        self._check_care(session, sections.get(CARE), table, care_themes)
        return Sourced(session, table) if code else None

    def _sections(self, lines: Sequence[str], first_line: int, file: str) -> dict[str, Part]:
        """The fixed level-1 parts by title, their presence and order checked."""
        before, parts = split_parts(lines, first_line, 1)
        if any(line.strip() for line in before):
            self._findings.add(
                Place(file, first_line),
                "text_before_sections",
                message("Hay texto antes de «# {title}».", title=PREPARE),
                message("Páselo a una de las partes de la sesión."),
            )
        found: dict[str, Part] = {}
        latest = -1
        for part in parts:
            place = Place(file, part.line)
            if part.title not in SECTIONS:
                self._findings.add(
                    place,
                    "unknown_section",
                    message("«# {title}» no es una parte de la sesión.", title=part.title),
                    message("Las partes son: {titles}.", titles=", ".join(SECTIONS)),
                )
                continue
            if part.title in found:
                self._findings.add(
                    place,
                    "duplicate_section",
                    message("«# {title}» está dos veces.", title=part.title),
                    message("Deje una sola y junte su contenido."),
                )
                continue
            found[part.title] = part
            if SECTIONS.index(part.title) < latest:
                self._findings.add(
                    place,
                    "section_order",
                    message("«# {title}» no está en su lugar.", title=part.title),
                    message("El orden es: {titles}.", titles=", ".join(SECTIONS)),
                )
            latest = max(latest, SECTIONS.index(part.title))
        self._check_sections(found, file)
        return found

    def _check_sections(self, found: dict[str, Part], file: str) -> None:
        for title in SECTIONS:
            if title not in found and title != CARE:
                self._findings.add(
                    Place(file),
                    "missing_section",
                    message("Falta la parte «# {title}».", title=title),
                    message("Agréguela con su contenido."),
                )
            elif title in found and found[title].is_empty:
                self._empty(found[title], file)

    def _empty(self, part: Part, file: str) -> None:
        self._findings.add(
            Place(file, part.line),
            "empty_section",
            message("«{title}» no tiene contenido.", title=part.title),
            message("Escriba su contenido, o quite el título si no es obligatorio."),
        )

    def _objective(self, table: TomlTable) -> str:
        objective = table.text("objective")
        first = re.split(r"[\s,;:]", objective, maxsplit=1)[0]
        if objective and not _INFINITIVE.fullmatch(first):
            table.add(
                "objective",
                "objective_without_verb",
                message("El objetivo empieza con «{word}», que no es un infinitivo.", word=first),
                message("Empiece con un verbo, como «Armar», «Comparar» o «Decidir»."),
            )
        return objective

    def _preparation(
        self, part: Part | None, file: str, terms: Terms
    ) -> tuple[tuple[Material, ...], tuple[Block, ...]]:
        if part is None:
            return (), ()
        head = next((at for at, line in enumerate(part.lines) if _is_material_head(line)), None)
        if head is None:
            self._findings.add(
                Place(file, part.line),
                "missing_materials",
                message("Falta la tabla de materiales."),
                message("Escriba la tabla: | material | cantidad | por | extra |."),
            )
            return (), self._prose(part, terms)
        end = head
        while end < len(part.lines) and part.lines[end].lstrip().startswith("|"):
            end += 1
        first_line = part.line + 1
        materials = tuple(self._materials(part.lines[head:end], file, first_line + head, terms))
        rest = "\n".join([*part.lines[:head], "", *part.lines[end:]])
        return materials, self._markdown.blocks(terms.fill(rest))

    def _materials(
        self, lines: Sequence[str], file: str, first_line: int, terms: Terms
    ) -> Iterator[Material]:
        columns = [cell.casefold() for cell in split_bars(lines[0])]
        for number, line in enumerate(lines[1:], start=first_line + 1):
            if set(line) <= set("|-: "):
                continue
            cells = dict(zip(columns, split_bars(line), strict=False))
            place = Place(file, number)
            name = plain_text(self._markdown.spans(terms.fill(cells.get("material", ""))))
            quantity = self._quantity(cells.get("cantidad", ""), place, name)
            extra_text = cells.get("extra", "")
            extra = self._quantity(extra_text, place, name) if extra_text else 0
            per = cells.get("por", "").casefold()
            if not name:
                self._findings.add(
                    place,
                    "material_without_name",
                    message("Hay un material sin nombre."),
                    message("Escriba qué es, o quite el renglón."),
                )
            if per not in _PER_WORDS:
                self._findings.add(
                    place,
                    "unknown_per",
                    message("El material «{name}» no dice por qué se cuenta.", name=name),
                    message("En «por» escriba persona, grupo o sala."),
                )
            elif name:
                yield Material(name, quantity, Per(per), extra)

    def _quantity(self, text: str, place: Place, name: str) -> int:
        if _COUNT.fullmatch(text):
            return int(text)
        self._findings.add(
            place,
            "material_without_quantity",
            message("El material «{name}» no tiene una cantidad.", name=name),
            message("Escriba la cantidad y lo extra con números enteros."),
        )
        return 0

    def _steps(self, part: Part | None, file: str, terms: Terms) -> tuple[SessionBlock, ...]:
        if part is None:
            return ()
        before, parts = split_parts(part.lines, part.line + 1, 2)
        if any(line.strip() for line in before):
            self._findings.add(
                Place(file, part.line + 1),
                "text_before_blocks",
                message("Hay texto antes del primer bloque."),
                message("Páselo a un bloque o a «# {title}».", title=PREPARE),
            )
        blocks = [self._step(one, file, terms) for one in parts]
        return tuple(block for block in blocks if block is not None)

    def _step(self, part: Part, file: str, terms: Terms) -> SessionBlock | None:
        place = Place(file, part.line)
        heading, _, length = terms.fill(part.title).rpartition("·")
        head, lasts = _BLOCK_KIND.match(heading), _BLOCK_MINUTES.fullmatch(length.strip())
        if head is None or lasts is None:
            self._findings.add(
                place,
                "bad_block_heading",
                message("El título del bloque no dice su tipo, su nombre y sus minutos."),
                message("Escríbalo así: ## [bienvenida] Título · 10 min."),
            )
            return None
        kind, title, minutes = head[1].strip(), heading[head.end() :].strip(), int(lasts[1])
        if kind not in _KIND_WORDS:
            self._findings.add(
                place,
                "unknown_block_kind",
                message("«{kind}» no es un tipo de bloque.", kind=kind),
                message("Los tipos son: {kinds}.", kinds=", ".join(_KIND_WORDS)),
            )
            return None
        if minutes == 0 or not title:
            self._findings.add(
                place,
                "bad_block_heading",
                message("El bloque no tiene nombre, o dura cero minutos."),
                message("Escriba su nombre y sus minutos, o quítelo."),
            )
        if part.is_empty:
            self._empty(part, file)
        body = self._prose(part, terms)
        return SessionBlock(BlockKind(kind), title, minutes, body, questions_in(body))

    def _variants(self, part: Part | None, file: str, terms: Terms) -> tuple[Section, ...]:
        if part is None:
            return ()
        _, parts = split_parts(part.lines, part.line + 1, 2)
        titles = {one.title.casefold() for one in parts}
        for variant in VARIANTS:
            if variant.casefold() not in titles:
                self._findings.add(
                    Place(file, part.line),
                    "missing_variant",
                    message("Falta la variante «{title}».", title=variant),
                    message("Agregue «## {title}» y diga qué cambia.", title=variant),
                )
        for one in parts:
            if one.is_empty:
                self._empty(one, file)
        return tuple(Section(terms.fill(one.title), self._prose(one, terms)) for one in parts)

    def _check_care(
        self, session: Session, card: Part | None, table: TomlTable, care_themes: frozenset[str]
    ) -> None:
        demanding = sorted(care_themes.intersection(session.themes))
        if demanding and card is None:
            table.add(
                "themes",
                "missing_care_card",
                message(
                    "El tema «{theme}» pide una tarjeta de cuidado, y no la hay.",
                    theme=demanding[0],
                ),
                message("Agregue la parte «# {title}».", title=CARE),
            )

    # -- handouts and methods ----------------------------------------------------------------

    def handout(self, text: str, file: str, terms: Terms) -> Sourced[Handout] | None:
        """The handout of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table, lines, first_line = opened
        code = table.code()
        body = self._markdown.blocks(terms.fill("\n".join(lines)))
        if not body:
            self._findings.add(
                Place(file, first_line - 1),
                "empty_handout",
                message("La hoja no tiene contenido."),
                message("Escriba lo que se imprime en ella."),
            )
        handout = Handout(
            code,
            table.text("title"),
            table.code("session"),
            table.word("paper", PAPERS),
            table.choice("per", Per, Per.PERSON),
            body,
            table.word("reading", tuple(LEVELS), "easy"),
        )
        table.finish()
        return Sourced(handout, table) if code else None

    def method(self, text: str, file: str, terms: Terms) -> Sourced[Method] | None:
        """The method of a file; None when it has no readable front matter or no code."""
        opened = front_matter(text, file, self._findings, terms)
        if opened is None:
            return None
        table, lines, first_line = opened
        code = table.code()
        _, parts = split_parts(lines, first_line, 1)
        by_title = {part.title: part for part in parts}
        for part in parts:
            if part.title not in ("Pasos", "Variantes"):
                self._findings.add(
                    Place(file, part.line),
                    "unknown_section",
                    message("«# {title}» no es una parte de una dinámica.", title=part.title),
                    message("Las partes son: {titles}.", titles="Pasos, Variantes"),
                )
            elif part.is_empty:
                self._empty(part, file)
        if "Pasos" not in by_title:
            self._findings.add(
                Place(file),
                "missing_section",
                message("Falta la parte «# {title}».", title="Pasos"),
                message("Agréguela con su contenido."),
            )
        method = Method(
            code,
            table.text("title"),
            table.choice("family", MethodFamily, MethodFamily.CHECK_IN),
            table.text("purpose"),
            table.pair("minutes"),
            table.pair("group"),
            table.texts("materials"),
            table.texts("cautions"),
            self._prose(by_title.get("Pasos"), terms),
            self._prose(by_title.get("Variantes"), terms),
        )
        table.finish()
        return Sourced(method, table) if code else None

    def _prose(self, part: Part | None, terms: Terms) -> tuple[Block, ...]:
        return self._markdown.blocks(terms.fill(part.text)) if part is not None else ()


def _is_material_head(line: str) -> bool:
    cells = [cell.casefold() for cell in split_bars(line)] if line.lstrip().startswith("|") else []
    return cells[:1] == ["material"]


def _complement(table: TomlTable) -> Complement | None:
    inner = table.table("complement", required=False)
    if inner is None:
        return None
    complement = Complement(
        inner.text("title"),
        inner.integer("minutes", least=1),
        inner.text("what"),
        inner.text("lesson", default=""),
    )
    inner.finish()
    return complement


def _check_minutes(session: Session, table: TomlTable) -> None:
    total = sum(block.minutes for block in session.blocks)
    if total != session.minutes:
        table.add(
            "minutes",
            "block_minutes_mismatch",
            message(
                "Los bloques suman {total} minutos y la sesión dice {minutes}.",
                total=total,
                minutes=session.minutes,
            ),
            message("Ajuste los minutos de los bloques o los de la sesión."),
        )
