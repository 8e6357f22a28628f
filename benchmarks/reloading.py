"""The preview while somebody writes: from a save to the packages that are open, made anew in memory."""

from __future__ import annotations

import asyncio
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench, Result
from benchmarks.measure import Run
from benchmarks.reference import Size
from kurspakke.package import Kind
from kurspakke.preview.shelf import LiveShelf, open_shelf
from kurspakke.preview.supply import Change

TEXT_BUDGET = 0.06
SAVES = 15
PATIENCE = 30.0
Save = Callable[[int], None]


def reload_results(bench: Bench) -> Iterator[Result]:
    """The lines about saves; each is the median of some, one after the other, in a shelf that watches."""
    small = shutil.copytree(bench.course("reference", Size()), bench.folder / "edited")
    large = shutil.copytree(bench.course("ten-times", Size(times=10)), bench.folder / "edited-ten-times")
    yield _line("a text in a page, 4 modules", small, _text(small), TEXT_BUDGET)
    yield _line("a text in a page, every package of it open", small, _text(small), opens=0)
    yield _line("a text in a page, 40 modules", large, _text(large))
    yield _line("a template of the course", small, _template(small), TEXT_BUDGET)


def _line(what: str, course: Path, save: Save, budget: float | None = None, opens: int = 1) -> Result:
    shelf = open_shelf([str(course)], b"benchmark")
    offers = [offer for offer in shelf.offers() if not opens or offer.kind is Kind.SCORM12]
    for offer in offers[: opens or len(offers)]:
        shelf.package(offer.id)
    before = time.process_time()
    took = asyncio.run(_saves(shelf, save))
    cpu = (time.process_time() - before) / len(took)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    figures = Run(median(took), cpu, memory)
    note = f"slowest of {len(took)}: {max(took) * 1000:.0f} ms"
    held = None if budget is None else figures.wall <= budget
    return Result(f"save to package: {what}", figures, note, f"{budget} s" if budget else "", held)


async def _saves(shelf: LiveShelf, save: Save) -> list[float]:
    """Seconds from each save until it was told, with the packages ready."""
    news: asyncio.Queue[Change] = asyncio.Queue()
    watch = asyncio.create_task(shelf.watch(news.put))
    await asyncio.sleep(3)
    took = []
    for number in range(SAVES + 1):
        start = time.perf_counter()
        save(number)
        change = await asyncio.wait_for(news.get(), PATIENCE)
        assert change.offers, change.findings
        took.append(time.perf_counter() - start)
        await asyncio.sleep(0.3 + random.random() / 10)
        while not news.empty():
            news.get_nowait()
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)
    return took[1:]


def _text(course: Path) -> Save:
    page = course / "modules" / "del-1" / "pages" / "side-1.yaml"
    text = page.read_text("utf-8").partition("  - {type: heading, id: lagret")[0]
    return lambda number: replace(page, f"{text}  - {{type: heading, id: lagret, title: Lagret {number}}}\n")


def _template(course: Path) -> Save:
    path = course / "templates" / "components" / "tips.html.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    return lambda number: replace(path, f"<p>{number}{{% include 'default:components/tips.html.j2' %}}")


def replace(path: Path, text: str) -> None:
    """As most editors save: a new file in the place of the old one."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)
