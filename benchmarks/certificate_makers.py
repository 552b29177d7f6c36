"""The makers of certificates that are compared; each puts the same words on the same paper.

A maker first gets what a running application has at hand (its library loaded, and ours the layouts
of its pack read), and answers with the work itself: from a list of people to a file on the disk.
`python -m benchmarks.certificate_makers MAKER COUNT FILE` makes a file, as a process of its own,
and tells the seconds of that work. Every maker is loaded by such a Python process, typst too: it is
a library there, and LibreOffice a program that is started by it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.telling import told
from facilitator_kit import paths

Work = Callable[[], None]

INSTITUTION: Final = "Secretaría de Igualdad (ejemplo)"
CENTRE: Final = "Centro de Reunión (ejemplo)"
PROGRAMME: Final = "Segunda Oportunidad"
ROUTE: Final = "Ruta de empleo, niveles básico y avanzado"
PLACE: Final = "Guadalajara, Jalisco"
SIGNERS: Final = (
    ("Mtra. Nombre Apellido", "Titular de la Secretaría"),
    ("Lcda. Nombre Apellido", "Directora del Centro"),
)
OPENING: Final = f"{INSTITUTION}, en su sede {CENTRE}, otorga el presente"
BODY: Final = (
    f"por haber concluido la **{ROUTE}**, del programa {PROGRAMME}, con una duración de "
    "**90 horas**, del 4 de marzo al 4 de septiembre de 2026."
)
PLACE_DATE: Final = f"{PLACE}, a 17 de octubre de 2026"
_GIVEN: Final = ("Xóchitl", "María de los Ángeles", "Ana", "Ñusta", "Guadalupe", "Luz", "Itzel")
_SURNAMES: Final = ("Hernández", "Muñoz", "de la O", "Güemes", "Pérez-Rulfo", "O’Gorman", "Núñez")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a certificate is for, and the words at its foot."""

    name: str
    folio: str
    foot: str


