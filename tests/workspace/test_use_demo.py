"""The demo's contract with machines: keys, figures, files and bytes, and Qt never loaded."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2

from facilitator_kit.workspace.demo import REFERENCE_DATE

Demo = Any  # the fixture of this folder's conftest


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_it_says_exactly_what_the_contract_names(demo: Demo) -> None:
    said = demo.said
    assert set(said) == {
        "participants",
        "graduates",
        "centres",
        "not_graduating",
        "framework",
        "files",
    }
    assert (said["participants"], said["graduates"]) == (119, 91)
    assert [(c["trained"], c["graduates"]) for c in said["centres"]] == [
        (63, 55),
        (33, 22),
        (23, 14),
    ]
    assert all(set(c) == {"name", "trained", "graduates"} for c in said["centres"])
    assert json.loads(json.dumps(said)) == said


def test_the_twenty_eight_each_lack_something_named(demo: Demo) -> None:
    found = demo.said["not_graduating"]
    assert len(found) == 28
    assert all(set(one) == {"code", "state", "lacks"} for one in found)
    assert len({one["code"] for one in found}) == 28
    assert {one["state"] for one in found} == {"can_fulfil", "cannot", "left", "refused"}
    modules = {"M0", "M1", "M2", "M3", "M4B", "M4A", "M5B", "M5A", "M6R", "M7", "CG"}
    named = {code for one in found for code in one["lacks"]}
    assert named <= modules | {"survey_entry", "survey_exit", "follow_up"}
    assert {"survey_entry", "survey_exit", "follow_up", "M1", "M2", "M3"} <= named
    assert all(one["lacks"] for one in found if one["state"] != "refused")


def test_the_framework_rows(demo: Demo) -> None:
    rows = {row["indicator"]: row for row in demo.said["framework"]}
    told = {
        key: (
            row["baseline"],
            row["target"],
            row["target_type"],
            row["achieved"],
            row["progress_percent"],
            row["status"],
            row["source"],
        )
        for key, row in rows.items()
    }
    assert told == {
        "new_learning_centres": (1, 1, "incremental", 2, 200, "exceeded", "entered"),
        "graduates_with_follow_up": (1016, 70, "incremental", 91, 130, "exceeded", "computed"),
        "route_concluded": (None, 100, "cumulative", 91, 91, "partial", "computed"),
        "officials_trained": (None, 36, "cumulative", 40, 111.1, "exceeded", "entered"),
        "facilitators_trained": (None, 6, "cumulative", 6, 100, "met", "entered"),
        "training_hours": (None, 20, "cumulative", 20, 100, "met", "entered"),
        "process_document": (None, 1, "cumulative", 1, 100, "met", "entered"),
        "exit_survey_support": (
            None,
            None,
            "cumulative",
            rows["exit_survey_support"]["achieved"],
            None,
            "no_target",
            "computed",
        ),
    }
    assert 91 <= rows["exit_survey_support"]["achieved"] <= 119


def test_every_file_it_names_is_there_and_no_other(demo: Demo) -> None:
    files = demo.said["files"]
    assert set(files) == {
        "agenda",
        "roll",
        "certificates",
        "certificate_files",
        "actas",
        "register",
        "delivery",
        "report",
    }
    single = {key: files[key] for key in files if isinstance(files[key], str)}
    assert single == {
        "agenda": "agenda.pdf",
        "roll": "lista-asistencia.pdf",
        "certificates": "certificados.pdf",
        "register": "libro-registro.pdf",
        "delivery": "hoja-entrega.pdf",
        "report": "informe.pdf",
    }
    assert len(files["certificate_files"]) == len(set(files["certificate_files"])) == 91
    assert len(files["actas"]) == len(set(files["actas"])) == 7
    assert all(name.startswith("acta-c") for name in files["actas"])
    named = {*single.values(), *files["certificate_files"], *files["actas"]}
    assert set(digests(demo.folder)) == named
    for name in named:
        assert (demo.folder / name).read_bytes().startswith(b"%PDF-")


def test_the_pages_say_they_are_an_example_and_the_agenda_is_one(demo: Demo) -> None:
    assert len(pages(demo.folder / "agenda.pdf")) == 1
    certificates = pages(demo.folder / "certificados.pdf")
    assert len(certificates) == 91
    for name in digests(demo.folder):
        if "/" not in name:
            assert all("EJEMPLO" in page for page in pages(demo.folder / name)), name
    # Six names of sixty characters and two homonyms hold certificates of their own.
    folios = [Path(name).stem for name in demo.said["files"]["certificate_files"]]
    for page, folio in zip(certificates, folios, strict=True):
        assert folio in page
    delivery = " ".join(" ".join(pages(demo.folder / "hoja-entrega.pdf")).split())
    assert all(folio in delivery for folio in folios)


def test_the_command_does_the_same_over_what_stands_there_and_loads_no_qt(
    demo: Demo, tmp_path: Path
) -> None:
    (tmp_path / "agenda.pdf").write_bytes(b"algo de antes")
    (tmp_path / "mis notas.txt").write_text("se quedan")
    code = (
        "import sys\n"
        "from facilitator_kit.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "qt = ('PySide6', 'shiboken6')\n"
        "loaded = [name for name in sys.modules if name.split('.')[0] in qt]\n"
        "print(loaded, file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "demo", "--out", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.strip() == "[]"
    assert json.loads(ran.stdout) == demo.said
    written = digests(tmp_path)
    assert written.pop("mis notas.txt")
    assert written == digests(demo.folder)
    assert REFERENCE_DATE.isoformat() == "2026-11-23"
