"""A pack as one signed file: who made it can be told, and that nothing in it was changed since.

The file (`.kitpack`) is a zip of three entries, stored without compression and in this order:
`manifest.json`, `signature` and `pack.zip`. The signature (Ed25519) is over the manifest, which
holds the digest of the zip. There is one way only to write it, so that a file with one changed bit
is never taken for another spelling of the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from facilitator_kit.curriculum.adapting import identity_of
from facilitator_kit.curriculum.pack_files import (
    MANIFEST,
    MOST_BYTES,
    pack_digest,
    pack_files_from_zip,
    pack_files_to_zip,
)
from facilitator_kit.errors import NotOpened
from facilitator_kit.i18n import Message, message

SUFFIX: Final = ".kitpack"
FORMAT: Final = 1
MOST_FILE_BYTES: Final = MOST_BYTES + 1024 * 1024
"""A file longer than this holds more than a pack may, however it was packed."""

_NAMES: Final = ("manifest.json", "signature", "pack.zip")
_PURPOSE: Final = b"facilitator-kit pack 1\0"
_LONGEST_MANIFEST: Final = 64 * 1024
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_GROUP: Final = 4
_GROUPS: Final = 8


@dataclass(frozen=True, slots=True)
class SignedPack:
    """What a signed file holds, its signature found good; whether to trust it is not said here.

    `public_key` is the signer's, in hexadecimal; `signer` is the name that the signer gives.
    """

    files: Mapping[str, bytes]
    code: str
    version: str
    digest: str
    signer: str
    public_key: str
    signed_on: date


def new_private_key() -> bytes:
    """A new key to sign with: 32 bytes that must stay where they are made."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> str:
    """The public half of a key, in hexadecimal: what others know a signer by."""
    return Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw().hex()


def fingerprint(public_key: str) -> str:
    """A public key short enough to be read out on the telephone: eight groups of four signs."""
    digest = hashlib.sha256(bytes.fromhex(public_key)).hexdigest().upper()
    return " ".join(digest[at : at + _GROUP] for at in range(0, _GROUP * _GROUPS, _GROUP))


def sign_pack(files: Mapping[str, bytes], signer: str, private_key: bytes, on: date) -> bytes:
    """The pack as one signed file. The same pack, signer, key and day give the same bytes."""
    code, version = identity_of(files)
    packed = pack_files_to_zip(files)
    manifest = json.dumps(
        {
            "format": FORMAT,
            "code": code,
            "version": version,
            "digest": pack_digest(files),
            "zip": hashlib.sha256(packed).hexdigest(),
            "signer": signer,
            "public_key": public_key_of(private_key),
            "signed_on": on.isoformat(),
        },
        ensure_ascii=False,
        indent=1,
    ).encode("utf-8")
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(_PURPOSE + manifest)
    return _written(manifest, signature, packed)


def open_signed_pack(content: bytes) -> SignedPack:
    """What a signed file holds, once its signature and every digest have been found good.

    Raises:
        NotOpened: empty, foreign (another kind of file), damaged (incomplete or altered),
            newer_version (a format that this program does not know).
        InputRefused: the pack inside is bigger than a pack may be, or has a path that leads out.
    """
    manifest, signature, packed = _entries(content)
    told = _told(manifest)
    _check_signature(told, manifest, signature)
    if _written(manifest, signature, packed) != content:
        raise _damaged()
    if hashlib.sha256(packed).hexdigest() != told["zip"]:
        raise _damaged()
    files = pack_files_from_zip(packed)
    if identity_of(files) != (told["code"], told["version"]):
        raise _damaged()
    if pack_digest(files) != told["digest"]:
        raise _damaged()
    return SignedPack(
        files,
        told["code"],
        told["version"],
        told["digest"],
        told["signer"],
        told["public_key"],
        date.fromisoformat(told["signed_on"]),
    )


def is_signed_pack(content: bytes) -> bool:
    """Whether a file means to be a signed pack, good or not."""
    return _begins_signed(content)


