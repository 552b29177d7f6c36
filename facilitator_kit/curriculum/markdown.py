"""Markdown as a pack's authors write it, turned into the blocks that screens and paper draw.

Quotations and fences are cut out line by line first, because they carry the pack's own meanings;
the rest is read by Python-Markdown, whose element tree is walked. HTML is never made, and what is
typed as HTML is text like any other.

Half of a pack's prose carries no mark: the library is loaded for the first that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element

from facilitator_kit.curriculum.blocks import (
    Block,
    Callout,
    Fence,
    Heading,
    ListBlock,
    Paragraph,
    Span,
    Spans,
    Table,
    plain_text,
)
from facilitator_kit.curriculum.markdown_lines import (
    QUOTE_MARK,
    FenceMark,
    callout_kind,
    fence_mark,
    fenced,
    prepared,
    quoted,
    split_bars,
)

if TYPE_CHECKING:
    from markdown import Markdown

_PACK_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_STYLED = re.compile(r"[\\`*_\[\]#>|-]|^\d+\.")
_HEADING_TAG = re.compile("h[1-6]")
_BLOCK_TAGS = frozenset({"p", "ul", "ol", "table", "blockquote"})
_MARKED = re.compile(r"[\\`*_\[|#>]|^ *(?:[-+]|\d+\.) ", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_CONTROLS = {number: None for number in range(32) if number != 10}
_SPACES = re.compile(r"[ \t\n]+")

_DEEPEST_QUOTE: Final = 8
_UNUSED_BLOCKS: Final = ("code", "setextheader", "reference", "hr")
# Images, references, automatic links and HTML: on paper they are text.
_UNUSED_INLINE: Final = (
    "reference",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "linebreak",
    "html",
    "entity",
)


_KNOWN: dict[str, tuple[Block, ...]] = {}
"""Prose read lately: a pack with one text adapted, or its next version, has most of it again."""

_MOST_KNOWN = 8192


def parse_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of prose; any text gives some, and none raises."""
    return MarkdownReader().blocks(text)


def parse_spans(text: str) -> Spans:
    """One line of text with its emphasis and links."""
    return MarkdownReader().spans(text)


class MarkdownReader:
    """Reads many pieces of prose one after another; not to be shared between threads."""

    @cached_property
    def _library(self) -> Markdown:
        from markdown import Markdown

        library = Markdown(extensions=["tables", "sane_lists"])
        for name in _UNUSED_BLOCKS:
            library.parser.blockprocessors.deregister(name, strict=False)
        for name in _UNUSED_INLINE:
            library.inlinePatterns.deregister(name, strict=False)
        return library

    def blocks(self, text: str) -> tuple[Block, ...]:
        """The blocks of a piece of prose; any text gives some, and none raises."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
        # Control characters are nobody's prose, and the library gives two of them a meaning.
        lines = text.translate(_CONTROLS).split("\n")
        return _levelled(tuple(self._blocks(lines, 0)))

    def spans(self, text: str) -> Spans:
        """One line of text with its emphasis and links."""
        line = " ".join(text.split())
        if not _STYLED.search(line):
            return (Span(line),) if line else ()
        for block in self.blocks(line):
            if isinstance(block, Paragraph | Heading):
                return block.spans
        return (Span(line),)

    def _blocks(self, lines: Sequence[str], depth: int) -> Iterator[Block]:
        prose: list[str] = []
        at = 0
        while at < len(lines):
            mark = fence_mark(lines[at])
            if mark is not None:
                yield from self._prose(prose)
                prose = []
                at, body = fenced(lines, at)
                yield from _fence_block(mark, body)
            elif depth < _DEEPEST_QUOTE and QUOTE_MARK.match(lines[at]):
                yield from self._prose(prose)
                prose = []
                at, inside = quoted(lines, at)
                kind, inside[0] = callout_kind(inside[0])
                inner = tuple(self._blocks(inside, depth + 1))
                if inner:
                    yield Callout(kind, _levelled(inner))
            else:
                prose.append(lines[at])
                at += 1
        yield from self._prose(prose)

    def _prose(self, lines: Sequence[str]) -> Iterator[Block]:
        if not any(line.strip() for line in lines):
            return
        written = "\n".join(lines)
        if not _MARKED.search(written):
            # The same paragraphs, in no time.
            for paragraph in _BLANK_LINES.split(written):
                yield from _plain_paragraph(paragraph)
            return
        known = _KNOWN.get(written)
        if known is None:
            known = self._marked(lines)
            if len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.clear()
            _KNOWN[written] = known
        yield from known

    def _marked(self, lines: Sequence[str]) -> tuple[Block, ...]:
        source = "\n".join(prepared(lines))
        try:
            return tuple(_from_elements(self._tree(source)))
        except RecursionError:
            # Hundreds of nested lists are nobody's prose: shown as plain text, not refused.
            return (Paragraph((Span(_SPACES.sub(" ", source).strip()),)),)

    def _tree(self, source: str) -> Element:
        """The library's element tree of plain prose, emphasis and links resolved."""
        library = self._library
        library.reset()
        lines = library.preprocessors["normalize_whitespace"].run(source.split("\n"))
        root = library.parser.parseDocument(lines).getroot()
        if root is None:
            return Element("div")
        for step in ("inline", "unescape"):
            library.treeprocessors[step].run(root)
        return root


