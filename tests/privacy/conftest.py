"""The small course with each kind of component, in every format, and learners with browsers of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.courses import copy, edit

COURSE = Path(__file__).parents[1] / "golden" / "course"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `golden-<module>-nb-<format>.zip`."""
    folder = tmp_path_factory.mktemp("built")
    course = copy(COURSE, folder / "course")
    head = course / "modules/takk/module.yaml"
    edit(head, "pages: [takk, huske]", "pages: [takk, huske, slutt]")
    page = "id: slutt\ntitle: Slutt\ncomponents:\n  - {type: text, id: hade, text: Ha det.}\n"
    (head.parent / "pages/slutt.yaml").write_text(page, "utf-8")
    command = [sys.executable, "-m", "kurspakke", "build", str(course), "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Makes browsers with nothing in them from before."""
    contexts: list[BrowserContext] = []

    def make() -> BrowserContext:
        contexts.append(browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900}))
        contexts[-1].set_default_timeout(30_000)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()
