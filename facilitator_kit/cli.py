"""The command line: the same use cases as the screens, for automation and for machines without one.

Exit status: 0 done, 1 refused with reasons, 2 wrong usage.

Every start comes through here: each command loads what it alone needs, and no other waits for it.
"""

from __future__ import annotations

import argparse
import getpass
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from facilitator_kit import __version__
from facilitator_kit.errors import InputRefused, KitError, NotOpened, Problem
from facilitator_kit.i18n import LANGUAGES, Texts, message
from facilitator_kit.pack_commands import PackCommands
from facilitator_kit.paths import content_folder
from facilitator_kit.print_commands import Made, add_print, run_print
from facilitator_kit.progress import Progress, Work, finish

if TYPE_CHECKING:
    from facilitator_kit.workspace import Front, Workspace

DONE, REFUSED = 0, 1  # argparse answers wrong usage with 2

Result = TypeVar("Result")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A sign that the terminal lacks is shown by its number; it must not end the command.
            stream.reconfigure(errors="backslashreplace")
    spoken = _language(os.environ)
    options = _parser(Texts(spoken)).parse_args(arguments)
    # The windows keep the language chosen in them: only the option itself says another one.
    _ = Texts(options.language or spoken)
    run: Callable[[argparse.Namespace, Texts], int] = options.run
    try:
        return run(options, _)
    except InputRefused as error:
        _say(error.text(_))
        for problem in error.problems:
            _say(_problem_line(problem, _))
    except KitError as error:
        _say(error.text(_))
    except KeyboardInterrupt:
        _say(_("Interrumpido: no quedó nada a medias."))
    return REFUSED


def _language(environment: Mapping[str, str]) -> str:
    """The language of messages before an option says otherwise: Spanish unless English is set."""
    spoken = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG")
    return "en" if (spoken or "").lower().startswith("en") else "es"


def _parser(_: Texts) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="facilitator-kit",
        description=_("Kit de Facilitación: planear, impartir, acompañar y graduar, sin conexión."),
    )
    parser.add_argument("--version", action="version", version=f"facilitator-kit {__version__}")
    parser.add_argument("--language", choices=LANGUAGES, help=_("idioma de los mensajes"))
    parser.set_defaults(run=_run_app)
    commands = parser.add_subparsers(metavar=_("orden"))

    demo = commands.add_parser("demo", help=_("hace el trabajo principal con el centro de ejemplo"))
    demo.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("carpeta de salida"))
    demo.add_argument("--on", type=_day, metavar="AAAA-MM-DD", help=_("día de referencia"))
    demo.add_argument("--json", action="store_true", help=_("cifras y archivos como JSON"))
    demo.set_defaults(run=_run_demo)

    pack = commands.add_parser("pack", help=_("paquetes de contenido"))
    PackCommands(_open, _add_keys, _problem_line).add_to(pack, _)

    add_print(commands, _run_print, _)

    report = commands.add_parser("report", help=_("informe de una generación, en PDF o JSON"))
    _add_workspace(report, _)
    report.add_argument("--generation", default="", help=_("nombre de la generación"))
    report.add_argument("--out", type=Path, metavar="PDF", help=_("archivo que se escribe"))
    report.add_argument("--json", action="store_true", help=_("cifras como JSON"))
    report.set_defaults(run=_run_report)

    backup = commands.add_parser("backup", help=_("hace una copia, la abre y la comprueba"))
    _add_workspace(backup, _)
    backup.add_argument("--to", type=Path, metavar="DIR", help=_("copiarla también aquí"))
    backup.set_defaults(run=_run_backup)

    restore = commands.add_parser("restore", help=_("restaura una copia en una carpeta nueva"))
    restore.add_argument("backup", type=Path, metavar="COPIA")
    restore.add_argument("--into", type=Path, required=True, metavar="DIR")
    _add_keys(restore, _)
    restore.set_defaults(run=_run_restore)

    checked = commands.add_parser("check", help=_("comprueba el diario de un espacio de trabajo"))
    _add_workspace(checked, _)
    checked.set_defaults(run=_run_check)

    screenshots = commands.add_parser("screenshots", help=_("retrata cada página y diálogo"))
    screenshots.add_argument("--out", type=Path, required=True, metavar="DIR")
    screenshots.add_argument("--only", default="", help=_("solo las páginas con este nombre"))
    screenshots.set_defaults(run=_run_screenshots)
    return parser


def _add_workspace(parser: argparse.ArgumentParser, _: Texts) -> None:
    parser.add_argument("workspace", type=Path, metavar="ESPACIO", help=_("su carpeta"))
    _add_keys(parser, _)


def _add_keys(parser: argparse.ArgumentParser, _: Texts) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="ARCHIVO",
        help=_("archivo con la contraseña; sin él se pregunta"),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


# -- commands ------------------------------------------------------------------------------------


def _run_app(options: argparse.Namespace, _: Texts) -> int:
    # Qt is large and needs a display: only the command that opens a window loads it.
    from facilitator_kit.app import run_app

    return run_app(options.language)


def _run_screenshots(options: argparse.Namespace, _: Texts) -> int:
    from facilitator_kit.app import run_screenshots  # see _run_app

    return run_screenshots(options.out, options.only)


