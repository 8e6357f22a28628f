"""The import guides: filled from the packages, with nothing left open, and honest about what is not known."""

import re
from pathlib import Path

import pytest

from kurspakke import yamltree
from kurspakke.profiles import GENERIC, profile, profile_ids
from kurspakke.release import guide as guides
from kurspakke.release.guide import NEEDED, SLOTS, Filling, Guide, OpenSlotError, guide, guide_ids, slots
from kurspakke.shape import Shaped, shape
from tests.command import run
from tests.courses import edit
from tests.release.making import build, course_in, release

OWN = ("canvas", "itslearning", "ks-laering", "learn365", "moodle", "successfactors", "totara")
PARTS = ("before", "upload", "completion", "replace", "trial")
FACTS = {slot: f"[{slot}]" for slot in SLOTS if slot not in NEEDED}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The guides' pages by their names."""
    folder = tmp_path_factory.mktemp("guides")
    course = course_in(folder)
    build(course, folder / "dist", "--format", "scorm12,xapi,web")
    assert release(course, folder / "release").code == 0
    return {path.stem: path.read_text("utf-8") for path in (folder / "release/veiledning").iterdir()}


def test_there_is_one_for_each_and_one_for_all_others(made: dict[str, str]) -> None:
    assert guide_ids() == (*OWN, GENERIC)
    assert set(made) == {*OWN, GENERIC}
    assert set(OWN) <= set(profile_ids())


@pytest.mark.parametrize("name", [*OWN, GENERIC])
def test_no_slot_is_open(made: dict[str, str], name: str) -> None:
    page = made[name]
    assert not re.search(r"[{}]", page)
    for part, count in (("prove", 5), ("steg", 1), ("fullforing", 1), ("ny-versjon", 1)):
        section = page.split(f'<section id="{part}"')[1].split("</section>")[0]
        found = section.count("<li>")
        assert found == count if part == "prove" else found >= count, part
    assert "prove-post-nb-scorm12.zip" in page
    assert "alle sidene er lest og alle spørsmålene er besvart" in page


@pytest.mark.parametrize("name", [*OWN, GENERIC])
def test_the_texts_use_known_slots_and_need_what_is_not_always_there(name: str) -> None:
    own = guide(name).value
    assert own
    filling = Filling(guide(name), guide(GENERIC), FACTS)
    assert "[" not in filling.lead().replace("[format]", "")
    for part in PARTS:
        assert filling.lines(part), part
        for line in getattr(own, part):
            assert set(slots(line.text)) <= set(SLOTS)
            assert set(line.needs) <= set(slots(line.text))
    assert len(filling.lines("trial")) == 5


def test_what_is_known_has_its_source_and_what_is_not_is_called_so(made: dict[str, str]) -> None:
    assert profile("canvas").reports is None
    reported = made["canvas"].split('id="meldes"')[1].split("</section>")[0]
    assert reported.count("ikke kjent") == 5
    assert "Om plattformen tar imot det, er ikke kjent" in made["canvas"]
    assert "notert 2026-11-28" in made["moodle"]
    limits = made["moodle"].split('id="grenser"')[1].split("</section>")[0]
    assert "Størrelse på filen" in limits
    assert "ikke kjent" in limits
    assert "4\N{NO-BREAK SPACE}096 tegn" in limits
    kept = made["learn365"].split('id="meldes"')[1].split("</section>")[0]
    assert re.findall(r'label="Tas vare på">(\w+)', kept) == ["ja", "ja", "nei", "ja", "nei"]


def test_the_session_of_successfactors_is_told_and_nobody_is_named_who_is_not_known(
    made: dict[str, str],
) -> None:
    assert "Økten utløper etter 30 minutter" in made["successfactors"]
    assert not any("Spør ," in page or "Spør  " in page for page in made.values())


