"""Making, opening and restoring workspaces: what is refused is left untouched."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_office import ES, TODAY, Office, morning

from facilitator_kit.clock import FixedClock, Ids
from facilitator_kit.errors import InputRefused, KitError, NotOpened
from facilitator_kit.progress import finish
from facilitator_kit.store import WORKSPACE_FILE
from facilitator_kit.workspace import Front
from facilitator_kit.workspace.opening import NewInstitution

SECRET = "cuatro palabras bien largas"
NEW = NewInstitution(
    name="Instituto de las Mujeres",
    short_name="",
    country="MX",
    city="Guadalajara",
    state="Jalisco",
    centre_name="Centro Norte",
    centre_code="CN",
    user_name="Julia Ríos",
    user_position="Directora",
    passphrase=SECRET,
    passphrase_again=SECRET,
    signatories=(("Mtra. Nora Sol", "Titular"),),
)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, core_files: dict[str, bytes]
) -> tuple[Path, str]:
    """A real institution's workspace, closed, and its recovery key."""
    clock = FixedClock(morning(TODAY))
    folder = tmp_path_factory.mktemp("real") / "instituto"
    opened = Front(clock, Ids.seeded(clock, 4), core_files).create(folder, NEW)
    opened.workspace.close()
    return folder, opened.recovery_key


@pytest.fixture
def closed(made: tuple[Path, str], tmp_path: Path) -> Path:
    shutil.copytree(made[0], tmp_path / "instituto")
    return tmp_path / "instituto"


def everything(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refused_untouched(front: Front, folder: Path, passphrase: str = SECRET) -> str:
    before = everything(folder.parent)
    with pytest.raises(NotOpened) as refused:
        front.open(folder, passphrase=passphrase)
    assert everything(folder.parent) == before
    assert refused.value.text(ES)
    return refused.value.code


def test_the_wizard_makes_an_institution_with_one_named_user(front: Front, closed: Path) -> None:
    kit = front.open(closed, passphrase=SECRET)
    try:
        institution = kit.institution.get()
        assert (institution.name, institution.short_name) == (NEW.name, NEW.name)
        assert not institution.sample
        assert kit.institution.user().name == "Julia Ríos"
        assert [c.code for c in kit.institution.centres()] == ["CN"]
        assert [s.title for s in kit.institution.signatories()] == ["Titular"]
        assert kit.undo_name() is None
        kit.institution.add_closed_day(front.clock.today(), "Inventario")
        assert kit.desk.store.history(limit=1)[0].actor == kit.institution.user().id
    finally:
        kit.close()


def test_the_wizard_tells_every_problem_and_makes_nothing(front: Front, tmp_path: Path) -> None:
    wrong = replace(
        NEW,
        name=" ",
        city="",
        centre_name="",
        centre_code="cñ",
        user_name="",
        passphrase="corta",
        passphrase_again="otra",
        logos=(("logo.gif", b"GIF89a"),),
    )
    with pytest.raises(InputRefused) as refused:
        front.create(tmp_path / "nuevo", wrong)
    assert {problem.code for problem in refused.value.problems} == {
        "blank_name",
        "blank_city",
        "blank_centre_name",
        "blank_user_name",
        "bad_centre_code",
        "not_an_image",
        "passphrase_short",
        "passphrase_differs",
    }
    assert list(tmp_path.iterdir()) == []


def test_an_institution_is_not_made_over_something(front: Front, closed: Path) -> None:
    before = everything(closed)
    with pytest.raises(NotOpened) as refused:
        front.create(closed, NEW)
    assert refused.value.code == "exists"
    assert everything(closed) == before


@pytest.mark.parametrize("typed", ["otra frase larga", SECRET.upper(), ""])
def test_a_wrong_passphrase(front: Front, closed: Path, typed: str) -> None:
    assert refused_untouched(front, closed, typed) == "wrong_passphrase"


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _foreign(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "fotos.txt").write_text("otra cosa")


def _unencrypted(folder: Path) -> None:
    database = folder / "data.db"
    database.unlink()
    plain = sqlite3.connect(database)
    plain.execute("CREATE TABLE participant (id TEXT)")
    plain.commit()
    plain.close()


def _without_database(folder: Path) -> None:
    (folder / "data.db").unlink()


def _damaged(folder: Path) -> None:
    found = bytearray((folder / "data.db").read_bytes())
    found[100] ^= 1
    (folder / "data.db").write_bytes(bytes(found))


def _spoilt_header(folder: Path) -> None:
    (folder / WORKSPACE_FILE).write_text("{")


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        (_gone, "missing"),
        (_emptied, "empty"),
        (_foreign, "foreign"),
        (_unencrypted, "unencrypted"),
        (_without_database, "missing"),
        (_damaged, "damaged"),
        (_spoilt_header, "damaged"),
    ],
)
def test_what_is_no_workspace_is_refused_untouched(
    front: Front, closed: Path, happened: Callable[[Path], None], code: str
) -> None:
    happened(closed)
    assert refused_untouched(front, closed) == code


