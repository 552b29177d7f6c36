"""Which keys belong to the text being typed, and which to the whole program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

_KEYS: Final = QKeySequence.StandardKey


def leaves_undo(editor: QObject, event: QEvent) -> bool:
    """Whether Ctrl+Z in an editor with nothing to take back should undo the last change instead."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo, redo = (event.matches(key) for key in (_KEYS.Undo, _KEYS.Redo))
    if isinstance(editor, QLineEdit):
        return (undo and not editor.isUndoAvailable()) or (redo and not editor.isRedoAvailable())
    if isinstance(editor, QPlainTextEdit):
        document = editor.document()
        return (undo and not document.isUndoAvailable()) or (
            redo and not document.isRedoAvailable()
        )
    return False
