"""The four figures at the head of Graduación."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.graduation_scope import LEAST_FOR_PERCENT, Standings
from facilitator_kit.ui.pages.graduation_tiles import Tiles
from facilitator_kit.ui.widgets import StatTile


class StandingTiles(Tiles):
    """Enrolled, fulfilling, still able to, and no longer able to; everybody is counted once."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self.tiles = tuple(StatTile(look, "–", " ") for _number in range(4))
        super().__init__(look, self.tiles, parent=parent)
        self._ = look._

    def show_standings(self, now: Standings) -> None:
        """Show these figures."""
        _ = self._
        share = (
            _.percent(100 * now.fulfilled / now.enrolled)
            if now.enrolled >= LEAST_FOR_PERCENT
            else ""
        )
        left = _.plural("{count} salió", "{count} salieron", now.left)
        self.tiles[0].set(
            _.number(now.enrolled),
            _.plural("inscrita", "inscritas", now.enrolled),
            pill=left if now.left else "",
        )
        self.tiles[1].set(
            _.number(now.fulfilled),
            _.plural("cumple todo", "cumplen todo", now.fulfilled),
            pill=share,
            tone="good",
        )
        self.tiles[2].set(
            _.number(now.can),
            _.plural("puede cumplir", "pueden cumplir", now.can),
            pill=_("a tiempo") if now.can else "",
            tone="attention",
        )
        excepted = _.plural("{count} con excepción", "{count} con excepción", now.excepted)
        self.tiles[3].set(
            _.number(now.cannot),
            _.plural("ya no alcanza", "ya no alcanzan", now.cannot),
            pill=excepted if now.excepted else _("avisar") if now.cannot else "",
            tone="bad" if now.cannot > now.excepted else "neutral",
        )
