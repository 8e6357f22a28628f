"""Which findings are kept, and with what severity."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kurspakke.baseline import Baseline
from kurspakke.clock import today
from kurspakke.control import Control
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.fingerprint import fingerprint
from kurspakke.prosetext import page_texts, passages
from kurspakke.reporters.target import Compared, Entry, TargetReport
from kurspakke.rules.chosen import named
from kurspakke.rules.ignoring import ACCEPTABLE
from kurspakke.rules.validate import all_rules
from kurspakke.sourcereader import read_source
from kurspakke.validation import Wish, validate_paths
from tests.command import run
from tests.courses import BASE, REAL, copy, edit, findings

RULES = BASE.parents[1] / "source"
GOLDEN = BASE.parents[2] / "golden" / "course"

MISSING = Rule("PKG-060", "missing-file", Severity.ERROR, "", "")
LARGE = Rule("PKG-051", "large-package", Severity.WARNING, "", "")
FOUND = tuple(Finding(rule, "", "", Location("kurs.zip")) for rule in (MISSING, LARGE))


def long_film(folder: Path) -> Path:
    """A course with one warning, SRC-106."""
    return copy(BASE, folder / "course", RULES / "SRC-106-long-film" / "broken")


E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("control", "kept"),
    [
        (Control(), [("PKG-060", E), ("PKG-051", W)]),
        (Control(select=frozenset({"PKG-051"})), [("PKG-051", W)]),
        (Control(select=frozenset()), []),
        (Control(ignore=frozenset({"PKG-051"})), [("PKG-060", E)]),
        (Control(select=frozenset({"PKG-051"}), ignore=frozenset({"PKG-051"})), []),
        (Control(weights={"PKG-060": N}), [("PKG-060", N), ("PKG-051", W)]),
        (Control(weights={"PKG-060": None, "PKG-051": E}), [("PKG-051", E)]),
        (Control(ignore=frozenset({"PKG-060"}), weights={"PKG-060": N}), [("PKG-051", W)]),
    ],
)
def test_control(control: Control, kept: list[tuple[str, Severity]]) -> None:
    assert [(finding.rule.id, finding.severity) for finding in control.kept(FOUND)] == kept


def test_reports_are_made_one_at_a_time(tmp_path: Path) -> None:
    reports = validate_paths([str(BASE), str(tmp_path / "none")], Wish())

    assert next(reports).kind == "source"


def test_a_wish_can_be_sent_to_another_process() -> None:
    wish = Wish(Control(select=frozenset({"PKG-051"}), weights={"PKG-051": None}))

    assert pickle.loads(pickle.dumps(wish)) == wish  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("SRC-020", {"SRC-020"}),
        ("src-020", {"SRC-020"}),
        ("no-such-file", {"SRC-020"}),
        ("SRC-00", {f"SRC-00{number}" for number in range(1, 10)}),
        ("SR", set()),
        ("no-such", set()),
        ("SRC-999", set()),
    ],
)
def test_a_word_stands_for_rules(word: str, some: set[str]) -> None:
    assert named(word, all_rules()) == some


def test_a_word_may_stand_for_a_family() -> None:
    assert {rule[:4] for rule in named("HTM", all_rules())} == {"HTM-"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "no-such-fil"), "did you mean «no-such-file»?"),
        (("--ignore", "SRC-020,SRC-999"), "there is no rule «SRC-999»"),
        (("--severity", "SRC-020"), "write RULE=error|warning|note|off"),
        (("--severity", "SRC-020=eror"), "did you mean «error»?"),
        (("--severity", "SRC-999=off"), "there is no rule «SRC-999»"),
    ],
)
def test_what_is_not_known_is_a_usage_error(arguments: tuple[str, ...], said: str) -> None:
    answer = run("validate", BASE, *arguments)

    assert answer.code == 2
    assert said in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "left"),
    [
        (("--fail-on", "warning"), 1, ["SRC-106"]),
        (("--fail-on", "warning", "--ignore", "long-film"), 0, []),
        (("--fail-on", "warning", "--select", "HTM,SRC-0"), 0, []),
        (("--fail-on", "warning", "--severity", "SRC-1=note"), 0, ["SRC-106"]),
        (("--severity", "SRC-1=note", "--severity", "SRC-106=error"), 1, ["SRC-106"]),
        (("--severity", "long-film=off"), 0, []),
    ],
)
def test_the_command_line_controls(
    tmp_path: Path, arguments: tuple[str, ...], code: int, left: list[str]
) -> None:
    answer = run("validate", long_film(tmp_path), "--report", "json", *arguments)

    assert answer.code == code
    (target,) = json.loads(answer.out)["targets"]
    assert [finding["rule"] for finding in target["findings"]] == left


def test_the_course_weighs_rules(tmp_path: Path) -> None:
    course = long_film(tmp_path)
    with (course / "course.yaml").open("a") as file:
        file.write("validation: {severity: {SRC-1: off, long-film: error}}\n")

    assert [found.severity for found in findings(course)] == [Severity.ERROR]


@pytest.mark.parametrize("rule", sorted(ACCEPTABLE))
def test_an_error_that_the_course_accepts_stops_no_build(tmp_path: Path, rule: str) -> None:
    (case,) = RULES.glob(f"{rule}-*")
    course = copy(BASE, tmp_path / "course", case / "broken")
    build = ("build", course, "-o", tmp_path / "dist", "--format", "web")
    assert run(*build).code == 1
    with (course / "course.yaml").open("a") as file:
        file.write(f"validation: {{ignore: [{{rule: {rule}, reason: Kommer., until: 9999-12-31}}]}}\n")

    assert run(*build).code == 0


# One cause, one finding


FILES = [(root, file) for root in (BASE, GOLDEN, REAL) for file in sorted(root.rglob("*.yaml"))]


@pytest.mark.parametrize("text", ["a: [\n", "id: x\n"], ids=["not-yaml", "incomplete"])
@pytest.mark.parametrize(("root", "file"), FILES, ids=lambda path: path.name)
def test_an_unreadable_file_is_told_once(tmp_path: Path, root: Path, file: Path, text: str) -> None:
    course = copy(root, tmp_path / "course")
    name = file.relative_to(root)
    (course / name).write_text(text)

    found = findings(course)

    assert {finding.location.path for finding in found} == {name.as_posix()}
    # An edition needs no more than its id, and `x` is not the name of its folder.
    assert {finding.rule.id for finding in found} <= {"SRC-002", "SRC-011", "SRC-012", "SRC-026"}


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("imsmanifest.xml", "<manifest", "PKG-007"),
        ("imsmanifest.xml", "", "PKG-007"),
        ("imsmanifest.xml", "<!DOCTYPE a><manifest/>", "PKG-008"),
        ("imsmanifest.xml", "<html/>", "PKG-010"),
        ("tincan.xml", "<tincan>&x;</tincan>", "PKG-007"),
        ("tincan.xml", "<a/>", "PKG-010"),
        ("cmi5.xml", "no", "PKG-007"),
        ("cmi5.xml", "<b/>", "PKG-010"),
    ],
)
def test_an_unreadable_manifest_is_told_once(tmp_path: Path, name: str, text: str, rule: str) -> None:
    (tmp_path / name).write_text(text)

    (report,) = validate_paths([str(tmp_path / name)], Wish())

    assert [finding.rule.id for finding in report.findings] == [rule]


# Goals and demands


def test_goals_are_reported_with_what_serves_them(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course")
    with (course / "modules/post/pages/tanke.yaml").open("a") as file:
        file.write("    goals: [finne]\n")

    (target,) = json.loads(run("validate", course, "--report", "json").out)["targets"]
    assert target["goals"] == [
        {"module": "post", "goal": "finne", "text": "Du kan finne fram.", "components": ["sist"]}
    ]
    assert "goals: 1 of 1 served\n  post finne: sist\n" in run("validate", course).out


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("follow_up:", "afterwards:"), "SRC-011"),
        (("    facilitator:", "    rest: {}\n    facilitator:"), "SRC-011"),
    ],
)
def test_group_work_has_exactly_three_phases(tmp_path: Path, change: tuple[str, str], rule: str) -> None:
    course = copy(GOLDEN, tmp_path / "course")
    edit(course / "modules/post/pages/sammen.yaml", *change)

    assert rule in [finding.rule.id for finding in findings(course)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Vi møtes kl. 12. Da går vi.", 2),
        ("Det gjelder bl.a. brev, jf. nr. 3 i lista.", 1),
        ("«Hva er dette?» Et brev.", 2),
        ("Ett brev … Så to!", 2),
        ("– 12 %. –", 0),
    ],
)
def test_sentences(tmp_path: Path, text: str, number: int) -> None:
    course = copy(BASE, tmp_path / "course")
    (course / "modules/post/pages/tanke.yaml").write_text(
        f'id: tanke\ntitle: T\ncomponents:\n  - {{type: text, id: sist, text: "{text}"}}\n', "utf-8"
    )
    name = "modules/post/pages/tanke.yaml"
    pages = [page for page in page_texts(read_source(course)) if page.start.path == name]

    assert sum(len(page.sentences) for page in pages) == number


def test_passages_are_what_markdown_has_for_paragraphs_and_items() -> None:
    text = (
        "En **viktig** ting\nmed [lenke](https://a.example/b_c).\n\n### Overskrift\n- ett\n- to\n  mer\n\n"
        "1. tre\n\n```\nkode\n```\n| a | b |\n|---|---|\n> sagt\n"
    )

    assert list(passages(text)) == [
        (0, "En viktig ting med lenke."),
        (4, "ett"),
        (5, "to mer"),
        (8, "tre"),
        (15, "sagt"),
    ]


def test_hints_for_plain_language_are_for_norwegian(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course", RULES / "SRC-046-long-sentence" / "broken")
    edit(course / "course.yaml", "languages: [nb]", "languages: [en]")

    assert "SRC-046" not in {finding.rule.id for finding in findings(course)}


def test_a_build_keeps_notes_to_itself(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "course", RULES / "SRC-046-long-sentence" / "broken")
    assert "SRC-046" in run("validate", course).out

    built = run("build", course, "-o", tmp_path / "dist", "--format", "web")

    assert (built.code, built.err) == (0, "")


# Baselines


def test_a_baseline_knows_what_was_there(tmp_path: Path) -> None:
    course = long_film(tmp_path)
    noted = tmp_path / "kjent.json"
    assert run("validate", course, "--write-baseline", noted).out == f"{noted}: 1 finding noted\n"
    strict = ("validate", course, "--fail-on", "note", "--baseline", noted)

    known = run(*strict)
    assert known.code == 0
    assert "1 known finding of the baseline left out" in known.out

    film = course / "modules/post/pages/film.yaml"
    film.write_text("# Mer om det\n" + film.read_text("utf-8"), "utf-8")
    assert run(*strict).code == 0

    edit(film, "seconds: 241", "seconds: 4")
    (target,) = json.loads(run(*strict, "--report", "json").out)["targets"]
    assert target["findings"] == []
    assert target["baseline"]["known"] == 0
    (mended,) = target["baseline"]["fixed"]
    assert mended["rule"] == "SRC-106"
    assert mended["path"] == "modules/post/pages/film.yaml"
    assert "mended: SRC-106 long-film modules/post/pages/film.yaml" in run(*strict).out


def test_a_baseline_counts() -> None:
    twice = TargetReport("kurs.zip", "scorm12", (*FOUND, FOUND[0]))
    entry = Entry(fingerprint(FOUND[0], "kurs.zip"), "kurs.zip", "PKG-060", "missing-file", "", "", 1)

    compared = Baseline(Path(), (entry,)).compare(twice)

    assert [finding.rule.id for finding in compared.findings] == ["PKG-051", "PKG-060"]
    assert compared.compared == Compared(1, ())
    assert Baseline(Path(), (replace(entry, count=3),)).compare(twice).compared == Compared(
        2, (replace(entry, count=1),)
    )
    assert Baseline(Path(), (replace(entry, target="x.zip"),)).compare(twice).compared == Compared(0, ())


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Finding(MISSING, "a.png, 12 bytes", "", Location("b/kurs.zip/p.html", 9, 3)), True),
        (Finding(MISSING, "a.png, 13,000 bytes", "otherwise", Location("b/kurs.zip/p.html")), True),
        (Finding(MISSING, "b.png, 12 bytes", "", Location("b/kurs.zip/p.html")), False),
        (Finding(MISSING, "a.png, 12 bytes", "", Location("b/kurs.zip/q.html")), False),
        (Finding(LARGE, "a.png, 12 bytes", "", Location("b/kurs.zip/p.html")), False),
    ],
)
def test_a_fingerprint_is_of_rule_file_and_words(other: Finding, *, same: bool) -> None:
    one = Finding(MISSING, "a.png, 12 bytes", "", Location("kurs.zip/p.html", 1, 1))

    assert (fingerprint(one, "kurs.zip") == fingerprint(other, "b/kurs.zip")) is same


ENTRY = dict.fromkeys(("fingerprint", "target", "rule", "name", "path", "message"), "x")


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}', "[" * 9999]
    + [
        json.dumps({"version": 1, "findings": [{**ENTRY, "count": 1, **odd}]})
        for odd in ({"count": "1"}, {"count": True}, {"fingerprint": []}, {"path": None}, {"more": 1})
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "kjent.json").write_text(text)

    answer = run("validate", BASE, "--baseline", tmp_path / "kjent.json")

    assert answer.code == 3
    assert "kjent.json" in answer.err
    assert run("validate", BASE, "--baseline", tmp_path / "none.json").code == 3


def test_the_day_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")

    assert today() == date(2026, 1, 1)
