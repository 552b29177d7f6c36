"""The wizard's logos: added one by one, refused with the reason, taken away again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator_kit.errors import Problem
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import Button, IconButton, Label, clear, column, holder, row

NamedImage = tuple[str, bytes]

_READ_AT_MOST = 8_000_000
"""More than a logo may weigh, so that it is refused for its weight without reading a whole film."""


class LogosField(QWidget):
    """`changed` carries all logos. `refused(logo)` says why one cannot be printed, or None."""

    changed = Signal(tuple)

    def __init__(
        self,
        look: Look,
        logos: tuple[NamedImage, ...],
        refused: Callable[[NamedImage], Problem | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._ = _ = look._
        self._logos = logos
        self._refused = refused
        self.add = Button(look, _("Agregar logotipo…"), icon="image", on_click=self._choose)
        self._none = Label("", "muted", wrap=True)
        self.note = Label("", "small", wrap=True)
        """Why the last image was refused."""
        self.note.set_tone("bad")
        self._rows = column(look, gap=4)
        first = row(look, self.add, self._none)
        first.setStretch(1, 1)
        whole = column(look, first, self.note, holder(self._rows), gap=4)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self._show("")

    def take(self, file: Path) -> None:
        """Add an image file, or say what is wrong with it and keep what there was."""
        try:
            with file.open("rb") as image:
                data = image.read(_READ_AT_MOST)
        except OSError:
            self._show(self._("No se pudo leer «{name}».", name=file.name))
            return
        wrong = self._refused((file.name, data))
        if wrong is not None:
            self._show(f"{self._.render(wrong.reason)} {self._.render(wrong.remedy)}")
            return
        self._set((*self._logos, (file.name, data)))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, self._("Elegir logotipo"), "", self._("Imágenes") + " (*.png *.jpg *.jpeg)"
        )
        if chosen:
            self.take(Path(chosen))

    def _remove(self, number: int) -> None:
        self._set((*self._logos[:number], *self._logos[number + 1 :]))
        self.add.setFocus()

    def _set(self, logos: tuple[NamedImage, ...]) -> None:
        self._logos = logos
        self.changed.emit(logos)
        self._show("")

    def _show(self, reason: str) -> None:
        self.note.setText(reason)
        self.note.setVisible(bool(reason))
        self.add.setAccessibleDescription(reason)
        self._none.setText("" if self._logos else self._("Ningún logotipo todavía."))
        clear(self._rows)
        before: QWidget = self.add
        for number, (name, _data) in enumerate(self._logos):
            remove = IconButton(
                self._look,
                "trash-2",
                self._("Quitar {name}", name=name),
                on_click=partial(self._remove, number),
            )
            line = row(self._look, Label(name, "muted", elide=True), remove)
            line.setStretch(0, 1)
            self._rows.addWidget(holder(line))
            # Made after the fields below, and yet Tab comes to it first.
            QWidget.setTabOrder(before, remove)
            before = remove
