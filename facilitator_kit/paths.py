"""Where the program finds what it brought along, and where it may write for this user.

`FACILITATOR_KIT_HOME`, when set, holds every per-user folder: for tests and for a portable copy on
a USB stick. Nothing here creates a folder except `UserFolders.prepare`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

APP_NAME: Final = "facilitator-kit"
BACKUP_SUFFIX: Final = ".kitbackup"
HOME_VARIABLE: Final = "FACILITATOR_KIT_HOME"

_PACKAGE: Final = Path(__file__).resolve().parent

FONTS: Final = _PACKAGE / "resources" / "fonts"
"""The bundled TTF files and their licences."""

ICONS: Final = _PACKAGE / "ui" / "icons"
"""The bundled Lucide SVG files (24 × 24, stroke `currentColor`), named `<icon>.svg`."""


def content_folder() -> Path:
    """The packs that came with the program: in the installed package, or beside it in a clone."""
    installed = _PACKAGE / "content"
    return installed if installed.is_dir() else _PACKAGE.parent / "content"


@dataclass(frozen=True, slots=True)
class UserFolders:
    """This user's own folders: `config` (settings), `state` (drafts, caches), `logs`, `documents`.

    `documents` is where new workspaces and printed files are first proposed.
    """

    config: Path
    state: Path
    logs: Path
    documents: Path

    @classmethod
    def of_user(cls, environment: Mapping[str, str] = os.environ) -> UserFolders:
        """The folders of the person who runs the program, by the system's own customs."""
        home = environment.get(HOME_VARIABLE, "").strip()
        if home:
            base = Path(home).expanduser().absolute()
            return cls(base / "config", base / "state", base / "logs", base / "documents")
        import platformdirs  # nothing but a user's own folders needs it

        dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
        return cls(
            Path(dirs.user_config_dir),
            Path(dirs.user_state_dir),
            Path(dirs.user_log_dir),
            Path(dirs.user_documents_dir),
        )

    def prepare(self) -> None:
        """Make the folders that do not exist yet, closed to other users where the system can."""
        for folder in (self.config, self.state, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.documents.mkdir(parents=True, exist_ok=True)
