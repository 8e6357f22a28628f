"""Packages launched by an LMS of our own with an LRS that records everything; each story is played once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from kurspakke.xapi.validate import problems
from tests import strategi
from tests.conformance import launchers
from tests.conformance.judge import complaints
from tests.conformance.launchers import Cmi5Launch, TincanLaunch
from tests.lms.story import Story, play
from tests.lrs import Document, Lrs


@pytest.fixture(autouse=True, scope="module")
def judged() -> Iterator[None]:
    """Whatever the packages of a test file say, to whichever store: both independent judges hear it, and ours."""
    said: list[Document] = []
    Lrs.witnesses.append(said.append)
    yield
    Lrs.witnesses.pop()
    assert not said or complaints(said) == []
    assert [str(problem) for each in said for problem in problems(each)] == []


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of a learner, with nothing in it from before."""
    context = browser.new_context(locale="nb-NO")
    yield context
    context.close()


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The module Strategi of the real course, by format."""
    return strategi.packages(tmp_path_factory)


@pytest.fixture(scope="session")
def tincan_launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TincanLaunch]:
    with launchers.tincan(tmp_path_factory.mktemp("tincan")) as launch:
        yield launch


@pytest.fixture(scope="session")
def cmi5_launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cmi5Launch]:
    with launchers.cmi5(tmp_path_factory.mktemp("cmi5")) as launch:
        yield launch


@pytest.fixture(scope="session")
def tincan_story(tincan_launch: TincanLaunch, packages: dict[str, Path], browser: Browser) -> Story:
    return play(tincan_launch, packages["xapi"], browser)


@pytest.fixture(scope="session")
def cmi5_story(cmi5_launch: Cmi5Launch, packages: dict[str, Path], browser: Browser) -> Story:
    return play(cmi5_launch, packages["cmi5"], browser)
