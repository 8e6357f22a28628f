"""Packages into the output folder: all or none, whatever happens in between."""

import errno
import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kurspakke import zipwriter
from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.journal import Journal
from kurspakke.publish import Build, current, publish, settle
from kurspakke.record import CourseRecord, Label, Record
from kurspakke.staging import Package, Published
from kurspakke.statefolder import StateFolder

COURSE = CourseRecord("kurs", "0.1.0", "Kurs på norsk")
WHOLE = Build("kurspakke 0.1.0", COURSE, whole=True)
PART = Build("kurspakke 0.1.0", COURSE, whole=False)


def package(module: str, text: str = "hei", film: File | None = None) -> Package:
    label = Label(
        path=f"kurs-{module}-nb-scorm12.zip",
        format="scorm12",
        course="kurs",
        module=module,
        lang="nb",
        audience=None,
        edition=None,
        title=f"Modul {module}",
        identifier=f"kurs-{module}",
        activity_id=f"https://kurs.example/{module}",
    )
    files = {"imsmanifest.xml": File(data=b"<manifest/>"), "index.html": File(data=text.encode() * 50)}
    if film is not None:
        files["media/film.mp4"] = film
    return Package(label, FileTree(files), ("imsmanifest.xml",))


def visible(out: Path) -> dict[str, bytes]:
    """What a user sees in the output folder."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def litter(out: Path) -> list[str]:
    """What should not be left anywhere."""
    known = {"lock", "packages.json", "sums.json"}
    found = [
        path.name
        for path in out.rglob("*")
        if path.name.startswith(("staged", "replaced", "journal", "roll"))
    ]
    found += [path.name for path in out.rglob("*.new")]
    return found + [path.name for path in (out / ".kurspakke").glob("*") if path.name not in known]


def texts(out: Path) -> dict[str, str]:
    """The text in every package that is there."""
    found = {}
    for path in out.glob("*.zip"):
        with zipfile.ZipFile(path) as opened:
            assert opened.testzip() is None
            found[path.name] = opened.read("index.html").decode()[:1]
    return found


def test_packages_and_record_are_written(tmp_path: Path) -> None:
    out = tmp_path / "a" / "dist"
    seen: list[Published] = []
    record = publish(out, [package("b"), package("a")], WHOLE, progress=seen.append)
    assert sorted(visible(out)) == ["build.json", "kurs-a-nb-scorm12.zip", "kurs-b-nb-scorm12.zip"]
    assert [(done.record.label.module, done.reused) for done in seen] == [("b", False), ("a", False)]
    assert texts(out) == {"kurs-a-nb-scorm12.zip": "h", "kurs-b-nb-scorm12.zip": "h"}
    assert litter(out) == []
    assert current(out) == record
    text = (out / "build.json").read_text()
    plain = json.loads(text)
    assert text.endswith("}\n")
    assert "Kurs på norsk" in text
    assert list(plain) == ["version", "tool", "course", "packages"]
    assert plain["course"] == {"id": "kurs", "version": "0.1.0", "title": "Kurs på norsk"}
    first = plain["packages"][0]
    assert " ".join(first) == (
        "path format course module lang audience edition title bytes sha256 content_sha256 identifier activity_id"
    )
    assert first["path"] == "kurs-a-nb-scorm12.zip"
    assert first["bytes"] == (out / first["path"]).stat().st_size
    assert first["sha256"] == File(path=out / first["path"]).sha256
    assert first["content_sha256"] == package("a").tree.content_sha256


def test_the_same_packages_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    publish(tmp_path / "1", [package("a"), package("b")], WHOLE)
    publish(tmp_path / "2", iter([package("b"), package("a")]), WHOLE)
    assert visible(tmp_path / "1") == visible(tmp_path / "2")


def test_an_unchanged_package_stays_where_it_is(tmp_path: Path) -> None:
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    before = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    seen: list[Published] = []
    publish(tmp_path, [package("a"), package("b", "nytt")], WHOLE, progress=seen.append)
    after = {path.name: path.stat().st_ino for path in tmp_path.iterdir()}
    assert [done.reused for done in seen] == [True, False]
    assert {name for name in before if before[name] != after[name]} == {"build.json", "kurs-b-nb-scorm12.zip"}
    whole = tmp_path / "whole"
    assert publish(whole, [package("a"), package("b", "nytt")], WHOLE) == current(tmp_path)


def test_nothing_new_changes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    publish(tmp_path, [package("a")], WHOLE)
    after = {path: path.stat() for path in tmp_path.rglob("*")}
    for path, stat in before.items():
        if path.name != ".kurspakke":
            assert (stat.st_ino, stat.st_mtime_ns) == (after[path].st_ino, after[path].st_mtime_ns)


def test_a_package_that_somebody_changed_is_written_again(tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    good = visible(tmp_path)
    path = tmp_path / "kurs-a-nb-scorm12.zip"
    stat = path.stat()
    path.write_bytes(bytes(len(good[path.name])))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    publish(tmp_path, [package("a")], WHOLE)
    assert visible(tmp_path) == good


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version":1}', b"\xff\xfe", b"[" * 10**5])
def test_a_damaged_memory_changes_nothing_but_the_time(tmp_path: Path, damage: bytes) -> None:
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    good = visible(tmp_path)
    for name in ("packages.json", "sums.json"):
        (tmp_path / ".kurspakke" / name).write_bytes(damage)
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    assert visible(tmp_path) == good
    shutil.rmtree(tmp_path / ".kurspakke")
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    assert visible(tmp_path) == good


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b'{"version": 1, "packages": 3}', b'{"version":1,"packages":[{}]}']
)
def test_a_damaged_record_is_replaced(tmp_path: Path, damage: bytes) -> None:
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    good = visible(tmp_path)
    (tmp_path / "build.json").write_bytes(damage)
    assert current(tmp_path) is None
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    assert visible(tmp_path) == good


def test_a_whole_build_removes_what_it_makes_no_more_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "other.zip").write_bytes(b"mine too")
    (tmp_path / "folder").mkdir()
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    publish(tmp_path, [package("b")], WHOLE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gitignore",
        ".kurspakke",
        "build.json",
        "folder",
        "kurs-b-nb-scorm12.zip",
        "notes.txt",
        "other.zip",
    ]
    assert (tmp_path / "other.zip").read_bytes() == b"mine too"
    assert litter(tmp_path) == []


def test_a_record_can_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    publish(out, [package("a")], WHOLE)
    victims = [tmp_path / "victim.zip", out / ".hidden.zip", out / "notes.txt"]
    for victim in victims:
        victim.write_text("keep")
    plain = json.loads((out / "build.json").read_text())
    entry = plain["packages"][0]
    paths = ["../victim.zip", str(victims[0]), ".hidden.zip", "notes.txt", "..", ""]
    plain["packages"] += [{**entry, "path": path} for path in paths]
    (out / "build.json").write_text(json.dumps(plain))
    publish(out, [package("a")], WHOLE)
    assert [victim.read_text() for victim in victims] == ["keep"] * 3


def test_a_selective_build_keeps_the_other_entries(tmp_path: Path) -> None:
    publish(tmp_path, [package("a"), package("b"), package("c")], WHOLE)
    record = publish(tmp_path, [package("b", "nytt")], PART)
    assert [entry.label.module for entry in record.packages] == ["a", "b", "c"]
    assert record == current(tmp_path)
    assert texts(tmp_path)["kurs-b-nb-scorm12.zip"] == "n"
    whole = publish(tmp_path / "whole", [package("a"), package("b", "nytt"), package("c")], WHOLE)
    assert whole == record


def test_entries_of_packages_that_vanished_or_changed_drop_out(tmp_path: Path) -> None:
    publish(tmp_path, [package(module) for module in "abcd"], WHOLE)
    (tmp_path / "kurs-a-nb-scorm12.zip").unlink()
    (tmp_path / "kurs-b-nb-scorm12.zip").write_bytes(b"short")
    same_size = tmp_path / "kurs-c-nb-scorm12.zip"
    same_size.write_bytes(bytes(same_size.stat().st_size))
    record = publish(tmp_path, [package("e")], PART)
    assert [entry.label.module for entry in record.packages] == ["d", "e"]


def test_a_selective_build_of_another_course_takes_over_no_entries(tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    other = Build("kurspakke 0.1.0", CourseRecord("annet", "1.0.0", "Annet"), whole=False)
    record = publish(tmp_path, [package("b")], other)
    assert [entry.label.module for entry in record.packages] == ["b"]
    assert (tmp_path / "kurs-a-nb-scorm12.zip").exists()


@pytest.mark.parametrize("path", ["../a.zip", "a/b.zip", ".a.zip", "build.json", "a\\b.zip", ""])
def test_packages_have_plain_names(tmp_path: Path, path: str) -> None:
    plain = package("a")
    label = Label(**{**{name: getattr(plain.label, name) for name in Label.__slots__}, "path": path})
    with pytest.raises(ValueError, match="not a file name"):
        publish(tmp_path, [Package(label, plain.tree)], WHOLE)


def test_two_packages_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="of its own"):
        publish(tmp_path, [package("a"), package("a")], WHOLE)


def test_what_the_packages_come_from_may_fail(tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    before = visible(tmp_path)

    def failing() -> Iterator[Package]:
        yield package("a", "nytt")
        raise RuntimeError("while rendering")

    with pytest.raises(RuntimeError, match="while rendering"):
        publish(tmp_path, failing(), WHOLE)
    assert visible(tmp_path) == before
    assert litter(tmp_path) == []


def test_a_file_that_vanished_is_a_refusal_that_names_it(tmp_path: Path) -> None:
    film = File(path=tmp_path / "film.mp4")
    with pytest.raises(KurspakkeError, match=r"can't read .*film\.mp4: No such file"):
        publish(tmp_path / "dist", [package("a", film=film)], WHOLE)
    assert visible(tmp_path / "dist") == {}


def test_a_tree_that_no_zip_can_hold_is_refused(tmp_path: Path) -> None:
    bad = Package(package("a").label, FileTree({"æ.html": File(data=b"")}))
    with pytest.raises(KurspakkeError, match="can't be a file's name"):
        publish(tmp_path, [package("b"), bad], WHOLE)
    assert visible(tmp_path) == {}
    assert litter(tmp_path) == []


# ---- what the system refuses


@contextmanager
def refused(out: Path, match: str) -> Iterator[None]:
    """Whatever happens inside is a refusal with a hint and leaves no trace."""
    before = visible(out)
    with pytest.raises(KurspakkeError, match=match) as refusal:
        yield
    assert refusal.value.hint
    assert "\n" not in refusal.value.message
    assert visible(out) == before
    assert litter(out) == []


def test_another_build_holds_the_lock(tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    with (tmp_path / ".kurspakke" / "lock").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with refused(tmp_path, f"^another build is writing to {tmp_path}/$"):
            publish(tmp_path, [package("a", "nytt")], WHOLE)
    publish(tmp_path, [package("a", "nytt")], WHOLE)
    assert texts(tmp_path) == {"kurs-a-nb-scorm12.zip": "n"}


@pytest.mark.slow
def test_two_processes_at_the_same_time(tmp_path: Path) -> None:
    builds = [
        subprocess.Popen([*BUILDER, str(tmp_path), text, "40"], stderr=subprocess.PIPE) for text in "xy"
    ]
    errors = [build.communicate()[1].decode() for build in builds]
    assert all(error in {"", f"another build is writing to {tmp_path}/\n"} for error in errors)
    assert errors.count("") >= 1
    assert len(set(texts(tmp_path).values())) == 1
    assert litter(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False, capture_output=True
        ).returncode
    )
    if not mounted:
        pytest.skip("only root can mount a small disk; the limit of the file size below is tried as anyone")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    publish(small_disk, [package("a"), package("b")], WHOLE)
    film = File(data=os.urandom(2 << 20))
    with refused(small_disk, "No space left on device"):
        publish(small_disk, [package("a", "nytt"), package("b", film=film)], WHOLE)
    publish(small_disk, [package("a", "nytt")], WHOLE)
    assert texts(small_disk) == {"kurs-a-nb-scorm12.zip": "n"}


def test_a_disk_with_room_for_the_packages_only(small_disk: Path) -> None:
    """Every number of free bytes around the need: either all is new or all is as it was."""
    publish(small_disk, [package("a"), package("b")], WHOLE)
    outcomes = set()
    for pages in range(8):
        ballast = small_disk / "ballast.bin"
        free = os.statvfs(small_disk).f_bavail
        ballast.write_bytes(bytes(max(0, free - pages) * 4096))
        before = visible(small_disk)
        text = str(pages)
        if attempt(small_disk, [package("a", text), package("b", text)]) is None:
            assert set(texts(small_disk).values()) == {text}
            outcomes.add("new")
        else:
            assert visible(small_disk) == before
            outcomes.add("old")
        assert litter(small_disk) == []
        ballast.unlink()
    assert outcomes == {"old", "new"}


def test_a_limit_of_the_file_size(tmp_path: Path) -> None:
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    film = File(data=os.urandom(1 << 20))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 19, hard))
    try:
        with refused(tmp_path, "File too large"):
            publish(tmp_path, [package("a", "nytt"), package("b", film=film)], WHOLE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("mine")
    with pytest.raises(
        KurspakkeError, match=r"can't write .*dist.*: (Not a directory|File exists)"
    ) as refusal:
        publish(tmp_path / "dist", [package("a")], WHOLE)
    assert "-o" in refusal.value.hint
    assert (tmp_path / "dist").read_text() == "mine"


@pytest.mark.parametrize("name", ["kurs-b-nb-scorm12.zip", "build.json"])
def test_a_folder_in_place_of_a_file(tmp_path: Path, name: str) -> None:
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    with refused(tmp_path, "is a folder, not a file"):
        publish(tmp_path, [package("a", "nytt"), package("b", "nytt")], WHOLE)


def test_a_state_folder_that_leads_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / ".kurspakke").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KurspakkeError, match="is a symbolic link"):
        publish(tmp_path / "dist", [package("a")], WHOLE)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_symbolic_link_in_place_of_a_package_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "kurs-a-nb-scorm12.zip").symlink_to(tmp_path / "mine.txt")
    publish(tmp_path / "dist", [package("a")], WHOLE)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert not (tmp_path / "dist" / "kurs-a-nb-scorm12.zip").is_symlink()


@pytest.fixture
def read_only(small_disk: Path) -> Iterator[Path]:
    """An output folder with a package in it that can't be written any more, not even by root."""
    publish(small_disk, [package("a")], WHOLE)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    return small_disk


