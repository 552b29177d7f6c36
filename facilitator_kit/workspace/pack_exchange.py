"""Packs between institutions: exported as one signed file, opened again, and whose word counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from facilitator_kit.curriculum import check_pack, pack_files_from_zip
from facilitator_kit.curriculum.signed_pack import (
    MOST_FILE_BYTES,
    SignedPack,
    fingerprint,
    is_signed_pack,
    new_private_key,
    open_signed_pack,
    public_key_of,
    sign_pack,
)
from facilitator_kit.errors import InputRefused, NotOpened
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import PackSigner
from facilitator_kit.workspace.desk import Desk
from facilitator_kit.workspace.pack_review import Offer
from facilitator_kit.workspace.pack_updates import PackUpdates
from facilitator_kit.workspace.printing import write_whole


@dataclass(frozen=True, slots=True)
class SignerLine:
    """A signer that is known here. `own`: this institution itself."""

    signer: PackSigner
    fingerprint: str
    own: bool


class PackExchange:
    """Signed files out and in."""

    def __init__(self, desk: Desk, updates: PackUpdates) -> None:
        self._desk = desk
        self._updates = updates

    # -- out -------------------------------------------------------------------------------------

    def export(self) -> bytes:
        """The pack in force, as adapted, signed by this institution; its key is made if need be."""
        return self.sign(self._desk.shelf.in_force.files)

    def export_to(self, path: Path) -> Path:
        """The same, written to a file, whole or not at all. Raises `StorageFailed`."""
        return write_whole(path, self.export())

    def sign(self, files: Mapping[str, bytes]) -> bytes:
        """Any pack signed by this institution. Raises `InputRefused` if anything is wrong in it."""
        refuse_faulty(files)
        own = self.own_signer()
        assert own.private_key is not None  # the institution's own signer has it
        return sign_pack(files, own.name, own.private_key, self._desk.clock.today())

    def suggested_name(self) -> str:
        """A file name for an export."""
        pack = self._desk.pack_in_force
        return f"{pack.code}-{pack.version}.kitpack"

    def own_signer(self) -> PackSigner:
        """This institution as a signer, under its present name; its key is made the first time."""
        name = self._desk.institution.name
        found = self._own()
        if found is not None and found.name == name:
            return found
        if found is None:
            key = new_private_key()
            found = PackSigner(self._desk.ids.new(), name, public_key_of(key), key)
        kept = replace(found, name=name)
        # A key that was used must not go with an undo: what it signed is out in the world.
        with self._desk.store.change(
            message("Preparar la firma de paquetes"), actor=self._desk.actor_id, undoable=False
        ) as tx:
            tx.put(kept)
        return kept

    # -- in --------------------------------------------------------------------------------------

    def open(self, path: Path) -> Offer:
        """What a signed file offers, checked whole; nothing is stored.

        Raises `NotOpened` or `InputRefused` as `open_signed_pack`, `InputRefused` (pack_refused)
        with every problem of the pack in it, `KitError` as `PackUpdates.refuse_unfit`.
        """
        return self.offer_of(open_signed_pack(read_pack_file(path)))

    def offer_of(self, signed: SignedPack) -> Offer:
        """The same, for a signed pack that is open already."""
        report = check_pack(signed.files, country=self._desk.institution.country)
        if report.pack is None or report.problems:
            raise InputRefused(
                message("El paquete de ese archivo no se puede usar."),
                message(
                    "Nada cambió. Envíe esta lista a quien lo firma: {name}.", name=signed.signer
                ),
                report.problems,
                "pack_refused",
            )
        self._updates.refuse_unfit(report.pack)
        known = {one.public_key: one.name for one in self._desk.store.find(PackSigner)}
        self._desk.shelf.remember(report.pack)
        return Offer(
            report.pack,
            signed.files,
            signed.signer,
            signed.public_key,
            signed.signed_on,
            known.get(signed.public_key, ""),
            any(
                name.casefold() == signed.signer.casefold() and key != signed.public_key
                for key, name in known.items()
            ),
        )

    # -- whose word counts -------------------------------------------------------------------------

    def signers(self) -> tuple[SignerLine, ...]:
        """Who is known here, this institution first."""
        found = self._desk.store.find(PackSigner, order_by="name")
        lines = [
            SignerLine(one, fingerprint(one.public_key), one.private_key is not None)
            for one in found
        ]
        return tuple(sorted(lines, key=lambda line: not line.own))

    def trust(self, offer: Offer) -> Offer:
        """Know a signer from now on; the offer as it stands then."""
        if not offer.trusted:
            signer = PackSigner(self._desk.ids.new(), offer.signer, offer.signer_key)
            name = message("Confiar en la firma de {name}", name=offer.signer)
            with self._desk.change(name) as tx:
                tx.add(signer)
        return replace(offer, known_as=offer.known_as or offer.signer)

    def forget(self, signer_id: str) -> None:
        """Know a signer no longer: the next pack is asked about again. Never the institution."""
        found = self._desk.store.get(PackSigner, signer_id)
        if found is None or found.private_key is not None:
            return
        name = message("Dejar de confiar en la firma de {name}", name=found.name)
        with self._desk.change(name) as tx:
            tx.delete(PackSigner, signer_id)

    def _own(self) -> PackSigner | None:
        found = self._desk.store.find(PackSigner)
        return next((one for one in found if one.private_key is not None), None)


def refuse_faulty(files: Mapping[str, bytes]) -> None:
    """Raise `InputRefused` with every problem of a pack that is about to be signed."""
    problems = check_pack(files).problems
    if problems:
        raise InputRefused(
            message("El paquete no se exportó: tiene problemas."),
            message("Corrija lo que sigue y vuelva a intentarlo."),
            problems,
            "pack_refused",
        )


def read_pack_file(path: Path) -> bytes:
    """The bytes of a pack's file. Raises `NotOpened`: missing, too big to be one, unreadable."""
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise NotOpened(
                message("«{name}» es demasiado grande para ser un paquete.", name=path.name),
                message("Elija el archivo «.kitpack» que exportó otra institución."),
                "foreign",
            )
        return path.read_bytes()
    except OSError as fault:
        raise NotOpened(
            message("No se pudo leer «{name}».", name=path.name),
            message("Revise que el archivo siga ahí y que el disco esté conectado."),
            "missing",
        ) from fault


def pack_files_of(path: Path) -> dict[str, bytes]:
    """The files of a pack in one file: signed, whose signature is checked, or a plain zip."""
    content = read_pack_file(path)
    if is_signed_pack(content):
        return dict(open_signed_pack(content).files)
    return pack_files_from_zip(content)
