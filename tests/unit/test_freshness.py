"""Whether a build would give what is there already: quick, and never wrong."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kurspakke import freshness
from kurspakke.filetree import File, FileTree
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.freshness import Earlier, Inputs, fresh, remember
from kurspakke.publish import Build, Package, publish
from kurspakke.record import CourseRecord, Label, Record
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums

RULE = Rule("SRC-001", "a-rule", Severity.WARNING, "spec 1", "why")
WARNING = Finding(RULE, "æ message", "a hint", Location("course.yaml", 3, 4))
LONG_AGO = 1_600_000_000_000_000_000


class Project:
    """A course of three files, and a build that puts their bytes into packages."""

    def __init__(self, folder: Path) -> None:
        self.source = folder / "course_source"
        self.out = folder / "dist"
        (self.source / "modules").mkdir(parents=True)
        for name in ("course.yaml", "modules/a.yaml", "modules/b.yaml"):
            (self.source / name).write_text(f"title: {name}")
        self.age()

    def age(self, seconds: int = 10) -> None:
        """Make everything as old as a course that nobody has touched for a while."""
        for path in self.source.rglob("*"):
            stat = path.stat()
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - seconds * 10**9))

    def inputs(self, **options: object) -> Inputs:
        return Inputs.scan([self.source], options, Sums(StateFolder(self.out)), without=self.out)

    def texts(self) -> dict[str, bytes]:
        return {path.stem: path.read_bytes() for path in sorted((self.source / "modules").glob("*.yaml"))}

    def build(self, only: str = "", during: Callable[[], None] = lambda: None, **options: object) -> Record:
        inputs = self.inputs(**options)
        packages = [
            Package(
                Label(f"{name}.zip", "web", "kurs", name, "nb", None, None, "", None, None),
                FileTree({"index.html": File(data=data)}),
            )
            for name, data in self.texts().items()
            if only in {"", name}
        ]
        during()
        build = Build("t", CourseRecord("kurs", "1", "Kurs"), whole=not only)
        record = publish(self.out, packages, build)
        made = [package.label.path for package in packages]
        remember(self.out, inputs, made, [WARNING], Sums(StateFolder(self.out)))
        return record

    def fresh(self, **options: object) -> Earlier | None:
        return fresh(self.out, self.inputs(**options), Sums(StateFolder(self.out)))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def later(monkeypatch: pytest.MonkeyPatch, seconds: int = 100) -> None:
    """As if the build took place so many seconds after the last change of any file."""
    now = 4 * 10**18 + seconds * 10**9
    monkeypatch.setattr("time.time_ns", lambda: now)


def test_nothing_is_fresh_before_the_first_build(project: Project) -> None:
    assert project.fresh() is None


def test_after_a_build_everything_is_fresh(project: Project) -> None:
    record = project.build()
    assert project.fresh() == Earlier(record, (WARNING,))
    assert project.fresh() == Earlier(record, (WARNING,))


@pytest.mark.parametrize("settled", [True, False])
def test_whatever_changes_is_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch, *, settled: bool
) -> None:
    if settled:
        later(monkeypatch)
    page = project.source / "modules" / "a.yaml"

    def write() -> None:
        page.write_text("title: other text")

    def same_size() -> None:
        page.write_text("TITLE: MODULES/A.YAML"[: page.stat().st_size])

    def same_size_and_time() -> None:
        stat = page.stat()
        page.write_bytes(bytes(stat.st_size))
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def add() -> None:
        (project.source / "modules" / "c.yaml").write_text("")

    def remove() -> None:
        (project.source / "modules" / "b.yaml").unlink()

    def rename() -> None:
        page.rename(page.with_name("A.yaml"))

    def swap() -> None:
        other = page.with_name("b.yaml")
        page.rename(page.with_name("x"))
        other.rename(page)
        page.with_name("x").rename(other)

    for change in (write, same_size, same_size_and_time, add, remove, rename, swap):
        project.build()
        assert project.fresh() is not None, change.__name__
        change()
        assert project.fresh() is None, change.__name__
        shutil.rmtree(project.source)
        shutil.rmtree(project.out)
        project.__init__(project.source.parent)  # type: ignore[misc]


def test_a_change_within_the_same_tick_of_the_clock_is_noticed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same size, same times, same inode: only the bytes tell, and they are looked at as long as this can be."""
    page = project.source / "modules" / "a.yaml"
    page.write_text("aaaa")
    real = freshness.Stamp.of
    stamp = real(page.stat())
    monkeypatch.setattr(
        freshness.Stamp, "of", lambda stat: stamp if stat.st_ino == page.stat().st_ino else real(stat)
    )
    project.build()
    assert project.fresh() is not None
    page.write_text("bbbb")
    assert project.fresh() is None


def test_a_change_while_the_build_runs_is_noticed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    page = project.source / "modules" / "a.yaml"
    for settled in (False, True):
        if settled:
            later(monkeypatch)
        project.build(during=lambda: (page.write_text("title: changed"), None)[1])
        assert project.fresh() is None
        project.build()
        assert project.fresh() is not None
        page.write_text("title: a")