def test_a_folder_that_can_not_be_written(read_only: Path) -> None:
    with refused(read_only, "Read-only file system"):
        publish(read_only, [package("a", "nytt")], WHOLE)


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may write whatever the modes say; see the read-only disk above"
)
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    for folder in (tmp_path, tmp_path / ".kurspakke"):
        folder.chmod(0o555)
    try:
        with refused(tmp_path, "Permission denied"):
            publish(tmp_path, [package("a", "nytt")], WHOLE)
    finally:
        for folder in (tmp_path, tmp_path / ".kurspakke"):
            folder.chmod(0o755)


def attempt(out: Path, packages: list[Package]) -> KurspakkeError | None:
    """The refusal to publish, None when all went well."""
    try:
        publish(out, packages, WHOLE)
    except KurspakkeError as refusal:
        return refusal
    return None


OPERATIONS = ["open", "mkdir", "replace", "rename", "write_bytes"]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EIO, errno.EBUSY])
def test_whatever_call_fails_the_output_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """The nth call that changes the disk fails, for every n until none is left to fail."""
    publish(tmp_path, [package("a"), package("b"), package("c")], WHOLE)
    before = visible(tmp_path)
    calls = left = 0

    def failing(name: str) -> None:
        real = getattr(Path, name)

        def call(self: Path, *args: object, **more: object) -> object:
            nonlocal left
            changes = name != "open" or "w" in str(args) or "a" in str(args)
            if changes:
                left -= 1
                if left == 0:
                    raise OSError(number, os.strerror(number), str(self))
            return real(self, *args, **more)

        monkeypatch.setattr(Path, name, call)

    for name in OPERATIONS:
        failing(name)
    new = [package("a", "nytt"), package("b", "nytt")]
    while left <= 0:
        left = sys.maxsize
        publish(tmp_path, [package("a"), package("b"), package("c")], WHOLE)
        assert visible(tmp_path) == before
        calls += 1
        left = calls
        refusal = attempt(tmp_path, new)
        if refusal is None:
            assert texts(tmp_path) == {"kurs-a-nb-scorm12.zip": "n", "kurs-b-nb-scorm12.zip": "n"}, calls
        else:
            assert os.strerror(number) in refusal.message
            assert refusal.hint
            assert visible(tmp_path) == before, calls
        assert litter(tmp_path) == [], calls
    assert calls > 12


