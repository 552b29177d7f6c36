"""The commands on packs: check one, sign and export it, say who signed it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from facilitator_kit.errors import KitError, Problem
from facilitator_kit.i18n import Texts, message

if TYPE_CHECKING:
    from facilitator_kit.workspace import Workspace

# Every start builds the parser, the window's too: a command loads what it needs when it is run.

DONE: Final = 0
REFUSED: Final = 1


@dataclass(frozen=True, slots=True)
class PackCommands:
    """Built with what all commands share: opening a workspace, and writing a problem as a line."""

    open_workspace: Callable[[argparse.Namespace, Texts], Workspace]
    add_keys: Callable[[argparse.ArgumentParser, Texts], None]
    problem_line: Callable[[Problem, Texts], str]

    def add_to(self, parser: argparse.ArgumentParser, _: Texts) -> None:
        """Give `pack` its own commands."""
        commands = parser.add_subparsers(metavar=_("orden"), required=True)
        check = commands.add_parser("check", help=_("lista todos los problemas de un paquete"))
        check.add_argument(
            "pack",
            type=Path,
            metavar=_("PAQUETE"),
            help=_("su carpeta, su zip o su archivo .kitpack"),
        )
        check.add_argument("--json", action="store_true", help=_("problemas y cuentas como JSON"))
        check.set_defaults(run=self._check)
        verify = commands.add_parser("verify", help=_("dice quién firmó un archivo .kitpack"))
        verify.add_argument("file", type=Path, metavar="ARCHIVO")
        verify.add_argument("--json", action="store_true", help=_("lo mismo como JSON"))
        verify.set_defaults(run=self._verify)
        export = commands.add_parser("export", help=_("escribe un paquete firmado, .kitpack"))
        export.add_argument(
            "folder",
            type=Path,
            nargs="?",
            metavar="DIR",
            help=_("carpeta del paquete; sin ella, el que está en vigor en el espacio de trabajo"),
        )
        export.add_argument(
            "--workspace",
            type=Path,
            metavar="ESPACIO",
            help=_("firma la institución de ese espacio"),
        )
        self.add_keys(export, _)
        export.add_argument(
            "--key",
            type=Path,
            metavar="ARCHIVO",
            help=_("firma esta llave; si el archivo no existe, se crea"),
        )
        export.add_argument(
            "--signer", default="", metavar="NOMBRE", help=_("nombre de quien firma con esa llave")
        )
        export.add_argument("--out", type=Path, required=True, metavar="ARCHIVO")
        export.set_defaults(run=self._export, parser=export)

    def _check(self, options: argparse.Namespace, _: Texts) -> int:
        from facilitator_kit.curriculum import check_pack, pack_files_from_folder, report_as_json
        from facilitator_kit.workspace.pack_exchange import pack_files_of

        path: Path = options.pack
        report = check_pack(pack_files_of(path) if path.is_file() else pack_files_from_folder(path))
        if options.json:
            print(json.dumps(report_as_json(report, _), ensure_ascii=False, indent=2))
        else:
            for problem in report.problems:
                print(self.problem_line(problem, _))
            if report.problems:
                print(_.plural("{count} problema", "{count} problemas", len(report.problems)))
            else:
                print(_("Sin problemas."))
        return REFUSED if report.problems else DONE

    def _verify(self, options: argparse.Namespace, _: Texts) -> int:
        from facilitator_kit.curriculum.signed_pack import fingerprint, open_signed_pack
        from facilitator_kit.workspace.pack_exchange import read_pack_file

        signed = open_signed_pack(read_pack_file(options.file))
        told = {
            "code": signed.code,
            "version": signed.version,
            "digest": signed.digest,
            "signer": signed.signer,
            "fingerprint": fingerprint(signed.public_key),
            "signed_on": signed.signed_on.isoformat(),
        }
        if options.json:
            print(json.dumps(told, ensure_ascii=False, indent=2))
            return DONE
        print(_("Paquete {code}, versión {version}", code=signed.code, version=signed.version))
        day = _.date_long(signed.signed_on)
        print(_("Firmado por {name} el {day}", name=signed.signer, day=day))
        print(_("Huella de la firma: {fingerprint}", fingerprint=told["fingerprint"]))
        print(_("Nada se cambió desde que se firmó."))
        return DONE

    def _export(self, options: argparse.Namespace, _: Texts) -> int:
        from facilitator_kit.curriculum import pack_files_from_folder
        from facilitator_kit.curriculum.signed_pack import fingerprint, open_signed_pack
        from facilitator_kit.workspace.printing import write_whole

        folder: Path | None = options.folder
        signer = options.signer.strip()
        if options.workspace is not None:
            workspace = self.open_workspace(options, _)
            try:
                exchange = workspace.pack_exchange
                files = None if folder is None else pack_files_from_folder(folder)
                content = exchange.export() if files is None else exchange.sign(files)
            finally:
                workspace.close()
        elif folder is None or options.key is None or not signer:
            options.parser.error(
                _("falta quién firma: un --workspace, o una carpeta con --key y --signer")
            )
        else:
            content = _signed_by_key(pack_files_from_folder(folder), signer, options.key)
        write_whole(options.out, content)
        signed = open_signed_pack(content)
        print(_("Escrito: {file}", file=options.out))
        print(_("Paquete {code}, versión {version}", code=signed.code, version=signed.version))
        print(_("Huella de la firma: {fingerprint}", fingerprint=fingerprint(signed.public_key)))
        return DONE


def _signed_by_key(files: Mapping[str, bytes], signer: str, key_file: Path) -> bytes:
    from facilitator_kit.clock import SystemClock
    from facilitator_kit.curriculum.signed_pack import sign_pack
    from facilitator_kit.workspace.pack_exchange import refuse_faulty

    refuse_faulty(files)
    return sign_pack(files, signer, _signing_key(key_file), SystemClock().today())


def _signing_key(path: Path) -> bytes:
    """The private key in a file (64 hexadecimal digits), made for its owner alone if need be."""
    from facilitator_kit.curriculum.signed_pack import new_private_key

    try:
        if not path.exists():
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(f"{new_private_key().hex()}\n", encoding="ascii")
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        raise KitError(
            message("«{name}» no es una llave para firmar.", name=path.name),
            message("Dé el archivo que el programa creó, o el nombre de uno que no exista."),
            "unreadable_file",
        )
    return key
