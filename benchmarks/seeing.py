"""What the writer sees: from a save to the change on the screen, measured in the browser beside the real command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.bench import Bench, Result
from benchmarks.measure import Run
from benchmarks.reference import Size
from benchmarks.reloading import replace

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT_BUDGET, RUNTIME_BUDGET = 0.15, 0.4
SAVES = 15
# In the LMS page: the moments at which `wanted` is true of the content and at which that is painted, by the clock that
# files are saved by. A page whose style is not there yet gets no frame, and what a frame has is painted behind it.
_AWAIT = """wanted => new Promise(seen => {
  const holds = new Function("page", `return ${wanted}`);
  const now = () => performance.timeOrigin + performance.now();
  const look = () => {
    const pages = Array.from(document.querySelectorAll("iframe"), frame => frame.contentDocument).filter(Boolean);
    const page = pages.find(each => each.body && holds(each));
    if (!page) return requestAnimationFrame(look);
    const there = now();
    page.defaultView.requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => seen([there, now()]);
      port2.postMessage(0);
    });
  };
  look();
})"""


def seeing_results(bench: Bench) -> Iterator[Result]:
    """The lines about saves as they are seen; none where there is no Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    course = shutil.copytree(bench.course("reference", Size()), bench.folder / "seen")
    page_file = course / "modules" / "del-1" / "pages" / "side-1.yaml"
    program = _program(bench.folder / "program")
    script, style = program / "src/runtime/src/start.ts", program / "templates/style/prose.css"
    with sync_playwright() as play, _previewed(program, course, bench.folder / "seen.store") as address:
        browser = play.chromium.launch(
            executable_path=os.environ.get("KURSPAKKE_BROWSER") or shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        page.goto(address)
        link = page.get_by_role("link", name="SCORM 1.2", exact=True).first
        page.goto(address.rstrip("/") + str(link.get_attribute("href")))
        page.frame_locator("iframe").first.frame_locator("iframe").first.locator("h1").first.wait_for()
        for what, save, budget in (
            ("a text in a page", _text(page_file), TEXT_BUDGET),
            ("a question", _question(page_file), TEXT_BUDGET),
            ("the title of a page", _title(page_file), TEXT_BUDGET),
            ("the style sheet", _style(style), RUNTIME_BUDGET),
            ("a script of the runtime", _script(script), RUNTIME_BUDGET),
        ):
            yield _line(what, page, save, budget)
        browser.close()


Save = Callable[[int], str]
"""Saves something of that number, and says in JavaScript what is then true of the page."""


def _program(copy: Path) -> Path:
    """A checkout of the program to be edited; its packages are the real ones."""
    here = Path(__file__).resolve().parents[1]
    leave_out = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(here / "src", copy / "src", ignore=leave_out)
    shutil.copytree(here / "templates", copy / "templates")
    (copy / "src/runtime/node_modules").symlink_to(here / "src/runtime/node_modules")
    return copy


def _text(path: Path) -> Save:
    before = path.read_text("utf-8")

    def save(number: int) -> str:
        replace(path, f"{before}  - {{type: heading, id: lagret, title: Lagret {number}.}}\n")
        return f"page.body.textContent.includes('Lagret {number}.')"

    return save


def _question(path: Path) -> Save:
    before = path.read_text("utf-8")

    def save(number: int) -> str:
        replace(path, before.replace("    prompt: '", f"    prompt: 'Spurt {number}. ", 1))
        return f"page.body.textContent.includes('Spurt {number}.')"

    return save


def _title(path: Path) -> Save:
    before = path.read_text("utf-8")

    def save(number: int) -> str:
        replace(path, before.replace("title: '", f"title: 'Kalt {number}. ", 1))
        return f"page.title.includes('Kalt {number}.') && page.body.textContent.includes('Kalt {number}.')"

    return save


def _style(path: Path) -> Save:
    before = path.read_text("utf-8")

    def save(number: int) -> str:
        replace(path, f"{before}\nbody {{ --saved: {number}; order: var(--saved) }}\n")
        return f"page.defaultView.getComputedStyle(page.body).order === '{number}'"

    return save


def _script(path: Path) -> Save:
    before = path.read_text("utf-8")

    def save(number: int) -> str:
        replace(path, f'{before}\ndocument.documentElement.dataset["saved"] = "{number}";\n')
        return f"page.documentElement.dataset.saved === '{number}'"

    return save


def _line(what: str, page: Page, save: Save, budget: float) -> Result:
    there, painted = [], []
    for number in range(SAVES + 1):
        time.sleep(0.6)
        lms = next(frame for frame in page.frames if "/lms/" in frame.url)
        began = time.time()
        moments = lms.evaluate(_AWAIT, save(number))
        there.append(float(moments[0]) / 1000 - began)
        painted.append(float(moments[1]) / 1000 - began)
    figures = Run(median(painted[1:]), 0.0, 0.0)
    note = f"in the page after {median(there[1:]) * 1000:.0f} ms; slowest of {SAVES}: {max(painted[1:]) * 1000:.0f} ms"
    return Result(f"save to screen: {what}", figures, note, f"{budget} s", figures.wall <= budget)


@contextmanager
def _previewed(program: Path, course: Path, store: Path) -> Iterator[str]:
    words = ["-m", "kurspakke", "preview", str(course), "--no-open", "--store", str(store)]
    here = {**os.environ, "PYTHONPATH": str(program / "src")}
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True, env=here) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
