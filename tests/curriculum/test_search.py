"""Search over a pack.

1. Every word of any text finds the thing whose text it is, also while it is still being typed.
2. Accents, case and n or ñ make no difference, in what is typed and in what is written.
3. A word and its plural find the same.
4. All words must be found; words in quotes must stand together.
5. Filters never add results, and each one leaves only what fits it.
6. Titles come before objectives, these before questions, these before the rest.
7. The same search gives the same results in the same order.
8. An excerpt is part of the text, and its marks are on the words looked for.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.curriculum.records import MethodFamily, Pack
from facilitator_kit.curriculum.search import SearchIndex, build_index, marks_in
from facilitator_kit.curriculum.search_filters import WITHOUT_MATERIAL, Filters
from facilitator_kit.curriculum.search_items import Item, Kind, Passage, Weight
from facilitator_kit.curriculum.word_forms import composed, fold, folded, stem, words

CORE = pack_files_from_folder(Path(__file__).parents[2] / "content" / "core")
SMALL = pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good")

letters = st.text("abcdefghijlmnñopqrstuvyzáéíóúü", min_size=3, max_size=12)
texts = st.lists(
    st.one_of(
        letters, st.text(min_size=1, max_size=8), st.sampled_from(["de", "la", "y", "¿qué?"])
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


def item(number: int, *said: str, kind: Kind = Kind.METHOD, **facts: object) -> Item:
    """A thing that says so in its body."""
    passages = tuple(Passage("", "", Weight.BODY, composed(text)) for text in said)
    made = Item(kind, f"c{number}", f"t{number}", (), "", passages=passages)
    return replace(made, **facts)  # type: ignore[arg-type]  # by name


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(CORE, "MX")


@pytest.fixture(scope="module")
def index(pack: Pack) -> SearchIndex:
    return build_index(pack)


def codes(index: SearchIndex, text: str, filters: Filters | None = None) -> list[str]:
    return [found.code for found in index.search(text, filters or Filters()).items]


# -- words -----------------------------------------------------------------------------------------


@given(st.lists(texts, min_size=1, max_size=5), st.data())
def test_every_word_of_any_text_finds_it(said: list[str], data: st.DataObject) -> None:
    index = SearchIndex(item(number, text) for number, text in enumerate(said))
    number = data.draw(st.integers(0, len(said) - 1))
    text = composed(said[number])
    for _word, begin, end in words(text):
        assert f"c{number}" in codes(index, text[begin:end])


@given(texts, st.data())
def test_a_word_that_is_only_begun_finds_it_from_the_second_letter(
    said: str, data: st.DataObject
) -> None:
    index = SearchIndex([item(0, said)])
    text = composed(said)
    places = [(begin, end) for _word, begin, end in words(text) if end - begin > 1]
    if places:
        begin, end = data.draw(st.sampled_from(places))
        length = data.draw(st.integers(2, end - begin))
        assert codes(index, text[begin : begin + length]) == ["c0"]


@given(letters)
def test_folding_is_the_same_in_what_is_typed_and_what_is_written(word: str) -> None:
    bare = fold(word)
    for written in (word, word.upper(), bare, unicodedata.normalize("NFD", word)):
        index = SearchIndex([item(0, f"antes {written} después")])
        for typed in (word, word.upper(), bare, unicodedata.normalize("NFD", word)):
            assert codes(index, typed) == ["c0"]


def test_n_and_ñ_are_found_both_ways() -> None:
    index = SearchIndex([item(0, "la niña del año"), item(1, "NINA Simone, ano")])
    for typed in ("niña", "nina", "NIÑA", "año", "ano"):
        assert set(codes(index, typed)) == {"c0", "c1"}


def plural(word: str) -> str:
    if word[-1] in "aeiouáéíóú":
        return f"{word}s"
    return f"{word[:-1]}ces" if word.endswith("z") else f"{word}es"


@given(letters)
def test_a_word_and_its_plural_have_one_stem(word: str) -> None:
    assert stem(fold(word)) == stem(fold(plural(word)))


@given(letters)
def test_a_word_and_its_plural_find_each_other(word: str) -> None:
    index = SearchIndex([item(0, f"uno {word} dos"), item(1, f"uno {plural(word)} dos")])
    assert set(codes(index, f"{word} dos")) == {"c0", "c1"}
    assert set(codes(index, f"{plural(word)} dos")) == {"c0", "c1"}


@pytest.mark.parametrize(
    "forms",
    [
        "ahorrar ahorra ahorran ahorro ahorros ahorré ahorrando ahorrado ahorrada ahorraron",
        "comer come comen comiendo comido comida comidas comieron comió comía",
        "vivir vive viven viviendo vivido vivieron",
        "anotar anote anoten anotarlo anotarla anotarse anotó",
        "cambiar cambio cambios cambia cambian cambiando",
        "pensar pense pensando pensó",
        "estudiar estudio estudios estudia estudiando",
        "luz luces",
        "lápiz lápices",
        "reunión reuniones",
        "mes meses",
        "país países",
        "interés intereses",
        "clase clases",
        "mujer mujeres",
        "niña niñas niño niños",
        "todo todos",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(fold(word)) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("para", "parar"),
        ("como", "comer"),
        ("este", "estado"),
        ("uno", "unir"),
        ("sobre", "sobrar"),
    ],
)
def test_words_that_only_join_are_no_forms_of_others(one: str, other: str) -> None:
    assert stem(one) != stem(other)


# -- several words ---------------------------------------------------------------------------------


def test_all_words_must_be_found_anywhere_in_the_thing() -> None:
    index = SearchIndex([item(0, "la deuda crece", "con el tiempo"), item(1, "la deuda baja")])
    assert codes(index, "deuda") == ["c0", "c1"]
    assert codes(index, "tiempo deuda") == ["c0"]
    assert codes(index, "tiempo deuda zzz") == []


def test_words_together_come_before_words_apart() -> None:
    apart = item(0, "la silla está lejos", "quien decide espera")
    index = SearchIndex([apart, item(1, "otra", "la silla que decide")])
    assert codes(index, "silla decide") == ["c1", "c0"]


@pytest.mark.parametrize("quoted", ['"silla que decide"', "«silla que decide»", "“silla que dec"])
def test_words_in_quotes_stand_together(quoted: str) -> None:
    index = SearchIndex(
        [item(0, "decide la silla que espera"), item(1, "La Silla, que decide: hoy")]
    )
    assert set(codes(index, "silla que decide")) == {"c0", "c1"}
    assert codes(index, quoted) == ["c1"]


def test_a_closed_quote_ends_its_last_word() -> None:
    index = SearchIndex([item(0, "una casa grande"), item(1, "una casamentera")])
    assert codes(index, '"una casa') == ["c0", "c1"]
    assert codes(index, '"una casa"') == ["c0"]


def test_a_single_letter_is_looked_for_in_titles_only() -> None:
    index = SearchIndex(
        [
            item(0, "zapato"),
            item(
                1, "nada", passages=(Passage("", "", Weight.TITLE, "Zapatería"),), title="Zapatería"
            ),
        ]
    )
    assert codes(index, "z") == ["c1"]
    assert codes(index, "za") == ["c1", "c0"]


# -- order -----------------------------------------------------------------------------------------


def test_titles_come_first_then_objectives_questions_and_the_rest() -> None:
    def said(number: int, weight: Weight) -> Item:
        title = "presupuesto" if weight is Weight.TITLE else "otra cosa"
        return item(number, passages=(Passage("", "", weight, "presupuesto"),), title=title)

    order = (Weight.BODY, Weight.QUESTION, Weight.OBJECTIVE, Weight.TITLE)
    index = SearchIndex(said(number, weight) for number, weight in enumerate(order))
    assert codes(index, "presupuesto") == ["c3", "c2", "c1", "c0"]


def test_the_word_as_typed_comes_before_its_other_forms() -> None:
    index = SearchIndex([item(0, "los casos"), item(1, "la casa")])
    assert codes(index, "casa y") == []
    assert codes(index, "casa ") == ["c1", "c0"]


def test_the_code_of_a_session_finds_it_first(index: SearchIndex) -> None:
    for code in ("M3-2", "m3-2", "m3 2"):
        assert codes(index, code)[0] == "M3-2"


def test_a_session_is_found_by_what_it_is_called(index: SearchIndex) -> None:
    assert codes(index, "mi presupuesto")[0] == "M3-2"
    assert codes(index, "presupuesto decision")[0] == "M3-2"


@given(st.permutations(range(6)), texts)
def test_the_same_search_gives_the_same_order(order: list[int], typed: str) -> None:
    index = SearchIndex(item(number, f"{typed} y más") for number in range(6))
    first = codes(index, typed)
    for number in order:
        codes(index, f"c{number}")
        assert codes(index, typed) == first


# -- filters ---------------------------------------------------------------------------------------

narrowed = st.builds(
    Filters,
    kinds=st.sets(st.sampled_from(Kind), max_size=2).map(frozenset),
    module=st.sampled_from(["", "M1", "M3"]),
    theme=st.sampled_from(["", "debt", "violence"]),
    minutes=st.tuples(*(st.none() | st.integers(1, 130) for _end in range(2))),
    material=st.sampled_from(["", "hoja", "hojas", WITHOUT_MATERIAL]),
    variant=st.sampled_from(["", "Sin conexión", "En línea"]),
    family=st.none() | st.sampled_from(MethodFamily),
    people=st.none() | st.integers(1, 40),
    codes=st.none() | st.just(frozenset(["M3-2", "la-pecera"])),
)


@given(st.sampled_from(["", "presupuesto", "grupo", "de la", "niñas", "zzz"]), narrowed)
def test_filters_never_add_and_keep_the_order(
    index: SearchIndex, text: str, filters: Filters
) -> None:
    every = codes(index, text)
    narrow = codes(index, text, filters)
    assert [code for code in every if code in set(narrow)] == narrow
    assert index.count(text, filters) == len(narrow)


def test_each_filter_leaves_what_fits(index: SearchIndex) -> None:
    def found(**facts: object) -> tuple[Item, ...]:
        made = index.search("", replace(Filters(), **facts)).items  # type: ignore[arg-type]  # by name
        assert made
        return made

    assert {one.kind for one in found(kinds=frozenset({Kind.HANDOUT}))} == {Kind.HANDOUT}
    assert {one.module for one in found(module="M3")} == {"M3"}
    assert all("debt" in one.themes for one in found(theme="debt"))
    assert {one.kind for one in found(theme="debt")} >= {Kind.SESSION, Kind.HANDOUT}
    assert all(one.family is MethodFamily.ENERGY for one in found(family=MethodFamily.ENERGY))
    for one in found(minutes=(5, 10)):
        assert one.minutes is not None
        assert one.minutes[0] <= 10
        assert one.minutes[1] >= 5
    for one in found(people=30):
        assert one.group is not None
        assert one.group[0] <= 30 <= one.group[1]
    assert {one.kind for one in found(variant="en linea")} == {Kind.SESSION, Kind.METHOD}
    assert all(one.materials == () for one in found(material=WITHOUT_MATERIAL))
    for one in found(material="hojas"):
        assert any("hoja" in folded(name) for name in one.materials or ())
    assert {one.code for one in found(codes=frozenset({"M3-2"}))} == {"M3-2"}


def test_filters_that_are_set_are_counted() -> None:
    assert Filters().on == 0
    assert Filters(minutes=(None, 10), module="M3", codes=frozenset()).on == 3


# -- what is shown ---------------------------------------------------------------------------------


@given(texts.filter(lambda text: any(words(composed(text)))), st.integers(0, 40))
@example("¼", 0)
def test_an_excerpt_is_of_the_text_and_marks_what_was_looked_for(said: str, before: int) -> None:
    text = composed("relleno " * before + said)
    looked_for = next(iter(words(composed(said))))[0]
    (hit,) = SearchIndex([item(0, text)]).search(looked_for).hits()
    assert hit.excerpt.strip("…").strip() in text
    assert hit.marks
    for begin, end in hit.marks:
        marked = fold(hit.excerpt[begin:end])
        assert marked.startswith(looked_for) or stem(marked) == stem(looked_for)


def test_a_hit_says_where_it_leads(index: SearchIndex) -> None:
    results = index.search("silla que decide")
    hits = results.hits(results.by_kind()[Kind.SESSION])
    (hit,) = (one for one in hits if one.item.code == "M3-2")
    assert hit.item.place == ("Educación financiera",)
    assert hit.part_title == "La silla que decide"
    assert hit.part == "block-2"


def test_a_thing_found_by_its_title_says_what_it_is_for(index: SearchIndex, pack: Pack) -> None:
    (hit, *_others) = index.search("la pecera").hits()
    assert hit.item.code == "la-pecera"
    assert hit.title_marks == ((0, 2), (3, 9))
    assert hit.excerpt == pack.method("la-pecera").purpose


def test_the_words_looked_for_are_marked_in_what_is_read() -> None:
    text = "Sus niñas ahorran; la niña ahorró ahí."
    found = [text[begin:end] for begin, end in marks_in(text, "NIÑAS ahorr")]
    assert found == ["niñas", "ahorran", "niña", "ahorró"]


# -- everything of a pack --------------------------------------------------------------------------


def test_everything_of_a_pack_is_found_by_what_it_says() -> None:
    index = build_index(load_pack(SMALL, "MX"))
    for typed, kind, code in (
        ("anotar", Kind.LESSON, "CA-1"),
        ("ya no se recuerda", Kind.LESSON, "CA-1"),
        ("solicitud", Kind.CHAPTER, "P-1"),
        ("semaforo", Kind.METHOD, "semaforo"),
    ):
        found = [(one.kind, one.code) for one in index.search(typed).items]
        assert (kind, code) in found, typed
    assert {one.kind for one in index.items} == set(Kind)


def test_methods_are_found_by_purpose_material_caution_and_family(
    pack: Pack, index: SearchIndex
) -> None:
    for method in pack.methods:
        said = (method.purpose, *method.materials[:1], *method.cautions[:1])
        for text in said:
            if folded(text) not in ("ninguno", ""):
                only = Filters(kinds=frozenset({Kind.METHOD}))
                assert method.code in codes(index, text, only), text
    assert len(codes(index, "sintesis", Filters(family=MethodFamily.SYNTHESIS))) >= 4
