"""The data block, and the keys under which progress is kept."""

import json
import re
from pathlib import Path

import pytest

from kurspakke.course import Course
from kurspakke.island import island
from kurspakke.keys import key_of
from kurspakke.sourcereader import read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant
from kurspakke.webvtt import Cue

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"


@pytest.fixture(scope="module")
def course() -> Course:
    course = read_source(GOLDEN).course
    assert course
    return course


def test_what_the_runtime_is_told(course: Course) -> None:
    unit = Unit(course, course.modules[:1], Variant("nb"), combined=False)
    text = island(
        unit,
        unit.modules,
        "xapi",
        {"next": "Neste </script>", "privacy_what": "Hva"},
        {"post.reisen": [Cue(0, 2.5, "Et brev", 3)]},
    )
    data = json.loads(text)
    assert "<" not in text
    assert list(data) == [
        "v",
        "format",
        "lang",
        "tool",
        "unit",
        "course",
        "modules",
        "captions",
        "words",
        "room",
        "surveys",
    ]
    assert (data["v"], data["format"], data["lang"]) == (1, "xapi", "nb")
    assert data["unit"] == {"id": "post", "title": "Brev < pakke & omvendt", "activity": unit.activity}
    assert data["course"]["activity"] == "https://kurs.example.org/xapi/golden"
    assert data["captions"] == {"post.reisen": [[0, 2.5, "Et brev"]]}
    assert data["words"] == {"next": "Neste </script>"}
    (survey,) = data["surveys"].values()
    assert survey["thresholds"] == [[10, None], [35, None], [45, "folk"], [10, "til-fots", True]]
    assert survey["items"][1] == {
        "id": "glad",
        "step": "til-fots",
        "dimension": "folk",
        "weight": 2,
        "reversed": False,
    }
    (module,) = data["modules"]
    assert (module["require"], module["mastery"]) == (["pages", "questions", "mastery"], 0.5)
    assert [page["id"] for page in module["pages"]] == [
        *("post.lese", "post.bla", "post.gjore", "post.svare", "post.sammen")
    ]
    assert [page["minutes"] for page in module["pages"]] == [4, None, None, None, None]
    one, several, judged, *others = module["questions"]
    assert one == {
        "id": "post.porto",
        "key": key_of("post.porto"),
        "page": "post.gjore",
        "type": "choice",
        "title": "Hva trenger et brev?",
        "choices": [{"id": "a", "text": "Frimerke"}, {"id": "b", "text": "Vekt < 20 g"}],
        "correct": ["a"],
    }
    assert several["correct"] == ["a", "b"]
    assert (judged["type"], judged["choices"], judged["correct"]) == ("true-false", [], ["true"])
    assert [other["id"].removeprefix("post.") for other in others] == (
        ["hvilken", "merke", "vekt", "par", "rekke", "luke", "nytte"]
    ), "the private opinion is not told of"


def test_a_document_of_one_module_in_a_package_of_all_reports_for_itself(course: Course) -> None:
    unit = Unit(course, course.modules, Variant("nb"), combined=True)
    alone = json.loads(island(unit, course.modules[1:], "cmi5", {}, {}))
    assert alone["unit"]["activity"] == "https://kurs.example.org/xapi/golden/takk"
    together = json.loads(island(unit, course.modules, "scorm12", {}, {}))
    assert together["unit"] == {
        "id": "all",
        "title": "Brev & pakker",
        "activity": "https://kurs.example.org/xapi/golden",
    }


def test_keys_are_short_url_safe_and_for_ever() -> None:
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{3}", key_of(f"strategi.side-{number}")) for number in range(500))
    assert key_of("strategi.hvorfor") == "eON"
    assert key_of("strategi.hvorfor") != key_of("teknologi.hvorfor")
