"""What the paths given to `validate` are taken for."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kurspakke.findings import KurspakkeError
from kurspakke.package import Kind
from kurspakke.rules.validate import validate_package
from kurspakke.targets import Form, find_targets
from kurspakke.zipwriter import write_zip
from tests.packages import base


def unpack(folder: Path, kind: str) -> Path:
    for path, file in base(kind).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read())
    return folder


def pack(path: Path, kind: str) -> Path:
    with path.open("wb") as stream:
        write_zip(base(kind), stream, first=[name for name in base(kind) if name == "imsmanifest.xml"])
    return path


def forms(*paths: Path) -> list[tuple[str, Form]]:
    return [(Path(target.path).name, target.form) for target in find_targets(str(path) for path in paths)]


def test_each_form_is_known(tmp_path: Path) -> None:
    (tmp_path / "kilde").mkdir()
    (tmp_path / "kilde" / "course.yaml").write_text("id: x\n")
    folder, packed = unpack(tmp_path / "pakke", "xapi"), pack(tmp_path / "kurs.zip", "scorm12")

    assert forms(tmp_path / "kilde", folder, packed, folder / "tincan.xml") == [
        ("kilde", Form.SOURCE),
        ("pakke", Form.FOLDER),
        ("kurs.zip", Form.ZIP),
        ("tincan.xml", Form.MANIFEST),
    ]
    assert forms(tmp_path / "kilde" / "course.yaml") == [("kilde", Form.SOURCE)]


def test_a_folder_of_packages_stands_for_all_of_them(tmp_path: Path) -> None:
    pack(tmp_path / "b.zip", "cmi5")
    pack(tmp_path / "a.ZIP", "cmi5")
    unpack(tmp_path / "c", "scorm12")
    (tmp_path / "build.json").write_text("{}")
    (tmp_path / "notes").mkdir()

    assert forms(tmp_path) == [("a.ZIP", Form.ZIP), ("b.zip", Form.ZIP), ("c", Form.FOLDER)]


@pytest.mark.parametrize("kind", ["scorm12", "xapi", "cmi5", "web"])
def test_the_same_package_is_sound_in_every_form(tmp_path: Path, kind: str) -> None:
    places = (unpack(tmp_path / "pakke", kind), pack(tmp_path / "kurs.zip", kind))

    for target in find_targets(str(place) for place in places):
        package = target.package()
        assert package.kind is Kind(kind)
        assert [finding for finding in validate_package(package) if finding.rule.id != "PKG-006"] == []


def test_a_bare_manifest_does_not_miss_its_files(tmp_path: Path) -> None:
    manifest = unpack(tmp_path, "scorm12") / "imsmanifest.xml"
    (target,) = find_targets([str(manifest)])

    assert validate_package(target.package()) == ()


def test_a_file_that_is_no_zip_is_a_finding_not_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "kurs.zip").write_text("<html>404</html>")
    (target,) = find_targets([str(tmp_path / "kurs.zip")])

    assert [finding.rule.name for finding in validate_package(target.package())] == ["other-kind-of-file"]


def test_a_real_zip_of_another_making_is_judged_by_its_members(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kurs.zip", "w") as package:
        for path, file in sorted(base("cmi5").items(), reverse=True):
            package.writestr(path, file.read(), zipfile.ZIP_LZMA if path.endswith(".css") else None)
        package.writestr("../passwd", "root")
    (target,) = find_targets([str(tmp_path / "kurs.zip")])

    found = [(finding.rule.name, finding.location.path) for finding in validate_package(target.package())]

    assert found == [
        ("unsafe-path", f"{target.path}/../passwd"),
        ("manifest-not-first", f"{target.path}/cmi5.xml"),
        ("unusual-compression", f"{target.path}/course.css"),
    ]


def test_a_fault_of_every_member_is_one_finding(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kurs.zip", "w", zipfile.ZIP_LZMA) as package:
        for path, file in base("scorm12").items():
            package.writestr(path, file.read())
    (target,) = find_targets([str(tmp_path / "kurs.zip")])

    assert [finding.rule.name for finding in validate_package(target.package())] == ["unusual-compression"]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_where_nothing_is_there_is_nothing_to_validate(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(KurspakkeError) as refused:
        list(find_targets([str(tmp_path / name)]))

    assert name in refused.value.message
    assert refused.value.hint


def test_a_folder_of_any_mixture(tmp_path: Path) -> None:
    (tmp_path / "kilde").mkdir()
    (tmp_path / "kilde" / "course.yaml").write_text("id: x\n")
    unpack(tmp_path / "pakke", "cmi5")
    pack(tmp_path / "kurs.zip", "scorm12")
    (tmp_path / "gammelt.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (tmp_path / "struktur.xml").write_bytes(base("cmi5")["cmi5.xml"].read())
    (tmp_path / "annet.xml").write_text("<x/>")
    (tmp_path / "les.txt").write_text("x")

    assert forms(tmp_path) == [
        ("gammelt.rar", Form.ZIP),
        ("kilde", Form.SOURCE),
        ("kurs.zip", Form.ZIP),
        ("pakke", Form.FOLDER),
        ("struktur.xml", Form.MANIFEST),
    ]


@pytest.mark.parametrize(
    ("name", "data", "rule", "what"),
    [
        ("kurs.pdf", b"%PDF-1.7\n", "other-kind-of-file", "a PDF document"),
        ("kurs.zip", b"Rar!\x1a\x07\x00", "other-kind-of-file", "a RAR archive"),
        ("kurs.7z", b"7z\xbc\xaf\x27\x1c", "other-kind-of-file", "a 7z archive"),
        ("kurs.mbz", b"\x1f\x8b\x08", "other-kind-of-file", "gzip"),
        ("kurs.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "other-kind-of-file", "Office"),
        ("kurs.html", b"<!DOCTYPE html><title>x</title>", "other-kind-of-file", "a web page"),
        ("kurs.mp4", b"\0\0\0\x18ftypmp42", "other-kind-of-file", "a film"),
        ("kurs.crs", b"[Course]\r\nCourse_ID=1\r\n", "aicc-package", "AICC"),
        ("kurs.zip", b"PK\x03\x04 cut off", "not-a-zip", "not a readable zip"),
        ("kurs.zip", b"", "not-a-zip", "not a readable zip"),
    ],
)
def test_what_is_no_package_is_called_by_its_name(
    tmp_path: Path, name: str, data: bytes, rule: str, what: str
) -> None:
    (tmp_path / name).write_bytes(data)

    (target,) = find_targets([str(tmp_path / name)])
    package = target.package()
    (finding,) = validate_package(package)

    assert package.kind is Kind.UNKNOWN
    assert finding.rule.name == rule
    assert what in finding.message


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("h5p.json", "H5P"),
        ("META-INF/container.xml", "EPUB"),
        ("moodle_backup.xml", "Moodle backup"),
    ],
)
def test_zips_of_other_programs_are_called_by_their_names(tmp_path: Path, member: str, what: str) -> None:
    with zipfile.ZipFile(tmp_path / "kurs.zip", "w") as archive:
        archive.writestr(member, "x")

    (target,) = find_targets([str(tmp_path / "kurs.zip")])
    (finding,) = validate_package(target.package())

    assert finding.rule.name == "other-kind-of-file"
    assert what in finding.message


@pytest.mark.parametrize(
    ("kind", "manifest"),
    [("scorm12", "imsmanifest.xml"), ("scorm2004", "imsmanifest.xml"), ("xapi", "tincan.xml")],
)
def test_a_bare_manifest_under_a_name_of_its_own(tmp_path: Path, kind: str, manifest: str) -> None:
    (tmp_path / "kurset.xml").write_bytes(base(kind)[manifest].read())

    (target,) = find_targets([str(tmp_path / "kurset.xml")])
    package = target.package()

    assert (target.form, package.kind) == (Form.MANIFEST, kind)
    assert validate_package(package) == ()
    assert package.at(manifest, 3).path == str(tmp_path / "kurset.xml")
