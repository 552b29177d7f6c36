"""Reading PDFs back: text, pages, and where every letter stands."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


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
