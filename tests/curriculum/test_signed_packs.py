"""A signed pack is taken whole or refused in clear words: one altered bit is enough."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_kit.curriculum import pack_files_from_folder, pack_files_to_zip
from facilitator_kit.curriculum.signed_pack import (
    SignedPack,
    fingerprint,
    is_signed_pack,
    new_private_key,
    open_signed_pack,
    public_key_of,
    sign_pack,
)
from facilitator_kit.errors import KitError, NotOpened

GOOD = pack_files_from_folder(Path(__file__).parents[1] / "packs" / "good")
KEY = bytes(range(32))
DAY = date(2026, 11, 24)
SIGNED = sign_pack(GOOD, "Instituto de Ejemplo", KEY, DAY)


def refusal(content: bytes) -> NotOpened:
    with pytest.raises(NotOpened) as refused:
        open_signed_pack(content)
    return refused.value


def entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(of: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, content in of.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, how)
    return target.getvalue()


def test_what_was_signed_comes_out_again_with_who_signed_it() -> None:
    assert open_signed_pack(SIGNED) == SignedPack(
        GOOD,
        "chico",
        "1.0",
        open_signed_pack(SIGNED).digest,
        "Instituto de Ejemplo",
        public_key_of(KEY),
        DAY,
    )
    assert is_signed_pack(SIGNED)
    assert sign_pack(GOOD, "Instituto de Ejemplo", KEY, DAY) == SIGNED


def test_a_fingerprint_can_be_read_out() -> None:
    groups = fingerprint(public_key_of(KEY)).split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert fingerprint(public_key_of(new_private_key())) != fingerprint(public_key_of(KEY))


@settings(max_examples=1500)
@given(st.integers(0, len(SIGNED) * 8 - 1))
def test_one_flipped_bit_anywhere_is_refused(bit: int) -> None:
    altered = bytearray(SIGNED)
    altered[bit // 8] ^= 1 << bit % 8
    assert refusal(bytes(altered)).code in ("damaged", "foreign", "bad_signature", "newer_version")


@settings(max_examples=300)
@given(st.integers(0, len(SIGNED) - 1))
def test_a_truncated_file_is_refused(length: int) -> None:
    assert refusal(SIGNED[:length]).code in ("damaged", "empty", "foreign")


@settings(max_examples=300)
@given(st.binary(max_size=400), st.integers(0, len(SIGNED)))
def test_a_file_with_something_put_into_it_is_refused(more: bytes, place: int) -> None:
    if more:
        refusal(SIGNED[:place] + more + SIGNED[place:])


@given(st.binary(max_size=400))
def test_any_other_file_is_refused(content: bytes) -> None:
    refusal(content)
    assert not is_signed_pack(content)


def test_every_kind_of_wrong_file_has_its_own_words() -> None:
    parts = entries(SIGNED)
    told = json.loads(parts["manifest.json"])
    newer = {**parts, "manifest.json": json.dumps({**told, "format": 2}).encode()}
    wrong = {
        "empty": b"",
        "foreign": b"%PDF-1.7",
        "unsigned": pack_files_to_zip(GOOD),
        "damaged": SIGNED[: len(SIGNED) // 2],
        "newer_version": zipped(newer),
        "bad_signature": zipped({**parts, "signature": bytes(64)}),
    }
    words = {code: refusal(content) for code, content in wrong.items()}
    assert {code: one.code for code, one in words.items()} == {code: code for code in wrong}
    assert len({str(one.reason) for one in words.values()}) == len(wrong)
    assert str(refusal(zipped({"otro.txt": b"x"})).reason) != str(words["foreign"].reason)


def test_another_pack_under_a_good_signature_is_refused() -> None:
    parts = entries(SIGNED)
    other = {**GOOD, "README.md": b"otro"}
    assert refusal(zipped({**parts, "pack.zip": pack_files_to_zip(other)})).code == "damaged"


def test_another_signer_cannot_take_over_what_somebody_signed() -> None:
    parts = entries(SIGNED)
    told = json.loads(parts["manifest.json"])
    told["public_key"] = public_key_of(new_private_key())
    forged = {**parts, "manifest.json": json.dumps(told).encode()}
    assert refusal(zipped(forged)).code == "bad_signature"


def test_the_same_content_written_in_another_way_is_refused() -> None:
    assert refusal(zipped(entries(SIGNED), zipfile.ZIP_DEFLATED)).code == "damaged"
    with zipfile.ZipFile(io.BytesIO(SIGNED)) as archive:
        archive.comment = b"hola"
        assert archive.comment
    target = io.BytesIO(SIGNED)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"hola"
    assert refusal(target.getvalue()).code == "damaged"


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format": "1"}',
        b'{"format": true}',
        b"[" * 50_000,
        b'{"format": 1, "code": 1}',
    ],
)
def test_a_manifest_that_is_none_is_refused(manifest: bytes) -> None:
    assert refusal(zipped({**entries(SIGNED), "manifest.json": manifest})).code == "damaged"


def test_every_refusal_says_what_to_do() -> None:
    for content in (b"", b"PK", b"x", SIGNED[:-1], zipped({"a": b""})):
        with pytest.raises(KitError) as refused:
            open_signed_pack(content)
        assert refused.value.remedy.text
