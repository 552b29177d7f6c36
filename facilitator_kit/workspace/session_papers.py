"""What is printed for one scheduled session: its handouts, counted for who is expected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from facilitator_kit.curriculum.copies import HandoutCopies
from facilitator_kit.progress import Work
from facilitator_kit.workspace.books import Books, HandoutRun, Writer, in_memory
from facilitator_kit.workspace.calendars import Calendars
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.printing import Printing
from facilitator_kit.workspace.views import SessionView, people_of

AHEAD = timedelta(days=120)
"""How far the calendar is looked at for the next time that a session is held."""


class SessionPapers:
    """Handouts of scheduled sessions, from the pack that their cohort started with."""

    def __init__(self, desk: Desk, calendars: Calendars, printing: Printing) -> None:
        self._desk = desk
        self._calendars = calendars
        self._printing = printing

    def copies(self, scheduled_id: str) -> tuple[HandoutCopies, ...]:
        """How many of each handout the session needs, the spare ones included."""
        view = self._calendars.session(scheduled_id)
        return self._books(view).copies(view.session.code, people_of(view))

    def handouts(self, scheduled_id: str, *, repeated: bool, duplex: bool = False) -> Work[bytes]:
        """All its handouts as one document, for the people expected."""

        def write() -> Writer:
            view = self._calendars.session(scheduled_id)
            run = HandoutRun(people_of(view), repeated=repeated, duplex=duplex)
            return self._books(view).handouts(view.session.code, run)

        return in_memory(write)

    def people_next(self, session_codes: Collection[str]) -> int | None:
        """How many are expected when one of these sessions is held next; None: none is planned."""
        today = self._desk.clock.today()
        coming = self._calendars.between(today, today + AHEAD)
        return next(
            (v.expected for v in coming if v.session.code in session_codes and v.expected), None
        )

    def _books(self, view: SessionView) -> Books:
        return self._printing.books_of(self._desk.pack_of(view.cohort))
