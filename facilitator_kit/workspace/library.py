"""The library: the pack in use, search over it, each user's favourites, and what is new in it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from facilitator_kit.curriculum import pack_files_from_zip, read_pack
from facilitator_kit.curriculum.adapting import original_version
from facilitator_kit.curriculum.pack_news import News, pack_news
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.curriculum.search import SearchIndex, build_index
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Favourite, StoredPack
from facilitator_kit.workspace.desk import Desk


@dataclass(frozen=True, slots=True)
class PackUpdate:
    """What the pack in use has, beside the version that was used before it; both versions as they
    were first published."""

    before: str
    now: str
    news: tuple[News, ...]


class Library:
    """What there is to read, and what a user keeps at hand of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._index: tuple[Pack, SearchIndex] | None = None
        self._building = Lock()

    @property
    def pack(self) -> Pack:
        """The pack that is read, planned and taught from."""
        return self._desk.pack_in_force

    # -- search ----------------------------------------------------------------------------------

    @property
    def ready_index(self) -> SearchIndex | None:
        """The index of the pack in use where it was built already; see `index`."""
        kept = self._index
        return kept[1] if kept is not None and kept[0] is self.pack else None

    def index(self) -> SearchIndex:
        """The index of the pack in use. Built when first asked for, which takes about a second:
        ask for it on the worker. May be called from any thread."""
        with self._building:
            pack = self.pack
            if self._index is None or self._index[0] is not pack:
                self._index = (pack, build_index(pack))
            return self._index[1]

    # -- favourites ------------------------------------------------------------------------------

    def favourites(self) -> frozenset[str]:
        """The codes of what the acting user keeps at hand, of any pack version."""
        found = self._desk.store.find(Favourite, user_id=self._desk.actor_id)
        return frozenset(one.code for one in found)

    def set_favourite(self, code: str, on: bool) -> None:
        """Keep something of the pack at hand, or no longer; nothing happens where it is so."""
        title = self._title(code)
        name = (
            message("Guardar «{title}» en favoritas", title=title)
            if on
            else message("Quitar «{title}» de favoritas", title=title)
        )
        user = self._desk.actor_id
        with self._desk.change(name) as tx:
            kept = tx.find(Favourite, user_id=user, code=code)
            if on and not kept:
                tx.put(Favourite(self._desk.ids.new(), user, code))
            elif not on:
                tx.delete_all(Favourite, [one.id for one in kept])

    def _title(self, code: str) -> str:
        return next((one.title for one in self.pack.titled() if one.code == code), code)

    # -- what is new -----------------------------------------------------------------------------

    def update(self) -> PackUpdate | None:
        """What differs from the latest other version of the pack that this workspace holds.

        None where it holds none, or nothing that is shown differs: the same version with pages that
        the institution rewrote is no other one. Both packs are read, which takes a moment: ask on
        the worker.
        """
        pack = self.pack
        now = original_version(pack.version)
        stored = self._desk.store.find(StoredPack, code=pack.code, order_by="id")
        others = [one for one in stored if original_version(one.version) != now]
        if not others:
            return None
        # Rules have become stricter since: for comparing, what can be read of it is enough.
        files = pack_files_from_zip(others[-1].content)
        before = read_pack(files, self._desk.institution.country).pack
        news = pack_news(before, pack) if before is not None else ()
        return PackUpdate(original_version(others[-1].version), now, news) if news else None
