"""The middle of the front window: one column that scrolls where it must."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import Scroll, column, row


def in_the_middle(look: Look, content: QWidget, width: int, *, centred: bool = False) -> Scroll:
    """`content` at most `width` design pixels wide; `centred` from top to bottom as well."""
    content.setMaximumWidth(look.theme.px(width))
    line = row(look, None, content, None, gap=0)
    line.setStretch(1, 1000)
    whole = column(look, line, margin=32)
    if centred:
        whole.insertStretch(0, 1)
    whole.addStretch(1)
    return Scroll(whole)
