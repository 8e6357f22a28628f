"""Two editions of one course: told as what they are, and only where the packages leave no doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kurspakke.comparison.change import Effect
from kurspakke.comparison.compare import Comparison, compare
from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from kurspakke.targets import package_at
from tests.command import run
from tests.localcourse import VIK, opened, own_page, put, tips

FORMS = ("scorm12", "xapi", "cmi5", "web")
PLAIN = "title: Ås\nkind: municipality\n"
OWN_PAGE = "pages:\n  - {module: post, after: rad, page: hos-oss}\n"
ADVICE = (
    "old identifier",
    "keep the identifier",
    "keep its identifiers",
    "activity_base",
    "different courses",
)
"""What is said where identifiers differ by accident."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of a course with two editions, one of which has texts and a page of its own."""
    folder = tmp_path_factory.mktemp("editions")
    course = opened(folder / "course")
    put(course, "vik", VIK + tips("Vikens råd") + OWN_PAGE)
    own_page(course, "vik", "hos-oss", "{type: text, id: vik-ord, text: Vi har båt.}")
    put(course, "as", PLAIN)
    words = ("--combined", "--audience", "alle,leder", "--format", ",".join(FORMS))
    for edition in ((), ("--edition", "vik,as")):
        made = run("build", course, "-o", folder / "dist", *words, *edition)
        assert made.code == 0, made.err
    return folder / "dist"


def at(built: Path, name: str, *edits: tuple[str, str]) -> Package:
    """A package, with texts in its pages and its manifest exchanged."""
    path = built / f"prove-{name}.zip"
    package = package_at(str(path))
    tree = dict(package.tree)
    for old, new in edits:
        having = [file for file in tree if old.encode() in tree[file].read()]
        assert having, old
        for file in having:
            tree[file] = File(tree[file].read().replace(old.encode(), new.encode()))
    return Package(str(path), FileTree(tree)) if edits else package


def kinds(told: Comparison) -> set[str]:
    return {change.kind for change in told.changes}


def is_another_edition(told: Comparison) -> bool:
    """Whether it is told as one, with nothing of the advice for accidents; else with that advice."""
    reasons = " ".join(f"{change.message} {change.reason}" for change in told.changes)
    assert not told.is_safe
    assert ("another-edition" in kinds(told)) != any(advice in reasons for advice in ADVICE)
    return "another-edition" in kinds(told)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", ["post", "all"])
def test_an_edition_is_put_beside_the_national_one(form: str, unit: str, built: Path) -> None:
    told = compare(at(built, f"{unit}-nb-{form}"), at(built, f"{unit}-vik-nb-{form}"))
    assert is_another_edition(told)
    first, *others = told.changes
    assert first.effect is Effect.LOSES
    assert "the old package the national one and the new one that of «vik» (Vik kommune)" in first.message
    assert "nothing has to be mended in the source" in first.reason
    assert {(change.effect, change.reason) for change in others} == {(Effect.HARMLESS, "")}
    assert "page-added" in kinds(told)
    assert told.notes == ()
    texts = [text for passage in told.passages for text in (*passage.before, *passage.after)]
    assert "Praktiske tips: Vikens råd" in texts
    assert not any(text.endswith(":notes") for text in texts)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "post-vik-nb",
            "post-nb",
            "the old package that of «vik» (Vik kommune) and the new one the national one",
        ),
        (
            "post-as-nb",
            "post-vik-nb",
            "the old package that of «as» (Ås) and the new one that of «vik» (Vik kommune)",
        ),
        ("all-leder-nb", "all-as-leder-nb", "the new one that of «as» (Ås)"),
        ("post-nb", "post-as-leder-nb", "the new one that of «as» (Ås)"),
    ],
)
def test_any_two_editions_are_told_by_their_names(
    form: str, old: str, new: str, said: str, built: Path
) -> None:
    told = compare(at(built, f"{old}-{form}"), at(built, f"{new}-{form}"))
    assert is_another_edition(told)
    assert said in told.changes[0].message


def test_an_edition_of_another_standard_is_both(built: Path) -> None:
    told = compare(at(built, "post-nb-scorm12"), at(built, "post-vik-nb-cmi5"))
    assert [change.kind for change in told.changes if change.effect is Effect.LOSES] == [
        "another-edition",
        "standard-changed",
    ]


