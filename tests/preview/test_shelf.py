"""The shelf: what it offers of courses and packages, and what it can't open."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from kurspakke.filetree import FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.package import Kind
from kurspakke.preview.offer import Offer
from kurspakke.preview.shelf import LiveShelf, open_shelf
from kurspakke.zipreader import read_zip
from tests.courses import BASE, REAL, copy, edit, real_packages
from tests.localcourse import VIK, opened, put, table, tips
from tests.previewing import zipped

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
KEY = b"a key of this machine's"


def offered(shelf: LiveShelf, **wanted: str) -> Offer:
    """The one offer with these values."""
    found = [
        offer
        for offer in shelf.offers()
        if all(getattr(offer, name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, found
    return found[0]


def bytes_of(tree: FileTree) -> dict[str, bytes]:
    return {path: file.read() for path, file in tree.items()}


def test_every_module_language_audience_and_format_is_offered_and_the_whole_course() -> None:
    offers = open_shelf([str(REAL)], KEY).offers()
    assert len({offer.id for offer in offers}) == len(offers)
    assert {offer.edition for offer in offers} == {"", "bykle", "digi-agder"}
    offers = [offer for offer in offers if not offer.edition]
    # Not every module has something for every audience; leaders have all of them.
    texts = Counter((offer.module, offer.language, offer.audience) for offer in offers)
    assert set(texts.values()) == {4}
    assert len([text for text in texts if text[2] == "leder"]) == 2 * 5
    assert len(texts) > 10
    assert {offer.language for offer in offers} == {"nb", "nn"}
    assert {offer.module for offer in offers} == {"strategi", "teknologi", "organisasjon", "ledelse", "all"}
    assert {offer.audience for offer in offers} == {"leder", "ansatt", "folkevalgt", "tillitsvalgt"}
    assert {offer.kind for offer in offers} == {Kind.SCORM12, Kind.XAPI, Kind.CMI5, Kind.WEB}
    first = offers[0]
    assert (first.module, first.language, first.kind) == ("strategi", "nb", Kind.SCORM12)
    assert first.title == "Strategi – hvor skal vi, og for hvem?"
    assert all(re.fullmatch("[0-9a-f]{32}", offer.id) and not offer.error for offer in offers)


@pytest.mark.slow
def test_a_package_of_a_source_has_the_bytes_that_a_build_gives_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    shelf = open_shelf([str(REAL)], KEY)
    built = sorted(real_packages(tmp_path_factory).glob("*.zip"))
    assert len(built) == 40
    for path in built:
        package = shelf.package(offered(shelf, file_name=path.name).id)
        assert package is not None
        assert bytes_of(package.tree) == bytes_of(read_zip(path).tree), path.name


def test_packages_are_made_when_they_are_asked_for_and_kept() -> None:
    shelf = open_shelf([str(REAL)], KEY)
    offer = shelf.offers()[0]
    assert shelf.package(offer.id) is shelf.package(offer.id)
    assert shelf.offer(offer.id) == offer
    assert shelf.offer("0" * 32) is shelf.package("0" * 32) is None
    assert shelf.findings("0" * 32) == ()


def test_keys_and_ids_stay_from_run_to_run_and_ids_are_nobody_elses(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "kurs")
    first, second = (open_shelf([str(course)], KEY).offers() for _ in range(2))
    assert list(first) == list(second)
    other = open_shelf([str(course)], b"another key").offers()
    assert [offer.key for offer in other] == [offer.key for offer in first]
    assert not {offer.id for offer in other} & {offer.id for offer in first}


def test_without_a_path_it_is_the_course_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(BASE, tmp_path / "course_source")
    monkeypatch.chdir(tmp_path)
    assert open_shelf([], KEY).offers()[0].origin == Path("course_source")
    monkeypatch.chdir(tmp_path / "course_source")
    assert open_shelf([], KEY).offers()[0].origin == Path()


def test_a_course_with_errors_is_there_and_says_why_it_cannot_be_opened(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "kurs")
    edit(course / "course.yaml", "\ntitle: ", "\ntittel: ")
    shelf = open_shelf([str(course)], KEY)
    offer = shelf.offers()[0]
    assert "1 error" in offer.error
    assert offer.kind is Kind.SOURCE
    assert shelf.package(offer.id) is None
    assert any(str(course / "course.yaml") == finding.location.path for finding in shelf.findings(offer.id))


def test_findings_are_those_of_the_package_its_module_and_the_course(tmp_path: Path) -> None:
    course = copy(GOLDEN, tmp_path / "kurs")
    page = course / "modules" / "takk" / "pages" / "takk.yaml"
    edit(page, "components:\n", "components:\n  - {type: text, id: rop, text: 'Takk!!! Tusen takk!!!'}\n")
    shelf = open_shelf([str(course)], KEY)
    paths = {
        module: {finding.location.path for finding in shelf.findings(offer.id)}
        for module in ("post", "takk", "all")
        for offer in [offered(shelf, module=module, audience="alle", kind=Kind.WEB)]
    }
    assert page.as_posix() in paths["takk"]
    assert page.as_posix() in paths["all"]
    assert page.as_posix() not in paths["post"]


PACKAGES = {
    "scorm2004": (
        "imsmanifest.xml",
        "<manifest><metadata><schemaversion>2004 4th Edition</schemaversion></metadata></manifest>",
    ),
    "xapi": ("tincan.xml", '<tincan xmlns="http://projecttincan.com/tincan.xsd"/>'),
    "cmi5": ("cmi5.xml", "<courseStructure/>"),
    "scorm12": ("imsmanifest.xml", "<manifest/>"),
}


@pytest.mark.parametrize("kind", PACKAGES)
def test_packages_of_any_standard_are_offered(kind: str, tmp_path: Path) -> None:
    name, text = PACKAGES[kind]
    zipped(tmp_path / "en.zip", {name: text.encode(), "index.html": b"<p>Hei"})
    shelf = open_shelf([str(tmp_path / "en.zip")], KEY)
    (offer,) = shelf.offers()
    assert (offer.kind, offer.file_name, offer.error) == (Kind(kind), "en.zip", "")
    package = shelf.package(offer.id)
    assert package is not None
    assert package.tree["index.html"].read() == b"<p>Hei"
    assert shelf.findings(offer.id)


def test_a_package_of_two_standards_can_be_opened_as_either(tmp_path: Path) -> None:
    files = dict([PACKAGES["scorm12"], PACKAGES["cmi5"]])
    zipped(tmp_path / "to.zip", {name: text.encode() for name, text in files.items()})
    offers = open_shelf([str(tmp_path / "to.zip")], KEY).offers()
    assert [offer.kind for offer in offers] == [Kind.SCORM12, Kind.CMI5]
    assert len({offer.id for offer in offers}) == 2


def test_what_is_no_package_is_offered_with_the_reason(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"lesmeg.txt": b"hei"})
    (tmp_path / "b.zip").write_bytes(b"PK\3\4 nearly")
    (tmp_path / "imsmanifest.xml").write_text("<manifest/>")
    shelf = open_shelf([str(tmp_path / name) for name in ("a.zip", "b.zip", "imsmanifest.xml")], KEY)
    errors = [offer.error for offer in shelf.offers()]
    assert "imsmanifest.xml" in errors[0]
    assert "no zip" in errors[1]
    assert "manifest without" in errors[2]
    for offer in shelf.offers():
        assert shelf.package(offer.id) is None
        assert shelf.findings(offer.id)


def test_a_folder_of_packages_gives_all_of_them_once(tmp_path: Path) -> None:
    for name in ("b.zip", "a.zip"):
        zipped(tmp_path / name, {"imsmanifest.xml": b"<manifest/>"})
    (tmp_path / "pakke").mkdir()
    (tmp_path / "pakke" / "tincan.xml").write_text("<tincan/>")
    shelf = open_shelf([str(tmp_path), str(tmp_path / "a.zip")], KEY)
    assert [offer.file_name for offer in shelf.offers()] == ["a.zip", "b.zip", "pakke"]
    assert shelf.package(shelf.offers()[2].id) is not None


def test_a_zip_that_is_replaced_is_served_anew_and_a_damaged_one_harms_nobody(tmp_path: Path) -> None:
    path = tmp_path / "en.zip"
    zipped(path, {"imsmanifest.xml": b"<manifest/>", "index.html": b"gammel"})
    shelf = open_shelf([str(path)], KEY)
    (offer,) = shelf.offers()
    before = shelf.package(offer.id)
    zipped(tmp_path / "ny.zip", {"imsmanifest.xml": b"<manifest/>", "index.html": b"ny"})
    shutil.move(tmp_path / "ny.zip", path)
    after = shelf.package(offer.id)
    assert before is not after is not None
    assert after.tree["index.html"].read() == b"ny"
    path.write_bytes(path.read_bytes()[:40])
    assert shelf.package(offer.id) is None
    assert shelf.offers()[0].error
    path.unlink()
    assert "can't read" in shelf.offers()[0].error
    assert shelf.findings(shelf.offers()[0].id) == ()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
    assert shelf.package(offer.id) is not None


def test_nothing_at_a_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(KurspakkeError, match="nothing at"):
        open_shelf([str(tmp_path / "ikke-her")], KEY)


def test_editions_with_a_folder_are_offered_beside_the_national_one(tmp_path: Path) -> None:
    course = opened(tmp_path / "kurs")
    table(course, "oy;municipality;1;Øy;Øy;;;;sum;")
    put(course, "vik", f"{VIK}audiences: [leder]\n{tips('Våre')}")
    shelf = open_shelf([str(course)], KEY)
    assert {(offer.edition, offer.audience) for offer in shelf.offers()} == {
        ("", "alle"),
        ("", "leder"),
        ("vik", "leder"),
    }
    offer = offered(shelf, edition="vik", kind=Kind.WEB)
    assert offer.file_name == "prove-post-vik-leder-nb-web.zip"
    package = shelf.package(offer.id)
    assert package is not None
    assert "bygger på nasjonal versjon 1.0.0" in bytes_of(package.tree)["index.html"].decode()


def test_a_change_of_an_edition_is_seen_in_its_own_packages_only(tmp_path: Path) -> None:
    course = opened(tmp_path / "kurs")
    head = put(course, "vik", VIK + tips("Våre råd")) / "edition.yaml"
    shelf = open_shelf([str(course)], KEY)
    national = offered(shelf, edition="", audience="alle", kind=Kind.WEB)
    local = offered(shelf, edition="vik", kind=Kind.WEB)
    for offer in (national, local):
        shelf.package(offer.id)
    edit(head, "title: Våre råd", "title: Nye råd")
    changed = [change for supply in shelf.supplies for change in supply.look()]
    assert {name for change in changed for name in change.offers} == {local.id}
    package = shelf.package(local.id)
    assert package is not None
    assert "Nye råd" in bytes_of(package.tree)["index.html"].decode()
    edit(head, "type: tips", "type: tipps")
    changed = [change for supply in shelf.supplies for change in supply.look()]
    assert [one.location.path for change in changed for one in change.findings] == [head.as_posix()]
    package = shelf.package(local.id)
    assert package is not None
    assert "Nye råd" in bytes_of(package.tree)["index.html"].decode()
