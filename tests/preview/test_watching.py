"""Changes on the disk, as the shelf tells of them: saved in every way editors save, mended, replaced, gone."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kurspakke.package import Kind
from kurspakke.preview import watching
from kurspakke.preview.offer import Offer
from kurspakke.preview.shelf import LiveShelf, open_shelf
from kurspakke.preview.supply import Change
from tests.courses import BASE, copy, edit
from tests.previewing import run_apart, zipped

KEY = b"a key of this machine's"
PATIENCE = 20.0
QUIET = 0.5
"""Seconds in which whatever still comes of an edit has come."""


def told(shelf: LiveShelf, *acts: Callable[[], object]) -> list[list[Change]]:
    """What is told after each act, done one after the other when nothing more is said of the one before."""
    return run_apart(lambda: _told(shelf, acts))


async def _told(shelf: LiveShelf, acts: tuple[Callable[[], object], ...]) -> list[list[Change]]:
    heard: list[Change] = []

    async def hear(change: Change) -> None:
        heard.append(change)

    watch = asyncio.create_task(shelf.watch(hear))
    await asyncio.sleep(QUIET)
    found = []
    for act in acts:
        heard.clear()
        await asyncio.to_thread(act)
        end = time.monotonic() + PATIENCE
        while not heard and time.monotonic() < end:
            assert not watch.done(), watch.exception()
            await asyncio.sleep(0.01)
        await asyncio.sleep(QUIET)
        found.append(list(heard))
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)
    return found


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy(BASE, tmp_path / "kurs")


def page(course: Path) -> Path:
    return course / "modules" / "post" / "pages" / "tekst.yaml"


def opened(shelf: LiveShelf, kind: Kind = Kind.SCORM12) -> Offer:
    """The first offer of the kind, opened."""
    offer = next(each for each in shelf.offers() if each.kind is kind)
    assert shelf.package(offer.id) is not None
    return offer


def html(shelf: LiveShelf, offer: Offer) -> str:
    package = shelf.package(offer.id)
    assert package is not None
    return package.tree["index.html"].read().decode()


def replaced(path: Path, text: str) -> None:
    """Saved beside the file and put in its place, as most editors do."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)


def set_aside(path: Path, text: str) -> None:
    """The old file becomes a backup before there is a new one."""
    path.rename(path.with_name(f"{path.name}~"))
    time.sleep(0.02)
    path.write_text(text, "utf-8")


def rewritten(path: Path, text: str) -> None:
    """Emptied and written in two goes."""
    with path.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.02)
        file.write(text[:40])
        file.flush()
        time.sleep(0.02)
        file.write(text[40:])


@pytest.mark.parametrize("save", [Path.write_text, replaced, set_aside, rewritten])
def test_a_saved_text_is_in_the_package_before_anybody_is_told(
    save: Callable[[Path, str], object], course: Path
) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    text = page(course).read_text("utf-8")
    ((*before, last),) = told(shelf, lambda: save(page(course), text.replace("title: ", "title: NYTT ", 1)))
    assert not any(change.findings for change in (*before, last))
    assert last.offers == {offer.id}
    assert last.files == {offer.id: {"index.html"}}
    assert (last.origin, last.listed) == (course, False)
    assert "NYTT" in html(shelf, offer)


