"""Tables without vertical rules: quiet heads that repeat, hairlines, figures at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, Table, TableStyle

from facilitator_kit.documents import styles


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
