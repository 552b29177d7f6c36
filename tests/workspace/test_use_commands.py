"""The command line: what it answers, and that no fault of a user ends in a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_office import Office

from facilitator_kit.cli import main
from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.paths import content_folder
from facilitator_kit.store import Store

SECRET = "cuatro palabras bien largas"


@pytest.fixture
def sample(office: Office) -> Path:
    """The small office's folder, closed: a sample, so that it opens by itself."""
    office.kit.close()
    return office.kit.folder


@pytest.fixture
def real(tmp_path: Path, clock: FixedClock) -> Path:
    store, _key = Store.create(tmp_path / "real", SECRET, clock, Ids.seeded(clock, 5))
    store.close()
    return tmp_path / "real"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def run(*arguments: object) -> int:
    return main(["--language", "es", *map(str, arguments)])


# -- packs -----------------------------------------------------------------------------------------


def test_the_core_pack_has_no_problem(said: pytest.CaptureFixture[str]) -> None:
    assert run("pack", "check", content_folder() / "core") == 0
    assert said.readouterr().out.strip() == "Sin problemas."


def test_pack_check_counts_for_machines(said: pytest.CaptureFixture[str]) -> None:
    assert run("pack", "check", content_folder() / "core", "--json") == 0
    told = json.loads(said.readouterr().out)
    assert set(told) == {"problems", "counts", "programmes"}
    assert told["problems"] == []
    assert set(told["counts"]) == {
        "programmes",
        "modules",
        "sessions",
        "sessions_complete",
        "methods",
        "handouts",
        "instruments",
        "layouts",
        "complements",
        "lessons",
        "chapters",
    }
    assert told["counts"]["programmes"] >= 6
    assert told["counts"]["sessions_complete"] >= 6
    assert all(
        set(one) == {"code", "sessions", "sessions_complete", "hours"} for one in told["programmes"]
    )
    hours = {one["code"]: one["hours"] for one in told["programmes"]}
    assert (hours["F34"], hours["F20"]) == (34, 20)


def test_a_broken_pack_is_refused_with_file_and_line(
    core_files: Mapping[str, bytes], tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    for name, data in core_files.items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    module = tmp_path / "pack" / "modules" / "M3" / "module.toml"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("minutes = 120", "minutes = 125", 1), encoding="utf-8")
    (tmp_path / "pack" / "sobra.txt").write_text("x")
    assert run("pack", "check", tmp_path / "pack", "--json") == 1
    problems = json.loads(said.readouterr().out)["problems"]
    assert {"session_minutes_mismatch", "unexpected_file"} <= {p["code"] for p in problems}
    for problem in problems:
        assert set(problem) == {"file", "line", "code", "reason", "remedy"}
        assert problem["file"]
        assert problem["reason"]
        assert problem["remedy"]
    assert run("pack", "check", tmp_path / "pack") == 1
    assert "[unexpected_file]" in said.readouterr().out


