"""A survey is the learner's own: where it is kept in the LMS by choice, no statement or interaction has any of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from kurspakke.words import words
from tests.conformance import launchers
from tests.lms import apihost
from tests.playing import Learner, leave
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("sharing")]
WORDS = words("nb")
SURVEY = "post.kartlegging"
FREE = "Ruteknuten ved kaia"
Device = Callable[[], BrowserContext]


def fill_in(frame: Frame) -> None:
    """Choose to keep everything in the LMS, answer the whole survey, write free text, and see the result."""
    learner = Learner(frame)
    frame.get_by_role("checkbox", name=WORDS["share"]).check()
    learner.go_to("post.sammen")
    form = frame.locator(f"form[data-survey='{SURVEY}']")
    names = form.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(({ name }) => name))]")
    assert names
    for name in names:
        form.locator(f"input[name='{name}']").first.check(force=True)
    frame.locator("section.page:visible textarea, section.page:visible input[type=text]").first.fill(FREE)
    frame.locator("section.page:visible textarea, section.page:visible input[type=text]").first.blur()
    form.get_by_role("button", name=WORDS["survey_show"]).click()
    expect(frame.get_by_role("region", name=WORDS["survey_result"])).to_be_visible()


def gone(page: Page, true: Callable[[], bool]) -> None:
    """Leave, and wait for the last that is sent."""
    leave(page)
    until(true)


def test_no_interaction_has_it(built: Path, device: Device, tmp_path: Path) -> None:
    with apihost.running(tmp_path, "strict") as lms:
        course = lms.add(next(built.glob("*-post-nb-scorm12.zip")))
        page, frame = lms.open(course, device())
        fill_in(frame)
        gone(page, lambda: lms.has_heard_all(course))
        written = [call.given for call in lms.calls(course) if call.name == "LMSSetValue"]
    assert "Ruteknuten" in str([given for given in written if given[0] == "cmi.suspend_data"]), (
        "it was kept by choice"
    )
    elsewhere = str([given for given in written if given[0] != "cmi.suspend_data"])
    assert "kartlegging" not in elsewhere
    assert "Ruteknuten" not in elsewhere


@pytest.mark.parametrize("kind", ["xapi", "cmi5"])
def test_no_statement_has_it(kind: str, built: Path, device: Device, tmp_path: Path) -> None:
    with {"xapi": launchers.tincan, "cmi5": launchers.cmi5}[kind](tmp_path) as launch:
        course = launch.add(next(built.glob(f"*-post-nb-{kind}.zip")))
        lrs = launch.content.lrs
        page, frame = launch.open(course, device())
        fill_in(frame)
        gone(page, lambda: bool(lrs.said("suspended") + lrs.said("terminated")))
        lrs.settle()  # the state may come after the last statement
        assert "Ruteknuten" in (launch.stored(course).suspend_data or ""), "it was kept by choice"
        said = json.dumps(lrs.statements, ensure_ascii=False)
    assert "post.sammen" in said or "/sammen" in said, "the page was met"
    assert "kartlegging" not in said
    assert "Ruteknuten" not in said
