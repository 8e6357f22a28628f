"""Our own packages, launched and played in a browser: what the LRS is told, by cmi5's rules."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke.lrs.exchange import Exchange
from kurspakke.package import Package
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.content import content_app
from kurspakke.preview.gate import gated_lrs
from kurspakke.preview.guard import guarded, separated
from kurspakke.preview.launches import Launch, Launches, open_launches
from kurspakke.preview.launchstore import SqliteLaunchStore
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import inspector_hosts
from kurspakke.preview.sessions import Mode
from kurspakke.zipreader import read_zip
from tests import strategi
from tests.launching import OFFER_ID, Kept, Person, offer
from tests.playing import Learner, leave
from tests.previewing import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RESULTS = {"completed", "passed", "failed"}


@dataclass
class Room:
    """A package at its origin, the LRS at the inspector's, and what was exchanged."""

    browser: Browser
    package: Package
    offer: Offer
    records: Kept
    launches: Launches
    exchanges: list[Exchange] = field(default_factory=list)

    def launch(self, mode: Mode = Mode.NORMAL) -> Launch:
        return self.launches.begin(self.offer, self.package, "", Person(), mode=mode)

    @contextmanager
    def opened(self, launch: Launch) -> Iterator[Page]:
        context = self.browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(launch.url)
        yield page
        context.close()

    def told(self, launch: Launch) -> list[str]:
        """The verbs of the AU in that session that cmi5 defines, or for Tin Can all of them, in order."""
        return [
            terms.short(each["verb"]["id"]) for each in self.records.statements if self._is_of(each, launch)
        ]

    def _is_of(self, statement: dict[str, object], launch: Launch) -> bool:
        context = statement["context"]
        assert isinstance(context, dict)
        if launch.token:
            return True
        categories = context["contextActivities"].get("category", ())
        defined = any(each["id"] == terms.CATEGORY for each in categories)
        return defined and context["extensions"][terms.SESSION_ID] == launch.session

    def waits(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + 15
        while not done():
            assert time.monotonic() < end, [each.error for each in self.exchanges] + self.records.verbs()
            time.sleep(0.05)

    def complaints(self) -> list[str]:
        """All that was wrong with any request.

        Nothing is wrong with looking for what is not there, nor when two writes of a page that is left change places.
        """
        return [
            f"{each.asked.method} {each.asked.resource} {each.reply.status} {each.error} {each.problems}"
            for each in self.exchanges
            if each.problems or each.reply.status not in {200, 204, 404, 412}
        ]


@contextmanager
def room(browser: Browser, path: Path) -> Iterator[Room]:
    package = Package(str(path), read_zip(path).tree)
    app = Later()
    with serving(app) as served:
        records, store = Kept(), SqliteLaunchStore(None)
        launches = open_launches(store, records, {"kurs": package}.get, served.port)
        found = Room(browser, package, offer(package), records, launches)

        async def fetched(request: Request) -> JSONResponse:
            return JSONResponse(launches.fetch("kurs", request.query_params.get("launch", "")))

        lrs = gated_lrs(records.store, launches, found.exchanges.append)
        hosts = inspector_hosts(served.port)
        inspector = guarded(Starlette(routes=[Mount("/xapi", lrs)]), hosts, packages=True)
        lms = Starlette(routes=[Route("/{package}/fetch", fetched, methods=["POST"])])
        trees = {OFFER_ID: package.tree}
        app.inner = separated(inspector, {"/content": content_app(trees.get), "/lms": lms})
        yield found


class Later:
    """An app that is made when the port is known."""

    inner: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.inner(scope, receive, send)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return strategi.packages(tmp_path_factory)


@pytest.fixture
def cmi5(browser: Browser, packages: dict[str, Path]) -> Iterator[Room]:
    with room(browser, packages["cmi5"]) as found:
        yield found


@pytest.fixture
def xapi(browser: Browser, packages: dict[str, Path]) -> Iterator[Room]:
    with room(browser, packages["xapi"]) as found:
        yield found


def do_all(learner: Learner) -> None:
    for page in learner.lesson.pages:
        if learner.page() != page:
            learner.next()
        for question in learner.lesson.questions:
            if question.page == page and question.type != "likert":
                learner.answer(question, question.right)


def test_a_whole_cmi5_session_breaks_no_rule(cmi5: Room) -> None:
    launch = cmi5.launch()
    with cmi5.opened(launch) as page:
        do_all(Learner(page))
        leave(page)
        cmi5.waits(lambda: "terminated" in cmi5.told(launch))
    said = cmi5.told(launch)
    assert said[:2] == ["launched", "initialized"]
    assert set(said[2:-1]) >= {"completed"}
    assert [verb for verb in said if verb != "satisfied"][-1] == "terminated"
    assert said.count("satisfied") == 1
    assert cmi5.complaints() == []


def test_a_second_cmi5_session_goes_on_and_repeats_no_result(cmi5: Room) -> None:
    first = cmi5.launch()
    with cmi5.opened(first) as page:
        learner = Learner(page)
        do_all(learner)
        last = learner.page()
        leave(page)
        cmi5.waits(lambda: "terminated" in cmi5.told(first))
    second = cmi5.launch()
    with cmi5.opened(second) as page:
        learner = Learner(page)
        assert learner.page() == last
        question = next(each for each in learner.lesson.questions if each.type != "likert")
        assert learner.chosen(question) == question.right
        leave(page)
        cmi5.waits(lambda: "terminated" in cmi5.told(second))
    assert cmi5.told(second) == ["launched", "initialized", "terminated"]
    assert cmi5.complaints() == []
    assert "abandoned" not in cmi5.records.verbs()


@pytest.mark.parametrize("mode", [Mode.BROWSE, Mode.REVIEW])
def test_nothing_is_judged_in_browse_and_review(cmi5: Room, mode: Mode) -> None:
    launch = cmi5.launch(mode)
    with cmi5.opened(launch) as page:
        learner = Learner(page)
        learner.next()
        leave(page)
        cmi5.waits(lambda: "terminated" in cmi5.told(launch))
    assert cmi5.told(launch) == ["launched", "initialized", "terminated"]
    assert cmi5.complaints() == []


def test_a_page_loaded_anew_goes_on_in_its_session_until_terminated(cmi5: Room) -> None:
    """The token is fetched once; what the AU does after its `terminated` is its own affair, and breaks no rule."""
    launch = cmi5.launch()
    with cmi5.opened(launch) as page:
        Learner(page).next()
        page.reload()
        expect(page.locator("section.page:visible")).to_have_count(1)
        cmi5.waits(lambda: "terminated" in cmi5.told(launch))
    assert cmi5.told(launch) == ["launched", "initialized", "terminated"]
    assert cmi5.complaints() == []


def test_a_session_in_another_window_is_abandoned_and_says_so_to_the_learner(cmi5: Room) -> None:
    first = cmi5.launch()
    with cmi5.opened(first) as page:
        learner = Learner(page)
        cmi5.waits(lambda: "initialized" in cmi5.told(first))
        second = cmi5.launch()
        with cmi5.opened(second) as other:
            Learner(other)
            cmi5.waits(lambda: bool(cmi5.launches.sittings.settle()))
            learner.next()
            cmi5.waits(lambda: any(each.reply.status == 401 for each in cmi5.exchanges))
            expect(page.get_by_role("status").filter(has_text="lagre")).to_be_visible()
    assert cmi5.told(first)[-1] == "abandoned"


def test_a_whole_tin_can_session_goes_through(xapi: Room) -> None:
    launch = xapi.launch()
    with xapi.opened(launch) as page:
        do_all(Learner(page))
        leave(page)
        xapi.waits(lambda: "terminated" in xapi.told(launch))
    said = xapi.told(launch)
    assert said[0] == "initialized"
    assert "completed" in said
    assert {each["context"]["registration"] for each in xapi.records.statements} == {launch.registration}
    assert xapi.complaints() == []


def test_a_second_tin_can_launch_goes_on_where_the_first_ended(xapi: Room) -> None:
    with xapi.opened(xapi.launch()) as page:
        learner = Learner(page)
        learner.next()
        reached = learner.page()
        leave(page)
        xapi.waits(lambda: "suspended" in xapi.records.verbs())
        # The state may come after the last statement.
        xapi.waits(lambda: any(reached.encode() in each.asked.body for each in xapi.exchanges))
    with xapi.opened(xapi.launch()) as page:
        assert Learner(page).page() == reached
        xapi.waits(lambda: "resumed" in xapi.records.verbs())
    assert xapi.complaints() == []
