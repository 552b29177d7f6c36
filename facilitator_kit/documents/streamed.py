"""A PDF whose pages are written as they are finished, so that many need no more memory than one.

ReportLab keeps every page as a tree of objects and formats them all at the end. Here it still makes
what pages share (typefaces, forms, images, the description of the file), and each page becomes two
short objects in the file at once: what is on it, and where it belongs. The objects of a PDF may
stand in any order (ISO 32000-1 §7.5.4): only their places are kept for the table at its end.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from itertools import count
from typing import Any, BinaryIO, Final

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.documents import fonts

VERSION: Final = (1, 4)
"""Of PDF: the first that knows the transparency of images."""


class StreamedCanvas(Canvas):
    """A canvas that writes each page to `out` at `showPage`, and the rest at `save`.

    A page may hold text, lines, images and forms; links and transitions are not taken over.
    """

    def __init__(self, out: BinaryIO, **options: Any) -> None:
        # ReportLab would begin each page with a typeface of its own, which is never embedded.
        options["initialFontName"] = fonts.REGULAR
        super().__init__(out, **options)
        own: Any = self  # the stubs do not know a canvas from inside
        self._document = _Document(out, options.get("lang"))
        own._doc = self._document
        own._make_preamble()  # it names the first typeface, in this document

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        own: Any = self
        code = "\n".join((own._preamble, *own._code, ""))
        self._document.write_page(own._pagesize, code, own._formsinuse)
        own._startPage()


class _Document(pdfdoc.PDFDocument):
    """The objects of one file, in the order in which they are written."""

    def __init__(self, out: BinaryIO, language: str | None) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=VERSION, lang=language)
        own: Any = self
        self._pages = _Pages()
        own.Pages = own.Catalog.Pages = self._pages
        self._resources: dict[tuple[str, ...], int] = {}
        self._places = array("Q", [0])
        """Where each object begins, by its number; 0 while it is not written."""
        start = pdfdoc.PDFFile(VERSION)
        self._out, self._end = out, start.offset
        out.write(b"".join(start.strings))

    def write_page(self, size: tuple[float, float], code: str, forms: Sequence[str]) -> None:
        """Write one page: `code` is what draws it, with those forms, in `size` points."""
        content, page = self._next_number(), self._next_number()
        drawn = zlib.compress(code.encode("latin-1"))
        head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(drawn)
        self._write(content, b"%b%b\nendstream" % (head, drawn))
        shared = self._shared(tuple(dict.fromkeys(forms)))
        parent = self._number_of(self._pages)
        text = (
            f"<< /Contents {content} 0 R /MediaBox [ 0 0 {fp_str(*size)} ]"
            f" /Parent {parent} 0 R /Resources {shared} 0 R /Type /Page >>"
        )
        self._write(page, text.encode("ascii"))
        self._pages.numbers.append(page)

    def format(self) -> bytes:
        """Write what the pages share, and the table of all places; nothing is left to be given."""
        own: Any = self
        root, description = self._number_of(own.Catalog), self._number_of(self.info)
        for number in count(1):  # to write one may bring others with it
            if number > self.objectcounter:
                break
            if not self._place(number):
                shared: Any = pdfdoc
                thing = self.idToObject[self.numberToId[number]]
                self._write(number, shared.format(thing, self, toplevel=1).rstrip(b"\n"))
        table = self._end
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._places))
        for place in self._places[1:]:
            self._put(b"%010d 00000 n \n" % place)
        trailer = pdfdoc.PDFTrailer(
            startxref=table,
            Size=len(self._places),
            Root=f"{root} 0 R",
            Info=f"{description} 0 R",
            ID=self.ID(),
        )
        self._put(trailer.format(self))
        return b""

    def _shared(self, forms: tuple[str, ...]) -> int:
        """The number of the resources of all pages with those forms."""
        if forms not in self._resources:
            resources: Any = pdfdoc.PDFResourceDictionary()
            resources.basicFonts()
            resources.allProcs()
            resources.XObject = self.xobjDict(forms)
            self._resources[forms] = self._number_of(resources)
        return self._resources[forms]

    def _number_of(self, thing: object) -> int:
        own: Any = self
        number: int = self.idToObjectNumberAndVersion[own.Reference(thing).name][0]
        return number

    def _next_number(self) -> int:
        self.objectcounter += 1
        return self.objectcounter

    def _place(self, number: int) -> int:
        while len(self._places) <= number:
            self._places.append(0)
        return self._places[number]

    def _write(self, number: int, content: bytes) -> None:
        self._place(number)
        self._places[number] = self._end
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _put(self, content: bytes) -> None:
        self._end += len(content)
        self._out.write(content)


class _Pages(pdfdoc.PDFPages):
    """The list of all pages, by the numbers of their objects."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = array("L")

    def check_format(self, document: object) -> None:
        del document
        own: Any = self
        kids = "\n".join(f"{number} 0 R" for number in self.numbers)
        own.Kids = f"[ {kids} ]"
        own.Count = len(self.numbers)
