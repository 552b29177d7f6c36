"""Tables without vertical rules: quiet heads that repeat, hairlines, figures at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table, TableStyle

from facilitator_kit.documents import fonts, styles

_CELL_SIDES: Final = 9.0
"""What a cell's sides take of its width, in points."""
_FACE: Final = ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)
"""Of empty cells: ReportLab would name a typeface of its own, which is never embedded."""


def data_table(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    head_rows: int = 1,
    padding: float = 3.2,
    extra: Sequence[tuple[Any, ...]] = (),
    row_heights: Sequence[float | None] | None = None,
) -> Table:
    """A table of `widths` points whose first `head_rows` rows repeat on every page."""
    table = Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        rowHeights=list(row_heights) if row_heights else None,
        repeatRows=head_rows,
        hAlign="LEFT",
    )
    commands: list[tuple[Any, ...]] = [
        _FACE,
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, head_rows), (-1, -1), 0.4, styles.LINE),
    ]
    if head_rows:
        commands += [
            ("BACKGROUND", (0, 0), (-1, head_rows - 1), styles.PRIMARY_SOFT),
            ("LINEBELOW", (0, head_rows - 1), (-1, head_rows - 1), 0.8, styles.PRIMARY),
            ("VALIGN", (0, 0), (-1, head_rows - 1), "BOTTOM"),
        ]
    table.setStyle(TableStyle([*commands, *extra]))
    return table


class Panel(Table):
    """A soft box around flowables, with an optional bar of strong colour at its left."""

    def __init__(
        self,
        content: list[Flowable],
        width: float,
        *,
        ground: Color,
        bar: Color | None = None,
        padding: float = 7,
    ) -> None:
        super().__init__([[content]], colWidths=[width], hAlign="LEFT")
        commands: list[tuple[Any, ...]] = [
            ("BACKGROUND", (0, 0), (-1, -1), ground),
            ("LEFTPADDING", (0, 0), (-1, -1), padding + (4 if bar else 0)),
            ("RIGHTPADDING", (0, 0), (-1, -1), padding),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
        ]
        if bar:
            commands.append(("LINEBEFORE", (0, 0), (0, -1), 3, bar))
        else:
            commands.append(("ROUNDEDCORNERS", [5, 5, 5, 5]))
        self.setStyle(TableStyle(commands))


def bare_table(
    rows: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    gap: float = 0,
    extra: Sequence[tuple[Any, ...]] = (),
) -> Table:
    """Columns side by side with nothing drawn; `gap` points between them."""
    table = Table([list(row) for row in rows], colWidths=list(widths), hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                _FACE,
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), gap),
                *extra,
            ]
        )
    )
    return table


def shared_widths(
    lines: Sequence[Sequence[str]], width: float, style: ParagraphStyle
) -> list[float]:
    """Shares of `width` for columns that hold these texts: no word is cut where there is room.

    Each column first gets its longest word; what is left goes where texts are longest.
    """
    count = max((len(line) for line in lines), default=1)
    least, natural = [20.0] * count, [20.0] * count
    for line in lines:
        for place, text in enumerate(line):
            words = [
                fonts.text_width(word, fonts.SEMIBOLD, style.fontSize) for word in text.split()
            ]
            whole = fonts.text_width(text, fonts.SEMIBOLD, style.fontSize)
            least[place] = max(least[place], *words, 0)
            natural[place] = max(natural[place], min(whole, 1.6 * width))
    least = [one + _CELL_SIDES for one in least]
    natural = [max(one + _CELL_SIDES, low) for one, low in zip(natural, least, strict=True)]
    if sum(natural) <= width or sum(least) >= width:
        total = sum(natural) if sum(natural) <= width else sum(least)
        shares = natural if sum(natural) <= width else least
        return [width * share / total for share in shares]
    spare = width - sum(least)
    wishes = [(one - low) ** 0.75 for one, low in zip(natural, least, strict=True)]
    return [
        low + spare * wish / (sum(wishes) or 1) for low, wish in zip(least, wishes, strict=True)
    ]