def test_touched_files_of_the_same_content_lead_to_the_same_result(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New files are known by their bytes; of old ones only the stamps are known, and a build finds nothing new."""
    record = project.build()
    for path in project.source.rglob("*.yaml"):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
    assert project.fresh() == Earlier(record, (WARNING,))
    copy = project.source.with_name("copy")
    shutil.copytree(project.source, copy)
    shutil.rmtree(project.source)
    copy.rename(project.source)
    assert project.fresh() == Earlier(record, (WARNING,))
    later(monkeypatch)
    project.build()
    for path in project.source.rglob("*.yaml"):
        path.touch()
    assert project.fresh() is None
    inodes = {path: path.stat().st_ino for path in project.out.glob("*.zip")}
    assert project.build() == record
    assert project.fresh() == Earlier(record, (WARNING,))
    assert inodes == {path: path.stat().st_ino for path in project.out.glob("*.zip")}


def test_other_options_are_another_build(project: Project) -> None:
    project.build(formats=["web"])
    assert project.fresh(formats=["web"]) is not None
    assert project.fresh(formats=["web", "xapi"]) is None
    assert project.fresh() is None


def test_another_version_of_the_program_or_of_its_libraries_is_another_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project.build()
    assert project.fresh() is not None
    with monkeypatch.context() as patch:
        patch.setattr(freshness, "__version__", "99")
        assert project.fresh() is None
    libraries = tmp_path / "site-packages"
    libraries.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(libraries)])
    project.build()
    assert project.fresh() is not None
    (libraries / "jinja2").mkdir()
    os.utime(libraries, ns=(LONG_AGO, LONG_AGO))
    assert project.fresh() is None


def test_a_change_of_the_program_itself_is_another_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "program"
    (program / "__pycache__").mkdir(parents=True)
    (program / "render.py").write_text("1")
    monkeypatch.setattr(freshness, "_PROGRAM", program)
    project.build()
    (program / "__pycache__" / "render.pyc").write_text("compiled")
    assert project.fresh() is not None
    (program / "render.py").write_text("2")
    assert project.fresh() is None


def test_hidden_files_and_the_output_itself_do_not_count(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.out = project.source / "dist"
    project.build()
    (project.source / ".git").mkdir()
    (project.source / ".git" / "index").write_text("x")
    (project.source / ".page.yaml.swp").write_text("x")
    (project.out / "notes.txt").write_text("x")
    assert project.fresh() is not None


def test_whatever_happens_to_the_output_is_noticed(project: Project) -> None:
    package = project.out / "a.zip"

    def overwrite() -> None:
        stat = package.stat()
        package.write_bytes(bytes(stat.st_size))
        os.utime(package, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def edit_record() -> None:
        path = project.out / "build.json"
        path.write_text(path.read_text().replace('"tool": "t"', '"tool": "u"'))

    def interrupt() -> None:
        (project.out / ".kurspakke" / "journal.json").write_text('{"moves": [], "gone": [], "new": []}')

    def forget() -> None:
        shutil.rmtree(project.out / ".kurspakke")

    changes = [package.unlink, overwrite, edit_record, interrupt, forget, (project.out / "build.json").unlink]
    for change in changes:
        project.build()
        assert project.fresh() is not None
        change()
        assert project.fresh() is None, change
    project.build()
    assert project.fresh() is not None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-5],
        lambda text: text.replace('"files"', '"fails"'),
        lambda text: text.replace('"made":{', '"made":[{').replace('},"findings"', '}],"findings"'),
        lambda text: text.replace('"severity":"warning"', '"severity":"dreadful"'),
        lambda text: text.replace('"line":3', '"lime":3'),
        lambda text: text.replace('"version":1', '"version":2'),
        lambda text: text.replace("[", "[[[").replace("]", "]]]"),
    ],
)
def test_a_damaged_memory_is_no_memory(project: Project, damage: Callable[[str], str]) -> None:
    project.build()
    path = project.out / ".kurspakke" / "fresh.json"
    text = path.read_text()
    assert damage(text) != text
    path.write_text(damage(text))
    assert project.fresh() is None


def test_a_selective_build_reports_what_it_made(project: Project) -> None:
    project.build()
    project.build(only="b", module="b")
    earlier = project.fresh(module="b")
    assert earlier is not None
    assert [package.path for package in earlier.record.packages] == ["b.zip"]
    assert project.fresh() is None


def test_a_folder_behind_a_symbolic_link_is_never_sure(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (project.source / "link").symlink_to(tmp_path / "elsewhere")
    project.build()
    assert project.fresh() is None


def test_where_nothing_can_be_remembered_nothing_fails(project: Project, tmp_path: Path) -> None:
    remember(tmp_path / "missing", project.inputs(), [], [], Sums(StateFolder(tmp_path / "missing")))
    assert not (tmp_path / "missing").exists()


def test_it_needs_none_of_the_libraries_that_take_long_to_import() -> None:
    code = "import sys, kurspakke.freshness; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    heavy = {
        "pydantic",
        "jinja2",
        "lxml",
        "yaml",
        "markdown_it",
        "click",
        "rich",
        "nh3",
        "tincan",
        "zipfile",
        "shutil",
    }
    assert heavy.isdisjoint(loaded)
