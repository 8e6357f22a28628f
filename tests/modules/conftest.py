"""Every package of the real course, and a place to launch them from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.courses import real_packages
from tests.lms import apihost
from tests.lms.apihost import ApiHost


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("slow")


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the packages."""
    return real_packages(tmp_path_factory)


@pytest.fixture(scope="session")
def strict_lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiHost]:
    with apihost.running(tmp_path_factory.mktemp("modules"), "strict") as lms:
        yield lms


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of a learner, with nothing in it from before."""
    context = browser.new_context(
        locale="nb-NO", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    yield context
    context.close()