def test_a_pack_is_signed_with_a_key_of_ones_own(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    key, out = tmp_path / "equipo.key", tmp_path / "core.kitpack"
    core = content_folder() / "core"
    assert run("pack", "export", core, "--key", key, "--signer", "Equipo", "--out", out) == 0
    told = said.readouterr().out
    first = key.read_text()
    assert len(bytes.fromhex(first)) == 32
    assert run("pack", "export", core, "--key", key, "--signer", "Equipo", "--out", out) == 0
    assert key.read_text() == first
    assert said.readouterr().out == told
    assert run("pack", "verify", out) == 0
    assert "Firmado por Equipo el" in said.readouterr().out
    assert run("pack", "verify", out, "--json") == 0
    shown = json.loads(said.readouterr().out)
    assert shown["signer"] == "Equipo"
    assert shown["fingerprint"] in told
    assert run("pack", "check", out) == 0
    out.write_bytes(out.read_bytes()[:-1])
    for command in ("check", "verify"):
        assert run("pack", command, out) == 1
    assert said.readouterr().err.count("incompleto o dañado") == 2
    out.write_text("ni llave ni paquete")
    assert run("pack", "export", core, "--key", out, "--signer", "E", "--out", tmp_path / "x") == 1
    assert not (tmp_path / "x").exists()


def test_the_pack_in_force_is_signed_by_its_institution(
    sample: Path, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "propio.kitpack"
    assert run("pack", "export", "--workspace", sample, "--out", out) == 0
    assert run("pack", "verify", out, "--json") == 0
    shown = json.loads(said.readouterr().out.partition("{")[2].join(("{", "")))
    assert (shown["signer"], shown["code"]) == ("Secretaría", "core")
    core = content_folder() / "core"
    assert run("pack", "export", core, "--workspace", sample, "--out", out) == 0
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pack.toml").write_text("format = 1")
    assert run("pack", "export", broken, "--workspace", sample, "--out", tmp_path / "y") == 1
    assert "[missing_key]" in said.readouterr().err


# -- wrong usage and faults of the user ------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("nada",),
        ("demo",),
        ("demo", "--out"),
        ("pack", "export", "--out", "x"),
        ("pack", "export", "carpeta", "--key", "llave", "--out", "x"),
        ("demo", "--out", "x", "--on", "2026-13-40"),
        ("pack",),
        ("pack", "check"),
        ("report",),
        ("restore", "x.bak"),
        ("backup", "a", "b"),
    ],
)
def test_wrong_usage_is_two(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize("command", [("pack", "check"), ("report",), ("backup",), ("check",)])
@pytest.mark.parametrize("what", ["missing", "a file", "empty", "foreign"])
def test_a_folder_that_is_none_is_refused_in_one_sentence(
    command: tuple[str, ...], what: str, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "lugar"
    if what == "a file":
        place.write_text("x")
    elif what != "missing":
        place.mkdir()
        if what == "foreign":
            (place / "fotos.txt").write_text("x")
    before = sorted(tmp_path.rglob("*"))
    assert run(*command, place) == 1
    told = said.readouterr()
    assert told.err.strip() or told.out.strip()
    assert "Traceback" not in told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_demo_into_a_place_that_cannot_be_written_writes_nothing(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "archivo").write_text("x")
    for place in (tmp_path / "archivo", tmp_path / "archivo" / "dentro"):
        assert run("demo", "--out", place) == 1
        told = said.readouterr()
        assert "No se pudo escribir" in told.err
        assert told.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["archivo"]
    assert (tmp_path / "archivo").read_text() == "x"


def test_the_passphrase_comes_from_a_file_that_must_be_there(
    real: Path, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secreto.txt"
    assert run("check", real, "--passphrase-file", secret) == 1
    assert "secreto.txt" in said.readouterr().err
    secret.write_bytes(b"\xff\xfe\x00")
    assert run("check", real, "--passphrase-file", secret) == 1
    assert run("check", real, "--passphrase-file", tmp_path) == 1
    secret.write_text("no es esta frase\n", encoding="utf-8")
    assert run("check", real, "--passphrase-file", secret) == 1
    said.readouterr()
    secret.write_text(f"{SECRET}\r\n", encoding="utf-8")
    assert run("check", real, "--passphrase-file", secret) == 0
    assert said.readouterr().err == ""


def test_without_a_terminal_the_passphrase_is_asked_for_in_words(
    real: Path, said: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", closed)
    assert run("check", real) == 1
    assert "--passphrase-file" in said.readouterr().err


def test_faults_are_told_in_the_language_asked_for(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    main(["--language", "es", "check", str(tmp_path / "nada")])
    spanish = said.readouterr().err
    main(["--language", "en", "check", str(tmp_path / "nada")])
    assert said.readouterr().err not in ("", spanish)


# -- on a workspace --------------------------------------------------------------------------------


def test_report_prints_figures_and_writes_the_pdf(
    sample: Path, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "informe.pdf"
    asked = ("report", sample, "--generation", "Generación 2026-A")
    assert run(*asked, "--out", target, "--json") == 0
    told = json.loads(said.readouterr().out)
    assert told[0] == {
        "name": "Generación 2026-A",
        "enrolled": 5,
        "trained": 5,
        "graduates": 0,
    }
    assert target.read_bytes().startswith(b"%PDF-")
    assert run("report", sample, "--generation", "Generación 1999") == 1
    assert "1999" in said.readouterr().err
    assert run(*asked, "--out", target / "dentro.pdf") == 1
    assert "No se pudo escribir" in said.readouterr().err


def test_backup_check_and_restore(
    sample: Path, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "memoria"
    elsewhere.mkdir()
    assert run("check", sample) == 0
    assert "comprobados" in said.readouterr().out
    assert run("backup", sample, "--to", elsewhere) == 0
    (copy,) = elsewhere.iterdir()
    assert copy.name in said.readouterr().out
    # A sample's backup asks for no passphrase.
    assert run("restore", copy, "--into", tmp_path / "de nuevo") == 0
    assert run("check", tmp_path / "de nuevo") == 0
    said.readouterr()
    assert run("restore", copy, "--into", tmp_path / "de nuevo") == 1
    assert run("restore", tmp_path / "ninguna", "--into", tmp_path / "otro") == 1
    spoilt = bytearray(copy.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    copy.write_bytes(bytes(spoilt))
    assert run("restore", copy, "--into", tmp_path / "otro") == 1
    assert not (tmp_path / "otro").exists()
    assert "Traceback" not in said.readouterr().err


def test_a_real_backup_is_restored_with_its_passphrase(
    real: Path, tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secreto.txt"
    secret.write_text(SECRET, encoding="utf-8")
    assert run("backup", real, "--passphrase-file", secret) == 0
    (copy,) = (real / "backups").glob("*.kitbackup")
    secret.write_text("no es esta frase", encoding="utf-8")
    asked = ("restore", copy, "--into", tmp_path / "otro", "--passphrase-file", secret)
    assert run(*asked) == 1
    assert not (tmp_path / "otro").exists()
    secret.write_text(SECRET, encoding="utf-8")
    assert run(*asked) == 0
    assert said.readouterr().out
    assert (tmp_path / "otro" / "data.db").is_file()


def test_a_workspace_in_use_is_refused(office: Office, said: pytest.CaptureFixture[str]) -> None:
    assert run("check", office.kit.folder) == 1
    assert said.readouterr().err
