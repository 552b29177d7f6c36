"""What every use case works with: the store, the clock, who acts, and the packs in use."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from facilitator_kit.clock import Clock, Ids
from facilitator_kit.curriculum import (
    load_pack,
    pack_digest,
    pack_files_from_zip,
    pack_files_to_zip,
)
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.records import Cohort, Institution, StoredPack

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
        self._core_files = core_files
        self._packs: dict[tuple[str, str, str], Pack] = {}
        self._core: tuple[str, Pack] | None = None
        self._kept: Institution | None = None
        self._institution_changes = 0
        store.subscribe(self._forget_institution)

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
        """The pack that came with this program, in the institution's words."""
        country = self.institution.country
        if self._core is None or self._core[0] != country:
            self._core = (country, load_pack(self._core_files, country))
        return self._core[1]

    def pack_of(self, cohort: Cohort) -> Pack:
        """The pack version that a cohort started with, from the workspace itself."""
        return self.pack(cohort.pack_code, cohort.pack_version)

    def pack(self, code: str, version: str) -> Pack:
        """A pack version stored in this workspace, in the institution's words."""
        country = self.institution.country
        key = (code, version, country)
        if key not in self._packs:
            stored = self.store.find(StoredPack, code=code, version=version)
            if not stored:
                raise not_found(
                    message("El paquete {code}, versión {version},", code=code, version=version)
                )
            if stored[0].digest == self.core_digest:
                self._packs[key] = self.core_pack
            else:
                self._packs[key] = load_pack(pack_files_from_zip(stored[0].content), country)
        return self._packs[key]

    @property
    def core_digest(self) -> str:
        """The digest of the pack that came with this program."""
        return pack_digest(self._core_files)

    def keep_core_pack(self, tx: Transaction) -> Pack:
        """Store the program's pack in the workspace, so that what starts on it keeps it."""
        pack = self.core_pack
        kept = tx.find(StoredPack, code=pack.code, version=pack.version)
        if not kept:
            tx.put(
                StoredPack(
                    id=self.ids.new(),
                    code=pack.code,
                    version=pack.version,
                    digest=self.core_digest,
                    content=pack_files_to_zip(self._core_files),
                )
            )
        elif kept[0].digest != self.core_digest:
            raise KitError(
                message(
                    "El paquete {code} cambió sin cambiar de versión ({version}).",
                    code=pack.code,
                    version=pack.version,
                ),
                message("Instale el programa de nuevo, o dé otra versión al paquete."),
                "pack_changed",
            )
        return pack
