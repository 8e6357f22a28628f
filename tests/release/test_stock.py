"""What a release takes in: packages that are whole, from one folder or from the parts of one build."""

import json
import shutil
from pathlib import Path

import pytest

from kurspakke.findings import KurspakkeError
from kurspakke.release.stock import stock
from tests.release.making import build, course_in, plain


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    return build(course_in(folder), folder / "dist", "--audience", "alle,leder")


def part(built: Path, to: Path, word: str, shard: str | None = None) -> Path:
    """A folder with the packages that have a word in their names."""
    to.mkdir()
    record = plain(built / "build.json")
    record["packages"] = [one for one in record["packages"] if word in one["path"]]
    if shard:
        record["shard"] = shard
    for one in record["packages"]:
        shutil.copy(built / one["path"], to)
    (to / "build.json").write_text(json.dumps(record), "utf-8")
    return to


def refusal(*folders: Path) -> str:
    with pytest.raises(KurspakkeError) as refused:
        stock(folders)
    assert refused.value.hint
    return refused.value.message


def test_packages_are_found_with_their_places(built: Path) -> None:
    held = stock([built])
    assert sorted(held.places) == [
        "prove-post-leder-nb-scorm12.zip",
        "prove-post-leder-nb-web.zip",
        "prove-post-nb-scorm12.zip",
        "prove-post-nb-web.zip",
    ]
    assert held.record.dumps() == (built / "build.json").read_bytes()


def test_parts_are_put_together_and_give_what_one_build_gives(built: Path, tmp_path: Path) -> None:
    parts = [
        part(built, tmp_path / "2", "-leder-", "2/2"),
        part(built, tmp_path / "1", "post-nb", "1/2"),
    ]
    assert stock(parts).record.dumps() == (built / "build.json").read_bytes()
    assert stock([built, built]).record == stock([built]).record


def test_a_part_that_is_missing_is_missed(built: Path, tmp_path: Path) -> None:
    first = part(built, tmp_path / "1", "post-nb", "1/3")
    assert refusal(first) == "parts of the build are missing: 2/3, 3/3"
    other = part(built, tmp_path / "2", "-leder-", "2/2")
    assert "divided in different ways" in refusal(first, other)
    assert "divided in different ways" in refusal(first, built)


def test_a_hole_is_seen_without_being_told_of_parts(built: Path, tmp_path: Path) -> None:
    scorm = part(built, tmp_path / "1", "leder-nb-scorm12")
    assert len(stock([scorm]).places) == 1
    record = plain(built / "build.json")
    other = {**record["packages"][1], "module": "brev", "path": "prove-brev-leder-nb-web.zip"}
    shutil.copy(built / record["packages"][1]["path"], scorm / other["path"])
    (scorm / "build.json").write_text(json.dumps({**record, "packages": [record["packages"][0], other]}))
    assert "«brev» (leder, nb) is there in fewer formats than the rest: scorm12 is missing" in refusal(scorm)


def test_two_packages_of_one_name_are_refused(built: Path, tmp_path: Path) -> None:
    course = course_in(tmp_path)
    page = course / "modules/post/pages/tekst.yaml"
    page.write_text(page.read_text("utf-8").replace("Hei på deg", "Hei på dere"), "utf-8")
    other = build(course, tmp_path / "dist")
    assert "are different packages of one name" in refusal(built, other)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("tool", "kurspakke 0.0.1", "the program kurspakke"),
        ("course", {"id": "prove", "version": "9.0.0", "title": "x"}, "version 1.0.0 and 9.0.0"),
        ("course", {"id": "annet", "version": "1.0.0", "title": "x"}, "the course prove and annet"),
    ],
)
def test_folders_that_do_not_belong_together(
    built: Path, tmp_path: Path, key: str, value: object, words: str
) -> None:
    other = part(built, tmp_path / "other", "-leder-")
    (other / "build.json").write_text(json.dumps({**plain(other / "build.json"), key: value}))
    assert words in refusal(built, other)


def test_damage_is_seen(built: Path, tmp_path: Path) -> None:
    folder = part(built, tmp_path / "x", "post-nb")
    zip_file = folder / "prove-post-nb-web.zip"
    whole = zip_file.read_bytes()
    zip_file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "another SHA-256" in refusal(folder)
    zip_file.write_bytes(whole + b" ")
    assert "bytes and not" in refusal(folder)
    zip_file.unlink()
    assert "No such file" in refusal(folder)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1, "packages": [1]}', "[" * 9999, '{"version": 2}']
)
def test_a_record_that_is_none(tmp_path: Path, text: str) -> None:
    assert "can't read" in refusal(tmp_path)
    (tmp_path / "build.json").write_text(text)
    assert "is damaged" in refusal(tmp_path)


@pytest.mark.parametrize("path", ["../ute.zip", "/etc/passwd", "a/b.zip", "notat.txt", ".zip"])
def test_a_record_that_names_files_elsewhere(built: Path, tmp_path: Path, path: str) -> None:
    folder = part(built, tmp_path / "x", "post-nb")
    record = plain(folder / "build.json")
    record["packages"][0]["path"] = path
    (folder / "build.json").write_text(json.dumps(record))
    assert "which is no file name" in refusal(folder)


def test_no_packages_are_no_release(built: Path, tmp_path: Path) -> None:
    assert "names no package" in refusal(part(built, tmp_path / "x", "finnes-ikke"))
