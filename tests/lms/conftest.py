"""The LMSs, started once per session, and the packages under test, built once per session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests import strategi
from tests.lms import apihost, openedx, scormhost, wagtail_lms
from tests.lms.apihost import ApiHost
from tests.lms.lms import Lms
from tests.lms.story import Story, play

_ABOUT_LMSS = ("lms", "slow")


def pytest_itemcollected(item: pytest.Item) -> None:
    for name in _ABOUT_LMSS:
        item.add_marker(name)


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
def scorm12_package(packages: dict[str, Path]) -> Path:
    return packages["scorm12"]


@pytest.fixture(scope="session")
def scormhost_lms(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Lms]:
    context = browser.new_context()
    with scormhost.running(tmp_path_factory.mktemp("scormhost"), context) as lms:
        yield lms
    context.close()


@pytest.fixture(scope="session")
def wagtail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lms]:
    with wagtail_lms.running(tmp_path_factory.mktemp("wagtail")) as lms:
        yield lms


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[openedx.Workbench]:
    context = browser.new_context()
    with openedx.running(tmp_path_factory.mktemp("openedx"), context.request) as bench:
        yield bench
    context.close()


@pytest.fixture(scope="session")
def strict_lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiHost]:
    with apihost.running(tmp_path_factory.mktemp("strict"), "strict") as lms:
        yield lms


@pytest.fixture(scope="session")
def scorm_again_lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiHost]:
    with apihost.running(tmp_path_factory.mktemp("scorm-again"), "scorm-again") as lms:
        yield lms


@pytest.fixture(scope="session")
def scormhost_story(scormhost_lms: Lms, scorm12_package: Path, browser: Browser) -> Story:
    return play(scormhost_lms, scorm12_package, browser)


@pytest.fixture(scope="session")
def wagtail_story(wagtail: Lms, scorm12_package: Path, browser: Browser) -> Story:
    return play(wagtail, scorm12_package, browser)


@pytest.fixture(scope="session")
def openedx_story(workbench: openedx.Workbench, scorm12_package: Path, browser: Browser) -> Story:
    return play(openedx.ScormXBlock(workbench), scorm12_package, browser)


@pytest.fixture(scope="session")
def openedx_cmi5_story(workbench: openedx.Workbench, packages: dict[str, Path], browser: Browser) -> Story:
    return play(openedx.Cmi5XBlock(workbench), packages["cmi5"], browser)


@pytest.fixture(scope="session")
def strict_story(strict_lms: ApiHost, scorm12_package: Path, browser: Browser) -> Story:
    return play(strict_lms, scorm12_package, browser)


@pytest.fixture(scope="session")
def scorm_again_story(scorm_again_lms: ApiHost, scorm12_package: Path, browser: Browser) -> Story:
    return play(scorm_again_lms, scorm12_package, browser)
