"""Documents fitted to models, and what is said of those that do not fit."""

import ast
import re
from pathlib import Path

import pytest

from kurspakke.course import CourseHead, ModuleHead, Page
from kurspakke.model import Model
from kurspakke.shape import _PATTERNS, Mismatch, MismatchKind, shape
from kurspakke.yamltree import read
from tests.courses import BASE

ROOT = Path(__file__).resolve().parents[2]
PATTERN = re.compile(r'pattern=(r?"(?:[^"\\]|\\.)*")')
PAGE = "id: side\ntitle: Side\ncomponents:\n"


def mismatches(text: str, model: type[Model] = Page) -> tuple[Mismatch, ...]:
    return shape(read(text.encode(), "a.yaml"), model).mismatches


def mismatch(text: str, model: type[Model] = Page) -> Mismatch:
    (found,) = mismatches(text, model)
    return found


def test_a_document_that_fits() -> None:
    shaped = shape(read((BASE / "course.yaml").read_bytes(), "course.yaml"), CourseHead)
    assert shaped.mismatches == ()
    assert shaped.value
    assert shaped.value.languages == ("nb",)


def test_a_document_with_faults_is_not_fitted() -> None:
    shaped = shape(read(b"a: *b", "a.yaml"), Page)
    assert shaped.value is None
    assert shaped.mismatches == ()


@pytest.mark.parametrize(
    ("component", "keys", "found", "known"),
    [
        ("{type: text, id: a, tekst: A, text: B}", ("components", 0, "tekst"), "tekst", "text"),
        ("{type: choice, id: a, prompt: A, options: [{id: a, text: A, rett: x}]}",
         ("components", 0, "options", 0, "rett"), "rett", "correct"),
        ("{type: video, id: v, title: A, sources: [a], seconds: 4, audio_description: {kind: in-sound, reason: A, x: }}",
         ("components", 0, "audio_description", "x"), "x", "src"),
        ("{type: quote, id: a, text: A, by: B, consent: {given: true, date: 2026-01-01, dato: A}}",
         ("components", 0, "consent", "dato"), "dato", "date"),
    ],
)  # fmt: skip
def test_an_unknown_key(component: str, keys: tuple[str | int, ...], found: str, known: str) -> None:
    made = mismatch(f"{PAGE}  - {component}\n")
    assert (made.kind, made.keys, made.found) == (MismatchKind.UNKNOWN_KEY, keys, found)
    assert known in made.expected


@pytest.mark.parametrize(
    ("component", "keys", "found"),
    [
        ("{type: text, text: A}", ("components", 0), "id"),
        ("{type: text, id: a}", ("components", 0), "text"),
        ("{id: a, text: A}", ("components", 0), "type"),
        ("{type: tips, id: a, title: A, items: [{id: b}]}", ("components", 0, "items", 0), "text"),
    ],
)
def test_a_missing_key(component: str, keys: tuple[str | int, ...], found: str) -> None:
    assert mismatch(f"{PAGE}  - {component}\n") == Mismatch(MismatchKind.MISSING_KEY, keys, found, ())


def test_an_unknown_component() -> None:
    made = mismatch(f"{PAGE}  - {{type: film, id: a}}\n")
    assert (made.kind, made.keys, made.found) == (
        MismatchKind.UNKNOWN_TYPE,
        ("components", 0, "type"),
        "film",
    )
    assert "video" in made.expected


