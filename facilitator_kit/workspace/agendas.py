"""Agendas: a session's plan as the pack has it, or as it was changed for one date."""

from __future__ import annotations

import json

from facilitator_kit.curriculum import (
    SessionPlan,
    cascade,
    group_sizes,
    material_quantities,
    plan_from_dict,
    plan_from_session,
    plan_to_dict,
)
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import (
    StoredPlan,
)
from facilitator_kit.workspace.calendars import Calendars
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.views import (
    AgendaView,
)


class Agendas:
    """The agenda of each scheduled session, with what to bring."""

    def __init__(self, desk: Desk, calendars: Calendars) -> None:
        self._desk = desk
        self._calendars = calendars

    def of(self, scheduled_id: str) -> AgendaView:
        """The session's agenda: as written in the pack, or as changed for this date."""
        view = self._calendars.session(scheduled_id)
        stored = self._desk.store.find(StoredPlan, scheduled_session_id=scheduled_id)
        plan = plan_from_session(view.session)
        if stored:
            plan = plan_from_dict(json.loads(stored[0].blocks))
        people = view.expected or view.session.group[1]
        return AgendaView(
            view=view,
            plan=plan,
            timed=cascade(plan.blocks, view.scheduled.starts_at),
            total_minutes=sum(block.minutes for block in plan.blocks),
            target_minutes=view.scheduled.minutes,
            changed=bool(stored),
            materials=material_quantities(view.session, people),
            groups=group_sizes(people, view.session.group_of),
        )

    def save(self, scheduled_id: str, plan: SessionPlan) -> None:
        """Keep a changed agenda for one scheduled session."""
        self._calendars.session(scheduled_id)
        stored = self._desk.store.find(StoredPlan, scheduled_session_id=scheduled_id)
        plan_id = stored[0].id if stored else self._desk.ids.new()
        with self._desk.change(message("Cambiar agenda")) as tx:
            blocks = json.dumps(plan_to_dict(plan), ensure_ascii=False)
            tx.put(StoredPlan(plan_id, scheduled_id, blocks))

    def reset(self, scheduled_id: str) -> None:
        """Go back to the agenda as the pack has it."""
        with self._desk.change(message("Volver a la agenda original")) as tx:
            for stored in tx.find(StoredPlan, scheduled_session_id=scheduled_id):
                tx.delete(StoredPlan, stored.id)