def test_what_differs_in_a_question_is_no_loss(built: Path) -> None:
    letters = ('"id":"a","text":"', '"id":"a","text":"Vikens '), ('"correct":["a"]', '"correct":["b"]')
    told = compare(at(built, "post-nb-scorm12"), at(built, "post-vik-nb-scorm12", *letters))
    assert {change.effect for change in told.changes if change.kind == "key-changed"} == {Effect.HARMLESS}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_edition_is_compared_as_ever(form: str, built: Path) -> None:
    version = ('"version":"1.0.0"', '"version":"1.0.1"'), ("nasjonal versjon 1.0.0", "nasjonal versjon 1.0.1")
    told = compare(at(built, f"post-vik-nb-{form}"), at(built, f"post-vik-nb-{form}", *version))
    assert told.is_safe
    assert "another-edition" not in kinds(told)


DOUBTS = {
    "another audience": ("post-leder-nb-scorm12", ()),
    "another unit": ("all-vik-nb-scorm12", ()),
    "an identifier of nobody's making": (
        "post-vik-nb-scorm12",
        (("prove-post-vik-nb", "prove-post-wik-nb"),),
    ),
    "no footer": ("post-vik-nb-scorm12", (("<dt>Lokal tilpasning</dt>", "<dt>Lokalt</dt>"),)),
    "a footer without a description": ("post-vik-nb-scorm12", (("<dd>Vik kommune", "<p>Vik kommune"),)),
    "a footer about another version": ("post-vik-nb-scorm12", (("versjon 1.0.0", "versjon 2.0.0"),)),
    "a footer without a name": ("post-vik-nb-scorm12", (("Vik kommune, bygger", ", bygger"),)),
    "another base": ("post-vik-nb-scorm12", (("https://kurs.example.org/", "https://andre.example.org/"),)),
    "a language that leads elsewhere": ("post-vik-nb-scorm12", (('"lang":"nb"', '"lang":"../package"'),)),
    "another course in the data": (
        "post-vik-nb-scorm12",
        (('"course":{"id":"prove"', '"course":{"id":"x"'),),
    ),
    "no course in the data": ("post-vik-nb-scorm12", (('"course":{"id":"prove",', '"course":{'),)),
    "another activity": ("post-vik-nb-scorm12", (("prove/vik/post", "prove/vik/takk"),)),
    "xapi of another activity": ("post-vik-nb-xapi", (('id="https://kurs', 'id="https://andre'),)),
    "cmi5 of another course": ("post-vik-nb-cmi5", (("post/course", "post/kurs"),)),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_where_there_is_a_doubt_the_advice_is_that_for_an_accident(doubt: str, built: Path) -> None:
    name, edits = DOUBTS[doubt]
    form = name.rpartition("-")[2]
    assert not is_another_edition(compare(at(built, f"post-nb-{form}"), at(built, name, *edits)))


def test_every_report_says_so(built: Path) -> None:
    pair = (built / "prove-post-nb-cmi5.zip", built / "prove-post-vik-nb-cmi5.zip")
    answer = run("diff", *pair)
    assert answer.code == 1
    assert answer.out.splitlines()[1] == "Not safe to replace: upload the new package as a new activity."
    assert "two editions of the same course" in answer.out
    markdown = run("diff", *pair, "--report", "markdown").out
    assert markdown.startswith("### ⛔ Not safe to replace: upload the new package as a new activity.")
    assert "two editions of the same course" in markdown
    told = json.loads(run("diff", *pair, "--report", "json").out)
    assert told["verdict"] == "new-activity"
    assert told["changes"][0]["kind"] == "another-edition"
    assert told["changes"][0]["subject"] == "https://kurs.example.org/xapi/prove/vik/post/course"
    assert {change["effect"] for change in told["changes"][1:]} == {"harmless"}


def test_a_package_can_not_speak_to_a_terminal(built: Path, tmp_path: Path) -> None:
    named = at(built, "post-vik-nb-web", ("Vik kommune, bygger", "Vik\u009b31m kommune, bygger"))
    (tmp_path / "vik").mkdir()
    for path, file in named.tree.items():
        (tmp_path / "vik" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "vik" / path).write_bytes(file.read())
    answer = run("diff", built / "prove-post-nb-web.zip", tmp_path / "vik")
    assert "«vik» (Vik 31m kommune)" in answer.out
    assert "\u009b" not in answer.out