def test_an_error_is_told_the_last_good_version_stays_and_mending_is_told(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    good, text = html(shelf, offer), page(course).read_text("utf-8")
    broken, mended = told(
        shelf,
        lambda: page(course).write_text(text.replace("components:", "komponenter:"), "utf-8"),
        lambda: page(course).write_text(text.replace("title: ", "title: BRA ", 1), "utf-8"),
    )
    (change,) = broken
    assert not change.offers
    assert {finding.location.path for finding in change.findings} == {page(course).as_posix()}
    (change,) = mended
    assert change.offers == {offer.id}
    assert change.findings == ()
    assert "BRA" in html(shelf, offer)
    assert "BRA" not in good


def test_while_the_source_is_wrong_the_findings_say_so_and_the_package_stays(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    good = html(shelf, offer)
    told(shelf, lambda: edit(page(course), "components:", "komponenter:"))
    assert html(shelf, offer) == good
    assert any(finding.rule.id.startswith("SRC") for finding in shelf.findings(offer.id))
    assert not shelf.offers()[0].error


def test_a_change_that_changes_no_package_is_not_told(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    text = page(course).read_text("utf-8")
    first, second = told(
        shelf,
        lambda: (
            page(course).write_text(f"{text}# en merknad\n", "utf-8"),
            time.sleep(QUIET),
            edit(course / "course.yaml", "En liten prøve", "En større prøve"),
        ),
        lambda: edit(course / "course.yaml", "En større prøve", "En liten prøve"),
    )
    assert [change.files for change in (*first, *second)] == [{offer.id: {"index.html"}}] * 2


def test_pictures_templates_and_new_pages_change_packages(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    picture = next(path for path in (course / "modules").rglob("*") if path.suffix in {".svg", ".png"})
    own = course / "templates" / "document.html.j2"

    def style() -> None:
        own.parent.mkdir()
        own.write_text('{% extends "default:document.html.j2" %}\n{# egen #}', "utf-8")

    def spoil() -> None:
        own.write_text("{% nonsense %}", "utf-8")

    seen, same, broken, mended = told(
        shelf,
        lambda: picture.write_bytes(picture.read_bytes() + b"\n"),
        lambda: (style(), edit(page(course), "components:", "minutes: 7\ncomponents:")),
        spoil,
        own.unlink,
    )
    assert any(name.startswith("media/") for change in seen for name in change.files[offer.id])
    assert same[-1].files[offer.id] == {"index.html"}
    (finding,) = broken[-1].findings
    assert finding.location.path.endswith("document.html.j2")
    assert finding.location.line == 1
    assert mended[-1].findings == ()


def test_a_course_that_never_was_sound_opens_when_it_is(course: Path) -> None:
    text = page(course).read_text("utf-8")
    page(course).write_text("id: [", "utf-8")
    shelf = open_shelf([str(course)], KEY)
    assert shelf.offers()[0].error
    ((change,),) = told(shelf, lambda: page(course).write_text(text, "utf-8"))
    assert change.listed
    assert not any(offer.error for offer in shelf.offers())
    assert opened(shelf)


def test_a_folder_that_goes_and_comes_back_is_seen_again(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    away = course.with_name("bort")
    gone, back, edited = told(
        shelf,
        lambda: course.rename(away),
        lambda: shutil.copytree(away, course),
        lambda: edit(page(course), "\ntitle: ", "\ntitle: IGJEN "),
    )
    assert gone[-1].findings
    assert shelf.package(offer.id) is not None
    assert back[-1].findings == ()
    assert edited[-1].offers == {offer.id}
    assert "IGJEN" in html(shelf, offer)


def test_only_packages_that_were_opened_are_told_of_and_all_of_them(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    ids = {opened(shelf, kind).id for kind in (Kind.SCORM12, Kind.XAPI, Kind.CMI5, Kind.WEB)}
    (changes,) = told(shelf, lambda: edit(page(course), "\ntitle: ", "\ntitle: ALLE "))
    assert frozenset().union(*(change.offers for change in changes)) == ids


def test_a_package_that_goes_and_comes_back_is_told_of(course: Path) -> None:
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    gone, back = told(
        shelf,
        lambda: edit(course / "course.yaml", "id: prove\n", "id: annen\n"),
        lambda: (
            edit(page(course), "\ntitle: ", "\ntitle: TILBAKE "),
            edit(course / "course.yaml", "id: annen\n", "id: prove\n"),
        ),
    )
    assert any(change.listed for change in gone)
    assert offer.id in frozenset().union(*(change.offers for change in back))
    assert "TILBAKE" in html(shelf, offer)


def test_where_nothing_can_be_watched_changes_are_seen_all_the_same(
    course: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def too_many(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(watching, "awatch", too_many)
    monkeypatch.setattr(watching, "TICK", 0.2)
    shelf = open_shelf([str(course)], KEY)
    offer = opened(shelf)
    first, second = told(
        shelf,
        lambda: edit(page(course), "\ntitle: ", "\ntitle: SENT "),
        lambda: edit(page(course), "\ntitle: SENT ", "\ntitle: "),
    )
    assert first[-1].offers == second[-1].offers == {offer.id}
    assert "No space left" in caplog.text


def test_a_zip_that_is_replaced_is_told_with_what_differs(tmp_path: Path) -> None:
    files = {"imsmanifest.xml": b"<manifest/>", "index.html": b"gammel", "a.css": b"a"}
    zipped(tmp_path / "en.zip", files)
    shelf = open_shelf([str(tmp_path / "en.zip")], KEY)
    offer = opened(shelf)
    zipped(tmp_path / "ny.zip", {**files, "index.html": b"ny og bedre"})
    changed, broken, whole = told(
        shelf,
        lambda: (tmp_path / "ny.zip").replace(tmp_path / "en.zip"),
        lambda: (tmp_path / "en.zip").write_bytes(b"PK"),
        lambda: zipped(tmp_path / "en.zip", files),
    )
    assert changed[-1].files == {offer.id: {"index.html"}}
    assert broken[-1].listed
    assert not whole[-1].findings
    assert not shelf.offers()[0].error
    assert html(shelf, offer) == "gammel"


def test_packages_that_come_and_go_in_a_folder_are_listed(tmp_path: Path) -> None:
    zipped(tmp_path / "en.zip", {"imsmanifest.xml": b"<manifest/>"})
    shelf = open_shelf([str(tmp_path)], KEY)
    came, went = told(
        shelf,
        lambda: zipped(tmp_path / "to.zip", {"tincan.xml": b"<tincan/>"}),
        (tmp_path / "en.zip").unlink,
    )
    assert any(change.listed for change in came)
    assert any(change.listed for change in went)
    assert [offer.file_name for offer in shelf.offers()] == ["to.zip"]


def test_a_file_of_an_unpacked_package_is_served_anew(tmp_path: Path) -> None:
    folder = tmp_path / "pakke"
    folder.mkdir()
    (folder / "imsmanifest.xml").write_text("<manifest/>")
    (folder / "index.html").write_text("gammel")
    shelf = open_shelf([str(folder)], KEY)
    offer = opened(shelf)
    (changes,) = told(shelf, lambda: (folder / "index.html").write_text("ny og bedre"))
    assert changes[-1].files == {offer.id: {"index.html"}}
    assert html(shelf, offer) == "ny og bedre"
