"""Spanish syllables and the reading score, against words and texts counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.curriculum import parse_markdown
from facilitator_kit.curriculum.readability import read_aloud, score, syllable_count


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("sol", 1),
        ("casa", 2),
        ("día", 2),
        ("dio", 1),
        ("maestra", 3),
        ("ciudad", 2),
        ("aéreo", 4),
        ("país", 2),
        ("guerra", 2),
        ("pingüino", 3),
        ("queso", 2),
        ("agua", 2),
        ("rey", 1),
        ("yema", 2),
        ("prohibir", 2),
        ("Uruguay", 3),
        ("averiguáis", 4),
        ("y", 1),
        ("cohorte", 3),
        ("facilitadora", 6),
        ("OÍR", 2),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, syllables: int) -> None:
    assert syllable_count(word) == syllables


def test_the_score_is_that_of_the_formula() -> None:
    # 12 sentences of 5 words and 7 syllables.
    found = score(["La mesa es de pino."] * 12)
    assert found == pytest.approx(206.835 - 62.3 * 7 / 5 - 5)


def test_short_texts_have_no_score() -> None:
    assert score(["Institucionalización interdisciplinaria."]) is None


def test_long_words_and_long_sentences_read_harder() -> None:
    easy = score(["Rosa va al mercado. Lleva su bolsa. Compra pan y leche."] * 8)
    long_words = score(["Administración institucional responsable."] * 25)
    long_sentence = score(["Rosa va al mercado y lleva su bolsa y compra pan y leche " * 8])
    assert easy is not None
    assert long_words is not None
    assert long_sentence is not None
    assert long_words < 55 < 65 < easy
    assert long_sentence < easy


def test_what_is_read_holds_cards_cells_and_callouts_and_no_pictogram_names() -> None:
    text = """
# Título
> Diga: Hola.
- Uno
  - Dos

| a | b |
|---|---|
| c | d |

```tarjetas 2
house | La renta | {{x}}
```
```renglones 1
¿Qué guardo?
```
"""
    lines = list(read_aloud(parse_markdown(text)))
    assert lines == ["Título", "Hola.", "Uno", "Dos", *"abcd", "La renta", "{{x}}", "¿Qué guardo?"]


@given(st.text())
def test_any_word_has_a_syllable(word: str) -> None:
    assert syllable_count(word) >= 1
