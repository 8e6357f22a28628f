"""The real course, and one with every component, as web packages under the strictest policy they must live with."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import faulty, short
from tests.browser.faulty import FaultyLms
from tests.once import once
from tests.strategi import SOURCE
from tests.webhost import WebHost

POLICY = {"Content-Security-Policy": "default-src 'self'"}
MODULE, COURSE = "strategi", "all"
BLOCKS = "post"
"""The module of a small course that has each kind of component but one."""
TEST = "takk"
"""The module of the same course that has an assessment."""
GOLDEN = Path(__file__).parents[1] / "golden" / "course"


@dataclass(frozen=True)
class Site:
    """Unpacked web packages: in a folder, and at an address."""

    folder: Path
    address: str

    def at(self, unit: str, page: str = "") -> str:
        """The address of a unit, opened on a page or component."""
        return f"{self.address}/{unit}/index.html" + (f"#{page}" if page else "")


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker("browser")
    item.add_marker("slow")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    served = once(tmp_path_factory, "site", _unpack)
    with WebHost() as host:
        host.folder("/", served, POLICY)
        yield Site(served, host.address)


def _unpack(served: Path) -> None:
    for source, units in ((SOURCE, (MODULE, COURSE)), (GOLDEN, (BLOCKS, TEST))):
        built = served.parent / source.name
        kurspakke = [sys.executable, "-m", "kurspakke"]
        command = [*kurspakke, "build", str(source), "-o", str(built), "--format", "web", "--lang", "nb"]
        answer = subprocess.run(
            [*command, "--combined"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        for unit in units:
            (package,) = built.glob(f"*-{unit}-nb-web.zip")
            with zipfile.ZipFile(package) as archive:
                archive.extractall(served / unit)


@pytest.fixture(autouse=True)
def no_complaints(page: Page, site: Site) -> Iterator[None]:
    """Whatever a test does: no script fails, the policy is not broken, and no other host is asked."""
    wrongs: list[str] = []
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on(
        "console", lambda message: wrongs.append(message.text) if "Security Policy" in message.text else None
    )
    own = (site.address, "file:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else wrongs.append(request.url))
    yield
    assert wrongs == []


@pytest.fixture(scope="session")
def short_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a short course for SCORM 1.2."""
    return short.package(tmp_path_factory, "short")


@pytest.fixture(scope="session")
def faulty_lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyLms]:
    with faulty.running(tmp_path_factory.mktemp("faulty")) as lms:
        yield lms


@pytest.fixture
def course(faulty_lms: FaultyLms, short_course: Path) -> str:
    """The short course, of which nothing is stored."""
    return faulty_lms.add(short_course)


@pytest.fixture(scope="session")
def long_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same ten times over."""
    return short.package(tmp_path_factory, "long", times=10)


@pytest.fixture
def long_course(faulty_lms: FaultyLms, long_package: Path) -> str:
    return faulty_lms.add(long_package)


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """The browser of a learner, with nothing in it from before."""
    context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
    yield context
    context.close()
