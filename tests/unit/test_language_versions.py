"""A media file's version in another language: in packages in that language, and in no other."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from kurspakke.assemble import packages
from kurspakke.media import in_language, version, version_of
from kurspakke.preview.shelf import open_shelf
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from tests.command import run
from tests.courses import BASE, copy, edit, findings
from tests.localcourse import NETWORK, VIK, put
from tests.preview.test_watching import told

BILINGUAL = Path(__file__).resolve().parents[1] / "rules/source/SRC-061-missing-translation/good"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="30" viewBox="0 0 {0} 30"></svg>\n'
MEDIA = "modules/post/media"
NAME = "media/post-postkasse.svg"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy(BASE, tmp_path / "kurs", BILINGUAL)


def packaged(course: Path, language: str) -> tuple[bytes, str, list[str]]:
    """The picture, the document, and the paths of the media of the web edition."""
    source = read_source(course)
    assert source.course
    (made,) = packages(source, source.course, Selection(("web",), ("post",), (language,)))
    paths = sorted(path for path in made.tree if path.startswith("media/"))
    return made.tree[NAME].read(), made.tree["index.html"].read().decode(), paths


def test_a_version_is_in_the_packages_in_its_language_only(course: Path) -> None:
    _, _, paths = packaged(course, "nn")
    (course / MEDIA / "postkasse.nn.svg").write_text(PICTURE.format(70), "utf-8")
    assert findings(course) == ()
    base = (course / MEDIA / "postkasse.svg").read_bytes()
    nb, nn = packaged(course, "nb"), packaged(course, "nn")
    assert nb[0] == base
    assert nn[0].decode() == PICTURE.format(70)
    assert nb[2] == nn[2] == paths
    assert 'width="70"' in nn[1]
    assert 'width="70"' not in nb[1]


def test_captions_have_none_since_pages_name_them_in_each_language(course: Path) -> None:
    (course / MEDIA / "reisen.nb.nn.vtt").write_bytes((course / MEDIA / "reisen.nb.vtt").read_bytes())
    name = f"{MEDIA}/reisen.nb.vtt"
    assert in_language(read_source(course), name, "nn") == name
    assert [finding.rule.name for finding in findings(course)] == ["unused-file"]


def test_a_file_that_a_page_names_is_a_version_of_no_other(course: Path) -> None:
    picture, other = course / MEDIA / "postkasse.svg", course / MEDIA / "postkasse.nn.svg"
    other.write_text(PICTURE.format(70), "utf-8")
    edit(
        course / "modules/post/pages/bilde.yaml",
        "    alt: En postkasse.",
        "    alt: En postkasse.\n  - {type: figure, id: to, src: postkasse.nn.svg, decorative: true}",
    )
    assert packaged(course, "nn")[0] == picture.read_bytes()


# Local editions

HUS = "{type: figure, id: nett-hus, src: hus.svg, alt: Et hus.}"
NN_TEXT = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "post/rad#nett-hus.alt"\n'


@pytest.fixture
def network(course: Path) -> Path:
    """The media folder of a network in bokmål with a picture, and a municipality in each language below it."""
    edit(course / "modules/post/pages/rad.yaml", "title: Råd\n", "title: Råd\nlocal: allowed\n")
    folder = put(course, "nett", f"{NETWORK}add:\n  - page: post/rad\n    components: [{HUS}]\n")
    (folder / "locale").mkdir()
    (folder / "locale/nn.po").write_text(f'{NN_TEXT}msgid "Et hus."\nmsgstr "Eit hus."\n', "utf-8")
    (folder / "media").mkdir()
    (folder / "media/hus.svg").write_text(PICTURE.format(50), "utf-8")
    put(course, "vik", f"{VIK}language: nn\ninherits: nett\n")
    put(course, "nes", "title: Nes\nkind: municipality\ninherits: nett\n")
    return folder / "media"


def local(course: Path, edition: str) -> tuple[str, str]:
    """The network's picture and the document in the web edition of a locality."""
    out = course.parent / "dist"
    answer = run("build", course, "-o", out, "--edition", edition, "--format", "web", "--jobs", "1")
    assert answer.code == 0, answer.err
    (package,) = out.glob(f"*-{edition}-n[bn]-web.zip")
    with zipfile.ZipFile(package) as files:
        (picture,) = (name for name in files.namelist() if name.endswith("hus.svg"))
        return files.read(picture).decode(), files.read("index.html").decode()


