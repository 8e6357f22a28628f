"""The stage: for what is played there is no way out of it, and nothing is lost of what it says as it goes away."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Playwright

from kurspakke.filetree import File, FileTree
from kurspakke.package import Kind, Package
from kurspakke.play.launching import ENDPOINT, ORIGIN, Launch
from kurspakke.play.records import Records
from kurspakke.play.stage import Stage, launched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTS = ("127.0.0.1", "localhost", "[::1]", "kurspakke.localhost", "other.localhost", "example.org")
KNOCK = """async (addresses) => {
  for (const address of addresses) {
    await fetch(address, { mode: "no-cors" }).then(() => { throw new Error(address) }, () => {});
    const picture = new Image();
    await new Promise((done) => { picture.onload = picture.onerror = done; picture.src = address; });
    await new Promise((done) => { new WebSocket(address.replace("http", "ws")).onclose = done; });
  }
}"""
CALL = """async (port) => {
  const call = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
  call.createDataChannel("x");
  const gathered = new Promise((done) => { call.onicecandidate = (event) => event.candidate ?? done(); });
  await call.setLocalDescription(await call.createOffer());
  await Promise.race([gathered, new Promise((done) => setTimeout(done, 2000))]);
}"""
"""Ends when the browser has no more ways to offer, at once where it may have none."""
LEAVING = f"""<!doctype html><title>x</title><script>
addEventListener("pagehide", () => {{
  fetch("{ENDPOINT}statements", {{ method: "PUT", keepalive: true, body: "[]" }});
  navigator.sendBeacon("{ENDPOINT}statements", "[]");
  navigator.sendBeacon("https://example.org/");
}});
</script>"""


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    started = launched(playwright)
    yield started
    started.close()


@pytest.fixture
def neighbours() -> Iterator[list[socket.socket]]:
    """Servers of somebody else on this machine, at one port of both loopback addresses."""
    with ExitStack() as open_ones:
        four = open_ones.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = four.getsockname()[1]
        six = open_ones.enter_context(socket.create_server(("::1", port), family=socket.AF_INET6))
        for each in (four, six):
            each.setblocking(False)
        yield [four, six]


def stage(page: str) -> Stage:
    package = Package("course.zip", FileTree({"index.html": File(page.encode())}))
    return Stage(package, Records(Launch(Kind.WEB, "index.html")))


def opened(context: BrowserContext, stage: Stage) -> Frame:
    page = context.new_page()
    page.goto(stage.records.launch.url(""))
    return page.main_frame


def test_nothing_else_is_reached_and_every_try_is_noted(
    chromium: Browser, neighbours: list[socket.socket]
) -> None:
    playing = stage("<!doctype html><title>x</title>")
    port = neighbours[0].getsockname()[1]
    with playing.open(chromium) as context:
        addresses = [f"{scheme}://{host}:{port}/x" for host in HOSTS for scheme in ("http", "https")]
        opened(context, playing).evaluate(KNOCK, addresses)
        asked = playing.astray()
    for neighbour in neighbours:
        with pytest.raises(BlockingIOError):
            neighbour.accept()
    tried = {(each.url.replace("ws", "http", 1), each.kind) for each in asked if each.outside}
    kinds = ("fetch", "image", "websocket")
    assert tried == {(address, kind) for address in addresses for kind in kinds}


def knocked_by_datagram(browser: Browser) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.settimeout(0.2)
        playing = stage("<!doctype html><title>x</title>")
        with playing.open(browser) as context:
            opened(context, playing).evaluate(CALL, neighbour.getsockname()[1])
        try:
            return bool(neighbour.recv(100))
        except TimeoutError:
            return False


def test_no_datagram_leaves(chromium: Browser, browser: Browser) -> None:
    assert not knocked_by_datagram(chromium)
    # The tests' own browser may send them: the knocking works.
    assert knocked_by_datagram(browser)


def test_the_proxy_is_no_way_for_the_content(chromium: Browser) -> None:
    playing = stage("<!doctype html><title>x</title>")
    with playing.open(chromium) as context:
        frame = opened(context, playing)
        answers = [
            frame.evaluate("(url) => fetch(url).then((answer) => answer.status, () => 0)", url)
            for url in (f"{ORIGIN}/content/index.html", f"{ORIGIN}/else", f"{ORIGIN}.example.org/", ORIGIN)
        ]
    assert answers == [200, 404, 0, 404]
    assert [each.url for each in playing.astray()] == [f"{ORIGIN}.example.org/"]


def test_what_a_page_forbids_itself_is_not_held_against_it(chromium: Browser) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"img-src 'self'\">"
    playing = stage(f"<!doctype html><title>x</title>{policy}<img src='https://example.org/x.png'>")
    with playing.open(chromium) as context:
        opened(context, playing).wait_for_function("document.images[0].complete")
    assert playing.astray() == ()


def test_the_last_words_of_a_frame_arrive(chromium: Browser) -> None:
    playing = stage(LEAVING)
    times = 20
    with playing.open(chromium) as context:
        page = context.new_page()
        page.goto(f"{ORIGIN}/lms.html")
        frame = page.locator("#content")
        for _ in range(times):
            frame.evaluate(
                "(frame, url) => new Promise((done) => { frame.onload = done; frame.src = url; })",
                playing.records.launch.url(""),
            )
            frame.evaluate(
                "(frame) => new Promise((done) => { frame.onload = done; frame.src = 'about:blank'; })"
            )
        page.wait_for_timeout(1000)
        heard = [exchange.method for exchange in playing.records.exchanges]
        assert sorted(heard) == ["POST"] * times + ["PUT"] * times
        assert {each.url for each in playing.astray()} == {"https://example.org/"}
