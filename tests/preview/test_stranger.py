"""A hostile package in the preview: what it reaches for, and what it gets.

Its page tries everything and writes down what came of it, so that a try that works is seen here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from starlette.types import ASGIApp

from kurspakke.preview.attempts import Commit, Whose
from kurspakke.preview.desk import Desk
from kurspakke.preview.opening import opened
from kurspakke.preview.site import site
from tests.previewing import Served, serving_at, zipped

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANIFEST = (
    '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><organizations default="o">'
    '<organization identifier="o"><title>Kurs</title><item identifier="i" identifierref="r">'
    "<title>Side</title></item></organization></organizations><resources>"
    '<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="side.html"/></resources></manifest>'
)
PAGE = b"<!doctype html><title>Ond</title><script src=ond.js></script><p>Hei"
SCRIPT = """
const got = {};
const port = location.port;
const inspector = `http://127.0.0.1:${port}`;
const own = location.pathname.split("/")[2];
async function attempt(name, act) {
  try { got[name] = String(await act()); } catch (error) { got[name] = `refused: ${error.name}`; }
}
const body = async (address, options) => {
  const answer = await fetch(address, options);
  return `${answer.status} ${(await answer.text()).slice(0, 40)}`;
};
window.all = (async () => {
  await attempt("top document", () => top.document.title);
  await attempt("the inspector's page", () => body(`${inspector}/`));
  await attempt("the inspector's data", () => body(`${inspector}/api/attempts/${own}`));
  await attempt("another package's data", () => body(`${inspector}/api/attempts/OTHER`));
  await attempt("events", () => new Promise((good, bad) => {
    const source = new EventSource(`${inspector}/events`);
    source.onopen = () => good("open");
    source.onerror = () => bad(new TypeError());
  }));
  await attempt("another package's page", () => body(`http://OTHER.localhost:${port}/content/OTHER/side.html`));
  await attempt("another package here", () => body("/content/OTHER/side.html"));
  await attempt("another package's commits", () => body("/lms/OTHER/attempt", { method: "POST", body: "{}" }));
  await attempt("the inspector here", () => body("/api/learners", { method: "POST", body: '{"name":"x"}' }));
  for (const path of ["../../../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd",
    "..%5c..%5cetc%5cpasswd", "/etc/passwd", "....//....//etc/passwd", "%00/etc/passwd"])
    await attempt(`a file: ${path}`, () => body(`/content/${own}/${path}`));
  await attempt("the LRS without credentials", () => body(`${inspector}/xapi/statements`,
    { headers: { "X-Experience-API-Version": "1.0.3" } }));
  await attempt("the LRS with made-up credentials", () => body(`${inspector}/xapi/statements`,
    { headers: { "X-Experience-API-Version": "1.0.3", Authorization: `Basic ${btoa("launch:x")}` } }));
  await attempt("a trouble for another", () =>
    body(`${inspector}/api/trouble/OTHER`, { method: "POST", mode: "no-cors", body: '{"on":["slow"]}' }));
  await attempt("a new learner", () =>
    body(`${inspector}/api/learners`, { method: "POST", mode: "no-cors", body: '{"name":"Inntrenger"}' }));
  document.cookie = "mark=1; domain=localhost; path=/";
  document.cookie = "own=1; path=/";
  try { localStorage.setItem("mark", "1"); } catch { /* a browser that gives frames of other sites no storage */ }
  await attempt("domain", () => { document.domain = "localhost"; return document.domain; });
  const forged = { kurspakke: 1, kind: "call", call: { at: 1, name: "<b>b</b>", given: [] } };
  for (const target of [top, parent]) target.postMessage(forged, "*");
  await attempt("the whole window", () => { top.location = "http://example.org/"; return "gone"; });
  return got;
})();
"""


@dataclass(frozen=True)
class Scene:
    served: Served
    desk: Desk

    @property
    def ids(self) -> dict[str, str]:
        return {offer.file_name.removesuffix(".zip"): offer.id for offer in self.desk.shelf.offers()}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    good = tmp_path / "god.zip"
    bad = tmp_path / "ond.zip"
    zipped(good, {"imsmanifest.xml": MANIFEST.encode(), "side.html": b"<!doctype html><title>God</title>"})
    zipped(bad, {"imsmanifest.xml": MANIFEST.encode(), "side.html": PAGE, "ond.js": b""})
    desks: list[Desk] = []
    tried = {"imsmanifest.xml": MANIFEST.encode(), "side.html": PAGE, "tom.html": b"<!doctype html>"}
    with ExitStack() as stack:

        def made(port: int) -> ASGIApp:
            # The worst case: the hostile package knows the other one's address, which is a secret.
            with opened((str(good), str(bad)), tmp_path / "store", port) as (desk, _):
                other = next(each.id for each in desk.shelf.offers() if each.file_name == "god.zip")
            script = SCRIPT.replace("OTHER", other).encode()
            zipped(bad, {**tried, "ond.js": script})
            desks.append(stack.enter_context(opened((str(good), str(bad)), tmp_path / "store", port))[0])
            return site(desks[0])

        yield Scene(stack.enter_context(serving_at(made)), desks[0])


def played(page: Page, scene: Scene) -> dict[str, Any]:
    page.goto(f"{scene.desk.inspector}/p/{scene.ids['ond']}")
    page.wait_for_function("frames.length > 0")
    frame = None
    for _ in range(200):
        frame = next((each for each in page.frames if each.url.endswith("/side.html")), None)
        if frame is not None:
            break
        page.wait_for_timeout(50)
    assert frame is not None
    got = frame.evaluate("() => window.all")
    assert isinstance(got, dict)
    return got


def test_it_gets_nothing_but_its_own(browser: Browser, scene: Scene) -> None:
    good = next(offer for offer in scene.desk.shelf.offers() if offer.file_name == "god.zip")
    scene.desk.attempts.keep(
        "s", Whose(good.key, "kari", "i"), "normal", Commit(0, {"cmi.suspend_data": "hemmelig"})
    )
    context = browser.new_context()
    page = context.new_page()
    got = played(page, scene)
    assert len(got) == 22
    allowed = ("refused: ", "404 ", "403 ", "421 ", "401 ", "400 ")
    opaque = (
        "a trouble for another",
        "a new learner",
    )  # no answer is shown; what came of them is looked at below
    for name, came in got.items():
        assert came.startswith(allowed) or name in opaque, (name, came)
        assert "hemmelig" not in came
        assert "root:" not in came
    assert got["the LRS with made-up credentials"].startswith("401")
    assert scene.desk.troubles.of(good.id) == frozenset()
    assert "Inntrenger" not in [learner.name for learner in scene.desk.attempts.learners()]
    assert page.url.startswith(scene.desk.inspector)
    assert page.locator("b", has_text="b").count() == 0
    context.close()


def test_what_it_leaves_in_the_browser_no_other_package_meets(browser: Browser, scene: Scene) -> None:
    context = browser.new_context()
    page = context.new_page()
    bad, other = scene.ids["ond"], scene.ids["god"]
    page.goto(f"http://{bad}.localhost:{scene.served.port}/content/{bad}/tom.html")
    page.evaluate(
        "() => { localStorage.setItem('mark', '1'); document.cookie = 'own=1; path=/';"
        " document.cookie = 'mark=1; domain=localhost; path=/'; }"
    )
    assert "own=1" in page.evaluate("() => document.cookie")
    page.goto(f"http://{other}.localhost:{scene.served.port}/content/{other}/side.html")
    assert page.title() == "God"
    assert page.evaluate("() => [document.cookie, localStorage.length]") == ["", 0]
    page.goto(f"{scene.desk.inspector}/")
    assert page.evaluate("() => [document.cookie, localStorage.length]") == ["", 0]
    context.close()


def test_an_old_client_that_lies_about_its_host_is_refused(scene: Scene) -> None:
    for host in ("evil.example", f"evil.example:{scene.served.port}", "localhost.evil.example"):
        for path in ("/", f"/api/attempts/{scene.ids['god']}", "/xapi/statements", "/events"):
            assert scene.served.ask(path, host=host).status == 421
    assert json.loads(scene.served.ask(f"/api/attempts/{scene.ids['god']}").body) == []
