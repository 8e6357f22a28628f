"""The browser's own back/forward cache: away to another page, back by its arrow, and on as if nothing had been."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.chromium import launch_options
from tests.conformance import launchers
from tests.lms import apihost
from tests.playing import Learner
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.browser]
CAME_BACK = "addEventListener('pageshow', (event) => { window.cameBack = event.persisted; });"


@pytest.fixture(scope="module")
def caching(playwright: Playwright) -> Iterator[Browser]:
    """A browser with the cache that playwright switches off for its own tests."""
    # The shell keeps no page to come back to.
    browser = playwright.chromium.launch(
        **launch_options("chromium"), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


def away_and_back(page: Page) -> None:
    page.goto("about:blank")
    page.go_back(wait_until="commit")
    page.wait_for_function("window.cameBack !== undefined")
    assert page.evaluate("window.cameBack"), "the page was loaded anew: this shows nothing about the cache"


def test_an_xapi_package_goes_on_reporting(
    caching: Browser, packages: dict[str, Path], tmp_path: Path
) -> None:
    context = caching.new_context(locale="nb-NO")
    context.add_init_script(CAME_BACK)
    with launchers.tincan(tmp_path) as launch:
        course = launch.add(packages["xapi"])
        page, frame = launch.open(course, context)
        learner = Learner(frame)
        first, second, *_ = learner.lesson.questions
        learner.go_to(first.page)
        learner.answer(first, first.correct)
        page.evaluate("window.cameBack = undefined")
        away_and_back(page)
        learner.go_to(second.page)
        learner.answer(second, second.correct)
        until(lambda: len(launch.content.lrs.said("answered")) == 2)
    context.close()


def test_a_scorm_package_says_that_the_session_is_over_and_loses_nothing(
    caching: Browser, packages: dict[str, Path], tmp_path: Path
) -> None:
    context = caching.new_context(locale="nb-NO")
    context.add_init_script(CAME_BACK)
    with apihost.running(tmp_path, "strict") as lms:
        course = lms.add(packages["scorm12"])
        page, frame = lms.open(course, context)
        learner = Learner(frame)
        first, *_ = learner.lesson.questions
        learner.go_to(first.page)
        learner.answer(first, first.correct)
        page.evaluate("window.cameBack = undefined")
        away_and_back(page)
        until(lambda: lms.calls(course)[-1].name == "LMSFinish")
        # SCORM 1.2 knows no second beginning on the same page: the learner is told, and the browser keeps the answers.
        # Playwright no longer knows the frame, but the LMS's page does.
        notices = "document.getElementById('course').contentDocument.getElementById('kp_notices').textContent"
        until(lambda: learner.lesson.words["session_ended_kept"] in page.evaluate(notices))
        page.close()
        _, frame = lms.open(course, context)
        assert Learner(frame).chosen(first) == first.correct
        assert [call for call in lms.calls(course) if call.error != "0"] == []
    context.close()
