"""Page furniture: paper, margins, the institution's head, running heads, page numbers, EJEMPLO."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from PIL import Image, UnidentifiedImageError
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from facilitator_kit.documents import fonts, styles
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts, message
from facilitator_kit.monitoring.records import Paper

if TYPE_CHECKING:
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame

SIZES: Final[dict[Paper, tuple[float, float]]] = {
    Paper.LETTER: (215.9 * mm, 279.4 * mm),
    Paper.OFICIO_330: (216 * mm, 330 * mm),
    Paper.OFICIO_340: (216 * mm, 340 * mm),
    Paper.OFICIO_356: (216 * mm, 356 * mm),
    Paper.A4: (210 * mm, 297 * mm),
}
"""Width and length of each paper upright, in points."""

SIDE: Final = 18 * mm
BOTTOM: Final = 19 * mm
EDGE: Final = 8 * mm
"""Nothing is printed nearer to the paper's edge: office printers do not reach further."""

_LOGO_HEIGHT: Final = 12 * mm
_LOGO_WIDTH: Final = 38 * mm
# 600 pixels over the tallest printed logo is finer than office printers resolve.
_LOGO_PIXELS: Final = (1200, 600)
# A small file can unpack to gigabytes: more points than this are refused before they are unpacked.
_MOST_LOGO_PIXELS: Final = 40_000_000


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of every page, and the paper.

    `logos` are PNG or JPEG files, left to right. `sample` marks every page EJEMPLO.
    """

    institution: str
    programme: str = ""
    logos: tuple[bytes, ...] = ()
    sample: bool = False
    paper: Paper = Paper.LETTER


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size in points, and the width left between its side margins."""

    width: float
    height: float
    inner: float

    @classmethod
    def of(cls, paper: Paper, landscape: bool = False) -> Sheet:
        width, height = SIZES[paper]
        if landscape:
            width, height = height, width
        return cls(width, height, width - 2 * SIDE)


def logo_reader(data: bytes) -> ImageReader:
    """The image, no larger than print needs, on white; KitError when it is not a PNG or JPEG."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _MOST_LOGO_PIXELS:
                raise ValueError("too many points")
            image.load()
            picture = image.convert("RGBA")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,  # what Pillow says of a PNG whose parts are broken
        ValueError,
        Image.DecompressionBombError,
    ) as error:
        raise KitError(
            message("Un logotipo no se puede leer como imagen PNG o JPEG."),
            message("Vuelva a elegirlo en Ajustes, o quítelo."),
            code="bad_logo",
        ) from error
    picture.thumbnail(_LOGO_PIXELS)
    ground = Image.new("RGB", picture.size, (255, 255, 255))
    ground.paste(picture, mask=picture.getchannel("A"))
    return ImageReader(ground)


def draw_text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str,
    font: str,
    size: float,
    align: str = "left",
    spacing: float = 0,
    width: float | None = None,
) -> None:
    """One line of text with its baseline at `y`; `x` is its left edge, centre or right edge.

    `width` is the text's, where that is known already.
    """
    if align != "left":
        if width is None:
            width = fonts.text_width(text, font, size, spacing)
        x -= width / 2 if align == "centre" else width
    pieces = fonts.runs(text, font)
    for face, piece in pieces:
        canvas.setFont(face, size)
        canvas.drawString(x, y, piece, charSpace=spacing)
        if len(pieces) > 1:
            x += fonts.text_width(piece, face, size) + spacing * len(piece)


def fitted(text: str, font: str, size: float, width: float) -> str:
    """`text`, or as many of its words as `width` points hold, with an ellipsis."""
    if fonts.text_width(text, font, size) <= width:
        return text
    while text and fonts.text_width(text + "…", font, size) > width:
        shorter = text.rpartition(" ")[0]
        # A single word that is too long is cut where it has to be.
        text = shorter or text[:-1]
    return text.rstrip(" ,;:·") + "…"


def draw_logos(
    canvas: Canvas,
    readers: Sequence[ImageReader],
    right: float,
    top: float,
    height: float = _LOGO_HEIGHT,
    gap: float = 5 * mm,
) -> float:
    """The logos in a row that ends at `right`, hung from `top`; gives the row's left edge."""
    for reader in reversed(readers):
        pixels, lines = reader.getSize()
        width = min(height * pixels / lines, _LOGO_WIDTH)
        tall = width * lines / pixels
        right -= width
        canvas.drawImage(reader, right, top - height / 2 - tall / 2, width, tall)
        right -= gap
    return right


