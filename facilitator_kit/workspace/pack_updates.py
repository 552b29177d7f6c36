"""A newer pack: what it brings, how the institution's pages merge with it, and adopting it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from facilitator_kit.curriculum.adapting import (
    clean_text,
    fixed_problems,
    identity_of,
    original_version,
    text_of,
    version_order,
)
from facilitator_kit.curriculum.merging import Merge, merge
from facilitator_kit.curriculum.pack_check import codes_of
from facilitator_kit.curriculum.pack_pages import PageDesk, PageFile, PageReading
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Adaptation, AdoptedPack, Draft
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.drafts import Drafts
from facilitator_kit.workspace.pack_review import (
    Decision,
    MergedPage,
    MergeState,
    News,
    NewsKind,
    Offer,
    Review,
)
from facilitator_kit.workspace.packs import FORM, Packs
from facilitator_kit.workspace.shelf import BasePack, PackInForce

DECISIONS: Final = "pack_update"
"""Under which decisions not acted upon yet are kept, by the digest of the pack they are about."""


class PackUpdates:
    """Newer packs: the program's own, or one that came as a signed file."""

    def __init__(self, desk: Desk, packs: Packs) -> None:
        self._desk = desk
        self._packs = packs
        self._drafts = Drafts(desk)
        self._offered: tuple[str, PageDesk] | None = None

    # -- what can be taken -----------------------------------------------------------------------

    def from_program(self) -> Offer:
        """The pack that came with this program; a KitError unless it is later than the adopted."""
        shelf = self._desk.shelf
        offer = Offer(shelf.core, shelf.core_files)
        self.refuse_unfit(offer.pack)
        return offer

    def refuse_unfit(self, pack: Pack) -> None:
        """Raise `KitError` unless a pack may follow the one in force.

        Codes: other_pack, in_use, same_version, older.
        """
        now = self._desk.shelf.in_force
        code, version = identity_of(now.base.files)
        if pack.code != code:
            raise KitError(
                message(
                    "Ese paquete es otro: «{title}», clave {code}.",
                    title=pack.title,
                    code=pack.code,
                ),
                message("Aquí solo se toman versiones de «{code}».", code=code),
                "other_pack",
            )
        if pack.digest in (now.base.digest, now.pack.digest):
            raise KitError(
                message("La versión {version} ya está en uso aquí.", version=pack.version),
                message("No hace falta hacer nada."),
                "in_use",
            )
        stored = self._desk.shelf.stored_digest(pack.code, pack.version)
        if pack.version == version or stored not in ("", pack.digest):
            raise KitError(
                message(
                    "Aquí ya hay una versión {version}, y la de ese archivo trae otra cosa.",
                    version=pack.version,
                ),
                message("Pregunte a quien lo firma por qué hay dos, y pídale otra versión."),
                "same_version",
            )
        order, in_use = version_order(pack.version), version_order(version)
        if order < in_use or (order == in_use and pack.version == original_version(version)):
            raise KitError(
                message(
                    "La versión {version} es anterior a la que está en uso, {used}.",
                    version=pack.version,
                    used=version,
                ),
                message("Pida una versión posterior; la de aquí no se toca."),
                "older",
            )

    # -- looking ---------------------------------------------------------------------------------

    def review(self, offer: Offer) -> Review:
        """What adopting a pack would change; nothing is stored."""
        now = self._desk.shelf.in_force
        country = self._desk.institution.country
        before = {page.file: page for page in PageDesk(now.base.files, country).pages()}
        after = {page.file: page for page in PageDesk(offer.files, country).pages()}
        merged = [self._merged(one, before, after, offer) for one in now.adaptations]
        order = list(MergeState)
        return Review(
            offer,
            identity_of(now.base.files)[1],
            tuple(sorted(merged, key=lambda one: (order.index(one.state), one.page.file))),
            tuple(_news(before, after, now.base.files, offer.files)),
            _others(now.base.files, offer.files),
            self._packs.waiting(),
        )

    def read(self, offer: Offer, file: str, typed: str) -> PageReading:
        """What a text would say as a page of an offered pack, and what is wrong with it. Quick."""
        if self._offered is None or self._offered[0] != offer.pack.digest:
            desk = PageDesk(offer.files, self._desk.institution.country)
            self._offered = (offer.pack.digest, desk)
        text = clean_text(typed)
        reading = self._offered[1].read(file, text, codes_of(offer.pack))
        fixed = fixed_problems(file, text_of(offer.files, file), text)
        return replace(reading, problems=(*fixed, *reading.problems))

    def _merged(
        self,
        one: Adaptation,
        before: Mapping[str, PageFile],
        after: Mapping[str, PageFile],
        offer: Offer,
    ) -> MergedPage:
        if one.file not in after:
            return MergedPage(before[one.file], MergeState.GONE, one.text, "", Merge(()))
        theirs = text_of(offer.files, one.file)
        found = merge(one.base, one.text, theirs)
        state = MergeState.CONFLICT if found.conflicts else MergeState.CLEAN
        if not found.conflicts and found.text() == theirs:
            state = MergeState.INCLUDED
        return MergedPage(after[one.file], state, one.text, theirs, found)

    # -- deciding --------------------------------------------------------------------------------

    def decisions(self, review: Review) -> dict[str, Decision]:
        """What was decided about a pack and not acted upon yet, by file."""
        kept = self._drafts.of(DECISIONS, review.offer.pack.digest)
        return {
            page.page.file: Decision.from_text(kept[page.page.file], page)
            for page in review.pages
            if page.page.file in kept
        }

    def keep_decision(self, review: Review, page: MergedPage, decision: Decision) -> None:
        """Keep what was decided for a page."""
        digest = review.offer.pack.digest
        self._drafts.keep(DECISIONS, digest, page.page.file, decision.as_text(page))

    def adopt(self, review: Review, decisions: Mapping[str, Decision]) -> Pack:
        """Make a pack the one that new cohorts start from, with the pages as decided.

        One change, which can be undone. Raises `KitError` (untrusted, waiting, undecided, changed)
        or `InputRefused` with every problem of the pages as they would be; then nothing changes.
        """
        offer, shelf = review.offer, self._desk.shelf
        now = shelf.in_force
        self.refuse_unfit(offer.pack)
        self._refuse_unready(review, now)
        texts = {
            one.page.file: text
            for one in review.pages
            if one.state is not MergeState.GONE and (text := _decided(one, decisions)) != one.theirs
        }
        base = BasePack(offer.files, offer.pack.digest, None)
        report = self._packs.check(base, texts)
        if report.problems:
            raise InputRefused(
                message("La versión {version} no se adoptó.", version=offer.pack.version),
                message("Corrija lo que sigue en los textos unidos y vuelva a intentarlo."),
                report.problems,
                "merge_refused",
            )
        stored = shelf.keep(offer.pack, offer.files, self._desk.actor_id)
        if report.pack is not None:
            shelf.remember(report.pack)
        name = message("Adoptar el paquete {version}", version=offer.pack.version)
        with self._desk.change(name) as tx:
            tx.put(
                AdoptedPack(
                    self._desk.ids.new(),
                    stored,
                    self._desk.clock.today(),
                    offer.signer,
                    offer.signer_key,
                )
            )
            for own in now.adaptations:
                if own.file not in texts:
                    tx.delete(Adaptation, own.id)
                    continue
                tx.put(
                    replace(
                        own,
                        base_version=offer.pack.version,
                        base=text_of(offer.files, own.file),
                        text=texts[own.file],
                    )
                )
            for page in review.pages:
                if page.state is MergeState.GONE:
                    tx.put(Draft(self._desk.ids.new(), FORM, "", page.page.file, page.ours))
        for file in self._drafts.of(DECISIONS, offer.pack.digest):
            self._drafts.keep(DECISIONS, offer.pack.digest, file, None)
        return shelf.in_force.pack

    def _refuse_unready(self, review: Review, now: PackInForce) -> None:
        if not review.offer.trusted:
            raise KitError(
                message(
                    "Aquí no se conoce a quien firma ese paquete: {name}.",
                    name=review.offer.signer,
                ),
                message("Compruebe su huella y diga que confía en esa firma."),
                "untrusted",
            )
        if self._packs.waiting():
            raise KitError(
                message("Hay textos escritos y no guardados."),
                message("Guárdelos como adaptación, o deséchelos, y vuelva a intentarlo."),
                "waiting",
            )
        ours = {one.page.file: one.ours for one in review.pages}
        same = ours == {one.file: one.text for one in now.adaptations}
        if not same or review.version != identity_of(now.base.files)[1]:
            raise KitError(
                message("Las adaptaciones cambiaron mientras se revisaba."),
                message("Revise otra vez: lo ya decidido se conserva."),
                "changed",
            )


