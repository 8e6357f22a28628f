"""The folder that a release is: what is in it, and that it appears whole or not at all."""

import hashlib
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from kurspakke.release.words import release_words
from tests.command import contents
from tests.courses import edit
from tests.release.making import build, course_in, new_page, plain, release

PACKAGES = ["prove-post-nb-scorm12.zip", "prove-post-nb-web.zip"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    course = course_in(folder)
    build(course, folder / "dist")
    answer = release(course, folder / "release")
    assert answer.code == 0, answer.err
    return folder / "release"


def test_it_says_what_it_made(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    answer = release(course, tmp_path / "release")
    assert answer.code == 0
    assert answer.out == f"2 packages in {tmp_path}/release/\nopen {tmp_path}/release/index.html\n"
    (course / "CHANGELOG.md").unlink()
    assert "no feed.atom: nothing says the day" in release(course, tmp_path / "release").out
    assert not (tmp_path / "release/feed.atom").exists()
    assert "feed" not in (tmp_path / "release/index.html").read_text()


def test_packages_lie_in_it_as_they_were_built(made: Path) -> None:
    for name in (*PACKAGES, "build.json"):
        assert (made / name).read_bytes() == (made.parent / "dist" / name).read_bytes()
    assert (made / PACKAGES[0]).samefile(made.parent / "dist" / PACKAGES[0])


def test_sums_are_those_of_every_file(made: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=made, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    told = {line.split("  ")[1] for line in (made / "SHA256SUMS").read_text().splitlines()}
    assert told == contents(made).keys() - {"SHA256SUMS"}


class _Links(HTMLParser):
    """What a page leads to, the ids in it, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.ids += [value or "" for name, value in attrs if name == "id"]


def pages(folder: Path) -> dict[Path, _Links]:
    return {page: _Links(page.read_text("utf-8")) for page in sorted(folder.rglob("*.html"))}


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(made: Path) -> None:
    found = pages(made)
    assert len(found) == 23
    for page, parsed in found.items():
        assert len(parsed.ids) == len(set(parsed.ids)), page
        for link in parsed.links:
            if re.match(r"https?:|mailto:", link):
                assert "licenses" in link, (page, link)
                continue
            path, _, anchor = unquote(link).partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, link)
            if anchor:
                assert anchor in found[target].ids, (page, link)


def test_the_page_says_what_there_is(made: Path) -> None:
    front = (made / "index.html").read_text("utf-8")
    for words in (
        "En liten prøve",
        "Om lag 10 minutter.",
        "alle sidene er lest og alle spørsmålene er besvart",
        "3. februar 2027",
    ):
        assert (words in front) == (words != "3. februar 2027"), words
    assert "1. desember 2026" in front
    assert all(f'href="{name}"' in front for name in PACKAGES)
    assert "Dette er den første utgivelsen" in front
    assert "Dette er den første utgjevinga" in (made / "index-nn.html").read_text("utf-8")


def test_the_same_packages_give_the_same_release_anywhere(made: Path, tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    assert release(course, tmp_path / "elsewhere").code == 0
    assert contents(tmp_path / "elsewhere") == contents(made)


def test_a_date_is_the_one_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    assert release(course, tmp_path / "release").code == 0
    assert plain(tmp_path / "release/latest.json")["released"] == "2030-01-01"
    assert release(course, tmp_path / "release", "--date", "2029-05-17").code == 0
    assert plain(tmp_path / "release/latest.json")["released"] == "2029-05-17"
    wrong = release(course, tmp_path / "release", "--date", "17.5.2029")
    assert (wrong.code, wrong.err) == (2, "kurspakke: '17.5.2029' is no day\n  write it as 2027-01-15\n")


def test_packages_of_another_course_or_version_are_refused(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    new_page(course)
    answer = release(course, tmp_path / "release")
    assert answer.code == 3
    assert "the packages are of prove 1.0.0, and the course here is prove 1.1.0" in answer.err
    assert not (tmp_path / "release").exists()
    edit(course / "course.yaml", "version: 1.1.0", "version: 1.0.0")
    edit(course / "modules/post/module.yaml", "title: Post", "title: Brev")
    assert "was not built from the course as it is now" in release(course, tmp_path / "release").err


def test_what_is_no_release_is_not_replaced(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    out = tmp_path / "release"
    out.mkdir()
    (out / "viktig.txt").write_text("mitt")
    answer = release(course, out)
    assert answer.code == 3
    assert "has something in it, and is no release" in answer.err
    assert contents(out) == {"viktig.txt": b"mitt"}
    (tmp_path / "fil").write_text("x")
    assert "is not a folder of its own" in release(course, tmp_path / "fil").err
    assert release(course, tmp_path, "--from", tmp_path / "dist").code == 3


def test_what_others_have_put_there_stays_and_what_is_old_goes(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    out = tmp_path / "release"
    assert release(course, out).code == 0
    (out / ".htaccess").write_text("Options -Indexes")
    (out / "veiledning/vart.txt").write_text("vårt")
    (course / "CHANGELOG.md").unlink()
    assert release(course, out).code == 0
    assert (out / ".htaccess").read_text() == "Options -Indexes"
    assert (out / "veiledning/vart.txt").read_text() == "vårt"
    assert not (out / "feed.atom").exists()


def test_nothing_is_left_beside_it(made: Path) -> None:
    names = {path.name for path in made.parent.iterdir()}
    assert names == {"kurs", "dist", "release", ".release.kurspakke-lock"}


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    norwegian, other = release_words("nb"), release_words("nn")
    assert list(other) == list(norwegian)
    for key, text in norwegian.items():
        assert other[key].strip(), key
        assert sorted(re.findall(r"\{\w+\}", other[key])) == sorted(re.findall(r"\{\w+\}", text)), key


def test_every_word_is_used() -> None:
    root = Path(__file__).parents[2]
    files = [*(root / "templates/release").glob("*.j2"), *(root / "src/kurspakke/release").glob("*.py")]
    written = "\n".join(path.read_text("utf-8") for path in files)
    families = ("lang_", "form_", "for_", "answer_", "why_", "change_", "done_", "kind_")
    words = set(release_words("nb"))
    assert {key for key in words if not key.startswith(families)} <= set(re.findall(r"\w+", written))
    assert set(re.findall(r"\bt\.([a-z]\w+)", written)) - {"get", "replace"} <= words


def test_latest_tells_of_the_build(made: Path) -> None:
    latest = plain(made / "latest.json")
    assert latest["course"]["version"] == "1.0.0"
    assert latest["released"] == "2026-12-01"
    assert latest["build"]["sha256"] == hashlib.sha256((made / "build.json").read_bytes()).hexdigest()
    assert latest["breaking"] is False
