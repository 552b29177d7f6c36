"""Keys: the data key, and the passphrase and printed recovery key that each can unwrap it.

`cryptography` is loaded when a key is made or used: to read what kind of workspace a folder holds,
which is all that is done before a passphrase is asked for, none is.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from facilitator_kit.errors import KitError, NotOpened
from facilitator_kit.i18n import message

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
RECOVERY_BYTES: Final = 20
SHORTEST_PASSPHRASE: Final = 8

# Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans("OIL", "011")
_GROUP: Final = 4
_GROUPS: Final = RECOVERY_BYTES * 8 // 5 // _GROUP


@dataclass(frozen=True, slots=True)
class Argon2idParameters:
    """How dear a guess is: RFC 9106 §4, second recommended choice (64 MiB, three passes)."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4


def new_data_key() -> bytes:
    """A random key for the database; it changes only when everything is encrypted anew."""
    return secrets.token_bytes(KEY_BYTES)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def check_new_passphrase(passphrase: str) -> None:
    """Raise `KitError` (passphrase_short) if it is too short to protect anything."""
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise KitError(
            message("La contraseña es muy corta."),
            message("Use al menos {count} caracteres.", count=SHORTEST_PASSPHRASE),
            "passphrase_short",
        )


def passphrase_key(passphrase: str, salt: bytes, parameters: Argon2idParameters) -> bytes:
    """The wrapping key of a passphrase; however its accents were typed (NFKC)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    text = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    ).derive(text)


def wrap(wrapping_key: bytes, data_key: bytes) -> bytes:
    """The data key wrapped (RFC 3394): 40 bytes that only `wrapping_key` opens."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(wrapping_key, data_key)


def unwrap(wrapping_key: bytes, wrapped: bytes) -> bytes | None:
    """The data key, or None if this is not the key that wrapped it."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        return aes_key_unwrap(wrapping_key, wrapped)
    except InvalidUnwrap:
        return None


# -- the recovery key ----------------------------------------------------------------------------


def new_recovery_key() -> str:
    """160 random bits to be printed: eight groups of four characters and a check character."""
    value = int.from_bytes(secrets.token_bytes(RECOVERY_BYTES), "big")
    characters = "".join(
        _ALPHABET[value >> shift & 31] for shift in range(RECOVERY_BYTES * 8 - 5, -1, -5)
    )
    groups = (characters[at : at + _GROUP] for at in range(0, len(characters), _GROUP))
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def read_recovery_key(typed: str) -> bytes:
    """The 20 bytes of a recovery key as typed: case, blanks, hyphens, O for 0, I or L for 1.

    Raises `NotOpened` (wrong_passphrase), naming the first group that was mistyped.
    """
    letters = "".join(typed.split()).upper().translate(_MISREAD)
    letters = "".join(letter for letter in letters if letter not in "-–—_.")
    if len(letters) != _GROUPS * (_GROUP + 1):
        raise NotOpened(
            message(
                "La clave de recuperación tiene {expected} caracteres y aquí hay {found}.",
                expected=_GROUPS * (_GROUP + 1),
                found=len(letters),
            ),
            message("Escríbala completa, tal como está impresa."),
            "wrong_passphrase",
        )
    value = 0
    for place in range(_GROUPS):
        group = letters[place * (_GROUP + 1) : (place + 1) * (_GROUP + 1)]
        known = all(letter in _ALPHABET for letter in group)
        if not known or _check(group[:_GROUP], place) != group[_GROUP]:
            raise NotOpened(
                message(
                    "El grupo {number} de la clave de recuperación no coincide.", number=place + 1
                ),
                message("Compare ese grupo con la hoja impresa y corríjalo."),
                "wrong_passphrase",
            )
        for letter in group[:_GROUP]:
            value = value << 5 | _ALPHABET.index(letter)
    return value.to_bytes(RECOVERY_BYTES, "big")


def recovery_wrapping_key(recovery: bytes, salt: bytes) -> bytes:
    """The wrapping key of a recovery key: it is random already, so no slow function is needed."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, b"facilitator-kit recovery key").derive(recovery)


def _check(group: str, place: int) -> str:
    """One character that betrays a mistyped, transposed or misplaced group."""
    return _ALPHABET[hashlib.sha256(f"{place}:{group}".encode()).digest()[0] & 31]
