"""The forms of report, and that they say the same."""

from __future__ import annotations

import json

from kurspakke import __version__
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.reporters import REPORTERS, TargetReport

MISSING = Rule("PKG-060", "missing-file", Severity.ERROR, "CAM 2.3", "Every file is there.\n\nOr else.")
LARGE = Rule("PKG-051", "large-package", Severity.WARNING, "", "Small.\n\nIs beautiful.")
FINDINGS = (
    Finding(LARGE, "21 MB", "make it smaller", Location("kurs.zip")),
    Finding(MISSING, "a.png is not there", "put it in", Location("kurs.zip/imsmanifest.xml", 12, 5)),
)
TARGETS = (TargetReport("kurs.zip", "scorm12", FINDINGS), TargetReport("god.zip", "cmi5", ()))


def test_json_is_the_published_form() -> None:
    assert json.loads(REPORTERS["json"].render(TARGETS)) == {
        "version": 1,
        "tool": f"kurspakke {__version__}",
        "targets": [
            {
                "path": "kurs.zip",
                "kind": "scorm12",
                "findings": [
                    {
                        "rule": "PKG-051",
                        "name": "large-package",
                        "severity": "warning",
                        "message": "21 MB",
                        "hint": "make it smaller",
                        "location": {"path": "kurs.zip", "line": 0, "column": 0},
                        "spec": "",
                        "profiles": ["cornerstone", "open-edx"],
                    },
                    {
                        "rule": "PKG-060",
                        "name": "missing-file",
                        "severity": "error",
                        "message": "a.png is not there",
                        "hint": "put it in",
                        "location": {"path": "kurs.zip/imsmanifest.xml", "line": 12, "column": 5},
                        "spec": "CAM 2.3",
                        "profiles": ["moodle"],
                    },
                ],
            },
            {"path": "god.zip", "kind": "cmi5", "findings": []},
        ],
        "summary": {"error": 1, "warning": 1, "note": 0},
    }


def test_text_groups_by_file_and_counts_at_the_end() -> None:
    assert REPORTERS["text"].render(TARGETS).splitlines() == [
        "kurs.zip",
        "  kurs.zip warning PKG-051 large-package",
        "      21 MB",
        "      → make it smaller",
        "      minded by: cornerstone, open-edx",
        "",
        "kurs.zip/imsmanifest.xml",
        "  kurs.zip/imsmanifest.xml:12:5 error PKG-060 missing-file",
        "      a.png is not there",
        "      → put it in",
        "      minded by: moodle",
        "",
        "god.zip: cmi5, no findings",
        "",
        "2 targets checked: 1 error, 1 warning, 0 notes",
    ]


def test_colour_changes_nothing_but_colour() -> None:
    plain = REPORTERS["text"].render(TARGETS)
    coloured = REPORTERS["text"].render(TARGETS, colour=True)

    assert "\x1b" not in plain
    assert "\x1b[31merror\x1b[0m" in coloured
    assert coloured.replace("\x1b[31m", "").replace("\x1b[33m", "").replace("\x1b[1m", "").replace(
        "\x1b[0m", ""
    ) == plain  # fmt: skip


def test_a_file_name_can_not_steer_the_terminal() -> None:
    finding = Finding(MISSING, "\x1b[2J is\nnot there", "", Location("kurs.zip/\x1b]0;title\x07"))

    report = REPORTERS["text"].render((TargetReport("kurs.zip", "scorm12", (finding,)),))

    assert "\x1b" not in report
    assert "\x07" not in report
    assert "\\x1b[2J is\\x0anot there" in report


def test_every_report_ends_in_a_line_feed() -> None:
    assert all(reporter.render(()).endswith("\n") for reporter in REPORTERS.values())