def _fence_block(mark: FenceMark, body: Sequence[str]) -> Iterator[Block]:
    written = [line for line in body if line.strip()]
    if mark.kind:
        yield Fence(mark.kind, mark.count, tuple(split_bars(line) for line in written))
    else:
        for line in written:
            yield Paragraph((Span(line.strip()),))


def _plain_paragraph(text: str) -> Iterator[Block]:
    cleaned = _SPACES.sub(" ", text).strip()
    if cleaned:
        yield Paragraph((Span(cleaned),))


# -- from the element tree -------------------------------------------------------------------


def _from_elements(elements: Iterable[Element]) -> Iterator[Block]:
    for element in elements:
        tag = element.tag
        if tag in ("ul", "ol"):
            items = tuple(_item(item) for item in element if item.tag == "li")
            if any(items):
                yield ListBlock(items, tag == "ol", _start(element.get("start", "1")))
        elif tag == "table":
            yield _table(element)
        elif tag == "blockquote":
            yield from _library_callouts(element)
        elif _HEADING_TAG.fullmatch(tag):
            spans = _spans(element)
            if spans:
                yield Heading(int(tag[1]), spans)
        else:
            spans = _spans(element)
            if spans:
                yield Paragraph(spans)


def _start(digits: str) -> int:
    return int(digits) if re.fullmatch("[0-9]{1,9}", digits) else 1


def _item(item: Element) -> tuple[Block, ...]:
    """An item's blocks: its own text first, when the library left it outside a paragraph."""
    own = Element("p")
    own.text = item.text
    rest: list[Element] = []
    for child in item:
        if rest or child.tag in _BLOCK_TAGS or _HEADING_TAG.fullmatch(child.tag):
            rest.append(child)
        else:
            own.append(child)
    return (*_from_elements([own]), *_from_elements(rest))


def _table(table: Element) -> Table:
    rows = [tuple(_spans(cell) for cell in row) for row in table.iter("tr")]
    width = max(map(len, rows), default=0)
    header, *body = [row + ((),) * (width - len(row)) for row in rows] or [()]
    if not any(header):
        header = ()
    return Table(header, tuple(row for row in body if any(row)))


def _library_callouts(quotation: Element) -> Iterator[Block]:
    """The quotations that stand inside a list: one callout for each of our words."""
    kind = "note"
    body: list[Block] = []
    for block in _from_elements(quotation):
        if isinstance(block, Paragraph):
            found, first = callout_kind(block.spans[0].text)
            if found != "note":
                if body:
                    yield Callout(kind, tuple(body))
                span = block.spans[0]
                own = Span(first, span.bold, span.italic, span.link)
                spans = tuple(span for span in (own, *block.spans[1:]) if span.text)
                kind, body = found, [Paragraph(spans)] if spans else []
                continue
        body.append(block)
    if body:
        yield Callout(kind, _levelled(tuple(body)))


def _spans(element: Element) -> Spans:
    """The text inside an element, as runs of one style each; blanks at both ends are cut."""
    runs: list[Span] = []
    _collect(element, Span(""), runs)
    merged: list[Span] = []
    for run in runs:
        text = _SPACES.sub(" ", run.text)
        if merged and merged[-1].text.endswith(" "):
            text = text.lstrip(" ")
        same = merged and _style(merged[-1]) == _style(run)
        if same:
            merged[-1] = _with_text(run, merged[-1].text + text)
        elif text:
            merged.append(_with_text(run, text))
    if merged:
        merged[0] = _with_text(merged[0], merged[0].text.lstrip())
        merged[-1] = _with_text(merged[-1], merged[-1].text.rstrip())
    return tuple(run for run in merged if run.text)


def _collect(element: Element, style: Span, runs: list[Span]) -> None:
    if element.text:
        runs.append(_with_text(style, element.text))
    for child in element:
        _collect(child, _styled(style, child), runs)
        href = child.get("href", "") if child.tag == "a" else ""
        if href and not _PACK_CODE.fullmatch(href) and href != "".join(child.itertext()):
            # Paper has no links: an address is written out after its text.
            runs.append(_with_text(style, f" ({href})"))
        if child.tail:
            runs.append(_with_text(style, child.tail))


def _styled(style: Span, element: Element) -> Span:
    href = element.get("href", "") if element.tag == "a" else ""
    return Span(
        "",
        style.bold or element.tag == "strong",
        style.italic or element.tag == "em",
        href if _PACK_CODE.fullmatch(href) else style.link,
    )


def _style(span: Span) -> tuple[bool, bool, str]:
    return span.bold, span.italic, span.link


def _with_text(span: Span, text: str) -> Span:
    return Span(text, span.bold, span.italic, span.link)


def _levelled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, the highest of their headings at level 1."""
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    if highest == 1:
        return blocks
    return tuple(
        Heading(block.level - highest + 1, block.spans) if isinstance(block, Heading) else block
        for block in blocks
    )


def questions_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The guiding questions of a block: what the `ask` callouts and numbered lists ask."""
    return tuple(dict.fromkeys(_questions(blocks, asking=False)))


def _questions(blocks: Iterable[Block], asking: bool) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Callout):
            yield from _questions(block.body, block.kind == "ask")
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _questions(item, asking or block.ordered)
        elif isinstance(block, Paragraph) and asking:
            text = plain_text(block.spans).strip().removeprefix("«").removesuffix("»").strip()
            if "¿" in text:
                yield text
