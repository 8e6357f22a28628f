"""Packages that are the same but for a locality's names: looked at once, and told of as if each had been looked at."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from kurspakke.comparison.compare import Comparison
from kurspakke.findings import Finding, Location
from kurspakke.package import Package
from kurspakke.record import FILE, Record
from kurspakke.release import checkreport, keptreports, replacement
from kurspakke.release.alike import likeness, names_in
from kurspakke.release.keptreports import FOLDER
from kurspakke.reporters.target import TargetReport
from kurspakke.rules.validate import package_rules
from kurspakke.sourcereader import read_source
from kurspakke.targets import Target
from kurspakke.validation import Wish
from tests.command import contents
from tests.courses import edit
from tests.press.nation import nation
from tests.release.making import build, release

NAMES = "adal,bo,dovik,egnes,fjord"


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkreport, "_looked_at", type(checkreport._looked_at)())
    monkeypatch.setattr(replacement, "_compared", type(replacement._compared)())


@pytest.fixture(autouse=True)
def _nothing_kept(built: Path) -> None:
    for dist in ("dist", "dist-neste"):
        shutil.rmtree(built / dist / ".kurspakke" / FOLDER, ignore_errors=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five municipalities' packages in `dist`, beside the course that they are of, and those of its next version."""
    folder = tmp_path_factory.mktemp("alike")
    course = nation(folder / "kurs")
    build(course, folder / "dist", "--edition", NAMES)
    shutil.copytree(course, folder / "neste")
    edit(folder / "neste" / "course.yaml", "version: 1.2.3", "version: 1.2.4")
    edit(folder / "neste" / "modules/takk/pages/huske.yaml", "title: Hva husker", "title: Og hva husker")
    build(folder / "neste", folder / "dist-neste", "--edition", NAMES)
    return folder


def like(folder: Path, name: str, place: Path | None = None) -> str:
    record = Record.loads((folder / "dist" / FILE).read_bytes())
    assert record
    label = next(package.label for package in record.packages if package.path == name)
    found = likeness(place or folder / "dist" / name, names_in(label, read_source(folder / "kurs"), "1.2.3"))
    return found.sum if found else ""


def test_they_are_alike_whose_names_are_plain_and_differ_in_nothing_else(built: Path) -> None:
    for form in ("scorm12", "web"):
        sums = {name: like(built, f"golden-takk-{name}-nb-{form}.zip") for name in NAMES.split(",")}
        assert sums["adal"] == sums["bo"] == sums["dovik"] != ""
        assert sums["egnes"] == ""  # «Egnes & «Nes» <Ø>» is no plain name
        assert sums["fjord"] not in {"", sums["adal"]}  # it has a contact of its own
    assert like(built, "golden-post-adal-nb-web.zip") != like(built, "golden-takk-adal-nb-web.zip")


