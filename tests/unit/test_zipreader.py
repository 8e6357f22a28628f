"""Safe zip in: hostile, clumsy and broken zips become faults, never exceptions and never files on disk."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kurspakke.filetree import File, FileTree
from kurspakke.limits import Limits
from kurspakke.zipmember import DamagedMemberError, Fault, FaultKind, PackedFile
from kurspakke.zipreader import Archive, read_zip
from kurspakke.zipwriter import write_zip

Members = dict[str, bytes]


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip by the standard library."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def look(data: bytes, limits: Limits | None = None) -> Archive:
    return read_zip(File(data=data), limits or Limits())


def kinds(archive: Archive) -> list[FaultKind]:
    return [fault.kind for fault in archive.faults]


def edited(data: bytes, find: bytes, replace: bytes, count: int = -1) -> bytes:
    assert find in data
    return data.replace(find, replace, count)


def central(data: bytes, offset: int, form: str, value: int) -> bytes:
    """The zip with one field of its first directory entry changed."""
    at = data.index(b"PK\1\2") + offset
    return data[:at] + struct.pack(form, value) + data[at + struct.calcsize(form) :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_sound_zip_is_a_tree(method: int) -> None:
    members = {"index.html": b"hei" * 100_000, "media/a.mp4": bytes(range(256)) * 5000, "tom.txt": b""}
    archive = look(packed(members, method))
    assert archive.faults == ()
    assert {name: file.read() for name, file in archive.tree.items()} == members
    assert {name: file.size for name, file in archive.tree.items()} == {n: len(d) for n, d in members.items()}
    assert (
        archive.tree.content_sha256 == FileTree({n: File(data=d) for n, d in members.items()}).content_sha256
    )


def test_own_zips_come_back_as_the_tree_they_were_made_of(tmp_path: Path) -> None:
    tree = FileTree(
        {"b.html": File(data=b"b" * 5000), "a.mp4": File(data=b"film"), "c/d.txt": File(data=b"")}
    )
    with (tmp_path / "p.zip").open("wb") as stream:
        write_zip(tree, stream, ["b.html"])
    archive = read_zip(tmp_path / "p.zip")
    assert archive.faults == ()
    assert archive.tree.content_sha256 == tree.content_sha256
    assert archive.directory is not None
    assert [entry.name for entry in archive.directory.entries] == ["b.html", "a.mp4", "c/d.txt"]


def test_members_are_read_in_small_pieces() -> None:
    file = look(packed({"a.txt": b"0123456789" * 1000})).tree["a.txt"]
    with file.open() as stream:
        assert b"".join(iter(lambda: stream.read(7), b"")) == b"0123456789" * 1000


def test_data_descriptors_folders_comments_and_zip64_are_understood() -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.mkdir("media")
        package.writestr("media/a.txt", b"a" * 999)
        with package.open("b.txt", "w", force_zip64=True) as member:
            member.write(b"b" * 999)
        package.comment = b"PK\5\6 is a nasty comment, PK\1\2 too"
    archive = look(stream.getvalue())
    assert archive.faults == ()
    assert {name: file.read()[:2] for name, file in archive.tree.items()} == {
        "media/a.txt": b"aa",
        "b.txt": b"bb",
    }
    assert archive.directory is not None
    assert archive.directory.comment.startswith(b"PK\5\6 is a nasty")


def test_a_zip64_directory_is_read() -> None:
    data = packed({"a.txt": b"hello"})
    end = data.rindex(b"PK\5\6")
    count, size, start = struct.unpack_from("<H2L", data, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    full = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    archive = look(data[:end] + record + locator + full)
    assert archive.faults == ()
    assert archive.tree["a.txt"].read() == b"hello"
    assert archive.directory is not None
    assert archive.directory.is_zip64
    assert kinds(look(data[:end] + record[:-9] + locator + full)) == [FaultKind.BROKEN]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no zip directory"),
        (b"hello", "no zip directory"),
        (b"PK\3\4" + bytes(200), "no zip directory"),
        (packed({"a": b"x" * 99})[:-30], "no zip directory"),
        (packed({"a": b"x" * 99})[40:], "cut off or damaged"),
        (edited(packed({"a": b"x"}), b"PK\1\2", b"PK\1\3"), "damaged"),
        (packed({"a": b"x"})[:-10] + b"\xff\xff\xff\x00" + packed({"a": b"x"})[-6:], "cut off or damaged"),
        (edited(packed({"a": b"x"}), b"PK\5\6\0\0", b"PK\5\6\1\0"), "several"),
    ],
    # The bytes hold the time of day: as ids they would name another test in each process.
    ids=["empty", "text", "only-a-start", "no-end", "no-start", "another-mark", "short-end", "several-disks"],
)
def test_what_is_no_zip_or_cut_off_is_one_fault(data: bytes, why: str) -> None:
    archive = look(data)
    assert kinds(archive) == [FaultKind.BROKEN]
    assert why in archive.faults[0].message
    assert (len(archive.tree), archive.directory) == (0, None)


def test_more_members_than_allowed_are_not_even_read() -> None:
    data = packed({f"{number}.txt": b"" for number in range(11)})
    assert kinds(look(data, Limits(members=11))) == []
    assert kinds(look(data, Limits(members=10))) == [FaultKind.BROKEN]


def test_a_directory_that_lies_about_its_number_of_members_is_damaged() -> None:
    data = packed({"a.txt": b"a", "b.txt": b"b"})
    end = data.rindex(b"PK\5\6")
    for count in (1, 3):
        lying = data[: end + 8] + struct.pack("<2H", count, count) + data[end + 12 :]
        assert kinds(look(lying)) == [FaultKind.BROKEN]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../evil.txt", FaultKind.TRAVERSAL),
        ("media/../../evil.txt", FaultKind.TRAVERSAL),
        ("./index.html", FaultKind.TRAVERSAL),
        ("/etc/passwd", FaultKind.ABSOLUTE),
        ("a\\b.txt", FaultKind.BACKSLASH),
        ("c:win.txt", FaultKind.DRIVE),
        ("a.txt:stream", FaultKind.DRIVE),
        ("media//a.txt", FaultKind.NAME),
        ("a\nb.txt", FaultKind.NAME),
        ("a\x7f.txt", FaultKind.NAME),
        ("con", FaultKind.RESERVED),
        ("media/Aux.txt", FaultKind.RESERVED),
        ("lpt1.tar.gz", FaultKind.RESERVED),
        ("a.txt.", FaultKind.RESERVED),
        ("media /a.txt", FaultKind.RESERVED),
    ],
)
def test_dangerous_names_are_faults(name: str, kind: FaultKind) -> None:
    archive = look(packed({name: b"x", "index.html": b"y"}))
    assert [(fault.kind, fault.name) for fault in archive.faults] == [(kind, name)]
    assert (name in archive.tree) == (kind is FaultKind.RESERVED)
    assert archive.tree["index.html"].read() == b"y"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("..\\evil.txt", {FaultKind.TRAVERSAL, FaultKind.BACKSLASH}),
        ("C:\\Windows\\evil.txt", {FaultKind.DRIVE, FaultKind.BACKSLASH}),
        ("//server/share", {FaultKind.ABSOLUTE, FaultKind.NAME}),
    ],
)
def test_a_name_can_be_wrong_in_two_ways(name: str, expected: set[FaultKind]) -> None:
    archive = look(packed({name: b"x"}))
    assert set(kinds(archive)) == expected
    assert len(archive.tree) == 0


def test_an_empty_name_and_one_that_is_no_text_are_faults() -> None:
    data = packed({"æ.txt": b"x"})
    broken = edited(data, "æ".encode(), b"\xff\xff")
    assert kinds(look(broken)) == [FaultKind.NAME]
    plain = packed({"a": b"x"})
    nameless = central(plain, 28, "<H", 0)
    nameless = edited(nameless, b"a" + b"PK\5\6", b"PK\5\6")
    end = nameless.rindex(b"PK\5\6")
    size = struct.unpack_from("<L", nameless, end + 12)[0]
    nameless = nameless[: end + 12] + struct.pack("<L", size - 1) + nameless[end + 16 :]
    assert FaultKind.NAME in kinds(look(nameless))


def test_old_names_without_the_utf8_flag_are_still_read() -> None:
    data = edited(packed({"aa.txt": b"x"}), b"aa.txt", b"\x91a.txt")
    assert list(look(data).tree) == ["æa.txt"]
    data = edited(packed({"aa.txt": b"x"}), b"aa.txt", "æ".encode() + b".txt")
    assert list(look(data).tree) == ["æ.txt"]


def test_two_members_of_one_name_are_a_fault_and_the_first_counts() -> None:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as package:
        warnings.simplefilter("ignore")
        package.writestr("a.txt", b"first")
        package.writestr("a.txt", b"second")
    archive = look(stream.getvalue())
    assert archive.faults == (Fault(FaultKind.DUPLICATE, "a.txt", "'a.txt' is in the zip more than once"),)
    assert archive.tree["a.txt"].read() == b"first"


def test_names_that_clash_on_other_systems_are_faults() -> None:
    archive = look(packed({"A.txt": b"1", "a.txt": b"2", "b": b"3", "b/c.txt": b"4"}))
    assert [(fault.kind, fault.name) for fault in archive.faults] == [
        (FaultKind.CASE, "a.txt"),
        (FaultKind.DUPLICATE, "b"),
    ]
    assert len(archive.tree) == 4


def test_encrypted_members_are_faults() -> None:
    archive = look(central(packed({"a.txt": b"x"}), 8, "<H", 1))
    assert (kinds(archive), len(archive.tree)) == ([FaultKind.ENCRYPTED], 0)


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_faults(mode: int) -> None:
    info = zipfile.ZipInfo("link")
    info.create_system = 0
    info.external_attr = (mode | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(info, "/etc/passwd")
    archive = look(stream.getvalue())
    assert (kinds(archive), len(archive.tree)) == ([FaultKind.LINK], 0)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_platforms_do_not_know_are_faults(method: int) -> None:
    archive = look(packed({"a.txt": b"x" * 999}, method))
    assert (kinds(archive), len(archive.tree)) == ([FaultKind.METHOD], 0)


def test_a_header_of_another_name_is_a_fault() -> None:
    data = edited(packed({"a.txt": b"x"}), b"a.txt", b"b.txt", 1)
    archive = look(data)
    assert (kinds(archive), archive.faults[0].name, len(archive.tree)) == ([FaultKind.HEADER], "a.txt", 0)


def test_a_header_beyond_the_end_is_a_fault() -> None:
    assert kinds(look(central(packed({"a.txt": b"x"}), 42, "<L", 0x7FFFFFFF))) == [FaultKind.HEADER]


def test_overlapping_members_are_a_fault() -> None:
    """Two directory entries for one member's bytes: the trick of zip bombs without a great ratio."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", b"x" * 50)
    data = stream.getvalue()
    start = data.index(b"PK\1\2")
    end = data.rindex(b"PK\5\6")
    entry = data[start:end]
    size = struct.pack("<2H2L", 2, 2, 2 * len(entry), start)
    twice = data[:start] + entry * 2 + data[end : end + 8] + size + data[end + 20 :]
    assert FaultKind.OVERLAP in kinds(look(twice))
    inner = packed({"b.txt": b"y"})
    outer = packed({"a.bin": inner}, zipfile.ZIP_STORED)
    at = outer.index(inner)
    quoted = inner[inner.index(b"PK\1\2") : inner.rindex(b"PK\5\6")]
    quoted = quoted[:42] + struct.pack("<L", at) + quoted[46:]
    start = outer.rindex(b"PK\1\2")
    end = outer.rindex(b"PK\5\6")
    both = outer[start:end] + quoted
    quote = (
        outer[:start] + both + outer[end : end + 8] + struct.pack("<2H2L", 2, 2, len(both), start) + b"\0\0"
    )
    assert (kinds(look(quote)), list(look(quote).tree)) == ([FaultKind.OVERLAP], ["a.bin"])


