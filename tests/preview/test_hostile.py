"""A package that tries what a package must not, in a real browser, beside another package and the inspector."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke.filetree import File, FileTree
from kurspakke.preview.content import content_app
from kurspakke.preview.guard import guarded, separated
from kurspakke.preview.origins import SANDBOX, inspector_hosts, origin_of, secret_id
from tests.previewing import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVIL, GOOD = secret_id(b"key", "evil.zip"), secret_id(b"key", "good.zip")
ANSWER = "hemmelig-svar"
# It knows more than any package could: the other's id, and what the inspector answers.
ATTACK = """<!DOCTYPE html><meta charset="utf-8"><title>ond</title><script>
const tried = {};
const tell = (name, does) => { try { tried[name] = does(); } catch (error) { tried[name] = error.name; } };
const ask = async (name, url, more) => {
  try { const reply = await fetch(url, more); tried[name] = reply.type + " " + await reply.text(); }
  catch (error) { tried[name] = error.name; }
};
const framed = (url) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.onload = () => {
    try { resolve(frame.contentDocument.body.textContent); } catch (error) { resolve(error.name); }
  };
  frame.src = url;
  document.body.append(frame);
});
const loaded = (url) => new Promise((resolve) => {
  const script = document.createElement("script");
  script.onload = () => resolve("loaded");
  script.onerror = () => resolve("refused");
  script.src = url;
  document.head.append(script);
});
addEventListener("load", async () => {
  const { inspector, other, EVIL, GOOD } = HERE;
  tell("api", () => parent.API.LMSInitialize(""));
  tell("inspector's page", () => top.document.title);
  tell("inspector's storage", () => top.localStorage.length);
  tell("cookies", () => document.cookie);
  tell("domain", () => { document.domain = "localhost"; return document.domain; });
  tell("top", () => { top.location.href = "about:blank#taken"; return "sent"; });
  await ask("inspector read", inspector + "/api/attempts");
  await ask("inspector read blindly", inspector + "/api/attempts", { mode: "no-cors" });
  await ask("inspector changed", inspector + "/api/reset", { method: "POST", mode: "no-cors", body: "x" });
  await ask("own host", "/api/attempts");
  await ask("lrs", inspector + "/xapi/about");
  await ask("other package", other + "/content/" + GOOD + "/index.html");
  await ask("other package here", "/content/" + GOOD + "/index.html");
  await ask("climbed", "/content/" + EVIL + "/%2e%2e/" + GOOD + "/index.html");
  await ask("file", "file:///etc/passwd");
  tried["inspector as script"] = await loaded(inspector + "/api/attempts");
  tried["other as script"] = await loaded(other + "/content/" + GOOD + "/data.js");
  tried["inspector framed"] = await framed(inspector + "/");
  tried["other framed"] = await framed(other + "/content/" + GOOD + "/index.html");
  tried["read"] = typeof window.answers;
  parent.postMessage({ tried }, "*");
});
</script><body>"""
LMS = """<!DOCTYPE html><title>LMS</title><script>
window.API = { LMSInitialize: () => "true" };
addEventListener("message", (event) => {
  if (event.origin === location.origin) top.postMessage(event.data, "*");
});
</script><iframe src="/content/ID/index.html"></iframe>"""
INSPECTOR = """<!DOCTYPE html><title>Inspektør</title><script>
addEventListener("message", (event) => {
  if (event.origin === "ORIGIN" && event.source === frames[0]) window.heard = event.data;
});
</script><iframe sandbox="SANDBOX" src="ORIGIN/lms/ID"></iframe>"""


class Stand:
    """An inspector and LMS pages as small as they can be, put together as the preview's are."""

    def __init__(self) -> None:
        self.resets = 0

    def app(self, port: int) -> ASGIApp:
        origin = origin_of(EVIL, port)
        here = {
            "inspector": f"http://127.0.0.1:{port}",
            "other": origin_of(GOOD, port),
            "EVIL": EVIL,
            "GOOD": GOOD,
        }
        attack = ATTACK.replace("HERE", json.dumps(here))
        trees = {
            EVIL: FileTree({"index.html": File(data=attack.encode())}),
            GOOD: FileTree(
                {
                    "index.html": File(data=ANSWER.encode()),
                    "data.js": File(data=f"window.answers = '{ANSWER}'".encode()),
                }
            ),
        }
        page = INSPECTOR.replace("ORIGIN", origin).replace("SANDBOX", SANDBOX).replace("ID", EVIL)

        async def inspector(scope: Scope, receive: Receive, send: Send) -> None:
            path = Request(scope).url.path
            self.resets += path == "/api/reset"
            answer = JSONResponse({"attempts": ANSWER}) if path.startswith("/api/") else HTMLResponse(page)
            await answer(scope, receive, send)

        async def lms(scope: Scope, receive: Receive, send: Send) -> None:
            await HTMLResponse(LMS.replace("ID", EVIL))(scope, receive, send)

        async def lrs(scope: Scope, receive: Receive, send: Send) -> None:
            await PlainTextResponse("lrs", headers={"Access-Control-Allow-Origin": "*"})(scope, receive, send)

        hosts = inspector_hosts(port)
        guards = {True: guarded(lrs, hosts, packages=True), False: guarded(inspector, hosts)}

        async def by_path(scope: Scope, receive: Receive, send: Send) -> None:
            await guards[scope["path"].startswith("/xapi/")](scope, receive, send)

        rooms: Mapping[str, ASGIApp] = {"/content": content_app(trees.get), "/lms": lms}
        return separated(by_path, rooms)


