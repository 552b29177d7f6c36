"""What is asked before the director's decision is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from facilitator_kit.monitoring.names import full_name
from facilitator_kit.monitoring.records import DecisionKind
from facilitator_kit.ui.dialogs import ConfirmDialog
from facilitator_kit.ui.look import Look
from facilitator_kit.workspace.views import Candidate


def ask_reason(
    look: Look,
    kind: DecisionKind,
    people: Sequence[Candidate],
    store: Callable[[str], object],
    parent: QWidget,
) -> None:
    """Ask why these graduate by exception, or do not graduate; `store(reason)` comes after."""
    _ = look._
    who = (
        full_name(people[0].participant)
        if len(people) == 1
        else _.plural("{count} participante", "{count} participantes", len(people))
    )
    if kind is DecisionKind.EXCEPTION:
        title = _("Graduar por excepción a {who}", who=who)
        text = _("No cumple todo lo que pide la regla. El motivo queda con la decisión.")
        yes = _("Graduar por excepción")
    else:
        title = _("No graduar a {who}", who=who)
        text = _("El motivo queda con la decisión, y puede cambiarla mientras no haya folio.")
        yes = _("No graduar")
    ConfirmDialog(
        look,
        title,
        text,
        yes=yes,
        on_yes=store,
        reason_label=_("Motivo"),
        danger=kind is DecisionKind.REFUSED,
        parent=parent,
    ).open()


def ask_all(
    look: Look, ready: Sequence[Candidate], store: Callable[[], object], parent: QWidget
) -> None:
    """Ask whether everybody who fulfils the rule graduates; `store()` comes after."""
    _ = look._
    ConfirmDialog(
        look,
        _.plural(
            "Graduar a {count} participante que cumple",
            "Graduar a {count} participantes que cumplen",
            len(ready),
        ),
        _("La decisión lleva la fecha de hoy. Puede deshacerla mientras no haya folios."),
        yes=_("Graduar"),
        on_yes=lambda _reason: store(),
        parent=parent,
    ).open()
