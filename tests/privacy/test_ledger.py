"""«Personvern i denne pakken» says what is so: packages are played, and what they did is held against their own page."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from kurspakke.words import words
from tests.browser.test_accessibility import violations
from tests.conformance import launchers
from tests.conformance.launchers import Cmi5Launch, TincanLaunch
from tests.lms import apihost
from tests.lrs import Lrs
from tests.playing import Learner, Question, leave
from tests.strategi import SOURCE
from tests.taking import ASKED, Taker
from tests.waiting import until
from tests.webhost import WebHost

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("ledger")]
WORDS = words("nb")
FILM = SOURCE / "modules" / "strategi" / "media" / "soknaden.mp4"
"""One that can be played; the small course has none."""
Device = Callable[[], BrowserContext]
# Notes the key of everything that is kept in the browser, before it is kept.
WATCH = """(() => {
  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, text) { window.noteKey(key); return keep.call(this, key, text); };
})()"""


@dataclass
class Seen:
    """What a package did: by the names that its page has for it, and the hosts that it asked."""

    names: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    cookies: list[object] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        """Look over a browser's shoulder."""
        context.expose_binding("noteKey", lambda _, key: self.names.add(key))
        context.add_init_script(WATCH)
        context.on("request", lambda request: self.hosts.add("/".join(request.url.split("/")[:3])))

    def holds(self) -> None:
        """Everything that was done is listed, and everything that is listed was done."""
        patterns = {name: re.compile(re.escape(name).replace("…", ".*")) for name in self.listed}
        done = {name for name in self.names if any(pattern.fullmatch(name) for pattern in patterns.values())}
        assert self.names - done == set(), "done, and not on the page"
        idle = {name for name, pattern in patterns.items() if not any(map(pattern.fullmatch, self.names))}
        assert idle == set(), "on the page, and never done"
        assert self.cookies == []


def listed(frame: Frame | Page) -> set[str]:
    """The names on the page."""
    return set(frame.locator("#kp_privacy code").all_text_contents())


def play(learner: Learner, frame: Frame | Page, *, right: bool, films: bool = False) -> None:
    """Read every page, fill in what there is, and answer everything; without questions, the first time only half."""
    pages = list(learner.lesson.pages)
    for page in pages if learner.lesson.questions or right else pages[:1]:
        learner.go_to(page)
        for area in frame.locator("section.page:visible textarea[data-note]").all():
            area.fill("Et notat")
            area.blur()
        if films:
            see(frame)
        for question in learner.lesson.questions:
            if question.page == page:
                _answer(learner, frame, question, right=right)
        if frame.locator("section.page:visible [data-component=assessment]").count():
            _take(Taker(frame), right=right)


def _take(taker: Taker, *, right: bool) -> None:
    taker.button("test_start").or_(taker.button("try_again")).click()
    taker.through(ASKED if right else 0)
    taker.hand_in()


def _answer(learner: Learner, frame: Frame | Page, question: Question, *, right: bool) -> None:
    if question.type != "likert":
        learner.answer(question, question.right if right else question.wrong)
        return
    form = frame.locator(f'form[data-question="{question.id}"]')
    again = form.get_by_role("button", name=WORDS["change_answer"])
    if again.is_visible():
        again.click()
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name=WORDS["send_answer"]).click()
    expect(form.locator(".verdict")).to_contain_text(WORDS["answer_sent"])


def see(frame: Frame | Page) -> None:
    """See a film to its end, and go back in it; where the page in sight has one."""
    film = frame.locator("section.page:visible video[data-video]")
    if film.count():
        film.first.evaluate(
            """async (film) => {
              const event = (name) => new Promise((done) => film.addEventListener(name, done, { once: true }));
              const [ended, seeked] = [event("ended"), event("seeked")];
              Object.assign(film, { muted: true, playbackRate: 8 });
              await film.play();
              await ended;
              film.currentTime = 0;
              await seeked;
            }"""
        )


def share(frame: Frame | Page) -> None:
    """Tick the box, where there is one."""
    box = frame.get_by_role("checkbox", name=WORDS["share"])
    if box.count():
        box.check()


def alone(frame: Frame | Page) -> None:
    """Wait until a package that finds no LMS keeps the progress itself."""
    activity = Learner(frame).lesson.data["unit"]["activity"]
    frame.wait_for_function("key => localStorage.getItem(key) !== null", arg=f"kurspakke:{activity}")


def scorm12(package: Path, folder: Path, device: Device) -> Seen:
    """Three sittings, one of them loaded anew, and one where there is no LMS."""
    seen = Seen()
    with apihost.running(folder, "strict") as lms:
        course = lms.add(package)
        for right in (False, True):
            context = device()
            seen.watch(context)
            page, frame = lms.open(course, context)
            learner = Learner(frame)
            seen.listed = listed(frame)
            share(frame)
            play(learner, frame, right=right)
            seen.cookies += context.cookies()
            leave(page)
            until(lambda: lms.has_heard_all(course))
        context = device()
        seen.watch(context)
        page, frame = lms.open(course, context)
        Learner(frame)
        # The package's own frame is loaded anew while the LMS still has the session open.
        frame.evaluate("parent.API.LMSFinish = () => 'true'; location.reload()")
        until(lambda: any(call.given == ("cmi.core.student_id",) for call in lms.calls(course)))
        _, frame = lms.open(course, context, api="none")
        alone(frame)
        for call in lms.calls(course):
            if call.name in ("LMSSetValue", "LMSGetValue"):
                seen.names.add(re.sub(r"\.\d+\.", ".n.", call.given[0], count=1))
        assert len(seen.hosts) == 1
    return seen


