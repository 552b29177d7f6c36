"""The packs of a workspace: the one in force, with its adaptations, and every version in use.

Reading a pack takes a moment, so what was read is kept by its digest, and read again only when the
files are others. The pack in force is made ready on the thread of the change that altered it: a
screen that is told of the change finds it there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from facilitator_kit.clock import Ids
from facilitator_kit.curriculum import (
    load_pack,
    pack_digest,
    pack_files_from_zip,
    pack_files_to_zip,
)
from facilitator_kit.curriculum.adapting import identity_of, overlay
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Adaptation, AdoptedPack, Institution, StoredPack

if TYPE_CHECKING:
    from facilitator_kit.store import Change, Store

_KEPT: Final = 8
"""Packs kept read: those of running cohorts, and the one before the last change."""


class _PacksRead:
    """Packs by digest and country, for every workspace of this process: a practice has the same
    ones as the institution it is opened from, and what is read once never changes."""

    def __init__(self) -> None:
        self._packs: OrderedDict[tuple[str, str], Pack] = OrderedDict()
        # Each open workspace has a worker of its own.
        self._lock = Lock()

    def find(self, digest: str, country: str) -> Pack | None:
        """The pack, where it was read lately."""
        with self._lock:
            found = self._packs.get((digest, country))
            if found is not None:
                self._packs.move_to_end((digest, country))
            return found

    def keep(self, pack: Pack) -> None:
        """Keep a pack for the next who asks."""
        with self._lock:
            self._packs[pack.digest, pack.country] = pack
            while len(self._packs) > _KEPT:
                self._packs.popitem(last=False)


_READ: Final = _PacksRead()


def read_beforehand(files: Mapping[str, bytes], country: str) -> None:
    """Read a pack while nobody waits for it; a workspace that is opened then finds it read."""
    # What cannot be read is told to whoever asks for it.
    with suppress(InputRefused):
        if _READ.find(pack_digest(files), country) is None:
            _READ.keep(load_pack(files, country))


@dataclass(frozen=True, slots=True)
class BasePack:
    """The pack that adaptations are laid over. `adopted` None: the one of this program."""

    files: Mapping[str, bytes]
    digest: str
    adopted: AdoptedPack | None


@dataclass(frozen=True, slots=True)
class PackInForce:
    """What new cohorts start from: the base with the institution's adaptations laid over it.

    `refusal` says why the adaptations cannot be used together, where they cannot: then the base
    alone is in force, and the texts wait.
    """

    base: BasePack
    adaptations: tuple[Adaptation, ...]
    files: Mapping[str, bytes]
    pack: Pack
    refusal: InputRefused | None = None


class Shelf:
    """Packs by what they are asked for; `country` gives the institution's."""

    def __init__(
        self, store: Store, ids: Ids, core_files: Mapping[str, bytes], country: Callable[[], str]
    ) -> None:
        self.core_files = core_files
        self._store = store
        self._ids = ids
        self._country = country
        self._core_digest = ""
        self._versions: dict[tuple[str, str, str], Pack] = {}
        self._base: BasePack | None = None
        self._in_force: PackInForce | None = None
        self._changes = 0
        store.subscribe(self._on_change)

    # -- the program's own -----------------------------------------------------------------------

    @property
    def core(self) -> Pack:
        """The pack that came with this program."""
        return self.read(self.core_files, self.core_digest)

    @property
    def core_digest(self) -> str:
        """The digest of the pack that came with this program."""
        if not self._core_digest:
            self._core_digest = pack_digest(self.core_files)
        return self._core_digest

    # -- in force --------------------------------------------------------------------------------

    @property
    def in_force(self) -> PackInForce:
        """The pack that new cohorts start from, and what it is made of."""
        kept, seen = self._in_force, self._changes
        if kept is not None:
            return kept
        found = self._made()
        # Changed while it was being made: this may be the former one, and is not kept.
        if seen == self._changes:
            self._in_force = found
        return found

    def _made(self) -> PackInForce:
        base = self._base_pack()
        code, _version = identity_of(base.files)
        adaptations = self._store.find(Adaptation, order_by="file", pack_code=code)
        files = overlay(base.files, {one.file: one.text for one in adaptations})
        try:
            return PackInForce(base, adaptations, files, self.read(files))
        except InputRefused as refusal:
            pack = self.read(base.files, base.digest)
            return PackInForce(base, adaptations, base.files, pack, refusal)

    def _base_pack(self) -> BasePack:
        adopted = self._store.find(AdoptedPack, order_by=("adopted_on", "id"))
        latest = adopted[-1] if adopted else None
        if self._base is not None and self._base.adopted == latest:
            return self._base
        if latest is None:
            self._base = BasePack(self.core_files, self.core_digest, None)
        else:
            stored = self._store.need(StoredPack, latest.stored_pack_id)
            self._base = BasePack(pack_files_from_zip(stored.content), stored.digest, latest)
        return self._base

    def keep_in_force(self, actor: str) -> Pack:
        """Store the pack in force in the workspace, so that what starts on it keeps it."""
        now = self.in_force
        self.keep(now.pack, now.files, actor)
        return now.pack

    # -- every version in use ----------------------------------------------------------------------

    def keep(self, pack: Pack, files: Mapping[str, bytes], actor: str) -> str:
        """Store a pack version whole, in a change of its own that is never undone; its id.

        Raises `KitError` (pack_changed) if that version is stored already with other content.
        """
        found = self._store.find(StoredPack, code=pack.code, version=pack.version)
        if found and found[0].digest != pack.digest:
            raise KitError(
                message(
                    "El paquete {code} cambió sin cambiar de versión ({version}).",
                    code=pack.code,
                    version=pack.version,
                ),
                message("Instale el programa de nuevo, o dé otra versión al paquete."),
                "pack_changed",
            )
        if found:
            return found[0].id
        stored = StoredPack(
            id=self._ids.new(),
            code=pack.code,
            version=pack.version,
            digest=pack.digest,
            content=pack_files_to_zip(files),
        )
        name = message("Conservar el paquete {version}", version=pack.version)
        with self._store.change(name, actor=actor, undoable=False) as tx:
            tx.add(stored)
        return stored.id

    def stored_digest(self, code: str, version: str) -> str:
        """The digest of a pack version stored in this workspace; empty where it is not."""
        found = self._store.find(StoredPack, code=code, version=version)
        return found[0].digest if found else ""

    def version(self, code: str, version: str) -> Pack | None:
        """A pack version stored in this workspace; None where it is not."""
        key = (code, version, self._country())
        if key not in self._versions:
            found = self._store.find(StoredPack, code=code, version=version)
            if not found:
                return None
            digest = found[0].digest
            if digest == self.core_digest:
                self._versions[key] = self.core
            else:
                files = pack_files_from_zip(found[0].content)
                self._versions[key] = self.read(files, digest)
        return self._versions[key]

    # -- reading -----------------------------------------------------------------------------------

    def read(self, files: Mapping[str, bytes], digest: str = "") -> Pack:
        """A pack in the institution's words, read now unless it was before.

        Raises `InputRefused` like `load_pack`.
        """
        country = self._country()
        found = _READ.find(digest or pack_digest(files), country)
        if found is None:
            found = load_pack(files, country)
            _READ.keep(found)
        return found

    def remember(self, pack: Pack) -> None:
        """Keep a pack that was read elsewhere, so that it is not read again."""
        _READ.keep(pack)

    def _on_change(self, change: Change) -> None:
        if not {Institution, AdoptedPack, Adaptation} & set(change.touched):
            return
        was_ready = self._in_force is not None
        self._changes += 1
        self._in_force = None
        if was_ready:
            # What cannot be read is told to whoever asks for it: the change itself is stored.
            with suppress(InputRefused):
                self._in_force = self._made()