def test_a_member_that_runs_into_the_directory_is_a_fault() -> None:
    data = packed({"a.mp4": b"x" * 50}, zipfile.ZIP_STORED)
    longer = central(central(data, 20, "<L", 60), 24, "<L", 60)
    assert kinds(look(longer)) == [FaultKind.OVERLAP]


def test_an_absurd_ratio_is_a_fault_but_small_blank_files_are_not() -> None:
    bomb = packed({"bomb.txt": bytes(5 << 20), "blank.bmp": bytes(1 << 19)})
    archive = look(bomb)
    assert [(fault.kind, fault.name) for fault in archive.faults] == [(FaultKind.RATIO, "bomb.txt")]
    assert list(archive.tree) == ["blank.bmp"]


def test_more_bytes_than_allowed_are_not_looked_at() -> None:
    archive = look(packed({"a.txt": b"1234", "b.txt": b"5678", "c.txt": b"9"}), Limits(bytes=8))
    assert [(fault.kind, fault.name) for fault in archive.faults] == [(FaultKind.LARGE, "c.txt")]
    assert list(archive.tree) == ["a.txt", "b.txt"]


def test_a_large_member_is_streamed_but_not_read_at_once() -> None:
    file = look(packed({"a.txt": b"1234" * 10}), Limits(memory=39 * 25)).tree["a.txt"]
    with file.open() as stream:
        assert len(stream.read()) == 40
    with pytest.raises(DamagedMemberError, match="has 40 bytes; 39 are read at once"):
        file.read()


