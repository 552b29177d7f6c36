"""How a person's name is printed, listed, sorted, searched, abbreviated and taken apart."""

from __future__ import annotations

import unicodedata
from typing import Final

from facilitator_kit.i18n import Message, message
from facilitator_kit.monitoring.records import Participant, TitleForm

PARTICLES: Final = frozenset(
    ("da", "das", "de", "del", "der", "di", "do", "dos", "du", "e", "i")
) | frozenset(("la", "las", "le", "lo", "los", "van", "von", "y"))
"""Words that belong to a surname without beginning it; initials pass over them."""

_APOSTROPHES: Final = "'’‘ʼʻ`´ꞌ"
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys(_APOSTROPHES)
)
_TILDE: Final = "\u0303"
_AFTER_Z: Final = "{"


def tidy(text: str) -> str:
    """The text composed (NFC), with single spaces inside and none around: as a name is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def called(participant: Participant) -> str:
    """The given names she uses: the social name where she has one."""
    return tidy(participant.social_name) or tidy(participant.given_names)


def surnames(participant: Participant) -> str:
    """Her surnames as she writes them; empty when she has none."""
    return tidy(f"{participant.first_surname} {participant.second_surname}")


def full_name(participant: Participant) -> str:
    """Her name as it is printed: the names she uses and her surnames."""
    return tidy(f"{called(participant)} {surnames(participant)}")


def roll_name(participant: Participant) -> str:
    """Her name as lists show it: "Hernández Muñoz, Xóchitl"; without surnames, her given names."""
    family = surnames(participant)
    return f"{family}, {called(participant)}" if family else called(participant)


def fold(text: str) -> str:
    """Letters and figures only, without case, accents or marks, words one space apart.

    This is what searching and comparing see: "Núñez-O’Higgins" gives "nunez ohiggins". Only Latin
    accents are taken off, so that scripts whose vowels are marks stay whole.
    """
    return " ".join(_words(text, after_n=""))


def sort_key(participant: Participant) -> str:
    """A key whose plain order is the order of a Spanish list: first surname, second, given names.

    Ñ follows n, other accents only decide between names otherwise equal, particles belong to the
    surname ("De la Cruz" is under D), apostrophes and hyphens do not count, and a shorter name
    comes first. A woman without surnames is listed by her given names. Compare it byte by byte
    (a binary SQL collation) or as Python does; both give the same order.
    """
    parts = [tidy(participant.first_surname), tidy(participant.second_surname)]
    if not parts[0]:
        parts = [parts[1]] if parts[1] else []
        listed = [*parts, "", called(participant)] if parts else [called(participant)]
    else:
        listed = [*parts, called(participant)]
    letters = " ".join("-".join(_words(part, after_n=_AFTER_Z)) for part in listed)
    return f"{letters}  {' '.join(listed).casefold()}"


def search_text(participant: Participant) -> str:
    """Everything she may be searched by, folded: code, names, social name, surnames."""
    return fold(
        f"{participant.code} {participant.given_names} {participant.social_name} "
        f"{participant.first_surname} {participant.second_surname}"
    )


def initials(participant: Participant) -> str:
    """One or two capital letters: of the name she uses and of her first surname, no particles."""
    family = surnames(participant)
    found = _initial(called(participant)) + _initial(family)
    return unicodedata.normalize("NFC", found.upper())


def titled(form: TitleForm) -> Message:
    """The word for who graduates, in the form she chose."""
    match form:
        case TitleForm.FEMININE:
            return message("graduada")
        case TitleForm.MASCULINE:
            return message("graduado")
        case TitleForm.NEUTRAL:
            return message("persona graduada")


# -- names in one cell -----------------------------------------------------------------------------


def split_surnames(text: str) -> tuple[str, str]:
    """First and second surname, as proposed: "De la Cruz Peña" gives ("De la Cruz", "Peña")."""
    groups = _groups(text)
    return (groups[0], " ".join(groups[1:])) if groups else ("", "")


def split_full_name(text: str) -> tuple[str, str, str]:
    """Given names and two surnames, as proposed.

    With a comma the surnames come first; without one the last two groups are taken as surnames,
    or the last one when there are only two. A particle goes with the word that follows it.
    """
    before, comma, after = text.partition(",")
    if comma and tidy(after):
        return (tidy(after), *split_surnames(before))
    groups = _groups(text)
    if len(groups) <= 2:
        return (groups[0] if groups else "", groups[1] if len(groups) == 2 else "", "")
    return (" ".join(groups[:-2]), groups[-2], groups[-1])


def _groups(text: str) -> list[str]:
    """Words with the particles before them; "y" joins what is on both its sides."""
    groups: list[str] = []
    joining = False
    for word in tidy(text.replace(",", " ")).split():
        if word.casefold() in ("y", "i", "e") and groups:
            groups[-1] += f" {word}"
            joining = True
        elif joining:
            groups[-1] += f" {word}"
            joining = word.casefold() in PARTICLES
        else:
            groups.append(word)
            joining = word.casefold() in PARTICLES
    return groups


# -- letters ---------------------------------------------------------------------------------------


def _words(text: str, after_n: str) -> list[str]:
    """Folded words; ñ becomes n and `after_n`, a sign that sorts where wanted."""
    if text.isascii():
        lowered = text.lower().translate(_LETTERS)
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
        decomposed = decomposed.translate(_LETTERS).replace(f"n{_TILDE}", f"n{after_n}")
        lowered = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    kept = (
        c if c.isalnum() or c == after_n or unicodedata.category(c)[0] == "M" else " "
        for c in lowered
    )
    return "".join(kept).split()


def _initial(text: str) -> str:
    """The first letter of the first word that is not a particle, or of the first word."""
    words = [word for word in text.replace("-", " ").split() if word[0].isalnum()]
    for word in words:
        if word.casefold() not in PARTICLES:
            return word[0]
    return words[0][0] if words else ""
