"""The coordinator's kit: letters filled, minutes counted, weeks numbered, and nothing that the package lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kurspakke.assemble import Workshop
from kurspakke.course import Course
from kurspakke.kit import Kit, kit
from kurspakke.markdown import block
from kurspakke.schema import schema_of
from kurspakke.slots import blanks, slots, with_slots
from kurspakke.sourcereader import read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from kurspakke.words import words
from tests.courses import copy, edit, findings

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
ENTRY = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "coordinator:reminder.subject"
msgid "I morgen: {work}"
msgstr "I morgon: {arbeid}"
"""


@pytest.fixture(scope="module")
def course() -> Course:
    course = read_source(GOLDEN).course
    assert course
    return course


def made(course: Course, *modules: str) -> Kit:
    chosen = tuple(module for module in course.modules if module.id in modules)
    assert course.coordinator
    return kit(Unit(course, chosen, Variant("nb"), len(chosen) > 1), course.coordinator, words("nb"))


def page(source: Path, unit: str, name: str | None) -> str:
    """The coordinator's page of a module, or of `all`."""
    read = read_source(source)
    assert read.course
    workshop = Workshop(read, read.course, Variant("nb"))
    chosen = [module for module in workshop.course.modules if unit in {module.id, "all"}]
    files = workshop.for_coordinator(
        Unit(workshop.course, tuple(chosen), workshop.variant, unit == "all"), name
    )
    assert sorted(files) == ["for_koordinator.css", "for_koordinator.html"]
    return files["for_koordinator.html"].read().decode()


def test_letters_are_filled_with_what_the_course_says_and_blanks_are_left(course: Course) -> None:
    (meeting,) = made(course, "post").gatherings
    assert list(meeting.letters) == ["invitation", "reminder", "follow_up"]
    assert meeting.letters["invitation"].subject == "Legg ruten på nytt & Brev < pakke & omvendt: [dato]"
    assert "Det tar 60 minutter." in meeting.letters["invitation"].body
    assert "Gjør forarbeidet (15 minutter) innen" in meeting.letters["invitation"].body
    assert meeting.letters["follow_up"].body == "Nå gjenstår 1 minutter."


def test_a_module_without_an_own_invitation_has_the_general_one(course: Course) -> None:
    coordinator = course.coordinator
    assert coordinator
    invited = [coordinator.invitation_to(name) for name in ("post", "takk")]
    assert [letter and letter.id for letter in invited] == ["post", "alle"]
    none = coordinator.model_copy(update={"invitations": coordinator.invitations[1:]})
    assert none.invitation_to("takk") is None


def test_every_minute_is_counted_once(course: Course) -> None:
    whole = made(course, "post", "takk").whole
    assert (whole.alone, dict(whole.phases)) == (11, {"preparation": 15, "gathering": 60, "follow_up": 1})
    assert whole.sum == 87
    assert sum(time.sum for time in made(course, "post", "takk").times) == 87
    assert [plan.minutes for plan in made(course, "post", "takk").weeks] == [0, 26, 61]


def test_a_package_of_one_module_has_its_weeks_only_counted_from_one(course: Course) -> None:
    weeks = made(course, "takk").weeks
    assert [(plan.number, plan.week.id) for plan in weeks] == [(1, "start"), (2, "rute")]
    assert [(step.part, step.minutes) for step in weeks[1].planned[0].steps] == [("alone", 1)]
    assert weeks[1].parts == ("alone",)


def test_without_a_gathering_nothing_speaks_of_one(course: Course) -> None:
    alone, both = made(course, "takk"), made(course, "post", "takk")
    assert alone.gatherings == ()
    assert [task.id for task in alone.checklist.before] == ["selv"]
    assert [task.id for task in both.checklist.before] == ["rom", "selv"]
    assert [section.id for section in alone.sections] == ["resultat"]
    assert [section.id for section in both.sections] == ["resultat", "bord"]


