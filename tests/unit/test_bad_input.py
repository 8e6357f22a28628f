"""What must never get through: each gives a place, a remedy and exit code 1, and the output stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import contents, run, run_alone
from tests.courses import BASE, copy, edit

PAGES = "modules/post/pages"
MEDIA = "modules/post/media"
BOMB = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@dataclass(frozen=True, slots=True)
class Case:
    """A change to the base course, and what must be said of it: place and rule, and a part of the remedy."""

    name: str
    change: Callable[[Path], object]
    place: str
    remedy: str


def changed(file: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda course: edit(course / file, old, new)


def written(file: str, data: str | bytes) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / file).parent.mkdir(exist_ok=True)
        (course / file).write_bytes(data.encode() if isinstance(data, str) else data)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda course: [change(course) for change in changes]


def appended(file: str, data: str | bytes) -> Callable[[Path], object]:
    more = data.encode() if isinstance(data, str) else data
    return lambda course: (course / file).write_bytes((course / file).read_bytes() + more)


def linked(file: str, target: str) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / file).unlink()
        (course / file).symlink_to(target)

    return change


def folder_linked(course: Path) -> None:
    (course / MEDIA).rename(course.parent / "elsewhere")
    (course / MEDIA).symlink_to(course.parent / "elsewhere")


def stretched(course: Path) -> None:
    with (course / f"{MEDIA}/reisen.mp4").open("r+b") as film:
        film.truncate(4_500_000_000)


CASES = [
    Case(
        "missing picture",
        changed(f"{PAGES}/bilde.yaml", "postkasse.svg", "borte.svg"),
        f"{PAGES}/bilde.yaml:6:10 error SRC-020",
        "did you mean «modules/post/media/postkasse.svg»?",
    ),
    Case(
        "missing page",
        changed("modules/post/module.yaml", "[tekst,", "[teksten,"),
        "modules/post/module.yaml:10:9 error SRC-020",
        "did you mean «modules/post/pages/tekst.yaml»?",
    ),
    Case(
        "missing module",
        changed("course.yaml", "modules: [post]", "modules: [post, brev]"),
        "course.yaml:13:17 error SRC-020",
        "make the file, or correct the name: modules/brev/module.yaml",
    ),
    Case(
        "wrong case of a picture",
        changed(f"{PAGES}/bilde.yaml", "postkasse.svg", "Postkasse.SVG"),
        f"{PAGES}/bilde.yaml:6:10 error SRC-020",
        "capitals count: the file is called modules/post/media/postkasse.svg",
    ),
    Case(
        "wrong case of a page",
        lambda course: (course / f"{PAGES}/boks.yaml").rename(course / f"{PAGES}/Boks.yaml"),
        "modules/post/module.yaml:10:41 error SRC-020",
        f"capitals count: the file is called {PAGES}/Boks.yaml",
    ),
    Case(
        "wrong case of the course",
        lambda course: (course / "course.yaml").rename(course / "Course.yaml"),
        "course.yaml error SRC-020",
        "capitals count: the file is called Course.yaml",
    ),
    Case(
        "unknown key",
        changed(f"{PAGES}/boks.yaml", "    title: Merk", "    titel: Merk"),
        f"{PAGES}/boks.yaml:6:5 error SRC-011",
        "did you mean «title»?",
    ),
    Case(
        "unknown key of a text",
        changed(f"{PAGES}/tekst.yaml", "    text: |", "    tekst: |"),
        f"{PAGES}/tekst.yaml:6:5 error SRC-011",
        "did you mean «text»?",
    ),
    Case(
        "unknown component",
        changed(f"{PAGES}/bilde.yaml", "type: figure", "type: figur"),
        f"{PAGES}/bilde.yaml:4:11 error SRC-013",
        "did you mean «figure»?",
    ),
    Case(
        "duplicate id",
        changed(f"{PAGES}/boks.yaml", "id: merk", "id: hei"),
        f"{PAGES}/boks.yaml:5:9 error SRC-025",
        "give one of them another id",
    ),
    Case(
        "id that is not ASCII",
        changed(f"{PAGES}/boks.yaml", "id: merk", "id: blåbær"),
        f"{PAGES}/boks.yaml:5:9 error SRC-014",
        "a-z, 0-9 and -",
    ),
    Case(
        "no right answer",
        changed(f"{PAGES}/valg.yaml", "        correct: true\n", ""),
        f"{PAGES}/valg.yaml:8:7 error SRC-108",
        "add `correct: true` to the right option",
    ),
    Case(
        "one option",
        changed(f"{PAGES}/valg.yaml", "      - id: b\n        text: Vinger\n", ""),
        f"{PAGES}/valg.yaml:8:7 error SRC-109",
        "add the options it is to be chosen from",
    ),
    Case(
        "film without captions",
        changed(f"{PAGES}/film.yaml", "    captions: {nb: reisen.nb.vtt}\n", ""),
        f"{PAGES}/film.yaml:4:5 error SRC-103",
        "add a WebVTT file: `captions: {nb: reisen.nb.vtt}`",
    ),
    Case(
        "picture without alt",
        changed(f"{PAGES}/bilde.yaml", "    alt: En postkasse.\n", ""),
        f"{PAGES}/bilde.yaml:6:10 error SRC-101",
        "add `alt:` with what matters in the picture",
    ),
    Case(
        "no catalogue for a language",
        changed("course.yaml", "languages: [nb]", "languages: [nb, nn]"),
        "course.yaml:6:17 error SRC-020",
        "locale/nn.po",
    ),
    Case(
        "a text is not translated",
        both(
            changed("course.yaml", "languages: [nb]", "languages: [nb, nn]"),
            written("locale/nn.po", 'msgid ""\nmsgstr ""\n'),
        ),
        f"{PAGES}/boks.yaml:6:12 error SRC-061",
        'add to locale/nn.po: msgctxt "post/boks#merk.title"',
    ),
    Case(
        "language no in a list",
        changed("course.yaml", "languages: [nb]", "languages: [no]"),
        "course.yaml:6:13 error SRC-014",
        "nb (bokmål), nn (nynorsk)",
    ),
    Case(
        "language: no",
        changed("course.yaml", "languages: [nb]", "language: no"),
        "course.yaml:6:1 error SRC-011",
        "did you mean «languages»?",
    ),
    Case(
        "tab",
        changed(f"{PAGES}/boks.yaml", "    title: Merk", "\ttitle: Merk"),
        f"{PAGES}/boks.yaml:6:1 error SRC-003",
        "use spaces",
    ),
    Case(
        "line of 1 MB",
        changed(f"{PAGES}/boks.yaml", "Posten kommer", "Posten " * 150_000),
        f"{PAGES}/boks.yaml:7:20001 error SRC-005",
        "break it",
    ),
    Case(
        "anchor bomb",
        appended(f"{PAGES}/boks.yaml", f"a: &a [{'x, ' * 9}]\n{BOMB}"),
        f"{PAGES}/boks.yaml:9:8 error SRC-007",
        "write the text out",
    ),
    Case(
        "picture outside of the course",
        changed(f"{PAGES}/bilde.yaml", "postkasse.svg", "../../../../hemmelig.svg"),
        f"{PAGES}/bilde.yaml:6:10 error SRC-021",
        "put the file in media/",
    ),
    Case(
        "picture by its absolute path",
        changed(f"{PAGES}/bilde.yaml", "postkasse.svg", "/etc/hemmelig.svg"),
        f"{PAGES}/bilde.yaml:6:10 error SRC-021",
        "put the file in media/",
    ),
    Case(
        "picture on a Windows drive",
        changed(f"{PAGES}/bilde.yaml", "postkasse.svg", r"'C:\bilder\postkasse.svg'"),
        f"{PAGES}/bilde.yaml:6:10 error SRC-021",
        "put the file in media/",
    ),
    Case(
        "link to a file outside",
        linked(f"{MEDIA}/postkasse.svg", "/etc/hostname"),
        f"{MEDIA}/postkasse.svg error SRC-022",
        "put a copy of the file in its place",
    ),
    Case(
        "link to a folder outside",
        folder_linked,
        f"{MEDIA} error SRC-022",
        "put a copy of the file in its place",
    ),
    Case(
        "link to itself",
        linked(f"{MEDIA}/postkasse.svg", "postkasse.svg"),
        f"{MEDIA}/postkasse.svg error SRC-022",
        "put a copy of the file in its place",
    ),
    Case("film over 4 GB", stretched, f"{PAGES}/film.yaml:7:15 error SRC-024", "make it smaller"),
    Case(
        "deep nesting in a line",
        appended(f"{PAGES}/boks.yaml", "x: " + "[" * 10_000),
        f"{PAGES}/boks.yaml:8:43 error SRC-006",
        "remove the nesting",
    ),
    Case(
        "deep nesting over lines",
        appended(f"{PAGES}/boks.yaml", "x:\n" + "".join(" " * n + "-\n" for n in range(1, 1800))),
        f"{PAGES}/boks.yaml:48:41 error SRC-006",
        "remove the nesting",
    ),
    Case(
        "file of 3 MB",
        appended(f"{PAGES}/boks.yaml", "# " + "-\n# " * 1_000_000),
        f"{PAGES}/boks.yaml:1:1 error SRC-004",
        "divide it",
    ),
    Case(
        "NUL bytes",
        written(f"{PAGES}/boks.yaml", b"id: boks\ntitle: Bo\0ks\n"),
        f"{PAGES}/boks.yaml:2:10 error SRC-002",
        "look at this line",
    ),
    Case(
        "NUL bytes alone",
        written(f"{PAGES}/boks.yaml", bytes(5000)),
        f"{PAGES}/boks.yaml:1:1 error SRC-002",
        "look at this line",
    ),
    Case(
        "control character after æøå",
        changed(f"{PAGES}/boks.yaml", "Posten kommer", "Ærlig, øyeblikkelig, åpen\x07"),
        f"{PAGES}/boks.yaml:7:36 error SRC-002",
        "look at this line",
    ),
    Case(
        "a colour between brackets that is a comment",
        changed("course.yaml", "modules:", "brand: {accent: #1a2b3c, logo: brand/prove.svg}\nmodules:"),
        "course.yaml:13:17 error SRC-002",
        'put what begins with # in quotes, as every colour: "#1a2b3c"',
    ),
    Case(
        "control character as an escape",
        changed(f"{PAGES}/boks.yaml", "title: Merk", r'title: "Merk\a"'),
        f"{PAGES}/boks.yaml:6:12 error SRC-015",
        "remove the escape",
    ),
    Case(
        "Latin-1",
        written(f"{PAGES}/boks.yaml", "id: boks\ntitle: Påske\n".encode("latin-1")),
        f"{PAGES}/boks.yaml:2:9 error SRC-001",
        "save the file as UTF-8",
    ),
    Case(
        "UTF-16",
        written(f"{PAGES}/boks.yaml", "id: boks\n".encode("utf-16")),
        f"{PAGES}/boks.yaml:1:1 error SRC-001",
        "save the file as UTF-8",
    ),
    Case(
        "duplicate key",
        appended(f"{PAGES}/boks.yaml", "title: En annen\n"),
        f"{PAGES}/boks.yaml:8:1 error SRC-009",
        "keep one of them",
    ),
    Case(
        "a tag that runs code elsewhere",
        changed(f"{PAGES}/boks.yaml", "title: Merk", "title: !!python/object/apply:os.system [id]"),
        f"{PAGES}/boks.yaml:6:12 error SRC-008",
        "remove it",
    ),
    Case(
        "merge key",
        appended(f"{PAGES}/boks.yaml", "<<: {minutes: 4}\n"),
        f"{PAGES}/boks.yaml:8:1 error SRC-011",
        "known here: ",
    ),
    Case(
        "empty page",
        written(f"{PAGES}/boks.yaml", ""),
        f"{PAGES}/boks.yaml:1:1 error SRC-014",
        "keys with values",
    ),
    Case(
        "page of comments",
        written(f"{PAGES}/boks.yaml", "# hei\n"),
        f"{PAGES}/boks.yaml:1:1 error SRC-014",
        "keys with values",
    ),
    Case(
        "page that is a list",
        written(f"{PAGES}/boks.yaml", "- id: boks\n"),
        f"{PAGES}/boks.yaml:1:1 error SRC-014",
        "keys with values",
    ),
    Case(
        "two documents",
        appended(f"{PAGES}/boks.yaml", "---\nid: to\n"),
        f"{PAGES}/boks.yaml:8:1 error SRC-002",
        "look at this line",
    ),
    Case("empty course", written("course.yaml", ""), "course.yaml:1:1 error SRC-014", "keys with values"),
    Case(
        "captions that are none",
        written(f"{MEDIA}/reisen.nb.vtt", b"\xff\xfe"),
        f"{MEDIA}/reisen.nb.vtt:1 error SRC-032",
        "correct the line",
    ),
    Case(
        "a program as a picture",
        both(
            lambda course: (course / f"{MEDIA}/postkasse.svg").rename(course / f"{MEDIA}/postkasse.exe"),
            changed(f"{PAGES}/bilde.yaml", "postkasse.svg", "postkasse.exe"),
        ),
        f"{PAGES}/bilde.yaml:6:10 error SRC-023",
        "use one of .svg, .png, .jpg, .jpeg",
    ),
]


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a course and, in dist/, what a build has made of it."""
    folder = tmp_path_factory.mktemp("good")
    course = copy(BASE, folder / "course")
    assert run("build", course, "-o", folder / "dist").code == 0
    return folder


