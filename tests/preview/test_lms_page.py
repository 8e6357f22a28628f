"""The LMS page in a browser: what content meets, what is kept, and what the inspector is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.standing import PACKAGE, Standing
from tests.webhost import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What content does: the API is where SCORM 1.2 RTE 3.3.6.1 has it be looked for.
SCRIPT = """<script>
  const above = (at) => at.parent === at ? at.opener : at.parent;
  const find = (at, name) => { for (; at; at = above(at)) if (at[name]) return at[name]; };
  window.lms = find(window, "API");
</script>"""
PAGE = f"<!DOCTYPE html><html lang='nb'><meta charset='utf-8'><title>Innhold</title>{SCRIPT}<h1 id='word'>Første</h1>"
LEAVING = """<script>
  lms.LMSInitialize("");
  addEventListener("pagehide", () => { lms.LMSSetValue("cmi.core.exit", "suspend"); lms.LMSFinish(""); });
</script>"""


@pytest.fixture
def host() -> Iterator[WebHost]:
    with WebHost() as running:
        yield running


def content(lms: Frame) -> Frame:
    """The frame that the LMS page opens the package in, once it is there."""
    lms.wait_for_function(
        "() => document.querySelector('#content')?.contentDocument?.readyState === 'complete'"
    )
    lms.wait_for_function(
        "() => document.querySelector('#content').contentWindow.location.href !== 'about:blank'"
    )
    frame = next((each for each in lms.child_frames if "/content/" in each.url), None)
    assert frame
    return frame


def told(page: Page, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("(kind) => told.filter((each) => each.kind === kind)", kind)
    return found


def until(page: Page, kind: str, test: str = "() => true") -> None:
    page.wait_for_function(f"told.filter((each) => each.kind === '{kind}').some({test})")


def test_content_finds_the_api_and_what_it_commits_is_kept(page: Page, host: WebHost) -> None:
    standing = Standing(host, {"index.html": PAGE})
    inner = content(standing.open(page))
    assert inner.evaluate("lms.LMSInitialize('')") == "true"
    assert inner.evaluate("lms.LMSGetValue('cmi.core.student_name')") == "Ødegård, Kari"
    inner.evaluate("lms.LMSSetValue('cmi.suspend_data', 'æøå')")
    assert inner.evaluate("lms.LMSCommit('')") == "true"
    until(page, "saved", "(each) => each.whole")
    kept = standing.last()
    assert (kept["learner"], kept["sco"], kept["serial"], kept["finished"]) == ("kari", "sco-1", 1, False)
    assert kept["values"]["cmi.suspend_data"] == "æøå"
    assert [call["name"] for call in kept["calls"]] == [
        *("LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit"),
    ]
    inner.evaluate("lms.LMSSetValue('cmi.core.exit', 'suspend')")
    inner.evaluate("lms.LMSFinish('')")
    until(page, "saved", "(each, at, all) => at > 0 && each.whole")
    assert [call["name"] for call in standing.last()["calls"]] == ["LMSSetValue", "LMSFinish"]
    assert standing.last()["finished"]
    assert standing.last()["session"] == kept["session"]


def test_the_inspector_is_told_of_each_call_and_of_the_values(page: Page, host: WebHost) -> None:
    standing = Standing(host, {"index.html": PAGE})
    inner = content(standing.open(page))
    inner.evaluate("lms.LMSInitialize(''); lms.LMSSetValue('cmi.core.lesson_status', 'bestått')")
    until(page, "values")
    assert {each["origin"] for each in told(page, "call")} == {standing.own}
    call = told(page, "call")[-1]["call"]
    assert (call["name"], call["answer"], call["error"]) == ("LMSSetValue", "false", "405")
    assert "ett av ordene passed" in call["diagnostic"]
    assert told(page, "values")[-1]["values"]["cmi.core.lesson_status"] == "not attempted"
    until(page, "where")
    assert told(page, "where")[-1] == {
        "origin": standing.own,
        "kurspakke": 1,
        "kind": "where",
        "url": f"{standing.own}/content/{PACKAGE}/index.html",
        "title": "Innhold",
    }


def test_a_commit_that_does_not_arrive_is_sent_again(page: Page, host: WebHost) -> None:
    standing = Standing(host, {"index.html": PAGE})
    standing.refusals = 2
    inner = content(standing.open(page))
    inner.evaluate("lms.LMSInitialize(''); lms.LMSSetValue('cmi.suspend_data', 'a'); lms.LMSCommit('')")
    until(page, "saved", "(each) => !each.whole")
    until(page, "saved", "(each) => each.whole")
    assert standing.last()["values"]["cmi.suspend_data"] == "a"
    assert standing.last()["serial"] == 3
    assert len(standing.last()["calls"]) == 3


def test_what_content_says_as_it_is_left_is_kept_when_the_tab_closes(page: Page, host: WebHost) -> None:
    standing = Standing(host, {"index.html": PAGE + LEAVING})
    inner = content(standing.open(page))
    inner.evaluate("lms.LMSSetValue('cmi.suspend_data', 'sist')")
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    for _ in range(100):
        if standing.attempts:
            break
        time.sleep(0.05)
    assert standing.last()["finished"]
    assert standing.last()["values"]["cmi.suspend_data"] == "sist"


def test_a_changed_style_is_swapped_in_place(page: Page, host: WebHost) -> None:
    link = "<link rel='stylesheet' href='stil/farge.css'>"
    standing = Standing(host, {"index.html": PAGE + link, "stil/farge.css": "h1 { color: rgb(1, 1, 1) }"})
    inner = content(standing.open(page))
    inner.evaluate("window.same = true")
    standing.files["stil/farge.css"] = "h1 { color: rgb(2, 2, 2) }"
    page.evaluate("say({ kind: 'change', files: ['stil/farge.css'] })")
    until(page, "changed")
    assert told(page, "changed")[-1]["how"] == "style"
    assert inner.evaluate("getComputedStyle(document.getElementById('word')).color") == "rgb(2, 2, 2)"
    assert inner.evaluate("window.same")


def test_a_changed_page_opens_again_where_the_learner_was(page: Page, host: WebHost) -> None:
    long = "<div style='height: 4000px'></div>"
    standing = Standing(host, {"index.html": PAGE + LEAVING + long})
    lms = standing.open(page)
    inner = content(lms)
    inner.evaluate("lms.LMSSetValue('cmi.suspend_data', 'svar'); location.hash = 'side-2'; scrollTo(0, 1234)")
    standing.files["index.html"] = (PAGE + LEAVING + long).replace("Første", "Andre")
    page.evaluate("say({ kind: 'change', files: ['index.html'] })")
    until(page, "changed")
    inner = content(lms)
    expect(inner.locator("#word")).to_have_text("Andre")
    assert inner.evaluate("[lms.LMSGetValue('cmi.core.entry'), lms.LMSGetValue('cmi.suspend_data')]") == [
        *("resume", "svar"),
    ]
    assert inner.evaluate("location.hash") == "#side-2"
    inner.wait_for_function("scrollY === 1234")
    assert len({each["session"] for each in standing.attempts}) == 1, (
        "the new session has committed nothing yet"
    )
