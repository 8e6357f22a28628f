"""A folder as a course, as far as it goes."""

import re
from pathlib import Path

import pytest

from kurspakke.findings import KurspakkeError, Location
from kurspakke.leaves import leaves, replaced
from kurspakke.model import Kind
from kurspakke.source import Source
from kurspakke.sourcereader import read_source
from kurspakke.texts import texts, with_texts
from tests.courses import BASE, REAL, copy, edit

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
COURSES = pytest.mark.parametrize("root", [BASE, GOLDEN, REAL], ids=["base", "golden", "real"])


def whole(root: Path) -> Source:
    source = read_source(root)
    assert source.course
    assert source.whole
    return source


@COURSES
def test_every_component_knows_its_place(root: Path) -> None:
    source = whole(root)
    for spot in source.spots:
        place = spot.location("id")
        line = (root / place.path).read_text("utf-8").splitlines()[place.line - 1]
        assert line[place.column - 1 :].startswith(spot.component.id)


@COURSES
def test_the_ids_of_texts_are_unique_and_hold_no_positions(root: Path) -> None:
    course = whole(root).course
    assert course
    found = list(texts(course))
    assert len({text.id for text in found}) == len(found)
    assert all(
        {"keywords", "accepted", "forms"} & set(re.split(r"[#:.]", text.id))
        or not any(part.isdigit() for part in text.id.split("."))
        for text in found
    )


@COURSES
def test_every_text_is_found_and_put_back(root: Path) -> None:
    course = whole(root).course
    assert course
    assert with_texts(course, lambda _, old: old) == course
    upper = with_texts(course, lambda name, old: f"{name} {old}")
    assert [text.text for text in texts(upper)] == [f"{text.id} {text.text}" for text in texts(course)]


def test_ids_of_texts() -> None:
    course = whole(GOLDEN).course
    assert course
    found = {text.id: text.text for text in texts(course)}
    assert found["#title"] == "Brev & pakker"
    assert found["#audiences.leder.title"] == "Ledere"
    assert found["post#goals.finne.text"] == "Du kan finne *fram*."
    assert found["post/gjore#porto.options.a.feedback"] == "Ja."
    assert found["post/gjore#to-rad.items.adresse.text"] == "Skriv adressen tydelig."
    assert found["post/lese#reisen.audio_description.reason"] == "Alt som betyr noe blir sagt."


def test_media_are_leaves_but_no_texts() -> None:
    source = whole(GOLDEN)
    media = {
        leaf.text: leaf.kind for spot in source.spots for leaf in leaves(spot.component) if leaf.kind.is_media
    }
    assert media == {
        "Rød postkasse.svg": Kind.PICTURE,
        "reisen.mp4": Kind.FILM,
        "reisen.nb.vtt": Kind.CAPTIONS,
        "klokka.mp3": Kind.SOUND,
        "Priser på brev.csv": Kind.DOWNLOAD,
        "rund.svg": Kind.PICTURE,
        "postkasse.svg": Kind.PICTURE,
    }


def test_what_does_not_change_stays_the_same_object() -> None:
    component = whole(BASE).spots[0].component
    assert replaced(component, lambda leaf: leaf.text) is component


def test_a_page_that_is_missing_leaves_the_others(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    (course / "modules/post/pages/film.yaml").unlink()
    source = read_source(course)
    assert source.course
    assert not source.whole
    assert "film" not in [page.id for page in source.course.modules[0].pages]
    assert len(source.course.modules[0].pages) == 8


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("modules/post/module.yaml", "id: post", "id: posten"),
        ("modules/post/pages/boks.yaml", "id: boks", "id: esken"),
        ("modules/post/pages/boks.yaml", "title: Boks", "titel: Boks"),
        ("modules/post/module.yaml", "[tekst,", "[tekst, tekst,"),
        ("course.yaml", "modules: [post]", "modules: [post, post]"),
    ],
)
def test_a_source_that_is_not_whole(file: str, old: str, new: str, tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    edit(course / file, old, new)
    assert not read_source(course).whole


def test_references_know_who_asked(tmp_path: Path) -> None:
    references = {reference.name: reference.location for reference in whole(BASE).references}
    assert references["modules/post/module.yaml"] == Location("course.yaml", 13, 11)
    assert references["modules/post/pages/bilde.yaml"].path == "modules/post/module.yaml"
    with pytest.raises(KurspakkeError, match="no such folder"):
        read_source(tmp_path / "none")


def test_a_course_may_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(copy(BASE, tmp_path / "course"))
    assert whole(tmp_path / "link").files.links == {}


def test_links_inside_are_followed_and_hidden_files_are_not_seen(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    (course / "modules/post/media/to.svg").symlink_to("postkasse.svg")
    (course / "ut.svg").symlink_to("/etc/hostname")
    (course / ".git").mkdir()
    (course / ".git/x").write_text("")
    (course / "dist").mkdir()
    (course / "dist/x").write_text("")
    files = read_source(course).files
    assert (
        files.files["modules/post/media/to.svg"].size
        == (BASE / "modules/post/media/postkasse.svg").stat().st_size
    )
    assert files.links == {"ut.svg": "/etc/hostname"}
    assert not any(name.startswith((".git", "dist")) for name in files.files)
