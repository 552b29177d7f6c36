"""English is complete: every text of the program is translated, with the same fields."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from installer import catalogue


@pytest.fixture(scope="module")
def current() -> Catalog:
    return catalogue.updated(catalogue.read(), catalogue.extract())


def test_every_text_is_in_english_with_the_same_fields(current: Catalog) -> None:
    assert catalogue.faults(current) == []


def test_the_stored_catalogue_is_that_of_the_source(current: Catalog) -> None:
    """Written again by `python -m installer.catalogue`."""
    assert catalogue.PO.read_bytes() == catalogue.po_bytes(current)
    assert catalogue.MO.read_bytes() == catalogue.mo_bytes(current)


def test_texts_are_found_wherever_they_stand() -> None:
    source = """
a = _("Uno")
b = f"{self._('Dos')}: {ctx._('Tres')}"
c = _.plural("{count} año", "{count} años", n, words=spelled(n, _), unit=_("horas"))
d = message(
    "Cuatro "
    "cinco", name=message("Seis"))
e = plural_message("Una", "Varias", n)
f = other("Siete") + _(variable) + message("")
"""
    found = {text for text, _line in catalogue.texts_in(source)}
    assert found == {
        "Uno",
        "Dos",
        "Tres",
        ("{count} año", "{count} años"),
        "horas",
        "Cuatro cinco",
        "Seis",
        ("Una", "Varias"),
    }


@pytest.mark.parametrize(
    ("original", "translation", "faulty"),
    [
        ("Hay {n} lugares", "There are {n} places", False),
        ("Hay {n} lugares", "There are {m} places", True),
        ("Hay {n} lugares", "There are places", True),
        ("Hay {n} lugares", "", True),
        (("{count} lugar", "{count} lugares"), ("One place", "{count} places"), False),
        (("{count} lugar", "{count} lugares"), ("{count} place", ""), True),
        (("{count} lugar", "{count} lugares"), ("{total} place", "{total} places"), True),
    ],
)
def test_a_translation_that_would_break_a_text_is_found(
    original: str | tuple[str, str], translation: str | tuple[str, str], faulty: bool
) -> None:
    made = Catalog(locale="en", fuzzy=False)
    made.add(original, translation)
    assert bool(catalogue.faults(made)) is faulty


def test_an_update_keeps_translations_and_drops_what_is_no_longer_said() -> None:
    stored = Catalog(locale="en", fuzzy=False)
    stored.add("Guardar", "Save")
    stored.add("Ya no", "No longer")
    found = Catalog(fuzzy=False)
    found.add("Guardar", locations=[("a.py", 3)])
    found.add("Abrir", locations=[("a.py", 4)])
    texts = {entry.id: entry.string for entry in catalogue.updated(stored, found) if entry.id}
    assert texts == {"Abrir": None, "Guardar": "Save"}


def test_what_lacks_english_can_be_filled_in_from_a_file() -> None:
    made = Catalog(locale="en", fuzzy=False)
    made.add("Guardar", "Save")
    made.add("Abrir")
    made.add(("{count} lugar", "{count} lugares"))
    assert catalogue.todo(made) == {"Abrir": "", "{count} lugar": ["", ""]}
    catalogue.fill(made, {"Abrir": "Open", "{count} lugar": ["{count} place", "{count} places"]})
    assert catalogue.todo(made) == {}
    assert catalogue.faults(made) == []
    with pytest.raises(KeyError):
        catalogue.fill(made, {"Cerrar": "Close"})