def _begins_signed(content: bytes) -> bool:
    """Whether the first entry is the manifest: its name stands behind 30 bytes (APPNOTE 4.3.7)."""
    return content.startswith(b"PK") and content[30:].startswith(_NAMES[0].encode())


def _written(manifest: bytes, signature: bytes, packed: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in zip(_NAMES, (manifest, signature, packed), strict=True):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def _entries(content: bytes) -> tuple[bytes, bytes, bytes]:
    """The three entries, as they stand there."""
    if not content:
        raise NotOpened(
            message("El archivo está vacío."),
            message("Vuelva a copiarlo desde su origen."),
            "empty",
        )
    if not content.startswith(b"PK"):
        raise _foreign(message("Ese archivo no es un paquete firmado."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = tuple(entry.filename for entry in entries)
            if names != _NAMES:
                # Cut short, a signed file ends in the zip inside it, and looks like that one.
                raise _damaged() if _begins_signed(content) else _foreign_zip(names)
            if entries[0].file_size > _LONGEST_MANIFEST or any(
                entry.compress_type != zipfile.ZIP_STORED or entry.file_size > len(content)
                for entry in entries
            ):
                raise _damaged()
            manifest, signature, packed = (archive.read(entry) for entry in entries)
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, RuntimeError) as fault:
        # A RuntimeError is what zipfile raises for a password; NotImplementedError is one too.
        raise _damaged() from fault
    return manifest, signature, packed


def _told(manifest: bytes) -> dict[str, str]:
    """What the manifest says, each value a text of its kind."""
    try:
        values = json.loads(manifest.decode("utf-8"))
    except (ValueError, RecursionError) as fault:
        raise _damaged() from fault
    if not isinstance(values, dict):
        raise _damaged()
    number = values.pop("format", None)
    if isinstance(number, int) and number > FORMAT:
        raise NotOpened(
            message("El paquete firmado es del formato {number}.", number=number),
            message("Esta versión del programa lee el formato {known}: actualícela.", known=FORMAT),
            "newer_version",
        )
    keys = {"code", "version", "digest", "zip", "signer", "public_key", "signed_on"}
    if number != FORMAT or set(values) != keys:
        raise _damaged()
    if not all(isinstance(value, str) and value for value in values.values()):
        raise _damaged()
    try:
        date.fromisoformat(values["signed_on"])
        good_key = len(bytes.fromhex(values["public_key"])) == 32
    except ValueError as fault:
        raise _damaged() from fault
    if not good_key or values["public_key"] != values["public_key"].lower():
        raise _damaged()
    return values


def _check_signature(told: Mapping[str, str], manifest: bytes, signature: bytes) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["public_key"]))
        key.verify(signature, _PURPOSE + manifest)
    except (InvalidSignature, ValueError) as fault:
        raise NotOpened(
            message("La firma del paquete no corresponde a lo que trae."),
            message(
                "Alguien lo modificó, o se dañó al copiarlo: pídalo de nuevo a quien lo firma."
            ),
            "bad_signature",
        ) from fault


def _foreign(reason: Message) -> NotOpened:
    return NotOpened(
        reason, message("Elija el archivo «.kitpack» que exportó otra institución."), "foreign"
    )


def _foreign_zip(names: tuple[str, ...]) -> NotOpened:
    if any(name == MANIFEST or name.endswith(f"/{MANIFEST}") for name in names):
        return NotOpened(
            message("El archivo trae un paquete, pero sin firma: no se sabe de quién es."),
            message("Pida a quien lo hizo que lo exporte firmado, como archivo «.kitpack»."),
            "unsigned",
        )
    return _foreign(message("Ese archivo es un zip, pero no un paquete firmado."))


def _damaged() -> NotOpened:
    return NotOpened(
        message("El paquete firmado llegó incompleto o dañado."),
        message("Vuelva a copiarlo desde su origen, y compruebe que pesa lo mismo."),
        "damaged",
    )