def draw_wash(canvas: Canvas, width: float, height: float, word: str, colour: Color) -> None:
    """A pale word from corner to corner; drawn first, so that all other ink lies above it."""
    canvas.saveState()
    canvas.setFillColor(colour)
    diagonal = (width**2 + height**2) ** 0.5
    size = min(0.61 * diagonal / (fonts.text_width(word, fonts.BOLD, 1) or 1), 0.3 * height)
    cos, sin = width / diagonal, height / diagonal
    canvas.transform(cos, sin, -sin, cos, width / 2, height / 2)
    draw_text(canvas, 0, -size * 0.34, word, fonts.BOLD, size, "centre")
    canvas.restoreState()


def sample_label(_: Texts) -> str:
    """The mark of a sample document in words."""
    return _("EJEMPLO · personas e instituciones ficticias · sin validez")


def draw_sample_mark(canvas: Canvas, width: float, height: float, _: Texts) -> None:
    """EJEMPLO across the page, under everything else, and in words in the top margin.

    Called before anything is drawn: later ink lies above the pale letters, never below.
    """
    draw_wash(canvas, width, height, _("EJEMPLO"), styles.SAMPLE_WASH)
    canvas.saveState()
    canvas.setFillColor(styles.ATTENTION)
    y = height - EDGE - 8.5
    draw_text(canvas, width / 2, y, sample_label(_), fonts.SEMIBOLD, 7.5, "centre")
    canvas.restoreState()


def new_canvas(
    out: BinaryIO,
    size: tuple[float, float],
    title: str,
    _: Texts,
    kind: type[Canvas] = Canvas,
) -> Canvas:
    """A canvas whose bytes depend on what is drawn alone, with a neutral description."""
    fonts.ready(fonts.REGULAR)
    canvas = kind(out, pagesize=size, pageCompression=1, invariant=1, lang=_.language)
    canvas.setTitle(title)
    canvas.setAuthor("Kit de Facilitación")
    canvas.setCreator("Kit de Facilitación")
    canvas.setSubject("")
    canvas.setKeywords("")
    return canvas


class _CountingCanvas(Canvas):
    """Holds the pages back until their number is known, then draws each one's foot."""

    foot: Callable[[Canvas, int, int], None]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self._held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # not in the stubs

    def save(self) -> None:
        for number, page in enumerate(self._held, 1):
            self.__dict__.update(page)
            self.foot(self, number, len(self._held))
            super().showPage()
        super().save()


def build_pdf(
    story: list[Flowable],
    head: Letterhead,
    _: Texts,
    *,
    title: str,
    running: str = "",
    landscape: bool = False,
    full_head: bool = True,
) -> bytes:
    """The story on as many pages as it takes, with head, running head, page numbers and mark.

    `title` names the document in the running head and in the file (so: no personal data);
    `running` says what this one is about. The first page has the institution's head and logos.
    """
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate  # pages of text only

    sheet = Sheet.of(head.paper, landscape)
    readers = [logo_reader(data) for data in head.logos] if full_head else []
    first_top = head_height(head) if full_head else 22 * mm

    def first(canvas: Canvas, _template: BaseDocTemplate) -> None:
        if head.sample:
            draw_sample_mark(canvas, sheet.width, sheet.height, _)
        if full_head:
            draw_head(canvas, sheet, head, readers)
        else:
            draw_running_head(canvas, sheet, head.institution, title, running)

    def later(canvas: Canvas, _template: BaseDocTemplate) -> None:
        if head.sample:
            draw_sample_mark(canvas, sheet.width, sheet.height, _)
        draw_running_head(canvas, sheet, head.institution, title, running)

    def foot(canvas: Canvas, number: int, total: int) -> None:
        draw_foot(canvas, sheet, title, running, _("{page} de {pages}", page=number, pages=total))

    def make_canvas(out: Any, **_options: Any) -> Canvas:
        canvas = new_canvas(out, (sheet.width, sheet.height), title, _, _CountingCanvas)
        assert isinstance(canvas, _CountingCanvas)
        canvas.foot = foot
        return canvas

    def frame(top: float) -> Frame:
        return Frame(
            SIDE,
            BOTTOM,
            sheet.inner,
            sheet.height - top - BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )

    out = io.BytesIO()
    template = BaseDocTemplate(
        out, pagesize=(sheet.width, sheet.height), title=title, author="Kit de Facilitación"
    )
    template.addPageTemplates(
        [
            PageTemplate("first", [frame(first_top)], onPage=first, autoNextPageTemplate="later"),
            PageTemplate("later", [frame(22 * mm)], onPage=later),
        ]
    )
    template.build(story, canvasmaker=make_canvas)
    return out.getvalue()


