"""Whatever is edited in whatever order, a warm shelf has what a cold build would make, byte for byte."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from kurspakke.assemble import packages
from kurspakke.findings import Severity
from kurspakke.preview.shelf import open_shelf
from kurspakke.rules.source import hindrances, validate_source
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from kurspakke.texts import texts
from tests.courses import BASE, REAL, TODAY, copy

KEY = b"a key of this machine's"
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
"""A course for several audiences with every component, a glossary and an instrument."""

Dice = random.Random
Edit = Callable[[Path, Dice], None]


def cold(course: Path) -> dict[str, dict[str, bytes]] | None:
    """What a build makes of the course as it is now; None when it refuses."""
    source = read_source(course)
    if source.course is None or any(
        finding.severity is Severity.ERROR for finding in validate_source(source, TODAY)
    ):
        return None
    audiences = tuple(audience.id for audience in source.course.head.audiences)
    selection = Selection(audiences=audiences, combined=len(source.course.modules) > 1)
    return {
        made.file_name: {path: file.read() for path, file in made.tree.items()}
        for made in packages(source, source.course, selection)
    }


def some(dice: Dice, course: Path, pattern: str) -> Path:
    return dice.choice(sorted(course.glob(pattern)))


def bilingual(course: Path) -> Path:
    """The course, and a translation in which every text is longer."""
    head = course / "course.yaml"
    head.write_text(head.read_text("utf-8").replace("languages: [nb]", "languages: [nb, nn]"), "utf-8")
    for path in course.glob("modules/*/pages/*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"captions: \{nb: (\S+)\}", r"captions: {nb: \1, nn: \1}", text), "utf-8")
    read = read_source(course).course
    assert read is not None
    catalog = Catalog()
    for text in texts(read):
        catalog.add(text.text, f"{text.text}.", context=text.id)
    (course / "locale").mkdir()
    with (course / "locale" / "nn.po").open("wb") as file:
        write_po(file, catalog)
    return course


def reworded(course: Path, dice: Dice) -> None:
    """More in a line of some text; at times in any line, which may break it."""
    path = some(dice, course, "modules/*/pages/*.yaml")
    lines = path.read_text("utf-8").split("\n")
    texts = [number for number, line in enumerate(lines) if line.startswith("   ") and ":" not in line]
    number = dice.choice(texts) if texts and dice.random() < 0.8 else dice.randrange(len(lines))
    lines[number] += dice.choice(
        [" ord", " **sterkt**", " [mer](https://kurs.example.org/)", " [x](term:evne)"]
    )
    path.write_text("\n".join(lines), "utf-8")


def shortened(course: Path, dice: Dice) -> None:
    """The end of a page is gone."""
    path = some(dice, course, "modules/*/pages/*.yaml")
    text = path.read_text("utf-8")
    path.write_text(text[: dice.randrange(len(text) // 2, len(text))], "utf-8")


def repainted(course: Path, dice: Dice) -> None:
    """A picture of another size."""
    path = some(dice, course, "modules/*/media/*.svg")
    size = dice.randrange(10, 900)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="90"><title>x</title></svg>', "utf-8"
    )


def retitled(course: Path, dice: Dice) -> None:
    """Another title of the course, a module, a term or in the translation."""
    names = ["course.yaml", "modules/*/module.yaml", "glossary.yaml", "locale/*.po"]
    path = some(dice, course, dice.choice([name for name in names if any(course.glob(name))]))
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("e", "ee", 1) if dice.random() < 0.3 else text.replace(" i ", " inni ", 1), "utf-8"
    )


def reshaped(course: Path, dice: Dice) -> None:
    """A template of the course's own, another one, or none."""
    path = course / "templates" / "components" / dice.choice(["text", "tips", "heading"])
    path = path.with_name(f"{path.name}.html.j2")
    if path.exists() and dice.random() < 0.5:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<div>{dice.randrange(1000)} {{% include 'default:components/{path.name}' %}}</div>", "utf-8"
    )


def taken_away(course: Path, dice: Dice) -> None:
    """A file that the course asks for."""
    some(dice, course, dice.choice(["modules/*/media/*", "modules/*/pages/*.yaml"])).unlink()


EDITS: tuple[Edit, ...] = (reworded, reworded, reworded, shortened, repainted, retitled, reshaped, taken_away)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("base", [BASE, GOLDEN], ids=["base", "golden"])
def test_a_warm_shelf_has_what_a_cold_build_makes(base: Path, seed: int, tmp_path: Path) -> None:
    dice = Dice(seed)
    course = bilingual(copy(base, tmp_path / "kurs"))
    whole = shutil.copytree(course, tmp_path / "whole")
    shelf = open_shelf([str(course)], KEY)
    for offer in shelf.offers():
        shelf.package(offer.id)
    good, sound = cold(course), 0
    for edits in range(30):
        if edits >= 12 and sound > 1:
            break
        dice.choice(EDITS)(course, dice)
        (supply,) = shelf.supplies
        changes = list(supply.look())
        now = cold(course)
        assert supply.is_hindered() == (now is None)
        sound += now is not None
        before, good = good, now or good
        for offer in shelf.offers():
            package = shelf.package(offer.id)
            if good and offer.file_name in good:
                assert package is not None
                # Of the last good version the media lie on the disk, and are what they are now.
                lasting = {path: file for path, file in package.tree.items() if now or file.data is not None}
                wanted = {path: good[offer.file_name][path] for path in lasting}
                assert {path: file.read() for path, file in lasting.items()} == wanted
                assert package.tree.keys() == good[offer.file_name].keys()
        if before and now:
            differing = {name for name in now if before.get(name, now[name]) != now[name]}
            told = {
                offer.file_name for offer in shelf.offers() for change in changes if offer.id in change.offers
            }
            assert differing <= told
        if now is None:  # and it is mended
            shutil.copytree(whole, course, dirs_exist_ok=True)
            shutil.rmtree(course / "templates", ignore_errors=True)
            list(supply.look())
            good = cold(course)
            assert not supply.is_hindered()
    assert sound > 1


CASES = sorted((Path(__file__).resolve().parents[1] / "rules" / "source").iterdir())
"""A course for each rule about sources that breaks it."""


def check_hindrances(course: Path) -> None:
    source = read_source(course)
    errors = [one for one in validate_source(source, TODAY) if one.severity is Severity.ERROR]
    assert list(hindrances(source, TODAY)) == errors


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_hinders_is_exactly_the_errors_that_validate_tells(case: Path, tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "kurs", case / "broken")
    check_hindrances(course)
    with (course / "course.yaml").open("ab") as file:
        file.write(b"\nvalidation: {severity: {SRC-04: error, SRC-029: note, idle-ignore: error}}\n")
    check_hindrances(course)


def test_nothing_hinders_a_sound_course() -> None:
    check_hindrances(REAL)
    check_hindrances(GOLDEN)
