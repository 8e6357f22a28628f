"""The import guides: filled from the packages, with nothing left open, and honest about what is not known."""

import re
from pathlib import Path

import pytest

from kurspakke import yamltree
from kurspakke.guidefiles import guide_file
from kurspakke.profiles import GENERIC, profile, profile_ids
from kurspakke.release import guide as guides
from kurspakke.release.guide import NEEDED, SLOTS, Filling, Guide, OpenSlotError, guide, guide_ids, slots
from kurspakke.release.words import LANGUAGES
from kurspakke.shape import Shaped, shape
from tests.command import run
from tests.courses import edit
from tests.release.making import build, course_in, release

OWN = ("canvas", "itslearning", "ks-laering", "learn365", "moodle", "successfactors", "totara")
PARTS = ("before", "upload", "completion", "replace", "trial")
# Each stands in guides in bokmål and is no word of nynorsk.
BOKMAL = {
    *("ikke", "hvis", "hver", "hva", "hvilken", "fra"),
    *("noe", "et", "dere", "deres", "kommer", "åpne"),
    *("velg", "tar", "gjør", "deltakerne", "filen", "plattformen"),
}
FACTS = {slot: f"[{slot}]" for slot in SLOTS if slot not in NEEDED}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the small course."""
    work = tmp_path_factory.mktemp("guides")
    course = course_in(work)
    build(course, work / "dist", "--format", "scorm12,xapi,web")
    assert release(course, work / "release").code == 0
    return work / "release"


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, str]:
    """The guides' pages by their names."""
    return {path.stem: path.read_text("utf-8") for path in (folder / "veiledning").iterdir()}


@pytest.fixture(scope="module")
def made_in_nynorsk(folder: Path) -> dict[str, str]:
    """The same in nynorsk."""
    return {path.stem: path.read_text("utf-8") for path in (folder / "rettleiing").iterdir()}


def test_there_is_one_for_each_and_one_for_all_others(
    made: dict[str, str], made_in_nynorsk: dict[str, str]
) -> None:
    assert guide_ids() == (*OWN, GENERIC)
    assert set(made) == set(made_in_nynorsk) == {*OWN, GENERIC}
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*OWN, GENERIC])
def test_the_texts_use_known_slots_and_need_what_is_not_always_there(name: str, language: str) -> None:
    own = guide(name, language).value
    assert own
    filling = Filling((guide(name, language), guide(GENERIC, language)), FACTS)
    assert "[" not in filling.lead().text.replace("[format]", "")
    for part in PARTS:
        assert filling.lines(part), part
        for line in getattr(own, part):
            assert set(slots(line.text)) <= set(SLOTS)
            assert set(line.needs) <= set(slots(line.text))
    assert len(filling.lines("trial")) == 5
    assert {told.language for part in PARTS for told in filling.lines(part)} == {language}


@pytest.mark.parametrize("name", [*OWN, GENERIC])
def test_both_languages_say_the_same(name: str) -> None:
    """As many lines in each part, and in each line the same slots, which need the same."""
    first, other = guide(name, "nb").value, guide(name, "nn").value
    assert first
    assert other
    assert bool(other.name) is bool(first.name)
    assert slots(other.lead) == slots(first.lead)
    assert other.lead != first.lead
    for part in PARTS:
        assert gaps(other, part) == gaps(first, part), part


def gaps(text: Guide, part: str) -> list[tuple[list[str], tuple[str, ...]]]:
    """The slots in each line of a part, and what the line needs."""
    return [(sorted(slots(line.text)), line.needs) for line in getattr(text, part)]


@pytest.mark.parametrize("name", [*OWN, GENERIC])
def test_in_nynorsk_every_word_is(made_in_nynorsk: dict[str, str], name: str) -> None:
    page = made_in_nynorsk[name]
    # The small course has its titles and packages in bokmål alone, and sources are quoted.
    ours = re.sub(r'<span[^>]* lang="(?:nb|en)">[^<]*</span>', "", page)
    assert '<html lang="nn">' in page
    read = {word.lower() for word in re.findall(r"[^\W\d_]+", re.sub(r"<[^>]+>", " ", ours))}
    assert read & BOKMAL == set()
    assert read >= {"ikkje", "frå", "kvar", "pakken", "pakkane", "eit", "viss"}
    assert 'href="../index-nn.html"' in page
    assert f'<a href="../veiledning/{name}.html" lang="nb">Bokmål</a>' in page


def test_the_words_of_bokmal_are_found_where_they_are(made: dict[str, str]) -> None:
    read = {word.lower() for page in made.values() for word in re.findall(r"[^\W\d_]+", page)}
    assert read >= BOKMAL


def test_each_front_page_leads_to_the_guides_in_its_language(folder: Path) -> None:
    for front, where in (("index.html", "veiledning"), ("index-nn.html", "rettleiing")):
        page = (folder / front).read_text("utf-8")
        assert re.findall(r'href="(\w+/[\w-]+\.html)">[A-ZEi]', page)[: len(OWN) + 1] == [
            f"{where}/{name}.html" for name in (*OWN, GENERIC)
        ]
    assert "på bokmål" not in (folder / "index-nn.html").read_text("utf-8")


