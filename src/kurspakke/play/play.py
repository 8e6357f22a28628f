"""The play: three sittings of one learner, each with all that can be noted about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources as files
from typing import TYPE_CHECKING, Any, Literal

from kurspakke import resources
from kurspakke.package import Kind, Package
from kurspakke.play.dialect import Dialect, dialect_of
from kurspakke.play.launching import CONTENT, ORIGIN, Launch, launches_of
from kurspakke.play.learner import Learner
from kurspakke.play.performance import Barrier, Call, Ending, Performance, Sitting
from kurspakke.play.records import Records
from kurspakke.play.stage import Stage, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

Purpose = Literal["first", "return", "review"]
_PURPOSES: tuple[Purpose, ...] = ("first", "return", "review")

_LAUNCH_PATIENCE = 10_000
_BREATH = 200


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited, in milliseconds: for the content to begin, and at most for its last words when it is left."""

    begin: int = 600
    end: int = 6000


def play(package: Package) -> Performance:
    """Everything that comes of a learner who opens the package, leaves, returns, and looks at it once more in review.

    Raises:
        KurspakkeError: Playwright or Chromium is not there.
    """
    with browser() as chromium:
        return perform(package, chromium, Pace())


def perform(package: Package, chromium: Browser, pace: Pace) -> Performance:
    """The same in a browser that is there already."""
    launches = launches_of(package)
    if not launches:
        return Performance(kind=package.kind, launched="", sittings=(), skipped="nothing to launch")
    launch = launches[0]
    company = _Company(package, launch, chromium, pace)
    return Performance(
        kind=launch.kind,
        launched=launch.path,
        sittings=tuple(
            company.sitting(purpose) for purpose in _PURPOSES[: 1 if launch.kind is Kind.WEB else 3]
        ),
        parts=len({each.path for each in launches}),
    )


class _Company:
    """One learner's browser and one LMS over all sittings."""

    def __init__(self, package: Package, launch: Launch, chromium: Browser, pace: Pace) -> None:
        self.package = package
        self.launch = launch
        self.dialect = dialect_of(package)
        self.chromium = chromium
        self.pace = pace
        self.records = Records(launch)
        self.stage = Stage(package, self.records)
        self.kept: dict[str, str] = {}

    def sitting(self, purpose: Purpose) -> Sitting:
        """Open, learn, leave."""
        self.stage.forget()
        self.records.begin("Review" if purpose == "review" else "Normal")
        with self.stage.open(self.chromium) as context:
            page = context.new_page()
            page.goto(f"{ORIGIN}/lms.html")
            if self.dialect:
                page.evaluate(_script("lms-page.js"), self._handed(self.dialect, purpose))
            ending: Ending = "left" if self._open(page) else "not-launched"
            barriers: dict[tuple[str, str], Barrier] = {}
            looking = purpose == "first"
            learner = Learner(
                page,
                lambda step: self._step(page, step),
                lambda frame: _look_for_barriers(frame, barriers) if looking else None,
            )
            learner.go_through(6 if purpose == "review" else 150)
            self._leave(page)
            return self._noted(purpose, ending, page, learner, tuple(barriers.values()))

    def _handed(self, dialect: Dialect, purpose: Purpose) -> dict[str, Any]:
        kept = {name: value for name, value in self.kept.items() if name not in dialect.passing}
        mode = dialect.review if purpose == "review" else {}
        return {
            "kept": {**kept, **self.launch.told, **mode},
            "api": dialect.api,
            "end": dialect.end,
            "state": dialect.most_state,
        }

    def _open(self, page: Page) -> bool:
        from playwright.sync_api import Error

        frame = page.locator("#content")
        frame.evaluate("(frame, url) => { frame.src = url; }", self.launch.url(self.package.home))
        try:
            inner = frame.element_handle().content_frame()
            if inner is not None:
                inner.wait_for_url(lambda url: url != "about:blank", timeout=_LAUNCH_PATIENCE)
                inner.wait_for_load_state("load", timeout=_LAUNCH_PATIENCE)
            page.wait_for_timeout(self.pace.begin)
        except Error:
            return False
        missing = {request.url for request in self.stage.requests if not request.outside}
        return self.launch.file(self.package.home) not in missing

    def _step(self, page: Page, step: int) -> None:
        self.records.step = step
        if self.dialect:
            page.evaluate("(step) => window.sitting.begin(step)", step)

    def _leave(self, page: Page) -> None:
        """As most LMSs do it: the frame is given another page, and the LMS's own page stays."""
        self._step(page, -1)
        page.locator("#content").evaluate("(frame) => { frame.src = 'about:blank'; }")
        for _ in range(self.pace.end // _BREATH):
            page.wait_for_timeout(_BREATH)
            if self._has_ended(page):
                break

    def _has_ended(self, page: Page) -> bool:
        """Whether the content has said the last that its standard asks for."""
        if self.dialect:
            return bool(page.evaluate("() => window.sitting.finished()"))
        if self.launch.kind is Kind.CMI5:
            return any(verb.endswith("/terminated") for verb in self.records.verbs())
        return self.launch.kind is Kind.WEB

    def _noted(
        self, purpose: Purpose, ending: Ending, page: Page, learner: Learner, barriers: tuple[Barrier, ...]
    ) -> Sitting:
        calls: list[dict[str, Any]] = []
        if self.dialect:
            calls = json.loads(page.evaluate("() => window.sitting.calls()"))
            if purpose != "review":
                self.kept = dict(page.evaluate("() => window.sitting.committed()"))
        return Sitting(
            purpose=purpose,
            ending=ending,
            steps=learner.steps,
            pages=tuple(learner.pages),
            words=learner.words,
            calls=tuple(Call.model_validate(call) for call in calls),
            exchanges=tuple(self.records.exchanges),
            messages=tuple(self.stage.messages),
            requests=self.stage.astray(),
            barriers=barriers,
        )


def _script(name: str) -> str:
    """A function in JavaScript that lies beside this module."""
    return (files.files(__package__) / name).read_text("utf-8")


def _look_for_barriers(frame: Frame, found: dict[tuple[str, str], Barrier]) -> None:
    """Add what axe finds in the frame as it stands, one for each rule and page."""
    path = frame.url.removeprefix(CONTENT).partition("?")[0].partition("#")[0]
    for violation in _violations(frame):
        found.setdefault((violation["rule"], path), Barrier(page=path, **violation))


def _violations(frame: Frame) -> list[dict[str, Any]]:
    from playwright.sync_api import Error

    try:
        frame.evaluate(resources.asset("axe.js").decode())
        return list(frame.evaluate(_script("barriers.js")))
    except Error:
        return []
