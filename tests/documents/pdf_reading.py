"""Reading PDFs back: text, pages, and where every letter stands."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw


@dataclass(frozen=True)
class Box:
    """A rectangle in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box, slack: float = 0.4) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.bottom < other.top - slack
            and other.bottom < self.top - slack
        )


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    text: str
    letters: tuple[tuple[str, Box], ...]

    def lines(self) -> list[Box]:
        """Boxes around the letters that stand beside each other on one baseline."""
        found: list[list[Box]] = []
        for letter, box in self.letters:
            if letter.isspace():
                continue
            near = found[-1] if found else None
            if (
                near
                and abs(near[-1].bottom - box.bottom) < 6
                and -2 < box.left - near[-1].right < 20
            ):
                near.append(box)
            else:
                found.append([box])
        return [
            Box(
                min(b.left for b in line),
                min(b.bottom for b in line),
                max(b.right for b in line),
                max(b.top for b in line),
            )
            for line in found
        ]


def read_pages(data: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(data)
    pages = []
    try:
        for page in document:
            width, height = page.get_size()
            words = page.get_textpage()
            count = words.count_chars()
            text = words.get_text_range().replace("\r\n", "\n")
            letters = tuple(
                (words.get_text_range(i, 1), Box(*words.get_charbox(i))) for i in range(count)
            )
            pages.append(Page(width, height, text, letters))
            words.close()
            page.close()
    finally:
        document.close()
    return pages


def read_text(data: bytes) -> str:
    return "\n\f\n".join(page.text.strip() for page in read_pages(data)) + "\n"


def read_description(data: bytes) -> dict[str, str]:
    """What the file says of itself: title, author, dates."""
    document = pypdfium2.PdfDocument(data)
    try:
        return dict(document.get_metadata_dict())
    finally:
        document.close()


@dataclass(frozen=True)
class Link:
    """A link: its rectangle on its page, and the page it leads to, from 1 (0: nowhere)."""

    page: int
    box: Box
    target: int


def read_outline(data: bytes) -> list[tuple[int, str, int]]:
    """The file's outline: level from 0, title, page from 1 (0: nowhere)."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            (entry.level, entry.get_title(), (target.get_index() or 0) + 1 if target else 0)
            for entry in document.get_toc()
            for target in [entry.get_dest()]
        ]
    finally:
        document.close()


def read_links(data: bytes) -> list[Link]:
    """Every link in the file, in the order of the pages."""
    document = pypdfium2.PdfDocument(data)
    found = []
    try:
        for number, page in enumerate(document, 1):
            place, link = ctypes.c_int(0), raw.FPDF_LINK()
            while raw.FPDFLink_Enumerate(page.raw, ctypes.byref(place), ctypes.byref(link)):
                rect = raw.FS_RECTF()
                raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect))
                box = Box(rect.left, rect.bottom, rect.right, rect.top)
                target = raw.FPDFLink_GetDest(document.raw, link)
                index = raw.FPDFDest_GetDestPageIndex(document.raw, target) if target else -1
                found.append(Link(number, box, index + 1))
            page.close()
    finally:
        document.close()
    return found


def text_in(page: Page, box: Box) -> str:
    """The letters of a page whose middle lies in a rectangle."""
    return "".join(
        letter
        for letter, one in page.letters
        if box.left <= (one.left + one.right) / 2 <= box.right
        and box.bottom <= (one.bottom + one.top) / 2 <= box.top
    )
