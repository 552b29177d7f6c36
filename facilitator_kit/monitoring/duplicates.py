"""Finds who may be the same person: accents, order of surnames, a missing surname, typing slips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Protocol

from rapidfuzz import fuzz

from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.names import PARTICLES, fold
from facilitator_kit.monitoring.records import Participant, SafeContact

LIKELY: Final = 87
"""The least score (0 to 100) that is put before a person."""

_PARTS_ALIKE: Final = 70
_SHORTENED: Final = 90
_MOST_SHARING: Final = 100


class Person(Protocol):
    """What is compared: a participant, or a row that may become one."""

    @property
    def given_names(self) -> str: ...
    @property
    def first_surname(self) -> str: ...
    @property
    def second_surname(self) -> str: ...
    @property
    def social_name(self) -> str: ...
    @property
    def contact(self) -> SafeContact: ...
    @property
    def curp(self) -> str: ...
    @property
    def run(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two people are, 0 to 100, and why."""

    score: int
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """`index` of the person asked about, and who she resembles: an earlier index or a record."""

    index: int
    other_index: int | None
    other: Participant | None
    likeness: Likeness


def likeness(one: Person, two: Person) -> Likeness | None:
    """How alike two people are; None when nobody needs to look."""
    return _compare(_Form(one), _Form(two))


def find_duplicates(people: Sequence[Person], existing: Iterable[Participant]) -> tuple[Match, ...]:
    """Likely duplicates among `people` and against `existing`, the surest first.

    Only who shares two name parts by sound, a national number or a contact is compared, so that a
    list can be checked against a hundred thousand people; `existing` is read once. Where more than
    a hundred of `people` share such a key, the others are compared with those hundred.
    """
    forms = [_Form(person) for person in people]
    wanted: dict[str, list[int]] = {}
    matches: list[Match] = []
    for index, form in enumerate(forms):
        near = {other for key in form.traits() for other in wanted.get(key, ())}
        for other in near:
            found = _compare(form, forms[other])
            if found is not None:
                matches.append(Match(index, other, None, found))
        for key in form.traits():
            sharing = wanted.setdefault(key, [])
            if len(sharing) < _MOST_SHARING:
                sharing.append(index)
    if wanted:
        for participant in existing:
            form = _Form(participant)
            near = {index for key in form.traits() for index in wanted.get(key, ())}
            for index in near:
                found = _compare(forms[index], form)
                if found is not None:
                    matches.append(Match(index, None, participant, found))
    matches.sort(key=lambda match: (-match.likeness.score, match.index, match.other_index or 0))
    return tuple(matches)


# -- comparing -------------------------------------------------------------------------------------


class _Form:
    """A person as she is compared: folded names, numbers, the contact's figures."""

    __slots__ = ("contact", "curp", "first", "givens", "run", "second", "surnames", "tokens")

    def __init__(self, person: Person) -> None:
        self.first = fold(person.first_surname)
        self.second = fold(person.second_surname)
        self.surnames = f"{self.first} {self.second}".strip()
        given, social = fold(person.given_names), fold(person.social_name)
        self.givens = tuple(dict.fromkeys(name for name in (given, social) if name)) or ("",)
        parts = f"{given} {social} {self.surnames}".split()
        self.tokens = tuple(dict.fromkeys(_sound(part) for part in parts if part not in PARTICLES))
        self.curp = person.curp.strip().upper()
        self.run = re.sub(r"[^0-9K]", "", person.run.upper())
        self.contact = _contact(person.contact.address)

    def traits(self) -> Iterator[str]:
        """What two people must share to be compared at all: two parts by sound, or a number."""
        if len(self.tokens) == 1:
            yield self.tokens[0]
        for one, two in combinations(sorted(self.tokens), 2):
            yield f"{one} {two}"
            if len(self.tokens) == 2:
                # A slip in one of only two parts: the other one and an initial must do.
                yield f"{one} {two[:1]}."
                yield f"{two} {one[:1]}."
        for kind, number in (("curp", self.curp), ("run", self.run), ("at", self.contact)):
            if number:
                yield f"{kind}:{number}"


def _compare(one: _Form, two: _Form) -> Likeness | None:
    """The best likeness over given and social names; numbers in common decide at once."""
    if one.curp and one.curp == two.curp:
        return Likeness(100, (message("La misma CURP."),))
    if one.run and one.run == two.run:
        return Likeness(100, (message("El mismo RUN."),))
    best: Likeness | None = None
    for given in one.givens:
        for other in two.givens:
            found = _by_name(given, one, other, two)
            if found is not None and (best is None or found.score > best.score):
                best = found
    if one.contact and one.contact == two.contact:
        same = message("El mismo contacto.")
        if best is not None:
            return Likeness(min(100, best.score + 3), (*best.reasons, same))
        if any(a and a == b for a in one.givens for b in two.givens):
            return Likeness(LIKELY, (same, message("El mismo nombre de pila.")))
    return best if best is not None and best.score >= LIKELY else None


def _by_name(given: str, one: _Form, other: str, two: _Form) -> Likeness | None:
    givens = fuzz.ratio(given, other)
    if given == other and one.surnames == two.surnames:
        return Likeness(100, (message("El mismo nombre."),))
    if givens < _PARTS_ALIKE:
        return None
    if one.surnames != two.surnames and sorted(one.surnames.split()) == sorted(
        two.surnames.split()
    ):
        score = round(0.97 * fuzz.ratio(f"{given} {one.surnames}", f"{other} {one.surnames}"))
        return Likeness(score, (message("Los apellidos están en otro orden."),))
    shortened = one.first and one.first == two.first and not (one.second and two.second)
    if shortened and given == other:
        return Likeness(_SHORTENED, (message("A una de las dos le falta un apellido."),))
    family = fuzz.ratio(one.surnames, two.surnames)
    if family < _PARTS_ALIKE:
        return None
    score = round(fuzz.ratio(f"{given} {one.surnames}", f"{other} {two.surnames}"))
    return Likeness(score, (message("El nombre está escrito casi igual."),))


def _contact(address: str) -> str:
    """What identifies a number or mail: the last eight figures, or the whole address folded."""
    figures = re.sub(r"\D", "", address)
    if "@" in address:
        return address.strip().casefold()
    return figures[-8:] if len(figures) >= 7 else ""


_SOUNDS: Final = (
    (re.compile(r"qu(?=[ei])|[ck](?![eih])|q"), "k"),
    (re.compile(r"c(?=[ei])|z|x|s+c(?=[ei])"), "s"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"[vw]"), "b"),
    (re.compile(r"(?<!c)h"), ""),
    (re.compile(r"(?<=.)[aeiouy]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def _sound(part: str) -> str:
    """A name part as it sounds in Spanish, without the vowels after its first letter."""
    for pattern, put in _SOUNDS:
        part = pattern.sub(put, part)
    return part