@pytest.fixture
def project(good: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to do harm to."""
    return Path(shutil.copytree(good, tmp_path / "project"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_told_with_place_and_remedy(case: Case, project: Path, good: Path) -> None:
    case.change(project / "course")
    answer = run("build", project / "course", "-o", project / "dist")
    assert answer.code == 1
    assert case.place in answer.err, answer.err
    _, message, remedy, *_ = answer.err[answer.err.index(case.place) :].splitlines()
    assert message.strip()
    assert case.remedy in remedy, answer.err
    assert answer.err.endswith("Nothing was written.\n")
    assert answer.out == ""
    assert contents(project / "dist") == contents(good / "dist")


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name in {"one option", "anchor bomb", "UTF-16"}]
)
def test_bad_input_leaves_no_traceback_and_makes_no_folder(case: Case, project: Path) -> None:
    case.change(project / "course")
    answer = run_alone("build", project / "course", "-o", project / "new")
    assert answer.code == 1
    assert case.place in answer.err
    assert "Traceback" not in answer.err
    assert not (project / "new").exists()


def test_all_findings_of_a_run_are_told_at_once(project: Path) -> None:
    for case in CASES[:1] + CASES[11:12]:
        case.change(project / "course")
    answer = run("build", project / "course", "-o", project / "dist")
    assert answer.err.count(" error SRC-") == 2


@pytest.mark.parametrize(
    "newline",
    [pytest.param("\r\n", id="Windows"), pytest.param("\r", id="old Mac")],
)
def test_other_line_ends_and_a_byte_order_mark_are_no_harm(newline: str, project: Path, good: Path) -> None:
    for file in (project / "course").rglob("*.yaml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", newline.encode()))
    answer = run("build", project / "course", "-o", project / "dist")
    assert answer.code == 0, answer.err
    assert contents(project / "dist")["build.json"] == contents(good / "dist")["build.json"]
