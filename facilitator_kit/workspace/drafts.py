"""What was typed and is not a record yet: kept as it stands, flagged, never undone by name."""

from __future__ import annotations

from typing import Final

from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Draft
from facilitator_kit.workspace.desk import Desk

LONG: Final = 2_000
"""Letters from which the journal forgets what a draft held before: it would fill with copies."""


class Drafts:
    """Drafts by form, record and field."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, form: str, record_id: str = "") -> dict[str, str]:
        """What was typed in a form's fields and is not stored as a record, by field."""
        found = self._desk.store.find(Draft, form=form, record_id=record_id)
        return {draft.field: draft.text for draft in found}

    def keep(self, form: str, record_id: str, field: str, text: str | None) -> None:
        """Keep what was typed in one field; None (it is a record now) forgets it."""
        store = self._desk.store
        found = store.find(Draft, form=form, record_id=record_id, field=field)
        if (text is None and not found) or (found and found[0].text == text):
            return
        draft_id = found[0].id if found else self._desk.ids.new()
        # Not to be undone by name: undoing goes over what was stored, not over what was typed.
        with store.change(message("Borrador"), actor=self._desk.actor_id, undoable=False) as tx:
            if text is None:
                tx.delete(Draft, draft_id)
            else:
                tx.put(Draft(draft_id, form, record_id, field, text))
        if max(len(text or ""), len(found[0].text) if found else 0) > LONG:
            store.erase_images(Draft, draft_id)
