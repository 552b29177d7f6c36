"""`facilitator-kit print`: what the curriculum prints, from a pack alone, without a workspace."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from facilitator_kit.errors import KitError
from facilitator_kit.i18n import Texts, message
from facilitator_kit.paths import content_folder
from facilitator_kit.progress import Work

if TYPE_CHECKING:
    from facilitator_kit.workspace.books import Books, Contents, Writer

Finisher = Callable[[Work[int], bool], int]
"""Runs long work to its end, with a bar unless it is told to be quiet; gives the work's result."""

Made: TypeAlias = "bytes | Writer"
"""A document that is there at once, or one that is written with progress."""

_COUNTRIES = ("MX", "CL")
_PAPERS = ("letter", "oficio_330", "oficio_340", "oficio_356", "a4")
_PEOPLE = 20
_PARTS = ("guides", "handouts", "lessons")


def add_print(commands: Any, run: Callable[..., int], _: Texts) -> None:
    """Add `print` and what it prints to the commands; `run` is called with the options."""
    parser = commands.add_parser(
        "print", help=_("imprime el currículo en PDF, sin espacio de trabajo")
    )
    kinds = parser.add_subparsers(metavar=_("documento"), required=True)

    guide = _kind(kinds, "guide", _("guía de una sesión"), _guide, run, _)
    guide.add_argument("code", metavar=_("SESIÓN"))
    _people(guide, _, default=None)

    handouts = _kind(kinds, "handouts", _("hojas de una sesión para un grupo"), _handouts, run, _)
    handouts.add_argument("code", metavar=_("SESIÓN|HOJA"))
    handouts.add_argument("--only", nargs="+", default=[], metavar=_("HOJA"), help=_("solo estas"))
    handouts.add_argument(
        "--once", action="store_true", help=_("cada hoja una vez, con «× n» para quien copia")
    )
    _people(handouts, _)
    _duplex(handouts, _)

    binder = _kind(kinds, "binder", _("carpeta de un módulo"), _binder, run, _)
    binder.add_argument("code", metavar=_("MÓDULO"))
    _contents(binder, _)

    programme = _kind(kinds, "programme", _("carpeta de todo un programa"), _programme, run, _)
    programme.add_argument("code", metavar=_("PROGRAMA"))
    programme.add_argument("--route", default="", help=_("solo los módulos de esta ruta"))
    programme.add_argument("--level", default="", help=_("nivel de la ruta; si falta, el más alto"))
    _contents(programme, _)

    lesson = _kind(kinds, "lesson", _("una lección, con sus respuestas al final"), _lesson, run, _)
    lesson.add_argument("code", metavar=_("LECCIÓN"))

    complement = _kind(
        kinds, "complement", _("las lecciones de un complemento"), _complement, run, _
    )
    complement.add_argument("code", metavar=_("COMPLEMENTO"))
    _duplex(complement, _)

    quiz = _kind(kinds, "quiz", _("cuestionario de un módulo de formación"), _quiz, run, _)
    quiz.add_argument("code", metavar=_("MÓDULO"))

    methods = _kind(kinds, "methods", _("dinámicas: todas, o una"), _methods, run, _)
    methods.add_argument("code", nargs="?", default="", metavar=_("DINÁMICA"))
    _duplex(methods, _)

    process = _kind(
        kinds, "process", _("manual del proceso: entero, o una parte"), _process, run, _
    )
    process.add_argument("code", nargs="?", default="", metavar=_("PARTE"))
    _duplex(process, _)


def _kind(
    kinds: Any,
    name: str,
    words: str,
    make: Callable[[argparse.Namespace, Books], Made],
    run: Callable[..., int],
    _: Texts,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=words)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="PDF", help=_("archivo que se escribe")
    )
    parser.add_argument("--paper", choices=_PAPERS, default=_PAPERS[0], help=_("tamaño del papel"))
    parser.add_argument("--country", choices=_COUNTRIES, default="MX", help=_("palabras y precios"))
    parser.add_argument("--institution", default="", help=_("nombre que encabeza las páginas"))
    parser.add_argument("--pack", type=Path, metavar="DIR", help=_("otro paquete de contenido"))
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="AAAA-MM-DD",
        help=_("día que se imprime en la portada; si falta, hoy"),
    )
    parser.add_argument("--json", action="store_true", help=_("páginas y copias como JSON"))
    parser.set_defaults(run=partial(run, make))
    return parser


def _people(parser: argparse.ArgumentParser, _: Texts, default: int | None = _PEOPLE) -> None:
    parser.add_argument(
        "--people", type=_count, default=default, metavar="N", help=_("para cuántas personas")
    )