def bad_crc(data: bytes) -> bytes:
    return central(data, 16, "<L", 0xDEADBEEF)


def too_small(data: bytes) -> bytes:
    return central(data, 24, "<L", 100)


def too_large(data: bytes) -> bytes:
    return central(data, 24, "<L", 5000)


def cut(data: bytes) -> bytes:
    return central(data, 20, "<L", 5)


@pytest.mark.parametrize("harm", [bad_crc, too_small, too_large, cut])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_that_are_not_what_the_directory_says_are_faults(
    harm: Callable[[bytes], bytes], method: int
) -> None:
    data = harm(packed({"a.txt": bytes(range(250)) * 4, "b.txt": b"ok"}, method))
    archive = look(data)
    assert [(fault.kind, fault.name) for fault in archive.faults] == [(FaultKind.DAMAGED, "a.txt")]
    assert list(archive.tree) == ["b.txt"]
    unverified = read_zip(File(data=data), verify=False)
    assert unverified.faults == ()
    with pytest.raises(DamagedMemberError):
        unverified.tree["a.txt"].read()


def test_damaged_deflate_data_are_a_fault() -> None:
    data = packed({"a.txt": bytes(number * number % 251 for number in range(100)) * 20})
    at = data.index(b"a.txt") + 5
    archive = look(data[: at + 3] + b"\xff" * 20 + data[at + 23 :])
    assert kinds(archive) == [FaultKind.DAMAGED]


