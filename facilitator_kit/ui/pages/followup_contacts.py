"""How a woman may be reached safely, and the contacts that were made with her."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator_kit.monitoring.records import Barrier, Channel, FollowUpContact, SafeContact
from facilitator_kit.ui.context import UiContext
from facilitator_kit.ui.look import Look
from facilitator_kit.ui.pages.cohorts_words import (
    barrier_choices,
    channel_choices,
    topic_choices,
    word_of,
)
from facilitator_kit.ui.widgets import IconButton, Label, Pill, Rows, Well, column, holder, row


class SafeWay(QWidget):
    """Says by what channel and when she may be reached, before any number."""

    def __init__(self, look: Look, contact: SafeContact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = look._
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if contact.channel is Channel.NONE:
            words = _("No hay un canal seguro anotado: búsquela solo en persona.")
            layout.addWidget(Well(look, words, "attention", icon="triangle-alert"))
            return
        parts = [
            _("Canal seguro: {channel}", channel=word_of(channel_choices(_), contact.channel)),
            contact.hours,
            _("se puede dejar mensaje") if contact.may_leave_message else _("no dejar mensaje"),
        ]
        if contact.call_her:
            parts.append(_("preguntar por {name}", name=contact.call_her))
        words = " · ".join(part for part in parts if part)
        if contact.address:
            words = f"{words}\n{contact.address}"
        layout.addWidget(Well(look, words, "note", icon="phone"))


class ContactList(QWidget):
    """Her contacts, the latest first; `removed` carries the one to be taken away."""

    removed = Signal(object)

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._ = ctx._
        self._none = Label(self._("Todavía no hay contactos anotados."), "muted", wrap=True)
        self._rows = Rows()
        self._none.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._none)
        layout.addWidget(self._rows)

    def show_contacts(self, contacts: tuple[FollowUpContact, ...]) -> None:
        """Show these contacts instead."""
        self._none.setVisible(not contacts)
        self._rows.set_rows([self._row(one) for one in reversed(contacts)])

    def _row(self, one: FollowUpContact) -> QWidget:
        ctx, _ = self.ctx, self._
        day = _.date_medium(one.on)
        topic = word_of(topic_choices(_), one.topic)
        channel = word_of(channel_choices(_), one.channel)
        pill = Pill(_("Respondió"), "good") if one.reached else Pill(_("No respondió"), "neutral")
        details = [channel]
        if one.barrier is not Barrier.NONE:
            barrier = word_of(barrier_choices(_), one.barrier).lower()
            details.append(_("barrera: {barrier}", barrier=barrier))
        if one.agreement:
            details.append(_("acuerdo: {agreement}", agreement=one.agreement))
        if one.next_on is not None:
            details.append(_("próximo: {day}", day=_.date_short(one.next_on)))
        if one.referral_offered:
            details.append(_("se ofreció derivación"))
        remove = IconButton(
            ctx,
            "trash-2",
            _("Quitar el contacto del {day}", day=day),
            on_click=partial(self.removed.emit, one),
        )
        head = row(ctx, Label(f"{day} · {topic}", "strong", wrap=True), pill, remove, gap=8)
        head.setStretch(0, 1)
        detail = Label(" · ".join(details), "muted", wrap=True)
        return holder(column(ctx, head, detail, gap=2, margin=4))
