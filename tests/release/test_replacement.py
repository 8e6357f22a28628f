"""A second release over the first one: the truth about every package."""

import json
import shutil
from pathlib import Path

import pytest

from kurspakke.comparison import beside, files, identity, progress
from kurspakke.release.replacement import Answer
from kurspakke.release.words import release_words
from tests.command import contents
from tests.courses import edit
from tests.release.making import build, course_in, exchanged_options, new_page, plain, release

SCORM, WEB = "prove-post-nb-scorm12.zip", "prove-post-nb-web.zip"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A course whose first version is released in `release`; its folder."""
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    assert release(course, tmp_path / "release").code == 0
    return course


def again(course: Path, *words: str | Path) -> Path:
    build(course, course.parent / "dist")
    answer = release(course, course.parent / "release", *words)
    assert answer.code == 0, answer.err
    return course.parent / "release"


def answers(folder: Path) -> dict[str, str]:
    return {one["path"]: one["answer"] for one in plain(folder / "release.json")["packages"]}


def test_a_harmless_version_is_safe_to_replace(first: Path) -> None:
    new_page(first)
    out = again(first)
    assert answers(out) == {SCORM: "safe", WEB: "safe"}
    told = plain(out / "release.json")
    assert told["previous"] == {"version": "1.0.0", "record_only": False}
    changes = told["packages"][0]["changes"]
    assert [(one["kind"], one["effect"], one["subjects"]) for one in changes] == [
        ("page-added", "changes", ["post.ny"])
    ]
    front = (out / "index.html").read_text("utf-8")
    assert front.count("Trygg å erstatte: last opp over den gamle") == 2
    assert "Nye sider: <code>post.ny</code>" in front
    assert "Sammenliknet med versjon 1.0.0." in front
    assert not list(out.glob("*-les-dette.txt"))
    assert "les-dette" not in (out / "veiledning" / "moodle.html").read_text("utf-8")


def test_what_has_not_changed_needs_no_upload(first: Path) -> None:
    edit(first / "course.yaml", "version: 1.0.0", "version: 1.0.1")
    (first / "CHANGELOG.md").write_text("## 1.0.1 (2027-01-01)\n\n* Ingenting.\n")
    out = again(first)
    assert set(answers(out).values()) <= {"safe", "unchanged"}
    assert release(first, out, "--previous", out).code == 0
    assert set(answers(out).values()) == {"unchanged"}
    assert "Uendret: du trenger ikke gjøre noe" in (out / "index.html").read_text("utf-8")


def test_making_it_again_tells_the_same(first: Path) -> None:
    new_page(first)
    out = again(first)
    before = contents(out)
    again(first)
    assert contents(out) == before


def test_an_unsafe_version_is_refused_and_the_first_one_stays(first: Path) -> None:
    exchanged_options(first)
    build(first, first.parent / "dist")
    out = first.parent / "release"
    before = contents(out)
    answer = release(first, out)
    assert answer.code == 3
    assert f"learners would lose results or progress: {SCORM}, {WEB} (options-exchanged)" in answer.err
    assert "--breaking releases them all the same" in answer.err
    assert contents(out) == before


def test_breaking_says_so_on_the_page_and_beside_the_packages(first: Path) -> None:
    exchanged_options(first)
    out = again(first, "--breaking")
    assert answers(out) == {SCORM: "unsafe", WEB: "unsafe"}
    assert plain(out / "latest.json")["unsafe"] == [SCORM, WEB]
    for page in ("index.html", "endringer.html"):
        text = (out / page).read_text("utf-8")
        assert "Noen pakker kan ikke erstatte de gamle" in text
        assert "Last opp som ny aktivitet" in text
        assert "Svaralternativer som har byttet plass: <code>post.porto</code>" in text
    assert "<strong>Noen pakker kan ikke" in (out / "feed.atom").read_text().replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    note = (out / "prove-post-nb-scorm12-les-dette.txt").read_text("utf-8")
    known = {one["path"]: one["sha256"] for one in plain(out / "build.json")["packages"]}
    assert note.startswith(
        f"En liten prøve 1.1.0\n{SCORM}\nSHA-256 {known[SCORM]}\n\nLAST OPP SOM NY AKTIVITET\n"
    )
    guide = (out / "veiledning" / "moodle.html").read_text("utf-8")
    assert 'href="../prove-post-nb-scorm12-les-dette.txt"' in guide
    # The package itself is as it was built: its sum is what everybody was promised.
    for name in (SCORM, WEB):
        assert (out / name).read_bytes() == (first.parent / "dist" / name).read_bytes()
    assert "* Svaralternativer som har byttet plass: post.porto\n" in note
    # It was allowed for this release: making it once more needs no new leave.
    before = contents(out)
    assert release(first, out).code == 0
    assert contents(out) == before


def test_a_package_that_is_gone_is_refused(first: Path) -> None:
    build(first, first.parent / "andre", "--format", "scorm12")
    answer = release(first, first.parent / "release", "--from", first.parent / "andre")
    assert answer.code == 3
    assert f"{WEB} (no longer there)" in answer.err
    out = first.parent / "release"
    assert release(first, out, "--from", first.parent / "andre", "--breaking").code == 0
    assert answers(out) == {SCORM: "unchanged", WEB: "gone"}
    assert "Pakker som ikke gis ut lenger" in (out / "index.html").read_text("utf-8")
    assert not (out / WEB).exists()


def test_a_new_package_is_new(first: Path) -> None:
    build(first, first.parent / "flere", "--format", "scorm12,web,xapi")
    out = first.parent / "release"
    assert release(first, out, "--from", first.parent / "flere").code == 0
    assert answers(out) == {SCORM: "unchanged", WEB: "unchanged", "prove-post-nb-xapi.zip": "new"}


def test_another_release_can_be_named(first: Path, tmp_path: Path) -> None:
    new_page(first)
    build(first, tmp_path / "dist")
    out = tmp_path / "ny"
    assert release(first, out).code == 0
    assert set(answers(out).values()) == {"first"}
    assert release(first, out, "--previous", tmp_path / "release").code == 0
    assert set(answers(out).values()) == {"safe"}


def test_a_record_alone_says_what_it_can(first: Path, tmp_path: Path) -> None:
    record = tmp_path / "forrige.json"
    shutil.copy(tmp_path / "release/build.json", record)
    new_page(first)
    build(first, tmp_path / "dist")
    out = tmp_path / "ny"
    assert release(first, out, "--previous", record).code == 0
    assert answers(out) == {SCORM: "unknown", WEB: "unknown"}
    front = (out / "index.html").read_text("utf-8")
    assert "bare etter kontrollsummer og identifikatorer" in front
    assert "Ikke avgjort: prøv i et testkurs først" in front
    assert "Trygg å erstatte" not in front


def test_a_record_alone_sees_that_an_identifier_has_changed(first: Path, tmp_path: Path) -> None:
    record = plain(tmp_path / "release/build.json")
    for package in record["packages"]:
        package["content_sha256"] = "0" * 64
    record["packages"][0]["identifier"] = "noe-annet"
    (tmp_path / "forrige.json").write_text(json.dumps(record))
    out = tmp_path / "ny"
    answer = release(first, out, "--previous", tmp_path / "forrige.json")
    assert answer.code == 3
    assert f"{SCORM} (identifier-changed)" in answer.err
    assert release(first, out, "--previous", tmp_path / "forrige.json", "--breaking").code == 0
    assert answers(out) == {SCORM: "unsafe", WEB: "unknown"}


def test_a_package_before_that_is_not_what_it_was_counts_as_not_at_hand(first: Path, tmp_path: Path) -> None:
    old = tmp_path / "gammel"
    shutil.copytree(tmp_path / "release", old)
    (old / SCORM).write_bytes((old / SCORM).read_bytes() + b" ")
    new_page(first)
    build(first, tmp_path / "dist")
    assert release(first, tmp_path / "ny", "--previous", old).code == 0
    assert answers(tmp_path / "ny") == {SCORM: "unknown", WEB: "safe"}


@pytest.mark.parametrize("what", ["ingenting", "tom"])
def test_a_release_before_that_is_none(first: Path, tmp_path: Path, what: str) -> None:
    (tmp_path / "tom").mkdir()
    answer = release(first, tmp_path / "ny", "--previous", tmp_path / what)
    assert answer.code == 3
    assert "there is no earlier release at" in answer.err


def test_a_release_of_another_course_is_no_release_before(first: Path, tmp_path: Path) -> None:
    record = plain(tmp_path / "release/build.json")
    record["course"]["id"] = "annet"
    (tmp_path / "annet.json").write_text(json.dumps(record))
    answer = release(first, tmp_path / "ny", "--previous", tmp_path / "annet.json")
    assert answer.code == 3
    assert "is a release of «annet», and the packages are of «prove»" in answer.err


@pytest.mark.parametrize(
    "damage", ["", "[]", '{"version": 2}', '{"version": 1, "previous": null, "packages": [{}]}']
)
def test_a_damaged_memory_is_no_memory(first: Path, damage: str) -> None:
    out = first.parent / "release"
    (out / "release.json").write_text(damage)
    assert release(first, out).code == 0
    assert answers(out) == {SCORM: "unchanged", WEB: "unchanged"}


def test_every_kind_of_change_has_words() -> None:
    written = "\n".join(
        Path(module.__file__).read_text("utf-8") for module in (beside, files, identity, progress)
    )
    words = {key.removeprefix("change_") for key in release_words("nb") if key.startswith("change_")}
    kinds = {line.strip().strip('",') for line in written.splitlines() if line.strip().endswith('",')}
    told = {kind for kind in kinds if kind.replace("-", "").isalpha() and "-" in kind and kind.islower()}
    harmless = {"nothing-changed", "file-removed", "launch-changed", "pages-moved"}
    assert len(told) > 20
    assert told - words <= harmless
    assert {
        f"{kind}-{what}" for kind in ("sco", "asset", "au", "activity") for what in ("gone", "added")
    } <= words


def test_every_answer_has_words() -> None:
    assert {f"answer_{answer}" for answer in Answer} <= set(release_words("nb"))
