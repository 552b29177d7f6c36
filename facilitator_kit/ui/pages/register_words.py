"""How folios are put in words: their state, what happened to them, the columns of the list."""

from __future__ import annotations

from typing import Final

from facilitator_kit.i18n import Message, Texts, message
from facilitator_kit.monitoring.graduation import delivered_on
from facilitator_kit.monitoring.records import RegisterEventKind, RegisterState
from facilitator_kit.ui.tokens import Tone
from facilitator_kit.ui.widgets import Column
from facilitator_kit.workspace.views import FolioView

NAME_COLUMN: Final = 1
STATE_COLUMN: Final = 4
LIST_WIDTH: Final = 730
"""Design pixels at which all columns of the register are in sight."""

STATES: Final[dict[RegisterState, tuple[Message, Tone]]] = {
    RegisterState.CURRENT: (message("Vigente"), "good"),
    RegisterState.VOIDED: (message("Cancelado"), "bad"),
    RegisterState.REISSUED: (message("Reexpedido"), "attention"),
}

EVENTS: Final[dict[RegisterEventKind, Message]] = {
    RegisterEventKind.VOIDED: message("Cancelado"),
    RegisterEventKind.REPRINTED: message("Reimpreso"),
    RegisterEventKind.DELIVERED: message("Entregado"),
}


def register_columns(_: Texts) -> tuple[Column[FolioView], ...]:
    """The columns of the register."""

    def delivery(view: FolioView) -> str:
        day = delivered_on(view.line.id, view.events)
        return _.date_short(day) if day is not None else "–"

    return (
        Column[FolioView](
            _("Folio"), lambda v: v.line.folio, style="muted", sort=lambda v: v.line.folio
        ),
        Column[FolioView](
            _("Nombre impreso"),
            lambda v: v.line.printed_name,
            style="strong",
            width=190,
            stretch=True,
            tip=lambda v: v.line.printed_name,
            sort=lambda v: v.line.printed_name.casefold(),
        ),
        Column[FolioView](_("Código"), lambda v: v.line.participant_code, style="muted"),
        Column[FolioView](
            _("Libro, foja"), lambda v: f"{v.line.book}, {v.line.leaf}", align="right"
        ),
        Column[FolioView](
            _("Estado"),
            lambda v: _.render(STATES[v.state][0]),
            tone=lambda v: STATES[v.state][1],
            sort=lambda v: v.state.value,
        ),
        Column[FolioView](_("Entrega"), delivery, align="right"),
        Column[FolioView](
            _("Reimpreso"),
            lambda v: _.plural("{count} vez", "{count} veces", v.reprints) if v.reprints else "",
            align="right",
            tip=lambda v: _.plural("{count} reimpresión", "{count} reimpresiones", v.reprints),
        ),
    )