def _run_demo(options: argparse.Namespace, _: Texts) -> int:
    from facilitator_kit.curriculum import pack_files_from_folder
    from facilitator_kit.workspace.demo import REFERENCE_DATE, run_demo

    content = content_folder()
    work = run_demo(
        options.out,
        pack_files_from_folder(content / "core"),
        pack_files_from_folder(content / "sample"),
        options.on or REFERENCE_DATE,
    )
    made = _finished(work, _, quiet=options.json)
    result = made.as_json()
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return DONE
    print(
        _(
            "Participantes: {trained}; graduadas: {graduates}.",
            trained=result["participants"],
            graduates=result["graduates"],
        )
    )
    for centre in result["centres"]:
        print(f"  {centre['name']}: {centre['trained']} · {centre['graduates']}")
    print(_("Escrito en {folder}:", folder=options.out))
    for kind, written in result["files"].items():
        names = written if isinstance(written, list) else [written]
        shown = ", ".join(names) if len(names) < 9 else f"{len(names)} PDF"
        print(f"  {kind}: {shown}")
    return DONE


def _run_print(make: Callable[..., Made], options: argparse.Namespace, _: Texts) -> int:
    def finisher(work: Work[int], quiet: bool) -> int:
        return _finished(work, _, quiet=quiet)

    return run_print(make, finisher, options, _)


def _run_report(options: argparse.Namespace, _: Texts) -> int:
    workspace = _open(options, _)
    try:
        generations = workspace.courses.generations()
        chosen = [g for g in generations if options.generation in ("", g.name)]
        if not chosen:
            raise KitError(
                message("No hay ninguna generación «{name}».", name=options.generation)
                if options.generation
                else message("No hay ninguna generación."),
                message("Elija una de Informes, o agregue la primera en Cohortes."),
                "not_found",
            )
        figures = workspace.figures.of(chosen[0].id)
        if options.out is not None:
            from facilitator_kit.workspace.printing import write_whole

            write_whole(options.out, workspace.printing.report(chosen[0].id))
        if options.json:
            groups = (figures.total, *figures.by_centre, *figures.by_cohort)
            shown = [
                {
                    "name": g.name,
                    "enrolled": g.enrolled,
                    "trained": g.trained,
                    "graduates": g.graduates,
                }
                for g in groups
            ]
            print(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            for g in (figures.total, *figures.by_centre):
                print(f"{g.name}: {g.enrolled} · {g.trained} · {g.graduates}")
    finally:
        workspace.close()
    return DONE


def _run_backup(options: argparse.Namespace, _: Texts) -> int:
    workspace = _open(options, _)
    try:
        made = _finished(workspace.back_up(), _)
        print(_("Copia abierta y comprobada: {name}", name=made.path.name))
        if options.to is not None:
            copied = workspace.copy_backup(made.path, options.to)
            print(_("Copiada a {folder}", folder=copied.parent))
    finally:
        workspace.close()
    return DONE


def _run_restore(options: argparse.Namespace, _: Texts) -> int:
    front = _front()
    try:
        # A sample's backup opens without any passphrase: only when it does not is one asked for.
        folder = _finished(front.restore(options.backup, options.into), _)
    except NotOpened as refused:
        if refused.code != "wrong_passphrase":
            raise
        passphrase = _passphrase(options, _)
        work = front.restore(options.backup, options.into, passphrase=passphrase)
        folder = _finished(work, _)
    print(_("Restaurado y comprobado en {folder}", folder=folder))
    print(_("Antes de registrar folios se pedirá el último folio impreso."))
    return DONE


def _run_check(options: argparse.Namespace, _: Texts) -> int:
    workspace = _open(options, _)
    try:
        report = workspace.verify_journal()
    finally:
        workspace.close()
    print(_.plural("{count} cambio comprobado", "{count} cambios comprobados", report.changes))
    for fault in report.faults:
        print(fault)
    return DONE if report.ok else REFUSED


# -- pieces --------------------------------------------------------------------------------------


def _front() -> Front:
    from facilitator_kit.clock import Ids, SystemClock
    from facilitator_kit.curriculum import pack_files_from_folder
    from facilitator_kit.workspace import Front

    clock = SystemClock()
    return Front(clock, Ids(clock), pack_files_from_folder(content_folder() / "core"))


def _open(options: argparse.Namespace, _: Texts) -> Workspace:
    front = _front()
    if front.is_sample(options.workspace):
        return front.open(options.workspace)
    return front.open(options.workspace, passphrase=_passphrase(options, _))


def _passphrase(options: argparse.Namespace, _: Texts) -> str:
    if options.passphrase_file is not None:
        file: Path = options.passphrase_file
        try:
            return file.read_text(encoding="utf-8-sig").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise KitError(
                message("No se pudo leer el archivo de la contraseña: {file}.", file=str(file)),
                message("Revise la ruta; el archivo lleva la contraseña en una línea, en UTF-8."),
                "unreadable_file",
            ) from None
    try:
        return getpass.getpass(_("Contraseña: "))
    except EOFError:
        raise KitError(
            message("Este espacio de trabajo pide una contraseña."),
            message("Escríbala, o dé su archivo con --passphrase-file."),
            "wrong_passphrase",
        ) from None


def _finished(work: Work[Result], _: Texts, *, quiet: bool = False) -> Result:
    shown = ""

    def report(step: Progress) -> None:
        nonlocal shown
        if quiet or not sys.stderr.isatty():
            return
        share = f" {100 * step.done // step.total} %" if step.total else ""
        shown = f"\r{_.render(step.what)}{share}".ljust(len(shown))
        sys.stderr.write(shown)

    result = finish(work, report)
    if shown:
        sys.stderr.write("\r" + " " * len(shown) + "\r")
    return result


def _problem_line(problem: Problem, _: Texts) -> str:
    place = problem.place if isinstance(problem.place, str) else _.render(problem.place)
    where = ":".join(part for part in (problem.file, str(problem.line or ""), place) if part)
    return f"{where}: {_.render(problem.reason)} {_.render(problem.remedy)} [{problem.code}]"


def _say(text: str) -> None:
    print(text, file=sys.stderr)