def _decided(one: MergedPage, decisions: Mapping[str, Decision]) -> str:
    text = decisions.get(one.page.file, Decision()).text(one)
    if text is None:
        raise KitError(
            message("Falta decidir qué texto queda en «{title}».", title=one.page.title),
            message("Elija en cada diferencia: su texto, el nuevo, o escríbalo a mano."),
            "undecided",
        )
    return text


def _news(
    before: Mapping[str, PageFile],
    after: Mapping[str, PageFile],
    old: Mapping[str, bytes],
    new: Mapping[str, bytes],
) -> Iterator[News]:
    """Added, changed and removed pages; one that only moved to another file is no news."""
    moved = {(p.kind, p.code) for p in before.values()} & {(p.kind, p.code) for p in after.values()}
    was = {(page.kind, page.code): file for file, page in before.items()}
    for file, page in after.items():
        earlier = was.get((page.kind, page.code))
        if earlier is None:
            yield News(NewsKind.ADDED, page)
        elif text_of(old, earlier) != text_of(new, file):
            yield News(NewsKind.CHANGED, page)
    for page in before.values():
        if (page.kind, page.code) not in moved:
            yield News(NewsKind.REMOVED, page)


def _others(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> int:
    """How many files besides pages and pack.toml are new, gone or different."""
    return sum(
        old.get(file) != new.get(file)
        for file in {*old, *new}
        if not file.endswith(".md") and file != "pack.toml"
    )