def test_a_package_that_a_program_holds_open_is_taken_back_with_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that is open can not be replaced; hard links may be missing there, too."""
    publish(tmp_path, [package("a"), package("b"), package("old")], WHOLE)
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == tmp_path / "kurs-b-nb-scorm12.zip" and self.parent.name == "staged":
            raise PermissionError(errno.EACCES, "The file is in use", str(self), None, str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    new = [package(module, "nytt") for module in "0abc"]
    with refused(tmp_path, r"kurs-b-nb-scorm12\.zip: The file is in use"):
        publish(tmp_path, new, WHOLE)

    def no_link(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_link)
    with refused(tmp_path, r"kurs-b-nb-scorm12\.zip: The file is in use"):
        publish(tmp_path, new, WHOLE)
    monkeypatch.setattr(Path, "replace", real)
    publish(tmp_path, new, WHOLE)
    assert texts(tmp_path) == {f"kurs-{module}-nb-scorm12.zip": "n" for module in "0abc"}


def test_a_zip_that_is_not_what_was_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, [package("a")], WHOLE)
    monkeypatch.setattr(zipwriter.deflate, "deflate_compress", lambda data, _: data[:-1])
    with refused(tmp_path, r"kurs-a-nb-scorm12\.zip could not be read back after writing"):
        publish(tmp_path, [package("a", "nytt")], WHOLE)


# ---- kill -9


BUILDER = [
    sys.executable,
    "-c",
    """
