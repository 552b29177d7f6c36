"""What is new in a pack.

1. A pack beside itself has no news.
2. What only the new one has is added, what only the old one has is gone, the rest is changed where
   anything of it differs.
3. Exchanged, added and gone change places.
4. What only got another code or another title is told once, with what it was.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.curriculum import load_pack, pack_files_from_folder
from facilitator_kit.curriculum.pack_news import News, Novelty, pack_news
from facilitator_kit.curriculum.records import Pack
from facilitator_kit.curriculum.search_items import Kind

PACK = load_pack(pack_files_from_folder(Path(__file__).parents[2] / "content" / "core"), "MX")
SMALL = load_pack(pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good"), "MX")


def test_a_pack_has_no_news_beside_itself() -> None:
    assert pack_news(PACK, PACK) == ()


def test_methods_come_go_and_change() -> None:
    first, second, *rest = PACK.methods
    now = replace(PACK, methods=(replace(first, purpose="Otra cosa."), *rest))
    assert pack_news(PACK, now) == (
        News(Novelty.CHANGED, Kind.METHOD, first.code, first.title),
        News(Novelty.GONE, Kind.METHOD, second.code, second.title),
    )


def test_a_module_is_not_new_because_one_of_its_sessions_is() -> None:
    module = PACK.module("M3")
    changed = replace(module.sessions[0], objective="Contar sin prisa.")
    modules = tuple(
        replace(one, sessions=(changed, *one.sessions[1:])) if one.code == "M3" else one
        for one in PACK.modules
    )
    (news,) = pack_news(PACK, replace(PACK, modules=modules))
    assert (news.novelty, news.kind, news.code) == (Novelty.CHANGED, Kind.SESSION, changed.code)


def test_a_session_whose_guide_was_written_is_told_so() -> None:
    module = PACK.module("M3")
    bare = replace(module.sessions[0], complete=False, blocks=())
    before = replace(
        PACK,
        modules=tuple(
            replace(one, sessions=(bare, *one.sessions[1:])) if one.code == "M3" else one
            for one in PACK.modules
        ),
    )
    (news,) = pack_news(before, PACK)
    assert news.novelty is Novelty.WRITTEN


def test_another_title_and_another_code_are_told_with_what_they_were() -> None:
    first, second, *rest = SMALL.methods + PACK.methods
    before = replace(PACK, methods=(first, second, *rest))
    now = replace(
        PACK, methods=(replace(first, title="Otro título"), replace(second, code="otra"), *rest)
    )
    assert pack_news(before, now) == (
        News(Novelty.CHANGED, Kind.METHOD, first.code, "Otro título", first.title),
        News(Novelty.CHANGED, Kind.METHOD, "otra", second.title, second.code),
    )


def test_every_kind_of_thing_is_compared() -> None:
    bare = replace(
        SMALL, programmes=(), modules=(), handouts=(), methods=(), complements=(), process=()
    )
    assert {news.kind for news in pack_news(bare, SMALL)} == set(Kind)
    assert {news.novelty for news in pack_news(bare, SMALL)} == {Novelty.ADDED}
    assert {news.novelty for news in pack_news(SMALL, bare)} == {Novelty.GONE}


some_methods = st.sets(st.integers(0, len(PACK.methods) - 1)).map(
    lambda chosen: replace(PACK, methods=tuple(PACK.methods[one] for one in sorted(chosen)))
)


@given(some_methods, some_methods)
def test_exchanged_packs_exchange_what_is_added_and_gone(one: Pack, other: Pack) -> None:
    there, back = pack_news(one, other), pack_news(other, one)
    added = {news.code for news in there if news.novelty is Novelty.ADDED}
    gone = {news.code for news in there if news.novelty is Novelty.GONE}
    assert added == {news.code for news in back if news.novelty is Novelty.GONE}
    assert gone == {news.code for news in back if news.novelty is Novelty.ADDED}
    assert added == {m.code for m in other.methods} - {m.code for m in one.methods}


@pytest.mark.parametrize("pack", [PACK, SMALL])
def test_everything_has_a_title_to_tell(pack: Pack) -> None:
    nothing = replace(pack, modules=(), methods=(), handouts=())
    assert all(news.title for news in pack_news(nothing, pack))
