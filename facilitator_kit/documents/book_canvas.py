"""A canvas that writes each page to the file as soon as it is finished: memory does not grow.

ReportLab holds every page until the end. A course of a thousand pages is printed from a laptop
with little memory, so here a finished page leaves at once; what remains of it is its number.
Links name their target, so that a page may point to one that is not drawn yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.documents import fonts
from facilitator_kit.i18n import Texts

_MAKER: Final = "Kit de Facilitación"


class _Growing:
    """The file so far: takes pieces and tells where each begins."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.offset = 0

    def add(self, piece: str | bytes) -> int:
        data: bytes = pdfdoc.pdfdocEnc(piece)
        start = self.offset
        self._out.write(data)
        self.offset += len(data)
        return start


class _BookDocument(pdfdoc.PDFDocument):
    """ReportLab's document, whose pages are written and let go of one by one."""

    def __init__(self, out: BinaryIO, language: str) -> None:
        super().__init__(compression=1, invariant=1, lang=language)
        self._written: set[int] = set()
        self._growing = _Growing(out)
        major, minor = self.parts._pdfVersion
        self._growing.add(b"%%PDF-%d.%d\n%%\223\214\213\236\n" % (major, minor))

    @property
    def parts(self) -> Any:
        """The untyped side of ReportLab's document."""
        return self

    def addPage(self, page: Any) -> None:  # noqa: N802 - ReportLab's name
        # ReportLab would write the compressed page once more as letters, a quarter longer.
        page.Contents = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
        super().addPage(page)
        names = [page.__InternalName__, *(note.name for note in page.Annots or ())]
        for name in names:
            self._write(name)
        self._write(page.Contents.__InternalName__)
        self.parts.Pages.pages[-1] = pdfdoc.PDFObjectReference(names[0])

    def _write(self, name: str) -> None:
        known = self.parts
        number, _version = known.idToObjectNumberAndVersion[name]
        whole = pdfdoc.PDFIndirectObject(name, known.idToObject[name])
        known.idToOffset[name] = self._growing.add(whole.format(self))
        self._written.add(number)
        known.idToObject[name] = None

    def format(self) -> bytes:
        """Write what is left (fonts, outline, page tree) and close the file; ReportLab's order."""
        known = self.parts
        catalog, info = known.Reference(known.Catalog), known.Reference(self.info)
        number = 1
        while number in known.numberToId:  # formatting may add objects at the end
            if number not in self._written:
                self._write(known.numberToId[number])
            number += 1
        table = pdfdoc.PDFCrossReferenceTable()
        names = [known.numberToId[place] for place in range(1, number)]
        table.addsection(0, names)
        start = self._growing.add(table.format(self))
        trailer = pdfdoc.PDFTrailer(
            startxref=start, Size=number, Root=catalog, Info=info, ID=known.ID()
        )
        self._growing.add(trailer.format(self))
        return b""


class BookCanvas(Canvas):
    """A canvas on `out` that keeps no page. `targets` collects the names that links point to."""

    def __init__(self, out: BinaryIO, size: tuple[float, float], title: str, _: Texts) -> None:
        fonts.register()
        # ReportLab would begin each page with a typeface of its own, which is never embedded.
        first: Any = fonts.REGULAR  # the stubs ask for a number
        super().__init__(
            out,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang=_.language,
            initialFontName=first,
        )
        self._doc: Any = _BookDocument(out, _.language)
        self.parts._make_preamble()  # it names a font of the document
        self.setTitle(title)
        for describe in (self.setAuthor, self.setCreator):
            describe(_MAKER)
        self.setSubject("")
        self.setKeywords("")
        self.targets: set[str] = set()

    @property
    def parts(self) -> Any:
        """The untyped side of ReportLab's canvas."""
        return self

    @property
    def page_count(self) -> int:
        """Pages finished so far."""
        return len(self._doc.Pages.pages)

    def mark(self, name: str, title: str = "", level: int = 0, top: float | None = None) -> None:
        """Let links find this place; with `title` it also stands in the outline of the file.

        Entries stand in the outline in the order in which they are marked; see `promise`.
        """
        if title:
            self.promise(name, title, level)
        height = self.parts._pagesize[1] if top is None else top
        self.bookmarkPage(name, fit="XYZ", left=0, top=height, zoom=0)

    def promise(self, name: str, title: str, level: int = 0) -> None:
        """An entry of the outline whose place is marked later, without a title."""
        self.addOutlineEntry(title, name, level, closed=level > 0)

    def linkRect(  # noqa: N802 - ReportLab's name
        self,
        contents: Any,  # noqa: ARG002 - ReportLab's signature
        destinationname: Any,
        Rect: Any = None,  # noqa: N803 - ReportLab's name
        addtopage: int = 1,
        name: Any = None,
        relative: int = 1,
        *_line: Any,
        **_look: Any,
    ) -> None:
        """A link to a place by its name: the place may come later in the file."""
        note = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray(self.parts._absRect(Rect, relative)),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "Dest": pdfdoc.PDFName(destinationname),
            }
        )
        self.targets.add(destinationname)
        self.parts._addAnnotation(note, name, addtopage)

    def order_pages(self, order: Sequence[int]) -> None:
        """Put the finished pages in this order; each is named by its number from 1 as drawn."""
        pages: list[Any] = self._doc.Pages.pages
        self._doc.Pages.pages = [pages[number - 1] for number in order]

    def close(self) -> None:
        """Write the rest of the file. ValueError when a link points to no place."""
        places = {name: place for name, place in self.parts._destinations.items() if place.fmt}
        lost = sorted(self.targets - set(places))
        if lost:
            raise ValueError(f"links without a target: {', '.join(lost)}")
        if places:
            self._doc.Catalog.Dests = pdfdoc.PDFDictionary(places)
        if self._doc.outline.levelstack:
            self.showOutline()
        self.save()