def _until_over(lrs: Lrs, sittings: int) -> None:
    """A film ends too, but what it is about has a definition as a film."""
    kind = "https://w3id.org/xapi/video/activity-type/video"

    def over() -> int:
        said = lrs.said("suspended") + lrs.said("terminated")
        return sum(each["object"].get("definition", {}).get("type") != kind for each in said)

    until(lambda: over() == sittings)


def with_lrs(package: Path, launch: TincanLaunch | Cmi5Launch, device: Device) -> Seen:
    """Two sittings, wrong and right, and one without a launch."""
    seen = Seen()
    course = launch.add(package)
    lrs = launch.content.lrs
    # Whoever has completed has passed, says this LMS, where the package has no limit of its own.
    launch.content.course(course).move_on = "CompletedAndPassed"
    for film in launch.content.course(course).folder.rglob("*.mp4"):
        shutil.copyfile(FILM, film)
    for sitting, right in enumerate((False, True), start=1):
        context = device()
        seen.watch(context)
        page, frame = launch.open(course, context)
        learner = Learner(frame)
        seen.listed = listed(frame)
        share(frame)
        play(learner, frame, right=right, films=right)
        seen.cookies += context.cookies()
        leave(page)
        _until_over(lrs, sitting)
        lrs.settle()  # the state may come after the last statement
    context = device()
    seen.watch(context)
    page = context.new_page()
    page.goto(frame.url.split("?")[0])
    alone(page)
    for statement in lrs.statements:
        seen.names |= {statement["verb"]["id"].rsplit("/", 1)[1], *({"actor"} & statement.keys())}
    for request in lrs.requests:
        method, resource, *document = request.split(" ")
        if method != "OPTIONS" and resource != "statements":
            seen.names |= set(document)
    own = frame.url.split("/course-", maxsplit=1)[0]
    assert seen.hosts == {own, lrs.address.removesuffix("/xapi/")}
    return seen


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """An ordinary web server."""
    with WebHost() as host:
        host.folder("/", folder, {"Content-Security-Policy": "default-src 'self'"})
        yield host.address


def web(package: Path, folder: Path, device: Device) -> Seen:
    """Read and answered on an ordinary web server."""
    seen = Seen()
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    with served(folder) as address:
        context = device()
        seen.watch(context)
        page = context.new_page()
        page.goto(f"{address}/index.html")
        learner = Learner(page)
        seen.listed = listed(page)
        assert page.get_by_role("checkbox", name=WORDS["share"]).count() == 0
        play(learner, page, right=True)
        seen.cookies += context.cookies()
        assert seen.hosts == {address}
    return seen


@pytest.mark.parametrize("unit", ["post", "takk"])
@pytest.mark.parametrize("kind", ["scorm12", "xapi", "cmi5", "web"])
def test_what_is_done_is_listed_and_what_is_listed_is_done(
    kind: str, unit: str, built: Path, device: Device, tmp_path: Path
) -> None:
    package = next(built.glob(f"*-{unit}-nb-{kind}.zip"))
    if kind == "scorm12":
        scorm12(package, tmp_path, device).holds()
    elif kind == "web":
        web(package, tmp_path, device).holds()
    else:
        with {"xapi": launchers.tincan, "cmi5": launchers.cmi5}[kind](tmp_path) as launch:
            with_lrs(package, launch, device).holds()


def test_the_page_is_reached_read_and_left_again(built: Path, device: Device, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*-post-nb-web.zip"))) as archive:
        archive.extractall(tmp_path)
    with served(tmp_path) as address:
        page = device().new_page()
        page.goto(f"{address}/index.html")
        Learner(page)
        expect(page.locator("#kp_privacy")).to_be_hidden()
        page.locator("footer").get_by_role("link", name=WORDS["privacy"]).click()
        expect(page.get_by_role("heading", name=WORDS["privacy"])).to_be_focused()
        expect(page.get_by_role("table", name=WORDS["privacy_caption"])).to_be_visible()
        expect(page.get_by_role("columnheader")).to_have_count(4)
        expect(page.locator("section.page:visible")).to_have_count(0)
        assert page.title().startswith(WORDS["privacy"])
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            expect(
                page.locator("#kp_privacy tbody").get_by_role("row").first.get_by_role("cell")
            ).to_have_count(3)
        page.get_by_role("link", name=WORDS["glossary_back"]).click()
        expect(page.locator("#kp_privacy")).to_be_hidden()
        page.get_by_role("navigation", name=WORDS["contents"]).get_by_role(
            "link", name=WORDS["privacy"]
        ).click()
        expect(page.get_by_role("heading", name=WORDS["privacy"])).to_be_focused()
        page.get_by_role("link", name=WORDS["glossary_back"]).click()
        expect(page.locator("section.page:visible")).to_have_count(1)
        expect(page.locator("#kp_privacy")).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator("#kp_privacy table")).to_be_visible()


def test_it_is_there_without_scripts(built: Path, tmp_path: Path, device: Device) -> None:
    with zipfile.ZipFile(next(built.glob("*-post-nb-scorm12.zip"))) as archive:
        archive.extractall(tmp_path)
    browser = device().browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.locator("#kp_privacy")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("kind", "word"), [("scorm12", "opinion_reported"), ("web", "opinion_local")])
def test_a_question_says_truly_where_an_opinion_goes(built: Path, kind: str, word: str) -> None:
    with zipfile.ZipFile(next(built.glob(f"*-post-nb-{kind}.zip"))) as archive:
        html = archive.read("index.html").decode()
    form = html[html.index('data-question="post.nytte"') :]
    assert WORDS[word] in form[: form.index("</form>")]