def _duplex(parser: argparse.ArgumentParser, _: Texts) -> None:
    parser.add_argument("--duplex", action="store_true", help=_("para imprimir por las dos caras"))


def _contents(parser: argparse.ArgumentParser, _: Texts) -> None:
    parser.add_argument(
        "--include",
        nargs="+",
        choices=_PARTS,
        default=list(_PARTS),
        help=_("qué lleva la carpeta: guías, hojas, lecciones"),
    )
    _people(parser, _)
    _duplex(parser, _)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 999:
        raise argparse.ArgumentTypeError(text)
    return number


# -- making --------------------------------------------------------------------------------------


def run_print(
    make: Callable[[argparse.Namespace, Books], Made],
    finisher: Finisher,
    options: argparse.Namespace,
    _: Texts,
) -> int:
    """Make one document and write it; status 0. KitError says what cannot be printed and why."""
    # What prints is large: only this command loads it.
    from facilitator_kit.clock import SystemClock
    from facilitator_kit.curriculum import pack_files_from_folder
    from facilitator_kit.monitoring.records import Paper
    from facilitator_kit.workspace.books import books_of_files
    from facilitator_kit.workspace.printing import whole_file

    folder = options.pack or content_folder() / "core"
    if not folder.is_dir():
        raise KitError(
            message("No hay ninguna carpeta {folder}.", folder=str(folder)),
            message("Revise la ruta del paquete."),
            "not_found",
        )
    books = books_of_files(
        pack_files_from_folder(folder),
        options.country,
        options.institution,
        Paper(options.paper),
        options.on or SystemClock().today(),
    )
    made = make(options, books)
    figures: dict[str, Any] = {"file": str(options.out)}
    with whole_file(options.out) as out:
        if isinstance(made, bytes):
            out.write(made)
        else:
            figures["pages"] = finisher(made(out), options.json)
    figures |= _copies(options, books)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        _say(figures, _)
    return 0


def _copies(options: argparse.Namespace, books: Books) -> dict[str, Any]:
    """How many copies of each handout there are, where handouts were asked for."""
    if not hasattr(options, "once"):
        return {}
    copies = books.copies(options.code, options.people, options.only)
    told = [{"code": one.handout.code, "count": one.count, "spare": one.spare} for one in copies]
    return {"people": options.people, "copies": told}


def _say(figures: dict[str, Any], _: Texts) -> None:
    for one in figures.get("copies", ()):
        count = _.plural("{count} copia", "{count} copias", one["count"])
        spare = _("{count} de repuesto", count=one["spare"])
        print(f"{one['code']}: {count} · {spare}")
    if "pages" in figures:
        print(_.plural("{count} página", "{count} páginas", figures["pages"]))
    print(_("Escrito: {file}", file=figures["file"]))


def _guide(options: argparse.Namespace, books: Books) -> Made:
    return books.guide(options.code, options.people)


def _handouts(options: argparse.Namespace, books: Books) -> Made:
    from facilitator_kit.workspace.books import HandoutRun  # see run_print

    for handout in books.pack.handouts:
        if handout.code == options.code:
            # One handout may be asked for by its own code.
            options.code, options.only = handout.session, [handout.code]
    run = HandoutRun(
        options.people, tuple(options.only), repeated=not options.once, duplex=options.duplex
    )
    return books.handouts(options.code, run)


def _binder(options: argparse.Namespace, books: Books) -> Made:
    return books.module(options.code, _wanted(options))


def _programme(options: argparse.Namespace, books: Books) -> Made:
    return books.programme(options.code, _wanted(options), options.route, options.level)


def _wanted(options: argparse.Namespace) -> Contents:
    from facilitator_kit.workspace.books import Contents  # see run_print

    return Contents(
        guides="guides" in options.include,
        handouts="handouts" in options.include,
        lessons="lessons" in options.include,
        people=options.people,
        duplex=options.duplex,
    )


def _lesson(options: argparse.Namespace, books: Books) -> Made:
    return books.lesson(options.code)


def _complement(options: argparse.Namespace, books: Books) -> Made:
    return books.complement(options.code, duplex=options.duplex)


def _quiz(options: argparse.Namespace, books: Books) -> Made:
    return books.quiz(options.code)


def _methods(options: argparse.Namespace, books: Books) -> Made:
    return books.method(options.code) if options.code else books.methods(duplex=options.duplex)


def _process(options: argparse.Namespace, books: Books) -> Made:
    if options.code:
        return books.chapter(options.code)
    return books.process(duplex=options.duplex)
