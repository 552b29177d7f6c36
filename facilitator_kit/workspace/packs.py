"""The institution's own version of the pack: pages rewritten beside the original, restored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from facilitator_kit.curriculum import PackReport, check_pack
from facilitator_kit.curriculum.adapting import (
    clean_text,
    fixed_problems,
    identity_of,
    overlay,
    text_of,
    version_order,
)
from facilitator_kit.curriculum.pack_check import codes_of
from facilitator_kit.curriculum.pack_pages import PageDesk, PageFile, PageReading, page_kind
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.errors import InputRefused, Problem
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Adaptation, AdoptedPack
from facilitator_kit.paths import ICONS
from facilitator_kit.workspace.desk import Desk, not_found
from facilitator_kit.workspace.drafts import Drafts
from facilitator_kit.workspace.shelf import BasePack, PackInForce

FORM: Final = "adaptation"
"""Under which drafts of pages are kept, by file."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in a list: whether the institution has its own text of it, or one not saved yet."""

    page: PageFile
    adapted: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """A page to be edited: the original, what is in force, and what was typed and not saved.

    `draft` is None where nothing waits. `adapted`: `text` is the institution's own.
    """

    page: PageFile
    original: str
    text: str
    draft: str | None
    adapted: bool
    version: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Which pack is in force, where it came from, what the institution changed in it.

    `homeless` are texts typed for pages that the pack no longer has, by file. `newer` is the
    version that this program brings, where it is later than the adopted one. `refusal` says why
    the adaptations are not used, where they are not.
    """

    pack: Pack
    version: str
    adopted: AdoptedPack | None
    lines: tuple[PageLine, ...]
    homeless: tuple[tuple[str, str], ...]
    newer: str
    refusal: InputRefused | None


class Packs:
    """Pages of the pack in force, to be read singly and adapted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._drafts = Drafts(desk)
        self._pages: tuple[Pack, PageDesk, tuple[PageFile, ...]] | None = None
        self._base_faults: tuple[str, frozenset[tuple[str, str, str]]] | None = None
        self._pictograms = frozenset(file.stem for file in ICONS.glob("*.svg"))

    # -- what there is ---------------------------------------------------------------------------

    def standing(self) -> Standing:
        """The pack in force and all that the institution did to it."""
        now = self._desk.shelf.in_force
        drafts = self._drafts.of(FORM)
        version = identity_of(now.base.files)[1]
        newer = identity_of(self._desk.shelf.core_files)[1]
        later = now.base.adopted is not None and version_order(newer) > version_order(version)
        return Standing(
            now.pack,
            version,
            now.base.adopted,
            tuple(line for line in self.lines() if line.adapted or line.draft),
            tuple((file, text) for file, text in drafts.items() if file not in now.base.files),
            newer if later else "",
            now.refusal,
        )

    def lines(self) -> tuple[PageLine, ...]:
        """Every page of the pack in force, by its file."""
        adapted = {one.file for one in self._desk.shelf.in_force.adaptations}
        drafts = self._unsaved()
        return tuple(
            PageLine(page, page.file in adapted, page.file in drafts) for page in self._known()[1]
        )

    def page_of(self, code: str) -> PageFile:
        """The page with that code; a KitError when the pack in force has none."""
        found = next((page for page in self._known()[1] if page.code == code), None)
        if found is None:
            raise not_found(message("Ese texto del paquete"))
        return found

    def text(self, file: str) -> PageText:
        """A page to be edited; a KitError when the pack in force has none there."""
        now = self._desk.shelf.in_force
        page = self._page(file)
        original = text_of(now.base.files, file)
        own = next((one.text for one in now.adaptations if one.file == file), None)
        return PageText(
            page,
            original,
            original if own is None else own,
            self._unsaved().get(file),
            own is not None,
            identity_of(now.base.files)[1],
        )

    def read(self, file: str, typed: str) -> PageReading:
        """What a text would say as that page, and what is wrong with it by itself. Quick."""
        desk, _pages = self._known()
        now, text = self._desk.shelf.in_force, clean_text(typed)
        reading = desk.read(file, text, codes_of(now.pack), self._pictograms)
        fixed = fixed_problems(file, text_of(now.base.files, file), text)
        return replace(reading, problems=_by_line(fixed, reading.problems))

    # -- changing --------------------------------------------------------------------------------

    def keep_draft(self, file: str, text: str | None) -> None:
        """Keep what was typed for a page, valid or not; None forgets it."""
        if text is not None:
            # What is typed is typed for this version: a later one is taken when it is looked at.
            self._pin(self._desk.shelf.in_force)
        self._drafts.keep(FORM, "", file, text)

    def adapt(self, file: str, typed: str) -> tuple[PageFile, ...]:
        """Make a text the institution's own version of a page; the pages that were stored.

        Pages that only agree with one another are stored together: where this text alone would
        contradict another page, what waits as a draft there is taken with it, if then all is well.

        Raises `InputRefused` with every problem; what was typed then stays as a draft.
        """
        shelf = self._desk.shelf
        now, page, text = shelf.in_force, self._page(file), clean_text(typed)
        if text == text_of(now.base.files, file):
            return self.restore(file)
        kept = {one.file: one.text for one in now.adaptations}
        stored = {file: text}
        report = self.check(now.base, {**kept, **stored})
        waiting = {
            other: clean_text(draft) for other, draft in self._unsaved().items() if other != file
        }
        if report.problems and waiting:
            together = {**waiting, **stored}
            again = self.check(now.base, {**kept, **together})
            if not again.problems:
                stored, report = together, again
        if report.problems:
            self.keep_draft(file, typed)
            fixed = fixed_problems(file, text_of(now.base.files, file), text)
            own = tuple(one for one in report.problems if one.file == file)
            unread = {one.code for one in own} & {"missing_front_matter", "invalid_toml"}
            # What such a text contradicts elsewhere only follows from that.
            told = _by_line(fixed, own) if fixed or unread else report.problems
            raise _refused(file, told)
        self._pin(now)
        if report.pack is not None:
            shelf.remember(report.pack)
        with self._desk.change(message("Adaptar «{title}»", title=page.title)) as tx:
            tx.put_all(self._adaptation(now, *one) for one in stored.items())
        for done in stored:
            self._drafts.keep(FORM, "", done, None)
        return tuple(self._page(done) for done in stored)

    def restore(self, file: str) -> tuple[PageFile, ...]:
        """Go back to the original of a page, and of those adapted to agree with it; which ones.

        Raises `InputRefused` where the others would not hold together without it.
        """
        shelf = self._desk.shelf
        now, page = shelf.in_force, self._page(file)
        own = {one.file: one for one in now.adaptations}
        given_up = {file}
        while True:
            left = {other: one.text for other, one in own.items() if other not in given_up}
            report = self.check(now.base, left)
            if not report.problems:
                break
            more = self._concerned(report.problems) & set(left)
            if not more:
                raise _refused(file, report.problems)
            given_up |= more
        if report.pack is not None:
            shelf.remember(report.pack)
        name = message("Volver al original de «{title}»", title=page.title)
        with self._desk.change(name) as tx:
            tx.delete_all(Adaptation, [one.id for other, one in own.items() if other in given_up])
        for done in given_up:
            self._drafts.keep(FORM, "", done, None)
        return tuple(self._page(done) for done in sorted(given_up))

    # -- for those who take a newer pack ---------------------------------------------------------

    def check(self, base: BasePack, texts: Mapping[str, str]) -> PackReport:
        """A pack with these pages in place of its own, checked whole.

        What is wrong with the pack itself is not told again: it is not the fault of the pages.
        """
        country = self._desk.institution.country
        report = check_pack(overlay(base.files, texts), self._pictograms, country)
        if not report.problems:
            return report
        faults = self._faults_of(base, country)
        problems = tuple(one for one in report.problems if _named(one) not in faults)
        return PackReport(problems, report.counts, report.programmes, report.pack)

    def waiting(self) -> tuple[PageFile, ...]:
        """Pages of the pack in force with something typed and not saved."""
        return tuple(line.page for line in self.lines() if line.draft)

    # -- inside ----------------------------------------------------------------------------------

    def _unsaved(self) -> dict[str, str]:
        """What is typed for pages of the pack and differs from what is stored, by file."""
        now = self._desk.shelf.in_force
        own = {one.file: one.text for one in now.adaptations}
        return {
            file: typed
            for file, typed in self._drafts.of(FORM).items()
            if file in now.base.files
            and clean_text(typed) != own.get(file, text_of(now.base.files, file))
        }

    def _known(self) -> tuple[PageDesk, tuple[PageFile, ...]]:
        now = self._desk.shelf.in_force
        if self._pages is None or self._pages[0] is not now.pack:
            desk = PageDesk(now.files, now.pack.country)
            self._pages = (now.pack, desk, desk.pages())
        return self._pages[1:]

    def _concerned(self, problems: Iterable[Problem]) -> set[str]:
        """The pages that problems stand in or speak of."""
        problems = tuple(problems)
        named = {str(value) for one in problems for _name, value in one.reason.values}
        return {one.file for one in problems} | {
            page.file for page in self._known()[1] if page.code in named
        }

    def _page(self, file: str) -> PageFile:
        found = next((page for page in self._known()[1] if page.file == file), None)
        if found is None or page_kind(file) is None:
            raise not_found(message("Ese texto del paquete"))
        return found

    def _adaptation(self, now: PackInForce, file: str, text: str) -> Adaptation:
        known = next((one for one in now.adaptations if one.file == file), None)
        code, version = identity_of(now.base.files)
        return Adaptation(
            known.id if known is not None else self._desk.ids.new(),
            code,
            file,
            version,
            text_of(now.base.files, file),
            text,
        )

    def _pin(self, now: PackInForce) -> None:
        """Adopt the program's own pack, so that a later program does not change what is adapted."""
        if now.base.adopted is not None:
            return
        shelf = self._desk.shelf
        stored = shelf.keep(shelf.core, shelf.core_files, self._desk.actor_id)
        adopted = AdoptedPack(self._desk.ids.new(), stored, self._desk.clock.today())
        name = message("Adoptar el paquete {version}", version=shelf.core.version)
        with self._desk.store.change(name, actor=self._desk.actor_id, undoable=False) as tx:
            tx.add(adopted)

    def _faults_of(self, base: BasePack, country: str) -> frozenset[tuple[str, str, str]]:
        if self._base_faults is None or self._base_faults[0] != base.digest:
            found = check_pack(base.files, self._pictograms, country).problems
            self._base_faults = (base.digest, frozenset(_named(one) for one in found))
        return self._base_faults[1]


def _by_line(*problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted((one for some in problems for one in some), key=lambda one: one.line))


def _named(problem: Problem) -> tuple[str, str, str]:
    """A problem without its line, which moves with the text around it."""
    return problem.file, problem.code, str(problem.reason)


def _refused(file: str, problems: Iterable[Problem]) -> InputRefused:
    own_first = sorted(problems, key=lambda one: (one.file != file, one.file, one.line))
    return InputRefused(
        message("No se guardó: hay algo por corregir."),
        message("Lo que escribió queda como borrador."),
        own_first,
        "adaptation_refused",
    )
