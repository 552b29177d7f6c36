"""What every widget of the kit needs to look right and to speak: theme, icons and texts."""

from __future__ import annotations

from typing import Protocol

from facilitator_kit.i18n import Texts
from facilitator_kit.ui.icons import Icons
from facilitator_kit.ui.theme import Theme


class Look(Protocol):
    """The first argument of every widget; a page hands on its `UiContext`, which is a `Look`."""

    @property
    def theme(self) -> Theme: ...

    @property
    def icons(self) -> Icons: ...

    @property
    def _(self) -> Texts: ...