def test_where_scorm_is_not_known_to_be_taken_the_web_edition_is_named_if_there_is_one(
    made: dict[str, str], tmp_path: Path
) -> None:
    assert "kan dere bruke nettutgaven, for eksempel prove-post-nb-web.zip" in made["itslearning"]
    assert "Om plattformen tar imot det, er ikke kjent" in made["itslearning"]
    course = course_in(tmp_path)
    build(course, tmp_path / "dist", "--format", "scorm12")
    assert release(course, tmp_path / "release").code == 0
    assert "nettutgaven" not in (tmp_path / "release/veiledning/itslearning.html").read_text("utf-8")


def test_a_contact_is_named_where_there_is_one(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    contact = "contact: {name: Kari Nordmann, email: kari@kommune.example}"
    edit(course / "course.yaml", "publisher:", f"{contact}\npublisher:")
    build(course, tmp_path / "dist", "--format", "scorm12")
    assert release(course, tmp_path / "release").code == 0
    page = (tmp_path / "release/veiledning/generic.html").read_text("utf-8")
    assert "Spør Kari Nordmann, kari@kommune.example hvis noe ikke stemmer." in page


def damaged(text: str) -> Shaped[Guide]:
    return shape(yamltree.read(text.encode(), "guides/moodle.yaml"), Guide)


@pytest.mark.parametrize("slot", ["contact", "limit", "finnes-ikke"])
def test_an_open_slot_is_never_let_through(slot: str) -> None:
    filling = Filling(damaged(f"id: moodle\nlead: Spør {{{slot}}}."), guide(GENERIC), FACTS)
    with pytest.raises(OpenSlotError) as error:
        filling.lead()
    assert (error.value.slot, error.value.keys) == (slot, ("lead",))


def test_an_open_slot_in_the_programs_own_guide_stops_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist")
    open_one = damaged("id: moodle\nlead: Hei.\nbefore:\n  - text: Spør {contact}.\n")
    monkeypatch.setattr(
        "kurspakke.release.guidepage.guide", lambda name: open_one if name == "moodle" else guide(name)
    )
    answer = release(course, tmp_path / "release")
    assert answer.code == 1
    assert "guides/moodle.yaml:4:11 error SRC-190 open-guide-slot" in answer.err
    assert "nothing fills {contact} everywhere" in answer.err
    assert not (tmp_path / "release").exists()


def test_a_course_has_guides_of_its_own(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    assert run("profile", "new", course / "profiles/var-lms.yaml").code == 0
    (course / "guides").mkdir()
    own = "id: var-lms\nname: Vår plattform\nlead: Slik gjør vi det med {number} modul.\n"
    (course / "guides/var-lms.yaml").write_text(own, "utf-8")
    (course / "guides/moodle.yaml").write_text("id: moodle\nlead: Spør oss.\n", "utf-8")
    build(course, tmp_path / "dist", "--format", "scorm12")
    assert release(course, tmp_path / "release").code == 0
    pages = tmp_path / "release/veiledning"
    assert "Slik gjør vi det med 1 modul." in (pages / "var-lms.html").read_text("utf-8")
    assert "Spør oss." in (pages / "moodle.html").read_text("utf-8")
    assert ">Vår plattform</a>" in (tmp_path / "release/index.html").read_text("utf-8")
    edit(course / "guides/moodle.yaml", "Spør oss.", "Spør {contact}.")
    answer = release(course, tmp_path / "release")
    assert answer.code == 1
    assert f"{course}/guides/moodle.yaml:2:7 error SRC-190" in answer.err


def test_packages_for_the_web_alone_need_no_guide(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist", "--format", "web")
    assert release(course, tmp_path / "release").code == 0
    assert not (tmp_path / "release/veiledning").exists()
    assert "Slik importerer du" not in (tmp_path / "release/index.html").read_text("utf-8")


def test_a_damaged_guide_of_the_programs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "moodle.yaml").write_text("id: moodle\n")
    monkeypatch.setattr(guides, "_OWN", tmp_path)
    with pytest.raises(Exception, match=r"the guide moodle\.yaml is damaged"):
        guide.__wrapped__("moodle")
