"""The library: favourites are each user's own and undone by name; an update tells what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from small_office import Office

from facilitator_kit.curriculum import pack_files_to_zip
from facilitator_kit.curriculum.pack_news import Novelty
from facilitator_kit.i18n import message
from facilitator_kit.monitoring.records import Favourite, StoredPack, User


def test_a_favourite_is_kept_and_undone_by_its_title(office: Office) -> None:
    library = office.kit.library
    library.set_favourite("M3-2", True)
    assert library.favourites() == {"M3-2"}
    assert office.undone_name() == "Guardar «Mi presupuesto, mi decisión» en favoritas"
    library.set_favourite("la-pecera", True)
    library.set_favourite("M3-2", False)
    assert office.undone_name() == "Quitar «Mi presupuesto, mi decisión» de favoritas"
    assert library.favourites() == {"la-pecera"}
    office.kit.undo()
    assert library.favourites() == {"la-pecera", "M3-2"}


def test_what_is_kept_already_is_kept_once(office: Office) -> None:
    library = office.kit.library
    library.set_favourite("M3-2", True)
    before = office.kit.history(5)
    library.set_favourite("M3-2", True)
    library.set_favourite("la-pecera", False)
    assert office.kit.history(5) == before


def test_another_users_favourites_are_not_shown(office: Office) -> None:
    desk = office.kit.desk
    with desk.change(message("Otra persona")) as tx:
        other = User(desk.ids.new(), "Otra persona")
        tx.put(other)
        tx.put(Favourite(desk.ids.new(), other.id, "M1-1"))
    assert office.kit.library.favourites() == frozenset()


def test_the_index_is_built_once_for_the_pack_in_use(office: Office) -> None:
    library = office.kit.library
    assert library.ready_index is None
    index = library.index()
    assert library.index() is index
    assert library.ready_index is index
    assert index.search("la pecera").items[0].code == "la-pecera"
    office.kit.institution.save(replace(office.kit.institution.get(), country="CL"))
    assert library.ready_index is None
    assert library.index() is not index


def test_an_earlier_version_in_the_workspace_tells_what_is_new(
    office: Office, core_files: Mapping[str, bytes]
) -> None:
    library, desk = office.kit.library, office.kit.desk
    assert library.update() is None
    older = dict(core_files)
    older["pack.toml"] = older["pack.toml"].replace(b'"2026.2"', b'"2025.9"')
    gone = "methods/dialogue/la-pecera.md"
    older["methods/dialogue/la-vieja.md"] = (
        older.pop(gone).replace(b'"la-pecera"', b'"la-vieja"').replace(b"La pecera", b"La vieja")
    )
    with desk.change(message("Guardar un paquete")) as tx:
        tx.put(StoredPack(desk.ids.new(), "core", "2025.9", "x", pack_files_to_zip(older)))
    update = library.update()
    assert update is not None
    assert (update.before, update.now) == ("2025.9", "2026.2")
    assert [(one.novelty, one.title) for one in update.news] == [
        (Novelty.ADDED, "La pecera"),
        (Novelty.GONE, "La vieja"),
    ]


def test_what_the_institution_rewrote_itself_is_no_news(office: Office) -> None:
    packs = office.kit.packs
    page = packs.page_of("M3-2")
    text = packs.text(page.file).text
    packs.adapt(page.file, text.replace("Mi presupuesto, mi decisión", "Mi presupuesto"))
    assert "+" in office.kit.library.pack.version
    assert office.kit.library.update() is None


def test_an_earlier_version_that_cannot_be_read_is_not_compared(office: Office) -> None:
    desk = office.kit.desk
    with desk.change(message("Guardar un paquete")) as tx:
        content = pack_files_to_zip({"pack.toml": b"format = 0\n"})
        tx.put(StoredPack(desk.ids.new(), "core", "0", "x", content))
    assert office.kit.library.update() is None
