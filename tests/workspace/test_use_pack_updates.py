"""A newer pack is merged with the institution's pages, looked at whole, adopted in one change."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pack_versions import (
    EVE,
    HANDOUT,
    METHOD,
    OWN_EVE,
    OWN_WELCOME,
    SESSION,
    THEIR_WELCOME,
    TITLE,
    WELCOME,
    edited,
    text_of,
    version,
    with_pages,
)
from small_office import Office

from facilitator_kit.curriculum import load_pack
from facilitator_kit.curriculum.merging import Conflict
from facilitator_kit.errors import InputRefused, KitError
from facilitator_kit.monitoring.records import Adaptation, AdoptedPack, StoredPack
from facilitator_kit.workspace import Workspace
from facilitator_kit.workspace.pack_review import (
    Decision,
    MergedPage,
    MergeState,
    NewsKind,
    Offer,
    Pick,
    Review,
)

Files = Mapping[str, bytes]


@pytest.fixture
def kit(small_kit: Workspace) -> Workspace:
    return small_kit


def offered(kit: Workspace, files: Files) -> Review:
    return kit.pack_updates.review(Offer(load_pack(files, "MX"), files))


def page(review: Review, file: str = SESSION) -> MergedPage:
    return next(one for one in review.pages if one.page.file == file)


def guide(kit: Workspace) -> str:
    return str(kit.desk.pack_in_force.session("A-1"))


# -- merging ---------------------------------------------------------------------------------------


def test_changes_apart_are_merged_without_asking(kit: Workspace, small_files: Files) -> None:
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, OWN_WELCOME)))
    newer = version(
        with_pages(small_files, {SESSION: edited(small_files, SESSION, (EVE, OWN_EVE))}), "2026.2"
    )
    review = offered(kit, newer)
    assert (review.version, page(review).state) == ("2026.1", MergeState.CLEAN)
    pack = kit.pack_updates.adopt(review, {})
    assert pack is kit.desk.pack_in_force
    assert pack.version.startswith("2026.2+1.")
    assert OWN_WELCOME in guide(kit)
    assert OWN_EVE in guide(kit)
    kept = kit.packs.text(SESSION)
    assert OWN_EVE in kept.original
    assert WELCOME in kept.original
    assert kept.version == "2026.2"


def test_without_adaptations_a_newer_pack_is_just_adopted(
    office: Office, core_files: Files
) -> None:
    kit = office.kit
    old = office.cohort("Grupo vespertino")
    newer = version(core_files, "2026.3")
    kit.pack_updates.adopt(offered(kit, newer), {})
    assert kit.desk.pack_in_force.version == "2026.3"
    assert kit.desk.pack_of(old).version == "2026.2"
    assert kit.packs.standing().adopted is not None
    assert office.undone_name() == "Adoptar el paquete 2026.3"
    kit.undo()
    assert kit.desk.pack_in_force.version == "2026.2"
    kit.redo()
    assert kit.desk.pack_in_force.version == "2026.3"


def conflicting(kit: Workspace, small_files: Files) -> Review:
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, OWN_WELCOME), (EVE, OWN_EVE)))
    theirs = edited(small_files, SESSION, (WELCOME, THEIR_WELCOME))
    return offered(kit, version(with_pages(small_files, {SESSION: theirs}), "2026.2"))


def test_the_same_place_changed_twice_is_asked_about(kit: Workspace, small_files: Files) -> None:
    review = conflicting(kit, small_files)
    found = page(review)
    assert found.state is MergeState.CONFLICT
    (conflict,) = found.merge.conflicts
    assert isinstance(conflict, Conflict)
    assert OWN_WELCOME in conflict.ours[0]
    assert THEIR_WELCOME in conflict.theirs[0]
    assert conflict.proposal is not None
    before = kit.desk.store.history(1)[0].id
    with pytest.raises(KitError) as refused:
        kit.pack_updates.adopt(review, {})
    assert refused.value.code == "undecided"
    assert kit.desk.store.history(1)[0].id == before


@pytest.mark.parametrize(
    ("pick", "text", "expected"),
    [
        (Pick.OURS, "", OWN_WELCOME),
        (Pick.THEIRS, "", THEIR_WELCOME),
        (Pick.HAND, "Reciba a cada persona en la puerta. 🙂", "Reciba a cada persona"),
    ],
)
def test_a_conflict_is_decided_for_one_side_or_by_hand(
    kit: Workspace, small_files: Files, pick: Pick, text: str, expected: str
) -> None:
    review = conflicting(kit, small_files)
    kit.pack_updates.adopt(review, {SESSION: Decision(((pick, text),))})
    assert expected in guide(kit)
    assert OWN_EVE in guide(kit)
    kit.undo()
    assert OWN_WELCOME in guide(kit)
    assert kit.desk.pack_in_force.version.startswith("2026.1+1.")


def test_a_page_can_be_taken_whole(kit: Workspace, small_files: Files) -> None:
    review = conflicting(kit, small_files)
    kit.pack_updates.adopt(review, {SESSION: Decision(whole=page(review).theirs)})
    assert kit.desk.pack_in_force.version == "2026.2"
    assert kit.packs.standing().lines == ()


def test_what_was_decided_is_kept_until_it_is_acted_upon(
    kit: Workspace, small_files: Files
) -> None:
    review = conflicting(kit, small_files)
    decision = Decision(((Pick.HAND, "Reciba a cada persona.\ndos"),))
    kit.pack_updates.keep_decision(review, page(review), decision)
    assert kit.pack_updates.decisions(review) == {SESSION: decision}
    again = kit.pack_updates.review(review.offer)
    assert kit.pack_updates.decisions(again) == {SESSION: decision}
    # Decided about another text, it says nothing about this one.
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, f"{OWN_WELCOME} Y más.")))
    other = kit.pack_updates.review(review.offer)
    assert kit.pack_updates.decisions(other) == {SESSION: Decision()}
    kit.pack_updates.adopt(other, {SESSION: Decision(((Pick.OURS, ""),))})
    assert kit.pack_updates.decisions(other) == {}


def test_a_page_that_is_no_more_leaves_its_text_as_a_draft(
    kit: Workspace, small_files: Files
) -> None:
    own = text_of(small_files, METHOD) + "\nY se despiden.\n"
    kit.packs.adapt(METHOD, own)
    newer = version({k: v for k, v in small_files.items() if k != METHOD}, "2026.2")
    review = offered(kit, newer)
    assert page(review, METHOD).state is MergeState.GONE
    kit.pack_updates.adopt(review, {})
    standing = kit.packs.standing()
    assert standing.homeless == ((METHOD, own),)
    assert standing.lines == ()
    kit.undo()
    assert kit.packs.text(METHOD).text == own
    assert kit.packs.standing().homeless == ()


def test_a_change_that_the_newer_pack_makes_too_is_no_longer_an_adaptation(
    kit: Workspace, small_files: Files
) -> None:
    text = edited(small_files, SESSION, (WELCOME, OWN_WELCOME))
    kit.packs.adapt(SESSION, text)
    review = offered(kit, version(with_pages(small_files, {SESSION: text}), "2026.2"))
    assert page(review).state is MergeState.INCLUDED
    kit.pack_updates.adopt(review, {})
    assert kit.desk.store.find(Adaptation) == ()
    assert kit.desk.pack_in_force.version == "2026.2"


def test_texts_that_do_not_hold_together_are_refused_with_all_problems(
    kit: Workspace, small_files: Files
) -> None:
    """Each side keeps to an hour; what both changed, together, does not."""
    longer = ("puerta abierta · 10 min", "puerta abierta · 15 min")
    ours = edited(small_files, SESSION, longer, ("palabra · 10 min", "palabra · 5 min"))
    theirs = edited(small_files, SESSION, longer, ("vale · 40 min", "vale · 35 min"))
    kit.packs.adapt(SESSION, ours)
    newer = version(with_pages(small_files, {SESSION: theirs}), "2026.2")
    review = offered(kit, newer)
    picks = tuple((Pick.OURS, "") for _one in page(review).merge.conflicts)
    before = kit.desk.store.history(1)[0].id
    with pytest.raises(InputRefused) as refused:
        kit.pack_updates.adopt(review, {SESSION: Decision(picks)})
    assert {(one.file, one.code) for one in refused.value.problems} == {
        (SESSION, "block_minutes_mismatch")
    }
    assert kit.desk.store.history(1)[0].id == before
    assert kit.desk.store.count(StoredPack) == 1
    mended = kit.packs.text(SESSION).text
    kit.pack_updates.adopt(review, {SESSION: Decision(whole=mended)})
    assert kit.desk.pack_in_force.version.startswith("2026.2+1.")


def test_what_is_typed_and_not_saved_comes_first(kit: Workspace, small_files: Files) -> None:
    kit.packs.keep_draft(HANDOUT, "algo a medias")
    review = offered(kit, version(small_files, "2026.2"))
    assert [one.file for one in review.waiting] == [HANDOUT]
    with pytest.raises(KitError) as refused:
        kit.pack_updates.adopt(review, {})
    assert refused.value.code == "waiting"
    kit.packs.keep_draft(HANDOUT, None)
    kit.pack_updates.adopt(review, {})


def test_a_review_of_texts_that_changed_meanwhile_is_not_acted_upon(
    kit: Workspace, small_files: Files
) -> None:
    review = conflicting(kit, small_files)
    kit.packs.adapt(SESSION, edited(small_files, SESSION, (WELCOME, "Salude. Pregunte por casa.")))
    with pytest.raises(KitError) as refused:
        kit.pack_updates.adopt(review, {SESSION: Decision(((Pick.OURS, ""),))})
    assert refused.value.code == "changed"


# -- what is new -----------------------------------------------------------------------------------


def test_what_a_newer_pack_brings_is_named(kit: Workspace, small_files: Files) -> None:
    other = METHOD.replace("semaforo", "otro")
    method = text_of(small_files, METHOD)
    files = with_pages(
        {k: v for k, v in small_files.items() if k != METHOD},
        {
            other: method.replace('"semaforo"', '"otro"').replace("Semáforo", "Semáforo nuevo"),
            SESSION: edited(small_files, SESSION, (WELCOME, THEIR_WELCOME)),
            "words/MX.toml": text_of(small_files, "words/MX.toml") + "\n# nota\n",
        },
    )
    review = offered(kit, version(files, "2026.2"))
    assert {(one.kind, one.page.title) for one in review.news} == {
        (NewsKind.ADDED, "Semáforo nuevo"),
        (NewsKind.REMOVED, "Semáforo"),
        (NewsKind.CHANGED, TITLE),
    }
    assert review.others == 1


# -- which packs may follow ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [("2026.1", "in_use"), ("2025.9", "older"), ("2026.0.9", "older")],
)
def test_a_pack_that_is_not_later_is_refused(
    kit: Workspace, small_files: Files, name: str, code: str
) -> None:
    pack = load_pack(small_files if name == "2026.1" else version(small_files, name), "MX")
    with pytest.raises(KitError) as refused:
        kit.pack_updates.refuse_unfit(pack)
    assert refused.value.code == code


def test_the_same_version_with_other_content_is_refused(kit: Workspace, small_files: Files) -> None:
    other = with_pages(small_files, {SESSION: edited(small_files, SESSION, (WELCOME, "Salude."))})
    with pytest.raises(KitError) as refused:
        kit.pack_updates.refuse_unfit(load_pack(other, "MX"))
    assert refused.value.code == "same_version"


def test_another_pack_is_refused(kit: Workspace, small_files: Files) -> None:
    manifest = edited(small_files, "pack.toml", ('code = "chico"', 'code = "otro"'))
    other = {**small_files, "pack.toml": manifest.encode()}
    with pytest.raises(KitError) as refused:
        kit.pack_updates.refuse_unfit(load_pack(other, "MX"))
    assert refused.value.code == "other_pack"


def test_the_programs_own_pack_is_offered_when_it_is_later(
    kit: Workspace, small_files: Files
) -> None:
    with pytest.raises(KitError):
        kit.pack_updates.from_program()
    kit.pack_updates.adopt(offered(kit, version(small_files, "2026.1.1")), {})
    assert kit.desk.store.count(AdoptedPack) == 1
    with pytest.raises(KitError) as refused:
        kit.pack_updates.from_program()
    assert refused.value.code == "older"
