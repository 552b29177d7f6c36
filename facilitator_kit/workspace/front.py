"""The door to workspaces, light enough to be there before anybody has typed a passphrase.

What opens a workspace (the database, all the use cases) takes longer to load than a window takes
to appear: it is loaded when it is first needed, or by `load` while somebody is typing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from facilitator_kit.clock import Clock, Ids
from facilitator_kit.errors import Problem
from facilitator_kit.progress import Work
from facilitator_kit.store.header import read_header

if TYPE_CHECKING:
    from facilitator_kit.workspace.opening import NewInstitution, Opened, Opener, Workspace


class Front:
    """The door to workspaces: what can be asked before one is open."""

    def __init__(self, clock: Clock, ids: Ids, core_files: Mapping[str, bytes]) -> None:
        self.clock = clock
        self.ids = ids
        self.core_files = core_files
        self._loading = RLock()
        self._opener: Opener | None = None

    def load(self) -> Opener:
        """Load what opens a workspace; from any thread, and whoever comes second waits."""
        with self._loading:
            if self._opener is None:
                from facilitator_kit.workspace.opening import Opener

                self._opener = Opener(self.clock, self.ids, self.core_files)
            return self._opener

    def read_curriculum(self, country: str) -> None:
        """Read the program's own pack in a country's words, which takes longer than to unlock."""
        from facilitator_kit.workspace.shelf import read_beforehand

        read_beforehand(self.core_files, country)

    def is_sample(self, folder: Path) -> bool:
        """Whether the folder holds a sample institution (and so opens without passphrase)."""
        return read_header(folder).sample

    def open(self, folder: Path, passphrase: str = "", recovery_key: str = "") -> Workspace:
        """Open a workspace; NotOpened says why it is not, and nothing was touched."""
        return self.load().open(folder, passphrase, recovery_key)

    def problems(self, new: NewInstitution) -> list[Problem]:
        """Everything that keeps an institution from being made, by field."""
        return self.load().problems(new)

    def create(self, folder: Path, new: NewInstitution) -> Opened:
        """Make an institution's workspace with its first centre and its one named user."""
        return self.load().create(folder, new)

    def restore(
        self, backup: Path, new_folder: Path, passphrase: str = "", recovery_key: str = ""
    ) -> Work[Path]:
        """Restore a backup into a new folder, checked; the workspace in use is not touched."""
        return (yield from self.load().restore(backup, new_folder, passphrase, recovery_key))
