"""A binder's parts and their openers: what a module is about, holds, and needs for the group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from facilitator_kit.curriculum.copies import handout_copies, provisions
from facilitator_kit.curriculum.learning import Lesson
from facilitator_kit.curriculum.records import Handout, Module, Session
from facilitator_kit.documents import styles
from facilitator_kit.documents.contents import Entry, contents
from facilitator_kit.documents.fences import TickBox
from facilitator_kit.documents.guide import MARGIN, section
from facilitator_kit.documents.paging import keep_whole, measure
from facilitator_kit.documents.pieces import Inset
from facilitator_kit.documents.styles import Styles, markup
from facilitator_kit.documents.tables import data_table
from facilitator_kit.documents.text import Text, paragraph
from facilitator_kit.i18n import Texts


@dataclass(frozen=True, slots=True)
class BinderSession:
    """A session with what is printed after its guide. `guide` False leaves the guide out."""

    session: Session
    guide: bool = True
    handouts: tuple[Handout, ...] = ()
    lesson: Lesson | None = None

    @property
    def guided(self) -> bool:
        """Is its guide printed? Not where it is not written yet."""
        return self.guide and self.session.complete

    @property
    def first(self) -> str:
        """The code of the first thing that is printed, or empty."""
        if self.guided:
            return self.session.code
        if self.handouts:
            return self.handouts[0].code
        return self.lesson.code if self.lesson is not None else ""


@dataclass(frozen=True, slots=True)
class BinderPart:
    """A module, or with `module` None lessons that belong to none, under `title`.

    `code` is the module's or the complement's. `after` are the modules that come before it, in
    words. `closing`: the module's quiz and practice tasks are printed too.
    """

    code: str
    title: str
    module: Module | None = None
    about: str = ""
    sessions: tuple[BinderSession, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    after: tuple[str, ...] = ()
    closing: bool = False

    @property
    def place(self) -> str:
        """The name of its opener in the book."""
        return f"part-{self.code}"


@dataclass(frozen=True, slots=True)
class _Airs:
    """Points above the title, and above and below the words of a row."""

    top: float
    rows: float


_AIRS: Final = (_Airs(26 * mm, 2.4), _Airs(12 * mm, 2.0), _Airs(0, 1.2))
_FEW: Final = 0.4
"""Up to this share of a page, the rows that are left look lost on it."""


def opener_story(
    part: BinderPart,
    entries: Sequence[Entry],
    places: Mapping[str, int] | None,
    people: int,
    width: float,
    room: float,
    _: Texts,
) -> list[Flowable]:
    """A part's first pages; `width` is the measure of the text, beside the margin.

    `entries` are what the part holds, on the pages that `places` tells; without them the story
    takes the same room, with number 0. Where a last page would hold a few rows only, everything
    moves closer.
    """

    def story(airs: _Airs) -> list[Flowable]:
        return _opener(part, entries, places, people, width, airs, _)

    usual = story(_AIRS[0])
    extent = measure(usual, width, room)
    if extent.pages > 1 and extent.last <= _FEW:
        for airs in _AIRS[1:]:
            tighter = story(airs)
            if measure(tighter, width, room).pages < extent.pages:
                return tighter
    return usual


def _opener(
    part: BinderPart,
    entries: Sequence[Entry],
    places: Mapping[str, int] | None,
    people: int,
    width: float,
    airs: _Airs,
    _: Texts,
) -> list[Flowable]:
    look = styles.styles()
    story = _about(part, airs, look, _)
    if entries:
        story += section(_("En esta parte"), look)
        story += contents(entries, places)
    if any(one.guide for one in part.sessions):
        story += _materials(part, people, airs, look, width, _)
    if any(one.handouts for one in part.sessions):
        story += _copies(part, people, look, width, _)
    return story


def _about(part: BinderPart, airs: _Airs, look: Styles, _: Texts) -> list[Flowable]:
    title = look.title.clone("part-title", fontSize=28, leading=33, spaceAfter=6)
    module = part.module
    kind = _("Módulo") if module is not None else _("Complemento")
    name = part.title.removeprefix(f"{part.code} · ")
    story: list[Flowable] = [
        Inset(paragraph(f"{kind} {part.code}", look.kicker), -MARGIN, top=airs.top, keep=True),
        Inset(paragraph(name, title), -MARGIN),
    ]
    if module is not None:
        count = _.plural("{count} sesión", "{count} sesiones", len(module.sessions))
        facts = f"{count} · {_.hours(module.minutes)}"
        if part.after:
            facts += " · " + _("va después de {modules}", modules=", ".join(part.after))
        story.append(Inset(paragraph(facts, look.small), -MARGIN, after=12))
    if part.about:
        story.append(Inset(paragraph(part.about, look.lead), after=8))
    if module is not None and module.lens:
        story.append(
            Inset(
                paragraph(module.lens, look.body),
                hang=paragraph(_("Mirada de género"), look.hang),
                hang_at=-MARGIN,
                hang_width=MARGIN - 4.5 * mm,
                hang_drop=1.5,
            )
        )
    return story


def _materials(
    part: BinderPart, people: int, airs: _Airs, look: Styles, width: float, _: Texts
) -> list[Flowable]:
    """What the sessions need together, what several of them share first."""
    needs = provisions((one.session for one in part.sessions), people)
    if not needs:
        return []
    rows: list[list[Any]] = [
        [
            "",
            paragraph(_("Material"), look.column),
            paragraph(_("Sesiones"), look.column),
            paragraph(_("La que más pide"), look.column_right),
            paragraph(_("Todo el módulo"), look.column_right),
        ]
    ]
    rows += [
        [
            TickBox(8.5),
            paragraph(need.name, look.cell),
            paragraph(_numbers(need.sessions), look.cell_small),
            paragraph(_.number(need.most), look.figure),
            paragraph(_.number(need.total), look.figure),
        ]
        for need in sorted(needs, key=lambda need: -min(len(need.sessions), 2))
    ]
    note = _(
        "Lo que dura (tijeras, cajas, plumones) se consigue para la sesión que más pide; lo "
        "que se gasta, para todo el módulo. Las hojas de trabajo van aparte."
    )
    widths = [7 * mm, width - 83 * mm, 28 * mm, 24 * mm, 24 * mm]
    return [
        *section(_("Materiales para {people} personas", people=_.number(people)), look),
        paragraph(note, look.small.clone("materials-note", spaceAfter=6)),
        Inset(data_table(rows, widths, padding=airs.rows), after=8),
    ]


def _copies(part: BinderPart, people: int, look: Styles, width: float, _: Texts) -> list[Flowable]:
    """How many of each handout to copy, in two columns."""
    muted = styles.MUTED.hexval()[2:]
    cells: list[list[Any]] = []
    counts: dict[Handout, int] = {}
    for one in part.sessions:
        for handout in one.handouts:
            copies = handout_copies(one.session, handout, people)
            counts[handout] = counts.get(handout, 0) + copies.count
    for handout, count in counts.items():
        title = f'<font color="#{muted}">{markup(handout.title)}</font>'
        name = Text(f"{markup(handout.code)} {title}", look.cell_small)
        cells.append([name, paragraph(_.number(count), look.figure)])
    high = -(-len(cells) // 2)
    right = [*cells[high:], *[["", ""]] * (2 * high - len(cells))]
    heads = [paragraph(_("Hoja"), look.column), paragraph(_("Copias"), look.column_right)]
    rows = [[*heads, "", *heads]]
    rows += [[*one, "", *other] for one, other in zip(cells[:high], right, strict=True)]
    half = (width - 8 * mm) / 2
    widths = [half - 15 * mm, 15 * mm, 8 * mm, half - 15 * mm, 15 * mm]
    extra = [("LINEBELOW", (2, 0), (2, -1), 0.6, styles.PAPER)]
    table = keep_whole(data_table(rows, widths, head_rows=1, padding=2.2, extra=extra))
    title = _("Copias para {people} personas", people=_.number(people))
    return [*section(title, look), Inset(table, after=8)]


def _numbers(codes: tuple[str, ...]) -> str:
    """The sessions' numbers within their module: «1, 2, 5»."""
    return ", ".join(code.rpartition("-")[2] for code in codes)
