"""What is shown of a newer pack before it is adopted, and what a person decides about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facilitator_kit.curriculum.merging import Conflict, Lines, Merge
from facilitator_kit.curriculum.pack_pages import PageFile
from facilitator_kit.curriculum.records import Pack


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that could be adopted, checked whole. Without `signer_key` the program brought it.

    `known_as` is the name under which the signer is known here; empty where nobody is known by
    that key. `namesake`: somebody else is known here by the name that this signer gives.
    """

    pack: Pack
    files: Mapping[str, bytes]
    signer: str = ""
    signer_key: str = ""
    signed_on: date | None = None
    known_as: str = ""
    namesake: bool = False

    @property
    def trusted(self) -> bool:
        """Whether it may be adopted without asking about its signer."""
        return not self.signer_key or bool(self.known_as)


class NewsKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class News:
    """A page that a newer pack brings, changes or no longer has."""

    kind: NewsKind
    page: PageFile


class MergeState(StrEnum):
    """What becomes of an adapted page: merged by itself, asked about, no longer needed, homeless.

    CONFLICT asks a person; INCLUDED: the newer pack says the same already; GONE: the page is no
    more, and its text is kept as a draft.
    """

    CONFLICT = "conflict"
    CLEAN = "clean"
    INCLUDED = "included"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class MergedPage:
    """An adapted page, the newer pack's text of it, and the two merged."""

    page: PageFile
    state: MergeState
    ours: str
    theirs: str
    merge: Merge

    @property
    def mark(self) -> str:
        """Tells these two texts from any others."""
        return hashlib.sha256(f"{len(self.ours)} {self.ours}{self.theirs}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Review:
    """All that adopting a pack would do. `others` files besides pages differ.

    `waiting` are pages with something typed and not saved: it must be saved or given up first.
    """

    offer: Offer
    version: str
    pages: tuple[MergedPage, ...]
    news: tuple[News, ...]
    others: int
    waiting: tuple[PageFile, ...]


class Pick(StrEnum):
    """How a conflict is decided."""

    OURS = "ours"
    THEIRS = "theirs"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided for one page: each conflict (None: not yet), or the `whole` text.

    A pick is a kind and, where written by hand, the text.
    """

    picks: tuple[tuple[Pick, str] | None, ...] = ()
    whole: str | None = None

    def text(self, page: MergedPage) -> str | None:
        """The page as decided; None while something is undecided."""
        if self.whole is not None:
            return self.whole
        conflicts = page.merge.conflicts
        picks = self.picks or (None,) * len(conflicts)
        if len(picks) != len(conflicts) or None in picks:
            return None
        chosen = [
            _chosen(conflict, *pick)
            for conflict, pick in zip(conflicts, picks, strict=True)
            if pick is not None
        ]
        return page.merge.text(chosen)

    def as_text(self, page: MergedPage) -> str:
        """As it is kept while the person thinks."""
        kept = {"about": page.mark, "picks": self.picks, "whole": self.whole}
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_text(cls, kept: str, page: MergedPage) -> Decision:
        """A kept decision; none where either text has changed since."""
        values = json.loads(kept)
        if values["about"] != page.mark:
            return cls()
        picks = tuple(None if one is None else (Pick(one[0]), one[1]) for one in values["picks"])
        return cls(picks, values["whole"])


def _chosen(conflict: Conflict, pick: Pick, text: str) -> Lines:
    if pick is Pick.HAND:
        return tuple(text.split("\n")) if text else ()
    return conflict.ours if pick is Pick.OURS else conflict.theirs
