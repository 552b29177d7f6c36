"""What every use case works with: the store, the clock, who acts, and the packs in use."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from facilitator_kit.clock import Clock, Ids
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.records import Cohort, Institution
from facilitator_kit.workspace.shelf import Shelf

if TYPE_CHECKING:
    from facilitator_kit.store import Change, Store, Transaction


def not_found(what: Message) -> KitError:
    """Something asked for by its id is gone: another window's undo, mostly."""
    return KitError(
        message("{what} ya no está.", what=what),
        message("Actualice la página: puede que se haya deshecho un cambio."),
        "not_found",
    )


class Desk:
    """Store, clock, identities, actor and packs, joined once by whoever opens a workspace."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        ids: Ids,
        actor_id: str,
        core_files: Mapping[str, bytes],
    ) -> None:
        self.store = store
        self.clock = clock
        self.ids = ids
        self.actor_id = actor_id
        self._kept: Institution | None = None
        self._institution_changes = 0
        # Heard before the packs are: they are read in the words of the institution's country.
        store.subscribe(self._forget_institution)
        self.shelf = Shelf(store, ids, core_files, lambda: self.institution.country)

    def change(self, name: Message) -> AbstractContextManager[Transaction]:
        """The one door: a named change by this desk's actor."""
        return self.store.change(name, actor=self.actor_id)

    # -- the institution ---------------------------------------------------------------------

    @property
    def institution(self) -> Institution:
        """The institution of this workspace; kept, because every pack is read in its words."""
        kept, seen = self._kept, self._institution_changes
        if kept is not None:
            return kept
        found = self.store.find(Institution)
        if not found:
            raise not_found(message("La institución"))
        # Changed while it was being read: this may be the former one, and is not kept.
        if seen == self._institution_changes:
            self._kept = found[0]
        return found[0]

    def _forget_institution(self, change: Change) -> None:
        if Institution in change.touched:
            self._institution_changes += 1
            self._kept = None

    # -- packs -------------------------------------------------------------------------------

    @property
    def core_pack(self) -> Pack:
        """The pack that came with this program, in the institution's words, unadapted."""
        return self.shelf.core

    @property
    def pack_in_force(self) -> Pack:
        """The pack that new cohorts start from: adopted or the program's own, and as adapted."""
        return self.shelf.in_force.pack

    def keep_pack_in_force(self) -> Pack:
        """Store the pack in force in the workspace, so that what starts on it keeps it."""
        return self.shelf.keep_in_force(self.actor_id)

    def pack_of(self, cohort: Cohort) -> Pack:
        """The pack version that a cohort started with, from the workspace itself."""
        return self.pack(cohort.pack_code, cohort.pack_version)

    def pack(self, code: str, version: str) -> Pack:
        """A pack version stored in this workspace, in the institution's words."""
        found = self.shelf.version(code, version)
        if found is None:
            raise not_found(
                message("El paquete {code}, versión {version},", code=code, version=version)
            )
        return found