def test_what_is_known_is_told_in_nynorsk_too(made_in_nynorsk: dict[str, str]) -> None:
    moodle, learn365 = made_in_nynorsk["moodle"], made_in_nynorsk["learn365"]
    assert "Opne innstillingane for aktiviteten" in moodle
    assert "Byt pakkefila i innstillingane for aktiviteten. " in moodle
    assert (
        'Sjå etter <span class="word" lang="en">«Package file»</span>. <span class="source">Kjelde: '
        in moodle
    )
    assert "10 minutt<" in moodle
    assert "4\N{NO-BREAK SPACE}096 teikn" in moodle
    assert "ikkje kjent" in moodle
    assert re.findall(r'label="Blir teke vare på">(\w+)', learn365) == ["ja", "ja", "nei", "ja", "nei"]
    assert "Økta går ut etter 30 minutt" in made_in_nynorsk["successfactors"]


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
    filling = Filling((damaged(f"id: moodle\nlead: Spør {{{slot}}}."), guide(GENERIC)), FACTS)
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
        "kurspakke.release.guidepage.guide",
        lambda name, language: open_one if name == "moodle" else guide(name, language),
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


def with_own(folder: Path, texts: dict[str, str]) -> Path:
    """The small course with guides of its own: what stands in which file."""
    course = course_in(folder)
    for name, text in texts.items():
        file = course / "guides" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return course


def test_a_course_has_guides_in_nynorsk_too_and_lends_those_in_bokmal_where_it_has_none(
    tmp_path: Path,
) -> None:
    course = with_own(
        tmp_path,
        {
            "moodle.yaml": "id: moodle\nlead: Spør oss først.\nupload:\n  - text: Gjør som i fjor.\n",
            "nn/moodle.yaml": "id: moodle\nlead: Spør oss fyrst.\n",
            "totara.yaml": "id: totara\nlead: Bare spør.\n",
            "nn/canvas.yaml": "id: canvas\nlead: Berre spør.\n",
        },
    )
    build(course, tmp_path / "dist", "--format", "scorm12")
    answer = release(course, tmp_path / "release")
    assert answer.code == 0, answer.err
    read = {path: (tmp_path / "release" / path).read_text("utf-8") for path in OF_OWN}
    assert '<p class="lead">Spør oss først.</p>' in read["veiledning/moodle.html"]
    assert '<p class="lead">Spør oss fyrst.</p>' in read["rettleiing/moodle.html"]
    # What the one in nynorsk leaves out is as the course says in bokmål, and only then as the program says.
    assert '<li><span lang="nb">Gjør som i fjor.</span></li>' in read["rettleiing/moodle.html"]
    assert "<li>Opne modulen igjen. Han skal" in read["rettleiing/moodle.html"]
    assert '<p class="lead"><span lang="nb">Bare spør.</span></p>' in read["rettleiing/totara.html"]
    assert "<li>Opne modulen igjen. Han skal" in read["rettleiing/totara.html"]
    assert '<p class="lead"><span lang="nn">Berre spør.</span></p>' in read["veiledning/canvas.html"]


OF_OWN = (
    "veiledning/moodle.html",
    "rettleiing/moodle.html",
    "rettleiing/totara.html",
    "veiledning/canvas.html",
)


def test_an_open_slot_is_told_at_its_place_in_the_guide_in_nynorsk(tmp_path: Path) -> None:
    course = with_own(tmp_path, {"nn/moodle.yaml": "id: moodle\nlead: Spør {contact}.\n"})
    told = run("validate", course)
    assert told.code == 1
    assert f"{course}/guides/nn/moodle.yaml:2:7 error SRC-190" in told.out
    edit(course / "guides/nn/moodle.yaml", "{contact}", "oss")
    build(course, tmp_path / "dist", "--format", "scorm12")
    edit(course / "guides/nn/moodle.yaml", "oss", "{contact}")
    answer = release(course, tmp_path / "release")
    assert answer.code == 1
    assert f"{course}/guides/nn/moodle.yaml:2:7 error SRC-190" in answer.err
    assert not (tmp_path / "release").exists()


def test_a_step_of_an_own_profile_that_is_in_bokmal_alone_is_marked_so(tmp_path: Path) -> None:
    course = with_own(tmp_path, {"var-lms.yaml": "id: var-lms\nlead: Hei.\n"})
    assert run("profile", "new", course / "profiles/var-lms.yaml").code == 0
    with (course / "profiles/var-lms.yaml").open("a", encoding="utf-8") as file:
        file.write(STEPS)
    build(course, tmp_path / "dist", "--format", "scorm12")
    answer = release(course, tmp_path / "release")
    assert answer.code == 0, answer.err
    page = (tmp_path / "release/rettleiing/var-lms.html").read_text("utf-8")
    assert (
        '<li><span lang="nb">Åpne kurset.</span> Sjå etter <span class="word" lang="nb">«Kurs»</span>.'
        in page
    )
    assert "<li>Legg til pakken du har lasta ned. <span" in page
    assert "<li>Legg til pakken du har lastet ned. <span" in (
        tmp_path / "release/veiledning/var-lms.html"
    ).read_text("utf-8")


STEPS = """
guide:
  upload:
    - text: Åpne kurset.
      words: [Kurs]
      language: nb
      source: Svar fra systemansvarlig
      noted: 2026-11-29
    - text: Legg til pakken du har lastet ned.
      nn: Legg til pakken du har lasta ned.
      source: Svar fra systemansvarlig
      noted: 2026-11-29
"""


def test_packages_for_the_web_alone_need_no_guide(tmp_path: Path) -> None:
    course = course_in(tmp_path)
    build(course, tmp_path / "dist", "--format", "web")
    assert release(course, tmp_path / "release").code == 0
    assert not (tmp_path / "release/veiledning").exists()
    assert not (tmp_path / "release/rettleiing").exists()
    assert "Slik importerer du" not in (tmp_path / "release/index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_guide_of_the_programs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    file = tmp_path / guide_file("moodle", language)
    file.parent.mkdir(parents=True)
    file.write_text("id: moodle\n")
    monkeypatch.setattr(guides, "_OWN", tmp_path)
    with pytest.raises(Exception, match=rf"the guide {guide_file('moodle', language)} is damaged"):
        guide.__wrapped__("moodle", language)