def test_nothing_is_held_in_memory_beyond_the_declared_size() -> None:
    """A member that unpacks to far more than it says is left at the first byte too many."""
    data = central(packed({"a.txt": bytes(50 << 20)}), 24, "<L", 1000)
    archive = read_zip(File(data=data), verify=False)
    file = archive.tree["a.txt"]
    assert isinstance(file, PackedFile)
    with pytest.raises(DamagedMemberError, match="more bytes than the directory says"):
        file.read()


BASE = packed(
    {"imsmanifest.xml": b"<manifest/>" * 40, "index.html": b"hei", "media/a.png": bytes(range(200))}
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BASE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_change_of_bytes_leads_to_an_exception(changes: list[tuple[int, int]]) -> None:
    data = bytearray(BASE)
    for at, byte in changes:
        data[at] = byte
    archive = look(bytes(data))
    for name, file in archive.tree.items():
        assert len(file.read()) == file.size, name


@given(st.integers(0, len(BASE) - 1))
def test_a_zip_cut_off_anywhere_is_broken(length: int) -> None:
    assert kinds(look(BASE[:length])) == [FaultKind.BROKEN]


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_any_bytes_at_all_give_an_answer(data: bytes, tail: bytes) -> None:
    look(data + b"PK\5\6" + tail)
    look(data + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(data), 0, 0))


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    look(packed({"../evil.txt": b"x", "ok.txt": b"y"}))
    assert list(tmp_path.parent.glob("evil.txt")) == []
    assert list(tmp_path.iterdir()) == []