def test_a_second_window_is_refused_politely(front: Front, closed: Path) -> None:
    first = front.open(closed, passphrase=SECRET)
    try:
        with pytest.raises(NotOpened) as refused:
            front.open(closed, passphrase=SECRET)
        assert refused.value.code == "in_use"
    finally:
        first.close()
    front.open(closed, passphrase=SECRET).close()


def test_the_passphrase_can_be_changed(front: Front, closed: Path) -> None:
    kit = front.open(closed, passphrase=SECRET)
    with pytest.raises(InputRefused) as refused:
        kit.set_passphrase("corta", "corto")
    assert {p.code for p in refused.value.problems} == {"passphrase_short", "passphrase_differs"}
    assert kit.check_passphrase(SECRET)
    kit.set_passphrase("otra frase muy larga", "otra frase muy larga")
    assert not kit.check_passphrase(SECRET)
    kit.close()
    assert refused_untouched(front, closed) == "wrong_passphrase"
    front.open(closed, passphrase="otra frase muy larga").close()


def test_the_recovery_key_opens_and_asks_for_a_new_passphrase(
    front: Front, closed: Path, made: tuple[Path, str]
) -> None:
    kit = front.open(closed, recovery_key=made[1].lower())
    assert kit.needs_new_passphrase
    new = kit.new_recovery_key()
    kit.close()
    with pytest.raises(NotOpened):
        front.open(closed, recovery_key=made[1])
    kit = front.open(closed, recovery_key=new)
    kit.set_passphrase("otra frase muy larga", "otra frase muy larga")
    assert not kit.needs_new_passphrase
    kit.close()
    kit = front.open(closed, passphrase="otra frase muy larga")
    assert not kit.needs_new_passphrase
    kit.close()


def test_a_backup_restores_into_a_new_place_and_leaves_the_old_alone(
    front: Front, closed: Path, tmp_path: Path
) -> None:
    kit = front.open(closed, passphrase=SECRET)
    kit.institution.add_closed_day(front.clock.today(), "Inventario")
    assert kit.last_backup() is None
    made = finish(kit.back_up())
    last = kit.last_backup()
    assert last is not None
    assert last.checked_at is not None
    assert not kit.unsaved_in_backup()
    kit.institution.add_closed_day(front.clock.today(), "Después de la copia")
    assert kit.unsaved_in_backup()
    kit.close()
    before = everything(closed)
    with pytest.raises(NotOpened) as refused:
        finish(front.restore(made.path, tmp_path / "otro", passphrase="no es esta frase"))
    assert refused.value.code == "wrong_passphrase"
    assert not (tmp_path / "otro").exists()
    finish(front.restore(made.path, tmp_path / "otro", passphrase=SECRET))
    with pytest.raises(NotOpened):
        finish(front.restore(made.path, tmp_path / "otro", passphrase=SECRET))
    assert everything(closed) == before
    again = front.open(tmp_path / "otro", passphrase=SECRET)
    assert [day.reason for day in again.institution.closed_days()] == ["Inventario"]
    assert again.verify_journal().ok
    again.close()


def test_a_backup_is_due_after_half_an_hour_of_work_and_no_sooner(
    front: Front, clock: FixedClock, closed: Path
) -> None:
    kit = front.open(closed, passphrase=SECRET)
    finish(kit.back_up())
    clock.set(clock.now() + timedelta(minutes=45))
    assert not kit.backup_due()  # nothing changed
    kit.institution.add_closed_day(front.clock.today(), "Inventario")
    assert kit.backup_due()
    finish(kit.back_up())
    kit.institution.add_closed_day(front.clock.today(), "Fumigación")
    assert not kit.backup_due()
    kit.close()


# -- the sample ----------------------------------------------------------------------------------


def test_a_sample_takes_no_passphrase_and_never_becomes_real(office: Office, front: Front) -> None:
    for doing in (
        lambda: office.kit.set_passphrase(SECRET, SECRET),
        office.kit.new_recovery_key,
        lambda: office.kit.institution.save(replace(office.kit.institution.get(), sample=False)),
    ):
        with pytest.raises(KitError) as refused:
            doing()
        assert refused.value.code == "sample"
    assert office.kit.sample
    assert office.kit.institution.get().sample
    assert front.is_sample(office.kit.folder)


def test_a_real_institution_never_becomes_a_sample(front: Front, closed: Path) -> None:
    kit = front.open(closed, passphrase=SECRET)
    with pytest.raises(KitError) as refused:
        kit.institution.save(replace(kit.institution.get(), sample=True))
    assert refused.value.code == "sample"
    assert not kit.sample
    kit.close()