@pytest.fixture(scope="module")
def stand() -> Stand:
    return Stand()


@pytest.fixture(scope="module")
def served(stand: Stand) -> Iterator[Served]:
    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await stand.app(scope["server"][1])(scope, receive, send)

    with serving(late) as served:
        yield served


def attacked(page: Page, served: Served) -> dict[str, Any]:
    """What the hostile package says it got, while a cookie and storage of the inspector lie beside it."""
    page.context.add_cookies([{"name": "token", "value": ANSWER, "url": f"http://127.0.0.1:{served.port}"}])
    page.context.add_cookies([{"name": "own", "value": ANSWER, "url": origin_of(GOOD, served.port)}])
    page.goto(f"http://127.0.0.1:{served.port}/")
    page.wait_for_function("window.heard", timeout=20_000)
    return dict(page.evaluate("window.heard.tried"))


def test_a_hostile_package_gets_its_api_and_the_lrs_and_nothing_else(
    browser: Browser, served: Served, stand: Stand
) -> None:
    page = browser.new_page()
    try:
        tried = attacked(page, served)
        assert page.title() == "Inspektør"
    finally:
        page.close()
    assert tried.pop("api") == "true"
    assert tried.pop("lrs") == "cors lrs"
    assert ANSWER not in json.dumps(tried)
    assert tried["inspector's page"] == tried["inspector's storage"] == "SecurityError"
    assert tried["cookies"] == ""
    assert tried["domain"] != "localhost"
    assert tried["inspector read"] == tried["other package"] == tried["file"] == "TypeError"
    assert tried["inspector as script"] == tried["other as script"] == "refused"
    assert tried["read"] == "undefined"
    for name in ("own host", "other package here", "climbed"):
        assert "Denne pakken vises ikke" in tried[name]
    assert stand.resets == 0


def test_the_same_attack_succeeds_where_nothing_is_separated(browser: Browser) -> None:
    """The attack is a real one: without the division it reads what it asks for."""
    trees = {
        EVIL: FileTree({"index.html": File(data=b"<p>ond")}),
        GOOD: FileTree({"index.html": File(data=ANSWER.encode())}),
    }
    with serving(content_app(trees.get)) as served:
        page = browser.new_page()
        try:
            page.goto(f"http://127.0.0.1:{served.port}/{EVIL}/index.html")
            path = f"/{GOOD}/index.html"
            assert page.evaluate("path => fetch(path).then(reply => reply.text())", path) == ANSWER
        finally:
            page.close()