def test_a_byte_that_differs_makes_it_another(built: Path, tmp_path: Path) -> None:
    name = "golden-takk-bo-nb-web.zip"
    whole = (built / "dist" / name).read_bytes()
    with zipfile.ZipFile(built / "dist" / name) as archive:
        stored = next(one for one in archive.infolist() if one.filename.endswith(".css"))
    copy = tmp_path / name
    same = like(built, name)
    for at in (stored.header_offset + 100, len(whole) // 2):
        data = bytearray(whole)
        data[at] ^= 1
        copy.write_bytes(data)
        assert like(built, name, copy) != same
    for more in (b"x" + whole, whole + b"x"):
        copy.write_bytes(more)
        assert like(built, name, copy) == ""
    copy.write_bytes(whole)
    assert like(built, name, copy) == same


def count(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    looked_at: list[str] = []
    real = checkreport.report

    def report(target: Target, wish: Wish) -> TargetReport:
        looked_at.append(Path(target.path).name)
        return real(target, wish)

    monkeypatch.setattr(checkreport, "report", report)
    return looked_at


def test_each_shape_is_looked_at_once_and_everything_is_told_of_all(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = count(monkeypatch)
    answer = release(built / "kurs", tmp_path / "ut", "--from", built / "dist")
    assert answer.code == 0, answer.err
    assert sorted(looked_at) == sorted(
        f"golden-{module}-{name}-nb-{form}.zip"
        for module in ("post", "takk")
        for name in ("adal", "egnes", "fjord")
        for form in ("scorm12", "web")
    )
    monkeypatch.setattr(checkreport, "likeness", lambda *_: None)
    shutil.rmtree(built / "dist" / ".kurspakke" / FOLDER)
    assert release(built / "kurs", tmp_path / "alene", "--from", built / "dist").code == 0
    assert len(looked_at) == 12 + 20
    assert contents(tmp_path / "ut") == contents(tmp_path / "alene")


def test_replacements_are_compared_once_and_told_of_all(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    real = replacement.compare

    def compare(old: Package, new: Package) -> Comparison:
        compared.append(Path(new.path).name)
        return real(old, new)

    monkeypatch.setattr(replacement, "compare", compare)
    words = ("--from", built / "dist-neste", "--previous", built / "dist")
    assert release(built / "neste", tmp_path / "ut", *words).code == 0
    assert len(compared) == 12
    assert not [name for name in compared if "-bo-" in name or "-dovik-" in name]
    monkeypatch.setattr(replacement, "likeness", lambda *_: None)
    assert release(built / "neste", tmp_path / "alene", *words).code == 0
    assert len(compared) == 12 + 20
    assert contents(tmp_path / "ut") == contents(tmp_path / "alene")


@pytest.mark.parametrize(
    ("message", "line", "column", "shared"),
    [
        ("feil", 2, 0, True),
        ("feil", 1, 7, True),
        ("feil", 2, 7, False),  # the manifest's identifier stands there
        ("feil", 9999, 7, False),
        ("feil i https://kurs.example.org/xapi/golden/adal", 0, 0, False),
    ],
)
def test_what_tells_of_a_name_or_of_a_place_it_moved_is_told_of_one(
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    message: str,
    line: int,
    column: int,
    shared: bool,
) -> None:
    rule = next(rule for rule in package_rules() if rule.id == "S12-050")
    looked_at: list[str] = []

    def report(target: Target, _: Wish) -> TargetReport:
        looked_at.append(target.path)
        place = Location(f"{target.path}/imsmanifest.xml", line, column)
        return TargetReport(target.path, "scorm12", (Finding(rule, message, "rett", place),))

    monkeypatch.setattr(checkreport, "report", report)
    answer = release(built / "kurs", tmp_path / "ut", "--from", built / "dist")
    assert answer.code == 0, answer.err
    # Those of «bo» as of «adal», where that is right.
    assert any("-bo-nb-scorm12" in path for path in looked_at) != shared
    told = (tmp_path / "ut" / "rapporter" / "bo-nb.html").read_text("utf-8")
    assert "golden-takk-bo-nb-scorm12.zip" in told
    assert "golden-takk-adal" not in told


def test_reports_on_the_same_packages_are_taken_from_before(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = count(monkeypatch)
    words = ("--from", built / "dist")
    assert release(built / "kurs", tmp_path / "ut", *words).code == 0
    before = contents(tmp_path / "ut")
    assert looked_at
    looked_at.clear()
    assert release(built / "kurs", tmp_path / "ut", *words).code == 0
    assert looked_at == []
    # What was kept and is damaged, and what another program has kept, is made anew.
    monkeypatch.setattr(checkreport, "likeness", lambda *_: None)
    for path in (built / "dist" / ".kurspakke" / FOLDER).iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert release(built / "kurs", tmp_path / "ut", *words).code == 0
    assert len(looked_at) == 20
    monkeypatch.setattr(keptreports, "program_print", lambda _: "another")
    assert release(built / "kurs", tmp_path / "ut", *words).code == 0
    assert len(looked_at) == 40
    assert contents(tmp_path / "ut") == before
