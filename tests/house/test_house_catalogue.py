"""English is complete: every text of the program is translated, with the same fields."""

from __future__ import annotations

import ast

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


def test_no_text_hides_from_the_catalogue(current: Catalog) -> None:
    """A text inside an f-string, for one, is not seen by the extraction."""
    known = {one for entry in current if entry.id for one in catalogue.forms(entry.id)}
    hidden = set()
    for folder in catalogue.SOURCES:
        for path in (catalogue.ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                    texts = node.args[:2] if "plural" in name else node.args[:1]
                    if name in catalogue.KEYWORDS:
                        hidden |= {
                            text.value
                            for text in texts
                            if isinstance(text, ast.Constant) and isinstance(text.value, str)
                        }
    assert sorted(hidden - known - {""}) == []


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
