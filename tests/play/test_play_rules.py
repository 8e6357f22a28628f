"""Every rule about played packages: its smallest broken package gives exactly that finding, the good one none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Playwright

from kurspakke.play.performance import Performance
from kurspakke.play.play import Pace, perform
from kurspakke.play.stage import launched
from kurspakke.rules.played import Played
from kurspakke.rules.playing import judged, play_rules
from tests.play.cases import CASES, PlayCase

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {rule.id: rule for rule in play_rules()}
QUICK = Pace(begin=300, end=3000)
# What never ends has a test of its own, with the process that ends it.
PLAYED = [rule for rule in RULES if rule != "RTE-002"]


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that packages are played in, by the Playwright of the other tests: there is one in a process."""
    started = launched(playwright)
    yield started
    started.close()


@pytest.fixture(scope="module")
def played(chromium: Browser):  # noqa: ANN201 - a function that remembers
    @cache
    def of(base: str, change: str) -> tuple[PlayCase, Performance, list[str]]:
        case = PlayCase(CASES, base, json.loads(change), {})
        package = case.package(case.broken)
        performance = perform(package, chromium, QUICK)
        findings = judged(Played(package, performance))
        return case, performance, [f"{finding.rule.id} {finding.message}" for finding in findings]

    return lambda base, change: of(base, json.dumps(change, sort_keys=True))


@pytest.mark.parametrize("rule", PLAYED)
def test_broken_package_gives_exactly_this_finding(rule: str, played) -> None:  # noqa: ANN001
    case = PlayCase.read(CASES / f"{rule}-{RULES[rule].name}")
    _, _, found = played(case.base, case.broken)
    ids = [line.split()[0] for line in found]
    assert ids == sorted([rule, *case.broken.get("also", ())]), found


@pytest.mark.parametrize("rule", PLAYED)
def test_nearest_good_package_gives_no_finding(rule: str, played) -> None:  # noqa: ANN001
    case = PlayCase.read(CASES / f"{rule}-{RULES[rule].name}")
    _, performance, found = played(case.base, case.good)
    assert found == []
    assert performance.sittings


def test_the_learner_answers_presses_and_comes_back(played) -> None:  # noqa: ANN001
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


def test_an_lrs_gets_what_is_sent(played) -> None:  # noqa: ANN001
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
