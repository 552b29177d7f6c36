"""A pack travels as a folder or as one zip, comes out the same, and a bad zip is refused."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator_kit.curriculum import (
    pack_digest,
    pack_files_from_folder,
    pack_files_from_zip,
    pack_files_to_zip,
)
from facilitator_kit.curriculum.pack_files import MOST_FILE_BYTES, MOST_FILES
from facilitator_kit.errors import InputRefused, NotOpened

NAMES = st.from_regex(r"[a-zñ0-9]{1,6}(/[a-z0-9]{1,6}){0,2}\.(toml|md)", fullmatch=True)
PACKS = st.dictionaries(NAMES, st.binary(max_size=200), max_size=8)


def zipped(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


@given(PACKS)
def test_a_zip_gives_the_same_files_again_and_the_same_bytes(files: dict[str, bytes]) -> None:
    content = pack_files_to_zip(files)
    assert pack_files_from_zip(content) == files
    assert pack_files_to_zip(dict(reversed(files.items()))) == content


@given(PACKS, PACKS)
def test_two_packs_have_one_digest_only_when_they_are_the_same(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    assert (pack_digest(one) == pack_digest(other)) == (one == other)


def test_the_digest_ignores_order_but_not_where_a_name_ends() -> None:
    assert pack_digest({"a": b"1", "b": b"2"}) == pack_digest({"b": b"2", "a": b"1"})
    assert pack_digest({"a": b"bc"}) != pack_digest({"ab": b"c"})


def test_a_folder_is_read_by_relative_path_without_what_the_system_left(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "pack.toml").write_bytes(b"format = 1")
    (tmp_path / "words" / "MX.toml").write_bytes(b"")
    for left in (".DS_Store", "Thumbs.db", ".git/config"):
        (tmp_path / left).write_bytes(b"x")
    assert pack_files_from_folder(tmp_path) == {"pack.toml": b"format = 1", "words/MX.toml": b""}


def test_a_zip_of_the_folder_itself_is_read_as_its_content() -> None:
    wrapped = zipped({"core/pack.toml": b"format = 1", "core/words/MX.toml": b"", "core/.x": b""})
    assert set(pack_files_from_zip(wrapped)) == {"pack.toml", "words/MX.toml"}


@pytest.mark.parametrize(
    "name", ["../fuera.toml", "/etc/algo", "a/../../b", "C:/algo", "a\\..\\b", "a//b", "./a"]
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    # zipfile itself writes some of these names another way, so they are put in afterwards.
    stand_in = "z" * len(name.encode())
    content = zipped({"pack.toml": b"", stand_in: b"x"}).replace(stand_in.encode(), name.encode())
    with pytest.raises(InputRefused) as refused:
        pack_files_from_zip(content)
    assert [problem.code for problem in refused.value.problems] == ["unsafe_path"]


def test_a_shortcut_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"x")
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.toml").symlink_to(tmp_path / "secret.txt")
    (folder / "words").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(InputRefused) as refused:
        pack_files_from_folder(folder)
    assert {problem.file for problem in refused.value.problems} == {"pack.toml", "words"}


def test_a_name_that_stands_twice_is_refused() -> None:
    content = zipped({"pack.toml": b"1", "pack.tomm": b"2"}).replace(b"pack.tomm", b"pack.toml")
    with pytest.raises(InputRefused) as refused:
        pack_files_from_zip(content)
    assert [problem.code for problem in refused.value.problems] == ["duplicate_file"]


def test_a_zip_that_swells_is_refused_before_it_fills_the_memory() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.toml", bytes(MOST_FILE_BYTES + 1))
    with pytest.raises(InputRefused) as refused:
        pack_files_from_zip(target.getvalue())
    assert [problem.code for problem in refused.value.problems] == ["file_too_big"]


def test_a_zip_that_lies_about_a_size_is_refused() -> None:
    true_size, told = struct.pack("<I", 5000), struct.pack("<I", 50)
    content = zipped({"pack.toml": bytes(5000)}).replace(true_size, told)
    with pytest.raises(NotOpened):
        pack_files_from_zip(content)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    content = zipped({f"{number}.md": b"" for number in range(MOST_FILES + 1)})
    with pytest.raises(InputRefused) as refused:
        pack_files_from_zip(content)
    assert [problem.code for problem in refused.value.problems] == ["pack_too_big"]
    assert list(tmp_path.iterdir()) == []


@given(st.binary(max_size=300))
def test_what_is_not_a_zip_is_refused(content: bytes) -> None:
    with pytest.raises(NotOpened):
        pack_files_from_zip(content)


@settings(max_examples=500)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_did_no_harm(at: int, bit: int) -> None:
    sent = {"pack.toml": b"format = 1\n" * 20, "a.md": b"hola"}
    content = bytearray(pack_files_to_zip(sent))
    content[at % len(content)] ^= 1 << bit
    try:
        received = pack_files_from_zip(bytes(content))
    except (NotOpened, InputRefused):
        return
    assert received == sent


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotOpened) as refused:
        pack_files_from_folder(tmp_path / "nada")
    assert refused.value.code == "missing"