def people(count: int) -> Iterator[Person]:
    """Fictitious graduates with everything that names can have."""
    for number in range(count):
        given = _GIVEN[number % len(_GIVEN)]
        first = _SURNAMES[number // 3 % len(_SURNAMES)]
        second = _SURNAMES[number // 11 % len(_SURNAMES)]
        folio = f"EJ-2026-{number + 1:04}"
        foot = (
            f"Folio {folio} · Libro 1, foja {number // 25 + 1} · Registro con criterios "
            "«SCE 2022-2» versión 3 · Este documento no equivale a estudios con validez oficial"
        )
        yield Person(f"{given} {first} {second}", folio, foot)


def with_kit(count: int, file: Path) -> Work:
    """This project's own way, from the layout of the pack."""
    from facilitator_kit.curriculum import load_pack
    from facilitator_kit.documents.certificate import CertificateSheet, certificates_pdf
    from facilitator_kit.i18n import Texts
    from facilitator_kit.monitoring.records import CertificateSigner, Paper
    from facilitator_kit.progress import finish

    # The template, as the others have theirs in this file; not the texts of all courses.
    core = paths.content_folder() / "core"
    files = [core / "pack.toml", *core.glob("layouts/*.toml"), *core.glob("words/*.toml")]
    pack = load_pack({f.relative_to(core).as_posix(): f.read_bytes() for f in files}, "MX")
    layout = next(layout for layout in pack.layouts if layout.code == "reconocimiento")

    def work() -> None:
        sheets = [
            CertificateSheet(
                layout=layout,
                paper=Paper.LETTER,
                name=person.name,
                institution=INSTITUTION,
                centre=CENTRE,
                programme=PROGRAMME,
                route_text=ROUTE,
                hours_minutes=90 * 60,
                starts_on=date(2026, 3, 4),
                ends_on=date(2026, 9, 4),
                issued_on=date(2026, 10, 17),
                place=PLACE,
                folio=person.folio,
                book=1,
                leaf=number // 25 + 1,
                rule="SCE 2022-2",
                rule_version=3,
                signers=tuple(CertificateSigner(*signer) for signer in SIGNERS),
            )
            for number, person in enumerate(people(count))
        ]
        with file.open("wb") as out:
            finish(certificates_pdf(sheets, (), out, Texts()))

    return work


def with_typst(count: int, file: Path) -> Work:
    """typst: one document that loops over the people, compiled once."""
    import typst

    def work() -> None:
        source = file.with_suffix(".typ")
        data = file.with_suffix(".json")
        data.write_text(
            json.dumps([{"name": p.name, "foot": p.foot} for p in people(count)]), encoding="utf-8"
        )
        body = BODY.replace("**", "*")
        signers = ", ".join(f'("{name}", "{title}")' for name, title in SIGNERS)
        source.write_text(
            f"""
#let purple = rgb("#5A2A6E")
#let muted = rgb("#645B6E")
#let frame = {{
  place(top + left, dx: 9mm, dy: 9mm, rect(width: 261.4mm, height: 197.9mm, stroke: 1pt + purple))
  place(top + left, dx: 10.6mm, dy: 10.6mm,
    rect(width: 258.2mm, height: 194.7mm, stroke: .35pt + purple))
}}
#set page(width: 279.4mm, height: 215.9mm, margin: 0mm, background: frame)
#set text(font: "Atkinson Hyperlegible Next", size: 11pt, fill: rgb("#231C2B"), lang: "es")
#let centred(top-edge, wide, it) = place(top + center, dy: top-edge,
  block(width: wide, align(center, it)))
#let certificate(person) = {{
  centred(39.5mm, 210mm)[{OPENING}]
  centred(49mm, 230mm, text(36pt, weight: "bold", fill: purple, tracking: 4pt)[RECONOCIMIENTO])
  centred(69.5mm, 210mm)[a]
  centred(76mm, 225mm, context {{
    let natural = measure(text(29pt, weight: "bold", person.name)).width
    text(29pt * calc.min(1, 225mm / natural), weight: "bold", person.name)
  }})
  centred(95mm, 138mm, line(length: 100%, stroke: .7pt + purple))
  centred(98.5mm, 186mm, text(12pt)[{body}])
  centred(126.5mm, 210mm)[{PLACE_DATE}]
  for (i, signer) in ({signers}).enumerate() {{
    place(top + left, dx: 38mm + i * 80mm, dy: 156mm, block(width: 66mm, align(center)[
      #line(length: 100%, stroke: .8pt)
      #text(10pt, weight: "bold", signer.at(0)) \\
      #text(10pt, signer.at(1))
    ]))
  }}
  centred(197mm, 230mm, text(8pt, fill: muted, person.foot))
}}
#for (i, person) in json("{data.name}").enumerate() {{
  if i > 0 {{ pagebreak() }}
  certificate(person)
}}
""",
            encoding="utf-8",
        )
        typst.compile(
            str(source), output=str(file), font_paths=[str(paths.FONTS)], ignore_system_fonts=True
        )

    return work


def with_fpdf2(count: int, file: Path) -> Work:
    """fpdf2: page by page."""
    from fpdf import FPDF

    def work() -> None:
        purple, muted, dark = (0x5A, 0x2A, 0x6E), (0x64, 0x5B, 0x6E), (0x23, 0x1C, 0x2B)
        pdf = FPDF(orientation="landscape", unit="mm", format="letter")
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.c_margin = 0
        pdf.add_font("Kit", "", str(paths.FONTS / "AtkinsonHyperlegibleNext-Regular.ttf"))
        pdf.add_font("Kit", "B", str(paths.FONTS / "AtkinsonHyperlegibleNext-Bold.ttf"))

        def centred(top: float, width: float, size: float, text: str, style: str = "") -> None:
            pdf.set_font("Kit", style, size)
            pdf.set_xy((pdf.w - width) / 2, top)
            pdf.multi_cell(width, size * 0.52, text, align="C", markdown="**" in text)

        for person in people(count):
            pdf.add_page()
            pdf.set_draw_color(*purple)
            pdf.set_line_width(0.35)
            pdf.rect(9, 9, pdf.w - 18, pdf.h - 18)
            pdf.set_line_width(0.12)
            pdf.rect(10.6, 10.6, pdf.w - 21.2, pdf.h - 21.2)
            pdf.set_text_color(*dark)
            centred(39.5, 210, 11, OPENING)
            pdf.set_text_color(*purple)
            pdf.set_char_spacing(4)
            centred(49, 230, 36, "RECONOCIMIENTO", "B")
            pdf.set_char_spacing(0)
            pdf.set_text_color(*dark)
            centred(69.5, 210, 11, "a")
            pdf.set_font("Kit", "B", 29)
            size = 29 * min(1.0, 225 / pdf.get_string_width(person.name))
            centred(76, 225, size, person.name, "B")
            pdf.set_line_width(0.25)
            pdf.line((pdf.w - 138) / 2, 95, (pdf.w + 138) / 2, 95)
            centred(98.5, 186, 12, BODY)
            centred(126.5, 210, 11, PLACE_DATE)
            pdf.set_draw_color(*dark)
            for number, (name, title) in enumerate(SIGNERS):
                left = 38 + number * 80
                pdf.line(left, 156, left + 66, 156)
                for row, (text, style) in enumerate(((name, "B"), (title, ""))):
                    pdf.set_font("Kit", style, 10)
                    pdf.set_xy(left, 157.5 + row * 4.5)
                    pdf.cell(66, 4.5, text, align="C")
            pdf.set_text_color(*muted)
            centred(197, 230, 8, person.foot)
        pdf.output(str(file))

    return work


def with_libreoffice(count: int, file: Path) -> Work:
    """LibreOffice Writer without a window: one flat document, converted once."""
    import html
    import shutil
    import subprocess

    def work() -> None:
        pages = "".join(
            f'<text:p text:style-name="page">{html.escape(OPENING)}</text:p>'
            '<text:p text:style-name="title">RECONOCIMIENTO</text:p>'
            '<text:p text:style-name="plain">a</text:p>'
            f'<text:p text:style-name="name">{html.escape(person.name)}</text:p>'
            f'<text:p text:style-name="plain">{html.escape(BODY.replace("**", ""))}</text:p>'
            f'<text:p text:style-name="plain">{html.escape(PLACE_DATE)}</text:p>'
            + "".join(
                f'<text:p text:style-name="plain">{html.escape(" · ".join(signer))}</text:p>'
                for signer in SIGNERS
            )
            + f'<text:p text:style-name="plain">{html.escape(person.foot)}</text:p>'
            for person in people(count)
        )
        names = ("office", "text", "style", "fo")
        spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in names}
        spaces["fo"] = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
        declared = " ".join(f'xmlns:{name}="{where}"' for name, where in spaces.items())

        def style(name: str, size: int, paragraph: str = "") -> str:
            return (
                f'<style:style style:name="{name}" style:family="paragraph">'
                '<style:paragraph-properties fo:text-align="center" fo:margin-top="6mm" '
                f"{paragraph}/>"
                f'<style:text-properties fo:font-size="{size}pt"/></style:style>'
            )

        styles = style("page", 11, 'fo:break-before="page"') + style("plain", 11)
        styles += style("title", 36) + style("name", 29)
        source = file.with_suffix(".fodt")
        source.write_text(
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {declared} '
            'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{pages}</office:text></office:body></office:document>",
            encoding="utf-8",
        )
        office = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
        profile = f"-env:UserInstallation={(file.parent / 'office').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(file.parent),
        ]
        subprocess.run([*command, str(source)], check=True, capture_output=True)

    return work


MAKERS: Final = {
    "kit": with_kit,
    "typst": with_typst,
    "fpdf2": with_fpdf2,
    "libreoffice": with_libreoffice,
}

if __name__ == "__main__":
    make = MAKERS[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]).absolute())
    started = time.perf_counter()
    make()
    told(work=time.perf_counter() - started)
