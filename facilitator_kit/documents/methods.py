"""Group methods on paper: one alone, or all of them as a booklet by family with its indexes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.records import Method, MethodFamily
from facilitator_kit.documents import fonts, styles
from facilitator_kit.documents.contents import CONTENTS, Entry, contents, index_columns
from facilitator_kit.documents.cover import CoverSheet, Imprint, add_cover, credits_story
from facilitator_kit.documents.furniture import (
    BoundFurniture,
    Furniture,
    bound_book,
    letter_book,
)
from facilitator_kit.documents.guide import MARGIN
from facilitator_kit.documents.page import Letterhead
from facilitator_kit.documents.paging import PageEnd, Place, Running, largest, measure
from facilitator_kit.documents.pieces import Inset, Label, Rule, Stack
from facilitator_kit.documents.prose import prose
from facilitator_kit.documents.styles import Styles, markup
from facilitator_kit.documents.text import Text, paragraph
from facilitator_kit.i18n import Texts, message
from facilitator_kit.progress import Progress, Work

_HANG: Final = MARGIN - 4.5 * mm
_MINUTES: Final = ((0, 5), (5, 10), (10, 15), (15, 20), (20, 999))
"""Over the first, up to the second: the groups of the index by minutes."""
_MANY: Final = 30
_LARGE_SCALES: Final = (1.3, 1.2, 1.1, 1.0)
"""The largest of these at which a method alone fits its sheet is taken."""
_SCALE: Final = 0.96
"""Two methods of the usual length stand on a page at this size."""
_NOTHING: Final = frozenset({"", "ninguno", "nada", "sin material"})
_COUNTED: Final = re.compile(
    r"^(?:(?:un|unas?|unos|el|las?|los|dos|tres|cuatro|cinco|seis|ocho|diez|doce|media|medio)\s+)+",
    re.IGNORECASE,
)
"""What stands before the word under which a material is looked up."""


def family_words(family: MethodFamily, _: Texts) -> str:
    """A family of methods in words."""
    return {
        MethodFamily.CHECK_IN: _("Check-in: llegar y encontrarse"),
        MethodFamily.ENERGY: _("Energía: mover y despertar"),
        MethodFamily.GROUPING: _("Grupos: juntar personas"),
        MethodFamily.DIALOGUE: _("Diálogo: pensar en compañía"),
        MethodFamily.SYNTHESIS: _("Síntesis: recoger lo dicho"),
        MethodFamily.CLOSING: _("Cierre: despedirse"),
    }[family]


@dataclass(frozen=True, slots=True)
class MethodsSheet:
    """The booklet of methods, as of the day `on`."""

    methods: tuple[Method, ...]
    on: date
    imprint: Imprint
    duplex: bool = False


def method_pdf(method: Method, head: Letterhead, _: Texts) -> bytes:
    """One method on its own sheet; KitError when a logo cannot be read."""
    furniture = Furniture.of(head, _, title=_("Dinámica"), margin=MARGIN)
    width, room = furniture.width, furniture.first_room

    def story_at(scale: float) -> list[Flowable]:
        return method_story(method, styles.styles(scale), width, _)

    story = story_at(
        largest(_LARGE_SCALES, lambda scale: measure(story_at(scale), width, room).pages <= 1)
    )
    out = io.BytesIO()
    book = letter_book(out, furniture, _, story)
    book.add(story, running=Running(piece=method.title))
    book.close()
    return out.getvalue()


def methods_pdf(sheet: MethodsSheet, head: Letterhead, _: Texts, out: BinaryIO) -> Work[int]:
    """Write the booklet to `out`, with progress by families; gives its number of pages."""
    return _Booklet(sheet, head, _, out).work()


def method_story(method: Method, look: Styles, width: float, _: Texts) -> list[Flowable]:
    """A method: what it is for, then its steps; how long, for how many and with what at the side.

    `width` is the measure of the text, beside the margin.
    """
    facts = Stack(
        [
            Label(
                _("{minutes} min", minutes=_span(method.minutes, _)),
                size=9 * look.scale,
                colour=styles.TEXT,
            ),
            Label(
                _("{people} personas", people=_span(method.group, _)),
                size=8.4 * look.scale,
                font=fonts.REGULAR,
            ),
        ]
    )
    title = look.step.clone("method", fontSize=13.5 * look.scale, leading=17 * look.scale)
    purpose = look.lead.clone(
        "purpose", fontSize=10.6 * look.scale, leading=15 * look.scale, spaceBefore=0
    )
    story: list[Flowable] = [
        Inset(paragraph(method.title, title), -MARGIN, keep=True, after=3),
        _hung(facts, paragraph(method.purpose, purpose)),
    ]
    needed = [name for name in method.materials if name.strip().casefold() not in _NOTHING]
    cell = look.cell.clone("method-fact", spaceAfter=5 * look.scale)
    if needed:
        word = paragraph(_("Materiales"), look.hang)
        story.append(_hung(word, paragraph(" · ".join(needed), cell), drop=1))
    story += prose(method.steps, look, width, _, margin=MARGIN)
    for place, text in enumerate(method.cautions):
        piece = Text(markup(text), cell)
        care = Label(
            _("Cuidados"), icon="hand-heart", colour=styles.ATTENTION, size=8.2 * look.scale
        )
        story.append(_hung(care, piece, drop=1) if place == 0 else Inset(piece))
    if method.variants:
        pieces = prose(method.variants, look, width, _)
        word = paragraph(_("Variantes"), look.hang)
        story += [_hung(word, pieces[0], drop=1.5), *pieces[1:]]
    return story


def _hung(word: Flowable, piece: Flowable, drop: float = 0) -> Inset:
    return Inset(piece, hang=word, hang_at=-MARGIN, hang_width=_HANG, hang_drop=drop)


def _span(pair: tuple[int, int], _: Texts) -> str:
    least, most = pair
    return _.number(least) if least == most else f"{_.number(least)}–{_.number(most)}"


class _Booklet:
    def __init__(self, sheet: MethodsSheet, head: Letterhead, _: Texts, out: BinaryIO) -> None:
        self.sheet, self.head, self._ = sheet, head, _
        self.title = _("Dinámicas para grupos")
        self.furniture = BoundFurniture(head, _, self.title, sheet.duplex)
        self.book = bound_book(out, self.furniture)
        self.look = styles.styles()
        self.families = tuple(
            (family, found)
            for family in MethodFamily
            if (found := tuple(m for m in sheet.methods if m.family is family))
        )

    def work(self) -> Work[int]:
        """The whole booklet."""
        _, book, sheet = self._, self.book, self.sheet
        what = message("Componiendo páginas")
        steps = len(self.families) + 1
        yield Progress(0, steps, what)
        count = _.plural("{count} dinámica", "{count} dinámicas", len(sheet.methods))
        lines = (_("{methods} en {count} familias", methods=count, count=len(self.families)),)
        cover = CoverSheet(_("Cuadernillo"), self.title, lines)
        add_cover(book, cover, self.furniture, sheet.imprint, sheet.on)
        book.canvas.promise(CONTENTS, _("Contenido"))
        kept = book.reserve(self._contents(final=False), running=Running(piece=_("Contenido")))
        for done, (family, methods) in enumerate(self.families, 1):
            self._family(family, methods)
            yield Progress(done, steps, what)
        self._indexes()
        book.put(kept, self._contents(final=True))
        book.close()
        yield Progress(steps, steps, message("Listo"))
        return book.number

    def _contents(self, *, final: bool) -> list[Flowable]:
        _, look = self._, self.look
        places = self.book.places if final else None
        width = self.furniture.width()
        story: list[Flowable] = [
            *((Place(CONTENTS),) if final else ()),
            paragraph(_("Contenido"), look.title),
        ]
        for family, methods in self.families:
            head = Entry(f"family-{family.value}", family_words(family, _))
            own = [Entry(f"method-{method.code}", method.title, 2) for method in methods]
            story += [*contents([head], places), *index_columns(own, places, width)]
        last = Entry("indexes", _("Índices: por duración, grupo y material"))
        return [*story, *contents([last], places)]

    def _family(self, family: MethodFamily, methods: Sequence[Method]) -> None:
        words = family_words(family, self._)
        width, room = self.furniture.width(MARGIN), self.furniture.room
        story: list[Flowable] = [
            Place(f"family-{family.value}", words),
            Inset(
                paragraph(words, self.look.title.clone("family", textColor=styles.PRIMARY)),
                -MARGIN,
                keep=True,
                after=10,
            ),
        ]
        for place, method in enumerate(methods):
            own = method_story(method, styles.styles(_SCALE), width, self._)
            extent = measure(own, width, room)
            if extent.pages == 1 and place:
                # A method is read while a group waits: it is not to be turned over.
                story.append(PageEnd(least=extent.last * room + 12))
            if place:
                story.append(Rule(left=MARGIN, before=10, after=6, keep=True))
            story += [Place(f"method-{method.code}", method.title, 1), *own]
        self.book.turn_right()
        self.book.add(story, running=Running(self.title, words, margin=MARGIN))

    # -- indexes ---------------------------------------------------------------------------------

    def _indexes(self) -> None:
        _, look = self._, self.look
        width = self.furniture.width()
        methods = self.sheet.methods
        story: list[Flowable] = [
            Place("indexes", _("Índices")),
            paragraph(_("Por duración"), look.heading),
        ]
        for low, high in _MINUTES:
            found = [m for m in methods if low < m.minutes[1] <= high]
            words = (
                _("Más de {count} minutos", count=low)
                if high > _MINUTES[-2][1]
                else _("Hasta {count} minutos", count=high)
            )
            story += self._group(words, [(m.title, m) for m in found], width)
        story.append(paragraph(_("Por tamaño del grupo"), look.heading))
        for least in sorted({m.group[0] for m in methods}):
            found = [m for m in methods if m.group[0] == least]
            words = _("Desde {count} personas", count=least)
            story += self._group(words, [(m.title, m) for m in found], width)
        large = [m for m in methods if m.group[1] > _MANY]
        words = _("También con más de {count}", count=_MANY)
        story += self._group(words, [(m.title, m) for m in large], width)
        story.append(paragraph(_("Por material"), look.heading))
        none = [m for m in methods if all(n.strip().casefold() in _NOTHING for n in m.materials)]
        story += self._group(_("Sin material"), [(m.title, m) for m in none], width)
        needed = [
            (f"{looked_up(name)}: {m.title}", m)
            for m in methods
            for name in m.materials
            if name.strip().casefold() not in _NOTHING
        ]
        story += self._group(_("Con material"), needed, width)
        story += credits_story(self.sheet.imprint, look, _)
        self.book.turn_right()
        self.book.add(story, running=Running(self.title, _("Índices")))

    def _group(
        self, words: str, found: Sequence[tuple[str, Method]], width: float
    ) -> list[Flowable]:
        if not found:
            return []
        entries = sorted(
            (Entry(f"method-{method.code}", title, 2) for title, method in found),
            key=lambda entry: _sorting(entry.title),
        )
        return [
            paragraph(words, self.look.subheading),
            *index_columns(entries, self.book.places, width),
        ]


def looked_up(material: str) -> str:
    """A material under the word by which it is looked up: «cordel de tres metros»."""
    bare = _COUNTED.sub("", material.strip())
    return bare[:1].upper() + bare[1:]


def _sorting(text: str) -> str:
    return text.casefold().translate(str.maketrans("áéíóúü¿¡«", "aeiouu   ")).strip()
