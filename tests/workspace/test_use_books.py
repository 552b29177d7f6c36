"""What the curriculum prints, from a pack alone and from a workspace, on screen and by command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from small_office import Office

from facilitator_kit.cli import main
from facilitator_kit.errors import KitError
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Paper
from facilitator_kit.progress import Progress, Work, finish
from facilitator_kit.workspace.books import (
    Books,
    Contents,
    HandoutRun,
    Writer,
    books_of_files,
    in_memory,
    modules_of,
)
from facilitator_kit.workspace.printing import whole_file
from facilitator_kit.workspace.views import SessionView

ON = date(2026, 11, 28)


@pytest.fixture(scope="module")
def books(core_files: Mapping[str, bytes]) -> Books:
    return books_of_files(core_files, "MX", "Instituto de ejemplo", Paper.LETTER, ON)


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n\f\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def made(write: Writer) -> bytes:
    return finish(in_memory(lambda: write))


def test_a_guide_is_counted_for_the_people_asked_for(books: Books) -> None:
    told = " ".join(text(books.guide("M3-2", 18)).split())
    assert "Hoja 2-A «Mi mes» 21" in told
    assert "M3-2-A · Mi mes · 21 copias" in told
    assert "1 por persona + 3" in " ".join(text(books.guide("M3-2")).split())


def test_the_handouts_of_a_session_come_for_a_group(books: Books) -> None:
    copies = {one.handout.code: (one.count, one.spare) for one in books.copies("M3-2", 18)}
    assert copies["M3-2-A"] == (21, 3)
    pages = text(made(books.handouts("M3-2", HandoutRun(2, ("M3-2-A",))))).split("\f")
    assert len(pages) == 2 + 3


def test_a_module_is_one_book(books: Books) -> None:
    told = text(made(books.module("M3", Contents(people=18))))
    module = books.pack.module("M3")
    for session in module.sessions:
        assert session.title in told
    assert "Materiales para 18 personas" in told


def test_only_what_was_chosen_goes_into_a_binder(books: Books) -> None:
    guides = text(made(books.module("M3", Contents(handouts=False, lessons=False))))
    assert "Paso a paso" in guides
    assert "M3-2-A · Mi mes" not in guides.split("\f")[1]
    handouts = text(made(books.module("M3", Contents(guides=False, lessons=False))))
    assert "Paso a paso" not in handouts
    assert "M3-2-A · Mi mes" in handouts.split("\f")[1]


def test_a_route_and_level_hold_their_modules(books: Books) -> None:
    contents = Contents(handouts=False, lessons=False)
    write = books.programme("SCE", contents, "return_to_study")
    told = text(made(write)).split("\f")
    assert "Retorno a estudios · Nivel único" in told[0]
    listed = " ".join(told[1].split())
    assert "M7 · " in listed
    assert "M4B · " not in listed


def test_all_routes_hold_every_module_once(books: Books) -> None:
    programme = books.pack.programme("SCE")
    codes = [module.code for module in modules_of(books.pack, programme)]
    assert len(codes) == len(set(codes))
    wanted = {
        code for route in programme.routes for level in route.levels for code in level.modules
    }
    assert set(codes) == wanted


@pytest.mark.parametrize(
    "ask",
    [
        lambda books: books.guide("M9-1"),
        lambda books: books.handout("M9-1-A"),
        lambda books: books.lesson("CM9-1"),
        lambda books: books.quiz("M9"),
        lambda books: books.method("nada"),
        lambda books: books.chapter("P-99"),
        lambda books: books.copies("M9-1", 3),
        lambda books: books.module("M9", Contents()),
        lambda books: books.programme("NADA", Contents()),
        lambda books: books.programme("SCE", Contents(), "nada"),
        lambda books: books.programme("SCE", Contents(), "employment", "nada"),
        lambda books: books.complement("CM9"),
    ],
)
def test_what_is_not_there_is_refused_with_a_remedy(
    books: Books, ask: Callable[[Books], object]
) -> None:
    with pytest.raises(KitError) as refused:
        ask(books)
    assert refused.value.code == "not_found"
    assert str(refused.value.remedy)


# -- files ---------------------------------------------------------------------------------------


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "carpeta.pdf"

    def work() -> Work[None]:
        with whole_file(target) as out:
            out.write(b"half")
            yield Progress(1, 2, message("Componiendo páginas"))
            out.write(b" whole")

    stopped = work()
    next(stopped)
    stopped.close()
    assert list(target.parent.iterdir()) == []
    finish(work())
    assert target.read_bytes() == b"half whole"
    assert list(target.parent.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(KitError) as refused, whole_file(blocked / "x.pdf") as out:
        out.write(b"")
    assert refused.value.code == "not_writable"


def test_a_former_file_stays_when_the_new_one_is_not_finished(tmp_path: Path) -> None:
    target = tmp_path / "carpeta.pdf"
    target.write_bytes(b"former")

    def fail() -> None:
        with whole_file(target) as out:
            out.write(b"new")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert target.read_bytes() == b"former"


# -- a workspace ---------------------------------------------------------------------------------


def planned(office: Office) -> list[SessionView]:
    """The sessions that are still to come and for which somebody is expected."""
    today = office.kit.desk.clock.today()
    coming = office.kit.calendars.between(today, today + timedelta(days=60))
    return [view for view in coming if view.expected]


def test_a_scheduled_session_is_printed_for_who_is_expected(office: Office) -> None:
    view = next(v for v in planned(office) if v.session.handouts)
    copies = office.kit.papers.copies(view.scheduled.id)
    assert {one.handout.code for one in copies} == set(view.session.handouts)
    pdf = finish(office.kit.papers.handouts(view.scheduled.id, repeated=True))
    pages = text(pdf).split("\f")
    sheets = sum(-(-one.count // 2) if one.handout.paper == "half" else one.count for one in copies)
    assert len(pages) >= sheets


def test_the_people_expected_next_are_known(office: Office) -> None:
    coming = planned(office)
    assert office.kit.papers.people_next((coming[0].session.code,)) == coming[0].expected
    assert office.kit.papers.people_next(("nada",)) is None


def test_the_guide_of_a_scheduled_session_shows_the_hour(office: Office) -> None:
    view = planned(office)[0]
    told = text(office.kit.printing.guide(view.scheduled.id))
    assert f"{view.scheduled.starts_at:%H:%M}" in told
    assert "0:00" not in told.replace("10:00", "")


def test_what_is_printed_in_a_workspace_has_its_letterhead(office: Office) -> None:
    pdf = finish(in_memory(lambda: office.kit.printing.books.methods()))
    assert office.kit.desk.institution.name in text(pdf)


# -- the command line ----------------------------------------------------------------------------


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def run(*arguments: object) -> int:
    return main(["--language", "es", "print", *map(str, arguments)])


def pages_in(file: Path) -> int:
    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()


def test_a_binder_is_written_and_its_pages_are_counted(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "m3.pdf"
    assert run("binder", "M3", "--out", out, "--people", 12, "--on", "2026-11-28", "--json") == 0
    told = json.loads(said.readouterr().out)
    assert told == {"file": str(out), "pages": pages_in(out)}


def test_handouts_tell_how_many_copies(tmp_path: Path, said: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "h.pdf"
    assert run("handouts", "M3-2", "--out", out, "--people", 20, "--once", "--json") == 0
    told = json.loads(said.readouterr().out)
    assert told["people"] == 20
    assert told["copies"][0] == {"code": "M3-2-A", "count": 23, "spare": 3}
    assert told["pages"] == pages_in(out) == 1 + 3


def test_one_handout_is_asked_for_by_its_own_code(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "h.pdf"
    assert run("handouts", "M3-2-A", "--out", out, "--people", 4, "--json") == 0
    told = json.loads(said.readouterr().out)
    assert [one["code"] for one in told["copies"]] == ["M3-2-A"]
    assert told["pages"] == 4 + 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("guide", "M3-2", "--paper", "a4", "--country", "CL"),
        ("methods", "hilo-que-une"),
        ("methods",),
        ("programme", "SCE", "--route", "employment", "--include", "guides"),
    ],
)
def test_every_kind_is_written(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    out = tmp_path / "x.pdf"
    assert run(*arguments, "--out", out) == 0
    assert pages_in(out) >= 1


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert run("binder", "M0", "--on", "2026-11-28", "--out", tmp_path / name) == 0
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_what_does_not_exist_is_refused_and_nothing_is_written(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    assert run("binder", "M99", "--out", tmp_path / "x.pdf") == 1
    assert "No hay ningún módulo «M99»" in said.readouterr().err
    assert run("guide", "M3-2", "--pack", tmp_path / "nada", "--out", tmp_path / "x.pdf") == 1
    assert list(tmp_path.iterdir()) == []


def test_wrong_usage_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as wrong:
        run("binder", "M3", "--people", 0, "--out", tmp_path / "x.pdf")
    assert wrong.value.code == 2


def test_a_broken_pack_is_refused_with_its_problems(
    tmp_path: Path, said: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.toml").write_text("format = 1\n", "utf-8")
    assert run("methods", "--pack", pack, "--out", tmp_path / "x.pdf") == 1
    assert "pack.toml" in said.readouterr().err


def test_work_reports_how_far_it_is(books: Books) -> None:
    steps: list[Progress] = []
    finish(books.module("M3", Contents())(BytesIO()), steps.append)
    assert steps[0].done == 0
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total
    assert len(steps) > len(books.pack.module("M3").sessions)
