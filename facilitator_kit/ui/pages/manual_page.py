"""The manual inside the program: F1 opens the chapter of the page one came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.curriculum import parse_markdown
from facilitator_kit.curriculum.blocks import Block, Heading, plain_text
from facilitator_kit.monitoring.names import fold
from facilitator_kit.paths import content_folder
from facilitator_kit.ui.columns import Columns, PageScroll
from facilitator_kit.ui.columns import Part as Column
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.page import Page
from facilitator_kit.ui.pages.curriculum_list import Entry, EntryList
from facilitator_kit.ui.prose import Lead, Part, Prose
from facilitator_kit.ui.widgets import Card, EmptyState, SearchField

INDEX: Final = "index.md"

CHAPTER_OF: Final = {
    "hoy": "02-hoy.md",
    "curriculo": "03-curriculo.md",
    "planeador": "04-planeador.md",
    "cohortes": "05-cohortes.md",
    "graduacion": "06-graduacion.md",
    "informes": "07-informes.md",
    "formacion": "13-formacion.md",
    "resguardo": "08-copias-y-restauracion.md",
    "ajustes": "01-primeros-pasos.md",
    "adaptar": "12-adaptar-y-paquetes.md",
    "revisar-paquete": "12-adaptar-y-paquetes.md",
}
"""Which chapter explains a page, by the page's key; any other page opens the contents."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manual: its name, its title, and the rest of its prose."""

    file: str
    title: str
    blocks: tuple[Block, ...]
    searched: str


def read_manual(folder: Path) -> tuple[Chapter, ...]:
    """The chapters of a folder in the order of their names, its index first."""
    files = sorted(folder.glob("*.md"), key=lambda file: (file.name != INDEX, file.name))
    return tuple(_chapter(file) for file in files)


def _chapter(file: Path) -> Chapter:
    text = file.read_text(encoding="utf-8")
    blocks = parse_markdown(text)
    if blocks and isinstance(blocks[0], Heading):
        return Chapter(file.name, plain_text(blocks[0].spans), blocks[1:], fold(text))
    return Chapter(file.name, file.stem, blocks, fold(text))


class ManualPage(Page):
    """Contents at the left, the chapter at the right."""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        _ = self._
        self._chapters: tuple[Chapter, ...] = ()
        self._file = INDEX
        self.search = SearchField(ctx, _("Buscar en el manual"))
        self.search.searched.connect(lambda _text: self._fill())
        self.entries = EntryList(ctx, _("Capítulos"))
        self.entries.chosen.connect(self.show_chapter)
        self.entries.opened.connect(self._open_reading)
        self.entries.clicked_on.connect(lambda _file: self._show_alone())
        self.search.left_down.connect(self.entries.step_in)
        self.reader = Prose(ctx, _("Manual"), margin=22)
        self.reader.linked.connect(self.show_chapter)
        contents = Card(ctx, _("Contenido"), padding=12)
        contents.add(self.search)
        contents.add(self.entries, 1)
        self._nothing = EmptyState(
            ctx, "search", _("No aparece en el manual"), _("Pruebe con una sola palabra.")
        )
        contents.add(self._nothing, 1)
        chapter = Card(ctx, padding=2)
        chapter.add(self.reader, 1)
        self.columns = Columns(
            ctx,
            _("Parte que se ve"),
            (
                Column("contents", _("Contenido"), contents),
                Column("chapter", _("Capítulo"), chapter),
            ),
            widths=(264, 420),
            main="chapter",
            choice_elsewhere=True,
        )
        scroll = PageScroll(ctx, (self.columns.choice,), self.columns)
        scroll.follow(self.entries)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def title(self) -> str:
        return self._("Manual")

    def refresh(self) -> None:
        if not self._chapters:
            folder = content_folder() / "manual"
            own = folder / self._.language
            read = partial(read_manual, own if own.is_dir() else folder)
            self.ctx.jobs.run(read, self._take, owner=self)

    def _take(self, chapters: tuple[Chapter, ...]) -> None:
        self._chapters = chapters
        self._fill()
        self.show_chapter(self._file)

    def open(self, params: Mapping[str, Any]) -> None:
        self.search.set_text("")
        self._fill()
        self._file = CHAPTER_OF.get(str(params.get("page", "")), INDEX)
        self.show_chapter(self._file)
        self.columns.show_part("chapter")

    def first_focus(self) -> QWidget | None:
        return self.reader

    def show_chapter(self, file: str) -> None:
        """Read a chapter, by its file name; the contents where the language lacks it."""
        name = file.partition("#")[0]
        chapter = next((one for one in self._chapters if one.file == name), None)
        if chapter is None and self._chapters:
            chapter = self._chapters[0]
        if chapter is None:
            return
        self._file = chapter.file
        self.entries.select(chapter.file)
        parts: tuple[Part, ...] = (Lead(chapter.title), *chapter.blocks)
        if parts != self.reader.parts:
            self.reader.show_parts(parts)

    def state(self) -> dict[str, Any]:
        return {"chapter": self._file}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._file = str(state.get("chapter") or INDEX)

    def _fill(self) -> None:
        wanted = fold(self.search.text())
        found = [one for one in self._chapters if wanted in one.searched]
        self.entries.set_entries([Entry(one.file, one.title) for one in found])
        self.entries.setVisible(bool(found))
        self._nothing.setVisible(bool(self._chapters) and not found)
        self.entries.select(self._file)

    def _show_alone(self) -> None:
        if self.columns.fits == 1:
            self.columns.show_part("chapter")

    def _open_reading(self, _file: str) -> None:
        self.columns.show_part("chapter")
        self.reader.setFocus()