@pytest.mark.parametrize(
    ("line", "keys", "found", "expected"),
    [
        ("minutes: '4'", ("minutes",), "«4»", "a whole number without quotes"),
        ("minutes: 4.0", ("minutes",), "«4.0»", "a whole number without quotes"),
        ("minutes: 1e1", ("minutes",), "«1e1»", "a whole number without quotes"),
        ("minutes: 0", ("minutes",), "0", "1 or more"),
        ("minutes: -3", ("minutes",), "-3", "1 or more"),
        ("minutes: 1001", ("minutes",), "1001", "1000 or less"),
        ("minutes: [4]", ("minutes",), "«4»", "a whole number without quotes"),
        ("minutes:", ("minutes",), "nothing", "a whole number without quotes"),
        ("masteryscore_in_manifest: yes", ("masteryscore_in_manifest",), "«yes»", "true or false without quotes"),
        ("masteryscore_in_manifest: 'true'", ("masteryscore_in_manifest",), "«true»", "true or false without quotes"),
        ("title: [a]", ("title",), "«a»", "text"),
        ("title: {a: b}", ("title",), "keys with values", "text"),
        ("title: ' '", ("title",), "« »", "some text"),
        (f"title: {'x' * 201}", ("title",), f"«{'x' * 39}…»", "at most 200 characters"),
        ("keywords: brev", ("keywords",), "«brev»", "a list"),
        ("pages: []", ("pages",), "a list", "at least 1 of them"),
        ("pages: [Side]", ("pages", 0), "«Side»", "an id: a-z, 0-9 and -, beginning with a letter"),
        ("goals: [a]", ("goals", 0), "«a»", "keys with values"),
        ("completion: {require: [sider]}", ("completion", "require", 0), "«sider»", "pages"),
    ],
)  # fmt: skip
def test_a_wrong_value(line: str, keys: tuple[str | int, ...], found: str, expected: str) -> None:
    key = line.partition(":")[0]
    lines = (
        (BASE / "modules/post/module.yaml")
        .read_text()
        .replace("completion:\n  require: [pages, questions]\n", "")
    )
    lines = lines.replace("goals:\n  - id: finne\n    text: Du kan finne fram.\n", "")
    text = "".join(f"{known}\n" for known in lines.splitlines() if not known.startswith(f"{key}:")) + line
    made = mismatch(text, ModuleHead)
    assert (made.kind, made.keys, made.found) == (MismatchKind.WRONG_VALUE, keys, found)
    assert made.expected[0].startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("languages: [nb]", "languages: [no]", "a language: nb (bokmål), nn (nynorsk), en or se"),
        ("version: 1.0.0", "version: 1.0", "three numbers, such as 1.0.0"),
        (
            "https://kurs.example.org/xapi/",
            "https://kurs.example.org/xapi",
            "an address: http(s)://…, with / at its end",
        ),
        (
            "https://kurs.example.org/xapi/",
            "https://kurs.example.org/x?y/",
            "an address: http(s)://…, with / at its end",
        ),
        ('"https://creativecommons.org/licenses/by/4.0/"', "cc-by", "an http(s) address"),
    ],
)
def test_a_word_of_the_wrong_form(old: str, new: str, expected: str) -> None:
    assert mismatch((BASE / "course.yaml").read_text().replace(old, new), CourseHead).expected == (expected,)


def test_a_list_is_not_called_short_for_what_does_not_fit_in_it() -> None:
    (made,) = mismatches(f"{PAGE}  - {{type: tips, id: a, title: A, items: [b]}}\n")
    assert made.keys == ("components", 0, "items", 0)


def test_captions_in_a_language_that_is_none() -> None:
    text = (
        f"{PAGE}  - {{type: video, id: a, title: A, sources: [a.mp4], seconds: 4, captions: {{no: a.vtt}}}}\n"
    )
    made = mismatch(text)
    assert made.keys == ("components", 0, "captions", "no")
    assert made.expected == ("a language: nb (bokmål), nn (nynorsk), en or se",)


def test_every_pattern_of_the_models_has_words() -> None:
    found = set()
    for path in (ROOT / "src/kurspakke").rglob("*.py"):
        found |= {ast.literal_eval(text) for text in PATTERN.findall(path.read_text("utf-8"))}
    assert len(found) > 10
    assert found - set(_PATTERNS) == set()
    addresses = {pattern for pattern, words in _PATTERNS.items() if "http" in words}
    assert all(pattern.startswith("^https?") for pattern in addresses)
