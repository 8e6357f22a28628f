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

    assert [finding.rule.name for finding in validate_package(target.package())] == ["not-a-zip"]


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
