"""A history that the window can undo and redo, without a journal below it."""

from __future__ import annotations

from facilitator_kit.i18n import Message, message


class Changes:
    """A history of one change, which can be undone and redone."""

    def __init__(self) -> None:
        self.done = True
        self.calls: list[str] = []

    def undo_name(self) -> Message | None:
        return message("marcar asistencia") if self.done else None

    def redo_name(self) -> Message | None:
        return None if self.done else message("marcar asistencia")

    def undo(self) -> object:
        self.done = False
        self.calls.append("undo")
        return None

    def redo(self) -> object:
        self.done = True
        self.calls.append("redo")
        return None
