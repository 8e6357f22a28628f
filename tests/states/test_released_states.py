"""What any released version stored for a learner opens in the packages of today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from kurspakke import __version__
from tests.conformance import launchers
from tests.conformance.launchers import KARI, TincanLaunch
from tests.lms import apihost
from tests.lms.apihost import ApiHost
from tests.playing import Learner, leave
from tests.states.lives import FORMATS, LIVES, STORED, State, build, keep, kept, look, released
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("states")]
CASES = [state for version in released() for state in kept(version)]
STRANGE = {
    "cut": lambda text: text[:-1],
    "cut at 255 characters": lambda text: text[:60],
    "one character bent": lambda text: text[:-3] + ("A" if text[-3] != "A" else "B") + text[-2:],
    "of a later format": lambda text: "2" + text[1:],
    "of another tool": lambda _: "viewed=1,2,3|lastviewedslide=3|7#1##,3,3,3,2#0#-1|",
    "of one that packs": lambda _: '{"v":2,"d":[123,34,112,114,111,103,114,101,115,115,34,58,256]}',
}
Values = dict[str, str]


class Hosts:
    """Where the packages of one version's course are launched, with something stored before."""

    def __init__(self, packages: dict[str, Path], scorm: ApiHost, tincan: TincanLaunch) -> None:
        self._packages = packages
        self._scorm = scorm
        self._tincan = tincan

    def open(self, browser: Browser, form: str, stored: Values) -> tuple[Any, Any, Any]:
        """The learner, the browser's page, and how to read what is stored now."""
        context = browser.new_context(locale="nb-NO")
        host: Any = self._scorm if form == "scorm12" else self._tincan
        course = host.add(self._packages[form])
        if form == "scorm12":
            self._scorm.seed(course, stored)
        elif stored:
            content = self._tincan.content
            known = content.course(course)
            document = json.loads(stored["suspendData"])
            content.lrs.put_state(known.activity, KARI, "suspendData", known.registration, document)
        page, frame = host.open(course, context)

        def over(course: str) -> bool:
            if form == "scorm12":
                return self._scorm.has_heard_all(course)
            return host.stored(course).everything["verbs"][-1:] in (["suspended"], ["terminated"])

        def now() -> Values:
            until(lambda: over(course), host.last_words)
            if form == "xapi":
                self._tincan.content.lrs.settle()  # the state may come after the last statement
            held = host.stored(course)
            if form == "xapi":
                return {"suspendData": held.suspend_data or ""}
            return {name: held.everything[name] for name in STORED if name in held.everything}

        return Learner(frame), page, now


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Hosts]]:
    """By version."""
    work = tmp_path_factory.mktemp("states")
    with (
        apihost.running(tmp_path_factory.mktemp("scorm"), "strict") as scorm,
        launchers.tincan(tmp_path_factory.mktemp("tincan")) as tincan,
    ):
        versions = {*released(), __version__}
        yield {version: Hosts(build(version, work / version), scorm, tincan) for version in versions}


@pytest.fixture(scope="module", autouse=True)
def recorded(request: pytest.FixtureRequest, hosts: dict[str, Hosts], browser: Browser) -> None:
    """With `--save-states`, this version's states are recorded first."""
    if request.config.getoption("--save-states"):
        keep(record(hosts[__version__], browser, life, form) for form in FORMATS for life in LIVES)


def record(hosts: Hosts, browser: Browser, life: str, form: str) -> State:
    learner, page, now = hosts.open(browser, form, {})
    LIVES[life](learner)
    leave(page)
    stored = now()
    page.context.close()
    learner, page, _ = hosts.open(browser, form, stored)
    found = look(learner)
    page.context.close()
    return State(__version__, life, form, stored, found)


def test_this_version_has_its_states() -> None:
    assert __version__ in released()
    assert {(state.life, state.format) for state in kept(__version__)} >= {
        (life, form) for life in LIVES for form in FORMATS
    }


@pytest.mark.parametrize("state", CASES, ids=lambda state: f"{state.version}-{state.format}-{state.life}")
def test_everything_is_there_again(state: State, hosts: dict[str, Hosts], browser: Browser) -> None:
    learner, page, now = hosts[state.version].open(browser, state.format, dict(state.stored))
    assert look(learner) == state.found
    leave(page)
    # Nor is anything lost by looking.
    again, page, _ = hosts[state.version].open(browser, state.format, now())
    assert look(again) == state.found
    page.context.close()


@pytest.mark.parametrize("how", STRANGE)
def test_a_state_that_cannot_be_read_leaves_the_saved_page(
    how: str, hosts: dict[str, Hosts], browser: Browser
) -> None:
    state = next(each for each in CASES if (each.life, each.format) == ("half-way", "scorm12"))
    text = STRANGE[how](state.stored["cmi.suspend_data"])
    stored = {**state.stored, "cmi.suspend_data": text}
    learner, page, now = hosts[state.version].open(browser, "scorm12", stored)
    assert learner.page() == state.found.page
    learner.next()
    expect(page.locator("#course")).to_be_attached()
    leave(page)
    assert now()["cmi.suspend_data"] != text
