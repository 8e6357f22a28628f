"""A package's files as one value."""

import hashlib
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.filetree import CHUNK, Digests, File, FileTree


def test_a_file_is_the_same_in_memory_and_on_disk(tmp_path: Path) -> None:
    data = bytes(range(256)) * (CHUNK // 256 * 2 + 3)
    (tmp_path / "film.mp4").write_bytes(data)
    for file in (File(data=data), File(path=tmp_path / "film.mp4")):
        assert file.size == len(data)
        assert file.read() == data
        assert file.sha256 == hashlib.sha256(data).hexdigest()
        assert file.crc32 == zlib.crc32(data)
        with file.open() as stream:
            assert stream.read(10) == data[:10]


@given(st.binary(max_size=4000))
def test_the_sums_are_those_of_the_standard_library(data: bytes) -> None:
    assert File(data=data).digests == Digests(hashlib.sha256(data).hexdigest(), zlib.crc32(data))


def test_known_sums_spare_the_reading_and_do_not_make_another_file(tmp_path: Path) -> None:
    known = Digests("ab" * 32, 7)
    file = File(path=tmp_path / "gone.mp4", known=known)
    assert file.digests is known
    assert file == File(path=tmp_path / "gone.mp4")


def test_a_file_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="either data or a path"):
        File().read()


def test_a_tree_is_sorted_whatever_the_order_it_was_made_in() -> None:
    tree = FileTree({name: File(data=name.encode()) for name in ("media/b.png", "index.html", "a.js")})
    assert list(tree) == ["a.js", "index.html", "media/b.png"]
    assert tree.size == sum(map(len, tree))
    assert "index.html" in tree
    assert tree["a.js"].read() == b"a.js"


def test_trees_add_up_but_never_overwrite() -> None:
    tree = FileTree({"a": File(data=b"1")})
    assert list(tree | {"b": File(data=b"2")}) == ["a", "b"]
    assert list(tree) == ["a"]
    with pytest.raises(ValueError, match="same path: a"):
        tree | {"a": File(data=b"1")}


def test_the_sum_of_the_contents_tells_names_and_contents_apart() -> None:
    def content(files: dict[str, bytes]) -> str:
        return FileTree({name: File(data=data) for name, data in files.items()}).content_sha256

    base = content({"a": b"1", "b": b"2"})
    assert base == content({"b": b"2", "a": b"1"})
    assert (
        len({base, content({"a": b"2", "b": b"1"}), content({"a": b"1"}), content({"a": b"1", "c": b"2"})})
        == 4
    )
    lines = f"{hashlib.sha256(b'1').hexdigest()}  a\n{hashlib.sha256(b'2').hexdigest()}  b\n"
    assert base == hashlib.sha256(lines.encode()).hexdigest()


def test_a_folder_is_a_tree_without_its_symbolic_links(tmp_path: Path) -> None:
    (tmp_path / "course" / "media").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("secret")
    (tmp_path / "course" / "index.html").write_text("x")
    (tmp_path / "course" / "media" / "æ.png").write_text("y")
    (tmp_path / "course" / "link.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    (tmp_path / "course" / "folder").symlink_to(tmp_path / "elsewhere")
    assert list(FileTree.from_folder(tmp_path / "course")) == ["index.html", "media/æ.png"]
