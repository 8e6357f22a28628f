"""Reproducible zip out, seen by the standard library and by `unzip`'s eyes."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke import zipwriter
from kurspakke.filetree import CHUNK, Digests, File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.hashedstream import HashedStream
from kurspakke.linkedstream import Films, Known
from kurspakke.zipwriter import Packer, obstacles, write_zip

# A change of these sums means that every package of every course gets other bytes: say so in the changelog.
GOLDEN = "429936a1648f60917166dd2a2bbff289eb2ef646801ad087b4c890e94a119bf8"
GOLDEN_CONTENT = "b89d7d4988815d234479aecce816497c53f3747ebb578d7be46e20c80173be54"


def tree_of(**files: bytes) -> FileTree:
    return FileTree(
        {name.replace("__", "/").replace("_", "."): File(data=data) for name, data in files.items()}
    )


def zipped(tree: FileTree, *first: str) -> bytes:
    stream = io.BytesIO()
    write_zip(tree, stream, first)
    return stream.getvalue()


def tiny() -> FileTree:
    text = "".join(f"<p>Avsnitt {number}: blåbær og fløte på søndag.</p>\n" for number in range(200))
    return FileTree(
        {
            "imsmanifest.xml": File(data=b'<?xml version="1.0" encoding="UTF-8"?>\n<manifest/>\n' * 20),
            "index.html": File(data=text.encode()),
            "kurspakke.css": File(data=b"p{margin:0}"),
            "media/strategi-film.mp4": File(data=bytes(range(256)) * 40),
            "media/tom.txt": File(data=b""),
        }
    )


def test_a_fixed_tree_gives_fixed_bytes() -> None:
    stream = io.BytesIO()
    result = write_zip(tiny(), stream, ["imsmanifest.xml"])
    assert result.sha256 == hashlib.sha256(stream.getvalue()).hexdigest() == GOLDEN
    assert result.bytes == len(stream.getvalue())
    assert result.content_sha256 == tiny().content_sha256 == GOLDEN_CONTENT


def test_the_standard_library_reads_back_what_was_written() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(tiny(), "imsmanifest.xml"))) as package:
        assert package.testzip() is None
        assert package.namelist() == [
            "imsmanifest.xml",
            "index.html",
            "kurspakke.css",
            "media/strategi-film.mp4",
            "media/tom.txt",
        ]
        assert {name: package.read(name) for name in package.namelist()} == {
            name: file.read() for name, file in tiny().items()
        }


def test_members_are_as_plain_as_a_zip_can_be() -> None:
    data = zipped(tiny())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.comment == b""
        for info in package.infolist():
            assert info.external_attr == 0o100644 << 16
            assert info.create_system == 3
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.flag_bits, info.extra, info.comment, info.internal_attr) == (0, b"", b"", 0)
            assert (info.create_version, info.extract_version) == (20, 20)
            local = struct.unpack_from("<4s5H3L2H", data, info.header_offset)
            assert local[:6] == (b"PK\3\4", 20, 0, info.compress_type, 0, 33)
            assert local[6:] == (info.CRC, info.compress_size, info.file_size, len(info.filename), 0)


@pytest.mark.parametrize(
    "name", ["film.mp4", "film.webm", "FILM.MP4", "lyd.m4a", "bilde.png", "bilde.jpg", "f.woff2"]
)
def test_media_are_stored(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FileTree({name: File(data=b"a" * 9000)})))) as package:
        assert package.getinfo(name).compress_type == zipfile.ZIP_STORED


def test_what_does_not_shrink_is_stored_and_the_rest_is_deflated() -> None:
    tree = tree_of(short_txt=b"ab", long_txt=b"ab" * 50, empty_txt=b"")
    with zipfile.ZipFile(io.BytesIO(zipped(tree))) as package:
        methods = {info.filename: info.compress_type for info in package.infolist()}
    assert methods == {"short.txt": 0, "long.txt": 8, "empty.txt": 0}


def test_the_first_members_come_in_the_order_asked_for() -> None:
    tree = tree_of(a_txt=b"", b_txt=b"", c_txt=b"")
    with zipfile.ZipFile(io.BytesIO(zipped(tree, "c.txt", "b.txt"))) as package:
        assert package.namelist() == ["c.txt", "b.txt", "a.txt"]
    with pytest.raises(ValueError, match=r"not in the tree: d\.txt"):
        zipped(tree, "d.txt")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z0-9_-]{1,8}\.(html|mp4|js)", fullmatch=True), st.binary(max_size=3000)
    )
)
def test_any_tree_comes_back_as_it_was(files: dict[str, bytes]) -> None:
    tree = FileTree({name: File(data=data) for name, data in files.items()})
    data = zipped(tree)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {name: package.read(name) for name in package.namelist()} == files
    assert zipped(tree) == data


def test_a_film_on_disk_is_copied_in_pieces(tmp_path: Path) -> None:
    data = b"".join(number.to_bytes(4, "big") for number in range(CHUNK))
    (tmp_path / "film.mp4").write_bytes(data)
    on_disk = zipped(FileTree({"film.mp4": File(path=tmp_path / "film.mp4")}))
    assert on_disk == zipped(FileTree({"film.mp4": File(data=data)}))


@pytest.mark.parametrize("name", ["film.mp4", "tekst.html"])
@pytest.mark.parametrize("now", [b"b" * 5000, b"a" * 4999, b"a" * 5001, b""])
def test_a_file_that_is_no_longer_what_its_sums_say_is_refused(tmp_path: Path, name: str, now: bytes) -> None:
    (tmp_path / name).write_bytes(now)
    known = File(data=b"a" * 5000).digests
    with pytest.raises(KurspakkeError, match="changed while it was being packed"):
        zipped(FileTree({name: File(path=tmp_path / name, known=known)}))


def test_a_stale_sum_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film")
    with pytest.raises(KurspakkeError, match="changed while it was being packed"):
        zipped(FileTree({"film.mp4": File(path=tmp_path / "film.mp4", known=Digests("0" * 64, 0))}))


@pytest.mark.parametrize(
    "name",
    [
        "æ.png",
        "a b.png",
        "/a.png",
        "../a.png",
        "a/../b.png",
        "a//b.png",
        "a\\b.png",
        "c:a.png",
        ".a",
        "a/",
        "a%20.png",
        "",
    ],
)
def test_names_that_platforms_stumble_over_are_refused(name: str) -> None:
    tree = FileTree({name: File(data=b"")})
    (obstacle,) = obstacles(tree)
    assert obstacle.path == name
    with pytest.raises(KurspakkeError, match="can't be a file's name") as refusal:
        zipped(tree)
    assert refusal.value.hint


def test_names_that_differ_only_in_case_are_refused() -> None:
    (obstacle,) = obstacles(FileTree({"A.png": File(data=b""), "a.png": File(data=b"")}))
    assert (obstacle.path, obstacle.message[:21]) == ("a.png", "A.png and a.png diffe")


def test_names_of_200_characters_are_the_longest() -> None:
    assert not list(obstacles(FileTree({"a" * 200: File(data=b"")})))
    (obstacle,) = obstacles(FileTree({"a" * 201: File(data=b"")}))
    assert "has 201 characters" in obstacle.message


def sparse(path: Path, size: int) -> File:
    with path.open("wb") as stream:
        stream.truncate(size)
    return File(path=path)


def test_a_file_of_4_gb_is_refused_and_told_by_its_name(tmp_path: Path) -> None:
    tree = FileTree({"film.mp4": sparse(tmp_path / "film", 1 << 32), "index.html": File(data=b"x")})
    (obstacle,) = obstacles(tree)
    assert (obstacle.path, obstacle.message) == (
        "film.mp4",
        "film.mp4 has 4,294,967,296 bytes: a file in a zip has 4,294,967,294 at most",
    )
    with pytest.raises(KurspakkeError, match=r"film\.mp4 has 4,294,967,296 bytes"):
        zipped(tree)


def test_a_package_of_more_than_4_gb_is_refused(tmp_path: Path) -> None:
    half = (1 << 31) - 100
    fits = FileTree({"a.mp4": sparse(tmp_path / "a", half), "b.mp4": sparse(tmp_path / "b", half)})
    assert not list(obstacles(fits))
    (obstacle,) = obstacles(fits | {"c.mp4": File(data=b"c" * 200)})
    assert (obstacle.path, "a zip has 4,294,967,294 at most" in obstacle.message) == ("", True)


def test_65534_members_are_the_most() -> None:
    empty = File(data=b"")
    most = FileTree({f"{number}.txt": empty for number in range(0xFFFE)})
    assert not list(obstacles(most))
    with zipfile.ZipFile(io.BytesIO(zipped(most))) as package:
        assert len(package.namelist()) == 0xFFFE
    (obstacle,) = obstacles(most | {"one.txt": empty})
    assert "65,535 files are too many" in obstacle.message


def test_equal_contents_are_deflated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    real = zipwriter.deflate.deflate_compress

    def counting(data: bytes, level: int) -> bytearray:
        calls.append(len(data))
        return real(data, level)

    monkeypatch.setattr(zipwriter.deflate, "deflate_compress", counting)
    packer = Packer()
    for _ in range(3):
        write_zip(tree_of(a_css=b"p{}" * 99, b_css=b"p{}" * 99), io.BytesIO(), packer=packer)
    assert calls == [297]


def test_the_memory_of_deflated_contents_has_an_end() -> None:
    packer = Packer(room=100)
    files = [File(data=bytes([number]) * 20_000) for number in range(20)]
    packed = [packer.pack("a.css", file) for file in files]
    assert all(packed)
    assert len(packer._packed) < 5
    assert [packer.pack("a.css", file) for file in files] == packed


def test_a_stream_is_hashed_whole_in_small_and_large_pieces() -> None:
    pieces = [b"a", b"b" * CHUNK, b"c" * CHUNK, b"d", b"e" * (3 * CHUNK), b""]
    stream = io.BytesIO()
    with HashedStream(stream) as out:
        for piece in pieces * 3:
            out.write(piece)
        whole = b"".join(pieces * 3)
        assert (out.position, out.hexdigest()) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert stream.getvalue() == whole


def test_a_stream_that_fails_leaves_no_thread_behind() -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    out = HashedStream(Full())
    with pytest.raises(OSError, match="No space left"), out:
        out.write(b"a" * CHUNK)
    assert out._hasher is None


@pytest.mark.parametrize(("known", "room"), [(True, 1 << 26), (False, 1 << 26), (False, 999)])
def test_a_film_is_copied_held_or_read_with_the_same_result(
    tmp_path: Path, *, known: bool, room: int
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 9999)
    tree = FileTree({"a.html": File(b"<p>" * 999), "film.mp4": File(path=film)})
    plain = io.BytesIO()
    expected = write_zip(tree, plain)
    with (tmp_path / "film.zip").open("wb") as stream:
        told = Known(expected.sha256 if known else "", Films(room))
        assert write_zip(tree, stream, known=told) == expected
    assert (tmp_path / "film.zip").read_bytes() == plain.getvalue()


@pytest.mark.parametrize(("known", "room"), [(True, 1 << 26), (False, 1 << 26), (False, 999)])
def test_a_film_that_is_not_what_its_sums_say_is_noticed(tmp_path: Path, *, known: bool, room: int) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 999)
    summed = File(path=film, known=File(path=film).digests)
    film.write_bytes(b"fimm" * 999)
    told = Known("0" * 64 if known else "", Films(room))
    with (
        (tmp_path / "film.zip").open("wb") as stream,
        pytest.raises(KurspakkeError, match="changed while it was being packed"),
    ):
        write_zip(FileTree({"film.mp4": summed}), stream, known=told)
