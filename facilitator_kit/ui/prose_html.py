"""Blocks of prose as the rich text that Qt lays out: colours, sizes and pictures of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, TypeAlias

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Spans,
    Table,
)
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.tokens import Token, Tone, back, front

_PICTURE: Final = "picture:"
_BOX: Final = "box"
_ROWS_SHOWN: Final = 4
"""Empty rows of a table to fill in, and lines to write on: on screen a few say enough."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The title of what is read, with a line above it saying what it is."""

    title: str
    over: str = ""


@dataclass(frozen=True, slots=True)
class Muted:
    """A line that matters less."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """The head of one step: its picture, when and what kind, its title, how long it takes."""

    icon: str
    tone: Tone
    over: str
    title: str
    right: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A state in words and colour, as a pill is elsewhere."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a text with what was taken out of it and put into it, by sign and by colour.

    `place` is its number. A run is a tone ("bad" is out, "good" is in, "neutral" stays) and words.
    """

    place: str
    runs: tuple[tuple[Tone, str], ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be jumped to: it begins with what follows."""

    name: str


Part: TypeAlias = Block | Lead | Muted | Step | Flag | Marked | Anchor


class ProseHtml:
    """Writes parts as rich text for one look; made anew whenever the look changes.

    `zoom` makes everything so much larger than the rest of the screen.
    """

    def __init__(self, look: Look, zoom: float = 1) -> None:
        self._look = look
        self._ = look._
        self._zoom = zoom

    def of(self, parts: Iterable[Part]) -> str:
        """The parts one below the other."""
        return f'<div style="color:{self._colour("text")}">{self._parts(parts)}</div>'

    def _parts(self, parts: Iterable[Part]) -> str:
        return "".join(self._part(part) for part in parts)

    def _part(self, part: Part) -> str:
        match part:
            case Lead():
                return self._lead(part)
            case Muted(text):
                return self._paragraph(escape(text), "muted")
            case Anchor(name):
                inner = f'<a name="{escape(name)}">&nbsp;</a>'
                return f'<p style="margin:0; font-size:1px; line-height:1px">{inner}</p>'
            case Step():
                return self._step(part)
            case Flag(text, tone):
                return self._flag(text, tone)
            case Marked():
                return self._marked(part)
            case Heading(level, spans):
                return self._heading(level, self._spans(spans))
            case Paragraph(spans):
                return self._paragraph(self._spans(spans))
            case ListBlock():
                return self._list(part)
            case Table():
                return self._table(part.header, part.rows)
            case Callout():
                return self._callout(part)
            case Fence():
                return self._fence(part)

    # -- words -----------------------------------------------------------------------------------

    def _spans(self, spans: Spans) -> str:
        written = []
        for span in spans:
            text = escape(span.text)
            if span.bold:
                text = f"<b>{text}</b>"
            if span.italic:
                text = f"<i>{text}</i>"
            if span.link:
                text = (
                    f'<a href="{escape(span.link)}" style="color:{self._colour("primary")}">'
                    f"{text}</a>"
                )
            written.append(text)
        return "".join(written)

    def _paragraph(self, inner: str, token: Token = "text", after: int = 8) -> str:
        style = f"margin:0 0 {self._px(after)}px 0; line-height:118%; color:{self._colour(token)}"
        return f'<p style="{style}">{inner}</p>'

    def _heading(self, level: int, inner: str) -> str:
        size, before = {1: (17, 18), 2: (15, 14)}.get(level, (14, 10))
        style = (
            f"font-size:{self._px(size)}px; font-weight:700; "
            f"margin:{self._px(before)}px 0 {self._px(6)}px 0"
        )
        return f'<h{min(level + 1, 6)} style="{style}">{inner}</h{min(level + 1, 6)}>'

    def _lead(self, lead: Lead) -> str:
        over = (
            f'<p style="margin:0 0 {self._px(2)}px 0; font-size:{self._px(12)}px; '
            f'font-weight:600; color:{self._colour("muted")}">{escape(lead.over)}</p>'
            if lead.over
            else ""
        )
        style = (
            f"font-size:{self._px(22)}px; font-weight:700; margin:0 0 {self._px(8)}px 0; "
            "line-height:115%"
        )
        return f'{over}<h1 style="{style}">{escape(lead.title)}</h1>'

    def _flag(self, text: str, tone: Tone) -> str:
        style = (
            f"font-size:{self._px(12)}px; font-weight:600; color:{self._colour(front(tone))}; "
            f"background-color:{self._colour(back(tone))}"
        )
        pill = f'<span style="{style}">&nbsp; {escape(text)} &nbsp;</span>'
        return f'<p style="margin:0 0 {self._px(8)}px 0">{pill}</p>'

    # -- changes -----------------------------------------------------------------------------------

    def _marked(self, line: Marked) -> str:
        number = (
            f'<span style="font-size:{self._px(12)}px; color:{self._colour("muted")}">'
            f"{escape(line.place)}&nbsp;&nbsp;</span>"
            if line.place
            else ""
        )
        words = "".join(self._run(tone, text) for tone, text in line.runs)
        style = f"margin:0 0 {self._px(4)}px 0; line-height:118%; white-space:pre-wrap"
        return f'<p style="{style}">{number}{words}</p>'

    def _run(self, tone: Tone, text: str) -> str:
        if tone == "neutral":
            return escape(text)
        sign, line = ("−", "line-through") if tone == "bad" else ("+", "underline")
        colours = f"color:{self._colour(front(tone))}; background-color:{self._colour(back(tone))}"
        return (
            f'<span style="{colours}; font-weight:700">{sign}</span>'
            f'<span style="{colours}; text-decoration:{line}">{escape(text) or "&nbsp;"}</span>'
        )

    # -- lists and tables --------------------------------------------------------------------------

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered else ""
        items = "".join(
            f'<li style="margin:0 0 {self._px(4)}px 0; line-height:118%">{self._item(item)}</li>'
            for item in block.items
        )
        style = f"margin:0 0 {self._px(8)}px 0; -qt-list-indent:1"
        return f'<{tag}{start} style="{style}">{items}</{tag}>'

    def _item(self, item: Sequence[Block]) -> str:
        """The first paragraph stands beside the mark, what follows below it."""
        if item and isinstance(item[0], Paragraph):
            return self._spans(item[0].spans) + self._parts(item[1:])
        return self._parts(item)

    def _table(self, header: Sequence[Spans], rows: Sequence[Sequence[Spans]]) -> str:
        line = f"border-bottom:1px solid {self._colour('line')}"
        cell = f"{line}; padding:{self._px(6)}px {self._px(10)}px {self._px(6)}px 0"
        small = f"font-size:{self._px(12)}px; font-weight:600; color:{self._colour('muted')}"
        head = "".join(
            f'<td style="{cell}"><span style="{small}">{self._spans(spans)}</span></td>'
            for spans in header
        )
        lines = [f"<tr>{head}</tr>"] if header else []
        for row in rows:
            cells = "".join(f'<td style="{cell}">{self._spans(spans)}</td>' for spans in row)
            lines.append(f"<tr>{cells}</tr>")
        return self._whole_table("".join(lines)) + self._gap(8)

    def _whole_table(self, rows: str, style: str = "border-collapse:collapse") -> str:
        return f'<table width="100%" cellspacing="0" cellpadding="0" style="{style}">{rows}</table>'

    def _gap(self, height: int) -> str:
        return f'<p style="margin:0; font-size:1px; line-height:{self._px(height)}px">&nbsp;</p>'

    # -- set apart ---------------------------------------------------------------------------------

    def _step(self, step: Step) -> str:
        muted = f"font-size:{self._px(12)}px; color:{self._colour('muted')}"
        icon = self._image(step.icon, front(step.tone))
        pad = f"padding:{self._px(6)}px"
        return (
            self._gap(10)
            + self._whole_table(
                f'<tr><td width="{self._px(34)}" align="center" valign="middle" '
                f'bgcolor="{self._colour(back(step.tone))}" style="{pad}">{icon}</td>'
                f'<td style="padding-left:{self._px(12)}px" valign="middle">'
                f'<span style="{muted}">{escape(step.over)}</span><br>'
                f'<span style="font-weight:700; font-size:{self._px(15)}px">'
                f"{escape(step.title)}</span></td>"
                f'<td align="right" valign="middle" style="{pad}">'
                f'<span style="white-space:nowrap">{escape(step.right)}</span></td></tr>'
            )
            + self._gap(10)
        )

    def _callout(self, block: Callout) -> str:
        word, tone = self._callout_look(block.kind)
        label = (
            f'<p style="margin:0 0 {self._px(2)}px 0; font-size:{self._px(12)}px; '
            f'font-weight:700; color:{self._colour(front(tone))}">{escape(word)}</p>'
        )
        body = f"padding:{self._px(8)}px {self._px(12)}px {self._px(2)}px {self._px(12)}px"
        return self._whole_table(
            f'<tr><td width="{self._px(4)}" bgcolor="{self._colour(front(tone))}"></td>'
            f'<td bgcolor="{self._colour(back(tone))}" style="{body}">'
            f"{label}{self._parts(block.body)}</td></tr>"
        ) + self._gap(8)

    def _callout_look(self, kind: str) -> tuple[str, Tone]:
        looks: dict[str, tuple[str, Tone]] = {
            "say": (self._("Diga"), "primary"),
            "ask": (self._("Pregunte"), "note"),
            "care": (self._("Cuide"), "attention"),
        }
        return looks.get(kind, (self._("Nota"), "neutral"))

    # -- what is for paper -------------------------------------------------------------------------

    def _fence(self, fence: Fence) -> str:
        match fence.kind:
            case "lines":
                return self._lines(fence)
            case "boxes":
                return self._boxes(fence)
            case "cards":
                return self._cards(fence)
            case _:
                return self._fill_in(fence)

    def _lines(self, fence: Fence) -> str:
        rule = (
            f'<tr><td height="{self._px(24)}" '
            f'style="border-bottom:1px solid {self._colour("control_line")}">&nbsp;</td></tr>'
        )
        ruled = self._whole_table(rule * max(min(fence.count, _ROWS_SHOWN), 1)) + self._gap(8)
        labels = [self._paragraph(escape(" ".join(row)), after=0) for row in fence.rows]
        return "".join(label + ruled for label in labels) or ruled

    def _boxes(self, fence: Fence) -> str:
        box = self._image(_BOX, "control_line")
        pad = f"padding:{self._px(3)}px {self._px(10)}px {self._px(3)}px 0"
        rows = "".join(
            f'<tr><td width="{self._px(28)}" style="{pad}">{box}</td>'
            f'<td width="100%" valign="middle" style="{pad}">{escape(" · ".join(row))}</td></tr>'
            for row in fence.rows
        )
        return self._whole_table(rows) + self._gap(8)

    def _cards(self, fence: Fence) -> str:
        across = max(fence.count, 1)
        frame = f"border:1px dashed {self._colour('control_line')}; padding:{self._px(10)}px"
        known = frozenset(self._look.icons.names())
        lines = []
        for first in range(0, len(fence.rows), across):
            cells = [
                f'<td width="{100 // across}%" align="center" style="{frame}">'
                f"{self._card(row, known)}</td>"
                for row in fence.rows[first : first + across]
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return self._whole_table("".join(lines)) + self._gap(8)

    def _card(self, row: Sequence[str], known: frozenset[str]) -> str:
        icon, text, small = (*row, "", "", "")[:3]
        image = self._image(icon, "text", 24) + "<br>" if icon in known else ""
        below = (
            f'<br><span style="font-size:{self._px(12)}px; color:{self._colour("muted")}">'
            f"{escape(small)}</span>"
            if small
            else ""
        )
        return f"{image}<b>{escape(text)}</b>{below}"

    def _fill_in(self, fence: Fence) -> str:
        header, *given = fence.rows or ((),)
        columns = max(len(header), 1)
        edge = f"border:1px solid {self._colour('line')}; padding:{self._px(6)}px"
        lines = ["".join(f'<td style="{edge}"><b>{escape(title)}</b></td>' for title in header)]
        for row in given:
            cells = (*row[:columns], *[""] * (columns - len(row)))
            lines.append("".join(f'<td style="{edge}">{escape(cell)}</td>' for cell in cells))
        shown = min(fence.count, _ROWS_SHOWN)
        lines += [f'<td style="{edge}">&nbsp;</td>' * columns] * shown
        table = self._whole_table("".join(f"<tr>{line}</tr>" for line in lines))
        rest = fence.count - shown
        if rest <= 0:
            return table + self._gap(8)
        more = self._.plural(
            "y {count} renglón más en papel", "y {count} renglones más en papel", rest
        )
        return table + self._gap(2) + self._part(Muted(more))

    # -- colours and pictures ----------------------------------------------------------------------

    def _px(self, length: float) -> int:
        return self._look.theme.px(length * self._zoom)

    def _colour(self, token: Token) -> str:
        return self._look.theme.tokens.value(token)

    def _image(self, icon: str, token: Token, size: int = 18) -> str:
        theme = self._look.theme
        side = self._px(size)
        name = f"{_PICTURE}{icon}/{token}/{round(size * self._zoom)}/{theme.name}/{theme.scale}"
        return f'<img src="{name}" width="{side}" height="{side}">'


def picture(look: Look, name: str) -> QPixmap | None:
    """The pixels of a picture that `ProseHtml` put into its text; None for any other name."""
    if not name.startswith(_PICTURE):
        return None
    icon, token, size, *_rest = name.removeprefix(_PICTURE).split("/")
    known: Token = token  # type: ignore[assignment]  # written by `_image` from a Token
    if icon == _BOX:
        return _box(look, known, int(size))
    # Twice the pixels: rich text is laid out by the width and height given with the picture.
    return look.icons.pixmap(icon, known, int(size) * 2)


def _box(look: Look, token: Token, size: int) -> QPixmap:
    """An empty square to tick."""
    side = look.theme.px(size) * 2
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.theme.colour(token), side / 14))
    painter.drawRoundedRect(QRectF(2, 2, side - 4, side - 4), side / 7, side / 7)
    painter.end()
    return pixmap
