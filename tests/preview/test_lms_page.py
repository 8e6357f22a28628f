"""The LMS page in a browser: what content meets, what is kept, and what the inspector is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from kurspakke.temperament import character, in_launch
from tests.standing import PACKAGE, SCO, Standing
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


def test_several_scos_have_a_table_of_contents_for_the_keyboard(page: Page, host: WebHost) -> None:
    toc = [
        {"id": "del", "title": "Del <i>", "level": 0, "path": None, "status": ""},
        {"id": "sco-1", "title": "Første", "level": 1, "path": "index.html", "status": ""},
        {"id": "sco-2", "title": "Andre", "level": 1, "path": "index.html?to", "status": "passed"},
    ]
    standing = Standing(host, {"index.html": PAGE + LEAVING}, toc=toc)
    lms = standing.open(page)
    content(lms).evaluate("lms.LMSSetValue('cmi.core.lesson_status', 'incomplete')")
    contents = lms.get_by_role("navigation", name="Innhold")
    expect(contents).to_contain_text("Del <i>")
    expect(contents.get_by_role("link", name="Første")).to_have_attribute("aria-current", "page")
    other = contents.get_by_role("link", name="Andre bestått")
    other.focus()
    other.press("Enter")
    page.wait_for_function("told.filter((each) => each.kind === 'hello').length === 2")
    assert told(page, "hello")[-1]["launch"]["sco"]["id"] == "sco-2"
    assert standing.last()["finished"]
    assert standing.last()["sco"] == "sco-1"
    lms = standing.lms(page)
    content(lms).evaluate("lms.LMSSetValue('cmi.core.lesson_status', 'completed'); lms.LMSFinish('')")
    expect(lms.get_by_role("link", name="Andre fullført")).to_be_visible()
    assert told(page, "done")[-1]["finished"]


def test_one_sco_has_no_table_of_contents(page: Page, host: WebHost) -> None:
    lms = Standing(host, {}).open(page)
    content(lms)
    expect(lms.get_by_role("navigation")).to_have_count(0)


@pytest.mark.parametrize(
    ("trouble", "answer", "arrives"),
    [("commit-refused", "false", 0), ("commit-lost", "true", 0), ("offline", "false", 0), ("", "true", 1)],
)
def test_trouble_from_the_address(page: Page, host: WebHost, trouble: str, answer: str, arrives: int) -> None:
    standing = Standing(host, {"index.html": PAGE}, trouble=[trouble])
    inner = content(standing.open(page))
    inner.evaluate("lms.LMSInitialize(''); lms.LMSSetValue('cmi.suspend_data', 'a')")
    assert inner.evaluate("lms.LMSCommit('')") == answer
    page.evaluate("say({ kind: 'trouble', on: [] })")
    page.wait_for_timeout(200)
    assert len(standing.attempts) == arrives
    assert inner.evaluate("lms.LMSCommit('')") == "true"
    until(page, "saved")
    assert standing.last()["values"]["cmi.suspend_data"] == "a"


def test_trouble_from_the_panel_begins_and_ends_at_once(page: Page, host: WebHost) -> None:
    inner = content(Standing(host, {"index.html": PAGE}).open(page))
    inner.evaluate("lms.LMSInitialize('')")
    page.evaluate("say({ kind: 'trouble', on: ['session-expired'] })")
    inner.wait_for_function("lms.LMSCommit('') === 'false'")
    assert inner.evaluate("lms.LMSGetLastError()") == "101"
    assert "utløpt" in inner.evaluate("lms.LMSGetDiagnostic('')")
    page.evaluate("say({ kind: 'trouble', on: ['slow'] })")
    inner.wait_for_function("lms.LMSCommit('') === 'true'")
    took = "() => { const before = performance.now(); lms.LMSCommit(''); return performance.now() - before; }"
    assert inner.evaluate(took) >= 3000
    page.evaluate("say({ kind: 'trouble', on: [] })")
    page.wait_for_timeout(100)
    assert inner.evaluate(took) < 1000


def test_an_api_that_is_missing_or_late(page: Page, host: WebHost) -> None:
    standing = Standing(host, {"index.html": PAGE}, trouble=["api-missing"])
    lms = standing.open(page)
    assert content(lms).evaluate("[typeof lms, typeof parent.API]") == ["undefined", "undefined"]
    page.evaluate("say({ kind: 'trouble', on: ['api-late'] })")
    lms.wait_for_function("typeof API === 'object'", timeout=20_000)
    assert content(lms).evaluate("parent.API.LMSInitialize('')") == "true"
    page.evaluate("say({ kind: 'trouble', on: [] })")
    lms.wait_for_function(
        "document.querySelector('#content')?.contentWindow.lms?.LMSInitialize('') === 'true'"
    )


def test_a_killed_tab_gets_no_last_word(page: Page, host: WebHost) -> None:
    sends = "addEventListener('pagehide', () => navigator.sendBeacon('/content/x', 'last'));"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    standing = Standing(host, {"index.html": PAGE + LEAVING + f"<script>{sends}</script>"})
    lms = standing.open(page)
    inner = content(lms)
    inner.evaluate("lms.LMSSetValue('cmi.suspend_data', 'lagret'); lms.LMSCommit('')")
    inner.evaluate("lms.LMSSetValue('cmi.suspend_data', 'ulagret')")
    page.evaluate("say({ kind: 'trouble', on: ['tab-killed'] })")
    expect(lms.get_by_role("status")).to_contain_text("drept")
    assert not any(url.endswith("/content/x") for url in asked)
    assert [attempt["values"]["cmi.suspend_data"] for attempt in standing.attempts] == ["lagret"]
    lms.get_by_role("button", name="Åpne kurset igjen").click()
    inner = content(lms)
    assert inner.evaluate("[lms.LMSGetValue('cmi.core.entry'), lms.LMSGetValue('cmi.suspend_data')]") == [
        *("resume", "lagret"),
    ]


def character_of(name: str) -> dict[str, Any]:
    return {"profile": in_launch(character(name))}


def test_an_lms_without_lmsfinish(page: Page, host: WebHost) -> None:
    standing = Standing(host, {"index.html": PAGE + LEAVING}, **character_of("wagtail-lms"))
    lms = standing.open(page)
    inner = content(lms)
    assert inner.evaluate("typeof lms.LMSFinish") == "undefined"
    inner.evaluate("lms.LMSSetValue('cmi.suspend_data', 'a')")
    until(page, "saved")
    page.evaluate("say({ kind: 'change', files: ['index.html'] })")
    until(page, "message")
    assert "LMSFinish" in told(page, "message")[0]["text"], "what content does then is an error of its own"


def test_unload_does_not_come_where_the_lms_blocks_it(page: Page, host: WebHost) -> None:
    script = "<script>addEventListener('unload', () => parent.came = true);</script>"
    for name, comes in (("moodle", None), ("itslearning", True)):
        standing = Standing(host, {"index.html": PAGE + script}, **character_of(name))
        lms = standing.open(page)
        content(lms)
        page.evaluate("say({ kind: 'change', files: ['index.html'] })")
        until(page, "changed")
        assert lms.evaluate("window.came") is comes, name


def test_an_lms_that_opens_a_window(page: Page, host: WebHost) -> None:
    profile = {"id": "x", "title": "X", "temperament": {"opens": "window"}}
    standing = Standing(host, {"index.html": PAGE + LEAVING}, profile=profile)
    lms = standing.open(page)
    with page.expect_popup() as opened:
        lms.get_by_role("button", name="Åpne kurset").click()
    popup = opened.value
    assert popup.evaluate("lms.LMSSetValue('cmi.suspend_data', 'fra vinduet')") == "true"
    popup.close(run_before_unload=True)
    until(page, "saved")
    assert standing.last()["values"]["cmi.suspend_data"] == "fra vinduet"


def test_the_lms_sees_something_else_than_content_says(page: Page, host: WebHost) -> None:
    inner = content(Standing(host, {"index.html": PAGE}, **character_of("open-edx")).open(page))
    inner.evaluate("lms.LMSInitialize(''); lms.LMSSetValue('cmi.core.score.raw', '90')")
    until(page, "values", "(each) => each.seen.score === null && each.seen.why[0].includes('teller først')")
    inner.evaluate("lms.LMSSetValue('cmi.core.lesson_status', 'passed')")
    until(page, "values", "(each) => each.seen.status === 'passed' && each.seen.score === '90'")


def test_a_log_can_be_played_again(page: Page, host: WebHost) -> None:
    inner = content(Standing(host, {"index.html": PAGE}).open(page))
    calls = [
        {"name": "LMSInitialize", "given": [""]},
        {"name": "LMSSetValue", "given": ["cmi.suspend_data", "igjen"]},
        {"name": "constructor", "given": []},
    ]
    page.evaluate("(calls) => say({ kind: 'replay', calls })", calls)
    until(page, "values", "(each) => each.values['cmi.suspend_data'] === 'igjen'")
    assert inner.evaluate("lms.LMSGetValue('cmi.suspend_data')") == "igjen"
    assert [each["call"]["name"] for each in told(page, "call")[:2]] == ["LMSInitialize", "LMSSetValue"]


def test_only_the_inspector_gives_orders(page: Page, host: WebHost) -> None:
    order = "{ kurspakke: 1, kind: 'trouble', on: ['commit-refused'] }"
    lms = Standing(host, {"index.html": PAGE}).open(page)
    inner = content(lms)
    inner.evaluate(f"parent.postMessage({order}, '*'); lms.LMSInitialize('')")
    lms.evaluate(f"dispatchEvent(new MessageEvent('message', {{ data: {order}, origin: '{host.address}' }}))")
    page.wait_for_timeout(100)
    assert inner.evaluate("lms.LMSCommit('')") == "true"
    page.evaluate(
        "say({ kind: 'change' }); say({ kind: 'replay', calls: [null] }); say({ kind: 'toString' })"
    )


def test_errors_of_the_content_are_told(page: Page, host: WebHost) -> None:
    broken = "<script>console.error('feil', 1); borte();</script><img src='mangler.png' alt=''>"
    content(Standing(host, {"index.html": PAGE + broken}).open(page))
    until(page, "message", "(each) => each.text.includes('mangler.png')")
    said = told(page, "message")
    assert {"feil 1", "Uncaught ReferenceError: borte is not defined"} <= {each["text"] for each in said}
    assert any(each["line"] == 5 and each["source"].endswith("index.html") for each in said)


def test_barriers_are_found_and_shown(page: Page, host: WebHost) -> None:
    strict = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'self' 'unsafe-inline'\">"
    barrier = "<img id='barriere' src='x.png'><iframe src='innenfor.html' title='indre'></iframe>"
    files = {
        "index.html": PAGE + strict + barrier,
        "innenfor.html": "<html lang='nb'><title>x</title><input>",
    }
    inner = content(Standing(host, files).open(page))
    page.evaluate("say({ kind: 'axe' })")
    until(page, "axe")
    found = {each["id"]: each["nodes"] for each in told(page, "axe")[-1]["violations"]}
    assert found["image-alt"][0]["target"] == ["#barriere"]
    assert found["label"][0]["target"] == ["iframe", "input"]
    page.evaluate("say({ kind: 'show', target: ['#barriere'] })")
    outline = "getComputedStyle(document.getElementById('barriere')).outlineStyle"
    inner.wait_for_function(f"{outline} === 'solid'")
    page.evaluate("say({ kind: 'show', target: [] })")
    inner.wait_for_function(f"{outline} !== 'solid'")


def test_scorm_2004(page: Page, host: WebHost) -> None:
    script = SCRIPT.replace('find(window, "API")', 'find(window, "API_1484_11")')
    standing = Standing(
        host, {"index.html": f"<!DOCTYPE html><meta charset=utf-8>{script}"}, kind="scorm2004"
    )
    lms = standing.open(page)
    inner = content(lms)
    inner.evaluate("lms.Initialize(''); lms.SetValue('cmi.completion_status', 'completed')")
    assert inner.evaluate("lms.SetValue('adl.nav.request', 'continue')") == "false"
    assert "Sekvensering finnes ikke" in inner.evaluate("lms.GetDiagnostic('')")
    inner.evaluate(
        "lms.SetValue('cmi.session_time', 'PT1M'); lms.SetValue('cmi.exit', 'suspend'); lms.Terminate('')"
    )
    until(page, "saved")
    assert standing.last()["values"]["cmi.completion_status"] == "completed"
    page.evaluate("say({ kind: 'change', files: ['x.js'] })")
    until(page, "changed")
    assert content(lms).evaluate(
        "[lms.Initialize(''), lms.GetValue('cmi.entry'), lms.GetValue('cmi.total_time')]"
    ) == [
        *("true", "resume", "PT60S"),
    ]


def test_without_a_server_the_browser_remembers(page: Page, host: WebHost) -> None:
    scos = {"sco-1": SCO, "sco-2": {**SCO, "id": "sco-2"}}
    standing = Standing(host, {"index.html": PAGE + LEAVING}, store="browser", scos=scos, inspector="")
    page.goto(f"{standing.own}/lms/{PACKAGE}/")
    content(page.main_frame).evaluate("lms.LMSSetValue('cmi.suspend_data', 'her')")
    page.reload()
    assert content(page.main_frame).evaluate("lms.LMSGetValue('cmi.suspend_data')") == "her"
    page.goto(f"{standing.own}/lms/{PACKAGE}/?sco=sco-2")
    assert content(page.main_frame).evaluate("lms.LMSGetValue('cmi.suspend_data')") == ""
    assert standing.attempts == []


@pytest.mark.parametrize("kind", ["xapi", "cmi5"])
def test_content_for_an_lrs_is_launched_anew_when_it_changes(page: Page, host: WebHost, kind: str) -> None:
    standing = Standing(host, {"index.html": PAGE}, kind=kind, sco={**SCO, "url": f"{SCO['url']}?token=1"})
    lms = standing.open(page)
    inner = content(lms)
    assert inner.evaluate("typeof lms") == "undefined"
    inner.evaluate("location.hash = 'side-2'")
    standing.launch["sco"] = {**SCO, "url": f"{SCO['url']}?token=2"}
    page.evaluate("say({ kind: 'change', files: ['index.html'] })")
    until(page, "changed")
    assert content(lms).url.endswith("/index.html?token=2#side-2")


def test_a_package_with_nothing_to_open_says_so(page: Page, host: WebHost) -> None:
    lms = Standing(host, {}, sco=None, toc=[], language="en").open(page)
    expect(lms.get_by_role("status")).to_have_text("The package has nothing that can be opened.")