def test_a_slots_text_is_never_markdown(course: Course) -> None:
    assert course.coordinator
    letter = course.coordinator.invitations[0]
    filled = with_slots(letter, {"work": "*a*", "date": "1. *mai* [x](y)"})
    assert filled.subject == "*a*"
    assert block(filled.body) == "<p>Møt opp 1. *mai* [x](y).</p>\n"
    assert list(slots("a {b}\n{ikke dette} {c}")) == [(0, "b"), (1, "c")]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_blanks_are_in_the_language_of_the_package(language: str) -> None:
    assert blanks(words(language))["date"] == ("[date]" if language == "en" else "[dato]")


def test_the_page_has_no_script_no_link_to_a_glossary_and_no_open_slot() -> None:
    html = page(GOLDEN, "all", "scorm12")
    assert "<script" not in html
    assert "kp_term_" not in html
    assert "Les ruten selv." in html
    assert list(slots(html)) == []


def test_what_a_package_sends_is_told_for_its_format_and_for_none_without() -> None:
    text = words("nb")
    scorm, web, none = (page(GOLDEN, "post", name) for name in ("scorm12", "web", None))
    assert text["coordinator_sent"] in scorm
    assert text["coordinator_sent"] not in web
    assert text["coordinator_stays"] in web
    assert text["coordinator_stays"] not in none
    assert "#kp_privacy" not in none


def test_a_course_without_texts_for_a_coordinator_has_no_page(tmp_path: Path) -> None:
    folder = copy(GOLDEN, tmp_path / "course")
    (folder / "coordinator.yaml").unlink()
    read = read_source(folder)
    assert read.course
    workshop = Workshop(read, read.course, Variant("nb"))
    unit = Unit(workshop.course, workshop.course.modules[:1], workshop.variant, combined=False)
    package = workshop.package(unit, "scorm12")
    assert [name for name in package if "koordinator" in name] == []
    assert b"for_koordinator" not in package["index.html"].read()


def test_the_link_opens_a_window_of_its_own_where_leaving_would_end_the_session() -> None:
    read = read_source(GOLDEN)
    assert read.course
    workshop = Workshop(read, read.course, Variant("nb"))
    unit = Unit(workshop.course, workshop.course.modules[:1], workshop.variant, combined=False)
    link = b'href="for_koordinator.html"'
    for name in ("scorm12", "xapi", "cmi5"):
        assert workshop.package(unit, name)["index.html"].read().count(link + b' target="_blank"') == 2
    assert workshop.package(unit, "web")["index.html"].read().count(link + b">") == 2


def test_a_slot_that_a_translation_made_up_is_found(tmp_path: Path) -> None:
    folder = copy(GOLDEN, tmp_path / "course")
    edit(folder / "course.yaml", "languages: [nb]", "languages: [nb, nn]")
    (folder / "locale").mkdir()
    (folder / "locale" / "nn.po").write_text(ENTRY, "utf-8")
    found = [finding for finding in findings(folder) if finding.rule.id == "SRC-180"]
    assert [str(finding.location) for finding in found] == ["locale/nn.po:6"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("introduction:", "innledning:", {"SRC-011", "SRC-012"}),
        ("- id: samles", "- id: start", {"SRC-025"}),
        ("id: selv,", "id: rom,", {"SRC-025"}),
        ("{id: takk,", "{id: post,", {"SRC-025"}),
        ("parts: [alone]", "parts: [samling]", {"SRC-014"}),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, expected: set[str]
) -> None:
    folder = copy(GOLDEN, tmp_path / "course")
    text = (folder / "coordinator.yaml").read_text("utf-8")
    (folder / "coordinator.yaml").write_text(text.replace(old, new, 1), "utf-8")
    found = findings(folder)
    assert {finding.location.path for finding in found} == {"coordinator.yaml"}
    assert {finding.rule.id for finding in found} == expected


def test_every_field_of_the_file_is_explained() -> None:
    schema = schema_of("coordinator")
    models = {"Coordinator": schema, **schema["$defs"]}
    assert {
        "Checklist",
        "Coordinator",
        "Invitation",
        "Letter",
        "Section",
        "Task",
        "Week",
        "Work",
    } == models.keys()
    for name, model in models.items():
        for key, field in model["properties"].items():
            assert field.get("description"), f"{name}.{key}"
