"""Scripts as text: what counts as a match, and what the script rules make of scripts others write."""

from __future__ import annotations

import re

import pytest

from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from kurspakke.rules.validate import validate_package
from kurspakke.scripttext import MAX_MATCHES, Scripts
from tests.packages import base

FIND = "const API = window.parent.API;\n"
BEGIN = 'API.LMSInitialize("");\naddEventListener("pagehide", () => API.LMSFinish(""));\n'


def scripts(text: str) -> Scripts:
    return Scripts(Package("x.zip", FileTree({"a.js": File(text.encode())})))


def lines(text: str) -> list[int]:
    return [match.location.line for match in scripts(text).first(re.compile(rb"needle"), b"needle")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\n\nneedle", [3]),
        ("// needle\nneedle", [2]),
        ("/* a\n needle */\nneedle", [3]),
        ('const home = "https://needle"', [1]),
        ("needle // needle", [1]),
        ("// needle", []),
    ],
)
def test_what_stands_in_a_comment_is_no_match(text: str, found: list[int]) -> None:
    assert lines(text) == found


def test_a_script_full_of_matches_is_left_alone_after_a_while() -> None:
    everything = scripts("// needle\n" * (MAX_MATCHES * 3) + "needle")

    assert list(everything.first(re.compile(rb"needle"), b"needle")) == []


def test_scripts_in_pages_are_scripts_and_data_is_not() -> None:
    page = '<!doctype html>\n<p>\n<script>\nneedle</script><script type="application/json">"needle"</script>'
    package = Package("x.zip", FileTree({"a.html": File(page.encode())}))

    (match,) = Scripts(package).first(re.compile(rb"needle"), b"needle")

    assert str(match.location) == "x.zip/a.html:4"


def _found(js: str, page: str = "") -> set[str]:
    tree = {**base("scorm12"), "course.js": File(js.encode())}
    if page:
        tree["side.html"] = File(tree["side.html"].read().replace(b"</body>", page.encode() + b"</body>"))
    findings = validate_package(Package("x.zip", FileTree(tree)))
    return {finding.rule.name for finding in findings}


@pytest.mark.parametrize(
    ("js", "rules"),
    [
        (FIND + BEGIN + 'scorm.set("cmi.success_status", "passed");', {"scorm-2004-element"}),
        (FIND + BEGIN + 'put("cmi.score.scaled", 1);', {"scorm-2004-element"}),
        (FIND + BEGIN + 'put("cmi.score.scaled", 1); put("cmi.core.score.raw", 100);', set()),
        (FIND + BEGIN + "API.LMSCommit(null);", {"wrong-lms-argument"}),
        (FIND + BEGIN + "const api = { LMSCommit() {} };", set()),
        (FIND + BEGIN + "wrapper.LMSCommit();", set()),
        (FIND + BEGIN + 'put.setValue("cmi.core.session_time", "PT5M");', {"value-not-of-scorm-12"}),
        (FIND + BEGIN + 'scorm.set("cmi.core.lesson_status", "not attempted");', {"value-not-of-scorm-12"}),
        (FIND + BEGIN + 'set("cmi.interactions." + n + ".result", "incorrect");', set()),
        (FIND + BEGIN + 'set("cmi.interactions.0.result", "incorrect");', {"value-not-of-scorm-12"}),
        (FIND + BEGIN + 'if (a === "cmi.core.exit", "normal") b();', set()),
        (FIND + 'API.LMSFinish("");', {"session-never-begun"}),
        (FIND + BEGIN + 'const auth = "Basic " + btoa("kurs:hemmelig");', {"credentials-in-script"}),
        (FIND + BEGIN + 'const auth = "Basic " + btoa("tom:1234");', set()),
    ],
)
def test_what_scripts_say_about_scorm(js: str, rules: set[str]) -> None:
    assert _found(js) == rules


@pytest.mark.parametrize(
    "page", ['<script src="https://a.no/api.js"></script>', '<script src="x.js"></script>']
)
def test_what_is_missing_is_asked_only_where_all_scripts_are_there(page: str) -> None:
    assert "no-scorm-api" in _found("1;")
    assert "no-scorm-api" not in _found("1;", page)
