"""Restoring a backup into a new folder, with its passphrase or recovery key."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from facilitator_kit.errors import KitError
from facilitator_kit.paths import BACKUP_SUFFIX, UserFolders
from facilitator_kit.ui.dialogs import Dialog
from facilitator_kit.ui.jobs import Jobs
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.widgets import Button, Segments, TextField, Well, row
from facilitator_kit.workspace import Front


class RestoreDialog(Dialog):
    """`restored` carries the new folder, checked and ready to open."""

    restored = Signal(Path)

    def __init__(
        self,
        look: Look,
        jobs: Jobs,
        front: Front,
        folders: UserFolders,
        *,
        backup: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        _ = look._
        super().__init__(
            look,
            _("Restaurar una copia"),
            text=_(
                "La copia se abre en una carpeta nueva y se comprueba. "
                "El espacio de trabajo en uso no se toca."
            ),
            primary=_("Restaurar"),
            icon="rotate-ccw",
            width=560,
            parent=parent,
        )
        self._jobs = jobs
        self._front = front
        self._folders = folders
        self.file = TextField(look, _("Archivo de la copia"), required=True)
        self.place = TextField(
            look,
            _("Carpeta nueva"),
            required=True,
            hint=_("Todavía no existe: se crea al restaurar."),
        )
        self.way = Segments(
            look,
            _("Cómo se abre"),
            [
                ("passphrase", _("Con contraseña")),
                ("key", _("Con clave de recuperación")),
                ("sample", _("Es del ejemplo")),
            ],
            value="passphrase",
        )
        self.secret = TextField(look, _("Contraseña o clave de aquel día"), secret=True)
        self._refusal = Well(look, "", "bad", icon="circle-alert")
        self._refusal.hide()
        self.add(self.file)
        self.add(row(look, Button(look, _("Elegir copia…"), on_click=self._choose_file), None))
        self.add(self.place)
        self.add(self.way)
        self.add(self.secret)
        self.add(self._refusal)
        self.way.chosen.connect(lambda way: self.secret.setVisible(way != "sample"))
        if backup is not None:
            self._take(backup)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            self._("Elegir copia"),
            str(self._folders.documents),
            f"{self._('Copias')} (*{BACKUP_SUFFIX})",
        )
        if chosen:
            self._take(Path(chosen))

    def _take(self, backup: Path) -> None:
        self.file.set_value(str(backup))
        today = self._front.clock.today().isoformat()
        folder = self._folders.documents / self._("Restaurado {day}", day=today)
        self.place.set_value(str(folder))

    def submit(self) -> None:
        if not (self.file.valid() and self.place.valid()):
            return
        self._refusal.hide()
        self.primary.setEnabled(False)
        secret, way = self.secret.typed(), self.way.value()
        work = self._front.restore(
            Path(self.file.value() or ""),
            Path(self.place.value() or ""),
            passphrase=secret if way == "passphrase" else "",
            recovery_key=secret if way == "key" else "",
        )
        job = self._jobs.start(
            work, self._("Restaurando la copia"), self._done, self._refused, owner=self
        )
        job.ended.connect(partial(self.primary.setEnabled, True))

    def _done(self, folder: Path) -> None:
        self.restored.emit(folder)
        self.accept()

    def _refused(self, error: KitError) -> None:
        self._refusal.label.setText(error.text(self._))
        self._refusal.show()
        self.make_room_for(self._refusal)
