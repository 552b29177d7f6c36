"""Checks of the optional national numbers, CURP (Mexico) and RUN (Chile): they warn, never block.

Rules: domain.md §8. A number is never made here, only looked at.
"""

from __future__ import annotations

import re
from itertools import cycle
from typing import Final

from facilitator_kit.i18n import Message, message

_CURP_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
_CURP_FORM: Final = re.compile(r"[A-ZÑ]{4}[0-9]{6}[HMX][A-ZÑ]{5}[0-9A-ZÑ][0-9]")
_RUN_FORM: Final = re.compile(r"[0-9]{1,9}[0-9K]")


def tidy_curp(text: str) -> str:
    """The number in capitals without spaces, hyphens or points, as it is stored."""
    return re.sub(r"[\s.\-]", "", text).upper()


def tidy_run(text: str) -> str:
    """The number as Chile writes it, "12.667.869-K"; text that is no RUN comes back trimmed."""
    bare = re.sub(r"[\s.\-]", "", text).upper()
    if not _RUN_FORM.fullmatch(bare):
        return text.strip()
    grouped = f"{int(bare[:-1]):,}".replace(",", ".")
    return f"{grouped}-{bare[-1]}"


def curp_warning(text: str) -> Message | None:
    """What looks wrong in a CURP; None when it is empty or its check digit is right."""
    number = tidy_curp(text)
    if not number:
        return None
    if not _CURP_FORM.fullmatch(number):
        return message("La CURP no tiene la forma de 18 caracteres que le corresponde.")
    total = sum(
        _CURP_ALPHABET.index(character) * weight
        for character, weight in zip(number[:17], range(18, 1, -1), strict=True)
    )
    if number[17] != str((10 - total % 10) % 10):
        return message("El último dígito de la CURP no coincide con los demás.")
    return None


def run_warning(text: str) -> Message | None:
    """What looks wrong in a RUN; None when it is empty or its check digit is right."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    if not number:
        return None
    if not _RUN_FORM.fullmatch(number):
        return message("El RUN no tiene la forma 12.345.678-9.")
    total = sum(
        int(digit) * factor
        for digit, factor in zip(reversed(number[:-1]), cycle(range(2, 8)), strict=False)
    )
    expected = {11: "0", 10: "K"}.get(11 - total % 11, str(11 - total % 11))
    if number[-1] != expected:
        return message("El dígito verificador del RUN no coincide con los demás.")
    return None