import sys
from pathlib import Path
from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.publish import Build, publish
from kurspakke.record import CourseRecord, Label
from kurspakke.staging import Package
out, text, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
def package(module, text):
    path = f"kurs-{module}-nb-scorm12.zip"
    label = Label(path, "scorm12", "kurs", module, "nb", None, None, "", "", "")
    return Package(label, FileTree({"index.html": File(data=text.encode() * 200_000)}))
try:
    for number in range(rounds):
        letter = chr(ord(text) + number % 2)
        extra = ["only-" + letter]
        build = Build("t", CourseRecord("kurs", letter, letter), whole=True)
        publish(out, [package(name, letter) for name in [*"abcdef", *extra]], build)
        print(letter, flush=True)
except KurspakkeError as error:
    print(error.message, file=sys.stderr)
""",
]


def check_whole(out: Path) -> None:
    """That everything in `out` is of one build."""
    record = current(out)
    assert record is not None
    letter = record.course.version
    names = {f"kurs-{name}-nb-scorm12.zip" for name in [*"abcdef", f"only-{letter}"]}
    assert texts(out) == dict.fromkeys(names, letter)
    assert {package.path for package in record.packages} == names
    assert all(package.sha256 == File(path=out / package.path).sha256 for package in record.packages)


@pytest.mark.slow
def test_kill_9_at_any_moment(tmp_path: Path) -> None:
    """Killed at random moments, the next run finds one whole build, the old or the new, never a mixture."""
    subprocess.run([*BUILDER, str(tmp_path), "A", "1"], check=True, capture_output=True)
    for number in range(24):
        build = subprocess.Popen([*BUILDER, str(tmp_path), "B", "1000"], stdout=subprocess.PIPE)
        assert build.stdout is not None
        build.stdout.readline()
        # A round takes some 15 ms: the moments wander through it, and the machine's noise does the rest.
        time.sleep(number * 0.0137 % 0.03)
        build.send_signal(signal.SIGKILL)
        build.communicate()
        settle(tmp_path)
        check_whole(tmp_path)


class KilledError(BaseException):
    """Stands for the end of the process: nothing of the program runs after it."""


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("last", range(1, 8))
def test_an_end_between_any_two_renames_is_completed_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int, *, links: bool
) -> None:
    """The first rename decides: before it all is old, after it all is new once the next run has gone on."""
    out, done, ended = tmp_path / "dist", 0, False
    real_replace, real_clear = Path.replace, Journal.clear

    def replace(self: Path, target: Path) -> Path:
        nonlocal done, ended
        done += 1
        if done == last:
            ended = True
            raise KilledError
        return real_replace(self, target)

    def no_link(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    publish(out, [package("a"), package("b"), package("old")], WHOLE)
    before = visible(out)
    new = [package("a", "nytt"), package("b", "nytt"), package("c", "nytt")]
    publish(tmp_path / "new", new, WHOLE)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(Journal, "clear", lambda self: None if ended else real_clear(self))
        if not links:
            patch.setattr(os, "link", no_link)
        with suppress(KilledError):
            publish(out, new, WHOLE)
    assert ended
    settle(out)
    assert visible(out) == (before if last == 1 else visible(tmp_path / "new"))
    publish(out, new, WHOLE)
    assert visible(out) == visible(tmp_path / "new")
    assert litter(out) == []


def test_many_files_are_cleared_away_as_few_are(tmp_path: Path) -> None:
    journal = Journal(StateFolder(tmp_path))
    journal.staged.mkdir(parents=True)
    for number in range(200):
        (journal.staged / f"{number}.zip").write_bytes(b"x")
    journal.clear()
    assert not journal.staged.exists()


def test_a_damaged_journal_makes_the_record_go(tmp_path: Path) -> None:
    """Nobody knows what lies there then: nothing may be listed, and nothing may be taken for what it was."""
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    good = visible(tmp_path)
    (tmp_path / ".kurspakke" / "journal.json").write_bytes(b"{")
    settle(tmp_path)
    assert current(tmp_path) is None
    assert publish(tmp_path, [package("a")], PART).packages[0].label.module == "a"
    publish(tmp_path, [package("a"), package("b")], WHOLE)
    assert visible(tmp_path) == good


def test_a_journal_can_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    publish(out, [package("a")], WHOLE)
    (tmp_path / "victim").write_text("keep")
    (out / ".kurspakke" / "journal.json").write_text(
        json.dumps({"moves": ["../victim"], "gone": ["../victim"], "new": ["../victim"]})
    )
    settle(out)
    assert (tmp_path / "victim").read_text() == "keep"


def test_a_record_survives_reading_and_writing() -> None:
    record = Record("kurspakke 1", COURSE, ())
    assert Record.loads(record.dumps()) == record
    assert Record.loads(record.dumps().replace(b'"version": 1,', b'"version": 2,', 1)) is None
