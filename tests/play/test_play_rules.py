"""Every rule about played packages: its smallest broken package gives exactly that finding, the good one none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from kurspakke.play.performance import Performance
from kurspakke.play.play import Pace, perform
from kurspakke.play.stage import launched
from kurspakke.rules.played import Played
from kurspakke.rules.playing import judged, play_rules
from kurspakke.rules.runtime_page import PAGES
from kurspakke.rules.runtime_result import RESULTS
from kurspakke.rules.runtime_scorm import CALLS
from tests.play.cases import CASES, PlayCase

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Play = Callable[[str, Mapping[str, Any]], tuple[PlayCase, Performance, list[str]]]
"""Plays a case's package as it is changed, each once: the case, what came of it, and the findings."""
QUICK = Pace(begin=300, end=3000)
EVERY = [case for rule in play_rules() for case in PlayCase.every(CASES / f"{rule.id}-{rule.name}")]


def _id(case: PlayCase) -> str:
    return case.folder.name[:7]


def _named(case: PlayCase) -> str:
    return f"{case.folder.name}-{case.base}"


# What never ends has a test of its own, with the process that ends it.
PLAYED = [case for case in EVERY if _id(case) != "RTE-002"]


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that packages are played in, by the Playwright of the other tests: there is one in a process."""
    started = launched(playwright)
    yield started
    started.close()


@pytest.fixture(scope="module")
def played(chromium: Browser) -> Play:
    @cache
    def of(base: str, change: str) -> tuple[PlayCase, Performance, list[str]]:
        case = PlayCase(CASES, base, json.loads(change), {})
        package = case.package(case.broken)
        performance = perform(package, chromium, QUICK)
        findings = judged(Played(package, performance))
        return case, performance, [f"{finding.rule.id} {finding.message}" for finding in findings]

    return lambda base, change: of(base, json.dumps(change, sort_keys=True))


@pytest.mark.parametrize("case", PLAYED, ids=_named)
def test_broken_package_gives_exactly_this_finding(case: PlayCase, played: Play) -> None:
    _, _, found = played(case.base, case.broken)
    ids = [line.split()[0] for line in found]
    assert ids == sorted([_id(case), *case.broken.get("also", ())]), found


@pytest.mark.parametrize("case", PLAYED, ids=_named)
def test_nearest_good_package_gives_no_finding(case: PlayCase, played: Play) -> None:
    _, performance, found = played(case.base, case.good)
    assert found == []
    assert performance.sittings


def test_what_holds_for_scorm_2004_is_tried_with_it() -> None:
    about = {check.rule.id for family in (PAGES, CALLS, RESULTS) for check in family.checks}
    tried = {_id(case) for case in EVERY if case.base == "scorm2004"}
    assert tried == about


@pytest.mark.parametrize("version", ["CAM 1.3", "2004 3rd Edition", "2004 4th Edition"])
def test_the_second_edition_has_less_room_for_the_state(version: str, played: Play) -> None:
    change = {
        "pages": {"imsmanifest.xml": [["2004 4th Edition", version]]},
        "edits": [['"cmi.suspend_data", "1"', '"cmi.suspend_data", "1".repeat(4001)']],
    }
    _, _, found = played("scorm2004", change)
    is_over = version == "CAM 1.3"
    assert [line.split()[0] for line in found] == (["RTE-007"] if is_over else []), found


def test_what_the_manifest_says_is_told_to_the_content(played: Play) -> None:
    data = "<adlcp:dataFromLMS>vei=kort</adlcp:dataFromLMS>"
    threshold, first = "<adlcp:completionThreshold", "  const normal ="
    names = ("cmi.launch_data", "cmi.objectives._count", "cmi.objectives.1.id")
    asked = "".join(f'  api.GetValue("{name}");\n' for name in names)
    change = {
        "pages": {"imsmanifest.xml": [[threshold, data + threshold]]},
        "edits": [[first, asked + first]],
    }
    _, performance, _ = played("scorm2004", change)
    told = {call.element: call.answer for call in performance.sittings[0].calls if call.answer}
    assert told["cmi.launch_data"] == "vei=kort"
    assert (told["cmi.objectives._count"], told["cmi.objectives.1.id"]) == ("2", "behov")
    assert told["cmi.completion_threshold"] == "0.75"
    assert told["cmi.scaled_passing_score"] == "0.8"


def test_a_learner_of_scorm_2004_comes_back_to_what_was_left(played: Play) -> None:
    asks = ["  const threshold", '  const entry = api.GetValue("cmi.entry");\n  const threshold']
    ended = ['done() ? "normal" : "suspend"', '"suspend"']
    for edits, entries in (([asks], ["ab-initio", "", ""]), ([asks, ended], ["ab-initio", "resume", ""])):
        _, performance, found = played("scorm2004", {"edits": edits})
        assert found == []
        told = [
            {call.element: call.answer for call in sitting.calls if call.name == "GetValue"}
            for sitting in performance.sittings
        ]
        assert [each["cmi.entry"] for each in told] == entries
        assert [each["cmi.mode"] for each in told] == ["normal", "normal", "review"]
        assert [each["cmi.location"] for each in told] == ["", "huset", "huset"]
        assert [each["cmi.completion_status"] for each in told] == ["unknown", "completed", "completed"]
    assert performance.sittings[0].calls[-1].name == "Terminate"


def test_a_package_of_one_version_does_not_find_the_api_of_the_other(played: Play) -> None:
    both = "  new Image().src = `media/${Boolean(parent.API)}-${Boolean(parent.API_1484_11)}.png`;\n"
    for base, answer in (("scorm12", "true-false"), ("scorm2004", "false-true")):
        _, performance, _ = played(base, {"edits": [["  const set =", both + "  const set ="]]})
        assert [each.url for each in performance.sittings[0].requests] == [f"media/{answer}.png"]


def test_the_learner_answers_presses_and_comes_back(played: Play) -> None:
    _, performance, _ = played("scorm12", {})
    first, again, review = performance.sittings
    assert first.steps >= 4
    assert {call.value for call in first.calls if call.value and call.element.endswith("lesson_status")} == {
        "incomplete",
        "passed",
    }
    assert [call.answer for call in again.calls if call.element == "cmi.core.lesson_location"][:1] == [
        "huset"
    ]
    assert not [call for call in review.calls if call.name == "LMSSetValue"]
    assert first.calls[-1].name == "LMSFinish"


def test_an_lrs_gets_what_is_sent(played: Play) -> None:
    for base, verbs in (
        ("xapi", {"initialized", "passed"}),
        ("cmi5", {"initialized", "completed", "terminated"}),
    ):
        _, performance, _ = played(base, {})
        sent = [
            exchange.body
            for exchange in performance.sittings[0].exchanges
            if exchange.resource == "statements"
        ]
        assert {each["verb"]["display"]["en"] for each in sent} == verbs
