"""What a package asks of the learner's line, browser and LMS."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench, Result
from benchmarks.classroom import Classroom, classroom
from benchmarks.measure import run
from benchmarks.reference import Size
from kurspakke.runtime import FEATURES, PIECES, STYLE, script, style

FORMATS = ("scorm12", "xapi", "cmi5", "web")
_ANSWER_EVERYTHING = """async (frame) => {
  const document = frame.contentDocument, window = frame.contentWindow;
  const data = JSON.parse(document.getElementById("kurspakke-data").textContent);
  const pause = () => new Promise((resolve) => setTimeout(resolve));
  for (const module of data.modules)
    for (const page of module.pages) {
      window.location.hash = page.id;
      while (document.getElementById(page.id).hidden) await pause();
      for (const question of module.questions.filter((each) => each.page === page.id)) {
        const form = document.querySelector(`form[data-question="${question.id}"]`);
        for (const id of question.correct) form.querySelector(`input[value="${id}"]`).click();
        form.querySelector("button[type=submit]").click();
        while (!form.dataset.verdict) await pause();
      }
    }
}"""


def learner_results(bench: Bench) -> Iterator[Result]:
    """Every line, as soon as it is measured."""
    small, large = (
        _package(bench, name, Size(times=times)) for name, times in (("reference", 1), ("ten-times", 10))
    )
    yield from _weight(bench)
    with classroom() as room:
        room.play(small)
        yield from _opening(room, bench.times)
        once = _launch_calls(room)
        yield Result("LMS calls at launch, 4 modules", None, f"{once}", "12", once <= 12)
        yield _state(room, "4 modules", 400)
        room.play(large)
        ten = _launch_calls(room)
        yield Result("LMS calls at launch, 40 modules", None, f"{ten}", "12, the same", ten == once)
        yield _state(room, "40 modules", 2500)
        longest = median(room.open(slowly=False).longest_task for _ in range(bench.times))
        yield Result("300 pages open: longest task", None, f"{longest:.0f} ms", "100 ms", longest <= 100)


def _package(bench: Bench, name: str, size: Size) -> Path:
    """The whole course as one SCORM 1.2 package."""
    course = bench.course(name, size)
    run([*bench.build(course, ",".join(FORMATS)), "--combined"])
    (package,) = bench.out(course).glob("*-all-nb-scorm12.zip")
    return package


def _weight(bench: Bench) -> Iterator[Result]:
    """The largest script and style of the reference course's packages, compressed as in a web server's answer."""
    sizes: dict[str, list[int]] = {"kurspakke.js": [], "kurspakke.css": []}
    for path in bench.out(bench.folder / "reference").glob("*-all-*.zip"):
        with zipfile.ZipFile(path) as package:
            for name, known in sizes.items():
                known.append(len(gzip.compress(package.read(name), 9)))
    for name, budget in (("kurspakke.js", 25), ("kurspakke.css", 16)):
        largest = max(sizes[name])
        note = f"{largest / 1000:.1f} kB gzip in the largest of {len(sizes[name])} formats"
        yield Result(f"{name}", None, note, f"{budget} kB", largest <= budget * 1000)
        most, variant = max((len(gzip.compress(made, 9)), kind) for kind, made in _heaviest(name))
        held = most <= budget * 1000
        yield Result(f"  the heaviest, {variant}", None, f"{most / 1000:.1f} kB gzip", f"{budget} kB", held)


def _heaviest(name: str) -> Iterator[tuple[str, bytes]]:
    """Script or style of a package that uses every component, of each format."""
    types = frozenset[str]().union(*FEATURES.values(), *PIECES.values())
    if name == STYLE:
        yield "every component", style(types)
    else:
        yield from ((f"every component in {form}", script(form, types)) for form in FORMATS)


def _opening(room: Classroom, times: int) -> Iterator[Result]:
    openings = [room.open(slowly=True) for _ in range(times)]
    size, requests = max(each.bytes for each in openings), max(each.requests for each in openings)
    first = median(each.first_content for each in openings)
    playing = median(each.playing for each in openings)
    label = "1.6 Mbit/s, 150 ms, processor / 4"
    yield Result("before first content: bytes, gzip", None, f"{size / 1000:.1f} kB", "60 kB", size <= 60_000)
    yield Result("before first content: requests", None, f"{requests}", "6", requests <= 6)
    yield Result(f"first content, {label}", None, f"{first / 1000:.2f} s", "1.5 s", first <= 1500)
    yield Result(f"the player has begun, {label}", None, f"{playing / 1000:.2f} s")


def _launch_calls(room: Classroom) -> int:
    with room.in_lms() as page:
        page.wait_for_timeout(1500)
        return int(page.evaluate("window.calls.length"))


def _state(room: Classroom, label: str, budget: int) -> Result:
    with room.in_lms() as page:
        page.locator("iframe").evaluate(_ANSWER_EVERYTHING)
        page.wait_for_function("window.held['cmi.core.lesson_status'] === 'completed'")
        length = len(page.evaluate("window.held['cmi.suspend_data']"))
    what = f"state of {label}, everything read and answered"
    return Result(what, None, f"{length} characters", f"{budget}", length <= budget)