def story_height(story: Sequence[Flowable], width: float) -> float:
    """What the story takes in one column; on the safe side, as spaces between may fall together."""
    ruler = Canvas(io.BytesIO())
    heights = (float(piece.wrapOn(ruler, width, 10000)[1]) for piece in story)
    return sum(heights) + sum(p.getSpaceBefore() + p.getSpaceAfter() for p in story)


def head_height(head: Letterhead) -> float:
    """Distance from the paper's top edge to where the body may begin on a first page."""
    return (34 if head.logos or head.programme else 30) * mm


def draw_head(
    canvas: Canvas, sheet: Sheet, head: Letterhead, readers: Sequence[ImageReader]
) -> None:
    """The institution's name and programme at the left, its logos at the right."""
    top = sheet.height - 13.5 * mm
    edge = draw_logos(canvas, readers, sheet.width - SIDE, top)
    room = edge - SIDE
    canvas.setFillColor(styles.PRIMARY)
    size = 11.0
    while size > 8 and fonts.text_width(head.institution, fonts.BOLD, size) > room:
        size -= 0.5
    name = fitted(head.institution, fonts.BOLD, size, room)
    middle = top - _LOGO_HEIGHT / 2
    draw_text(canvas, SIDE, middle + (1.5 if head.programme else -4), name, fonts.BOLD, size)
    if head.programme:
        canvas.setFillColor(styles.MUTED)
        programme = fitted(head.programme, fonts.REGULAR, 8.5, room)
        draw_text(canvas, SIDE, middle - 10.5, programme, fonts.REGULAR, 8.5)
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.6)
    y = sheet.height - head_height(head) + 4.5 * mm
    canvas.line(SIDE, y, sheet.width - SIDE, y)


def draw_running_head(
    canvas: Canvas, sheet: Sheet, institution: str, title: str, running: str
) -> None:
    """One quiet line at the head of every later page."""
    y = sheet.height - 15 * mm
    canvas.setFillColor(styles.MUTED)
    half = sheet.inner / 2 - 3 * mm
    left = fitted(institution, fonts.SEMIBOLD, 8, half)
    right = fitted(" · ".join(part for part in (title, running) if part), fonts.REGULAR, 8, half)
    draw_text(canvas, SIDE, y, left, fonts.SEMIBOLD, 8)
    draw_text(canvas, sheet.width - SIDE, y, right, fonts.REGULAR, 8, "right")
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(SIDE, y - 5, sheet.width - SIDE, y - 5)


def draw_foot(canvas: Canvas, sheet: Sheet, title: str, running: str, number: str) -> None:
    """What the document is at the left, «2 de 3» at the right."""
    y = 10.5 * mm
    canvas.setFillColor(styles.MUTED)
    label = " · ".join(part for part in (title, running) if part)
    room = sheet.inner - 30 * mm
    draw_text(canvas, SIDE, y, fitted(label, fonts.REGULAR, 7.5, room), fonts.REGULAR, 7.5)
    draw_text(canvas, sheet.width - SIDE, y, number, fonts.SEMIBOLD, 8, "right")