def test_a_version_of_a_networks_picture_is_in_the_editions_in_its_language_only(
    course: Path, network: Path
) -> None:
    assert local(course, "vik")[0] == PICTURE.format(50)
    (network / "hus.nn.svg").write_text(PICTURE.format(70), "utf-8")
    assert findings(course) == ()
    picture, document = local(course, "vik")
    assert picture == PICTURE.format(70)
    assert 'width="70"' in document
    for edition in ("nett", "nes"):
        picture, document = local(course, edition)
        assert picture == PICTURE.format(50)
        assert 'width="70"' not in document


@pytest.mark.parametrize("name", ["editions/nett/media/hus", "modules/post/media/postkasse"])
def test_a_version_that_changes_is_in_the_next_packages_with_its_size(
    course: Path, network: Path, name: str
) -> None:
    assert network.is_dir()
    for width in (70, 80):
        (course / f"{name}.nn.svg").write_text(PICTURE.format(width), "utf-8")
        assert f'width="{width}"' in local(course, "vik")[1]


def test_a_network_in_nynorsk_has_versions_in_bokmal(course: Path, network: Path) -> None:
    edit(course / "editions/nett/edition.yaml", "kind: network\n", "kind: network\nlanguage: nn\n")
    edit(course / "editions/nes/edition.yaml", "inherits: nett\n", "inherits: nett\nlanguage: nb\n")
    po = course / "editions/nett/locale/nn.po"
    po.rename(po.with_name("nb.po"))
    (network / "hus.nb.svg").write_text(PICTURE.format(90), "utf-8")
    (network / "hus.nn.svg").write_text(PICTURE.format(70), "utf-8")
    (wrong,) = findings(course)
    assert str(wrong.location) == "editions/nett/media/hus.nn.svg"
    assert (wrong.message, wrong.hint) == (
        "the edition nett is written in nn",
        "make it editions/nett/media/hus.svg",
    )
    assert local(course, "nes")[0] == PICTURE.format(90)
    assert local(course, "vik")[0] == PICTURE.format(50)


def test_an_editions_version_that_nobody_would_meet_is_told(course: Path, network: Path) -> None:
    shutil.rmtree(course / "editions/vik")
    (network / "hus.nn.svg").write_text(PICTURE.format(70), "utf-8")
    (network / "hus.se.svg").write_text(PICTURE.format(70), "utf-8")
    (network / "bil.nn.svg").write_text(PICTURE.format(70), "utf-8")
    told = [(one.rule.id, one.location.path.rpartition("/")[2], one.message) for one in findings(course)]
    assert told == [
        ("SRC-056", "bil.nn.svg", "nothing in the edition nett uses editions/nett/media/bil.svg"),
        ("SRC-057", "hus.nn.svg", "no edition in nn inherits nett"),
        ("SRC-057", "hus.se.svg", "the course is not in se"),
    ]


def test_an_edition_that_replaces_what_shows_a_picture_leaves_its_version_in_use(course: Path) -> None:
    (course / MEDIA / "postkasse.nn.svg").write_text(PICTURE.format(70), "utf-8")
    page = course / "modules/post/pages/bilde.yaml"
    edit(page, "    id: postkasse\n", "    id: postkasse\n    local: allowed\n")
    own = "{type: figure, id: postkasse, src: hus.svg, alt: Et hus.}"
    folder = put(course, "vik", f"{VIK}replace:\n  - page: post/bilde\n    component: {own}\n")
    (folder / "media").mkdir()
    (folder / "media/hus.svg").write_text(PICTURE.format(50), "utf-8")
    assert findings(course) == ()


def test_names() -> None:
    assert version("a/b.c/traden.svg", "nn") == "a/b.c/traden.nn.svg"
    assert version_of("a/traden.nn.svg") == ("a/traden.svg", "nn")
    assert version_of("a/traden.nn.nn.svg") == ("a/traden.nn.svg", "nn")
    assert version_of("a/traden.svg") is None
    assert version_of("a.nn.b/traden.svg") is None
    assert version_of("a/traden.de.svg") is None


def test_the_preview_tells_of_a_version_that_comes_changes_and_goes(course: Path) -> None:
    shelf = open_shelf([str(course)], b"a key of this machine's")
    offers = {each.language: each for each in shelf.offers() if each.file_name.endswith("-web.zip")}
    for offer in offers.values():
        assert shelf.package(offer.id)
    place = course / MEDIA / "postkasse.nn.svg"
    came, changed, went = told(
        shelf,
        lambda: place.write_text(PICTURE.format(70), "utf-8"),
        lambda: place.write_text(PICTURE.format(80), "utf-8"),
        place.unlink,
    )
    for changes, paths in (
        (came, {NAME, "index.html"}),
        (changed, {NAME, "index.html"}),
        (went, {NAME, "index.html"}),
    ):
        (change,) = changes
        assert change.files == {offers["nn"].id: paths}
